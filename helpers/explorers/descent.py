"""descent: the way of gradient descent to the two right weights of a unit, for inputs on centre or off it."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from helpers.arguments import as_floats
from helpers.explorers.marks import beads
from helpers.explorers.panels import moving
from helpers.explorers.walks import DONE, LEVELS, MOST, TARGET, contours, curvature, same_way, walk
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import shown
from helpers.style import BLUE, INK, SOFT, VERMILION, add_axes, label, new_figure, number, own_settings

SHOWN = 100  # steps in the picture of the error
GIDS = (("condition", "limit"), ("same", "way"), ("steps", "end"))


@own_settings()
def descent(inputs, *, lift=0.0, rate=0.45):
    """Return a LiveFigure: a unit's inputs, the loss over its two weights with the way down, the error step by step.

    `inputs` has shape (examples, 2); `lift` from 0 to 1 is added to all of them. The unit has no bias, its loss is
    half the mean squared error, and its right weights are (1.5, −0.5). A step moves them by `rate` times the gradient
    of all examples, or of one after another. Raises ValueError or TypeError for other inputs. Source: LeCun, Bottou,
    Orr & Müller (1998), Efficient BackProp, §4.3.
    """
    inputs = as_floats(inputs, "inputs")
    if inputs.ndim != 2 or inputs.shape[1] != 2 or not 2 <= len(inputs) <= 1000 or not (np.abs(inputs) <= 100).all():
        raise ValueError(
            "inputs must be numbers from −100 to 100 of shape (examples, 2), 2 to 1000 examples, not "
            f"{shown(inputs)} of shape {inputs.shape}; try np.tanh(rng.normal(size=(200, 2)))."
        )
    view = View(inputs)
    controls = {
        "lift": number_slider("lift", lift, 0.0, 1.0, 0.05),
        "rate": number_slider("learning rate", rate, 0.05, 5.0, 0.05, name="rate"),
        "one": choice("each step uses", {"all examples": False, "one example": True}, False),
    }

    def update(lift, rate, one):
        return view.show(inputs + lift, lift, rate, one)

    return LiveFigure(view.figure, controls, update)


class View:
    """The three panels of `descent`: inputs, contours with the path, error over steps."""

    def __init__(self, inputs):
        self.figure = new_figure(322)
        low, high = inputs.min() - 0.2, inputs.max() + 1.2
        box = {"xlim": (low, high), "ylim": (low, high), "xticks": [-1, 0, 1, 2], "yticks": [-1, 0, 1, 2]}
        left = add_axes(self.figure, 30, 36, 204, 204, **box)
        reach = [(centre - 2.2, centre + 2.2) for centre in TARGET]
        middle = add_axes(self.figure, 276, 36, 204, 204, xlim=reach[0], ylim=reach[1])
        scale = {"ylim": (-6.3, 1.3), "yticks": [-6, -4, -2, 0], "xticks": [0, 50, 100]}
        right = add_axes(self.figure, 532, 36, 172, 204, xlim=(0, SHOWN), **scale)
        right.set_yticklabels(["10⁻⁶", "10⁻⁴", "10⁻²", "1"])
        self._write_titles(left, middle, right)
        for axes in (left, middle):
            axes.axhline(0, color=SOFT, linewidth=0.8)
            axes.axvline(0, color=SOFT, linewidth=0.8)
        self.dots = moving(left.add_line(Line2D([], [], color=BLUE, alpha=0.5, linewidth=4, snap=False)))
        self.mean = moving(left.add_line(Line2D([], [], color=INK, marker="+", markersize=14, markeredgewidth=2.5)))
        hill = {"facecolor": to_rgba(BLUE, 0.07), "edgecolor": to_rgba(BLUE, 0.45), "linewidth": 1}
        self.rings = [moving(middle.add_patch(Polygon([(0, 0)] * 3, **hill))) for _ in LEVELS]
        self.path, self.stops = (
            moving(middle.add_line(Line2D([], [], color=VERMILION, linewidth=width, snap=False)))
            for width in (1.4, 4.5)
        )
        star = {"marker": "*", "markersize": 13, "markeredgecolor": "white", "markeredgewidth": 0.8, "zorder": 5}
        self.goal = moving(middle.add_line(Line2D([TARGET[0]], [TARGET[1]], color=INK, **star)))
        self.error = moving(right.add_line(Line2D([], [], color=VERMILION, linewidth=2.4)))

    def _write_titles(self, *panels):
        """Write what stands above and below each panel."""
        above = ("two inputs, all examples", "loss over the two weights", "error left, by steps")
        for axes, title in zip(panels, above, strict=True):
            label(axes, (0, 1.05), title, weight="bold", fontsize=12.5)
        for axes, across, up in zip(panels[:2], ("x₁", "w₁"), ("x₂", "w₂"), strict=True):
            label(axes, (0.99, 0.02), across, ha="right", va="bottom", color=SOFT)
            label(axes, (0.02, 0.985), up, va="top", color=SOFT)
        text = {"ha": "center", "fontsize": 11.5}
        places = [(0.5, -0.2), (0.5, -0.31)]
        self.readouts = [
            moving(label(axes, place, "", gid=gid, **text))
            for axes, gids in zip(panels, GIDS, strict=True)
            for place, gid in zip(places, gids, strict=True)
        ]

    def show(self, inputs, lift, rate, one):
        """Move the artists to these inputs and this way of walking, and return the picture in words."""
        matrix = curvature(inputs)
        smallest, largest = np.linalg.eigvalsh(matrix)
        if smallest < 1e-9 * max(1, largest):
            raise ValueError("These inputs vary in one direction only and say nothing about one of the two weights.")
        path = walk(inputs, rate, one)
        distance = np.abs(path - TARGET).max(axis=1)
        self.dots.set_data(*beads(*inputs.T))
        self.mean.set_data(*inputs.mean(axis=0)[:, None])
        for ring, ellipse in zip(self.rings, contours(matrix), strict=True):
            ring.set_xy(ellipse)
        self.path.set_data(*path[distance < 100].T)
        self.stops.set_data(*beads(*path[distance < 100].T))
        self.error.set_data(np.arange(len(path)), np.log10(np.maximum(distance, 1e-9)))
        words = self._read(smallest, largest, path, distance, one)
        way = "one example" if one else "all examples"
        return f"Inputs lifted by {number(lift, 2)}, learning rate {number(rate, 2)}, each step uses {way}: {words}."

    def _read(self, smallest, largest, path, distance, one):
        """Write the readouts and return them as one text."""
        end = path[-1]
        if distance[-1] <= DONE:
            result = f"{len(path) - 1} steps to 10⁻⁶", f"ends at ({number(end[0], 2)}, {number(end[1], 2)})"
        elif distance[-1] > distance[0]:
            result = "never arrives", "it flies off"
        else:
            result = f"more than {MOST} steps", f"by then at ({number(end[0], 2)}, {number(end[1], 2)})"
        texts = (
            f"condition number {number(largest / smallest, 2)}",
            "" if one else f"flies off above rate {number(2 / largest, 2)}",
            "both weights move the same way",
            f"in {same_way(path) * 100:.0f} % of the steps",
            *result,
        )
        for readout, text in zip(self.readouts, texts, strict=True):
            readout.set_text(text)
        return f"{', '.join(text for text in texts[:2] if text)}; {texts[2]} {texts[3]}; {', '.join(result)}"
