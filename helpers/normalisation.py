"""Normalisation of weighted sums u, over the examples (axis 0, "batch") or the units (axis 1, "layer")."""

import numpy as np


def moments(u, axis):
    """Return mean and spread of u; 1e-5 is added to the variance, so that the spread is never 0."""
    return u.mean(axis=axis, keepdims=True), np.sqrt(u.var(axis=axis, keepdims=True) + 1e-5)


def backward(delta, normalised, spread, axis):
    """Return ∂L/∂u from delta = ∂L/∂normalised, where normalised = (u − mean) / spread.

    What would only move the mean or the spread is undone by the normalisation, so it is taken out of delta.
    """
    along = normalised * (delta * normalised).mean(axis=axis, keepdims=True)
    return (delta - delta.mean(axis=axis, keepdims=True) - along) / spread
