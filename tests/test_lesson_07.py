"""07_silu: the input, its gate and their product side by side, and the lesson's numbers."""

import numpy as np
import pytest
from exact import mp
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit
from scipy.stats import norm
from shared import grab, mark, names, read, says, set_to, texts

import helpers
from lessons.silu import gated

LESSON = read("07_silu")
DEFINITIONS = [
    "imports",
    "silu",
    "silu-slope",
    "dip-code",
    "swiglu",
    "swiglu-run",
    "product-code",
]
DEFINITIONS += ["naive", "safe", "outside", "hard"]


@pytest.fixture(scope="module")
def cells():
    return names(LESSON, *DEFINITIONS)


def silu(x, beta=1.0):
    return x * expit(beta * np.asarray(x))


def slope(x, beta=1.0):
    """Return the slope by a complex step, which loses no digits."""
    z = np.asarray(x) + 1e-30j
    return (z / (1 + np.exp(-beta * z))).imag / 1e-30


# The figure


@pytest.mark.parametrize(
    ("gate", "beta", "x0"),
    [
        (helpers.sigmoid, 0.0, 3.1),
        (helpers.sigmoid, 10.0, -0.1),
        (helpers.sigmoid, 1.0, 4.0),
        (lambda z: np.clip(z / 6 + 0.5, 0, 1), 2.5, -1.0),
    ],
)
def test_input_gate_and_product_are_drawn(gate, beta, x0):
    live = gated(gate)
    set_to(live, beta=beta, x0=x0)
    functions = {
        "input": lambda x: x,
        "gate": lambda x: gate(beta * x),
        "output": lambda x: x * gate(beta * x),
    }
    for name, function in functions.items():
        x, heights = mark(live, f"{name} curve").get_xydata().T
        assert (x[0], x[-1]) == (-4, 4)
        np.testing.assert_allclose(heights, function(x), atol=1e-12)
        stem = mark(live, f"{name} stem").get_xydata()
        np.testing.assert_allclose(stem, [[x0, 0], [x0, function(x0)]], atol=1e-12)
        np.testing.assert_allclose(mark(live, f"{name} dot").get_xydata(), stem[1:])
    assert mark(live, "what came in").get_xydata().tolist() == [[x0, 0], [x0, x0]]


def test_the_product_is_written_out_in_numbers():
    live = gated(helpers.sigmoid)
    assert texts(live) == {"input": "−2.0", "gate": "0.1192", "output": "−0.238"}
    equation = "−2.0 × 0.1192 = −0.238"
    assert (
        live.alt == f"For β = 1.0, the input times its gate is the output: {equation}."
    )
    set_to(live, beta=10, x0=4)
    assert texts(live) == {"input": "4.0", "gate": "1.0000", "output": "4.000"}


@pytest.mark.parametrize(("name", "axes"), [("input", 0), ("gate", 1), ("output", 2)])
def test_each_dot_can_be_dragged(name, axes):
    live = gated(helpers.sigmoid)
    grab(live, axes, mark(live, f"{name} dot").get_xydata()[0], (3, 0.5))
    assert live.controls["x0"].value == 3


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ({"gate": np.sum}, r"returns shape \(\)"),
        ({"gate": helpers.tanh}, "a share from 0 to 1, but tanh returns -0.9993"),
        ({"beta": -1}, "beta must lie between 0 and 10"),
        ({"x0": 5}, "x0 must lie between -4 and 4"),
    ],
)
def test_what_is_no_gate_or_out_of_range_is_refused(arguments, part):
    with pytest.raises(ValueError, match=part):
        gated(**{"gate": helpers.sigmoid, **arguments})


def test_a_gate_that_leaves_0_to_1_later_leaves_the_last_picture():
    live = gated(lambda z: np.abs(z) / 8, beta=1.0)
    before = live.alt
    set_to(live, beta=2.5)
    assert "f returns 1.25 at -10" in live.message
    assert live.alt == before


# The numbers


@pytest.mark.parametrize("beta", [0.0, 0.5, 1.0, 1.702, 10.0])
def test_the_lessons_functions_are_right(cells, beta):
    x = np.linspace(-30, 30, 601)
    own = cells["silu"](x, beta), cells["silu_slope"](x, beta)
    np.testing.assert_allclose(own[0], silu(x, beta), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(own[1], slope(x, beta), rtol=1e-9, atol=1e-12)


def test_the_dip_is_where_the_output_is_the_place_plus_1(cells):
    place = float(-1 - mp.lambertw(mp.exp(-1)))  # 1 + x + e^x = 0
    assert cells["place"] == pytest.approx(place, abs=1e-12)
    assert silu(place) == pytest.approx(place + 1, abs=1e-12)
    assert slope(place) == pytest.approx(0, abs=1e-12)
    x = np.linspace(-50, 50, 100_001)
    assert np.count_nonzero(np.diff(np.sign(silu(x) - (x + 1)))) == 1  # and only there
    assert np.count_nonzero(np.diff(np.sign(slope(x)))) == 1  # it falls, then rises


@pytest.mark.parametrize("beta", [0.5, 1, 2, 10])
def test_every_beta_is_the_same_curve_at_another_scale(beta):
    x = np.linspace(-6, 6, 1_200_001)
    y = silu(x, beta)
    np.testing.assert_allclose(y, silu(beta * x) / beta, atol=1e-12)
    assert (x[y.argmin()], y.min()) == pytest.approx(
        (-1.278465 / beta, -0.278465 / beta), abs=2e-5
    )
    assert np.abs(y - np.maximum(0, x)).max() == pytest.approx(
        0.278465 / beta, abs=1e-5
    )


@pytest.mark.parametrize(
    ("value", "stated", "error"),
    [
        (expit(4), 0.98, 0.005),
        (expit(-2), 0.1192, 5e-5),
        (silu(-2), -0.238, 5e-4),
        (slope(-2), -0.091, 5e-4),
        (slope(-100), 0, 1e-12),
        (slope(100), 1, 1e-12),
        (norm.cdf(brentq(slope, -2, 0)), 0.1005, 5e-5),
    ],
)
def test_numbers_in_the_prose(value, stated, error):
    assert value == pytest.approx(stated, abs=error)


def test_slopes_of_x_and_minus_x_add_up_to_1():
    x = np.linspace(-20, 20, 401)
    np.testing.assert_allclose(slope(x) + slope(-x), 1, atol=1e-12)
    np.testing.assert_allclose(silu(x) - silu(-x), x, atol=1e-12)
    steepest = minimize_scalar(
        lambda x: -slope(x), bounds=(1, 5), options={"xatol": 1e-9}
    )
    assert (steepest.x, -steepest.fun) == pytest.approx((2.3994, 1.0998), abs=5e-5)


def test_which_beta_comes_nearest_to_gelu():
    x = np.linspace(-8, 8, 16_001)
    distances = {}
    for beta in np.arange(150, 201) / 100:
        distances[beta] = np.abs(silu(x, beta) - x * norm.cdf(x)).max()
    assert min(distances, key=distances.get) == 1.77
    assert distances[1.77] == pytest.approx(0.0142, abs=5e-5)


# SwiGLU


def test_swiglu_is_the_sum_over_hidden_units(cells):
    x, W, V, W2 = (cells[name] for name in ("words", "W", "V", "W2"))
    by_hand = np.einsum("nh,nh,hd->nd", silu(x @ W), x @ V, W2)
    np.testing.assert_allclose(cells["swiglu"](x, W, V, W2), by_hand, atol=1e-12)


def test_two_units_multiply_exactly(cells):
    pairs = np.random.default_rng(0).uniform(-100, 100, size=(1000, 2))
    weights = cells["gate_weights"], cells["value_weights"], np.ones((2, 1))
    products = cells["swiglu"](pairs, *weights)[:, 0]
    np.testing.assert_allclose(products, pairs.prod(axis=1), atol=1e-9)


@pytest.mark.parametrize("f", [helpers.relu, helpers.gelu, helpers.silu])
def test_far_out_a_plain_layer_grows_like_a_straight_line(f):
    W, W2 = np.random.default_rng(0).normal(size=(2, 2, 50))
    far, farther = (f(np.full(2, scale) @ W) @ W2[0] for scale in (1e4, 1e5))
    assert farther / far == pytest.approx(10, rel=1e-3)


# Break it, and measured


def test_one_line_complains_and_its_cure_does_not(cells):
    x = np.array([-np.inf, -1e308, -1000.0, -700.0, -20.0, 0.0, 20.0, 1000.0, np.inf])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        safe = cells["safe_silu"](x)
    np.testing.assert_allclose(safe, helpers.silu(x), rtol=1e-12, atol=1e-300)


def test_beta_in_front_agrees_at_1_alone(cells):
    x = np.linspace(-6, 6, 121)
    wrong = cells["beta_outside"]
    np.testing.assert_allclose(wrong(x, 1.0), silu(x), atol=1e-12)
    assert np.all(wrong(x, 0.0) == 0)
    np.testing.assert_allclose(silu(x, 0.0), x / 2)
    for beta in (0.9, 1.1, 3.0):
        assert np.abs(wrong(x, beta) - silu(x, beta)).max() > 0.1


def test_sums_around_0():
    def mean(function):
        return quad(lambda z: float(function(z)) * norm.pdf(z), -12, 12)[0]

    of_relu = norm.pdf(0)  # 1/√(2π)
    assert mean(silu) == pytest.approx(0.2066, abs=5e-5)
    assert mean(silu) / of_relu == pytest.approx(0.5, abs=0.02)
    assert mean(slope) == pytest.approx(0.5)
    assert mean(lambda z: silu(z) ** 2) < 0.4 < mean(lambda z: max(z, 0) ** 2)


def test_what_arrives_through_ten_layers():
    (cell,) = (cell for cell in LESSON.cells if cell.id == "deep-code")
    lines = cell.outputs[0].text.splitlines()
    relu, silu, relu_normalised, silu_normalised = (
        float(line.split()[-2]) for line in lines
    )
    assert silu < 0.25 * relu
    assert 0.9 < silu_normalised / relu_normalised < 1.5
    x = np.random.default_rng(1).normal(size=(256, 128))
    activity = helpers.Network([128] * 11 + [2], "silu", "he", 1).activity(x)
    sizes = [np.std(z) for z in activity.z[:-1]]
    assert np.all(np.diff(sizes[:5]) < 0)
    assert sizes[-1] < 0.3 * sizes[0]


def test_hard_swish(cells):
    x = np.linspace(-6, 6, 12_001)
    y = x * cells["hard_gate"](x)
    np.testing.assert_allclose(
        y, x * np.clip(x + 3, 0, 6) / 6, atol=1e-12
    )  # x · ReLU6(x + 3) / 6
    assert (x[y.argmin()], y.min()) == pytest.approx((-1.5, -0.375))
    assert np.all(y[x <= -3] == 0)
    assert says(LESSON, "Its dip is deeper, −0.375 at −1.5")
