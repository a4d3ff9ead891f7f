"""What learners write in 07: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "swish for any beta": [
        "lambda x, beta: x / (1 + np.exp(np.minimum(-beta * x, 700)))",
        "lambda x, beta: x * (1 + np.tanh(beta * x / 2)) / 2",
        "lambda x, beta: x * helpers.sigmoid(beta * x)",
        "lambda x, beta: x * np.exp(-np.logaddexp(0, -beta * x))",
        "def f(x, beta): e = np.exp(-abs(beta * x)); return x * np.where(x > 0, 1, e) / (1 + e)",
        "lambda x, beta: x / (1 + np.exp(np.clip(-beta * x, -700, 700)))",
        "lambda x, beta: np.array([v * helpers.sigmoid(beta * v) for v in x])",
        "lambda x, beta: [v * (math.tanh(beta * v / 2) + 1) / 2 for v in x]",
        "lambda x, beta: helpers.silu(x, beta=beta)",
        "lambda x, beta: x / (1 + np.exp(-np.maximum(beta * x, -500)))",
        "lambda x, beta: x / np.add(1, np.exp(np.where(beta * x < -600, 600, -beta * x)))",
        "lambda x, beta: [v / (1 + math.exp(min(-beta * v, 700))) for v in x]",
    ],
    "slope from output and gate": [
        "lambda output, gate: gate + output * (1 - gate)",
        "lambda output, gate: gate + output - output * gate",
        "lambda output, gate: output + gate * (1 - output)",
        "lambda output, gate: 1 - (1 - gate) * (1 - output)",
        "lambda output, gate: [g + o * (1 - g) for o, g in zip(output, gate)]",
        "lambda output, gate: gate * (1 + output / gate * (1 - gate))",
        "lambda output, gate: np.add(gate, output * np.subtract(1, gate))",
        "def f(output, gate): s = output * (1 - gate); s += gate; return s",
        "lambda output, gate: output * -(gate - 1) + gate",
        "lambda output, gate: np.sum([gate, output, -gate * output], axis=0)",
        "lambda output, gate: np.vectorize(lambda o, g: g + o * (1 - g))(output, gate)",
        "lambda output, gate: helpers.silu.derivative(np.log(gate / (1 - gate)))",
    ],
    "width of a fair swiglu": [
        "2048",
        "2048.0",
        "3072 * 2 // 3",
        "3072 * 2 / 3",
        "2 / 3 * 3072",
        "np.float64(2048)",
        "int(3072 * 2 / 3)",
        "np.array(2048)",
        "2 * 768 * 3072 / (3 * 768)",
        "round(3072 * 2 / 3)",
        "768 * 8 // 3",
        "math.floor(3072 * 2 / 3)",
        "np.int32(2048)",
    ],
}

WRONG = {
    "swish for any beta": {
        "NumPy reports overflow at -1000": [
            "lambda x, beta: x / (1 + np.exp(-beta * x))",
            "lambda x, beta: x / (1 + np.exp(np.minimum(-beta * x, 800)))",
        ],
        "Right for β = 1 only: β belongs inside the gate, not in": [
            "lambda x, beta: beta * x / (1 + np.exp(np.minimum(-x, 700)))"
        ],
        "This is right for β = 1 only: use the beta that comes in": [
            "lambda x, beta: x / (1 + np.exp(np.minimum(-x, 700)))"
        ],
        "β scales the input of the gate only: multiply the gate by": [
            "lambda x, beta: beta * x / (1 + np.exp(np.minimum(-beta * x, 700)))"
        ],
        "This is the gate alone; multiply x by it": [
            "lambda x, beta: 1 / (1 + np.exp(np.minimum(-beta * x, 700)))"
        ],
        "The gate is turned round: it has to open for positive x": [
            "lambda x, beta: x / (1 + np.exp(np.minimum(beta * x, 700)))"
        ],
        "This is ReLU, which the function comes near when β is large": [
            "lambda x, beta: np.maximum(0, x)"
        ],
        "Keep x as it is and limit only what exp gets, −βx: with β =": [
            "def f(x, beta): x = np.maximum(x, -80); return x / (1 + np.exp(-beta * x))",
            "def f(x, beta): x = np.maximum(x, -700); return x * helpers.sigmoid(beta * x)",
        ],
        "At x = 1000 your function returns 20, but it should be 1000": [
            "def f(x, beta): x = np.clip(x, -20, 20); return x / (1 + np.exp(-beta * x))"
        ],
        "At x = -1000 your function returns 0, but it should be -500": [
            "lambda x, beta: np.where(x < -300, 0, x * helpers.sigmoid(beta * x))"
        ],
        "At x = 1000 your function returns nan, but it should be 1000": [
            "lambda x, beta: x * np.exp(beta * x) / (1 + np.exp(beta * x))"
        ],
        "At x = 2 your function returns 1.972e-304, but it should be 1.762": [
            "lambda x, beta: x / (1 + np.exp(np.maximum(-beta * x, 700)))"
        ],
        "At x = -3 your function returns -0.3576, but it should be -0.1423": [
            "lambda x, beta: x / (1 + np.exp(np.minimum(-beta * x, 2)))"
        ],
        "At x = -3 your function returns -1.5, but it should be -0.1423": [
            "lambda x, beta: x / (1 + np.exp(np.minimum(-beta * x, 0)))"
        ],
        "take one number, not an array": [
            "lambda x, beta: x / (1 + math.exp(-beta * x))"
        ],
        "At x = 2 your function returns 2.135, but it should be 1.762": [
            "lambda x, beta: x / 1 + np.exp(np.minimum(-beta * x, 700))"
        ],
        "computes both sides for every input": [
            "lambda x, beta: np.where(beta * x > -700, x / (1 + np.exp(-beta * x)), 0)"
        ],
        "TypeError: silu.derivative: too many positional arguments": [
            "lambda x, beta: helpers.silu.derivative(x, beta)"
        ],
        "decide once for the whole array": [
            "lambda x, beta: x if x > 0 else 0",
            "lambda x, beta: max(x, 0)",
        ],
        "keep all the names in the": [
            "lambda x: x / (1 + np.exp(np.minimum(-x, 700)))"
        ],
        "print only shows a value": ["lambda x, beta: print(x)"],
        "changes the array that it is given": [
            "def f(x, beta): x *= helpers.sigmoid(beta * x); return x"
        ],
        "At x = 2 your function returns 1.954, but it should be 1.762": [
            "lambda x, beta: helpers.gelu(x)"
        ],
        "At x = 1000 your function returns 700, but it should be 1000": [
            "lambda x, beta: np.minimum(x / (1 + np.exp(-beta * x)), 700)"
        ],
        "cuts decimals off": [
            "lambda x, beta: (x * helpers.sigmoid(beta * x)).astype(int)"
        ],
        "At x = 2 your function returns 2, but it should be 1": [
            "lambda x, beta: x * helpers.sigmoid(x / beta)"
        ],
        "At x = 1000 your function returns 0, but it should be 1000": [
            "lambda x, beta: np.nan_to_num(x * np.exp(beta * x) / (1 + np.exp(beta * x)))"
        ],
        "Right but for the sign": [
            "lambda x, beta: -x / (1 + np.exp(np.minimum(-beta * x, 700)))"
        ],
        "At x = -3 your function returns 0, but it should be -0.1423": [
            "lambda x, beta: np.where((x > -4) & (x < -1), 0, silu(x, beta))"
        ],
        "At x = -0.25 your function returns 0, but it should be -0.1095": [
            "lambda x, beta: np.where((x > -1) & (x < 0), 0, silu(x, beta))"
        ],
    },
    "slope from output and gate": {
        "That is one half of the product rule, x moving while the": [
            "lambda output, gate: gate"
        ],
        "That is one half of the product rule, the gate moving while": [
            "lambda output, gate: output * (1 - gate)"
        ],
        "This is the slope of the gate alone": [
            "lambda output, gate: gate * (1 - gate)"
        ],
        "The gate's slope, gate · (1 − gate), still has to be": [
            "lambda output, gate: gate + gate * (1 - gate)"
        ],
        "The sign is wrong: a rising gate makes the output of a": [
            "lambda output, gate: gate - output * (1 - gate)"
        ],
        "The slope of σ is σ · (1 − σ), not σ alone: what is missing": [
            "lambda output, gate: gate + output"
        ],
        "At output = 1.762 your function returns -0.6708, but it should be 1.091": [
            "lambda output, gate: gate * (1 - output)"
        ],
        "At output = 1.762 your function returns 1.867, but it should be 1.091": [
            "lambda output, gate: output + gate * (1 - gate)"
        ],
        "At output = 1.762 your function returns 1.552, but it should be 1.091": [
            "lambda output, gate: gate * output"
        ],
        "At output = 1.762 your function returns 0.185, but it should be 1.091": [
            "lambda output, gate: output * gate * (1 - gate)"
        ],
        "At output = 1.762 your function returns 1.066, but it should be 1.091": [
            "lambda output, gate: gate + output * gate * (1 - gate)",
            "lambda output, gate: gate * (1 + output * (1 - gate))",
        ],
        "At output = 1.762 your function returns 0.315, but it should be 1.091": [
            "lambda output, gate: (gate + output) * (1 - gate)"
        ],
        "At output = 1.762 your function returns 2.432, but it should be 1.091": [
            "lambda output, gate: gate * (1 + output)",
            "lambda output, gate: gate + output * gate",
        ],
        "At output = 1.762 your function returns 2, but it should be 1.091": [
            "lambda output, gate: output / gate"
        ],
        "NameError: name 'x' is not defined; check how it is": [
            "lambda output, gate: gate + x * gate * (1 - gate)"
        ],
        "At output = 1.762 your function returns 1.074, but it should be 1.091": [
            "lambda output, gate: helpers.silu.derivative(output)"
        ],
        "changes the array that it is given": [
            "def f(output, gate): output *= 1 - gate; output += gate; return output",
            "def f(output, gate): gate += output * (1 - gate); return gate",
        ],
        "print only shows a value": ["lambda output, gate: print(gate)"],
        "cuts decimals off": [
            "lambda output, gate: (gate + output * (1 - gate)).round(1)"
        ],
        "At output = 1.762 your function returns 4.194, but it should be 1.091": [
            "lambda output, gate: gate + output * (1 + gate)"
        ],
        "At output = 1.762 your function returns 0.1192, but it should be 1.091": [
            "lambda output, gate: 1 - gate"
        ],
        "keep all the names in the": ["lambda gate: gate"],
        "At output = 1.762 your function returns 1.011, but it should be 1.091": [
            "lambda output, gate: gate + output @ (1 - gate)"
        ],
        "At output = 1.762 your function returns 2.272, but it should be 1.091": [
            "lambda gate, output: gate + output * (1 - gate) ** 2"
        ],
        "take one number, not an array": [
            "lambda output, gate: math.fsum([gate, output])"
        ],
    },
    "width of a fair swiglu": {
        "As wide as that, three matrices hold half as many weights": ["3072"],
        "Half the width is too narrow: three matrices then hold": ["1536"],
        "A third is too narrow: three matrices then hold half of the": ["1024"],
        "The fraction is upside down: with three matrices each has": ["4608"],
        "That is the number of weights; the width is asked": ["2 * 768 * 3072"],
        "768 is not it yet; the hint above shows a way to compute it": ["768"],
        "2000 is not it yet; the hint above shows a way to compute it": ["2000"],
        "2050 is not it yet; the hint above shows a way to compute it": ["2050"],
        "2047 is not it yet; the hint above shows a way to compute it": ["2047"],
        "2049 is not it yet; the hint above shows a way to compute it": [
            "2049",
            "3072 * 0.667",
            "0.667 * 3072",
        ],
        "512 is not it yet; the hint above shows a way to compute it": [
            "512",
            "768 * 2 / 3",
        ],
        "6144 is not it yet; the hint above shows a way to compute it": ["6144"],
        "A number is asked, not '2048'; write it without quotes": ["'2048'"],
        "A number is asked, not [2048]; write it without brackets": ["[2048]"],
        "Python reads 4,718,592 as 3 numbers; it writes decimals": ["(4, 718, 592)"],
        "2028 is not it yet; the hint above shows a way to compute it": ["3072 * 0.66"],
        "0.6667 is not it yet; the hint above shows a way to compute it": ["2 / 3"],
        "2304 is not it yet; the hint above shows a way to compute it": ["2304"],
        "Not filled in yet": ["..."],
        "A number is asked, not True": ["True"],
        "One number is asked, and 2 came": ["2048, 768"],
        "Right but for the sign": ["-2048"],
        "1365 is not it yet; the hint above shows a way to compute it": ["1365"],
        "A number is asked, not a function; call it, with brackets": ["lambda d: 2048"],
    },
}
