"""04_leaky_relu: two units that learn from one bad start, and the exercises."""

import functools

import numpy as np

from helpers.arguments import as_floats, describe_error, name_of
from helpers.exercises import Exercises, FunctionTask, Mistake
from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, GREEN, ORANGE, ink, number
from helpers.functions import leaky_relu, leaky_relu_slope

__all__ = ["check", "two_units"]

LOWEST_LOSS = 1e-5  # of the axis of losses
FARTHEST = 1000  # from 0 may the data lie


def two_units(train, function, inputs, targets, *, negative_slope=0.1, step=0):
    """Return a LiveFigure of two units, slope 0 (ReLU) and `negative_slope`, that learn from the
    same start.

    `train(negative_slope)` returns a row (weight, bias, loss) for each step, shape (steps + 1, 3),
    with as many steps for each slope; `function(z, negative_slope=...)` is the activation; inputs
    and targets are 2 numbers or more. Anything else raises ValueError or TypeError.
    """
    for part in (train, function):
        name_of(part, "two_units(train, leaky_relu, inputs, targets)")
    inputs, targets = check_data(inputs, targets)
    x = np.linspace(inputs.min(), inputs.max(), 161)
    x_limits = (x[0], x[-1])
    y_limits = (min(0.0, targets.min()) - 1.6, targets.max() + 0.3)
    trained = functools.cache(
        lambda negative_slope: training_path(train, negative_slope)
    )
    last = len(trained(0.0)) - 1
    controls = {
        "step": slider("training step", step, 0, last, 1, name="step"),
        "negative_slope": slider(
            "leaky slope", negative_slope, 0.0, 1.0, 0.01, name="negative_slope"
        ),
    }

    def draw(page, step, negative_slope):
        left = page.panel(56, 176, 64, 300, x=x_limits, y=y_limits)
        right = page.panel(56, 176, 404, 300, x=x_limits, y=y_limits)
        below = page.panel(
            top=306,
            height=116,
            left=64,
            width=640,
            x=(0, last),
            y=(LOWEST_LOSS, 20),
            yscale="log",
            yticks=[1e-4, 1e-2, 1],
            ylabels=["0.0001", "0.01", "1"],
        )
        page.drag(below, "step")
        below.title(
            "loss (mean squared error, each line is a hundred times the one below)",
            fontsize=12,
        )
        below.caption("training step")

        units = (
            (left, "ReLU", ORANGE, 0.0),
            (right, "leaky ReLU", BLUE, negative_slope),
        )
        words = []
        for n, (panel, name, colour, leak) in enumerate(units):
            path = trained(leak)
            if len(path) <= last:
                raise ValueError(
                    f"train(slope) returns {len(path)} rows for slope {leak:g}, but "
                    f"{last + 1} for slope 0; it has to take as many steps for each slope."
                )
            weight, bias, loss = path[step]
            output = evaluate(
                function, weight * x + bias, "the unit", negative_slope=leak
            )
            losses = np.maximum(path[: step + 1, 2], LOWEST_LOSS)
            on = 100 * np.mean(weight * inputs + bias > 0)
            panel.title(name, ink(colour), up=26)
            panel.caption("input x")
            panel.hline(0)
            panel.dots(inputs, targets, GREEN, 5, rim=0, alpha=0.7, zorder=2)
            panel.line(x, output, colour, gid=f"output of {name}")
            below.line(np.arange(step + 1), losses, colour, 2, gid=f"losses of {name}")
            below.dots(step, losses[-1], colour, 9, gid=f"loss of {name}")
            result = f"loss {number(loss)}, switched on by {on:.0f} % of the data"
            panel.readout(f"unit-{n}", result, 0, ha="left", fontsize=11)
            words.append(f"{name}: {result}")
        right.text(
            "dots: the data", 1, up=26, ha="right", color=ink(GREEN), fontsize=11
        )
        return f"After {step} of {last} steps, leaky slope {negative_slope:g}. {'; '.join(words)}."

    return LiveFigure(draw, controls, height=470)


def check_data(inputs, targets):
    """Return the data as arrays, or raise ValueError or TypeError for what cannot be learned."""
    inputs = as_floats(inputs, "inputs")
    targets = as_floats(targets, "targets")
    if inputs.ndim != 1 or inputs.shape != targets.shape or len(np.unique(inputs)) < 2:
        raise ValueError(
            "inputs and targets must be two lists with a number for each example, and not all "
            f"inputs alike, but their shapes are {inputs.shape} and {targets.shape}; "
            "try inputs=[-1, 0, 1], targets=[0, 0, 1]."
        )
    if not (np.abs([inputs, targets]) <= FARTHEST).all():
        raise ValueError(
            f"inputs and targets must be numbers from −{FARTHEST} to {FARTHEST}; scale "
            "them down first."
        )
    return inputs, targets


def training_path(train, negative_slope):
    """Return the rows of train(slope), or raise ValueError for what is no path of training."""
    try:
        path = as_floats(train(negative_slope), "its result")
    except Exception as error:
        # A learner's function may raise anything; the message tells it.
        raise ValueError(
            f"{name_of(train)} fails for slope {negative_slope:g}: {describe_error(error)}"
        ) from error
    finite = np.isfinite(path).all()
    if path.shape[1:] != (3,) or len(path) < 2 or not finite:
        problem = (
            "" if finite else " with nan or inf in it; try a smaller learning rate"
        )
        raise ValueError(
            "train(slope) has to return a row (weight, bias, loss) of finite numbers for each "
            f"step, not shape {path.shape}{problem}."
        )
    return path


BOTH_SIDES = np.array([2.0, -5.0, 0.5, -0.25, 0.0])
CASES = tuple(
    (BOTH_SIDES, negative_slope) for negative_slope in (0.1, 0.0, 1.0, 2.0, -0.5)
)

check = Exercises(
    {
        "leaky relu for any slope": FunctionTask(
            reference=leaky_relu,
            cases=CASES,
            right="The sign of x decides, so the formula holds for every leak.",
            mistakes=[
                Mistake(
                    "Right for slopes up to 1 only: for slope 2 the larger of 2x and x is the "
                    "wrong one on both sides.",
                    lambda x, negative_slope: np.maximum(negative_slope * x, x),
                ),
                Mistake(
                    "This turns negatives into positives: α·x keeps the sign of x.",
                    lambda x, negative_slope: leaky_relu(x, -negative_slope),
                ),
                Mistake(
                    "This always multiplies by 0.1; use the slope that comes in.",
                    lambda x, negative_slope: leaky_relu(x, 0.1),
                ),
                Mistake(
                    "This is ReLU: the slope on the left is missing.",
                    lambda x, negative_slope: leaky_relu(x, 0.0),
                ),
                Mistake(
                    "For negative x the output is slope times x, not the slope itself.",
                    lambda x, negative_slope: np.where(x > 0, x, negative_slope),
                ),
                Mistake(
                    "This is the derivative; the function itself is asked.",
                    leaky_relu_slope,
                ),
                Mistake(
                    "if decides once for the whole array; np.where(condition, then, else) decides "
                    "for each element.",
                    lambda x, negative_slope: x if x > 0 else negative_slope * x,
                ),
            ],
        ),
        "what passes a leaky relu": FunctionTask(
            reference=leaky_relu_slope,
            cases=CASES,
            right=(
                "1 on the right, the leak on the left: a gradient is multiplied by one "
                "of these two."
            ),
            mistakes=[
                Mistake(
                    "This is the function itself; its slope is asked.",
                    leaky_relu,
                ),
                Mistake(
                    "This is the slope of ReLU: on the left α passes, not 0.",
                    lambda x, negative_slope: x > 0,
                ),
                Mistake(
                    "On the left the slope is α at every place; do not multiply by x.",
                    lambda x, negative_slope: np.where(x > 0, 1.0, negative_slope * x),
                ),
                Mistake(
                    "Right but for x = 0: there the left side's slope is asked.",
                    lambda x, negative_slope: np.where(x >= 0, 1.0, negative_slope),
                ),
            ],
        ),
        "gradient of the leak": FunctionTask(
            reference=lambda x, negative_slope: np.minimum(0, x),
            cases=CASES,
            right=(
                "Only negative sums count in the gradient of the leak, and the more so the farther "
                "out they are."
            ),
            mistakes=[
                Mistake(
                    "This is the slope in x; here x is fixed and α moves.",
                    leaky_relu_slope,
                ),
                Mistake(
                    "For positive x the output does not depend on α at all: 0 there.",
                    lambda x, negative_slope: x,
                ),
                Mistake(
                    "If α grows by 1, the output changes by x, not by 1.",
                    lambda x, negative_slope: x <= 0,
                ),
                Mistake(
                    "If α grows by 1, the output changes by x, whatever α is now.",
                    lambda x, negative_slope: negative_slope * (x <= 0),
                ),
                Mistake(
                    "This is the output on the left; divide it by α once.",
                    lambda x, negative_slope: negative_slope * np.minimum(0, x),
                ),
                Mistake(
                    "The wrong side: α acts on negative inputs.",
                    lambda x, negative_slope: np.maximum(0, x),
                ),
            ],
        ),
    }
)
