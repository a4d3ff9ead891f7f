"""A reader's function as a curve with its slope: computed once a range, with jumps and the heights
it can reach.
"""

import math
from collections import ChainMap
from functools import partial
from typing import NamedTuple

import numpy as np

from helpers.activations import Activation
from helpers.arguments import name_of, nonempty_range
from helpers.figures import sampling
from helpers.figures.controls import extremes, parameter_controls
from helpers.figures.live import LiveFigure


class Trace(NamedTuple):
    """One curve over a range of inputs: what was computed, how it is drawn, how high it can get."""

    x: np.ndarray
    y: np.ndarray
    drawn: sampling.Broken
    heights: np.ndarray  # with those at the ends of the parameters' sliders


class Curve:
    """A function and its slope, with a `name`, and `controls` for its parameters.

    `values(x, **parameters)` and `slopes(x, **parameters)` evaluate them with care; `measured` says
    whether the slope is measured, since no derivative was given. `asymptotes` are heights that the
    function comes near to.
    """

    def __init__(self, function, parameters, derivative=None):
        self.function = function
        self.name = name_of(function, "explore(sigmoid)")
        self.controls, fixed = parameter_controls(function, parameters)
        self.asymptotes = []
        if isinstance(function, Activation):
            if derivative is None:
                derivative = function.derivative
            if not parameters:
                ends = {"left": -math.inf, "right": math.inf}
                self.asymptotes = [
                    float(function(ends[side])) for side in function.saturates
                ]
        self.values = _evaluated(function, self.name, fixed)
        self.measured = derivative is None
        if self.measured:
            step = sampling.step_for(function, **fixed)
            self.slopes = sampling.numerical_slope(self.values, step)
        else:
            name = name_of(derivative, "explore(sigmoid, sigmoid_slope)")
            if isinstance(derivative, Activation):
                raise TypeError(
                    f"{name} is an activation, where a derivative is asked; for both curves try "
                    f"compare({self.name}, {name}), for its slope {name}.derivative."
                )
            self.slopes = _evaluated(derivative, name, fixed)
        self._last = None

    def own(self, parameters):
        """Return those of the parameters that this function takes."""
        return {name: parameters[name] for name in self.controls}

    def traces(self, lo, hi, parameters):
        """Return the Traces of the function and of its slope; those of the last call are kept."""
        own = self.own(parameters)
        if self._last is None or self._last[0] != (lo, hi, own):
            x = sampling.inputs(lo, hi)
            traces = self._trace(self.values, x, own), self._trace(self.slopes, x, own)
            self._last = (lo, hi, own), traces
        return self._last[1]

    def drawn(self, x, y, /, **parameters):
        """Return the values `y` at the inputs as they are drawn, broken at jumps."""
        values = partial(self.values, **parameters)
        return sampling.with_jumps(values, x, y, name=self.name)

    def values_of_each(self, x, /, **parameters):
        """Return the values at many inputs, or raise ValueError where they depend on the others."""
        values = partial(self.values, **parameters)
        y = values(x)
        sampling.check_alone(values, self.name, x, y)
        return y

    def at(self, x0, parameters):
        """Return (value, slope) at a single input."""
        own = self.own(parameters)
        x = np.array([x0])
        return self.values(x, **own)[0], self.slopes(x, **own)[0]

    def _trace(self, function, x, own):
        y = function(x, **own)
        here = partial(function, **own)
        if function is self.values:
            sampling.check_alone(here, self.name, x, y)
        finest = 1e-3 if self.measured and function is self.slopes else 0.0
        name = self.name if function is self.values else f"the slope of {self.name}"
        drawn = sampling.with_jumps(here, x, y, finest, name)
        ends = sampling.attempts(
            lambda end: function(x, **{**own, **end}), extremes(self.controls)
        )
        return Trace(x, y, drawn, np.concatenate([y, *ends]))


def _evaluated(function, name, fixed):
    """Return a function of x, and of parameters with any names, that evaluates with care."""

    def values(x, /, **parameters):
        return sampling.evaluate(function, x, name, **fixed, **parameters)

    return values


def over_inputs(draw, inputs, curves, height):
    """Return a LiveFigure with the sliders of an input range, of the probe x₀ and of the curves'
    parameters.

    `draw(page, lo, hi, x0, parameters)` is given a range that is not empty, and a probe inside it.

    """

    def draw_range(page, /, x_range, x0, **parameters):
        lo, hi = nonempty_range(x_range)
        if abs(x0) < 1e-9 * (hi - lo):  # browsers send 8.88e-16 for 0
            x0 = 0.0
        return draw(page, lo, hi, min(max(x0, lo), hi), parameters)

    # Where several curves take a parameter of one name, the first one's control moves it for all.
    parameters = ChainMap(*[curve.controls for curve in curves])
    controls = {**inputs.controls, **parameters}
    return LiveFigure(draw_range, controls, height, within=inputs.within)
