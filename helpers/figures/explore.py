"""explore and threads: one function as a curve with its slope below, or as threads from its inputs to its outputs."""

import numpy as np

from helpers.arguments import check_range, heights, listed
from helpers.figures import Page, sampling, with_room
from helpers.figures.controls import abbreviated, input_sliders, number_slider
from helpers.figures.curve import Curve, over_inputs
from helpers.figures.live import LiveFigure
from helpers.figures.marks import FLAT_LOOK, FLAT_NOTE, FLAT_SHARE, Branches, Probe, Shades, Threads, two_panels
from helpers.figures.style import BLUE, DASHED, VERMILION, number, own_settings

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
    dashed = curve.asymptotes if asymptotes is None else heights(asymptotes)
    return over_inputs(View(curve, dashed, reach), inputs, curve.sliders)


class View:
    """The two panels of `explore`; computes everything before it moves anything."""

    def __init__(self, curve, asymptotes, reach):
        self._curve, self._asymptotes, self._widest = curve, asymptotes, sampling.inputs(*reach)
        self.page, upper, lower = two_panels()
        self._panels = self.panels = upper, lower
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
        upper.reach(x=(lo, hi))
        upper.reach(y=with_room(np.append(curve.heights, self._asymptotes)))
        lower.reach(y=with_room(slopes.heights, 0.14))
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
        settings = f" with {listed(parameters)}" if parameters else ""
        return (
            f"{self._curve.name}{settings} for inputs from {number(lo, 1)} to {number(hi, 1)}: its value goes from "
            f"{number(curve.y[0])} to {number(curve.y[-1])}. {said['value']}; {said['slope']}{measured}. "
            f"Largest slope: {number(peak)}. "
            + (f"Flat (slope below {FLAT_SHARE * 100:.0f} % of the largest): {zones}." if flat else "No flat zone.")
        )


@own_settings()
def threads(function, *, x=1.0, x_range=(-6, 6), **parameters):
    """Return a LiveFigure of two rulers of one scale, inputs above and outputs below, joined by threads.

    `function` is an Activation or your own function of an array; `x` the input whose thread a slider moves; other
    keywords are parameters as in `explore`. Raises ValueError or TypeError as `explore` does.
    """
    lo, hi, _ = check_range(x_range)
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
    panel = page.panel(46, 150, left=24, width=672, x=(lo - 0.3, hi + 0.3), y=(0, 1), yticks=[])
    below = {"down": 37.5, "fontsize": 13, "color": BLUE}
    panel.title("every input …", fontsize=13, up=31.5)
    panel.text("… and where it lands", weight="bold", **below)
    panel.readout("value", **below)
    return page, Threads(panel, COUNT, rulers=2)
