"""cost: what each activation and its slope take on this machine."""

import time

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.figures.controls import toggle
from helpers.figures.live import LiveFigure
from helpers.figures.style import SOFT, VERMILION, ink
from helpers.passes import keep_freed_memory

REPEATS = 15
SHAPE = (10_000, 10)  # of the numbers; softmax takes them as rows of 10 scores


def cost():
    """Return a LiveFigure that measures, when its button is pressed, what value and slope cost
    here, in NumPy.

    Bars are nanoseconds a number: the best of several runs on 100,000 numbers from N(0, 1).
    """
    button = toggle("measure")
    times = {}  # the one thing that this figure remembers: measured once for a press

    def follow(name):
        if not button.value:
            times.clear()
        elif not times:
            times.update(measure())

    def draw(page, measure):
        longest = max((max(each) for each in times.values()), default=0)
        panel = page.panel(
            30,
            366,
            92,
            500,
            x=(0, 1.02 * longest or 1),
            y=(len(ACTIVATIONS) - 0.5, -0.5),
            yticks=(),
            sides=("bottom",),
            grid=False,
        )
        panel.title("nanoseconds a number")
        caption = (
            "wide bar: the value; narrow bar: its slope; at the right: how many times "
            "ReLU's value"
        )
        panel.caption(caption, 36)
        look = {"coordinates": "y", "va": "center"}
        for n, (name, f) in enumerate(ACTIVATIONS.items()):
            colour = ink(f.colour)
            panel.text(f.name, -0.02, n, ha="right", color=colour, **look)
            if times:
                value, slope = times[name]
                panel.rectangle(0, n - 0.38, value, 0.44, colour, gid=f"{name} value")
                panel.rectangle(0, n + 0.1, slope, 0.24, VERMILION, gid=f"{name} slope")
                words = "   ".join(
                    f"{each / times['relu'][0]:.1f} ×" for each in times[name]
                )
                panel.readout(
                    f"cost-{name}", words, 1.02, n, ha="left", fontsize=12, **look
                )
        if not times:
            panel.text(
                "press “measure”", 0.5, 5, ha="center", fontsize=18, color=SOFT, **look
            )
            return f"No bars yet: press measure to see what {len(ACTIVATIONS)} functions cost here."
        each = [
            f"{f.name} {times[name][0]:.2g} and {times[name][1]:.2g}"
            for name, f in ACTIVATIONS.items()
        ]
        return f"Nanoseconds for a value and its slope: {', '.join(each)}."

    return LiveFigure(draw, {"measure": button}, 440, follow=follow, recorded=False)


def measure():
    """Return nanoseconds a number for the value and the slope of each activation by its
    identifier.
    """
    # A young process would hand out memory anew for each result, which costs more than the work.
    keep_freed_memory()
    x = np.random.default_rng(seed=0).normal(size=SHAPE)
    return {
        name: (best_time(f, x), best_time(f.derivative, x))
        for name, f in ACTIVATIONS.items()
    }


def best_time(function, x):
    """Return the best of several runs, as other programs can only slow one down, after one that
    warms up.
    """
    function(x)
    runs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function(x)
        runs.append(time.perf_counter() - start)
    return 1e9 * min(runs) / x.size
