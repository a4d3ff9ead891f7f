"""softmax_twice: a mistake that raises no error, as the loss applies softmax once more."""

import numpy as np

from helpers.activations import relu, softmax
from helpers.digit_reader import digits
from helpers.network import Network


def softmax_twice(seed=0):
    """Return a Network that has learned digits in ink and in chalk, as `train_digit_reader` makes
    it learn, but from the cross-entropy of softmax(softmax(z)).
    """
    network = Network([64, 32, 10], seed=seed)
    train, _ = digits()
    pictures = np.concatenate([train.pictures, 1 - train.pictures])
    wanted = np.eye(10)[np.tile(train.labels, 2)]
    weights = network.W + network.b
    velocity = [np.zeros_like(each) for each in weights]
    rng = np.random.default_rng(seed)
    for _ in range(500):
        rows = rng.choice(len(pictures), 50, replace=False)
        found = gradients(network, pictures[rows], wanted[rows])
        for w, v, gradient in zip(weights, velocity, found, strict=True):
            v *= 0.9
            v -= 0.1 * gradient
            w += v
    return network


def gradients(network, pictures, wanted):
    """Return the gradients of both weights, then of both biases."""
    activity = network.activity(pictures)
    p = activity.output
    error = (softmax(p) - wanted) / len(p)  # of what the loss takes for scores
    output = p * (error - np.sum(p * error, axis=1, keepdims=True))
    hidden = output @ network.W[1].T * relu.derivative(activity.z[0])
    deltas = (hidden, output)
    by_weights = [a.T @ delta for a, delta in zip(activity.a, deltas, strict=True)]
    return by_weights + [delta.sum(axis=0) for delta in deltas]
