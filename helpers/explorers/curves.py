"""explore: a function above, its slope below, and sliders for what can be moved."""

import itertools
import math

import numpy as np
from matplotlib.lines import Line2D

from helpers.activations import Activation
from helpers.explorers import panels, sampling
from helpers.explorers.controls import abbreviated, number_slider, range_slider, step_of
from helpers.live import LiveFigure
from helpers.style import BLUE, FLAT_TEXT, SOFT, VERMILION, label, number, own_settings

FLAT_SHARE = 0.05  # "flat" means: the slope is below this share of its largest value


@own_settings()
def explore(function, derivative=None, *, x_range=(-6, 6), x0=1.0, x_limits=None, asymptotes=None, **parameters):
    """Return a LiveFigure of a function above and its slope below, with sliders.

    `function` is an Activation or your own function of an array (and of parameters, as keywords); `derivative` is its
    slope, measured numerically when it is not given. `x_range` is the range of inputs shown at first, `x_limits` how
    far its slider reaches, `x0` the point whose tangent is drawn; `asymptotes` are heights drawn as dashed lines.
    Every other keyword is a parameter of the function: a number or an abbreviation of ipywidgets such as
    `slope=(0, 1, 0.01)` becomes a slider, `ipywidgets.fixed(0.1)` stays.

    Bad ranges, functions that fail and results of the wrong shape raise ValueError or TypeError; later, when a slider
    leads there, the sentence stands under the last good picture.
    """
    lo, hi, reach = sampling.check_range(x_range, x_limits)
    sliders, fixed = abbreviated(function, parameters)
    curve = Curve(function, derivative, fixed)
    view = View(curve, curve.asymptotes if asymptotes is None else asymptotes, reach, _extremes(sliders))
    probe = number_slider("x₀", x0, lo, hi, step_of(reach))
    controls = {"x_range": range_slider("input range", lo, hi, reach), "x0": probe, **sliders}

    def update(x_range, x0, **values):
        lo, hi = x_range
        if lo == hi:
            raise ValueError(f"The input range is empty: both handles stand at {lo:g}; pull them apart.")
        state = view.compute(lo, hi, min(max(x0, lo), hi), values)
        _bound(probe, lo, hi)
        return view.show(state)

    return LiveFigure(view.figure, controls, update)


def _bound(slider, lo, hi):
    """Keep a slider's ends at lo and hi; its value follows when it would lie outside."""
    if (slider.min, slider.max) != (lo, hi):
        with slider.hold_sync():
            slider.max = max(hi, slider.min)
            slider.min, slider.max = lo, hi


def _extremes(sliders):
    """Return every combination of the sliders' ends: between them lie all the pictures that they can make."""
    ends = {name: (s.min, s.max) for name, s in sliders.items() if hasattr(s, "min")}
    return [dict(zip(ends, values, strict=True)) for values in itertools.product(*ends.values())]


class Curve:
    """A function and its slope, with their names, ready to be computed for an array of inputs."""

    def __init__(self, function, derivative, fixed):
        self._fixed, self.measured = fixed, False
        self.function, self.name = function, getattr(function, "__name__", "f").replace("<lambda>", "f")
        self.asymptotes = ()
        if isinstance(function, Activation):
            self.slope = derivative or function.derivative
            self.asymptotes = [end for end in function.range if math.isfinite(end)] if function.saturates else ()
        elif derivative is None:
            self.measured, self.slope = True, sampling.numerical_slope(function, self.name)
        else:
            self.slope = derivative
        for part in (self.function, self.slope):
            if not callable(part):
                raise TypeError(
                    f"A function is needed, not {part!r}; write its name only: explore(sigmoid)."
                )
        self.slope_name = f"{self.name}′" if self.measured else getattr(self.slope, "__name__", f"{self.name}′")

    def values(self, x, parameters):
        """Return the function's values at x."""
        return sampling.evaluate(self.function, x, self.name, **self._fixed, **parameters)

    def slopes(self, x, parameters):
        """Return the slope's values at x."""
        return sampling.evaluate(self.slope, x, self.slope_name, **self._fixed, **parameters)

    def broken(self, evaluate, x, parameters):
        """Return (x, y, jumps) of the function or of its slope, broken where it jumps."""
        return sampling.with_jumps(lambda at: evaluate(at, parameters), x, evaluate(x, parameters))


class View:
    """The two panels of `explore`; computes everything before it moves anything."""

    def __init__(self, curve, asymptotes, reach, extremes):
        self._curve, self._extremes, self._asymptotes = curve, extremes, asymptotes
        self._wide = sampling.inputs(*reach)
        self.figure, self.upper, self.lower = panels.two_panels()
        for height in (end for end in asymptotes if end):  # at 0 there is a line already
            self.upper.axhline(height, color=SOFT, linewidth=1, linestyle=(0, (5, 4)))
        self.shades = panels.Shades(self.upper, self.lower)
        self.line = panels.moving(self.upper.add_line(Line2D([], [], color=BLUE, linewidth=3, zorder=3)))
        self.slope_line = panels.moving(self.lower.add_line(Line2D([], [], color=VERMILION, linewidth=3, zorder=3)))
        self.ends = panels.Ends(self.upper, BLUE), panels.Ends(self.lower, VERMILION)
        self.probe = panels.Probe(self.upper, self.lower)
        self._write_labels()

    def _write_labels(self):
        big = {"fontsize": 14, "va": "baseline"}
        how = "its slope, measured" if self._curve.measured else "its slope"
        label(self.upper, (0, 1.045), f"{self._curve.name}(x)", color=BLUE, weight="bold", **big)
        label(self.lower, (0, 1.09), how, color=VERMILION, weight="bold", **big)
        right = {"ha": "right", **big}
        self.value = panels.moving(label(self.upper, (1, 1.045), "", color=BLUE, gid="value", **right))
        self.slope = panels.moving(label(self.lower, (1, 1.09), "", color=VERMILION, gid="slope", **right))
        small = {"color": FLAT_TEXT, "fontsize": 11}
        self.peak = panels.moving(
            label(self.lower, (1, -0.33), "", ha="right", gid="peak", color=VERMILION, fontsize=11)
        )
        self.note = panels.moving(
            label(self.lower, (0, -0.33), f"flat: slope below {FLAT_SHARE:.0%} of its largest", **small)
        )

    def compute(self, lo, hi, x0, parameters):
        """Return all that the picture shows, or raise before anything has moved."""
        curve, x = self._curve, sampling.inputs(lo, hi)
        point = np.array([x0])
        heights = [curve.values(x, {**parameters, **ends}) for ends in self._extremes]
        slopes = [curve.slopes(x, {**parameters, **ends}) for ends in self._extremes]
        peak = np.abs(curve.slopes(self._wide, parameters)).max()
        return {
            "range": (lo, hi),
            "x0": x0,
            "peak": peak,
            "y0": curve.values(point, parameters)[0],
            "slope": curve.slopes(point, parameters)[0],
            "curve": curve.broken(curve.values, x, parameters),
            "slopes": curve.broken(curve.slopes, x, parameters),
            "heights": (min(map(np.min, heights)), max(map(np.max, heights)), *self._asymptotes),
            "slope heights": (min(map(np.min, slopes)), max(map(np.max, slopes))),
            "flat": sampling.flat_zones(x, curve.slopes(x, parameters), FLAT_SHARE * peak, 0.02 * (hi - lo)),
        }

    def show(self, state):
        """Move the artists to a computed state and return the picture in words."""
        lo, hi = state["range"]
        if self.upper.get_xlim() != (lo, hi):
            self.upper.set_xlim(lo, hi)
        panels.hold(self.upper, *panels.limits(state["heights"]))
        panels.hold(self.lower, *panels.limits(state["slope heights"], 0.14))
        for line, ends, (x, y, jumps) in zip(
            (self.line, self.slope_line), self.ends, (state["curve"], state["slopes"]), strict=True
        ):
            line.set_data(x, y)
            ends.move(jumps)
        self.probe.move(state["x0"], state["y0"], state["slope"], lo, hi)
        self.shades.move(state["flat"], hi - lo)
        self.note.set_visible(bool(state["flat"]))
        self.value.set_text(f"{self._curve.name}({number(state['x0'], 2)}) = {number(state['y0'])}")
        self.slope.set_text(f"slope at {number(state['x0'], 2)} = {number(state['slope'])}")
        self.peak.set_text(f"largest slope: {number(state['peak'])}")
        return self._words(state)

    def _words(self, state):
        lo, hi = (number(end, 1) for end in state["range"])
        _, y, _ = state["curve"]
        flat = "; ".join(f"{number(a, 1)} to {number(b, 1)}" for a, b in state["flat"])
        return (
            f"{self._curve.name} for inputs from {lo} to {hi}: its value goes from {number(y[0])} to {number(y[-1])}. "
            f"{self.value.get_text()}; {self.slope.get_text()}. Largest slope: {number(state['peak'])}. "
            + (f"Flat (slope below {FLAT_SHARE:.0%} of the largest): {flat}." if flat else "No flat zone.")
        )
