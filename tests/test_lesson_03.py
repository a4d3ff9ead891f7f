"""03_relu: curves from pieces, dead units and a revived one, what the lesson states."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import approx_fprime
from shared import Lesson, heights, mark, points, refusals, right_of, set_to, texts

import helpers
from lessons.relu import dead_units, follow, pieces

LESSON = Lesson("03_relu")
says = LESSON.says
TRAIN, _ = helpers.digits()
TARGETS = {"sin x": np.sin, "hill": lambda x: np.exp(-(x**2)), "|x|": np.abs}


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    units = ("imports", "relu", "relu-slope", "units-code")
    return LESSON.names(*units, "history", "follow")


# pieces


@pytest.mark.parametrize("count", [1, 7, 24])
@pytest.mark.parametrize("target", TARGETS)
def test_the_sum_of_the_units_meets_the_target_at_every_corner(lesson, target, count):
    live = pieces(lesson["units"], TARGETS)
    set_to(live, target=target, count=count)
    f = TARGETS[target]
    x, total = points(live, "total").T
    corners = np.linspace(-3, 3, count + 1)
    assert_allclose(total, np.interp(x, corners, f(corners)), atol=1e-12)
    assert_allclose(heights(live, "target"), f(x))
    # They lie on the line as drawn, which has 601 points.
    assert_allclose(mark(live, "corners").get_data(), [corners, f(corners)], atol=2e-3)
    parts = [heights(live, f"part-{n}") for n in range(count)]
    assert_allclose(total[0] + sum(parts), total[::4], atol=1e-12)
    low, high = mark(live, "part-0").axes.get_ylim()
    assert low < np.min(parts) <= np.max(parts) < high
    error = f"largest error: {np.abs(total - f(x)).max():.4f}"
    assert texts(live)["error"] == error
    units = "1 ReLU unit" if count == 1 else f"{count} ReLU units"
    assert f"{target} from −3.0 to 3.0, built from {units}: {error}." in live.alt


def falling(x, corners, heights):
    """Return units that start high and fall."""
    return np.tile(-x, (len(corners) - 1, 1))


def test_it_is_told_how_the_units_bend_the_sum(lesson):
    # The sine goes straight on through 0.
    live = pieces(lesson["units"], TARGETS, count=4)
    assert "Bending upwards: 1, downwards: 2." in live.alt
    live = pieces(falling, TARGETS, count=4)
    assert "Bending upwards: 0, downwards: 4." in live.alt


def test_even_numbers_of_pieces_match_the_corner_and_the_axes_hold_still(lesson):
    live = pieces(lesson["units"], TARGETS)
    set_to(live, target="|x|")
    limits = set()
    for count in range(1, 25):
        set_to(live, count=count)
        exact = texts(live)["error"] == "largest error: 0.0000"
        assert exact == (count % 2 == 0)
        limits.add(tuple(axes.get_ylim() for axes in live.figure.axes))
    assert len(limits) == 1


# dead_units

SUMS = np.array([[1.0, -3, 0.5], [-1.0, -2, 2.5], [2.0, -1.5, -0.5], [-4.0, -5, -1]])


def bar_heights(live):
    """Return how high the bar of each unit stands: one line goes up and down through them all."""
    return heights(live, "on")[1::3]


@pytest.mark.parametrize(
    ("bias", "on", "dead"),
    [
        (-2.0, [0.25, 0, 0], 2),
        (2.0, [1, 0.75, 0.25], 0),
        (1.0, [0.75, 0.5, 0.0], 1),  # a sum of exactly 0 leaves a unit off
    ],
)
def test_bars_crosses_and_curve_count_the_units(bias, on, dead):
    live = dead_units(SUMS)
    set_to(live, bias=bias)
    assert_allclose(bar_heights(live), on)
    assert len(points(live, "crosses")) == dead
    assert_allclose(points(live, "dead now"), [[bias, dead / 3]])
    places, shares = points(live, "dead by bias").T
    assert_allclose(places, [-6, -2.5, -2.5, -2, -2, 1.5, 1.5, 3])
    assert_allclose(3 * shares, [3, 3, 2, 2, 1, 1, 0, 0], atol=1e-12)
    zeros = f"outputs that are 0: {100 - 100 * np.mean(on):.1f} %"
    assert texts(live) == {"dead": f"dead: {dead} of 3", "zeros": zeros}


def test_with_fewer_examples_more_units_count_as_dead():
    live = dead_units(SUMS, bias=-0.6)
    assert "4 examples: dead: 1 of 3" in live.alt
    set_to(live, examples=1)
    assert "1 example: dead: 2 of 3" in live.alt


def test_a_unit_that_one_example_switches_on_has_a_bar_that_can_be_seen():
    sums = np.full((1000, 2), -1.0)
    sums[7, 1] = 0.1
    alive, dead = bar_heights(dead_units(sums))
    assert alive > 0.02
    assert dead == 0


@pytest.mark.parametrize("units", [2, 100])
def test_a_layer_has_2_to_100_units(units):
    assert len(bar_heights(dead_units(np.ones((2, units))))) == units


# The network that reads digits


def sums_of(reader):
    """Return what the hidden units add up for the training pictures, (pictures, units)."""
    return TRAIN.pictures @ reader.W[0] + reader.b[0]


def dead(reader):
    """Return which hidden units no training picture switches on."""
    return sums_of(reader).max(axis=0) <= 0


@pytest.mark.parametrize("seed", range(3))
def test_about_half_of_a_trained_readers_units_are_off_and_a_few_are_dead(seed):
    reader = helpers.train_digit_reader(seed=seed)
    on = sums_of(reader)[:, ~dead(reader)] > 0
    shares = np.array([on[TRAIN.labels == digit].mean(axis=0) for digit in range(10)])
    on_of_all = shares.sum(axis=1) / 32
    assert on_of_all == pytest.approx([0.5] * 10, abs=0.13)
    # "Not the same half": most units are on twice as often for one digit as for another.
    assert np.mean(shares.max(axis=0) > 2 * shares.min(axis=0)) > 0.5
    assert 3 <= dead(reader).sum() <= 10


def test_what_the_lesson_says_of_its_own_reader():
    reader = helpers.train_digit_reader()
    sums = sums_of(reader)
    off = np.sum(sums[0] <= 0)
    never_on = dead(reader).sum()
    assert says(f"for one picture, {off} are off. But only {never_on} are off for all.")
    right = right_of(reader)
    assert says(f"The other {32 - never_on} read {right} of 500 new pictures.")
    assert np.mean((sums - 6).max(axis=0) <= 0) > 0.5


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_rate_that_is_too_large_kills_most_units(seed):
    def reader(rate):
        return helpers.train_digit_reader(rate=rate, steps=100, seed=seed)

    assert dead(reader(0.1)).sum() <= 10
    assert dead(reader(0.3)).sum() <= 14
    hasty = reader(1.0)
    assert 22 <= dead(hasty).sum() <= 32
    assert says("(With other first weights, it is 22 to 32.)")
    assert right_of(hasty) < 400
    gradients = hasty.gradients(*TRAIN)
    assert np.all(gradients.W[0][:, dead(hasty)] == 0)


# follow


@pytest.mark.parametrize(("case", "step"), [("one", 0), ("one", 3), ("two", 1)])
def test_every_line_is_one_example_up_to_the_step(case, step):
    histories = {"one": np.arange(12.0).reshape(4, 3) - 5, "two": np.ones((4, 3))}
    sums = histories[case]
    live = follow(histories, step=1)
    set_to(live, case=case, step=step)
    lines = np.array(mark(live, "sums").get_segments())
    assert (lines[..., 0] == range(step + 1)).all()
    assert_allclose(lines[..., 1].T, sums[: step + 1])
    assert_allclose(mark(live, "now").get_data(), [[step] * 3, sums[step]])
    words = f"after {step} steps: on for {np.sum(sums[step] > 0)} of 3 examples"
    assert texts(live)["on"] == words


def test_a_sum_of_exactly_0_is_off():
    live = follow({"ReLU": np.array([[1.0, 1.0, 1.0], [0.5, 0.0, -0.5]])}, step=1)
    assert texts(live)["on"] == "after 1 steps: on for 1 of 3 examples"


@pytest.mark.parametrize(("rows", "begins"), [(2, 1), (30, 20)])
def test_the_slider_ends_with_the_history(rows, begins):
    step = follow({"ReLU": np.ones((rows, 1))}, step=20).controls["step"]
    assert (step.min, step.value, step.max) == (0, begins, rows - 1)


REFUSED = {
    "pieces(lambda x, c, h: x, TARGETS)": r"shape \(1, 601\) .* its shape is \(601,\)",
    "pieces(lambda x, c, h: [np.nan * x], TARGETS)": "for 2 corners .* but nan or inf",
    "dead_units(np.zeros((1, 5)))": "2 examples or more and 2 to 100 units",
    "dead_units(np.zeros((5, 1)))": "2 examples or more and 2 to 100 units",
    "dead_units(np.zeros((5, 101)))": "2 examples or more and 2 to 100 units",
    "follow({'a': np.ones((3, 2)), 'b': np.ones((4, 2))})": "the same steps",
    "follow({'a': np.ones(3)})": r"its shape is \(3,\)",
    "follow({'a': np.ones((1, 3))})": "the same steps",
    "follow({'a': np.ones((3, 0))})": "the same steps",
    "follow({'a': [[1.0], [np.inf]]})": "smaller learning rate",
}


test_what_cannot_be_drawn_is_refused = refusals(REFUSED, globals())


def test_the_steps_of_the_history_are_steps_down_the_error(lesson):
    x = np.linspace(0.1, 1, 10)

    def loss(parameters):
        """Return half the mean squared error."""
        v, b = parameters
        error = np.maximum(0, v * x + b) + v * x - 4 * x
        return np.mean(error**2) / 2

    parameters = np.array([1.0, -1.5])
    for sums in lesson["cases"]["layer before learns"]:
        v, b = parameters
        assert_allclose(sums, v * x + b, atol=1e-5)
        parameters = parameters - 0.1 * approx_fprime(parameters, loss)


def test_what_the_lesson_says_of_the_three_cases(lesson):
    alone, upstream, leaky = lesson["cases"].values()
    assert np.all(alone == alone[0])
    assert np.all(alone[0] < 0)
    assert says("At the start all ten sums are negative.")
    on = (upstream > 0).sum(axis=1)
    assert (on > 0).argmax() == 5
    assert says("after five steps the first is above 0")
    assert on[-1] == 7
    assert says("in the end seven are.")
    on = (leaky > 0).sum(axis=1)
    assert (on == 10).argmax() in (39, 40)
    assert says("after 40 steps all ten are on")
    assert np.all(np.diff(leaky[:30], axis=0) > 0)
