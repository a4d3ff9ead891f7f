"""explore and threads: one function as a curve with its slope below, or as threads from its inputs to its outputs."""

from functools import partial

import numpy as np

from helpers.arguments import check_range, format_parameters, name_of, number_list
from helpers.figures import Page, sampling, with_room
from helpers.figures.controls import input_sliders
from helpers.figures.curve import Curve, over_inputs
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
    `negative_slope=(0, 1, 0.01)` becomes a slider, `ipywidgets.fixed(0.1)` stays.

    Bad ranges, functions that fail and results of the wrong shape raise ValueError or TypeError; later, when a slider
    leads there, the sentence stands under the last good picture.
    """
    inputs, reach = input_sliders(x_range, x0, x_limits)
    curve = Curve(function, parameters, derivative)
    page, move = _draw(curve, curve.asymptotes if asymptotes is None else number_list(asymptotes, "asymptotes"))
    widest = sampling.inputs(*reach)

    def show(lo, hi, x0, parameters, traces):
        ((values, slopes),) = traces
        peak = sampling.largest(partial(curve.slopes, **parameters), slopes.x, widest)
        flat = sampling.flat_zones(slopes.x, slopes.y, FLAT_SHARE * peak, 0.02 * (hi - lo))
        move(lo, hi, x0, values, slopes, flat)
        return _words(page, curve, parameters, x0, values, slopes, peak, flat)

    return over_inputs(page, inputs, [curve], show)


def _draw(curve, dashed):
    """Return (page, a function that moves curve, slope, probe and flat zones); `dashed` are heights of lines."""
    page, upper, lower = two_panels()
    for height in filter(None, dashed):  # at 0 there is a line already
        upper.rule(height, **DASHED)
    shades = Shades(upper, lower)
    branches, slope_branches = Branches(upper, BLUE), Branches(lower, VERMILION)
    probe = Probe(upper, lower)
    upper.title(f"{curve.name}(x)", BLUE)
    lower.title("its slope, measured" if curve.measured else "its slope", VERMILION)
    upper.readout("value", color=BLUE)
    lower.readout("slope", color=VERMILION)
    lower.readout("peak", y=-0.33, color=VERMILION, fontsize=11)
    note = lower.text(FLAT_NOTE, y=-0.33, animated=True, **FLAT_LOOK)

    def move(lo, hi, x0, values, slopes, flat):
        upper.reach(x=(lo, hi), y=with_room(np.append(values.heights, dashed)))
        lower.reach(y=with_room(slopes.heights, 0.14))
        branches.move(values.drawn)
        slope_branches.move(slopes.drawn)
        probe.move(x0, values.at, slopes.at, lo, hi)
        shades.move(flat, hi - lo)
        note.set_visible(bool(flat))

    return page, move


def _words(page, curve, parameters, x0, values, slopes, peak, flat):
    """Write the readouts and return the picture in words."""
    said = page.write(
        value=f"{curve.name}({number(x0, 2)}) = {number(values.at)}",
        slope=f"slope at {number(x0, 2)} = {number(slopes.at)}",
        peak=f"largest slope: {number(peak)}",
    )
    zones = "; ".join(f"{number(left, 1)} to {number(right, 1)}" for left, right in flat)
    settings = f" with {format_parameters(parameters)}" if parameters else ""
    return (
        f"{curve.name}{settings} for inputs from {number(values.x[0], 1)} to {number(values.x[-1], 1)}: its value goes "
        f"from {number(values.y[0])} to {number(values.y[-1])}. "
        f"{said['value']}; {said['slope']}{' (measured)' * curve.measured}. Largest slope: {number(peak)}. "
        + (f"Flat (slope below {FLAT_SHARE * 100:.0f} % of the largest): {zones}." if flat else "No flat zone.")
    )


@own_settings()
def threads(function, *, x=1.0, x_range=(-6, 6), **parameters):
    """Return a LiveFigure of two rulers of one scale, inputs above and outputs below, joined by threads.

    `function` is an Activation or your own function of an array; `x` the input whose thread a slider moves; other
    keywords are parameters as in `explore`. Raises ValueError or TypeError as `explore` does.
    """
    lo, hi, _ = check_range(x_range)
    name_of(function, "threads(sigmoid)")
    curve = Curve(function, parameters)
    page = Page(244)
    panel = page.panel(46, 150, left=24, width=672, x=(lo - 0.3, hi + 0.3), y=(0, 1), yticks=[])
    below = {"down": 37.5, "fontsize": 13, "color": BLUE}
    panel.title("every input …", fontsize=13, up=31.5)
    panel.text("… and where it lands", weight="bold", **below)
    panel.readout("value", **below)
    lines = Threads(panel, COUNT, rulers=2)
    page.slider("x", "input x", x, lo, hi)
    page.drag(panel, "x")
    page.controls |= curve.sliders

    def update(x, **parameters):
        inputs = np.append(np.linspace(lo, hi, COUNT), x)
        outputs = curve.values(inputs, **parameters)
        lines.move(inputs, outputs)
        said = page.write(value=f"{curve.name}({number(x, 2)}) = {number(outputs[-1])}")
        ends = f"Inputs from {number(lo, 1)} to {number(hi, 1)} land between {number(min(outputs))} and "
        return f"{ends}{number(max(outputs))}. {said['value']}."

    return page.live(update)
