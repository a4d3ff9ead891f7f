"""The registry: what can be computed of a card is, and so are the numbers in the lessons."""

import copy
import dataclasses
import functools
import inspect
import math
import pickle
import re

import ipywidgets
import numpy as np
import pytest
import scipy.optimize
import scipy.special
from matplotlib.colors import to_hex
from numpy.testing import assert_allclose

import helpers
from helpers.activations import (
    ACTIVATIONS,
    elu,
    gelu,
    identity,
    leaky_relu,
    relu,
    selu,
    sigmoid,
    silu,
    softmax,
    softplus,
    tanh,
)
from helpers.figures.style import VERMILION

every_activation = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=str)
GRID = np.union1d(np.linspace(-10, 10, 20_001), [-1e-12, 1e-12])


def of_one_number(call):
    """Return an activation or its derivative as a function of one number: softmax's first score."""
    if call not in (softmax, softmax.derivative):
        return call
    return lambda x: call(np.stack([x, 0.0 * x], axis=-1))[..., 0]


def normal_density(x):
    return np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


def mean(function):
    """Return the mean of function(z) for z ~ N(0, 1), in two halves because of the corner at 0."""
    nodes, weights = np.polynomial.legendre.leggauss(80)
    z = 6 * (nodes + 1)
    return 6 * np.sum(weights * normal_density(z) * (function(z) + function(-z)))


# Names, texts, colours ------------------------------------------------------------------


@every_activation
def test_a_copy_is_as_good_as_the_original(f):
    for twin in (copy.deepcopy(f), pickle.loads(pickle.dumps(f))):
        assert {f: "found"}[twin] == "found"
        np.testing.assert_array_equal(twin([-1.0, 2.0]), f([-1.0, 2.0]))


@every_activation
def test_tools_see_how_it_is_called(f):
    function = inspect.signature(f.function)
    assert list(inspect.signature(f).parameters) == list(function.parameters)
    first = next(iter(function.parameters))
    moved = ipywidgets.interactive(f, **{first: (-6.0, 6.0)})
    assert f.parameters.keys() <= moved.kwargs.keys()


@every_activation
def test_every_name_says_the_same(f):
    assert ACTIVATIONS[f.identifier] is f is getattr(helpers, f.identifier)
    assert f.__name__ == f.identifier == f.name.lower().replace(" ", "_")
    assert f.slope_function.__name__ == f"{f.identifier}_slope"
    assert repr(f) == f"helpers.{f.identifier}"
    with pytest.raises(dataclasses.FrozenInstanceError):
        f.colour = "#000000"


@every_activation
def test_texts_are_there_and_calm(f):
    # A forgotten comma makes a tuple of one text a text, and a card would list its letters.
    for entry in (f.strengths, f.weaknesses, f.saturates):
        assert isinstance(entry, tuple)
    texts = [f.name, f.formula, f.derivative_formula, f.range_text, f.output_type]
    texts += [f.input_type, f.used_for, f.reference, *f.strengths, *f.weaknesses]
    for text in texts:
        assert re.fullmatch(r"\S.*[^\s.!]", text)


def test_colours_are_distinct_and_not_that_of_slopes():
    colours = {to_hex(f.colour) for f in ACTIVATIONS.values()}
    assert len(colours) == len(ACTIVATIONS)
    assert to_hex(VERMILION) not in colours  # vermilion is the slope of every function


# Parameters -----------------------------------------------------------------------------


@every_activation
def test_parameters_are_those_of_both_functions(f):
    usual = {name: p.default for name, p in f.parameters.items()}
    for function in (f.function, f.slope_function):
        _, *others = inspect.signature(function).parameters.values()
        # Where the scores lie, and how to compute, are no shapes of the curve.
        named = {p.name: p.default for p in others}
        named.pop("axis", None)
        named.pop("approximate", None)
        assert named == usual


@every_activation
def test_every_slider_has_space_on_a_whole_number_of_steps(f):
    for name, p in f.parameters.items():
        assert p.low <= p.default <= p.high
        assert p.meaning
        for span in (p.default - p.low, p.high - p.low):
            assert span / p.step == pytest.approx(round(span / p.step), abs=1e-9)
        for end in (p.low, p.high):
            assert np.isfinite(f([1.0, -1.0], **{name: end})).all()


def test_the_sliders_of_the_lessons():
    """What the lessons tell learners to do with a slider needs these ends and steps."""
    sliders = {
        name: (p.default, p.low, p.high, p.step)
        for f in ACTIVATIONS.values()
        for name, p in f.parameters.items()
    }
    assert sliders == {
        "negative_slope": (0.01, 0, 1, 0.01),
        "alpha": (1, 0, 3, 0.05),
        "beta": (1, 0, 10, 0.1),
        "temperature": (1, 0.1, 5, 0.1),
    }


# Facts that the functions themselves prove ----------------------------------------------


@every_activation
def test_range_is_respected_and_approached(f):
    value = of_one_number(f)
    far = np.geomspace(10, 1.7e308, 400)
    outputs = value(np.concatenate([GRID, far, -far]))
    low, high = f.range
    # Towards the outside is positive.
    for end, reached in ((-low, -outputs.min()), (high, outputs.max())):
        if math.isinf(end):
            assert end > 0
            assert reached > 1e300
        else:
            # A card may round an end to a few decimals.
            assert end - 1e-4 < reached < end + 1e-5


@every_activation
def test_range_text_says_the_range_and_which_ends_are_reached(f):
    said = re.search(r"([\[(])(\S+), (\S+?)([\])])", f.range_text)
    opening, *ends, closing = said.groups()
    numbers = [float(end.replace("−", "-").replace("∞", "inf")) for end in ends]
    assert numbers == pytest.approx(f.range, abs=0.005)
    value = of_one_number(f)
    outputs = value(GRID[np.abs(GRID) <= 5])
    reached = np.isclose([outputs.min(), outputs.max()], f.range, atol=1e-5)
    assert (opening == "[", closing == "]") == tuple(reached)


@every_activation
def test_largest_slope_is_found_by_looking_for_it(f):
    slope = of_one_number(f.derivative)
    slopes = slope(GRID)
    best = GRID[np.argmax(slopes)]
    bounds = (best - 0.01, best + 0.01)
    near = scipy.optimize.minimize_scalar(
        lambda x: -slope(x), bounds=bounds, options={"xatol": 1e-9}
    )
    largest = max(slopes.max(), -near.fun)
    assert largest == pytest.approx(f.largest_slope, rel=1e-4)
    if f is softmax:  # wherever p = ½: many places
        assert f.largest_slope_at is None
    elif f.largest_slope_at is None:
        assert max(slope(1e3), slope(-1e3)) == pytest.approx(f.largest_slope)
    else:
        assert near.x == pytest.approx(f.largest_slope_at, abs=1e-3)
        assert slope(1e3) < f.largest_slope


@every_activation
def test_saturates_where_the_slope_dies_away(f):
    slope = of_one_number(f.derivative)
    for side, x in (("left", -100.0), ("right", 100.0)):
        assert (side in f.saturates) == (abs(slope(x)) < 1e-6)


@every_activation
def test_zero_centred_means_a_mean_of_zero_for_normal_inputs(f):
    value = of_one_number(f)
    assert (f.zero_centred != "no") == (abs(mean(value)) < 1e-6)
    is_odd = np.isclose(value(-3.0), -value(3.0))
    assert (f.zero_centred == "yes") == is_odd


@every_activation
def test_output_type_promises_probabilities_only_where_they_are(f):
    promised = "probab" in f.output_type and "not a probab" not in f.output_type
    assert promised == (f.range == (0.0, 1.0))


# Formulas -------------------------------------------------------------------------------


MEANINGS = {
    "sigma": scipy.special.expit,
    "Phi": scipy.special.ndtr,
    "phi": normal_density,
    "varphi": normal_density,
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
    "max": np.maximum,
    "where": np.where,
    "lambda_": 1.0507009873554805,
    "nan": np.nan,
}
REWRITES = [
    (r"^.*? = ", ""),
    (r"\\quad.*", ""),
    (r"\\,", "*"),
    (r"e\^\{(.*?)\}", r"exp(\1)"),
    (r"\\frac\{(.*?)\}\{(.*?)\}", r"((\1)/(\2))"),
    (r"\\(\w+)\^2\((.*?)\)", r"\1(\2)**2"),
    (
        r"\\begin\{cases\}(.*?)&(.*?)\\\\(.*?)&(.*?)\\end\{cases\}",
        r"where(\2, \1, where(\4, \3, nan))",
    ),
    (r"\\le ", "<= "),
    (r"\\lambda", "lambda_"),
    (r"\\", ""),
    (r"(?<=[\w)]) +(?=[\w(])", "*"),
]


def evaluate(latex, x, **parameters):
    """Return the right-hand side of a LaTeX formula at x, rewritten as NumPy by the rules above."""
    text = latex
    for pattern, replacement in REWRITES:
        text = re.sub(pattern, replacement, text)
    return eval(text, {"__builtins__": {}}, MEANINGS | {"x": x} | parameters)


CURVES = [f for f in ACTIVATIONS.values() if f is not softmax]


@pytest.mark.parametrize("f", CURVES, ids=str)
@pytest.mark.parametrize("setting", [0.25, 0.75])
def test_formulas_on_the_card_give_what_the_functions_give(f, setting):
    x = np.linspace(-6, 6, 49)
    given = dict.fromkeys(f.parameters, setting)
    letters = {"alpha": setting, "beta": setting}
    if f is selu:
        letters["alpha"] = 1.6732632423543772
    values = evaluate(f.formula, x, **letters)
    assert_allclose(values, f(x, **given), rtol=1e-9, atol=1e-12)
    away = x[x != 0]  # at a corner a formula gives no slope
    slopes = evaluate(f.derivative_formula, away, **letters)
    assert_allclose(slopes, f.derivative(away, **given), rtol=1e-9, atol=1e-9)


def test_formulas_of_softmax():
    assert softmax.formula == r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"
    slope = r"\frac{\partial p_i}{\partial z_i} = p_i\,(1 - p_i)"
    assert softmax.derivative_formula == slope


# Claims in strengths and weaknesses -----------------------------------------------------

FAR = np.geomspace(1e-300, 1e300, 601)
EVERYWHERE = np.concatenate([-FAR, FAR])


def passes_less_than(share, f, beyond):
    """Return whether less than `share` of a gradient passes beyond ±beyond, and more inside."""
    x = beyond + np.linspace(0, 50, 5001)
    outside = f.derivative(np.concatenate([-x, x]))
    return outside.max() < share < f.derivative(0.9 * beyond)


def moments(f):
    """Return mean and variance of f(z) for z ~ N(0, 1)."""
    return mean(f), mean(lambda z: f(z) ** 2) - mean(f) ** 2


def pulled_back(centre, variance):
    """Return whether a layer of SELU brings that mean and variance nearer to 0 and 1.

    With random weights of mean 0 and variance 1/n its sums have mean 0, and the inputs' mean
    square as their variance.
    """
    std = math.sqrt(variance + centre**2)
    before = math.dist((centre, variance), (0, 1))
    after = math.dist(moments(lambda z: selu(std * z)), (0, 1))
    return after < 0.9 * before


def smooth(f):
    """Return whether neither the slope nor the slope's slope jumps anywhere."""
    slopes = f.derivative(np.linspace(-9, 9, 180_001))
    steps = np.diff(slopes)
    return np.abs(steps).max() < 1e-3 and np.abs(np.diff(steps)).max() < 1e-7


def step_at_0(f, **parameters):
    """Return how much the slope jumps at 0."""
    return np.ptp(f.derivative([-1e-9, 1e-9], **parameters))


def last_exp(dtype):
    """Return the largest number, in hundredths, of which that type can hold the exponential."""
    return math.floor(100 * np.log(np.finfo(dtype).max)) / 100


def from_gelu(approximation):
    """Return how far an approximation of GELU is from it at most."""
    return np.abs(gelu(GRID) - approximation).max()


def from_relu(f, beyond):
    """Return how far f is from ReLU at most, beyond ± a number."""
    x = EVERYWHERE[np.abs(EVERYWHERE) > beyond]
    return np.abs(f(x) - relu(x)).max()


@functools.cache
def claims():
    """Return {activation: {words on its card: whether they are true}}.

    A number on a card that is not among these words fails below.
    """
    smooth_words = "smooth: neither the curve nor its slope has a corner anywhere"
    best_of_sigmoid = sigmoid.derivative(GRID).max()
    slopes_of_tanh = tanh.derivative(GRID)
    keeps_mean_and_variance = moments(selu) == pytest.approx((0, 1), abs=1e-9)
    off = [(0, 0.8), (0, 1.2), (0.2, 1), (-0.2, 1.2)]
    outputs_of_softmax = softmax(EVERYWHERE)
    scores = np.random.default_rng(seed=0).normal(0, 5, (999, 4))
    return {
        identity: {
            "its slope is 1 everywhere": np.all(identity.derivative(EVERYWHERE) == 1),
            "it does not bend": np.ptp(np.diff(identity(np.arange(-9.0, 9.0)))) == 0,
        },
        sigmoid: {
            "between 0 and 1": sigmoid(EVERYWHERE).max() <= 1,
            "beyond ±4 its slope is below 0.02": passes_less_than(0.02, sigmoid, 4),
            "at its steepest its slope is only a quarter": (
                math.isclose(best_of_sigmoid, 1 / 4)
            ),
            "its outputs are never negative": sigmoid(EVERYWHERE).min() >= 0,
        },
        tanh: {
            "negative inputs give negative outputs": np.all(tanh(-FAR) < 0),
            "inputs spread around 0 give outputs around 0": abs(mean(tanh)) < 1e-12,
            "at 0 its slope is 1, four times the best of the sigmoid": (
                math.isclose(tanh.derivative(0.0), 4 * best_of_sigmoid)
            ),
            "beyond ±3 its slope is below 0.01": passes_less_than(0.01, tanh, 3),
            "its slope is 1 at a single point only, and less everywhere else": (
                np.all((slopes_of_tanh < 1) | (np.abs(GRID) < 1e-4))
            ),
        },
        relu: {
            "for positive inputs its slope is exactly 1, at any distance from 0": (
                np.all(relu.derivative(FAR) == 1)
            ),
            "many outputs are exactly 0 (half of them for inputs spread evenly around 0)": (
                np.mean(relu(EVERYWHERE) == 0) == 1 / 2
            ),
            "for negative inputs its slope is exactly 0": (
                np.all(relu.derivative(-FAR) == 0)
            ),
            "its outputs are never negative and have no upper bound": (
                relu(-FAR).min() >= 0 and relu(1e300) == 1e300
            ),
        },
        leaky_relu: {
            "its slope is never 0 (for α ≠ 0)": np.all(
                leaky_relu.derivative(EVERYWHERE)
            ),
            "1 % for α = 0.01": leaky_relu.derivative(-1.0, negative_slope=0.01)
            == 0.01,
        },
        elu: {
            "outputs go below 0, so that their mean lies nearer to 0 than with ReLU": (
                0 < mean(elu) < mean(relu)
            ),
            "with α = 1 it has no corner: at x = 0 its slope is 1 from both sides": (
                step_at_0(elu) < 1e-8 and step_at_0(elu, alpha=0.9) > 0.09
            ),
            "as long as the input is not far below 0": (
                elu.derivative(-2.0) > 0.1 > elu.derivative(-3.0)
            ),
            "with α = 1, below −5 less than 1 % of a gradient passes": (
                elu.derivative(-5.0) < 0.01 < elu.derivative(-4.6)
            ),
        },
        selu: {
            "inputs with mean 0 and variance 1 give outputs with mean 0 and variance 1": (
                keeps_mean_and_variance
            ),
            "a layer whose inputs are slightly off is pulled back": (
                all(pulled_back(*each) for each in off)
            ),
            "with weights of variance 1/n": keeps_mean_and_variance,
            "with 2/n, outputs grow": mean(lambda z: selu(2**0.5 * z) ** 2) > 1.5,
            "a corner at 0": step_at_0(selu) > 0.7,
        },
        gelu: {
            smooth_words: smooth(gelu),
            "almost ReLU away from 0": from_relu(gelu, beyond=4) < 2e-4,
            "there are faster versions that differ a little": (
                1e-4 < from_gelu(gelu(GRID, approximate="tanh")) < 5e-4
                and 2.0e-2 < from_gelu(GRID * sigmoid(1.702 * GRID)) < 2.1e-2
            ),
        },
        silu: {
            smooth_words: smooth(silu),
            "almost ReLU far from 0": from_relu(silu, beyond=12) < 1e-4,
            "to the left of its lowest point the slope is negative, and far to the left it is "
            "almost 0": silu.derivative(np.linspace(-40, -1.2785, 999)).max() < 0
            and silu(-1.27846) < silu(GRID).min() + 1e-9
            and abs(silu.derivative(-20.0)) < 1e-6,
        },
        softplus: {
            "every output is positive": softplus(GRID).min() > 0,
            "its slope is the sigmoid": (
                np.all(softplus.derivative(GRID) == sigmoid(GRID))
            ),
            "at x = 0 the output is 0.69, not 0": round(softplus(0.0), 2) == 0.69,
            "from −746 on its output is too small for 64 bits and becomes 0, so 1e-6 is": (
                softplus(-746.0) == 0 < softplus(-745.0)
            ),
        },
        softmax: {
            "its outputs are never negative and sum to 1": (
                outputs_of_softmax.min() >= 0
                and math.isclose(outputs_of_softmax.sum(), 1)
            ),
            "smooth: a small change of a score changes the outputs a little": (
                np.abs(softmax.jacobian(scores)).max() <= 0.25
            ),
            "one score far above the others leaves almost no slope": (
                np.abs(softmax.jacobian([20.0, 1.0, 2.0])).max() < 1e-6
            ),
            "e to the power of a score above 709.78 (88.72 in 32 bits) is too large": (
                last_exp(np.float64) == 709.78 and last_exp(np.float32) == 88.72
            ),
        },
    }


@every_activation
def test_claims_on_the_card_are_true_and_every_number_is_among_them(f):
    card = "; ".join(f.strengths + f.weaknesses)
    for words, is_true in claims()[f].items():
        assert words in card, "the card no longer says so: change its claims too"
        assert is_true, words
        card = card.replace(words, "")
    left = re.search(r"\d|\bhalf\b|\bquarter\b|\btimes\b|\btwice\b", card)
    assert not left, f"{f.name} says {card!r}: prove it among its claims"
