"""Evaluate a learner's function with care: sentences instead of tracebacks, jumps found, flat zones measured."""

import contextlib

import numpy as np

from helpers.arguments import LARGEST, describe_error, format_parameters

POINTS = 481


def inputs(lo, hi):
    """Return the inputs at which a curve is computed: evenly spaced, with 0 among them when it lies inside."""
    return np.union1d(np.linspace(lo, hi, POINTS), np.clip(0.0, lo, hi))


def evaluate(function, x, name, **parameters):
    """Return function(x) as floats in the shape of x; raise ValueError or TypeError that says what it did instead."""
    try:
        result = np.asarray(function(x.copy(), **parameters))
    except Exception as trouble:
        raise ValueError(
            f"{name} fails for an array of {x.size} inputs from {x[0]:.4g} to {x[-1]:.4g}: {describe_error(trouble)}"
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
        limit = "it is finite" if not np.isfinite(result[first]) else f"it stays below {LARGEST:g}"
        also = f", {format_parameters(parameters)}" if parameters else ""
        choice = "inputs and parameters with" if parameters else "a range of inputs in"
        raise ValueError(f"{name} returns {result[first]} at x = {x[first]:.4g}{also}; choose {choice} which {limit}.")
    return result


def attempts(function, several):
    """Return function(each) for those where it has a value: the end of a slider may be where it fails."""
    results = []
    for each in several:
        # What NumPy says of pictures that are not shown is not for the reader.
        with contextlib.suppress(ValueError, TypeError), np.errstate(all="ignore"):
            results.append(function(each))
    return results


def largest(function, *ranges):
    """Return the largest size of the function's values in several arrays of inputs, where there are values."""

    def top(x):
        sizes = np.abs(function(x))
        highest = sizes.argmax()
        # The highest place lies beside the highest sample; looking there once more gives four more digits.
        near = np.linspace(*x[np.clip([highest - 1, highest + 1], 0, len(x) - 1)], 201)
        return max([sizes.max(), *attempts(lambda x: np.abs(function(x)).max(), [near])])

    return max(attempts(top, ranges))


def check_alone(function, name, x, y):
    """Raise ValueError when a function of arrays gives an input another value alone than among others."""
    third = len(x) // 3
    alone, among = function(x[third : third + 1])[0], y[third]
    if abs(alone - among) > 0.01 * max(abs(alone), abs(among)):
        raise ValueError(
            f"{name} gives {alone:.4g} for {x[third]:.4g} alone and {among:.4g} among other inputs: it works on a "
            "whole list at once, so it has no curve; a function of one input at a time is needed."
        )


def numerical_slope(function):
    """Return a function that measures the slope of one that returns floats; at a corner, the slope on its left."""

    def slope(x, **parameters):
        step = 1e-5 * np.maximum(1.0, np.abs(x))
        near = x + step * np.array([[-4], [-2], [-1], [0], [1], [2]])
        far, left, beside, here, ahead, right = function(near.ravel(), **parameters).reshape(near.shape)
        # Three stretches side by side: a line through the ends of one, parabolas through three points of the others. A
        # jump or a corner spoils one of them at most, and that is not the one in the middle.
        rises = left - far, 3 * here - 4 * beside + left, 4 * ahead - 3 * here - right
        return np.median(rises, axis=0) / (2 * step)

    return slope


def with_jumps(function, x, y, finest=0.0):
    """Return (x, y, jumps): the curve broken with nan where the function jumps, and each jump.

    A jump is (x, value before it, value behind it, value at x). Measured slopes climb within a tiny interval where the
    true one jumps: what happens within `finest` counts as a jump then, and the value at x is nan, for it is not known.
    """
    steps = np.abs(np.diff(y))
    # A picture always reaches down to 0, so that what is tiny beside the heights is rounding and no jump to be seen.
    index = np.flatnonzero(steps > max(0.02 * np.ptp(y), 1e-4 * np.abs(y).max()))
    ends = np.array([[x[index], y[index]], [x[index + 1], y[index + 1]]])  # of an interval in each column
    # Keep the steepest part of each interval: across a jump the step stays as high, elsewhere it shrinks.
    while (ends[1, 0] > np.maximum(np.nextafter(*ends[:, 0]), ends[0, 0] + (finest or 1e-24))).any():
        inside = np.linspace(*ends[:, 0], 33)[1:-1]
        values = function(inside.ravel()).reshape(inside.shape)
        points = np.concatenate([ends[:1], np.stack([inside, values], axis=1), ends[1:]])
        rises = np.abs(np.diff(points[:, 1], axis=0))
        steepest, columns = rises.argmax(axis=0), np.arange(len(index))
        ends = np.array([points[steepest, :, columns].T, points[steepest + 1, :, columns].T])
        stays = rises.max(axis=0) > 0.4 * steps[index]  # at the jump itself the value may lie in the middle
        index, ends = index[stays], ends[..., stays]
    # Of the two floats between which it jumps, its place is the one written shorter: 0.3, not 0.30000000000000004.
    shorter = [len(repr(b)) < len(repr(a)) for a, b in ends[:, 0].T.tolist()]
    place, value = np.where(shorter, ends[1], ends[0])
    before, behind = ends[:, 1]
    after, gap = np.repeat(index + 1, 3), np.full_like(place, np.nan)
    heights = np.column_stack([before, gap, behind]).ravel()
    jumps = np.column_stack([place, before, behind, gap if finest else value])
    return np.insert(x, after, np.repeat(place, 3)), np.insert(y, after, heights), jumps


def flat_zones(x, slope, threshold, least_width):
    """Return the (left, right) of each stretch on which |slope| stays below `threshold`, the narrow ones left out."""
    borders = np.flatnonzero(np.diff(np.abs(slope) < threshold, prepend=False, append=False))
    zones = zip(x[borders[::2]].tolist(), x[borders[1::2] - 1].tolist(), strict=True)
    return [(left, right) for left, right in zones if right - left >= least_width]
