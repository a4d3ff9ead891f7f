"""shares: from scores over powers of e to shares of a whole, the opening picture of the softmax lesson."""

import numpy as np

from helpers.explorers.panels import moving
from helpers.figures.live import LiveFigure
from helpers.lessons.softmax.scores import REACH, Bars, Strip, heading, listed, sliders_for
from helpers.style import SOFT, add_axes, label, new_figure, number, own_settings

LARGEST = np.exp(REACH)
ROW = 34  # pixels


@own_settings()
def shares(scores=(2, 1, -1)):
    """Return a LiveFigure of softmax in three steps: the scores, e to the power of each, its share of their sum.

    `scores` are two to five numbers from −4 to 4, one slider each. Raises TypeError or ValueError for others.
    """
    sliders = sliders_for(scores)
    figure, columns, strip, total, whole = _draw(len(sliders))

    def update(**values):
        z = np.array(list(values.values()))
        powers = np.exp(z)
        p = powers / powers.sum()
        for bars, heights in zip(columns, (z, powers, p), strict=True):
            bars.move(heights)
        strip.move(p)
        total.set_text(f"sum {number(powers.sum(), 2)}")
        whole.set_text(f"sum {number(p.sum())}")
        return (
            f"Scores: {listed(z, 1)}. e to the power of each: {listed(powers, 2)}; {total.get_text()}. "
            f"Each divided by that sum: {listed(p)}; {whole.get_text()}."
        )

    return LiveFigure(figure, sliders, update)


def _draw(n):
    """Return (figure, the three columns of bars, the strip, the text of the powers' sum, that of the shares' sum)."""
    figure, bottom = new_figure(126 + ROW * n), 34 + ROW * n
    columns, sums = [], []
    for title, left, width, xlim, gid, digits in (
        ("1. the scores z", 56, 190, (-6.4, 6.4), "score", 1),
        ("2. e to the power z", 290, 176, (0, 1.4 * LARGEST), "power", 2),
        ("3. its share of the sum", 508, 204, (0, 1.4), "share", 4),
    ):
        axes = add_axes(figure, left, 34, width, ROW * n, xlim=xlim, xticks=[], yticks=[])
        axes.spines["bottom"].set_visible(False)
        heading(axes, title)
        columns.append(Bars(axes, n, gid, digits, names=not columns))
        below = label(axes, (0, -8 / (ROW * n)), "", va="top", weight="bold", gid=f"sum of {gid}s")
        sums.append(moving(below))
    strip = Strip(add_axes(figure, 56, bottom + 52, 656, 28), n)
    label(strip.axes, (0, 1.2), "the whole, 1, and how it is shared", color=SOFT, fontsize=11)
    return figure, columns, strip, *sums[1:]
