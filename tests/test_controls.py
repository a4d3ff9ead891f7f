"""Sliders: what a learner may write for a range, a probe or a parameter, and what is said about the rest."""

import functools
import math

import ipywidgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import leaky_relu, sigmoid, softmax
from helpers.figures.controls import abbreviated, choice, number_slider, range_slider, step_of


def leak(x, negative_slope=0.25, power=2):
    return np.where(x > 0, x**power, negative_slope * x)


def control_of(abbreviation, function=leak, name="negative_slope"):
    """Return the control that an abbreviation makes."""
    sliders, fixed = abbreviated(function, {name: abbreviation})
    assert fixed == {}
    return sliders[name]


# Steps


@pytest.mark.parametrize(
    ("limits", "step"),
    [
        *(((-12, 12), 0.1), ((0, 1), 0.005), ((-800, 800), 5), ((0, 10), 0.05)),
        *(((0, 2400), 10), ((0, 370), 1), ((0, 376), 2), ((0, 870), 2), ((0, 880), 5), ((0, 1870), 5), ((0, 1880), 10)),
    ],
)
def test_a_slider_has_round_steps(limits, step):
    assert step_of(limits) == pytest.approx(step)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e12))
@settings(max_examples=100, deadline=None)
def test_any_slider_has_about_250_round_stops(low, width):
    step = step_of((low, low + width))
    assert 120 <= ((low + width) - low) / step <= 450
    assert round(step / 10 ** math.floor(math.log10(step) + 1e-9), 6) in (1, 2, 5)


@pytest.mark.parametrize(
    ("limits", "readout"), [((-12, 12), ".1f"), ((0, 1), ".3f"), ((-800, 800), ".0f"), ((0, 4), ".2f")]
)
def test_the_readout_shows_the_digits_of_a_step(limits, readout):
    assert range_slider("input range", *limits, limits).readout_format == readout
    assert number_slider("x₀", limits[0], *limits).readout_format == readout


# Sliders


def test_the_range_slider_has_two_handles_between_its_limits():
    slider = range_slider("input range", -6, 6, (-12, 12))
    assert isinstance(slider, ipywidgets.FloatRangeSlider)
    assert (slider.value, slider.min, slider.max, slider.description) == ((-6, 6), -12, 12, "input range")


def test_all_controls_look_alike():
    controls = [
        range_slider("input range", 0, 1, (0, 1)),
        number_slider("x₀", 0, 0, 1),
        choice("colour", {"red": 1, "blue": 2}, 1),
        control_of((0, 1, 0.01)),
        control_of({"a": 1.0}),
        control_of(True),
        control_of(ipywidgets.FloatSlider()),
    ]
    assert all(control.description for control in controls)
    assert {control.style.description_width for control in controls} == {controls[0].style.description_width}
    assert {control.layout.width for control in controls} == {"100%"}


def test_a_choice_says_one_thing_and_means_another():
    buttons = choice("colour", {"red": 1, "blue": 2}, 2)
    assert (buttons.label, buttons.value) == ("blue", 2)


@pytest.mark.parametrize("value", [0, 0.5, 1, np.float32(0.5), np.int64(1)])
def test_a_number_between_the_ends_makes_a_slider(value):
    slider = number_slider("x₀", value, 0, 1)
    assert (slider.value, slider.min, slider.max) == (value, 0, 1)


def test_a_slider_between_whole_numbers_has_whole_values():
    slider = number_slider("depth", 2.0, 1, 5, 1)
    assert isinstance(slider, ipywidgets.IntSlider)
    assert (slider.value, slider.step) == (2, 1)
    with pytest.raises(ValueError, match=r"depth must be a whole number, but it is 2\.5; try depth=2\.$"):
        number_slider("depth", 2.5, 1, 5, 1)
    assert number_slider("depth", 2.5, 1, 5, 0.5).value == 2.5


@pytest.mark.parametrize(("ends", "example"), [((0, 1), "1.0"), ((1, 6), "1.0"), ((2, 6), "2"), ((-6, 0.5), "-6")])
def test_the_example_for_a_slider_lies_between_its_ends(ends, example):
    with pytest.raises(TypeError) as raised:
        number_slider("x₀", "a", *ends)
    assert str(raised.value).endswith(f"try x₀={example}.")


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (7, ValueError, "x0 must lie between 2 and 6, but it is 7; try x0=6."),
        (-1e300, ValueError, "x0 must lie between 2 and 6, but it is -1e+300; try x0=2."),
        (math.nan, ValueError, "x0 must be a finite number, but it is nan; try x0="),
        (math.inf, ValueError, "x0 must be a finite number, but it is inf; try x0="),
        ("3", TypeError, "x0 must be a number, not '3'; try x0="),
        (None, TypeError, "x0 must be a number, not None; try x0="),
        (True, TypeError, "x0 must be a number, not True; try x0="),
        ((3,), TypeError, "x0 must be a number, not (3,); try x0="),
    ],
)
def test_a_bad_number_is_named_by_its_keyword(value, error, words):
    with pytest.raises(error) as raised:
        number_slider("x₀", value, 2, 6, name="x0")
    assert str(raised.value).startswith(words)
    with pytest.raises(error, match="height must "):
        number_slider("height", value, 2, 6)


# Abbreviations


def test_a_tuple_is_a_slider_from_low_to_high():
    slider = control_of((0, 1, 0.01))
    assert isinstance(slider, ipywidgets.FloatSlider)
    assert (slider.min, slider.max, slider.step, slider.description) == (0, 1, 0.01, "negative_slope")
    assert slider.readout_format == ".2f"
    assert isinstance(control_of((1, 4), name="power"), ipywidgets.IntSlider)


@pytest.mark.parametrize(
    ("abbreviation", "value"), [((0, 1, 0.01), 0.25), ((0.5, 1, 0.01), 0.5), ((-1, 0, 0.1), 0), ((0, 0.2), 0.2)]
)
def test_the_signature_gives_the_default_within_the_slider(abbreviation, value):
    assert control_of(abbreviation).value == value


@pytest.mark.parametrize(
    "function",
    [
        lambda x, negative_slope: x,
        lambda x, negative_slope="steep": x,
        lambda x, negative_slope=None: x,
        lambda x, **k: x,
        np.tanh,
        len,
        print,
        dict,
    ],
)
def test_without_a_default_ipywidgets_chooses_the_middle(function):
    assert control_of((0.0, 1.0), function).value == 0.5


def test_a_partial_function_has_its_own_default():
    assert control_of((0, 1, 0.01), functools.partial(leak, negative_slope=0.75)).value == 0.75


def test_a_number_is_the_sliders_value():
    slider = control_of(0.5)
    assert isinstance(slider, ipywidgets.FloatSlider)
    assert slider.value == 0.5
    assert slider.min < 0.5 < slider.max


def test_a_dict_and_a_list_are_choices():
    named = control_of({"leaky": 0.01, "steep": 0.5})
    assert isinstance(named, ipywidgets.Dropdown)
    assert named.value == 0.01
    assert control_of([0.1, 0.2]).value == 0.1
    assert isinstance(control_of(True), ipywidgets.Checkbox)


def test_a_widget_is_taken_as_it_is():
    own = ipywidgets.FloatSlider(value=0.3, min=0.1, max=0.9, description="steepness")
    assert control_of(own) is own
    assert (own.value, own.min, own.max, own.description) == (0.3, 0.1, 0.9, "steepness")


def test_a_fixed_value_has_no_slider():
    assert abbreviated(leak, {"negative_slope": ipywidgets.fixed(0.1)}) == ({}, {"negative_slope": 0.1})
    assert abbreviated(leaky_relu, {"negative_slope": ipywidgets.fixed(0.1)}) == ({}, {"negative_slope": 0.1})


def test_an_activation_brings_its_own_slider():
    sliders, fixed = abbreviated(leaky_relu, {})
    known = leaky_relu.parameters["negative_slope"]
    slider = sliders["negative_slope"]
    assert fixed == {}
    assert (slider.value, slider.min, slider.max, slider.step) == (known.default, known.low, known.high, known.step)
    assert list(abbreviated(softmax, {})[0]) == ["temperature"]
    assert abbreviated(sigmoid, {}) == ({}, {})


def test_the_slider_of_an_activation_starts_where_it_is_told():
    slider = control_of(0.3, leaky_relu)
    assert (slider.value, slider.min, slider.max) == (0.3, 0, 1)
    assert control_of((0, 2, 0.5), leaky_relu).max == 2
    with pytest.raises(ValueError, match="negative_slope must lie between 0 and 1, but it is 2; try negative_slope="):
        control_of(2, leaky_relu)
    with pytest.raises(ValueError, match="negative_slope must be a finite number"):
        control_of(math.nan, leaky_relu)
    with pytest.raises(TypeError, match="negative_slope must be a number, not True"):
        control_of(True, leaky_relu)


@pytest.mark.parametrize(
    ("value", "wider"),
    [(100, "(0, 100, 0.01)"), (1.5, "(0, 2, 0.01)"), (-0.5, "(-1, 1, 0.01)"), (-100, "(-100, 1, 0.01)")],
)
def test_a_value_up_to_a_hundred_times_too_large_is_told_of_a_wider_slider(value, wider):
    with pytest.raises(ValueError, match="negative_slope must lie between 0 and 1") as raised:
        control_of(value, leaky_relu)
    assert str(raised.value).endswith(f", or a slider that reaches farther: negative_slope={wider}.")
    with pytest.raises(ValueError, match=r"try negative_slope=[01]\.$"):
        control_of(math.copysign(100.5, value), leaky_relu)


def test_a_slider_may_reach_far_but_not_to_1e100():
    assert control_of((0, 9e99, 1e98)).max == 9e99
    for ends in ((0, 1e100, 1e98), (-1e100, 0, 1e98), 1e100):
        with pytest.raises(ValueError, match="makes no slider"):
            control_of(ends)


@pytest.mark.parametrize(
    "abbreviation",
    [
        *((1, 0), (1, 0, 0.1), (1, 1, 0.1), (0, 1, 0), (0, 1, -0.1), (0, math.nan), (math.nan, 1, 0.1)),
        *((0, math.inf, 0.1), (-math.inf, 0, 1), (0, 1, math.nan), (0, 1, math.inf), math.nan, math.inf, -math.inf),
    ],
    ids=str,
)
def test_numbers_that_make_no_slider_are_named(abbreviation):
    for function in (leak, leaky_relu):
        with pytest.raises(ValueError, match="negative_slope") as raised:
            control_of(abbreviation, function)
        text = str(raised.value)
        assert "\n" not in text
        assert "; try negative_slope=" in text
        assert str(abbreviation) in text
        assert "finite" in text


@pytest.mark.parametrize(
    "abbreviation", ["big", "", None, (), (1,), (0, 1, 2, 3), (0, "1"), ("a", "b"), [], {}, object, b"1"], ids=repr
)
def test_what_is_no_abbreviation_is_named(abbreviation):
    with pytest.raises((TypeError, ValueError), match="negative_slope") as raised:
        control_of(abbreviation)
    text = str(raised.value)
    assert "\n" not in text
    assert repr(abbreviation) in text
    assert text.endswith("try negative_slope=(0, 1, 0.01).")
