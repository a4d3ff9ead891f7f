"""06_gelu: the game of keep or zero and its averages, and the numbers that the lesson states."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit, ndtr
from scipy.stats import norm
from shared import names, read, says, set_to, texts

import helpers
from lessons.gelu import check, keep_or_zero

LESSON = read("06_gelu")
X = np.linspace(-8, 8, 160_001)
EXACT = X * ndtr(X)


def slope(x):
    return ndtr(x) + x * norm.pdf(x)


@pytest.fixture(scope="module")
def own():
    """Return what the cells define that need no figure."""
    cells = ("imports", "gelu", "gelu-slope", "bisection", "learn", "forms", "silent-code", "average-code", "smoothed")
    return names(LESSON, *cells)


# The figure ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def live():
    return keep_or_zero()


def drawn(live):
    """Return (dots, probe) above and (area, blue, orange) below, as arrays of points."""
    upper, lower = live.figure.axes
    dots, probe = (line.get_xydata() for line in upper.lines if line.get_marker() == "o")
    blue, orange = (line.get_xydata()[::3] for line in lower.lines if line.get_linewidth() == 5)
    return dots, probe[0], lower.patches[0].get_xy(), blue, orange


@pytest.mark.parametrize(
    ("x0", "draws", "seed"), [(1.0, 1, 0), (-1.0, 16, 3), (0.0, 256, 20), (3.0, 4096, 7), (-3.0, 1024, 1)]
)
def test_each_dot_is_the_average_of_its_own_draws(live, x0, draws, seed):
    set_to(live, x0=x0, draws=draws, seed=seed)
    numbers = np.random.default_rng(seed).normal(size=(4096, 62))[:draws]
    dots, probe, area, blue, orange = drawn(live)
    np.testing.assert_allclose(dots[:, 0], np.arange(-30, 31) / 10, atol=1e-12)
    for (x, y), column in zip(dots, numbers.T, strict=False):
        assert y == pytest.approx(np.mean([x if number < x else 0 for number in column]), abs=1e-12)
    kept = numbers[:, -1] < x0
    assert probe == pytest.approx((x0, x0 * kept.mean()))
    assert sorted(blue[:, 0]) == pytest.approx(sorted(numbers[:1024, -1][kept[:1024]]))
    assert sorted(orange[:, 0]) == pytest.approx(sorted(numbers[:1024, -1][~kept[:1024]]))
    for points in (blue, orange):  # under the bell, all of them
        assert np.all((points[:, 1] > 0) & (points[:, 1] < norm.pdf(points[:, 0])))
    x, y = area.T
    assert np.trapezoid(y[:-1], x[:-1]) == pytest.approx(ndtr(x0), abs=5e-4)
    said = texts(live)
    assert said["kept"] == f"kept {kept.sum()} of {draws}: {kept.mean():.4f}"
    assert said["area"] == f"area: Φ(x₀) = {ndtr(x0):.4f}"
    far = np.abs(np.append(dots[:, 1], probe[1]) - np.append(dots[:, 0], x0) * ndtr(np.append(dots[:, 0], x0))).max()
    assert said["far"] == f"farthest dot: {far:.4f} from the curve"
    assert live.alt.startswith(f"Seed {seed}. farthest dot: {far:.4f}")


def test_curve_and_bell_are_drawn(live):
    upper, lower = live.figure.axes
    x, y = upper.lines[1].get_data()
    np.testing.assert_allclose(y, x * ndtr(x), atol=1e-14)
    x, y = lower.lines[1].get_data()
    np.testing.assert_allclose(y, norm.pdf(x), atol=1e-14)


@pytest.mark.parametrize("x0", [-2.5, 0.4, 3.0])
def test_dotted_lines_lead_to_the_probe_and_to_the_edge_of_the_area(live, x0):
    set_to(live, x0=x0, draws=4096)
    upper, lower = live.figure.axes
    foot, top = upper.get_ylim()
    assert foot < -0.17 < 3 < top  # the dip and the largest input
    (to_dot,), (to_bell,) = (
        [line for line in axes.lines if line.get_linestyle() == ":"][-1:] for axes in (upper, lower)
    )
    assert to_dot.get_xydata().tolist() == [[x0, foot], drawn(live)[1].tolist()]
    np.testing.assert_allclose(to_bell.get_xydata(), [[x0, 0], [x0, norm.pdf(x0)]])


def test_the_shares_of_the_exercise_by_hand():
    """How many of the seven numbers lie below each of the six inputs, and whether the first one does below three."""
    shares = {7: np.array([0, 2, 3, 3, 5, 6]) / 7, 1: np.array([0, 0, 1])}
    assert check("keep or zero", lambda x, z: x * shares[len(z)]).passed


@pytest.mark.parametrize(("low", "high"), [(-4, -2), (-2, -0.5), (-0.5, 0)])
def test_the_exercise_has_inputs_far_near_and_between_on_the_left(low, high):
    def form(x):
        y = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
        return np.where((x > low) & (x < high), 0, y)

    assert "but it should be" in check("gelu from tanh", form).message


def test_averages_settle_on_the_curve_whatever_the_seed(live):
    distances = []
    for seed in range(21):
        set_to(live, seed=seed, x0=0.0)
        for draws in (256, 1024, 4096):
            set_to(live, draws=draws)
            dots = drawn(live)[0]
            distances.append(np.abs(dots[:, 1] - dots[:, 0] * ndtr(dots[:, 0])))
    few, more, most = np.array(distances).reshape(21, 3, -1).swapaxes(0, 1)
    assert most.max() < 0.03
    assert few.mean() / more.mean() == pytest.approx(2, abs=0.15)
    assert more.mean() / most.mean() == pytest.approx(2, abs=0.15)


@pytest.mark.parametrize(
    ("given", "error", "part"),
    [
        ({"draws": 5}, ValueError, "one of 1, 4, 16, 64, 256, 1024, 4096, not 5"),
        ({"draws": "16"}, ValueError, "not '?16"),
        ({"draws": True}, ValueError, "not True"),
        ({"draws": float("nan")}, ValueError, "not nan"),
        ({"x0": 4}, ValueError, "between -3 and 3"),
        ({"x0": "1"}, TypeError, "x0 must be a number"),
        ({"seed": 21}, ValueError, "between 0 and 20"),
        ({"seed": 1.5}, ValueError, "whole number"),
    ],
)
def test_other_arguments_are_refused(given, error, part):
    with pytest.raises(error, match=part):
        keep_or_zero(**given)


# The numbers ---------------------------------------------------------------------------------------------------------


def test_the_lessons_functions_are_right(own):
    np.testing.assert_allclose(own["cdf"](X), ndtr(X), atol=1e-15)
    np.testing.assert_allclose(own["gelu"](X), EXACT, atol=1e-14)
    np.testing.assert_allclose(own["gelu_slope"](X), slope(X), atol=1e-14)


def test_shares_that_the_prose_states():
    assert 2 * ndtr(-2) == pytest.approx(1 / 20, abs=0.005)
    assert ndtr(-1) == pytest.approx(1 / 6, abs=0.01)
    assert ndtr(-1) == pytest.approx(0.1587, abs=5e-5)
    assert ndtr(-3) == pytest.approx(0.001, abs=5e-4)


def test_the_dip_and_the_ends_of_the_slope(own):
    bottom = minimize_scalar(lambda x: x * ndtr(x), bounds=(-2, 0), method="bounded", options={"xatol": 1e-10})
    assert (bottom.x, bottom.fun) == pytest.approx((-0.75179, -0.16997), abs=5e-6)
    assert own["crossing"](own["gelu_slope"], -2, 0) == pytest.approx(bottom.x, abs=1e-7)
    assert (X[slope(X).argmax()], X[slope(X).argmin()]) == pytest.approx((np.sqrt(2), -np.sqrt(2)), abs=1e-4)
    assert (slope(X).max(), slope(X).min()) == pytest.approx((1.129, -0.129), abs=5e-4)
    assert brentq(lambda x: slope(x) - 1, 0, 1.4) == pytest.approx(0.75, abs=0.005)
    assert np.all(slope(X[X > 0.76]) > 1)
    assert np.all(slope(X[X < -0.76]) < 0)
    assert np.all(slope(X[X > -0.75]) > 0)


def test_how_often_the_slope_is_negative_and_the_mean_output(own):
    assert ndtr(-0.75179) == pytest.approx(0.226, abs=5e-4)
    assert quad(lambda z: z * ndtr(z) * norm.pdf(z), -12, 12)[0] == pytest.approx(0.28, abs=0.005)
    assert np.mean(own["gelu"](own["numbers"])) == pytest.approx(0.28, abs=0.005)


@pytest.mark.parametrize("x", [-4.0, -2.0, -0.75, 0.0, 1.0, 3.0])
def test_the_smoothed_relu_is_another_curve_that_only_rises(own, x):
    mean, _ = quad(lambda z: max(0, x + z) * norm.pdf(z), -12, 12, points=[-x])
    assert own["smoothed_relu"](x) == pytest.approx(mean, abs=1e-9)
    assert mean > 0
    assert (own["smoothed_relu"](x + 1e-5) - own["smoothed_relu"](x - 1e-5)) / 2e-5 == pytest.approx(ndtr(x), abs=1e-8)


def test_every_loss_falls_in_every_step_and_one_ends_on_the_wrong_side(own):
    for start, wanted in ((1.0, -0.1), (-2.0, -0.1), (-0.5, 0.5), (-1.5, 0.5)):
        x, losses = start, []
        for _ in range(1000):
            losses.append((x * ndtr(x) - wanted) ** 2)
            x -= (x * ndtr(x) - wanted) * slope(x)
        assert np.all(np.diff(losses) < 1e-15)
        assert own["learn"](start, wanted) == pytest.approx(x, abs=1e-6)
        assert (losses[-1] < 1e-6) == (start != -1.5)
    assert own["learn"](-2.0, -0.1) == pytest.approx(-1.50, abs=0.005)
    assert x < -3
    assert losses[-1] == pytest.approx(0.25, abs=5e-4)


def farthest(approximation):
    apart = np.abs(approximation - EXACT)
    return apart.max(), abs(X[apart.argmax()])


def test_the_forms_their_distance_and_their_constants(own):
    np.testing.assert_allclose(own["tanh_form"](X), helpers.gelu(X, approximate="tanh"), atol=1e-14)
    np.testing.assert_allclose(own["sigmoid_form"](X), helpers.silu(X, beta=1.702), atol=1e-14)
    usual = {"tanh_form": (0.044715, 0.000473, 2.70), "sigmoid_form": (1.702, 0.0203, 2.27)}
    best = {"tanh_form": (0.04438, 0.00039), "sigmoid_form": (1.772, 0.014)}
    for name, (constant, most, place) in usual.items():
        distance, where = farthest(own[name](X, constant))
        assert (distance, where) == (pytest.approx(most, rel=0.003), pytest.approx(place, abs=0.005))
        constant, left = best[name]
        near = [farthest(own[name](X, constant * part))[0] for part in (0.998, 1, 1.002)]
        assert min(near) == near[1] == pytest.approx(left, rel=0.006)
    assert 36 < 0.0203 / 0.000473 < 44
    gates = [np.abs(expit(rate * X) - ndtr(X)).max() for rate in (1.700, 1.702, 1.704)]
    assert min(gates) == gates[1] == pytest.approx(0.0095, abs=5e-5)


def test_the_overlays_say_the_distance_and_the_place(own):
    cell = {c.id: c.outputs[0].data["text/plain"] for c in LESSON.cells if c.id.startswith("overlay")}
    assert "largest difference 4.73×10⁻⁴, at x = −2.70" in cell["overlay-tanh"]
    assert "largest difference 0.0203, at x = −2.27" in cell["overlay-sigmoid"]
    live = helpers.overlay(own["tanh_form"], own["gelu"], x_range=(-5, 2), cubic=(0.043, 0.0465, 0.000005))
    set_to(live, cubic=0.04438)
    assert "largest difference 3.89×10⁻⁴" in live.alt


@pytest.mark.parametrize("seed", range(2))
def test_weights_notice_another_form(seed):
    x = np.linspace(-2, 2, 200)[:, None]
    net = helpers.Network([1, 16, 16, 1], helpers.gelu, output="linear", seed=seed)
    *_, _ = net.train(x, np.sin(3 * x), rate=0.1, momentum=0.9, steps=1000)
    moved = []
    for form, more in ((helpers.gelu, {"approximate": "tanh"}), (helpers.silu, {"beta": 1.702}), (helpers.relu, {})):
        other = helpers.Network([1, 16, 16, 1], form, output="linear", **more)
        other.W, other.b = net.W, net.b
        moved.append(np.abs(other.forward(x) - net.forward(x)).mean())
    assert 0.0005 < moved[0] < 0.005
    assert 24 < moved[1] / moved[0] < 72
    assert moved[2] > 0.3


def test_forgetting_the_root_stays_silent_and_is_wrong(own):
    assert own["gelu"](1.0) == pytest.approx(0.841, abs=5e-4)
    assert abs(own["without_root"](1.0) - own["gelu"](1.0)) > 0.05


def test_both_inputs_give_the_same_output():
    for x in (-1.501654, -0.248940):
        assert x * ndtr(x) == pytest.approx(-0.1, abs=1e-6)
    assert says(LESSON, "Find the two inputs for which GELU gives −0.1")
