"""Wrong arguments: whatever a learner hands over by mistake, one sentence says what was given and what to try."""

import functools
import math
import traceback

import ipywidgets
import numpy as np
import pytest
from lessons import set_to

import helpers
from helpers import leaky_relu, relu, sigmoid, softmax, tanh
from helpers.exercises import STUB, all_exercises

HUGE = 10**400  # a whole number that no float can hold
X = np.random.default_rng(0).normal(size=(20, 2))
Y = (X[:, 0] > 0).astype(int)
PIXELS = [[0, 255], [3, 40]]
CORNERS = [(-3, 0), (-2, 0), (0, 2), (3, 2)]
NETWORK = helpers.Network([2, 3, 2])


def hill(x):
    return np.exp(-(x**2))


def needs_more(x, steepness):
    return x * steepness


def says_something_else(x):
    return hil(x)  # noqa: F821


def cell(memory, signal, scores, gate, candidate):
    return gate(scores[0]) * memory + gate(scores[1]) * candidate(signal), 0.0


def chain(x, layers, f):
    return f(layers[0] * x)


def rows(x, corners, heights):
    return np.zeros((len(corners) - 1, len(x)))


def train(slope):
    return np.ones((3, 3))


PYTHON_MAX = r"ValueError: max, min, if, and, or decide once for the whole array; np\.maximum, .* element by element\.$"
MATH_EXP = r"TypeError: .* the functions of math take one number, not an array; .* np\.exp in place of math\.exp\.$"
NO_FUNCTION = "A function is needed, not {}; write its name only, without brackets or quotes: {}"

# What is called, the kind of error, and what its sentence says.
SENTENCES = [
    (lambda: helpers.explore(lambda x: max(0, x)), ValueError, f"f fails .*: {PYTHON_MAX}"),
    (lambda: helpers.explore(lambda x: x if x > 0 else 0), ValueError, PYTHON_MAX),
    (lambda: helpers.explore(lambda x: 1 / (1 + math.exp(-x))), ValueError, f"f fails .*: {MATH_EXP}"),
    (lambda: helpers.explore(math.tanh), ValueError, f"tanh fails .*: {MATH_EXP}"),
    (lambda: helpers.explore(needs_more), ValueError, "'steepness'; give it a value in the function's first line"),
    (lambda: helpers.explore(hill, width=1.0), ValueError, "'width'; name it in the function's first line"),
    (lambda: helpers.explore(says_something_else), ValueError, "'hil' is not defined; check how it is written, or run"),
    (lambda: helpers.threads(lambda x: min(1, x)), ValueError, PYTHON_MAX),
    (lambda: helpers.compare(tanh, lambda x: max(0, x)), ValueError, PYTHON_MAX),
    (lambda: helpers.overlay(lambda x: max(0, x), relu), ValueError, PYTHON_MAX),
    (lambda: helpers.picture(PIXELS, lambda x: max(0, x)), ValueError, PYTHON_MAX),
    (lambda: helpers.shifted(lambda z: math.exp(z)), ValueError, MATH_EXP),
    (lambda: helpers.slope_matrix(softmax, lambda z: math.exp(z)), ValueError, MATH_EXP),
    (lambda: helpers.pieces(lambda x, c, h: max(0, x), {"sin": np.sin}), ValueError, PYTHON_MAX),
    (lambda: helpers.lstm(lambda *a, **k: max(0, np.zeros(2)), [1, 2]), ValueError, r"max, min, .* It has to return"),
    (lambda: helpers.two_units(lambda slope: max(0, X), leaky_relu, [0, 1], [0, 1]), ValueError, PYTHON_MAX),
    # No function
    (lambda: helpers.threads(None), TypeError, NO_FUNCTION.format("None", r"threads\(sigmoid\)")),
    (lambda: helpers.threads("sigmoid"), TypeError, NO_FUNCTION.format("'sigmoid'", r"threads\(sigmoid\)")),
    (lambda: helpers.explore(None), TypeError, NO_FUNCTION.format("None", r"explore\(sigmoid\)")),
    (lambda: helpers.side_by_side(), ValueError, r"at least one function; try side_by_side\(sigmoid, tanh\)"),
    (lambda: helpers.side_by_side(None), TypeError, NO_FUNCTION.format("None", "side_by_side")),
    (lambda: helpers.picture(PIXELS, None), TypeError, NO_FUNCTION.format("None", "picture")),
    (lambda: helpers.stack(None, [1, 2]), TypeError, NO_FUNCTION.format("None", "stack")),
    (lambda: helpers.pieces(None, {"sin": np.sin}), TypeError, NO_FUNCTION.format("None", "pieces")),
    (lambda: helpers.pieces(rows, {"sin": None}), TypeError, "targets must map names to functions"),
    (lambda: helpers.two_units(None, leaky_relu, [0, 1], [0, 1]), TypeError, NO_FUNCTION.format("None", "two_units")),
    (lambda: helpers.two_units(train, None, [0, 1], [0, 1]), TypeError, NO_FUNCTION.format("None", "two_units")),
    (lambda: helpers.shifted(None), TypeError, NO_FUNCTION.format("None", "softmax")),
    # Parameters and sliders
    (
        lambda: helpers.explore(leaky_relu, negative_slope=1.5),
        ValueError,
        r"slope must lie between 0 and 1, but it is 1\.5; try negative_slope=1, or a slider .*: negative_slope=\(0, 2, 0\.01\)\.$",
    ),
    (lambda: helpers.explore(leaky_relu, negative_slope=-0.5), ValueError, r"negative_slope=0, or a slider .*: negative_slope=\(-1, 1, 0\.01\)"),
    (lambda: helpers.explore(leaky_relu, negative_slope=1e9), ValueError, r"try negative_slope=1\.$"),
    (lambda: helpers.explore(softmax, temperature=0), ValueError, r"try temperature=0\.1\.$"),
    (lambda: helpers.explore(leaky_relu, negative_slope=HUGE), ValueError, "slope must be a finite number, but it is inf"),
    (lambda: helpers.explore(sigmoid, x_range=(-2 * math.pi, 2 * math.pi), x0=9), ValueError, "x0=6.283185307179586"),
    (lambda: helpers.explore(sigmoid, x_range=(2, 6), x0="a"), TypeError, r"x0 must be a number, not 'a'; try x0=2\."),
    (lambda: helpers.explore(sigmoid, x_range=np.array(1.0)), TypeError, "x_range must be two numbers"),
    (lambda: helpers.explore(sigmoid, asymptotes=1e308), ValueError, r"asymptotes must be a number below 1e\+100"),
    (lambda: helpers.explore(hill, width=np.full((2, 2), np.nan)), TypeError, "width must be a number or a slider's"),
    (lambda: leaky_relu(X, 0.1), TypeError, r"leaky_relu: too many positional arguments; call it as leaky_relu\(x, negative_slope=0\.01\)"),
    (lambda: relu(1, 2, 3), TypeError, r"relu: too many .*; call it as relu\(x\)\.$"),
    (lambda: sigmoid.derivative(0, 1), TypeError, r"call it as sigmoid\.derivative\(x\)\.$"),
    (lambda: sigmoid(HUGE), ValueError, r"x holds a number beyond 1\.8e308, .*; try smaller ones"),
    # Other figures
    (lambda: helpers.side_by_side(sigmoid, x=["a", "b"]), TypeError, "x must be a number, not 'a'"),
    (lambda: helpers.side_by_side(softmax, scores=[[1, 2]]), ValueError, "scores must be a list of numbers"),
    (lambda: helpers.side_by_side(softmax, scores=[]), ValueError, "scores must be a list of numbers"),
    (lambda: helpers.picture([[0], [1, 2]], sigmoid), ValueError, "pixels must be .* every row the same length"),
    (lambda: helpers.follow({"a": X}, step=None), TypeError, "step must be a number, not None"),
    (lambda: helpers.follow({"a": "b"}), TypeError, "the history of a must be real numbers"),
    (lambda: helpers.two_units(train, leaky_relu, [0, 1, 2], [0, 1]), ValueError, r"targets must have shape \(3,\)"),
    (lambda: helpers.two_units(train, leaky_relu, [], []), ValueError, "2 examples or more"),
    (lambda: helpers.two_units(train, leaky_relu, [1, 1], [0, 1]), ValueError, "not all be the same number"),
    (lambda: helpers.two_units(train, leaky_relu, [0, np.nan], [0, 1]), ValueError, "numbers from -1000 to 1000"),
    (lambda: helpers.two_units(train, leaky_relu, [0, 1], [0, 1e308]), ValueError, "numbers from -1000 to 1000"),
    (lambda: helpers.unit(activation=["ReLU"]), ValueError, r"activation must be 'none' or .*, but it is \['ReLU'\]"),
    (lambda: helpers.three_units(CORNERS, weights=1), ValueError, r"its shape is \(\); try weights="),
    (lambda: helpers.three_units(CORNERS, biases=None, weights=None), TypeError, "weights must be real numbers"),
    (lambda: helpers.slope_product(np.zeros(2)), ValueError, "activation must be 'identity' or 'sigmoid'"),
    (lambda: helpers.layer_gradients(depth=1, width=8, seed="a"), TypeError, "seed must be a whole number, not 'a'"),
    (lambda: helpers.layer_gradients(depth=1, width=8, seed=-1), ValueError, "seed must be at least 0"),
    (lambda: helpers.layer_gradients(depth=1, width=8, repairs="no"), TypeError, "repairs must be True or False"),
    (lambda: helpers.race(X, Y, steps=HUGE), ValueError, "steps must be at most 1000000, .*; try steps=600"),
    (lambda: helpers.reliability(softmax, X, [[1], [1, 2]]), ValueError, "labels must be .* every row the same length"),
    # Networks
    (
        lambda: helpers.Network([2, 10**6, 10**6, 2]),
        ValueError,
        r"more weights than fit into the memory, 100,000,000 at the most; try fewer units, .*\[2, 32, 32, 2\]",
    ),
    (lambda: helpers.Network([2, HUGE, 2]), ValueError, "more weights than fit into the memory"),
    (lambda: helpers.race(X, Y, width=10**9, depth=1), ValueError, "more weights than fit into the memory"),
    (lambda: helpers.Network([2, 3, 2], residual="no"), TypeError, "residual must be True or False, not 'no'"),
    (lambda: NETWORK.layer_gradients(X, Y, relative=[]), TypeError, r"relative must be True or False, not \[\]"),
    (lambda: NETWORK.train(X, Y, rate=HUGE), ValueError, "rate must be above 0 and finite, but it is inf"),
    (
        lambda: helpers.Network([2, 9, 2], initialisation="gaussian", scale=1e308).forward(X),
        OverflowError,
        "outgrow float64 .*; try a smaller scale",
    ),
    # The checks
    (lambda: helpers.check([]), TypeError, r"check begins with an exercise's name in quotes, not \[\]; for example"),
    (lambda: helpers.check(hill), TypeError, "check begins with an exercise's name in quotes, not <function hil"),
]  # fmt: skip


def sentence(error):
    """Return what an error says, after looking that it is one short line that ends properly."""
    text = str(error)
    assert "\n" not in text
    assert len(text) < 300
    assert text.endswith(".")
    return text


@pytest.mark.parametrize(
    ("call", "kind", "words"), SENTENCES, ids=[words[:50] for *_, words in SENTENCES]
)
@pytest.mark.filterwarnings("error")
def test_a_slip_gets_a_sentence_that_names_the_cure(call, kind, words):
    with pytest.raises(kind, match=words) as raised:
        call()
    sentence(raised.value)


VERDICTS = [
    ("layers to a billionth", ("15",), "A number is asked, not '15'; write it without quotes."),
    (
        "two layers in one",
        ((-6, 9),),
        r"A number is asked, not (-6, 9); write it without brackets.",
    ),
    ("layers to a billionth", (HUGE,), "inf is not it yet"),
    ("two layers in one", (-6, hill), "A number is asked, not <function hil"),
    ("fifty layers", ("b", "c"), "Choose one of a, b, c, d"),
    (
        "logit",
        (lambda p: math.log(p / (1 - p)),),
        "take one number, not an array; NumPy's take arrays: np.exp in place",
    ),
    (
        "logit",
        (lambda p: p if p > 0 else 0,),
        "np.maximum, np.minimum and np.where work element by element.",
    ),
    (
        "logit",
        (lambda p: "text",),
        "what it returns must be real numbers (a number, a list or a NumPy array), not 'text'",
    ),
    ("logit", (lambda p: {"p": p},), "what it returns must be real numbers"),
]


@pytest.mark.parametrize(("exercise", "answers", "words"), VERDICTS)
def test_a_wrong_kind_of_answer_gets_a_verdict_that_names_the_cure(exercise, answers, words):
    verdict = helpers.check(exercise, *answers)
    assert not verdict.passed
    assert words in verdict.message


def test_an_array_of_one_number_is_a_number():
    assert helpers.check("layers to a billionth", np.array([15])).passed


def test_the_stub_says_with_what_to_replace_the_dots():
    assert "replace the three dots with your answer" in STUB


# What works where it once stopped with a traceback.
WORKS = {
    "a parameter beside the slider": lambda: helpers.side_by_side(leaky_relu, softmax, x=(0, 1)),
    "a function without a name": lambda: helpers.side_by_side(functools.partial(leaky_relu, negative_slope=0.1)),
    "a picture by one without a name": lambda: helpers.picture(PIXELS, functools.partial(leaky_relu, negative_slope=0.1)),
    "an input that stays": lambda: helpers.side_by_side(sigmoid, x=ipywidgets.fixed(2)),
    "a choice of numbers": lambda: helpers.explore(leaky_relu, negative_slope=np.array([0.1, 0.2])),
    "a NumPy number": lambda: helpers.explore(leaky_relu, negative_slope=np.float32(0.5), x_range=(np.float32(-1), 1)),
    "a choice of words": lambda: helpers.overlay(lambda x, side="left": x, tanh, side=["left", "right"]),
}  # fmt: skip


@pytest.mark.parametrize("call", WORKS.values(), ids=WORKS)
def test_what_is_no_mistake_works(call):
    assert call().message == ""


def test_a_slip_that_comes_with_a_slider_leaves_the_last_good_picture():
    live = helpers.explore(lambda x, a: max(0, x) if a > 0.5 else a * x, a=(0, 1, 0.1))
    before = live.alt, live.children[0].value
    set_to(live, a=0.8)
    assert "np.maximum" in sentence(live.message)
    assert (live.alt, live.children[0].value) == before
    set_to(live, a=0.2)
    assert live.message == ""


# Every public name with every argument wrong, one at a time: a call that works, its arguments by name.
CALLS = {
    "explore": (helpers.explore, {"function": leaky_relu, "derivative": leaky_relu.derivative, "negative_slope": 0.1, "x0": 1,
                                  "x_range": (-6, 6), "x_limits": (-9, 9), "asymptotes": 1}),
    "threads": (helpers.threads, {"function": leaky_relu, "x": 1.0, "x_range": (-6, 6), "negative_slope": 0.1}),
    "compare": (lambda a, b, **k: helpers.compare(a, b, **k), {"a": leaky_relu, "b": tanh, "negative_slope": 0.1, "x0": 1,
                                                               "x_range": (-6, 6), "x_limits": (-9, 9)}),
    "overlay": (helpers.overlay, {"function": leaky_relu, "target": tanh, "x_range": (-6, 6), "negative_slope": 0.1}),
    "side_by_side": (lambda a, **k: helpers.side_by_side(a, **k), {"a": softmax, "scores": [1, 2], "x": (0, 1)}),
    "card": (helpers.card, {"activation": sigmoid}),
    "picture": (helpers.picture, {"pixels": PIXELS, "function": leaky_relu, "negative_slope": 0.1}),
    "pieces": (helpers.pieces, {"units": rows, "targets": {"sin": np.sin}, "count": 4, "x_range": (-3, 3)}),
    "dead_units": (helpers.dead_units, {"sums": X, "bias": 0.0, "examples": 5}),
    "follow": (helpers.follow, {"histories": {"a": X}, "step": 3}),
    "two_units": (helpers.two_units, {"train": train, "function": leaky_relu, "inputs": [0, 1], "targets": [0, 1],
                                      "negative_slope": 0.1, "step": 0}),
    "shares": (helpers.shares, {"scores": (1, 2)}),
    "shifted": (helpers.shifted, {"function": softmax, "scores": (1, 2)}),
    "tempered": (helpers.tempered, {"function": softmax, "scores": (1, 2), "temperature": 1.0}),
    "reliability": (helpers.reliability, {"function": softmax, "scores": X, "labels": Y, "scale": 1.0}),
    "swept": (helpers.swept, {"function": softmax, "jacobian": softmax.jacobian, "scores": (1, 2), "x_range": (-8, 8)}),
    "slope_matrix": (helpers.slope_matrix, {"function": softmax, "jacobian": softmax.jacobian, "scores": (1, 2)}),
    "unit": (helpers.unit, {"x": 0.0, "weight": 1.0, "bias": 0.0, "activation": "ReLU"}),
    "stack": (helpers.stack, {"network": chain, "layers": [1, 2], "depth": 1, "x_range": (-3, 3)}),
    "three_units": (helpers.three_units, {"corners": CORNERS, "weights": (1, 1, 1), "biases": (0, 0, 0)}),
    "descent": (helpers.descent, {"inputs": X, "lift": 0.0, "rate": 0.45}),
    "lstm": (helpers.lstm, {"step": cell, "signal": [1, 0], "forget": 4.0, "input": 4.0, "output": 4.0}),
    "slope_product": (helpers.slope_product, {"activation": "relu", "depth": 2, "mean": 0.0, "spread": 1.0, "seed": 0,
                                              "weight": 1.0}),
    "layer_gradients": (helpers.layer_gradients, {"activation": "relu", "initialisation": "he", "depth": 2, "width": 8,
                                                  "scale": 1.0, "repairs": False, "seed": 0}),
    "race": (helpers.race, {"x": X, "y": Y, "runners": {n: {} for n in "abcd"}, "depth": 1, "width": 2, "steps": 2,
                            "rate": 0.1, "batch": 5, "seed": 0}),
    "Network": (helpers.Network, {"sizes": [2, 3, 2], "activation": "leaky_relu", "initialisation": "gaussian",
                                  "seed": 0, "scale": 1.0, "output": "softmax", "normalise": None, "residual": False,
                                  "negative_slope": 0.1}),
    "forward": (NETWORK.forward, {"x": X}),
    "activity": (NETWORK.activity, {"x": X}),
    "gradients": (NETWORK.gradients, {"x": X, "y": Y}),
    "layer_gradients of a network": (NETWORK.layer_gradients, {"x": X, "y": Y, "relative": False}),
    "train": (NETWORK.train, {"x": X, "y": Y, "rate": 0.1, "steps": 3, "batch": 5, "momentum": 0.5, "clip": 1.0,
                              "every": 1, "seed": 0}),
    "leaky_relu": (leaky_relu, {"x": 1.0, "negative_slope": 0.1}),
    "softmax": (softmax, {"z": [1.0, 2.0], "axis": -1, "temperature": 1.0}),
    "softmax.jacobian": (softmax.jacobian, {"z": [1.0, 2.0], "temperature": 1.0}),
}  # fmt: skip
WRONG = [None, "text", HUGE, [[1], [2, 3]], np.zeros((2, 2, 2))]


def refusal(function, arguments):
    """Return the error with which a call is refused, or None when it works; others than ours pass through."""
    try:
        function(**arguments)
    except (TypeError, ValueError) as error:
        return error


@pytest.mark.parametrize(("function", "right"), CALLS.values(), ids=CALLS)
@pytest.mark.filterwarnings("error")
def test_every_wrong_argument_works_or_gets_a_sentence_of_ours(function, right):
    assert refusal(function, right) is None
    for name in right:
        for wrong in WRONG:
            error = refusal(function, right | {name: wrong})
            if error:
                sentence(error)
                last = traceback.extract_tb(error.__traceback__)[-1]
                assert "helpers" in last.filename, f"{name}={wrong!r}: {error!r}"
                assert last.line.startswith("raise "), f"{name}={wrong!r}: {error!r}"


@pytest.mark.parametrize("name", all_exercises())
def test_no_answer_stops_a_check(name):
    for wrong in (
        *WRONG,
        ...,
        math.exp,
        max,
        lambda: 1,
        lambda *a: hill,
        lambda *a: [1, [2]],
        lambda *a: {}[0],
    ):
        for answers in ((), (wrong,), (wrong, wrong)):
            assert helpers.check(name, *answers).message.endswith(".")
