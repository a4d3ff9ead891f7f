"""compare: several functions above, their slopes below, and what each makes of one input."""

import functools
import inspect

import numpy as np

from helpers.activations import Activation
from helpers.explorers import sampling
from helpers.explorers.controls import abbreviated, bound, extremes, probe_slider, range_slider
from helpers.explorers.curves import Curve
from helpers.explorers.several import Several
from helpers.live import LiveFigure
from helpers.style import own_settings

MOST = 9


@own_settings()
def compare(*functions, x_range=(-6, 6), x0=None, x_limits=None, **parameters):
    """Return a LiveFigure of one to nine functions above and their slopes below, with what each makes of one input x₀.

    A function is an Activation, your own function of an array, or a pair (function, derivative); a derivative that is
    not given is measured numerically. `x_range`, `x0` and `x_limits` are as in `explore`. Every other keyword is a
    parameter, a number or an abbreviation of ipywidgets, for all the functions that take one of that name. Activations
    keep their own colours; a function named like one has its colour.

    Bad arguments and functions that fail raise ValueError or TypeError; later, when a slider leads there, the
    sentence stands under the last good picture.
    """
    lo, hi, reach = sampling.check_range(x_range, x_limits)
    members, sliders = _members(functions, parameters)
    view = Several(members)
    probe = probe_slider(x0, lo, hi, reach)
    controls = {"x_range": range_slider("input range", lo, hi, reach), "x0": probe, **sliders}

    def update(x_range, x0, **values):
        lo, hi = sampling.opened(x_range)
        x0 = min(max(x0, lo), hi)
        states = [member.compute(lo, hi, x0, values) for member in members]
        bound(probe, lo, hi)
        return view.show(states, lo, hi, x0, values)

    return LiveFigure(view.figure, controls, update)


def _members(functions, parameters):
    """Return (members, sliders), or raise TypeError or ValueError for what cannot be compared."""
    if not 1 <= len(functions) <= MOST:
        raise ValueError(f"compare takes 1 to {MOST} functions, not {len(functions)}; try compare(sigmoid, tanh).")
    pairs = [given if isinstance(given, (tuple, list)) else (given, None) for given in functions]
    for given, pair in zip(functions, pairs, strict=True):
        if len(pair) != 2 or not callable(pair[0]) or not (pair[1] is None or callable(pair[1])):
            raise TypeError(
                f"compare takes functions and pairs (function, derivative), not {sampling.shown(given)}; "
                "write their names only: compare(sigmoid, tanh)."
            )
    nobody = [name for name in parameters if not any(_takes(function, name) for function, _ in pairs)]
    if nobody:
        raise TypeError(f"None of these functions takes a parameter called {nobody[0]!r}.")
    members, sliders = [], {}
    for function, derivative in pairs:
        own, fixed = abbreviated(function, {k: v for k, v in parameters.items() if _takes(function, k)})
        members.append(Member(Curve(function, derivative, fixed), own))
        sliders = own | sliders
    return members, sliders


def _takes(function, name):
    """Return whether a function has a parameter of that name behind its input."""
    if isinstance(function, Activation):
        return name in function.parameters
    try:
        known = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # some compiled functions do not say what they take
        return False
    return any(p.kind is p.VAR_KEYWORD or (p.name == name and p is not known[0]) for p in known)


class Member:
    """One of the functions; what was computed for a range and its parameters is kept until they change."""

    def __init__(self, curve, sliders):
        self.curve, self.names, self._ends = curve, tuple(sliders), extremes(sliders)
        function = curve.function
        self.name = function.name if isinstance(function, Activation) else curve.name
        self._key = self._kept = None

    def compute(self, lo, hi, x0, values):
        """Return both curves and their values at x0, or raise before anything has moved."""
        parameters, point = {name: values[name] for name in self.names}, np.array([x0])
        key = (lo, hi, *parameters.values())
        if key != self._key:
            self._kept, self._key = self._curves(sampling.inputs(lo, hi), parameters), key
        evaluates = self.curve.values, self.curve.slopes
        return self._kept, [evaluate(point, parameters)[0] for evaluate in evaluates]

    def _curves(self, x, parameters):
        """Return, for the function and for its slope, (x, y, jumps) and the heights between which sliders move it."""
        results = []
        for evaluate, finest in ((self.curve.values, 0.0), (self.curve.slopes, self.curve.finest)):
            at = functools.partial(evaluate, parameters=parameters)
            y = at(x)
            if not results:
                sampling.check_alone(at, self.name, x, y)
            ends = sampling.attempts(evaluate, x, [{**parameters, **end} for end in self._ends])
            results.append((sampling.with_jumps(at, x, y, finest), np.concatenate([y, *ends])))
        return results
