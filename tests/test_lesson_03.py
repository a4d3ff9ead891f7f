"""03_relu: curves from pieces, dead units and a revived one, what the lesson states."""

import numpy as np
import pytest
import shared
from numpy.testing import assert_allclose
from shared import mark, set_to, texts

from helpers.figures.style import GREEN, ORANGE, SOFT
from lessons.relu import dead_units, follow, pieces

NOTEBOOK = shared.read("03_relu")
TARGETS = {"sin x": np.sin, "hill": lambda x: np.exp(-(x**2)), "|x|": np.abs}


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    units = ("imports", "relu", "relu-slope", "units-code", "sparsity", "layer")
    return shared.names(NOTEBOOK, *units, "history", "follow", "survives", "back")


# pieces


@pytest.mark.parametrize("count", [1, 2, 7, 24])
@pytest.mark.parametrize("target", TARGETS)
def test_the_sum_of_the_units_meets_the_target_at_every_corner(lesson, target, count):
    live = pieces(lesson["units"], TARGETS)
    set_to(live, target=target, count=count)
    f = TARGETS[target]
    x, total = mark(live, "total").get_data()
    corners = np.linspace(-3, 3, count + 1)
    assert_allclose(total, np.interp(x, corners, f(corners)), atol=1e-12)
    assert_allclose(mark(live, "target").get_ydata(), f(x))
    # They lie on the line as drawn, which has 601 points.
    assert_allclose(mark(live, "corners").get_data(), [corners, f(corners)], atol=2e-3)
    parts = [mark(live, f"part-{n}").get_ydata() for n in range(count)]
    assert_allclose(total[0] + sum(parts), total[::4], atol=1e-12)
    low, high = live.figure.axes[1].get_ylim()
    assert low < np.min(parts) <= np.max(parts) < high
    error = f"largest error: {np.abs(total - f(x)).max():.4f}"
    assert texts(live)["error"] == error
    units = "unit" if count == 1 else "units"
    assert (
        f"{target} from −3.0 to 3.0, built from {count} ReLU {units}: {error}."
        in live.alt
    )


def falling(x, corners, heights):
    """Return units that start high and fall."""
    return np.tile(-x, (len(corners) - 1, 1))


def test_the_colour_of_a_unit_says_how_it_bends_the_sum(lesson):
    for units, colours, words in (
        # The sine goes straight on through 0.
        (lesson["units"], [ORANGE, GREEN, SOFT, ORANGE], "upwards: 1, downwards: 2."),
        (falling, [ORANGE] * 4, "upwards: 0, downwards: 4."),
    ):
        live = pieces(units, TARGETS, count=4)
        assert [mark(live, f"part-{n}").get_color() for n in range(4)] == colours
        assert f"Bending {words}" in live.alt


def test_even_numbers_of_pieces_match_the_corner_and_the_axes_hold_still(lesson):
    live = pieces(lesson["units"], TARGETS)
    set_to(live, target="|x|")
    limits = set()
    for count in range(1, 25):
        set_to(live, count=count)
        assert (texts(live)["error"] == "largest error: 0.0000") == (count % 2 == 0)
        limits.add(tuple(axes.get_ylim() for axes in live.figure.axes))
    assert len(limits) == 1


def test_twice_the_pieces_a_quarter_of_the_error(lesson):
    live = pieces(lesson["units"], TARGETS)
    errors = []
    for count in (6, 12, 24):
        set_to(live, count=count)
        errors.append(float(texts(live)["error"].split()[-1]))
    ratios = np.divide(errors[:-1], errors[1:])
    assert np.all((ratios > 3) & (ratios < 4.3))


@pytest.mark.parametrize(
    ("units", "count", "part"),
    [
        (
            lambda x, c, h: x,
            4,
            r"for 2 corners must have shape \(1, 601\) .*, but its shape is \(601,\)",
        ),
        (
            lambda x, c, h: [np.nan * x] * (len(c) - 1),
            4,
            "for 2 corners .* but nan or inf",
        ),
        (lambda x, c, h: 1 / 0, 4, "f fails for 2 corners: ZeroDivisionError"),
        (falling, 25, "count must lie between 1 and 24"),
    ],
)
def test_units_that_cannot_be_drawn(units, count, part):
    with pytest.raises(ValueError, match=part):
        pieces(units, TARGETS, count=count)


# dead_units

SUMS = np.array(
    [[1.0, -3.0, 0.5], [-1.0, -2.0, 2.5], [2.0, -1.5, -0.5], [-4.0, -5.0, -1.0]]
)


def bar_heights(live):
    """Return how high the bar of each unit stands: one line goes up and down through them all."""
    return mark(live, "on").get_ydata()[1::3]


@pytest.mark.parametrize(
    ("bias", "on", "dead"),
    [
        (0.0, [0.5, 0.5, 0.0], 1),
        (-2.0, [0.25, 0, 0], 2),
        (-3.0, [0, 0, 0], 3),
        (2.0, [1, 0.75, 0.25], 0),
        (1.0, [0.75, 0.5, 0.0], 1),  # a sum of exactly 0 leaves a unit off
    ],
)
def test_bars_crosses_and_curve_count_the_units(bias, on, dead):
    live = dead_units(SUMS)
    set_to(live, bias=bias)
    assert_allclose(bar_heights(live), on)
    assert len(mark(live, "crosses").get_xdata()) == dead
    assert_allclose(mark(live, "dead now").get_xydata(), [[bias, dead / 3]])
    assert_allclose(
        3 * mark(live, "dead by bias").get_xydata() * [1 / 3, 1],
        [(-6, 3), (-2.5, 3), (-2.5, 2), (-2, 2), (-2, 1), (1.5, 1), (1.5, 0), (3, 0)],
    )
    zeros = f"outputs that are 0: {100 - 100 * np.mean(on):.1f} %"
    assert texts(live) == {"dead": f"dead: {dead} of 3", "zeros": zeros}
    words = f"Bias {bias:.1f}, 4 examples: dead: {dead} of 3 units".replace("-", "−")
    assert live.alt.startswith(words)
    assert zeros in live.alt


def test_with_fewer_examples_more_units_count_as_dead():
    live = dead_units(SUMS, bias=-0.6)
    for examples, words in (
        (1, "1 example: dead: 2 of 3"),
        (4, "4 examples: dead: 1 of 3"),
    ):
        set_to(live, examples=examples)
        assert words in live.alt


def test_a_unit_that_one_example_switches_on_has_a_bar_that_can_be_seen():
    sums = np.full((1000, 2), -1.0)
    sums[7, 1] = 0.1
    alive, dead = bar_heights(dead_units(sums))
    assert alive > 0.02
    assert dead == 0


def test_a_layer_has_two_examples_and_2_to_100_units():
    for shape in ((2, 2), (2, 100)):
        assert len(bar_heights(dead_units(np.ones(shape)))) == shape[1]
    for sums in (
        np.zeros((1, 5)),
        np.zeros((5, 1)),
        np.zeros((5, 101)),
        [[1, np.nan], [0, 1]],
    ):
        with pytest.raises(ValueError, match=r"rows .* and 2 to 100 columns"):
            dead_units(sums)


def test_what_the_lesson_says_of_its_layer(lesson):
    sums = lesson["layer_sums"]
    fatal = np.sort(-sums.max(axis=0))[::-1]
    assert sums.shape == (1000, 60)
    assert -2.0 < fatal[0] < -1.9
    assert -5.0 < fatal[-1] < -4.9
    assert shared.says(
        NOTEBOOK, "The first between −1.9 and −2.0, the last between −4.9 and −5.0."
    )
    assert np.mean(sums - 2.5 <= 0) > 0.99
    assert 0 < np.sum(fatal >= -2.5) < 30
    assert (sums[:20] - 2.5 <= 0).all(axis=0).sum() > 2 * np.sum(fatal >= -2.5)


# follow


@pytest.mark.parametrize("step", [0, 1, 3])
@pytest.mark.parametrize("case", ["one", "two"])
def test_every_line_is_one_example_up_to_the_step(case, step):
    histories = {"one": np.arange(12.0).reshape(4, 3) - 5, "two": np.ones((4, 3))}
    sums = histories[case]
    live = follow(histories, step=1)
    set_to(live, case=case, step=step)
    for example, line in enumerate(mark(live, "sums").get_segments()):
        assert_allclose(
            line, np.column_stack([range(step + 1), sums[: step + 1, example]])
        )
    assert_allclose(mark(live, "now").get_data(), [[step] * 3, sums[step]])
    words = f"after {step} steps: on for {np.sum(sums[step] > 0)} of 3 examples"
    assert texts(live)["on"] == words
    assert live.alt.startswith(f"{case}, {words}")


def test_a_sum_of_exactly_0_is_off():
    live = follow({"ReLU": np.array([[1.0, 1.0, 1.0], [0.5, 0.0, -0.5]])}, step=1)
    assert texts(live)["on"] == "after 1 steps: on for 1 of 3 examples"
    one, *others = mark(live, "sums").get_edgecolor()
    expected = mark(follow({"on": np.ones((2, 1))}), "sums").get_edgecolor()[0]
    assert one.tolist() == expected.tolist()
    assert all(other.tolist() != expected.tolist() for other in others)


def test_a_history_has_2_steps_and_1_example_at_least_and_the_slider_ends_with_it():
    for shape in ((2, 1), (30, 3)):
        step = follow({"ReLU": np.ones(shape)}, step=20).controls["step"]
        assert (step.min, step.max, step.value) == (
            0,
            shape[0] - 1,
            min(20, shape[0] - 1),
        )
    for shapes in ([(3, 2), (4, 2)], [(3,)], [(1, 3)], [(3, 0)]):
        histories = {f"case {n}": np.ones(shape) for n, shape in enumerate(shapes)}
        with pytest.raises(ValueError, match="same shape") as raised:
            follow(histories)
        assert f"not {shapes}" in str(raised.value)


def test_a_training_that_ran_away_is_refused():
    with pytest.raises(ValueError, match="smaller rate"):
        follow({"ReLU": [[1.0], [np.inf]]})


def test_the_steps_of_the_history_are_steps_down_the_error(lesson):
    """An independent gradient, by complex step, of half the mean squared error."""
    x = np.linspace(0.1, 1, 10)
    parameters = np.array([1.0, -1.5])
    rows = []

    def loss(v, b):
        z = v * x + b
        error = np.where(z.real > 0, z, 0) + v * x - 4 * x
        return np.mean(error**2) / 2

    for _ in range(61):
        v, b = parameters
        rows.append(v * x + b)
        gradient = [
            loss(*(parameters + step)).imag / 1e-30 for step in 1e-30j * np.eye(2)
        ]
        parameters = parameters - 0.1 * np.array(gradient)
    assert_allclose(lesson["cases"]["layer before learns"], rows, atol=1e-12)


def test_what_the_lesson_says_of_the_three_cases(lesson):
    alone, upstream, leaky = lesson["cases"].values()
    assert np.all(alone == alone[0])
    assert (alone[0].min(), alone[0].max()) == pytest.approx((-1.4, -0.5))
    assert (upstream > 0).any(axis=1).argmax() == 5
    assert shared.says(NOTEBOOK, "The first one crosses 0 after five steps")
    assert np.sum(upstream[-1] > 0) == 7
    assert shared.says(NOTEBOOK, "In the end seven of the ten are above 0")
    assert np.ptp(upstream[5]) > np.ptp(upstream[0])  # the lines fan out first
    assert (leaky > 0).any(axis=1).argmax() == 30
    assert (leaky > 0).all(axis=1).argmax() in (39, 40)
    assert shared.says(
        NOTEBOOK, "The first crosses after 30 steps, and by step 40 all ten have."
    )
    assert np.all(np.diff(leaky[:30], axis=0) > 0)
    assert_allclose(np.diff(leaky, axis=1), 0.1)  # its lines are parallel


# What the lesson says of random layers


def test_every_layer_halves_the_squared_size_unless_the_weights_make_up_for_it(lesson):
    lesson["rng"] = np.random.default_rng(11)

    def share(variance, all_on=False):
        shares = []
        for _ in range(30):
            kept = lesson["fresh_layers"](variance)
            if all_on:
                kept = [(W, np.ones(300)) for W, _ in kept]
            shares.append(lesson["surviving_share"](kept))
        return np.mean(shares)

    assert 1 / 1.6 < share(1) / 0.5**10 < 1.6
    assert 1 / 1.6 < share(2) < 1.6
    assert 1 / 1.6 < share(1, all_on=True) < 1.6
