"""layer_gradients: how large ∂L/∂z is in each layer of a network, and what it hands on."""

from functools import lru_cache
from typing import NamedTuple

import ipywidgets
import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.arguments import one_of, whole, yes_or_no
from helpers.figures.controls import choice, lay_out, slider
from helpers.figures.live import LiveFigure
from helpers.figures.parts import keep_apart
from helpers.figures.style import BLUE, DOTTED, PALE, SMALL, VERMILION, number
from helpers.network import Network
from lessons.vanishing_gradient.size_classes import (
    SIZE_CLASSES,
    THRESHOLDS,
    classify,
    power_label,
)

INITIALISATIONS = {"xavier": "Xavier", "he": "He", "gaussian": "N(0, 1)"}
# A button that means None would never look pressed.
NORMALISATIONS = {"none": "no", "batch": "over the batch", "layer": "over the layer"}
EXAMPLES = 256
CLASSES = 10
HEIGHT = 210  # of the upper panel, in pixels
BINS = 26
COUNTED = 8192  # values of a layer at the most: more would not change the picture
WIDEST = 0.86  # of a histogram, where the distance of two layers is 1


class Setup(NamedTuple):
    """What a network is, apart from depth and width; its weights are multiplied by `scale`."""

    activation: str
    initialisation: str
    scale: float
    normalise: str = "none"
    residual: bool = False


class Measured(NamedTuple):
    """What was measured in the hidden layers of a network, the first one first."""

    sizes: np.ndarray  # of ∂L/∂z, root mean squares in parts of what enters at the top
    outputs: list  # arrays of shape (examples, units)


def layer_gradients(
    activation="sigmoid",
    initialisation="xavier",
    *,
    depth=20,
    width=128,
    scale=1.0,
    repairs=False,
    seed=0,
):
    """Return a LiveFigure of a fresh network: in each layer the size of ∂L/∂z, and its outputs.

    Sliders and buttons set the `depth` (1 to 50 hidden layers), the `width` (8 to 128 units), the
    `activation`, the `initialisation` ("xavier", "he" or "gaussian", N(0, 1)) and a factor `scale`
    (0.01 to 10) on all weights; with `repairs` also normalisation and residual connections. Sizes
    are root mean squares in parts of what enters at the top; outputs are shown as histograms; 256
    examples and 10 classes are drawn by `seed`. A grey line shows the network as it was asked for
    at first, at the present depth and width. Raises ValueError or TypeError for values that the
    controls cannot take.
    """
    seed = whole(seed, "seed", 0)
    known = {
        f.name: name
        for name, f in ACTIVATIONS.items()
        if name not in ("softmax", "softplus")
    }
    one_of(activation, "activation", tuple(known.values()))
    one_of(initialisation, "initialisation", tuple(INITIALISATIONS))
    scale = slider(
        "scale", scale, 0.01, 10.0
    ).value  # for what it says about other values
    scales = ipywidgets.FloatLogSlider(
        value=scale, base=10, min=-2, max=1, step=0.05, readout_format=".2f"
    )
    controls = {
        "depth": slider("layers", depth, 1, 50, 1, name="depth"),
        "width": slider("units a layer", width, 8, 128, 8, name="width"),
        "activation": choice("activation", known, activation),
        "initialisation": choice("weights", by_label(INITIALISATIONS), initialisation),
        "scale": lay_out(scales, "weights times"),
    }
    if yes_or_no(repairs, "repairs"):
        controls["normalise"] = choice("normalise", by_label(NORMALISATIONS))
        controls["residual"] = choice("residual", {"no": False, "yes": True})
    first = Setup(activation, initialisation, scale)

    def draw(page, depth, width, **values):
        setup = Setup(**values)
        sizes, outputs = measure(seed, depth, width, setup)
        grey = sizes if setup == first else approximate_sizes(seed, depth, width, first)
        axis = {"x": (0.4, depth + 0.6), "whole_x": True}
        upper_words = draw_sizes(page, axis, sizes, grey, first)
        lower_words = draw_outputs(page, axis, outputs, output_limits(setup))
        return (
            f"{describe(depth, width, setup)}. "
            f"Size of ∂L/∂z in parts of what enters at the top: {upper_words}. "
            f"Outputs: {lower_words}."
        )

    choices = {"activation": None, "initialisation": None}
    recorded = [
        {**choices, "depth": 7},
        {**choices, "scale": 7},
        {"activation": None, "width": 6},
    ]
    if repairs:
        choices |= {"normalise": None, "residual": None}
        recorded = [choices, {"depth": 7, "activation": None, "residual": None}]
    return LiveFigure(draw, controls, height=474, recorded=recorded)


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


def measure(seed, depth, width, setup, examples=EXAMPLES):
    """Return the Measured of a fresh network; numbers that outgrow float64 raise ValueError."""
    variance = {"xavier": 1 / width, "he": 2 / width, "gaussian": 1}[
        setup.initialisation
    ]
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((examples, width))
    y = rng.integers(0, CLASSES, examples)
    net = Network(
        [width] * (depth + 1) + [CLASSES],
        setup.activation,
        "gaussian",
        seed,
        scale=setup.scale * variance**0.5,
        normalise=None if setup.normalise == "none" else setup.normalise,
        residual=setup.residual,
    )
    try:
        sizes, activity = net.layer_gradients_and_activity(x, y, relative=True)
    except OverflowError as error:
        raise ValueError(str(error)) from error
    return Measured(sizes, activity.a[1:])


@lru_cache
def approximate_sizes(seed, depth, width, setup):
    """Return the sizes measured with an eighth of the examples: the same line in much less time."""
    return measure(seed, depth, width, setup, EXAMPLES // 8).sizes


# The sizes of the gradients


def draw_sizes(page, axis, sizes, grey, first):
    """Draw the sizes, and grey those of the `first` setup, and return them in words."""
    depth = len(sizes)
    layers = np.arange(1, depth + 1)
    powers = powers_of_ten(sizes)
    grey_powers = powers_of_ten(grey)
    panel = page.panel(
        36,
        HEIGHT,
        58,
        566,
        y=power_limits(np.concatenate([powers, grey_powers])),
        xlabels=False,
        yformat=power_label,
        whole_y=True,
        **axis,
    )
    panel.title("size of ∂L/∂z in each layer", VERMILION)
    labels = (
        f"{ACTIVATIONS[first.activation].name}, {INITIALISATIONS[first.initialisation]}"
    )
    panel.text(f"grey: {labels}", 0.01, 0.03, **SMALL)
    for threshold in THRESHOLDS:
        panel.hline(np.log10(threshold), **DOTTED)
    label_size_classes(panel)
    panel.line(layers, grey_powers, PALE, gid="grey")
    panel.line(layers, powers, VERMILION, 1.6, gid="sizes")
    classes = [classify(size) for size in sizes]
    for each in SIZE_CLASSES:
        mine = [size_class is each for size_class in classes]
        look = {"marker": each.marker, "gid": each.word}
        panel.dots(layers[mine], powers[mine], each.colour, 7.5, 0.8, **look)
    word = classes[0].word
    first_layer = f"layer 1: {number(sizes[0])} of the top, {word}"
    panel.readout("first", first_layer, 1.13, color=classes[0].ink)
    places = sorted({depth, depth // 2 + 1, 1}, reverse=True)
    some = [f"{number(sizes[place - 1])} in layer {place}" for place in places]
    return f"{', '.join(some)}: {word}"


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


def label_size_classes(panel):
    """Write the words of the size classes beside the panel, each in the middle of its sizes."""
    low, high = panel.y
    edges = np.array([low, *np.log10(THRESHOLDS), high])
    middles = (edges[1:] + edges[:-1]) / 2
    places = HEIGHT * (middles - low) / (high - low)
    places = keep_apart(places, 16, 8, HEIGHT - 8) / HEIGHT
    for each, place in zip(SIZE_CLASSES, places, strict=True):
        panel.text(each.word, 1.012, place, color=each.ink, va="center_baseline")


# The outputs


def output_limits(setup):
    """Return the limits of the outputs that are shown: those of the function, within −4 and 4."""
    low, high = ACTIVATIONS[setup.activation].range
    if setup.residual:
        return -4, 4
    return max(low, -4), min(high, 4)


def draw_outputs(page, axis, outputs, limits):
    """Draw histograms of the outputs within the limits, and return the outer ones' std in words."""
    low, high = limits
    margin = 0.05 * (high - low)
    panel = page.panel(298, 130, 58, 566, y=(low - margin, high + margin), **axis)
    panel.title("what each layer hands on", BLUE)
    panel.text("layer, from the input to the output", 0, down=40)
    panel.area(outlines(outputs, low, high), BLUE, 0.75, closed=False, gid="outputs")
    depth = len(outputs)
    stds = f"spread {number(outputs[0].std(), 3)} in layer 1"
    if depth > 1:
        stds += f", {number(outputs[-1].std(), 3)} in layer {depth}"
    note = left_out(outputs[-1], low, high)
    if note:
        note = f"layer {depth}: {note}"
    panel.readout("spread", stds, 1.13, fontsize=12)
    panel.readout("note", note, 1.13, down=40, fontsize=11)
    return f"{stds}; {note}" if note else stds


def left_out(outputs, low, high):
    """Return in words how many of a layer's outputs the histogram leaves out."""
    shares = {
        "exactly 0": np.mean(outputs == 0),
        "beyond the picture": np.mean((outputs < low) | (outputs > high)),
    }
    notes = [
        f"{100 * share:.0f} % {words}"
        for words, share in shares.items()
        if share > 0.005
    ]
    return ", ".join(notes)


def outlines(layers, low, high):
    """Return the corners of histograms, one a layer, that stand up side by side.

    So do Glorot & Bengio (2010). Shown are the values between low and high; what is exactly 0 is
    left out. Each starts and ends at its foot, so that all are one polygon.
    """
    edges = np.linspace(low, high, BINS + 1)
    heights = [low, *(edges[1:] + edges[:-1]) / 2, high, low]
    widths = [[0, *WIDEST * histogram(values, low, high), 0, 0] for values in layers]
    left = np.arange(1, len(layers) + 1) - WIDEST / 2
    x = np.add(left[:, None], widths)
    return np.column_stack([x.ravel(), np.tile(heights, len(layers))])


def histogram(values, low, high):
    """Return how full each bin from low to high is, in parts of the fullest one, or all 0."""
    values = values.ravel()[:COUNTED]
    values = values[(values != 0) & (values >= low) & (values <= high)]
    bins = ((values - low) * (BINS / (high - low))).astype(int)
    # Several times faster than np.histogram, which looks for rounding at the edges of the bins.
    counts = np.bincount(np.minimum(bins, BINS - 1), minlength=BINS)
    return counts / max(1, counts.max())
