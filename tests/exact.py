"""Exact values of the activations from their definitions, in mpmath with 50 digits and without
helpers.
"""

import mpmath
import numpy as np

mp = mpmath.MPContext()
mp.dps = 50


def _sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def _cdf(x):
    # Below that mpmath gives up, and every float is 0 anyway.
    return mp.ncdf(max(x, mp.mpf(-1_000_000)))


def _selu_constants():
    """Return λ and α of SELU, from the closed form in Klambauer et al. (2017), appendix A1."""
    a = mp.erfc(1 / mp.sqrt(2)) * mp.sqrt(mp.e)
    b = mp.erfc(mp.sqrt(2)) * mp.e**2
    alpha = mp.sqrt(2 / mp.pi) / (1 - a)
    inner = 2 * b + mp.pi * a**2 - 2 * (2 + mp.pi) * a + mp.pi + 2
    return (1 - a) * mp.sqrt(2 * mp.pi / inner), alpha


LAMBDA, ALPHA = _selu_constants()

# identifier: (value, slope). At a corner the slope is the one on the left, as libraries have it.
EXACT = {
    "identity": (lambda x: x, lambda x: mp.one),
    "sigmoid": (_sigmoid, lambda x: _sigmoid(x) * _sigmoid(-x)),
    "tanh": (mp.tanh, lambda x: mp.sech(x) ** 2),
    "relu": (lambda x: max(x, mp.zero), lambda x: mp.mpf(x > 0)),
    "leaky_relu": (
        lambda x, negative_slope: x if x > 0 else negative_slope * x,
        lambda x, negative_slope: mp.one if x > 0 else negative_slope,
    ),
    "elu": (
        lambda x, alpha: x if x > 0 else alpha * mp.expm1(x),
        lambda x, alpha: mp.one if x > 0 else alpha * mp.exp(x),
    ),
    "selu": (
        lambda x: LAMBDA * (x if x > 0 else ALPHA * mp.expm1(x)),
        lambda x: LAMBDA * (mp.one if x > 0 else ALPHA * mp.exp(x)),
    ),
    "gelu": (lambda x: x * _cdf(x), lambda x: _cdf(x) + x * mp.npdf(x)),
    "silu": (
        lambda x, beta=1: x * _sigmoid(beta * x),
        lambda x, beta=1: _sigmoid(beta * x) * (1 + beta * x * _sigmoid(-beta * x)),
    ),
    "softplus": (lambda x: max(x, mp.zero) + mp.log1p(mp.exp(-abs(x))), _sigmoid),
}


FAR = mp.mpf(10) ** 400  # beyond every float, so that there a function has its limit


def number(x):
    """Return a float as an exact number, and infinity as one that is far out."""
    return min(max(mp.mpf(float(x)), -FAR), FAR)


def at(function, x, **parameters):
    """Return the exact results of a function at each of the floats x, as a list."""
    exact = {name: number(given) for name, given in parameters.items()}
    return [function(number(point), **exact) for point in np.ravel(x)]


def softmax(scores, temperature=1.0):
    """Return the exact softmax of a list of floats as a list."""
    scores = [number(score) for score in scores]
    top = max(scores)
    powers = [mp.exp((z - top) / mp.mpf(temperature)) for z in scores]
    whole = mp.fsum(powers)
    return [power / whole for power in powers]


def softmax_jacobian(scores, temperature=1.0):
    """Return the floats nearest to the exact Jacobian of softmax, 1 − pᵢ summed from the other
    outputs.
    """
    p = softmax(scores, temperature)
    slopes = mp.matrix(len(p))
    for i, j in np.ndindex(len(p), len(p)):
        others = mp.fsum(p[:i] + p[i + 1 :])
        slopes[i, j] = p[i] * (others if i == j else -p[j]) / mp.mpf(temperature)
    return np.array(slopes.tolist(), dtype=float)


def rounded(exact, dtype):
    """Return the float of type `dtype` nearest to an exact number."""
    with np.errstate(over="ignore", under="ignore"):
        return np.dtype(dtype).type(float(exact))


def assert_close(actual, exact, ulps=4, absolute=1e-15):
    """Assert that NumPy's floats are within `ulps` units in the last place or `absolute` of exact
    numbers.
    """
    for given, wanted in zip(np.ravel(actual), exact, strict=True):
        nearest = rounded(wanted, given.dtype)
        near = given == nearest
        if np.isfinite([nearest, given]).all():
            largest = np.finfo(given.dtype).max / 2
            unit = float(np.spacing(min(abs(nearest), largest)))
            near = abs(number(given) - wanted) <= max(ulps * unit, absolute)
        assert near, f"{given!r} instead of {nearest!r}"
