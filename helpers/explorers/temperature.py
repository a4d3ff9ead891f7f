"""tempered: how the temperature spreads or gathers the probabilities, with their entropy."""

import numpy as np
from matplotlib.lines import Line2D

from helpers.explorers.panels import moving
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import shown
from helpers.lessons.softmax.scores import Bars, Strip, heading, listed, name_of, probabilities, sliders_for
from helpers.style import BLUE, SOFT, add_axes, label, new_figure, number, own_settings

COLDEST, HOTTEST = 0.1, 5.0
TEMPERATURES = np.linspace(COLDEST, HOTTEST, 99)


@own_settings()
def tempered(function, scores=(1, 2, 3), *, temperature=1.0):
    """Return a LiveFigure of function(scores, temperature=T) as bars, and of their entropy against T.

    `function` takes an array of scores and a temperature and returns one probability for each score: helpers.softmax or
    your own. `scores` are two to five numbers from −4 to 4, `temperature` the one to begin with, from 0.1 to 5.
    What is neither, and a function that fails, raises TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    control = number_slider("temperature T", temperature, COLDEST, HOTTEST, 0.1, name="temperature")
    figure, bars, strip, curve, dot, readout = _draw(len(sliders))

    def update(temperature, **values):
        z = np.array(list(values.values()))
        usual, p, *along = (probabilities(function, z, temperature=float(t)) for t in (1.0, temperature, *TEMPERATURES))
        now = entropy(p, function)
        heights = [entropy(q, function) for q in along]
        bars.move(p, usual)
        strip.move(p)
        curve.set_ydata(np.array(heights))
        dot.set_data([temperature], [now])
        readout.set_text(f"entropy {number(now)}")
        return (
            f"At temperature {number(temperature, 1)} the scores {listed(z, 1)} become {listed(p)}. "
            f"Entropy {number(now)} of at most ln {len(z)} = {number(np.log(len(z)))}."
        )

    return LiveFigure(figure, {"temperature": control, **sliders}, update)


def entropy(p, function):
    """Return −Σ p ln p in nats, or raise ValueError when a number in p is no probability."""
    if not ((p >= 0) & (p <= 1 + 1e-9)).all():
        raise ValueError(f"{name_of(function)} returns {shown(p)}; probabilities lie between 0 and 1.")
    inside = p[p > 0]  # p ln p goes to 0 with p
    return float(-(inside * np.log(inside)).sum())


def _draw(n):
    """Return (figure, bars, strip, the curve of the entropy, its dot, its readout)."""
    figure = new_figure(300)
    left = add_axes(figure, 56, 34, 270, 180, xlim=(0, 1.32), xticks=[0, 0.5, 1], yticks=[])
    heading(left, "probabilities")
    label(left, (1, 1 + 9 / 180), "dashed: at T = 1", color=SOFT, fontsize=11, ha="right")
    top = np.log(n)
    right = add_axes(figure, 408, 34, 290, 180, xlim=(0, HOTTEST), ylim=(-0.06 * top, 1.2 * top), xticks=range(6))
    heading(right, "entropy in nats", BLUE)
    right.axhline(top, color=SOFT, linewidth=1, linestyle=(0, (5, 4)))
    label(
        right,
        (0.99, 1.04 * top),
        f"all equal: ln {n} = {number(top)}",
        color=SOFT,
        fontsize=11,
        ha="right",
        transform=right.get_yaxis_transform(),
    )
    label(right, (0.5, -0.17), "temperature T", ha="center")
    curve = moving(right.add_line(Line2D(TEMPERATURES, 0 * TEMPERATURES, color=BLUE, linewidth=3)))
    dot = {"marker": "o", "markersize": 10, "markeredgecolor": "white", "markeredgewidth": 2, "clip_on": False}
    dot = moving(right.add_line(Line2D([0], [0], color=BLUE, **dot)))
    readout = moving(label(right, (1, 1 + 8 / 180), "", ha="right", color=BLUE, weight="bold", gid="entropy"))
    strip = Strip(add_axes(figure, 56, 264, 656, 26), n)
    return figure, Bars(left, n, "p", ghosts=True), strip, curve, dot, readout
