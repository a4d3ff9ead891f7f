"""reliability: does what is said with 80 % come true in 80 of 100 cases? Scores are scaled by a slider."""

import numpy as np
from matplotlib.collections import LineCollection

from helpers.arguments import as_floats
from helpers.figures import Page
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, DASHED, INK, ORANGE, SKY, SOFT, number, own_settings
from helpers.lessons.softmax import name_of

__all__ = ["reliability"]

BINS = 10
LEAST, MOST = 0.2, 4.0


@own_settings()
def reliability(function, scores, labels, *, scale=1.0):
    """Return a LiveFigure of how often the largest probability of function(scale · scores) picks the right label.

    `scores` has a row for each example and a column for each class, `labels` the number of the right class for each
    row. `function` turns the scores into probabilities of the same shape, row by row: helpers.softmax or your own.
    Ten bins of confidence; the calibration error is their mean gap, weighted by size (Naeini, Cooper & Hauskrecht,
    2015). Other shapes, a `scale` outside 0.2 to 4, and a function that fails, raise ValueError or TypeError.
    """
    scores, labels = _checked(scores, labels)
    control = number_slider("scale of scores", scale, LEAST, MOST, 0.1, name="scale")
    page, dots, gaps, bars = _draw()

    def update(scale):
        confidence, right = _judge(function, scale * scores, labels)
        bins = np.minimum((BINS * confidence).astype(int), BINS - 1)
        there = (counts := np.bincount(bins, minlength=BINS)) > 0
        said, true = (np.bincount(bins, what, BINS)[there] / counts[there] for what in (confidence, right))
        dots.set_data(said, true)
        gaps.set_segments([[(x, x), (x, y)] for x, y in zip(said, true, strict=True)])
        for bar, count in zip(bars, counts, strict=True):
            bar.set_height(count / len(labels))
        texts = page.write(
            right=f"right answers: {_percent(right.mean())}",
            confidence=f"mean confidence: {_percent(confidence.mean())}",
            error=f"calibration error: {number(np.average(np.abs(said - true), weights=counts[there]), 3)}",
        )
        pairs = ", ".join(f"{_percent(x)} said, {_percent(y)} right" for x, y in zip(said, true, strict=True))
        return f"Scores times {number(scale, 1)}: {', '.join(texts.values())}. By confidence: {pairs}."

    return LiveFigure(page.figure, {"scale": control}, update)


def _percent(share):
    return f"{100 * share:.1f} %"


def _checked(scores, labels):
    """Return the scores as floats and the labels as whole numbers, or raise ValueError with a sentence."""
    scores, labels = as_floats(scores, "scores"), np.asarray(labels)
    if scores.ndim != 2 or not scores.size:
        raise ValueError(f"scores must have a row an example and a column a class, not shape {scores.shape}.")
    if labels.shape != scores.shape[:1] or labels.dtype.kind not in "iu":
        raise ValueError(
            f"labels must be one whole number for each of the {len(scores)} rows of scores, not {labels.dtype} of "
            f"shape {labels.shape}."
        )
    if not 0 <= labels.min() <= labels.max() < scores.shape[1]:
        raise ValueError(
            f"labels must count the classes from 0 to {scores.shape[1] - 1}, but they run from {labels.min()} to "
            f"{labels.max()}."
        )
    return scores, labels


def _judge(function, scores, labels):
    """Return (confidence, right): each row's largest probability, and whether it stands at the right label."""
    name = name_of(function)
    try:
        p = as_floats(function(scores), f"the result of {name}")
    except Exception as trouble:  # a learner's function may raise anything; the message tells it
        said = f"{type(trouble).__name__}: {trouble}"
        raise ValueError(f"{name} fails for scores of shape {scores.shape}: {said}") from trouble
    if p.shape != scores.shape or not np.allclose(p.sum(axis=1), 1):
        raise ValueError(f"{name} has to return shape {scores.shape} with rows that sum to 1; it returns {p.shape}.")
    return p.max(axis=1), p.argmax(axis=1) == labels


def _draw():
    """Return (page, dots, lines from the diagonal to them, bars of the histogram)."""
    page = Page(372)
    box = {"xticks": [0, 0.5, 1], "yticks": [0, 0.5, 1], "x": (0, 1), "y": (0, 1)}
    left, right = page.panel(34, 288, 56, 288, **box), page.panel(154, 168, 424, 280, **box)
    left.title("how often that is right", BLUE)
    right.title("share of the answers")
    left.line(SOFT, 1, [0, 1], [0, 1], linestyle=DASHED["linestyle"], animated=False)
    small = {"color": SOFT, "fontsize": 11, "ha": "center"}
    left.text("under-confident", 0.27, 0.86, **small)
    left.text("over-confident", 0.75, 0.12, **small)
    gaps = left.axes.add_collection(LineCollection([], colors=ORANGE, linewidths=5, animated=True))
    dots = left.dots(BLUE, 9, 1.5, clip_on=False, zorder=4)
    bars = [right.box(i / BINS, 0, 0.94 / BINS, 0, SKY) for i in range(BINS)]
    for panel in (left, right):
        panel.caption("confidence: the largest probability", down=34)
    for up, (name, colour) in zip((128, 100, 72), (("right", BLUE), ("confidence", INK), ("error", INK)), strict=True):
        right.readout(name, 0, up=up, ha="left", fontsize=13, color=colour, weight="bold")
    return page, dots, gaps, bars
