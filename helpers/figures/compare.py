"""compare: several functions as curves above, their slopes below."""

import inspect

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.arguments import format_parameters, short_repr
from helpers.figures.controls import input_sliders
from helpers.figures.curve import Curve, over_inputs
from helpers.figures.page import axis_limits
from helpers.figures.parts import draw_curve, keep_apart, shortened, two_panels
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, number

MOST_FUNCTIONS = 9
# For functions without a colour of their own; as many as can be compared.
SPARE = (BLUE, ORANGE, GREEN, PURPLE, SKY, INK, "#8C564B", "#6A4C93", "#7F7F7F")
WIDTH = 472  # pixels of the panels, beside the margin
GAP = 15.5  # pixels from one label in the margin to the next


def compare(*functions, x_range=(-6, 6), x0=None, x_limits=None, **parameters):
    """Return a LiveFigure of one to nine functions above and their slopes below, with what each
    makes of x₀.

    A function is an Activation, your own function of an array, or a pair (function, derivative); a
    derivative that is not given is measured numerically. `x_range`, `x0` and `x_limits` are as in
    `explore`. Every other keyword is a parameter, a number or an abbreviation of ipywidgets, for
    all the functions that take one of that name. Activations keep their own colours; a function
    named like one has its colour.

    Bad arguments and functions that fail raise ValueError or TypeError; later, when a slider leads
    there, the sentence stands under the last good picture.
    """
    inputs = input_sliders(x_range, x0, x_limits)
    curves = curves_of(functions, parameters)
    names = names_of(curves)
    colours = colours_of(curves)

    def draw(page, lo, hi, x0, parameters):
        traces = [curve.traces(lo, hi, parameters) for curve in curves]
        points = [curve.at(x0, lo, hi, parameters) for curve in curves]
        values, slopes = zip(*traces, strict=True)
        limits = [
            axis_limits(np.concatenate([trace.heights for trace in side]))
            for side in (values, slopes)
        ]
        upper, lower = two_panels(
            page, (lo, hi), *limits, heights=(206, 148), width=WIDTH
        )
        any_measured = any(curve.measured for curve in curves)
        upper.title("functions")
        lower.title("slopes (≈ measured)" if any_measured else "slopes")
        heights, steepness = zip(*points, strict=True)
        words = [number(height) for height in heights]
        look = names, colours, x0
        draw_side(page, upper, "value", values, heights, words, *look)
        signs = ["≈ " if curve.measured else "" for curve in curves]
        words = [sign + number(s) for sign, s in zip(signs, steepness, strict=True)]
        draw_side(page, lower, "slope", slopes, steepness, words, *look)
        settings = f", {format_parameters(parameters)}" if parameters else ""
        each = "; ".join(
            f"{name} {number(y)} with slope "
            f"{number(slope)}{' (measured)' if curve.measured else ''}"
            for name, curve, (y, slope) in zip(names, curves, points, strict=True)
        )
        return (
            f"{', '.join(names)} for inputs from {number(lo, 1)} to {number(hi, 1)}{settings}, and "
            f"their slopes below. At x₀ = {number(x0, 2)}: {each}."
        )

    return over_inputs(draw, inputs, curves, height=478)


def draw_side(page, panel, what, traces, heights, words, names, colours, x0):
    """Draw one panel's curves, each with a dot at x₀, its name in the margin and its `words`
    beside.
    """
    page.drag(panel, "x0")
    panel.dotted_vline(x0)
    # The first curve is the widest, so that each shows where curves coincide.
    widths = np.linspace(4.4, 2.2, len(traces))
    for name, trace, colour, width in zip(names, traces, colours, widths, strict=True):
        draw_curve(panel, trace.broken, colour, width, gid=f"{what} of {name}")
    for name, height, colour, width in zip(
        names, heights, colours, widths, strict=True
    ):
        panel.dots(
            x0, height, colour, width + 5, 1.5, zorder=6, gid=f"{what} of {name} at x0"
        )
    right = 1 + 184 / WIDTH
    panel.readout(
        f"{what}-at", f"{what} at {number(x0, 2)}", right, fontsize=12, weight="bold"
    )
    low, high = panel.y
    # In whole pixels; of equal ones the first stands on top.
    ends = np.round(
        [(trace.y[-1] - low) / (high - low) * panel.height for trace in traces]
    )
    places = keep_apart(ends[::-1], GAP, GAP / 2, panel.height - GAP / 2)[::-1]
    look = {"fontsize": 11.5, "va": "center_baseline"}
    across = 1 + np.array([0, 4, 14, 26]) / WIDTH
    leader = {"coordinates": "panel", "clip_on": False, "solid_capstyle": "butt"}
    for n, (name, colour, end, place) in enumerate(
        zip(names, colours, ends, places, strict=True)
    ):
        foot = end / panel.height
        height = place / panel.height
        steps = [foot, foot, height, height]
        panel.line(across, steps, colour, gid=f"{what} leader of {name}", **leader)
        panel.text(
            shortened(name), 1 + 30 / WIDTH, height, gid=f"{what}-name-{n + 1}", **look
        )
        panel.readout(f"{what}-{n + 1}", words[n], right, height, **look)


def curves_of(functions, parameters):
    """Return a Curve for each function, or raise TypeError or ValueError for what cannot be
    compared.
    """
    if not 1 <= len(functions) <= MOST_FUNCTIONS:
        raise ValueError(
            f"compare takes 1 to {MOST_FUNCTIONS} functions, not {len(functions)}; try "
            "compare(sigmoid, tanh)."
        )
    curves = []
    taken = set()
    for given in functions:
        is_pair = isinstance(given, tuple) and len(given) == 2
        function, derivative = given if is_pair else (given, None)
        if not callable(function) or not (derivative is None or callable(derivative)):
            raise TypeError(
                "compare takes functions and pairs (function, derivative), not "
                f"{short_repr(given)}; write their names only: compare(sigmoid, tanh)."
            )
        own = {
            name: value for name, value in parameters.items() if takes(function, name)
        }
        curves.append(Curve(function, own, derivative))
        taken.update(own)
    for name in parameters:
        if name not in taken:
            raise TypeError(
                f"None of these functions takes a parameter called {name!r}; leave it out."
            )
    return curves


def takes(function, name):
    """Return whether a function has a parameter of that name behind its input."""
    try:
        known = list(inspect.signature(function).parameters.values())[1:]
    except (TypeError, ValueError):
        # Some compiled functions do not say what they take.
        return False
    return any(
        parameter.kind is parameter.VAR_KEYWORD or parameter.name == name
        for parameter in known
    )


def names_of(curves):
    """Return the name of each function, with a count behind those that stand there twice."""
    names = [curve.title for curve in curves]
    counted = []
    for n, name in enumerate(names):
        twice = names.count(name) > 1
        counted.append(f"{name} ({names[:n].count(name) + 1})" if twice else name)
    return counted


def colours_of(curves):
    """Return a colour for each curve: its function's own, that of a namesake if no other has it, or
    a spare one.
    """
    colours = [curve.colour for curve in curves]
    for n, curve in enumerate(curves):
        if colours[n] is None:
            namesake = ACTIVATIONS.get(curve.name)
            wanted = namesake.colour if namesake else BLUE
            colours[n] = next(
                colour for colour in (wanted, *SPARE) if colour not in colours
            )
    return colours
