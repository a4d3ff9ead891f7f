"""reliability: does what is said with 80 % come true in 80 of 100 cases? Scores are scaled by a slider."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.arguments import as_floats
from helpers.explorers.panels import moving
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.lessons.softmax.scores import heading, name_of
from helpers.style import BLUE, INK, ORANGE, SKY, SOFT, add_axes, label, new_figure, number, own_settings

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
    figure, dots, gaps, bars, texts = _draw()

    def update(scale):
        confidence, right = _judge(function, scale * scores, labels)
        bins = np.minimum((BINS * confidence).astype(int), BINS - 1)
        counts = np.bincount(bins, minlength=BINS)
        there = counts > 0
        said = np.bincount(bins, confidence, BINS)[there] / counts[there]
        true = np.bincount(bins, right, BINS)[there] / counts[there]
        error = np.average(np.abs(said - true), weights=counts[there])
        dots.set_data(said, true)
        gaps.set_segments([[(x, x), (x, y)] for x, y in zip(said, true, strict=True)])
        for bar, count in zip(bars, counts, strict=True):
            bar.set_height(count / len(labels))
        lines = (
            f"right answers: {_percent(right.mean())}",
            f"mean confidence: {_percent(confidence.mean())}",
            f"calibration error: {number(error, 3)}",
        )
        for text, line in zip(texts, lines, strict=True):
            text.set_text(line)
        pairs = ", ".join(f"{_percent(x)} said, {_percent(y)} right" for x, y in zip(said, true, strict=True))
        return f"Scores times {number(scale, 1)}: {', '.join(lines)}. By confidence: {pairs}."

    return LiveFigure(figure, {"scale": control}, update)


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
    """Return (figure, dots, lines from the diagonal to them, bars of the histogram, three texts)."""
    figure = new_figure(372)
    ticks = {"xticks": [0, 0.5, 1], "xlim": (0, 1)}
    left = add_axes(figure, 56, 34, 288, 288, ylim=(0, 1), yticks=[0, 0.5, 1], **ticks)
    heading(left, "how often that is right", BLUE)
    left.add_line(Line2D([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle=(0, (5, 4))))
    small = {"color": SOFT, "fontsize": 11, "ha": "center"}
    label(left, (0.27, 0.86), "under-confident", **small)
    label(left, (0.75, 0.12), "over-confident", **small)
    gaps = moving(left.add_collection(LineCollection([], colors=ORANGE, linewidths=5)))
    dot = {"marker": "o", "markersize": 9, "markeredgecolor": "white", "markeredgewidth": 1.5, "linestyle": ""}
    dots = moving(left.add_line(Line2D([], [], color=BLUE, clip_on=False, zorder=4, **dot)))
    right = add_axes(figure, 424, 154, 280, 168, ylim=(0, 1), yticks=[0, 0.5, 1], **ticks)
    heading(right, "share of the answers")
    boxes = [Rectangle((i / BINS, 0), 0.94 / BINS, 0, facecolor=SKY, linewidth=0) for i in range(BINS)]
    bars = [moving(right.add_patch(box)) for box in boxes]
    for axes, height in ((left, 288), (right, 168)):
        label(axes, (0.5, -34 / height), "confidence: the largest probability", ha="center")
    looks = (("right", BLUE), ("confidence", INK), ("error", INK))
    texts = [
        moving(label(right, (0, 1 + (128 - 28 * i) / 168), "", fontsize=13, color=colour, gid=gid, weight="bold"))
        for i, (gid, colour) in enumerate(looks)
    ]
    return figure, dots, gaps, bars, texts
