"""The exercises of 08_softmax and the mistakes that their checks recognise."""

import numpy as np

from helpers.exercises.tasks import FunctionTask, NumberTask
from helpers.functions import softmax

ROWS = np.array([[1.0, 2.0, 3.0], [2.0, 0.0, -1.0]])
SQUARE = np.array([[1.0, 2.0, 3.0], [2.0, 0.0, -1.0], [0.5, 0.5, 4.0]])
LARGE = np.array([[1000.0, 1001.0, 1002.0], [1.0, 2.0, 3.0]])
TRUTH = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
TRUTHS = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])


def _stable(z):
    return np.exp(z - np.max(z, axis=-1, keepdims=True))


def _whole_batch(powers):
    return lambda z: powers(z) / powers(z).sum()


def _no_keepdims(powers):
    return lambda z: powers(z) / powers(z).sum(axis=-1)


def _columns(powers):
    return lambda z: powers(z) / powers(z).sum(axis=0, keepdims=True)


def _rows(powers):
    return lambda z: powers(z) / powers(z).sum(axis=-1, keepdims=True)


def _one_maximum(z):
    return np.exp(z - np.max(z))


WHOLE_BATCH = "The outputs sum to 1 over the whole batch, not over each row: sum along axis=-1 and keep that axis."
NO_KEEPDIMS = (
    "The sums have lost their axis, so rows are divided by the sums of other rows, or do not fit at all: keepdims=True."
)
COLUMNS = "Each column sums to 1; the scores of one example stand in a row: use axis=-1."

EXERCISES = {
    "stable softmax": FunctionTask(
        reference=softmax,
        cases=((ROWS,), (SQUARE,), (np.array([1.0, 2.0, 3.0]),), (LARGE,)),
        inputs="z",
        right="Each row sums to 1 by itself, and 1000 is no trouble any more.",
        mistakes=(
            (
                _rows(np.exp),
                "Breaks for scores near 709 and beyond (0 or nan): subtract the largest score of each row first.",
            ),
            *((_whole_batch(powers), WHOLE_BATCH) for powers in (np.exp, _stable, _one_maximum)),
            *((_no_keepdims(powers), NO_KEEPDIMS) for powers in (np.exp, _stable, _one_maximum)),
            *((_columns(powers), COLUMNS) for powers in (np.exp, _stable, _one_maximum)),
            (
                _rows(_one_maximum),
                "One maximum for the whole batch: beside a row with 1000, exp turns every small row into zeros. "
                "Each row needs its own.",
            ),
            (
                lambda z: np.exp(z - np.max(z, axis=-1)) / np.exp(z - np.max(z, axis=-1)).sum(axis=-1, keepdims=True),
                "The maxima have lost their axis and do not fit their rows: np.max needs keepdims=True as well.",
            ),
            (
                lambda z: (z == np.max(z, axis=-1, keepdims=True)).astype(float),
                "This is argmax as zeros and a one: it says who wins, but not by how much.",
            ),
            (
                lambda z: z / z.sum(axis=-1, keepdims=True),
                "The powers of e are missing: with negative scores such shares leave the span from 0 to 1.",
            ),
        ),
    ),
    "cross-entropy gradient": FunctionTask(
        reference=lambda z, y: softmax(z) - y,
        cases=((ROWS, TRUTH), (SQUARE, TRUTHS)),
        inputs="z",
        right="p − y: what each class says, less what is true.",
        mistakes=(
            (lambda z, y: y - softmax(z), "The sign is turned: this is the way downhill; the gradient points uphill."),
            (lambda z, y: z - y, "The scores are not probabilities yet: put them through softmax first."),
            (lambda z, y: softmax(z), "These are the probabilities alone: take away the truth y."),
            (
                lambda z, y: (softmax(z) - y) * softmax(z) * (1 - softmax(z)),
                "The slope of softmax is in p − y already, so multiplying by p(1 − p) counts it twice.",
            ),
            (
                lambda z, y: (softmax(z) - y) / len(z),
                "This is the gradient of the mean over the batch; here each row is a loss of its own: do not divide.",
            ),
            (
                lambda z, y: -y / softmax(z),
                "This is the slope with respect to p; the one with respect to the scores z is asked.",
            ),
            (
                lambda z, y: softmax(z, axis=0) - y,
                "Each column of p sums to 1; the scores of one example stand in a row: use axis=-1.",
            ),
        ),
    ),
    "temperature for 90 %": NumberTask(
        answer=2 / np.log(9),
        right="2 / T has to be the logarithm of the odds 9 to 1, so T = 2 / ln 9 = 0.9102.",
        mistakes=(
            (np.log(9) / 2, "This is 1 / T, the number the scores are multiplied by; the temperature divides them."),
            (2 / np.log(0.9), "This took the logarithm of 0.9 itself; the difference of scores is that of the odds."),
            (2 / np.log(10), "0.9 against 0.1 is 9 to 1, not 10 to 1."),
            (2 / np.log10(9), "log10 belongs to powers of 10; softmax is built from e, so use np.log."),
            (2 * np.log(9), "The temperature stands under the fraction: 2 / T = ln 9."),
            (np.log(9), "That is the value of 2 / T; solve it for T."),
        ),
    ),
}
