"""Sliders and buttons: what a learner may write for them, and what is said about the rest."""

import functools
import math

import ipywidgets
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import leaky_relu, sigmoid
from helpers.figures.controls import (
    choice,
    input_sliders,
    parameter_controls,
    range_slider,
    set_ends,
    slider,
    step_of,
)


def leak(x, negative_slope=0.25, power=2):
    return np.where(x > 0, x**power, negative_slope * x)


def control_of(abbreviation, function=leak, name="negative_slope"):
    """Return the control that an abbreviation makes."""
    controls, fixed = parameter_controls(function, {name: abbreviation})
    assert fixed == {}
    return controls[name]


def ends(control):
    return control.min, control.max


# Steps


@pytest.mark.parametrize(
    ("high", "step"),
    [(24, 0.1), (1, 0.005), (370, 1), (376, 2), (880, 5)],
)
def test_a_slider_has_round_steps(high, step):
    assert step_of((0, high)) == pytest.approx(step)
    assert step_of((-5 * high, 5 * high)) == pytest.approx(10 * step)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e12))
def test_any_slider_has_about_250_round_stops(low, width):
    high = low + width
    step = step_of((low, high))
    assert 120 <= (high - low) / step <= 450
    digits, _ = f"{step:.5e}".split("e")
    assert float(digits) in (1, 2, 5)


@pytest.mark.parametrize(
    ("limits", "readout"), [((-12, 12), ".1f"), ((0, 1), ".3f"), ((-800, 800), ".0f")]
)
def test_the_readout_shows_the_digits_of_a_step(limits, readout):
    assert range_slider("input range", limits, limits).readout_format == readout
    assert slider("x₀", 0, *limits).readout_format == readout


# Sliders


def test_a_slider_between_whole_numbers_has_whole_values():
    depth = slider("depth", 2.0, 1, 5, 1)
    assert isinstance(depth, ipywidgets.IntSlider)
    assert (depth.value, depth.step) == (2, 1)
    assert slider("depth", 2.5, 1, 5, 0.5).value == 2.5


NO_VALUES = {
    "slider('depth', 2.5, 1, 5, 1)": "whole number, but it is 2.5; try depth=2.",
    "slider('x₀', 7, 2, 6, name='x0')": "x0 must lie between 2 and 6, but it is 7; try x0=6.",
    "slider('x₀', -1e300, 2, 6, name='x0')": "but it is -1e+300; try x0=2.",
    "slider('x₀', math.nan, 2, 6, name='x0')": "a finite number, but it is nan; try x0=2.",
    "slider('x0', '3', 2, 6)": "x0 must be a number, not '3'; try x0=2.",
    "slider('x0', True, 2, 6)": "x0 must be a number, not True; try x0=2.",
    # The example lies between the ends.
    "slider('height', 'a', 0, 1)": "try height=1.0.",
    "slider('height', 'a', -6, 0.5)": "try height=-6.",
    "slider('x0', 9, 0, 2 * math.pi)": "try x0=6.283185307179586.",
}


@pytest.mark.parametrize("typed", NO_VALUES)
def test_a_bad_number_is_named_by_its_keyword_with_one_that_fits(typed):
    with pytest.raises((TypeError, ValueError)) as raised:
        eval(typed)
    assert str(raised.value).endswith(NO_VALUES[typed])


def test_all_controls_look_alike():
    colours = choice("colour", {"red": 1, "blue": 2}, 2)
    assert colours.label == "blue"
    span = range_slider("input range", (0, 1), (0, 1))
    for control in (span, slider("x₀", 0.5, 0, 1), colours, control_of(True)):
        assert control.description
        assert control.layout.width == "100%"
        assert control.style.description_width == span.style.description_width


# The input range and its probe


def test_the_inputs_are_a_range_and_a_probe_inside_it():
    inputs = input_sliders((0, 800), x_limits=(0, 900))
    span = inputs.controls["x_range"]
    probe = inputs.controls["x0"]
    assert inputs.limits == ends(span) == (0, 900)
    assert ends(probe) == span.value == (0, 800)
    assert probe.step == span.step


@pytest.mark.parametrize("low_high", [(7, 9), (-9, -7), (-1, 1), (-20, 20)])
def test_a_slider_goes_where_its_ends_go(low_high):
    control = slider("x₀", 5, -6, 6)
    set_ends(control, *low_high)
    assert ends(control) == low_high
    assert control.value == np.clip(5, *low_high)


# Abbreviations


def test_a_tuple_is_a_slider_from_low_to_high():
    control = control_of((0, 1, 0.01))
    assert isinstance(control, ipywidgets.FloatSlider)
    assert ends(control) == (0, 1)
    assert control.step == 0.01
    assert control.readout_format == ".2f"
    assert control.description == "negative_slope"
    assert isinstance(control_of((1, 4), name="power"), ipywidgets.IntSlider)
    assert control_of((0, 9e99, 1e98)).max == 9e99


STEEP = functools.partial(leak, negative_slope=0.75)


@pytest.mark.parametrize(
    ("abbreviation", "function", "value"),
    [
        ((0, 1, 0.01), leak, 0.25),
        ((0.5, 1, 0.01), leak, 0.5),
        ((-1, 0, 0.1), leak, 0),
        ((0, 1, 0.01), STEEP, 0.75),
        # No default: the middle.
        ((0.0, 1.0), lambda x, negative_slope: x, 0.5),
        ((0.0, 1.0), lambda x, negative_slope="steep": x, 0.5),
        ((0.0, 1.0), dict, 0.5),
    ],
)
def test_the_signature_gives_the_default_within_the_slider(
    abbreviation, function, value
):
    assert control_of(abbreviation, function).value == value


@pytest.mark.parametrize(
    ("abbreviation", "kind", "value"),
    [
        (0.5, ipywidgets.FloatSlider, 0.5),
        ({"leaky": 0.01, "steep": 0.5}, ipywidgets.Dropdown, 0.01),
        (np.array([0.1, 0.2]), ipywidgets.Dropdown, 0.1),
        (True, ipywidgets.Checkbox, True),
    ],
)
def test_a_number_is_a_slider_and_a_dict_or_a_list_a_choice(abbreviation, kind, value):
    control = control_of(abbreviation)
    assert isinstance(control, kind)
    assert control.value == value


def test_a_widget_is_taken_as_it_is():
    own = ipywidgets.FloatSlider(value=0.3, min=0.1, max=0.9, description="steepness")
    assert control_of(own) is own
    assert own.value == 0.3
    assert own.description == "steepness"


def test_a_fixed_value_has_no_slider():
    parameters = {"negative_slope": ipywidgets.fixed(0.1)}
    for function in (leak, leaky_relu):
        expected = ({}, {"negative_slope": 0.1})
        assert parameter_controls(function, parameters) == expected


def test_an_activation_brings_its_own_slider():
    controls, _ = parameter_controls(leaky_relu, {})
    known = leaky_relu.parameters["negative_slope"]
    control = controls["negative_slope"]
    assert control.value == known.default
    assert ends(control) == (known.low, known.high)
    assert control.step == known.step
    assert parameter_controls(sigmoid, {}) == ({}, {})
    assert control_of((0, 2, 0.5), leaky_relu).max == 2


@pytest.mark.parametrize(
    ("value", "wider"),
    [(100, "(0, 100, 0.01)"), (1.5, "(0, 2, 0.01)"), (-0.5, "(-1, 1, 0.01)")],
)
def test_a_value_up_to_a_hundred_times_too_large_is_told_of_a_wider_slider(
    value, wider
):
    words = "negative_slope must lie between 0 and 1"
    with pytest.raises(ValueError, match=words) as raised:
        control_of(value, leaky_relu)
    cure = f", or a slider that reaches farther: negative_slope={wider}."
    assert str(raised.value).endswith(cure)
    with pytest.raises(ValueError, match=r"try negative_slope=[01]\.$"):
        control_of(math.copysign(100.5, value), leaky_relu)


NO_SLIDERS = [(1, 1, 0.1), (0, 1, 0), (0, math.nan), (0, 1e100, 1e98), math.inf]


@pytest.mark.parametrize("abbreviation", NO_SLIDERS, ids=str)
@pytest.mark.parametrize("function", [leak, leaky_relu])
def test_numbers_that_make_no_slider_are_named(abbreviation, function):
    words = r"^negative_slope.*finite.*; try negative_slope="
    with pytest.raises(ValueError, match=words) as raised:
        control_of(abbreviation, function)
    assert str(abbreviation) in str(raised.value)


NO_ABBREVIATIONS = ["big", None, (), (0, 1, 2, 3), (0, "1"), [], {}, object, b"1"]


@pytest.mark.parametrize("abbreviation", NO_ABBREVIATIONS, ids=repr)
def test_what_is_no_abbreviation_is_named(abbreviation):
    words = r"^negative_slope must .*; try \S+=\(0, 1, 0\.01\)\.$"
    with pytest.raises(TypeError, match=words) as raised:
        control_of(abbreviation)
    assert repr(abbreviation) in str(raised.value)
