"""pieces: a target, and a sum of ReLU units that meets it at every corner."""

import functools

import numpy as np

from helpers.arguments import name_of, short_repr
from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.page import axis_limits
from helpers.figures.parts import draw_sum
from helpers.figures.sampling import evaluate, evaluate_array
from helpers.figures.style import BLUE, GREEN, ORANGE, SOFT, ink, number

MOST = 24  # pieces
X = np.linspace(-3, 3, 601)
# Of a unit that bends the sum upwards, not at all, downwards.
BEND_COLOURS = {1: GREEN, 0: SOFT, -1: ORANGE}


def pieces(units, targets, *, count=4):
    """Return a LiveFigure of a target and a sum of ReLU units, with a slider for their number.

    `units(x, corners, heights)` returns what each unit contributes at the inputs x of shape
    (points,), as an array of shape (len(corners) − 1, points); the sum starts at heights[0].
    `targets` maps names to functions of an array; buttons choose one. Corners are evenly spaced
    from −3 to 3. What cannot be drawn raises ValueError or TypeError.
    """
    if (
        not isinstance(targets, dict)
        or not targets
        or not all(map(callable, targets.values()))
    ):
        raise TypeError(
            f"targets must map names to functions, not {short_repr(targets)}; "
            'try {"sin x": np.sin}.'
        )
    controls = {
        "count": slider("pieces", count, 1, MOST, 1, name="count"),
        "target": choice("target", list(targets)),
    }
    name = name_of(units, "pieces(units, targets)")

    @functools.cache
    def sums_for(target):
        """Return the target's heights, {pieces: contributions}, and limits that show them all."""
        heights = evaluate(targets[target], X, target)
        sums = {}
        ends = []
        for count in range(1, MOST + 1):
            corners = corners_of(count)
            corner_heights = evaluate(targets[target], corners, target)
            sums[count] = evaluate_array(
                units,
                (X.copy(), corners, corner_heights),
                name,
                f"{len(corners)} corners",
                (count, len(X)),
            )
            ends += [sums[count].min(), sums[count].max()]
        return heights, sums, axis_limits(ends, 0.12)

    def draw(page, count, target):
        heights, sums, limits_below = sums_for(target)
        contributions = sums[count]
        bends = np.sign((contributions[:, -1] - contributions[:, 0]).round(9))
        colours = [BEND_COLOURS[bend] for bend in bends]
        limits = axis_limits(heights, 0.12)
        upper, lower, total = draw_sum(
            page, X, heights, heights[0], contributions, colours, limits, limits_below
        )
        corners = corners_of(count)
        at_corners = np.interp(corners, X, total)
        upper.dots(corners, at_corners, BLUE, 6, 1, zorder=6, gid="corners")
        upper.title("a sum of ReLU units", BLUE, up=10)
        lower.title("what each unit adds", up=10)
        lower.text(
            "green: bends the sum upwards", 0.76, up=10, color=ink(GREEN), ha="right"
        )
        lower.text("orange: downwards", 1, up=10, color=ink(ORANGE), ha="right")
        largest = np.abs(heights - total).max()
        error = upper.readout("error", f"largest error: {number(largest)}", up=10)
        unit = "unit" if count == 1 else "units"
        return (
            f"{target} from −3.0 to 3.0, built from {count} ReLU {unit}: "
            f"{error}. Bending upwards: {np.sum(bends > 0)}, downwards: {np.sum(bends < 0)}."
        )

    return LiveFigure(draw, controls, height=460, caches=[sums_for])


def corners_of(count):
    """Return the ends of so many pieces, evenly spaced."""
    return np.linspace(X[0], X[-1], count + 1)
