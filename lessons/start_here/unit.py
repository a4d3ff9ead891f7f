"""unit: from inputs to weighted sums, and from these to outputs."""

import numpy as np

from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.parts import RULERS, draw_threads
from helpers.figures.style import BLUE, INK, number
from lessons.start_here.common import FUNCTIONS, last_term

STARTS = np.linspace(-3, 3, 25)  # of the thin threads
X_LIMITS = (-8.2, 8.2)  # a sum goes as far as 2 · 3 + 2


def unit(*, x=-1.0, weight=1.5, bias=0.5, activation="ReLU"):
    """Return a LiveFigure of one unit: inputs are joined to their weighted sums, these to outputs.

    Sliders set the input, the weight and the bias, buttons the `activation`. Raises ValueError or
    TypeError for others.
    """
    controls = {
        "x": slider("input x", x, -3, 3, 0.1, name="x"),
        "weight": slider("weight", weight, -2, 2, 0.1),
        "bias": slider("bias", bias, -2, 2, 0.1),
        "activation": choice("activation", list(FUNCTIONS), activation),
    }

    def draw(page, x, weight, bias, activation):
        inputs = np.append(STARTS, x)
        sums = weight * inputs + bias
        outputs = FUNCTIONS[activation](sums)
        places = np.array([inputs, sums, outputs])
        panel = page.panel(38, 254, left=212, width=492, x=X_LIMITS, y=(0, 2), **RULERS)
        page.drag(panel, "x")
        draw_threads(panel, places[:, :-1], places[:, -1], clip_on=False)

        factor = number(x, 1)
        given = f"x = {factor}"
        if factor.startswith("−"):
            factor = f"({factor})"
        z = two_digits(sums[-1])
        summed = f"{number(weight, 1)} · {factor} {last_term(bias)} = {z}"
        output = two_digits(outputs[-1])
        result = output if activation == "none" else f"{activation}({z}) = {output}"
        label_ruler(panel, 1, "input", given)
        label_ruler(panel, 0.5, "weighted sum", summed)
        label_ruler(panel, 0, "output", result, BLUE)
        return (
            f"One unit. Input: {given}. Weighted sum: {summed}. "
            f"Output, activation {activation}: {result}."
        )

    recorded = [
        {"x": 25, "weight": 9, "bias": 7},
        {"activation": None, "x": 25, "weight": 5, "bias": 3},
    ]
    return LiveFigure(draw, controls, height=330, recorded=recorded)


def label_ruler(panel, y, name, words, colour=INK):
    """Write a ruler's name left of it, and below the name words with its number."""
    left = -0.415
    panel.text(name, left, y, weight="bold", fontsize=13, color=colour)
    panel.readout(name.replace(" ", "-"), words, left, y - 0.07, ha="left", fontsize=12)


def two_digits(value):
    """Return a number without powers of ten: on the first page of all a small number is 0.00."""
    return number(round(value, 2), 2)
