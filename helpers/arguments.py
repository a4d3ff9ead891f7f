"""Checks of arguments: each returns its argument ready for use, or raises with what to try.

Learners' functions are arguments too: `describe_error` says in one sentence what stopped one.
"""

import contextlib
import numbers
import reprlib
import traceback
from math import inf, isfinite

import numpy as np

LARGEST = 1e100  # far from where sums and differences overflow

# Where the words of Python or NumPy lead astray: a part of them, and what to say in their place.
REPLACEMENTS = {
    "truth value of an array": (
        "max, min, if, and, or, not, in, 0 < x < 1 decide once for the whole array; "
        "np.maximum, np.minimum, np.where(condition, then, else), np.isin, ~ and "
        "(0 < x) & (x < 1) work element by element"
    ),
    "mismatch in its core dimension": (
        "in a @ b, a needs as many columns as b has rows; look at their shapes"
    ),
    "boolean subtract": "True and False cannot be subtracted; multiply each by 1 first",
    "boolean negative": (
        "True and False have no minus; multiply them by -1, or write ~ to turn them round"
    ),
    "ufunc 'bitwise_xor'": "^ is no power in Python; write x**2",
    "converted to a scalar index": (
        "np.max and np.min fold one array, and np.maximum and np.minimum compare two, element by "
        "element; for np.sum and np.concatenate too the second argument is an axis, so put several "
        "arrays in brackets; a list takes no array as its index"
    ),
    "name 'ln'": "the natural logarithm is np.log",
    "attribute 'ln'": "the natural logarithm is np.log",
    "__round__": "round() takes one number, not an array; np.round takes arrays",
    "Python scalars": (
        "float(), int() and the functions of math take one number, not an array; "
        "NumPy's take arrays: np.exp in place of math.exp"
    ),
}
# Where they say what is wrong: a part of them, and what to do about it.
CURES = {
    "out of bounds for array of dimension": (
        "axis=-1 is the last axis of any array; np.minimum and np.maximum compare with a number"
    ),
    "is not defined": "check how it is written, or run the cell that defines or imports it",
}
# The same where our own code calls a learner's function.
CURES_OF_CALLS = {
    "required positional argument": (
        "give it a value in the function's first line, such as negative_slope=0.1"
    ),
    "unexpected keyword argument": (
        "name it in the function's first line, behind its input, or leave it out"
    ),
    "was given": "name the input in the function's first line",
    "were given": "keep all the names in the function's first line",
}


def is_number(value, kind=numbers.Real):
    """Return whether `value` is a number of that kind; True and False are none."""
    return isinstance(value, kind) and not isinstance(value, bool)


def as_float(value):
    """Return a number as a float, infinite for a whole number too large for one."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


# Arrays ---------------------------------------------------------------------------------


def as_floats(values, what="x"):
    """Return `values` as a float array, or raise TypeError or ValueError with what to pass."""
    if _has_mask(values):
        raise TypeError(
            f"{what} must be an array without a mask, as the mask would be lost here; try "
            "np.ma.array(values, dtype=float).filled(np.nan), or np.ma.compressed(values)."
        )
    try:
        array = np.asarray(values)
    except ValueError as ragged:
        raise ValueError(
            f"{what} must be a number or a regular array of numbers, "
            "but its rows have different lengths; make every row the same length."
        ) from ragged
    if array.dtype.kind == "f":
        return array
    if not is_real(array):
        raise TypeError(
            f"{what} must be real numbers (a number, a list or a NumPy array), "
            f"not {short_repr(values)}; {conversion(values, array)}."
        )
    try:
        return array.astype(np.float64)
    except OverflowError as too_large:
        raise ValueError(
            f"{what} holds a number beyond 1.8e308, where float64 ends; try smaller ones."
        ) from too_large


def is_real(array):
    """Return whether an array holds real numbers, as Python's own objects or as NumPy's."""
    # Whole numbers beyond 64 bits arrive as an array of objects, and so does an empty list.
    if array.dtype.kind == "O":
        return all(isinstance(entry, numbers.Real) for entry in array.flat)
    return array.dtype.kind in "biuf"


def _has_mask(values):
    if isinstance(values, (list, tuple)):
        return any(map(_has_mask, values))
    return np.ma.is_masked(values)


def conversion(values, array):
    """Return how to make real numbers of values that are none; `array` is what NumPy makes."""
    if isinstance(values, (set, frozenset)):
        return (
            "a set has no order, so make a list of it, for example with sorted(values)"
        )
    if isinstance(values, dict):
        return "take the numbers out of it with list(values.values())"
    if values is None:
        return "a function that ends without return gives None"
    if any(map(callable, array.flat)):
        return "a function has to be called first: sigmoid(tanh(x)), not sigmoid(tanh)"
    if any(hasattr(entry, "value") for entry in array.flat):
        return "a slider holds its number in .value, so try slider.value"
    if array.dtype.kind == "c":
        return "try np.real(values) or np.abs(values)"
    if any(value is None for value in array.flat):
        return (
            "put a number in place of None, or nan with np.asarray(values, dtype=float)"
        )
    if array.shape == () and hasattr(values, "__iter__") and array.dtype.kind == "O":
        return "make a list of it first with list(values)"
    try:
        array.astype(np.float64)
    except (TypeError, ValueError):
        return "try numbers such as 1.0 or [1.0, 2.0], without quotes"
    return "convert it first with np.asarray(values, dtype=float)"


def as_array(values, what, shape, *, low=-inf, high=inf, integers=False, example=None):
    """Return `values` as an array of finite floats, or of ints if `integers`.

    An entry of `shape` is an exact size, a name for any size from 1 on, or (name, least, most).
    Numbers may lie from `low` to `high`. Raises TypeError for what are no such numbers and
    ValueError for other shapes and limits, in a sentence that ends with the `example`.
    """
    array = as_floats(values, what)
    kind = "whole" if integers else "finite"
    limits = f" from {low:g} to {high:g}" if low > -inf or high < inf else ""
    asked = f"{what} must have {_describe_shape(shape)} and hold {kind} numbers{limits}"
    cure = f"; try {example}." if example else "."
    if not _has_shape(array, shape):
        raise ValueError(f"{asked}, but its shape is {array.shape}{cure}")
    finite = np.isfinite(array)
    if not finite.all():
        bad_rows = np.flatnonzero(~finite.reshape(len(array), -1).all(axis=1))
        found = f"but nan or inf is in {len(bad_rows)} of the {len(array)} rows"
        raise ValueError(f"{asked}, {found}, first in row {bad_rows[0]}{cure}")
    broken = array[array % 1 != 0]
    if integers and broken.size:
        raise TypeError(f"{asked}, but {broken[0]:g} is among them{cure}")
    if integers and np.asarray(values).dtype.kind not in "biu":
        raise TypeError(
            f"{asked}, but its type is {array.dtype}; try np.asarray({what}).astype(int)."
        )
    outside = array[(array < low) | (array > high)]
    if outside.size:
        raise ValueError(f"{asked}, but {outside[0]:g} is among them{cure}")
    return array.astype(np.int64) if integers else array.astype(np.float64, copy=False)


def _has_shape(array, shape):
    return array.ndim == len(shape) and all(map(_fits, array.shape, shape))


def _fits(size, entry):
    if isinstance(entry, tuple):
        _, least, most = entry
        return least <= size <= most
    return size == entry if isinstance(entry, int) else size >= 1


def _describe_shape(shape):
    """Return a shape in words: "shape (examples, 2), with 2 to 100 examples,"."""
    names = [str(entry[0] if isinstance(entry, tuple) else entry) for entry in shape]
    text = f"shape ({names[0]},)" if len(names) == 1 else f"shape ({', '.join(names)})"
    limits = []
    for entry in shape:
        if isinstance(entry, tuple):
            name, least, most = entry
            limits.append(
                f"{least} {name} or more"
                if most == inf
                else f"{least} to {most} {name}"
            )
    return f"{text}, with {' and '.join(limits)}," if limits else text


# Single values --------------------------------------------------------------------------


def finite_number(value, what, *, least=-inf, above=-inf, below=inf, example="1.0"):
    """Return `value` as a float, or raise when it is no finite number within the limits."""
    if not is_number(value):
        raise TypeError(
            f"{what} must be a number, not {short_repr(value)}; try {what}={example}."
        )
    value = as_float(value)
    if not (isfinite(value) and least <= value and above < value < below):
        limits = {"at least": least, "above": above, "below": below}
        bounds = [
            f"{word} {limit:g}" for word, limit in limits.items() if isfinite(limit)
        ]
        if len(bounds) == 1:
            bounds.append("finite")
        kind = " and ".join(bounds) or "a finite number"
        raise ValueError(
            f"{what} must be {kind}, but it is {value:g}; try {what}={example}."
        )
    return value


def whole(value, what, least, example=None, most=inf):
    """Return `value` as an int between `least` and `most`."""
    example = example or f"{what}={least}"
    if not is_number(value, numbers.Integral):
        raise TypeError(
            f"{what} must be a whole number, not {short_repr(value)}; try {example}."
        )
    if not least <= value <= most:
        bound = f"at least {least}" if value < least else f"at most {most}"
        raise ValueError(
            f"{what} must be {bound}, but it is {short_repr(value)}; try {example}."
        )
    return int(value)


def one_of(value, what, allowed):
    """Return `value`, or what it stands for if `allowed` is a dict."""
    if (value is None or isinstance(value, str)) and value in allowed:
        return allowed[value] if isinstance(allowed, dict) else value
    choice = " or ".join(map(repr, allowed))
    raise ValueError(f"{what} must be {choice}, but it is {short_repr(value)}.")


def yes_or_no(value, what):
    """Return `value` when it is True or False; others, such as "no", would count as one of them."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(
            f"{what} must be True or False, not {short_repr(value)}; try {what}=True."
        )
    return bool(value)


# Ranges of numbers ----------------------------------------------------------------------


def pair(values, what):
    """Return two finite floats in rising order, or raise with how to write them."""
    values = values.tolist() if isinstance(values, np.ndarray) else values
    example = f"try {what}=(-6, 6)"
    if not isinstance(values, (tuple, list)) or len(values) != 2:
        raise TypeError(
            f"{what} must be two numbers, lowest first, not {short_repr(values)}; {example}."
        )
    if not all(map(is_number, values)):
        raise TypeError(
            f"{what} must hold two numbers, not {short_repr(tuple(values))}; {example}."
        )
    low, high = map(as_float, values)
    largest = max(1, abs(low), abs(high))
    # Comparing with nan is False.
    if not (largest < LARGEST and high - low > 1e-9 * largest):
        raise ValueError(
            f"{what} must run from a smaller to a clearly larger finite number, "
            f"not from {short_repr(values[0])} to {short_repr(values[1])}; {example}."
        )
    return low, high


def check_range(x_range, x_limits=None):
    """Return (low, high, limits) as floats; limits reach at least from −12 to 12 unless given.

    Raises TypeError or ValueError when a range is no pair of finite numbers, smaller one first.
    """
    low, high = pair(x_range, "x_range")
    farthest = max(12.0, abs(low), abs(high))
    limits = (-farthest, farthest) if x_limits is None else pair(x_limits, "x_limits")
    if low < limits[0] or high > limits[1]:
        raise ValueError(
            f"x_range=({low:g}, {high:g}) does not lie within "
            f"x_limits=({limits[0]:g}, {limits[1]:g}); widen x_limits or choose a smaller range."
        )
    return low, high, limits


def nonempty_range(x_range):
    """Return the two ends of a range slider, or raise ValueError when they are one."""
    low, high = x_range
    if low == high:
        raise ValueError(
            f"The input range is empty: both handles stand at {low:g}; pull them apart."
        )
    return low, high


def number_list(values, what):
    """Return one finite number or several as a list of floats, or raise TypeError or ValueError."""
    values = values.tolist() if isinstance(values, np.ndarray) else values
    values = values if isinstance(values, (tuple, list)) else [values]
    result = [finite_number(value, what) for value in values]
    if any(abs(value) >= LARGEST for value in result):
        raise ValueError(
            f"{what} must be a number below {LARGEST:g}, or several; try {what}=1.0."
        )
    return result


# Words for messages ---------------------------------------------------------------------


def name_of(function, example="sigmoid"):
    """Return a function's name, f for one without, or raise TypeError for what is no function."""
    if not callable(function):
        raise TypeError(
            f"A function is needed, not {short_repr(function)}; "
            f"write its name only, without brackets or quotes: {example}."
        )
    name = getattr(function, "__name__", "f").replace("<lambda>", "f")
    # sigmoid.derivative and tanh.derivative have to be told apart.
    owner = getattr(function, "__self__", None)
    if name == "derivative" and hasattr(owner, "__name__"):
        return f"{owner.__name__}′"
    return name


def describe_error(error):
    """Return in one line what stopped a learner's function, and what to do where that is known."""
    message = str(error).splitlines()[0] if str(error) else "no message"
    for part, replacement in REPLACEMENTS.items():
        if part in message:
            message = replacement
    cures = {**CURES, **CURES_OF_CALLS} if is_our_call(error) else CURES
    for part, cure in cures.items():
        # Our own functions say it themselves.
        if part in message and "call it as" not in message:
            message = f"{message}; {cure}"
    return f"{type(error).__name__}: {message.rstrip('.')}."


@contextlib.contextmanager
def numpy_reports():
    """Return, in a `with`, the list of what NumPy reports meanwhile, such as "overflow", in place
    of its warnings.
    """
    reports = []
    with np.errstate(
        all="call", under="ignore", call=lambda kind, flag: reports.append(kind)
    ):
        yield reports


def is_our_call(error):
    """Return whether an error arose in our own code, which calls a learner's function, and not
    within that function.
    """
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    modules = [frame.f_globals.get("__name__", "") for frame in frames]
    return bool(modules) and modules[-1].startswith(("helpers.", "lessons."))


def short_repr(value):
    """Return what was given as a short text on one line."""
    if isinstance(value, numbers.Real) and not isinstance(value, int):
        text = str(value)  # 0.1, not np.float64(0.1)
    else:
        text = reprlib.repr(value)  # an int may have thousands of digits
    return " ".join(text[:60].split())


def format_parameters(parameters):
    """Return parameters as a text: negative_slope = 0.3, power = 2."""
    texts = []
    for name, value in parameters.items():
        texts.append(
            f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}"
        )
    return ", ".join(texts)
