"""The room of 00_start_here: one unit, layers upon layers, three units that match a target, and the exercises."""

import ipywidgets
import numpy as np

from helpers.activations import identity, leaky_relu, relu, sigmoid, tanh
from helpers.arguments import as_array, name_of, one_of, pair
from helpers.exercises import ChoiceTask, NumberTask
from helpers.figures import Page, sampling
from helpers.figures.controls import in_a_row, number_slider
from helpers.figures.marks import SumPicture, Threads
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SOFT, ink, number, own_settings

__all__ = ["stack", "three_units", "unit"]

FUNCTIONS = {"none": identity, "sigmoid": sigmoid, "tanh": tanh, "ReLU": relu, "leaky ReLU": leaky_relu}

STARTS = np.linspace(-3, 3, 25)


@own_settings()
def unit(*, x=-1.0, weight=1.5, bias=0.5, activation="ReLU"):
    """Return a LiveFigure of one unit: inputs go by threads to their weighted sums, and these to the outputs.

    Sliders set the input, the weight and the bias, buttons the `activation`. Raises ValueError or TypeError for others.
    """
    one_of(activation, "activation", FUNCTIONS)
    page = Page(330)
    threads = _three_rulers(page)
    page.slider("x", "input x", x, -3, 3, 0.1)
    page.slider("weight", "weight", weight, -2, 2, 0.1)
    page.slider("bias", "bias", bias, -2, 2, 0.1)
    page.choice("activation", "activation", list(FUNCTIONS), activation)

    def update(x, weight, bias, activation):
        inputs = np.append(STARTS, x)
        sums = weight * inputs + bias
        outputs = FUNCTIONS[activation](sums)
        threads.move(inputs, sums, outputs)
        x, z, output = number(x, 1), _fixed(sums[-1]), _fixed(outputs[-1])
        times = f"({x})" if x.startswith("−") else x
        given, summed = f"x = {x}", f"{number(weight, 1)} · {times} {_plus(bias)} = {z}"
        result = output if activation == "none" else f"{activation}({z}) = {output}"
        page.write({"input": given, "weighted-sum": summed, "output": result})
        return f"One unit. Input: {given}. Weighted sum: {summed}. Output, activation {activation}: {result}."

    return page.live(update)


def _three_rulers(page):
    """Draw three rulers with their names and readouts at the left, and return the threads between them."""
    panel = page.panel(38, 254, left=212, width=492, x=(-8.2, 8.2), y=(0, 2), yticks=[])  # as far as a sum can go
    page.drag(panel, "x")
    left = -0.415
    for height, name, colour in ((1, "input", INK), (0.5, "weighted sum", INK), (0, "output", BLUE)):
        panel.text(name, left, height, weight="bold", fontsize=13, color=colour)
        panel.readout(name.replace(" ", "-"), left, height - 0.07, ha="left", fontsize=12)
    return Threads(panel, len(STARTS), rulers=3, clip_on=False)


def _fixed(value):
    """Return `value` with two digits and no powers of ten: on the first page of all a small number is 0.00."""
    return number(round(value, 2), 2)


def _plus(value, digits=1):
    """Return `value` as the last part of a sum: + 0.5 or − 0.5."""
    return f"{'−' if value < 0 else '+'} {number(abs(value), digits)}"


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
    name = name_of(network, "stack(network, layers)")
    page = Page(380)
    light, show = _row_of_layers(page, len(layers)), _curve_and_chord(page, x)
    page.slider("depth", "layers", depth, 1, len(layers), 1)
    page.choice("activation", "activation", list(FUNCTIONS))

    def update(depth, activation):
        f = FUNCTIONS[activation]
        y = sampling.evaluate(lambda x: network(x, list(layers[:depth]), f), x, name)
        light(depth, f)
        state = f"{depth} layer{'s' * (depth > 1)}, activation: {activation}"
        said = page.write(show(y), state=state)
        return f"{state}. {said['bend']}; {said['formula']}."

    return page.live(update)


def _row_of_layers(page, most):
    """Draw a box for each layer; return a function that lights the first ones."""
    panel = page.panel(6, 54, left=14, width=692, x=(0, 692), y=(54, 0))
    panel.axes.set_axis_off()
    panel.text("x", 0, 0.5, fontsize=14, va="center")
    lefts = 22 + 67 * np.arange(most)
    for left in lefts:  # the edge, 10 pixels wide, makes the corners round
        panel.box(left + 5, 15, 24, 24, BLUE, edgecolor=BLUE, linewidth=10, joinstyle="round", animated=False)
        panel.label("× +", left + 17, 27, color="white", animated=False)
    veil = panel.box(0, 0, 700, 54, "white", alpha=0.82, zorder=4)
    bends = panel.line(ORANGE, solid_joinstyle="round")

    def light(depth, f):
        """Light the first `depth` layers and draw f after each of them."""
        veil.set_x(18 + 67 * depth)
        shown = 0 if f is identity else depth
        x = np.add.outer(lefts[:shown], [*np.linspace(40, 60, len(STARTS)), np.nan])
        bends.move(x.ravel(), shown * [*36 - 18 * _stretched(f(STARTS)), np.nan])

    return light


def _curve_and_chord(page, x):
    """Draw the lower panel; return a function that shows the network's outputs y and how straight they lie."""
    panel = page.panel(100, 226, left=14, width=692, x=(x[0], x[-1]), y=(-0.09, 1.09), yticks=[])
    panel.caption("input x")
    chord = panel.line(SOFT, 1.4, linestyle=(0, (4, 3)), zorder=2)
    curve = panel.line(BLUE)
    panel.readout("state", 0, ha="left", color=BLUE, weight="bold")
    panel.readout("bend")
    panel.readout("formula", down=38, fontsize=12)

    def show(y):
        """Draw the curve with the straight line between its ends; return the readouts."""
        heights = _stretched(y)
        straight = np.interp(x, x[[0, -1]], heights[[0, -1]])
        curve.move(x, heights)
        chord.move(x, straight)
        bend = np.abs(heights - straight).max()
        slope = (y[-1] - y[0]) / (x[-1] - x[0])
        line = f"all together: {number(slope, 2)} · x {_plus(y[0] - slope * x[0], 2)}"
        formula = line if bend < 1e-9 else "no longer one multiplication and one addition"
        return {"bend": f"farthest from straight: {100 * bend:.1f} % of the height", "formula": formula}

    return show


def _stretched(y):
    """Return y stretched to reach from 0 to 1; what differs by no more than rounding lies level at 0.5."""
    height = np.ptp(y)
    return (y - y.min()) / height if height > 1e-12 * np.abs(y).max() else np.full_like(y, 0.5)


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
    places, heights = _corners(corners)
    answer = _answer(places, heights)
    page, show = _sum_of_three(places, heights, answer)
    rows = _six_sliders(page, weights, biases, -places[-1], -places[0])
    sliders = list(page.controls.values())
    page.grab(page.panels[1], lambda x, y: _grabbed(np.reshape([s.value for s in sliders], (3, 2)), x, y))
    button = ipywidgets.ToggleButton(description="show one answer", layout={"width": "160px"})
    page.controls["show_answer"] = button
    kept = None  # where the sliders stood before the answer was shown

    def update(show_answer, **values):
        nonlocal kept
        units = np.reshape(list(values.values()), (3, 2))
        if show_answer != (kept is not None):
            units, kept = (answer, units) if show_answer else (kept, None)
            for slider, value in zip(sliders, units.ravel(), strict=True):
                slider.value = value
        return show(units)

    return page.live(update, [*rows, button])


def _grabbed(units, x, y):
    """Return what moves the unit, a row (weight, bias), that bends or passes near (x, y), or None if all are far."""
    weights, biases = units.T
    kinks = np.abs(x + biases)
    lines = np.where(x + biases > 0.2, np.abs(weights * relu(x + biases) - y), np.inf)
    if abs(y) < 0.3 and kinks.min() < 0.3:
        i = kinks.argmin() + 1
        return lambda x, y: {f"bias_{i}": -x}
    if lines.min() > 0.5:
        return None
    i = lines.argmin()
    return lambda x, y: {f"weight_{i + 1}": y / max(x + biases[i], 0.2)}


def _corners(corners):
    """Return (places, heights) of the corners, or raise ValueError or TypeError."""
    example = "corners=[(-3, 0), (-2, 0), (0, 2), (3, 2)]"
    points = as_array(corners, "corners", (("points", 3, 5), 2), example=example)
    places, heights = points.T
    if (np.diff(places) <= 0).any() or heights[:2].any():
        raise ValueError("corners must go from left to right, and the first two must have the height 0.")
    return places, heights


def _answer(places, heights):
    """Return the three units, rows (weight, bias), that match the corners; raise ValueError when out of reach."""
    bends = np.diff(np.diff(heights) / np.diff(places))  # of the slope, at all corners but the first and the last
    if np.abs(bends).max() > STEEPEST:
        raise ValueError(f"A target with bends of at most {STEEPEST:g} is needed; make it less steep.")
    units = np.tile([0.0, -places[0]], (3, 1))  # a unit to spare adds nothing
    units[: len(bends)] = np.column_stack([bends, -places[1:-1]])
    return units


def _sum_of_three(places, heights, answer):
    """Return (page, a function that draws the sum of three units, rows (weight, bias), and returns it in words)."""
    picture = SumPicture(*places[[0, -1]], 3, "sum of three ReLU units", "what each unit adds", heights=(190, 120))
    for i, colour in UNITS.items():
        picture.lower.text(f"unit {i}", 0.7 + 0.1 * i, up=10, color=ink(colour), ha="right", weight="bold")
    kinks = [picture.lower.dots(colour, 8, 1) for colour in UNITS.values()]
    target = np.interp(picture.x, places, heights)

    def added(units):
        weights, biases = np.hsplit(units, 2)
        return weights * relu(picture.x + biases)

    def show(units):
        errors = picture.show(target, added(units), UNITS.values())
        for kink, (_, bias) in zip(kinks, units, strict=True):
            kink.move(-bias, 0)
        exact = errors.max() < 1e-9
        words = picture.read_out("exactly on the target" if exact else f"average error: {number(errors.mean())}")
        terms = [f"{number(weight, 1)} · ReLU(x {_plus(bias)})" for weight, bias in units]
        return f"The sum of {', '.join(terms)}: {words}."

    picture.hold([*heights, -0.5 * np.ptp(heights)], added(answer))
    return picture.page, show


def _six_sliders(page, weights, biases, low, high):
    """Add the sliders; return a row for each unit, its name and sliders. Its bias bends it inside the picture."""
    if biases is None:
        biases = (np.linspace(high, low, 7)[2:5].round(1) + 0.0).tolist()  # + 0.0 turns −0.0 into 0.0
    weights = as_array(weights, "weights", (3,), example="weights=(0.5, -0.5, 0.5)")
    biases = as_array(biases, "biases", (3,), example="biases=(1, 0, -1)")
    rows = []
    for (i, colour), weight, bias in zip(UNITS.items(), weights.tolist(), biases.tolist(), strict=True):
        name = f'<strong style="color:{ink(colour)}">unit {i}</strong>'
        row = []
        for what, value, ends in (("weight", weight, (-STEEPEST, STEEPEST)), ("bias", bias, (low, high))):
            slider = page.controls[f"{what}_{i}"] = number_slider(f"{what} {i}", value, *ends, 0.1)
            slider.style.description_width = "58px"
            row.append(slider)
        words = ipywidgets.HTML(name, layout={"width": "56px", "flex": "none"})
        sliders = in_a_row(row, 230)
        sliders.layout.flex = "1"
        rows.append(ipywidgets.HBox([words, sliders]))
    return rows


EXERCISES = {
    "weighted sum": NumberTask(
        answer=-1,
        right="1 − 3 + 1 = −1, and this sum is all that goes into the activation function.",
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
