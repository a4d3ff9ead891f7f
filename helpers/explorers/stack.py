"""stack: layer upon layer, with and without an activation between them."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle

from helpers import activations
from helpers.explorers.panels import moving
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate, inputs, pair
from helpers.style import BLUE, ORANGE, SOFT, add_axes, label, new_figure, number, own_settings

FUNCTIONS = {
    "none": activations.identity,
    "sigmoid": activations.sigmoid,
    "tanh": activations.tanh,
    "ReLU": activations.relu,
    "leaky ReLU": activations.leaky_relu,
}


@own_settings()
def stack(network, layers, *, depth=1, x_range=(-3, 3)):
    """Return a LiveFigure of the output of a network against its input, with a slider for the number of layers.

    `network(x, layers, f)` returns one number for each input of the array x of shape (points,), from the first of the
    `layers` (a list of 2 to 10) and the activation f that buttons choose. The curve is stretched to fill the picture,
    which keeps a straight line straight. Raises ValueError or TypeError when that cannot be drawn.
    """
    lo, hi = pair(x_range, "x_range")
    if not isinstance(layers, (list, tuple)) or not 2 <= len(layers) <= 10:
        raise ValueError("layers must be a list of 2 to 10 layers, each what the network needs for one.")
    x = inputs(lo, hi)
    figure, boxes, curve, chord, readouts = _draw(lo, hi, len(layers))

    def update(depth, activation):
        depth, f = int(depth), FUNCTIONS[activation]
        y = evaluate(lambda x: network(x, list(layers[:depth]), f), x, getattr(network, "__name__", "network"))
        slope = (y[-1] - y[0]) / (hi - lo)
        straight = y[0] + slope * (x - lo)
        height = np.ptp(y)
        bend = np.abs(y - straight).max() / height if height > 1e-12 * np.abs(y).max() else 0.0
        for line, values in ((curve, y), (chord, straight)):
            line.set_data(x, (values - y.min()) / height if height else np.full(len(x), 0.5))
        boxes(depth, f)
        formula = f"all together: {number(slope, 2)} · x {'−' if y[0] < slope * lo else '+'} "
        formula += number(abs(y[0] - slope * lo), 2)
        readouts[0].set_text(f"{depth} layer{'s' * (depth > 1)}, activation: {activation}")
        readouts[1].set_text(f"farthest from straight: {100 * bend:.1f} % of the height")
        readouts[2].set_text(formula if bend < 1e-9 else "no longer one multiplication and one addition")
        return f"{readouts[0].get_text()}. {readouts[1].get_text()}; {readouts[2].get_text()}."

    controls = {
        "depth": number_slider("layers", depth, 1, len(layers), 1, name="depth"),
        "activation": choice("activation", list(FUNCTIONS), "none"),
    }
    return LiveFigure(figure, controls, update)


def _draw(lo, hi, most):
    """Return (figure, what lights the layers, curve, straight line between its ends, readouts)."""
    figure = new_figure(380)
    boxes = _boxes(figure, most)
    axes = add_axes(figure, 14, 100, 692, 226, xlim=(lo, hi), ylim=(-0.09, 1.09), yticks=[])
    label(axes, (0.5, -0.19), "input x", ha="center")
    dashed = {"color": SOFT, "linewidth": 1.4, "linestyle": (0, (4, 3)), "zorder": 2}
    chord = moving(axes.add_line(Line2D([], [], **dashed)))
    curve = moving(axes.add_line(Line2D([], [], color=BLUE, linewidth=3, zorder=3)))
    big = {"fontsize": 14, "va": "baseline"}
    readouts = [
        moving(label(axes, (0, 1.045), "", color=BLUE, weight="bold", gid="state", **big)),
        moving(label(axes, (1, 1.045), "", ha="right", gid="bend", **big)),
        moving(label(axes, (1, -0.19), "", ha="right", gid="formula")),
    ]
    return figure, boxes, curve, chord, readouts


def _boxes(figure, most):
    """Draw a row of boxes, one a layer; return a function that lights the first ones, the curve of f after each."""
    row = add_axes(figure, 14, 6, 692, 54, xlim=(0, 692), ylim=(54, 0))
    row.set_axis_off()
    label(row, (0, 0.5), "x", fontsize=14, va="center")
    white = {"ha": "center", "va": "center", "color": "white", "transform": row.transData, "zorder": 3}
    lefts = 22 + 67.0 * np.arange(most)
    for left in lefts:
        place = {"boxstyle": "round,pad=0,rounding_size=5", "facecolor": BLUE, "linewidth": 0, "zorder": 2}
        row.add_patch(FancyBboxPatch((left, 10), 34, 34, **place))
        label(row, (left + 17, 27), "× +", **white)
    veil = moving(row.add_patch(Rectangle((0, 0), 700, 54, facecolor="white", alpha=0.82, linewidth=0, zorder=4)))
    stroke = {"color": ORANGE, "linewidth": 3, "solid_joinstyle": "round", "zorder": 5}
    bends = moving(row.add_line(Line2D([], [], **stroke)))
    across = np.linspace(-3, 3, 25)
    x = np.add.outer(lefts, [*np.linspace(40, 60, 25), np.nan])

    def light(depth, f):
        veil.set_x(lefts[depth] - 4 if depth < most else 700)
        y = f(across)
        shape = [*(36 - 18 * (y - y.min()) / np.ptp(y)), np.nan]
        shown = 0 if f is activations.identity else depth
        bends.set_data(x[:shown].ravel(), np.tile(shape, shown))

    return light
