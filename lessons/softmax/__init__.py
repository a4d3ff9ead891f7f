"""The room of 08_softmax: what its pictures of several scores share, and the exercises.

The figures stand in files of their own: outputs.py holds shares, shifted, tempered and reliability, slopes.py holds
swept and slope_matrix.
"""

import numpy as np

from helpers.arguments import as_array, as_floats, describe_error, name_of
from helpers.exercises import FunctionTask, NumberTask
from helpers.figures.controls import number_slider
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, number
from helpers.functions import softmax

NAMES = ("cat", "dog", "bird", "fish", "horse")
COLOURS = (BLUE, GREEN, PURPLE, ORANGE, SKY)

# Scores and what a learner's functions make of them -------------------------------------------------------------------


def sliders_for(scores):
    """Return name → slider, one a score.

    Raises TypeError or ValueError unless `scores` are two to five numbers from −4 to 4.
    """
    scores = as_array(scores, "scores", (("classes", 2, len(NAMES)),), example="scores=[1, 2, 3]")
    return {f"z{i + 1}": number_slider(f"score of {NAMES[i]}", z, -4, 4, 0.1) for i, z in enumerate(scores)}


def live(page, sliders, update):
    """Return the LiveFigure of a page and the sliders of scores; `update` gets an array of scores, then the rest."""
    page.controls |= sliders

    def move(**values):
        z = np.array([values.pop(name) for name in sliders])
        return update(z, **values)

    return page.live(move)


def probabilities(function, z, **parameters):
    """Return function(z) as floats in the shape of z; raise ValueError or TypeError that says what it did instead."""
    return evaluate(function, z, name_of(function, "softmax"), **parameters)


def answered(function, z, what):
    """Return (name, function(z) as floats), or raise ValueError that says for `what` the function fails, and why."""
    name = name_of(function, "softmax")
    try:
        return name, as_floats(function(z.copy()), f"the result of {name}")
    except Exception as trouble:  # a learner's function may raise anything; the message tells it
        raise ValueError(f"{name} fails for {what}: {describe_error(trouble)}") from trouble


def square(function, z):
    """Return function(z) as a matrix with a row and a column for each score, or raise ValueError with a sentence."""
    n = len(z)
    name, matrix = answered(function, z, f"{n} scores")
    return as_array(matrix, f"the Jacobian that {name} returns for {z.tolist()}", (n, n))


def listed(values, digits=4):
    """Return values with the names of their classes, for alternative texts: "cat 0.0900, dog 0.2447"."""
    return ", ".join(f"{NAMES[i]} {number(value, digits)}" for i, value in enumerate(values))


# Bars -----------------------------------------------------------------------------------------------------------------


def bars(panel, n, gid, digits=4, named=True, outlined=False):
    """Return a function that moves n horizontal bars to values, and dashed outlines to the values before.

    Each bar has its number at its end, called `gid` and its class.
    """
    axes = panel.axes
    axes.set_ylim(n - 0.5, -0.5)
    axes.set_yticks(range(n), NAMES[:n])
    axes.tick_params(axis="y", length=0, labelleft=named)
    panel.bare("left")
    axes.grid(True, axis="x")
    panel.rule(x=0, linewidth=1)
    room = 0.02 * np.ptp(axes.get_xlim())
    boxes = [panel.box(0, row - 0.32, 0, 0.64, COLOURS[row]) for row in range(n)]
    if outlined:
        dashed = {"edgecolor": INK, "linewidth": 1.2, "linestyle": (0, (3, 2)), "zorder": 2}
        boxes += [panel.box(0, row - 0.32, 0, 0.64, **dashed) for row in range(n)]
    numbers = [panel.label("", 0, row, gid=f"{gid}-{NAMES[row]}") for row in range(n)]

    def move(values, before=(0,) * n):
        for box, width in zip(boxes, (*values, *before), strict=False):
            box.set_width(width)
        ends = np.where(values < 0, np.minimum(values, before) - room, np.maximum(values, before) + room)
        for text, value, end in zip(numbers, values, ends, strict=True):
            text.set(x=end, ha="right" if value < 0 else "left", text=number(value, digits))

    return move


def pull(page, panel):
    """Let the pointer pull the bars of the scores, which a slider of the shift may have moved."""

    def press(x, y):
        name, shift = f"z{round(y) + 1}", page.controls.get("shift")
        return lambda x, y: {name: x - shift.value if shift else x}

    page.grab(panel, press, "ew-resize")


def strip(page, top, height, n):
    """Return (panel, function that moves the borders in it): the whole as one strip that n shares fill.

    A share says its class and its size where it is wide enough for the words.
    """
    panel = page.panel(top, height, 56, 656, xticks=[], yticks=[])
    panel.bare("left", "bottom")
    boxes = [panel.box(0, 0, 0, 1, colour, edgecolor="white", linewidth=1.5) for colour in COLOURS[:n]]
    # On blue, the first, white can be read, on the others ink.
    words = [panel.label("", 0, 0.5, color=INK if i else "white", clip_on=True) for i in range(n)]

    def fill(shares):
        for i, left in enumerate(np.cumsum(shares) - shares):
            boxes[i].set(x=left, width=shares[i])
            size = f"{100 * shares[i]:.0f} %"
            said = f"{NAMES[i]} {size}" if shares[i] > 0.13 else size if shares[i] > 0.06 else ""
            words[i].set(x=left + shares[i] / 2, text=said)

    return panel, fill


# Exercises ------------------------------------------------------------------------------------------------------------

SCORES = np.array([[1.0, 2.0, 3.0], [2.0, 0.0, -1.0], [0.5, 0.5, 4.0]])
LARGE = np.array([[1000.0, 1001.0, 1002.0], [1.0, 2.0, 3.0]])
TRUTHS = np.eye(3)[[2, 1, 0]]  # the true classes are 2, 1 and 0


def lowered(**settings):
    """Return a function of scores: the powers of what they are above their maximum, taken with these settings."""
    return lambda z: np.exp(z - z.max(**settings))


def divided(powers, axis=-1, keepdims=True):
    """Return a function that divides the powers of scores by their sums."""
    return lambda z: powers(z) / powers(z).sum(axis=axis, keepdims=keepdims)


def each_divided(**sums):
    """Return such functions for the powers of scores, of scores minus their row's maximum, and minus that of all."""
    return [divided(powers, **sums) for powers in (np.exp, lowered(axis=-1, keepdims=True), lowered())]


EXERCISES = {
    "stable softmax": FunctionTask(
        reference=softmax,
        cases=(SCORES[:2], SCORES, SCORES[0], LARGE),
        right="Each row sums to 1 by itself, and 1000 is no trouble any more.",
        mistakes={
            "Breaks for scores near 709 and beyond (0 or nan): subtract the largest score of each row first.": (
                divided(np.exp)
            ),
            "The outputs sum to 1 over the whole batch, not over each row: sum along axis=-1 and keep that axis.": (
                each_divided(axis=None)
            ),
            "The sums have lost their axis, so rows are divided by the sums of other rows, or do not fit at all: "
            "keepdims=True.": each_divided(keepdims=False),
            "Each column sums to 1; the scores of one example stand in a row: use axis=-1.": (each_divided(axis=0)),
            "One maximum for the whole batch: beside a row with 1000, exp turns every small row into zeros. "
            "Each row needs its own.": divided(lowered()),
            "The maxima have lost their axis and do not fit their rows: np.max needs keepdims=True as well.": (
                divided(lowered(axis=-1))
            ),
            "This is argmax as zeros and a one: it shows which score is the largest, but not by how much.": (
                lambda z: z == z.max(axis=-1, keepdims=True)
            ),
            "The powers of e are missing: with negative scores such shares leave the span from 0 to 1.": (
                divided(lambda z: z)
            ),
        },
    ),
    "cross-entropy gradient": FunctionTask(
        reference=lambda z, y: softmax(z) - y,
        cases=((SCORES[:2], TRUTHS[1:]), (SCORES, TRUTHS)),
        right="p − y: the probability of each class minus the true one.",
        mistakes={
            "The sign is turned: this is the way downhill; the gradient points uphill.": lambda z, y: y - softmax(z),
            "The scores are not probabilities yet: put them through softmax first.": lambda z, y: z - y,
            "These are the probabilities alone: take away the truth y.": lambda z, y: softmax(z),
            "The slope of softmax is in p − y already, so multiplying by p(1 − p) counts it twice.": (
                lambda z, y: (softmax(z) - y) * softmax(z) * (1 - softmax(z))
            ),
            "This is the gradient of the mean over the batch; here each row is a loss of its own: do not divide.": (
                lambda z, y: (softmax(z) - y) / len(z)
            ),
            "This is the slope with respect to p; the one with respect to the scores z is asked.": (
                lambda z, y: -y / softmax(z)
            ),
            "Each column of p sums to 1; the scores of one example stand in a row: use axis=-1.": (
                lambda z, y: softmax(z, axis=0) - y
            ),
        },
    ),
    "temperature for 90 %": NumberTask(
        answer=2 / np.log(9),
        right="2 / T has to be the logarithm of the odds 9 to 1, so T = 2 / ln 9 = 0.9102.",
        mistakes={
            "This is 1 / T, the number the scores are multiplied by; the temperature divides them.": np.log(9) / 2,
            "This took the logarithm of 0.9 itself; the difference of scores is that of the odds.": 2 / np.log(0.9),
            "0.9 against 0.1 is 9 to 1, not 10 to 1.": 2 / np.log(10),
            "log10 belongs to powers of 10; softmax is built from e, so use np.log.": 2 / np.log10(9),
            "The temperature stands under the fraction: 2 / T = ln 9.": 2 * np.log(9),
            "That is the value of 2 / T; solve it for T.": np.log(9),
        },
    ),
}
