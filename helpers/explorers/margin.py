"""Labels in the margin right of a picture, one for each curve, joined to the curve's end, never overlapping."""

import numpy as np
from matplotlib.lines import Line2D

from helpers.explorers.panels import moving
from helpers.style import INK, label

GAP = 15.5  # pixels from one label to the next
NAME, VALUE, LONGEST = 30, 184, 15  # pixels from the axes to the names and to the values' right ends; letters of a name


class Margin:
    """A column of labels: a curve's name and its value in words, behind a line of the curve's colour."""

    def __init__(self, axes, names, colours, gid):
        """`names` and `colours` belong to the curves in their order; `gid` and a number name the values in the SVG."""
        self._width, self._height = axes.get_position().size * axes.figure.get_size_inches() * 72
        thick = {"linewidth": 3, "solid_capstyle": "butt", "solid_joinstyle": "round"}
        options = {"transform": axes.transAxes, "clip_on": False, **thick}
        # Leaders and names move seldom, so they belong to what is kept from frame to frame.
        self.leaders = [axes.add_line(Line2D([], [], color=colour, **options)) for colour in colours]
        small = {"fontsize": 11.5, "va": "center_baseline"}
        left, right = (1 + NAME / self._width, 0), (1 + VALUE / self._width, 0)
        self.names = [label(axes, left, shortened(name), **small) for name in names]
        gids = [f"{gid}-{n}" for n in range(1, len(names) + 1)]
        self.values = [moving(label(axes, right, "", ha="right", gid=name, color=INK, **small)) for name in gids]
        self._ends = None

    def move(self, heights, texts):
        """Put each label as near as there is room to its curve's end, at `heights` from 0, the axes' foot, to 1."""
        ends = np.round(np.array(heights) * self._height)
        if not np.array_equal(ends, self._ends):
            self._place(ends)
        for value, text in zip(self.values, texts, strict=True):
            value.set_text(text)

    def _place(self, ends):
        """Put the labels beside curves that end so many pixels above the axes' foot, of equals the first on top."""
        places = spread(ends[::-1], GAP, GAP / 2, self._height - GAP / 2)[::-1] / self._height
        across = 1 + np.array([0, 4, 14, 26]) / self._width
        parts = zip(self.leaders, self.names, self.values, ends / self._height, places, strict=True)
        for leader, name, value, end, place in parts:
            leader.set_data(across, [end, end, place, place])
            name.set_y(place)
            value.set_y(place)
        self._ends = ends


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
