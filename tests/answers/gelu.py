"""What learners write in 06: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "keep or zero": [
        "lambda x, z: x * (z < x[:, None]).mean(axis=1)",
        "lambda x, z: np.mean(x[:, None] * (z < x[:, None]), axis=1)",
        "lambda x, z: np.where(z < x[:, None], x[:, None], 0).mean(axis=1)",
        "lambda x, z: [v * np.mean(z < v) for v in x]",
        "lambda x, z: x * np.array([sum(n < v for n in z) / len(z) for v in x])",
        "lambda x, z: x * (z[:, None] < x).mean(axis=0)",
        "lambda x, z: (x[:, None] > z).sum(axis=1) * x / z.size",
        "lambda x, z: x * np.searchsorted(np.sort(z), x) / len(z)",
        "lambda x, z: x * np.less.outer(z, x).mean(axis=0)",
        "lambda x, z: sum(np.where(n < x, x, 0) for n in z) / len(z)",
        "lambda x, z: x - x * (z >= x[:, None]).mean(axis=1)",
        "lambda x, z: x * np.average(z < x.reshape(-1, 1), axis=1)",
    ],
    "the other side": [
        "lambda x, output: output - x",
        "lambda x, output: -x + output",
        "lambda x, output: -(x - output)",
        "lambda x, output: [b - a for a, b in zip(x, output)]",
        "lambda x, output: np.subtract(output, x)",
        "def f(x, output): other = output.copy(); other -= x; return other",
        "lambda x, output: np.where(x == 0, 0, output - x)",
        "lambda x, output: -x * (1 - output / np.where(x == 0, 1, x))",
        "lambda x, output: np.array([output[i] - x[i] for i in range(len(x))])",
        "lambda x, output: (output / 2 - x / 2) * 2",
        "lambda x, output: np.sum([output, -x], axis=0)",
        "lambda x, output: np.vectorize(lambda a, b: b - a, otypes=[float])(x, output)",
        "lambda x, output: np.column_stack([x, output]) @ [-1, 1]",
    ],
    "two inputs of gelu": [
        "-1.501654, -0.24894",
        "-1.502, -0.2489",
        "-1.5017, -0.24894",
        "np.float64(-1.501654), np.float64(-0.24894)",
        "np.array([-1.5017]), np.array([-0.2489])",
        "*np.array([-1.501654, -0.24894]),",
        "-1.501, -0.249",
        "np.float32(-1.501654), np.float32(-0.24894)",
        "*sorted([-0.24894, -1.501654]),",
        "*(lambda x: x[helpers.gelu(x) < -0.1][[0, -1]])(np.linspace(-4, 0, 4001))",
    ],
}

WRONG = {
    "keep or zero": {
        "The comparison is turned: x is kept when the random number": [
            "lambda x, z: x * (z > x[:, None]).mean(axis=1)"
        ],
        "This is the share that is kept; multiply it by x": [
            "lambda x, z: (z < x[:, None]).mean(axis=1)"
        ],
        "This is one share for all inputs together; with axis=1 each": [
            "lambda x, z: x * (z < x[:, None]).mean()"
        ],
        "This adds the draws up; their mean is asked": [
            "lambda x, z: x * (z < x[:, None]).sum(axis=1)",
            "lambda x, z: np.where(z < x[:, None], x[:, None], 0).sum(axis=1)",
        ],
        "This is the limit for endlessly many draws; use the numbers": [
            "lambda x, z: helpers.gelu(x)"
        ],
        "This averages ReLU(x − z); an input that is kept keeps its": [
            "lambda x, z: np.maximum(0, x[:, None] - z).mean(axis=1)"
        ],
        "The shapes do not fit: z < x[:, None] has a row for each": [
            "lambda x, z: x * (z < x).mean()",
            "lambda x, z: x * (z < x[:, None]).mean(axis=0)",
        ],
        "For x of shape (6,) your function returns shape (6, 7)": [
            "lambda x, z: x[:, None] * (z < x[:, None])"
        ],
        "At x = -1 your function returns 2, but it should be -0.2857": [
            "lambda x, z: (z < x[:, None]).sum(axis=1)"
        ],
        "At x = -1 your function returns 0, but it should be -0.2857": [
            "lambda x, z: np.maximum(0, x)",
            "lambda x, z: np.where(z.mean() < x, x, 0)",
        ],
        "At x = -3 your function returns 0.1714, but it should be -0": [
            "lambda x, z: x * z.mean()"
        ],
        "At x = -1 your function returns -0.4857, but it should be -0.2857": [
            "lambda x, z: np.where(z < x[:, None], z, 0).mean(axis=1)"
        ],
        "ValueError: operands could not be broadcast together with": [
            "lambda x, z: x if z < x else 0"
        ],
        "print only shows a value": ["lambda x, z: print(x)"],
        "changes the array that it is given": [
            "def f(x, z): x *= (z < x[:, None]).mean(axis=1); return x"
        ],
        "At x = -1 your function returns -0, but it should be -0.2857": [
            "lambda x, z: x * (z[0] < x)",
            "lambda x, z: x * (abs(z) < x[:, None]).mean(axis=1)",
        ],
        "For x of shape (6,) your function returns shape (); shape": [
            "lambda x, z: np.mean(x * (z < x[:, None]).mean(axis=1))"
        ],
        "Right but for the sign": ["lambda x, z: -x * (z < x[:, None]).mean(axis=1)"],
        "At x = -3 your function returns -1.286, but it should be -0": [
            "lambda x, z: x * (z < 0).mean()"
        ],
        "cuts decimals off": [
            "lambda x, z: (x * (z < x[:, None]).mean(axis=1)).astype(int)"
        ],
        "keep all the names in the": ["lambda x: x"],
        "At x = -1 your function returns -0.3333, but it should be -0.2857": [
            "lambda x, z: x * (z < x[:, None]).sum(axis=1) / len(x)"
        ],
        "For x of shape (6,) your function returns shape (6, 6)": [
            "lambda x, z: x * (z < x[:, None]).mean(axis=1, keepdims=True)"
        ],
    },
    "the other side": {
        "Right for GELU alone: with the output that comes in, one": [
            "lambda x, output: helpers.gelu(-x)",
            "lambda x, output: helpers.gelu(x) - x",
        ],
        "At x = -3 your function returns 2.858, but it should be 2.996": [
            "lambda x, output: helpers.silu(-x)"
        ],
        "The sign is turned: from x · (1 − Φ(x)) to f(−x) there is": [
            "lambda x, output: x - output"
        ],
        "The share that passes −x is 1 − Φ(x), not Φ(x)": ["lambda x, output: -output"],
        "The curve has no mirror: at 2 and −2 it is 1.95 and −0.05": [
            "lambda x, output: output"
        ],
        "Take x away: −x · (1 − Φ(x)) is −x + x · Φ(x)": [
            "lambda x, output: output + x"
        ],
        "1 − Φ(x) is the share of −x that passes; the output is x ·": [
            "lambda x, output: -x * (1 - output)",
            "lambda x, output: 1 - output",
        ],
        "At x = 0 this divides by 0, and no division is needed": [
            "lambda x, output: -x * (1 - output / x)"
        ],
        "At x = -3 your function returns -0.01215, but it should be 2.996": [
            "lambda x, output: -x * output"
        ],
        "At x = -3 your function returns 3.004, but it should be 2.996": [
            "lambda x, output: -x - output"
        ],
        "At x = -3 your function returns 3, but it should be 2.996": [
            "lambda x, output: -x"
        ],
        "At x = -3 your function returns -3.012, but it should be 2.996": [
            "lambda x, output: x * (1 - output)"
        ],
        "At x = -3 your function returns 0.00135, but it should be 2.996": [
            "lambda x, output: output / x"
        ],
        "At x = -3 your function returns 0.9987, but it should be 2.996": [
            "lambda x, output: 1 - output / x"
        ],
        "At x = -3 your function returns 0.01215, but it should be 2.996": [
            "lambda x, output: x * output"
        ],
        "changes the array that it is given": [
            "def f(x, output): output -= x; return output"
        ],
        "print only shows a value": ["lambda x, output: print(output - x)"],
        "decide once for the whole array": [
            "lambda x, output: output - x if x > 0 else output",
            "lambda x, output: max(output - x, 0)",
        ],
        "cuts decimals off": [
            "lambda x, output: (output - x).astype(int)",
            "lambda x, output: np.round(output - x, 1)",
        ],
        "keep all the names in the": ["lambda x: helpers.gelu(-x)"],
        "At x = 0.5 your function returns 0, but it should be -0.1543": [
            "lambda x, output: np.maximum(0, output - x)"
        ],
        "At x = -3 your function returns 5.996, but it should be 2.996": [
            "lambda x, output: output - 2 * x"
        ],
        "For x of shape (6,) your function returns shape (); shape": [
            "lambda x, output: (output - x).sum()"
        ],
        "take one number, not an array": ["lambda x, output: math.fabs(output - x)"],
        "At x = -3 your function returns 2.992, but it should be 2.996": [
            "lambda x, output: 2 * output - x"
        ],
    },
    "two inputs of gelu": {
        "Both are right; write the smaller one first": ["-0.24894, -1.501654"],
        "gelu(x) − 0.1 is never 0 here; for the output −0.1, search": [
            "-0.7517916, -6.5e-19",
            "-0.7518, 0",
        ],
        "Search on both sides of the lowest point: these are one": [
            "-0.24894, -0.24894",
            "-1.5017, -1.5017",
        ],
        "Right but for the sign": [
            "-1.5017, 0.2489",
            "1.5017, 0.2489",
            "1.5017, -0.2489",
        ],
        "-1.5 is rightly rounded, but 4 digits are needed": ["-1.5, -0.25"],
        "-0.2 is rightly rounded, but 3 digits are needed": ["-1.5017, -0.2"],
        "-2 is rightly rounded, but 4 digits are needed": ["-2, -0.2489"],
        "0 is not it yet; the hint above shows a way to compute it": ["-1.5017, 0"],
        "That is the lowest point, where GELU is −0.17; search to": [
            "-0.7518, -0.7518"
        ],
        "A number is asked, not (-1.5017, -0.2489); write it without": [
            "(-1.5017, -0.2489)"
        ],
        "2 numbers are asked, and 1 came": ["-1.5017,"],
        "-0.1 is not it yet; the hint above shows a way to compute it": ["-0.1, -0.1"],
        "Not filled in yet": ["-1.5017, ..."],
        "A number is asked, not a function; call it, with brackets": [
            "helpers.gelu, -0.2489"
        ],
        "A number is asked, not '-1.5017'; write it without quotes": [
            "'-1.5017', '-0.2489'"
        ],
        "-1.482 is not it yet; the hint above shows a way to compute it": [
            "-1.4817, -0.2256"
        ],
        "nan is not it yet; the hint above shows a way to compute it": [
            "math.nan, -0.2489"
        ],
        "2 numbers are asked, and 3 came": ["-1.5017, -0.2489, 0"],
        "These are the ends of the range: keep the inputs whose output": [
            "-4, 0",
            "*(lambda x: x[helpers.gelu(x) > -0.1][[0, -1]])(np.linspace(-4, 0, 4001))",
        ],
        "A number is asked, not [-1.5017]; write it without brackets": [
            "[-1.5017], [-0.2489]"
        ],
        "-1.51 is not it yet; the hint above shows a way to compute it": [
            "-1.51, -0.2489"
        ],
    },
}
