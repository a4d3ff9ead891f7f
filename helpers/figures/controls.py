"""Sliders and buttons that look and behave alike in every lesson."""

import contextlib
import inspect
import itertools
import math
import numbers
from typing import NamedTuple

import ipywidgets
import numpy as np
import traitlets

from helpers.activation import Activation
from helpers.arguments import (
    LARGEST,
    as_float,
    check_range,
    finite_number,
    is_number,
    short_repr,
)

SLIDERS = (ipywidgets.FloatSlider, ipywidgets.IntSlider, ipywidgets.FloatLogSlider)
RANGES = (ipywidgets.FloatRangeSlider, ipywidgets.IntRangeSlider)


def lay_out(control, description):
    """Return `control` with the description, width, margins and digits that all controls share."""
    control.description = description
    control.style.description_width = "112px"
    control.layout = ipywidgets.Layout(width="100%", margin="1px 0")
    if isinstance(control, (ipywidgets.FloatSlider, ipywidgets.FloatRangeSlider)):
        step = control.step
        exact = (n for n in range(20) if math.isclose(round(step, n), step))
        digits = next(exact, 20)
        control.readout_format = f".{digits}f"
    return control


def range_slider(description, value, limits, step=None):
    """Return a slider with two handles, for a value (low, high) within the limits."""
    low, high = limits
    step = step or step_of(limits)
    slider = ipywidgets.FloatRangeSlider(value=value, min=low, max=high, step=step)
    return lay_out(slider, description)


def slider(description, value, low, high, step=None, *, name=None, advice=""):
    """Return a slider with one handle, or raise TypeError or ValueError when `value` is no number
    between its ends.

    Its values are whole numbers when `low`, `high` and `step` are. `name` is the keyword by which
    the value was given, when it differs from the description; `advice` is what else to try for a
    value beyond an end.
    """
    name = name or description
    example = "1.0" if low <= 1 <= high else exact(low)
    value = finite_number(value, name, example=example)
    whole = all(isinstance(part, int) for part in (low, high, step))
    if not low <= value <= high:
        nearest = exact(min(max(value, low), high))
        allowed = f"{name} must lie between {low:g} and {high:g}, but it is {value:g}"
        raise ValueError(f"{allowed}; try {name}={nearest}{advice}.")
    if whole and value != round(value):
        raise ValueError(
            f"{name} must be a whole number, but it is {value:g}; try {name}={round(value)}."
        )
    # Not a FloatSlider with step 1: the browser sends back 9.999999999999998 for 10.
    kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    made = kind(value=value, min=low, max=high, step=step or step_of((low, high)))
    return lay_out(made, description)


def exact(value):
    """Return a number as short as can be, but with all digits that it needs: rounded, an end may
    lie outside.
    """
    short = f"{value:g}"
    return short if float(short) == value else str(value)


def choice(description, options, value=None, *, name=None):
    """Return a row of buttons; `options` are words, or maps words to what they mean. The first is
    down, or that of the value; one that no button means raises ValueError.

    `name` is the keyword by which the value was given, when it differs from the description.
    """
    buttons = lay_out(ipywidgets.ToggleButtons(options=options), description)
    if value is not None:
        try:
            buttons.value = value
        except traitlets.TraitError as unknown:
            allowed = options.values() if isinstance(options, dict) else options
            raise ValueError(
                f"{name or description} must be {' or '.join(map(repr, allowed))}, "
                f"but it is {short_repr(value)}."
            ) from unknown
    # As wide as its words, so that five stand in one line.
    buttons.style.button_width = "auto"
    buttons.layout.display = "flex"
    buttons.layout.align_items = "center"  # the description in front, not above
    buttons.layout.margin = "4px 0"  # two rows of buttons don't touch
    # So the description ends where those of the sliders do.
    return buttons.add_class("widget-inline-hbox")


def toggle(description, width=160, **options):
    """Return one button that stays down until it is pressed again."""
    return ipywidgets.ToggleButton(
        description=description, layout={"width": f"{width}px"}, **options
    )


def in_a_row(controls, least):
    """Return controls in a row, each at least so many pixels wide; where there is no room, as on
    phones, in several.
    """
    for control in controls:
        control.layout.width = "auto"
        control.layout.flex = f"1 1 {least}px"
    return ipywidgets.HBox(controls, layout={"flex_flow": "row wrap"})


# The input range and the probe x₀


class Inputs(NamedTuple):
    """The controls `x_range` and `x0`, how far they reach, and LiveFigure's `within` for them."""

    controls: dict
    limits: tuple
    within: dict


def input_sliders(x_range, x0=None, x_limits=None):
    """Return the Inputs for a range; without x0 the probe stands at 1, or in the middle of a range
    without 1.
    """
    lo, hi, limits = check_range(x_range, x_limits)
    if x0 is None:
        x0 = 1.0 if lo <= 1 <= hi else (lo + hi) / 2
    step = step_of(limits)
    if hi - lo < 20 * step:
        step = step_of((lo, hi))
    span = range_slider("input range", (lo, hi), limits, step)
    probe = slider("x₀", x0, lo, hi, span.step, name="x0")

    return Inputs({"x_range": span, "x0": probe}, limits, {"x0": "x_range"})


def value_of(control):
    """Return a control's value, without the last digits that browsers get wrong in a slider's:
    0.3 for 0.30000000000000004.
    """
    value = control.value
    if isinstance(control, RANGES):
        return tuple(tidied(control, end) for end in value)
    if isinstance(control, SLIDERS):
        return tidied(control, value)
    return value


def tidied(slider, value):
    """Return a slider's value, rounded far behind the digits of its step."""
    if hasattr(slider, "base"):  # on a logarithmic one, a step is a factor
        return value
    return round(value, digits_behind(slider.step))


def digits_behind(step):
    """Return to how many decimals a slider's values are exact: far behind those of its step."""
    return 9 - math.floor(math.log10(step))


def set_ends(slider, lo, hi):
    """Keep a slider's ends at lo and hi; its value follows when it would lie outside."""
    if (slider.min, slider.max) != (lo, hi):
        with slider.hold_sync():
            slider.max = max(hi, slider.min)
            slider.min = lo
            slider.max = hi


def place_on(slider, value):
    """Return where a value stands between a slider's ends, which are exponents on a logarithmic
    one.
    """
    base = getattr(slider, "base", None)
    return math.log(value, base) if base else value


def last_stop(slider):
    """Return the number of a slider's highest stop; the lowest is 0."""
    return round((slider.max - slider.min) / slider.step)


def stop_number(slider, value):
    """Return the number of a slider's stop that is nearest to a value."""
    place = min(max(place_on(slider, value), slider.min), slider.max)
    return round((place - slider.min) / slider.step)


def stop_value(slider, number):
    """Return the value at a slider's stop of that number."""
    base = getattr(slider, "base", None)
    place = min(slider.min + number * slider.step, slider.max)
    place = round(place, digits_behind(slider.step))
    return base**place if base else place


def nearest_stop(slider, value):
    """Return the value of a slider that is nearest to any value."""
    return stop_value(slider, stop_number(slider, value))


def stops_between(slider, count=None):
    """Return at most `count` values of a slider, from one end to the other; all of them if None."""
    last = last_stop(slider)
    count = last + 1 if count is None else count
    numbers = np.linspace(0, last, count).round().astype(int).tolist()
    return [stop_value(slider, number) for number in dict.fromkeys(numbers)]


def step_of(limits):
    """Return the step, 1, 2 or 5 times a power of ten, that gives a slider about 250 stops."""
    low, high = limits
    rough = (high - low) / 250
    exponent = math.floor(math.log10(rough))
    steps = [float(f"{multiple}e{exponent}") for multiple in (1, 2, 5, 10)]
    return min(steps, key=lambda step: abs(step - rough))


# The parameters of a learner's function


def extremes(sliders):
    """Return every combination of the sliders' ends: between them lie all the pictures that they
    can make.
    """
    ends = {}
    for name, slider in sliders.items():
        if hasattr(slider, "base"):
            ends[name] = (slider.base**slider.min, slider.base**slider.max)
        elif hasattr(slider, "min"):
            ends[name] = (slider.min, slider.max)
    return [
        dict(zip(ends, values, strict=True))
        for values in itertools.product(*ends.values())
    ]


def parameter_controls(function, given):
    """Return (controls, fixed) for a function's parameters: name → control, name → value that
    stays.

    A parameter is a number or an abbreviation of ipywidgets; the sliders of an Activation appear by
    themselves. Raises TypeError for what is neither, and for a text.
    """
    # Other objects may have something else by that name, as torch's modules do.
    known = function.parameters if isinstance(function, Activation) else {}
    defaults = {name: parameter.default for name, parameter in known.items()}
    controls = {}
    fixed = {}
    for name, abbreviation in {**defaults, **given}.items():
        if isinstance(abbreviation, np.ndarray):
            abbreviation = abbreviation.tolist()
        if isinstance(abbreviation, ipywidgets.fixed):
            fixed[name] = abbreviation.value
        elif name in known and isinstance(abbreviation, numbers.Real):
            controls[name] = known_slider(name, abbreviation, known[name])
        else:
            default = defaults.get(name, default_of(function, name))
            if isinstance(default, float) and is_pair_of_whole_numbers(abbreviation):
                # As whole numbers, they would leave no stops between 0 and 1.
                low, high = map(float, abbreviation)
                abbreviation = (low, high, step_of((low, high)))
            controls[name] = control_of(name, abbreviation, default)
    return controls, fixed


def is_pair_of_whole_numbers(abbreviation):
    """Return whether an abbreviation is (low, high) in whole numbers."""
    if not isinstance(abbreviation, tuple) or len(abbreviation) != 2:
        return False
    low, high = abbreviation
    return isinstance(low, int) and isinstance(high, int) and low < high


def known_slider(name, value, parameter):
    """Return the slider of an Activation's parameter; a value beyond its ends is told of a slider
    that reaches it.
    """
    low, high, step = parameter.low, parameter.high, parameter.step
    advice = ""
    # What starts above 0, as a temperature does, has to stay there; and a handle that goes very far
    # is hard to set.
    near = is_number(value) and abs(value) <= 100 * high
    if near and (value > high or value < low == 0):
        low_end = min(low, math.floor(value))
        high_end = max(high, math.ceil(value))
        advice = f", or a slider that reaches farther: {name}=({low_end:g}, {high_end:g}, {step:g})"
    return slider(name, value, low, high, step, advice=advice)


def control_of(name, abbreviation, default):
    """Return the control that ipywidgets makes of an abbreviation, laid out as the others."""
    if not possible(abbreviation):
        raise ValueError(
            f"{name}={short_repr(abbreviation)} makes no slider: it takes finite "
            f"numbers, low < high and step > 0; try {name}=(0, 1, 0.01)."
        )
    control = None
    text = isinstance(abbreviation, (str, bytes))
    empty = isinstance(abbreviation, (list, dict)) and not abbreviation
    # A choice starts with its first entry.
    start = [default] if isinstance(abbreviation, tuple) else []
    if not text and not empty:
        # A list of what can't be told apart makes no choice.
        with contextlib.suppress(traitlets.TraitError):
            control = ipywidgets.interactive.widget_from_abbrev(abbreviation, *start)
    if control is None:
        raise TypeError(
            f"{name} must be a number or a slider's (low, high, step), not "
            f"{short_repr(abbreviation)}; "
            f"try {name}=(0, 1, 0.01)."
        )
    has_step = isinstance(abbreviation, tuple) and len(abbreviation) == 3
    if isinstance(control, ipywidgets.FloatSlider) and not has_step:
        # ipywidgets' own step is 0.1, however short the slider is.
        span = control.max - control.min
        if span < 8 * control.step:
            control.step = step_of((control.min, control.max))
    return lay_out(control, control.description or name)


def possible(abbreviation):
    """Return False for numbers, alone or as (low, high) or (low, high, step), of which no slider
    can be made.
    """
    parts = abbreviation if isinstance(abbreviation, tuple) else (abbreviation,)
    if not all(isinstance(part, numbers.Real) for part in parts):
        return True
    if len(parts) > 1 and not parts[0] < parts[1]:
        return False
    finite = all(abs(as_float(part)) < LARGEST for part in parts)
    return finite and all(step > 0 for step in parts[2:])


def default_of(function, name):
    """Return the value that the function's own signature gives a parameter, or the mark for
    none.
    """
    try:
        return inspect.signature(function).parameters[name].default
    except (KeyError, TypeError, ValueError):
        return inspect.Parameter.empty
