"""drawn: darts that fall on the strip of shares, and what they hit."""

import numpy as np

from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import SMALL, SOFT, number
from lessons.softmax.bars import COLOURS, ROW, bar_panel, draw_bars, draw_strip
from lessons.softmax.scores import NAMES, by_class, probabilities, score_sliders

MOST = 1000
FEW = 10  # so many and fewer are drawn large and on their way down
STRIP = 136  # its top, in pixels
# Its multiples, without their whole parts, fill 0 to 1 evenly.
GOLDEN = (5**0.5 - 1) / 2


def drawn(function, scores=(2, 1, -1)):
    """Return a LiveFigure of darts that fall on the strip of function(scores), and their count.

    `function` takes an array of scores and returns one probability for each: helpers.softmax or
    your own. `scores` are two to five numbers from −4 to 4. Buttons choose 1 to 1000 darts, a
    slider other darts. What is none of these, and a function that fails, raises TypeError or
    ValueError.
    """
    z = np.array([score.value for score in score_sliders(scores).values()])
    n = len(z)
    p = probabilities(function, z)
    controls = {
        "darts": choice("darts", {str(count): count for count in (1, 10, 100, MOST)}),
        "again": slider("throw again", 1, 1, 50, 1),
    }

    def draw(page, darts, again):
        across = np.random.default_rng(again).random(MOST)[:darts]
        # Past the last border, which rounding may have left a little below 1, it is the last.
        hit = np.searchsorted(p.cumsum()[:-1], across, side="right")
        counts = np.bincount(hit, minlength=n)
        heights = GOLDEN * np.arange(1, darts + 1) % 1

        air = page.panel(34, STRIP - 34, 56, 656, frame=False, x=(0, 1), y=(-0.12, 1.1))
        air.title("darts, thrown blindly")
        size = 10 if darts <= FEW else 5
        for i in range(n):
            places = across[hit == i], heights[hit == i]
            air.scatter(*places, COLOURS[i], size, gid=f"darts on {NAMES[i]}")
        falls = []
        if darts <= FEW:
            falls = [[(x, y), (x, -0.12)] for x, y in zip(across, heights, strict=True)]
        air.segments(falls, SOFT, 1, linestyles=(0, (2, 3)), zorder=1, gid="falls")
        draw_strip(page, p, STRIP, 30)
        limits = (0, 1.15 * darts)
        below = bar_panel(page, n, 56, 656, limits, top=STRIP + 66, xticks=())
        below.title("hits")
        below.text("dashed: the share of the darts", 1, up=9, ha="right", **SMALL)
        draw_bars(below, counts, "hits", 0, before=darts * p)
        last = f"the dart hits {NAMES[hit[-1]]}" if darts == 1 else f"{darts} darts"
        words = air.readout("darts", last, weight="bold")
        return (
            f"Shares: {by_class(p)}. Throw {again}, {words}: {by_class(counts, 0)} hits, of "
            f"{', '.join(number(share, 1) for share in darts * p)} expected."
        )

    return LiveFigure(draw, controls, height=STRIP + 76 + ROW * n)
