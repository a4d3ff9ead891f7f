"""overlay: one function, moved by sliders, upon another."""

from functools import partial

import numpy as np

from helpers.arguments import format_parameters, name_of, pair
from helpers.figures import sampling
from helpers.figures.controls import extremes
from helpers.figures.curve import Curve
from helpers.figures.live import LiveFigure
from helpers.figures.page import axis_limits, outline
from helpers.figures.parts import draw_curve, two_panels
from helpers.figures.style import BLUE, GREEN, INK, SOFT, ink, number

TOUCH = 1e-9  # a share of the heights: what is nearer counts as lying on each other


def overlay(function, target, *, x_range=(-6, 6), **parameters):
    """Return a LiveFigure of `function`, moved by sliders for its parameters, over `target`; the
    difference below.

    Both are Activations or your own functions of an array; `parameters` belong to `function`, as in
    `explore`. Raises ValueError or TypeError as `explore` does.
    """
    lo, hi = pair(x_range, "x_range")
    for part in (function, target):
        name_of(part, "overlay(mine, tanh)")
    mine = Curve(function, parameters)
    theirs = Curve(target, {})
    colour = theirs.colour or GREEN
    x = sampling.inputs(lo, hi)
    goal = theirs.values_of_each(x)
    broken_goal = theirs.broken(x, goal)
    ends = sampling.attempts(lambda end: mine.values(x, **end), extremes(mine.controls))
    heights = np.array([goal, *ends])  # that can be seen, whatever the sliders say

    def difference(x, /, **parameters):
        return mine.values(x, **parameters) - theirs.values(x)

    def draw(page, /, **parameters):
        y = mine.values_of_each(x, **parameters)
        upper, lower = two_panels(
            page, (lo, hi), axis_limits(heights), axis_limits(heights - goal)
        )
        draw_curve(upper, broken_goal, colour, 6, gid="target")
        upper.area(outline(x, y, goal), SOFT, 0.14, gid="between")
        broken = mine.broken(x, y, **parameters)
        draw_curve(upper, broken, BLUE, 2.4, zorder=4, gid="function")
        gaps = sampling.with_jumps(partial(difference, **parameters), x, y - goal)
        draw_curve(lower, gaps, INK, 2.4, zorder=4, gid="difference")
        upper.title(f"{mine.name}(x)", BLUE)
        upper.title(f"{theirs.name}(x)", ink(colour), x=1, ha="right")
        lower.title(f"{mine.name} − {theirs.name}")
        apart = np.abs(y - goal)
        touching = apart.max() <= TOUCH * np.abs([y, goal]).max()
        words = f"largest difference {number(apart.max())}, at x = {number(x[apart.argmax()], 2)}"
        if touching:
            words = "no difference: one lies on the other"
        lower.readout("distance", words, fontsize=13, color=BLUE if touching else INK)
        settings = f" ({format_parameters(parameters)})" if parameters else ""
        return f"{mine.name}{settings} over {theirs.name}: {words}."

    return LiveFigure(draw, mine.controls, height=478)
