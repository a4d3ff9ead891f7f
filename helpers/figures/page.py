"""What a figure draws with: a Page of Panels, and marks on them.

A live figure is one function, `draw`, that says what is to be seen when its controls stand at some
values:

    def draw(page, power):
        panel = page.panel(36, 220, x=(-6, 6), y=(0, 36))
        panel.title("x to a power", BLUE)
        panel.line(x, np.abs(x) ** power, BLUE)
        largest = panel.readout("largest", f"largest: {number(6**power)}")
        return f"The power {number(power, 1)} of x; {largest}."

    return LiveFigure(draw, {"power": slider("the power", 2.0, 1.0, 2.0, 0.1)}, height=320)

It gets a new, empty page for each frame, and returns the picture in words. A page only describes
the picture: helpers.figures.canvas draws it, and draws again what differs from the frame before. So
`draw` needs to remember nothing, and when it raises an error, the last good picture stays.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text

from helpers.figures.style import BLUE, DOTTED, FONT, INK, THIN

WIDE = 400  # pixels of a panel from which on its title is larger

# What a mark looks like unless told otherwise. All that Matplotlib would ask the reader's settings
# for is said here, since marks are made at any time, also by a slider's callback.
TEXT = {
    "color": INK,
    "fontfamily": FONT,
    "fontsize": 12,
    "weight": "normal",
    "ha": "left",
    "va": "baseline",
    "parse_math": False,
    "usetex": False,
    "antialiased": True,
    "clip_on": False,
    "zorder": 3,
}
LINE = {
    "linestyle": "-",
    "marker": "",
    "solid_capstyle": "round",
    "solid_joinstyle": "round",
    "dash_capstyle": "butt",
    "antialiased": True,
    "zorder": 3,
}


class Mark(NamedTuple):
    """A mark on a panel: which of Matplotlib's artists it is, what its places count, and its
    properties.

    Places count in values of the axes ("data"), in fractions of the panel ("panel"), or one of
    each: in values of the x axis and fractions of the height ("x"), or the other way round ("y").
    """

    artist: type
    coordinates: str
    properties: dict


class Grip(NamedTuple):
    """A part of a panel in which the pointer moves controls, as `Page.grab` and `drag` tell."""

    panel: object
    box: list  # left, top, width, height in pixels of the page
    press: object
    cursor: str
    # The control that follows the pointer to the left and right, and its values at both
    # ends of the box.
    control: str | None = None
    ends: list | None = None

    def described(self):
        """Return what the script in the browser needs."""
        return {
            "box": self.box,
            "cursor": self.cursor,
            "control": self.control,
            "ends": self.ends,
        }


class Page:
    """An empty sheet of `width` by `height` pixels; `panels` and `grips` fill up while a figure
    draws.
    """

    def __init__(self, height, width=720):
        self.height = height
        self.width = width
        self.panels = []
        self.grips = []

    def panel(self, top, height, left=54, width=652, **options):
        """Return a new Panel with these options; places are pixels from the page's top left
        corner.
        """
        panel = Panel(top, height, left, width, **options)
        self.panels.append(panel)
        return panel

    def colours(self):
        """Return the colours of all marks and of the paper, each (red, green, blue) of 0 to 255."""
        names = {"white"}
        for panel in self.panels:
            for mark in panel.marks:
                for name, value in mark.properties.items():
                    if name.endswith("color") and isinstance(value, str):
                        names.add(value)
        return {
            tuple(round(255 * part) for part in to_rgb(name))
            for name in names - {"none"}
        }

    def drag(self, panel, control, *, shift=0.0, rows=None):
        """Let the pointer move the slider of that name, to the x value where it is, less `shift`;
        the figure keeps it to the slider's stops. `rows`: only between these two y values.
        """
        low, high = panel.x
        box = [panel.left, panel.top, panel.width, panel.height]
        if rows is not None:
            start, end = panel.y
            shares = sorted((end - y) / (end - start) for y in rows)
            box[1] = panel.top + shares[0] * panel.height
            box[3] = (shares[1] - shares[0]) * panel.height
        ends = [low - shift, high - shift]

        def follow(x, y):
            return {control: x - shift}

        def press(x, y):
            return follow

        self.grips.append(Grip(panel, box, press, "ew-resize", control, ends))

    def grab(self, panel, press, cursor="grab"):
        """Let the pointer move controls in a panel; points are values of its axes.

        `press(x, y)` says what is grabbed there: None, or a function that returns for each point
        (x, y) to which the pointer moves then the values of controls by their names. `cursor` is
        the pointer's shape, as CSS calls it. In recordings `drag` works, `grab` does not.
        """
        box = [panel.left, panel.top, panel.width, panel.height]
        self.grips.append(Grip(panel, box, press, cursor))


@dataclass(eq=False)
class Panel:
    """Axes with limits `x` and `y`, and the marks on them. Of equal `zorder` the last mark lies on
    top.

    When anything but limits and marks differs from the frame before, the axes are made anew, which
    takes 10 ms. The place is in pixels from the page's top left corner.

    The methods below draw marks. All take Matplotlib's properties of the mark, such as `alpha` and
    `zorder`, and `gid`: a name by which tests find it.
    """

    top: float
    height: float
    left: float = 54
    width: float = 652
    x: tuple = (0, 1)
    y: tuple = (0, 1)
    xticks: Sequence | None = None  # where ticks stand; Matplotlib chooses if None
    yticks: Sequence | None = None
    xlabels: Sequence | bool = True  # their words; False: none
    ylabels: Sequence | bool = True
    xformat: Callable | None = None  # makes the words for a tick's value and number
    yformat: Callable | None = None
    whole_x: bool = False  # ticks at whole numbers only
    whole_y: bool = False
    yscale: str = "linear"  # or "log"
    sides: tuple = ("left", "bottom")  # the sides that have a line
    grid: bool | str = True  # "x" or "y": the lines of one axis alone
    frame: bool = True  # False: marks alone, without ticks, grid and sides
    ticks: Mapping | None = None  # options of Matplotlib's tick_params
    marks: list = field(default_factory=list, repr=False)

    def _add(self, artist, coordinates, properties):
        self.marks.append(Mark(artist, coordinates, properties))

    # Words

    def text(self, words, x=0, y=0, *, up=None, down=None, coordinates="panel", **look):
        """Write words at fractions of the panel; `up` or `down`: so many pixels above its top or
        below its foot.
        """
        if up is not None:
            y = 1 + up / self.height
        elif down is not None:
            y = -down / self.height
        self._add(Text, coordinates, {"text": words, "x": x, "y": y, **TEXT, **look})
        return words

    def title(self, words, colour=INK, x=0, **look):
        """Write a bold title above the panel, at its left end unless told otherwise."""
        look = {**self._above(), "color": colour, "weight": "bold", **look}
        return self.text(words, x, **look)

    def _above(self):
        if self.width > WIDE:
            return {"up": 10.6, "fontsize": 14}
        return {"up": 8, "fontsize": 13}

    def caption(self, words, down=38, **look):
        """Write words below the middle of the panel: what its horizontal axis counts."""
        return self.text(words, 0.5, down=down, ha="center", **look)

    def label(self, words, x, y, **look):
        """Write words centred at the values (x, y) of the axes; with `clip_on`, only when these lie
        in the panel.
        """
        look = {"ha": "center", "va": "center_baseline", "coordinates": "data", **look}
        # Matplotlib fails for words that lie millions of pixels away.
        if look.get("clip_on") and not self._shows(x, y):
            return words
        return self.text(words, x, y, **look)

    def _shows(self, x, y):
        """Return whether the values (x, y) lie between the limits of the axes."""
        left, right = sorted(self.x)
        low, high = sorted(self.y)
        return left <= x <= right and low <= y <= high

    def readout(self, name, words, x=1, y=None, **look):
        """Write words that tests and screen readers find by name, and return them; above the
        panel's right end.
        """
        if y is None and "down" not in look:
            look = {"up": self._above()["up"], **look}
        return self.text(
            words, x, y or 0, **{"ha": "right", "fontsize": 14, "gid": name, **look}
        )

    # Lines and dots

    def line(self, x, y, colour=INK, width=3, *, coordinates="data", **look):
        """Draw a line through the points (x, y); one of the two may be a single number."""
        xdata = np.array(x, dtype=float, ndmin=1)
        ydata = np.array(y, dtype=float, ndmin=1)
        if len(xdata) == 1:
            xdata = np.repeat(xdata, len(ydata))
        if len(ydata) == 1:
            ydata = np.repeat(ydata, len(xdata))
        places = {"xdata": xdata, "ydata": ydata}
        self._add(
            Line2D,
            coordinates,
            {**places, "color": colour, "linewidth": width, **LINE, **look},
        )

    def dots(self, x, y, colour=INK, size=10, rim=2, **look):
        """Draw dots with a white rim, whole at the edge of the panel too."""
        usual = {
            "marker": "o",
            "markeredgecolor": "white",
            "linestyle": "",
            "zorder": 5,
            "clip_on": False,
        }
        look = {**usual, "markersize": size, "markeredgewidth": rim, **look}
        self.line(x, y, colour, 1.5, **look)

    def strokes(self, x0, x1, y0, y1, colour=INK, width=3, **look):
        """Draw a stroke from each (x0, y0) to its (x1, y1), all as one line that is broken behind
        each; some of the four may be single numbers.
        """
        ends = np.broadcast_arrays(x0, x1, y0, y1)
        x0, x1, y0, y1 = (each.ravel() for each in ends)
        gap = np.full(len(x0), np.nan)
        x = np.column_stack([x0, x1, gap]).ravel()
        y = np.column_stack([y0, y1, gap]).ravel()
        self.line(x, y, colour, width, **look)

    def scatter(self, x, y, colour, size, **look):
        """Draw many plain dots as one path, in a tenth of the time: strokes too short to see, a
        twentieth of a pixel, with round ends.
        """
        left, right = self.x
        ends = np.add(x, 0.05 * (right - left) / self.width)
        # Rounded to whole pixels (snap), such strokes would vanish from a PNG.
        self.strokes(x, ends, y, y, colour, size, snap=False, **look)

    def stems(self, x, heights, colour, width, **look):
        """Draw a line, `width` pixels wide, from 0 up to each height: the bars of a histogram."""
        look = {"solid_capstyle": "butt", **look}
        self.strokes(x, x, 0, heights, colour, width, **look)

    def hline(self, y=0, **look):
        """Draw a thin line across the panel at the height y."""
        self.line([0, 1], y, coordinates="y", **{**THIN, "zorder": 2, **look})

    def vline(self, x=0, **look):
        """Draw a thin line from the foot of the panel to its top, at the value x."""
        self.line(x, [0, 1], coordinates="x", **{**THIN, "zorder": 2, **look})

    def dotted_vline(self, x):
        """Draw a dotted upright line at the value x."""
        self.vline(x, **DOTTED)

    def segments(self, segments, colours, width, **look):
        """Draw lines, each a list of points (x, y), each with a colour of its own or all with
        one.
        """
        segments = [np.asarray(segment, dtype=float) for segment in segments]
        look = {"zorder": 3, **look}
        properties = {
            "segments": segments,
            "colors": colours,
            "linewidths": width,
            **look,
        }
        self._add(LineCollection, "data", properties)

    # Areas

    def area(self, points, colour=BLUE, alpha=None, **look):
        """Draw a filled polygon with these corners (x, y)."""
        look = {"linewidth": 0, "zorder": 1, **look}
        corners = np.array(points, dtype=float)
        self._add(
            Polygon,
            "data",
            {"xy": corners, "facecolor": colour, "alpha": alpha, **look},
        )

    def rectangle(self, x, y, width, height, colour, *, coordinates="data", **look):
        """Draw a filled rectangle with its lower left corner at (x, y)."""
        look = {"linewidth": 0, "zorder": 1, **look}
        place = {"xy": (x, y), "width": width, "height": height}
        self._add(Rectangle, coordinates, {**place, "facecolor": colour, **look})

    def image(
        self, values, extent, cmap, *, low=0, high=1, interpolation="nearest", **look
    ):
        """Draw an image of values from `low` to `high`, row 0 at the foot of the `extent` (left,
        right, foot, top).
        """
        colours = {"cmap": cmap, "clim": (low, high), "interpolation": interpolation}
        properties = {
            "data": np.asarray(values),
            "extent": extent,
            "origin": "lower",
            **colours,
        }
        self._add(AxesImage, "data", {**properties, "zorder": 0, **look})


def axis_limits(heights, margin=0.09):
    """Return the (low, high) of an axis that shows all the heights and 0, with a margin at both
    ends.
    """
    low = min(0.0, np.min(heights))
    high = max(0.0, np.max(heights))
    if high == low:
        high = low + 1.0
    return low - margin * (high - low), high + margin * (high - low)


def outline(x, lower, upper):
    """Return the corners of the area between two curves over x."""
    there = np.column_stack([x, lower])
    back = np.column_stack([x, upper])[::-1]
    return np.concatenate([there, back])
