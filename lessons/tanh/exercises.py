"""The exercises of 02_tanh."""

import numpy as np

from helpers.exercises import Exercises, FunctionTask, Mistake
from helpers.functions import identity, sigmoid, tanh


def update_with(forget_gate=sigmoid, input_gate=sigmoid, candidate=tanh):
    """Return the update of an LSTM cell's memory in which these functions squash its scores."""
    return lambda memory, f, i, x: (
        forget_gate(f) * memory + input_gate(i) * candidate(x)
    )


update = update_with()

# A row for each example, a column for each input.
TRAIN = np.array(
    [[0.5, 2.0, -1.0], [1.5, 4.5, -3.0], [0.25, 3.0, -2.5], [1.0, 3.5, 0.0]]
)
NEW = np.array([[1.25, 2.5, -4.0], [0.75, 5.0, 0.3]])

check = Exercises(
    {
        "sigmoid from tanh": FunctionTask(
            reference=sigmoid,
            cases=(np.array([0.0, 1.0, -2.0, 3.5, -0.3, 1000.0, -1000.0, 0.7]),),
            right=(
                "One curve is the other, stretched: halve the input, lift by 1, halve the output."
            ),
            mistakes=[
                Mistake(
                    "This is σ(2x). It undoes tanh(x) = 2σ(x) − 1, but there is a 2 inside too: "
                    "tanh(x) = 2σ(2x) − 1.",
                    lambda x: (tanh(x) + 1) / 2,
                ),
                Mistake(
                    "This is σ(4x): to undo a 2 inside, halve the input.",
                    lambda x: (tanh(2 * x) + 1) / 2,
                ),
                Mistake(
                    "This runs from 0 to 2; one more halving brings it to the range of σ.",
                    lambda x: tanh(x / 2) + 1,
                ),
                Mistake(
                    "This runs from −½ to ½; add the half that is missing.",
                    lambda x: tanh(x / 2) / 2,
                ),
                Mistake(
                    "This runs from −1 to 0: the 1 has to be added, not taken away.",
                    lambda x: (tanh(x / 2) - 1) / 2,
                ),
                Mistake(
                    "Half of the way: this still runs from −1 to 1, and σ runs from 0 to 1.",
                    lambda x: tanh(x / 2),
                ),
                Mistake(
                    "This is tanh itself; σ is asked, built from tanh.",
                    tanh,
                ),
            ],
        ),
        "centre new examples": FunctionTask(
            reference=lambda new, train: new - train.mean(axis=0),
            cases=((NEW, TRAIN), (NEW[:1], TRAIN)),
            right="The unit has learned with these means, so new examples move by them too.",
            mistakes=[
                Mistake(
                    "This takes the mean of new: then a single new example would always become 0. "
                    "The unit has learned with the mean of train.",
                    lambda new, train: new - new.mean(axis=0),
                ),
                Mistake(
                    "This takes one mean for all the inputs: axis=0 gives each column its own.",
                    lambda new, train: new - train.mean(),
                    lambda new, train: new - new.mean(),
                ),
                Mistake(
                    "This takes a mean for each row, which is an example: axis=0 goes down the "
                    "columns, one for each input.",
                    lambda new, train: new - train.mean(axis=1),
                    lambda new, train: new - train.mean(axis=1, keepdims=True),
                    lambda new, train: new - new.mean(axis=1, keepdims=True),
                ),
                Mistake(
                    "The mean has to be taken away, not added.",
                    lambda new, train: new + train.mean(axis=0),
                ),
                Mistake(
                    "The spread is not asked: only shift, and divide by nothing.",
                    lambda new, train: (new - train.mean(axis=0)) / train.std(axis=0),
                ),
                Mistake(
                    "These are the means; take them away from new.",
                    lambda new, train: train.mean(axis=0),
                ),
                Mistake(
                    "This centres train, but the new examples are asked.",
                    lambda new, train: train - train.mean(axis=0),
                ),
            ],
        ),
        "memory update": FunctionTask(
            reference=update,
            # The memory, the forget score, the input score, the candidate's score.
            cases=(
                (0.5, 1.0, -1.0, 2.0),
                (-1.2, 4.0, 0.0, -1.0),
                (2.0, -3.0, 2.0, 0.3),
            ),
            right="Two shares and one signed amount: σ decides how much, tanh decides what.",
            mistakes=[
                Mistake(
                    "These are the bare scores: squash the gates by σ and the candidate by tanh.",
                    update_with(identity, identity, identity),
                ),
                Mistake(
                    "The gates are still bare scores: σ makes a share between 0 and 1 of each.",
                    update_with(identity, identity),
                ),
                Mistake(
                    "tanh as a gate can be negative and turn the memory's sign; a share needs σ.",
                    update_with(tanh, tanh),
                ),
                Mistake(
                    "With σ the candidate can only add; tanh lets it lower the memory too.",
                    update_with(candidate=sigmoid),
                ),
                Mistake(
                    "The two have changed places: σ belongs to the gates, tanh to the candidate.",
                    update_with(tanh, tanh, sigmoid),
                ),
                Mistake(
                    "The candidate is still a bare score: tanh brings it to between −1 and 1.",
                    update_with(candidate=identity),
                ),
                Mistake(
                    "The gates have changed places: the forget gate multiplies the old memory.",
                    lambda memory, f, i, x: update(memory, i, f, x),
                ),
                Mistake(
                    "Despite its name the forget gate is the share that is kept: multiply by "
                    "σ(forget) itself.",
                    update_with(forget_gate=lambda f: 1 - sigmoid(f)),
                ),
                Mistake(
                    "The old memory comes in whole: multiply it by the forget gate first.",
                    update_with(forget_gate=np.ones_like),
                ),
                Mistake(
                    "The candidate comes in whole: multiply it by the input gate first.",
                    update_with(input_gate=np.ones_like),
                ),
                Mistake(
                    "tanh of the memory belongs to the output; the memory itself is kept "
                    "unsquashed.",
                    lambda memory, f, i, x: tanh(update(memory, f, i, x)),
                ),
            ],
        ),
    }
)
