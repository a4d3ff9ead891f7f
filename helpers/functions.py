"""The mathematics of the activation functions in plain NumPy: no plots, no widgets, no state.

Each function takes what NumPy can read as numbers and returns an array of the same shape (a scalar for a
scalar). float32 comes back as float32; integers and booleans become float64; nan stays nan. Nothing here warns
for finite or infinite input. Narrow floats are computed in float64 and rounded once at the end, so that a
float32 result is as exact as float32 can be.
"""

import functools
import inspect
import numbers

import numpy as np

from helpers.arguments import as_floats, finite_number, is_number, shown


def elementwise(function):
    """Return `function` with its first argument read as floats, and its result in that argument's shape and type."""
    what, *_ = inspect.signature(function).parameters

    @functools.wraps(function)
    def wrapped(x, *args, **parameters):
        x = as_floats(x, what)
        wide = x.astype(np.float64) if x.dtype.itemsize < 8 else x
        # A result too small or too large for the type rounds to 0 or inf: that is the right answer, not an accident.
        # Nothing else warns but inf − inf, which softmax replaces.
        with np.errstate(all="ignore"):
            return np.asarray(function(wide, *args, **parameters), x.dtype)[()]

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
    return np.maximum(np.sign(x), 0.0)  # np.sign(nan) is nan


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
    return np.where(x <= 0, slope, np.sign(x))  # np.sign(nan) is nan


def _along(z, axis):
    """Return `axis` when z has it, or raise ValueError or TypeError with a sentence."""
    if not is_number(axis, numbers.Integral):
        raise TypeError(f"axis must be a whole number, not {shown(axis)}; for a batch of rows use axis=-1.")
    size = max(z.ndim, 1)  # a single score counts as a list of one
    if not -size <= axis < size:
        raise ValueError(
            f"axis={shown(axis)} does not exist in scores of shape {z.shape}; for the last axis use axis=-1."
        )
    return int(axis)


@elementwise
def softmax(z, axis=-1, temperature=1.0):
    """Return exp(z / temperature) / Σ exp(z / temperature) along `axis`, from z − max(z) so that exp never overflows.

    A row whose largest score is infinite has no value of its own: its limit is returned, in which the entries that
    equal the largest score share the whole equally.
    """
    temperature = finite_number(temperature, "temperature", above=0)
    axis = _along(z, axis)
    # The difference of two huge scores is inf, however high the temperature; that of their halves is not.
    shrink = 2.0 if temperature > 1 else 1.0
    scores = z / shrink
    top = scores.max(axis=axis, keepdims=True, initial=-np.inf)
    behind = np.where(scores == top, 0.0, scores - top)
    powers = np.exp(behind / (temperature / shrink))
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
    """Return ∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ) / temperature for scores z of shape (..., n) as an array of shape (..., n, n).

    i counts the rows (outputs), j the columns (scores). A single number raises ValueError, text raises TypeError.
    Source: Goodfellow, Bengio & Courville (2016), §6.2.2.
    """
    if z.ndim == 0:
        raise ValueError("z must hold at least one score in an array, but it is a single number; try z=[1.0, 2.0].")
    p = softmax(z, temperature=temperature)
    slopes = -p[..., None] * p[..., None, :] / temperature
    own = np.arange(z.shape[-1])
    slopes[..., own, own] = softmax_slope(z, temperature=temperature)
    return slopes
