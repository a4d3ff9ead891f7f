"""The room of 00_start_here: one unit, layers upon layers, and the exercises."""

import numpy as np
from matplotlib.patches import FancyBboxPatch

from helpers.activations import identity, leaky_relu, relu, sigmoid, tanh
from helpers.exercises import ChoiceTask, NumberTask
from helpers.figures import Page, sampling
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, INK, ORANGE, SOFT, number, own_settings
from helpers.figures.threads import Threads

__all__ = ["stack", "unit"]

FUNCTIONS = {"none": identity, "sigmoid": sigmoid, "tanh": tanh, "ReLU": relu, "leaky ReLU": leaky_relu}

# unit ----------------------------------------------------------------------------------------------------------------

STARTS = np.linspace(-3, 3, 25)
REACH = 8.2  # of each ruler, to both sides: as far as a sum can go
LEFT = -15  # where the rulers' names start


@own_settings()
def unit(*, x=-1.0, weight=1.5, bias=0.5, activation="ReLU"):
    """Return a LiveFigure of one unit: inputs go by threads to their weighted sums, and these to the outputs.

    Sliders set the input, the weight and the bias, buttons the `activation`. Raises ValueError or TypeError for others.
    """
    if activation not in FUNCTIONS:
        raise ValueError(f"activation must be one of {', '.join(FUNCTIONS)}, not {activation!r}.")
    page, threads = _draw_unit()

    def update(x, weight, bias, activation):
        inputs = np.append(STARTS, x)
        sums = weight * inputs + bias
        outputs = FUNCTIONS[activation](sums)
        threads.move(inputs, sums, outputs)
        z, out = _fixed(sums[-1]), _fixed(outputs[-1])
        given, summed = f"x = {number(x, 1)}", f"{_terms(x, weight, bias)} = {z}"
        result = out if activation == "none" else f"{activation}({z}) = {out}"
        page.write({"input": given, "weighted-sum": summed, "output": result})
        return f"One unit. Input: {given}. Weighted sum: {summed}. Output, activation {activation}: {result}."

    controls = {
        "x": number_slider("input x", x, -3, 3, 0.1, name="x"),
        "weight": number_slider("weight", weight, -2, 2, 0.1),
        "bias": number_slider("bias", bias, -2, 2, 0.1),
        "activation": choice("activation", list(FUNCTIONS), activation),
    }
    return LiveFigure(page.figure, controls, update)


def _terms(x, weight, bias):
    """Return the weighted sum as a text: 1.5 · (−1.0) + 0.5."""
    times = f"({number(x, 1)})" if x < 0 else number(x, 1)
    return f"{number(weight, 1)} · {times} {'−' if bias < 0 else '+'} {abs(bias):.1f}"


def _fixed(value):
    """Return `value` with two digits and no powers of ten: on the first page of all a small number is 0.00."""
    return number(round(value, 2), 2)


def _draw_unit():
    """Return (page, threads): three rulers with their names and readouts."""
    page = Page(330)
    panel = page.panel(38, 254, left=212, width=492, xlim=(-REACH, REACH), ylim=(0, 2), yticks=[])
    threads = Threads(panel, len(STARTS), rulers=3, clip_on=False)
    for height, name, colour in ((2, "input", INK), (1, "weighted sum", INK), (0, "output", BLUE)):
        panel.text(name, LEFT, height + 0.01, weight="bold", fontsize=13, color=colour, transform=panel.data)
        look = {"ha": "left", "fontsize": 12, "transform": panel.data}
        panel.readout(name.replace(" ", "-"), LEFT, height - 0.13, **look)
    return page, threads


# stack ---------------------------------------------------------------------------------------------------------------


@own_settings()
def stack(network, layers, *, depth=1, x_range=(-3, 3)):
    """Return a LiveFigure of the output of a network against its input, with a slider for the number of layers.

    `network(x, layers, f)` returns one number for each input of the array x of shape (points,), from the first of the
    `layers` (a list of 2 to 10) and the activation f that buttons choose. The curve is stretched to fill the picture,
    which keeps a straight line straight. Raises ValueError or TypeError when that cannot be drawn.
    """
    x = sampling.inputs(*sampling.pair(x_range, "x_range"))
    if not isinstance(layers, (list, tuple)) or not 2 <= len(layers) <= 10:
        raise ValueError("layers must be a list of 2 to 10 layers, each what the network needs for one.")
    name = getattr(network, "__name__", "network")
    page, row, curve, chord = _draw_stack(x, len(layers))

    def update(depth, activation):
        f = FUNCTIONS[activation]
        y = sampling.evaluate(lambda x: network(x, list(layers[:depth]), f), x, name)
        straight, bend, formula = _straightened(x, y)
        row.light(depth, f)
        for line, values in ((curve, y), (chord, straight)):
            line.set_data(x, (values - y.min()) / np.ptp(y) if np.ptp(y) else np.full(len(x), 0.5))
        state = f"{depth} layer{'s' * (depth > 1)}, activation: {activation}"
        distance = f"farthest from straight: {100 * bend:.1f} % of the height"
        page.write(state=state, bend=distance, formula=formula)
        return f"{state}. {distance}; {formula}."

    slider = number_slider("layers", depth, 1, len(layers), 1, name="depth")
    controls = {"depth": slider, "activation": choice("activation", list(FUNCTIONS), "none")}
    return LiveFigure(page.figure, controls, update)


def _straightened(x, y):
    """Return (heights of the line between the curve's ends, distance from it as a share of the height, formula)."""
    slope = (y[-1] - y[0]) / (x[-1] - x[0])
    straight = y[0] + slope * (x - x[0])
    height = np.ptp(y)
    start = y[0] - slope * x[0]
    bend = np.abs(y - straight).max() / height if height > 1e-12 * np.abs(y).max() else 0.0
    if bend >= 1e-9:
        return straight, bend, "no longer one multiplication and one addition"
    return straight, bend, f"all together: {number(slope, 2)} · x {'−' if start < 0 else '+'} {number(abs(start), 2)}"


def _draw_stack(x, most):
    """Return (page, row of layers, curve, straight line between its ends)."""
    page = Page(380)
    row = Layers(page.panel(6, 54, left=14, width=692, xlim=(0, 692), ylim=(54, 0)), most)
    panel = page.panel(100, 226, left=14, width=692, xlim=(x[0], x[-1]), ylim=(-0.09, 1.09), yticks=[])
    panel.caption("input x", down=42.94)
    chord = panel.line(SOFT, 1.4, linestyle=(0, (4, 3)), zorder=2)
    curve = panel.line(BLUE, zorder=3)
    panel.readout("state", 0, up=10.17, ha="left", color=BLUE, weight="bold")
    panel.readout("bend", up=10.17)
    panel.readout("formula", down=42.94, fontsize=12)
    return page, row, curve, chord


class Layers:
    """A row of boxes, one a layer, of which the first ones are lit, with the curve of the activation after each."""

    def __init__(self, panel, most):
        panel.axes.set_axis_off()
        panel.text("x", 0, 0.5, fontsize=14, va="center")
        self._lefts = 22 + 67.0 * np.arange(most)
        for left in self._lefts:
            look = {"boxstyle": "round,pad=0,rounding_size=5", "facecolor": BLUE, "linewidth": 0, "zorder": 2}
            panel.axes.add_patch(FancyBboxPatch((left, 10), 34, 34, **look))
            middle = {"ha": "center", "va": "center", "transform": panel.data}
            panel.text("× +", left + 17, 27, color="white", zorder=3, **middle)
        self._veil = panel.box(0, 0, 700, 54, "white", alpha=0.82, zorder=4)
        self._bends = panel.line(ORANGE, solid_joinstyle="round", zorder=5)

    def light(self, depth, f):
        """Light the first `depth` layers and draw f after each of them."""
        self._veil.set_x([*self._lefts - 4, 700][depth])
        y = f(np.linspace(-3, 3, 25))
        shape = [*(36 - 18 * (y - y.min()) / np.ptp(y)), np.nan]
        shown = 0 if f is identity else depth
        x = np.add.outer(self._lefts[:shown], [*np.linspace(40, 60, 25), np.nan])
        self._bends.set_data(x.ravel(), np.tile(shape, shown))


# Exercises -----------------------------------------------------------------------------------------------------------

EXERCISES = {
    "weighted sum": NumberTask(
        answer=-1,
        right="1 − 3 + 1 = −1, and this sum is all that the activation function gets to see.",
        mistakes={
            "The bias is missing: add 1 at the end.": -2,
            "That is the unit's output with ReLU; the sum that ReLU receives is asked.": 0,
            "The second weight is −1, with a minus: 3 · (−1) = −3.": 5,
            "The bias is added, not subtracted.": -3,
            "Here everything is added up; first each input is multiplied by its weight.": 5.5,
        },
    ),
    "two layers in one": NumberTask(
        answer=(-6, 9),
        right="−2 · (3x − 2) + 5 = −6x + 9: two layers, one straight line.",
        mistakes={
            "The weight is right. The bias of the first layer passes through the second: it is multiplied too.": (
                -6,
                3,
            ),
            "The weight is right. The first bias does not get lost: the second weight multiplies it.": (-6, 5),
            "The weight is right. The first bias is multiplied by the second weight before 5 is added.": (-6, 7),
            "This is the second layer first; the first layer's result goes into the second.": (-6, 13),
            "The weight is right. −2 · (−2) is +4, since minus times minus is plus.": (-6, 1),
            "The weight is right. The second bias is added, not multiplied: −2 · (−2) + 5.": (-6, -10),
            "Weights and biases were added up; a layer multiplies what it receives by its weight.": (1, 3),
            "The bias is right; 3 · (−2) is negative.": (6, 9),
            "The two numbers stand in the wrong order: weight first, then bias.": (9, -6),
        },
    ),
    "fifty layers": ChoiceTask(
        answer="b",
        right="Fifty multiplications and additions are one multiplication and one addition.",
        reasons={
            "a": "A straight piece begins where a unit bends, and without an activation no unit does.",
            "c": "For a parabola x has to be multiplied by itself; a layer multiplies it by fixed numbers only.",
            "d": "Its product of weights need not be 0: any single weight and bias can be reached.",
        },
    ),
}
