"""two_units: one bad start, two units, a ReLU that cannot leave it and a leaky one that can."""

import functools

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from helpers.arguments import as_floats
from helpers.explorers.panels import moving
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate
from helpers.style import BLUE, GREEN, INK, ORANGE, SOFT, add_axes, label, new_figure, number, own_settings

NAMES = ("ReLU", "leaky ReLU")
COLOURS = (ORANGE, BLUE)
DARK = ("#8A5A00", BLUE)  # of the same hues, for text
LOWEST = 1e-5  # of the axis of losses


@own_settings()
def two_units(train, function, inputs, targets, *, slope=0.1, step=0):
    """Return a LiveFigure of two units that learn the same data from the same start, slope 0 (ReLU) and `slope`.

    `train(slope)` returns a row (weight, bias, loss) for each step, shape (steps + 1, 3); `function(z, slope=...)` is
    the activation, `inputs` and `targets` are the data. Sliders choose the step that is shown and the leaky slope.
    Raises ValueError or TypeError when `train` returns anything else.
    """
    inputs, targets = as_floats(inputs, "inputs"), as_floats(targets, "targets")
    paths = functools.cache(lambda alpha: _path(train, alpha))
    last = len(paths(0.0)) - 1
    grid = np.linspace(inputs.min(), inputs.max(), 161)
    figure, fits, losses, dots, texts = _draw(inputs, targets, last)

    def update(step, slope):
        slopes, step = (0.0, float(slope)), int(step)
        rows = [paths(alpha)[step] for alpha in slopes]
        outputs = [
            evaluate(function, w * grid + b, "the unit", slope=alpha)
            for (w, b, _), alpha in zip(rows, slopes, strict=True)
        ]
        for i, ((w, b, loss), output) in enumerate(zip(rows, outputs, strict=True)):
            fits[i].set_data(grid, output)
            losses[i].set_data(np.arange(step + 1), np.maximum(paths(slopes[i])[: step + 1, 2], LOWEST))
            dots[i].set_data([step], [max(loss, LOWEST)])
            on = np.mean(w * inputs + b > 0)
            texts[i].set_text(f"loss {number(loss)}, switched on by {on * 100:.0f} % of the data")
        words = "; ".join(f"{name}: {text.get_text()}" for name, text in zip(NAMES, texts, strict=True))
        return f"After {step} of {last} steps, leaky slope {slope:g}. {words}."

    controls = {
        "step": number_slider("training step", step, 0, last, 1),
        "slope": number_slider("leaky slope", slope, 0.0, 1.0, 0.01),
    }
    return LiveFigure(figure, controls, update)


def _path(train, slope):
    """Return the rows of train(slope), or raise when it does not return one row of three numbers for each step."""
    path = np.asarray(train(slope), dtype=float)
    if path.ndim != 2 or path.shape[1] != 3 or len(path) < 2 or not np.isfinite(path).all():
        raise ValueError(
            "train(slope) has to return a row (weight, bias, loss) of finite numbers for each step, not shape "
            f"{path.shape}{'' if np.isfinite(path).all() else ' with nan or inf in it; try a smaller learning rate'}."
        )
    return path


def _draw(inputs, targets, last):
    """Return (figure, fitted curves, loss curves, dots on them, readouts), one of each for either unit."""
    figure = new_figure(470)
    high, low = targets.max(), min(0.0, targets.min())
    fits, texts = [], []
    for i, (name, colour, dark) in enumerate(zip(NAMES, COLOURS, DARK, strict=True)):
        axes = add_axes(
            figure, 64 + 340 * i, 56, 300, 176, xlim=(inputs.min(), inputs.max()), ylim=(low - 1.6, high + 0.3)
        )
        axes.axhline(0, color=SOFT, linewidth=0.8)
        axes.add_line(Line2D(inputs, targets, color=GREEN, marker="o", markersize=4, linestyle="", alpha=0.6))
        label(axes, (0, 1.15), name, color=dark, weight="bold", fontsize=14)
        label(axes, (0.5, -0.21), "input x", ha="center")
        texts.append(moving(label(axes, (0, 1.04), "", color=INK, fontsize=11, gid=f"unit-{i}")))
        fits.append(moving(axes.add_line(Line2D([], [], color=colour, linewidth=3, zorder=4))))
    label(axes, (1, 1.15), "dots: the data", ha="right", color="#00664B", fontsize=11)
    below = add_axes(figure, 64, 306, 640, 116, xlim=(0, last), ylim=(LOWEST, 20), yscale="log")
    below.yaxis.set_major_locator(FixedLocator([1e-4, 1e-2, 1]))
    below.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    below.yaxis.set_minor_locator(NullLocator())
    title = "loss (mean squared error, each line is a hundred times the one below)"
    label(below, (0, 1.06), title, fontsize=12, weight="bold")
    label(below, (0.5, -0.34), "training step", ha="center")
    losses = [moving(below.add_line(Line2D([], [], color=colour, linewidth=2))) for colour in COLOURS]
    dot = {
        "marker": "o",
        "markersize": 9,
        "markeredgecolor": "white",
        "markeredgewidth": 2,
        "zorder": 5,
        "clip_on": False,
    }
    dots = [moving(below.add_line(Line2D([], [], color=colour, **dot))) for colour in COLOURS]
    return figure, fits, losses, dots, texts
