"""three_units: a sum of three ReLU units, moved onto a target by hand."""

from functools import partial

import ipywidgets
import numpy as np

from helpers.arguments import as_array
from helpers.figures.controls import in_a_row, slider, stops_between, toggle
from helpers.figures.live import LiveFigure
from helpers.figures.page import axis_limits
from helpers.figures.parts import draw_sum
from helpers.figures.style import BLUE, GREEN, ORANGE, PURPLE, ink, number
from helpers.functions import relu
from lessons.start_here.common import last_term

COLOURS = {1: GREEN, 2: ORANGE, 3: PURPLE}  # of the units
LARGEST_WEIGHT = 4.0  # up or down
POINTS = 601


def three_units(corners):
    """Return a LiveFigure of a sum of weight · ReLU(x + bias), three times, on a target.

    `corners` are the target's points (x, height) from left to right, joined by straight lines:
    three at most between the first and the last; the first two have the height 0, so that three
    units can match it exactly. Six sliders are their weights and biases; at first the units bend in
    the middle third. A button shows one answer and takes it back again. Raises ValueError or
    TypeError for a target that three units cannot match with weights and biases within the sliders'
    ends.
    """
    places, heights = check_corners(corners)
    answer = matching_units(places, heights)
    sliders = unit_sliders(-places[-1], -places[0])
    button = toggle("show one answer")
    x = np.linspace(places[0], places[-1], POINTS)
    target = np.interp(x, places, heights)
    limits = axis_limits([*heights, -0.5 * np.ptp(heights)], 0.12)
    # Far right most lines leave the picture: what counts is near the target.
    limits_below = axis_limits(1.4 * np.ptp(heights) * np.array([-1, 1]), 0.12)
    before = []  # where the sliders stood when the button was pressed

    def follow(name):
        if name != "show_answer":
            return
        values = before
        if button.value:
            before[:] = [each.value for each in sliders.values()]
            values = answer.ravel().tolist()
        for each, value in zip(sliders.values(), values, strict=True):
            each.value = value

    def draw(page, show_answer, **values):
        units = np.reshape(list(values.values()), (3, 2))
        parts = contributions(units, x)
        upper, lower, total = draw_sum(
            page,
            x,
            target,
            0.0,
            parts,
            COLOURS.values(),
            limits,
            limits_below,
            heights=(180, 170),
        )
        page.grab(lower, partial(grab_unit, units))
        upper.title("sum of three ReLU units", BLUE, up=10)
        lower.title("what each unit adds", up=10)
        terms = []
        for (i, colour), (weight, bias) in zip(COLOURS.items(), units, strict=True):
            lower.text(
                f"unit {i}",
                0.7 + 0.1 * i,
                up=10,
                color=ink(colour),
                ha="right",
                weight="bold",
            )
            lower.dots(-bias, 0, colour, 8, 1, gid=f"bend-{i}")  # where it bends
            terms.append(f"{number(weight, 1)} · ReLU(x {last_term(bias)})")
        errors = np.abs(target - total)
        words = f"average error: {number(errors.mean())}"
        if errors.max() < 1e-9:
            words = "exactly on the target"
        upper.readout("error", words, up=10)
        return f"The sum of {', '.join(terms)}: {words}."

    rows = [unit_row(i, colour, sliders) for i, colour in COLOURS.items()]
    controls = {**sliders, "show_answer": button}
    recorded = blocks_to_record(sliders, answer)
    rows = [*rows, button]
    return LiveFigure(
        draw,
        controls,
        480,
        rows=rows,
        follow=follow,
        leading=["show_answer"],
        recorded=recorded,
    )


def blocks_to_record(sliders, answer):
    """Return LiveFigure's `recorded`: each unit finely, while each of the others stands where it is
    at first or where it belongs.
    """
    units = {i: (f"weight_{i}", f"bias_{i}") for i in COLOURS}
    at_first = {name: [slider.value] for name, slider in sliders.items()}
    right = {
        name: [value]
        for name, value in zip(sliders, answer.ravel().tolist(), strict=True)
    }
    blocks = [{"show_answer": [True], **right}]
    for own in units.values():
        second, third = (names for names in units.values() if names != own)
        fine = {name: [*stops_between(sliders[name], 7), *right[name]] for name in own}
        for place in (at_first, right):
            for other in (at_first, right):
                fixed = {name: place[name] for name in second}
                fixed |= {name: other[name] for name in third}
                blocks.append({**fixed, **fine})
    return blocks


# Units are an array of three rows (weight, bias).


def contributions(units, x):
    """Return what each of the units adds at the inputs x, of shape (3, points)."""
    weights, biases = np.hsplit(units, 2)
    return weights * relu(x + biases)


def matching_units(places, heights):
    """Return the units whose sum goes through the corners; raise ValueError when they are steep."""
    slopes = np.diff(heights) / np.diff(places)
    bends = np.diff(slopes)  # at all corners but the first and the last
    if np.abs(bends).max() > LARGEST_WEIGHT:
        raise ValueError(
            f"A target with bends of at most {LARGEST_WEIGHT:g} is needed; make it less steep."
        )
    units = np.tile([0.0, -places[0]], (3, 1))  # a unit to spare adds nothing
    units[: len(bends)] = np.column_stack([bends, -places[1:-1]])
    return units


def grab_unit(units, x, y):
    """Return what moves the unit that bends or passes near (x, y), or None if all are far.

    A bend moves to the left and right, a line turns about its bend.
    """
    weights, biases = units.T
    beside = np.abs(x + biases)
    if abs(y) < 0.3 and beside.min() < 0.3:
        bending = beside.argmin() + 1
        return lambda x, y: {f"bias_{bending}": -x}
    heights = weights * relu(x + biases)
    distances = np.where(x + biases > 0.2, np.abs(heights - y), np.inf)
    if distances.min() > 0.5:
        return None
    nearest = distances.argmin()
    return lambda x, y: {f"weight_{nearest + 1}": y / max(x + biases[nearest], 0.2)}


# Arguments and sliders


def check_corners(corners):
    """Return (places, heights) of the corners, or raise ValueError or TypeError."""
    example = "[(-3, 0), (-2, 0), (0, 2), (3, 2)]"
    points = as_array(corners, "corners", (("points", 3, 5), 2), example=example)
    places, heights = points.T
    if (np.diff(places) <= 0).any() or heights[:2].any():
        raise ValueError(
            "corners must go from left to right, and the first two must have the height 0."
        )
    return places, heights


def unit_sliders(low, high):
    """Return the sliders by their names, weight_1, bias_1 and so on; biases go from low to high."""
    # Adding 0.0 turns −0.0 into 0.0.
    biases = np.linspace(high, low, 7)[2:5].round(1) + 0.0
    ends = (-LARGEST_WEIGHT, LARGEST_WEIGHT)
    sliders = {}
    for i, weight, bias in zip(COLOURS, (0.5, -0.5, 0.5), biases, strict=True):
        sliders[f"weight_{i}"] = slider(f"weight {i}", weight, *ends, 0.1)
        sliders[f"bias_{i}"] = slider(f"bias {i}", bias, low, high, 0.1)
    return sliders


def unit_row(i, colour, sliders):
    """Return a row with a unit's name and its two sliders."""
    mark = f"border-left:4px solid {colour};padding-left:4px"
    name = f'<strong style="{mark}">unit {i}</strong>'
    label = ipywidgets.HTML(name, layout={"width": "56px", "flex": "none"})
    both = [sliders[f"weight_{i}"], sliders[f"bias_{i}"]]
    for each in both:
        each.style.description_width = "58px"
    beside = in_a_row(both, 230)
    beside.layout.flex = "1"
    return ipywidgets.HBox([label, beside])
