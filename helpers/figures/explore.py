"""explore and threads: one function as a curve with its slope below, or as threads from its inputs to its outputs."""

import math
from typing import NamedTuple

import numpy as np

from helpers.activations import Activation
from helpers.figures import Page, sampling, with_room
from helpers.figures.controls import abbreviated, bound, extremes, input_sliders, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.marks import FLAT_LOOK, FLAT_NOTE, FLAT_SHARE, Branches, Probe, Shades, two_panels
from helpers.figures.style import BLUE, DASHED, INK, ORANGE, VERMILION, number, own_settings

COUNT = 33  # threads


@own_settings()
def explore(function, derivative=None, *, x_range=(-6, 6), x0=None, x_limits=None, asymptotes=None, **parameters):
    """Return a LiveFigure of a function above and its slope below, with sliders.

    `function` is an Activation or your own function of an array (and of parameters, as keywords); `derivative` is its
    slope, measured numerically when it is not given. `x_range` is the range of inputs shown at first, `x_limits` how
    far its slider reaches, `x0` the point whose tangent is drawn (1, or the middle of a range without 1); `asymptotes`
    are heights drawn as dashed lines.
    Every other keyword is a parameter of the function: a number or an abbreviation of ipywidgets such as
    `slope=(0, 1, 0.01)` becomes a slider, `ipywidgets.fixed(0.1)` stays.

    Bad ranges, functions that fail and results of the wrong shape raise ValueError or TypeError; later, when a slider
    leads there, the sentence stands under the last good picture.
    """
    inputs, reach = input_sliders(x_range, x0, x_limits)
    curve = Curve(function, derivative, parameters)
    dashed = curve.asymptotes if asymptotes is None else sampling.heights(asymptotes)
    return over_inputs(View(curve, dashed, reach), inputs, curve.sliders)


def over_inputs(view, inputs, sliders):
    """Return a LiveFigure of a view, with the sliders of the input range and the probe and those of parameters."""

    def update(x_range, x0, **values):
        lo, hi = sampling.opened(x_range)
        words = view.show(lo, hi, min(max(x0, lo), hi), values)
        bound(inputs["x0"], lo, hi)
        return words

    return LiveFigure(view.page.figure, inputs | sliders, update)


class Trace(NamedTuple):
    """One curve over a range: what was computed, how it is drawn, where it jumps, how high it can get."""

    x: np.ndarray
    y: np.ndarray
    drawn: tuple  # (x, y), broken with nan at the jumps
    jumps: list
    heights: np.ndarray  # with those at the ends of the parameters' sliders


class Curve:
    """A function and its slope, with their names and sliders, ready to be computed for an array of inputs."""

    def __init__(self, function, derivative, parameters):
        self.function, self.name = function, getattr(function, "__name__", "f").replace("<lambda>", "f")
        self.sliders, self._fixed = abbreviated(function, parameters)
        self._extremes, self._last = extremes(self.sliders), None
        self.asymptotes, self.measured = (), False
        if isinstance(function, Activation):
            derivative = function.derivative if derivative is None else derivative
            self.asymptotes = [end for end in function.range if math.isfinite(end)] if function.saturates else ()
        elif derivative is None:
            self.measured, derivative = True, sampling.numerical_slope(function, self.name)
        for part, example in ((function, "explore(sigmoid)"), (derivative, "explore(sigmoid, sigmoid_slope)")):
            if not callable(part):
                raise TypeError(f"A function is needed, not {sampling.shown(part)}; write its name only: {example}.")
        self._slope, self._slope_name = derivative, getattr(derivative, "__name__", f"{self.name}′")

    def values(self, x, parameters):
        """Return the function's values at x."""
        return sampling.evaluate(self.function, x, self.name, **self._fixed, **parameters)

    def slopes(self, x, parameters):
        """Return the slope's values at x."""
        if self.measured:  # it is made of evaluated values already
            return self._slope(x, **self._fixed, **parameters)
        return sampling.evaluate(self._slope, x, self._slope_name, **self._fixed, **parameters)

    def at(self, x, parameters):
        """Return value and slope at one input."""
        point = np.array([x])
        return self.values(point, parameters)[0], self.slopes(point, parameters)[0]

    def traces(self, lo, hi, parameters):
        """Return the Traces of the function and of its slope, kept for as long as only the probe moves."""
        key = lo, hi, parameters
        if self._last is None or self._last[0] != key:
            finest = 1e-3 if self.measured else 0.0
            both = self._trace(self.values, *key, 0.0), self._trace(self.slopes, *key, finest)
            self._last = key, both
        return self._last[1]

    def _trace(self, evaluate, lo, hi, parameters, finest):
        x = sampling.inputs(lo, hi)
        y = evaluate(x, parameters)
        if evaluate == self.values:
            sampling.check_alone(lambda at: evaluate(at, parameters), self.name, x, y)
        drawn_x, drawn_y, jumps = sampling.with_jumps(lambda at: evaluate(at, parameters), x, y, finest)
        ends = sampling.attempts(evaluate, x, [parameters | end for end in self._extremes])
        return Trace(x, y, (drawn_x, drawn_y), jumps, np.concatenate([y, *ends]))


class View:
    """The two panels of `explore`; computes everything before it moves anything."""

    def __init__(self, curve, asymptotes, reach):
        self._curve, self._asymptotes, self._widest = curve, asymptotes, sampling.inputs(*reach)
        self.page, upper, lower = two_panels()
        self._panels = upper, lower
        for height in filter(None, asymptotes):  # at 0 there is a line already
            upper.rule(height, **DASHED)
        self._shades = Shades(upper, lower)
        self._branches = Branches(upper, BLUE), Branches(lower, VERMILION)
        self._probe = Probe(upper, lower)
        upper.title(f"{curve.name}(x)", BLUE)
        lower.title("its slope, measured" if curve.measured else "its slope", VERMILION)
        upper.readout("value", color=BLUE)
        lower.readout("slope", color=VERMILION)
        lower.readout("peak", y=-0.33, color=VERMILION, fontsize=11)
        self._note = lower.text(FLAT_NOTE, y=-0.33, animated=True, **FLAT_LOOK)

    def show(self, lo, hi, x0, parameters):
        """Compute everything, move the marks to it and return the picture in words."""
        curve, slopes = self._curve.traces(lo, hi, parameters)
        y0, slope = self._curve.at(x0, parameters)
        peak = sampling.largest(self._curve.slopes, (curve.x, self._widest), parameters)
        flat = sampling.flat_zones(slopes.x, slopes.y, FLAT_SHARE * peak, 0.02 * (hi - lo))
        upper, lower = self._panels
        upper.span(lo, hi)
        upper.hold(*with_room(np.append(curve.heights, self._asymptotes)))
        lower.hold(*with_room(slopes.heights, 0.14))
        for branches, trace in zip(self._branches, (curve, slopes), strict=True):
            branches.move(trace.drawn, trace.jumps)
        self._probe.move(x0, y0, slope, lo, hi)
        self._shades.move(flat, hi - lo)
        self._note.set_visible(bool(flat))
        said = self.page.write(
            value=f"{self._curve.name}({number(x0, 2)}) = {number(y0)}",
            slope=f"slope at {number(x0, 2)} = {number(slope)}",
            peak=f"largest slope: {number(peak)}",
        )
        zones = "; ".join(f"{number(a, 1)} to {number(b, 1)}" for a, b in flat)
        measured = " (measured)" if self._curve.measured else ""
        settings = f" with {sampling.listed(parameters)}" if parameters else ""
        return (
            f"{self._curve.name}{settings} for inputs from {number(lo, 1)} to {number(hi, 1)}: its value goes from "
            f"{number(curve.y[0])} to {number(curve.y[-1])}. {said['value']}; {said['slope']}{measured}. "
            f"Largest slope: {number(peak)}. "
            + (f"Flat (slope below {FLAT_SHARE * 100:.0f} % of the largest): {zones}." if flat else "No flat zone.")
        )


class Threads:
    """Rulers at whole heights of a panel, down to 0, joined by thin threads and by a thick one, the probe's."""

    def __init__(self, panel, count, rulers, **look):
        panel.bare("left", "right")
        panel.axes.spines["top"].set_visible(True)
        panel.axes.tick_params(top=True, labeltop=True, labelsize=11)
        heights = np.arange(rulers)[::-1]
        for height in heights[1:-1]:
            panel.rule(height, color=INK)
        rest = np.zeros(rulers)
        self._threads = [panel.line(INK, 1.2, rest, heights, alpha=0.75, **look) for _ in range(count)]
        self._probe = panel.line(INK, 2.4, rest, heights, marker="o", markersize=8, clip_on=False)

    def move(self, *places):
        """Move the threads to their places on each ruler, the probe's last; what enters the lowest colours them."""
        for line, *path in zip((*self._threads, self._probe), *places, strict=True):
            line.set_xdata(path)
        for thread, entering in zip(self._threads, places[-2][:-1], strict=True):
            thread.set_color(ORANGE if entering < 0 else BLUE if entering > 0 else INK)


@own_settings()
def threads(function, *, x=1.0, x_range=(-6, 6), **parameters):
    """Return a LiveFigure of two rulers of one scale, inputs above and outputs below, joined by threads.

    `function` is an Activation or your own function of an array; `x` the input whose thread a slider moves; other
    keywords are parameters as in `explore`. Raises ValueError or TypeError as `explore` does.
    """
    lo, hi, _ = sampling.check_range(x_range)
    sliders, fixed = abbreviated(function, parameters)
    name = getattr(function, "__name__", "f")
    starts = np.linspace(lo, hi, COUNT)
    page, lines = _draw(lo, hi)

    def update(x, **values):
        inputs = np.append(starts, x)
        outputs = sampling.evaluate(function, inputs, name, **fixed, **values)
        lines.move(inputs, outputs)
        texts = page.write(value=f"{name}({number(x, 2)}) = {number(outputs[-1])}")
        return (
            f"Inputs from {number(lo, 1)} to {number(hi, 1)} land between {number(outputs.min())} and "
            f"{number(outputs.max())}. {texts['value']}."
        )

    return LiveFigure(page.figure, {"x": number_slider("input x", x, lo, hi, name="x"), **sliders}, update)


def _draw(lo, hi):
    """Return (page, threads between two rulers that reach from lo to hi)."""
    page = Page(244)
    panel = page.panel(46, 150, left=24, width=672, xlim=(lo - 0.3, hi + 0.3), ylim=(0, 1), yticks=[])
    below = {"down": 37.5, "fontsize": 13, "color": BLUE}
    panel.title("every input …", size=13, up=31.5)
    panel.text("… and where it lands", weight="bold", **below)
    panel.readout("value", **below)
    return page, Threads(panel, COUNT, rulers=2)
