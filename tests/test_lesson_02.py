"""02_tanh: σ laid on tanh, the way down to the weights, the memory cell, and the numbers that the lesson states."""

import frames
import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import grab, set_to

import helpers
from helpers.figures.marks import beads, stems
from lessons.tanh import descent, lstm
from lessons.tanh.descent import LEVELS, walk

SUMS = np.random.default_rng(seed=5).normal(size=(200, 2))
CENTRED = np.tanh(SUMS)
SIGNAL = np.zeros(20)
SIGNAL[[1, 5, 11]] = 2, 1, -3
RIGHT = np.array([1.5, -0.5])


def dots(line):
    """Return the points of a line of beads, of shape (points, 2)."""
    return line.get_xydata()[::3]


def stretched(x, height=1.0, inside=1.0, shift=0.0):
    return height * helpers.sigmoid(inside * x) + shift


def overlaid():
    return helpers.overlay(stretched, helpers.tanh, height=(0.5, 2.5, 0.1), inside=(0.5, 3, 0.1), shift=(-1.5, 0, 0.1))


# overlay


@pytest.mark.parametrize(("height", "inside", "shift"), [(1, 1, 0), (2, 1, -1), (0.5, 3, -1.5), (2.5, 0.5, 0)])
def test_overlay_draws_both_and_measures_the_difference(height, inside, shift):
    live = overlaid()
    set_to(live, height=height, inside=inside, shift=shift)
    upper, lower = live.figure.axes
    target, moved = (line for line in upper.lines if len(line.get_xdata()) > 100)
    x = moved.get_xdata()
    assert_allclose(moved.get_ydata(), stretched(x, height, inside, shift), atol=1e-12)
    assert_allclose(target.get_ydata(), np.tanh(x), atol=1e-12)
    assert target.get_color() == helpers.tanh.colour
    difference = stretched(x, height, inside, shift) - np.tanh(x)
    assert_allclose(lower.lines[-1].get_ydata(), difference, atol=1e-12)
    assert frames.named(live, "distance").startswith(f"largest difference {abs(difference).max():.4f}, at x = ")
    assert f"height = {height:g}, " in live.alt


def test_overlay_says_when_one_lies_on_the_other():
    live = overlaid()
    limits = [axes.get_ylim() for axes in live.figure.axes]
    set_to(live, height=2, inside=2, shift=-1)
    assert frames.named(live, "distance") == "no difference: one lies on the other"
    assert "no difference" in live.alt
    set_to(live, height=2.5, inside=3, shift=0)
    assert [axes.get_ylim() for axes in live.figure.axes] == limits
    set_to(live, inside=1, height=2, shift=-1)
    assert frames.named(live, "distance") == "largest difference 0.3003, at x = −1.05"


@pytest.mark.parametrize(
    ("function", "target", "options", "kind", "part"),
    [
        (stretched, 3, {}, TypeError, "A function is needed, not 3; write"),
        (None, helpers.tanh, {}, TypeError, "overlay(mine, tanh)"),
        (stretched, helpers.tanh, {"x_range": (1, 0)}, ValueError, "x_range"),
        (stretched, np.arctanh, {}, ValueError, "arctanh returns"),
        (np.sum, helpers.tanh, {}, ValueError, "shape ()"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_overlay_refuses(function, target, options, kind, part):
    with pytest.raises(kind) as trouble:
        helpers.overlay(function, target, **options)
    assert part in str(trouble.value)


# descent


def steps_needed(inputs, rate):
    """Return the number of steps of gradient descent, as the notebook counts them."""
    weights, steps = np.zeros(2), 0
    while np.abs(weights - RIGHT).max() > 1e-6 and steps < 1000:
        weights = weights - rate * inputs.T @ (inputs @ (weights - RIGHT)) / len(inputs)
        steps += 1
    return steps


def curvatures(inputs):
    return np.linalg.eigvalsh(inputs.T @ inputs / len(inputs))


def panel(live, n):
    return live.figure.axes[n]


@pytest.mark.parametrize(("lift", "rate"), [(0, 0.45), (0, 2.65), (1, 0.45), (1, 0.85), (0.5, 1.6)])
def test_descent_walks_as_the_notebook_does(lift, rate):
    live = descent(CENTRED, lift=0.2, rate=1.0)
    set_to(live, lift=lift, rate=rate)
    inputs = CENTRED + lift
    assert_allclose(dots(panel(live, 0).lines[2]), inputs)
    assert_allclose(panel(live, 0).lines[3].get_xydata(), [inputs.mean(axis=0)])
    path, stops, star = panel(live, 1).lines[2:5]
    assert_allclose(path.get_xydata()[0], 0)
    assert_allclose(path.get_xydata()[-1], RIGHT, atol=1e-6)
    assert_allclose(dots(stops), path.get_xydata())
    assert_allclose(star.get_xydata(), [RIGHT])
    first = path.get_xydata()[1]
    assert_allclose(first, rate * inputs.T @ (inputs @ RIGHT) / 200)
    steps = steps_needed(inputs, rate)
    assert len(path.get_xdata()) == steps + 1
    assert frames.named(live, "steps") == f"{steps} steps to 10⁻⁶"
    errors = np.abs(path.get_xydata() - RIGHT).max(axis=1)
    assert_allclose(10 ** panel(live, 2).lines[0].get_ydata(), np.maximum(errors, 1e-9))
    smallest, largest = curvatures(inputs)
    assert frames.named(live, "condition") == f"condition number {largest / smallest:.2f}"
    assert frames.named(live, "limit") == f"flies off above rate {2 / largest:.2f}"
    assert f"{steps} steps" in live.alt


@pytest.mark.parametrize("lift", [0.0, 0.35, 1.0])
def test_contours_are_where_the_loss_has_one_value(lift):
    live = descent(CENTRED, lift=lift)
    inputs = CENTRED + lift

    def loss(weights):
        return np.mean((inputs @ (weights - RIGHT).T) ** 2, axis=0) / 2

    start = loss(np.zeros((1, 2)))[0]
    for part, ring in zip(LEVELS, panel(live, 1).patches, strict=True):
        assert_allclose(loss(ring.get_xy()), part * start, rtol=1e-9)
        angles = np.unwrap(np.arctan2(*(ring.get_xy()[:-1] - RIGHT).T[::-1]))
        assert np.ptp(angles) > 2 * np.pi - 0.5  # it goes all the way round


def test_one_example_at_a_time_moves_both_weights_the_same_way():
    live = descent(CENTRED, lift=1.0, rate=0.2)
    set_to(live, one=True)
    steps = np.diff(panel(live, 1).lines[2].get_xydata(), axis=0)
    assert_allclose(steps[:3, 0] * (CENTRED[:3, 1] + 1), steps[:3, 1] * (CENTRED[:3, 0] + 1))
    assert np.all(steps.prod(axis=1) > 0)
    assert frames.named(live, "way") == "in 100 % of the steps"
    assert "limit" not in frames.markup(live)
    set_to(live, lift=0)
    assert 0.4 < float(frames.named(live, "way").split()[1].rstrip("%")) / 100 < 0.6
    assert "each step uses one example" in live.alt


def test_descent_says_when_it_never_arrives():
    live = descent(CENTRED, lift=1.0, rate=0.95)
    assert (frames.named(live, "steps"), frames.named(live, "end")) == ("never arrives", "it flies off")
    assert live.message == ""
    set_to(live, rate=0.05)
    assert frames.named(live, "steps") == "more than 500 steps"
    set_to(live, rate=5.0, one=True)
    assert frames.named(live, "end") == "it flies off"


SQUARE = np.array([[1.0, 1.0], [1.0, -1.0]])  # its curvature is 1 in every direction


def test_at_the_limit_of_the_rate_the_walk_jumps_to_and_fro_and_does_not_fly_off():
    live = descent(SQUARE, rate=2.0)
    assert frames.named(live, "limit") == "flies off above rate 2.00"
    assert frames.named(live, "steps") == "more than 500 steps"
    assert frames.named(live, "end") == "by then at (0.00, 0.00)"
    set_to(live, rate=2.05)
    assert frames.named(live, "end") == "it flies off"


def test_a_walk_that_comes_nearer_at_first_may_still_fly_off():
    live = descent(np.diag([1.0, 2.0]), rate=1.05)  # the factors of the two errors are 0.475 and −1.1
    errors = np.abs(panel(live, 1).lines[2].get_xydata() - RIGHT).max(axis=1)
    assert errors[1] < errors[0]
    assert frames.named(live, "end") == "it flies off"


def test_a_walk_that_needs_more_steps_says_where_it_is_by_then():
    live = descent(CENTRED, lift=1.0, rate=0.05)
    x, y = panel(live, 1).lines[2].get_xydata()[-1]
    assert frames.named(live, "end") == f"by then at ({x:.2f}, {y:.2f})".replace("-", "−")


def test_a_walk_is_drawn_while_it_is_less_than_100_from_the_right_weights():
    inputs = np.array([[2.0, 0.0], [0.0, 28.0], [0.0, 4.0], [0.0, 2.0]])  # the factors of the two errors are 0 and −200
    live = descent(inputs, rate=1.0)
    assert_allclose(panel(live, 1).lines[2].get_xydata(), [[0, 0]], atol=1e-12)  # the first step goes exactly 100 away
    assert panel(live, 2).lines[0].get_ydata()[1] == pytest.approx(2)


def test_the_panels_of_descent_show_all_inputs_the_right_weights_in_the_middle_and_all_errors():
    inputs = CENTRED + np.array([0.5, 0.0])
    plane, bowl, errors = descent(inputs).figure.axes
    for limits in (plane.get_xlim(), plane.get_ylim()):
        assert limits == pytest.approx((inputs.min() - 0.2, inputs.max() + 1 + 0.2))  # with the largest lift
    assert plane.get_xticks().tolist() == [-1, 0, 1, 2]
    assert (np.mean(bowl.get_xlim()), np.mean(bowl.get_ylim())) == pytest.approx(tuple(RIGHT))
    assert np.ptp(bowl.get_xlim()) == pytest.approx(np.ptp(bowl.get_ylim()))
    assert bowl.get_xlim()[0] < 0 < bowl.get_ylim()[1]  # the walk starts at (0, 0)
    low, high = errors.get_ylim()
    assert low < -6 < 0 < high
    assert errors.get_yticks().tolist() == [-6, -4, -2, 0]


def test_no_text_of_descent_stands_on_another():
    live = descent(CENTRED)
    for values in ({"lift": 1.0, "rate": 5.0}, {"rate": 0.05, "one": False}, {"lift": 0.0, "one": True}):
        set_to(live, **values)
        renderer = live.figure.canvas.get_renderer()
        boxes = [t.get_window_extent(renderer) for axes in live.figure.axes for t in axes.texts if t.get_text()]
        assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


@pytest.mark.parametrize(
    ("inputs", "kind", "part"),
    [
        (np.zeros(4), ValueError, "shape (examples, 2)"),
        (np.zeros((4, 3)), ValueError, "try np.tanh"),
        (np.zeros((1, 2)), ValueError, "2 to 1000 examples"),
        (np.tile(SQUARE, (501, 1)), ValueError, "2 to 1000 examples"),
        (100.1 * SQUARE, ValueError, "numbers from -100 to 100"),
        ([[100, 99.998], [-100, -100]], ValueError, "say nothing about one of the two weights"),
        (np.full((4, 2), np.nan), ValueError, "numbers from -100 to 100"),
        (np.full((4, 2), 1e9), ValueError, "numbers from -100 to 100"),
        (np.zeros((4, 2)), ValueError, "say nothing about one of the two weights"),
        ("text", TypeError, "inputs must be real numbers"),
    ],
)
def test_descent_refuses(inputs, kind, part):
    with pytest.raises(kind) as trouble:
        descent(inputs)
    assert part in str(trouble.value)


@pytest.mark.parametrize("inputs", [SQUARE, 100 * SQUARE, -100 * SQUARE, np.tile(SQUARE, (500, 1))])
def test_descent_takes_2_to_1000_examples_up_to_100(inputs):
    assert "condition number 1.00" in descent(inputs).alt


def test_descent_refuses_rates_off_the_slider():
    with pytest.raises(ValueError, match="rate must lie between"):
        descent(CENTRED, rate=9)
    with pytest.raises(ValueError, match="lift must lie between"):
        descent(CENTRED, lift=-1)


# lstm


def lstm_step(memory, signal, scores, gate=helpers.sigmoid, candidate=helpers.tanh):
    f, i, o = gate(scores)
    memory = f * memory + i * candidate(signal)
    return memory, o * np.tanh(memory)


def sigma(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


@pytest.mark.parametrize(
    ("gate", "candidate", "scores"),
    [
        (sigma, np.tanh, (4, 4, 4)),
        (sigma, np.tanh, (0, 4, -6)),
        (sigma, sigma, (4, 4, 4)),
        (np.tanh, np.tanh, (-4, 4, 6)),
        (np.tanh, sigma, (6, -6, 0)),
    ],
)
def test_lstm_follows_memory_and_output(gate, candidate, scores):
    live = lstm(lstm_step, SIGNAL)
    own = {sigma: helpers.sigmoid, np.tanh: helpers.tanh}
    set_to(live, **dict(zip(("forget", "input", "output"), scores, strict=True)))
    set_to(live, gate=own[gate], candidate=own[candidate])
    f, i, o = gate(scores)
    memory = np.zeros(21)
    for step in range(20):
        memory[step + 1] = f * memory[step] + i * candidate(SIGNAL[step])
    gates, offered, kept = live.figure.axes
    line, stops, output = kept.lines[1:]
    assert_allclose(line.get_xydata().T, [np.arange(1, 21), memory[1:]], atol=1e-9)
    assert_allclose(dots(stops), line.get_xydata())
    assert_allclose(output.get_ydata(), o * np.tanh(memory[1:]), atol=1e-9)
    assert_allclose(dots(offered.lines[2])[:, 1], candidate(SIGNAL))
    assert_allclose([bar.get_width() for bar in gates.patches[1::2]], [f, i, o])
    low, high = kept.get_ylim()
    assert low < memory.min()
    assert memory.max() < high
    last = f"after step 20: memory {helpers.figures.style.number(memory[-1])}, "
    last += f"output {helpers.figures.style.number(o * np.tanh(memory[-1]))}"
    assert frames.named(live, "memory") == last
    assert last in live.alt
    assert frames.named(live, "forget-gate") == helpers.figures.style.number(f)


def test_lstm_colours_say_which_function_is_where():
    live = lstm(lstm_step, SIGNAL)
    offered = live.figure.axes[1]
    assert offered.lines[2].get_color() == helpers.tanh.colour
    set_to(live, candidate=helpers.sigmoid, gate=helpers.tanh)
    assert offered.lines[2].get_color() == helpers.sigmoid.colour
    assert {"gates: tanh of their scores", "candidate: σ of the signal"} <= {*frames.texts(frames.root(live))}
    assert live.alt.startswith("Gates (tanh): forget 0.9993")


@pytest.mark.parametrize("gate", [helpers.sigmoid, helpers.tanh])
def test_lstm_limits_hold_still_while_a_score_moves(gate):
    live = lstm(lstm_step, SIGNAL)
    set_to(live, gate=gate)
    limits = live.figure.axes[2].get_ylim()
    for name in ("forget", "input", "output"):
        for score in (-6, 0, 6):
            set_to(live, **{name: score})
            assert live.figure.axes[2].get_ylim() == limits


@pytest.mark.parametrize("steps", [2, 100])
def test_lstm_shows_at_least_minus_1_to_1_over_2_to_100_steps(steps):
    kept = lstm(lstm_step, np.zeros(steps)).figure.axes[2]
    assert len(kept.lines[1].get_xdata()) == steps
    assert kept.get_ylim()[0] < -1
    assert kept.get_ylim()[1] > 1


def test_lstm_draws_what_is_below_a_million():
    assert lstm(lambda *a, **k: (999_999, -999_999), [0, 0]).message == ""
    for wild in (1e6, -1e6):
        with pytest.raises(ValueError, match="is no number to draw"):
            lstm(lambda *a, wild=wild, **k: (0, wild), [0, 0])


@pytest.mark.parametrize(
    ("gate", "share", "score"), [("sigmoid", 0.1192, -2), ("sigmoid", 0.5, 0), ("tanh", -0.9640, -2)]
)
def test_a_gates_bar_that_is_pulled_to_a_share_sets_the_score_of_that_share(gate, share, score):
    live = lstm(lstm_step, SIGNAL)
    set_to(live, gate=getattr(helpers, gate))
    for row, name in enumerate(("forget", "input", "output")):
        grab(live, 0, (0.9, row + 0.5), (share, row + 0.5))
        assert live.controls[name].value == pytest.approx(score)


@pytest.mark.parametrize(
    ("step", "signal", "options", "kind", "part"),
    [
        (
            3,
            SIGNAL,
            {},
            TypeError,
            "A function is needed, not 3; write its name only, without brackets or quotes: lstm(lstm_step, signal)",
        ),
        (lstm_step, [1.0], {}, ValueError, "2 to 100 steps"),
        (lstm_step, np.zeros(101), {}, ValueError, "2 to 100 steps"),
        (lstm_step, np.zeros((2, 2)), {}, ValueError, "2 to 100 steps"),
        (lstm_step, [1.0, np.inf], {}, ValueError, "finite"),
        (lstm_step, "abc", {}, TypeError, "signal must be real numbers"),
        (lstm_step, SIGNAL, {"forget": 7}, ValueError, "forget must lie between -6 and 6"),
        (lambda *a, **k: 1.0, SIGNAL, {}, ValueError, "has to return two numbers, memory and output"),
        (lambda *a: (1.0, 1.0), SIGNAL, {}, ValueError, "fails in step 1: TypeError"),
        (lambda m, *a, **k: (1e3 * m + 1e3, 0), SIGNAL, {}, ValueError, "is no number to draw"),
        (lambda m, *a, **k: (np.nan, 0), SIGNAL, {}, ValueError, "output of nan"),
    ],
)
def test_lstm_refuses(step, signal, options, kind, part):
    with pytest.raises(kind) as trouble:
        lstm(step, signal, **options)
    assert part in str(trouble.value)


def test_marks_are_one_line():
    x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    assert_allclose(np.array(beads(x, y))[:, ::3], [x, y])
    assert_allclose(stems(x, y), [[1, 1, np.nan, 2, 2, np.nan], [0, 3, np.nan, 0, 4, np.nan]])


# what the lesson says


def test_slopes_that_the_lesson_states():
    slope, sigma_slope = helpers.tanh.derivative, helpers.sigmoid.derivative
    assert (round(float(slope(2)), 4), round(float(slope(3)), 4)) == (0.0707, 0.0099)
    assert slope(1.66) > sigma_slope(1.66)
    assert slope(1.67) < sigma_slope(1.67)
    nodes, weights = np.polynomial.hermite_e.hermegauss(120)
    averages = [weights @ f(nodes) / weights.sum() for f in (slope, sigma_slope)]
    assert_allclose(averages, [0.61, 0.21], atol=5e-3)
    assert round(float(np.tanh(2)), 2) == 0.96
    assert round(0.1 - float(np.tanh(0.1)), 4) == 0.0003
    x = np.linspace(-6, 6, 100_001)
    assert np.abs(2 * sigma(x) - 1 - np.tanh(x)).max() == pytest.approx(0.3003, abs=1e-4)
    assert_allclose(2 * sigma(x) - 1, np.tanh(x / 2), atol=1e-14)


def test_a_tanh_network_is_a_sigma_network_with_other_weights():
    rng = np.random.default_rng(seed=1)
    x, W, V = rng.normal(size=(50, 3)), rng.normal(size=(3, 4)), rng.normal(size=(4, 2))
    b, c = rng.normal(size=4), rng.normal(size=2)
    as_sigma = sigma(x @ (2 * W) + 2 * b) @ (2 * V) + c - V.sum(axis=0)
    assert_allclose(np.tanh(x @ W + b) @ V + c, as_sigma)


def test_the_race():
    expected = {"centred": (1.14, 7), "lifted": (6.05, 77), "sigmoid": (12.90, 172)}
    for inputs, result in zip((CENTRED, CENTRED + 1, sigma(SUMS)), expected.values(), strict=True):
        smallest, largest = curvatures(inputs)
        assert (round(largest / smallest, 2), steps_needed(inputs, 1 / largest)) == result
    counts = []
    for seed in range(1, 11):
        sums = np.random.default_rng(seed).normal(size=(200, 2))
        runners = (np.tanh(sums), np.tanh(sums) + 1, sigma(sums))
        counts.append([steps_needed(inputs, 1 / curvatures(inputs)[1]) for inputs in runners])
    assert (np.min(counts, axis=0).tolist(), np.max(counts, axis=0).tolist()) == ([5, 67, 151], [10, 87, 197])


def test_centred_inputs_need_several_times_fewer_steps_each_at_its_best_rate():
    for seed in range(1, 11):
        centred = np.tanh(np.random.default_rng(seed).normal(size=(200, 2)))
        near, far = (steps_needed(inputs, 2 / curvatures(inputs).sum()) for inputs in (centred, centred + 1))
        assert far > 4 * near


def test_a_lift_makes_the_bowl_steeper_in_one_direction_only():
    together, apart = np.array([1, 1]) / np.sqrt(2), np.array([1, -1]) / np.sqrt(2)
    assert np.mean(((CENTRED + 1) @ apart) ** 2) == pytest.approx(np.mean((CENTRED @ apart) ** 2))
    rise = np.mean(((CENTRED + 1) @ together) ** 2) - np.mean((CENTRED @ together) ** 2)
    assert rise == pytest.approx(2 + 2 * CENTRED.mean(axis=0).sum())
    assert rise == pytest.approx(2, abs=0.2)


def test_the_farther_off_centre_the_narrower():
    ratios = [np.divide(*curvatures(CENTRED + lift)[::-1]) for lift in (0, 1, 3, 10)]
    assert ratios == sorted(ratios)
    assert_allclose(ratios, [1.14, 6.05, 48.58, 539.71], atol=0.005)
    assert_allclose(np.sqrt([ratios[1], ratios[3]]), [2.5, 23], rtol=0.02)


def test_the_predictions_about_the_learning_rate():
    def steps(lift, rate):
        return len(walk(CENTRED + lift, rate, False)) - 1

    rates = np.arange(1, 101) * 0.05
    assert steps(0, 0.45) == 81
    assert steps(1, 0.45) == 77
    assert [steps(0, rate) for rate in (2.6, 2.65, 2.7, 2.75, 2.8, 2.85)] == [6, 5, 5, 5, 5, 6]
    assert_allclose([curvatures(CENTRED + lift)[0] for lift in (1, 0)], [0.37, 0.36], atol=5e-3)
    best = {lift: min((steps(lift, rate), round(rate, 2)) for rate in rates if rate < limit)
            for lift, limit in ((0, 4.88), (1, 0.89))}  # fmt: skip
    assert best == {0: (5, 2.65), 1: (43, 0.75)}
    limits = {lift: 2 / curvatures(CENTRED + lift)[1] for lift in (0, 1)}
    assert round(limits[0], 2) == 4.88
    assert round(limits[1], 2) == 0.90
    jumps = np.diff(walk(CENTRED + 1, 0.85, False)[:10], axis=0) @ [1, 1]
    assert np.all(jumps[1:] * jumps[:-1] < 0), "above the best rate the path jumps from wall to wall"
    jumps = np.diff(walk(CENTRED + 1, 0.4, False)[:10], axis=0) @ [1, 1]
    assert np.all(jumps[1:] * jumps[:-1] > 0), "below 0.45 there is no zig-zag"


def test_a_bias_mends_nothing():
    numbers = [np.linalg.cond(np.column_stack([inputs, np.ones(200)])) ** 2 for inputs in (CENTRED, CENTRED + 1)]
    assert_allclose(numbers, [2.8, 24.4], atol=0.05)


def test_what_the_memory_does():
    def run(scores, **swap):
        memory, path = 0.0, [0.0]
        for signal in SIGNAL:
            memory, output = lstm_step(memory, signal, scores, **swap)
            path.append(float(memory))
        return np.array(path), float(output)

    path, _ = run((0, 4, 4))
    assert path[5] / path[2] == pytest.approx(1 / 8)
    assert np.abs(run((4, -6, 4))[0]).max() < 0.01
    hidden, output = run((4, 4, -6))
    assert (hidden[-1] > 0.4, abs(output) < 0.01) == (True, True)
    climbing, output = run((4, 4, 4), candidate=helpers.sigmoid)
    assert (round(climbing[-1], 1), output > 0.98) == (8.4, True)
    assert sigma(-3) == pytest.approx(0.05, abs=3e-3)
    flipping, _ = run((-4, 4, 4), gate=helpers.tanh)
    assert np.all(flipping[3:] * flipping[2:-1] < 0)
    lives = [np.log(0.5) / np.log(sigma(score)) for score in (0, 2, 4, 6)]
    assert np.round(lives).tolist() == [1, 5, 38, 280]
    assert sigma(4) ** 20 == pytest.approx(0.70, abs=5e-3)


def test_the_candidate_of_1997_is_a_stretched_tanh():
    x = np.linspace(-6, 6, 25)
    assert_allclose(4 * sigma(x) - 2, 2 * np.tanh(x / 2), atol=1e-14)


def test_sigmas_form_of_tanh_is_right_and_silent_everywhere():
    x = np.arange(-1000.0, 1001)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert_allclose(2 * helpers.sigmoid(2 * x) - 1, np.tanh(x), atol=1e-15)


def test_by_hand_fails_at_both_ends_and_near_zero():
    def tanh_by_hand(x):
        up, down = np.exp(x), np.exp(-x)
        return (up - down) / (up + down)

    with np.errstate(all="ignore"):
        assert np.isnan([tanh_by_hand(x) for x in (-709.8, 709.8)]).all()
    assert_allclose([tanh_by_hand(x) for x in (-709.7, 709.7)], [-1, 1])
    for lossy in (tanh_by_hand(1e-12), 2 * sigma(2e-12) - 1):
        assert 1e-6 < abs(lossy / 1e-12 - 1) < 1e-3
    assert np.tanh(1e-12) == 1e-12
