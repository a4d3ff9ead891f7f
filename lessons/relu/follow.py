"""follow: one unit's sums in the course of its training, a line for each example."""

import numpy as np

from helpers.arguments import as_array, is_number, short_repr
from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.page import axis_limits
from helpers.figures.style import BLUE, INK, SOFT, number


def follow(histories, *, step=20):
    """Return a LiveFigure of a unit's sums, a line for each example, up to a training step.

    `histories` maps the name of each case to an array of shape (steps, examples), the same shape
    for all; buttons choose the case, a slider the step, `step` at first. Raises TypeError or
    ValueError for anything else.
    """
    histories = check_histories(histories)
    arrays = list(histories.values())
    limits = axis_limits(arrays)
    last = len(arrays[0]) - 1
    if is_number(step):
        step = min(step, last)
    controls = {
        "step": slider("training step", step, 0, last, 1, name="step"),
        "case": choice("case", list(histories)),
    }

    def draw(page, step, case):
        so_far = histories[case][: step + 1]
        now = so_far[-1]
        panel = page.panel(36, 220, width=622, x=(0, last), y=limits)
        page.drag(panel, "step")
        panel.hline(0, color=INK, linewidth=1.2)
        lines = [np.column_stack([np.arange(step + 1), line]) for line in so_far.T]
        panel.segments(lines, [BLUE if z > 0 else SOFT for z in now], 1.6, gid="sums")
        panel.dots(np.full(now.shape, step), now, INK, 6, 1, gid="now")
        panel.title("the unit's sum, example by example", BLUE)
        panel.caption("training step")
        beside = {"coordinates": "y", "va": "center", "color": SOFT}
        # On above 0, off below.
        panel.text("on\noff", 1.013, 0, linespacing=1.6, **beside)
        words = f"after {step} steps: on for {np.sum(now > 0)} of {now.size} examples"
        on = panel.readout("on", words, 1.05)
        ends = f"{number(now.min(), 2)} and {number(now.max(), 2)}"
        return f"{case}, {on}; its sums lie between {ends}."

    return LiveFigure(draw, controls, height=318)


def check_histories(histories):
    """Return the histories as float arrays, or raise TypeError or ValueError."""
    if not isinstance(histories, dict) or not histories:
        raise TypeError(
            f'follow needs a dict of arrays, not {short_repr(histories)}; try {{"ReLU": sums}}.'
        )
    arrays = {}
    shape = (("steps", 2, np.inf), "examples")
    example = "the same steps and examples in each case, and a smaller learning rate"
    for name, sums in histories.items():
        arrays[name] = as_array(sums, f"the history of {name}", shape, example=example)
        shape = arrays[name].shape
    return arrays
