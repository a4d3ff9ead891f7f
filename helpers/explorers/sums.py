"""The two panels of a weighted sum of units: the sum on its target above, what each unit contributes below."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from helpers.explorers.panels import hold, limits, moving
from helpers.style import BLUE, INK, SKY, SOFT, add_axes, label, new_figure, number

POINTS = 601
DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)))  # a few lines stay apart in grey too


def bends(corners, heights):
    """Return by how much the slope changes at each corner but the last of a line through the given points.

    These are the weights of ReLU units that bend at the corners; before the first corner the slope is 0.
    """
    return np.diff(np.diff(heights) / np.diff(corners), prepend=0.0)


class SumPicture:
    """A target and a sum above, `units` contributions below; `figure` is theirs, `x` the inputs they are drawn for."""

    def __init__(self, lo, hi, units, name, below, upper=206, lower=124):
        self.x = np.linspace(lo, hi, POINTS)
        self.figure = new_figure(upper + lower + 130)
        self.upper = add_axes(self.figure, 54, 36, 652, upper, xlim=(lo, hi))
        self.lower = add_axes(self.figure, 54, upper + 80, 652, lower, sharex=self.upper)
        self.upper.tick_params(labelbottom=False)
        for axes in (self.upper, self.lower):
            axes.axhline(0, color=SOFT, linewidth=0.8)
        gap = moving(self.upper.add_patch(Polygon([(0, 0)] * 3, facecolor=SKY, alpha=0.35, linewidth=0)))
        dashed = {"color": INK, "linewidth": 1.5, "linestyle": (0, (4, 3)), "zorder": 5}
        self.gap, self.target = gap, moving(self.upper.add_line(Line2D([], [], **dashed)))
        self.sum = moving(self.upper.add_line(Line2D([], [], color=BLUE, linewidth=3, zorder=4)))
        dots = {"marker": "o", "markersize": 6, "markeredgecolor": "white", "linestyle": ""}
        self.corners = moving(self.upper.add_line(Line2D([], [], color=BLUE, zorder=6, clip_on=False, **dots)))
        self.parts = [moving(self.lower.add_line(Line2D([], [], zorder=3))) for _ in range(units)]
        self._write(name, below, upper, lower)

    def _write(self, name, below, upper, lower):
        big = {"fontsize": 14, "va": "baseline"}
        label(self.upper, (0, 1 + 10 / upper), name, color=BLUE, weight="bold", **big)
        right = {"ha": "right", "gid": "error", **big}
        self.error = moving(label(self.upper, (1, 1 + 10 / upper), "", **right))
        label(self.upper, (0.5, 1 + 10 / upper), "- - target", ha="center", **big)
        label(self.lower, (0, 1 + 10 / lower), below, weight="bold", **big)
        label(self.lower, (0.5, -40 / lower), "input x", ha="center")

    def show(self, target, contributions, colours, start=0.0):
        """Draw `target` and start + the sum of `contributions` (units, points); return the distance between them."""
        total = start + contributions.sum(axis=0)
        self.target.set_data(self.x, target)
        self.sum.set_data(self.x, total)
        self.gap.set_xy(np.column_stack([np.append(self.x, self.x[::-1]), np.append(target, total[::-1])]))
        for i, line in enumerate(self.parts):
            line.set_visible(i < len(contributions))
            if i < len(contributions):
                line.set_data(self.x[::4], contributions[i][::4])
                line.set(color=colours[i], linewidth=2.4 if len(contributions) < 6 else 1.2)
                line.set_linestyle(DASHES[i] if len(contributions) <= len(DASHES) else "-")
        return np.abs(target - total)

    def mark(self, corners):
        """Put a dot on the sum at each corner that lies inside the picture."""
        inside = corners[(corners >= self.x[0]) & (corners <= self.x[-1])]
        self.corners.set_data(inside, np.interp(inside, self.x, self.sum.get_ydata()))

    def hold(self, heights, contributions):
        """Set both vertical axes so that they show all these heights."""
        hold(self.upper, *limits(heights))
        hold(self.lower, *limits(contributions, 0.12))

    def read_out(self, kind, error):
        """Write the error and return it in words."""
        self.error.set_text(f"{kind} error: {number(error)}")
        return self.error.get_text()
