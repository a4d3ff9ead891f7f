"""The exercises of 03_relu."""

import numpy as np

from helpers.exercises import Exercises, FunctionTask, Mistake
from helpers.functions import relu

# Sums of four examples and six units; the second and the last two are dead, the first and third
# are off on average only.
EXAMPLES = np.array(
    [
        [0.5, -1.0, -3.0, 2.0, -0.1, -1.0],
        [-0.5, -0.2, -2.0, 1.0, -4.0, 0.0],
        [0.5, -3.0, -1.0, -0.4, -2.0, -0.5],
        [-1.0, -0.7, 0.3, 3.0, -0.6, -2.0],
    ]
)


def bent(*weights, apart=1):
    """Return a sum of units with these weights; they bend at 0, `apart`, 2 · `apart` and so on."""
    return lambda x: sum(
        weight * relu(x - apart * i) for i, weight in enumerate(weights)
    )


check = Exercises(
    {
        "ReLU slope from output": FunctionTask(
            reference=lambda a: a > 0,
            cases=(np.array([0.0, 2.5, 0.0, 0.01, 7.0, 3.0]),),
            right=(
                "An output above 0 can only come from a unit that is on, so the inputs "
                "need not be kept."
            ),
            mistakes=[
                Mistake(
                    "No output of ReLU is negative, so a >= 0 is always true, also "
                    "for units that are off.",
                    lambda a: a >= 0,
                ),
                Mistake(
                    "This is the output itself; the slope of a unit is either 0 or 1.",
                    lambda a: a,
                ),
                Mistake(
                    "This is the wrong way round: an output above 0 belongs to a unit that is on.",
                    lambda a: a <= 0,
                ),
                Mistake(
                    "This is the slope of the sigmoid from its output; ReLU has another one.",
                    lambda a: a * (1 - a),
                ),
                Mistake(
                    "A half at 0 is what a measurement to both sides gives; here the value 0 is "
                    "asked, as in libraries.",
                    lambda a: np.where(a > 0, 1, 0.5),
                ),
            ],
        ),
        "dead units": FunctionTask(
            reference=lambda z: (z <= 0).all(axis=0),
            # The first and the last row alone tell nothing.
            cases=(EXAMPLES, EXAMPLES[:1], EXAMPLES[[1, 0, 3, 2]]),
            right="One example that switches a unit on is enough to keep it alive.",
            mistakes=[
                Mistake(
                    "These units are off for at least one example, which is ordinary; dead means "
                    "off for all of them.",
                    lambda z: (z <= 0).any(axis=0),
                ),
                Mistake(
                    "A sum of exactly 0 leaves a unit off too: compare with <=.",
                    lambda z: (z < 0).all(axis=0),
                ),
                Mistake(
                    "No unit is dead by this: z holds the sums, so compare them with 0 by <=, over "
                    "all z.shape[0] examples.",
                    lambda z: (z == 0).all(axis=0),
                ),
                Mistake(
                    "axis=1 runs over the units of one example; examples lie along axis 0.",
                    lambda z: (z <= 0).all(axis=1),
                ),
                Mistake(
                    "This is one answer for the whole layer; axis=0 gives one for each unit.",
                    lambda z: (z <= 0).all(),
                ),
                Mistake(
                    "These are the units that live; the others are asked.",
                    lambda z: (z > 0).any(axis=0),
                ),
                Mistake(
                    "A negative average is not enough: one positive sum keeps a unit alive.",
                    lambda z: z.mean(axis=0) <= 0,
                ),
                Mistake(
                    "This says how many examples leave a unit off; dead means that all do.",
                    lambda z: (z <= 0).mean(axis=0),
                    lambda z: (z <= 0).sum(axis=0),
                ),
                Mistake(
                    "This answers for each example and unit; put the examples together, with "
                    ".all(axis=0).",
                    lambda z: z <= 0,
                ),
            ],
        ),
        "tent": FunctionTask(
            reference=bent(1, -2, 1),
            # At 0.25 and 5 other curves part from it that meet it at every half up to 3.
            cases=(np.array([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 0.25, 5.0]),),
            right=(
                "Up, down and flat again: three corners, three units, and the weights are the "
                "changes of slope."
            ),
            mistakes=[
                Mistake(
                    "From 2 on it falls below 0: a third unit has to lift the slope from −1 to 0.",
                    bent(1, -2),
                ),
                Mistake(
                    "From 1 on this is flat; the slope has to change there by −2, from 1 to −1.",
                    bent(1, -1),
                ),
                Mistake(
                    "From 1 to 2 this is flat; the slope has to change there by −2, from 1 to −1.",
                    bent(1, -1, 1),
                ),
                Mistake(
                    "relu(x + 1) bends at −1: to bend at 1, subtract 1 from x.",
                    bent(1, -2, 1, apart=-1),
                ),
                Mistake(
                    "All three bend upwards; the middle one has to bend down.",
                    bent(1, 1, 1),
                ),
            ],
        ),
    }
)
