"""The picture of layer_gradients: sizes of ∂L/∂z on a log axis above, histograms of the layers' outputs below."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.explorers.columns import Columns
from helpers.explorers.panels import hold, moving
from helpers.figures.marks import spread
from helpers.lessons.vanishing_gradient.fates import BORDERS, FATES, fate_of
from helpers.style import BLUE, SOFT, VERMILION, add_axes, label, new_figure, number, power

HEIGHT = 210  # of the upper axes, in pixels


class View:
    """The sizes of ∂L/∂z on a log axis above, a histogram of each layer's outputs below."""

    def __init__(self, grey):
        self.figure = new_figure(474)
        self.upper = add_axes(self.figure, 58, 36, 566, HEIGHT, xlim=(0.4, 20.6), ylim=(-15.5, 5.5))
        self.lower = add_axes(self.figure, 58, 298, 566, 130, sharex=self.upper)
        self.upper.tick_params(labelbottom=False)
        self.lower.xaxis.set_major_locator(MaxNLocator(9, integer=True, min_n_ticks=1))
        self.upper.yaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
        self.upper.yaxis.set_major_formatter(FuncFormatter(lambda exponent, _: power(exponent) if exponent else "1"))
        for border in BORDERS:
            self.upper.axhline(np.log10(border), color=SOFT, linewidth=1, linestyle=(0, (1, 2.5)))
        look = {"va": "center_baseline", "transform": self.upper.transAxes}
        self.words = [label(self.upper, (1.012, 0), fate.word, color=fate.ink, **look) for fate in FATES]
        self.columns = Columns(self.lower)
        self.grey = moving(self.upper.add_line(Line2D([], [], color="#AFB8C1", linewidth=3)))
        self.line = moving(self.upper.add_line(Line2D([], [], color=VERMILION, linewidth=1.6)))
        look = {"linestyle": "", "markersize": 7.5, "markeredgecolor": "white", "markeredgewidth": 0.8, "zorder": 4}
        self.marks = [
            moving(self.upper.add_line(Line2D([], [], color=fate.colour, marker=fate.marker, clip_on=False, **look)))
            for fate in FATES
        ]
        self._write(grey)

    def _write(self, grey):
        big = {"fontsize": 14, "va": "baseline"}
        label(self.upper, (0, 1.06), "size of ∂L/∂z in each layer", color=VERMILION, weight="bold", **big)
        self.first = moving(label(self.upper, (1.13, 1.06), "", ha="right", gid="first", **big))
        label(self.upper, (0.01, 0.03), grey, color=SOFT, fontsize=11)
        label(self.lower, (0, 1.1), "what each layer hands on", color=BLUE, weight="bold", **big)
        self.spread = moving(label(self.lower, (1.13, 1.1), "", ha="right", gid="spread", fontsize=12))
        self.note = moving(label(self.lower, (1.13, -0.31), "", ha="right", gid="note", fontsize=11))
        label(self.lower, (0, -0.31), "layer, from the input to the output")

    def show(self, what, sizes, outputs, span, reference):
        """Move everything to what was measured, and return the picture in words."""
        layers, heights = np.arange(1, len(sizes) + 1), [_height(values) for values in (sizes, reference)]
        if self.upper.get_xlim()[1] != len(sizes) + 0.6:
            self.upper.set_xlim(0.4, len(sizes) + 0.6)
        self._hold(min(map(min, heights)), max(map(max, heights)))
        self.line.set_data(layers, heights[0])
        self.grey.set_data(layers, heights[1])
        for fate, mark in zip(FATES, self.marks, strict=True):
            mine = [fate_of(size) is fate for size in sizes]
            mark.set_data(layers[mine], heights[0][mine])
        self.columns.move(outputs, *span)
        return self._words(what, sizes, outputs, span)

    def _hold(self, lowest, highest):
        """Widen the axis of powers of ten in large steps, so that it stands still most of the time."""
        low = -15 * np.ceil(max(15, -lowest) / 15) - 0.5
        high = (5 if highest <= 5 else 15 * np.ceil(highest / 15)) + 0.5
        if self.upper.get_ylim() == (low, high) and self.words[-1].get_position()[1]:
            return
        hold(self.upper, low, high)
        edges = np.array([low, *np.log10(BORDERS), high])
        heights = (edges[1:] + edges[:-1]) / 2
        places = spread(HEIGHT * (heights - low) / (high - low), 16, 8, HEIGHT - 8) / HEIGHT
        for word, place in zip(self.words, places, strict=True):
            word.set_y(place)

    def _words(self, what, sizes, outputs, span):
        fate = fate_of(sizes[0])
        self.first.set(text=f"layer 1: {number(sizes[0])} of the top, {fate.word}", color=fate.ink)
        spreads, depth, last = [number(outputs[k].std(), 3) for k in (0, -1)], len(sizes), outputs[-1]
        self.spread.set_text(f"spread {spreads[0]} in layer 1" + f", {spreads[1]} in layer {depth}" * (depth > 1))
        shares = {"exactly 0": np.mean(last == 0), "beyond the picture": np.mean((last < span[0]) | (last > span[1]))}
        notes = [f"{100 * share:.0f} % {words}" for words, share in shares.items() if share > 0.005]
        self.note.set_text(f"layer {depth}: {', '.join(notes)}" if notes else "")
        places = sorted({depth, depth // 2 + 1, 1}, reverse=True)
        listed = ", ".join(f"{number(sizes[place - 1])} in layer {place}" for place in places)
        return (
            f"{what}. Size of ∂L/∂z in parts of what enters at the top: {listed}: {fate.word}. "
            f"Outputs: {'; '.join(filter(None, (self.spread.get_text(), self.note.get_text())))}."
        )


def _height(sizes):
    """Return sizes as powers of ten; 0, which has no logarithm, stands below all others."""
    return np.log10(np.maximum(sizes, 1e-320))
