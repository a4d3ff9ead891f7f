"""shifted: the same number added to all scores moves the scores' bars and leaves the probabilities where they are."""

import numpy as np

from helpers.explorers.panels import moving
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.lessons.softmax.scores import REACH, Bars, Strip, heading, listed, probabilities, sliders_for
from helpers.style import SOFT, add_axes, label, new_figure, number, own_settings

FAR = 6  # the shift's slider runs from -FAR to FAR
ROW = 34  # pixels


@own_settings()
def shifted(function, scores=(1, 2, 3)):
    """Return a LiveFigure of the scores plus a shift beside function(scores + shift), with a slider for the shift.

    `function` takes an array of scores and returns one probability for each: helpers.softmax or your own. `scores` are
    two to five numbers from −4 to 4. What is neither, and a function that fails, raises TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    controls = {"shift": number_slider("shift of all", 0.0, -FAR, FAR, 0.1), **sliders}
    figure, left, right, strip, note, total = _draw(len(sliders))

    def update(shift, **values):
        z = np.array(list(values.values()))
        before, after = probabilities(function, z), probabilities(function, z + shift)
        gap = np.abs(after - before).max()
        verdict = "The shift changes none of them" if gap < 1e-12 else f"The shift changes them by up to {number(gap)}"
        left.move(z + shift, z)
        right.move(after, before)
        strip.move(after)
        note.set_text(
            f"every power of e is multiplied by e to the power {number(shift, 1)}, which is {np.exp(shift):.4g}"
        )
        total.set_text(f"sum {number(after.sum())}")
        return (
            f"All scores shifted by {number(shift, 1)}: {listed(z + shift, 1)}. Probabilities: {listed(after)}; "
            f"{total.get_text()}. {verdict}."
        )

    return LiveFigure(figure, controls, update)


def _draw(n):
    """Return (figure, the bars of the scores, of the probabilities, the strip, the line below, the sum)."""
    figure, height = new_figure(118 + ROW * n), ROW * n
    far = REACH + FAR
    left = add_axes(figure, 56, 34, 350, height, xlim=(-1.3 * far, 1.3 * far), xticks=[-10, -5, 0, 5, 10], yticks=[])
    right = add_axes(figure, 476, 34, 236, height, xlim=(0, 1.35), xticks=[0, 0.5, 1], yticks=[])
    heading(left, "scores + shift")
    label(left, (1, 1 + 9 / height), "dashed: before the shift", color=SOFT, fontsize=11, ha="right")
    heading(right, "probabilities")
    total = moving(label(right, (1, 1 + 8 / height), "", ha="right", weight="bold", gid="sum"))
    strip = Strip(add_axes(figure, 56, 70 + height, 656, 24), n)
    note = moving(label(strip.axes, (0, -0.75), "", color=SOFT, fontsize=11, gid="factor"))
    scores, p = Bars(left, n, "score", 1, ghosts=True), Bars(right, n, "p", names=False, ghosts=True)
    return figure, scores, p, strip, note, total
