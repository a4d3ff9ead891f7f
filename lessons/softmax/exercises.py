"""The exercises of 08_softmax."""

import numpy as np

from helpers.exercises import Exercises, FunctionTask, Mistake, NumberTask
from helpers.functions import softmax

SCORES = np.array([[1.0, 2.0, 3.0], [2.0, 0.0, -1.0], [0.5, 0.5, 4.0]])
# Rows whose least, mean, median, first and last score, and largest distance from 0, are far from
# their largest score.
LARGE = np.array(
    [
        [1000.0, 1001.0, 1002.0],
        [1.0, 2.0, 3.0],
        [0.0, 0.0, 1000.0],
        [1000.0, 0.0, 0.0],
        [-3000.0, -3000.0, 0.0],
        [-1000.0, -1000.0, -1000.0],
    ]
)
# Three axes, no two of one length, and four scores in a row.
BATCHES = np.arange(24.0).reshape(2, 3, 4) % 7
TRUTHS = np.eye(3)[[2, 1, 0]]  # the true classes are 2, 1 and 0


def below_row_max(z):
    """Return e to the power of the scores minus the largest of their row."""
    return np.exp(z - z.max(axis=-1, keepdims=True))


def below_max(z):
    """Return e to the power of the scores minus the largest of all."""
    return np.exp(z - z.max())


def below(statistic):
    """Return a function that takes e to the power of the scores minus a statistic of their row."""
    return lambda z: np.exp(z - np.apply_along_axis(statistic, -1, z)[..., None])


def normalized(*powers, axis=-1, keepdims=True):
    """Return a function of scores for each of `powers`, divided by its sums."""

    def divided(power):
        return lambda z: power(z) / power(z).sum(axis=axis, keepdims=keepdims)

    return [divided(power) for power in powers]


def with_transposes(z):
    """Return softmax as it is written with .T in place of keepdims: right for a table."""
    powers = below_row_max(z)
    return (powers.T / powers.sum(axis=-1)).T


def row_by_row(function):
    """Return what a loop over the rows of a table makes, with a function of one row."""
    return lambda z: [function(row) for row in z]


def with_new_axis(z):
    """Return softmax as it is written with a new axis in place of keepdims: right for a table."""
    powers = below_row_max(z)
    return powers / powers.sum(axis=-1)[:, None]


def along_second_axis(z):
    """Return softmax along axis 1, or along the only axis."""
    return softmax(z, axis=min(1, z.ndim - 1))


POWERS = (np.exp, below_row_max, below_max)
NOT_THE_LARGEST = (
    below(np.min),
    below(np.mean),
    below(np.median),
    below(np.sum),
    below(lambda row: row[0]),
    below(lambda row: row[-1]),
    below(lambda row: np.abs(row).max()),
)

check = Exercises(
    {
        "stable softmax": FunctionTask(
            reference=softmax,
            cases=(SCORES[:2], SCORES, SCORES[0], LARGE, BATCHES),
            right="Each row sums to 1 by itself, and 1000 is no trouble any more.",
            mistakes=[
                Mistake(
                    "Breaks for scores near 709 and beyond (0 or nan): subtract the largest score "
                    "of each row first.",
                    *normalized(np.exp),
                ),
                Mistake(
                    "Any number may be subtracted from a row, but only its largest score keeps "
                    "every exp at 1 or below and one of them at 1: np.max.",
                    *normalized(*NOT_THE_LARGEST),
                ),
                Mistake(
                    "Cut off, different scores become equal; a difference keeps their distances.",
                    *normalized(
                        lambda z: np.exp(np.minimum(z, 700)),
                        lambda z: np.exp(np.clip(z, -700, 700)),
                    ),
                ),
                Mistake(
                    "These are the powers of e; divide them by the sum of their row.",
                    below_row_max,
                    np.exp,
                ),
                Mistake(
                    "The outputs sum to 1 over the whole batch, not over each row: sum along "
                    "axis=-1 and keep that axis.",
                    *normalized(*POWERS, axis=None),
                ),
                Mistake(
                    "The sums have lost their axis, so rows are divided by the sums of other rows, "
                    "or do not fit at all: keepdims=True.",
                    *normalized(*POWERS, keepdims=False),
                ),
                Mistake(
                    "Each column sums to 1; the scores of one example stand in a row: use axis=-1.",
                    *normalized(*POWERS, axis=0),
                ),
                Mistake(
                    "One maximum for the whole batch: beside a row with 1000, exp turns every "
                    "small row into zeros. Each row needs its own.",
                    *normalized(below_max),
                ),
                Mistake(
                    "The maxima have lost their axis and do not fit their rows: np.max needs "
                    "keepdims=True as well.",
                    *normalized(lambda z: np.exp(z - z.max(axis=-1))),
                ),
                Mistake(
                    "This is argmax as zeros and a one: it shows which score is the largest, but "
                    "not by how much.",
                    lambda z: z == z.max(axis=-1, keepdims=True),
                    lambda z: np.eye(z.shape[-1])[z.argmax(axis=-1)],
                ),
                Mistake(
                    "Right for a table of scores only: .T turns all axes round. keepdims=True "
                    "keeps the sums beside their rows, whatever the shape.",
                    with_transposes,
                ),
                Mistake(
                    "Right for a table of scores only: z may also be a single row, or have more "
                    "axes. axis=-1 with keepdims=True serves any shape.",
                    *map(row_by_row, normalized(below_max, below_row_max, axis=None)),
                    row_by_row(softmax),
                    with_new_axis,
                ),
                Mistake(
                    "Right for a table of scores only: with more axes, axis=1 is not the last "
                    "one; axis=-1 always is.",
                    along_second_axis,
                ),
                Mistake(
                    "The powers of e are missing: with negative scores such shares leave the span "
                    "from 0 to 1.",
                    lambda z: z / z.sum(axis=-1, keepdims=True),
                ),
            ],
        ),
        "cross-entropy gradient": FunctionTask(
            reference=lambda z, y: softmax(z) - y,
            cases=((SCORES[:2], TRUTHS[1:]), (SCORES, TRUTHS)),
            right="p − y: the probability of each class minus the true one.",
            mistakes=[
                Mistake(
                    "The sign is turned: this is the way downhill; the gradient points uphill.",
                    lambda z, y: y - softmax(z),
                ),
                Mistake(
                    "The scores are not probabilities yet: put them through softmax first.",
                    lambda z, y: z - y,
                ),
                Mistake(
                    "These are the probabilities alone: take away the truth y.",
                    lambda z, y: softmax(z),
                ),
                Mistake(
                    "The slope of softmax is in p − y already, so multiplying by p(1 − p) counts "
                    "it twice.",
                    lambda z, y: (softmax(z) - y) * softmax(z) * (1 - softmax(z)),
                ),
                Mistake(
                    "This is the gradient of the mean over the batch; here each row is a loss of "
                    "its own: do not divide.",
                    lambda z, y: (softmax(z) - y) / len(z),
                ),
                Mistake(
                    "This is the slope with respect to p; the one with respect to the "
                    "scores z is asked.",
                    lambda z, y: -y / softmax(z),
                ),
                Mistake(
                    "Each column of p sums to 1; the scores of one example stand in a "
                    "row: use axis=-1.",
                    lambda z, y: softmax(z, axis=0) - y,
                ),
            ],
        ),
        "temperature for 90 %": NumberTask(
            answer=2 / np.log(9),
            right="2 / T has to be the logarithm of the odds 9 to 1, so T = 2 / ln 9 = 0.9102.",
            mistakes=[
                Mistake(
                    "This is 1 / T, the number the scores are multiplied by; the temperature "
                    "divides them.",
                    np.log(9) / 2,
                ),
                Mistake(
                    "This took the logarithm of 0.9 itself; the difference of scores is that of "
                    "the odds.",
                    2 / np.log(0.9),
                ),
                Mistake("0.9 against 0.1 is 9 to 1, not 10 to 1.", 2 / np.log(10)),
                Mistake(
                    "log10 belongs to powers of 10; softmax is built from e, so use np.log.",
                    2 / np.log10(9),
                ),
                Mistake(
                    "The temperature stands under the fraction: 2 / T = ln 9.",
                    2 * np.log(9),
                ),
                Mistake("That is the value of 2 / T; solve it for T.", np.log(9)),
            ],
        ),
    }
)
