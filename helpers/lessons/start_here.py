"""The room of 00_start_here: a target matched by hand with three units, and the exercises."""

import ipywidgets
import numpy as np

from helpers.arguments import as_floats
from helpers.exercises import ChoiceTask, NumberTask
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import GREEN, ORANGE, PURPLE, ink, number, own_settings
from helpers.figures.sums import SumPicture
from helpers.functions import relu

__all__ = ["three_units"]

UNITS = {1: GREEN, 2: ORANGE, 3: PURPLE}  # of three_units
REACH = 4.0  # of their weights, to both sides


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
    if np.abs(bends).max() > REACH:
        raise ValueError(f"A target with bends of at most {REACH:g} is needed; make it less steep.")
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
        sliders[f"weight_{i}"] = number_slider(f"weight {i}", weight, -REACH, REACH, 0.1)
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
