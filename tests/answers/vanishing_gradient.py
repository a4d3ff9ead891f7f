"""What learners write in 09: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "bound in float32": [
        "0.25**20, 75",
        "9.09e-13, 75",
        "2.0**-40, 75",
        "9.094947e-13, 75.0",
        "1 / 4**20, np.int64(75)",
        "math.pow(0.25, 20), 75",
        "np.prod(np.full(20, 0.25)), 75",
        "np.float32(0.25) ** 20, 75",
        "0.5**40, np.array([75])",
        "0.25**20, next(n for n in range(200) if np.float32(0.25) ** n == 0)",
        "math.exp(20 * math.log(0.25)), 150 // 2",
        "9.095e-13, 75",
    ],
    "backward step": [
        "lambda delta, W, z: (delta @ W.T) * helpers.sigmoid.derivative(z)",
        "lambda delta, W, z: delta @ W.T * helpers.sigmoid(z) * (1 - helpers.sigmoid(z))",
        "lambda delta, W, z: np.matmul(delta, W.T) * sigmoid_slope(z)",
        "lambda delta, W, z: np.dot(delta, W.T) * sigmoid_slope(z)",
        "lambda delta, W, z: (W @ delta.T).T * sigmoid_slope(z)",
        "lambda delta, W, z: np.einsum('ea,ba->eb', delta, W) * sigmoid_slope(z)",
        "lambda delta, W, z: np.array([W @ d for d in delta]) * sigmoid_slope(z)",
        "lambda delta, W, z: sigmoid_slope(z) * delta.dot(W.transpose())",
        "def f(delta, W, z): s = 1 / (1 + np.exp(-z)); return s * (1 - s) * (delta @ W.T)",
        "lambda delta, W, z: [(W @ d) * sigmoid_slope(row) for d, row in zip(delta, z)]",
        "lambda delta, W, z: np.multiply(delta @ W.T, sigmoid_slope(z))",
        "lambda delta, W, z: np.inner(delta, W) * sigmoid_slope(z)",
        "lambda delta, W, z: (delta @ W.T) / (2 + 2 * np.cosh(z))",
        "lambda delta, W, z: (delta[:, None, :] * W).sum(axis=-1) * sigmoid_slope(z)",
    ],
    "scale for fifty layers": [
        "np.sqrt(2 / 128)",
        "0.125",
        "1 / 8",
        "math.sqrt(2 / 128)",
        "(2 / 128) ** 0.5",
        "np.float32(0.125)",
        "np.array([0.125])",
        "2**-3",
        "np.sqrt(2) / np.sqrt(128)",
        "math.exp(-math.log(8))",
        "0.1250",
        "1 / np.sqrt(64)",
        "0.1249",
        "np.sqrt(1 / (128 * 0.5))",
    ],
}

WRONG = {
    "bound in float32": {
        "From 64 on the bound lies below 2⁻¹²⁶, the smallest normal": ["0.25**20, 64"],
        "0.25⁶³ is 2⁻¹²⁶, exactly the smallest normal number; it is": ["0.25**20, 63"],
        "0.25⁷⁴ is 2⁻¹⁴⁸, which float32 can still hold as a": ["0.25**20, 74"],
        "One layer fewer: 0.25⁷⁵ is half of the smallest subnormal": ["0.25**20, 76"],
        "That is the power of a half; 0.25 is a half squared, so": ["0.25**20, 150"],
        "That is right for 64 bits, which Python computes with; in": ["0.25**20, 538"],
        "The layers multiply: the bound is 0.25 to the power 20, not": [
            "0.25 * 20, 75"
        ],
        "A sigmoid passes on a quarter at most; 0.5 to the power 20": ["0.5**20, 75"],
        "80 is not it yet; the hint above shows a way to compute it": ["0.25**20, 80"],
        "149 is not it yet; the hint above shows a way to compute it": [
            "0.25**20, 149"
        ],
        "537 is not it yet; the hint above shows a way to compute it": [
            "0.25**20, 537"
        ],
        "20 is not it yet; the hint above shows a way to compute it": ["0.25**20, 20"],
        "0 is not it yet; the hint above shows a way to compute it": ["0, 75"],
        "7.006e-46 is not it yet; the hint above shows a way to": ["0.25**75, 75"],
        "75 is not it yet; the hint above shows a way to compute it": ["75, 0.25**20"],
        "2.115 is not it yet; the hint above shows a way to compute it": [
            "20**0.25, 75"
        ],
        "2 numbers are asked, and 1 came": ["0.25**20,"],
        "A number is asked, not (9.094947017729282e-13, 75); write": ["(0.25**20, 75)"],
        "9e-13 is rightly rounded, but 2 digits are needed": ["9e-13, 75"],
        "Not filled in yet": ["..., 75"],
        "75.5 is not it yet; the hint above shows a way to compute it": [
            "0.25**20, 75.5"
        ],
        "A number is asked, not '75'; write it without quotes": ["0.25**20, '75'"],
        "3.638e-12 is not it yet; the hint above shows a way to": ["0.25**19, 75"],
        "1e-12 is not it yet; the hint above shows a way to compute it": ["1e-12, 75"],
        "126 is not it yet; the hint above shows a way to compute it": [
            "0.25**20, 126"
        ],
        "2.274e-13 is not it yet; the hint above shows a way to": ["0.25**21, 75"],
        "70 is not it yet; the hint above shows a way to compute it": ["0.25**20, 70"],
        "1.1e+12 is not it yet; the hint above shows a way to compute it": [
            "4**20, 75"
        ],
        "46 is not it yet; the hint above shows a way to compute it": ["0.25**20, 46"],
    },
    "backward step": {
        "The transpose is missing: W leads from below to above, and": [
            "lambda delta, W, z: (delta @ W) * sigmoid_slope(z)"
        ],
        "The slope is forgotten: this is the gradient of the outputs": [
            "lambda delta, W, z: delta @ W.T"
        ],
        "This takes the slope at the output σ(z); it has to be taken": [
            "lambda delta, W, z: (delta @ W.T) * sigmoid_slope(helpers.sigmoid(z))"
        ],
        "s · (1 − s) is the slope when s is an output of σ; here you": [
            "lambda delta, W, z: (delta @ W.T) * z * (1 - z)"
        ],
        "This multiplies by σ(z) itself; its slope is asked": [
            "lambda delta, W, z: (delta @ W.T) * helpers.sigmoid(z)"
        ],
        "The slope belongs to the layer below: first through the": [
            "lambda delta, W, z: (delta * sigmoid_slope(z)) @ W.T"
        ],
        "At delta = 0.1 your function returns 0.038, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ W.T) * z"
        ],
        "At delta = 0.1 your function returns 0.02494, but it should be 0.09476": [
            "lambda delta, W, z: delta * sigmoid_slope(z)"
        ],
        "ValueError: operands could not be broadcast together with": [
            "lambda delta, W, z: (delta * W.T) * sigmoid_slope(z)",
            "lambda delta, W, z: (W @ delta.T) * sigmoid_slope(z)",
        ],
        "ValueError: in a @ b, a needs as many columns as b has": [
            "lambda delta, W, z: (W @ delta) * sigmoid_slope(z)",
            "lambda delta, W, z: (delta @ W.T) @ sigmoid_slope(z)",
            "lambda delta, W, z: delta.T @ W",
        ],
        "At delta = 0.1 your function returns 0.3762, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ W.T) * (1 - np.tanh(z) ** 2)"
        ],
        "At delta = 0.1 your function returns 0.38, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ W.T) * (z > 0)"
        ],
        "At delta = 0.1 your function returns 0.6294, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ W.T) + sigmoid_slope(z)"
        ],
        "Right but for the sign": [
            "lambda delta, W, z: -(delta @ W.T) * sigmoid_slope(z)"
        ],
        "print only shows a value": [
            "lambda delta, W, z: print((delta @ W.T) * sigmoid_slope(z))"
        ],
        "At delta = 0.1 your function returns 0.095, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ W.T) * 0.25",
            "def f(delta, W, z): z *= 0; return (delta @ W.T) * sigmoid_slope(z)",
        ],
        "At delta = 0.1 your function returns -0.3255, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ W.T) * helpers.sigmoid(z) * 1 - helpers.sigmoid(z)"
        ],
        "For delta of shape (2, 3) your function returns shape (3,)": [
            "lambda delta, W, z: ((delta @ W.T) * sigmoid_slope(z)).mean(axis=0)"
        ],
        "keep all the names in the": ["lambda delta, W: delta @ W.T"],
        "At delta = 0.1 your function returns 1.524, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ W.T) / sigmoid_slope(z)"
        ],
        "At delta = 0.1 your function returns 0.09165, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ W.T) * sigmoid_slope(delta @ W.T)"
        ],
        "At delta = 0.1 your function returns 0.2494, but it should be 0.09476": [
            "lambda delta, W, z: (delta @ np.linalg.pinv(W)) * sigmoid_slope(z)"
        ],
        "For delta of shape (2, 3) your function returns shape (3": [
            "lambda delta, W, z: ((delta @ W.T) * sigmoid_slope(z)).T"
        ],
        "TypeError: unsupported operand type(s) for *: 'float' and": [
            "lambda delta, W, z: (delta @ W.T) * sigmoid_slope"
        ],
    },
    "scale for fifty layers": {
        "0.12 is rightly rounded, but 3 digits are needed": ["0.12"],
        "Python reads 0,125 as 2 numbers; it writes decimals with a": ["(0, 125)"],
        "That is Xavier's rule: with half of the ReLUs off, 0.5⁵⁰ of": [
            "np.sqrt(1 / 128)",
            "np.sqrt(2 / (128 + 128))",
            "0.088",
        ],
        "That is the variance; the standard deviation is its square root": ["2 / 128"],
        "That is Xavier's variance; the standard deviation for ReLU": ["1 / 128"],
        "The depth does not enter; n is the number of units in a": [
            "np.sqrt(2 / 50)",
            "0.2",
        ],
        "That is the spread of PyTorch's default; a sixth of the": ["np.sqrt(1 / 384)"],
        "The 2 pays for the half that is off; it has to be shared": ["np.sqrt(2)"],
        "With 128 units every layer then makes the size eight times": ["1.0"],
        "0.13 is not it yet; the hint above shows a way to compute it": ["0.13"],
        "0.1 is rightly rounded, but 3 digits are needed": ["0.1"],
        "8 is not it yet; the hint above shows a way to compute it": [
            "8",
            "np.sqrt(128 / 2)",
        ],
        "64 is not it yet; the hint above shows a way to compute it": ["64"],
        "0.5 is not it yet; the hint above shows a way to compute it": ["0.5"],
        "128 is not it yet; the hint above shows a way to compute it": ["128"],
        "0.1414 is not it yet; the hint above shows a way to compute it": [
            "np.sqrt(1 / 50)"
        ],
        "0.01768 is not it yet; the hint above shows a way to compute it": [
            "np.sqrt(2 / 50 / 128)"
        ],
        "0.2165 is not it yet; the hint above shows a way to compute it": [
            "np.sqrt(6 / 128)"
        ],
        "A number is asked, not '0.125'; write it without quotes": ["'0.125'"],
        "A number is asked, not [0.125]; write it without brackets": ["[0.125]"],
        "Right but for the sign": ["-0.125"],
        "Not filled in yet": ["..."],
        "0.1768 is not it yet; the hint above shows a way to compute it": [
            "2 / np.sqrt(128)"
        ],
        "0.003906 is not it yet; the hint above shows a way to": ["0.5 / 128"],
        "A number is asked, not a function; call it, with brackets": ["np.sqrt"],
        "0 is not it yet; the hint above shows a way to compute it": ["0"],
    },
}
