"""What learners write in 05: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "ELU against a leak": [
        "np.log(0.1)",
        "-2.303",
        "-2.3026",
        "-2.3",
        "-np.log(10)",
        "math.log(0.1)",
        "np.log(1 / 10)",
        "np.log1p(-0.9)",
        "np.float32(-2.3026)",
        "np.array([-2.302585])",
        "-math.log(10)",
        "np.emath.log(0.1)",
        "math.log10(0.1) / math.log10(math.e)",
    ],
    "ELU slope from output": [
        "lambda a, alpha: np.where(a > 0, 1.0, a + alpha)",
        "lambda a, alpha: np.where(a <= 0, a + alpha, 1)",
        "lambda a, alpha: [1 if v > 0 else v + alpha for v in a]",
        "def f(a, alpha): s = a + alpha; s[a > 0] = 1; return s",
        "lambda a, alpha: (a > 0) + (a <= 0) * (a + alpha)",
        "def f(a, alpha): s = np.ones_like(a); s[a <= 0] = a[a <= 0] + alpha; return s",
        "lambda a, alpha: np.select([a > 0], [1.0], a + alpha)",
        "lambda a, alpha: np.vectorize(lambda v: 1.0 if v > 0 else v + alpha)(a)",
        "lambda a, alpha: alpha * np.where(a > 0, 1 / alpha, 1 + a / alpha)",
        "lambda a, alpha: (a + alpha) * (a <= 0) + 1.0 * (a > 0)",
        "lambda a, alpha: np.where(a > 0, 1, alpha * np.exp(np.log1p(np.fmin(a, 0) / alpha)))",
    ],
    "SELU's two numbers": [
        "1.0507, 1.6733",
        "1.051, 1.673",
        "1.05070098, 1.67326324",
        "np.float64(1.0507), np.float32(1.67326)",
        "np.array(1.0507), np.array([1.6733])",
        "*(1.0507, 1.6733),",
        "round(1.05070098, 4), round(1.67326, 4)",
        "helpers.selu(1.0), -helpers.selu(-50.0) / helpers.selu(1.0)",
        "*np.array([1.0507, 1.6733]),",
        "1.75809934 / 1.67326324, 1.75809934 / 1.05070098",
    ],
}

WRONG = {
    "ELU against a leak": {
        "ELU's slope is below 1 only for negative x: ln 0.1 is negative": ["2.303"],
        "There the outputs are equal; the slopes are to be": ["-9.9995", "-10"],
        "-0.105 is not it yet; the hint above shows a way to compute it": ["-0.105"],
        "log10 belongs to powers of 10; ELU is built from e, so use": ["-1"],
        "That is the right place for a leak of 0.01; here it is 0.1": ["-4.605"],
        "The power is turned round: eˣ = 0.1 asks for the logarithm": [
            "1.105",
            "0.905",
        ],
        "That is the slope; the x at which ELU has it is asked": ["0.1", "-0.1"],
        "At 0 ELU's slope is 1, ten times that of the leak": ["0"],
        "-2 is rightly rounded, but 2 digits are needed": ["-2"],
        "-2.4 is not it yet; the hint above shows a way to compute it": ["-2.4"],
        "-2.2 is not it yet; the hint above shows a way to compute it": ["-2.2"],
        "-2.32 is not it yet; the hint above shows a way to compute it": ["-2.32"],
        "-1.6 is not it yet; the hint above shows a way to compute it": ["-1.6"],
        "A number is asked, not '-2.303'; write it without quotes": ["'-2.303'"],
        "A number is asked, not [-2.303]; write it without brackets": ["[-2.303]"],
        "Python reads -2,303 as 2 numbers; it writes decimals with a": ["(-2, 303)"],
        "A number is asked, not a function; call it, with brackets": ["np.log"],
        "Not filled in yet": ["..."],
        "-0.9 is not it yet; the hint above shows a way to compute it": ["-0.9"],
        "-3 is not it yet; the hint above shows a way to compute it": ["-3"],
        "-3.322 is not it yet; the hint above shows a way to compute it": [
            "math.log2(0.1)"
        ],
        "-2.25 is not it yet; the hint above shows a way to compute it": ["-2.25"],
        "-23.03 is not it yet; the hint above shows a way to compute it": ["-23.03"],
        "nan is not it yet; the hint above shows a way to compute it": ["math.nan"],
    },
    "ELU slope from output": {
        "This treats a as an input: a is an output already": [
            "lambda a, alpha: np.where(a > 0, 1.0, alpha * np.exp(a))"
        ],
        "Right for α = 1 only: add α, not 1": [
            "lambda a, alpha: np.where(a > 0, 1.0, a + 1)"
        ],
        "On the right the slope is 1, whatever the output": [
            "lambda a, alpha: a + alpha"
        ],
        "This is the slope of ReLU: on the left something passes": [
            "lambda a, alpha: a > 0"
        ],
        "At a = 0 the left side's slope, α, is asked: compare with": [
            "lambda a, alpha: np.where(a >= 0, 1.0, a + alpha)"
        ],
        "The slope of the left side is positive: add α to the output": [
            "lambda a, alpha: np.where(a > 0, 1.0, a - alpha)"
        ],
        "This is the output itself on the left; one more step makes": [
            "lambda a, alpha: np.where(a > 0, 1.0, a)"
        ],
        "At a = -0.9933 your function returns 1, but it should be 0.006738": [
            "lambda a, alpha: np.where(a > 0, 1.0, alpha)",
            "def f(a, alpha): a[a <= 0] += alpha; a[a > 0] = 1; return a",
        ],
        "At a = -0.9933 your function returns 1.993, but it should be 0.006738": [
            "lambda a, alpha: np.where(a > 0, 1.0, alpha - a)"
        ],
        "At a = 2 your function returns 2, but it should be 1": [
            "lambda a, alpha: np.where(a > 0, a, a + alpha)"
        ],
        "At a = -0.4424 your function returns 1, but it should be 1.558": [
            "lambda a, alpha: np.minimum(1, a + alpha)"
        ],
        "At a = -0.9933 your function returns -0.9933, but it should be 0.006738": [
            "lambda a, alpha: np.where(a > 0, 1.0, a * alpha)",
            "lambda a, alpha: np.where(a > 0, 1.0, a / alpha)",
        ],
        "At a = -0.4966 your function returns 0.006738, but it should be 0.003369": [
            "lambda a, alpha: np.where(a > 0, 1.0, a / alpha + 1)"
        ],
        "decide once for the whole array": [
            "lambda a, alpha: 1 if a > 0 else a + alpha",
            "lambda a, alpha: max(1, a + alpha)",
        ],
        "At a = 2 your function returns 0.5, but it should be 1": [
            "lambda a, alpha: np.where(a > 0, alpha, a + alpha)"
        ],
        "print only shows a value": [
            "lambda a, alpha: print(np.where(a > 0, 1, a + alpha))"
        ],
        "cuts decimals off": [
            "lambda a, alpha: np.where(a > 0, 1, a + alpha).astype(int)",
            "lambda a, alpha: np.where(a > 0, 1.0, a + alpha).round(1)",
        ],
        "keep all the names in the": ["lambda a: np.where(a > 0, 1.0, a + 1)"],
        "changes the array that it is given": [
            "def f(a, alpha): a += alpha; a[a > alpha] = 1; return a"
        ],
        "At a = 2 your function returns 0, but it should be 1": [
            "lambda a, alpha: np.where(a > 0, 0.0, a + alpha)"
        ],
        "At a = -0.9933 your function returns -0.006738, but it should be 0.006738": [
            "lambda a, alpha: np.where(a > 0, 1.0, -(a + alpha))"
        ],
        "For a of shape (6,) your function returns shape (4,); shape": [
            "lambda a, alpha: np.where(a > 0, 1.0, a + alpha)[a <= 0]"
        ],
        "At a = -0.2212 your function returns 1, but it should be 0.7788": [
            "lambda a, alpha: np.where(a > -0.5, 1.0, a + alpha)"
        ],
        "At a = -0.4966 your function returns 0.2517, but it should be 0.003369": [
            "lambda a, alpha: np.where(a > 0, 1.0, alpha * (a + 1))"
        ],
    },
    "SELU's two numbers": {
        "1.05 is rightly rounded, but 4 digits are needed": [
            "1.05, 1.67",
            "1.05, 1.6733",
        ],
        "1.67 is rightly rounded, but 4 digits are needed": ["1.0507, 1.67"],
        "The right two numbers the other way round: λ first, then α": [
            "1.6733, 1.0507"
        ],
        "That is plain ELU: its mean is 0.16 and its variance 0.62": ["1, 1"],
        "α makes the mean 0, but the variance is 0.906: λ has to": ["1, 1.6733"],
        "λ multiplies the outputs, so it multiplies the variance by": ["1.104, 1.6733"],
        "That is the spread itself; λ has to divide by it": ["0.9517, 1.6733"],
        "The second one is λα, the floor of SELU; α alone is asked": ["1.0507, 1.7581"],
        "α is positive: the negative half's mean is negative": ["1.0507, -1.6733"],
        "1 is not it yet; the hint above shows a way to compute it": ["1.0507, 1"],
        "0.5976 is not it yet; the hint above shows a way to compute it": [
            "1.0507, 0.5976"
        ],
        "2 is not it yet; the hint above shows a way to compute it": ["2, 1.6733"],
        "A number is asked, not (1.0507, 1.6733); write it without": [
            "(1.0507, 1.6733)"
        ],
        "2 numbers are asked, and 1 came": ["1.0507,"],
        "A number is asked, not '1.0507'; write it without quotes": [
            "'1.0507', '1.6733'"
        ],
        "Not filled in yet": ["..., 1.6733", "1.0507, ..."],
        "1.06 is not it yet; the hint above shows a way to compute it": ["1.06, 1.68"],
        "Right but for the sign": ["-1.0507, 1.6733"],
        "1.051 is not it yet; the hint above shows a way to compute it": [
            "1.0507, 1.0507"
        ],
        "1.673 is not it yet; the hint above shows a way to compute it": [
            "1.6733, 1.6733"
        ],
        "2 numbers are asked, and 3 came": ["1.0507, 1.6733, 0"],
        "nan is not it yet; the hint above shows a way to compute it": [
            "1.0507, math.nan"
        ],
        "0.906 is not it yet; the hint above shows a way to compute it": [
            "0.906, 1.6733"
        ],
        "1.1 is rightly rounded, but 4 digits are needed": ["1.1, 1.7"],
    },
}
