"""Wrong arguments: whatever a learner hands over, one sentence says what it was and what to try."""

import math
import traceback
from functools import partial
from pathlib import Path

import ipywidgets
import numpy as np
import pytest
from shared import CHECKS, set_to

from helpers import (
    Network,
    card,
    compare,
    digits,
    explore,
    leaky_relu,
    overlay,
    relu,
    side_by_side,
    sigmoid,
    softmax,
    tanh,
    threads,
    train_digit_reader,
)
from lessons.cheatsheet import choose, family, quiz
from lessons.elu import output_mean, through_layers
from lessons.gelu import keep_or_zero
from lessons.leaky_relu import two_units
from lessons.relu import dead_units, follow, pieces
from lessons.sigmoid import picture
from lessons.silu import gated
from lessons.softmax import reliability, shares, shifted, slope_matrix, swept, tempered
from lessons.start_here import stack, three_units, unit
from lessons.start_here.nudge import nudge
from lessons.start_here.read_digit import read_digit
from lessons.start_here.two_ways import two_ways
from lessons.tanh import descent, lstm
from lessons.vanishing_gradient import layer_gradients, race, slope_product

HUGE = 10**400  # a whole number that no float can hold
RNG = np.random.default_rng(0)
X = RNG.normal(size=(20, 2))
Y = (X[:, 0] > 0).astype(int)
PIXELS = [[0, 255], [3, 40]]
RUNNERS = {name: {} for name in "abcd"}
CORNERS = [(-3, 0), (-2, 0), (0, 2), (3, 2)]
NETWORK = Network([2, 3, 2])
TENT = CHECKS["tent"]


def hill(x):
    return np.exp(-(x**2))


def dropout(x):
    return x * (RNG.random(x.shape) > 0.5)


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


WHOLE = r"max, min, if, and, or decide once for the whole array; np\.maximum, .* by element\.$"
ONE = r"the functions of math take one number, not an array; .* np\.exp in place of math\.exp\.$"
NAME = "not {}; write its name only, without brackets or quotes: {}"
MEMORY = "more weights than fit into the memory"

# What a learner types, the kind of error, and what its sentence says.
SENTENCES = [
    ("explore(lambda x: max(0, x))", ValueError, f"f fails .*: ValueError: {WHOLE}"),
    ("explore(lambda x: x if x > 0 else 0)", ValueError, WHOLE),
    ("explore(math.tanh)", ValueError, f"tanh fails .*: TypeError: .* {ONE}"),
    (
        "explore(needs_more)",
        ValueError,
        "'steepness'; give it a value in the function's first",
    ),
    (
        "explore(hill, width=1.0)",
        ValueError,
        "'width'; name it in the function's first line",
    ),
    (
        "explore(says_something_else)",
        ValueError,
        "'hil' is not defined; check how it is written",
    ),
    ("threads(lambda x: min(1, x))", ValueError, WHOLE),
    ("compare(tanh, lambda x: max(0, x))", ValueError, WHOLE),
    ("overlay(lambda x: max(0, x), relu)", ValueError, WHOLE),
    ("picture(PIXELS, lambda x: max(0, x))", ValueError, WHOLE),
    ("shifted(lambda z: math.exp(z))", ValueError, ONE),
    ("slope_matrix(softmax, lambda z: math.exp(z))", ValueError, ONE),
    ("pieces(lambda x, c, h: max(0, x), {'sin': np.sin})", ValueError, WHOLE),
    (
        "lstm(lambda *a, **k: max(0, np.zeros(2)), [1, 2])",
        ValueError,
        "max, min, .* has to return",
    ),
    ("two_units(lambda slope: max(0, X), relu, [0, 1], [0, 1])", ValueError, WHOLE),
    # No function
    (
        "threads('sigmoid')",
        TypeError,
        NAME.format("'sigmoid'", r"threads\(sigmoid\)\.$"),
    ),
    ("explore(None)", TypeError, NAME.format("None", r"explore\(sigmoid\)\.$")),
    (
        "explore(sigmoid(X))",
        TypeError,
        NAME.format(r"array\(.*\)", r"explore\(sigmoid\)"),
    ),
    (
        "explore(sigmoid, 3)",
        TypeError,
        NAME.format("3", r"explore\(sigmoid, sigmoid_slope\)"),
    ),
    (
        "explore(softmax)",
        ValueError,
        "it works on a whole list at once, so it has no curve",
    ),
    (
        "side_by_side()",
        ValueError,
        r"at least one function; try side_by_side\(sigmoid, tanh\)",
    ),
    ("side_by_side(None)", TypeError, NAME.format("None", "side_by_side")),
    ("picture(PIXELS, None)", TypeError, NAME.format("None", "picture")),
    ("stack(None, [1, 2])", TypeError, NAME.format("None", "stack")),
    ("pieces(None, {'sin': np.sin})", TypeError, NAME.format("None", "pieces")),
    ("pieces(rows, {'sin': None})", TypeError, "targets must map names to functions"),
    (
        "two_units(None, relu, [0, 1], [0, 1])",
        TypeError,
        NAME.format("None", "two_units"),
    ),
    (
        "two_units(train, None, [0, 1], [0, 1])",
        TypeError,
        NAME.format("None", "two_units"),
    ),
    ("shifted(None)", TypeError, NAME.format("None", "softmax")),
    (
        "explore(sigmoid, tanh)",
        TypeError,
        r"an activation, .* try compare\(sigmoid, tanh\)",
    ),
    ("compare((hill, tanh))", TypeError, r"for its slope tanh\.derivative\.$"),
    ("compare([hill, tanh])", TypeError, r"pairs \(function, derivative\), not \["),
    # Functions that have no curve
    ("threads(softmax)", ValueError, "it works on a whole list at once"),
    ("overlay(tanh, softmax)", ValueError, "it works on a whole list at once"),
    ("overlay(softmax, tanh)", ValueError, "it works on a whole list at once"),
    (
        "threads(dropout)",
        ValueError,
        "draws random numbers, or keeps something from call",
    ),
    ("overlay(dropout, tanh)", ValueError, "draws random numbers, or keeps something"),
    (
        "explore(np.tan)",
        ValueError,
        r"tan grows beyond all bounds near x = -?[41]\.71?",
    ),
    ("overlay(np.tan, tanh)", ValueError, "tan grows beyond all bounds near x"),
    ("overlay(tanh, np.tan)", ValueError, "tan grows beyond all bounds near x"),
    ("compare(tanh, np.tan)", ValueError, "tan grows beyond all bounds near x"),
    ("explore(round)", ValueError, r"round\(\) takes one number, .*; np\.round"),
    # Parameters and sliders
    (
        "threads(sigmoid, x=9)",
        ValueError,
        r"x must lie between -6 and 6, .*; try x=6\.$",
    ),
    ("explore(leaky_relu, negative_slope=1e9)", ValueError, r"try negative_slope=1\.$"),
    ("explore(softmax, temperature=0)", ValueError, r"try temperature=0\.1\.$"),
    (
        "explore(leaky_relu, negative_slope=HUGE)",
        ValueError,
        "must be a finite number, but it is",
    ),
    ("explore(sigmoid, x_range=(2, 6), x0='a')", TypeError, r"not 'a'; try x0=2\.$"),
    (
        "explore(sigmoid, x_range=np.array(1.0))",
        TypeError,
        "x_range must be two numbers",
    ),
    (
        "explore(sigmoid, asymptotes=1e308)",
        ValueError,
        r"asymptotes .* number below 1e\+100",
    ),
    (
        "explore(sigmoid, asymptotes='top')",
        TypeError,
        "asymptotes must be a number, not 'top'",
    ),
    (
        "explore(hill, width=np.full((2, 2), np.nan))",
        TypeError,
        "width must be a number or a",
    ),
    (
        "leaky_relu(X, 0.1)",
        TypeError,
        r"call it as leaky_relu\(x, negative_slope=0\.01\)\.$",
    ),
    (
        "relu(1, 2, 3)",
        TypeError,
        r"too many positional arguments; call it as relu\(x\)\.$",
    ),
    (
        "relu(1, slope=2)",
        TypeError,
        r"unexpected keyword argument 'slope'; call it as relu\(x\)\.$",
    ),
    ("sigmoid.derivative(0, 1)", TypeError, r"call it as sigmoid\.derivative\(x\)\.$"),
    (
        "sigmoid(HUGE)",
        ValueError,
        r"x holds a number beyond 1\.8e308, .*; try smaller ones",
    ),
    ("sigmoid(tanh)", TypeError, r"has to be called first: sigmoid\(tanh\(x\)\)"),
    ("tanh([tanh])", TypeError, "has to be called first"),
    ("relu(ipywidgets.FloatSlider())", TypeError, r"try slider\.value\.$"),
    ("relu([ipywidgets.IntSlider()])", TypeError, r"try slider\.value\.$"),
    # Other figures
    ("side_by_side(sigmoid, x=['a', 'b'])", TypeError, "x must be a number, not 'a'"),
    (
        "side_by_side(softmax, scores=[[1, 2]])",
        ValueError,
        "scores must be a list of numbers",
    ),
    (
        "side_by_side(softmax, scores=[])",
        ValueError,
        "scores must be a list of numbers",
    ),
    (
        "picture([[0], [1, 2]], sigmoid)",
        ValueError,
        "pixels must be .* every row the same length",
    ),
    ("follow({'a': X}, step=None)", TypeError, "step must be a number, not None"),
    ("follow({'a': 'b'})", TypeError, "the history of a must be real numbers"),
    (
        "two_units(train, relu, [0, 1, 2], [0, 1])",
        ValueError,
        "two lists with a number for each",
    ),
    ("two_units(train, relu, [1, 1], [0, 1])", ValueError, "not all inputs alike"),
    (
        "two_units(train, relu, [0, 1], [0, 1e308])",
        ValueError,
        "numbers from −1000 to 1000",
    ),
    ("unit(activation=['ReLU'])", ValueError, r"'none' or .*, but it is \['ReLU'\]"),
    (
        "three_units(CORNERS, weights=1)",
        ValueError,
        r"shapes are \(\) and \(3,\); try weights=",
    ),
    ("three_units(CORNERS, weights=None)", TypeError, "weights must be real numbers"),
    ("nudge(weights=(1, 2))", ValueError, r"shape is \(2,\); try weights="),
    ("nudge(reached='output')", ValueError, "reached must be 'input' or 'unit 1'"),
    ("nudge(weights=(1, 2, 3))", ValueError, "from -2 to 2, but 3 is among"),
    (
        "two_ways(second=(1, 2))",
        ValueError,
        r"shape \(2, 2\) .*, but its shape is \(2,\); try",
    ),
    ("read_digit(501)", ValueError, "picture must lie between 1 and 500"),
    ("digits(seed=-1)", ValueError, "seed must be at least 0"),
    ("train_digit_reader(depth=0)", ValueError, "depth must be at least 1"),
    (
        "slope_product(np.zeros(2))",
        ValueError,
        "activation must be 'identity' or 'sigmoid'",
    ),
    (
        "layer_gradients(depth=1, seed='a')",
        TypeError,
        "seed must be a whole number, not 'a'",
    ),
    ("layer_gradients(depth=1, seed=-1)", ValueError, "seed must be at least 0"),
    (
        "layer_gradients(depth=1, repairs='no')",
        TypeError,
        "repairs must be True or False",
    ),
    (
        "race(X, Y, steps=HUGE)",
        ValueError,
        "steps must be at most 1000000, .*; try steps=600",
    ),
    (
        "reliability(softmax, X, [[1], [1, 2]])",
        ValueError,
        "labels must be .* the same length",
    ),
    # Networks
    (
        "Network([2, 10**6, 10**6, 2])",
        ValueError,
        rf"{MEMORY}, .*; try fewer units, .*\[2, 32, 32",
    ),
    ("Network([2, HUGE, 2])", ValueError, MEMORY),
    ("race(X, Y, width=10**9, depth=1)", ValueError, MEMORY),
    (
        "Network([2, 3, 2], residual='no')",
        TypeError,
        "residual must be True or False, not 'no'",
    ),
    (
        "NETWORK.layer_gradients(X, Y, relative=[])",
        TypeError,
        "relative must be True or False",
    ),
    (
        "NETWORK.train(X, Y, rate=HUGE)",
        ValueError,
        "rate must be above 0 and finite, but it is inf",
    ),
    (
        "Network([2, 9, 2], initialisation='gaussian', scale=1e308).forward(X)",
        OverflowError,
        "outgrow float64 .*; try a smaller scale",
    ),
    # The checks
    (
        "TENT([])",
        TypeError,
        r"begins with an exercise's name in quotes, not \[\]; for example check",
    ),
    (
        "TENT(hill)",
        TypeError,
        "begins with an exercise's name in quotes, not <function hil",
    ),
]


def sentence(error):
    """Return what an error says, after looking that it is one short line that ends properly."""
    text = str(error)
    assert "\n" not in text
    assert len(text) < 300
    assert text.endswith(".")
    return text


@pytest.mark.parametrize(
    ("typed", "kind", "words"), SENTENCES, ids=[row[0] for row in SENTENCES]
)
def test_a_slip_gets_a_sentence_that_names_the_cure(typed, kind, words):
    with pytest.raises(kind, match=words) as raised:
        eval(typed)
    sentence(raised.value)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "explore(sigmoid, sigmoid.derivative(X))",
            r"explore\(sigmoid, sigmoid_slope\)",
        ),
        ("explore(relu, steep=1)", r"call it as relu\(x\)\.$"),
    ],
)
def test_a_slip_gets_one_cure_alone(typed, words):
    with pytest.raises((TypeError, ValueError), match=words):
        eval(typed)


@pytest.mark.parametrize(
    "call",
    [
        lambda: side_by_side(leaky_relu, softmax, x=(0, 1)),
        lambda: side_by_side(partial(leaky_relu, negative_slope=0.1)),
        lambda: picture(PIXELS, partial(leaky_relu, negative_slope=0.1)),
        lambda: side_by_side(sigmoid, x=ipywidgets.fixed(2)),
        lambda: explore(leaky_relu, negative_slope=np.array([0.1, 0.2])),
        lambda: explore(
            leaky_relu, negative_slope=np.float32(0.5), x_range=(np.float32(-1), 1)
        ),
        lambda: overlay(lambda x, side="left": x, tanh, side=["left", "right"]),
    ],
)
def test_what_is_no_mistake_works(call):
    assert call().message == ""


def test_a_slip_that_comes_with_a_slider_is_a_sentence_too():
    live = explore(lambda x, a: max(0, x) if a > 0.5 else a * x, a=(0, 1, 0.1))
    set_to(live, a=0.8)
    assert "np.maximum" in sentence(live.message)


# Every public figure and class with each of its arguments: they are made wrong one at a time.
FROM_TO = {"x_range": (-6, 6), "x_limits": (-9, 9), "x0": 1}
CALLS = [
    partial(
        explore,
        leaky_relu,
        leaky_relu.derivative,
        negative_slope=0.1,
        asymptotes=1,
        **FROM_TO,
    ),
    partial(threads, leaky_relu, x=1.0, x_range=(-6, 6), negative_slope=0.1),
    partial(compare, leaky_relu, relu, negative_slope=0.1, **FROM_TO),
    partial(overlay, leaky_relu, tanh, x_range=(-6, 6), negative_slope=0.1),
    partial(side_by_side, softmax, scores=[1, 2], x=(0, 1)),
    partial(card, sigmoid),
    partial(unit, x=0.0, weight=1.0, bias=0.0, activation="ReLU"),
    partial(stack, chain, [1, 2], depth=1, x_range=(-3, 3)),
    partial(three_units, CORNERS, weights=(1, 1, 1), biases=(0, 0, 0)),
    partial(nudge, 0.0, (1, 1, 1), "tanh", reached="unit 1"),
    partial(
        two_ways, 0.5, (1, -1), ((1, 1), (-1, 0)), activation="tanh", reached="input"
    ),
    partial(read_digit, 1, seed=0),
    partial(digits, seed=0),
    partial(train_digit_reader, "relu", depth=1, width=8, rate=0.1, steps=5, seed=0),
    partial(picture, PIXELS, leaky_relu, negative_slope=0.1),
    partial(descent, X, lift=0.0, rate=0.45),
    partial(lstm, cell, [1, 0], forget=4.0, input=4.0, output=4.0),
    partial(pieces, rows, {"sin": np.sin}, count=4, x_range=(-3, 3)),
    partial(dead_units, X, bias=0.0, examples=5),
    partial(follow, {"a": X}, step=3),
    partial(two_units, train, leaky_relu, [0, 1], [0, 1], negative_slope=0.1, step=0),
    partial(output_mean, leaky_relu, np.tile(X, (5, 1)), negative_slope=0.1),
    partial(
        through_layers,
        leaky_relu,
        X,
        [np.eye(2)] * 2,
        input_scale=1.0,
        negative_slope=0.1,
    ),
    partial(keep_or_zero, x0=1.0, draws=4, seed=0),
    partial(gated, sigmoid, beta=1.0, x0=-2.0),
    partial(shares, (1, 2)),
    partial(shifted, softmax, (1, 2)),
    partial(tempered, softmax, (1, 2), temperature=1.0),
    partial(reliability, softmax, X, Y, scale=1.0),
    partial(swept, softmax, softmax.jacobian, (1, 2), x_range=(-8, 8)),
    partial(slope_matrix, softmax, softmax.jacobian, (1, 2)),
    partial(slope_product, "relu", depth=2, mean=0.0, std=1.0, seed=0, weight=1.0),
    partial(
        layer_gradients,
        "relu",
        "he",
        depth=2,
        width=8,
        scale=1.0,
        repairs=False,
        seed=0,
    ),
    partial(race, X, Y, RUNNERS, depth=1, width=2, steps=2, rate=0.1, batch=5, seed=0),
    partial(family, "ReLU", "GELU", x_range=(-6, 6), x0=1),
    partial(choose, "output layer", None),
    partial(quiz, 1),
    partial(
        Network,
        [2, 3, 2],
        "leaky_relu",
        "gaussian",
        0,
        scale=1.0,
        output="softmax",
        normalise=None,
        residual=False,
        negative_slope=0.1,
    ),
    partial(NETWORK.forward, X),
    partial(NETWORK.activity, X),
    partial(NETWORK.gradients, X, Y),
    partial(NETWORK.layer_gradients, X, Y, relative=False),
    partial(
        NETWORK.train,
        X,
        Y,
        rate=0.1,
        steps=3,
        batch=5,
        momentum=0.5,
        clip=1.0,
        every=1,
        seed=0,
    ),
    partial(leaky_relu, 1.0, negative_slope=0.1),
    partial(softmax, [1.0, 2.0], axis=-1, temperature=1.0),
    partial(softmax.jacobian, [1.0, 2.0], temperature=1.0),
]
WRONG = [None, "text", HUGE, [[1], [2, 3]]]


def with_a_wrong_argument(call, wrong):
    """Yield the call once for each of its arguments, with a wrong one in its place."""
    for n in range(len(call.args)):
        yield partial(
            call.func, *call.args[:n], wrong, *call.args[n + 1 :], **call.keywords
        )
    for name in call.keywords:
        yield partial(call, **{name: wrong})


def refusal(call):
    """Return the error with which a call is refused, or None; errors of other kinds pass."""
    try:
        call()
    except (TypeError, ValueError) as error:
        return error


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.func.__name__)
def test_every_wrong_argument_works_or_gets_a_sentence_of_ours(call):
    call()
    for wrong in WRONG:
        for wrong_call in with_a_wrong_argument(call, wrong):
            error = refusal(wrong_call)
            if error:
                sentence(error)
                last = traceback.extract_tb(error.__traceback__)[-1]
                assert {"helpers", "lessons"} & set(Path(last.filename).parts), (
                    wrong_call
                )
                assert last.line.startswith("raise "), wrong_call


@pytest.mark.parametrize("name", CHECKS)
def test_no_answer_stops_a_check(name):
    check = CHECKS[name]
    others = [
        ...,
        math.exp,
        max,
        lambda: 1,
        lambda *a: hill,
        lambda *a: [1, [2]],
        lambda *a: {}[0],
    ]
    for wrong in WRONG + others:
        for answers in ((), (wrong,), (wrong, wrong)):
            assert check(name, *answers).message.endswith(".")
