"""two_ways: a small change of the input in two layers of two units, where its paths meet again."""

import numpy as np

from helpers.arguments import as_array
from helpers.figures.diagram import diagram, draw_weights, layer_places
from helpers.figures.live import LiveFigure
from helpers.figures.style import SMALL, SOFT, VERMILION
from lessons.start_here.common import FUNCTIONS
from lessons.start_here.signals import (
    LARGEST_WEIGHT,
    NUDGE,
    draw_sentences,
    draw_units,
    equals,
    in_a_product,
    pass_on,
    product_in_words,
    rounded,
    signal_controls,
    signed,
    slope_in_words,
    three_digits,
)

STOPS = ("input", "layer 1", "layer 2")
HEIGHT = 418
ACROSS = (70, 272, 608)  # of the layers, in pixels
MIDDLE = 150
APART = 172  # the units of a layer
UNITS = (("input",), ("unit A", "unit B"), ("unit C", "unit D"))


def two_ways(
    x=0.5,
    first=(1.0, -1.5),
    second=((1.5, 1.0), (-1.0, 0.5)),
    activation="tanh",
    *,
    reached="input",
):
    """Return a LiveFigure of an input nudged by 0.01, which passes through two layers of two units.

    `first` are the weights from the input to layer 1, of shape (2,), `second` those from layer 1 to
    layer 2, of shape (2, 2): a row for each unit of layer 1. Two paths lead to each unit of layer
    2, and what comes along them is added. `x` is the input (−3 to 3), `activation` the word on one
    of the buttons, and `reached` says how far the nudge has come: "input", "layer 1" or "layer 2".
    Raises ValueError or TypeError for anything else.
    """
    limits = {"low": -LARGEST_WEIGHT, "high": LARGEST_WEIGHT}
    first = as_array(first, "first", (2,), example="first=(1.0, -1.5)", **limits)
    example = "second=((1.5, 1.0), (-1.0, 0.5))"
    second = as_array(second, "second", (2, 2), example=example, **limits)
    layers = [first[np.newaxis], second]
    controls = signal_controls(reached, STOPS, x, activation)

    def draw(page, reached, x, activation):
        passed = pass_on(x, layers, FUNCTIONS[activation])
        count = STOPS.index(reached)
        panel = diagram(page, 0, HEIGHT)
        units = draw_layers(panel, x, layers, passed, count)
        sentences = draw_sentences(panel, sentences_of(layers, passed, count), 348)
        words = f"Two layers of two units, {units}. A nudge of 0.01 reaches {reached}."
        return f"{words} {sentences}"

    return LiveFigure(draw, controls, HEIGHT)


def draw_layers(panel, x, layers, passed, count):
    """Draw the units, outputs inside and slopes below, and the nudge where it has been; return them
    in words.
    """
    places = layer_places([1, 2, 2], ACROSS, MIDDLE, APART)
    draw_weights(panel, places[0], places[1], layers[0])
    # Before the middle, where arrows cross.
    draw_weights(panel, places[1], places[2], layers[1], place=0.36)
    outputs = draw_units(panel, places, UNITS, x, passed, count)
    write_nudge(panel, places[0][0], "input", NUDGE, NUDGE, reached=True)
    words = [f"input {outputs[0][0]}"]
    for k, layer in enumerate(passed, 1):
        for j, (name, place) in enumerate(zip(UNITS[k], places[k], strict=True)):
            slope = slope_in_words(layer, j)
            look = {"color": VERMILION, "gid": f"slope-{name}"}
            panel.label(slope, place[0], place[1] + 40, **look)
            sizes = layer.nudges[j], layer.changes[j]
            write_nudge(panel, place, name, *sizes, reached=k <= count)
            words.append(f"{name}: output {outputs[k][j]}, {slope}")
    return "; ".join(words)


def write_nudge(panel, place, name, size, change, *, reached):
    """Write a unit's nudge, and the change that was measured if it reads otherwise."""
    x, y = place
    y += 40 if name == "input" else 59
    if not reached:
        panel.label("nudge: ?", x, y, color=SOFT, gid=f"nudge-{name}")
        return
    bold = {"color": VERMILION, "weight": "bold", "fontsize": 14}
    panel.label(f"nudge: {signed(size)}", x, y, gid=f"nudge-{name}", **bold)
    if signed(size) != signed(change):
        measured = f"measured: {signed(change)}"
        panel.label(measured, x, y + 18, gid=f"measured-{name}", **SMALL)


def sentences_of(layers, passed, count):
    """Return what the units of the last layer do to the nudge, as pairs (name, words)."""
    if count == 0:
        slope = in_a_product(passed[0].slopes[0])
        factors = f"{three_digits(NUDGE)} × {in_a_product(layers[0][0, 0])} × {slope}"
        return [("step", f"next, into unit A: {factors} = ?")]
    entering = passed[0].nudges if count == 2 else np.array([NUDGE])
    layer = passed[count - 1]
    sentences = []
    for j, name in enumerate(UNITS[count]):
        weights = layers[count - 1][:, j]
        product = way_in_words(entering, weights, layer.slopes[j], layer.nudges[j])
        sentences.append((f"step-{name}", f"{name}: {product}."))
    if count == 2:
        words = "Two paths lead to each unit: what comes along them is added."
        sentences.append(("ways", words))
    return sentences


def way_in_words(entering, weights, slope, result):
    """Return how the nudges that enter a unit become its own: their sum, weighted, times slope."""
    if len(entering) == 1:
        return product_in_words([entering[0], weights[0], slope], result)
    pairs = list(zip(entering, weights, strict=True))
    terms = [f"{in_a_product(size)} × {in_a_product(weight)}" for size, weight in pairs]
    shown = sum(rounded(size) * rounded(weight) for size, weight in pairs)
    total = equals(shown * rounded(slope), result)
    return f"({' + '.join(terms)}) × {in_a_product(slope)} {total}"
