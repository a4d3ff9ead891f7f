"""What learners write in 04: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "undo a leaky relu": [
        "lambda y, leak: np.where(y > 0, y, y / leak)",
        "lambda y, leak: helpers.leaky_relu(y, negative_slope=1 / leak)",
        "lambda y, leak: np.maximum(0, y) + np.minimum(0, y) / leak",
        "lambda y, leak: [v if v > 0 else v / leak for v in y]",
        "def f(y, leak): x = y.copy(); x[x < 0] /= leak; return x",
        "lambda y, leak: np.where(y >= 0, y, y / leak)",
        "lambda y, leak: y / np.where(y > 0, 1, leak)",
        "lambda y, leak: y.clip(0) - (-y).clip(0) / leak",
        "lambda y, leak: np.vectorize(lambda v: v if v > 0 else v / leak, otypes=[float])(y)",
        "lambda y, leak: y * ((y > 0) + (y <= 0) / leak)",
        "lambda y, leak: np.select([y < 0], [y / leak], y)",
        "lambda y, leak: np.array([min(v, 0) / leak + max(v, 0) for v in y])",
        "lambda y, leak: np.where(y < 0, y * leak**-1, y)",
    ],
    "which leak was it": [
        "lambda x, y: np.mean(y[x < 0] / x[x < 0])",
        "lambda x, y: y[x < 0][0] / x[x < 0][0]",
        "lambda x, y: y[x < 0].sum() / x[x < 0].sum()",
        "lambda x, y: np.minimum(0, y).sum() / np.minimum(0, x).sum()",
        "lambda x, y: [b / a for a, b in zip(x, y) if a < 0][0]",
        "lambda x, y: y[x.argmin()] / x.min()",
        "lambda x, y: np.median((y / x)[x < 0])",
        "lambda x, y: np.polyfit(x[x < 0], y[x < 0], 1)[0]",
        "lambda x, y: (y[x < 0] @ x[x < 0]) / (x[x < 0] @ x[x < 0])",
        "lambda x, y: float((y / x)[x < 0].max())",
        "lambda x, y: next(b / a for a, b in zip(x, y) if a < 0)",
        "lambda x, y: min(y) / min(x)",
        "lambda x, y: np.mean([b / a for a, b in zip(x, y) if a < 0])",
        "lambda x, y: np.linalg.lstsq(x[x < 0][:, None], y[x < 0], rcond=None)[0].item()",
    ],
    "leak for ten layers": [
        "0.01 ** (1 / 10)",
        "0.631",
        "0.63",
        "np.exp(np.log(0.01) / 10)",
        "10 ** -0.2",
        "0.01**0.1",
        "math.pow(0.01, 0.1)",
        "np.power(0.01, 0.1)",
        "np.array([0.6309573])",
        "np.float32(0.63096)",
        "100 ** (-1 / 10)",
        "0.1**0.2",
        "math.exp(-0.46052)",
        "np.roots([1] + 9 * [0] + [-0.01]).real.max()",
    ],
}

WRONG = {
    "undo a leaky relu": {
        "This applies the leak once more; to undo a product, divide": [
            "lambda y, leak: np.where(y > 0, y, leak * y)"
        ],
        "Positive inputs came through as they are: leave their": [
            "lambda y, leak: y / leak"
        ],
        "Right for leaks up to 1 only: let the sign of y decide, not": [
            "lambda y, leak: np.minimum(y, y / leak)"
        ],
        "For a leak below 1 the larger one is the wrong one: let the": [
            "lambda y, leak: np.maximum(y, y / leak)"
        ],
        "The sign has turned: a negative output comes from a": [
            "lambda y, leak: np.where(y > 0, y, -y / leak)"
        ],
        "On the left x was multiplied by the leak, so divide by it": [
            "lambda y, leak: np.where(y > 0, y, y - leak)",
            "lambda y, leak: np.where(y > 0, y, y + leak)",
        ],
        "This always divides by 0.1; use the leak that comes in": [
            "lambda y, leak: np.where(y > 0, y, y / 0.1)"
        ],
        "These are the outputs again; the negative ones had been": [
            "lambda y, leak: y"
        ],
        "This drops the negative outputs, and they are what a leak keeps": [
            "lambda y, leak: np.maximum(0, y)"
        ],
        "That is one divided by the output; the inverse gives the": [
            "lambda y, leak: 1 / np.where(y > 0, y, leak * y)",
            "lambda y, leak: 1 / y",
        ],
        "At y = 2 your function returns 20, but it should be 2": [
            "lambda y, leak: np.where(y > 0, y / leak, y)"
        ],
        "At y = 0.125 your function returns 0.5, but it should be 0.125": [
            "lambda y, leak: np.where(y > leak, y, y / leak)"
        ],
        "At y = -5 your function returns -0.02, but it should be -50": [
            "lambda y, leak: np.where(y > 0, y, leak / y)"
        ],
        "At y = -5 your function returns 10, but it should be -50": [
            "lambda y, leak: np.where(y > 0, y, 1 / leak)"
        ],
        "At y = -5 your function returns 0.1, but it should be -50": [
            "lambda y, leak: np.where(y > 0, y, leak)"
        ],
        "decide once for the whole array": [
            "lambda y, leak: y if y > 0 else y / leak",
            "lambda y, leak: max(y, y / leak)",
        ],
        "changes the array that it is given": [
            "def f(y, leak): y[y < 0] /= leak; return y"
        ],
        "print only shows a value": [
            "lambda y, leak: print(np.where(y > 0, y, y / leak))"
        ],
        "keep all the names in the": ["lambda y: np.where(y > 0, y, 10 * y)"],
        "At y = -0.25 your function returns -3, but it should be -2.5": [
            "lambda y, leak: np.where(y > 0, y, y // leak)"
        ],
        "For y of shape (5,) your function returns shape (2,); shape": [
            "lambda y, leak: y[y < 0] / leak"
        ],
        "At y = 2 your function returns 1, but it should be 2": [
            "lambda y, leak: np.where(y > 0, 1, 1 / leak)"
        ],
        "cuts decimals off": [
            "lambda y, leak: np.where(y > 0, y, y / leak).astype(int)"
        ],
        "At y = -0.25 your function returns -0.25, but it should be -2.5": [
            "lambda y, leak: np.where(y > -1, y, y / leak)"
        ],
        "That is close, but at y = -5 your function returns -49.9999, but it should be -50": [
            "lambda y, leak: np.where(y > 0, y, y / leak + 1e-4)"
        ],
        "At y = -5 your function returns -50.5, but it should be -50": [
            "lambda y, leak: np.where(y > 0, y, y / abs(leak) * 1.01)"
        ],
    },
    "which leak was it": {
        "Positive inputs pass as they are and say nothing about the": [
            "lambda x, y: np.mean(y / x)",
            "lambda x, y: np.sum(y) / np.sum(x)",
            "lambda x, y: y.mean() / x.mean()",
            "lambda x, y: y[0] / x[0]",
            "lambda x, y: np.mean(y[x > 0] / x[x > 0])",
            "lambda x, y: np.polyfit(x, y, 1)[0]",
            "lambda x, y: max(y) / max(x)",
        ],
        "Right for leaks up to 1 only: choose by the sign of x": [
            "lambda x, y: np.min(y / x)"
        ],
        "Right for leaks from 1 up only: choose by the sign of x": [
            "lambda x, y: np.max(y / x)"
        ],
        "This is the wrong way round: output = leak · input, so": [
            "lambda x, y: np.mean(x[x < 0] / y[x < 0])",
            "lambda x, y: x[x < 0].sum() / y[x < 0].sum()",
        ],
        "One number is asked: all of these are the leak, so take one": [
            "lambda x, y: y[x < 0] / x[x < 0]",
            "lambda x, y: (y / x)[x < 0].tolist()",
        ],
        "One number is asked, the leak: take the negative inputs out": [
            "lambda x, y: y / x"
        ],
        "These are outputs; divide them by their inputs": [
            "lambda x, y: np.mean(y[x < 0])",
            "lambda x, y: np.min(y)",
        ],
        "The leak is a factor: divide, do not subtract": [
            "lambda x, y: np.mean(y[x < 0] - x[x < 0])"
        ],
        "At x = [2, -5, 0.125, -0.25] your function returns 0.1, but it should be 0": [
            "lambda x, y: 0.1"
        ],
        "IndexError: index 0 is out of bounds for axis 0 with size 0": [
            "lambda x, y: y[y < 0][0] / x[x < 0][0]"
        ],
        "print only shows a value": [
            "lambda x, y: print(np.mean(y[x < 0] / x[x < 0]))"
        ],
        "Right but for the sign": ["lambda x, y: -np.mean(y[x < 0] / x[x < 0])"],
        "decide once for the whole array": ["lambda x, y: y / x if x < 0 else 0"],
        "At x = [2, -5, 0.125, -0.25] your function returns 0.2, but it should be 0.1": [
            "lambda x, y: np.sum(y[x < 0] / x[x < 0])",
            "lambda x, y: abs(y).min() / abs(x).min()",
        ],
        "cuts decimals off": [
            "lambda x, y: int(np.mean(y[x < 0] / x[x < 0]))",
            "lambda x, y: np.round(np.mean(y[x < 0] / x[x < 0]))",
        ],
        "keep all the names in the": ["lambda x: x"],
        "At x = [2, -5, 0.125, -0.25] your function returns 1.05, but it should be 0.1": [
            "lambda x, y: np.mean(y[x < -1] / x[x < 0])"
        ],
        "At x = [2, -5, 0.125, -0.25] your function returns 0.1001, but it should be 0.1": [
            "lambda x, y: np.mean(y[x < 0] / x[x < 0]) + 1e-4"
        ],
    },
    "leak for ten layers": {
        "With this leak in each of ten layers, 0.01¹⁰ = 10⁻²⁰ arrives": ["0.01"],
        "That is enough for two layers: 0.1 · 0.1 = 0.01. There are ten": [
            "0.1",
            "np.sqrt(0.01)",
        ],
        "The factors of the layers multiply, they do not add up": [
            "0.001",
            "0.9",
            "0.901",
        ],
        "That is what arrives with a leak of 0.01; the leak is asked": ["0.01**10"],
        "A leak above 1 would make the gradient grow; one over it is": ["1.585"],
        "With this leak a tenth arrives; a hundredth is asked": ["0.1 ** (1 / 10)"],
        "With this leak ninety-nine hundredths arrive; one hundredth": [
            "0.99 ** (1 / 10)",
            "1 - 0.01 / 10",
        ],
        "That is the logarithm of the leak; np.exp brings the leak back": [
            "np.log(0.01) / 10"
        ],
        "That is the logarithm to base 10 of the leak; 10 to its": [
            "np.log10(0.01) / 10"
        ],
        "0.6 is rightly rounded, but 2 digits are needed": ["0.6"],
        "0.64 is not it yet; the hint above shows a way to compute it": ["0.64"],
        "0.5 is not it yet; the hint above shows a way to compute it": ["0.5"],
        "0.5995 is not it yet; the hint above shows a way to compute it": [
            "0.01 ** (1 / 9)"
        ],
        "0.6579 is not it yet; the hint above shows a way to compute it": [
            "0.01 ** (1 / 11)"
        ],
        "Python reads 0,63 as 2 numbers; it writes decimals with a": ["(0, 63)"],
        "A number is asked, not '0.631'; write it without quotes": ["'0.631'"],
        "A number is asked, not [0.631]; write it without brackets": ["[0.631]"],
        "A number is asked, not a function; call it, with brackets": ["lambda: 0.631"],
        "10 is not it yet; the hint above shows a way to compute it": ["10"],
        "Right but for the sign": ["-0.631"],
        "63.1 is not it yet; the hint above shows a way to compute it": ["63.1"],
        "Not filled in yet": ["..."],
        "inf is not it yet; the hint above shows a way to compute it": ["math.inf"],
    },
}
