"""The room of 04_leaky_relu: two units with one bad start, and the exercises."""

import functools

import numpy as np

from helpers.arguments import as_array, describe_error, name_of
from helpers.exercises import FunctionTask
from helpers.figures import Page
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, GREEN, ORANGE, ink, number, own_settings
from helpers.functions import leaky_relu, leaky_relu_slope

__all__ = ["two_units"]

UNITS = {"ReLU": ORANGE, "leaky ReLU": BLUE}
LOWEST = 1e-5  # of the axis of losses
FARTHEST = 1000  # from 0 may the data lie


@own_settings()
def two_units(train, function, inputs, targets, *, negative_slope=0.1, step=0):
    """Return a LiveFigure of two units that learn the same data from the same start, slope 0 (ReLU) and `negative_slope`.

    `train(negative_slope)` returns a row (weight, bias, loss) for each step, shape (steps + 1, 3);
    `function(z, negative_slope=...)` is the activation; inputs and targets are 2 numbers or more. Anything else raises ValueError or TypeError.
    """
    inputs, targets = _data(train, function, inputs, targets)
    paths = functools.cache(lambda slope: _path(train, slope))
    last = len(paths(0.0)) - 1
    page, grid, marks = _two_fits(inputs, targets, last)
    page.slider("step", "training step", step, 0, last, 1)
    page.slider("negative_slope", "leaky slope", negative_slope, 0.0, 1.0, 0.01)

    def trained(step, slope):
        path = paths(slope)[: step + 1]
        weight, bias, loss = path[-1]
        output = evaluate(function, weight * grid + bias, "the unit", negative_slope=slope)
        on = 100 * np.mean(weight * inputs + bias > 0)
        return output, np.maximum(path[:, 2], LOWEST), f"loss {number(loss)}, switched on by {on:.0f} % of the data"

    def update(step, negative_slope):
        plain, leaky = trained(step, 0.0), trained(step, negative_slope)  # both, before anything moves
        for (output, losses, words), (fit, curve, dot, readout) in zip((plain, leaky), marks, strict=True):
            fit.move(grid, output)
            curve.move(range(step + 1), losses)
            dot.move(step, losses[-1])
            readout.set_text(words)
        return f"After {step} of {last} steps, leaky slope {negative_slope:g}. ReLU: {plain[-1]}; leaky ReLU: {leaky[-1]}."

    return page.live(update)


def _data(train, function, inputs, targets):
    """Return the data as arrays, or raise ValueError or TypeError for what cannot be called or cannot be drawn."""
    for part in (train, function):
        name_of(part, "two_units(train, leaky_relu, inputs, targets)")
    limits = {"low": -FARTHEST, "high": FARTHEST}
    shape = (("examples", 2, np.inf),)
    inputs = as_array(inputs, "inputs", shape, example="inputs=[-1, 0, 1]", **limits)
    targets = as_array(targets, "targets", inputs.shape, example="a number for each input", **limits)
    if len(np.unique(inputs)) < 2:
        raise ValueError("inputs must not all be the same number; try inputs=[-1, 0, 1].")
    return inputs, targets


def _path(train, slope):
    """Return the rows of train(slope), or raise when it does not return one row of three numbers for each step."""
    try:
        path = as_array(train(slope), "its result", (("steps", 2, np.inf), 3), example="a smaller learning rate")
    except Exception as trouble:  # a learner's function may raise anything; the message tells it
        raise ValueError(f"{name_of(train)} fails for slope {slope:g}: {describe_error(trouble)}") from trouble
    return path


def _two_fits(inputs, targets, last):
    """Return (page, inputs of a curve, [(fitted curve, curve of the loss, dot on it, readout) of each unit])."""
    page, marks = Page(470), []
    grid = np.linspace(inputs.min(), inputs.max(), 161)
    box = {"x": (grid[0], grid[-1]), "y": (min(0.0, targets.min()) - 1.6, targets.max() + 0.3)}
    panels = [page.panel(56, 176, left, 300, **box) for left in (64, 404)]
    below = page.panel(306, 116, 64, 640, x=(0, last), y=(LOWEST, 20), yscale="log")
    below.axes.set_yticks([1e-4, 1e-2, 1], ["0.0001", "0.01", "1"])
    below.axes.minorticks_off()
    page.drag(below, "step")
    below.title("loss (mean squared error, each line is a hundred times the one below)", fontsize=12)
    below.caption("training step")
    for n, (name, colour) in enumerate(UNITS.items()):
        panel = panels[n]
        panel.rule(0)
        panel.dots(GREEN, 5, rim=0, x=inputs, y=targets, alpha=0.7, animated=False, zorder=2)
        panel.title(name, ink(colour), up=26)
        panel.caption("input x")
        readout = panel.readout(f"unit-{n}", 0, ha="left", fontsize=11)
        marks.append((panel.line(colour), below.line(colour, 2), below.dots(colour, 9), readout))
    panel.text("dots: the data", 1, up=26, ha="right", color=ink(GREEN), fontsize=11)
    return page, grid, marks


BOTH_SIDES = np.array([2.0, -5.0, 0.5, -0.25, 0.0])
CASES = tuple((BOTH_SIDES, slope) for slope in (0.1, 0.0, 1.0, 2.0, -0.5))

EXERCISES = {
    "leaky relu for any slope": FunctionTask(
        reference=leaky_relu,
        cases=CASES,
        right="The sign of x decides, so the formula holds for every leak.",
        mistakes={
            "Right for slopes up to 1 only: for slope 2 the larger of 2x and x is the wrong one on both sides.": (
                lambda x, negative_slope: np.maximum(negative_slope * x, x)
            ),
            "This turns negatives into positives: α·x keeps the sign of x.": lambda x, negative_slope: leaky_relu(x, -negative_slope),
            "This always multiplies by 0.1; use the slope that comes in.": lambda x, negative_slope: leaky_relu(x, 0.1),
            "This is ReLU: the slope on the left is missing.": lambda x, negative_slope: leaky_relu(x, 0.0),
            "For negative x the output is slope times x, not the slope itself.": (
                lambda x, negative_slope: np.where(x > 0, x, negative_slope)
            ),
            "This is the derivative; the function itself is asked.": leaky_relu_slope,
            "if decides once for the whole array; np.where(condition, then, else) decides for each element.": (
                lambda x, negative_slope: x if x > 0 else negative_slope * x
            ),
        },
    ),
    "what passes a leaky relu": FunctionTask(
        reference=leaky_relu_slope,
        cases=CASES,
        right="1 on the right, the leak on the left: a gradient is multiplied by one of these two.",
        mistakes={
            "This is the function itself; its slope is asked.": leaky_relu,
            "This is the slope of ReLU: on the left α passes, not 0.": lambda x, negative_slope: x > 0,
            "On the left the slope is α at every place; do not multiply by x.": (
                lambda x, negative_slope: np.where(x > 0, 1.0, negative_slope * x)
            ),
            "Right but for x = 0: there the left side's slope is asked.": lambda x, negative_slope: np.where(x >= 0, 1.0, negative_slope),
        },
    ),
    "gradient of the leak": FunctionTask(
        reference=lambda x, negative_slope: np.minimum(0, x),
        cases=CASES,
        right="Only negative sums count in the gradient of the leak, and the more so the farther out they are.",
        mistakes={
            "This is the slope in x; here x is fixed and α moves.": leaky_relu_slope,
            "For positive x the output does not depend on α at all: 0 there.": lambda x, negative_slope: x,
            "If α grows by 1, the output changes by x, not by 1.": lambda x, negative_slope: x <= 0,
            "If α grows by 1, the output changes by x, whatever α is now.": lambda x, negative_slope: negative_slope * (x <= 0),
            "This is the output on the left; divide it by α once.": lambda x, negative_slope: negative_slope * np.minimum(0, x),
            "The wrong side: α acts on negative inputs.": lambda x, negative_slope: np.maximum(0, x),
        },
    ),
}
