"""What the passes of a network compute within one layer: products, norms, normalisation, checks."""

import functools
import sys
from math import isfinite, sqrt

import numpy as np

# Overflow is looked for after each pass and reported in one sentence, in place of NumPy's warnings.
ignore_overflow = np.errstate(all="ignore")

# OpenBLAS gives products of more multiplications than this to all cores and waits for them, which
# on a busy machine takes twenty times as long as the work itself; a slider cannot wait for that.
ONE_CORE = 2**18 - 1


@functools.cache
def keep_freed_memory():
    """Let the process keep the memory of the arrays that it gives back, from the first call on.

    Linux hands memory out anew for each large array, which takes a tenth to a third of the time of
    a pass, until an array of just below 32 MiB has been given back. This one is never filled.
    """
    if sys.platform == "linux":
        np.empty(4_193_280)


def product(a, W):
    """Return a @ W, multiplied in pieces so small that OpenBLAS leaves each of them to one core."""
    result = np.empty((len(a), W.shape[1]))
    rows = max(1, ONE_CORE // W.size)
    for start in range(0, len(a), rows):
        piece = slice(start, start + rows)
        np.matmul(a[piece], W, out=result[piece])
    return result


@ignore_overflow
def root_mean_square(values):
    """Return the root mean square, also where the squares would leave the range of float64."""
    mean_square = np.square(values).mean()
    if 1e-200 < mean_square < 1e200:
        return sqrt(mean_square)
    largest = np.abs(values).max() or 1.0
    return float(largest * sqrt(np.mean((values / largest) ** 2)))


def mean_and_std(u, axis):
    """Return mean and std of u; 1e-5 is added to the variance, so that the std is never 0."""
    mean = u.mean(axis=axis, keepdims=True)
    std = np.sqrt(u.var(axis=axis, keepdims=True) + 1e-5)
    return np.array([mean, std])


def backward_normalisation(delta, normalised, std, axis):
    """Return ∂L/∂u from delta = ∂L/∂normalised, where normalised = (u − mean) / std.

    What would only move the mean or the std is undone by the normalisation, so it is taken out of
    delta. Source: Ioffe & Szegedy (2015), §3.
    """
    along_mean = delta.mean(axis=axis, keepdims=True)
    along_std = normalised * (delta * normalised).mean(axis=axis, keepdims=True)
    return (delta - along_mean - along_std) / std


def check_layers(z, a):
    """Raise OverflowError if the output is not finite, as inf or nan in any layer makes it."""
    if np.isfinite(z[-1]).all():
        return
    for layer, (inputs, sums) in enumerate(zip(a, z, strict=True)):
        if not np.isfinite(inputs).all():
            raise OverflowError(
                f"the activation of layer {layer} returns nan or inf for finite z; "
                "plot it to see where."
            )
        if not np.isfinite(sums).all():
            raise OverflowError(
                f"numbers outgrow float64 (1.8e308) on their way into layer {layer + 1} of "
                f'{len(z)}; try a smaller scale or rate, fewer layers, or initialisation="xavier".'
            )


def check_gradient(total):
    """Raise OverflowError if a number that sums up the backward pass is not finite."""
    if not isfinite(total):
        raise OverflowError(
            "the gradient outgrows float64 on its way back; try a smaller scale or rate."
        )
