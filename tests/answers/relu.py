"""What learners write in 03: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "ReLU slope from output": [
        "lambda a: (a > 0).astype(float)",
        "lambda a: (a > 0).astype(int)",
        "lambda a: a > 0",
        "lambda a: np.where(a > 0, 1.0, 0.0)",
        "lambda a: np.where(a == 0, 0, 1)",
        "lambda a: np.sign(a).round().reshape(a.shape)",
        "lambda a: [1 if each > 0 else 0 for each in a]",
        "lambda a: np.heaviside(a, 0)",
        "def f(a): slope = a.copy(); slope[slope > 0] = 1; return slope",
        "def f(a): slope = np.zeros_like(a); slope[a > 0] = 1; return slope",
        "lambda a: np.vectorize(lambda v: float(v > 0))(a)",
        "lambda a: np.array([math.ceil(min(each, 1)) for each in a])",
        "lambda a: (a != 0) * 1.0",
        "lambda a: 1 - (a == 0)",
    ],
    "dead units": [
        "lambda z: (z <= 0).all(axis=0)",
        "lambda z: z.max(axis=0) <= 0",
        "lambda z: [not (unit > 0).any() for unit in z.T]",
        "lambda z: np.all(z <= 0, axis=0)",
        "lambda z: ~(z > 0).any(axis=0)",
        "lambda z: np.logical_not(np.any(z > 0, axis=0))",
        "lambda z: np.maximum(0, z).sum(axis=0) == 0",
        "lambda z: (z > 0).sum(axis=0) == 0",
        "lambda z: np.array([max(unit) <= 0 for unit in z.T])",
        "lambda z: (z <= 0).mean(axis=0) == 1",
        "lambda z: (z <= 0).sum(axis=0) == len(z)",
        "lambda z: (z <= 0).all(0).astype(int)",
        "lambda z: [all(each <= 0 for each in unit) for unit in zip(*z)]",
        "lambda z: np.min(z <= 0, axis=0)",
        "lambda z: {4: [0, 1, 0, 0, 1, 1], 1: [0, 1, 1, 0, 1, 1]}[len(z)]",
    ],
    "tent": [
        "lambda x: relu(x) - 2 * relu(x - 1) + relu(x - 2)",
        "lambda x: np.maximum(0, 1 - abs(x - 1))",
        "lambda x: (1 - abs(x - 1)).clip(0)",
        "lambda x: np.interp(x, [0, 1, 2], [0, 1, 0])",
        "lambda x: np.where(x < 1, relu(x), relu(2 - x))",
        "lambda x: [max(0, min(each, 2 - each)) for each in x]",
        "lambda x: relu(1 - relu(x - 1) - relu(1 - x))",
        "lambda x: np.minimum(relu(x), relu(2 - x))",
        "def f(x): y = 1 - np.abs(x - 1); y[y < 0] = 0; return y",
        "lambda x: np.select([x <= 0, x <= 1, x <= 2], [0, x, 2 - x], 0)",
        "lambda x: np.piecewise(x, [abs(x - 1) < 1], [lambda v: 1 - abs(v - 1), 0])",
        "lambda x: sum(w * relu(x - b) for w, b in [(1, 0), (-2, 1), (1, 2)])",
        "lambda x: np.array([1 - math.fabs(v - 1) if 0 < v < 2 else 0.0 for v in x])",
        "lambda x: relu(x[:, None] - [0, 1, 2]) @ [1, -2, 1]",
    ],
}

WRONG = {
    "ReLU slope from output": {
        "No output of ReLU is negative, so a >= 0 is always true": [
            "lambda a: a >= 0",
            "lambda a: np.ones_like(a)",
        ],
        "This is the output itself; the slope of a unit is either 0 or 1": [
            "lambda a: a",
            "lambda a: np.maximum(0, a)",
        ],
        "This is the wrong way round: an output above 0 belongs to a": [
            "lambda a: a <= 0"
        ],
        "This is the slope of the sigmoid from its output; ReLU has": [
            "lambda a: a * (1 - a)"
        ],
        "A half at 0 is what a measurement to both sides gives; here": [
            "lambda a: np.where(a > 0, 1, 0.5)"
        ],
        "decide once for the whole array": [
            "lambda a: max(0, a)",
            "lambda a: 1.0 if a > 0 else 0.0",
        ],
        "TypeError: np.max and np.min fold one array, and np.maximum": [
            "lambda a: np.max(0, a)"
        ],
        "changes the array that it is given": ["def f(a): a[a > 0] = 1; return a"],
        "At a = 2.5 your function returns 0, but it should be 1": [
            "lambda a: np.zeros_like(a)"
        ],
        "For a of shape (6,) your function returns shape (4,); shape": [
            "lambda a: a[a > 0]"
        ],
        "For a of shape (6,) your function returns shape (); shape": [
            "lambda a: (a > 0).sum()",
            "lambda a: (a > 0).all()",
        ],
        "print only shows a value": ["lambda a: print(a > 0)"],
        "Right but for the sign": ["lambda a: -(a > 0).astype(float)"],
        "At a = 0 your function returns 1, but it should be 0": [
            "lambda a: np.where(a > 0, a, 1)",
            "lambda a: 1 - a**2",
        ],
        "At a = 0.01 your function returns 0.01, but it should be 1": [
            "lambda a: np.clip(a, 0, 1)"
        ],
        "At a = 0 your function returns nan, but it should be 0": ["lambda a: a / a"],
        "At a = 0.01 your function returns 0, but it should be 1": [
            "lambda a: a > 1",
            "lambda a: a > 0.1",
        ],
        "take one number, not an array": ["lambda a: math.copysign(1, a)"],
        "TypeError: what it returns must be real numbers (a number": [
            "lambda a: 'on'",
            "lambda a: {'on': a}",
        ],
    },
    "dead units": {
        "These units are off for at least one example, which is": [
            "lambda z: (z <= 0).any(axis=0)",
            "lambda z: z.min(axis=0) <= 0",
        ],
        "A sum of exactly 0 leaves a unit off too: compare with <=": [
            "lambda z: (z < 0).all(axis=0)"
        ],
        "z holds the sums, not the outputs: compare them with 0 by <=": [
            "lambda z: (z == 0).all(axis=0)"
        ],
        "axis=1 runs over the units of one example; examples lie": [
            "lambda z: (z <= 0).all(axis=1)",
            "lambda z: z.max(axis=1) <= 0",
            "lambda z: (z <= 0).all(axis=-1)",
        ],
        "This is one answer for the whole layer; axis=0 gives one": [
            "lambda z: (z <= 0).all()"
        ],
        "These are the units that live; the others are asked": [
            "lambda z: (z > 0).any(axis=0)"
        ],
        "A negative average is not enough: one positive sum keeps a": [
            "lambda z: z.mean(axis=0) <= 0",
            "lambda z: z.sum(axis=0) <= 0",
            "lambda z: np.median(z, axis=0) <= 0",
        ],
        "This says how many examples leave a unit off; dead means": [
            "lambda z: (z <= 0).mean(axis=0)",
            "lambda z: (z <= 0).sum(axis=0)",
        ],
        "This answers for each example and unit; put the examples": [
            "lambda z: z <= 0"
        ],
        "your function returns 0, but it should be 1": [
            "lambda z: (z >= 0).all(axis=0)",
            "lambda z: (z > 0).all(axis=0)",
        ],
        "your function returns 1, but it should be 0": [
            "lambda z: z[0] <= 0",
            "lambda z: z[-1] <= 0",
        ],
        "For z of shape (4, 6) your function returns shape (3,)": [
            "lambda z: np.where((z <= 0).all(axis=0))[0]"
        ],
        "For z of shape (4, 6) your function returns shape (); shape": [
            "lambda z: (z <= 0).all(axis=0).sum()"
        ],
        "decide once for the whole array": [
            "lambda z: True if z <= 0 else False",
            "lambda z: all(z <= 0)",
            "lambda z: not (z > 0).any(axis=0)",
            "lambda z: max(z) <= 0",
        ],
        "print only shows a value": ["lambda z: print((z <= 0).all(axis=0))"],
        "For z of shape (4, 6) your function returns shape (1, 6)": [
            "lambda z: (z <= 0).all(axis=0, keepdims=True)"
        ],
        "changes the array that it is given": [
            "def f(z): z[z > 0] = 1; return z.max(axis=0) <= 0"
        ],
    },
    "tent": {
        "From 2 on it falls below 0: a third unit has to lift the": [
            "lambda x: relu(x) - 2 * relu(x - 1)"
        ],
        "From 1 on this is flat; the slope has to change there by": [
            "lambda x: relu(x) - relu(x - 1)",
            "lambda x: np.clip(x, 0, 1)",
        ],
        "From 1 to 2 this is flat; the slope has to change there by": [
            "lambda x: relu(x) - relu(x - 1) + relu(x - 2)"
        ],
        "relu(x + 1) bends at −1: to bend at 1, subtract 1 from x": [
            "lambda x: relu(x) - 2 * relu(x + 1) + relu(x + 2)"
        ],
        "All three bend upwards; the middle one has to bend down": [
            "lambda x: relu(x) + relu(x - 1) + relu(x - 2)"
        ],
        "decide once for the whole array": [
            "lambda x: max(0, x) - 2 * max(0, x - 1) + max(0, x - 2)",
            "lambda x: max(0, x) if x < 1 else max(0, 2 - x)",
        ],
        "TypeError: np.max and np.min fold one array, and np.maximum": [
            "lambda x: np.max(0, x)"
        ],
        "At x = 3 your function returns -2, but it should be 0": [
            "lambda x: relu(x) - 2 * relu(x - 1) - relu(x - 2)"
        ],
        "At x = 3 your function returns 1, but it should be 0": [
            "lambda x: relu(x) - 2 * relu(x - 1) + 2 * relu(x - 2)"
        ],
        "At x = 1.5 your function returns 1, but it should be 0.5": [
            "lambda x: relu(x) - relu(x - 1) - relu(x - 2)"
        ],
        "At x = 1.5 your function returns 2.5, but it should be 0.5": [
            "lambda x: relu(x) + 2 * relu(x - 1) + relu(x - 2)"
        ],
        "At x = -1 your function returns -1, but it should be 0": [
            "lambda x: 1 - abs(x - 1)",
            "lambda x: np.minimum(x, 2 - x)",
            "lambda x: np.where(x < 1, x, 2 - x)",
        ],
        "At x = -1 your function returns 0.01832, but it should be 0": [
            "lambda x: np.exp(-(x - 1) ** 2)"
        ],
        "At x = 0.5 your function returns 0.75, but it should be 0.5": [
            "lambda x: relu(x) * relu(2 - x)"
        ],
        "At x = 0.5 your function returns 0, but it should be 0.5": [
            "lambda x: x - 2 * (x - 1) + (x - 2)",
            "lambda x: relu(2 * x - 1)",
        ],
        "At x = 1.5 your function returns 1.5, but it should be 0.5": [
            "lambda x: relu(x)"
        ],
        "print only shows a value": [
            "lambda x: print(relu(x) - 2 * relu(x - 1) + relu(x - 2))"
        ],
        "cuts decimals off": [
            "lambda x: (relu(x) - 2 * relu(x - 1) + relu(x - 2)).astype(int)",
            "lambda x: np.vectorize(lambda v: max(0, min(v, 2 - v)))(x)",
        ],
        "changes the array that it is given": [
            "def f(x): x[x < 0] = 0; return relu(x) - 2 * relu(x - 1) + relu(x - 2)"
        ],
        "Right but for the sign": [
            "lambda x: -relu(x) + 2 * relu(x - 1) - relu(x - 2)"
        ],
        "At x = -1 your function returns -3, but it should be 0": [
            "lambda x: relu(x) - 2 * relu(x) - 1 + relu(x) - 2"
        ],
        "At x = 1 your function returns -1, but it should be 1": [
            "lambda x: relu(x) - 2 * relu(2 * x - 1) + relu(x - 2)"
        ],
        "For x of shape (7,) your function returns shape (); shape": [
            "lambda x: (relu(x) - 2 * relu(x - 1) + relu(x - 2)).max()"
        ],
    },
}
