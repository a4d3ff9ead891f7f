"""The registry: what can be computed of a card is, and so are the numbers in the lessons."""

import copy
import dataclasses
import inspect
import math
import pickle
import re

import ipywidgets
import numpy as np
import pytest
import scipy.optimize
import scipy.special
import scipy.stats
from matplotlib.colors import to_hex
from numpy.testing import assert_allclose, assert_array_equal

import helpers
from helpers.activations import (
    ACTIVATIONS,
    Softmax,
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


def curve(f):
    """Return value and slope of f as functions of one number, a first score for softmax."""
    if not isinstance(f, Softmax):
        return f, f.derivative

    def of_first_score(call):
        return lambda x: call(np.stack([x, 0.0 * x], axis=-1))[..., 0]

    return of_first_score(f), of_first_score(f.derivative)


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
    value, _ = curve(f)
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
    value, _ = curve(f)
    outputs = value(GRID[np.abs(GRID) <= 5])
    reached = np.isclose([outputs.min(), outputs.max()], f.range, atol=1e-5)
    assert (opening == "[", closing == "]") == tuple(reached)


@every_activation
def test_largest_slope_is_found_by_looking_for_it(f):
    _, slope = curve(f)
    slopes = slope(GRID)
    best = GRID[np.argmax(slopes)]
    bounds = (best - 0.01, best + 0.01)
    near = scipy.optimize.minimize_scalar(
        lambda x: -slope(x), bounds=bounds, options={"xatol": 1e-9}
    )
    largest = max(slopes.max(), -near.fun)
    assert largest == pytest.approx(f.largest_slope, rel=1e-4)
    if isinstance(f, Softmax):  # wherever p = ½: many places
        assert f.largest_slope_at is None
    elif f.largest_slope_at is None:
        assert max(slope(1e3), slope(-1e3)) == pytest.approx(f.largest_slope)
    else:
        assert near.x == pytest.approx(f.largest_slope_at, abs=1e-3)
        assert slope(1e3) < f.largest_slope


@every_activation
def test_saturates_where_the_slope_dies_away(f):
    _, slope = curve(f)
    for side, x in (("left", -100.0), ("right", 100.0)):
        assert (side in f.saturates) == (abs(slope(x)) < 1e-6)


@every_activation
def test_zero_centred_means_a_mean_of_zero_for_normal_inputs(f):
    value, _ = curve(f)
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
    z = np.array([0.5, -1.0, 2.0])
    p = np.exp(z) / np.exp(z).sum()
    assert_allclose(softmax(z), p, rtol=1e-14)
    slopes = p[:, None] * (np.eye(3) - p)
    assert_allclose(softmax.jacobian(z), slopes, rtol=1e-14)
    assert_allclose(softmax.derivative(z), p * (1 - p), rtol=1e-14)


# Claims in strengths and weaknesses -----------------------------------------------------

FAR = np.geomspace(1e-300, 1e300, 601)
BOTH_SIDES = np.concatenate([-FAR, FAR])


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
    new_centre, new_variance = moments(lambda z: selu(std * z))
    before = math.hypot(centre, variance - 1)
    return math.hypot(new_centre, new_variance - 1) < 0.9 * before


def smooth(f):
    """Return whether neither the slope nor the slope's slope jumps anywhere."""
    slopes = f.derivative(np.linspace(-9, 9, 180_001))
    steps = np.diff(slopes)
    return np.abs(steps).max() < 1e-3 and np.abs(np.diff(steps)).max() < 1e-7


def step_at_0(f, **parameters):
    """Return how much the slope jumps at 0."""
    left, right = f.derivative([-1e-9, 1e-9], **parameters)
    return abs(right - left)


# Words on a card, and whether they are true. A number that is not among them fails below.


def identity_claims():
    steps = np.diff(identity(np.arange(-9.0, 9.0)))
    return {
        "its slope is 1 everywhere": np.all(identity.derivative(BOTH_SIDES) == 1),
        "it does not bend": np.ptp(steps) == 0,
    }


def sigmoid_claims():
    outputs = sigmoid(BOTH_SIDES)
    steepest = sigmoid.derivative(GRID).max()
    return {
        "between 0 and 1": outputs.max() <= 1,
        "beyond ±4 its slope is below 0.02": passes_less_than(0.02, sigmoid, 4),
        "at its steepest its slope is only a quarter": math.isclose(steepest, 1 / 4),
        "its outputs are never negative": outputs.min() >= 0,
    }


def tanh_claims():
    best_of_sigmoid = sigmoid.derivative(GRID).max()
    slopes = tanh.derivative(GRID)
    return {
        "negative inputs give negative outputs": np.all(tanh(-FAR) < 0),
        "inputs spread around 0 give outputs around 0": abs(mean(tanh)) < 1e-12,
        "at 0 its slope is 1, four times the best of the sigmoid": math.isclose(
            tanh.derivative(0.0), 4 * best_of_sigmoid
        ),
        "beyond ±3 its slope is below 0.01": passes_less_than(0.01, tanh, 3),
        "its slope is 1 at a single point only, and less everywhere else": np.all(
            (slopes < 1) | (np.abs(GRID) < 1e-4)
        ),
    }


def relu_claims():
    on_the_left = relu(-FAR)
    return {
        "for positive inputs its slope is exactly 1, at any distance from 0": np.all(
            relu.derivative(FAR) == 1
        ),
        "many outputs are exactly 0 (half of them for inputs spread evenly around 0)": (
            np.mean(relu(BOTH_SIDES) == 0) == 1 / 2
        ),
        "for negative inputs its slope is exactly 0": np.all(
            relu.derivative(-FAR) == 0
        ),
        "its outputs are never negative and have no upper bound": (
            on_the_left.min() >= 0 and relu(1e300) == 1e300
        ),
    }


def leaky_relu_claims():
    never_0 = np.all(leaky_relu.derivative(BOTH_SIDES) != 0)
    return {
        "its slope is never 0 (for α ≠ 0)": (
            never_0 and leaky_relu.derivative(-1.0, negative_slope=0) == 0
        ),
        "1 % for α = 0.01": leaky_relu.derivative(-1.0, negative_slope=0.01) == 0.01,
    }


def elu_claims():
    return {
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
    }


def selu_claims():
    slightly_off = [(0, 0.8), (0, 1.2), (0.1, 0.9), (-0.1, 1.1), (0.2, 1), (-0.2, 1.2)]
    return {
        "inputs with mean 0 and variance 1 give outputs with mean 0 and variance 1": (
            moments(selu) == pytest.approx((0, 1), abs=1e-9)
        ),
        "a layer whose inputs are slightly off is pulled back": all(
            pulled_back(*off) for off in slightly_off
        ),
        "with weights of variance 1/n": math.isclose(
            mean(lambda z: selu(z) ** 2), 1, abs_tol=1e-9
        ),
        "with 2/n, outputs grow": mean(lambda z: selu(math.sqrt(2) * z) ** 2) > 1.5,
        "a corner at 0": step_at_0(selu) > 0.7,
    }


SMOOTH = "smooth: neither the curve nor its slope has a corner anywhere"


def gelu_claims():
    away = BOTH_SIDES[np.abs(BOTH_SIDES) > 4]
    with_tanh = farthest(gelu(GRID, approximate="tanh"))
    with_sigmoid = farthest(GRID * sigmoid(1.702 * GRID))
    return {
        SMOOTH: smooth(gelu),
        "almost ReLU away from 0": np.abs(gelu(away) - relu(away)).max() < 2e-4,
        "there are faster versions that differ a little": (
            1e-4 < with_tanh < 5e-4 and 2.0e-2 < with_sigmoid < 2.1e-2
        ),
    }


def silu_claims():
    left = silu.derivative(np.linspace(-40, -1.2785, 999))
    far = BOTH_SIDES[np.abs(BOTH_SIDES) > 12]
    return {
        SMOOTH: smooth(silu),
        "almost ReLU far from 0": np.abs(silu(far) - relu(far)).max() < 1e-4,
        "to the left of its lowest point the slope is negative, and far to the left it is "
        "almost 0": math.isclose(lowest(silu).x, -1.27846, abs_tol=1e-4)
        and left.max() < 0
        and abs(silu.derivative(-20.0)) < 1e-6,
    }


def softplus_claims():
    return {
        "every output is positive": softplus(GRID).min() > 0,
        "its slope is the sigmoid": np.all(softplus.derivative(GRID) == sigmoid(GRID)),
        "at x = 0 the output is 0.69, not 0": round(softplus(0.0), 2) == 0.69,
        "from −746 on its output is too small for 64 bits and becomes 0, so 1e-6 is": (
            softplus(-746.0) == 0 < softplus(-745.0)
        ),
    }


def softmax_claims():
    outputs = softmax(BOTH_SIDES)
    slopes = softmax.jacobian([20.0, 1.0, 2.0])
    return {
        "its outputs are never negative and sum to 1": (
            outputs.min() >= 0 and math.isclose(outputs.sum(), 1)
        ),
        "smooth: a small change of a score changes the outputs a little": (
            np.abs(
                softmax.jacobian(np.random.default_rng(seed=0).normal(0, 5, (999, 4)))
            ).max()
            <= 0.25
        ),
        "one score far above the others leaves almost no slope": (
            np.abs(slopes).max() < 1e-6
        ),
        "e to the power of a score above 709.78 (88.72 in 32 bits) is too large": (
            [exp_overflows(x, float) for x in (709.78, 709.79)] == [False, True]
            and [exp_overflows(x, np.float32) for x in (88.72, 88.73)] == [False, True]
        ),
    }


CLAIMS = {
    identity: identity_claims,
    sigmoid: sigmoid_claims,
    tanh: tanh_claims,
    relu: relu_claims,
    leaky_relu: leaky_relu_claims,
    elu: elu_claims,
    selu: selu_claims,
    gelu: gelu_claims,
    silu: silu_claims,
    softplus: softplus_claims,
    softmax: softmax_claims,
}


@every_activation
def test_claims_on_the_card_are_true_and_every_number_is_among_them(f):
    card = "; ".join(f.strengths + f.weaknesses)
    for words, is_true in CLAIMS[f]().items():
        assert words in card, "the card no longer says so: change its claims too"
        assert is_true, words
        card = card.replace(words, "")
    left = re.search(r"\d|\bhalf\b|\bquarter\b|\btimes\b|\btwice\b", card)
    assert not left, f"{f.name} says {card!r}: prove it among its claims"


# Numbers that the lessons quote ---------------------------------------------------------


def first_that(condition, low=0, high=1000):
    """Return the number between low and high from which on the condition holds, by bisection."""
    for _ in range(200):
        middle = (low + high) / 2
        if condition(middle):
            high = middle
        else:
            low = middle
    return high


def naive_sigmoid_is_1(x, dtype):
    return 1 / (1 + np.exp(-dtype(x))) == 1


@np.errstate(over="ignore")
def exp_overflows(x, dtype):
    return np.isinf(np.exp(dtype(x)))


def farthest(approximation):
    """Return how far an approximation of GELU is from it at most."""
    return np.abs(gelu(GRID) - approximation).max()


def lowest(f):
    return scipy.optimize.minimize_scalar(f, bounds=(-2, 0), options={"xatol": 1e-9})


def as_quoted(number, quoted):
    """Return the number written with as many digits as the quoted one."""
    digits, _, exponent = quoted.partition("e")
    decimals = len(digits.partition(".")[2])
    return f"{number:.{decimals}{'e' if exponent else 'f'}}"


def test_quoted_numbers():
    quoted = {
        "0.01766": sigmoid.derivative(4),
        "0.009866": tanh.derivative(3),
        "36.737": first_that(lambda x: sigmoid(x) == 1),
        "36.7368": first_that(lambda x: naive_sigmoid_is_1(x, np.float64), 0, 100),
        "16.636": first_that(lambda x: naive_sigmoid_is_1(x, np.float32), 0, 80),
        "17.329": first_that(lambda x: sigmoid(np.float32(x)) == 1),
        "709.78": first_that(lambda x: exp_overflows(x, np.float64)),
        "88.723": first_that(lambda x: exp_overflows(x, np.float32)),
        "-1.75809934": selu(-np.inf),
        "-0.16997": lowest(gelu).fun,
        "-0.75179": lowest(gelu).x,
        "1.1289": gelu.derivative(math.sqrt(2)),
        "-0.27846": lowest(silu).fun,
        "1.0998": silu.derivative(2.3994),
        "4.73e-04": farthest(gelu(GRID, approximate="tanh")),
        "2.03e-02": farthest(GRID * sigmoid(1.702 * GRID)),
        "0.2066": mean(sigmoid.derivative),
        "0.6057": mean(tanh.derivative),
        "0.3989": mean(relu),
    }
    for text, number in quoted.items():
        assert as_quoted(number, text) == text


@pytest.mark.parametrize(
    ("temperature", "outputs"),
    [
        (0.5, ["0.01588", "0.11731", "0.86681", "0.4411"]),
        (1, ["0.09003", "0.24473", "0.66524", "0.8324"]),
        (2, ["0.18632", "0.30720", "0.50648", "1.0202"]),
    ],
)
def test_quoted_softmax_of_1_2_3_and_its_entropy(temperature, outputs):
    p = softmax([1, 2, 3], temperature=temperature)
    entropy = scipy.stats.entropy(p)
    numbers = map(as_quoted, [*p, entropy], outputs)
    assert list(numbers) == outputs


def test_tanh_is_a_stretched_sigmoid():
    assert_allclose(tanh(GRID), 2 * sigmoid(2 * GRID) - 1, rtol=0, atol=1e-15)


def test_sigmoid_is_symmetric_and_tanh_is_odd():
    assert_allclose(sigmoid(-GRID), 1 - sigmoid(GRID), rtol=0, atol=1e-15)
    assert_array_equal(tanh(-GRID), -tanh(GRID))
