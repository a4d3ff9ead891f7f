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

TEXTS = (
    "name",
    "formula",
    "derivative_formula",
    "range_text",
    "output_type",
    "input_type",
)

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


def test_order_is_that_of_the_lessons():
    order = "identity sigmoid tanh relu leaky_relu elu selu gelu silu softplus softmax"
    assert list(ACTIVATIONS) == order.split()


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
    assert all(
        isinstance(entry, tuple) for entry in (f.strengths, f.weaknesses, f.saturates)
    )
    texts = [getattr(f, name) for name in TEXTS] + [f.used_for, f.reference]
    for text in (*texts, *f.strengths, *f.weaknesses):
        assert re.fullmatch(r"\S.*[^\s.]", text)
        assert "!" not in text
    for formula in (f.formula, f.derivative_formula):
        for opening, closing in ("{}", "()"):
            assert formula.count(opening) == formula.count(closing)


def test_colours_are_valid_distinct_and_not_that_of_slopes():
    colours = [f.colour.upper() for f in ACTIVATIONS.values()]
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours)
    assert len(set(colours)) == len(colours)
    assert "#D55E00" not in colours  # vermilion is the slope of every function


# Parameters -----------------------------------------------------------------------------


@every_activation
def test_parameters_are_those_of_both_functions(f):
    usual = {name: p.default for name, p in f.parameters.items()}
    for function in (f.function, f.slope_function):
        _, *others = inspect.signature(function).parameters.values()
        # Where the scores lie, and how to compute, are no shapes of the curve.
        named = {
            p.name: p.default for p in others if p.name not in ("axis", "approximate")
        }
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
        (f.identifier, name): (p.default, p.low, p.high, p.step)
        for f in ACTIVATIONS.values()
        for name, p in f.parameters.items()
    }
    assert sliders == {
        ("leaky_relu", "negative_slope"): (0.01, 0, 1, 0.01),
        ("elu", "alpha"): (1, 0, 3, 0.05),
        ("silu", "beta"): (1, 0, 10, 0.1),
        ("softmax", "temperature"): (1, 0.1, 5, 0.1),
    }


# Facts that the functions themselves prove ----------------------------------------------


@every_activation
def test_range_is_respected_and_approached(f):
    value, _ = curve(f)
    outputs = value(
        np.concatenate(
            [GRID, np.geomspace(10, 1.7e308, 400), -np.geomspace(10, 1.7e308, 400)]
        )
    )
    for end, reached, beyond in zip(
        f.range, (outputs.min(), outputs.max()), (-1, 1), strict=True
    ):
        if math.isinf(end):
            assert math.copysign(1, end) == beyond
            assert reached * beyond > 1e300
        else:
            assert abs(reached - end) < 1e-4
            assert (
                reached - end
            ) * beyond < 1e-5  # a card may round an end to a few decimals


@every_activation
def test_range_text_says_the_range_and_which_ends_are_reached(f):
    opening, low, high, closing = re.search(
        r"([\[(])(\S+), (\S+?)([\])])", f.range_text
    ).groups()
    said = [float(end.replace("−", "-").replace("∞", "inf")) for end in (low, high)]
    assert said == pytest.approx(f.range, abs=0.005)
    outputs = curve(f)[0](GRID[np.abs(GRID) <= 5])
    for bracket, end, nearest in (
        (opening, f.range[0], outputs.min()),
        (closing, f.range[1], outputs.max()),
    ):
        assert (bracket in "[]") == (math.isfinite(end) and abs(nearest - end) < 1e-5)


@every_activation
def test_largest_slope_is_found_by_looking_for_it(f):
    _, slope = curve(f)
    best = GRID[np.argmax(slope(GRID))]
    near = scipy.optimize.minimize_scalar(
        lambda x: -slope(x), bounds=(best - 0.01, best + 0.01), options={"xatol": 1e-9}
    )
    assert max(slope(GRID).max(), -near.fun) == pytest.approx(f.largest_slope, rel=1e-4)
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
    dead = tuple(
        side for side, x in (("left", -100.0), ("right", 100.0)) if abs(slope(x)) < 1e-6
    )
    assert f.saturates == dead


@every_activation
def test_zero_centred_means_a_mean_of_zero_for_normal_inputs(f):
    values = curve(f)[0]
    assert (f.zero_centred != "no") == (abs(mean(values)) < 1e-6)
    is_odd = np.isclose(values(-3.0), -values(3.0))
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


@pytest.mark.parametrize(
    "f", [f for f in ACTIVATIONS.values() if not isinstance(f, Softmax)], ids=str
)
def test_formulas_on_the_card_give_what_the_functions_give(f):
    x = np.linspace(-6, 6, 49)
    for setting in (0.25, 0.75):
        given = dict.fromkeys(f.parameters, setting)
        symbols = (
            {"alpha": setting, "beta": setting}
            if given
            else {"alpha": 1.6732632423543772}
        )
        np.testing.assert_allclose(
            evaluate(f.formula, x, **symbols), f(x, **given), rtol=1e-9, atol=1e-12
        )
        away = x[x != 0]  # at a corner a formula gives no slope
        slope = evaluate(f.derivative_formula, away, **symbols)
        np.testing.assert_allclose(
            slope, f.derivative(away, **given), rtol=1e-9, atol=1e-9
        )


def test_formulas_of_softmax():
    z = [0.5, -1.0, 2.0]
    assert softmax.formula == r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"
    p = [math.exp(z_i) / sum(math.exp(z_j) for z_j in z) for z_i in z]
    np.testing.assert_allclose(softmax(z), p, rtol=1e-14)
    assert (
        softmax.derivative_formula
        == r"\frac{\partial p_i}{\partial z_j} = p_i\,(\delta_{ij} - p_j)"
    )
    slopes = [[p[i] * ((i == j) - p[j]) for j in range(3)] for i in range(3)]
    np.testing.assert_allclose(softmax.jacobian(z), slopes, rtol=1e-14)


# Claims in strengths and weaknesses -----------------------------------------------------

FAR = np.geomspace(1e-300, 1e300, 601)
BOTH_SIDES = np.concatenate([-FAR, FAR])


def passes_less_than(share, f, beyond):
    """Return whether less than `share` of a gradient passes beyond ±beyond, and more inside."""
    x = beyond + np.linspace(0, 50, 5001)
    return (
        np.all(f.derivative(x) < share)
        and np.all(f.derivative(-x) < share)
        and f.derivative(0.9 * beyond) > share
    )


def cross_entropy_gradient_is_p_minus_y():
    z, y = np.array([0.5, -1.0, 2.0]), np.array([0.0, 1.0, 0.0])
    stepped = z + 1e-30j * np.eye(3)
    loss = np.log(np.exp(stepped).sum(axis=-1)) - stepped @ y
    return np.allclose(loss.imag / 1e-30, softmax(z) - y, rtol=0, atol=1e-15)


def moments(f):
    """Return mean and variance of f(z) for z ~ N(0, 1)."""
    return mean(f), mean(lambda z: f(z) ** 2) - mean(f) ** 2


def pulled_back(centre, variance):
    """Return whether a layer of SELU brings that mean and variance nearer to 0 and 1.

    With random weights of mean 0 and variance 1/n its sums have mean 0, and the inputs' mean
    square as their variance.
    """
    spread = math.sqrt(variance + centre**2)
    after = moments(lambda z: selu(spread * z))
    return np.hypot(after[0], after[1] - 1) < 0.9 * np.hypot(centre, variance - 1)


def smooth(f):
    """Return whether neither the slope nor the slope's slope jumps anywhere."""
    slopes = f.derivative(np.linspace(-9, 9, 180_001))
    return (
        np.abs(np.diff(slopes)).max() < 1e-3 and np.abs(np.diff(slopes, 2)).max() < 1e-7
    )


def drops_most_at(f, x):
    return math.isclose(GRID[np.argmin(f(GRID))], x, abs_tol=1e-3)


# (activation, words on its card): what proves them. A number without an entry fails below.
CLAIMS = {
    (identity, "its slope is 1 everywhere"): lambda: np.all(
        identity.derivative(BOTH_SIDES) == 1
    ),
    (identity, "it does not bend"): lambda: np.all(
        np.diff(identity(np.arange(-9.0, 9.0)), 2) == 0
    ),
    (sigmoid, "between 0 and 1"): lambda: np.all(
        (sigmoid(BOTH_SIDES) >= 0) & (sigmoid(BOTH_SIDES) <= 1)
    ),
    (sigmoid, "beyond ±4 its slope is below 0.02"): lambda: passes_less_than(
        0.02, sigmoid, 4
    ),
    (sigmoid, "at its steepest its slope is only a quarter"): lambda: math.isclose(
        sigmoid.derivative(GRID).max(), 1 / 4
    ),
    (sigmoid, "its outputs are never negative"): lambda: np.all(
        sigmoid(BOTH_SIDES) >= 0
    ),
    (tanh, "negative inputs give negative outputs"): lambda: np.all(tanh(-FAR) < 0),
    (tanh, "inputs spread around 0 give outputs around 0"): lambda: (
        abs(mean(tanh)) < 1e-12
    ),
    (tanh, "at 0 its slope is 1, four times the best of the sigmoid"): lambda: (
        tanh.derivative(0.0) == 1
        and math.isclose(4 * sigmoid.derivative(GRID).max(), 1)
    ),
    (tanh, "beyond ±3 less than 1 % of a gradient passes"): lambda: passes_less_than(
        0.01, tanh, 3
    ),
    (tanh, "its slope is 1 at a single point only, and less everywhere else"): lambda: (
        np.all(tanh.derivative(GRID[np.abs(GRID) > 1e-4]) < 1)
        and np.all(tanh.derivative(GRID) <= 1)
    ),
    (
        relu,
        "for positive inputs its slope is exactly 1, at any distance from 0",
    ): lambda: np.all(relu.derivative(FAR) == 1),
    (
        relu,
        "many outputs are exactly 0 (half of them for inputs spread evenly around 0)",
    ): lambda: np.mean(relu(BOTH_SIDES) == 0) == 1 / 2,
    (relu, "for negative inputs its slope is exactly 0"): lambda: np.all(
        relu.derivative(-FAR) == 0
    ),
    (relu, "its outputs are never negative and have no upper bound"): lambda: (
        np.all(relu(-FAR) >= 0) and relu(1e300) == 1e300
    ),
    (leaky_relu, "its slope is never 0 (for α ≠ 0)"): lambda: (
        np.all(leaky_relu.derivative(BOTH_SIDES) != 0)
        and leaky_relu.derivative(-1.0, negative_slope=0) == 0
    ),
    (leaky_relu, "1 % for α = 0.01"): lambda: (
        leaky_relu.derivative(-1.0, negative_slope=0.01) == 0.01
    ),
    (
        elu,
        "outputs go below 0, so that their mean lies nearer to 0 than with ReLU",
    ): lambda: 0 < mean(elu) < mean(relu),
    (
        elu,
        "with α = 1 it has no corner: on both sides of x = 0 its slope is 1",
    ): lambda: (
        abs(elu.derivative(-1e-9) - elu.derivative(1e-9)) < 1e-8
        and abs(elu.derivative(-1e-9, alpha=0.9) - elu.derivative(1e-9, alpha=0.9))
        > 0.09
    ),
    (elu, "as long as the input is not far below 0"): lambda: (
        elu.derivative(-2.0) > 0.1 > elu.derivative(-3.0)
    ),
    (elu, "with α = 1, below −5 less than 1 % of a gradient passes"): lambda: (
        elu.derivative(-5.0) < 0.01 < elu.derivative(-4.6)
    ),
    (
        selu,
        "inputs with mean 0 and variance 1 give outputs with mean 0 and variance 1",
    ): lambda: np.allclose(moments(selu), (0, 1), rtol=0, atol=1e-9),
    (selu, "a layer whose inputs are slightly off is pulled back"): lambda: all(
        pulled_back(*off)
        for off in ((0, 0.8), (0, 1.2), (0.1, 0.9), (-0.1, 1.1), (0.2, 1), (-0.2, 1.2))
    ),
    (selu, "with weights of variance 1/n"): lambda: math.isclose(
        mean(lambda z: selu(z) ** 2), 1, abs_tol=1e-9
    ),
    (selu, "with 2/n, outputs grow"): lambda: (
        mean(lambda z: selu(math.sqrt(2) * z) ** 2) > 1.5
    ),
    (selu, "a corner at 0"): lambda: (
        selu.derivative(-1e-9) - selu.derivative(1e-9) > 0.7
    ),
    (gelu, "smooth: neither the curve nor its slope has a corner anywhere"): lambda: (
        smooth(gelu)
    ),
    (gelu, "almost ReLU away from 0"): lambda: (
        np.abs(gelu(BOTH_SIDES) - relu(BOTH_SIDES))[np.abs(BOTH_SIDES) > 4].max() < 2e-4
    ),
    (gelu, "there are several versions (exact, tanh, 1.702)"): lambda: (
        1e-4 < farthest(gelu(GRID, approximate="tanh")) < 5e-4
        and 2.0e-2 < farthest(GRID * sigmoid(1.702 * GRID)) < 2.1e-2
    ),
    (silu, "smooth: neither the curve nor its slope has a corner anywhere"): lambda: (
        smooth(silu)
    ),
    (
        silu,
        "to the left of its lowest point the slope is negative, and far to the left it is almost 0",
    ): lambda: (
        drops_most_at(silu, -1.27846)
        and np.all(silu.derivative(np.linspace(-40, -1.2785, 999)) < 0)
        and abs(silu.derivative(-20.0)) < 1e-6
    ),
    (softplus, "every output is positive"): lambda: np.all(softplus(GRID) > 0),
    (softplus, "its slope is the sigmoid"): lambda: np.array_equal(
        softplus.derivative(GRID), sigmoid(GRID)
    ),
    (softplus, "at x = 0 the output is 0.69, not 0"): lambda: (
        as_quoted(softplus(0.0), "0.69") == "0.69"
    ),
    (
        softplus,
        "from −746 on its output is too small for 64 bits and becomes 0, so 1e-6 is",
    ): lambda: softplus(-746.0) == 0 < softplus(-745.0),
    (softmax, "its outputs are never negative and sum to 1"): lambda: (
        softmax(BOTH_SIDES).min() >= 0 and math.isclose(softmax(BOTH_SIDES).sum(), 1)
    ),
    (
        softmax,
        "with cross-entropy its gradient is simply p − y",
    ): cross_entropy_gradient_is_p_minus_y,
    (softmax, "one score far above the others leaves almost no slope"): lambda: (
        np.abs(softmax.jacobian([20.0, 1.0, 2.0])).max() < 1e-6
    ),
    (softmax, "exp overflows above 709.78 (88.72 in 32 bits)"): lambda: (
        [exp_overflows(x, float) for x in (709.78, 709.79)] == [False, True]
        and [exp_overflows(x, np.float32) for x in (88.72, 88.73)] == [False, True]
    ),
}


@pytest.mark.parametrize(("f", "words"), CLAIMS, ids=lambda part: str(part)[:40])
def test_claim_on_the_card_is_true(f, words):
    assert any(words in text for text in f.strengths + f.weaknesses), (
        "the card no longer says so: change CLAIMS too"
    )
    assert CLAIMS[f, words]()


@every_activation
def test_every_number_in_a_claim_is_verified_above(f):
    for text in f.strengths + f.weaknesses:
        for claimant, words in CLAIMS:
            if claimant is f:
                text = text.replace(words, "")
        left = re.search(r"\d|\bhalf\b|\bquarter\b|\btimes\b|\btwice\b", text)
        assert not left, f"{f.name} says {text!r}: prove it in CLAIMS"


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


QUOTED = {
    "σ′(4)": (lambda: sigmoid.derivative(4), "0.01766"),
    "tanh′(3)": (lambda: tanh.derivative(3), "0.009866"),
    "σ rounds to 1": (lambda: first_that(lambda x: sigmoid(x) == 1), "36.737"),
    "naive": (
        lambda: first_that(lambda x: naive_sigmoid_is_1(x, np.float64), 0, 100),
        "36.737",
    ),
    "float32": (
        lambda: first_that(lambda x: naive_sigmoid_is_1(x, np.float32), 0, 80),
        "16.636",
    ),
    "our float32": (
        lambda: first_that(lambda x: sigmoid(np.float32(x)) == 1),
        "17.329",
    ),
    "exp": (lambda: first_that(lambda x: exp_overflows(x, np.float64)), "709.78"),
    "exp, float32": (
        lambda: first_that(lambda x: exp_overflows(x, np.float32)),
        "88.723",
    ),
    "SELU's limit on the left": (lambda: selu(-np.inf), "-1.75809934"),
    "GELU at its lowest": (lambda: lowest(gelu).fun, "-0.16997"),
    "where GELU is lowest": (lambda: lowest(gelu).x, "-0.75179"),
    "GELU′(√2)": (lambda: gelu.derivative(math.sqrt(2)), "1.1289"),
    "SiLU at its lowest": (lambda: lowest(silu).fun, "-0.27846"),
    "SiLU′(2.3994)": (lambda: silu.derivative(2.3994), "1.0998"),
    "GELU's tanh form": (lambda: farthest(gelu(GRID, approximate="tanh")), "4.73e-04"),
    "GELU's 1.702 form": (lambda: farthest(GRID * sigmoid(1.702 * GRID)), "2.03e-02"),
    "mean of σ′": (lambda: mean(sigmoid.derivative), "0.2066"),
    "mean of tanh′": (lambda: mean(tanh.derivative), "0.6057"),
    "mean of ReLU": (lambda: mean(relu), "0.3989"),
}


def as_quoted(number, quoted):
    """Return the number written with as many digits as the quoted one."""
    digits, _, exponent = quoted.partition("e")
    decimals = len(digits.partition(".")[2])
    return f"{number:.{decimals}{'e' if exponent else 'f'}}"


@pytest.mark.parametrize(("number", "quoted"), QUOTED.values(), ids=QUOTED)
def test_quoted_number(number, quoted):
    assert as_quoted(number(), quoted) == quoted


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
    entropy = -np.sum(p * np.log(p))
    assert [
        as_quoted(*pair) for pair in zip([*p, entropy], outputs, strict=True)
    ] == outputs


def test_tanh_is_a_stretched_sigmoid():
    np.testing.assert_allclose(
        tanh(GRID), 2 * sigmoid(2 * GRID) - 1, rtol=0, atol=1e-15
    )
    assert (
        abs(tanh(1.0) - (2 * sigmoid(1.0) - 1)) > 0.2
    )  # with σ(x) in place of σ(2x) it is another function


def test_sigmoid_is_symmetric_and_tanh_is_odd():
    np.testing.assert_allclose(sigmoid(-GRID), 1 - sigmoid(GRID), rtol=0, atol=1e-15)
    np.testing.assert_array_equal(tanh(-GRID), -tanh(GRID))
