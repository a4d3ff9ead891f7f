"""Checks of arguments: each returns its argument ready for use, or raises with a sentence that says what to try.

Learners' functions are arguments too: `why` says in one sentence what stopped one of them.
"""

import numbers
import reprlib
from itertools import pairwise
from math import inf, isfinite

import numpy as np

LARGEST = 1e100  # far from where sums and differences overflow

# Of a network. A training keeps four numbers for each, so that more would fill the memory of a small computer.
MOST_WEIGHTS = 10**8

# A part of what Python or NumPy says, and what it means for a learner. Where their own words lead astray, `True`, the
# sentence stands in their place, and behind them otherwise.
CURES = {
    "truth value of an array": (
        "max, min, if, and, or decide once for the whole array; np.maximum, np.minimum and np.where work element by "
        "element",
        True,
    ),
    "Python scalars": (
        "float(), int() and the functions of math take one number, not an array; NumPy's take arrays: np.exp in place "
        "of math.exp",
        True,
    ),
    "required positional argument": ("give it a value in the function's first line, such as negative_slope=0.1", False),
    "unexpected keyword argument": ("name it in the function's first line, behind its input, or leave it out", False),
    "is not defined": ("check how it is written, or run the cell that defines or imports it", False),
}


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
        try:
            return array.astype(np.float64)
        except OverflowError as too_large:
            raise ValueError(
                f"{what} holds a number beyond 1.8e308, where float64 ends; try smaller ones."
            ) from too_large
    if kind != "f":
        raise TypeError(
            f"{what} must be real numbers (a number, a list or a NumPy array), not {shown(values)}; "
            "convert it first, for example with np.asarray(values, dtype=float)."
        )
    return array


def as_float(value):
    """Return a number as a float, infinite for a whole number too large for one."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def finite_number(value, what, least=-inf, above=-inf, example="1.0"):
    """Return `value` as a float, or raise TypeError or ValueError when it is no finite number in the allowed range."""
    if not is_number(value):
        raise TypeError(f"{what} must be a number, not {shown(value)}; try {what}={example}.")
    value = as_float(value)
    if not isfinite(value):
        raise ValueError(f"{what} must be a finite number, but it is {value}; try {what}={example}.")
    if value < least or value <= above:
        bound = f"greater than {above:g}" if above > -inf else f"at least {least:g}"
        raise ValueError(f"{what} must be {bound}, but it is {value:g}; try {what}={example}.")
    return value


def positive(value, what, example, zero=False, below=inf):
    """Return `value` as a float above 0 (with `zero`: from 0 on) and below `below`."""
    if not is_number(value):
        raise TypeError(f"{what} must be a number, not {shown(value)}; try {what}={example}.")
    value = as_float(value)
    if not (0 < value < below or (zero and value == 0)):
        bound = f"{'at least' if zero else 'above'} 0 and {'finite' if below == inf else f'below {below}'}"
        raise ValueError(f"{what} must be {bound}, but it is {value:g}; try {what}={example}.")
    return value


def whole(value, what, least, example=None, most=inf):
    """Return `value` as an int between `least` and `most`."""
    example = example or f"{what}={least}"
    if not is_number(value, numbers.Integral):
        raise TypeError(f"{what} must be a whole number, not {shown(value)}; try {example}.")
    if not least <= value <= most:
        bound = f"at least {least}" if value < least else f"at most {most}"
        raise ValueError(f"{what} must be {bound}, but it is {shown(value)}; try {example}.")
    return int(value)


def one_of(value, what, allowed):
    """Return `value`, or what it stands for if `allowed` is a dict."""
    if (value is None or isinstance(value, str)) and value in allowed:
        return allowed[value] if isinstance(allowed, dict) else value
    raise ValueError(f"{what} must be {' or '.join(map(repr, allowed))}, but it is {shown(value)}.")


def yes_or_no(value, what):
    """Return `value` when it is True or False; any other one, such as "no", would count as one of them unseen."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{what} must be True or False, not {shown(value)}; try {what}=True.")
    return bool(value)


def named(function, example="sigmoid"):
    """Return a function's name, f for one without, or raise TypeError for what cannot be called."""
    if not callable(function):
        raise TypeError(
            f"A function is needed, not {shown(function)}; write its name only, without brackets or quotes: {example}."
        )
    return getattr(function, "__name__", "f").replace("<lambda>", "f")


def why(trouble):
    """Return in one line what stopped a learner's function, and what to do about it where that is known."""
    said = str(trouble).splitlines()[0] if str(trouble) else "no message"
    for part, (cure, instead) in CURES.items():
        if part in said:
            said = cure if instead else f"{said}; {cure}"
    return f"{type(trouble).__name__}: {said.rstrip('.')}."


def layer_sizes(sizes, output):
    """Return the units of each layer as ints, or raise: inputs, at least one hidden layer, outputs."""
    if isinstance(sizes, str) or not np.iterable(sizes):
        raise TypeError(f"sizes must be a list of whole numbers, not {shown(sizes)}; try sizes=[2, 32, 32, 2].")
    sizes = [whole(n, "each entry of sizes", 1, "sizes=[2, 32, 32, 2]") for n in sizes]
    if len(sizes) < 3:
        raise ValueError(
            f"sizes={shown(sizes)} has no hidden layer; try sizes=[2, 32, 2]: inputs, hidden units, outputs."
        )
    if sum(n_in * n_out for n_in, n_out in pairwise(sizes)) > MOST_WEIGHTS:
        raise ValueError(
            f"sizes={shown(sizes)} makes more weights than fit into the memory, {MOST_WEIGHTS:,} at the most; "
            "try fewer units, such as sizes=[2, 32, 32, 2]."
        )
    if output == "softmax" and sizes[-1] == 1:
        raise ValueError('softmax of one output is always 1; end sizes with 2, or try output="linear".')
    return sizes


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
    values = values.tolist() if isinstance(values, np.ndarray) else values
    if not isinstance(values, (tuple, list)) or len(values) != 2:
        raise TypeError(f"{what} must be two numbers, lowest first, not {shown(values)}; try {what}=(-6, 6).")
    if not all(map(is_number, values)):
        raise TypeError(f"{what} must hold two numbers, not {shown(tuple(values))}; try {what}=(-6, 6).")
    lo, hi = map(as_float, values)
    size = max(1, abs(lo), abs(hi))
    if not (size < LARGEST and hi - lo > 1e-9 * size):  # comparing with nan is False
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
    short = isinstance(value, numbers.Real) and not isinstance(value, int)  # as 0.1, not np.float64(0.1)
    text = str(value) if short else reprlib.repr(value)  # an int may have thousands of digits
    return " ".join(text[:60].split())


def listed(parameters):
    """Return parameters as a text: negative_slope = 0.3, power = 2."""
    return ", ".join(f"{k} = {v:g}" if isinstance(v, float) else f"{k} = {v}" for k, v in parameters.items())


def heights(given):
    """Return one finite number or several as a list of floats, or raise TypeError or ValueError."""
    given = given.tolist() if isinstance(given, np.ndarray) else given
    several = given if isinstance(given, (tuple, list)) else [given]
    several = [finite_number(height, "asymptotes") for height in several]
    if any(abs(height) >= LARGEST for height in several):
        raise ValueError(f"asymptotes must be a number below {LARGEST:g}, or several; try asymptotes=1.0.")
    return several
