"""The classes, the sliders of their scores, and what a learner's functions make of these."""

from helpers.arguments import as_array, name_of
from helpers.figures.controls import slider
from helpers.figures.sampling import evaluate, evaluate_array
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
    """Return function(z) as floats in the shape of z, or raise ValueError or TypeError."""
    return evaluate(function, z, name_of(function, "softmax"), **parameters)


def jacobian_matrix(jacobian, z):
    """Return jacobian(z) as floats, a row and a column for each score, or raise ValueError."""
    n = len(z)
    name = name_of(jacobian, "softmax")
    return evaluate_array(jacobian, (z.copy(),), name, f"{n} scores", (n, n))
