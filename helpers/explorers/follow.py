"""follow: one unit's sums while it is trained, a line for each example, in several cases."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from helpers.explorers.panels import limits, moving
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.style import BLUE, INK, SOFT, add_axes, label, new_figure, number, own_settings


@own_settings()
def follow(histories, *, step=20):
    """Return a LiveFigure of a unit's sums, a line for each example, with a slider for the training step.

    `histories` maps the name of each case to an array of shape (steps, examples), the same shape for all; buttons
    choose the case, and `step` is shown at first. Raises TypeError or ValueError for anything else.
    """
    if not isinstance(histories, dict) or not histories:
        raise TypeError(f'follow needs a dict of arrays, not {histories!r}; try {{"ReLU": sums}}.')
    histories = {name: np.asarray(sums, dtype=float) for name, sums in histories.items()}
    shapes = {sums.shape for sums in histories.values()}
    steps, examples = _shape(shapes)
    values = np.stack(list(histories.values()))
    if not np.isfinite(values).all():
        raise ValueError("A history holds nan or inf: the training ran away; try a smaller rate.")
    axes, lines, dots, readout = _draw(steps, limits((values.min(), values.max())))

    def update(step, case):
        step, sums = int(step), histories[case]
        so_far = np.arange(step + 1)
        lines.set_segments([np.column_stack([so_far, sums[: step + 1, i]]) for i in range(examples)])
        lines.set_color([BLUE if z > 0 else SOFT for z in sums[step]])
        dots.set_data(np.full(examples, step), sums[step])
        on = int((sums[step] > 0).sum())
        readout.set_text(f"after {step} steps: on for {on} of {examples} examples")
        low, high = number(sums[step].min(), 2), number(sums[step].max(), 2)
        return f"{case}, {readout.get_text()}; its sums lie between {low} and {high}."

    controls = {
        "step": number_slider("training step", min(step, steps - 1), 0, steps - 1, 1, name="step"),
        "case": choice("case", list(histories), next(iter(histories))),
    }
    return LiveFigure(axes.figure, controls, update)


def _shape(shapes):
    """Return (steps, examples), or raise ValueError when there is not one such shape."""
    shape = next(iter(shapes))
    if len(shapes) > 1 or len(shape) != 2 or shape[0] < 2 or shape[1] < 1:
        raise ValueError(f"Every history needs the same shape (steps, examples), not {sorted(shapes)}.")
    return shape


def _draw(steps, heights):
    """Return (axes, a line for each example, their ends, the readout)."""
    figure = new_figure(318)
    axes = add_axes(figure, 54, 36, 622, 220, xlim=(0, steps - 1), ylim=heights)
    axes.axhline(0, color=INK, linewidth=1.2)
    label(axes, (0, 1.05), "the unit's sum, example by example", color=BLUE, weight="bold", fontsize=14)
    label(axes, (0.5, -0.19), "training step", ha="center")
    for height, text, side in ((4, "on", "bottom"), (-4, "off", "top")):
        place = {"xytext": (8, height), "textcoords": "offset points", "color": SOFT, "va": side}
        axes.annotate(text, (1, 0), xycoords=axes.get_yaxis_transform(), **place)
    lines = moving(axes.add_collection(LineCollection([], linewidths=1.6, zorder=3)))
    dot = {"marker": "o", "markersize": 6, "markeredgecolor": "white", "linestyle": "", "clip_on": False}
    dots = moving(axes.add_line(Line2D([], [], color=INK, zorder=4, **dot)))
    return axes, lines, dots, moving(label(axes, (1.048, 1.05), "", ha="right", fontsize=14, gid="on"))
