"""tempered: scores divided by a temperature, and the entropy of what softmax makes of them."""

import numpy as np

from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, DASHED, SMALL, number
from lessons.softmax.bars import bar_panel, draw_bars, draw_strip
from lessons.softmax.scores import by_class, probabilities, score_sliders

TEMPERATURES = np.linspace(0.1, 5, 99)


def tempered(function, scores=(1, 2, 3), *, temperature=1.0):
    """Return a LiveFigure of function(scores, temperature=T) as bars, their entropy against T.

    `function` takes an array of scores and a temperature and returns one probability for each
    score: helpers.softmax or your own. `scores` are two to five numbers from −4 to 4, `temperature`
    the one to begin with, from 0.1 to 5. What is neither, and a function that fails, raises
    TypeError or ValueError.
    """
    sliders = score_sliders(scores)
    n = len(sliders)
    start = slider("temperature T", temperature, 0.1, 5.0, 0.1, name="temperature")
    controls = {"temperature": start, **sliders}
    largest = np.log(n)

    def draw(page, temperature, **scores):
        z = np.array(list(scores.values()))
        usual = probabilities(function, z, temperature=1.0)
        p = probabilities(function, z, temperature=temperature)
        along = [probabilities(function, z, temperature=t) for t in TEMPERATURES]
        entropy_now = entropy(p)
        entropies = [entropy(q) for q in along]

        left = bar_panel(page, n, 56, 270, (0, 1.32), height=180, xticks=(0, 0.5, 1))
        left.title("probabilities")
        left.text("dashed: at T = 1", 1, up=9, ha="right", **SMALL)
        draw_bars(left, p, "p", before=usual)
        y = (-0.06 * largest, 1.2 * largest)
        right = page.panel(34, 180, 408, 290, x=(0, 5), y=y, xticks=range(6))
        page.drag(right, "temperature")
        right.title("entropy in nats", BLUE)
        right.caption("temperature T", down=31)
        right.hline(largest, **DASHED)
        right.text(
            f"all equal: ln {n} = {number(largest)}", 0.99, 0.873, ha="right", **SMALL
        )
        right.line(TEMPERATURES, entropies, BLUE, gid="entropies")
        right.dots(temperature, entropy_now, BLUE, gid="entropy now")
        words = f"entropy {number(entropy_now)}"
        right.readout("entropy", words, fontsize=12, color=BLUE, weight="bold")
        draw_strip(page, p, 264, 26)
        return (
            f"At temperature {number(temperature, 1)} the scores {by_class(z, 1)} become "
            f"{by_class(p)}. Entropy {number(entropy_now)} of at most ln {n} = {number(largest)}."
        )

    recorded = [{"temperature": 50}, {"temperature": 13, **dict.fromkeys(sliders, 5)}]
    return LiveFigure(draw, controls, height=300, recorded=recorded)


def entropy(p):
    """Return −Σ p ln p in nats."""
    positive = p[p > 0]  # p ln p goes to 0 with p
    # Rounding may make a p a little larger than 1, and the sum positive.
    return max(0.0, -(positive * np.log(positive)).sum())
