"""family: two to four activations side by side, with shared sliders."""

import ipywidgets
import numpy as np

from helpers.activations import ACTIVATIONS, softmax
from helpers.arguments import format_parameters, nonempty_range, one_of
from helpers.figures.controls import (
    in_a_row,
    input_sliders,
    lay_out,
    parameter_controls,
)
from helpers.figures.live import LiveFigure
from helpers.figures.page import axis_limits
from helpers.figures.style import INK, SOFT, VERMILION, ink, number
from lessons.cheatsheet.advice import curves_of

# Without softmax, which has no curve of its own.
CURVES = {f.name: f for f in ACTIVATIONS.values() if f is not softmax}
SHORT = {"negative_slope": "leak"}  # there is room for so many letters
LABELS = ("1st", "2nd", "3rd", "4th")
LEFT = 44  # pixels
WIDTH = 688


def family(*names, x0=None):
    """Return a LiveFigure of two to four activations side by side, their slopes below, with shared
    sliders.

    `names` are those on the cards, such as "leaky ReLU"; lists under the picture choose others.
    Raises ValueError for another name and for another number of them.
    """
    if not 2 <= len(names) <= 4:
        raise ValueError(
            f'family shows 2 to 4 functions, not {len(names)}; try family("ReLU", "GELU").'
        )
    inputs = input_sliders((-6, 6), x0)
    lists = {
        label: list_of_functions(label, name)
        for label, name in zip(LABELS, names, strict=False)
    }
    sliders = parameter_sliders()

    def draw(page, x_range, x0, **given):
        lo, hi = nonempty_range(x_range)
        x0 = min(max(x0, lo), hi)
        functions = [CURVES[given[label]] for label in lists]
        parameters = [
            {name: given[slider_name(f, name)] for name in f.parameters}
            for f in functions
        ]
        curves = [
            curves_of(f, lo, hi, **own)
            for f, own in zip(functions, parameters, strict=True)
        ]
        # One scale for all.
        limits = axis_limits(extent_of([values for _, values, _ in curves]))
        slope_limits = axis_limits(extent_of([slopes for _, _, slopes in curves]))
        shown = format_parameters({name: given[name] for name in sliders})
        settings = f"x₀ = {number(x0, 2)}, {shown}"
        width = WIDTH // len(functions) - 20
        words = []
        for n, f in enumerate(functions):
            own = parameters[n]
            x, values, slopes = curves[n]
            left = LEFT + n * WIDTH // len(functions)
            box = {"left": left, "width": width, "x": (lo, hi), "ylabels": n == 0}
            upper = page.panel(50, 156, y=limits, xlabels=False, **box)
            lower = page.panel(236, 92, y=slope_limits, **box)
            lower.caption("input x", 36)
            colour = ink(f.colour)
            upper.readout(
                "name", f.name, 0, up=30, ha="left", weight="bold", color=colour
            )
            value = draw_side(page, upper, "value", x, values, x0, f(x0, **own), colour)
            slope = draw_side(
                page, lower, "slope", x, slopes, x0, f.derivative(x0, **own), VERMILION
            )
            words.append(f"{f.name}: {value}, {slope}.")
            if n == 0:
                look = {"ha": "left", "fontsize": 12, "color": SOFT}
                lower.readout("settings", settings, 0, down=60, **look)
        ends = f"Inputs from {number(lo, 1)} to {number(hi, 1)}"
        return f"{ends}; {settings}. {' '.join(words)}"

    controls = {**lists, **inputs.controls, **sliders}
    rows = [
        in_a_row([*lists.values()], 150),
        *inputs.controls.values(),
        *sliders.values(),
    ]
    labels = list(lists)
    recorded = [{"x0": 61}, {**dict.fromkeys(labels[:2]), "x0": 5}]
    if len(labels) > 2:
        recorded.append({**dict.fromkeys(labels[2:]), "x0": 5})
    recorded.append({"x_range": None, "x0": 13})
    recorded += [{name: 21} for name in sliders]
    return LiveFigure(
        draw, controls, 398, rows=rows, within=inputs.within, recorded=recorded
    )


def draw_side(page, panel, what, x, heights, x0, height, colour):
    """Draw a function or its slope with a dot at x₀, and return what it is there."""
    page.drag(panel, "x0")
    panel.hline(0)
    panel.dotted_vline(x0)
    panel.line(x, heights, colour, gid=f"{what} curve")
    panel.dots(x0, height, colour, 9)
    words = {
        "ha": "left",
        "fontsize": 12,
        "color": INK if what == "value" else VERMILION,
    }
    return panel.readout("at", f"{what} {number(height)}", 0, **words)


def extent_of(curves):
    """Return the lowest and the highest of all heights, without the gaps at jumps."""
    heights = np.concatenate(curves)
    return [np.nanmin(heights), np.nanmax(heights)]


def list_of_functions(label, name):
    """Return a list to choose a function from."""
    names = list(CURVES)
    dropdown = ipywidgets.Dropdown(options=names, value=one_of(name, "a name", names))
    lay_out(dropdown, label)
    dropdown.style.description_width = "32px"
    return dropdown


def parameter_sliders():
    """Return a slider for each parameter of all functions, by their names."""
    sliders = {}
    for f in CURVES.values():
        controls, _ = parameter_controls(f, {})
        for name, slider in controls.items():
            slider.description = slider_name(f, name)
            sliders[slider.description] = slider
    return sliders


def slider_name(f, name):
    """Return how the slider of a parameter is called, as several functions have an α."""
    return f"{f.name} {SHORT.get(name, name)}"
