"""pieces: a curve built from ReLU units, one for each straight piece."""

import numpy as np

from helpers.explorers.sums import SumPicture
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate, pair
from helpers.style import GREEN, ORANGE, SOFT, label, number, own_settings

MOST = 24  # pieces
COLOURS = {1: GREEN, 0: SOFT, -1: ORANGE}  # a unit that bends the sum upwards, not at all, downwards


@own_settings()
def pieces(units, targets, *, count=4, x_range=(-3, 3)):
    """Return a LiveFigure of a target and a sum of ReLU units, with a slider for their number.

    `units(x, corners, heights)` returns what each unit contributes at the inputs x of shape (points,), as an array
    of shape (len(corners) − 1, points); the sum starts at heights[0]. `targets` maps names to functions of an array;
    buttons choose one. Corners are evenly spaced over `x_range`. Raises ValueError or TypeError when units, a target or
    a number cannot be drawn.
    """
    lo, hi = pair(x_range, "x_range")
    if not isinstance(targets, dict) or not targets:
        raise TypeError(f'targets must map names to functions, not {targets!r}; try {{"sin x": np.sin}}.')
    slider = number_slider("pieces", count, 1, MOST, 1, name="count")
    buttons = choice("target", list(targets), next(iter(targets)))
    picture = SumPicture(lo, hi, MOST, "a sum of ReLU units", "what each unit adds")
    places = [np.linspace(lo, hi, n + 1) for n in range(1, MOST + 1)]
    known = {}

    def measure(target):
        """Return (target's values, contributions for each number of pieces), computed once for each target."""
        if target not in known:
            function = targets[target]
            values = evaluate(function, picture.x, target)
            parts = [_parts(units, picture.x, at, evaluate(function, at, target)) for at in places]
            known[target] = values, parts
        return known[target]

    def update(count, target):
        values, all_parts = measure(target)
        parts, corners = all_parts[int(count) - 1], places[int(count) - 1]
        ends = [end for part in all_parts for end in (part.min(), part.max())]
        signs = np.sign((parts[:, -1] - parts[:, 0]).round(9)).astype(int)
        errors = picture.show(values, parts, [COLOURS[sign] for sign in signs], start=values[0])
        picture.hold((values.min(), values.max()), ends)
        picture.mark(corners)
        words = picture.read_out("largest", errors.max())
        return (
            f"{target} from {number(lo, 1)} to {number(hi, 1)}, built from {int(count)} ReLU unit{'s' * (count > 1)}: "
            f"{words}. Bending upwards: {np.sum(signs > 0)}, downwards: {np.sum(signs < 0)}."
        )

    small = {"fontsize": 12, "va": "baseline", "ha": "right"}
    label(picture.lower, (0.76, 1 + 10 / 124), "green: bends the sum upwards", color="#00664B", **small)
    label(picture.lower, (1, 1 + 10 / 124), "orange: downwards", color="#8A5A00", **small)
    return LiveFigure(picture.figure, {"count": slider, "target": buttons}, update)


def _parts(units, x, corners, heights):
    """Return the learner's contributions after a look at their shape."""
    name = getattr(units, "__name__", "units")
    try:
        parts = np.asarray(units(x, corners, heights), dtype=float)
    except Exception as trouble:
        raise ValueError(f"{name} fails for {len(corners)} corners: {type(trouble).__name__}: {trouble}") from trouble
    if parts.shape != (len(corners) - 1, len(x)):
        raise ValueError(
            f"{name} returns shape {parts.shape} for {len(corners)} corners and {len(x)} inputs; "
            f"one row for each piece is needed, shape {(len(corners) - 1, len(x))}."
        )
    if not np.isfinite(parts).all():
        raise ValueError(f"{name} returns nan or inf for {len(corners)} corners; finite numbers are needed.")
    return parts
