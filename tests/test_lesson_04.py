"""04_leaky_relu: two units that learn side by side, and what the lesson states."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.stats import norm
from shared import mark, names, read, set_to

import helpers
from lessons.leaky_relu import two_units

INPUTS = np.linspace(-2, 2, 41)
TARGETS = np.maximum(0, INPUTS)


def train(negative_slope, steps=400, rate=0.3):
    """Return (weight, bias, loss) for each step, its gradient taken by complex step."""
    point = np.array([1.0, -3.0])
    path = []

    def loss(w, b):
        z = w * INPUTS + b
        return np.mean((np.where(z.real > 0, z, negative_slope * z) - TARGETS) ** 2)

    for _ in range(steps + 1):
        w, b = point
        path.append((w, b, loss(w, b).real))
        gradient = (
            np.array([loss(w + 1e-30j, b).imag, loss(w, b + 1e-30j).imag]) / 1e-30
        )
        point = point - rate * gradient
    return np.array(path)


# two_units


@pytest.mark.parametrize(
    ("step", "slope"), [(0, 0.1), (88, 0.01), (400, 0.5), (50, 0.0)]
)
def test_each_unit_is_drawn_as_trained(step, slope):
    live = two_units(train, helpers.leaky_relu, INPUTS, TARGETS)
    set_to(live, step=step, negative_slope=slope)
    for name, leak in (("ReLU", 0.0), ("leaky ReLU", slope)):
        path = train(leak)
        w, b, loss = path[step]
        x, y = mark(live, f"output of {name}").get_data()
        assert (x[0], x[-1]) == (-2, 2)
        assert_allclose(
            y, helpers.leaky_relu(w * x + b, negative_slope=leak), atol=1e-12
        )
        losses = np.maximum(path[: step + 1, 2], 1e-5)
        assert_allclose(mark(live, f"losses of {name}").get_ydata(), losses, rtol=1e-9)
        assert_allclose(
            mark(live, f"loss of {name}").get_xydata(), [[step, losses[-1]]]
        )
        assert f"{name}: loss {loss:.4f}, switched on by" in live.alt
    assert live.alt.startswith(
        f"After {step} of 400 steps, leaky slope {slope:g}. ReLU: "
    )


def fixed_path(*rows):
    """Return two_units of a training that takes the same path for every slope."""
    return two_units(
        lambda slope: rows, helpers.leaky_relu, [-1.0, 0.0, 1.0], [0.0, 1.0, 2.0]
    )


@pytest.mark.parametrize(
    ("weight", "bias", "share"),
    [(1, 0, 33), (1, -1, 0), (1, 1, 67), (2, 1, 67), (1, 3, 100), (-2, 1, 67)],
)
def test_a_sum_above_0_switches_a_unit_on(weight, bias, share):
    live = fixed_path((0.0, 0.0, 1.0), (weight, bias, 0.5))
    set_to(live, step=1)
    assert live.alt.endswith(
        f"leaky ReLU: loss 0.5000, switched on by {share} % of the data."
    )
    assert live.controls["step"].max == 1


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (np.ones((1, 3)), r"shape \(steps, 3\), .* but its shape is \(1, 3\)"),
        (np.ones((5, 2)), r"shape \(steps, 3\), .* but its shape is \(5, 2\)"),
        (np.full((5, 3), np.nan), "smaller learning rate"),
    ],
)
def test_training_that_returns_something_else_is_refused(path, part):
    with pytest.raises(ValueError, match=part):
        fixed_path(*path)


def test_every_slope_takes_as_many_steps():
    def impatient(slope):
        return np.ones((6 if slope < 0.3 else 5, 3))

    live = two_units(impatient, helpers.leaky_relu, INPUTS, TARGETS)
    set_to(live, negative_slope=0.5)
    assert "5 rows for slope 0.5, but 6 for slope 0" in live.message


def test_data_are_two_lists_of_numbers_up_to_a_thousand():
    def learn(inputs, targets):
        return two_units(
            lambda slope: np.ones((2, 3)), helpers.leaky_relu, inputs, targets
        )

    assert learn([0.0, 1000.0], [-1000.0, 0.0]).message == ""
    for inputs, targets in (([0.0, 1000.5], [0.0, 1.0]), ([0.0, 1.0], [0.0, -1000.5])):
        with pytest.raises(ValueError, match="from −1000 to 1000"):
            learn(inputs, targets)
    with pytest.raises(ValueError, match=r"shapes are \(1, 2\) and \(1, 2\)"):
        learn([[0.0, 1.0]], [[0.0, 1.0]])


# What the lesson states


def test_the_lesson_trains_down_its_loss():
    space = names(
        read("04_leaky_relu"),
        "imports",
        "leaky-relu",
        "leaky-relu-slope",
        "data",
        "train",
    )
    for slope in (0.0, 0.1, 0.5):
        assert_allclose(space["train"](slope), train(slope), atol=1e-9)


@pytest.mark.parametrize(
    ("slope", "step", "loss", "digit"),
    [(0.5, 2, 0.055, 5e-4), (0.1, 9, 0.006, 5e-4), (0.01, 88, 0.0001, 5e-5)],
)
def test_when_the_first_input_switches_the_unit_on_and_the_loss_in_the_end(
    slope, step, loss, digit
):
    path = train(slope)
    on = [(w * INPUTS + b > 0).any() for w, b, _ in path]
    assert on.index(True) == step
    assert path[400, 2] == pytest.approx(loss, abs=digit)


def test_the_dead_unit_never_moves():
    assert np.all(train(0.0) == train(0.0)[0])


@pytest.mark.parametrize("slope", [-0.5, 0.01, 0.5, 2.0])
def test_two_leaky_units_make_a_relu(slope):
    x = np.linspace(-50, 50, 1001)
    right = helpers.leaky_relu(x, negative_slope=slope)
    left = helpers.leaky_relu(-x, negative_slope=slope)
    assert_allclose(
        (right + slope * left) / (1 - slope**2), helpers.relu(x), atol=1e-12
    )


def test_the_learned_leak_is_close_to_the_one_in_the_data():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        negative = np.minimum(0, rng.normal(size=500))
        noise = 0.2 * rng.normal(size=500)
        # Least squares, where gradient descent ends.
        best = 0.4 + (noise @ negative) / (negative @ negative)
        assert 0.365 < best < 0.435


def test_gradient_descent_has_reached_the_best_leak():
    space = names(
        read("04_leaky_relu"), "imports", "leaky-relu", "prelu-data", "prelu-code"
    )
    negative = np.minimum(0, space["sums"])
    rest = space["wanted"] - np.maximum(0, space["sums"])
    assert space["leak"] == pytest.approx(
        (rest @ negative) / (negative @ negative), abs=1e-6
    )
    assert 0.365 < space["leak"] < 0.435


@pytest.mark.parametrize("slope", [0.0, 0.1, 0.5])
def test_mean_output_falls_with_the_leak(slope):
    def weighted(z):
        return float(helpers.leaky_relu(z, negative_slope=slope)) * norm.pdf(z)

    mean, _ = quad(weighted, -12, 12, points=[0])
    assert mean == pytest.approx((1 - slope) / np.sqrt(2 * np.pi), abs=1e-9)
