"""explore: a function above, its slope below, and sliders for what can be moved."""

import math

import numpy as np
from matplotlib.lines import Line2D

from helpers.activations import Activation
from helpers.explorers import panels, sampling
from helpers.explorers.controls import abbreviated, bound, extremes, probe_slider, range_slider
from helpers.live import LiveFigure
from helpers.style import BLUE, FLAT_TEXT, SOFT, VERMILION, label, number, own_settings

FLAT_SHARE = 0.05  # "flat" means: the slope is below this share of its largest value


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
    lo, hi, reach = sampling.check_range(x_range, x_limits)
    sliders, fixed = abbreviated(function, parameters)
    curve = Curve(function, derivative, fixed)
    dashed = curve.asymptotes if asymptotes is None else sampling.heights(asymptotes)
    view = View(curve, dashed, reach, extremes(sliders))
    probe = probe_slider(x0, lo, hi, reach)
    controls = {"x_range": range_slider("input range", lo, hi, reach), "x0": probe, **sliders}

    def update(x_range, x0, **values):
        lo, hi = sampling.opened(x_range)
        state = view.compute(lo, hi, min(max(x0, lo), hi), values)
        bound(probe, lo, hi)
        return view.show(state)

    return LiveFigure(view.figure, controls, update)


class Curve:
    """A function and its slope, with their names, ready to be computed for an array of inputs."""

    def __init__(self, function, derivative, fixed):
        self._fixed, self.measured, self.finest = fixed, False, 0.0
        self.function, self.name = function, getattr(function, "__name__", "f").replace("<lambda>", "f")
        self.asymptotes = ()
        if isinstance(function, Activation):
            self.slope = function.derivative if derivative is None else derivative
            self.asymptotes = [end for end in function.range if math.isfinite(end)] if function.saturates else ()
        elif derivative is None:
            self.measured, self.finest, self.slope = True, 1e-3, sampling.numerical_slope(function, self.name)
        else:
            self.slope = derivative
        for part, example in ((self.function, "explore(sigmoid)"), (self.slope, "explore(sigmoid, sigmoid_slope)")):
            if not callable(part):
                raise TypeError(f"A function is needed, not {sampling.shown(part)}; write its name only: {example}.")
        self.slope_name = f"{self.name}′" if self.measured else getattr(self.slope, "__name__", f"{self.name}′")

    def values(self, x, parameters):
        """Return the function's values at x."""
        return sampling.evaluate(self.function, x, self.name, **self._fixed, **parameters)

    def slopes(self, x, parameters):
        """Return the slope's values at x."""
        if self.measured:  # it is made of evaluated values already
            return self.slope(x, **self._fixed, **parameters)
        return sampling.evaluate(self.slope, x, self.slope_name, **self._fixed, **parameters)


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
            label(self.lower, (0, -0.33), f"flat: slope below {FLAT_SHARE * 100:.0f} % of its largest", **small)
        )

    def compute(self, lo, hi, x0, parameters):
        """Return all that the picture shows, or raise before anything has moved."""
        curve, x, point = self._curve, sampling.inputs(lo, hi), np.array([x0])
        y, slopes = curve.values(x, parameters), curve.slopes(x, parameters)
        sampling.check_alone(lambda at: curve.values(at, parameters), curve.name, x, y)
        settings = [{**parameters, **ends} for ends in self._extremes]
        peak = sampling.largest(curve.slopes, (x, self._wide), parameters)
        return {
            "range": (lo, hi),
            "x0": x0,
            "parameters": parameters,
            "peak": peak,
            "y0": curve.values(point, parameters)[0],
            "slope": curve.slopes(point, parameters)[0],
            "curve": sampling.with_jumps(lambda at: curve.values(at, parameters), x, y),
            "slopes": sampling.with_jumps(lambda at: curve.slopes(at, parameters), x, slopes, curve.finest),
            "heights": np.concatenate([y, *sampling.attempts(curve.values, x, settings), self._asymptotes]),
            "slope heights": np.concatenate([slopes, *sampling.attempts(curve.slopes, x, settings)]),
            "flat": sampling.flat_zones(x, slopes, FLAT_SHARE * peak, 0.02 * (hi - lo)),
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
        settings = sampling.listed(state["parameters"])
        what = f"{self._curve.name} with {settings}" if settings else self._curve.name
        measured = " (measured)" if self._curve.measured else ""
        return (
            f"{what} for inputs from {lo} to {hi}: its value goes from {number(y[0])} to {number(y[-1])}. "
            f"{self.value.get_text()}; {self.slope.get_text()}{measured}. Largest slope: {number(state['peak'])}. "
            + (f"Flat (slope below {FLAT_SHARE * 100:.0f} % of the largest): {flat}." if flat else "No flat zone.")
        )
