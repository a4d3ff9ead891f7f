"""three_units: a target with corners, matched by hand with the weights and biases of three ReLU units."""

import ipywidgets
import numpy as np
from matplotlib.lines import Line2D

from helpers.arguments import as_floats
from helpers.explorers.panels import moving
from helpers.explorers.sums import SumPicture, bends
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.functions import relu
from helpers.style import GREEN, ORANGE, PURPLE, label, number, own_settings

COLOURS = (GREEN, ORANGE, PURPLE)
DARK = ("#00664B", "#8A5A00", "#8C4A73")  # of the same hues, for text
UNITS = (1, 2, 3)
REACH = 4.0  # of the weights, to both sides


@own_settings()
def three_units(corners, *, weights=(0.5, -0.5, 0.5), biases=None):
    """Return a LiveFigure of a sum of weight · ReLU(x + bias), three times, on a target, with six sliders.

    `corners` are the target's points (x, height) from left to right, joined by straight lines: three at most between
    the first and the last; the first two have the height 0, so that three units can match it exactly. `weights` and
    `biases` are where the sliders stand at first; without biases the units bend in the middle third. A button shows one
    answer and takes it back again. Raises ValueError or TypeError for a target that three units within the sliders'
    reach cannot match.
    """
    points = _points(corners)
    answer = _answer(points)
    picture = SumPicture(points[0, 0], points[-1, 0], 3, "sum of three ReLU units", "what each unit adds", 190, 120)
    target = np.interp(picture.x, *points.T)
    kinks = _kinks(picture)
    sliders = _sliders(weights, biases, points)
    button = ipywidgets.ToggleButton(description="show one answer", layout={"width": "160px"})
    kept = {}
    adds = _contributions(picture.x, answer)
    heights = (target.min(), target.max(), -0.5 * np.ptp(target)), (adds.min(), adds.max())

    def update(show_answer, **values):
        if show_answer != bool(kept):
            values = _swap(sliders, answer, kept)
        errors = picture.show(target, _contributions(picture.x, values), COLOURS)
        picture.hold(*heights)
        for kink, i in zip(kinks, UNITS, strict=True):
            kink.set_data([-values[f"bias_{i}"]], [0])
        words = picture.read_out("average", errors.mean())
        if errors.max() < 1e-9:
            words = "exactly on the target"
            picture.error.set_text(words)
        return f"The sum of {', '.join(_formula(values, i) for i in UNITS)}: {words}."

    rows = [_row(sliders, i) for i in UNITS]
    return LiveFigure(picture.figure, {**sliders, "show_answer": button}, update, [*rows, button])


def _points(corners):
    """Return the corners as an array (points, 2), or raise ValueError or TypeError."""
    points = as_floats(corners, "corners")
    if points.ndim != 2 or points.shape[1] != 2 or not 3 <= len(points) <= 5 or not np.isfinite(points).all():
        raise ValueError("corners must be 3 to 5 points (x, height), such as [(-3, 0), (-2, 0), (0, 2), (3, 2)].")
    if (np.diff(points[:, 0]) <= 0).any() or points[0, 1] != 0 or points[1, 1] != 0:
        raise ValueError("corners must go from left to right, and the first two must have the height 0.")
    return points


def _answer(points):
    """Return the sliders' values that match the points, or raise ValueError when they are out of reach."""
    weights = np.zeros(3)
    weights[: len(points) - 2] = bends(*points.T)[1:]
    places = np.append(points[1:-1, 0], [points[0, 0]] * (5 - len(points)))
    if np.abs(weights).max() > REACH:
        raise ValueError(f"A target with bends of at most {REACH:g} is needed; make it less steep.")
    biases = {f"bias_{i}": float(-place) for i, place in zip(UNITS, places, strict=True)}
    return {f"weight_{i}": float(weight) for i, weight in zip(UNITS, weights, strict=True)} | biases


def _contributions(x, values):
    """Return what the units add at x, shape (3, points)."""
    weights, biases = (np.array([[values[f"{what}_{i}"]] for i in UNITS]) for what in ("weight", "bias"))
    return weights * relu(x + biases)


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


def _kinks(picture):
    """Return a dot for each unit, to stand where it bends, and name the units in their colours."""
    dot = {"marker": "o", "markersize": 8, "markeredgecolor": "white", "linestyle": "", "zorder": 5}
    for i, right in zip(UNITS, (0.8, 0.9, 1), strict=True):
        place = {"ha": "right", "va": "baseline", "weight": "bold", "color": DARK[i - 1]}
        label(picture.lower, (right, 1 + 10 / 120), f"unit {i}", **place)
    return [moving(picture.lower.add_line(Line2D([], [], color=colour, **dot))) for colour in COLOURS]


def _sliders(weights, biases, points):
    """Return the six sliders by name; a bias reaches so far that its unit bends inside the picture."""
    if biases is None:
        left, right = points[0, 0], points[-1, 0]
        biases = [round(-(left + share * (right - left)), 1) + 0.0 for share in (1 / 3, 1 / 2, 2 / 3)]
    if not len(weights) == len(biases) == 3:
        raise ValueError(
            f"There are three units: three weights and three biases are needed, not {weights} and {biases}."
        )
    sliders = {}
    for i, weight, bias in zip(UNITS, weights, biases, strict=True):
        sliders[f"weight_{i}"] = number_slider(f"weight {i}", weight, -REACH, REACH, 0.1)
        sliders[f"bias_{i}"] = number_slider(f"bias {i}", bias, -points[-1, 0], -points[0, 0], 0.1)
    for slider in sliders.values():
        slider.style.description_width = "58px"
    return sliders


def _row(sliders, i):
    """Return unit i's name and its sliders, side by side."""
    name = f'<strong style="color:{DARK[i - 1]}">unit {i}</strong>'
    parts = [ipywidgets.HTML(name, layout={"width": "56px", "flex": "none"})]
    return ipywidgets.HBox([*parts, sliders[f"weight_{i}"], sliders[f"bias_{i}"]])
