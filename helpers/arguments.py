"""Checks of arguments: each returns its argument ready for use, or raises with a sentence that says what to try."""

import numbers
import reprlib
from math import inf, isfinite, nan

import numpy as np

LARGEST = 1e100  # far from where sums and differences overflow


def is_number(value, kind=numbers.Real):
    """Return whether `value` is a number of that kind; True and False are none."""
    return isinstance(value, kind) and not isinstance(value, bool)


def as_floats(values, what="x"):
    """Return `values` as a float array, or raise TypeError or ValueError that says what to pass instead."""
    try:
        array = np.asarray(values)
    except ValueError as ragged:
        raise ValueError(
            f"{what} must be a number or a regular array of numbers, but its rows have different lengths; "
            "make every row the same length."
        ) from ragged
    kind = array.dtype.kind
    # Whole numbers beyond 64 bits arrive as an array of objects, and so does an empty list of objects.
    if kind in "biu" or (kind == "O" and all(isinstance(v, numbers.Real) for v in array.flat)):
        return array.astype(np.float64)
    if kind != "f":
        raise TypeError(
            f"{what} must be real numbers (a number, a list or a NumPy array), not {reprlib.repr(values)}; "
            "convert it first, for example with np.asarray(values, dtype=float)."
        )
    return array


def finite_number(value, what, least=-inf, above=-inf):
    """Return `value` as a float, or raise TypeError or ValueError when it is no finite number in the allowed range."""
    if not is_number(value):
        raise TypeError(f"{what} must be a number, not {value!r}; try {what}=1.0.")
    value = float(value)
    if not isfinite(value):
        raise ValueError(f"{what} must be a finite number, but it is {value}; try {what}=1.0.")
    if value < least or value <= above:
        bound = f"greater than {above:g}" if above > -inf else f"at least {least:g}"
        raise ValueError(f"{what} must be {bound}, but it is {value:g}; try {what}=1.0.")
    return value


def positive(value, what, example, zero=False, below=inf):
    """Return `value` as a float above 0 (with `zero`: from 0 on) and below `below`."""
    if not is_number(value):
        raise TypeError(f"{what} must be a number, not {value!r}; try {what}={example}.")
    if not (0 < value < below or (zero and value == 0)):
        bound = f"{'at least' if zero else 'above'} 0 and {'finite' if below == inf else f'below {below}'}"
        raise ValueError(f"{what} must be {bound}, but it is {value}; try {what}={example}.")
    return float(value)


def whole(value, what, least, example=None, most=inf):
    """Return `value` as an int between `least` and `most`."""
    example = example or f"{what}={least}"
    if not is_number(value, numbers.Integral):
        raise TypeError(f"{what} must be a whole number, not {value!r}; try {example}.")
    if not least <= value <= most:
        bound = f"at least {least}" if value < least else f"at most {most}"
        raise ValueError(f"{what} must be {bound}, but it is {value}; try {example}.")
    return int(value)


def one_of(value, what, allowed):
    """Return `value`, or what it stands for if `allowed` is a dict."""
    if (value is None or isinstance(value, str)) and value in allowed:
        return allowed[value] if isinstance(allowed, dict) else value
    raise ValueError(f"{what} must be {' or '.join(map(repr, allowed))}, but it is {value!r}.")


def check_range(x_range, x_limits=None):
    """Return (low, high, limits) as floats; limits reach at least from −12 to 12 unless they are given.

    Raises TypeError or ValueError when a range is no pair of finite numbers, the smaller one first.
    """
    lo, hi = pair(x_range, "x_range")
    reach = max(12.0, abs(lo), abs(hi))
    low, high = (-reach, reach) if x_limits is None else pair(x_limits, "x_limits")
    if lo < low or hi > high:
        raise ValueError(
            f"x_range=({lo:g}, {hi:g}) does not lie within x_limits=({low:g}, {high:g}); "
            "widen x_limits or choose a smaller range."
        )
    return lo, hi, (low, high)


def pair(values, what):
    """Return two finite floats in rising order, or raise TypeError or ValueError that says how to write them."""
    if not isinstance(values, (tuple, list, np.ndarray)) or len(values) != 2:
        raise TypeError(f"{what} must be two numbers, lowest first, not {shown(values)}; try {what}=(-6, 6).")
    if not all(map(is_number, values)):
        raise TypeError(f"{what} must hold two numbers, not {shown(tuple(values))}; try {what}=(-6, 6).")
    # Whole numbers of any size are numbers too; floats end at 1e308. Comparing with nan is False.
    lo, hi = (float(v) if not isinstance(v, int) or abs(v) < LARGEST else nan for v in values)
    if not (hi - lo > 1e-9 * max(1, abs(lo), abs(hi)) and max(-lo, hi) < LARGEST):
        raise ValueError(
            f"{what} must run from a smaller to a clearly larger finite number, "
            f"not from {shown(values[0])} to {shown(values[1])}; try {what}=(-6, 6)."
        )
    return lo, hi


def opened(x_range):
    """Return the two ends that a range slider stands at, or raise ValueError when there is nothing between them."""
    lo, hi = x_range
    if lo == hi:
        raise ValueError(f"The input range is empty: both handles stand at {lo:g}; pull them apart.")
    return lo, hi


def shown(value):
    """Return what was given as a short text on one line."""
    text = str(value) if isinstance(value, numbers.Real) else reprlib.repr(value)
    return " ".join(text[:60].split())


def listed(parameters):
    """Return parameters as a text: slope = 0.3, power = 2."""
    return ", ".join(f"{k} = {v:g}" if isinstance(v, float) else f"{k} = {v}" for k, v in parameters.items())


def heights(given):
    """Return one finite number or several as a list of floats, or raise TypeError or ValueError."""
    several = given if isinstance(given, (tuple, list, np.ndarray)) else [given]
    return [finite_number(height, "asymptotes") for height in several]
