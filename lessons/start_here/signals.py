"""What the figures of a nudged network share: the numbers that pass through, and how they look."""

from math import floor, log10
from typing import NamedTuple

import numpy as np

from helpers.figures.controls import choice, slider
from helpers.figures.diagram import draw_unit
from helpers.figures.style import INK, SOFT, number
from lessons.start_here.common import FUNCTIONS

NUDGE = 0.01
LARGEST_WEIGHT = 2.0  # up or down
REACHED = "#FBE3D4"  # fill of a unit to which the nudge has come
BESIDE = 1e-9  # of a sum: far enough to tell a bend from a curve


class Passed(NamedTuple):
    """What a layer makes of its input and of a nudge in it, a number for each of its units."""

    sums: np.ndarray
    outputs: np.ndarray
    slopes: np.ndarray  # of the activation, at the sums
    at_bend: np.ndarray  # whether the slopes to the left and right of the sums differ
    nudges: np.ndarray  # the nudge that entered, times weight and slope
    changes: np.ndarray  # how far the outputs really move


def signal_controls(reached, stops, x, activation, weights=None):
    """Return the controls of a nudged network, those of its `weights` among them.

    `stops` are the places that the nudge may have `reached`. Raises ValueError or TypeError for a
    value that none of them has.
    """
    return {
        "reached": choice("nudge reaches", stops, reached, name="reached"),
        "x": slider("input x", x, -3.0, 3.0, 0.1, name="x"),
        **(weights or {}),
        "activation": choice("activation", list(FUNCTIONS), activation),
    }


def pass_on(x, layers, f):
    """Return the Passed of each layer for the input x, and x + 0.01 beside it.

    `layers` are weights of shape (inputs, units), without biases; `f` is the activation of all.
    """
    nudges = np.array([NUDGE])
    inputs = np.array([x], dtype=float)
    moved_inputs = inputs + NUDGE
    passed = []
    for weights in layers:
        sums = inputs @ weights
        slopes = f.derivative(sums)
        jumps = f.derivative(sums + BESIDE) - f.derivative(sums - BESIDE)
        at_bend = np.abs(jumps) > 0.1
        nudges = nudges @ weights * slopes
        inputs = f(sums)
        moved_inputs = f(moved_inputs @ weights)
        changes = moved_inputs - inputs
        passed.append(Passed(sums, inputs, slopes, at_bend, nudges, changes))
    return passed


def three_digits(value):
    """Return a number with three digits that count, and without zeros at its end: 0.0125."""
    size = abs(value)
    if size < 1e-12:
        return "0"
    if size < 1e-6:
        return number(value)
    text = f"{value:.{max(0, 2 - floor(log10(size)))}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def signed(value):
    """Return a change as `three_digits` does, with its sign: +0.0125."""
    return f"+{three_digits(value)}" if value > 0 else three_digits(value)


def in_a_product(value):
    """Return a number as it stands in a product: 1.5 or (−1.5)."""
    text = three_digits(value)
    return f"({text})" if value < 0 else text


def product_in_words(factors, result):
    """Return a product with its result, 0.01 × 1.5 × 0.25 = 0.00375.

    ≈ stands in place of = where the factors, as they are shown, make another number.
    """
    first, *others = factors
    words = [three_digits(first), *map(in_a_product, others)]
    return f"{' × '.join(words)} {equals(np.prod(list(map(rounded, factors))), result)}"


def equals(shown, result):
    """Return "= result", or "≈ result" where the numbers `shown` before it make another one."""
    sign = "=" if three_digits(shown) == three_digits(result) else "≈"
    return f"{sign} {three_digits(result)}"


def rounded(value):
    """Return the number that `three_digits` writes."""
    return float(f"{value:.2e}")


def slope_in_words(layer, unit=0):
    """Return a unit's slope in words, of which some say that it stands at a bend."""
    place = "at the bend" if layer.at_bend[unit] else "there"
    return f"slope {place}: {three_digits(layer.slopes[unit])}"


def draw_units(panel, places, names, x, passed, count):
    """Draw a unit for the input x and each unit of the layers, with its name above and its output
    inside; return the outputs in words, a list for each layer.

    `places` and `names` have a row for each layer, too. The first `count` layers behind the input
    are filled: the nudge has come so far.
    """
    outputs = [[number(x, 1)]]
    for layer in passed:
        outputs.append([number(output, 2) for output in layer.outputs])
    for k, words in enumerate(outputs):
        fill = REACHED if k <= count else "white"
        for place, name, output in zip(places[k], names[k], words, strict=True):
            draw_unit(panel, *place, output, fill=fill, gid=f"output-{name}")
            panel.label(name, place[0], place[1] - 40, weight="bold")
    return outputs


def draw_sentences(panel, sentences, top):
    """Write sentences, pairs (name, words), one below the other from `top` pixels on; return them
    as one text.
    """
    for n, (name, words) in enumerate(sentences):
        colour = SOFT if name == "change" else INK
        look = {"ha": "left", "fontsize": 13, "color": colour, "gid": name}
        panel.label(words, 14, top + 22 * n, **look)
    return " ".join(words for _, words in sentences)
