"""Marks made of several parts: two panels over one axis, the probe, flat zones, jumps, a sum of units, labels."""

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
    under.text(below, 0.5, down=foot - 9, ha="center")
    for panel in (above, under):
        panel.rule(0)
    return page, above, under


class Probe:
    """The point x₀: a dotted line through both panels, dots on the curves, the tangent and its rise over a run of 1."""

    def __init__(self, upper, lower):
        self._upper = upper.axes
        self._guides = [panel.guide() for panel in (upper, lower)]
        self._triangle = upper.area(VERMILION, 0.16)
        self._run = upper.line(VERMILION, 1, linestyle=(0, (3, 2)))
        self._tangent = upper.line(VERMILION, 2, zorder=4)
        small = {"color": VERMILION, "fontsize": 11, "transform": upper.data, "clip_on": True, "animated": True}
        self.labels = [
            upper.text("+1", ha="center", va="top", **small),
            upper.text("", va="center", gid="rise", **small),
        ]
        bold = {"solid_capstyle": "butt", "zorder": 4}
        self._rise, self._height = (panel.line(VERMILION, 4, **bold) for panel in (upper, lower))
        whole = {"zorder": 6, "clip_on": False}  # at the ends of the range too
        self._on_curve, self._on_slope = upper.dots(BLUE, **whole), lower.dots(VERMILION, **whole)

    def move(self, x0, y0, slope, lo, hi):
        """Move everything to the point (x0, y0) of a curve with that slope, in a picture from lo to hi."""
        for guide in self._guides:
            guide.set_xdata([x0, x0])
        reach = 0.16 * (hi - lo)
        self._tangent.set_data([x0 - reach, x0 + reach], [y0 - slope * reach, y0 + slope * reach])
        # The step of 1 ends at x₀ where it would leave the picture otherwise: the tangent rises alike on both sides.
        start = x0 - 1 if lo <= x0 - 1 and hi < x0 + 1 else x0
        end, foot = start + 1, y0 + slope * (start - x0)
        self._triangle.set_xy([(start, foot), (end, foot), (end, foot + slope)])
        self._run.set_data([start, end], [foot, foot])
        self._rise.set_data([end, end], [foot, foot + slope])
        self._height.set_data([x0, x0], [0, slope])
        self._write(end, foot, slope, lo, hi)
        self._on_curve.set_data([x0], [y0])
        self._on_slope.set_data([x0], [slope])

    def _write(self, end, foot, slope, lo, hi):
        """Write +1 under the run and the rise beside it, where a run of 1 is long enough to be read."""
        low, high = self._upper.get_ylim()
        span, height = hi - lo, high - low
        under, beside = self.labels
        under.set(x=end - 0.5, y=foot - 0.02 * height if slope >= 0 else foot + 0.075 * height)
        # Its label stands beside a rise that is long enough for that, unless the picture ends there; else at the rise's
        # end, where a steep tangent pushes it to the left.
        wide = 0.06 * span  # about as wide as the label
        edge = end + wide > hi
        away = 0 if abs(slope) > 0.12 * height and not edge else 0.05 * height * (1 if slope >= 0 else -1)
        left = edge or (away and wide * abs(slope) > 0.025 * height)
        beside.set(x=end + (0 if left else 0.008 * span), y=foot + (slope if away else slope / 2) + away)
        beside.set(ha="right" if left else "left", text=("+" if slope >= 0 else "") + number(slope, 2))
        for text in self.labels:
            text.set_visible(span <= 18)


class Shades:
    """The flat zones, shaded in both panels, with a word in each."""

    def __init__(self, upper, lower):
        self._boxes = []
        for panel in (upper, lower):
            across = {"transform": panel.axes.get_xaxis_transform(), "alpha": 0.15, "zorder": 0.5}
            self._boxes.append([panel.box(0, 0, 0, 1, FLAT, **across) for _ in range(ZONES)])
        words = {"transform": lower.axes.get_xaxis_transform(), "ha": "center", "zorder": 1, "animated": True}
        self._words = [lower.text("flat", 0, 0.84, **words, **FLAT_LOOK) for _ in range(ZONES)]

    def move(self, zones, span):
        """Shade the zones given as (left, right), the widest first if there are more than can be shaded."""
        zones = sorted(zones, key=lambda zone: zone[0] - zone[1])[:ZONES]
        zones += [(0.0, 0.0)] * (ZONES - len(zones))
        for boxes in self._boxes:
            for box, (left, right) in zip(boxes, zones, strict=True):
                box.set(x=left, width=right - left)
        for word, (left, right) in zip(self._words, zones, strict=True):
            word.set(x=(left + right) / 2, visible=right - left > 0.06 * span)


class Branches:
    """A curve that may jump: its line, and dots at the ends of its branches, hollow where it has no value."""

    def __init__(self, panel, colour, width=3, **look):
        self._line = panel.line(colour, width, zorder=3, **look)
        ends = {"size": 6.5, "rim": 1.8, "zorder": 5, "markeredgecolor": colour}
        self._hollow, self._filled = panel.dots("white", **ends), panel.dots(colour, **ends)

    def move(self, drawn, jumps):
        """Draw (x, y), broken at the jumps, each (x, value before it, value behind it, value at x)."""
        self._line.set_data(*drawn)
        hollow = [(x, end) for x, below, above, at in jumps for end in (below, above) if end != at]
        filled = [(x, at) for x, _, _, at in jumps]
        for dots, points in ((self._hollow, hollow), (self._filled, filled)):
            dots.set_data(*(np.array(points).T if points else ([], [])))
            dots.set_visible(bool(points))  # what is not there costs a frame nothing


def between(x, one, other):
    """Return the outline of the area between two curves."""
    return np.column_stack([[*x, *x[::-1]], [*one, *other[::-1]]])


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


class SumPicture:
    """A target and a sum above, `units` contributions below; `page` is theirs, `x` the inputs they are drawn for."""

    def __init__(self, lo, hi, units, name, below, heights=(206, 124)):
        self.x = np.linspace(lo, hi, POINTS)
        self.page, self.upper, self.lower = two_panels(*heights, gap=44, foot=50, below="")
        self.upper.reach(x=(lo, hi))
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
        self._gap.set_xy(between(self.x, target, total))
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
        self.upper.reach(y=with_room(heights))
        self.lower.reach(y=with_room(contributions, 0.12))

    def read_out(self, words):
        """Write how far the sum is from its target and return it."""
        return self.page.write(error=words)["error"]


def beads(x, y):
    """Return the data of a line that is a dot at each point: strokes too short to be seen, but for their round ends.

    One path is drawn in a tenth of the time of so many markers. The line needs `snap=False`: rounded to whole pixels,
    such strokes vanish from a PNG.
    """
    return _strokes(x, np.add(x, 1e-4), y, y)


def stems(x, heights):
    """Return the data of a line that rises from 0 to each of the heights."""
    return _strokes(x, x, np.zeros_like(heights), heights)


def _strokes(x_from, x_to, y_from, y_to):
    gap = np.full(len(x_from), np.nan)
    return np.stack([x_from, x_to, gap], axis=1).ravel(), np.stack([y_from, y_to, gap], axis=1).ravel()


def shortened(name):
    """Return a name that fits into the margin."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def spread(wanted, gap, low, high):
    """Return places from `low` to `high` as near as can be to the wanted ones, in their order and `gap` or more apart.

    Without room for such gaps they are as wide as there is room.
    """
    wanted = np.asarray(wanted, dtype=float)
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    order = np.argsort(wanted, kind="stable")
    shift = gap * np.arange(len(wanted))
    groups = []  # [sum, count] of neighbours that stand as close as is allowed
    for place in wanted[order] - shift:
        groups.append([place, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, count = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += count
    flat = np.concatenate([np.full(count, total / count) for total, count in groups])
    places = np.empty(len(wanted))
    places[order] = np.clip(flat, low, max(low, high - shift[-1])) + shift
    return places
