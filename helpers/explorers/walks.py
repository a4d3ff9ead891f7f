"""Gradient descent on the two weights of a unit without a bias, whose loss is half the mean squared error."""

import numpy as np

TARGET = np.array([1.5, -0.5])  # the right weights; the walk starts at (0, 0)
DONE = 1e-6  # so near to the right weights the walk ends
MOST = 500  # steps
LEVELS = (1, 0.36, 0.09, 0.01)  # parts of the first loss at which contours are drawn
CIRCLE = np.array([np.cos(t := np.linspace(0, 2 * np.pi, 73)), np.sin(t)])


def curvature(inputs):
    """Return the matrix of second slopes of the loss: the mean of xᵢxⱼ over the examples."""
    return inputs.T @ inputs / len(inputs)


def walk(inputs, rate, one):
    """Return the weights after 0, 1, … steps, of shape (steps + 1, 2), until they are right, far off or many."""
    weights = [np.zeros(2)]
    mean = curvature(inputs)
    for step in range(MOST):
        error = weights[-1] - TARGET
        x = inputs[step % len(inputs)]
        weights.append(weights[-1] - rate * (x * (x @ error) if one else mean @ error))
        if not DONE < np.abs(weights[-1] - TARGET).max() < 1e9:
            break
    return np.array(weights)


def contours(matrix):
    """Return an ellipse for each of LEVELS: where the loss ½ eᵀ·matrix·e is that part of the loss at the start."""
    sizes, axes = np.linalg.eigh(matrix)
    start = TARGET @ matrix @ TARGET
    unit = axes @ (CIRCLE / np.sqrt(np.maximum(sizes, 1e-12))[:, None])
    return [(TARGET[:, None] + np.sqrt(part * start) * unit).T for part in LEVELS]


def same_way(path):
    """Return the share of the steps in which both weights grow or both shrink."""
    steps = np.diff(path, axis=0)
    return np.mean(steps[:, 0] * steps[:, 1] > 0)
