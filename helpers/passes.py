"""What the passes of a network compute within one layer: products, sizes, normalisation, and checks for overflow."""

import sys
from math import isfinite, sqrt

import numpy as np

# Overflow is looked for after each pass and reported in one sentence, in place of NumPy's many warnings.
overflow = np.errstate(all="ignore")

# OpenBLAS gives products of more multiplications than this to all cores and waits for them, which on a busy machine
# takes twenty times as long as the work itself; a slider cannot wait for that.
ONE_CORE = 2**18 - 1

# Linux hands memory out anew for each large array, which takes longer than to fill it, until an array as large as this
# one (just below 32 MiB, never filled) has been given back; from then on the process keeps what it will need again.
if sys.platform == "linux":
    np.empty(4_193_280)


def product(a, W):
    """Return a @ W, multiplied in pieces so small that OpenBLAS leaves each of them to one core."""
    result, rows = np.empty((len(a), W.shape[1])), max(1, ONE_CORE // W.size)
    for start in range(0, len(a), rows):
        np.matmul(a[start : start + rows], W, out=result[start : start + rows])
    return result


@overflow
def size(values):
    """Return the root mean square, also where the squares would be too small or too large for float64."""
    square = np.square(values).mean()
    if 1e-200 < square < 1e200:
        return sqrt(square)
    largest = np.abs(values).max() or 1.0
    return float(largest * sqrt(np.mean((values / largest) ** 2)))


def moments_of(u, axis):
    """Return mean and spread of u; 1e-5 is added to the variance, so that the spread is never 0."""
    return np.array(
        [u.mean(axis=axis, keepdims=True), np.sqrt(u.var(axis=axis, keepdims=True) + 1e-5)]
    )


def before_normalisation(delta, normalised, spread, axis):
    """Return ∂L/∂u from delta = ∂L/∂normalised, where normalised = (u − mean) / spread.

    What would only move the mean or the spread is undone by the normalisation, so it is taken out of delta.
    """
    along = normalised * (delta * normalised).mean(axis=axis, keepdims=True)
    return (delta - delta.mean(axis=axis, keepdims=True) - along) / spread


def check_layers(z, a):
    """Raise OverflowError if the output is not finite; inf or nan in any layer ends there as inf or nan."""
    if np.isfinite(z[-1]).all():
        return
    for layer, (received, sums) in enumerate(zip(a, z, strict=True)):
        if not np.isfinite(received).all():
            raise OverflowError(
                f"the activation of layer {layer} returns nan or inf for finite z; plot it to see where."
            )
        if not np.isfinite(sums).all():
            raise OverflowError(
                f"numbers outgrow float64 (1.8e308) on their way into layer {layer + 1} of {len(z)}; "
                'try a smaller scale or rate, fewer layers, or initialisation="xavier".'
            )


def check_slopes(total):
    """Raise OverflowError if a number that sums up the backward pass is not finite."""
    if not isfinite(total):
        raise OverflowError(
            "the gradient outgrows float64 on its way back; try a smaller scale or rate."
        )
