"""The mathematics of the activation functions in plain NumPy: no plots, no widgets, no state.

Each function takes what NumPy can read as numbers and returns an array of the same shape (a scalar
for a scalar). float32 comes back as float32; integers and booleans become float64; nan stays nan.
Nothing here warns for finite or infinite input. Narrow floats are computed in float64 and rounded
once at the end, so that a float32 result is as exact as float32 can be.
"""

import functools
import inspect
import math
import numbers

import numpy as np

from helpers.arguments import as_floats, finite_number, is_number, one_of, short_repr

# The λ and α with which outputs keep mean 0 and variance 1 for inputs from N(0, 1):
# Klambauer et al. (2017), eq. 14.
SELU_SCALE = 1.0507009873554805
SELU_ALPHA = 1.6732632423543772
GELU_FLAT_FROM = 40.0  # from ±40 on GELU is 0 or x in float64, and its slope 0 or 1
LARGEST_FLOAT = np.finfo(np.float64).max


def elementwise(function):
    """Return `function` with its input read as floats, its result in that input's type."""
    what = next(iter(inspect.signature(function).parameters))

    @functools.wraps(function)
    def wrapped(x, *args, **parameters):
        x = as_floats(x, what)
        wide = x.astype(np.promote_types(x.dtype, np.float64), copy=False)
        # A result too small or too large for the type rounds to 0 or inf: that is the right answer.
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
    # small <= 1, so the numerator is np.where(x >= 0, 1, small), but several times faster
    # where signs alternate at random.
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
    """Return 1 for x > 0 and 0 for x <= 0; there is no derivative at 0, where 0 is usual."""
    return np.maximum(np.sign(x), 0.0)  # np.sign(nan) is nan


@elementwise
def leaky_relu(x, negative_slope=0.01):
    """Return x for x > 0 and negative_slope · x otherwise."""
    slope = finite_number(negative_slope, "negative_slope", example="0.01")
    if slope == 0:  # slope · (−inf) would be nan; the limit is ReLU's 0
        return np.maximum(x, 0.0)
    # np.where(x > 0, x, slope * x), several times faster where signs alternate at random.
    if slope <= 1:
        return np.maximum(x, slope * x)
    return np.minimum(x, slope * x)


@elementwise
def leaky_relu_slope(x, negative_slope=0.01):
    """Return 1 for x > 0 and negative_slope for x <= 0; at 0 the left-hand slope is usual."""
    slope = finite_number(negative_slope, "negative_slope", example="0.01")
    return np.where(x <= 0, slope, np.sign(x))  # np.sign(nan) is nan


@elementwise
def elu(x, alpha=1.0):
    """Return x for x > 0 and alpha · (exp(x) − 1) otherwise."""
    alpha = finite_number(alpha, "alpha")
    # np.where computes both sides, so exp gets no large number.
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


@elementwise
def elu_slope(x, alpha=1.0):
    """Return 1 for x > 0 and alpha · exp(x) otherwise; at 0 the left-hand slope is usual."""
    alpha = finite_number(alpha, "alpha")
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0.0)))


@elementwise
def selu(x):
    """Return ELU with SELU's α, times SELU's λ."""
    return SELU_SCALE * elu(x, SELU_ALPHA)


@elementwise
def selu_slope(x):
    """Return λ for x > 0 and λα · exp(x) otherwise; at 0 the left-hand slope is usual."""
    return SELU_SCALE * elu_slope(x, SELU_ALPHA)


@functools.cache
def _normal_nodes():
    """Return Φ and its slope φ, the density of N(0, 1), at steps of 1/512."""
    x = np.arange(-GELU_FLAT_FROM, GELU_FLAT_FROM, 1 / 512)
    # erfc keeps its digits where Φ is small; 1 + erf would be 0 there.
    cdf = np.array([math.erfc(v) / 2 for v in x * -math.sqrt(0.5)])
    return cdf, normal_density(x)


def normal_cdf(x):
    """Return Φ(x), the chance that a number from N(0, 1) lies below x.

    NumPy has no erf, and math.erf over an array takes 60 ns a number, which a slider that runs a
    network waits for. All derivatives of Φ are known, so Taylor's series at the nearest of many
    nodes is as exact: five terms, 20 ns.
    """
    place = np.rint(512 * x)
    index = (place + 512 * GELU_FLAT_FROM).astype(int)
    node = place / 512
    d = x - node
    cdf, density = _normal_nodes()
    # nan has no index, so that any node will do: d is nan.
    cdf = cdf.take(index, mode="clip")
    density = density.take(index, mode="clip")
    square = node * node
    series = 1 - d / 2 * (node - d / 3 * (square - 1 - d / 4 * node * (square - 3)))
    return cdf + density * d * series


def normal_density(x):
    """Return φ(x) = exp(−x²/2) / √(2π), the density of N(0, 1)."""
    return np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


def _gelu_gate(x, approximate):
    """Return what GELU multiplies x by, Φ(x) or its approximation, and the slope of that."""
    if one_of(approximate, "approximate", {"none": False, "tanh": True}):
        rate = math.sqrt(8 / math.pi)  # (1 + tanh u) / 2 is σ(2u)
        within = rate * (x + 0.044715 * x**3)
        return sigmoid(within), sigmoid_slope(within) * rate * (1 + 3 * 0.044715 * x**2)
    return normal_cdf(x), normal_density(x)


@elementwise
def gelu(x, approximate="none"):
    """Return x · Φ(x).

    With approximate="tanh" it is ½x(1 + tanh(√(2/π)(x + 0.044715x³))), as GPT-2 computes it.
    """
    gate, _ = _gelu_gate(np.clip(x, -GELU_FLAT_FROM, GELU_FLAT_FROM), approximate)
    return np.maximum(x, -GELU_FLAT_FROM) * gate


@elementwise
def gelu_slope(x, approximate="none"):
    """Return Φ(x) + x · φ(x), φ being the density of N(0, 1), or the slope of the tanh form."""
    x = np.clip(x, -GELU_FLAT_FROM, GELU_FLAT_FROM)
    gate, slope = _gelu_gate(x, approximate)
    return gate + x * slope


@elementwise
def silu(x, beta=1.0):
    """Return x · σ(beta · x), also called Swish; beta = 0 makes it x/2."""
    beta = finite_number(beta, "beta")
    # 0 · inf would be nan.
    gate = sigmoid(beta * np.clip(x, -LARGEST_FLOAT, LARGEST_FLOAT))
    return np.where(gate == 0, 0.0, x * gate)


@elementwise
def silu_slope(x, beta=1.0):
    """Return σ(βx) · (1 + βx · σ(−βx))."""
    beta = finite_number(beta, "beta")
    within = np.clip(beta * np.clip(x, -LARGEST_FLOAT, LARGEST_FLOAT), -1000.0, 1000.0)
    return sigmoid(within) * (1 + within * sigmoid(-within))


@elementwise
def softplus(x):
    """Return log(1 + exp(x)), from exp(−|x|) so that exp never overflows."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))


@elementwise
def softplus_slope(x):
    """Return σ(x)."""
    return sigmoid(x)


def _check_axis(axis, shape):
    """Return `axis` when scores of that shape have it, or raise ValueError or TypeError."""
    if not is_number(axis, numbers.Integral):
        raise TypeError(
            f"axis must be a whole number, not {short_repr(axis)}; for a batch of rows use axis=-1."
        )
    ndim = max(len(shape), 1)  # a single score counts as a list of one
    if not -ndim <= axis < ndim:
        raise ValueError(
            f"axis={short_repr(axis)} does not exist in scores of shape {shape}; "
            "for the last axis use axis=-1."
        )
    return int(axis)


@elementwise
def softmax(z, axis=-1, temperature=1.0):
    """Return exp(z / temperature) / Σ exp(z / temperature) along `axis`.

    z − max(z) takes the place of z, so that exp never overflows. A row whose largest score is
    infinite has no value of its own: its limit is returned, in which the entries that equal the
    largest score share the whole equally.
    """
    temperature = finite_number(temperature, "temperature", above=0)
    axis = _check_axis(axis, z.shape)
    # The difference of two huge scores is inf at any temperature; that of their halves is not.
    shrink = 2.0 if temperature > 1 else 1.0
    scores = z / shrink
    largest = scores.max(axis=axis, keepdims=True, initial=-np.inf)
    shifted = np.where(scores == largest, 0.0, scores - largest)
    powers = np.exp(shifted / (temperature / shrink))
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
    """Return ∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ) / temperature, shape (..., n, n) for scores of shape (..., n).

    i counts the rows (outputs), j the columns (scores). A single number raises ValueError, text
    raises TypeError. Source: Goodfellow, Bengio & Courville (2016), §6.2.2.
    """
    if z.ndim == 0:
        raise ValueError(
            "z must hold at least one score in an array, but it is a single number; "
            "try z=[1.0, 2.0]."
        )
    p = softmax(z, temperature=temperature)
    slopes = -p[..., None] * p[..., None, :] / temperature
    diagonal = np.arange(z.shape[-1])
    slopes[..., diagonal, diagonal] = softmax_slope(z, temperature=temperature)
    return slopes
