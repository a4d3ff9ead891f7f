"""Draws pages: compares each with the one before, and changes only those of Matplotlib's artists
that differ.
"""

import threading
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.ticker import MaxNLocator, NullLocator

from helpers.figures.page import Mark
from helpers.figures.style import TrueMinus, own_settings
from helpers.figures.svg import SvgRenderer, frame_of

# JupyterLab runs a slider's callbacks in several threads; Matplotlib is not thread-safe, so one
# draws at a time.
DRAWING = threading.RLock()
STEP = 1e-6  # of zorder, by which a mark lies above the one before


class DrawnMark(NamedTuple):
    """A mark, the artist that it has become, and that artist as SVG."""

    mark: Mark
    artist: Artist
    svg: str


class Canvas:
    """A Matplotlib `figure`, apart from pyplot, that shows one page after another."""

    def __init__(self, width, height, name):
        """Make an empty figure of so many pixels; `name` keeps the ids in its SVG apart from those
        of others.
        """
        with own_settings():
            self.figure = Figure(
                figsize=(width / 72, height / 72), dpi=72, facecolor="white"
            )
            FigureCanvasBase(self.figure)
        self._renderer = SvgRenderer(width, height, name)
        self._stages = []
        self.pieces = []

    def show(self, page):
        """Let the figure show a page; `pieces` are then its SVG, the lowest first."""
        while len(self._stages) > len(page.panels):
            self._stages.pop().remove()
        while len(self._stages) < len(page.panels):
            self._stages.append(Stage(self.figure, self._renderer))
        for stage, panel in zip(self._stages, page.panels, strict=True):
            stage.show(panel)
        frames = [stage.frame for stage in self._stages]
        marks = [drawn.svg for stage in self._stages for drawn in stage.from_below()]
        self.pieces = [self._renderer.definitions(), *frames, *marks]

    def axes_of(self, page, panel):
        """Return the Matplotlib axes that show a panel of the page."""
        return self._stages[page.panels.index(panel)].axes

    def pixels(self, dpi=144):
        """Return the picture as an array of shape (rows, columns, 4), by default two pixels to a
        screen pixel.
        """
        with own_settings():
            canvas = FigureCanvasAgg(self.figure)
            dpi_before = self.figure.dpi
            self.figure.dpi = dpi
            try:
                canvas.draw()
                return np.array(canvas.buffer_rgba())
            finally:
                self.figure.dpi = dpi_before
                FigureCanvasBase(self.figure)  # Agg's canvas would keep 5 MB of pixels

    def close(self):
        """Give the memory back at once: figure, axes and artists know each other, so Python would
        wait with that.
        """
        self._stages.clear()
        self.figure.clear()


class Stage:
    """The axes that show one panel, and what was drawn on them in the last frame."""

    def __init__(self, figure, renderer):
        self.axes = None
        self.frame = ""  # axes, ticks and grid as SVG
        self._figure = figure
        self._renderer = renderer
        self._options = None
        self._limits = None
        self._drawn = []

    def show(self, panel):
        """Let axes and marks become what the panel asks for."""
        options = {
            name: value
            for name, value in vars(panel).items()
            if name not in ("x", "y", "marks")
        }
        rebuilt = not same(options, self._options)
        if rebuilt:
            self.remove()
            with own_settings():
                self.axes = make_axes(self._figure, panel)
            self._options = options
        limits = panel.x, panel.y
        moved = rebuilt or limits != self._limits
        if moved:
            self.axes.set(xlim=panel.x, ylim=panel.y)
            self._limits = limits
            self.frame = frame_of(self.axes, self._renderer)
        before = self._drawn
        self._drawn = []
        for index, mark in enumerate(panel.marks):
            last = before[index] if index < len(before) else None
            self._drawn.append(self._draw(mark, index, last, moved))
        for drawn in before[len(panel.marks) :]:
            drawn.artist.remove()

    def _draw(self, mark, index, last, moved):
        """Return a mark as drawn; `last` is what stood in its place in the frame before, or
        None.
        """
        if last and alike(mark, last.mark):
            before = last.mark.properties
            changed = {}
            for name, value in mark.properties.items():
                if not same(value, before[name]):
                    changed[name] = value
            if not changed and (not moved or mark.coordinates == "panel"):
                return last
            artist = last.artist
            if changed:
                artist.set(**changed)
        else:
            if last:
                last.artist.remove()
            artist = make_artist(self.axes, mark)
        # Where two marks have one zorder, the later one lies on top, whichever artist was made
        # first.
        artist.set_zorder(mark.properties["zorder"] + STEP * index)
        return DrawnMark(mark, artist, self._renderer.drawn(artist))

    def from_below(self):
        """Return what was drawn, the lowest first."""
        return sorted(self._drawn, key=lambda drawn: drawn.artist.zorder)

    def remove(self):
        """Take the axes and all marks out of the figure."""
        if self.axes is not None:
            self.axes.remove()
        self.axes = None
        self._drawn = []


def make_axes(figure, panel):
    """Return new axes for a panel, with all that it asks for but its limits and marks."""
    width, height = figure.get_size_inches() * 72
    bottom = 1 - (panel.top + panel.height) / height
    axes = figure.add_axes(
        (panel.left / width, bottom, panel.width / width, panel.height / height)
    )
    axes.set_yscale(panel.yscale)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_locator(NullLocator())
    # Ticks are what a frame costs most, so there are few.
    across = min(9, max(3, round(panel.width / 72)))
    ysteps = [1, 2, 5, 10] if panel.whole_y else [1, 2, 2.5, 5, 10]
    xlocator = MaxNLocator(across, steps=[1, 2, 4, 5, 10])
    if panel.whole_x:  # counts something, such as layers, and be it a single one
        xlocator = MaxNLocator(
            9, steps=[1, 2, 3, 4, 5, 6, 10], integer=True, min_n_ticks=1
        )
    axes.xaxis.set_major_locator(xlocator)
    if panel.yscale == "linear":
        axes.yaxis.set_major_locator(
            MaxNLocator(5, steps=ysteps, integer=panel.whole_y)
        )
    set_ticks(axes.xaxis, panel.xticks, panel.xlabels, panel.xformat)
    set_ticks(axes.yaxis, panel.yticks, panel.ylabels, panel.yformat)
    axes.tick_params(**(panel.ticks or {}))
    axes.grid(panel.grid is True)
    if panel.grid in ("x", "y"):
        axes.grid(True, axis=panel.grid)
    for side, spine in axes.spines.items():
        spine.set_visible(side in panel.sides)
    if not panel.frame:
        axes.set_axis_off()
    return axes


def set_ticks(axis, places, words, form):
    """Set an axis' ticks and their words, where they are asked for."""
    axis.set_major_formatter(form or TrueMinus())
    if places is not None:
        axis.set_ticks(places)
    if words is False:
        side = "labelbottom" if axis.axis_name == "x" else "labelleft"
        axis.set_tick_params(**{side: False})
    elif words is not True:
        axis.set_ticks(places, words)


def make_artist(axes, mark):
    """Return a new artist on the axes for a mark."""
    properties = dict(mark.properties)
    if mark.artist is AxesImage:
        origin = properties.pop("origin")
        artist = AxesImage(axes, origin=origin)
        artist.set(**properties)
    else:
        artist = mark.artist(**properties)
    transforms = {
        "data": axes.transData,
        "panel": axes.transAxes,
        "x": axes.get_xaxis_transform(),
        "y": axes.get_yaxis_transform(),
    }
    artist.set_transform(transforms[mark.coordinates])
    artist.set_sketch_params(None)  # what the reader may have set for all artists
    artist.set_snap(properties.get("snap"))
    axes.add_artist(artist)
    return artist


def alike(mark, other):
    """Return whether an artist can be turned from one mark into the other by setting properties."""
    return mark[:2] == other[:2] and mark.properties.keys() == other.properties.keys()


def same(one, other):
    """Return whether two values are equal; arrays are when all their numbers are."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is np.ndarray:  # by bytes: quick, and nan is equal to nan
        fits = one.shape == other.shape and one.dtype == other.dtype
        return fits and one.tobytes() == other.tobytes()
    if kind is dict:
        return one.keys() == other.keys() and all(
            same(one[name], other[name]) for name in one
        )
    if kind in (tuple, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other
