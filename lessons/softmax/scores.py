"""The classes, the sliders of their scores, and what a learner's functions make of these."""

import numpy as np

from helpers.arguments import as_floats, describe_error, name_of
from helpers.figures.controls import slider
from helpers.figures.sampling import evaluate
from helpers.figures.style import number

NAMES = ("cat", "dog", "bird", "fish", "horse")


def score_sliders(scores):
    """Return the sliders z1, z2, …, one for each score.

    Raises TypeError or ValueError unless `scores` are two to five numbers from −4 to 4.
    """
    scores = as_floats(scores, "scores")
    if scores.ndim != 1 or not 2 <= scores.size <= len(NAMES):
        raise ValueError(
            f"scores must be a list of 2 to {len(NAMES)} numbers, one for each class, not of shape "
            f"{scores.shape}; try scores=[1, 2, 3]."
        )
    sliders = {}
    for i, score in enumerate(scores):
        sliders[f"z{i + 1}"] = slider(f"score of {NAMES[i]}", score, -4, 4, 0.1)
    return sliders


def by_class(values, digits=4):
    """Return values with the names of their classes: "cat 0.0900, dog 0.2447"."""
    return ", ".join(
        f"{NAMES[i]} {number(value, digits)}" for i, value in enumerate(values)
    )


def probabilities(function, z, **parameters):
    """Return function(z) as floats in the shape of z, or raise ValueError or TypeError."""
    return evaluate(function, z, name_of(function, "softmax"), **parameters)


def jacobian_matrix(jacobian, z):
    """Return jacobian(z) as floats, a row and a column for each score, or raise ValueError."""
    n = len(z)
    name = name_of(jacobian, "softmax")
    matrix = evaluate_array(jacobian, z, f"{n} scores")
    if matrix.shape != (n, n):
        raise ValueError(
            f"{name} returns shape {matrix.shape} for {n} scores; a Jacobian has the shape "
            f"({n}, {n})."
        )
    if not np.isfinite(matrix).all():
        raise ValueError(
            f"{name} returns numbers that are not finite for the scores {z.tolist()}."
        )
    return matrix


def evaluate_array(function, z, description):
    """Return function(z) as floats of any shape, or raise ValueError that describes z."""
    name = name_of(function, "softmax")
    try:
        return as_floats(function(z.copy()), f"the result of {name}")
    except Exception as error:
        # A learner's function may raise anything; the message tells it.
        raise ValueError(
            f"{name} fails for {description}: {describe_error(error)}"
        ) from error
