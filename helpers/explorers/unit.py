"""unit: three rulers, the input, the weighted sum and the output of one unit, joined by threads."""

import numpy as np
from matplotlib.lines import Line2D

from helpers.explorers.panels import moving
from helpers.explorers.stack import FUNCTIONS
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.style import BLUE, INK, ORANGE, add_axes, label, new_figure, number, own_settings

STARTS = np.linspace(-3, 3, 25)
REACH = 8.2  # of each ruler, to both sides: as far as a sum can go
LEFT = -15  # where the rulers' names start


@own_settings()
def unit(*, x=-1.0, weight=1.5, bias=0.5, activation="ReLU"):
    """Return a LiveFigure of one unit: inputs go by threads to their weighted sums, and these to the outputs.

    Sliders set the input, the weight and the bias, buttons the `activation`. Raises ValueError or TypeError for others.
    """
    if activation not in FUNCTIONS:
        raise ValueError(f"activation must be one of {', '.join(FUNCTIONS)}, not {activation!r}.")
    figure, threads, probe, readouts = _draw()

    def update(x, weight, bias, activation):
        inputs = np.append(STARTS, x)
        sums = weight * inputs + bias
        outputs = FUNCTIONS[activation](sums)
        for line, *places in zip((*threads, probe), inputs, sums, outputs, strict=True):
            line.set_xdata(places)
        for line, z in zip(threads, sums[:-1], strict=True):
            line.set_color(ORANGE if z < 0 else BLUE if z > 0 else INK)
        z, out = _fixed(sums[-1]), _fixed(outputs[-1])
        times = f"({number(x, 1)})" if x < 0 else number(x, 1)
        terms = f"{number(weight, 1)} · {times} {'−' if bias < 0 else '+'} {abs(bias):.1f}"
        texts = f"x = {number(x, 1)}", f"{terms} = {z}", out if activation == "none" else f"{activation}({z}) = {out}"
        for readout, text in zip(readouts, texts, strict=True):
            readout.set_text(text)
        return f"One unit. Input: {texts[0]}. Weighted sum: {texts[1]}. Output, activation {activation}: {texts[2]}."

    controls = {
        "x": number_slider("input x", x, -3, 3, 0.1, name="x"),
        "weight": number_slider("weight", weight, -2, 2, 0.1),
        "bias": number_slider("bias", bias, -2, 2, 0.1),
        "activation": choice("activation", list(FUNCTIONS), activation),
    }
    return LiveFigure(figure, controls, update)


def _fixed(value):
    """Return `value` with two digits and no powers of ten: on the first page of all a small number is 0.00."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _draw():
    """Return (figure, threads, the probe's thread, the readouts of the three rulers)."""
    figure = new_figure(330)
    axes = add_axes(figure, 212, 38, 492, 254, xlim=(-REACH, REACH), ylim=(0, 2), yticks=[])
    axes.grid(False)
    axes.spines["top"].set_visible(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(top=True, labeltop=True, labelsize=11)
    axes.axhline(1, color=INK, linewidth=0.8)
    threads = [moving(axes.add_line(Line2D([0] * 3, [2, 1, 0], linewidth=1.2, alpha=0.75))) for _ in STARTS]
    probe = moving(axes.add_line(Line2D([0] * 3, [2, 1, 0], color=INK, linewidth=2.4, marker="o", markersize=8)))
    for artist in (*threads, probe):
        artist.set_clip_on(False)
    readouts = []
    for height, name in ((2, "input"), (1, "weighted sum"), (0, "output")):
        place = {"transform": axes.transData, "va": "baseline"}
        label(axes, (LEFT, height + 0.01), name, weight="bold", fontsize=13, color=BLUE if not height else INK, **place)
        readouts.append(moving(label(axes, (LEFT, height - 0.13), "", gid=name.replace(" ", "-"), **place)))
    return figure, threads, probe, readouts
