"""What the figures that have not moved into rooms yet draw with, by the names that they know."""

from helpers.figures import Page
from helpers.figures.style import *  # noqa: F403
from helpers.figures.style import INK

WIDTH = 720


def new_figure(height, width=WIDTH):
    """Return an empty figure of that many pixels."""
    return Page(height, width).figure


def add_axes(figure, left, top, width, height, **options):
    """Return new axes at that place, in pixels from the figure's top left corner."""
    page = Page.__new__(Page)
    page.figure, page._readouts = figure, {}
    page.width, page.height = figure.get_size_inches() * 72
    return page.panel(top, height, left, width, **options).axes


def label(axes, place, text, **options):
    """Return a text at `place` in axes coordinates that a frame may change."""
    options = {"transform": axes.transAxes, "parse_math": False, "color": INK, "fontsize": 12, **options}
    return axes.text(*place, text, **options)
