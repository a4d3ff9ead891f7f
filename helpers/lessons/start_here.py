"""The room of 00_start_here: one unit, layers upon layers, three units that match a target, and the exercises."""

import ipywidgets
import numpy as np
from matplotlib.patches import FancyBboxPatch

from helpers.activations import identity, leaky_relu, relu, sigmoid, tanh
from helpers.arguments import as_floats, pair
from helpers.exercises import ChoiceTask, NumberTask
from helpers.figures import Page, sampling
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.marks import SumPicture, Threads
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SOFT, ink, number, own_settings

__all__ = ["stack", "three_units", "unit"]

FUNCTIONS = {"none": identity, "sigmoid": sigmoid, "tanh": tanh, "ReLU": relu, "leaky ReLU": leaky_relu}

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
    panel = page.panel(38, 254, left=212, width=492, x=(-REACH, REACH), y=(0, 2), yticks=[])
    threads = Threads(panel, len(STARTS), rulers=3, clip_on=False)
    for height, name, colour in ((2, "input", INK), (1, "weighted sum", INK), (0, "output", BLUE)):
        panel.text(name, LEFT, height + 0.01, weight="bold", fontsize=13, color=colour, transform=panel.data)
        look = {"ha": "left", "fontsize": 12, "transform": panel.data}
        panel.readout(name.replace(" ", "-"), LEFT, height - 0.13, **look)
    return page, threads


@own_settings()
def stack(network, layers, *, depth=1, x_range=(-3, 3)):
    """Return a LiveFigure of the output of a network against its input, with a slider for the number of layers.

    `network(x, layers, f)` returns one number for each input of the array x of shape (points,), from the first of the
    `layers` (a list of 2 to 10) and the activation f that buttons choose. The curve is stretched to fill the picture,
    which keeps a straight line straight. Raises ValueError or TypeError when that cannot be drawn.
    """
    x = sampling.inputs(*pair(x_range, "x_range"))
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
    row = Layers(page.panel(6, 54, left=14, width=692, x=(0, 692), y=(54, 0)), most)
    panel = page.panel(100, 226, left=14, width=692, x=(x[0], x[-1]), y=(-0.09, 1.09), yticks=[])
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


UNITS = {1: GREEN, 2: ORANGE, 3: PURPLE}  # of three_units
STEEPEST = 4.0  # of their weights, up or down


@own_settings()
def three_units(corners, *, weights=(0.5, -0.5, 0.5), biases=None):
    """Return a LiveFigure of a sum of weight · ReLU(x + bias), three times, on a target, with six sliders.

    `corners` are the target's points (x, height) from left to right, joined by straight lines: three at most between
    the first and the last; the first two have the height 0, so that three units can match it exactly. `weights` and
    `biases` are where the sliders stand at first; without biases the units bend in the middle third. A button shows one
    answer and takes it back again. Raises ValueError or TypeError for a target that three units within the sliders'
    reach cannot match.
    """
    points = _corners(corners)
    answer = _answer(points)
    picture, kinks = _draw_three(points)
    target = np.interp(picture.x, *points.T)
    picture.hold([*target, -0.5 * np.ptp(target)], _contributions(picture.x, answer))
    sliders = _six_sliders(weights, biases, points[0, 0], points[-1, 0])
    button = ipywidgets.ToggleButton(description="show one answer", layout={"width": "160px"})
    kept = {}

    def update(show_answer, **values):
        if show_answer != bool(kept):
            values = _swap(sliders, answer, kept)
        errors = picture.show(target, _contributions(picture.x, values), list(UNITS.values()))
        for i, kink in kinks.items():
            kink.set_data([-values[f"bias_{i}"]], [0])
        exact = errors.max() < 1e-9
        words = picture.read_out("exactly on the target" if exact else f"average error: {number(errors.mean())}")
        return f"The sum of {', '.join(_formula(values, i) for i in UNITS)}: {words}."

    rows = [_row(sliders, i) for i in UNITS]
    return LiveFigure(picture.page.figure, {**sliders, "show_answer": button}, update, [*rows, button])


def _corners(corners):
    """Return the corners as an array (points, 2), or raise ValueError or TypeError."""
    points = as_floats(corners, "corners")
    if points.ndim != 2 or points.shape[1] != 2 or not 3 <= len(points) <= 5 or not np.isfinite(points).all():
        raise ValueError("corners must be 3 to 5 points (x, height), such as [(-3, 0), (-2, 0), (0, 2), (3, 2)].")
    if (np.diff(points[:, 0]) <= 0).any() or points[0, 1] != 0 or points[1, 1] != 0:
        raise ValueError("corners must go from left to right, and the first two must have the height 0.")
    return points


def _answer(points):
    """Return the sliders' values that match the points, or raise ValueError when they are out of reach."""
    places, heights = points.T
    bends = np.diff(np.diff(heights) / np.diff(places))  # of the slope, at all points but the first and the last
    if np.abs(bends).max() > STEEPEST:
        raise ValueError(f"A target with bends of at most {STEEPEST:g} is needed; make it less steep.")
    spare = len(UNITS) - len(bends)
    return _named([*bends, *[0.0] * spare], [*-places[1:-1], *[-places[0]] * spare])


def _named(weights, biases):
    """Return the values of the six sliders by their names."""
    named = {f"weight_{i}": float(weight) for i, weight in zip(UNITS, weights, strict=True)}
    return named | {f"bias_{i}": float(bias) for i, bias in zip(UNITS, biases, strict=True)}


def _contributions(x, values):
    """Return what the units add at x, shape (3, points)."""
    return np.array([values[f"weight_{i}"] * relu(x + values[f"bias_{i}"]) for i in UNITS])


def _formula(values, i):
    bias = values[f"bias_{i}"]
    return f"{number(values[f'weight_{i}'], 1)} · ReLU(x {'−' if bias < 0 else '+'} {abs(bias):.1f})"


def _swap(sliders, answer, kept):
    """Move the sliders to the answer and keep where they stood, or move them back; return their new values."""
    new = dict(kept) or answer
    if kept:
        kept.clear()
    else:
        kept.update((name, slider.value) for name, slider in sliders.items())
    for name, value in new.items():
        sliders[name].value = value
    return new


def _draw_three(points):
    """Return (picture of the sum, a dot for each unit, to stand where it bends)."""
    ends = points[0, 0], points[-1, 0]
    picture = SumPicture(*ends, len(UNITS), "sum of three ReLU units", "what each unit adds", heights=(190, 120))
    for i, colour in UNITS.items():
        picture.lower.text(f"unit {i}", 0.7 + 0.1 * i, up=10, color=ink(colour), ha="right", weight="bold")
    return picture, {i: picture.lower.dots(colour, 8, 1, zorder=5) for i, colour in UNITS.items()}


def _six_sliders(weights, biases, left, right):
    """Return the six sliders by name; a bias reaches so far that its unit bends inside the picture."""
    if biases is None:
        biases = [round(-(left + share * (right - left)), 1) + 0.0 for share in (1 / 3, 1 / 2, 2 / 3)]
    if not len(weights) == len(biases) == len(UNITS):
        raise ValueError(
            f"There are three units: three weights and three biases are needed, not {weights} and {biases}."
        )
    sliders = {}
    for i, weight, bias in zip(UNITS, weights, biases, strict=True):
        sliders[f"weight_{i}"] = number_slider(f"weight {i}", weight, -STEEPEST, STEEPEST, 0.1)
        sliders[f"bias_{i}"] = number_slider(f"bias {i}", bias, -right, -left, 0.1)
    for slider in sliders.values():
        slider.style.description_width = "58px"
    return sliders


def _row(sliders, i):
    """Return unit i's name and its sliders, side by side."""
    name = f'<strong style="color:{ink(UNITS[i])}">unit {i}</strong>'
    label = ipywidgets.HTML(name, layout={"width": "56px", "flex": "none"})
    return ipywidgets.HBox([label, sliders[f"weight_{i}"], sliders[f"bias_{i}"]])


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
