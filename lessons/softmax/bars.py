"""A horizontal bar for each class, and the strip that shows how they share the whole."""

import numpy as np

from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, ink_on, number
from lessons.softmax.scores import NAMES

ROW = 34  # pixels from one bar to the next
COLOURS = (BLUE, GREEN, PURPLE, ORANGE, SKY)
OUTLINE = {
    "edgecolor": INK,
    "linewidth": 1.2,
    "linestyle": (0, (3, 2)),
    "zorder": 2,
}


def bar_panel(page, n, left, width, x, *, top=34, height=None, **options):
    """Return a new panel with a row for each of n classes; the rest is as for Page.panel."""
    rows = {
        "x": x,
        "y": (n - 0.5, -0.5),
        "yticks": range(n),
        "ylabels": NAMES[:n],
        "ticks": {"axis": "y", "length": 0},
        "grid": "x",
        "sides": ("bottom",),
    }
    rows.update(options)
    return page.panel(top, height or ROW * n, left, width, **rows)


def draw_bars(panel, values, name, digits=4, before=None):
    """Draw a bar for each class with its number at the end, and outlines of the values before.

    The number is called `name` and its class: "score-cat"; the bar "score bar cat".
    """
    margin = 0.02 * (panel.x[1] - panel.x[0])
    panel.vline(0, linewidth=1)
    for row, value in enumerate(values):
        bar = f"{name} bar {NAMES[row]}"
        panel.rectangle(0, row - 0.32, value, 0.64, COLOURS[row], gid=bar)
    if before is None:
        before = np.zeros(len(values))
    else:
        for row, value in enumerate(before):
            outline = f"{name} outline {NAMES[row]}"
            panel.rectangle(0, row - 0.32, value, 0.64, "none", gid=outline, **OUTLINE)
    for row, value in enumerate(values):
        if value < 0:
            side = "right"
            end = min(value, before[row]) - margin
        else:
            side = "left"
            end = max(value, before[row]) + margin
        words = number(value, digits)
        panel.label(words, end, row, ha=side, gid=f"{name}-{NAMES[row]}")


def drag_bars(page, panel, count, shift=0.0):
    """Let the pointer pull the bars of so many scores, to all of which `shift` has been added."""
    for row in range(count):
        page.drag(panel, f"z{row + 1}", shift=shift, rows=(row - 0.5, row + 0.5))


def draw_strip(page, shares, top, height):
    """Draw the whole as one strip that the shares fill, and return its panel."""
    panel = page.panel(top, height, 56, 656, frame=False)
    border = {"edgecolor": "white", "linewidth": 1.5}
    for i, share in enumerate(shares):
        left = sum(shares[:i])
        panel.rectangle(
            left, 0, share, 1, COLOURS[i], gid=f"strip {NAMES[i]}", **border
        )
        words = share_in_words(NAMES[i], share)
        look = {
            "color": ink_on(COLOURS[i]),
            "clip_on": True,
            "gid": f"strip-{NAMES[i]}",
        }
        panel.label(words, left + share / 2, 0.5, **look)
    return panel


def share_in_words(name, share):
    """Return a share with its class and its size, where it is wide enough for the words."""
    size = f"{100 * share:.0f} %"
    if share > 0.13:
        return f"{name} {size}"
    if share > 0.06:
        return size
    return ""
