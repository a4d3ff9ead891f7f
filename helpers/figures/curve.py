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
    broken: sampling.Broken
    heights: np.ndarray  # with those at the ends of the parameters' sliders


class Curve:
    """A function and its slope, with a `name`, and `controls` for its parameters.

    `values(x, **parameters)` evaluates it with care; `measured` says whether the slope is measured,
    since no derivative was given. `asymptotes` are heights that the function comes near to. An
    Activation has a `title`, as readers write its name, and a `colour`; for others these are the
    name and None.
    """

    def __init__(self, function, parameters, derivative=None):
        self.name = name_of(function, "explore(sigmoid)")
        self.title = self.name
        self.colour = None
        self.controls, fixed = parameter_controls(function, parameters)
        self.asymptotes = []
        if isinstance(function, Activation):
            self.title = function.name
            self.colour = function.colour
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
            now = {name: control.value for name, control in self.controls.items()}
            self._share = sampling.share_for(function, **fixed, **now)
        else:
            name = name_of(derivative, "explore(sigmoid, sigmoid_slope)")
            if isinstance(derivative, Activation):
                raise TypeError(
                    f"{name} is an activation, where a derivative is asked; for both curves try "
                    f"compare({self.name}, {name}), for its slope {name}.derivative."
                )
            self._derivative = _evaluated(derivative, name, fixed)
        self._made = {}

    def own(self, parameters):
        """Return those of the parameters that this function takes."""
        return {name: parameters[name] for name in self.controls}

    def traces(self, lo, hi, parameters):
        """Return the Traces of the function and of its slope."""
        own = self.own(parameters)
        trace = partial(self._trace_both, lo, hi, own)
        return self._once("traces", (lo, hi, own), trace)

    def largest_slope(self, lo, hi, limits, parameters):
        """Return the largest slope within the limits; or only that between lo and hi if there is a
        pole within the limits, or slopes that grow on and on.
        """
        own = self.own(parameters)
        find = partial(self._largest_slope, lo, hi, limits, own)
        return self._once("largest slope", (lo, hi, own), find)

    def _once(self, what, key, make):
        """Return what `make` made for the key; while the probe moves, that stays."""
        if what not in self._made or self._made[what][0] != key:
            self._made[what] = key, make()
        return self._made[what][1]

    def cache_clear(self):
        """Forget what was made, as the function may have changed."""
        self._made = {}

    def slopes(self, lo, hi, limits=None):
        """Return the function that gives the slopes in a picture from lo to hi, or within wider
        limits, as `values` gives the values.
        """
        if not self.measured:
            return self._derivative
        step = sampling.step_for(lo, hi, self._share)
        return sampling.numerical_slope(self.values, *(limits or (lo, hi)), step)

    def _trace_both(self, lo, hi, own):
        """Return the Traces of the function and of its slope for its own parameters."""
        x = sampling.inputs(lo, hi)
        y = self.values_of_each(x, **own)
        sampling.check_sampled(partial(self.values, **own), self.name, x, y)
        values = self._trace(self.values, x, y, self.broken(x, y, **own), own)
        slopes = self.slopes(lo, hi)
        here = partial(slopes, **own)
        y = here(x)
        name = f"the slope of {self.name}"
        if not self.measured:
            # For all ranges once is enough, as it takes half a millisecond.
            check = partial(sampling.check_alone, here, name, x, y)
            self._once("check of the slope", None, check)
        # A measured slope climbs from one side of a corner to the other.
        finest = (hi - lo) / 12_000 if self.measured else 0.0
        broken = sampling.with_jumps(here, x, y, finest, name)
        return values, self._trace(slopes, x, y, broken, own)

    def _largest_slope(self, lo, hi, limits, own):
        shown = sampling.largest(
            partial(self.slopes(lo, hi), **own), sampling.inputs(lo, hi)
        )
        everywhere = partial(self.slopes(lo, hi, limits), **own)

        def largest_of_all(x):
            largest = sampling.largest(everywhere, x, bounded=True)
            # Perhaps there is a pole: then this raises.
            if largest > 10 * shown:
                self.broken(x, self.values(x, **own), **own)
            return largest

        of_all = sampling.attempts(largest_of_all, [sampling.inputs(*limits)])
        return max([shown, *of_all])

    def broken(self, x, y, /, **parameters):
        """Return the values `y` at the inputs as they are drawn, broken at jumps."""
        values = partial(self.values, **parameters)
        return sampling.with_jumps(values, x, y, name=self.name)

    def values_of_each(self, x, /, **parameters):
        """Return the values at many inputs; raise ValueError where they depend on the others."""
        values = partial(self.values, **parameters)
        return sampling.values_of_each(values, x, self.name)

    def at(self, x0, lo, hi, parameters):
        """Return (value, slope) at a single input between lo and hi."""
        own = self.own(parameters)
        x = np.array([x0])
        return self.values(x, **own)[0], self.slopes(lo, hi)(x, **own)[0]

    def _trace(self, function, x, y, broken, own):
        """Return a Trace, which knows how high the curve gets at the ends of the sliders, too."""
        ends = sampling.attempts(
            lambda end: function(x, **{**own, **end}), extremes(self.controls)
        )
        return Trace(x, y, broken, np.concatenate([y, *ends]))


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
        return draw(page, lo, hi, min(max(x0, lo), hi), parameters)

    # Where several curves take a parameter of one name, the first one's control moves it for all.
    parameters = ChainMap(*[curve.controls for curve in curves])
    controls = {**inputs.controls, **parameters}
    return LiveFigure(draw_range, controls, height, within=inputs.within, caches=curves)
