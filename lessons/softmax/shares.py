"""shares: softmax in three steps."""

import numpy as np

from helpers.figures.live import LiveFigure
from helpers.figures.style import SMALL, number
from lessons.softmax.bars import ROW, bar_panel, drag_bars, draw_bars, draw_strip
from lessons.softmax.scores import by_class, score_sliders

BARE = {"xticks": (), "sides": ()}
UNNAMED = {"ylabels": False, **BARE}
MOST = 3  # the largest score: e to the power 4 would be longer than the page is wide
UNIT = 11  # pixels for 1, of a score and of a power alike


def shares(scores=(2, 1, -1)):
    """Return a LiveFigure of softmax in three steps: scores, e to the power of each, shares.

    `scores` are two to five numbers from −3 to 3, one slider each. Raises TypeError or ValueError
    for others.
    """
    controls = score_sliders(scores, MOST)
    n = len(controls)
    height = ROW * n

    def draw(page, **scores):
        z = np.array(list(scores.values()))
        powers = np.exp(z)
        p = powers / powers.sum()

        left = bar_panel(page, n, 56, 13 * UNIT, (-6.5, 6.5), **BARE)
        middle = bar_panel(page, n, 222, 25 * UNIT, (0, 25), **UNNAMED)
        right = bar_panel(page, n, 520, 192, (0, 1.4), **UNNAMED)
        drag_bars(page, left, n)
        left.title("1. the scores z")
        middle.title("2. e to the power z")
        right.title("3. its share of the sum")
        draw_bars(left, z, "score", 1)
        draw_bars(middle, powers, "power", 2)
        draw_bars(right, p, "share")
        left.text("1 and 2 on one scale", down=20, **SMALL)
        strip = draw_strip(page, p, 86 + height, 28)
        strip.text("the whole, 1, and how it is shared", up=5.6, **SMALL)

        below = {"down": 20, "ha": "left", "fontsize": 12, "weight": "bold"}
        words = f"sum {number(powers.sum(), 2)}"
        sum_of_powers = middle.readout("sum of powers", words, 0, **below)
        sum_of_shares = right.readout(
            "sum of shares", f"sum {number(p.sum())}", 0, **below
        )
        return (
            f"Scores: {by_class(z, 1)}. e to the power of each: {by_class(powers, 2)}; "
            f"{sum_of_powers}. Each divided by that sum: {by_class(p)}; {sum_of_shares}."
        )

    return LiveFigure(draw, controls, height=126 + height)
