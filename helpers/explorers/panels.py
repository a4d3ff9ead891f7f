"""The two panels that every curve lesson shares: functions above, slopes below, one input axis."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from helpers.style import BLUE, FLAT, FLAT_TEXT, SOFT, VERMILION, add_axes, label, new_figure, number

ZONES = 3  # so many flat zones are shaded at the most


def two_panels(width=652, upper=236):
    """Return (figure, upper axes, lower axes): the panels of a function and its slope, with the input axis shared.

    `width` of both and height of the `upper` one are in pixels; the lower one gets what is left.
    """
    figure, left = new_figure(478), 354 - upper
    upper = add_axes(figure, 54, 36, width, upper)
    lower = add_axes(figure, 54, 430 - left, width, left, sharex=upper)
    upper.tick_params(labelbottom=False)
    label(lower, (0.5, -39 / left), "input x", ha="center")
    for axes in (upper, lower):
        axes.axhline(0, color=SOFT, linewidth=0.8)
    return figure, upper, lower


def moving(artist):
    """Return `artist` after marking it as one that every frame draws again."""
    artist.set_animated(True)
    return artist


class Probe:
    """The point x₀: a dotted line through both panels, dots on the curves, the tangent and its rise over a run of 1."""

    def __init__(self, upper, lower):
        self._upper = upper
        thin = {"color": SOFT, "linewidth": 1, "linestyle": (0, (1, 2.5))}
        self.guides = [moving(axes.axvline(0, zorder=2, **thin)) for axes in (upper, lower)]
        self.triangle = moving(upper.add_patch(Polygon([(0, 0)] * 3, facecolor=VERMILION, alpha=0.16, linewidth=0)))
        self.run = moving(upper.add_line(Line2D([], [], color=VERMILION, linewidth=1, linestyle=(0, (3, 2)))))
        self.tangent = moving(upper.add_line(Line2D([], [], color=VERMILION, linewidth=2, zorder=4)))
        small = {"color": VERMILION, "fontsize": 11, "transform": upper.transData, "clip_on": True}
        self.labels = [
            moving(label(upper, (0, 0), "+1", ha="center", va="top", **small)),
            moving(label(upper, (0, 0), "", va="center", gid="rise", **small)),
        ]
        bold = {"color": VERMILION, "linewidth": 4, "solid_capstyle": "butt", "zorder": 4}
        self.rise = moving(upper.add_line(Line2D([], [], **bold)))
        self.height = moving(lower.add_line(Line2D([], [], **bold)))
        dot = {"marker": "o", "markersize": 10, "markeredgecolor": "white", "markeredgewidth": 2, "zorder": 6}
        dot["clip_on"] = False  # whole at the ends of the range too
        self.on_curve = moving(upper.add_line(Line2D([], [], color=BLUE, **dot)))
        self.on_slope = moving(lower.add_line(Line2D([], [], color=VERMILION, **dot)))

    def move(self, x0, y0, slope, lo, hi):
        """Move everything to the point (x0, y0) of a curve with that slope, in a picture from lo to hi."""
        for guide in self.guides:
            guide.set_xdata([x0, x0])
        reach = 0.16 * (hi - lo)
        self.tangent.set_data([x0 - reach, x0 + reach], [y0 - slope * reach, y0 + slope * reach])
        # The step of 1 ends at x₀ where it would leave the picture otherwise: the tangent rises alike on both sides.
        start = x0 - 1 if lo <= x0 - 1 and hi < x0 + 1 else x0
        end, foot = start + 1, y0 + slope * (start - x0)
        self.triangle.set_xy([(start, foot), (end, foot), (end, foot + slope)])
        self.run.set_data([start, end], [foot, foot])
        self.rise.set_data([end, end], [foot, foot + slope])
        self.height.set_data([x0, x0], [0, slope])
        self._write(end, foot, slope, lo, hi)
        self.on_curve.set_data([x0], [y0])
        self.on_slope.set_data([x0], [slope])

    def _write(self, end, foot, slope, lo, hi):
        """Write +1 under the run and the rise beside it, where a run of 1 is long enough to be read."""
        low, high = self._upper.get_ylim()
        span, height = hi - lo, high - low
        below = foot - 0.02 * height if slope >= 0 else foot + 0.075 * height
        self.labels[0].set(x=end - 0.5, y=below)
        # Its label stands beside a rise that is long enough for that, unless the picture ends there; else at the rise's
        # end, where a steep tangent pushes it to the left.
        wide = 0.06 * span  # about as wide as the label
        edge = end + wide > hi
        away = 0 if abs(slope) > 0.12 * height and not edge else 0.05 * height * (1 if slope >= 0 else -1)
        left = edge or (away and wide * abs(slope) > 0.025 * height)
        self.labels[1].set(x=end + (0 if left else 0.008 * span), y=foot + (slope if away else slope / 2) + away)
        self.labels[1].set_horizontalalignment("right" if left else "left")
        self.labels[1].set_text(("+" if slope >= 0 else "") + number(slope, 2))
        for text in self.labels:
            text.set_visible(span <= 18)


class Shades:
    """The flat zones, shaded in both panels, with a word in each."""

    def __init__(self, upper, lower):
        self._words = []
        self._boxes = []
        for axes in (upper, lower):
            options = {
                "transform": axes.get_xaxis_transform(),
                "facecolor": FLAT,
                "alpha": 0.15,
                "linewidth": 0,
                "zorder": 0.5,
            }
            self._boxes.append([moving(axes.add_patch(Rectangle((0, 0), 0, 1, **options))) for _ in range(ZONES)])
        words = {
            "transform": lower.get_xaxis_transform(),
            "color": FLAT_TEXT,
            "fontsize": 11,
            "ha": "center",
            "zorder": 1,
        }
        self._words = [moving(label(lower, (0, 0.84), "flat", **words)) for _ in range(ZONES)]

    def move(self, zones, span):
        """Shade the zones given as (left, right), the widest first if there are more than can be shaded."""
        zones = sorted(zones, key=lambda zone: zone[0] - zone[1])[:ZONES]
        zones += [(0.0, 0.0)] * (ZONES - len(zones))
        for boxes in self._boxes:
            for box, (left, right) in zip(boxes, zones, strict=True):
                box.set(x=left, width=right - left)
        for word, (left, right) in zip(self._words, zones, strict=True):
            word.set(x=(left + right) / 2, visible=right - left > 0.06 * span)


class Ends:
    """The ends of a curve's branches at a jump: filled where the function has its value, hollow where it has not."""

    def __init__(self, axes, colour):
        dot = {"marker": "o", "markersize": 6.5, "markeredgecolor": colour, "markeredgewidth": 1.8, "linestyle": ""}
        self._hollow = moving(axes.add_line(Line2D([], [], markerfacecolor="white", zorder=5, **dot)))
        self._filled = moving(axes.add_line(Line2D([], [], markerfacecolor=colour, zorder=5, **dot)))

    def move(self, jumps):
        """Mark each jump given as (x, value before it, value behind it, value at x)."""
        hollow = [(x, end) for x, below, above, at in jumps for end in (below, above) if end != at]
        filled = [(x, at) for x, _, _, at in jumps]
        for artist, points in ((self._hollow, hollow), (self._filled, filled)):
            artist.set_data(*(np.array(points).T if points else ([], [])))
            artist.set_visible(bool(points))  # what is not there costs a frame nothing


def limits(heights, room=0.09):
    """Return the (low, high) of an axis that shows all the heights and 0, with some room at both ends."""
    low, high = min(0.0, np.min(heights)), max(0.0, np.max(heights))
    high = high if high > low else low + 1.0
    return low - room * (high - low), high + room * (high - low)


def hold(axes, low, high):
    """Set the axis limits only when they change: every change makes Matplotlib draw ticks and grid again."""
    if axes.get_ylim() != (low, high):
        axes.set_ylim(low, high)
