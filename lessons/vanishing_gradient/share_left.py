"""share_left: how much of the gradient arrives in the first layer of a fresh network."""

import numpy as np

from helpers.network import Network

WIDTH = 128  # of a hidden layer, in units


def share_left(activation, initialisation, depth=10, *, seeds=5, **options):
    """Return the size of ∂L/∂z in the first layer, in parts of what enters at the top.

    It is the median of as many fresh networks as `seeds`, with so many hidden layers of 128
    units, on 64 examples drawn from N(0, 1). Other `options` are Network's, such as residual=True.
    Raises as Network does.
    """
    sizes = [WIDTH] * (depth + 1) + [10]
    shares = []
    for seed in range(seeds):
        network = Network(sizes, activation, initialisation, seed, **options)
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(64, WIDTH))
        y = rng.integers(0, 10, 64)
        shares.append(network.layer_gradients(x, y, relative=True)[0])
    return np.median(shares)
