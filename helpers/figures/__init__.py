"""The toolkit of the live figures: a Page holds Panels placed in pixels, a Panel makes marks, readouts have names.

A figure reads from top to bottom: what it takes, what it draws, what moves, what it says. The marks are Matplotlib's
own artists and are moved by its own methods, `set_data` and the like. They are drawn again in every frame; a mark with
`animated=False` is kept with the axes and the words until one of those changes.
"""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import MaxNLocator

from helpers.figures.style import DOTTED, INK, THIN, TrueMinus, own_settings

UP = 10.6  # pixels from a panel to its title


class Page:
    """A white sheet of so many pixels, apart from pyplot and from the reader's own settings."""

    def __init__(self, height, width=720):
        with own_settings():
            self.figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="white")
        self.width, self.height, self._readouts = width, height, {}

    def panel(self, top, height, left=54, width=652, **options):
        """Return a Panel at that place, in pixels from the page's top left corner, with Matplotlib's options."""
        return Panel(self, (left, top, width, height), self._readouts, options)

    def write(self, texts=(), **more):
        """Write {name: text} into the readouts of these names and return it."""
        texts = dict(texts, **more)
        for name, text in texts.items():
            self._readouts[name].set_text(text)
        return texts

    def readout(self, name):
        """Return the readout of that name, to be moved or coloured."""
        return self._readouts[name]


class Panel:
    """Axes of `width` by `height` pixels. Words stand at fractions of the panel, marks at values of its axes."""

    def __init__(self, page, place, readouts, options):
        left, top, self.width, self.height = place
        whole = (left / page.width, 1 - (top + self.height) / page.height)
        size = (self.width / page.width, self.height / page.height)
        with own_settings():
            self.axes = page.figure.add_axes((*whole, *size), **options)
            self.axes.xaxis.set_major_formatter(TrueMinus())
            self.axes.yaxis.set_major_formatter(TrueMinus())
        # Ticks are what a frame costs most, so there are few.
        if "xticks" not in options:
            most = min(9, max(3, round(self.width / 72)))
            self.axes.xaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 4, 5, 10]))
        if "yticks" not in options:
            self.axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        self._readouts = readouts
        self.data = self.axes.transData  # for words that stand at values of the axes: transform=panel.data

    # Words ------------------------------------------------------------------------------------------------------

    def text(self, words, x=0, y=0, *, up=None, down=None, **look):
        """Write words that stay at (x, y), or so many pixels `up` from the panel's top or `down` from its foot."""
        y = 1 + up / self.height if up is not None else y if down is None else -down / self.height
        look = {"transform": self.axes.transAxes, "parse_math": False, "color": INK, "fontsize": 12, **look}
        return self.axes.text(x, y, words, **look)

    def title(self, words, colour=INK, size=14, up=UP, **look):
        """Write a bold title above the panel, at its left end."""
        return self.text(words, up=up, color=colour, weight="bold", fontsize=size, **look)

    def caption(self, words, down, **look):
        """Write words below the middle of the panel: what its horizontal axis counts."""
        return self.text(words, 0.5, down=down, ha="center", **look)

    def readout(self, name, x=1, y=None, *, up=UP, **look):
        """Return moving words, above the panel's right end unless told otherwise, for `Page.write` to fill in."""
        place = {"up": up} if y is None and "down" not in look else {"y": y}
        look = {"ha": "right", "fontsize": 14, "gid": name, "animated": True, **look}
        self._readouts[name] = self.text("", x, **place, **look)
        return self._readouts[name]

    # Marks ------------------------------------------------------------------------------------------------------

    def rule(self, y=None, x=None, **look):
        """Draw a thin line across the panel at height y, or upright at x, that stays."""
        return self.axes.axhline(y, **THIN | look) if x is None else self.axes.axvline(x, **THIN | look)

    def guide(self, **look):
        """Return a dotted upright line that moves."""
        return self.axes.axvline(0, animated=True, **DOTTED | look)

    def line(self, colour, width=3, x=(), y=(), **look):
        """Return a line through the points (x, y)."""
        return self.axes.add_line(Line2D(x, y, color=colour, linewidth=width, **{"animated": True, **look}))

    def dots(self, colour, size=10, rim=2, **look):
        """Return dots with a white rim, one or many."""
        look = {"marker": "o", "markeredgecolor": "white", "linestyle": "", **look}
        return self.line(colour, 1.5, markersize=size, markeredgewidth=rim, **look)

    def area(self, colour, alpha=None, **look):
        """Return a filled polygon."""
        look = {"linewidth": 0, "animated": True, **look}
        return self.axes.add_patch(Polygon([(0, 0)] * 3, facecolor=colour, alpha=alpha, **look))

    def box(self, x, y, width, height, colour="none", **look):
        """Return a filled rectangle with its lower left corner at (x, y)."""
        look = {"linewidth": 0, "animated": True, **look}
        return self.axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, **look))

    def image(self, values, **look):
        """Return an image whose pixels are the values."""
        return self.axes.imshow(values, aspect="auto", **{"animated": True, **look})

    # Axes -------------------------------------------------------------------------------------------------------

    def hold(self, low, high):
        """Set the heights that the panel shows; only a change makes Matplotlib draw ticks and grid again."""
        if self.axes.get_ylim() != (low, high):
            self.axes.set_ylim(low, high)

    def span(self, low, high):
        """Set the inputs that the panel shows, likewise."""
        if self.axes.get_xlim() != (low, high):
            self.axes.set_xlim(low, high)

    def bare(self, *sides):
        """Take away the grid and the lines on these sides."""
        self.axes.grid(False)
        self.axes.spines[list(sides)].set_visible(False)


def with_room(heights, room=0.09):
    """Return the (low, high) of an axis that shows all the heights and 0, with some room at both ends."""
    low, high = min(0.0, np.min(heights)), max(0.0, np.max(heights))
    high = high if high > low else low + 1.0
    return low - room * (high - low), high + room * (high - low)
