"""output_mean: histograms of what ReLU and another function make of the same sums."""

from typing import NamedTuple

import numpy as np

from helpers.arguments import as_array, as_floats, format_parameters, name_of
from helpers.figures.curve import Curve
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, INK, ORANGE, ink, number
from helpers.functions import relu

EDGES = np.linspace(-3.5, 3.5, 71)  # of the bars of a histogram
CENTRES = (EDGES[1:] + EDGES[:-1]) / 2
TOP = 12  # per cent, at which a bar is cut off


def output_mean(function, sums, **parameters):
    """Return a LiveFigure of what ReLU and the function make of the same sums: two histograms.

    `function` is an Activation or your own function of an array; its parameters are sliders, as in
    `explore`. `sums` are 100 finite numbers or more; outputs from −3.5 to 3.5 are drawn. Anything
    else raises ValueError or TypeError.
    """
    name_of(function, "output_mean(elu, sums)")
    curve = Curve(function, parameters)
    sums = as_floats(sums, "sums").ravel()
    example = "np.random.default_rng(0).normal(size=100_000)"
    sums = as_array(sums, "sums", (("examples", 100, np.inf),), example=example)
    of_relu = histogram_of(relu(sums))

    def draw(page, /, **own):
        histogram = histogram_of(curve.values(sums, **own))
        settings = f", {format_parameters(own)}" if own else ""
        above = draw_histogram(page, 36, "ReLU", ORANGE, of_relu)
        below = draw_histogram(page, 218, curve.name, BLUE, histogram)
        return f"Outputs of ReLU: {above}. Outputs of {curve.name}{settings}: {below}."

    return LiveFigure(draw, curve.controls, height=374)


class Histogram(NamedTuple):
    """How many per cent of the outputs each bar holds, and what both sides add to the mean."""

    percents: np.ndarray
    negative: float
    positive: float


def histogram_of(outputs):
    """Return the Histogram of outputs."""
    counts, _ = np.histogram(outputs, EDGES)
    return Histogram(
        100 / len(outputs) * counts,
        negative=np.minimum(outputs, 0).mean(),
        positive=np.maximum(outputs, 0).mean(),
    )


def draw_histogram(page, top, name, colour, histogram):
    """Draw one of the two histograms with its mean, and return it in words."""
    percents, negative, positive = histogram
    mean = negative + positive
    panel = page.panel(
        top,
        122,
        x=(EDGES[0], EDGES[-1]),
        y=(0, TOP),
        yticks=[0, 5, 10],
        ylabels=["0", "5 %", "10 %"],
    )
    panel.title(f"outputs of {name}", ink(colour))
    panel.vline(0, color=INK)
    bar_width = 0.9 * panel.width / len(CENTRES)
    panel.stems(
        CENTRES, np.minimum(percents, TOP), colour, bar_width, gid=f"bars of {name}"
    )
    panel.line(mean, [0, TOP], INK, zorder=5, gid=f"mean of {name}")
    mean_words = f"mean {number(mean, 2)}"
    beside = {"x": mean + 0.06, "ha": "left"}
    if mean < 0:
        beside = {"x": mean - 0.06, "ha": "right"}
    look = {"weight": "bold", "clip_on": True}
    panel.label(mean_words, y=0.86 * TOP, **look, **beside)
    too_high = percents > TOP
    if too_high.any():
        left_edge = EDGES[percents.argmax()]
        words = f"highest {percents.max():.0f} %"
        panel.label(words, left_edge - 0.06, 0.62 * TOP, ha="right", fontsize=11)
    sides = f"negative side {number(negative, 2)}, positive side {number(positive, 2)}"
    panel.readout(f"sides-{top}", sides)
    return f"{sides}, {mean_words}"
