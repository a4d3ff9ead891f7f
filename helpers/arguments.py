"""Checks of arguments: each returns its argument ready for use, or raises with a sentence that says what to try."""

import numbers
import reprlib
from math import inf, isfinite

import numpy as np


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
    for choice in allowed:
        if value is choice or (isinstance(value, str) and value == choice):
            return allowed[choice] if isinstance(allowed, dict) else choice
    raise ValueError(f"{what} must be {' or '.join(map(repr, allowed))}, but it is {value!r}.")
