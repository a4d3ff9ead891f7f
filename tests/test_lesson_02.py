"""02_tanh: gradient descent to two weights, the memory cell, and the numbers that are stated."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import norm
from shared import (
    Lesson,
    grab,
    heights,
    mark,
    points,
    refusals,
    right_of,
    set_to,
    texts,
)

import helpers
from helpers.figures.style import number
from lessons.tanh import descent, lstm
from lessons.tanh.descent import gradient_descent

LESSON = Lesson("02_tanh")
says = LESSON.says
CENTRED = np.tanh(np.random.default_rng(seed=5).normal(size=(200, 2)))
RIGHT = np.array([1.5, -0.5])
SQUARE = np.array([[1.0, 1.0], [1.0, -1.0]])  # its curvature is 1 in every direction
CELLS = ["by-hand", "slope", "lifted-tanh", "curvatures", "gradient", "steps"]
SIGNAL = np.zeros(20)
SIGNAL[[1, 5, 11]] = 2, 1, -3
GATES = ("forget", "input", "output")
LETTERS = {"σ": helpers.sigmoid, "tanh": helpers.tanh}


@pytest.fixture(scope="module")
def lesson():
    """Return what the lesson defines."""
    return LESSON.names("imports", "descent", *CELLS, "lstm-step")


def strokes(live, name):
    """Return the points of a scatter of this name, of shape (points, 2)."""
    return points(live, name)[::3]


# Gradient descent


@pytest.mark.parametrize(("lift", "rate"), [(0, 1.35), (1, 0.2)])
def test_the_descent_is_the_notebooks(lesson, lift, rate):
    live = descent(CENTRED)
    set_to(live, lift=lift, rate=rate)
    inputs = CENTRED + lift
    steps = lesson["steps_needed"](inputs, rate)
    path = np.zeros((steps + 1, 2))
    for step in range(steps):
        path[step + 1] = path[step] - rate * lesson["gradient"](inputs, path[step])
    assert_allclose(points(live, "path"), path, atol=1e-12)
    assert_allclose(points(live, "star"), [RIGHT])
    assert_allclose(strokes(live, "inputs"), inputs)
    assert_allclose(points(live, "centre"), [inputs.mean(axis=0)])
    errors = np.abs(path - RIGHT).max(axis=1)
    assert_allclose(10 ** heights(live, "errors"), errors)
    smallest, largest = lesson["curvatures"](inputs)
    words = texts(live)
    assert words["steps"] == f"{steps} steps to 10⁻⁶"
    assert words["condition"] == f"condition number {largest / smallest:.2f}"
    fastest = np.floor(100 / largest) / 100
    assert words["limit"] == f"flies off above rate {fastest:.2f}"


def test_contours_are_where_the_loss_has_one_value():
    live = descent(CENTRED, lift=1.0)

    def loss(weights):
        return np.mean(((CENTRED + 1) @ (weights - RIGHT).T) ** 2, axis=0)

    contours = live.figure.findobj(lambda artist: artist.get_gid() == "contour")
    for part, contour in zip((1, 0.36, 0.09, 0.01), contours, strict=True):
        places = contour.get_xy()
        assert_allclose(loss(places), part * loss(np.zeros(2)))
        assert (places.min(axis=0) < RIGHT).all()
        assert (places.max(axis=0) > RIGHT).all()


def test_one_example_at_a_time_moves_both_weights_the_same_way():
    live = descent(CENTRED, lift=1.0, rate=0.2, one=True)
    across, up = np.diff(points(live, "path"), axis=0)[:3].T
    x, y = CENTRED[:3].T + 1
    assert_allclose(across * y, up * x)  # along the example's inputs
    assert texts(live)["way"] == "in 100 % of the steps"
    assert texts(live)["limit"] == ""
    assert "the same way" not in descent(CENTRED).alt
    set_to(live, lift=0)
    same_way = np.diff(points(live, "path"), axis=0).prod(axis=1) > 0
    assert texts(live)["way"] == f"in {100 * same_way.mean():.0f} % of the steps"


@pytest.mark.parametrize(
    ("inputs", "rate", "end"),
    [
        (SQUARE, 1.05, "never arrives, it flies off"),
        # It jumps to and fro.
        (SQUARE, 1.0, "more than 500 steps, by then at (0.00, 0.00)"),
        (SQUARE / 20, 0.1, "more than 500 steps, by then at (0.33, −0.11)"),
        # The factors of the two errors are 0.475 and −1.1: the first step comes nearer.
        (np.diag([1.0, 2.0]), 0.525, "never arrives, it flies off"),
    ],
)
def test_a_descent_that_does_not_arrive_says_how_it_ends(inputs, rate, end):
    assert descent(inputs, rate=rate).alt.endswith(f"; {end}.")


def test_the_path_is_drawn_while_it_is_less_than_100_from_the_right_weights():
    # The factors of the two errors are 0 and −200.
    live = descent([[2, 0], [0, 28], [0, 4], [0, 2]], rate=0.5)
    assert_allclose(points(live, "path"), [[0, 0]], atol=1e-12)
    assert heights(live, "errors")[1] == pytest.approx(2)


def test_descent_takes_1000_examples_up_to_100():
    live = descent(np.tile(-100 * SQUARE, (500, 1)))
    assert texts(live)["condition"] == "condition number 1.00"


# The memory cell


def run(lesson, *scores, **swap):
    """Return memory and output after 0, 1, … steps of the signal, two arrays."""
    states = [(0.0, 0.0)]
    for signal in SIGNAL:
        memory, _ = states[-1]
        states.append(lesson["lstm_step"](memory, signal, np.array(scores), **swap))
    return np.transpose(states)


@pytest.mark.parametrize(
    ("gate", "candidate", "scores"),
    [("σ", "σ", (0, 4, -6)), ("tanh", "tanh", (-4, 4, 6))],
)
def test_the_picture_shows_gates_candidates_memory_and_output(
    lesson, gate, candidate, scores
):
    functions = {"gate": LETTERS[gate], "candidate": LETTERS[candidate]}
    live = lstm(lesson["lstm_step"], SIGNAL)
    set_to(live, **functions, **dict(zip(GATES, scores, strict=True)))
    memories, outputs = run(lesson, *scores, **functions)
    assert_allclose(heights(live, "memories"), memories[1:])
    assert_allclose(heights(live, "outputs"), outputs[1:])
    assert_allclose(strokes(live, "candidates")[:, 1], LETTERS[candidate](SIGNAL))
    words = texts(live)
    for name, share in zip(GATES, LETTERS[gate](np.array(scores)), strict=True):
        assert mark(live, f"{name} bar").get_width() == pytest.approx(share)
        assert words[f"{name}-gate"] == number(share)
    assert words["gates"] == f"gates: {gate} of their scores"
    assert words["candidate"] == f"candidate: {candidate} of the signal"
    end = f"memory {number(memories[-1])}, output {number(outputs[-1])}"
    assert words["memory"] == f"after step 20: {end}"


def test_the_axis_of_the_memory_shows_all_that_the_scores_can_make(lesson):
    live = lstm(lesson["lstm_step"], SIGNAL)
    set_to(live, gate=helpers.tanh)
    limits = mark(live, "memories").axes.get_ylim()
    for forget in (-6, 6):
        set_to(live, forget=forget, input=6, output=-6)
        drawn = [heights(live, "memories"), heights(live, "outputs")]
        assert limits[0] < np.min(drawn) < np.max(drawn) < limits[1]
        assert mark(live, "outputs").axes.get_ylim() == limits


@pytest.mark.parametrize("gate", LETTERS.values())
def test_a_gates_bar_that_is_pulled_to_a_share_sets_its_score(lesson, gate):
    live = lstm(lesson["lstm_step"], SIGNAL)
    set_to(live, gate=gate)
    for row, name in enumerate(GATES):
        grab(live, 0, (0.9, row + 0.5), (gate(-2.0), row + 0.5))
        assert live.controls[name].value == pytest.approx(-2)


def returns(*states):
    """Return a step of a cell that returns this, whatever it gets."""
    return lambda memory, signal, scores, gate, candidate: states


REFUSED = {
    "descent(np.zeros((4, 3)))": r"must have shape \(examples, 2\)",
    "descent(np.ones((1, 2)))": "2 to 1000 examples",
    "descent(np.tile(SQUARE, (501, 1)))": "2 to 1000 examples",
    "descent(100.1 * SQUARE)": "numbers from -100 to 100",
    "descent([[100, 99.998], [-100, -100]])": "nothing about one of the two weights",
    "lstm(returns(0, 0), [1.0])": "2 to 100 steps",
    "lstm(returns(0, 0), np.zeros(101))": "2 to 100 steps",
    "lstm(returns(1.0), SIGNAL)": "has to return two numbers, memory and output",
    "lstm(lambda memory: memory, SIGNAL)": "fails in step 1: TypeError",
    "lstm(returns(0, -1e6), SIGNAL)": r"-1e\+06 is no number to draw",
}


test_what_cannot_be_drawn_is_refused = refusals(REFUSED, globals())


@pytest.mark.parametrize("steps", [2, 100])
def test_a_cell_has_2_to_100_steps_and_numbers_below_a_million(steps):
    live = lstm(returns(999_999, -999_999), np.zeros(steps))
    assert len(heights(live, "memories")) == steps


# What the lesson says of tanh


def test_slopes_and_values_that_the_lesson_states():
    slope = helpers.tanh.derivative
    assert 1 / slope(2.0) == pytest.approx(14, abs=0.5)
    assert says(f"Only a fourteenth is left, {slope(2.0):.2f}")
    assert says(f"Its slope is 1 at a single point, and {slope(2.0):.2f} at ±2")
    of_tanh = norm.expect(slope)
    of_sigma = norm.expect(helpers.sigmoid.derivative)
    assert says(f"it is {of_tanh:.2f} on average, and that of σ is {of_sigma:.2f}")
    x = np.linspace(-6, 6, 10_001)
    without_2 = 2 * helpers.sigmoid(x) - 1
    assert says(f"off by up to {np.abs(without_2 - np.tanh(x)).max():.2f}")


@np.errstate(all="ignore")
def test_by_hand_fails_at_both_ends(lesson):
    values = lesson["tanh_by_hand"](np.array([-710.0, -709.0, 709.0, 710.0]))
    assert np.isnan(values).tolist() == [True, False, False, True]
    assert says("Only the first is wrong, beyond ±709.")


# What the lesson says of centring


def flies_off_above(lesson, inputs):
    return 1 / lesson["curvatures"](inputs)[1]


def test_the_zig_zag(lesson):
    inputs = helpers.sigmoid(lesson["sums"]) - 0.5
    live = descent(inputs, lift=0.5, rate=0.8, one=True)
    assert texts(live)["way"] == "in 100 % of the steps"
    before = texts(live)["steps"].removesuffix(" to 10⁻⁶")
    set_to(live, lift=0)
    way = texts(live)["way"].replace("in ", "in only ")
    assert says(f"{way} both still move alike")
    now = texts(live)["steps"].removesuffix(" to 10⁻⁶")
    assert says(f"it takes {now}, where before it took {before.removesuffix(' steps')}")
    set_to(live, rate=2.4)
    now = texts(live)["steps"].removesuffix(" steps to 10⁻⁶")
    assert says(f"try a rate of 2.4, and it takes {now}.")
    rates = np.arange(1, 250) / 100  # all that the slider has
    lifted = [gradient_descent(inputs + 0.5, rate, True) for rate in rates]
    fewest = min(
        len(path) - 1 for path in lifted if np.allclose(path[-1], RIGHT, atol=1e-6)
    )
    assert says(f"With the lift, no rate needs fewer than {fewest}.")


def test_the_best_rates(lesson):
    def steps(lift):
        rates = np.arange(0.01, flies_off_above(lesson, CENTRED + lift), 0.01).round(2)
        return {rate: lesson["steps_needed"](CENTRED + lift, rate) for rate in rates}

    lifted = steps(1)
    best = min(lifted, key=lifted.get)
    assert says(f"the best is {best}, for {lifted[best]} steps")
    fastest = np.floor(100 * flies_off_above(lesson, CENTRED + 1)) / 100
    assert says(f"above a rate of {fastest} you fly off")
    centred = steps(0)
    assert says(f"At the old rate you would still need {centred[best]}")
    assert centred[1.35] == min(centred.values())
    assert says(f"**{centred[1.35]} steps**, at a rate of 1.35")


def test_a_lift_of_10(lesson):
    smallest, largest = lesson["curvatures"](CENTRED + 10)
    ratio = largest / smallest
    length = np.sqrt(ratio)
    assert says(f"It makes it {ratio:.0f}, a valley {length:.0f} times as long as wide")


def test_other_seeds_need_about_as_many_steps(lesson):
    counts = []
    for seed in range(1, 11):
        sums = np.random.default_rng(seed).normal(size=(200, 2))
        for inputs in (np.tanh(sums), np.tanh(sums) + 1, helpers.sigmoid(sums)):
            rate = flies_off_above(lesson, inputs) / 2
            counts.append(lesson["steps_needed"](inputs, rate))
    counts = np.reshape(counts, (10, 3))
    ranges = zip(counts.min(axis=0), counts.max(axis=0), strict=True)
    first, second, third = (f"{fewest} to {most}" for fewest, most in ranges)
    assert says(f"(seeds 1 to 10) give {first}, {second}, and {third}")


def test_a_real_network_notices(lesson):
    def percent(f, steps, seed=0):
        options = {"depth": 3, "rate": 0.06, "initialisation": "xavier"}
        reader = helpers.train_digit_reader(f, steps=steps, seed=seed, **options)
        return round(right_of(reader) / 5)

    ends = []
    for f in (lesson["tanh_by_hand"], lesson["lifted_tanh"]):
        shares = [percent(f, 50, seed) for seed in range(1, 10)]
        ends.append(f"{min(shares)} to {max(shares)} %")
        assert says(f"after 500 steps both read {percent(f, 500)} %")
    assert says("tanh reads {}, and its lifted twin {}".format(*ends))
    assert says(f"The lifted one reads only {percent(f, 50)} %")


# What the lesson says of memory


def test_what_the_memory_does(lesson):
    climbs, _ = run(lesson, 4, 4, 4, candidate=helpers.sigmoid)
    assert says(f"the memory climbs to {climbs[-1]:.1f}")
    assert says(f"it adds {helpers.sigmoid(-3):.2f}, since σ(−3) is positive")
