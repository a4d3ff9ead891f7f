"""04_leaky_relu: the two units that learn side by side, and the numbers that the lesson states."""

import numpy as np
import pytest
from lessons import names, read, set_to
from scipy.integrate import quad
from scipy.stats import norm

import helpers

INPUTS = np.linspace(-2, 2, 41)
TARGETS = np.maximum(0, INPUTS)


def train(slope, steps=400, rate=0.3):
    """Return (weight, bias, loss) for each step, its gradient taken by complex step."""
    point, path = np.array([1.0, -3.0]), []

    def loss(w, b):
        z = w * INPUTS + b
        return np.mean((np.where(z.real > 0, z, slope * z) - TARGETS) ** 2)

    for _ in range(steps + 1):
        w, b = point
        path.append((w, b, loss(w, b).real))
        gradient = np.array([loss(w + 1e-30j, b).imag, loss(w, b + 1e-30j).imag]) / 1e-30
        point = point - rate * gradient
    return np.array(path)


@pytest.fixture(scope="module")
def live():
    return helpers.two_units(train, helpers.leaky_relu, INPUTS, TARGETS, negative_slope=0.1)


def curves(live):
    left, right = live.figure.axes[:2]
    return left.lines[-1].get_xydata().T, right.lines[-1].get_xydata().T


@pytest.mark.parametrize(("step", "slope"), [(0, 0.1), (9, 0.1), (400, 0.5), (88, 0.01), (400, 1.0), (50, 0.0)])
def test_each_unit_is_drawn_as_trained(live, step, slope):
    set_to(live, step=step, negative_slope=slope)
    for (x, y), alpha in zip(curves(live), (0.0, slope), strict=True):
        w, b, _ = train(alpha)[step]
        np.testing.assert_allclose(y, helpers.leaky_relu(w * x + b, negative_slope=alpha), atol=1e-12)
    lost = live.figure.axes[2].lines
    (_, leaky), dots = lost[::2], lost[1::2]
    np.testing.assert_allclose(leaky.get_ydata(), np.maximum(train(slope)[: step + 1, 2], 1e-5), rtol=1e-9)
    assert [dot.get_xdata()[0] for dot in dots] == [step, step]
    assert f"After {step} of 400 steps, leaky slope {slope:g}" in live.alt
    assert f"leaky ReLU: loss {train(slope)[step, 2]:.4f}" in live.alt
    assert "ReLU: loss 0.7000, switched on by 0 % of the data" in live.alt


def test_the_dead_unit_never_moves_and_the_leaky_one_gets_away():
    assert np.all(train(0.0) == train(0.0)[0])
    assert train(0.1)[400, 2] < 0.01


@pytest.mark.parametrize(("slope", "step"), [(0.5, 2), (0.1, 9), (0.01, 88)])
def test_the_step_at_which_the_first_input_switches_the_unit_on(slope, step):
    on = [(w * INPUTS + b > 0).any() for w, b, _ in train(slope)]
    assert on.index(True) == step


def test_the_losses_that_the_lesson_states():
    assert train(0.5)[400, 2] == pytest.approx(0.055, abs=5e-4)
    assert train(0.01)[400, 2] == pytest.approx(0.0001, abs=5e-5)


@pytest.mark.parametrize("slope", [-0.5, 0.01, 0.1, 0.5, 2.0])
def test_two_leaky_units_make_a_relu(slope):
    x = np.linspace(-50, 50, 1001)
    two = helpers.leaky_relu(x, negative_slope=slope) + slope * helpers.leaky_relu(-x, negative_slope=slope)
    np.testing.assert_allclose(two / (1 - slope**2), helpers.relu(x), atol=1e-12)


def test_the_learned_leak_is_close_to_the_one_in_the_data():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        negative = np.minimum(0, rng.normal(size=500))
        noise = 0.2 * rng.normal(size=500)
        best = 0.4 + (noise @ negative) / (negative @ negative)  # least squares, where gradient descent ends
        assert 0.365 < best < 0.435


def test_gradient_descent_has_reached_the_best_leak():
    space = names(read("04_leaky_relu"), "imports", "leaky-relu", "prelu-data", "prelu-code")
    negative = np.minimum(0, space["sums"])
    rest = space["wanted"] - np.maximum(0, space["sums"])
    assert space["leak"] == pytest.approx((rest @ negative) / (negative @ negative), abs=1e-6)
    assert 0.365 < space["leak"] < 0.435


@pytest.mark.parametrize("slope", [0.0, 0.1, 0.5])
def test_mean_output_falls_with_the_leak(slope):
    mean, _ = quad(lambda z: float(helpers.leaky_relu(z, negative_slope=slope)) * norm.pdf(z), -12, 12, points=[0])
    assert mean == pytest.approx((1 - slope) / np.sqrt(2 * np.pi), abs=1e-9)


def test_the_short_formula_holds_up_to_a_leak_of_1_and_turns_over_beyond():
    x = np.linspace(-3, 3, 61)
    for slope in (0, 0.3, 1):
        np.testing.assert_array_equal(np.maximum(slope * x, x), helpers.leaky_relu(x, negative_slope=slope))
    np.testing.assert_array_equal(np.maximum(2 * x, x), np.where(x > 0, 2 * x, x))


@pytest.mark.parametrize(
    ("trained", "part"),
    [
        (lambda slope: [1.0, 2.0], r"its shape is \(2,\)"),
        (lambda slope: np.ones((1, 3)), r"its shape is \(1, 3\)"),
        (lambda slope: np.ones((5, 2)), r"its shape is \(5, 2\)"),
        (lambda slope: np.full((5, 3), np.nan), "smaller learning rate"),
    ],
)
def test_training_that_returns_something_else_is_refused(trained, part):
    with pytest.raises(ValueError, match=part):
        helpers.two_units(trained, helpers.leaky_relu, INPUTS, TARGETS)


LINE = [-1.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("weight", "bias", "share"), [(1, 0, 33), (1, -1, 0), (1, 1, 67), (2, 1, 67), (2, -1, 33), (1, 3, 100), (-2, 1, 67)]
)
def test_a_sum_above_0_switches_a_unit_on(weight, bias, share):
    path = [[0.0, 0.0, 1.0], [weight, bias, 0.5]]
    live = helpers.two_units(lambda slope: path, helpers.leaky_relu, LINE, [0.0, 1.0, 2.0], step=1)
    assert live.alt.endswith(f"leaky ReLU: loss 0.5000, switched on by {share} % of the data.")
    assert live.controls["step"].max == 1


@pytest.mark.parametrize(("targets", "low", "high"), [([0.0, 1.0, 2.0], -1.6, 2.3), ([-2.0, 0.5, 1.0], -3.6, 1.3)])
def test_the_panels_show_all_data_and_some_room(targets, low, high):
    live = helpers.two_units(lambda slope: np.ones((2, 3)), helpers.leaky_relu, LINE, targets)
    for axes in live.figure.axes[:2]:
        assert axes.get_xlim() == (-1, 1)
        assert axes.get_ylim() == pytest.approx((low, high))


@pytest.mark.parametrize("far", [1000.0, -1000.0])
def test_two_inputs_up_to_a_thousand_can_be_learned(far):
    live = helpers.two_units(lambda slope: np.ones((2, 3)), helpers.leaky_relu, [0.0, far], [far, 0.0])
    assert live.message == ""


@pytest.mark.parametrize(
    ("inputs", "targets", "part"),
    [
        ([1.0, 1.0], [0.0, 1.0], "not all be the same number"),
        ([0.0, 1.0], [0.0, 1.0, 2.0], r"targets must have shape \(2,\) .* is \(3,\)"),
        ([[0.0, 1.0]], [[0.0, 1.0]], r"inputs .* its shape is \(1, 2\)"),
        ([0.0, 1000.5], [0.0, 1.0], "from -1000 to 1000"),
        ([0.0, 1.0], [0.0, -1000.5], "from -1000 to 1000"),
        ([0.0, 1.0], [0.0, np.nan], "from -1000 to 1000"),
    ],
)
def test_data_that_cannot_be_learned(inputs, targets, part):
    with pytest.raises(ValueError, match=part):
        helpers.two_units(train, helpers.leaky_relu, inputs, targets)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x, slope: np.where(x > 0, x, abs(slope) * x),
        lambda x, slope: np.where(x > -1, x, slope * x),
        lambda x, slope: np.where(x > 0, x, slope * np.maximum(x, -1)),
    ],
)
def test_the_exercise_has_inputs_and_slopes_on_both_sides_of_0(wrong):
    assert "but it should be" in helpers.check("leaky relu for any slope", wrong).message


def test_training_that_fails_for_one_slope_leaves_the_last_picture():
    def fails_late(slope):
        return train(slope, steps=5) if slope < 0.3 else [[np.inf] * 3] * 6

    live = helpers.two_units(fails_late, helpers.leaky_relu, INPUTS, TARGETS)
    before = live.children[0].value, live.png()
    set_to(live, negative_slope=0.5)
    assert "finite numbers" in live.message
    assert (live.children[0].value, live.png()) == before
    set_to(live, negative_slope=0.2)
    assert live.message == ""
    assert "slope 0.2" in live.alt


@pytest.mark.parametrize(("slope", "side"), [(0.1, "left"), (1.0, "right")])
def test_the_label_of_the_rise_keeps_off_a_steep_tangent(slope, side):
    live = helpers.explore(helpers.leaky_relu, x0=-2, negative_slope=slope)
    (label,) = (text for text in live.figure.axes[0].texts if text.get_gid() == "rise")
    assert label.get_horizontalalignment() == side
