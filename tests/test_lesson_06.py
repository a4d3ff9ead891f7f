"""06_gelu: the game of keep or zero and its averages, and the numbers that the lesson states."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit, ndtr
from scipy.stats import norm
from shared import Lesson, mark, points, right_of, set_to, texts

import helpers
from lessons.gelu import keep_or_zero

LESSON = Lesson("06_gelu")
says = LESSON.says
CELLS = ["imports", "gelu", "gelu-slope", "bisection", "forms"]
X = np.linspace(-8, 8, 160_001)


def exact(x):
    return x * ndtr(x)


def slope(x):
    return ndtr(x) + x * norm.pdf(x)


@pytest.fixture(scope="module")
def own():
    """Return what the cells define that need no figure."""
    return LESSON.names(*CELLS)


# The figure


@pytest.mark.parametrize(
    ("x0", "draws", "seed"), [(1.0, 1, 0), (-1.0, 16, 3), (3.0, 4096, 7)]
)
def test_each_dot_is_the_average_of_its_own_draws(x0, draws, seed):
    live = keep_or_zero()
    set_to(live, x0=x0, draws=draws, seed=seed)
    numbers = np.random.default_rng(seed).normal(size=(4096, 62))[:draws]
    inputs = np.append(np.arange(-30, 31) / 10, x0)
    kept = numbers < inputs
    averages = inputs * kept.mean(axis=0)
    dots = np.vstack([points(live, "averages"), points(live, "average at x0")])
    assert_allclose(dots, np.column_stack([inputs, averages]), atol=1e-12)
    farthest = np.abs(averages - exact(inputs)).max()
    words = texts(live)
    at_x0 = kept[:, -1]
    assert words["kept"] == f"kept {at_x0.sum()} of {draws}: {at_x0.mean():.4f}"
    assert words["area"] == f"area: Φ(x₀) = {ndtr(x0):.4f}"
    assert words["far"] == f"farthest dot: {farthest:.4f} from the curve"
    assert live.alt.startswith(f"Seed {seed}. {words['far']}")


@pytest.mark.parametrize(("x0", "draws"), [(-2.5, 16), (0.4, 4096)])
def test_the_numbers_of_x0_lie_under_the_bell_and_the_area_ends_at_x0(x0, draws):
    live = keep_or_zero(x0=x0, draws=draws, seed=5)
    numbers = np.random.default_rng(5).normal(size=(4096, 62))[:, -1]
    numbers = numbers[: min(draws, 1024)]  # more would be a smear
    keeping = points(live, "keeping")[::3]
    zeroing = points(live, "zeroing")[::3]
    assert_allclose(np.sort(keeping[:, 0]), np.sort(numbers[numbers < x0]))
    assert_allclose(np.sort(zeroing[:, 0]), np.sort(numbers[numbers >= x0]))
    for x, height in (*keeping, *zeroing):
        assert 0 < height < norm.pdf(x)
    x, y = mark(live, "below x0").get_xy()[:-1].T
    assert np.trapezoid(y, x) == pytest.approx(ndtr(x0), abs=5e-4)
    assert_allclose(points(live, "edge"), [[x0, 0], [x0, norm.pdf(x0)]])
    assert_allclose(points(live, "below the dot")[-1:], points(live, "average at x0"))
    for name, function in (("gelu", exact), ("bell", norm.pdf)):
        x, y = points(live, name).T
        assert_allclose(y, function(x), atol=1e-14)


def test_averages_settle_on_the_curve_whatever_the_seed():
    live = keep_or_zero(x0=0.0, draws=4096)
    for seed in range(5):
        set_to(live, seed=seed)
        x, averages = points(live, "averages").T
        assert_allclose(averages, exact(x), atol=0.03)


def test_draws_are_a_power_of_4():
    with pytest.raises(
        ValueError, match=r"draws must be 1 or 4 or .* or 4096, but it is 5"
    ):
        keep_or_zero(draws=5)


# The numbers


def test_the_lessons_functions_are_right(own):
    rights = {
        "cdf": ndtr(X),
        "gelu": exact(X),
        "gelu_slope": slope(X),
        "tanh_form": helpers.gelu(X, approximate="tanh"),
        "sigmoid_form": helpers.silu(X, beta=1.702),
    }
    for name, right in rights.items():
        assert_allclose(own[name](X), right, atol=1e-14)


def test_numbers_in_the_prose():
    assert says(f"About one time in six: $\\Phi(-1)$ is {ndtr(-1):.3f}")
    assert ndtr(-1) == pytest.approx(1 / 6, abs=0.01)
    assert says("once in about 740 times")
    assert 1 / ndtr(-3) == pytest.approx(740, abs=5)
    assert says(f"GELU of 1 is {exact(1.0):.3f}")
    averages = [norm.expect(exact), norm.expect(lambda z: max(0, z))]
    assert says("the outputs average {:.2f} (ReLU's {:.2f})".format(*averages))


def test_the_slope_is_above_1_and_below_0():
    one = brentq(lambda x: slope(x) - 1, 0, 1.4)
    let_in = ndtr(one)
    assert says(f"It can, from {one:.3f} on, just opposite the bottom")
    assert says(f"there {100 * let_in:.0f} % get in")
    assert says(f"adds the other {100 * (1 - let_in):.0f} %")
    low = f"{slope(X).min():.3f}".replace("-", "−")
    assert says(f"The most is {slope(X).max():.3f}, the least {low}.")
    extremes = [X[slope(X).argmax()], -X[slope(X).argmin()]]
    assert extremes == pytest.approx([np.sqrt(2)] * 2, abs=1e-4)


def test_the_dip(own):
    bottom = minimize_scalar(exact, bounds=(-2, 0), method="bounded")
    crossing = own["crossing"](own["gelu_slope"], -2, 0)
    assert crossing == pytest.approx(bottom.x, abs=1e-5)
    assert says(f"owing {-crossing:.2f} costs {-bottom.fun:.2f}")
    assert says(f"{100 * ndtr(crossing):.1f} % of them lie left of it")


def test_on_digits_the_start_counts_more_than_gelu():
    relu, gelu = [
        [int(count) for count in re.findall(r"\d+", line)]
        for line in LESSON.printed("digits").splitlines()
    ]
    assert says(f"{sum(gelu)} instead of {sum(relu)} of 2,500")
    assert says(f"the start alone makes it {min(gelu)} or {max(gelu)}")
    # Not only these five starts: over others GELU is no more than two pictures ahead, either.
    ahead = [
        right_of(helpers.train_digit_reader("gelu", seed=seed))
        - right_of(helpers.train_digit_reader("relu", seed=seed))
        for seed in (5, 6, 7)
    ]
    assert abs(np.mean(ahead)) < 2


def test_every_loss_falls_in_every_step():
    x = np.array([1.0, -2.0, -0.5, -1.5])
    losses = []
    for _ in range(1000):
        error = exact(x) - [-0.1, -0.1, 0.5, 0.5]
        losses.append(error**2)
        x = x - error * slope(x)
    assert np.all(np.diff(losses, axis=0) < 1e-15)
    assert says("Every error falls, even from −2, on the falling side.")


@pytest.mark.parametrize(
    ("name", "constant", "off", "best", "left"),
    [
        ("tanh_form", 0.044715, "0.000473, at ±2.70", 0.04438, 0.00039),
        ("sigmoid_form", 1.702, "0.0203, at ±2.27", 1.772, 0.014),
    ],
)
def test_how_far_the_forms_are_off_and_which_constants_are_best(
    own, name, constant, off, best, left
):
    def distances(constant):
        return np.abs(own[name](X, constant) - exact(X))

    usual = distances(constant)
    place = abs(X[usual.argmax()])
    assert off == f"{usual.max():.3g}, at ±{place:.2f}"
    assert says(off)
    near = [distances(best * factor).max() for factor in (0.998, 1, 1.002)]
    assert min(near) == near[1] == pytest.approx(left, rel=0.006)
    assert says(f"{best} leaves {left}")


def test_1_702_brings_the_sigmoid_closest_to_phi():
    def distance(rate):
        return np.abs(expit(rate * X) - ndtr(X)).max()

    least = distance(1.702)
    assert least < min(distance(1.700), distance(1.704))
    assert says(f"from $\\Phi(x)$, which is {least:.4f}")
