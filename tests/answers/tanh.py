"""What learners write in 02: right answers, and wrong ones with words of their verdict."""

RIGHT = {
    "sigmoid from tanh": [
        "lambda x: (np.tanh(x / 2) + 1) / 2",
        "lambda x: 0.5 * np.tanh(0.5 * x) + 0.5",
        "lambda x: 1 - (1 - np.tanh(x / 2)) / 2",
        "lambda x: np.add(np.tanh(np.divide(x, 2)), 1) / 2",
        "lambda x: [(math.tanh(each / 2) + 1) / 2 for each in x]",
        "lambda x: np.vectorize(lambda v: (math.tanh(v / 2) + 1) / 2)(x)",
        "lambda x: (helpers.tanh(x / 2) + 1) / 2",
        "def f(x): t = np.tanh(x / 2); t += 1; return t / 2",
        "lambda x: np.mean([np.tanh(x / 2), np.ones(x.shape)], axis=0)",
        "lambda x: (1 + np.sign(x) * np.tanh(abs(x) / 2)) / 2",
    ],
    "tanh slope from output": [
        "lambda t: 1 - t**2",
        "lambda t: 1 - t * t",
        "lambda t: (1 - t) * (1 + t)",
        "lambda t: 1 - np.square(t)",
        "lambda t: [1 - each**2 for each in t]",
        "lambda t: 1 / np.cosh(np.arctanh(t)) ** 2",
        "lambda t: np.array([1 - math.pow(each, 2) for each in t])",
        "lambda t: np.subtract(1, np.power(t, 2))",
        "lambda t: -(t**2 - 1)",
        "lambda t: np.polyval([-1, 0, 1], t)",
        "lambda t: np.vectorize(lambda v: 1.0 - v * v)(t)",
        "lambda t: helpers.tanh.derivative(np.arctanh(t))",
    ],
    "memory update": [
        "lambda c, f, i, g: sigmoid(f) * c + sigmoid(i) * tanh(g)",
        "lambda c, f, i, g: c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))",
        "lambda c, f, i, g: c / (1 + math.exp(-f)) + math.tanh(g) / (1 + math.exp(-i))",
        "lambda c, f, i, g: np.dot([sigmoid(f), sigmoid(i)], [c, np.tanh(g)])",
        "lambda c, f, i, g: (c + c * np.tanh(f / 2) + (np.tanh(i / 2) + 1) * np.tanh(g)) / 2",
        "def f(c, f, i, g): c = c * sigmoid(f); c += sigmoid(i) * np.tanh(g); return c",
        "lambda c, f, i, g: c - c * sigmoid(-f) + sigmoid(i) * np.tanh(g)",
        "lambda c, f, i, g: sum([sigmoid(f) * c, sigmoid(i) * (2 * sigmoid(2 * g) - 1)])",
    ],
}

WRONG = {
    "sigmoid from tanh": {
        "This is σ(2x). It undoes tanh(x) = 2σ(x) − 1, but there is": [
            "lambda x: (np.tanh(x) + 1) / 2"
        ],
        "This is σ(4x): to undo a 2 inside, halve the input": [
            "lambda x: (np.tanh(2 * x) + 1) / 2"
        ],
        "This runs from 0 to 2; one more halving brings it to the": [
            "lambda x: np.tanh(x / 2) + 1"
        ],
        "This runs from −½ to ½; add the half that is missing": [
            "lambda x: np.tanh(x / 2) / 2"
        ],
        "This runs from −1 to 0: the 1 has to be added, not taken away": [
            "lambda x: (np.tanh(x / 2) - 1) / 2"
        ],
        "Half of the way: this still runs from −1 to 1, and σ runs": [
            "lambda x: np.tanh(x / 2)"
        ],
        "This is tanh itself; σ is asked, built from tanh": ["lambda x: np.tanh(x)"],
        "At x = 0 your function returns -1, but it should be 0.5": [
            "lambda x: 2 * np.tanh(2 * x) - 1"
        ],
        "At x = 1 your function returns 0.2689, but it should be 0.7311": [
            "lambda x: (1 - np.tanh(x / 2)) / 2"
        ],
        "At x = 1 your function returns 0.9621, but it should be 0.7311": [
            "lambda x: np.tanh(x / 2) + 1 / 2"
        ],
        "At x = 0 your function returns 0.3808, but it should be 0.5": [
            "lambda x: np.tanh(x + 1) / 2"
        ],
        "take one number, not an array": ["lambda x: (math.tanh(x / 2) + 1) / 2"],
        "NumPy reports overflow at -1000": ["lambda x: 1 / (1 + np.exp(-x))"],
        "At x = 1000 your function returns nan, but it should be 1": [
            "lambda x: np.exp(x) / (1 + np.exp(x))"
        ],
        "print only shows a value": ["def f(x): print((np.tanh(x / 2) + 1) / 2)"],
        "changes the array that it is given": [
            "def f(x): x /= 2; return (np.tanh(x) + 1) / 2"
        ],
        "cuts decimals off": [
            "lambda x: ((np.tanh(x / 2) + 1) / 2).astype(int)",
            "lambda x: np.round((np.tanh(x / 2) + 1) / 2, 2)",
        ],
        "At x = 1 your function returns 0.5, but it should be 0.7311": [
            "lambda x: (np.tanh(x // 2) + 1) / 2"
        ],
        "For x of shape (8,) your function returns shape (); shape": [
            "lambda x: ((np.tanh(x / 2) + 1) / 2).sum()"
        ],
        "decide once for the whole array": [
            "lambda x: (np.tanh(x / 2) + 1) / 2 if x > 0 else 0"
        ],
        "At x = 1 your function returns 0.75, but it should be 0.7311": [
            "lambda x: np.clip(0.5 + x / 4, 0, 1)"
        ],
        "At x = 0 your function returns 0.4621, but it should be 0.5": [
            "lambda x: np.tanh((x + 1) / 2)"
        ],
        "TypeError: <lambda>() takes 0 positional arguments but 1": ["lambda: 1"],
        "At x = 0 your function returns 0.3333, but it should be 0.5": [
            "lambda x: (tanh(x / 2) + 1) / 3"
        ],
        "At x = 1 your function returns 0.7732, but it should be 0.7311": [
            "lambda x: (np.tan(x / 2) + 1) / 2"
        ],
        "Not filled in yet": ["...", "lambda x: ..."],
    },
    "tanh slope from output": {
        "This applies tanh once more: t is an output of tanh": [
            "lambda t: 1 - np.tanh(t) ** 2",
            "lambda t: 1 / np.cosh(t) ** 2",
        ],
        "This is the slope of σ from its output; tanh has another one": [
            "lambda t: t * (1 - t)"
        ],
        "The square belongs to t alone: 1 − t², not (1 − t)²": [
            "lambda t: (1 - t) ** 2"
        ],
        "The square is missing: a slope has to be the same for t and −t": [
            "lambda t: 1 - t"
        ],
        "The sign is turned: every slope of tanh is positive, yours": [
            "lambda t: t**2 - 1"
        ],
        "The square is taken away, not added: no slope of tanh is": [
            "lambda t: 1 + t**2"
        ],
        "This doubles the output; it has to be squared, t ** 2": [
            "lambda t: 1 - 2 * t"
        ],
        "This goes back to the input x; the slope there is asked": ["np.arctanh"],
        "At t = 0 your function returns -0, but it should be 1": [
            "lambda t: -t**2",
            "lambda t: -2 * t",
        ],
        "At t = 0 your function returns 0, but it should be 1": [
            "lambda t: t**2",
            "lambda t: 2 * t",
            "lambda t: t",
            "lambda t: 4 * t * (1 - t)",
        ],
        "At t = 0.5 your function returns 0.875, but it should be 0.75": [
            "lambda t: 1 - t**3"
        ],
        "At t = 0.5 your function returns 0.5, but it should be 0.75": [
            "lambda t: 1 - abs(t)"
        ],
        "At t = 0.5 your function returns 0.866, but it should be 0.75": [
            "lambda t: np.sqrt(1 - t**2)"
        ],
        "TypeError: ^ is no power in Python; write x**2": ["lambda t: 1 - t^2"],
        "changes the array that it is given": ["def f(t): t *= t; return 1 - t"],
        "print only shows a value": ["lambda t: print(1 - t**2)"],
        "cuts decimals off": [
            "lambda t: (1 - t**2).round()",
            "lambda t: (1 - t**2).astype(int)",
        ],
        "take one number, not an array": ["lambda t: 1 - math.pow(t, 2)"],
        "For t of shape (7,) your function returns shape (); shape": [
            "lambda t: 1 - t @ t"
        ],
        "decide once for the whole array": ["lambda t: 1 - t**2 if t > 0 else 0"],
        "That is close, but at t = 0 your function returns 1.001, but it should be 1": [
            "lambda t: 1 - t**2 + 1e-3"
        ],
        "At t = 0 your function returns 0.5, but it should be 1": [
            "lambda t: (1 - t**2) / 2"
        ],
        "NameError: name 'x' is not defined; check how it is": ["lambda t: 1 - x**2"],
    },
    "memory update": {
        "These are the bare scores: squash the gates by σ and the": [
            "lambda c, f, i, g: f * c + i * g"
        ],
        "The gates are still bare scores: σ makes a share between 0": [
            "lambda c, f, i, g: f * c + i * np.tanh(g)"
        ],
        "tanh as a gate can be negative and turn the memory's sign": [
            "lambda c, f, i, g: np.tanh(f) * c + np.tanh(i) * np.tanh(g)"
        ],
        "With σ the candidate can only add; tanh lets it lower the": [
            "lambda c, f, i, g: sigmoid(f) * c + sigmoid(i) * sigmoid(g)"
        ],
        "The two have changed places: σ belongs to the gates, tanh": [
            "lambda c, f, i, g: np.tanh(f) * c + np.tanh(i) * sigmoid(g)"
        ],
        "The candidate is still a bare score: tanh brings it to": [
            "lambda c, f, i, g: sigmoid(f) * c + sigmoid(i) * g"
        ],
        "The gates have changed places: the forget gate multiplies": [
            "lambda c, f, i, g: sigmoid(i) * c + sigmoid(f) * np.tanh(g)"
        ],
        "Despite its name the forget gate is the share that is kept": [
            "lambda c, f, i, g: (1 - sigmoid(f)) * c + sigmoid(i) * np.tanh(g)"
        ],
        "The old memory comes in whole: multiply it by the forget": [
            "lambda c, f, i, g: c + sigmoid(i) * np.tanh(g)"
        ],
        "The candidate comes in whole: multiply it by the input gate": [
            "lambda c, f, i, g: sigmoid(f) * c + np.tanh(g)"
        ],
        "tanh of the memory belongs to the output; the memory itself": [
            "lambda c, f, i, g: np.tanh(sigmoid(f) * c + sigmoid(i) * np.tanh(g))"
        ],
        "At memory = 0.5 your function returns 0.1063, but it should be 0.6248": [
            "lambda c, f, i, g: sigmoid(f) * c - sigmoid(i) * np.tanh(g)"
        ],
        "At memory = 0.5 your function returns 0.3655, but it should be 0.6248": [
            "lambda c, f, i, g: sigmoid(f) * c"
        ],
        "At memory = 0.5 your function returns 0.2593, but it should be 0.6248": [
            "lambda c, f, i, g: sigmoid(i) * np.tanh(g)"
        ],
        "At memory = 0.5 your function returns 0.09477, but it should be 0.6248": [
            "lambda c, f, i, g: sigmoid(f) * c * sigmoid(i) * np.tanh(g)"
        ],
        "At memory = 0.5 your function returns 0.5971, but it should be 0.6248": [
            "lambda c, f, i, g: sigmoid(f) * np.tanh(c) + sigmoid(i) * np.tanh(g)"
        ],
        "At memory = -1.2 your function returns -1.192, but it should be -1.559": [
            "lambda c, f, i, g: sigmoid(f) * c + (1 - sigmoid(f)) * np.tanh(g)"
        ],
        "For memory of shape () your function returns shape (2,)": [
            "lambda c, f, i, g: (sigmoid(f) * c, sigmoid(i) * np.tanh(g))"
        ],
        "print only shows a value": [
            "lambda c, f, i, g: print(sigmoid(f) * c + sigmoid(i) * np.tanh(g))"
        ],
        "keep all the names in the": ["lambda c: c"],
        "cuts decimals off": [
            "lambda c, f, i, g: round(sigmoid(f) * c + sigmoid(i) * np.tanh(g), 2)"
        ],
        "At memory = 0.5 your function returns 0.8985, but it should be 0.6248": [
            "lambda c, f, i, g: sigmoid(f * c) + sigmoid(i * np.tanh(g))"
        ],
        "AttributeError: 'numpy.float64' object has no attribute": [
            "lambda c, f, i, g: c.append(g)"
        ],
    },
}
