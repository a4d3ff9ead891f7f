"""cost: what each activation, its slope and the products of a layer take on this machine."""

import time

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.figures.controls import toggle
from helpers.figures.live import LiveFigure
from helpers.figures.style import INK, SOFT, VERMILION, ink
from helpers.passes import keep_freed_memory, product

REPEATS = 15
SHAPE = (10_000, 10)  # of the numbers; softmax takes them as rows of 10 scores
PRODUCTS = (64, 1000)  # of a unit that reads digits, and of one in a wide layer
UNITS = 32
ROWS = {name: (f.name, ink(f.colour)) for name, f in ACTIVATIONS.items()}
ROWS |= {f"{n}": (f"{n:,} products", INK) for n in PRODUCTS}
# From the middle of a row: where the bar of a value and of a slope begins, and its height.
BARS = {"value": (-0.38, 0.44), "slope": (0.1, 0.24)}


def cost():
    """Return a LiveFigure that measures, when its button is pressed, what value and slope cost
    here, in NumPy.

    Bars are nanoseconds per number: the best of several runs on 100,000 numbers from N(0, 1).
    Below them stand the products that a unit computes for one number: with 64 inputs, as in the
    digit reader, and with 1,000.
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
            414,
            116,
            476,
            x=(0, 1.02 * longest or 1),
            y=(len(ROWS) - 0.5, -0.5),
            yticks=(),
            sides=("bottom",),
            grid=False,
        )
        panel.title("nanoseconds per number")
        caption = (
            "wide bar: the value; narrow bar: its slope; at the right: how many times "
            "ReLU's value"
        )
        panel.caption(caption, 36)
        look = {"coordinates": "y", "va": "center"}
        for n, (name, (words, colour)) in enumerate(ROWS.items()):
            panel.text(words, -0.02, n, ha="right", color=colour, **look)
            if times:
                draw_bars(panel, name, n, times[name], colour)
                found = [f"{each / times['relu'][0]:.1f} ×" for each in times[name]]
                panel.readout(
                    f"cost-{name}",
                    "   ".join(found),
                    1.02,
                    n,
                    ha="left",
                    fontsize=12,
                    **look,
                )
        if not times:
            panel.text(
                "press “measure”", 0.5, 5, ha="center", fontsize=18, color=SOFT, **look
            )
            return f"No bars yet: press measure to see what {len(ACTIVATIONS)} functions cost here."
        said = []
        for name, (words, _) in ROWS.items():
            said.append(
                f"{words} {' and '.join(f'{each:.2g}' for each in times[name])}"
            )
        return f"Nanoseconds for a value and its slope: {', '.join(said)}."

    return LiveFigure(draw, {"measure": button}, 488, follow=follow, recorded=False)


def draw_bars(panel, name, row, times, colour):
    """Draw the bar of a value and, where there is one, of its slope."""
    for (what, (start, height)), time_taken in zip(BARS.items(), times, strict=False):
        fill = colour if what == "value" else VERMILION
        panel.rectangle(0, row + start, time_taken, height, fill, gid=f"{name} {what}")


def measure():
    """Return nanoseconds per number: (value, slope) by the identifier of each activation, and
    (products,) by how many they are.
    """
    # A young process would hand out memory anew for each result, which costs more than the work.
    keep_freed_memory()
    rng = np.random.default_rng(seed=0)
    x = rng.normal(size=SHAPE)
    times = {
        name: (best_time(f, x), best_time(f.derivative, x))
        for name, f in ACTIVATIONS.items()
    }
    for n in PRODUCTS:
        weights = rng.normal(size=(n, UNITS))
        inputs = rng.normal(size=(1000, n))
        times[f"{n}"] = (best_time(product, inputs, weights),)
    return times


def best_time(function, *arguments):
    """Return nanoseconds per number of the result: the best of several runs, as other programs
    can only slow one down, after one that warms up.
    """
    result = function(*arguments)
    runs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function(*arguments)
        runs.append(time.perf_counter() - start)
    return 1e9 * min(runs) / np.size(result)
