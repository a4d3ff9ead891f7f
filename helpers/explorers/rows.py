"""side_by_side: several ways to write one formula, computed for the same input, with what NumPy says of each."""

import numpy as np

from helpers.arguments import as_floats
from helpers.explorers.controls import abbreviated, lay_out
from helpers.explorers.panels import moving
from helpers.live import LiveFigure
from helpers.style import BLUE, INK, SOFT, add_axes, label, new_figure, own_settings

ROW = 34  # pixels


@own_settings()
def side_by_side(*functions, x=(-1000, 1000, 1), scores=None):
    """Return a LiveFigure with a row for each function: its name, its value at x and what NumPy reports.

    The functions take one number; `x` is a number or an abbreviation of ipywidgets, as in `explore`. With `scores`, a
    list of numbers, they take the list with x added to each and return a list. Raises TypeError when a function cannot
    be called.
    """
    for function in functions:
        if not callable(function):
            raise TypeError(f"side_by_side needs functions, not {function!r}; write their names without brackets.")
    sliders, _ = abbreviated(functions[0], {"x": x})
    lay_out(sliders["x"], "input x" if scores is None else "added to all")
    base = None if scores is None else as_floats(scores, "scores")
    figure, values, notes = _draw([function.__name__ for function in functions], 0.54 if base is None else 0.62)

    def update(x):
        given = np.float64(x) if base is None else base + x
        results = [_try(function, given) for function in functions]
        for value, note, (text, report) in zip(values, notes, results, strict=True):
            value.set(text=text, color=INK if report else BLUE, weight="bold" if report else "normal")
            note.set_text(report or "no complaint")
        rows = (
            f"{f.__name__} gives {text} ({report or 'no complaint'})"
            for f, (text, report) in zip(functions, results, strict=True)
        )
        where = f"At x = {x:g}" if base is None else f"For the scores {_text(given)}"
        return f"{where}: {'; '.join(rows)}."

    return LiveFigure(figure, sliders, update)


def _try(function, x):
    """Return (value, report) as texts."""
    reports = []
    with np.errstate(all="call", under="ignore", call=lambda kind, _: reports.append(kind)):
        try:
            value = np.array(function(np.copy(x)[()]), dtype=float)
            if value.shape != np.shape(x):
                raise ValueError(f"shape {value.shape} came back for shape {np.shape(x)}")
        except Exception as trouble:  # a learner's function may raise anything; the row tells it
            return "—", f"{type(trouble).__name__}: {trouble}"
    if np.isnan(value).any():
        reports.append("nan: not a number" if value.ndim == 0 else "nan")
    return _text(value), ", ".join(dict.fromkeys(reports))


def _text(value):
    """Return a number with 6 digits, or each number of a list with 4."""
    digits = 6 if np.ndim(value) == 0 else 4
    return ", ".join(f"{v:.{digits}g}" for v in np.atleast_1d(value)).replace("-", "−")


def _draw(names, third):
    """Return (figure, texts for the values, for the reports), a row a name; `third` is where the reports begin."""
    height = ROW * (len(names) + 1) + 16
    figure = new_figure(height)
    axes = add_axes(figure, 8, 8, 704, height - 16, xlim=(0, 1), ylim=(len(names) + 1, 0))
    axes.set_axis_off()
    head = {"color": SOFT, "fontsize": 11, "va": "center", "transform": axes.transData}
    cell = {**head, "color": INK, "fontsize": 13}
    for left, text in ((0, "written as"), (0.32, "value"), (third, "NumPy says")):
        label(axes, (left, 0.5), text, **head)
    values, notes = [], []
    for row, name in enumerate(names, start=1):
        axes.axhline(row, color="#D0D7DE", linewidth=0.8)
        label(axes, (0, row + 0.5), name, **cell)
        values.append(moving(label(axes, (0.32, row + 0.5), "", gid=f"value-{row}", **cell)))
        notes.append(moving(label(axes, (third, row + 0.5), "", gid=f"report-{row}", **{**cell, "fontsize": 12})))
    return figure, values, notes
