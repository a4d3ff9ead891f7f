"""A reader's function as a curve with its slope: computed once a range, with jumps and the heights it can reach."""

import math
from collections import ChainMap
from functools import partial
from typing import NamedTuple

import numpy as np

from helpers.activations import Activation
from helpers.arguments import name_of, nonempty_range
from helpers.figures import sampling
from helpers.figures.controls import abbreviated, extremes


def over_inputs(page, inputs, curves, show):
    """Return a LiveFigure of a page, with the sliders of the input range, the probe and the curves' parameters.

    `show(lo, hi, x0, parameters, traces)`, which gets the two Traces of each curve, moves the marks and returns words.
    """

    def update(x_range, x0, **parameters):
        lo, hi = nonempty_range(x_range)
        x0 = 0.0 if abs(x0) < 1e-9 * (hi - lo) else x0  # browsers send 8.88e-16 for 0
        x0 = min(max(x0, lo), hi)
        return show(lo, hi, x0, parameters, [curve.traces(lo, hi, x0, parameters) for curve in curves])

    for panel in page.panels:
        page.drag(panel, "x0")
    # Where several curves take a parameter of one name, the first one's slider moves it for all.
    page.controls = inputs | dict(ChainMap(*[curve.sliders for curve in curves]))
    return page.live(update)


class Trace(NamedTuple):
    """One curve over a range of inputs: what was computed, how it is drawn, how high it can get."""

    x: np.ndarray
    y: np.ndarray
    drawn: tuple  # (x, y, jumps), broken with nan at the jumps
    heights: np.ndarray  # with those at the ends of the parameters' sliders
    at: float = math.nan  # the height at the probe


class Curve:
    """A function and its slope, with a name and sliders; `values` and `slopes` take inputs and what the sliders say."""

    def __init__(self, function, parameters, derivative=None):
        self.function, self.asymptotes, self.name = function, (), name_of(function, "explore(sigmoid)")
        self.sliders, fixed = abbreviated(function, parameters)
        if isinstance(function, Activation):
            far = {"left": -math.inf, "right": math.inf}
            self.asymptotes = [] if parameters else [float(function(far[side])) for side in function.saturates]
            derivative = function.derivative if derivative is None else derivative
        self.values = partial(sampling.evaluate, function, name=self.name, **fixed)
        self.slopes, self.measured = sampling.numerical_slope(self.values), derivative is None
        if not self.measured:
            name_of(derivative, "explore(sigmoid, sigmoid_slope)")  # for what it says about what is no function
            name = getattr(derivative, "__name__", f"{self.name}′")
            self.slopes = partial(sampling.evaluate, derivative, name=name, **fixed)
        self._given = self._traces = None

    def traces(self, lo, hi, x0, parameters):
        """Return the Traces of the function and of its slope, drawn anew only when more than the probe has moved."""
        own = {name: parameters[name] for name in self.sliders}
        if self._given != (lo, hi, own):
            x = sampling.inputs(lo, hi)
            self._traces = self._trace(self.values, x, own), self._trace(self.slopes, x, own)
            self._given = lo, hi, own
        (values, slopes), probe = self._traces, np.array([x0])
        return values._replace(at=self.values(probe, **own)[0]), slopes._replace(at=self.slopes(probe, **own)[0])

    def _trace(self, function, x, own):
        y = function(x, **own)
        now = partial(function, **own)
        if function is self.values:
            sampling.check_alone(now, self.name, x, y)
        finest = 1e-3 if self.measured and function is self.slopes else 0.0
        ends = sampling.attempts(lambda end: function(x, **own | end), extremes(self.sliders))
        return Trace(x, y, sampling.with_jumps(now, x, y, finest), np.concatenate([y, *ends]))
