"""06_gelu: the game of keep or zero and its averages, and the numbers that the lesson states."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit, ndtr
from scipy.stats import norm
from shared import mark, names, read, set_to, texts

import helpers
from lessons.gelu import keep_or_zero

LESSON = read("06_gelu")
CELLS = ["imports", "gelu", "gelu-slope", "bisection", "learn", "forms", "silent-code"]
CELLS += ["average-code", "smoothed"]
X = np.linspace(-8, 8, 160_001)


def exact(x):
    return x * ndtr(x)


def slope(x):
    return ndtr(x) + x * norm.pdf(x)


@pytest.fixture(scope="module")
def own():
    """Return what the cells define that need no figure."""
    return names(LESSON, *CELLS)


# The figure


def points(live, name):
    return mark(live, name).get_xydata()


@pytest.mark.parametrize(
    ("x0", "draws", "seed"),
    [(1.0, 1, 0), (-1.0, 16, 3), (0.0, 256, 20), (3.0, 4096, 7), (-3.0, 1024, 1)],
)
def test_each_dot_is_the_average_of_its_own_draws(x0, draws, seed):
    live = keep_or_zero()
    set_to(live, x0=x0, draws=draws, seed=seed)
    numbers = np.random.default_rng(seed).normal(size=(4096, 62))[:draws]
    inputs = np.append(np.arange(-30, 31) / 10, x0)
    averages = np.where(numbers < inputs, inputs, 0).mean(axis=0)
    dots = np.concatenate([points(live, "averages"), points(live, "average at x0")])
    np.testing.assert_allclose(dots, np.column_stack([inputs, averages]), atol=1e-12)
    kept = numbers[:, -1] < x0
    farthest = np.abs(averages - exact(inputs)).max()
    shown = texts(live)
    assert shown["kept"] == f"kept {kept.sum()} of {draws}: {kept.mean():.4f}"
    assert shown["area"] == f"area: Φ(x₀) = {ndtr(x0):.4f}"
    assert shown["far"] == f"farthest dot: {farthest:.4f} from the curve"
    assert live.alt.startswith(f"Seed {seed}. {shown['far']}")


@pytest.mark.parametrize(("x0", "draws"), [(-2.5, 16), (0.4, 1024), (3.0, 4096)])
def test_the_numbers_of_x0_lie_under_the_bell_and_the_area_ends_at_x0(x0, draws):
    live = keep_or_zero(x0=x0, draws=draws, seed=5)
    shown = np.random.default_rng(5).normal(size=(4096, 62))[: min(draws, 1024), -1]
    for name, expected in (
        ("keeping", shown[shown < x0]),
        ("zeroing", shown[shown >= x0]),
    ):
        x, heights = points(live, name)[::3].T
        np.testing.assert_allclose(np.sort(x), np.sort(expected))
        assert np.all((heights > 0) & (heights < norm.pdf(x)))
    x, heights = mark(live, "below x0").get_xy()[:-1].T
    assert np.trapezoid(heights, x) == pytest.approx(ndtr(x0), abs=5e-4)
    np.testing.assert_allclose(points(live, "edge"), [[x0, 0], [x0, norm.pdf(x0)]])
    np.testing.assert_allclose(
        points(live, "below the dot")[-1:], points(live, "average at x0")
    )
    for name, function in (("gelu", exact), ("bell", norm.pdf)):
        x, heights = points(live, name).T
        np.testing.assert_allclose(heights, function(x), atol=1e-14)


def test_averages_settle_on_the_curve_whatever_the_seed():
    live = keep_or_zero(x0=0.0)
    distances = []
    for seed in range(21):
        set_to(live, seed=seed)
        for draws in (256, 1024, 4096):
            set_to(live, draws=draws)
            x, averages = points(live, "averages").T
            distances.append(np.abs(averages - exact(x)))
    few, more, most = np.reshape(distances, (21, 3, -1)).swapaxes(0, 1)
    assert most.max() < 0.03
    ratios = few.mean() / more.mean(), more.mean() / most.mean()
    assert ratios == pytest.approx((2, 2), abs=0.15)


@pytest.mark.parametrize("draws", [5, "16", True, float("nan")])
def test_draws_are_a_power_of_4(draws):
    with pytest.raises(ValueError, match="one of 1, 4, 16, 64, 256, 1024, 4096, not "):
        keep_or_zero(draws=draws)


# The numbers


def test_the_lessons_functions_are_right(own):
    np.testing.assert_allclose(own["cdf"](X), ndtr(X), atol=1e-15)
    np.testing.assert_allclose(own["gelu"](X), exact(X), atol=1e-14)
    np.testing.assert_allclose(own["gelu_slope"](X), slope(X), atol=1e-14)
    tanh_form = helpers.gelu(X, approximate="tanh")
    np.testing.assert_allclose(own["tanh_form"](X), tanh_form, atol=1e-14)
    np.testing.assert_allclose(
        own["sigmoid_form"](X), helpers.silu(X, beta=1.702), atol=1e-14
    )
    assert abs(own["without_root"](1.0) - own["gelu"](1.0)) > 0.05


@pytest.mark.parametrize(
    ("value", "stated", "error"),
    [
        (2 * ndtr(-2), 1 / 20, 0.005),
        (ndtr(-1), 1 / 6, 0.01),
        (ndtr(-1), 0.1587, 5e-5),
        (ndtr(-3), 0.001, 5e-4),
        (exact(1.0), 0.841, 5e-4),
        (slope(X).max(), 1.129, 5e-4),
        (slope(X).min(), -0.129, 5e-4),
        (X[slope(X).argmax()], np.sqrt(2), 1e-4),
        (X[slope(X).argmin()], -np.sqrt(2), 1e-4),
        (brentq(lambda x: slope(x) - 1, 0, 1.4), 0.75, 0.005),
        (ndtr(-0.75179), 0.226, 5e-4),
        (quad(lambda z: exact(z) * norm.pdf(z), -12, 12)[0], 0.28, 0.005),
    ],
)
def test_numbers_in_the_prose(value, stated, error):
    assert value == pytest.approx(stated, abs=error)


def test_the_dip_and_the_signs_of_the_slope(own):
    options = {"xatol": 1e-10}
    bottom = minimize_scalar(exact, bounds=(-2, 0), method="bounded", options=options)
    assert (bottom.x, bottom.fun) == pytest.approx((-0.75179, -0.16997), abs=5e-6)
    assert own["crossing"](own["gelu_slope"], -2, 0) == pytest.approx(
        bottom.x, abs=1e-7
    )
    assert np.all(slope(X[X > 0.76]) > 1)
    assert np.all(slope(X[X < -0.76]) < 0)
    assert np.all(slope(X[X > -0.75]) > 0)


@pytest.mark.parametrize("x", [-4.0, -2.0, -0.75, 0.0, 1.0, 3.0])
def test_the_smoothed_relu_is_another_curve_that_only_rises(own, x):
    smoothed = own["smoothed_relu"]
    mean, _ = quad(lambda z: max(0, x + z) * norm.pdf(z), -12, 12, points=[-x])
    assert smoothed(x) == pytest.approx(mean, abs=1e-9)
    assert mean > 0
    assert (smoothed(x + 1e-5) - smoothed(x - 1e-5)) / 2e-5 == pytest.approx(
        ndtr(x), abs=1e-8
    )


@pytest.mark.parametrize(
    ("start", "wanted", "loss"),
    [(1.0, -0.1, 0), (-2.0, -0.1, 0), (-0.5, 0.5, 0), (-1.5, 0.5, 0.25)],
)
def test_every_loss_falls_in_every_step_and_one_ends_on_the_wrong_side(
    own, start, wanted, loss
):
    x = start
    losses = []
    for _ in range(1000):
        error = exact(x) - wanted
        losses.append(error**2)
        x -= error * slope(x)
    assert np.all(np.diff(losses) < 1e-15)
    assert losses[-1] == pytest.approx(loss, abs=5e-4)
    assert own["learn"](start, wanted) == pytest.approx(x, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "constant", "most", "place", "best", "left"),
    [
        ("tanh_form", 0.044715, 0.000473, 2.70, 0.04438, 0.00039),
        ("sigmoid_form", 1.702, 0.0203, 2.27, 1.772, 0.014),
    ],
)
def test_how_far_the_forms_are_off_and_which_constants_are_best(
    own, name, constant, most, place, best, left
):
    def distances(constant):
        return np.abs(own[name](X, constant) - exact(X))

    usual = distances(constant)
    assert usual.max() == pytest.approx(most, rel=0.003)
    assert abs(X[usual.argmax()]) == pytest.approx(place, abs=0.005)
    near = [distances(best * factor).max() for factor in (0.998, 1, 1.002)]
    assert min(near) == near[1] == pytest.approx(left, rel=0.006)


def test_1_702_brings_the_sigmoid_closest_to_phi():
    gates = [np.abs(expit(rate * X) - ndtr(X)).max() for rate in (1.700, 1.702, 1.704)]
    assert min(gates) == gates[1] == pytest.approx(0.0095, abs=5e-5)


def test_weights_notice_another_form():
    x = np.linspace(-2, 2, 200)[:, None]
    net = helpers.Network([1, 16, 16, 1], helpers.gelu, output="linear", seed=0)
    *_, _ = net.train(x, np.sin(3 * x), rate=0.1, momentum=0.9, steps=1000)

    def moved(form, **parameters):
        other = helpers.Network([1, 16, 16, 1], form, output="linear", **parameters)
        other.W = net.W
        other.b = net.b
        return np.abs(other.forward(x) - net.forward(x)).mean()

    by_tanh_form = moved(helpers.gelu, approximate="tanh")
    assert 0.0005 < by_tanh_form < 0.005
    assert 24 < moved(helpers.silu, beta=1.702) / by_tanh_form < 72
    assert moved(helpers.relu) > 0.3
