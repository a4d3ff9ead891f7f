"""What learners write in 10: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "between two ends": [
        "lambda x, low, high: low + (high - low) * helpers.sigmoid(x)",
        "lambda x, low, high: low + (high - low) / (1 + np.exp(-x))",
        "lambda x, low, high: helpers.sigmoid(x) * high + (1 - helpers.sigmoid(x)) * low",
        "lambda x, low, high: (low + high) / 2 + (high - low) / 2 * np.tanh(x / 2)",
        "lambda x, low, high: high - (high - low) * helpers.sigmoid(-x)",
        "lambda x, low, high: [low + (high - low) / (1 + math.exp(-v)) for v in x]",
        "lambda x, low, high: np.interp(helpers.sigmoid(x), [0, 1], [low, high])",
        "def f(x, low, high): y = helpers.sigmoid(x); y *= high - low; y += low; return y",
        "lambda x, low, high: np.array([low + (high - low) * sigmoid(v) for v in x])",
        "lambda x, low, high: (low + high) / 2 + (high - low) * (helpers.sigmoid(x) - 0.5)",
        "lambda x, low, high: helpers.softmax(np.stack([0 * x, x], axis=1)) @ [low, high]",
    ],
    "a positive output": [
        "lambda x: np.logaddexp(0, x)",
        "lambda x: np.logaddexp(0, x) + 1e-6",
        "lambda x: x.clip(0) + np.log1p(np.exp(-abs(x)))",
        "lambda x: helpers.softplus(x)",
        "lambda x: np.maximum(0, x) + np.log(1 + np.exp(-np.abs(x)))",
        "lambda x: np.logaddexp(x, 0)",
        "lambda x: -np.log(helpers.sigmoid(-np.minimum(x, 30))) + np.maximum(x - 30, 0)",
        "lambda x: np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30))))",
        "lambda x: [max(v, 0) + math.log1p(math.exp(-abs(v))) for v in x]",
        "lambda x: np.logaddexp.reduce([x, np.zeros(x.shape)])",
        "lambda x: np.logaddexp(0, x) + 1e-5",
        "lambda x: np.maximum(np.logaddexp(0, x), 1e-6)",
        "lambda x: np.logaddexp(0, x) + 1e-8",
        "lambda x: np.logaddexp(0, x) + np.finfo(float).tiny",
        "lambda x: x + np.logaddexp(0, -x)",
        "lambda x: np.logaddexp2(0, x / np.log(2)) * np.log(2)",
    ],
}

WRONG = {
    "between two ends": {
        "This is still the range (0, 1): stretch it by high − low": [
            "lambda x, low, high: helpers.sigmoid(x)"
        ],
        "Shifted, but as wide as before: multiply the sigmoid by": [
            "lambda x, low, high: low + helpers.sigmoid(x)"
        ],
        "The width of the range is high − low, not high": [
            "lambda x, low, high: low + high * helpers.sigmoid(x)"
        ],
        "The shift is missing: the smallest output would be 0, not low": [
            "lambda x, low, high: (high - low) * helpers.sigmoid(x)"
        ],
        "Cut off like that, the slope is 0 beyond the ends, and a": [
            "np.clip",
            "lambda x, low, high: np.minimum(np.maximum(x, low), high)",
        ],
        "The range is right, but this is twice as steep: σ(x) is": [
            "lambda x, low, high: low + (high - low) * (np.tanh(x) + 1) / 2"
        ],
        "This is right where low is −high only, and steeper than the": [
            "lambda x, low, high: high * np.tanh(x)"
        ],
        "At x = -6 your function returns 0.004945, but it should be -1.99": [
            "lambda x, low, high: high * helpers.sigmoid(x)",
            "lambda x, low, high: (low + (high - low)) * helpers.sigmoid(x)",
            "lambda x, low, high: low + high - low * helpers.sigmoid(x)",
        ],
        "At x = -6 your function returns 2.01, but it should be -1.99": [
            "lambda x, low, high: high + (high - low) * helpers.sigmoid(x)"
        ],
        "At x = -6 your function returns -2.01, but it should be -1.99": [
            "lambda x, low, high: low - (high - low) * helpers.sigmoid(x)",
            "lambda x, low, high: low + (low - high) * helpers.sigmoid(x)",
        ],
        "At x = -6 your function returns -2, but it should be -1.99": [
            "lambda x, low, high: low + (high + low) * helpers.sigmoid(x)",
            "lambda x, low, high: low + (high - low) * helpers.softmax(x)",
            "lambda x, low, high: low * (1 - helpers.sigmoid(x)) - high * helpers.sigmoid(x)",
        ],
        "At x = -6 your function returns 5.109e-12, but it should be -1.99": [
            "lambda x, low, high: helpers.sigmoid(low + (high - low) * x)"
        ],
        "At x = -6 your function returns -26, but it should be -1.99": [
            "lambda x, low, high: low + (high - low) * x"
        ],
        "At x = -6 your function returns -6, but it should be -1.99": [
            "lambda x, low, high: low + (high - low) * np.tanh(x)"
        ],
        "take one number, not an array": [
            "lambda x, low, high: low + (high - low) / (1 + math.exp(-x))"
        ],
        "print only shows a value": ["lambda x, low, high: print(low)"],
        "At x = -6 your function returns 1.99, but it should be -1.99": [
            "lambda x, low, high: low + (high - low) * helpers.sigmoid(-x)"
        ],
        "keep all the names in the": ["lambda x: helpers.sigmoid(x)"],
        "decide once for the whole array": [
            "lambda x, low, high: low if x < low else high",
            "lambda x, low, high: max(low, min(x, high))",
        ],
        "cuts decimals off": [
            "lambda x, low, high: (low + (high - low) * helpers.sigmoid(x)).astype(int)",
            "lambda x, low, high: np.round(low + (high - low) * helpers.sigmoid(x))",
        ],
        "At x = -6 your function returns 0.2967, but it should be -1.99": [
            "lambda x, low, high: 120 * helpers.sigmoid(x)"
        ],
        "changes the array that it is given": [
            "def f(x, low, high): x *= -1; return low + (high - low) / (1 + np.exp(x))"
        ],
        "At x = -6 your function returns -1, but it should be -1.99": [
            "lambda x, low, high: (x - low) / (high - low)"
        ],
    },
    "a positive output": {
        "Right until exp overflows: np.logaddexp(0, x) computes the": [
            "lambda x: np.log(1 + np.exp(x))",
            "lambda x: np.log1p(np.exp(x))",
            "lambda x: np.log(np.exp(0) + np.exp(x))",
        ],
        "ReLU is exactly 0 for every negative input: not positive": [
            "lambda x: np.maximum(0, x)",
            "lambda x: np.maximum(0, x) + 1e-6",
        ],
        "Positive, but it overflows at 1000, and large inputs should": [
            "lambda x: np.exp(x)"
        ],
        "Positive, but never above 1: this is the slope of what is asked": [
            "lambda x: 1 / (1 + np.exp(-x))",
            "lambda x: helpers.sigmoid(x)",
        ],
        "This is 0 at 0, and x and −x would mean the same": [
            "lambda x: abs(x)",
            "lambda x: x**2",
        ],
        "This is the logarithm of the sigmoid, which is negative": [
            "lambda x: -np.logaddexp(0, -x)"
        ],
        "At x = -1000 your function returns 0.001, but it should be 0": [
            "lambda x: np.logaddexp(0, x) + 1e-3"
        ],
        "At x = -1000 your function returns 1, but it should be 0": [
            "lambda x: np.logaddexp(1, x)",
            "lambda x: np.logaddexp(0, x) + 1",
        ],
        "At x = -1000 your function returns 1000, but it should be 0": [
            "lambda x: np.logaddexp(0, -x)"
        ],
        "At x = 1000 your function returns 700, but it should be 1000": [
            "lambda x: np.log(1 + np.exp(np.minimum(x, 700)))"
        ],
        "computes both sides for every input": [
            "lambda x: np.where(x > 30, x, np.log(1 + np.exp(x)))"
        ],
        "take one number, not an array": ["lambda x: math.log(1 + math.exp(x))"],
        "At x = -1000 your function returns -inf, but it should be 0": [
            "lambda x: np.log(np.exp(x))"
        ],
        "At x = -2 your function returns 0.1831, but it should be 0.1269": [
            "lambda x: np.log2(1 + np.exp(np.minimum(x, 700)))"
        ],
        "At x = -2 your function returns 0.3219, but it should be 0.1269": [
            "lambda x: np.logaddexp2(0, x)"
        ],
        "At x = -1000 your function returns -1000, but it should be 0": ["lambda x: x"],
        "print only shows a value": ["lambda x: print(np.logaddexp(0, x))"],
        "cuts decimals off": ["lambda x: np.logaddexp(0, x).astype(int)"],
        "At x = -2 your function returns 0.1353, but it should be 0.1269": [
            "lambda x: np.exp(np.minimum(x, 700))",
            "lambda x: helpers.elu(x) + 1",
        ],
        "decide once for the whole array": [
            "lambda x: x if x > 0 else 0",
            "lambda x: max(x, 1e-6)",
        ],
        "At x = -1000 your function returns nan, but it should be 0": [
            "lambda x: np.sqrt(x)",
            "lambda x: np.log(1 + x)",
        ],
        "For x of shape (9,) your function returns shape (); shape": [
            "lambda x: np.logaddexp(0, x).sum()"
        ],
        "At x = -1000 your function returns 0.01, but it should be 0": [
            "lambda x: np.logaddexp(0, x) + 0.01"
        ],
        "At x = 1000 your function returns 30, but it should be 1000": [
            "def f(x): x[x > 30] = 30; return np.log1p(np.exp(x))"
        ],
        "At x = -2 your function returns 0.05512, but it should be 0.1269": [
            "lambda x: np.log10(1 + np.exp(np.minimum(x, 700)))"
        ],
        "At x = -2 your function returns 0.01815, but it should be 0.1269": [
            "lambda x: np.logaddexp(0, 2 * x)"
        ],
        "At x = -1000 your function returns -0.001, but it should be 0": [
            "lambda x: np.logaddexp(0, x) - 1e-3"
        ],
        "At x = -1000 your function returns -1e-06, but it should be 0": [
            "lambda x: np.logaddexp(0, x) - 1e-6"
        ],
        "At x = -1000 your function returns 0.6931, but it should be 0": [
            "lambda x: helpers.relu(x) + np.log(2)"
        ],
    },
}
