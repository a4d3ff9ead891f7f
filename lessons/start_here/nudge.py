"""nudge: a small change of the input on its way through three units, one after the other."""

import numpy as np

from helpers.arguments import as_array
from helpers.figures.controls import in_a_row, slider
from helpers.figures.diagram import diagram, draw_arrow, draw_weights, layer_places
from helpers.figures.live import LiveFigure
from helpers.figures.style import SMALL, SOFT, VERMILION, number
from lessons.start_here.common import FUNCTIONS
from lessons.start_here.signals import (
    LARGEST_WEIGHT,
    NUDGE,
    draw_sentences,
    draw_units,
    in_a_product,
    pass_on,
    product_in_words,
    signal_controls,
    signed,
    slope_in_words,
    three_digits,
)

STOPS = ("input", "unit 1", "unit 2", "unit 3")
HEIGHT = 392
ACROSS = (62, 254, 446, 638)  # of the units, in pixels
MIDDLE = 66  # of the units
BASE = 246  # the foot of the bars
BAR = 50  # height of the largest one


def nudge(x=0.0, weights=(1.5, 1.0, 2.0), activation="sigmoid", *, reached="input"):
    """Return a LiveFigure of an input nudged by 0.01, which passes through three units in a row.

    Each unit multiplies what it receives by its weight and puts the product into the activation; a
    nudge comes out of it times weight and slope. `x` is the input (−3 to 3), `weights` are three
    numbers (−2 to 2), `activation` is the word on one of the buttons, and `reached` says how far
    the nudge has come: "input", "unit 1", "unit 2" or "unit 3". Where the real change differs in
    the digits that are shown, it stands beside. Raises ValueError or TypeError for anything else.
    """
    limits = {"low": -LARGEST_WEIGHT, "high": LARGEST_WEIGHT}
    example = "weights=(1.5, 1.0, 2.0)"
    weights = as_array(weights, "weights", (3,), example=example, **limits)
    sliders = {}
    for k, weight in enumerate(weights.tolist(), 1):
        sliders[f"weight_{k}"] = slider(f"weight {k}", weight, step=0.1, **limits)
    controls = signal_controls(reached, STOPS, x, activation, sliders)

    def draw(page, reached, x, activation, **weights):
        weights = list(weights.values())
        layers = [np.reshape(weight, (1, 1)) for weight in weights]
        passed = pass_on(x, layers, FUNCTIONS[activation])
        count = STOPS.index(reached)
        panel = diagram(page, 0, HEIGHT)
        units = draw_chain(panel, x, weights, passed, activation, count)
        draw_nudges(panel, weights, passed, count)
        sentences = draw_sentences(panel, sentences_of(x, weights, passed, count), 336)
        words = f"Three units in a row, {units}. A nudge of 0.01 reaches {reached}."
        return f"{words} {sentences}"

    # Three in a row leave room for short descriptions only.
    for each in sliders.values():
        each.style.description_width = "64px"
    row = in_a_row(list(sliders.values()), 200)
    rows = [controls["reached"], controls["x"], row, controls["activation"]]
    return LiveFigure(draw, controls, HEIGHT, rows=rows)


def draw_chain(panel, x, weights, passed, activation, count):
    """Draw the units in a row, outputs inside, weights on the arrows; return them in words."""
    places = layer_places([1, 1, 1, 1], ACROSS, MIDDLE)
    names = [[stop] for stop in STOPS]
    outputs = draw_units(panel, places, names, x, passed, count)
    words = [f"input {outputs[0][0]}"]
    for k, layer in enumerate(passed):
        weight = weights[k]
        draw_weights(panel, places[k], places[k + 1], [[weight]])
        total = number(layer.sums[0], 2)
        value = total if activation == "none" else f"{activation}({total})"
        slope = slope_in_words(layer)
        panel.label(value, ACROSS[k + 1], MIDDLE + 42, gid=f"value-{k + 1}")
        look = {"color": VERMILION, "gid": f"slope-{k + 1}"}
        panel.label(slope, ACROSS[k + 1], MIDDLE + 60, **look)
        output = outputs[k + 1][0]
        words.append(f"weight {number(weight, 1)}, {value} = {output}, {slope}")
    return "; ".join(words)


def draw_nudges(panel, weights, passed, count):
    """Draw the nudge as a bar at each of the first `count` units, and between them the factors."""
    panel.label(
        "the nudge", 14, 160, ha="left", color=VERMILION, weight="bold", fontsize=14
    )
    nudges = [NUDGE, *(layer.nudges[0] for layer in passed)]
    changes = [NUDGE, *(layer.changes[0] for layer in passed)]
    largest = np.abs(nudges).max()
    for k, weight in enumerate(weights):
        factors = f"× {in_a_product(weight)} × {in_a_product(passed[k].slopes[0])}"
        ends = np.array([[ACROSS[k], BASE], [ACROSS[k + 1], BASE]])
        draw_arrow(panel, *ends, 0.2, factors, radius=16, color=VERMILION)
    for k, (size, change) in enumerate(zip(nudges, changes, strict=True)):
        across = ACROSS[k]
        if k > count:
            panel.label("?", across, BASE, fontsize=18, color=SOFT, gid=f"nudge-{k}")
            continue
        height = BAR * size / largest
        panel.rectangle(across - 11, BASE, 22, -height, VERMILION, gid=f"bar-{k}")
        panel.line([across - 14, across + 14], BASE, VERMILION, 2)
        beyond = 13 if size < 0 else -13
        end = BASE - height + beyond
        bold = {"weight": "bold", "color": VERMILION, "gid": f"nudge-{k}"}
        panel.label(signed(size), across, end, **bold)
        if signed(size) != signed(change):
            measured = f"measured: {signed(change)}"
            look = {**SMALL, "gid": f"measured-{k}"}
            panel.label(measured, across, end + 1.2 * beyond, **look)


def sentences_of(x, weights, passed, count):
    """Return what the last unit has done to the nudge, and what all have done, as pairs (name,
    words).
    """
    factors = [
        weight * layer.slopes[0] for weight, layer in zip(weights, passed, strict=True)
    ]
    nudges = [NUDGE, *(layer.nudges[0] for layer in passed)]
    if count == 0:
        first = in_a_product(weights[0]), in_a_product(passed[0].slopes[0])
        words = f"next, into unit 1: {' × '.join([three_digits(NUDGE), *first])} = ?"
        return [("step", words)]
    before, after = nudges[count - 1 : count + 1]
    own = [before, weights[count - 1], passed[count - 1].slopes[0]]
    product = product_in_words(own, after)
    sentences = [("step", f"{STOPS[count]}: {product}: {fate(before, after)}.")]
    if count > 1:
        product = product_in_words(factors[:count], np.prod(factors[:count]))
        words = f"both together: {product} times the nudge."
        if count == 3:
            words = f"all three together: {product}, the slope of the whole row here."
        sentences.append(("whole", words))
    if count == 3:
        change = signed(passed[-1].changes[0])
        ends = f"output at {number(x + NUDGE, 2)} minus output at {number(x, 2)}"
        sentences.append(("change", f"measured: {ends} = {change}."))
    return sentences


def fate(before, after):
    """Return what has become of a nudge in a unit, in words."""
    if not abs(after) > 1e-12:
        return "it is gone"
    words = "it has grown" if abs(after) > abs(before) else "it has shrunk"
    if three_digits(abs(after)) == three_digits(abs(before)):
        words = "it stays as large"
    return f"{words}, and turned round" if before * after < 0 else words
