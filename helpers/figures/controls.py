"""Sliders that look and behave alike in every lesson."""

import contextlib
import inspect
import itertools
import math
import numbers
from functools import partial

import ipywidgets
import numpy as np
import traitlets

from helpers.arguments import LARGEST, as_float, check_range, finite_number, is_number, short_repr


def lay_out(control, description):
    """Return `control` with the description, width, margins and digits that all controls share."""
    control.description = description
    control.style.description_width = "112px"
    control.layout = ipywidgets.Layout(width="100%", margin="1px 0")
    if isinstance(control, (ipywidgets.FloatSlider, ipywidgets.FloatRangeSlider)):
        control.readout_format = f".{max(0, math.ceil(-math.log10(control.step) - 1e-9))}f"
    return control


def range_slider(description, lo, hi, limits):
    """Return a slider with two handles."""
    low, high = limits
    return lay_out(ipywidgets.FloatRangeSlider(value=(lo, hi), min=low, max=high, step=step_of(limits)), description)


def number_slider(description, value, low, high, step=None, name=None, wider=""):
    """Return a slider with one handle, or raise TypeError or ValueError when `value` is no number between its ends.

    Its values are whole numbers when `low`, `high` and `step` are. `name` is the keyword by which the value was given,
    when it differs from the description; `wider` is what else to try for a value beyond an end.
    """
    name = name or description
    value = finite_number(value, name, example="1.0" if low <= 1 <= high else _exact(low))
    whole = all(isinstance(part, int) for part in (low, high, step))
    if not low <= value <= high:
        nearest = _exact(min(max(value, low), high))
        raise ValueError(
            f"{name} must lie between {low:g} and {high:g}, but it is {value:g}; try {name}={nearest}{wider}."
        )
    if whole and value != round(value):
        raise ValueError(f"{name} must be a whole number, but it is {value:g}; try {name}={round(value)}.")
    # Not a FloatSlider with step 1: the browser sends back 9.999999999999998 for 10.
    slider = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    return lay_out(slider(value=value, min=low, max=high, step=step or step_of((low, high))), description)


def _exact(value):
    """Return a number as short as can be, but with all digits that it needs: rounded, an end may lie outside."""
    return f"{value:g}" if float(f"{value:g}") == value else str(value)


def input_sliders(x_range, x0, x_limits=None):
    """Return (sliders for the input range and the probe x₀, how far they reach).

    Without x0 the probe stands at 1, or in the middle of a range without 1.
    """
    lo, hi, reach = check_range(x_range, x_limits)
    if x0 is None:
        x0 = 1.0 if lo <= 1 <= hi else (lo + hi) / 2
    span = range_slider("input range", lo, hi, reach)
    probe = number_slider("x₀", x0, lo, hi, step_of(reach), name="x0")
    probe.settle = partial(_keep_within, probe, span)
    return {"x_range": span, "x0": probe}, reach


def _keep_within(slider, span, resting):
    """Move a slider's ends to those of a range; while the hand does not rest, only if its value has left that range.

    The browser makes a slider with new ends anew, which costs too much for each frame of a drag.
    """
    lo, hi = span.value
    if lo < hi and (resting or not lo <= slider.value <= hi):
        bound(slider, lo, hi)


def bound(slider, lo, hi):
    """Keep a slider's ends at lo and hi; its value follows when it would lie outside."""
    if (slider.min, slider.max) != (lo, hi):
        with slider.hold_sync():
            slider.max = max(hi, slider.min)
            slider.min, slider.max = lo, hi


def extremes(sliders):
    """Return every combination of the sliders' ends: between them lie all the pictures that they can make."""
    ends = {}
    for name, slider in sliders.items():
        if hasattr(slider, "base"):
            ends[name] = slider.base**slider.min, slider.base**slider.max
        elif hasattr(slider, "min"):
            ends[name] = slider.min, slider.max
    return [dict(zip(ends, values, strict=True)) for values in itertools.product(*ends.values())]


def in_a_row(controls, least):
    """Return controls in a row, each at least so many pixels wide; where there is no room, as on phones, in several."""
    for control in controls:
        control.layout.width, control.layout.flex = "auto", f"1 1 {least}px"
    return ipywidgets.HBox(controls, layout={"flex_flow": "row wrap"})


def choice(description, options, *value):
    """Return a row of buttons, the first one or that of the `value` down; `options` maps words to what they mean."""
    buttons = lay_out(ipywidgets.ToggleButtons(options=options), description)
    if value:
        (buttons.value,) = value
    buttons.style.button_width = "auto"  # as wide as its words, so that five stand in one line
    buttons.layout.display, buttons.layout.align_items = "flex", "center"  # the description in front, not above
    buttons.layout.margin = "4px 0"  # two rows of buttons don't touch
    return buttons.add_class("widget-inline-hbox")  # the description ends where those of the sliders end


def step_of(limits):
    """Return the step, 1, 2 or 5 times a power of ten, that gives a slider about 250 stops."""
    rough = (limits[1] - limits[0]) / 250
    power = 10.0 ** math.floor(math.log10(rough))
    return power * min((1, 2, 5, 10), key=lambda multiple: abs(multiple * power - rough))


def abbreviated(function, given):
    """Return (sliders, fixed) for a function's parameters: name → control, name → value that stays.

    A parameter is a number or an abbreviation of ipywidgets; the sliders of an Activation appear by themselves.
    Raises TypeError for what is neither, and for a text.
    """
    known = getattr(function, "parameters", {})
    defaults = {name: parameter.default for name, parameter in known.items()}
    sliders, fixed = {}, {}
    for name, abbreviation in {**defaults, **given}.items():
        if isinstance(abbreviation, np.ndarray):
            abbreviation = abbreviation.tolist()
        if isinstance(abbreviation, ipywidgets.fixed):
            fixed[name] = abbreviation.value
        elif name in known and isinstance(abbreviation, numbers.Real):
            sliders[name] = _known_slider(name, abbreviation, known[name])
        else:
            default = defaults[name] if name in known else _default(function, name)
            sliders[name] = _slider(name, abbreviation, default)
    return sliders, fixed


def _known_slider(name, value, parameter):
    """Return the slider of an Activation's parameter; a value beyond its ends is told of a slider that reaches it."""
    low, high, step, wider = parameter.low, parameter.high, parameter.step, ""
    # What starts above 0, as a temperature does, has to stay there; and a handle that goes very far is hard to set.
    if is_number(value) and abs(value) <= 100 * high and (value > high or value < low == 0):
        low_end, high_end = min(low, math.floor(value)), max(high, math.ceil(value))
        wider = f", or a slider that reaches farther: {name}=({low_end:g}, {high_end:g}, {step:g})"
    return number_slider(name, value, low, high, step, wider=wider)


def _slider(name, abbreviation, default):
    """Return the control that ipywidgets makes of an abbreviation, laid out as the others."""
    if not _possible(abbreviation):
        raise ValueError(
            f"{name}={short_repr(abbreviation)} makes no slider: it takes finite numbers, low < high and step > 0; "
            f"try {name}=(0, 1, 0.01)."
        )
    text = isinstance(abbreviation, (str, bytes))
    empty = isinstance(abbreviation, (list, dict)) and not abbreviation
    start = [default] if isinstance(abbreviation, tuple) else []  # a choice starts with its first entry
    control = None
    with contextlib.suppress(traitlets.TraitError):  # a list of what can't be told apart makes no choice
        control = None if text or empty else ipywidgets.interactive.widget_from_abbrev(abbreviation, *start)
    if control is None:
        raise TypeError(
            f"{name} must be a number or a slider's (low, high, step), not {short_repr(abbreviation)}; "
            f"try {name}=(0, 1, 0.01)."
        )
    return lay_out(control, control.description or name)


def _possible(abbreviation):
    """Return False for the numbers, alone or as (low, high) or (low, high, step), of which no slider can be made."""
    parts = abbreviation if isinstance(abbreviation, tuple) else (abbreviation,)
    if not all(isinstance(part, numbers.Real) for part in parts):
        return True
    rising = len(parts) < 2 or parts[0] < parts[1]
    return all(abs(as_float(part)) < LARGEST for part in parts) and rising and all(step > 0 for step in parts[2:])


def _default(function, name):
    """Return the value that the function's own signature gives a parameter, or the mark for none."""
    try:
        return inspect.signature(function).parameters[name].default
    except (KeyError, TypeError, ValueError):
        return inspect.Parameter.empty
