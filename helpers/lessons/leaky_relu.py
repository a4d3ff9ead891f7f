"""The room of 04_leaky_relu: its exercises."""

import numpy as np

from helpers.exercises import FunctionTask
from helpers.functions import leaky_relu, leaky_relu_slope

BOTH_SIDES = np.array([2.0, -5.0, 0.5, -0.25, 0.0])

EXERCISES = {
    "leaky relu for any slope": FunctionTask(
        reference=lambda x, slope: np.where(x > 0, x, slope * x),
        cases=tuple((BOTH_SIDES, slope) for slope in (0.1, 0.0, 1.0, 2.0, -0.5)),
        right="The sign of x decides, so the formula holds for every leak.",
        mistakes={
            "Right for slopes up to 1 only: for slope 2 the larger of 2x and x is the wrong one on both sides.": (
                lambda x, slope: np.maximum(slope * x, x)
            ),
            "This turns negatives into positives: α·x keeps the sign of x.": lambda x, slope: leaky_relu(x, -slope),
            "This always multiplies by 0.1; use the slope that comes in.": lambda x, slope: leaky_relu(x, 0.1),
            "This is ReLU: the slope on the left is missing.": lambda x, slope: leaky_relu(x, 0.0),
            "For negative x the output is slope times x, not the slope itself.": (
                lambda x, slope: np.where(x > 0, x, slope)
            ),
            "This is the derivative; the function itself is asked.": leaky_relu_slope,
            "if asks one question of the whole array; np.where(condition, then, else) asks one of each element.": (
                lambda x, slope: x if x > 0 else slope * x
            ),
        },
    ),
    "what passes a leaky relu": FunctionTask(
        reference=leaky_relu_slope,
        cases=tuple((BOTH_SIDES, slope) for slope in (0.1, 0.0, 2.0)),
        right="1 on the right, the leak on the left: that is all a correction can meet here.",
        mistakes={
            "This is the function itself; its slope is asked.": leaky_relu,
            "This is the slope of ReLU: on the left α passes, not 0.": lambda x, slope: x > 0,
            "On the left the slope is α at every place; do not multiply by x.": (
                lambda x, slope: np.where(x > 0, 1.0, slope * x)
            ),
            "Right but for x = 0: there the left side's slope is asked.": lambda x, slope: np.where(x >= 0, 1.0, slope),
        },
    ),
    "gradient of the leak": FunctionTask(
        reference=lambda x, slope: np.minimum(0, x),
        cases=((BOTH_SIDES, 0.25), (BOTH_SIDES, 0.0)),
        right="Only negative sums have something to say about the leak, and the more so the farther out they are.",
        mistakes={
            "This is the slope in x; here x is fixed and α moves.": leaky_relu_slope,
            "For positive x the output does not depend on α at all: 0 there.": lambda x, slope: x,
            "If α grows by 1, the output changes by x, not by 1.": lambda x, slope: x <= 0,
            "If α grows by 1, the output changes by x, whatever α is now.": lambda x, slope: slope * (x <= 0),
            "This is the output on the left; divide it by α once.": lambda x, slope: slope * np.minimum(0, x),
            "The wrong side: α acts on negative inputs.": lambda x, slope: np.maximum(0, x),
        },
    ),
}
