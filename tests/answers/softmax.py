"""What learners write in 08: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "stable softmax": [
        "lambda z: rows(np.exp(z - z.max(axis=-1, keepdims=True)))",
        "def f(z): e = np.exp(z - np.max(z, axis=-1, keepdims=True)); return rows(e)",
        "lambda z: np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))",
        "def f(z): e = np.exp(z - z.max(-1)[..., None]); return e / e.sum(-1)[..., None]",
        "def f(z): e = np.exp(z - z.max(-1, keepdims=True)); return (e.T / e.T.sum(0)).T",
        "lambda z: np.apply_along_axis(lambda r: rows(np.exp(r - r.max())), -1, z)",
        "lambda z: rows(np.exp(z - np.expand_dims(z.max(axis=-1), -1)))",
        "lambda z: helpers.softmax(z)",
        "lambda z: 1 / np.exp(np.minimum(z[..., None, :] - z[..., :, None], 700)).sum(axis=-1)",
        "lambda z: rows(np.exp(z - np.sort(z, axis=-1)[..., -1:]))",
        "lambda z: np.reshape([softmax(row) for row in z.reshape(-1, z.shape[-1])], z.shape)",
    ],
    "cross-entropy gradient": [
        "lambda z, y: helpers.softmax(z) - y",
        "lambda z, y: -(y - helpers.softmax(z))",
        "lambda z, y: rows(np.exp(z - z.max(axis=-1, keepdims=True))) - y",
        "def f(z, y): p = helpers.softmax(z); p[y == 1] -= 1; return p",
        "lambda z, y: [helpers.softmax(a) - b for a, b in zip(z, y)]",
        "lambda z, y: np.subtract(helpers.softmax(z), y)",
        "lambda z, y: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True) - y",
        "def f(z, y): p = softmax(z); p[np.arange(len(z)), y.argmax(axis=1)] -= 1; return p",
        "lambda z, y: np.where(y == 1, helpers.softmax(z) - 1, helpers.softmax(z))",
        "lambda z, y: [J @ (-b / softmax(a)) for J, a, b in zip(softmax_jacobian(z), z, y)]",
        "def f(z, y): p = helpers.softmax(z); p -= y; return p",
    ],
    "temperature for 90 %": [
        "2 / np.log(9)",
        "2 / np.log(0.9 / 0.1)",
        "0.9102",
        "0.91",
        "0.910239",
        "2 / math.log(9)",
        "1 / math.log(3)",
        "2 / (np.log(0.9) - np.log(0.1))",
        "np.float32(0.9102)",
        "np.array(0.9102)",
        "2 / (np.log10(9) / np.log10(np.e))",
        "-2 / np.log(1 / 9)",
        "1 / np.arctanh(0.8)",
    ],
}

WRONG = {
    "stable softmax": {
        "Breaks for scores near 709 and beyond (0 or nan): subtract": [
            "lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)"
        ],
        "Any number may be subtracted from a row, but only its": [
            "lambda z: rows(np.exp(z - z.min(axis=-1, keepdims=True)))",
            "lambda z: rows(np.exp(z - z.mean(axis=-1, keepdims=True)))",
            "lambda z: rows(np.exp(z - np.median(z, axis=-1, keepdims=True)))",
            "lambda z: rows(np.exp(z - z[..., :1]))",
            "lambda z: rows(np.exp(z - z[..., -1:]))",
            "lambda z: rows(np.exp(z - abs(z).max(axis=-1, keepdims=True)))",
            "lambda z: rows(np.exp(z - z.sum(axis=-1, keepdims=True)))",
        ],
        "At z = -1000 your function returns nan, but it should be 0.3333": [
            "lambda z: rows(np.exp(z - 700))"
        ],
        "One maximum for the whole batch: beside a row with 1000": [
            "lambda z: rows(np.exp(z - z.max()))"
        ],
        "The outputs sum to 1 over the whole batch, not over each": [
            "def f(z): e = np.exp(z - z.max(axis=-1, keepdims=True)); return e / e.sum()",
            "lambda z: np.exp(z) / np.exp(z).sum()",
            "def f(z): e = np.exp(z - np.max(z)); return e / np.sum(e)",
            "lambda z: helpers.softmax(z.ravel()).reshape(z.shape)",
        ],
        "The sums have lost their axis, so rows are divided by the": [
            "def f(z): e = np.exp(z - z.max(axis=-1, keepdims=True)); return e / e.sum(axis=-1)"
        ],
        "The maxima have lost their axis and do not fit their rows": [
            "lambda z: rows(np.exp(z - z.max(axis=-1)))"
        ],
        "Each column sums to 1; the scores of one example stand in a": [
            "def f(z): e = np.exp(z - z.max(axis=0)); return e / e.sum(axis=0)",
            "lambda z: helpers.softmax(z, axis=0)",
        ],
        "This is argmax as zeros and a one: it shows which score is": [
            "lambda z: z == z.max(axis=-1, keepdims=True)"
        ],
        "The powers of e are missing: with negative scores such": [
            "lambda z: z / z.sum(axis=-1, keepdims=True)"
        ],
        "These are the powers of e; divide them by the sum of their row": [
            "lambda z: np.exp(z - z.max(axis=-1, keepdims=True))"
        ],
        "At z = 1000 your function returns nan, but it should be 0.09003": [
            "lambda z: rows(np.exp(z + z.max(axis=-1, keepdims=True)))"
        ],
        "At z = 1 your function returns 0.2302, but it should be 0.09003": [
            "lambda z: rows(np.exp(z / z.max(axis=-1, keepdims=True)))"
        ],
        "Cut off, different scores become equal; a difference keeps": [
            "lambda z: rows(np.exp(np.minimum(z, 700)))",
            "lambda z: rows(np.exp(np.clip(z, -700, 700)))",
        ],
        "changes the array that it is given": [
            "def f(z): z -= z.max(axis=-1, keepdims=True); return rows(np.exp(z))"
        ],
        "AxisError: axis 1 is out of bounds for array of dimension": [
            "lambda z: rows(np.exp(z - z.max(axis=1, keepdims=True)))"
        ],
        "At z = 1 your function returns 0.7311, but it should be 0.09003": [
            "lambda z: helpers.sigmoid(z)"
        ],
        "At z = 1 your function returns 0.6652, but it should be 0.09003": [
            "lambda z: helpers.softmax(-z)"
        ],
        "At z = 1 your function returns -2.408, but it should be 0.09003": [
            "lambda z: np.log(helpers.softmax(z))"
        ],
        "print only shows a value": ["lambda z: print(helpers.softmax(z))"],
        "At z = 1 your function returns 0.1429, but it should be 0.09003": [
            "lambda z: rows(2 ** (z - z.max(axis=-1, keepdims=True)))"
        ],
        "cuts decimals off": ["lambda z: helpers.softmax(z).round(3)"],
        "take one number, not an array": ["lambda z: math.exp(z)"],
        "For z of shape (3, 3) your function returns shape (2, 3)": [
            "lambda z: [helpers.softmax(z[0]), helpers.softmax(z[1])]"
        ],
        "At z = 1 your function returns 0.1863, but it should be 0.09003": [
            "lambda z: helpers.softmax(z - 1, temperature=2)"
        ],
        "decide once for the whole array": [
            "def f(z): e = np.exp(z - max(z)); return e / sum(e)"
        ],
    },
    "cross-entropy gradient": {
        "The sign is turned: this is the way downhill; the gradient": [
            "lambda z, y: y - helpers.softmax(z)"
        ],
        "The scores are not probabilities yet: put them through": [
            "lambda z, y: z - y"
        ],
        "These are the probabilities alone: take away the truth y": [
            "lambda z, y: helpers.softmax(z)"
        ],
        "The slope of softmax is in p − y already, so multiplying by": [
            "def f(z, y): p = helpers.softmax(z); return (p - y) * p * (1 - p)"
        ],
        "This is the gradient of the mean over the batch; here each": [
            "lambda z, y: (helpers.softmax(z) - y) / len(z)"
        ],
        "This is the slope with respect to p; the one with respect": [
            "lambda z, y: -y / helpers.softmax(z)"
        ],
        "Each column of p sums to 1; the scores of one example stand": [
            "lambda z, y: helpers.softmax(z, axis=0) - y"
        ],
        "For z of shape (2, 3) your function returns shape (3,)": [
            "lambda z, y: (helpers.softmax(z) - y).mean(axis=0)"
        ],
        "For z of shape (2, 3) your function returns shape (); shape": [
            "lambda z, y: (helpers.softmax(z) - y).sum()"
        ],
        "For z of shape (2, 3) your function returns shape (2,)": [
            "lambda z, y: -np.sum(y * np.log(helpers.softmax(z)), axis=1)"
        ],
        "At z = 1 your function returns 2.408, but it should be 0.09003": [
            "lambda z, y: -np.log(helpers.softmax(z))"
        ],
        "At z = 1 your function returns -0.91, but it should be 0.09003": [
            "lambda z, y: helpers.softmax(z) - 1"
        ],
        "At z = 1 your function returns 0.7311, but it should be 0.09003": [
            "lambda z, y: helpers.sigmoid(z) - y"
        ],
        "At z = 1 your function returns 0.1801, but it should be 0.09003": [
            "lambda z, y: 2 * (helpers.softmax(z) - y)"
        ],
        "At z = 1 your function returns 0.1065, but it should be 0.09003": [
            "lambda z, y: helpers.softmax(z - y)",
            "def f(z, y): z -= y; return helpers.softmax(z)",
        ],
        "At z = 1 your function returns 0.008106, but it should be 0.09003": [
            "lambda z, y: (helpers.softmax(z) - y) ** 2"
        ],
        "At z = 1 your function returns -0, but it should be 0.09003": [
            "lambda z, y: y * (helpers.softmax(z) - 1)"
        ],
        "At z = 1 your function returns 0.08193, but it should be 0.09003": [
            "lambda z, y: helpers.softmax(z) * (1 - helpers.softmax(z))"
        ],
        "At z = 1 your function returns 0.06979, but it should be 0.09003": [
            "lambda z, y: helpers.softmax(z.ravel()).reshape(z.shape) - y",
            "lambda z, y: np.exp(z) / np.exp(z).sum() - y",
        ],
        "print only shows a value": ["lambda z, y: print(helpers.softmax(z) - y)"],
        "ValueError: operands could not be broadcast together with": [
            "lambda z, y: helpers.softmax(z) - y.argmax(axis=1)"
        ],
        "changes the array that it is given": [
            "def f(z, y): y -= helpers.softmax(z); return -y"
        ],
        "cuts decimals off": ["lambda z, y: (helpers.softmax(z) - y).round(2)"],
        "keep all the names in the": ["lambda z: helpers.softmax(z)"],
        "At z = 1 your function returns 2.718, but it should be 0.09003": [
            "lambda z, y: np.exp(z) - y"
        ],
        "At z = 2 your function returns 0.7553, but it should be -0.7553": [
            "lambda z, y: abs(helpers.softmax(z) - y)"
        ],
        "At z = 1 your function returns 0.01501, but it should be 0.09003": [
            "lambda z, y: (helpers.softmax(z) - y) / z.size"
        ],
        "For z of shape (2, 3) your function returns shape (3, 2)": [
            "lambda z, y: (helpers.softmax(z) - y).T"
        ],
    },
    "temperature for 90 %": {
        "This is 1 / T, the number the scores are multiplied by; the": [
            "np.log(9) / 2",
            "1.0986",
        ],
        "This took the logarithm of 0.9 itself; the difference of": ["2 / np.log(0.9)"],
        "0.9 against 0.1 is 9 to 1, not 10 to 1": ["2 / np.log(10)"],
        "log10 belongs to powers of 10; softmax is built from e, so": [
            "2 / np.log10(9)"
        ],
        "The temperature stands under the fraction: 2 / T = ln 9": ["2 * np.log(9)"],
        "That is the value of 2 / T; solve it for T": ["np.log(9)"],
        "0.9 is rightly rounded, but 2 digits are needed": ["0.9"],
        "1 is not it yet; the hint above shows a way to compute it": ["1"],
        "0.881 is not it yet; the hint above shows a way to compute it": ["0.881"],
        "0.1 is not it yet; the hint above shows a way to compute it": ["0.1"],
        "0.5 is not it yet; the hint above shows a way to compute it": ["0.5"],
        "2 is not it yet; the hint above shows a way to compute it": ["2"],
        "0 is not it yet; the hint above shows a way to compute it": ["0"],
        "Right but for the sign": ["-0.9102"],
        "4.55 is not it yet; the hint above shows a way to compute it": ["4.55"],
        "0.92 is not it yet; the hint above shows a way to compute it": ["0.92"],
        "A number is asked, not '0.91'; write it without quotes": ["'0.91'"],
        "A number is asked, not [0.91]; write it without brackets": ["[0.91]"],
        "Python reads 0,91 as 2 numbers; it writes decimals with a": ["(0, 91)"],
        "Not filled in yet": ["..."],
        "-0.8686 is not it yet; the hint above shows a way to compute it": [
            "2 / np.log(0.1)"
        ],
        "0.6309 is not it yet; the hint above shows a way to compute it": [
            "2 / math.log2(9)"
        ],
        "1.821 is not it yet; the hint above shows a way to compute it": ["1.8205"],
        "0.8808 is not it yet; the hint above shows a way to compute it": [
            "helpers.sigmoid(2.0)"
        ],
        "0.2222 is not it yet; the hint above shows a way to compute it": ["2 / 9"],
        "0.98 is not it yet; the hint above shows a way to compute it": ["0.98"],
        "A number is asked, not a function; call it, with brackets": ["math.log"],
    },
}
