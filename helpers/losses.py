"""How wrong a network is: each loss with its slope ∂L/∂z, from which the backward pass begins."""

import numpy as np


def cross_entropy(now, labels):
    """Return the mean of −log(probability of the right label) and its slope ∂L/∂z = (p − y) / examples."""
    rows = np.arange(len(labels))
    z = now.z[-1] - now.z[-1].max(axis=1, keepdims=True)  # so that exp cannot overflow; the loss is the same
    delta = now.output.copy()
    delta[rows, labels] -= 1
    return float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[rows, labels])), delta / len(labels)


def squared_error(now, y):
    """Return the mean of half the squared errors and its slope ∂L/∂z = (output − y) / examples."""
    error = now.output - y
    return float(np.sum(error**2) / 2 / len(y)), error / len(y)
