"""A curve and its slope over a range of inputs: computed once a range, with jumps and the heights it can reach."""

import math
from typing import NamedTuple

import numpy as np

from helpers.activations import Activation
from helpers.arguments import opened, shown
from helpers.figures import sampling
from helpers.figures.controls import abbreviated, bound, extremes


def over_inputs(view, inputs, sliders):
    """Return a LiveFigure of a view, with the sliders of the input range and the probe and those of parameters."""

    def update(x_range, x0, **values):
        lo, hi = opened(x_range)
        words = view.show(lo, hi, min(max(x0, lo), hi), values)
        bound(inputs["x0"], lo, hi)
        return words

    view.page.controls = inputs | sliders
    for panel in view.panels:
        view.page.grab(panel, lambda x, *_: {"x0": x})
    return view.page.live(update)


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
                raise TypeError(f"A function is needed, not {shown(part)}; write its name only: {example}.")
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
