"""The classes, the sliders of their scores, and what a learner's functions make of these."""

from helpers.arguments import as_array, name_of, short_repr
from helpers.figures.controls import slider
from helpers.figures.sampling import evaluate
from helpers.figures.style import number

NAMES = ("cat", "dog", "bird", "fish", "horse")


def score_sliders(scores, most=4):
    """Return the sliders z1, z2, …, one for each score.

    Raises TypeError or ValueError unless `scores` are two to five numbers from −most to most.
    """
    shape = (("classes", 2, len(NAMES)),)
    example = "scores=[1, 2, 3]"
    scores = as_array(scores, "scores", shape, low=-most, high=most, example=example)
    sliders = {}
    for i, score in enumerate(scores):
        sliders[f"z{i + 1}"] = slider(f"score of {NAMES[i]}", score, -most, most, 0.1)
    return sliders


def by_class(values, digits=4):
    """Return values with the names of their classes: "cat 0.0900, dog 0.2447"."""
    return ", ".join(
        f"{NAMES[i]} {number(value, digits)}" for i, value in enumerate(values)
    )


def probabilities(function, z, **parameters):
    """Return function(z) as floats in the shape of z, or raise ValueError or TypeError when they
    are no probabilities.
    """
    name = name_of(function, "softmax")
    p = evaluate(function, z, name, **parameters)
    if p.min() < 0 or abs(p.sum() - 1) > 1e-6:
        given = short_repr(p.round(4).tolist())
        raise ValueError(
            f"{name} returns {given}, with the sum {p.sum():.4g}; probabilities lie between 0 and "
            "1 and sum to 1: divide positive numbers by their sum."
        )
    return p
