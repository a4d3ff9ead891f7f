"""slope_matrix: the Jacobian of softmax as squares, beside the probabilities."""

import numpy as np

from helpers.arguments import name_of
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate_array
from helpers.figures.style import BLUE, SMALL, VERMILION, number
from lessons.softmax.bars import bar_panel, draw_bars
from lessons.softmax.scores import NAMES, by_class, probabilities, score_sliders

LARGEST_SLOPE = 0.25  # of softmax
HEIGHT = 270  # pixels of the matrix
TOLERANCE = 1e-9  # sums below this count as 0: the rest is rounding
CORNERS = np.array([[-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1]]).T  # (x, y) of a square
BOLD = {"color": VERMILION, "weight": "bold"}


def slope_matrix(function, jacobian, scores=(1, 2, 3)):
    """Return a LiveFigure of function(scores) as bars beside the matrix jacobian(scores).

    `function` returns one probability for each of an array of scores, `jacobian` the slopes
    ∂pᵢ/∂zⱼ, a row for each probability and a column for each score: helpers.softmax and
    helpers.softmax.jacobian, or your own. A full square is a positive slope, a hollow one a
    negative slope; its area is the size. `scores` are two to five numbers from −4 to 4, a slider
    each. What is none of these, and functions that fail, raise TypeError or ValueError.
    """
    controls = score_sliders(scores)
    n = len(controls)
    borders = np.arange(n + 1) - 0.5

    def draw(page, **scores):
        z = np.array(list(scores.values()))
        p = probabilities(function, z)
        slopes = jacobian_matrix(jacobian, z)

        place = {"top": 56, "height": HEIGHT}
        left = bar_panel(page, n, 56, 160, (0, 1.5), xticks=(), sides=(), **place)
        left.title("probabilities", BLUE)
        left.text("column sum", 1, down=22, ha="right", **SMALL)
        draw_bars(left, p, "p")
        right = page.panel(
            left=262,
            width=366,
            **place,
            x=(-0.5, n - 0.5),
            y=(n - 0.5, -0.5),
            xticks=borders,
            yticks=borders,
            xlabels=False,
            ylabels=False,
            ticks={"length": 0},
            sides=(),
        )
        right.title("their slopes: what a row gains when …", VERMILION, up=30)
        right.text("row sum", 1.12, up=4, ha="center", **SMALL)
        draw_slopes(right, slopes)
        row_sums = [signed(total) for total in slopes.sum(axis=1)]
        column_sums = [signed(total) for total in slopes.sum(axis=0)]
        for i, name in enumerate(NAMES[:n]):
            words = f"{name}'s score rises" if n < 4 else name
            middle = (i + 0.5) / n
            right.text(words, middle, up=4, ha="center", **SMALL)
            right.label(row_sums[i], 1.12 * n - 0.5, i, gid=f"row sum {name}", **BOLD)
            right.label(
                column_sums[i], i, 1.07 * n - 0.5, gid=f"column sum {name}", **BOLD
            )

        rows = [
            f"{NAMES[i]}: {', '.join(map(signed, row))}" for i, row in enumerate(slopes)
        ]
        return (
            f"Probabilities: {by_class(p)}. Slopes, row by row: {'; '.join(rows)}. "
            f"The rows sum to {', '.join(row_sums)}."
        )

    return LiveFigure(draw, controls, height=HEIGHT + 92)


def jacobian_matrix(jacobian, z):
    """Return jacobian(z) as floats, a row and a column for each score, or raise ValueError."""
    n = len(z)
    name = name_of(jacobian, "softmax")
    return evaluate_array(jacobian, (z.copy(),), name, f"{n} scores", (n, n))


def draw_slopes(panel, slopes):
    """Draw each slope as a square above its number: full if it is positive, else hollow."""
    n = len(slopes)
    fontsize = 12 if n < 5 else 11
    # Half the largest side, in cells.
    half = 0.31 * np.array([panel.height / panel.width, 1])
    squares = []
    rims = []
    colours = []
    for (row, column), slope in np.ndenumerate(slopes):
        side = np.sqrt(min(abs(slope) / LARGEST_SLOPE, 1))  # as a share of the largest
        middle = np.array([column, row - 0.12])
        squares.append(middle + side * half * CORNERS)
        rims.append(min(1.6, 12 * side))  # so that a small hollow square stays hollow
        colours.append(VERMILION if slope > 0 else "white")
        name = f"slope-{NAMES[row]}-{NAMES[column]}"
        panel.label(signed(slope), column, row + 0.35, gid=name, fontsize=fontsize)
    # One mark for all squares is drawn sooner than one for each.
    look = {
        "facecolors": colours,
        "capstyle": "round",
        "joinstyle": "round",
        "zorder": 2,
    }
    panel.segments(squares, VERMILION, rims, gid="squares", **look)


def signed(slope):
    """Return a slope with its sign; what only rounding has left is 0."""
    if abs(slope) < TOLERANCE:
        return "0"
    return f"+{number(slope)}" if slope > 0 else number(slope)
