"""Evaluate a learner's function with care: sentences instead of tracebacks, jumps found, flat zones measured."""

import numbers

import numpy as np

POINTS = 481


def check_range(x_range, x_limits=None):
    """Return (low, high, limits) as floats; limits reach at least from −12 to 12 unless they are given.

    Raises TypeError or ValueError when a range is no pair of finite numbers, the smaller one first.
    """
    lo, hi = pair(x_range, "x_range")
    reach = max(12.0, abs(lo), abs(hi))
    low, high = (-reach, reach) if x_limits is None else pair(x_limits, "x_limits")
    if not low <= lo < hi <= high:
        raise ValueError(
            f"x_range=({lo:g}, {hi:g}) does not lie within x_limits=({low:g}, {high:g}); "
            "widen x_limits or choose a smaller range."
        )
    return lo, hi, (low, high)


def pair(values, what):
    """Return two finite floats in rising order, or raise TypeError or ValueError that says how to write them."""
    if isinstance(values, str) or not hasattr(values, "__len__") or len(values) != 2:
        raise TypeError(f"{what} must be two numbers, lowest first, not {values!r}; try {what}=(-6, 6).")
    if not all(isinstance(v, numbers.Real) and not isinstance(v, bool) for v in values):
        raise TypeError(f"{what} must hold two numbers, not {tuple(values)!r}; try {what}=(-6, 6).")
    lo, hi = (float(v) for v in values)
    if not (np.isfinite(lo) and np.isfinite(hi) and lo < hi):
        raise ValueError(
            f"{what} must run from a smaller to a larger finite number, not from {lo:g} to {hi:g}; try {what}=(-6, 6)."
        )
    return lo, hi


def inputs(lo, hi):
    """Return the inputs at which a curve is computed: evenly spaced, with 0 among them when it lies inside."""
    x = np.linspace(lo, hi, POINTS)
    return np.union1d(x, [0.0]) if lo < 0 < hi else x


def evaluate(function, x, name, **parameters):
    """Return function(x) as floats in the shape of x, or raise ValueError or TypeError that says what it did instead."""
    try:
        result = np.asarray(function(x.copy(), **parameters))
    except Exception as trouble:
        raise ValueError(
            f"{name} fails for an array of {x.size} inputs from {x[0]:.4g} to {x[-1]:.4g}: {type(trouble).__name__}: "
            f"{str(trouble).splitlines()[0] if str(trouble) else 'no message'}"
        ) from trouble
    if result.dtype.kind not in "fiub":
        kind = "complex numbers" if result.dtype.kind == "c" else "no numbers"
        raise TypeError(f"{name} returns {kind} ({result.dtype}); it has to return one real number for each input.")
    if result.shape != x.shape:
        raise ValueError(
            f"{name} returns shape {result.shape} for inputs of shape {x.shape}; it has to return one number for each "
            "input (np.max and sum() fold the whole array into one number: np.maximum works element by element)."
        )
    if not np.isfinite(result).all():
        first = np.flatnonzero(~np.isfinite(result))[0]
        raise ValueError(
            f"{name} returns {result[first]} at x = {x[first]:.4g}; choose a range of inputs in which it is finite."
        )
    return result.astype(float)


def numerical_slope(function, name):
    """Return a function that measures the slope of `function` by central differences."""

    def slope(x, **parameters):
        step = 1e-5 * np.maximum(1.0, np.abs(x))
        rise = evaluate(function, x + step, name, **parameters) - evaluate(function, x - step, name, **parameters)
        return rise / (2 * step)

    return slope


def with_jumps(function, x, y):
    """Return (x, y, jumps): the curve broken with nan where the function jumps, and (x, below, above) of each jump."""
    span = np.ptp(y)
    jumps = []
    for i in np.flatnonzero(np.abs(np.diff(y)) > 0.1 * span)[:4] if span else ():
        ends, heights = (x[i], x[i + 1]), (y[i], y[i + 1])
        for _ in range(60):  # halve the interval: across a jump the difference stays, elsewhere it shrinks
            middle = sum(ends) / 2
            at = function(np.array([middle]))[0]
            left = abs(at - heights[0]) > abs(at - heights[1])
            ends = (ends[0], middle) if left else (middle, ends[1])
            heights = (heights[0], at) if left else (at, heights[1])
        if abs(heights[1] - heights[0]) > 0.5 * abs(y[i + 1] - y[i]):
            jumps.append((round(ends[0], 12), *heights))
    for place, below, above in reversed(jumps):
        after = np.searchsorted(x, place, side="right")
        x = np.insert(x, after, [place] * 3)
        y = np.insert(y, after, [below, np.nan, above])
    return x, y, jumps


def flat_zones(x, slope, threshold, least_width):
    """Return the (left, right) of each stretch on which |slope| stays below `threshold`, the narrow ones left out."""
    flat = np.concatenate([[False], np.abs(slope) < threshold, [False]])
    starts, ends = np.flatnonzero(~flat[:-1] & flat[1:]), np.flatnonzero(flat[:-1] & ~flat[1:]) - 1
    zones = [(float(x[a]), float(x[b])) for a, b in zip(starts, ends, strict=True)]
    return [zone for zone in zones if zone[1] - zone[0] >= least_width]
