"""shifted: the same number added to all scores."""

import numpy as np

from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import SMALL, number
from lessons.softmax.bars import ROW, bar_panel, drag_bars, draw_bars, draw_strip
from lessons.softmax.scores import by_class, probabilities, score_sliders


def shifted(function, scores=(1, 2, 3)):
    """Return a LiveFigure of scores plus a shift, a slider, beside function(scores + shift).

    `function` takes an array of scores and returns one probability for each: helpers.softmax or
    your own. `scores` are two to five numbers from −4 to 4. What is neither, and a function that
    fails, raises TypeError or ValueError.
    """
    sliders = score_sliders(scores)
    shift = slider("shift of all", 0.0, -6.0, 6.0, 0.1)
    controls = {"shift": shift, **sliders}
    n = len(sliders)
    height = ROW * n

    def draw(page, shift, **scores):
        z = np.array(list(scores.values()))
        before = probabilities(function, z)
        after = probabilities(function, z + shift)
        change = np.abs(after - before).max()

        left = bar_panel(page, n, 56, 350, (-13, 13), xticks=range(-10, 11, 5))
        right = bar_panel(page, n, 476, 236, (0, 1.35), ylabels=False)
        drag_bars(page, left, n, shift)
        left.title("scores + shift")
        left.text("dashed: before the shift", 1, up=9, ha="right", **SMALL)
        right.title("probabilities")
        draw_bars(left, z + shift, "score", 1, before=z)
        draw_bars(right, after, "p", before=before)
        strip = draw_strip(page, after, 70 + height, 24)

        total = right.readout(
            "sum", f"sum {number(after.sum())}", fontsize=12, weight="bold"
        )
        power = f"e to the power {number(shift, 1)}, which is {np.exp(shift):.4g}"
        words = f"every power of e is multiplied by {power}"
        strip.readout("factor", words, 0, down=18, **SMALL, ha="left")
        if change < 1e-12:
            verdict = "The shift changes none of them"
        else:
            verdict = f"The shift changes them by up to {number(change)}"
        return (
            f"All scores shifted by {number(shift, 1)}: {by_class(z + shift, 1)}. "
            f"Probabilities: {by_class(after)}; {total}. {verdict}."
        )

    recorded = [{"shift": 61}, {"shift": 9, **dict.fromkeys(sliders, 5)}]
    return LiveFigure(draw, controls, height=118 + height, recorded=recorded)
