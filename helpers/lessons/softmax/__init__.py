"""The room of 08_softmax: what its pictures of several scores share, and the exercises.

The figures stand in files of their own: bars.py holds shares, shifted, tempered and slope_matrix, sweep.py swept, and
calibration.py reliability.
"""

import numpy as np

from helpers.arguments import as_floats
from helpers.exercises import FunctionTask, NumberTask
from helpers.figures.controls import number_slider
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, number
from helpers.functions import softmax

NAMES = ("cat", "dog", "bird", "fish", "horse")
COLOURS = (BLUE, GREEN, PURPLE, ORANGE, SKY)
REACH = 4  # the sliders of scores run from -REACH to REACH
ROW = 34  # pixels of a bar and its distance to the next


def sliders_for(scores):
    """Return name → slider, one a score.

    Raises TypeError or ValueError unless `scores` are two to five numbers from −4 to 4.
    """
    scores = as_floats(scores, "scores")
    if scores.ndim != 1 or not 2 <= scores.size <= len(NAMES):
        raise ValueError(
            f"scores must be a list of 2 to {len(NAMES)} numbers, one for each class, not of shape {scores.shape}; "
            "try scores=[1, 2, 3]."
        )
    pairs = enumerate(zip(NAMES, scores.tolist(), strict=False), start=1)
    return {f"z{i}": number_slider(f"score of {name}", z, -REACH, REACH, 0.1) for i, (name, z) in pairs}


def name_of(function):
    """Return a function's name, or raise TypeError for what cannot be called."""
    if not callable(function):
        raise TypeError(f"A function is needed, not {function!r}; write its name without brackets behind it.")
    return getattr(function, "__name__", "f").replace("<lambda>", "f")


def probabilities(function, z, **parameters):
    """Return function(z) as floats in the shape of z; raise ValueError or TypeError that says what it did instead."""
    return evaluate(function, z, name_of(function), **parameters)


def square(function, z):
    """Return function(z) as a matrix with a row and a column for each score, or raise ValueError with a sentence."""
    name, n = name_of(function), len(z)
    try:
        result = as_floats(function(z.copy()), f"the result of {name}")
    except Exception as trouble:  # a learner's function may raise anything; the message tells it
        raise ValueError(f"{name} fails for {n} scores: {type(trouble).__name__}: {trouble}") from trouble
    if result.shape != (n, n):
        raise ValueError(f"{name} returns shape {result.shape} for {n} scores; a Jacobian has the shape ({n}, {n}).")
    if not np.isfinite(result).all():
        raise ValueError(f"{name} returns numbers that are not finite for the scores {z.tolist()}.")
    return result


def listed(values, digits=4):
    """Return values with the names of their classes, for alternative texts: "cat 0.0900, dog 0.2447"."""
    return ", ".join(f"{name} {number(value, digits)}" for name, value in zip(NAMES, values, strict=False))


class Bars:
    """Horizontal bars, one a class, each with its number at its end; `ghosts` outline where they were before."""

    def __init__(self, panel, n, gid, digits=4, names=True, ghosts=False):
        axes, self._digits = panel.axes, digits
        self._room = 0.02 * abs(np.diff(axes.get_xlim())[0])
        axes.set_ylim(n - 0.5, -0.5)
        axes.set_yticks(range(n), NAMES[:n] if names else [])
        axes.tick_params(axis="y", length=0, labelsize=12)
        axes.grid(False, axis="y")
        axes.spines["left"].set_visible(False)
        panel.rule(x=0, linewidth=1)
        self._bars = [panel.box(0, row - 0.32, 0, 0.64, COLOURS[row]) for row in range(n)]
        outline = {"edgecolor": INK, "linewidth": 1.2, "linestyle": (0, (3, 2)), "zorder": 2}
        self._ghosts = [panel.box(0, row - 0.32, 0, 0.64, **outline) for row in range(n if ghosts else 0)]
        look = {"va": "center_baseline", "transform": panel.data, "zorder": 3, "animated": True}
        self._numbers = [panel.text("", 0, row, gid=f"{gid}-{NAMES[row]}", **look) for row in range(n)]

    def move(self, values, before=()):
        """Move the bars to the values, the outlines to `before`."""
        for row, (bar, text, value) in enumerate(zip(self._bars, self._numbers, values, strict=True)):
            bar.set_width(value)
            side = -1 if value < 0 else 1
            end = side * max(side * other for other in (value, *before[row : row + 1]))
            text.set(x=end + side * self._room, ha="right" if value < 0 else "left", text=number(value, self._digits))
        for ghost, value in zip(self._ghosts, before, strict=False):
            ghost.set_width(value)


class Strip:
    """The whole, drawn as one strip from 0 to 1 that the shares fill from left to right."""

    def __init__(self, page, top, height, n):
        box = {"x": (0, 1), "y": (0, 1), "xticks": [], "yticks": []}
        self.panel = panel = page.panel(top, height, 56, 656, **box)
        panel.bare("left", "bottom")
        self._boxes = [panel.box(0, 0, 0, 1, colour, edgecolor="white", linewidth=1.5) for colour in COLOURS[:n]]
        look = {"ha": "center", "va": "center_baseline", "transform": panel.data, "clip_on": True, "animated": True}
        inks = ["white" if colour == BLUE else INK for colour in COLOURS[:n]]  # what can be read on it
        self._words = [panel.text("", 0, 0.5, color=ink, **look) for ink in inks]

    def move(self, shares):
        """Move the borders; a share says its class and its size where it is wide enough for the words."""
        left = 0.0
        for name, box, word, share in zip(NAMES, self._boxes, self._words, shares, strict=False):
            box.set(x=left, width=share)
            words = f"{name} {100 * share:.0f} %" if share > 0.13 else f"{100 * share:.0f} %" if share > 0.06 else ""
            word.set(x=left + share / 2, text=words)
            left += share


SCORES = np.array([[1.0, 2.0, 3.0], [2.0, 0.0, -1.0], [0.5, 0.5, 4.0]])
LARGE = np.array([[1000.0, 1001.0, 1002.0], [1.0, 2.0, 3.0]])
TRUTHS = np.eye(3)[[2, 1, 0]]  # the true classes are 2, 1 and 0


def own_maximum(z):
    """Return the powers of scores less the largest of their row."""
    return np.exp(z - z.max(axis=-1, keepdims=True))


def one_maximum(z):
    """Return the powers of scores less the largest of all."""
    return np.exp(z - z.max())


def divided(powers, axis=-1, keepdims=True):
    """Return a function that divides the powers of scores by their sums."""
    return lambda z: powers(z) / powers(z).sum(axis=axis, keepdims=keepdims)


POWERS = (np.exp, own_maximum, one_maximum)
WHOLE_BATCH = "The outputs sum to 1 over the whole batch, not over each row: sum along axis=-1 and keep that axis."
NO_KEEPDIMS = (
    "The sums have lost their axis, so rows are divided by the sums of other rows, or do not fit at all: keepdims=True."
)

EXERCISES = {
    "stable softmax": FunctionTask(
        reference=softmax,
        cases=(SCORES[:2], SCORES, SCORES[0], LARGE),
        right="Each row sums to 1 by itself, and 1000 is no trouble any more.",
        mistakes={
            "Breaks for scores near 709 and beyond (0 or nan): subtract the largest score of each row first.": (
                divided(np.exp)
            ),
            WHOLE_BATCH: [divided(powers, axis=None) for powers in POWERS],
            NO_KEEPDIMS: [divided(powers, keepdims=False) for powers in POWERS],
            "Each column sums to 1; the scores of one example stand in a row: use axis=-1.": [
                divided(powers, axis=0) for powers in POWERS
            ],
            "One maximum for the whole batch: beside a row with 1000, exp turns every small row into zeros. "
            "Each row needs its own.": divided(one_maximum),
            "The maxima have lost their axis and do not fit their rows: np.max needs keepdims=True as well.": divided(
                lambda z: np.exp(z - z.max(axis=-1))
            ),
            "This is argmax as zeros and a one: it says who wins, but not by how much.": (
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
        right="p − y: what each class says, less what is true.",
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
