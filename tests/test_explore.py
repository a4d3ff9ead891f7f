"""explore: what stands in the picture after each move of a slider, and what is said without one."""

import math

import frames
import ipywidgets
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from shared import mark, points, set_to, texts

from helpers import elu, explore, gelu, leaky_relu, relu, sigmoid, tanh, threads
from helpers.figures.style import number


def hill(x, height=2.0, width=1.0):
    """Return a smooth hill, a learner's function with two parameters."""
    return height * np.exp(-((x / width) ** 2))


def hill_slope(x, height=2.0, width=1.0):
    return -2 * x / width**2 * hill(x, height, width)


def naive(x):
    return 1 / (1 + np.exp(-x))


def naive_slope(x):
    return naive(x) * (1 - naive(x))


def curve(live, name="function"):
    """Return (x, y) of the function's line, or of another one."""
    return mark(live, name).get_data()


def marks(live, panel, name):
    """Return the marks of one name in the upper (0) or in the lower panel (1)."""
    return live.figure.axes[panel].findobj(lambda artist: artist.get_gid() == name)


def ends(live, panel, name):
    """Return the points at a panel's jumps, of the "open ends" or of the "closed ends"."""
    lines = marks(live, panel, name)
    return [tuple(point) for line in lines for point in line.get_xydata()]


def flat_zones(live, panel=0):
    """Return the (left, right) of each zone that is shaded."""
    boxes = marks(live, panel, "flat zone")
    return sorted(box.get_bbox().intervalx.tolist() for box in boxes)


def limits(live):
    return [(axes.get_xlim(), axes.get_ylim()) for axes in live.figure.axes]


def written(live):
    return frames.texts(frames.root(live))


def assert_inside(live):
    """See that the axes show all of both curves, and 0."""
    for axes, name in zip(live.figure.axes, ("function", "derivative"), strict=True):
        low, high = axes.get_ylim()
        _, y = curve(live, name)
        assert low < min(0, np.nanmin(y))
        assert max(0, np.nanmax(y)) < high


# What the sliders show


@pytest.fixture(scope="module")
def moved():
    return explore(hill, hill_slope, height=(0.5, 4, 0.1), width=(0.5, 3, 0.1))


tenths = st.integers(-120, 120).map(lambda count: count / 10)
hundredths = st.integers(50, 300).map(lambda count: count / 100)


@given(tenths, tenths, tenths, hundredths, hundredths)
@settings(max_examples=25)
@example(-6, 6, 0.0, 0.5, 3.0)
# A step of 1 just fits to the left, and here to no side.
@example(0, 1.5, 1.0, 2.0, 1.0)
@example(0.1, 1.9, 1.0, 2.0, 1.0)
def test_the_picture_is_the_function_at_the_sliders_values(
    moved, lo, hi, x0, height, width
):
    assume(hi - lo > 0.15)
    set_to(moved, x_range=(lo, hi), height=height, width=width, x0=x0)
    x0 = min(max(x0, lo), hi)
    assert moved.message == ""
    assert moved.controls["x0"].value == x0
    for name, function in (("function", hill), ("derivative", hill_slope)):
        x, y = curve(moved, name)
        assert (x[0], x[-1]) == (lo, hi)
        assert len(x) >= 400
        assert_array_equal(y, function(x, height, width))
    assert_inside(moved)
    for axes in moved.figure.axes:
        assert axes.get_xlim() == (lo, hi)
    y0 = hill(x0, height, width)
    slope = hill_slope(x0, height, width)
    assert_allclose(points(moved, "probe"), [(x0, y0)])
    assert_allclose(points(moved, "slope probe"), [(x0, slope)])
    assert_allclose(points(moved, "slope line"), [(x0, 0), (x0, slope)])
    x, y = curve(moved, "tangent")
    assert_allclose(y, y0 + slope * (x - x0), atol=1e-12)
    assert x.mean() == pytest.approx(x0)
    fits_to_the_left_only = lo <= x0 - 1 and hi < x0 + 1
    start = x0 - 1 if fits_to_the_left_only else x0
    foot = y0 + slope * (start - x0)
    run = [(start, foot), (start + 1, foot)]
    rise = [(start + 1, foot), (start + 1, foot + slope)]
    assert_allclose(points(moved, "run"), run, atol=1e-12)
    assert_allclose(points(moved, "rise line"), rise, atol=1e-12)


def test_the_readouts_say_what_is_shown():
    live = explore(sigmoid, x0=2)
    set_to(live, x0=-1)
    assert texts(live) == {
        "value": "sigmoid(−1.00) = 0.2689",
        "slope": "slope at −1.00 = 0.1966",
        "rise": "+0.20",
        "peak": "largest slope: 0.2500",
    }
    assert live.alt == (
        "sigmoid for inputs from −6.0 to 6.0: its value goes from 0.0025 to 0.9975. "
        "sigmoid(−1.00) = 0.2689; slope at −1.00 = 0.1966. "
        "Largest slope: 0.2500. Flat (slope below 5 % of the largest): −6.0 to −4.4; 4.4 to 6.0."
    )


def test_a_falling_curve_has_a_falling_rise_and_the_size_of_its_largest_slope():
    shown = texts(explore(hill, hill_slope, x0=1))
    assert shown["rise"] == "−1.47"
    assert shown["slope"] == "slope at 1.00 = −1.4715"
    assert shown["peak"] == "largest slope: 1.7155"  # 2 · √(2 / e)


def test_names_of_functions_and_of_parameters_are_said():
    live = explore(hill, hill_slope, height=(0.5, 4.0), width={"slim": 0.5, "wide": 3})
    set_to(live, height=0.1 + 0.7, width=3)
    assert live.alt.startswith("hill with height = 0.8, width = 3 for inputs from")
    assert {"hill(x)", "its slope", "input x"} <= set(written(live))


@pytest.mark.parametrize(("x_range", "said"), [((-9, 9), True), ((-9, 9.1), False)])
def test_a_step_of_1_has_words_where_it_is_long_enough_for_them(x_range, said):
    live = explore(tanh, x_range=x_range)
    assert ("+1" in written(live)) == ("rise" in texts(live)) == said


@pytest.mark.parametrize(
    ("function", "options", "heights"),
    [
        (sigmoid, {}, [1]),  # at 0 there is a line already
        (tanh, {}, [-1, 1]),
        (elu, {"alpha": (0, 3, 0.1)}, []),  # it moves with α
        (gelu, {}, []),  # −0.17, the lowest value, is reached
        (np.tanh, {"asymptotes": (-3, 5)}, [-3, 5]),
        (tanh, {"asymptotes": ()}, []),
    ],
)
def test_heights_that_are_approached_or_asked_for_are_dashed(
    function, options, heights
):
    live = explore(function, **options)
    lines = marks(live, 0, "asymptote")
    assert sorted(line.get_ydata()[0] for line in lines) == heights
    low, high = live.figure.axes[0].get_ylim()
    assert all(low < height < high for height in heights)


# Slopes that are measured


def test_without_a_derivative_the_slope_is_measured_and_the_picture_says_so():
    live = explore(naive)
    x, y = curve(live, "derivative")
    assert_allclose(y, sigmoid.derivative(x), atol=1e-9)
    assert "its slope, measured" in written(live)
    assert "slope at 1.00 = 0.1966 (measured)" in live.alt
    exact = explore(naive, sigmoid.derivative)
    assert "measured" not in exact.alt + frames.markup(exact)


@pytest.mark.parametrize(("width", "broken"), [(0.0, 1), (2e-4, 1), (2e-3, 0)])
def test_a_measured_slope_that_climbs_within_a_thousandth_has_a_corner_and_else_none(
    width, broken
):
    def bent(x):
        inside = np.clip(x, 0, width)
        return inside**2 / (2 * width or 1) + np.maximum(0, x - width)

    # A step of the samples is 0.0084, and a 32nd of it, where the search looks next, below 0.001.
    live = explore(bent, x_range=(-2.016, 2.016))
    _, slopes = curve(live, "derivative")
    assert np.isnan(slopes).sum() == broken
    assert not np.isnan(curve(live)).any()


# Axes that hold still


def line_of_powers():
    powers = ipywidgets.FloatLogSlider(value=0.1, min=-2, max=1)
    return explore(lambda x, a: a * x, a=powers)


@pytest.mark.parametrize(
    ("make", "name", "values"),
    [
        (lambda: explore(leaky_relu), "negative_slope", [0, 0.3, 1]),
        (lambda: explore(hill, height=(0.5, 4, 0.1)), "height", [0.5, 1, 4]),
        (lambda: explore(hill, width=(0.5, 3, 0.1)), "width", [0.5, 1, 3]),
        (lambda: explore(hill), "x0", [-6, 0.5, 6]),
        (line_of_powers, "a", [0.01, 1, 10]),
    ],
)
def test_axes_hold_still_while_a_parameter_or_the_probe_moves(make, name, values):
    live = make()
    before = limits(live)
    for value in values:
        set_to(live, **{name: value})
        assert limits(live) == before
        assert live.message == ""
        assert_inside(live)


def test_what_is_highest_between_the_ends_of_its_slider_is_shown_whole():
    live = explore(lambda x, a: np.sin(a * x), a=(0.0, 0.5))
    for a in (0.0, 0.25, 0.5):
        set_to(live, a=a)
        assert_inside(live)


# Jumps, corners, flat zones


def test_the_slope_of_relu_jumps_at_0_and_its_corner_is_sharp():
    live = explore(relu, x_range=(-5.3, 9.1))
    x, y = curve(live)
    assert 0 in x
    assert_array_equal(y, np.maximum(0, x))
    x, y = curve(live, "derivative")
    assert set(y[x < 0]) == {0}
    assert set(y[x > 0]) == {1}
    assert x[np.isnan(y)] == [0]
    # At 0 the slope is 0, and 1 is not reached.
    assert ends(live, 1, "open ends") == [(0, 1)]
    assert ends(live, 1, "closed ends") == [(0, 0)]
    assert ends(live, 0, "open ends") == []
    set_to(live, x_range=(1, 6))
    assert ends(live, 1, "open ends") == ends(live, 1, "closed ends") == []


def test_a_step_is_no_ramp_and_follows_its_slider():
    live = explore(lambda x, at=1.5: np.where(x >= at, 1, 0), at=(-3, 3, 0.25))
    for at in (1.5, -2.25):
        set_to(live, at=at)
        x, y = curve(live)
        assert_array_equal(y[x != at], x[x != at] > at)
        assert ends(live, 0, "open ends") == [(at, 0)]
        assert ends(live, 0, "closed ends") == [(at, 1)]
        _, slopes = curve(live, "derivative")
        assert not slopes.any()


def test_flat_zones_are_shaded_where_the_slope_is_below_5_per_cent():
    live = explore(tanh, x_range=(-5, 6))
    end = math.atanh(math.sqrt(0.95))  # 1 − tanh² is 5 % of 1
    for panel in (0, 1):
        (left, until), (since, right) = flat_zones(live, panel)
        assert (left, right) == (-5, 6)
        assert end <= -until <= end + 11 / 480
        assert end <= since <= end + 11 / 480
    assert "flat: slope below 5 % of its largest" in written(live)


def test_flat_is_measured_by_the_largest_slope_anywhere():
    """A range with flat ground alone is still flat, although its own slopes are all alike."""
    live = explore(sigmoid)
    set_to(live, x_range=(5, 6))
    assert flat_zones(live) == [[5, 6]]
    assert texts(live)["peak"] == "largest slope: 0.2500"
    set_to(live, x_range=(-4, 4))
    assert flat_zones(live) == []
    assert "flat" not in " ".join(written(live))
    assert live.alt.endswith("No flat zone.")


def test_the_three_widest_zones_are_shaded_and_all_are_said():
    # The last one is less than a fiftieth of the picture.
    zones = [(-5, -4.3), (-3, -1), (0, 0.75), (2, 2.5), (4, 4.26), (5, 5.23)]

    def slope(x):
        inside = [(left <= x) & (x <= right) for left, right in zones]
        return 1.0 - np.any(inside, axis=0)

    live = explore(lambda x: x, slope)
    for panel in (0, 1):
        assert_allclose(flat_zones(live, panel), zones[:3], atol=1e-9)
    # The narrowest one has no room for the word.
    assert written(live).count("flat") == 2
    said = "−5.0 to −4.3; −3.0 to −1.0; 0.0 to 0.8; 2.0 to 2.5; 4.0 to 4.2."
    assert live.alt.endswith(said)


# The probe and the range


def test_the_probe_stays_inside_the_range():
    live = explore(sigmoid, x0=5)
    probe = live.controls["x0"]
    for x_range, x0 in (((-3, 2), 2), ((4, 9), 4), ((-12, 12), 4), ((-12, -10), -10)):
        set_to(live, x_range=x_range)
        assert (probe.min, probe.max, probe.value) == (*x_range, x0)
        assert f"sigmoid({number(x0, 2)})" in live.alt


def test_the_probe_starts_at_1_or_in_the_middle_of_a_range_without_it():
    for x_range, x0 in (((0, 1), 1), ((1, 6), 1), ((2, 6), 4)):
        assert explore(sigmoid, x_range=x_range).controls["x0"].value == x0


# Functions that fail


@pytest.mark.parametrize("which", ["function", "derivative"])
def test_a_failure_is_one_sentence_under_the_last_good_picture(which):
    def f(x, a=0.2):
        return np.where((x > 2) & (a > 0.5), np.nan, a * x)

    functions = {"function": lambda x, a=0.2: a * x, which: f}
    live = explore(a=(0, 1, 0.1), **functions)
    before = frames.markup(live)
    words = "f returns nan at x = 2.025, a = 0.8; choose"
    for values in ({"a": 0.8}, {"x0": 3}):  # still failing: the probe stays as well
        set_to(live, **values)
        assert live.message.startswith(words)
        assert frames.markup(live) == before
    set_to(live, a=0.4)
    assert live.message == ""
    assert_allclose(points(live, "probe"), [(3, 1.2)])
    with pytest.raises(ValueError, match=words):
        explore(a=(0.8, 1, 0.1), **functions)


def test_a_range_slider_may_reach_where_the_function_has_no_value():
    live = explore(np.log, x_range=(0.5, 6))
    assert live.message == ""
    assert texts(live)["peak"] == "largest slope: 2.0000"
    set_to(live, x_range=(-3, 6))
    assert live.message.startswith("log returns nan at x = -3; choose a range of")


def test_a_function_may_fail_at_the_ends_of_its_slider():
    live = explore(lambda x, a=0.5: x / a, lambda x, a: 0 * x + 1 / a, a=(0, 1, 0.01))
    assert live.message == ""
    set_to(live, a=0)
    assert "f returns -inf at x = -6, a = 0" in live.message
    set_to(live, a=0.1)
    assert live.message == ""
    assert_inside(live)


@pytest.mark.parametrize("derivative", [None, naive_slope], ids=["measured", "given"])
def test_an_overflow_is_a_sentence_and_no_warning(derivative):
    live = explore(naive, derivative, x_limits=(-800, 800))
    assert live.message == ""  # in the range that is shown all is well
    set_to(live, x_range=(-800, 800))
    assert live.message.startswith("NumPy reports overflow inside the function")
    x, y = curve(live)
    assert_allclose(y, sigmoid(x), atol=1e-300)
    assert "overflow" in explore(naive, derivative, x_range=(-800, 800)).message


# Numbers as readers write them


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-0.0, "0.0000"),
        (0.17794, "0.1779"),
        (-2.5, "−2.5000"),
        (-0.001, "−0.0010"),
        (0.000999, "9.99×10⁻⁴"),
        (99999, "99999.0000"),
        (1e5, "1.00×10⁵"),
        (-123456, "−1.23×10⁵"),
        (1e300, "1.00×10³⁰⁰"),
    ],
)
def test_very_small_and_very_large_numbers_have_powers_of_ten(value, text):
    assert number(value) == text
    assert number(-0.04, 1) == "0.0"


def test_both_rulers_of_threads_have_true_minus_signs():
    words = frames.texts(frames.root(threads(tanh, y_range=(-2, 2))))
    assert {"−6", "−2", "−1"} <= set(words)
    assert not [text for text in words if "-" in text]
