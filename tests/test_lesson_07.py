"""07_silu: the input, its gate and their product side by side, and the lesson's numbers."""

import numpy as np
import pytest
from exact import mp
from numpy.testing import assert_allclose
from scipy.optimize import minimize_scalar
from scipy.special import expit
from scipy.stats import norm
from shared import Lesson, grab, points, right_of, set_to, texts

import helpers
from lessons.silu import gated

LESSON = Lesson("07_silu")
says = LESSON.says
DEFINITIONS = ["imports", "silu", "silu-slope", "dip-code", "swiglu", "swiglu-run"]
DEFINITIONS += ["hard"]


@pytest.fixture(scope="module")
def cells():
    return LESSON.names(*DEFINITIONS)


def silu(x, beta=1.0):
    return x * expit(beta * np.asarray(x))


def slope(x, beta=1.0):
    """Return the slope by a complex step, which loses no digits."""
    z = np.asarray(x) + 1e-30j
    return (z / (1 + np.exp(-beta * z))).imag / 1e-30


# The figure


def hard(z):
    return np.clip(z / 6 + 0.5, 0, 1)


@pytest.mark.parametrize(
    ("gate", "beta", "x0"), [(expit, 0.0, 3.1), (expit, 10.0, -0.1), (hard, 2.5, 4.0)]
)
def test_input_gate_and_product_are_drawn(gate, beta, x0):
    live = gated(gate)
    set_to(live, beta=beta, x0=x0)
    for name in ("input", "gate", "output"):
        x, y = points(live, f"{name} curve").T
        parts = {"input": x, "gate": gate(beta * x), "output": x * gate(beta * x)}
        assert_allclose(y, parts[name], atol=1e-12)
        assert (x[0], x[-1]) == (-4, 4)
        foot, tip = points(live, f"{name} stem")
        assert_allclose(foot, [x0, 0])
        assert tip[1] == pytest.approx(np.interp(x0, x, y), abs=1e-3)
        assert_allclose(points(live, f"{name} dot"), [tip])
    assert points(live, "what came in").tolist() == [[x0, 0], [x0, x0]]


def test_the_product_is_written_out_in_numbers():
    live = gated(helpers.sigmoid)
    assert texts(live) == {"input": "−2.0", "gate": "0.1192", "output": "−0.238"}
    assert live.alt.endswith("the output: −2.0 × 0.1192 = −0.238.")


@pytest.mark.parametrize(("name", "axes"), [("input", 0), ("gate", 1), ("output", 2)])
def test_each_dot_can_be_dragged(name, axes):
    live = gated(helpers.sigmoid)
    (dot,) = points(live, f"{name} dot")
    grab(live, axes, dot, (3, 0.5))
    assert live.controls["x0"].value == 3


@pytest.mark.parametrize(
    ("gate", "part"),
    [
        (np.sum, r"returns shape \(\)"),
        (helpers.tanh, "a share from 0 to 1, but tanh returns -0.9993"),
    ],
)
def test_what_is_no_gate_is_refused(gate, part):
    with pytest.raises(ValueError, match=part):
        gated(gate)


def test_a_gate_may_leave_0_to_1_later():
    live = gated(lambda z: np.abs(z) / 8, beta=1.0)
    set_to(live, beta=2.5)
    assert "f returns 1.25 at -10" in live.message


# The numbers


@pytest.mark.parametrize("beta", [0.0, 1.702, 10.0])
def test_the_lessons_functions_are_right(cells, beta):
    x = np.linspace(-30, 30, 601)
    assert_allclose(cells["silu"](x, beta), silu(x, beta), rtol=1e-12, atol=1e-15)
    own = cells["silu_slope"](x, beta)
    assert_allclose(own, slope(x, beta), rtol=1e-9, atol=1e-12)


def test_the_dip_is_where_the_output_is_the_place_plus_1(cells):
    place = float(-1 - mp.lambertw(mp.exp(-1)))  # 1 + x + e^x = 0
    assert cells["place"] == pytest.approx(place, abs=1e-12)
    assert silu(place) == pytest.approx(place + 1, abs=1e-12)
    assert slope(place) == pytest.approx(0, abs=1e-12)


def test_what_the_lesson_says_of_the_floods():
    assert says(f"still stands {100 * expit(-2):.0f} % open, and −2 · 0.12 is −0.24")
    assert says(f"{-silu(-4):.3f} litres, not {-silu(-2):.3f}")
    assert says(f"fallen from {100 * expit(-2):.0f} % to {100 * expit(-4):.0f} %")
    assert silu(-4) / silu(-2) < 1 / 3
    worst = minimize_scalar(silu, bounds=(-2, 0))
    assert says(
        f"The flood of −{-worst.x:.2f}. There the slope is 0, and {-worst.fun:.3f}"
    )
    sharp = minimize_scalar(lambda x: silu(x, 10), bounds=(-1, 0))
    assert sharp.fun == pytest.approx(worst.fun / 10, rel=1e-6)
    assert np.abs(slope(np.linspace(-5, -1, 99), 10)).max() < 1e-3
    assert says(f"put the dot at −2: the slope is −{-slope(-2):.2f}")


def test_a_reader_of_digits_learns_with_silu_as_with_relu():
    for name in ("relu", "silu"):
        for seed in (1, 2):  # 0 is that of the notebook
            assert right_of(helpers.train_digit_reader(name, seed=seed)) > 480


def test_which_beta_comes_nearest_to_gelu():
    def distance(beta):
        return np.abs(silu(x, beta) - x * norm.cdf(x)).max()

    x = np.linspace(-8, 8, 16_001)
    nearest = minimize_scalar(distance, bounds=(1.6, 1.8))
    least = (
        f"{nearest.x:.2f} the largest difference is at its smallest, {nearest.fun:.3f}"
    )
    assert says(f"At {least}.")
    assert says(f"the curves then differ by up to {distance(1.702):.2f}")


# SwiGLU


def test_swiglu_is_the_sum_over_hidden_units(cells):
    x, W, V, W2 = (cells[name] for name in ("words", "W", "V", "W2"))
    by_hand = np.einsum("nh,nh,hd->nd", silu(x @ W), x @ V, W2)
    assert_allclose(cells["swiglu"](x, W, V, W2), by_hand, atol=1e-12)


# Break it, and measured


def test_what_arrives_through_ten_layers():
    lines = LESSON.printed("deep-code").splitlines()
    relu, silu, *normalised = [float(line.split()[-2]) for line in lines]
    assert silu == pytest.approx(0.1, abs=0.01)
    assert says(f"a tenth arrives, against {relu} with ReLU")
    assert normalised[1] / normalised[0] == pytest.approx(1.2, abs=0.3)
    assert says("With normalisation they keep their spread, and SiLU does as well as")


def test_hard_swish(cells):
    x = np.linspace(-6, 6, 12_001)
    y = x * cells["hard_gate"](x)
    assert_allclose(y, x * np.clip(x + 3, 0, 6) / 6, atol=1e-12)  # x · ReLU6(x + 3) / 6
    assert says(f"That dip is deeper, −{-y.min():.3f} at −{-x[y.argmin()]:.1f}")
    assert np.all(y[x <= -3] == 0)
