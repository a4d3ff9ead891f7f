"""What learners write in 01: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "logit": [
        "lambda p: np.log(p / (1 - p))",
        "lambda p: np.log(p) - np.log(1 - p)",
        "lambda p: np.log(p) - np.log1p(-p)",
        "lambda p: -np.log(1 / p - 1)",
        "lambda p: -np.log((1 - p) / p)",
        "lambda p: np.emath.log(p / (1 - p))",
        "lambda p: 2 * np.arctanh(2 * p - 1)",
        "lambda p: [math.log(each / (1 - each)) for each in p]",
        "lambda p: np.array([math.log(each) - math.log(1 - each) for each in p])",
        "np.vectorize(lambda p: math.log(p / (1 - p)))",
    ],
    "layers to a billionth": [
        "15",
        "15.0",
        "np.int64(15)",
        "np.array([15])",
        "int(np.ceil(np.log(1e-9) / np.log(0.25)))",
        "math.ceil(math.log(1e-9, 0.25))",
        "math.ceil(9 / math.log10(4))",
        "next(n for n in range(100) if 0.25**n < 1e-9)",
        "sum(0.25**n >= 1e-9 for n in range(100))",
    ],
    "loss from the score": [
        "lambda z, y: np.logaddexp(0, z) - y * z",
        "lambda z, y: np.logaddexp(0, -z) if y == 1 else np.logaddexp(0, z)",
        "lambda z, y: np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z))",
        "lambda z, y: np.logaddexp(0, (1 - 2 * y) * z)",
        "lambda z, y: y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)",
        "lambda z, y: np.maximum(z, 0) - y * z + np.log1p(np.exp(-abs(z)))",
        "lambda z, y: z.clip(0) - z * y + np.log(1 + np.exp(-np.abs(z)))",
        "lambda z, y: np.logaddexp(z, 0) - z * y",
        "lambda z, y: [max(s, 0) - s * y + math.log1p(math.exp(-abs(s))) for s in z]",
        "lambda z, y: np.logaddexp(0, -z) + (1 - y) * z",
    ],
}

WRONG = {
    "logit": {
        "This is σ once more": ["lambda p: 1 / (1 + np.exp(-p))", "sigmoid"],
        "This is one divided by σ": [
            "lambda p: 1 + np.exp(-p)",
            "lambda p: 1 / sigmoid(p)",
        ],
        "The fraction stands upside down": ["lambda p: np.log((1 - p) / p)"],
        "use np.log": [
            "lambda p: np.log10(p / (1 - p))",
            "lambda p: np.log2(p / (1 - p))",
        ],
        "leaves out the other outcome": ["np.log", "lambda p: np.log(p)"],
        "These are the odds": ["lambda p: p / (1 - p)"],
        "np.exp makes odds of a score": ["lambda p: np.exp(p / (1 - p))"],
        "take one logarithm, that of the fraction": [
            "lambda p: np.log(p) / np.log(1 - p)",
            "lambda p: np.log(p) / (1 - p)",
        ],
        "Python divides before it subtracts": ["lambda p: np.log(p / 1 - p)"],
        "NumPy's take arrays": ["lambda p: math.log(p / (1 - p))"],
        "end the function with return": ["lambda p: print(np.log(p / (1 - p)))"],
        "Hand over the function itself": ["np.log(0.99 / 0.01)"],
        "decide once for the whole array": ["lambda p: p if p > 0 else 0"],
        "close, but at p = 0.001 your function returns -6.9067, but it should be -6.9068": [
            "lambda p: np.log((p + 1e-8) / (1 - p + 1e-8))"
        ],
    },
    "layers to a billionth": {
        "still more than a billionth": ["14"],
        "Fifteen are enough": ["16", "20"],
        "less than a millionth": ["10"],
        "a factor of a half": ["30"],
        "a factor of a tenth": ["9"],
        "A unit can't be divided": ["14.95", "math.log(1e-9, 0.25)"],
        "This is what is left": ["0.25**15"],
        "is not it yet": ["5", "-14"],
        "write it without quotes": ["'15'"],
        "write it without brackets": ["[15]"],
        "One number is asked, and 2 came": ["15, 0.25"],
    },
    "loss from the score": {
        "fails at ±800, where p or eᶻ": [
            "def f(z, y): p = 1 / (1 + np.exp(-z)); return -np.log(p if y else 1 - p)",
            "lambda z, y: -np.log(sigmoid(z)) if y == 1 else -np.log(1 - sigmoid(z))",
            "lambda z, y: -np.log(sigmoid(z) if y else sigmoid(-z))",
            "lambda z, y: -y * np.log(sigmoid(z)) - (1 - y) * np.log(1 - sigmoid(z))",
            "lambda z, y: -np.log(y * sigmoid(z) + (1 - y) * (1 - sigmoid(z)))",
            "lambda z, y: np.log(1 + np.exp(z)) - y * z",
            "lambda z, y: np.log1p(np.exp(-z if y else z))",
            "lambda z, y: np.log(1 + np.exp(-z)) if y else np.log(1 + np.exp(z))",
        ],
        "Yes and no have changed places": [
            "lambda z, y: np.logaddexp(0, z if y else -z)"
        ],
        "A loss is never negative": ["lambda z, y: y * z - np.logaddexp(0, z)"],
        "Right when the answer is yes": ["lambda z, y: np.logaddexp(0, -z)"],
        "Right when the answer is no": ["lambda z, y: np.logaddexp(0, z)"],
        "This is the squared error": ["lambda z, y: (sigmoid(z) - y) ** 2"],
        "This is p − y": ["lambda z, y: sigmoid(z) - y"],
        "Cutting p off": [
            "lambda z, y: -np.log(np.clip(sigmoid(z if y else -z), 1e-7, 1))",
            "lambda z, y: -np.log(np.maximum(sigmoid(z if y else -z), 1e-12))",
        ],
        "Only e⁰ is 1": ["lambda z, y: np.logaddexp(1, z) - y * z"],
        "end the function with return": [
            "lambda z, y: print(np.logaddexp(0, z) - y * z)"
        ],
    },
}
