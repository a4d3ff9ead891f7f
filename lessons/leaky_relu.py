"""04_leaky_relu: two units that learn from one bad start, and the exercises."""

import functools

import numpy as np

from helpers.arguments import as_array, name_of
from helpers.exercises import Exercises, FunctionTask, Mistake, NumberTask
from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate, evaluate_array
from helpers.figures.style import BLUE, GREEN, ORANGE, ink, number
from helpers.functions import leaky_relu

__all__ = ["check", "two_units"]

LOWEST_LOSS = 1e-5  # of the axis of losses
FARTHEST = 1000  # from 0 may the data lie


def two_units(train, function, inputs, targets, *, negative_slope=0.1):
    """Return a LiveFigure of two units that learn from the same start: one has no leak (ReLU), the
    other the leak `negative_slope`.

    `train(negative_slope)` returns a row (weight, bias, loss) for each step, shape (steps + 1, 3),
    with as many steps for each leak; `function(z, negative_slope=...)` is the activation; inputs
    and targets are 2 numbers or more. Anything else raises ValueError or TypeError.
    """
    for part in (train, function):
        name_of(part, "two_units(train, leaky_relu, inputs, targets)")
    inputs, targets = check_data(inputs, targets)
    x = np.linspace(inputs.min(), inputs.max(), 161)
    x_limits = (x[0], x[-1])
    y_limits = (min(0.0, targets.min()) - 1.6, targets.max() + 0.3)

    @functools.cache
    def trained(leak):
        return evaluate_array(
            train,
            (leak,),
            name_of(train),
            f"the leak {leak:g}",
            (("steps", 2, np.inf), 3),
            example="a row (weight, bias, loss) for each step, or a smaller learning rate",
        )

    last = len(trained(0.0)) - 1
    controls = {
        "step": slider("training step", 0, 0, last, 1),
        "negative_slope": slider("negative_slope", negative_slope, 0.0, 1.0, 0.01),
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
                    f"train returns {len(path)} rows for a leak of {leak:g}, but {last + 1} for a "
                    "leak of 0; it has to take as many steps for each leak."
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
            panel.dots(inputs, targets, GREEN, 5, rim=0, zorder=2)
            panel.line(x, output, colour, gid=f"output of {name}")
            below.line(np.arange(step + 1), losses, colour, 2, gid=f"losses of {name}")
            below.dots(step, losses[-1], colour, 9, gid=f"loss of {name}")
            result = f"loss {number(loss)}, switched on by {on:.0f} % of the data"
            panel.readout(f"unit-{n}", result, 0, ha="left", fontsize=11)
            words.append(f"{name}: {result}")
        right.text(
            "dots: the data", 1, up=26, ha="right", color=ink(GREEN), fontsize=11
        )
        return f"After {step} of {last} steps, leak {negative_slope:g}. {'; '.join(words)}."

    return LiveFigure(draw, controls, height=470, caches=[trained])


def check_data(inputs, targets):
    """Return the data as arrays, or raise ValueError or TypeError for what cannot be learned."""
    example = "inputs=[-1, 0, 1], targets=[0, 0, 1]"
    options = {"low": -FARTHEST, "high": FARTHEST, "example": example}
    inputs = as_array(inputs, "inputs", (("examples", 2, np.inf),), **options)
    targets = as_array(targets, "targets", inputs.shape, **options)
    if np.ptp(inputs) == 0:
        raise ValueError(f"The inputs must not all be alike; try {example}.")
    return inputs, targets


INPUTS = np.array([2.0, -5.0, 0.125, -0.25])
# Every place that holds a negative input above holds a positive one here.
OTHER_ORDER = INPUTS[::-1]
MORE_BELOW_0 = np.array([-1.0, 3.0, -0.5, -4.0])
OUTPUTS = np.append(INPUTS, 0.0)


def ratio_at(place):
    """Return a leak that is found at one place, whatever input stands there."""
    return lambda x, y: y[place] / x[place]


check = Exercises(
    {
        "undo a leaky relu": FunctionTask(
            reference=lambda y, leak: np.where(y > 0, y, y / leak),
            cases=tuple((OUTPUTS, leak) for leak in (0.1, 0.25, 1.0, 2.0)),
            right="Nothing is lost: every output of a leaky ReLU tells which input it was.",
            mistakes=[
                Mistake(
                    "This applies the leak once more; to undo a product, divide.",
                    leaky_relu,
                ),
                Mistake(
                    "Positive inputs came through as they are: leave their outputs as they are.",
                    lambda y, leak: y / leak,
                ),
                Mistake(
                    "Right for leaks up to 1 only: let the sign of y decide, not which is smaller.",
                    lambda y, leak: np.minimum(y, y / leak),
                ),
                Mistake(
                    "For a leak below 1 the larger one is the wrong one: let the sign of y decide.",
                    lambda y, leak: np.maximum(y, y / leak),
                ),
                Mistake(
                    "The sign has turned: a negative output comes from a negative input.",
                    lambda y, leak: np.where(y > 0, y, -y / leak),
                ),
                Mistake(
                    "On the left x was multiplied by the leak, so divide by it.",
                    lambda y, leak: np.where(y > 0, y, y - leak),
                    lambda y, leak: np.where(y > 0, y, y + leak),
                ),
                Mistake(
                    "This always divides by 0.1; use the leak that comes in.",
                    lambda y, leak: np.where(y > 0, y, y / 0.1),
                ),
                Mistake(
                    "These are the outputs again; the negative ones had been scaled down.",
                    lambda y, leak: y,
                ),
                Mistake(
                    "This drops the negative outputs, and they are what a leak keeps.",
                    lambda y, leak: np.maximum(0, y),
                ),
                Mistake(
                    "That is one divided by the output; the inverse gives the input back.",
                    lambda y, leak: 1 / leaky_relu(y, leak),
                    lambda y, leak: 1 / y,
                ),
            ],
        ),
        "which leak was it": FunctionTask(
            reference=lambda x, y: np.mean(y[x < 0] / x[x < 0]),
            cases=tuple(
                (x, leaky_relu(x, leak))
                for x in (INPUTS, OTHER_ORDER, MORE_BELOW_0)
                # 0.37 has two decimals, so that rounding to one does not pass.
                for leak in (0.1, 0.37, 1.0, 2.0)
            ),
            right="One negative input and its output are enough to find the leak.",
            mistakes=[
                Mistake(
                    "Positive inputs pass as they are and say nothing about the leak: look at "
                    "x < 0 only.",
                    lambda x, y: np.mean(y / x),
                    lambda x, y: np.sum(y) / np.sum(x),
                    lambda x, y: np.mean(y) / np.mean(x),
                    lambda x, y: np.median(y / x),
                    lambda x, y: y[0] / x[0],
                    lambda x, y: np.mean(y[x > 0] / x[x > 0]),
                    lambda x, y: np.polyfit(x, y, 1)[0],
                    lambda x, y: (x @ y) / (x @ x),
                ),
                Mistake(
                    "The input at that place is not always negative: take a negative one, with "
                    "x[x < 0], wherever it stands.",
                    *map(ratio_at, (1, 3)),
                ),
                Mistake(
                    "Right for leaks up to 1 only: choose by the sign of x.",
                    lambda x, y: np.min(y / x),
                ),
                Mistake(
                    "Right for leaks from 1 up only: choose by the sign of x.",
                    lambda x, y: np.max(y / x),
                ),
                Mistake(
                    "This is the wrong way round: output = leak · input, so divide the output by "
                    "the input.",
                    lambda x, y: np.mean(x[x < 0] / y[x < 0]),
                    lambda x, y: np.sum(x[x < 0]) / np.sum(y[x < 0]),
                ),
                Mistake(
                    "There are not always two negative inputs: np.mean counts them itself.",
                    lambda x, y: np.sum(y[x < 0] / x[x < 0]) / 2,
                ),
                Mistake(
                    "One number is asked: all of these are the leak, so take one of them or their "
                    "mean.",
                    lambda x, y: y[x < 0] / x[x < 0],
                ),
                Mistake(
                    "One number is asked, the leak: take the negative inputs out with x < 0 first.",
                    lambda x, y: y / x,
                ),
                Mistake(
                    "These are outputs; divide them by their inputs.",
                    lambda x, y: np.mean(y[x < 0]),
                    lambda x, y: np.min(y),
                ),
                Mistake(
                    "The leak is a factor: divide, do not subtract.",
                    lambda x, y: np.mean(y[x < 0] - x[x < 0]),
                ),
            ],
        ),
        "leak for ten layers": NumberTask(
            answer=0.01 ** (1 / 10),
            tolerance=3e-3,  # 0.63 counts
            right="0.631¹⁰ is 0.01. With the usual leak of 0.01, 10⁻²⁰ would arrive.",
            mistakes=[
                Mistake(
                    "With this leak in each of ten layers, 0.01¹⁰ = 10⁻²⁰ arrives.",
                    0.01,
                ),
                Mistake(
                    "That is enough for two layers: 0.1 · 0.1 = 0.01. There are ten.",
                    0.1,
                ),
                Mistake(
                    "The factors of the layers multiply, they do not add up: leak¹⁰ = 0.01.",
                    0.001,
                    1 - 0.99 / 10,
                ),
                Mistake(
                    "That is what arrives with a leak of 0.01; the leak is asked.",
                    0.01**10,
                ),
                Mistake(
                    "A leak above 1 would make the gradient grow; one over it is the answer.",
                    0.01 ** (-1 / 10),
                ),
                Mistake(
                    "With this leak a tenth arrives; a hundredth is asked.",
                    0.1 ** (1 / 10),
                ),
                Mistake(
                    "With this leak ninety-nine hundredths arrive; one hundredth is asked.",
                    0.99 ** (1 / 10),
                ),
                Mistake(
                    "That is the logarithm of the leak; np.exp brings the leak back.",
                    np.log(0.01) / 10,
                ),
                Mistake(
                    "That is the logarithm to base 10 of the leak; 10 to its power is the leak.",
                    np.log10(0.01) / 10,
                ),
            ],
        ),
    }
)
