"""Wrong arguments: whatever a learner hands over, one sentence says what it was and what to try."""

import inspect
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
from lessons.softmax import (
    drawn,
    reliability,
    shares,
    shifted,
    slope_matrix,
    swept,
    tempered,
)
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
FIXED = ipywidgets.fixed(2)
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


def decide_once(*arrays, **parameters):
    return max(0, np.zeros(2))


WHOLE = r"max, min, if, and, or, .* decide once for the whole array; np\.maximum, .* by element\.$"
ONE = r"the functions of math take one number, not an array; .* np\.exp in place of math\.exp\.$"
NAME = "not {}; write its name only, without brackets or quotes: {}"
MEMORY = "more weights than fit into the memory"

# What a learner types, and what the sentence says, by the kind of error.
TYPE_ERRORS = {
    "explore(sigmoid, sigmoid.derivative(X))": r"explore\(sigmoid, sigmoid_slope\)",
    "threads('sigmoid')": NAME.format("'sigmoid'", r"threads\(sigmoid\)\.$"),
    "explore(None)": NAME.format("None", r"explore\(sigmoid\)\.$"),
    "explore(sigmoid(X))": NAME.format(r"array\(.*\)", r"explore\(sigmoid\)"),
    "explore(sigmoid, 3)": NAME.format("3", r"explore\(sigmoid, sigmoid_slope\)"),
    "pieces(rows, {'sin': None})": "targets must map names to functions",
    "explore(sigmoid, x_range=(2, 6), x0='a')": r"not 'a'; try x0=2\.$",
    "explore(sigmoid, x_range=np.array(1.0))": "x_range must be two numbers",
    "explore(sigmoid, asymptotes='top')": "asymptotes must be a number, not 'top'",
    "explore(hill, width=np.full((2, 2), np.nan))": "width must be a number or a",
    "leaky_relu(X, 0.1)": r"call it as leaky_relu\(x, negative_slope=0\.01\)\.$",
    "relu(1, 2, 3)": r"too many positional arguments; call it as relu\(x\)\.$",
    "relu(1, slope=2)": r"unexpected keyword argument 'slope'; call it as relu\(x\)\.$",
    "sigmoid.derivative(0, 1)": r"call it as sigmoid\.derivative\(x\)\.$",
    "side_by_side(sigmoid, x=['a', 'b'])": "x must be a number, not 'a'",
    "follow({'a': X}, step=None)": "step must be a number, not None",
    "follow({'a': 'b'})": "the history of a must be real numbers",
    "layer_gradients(depth=1, repairs='no')": "repairs must be True or False",
    "Network([2, 3, 2], residual='no')": "residual must be True or False, not 'no'",
    "NETWORK.layer_gradients(X, Y, relative=[])": "relative must be True or False",
    "explore(sigmoid, tanh)": r"an activation, .* try compare\(sigmoid, tanh\)",
    "compare((hill, tanh))": r"for its slope tanh\.derivative\.$",
    "compare([hill, tanh])": r"pairs \(function, derivative\), not \[",
    "sigmoid(tanh)": r"has to be called first: sigmoid\(tanh\(x\)\)",
    "tanh([tanh])": "has to be called first",
    "relu(ipywidgets.FloatSlider())": r"try slider\.value\.$",
    "relu([ipywidgets.IntSlider()])": r"try slider\.value\.$",
    "TENT([])": r"begins with an exercise's name in quotes, not \[\]; for example check",
    "TENT(hill)": "begins with an exercise's name in quotes, not <function hil",
}
VALUE_ERRORS = {
    "explore(relu, steep=1)": r"call it as relu\(x\)\.$",
    "explore(lambda x: max(0, x))": f"f fails .*: ValueError: {WHOLE}",
    "explore(lambda x: x if x > 0 else 0)": WHOLE,
    "explore(math.tanh)": f"tanh fails .*: TypeError: .* {ONE}",
    "explore(needs_more)": "'steepness'; give it a value in the function's first",
    "explore(hill, width=1.0)": "'width'; name it in the function's first line",
    "explore(says_something_else)": "'hil' is not defined; check how it is written",
    "shifted(lambda z: math.exp(z))": ONE,
    "explore(softmax)": "it works on a whole list at once, so it has no curve",
    "threads(softmax)": "it works on a whole list at once",
    "overlay(tanh, softmax)": "it works on a whole list at once",
    "threads(dropout)": "draws random numbers, or keeps something from call to call",
    "overlay(dropout, tanh)": "draws random numbers, or keeps something",
    "explore(np.tan)": r"tan grows beyond all bounds near x = -?[41]\.",
    "compare(tanh, np.tan)": "tan grows beyond all bounds near x",
    "overlay(np.tan, tanh)": "tan grows beyond all bounds near x",
    "overlay(tanh, np.tan)": "tan grows beyond all bounds near x",
    "explore(round)": r"round\(\) takes one number, .*; np\.round",
    "threads(sigmoid, x=9)": r"x must lie between -6 and 6, .*; try x=6\.$",
    "side_by_side()": r"at least one function; try side_by_side\(sigmoid, tanh\)",
    "explore(leaky_relu, negative_slope=1e9)": r"try negative_slope=1\.$",
    "explore(softmax, temperature=0)": r"try temperature=0\.1\.$",
    "explore(leaky_relu, negative_slope=HUGE)": "must be a finite number, but it is",
    "explore(sigmoid, asymptotes=1e308)": r"asymptotes .* number below 1e\+100",
    "sigmoid(HUGE)": r"x holds a number beyond 1\.8e308, .*; try smaller ones",
    "side_by_side(softmax, scores=[[1, 2]])": "scores must be a list of numbers",
    "side_by_side(softmax, scores=[])": "scores must be a list of numbers",
    "picture([[0], [1, 2]], sigmoid)": "pixels must be .* every row the same length",
    "two_units(train, relu, [0, 1, 2], [0, 1])": r"targets must have shape \(3,\)",
    "two_units(train, relu, [1, 1], [0, 1])": "must not all be alike",
    "two_units(train, relu, [0, 1], [0, 1e308])": "numbers from -1000 to 1000",
    "unit(activation=['ReLU'])": r"'none' or .*, but it is \['ReLU'\]",
    "nudge(weights=(1, 2))": r"shape is \(2,\); try weights=",
    "nudge(reached='output')": "reached must be 'input' or 'unit 1'",
    "nudge(weights=(1, 2, 3))": "from -2 to 2, but 3 is among",
    "two_ways(second=(1, 2))": r"shape \(2, 2\) .*, but its shape is \(2,\); try",
    "read_digit(501)": "picture must lie between 1 and 500",
    "digits(seed=-1)": "seed must be at least 0",
    "train_digit_reader(depth=0)": "depth must be at least 1",
    "race(X, Y, steps=HUGE)": "steps must be at most 1000000, .*; try steps=600",
    "reliability(softmax, X, [[1], [1, 2]])": "labels must be .* the same length",
    "Network([2, 10**6, 10**6, 2])": rf"{MEMORY}, .*; try fewer units, .*\[2, 32, 32",
    "Network([2, HUGE, 2])": MEMORY,
    "race(X, Y, width=10**9, depth=1)": MEMORY,
    "NETWORK.train(X, Y, rate=HUGE)": "rate must be above 0 and finite, but it is inf",
}


def sentence(error):
    """Return what an error says, after looking that it is one short line that ends properly."""
    text = str(error)
    assert "\n" not in text
    assert len(text) < 300
    assert text.endswith(".")
    return text


@pytest.mark.parametrize("typed", TYPE_ERRORS)
def test_what_is_of_the_wrong_kind_gets_a_sentence_that_names_the_cure(typed):
    with pytest.raises(TypeError, match=TYPE_ERRORS[typed]) as raised:
        eval(typed)
    sentence(raised.value)


@pytest.mark.parametrize("typed", VALUE_ERRORS)
def test_what_does_not_fit_gets_a_sentence_that_names_the_cure(typed):
    with pytest.raises(ValueError, match=VALUE_ERRORS[typed]) as raised:
        eval(typed)
    sentence(raised.value)


def test_weights_beyond_float64_get_a_sentence_that_names_the_cure():
    net = Network([2, 9, 2], initialisation="gaussian", scale=1e308)
    with pytest.raises(
        OverflowError, match=r"float64 .*; try a smaller scale"
    ) as raised:
        net.forward(X)
    sentence(raised.value)


WORKS = [
    "side_by_side(leaky_relu, softmax, x=(0, 1))",
    "side_by_side(partial(leaky_relu, negative_slope=0.1))",
    "picture(PIXELS, partial(leaky_relu, negative_slope=0.1))",
    "side_by_side(sigmoid, x=FIXED)",
    "explore(leaky_relu, negative_slope=np.array([0.1, 0.2]))",
    "explore(leaky_relu, negative_slope=np.float32(0.5), x_range=(np.float32(-1), 1))",
    "overlay(lambda x, side='left': x, tanh, side=['left', 'right'])",
]


@pytest.mark.parametrize("typed", WORKS)
def test_what_is_no_mistake_works(typed):
    assert eval(typed).message == ""


def test_a_slip_that_comes_with_a_slider_is_a_sentence_too():
    live = explore(lambda x, a: max(0, x) if a > 0.5 else a * x, a=(0, 1, 0.1))
    set_to(live, a=0.8)
    assert "np.maximum" in sentence(live.message)


# Every public figure and class: all of their arguments are made wrong, one at a time.
CALLS = [
    partial(explore, leaky_relu, leaky_relu.derivative, negative_slope=0.1),
    partial(threads, leaky_relu, negative_slope=0.1),
    partial(compare, leaky_relu, relu, negative_slope=0.1),
    partial(overlay, leaky_relu, tanh, negative_slope=0.1),
    partial(side_by_side, softmax),
    partial(card, sigmoid),
    partial(unit),
    partial(stack, chain, [1, 2]),
    partial(three_units, CORNERS),
    partial(nudge),
    partial(two_ways),
    partial(read_digit),
    partial(digits),
    partial(train_digit_reader, steps=5),
    partial(picture, PIXELS, leaky_relu, negative_slope=0.1),
    partial(descent, X),
    partial(lstm, cell, [1, 0]),
    partial(pieces, rows, {"sin": np.sin}),
    partial(dead_units, X),
    partial(follow, {"a": X}, step=3),
    partial(two_units, train, leaky_relu, [0, 1], [0, 1]),
    partial(output_mean, leaky_relu, np.tile(X, (5, 1)), negative_slope=0.1),
    partial(through_layers, leaky_relu, X, [np.eye(2)] * 2, negative_slope=0.1),
    partial(keep_or_zero),
    partial(gated, sigmoid),
    partial(drawn, softmax),
    partial(shares),
    partial(shifted, softmax),
    partial(tempered, softmax),
    partial(reliability, softmax, X, Y),
    partial(swept, softmax),
    partial(slope_matrix, softmax, softmax.jacobian),
    partial(slope_product),
    partial(layer_gradients, depth=2, width=8),
    partial(race, X, Y, RUNNERS, depth=1, width=2, steps=2, batch=5),
    partial(family, "ReLU", "GELU"),
    partial(choose),
    partial(quiz),
    partial(Network, [2, 3, 2], "leaky_relu", "gaussian", negative_slope=0.1),
    partial(NETWORK.forward, X),
    partial(NETWORK.activity, X),
    partial(NETWORK.gradients, X, Y),
    partial(NETWORK.layer_gradients, X, Y),
    partial(NETWORK.train, X, Y),
    partial(leaky_relu, 1.0, negative_slope=0.1),
    partial(softmax, [1.0, 2.0]),
    partial(softmax.jacobian, [1.0, 2.0], temperature=1.0),
]
PROJECT = Path(__file__).parent.parent
WRONG = [None, "text", HUGE, [[1], [2, 3]], decide_once]


def with_a_wrong_argument(call, wrong):
    """Yield the call once for each argument that it may have, with a wrong one in its place."""
    for n in range(len(call.args)):
        args = list(call.args)
        args[n] = wrong
        yield partial(call.func, *args, **call.keywords)
    others = inspect.signature(call).parameters.values()
    named = {other.name for other in others if other.default is not other.empty}
    named.discard("data")  # layer_gradients does not look at it yet
    for name in sorted(named | call.keywords.keys()):
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
                *_, last = traceback.extract_tb(error.__traceback__)
                assert Path(last.filename).is_relative_to(PROJECT), wrong_call
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
