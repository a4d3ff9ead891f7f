"""picture: a small grey picture before and after a function, with the curve that maps the one to the other."""

import numpy as np
from matplotlib.lines import Line2D

from helpers.explorers.panels import moving
from helpers.figures.controls import abbreviated
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate
from helpers.style import BLUE, INK, add_axes, label, new_figure, number, own_settings

SIDE = 216  # pixels of each picture


@own_settings()
def picture(pixels, function, **parameters):
    """Return a LiveFigure: the pixels (0 to 255) left, function(pixels / 255) right, the curve between them.

    `pixels` is an array of whole numbers from 0 to 255 of shape (rows, columns), 64 cells at the most;
    `function` takes an array of numbers from 0 to 1. Other keywords are parameters as in `explore`.
    Raises ValueError or TypeError for other pixels.
    """
    pixels = np.asarray(pixels)
    if pixels.ndim != 2 or not 1 <= pixels.size <= 64 or pixels.dtype.kind not in "iu":
        raise ValueError(
            f"pixels must be whole numbers in at most 8 rows and 8 columns, not {pixels.dtype} of shape {pixels.shape}."
        )
    if pixels.min() < 0 or pixels.max() > 255:
        raise ValueError(f"pixels run from 0 to 255, but these run from {pixels.min()} to {pixels.max()}.")
    sliders, fixed = abbreviated(function, parameters)
    scaled, ramp = pixels / 255, np.linspace(0, 1, 201)
    figure, image, cells, curve, dots = _draw(pixels)

    def update(**values):
        after = evaluate(function, scaled.ravel(), function.__name__, **fixed, **values)
        line = evaluate(function, ramp, function.__name__, **fixed, **values)
        image.set_data(after.reshape(pixels.shape))
        for cell, value in zip(cells, after, strict=True):
            cell.set(text=f"{value:.2f}", color=_readable(value))
        curve.set_data(ramp, line)
        dots.set_data(scaled.ravel(), after)
        settings = ", ".join(f"{name} {value:g}" for name, value in values.items())
        return (
            f"A picture of {pixels.shape[0]} by {pixels.shape[1]} pixels from {pixels.min()} to {pixels.max()} becomes "
            f"numbers from {number(after.min(), 3)} to {number(after.max(), 3)}, {number(after.mean(), 3)} on average"
            f"{f' ({settings})' if settings else ''}."
        )

    return LiveFigure(figure, sliders, update)


def _readable(brightness):
    return "white" if brightness < 0.46 else "black"  # from there on black letters have the greater contrast


def _draw(pixels):
    """Return (figure, right image, its numbers, curve, dots), the left picture being done."""
    figure = new_figure(SIDE + 84)
    left, right = (add_axes(figure, x, 40, SIDE, SIDE, xticks=[], yticks=[]) for x in (8, 720 - SIDE - 8))
    middle = add_axes(
        figure, 278, 40, 186, SIDE, xlim=(0, 1), ylim=(-0.04, 1.04), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1]
    )
    for axes, title in ((left, "pixels, 0 to 255"), (middle, "output"), (right, "after the function, 0 to 1")):
        label(axes, (0, 1.045), title, fontsize=12, weight="bold", color=BLUE if axes is not left else INK)
    label(middle, (0.5, -0.17), "pixel / 255", ha="center", fontsize=11)
    scale = {"cmap": "gray", "vmin": 0, "interpolation": "nearest", "aspect": "auto"}
    left.imshow(pixels, vmax=255, **scale)
    image = moving(right.imshow(pixels / 255, vmax=1, **scale))
    for axes in (left, right):
        axes.grid(False)
        axes.spines[["left", "bottom"]].set_visible(False)
    cells = []
    for (row, column), value in np.ndenumerate(pixels):
        place = {"ha": "center", "va": "center", "fontsize": 11, "transform": None, "color": _readable(value / 255)}
        label(left, (column, row), str(value), **{**place, "transform": left.transData})
        cells.append(moving(label(right, (column, row), "", **{**place, "transform": right.transData})))
    curve = moving(middle.add_line(Line2D([], [], color=BLUE, linewidth=3)))
    dots = moving(middle.add_line(Line2D([], [], color=INK, marker="o", markersize=5, linestyle="", alpha=0.7)))
    return figure, image, cells, curve, dots
