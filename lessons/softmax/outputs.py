"""shares, shifted, tempered, reliability: softmax step by step, shifted, hotter or colder, come true."""

import numpy as np

from helpers.arguments import as_array, name_of, short_repr
from helpers.figures import Page
from helpers.figures.style import BLUE, DASHED, INK, ORANGE, SKY, SMALL, number, own_settings
from lessons.softmax import answered, bars, listed, live, probabilities, pull, sliders_for, strip

__all__ = ["reliability", "shares", "shifted", "tempered"]

ROW = 34  # pixels from one bar to the next

# shares ---------------------------------------------------------------------------------------------------------------


@own_settings()
def shares(scores=(2, 1, -1)):
    """Return a LiveFigure of softmax in three steps: the scores, e to the power of each, its share of their sum.

    `scores` are two to five numbers from −4 to 4, one slider each. Raises TypeError or ValueError for others.
    """
    sliders = sliders_for(scores)
    page, columns, fill = _three_steps(len(sliders))

    def update(z):
        powers = np.exp(z)
        p = powers / powers.sum()
        for move, values in zip(columns, (z, powers, p), strict=True):
            move(values)
        fill(p)
        said = page.write(
            {"sum of powers": f"sum {number(powers.sum(), 2)}", "sum of shares": f"sum {number(p.sum())}"}
        )
        return (
            f"Scores: {listed(z, 1)}. e to the power of each: {listed(powers, 2)}; {said['sum of powers']}. "
            f"Each divided by that sum: {listed(p)}; {said['sum of shares']}."
        )

    return live(page, sliders, update)


def _three_steps(n):
    """Return (page, the functions that move three columns of bars, the one that fills the strip)."""
    page, height, columns = Page(126 + ROW * n), ROW * n, []
    for title, left, width, ends, gid, digits in (
        ("1. the scores z", 56, 190, (-6.4, 6.4), "score", 1),
        ("2. e to the power z", 290, 176, (0, 76), "power", 2),
        ("3. its share of the sum", 508, 204, (0, 1.4), "share", 4),
    ):
        panel = page.panel(34, height, left, width, x=ends, xticks=[])
        panel.bare("bottom")
        panel.title(title)
        panel.readout(f"sum of {gid}s", 0, down=20, ha="left", fontsize=12, weight="bold")
        columns.append(bars(panel, n, gid, digits, named=not columns))
    pull(page, page.panels[0])
    whole, fill = strip(page, 86 + height, 28, n)
    whole.text("the whole, 1, and how it is shared", up=5.6, **SMALL)
    return page, columns, fill


# shifted --------------------------------------------------------------------------------------------------------------


@own_settings()
def shifted(function, scores=(1, 2, 3)):
    """Return a LiveFigure of the scores plus a shift beside function(scores + shift), with a slider for the shift.

    `function` takes an array of scores and returns one probability for each: helpers.softmax or your own. `scores` are
    two to five numbers from −4 to 4. What is neither, and a function that fails, raises TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    page, move_scores, move_probabilities, fill = _scores_and_probabilities(len(sliders))
    page.slider("shift", "shift of all", 0.0, -6.0, 6.0, 0.1)

    def update(z, shift):
        before, after = probabilities(function, z), probabilities(function, z + shift)
        gap = np.abs(after - before).max()
        verdict = "The shift changes none of them" if gap < 1e-12 else f"The shift changes them by up to {number(gap)}"
        move_scores(z + shift, z)
        move_probabilities(after, before)
        fill(after)
        power = f"e to the power {number(shift, 1)}, which is {np.exp(shift):.4g}"
        said = page.write(factor=f"every power of e is multiplied by {power}", sum=f"sum {number(after.sum())}")
        return (
            f"All scores shifted by {number(shift, 1)}: {listed(z + shift, 1)}. Probabilities: {listed(after)}; "
            f"{said['sum']}. {verdict}."
        )

    return live(page, sliders, update)


def _scores_and_probabilities(n):
    """Return (page, the functions that move the bars of the scores, those of the probabilities, the strip)."""
    page, height = Page(118 + ROW * n), ROW * n
    left = page.panel(34, height, 56, 350, x=(-13, 13), xticks=range(-10, 11, 5))
    right = page.panel(34, height, 476, 236, x=(0, 1.35))
    left.title("scores + shift")
    pull(page, left)
    left.text("dashed: before the shift", 1, up=9, ha="right", **SMALL)
    right.title("probabilities")
    right.readout("sum", fontsize=12, weight="bold")
    whole, fill = strip(page, 70 + height, 24, n)
    whole.readout("factor", 0, down=18, ha="left", **SMALL)
    return page, bars(left, n, "score", 1, outlined=True), bars(right, n, "p", named=False, outlined=True), fill


# tempered -------------------------------------------------------------------------------------------------------------

TEMPERATURES = np.linspace(0.1, 5, 99)


@own_settings()
def tempered(function, scores=(1, 2, 3), *, temperature=1.0):
    """Return a LiveFigure of function(scores, temperature=T) as bars, and of their entropy against T.

    `function` takes an array of scores and a temperature and returns one probability for each score: helpers.softmax or
    your own. `scores` are two to five numbers from −4 to 4, `temperature` the one to begin with, from 0.1 to 5.
    What is neither, and a function that fails, raises TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    page, move_bars, fill, curve, dot = _bars_and_entropy(len(sliders))
    page.slider("temperature", "temperature T", temperature, 0.1, 5.0, 0.1)

    def update(z, temperature):
        usual, p, *along = (probabilities(function, z, temperature=t) for t in (1.0, temperature, *TEMPERATURES))
        now, *heights = (entropy(q, function) for q in (p, *along))
        move_bars(p, usual)
        fill(p)
        curve.move(TEMPERATURES, heights)
        dot.move(temperature, now)
        page.write(entropy=f"entropy {number(now)}")
        return (
            f"At temperature {number(temperature, 1)} the scores {listed(z, 1)} become {listed(p)}. "
            f"Entropy {number(now)} of at most ln {len(z)} = {number(np.log(len(z)))}."
        )

    return live(page, sliders, update)


def entropy(p, function):
    """Return −Σ p ln p in nats, or raise ValueError when a number in p is no probability."""
    if not ((p >= 0) & (p <= 1 + 1e-9)).all():
        raise ValueError(f"{name_of(function)} returns {short_repr(p)}; probabilities lie between 0 and 1.")
    inside = p[p > 0]  # p ln p goes to 0 with p
    return max(0.0, -(inside * np.log(inside)).sum())  # of a p that rounding made a little larger than 1 too


def _bars_and_entropy(n):
    """Return (page, the functions that move the bars and the strip, the curve of the entropy, its dot)."""
    page, top = Page(300), np.log(n)
    left = page.panel(34, 180, 56, 270, x=(0, 1.32), xticks=[0, 0.5, 1])
    left.title("probabilities")
    left.text("dashed: at T = 1", 1, up=9, ha="right", **SMALL)
    right = page.panel(34, 180, 408, 290, x=(0, 5), y=(-0.06 * top, 1.2 * top), xticks=range(6))
    right.title("entropy in nats", BLUE)
    right.rule(top, **DASHED)
    right.text(f"all equal: ln {n} = {number(top)}", 0.99, 0.873, ha="right", **SMALL)
    right.caption("temperature T", down=31)
    right.readout("entropy", fontsize=12, color=BLUE, weight="bold")
    page.drag(right, "temperature")
    curve, dot = right.line(BLUE, x=TEMPERATURES, y=0 * TEMPERATURES), right.dots(BLUE)
    return page, bars(left, n, "p", outlined=True), strip(page, 264, 26, n)[1], curve, dot


# reliability ----------------------------------------------------------------------------------------------------------

BINS = 10


@own_settings()
def reliability(function, scores, labels, *, scale=1.0):
    """Return a LiveFigure of how often the largest probability of function(scale · scores) picks the right label.

    `scores` has a row for each example and a column for each class, `labels` the number of the right class for each
    row. `function` turns the scores into probabilities of the same shape, row by row: helpers.softmax or your own.
    Ten bins of confidence; the calibration error is their mean gap, weighted by size (Naeini, Cooper & Hauskrecht,
    2015). Other shapes, a `scale` outside 0.2 to 4, and a function that fails, raise ValueError or TypeError.
    """
    scores, labels = _examples(scores, labels)
    page, dots, gaps, heights = _draw()
    page.slider("scale", "scale of scores", scale, 0.2, 4.0, 0.1)

    def update(scale):
        confidence, right, bins = _judge(function, scale * scores, labels)
        counts = np.bincount(bins, minlength=BINS)
        there = counts > 0
        said, true = (np.bincount(bins, what, BINS)[there] / counts[there] for what in (confidence, right))
        dots.move(said, true)
        gaps.set_segments([[(x, x), (x, y)] for x, y in zip(said, true, strict=True)])
        for bar, count in zip(heights, counts, strict=True):
            bar.set_height(count / len(labels))
        texts = page.write(
            right=f"right answers: {_percent(right.mean())}",
            confidence=f"mean confidence: {_percent(confidence.mean())}",
            error=f"calibration error: {number(np.average(np.abs(said - true), weights=counts[there]), 3)}",
        )
        pairs = ", ".join(f"{_percent(x)} said, {_percent(y)} right" for x, y in zip(said, true, strict=True))
        return f"Scores times {number(scale, 1)}: {', '.join(texts.values())}. By confidence: {pairs}."

    return page.live(update)


def _percent(share):
    return f"{100 * share:.1f} %"


def _examples(scores, labels):
    """Return the scores as floats and the labels as whole numbers, or raise ValueError with a sentence."""
    scores = as_array(scores, "scores", ("examples", "classes"))
    examples, classes = scores.shape
    labels = as_array(labels, "labels", (examples,), low=0, high=classes - 1, integers=True)
    return scores, labels


def _judge(function, scores, labels):
    """Return for each row its largest probability, whether it stands at the right label, and its bin."""
    name, p = answered(function, scores, f"scores of shape {scores.shape}")
    if p.shape != scores.shape or not np.allclose(p.sum(axis=1), 1):
        raise ValueError(f"{name} has to return shape {scores.shape} with rows that sum to 1; it returns {p.shape}.")
    confidence = p.max(axis=1)
    return confidence, p.argmax(axis=1) == labels, np.minimum((BINS * confidence).astype(int), BINS - 1)


def _draw():
    """Return (page, dots, lines from the diagonal to them, bars of the histogram)."""
    page = Page(372)
    box = {"x": (0, 1), "y": (0, 1), "xticks": [0, 0.5, 1], "yticks": [0, 0.5, 1]}
    left, right = page.panel(34, 288, 56, 288, **box), page.panel(154, 168, 424, 280, **box)
    left.title("how often that is right", BLUE)
    right.title("share of the answers")
    for panel in (left, right):
        panel.caption("confidence: the largest probability")
    left.axes.axline((0, 0), (1, 1), **DASHED)
    left.text("under-confident", 0.27, 0.86, ha="center", **SMALL)
    left.text("over-confident", 0.75, 0.12, ha="center", **SMALL)
    for name, up, colour in (("right", 128, BLUE), ("confidence", 100, INK), ("error", 72, INK)):
        right.readout(name, 0, up=up, ha="left", color=colour, weight="bold")
    bars = [right.box(i / BINS, 0, 0.94 / BINS, 0, SKY) for i in range(BINS)]
    return page, left.dots(BLUE, 9, 1.5, zorder=4), left.lines(colors=ORANGE, linewidths=5), bars
