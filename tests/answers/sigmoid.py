"""What learners write in 01: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "logit": [
        "lambda p: np.log(p) - np.log1p(-p)",
        "lambda p: [math.log(each / (1 - each)) for each in p]",
    ],
}

WRONG = {
    "logit": {
        "decide once for the whole array": ["lambda p: p if p > 0 else 0"],
        "close, but at p = 0.001 your function returns -6.9067, but it should be -6.9068": [
            "lambda p: np.log((p + 1e-8) / (1 - p + 1e-8))"
        ],
    },
}
