"""04_leaky_relu: two units that learn side by side, and what the lesson states."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import approx_fprime
from shared import Lesson, heights, points, refusals, right_of, set_to

import helpers
from lessons.leaky_relu import two_units

LESSON = Lesson("04_leaky_relu")
says = LESSON.says
SPACE = LESSON.names("imports", "leaky-relu", "leaky-relu-slope", "data", "train")
INPUTS = SPACE["inputs"]
TARGETS = SPACE["targets"]


def train(negative_slope):
    """Return (weight, bias, loss) for each step."""
    return np.array(SPACE["train"](negative_slope))


# two_units


@pytest.mark.parametrize(("step", "slope"), [(0, 0.1), (88, 0.01), (50, 0.0)])
def test_each_unit_is_drawn_as_trained(step, slope):
    live = two_units(train, helpers.leaky_relu, INPUTS, TARGETS)
    set_to(live, step=step, negative_slope=slope)
    for name, leak in (("ReLU", 0.0), ("leaky ReLU", slope)):
        path = train(leak)
        w, b, loss = path[step]
        x, y = points(live, f"output of {name}").T
        assert (x[0], x[-1]) == (-2, 2)
        output = helpers.leaky_relu(w * x + b, negative_slope=leak)
        assert_allclose(y, output, atol=1e-12)
        losses = np.maximum(path[: step + 1, 2], 1e-5)
        assert_allclose(heights(live, f"losses of {name}"), losses, rtol=1e-9)
        assert_allclose(points(live, f"loss of {name}"), [[step, losses[-1]]])
        assert f"{name}: loss {loss:.4f}, switched on by" in live.alt
    words = f"After {step} of 400 steps, leak {slope:g}. ReLU: "
    assert live.alt.startswith(words)


def fixed_path(*rows):
    """Return two_units of a training that takes the same path for every slope."""
    data = ([-1.0, 0.0, 1.0], [0.0, 1.0, 2.0])
    return two_units(lambda slope: rows, helpers.leaky_relu, *data)


@pytest.mark.parametrize(
    ("weight", "bias", "share"), [(1, 0, 33), (1, -1, 0), (2, 1, 67), (-2, 3, 100)]
)
def test_a_sum_above_0_switches_a_unit_on(weight, bias, share):
    live = fixed_path((0.0, 0.0, 1.0), (weight, bias, 0.5))
    assert live.controls["step"].max == 1
    set_to(live, step=1)
    words = f"leaky ReLU: loss 0.5000, switched on by {share} % of the data."
    assert live.alt.endswith(words)


def test_every_leak_takes_as_many_steps():
    def impatient(slope):
        return np.ones((6 if slope < 0.3 else 5, 3))

    live = two_units(impatient, helpers.leaky_relu, INPUTS, TARGETS)
    set_to(live, negative_slope=0.5)
    assert "5 rows for a leak of 0.5, but 6 for a leak of 0;" in live.message


def with_data(inputs, targets):
    path = np.ones((2, 3))
    return two_units(lambda slope: path, helpers.leaky_relu, inputs, targets)


REFUSED = {
    "fixed_path(*np.ones((1, 3)))": r"shape \(steps, 3\), .* its shape is \(1, 3\)",
    "fixed_path(*np.ones((5, 2)))": r"shape \(steps, 3\), .* its shape is \(5, 2\)",
    "fixed_path(*np.full((5, 3), np.nan))": "smaller learning rate",
    "with_data([0.0, 1000.5], [0.0, 1.0])": "from -1000 to 1000",
    "with_data([0.0, 1.0], [0.0, -1000.5])": "from -1000 to 1000",
    "with_data([[0.0, 1.0]], [[0.0, 1.0]])": r"its shape is \(1, 2\)",
}


test_what_cannot_be_drawn_is_refused = refusals(REFUSED, globals())


def test_data_may_go_up_to_a_thousand():
    assert with_data([0.0, 1000.0], [-1000.0, 0.0]).message == ""


# What the lesson states


@pytest.mark.parametrize("slope", [0.0, 0.1, 0.5])
def test_the_lesson_trains_down_its_loss(slope):
    def loss(weight_and_bias):
        z = np.dot(weight_and_bias, [INPUTS, np.ones(41)])
        outputs = helpers.leaky_relu(z, negative_slope=slope)
        return np.mean((outputs - TARGETS) ** 2)

    path = train(slope)
    for here, there in zip(path[:90:7], path[1:91:7], strict=True):
        assert here[2] == pytest.approx(loss(here[:2]))
        step = -0.3 * approx_fprime(here[:2], loss)
        assert_allclose(there[:2] - here[:2], step, atol=1e-6)


def first_day(slope):
    """Return the first step at which some input switches the unit on, and that input."""
    w, b, _ = train(slope).T
    sums = np.outer(w, INPUTS) + b[:, None]
    step = (sums > 0).any(axis=1).argmax()
    return step, INPUTS[sums[step].argmax()]


def test_a_leak_of_a_hundredth_gets_away_and_ends_within_two_cups():
    step, day = first_day(0.01)
    assert day == 2
    assert says(f"For {step} steps it looks as stuck as its twin. Then the hottest day")
    w, b, _ = train(0.01)[400]
    error = helpers.leaky_relu(w * INPUTS + b, negative_slope=0.01) - TARGETS
    assert round(100 * np.abs(error).max()) == 2
    assert says("in the end it misses by two cups at most")
    assert (train(0.0)[:, 1] == -3).all()


def test_a_large_leak_starts_sooner_and_ends_worse():
    assert says(
        f"With 0.5 it takes {first_day(0.5)[0]} steps, not {first_day(0.01)[0]}"
    )
    w, b, loss = train(0.5)[400]
    assert says(f"its loss stops at {loss:.3f}")
    coldest = helpers.leaky_relu(-2 * w + b, negative_slope=0.5)
    assert says(f"it would sell −{-100 * coldest:.0f} cups")
    assert train(0.01)[400, 2] < train(0.1)[400, 2] < loss
    assert says("The smallest, as the right answers are a ReLU themselves.")


def test_a_nudge_on_the_hottest_day():
    change = helpers.leaky_relu([-1, -0.98], negative_slope=0.01)
    assert says(f"By {np.diff(change)[0]:.4f}, a hundredth of what the sum rises by")


@pytest.mark.parametrize("seed", [2, 4])
def test_when_a_leak_helps_to_read_digits(seed):
    def read(leak, rate):
        options = {"negative_slope": leak, "rate": rate, "seed": seed}
        return right_of(helpers.train_digit_reader("leaky_relu", **options)) / 500

    leaky = read(0.01, rate=1.0)
    assert read(0.0, rate=1.0) < 2 / 3
    assert leaky > 4 / 5
    assert min(read(0.0, rate=0.1), read(0.01, rate=0.1)) > max(leaky, 0.95)
