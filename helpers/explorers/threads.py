"""threads: where each number on one ruler lands on the other, the opening picture of the lessons."""

import numpy as np
from matplotlib.lines import Line2D

from helpers.explorers.panels import moving
from helpers.figures.controls import abbreviated, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import check_range, evaluate
from helpers.style import BLUE, INK, ORANGE, add_axes, label, new_figure, number, own_settings

COUNT = 33


@own_settings()
def threads(function, *, x=1.0, x_range=(-6, 6), **parameters):
    """Return a LiveFigure of two rulers of one scale, inputs above and outputs below, joined by threads.

    `function` is an Activation or your own function of an array; `x` the input whose thread a slider moves; other
    keywords are parameters as in `explore`. Raises ValueError or TypeError as `explore` does.
    """
    lo, hi, _ = check_range(x_range)
    sliders, fixed = abbreviated(function, parameters)
    name = getattr(function, "__name__", "f")
    starts = np.linspace(lo, hi, COUNT)
    figure, lines, probe, readout = _draw(starts)

    def update(x, **values):
        inputs = np.append(starts, x)
        outputs = evaluate(function, inputs, name, **fixed, **values)
        for line, start, end in zip((*lines, probe), inputs, outputs, strict=True):
            line.set_xdata([start, end])
        readout.set_text(f"{name}({number(x, 2)}) = {number(outputs[-1])}")
        return (
            f"Inputs from {number(lo, 1)} to {number(hi, 1)} land between {number(outputs.min())} and "
            f"{number(outputs.max())}. {readout.get_text()}."
        )

    return LiveFigure(figure, {"x": number_slider("input x", x, lo, hi, name="x"), **sliders}, update)


def _draw(starts):
    """Return (figure, threads, the probe's thread, its readout), all at rest."""
    figure = new_figure(244)
    axes = add_axes(figure, 24, 46, 672, 150, xlim=(starts[0] - 0.3, starts[-1] + 0.3), ylim=(0, 1))
    axes.grid(False)
    axes.spines["top"].set_visible(True)
    axes.spines[["left", "right"]].set_visible(False)
    axes.tick_params(top=True, labeltop=True, labelsize=11)
    axes.set_yticks([])
    label(axes, (0, 1.21), "every input …", fontsize=13, weight="bold")
    label(axes, (0, -0.25), "… and where it lands", fontsize=13, weight="bold", color=BLUE)
    colours = [ORANGE if start < 0 else BLUE if start > 0 else INK for start in starts]
    pairs = zip(starts, colours, strict=True)
    lines = [moving(axes.add_line(Line2D([x, x], [1, 0], color=c, linewidth=1.2, alpha=0.75))) for x, c in pairs]
    probe = moving(axes.add_line(Line2D([0, 0], [1, 0], color=INK, linewidth=2.4, marker="o")))
    probe.set(markersize=8, clip_on=False)
    return figure, lines, probe, moving(label(axes, (1, -0.25), "", fontsize=13, ha="right", color=BLUE, gid="value"))
