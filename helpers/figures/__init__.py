"""The toolkit of the live figures: a Page holds Panels placed in pixels, a Panel makes marks, readouts have names.

A figure reads from top to bottom: what it takes, what it draws, what moves, what it says. The marks are Matplotlib's
own artists and are moved by its own methods, `set_data` and the like. They are drawn again in every frame; a mark with
`animated=False` is kept with the axes and the words until one of those changes.

    page = Page(320)                                     what it draws
    panel = page.panel(36, 220, x=(-6, 6), y=(0, 36))
    curve = panel.line(BLUE)
    panel.title("x to a power", BLUE)
    panel.readout("largest")
    page.slider("power", "the power", 2.0, 1.0, 2.0, 0.1)

    def update(power):                                   what moves, what it says
        curve.set_data(x, np.abs(x) ** power)
        said = page.write(largest=f"largest: {number(6**power)}")
        return f"The power {number(power, 1)} of x; {said['largest']}."

    return page.live(update)
"""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import MaxNLocator

from helpers.figures.controls import choice, number_slider
from helpers.figures.live import Grip, LiveFigure
from helpers.figures.style import DOTTED, INK, THIN, TrueMinus
from helpers.figures.svg import SvgAxes

WIDE = 400  # pixels of a panel from which on its title is larger


class Page:
    """A white sheet of so many pixels, apart from pyplot, with the readouts and the controls of a figure by name."""

    def __init__(self, height, width=720):
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="white")
        self.readouts, self.controls, self.panels, self._grips = {}, {}, [], []

    def panel(self, top, height, left=54, width=652, **options):
        """Return a Panel at that place, in pixels from the page's top left corner, with the options of Panel."""
        self.panels.append(Panel(self, top, height, left, width, **options))
        return self.panels[-1]

    def slider(self, name, label, value, low, high, step=None):
        """Add a slider of that name, or raise TypeError or ValueError when `value` is no number between its ends."""
        self.controls[name] = number_slider(label, value, low, high, step, name)

    def choice(self, name, label, options, *value):
        """Add buttons of that name; `options` maps words to what they mean; the first is down, or the value."""
        self.controls[name] = choice(label, options, *value)

    def write(self, texts=(), **more):
        """Write {name: text} into the readouts of these names and return it."""
        texts = dict(texts, **more)
        for name, text in texts.items():
            self.readouts[name].set_text(text)
        return texts

    def drag(self, panel, name):
        """Let the pointer move the control of that name in a panel: to the value on its horizontal axis."""
        self.grab(panel, lambda *pressed: lambda x, y: {name: x}, "ew-resize")

    def grab(self, panel, press, cursor="grab"):
        """Let the pointer move controls in a panel; points are values of its axes.

        `press(x, y)` says what is grabbed there: None, or a function that returns for each point (x, y) to which the
        pointer moves then the values of controls by their names. `cursor` is the pointer's shape, as CSS calls it.
        """
        self._grips.append(Grip(panel.axes, press, cursor))

    def live(self, update, rows=None):
        """Return the LiveFigure of this page and its controls, which are laid out in `rows` if these are given."""
        return LiveFigure(self.figure, self.controls, update, rows, self._grips)


class Panel:
    """Axes of `width` by `height` pixels that reach over `x` and `y`, with Matplotlib's options such as xticks.

    Words stand at fractions of the panel or pixels from it, labels and marks at values of its axes.
    """

    def __init__(self, page, top, height, left, width, x=None, y=None, over=None, **options):
        self._page, self.width, self.height = page, width, height
        across, down = page.figure.get_size_inches() * 72
        place = left / across, 1 - (top + height) / down, width / across, height / down
        self.axes = page.figure.add_axes(place, axes_class=SvgAxes, sharex=over and over.axes)
        if over:
            over.axes.tick_params(labelbottom=False)  # the lower panel has the numbers
        self.data = self.axes.transData  # for words that stand at values of the axes: transform=panel.data
        # Ticks are what a frame costs most, so there are few.
        self.axes.xaxis.set_major_locator(MaxNLocator(min(9, max(3, round(width / 72))), steps=[1, 2, 4, 5, 10]))
        self.axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        for axis in (self.axes.xaxis, self.axes.yaxis):
            axis.set_major_formatter(TrueMinus())
        self.axes.set(**options, **{f"{axis}lim": ends for axis, ends in (("x", x), ("y", y)) if ends})

    # Words ------------------------------------------------------------------------------------------------------

    def text(self, words, x=0, y=0, *, up=None, down=None, **look):
        """Write words that stay at (x, y), or so many pixels `up` from the panel's top or `down` from its foot."""
        y = 1 + up / self.height if up is not None else y if down is None else -down / self.height
        look = {"transform": self.axes.transAxes, "parse_math": False, "color": INK, "fontsize": 12, **look}
        return self.axes.text(x, y, words, **look)

    def title(self, words, colour=INK, x=0, **look):
        """Write a bold title above the panel, at its left end."""
        large = self.width > WIDE
        look = {"up": 10.6 if large else 8, "fontsize": 14 if large else 13, **look}
        return self.text(words, x, color=colour, weight="bold", **look)

    def caption(self, words, down=38, **look):
        """Write words below the middle of the panel: what its horizontal axis counts."""
        return self.text(words, 0.5, down=down, ha="center", **look)

    def label(self, words, x, y, **look):
        """Write words that move, centred at the values (x, y) of the axes."""
        look = {"ha": "center", "va": "center_baseline", "transform": self.data, "animated": True, **look}
        return self.text(words, x, y, **look)

    def readout(self, name, x=1, y=None, **look):
        """Return moving words, above the panel's right end unless told otherwise, for `Page.write` to fill in."""
        place = {"up": 10.6 if self.width > WIDE else 8} if y is None and "down" not in look else {"y": y}
        look = {"ha": "right", "fontsize": 14, "gid": name, "animated": True, **place, **look}
        self._page.readouts[name] = text = self.text("", x, **look)
        return text

    # Marks ------------------------------------------------------------------------------------------------------

    def rule(self, y=None, x=None, **look):
        """Draw a thin line across the panel at height y, or upright at x, that stays."""
        return self.axes.axhline(y, **THIN | look) if x is None else self.axes.axvline(x, **THIN | look)

    def guide(self):
        """Return a dotted upright line that moves."""
        return self.axes.axvline(0, animated=True, **DOTTED)

    def line(self, colour, width=3, x=(), y=(), **look):
        """Return a line through the points (x, y)."""
        return self.axes.add_line(Line(x, y, color=colour, linewidth=width, **{"animated": True, "zorder": 3, **look}))

    def dots(self, colour, size=10, rim=2, **look):
        """Return dots with a white rim, one or many, whole at the edge of the panel too."""
        look = {"marker": "o", "markeredgecolor": "white", "linestyle": "", "zorder": 5, "clip_on": False, **look}
        return self.line(colour, 1.5, markersize=size, markeredgewidth=rim, **look)

    def lines(self, **look):
        """Return a mark of many lines, each with a colour of its own, which are moved by `set_segments`."""
        return self.axes.add_collection(LineCollection([], animated=True, **look))

    def area(self, colour, alpha=None, **look):
        """Return a filled polygon, which is moved by `set_xy`."""
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

    def reach(self, **ends):
        """Set the ends of the axes, x=(low, high) or y; only a change makes Matplotlib draw ticks and grid again."""
        for axis, limits in ends.items():
            if getattr(self.axes, f"get_{axis}lim")() != limits:
                getattr(self.axes, f"set_{axis}lim")(limits)

    def bare(self, *sides):
        """Take away the grid and the lines on these sides."""
        self.axes.grid(False)
        self.axes.spines[list(sides)].set_visible(False)


class Line(Line2D):
    """A line or dots that move: to arrays, or to the values of a single point."""

    def move(self, x, y):
        """Go through the points (x, y)."""
        self.set_data(np.atleast_1d(x), np.atleast_1d(y))


def with_room(heights, room=0.09):
    """Return the (low, high) of an axis that shows all the heights and 0, with some room at both ends."""
    low, high = min(0.0, np.min(heights)), max(0.0, np.max(heights))
    high = high if high > low else low + 1.0
    return low - room * (high - low), high + room * (high - low)
