"""02_tanh: gradient descent to two weights, the memory cell, and the numbers that are stated."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import grab, mark, names, read, set_to, texts

import helpers
from helpers.figures.style import number
from lessons.tanh import descent, lstm

CENTRED = np.tanh(np.random.default_rng(seed=5).normal(size=(200, 2)))
RIGHT = np.array([1.5, -0.5])
SQUARE = np.array([[1.0, 1.0], [1.0, -1.0]])  # its curvature is 1 in every direction
CELLS = ["by-hand", "curvature", "curvatures", "gradient", "steps", "lstm-step"]
SIGNAL = np.zeros(20)
SIGNAL[[1, 5, 11]] = 2, 1, -3
GATES = ("forget", "input", "output")
LETTERS = {"σ": helpers.sigmoid, "tanh": helpers.tanh}


@pytest.fixture(scope="module")
def lesson():
    """Return what the lesson defines."""
    return names(read("02_tanh"), "imports", "outputs", "twins", *CELLS)


def strokes(live, name):
    """Return the points of a scatter of this name, of shape (points, 2)."""
    return mark(live, name).get_xydata()[::3]


# Gradient descent


@pytest.mark.parametrize(("lift", "rate"), [(0, 2.65), (1, 0.45), (0.5, 1.6)])
def test_the_descent_is_the_notebooks(lesson, lift, rate):
    live = descent(CENTRED)
    set_to(live, lift=lift, rate=rate)
    inputs = CENTRED + lift
    steps = lesson["steps_needed"](inputs, rate)
    path = [np.zeros(2)]
    for _ in range(steps):
        path.append(path[-1] - rate * lesson["gradient"](inputs, path[-1]))
    assert_allclose(mark(live, "path").get_xydata(), path, atol=1e-12)
    assert_allclose(mark(live, "star").get_xydata(), [RIGHT])
    assert_allclose(strokes(live, "inputs"), inputs)
    assert_allclose(mark(live, "centre").get_xydata(), [inputs.mean(axis=0)])
    errors = np.abs(np.array(path) - RIGHT).max(axis=1)
    assert_allclose(10 ** mark(live, "errors").get_ydata(), np.maximum(errors, 1e-9))
    smallest, largest = lesson["curvatures"](inputs)
    words = texts(live)
    assert words["steps"] == f"{steps} steps to 10⁻⁶"
    assert words["condition"] == f"condition number {largest / smallest:.2f}"
    assert words["limit"] == f"flies off above rate {2 / largest:.2f}"
    assert live.alt.endswith(f"{steps} steps to 10⁻⁶, ends at (1.50, −0.50).")


@pytest.mark.parametrize("lift", [0.0, 1.0])
def test_contours_are_where_the_loss_has_one_value(lift):
    live = descent(CENTRED, lift=lift)

    def loss(weights):
        return np.mean(((CENTRED + lift) @ (weights - RIGHT).T) ** 2, axis=0)

    contours = live.figure.findobj(lambda artist: artist.get_gid() == "contour")
    for part, contour in zip((1, 0.36, 0.09, 0.01), contours, strict=True):
        x, y = contour.get_xy().T
        assert_allclose(loss(contour.get_xy()), part * loss(np.zeros(2)))
        assert x.min() < RIGHT[0] < x.max()
        assert y.min() < RIGHT[1] < y.max()


def test_one_example_at_a_time_moves_both_weights_the_same_way():
    live = descent(CENTRED, lift=1.0, rate=0.2)
    set_to(live, one=True)
    steps = np.diff(mark(live, "path").get_xydata(), axis=0)
    assert_allclose(
        steps[:3, 0] * (CENTRED[:3, 1] + 1), steps[:3, 1] * (CENTRED[:3, 0] + 1)
    )
    assert texts(live)["way"] == "in 100 % of the steps"
    assert texts(live)["limit"] == ""
    assert "each step uses one example" in live.alt
    set_to(live, lift=0)
    same_way = np.diff(mark(live, "path").get_xydata(), axis=0).prod(axis=1) > 0
    assert texts(live)["way"] == f"in {100 * same_way.mean():.0f} % of the steps"


@pytest.mark.parametrize(
    ("inputs", "rate", "steps", "end"),
    [
        (SQUARE, 2.05, "never arrives", "it flies off"),
        (
            SQUARE,
            2.0,
            "more than 500 steps",
            "by then at (0.00, 0.00)",
        ),  # jumps to and fro
        (SQUARE / 10, 0.05, "more than 500 steps", "by then at (0.33, −0.11)"),
        # The factors of the two errors are 0.475 and −1.1, so that the first step comes nearer:
        (np.diag([1.0, 2.0]), 1.05, "never arrives", "it flies off"),
    ],
)
def test_a_descent_that_does_not_arrive_says_how_it_ends(inputs, rate, steps, end):
    assert descent(inputs, rate=rate).alt.endswith(f"; {steps}, {end}.")


def test_the_path_is_drawn_while_it_is_less_than_100_from_the_right_weights():
    inputs = [
        [2, 0],
        [0, 28],
        [0, 4],
        [0, 2],
    ]  # the factors of the two errors are 0 and −200
    live = descent(inputs, rate=1.0)
    assert_allclose(mark(live, "path").get_xydata(), [[0, 0]], atol=1e-12)
    assert mark(live, "errors").get_ydata()[1] == pytest.approx(2)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        (np.zeros((4, 3)), "of shape \\(examples, 2\\)"),
        (np.ones((1, 2)), "2 to 1000 examples"),
        (np.tile(SQUARE, (501, 1)), "2 to 1000 examples"),
        (100.1 * SQUARE, "numbers from −100 to 100"),
        (np.full((4, 2), np.nan), "numbers from −100 to 100"),
        ([[100, 99.998], [-100, -100]], "say nothing about one of the two weights"),
    ],
)
def test_inputs_that_descent_refuses(inputs, words):
    with pytest.raises(ValueError, match=words):
        descent(inputs)


def test_descent_takes_1000_examples_up_to_100():
    live = descent(np.tile(-100 * SQUARE, (500, 1)))
    assert texts(live)["condition"] == "condition number 1.00"


# The memory cell


def run(lesson, scores, **swap):
    """Return memory and output after 0, 1, … steps of the signal, of shape (steps + 1, 2)."""
    states = [(0.0, 0.0)]
    for signal in SIGNAL:
        states.append(
            lesson["lstm_step"](states[-1][0], signal, np.array(scores), **swap)
        )
    return np.array(states)


@pytest.mark.parametrize(
    ("gate", "candidate", "scores"),
    [("σ", "tanh", (0, 4, -6)), ("σ", "σ", (4, 4, 4)), ("tanh", "tanh", (-4, 4, 6))],
)
def test_the_picture_shows_gates_candidates_memory_and_output(
    lesson, gate, candidate, scores
):
    functions = {"gate": LETTERS[gate], "candidate": LETTERS[candidate]}
    live = lstm(lesson["lstm_step"], SIGNAL)
    set_to(live, **functions, **dict(zip(GATES, scores, strict=True)))
    memories, outputs = run(lesson, scores, **functions)[1:].T
    assert_allclose(mark(live, "memories").get_ydata(), memories)
    assert_allclose(mark(live, "outputs").get_ydata(), outputs)
    assert_allclose(strokes(live, "candidates")[:, 1], LETTERS[candidate](SIGNAL))
    words = texts(live)
    for name, share in zip(GATES, LETTERS[gate](np.array(scores)), strict=True):
        assert mark(live, f"{name} bar").get_width() == pytest.approx(share)
        assert words[f"{name}-gate"] == number(share)
    assert words["gates"] == f"gates: {gate} of their scores"
    assert words["candidate"] == f"candidate: {candidate} of the signal"
    end = f"after step 20: memory {number(memories[-1])}, output {number(outputs[-1])}"
    assert words["memory"] == end
    assert live.alt.endswith(f"{end}.")


def test_the_axis_of_the_memory_shows_all_that_the_scores_can_make(lesson):
    live = lstm(lesson["lstm_step"], SIGNAL)
    set_to(live, gate=helpers.tanh)
    low, high = mark(live, "memories").axes.get_ylim()
    for forget in (-6, 6):
        set_to(live, forget=forget, input=6, output=-6)
        for name in ("memories", "outputs"):
            line = mark(live, name)
            assert line.axes.get_ylim() == (low, high)
            assert low < line.get_ydata().min() < line.get_ydata().max() < high


@pytest.mark.parametrize(
    ("gate", "share", "score"), [("σ", 0.1192, -2), ("tanh", -0.964, -2)]
)
def test_a_gates_bar_that_is_pulled_to_a_share_sets_its_score(
    lesson, gate, share, score
):
    live = lstm(lesson["lstm_step"], SIGNAL)
    set_to(live, gate=LETTERS[gate])
    for row, name in enumerate(GATES):
        grab(live, 0, (0.9, row + 0.5), (share, row + 0.5))
        assert live.controls[name].value == pytest.approx(score)


def returns(*states):
    """Return a step of a cell that returns this, whatever it gets."""
    return lambda memory, signal, scores, gate, candidate: states


@pytest.mark.parametrize(
    ("step", "signal", "words"),
    [
        (returns(0, 0), [1.0], "2 to 100 finite numbers"),
        (returns(0, 0), np.zeros(101), "2 to 100 finite numbers"),
        (returns(0, 0), [1.0, np.inf], "2 to 100 finite numbers"),
        (returns(1.0), SIGNAL, "has to return two numbers, memory and output"),
        (lambda memory: memory, SIGNAL, "fails in step 1: TypeError"),
        (returns(0, -1e6), SIGNAL, "-1e\\+06 is no number to draw"),
        (returns(np.nan, 0), SIGNAL, "nan is no number to draw"),
    ],
)
def test_cells_that_cannot_be_drawn(step, signal, words):
    with pytest.raises(ValueError, match=words):
        lstm(step, signal)


@pytest.mark.parametrize("steps", [2, 100])
def test_a_cell_has_2_to_100_steps_and_numbers_below_a_million(steps):
    live = lstm(returns(999_999, -999_999), np.zeros(steps))
    assert len(mark(live, "memories").get_ydata()) == steps


# What the lesson says of tanh


def test_slopes_and_values_that_the_lesson_states():
    slope = helpers.tanh.derivative
    of_sigma = helpers.sigmoid.derivative
    assert_allclose(slope(np.array([2.0, 3.0])), [0.0707, 0.0099], atol=5e-5)
    assert slope(1.66) > of_sigma(1.66)
    assert slope(1.67) < of_sigma(1.67)
    nodes, weights = np.polynomial.hermite_e.hermegauss(120)
    assert np.average(slope(nodes), weights=weights) == pytest.approx(0.61, abs=5e-3)
    assert np.average(of_sigma(nodes), weights=weights) == pytest.approx(0.21, abs=5e-3)
    assert_allclose([np.tanh(2), 0.1 - np.tanh(0.1)], [0.96, 0.0003], rtol=0.15)
    x = np.linspace(-6, 6, 10_001)
    without_2 = 2 * helpers.sigmoid(x) - 1
    assert np.abs(without_2 - np.tanh(x)).max() == pytest.approx(0.30, abs=1e-3)


def test_a_tanh_network_is_a_sigma_network_with_other_weights():
    rng = np.random.default_rng(seed=1)
    x, W, V = rng.normal(size=(3, 4, 4))
    b, c = rng.normal(size=(2, 4))
    as_sigma = helpers.sigmoid(x @ (2 * W) + 2 * b) @ (2 * V) + c - V.sum(axis=0)
    assert_allclose(np.tanh(x @ W + b) @ V + c, as_sigma)


def test_by_hand_fails_at_both_ends(lesson):
    tanh_by_hand = lesson["tanh_by_hand"]
    with np.errstate(all="ignore"):
        assert np.isnan(tanh_by_hand(np.array([-709.8, 709.8]))).all()
    assert_allclose(tanh_by_hand(np.array([-709.7, 709.7])), [-1, 1])


def test_sigmas_form_of_tanh_is_right_and_silent_everywhere():
    x = np.arange(-1000.0, 1001)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert_allclose(2 * helpers.sigmoid(2 * x) - 1, np.tanh(x), atol=1e-15)
        of_1997 = 4 * helpers.sigmoid(x) - 2
        assert_allclose(of_1997, 2 * np.tanh(x / 2), atol=1e-14)


# What the lesson says of centring


def test_other_seeds_need_about_as_many_steps(lesson):
    counts = []
    for seed in range(1, 11):
        sums = np.random.default_rng(seed).normal(size=(200, 2))
        runners = (np.tanh(sums), np.tanh(sums) + 1, helpers.sigmoid(sums))
        rates = [1 / lesson["curvatures"](inputs)[1] for inputs in runners]
        counts.append([*map(lesson["steps_needed"], runners, rates)])
    assert np.min(counts, axis=0).tolist() == [5, 67, 151]
    assert np.max(counts, axis=0).tolist() == [10, 87, 197]


def test_a_lift_makes_the_bowl_steeper_in_one_direction_only(lesson):
    curvature = lesson["curvature"]
    together, apart = SQUARE / np.sqrt(2)
    assert curvature(CENTRED + 1, apart) == pytest.approx(curvature(CENTRED, apart))
    assert curvature(CENTRED + 1, together) - curvature(
        CENTRED, together
    ) == pytest.approx(2, abs=0.2)


def test_how_long_the_bowl_is_for_its_width(lesson):
    for lift, ratio in ((1, 2.5), (10, 23)):
        smallest, largest = lesson["curvatures"](CENTRED + lift)
        assert np.sqrt(largest / smallest) == pytest.approx(ratio, rel=0.02)


def test_the_predictions_about_the_learning_rate(lesson):
    def steps(lift, rates):
        return [lesson["steps_needed"](CENTRED + lift, 0.05 * rate) for rate in rates]

    centred = steps(0, range(98))
    lifted = steps(1, range(18))
    assert (centred[9], lifted[9]) == (81, 77)
    fewest = [rate for rate, count in enumerate(centred) if count <= 5]
    assert fewest == [53, 54, 55, 56]  # 2.65 to 2.80
    assert min(lifted) == lifted[15] == 43
    limits = [2 / lesson["curvatures"](CENTRED + lift)[1] for lift in (0, 1)]
    assert_allclose(limits, [4.88, 0.90], atol=5e-3)


@pytest.mark.parametrize(("rate", "sign"), [(0.85, -1), (0.4, 1)])
def test_above_the_best_rate_the_path_jumps_from_wall_to_wall(rate, sign):
    path = mark(descent(CENTRED, lift=1.0, rate=rate), "path").get_xydata()
    jumps = np.diff(path[:10].sum(axis=1))
    assert (np.sign(jumps[1:] * jumps[:-1]) == sign).all()


# What the lesson says of memory


def test_what_the_memory_does(lesson):
    forgets = run(lesson, (0, 4, 4))[:, 0]
    assert forgets[5] / forgets[2] == pytest.approx(1 / 8)
    shut = run(lesson, (4, -6, 4))[:, 0]
    assert np.abs(shut).max() < 0.01
    memory, output = run(lesson, (4, 4, -6))[-1]
    assert memory > 0.4
    assert abs(output) < 0.01
    climbs = run(lesson, (4, 4, 4), candidate=helpers.sigmoid)[:, 0]
    assert climbs[-1] == pytest.approx(8.4, abs=0.05)
    assert helpers.sigmoid(-3) == pytest.approx(0.05, abs=3e-3)
    flips = run(lesson, (-4, 4, 4), gate=helpers.tanh)[:, 0]
    assert (flips[3:] * flips[2:-1] < 0).all()
    assert helpers.sigmoid(4) ** 20 == pytest.approx(0.70, abs=5e-3)
