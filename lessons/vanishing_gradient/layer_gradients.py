"""layer_gradients: ∂L/∂z in each layer of a fresh network, and the signal that is left there."""

from functools import lru_cache
from typing import NamedTuple

import ipywidgets
import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.arguments import as_array, short_repr, yes_or_no
from helpers.figures.controls import choice, lay_out, slider
from helpers.figures.live import LiveFigure
from helpers.figures.parts import keep_apart
from helpers.figures.style import BLUE, DOTTED, PALE, VERMILION, number
from helpers.network import Network
from lessons.vanishing_gradient.common import HIDDEN
from lessons.vanishing_gradient.size_classes import (
    SIZE_CLASSES,
    THRESHOLDS,
    classify,
    power_label,
    size_in_words,
)

INITIALISATIONS = {"xavier": "Xavier", "he": "He", "gaussian": "N(0, 1)"}
# A button that means None would never look pressed.
NORMALISATIONS = {"none": "no", "batch": "over the batch", "layer": "over the layer"}
EXAMPLES = 256
CLASSES = 10


class Setup(NamedTuple):
    """What a network is, apart from depth and width; its weights are multiplied by `scale`."""

    activation: str
    initialisation: str
    scale: float = 1.0
    normalise: str = "none"
    residual: bool = False


class Measured(NamedTuple):
    """What was measured in the hidden layers of a network, the first one first."""

    sizes: np.ndarray  # of ∂L/∂z, root mean squares in parts of what enters at the top
    spreads: np.ndarray  # of the units' outputs over the examples, root mean squares
    zeros: np.ndarray  # shares of the outputs that are exactly 0


def layer_gradients(
    activation="sigmoid",
    initialisation="xavier",
    *,
    depth=20,
    width=128,
    repairs=False,
    data=None,
):
    """Return a LiveFigure of a fresh network: in each layer the size of ∂L/∂z, and the signal.

    Sliders and buttons set the `depth` (1 to 50 hidden layers), the `width` (8 to 128 units), the
    `activation`, the `initialisation` ("xavier", "he" or "gaussian", N(0, 1)) and a factor on all
    weights; with `repairs` also normalisation and residual connections. Sizes are root mean squares
    in parts of what enters at the top. The signal is the standard deviation of a unit's output over
    the examples, as root mean square over the units. The examples are the first 256 of `data`, a
    pair like `digits()[0]`: x of shape (examples, inputs), and labels from 0 to 9; without it they
    are drawn from N(0, 1), with as many inputs as units. A broad grey line shows the network as it
    was asked for at first, at the present depth and width. Raises ValueError or TypeError for
    values that the controls or Network cannot take.
    """
    if data is not None:
        data = check_data(data)
    known = {f.name: f.identifier for f in HIDDEN}
    weights = by_label(INITIALISATIONS)
    scales = ipywidgets.FloatLogSlider(
        value=1.0, base=10, min=-2, max=1, step=0.05, readout_format=".2f"
    )
    controls = {
        "depth": slider("layers", depth, 1, 50, 1, name="depth"),
        "width": slider("units a layer", width, 8, 128, 8, name="width"),
        "activation": choice("activation", known, activation),
        "initialisation": choice(
            "weights", weights, initialisation, name="initialisation"
        ),
        "scale": lay_out(scales, "weights times"),
    }
    if yes_or_no(repairs, "repairs"):
        controls["normalise"] = choice("normalise", by_label(NORMALISATIONS))
        controls["residual"] = choice("residual", {"no": False, "yes": True})
    first = Setup(controls["activation"].value, controls["initialisation"].value)
    grey_name = (
        f"{ACTIVATIONS[first.activation].name}, "
        f"{INITIALISATIONS[first.initialisation]} weights"
    )

    @lru_cache
    def measure_first(depth, width):
        """Return about what `measure` does, from an eighth of the examples, in much less time."""
        return measure(data, depth, width, first, EXAMPLES // 8)

    def draw(page, depth, width, **values):
        setup = Setup(**values)
        measured = measure(data, depth, width, setup)
        grey = measured if setup == first else measure_first(depth, width)
        axis = {"x": (0.4, depth + 0.6), "whole_x": True}
        places = sorted({1, depth // 2 + 1, depth})

        upper = draw_lines(
            page, (36, 186), axis, measured.sizes, grey.sizes, VERMILION, "sizes"
        )
        upper.title("size of ∂L/∂z in each layer", VERMILION)
        tell(upper, "first", measured.sizes, 1, " of what enters")

        lower = draw_lines(
            page, (278, 150), axis, measured.spreads, grey.spreads, BLUE, "spreads"
        )
        lower.title("spread of the outputs over the examples", BLUE)
        lower.caption("layer, from the input to the output", 40)
        lower.readout(
            "grey", f"grey: {grey_name}", -0.08, ha="left", down=40, fontsize=11
        )
        tell(lower, "spread", measured.spreads, depth)
        zeros = measured.zeros[-1]
        note = f"layer {depth}: {100 * zeros:.0f} % exactly 0" if zeros > 0.005 else ""
        lower.readout("note", note, 1.13, down=40, fontsize=11)
        note = f"; {note}" if note else ""
        return (
            f"{describe(depth, width, setup)}. Size of ∂L/∂z in parts of what enters at the top: "
            f"{some_of(measured.sizes, places[::-1])}. "
            f"Spread of the outputs over the examples: {some_of(measured.spreads, places)}{note}."
        )

    choices = {"activation": None, "initialisation": None}
    recorded = [
        {**choices, "depth": 5},
        {**choices, "scale": 5},
        {"activation": None, "width": 6},
    ]
    if repairs:
        choices |= {"normalise": None, "residual": None}
        recorded = [choices, {"depth": 4, "activation": None, "residual": None}]
    return LiveFigure(draw, controls, height=474, recorded=recorded)


def check_data(data):
    """Return x and labels of the data as arrays, or raise ValueError or TypeError."""
    example = "data=helpers.digits()[0]"
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        raise TypeError(
            f"data must be a pair (x, labels), not {short_repr(data)}; try {example}."
        )
    x, labels = data
    x = as_array(x, "the x of data", ("examples", "inputs"), example=example)
    options = {"low": 0, "high": CLASSES - 1, "integers": True, "example": example}
    labels = as_array(labels, "the labels of data", (len(x),), **options)
    return x, labels


def by_label(labels):
    """Return the options of a choice from the labels of its values."""
    return {label: value for value, label in labels.items()}


def describe(depth, width, setup):
    """Return a network in words."""
    layers = "1 layer" if depth == 1 else f"{depth} layers"
    words = f"{layers} of {width} {ACTIVATIONS[setup.activation].name} units"
    words += f", {INITIALISATIONS[setup.initialisation]} times {number(setup.scale, 2)}"
    if setup.normalise != "none":
        words += f", normalised {NORMALISATIONS[setup.normalise]}"
    if setup.residual:
        words += ", with residual connections"
    return words


# What is measured


def measure(data, depth, width, setup, examples=EXAMPLES):
    """Return the Measured of a fresh network; numbers that outgrow float64 raise ValueError."""
    if data is None:
        rng = np.random.default_rng(seed=0)
        x = rng.standard_normal((examples, width))
        y = rng.integers(0, CLASSES, examples)
    else:
        x, y = (part[:examples] for part in data)
    net = Network(
        [np.shape(x)[1]] + [width] * depth + [CLASSES],
        setup.activation,
        setup.initialisation,
        normalise=None if setup.normalise == "none" else setup.normalise,
        residual=setup.residual,
    )
    net.W = [setup.scale * W for W in net.W]
    try:
        sizes, activity = net.layer_gradients_and_activity(x, y, relative=True)
    except OverflowError as error:
        raise ValueError(str(error)) from error
    outputs = np.array(activity.a[1:])
    spreads = np.sqrt(outputs.var(axis=1).mean(axis=1))
    zeros = np.mean(outputs == 0, axis=(1, 2))
    return Measured(sizes, spreads, zeros)


# What is drawn


def draw_lines(page, place, axis, sizes, grey, colour, gid):
    """Return a panel of sizes, one a layer, as powers of ten, with the grey ones behind them.

    `place` is the panel's top and height. Its marks are called `gid`, and "gid word" for the dots
    of each size class.
    """
    top, height = place
    layers = np.arange(1, len(sizes) + 1)
    powers = powers_of_ten(sizes)
    grey_powers = powers_of_ten(grey)
    limits = power_limits(np.concatenate([powers, grey_powers]))
    look = {"y": limits, "yformat": power_label, "whole_y": True}
    panel = page.panel(top, height, 58, 566, **look, **axis)
    for threshold in THRESHOLDS:
        panel.hline(np.log10(threshold), **DOTTED)
    label_size_classes(panel, height)
    panel.line(layers, grey_powers, PALE, 5, gid=f"{gid} grey")
    panel.line(layers, powers, colour, 1.6, gid=gid)
    classes = [classify(size) for size in sizes]
    for each in SIZE_CLASSES:
        mine = [size_class is each for size_class in classes]
        look = {"marker": each.marker, "gid": f"{gid} {each.word}"}
        panel.dots(layers[mine], powers[mine], each.colour, 7.5, 0.8, **look)
    return panel


def tell(panel, name, sizes, layer, unit=""):
    """Write the size in one layer, and its class, above the panel."""
    size = sizes[layer - 1]
    size_class = classify(size)
    words = f"layer {layer}: {size_in_words(size)}{unit}, {size_class.word}"
    panel.readout(name, words, 1.13, color=size_class.ink)


def some_of(sizes, places):
    """Return the sizes in the layers of these numbers, and the class of the last, in words."""
    some = [f"{size_in_words(sizes[place - 1])} in layer {place}" for place in places]
    return f"{', '.join(some)}: {classify(sizes[places[-1] - 1]).word}"


def powers_of_ten(sizes):
    """Return the logarithms of sizes; 0, which has none, stands below all others."""
    return np.log10(np.maximum(sizes, 1e-320))


def power_limits(powers):
    """Return the axis limits: at multiples of 15, so that they stand still most of the time."""
    low = -15 * np.ceil(max(15, -powers.min()) / 15)
    high = 5
    if powers.max() > 5:
        high = 15 * np.ceil(powers.max() / 15)
    return low - 0.5, high + 0.5


def label_size_classes(panel, height):
    """Write the words of the size classes beside the panel, each in the middle of its sizes."""
    low, high = panel.y
    edges = np.array([low, *np.log10(THRESHOLDS), high])
    middles = (edges[1:] + edges[:-1]) / 2
    places = height * (middles - low) / (high - low)
    places = keep_apart(places, 16, 8, height - 8) / height
    for each, place in zip(SIZE_CLASSES, places, strict=True):
        panel.text(each.word, 1.012, place, color=each.ink, va="center_baseline")
