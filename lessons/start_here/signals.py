"""What the figures of a nudged network share: the numbers that pass through, and how they look."""

from math import floor, log10
from typing import NamedTuple

import numpy as np

from helpers.arguments import one_of
from helpers.figures.controls import choice, slider
from helpers.figures.style import number
from lessons.start_here.common import FUNCTIONS

NUDGE = 0.01
STEEPEST = 2.0  # of the weights, up or down
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
    one_of(reached, "reached", stops)
    one_of(activation, "activation", FUNCTIONS)
    return {
        "reached": choice("nudge reaches", stops, reached),
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


def short(value):
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
    """Return a change as `short` does, with its sign: +0.0125."""
    return f"+{short(value)}" if value > 0 else short(value)


def in_a_product(value):
    """Return a number as it stands in a product: 1.5 or (−1.5)."""
    text = short(value)
    return f"({text})" if value < 0 else text


def product_in_words(factors, result):
    """Return a product with its result, 0.01 × 1.5 × 0.25 = 0.00375.

    ≈ stands in place of = where the factors, as they are shown, make another number.
    """
    first, *others = factors
    words = [short(first), *map(in_a_product, others)]
    return f"{' × '.join(words)} {equals(np.prod(list(map(rounded, factors))), result)}"


def equals(shown, result):
    """Return "= result", or "≈ result" where the numbers `shown` before it make another one."""
    sign = "=" if short(shown) == short(result) else "≈"
    return f"{sign} {short(result)}"


def rounded(value):
    """Return the number that `short` writes."""
    return float(f"{value:.2e}")


def slope_in_words(layer, unit=0):
    """Return a unit's slope in words, of which some say that it stands at a bend."""
    place = "at the bend" if layer.at_bend[unit] else "there"
    return f"slope {place}: {short(layer.slopes[unit])}"


def draw_sentence(panel, words, y, name, **look):
    """Write a sentence under the drawing, `y` pixels from its top, and return it."""
    look = {"ha": "left", "fontsize": 13, "gid": name, **look}
    return panel.label(words, 14, y, **look)
