"""Activations side by side with shared sliders, and what each of them costs on this machine."""

import time

import ipywidgets
import numpy as np

from helpers.activations import ACTIVATIONS, softmax
from helpers.arguments import format_parameters, nonempty_range, one_of
from helpers.figures import Page, with_room
from helpers.figures.controls import abbreviated, in_a_row, input_sliders, lay_out
from helpers.figures.style import INK, SOFT, VERMILION, ink, number, own_settings
from helpers.lessons.cheatsheet.choose import curves_of

__all__ = ["cost", "family"]

CURVES = {f.name: f for f in ACTIVATIONS.values() if f is not softmax}  # it has no curve of its own


@own_settings()
def family(*names, x_range=(-6, 6), x0=None):
    """Return a LiveFigure of two to four activations side by side, their slopes below, with shared sliders.

    `names` are those on the cards, such as "leaky ReLU"; lists under the picture choose others. Raises ValueError for
    another name and for another number of them.
    """
    if not 2 <= len(names) <= 4:
        raise ValueError(f'family shows 2 to 4 functions, not {len(names)}; try family("ReLU", "GELU").')
    page, (inputs, _), (lists, sliders) = Page(398), input_sliders(x_range, x0), _lists_and_sliders(names)
    columns = [_column(page, 44 + n * 688 // len(names), 688 // len(names) - 20) for n in range(len(names))]
    page.controls = lists | inputs | sliders
    settings = page.panels[1].readout("settings", 0, down=60, ha="left", fontsize=12, color=SOFT)

    def update(x_range, x0, **given):
        lo, hi = nonempty_range(x_range)
        x0 = min(max(x0, lo), hi)
        shown = [CURVES[given[name]] for name in lists]
        own = [{name: given[_label(f, name)] for name in f.parameters} for f in shown]
        drawn = [curves_of(f, lo, hi, **each) for f, each in zip(shown, own, strict=True)]
        for side in (0, 1):
            heights = [curves[1 + side] for curves in drawn]
            for column in columns:  # one scale for all
                column[side].reach(x=(lo, hi), y=with_room([np.nanmin(heights), np.nanmax(heights)]))
        said = [column[2](*each, x0) for column, *each in zip(columns, shown, own, drawn, strict=True)]
        settings.set_text(f"x₀ = {number(x0, 2)}, {format_parameters({name: given[name] for name in sliders})}")
        return f"Inputs from {number(lo, 1)} to {number(hi, 1)}; {settings.get_text()}. {' '.join(said)}"

    return page.live(update, [in_a_row([*lists.values()], 150), *inputs.values(), *sliders.values()])


def _label(f, name):
    """Return how the slider of a parameter is called, as the formulas of several functions have an α."""
    return f"{f.name} {name}"


def _lists_and_sliders(names):
    """Return a list to choose a function from for each name, and a slider for each parameter, by their labels."""
    lists = {}
    for label, name in zip(("1st", "2nd", "3rd", "4th"), names, strict=False):
        lists[label] = lay_out(ipywidgets.Dropdown(options=[*CURVES], value=one_of(name, "a name", [*CURVES])), label)
        lists[label].style.description_width = "32px"
    sliders = {_label(f, name): each for f in CURVES.values() for name, each in abbreviated(f, {})[0].items()}
    for label, slider in sliders.items():
        slider.description = label
    return lists, sliders


def _column(page, left, width):
    """Return two panels and a function that shows an activation and its slope there, and says both at x₀."""
    upper = page.panel(50, 156, left, width)
    lower = page.panel(236, 92, left, width, over=upper)
    lower.caption("input x", 36)
    name = upper.readout("name", 0, up=30, ha="left", weight="bold")
    marks = []
    for panel, colour in ((upper, INK), (lower, VERMILION)):
        panel.rule(0)
        panel.axes.tick_params(labelleft=left == 44)  # all columns have one scale
        page.drag(panel, "x0")
        words = panel.readout("at", 0, ha="left", fontsize=12, color=colour)
        marks.append((panel.guide(), panel.line(colour), panel.dots(colour, 9), words))

    def move(f, own, curves, x0):
        said, sides = [], zip(marks, ("value", "slope"), (f, f.derivative), curves[1:], strict=True)
        for (guide, line, dot, words), what, function, y in sides:
            at = function(x0, **own)
            guide.set_xdata([x0, x0])
            line.move(curves[0], y)
            dot.move(x0, at)
            words.set_text(f"{what} {number(at)}")
            said.append(words.get_text())
        name.set_text(f.name)
        for artist in (name, *marks[0][1:3]):
            artist.set_color(ink(f.colour))
        return f"{f.name}: {', '.join(said)}."

    return upper, lower, move


REPEATS = 15
SHAPE = 10_000, 10  # of the numbers; softmax takes them as rows of 10 scores


@own_settings()
def cost():
    """Return a LiveFigure that measures, when its button is pressed, what value and slope cost here, in NumPy.

    Bars are nanoseconds a number: the best of several runs on 100,000 numbers from N(0, 1).
    """
    page = Page(440)
    hint, rows = _bars(page)
    found = {}
    page.controls["measure"] = ipywidgets.ToggleButton(description="measure", layout={"width": "160px"})

    def update(measure):
        if not measure:
            found.clear()
        elif not found:  # once for a press, though the picture may be asked for again
            found.update(measured())
        times = found or dict.fromkeys(ACTIVATIONS, (0, 0))
        page.panels[0].reach(x=(0, 1.02 * max(map(max, times.values())) or 1))
        hint.set_visible(not measure)
        for name, (words, *bars) in rows.items():
            for bar, each in zip(bars, times[name], strict=True):
                bar.set_width(each)
            words.set_text("   ".join(f"{each / times['relu'][0]:.1f} ×" for each in times[name]) if measure else "")
        if not measure:
            return f"No bars yet: press measure to see what {len(rows)} functions cost here."
        said = (f"{f.name} {times[name][0]:.2g} and {times[name][1]:.2g}" for name, f in ACTIVATIONS.items())
        return f"Nanoseconds for a value and its slope: {', '.join(said)}."

    return page.live(update)


def _bars(page):
    """Draw what stands around the bars; return the words for before, and each function's words and two bars."""
    panel = page.panel(30, 366, 92, 500, x=(0, 1), y=(len(ACTIVATIONS) - 0.5, -0.5), yticks=[])
    panel.bare("left")
    panel.title("nanoseconds a number")
    panel.caption("wide bar: the value; narrow bar: its slope; at the right: how many times ReLU's value", 36)
    rows, place = {}, {"transform": panel.axes.get_yaxis_transform(), "va": "center", "animated": True}
    hint = panel.text("press “measure”", 0.5, 5, ha="center", fontsize=18, color=SOFT, **place)
    for n, (name, f) in enumerate(ACTIVATIONS.items()):
        colour = ink(f.colour)
        panel.text(f.name, -0.02, n, ha="right", color=colour, **place)
        words = panel.readout(f"cost-{name}", 1.02, n, ha="left", fontsize=12, **place)
        rows[name] = words, panel.box(0, n - 0.38, 0, 0.44, colour), panel.box(0, n + 0.1, 0, 0.24, VERMILION)
    return hint, rows


def measured():
    """Return nanoseconds a number for the value and the slope of each activation by its identifier."""
    x = np.random.default_rng(seed=0).normal(size=SHAPE)
    return {name: (_nanoseconds(f, x), _nanoseconds(f.derivative, x)) for name, f in ACTIVATIONS.items()}


def _nanoseconds(function, x):
    """Return the best of several runs, as other programs can only slow one down, after one that warms up."""
    function(x)
    runs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function(x)
        runs.append(time.perf_counter() - start)
    return 1e9 * min(runs) / x.size
