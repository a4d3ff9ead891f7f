"""overlay: a function whose parameters are moved until it lies on another one, with the difference below."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from helpers.activations import Activation
from helpers.explorers import panels, sampling
from helpers.explorers.controls import abbreviated, extremes
from helpers.live import LiveFigure
from helpers.style import BLUE, GREEN, INK, SOFT, label, number, own_settings

TOUCH = 1e-9  # as near as this counts as lying on each other


@own_settings()
def overlay(function, target, *, x_range=(-6, 6), **parameters):
    """Return a LiveFigure of `function`, moved by sliders for its parameters, over `target`; their difference below.

    Both are Activations or your own functions of an array; `parameters` belong to `function`, as in `explore`.
    Raises ValueError or TypeError as `explore` does.
    """
    lo, hi, _ = sampling.check_range(x_range)
    for part in (function, target):
        if not callable(part):
            raise TypeError(f"overlay needs two functions, not {sampling.shown(part)}; write overlay(mine, tanh).")
    names = [getattr(part, "__name__", "f") for part in (function, target)]
    sliders, fixed = abbreviated(function, parameters)
    x = sampling.inputs(lo, hi)
    goal = sampling.evaluate(target, x, names[1])
    evaluate = lambda at, values: sampling.evaluate(function, at, names[0], **fixed, **values)  # noqa: E731
    moved = np.array([goal, *sampling.attempts(evaluate, x, extremes(sliders))])
    colour = target.colour if isinstance(target, Activation) else GREEN
    view = View(names, colour, x, goal, moved)

    def update(**values):
        return view.show(evaluate(x, values), values)

    return LiveFigure(view.figure, sliders, update)


class View:
    """The two panels of `overlay`."""

    def __init__(self, names, colour, x, goal, moved):
        self._names, self._x, self._goal = names, x, goal
        self.figure, upper, lower = panels.two_panels()
        upper.set_xlim(x[0], x[-1])
        panels.hold(upper, *panels.limits(moved))
        panels.hold(lower, *panels.limits(moved - goal))
        upper.add_line(Line2D(x, goal, color=colour, linewidth=6, alpha=0.55, zorder=3))
        self.between = panels.moving(upper.add_patch(Polygon([(0, 0)] * 3, facecolor=SOFT, alpha=0.14, linewidth=0)))
        self.line = panels.moving(upper.add_line(Line2D([], [], color=BLUE, linewidth=2.4, zorder=4)))
        self.difference = panels.moving(lower.add_line(Line2D([], [], color=INK, linewidth=2.4, zorder=4)))
        big = {"weight": "bold", "fontsize": 14}
        label(upper, (0, 1.045), f"{names[0]}(x)", color=BLUE, **big)
        label(upper, (1, 1.045), f"{names[1]}(x)", color=colour, ha="right", **big)
        label(lower, (0, 1.09), f"{names[0]} − {names[1]}", **big)
        self.verdict = panels.moving(label(lower, (1, 1.09), "", ha="right", fontsize=13, gid="distance"))

    def show(self, y, values):
        """Move the artists to the function's values y and return the picture in words."""
        difference = y - self._goal
        widest = np.argmax(np.abs(difference))
        distance = abs(difference[widest])
        self.line.set_data(self._x, y)
        self.difference.set_data(self._x, difference)
        self.between.set_xy(np.column_stack([[*self._x, *self._x[::-1]], [*y, *self._goal[::-1]]]))
        where = f"largest difference {number(distance)}, at x = {number(self._x[widest], 2)}"
        self.verdict.set_text("no difference: one lies on the other" if distance < TOUCH else where)
        self.verdict.set_color(BLUE if distance < TOUCH else INK)
        settings = ", ".join(f"{name} {number(value, 2)}" for name, value in values.items())
        return f"{self._names[0]} ({settings}) over {self._names[1]}: {self.verdict.get_text()}."
