"""All activations with shared sliders, side by side, and what each of them costs on this machine."""

import time

import ipywidgets
import numpy as np

from helpers.activations import ACTIVATIONS, softmax
from helpers.arguments import one_of, opened
from helpers.figures import Page, with_room
from helpers.figures.controls import abbreviated, bound, input_sliders, lay_out
from helpers.figures.style import INK, SOFT, VERMILION, ink, number, own_settings
from helpers.lessons.cheatsheet.choose import curves_of, lettered

__all__ = ["cost", "family"]

CURVES = {f.name: f for f in ACTIVATIONS.values() if f is not softmax}  # it has no curve of its own
COLUMNS = 4
NOTHING = "nothing"


@own_settings()
def family(*names, x_range=(-6, 6), x0=None):
    """Return a LiveFigure of up to four activations side by side, their slopes below, with shared sliders.

    `names` are those on the cards, such as "leaky ReLU"; lists under the picture choose others. Raises ValueError for
    another name and for more than four.
    """
    if len(names) > COLUMNS:
        raise ValueError(f"family shows up to {COLUMNS} functions, not {len(names)}; leave some out.")
    chosen = [one_of(name, "a name", [*CURVES, NOTHING]) for name in (*names, *[NOTHING] * (COLUMNS - len(names)))]
    inputs, _ = input_sliders(x_range, x0)
    page = Page(398)
    lists = {f"column {n}": _list(f"column {n}", name) for n, name in enumerate(chosen, 1)}
    sliders = {name: each for f in CURVES.values() for name, each in abbreviated(f, {})[0].items()}
    moves = [_column(page, n) for n in range(COLUMNS)]
    page.controls = lists | inputs | sliders
    settings = page.panels[1].readout("settings", 0, down=60, ha="left", fontsize=12, color=SOFT)

    def update(x_range, x0, **given):
        lo, hi = opened(x_range)
        x0 = min(max(x0, lo), hi)
        shown = [CURVES.get(given[name]) for name in lists]
        own = [{name: given[name] for name in f.parameters} if f else {} for f in shown]
        drawn = [f and curves_of(f, lo, hi, **each) for f, each in zip(shown, own, strict=True)]
        if not any(shown):
            raise ValueError("Nothing is chosen: choose a function in one of the four lists.")
        reach = [with_room(np.concatenate([each[n][np.isfinite(each[n])] for each in drawn if each])) for n in (1, 2)]
        said = [
            move(f, each, curves, x0, (lo, hi), reach)
            for move, f, each, curves in zip(moves, shown, own, drawn, strict=True)
        ]
        bound(inputs["x0"], lo, hi)
        settings.set_text(f"x₀ = {number(x0, 2)}; {lettered(given)}")
        return f"Inputs from {number(lo, 1)} to {number(hi, 1)}, {settings.get_text()}. {' '.join(filter(None, said))}"

    rows = [ipywidgets.HBox([*lists.values()]), *inputs.values(), *sliders.values()]
    return page.live(update, rows)


def _list(label, name):
    """Return a list to choose a function from, as wide as a column of the picture."""
    control = lay_out(ipywidgets.Dropdown(options=[*CURVES, NOTHING], value=name), label)
    control.style.description_width = "60px"
    return control


def _column(page, n):
    """Draw the panels of one function; return a function that shows it there, or nothing for None, and says its words."""
    upper = page.panel(50, 156, 44 + 172 * n, 152)
    lower = page.panel(236, 92, 44 + 172 * n, 152, over=upper)
    lower.caption("input x", 36)
    name, look = upper.readout("name", 0, up=30, ha="left", weight="bold"), {"ha": "left", "fontsize": 12}
    marks = []
    for panel, colour in ((upper, INK), (lower, VERMILION)):
        panel.rule(0)
        page.drag(panel, "x0")
        panel.axes.tick_params(labelleft=not n)
        line = panel.line(colour)
        marks.append((panel, line, panel.dots(colour, 9), panel.guide(), panel.readout("at", 0, **look, color=colour)))

    def move(f, own, curves, x0, across, reach):
        for panel, *artists in marks:
            for artist in (name, *artists):
                artist.set_visible(bool(f))
        for (panel, *_), heights in zip(marks, reach, strict=True):
            panel.reach(x=across, y=heights)
        if not f:
            return ""
        colour, at = ink(f.colour), (f(x0, **own), f.derivative(x0, **own))
        name.set(text=f.name, color=colour)
        for (_, line, dot, guide, words), heights, height, what in zip(
            marks, curves[1:], at, ("value", "slope"), strict=True
        ):
            line.move(curves[0], heights)
            dot.move(x0, height)
            guide.set_xdata([x0, x0])
            words.set_text(f"{what} {number(height)}")
        for artist in marks[0][1:3]:
            artist.set_color(colour)
        return f"{f.name}: {', '.join(words.get_text() for *_, words in marks)}."

    return move


REPEATS = 15
SHAPE = 10_000, 10  # of the numbers; softmax takes them as rows of 10 scores


@own_settings()
def cost():
    """Return a LiveFigure that measures, when its button is pressed, what value and slope cost here, in NumPy.

    Bars are nanoseconds a number: the best of several runs on 100,000 numbers from N(0, 1).
    """
    page = Page(440)
    panel = page.panel(30, 366, 92, 500, x=(0, 1), y=(len(ACTIVATIONS) - 0.5, -0.5), yticks=[])
    panel.bare("left")
    panel.title("nanoseconds a number")
    panel.caption("wide bar: the value; narrow bar: its slope; in words: times ReLU's value", 36)
    words = {"transform": panel.axes.get_yaxis_transform(), "va": "center"}
    hint = panel.text("press “measure”", 0.5, 5, ha="center", fontsize=18, color=SOFT, animated=True, **words)
    rows = []
    for n, f in enumerate(ACTIVATIONS.values()):
        panel.text(f.name, -0.02, n, ha="right", color=ink(f.colour), **words)
        bars = panel.box(0, n - 0.38, 0, 0.44, ink(f.colour)), panel.box(0, n + 0.1, 0, 0.24, VERMILION)
        rows.append((bars, panel.readout(f"cost-{f.identifier}", 1.02, n, ha="left", fontsize=12, **words)))
    page.controls["measure"] = ipywidgets.ToggleButton(description="measure", layout={"width": "160px"})

    def update(measure):
        times = measured() if measure else np.zeros((len(rows), 2))
        unit = times[list(ACTIVATIONS).index("relu"), 0] or 1.0
        panel.reach(x=(0, 1.02 * times.max() or 1.0))
        hint.set_visible(not measure)
        for (bars, text), pair in zip(rows, times, strict=True):
            for bar, each in zip(bars, pair, strict=True):
                bar.set_width(each)
            text.set_text("   ".join(f"{number(each / unit, 1)} ×" for each in pair) if measure else "")
        said = (f"{f.name} {t[0]:.2g} and {t[1]:.2g}" for f, t in zip(ACTIVATIONS.values(), times, strict=True))
        return (
            f"Nanoseconds for a value and a slope: {', '.join(said)}."
            if measure
            else f"Bars of what {len(rows)} functions cost here: press measure."
        )

    return page.live(update)


def measured():
    """Return nanoseconds a number for the value and the slope of each activation, shape (functions, 2)."""
    x = np.random.default_rng(seed=0).normal(size=SHAPE)
    return np.array([[_nanoseconds(g, x) for g in (f, f.derivative)] for f in ACTIVATIONS.values()])


def _nanoseconds(function, x):
    """Return the best of several runs, as other programs can only slow one down, after one that warms up."""
    function(x)
    runs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function(x)
        runs.append(time.perf_counter() - start)
    return 1e9 * min(runs) / x.size
