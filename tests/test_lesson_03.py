"""03_relu: curves from pieces, dead units and a revived one, and the numbers that the lesson states."""

import numpy as np
import pytest
import shared
from frames import named, snapshot
from matplotlib.colors import to_hex
from scipy.integrate import quad
from scipy.stats import norm
from shared import set_to

import helpers
from helpers.figures.style import BLUE, GREEN, ORANGE, SOFT
from lessons.relu import check, dead_units, follow, pieces

NOTEBOOK = shared.read("03_relu")
TARGETS = {"sin x": np.sin, "hill": lambda x: np.exp(-(x**2)), "|x|": np.abs}


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    return shared.names(NOTEBOOK)


@pytest.mark.parametrize(
    ("target", "count"), [*(("sin x", count) for count in (1, 2, 7, 24)), ("hill", 7), ("|x|", 7), ("|x|", 24)]
)
def test_the_sum_of_the_units_goes_through_the_target_at_every_corner(lesson, target, count):
    live = pieces(lesson["units"], TARGETS)
    set_to(live, target=target, count=count)
    upper, lower = live.figure.axes
    dashed, total, dots = upper.lines[1:]
    x, drawn = total.get_data()
    corners = np.linspace(-3, 3, count + 1)
    np.testing.assert_allclose(drawn, np.interp(x, corners, TARGETS[target](corners)), atol=1e-12)
    np.testing.assert_allclose(dashed.get_ydata(), TARGETS[target](x))
    np.testing.assert_allclose(dots.get_xdata(), corners)
    shown = [line for line in lower.lines[1:] if line.get_visible()]
    assert len(shown) == count
    np.testing.assert_allclose(drawn[0] + sum(line.get_ydata() for line in shown), drawn[::4], atol=1e-12)
    error = np.abs(drawn - TARGETS[target](x)).max()
    assert named(live, "error") == f"largest error: {error:.4f}"
    assert f"{count} ReLU unit{'s' * (count > 1)}: largest error: {error:.4f}" in live.alt


def test_colours_say_how_a_unit_bends_the_sum(lesson):
    live = pieces(lesson["units"], TARGETS, count=4)
    colours = [line.get_color() for line in live.figure.axes[1].lines[1:5]]
    assert colours == [ORANGE, GREEN, SOFT, ORANGE]  # the sine goes straight on through 0
    assert "Bending upwards: 1, downwards: 2." in live.alt


def test_a_unit_that_starts_high_and_falls_bends_downwards():
    live = pieces(lambda x, corners, heights: np.tile(-x, (len(corners) - 1, 1)), TARGETS, count=4)
    assert [line.get_color() for line in live.figure.axes[1].lines[1:5]] == [ORANGE] * 4
    assert "Bending upwards: 0, downwards: 4." in live.alt


def test_axes_hold_still_while_pieces_are_added(lesson):
    live = pieces(lesson["units"], TARGETS)
    held = [axes.get_ylim() for axes in live.figure.axes]
    for count in (1, 13, 24):
        set_to(live, count=count)
        assert [axes.get_ylim() for axes in live.figure.axes] == held


def test_a_corner_is_met_by_even_numbers_of_pieces_only(lesson):
    live = pieces(lesson["units"], TARGETS)
    set_to(live, target="|x|")
    for count in range(1, 25):
        set_to(live, count=count)
        assert (named(live, "error") == "largest error: 0.0000") == (count % 2 == 0)


def test_twice_the_pieces_a_quarter_of_the_error(lesson):
    x, errors = np.linspace(-3, 3, 6001), []
    for count in (4, 8, 16, 32):
        corners = np.linspace(-3, 3, count + 1)
        errors.append(np.abs(np.interp(x, corners, np.sin(corners)) - np.sin(x)).max())
    ratios = np.divide(errors[:-1], errors[1:])
    assert np.all((ratios > 3) & (ratios < 4.3))


@pytest.mark.parametrize(
    ("units", "targets", "options", "error", "part"),
    [
        (lambda x, c, h: x, TARGETS, {}, ValueError, r"f fails for 2 corners: .* shape \(1, 601\) .* its shape is \(601,\)"),
        (lambda x, c, h: 1 / 0, TARGETS, {}, ValueError, "f fails for 2 corners: ZeroDivisionError"),
        (lambda x, c, h: np.full((len(c) - 1, len(x)), np.nan), TARGETS, {}, ValueError, "nan or inf"),
        (None, TARGETS, {}, TypeError, r"A function is needed, not None; .* pieces\(units, targets\)"),
        (np.sin, [np.sin], {}, TypeError, "targets must map names"),
        (np.sin, {}, {}, TypeError, "targets must map names"),
        (lambda x, c, h: x, {"log": lambda x: np.sum(x)}, {}, ValueError, "log returns shape"),
        (lambda x, c, h: x, TARGETS, {"count": 25}, ValueError, "count must lie between 1 and 24"),
        (lambda x, c, h: x, TARGETS, {"x_range": (3, -3)}, ValueError, "x_range must run"),
    ],
)
def test_pieces_that_cannot_be_drawn(units, targets, options, error, part):
    with pytest.raises(error, match=part):
        pieces(units, targets, **options)


def test_a_target_that_fails_later_leaves_the_last_picture(lesson):
    live = pieces(lesson["units"], {"sin x": np.sin, "1/x": lambda x: np.divide(1, x)})
    before = snapshot(live)
    set_to(live, target="1/x")
    assert "1/x returns inf at x = 0" in live.message
    assert snapshot(live) == before
    set_to(live, target="sin x")
    assert live.message == ""


SUMS = np.array([[1.0, -3.0, 0.5], [-1.0, -2.0, 2.5], [2.0, -1.5, -0.5], [-4.0, -5.0, -1.0]])


def bar_heights(live):
    """Return how high the bar of each unit stands: one line goes up and down through them all."""
    x, y = live.figure.axes[0].lines[0].get_data()
    assert x[1::3].tolist() == list(range(len(x) // 3))
    assert not y[::3].any()
    return y[1::3].tolist()


def test_bars_crosses_and_curve_count_the_units():
    live = dead_units(SUMS)
    upper, lower = live.figure.axes
    for bias, on, dead in (
        (0.0, [0.5, 0.5, 0.0], 1),
        (-2.0, [0.25, 0, 0], 2),
        (-3.0, [0, 0, 0], 3),
        (2.0, [1, 0.75, 0.25], 0),
        (1.0, [0.75, 0.5, 0.0], 1),  # a sum of exactly 0 leaves a unit off
    ):
        set_to(live, bias=bias)
        np.testing.assert_allclose(bar_heights(live), on)
        assert len(upper.lines[1].get_xdata()) == dead
        assert named(live, "dead") == f"dead: {dead} of 3"
        assert named(live, "zeros") == f"outputs that are 0: {100 - 100 * np.mean(on):.1f} %"
        (x,), (y,) = lower.lines[-1].get_data()
        assert (x, y) == (bias, dead / 3)
        assert f"Bias {bias:.1f}, 4 examples: dead: {dead} of 3 units".replace("-", "−") in live.alt
    curve = lower.lines[0].get_xydata()
    np.testing.assert_allclose(curve[:, 0], [-6, -2.5, -2.5, -2, -2, 1.5, 1.5, 3])
    np.testing.assert_allclose(curve[:, 1], np.array([3, 3, 2, 2, 1, 1, 0, 0]) / 3)


def test_with_fewer_examples_more_units_count_as_dead():
    live = dead_units(SUMS, bias=0.0)
    set_to(live, examples=1)
    assert named(live, "dead") == "dead: 1 of 3"
    set_to(live, bias=-0.6)
    assert named(live, "dead") == "dead: 2 of 3"
    assert "1 example:" in live.alt
    set_to(live, examples=4)
    assert named(live, "dead") == "dead: 1 of 3"


def test_a_unit_that_one_example_switches_on_has_a_bar_that_can_be_seen():
    sums = np.full((1000, 2), -1.0)
    sums[7, 1] = 0.1
    live = dead_units(sums)
    assert bar_heights(live) == [0.025, 0.0]
    assert named(live, "zeros") == "outputs that are 0: 100.0 %"


@pytest.mark.parametrize(
    ("sums", "options", "error", "part"),
    [
        (np.zeros(5), {}, ValueError, "2 to 100 units"),
        (np.zeros((1, 5)), {}, ValueError, r"its shape is \(1, 5\)"),
        (np.zeros((5, 1)), {}, ValueError, r"2 to 100 units, .* its shape is \(5, 1\)"),
        (np.zeros((5, 101)), {}, ValueError, r"\(5, 101\)"),
        ([[1.0, np.nan], [0.0, 1.0]], {}, ValueError, "finite"),
        ("sums", {}, TypeError, "sums must be real numbers"),
        (SUMS, {"bias": -7}, ValueError, "bias must lie between -6 and 3"),
        (SUMS, {"examples": 5}, ValueError, "examples must lie between 1 and 4"),
    ],
)
def test_sums_that_cannot_be_counted(sums, options, error, part):
    with pytest.raises(error, match=part):
        dead_units(sums, **options)


@pytest.mark.parametrize("shape", [(2, 2), (2, 100)])
def test_two_examples_and_2_to_100_units_make_a_layer(shape):
    assert len(bar_heights(dead_units(np.ones(shape)))) == shape[1]


def test_what_the_lesson_says_of_its_layer(lesson):
    sums = lesson["layer_sums"]
    fatal = np.sort(-sums.max(axis=0))[::-1]
    assert sums.shape == (1000, 60)
    assert -2.0 < fatal[0] < -1.9
    assert -5.0 < fatal[-1] < -4.9
    assert shared.says(NOTEBOOK, "The first between −1.9 and −2.0, the last between −4.9 and −5.0.")
    assert np.mean(sums - 2.5 <= 0) > 0.99
    assert 0 < np.sum(fatal >= -2.5) < 30
    assert (sums[:20] - 2.5 <= 0).all(axis=0).sum() > 2 * np.sum(fatal >= -2.5)


def test_every_line_is_one_example_up_to_the_step():
    one, two = np.arange(12.0).reshape(4, 3) - 5, np.ones((4, 3))
    live = follow({"one": one, "two": two}, step=1)
    for case, sums in (("one", one), ("two", two)):
        for step in (0, 1, 3):
            set_to(live, case=case, step=step)
            axes = live.figure.axes[0]
            for i, segment in enumerate(axes.collections[0].get_segments()):
                np.testing.assert_allclose(segment, np.column_stack([np.arange(step + 1), sums[: step + 1, i]]))
            np.testing.assert_allclose(axes.lines[-1].get_ydata(), sums[step])
            on = np.sum(sums[step] > 0)
            assert named(live, "on") == f"after {step} steps: on for {on} of 3 examples"
            assert live.alt.startswith(f"{case}, after {step} steps: on for {on} of 3 examples")
    assert {tuple(c) for c in axes.collections[0].get_edgecolor().round(3)} == {
        tuple(np.round([int(BLUE[i : i + 2], 16) / 255 for i in (1, 3, 5)] + [1], 3))
    }


@pytest.mark.parametrize(
    ("histories", "error", "part"),
    [
        ([np.ones((3, 2))], TypeError, "dict of arrays"),
        ({}, TypeError, "dict of arrays"),
        ({"a": np.ones((3, 2)), "b": np.ones((4, 2))}, ValueError, r"history of b must have shape \(3, 2\)"),
        ({"a": np.ones(3)}, ValueError, "with 2 steps or more"),
        ({"a": np.ones((1, 3))}, ValueError, "with 2 steps or more"),
        ({"a": np.ones((3, 0))}, ValueError, r"its shape is \(3, 0\)"),
        ({"a": np.array([[1.0], [np.inf]])}, ValueError, "smaller rate"),
    ],
)
def test_histories_that_cannot_be_followed(histories, error, part):
    with pytest.raises(error, match=part):
        follow(histories)


@pytest.mark.parametrize("shape", [(2, 1), (2, 3), (30, 1)])
def test_a_history_has_2_steps_and_1_example_at_least_and_the_slider_ends_with_it(shape):
    step = follow({"ReLU": np.ones(shape)}, step=20).controls["step"]
    assert (step.min, step.max, step.value) == (0, shape[0] - 1, min(20, shape[0] - 1))


def test_a_sum_of_exactly_0_is_off():
    live = follow({"ReLU": np.array([[1.0, 1.0, 1.0], [0.5, 0.0, -0.5]])}, step=1)
    assert named(live, "on") == "after 1 steps: on for 1 of 3 examples"
    colours = [to_hex(colour).upper() for colour in live.figure.axes[0].collections[0].get_edgecolor()]
    assert colours == [BLUE, SOFT, SOFT]


def test_the_units_of_the_exercise_that_are_dead():
    """The second and the last two; seen with the first example alone, the third as well."""
    dead = {4: [0, 1, 0, 0, 1, 1], 1: [0, 1, 1, 0, 1, 1]}
    assert check("dead units", lambda z: dead[len(z)]).passed


def test_the_steps_of_the_history_are_steps_down_the_error(lesson):
    """An independent gradient, by complex step, of half the mean squared error."""
    x, parameters, rows = np.linspace(0.1, 1, 10), np.array([1.0, -1.5]), []

    def loss(v, b):
        z = v * x + b
        error = np.where(z.real > 0, z, 0) + v * x - 4 * x
        return np.mean(error**2) / 2

    for _ in range(61):
        v, b = parameters
        rows.append(v * x + b)
        steps = 1e-30j * np.eye(2)
        parameters = parameters - 0.1 * np.array([loss(*(parameters + step)).imag for step in steps]) / 1e-30
    np.testing.assert_allclose(lesson["cases"]["layer before learns"], rows, atol=1e-12)


def test_what_the_lesson_says_of_the_three_cases(lesson):
    alone, upstream, leaky = lesson["cases"].values()
    assert np.all(alone == alone[0])
    assert (alone[0].min(), alone[0].max()) == pytest.approx((-1.4, -0.5))
    assert (upstream > 0).any(axis=1).argmax() == 5
    assert shared.says(NOTEBOOK, "The first one crosses 0 after five steps")
    assert (leaky > 0).any(axis=1).argmax() == 30
    assert shared.says(NOTEBOOK, "The first crosses after 30 steps, and by step 40 all ten have.")
    assert (leaky > 0).all(axis=1).argmax() in (39, 40)
    assert np.sum(upstream[-1] > 0) == 7
    assert shared.says(NOTEBOOK, "In the end seven of the ten are above 0")
    assert np.all(np.diff(leaky[:30], axis=0) > 0)
    np.testing.assert_allclose(np.diff(leaky, axis=1), 0.1)  # its lines are parallel
    assert np.ptp(upstream[5]) > np.ptp(upstream[0])  # the lines fan out before the unit itself learns


def test_a_step_that_is_too_long_is_a_step_down_the_error():
    """The gradient that the lesson states, measured, and what one step of each length does."""
    x, h = np.linspace(0.1, 1, 10), 1e-6

    def loss(weight, bias):
        return np.mean(helpers.relu(weight * x + bias) ** 2) / 2

    measured = [(loss(1 + h, 0) - loss(1 - h, 0)) / (2 * h), (loss(1, h) - loss(1, -h)) / (2 * h)]
    np.testing.assert_allclose(measured, [np.mean(x * x), np.mean(x)], rtol=1e-6)
    on = [int(np.sum((1 - rate * measured[0]) * x - rate * measured[1] > 0)) for rate in (0.1, 1, 5)]
    assert on == [10, 2, 0]


def test_half_is_zero_and_the_mean_is_not():
    relu = helpers.relu
    mean, _ = quad(lambda z: float(relu(z)) * norm.pdf(z), -12, 12, points=[0])
    square, _ = quad(lambda z: float(relu(z)) ** 2 * norm.pdf(z), -12, 12, points=[0])
    assert mean == pytest.approx(1 / np.sqrt(2 * np.pi), abs=1e-9)
    assert (round(mean, 4), round(np.sqrt(square - mean**2), 4)) == (0.3989, 0.5838)


def test_every_layer_halves_the_squared_size_unless_the_weights_make_up_for_it(lesson):
    lesson["rng"] = np.random.default_rng(11)
    shares = [
        np.mean([lesson["surviving_share"](lesson["fresh_layers"](variance)) for _ in range(30)]) for variance in (1, 2)
    ]
    assert 0.5**10 / 1.6 < shares[0] < 0.5**10 * 1.6
    assert 1 / 1.6 < shares[1] < 1.6


def test_variance_one_over_n_would_keep_the_squared_size_if_all_units_were_on(lesson):
    lesson["rng"] = np.random.default_rng(12)
    open_layers = [[(W, np.ones(300)) for W, _ in lesson["fresh_layers"](1)] for _ in range(30)]
    assert 1 / 1.6 < np.mean([lesson["surviving_share"](layers) for layers in open_layers]) < 1.6


def test_no_gradient_reaches_a_unit_whose_weights_all_start_at_0():
    examples, z = np.random.default_rng(5).normal(size=(8, 3)), np.zeros(8)
    reaching = [np.abs(examples.T @ (value + z)).max() for value in (helpers.relu.derivative(0.0), 0.5)]
    assert reaching[0] == 0 < reaching[1]


def test_the_silent_traps():
    assert np.max(0, -1) == 0
    assert np.shape(max(0, np.array([2.5]))) == (1,)
    assert np.shape(max(0, np.array([-2.5]))) == ()
    with np.errstate(invalid="ignore"):
        assert np.isnan(np.float64(-np.inf) * (-np.inf > 0))
    assert np.where(np.nan > 0, np.nan, 0) == 0
    assert np.isnan(helpers.relu(np.nan))
    assert np.isnan(helpers.relu.derivative(np.nan))


def test_the_corner_is_drawn_as_a_jump_of_the_slope(lesson):
    live = helpers.explore(lesson["relu"], lesson["relu_slope"], x0=0.0)
    x, slopes = next(line for line in live.figure.axes[1].lines if len(line.get_xdata()) > 100).get_data()
    assert np.isnan(slopes[np.searchsorted(x, 0.0) :][:3]).any()
    finite = slopes[~np.isnan(slopes)]
    assert set(finite) == {0.0, 1.0}
    assert "slope at 0.00 = 0.0000" in live.alt
