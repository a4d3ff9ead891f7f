"""dead_units: how many units of a ReLU layer no example switches on, by their bias."""

import numpy as np

from helpers.arguments import as_array
from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, INK, ORANGE, number

LOWEST_BIAS = -6.0
HIGHEST_BIAS = 3.0
LEAST_HEIGHT = 0.025  # of a bar that can be seen
SHARES = {"yticks": [0, 0.5, 1], "ylabels": ["0 %", "50 %", "100 %"]}


def dead_units(sums, *, bias=0.0):
    """Return a LiveFigure of a layer of ReLU units, with a slider for one bias of all of them.

    `sums` are those without this bias, of shape (examples, units), 2 to 100 units. Above: the share
    of examples that switch each unit on, the units in the order in which they die; below: the
    share of dead units for every bias. A second slider says how many of the examples count.
    Raises ValueError or TypeError for other shapes and values.
    """
    shape = (("examples", 2, np.inf), ("units", 2, 100))
    example = "rng.normal(size=(500, 32))"
    sums = as_array(sums, "sums", shape, example=example)
    sums = sums[:, np.argsort(-sums.max(axis=0))]
    all_examples, units = sums.shape
    controls = {
        "bias": slider("bias", bias, LOWEST_BIAS, HIGHEST_BIAS, 0.1),
        "examples": slider("examples", all_examples, 1, all_examples, 1),
    }

    def draw(page, bias, examples):
        seen = sums[:examples]
        on = (seen + bias > 0).mean(axis=0)
        dead = np.flatnonzero(on == 0)
        deadly_biases = np.sort(-seen.max(axis=0))

        upper = page.panel(36, 190, x=(-1, units), y=(-0.04, 1.02), xticks=[], **SHARES)
        # One example of a thousand would be too low to be seen, and it is what keeps a unit alive.
        heights = np.where(on > 0, np.maximum(on, LEAST_HEIGHT), 0)
        upper.stems(np.arange(units), heights, BLUE, 420 / units, gid="on")
        upper.dots(dead, np.zeros(len(dead)), ORANGE, 9, 1, marker="X", gid="crosses")
        upper.title("examples that switch each unit on", BLUE)
        upper.caption("each bar is one unit; a cross: no example switches it on", 20)
        zeros = upper.readout(
            "zeros", f"outputs that are 0: {100 * (1 - on.mean()):.1f} %"
        )

        lower = page.panel(
            294, 112, x=(LOWEST_BIAS, HIGHEST_BIAS), y=(-0.04, 1.04), **SHARES
        )
        page.drag(lower, "bias")
        # From left to right the share of dead units falls by one unit at each deadly bias.
        places = [LOWEST_BIAS, *np.repeat(deadly_biases, 2), HIGHEST_BIAS]
        shares = np.repeat(np.linspace(1, 0, units + 1), 2)
        lower.line(places, shares, INK, 2, gid="dead by bias")
        lower.dotted_vline(bias)
        lower.dots(bias, len(dead) / units, ORANGE, gid="dead now")
        lower.title("dead units, by bias")
        lower.caption("bias, added to every sum")
        count = lower.readout("dead", f"dead: {len(dead)} of {units}")
        example = "example" if examples == 1 else "examples"
        return (
            f"Bias {number(bias, 1)}, {examples} {example}: {count} units, which no example "
            f"switches on; {zeros}."
        )

    return LiveFigure(draw, controls, height=458)
