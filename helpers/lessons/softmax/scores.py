"""What the pictures of several scores share: names and colours, sliders, bars with numbers, a strip of length 1."""

import numpy as np
from matplotlib.patches import Rectangle

from helpers.arguments import as_floats
from helpers.explorers.panels import moving
from helpers.figures.controls import number_slider
from helpers.figures.sampling import evaluate
from helpers.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, SOFT, label, number

NAMES = ("cat", "dog", "bird", "fish", "horse")
COLOURS = (BLUE, GREEN, PURPLE, ORANGE, SKY)
REACH = 4  # the sliders of scores run from -REACH to REACH
_DARK = (BLUE,)  # white text can be read on it


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

    def __init__(self, axes, n, gid, digits=4, names=True, ghosts=False):
        self._digits, self._room = digits, 0.02 * abs(np.diff(axes.get_xlim())[0])
        axes.set_ylim(n - 0.5, -0.5)
        axes.set_yticks(range(n), NAMES[:n] if names else [])
        axes.tick_params(axis="y", length=0, labelsize=12)
        axes.grid(False, axis="y")
        axes.spines["left"].set_visible(False)
        axes.axvline(0, color=SOFT, linewidth=1)
        boxes = [Rectangle((0, row - 0.32), 0, 0.64, facecolor=COLOURS[row], linewidth=0) for row in range(n)]
        self.bars = [moving(axes.add_patch(box)) for box in boxes]
        outline = {"facecolor": "none", "edgecolor": INK, "linewidth": 1.2, "linestyle": (0, (3, 2)), "zorder": 2}
        shapes = [Rectangle((0, row - 0.32), 0, 0.64, **outline) for row in range(n if ghosts else 0)]
        self.ghosts = [moving(axes.add_patch(shape)) for shape in shapes]
        place = {"va": "center_baseline", "transform": axes.transData, "zorder": 3}
        self.numbers = [moving(label(axes, (0, row), "", gid=f"{gid}-{NAMES[row]}", **place)) for row in range(n)]

    def move(self, values, before=()):
        """Move the bars to the values, the outlines to `before`."""
        for row, (bar, text, value) in enumerate(zip(self.bars, self.numbers, values, strict=True)):
            bar.set_width(value)
            ends = [value, *before[row : row + 1]] if self.ghosts else [value]
            end = min(ends) if value < 0 else max(ends)
            text.set(x=end + (-self._room if value < 0 else self._room), ha="right" if value < 0 else "left")
            text.set_text(number(value, self._digits))
        for ghost, value in zip(self.ghosts, before, strict=False):
            ghost.set_width(value)


class Strip:
    """The whole, drawn as one strip from 0 to 1 that the shares fill from left to right."""

    def __init__(self, axes, n):
        self.axes = axes
        axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
        axes.grid(False)
        axes.spines[["left", "bottom"]].set_visible(False)
        boxes = [Rectangle((0, 0), 0, 1, facecolor=c, edgecolor="white", linewidth=1.5) for c in COLOURS[:n]]
        self.boxes = [moving(axes.add_patch(box)) for box in boxes]
        place = {"ha": "center", "va": "center_baseline", "transform": axes.transData, "clip_on": True}
        inks = ["white" if colour in _DARK else INK for colour in COLOURS]
        self.words = [moving(label(axes, (0, 0.5), "", color=ink, **place)) for ink in inks[:n]]

    def move(self, shares):
        """Move the borders; a share says its class and its size where it is wide enough for the words."""
        left = 0.0
        for name, box, word, share in zip(NAMES, self.boxes, self.words, shares, strict=False):
            box.set(x=left, width=share)
            words = f"{name} {100 * share:.0f} %" if share > 0.13 else f"{100 * share:.0f} %" if share > 0.06 else ""
            word.set(x=left + share / 2, text=words)
            left += share


def heading(axes, text, colour=INK, **options):
    """Write a bold heading above an axes."""
    height = axes.get_position().height * axes.figure.get_size_inches()[1] * 72
    return label(axes, (0, 1 + 8 / height), text, color=colour, weight="bold", fontsize=13, **options)
