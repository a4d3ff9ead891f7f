"""The weights of a network before any training."""

from functools import lru_cache
from itertools import pairwise
from math import sqrt

import numpy as np

from helpers.arguments import finite_number, one_of, short_repr, whole


def initial_weights(sizes, initialisation, seed, scale):
    """Return a weight matrix (inputs, units) for each layer: normal draws with mean 0."""
    shapes = list(pairwise(sizes))
    ends = np.cumsum([n_in * n_out for n_in, n_out in shapes])
    doublings = int(ends[-1] - 1).bit_length()
    draws = _standard_normal(whole(seed, "seed", 0), doublings)
    weights = []
    for (n_in, n_out), end in zip(shapes, ends, strict=True):
        std = _standard_deviation(initialisation, scale, n_in)
        layer = draws[end - n_in * n_out : end].reshape(n_in, n_out)
        weights.append(layer * std)
    return weights


@lru_cache(1)
def _standard_normal(seed, doublings):
    """Return the first 2 ** doublings draws of a seed, kept for networks that begin the same."""
    return np.random.default_rng(seed).standard_normal(2**doublings)


def _standard_deviation(initialisation, scale, n_in):
    """Return the standard deviation of the weights of a layer with n_in inputs."""
    numerator = one_of(
        initialisation, "initialisation", {"xavier": 1, "he": 2, "gaussian": None}
    )
    if numerator is None:
        scale = 1.0 if scale is None else scale
        return finite_number(scale, "scale", least=0, example="0.1")
    if scale is not None:
        raise ValueError(
            f'scale={short_repr(scale)} needs initialisation="gaussian"; '
            f"{initialisation!r} chooses its own."
        )
    return sqrt(numerator / n_in)
