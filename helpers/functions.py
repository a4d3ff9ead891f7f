"""The mathematics of the activation functions in plain NumPy: no plots, no widgets, no state.

Each function takes what NumPy can read as numbers and returns an array of the same shape (a scalar for a
scalar). float32 comes back as float32; integers and booleans become float64; nan stays nan. Nothing here warns
for finite or infinite input. Narrow floats are computed in float64 and rounded once at the end, so that a
float32 result is as exact as float32 can be.
"""

import functools
import inspect
import math
import numbers
import reprlib

import numpy as np


def as_floats(values, what="x"):
    """Return `values` as a float array, or raise TypeError or ValueError that says what to pass instead."""
    try:
        array = np.asarray(values)
    except ValueError as ragged:
        raise ValueError(
            f"{what} must be a number or a regular array of numbers, but its rows have different lengths; "
            "make every row the same length."
        ) from ragged
    # Whole numbers beyond 64 bits arrive as an array of objects, and so does an empty list of objects.
    if array.dtype.kind in "biu" or (array.dtype == object and all(isinstance(v, numbers.Real) for v in array.flat)):
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise TypeError(
            f"{what} must be real numbers (a number, a list or a NumPy array), not {reprlib.repr(values)}; "
            "convert it first, for example with np.asarray(values, dtype=float)."
        )
    return array


def finite_number(value, what, least=-math.inf, above=-math.inf):
    """Return `value` as a float, or raise TypeError or ValueError when it is no finite number in the allowed range."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{what} must be a number, not {value!r}; try {what}=1.0.")
    value = float(value)
    if not math.isfinite(value):
        raise ValueError(f"{what} must be a finite number, but it is {value}; try {what}=1.0.")
    if value < least or value <= above:
        bound = f"greater than {above:g}" if above > -math.inf else f"at least {least:g}"
        raise ValueError(f"{what} must be {bound}, but it is {value:g}; try {what}=1.0.")
    return value


def elementwise(function):
    """Return `function` with its first argument read as floats, and its result in that argument's shape and type."""
    what = next(iter(inspect.signature(function).parameters))

    @functools.wraps(function)
    def wrapped(x, *args, **parameters):
        x = as_floats(x, what)
        wide = x.astype(np.float64) if x.dtype.itemsize < 8 else x
        # A result too small or too large for the type rounds to 0 or inf: that is the right answer, not an accident.
        with np.errstate(under="ignore", over="ignore"):
            return np.asarray(function(wide, *args, **parameters)).astype(x.dtype, copy=False)[()]

    return wrapped


@elementwise
def identity(x):
    """Return x itself: what a layer without an activation does."""
    return x.copy()


@elementwise
def identity_slope(x):
    """Return 1 for every x."""
    return np.where(np.isnan(x), x, 1.0)


@elementwise
def sigmoid(x):
    """Return 1 / (1 + exp(-x)), from exp(-|x|) so that exp never overflows."""
    small = np.exp(-np.abs(x))
    # small <= 1, so this is np.where(x >= 0, 1, small), several times faster where signs alternate at random.
    return np.maximum(small, x >= 0) / (1.0 + small)


@elementwise
def sigmoid_slope(x):
    """Return σ(x)(1 − σ(x)), in a form that does not round to 0 where 1 − σ(x) would."""
    small = np.exp(-np.abs(x))
    return small / (1.0 + small) ** 2


@elementwise
def tanh(x):
    """Return the hyperbolic tangent."""
    return np.tanh(x)


@elementwise
def tanh_slope(x):
    """Return 1 − tanh²(x), in a form that does not round to 0 where tanh(x) rounds to 1."""
    small = np.exp(-2.0 * np.abs(x))
    return 4.0 * small / (1.0 + small) ** 2


@elementwise
def relu(x):
    """Return the larger of 0 and x."""
    return np.maximum(x, 0.0)


@elementwise
def relu_slope(x):
    """Return 1 for x > 0 and 0 for x <= 0; at 0, where no derivative exists, 0 is the usual convention."""
    return np.where(np.isnan(x), x, x > 0)


@elementwise
def leaky_relu(x, slope=0.01):
    """Return x for x > 0 and slope · x otherwise."""
    slope = finite_number(slope, "slope")
    # With slope 0, slope · (−inf) would be nan; the limit is ReLU's 0.
    # The rest is np.where(x > 0, x, slope * x), several times faster where signs alternate at random.
    return (np.maximum if slope <= 1 else np.minimum)(x, slope * x) if slope else np.maximum(x, 0.0)


@elementwise
def leaky_relu_slope(x, slope=0.01):
    """Return 1 for x > 0 and `slope` for x <= 0; at 0 the left-hand slope is the usual convention."""
    slope = finite_number(slope, "slope")
    return np.where(np.isnan(x), x, (x > 0) + slope * (x <= 0))


def _along(z, axis):
    """Return `axis` when z has it, or raise ValueError or TypeError with a sentence."""
    if isinstance(axis, bool) or not isinstance(axis, numbers.Integral):
        raise TypeError(f"axis must be a whole number, not {axis!r}; for a batch of rows use axis=-1.")
    size = max(z.ndim, 1)  # a single score counts as a list of one
    if not -size <= axis < size:
        raise ValueError(f"axis={axis} does not exist in scores of shape {z.shape}; for the last axis use axis=-1.")
    return int(axis)


@elementwise
def softmax(z, axis=-1, temperature=1.0):
    """Return exp(z / temperature) / Σ exp(z / temperature) along `axis`, from z − max(z) so that exp never overflows.

    A row whose largest score is infinite has no value of its own: its limit is returned, in which the entries that
    equal the largest score share the whole equally.
    """
    temperature = finite_number(temperature, "temperature", above=0)
    axis = _along(z, axis)
    if z.ndim == 0:
        return np.where(np.isnan(z), z, 1.0)
    if z.size == 0:
        return z.copy()
    # A power of two costs no digit; without it the difference of two huge scores is inf, however high the temperature.
    shrink = 2.0 ** max(0, math.frexp(temperature)[1] - 1)
    z, temperature = z / shrink, temperature / shrink
    top = z.max(axis=axis, keepdims=True)
    behind = np.subtract(z, top, out=np.zeros_like(z), where=~(z == top))
    powers = np.exp(behind / temperature)
    return powers / powers.sum(axis=axis, keepdims=True)


@elementwise
def softmax_slope(z, axis=-1, temperature=1.0):
    """Return ∂pᵢ/∂zᵢ = pᵢ(1 − pᵢ) / temperature: how much each output answers to its own score."""
    p = softmax(z, axis=axis, temperature=temperature)
    # Near 1, 1 − p has lost its digits; there the other outputs are added up instead.
    others = np.where(p > 0.5, 0.0, p).sum(axis=axis, keepdims=True)
    return p * np.where(p > 0.5, others, 1 - p) / temperature


@elementwise
def softmax_jacobian(z, temperature=1.0):
    """Return the matrix of all slopes ∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ) / temperature.

    z has shape (..., n), the result (..., n, n): i counts the rows (outputs), j the columns (scores).
    """
    if z.ndim == 0:
        raise ValueError("z must hold at least one score in an array, but it is a single number; try z=[1.0, 2.0].")
    p = softmax(z, temperature=temperature)
    own = softmax_slope(z, temperature=temperature)
    between = -p[..., :, None] * p[..., None, :] / temperature
    return np.where(np.eye(p.shape[-1], dtype=bool), own[..., :, None], between)
