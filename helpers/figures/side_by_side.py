"""side_by_side: what several functions make of one number, as a table."""

from functools import partial

import numpy as np

from helpers.arguments import (
    as_float,
    as_floats,
    is_number,
    is_real,
    name_of,
    numpy_reports,
    short_repr,
)
from helpers.figures.controls import lay_out, parameter_controls
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, INK, SMALL

ROW = 34  # pixels
CALM = "no complaint"


def side_by_side(*functions, x=(-1000, 1000, 1), scores=None):
    """Return a LiveFigure with a row for each function: its name, its value at x and what NumPy
    reports.

    The functions take one number; `x` is a number or an abbreviation of ipywidgets, as in
    `explore`. With `scores`, a list of numbers, they take the list with x added to each and return
    a list. Anything else raises ValueError or TypeError.
    """
    if not functions:
        raise ValueError(
            "side_by_side needs at least one function; try side_by_side(sigmoid, tanh)."
        )
    names = [name_of(function, "side_by_side(sigmoid, tanh)") for function in functions]
    alone = scores is None
    base = np.float64(0) if alone else check_scores(scores)
    height = ROW * (len(names) + 1)

    def draw(page, x):
        if not is_number(x):
            raise TypeError(
                f"x must be a number, not {short_repr(x)}; try x=(-1000, 1000, 1)."
            )
        given = base + as_float(x)
        results = [
            (name, *attempt(function, given))
            for name, function in zip(names, functions, strict=True)
        ]
        panel = page.panel(
            8, height, left=8, width=704, y=(len(names) + 1, 0), frame=False
        )
        draw_table(panel, results, third=0.54 if alone else 0.62)
        where = f"At x = {given:g}" if alone else f"For the scores {as_text(given)}"
        rows = [f"{name} gives {value} ({report})" for name, value, report in results]
        return f"{where}: {'; '.join(rows)}."

    controls, fixed = parameter_controls(draw, {"x": x})
    for control in controls.values():
        lay_out(control, "input x" if alone else "added to all")
    return LiveFigure(partial(draw, **fixed), controls, height + 16)


def check_scores(scores):
    """Return scores as an array, or raise ValueError or TypeError for what is no list of
    numbers.
    """
    array = as_floats(scores, "scores")
    if array.ndim != 1 or not array.size:
        raise ValueError(
            f"scores must be a list of numbers, not {short_repr(scores)}; try scores=[1, 2, 3]."
        )
    return array


def attempt(function, x):
    """Return what a function makes of x and what NumPy reports, as texts."""
    with numpy_reports() as reports:
        try:
            given = function(np.copy(x)[()])
            value = np.asarray(given)
            if np.ma.is_masked(given) or not is_real(value):
                raise TypeError(f"{short_repr(given)} came back, no real number")
            value = value.astype(float)
            if value.shape != np.shape(x):
                raise ValueError(
                    f"shape {value.shape} came back for shape {np.shape(x)}"
                )
        except Exception as error:
            # A learner's function may raise anything; the row tells it.
            return "—", f"{type(error).__name__}: {error}"
    if np.isnan(value).any():
        reports.append("nan: not a number" if value.ndim == 0 else "nan")
    return as_text(value), ", ".join(dict.fromkeys(reports)) or CALM


def as_text(value):
    """Return a number with 6 digits, or each number of a list with 4."""
    digits = 6 if np.ndim(value) == 0 else 4
    return ", ".join(f"{v:.{digits}g}" for v in np.atleast_1d(value)).replace("-", "−")


def draw_table(panel, results, third):
    """Write a row for each (name, value, report); the third column begins at that fraction of the
    width.
    """
    cell = {"va": "center", "coordinates": "data"}
    for left, words in ((0, "written as"), (0.32, "value"), (third, "NumPy says")):
        panel.text(words, left, 0.5, **SMALL, **cell)
    for row, (name, value, report) in enumerate(results, start=1):
        calm = report == CALM
        weight = "normal" if calm else "bold"
        look = {
            "color": BLUE if calm else INK,
            "weight": weight,
            "ha": "left",
            "fontsize": 13,
            **cell,
        }
        panel.hline(row, color="#D0D7DE")
        panel.text(name, 0, row + 0.5, fontsize=13, **cell)
        panel.readout(f"value-{row}", value, 0.32, row + 0.5, **look)
        panel.readout(
            f"report-{row}", report, third, row + 0.5, ha="left", fontsize=12, **cell
        )
