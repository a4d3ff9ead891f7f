"""reliability: how often the largest probability picks the right label."""

import numpy as np

from helpers.arguments import as_array, name_of
from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate_array
from helpers.figures.style import BLUE, DASHED, INK, ORANGE, SKY, SMALL, number

BINS = 10
LARGEST = 26  # the dot of all answers, in pixels
SHARES = {
    "x": (0, 1),
    "y": (0, 1),
    "xticks": (0, 0.5, 1),
    "yticks": (0, 0.5, 1),
}


def reliability(function, scores, labels, *, scale=1.0):
    """Return a LiveFigure of how often the largest probability picks the right label.

    The probabilities are function(scale · scores), with a slider for the scale.

    `scores` has a row for each example and a column for each class, `labels` the number of the
    right class for each row. `function` turns the scores into probabilities of the same shape, row
    by row: helpers.softmax or your own. Ten bins of confidence; a dot's area grows with its bin;
    the calibration error is their mean gap, weighted by size (Naeini, Cooper & Hauskrecht, 2015).
    Other shapes, a `scale` outside 0.2 to 4, and a function that fails, raise ValueError or
    TypeError.
    """
    scores, labels = check_examples(scores, labels)
    controls = {"scale": slider("scale of scores", scale, 0.2, 4.0, 0.1, name="scale")}

    def draw(page, scale):
        p = probabilities_by_row(function, scale * scores)
        confidence = p.max(axis=1)
        correct = p.argmax(axis=1) == labels
        bins = (BINS * confidence).astype(int)
        bins = np.minimum(bins, BINS - 1)  # of a confidence of 1 too
        counts = np.bincount(bins, minlength=BINS)
        filled = counts > 0
        sizes = counts[filled]
        mean_confidence = np.bincount(bins, confidence, BINS)[filled] / sizes
        accuracy = np.bincount(bins, correct, BINS)[filled] / sizes
        points = list(zip(mean_confidence, accuracy, strict=True))
        gaps = np.abs(mean_confidence - accuracy)
        calibration_error = np.average(gaps, weights=sizes)

        diagram = page.panel(34, 288, 56, 288, **SHARES)
        diagram.title("how often that is right", BLUE)
        diagram.text("under-confident", 0.27, 0.86, ha="center", **SMALL)
        diagram.text("over-confident", 0.75, 0.12, ha="center", **SMALL)
        diagram.line([0, 1], [0, 1], **DASHED, zorder=2)
        from_diagonal = [[(x, x), (x, y)] for x, y in points]
        diagram.segments(from_diagonal, ORANGE, 5, zorder=2)

        histogram = page.panel(154, 168, 424, 280, **SHARES)
        histogram.title("share of the answers")
        for i, share in enumerate(counts / len(labels)):
            histogram.rectangle(i / BINS, 0, 0.94 / BINS, share, SKY, gid=f"share {i}")
        for panel in (diagram, histogram):
            panel.caption("confidence: the largest probability")

        lines = [
            ("right", 128, BLUE, f"right answers: {percent(correct.mean())}"),
            ("confidence", 100, INK, f"mean confidence: {percent(confidence.mean())}"),
            ("error", 72, INK, f"calibration error: {number(calibration_error, 3)}"),
        ]
        look = {"ha": "left", "weight": "bold"}
        for name, up, colour, words in lines:
            histogram.readout(name, words, 0, up=up, color=colour, **look)
        # Last, since they change in number.
        diameters = 6 + (LARGEST - 6) * np.sqrt(sizes / len(labels))
        for i, point, size in zip(
            np.flatnonzero(filled), points, diameters, strict=True
        ):
            diagram.dots(*point, BLUE, size, 1.5, zorder=4, gid=f"bin {i}")
        summary = ", ".join(words for *_, words in lines)
        pairs = ", ".join(f"{percent(x)} said, {percent(y)} right" for x, y in points)
        return f"Scores times {number(scale, 1)}: {summary}. By confidence: {pairs}."

    return LiveFigure(draw, controls, height=372)


def percent(share):
    """Return a share of a whole in words: 66.5 %."""
    return f"{100 * share:.1f} %"


def check_examples(scores, labels):
    """Return scores and labels as arrays, or raise ValueError or TypeError."""
    example = "rng.normal(size=(500, 10))"
    scores = as_array(scores, "scores", ("examples", "classes"), example=example)
    examples, classes = scores.shape
    limits = {"low": 0, "high": classes - 1, "integers": True}
    example = f"rng.integers(0, {classes}, {examples})"
    labels = as_array(labels, "labels", (examples,), example=example, **limits)
    return scores, labels


def probabilities_by_row(function, scores):
    """Return function(scores), rows that sum to 1, or raise ValueError."""
    name = name_of(function, "softmax")
    inputs = f"scores of shape {scores.shape}"
    p = evaluate_array(function, (scores.copy(),), name, inputs, scores.shape)
    if p.min() < 0 or not np.allclose(p.sum(axis=1), 1):
        raise ValueError(
            f"{name} has to return rows of shares, none below 0, that sum to 1 for {inputs}."
        )
    return p
