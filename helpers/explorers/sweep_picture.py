"""The picture of swept: probabilities above, their slopes below, and a ruler that shows how wide the rise is."""

import numpy as np
from matplotlib.lines import Line2D

from helpers.explorers import panels
from helpers.explorers.panels import moving
from helpers.lessons.softmax.scores import COLOURS, NAMES, listed
from helpers.style import BLUE, FLAT_TEXT, INK, SOFT, VERMILION, label, number

DASHES = ("-", (0, (5, 2)), (0, (1.5, 2)), (0, (5, 2, 1, 2)), (0, (9, 2)))  # one a class, alike in both panels
FLAT = 0.05  # below this share of the largest slope a curve counts as flat
HEIGHT = 1.14  # of the ruler


class Picture:
    """The two panels; `show` moves them to a computed state."""

    def __init__(self, n):
        self.figure, self._upper, self._lower = panels.two_panels()
        self._upper.set(ylim=(-0.1, 1.34), yticks=[0, 0.5, 1])
        self._lower.set(ylim=(-0.31, 0.31), yticks=[-0.25, 0, 0.25])
        self._upper.axhline(1, color=SOFT, linewidth=1, linestyle=(0, (5, 4)))
        self._shades = panels.Shades(self._upper, self._lower)
        looks = [{"linewidth": 2.0 if i else 3.0, "linestyle": DASHES[i], "zorder": 3} for i in range(n)]
        self.curves = [self._line(self._upper, COLOURS[i], **look) for i, look in enumerate(looks)]
        self.slopes = [self._line(self._lower, VERMILION, **look) for look in looks]
        self._probe = panels.Probe(self._upper, self._lower)
        self.ruler = self._line(self._upper, INK, linewidth=1.4, marker="|", markersize=9)
        self._write(looks)

    @staticmethod
    def _line(axes, colour, **look):
        return moving(axes.add_line(Line2D([], [], color=colour, **look)))

    def _write(self, looks):
        big, right = {"fontsize": 14, "weight": "bold"}, {"ha": "right"}
        label(self._upper, (0, 1.045), "probabilities", color=BLUE, **big)
        label(self._lower, (0, 1.09), "their slopes", color=VERMILION, **big)
        self._key(looks)
        self._lower.texts[0].set_text(f"score of {NAMES[0]}")  # in place of "input x"
        small = {"fontsize": 11, "gid": "rise"}
        note = f"flat: slope below {100 * FLAT:.0f} % of its largest"
        label(self._lower, (1, -0.33), note, color=FLAT_TEXT, fontsize=11, **right)
        self._value = moving(label(self._upper, (1, 1.045), "", color=BLUE, gid="value", **right, **big))
        self._gains = moving(label(self._lower, (1, 1.09), "", color=VERMILION, gid="slopes", **right))
        self._note = moving(label(self._lower, (0, -0.33), "", color=INK, **small))
        here = {"transform": self._upper.transData, "clip_on": True}
        self._wide = moving(label(self._upper, (0, 0), "", **here, **small))

    def _key(self, looks):
        """Name the curves in a row above them, since they may lie upon each other."""
        for i, look in enumerate(looks):
            left = 0.24 + 0.105 * i
            ends = {"xdata": [left, left + 0.035], "ydata": [1.063, 1.063]}
            sample = Line2D(**ends, color=COLOURS[i], transform=self._upper.transAxes, **look)
            sample.set_clip_on(False)
            self._upper.add_line(sample)
            label(self._upper, (left + 0.042, 1.045), NAMES[i])

    def show(self, state):
        """Move the artists to a computed state and return the picture in words."""
        lo, hi = state["range"]
        if self._upper.get_xlim() != (lo, hi):
            self._upper.set_xlim(lo, hi)
        for line, heights in zip((*self.curves, *self.slopes), (*state["p"].T, *state["slopes"].T), strict=True):
            line.set_data(state["x"], heights)
        self._probe.move(state["x0"], state["p0"][0], state["slopes0"][0], lo, hi)
        for text in self._probe.labels:  # zoomed in, they would be cut off at the edge
            text.set_visible(text.get_visible() and text.get_position()[0] < hi - 0.06 * (hi - lo))
        self._shades.move(state["flat"], hi - lo)
        self._measure(lo, hi, *state["rise"])
        total = number(round(float(state["slopes0"].sum()), 6))
        self._value.set_text(f"p({NAMES[0]}) = {number(state['p0'][0])}")
        self._gains.set_text(f"{listed(state['slopes0'])}; sum {total}")
        return self._words(state)

    def _measure(self, lo, hi, start, end):
        """Draw the ruler from 1 % to 99 % and say how much of the picture it takes."""
        share = (end - start) / (hi - lo)
        size = f"{share:.1f} pictures" if share > 1 else f"{100 * share:.0f} % of the picture"
        there = bool(np.isfinite(share))
        self._note.set_text(f"1 % to 99 %: {size}" if there else "no rise from 1 % to 99 %")
        self.ruler.set_data([start, end], [HEIGHT, HEIGHT])
        left, right, gap = max(lo, start), min(hi, end), 0.015 * (hi - lo)
        if right - left > 0.3 * (hi - lo):
            self._wide.set(x=(left + right) / 2, y=HEIGHT + 0.04, ha="center")
        else:  # beside the ruler: on the left, where no tangent passes, if there is room
            room = left - lo > 0.3 * (hi - lo)
            self._wide.set(x=left - gap if room else right + gap, y=HEIGHT - 0.025, ha="right" if room else "left")
        self._wide.set(text=f"1 % to 99 %: {number(end - start, 2)} wide" if there and right > left else "")

    def _words(self, state):
        lo, hi = state["range"]
        first = state["p"][[0, -1], 0]
        return (
            f"The score of {NAMES[0]} sweeps from {number(lo, 1)} to {number(hi, 1)}; the other scores stay at "
            f"{', '.join(number(z, 1) for z in state['others'])}. Its probability goes from {number(first[0])} to "
            f"{number(first[1])}. At {number(state['x0'], 1)}: {listed(state['p0'])}; slopes {self._gains.get_text()}. "
            f"Its rise: {self._note.get_text()}."
        )
