"""slope_matrix: the Jacobian of softmax as a picture, every slope a square as large as it is steep."""

import numpy as np
from matplotlib.patches import Rectangle

from helpers.explorers.panels import moving
from helpers.figures.live import LiveFigure
from helpers.lessons.softmax.scores import NAMES, Bars, heading, listed, probabilities, sliders_for, square
from helpers.style import BLUE, GRID, SOFT, VERMILION, add_axes, label, new_figure, number, own_settings

STEEPEST = 0.25  # no slope of softmax is larger
WIDE, HEIGHT = 366, 270  # pixels of the matrix
TITLE = "their slopes: what a row gains when …"
TOLERANCE = 1e-9  # sums below this count as 0: the rest is rounding


@own_settings()
def slope_matrix(function, jacobian, scores=(1, 2, 3)):
    """Return a LiveFigure of function(scores) as bars beside the matrix jacobian(scores), with a slider a score.

    `function` returns one probability for each of an array of scores, `jacobian` the slopes ∂pᵢ/∂zⱼ, a row for each
    probability and a column for each score: helpers.softmax and helpers.softmax.jacobian, or your own. A full square
    is a positive slope, a hollow one a negative slope; its area is the size. `scores` are two to five numbers from −4
    to 4. What is none of these, and functions that fail, raise TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    figure, bars, squares, values, rows, columns = _draw(len(sliders))

    def update(**values_of_scores):
        z = np.array(list(values_of_scores.values()))
        p, slopes = probabilities(function, z), square(jacobian, z)
        bars.move(p)
        for place, slope in np.ndenumerate(slopes):
            _resize(squares[place], place, slope)
            values[place].set_text(_signed(slope))
        for texts, sums in ((rows, slopes.sum(axis=1)), (columns, slopes.sum(axis=0))):
            for text, total in zip(texts, sums, strict=True):
                text.set_text(_signed(total))
        lines = (f"{name}: {', '.join(map(_signed, row))}" for name, row in zip(NAMES, slopes, strict=False))
        sums = ", ".join(text.get_text() for text in rows)
        return f"Probabilities: {listed(p)}. Slopes, row by row: {'; '.join(lines)}. The rows sum to {sums}."

    return LiveFigure(figure, sliders, update)


def _signed(value):
    """Return a slope with its sign; what only rounding has left is 0."""
    return "0" if abs(value) < TOLERANCE else ("+" if value > 0 else "") + number(value)


def _resize(box, place, slope):
    """Give a square the area of its slope, and fill it when the slope is positive."""
    side = 0.62 * np.sqrt(min(abs(slope), STEEPEST) / STEEPEST)
    width = side * HEIGHT / WIDE
    box.set(width=width, height=side, x=place[1] - width / 2, y=place[0] - 0.12 - side / 2)
    box.set_linewidth(min(1.6, 20 * side))  # so that a small hollow square stays hollow
    box.set_facecolor(VERMILION if slope > 0 else "white")


def _draw(n):
    """Return (figure, bars, arrays of squares and of their numbers, texts of the row sums and of the column sums)."""
    figure = new_figure(HEIGHT + 92)
    left = add_axes(figure, 56, 56, 160, HEIGHT, xlim=(0, 1.5), xticks=[], yticks=[])
    left.spines["bottom"].set_visible(False)
    bars = Bars(left, n, "p")
    heading(left, "probabilities", BLUE)
    axes = add_axes(figure, 262, 56, WIDE, HEIGHT, xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5), xticks=[], yticks=[])
    axes.grid(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    label(axes, (0, 1 + 30 / HEIGHT), TITLE, color=VERMILION, fontsize=13, weight="bold")
    for border in np.arange(n + 1) - 0.5:
        for line in (axes.axvline, axes.axhline):
            line(border, color=GRID, linewidth=1)
    middle = {"ha": "center", "transform": axes.transData}
    squares, values = np.empty((n, n), dtype=object), np.empty((n, n), dtype=object)
    for row, column in np.ndindex(n, n):
        box = moving(axes.add_patch(Rectangle((0, 0), 0, 0, edgecolor=VERMILION, linewidth=1.6, zorder=2)))
        squares[row, column] = box
        gid = f"slope-{NAMES[row]}-{NAMES[column]}"
        size = 12 if n < 5 else 11
        values[row, column] = moving(label(axes, (column, row + 0.4), "", fontsize=size, gid=gid, **middle))
    for i in range(n):
        label(axes, (i, -0.55), f"{NAMES[i]}'s score rises" if n < 4 else NAMES[i], color=SOFT, fontsize=11, **middle)
    edge, bold = 1.12 * n - 0.5, {"weight": "bold", "color": VERMILION, **middle}
    label(axes, (edge, -0.55), "row sum", color=SOFT, fontsize=11, **middle)
    label(left, (1, -22 / HEIGHT), "column sum", color=SOFT, fontsize=11, ha="right")
    rows = [moving(label(axes, (edge, i + 0.04), "", gid=f"row sum {NAMES[i]}", **bold)) for i in range(n)]
    bold["transform"] = axes.get_xaxis_transform()
    columns = [moving(label(axes, (i, -22 / HEIGHT), "", gid=f"column sum {NAMES[i]}", **bold)) for i in range(n)]
    return figure, bars, squares, values, rows, columns
