"""explore: one function as a curve, with its slope below. threads: its inputs joined to its
outputs.
"""

import numpy as np

from helpers.arguments import format_parameters, name_of, number_list, pair
from helpers.figures import sampling
from helpers.figures.controls import input_sliders, slider
from helpers.figures.curve import Curve, over_inputs
from helpers.figures.live import LiveFigure
from helpers.figures.page import axis_limits
from helpers.figures.parts import (
    FLAT_LOOK,
    FLAT_NOTE,
    FLAT_SHARE,
    RULERS,
    draw_curve,
    draw_probe,
    draw_threads,
    shade,
    two_panels,
)
from helpers.figures.style import BLUE, DASHED, VERMILION, TrueMinus, number

THREADS = 33


def explore(
    function,
    derivative=None,
    *,
    x_range=(-6, 6),
    x0=None,
    x_limits=None,
    asymptotes=None,
    **parameters,
):
    """Return a LiveFigure of a function above and its slope below, with sliders.

    `function` is an Activation or your own function of an array (and of parameters, as keywords);
    `derivative` is its slope, measured numerically when it is not given. `x_range` is the range of
    inputs shown at first, `x_limits` how far its slider reaches, `x0` the point whose tangent is
    drawn (1, or the middle of a range without 1); `asymptotes` are heights drawn as dashed lines.
    Every other keyword is a parameter of the function: a number or an abbreviation of ipywidgets
    such as `negative_slope=(0, 1, 0.01)` becomes a slider, `ipywidgets.fixed(0.1)` stays.

    Bad ranges, functions that fail and results of the wrong shape raise ValueError or TypeError;
    later, when a slider leads there, the sentence stands under the last good picture.
    """
    inputs = input_sliders(x_range, x0, x_limits)
    curve = Curve(function, parameters, derivative)
    dashed = (
        curve.asymptotes
        if asymptotes is None
        else number_list(asymptotes, "asymptotes")
    )

    def draw(page, lo, hi, x0, parameters):
        values, slopes = curve.traces(lo, hi, parameters)
        y0, slope0 = curve.at(x0, lo, hi, parameters)
        peak = curve.largest_slope(lo, hi, inputs.limits, parameters)
        flat = sampling.flat_zones(
            slopes.x, slopes.y, FLAT_SHARE * peak, 0.02 * (hi - lo)
        )

        upper, lower = two_panels(
            page,
            (lo, hi),
            axis_limits(np.append(values.heights, dashed)),
            axis_limits(slopes.heights, 0.14),
        )
        page.drag(upper, "x0")
        page.drag(lower, "x0")
        for height in dashed:
            if height:  # at 0 there is a line already
                upper.hline(height, gid="asymptote", **DASHED)
        shade(upper, lower, flat)
        draw_curve(upper, values.broken, BLUE, gid="function")
        draw_curve(lower, slopes.broken, VERMILION, gid="derivative")
        draw_probe(upper, lower, x0, y0, slope0)
        measured = " (measured)" if curve.measured else ""
        upper.title(f"{curve.name}(x)", BLUE)
        lower.title("its slope, measured" if curve.measured else "its slope", VERMILION)
        value = upper.readout(
            "value", f"{curve.name}({number(x0, 2)}) = {number(y0)}", color=BLUE
        )
        slope = lower.readout(
            "slope", f"slope at {number(x0, 2)} = {number(slope0)}", color=VERMILION
        )
        lower.readout(
            "peak",
            f"largest slope: {number(peak)}",
            y=-0.33,
            color=VERMILION,
            fontsize=11,
        )
        if flat:
            lower.text(FLAT_NOTE, y=-0.33, **FLAT_LOOK)
        settings = f" with {format_parameters(parameters)}" if parameters else ""
        return (
            f"{curve.name}{settings} for inputs from {number(lo, 1)} to "
            f"{number(hi, 1)}: its value goes from {number(values.y[0])} to "
            f"{number(values.y[-1])}. {value}; {slope}{measured}. Largest slope: "
            f"{number(peak)}. {describe_flat(flat)}"
        )

    return over_inputs(draw, inputs, [curve], height=478)


def describe_flat(zones):
    """Return flat zones in words."""
    if not zones:
        return "No flat zone."
    ends = "; ".join(
        f"{number(left, 1)} to {number(right, 1)}" for left, right in zones
    )
    return f"Flat (slope below {FLAT_SHARE * 100:.0f} % of the largest): {ends}."


def threads(function, *, x=1.0, x_range=(-6, 6), y_range=None, **parameters):
    """Return a LiveFigure of two rulers, inputs above and outputs below, joined by threads.

    `function` is an Activation or your own function of an array; `x` the input whose thread a
    slider moves; `y_range` the outputs on the lower ruler, enlarged to the width of the upper one
    (both have one scale without it); other keywords are parameters as in `explore`. Raises
    ValueError or TypeError as `explore` does.
    """
    lo, hi = pair(x_range, "x_range")
    bottom, top = (lo, hi) if y_range is None else pair(y_range, "y_range")
    name_of(function, "threads(sigmoid)")
    curve = Curve(function, parameters)
    controls = {"x": slider("input x", x, lo, hi, name="x"), **curve.controls}
    scale = (hi - lo) / (top - bottom)
    enlarged = y_range is not None
    rulers = RULERS
    marks = [], []
    if enlarged:
        marks = np.linspace(lo, hi, 5), np.linspace(bottom, top, 5)
        rulers = {
            **RULERS,
            "xticks": marks[0],
            "ticks": {**RULERS["ticks"], "labelbottom": False},
        }

    def draw(page, /, x, **parameters):
        inputs = np.append(np.linspace(lo, hi, THREADS), x)
        outputs = curve.values_of_each(inputs, **parameters)
        landings = lo + (outputs - bottom) * scale
        panel = page.panel(
            46, 150, left=24, width=672, x=(lo - 0.3, hi + 0.3), y=(0, 1), **rulers
        )
        page.drag(panel, "x")
        draw_threads(panel, [inputs[:-1], landings[:-1]], [x, landings[-1]])
        for place, height in zip(*marks, strict=True):
            look = {"ha": "center", "va": "top", "fontsize": 11}
            words = TrueMinus.fix_minus(f"{height:g}")
            panel.text(words, place, down=7, coordinates="x", **look)
        below = {"down": 37.5, "fontsize": 13, "color": BLUE}
        panel.title("every input …", fontsize=13, up=31.5)
        landed = "… and where it lands" + ", enlarged" * enlarged
        panel.text(landed, weight="bold", **below)
        value = panel.readout(
            "value", f"{curve.name}({number(x, 2)}) = {number(outputs[-1])}", **below
        )
        return (
            f"Inputs from {number(lo, 1)} to {number(hi, 1)} land between "
            f"{number(min(outputs))} and {number(max(outputs))}. {value}."
        )

    return LiveFigure(draw, controls, height=244)
