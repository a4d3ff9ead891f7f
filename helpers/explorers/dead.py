"""dead_units: a layer's bias moved, and which of its units no example switches on any more."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from helpers.arguments import as_floats
from helpers.explorers.panels import moving
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.style import BLUE, INK, ORANGE, SOFT, add_axes, label, new_figure, own_settings

LOW, HIGH = -6.0, 3.0  # of the bias
STUB = 0.025  # the least height of a bar


@own_settings()
def dead_units(sums, *, bias=0.0, examples=None):
    """Return a LiveFigure of the ReLU units whose sums without a bias are given, with a slider for one bias of all.

    `sums` has shape (examples, units), 2 to 100 units. Above: the share of examples that switch each unit on, the
    units in the order in which they die; below: the share of dead units for every bias. A second slider says how many
    of the examples count, `examples` at first. Raises ValueError or TypeError for other shapes and values.
    """
    sums = as_floats(sums, "sums")
    if sums.ndim != 2 or len(sums) < 2 or not 2 <= sums.shape[1] <= 100 or not np.isfinite(sums).all():
        raise ValueError(f"sums must be finite, in rows (examples) and 2 to 100 columns (units), not {sums.shape}.")
    sums = sums[:, np.argsort(-sums.max(axis=0))]
    view = View(sums.shape[1])
    slider = number_slider("bias", bias, LOW, HIGH, 0.1)
    given = len(sums) if examples is None else examples
    count = number_slider("examples", given, 1, len(sums), 1)

    def update(bias, examples):
        seen = sums[: int(examples)]
        deadly = np.sort(-seen.max(axis=0))[::-1]  # a unit is dead at this bias and below
        return view.show(bias, int(examples), (seen + bias > 0).mean(axis=0), deadly)

    return LiveFigure(view.figure, {"bias": slider, "examples": count}, update)


class View:
    """A bar for each unit above, the share of dead units against the bias below."""

    def __init__(self, units):
        self.units, self.figure = units, new_figure(458)
        self.upper = add_axes(self.figure, 54, 36, 652, 190, xlim=(-1, units), ylim=(-0.04, 1.02), xticks=[])
        self.lower = add_axes(self.figure, 54, 294, 652, 112, xlim=(LOW, HIGH), ylim=(-0.04, 1.04))
        for axes in (self.upper, self.lower):
            axes.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        self.bars = moving(self.upper.add_collection(LineCollection([], colors=BLUE, linewidths=420 / units)))
        cross = {"marker": "X", "markersize": 9, "markeredgecolor": "white", "linestyle": "", "clip_on": False}
        self.crosses = moving(self.upper.add_line(Line2D([], [], color=ORANGE, zorder=4, **cross)))
        self.curve = moving(self.lower.add_line(Line2D([], [], color=INK, linewidth=2)))
        thin = {"color": SOFT, "linewidth": 1, "linestyle": (0, (1, 2.5))}
        self.guide = moving(self.lower.axvline(0, **thin))
        dot = {"marker": "o", "markersize": 10, "markeredgecolor": "white", "markeredgewidth": 2, "clip_on": False}
        self.dot = moving(self.lower.add_line(Line2D([], [], color=ORANGE, zorder=5, **dot)))
        self._write()

    def _write(self):
        big, right = {"fontsize": 14, "va": "baseline"}, {"ha": "right", "fontsize": 14, "va": "baseline"}
        label(self.upper, (0, 1.06), "examples that switch each unit on", color=BLUE, weight="bold", **big)
        label(self.upper, (0.5, -0.11), "each bar is one unit; a cross: no example switches it on", ha="center")
        label(self.lower, (0, 1.1), "dead units, by bias", weight="bold", **big)
        label(self.lower, (0.5, -0.4), "bias, the same for all units", ha="center")
        self.zeros = moving(label(self.upper, (1, 1.06), "", gid="zeros", **right))
        self.dead = moving(label(self.lower, (1, 1.1), "", gid="dead", **right))

    def show(self, bias, examples, on, deadly):
        """Move everything to the shares `on` of the units and the biases at which they are dead; return the words."""
        dead = on == 0
        # One example of a thousand would be too low to be seen, and it is what keeps a unit alive.
        heights = np.where(dead, 0.0, np.maximum(on, STUB))
        self.bars.set_segments([[(i, 0), (i, height)] for i, height in enumerate(heights)])
        self.crosses.set_data(np.flatnonzero(dead), np.zeros(dead.sum()))
        # From left to right the share falls by one unit at each of these biases.
        left = np.repeat(np.sort(deadly), 2)
        heights = np.repeat(np.arange(self.units, -1, -1), 2)[1:-1] / self.units
        self.curve.set_data([LOW, *left, HIGH], [1.0, *heights, 0.0])
        self.guide.set_xdata([bias, bias])
        self.dot.set_data([bias], [dead.mean()])
        self.zeros.set_text(f"outputs that are 0: {100 * (1 - on.mean()):.1f} %")
        self.dead.set_text(f"dead: {dead.sum()} of {self.units}")
        return (
            f"Bias {bias:.1f}, {examples} example{'s' * (examples > 1)}: {self.dead.get_text()} units, which no "
            f"example switches on; {self.zeros.get_text()}."
        ).replace("-", "−")
