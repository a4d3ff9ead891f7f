"""threads: where each number on one ruler lands on the other, the opening picture of the lessons."""

import numpy as np

from helpers.figures import Page
from helpers.figures.controls import abbreviated, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import check_range, evaluate
from helpers.figures.style import BLUE, INK, ORANGE, number, own_settings

COUNT = 33


class Threads:
    """Rulers at whole heights of a panel, down to 0, joined by thin threads and by a thick one, the probe's."""

    def __init__(self, panel, count, rulers, **look):
        panel.bare("left", "right")
        panel.axes.spines["top"].set_visible(True)
        panel.axes.tick_params(top=True, labeltop=True, labelsize=11)
        heights = np.arange(rulers)[::-1]
        for height in heights[1:-1]:
            panel.rule(height, color=INK)
        rest = np.zeros(rulers)
        self._threads = [panel.line(INK, 1.2, rest, heights, alpha=0.75, **look) for _ in range(count)]
        self._probe = panel.line(INK, 2.4, rest, heights, marker="o", markersize=8, clip_on=False)

    def move(self, *places):
        """Move the threads to their places on each ruler, the probe's last; what enters the lowest colours them."""
        for line, *path in zip((*self._threads, self._probe), *places, strict=True):
            line.set_xdata(path)
        for thread, entering in zip(self._threads, places[-2][:-1], strict=True):
            thread.set_color(ORANGE if entering < 0 else BLUE if entering > 0 else INK)


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
    page, lines = _draw(lo, hi)

    def update(x, **values):
        inputs = np.append(starts, x)
        outputs = evaluate(function, inputs, name, **fixed, **values)
        lines.move(inputs, outputs)
        texts = page.write(value=f"{name}({number(x, 2)}) = {number(outputs[-1])}")
        return (
            f"Inputs from {number(lo, 1)} to {number(hi, 1)} land between {number(outputs.min())} and "
            f"{number(outputs.max())}. {texts['value']}."
        )

    return LiveFigure(page.figure, {"x": number_slider("input x", x, lo, hi, name="x"), **sliders}, update)


def _draw(lo, hi):
    """Return (page, threads between two rulers that reach from lo to hi)."""
    page = Page(244)
    panel = page.panel(46, 150, left=24, width=672, xlim=(lo - 0.3, hi + 0.3), ylim=(0, 1), yticks=[])
    below = {"down": 37.5, "fontsize": 13, "color": BLUE}
    panel.title("every input …", size=13, up=31.5)
    panel.text("… and where it lands", weight="bold", **below)
    panel.readout("value", **below)
    return page, Threads(panel, COUNT, rulers=2)
