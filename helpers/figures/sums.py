"""The two panels of a weighted sum of units: the sum on its target above, what each unit contributes below."""

import numpy as np

from helpers.figures import with_room
from helpers.figures.marks import two_panels
from helpers.figures.style import BLUE, INK, SKY

POINTS = 601
DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)))  # a few lines stay apart in grey too


class SumPicture:
    """A target and a sum above, `units` contributions below; `page` is theirs, `x` the inputs they are drawn for."""

    def __init__(self, lo, hi, units, name, below, heights=(206, 124)):
        self.x = np.linspace(lo, hi, POINTS)
        self.page, self.upper, self.lower = two_panels(*heights, gap=44, foot=50, below="")
        self.upper.span(lo, hi)
        self._gap = self.upper.area(SKY, 0.35)
        self._target = self.upper.line(INK, 1.5, linestyle=(0, (4, 3)), zorder=5)
        self._sum = self.upper.line(BLUE, zorder=4)
        self._corners = self.upper.dots(BLUE, 6, 1, zorder=6, clip_on=False)
        self._parts = [self.lower.line(INK, zorder=3) for _ in range(units)]
        self.upper.title(name, BLUE, up=10)
        self.upper.readout("error", up=10)
        self.upper.text("- - target", 0.5, up=10, ha="center", fontsize=14)
        self.lower.title(below, up=10)
        self.lower.caption("input x", 40)

    def show(self, target, contributions, colours, start=0.0):
        """Draw `target` and start + the sum of `contributions` (units, points); return the distance between them."""
        total = start + contributions.sum(axis=0)
        self._target.set_data(self.x, target)
        self._sum.set_data(self.x, total)
        self._gap.set_xy(np.column_stack([[*self.x, *self.x[::-1]], [*target, *total[::-1]]]))
        few = len(contributions) <= len(DASHES)
        for line in self._parts:
            line.set_visible(False)
        for i, (line, part, colour) in enumerate(zip(self._parts, contributions, colours, strict=False)):
            line.set_data(self.x[::4], part[::4])
            line.set(color=colour, visible=True, linewidth=2.4 if len(contributions) < 6 else 1.2)
            line.set_linestyle(DASHES[i] if few else "-")
        return np.abs(target - total)

    def mark(self, corners):
        """Put a dot on the sum at each corner."""
        self._corners.set_data(corners, np.interp(corners, *self._sum.get_data()))

    def hold(self, heights, contributions):
        """Set both vertical axes so that they show all these heights."""
        self.upper.hold(*with_room(heights))
        self.lower.hold(*with_room(contributions, 0.12))

    def read_out(self, words):
        """Write how far the sum is from its target and return it."""
        return self.page.write(error=words)["error"]
