"""compare, overlay, side_by_side: each curve, number and word belongs to its function."""

import frames
import ipywidgets
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import isotonic_regression
from shared import mark, set_to, texts

from helpers import (
    ACTIVATIONS,
    compare,
    explore,
    identity,
    leaky_relu,
    overlay,
    relu,
    side_by_side,
    sigmoid,
    softmax,
    tanh,
    threads,
)
from helpers.figures.parts import keep_apart
from helpers.figures.style import number


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x, alpha=1.0):
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


def wave(x, **parameters):
    return np.sin(x * parameters.get("pace", 1.0))


def constant(height):
    """Return a function that has the same value everywhere."""

    def f(x):
        return 0 * x + height

    f.__name__ = f"constant_{height}"
    return f


def points(live, name):
    """Return (x, y) of the points of a named line."""
    return mark(live, name).get_xydata().T


def margin(live, what):
    """Return {name: words} in the margin of the values or of the slopes."""
    words = texts(live)
    names = f"{what}-name-"
    return {
        words[gid]: words[gid.replace("-name", "")]
        for gid in words
        if gid.startswith(names)
    }


def starts(live, what):
    """Return the height at which each curve begins, in the order of the functions."""
    return [points(live, f"{what} of {name}")[1, 0] for name in margin(live, what)]


def limits(live):
    return [axes.get_ylim() for axes in live.figure.axes]


# compare


@pytest.mark.parametrize("x0", [-6, -0.5])
def test_curves_dots_and_numbers_are_the_functions(x0):
    live = compare(sigmoid, tanh)
    set_to(live, x_range=(-8, 2), x0=x0)
    assert "inputs from −8.0 to 2.0" in live.alt
    for f in (sigmoid, tanh):
        for what, exact in (("value", f), ("slope", f.derivative)):
            name = f"{what} of {f.name}"
            x, y = points(live, name)
            assert (x[0], x[-1]) == (-8, 2)
            assert_allclose(y, exact(x), atol=1e-12)
            assert_allclose(points(live, f"{name} at x0"), [[x0], [exact(x0)]])
            said = number(exact(x0))
            assert margin(live, what)[f.name] == said
            assert said in live.alt
            assert frames.named(live, f"{what}-at") == f"{what} at {number(x0, 2)}"


def test_measured_slopes_are_marked_as_measured():
    live = compare((elu, elu_slope), elu, (tanh, None))
    assert list(margin(live, "slope").values()) == ["1.0000", "≈ 1.0000", "0.4200"]
    said = "elu (1) 1.0000 with slope 1.0000; elu (2) 1.0000 with slope 1.0000 (mea"
    assert said in live.alt
    _, measured, _ = starts(live, "slope")
    assert measured == pytest.approx(np.exp(-6), rel=1e-6)
    assert "slopes (≈ measured)" in frames.markup(live)
    assert "measured" not in frames.markup(compare(tanh))


@pytest.mark.parametrize("make", [compare, overlay])
def test_a_jump_is_no_ramp(make):
    live = make(np.sign, lambda x: x > 0)
    lines = (
        ("value of sign", "value of f") if make is compare else ("function", "target")
    )
    for name, values in zip(lines, ({-1, 0, 1}, {0, 1}), strict=True):
        _, y = points(live, name)
        assert np.isnan(y).any()
        assert set(y[~np.isnan(y)]) <= values


def test_parameters_go_to_those_that_take_them():
    live = compare(relu, leaky_relu, elu, wave, alpha=(0, 2, 0.1), pace=2.0)
    assert set(live.controls) == {"x_range", "x0", "negative_slope", "alpha", "pace"}
    set_to(live, alpha=2.0, negative_slope=0.5, pace=1.0)
    assert_allclose(starts(live, "value"), [0, -3, 2 * np.expm1(-6), np.sin(-6)])
    assert starts(live, "slope")[1] == 0.5
    assert "alpha = 2, " in live.alt
    set_to(live, alpha=0.1 + 0.2)  # as browsers send it
    assert "alpha = 0.3, " in live.alt
    fixed = compare(leaky_relu, negative_slope=ipywidgets.fixed(0.25))
    assert set(fixed.controls) == {"x_range", "x0"}
    assert starts(fixed, "value") == [-1.5]


def test_axes_hold_still_and_show_all_that_the_sliders_can_make():
    live = compare(leaky_relu, elu, alpha=(0, 2, 0.1))
    before = limits(live)
    for alpha in (0.0, 2.0):
        set_to(live, alpha=alpha, negative_slope=1 - alpha / 2)
        assert limits(live) == before
        for (low, high), what in zip(before, ("value", "slope"), strict=True):
            for name in margin(live, what):
                _, y = points(live, f"{what} of {name}")
                assert low < np.nanmin(y)
                assert np.nanmax(y) < high


def colours(*functions):
    """Return the colour of each curve, the same in both panels and no one else's."""
    live = compare(*functions)
    names = margin(live, "value")
    values = [mark(live, f"value of {name}").get_color() for name in names]
    assert values == [mark(live, f"slope of {name}").get_color() for name in names]
    assert len(set(values)) == len(functions)
    return values


def test_each_function_has_its_own_colour():
    registered = [sigmoid, tanh, relu, leaky_relu, identity]
    nine = colours(*registered, *map(constant, range(4)))
    assert nine[:5] == [f.colour for f in registered]
    colours(*map(constant, range(9)))


def test_a_namesake_has_the_registrys_colour_unless_another_has_it():
    registry = ACTIVATIONS["elu"]
    assert colours(tanh, elu)[1] == registry.colour
    assert colours(elu, registry)[1] == registry.colour


MANY = (relu, leaky_relu, elu, identity, tanh, sigmoid, wave, np.cos, np.abs)


@pytest.mark.parametrize("functions", [(tanh, identity), [constant(1)] * 3, MANY])
@pytest.mark.parametrize("what", ["value", "slope"])
def test_labels_stand_apart_and_are_joined_to_the_ends_of_their_curves(functions, what):
    live = compare(*functions)
    axes = mark(live, f"{what}-at").axes
    places = []
    for row, name in enumerate(margin(live, what), start=1):
        _, height = mark(live, f"{what}-name-{row}").get_position()
        assert mark(live, f"{what}-{row}").get_position()[1] == height
        leader = mark(live, f"{what} leader of {name}")
        curve = mark(live, f"{what} of {name}")
        assert leader.get_color() == curve.get_color()
        start, *_, end = leader.get_xydata()
        assert end[1] == height
        _, foot = axes.transAxes.transform(start)
        _, end_of_curve = axes.transData.transform(curve.get_xydata()[-1])
        assert foot == pytest.approx(end_of_curve, abs=0.51)  # a whole pixel
        # Of equal ends the first is on top.
        places.append((start[1], -row, height * axes.bbox.height))
    heights = [height for *_, height in sorted(places)]
    assert np.diff(heights).min() > 14.5  # a line of words
    assert 5 < min(heights) < max(heights) < axes.bbox.height - 5


def test_long_names_are_shortened_in_the_margin_alone():
    def exactly_15_long(x):
        return np.tanh(x)

    def my_own_careful_tanh(x):
        return np.tanh(x)

    live = compare(exactly_15_long, my_own_careful_tanh)
    assert list(margin(live, "value")) == ["exactly_15_long", "my_own_careful…"]
    assert "my_own_careful_tanh 0.7616" in live.alt


@given(st.lists(st.floats(-50, 250), min_size=1, max_size=12), st.floats(1, 40))
@example([7, 7, 7], 150)  # no room for the gaps
def test_places_are_as_near_as_can_be_in_their_order_and_apart(wanted, gap):
    order = np.argsort(wanted, kind="stable")
    narrow = min(gap, 184 / max(1, len(wanted) - 1))
    shifts = narrow * np.arange(len(wanted))
    nearest = isotonic_regression(np.sort(wanted) - shifts).x
    expected = np.clip(nearest, 8, 192 - shifts[-1]) + shifts
    assert_allclose(keep_apart(wanted, gap, 8, 192)[order], expected, atol=1e-9)


REFUSALS = {
    "compare()": r"takes 1 to 9 functions, not 0; try compare\(sigmoid, tanh\)",
    "compare(*[tanh] * 10)": "takes 1 to 9 functions, not 10",
    "compare(3.0)": r"functions and pairs \(function, derivative\), not 3\.0",
    "compare((tanh,))": "write their names only",
    "compare(tanh, softmax)": "works on a whole list at once",
    "compare(tanh, relu, slope=0.1)": "takes a parameter called 'slope'",
    "compare(elu, x=1.0)": "takes a parameter called 'x'",
}


@pytest.mark.parametrize("typed", REFUSALS)
def test_what_cannot_be_compared_is_said_in_a_sentence(typed):
    with pytest.raises((TypeError, ValueError), match=REFUSALS[typed]):
        eval(typed)


# overlay


def shifted(x, shift=0.0):
    return np.tanh(x) + shift


def test_an_overlay_draws_function_target_and_the_difference_between_them():
    live = overlay(shifted, tanh, shift=(-1.0, 2.0, 0.5), x_range=(-3, 5))
    before = limits(live)
    (low, high), (lowest, highest) = before
    assert low < np.tanh(-3) - 1
    assert high > np.tanh(5) + 2
    assert -1.4 < lowest < -1
    assert 2 < highest < 2.4
    for shift in (-1.0, 0.5, 2.0):
        set_to(live, shift=shift)
        x, y = points(live, "function")
        assert (x[0], x[-1]) == (-3, 5)
        assert_allclose(y, np.tanh(x) + shift)
        assert_allclose(points(live, "target"), (x, np.tanh(x)))
        assert_allclose(points(live, "difference"), (x, 0 * x + shift), atol=1e-12)
        between = mark(live, "between").get_path()
        assert between.contains_point((1, np.tanh(1) + shift / 2))
        assert f"shift = {shift:g}" in live.alt
        assert limits(live) == before


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (lambda x: x**2, "largest difference 25.0000, at x = 5.00"),
        (lambda x: -(x**2), "largest difference 25.0000, at x = 5.00"),
    ],
)
def test_the_largest_difference_on_either_side_is_said(difference, words):
    live = overlay(difference, constant(0), x_range=(-2, 5))
    assert texts(live)["distance"] == words
    assert live.alt == f"f over constant_0: {words}."


def test_the_derivatives_of_activations_are_told_apart():
    live = compare(sigmoid.derivative, tanh.derivative)
    assert list(margin(live, "value")) == ["sigmoid′", "tanh′"]


@pytest.mark.parametrize("make", [explore, compare, overlay, threads])
def test_a_parameter_may_have_any_name_that_the_figure_does_not_ask_for(make):
    def line(z, page=1.0, self=1.0, name=1.0):
        return z * page * self * name

    others = [tanh] if make is overlay else []
    names = ("page", "self", "name")
    live = make(line, *others, **dict.fromkeys(names, (0.0, 2.0)))
    before = live.alt
    for name in names:
        set_to(live, **{name: 0.5})
        assert (live.message, live.alt == before) == ("", False)
        before = live.alt


# side_by_side


def naive(x):
    return 1 / (1 + np.exp(-x))


def test_each_row_has_the_functions_value_and_what_numpy_reports():
    live = side_by_side(naive, sigmoid, x=(-1000, 1000, 1))
    assert live.controls["x"].description == "input x"
    set_to(live, x=-800)
    said = "naive gives 0 (overflow); sigmoid gives 0 (no complaint)."
    assert live.alt == f"At x = -800: {said}"
    assert mark(live, "value-1").get_weight() == "bold"
    set_to(live, x=3)
    assert texts(live) == {
        "value-1": "0.952574",  # six digits
        "report-1": "no complaint",
        "value-2": "0.952574",
        "report-2": "no complaint",
    }
    assert mark(live, "value-1").get_weight() == "normal"


def test_every_row_stands_on_the_page_with_its_value_and_report():
    svg = frames.root(side_by_side(sigmoid, tanh, x=2.0))
    heights = {}
    for text in svg.iter(f"{frames.SVG}text"):
        heights[text.get("data-name") or text.text] = float(text.get("y"))
    rows = [heights["written as"], heights["sigmoid"], heights["tanh"]]
    assert np.diff([0, *rows]).min() > 14
    assert rows[-1] < float(svg.get("viewBox").split()[-1]) - 10
    for cell in ("value", "report"):
        assert_allclose([heights[f"{cell}-1"], heights[f"{cell}-2"]], rows[1:], atol=1)


def test_x_is_added_to_every_score_and_lists_have_four_digits():
    live = side_by_side(softmax, scores=[1, 2.5], x=(-1000, 1000, 1))
    assert live.controls["x"].description == "added to all"
    set_to(live, x=-2)
    assert texts(live)["value-1"] == "0.1824, 0.8176"
    said = "softmax gives 0.1824, 0.8176 (no complaint)."
    assert live.alt == f"For the scores −1, 0.5: {said}"


NAN = "nan: not a number"
REPORTS = {
    "lambda x: np.nan": ("nan", NAN),
    "lambda x: [x]": ("—", "ValueError: shape (1,) came back for shape ()"),
    "lambda x: np.log(-1.0 - x * 0)": ("nan", f"invalid value, {NAN}"),
    # Said once.
    "lambda x: np.exp(x + 1e3) + np.exp(x + 2e3)": ("inf", "overflow"),
    "lambda x: -12345678.0": ("−1.23457e+07", "no complaint"),
    "lambda x: '1'": ("—", "TypeError: '1' came back, no real number"),
    "lambda x: 2j": ("—", "TypeError: 2j came back, no real number"),
    "lambda x: np.ma.masked": ("—", "TypeError: masked came back, no real number"),
    "lambda x: np.array(0.25, dtype=object)": ("0.25", "no complaint"),
}


@pytest.mark.parametrize("typed", REPORTS)
def test_each_row_says_what_came_back(typed):
    shown = texts(side_by_side(eval(typed)))
    assert (shown["value-1"], shown["report-1"]) == REPORTS[typed]


def test_each_row_says_what_came_back_for_scores():
    def one_missing(z):
        return np.array([np.nan, 1.0])

    def one_left(z):
        return z[:1]

    shown = texts(side_by_side(one_missing, one_left, scores=[1, 2]))
    assert (shown["value-1"], shown["report-1"]) == ("nan, 1", "nan")
    assert shown["report-2"] == "ValueError: shape (1,) came back for shape (2,)"
