"""descent: the way of gradient descent to the two right weights of a unit, for inputs on centre or off it."""

import numpy as np
from matplotlib.colors import to_rgba

from helpers.arguments import as_floats
from helpers.figures import Page
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.marks import beads
from helpers.figures.sampling import shown
from helpers.figures.style import BLUE, INK, SOFT, VERMILION, number, own_settings

__all__ = ["descent"]

TARGET = np.array([1.5, -0.5])  # the right weights; the walk starts at (0, 0)
DONE = 1e-6  # so near to the right weights the walk ends
MOST = 500  # steps
SHOWN = 100  # steps in the picture of the error
LEVELS = (1, 0.36, 0.09, 0.01)  # parts of the first loss at which contours are drawn
CIRCLE = np.array([np.cos(t := np.linspace(0, 2 * np.pi, 73)), np.sin(t)])


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
    bowl = Bowl(inputs)
    controls = {
        "lift": number_slider("lift", lift, 0.0, 1.0, 0.05),
        "rate": number_slider("learning rate", rate, 0.05, 5.0, 0.05, name="rate"),
        "one": choice("each step uses", {"all examples": False, "one example": True}, False),
    }
    return LiveFigure(bowl.page.figure, controls, bowl.update)


def curvature(inputs):
    """Return the matrix of second slopes of the loss: the mean of xᵢxⱼ over the examples."""
    return inputs.T @ inputs / len(inputs)


def walk(inputs, rate, one):
    """Return the weights after 0, 1, … steps, of shape (steps + 1, 2), until they are right, far off or many."""
    weights, mean = [np.zeros(2)], curvature(inputs)
    for step in range(MOST):
        error, x = weights[-1] - TARGET, inputs[step % len(inputs)]
        weights.append(weights[-1] - rate * (x * (x @ error) if one else mean @ error))
        if not DONE < np.abs(weights[-1] - TARGET).max() < 1e9:
            break
    return np.array(weights)


def contours(matrix):
    """Return an ellipse for each of LEVELS: where the loss ½ eᵀ·matrix·e is that part of the loss at the start."""
    sizes, axes = np.linalg.eigh(matrix)
    start = TARGET @ matrix @ TARGET
    unit = axes @ (CIRCLE / np.sqrt(np.maximum(sizes, 1e-12))[:, None])
    return [(TARGET[:, None] + np.sqrt(part * start) * unit).T for part in LEVELS]


class Bowl:
    """The three panels of `descent`: inputs, contours of the loss with the path, error over steps."""

    def __init__(self, inputs):
        self._inputs, self.page = inputs, Page(322)
        low, high = inputs.min() - 0.2, inputs.max() + 1.2
        box = {"xlim": (low, high), "ylim": (low, high), "xticks": [-1, 0, 1, 2], "yticks": [-1, 0, 1, 2]}
        left = self.page.panel(36, 204, 30, 204, **box)
        across, up = ((centre - 2.2, centre + 2.2) for centre in TARGET)
        middle = self.page.panel(36, 204, 276, 204, xlim=across, ylim=up)
        scale = {"ylim": (-6.3, 1.3), "yticks": [-6, -4, -2, 0], "xticks": [0, 50, 100]}
        right = self.page.panel(36, 204, 532, 172, xlim=(0, SHOWN), **scale)
        right.axes.set_yticklabels(["10⁻⁶", "10⁻⁴", "10⁻²", "1"])
        self._write(left, "two inputs, all examples", ("condition", "limit"), "x")
        self._write(middle, "loss over the two weights", ("same", "way"), "w")
        self._write(right, "error left, by steps", ("steps", "end"))
        self._dots = left.line(BLUE, 4, alpha=0.5, snap=False)
        self._mean = left.line(INK, 1.5, marker="+", markersize=14, markeredgewidth=2.5)
        hill = {"edgecolor": to_rgba(BLUE, 0.45), "linewidth": 1}
        self._rings = [middle.area(to_rgba(BLUE, 0.07), **hill) for _ in LEVELS]
        self._path, self._stops = (middle.line(VERMILION, width, snap=False) for width in (1.4, 4.5))
        middle.line(INK, 1.5, *TARGET[:, None], marker="*", markersize=13, markeredgecolor="white", markeredgewidth=0.8,
                    zorder=5)  # fmt: skip
        self._error = right.line(VERMILION, 2.4)

    def _write(self, panel, title, readouts, axis=""):
        """Write what stands above a panel, and make its two readouts below; name its axes when they are alike."""
        panel.title(title, size=12.5, up=10.2)
        for name, y in zip(readouts, (-0.2, -0.31), strict=True):
            panel.readout(name, 0.5, y, ha="center", fontsize=11.5)
        if axis:
            panel.rule(0)
            panel.rule(x=0)
            panel.text(f"{axis}₁", 0.99, 0.02, ha="right", va="bottom", color=SOFT)
            panel.text(f"{axis}₂", 0.02, 0.985, va="top", color=SOFT)

    def update(self, lift, rate, one):
        """Move the marks to the lifted inputs and the way down, and return the picture in words."""
        inputs = self._inputs + lift
        matrix = curvature(inputs)
        smallest, largest = np.linalg.eigvalsh(matrix)
        if smallest < 1e-9 * max(1, largest):
            raise ValueError("These inputs vary in one direction only and say nothing about one of the two weights.")
        path = walk(inputs, rate, one)
        distance = np.abs(path - TARGET).max(axis=1)
        self._dots.set_data(*beads(*inputs.T))
        self._mean.set_data(*inputs.mean(axis=0)[:, None])
        for ring, ellipse in zip(self._rings, contours(matrix), strict=True):
            ring.set_xy(ellipse)
        near = path[distance < 100].T
        self._path.set_data(*near)
        self._stops.set_data(*beads(*near))
        self._error.set_data(np.arange(len(path)), np.log10(np.maximum(distance, 1e-9)))
        steps = np.diff(path, axis=0)
        said = self.page.write(
            condition=f"condition number {number(largest / smallest, 2)}",
            limit="" if one else f"flies off above rate {number(2 / largest, 2)}",
            same="both weights move the same way",
            way=f"in {np.mean(steps[:, 0] * steps[:, 1] > 0) * 100:.0f} % of the steps",
            **_outcome(path, distance),
        )
        way = "one example" if one else "all examples"
        words = ", ".join(filter(None, (said["condition"], said["limit"])))
        return (
            f"Inputs lifted by {number(lift, 2)}, learning rate {number(rate, 2)}, each step uses {way}: {words}; "
            f"{said['same']} {said['way']}; {said['steps']}, {said['end']}."
        )


def _outcome(path, distance):
    """Return in how many steps the walk has come how far."""
    place = f"({number(path[-1, 0], 2)}, {number(path[-1, 1], 2)})"
    if distance[-1] <= DONE:
        return {"steps": f"{len(path) - 1} steps to 10⁻⁶", "end": f"ends at {place}"}
    if distance[-1] > distance[0]:
        return {"steps": "never arrives", "end": "it flies off"}
    return {"steps": f"more than {MOST} steps", "end": f"by then at {place}"}
