"""What the pictures of several scores share."""

import numpy as np

from helpers.arguments import as_floats, named, why
from helpers.figures.controls import number_slider
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, number

NAMES = ("cat", "dog", "bird", "fish", "horse")
COLOURS = (BLUE, GREEN, PURPLE, ORANGE, SKY)

# Scores and what a learner's functions make of them -------------------------------------------------------------------


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
    return evaluate(function, z, named(function, "softmax"), **parameters)


def answered(function, z, what):
    """Return (name, function(z) as floats), or raise ValueError that says for `what` the function fails, and why."""
    name = named(function, "softmax")
    try:
        return name, as_floats(function(z.copy()), f"the result of {name}")
    except Exception as trouble:  # a learner's function may raise anything; the message tells it
        raise ValueError(f"{name} fails for {what}: {why(trouble)}") from trouble


def square(function, z):
    """Return function(z) as a matrix with a row and a column for each score, or raise ValueError with a sentence."""
    n = len(z)
    name, matrix = answered(function, z, f"{n} scores")
    if matrix.shape != (n, n):
        raise ValueError(f"{name} returns shape {matrix.shape} for {n} scores; a Jacobian has the shape ({n}, {n}).")
    if not np.isfinite(matrix).all():
        raise ValueError(f"{name} returns numbers that are not finite for the scores {z.tolist()}.")
    return matrix


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
