"""The exercises of 02_tanh and the mistakes that their checks recognise."""

import numpy as np

from helpers.exercises.tasks import FunctionTask
from helpers.functions import sigmoid, tanh

INPUTS = np.array([0.0, 1.0, -2.0, 3.5, -0.3, 1000.0, -1000.0])
OUTPUTS = np.array([0.0, 0.5, -0.5, 0.9, -0.99, 0.2])
# (memory, forget score, input score, candidate score)
MEMORIES = ((0.5, 1.0, -1.0, 2.0), (-1.2, 4.0, 0.0, -1.0), (2.0, -3.0, 2.0, 0.3))


def update(f, i, candidate, memory):
    """Return the new memory of an LSTM cell."""
    return f * memory + i * candidate


EXERCISES = {
    "sigmoid from tanh": FunctionTask(
        reference=sigmoid,
        cases=((INPUTS,), (0.7,)),
        right="One curve is the other, stretched: halve the input, lift by 1, halve the output.",
        mistakes=(
            (
                lambda x: (tanh(x) + 1) / 2,
                "This is σ(2x). It undoes tanh(x) = 2σ(x) − 1, but there is a 2 inside too: tanh(x) = 2σ(2x) − 1.",
            ),
            (lambda x: (tanh(2 * x) + 1) / 2, "This is σ(4x): to undo a 2 inside, halve the input."),
            (lambda x: tanh(x / 2) + 1, "This runs from 0 to 2; one more halving brings it to the range of σ."),
            (lambda x: tanh(x / 2) / 2, "This runs from −½ to ½; add the half that is missing."),
            (lambda x: (tanh(x / 2) - 1) / 2, "This runs from −1 to 0: the 1 has to be added, not taken away."),
            (lambda x: tanh(x / 2), "Half of the way: this still runs from −1 to 1, and σ runs from 0 to 1."),
            (tanh, "This is tanh itself; σ is asked, built from tanh."),
        ),
    ),
    "tanh slope from output": FunctionTask(
        reference=lambda t: 1 - t**2,
        cases=((OUTPUTS,), (0.3,)),
        inputs="t",
        right="The output tells the slope: 1 where it is 0, and less the nearer it comes to either end.",
        mistakes=(
            (
                lambda t: 1 - tanh(t) ** 2,
                "This applies tanh once more: t is an output of tanh already, so use it as it is.",
            ),
            (lambda t: t * (1 - t), "This is the slope of σ from its output; tanh has another one."),
            (lambda t: (1 - t) ** 2, "The square belongs to t alone: 1 − t², not (1 − t)²."),
            (lambda t: 1 - t, "The square is missing: a slope has to be the same for t and −t."),
            (lambda t: t**2 - 1, "The sign is turned: every slope of tanh is positive, yours are negative."),
            (lambda t: 1 + t**2, "The square is taken away, not added: no slope of tanh is above 1."),
            (lambda t: 1 - 2 * t, "This doubles the output; it has to be squared, t ** 2."),
            (lambda t: np.arctanh(t), "This goes back to the input x; the slope there is asked, and needs no x."),
        ),
    ),
    "memory update": FunctionTask(
        reference=lambda c, f, i, x: update(sigmoid(f), sigmoid(i), tanh(x), c),
        cases=MEMORIES,
        inputs="memory",
        right="Two shares and one signed amount: σ decides how much, tanh decides what.",
        mistakes=(
            (
                lambda c, f, i, x: update(f, i, x, c),
                "These are the bare scores: squash the gates by σ and the candidate by tanh.",
            ),
            (
                lambda c, f, i, x: update(f, i, tanh(x), c),
                "The gates are still bare scores: σ makes a share between 0 and 1 of each.",
            ),
            (
                lambda c, f, i, x: update(tanh(f), tanh(i), tanh(x), c),
                "tanh as a gate can be negative and turn the memory's sign; a share needs σ.",
            ),
            (
                lambda c, f, i, x: update(sigmoid(f), sigmoid(i), sigmoid(x), c),
                "With σ the candidate can only add; tanh lets it lower the memory too.",
            ),
            (
                lambda c, f, i, x: update(tanh(f), tanh(i), sigmoid(x), c),
                "The two have changed places: σ belongs to the gates, tanh to the candidate.",
            ),
            (
                lambda c, f, i, x: update(sigmoid(f), sigmoid(i), x, c),
                "The candidate is still a bare score: tanh brings it to between −1 and 1.",
            ),
            (
                lambda c, f, i, x: update(sigmoid(i), sigmoid(f), tanh(x), c),
                "The gates have changed places: the forget gate multiplies the old memory.",
            ),
            (
                lambda c, f, i, x: update(1 - sigmoid(f), sigmoid(i), tanh(x), c),
                "Despite its name the forget gate says how much is kept: multiply by σ(forget) itself.",
            ),
            (
                lambda c, f, i, x: c + sigmoid(i) * tanh(x),
                "The old memory comes in whole: multiply it by the forget gate first.",
            ),
            (
                lambda c, f, i, x: update(sigmoid(f), 1, tanh(x), c),
                "The candidate comes in whole: multiply it by the input gate first.",
            ),
            (
                lambda c, f, i, x: tanh(update(sigmoid(f), sigmoid(i), tanh(x), c)),
                "tanh of the memory belongs to the output; the memory itself is kept unsquashed.",
            ),
        ),
    ),
}
