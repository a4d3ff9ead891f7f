"""explore, threads: what stands in the picture after each move of a slider, and what is said when there can be none."""

import math
import warnings

import frames
import ipywidgets
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle
from numpy.testing import assert_allclose, assert_array_equal
from shared import set_to

from helpers import elu, explore, gelu, identity, leaky_relu, relu, sigmoid, softmax, tanh, threads
from helpers.figures.style import BLUE, INK, ORANGE, VERMILION, number


def hill(x, height=2.0, width=1.0):
    """Return a smooth hill, a learner's function with two parameters."""
    return height * np.exp(-((x / width) ** 2))


def hill_slope(x, height=2.0, width=1.0):
    return -2 * x / width**2 * hill(x, height, width)


def explore_hill(**options):
    return explore(hill, hill_slope, height=(0.5, 4, 0.1), width=(0.5, 3, 0.1), **options)


def lines(axes, **properties):
    """Return the lines with these properties, such as linewidth=3."""
    wanted = properties.items()
    return [line for line in axes.lines if all(getattr(line, f"get_{name}")() == value for name, value in wanted)]


def curve(live):
    """Return (x, y) of the function's line."""
    (line,) = lines(live.figure.axes[0], linewidth=3, color=BLUE)
    return line.get_data()


def slope_curve(live):
    """Return (x, y) of the slope's line."""
    (line,) = lines(live.figure.axes[1], linewidth=3, color=VERMILION)
    return line.get_data()


def probe(live):
    """Return where the probe's artists stand: dot, slope dot, tangent, run, rise, height."""
    upper, lower = live.figure.axes
    found = {
        "dot": lines(upper, markersize=10),
        "slope dot": lines(lower, markersize=10),
        "tangent": lines(upper, linewidth=2, color=VERMILION),
        "run": lines(upper, linewidth=1, color=VERMILION),
        "rise": lines(upper, linewidth=4, color=VERMILION),
        "height": lines(lower, linewidth=4, color=VERMILION),
    }
    return {name: line.get_xydata() for name, (line,) in found.items()}


def ends(axes):
    """Return (hollow, filled): the points that mark the ends of branches at jumps."""
    hollow, filled = (
        [line for line in lines(axes, markersize=6.5) if (line.get_markerfacecolor() == "white") == white]
        for white in (True, False)
    )
    return [tuple(point) for line in hollow for point in line.get_xydata()], [
        tuple(point) for line in filled for point in line.get_xydata()
    ]


def shades(axes):
    """Return the (left, right) of the zones that are shaded in a panel."""
    boxes = [patch for patch in axes.patches if isinstance(patch, Rectangle) and patch.get_width()]
    return sorted((box.get_x(), box.get_x() + box.get_width()) for box in boxes)


def limits(live):
    return [(axes.get_xlim(), axes.get_ylim()) for axes in live.figure.axes]


def written(live):
    return frames.texts(frames.root(live))


# What the sliders show


@pytest.fixture(scope="module")
def moved():
    return explore_hill()


ranges = st.tuples(st.integers(-120, 118), st.integers(2, 240)).map(lambda r: (r[0] / 10, min(12, sum(r) / 10)))


@given(
    x_range=ranges, x0=st.floats(-12, 12).map(lambda x: round(x, 1)), height=st.floats(0.5, 4), width=st.floats(0.5, 3)
)
@settings(max_examples=25, deadline=None)
@example(x_range=(-6, 6), x0=0.0, height=0.5, width=3.0)
@example(x_range=(0, 1.5), x0=1.0, height=2.0, width=1.0)  # room for a step of 1 on the left, to a hair
def test_the_picture_is_the_function_at_the_sliders_values(moved, x_range, x0, height, width):
    set_to(moved, x_range=x_range, height=height, width=width, x0=x0)
    lo, hi = moved.controls["x_range"].value
    x0 = moved.controls["x0"].value
    assert lo <= x0 <= hi
    assert moved.message == ""
    for (x, y), function in ((curve(moved), hill), (slope_curve(moved), hill_slope)):
        assert (x[0], x[-1]) == (lo, hi)
        assert len(x) >= 400
        assert_array_equal(y, function(x, height, width))
    y0, slope = hill(x0, height, width), hill_slope(x0, height, width)
    shown = probe(moved)
    assert_allclose(shown["dot"], [(x0, y0)])
    assert_allclose(shown["slope dot"], [(x0, slope)])
    (start, foot), (end, _) = shown["run"]
    assert_allclose(shown["run"], [(start, foot), (start + 1, foot)])
    assert_allclose(shown["rise"], [(end, foot), (end, foot + slope)])  # slope · 1
    assert start in (x0, x0 - 1)
    assert foot == pytest.approx(y0 + slope * (start - x0), abs=1e-12)  # on the tangent
    assert (lo <= start and end <= hi + 1e-9) or (
        hi < x0 + 1 and x0 - 1 < lo
    )  # in the picture wherever it fits into it
    assert_allclose(shown["height"], [(x0, 0), (x0, slope)])
    (left, low), (right, high) = shown["tangent"]
    assert (left + right) / 2 == pytest.approx(x0)
    assert (high - low) / (right - left) == pytest.approx(slope, abs=1e-12)
    assert (high + low) / 2 == pytest.approx(y0, abs=1e-12)
    for axes in moved.figure.axes:
        assert axes.get_xlim() == (lo, hi)
        (low, high), (x, y) = axes.get_ylim(), curve(moved) if axes is moved.figure.axes[0] else slope_curve(moved)
        assert low <= min(0, y.min())
        assert max(0, y.max()) <= high


def test_the_picture_depends_on_nothing_but_the_sliders():
    live = explore(leaky_relu)
    for values in ({"negative_slope": 0.9}, {"x_range": (-1, 0.5)}, {"x0": 0.3}, {"x_range": (3, 9)}, {"x_range": (4, 4)}):
        set_to(live, **values)
    set_to(live, x_range=(-4, 5), x0=-2, negative_slope=0.3)
    fresh = explore(leaky_relu, x_range=(-4, 5), x0=-2, negative_slope=0.3)
    assert frames.anonymous(frames.markup(live)) == frames.anonymous(frames.markup(fresh))
    assert (live.alt, live.png()) == (fresh.alt, fresh.png())


def test_the_readouts_say_what_is_shown():
    live = explore(sigmoid, x0=2)
    assert frames.named(live, "value") == "sigmoid(2.00) = 0.8808"
    assert frames.named(live, "slope") == "slope at 2.00 = 0.1050"
    assert frames.named(live, "rise") == "+0.10"
    assert frames.named(live, "peak") == "largest slope: 0.2500"
    set_to(live, x0=-1)
    assert frames.named(live, "value") == "sigmoid(−1.00) = 0.2689"
    assert frames.named(live, "slope") == "slope at −1.00 = 0.1966"
    for words in ("inputs from −6.0 to 6.0", "0.0025 to 0.9975", "sigmoid(−1.00) = 0.2689", "slope at −1.00 = 0.1966"):
        assert words in live.alt
    assert "Largest slope: 0.2500. Flat (slope below 5 % of the largest): −6.0 to −4.4; 4.4 to 6.0." in live.alt


def test_the_largest_slope_and_what_flat_means_stand_in_one_line_below_the_picture():
    live = explore(sigmoid)
    lower = live.figure.axes[1]
    peak, note = (text for text in lower.texts if text.get_text().startswith(("largest", "flat:")))
    assert (peak.get_position(), peak.get_horizontalalignment()) == ((1, -0.33), "right")
    assert (note.get_position(), note.get_horizontalalignment()) == ((0, -0.33), "left")
    assert peak.get_transform() == note.get_transform() == lower.transAxes


def test_a_falling_curve_has_a_falling_rise():
    live = explore(hill, hill_slope, x0=1)
    assert hill_slope(1.0) == pytest.approx(-1.4715, abs=1e-4)
    assert frames.named(live, "rise") == "−1.47"
    assert frames.named(live, "slope") == "slope at 1.00 = −1.4715"
    assert frames.named(live, "peak") == "largest slope: 1.7155"


def test_the_words_name_every_parameter():
    live = explore(hill, hill_slope, height=(0.5, 4.0), width={"slim": 0.5, "wide": 3})
    set_to(live, height=0.1 + 0.7, width=3)
    assert live.alt.startswith("hill with height = 0.8, width = 3 for inputs from")


# The words at the tangent


def line(slope, drawn=1.0):
    """Return a straight line and a slope that is said to be its own; the picture's height depends on `drawn` alone."""
    return lambda x: drawn * x, lambda x: 0 * x + slope


def labels(live):
    """Return the labels "+1" and that of the rise, and the (low, high) of the upper panel."""
    upper = live.figure.axes[0]
    under, beside = (text for text in upper.texts if text.get_animated() and text.get_clip_on())
    assert under.get_text() == "+1"
    return under, beside, upper.get_ylim()


@pytest.mark.parametrize(
    ("x_range", "x0", "run"), [((-6, 2), 1, (1, 2)), ((-6, 1.9), 1, (0, 1)), ((0.1, 1.9), 1, (1, 2))]
)
def test_the_step_of_1_ends_at_the_probe_only_where_it_would_leave_the_picture(x_range, x0, run):
    assert tuple(probe(explore(*line(0.5), x_range=x_range, x0=x0))["run"][:, 0]) == run


@pytest.mark.parametrize(("slope", "part"), [(0.5, -0.02), (0.0, -0.02), (-0.5, 0.075)])
def test_the_1_stands_under_the_middle_of_the_run_whichever_way_it_goes(slope, part):
    under, beside, (low, high) = labels(explore(*line(slope), x0=2, x_range=(-6, 6)))
    assert under.get_position() == pytest.approx((2.5, 2 + part * (high - low)))
    assert beside.get_text() == f"{slope:+.2f}".replace("-", "−")


@pytest.mark.parametrize(
    ("slope", "x0", "place", "side"),
    [
        # In a picture of 5 units and 5.9 heights: 0.12 of that is 0.708; the label is 0.3 wide.
        (1.0, 1.0, (2.04, 1 + 0.5), "left"),  # a long rise: beside its middle
        (0.72, 1.0, (2.04, 1 + 0.36), "left"),
        (-0.72, 1.0, (2.04, 1 - 0.36), "left"),
        (0.7, 1.0, (2.0, 1.7 + 0.05 * 5.9), "right"),  # a short one: above its end, and left of a steep tangent
        (-0.7, 1.0, (2.0, 0.3 - 0.05 * 5.9), "right"),
        (0.5, 1.0, (2.0, 1.5 + 0.05 * 5.9), "right"),
        (-0.5, 1.0, (2.0, 0.5 - 0.05 * 5.9), "right"),
        (0.48, 1.0, (2.04, 1.48 + 0.05 * 5.9), "left"),  # flatter than 0.025 · 5.9 / 0.3 = 0.49
        (0.0, 1.0, (2.04, 1 + 0.05 * 5.9), "left"),
        (1.0, 1.7, (2.74, 1.7 + 0.5), "left"),  # it ends at the edge, to a hair
        (1.0, 1.8, (2.8, 1.8 + 1 + 0.05 * 5.9), "right"),  # it would leave the picture
        (-1.0, 1.8, (2.8, 1.8 - 1 - 0.05 * 5.9), "right"),
    ],
)
def test_the_rise_is_written_where_there_is_room_for_it(slope, x0, place, side):
    _, beside, (low, high) = labels(explore(*line(slope), x_range=(-2, 3), x0=x0))
    assert high - low == pytest.approx(5.9)
    assert beside.get_position() == pytest.approx(place)
    assert beside.get_horizontalalignment() == side


def test_a_rise_of_just_an_eighth_of_the_picture_is_a_short_one():
    *_, (low, high) = labels(explore(*line(1.0), x_range=(-2, 3)))
    _, beside, _ = labels(explore(*line(0.12 * (high - low)), x_range=(-2, 3)))
    assert beside.get_horizontalalignment() == "right"


@pytest.mark.parametrize(("x_range", "shown"), [((-9, 9), True), ((-9, 9.1), False), ((-6, 6), True)])
def test_a_step_of_1_has_words_where_it_is_long_enough_for_them(x_range, shown):
    under, beside, _ = labels(explore(*line(0.5), x_range=x_range))
    assert under.get_visible() == beside.get_visible() == shown


def test_the_tangent_reaches_a_sixth_of_the_picture_to_either_side():
    tangent = probe(explore(*line(0.5), x_range=(-4, 6), x0=1))["tangent"]
    assert_allclose(tangent, [(1 - 1.6, 1 - 0.8), (1 + 1.6, 1 + 0.8)])


def test_names_of_functions_stand_in_the_picture():
    live = explore(hill, hill_slope)
    assert {"hill(x)", "its slope", "input x"} <= set(written(live))
    assert "f(x)" in written(explore(lambda x: x))

    class Object:
        def __call__(self, x):
            return x

    assert "f(x)" in written(explore(Object()))


def test_a_function_gets_an_array_of_its_own_each_time():
    given = []

    def spoil(x):
        given.append((type(x), x.dtype, x.ndim))
        x *= 2
        return x

    live = explore(spoil, lambda x: 0 * x + 2)
    set_to(live, x0=3)
    x, y = curve(live)
    assert_array_equal(y, 2 * x)
    assert set(given) == {(np.ndarray, np.dtype(float), 1)}


# Parameters


def test_an_activation_brings_its_slider_and_its_asymptotes():
    live = explore(leaky_relu)
    assert list(live.controls) == ["x_range", "x0", "negative_slope"]
    assert live.controls["negative_slope"].value == 0.01
    set_to(live, negative_slope=0.5)
    x, y = curve(live)
    assert_array_equal(y, np.where(x > 0, x, 0.5 * x))
    assert dashed(explore(sigmoid)) == [1]
    assert dashed(explore(tanh)) == [-1, 1]
    assert dashed(explore(relu)) == []
    assert dashed(explore(identity)) == []


def dashed(live):
    """Return the heights of the dashed lines, apart from those of the probe."""
    still = [line for line in live.figure.axes[0].lines if not line.get_animated() and line.is_dashed()]
    return sorted({height for line in still for height in line.get_ydata()})


def test_only_what_is_approached_is_an_asymptote():
    assert dashed(explore(elu)) == [-1]
    assert dashed(explore(elu, alpha=(0, 3, 0.1))) == []  # it moves with α
    assert dashed(explore(gelu)) == []  # −0.17, the lowest value, is reached


def test_a_slider_that_sends_nearly_0_stands_at_0():
    live = explore(sigmoid, x0=1)
    live.controls["x0"].value = 8.88e-16
    assert "slope at 0.00 = 0.2500" in live.alt


@pytest.mark.parametrize(("x0", "value"), [(1.1e-8, 0), (-1.1e-8, 0), (1.25e-8, 1), (-1.25e-8, -1)])
def test_nearly_0_is_a_billionth_of_the_picture(x0, value):
    live = explore(np.sign, lambda x: 0 * x, x_range=(-6, 6))
    set_to(live, x0=x0)
    assert probe(live)["dot"][0, 1] == value


def test_asymptotes_can_be_given_and_left_out():
    assert dashed(explore(np.tanh, asymptotes=(-1, 1))) == [-1, 1]
    assert dashed(explore(np.tanh)) == []
    assert dashed(explore(tanh, asymptotes=())) == []
    assert dashed(explore(np.tanh, asymptotes=[0, 2])) == [2]  # at 0 there is a line already
    low, high = explore(np.tanh, asymptotes=(-3, 5)).figure.axes[0].get_ylim()
    assert low < -3
    assert high > 5


@pytest.mark.parametrize(
    ("given", "value"),
    [
        *(((0, 1, 0.01), 0.3), (0.4, 0.4), ({"small": 0.1, "large": 0.9}, 0.1), ([0.2, 0.3], 0.2)),
        (ipywidgets.FloatSlider(value=0.6, min=0, max=1), 0.6),
        (ipywidgets.FloatLogSlider(value=0.1, min=-2, max=0), 0.1),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_parameter_can_be_written_in_many_ways(given, value):
    def leak(x, a=0.3):
        return np.where(x > 0, x, a * x)

    live = explore(leak, a=given)
    assert live.controls["a"].value == value
    x, y = curve(live)
    assert_array_equal(y, leak(x, value))
    for other in (0.9, 0.3):
        if isinstance(live.controls["a"], ipywidgets.FloatSlider):
            set_to(live, a=other)
            assert_array_equal(curve(live)[1], leak(x, other))


def test_a_fixed_parameter_has_no_slider():
    live = explore(leaky_relu, negative_slope=ipywidgets.fixed(0.25))
    assert list(live.controls) == ["x_range", "x0"]
    x, y = curve(live)
    assert_array_equal(y, np.where(x > 0, x, 0.25 * x))
    assert slope_curve(live)[1][0] == 0.25


# Slopes that are measured


def test_without_a_derivative_the_slope_is_measured_and_the_picture_says_so():
    def sigma(x):
        return 1 / (1 + np.exp(-x))

    live = explore(sigma)
    x, y = slope_curve(live)
    assert_allclose(y, sigmoid.derivative(x), atol=1e-9)
    assert "its slope, measured" in written(live)
    assert "slope at 1.00 = 0.1966 (measured)" in live.alt
    exact = explore(sigma, sigmoid.derivative)
    assert "its slope, measured" not in written(exact)
    assert "measured" not in exact.alt
    assert_array_equal(slope_curve(exact)[1], sigmoid.derivative(x))


def test_a_measured_slope_follows_the_parameters():
    live = explore(lambda x, a: a * x**2, a=(0.0, 3.0, 0.5))
    set_to(live, a=2, x0=3)
    assert_allclose(slope_curve(live)[1], 4 * slope_curve(live)[0], atol=1e-6)
    assert probe(live)["slope dot"][0, 1] == pytest.approx(12)


@pytest.mark.parametrize(("width", "broken"), [(0.0, 1), (2e-4, 1), (2e-3, 0), (0.05, 0)])
def test_a_measured_slope_that_climbs_within_a_thousandth_has_a_corner_and_else_none(width, broken):
    def bent(x):
        inside = np.clip(x, 0, width)
        return inside**2 / (2 * width or 1) + np.maximum(0, x - width)

    # A step of the samples is 0.0084, and a 32nd of it, where the search looks next, below a thousandth.
    live = explore(bent, x_range=(-2.016, 2.016))
    assert np.isnan(slope_curve(live)[1]).sum() == broken
    assert not np.isnan(curve(live)[1]).any()


# Axes that hold still


def counted(live, monkeypatch):
    """Return a list that grows whenever the whole figure is drawn, not only what moves."""
    draws, plain = [], live.figure.draw
    monkeypatch.setattr(live.figure, "draw", lambda renderer: (draws.append(1), plain(renderer)))
    return draws


@pytest.mark.parametrize("make", [explore_hill, lambda: explore(leaky_relu)])
def test_axes_hold_still_while_a_parameter_or_the_probe_moves(make, monkeypatch):
    live = make()
    before, draws = limits(live), counted(live, monkeypatch)
    for name, control in live.controls.items():
        if name != "x_range":
            for share in (0, 1, 0.3, 0.6):
                set_to(live, **{name: control.min + share * (control.max - control.min)})
                assert limits(live) == before
                assert live.message == ""
    assert draws == []


def test_axes_follow_the_range(monkeypatch):
    live = explore(leaky_relu)
    draws = counted(live, monkeypatch)
    set_to(live, x_range=(-2, 10))
    assert len(draws) == 1
    assert {axes.get_xlim() for axes in live.figure.axes} == {(-2, 10)}
    assert live.figure.axes[0].get_ylim()[1] == pytest.approx(10, rel=0.15)
    assert "10" in written(live)


def test_a_slider_of_powers_holds_the_axes_still_too():
    live = explore(lambda x, a: a * x, lambda x, a: 0 * x + a, a=ipywidgets.FloatLogSlider(value=0.1, min=-2, max=1))
    before = limits(live)
    for a in (0.01, 1, 10):
        set_to(live, a=a)
        assert limits(live) == before
    assert before[0][1][1] == pytest.approx(65, abs=6)


def test_every_value_of_a_slider_stays_inside_the_axes():
    live = explore_hill()
    for height in (0.5, 2, 4):
        for width in (0.5, 1, 3):
            set_to(live, height=height, width=width)
            for axes, (_, y) in zip(live.figure.axes, (curve(live), slope_curve(live)), strict=True):
                low, high = axes.get_ylim()
                assert low < y.min()
                assert y.max() < high


def test_a_picture_beyond_the_ends_of_its_sliders_is_shown_whole():
    """sin(a·x): the highest value lies at neither end of the slider."""
    live = explore(lambda x, a: np.sin(a * x), lambda x, a: a * np.cos(a * x), a=(0.0, 0.5), x_range=(-6, 6))
    for a in (0.0, 0.25, 0.5):
        set_to(live, a=a)
        low, high = live.figure.axes[0].get_ylim()
        assert low < curve(live)[1].min()
        assert curve(live)[1].max() < high


# Jumps, corners, flat zones


def test_the_slope_of_relu_jumps_at_0():
    live = explore(relu)
    x, y = slope_curve(live)
    (gap,) = np.flatnonzero(np.isnan(y))
    assert_array_equal(x[gap - 1 : gap + 2], [0, 0, 0])
    assert (y[gap - 1], y[gap + 1]) == (0, 1)
    assert set(y[:gap]) == {0}
    assert set(y[gap + 1 :]) == {1}
    assert ends(live.figure.axes[1]) == ([(0, 1)], [(0, 0)])  # at 0 the slope is 0: filled; 1 is not reached: hollow
    assert ends(live.figure.axes[0]) == ([], [])
    assert not np.isnan(curve(live)[1]).any()


def test_a_step_is_no_ramp():
    live = explore(lambda x, at=1.5: np.where(x >= at, 1, 0), at=(-3, 3, 0.25))
    for at in (1.5, 0.0, -2.25):
        set_to(live, at=at)
        x, y = curve(live)
        assert set(y[x < at]) == {0}
        assert set(y[x > at]) == {1}
        assert np.isnan(y).sum() == 1
        assert ends(live.figure.axes[0]) == ([(at, 0)], [(at, 1)])
    assert_array_equal(slope_curve(live)[1], 0)


def test_the_marks_of_a_jump_go_when_it_leaves_the_picture():
    live = explore(relu)
    set_to(live, x_range=(1, 6))
    assert ends(live.figure.axes[1]) == ([], [])
    assert not np.isnan(slope_curve(live)[1]).any()


def test_steep_is_not_broken():
    live = explore(lambda x, steepness=50: np.tanh(steepness * x), steepness=(1, 1000))
    for steepness in (1, 50, 1000):
        set_to(live, steepness=steepness)
        assert not np.isnan(curve(live)[1]).any()
        assert ends(live.figure.axes[0]) == ([], [])


@pytest.mark.parametrize("x_range", [(-6, 6), (-5.3, 9.1), (-0.7, 11.9), (-1, 2)])
def test_a_corner_at_0_is_sharp(x_range):
    x, y = curve(explore(relu, x_range=x_range))
    assert 0 in x
    assert_array_equal(y, np.maximum(0, x))


SIGMOID_END = math.log((1 + math.sqrt(0.95)) / (1 - math.sqrt(0.95)))  # there σ(1 − σ) = 5 % of 0.25
TANH_END = math.atanh(math.sqrt(0.95))  # there 1 − tanh² = 5 % of 1


@pytest.mark.parametrize(
    ("function", "end", "x_range"),
    [
        *((sigmoid, SIGMOID_END, x_range) for x_range in [(-6, 6), (-8, 7), (-12, 12)]),
        (tanh, TANH_END, (-8, 7)),
        (lambda x: 1 / (1 + np.exp(-x)), SIGMOID_END, (-12, 12)),
        (np.tanh, TANH_END, (-6, 6)),
    ],
)
def test_flat_zones_are_shaded_where_the_slope_is_below_5_per_cent(function, end, x_range):
    lo, hi = x_range
    live = explore(function, x_range=x_range)
    sample = (hi - lo) / 480
    for axes in live.figure.axes:
        assert_allclose(shades(axes), [(lo, -end - sample / 2), (end + sample / 2, hi)], atol=sample / 2 + 1e-9)
    assert written(live).count("flat") == 2
    assert "flat: slope below 5 % of its largest" in written(live)


def test_relu_is_flat_on_the_left_up_to_0():
    live = explore(relu)
    assert shades(live.figure.axes[0]) == shades(live.figure.axes[1]) == [(-6, 0)]


def test_where_nothing_is_flat_nothing_is_shaded():
    live = explore(sigmoid, x_range=(-4, 4))
    assert shades(live.figure.axes[0]) == []
    assert "flat" not in " ".join(written(live))
    assert live.alt.endswith("No flat zone.")


def with_flat(*zones):
    """Return a derivative that is 0 in these zones, given as (left, right), and 1 elsewhere."""
    return lambda x: 1.0 - np.any([(left <= x) & (x <= right) for left, right in zones], axis=0)


def test_the_three_widest_zones_are_shaded_and_those_with_room_for_it_have_a_word():
    zones = (-5, -4.3), (-3, -1), (0, 0.75), (2, 2.5), (4, 4.3)
    live = explore(lambda x: x, with_flat(*zones))
    widest = [(-5, -4.3), (-3, -1), (0, 0.75)]
    for axes in live.figure.axes:
        assert_allclose(shades(axes), widest, atol=1e-9)
    words = {
        text.get_position() for text in live.figure.axes[1].texts if text.get_text() == "flat" and text.get_visible()
    }
    assert_allclose(sorted(words), [(-2, 0.87), (0.375, 0.87)])  # wider than 0.06 · 12 = 0.72
    assert live.alt.endswith("−5.0 to −4.3; −3.0 to −1.0; 0.0 to 0.8; 2.0 to 2.5; 4.0 to 4.3.")


@pytest.mark.parametrize(("right", "count"), [(0.2, 0), (0.225, 0), (0.25, 1)])
def test_a_zone_narrower_than_a_fiftieth_of_the_picture_is_none(right, count):
    live = explore(lambda x: x, with_flat((0, right)))
    assert len(shades(live.figure.axes[0])) == count


def test_shades_follow_the_range_and_go_with_the_zones():
    live = explore(lambda x: x, with_flat((-3, -1)))
    for x_range, zones in (((-6, 6), [(-3, -1)]), ((-2, 6), [(-2, -1)]), ((0, 6), []), ((-5, 2), [(-3, -1)])):
        set_to(live, x_range=x_range)
        assert_allclose(np.reshape(shades(live.figure.axes[0]), (-1, 2)), np.reshape(zones, (-1, 2)), atol=0.03)
        (note,) = [text for text in live.figure.axes[1].texts if text.get_text().startswith("flat: slope")]
        assert note.get_visible() == bool(zones)


def test_dots_at_jumps_are_there_only_when_there_are_jumps():
    """What is not there costs a frame nothing."""

    def visible(live):
        dots = [line for line in live.figure.axes[1].lines if line.get_markersize() == 6.5]
        return [(dot.get_markerfacecolor() == "white", dot.get_visible()) for dot in dots]

    live = explore(relu)
    assert visible(live) == [(True, True), (False, True)]
    set_to(live, x_range=(1, 6))
    assert visible(live) == [(True, False), (False, False)]


def test_flat_is_measured_by_the_largest_slope_anywhere():
    """A range with flat ground alone is still flat, although its own slopes are all alike."""
    live = explore(sigmoid, x_range=(5, 6))
    assert shades(live.figure.axes[0]) == [(5, 6)]
    assert frames.named(live, "peak") == "largest slope: 0.2500"


# The probe and the range


def test_the_probe_stays_inside_the_range():
    live = explore(sigmoid, x0=5)
    slider = live.controls["x0"]
    set_to(live, x_range=(-3, 2))
    assert (slider.min, slider.max, slider.value) == (-3, 2, 2)
    assert frames.named(live, "value").startswith("sigmoid(2.00)")
    set_to(live, x_range=(4, 9))
    assert (slider.min, slider.max, slider.value) == (4, 9, 4)
    set_to(live, x_range=(-12, 12))
    assert (slider.min, slider.max, slider.value) == (-12, 12, 4)
    set_to(live, x_range=(-12, -10))
    assert (slider.min, slider.max, slider.value) == (-12, -10, -10)


@pytest.mark.parametrize(
    ("x_range", "x0"), [((-6, 6), 1), ((0, 1), 1), ((1, 6), 1), ((2, 6), 4), ((-8, -4), -6), ((0, 0.5), 0.25)]
)
def test_the_probe_starts_inside_the_range(x_range, x0):
    assert explore(sigmoid, x_range=x_range).controls["x0"].value == pytest.approx(x0)


def test_an_empty_range_is_said_and_left_again():
    live = explore(sigmoid)
    before = frames.snapshot(live)
    set_to(live, x_range=(3, 3))
    assert "both handles stand at 3" in live.message
    assert "pull them apart" in live.message
    assert frames.snapshot(live) == before
    assert (live.controls["x0"].min, live.controls["x0"].max) == (-6, 6)
    set_to(live, x0=2)
    assert "both handles" in live.message
    assert frames.snapshot(live) == before
    set_to(live, x_range=(-1, 3))
    assert live.message == ""
    assert curve(live)[0][0] == -1


# Functions that fail


def failing(how):
    """Return a learner's function that fails as `how` says while its parameter a is above 0.5."""

    def f(x, a=0.2):
        if a <= 0.5:
            return a * x
        return how(x, a)

    return f


def raises(x, a):
    raise RuntimeError("a is too large\nfor this function")


FAILURES = {
    "raises": (raises, "f fails for an array of 481 inputs from -6 to 6: RuntimeError: a is too large"),
    "wrong shape": (lambda x, a: x[:5], "f returns shape (5,) for inputs of shape (481,); it has to return one"),
    "one number": (lambda x, a: x.max(), "f returns shape () for inputs of shape (481,)"),
    "complex": (lambda x, a: x + 1j, "f returns complex numbers (complex128); it has to return one real"),
    "nan": (lambda x, a: np.where(x > 2, np.nan, x), "f returns nan at x = 2.025, a = 0.8; choose inputs and param"),
    "inf": (lambda x, a: np.where(x > 2, np.inf, x), "f returns inf at x = 2.025, a = 0.8"),
    "text": (lambda x, a: "a text", "f returns no numbers"),
    "nothing": (lambda x, a: None, "f returns nothing (None); its last line has to be return and the result."),
    "too large": (lambda x, a: 1e200 * x, "f returns -6e+200 at x = -6, a = 0.8; choose inputs and parameters"),
    "whole list": (lambda x, a: np.cumsum(x), "works on a whole list at once"),
}
each_failure = pytest.mark.parametrize(("how", "words"), FAILURES.values(), ids=FAILURES)


@pytest.mark.parametrize(
    ("how", "words", "derivative"),
    [*((how, words, None) for how, words in FAILURES.values()), (*FAILURES["nan"], lambda x, a: 0 * x + a)],
    ids=[*FAILURES, "nan with a slope given"],
)
def test_a_failure_is_one_sentence_under_the_last_good_picture(how, words, derivative):
    live = explore(failing(how), derivative, a=(0, 1, 0.1))
    assert live.message == ""
    before = frames.snapshot(live)
    set_to(live, a=0.8)
    assert words in live.message
    assert "\n" not in live.message
    assert frames.snapshot(live) == before
    set_to(live, x0=3)  # still failing: the probe stays as well
    assert words in live.message
    assert frames.snapshot(live) == before
    set_to(live, a=0.4)
    assert live.message == ""
    assert_array_equal(curve(live)[1], 0.4 * curve(live)[0])
    assert_allclose(probe(live)["dot"], [(3, 1.2)])


@each_failure
def test_at_the_start_the_same_sentence_is_raised(how, words):
    with pytest.raises((ValueError, TypeError)) as raised:
        explore(failing(how), a=ipywidgets.fixed(0.8))
    assert words.replace(", a = 0.8", "") in str(raised.value).replace(", a = 0.8", "")


@pytest.mark.parametrize("how", [raises, lambda x, a: x[:5], lambda x, a: x + 1j, lambda x, a: x * np.nan])
def test_a_slope_that_fails_is_a_sentence_too(how):
    live = explore(lambda x, a: a * x, failing(how), a=(0, 0.8, 0.1))
    before = frames.snapshot(live)
    set_to(live, a=0.8)
    assert live.message.startswith("f ")
    assert frames.snapshot(live) == before
    set_to(live, a=0.3)
    assert live.message == ""


def test_a_range_in_which_the_function_has_no_value():
    live = explore(np.log, lambda x: 1 / x, x_range=(0.5, 6))
    before = frames.snapshot(live)
    set_to(live, x_range=(-3, 6))
    assert live.message.startswith("log returns nan at x = -3; choose a range of inputs in which it is finite.")
    assert frames.snapshot(live) == before
    assert live.controls["x0"].min == 0.5
    set_to(live, x_range=(0.1, 2))
    assert live.message == ""


@pytest.mark.parametrize("derivative", [None, lambda x: 1 / x], ids=["measured", "given"])
def test_a_function_may_have_no_value_outside_the_range(derivative):
    live = explore(np.log, derivative, x_range=(0.5, 6))
    assert live.message == ""
    assert frames.named(live, "peak") == "largest slope: 2.0000"


def test_a_function_may_fail_at_the_ends_of_its_slider():
    live = explore(lambda x, a=0.5: x / a, lambda x, a: 0 * x + 1 / a, a=(0, 1, 0.01))
    assert live.message == ""
    assert_array_equal(curve(live)[1], 2 * curve(live)[0])
    set_to(live, a=0)
    assert "f returns -inf at x = -6, a = 0" in live.message
    set_to(live, a=0.1)
    assert live.message == ""
    low, high = live.figure.axes[0].get_ylim()
    assert low < -60
    assert high > 60


def naive(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize("derivative", [None, lambda x: naive(x) * (1 - naive(x))], ids=["measured", "given"])
def test_an_overflow_is_a_sentence_and_no_warning(derivative):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        live = explore(naive, derivative, x_limits=(-800, 800))
        assert live.message == ""  # in the range that is shown all is well
        set_to(live, x_range=(-800, 800))
        assert "overflow" in live.message
        assert "\n" not in live.message
        assert_allclose(curve(live)[1], sigmoid(curve(live)[0]), atol=1e-300)
        set_to(live, x_range=(-600, 800))
        assert live.message == ""
    assert [warning for warning in seen if issubclass(warning.category, RuntimeWarning)] == []
    assert "overflow" in explore(naive, derivative, x_range=(-800, 800)).message


# Numbers as readers write them


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((0, "0.0000"), (-0.0, "0.0000"), (0.17794, "0.1779"), (-2.5, "−2.5000"), (1, "1.0000")),
        *((0.001, "0.0010"), (-0.001, "−0.0010"), (0.000999, "9.99×10⁻⁴"), (4.54e-5, "4.54×10⁻⁵")),
        *((99999, "99999.0000"), (1e5, "1.00×10⁵"), (-123456, "−1.23×10⁵"), (1e300, "1.00×10³⁰⁰")),
    ],
)
def test_very_small_and_very_large_numbers_have_powers_of_ten(value, text):
    assert number(value) == text


@pytest.mark.parametrize(("value", "digits", "text"), [(-0.04, 1, "0.0"), (2.345, 2, "2.35"), (12.0, 0, "12")])
def test_a_number_has_the_digits_that_are_asked_for(value, digits, text):
    assert number(value, digits) == text


# Threads


def test_threads_lead_from_inputs_to_outputs_in_the_colour_of_the_inputs_sign():
    live = threads(leaky_relu, negative_slope=0.5, x=2.0, x_range=(-4, 12))
    (axes,) = live.figure.axes
    *thin, thick = (line for line in axes.lines if len(line.get_xdata()) == 2)
    inputs = np.linspace(-4, 12, 33)
    for line, start in zip([*thin, thick], [*inputs, 2.0], strict=True):
        assert list(line.get_xdata()) == [start, start if start > 0 else start / 2]
        assert list(line.get_ydata()) == [1, 0]  # from the upper ruler to the lower one
    assert [line.get_color() for line in thin] == [ORANGE] * 8 + [INK] + [BLUE] * 24
    assert (axes.get_xlim(), axes.get_ylim()) == ((-4.3, 12.3), (0, 1))
    assert frames.named(live, "value") == "leaky_relu(2.00) = 2.0000"
    assert live.alt == "Inputs from −4.0 to 12.0 land between −2.0000 and 12.0000. leaky_relu(2.00) = 2.0000."
    set_to(live, x=-4.0, negative_slope=0.25)
    assert list(thick.get_xdata()) == [-4, -1]
    assert "land between −1.0000 and 12.0000" in live.alt


def test_the_rulers_of_threads_are_lines_above_and_below_and_nothing_beside():
    (axes,) = threads(sigmoid).figure.axes
    assert [axes.spines[side].get_visible() for side in ("top", "bottom", "left", "right")] == [
        True,
        True,
        False,
        False,
    ]


# Mistakes in the call


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"x_range": "wide"}, TypeError, "x_range must be two numbers, lowest first, not 'wide'; try x_range=(-6, 6)."),
        ({"x_range": 6}, TypeError, "x_range must be two numbers, lowest first, not 6; try x_range=(-6, 6)."),
        ({"x_range": (0, math.nan)}, ValueError, "finite number, not from 0 to nan; try x_range=(-6, 6)."),
        ({"x_range": (-math.inf, 0)}, ValueError, "finite number, not from -inf to 0; try x_range=(-6, 6)."),
        ({"x_range": (6, -6)}, ValueError, "from a smaller to a clearly larger finite number, not from 6 to -6; try"),
        ({"x_range": (2, 2)}, ValueError, "from a smaller to a clearly larger finite number, not from 2 to 2; try"),
        ({"x_range": (-9, 9), "x_limits": (-5, 5)}, ValueError, "x_range=(-9, 9) does not lie within x_limits=(-5, 5)"),
        ({"x_limits": (5, 1)}, ValueError, "x_limits must run from a smaller to a clearly larger finite number"),
        ({"x0": 7}, ValueError, "x0 must lie between -6 and 6, but it is 7; try x0=6."),
        ({"x0": math.nan}, ValueError, "x0 must be a finite number, but it is nan; try x0=1.0."),
        ({"x0": "here"}, TypeError, "x0 must be a number, not 'here'; try x0=1.0."),
        ({"height": "tall"}, TypeError, "height must be a number or a slider's (low, high, step), not 'tall'; try"),
        ({"height": (4, 1, 0.1)}, ValueError, "height=(4, 1, 0.1) makes no slider: it takes finite numbers, low <"),
        ({"height": (1, 4, 0)}, ValueError, "makes no slider: it takes finite numbers, low < high and step > 0;"),
        ({"depth": (1, 4, 0.1)}, ValueError, "TypeError: hill() got an unexpected keyword argument 'depth'"),
        (
            {"derivative": 3},
            TypeError,
            "A function is needed, not 3; write its name only, without brackets or quotes: explore(sig",
        ),
        (
            {"derivative": hill(np.zeros(900))},
            TypeError,
            "without brackets or quotes: explore(sigmoid, sigmoid_slope).",
        ),
        ({"asymptotes": "top"}, TypeError, "asymptotes must be a number, not 'top'; try asymptotes=1.0."),
    ],
    ids=lambda given: str(given)[:30],
)
def test_each_mistake_in_the_call_is_one_sentence(options, error, words):
    with pytest.raises(error) as raised:
        explore(hill, **options)
    text = str(raised.value)
    assert words in text
    assert "\n" not in text
    assert len(text) < 250


@pytest.mark.parametrize("given", [sigmoid(np.linspace(-6, 6, 2000)), sigmoid(0.5), "sigmoid", None, 3], ids=type)
def test_a_function_called_by_mistake_is_named(given):
    with pytest.raises(
        TypeError, match=r"A function is needed, not .*; write its name only, .*: explore\(sigmoid\)\.$"
    ) as raised:
        explore(given)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 200


def test_a_slope_called_by_mistake_is_named_for_an_activation_too():
    with pytest.raises(TypeError, match=r"write its name only, .*: explore\(sigmoid, sigmoid_slope\)"):
        explore(sigmoid, sigmoid.derivative(np.linspace(-6, 6, 9)))


def test_softmax_has_no_curve():
    with pytest.raises(ValueError, match=r"softmax gives 1 for -2 alone .* works on a whole list at once"):
        explore(softmax)
