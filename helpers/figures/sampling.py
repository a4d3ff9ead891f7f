"""Evaluate a learner's function with care: sentences instead of tracebacks, jumps found, flat zones
measured.
"""

import contextlib
from functools import partial
from typing import NamedTuple

import numpy as np

from helpers.arguments import (
    LARGEST,
    as_array,
    as_floats,
    describe_error,
    format_parameters,
)

POINTS = 481


def inputs(lo, hi):
    """Return the inputs at which a curve is computed: evenly spaced, with 0 among them when it lies
    inside.
    """
    even = np.linspace(lo, hi, POINTS)
    return np.union1d(even, np.clip(0.0, lo, hi))


def evaluate(function, x, name, /, **parameters):
    """Return function(x) as floats in the shape of x; raise ValueError or TypeError that says what
    it did instead.
    """
    inputs = f"an array of {x.size} inputs from {x[0]:.4g} to {x[-1]:.4g}"

    given = result_of(partial(function, **parameters), (x.copy(),), name, inputs)
    result = as_floats(given, f"what {name} returns").astype(float)
    check_result(function, given, result, x, name)
    drawable = np.abs(result) < LARGEST  # False for nan too
    if not drawable.all():
        first = np.flatnonzero(~drawable)[0]
        limit = (
            f"it stays below {LARGEST:g}"
            if np.isfinite(result[first])
            else "it is finite"
        )
        place = f"x = {x[first]:.4g}"
        advice = "a range of inputs in"
        if parameters:
            place += f", {format_parameters(parameters)}"
            advice = "inputs and parameters with"
        raise ValueError(
            f"{name} returns {result[first]} at {place}; choose {advice} which {limit}."
        )
    return result


def evaluate_each(function, x, name, /, **parameters):
    """Return what `evaluate` does; raise ValueError where a value depends on the other inputs."""

    def values(x):
        return evaluate(function, x, name, **parameters)

    return values_of_each(values, x, name)


def values_of_each(values, x, name):
    """Return values(x), or raise ValueError where a value depends on the other inputs."""
    y = values(x)
    check_alone(values, name, x, y)
    return y


def evaluate_array(function, arguments, name, inputs, shape, example=None):
    """Return function(*arguments) as finite floats of a shape, as in `as_array`.

    Raises ValueError or TypeError that names the function and describes its inputs; `example` says
    what to try.
    """
    result = result_of(function, arguments, name, inputs)
    what = f"the result of {name} for {inputs}"
    return as_array(result, what, shape, example=example)


def result_of(function, arguments, name, inputs):
    """Return function(*arguments), or raise ValueError that says for which inputs it fails."""
    try:
        return function(*arguments)
    except Exception as error:
        # A learner's function may raise anything; the message tells it.
        raise ValueError(
            f"{name} fails for {inputs}: {describe_error(error)}"
        ) from error


def check_result(function, given, result, x, name):
    """Raise ValueError or TypeError when what a function has `given`, as floats the `result`, is
    not one number for each input.
    """
    whole = np.asarray(given).dtype.kind in "iu"
    if whole and isinstance(function, np.vectorize) and function.otypes is None:
        raise TypeError(
            f"{name} returns whole numbers: np.vectorize takes the type of its first "
            f"result for all; try np.vectorize({name}, otypes=[float])."
        )
    if result.shape != x.shape:
        hint = ""
        if isinstance(given, tuple):
            hint = " (a comma behind return makes several results; return one of them)"
        elif result.shape == ():
            hint = (
                " (np.max and sum() fold the whole array into one number: np.maximum works "
                "element by element; a constant is written 3 + 0 * x)"
            )
        raise ValueError(
            f"{name} returns shape {result.shape} for inputs of shape {x.shape}; it has to return "
            f"one number for each input{hint}."
        )


def attempts(function, several):
    """Return function(each) for those where it has a value: the end of a slider may be where it
    fails.
    """
    results = []
    for each in several:
        # What NumPy says of pictures that are not shown is not for the reader.
        with contextlib.suppress(ValueError, TypeError), np.errstate(all="ignore"):
            results.append(function(each))
    return results


def largest(function, x, *, bounded=False):
    """Return the largest size of the function's values at the inputs x and near the highest.

    With `bounded`, raise ValueError where they still grow at an end of x: then there are larger
    ones beyond.
    """
    sizes = np.abs(function(x))
    tenth = len(x) // 10
    if bounded and sizes.max() > 1.05 * sizes[tenth:-tenth].max():
        raise ValueError("The values still grow at an end of the inputs.")
    highest = sizes.argmax()
    # The highest place lies beside the highest sample; looking there once more gives four more
    # digits.
    left = x[max(highest - 1, 0)]
    right = x[min(highest + 1, len(x) - 1)]
    near = attempts(
        lambda x: np.abs(function(x)).max(), [np.linspace(left, right, 201)]
    )
    return max([sizes.max(), *near])


def check_alone(function, name, x, y):
    """Raise ValueError when a function of arrays gives an input another value alone than among
    others.
    """
    if not np.array_equal(function(x), y):
        raise ValueError(
            f"{name} gives other values each time it is called: it draws random numbers, or keeps "
            "something from call to call, so it has no curve; fix that outside the function."
        )
    whole_list = (
        "it works on a whole list at once, so it has no curve; a function "
        "of one input is needed"
    )
    # Multiples of the golden ratio, less their whole parts: inputs far apart, seldom whole numbers.
    for share in np.arange(1, 12) * 0.618034 % 1:
        place = int(len(x) * share)
        try:
            (alone,) = function(x[place : place + 1])
        except ValueError as error:
            raise ValueError(
                f"{name} fails for {x[place]:.4g} alone: {whole_list}."
            ) from error
        among = y[place]
        if abs(alone - among) > 0.01 * max(abs(alone), abs(among)):
            reason = whole_list
            if among == np.trunc(alone):
                reason = (
                    "it cuts decimals off, as np.vectorize does for all when its first result is a "
                    "whole number; give it otypes=[float]"
                )
            raise ValueError(
                f"{name} gives {alone:.4g} for {x[place]:.4g} alone and {among:.4g} among other "
                f"inputs: {reason}."
            )


def check_sampled(function, name, x, y):
    """Raise ValueError when a function does between most inputs what no line between them shows."""
    between = x[:-1] + 0.382 * np.diff(x)
    found = function(between)
    shown = np.interp(between, x, y)
    height = np.ptp(np.concatenate([y, found]))
    if np.mean(np.abs(found - shown) > 0.2 * height) > 0.5:
        raise ValueError(
            f"{name} goes up and down too often to be drawn from {x[0]:.4g} to {x[-1]:.4g}; choose "
            "a narrower range of inputs."
        )


# The step in which a slope is measured, as a share of the picture's width, by the bytes of the
# numbers that a function returns: short beside what a curve does, long beside their rounding.
SHARES = {2: 0.01, 4: 0.002, 8: 1e-6}

# How many steps from x three stretches lie, side by side, and what the three values on each are
# multiplied by to make the slope at x of the parabola through them.
STRETCHES = (
    ((-6, -5, -4), (4.5, -10.0, 5.5)),
    ((-3, -2, -1), (1.5, -4.0, 2.5)),
    ((1, 2, 3), (-2.5, 4.0, -1.5)),
)


def numerical_slope(function, lo, hi, step):
    """Return a function that measures the slope, between lo and hi, of one that returns floats.

    A jump or a corner spoils one stretch at most, and that is not the one with the middle slope: at
    a corner, the slope is that on its left. No stretch goes beyond lo and hi, where the function
    may have no values.
    """

    def slope(x, /, **parameters):
        slopes = []
        for places, weights in STRETCHES:
            near = x + step * np.array(places)[:, np.newaxis]
            seen = np.clip(near, lo, hi)
            values = function(seen.ravel(), **parameters).reshape(near.shape)
            # The weights sum to 0; what a level stretch has left is 0 then, too.
            measured = weights @ (values - values[1]) / step
            inside = (near == seen).all(axis=0)
            slopes.append(np.where(inside, measured, np.nan))
        # The middle one of those inside; nan is sorted behind all numbers.
        slopes = np.sort(slopes, axis=0)
        inside = np.isfinite(slopes).sum(axis=0)
        return np.take_along_axis(slopes, (inside[np.newaxis] - 1) // 2, axis=0)[0]

    return slope


def step_for(lo, hi, share):
    """Return the step with which to measure slopes in a picture from lo to hi."""
    # In a wide picture too, functions bend within a few units.
    step = share * min(hi - lo, 100)
    # Far from 0, floats lie so far apart that a shorter step would measure their rounding.
    rounding = 1e5 * np.spacing(max(abs(lo), abs(hi)))
    return min(max(step, rounding), (hi - lo) / 20)


def share_for(function, /, **parameters):
    """Return the share of a picture's width with which to measure a function's slope: larger if it
    returns numbers of fewer bits.
    """
    try:
        with np.errstate(all="ignore"):
            result = np.asarray(function(np.array([0.5]), **parameters))
    except Exception:
        # What a learner's function raises is told when its curve is computed.
        return SHARES[8]
    if result.dtype.kind != "f":
        return SHARES[8]
    return SHARES.get(result.dtype.itemsize, SHARES[8])


class Broken(NamedTuple):
    """A curve as it is drawn: points, broken with nan where the function jumps, and each jump.

    `jumps` has a row (x, value before it, value behind it, value at x) for each; the value at x is
    nan where it is not known.
    """

    x: np.ndarray
    y: np.ndarray
    jumps: np.ndarray


def with_jumps(function, x, y, finest=0.0, name="f"):
    """Return the curve through the points (x, y) as Broken where the function jumps; raise
    ValueError at a pole, where it climbs on and on.

    Measured slopes climb within a tiny interval where the true one jumps: what happens within
    `finest` counts as a jump then, and its value at x is not known.
    """
    steps = np.abs(np.diff(y))
    # A picture always reaches down to 0: what is tiny beside the heights is rounding and no jump to
    # be seen.
    visible = max(0.02 * np.ptp(y), 1e-4 * np.abs(y).max())
    index = np.flatnonzero(steps > visible)
    # Of each interval that may hold a jump, the steepest part is kept: across a jump the step stays
    # as high, elsewhere it shrinks.
    left_x, left_y = x[index], y[index]
    right_x, right_y = x[index + 1], y[index + 1]
    # Beside 0 floats lie 5e-324 apart; 1e-24 is near enough.
    enough = finest or 1e-24
    while (right_x > np.maximum(np.nextafter(left_x, right_x), left_x + enough)).any():
        parts_x = np.linspace(left_x, right_x, 33)
        inside = function(parts_x[1:-1].ravel()).reshape(31, len(index))
        parts_y = np.concatenate([[left_y], inside, [right_y]])
        rises = np.abs(np.diff(parts_y, axis=0))
        steepest = rises.argmax(axis=0)
        columns = np.arange(len(index))
        # Not 1: at the jump itself, the value may lie in the middle.
        stays = rises.max(axis=0) > 0.4 * steps[index]
        left_x, left_y = (
            parts_x[steepest, columns][stays],
            parts_y[steepest, columns][stays],
        )
        right_x, right_y = (
            parts_x[steepest + 1, columns][stays],
            parts_y[steepest + 1, columns][stays],
        )
        index = index[stays]
    place, value = left_x.copy(), left_y.copy()
    # Of the two floats between which it jumps, its place is the one written shorter: 0.3, not
    # 0.30000000000000004.
    ends = zip(left_x.tolist(), right_x.tolist(), strict=True)
    shorter = np.array(
        [len(repr(right)) < len(repr(left)) for left, right in ends], dtype=bool
    )
    place[shorter] = right_x[shorter]
    value[shorter] = right_y[shorter]
    for at, *ends in zip(place, left_y, right_y, strict=True):
        if max(map(abs, ends)) > 1000 * np.abs(y).max() and is_pole(function, at, x):
            raise ValueError(
                f"{name} grows beyond all bounds near x = {at:.4g}; choose a range of inputs "
                "without that place."
            )
    gap = np.full_like(place, np.nan)
    jumps = np.column_stack([place, left_y, right_y, gap if finest else value])
    heights = np.column_stack([left_y, gap, right_y])
    behind = np.repeat(index + 1, 3)
    return Broken(
        np.insert(x, behind, np.repeat(place, 3)),
        np.insert(y, behind, heights.ravel()),
        jumps,
    )


def is_pole(function, place, x):
    """Return whether a function climbs on and on towards a place between the inputs x; a narrow
    peak is level at its top.
    """

    def height(distance):
        sides = np.clip([place - distance, place + distance], x[0], x[-1])
        return np.abs(function(sides)).max()

    near = 1e-9 * max(1.0, abs(place))
    return height(near) > 1.5 * height(4 * near)


def flat_zones(x, slope, threshold, least_width):
    """Return the (left, right) of each stretch on which |slope| stays below `threshold`, the narrow
    ones left out.
    """
    flat = np.abs(slope) < threshold
    borders = np.flatnonzero(np.diff(flat, prepend=False, append=False))
    lefts = x[borders[::2]].tolist()
    rights = x[borders[1::2] - 1].tolist()
    zones = zip(lefts, rights, strict=True)
    return [(left, right) for left, right in zones if right - left >= least_width]
