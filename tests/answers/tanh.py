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
    "centre new examples": [
        "lambda new, train: new - train.mean(axis=0)",
        "lambda new, train: new - np.mean(train, axis=0)",
        "lambda new, train: new - train.mean(0, keepdims=True)",
        "lambda new, train: new - train.sum(axis=0) / len(train)",
        "lambda new, train: new - np.ones(len(train)) @ train / len(train)",
        "lambda new, train: np.subtract(new, np.average(train, axis=0))",
        "lambda new, train: -(train.mean(axis=0) - new)",
        "lambda new, train: [row - train.mean(axis=0) for row in new]",
        "lambda new, train: np.column_stack([n - t.mean() for n, t in zip(new.T, train.T)])",
        "lambda new, train: (new.T - train.T.mean(axis=1, keepdims=True)).T",
        "def f(new, train): new = new.copy(); new -= train.mean(axis=0); return new",
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
    "centre new examples": {
        "This takes the mean of new: then a single new example would": [
            "lambda new, train: new - new.mean(axis=0)",
            "lambda new, train: new - np.mean(new, 0)",
        ],
        "This takes one mean for all the inputs: axis=0 gives": [
            "lambda new, train: new - train.mean()",
            "lambda new, train: new - np.mean(new)",
        ],
        "This takes a mean for each row, which is an example: axis=0": [
            "lambda new, train: new - train.mean(axis=1)",
            "lambda new, train: new - train.mean(axis=1, keepdims=True)",
            "lambda new, train: new - new.mean(axis=1, keepdims=True)",
        ],
        "The mean has to be taken away, not added": [
            "lambda new, train: new + train.mean(axis=0)"
        ],
        "The spread is not asked: only shift": [
            "lambda new, train: (new - train.mean(axis=0)) / train.std(axis=0)"
        ],
        "These are the means; take them away from new": [
            "lambda new, train: train.mean(axis=0)"
        ],
        "This centres train, but the new examples are asked": [
            "lambda new, train: train - train.mean(axis=0)"
        ],
        "Right but for the sign": ["lambda new, train: train.mean(axis=0) - new"],
        "At new = 1.25 your function returns 1.25, but it should be 0.4375": [
            "lambda new, train: new",
            "lambda new, train: new - train.mean(axis=0) * 0",
        ],
        "At new = 1.25 your function returns 0.5, but it should be 0.4375": [
            "lambda new, train: new - np.median(train, axis=0)"
        ],
        "At new = 1.25 your function returns -2, but it should be 0.4375": [
            "lambda new, train: new - train.sum(axis=0)"
        ],
        "At new = 1.25 your function returns 1, but it should be 0.4375": [
            "lambda new, train: new - train.min(axis=0)"
        ],
        "At new = 1.25 your function returns -0.25, but it should be 0.4375": [
            "lambda new, train: new - train.max(axis=0)"
        ],
        "changes the array that it is given": [
            "def f(new, train): new -= train.mean(axis=0); return new",
            "def f(new, train): m = train.mean(axis=0); train -= m; return new - m",
        ],
        "print only shows a value": [
            "lambda new, train: print(new - train.mean(axis=0))"
        ],
        "cuts decimals off": [
            "lambda new, train: (new - train.mean(axis=0)).round(1)",
            "lambda new, train: (new - train.mean(axis=0)).astype(int)",
        ],
        "keep all the names in the": ["lambda new: new - new.mean(axis=0)"],
        "For new of shape (2, 3) your function returns shape (2,); shape (2, 3)": [
            "lambda new, train: (new - train.mean(axis=0)).mean(axis=1)"
        ],
        "Not filled in yet": ["...", "lambda new, train: ..."],
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
