"""Marks made of several parts: two panels over one axis, the probe, flat zones, jumps, a sum of units, labels."""

from statistics import fmean

import numpy as np

from helpers.figures import Page, with_room
from helpers.figures.style import BLUE, FLAT, FLAT_TEXT, INK, ORANGE, SKY, VERMILION, number

LONGEST = 15  # letters of a name in a margin
POINTS = 601  # at which a sum of units is drawn
DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)))  # a few lines stay apart in grey too
ZONES = 3  # so many flat zones are shaded at the most
FLAT_SHARE = 0.05  # "flat" means: the slope is below this share of its largest value
FLAT_NOTE = f"flat: slope below {FLAT_SHARE * 100:.0f} % of its largest"
FLAT_LOOK = {"color": FLAT_TEXT, "fontsize": 11}


def two_panels(upper=236, lower=118, width=652, gap=40, foot=48, below="input x"):
    """Return (page, upper panel, lower panel) over one input axis; heights, `width` and distances are in pixels."""
    page = Page(36 + upper + gap + lower + foot)
    above = page.panel(36, upper, width=width)
    under = page.panel(36 + upper + gap, lower, width=width, over=above)
    above.axes.tick_params(labelbottom=False)
    under.caption(below, foot - 9)
    above.rule(0)
    under.rule(0)
    return page, above, under


class Probe:
    """The point x₀: a dotted line through both panels, dots on the curves, the tangent and its rise over a run of 1."""

    def __init__(self, upper, lower):
        self._upper = upper.axes
        self._guides = upper.guide(), lower.guide()
        self._triangle = upper.area(VERMILION, 0.16)
        self._run = upper.line(VERMILION, 1, linestyle=(0, (3, 2)))
        self._tangent = upper.line(VERMILION, 2, zorder=4)
        small = {"color": VERMILION, "fontsize": 11, "clip_on": True}
        beside = {"va": "center", "gid": "rise", **small}
        self.labels = upper.label("+1", 0, 0, va="top", **small), upper.label("", 0, 0, **beside)
        bold = {"solid_capstyle": "butt", "zorder": 4}
        self._rise, self._height = upper.line(VERMILION, 4, **bold), lower.line(VERMILION, 4, **bold)
        self._on_curve, self._on_slope = upper.dots(BLUE, zorder=6), lower.dots(VERMILION, zorder=6)

    def move(self, x0, y0, slope, lo, hi):
        """Move everything to the point (x0, y0) of a curve with that slope, in a picture from lo to hi."""
        for guide in self._guides:
            guide.set_xdata([x0, x0])
        reach = 0.16 * (hi - lo) * np.array([-1, 1])
        self._tangent.move(x0 + reach, y0 + slope * reach)
        # The step of 1 ends at x₀ where it would leave the picture otherwise: the tangent rises alike on both sides.
        start = x0 - 1 if lo <= x0 - 1 and hi < x0 + 1 else x0
        end, foot = start + 1, y0 + slope * (start - x0)
        self._triangle.set_xy([(start, foot), (end, foot), (end, foot + slope)])
        self._run.move([start, end], [foot, foot])
        self._rise.move([end, end], [foot, foot + slope])
        self._height.move([x0, x0], [0, slope])
        self._write(end, foot, slope, lo, hi)
        self._on_curve.move(x0, y0)
        self._on_slope.move(x0, slope)

    def _write(self, end, foot, slope, lo, hi):
        """Write +1 under the run and the rise beside it, where a run of 1 is long enough to be read."""
        low, high = self._upper.get_ylim()
        span, height, rises = hi - lo, high - low, slope >= 0
        under, beside = self.labels
        under.set(x=end - 0.5, y=foot + (-0.02 if rises else 0.075) * height)
        # Its label stands beside a rise that is long enough for that, unless the picture ends there; else at the rise's
        # end, where a steep tangent pushes it to the left.
        wide = 0.06 * span  # about as wide as the label
        edge = end + wide > hi
        at_end = edge or abs(slope) <= 0.12 * height
        left = edge or (at_end and wide * abs(slope) > 0.025 * height)
        beside.set(
            x=end if left else end + 0.008 * span,
            y=foot + slope + (0.05 if rises else -0.05) * height if at_end else foot + slope / 2,
            ha="right" if left else "left",
            text="+" * bool(rises) + number(slope, 2),
        )
        for text in self.labels:
            text.set_visible(span <= 18)


class Shades:
    """The flat zones, shaded in both panels, with a word in each."""

    def __init__(self, upper, lower):
        def box(panel):
            return panel.box(0, 0, 0, 1, FLAT, transform=panel.axes.get_xaxis_transform(), alpha=0.15, zorder=0.5)

        look = {"transform": lower.axes.get_xaxis_transform(), "zorder": 1, **FLAT_LOOK}
        self._zones = [(lower.label("flat", 0, 0.87, **look), box(upper), box(lower)) for _ in range(ZONES)]
        self._shaded = None

    def move(self, zones, span):
        """Shade the zones given as (left, right), the widest first if there are more than can be shaded."""
        if self._shaded == (zones, span):  # what is left alone costs a frame nothing
            return
        self._shaded = zones, span
        widest = sorted(zones, key=lambda zone: zone[0] - zone[1]) + [(0.0, 0.0)] * ZONES
        for (word, *boxes), (left, right) in zip(self._zones, widest, strict=False):
            word.set(x=(left + right) / 2, visible=right - left > 0.06 * span)
            for box in boxes:
                box.set(x=left, width=right - left)


class Branches:
    """A curve that may jump: its line, and dots at the ends of its branches, hollow where it has no value."""

    def __init__(self, panel, colour, width=3, **look):
        self._line, self._drawn = panel.line(colour, width, **look), None
        ends = {"size": 6.5, "rim": 1.8, "markeredgecolor": colour}
        self._hollow, self._filled = panel.dots("white", **ends), panel.dots(colour, **ends)

    def move(self, drawn):
        """Draw (x, y, jumps): points, broken at the jumps, each (x, value before it, value behind it, value at x)."""
        if drawn is self._drawn:  # moving a line that is not animated has the whole picture drawn again
            return
        x, y, jumps = self._drawn = drawn
        self._line.set_data(x, y)
        place, before, behind, at = jumps.T
        ends = np.concatenate([before, behind])
        open_ends = ends != np.tile(at, 2)
        self._hollow.set_data(np.tile(place, 2)[open_ends], ends[open_ends])
        self._filled.set_data(place, at)
        self._hollow.set_visible(open_ends.any())  # what is not there costs a frame nothing
        self._filled.set_visible(len(jumps) > 0)


def between(x, one, other):
    """Return the outline of the area between two curves."""
    return np.concatenate([np.column_stack([x, one]), np.column_stack([x, other])[::-1]])


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
        for thread, entering in zip(self._threads, places[-2], strict=False):
            thread.set_color(ORANGE if entering < 0 else BLUE if entering > 0 else INK)


class SumPicture:
    """A target and a sum above, `units` contributions below; `page` is theirs, `x` the inputs they are drawn for."""

    def __init__(self, lo, hi, units, name, below, heights=(206, 124)):
        self.x = np.linspace(lo, hi, POINTS)
        self.page, self.upper, self.lower = two_panels(*heights, gap=44, foot=50)
        self.upper.reach(x=(lo, hi))
        self._gap = self.upper.area(SKY, 0.35)
        self._target = self.upper.line(INK, 1.5, linestyle=(0, (4, 3)), zorder=5)
        self._sum = self.upper.line(BLUE, zorder=4)
        self._corners = self.upper.dots(BLUE, 6, 1, zorder=6)
        self._parts = [self.lower.line(INK) for _ in range(units)]
        self.upper.title(name, BLUE, up=10)
        self._name = self.upper.label("target", 0, 0, va="bottom")
        self.upper.readout("error", up=10)
        self.lower.title(below, up=10)

    def show(self, target, contributions, colours, start=0.0):
        """Draw `target` and start + the sum of `contributions` (units, points); return the distance between them."""
        total = start + contributions.sum(axis=0)
        self._target.set_data(self.x, target)
        self._name.set(x=self.x[np.clip(target.argmax(), 30, len(self.x) - 30)], y=target.max() + 0.03 * np.ptp(target))
        self._sum.set_data(self.x, total)
        self._gap.set_xy(between(self.x, target, total))
        few, wide = len(contributions) <= len(DASHES), 2.4 if len(contributions) < 6 else 1.2
        for line in self._parts:
            line.set_visible(False)
        for i, (line, part, colour) in enumerate(zip(self._parts, contributions, colours, strict=False)):
            line.set_data(self.x[::4], part[::4])
            line.set(color=colour, visible=True, linewidth=wide, linestyle=DASHES[i] if few else "-")
        return np.abs(target - total)

    def mark(self, corners):
        """Put a dot on the sum at each corner."""
        self._corners.set_data(corners, np.interp(corners, *self._sum.get_data()))

    def hold(self, heights, contributions):
        """Set both vertical axes so that they show all these heights."""
        self.upper.reach(y=with_room(heights, 0.12))
        self.lower.reach(y=with_room(contributions, 0.12))

    def read_out(self, words):
        """Write how far the sum is from its target and return it."""
        return self.page.write(error=words)["error"]


def beads(x, y):
    """Return the data of a line that is a dot at each point: strokes too short to be seen, but for their round ends.

    One path is drawn in a tenth of the time of so many markers. The line needs `snap=False`: rounded to whole pixels,
    such strokes vanish from a PNG.
    """
    return _strokes((x, np.add(x, 1e-4)), (y, y))


def stems(x, heights):
    """Return the data of a line that rises from 0 to each of the heights."""
    return _strokes((x, x), (np.zeros_like(heights), heights))


def _strokes(*ends):
    """Return (x, y) of a line that is broken behind each pair of (its starts, its ends)."""
    return np.insert(np.array(ends, dtype=float), 2, np.nan, axis=1).swapaxes(1, 2).reshape(2, -1)


def shortened(name):
    """Return a name that fits into the margin."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def spread(wanted, gap, low, high):
    """Return places from `low` to `high` as near as can be to the wanted ones, in their order and `gap` or more apart.

    Without room for such gaps they are as wide as there is room.
    """
    order = np.argsort(wanted, kind="stable")
    count = len(order)
    shift = min(gap, (high - low) / max(1, count - 1)) * np.arange(count)
    free = (np.asarray(wanted)[order] - shift).tolist()  # where these rise, there is room enough
    # The nearest rising numbers (isotonic regression): the largest of the smallest means of stretches around each.
    rising = [max(min(fmean(free[i:j]) for j in range(k + 1, count + 1)) for i in range(k + 1)) for k in range(count)]
    return (np.clip(rising, low, high - shift[-1]) + shift)[np.argsort(order)]
