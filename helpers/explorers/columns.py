"""Histograms of many layers side by side: a column for each, standing up, as in Glorot & Bengio (2010)."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.explorers.panels import hold, moving
from helpers.style import BLUE

BINS = 26
MOST = 8192  # values of a layer that are counted: more would not change the picture
FULL = 0.86  # of the width of a column


class Columns:
    """One filled outline for all columns, in axes whose x counts the layers from 1."""

    def __init__(self, axes):
        self._axes = axes
        self._shape = moving(axes.add_patch(PathPatch(Path([(0, 0)]), facecolor=BLUE, alpha=0.75, linewidth=0)))

    def move(self, layers, low, high):
        """Show the values of each layer, an array a layer, between low and high; what is exactly 0 is left out."""
        edges = np.linspace(low, high, BINS + 1)
        heights = (edges[1:] + edges[:-1]) / 2
        outline = np.concatenate([[low], heights, [high], heights[::-1]])
        points, codes = [], []
        for number, values in enumerate(layers, start=1):
            across = FULL * shares(values, low, high)
            left = number - FULL / 2
            points.append(np.c_[left + np.concatenate([[0.0], across, [0.0], 0 * across]), outline])
            codes.append(np.full(len(outline), Path.LINETO))
            codes[-1][[0, -1]] = Path.MOVETO, Path.CLOSEPOLY
        self._shape.set_path(Path(np.concatenate(points), np.concatenate(codes)))
        room = 0.05 * (high - low)
        hold(self._axes, low - room, high + room)


def shares(values, low, high):
    """Return how full each bin is, in parts of the fullest one; all 0 when nothing lies between low and high."""
    values = values.ravel()[:MOST]
    counts, _ = np.histogram(values[values != 0], BINS, (low, high))
    return counts / max(1, counts.max())
