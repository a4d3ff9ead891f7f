"""choose: buttons ask where a function stands and for what, and the answer is a function."""

import ipywidgets
import numpy as np

from helpers.arguments import one_of
from helpers.figures.controls import choice
from helpers.figures.live import LiveFigure
from helpers.figures.style import INK, PALE, VERMILION, ink
from lessons.cheatsheet.advice import (
    ABOUT,
    ADVICE,
    BY_CASE,
    DASHES,
    LAYERS,
    OUTPUT,
    curves_of,
)

# JupyterLab makes links of widgets look like text.
LINK = "color: var(--jp-content-link-color, #0072B2); text-decoration: underline"
# Pixels: where a branch of the tree leaves its layer, and where it reaches its case.
ACROSS = (218, 262, 268)
TWIG = (450, 486)  # pixels: from a case to its function


def choose(layer=OUTPUT, case=None):
    """Return a LiveFigure that asks with buttons where a function stands and for what, and says
    which to choose.

    All answers stand in a tree, the way to the chosen one is thick. `layer` and `case` are words of
    the buttons; others raise ValueError.
    """
    cases = one_of(layer, "layer", LAYERS)
    case = one_of(case or cases[0], "case", cases)
    layers = choice("which layer?", list(LAYERS), layer)
    buttons = choice("for what?", cases, case)
    buttons.layout.min_height = "66px"  # of two rows, so that nothing below moves
    link = ipywidgets.HTML(layout={"margin": "0 0 0 118px"})

    def follow(name):
        """Offer the cases of the chosen layer, and link to the lesson of what is recommended."""
        if buttons.value not in LAYERS[layers.value]:
            buttons.options = LAYERS[layers.value]
        advice = BY_CASE[buttons.value]
        lesson = ABOUT[advice.activation.identifier].lesson
        words = f"lesson {lesson.replace('_', ' ')}"
        linked = f'<a href="{lesson}.ipynb" target="_blank" style="{LINK}">{words}</a>'
        link.value = where_to_read(advice, linked)

    def draw(page, layer, case):
        advice = BY_CASE[case]
        draw_tree(page, advice)
        draw_recommendation(page, advice)
        name = advice.activation.name
        return (
            f"A tree with {len(ADVICE)} answers. For {layer}, {case}: choose {name} "
            f"({advice.goes_with}). {advice.reason} {advice.more} {where_to_read(advice)}"
        )

    controls = {"layer": layers, "case": buttons}
    recorded = [{"layer": [layer], "case": LAYERS[layer]} for layer in LAYERS]
    rows = [layers, buttons, link]
    return LiveFigure(draw, controls, 468, rows=rows, follow=follow, recorded=recorded)


def where_to_read(advice, linked=None):
    """Return a sentence on where to read about what is recommended; `linked` is a link to it."""
    lesson = ABOUT[advice.activation.identifier].lesson[:2]
    if lesson == "10":
        return "You write it yourself in the last exercise below."
    return f"Read {linked or f'lesson {lesson}'}."


def draw_tree(page, chosen):
    """Draw all advice as a tree, with a thick way to the chosen one."""
    panel = page.panel(4, 330, 6, 708, x=(0, 708), y=(330, 0), frame=False)
    heights = {}
    for n, advice in enumerate(ADVICE):
        heights[advice] = 10 + 19 * n + 8 * list(LAYERS).index(advice.layer)
    look = {"coordinates": "data", "va": "center"}
    for layer in LAYERS:
        leaves = [height for advice, height in heights.items() if advice.layer == layer]
        middle = np.mean(leaves)
        weight = "bold" if layer == chosen.layer else "normal"
        panel.text(layer, 8, middle, gid=layer, weight=weight, **look)
        for leaf in leaves:
            draw_branch(panel, middle, leaf, PALE, 1.2)
        if layer == chosen.layer:
            draw_branch(panel, middle, heights[chosen], INK, 3, zorder=3.5, gid="way")
    for advice, height in heights.items():
        f = advice.activation
        chosen_case = advice.case == chosen.case
        words = {
            "gid": advice.case,
            "weight": "bold" if chosen_case else "normal",
            **look,
        }
        panel.text(advice.case, 276, height, **words)
        panel.text(f.name, 496, height, color=ink(f.colour), **words)


def draw_branch(panel, start, end, colour, width, **look):
    """Draw the way from a layer at one height to its case at another, and on to the function."""
    across = [*ACROSS, np.nan, *TWIG]
    down = [start, end, end, end, end, end]
    panel.line(across, down, colour, width, **look)


def draw_recommendation(page, advice):
    """Draw the graph of what is recommended, and say why."""
    f = advice.activation
    panel = page.panel(
        352, 98, 30, 150, x=(-4, 4), y=(-2.2, 3.2), xticks=[-4, 0, 4], yticks=[-2, 0, 2]
    )
    panel.hline(0)
    x, values, slopes = curves_of(f, -4, 4)
    panel.line(x, values, ink(f.colour), gid="value curve")
    panel.line(x, slopes, VERMILION, 2, linestyle=DASHES, gid="slope curve")
    name = {"ha": "left", "fontsize": 20, "weight": "bold", "color": ink(f.colour)}
    panel.readout("name", f.name, 1.2, 0.82, **name)
    words = {"ha": "left", "fontsize": 13}
    panel.readout("along", advice.goes_with, 1.2, 0.56, **words)
    panel.readout("reason", advice.reason, 1.2, 0.33, **words)
    panel.readout("more", advice.more, 1.2, 0.1, **words)
