"""Evaluate a learner's function with care: sentences instead of tracebacks, jumps found, flat zones measured."""

import contextlib

import numpy as np

from helpers.arguments import LARGEST, listed

POINTS = 481


def inputs(lo, hi):
    """Return the inputs at which a curve is computed: evenly spaced, with 0 among them when it lies inside."""
    x = np.linspace(lo, hi, POINTS)
    return np.union1d(x, [0.0]) if lo < 0 < hi else x


def evaluate(function, x, name, **parameters):
    """Return function(x) as floats in the shape of x; raise ValueError or TypeError that says what it did instead."""
    try:
        result = np.asarray(function(x.copy(), **parameters))
    except Exception as trouble:
        raise ValueError(
            f"{name} fails for an array of {x.size} inputs from {x[0]:.4g} to {x[-1]:.4g}: {type(trouble).__name__}: "
            f"{str(trouble).splitlines()[0] if str(trouble) else 'no message'}"
        ) from trouble
    if result.dtype.kind not in "fiub":
        if result.shape == () and result[()] is None:
            raise TypeError(f"{name} returns nothing (None); its last line has to be return and the result.")
        kind = "complex numbers" if result.dtype.kind == "c" else "no numbers"
        raise TypeError(f"{name} returns {kind} ({result.dtype}); it has to return one real number for each input.")
    if result.shape != x.shape:
        raise ValueError(
            f"{name} returns shape {result.shape} for inputs of shape {x.shape}; it has to return one number for each "
            "input (np.max and sum() fold the whole array into one number: np.maximum works element by element)."
        )
    result = result.astype(float)
    drawable = np.abs(result) < LARGEST  # False for nan too
    if not drawable.all():
        first = np.flatnonzero(~drawable)[0]
        why = "it is finite" if not np.isfinite(result[first]) else f"it stays below {LARGEST:g}"
        also = f", {listed(parameters)}" if parameters else ""
        choice = "inputs and parameters with" if parameters else "a range of inputs in"
        raise ValueError(f"{name} returns {result[first]} at x = {x[first]:.4g}{also}; choose {choice} which {why}.")
    return result


def attempts(evaluate, x, settings):
    """Return the values for those of the settings in which there are any: a slider's end may be where it fails."""
    results = []
    for parameters in settings:
        # What NumPy says of pictures that are not shown is not for the reader.
        with contextlib.suppress(ValueError, TypeError), np.errstate(all="ignore"):
            results.append(evaluate(x, parameters))
    return results


def largest(evaluate, ranges, parameters):
    """Return the largest size of the values in several arrays of inputs, where there are values."""
    tops = []
    for x in ranges:
        for y in attempts(evaluate, x, [parameters]):
            top = np.abs(y).argmax()
            # The highest place lies beside the highest sample; looking there once more gives four more digits.
            near = np.linspace(x[max(top - 1, 0)], x[min(top + 1, len(x) - 1)], 201)
            tops += [np.abs(values).max() for values in (y, *attempts(evaluate, near, [parameters]))]
    return max(tops)


def check_alone(function, name, x, y):
    """Raise ValueError when a function of arrays gives an input another value alone than among others."""
    third = len(x) // 3
    alone, among = function(x[third : third + 1])[0], y[third]
    if abs(alone - among) > 0.01 * max(abs(alone), abs(among)):
        raise ValueError(
            f"{name} gives {alone:.4g} for {x[third]:.4g} alone and {among:.4g} among other inputs: it works on a "
            "whole list at once, so it has no curve; a function of one input at a time is needed."
        )


def numerical_slope(function, name):
    """Return a function that measures the slope of `function` by central differences; at a jump or kink, left of it."""

    def ends(x, step, parameters):
        return (evaluate(function, x + sign * step, name, **parameters) for sign in (1, -1))

    def slope(x, **parameters):
        step = 1e-5 * np.maximum(1.0, np.abs(x))
        (high, low), (upper, lower) = ends(x, step, parameters), ends(x, step / 2, parameters)
        rise, here = high - low, evaluate(function, x, name, **parameters)
        # Over half the step a smooth curve bends a quarter as much, a kink half as much.
        bend, less = high - 2 * here + low, upper - 2 * here + lower
        kink = (np.abs(less) > 0.4 * np.abs(bend)) & (np.abs(bend) > 1e-3 * np.abs(rise))
        # Over half the step a curve rises half as much; across a jump it rises as much, or not at all.
        jump = np.abs(upper - lower - rise / 2) > 0.25 * np.abs(rise)
        jump &= np.abs(rise) > 1e-6 * np.maximum(np.abs(high), np.abs(low))
        rise = np.where(kink, 2 * (here - low), rise)
        if jump.any():
            high, low = ends((x - 2 * step)[jump], step[jump], parameters)
            rise[jump] = high - low
        return rise / (2 * step)

    return slope


def with_jumps(function, x, y, finest=0.0):
    """Return (x, y, jumps): the curve broken with nan where the function jumps, and each jump.

    A jump is (x, value before it, value behind it, value at x). Measured slopes climb within a tiny interval where the
    true one jumps: what happens within `finest` counts as a jump then, and the value at x is nan, for it is not known.
    """
    steps = np.abs(np.diff(y))
    # A picture always reaches down to 0, so that what is tiny beside the heights is rounding and no jump to be seen.
    index = np.flatnonzero(steps > max(0.02 * np.ptp(y), 1e-4 * np.abs(y).max()))
    left, right, below, above = x[index], x[index + 1], y[index], y[index + 1]
    for _ in range(75):  # halve the intervals: across a jump the step stays as high, elsewhere it shrinks
        if ((right - left <= finest) | (np.nextafter(left, right) == right)).all():
            break
        middle = (left + right) / 2
        at = function(middle)
        first = np.abs(at - below) > np.abs(above - at)
        left, right = np.where(first, left, middle), np.where(first, middle, right)
        below, above = np.where(first, below, at), np.where(first, at, above)
        stays = np.abs(above - below) > 0.4 * steps[index]  # at the jump itself the value may lie in the middle
        index, left, right, below, above = (part[stays] for part in (index, left, right, below, above))
    pairs = zip(left.tolist(), right.tolist(), below.tolist(), above.tolist(), strict=True)
    jumps = [(b, low, high, high) if len(repr(b)) < len(repr(a)) else (a, low, high, low) for a, b, low, high in pairs]
    jumps = [(*jump[:3], np.nan) for jump in jumps] if finest else jumps
    after = np.repeat(index + 1, 3)
    places = np.repeat([jump[0] for jump in jumps], 3)
    heights = [height for _, low, high, _ in jumps for height in (low, np.nan, high)]
    return np.insert(x, after, places), np.insert(y, after, heights), jumps


def flat_zones(x, slope, threshold, least_width):
    """Return the (left, right) of each stretch on which |slope| stays below `threshold`, the narrow ones left out."""
    flat = np.concatenate([[False], np.abs(slope) < threshold, [False]])
    starts, ends = np.flatnonzero(~flat[:-1] & flat[1:]), np.flatnonzero(flat[:-1] & ~flat[1:]) - 1
    zones = [(float(x[a]), float(x[b])) for a, b in zip(starts, ends, strict=True)]
    return [zone for zone in zones if zone[1] - zone[0] >= least_width]
