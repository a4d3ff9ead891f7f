"""07_silu: the input, its gate and their product side by side, and the numbers that the lesson states."""

import numpy as np
import pytest
from exact import mp
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit
from scipy.stats import norm
from shared import names, read, says, set_to, texts

import helpers
from lessons.silu import check, gated

LESSON = read("07_silu")


@pytest.fixture(scope="module")
def cells():
    return names(LESSON)


def silu(x, beta=1.0):
    return x * expit(beta * np.asarray(x))


def slope(x, beta=1.0):
    """Return the slope by a complex step, which loses no digits."""
    z = np.asarray(x) + 1e-30j
    return (z / (1 + np.exp(-beta * z))).imag / 1e-30


def printed(cell):
    (output,) = next(c for c in LESSON.cells if c.id == cell).outputs
    return output.text


# The figure ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("beta", "x0"), [(1.0, -2.0), (0.0, 3.1), (10.0, -0.1), (2.5, 0.0), (10.0, -4.0), (1.0, 4.0)])
@pytest.mark.parametrize("gate", [helpers.sigmoid, lambda z: np.clip(z / 6 + 0.5, 0, 1)])
def test_input_gate_and_product_are_drawn(gate, beta, x0):
    live = gated(gate)
    set_to(live, beta=beta, x0=x0)
    for axes, height in zip(
        live.figure.axes, (lambda x: x, lambda x: gate(beta * x), lambda x: x * gate(beta * x)), strict=True
    ):
        curve = next(line for line in axes.lines if len(line.get_xdata()) > 100)
        x, y = curve.get_data()
        assert (x[0], x[-1]) == (-4, 4)
        np.testing.assert_allclose(y, height(x), atol=1e-12)
        (dot,) = (line for line in axes.lines if line.get_marker() == "o")
        np.testing.assert_allclose(dot.get_xydata(), [[x0, height(x0)]], atol=1e-12)
        assert any(
            np.array_equal(line.get_xdata(), [x0, x0]) and np.allclose(line.get_ydata(), [0, height(x0)])
            for line in axes.lines
        )
    whole = [line.get_ydata() for line in axes.lines if np.array_equal(line.get_xdata(), [x0, x0])]
    assert [0, x0] in [list(ends) for ends in whole]  # beside what passes stands what came in


def test_the_product_is_written_out_in_numbers():
    live = gated(helpers.sigmoid)
    assert texts(live) == {"input": "−2.0", "gate": "0.1192", "output": "−0.238"}
    assert live.alt == "For β = 1.0, the input times its gate is the output: −2.0 × 0.1192 = −0.238."
    set_to(live, beta=10, x0=4)
    assert texts(live) == {"input": "4.0", "gate": "1.0000", "output": "4.000"}
    assert len(live._grips) == 3  # the dot can be dragged in each panel


def test_panels_show_all_values_and_the_signs_of_the_product_stand_between_them():
    live = gated(helpers.sigmoid)
    for axes, ticks in zip(live.figure.axes, ([-4, -2, 0, 2, 4], [0, 0.5, 1], [-4, -2, 0, 2, 4]), strict=True):
        low, high = axes.get_ylim()
        assert low < ticks[0] < ticks[-1] < high < 1.2 * ticks[-1]
        assert low == pytest.approx(ticks[0] + ticks[-1] - high)
        assert axes.get_yticks().tolist() == ticks
    renderer = live.figure.canvas.get_renderer()
    signs = {text.get_text(): text.get_window_extent(renderer) for text in live.figure.axes[1].texts}
    one, gate, product = (axes.get_window_extent() for axes in live.figure.axes)
    assert one.x1 < signs["×"].x0 < signs["×"].x1 < gate.x0
    assert gate.x1 < signs["="].x0 < signs["="].x1 < product.x0


@pytest.mark.parametrize(("low", "high"), [(-4, -1), (-1, 0)])
def test_the_exercise_has_inputs_far_and_near_on_the_left(low, high):
    wrong = lambda x, beta: np.where((x > low) & (x < high), 0, helpers.silu(x, beta=beta))  # noqa: E731
    assert "but it should be" in check("swish for any beta", wrong).message


@pytest.mark.parametrize(
    ("arguments", "trouble", "part"),
    [
        ({"gate": 1}, TypeError, "A function is needed, not 1"),
        ({"gate": np.sum}, ValueError, r"returns shape \(\)"),
        ({"gate": helpers.tanh}, ValueError, "a share from 0 to 1, but tanh returns -0.9993"),
        ({"gate": lambda x: x / 0 * np.nan}, ValueError, "nan"),
        ({"beta": -1}, ValueError, "beta must lie between 0 and 10"),
        ({"beta": "1"}, TypeError, "beta must be a number"),
        ({"x0": 5}, ValueError, "x0 must lie between -4 and 4"),
        ({"x0": np.nan}, ValueError, "finite"),
    ],
)
def test_what_is_no_gate_or_no_number_is_refused_in_words(arguments, trouble, part):
    with np.errstate(all="ignore"), pytest.raises(trouble, match=part):
        gated(**{"gate": helpers.sigmoid} | arguments)


def test_a_gate_that_leaves_0_to_1_later_leaves_the_last_picture():
    live = gated(lambda z: np.abs(z) / 8, beta=1.0)
    before = live.alt
    set_to(live, beta=5.0)
    assert "f returns 2.5 at -20" in live.message
    assert live.alt == before


# The numbers ---------------------------------------------------------------------------------------------------------


def test_the_lessons_functions_are_right(cells):
    x = np.linspace(-30, 30, 601)
    for beta in (0.0, 0.5, 1.0, 1.702, 10.0):
        np.testing.assert_allclose(cells["silu"](x, beta), silu(x, beta), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(cells["silu_slope"](x, beta), slope(x, beta), rtol=1e-9, atol=1e-12)


def test_the_dip_is_where_the_output_is_the_place_plus_1():
    place = float(-1 - mp.lambertw(mp.exp(-1)))  # 1 + x + e^x = 0
    lowest = minimize_scalar(silu, bounds=(-3, 0), method="bounded", options={"xatol": 1e-9})
    assert names(LESSON, "imports", "silu", "dip-code")["place"] == pytest.approx(place, abs=1e-12)
    assert lowest.x == pytest.approx(place, abs=1e-6)
    assert silu(place) == pytest.approx(place + 1, abs=1e-12)
    assert "place -1.27846, output -0.27846, place + 1 = -0.27846" in printed("dip-code")
    x = np.linspace(-50, 50, 100_001)
    assert np.count_nonzero(np.diff(np.sign(silu(x) - (x + 1)))) == 1  # and only there
    assert np.count_nonzero(np.diff(np.sign(slope(x)))) == 1  # one place with slope 0: it falls, then rises


@pytest.mark.parametrize("beta", [0.5, 1, 2, 10])
def test_every_beta_is_the_same_curve_at_another_scale(beta):
    x = np.linspace(-6, 6, 1_200_001)
    np.testing.assert_allclose(silu(x, beta), silu(beta * x) / beta, atol=1e-12)
    y = silu(x, beta)
    assert f"lowest {y.min():.4f} at {x[y.argmin()]:.4f}" in printed("dip-beta-code")
    np.testing.assert_allclose([x[y.argmin()], y.min()], np.array([-1.278465, -0.278465]) / beta, atol=2e-5)
    assert np.abs(y - np.maximum(0, x)).max() == pytest.approx(0.278465 / beta, abs=1e-5)


def test_what_the_short_way_states():
    assert expit(4) == pytest.approx(0.98, abs=0.005)
    assert expit(-2) == pytest.approx(0.1192, abs=5e-5)
    assert silu(-2) == pytest.approx(-0.238, abs=5e-4)
    assert slope(-2) == pytest.approx(-0.091, abs=5e-4)
    assert silu(np.array([-4.0, -2.0, -1.0, 0.0, 1.0, 4.0])).argmin() == 2
    np.testing.assert_allclose(slope(np.array([-100, 100])), [0, 1], atol=1e-12)


def test_slopes_of_x_and_minus_x_add_up_to_1():
    x = np.linspace(-20, 20, 401)
    np.testing.assert_allclose(slope(x) + slope(-x), 1, atol=1e-12)
    np.testing.assert_allclose(silu(x) - silu(-x), x, atol=1e-12)
    steepest = minimize_scalar(lambda x: -slope(x), bounds=(1, 5), method="bounded", options={"xatol": 1e-9})
    assert (steepest.x, -steepest.fun) == (pytest.approx(2.3994, abs=5e-5), pytest.approx(1.0998, abs=5e-5))
    assert printed("symmetry-code") == "slope 1.0998 at 2.3994\nslope -0.0998 at -2.3994\n"


def test_which_beta_comes_nearest_to_gelu():
    x = np.linspace(-8, 8, 16_001)
    betas = np.arange(150, 201) / 100
    apart = [np.abs(silu(x, beta) - x * norm.cdf(x)).max() for beta in betas]
    assert betas[np.argmin(apart)] == 1.77
    assert min(apart) == pytest.approx(0.0142, abs=5e-5)
    fine = np.arange(1690, 1715) / 1000
    gates = [np.abs(expit(beta * x) - norm.cdf(x)).max() for beta in fine]
    assert fine[np.argmin(gates)] == 1.702
    assert min(gates) == pytest.approx(0.0095, abs=5e-5)
    assert np.abs(silu(x, 1.702) - x * norm.cdf(x)).max() == pytest.approx(0.0203, abs=5e-5)
    live = helpers.overlay(helpers.silu, helpers.gelu, beta=(0.5, 3, 0.01))
    said = {}
    for beta in (1.76, 1.77, 1.78):
        set_to(live, beta=beta)
        said[beta] = float(live.alt.split("largest difference ")[1].split(",")[0])
    assert min(said, key=said.get) == 1.77
    assert said[1.77] == 0.0142


# SwiGLU --------------------------------------------------------------------------------------------------------------


def test_swiglu_is_the_sum_over_hidden_units(cells):
    x, W, V, W2 = (cells[name] for name in ("words", "W", "V", "W2"))
    by_hand = np.einsum("nh,nh,hd->nd", silu(x @ W), x @ V, W2)
    np.testing.assert_allclose(cells["swiglu"](x, W, V, W2), by_hand, atol=1e-12)


def test_two_units_multiply_exactly_and_no_plain_layer_grows_that_fast(cells):
    pairs = np.random.default_rng(0).uniform(-100, 100, size=(1000, 2))
    gates, values = cells["gate_weights"], cells["value_weights"]
    made = cells["swiglu"](pairs, gates, values, np.ones((2, 1)))[:, 0]
    np.testing.assert_allclose(made, pairs.prod(axis=1), atol=1e-9)
    W, W2 = np.random.default_rng(0).normal(size=(2, 2, 50))
    for f in (helpers.relu, helpers.gelu, helpers.silu):
        far, farther = (f(scale * np.array([1.0, 1.0]) @ W) @ W2[0] for scale in (1e4, 1e5))
        assert farther / far == pytest.approx(10, rel=1e-3)


def test_the_fair_width():
    assert printed("fair-code").split("\n")[0] == "fair 10923, used 11008"
    assert 11008 % 256 == 0
    assert 11008 - 256 < 8 / 3 * 4096 <= 11008
    for weights in (2 * 4096 * 16384, 3 * 4096 * 11008, 3 * 4096 * 16384):
        assert f" {weights / 1e6:.1f} million" in printed("fair-code")
    assert 3 * 2048 == 2 * 3072


# Break it, and measured ----------------------------------------------------------------------------------------------


def test_one_line_complains_and_its_cure_does_not(cells):
    assert (
        printed("naive")
        == "NumPy reports: overflow\n-1000.0 gives -0.0\nNumPy reports: invalid value\n-inf gives nan\n"
    )
    x = np.array([-np.inf, -1e308, -1000.0, -700.0, -20.0, 0.0, 20.0, 1000.0, np.inf])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        safe = cells["safe_silu"](x)
    np.testing.assert_allclose(safe, helpers.silu(x), rtol=1e-12, atol=1e-300)
    verdict = check("swish for any beta", lambda x, b: x / (1 + np.exp(-b * x)))
    assert "NumPy reports overflow" in verdict.message
    assert abs(mp.mpf(-700) / (1 + mp.exp(700))) < mp.mpf(10) ** -300


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

    assert mean(silu) == pytest.approx(0.2066, abs=5e-5)
    assert mean(silu) / norm.pdf(0) == pytest.approx(0.5, abs=0.02)  # ReLU's mean is 1/√(2π), the density at 0
    assert mean(slope) == pytest.approx(0.5)
    assert norm.cdf(brentq(slope, -2, 0)) == pytest.approx(0.1005, abs=5e-5)
    assert mean(lambda z: silu(z) ** 2) < 0.4 < mean(lambda z: max(z, 0) ** 2)  # SiLU's outputs are smaller


def test_what_arrives_through_ten_layers(cells):
    arrives = {(f.name, n): cells["arriving"](f, n) for f in (helpers.relu, helpers.silu) for n in (None, "layer")}
    assert arrives["SiLU", None] < 0.25 * arrives["ReLU", None]
    assert 0.9 < arrives["SiLU", "layer"] / arrives["ReLU", "layer"] < 1.5
    x = np.random.default_rng(1).normal(size=(256, 128))
    sizes = [np.std(z) for z in helpers.Network([128] * 11 + [2], "silu", "he", 1).activity(x).z[:-1]]
    assert np.all(np.diff(sizes[:5]) < 0)
    assert sizes[-1] < 0.3 * sizes[0]


def test_hard_swish(cells):
    x = np.linspace(-6, 6, 12_001)
    y = x * cells["hard_gate"](x)
    np.testing.assert_allclose(y, x * np.clip(x + 3, 0, 6) / 6, atol=1e-12)  # x · ReLU6(x + 3) / 6
    assert (x[y.argmin()], y.min()) == (pytest.approx(-1.5), pytest.approx(-0.375))
    assert np.all(y[x <= -3] == 0)
    assert says(LESSON, "Its dip is deeper, −0.375 at −1.5")
