"""01_sigmoid: a small picture before and after a function, and the exercises."""

import numpy as np

from helpers.arguments import as_array, is_number, name_of
from helpers.exercises import Exercises, FunctionTask, Mistake, NumberTask
from helpers.figures.controls import parameter_controls
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate, evaluate_each
from helpers.figures.style import BLUE, INK, number
from helpers.functions import sigmoid

__all__ = ["check", "picture"]

SIDE = 216  # pixels of each picture
CURVE_X = np.linspace(0, 1, 201)
LIGHT = 0.46  # shade from which on black letters have the greater contrast
TICKS = [0, 0.5, 1]


def picture(pixels, function, **parameters):
    """Return a LiveFigure: the pixels left, function(pixels / 255) right, the curve between them.

    `pixels` is an array of whole numbers from 0 to 255 of shape (rows, columns), at most 8
    of each; `function` takes an array of numbers from 0 to 1. Other keywords are parameters as in
    `explore`. Raises ValueError or TypeError for other pixels.
    """
    shape = (("rows", 1, 8), ("columns", 1, 8))
    limits = {"low": 0, "high": 255, "integers": True}
    pixels = as_array(
        pixels, "pixels", shape, example="[[0, 255], [128, 64]]", **limits
    )
    name = name_of(function, "picture(pixels, sigmoid)")
    controls, fixed = parameter_controls(function, parameters)
    rows, columns = pixels.shape
    inputs = pixels.ravel() / 255

    def draw(page, /, **values):
        outputs = evaluate(function, inputs, name, **fixed, **values)
        curve = evaluate_each(function, CURVE_X, name, **fixed, **values)
        before = picture_panel(page, 8, pixels.shape)
        before.title("pixels, 0 to 255")
        draw_pixels(before, pixels / 255, pixels, "d")
        after = picture_panel(page, 712 - SIDE, pixels.shape)
        after.title("after the function, 0 to 1", BLUE)
        shades = outputs.reshape(pixels.shape)
        draw_pixels(after, shades, shades, ".2f")
        between = page.panel(
            40, SIDE, 278, 186, y=(-0.04, 1.04), xticks=TICKS, yticks=TICKS
        )
        between.title("output", BLUE)
        between.caption("pixel / 255")
        between.line(CURVE_X, curve, BLUE, gid="curve")
        between.dots(inputs, outputs, INK, 6, rim=0, alpha=0.8, gid="pixels")
        lowest = number(outputs.min(), 3)
        highest = number(outputs.max(), 3)
        average = number(outputs.mean(), 3)
        return (
            f"A picture of {rows} by {columns} pixels from {pixels.min()} to {pixels.max()} "
            f"becomes numbers from {lowest} to {highest}, {average} on average"
            f"{in_brackets(values)}."
        )

    recorded = [dict.fromkeys(controls, 15)]  # each state has a number in each pixel
    return LiveFigure(draw, controls, height=SIDE + 84, recorded=recorded)


def picture_panel(page, left, shape):
    """Return a bare panel for (rows, columns) of pixels, each a square around whole numbers."""
    rows, columns = shape
    # The first row is on top.
    limits = {"x": (-0.5, columns - 0.5), "y": (rows - 0.5, -0.5)}
    return page.panel(40, SIDE, left, SIDE, frame=False, **limits)


def draw_pixels(panel, shades, values, spec):
    """Draw an array of shades, from 0 (black) to 1 (white), each with its value in that format."""
    panel.image(shades, (*panel.x, *panel.y[::-1]), "gray")
    for (row, column), shade in np.ndenumerate(shades):
        words = format(values[row, column], spec)
        colour = "white" if shade < LIGHT else "black"
        panel.label(words, column, row, fontsize=11, color=colour)


def in_brackets(values):
    """Return parameters and their values in brackets; nothing without parameters."""
    settings = [f"{k} {v:g}" if is_number(v) else f"{k} {v}" for k, v in values.items()]
    return f" ({', '.join(settings)})" if settings else ""


PROBABILITIES = (np.array([0.5, 0.1, 0.9, 0.001, 0.75, 0.2]),)
SCORES = np.array([3.7, -2.0, 0.0, 0.5, -6.0, 40.0, -800.0, 800.0])


def fragile_losses():
    """Return ways to write the cross-entropy that fail at a score of 800 or −800."""

    def by_case(z, y):
        p = plain_sigmoid(z)
        return -np.log(p) if y == 1 else -np.log(1 - p)

    def in_one_line(z, y):
        p = plain_sigmoid(z)
        return -(y * np.log(p) + (1 - y) * np.log(1 - p))

    def of_the_right_answer(z, y):
        p = plain_sigmoid(z)
        return -np.log(y * p + (1 - y) * (1 - p))

    def of_the_score(z, y):
        return np.log1p(np.exp(-z if y == 1 else z))

    def of_the_score_in_one_line(z, y):
        return np.log1p(np.exp(z)) - y * z

    return (
        by_case,
        in_one_line,
        of_the_right_answer,
        of_the_score,
        of_the_score_in_one_line,
    )


def plain_sigmoid(z):
    """Return σ(z) as the lesson writes it."""
    return 1 / (1 + np.exp(-z))


def clipped_losses():
    """Return ways to write the cross-entropy with p kept away from 0, and perhaps from 1, or with
    a little added to it.
    """

    def clipped(low, high):
        def loss(z, y):
            p = sigmoid(z if y == 1 else -z)
            return -np.log(np.clip(p, low, high))

        return loss

    def raised(more):
        return lambda z, y: -np.log(sigmoid(z if y == 1 else -z) + more)

    def raised_difference(more):
        # 1 − σ(z) is 0 for a large z, where σ(−z) is not.
        return lambda z, y: -np.log((sigmoid(z) if y == 1 else 1 - sigmoid(z)) + more)

    ends = [10.0**-digits for digits in range(5, 17)]
    return (
        *(clipped(end, 1) for end in ends),
        *(clipped(end, 1 - end) for end in ends),
        *map(raised, ends),
        *map(raised_difference, ends),
    )


check = Exercises(
    {
        "logit": FunctionTask(
            reference=lambda p: np.log(p / (1 - p)),
            cases=PROBABILITIES,
            right="σ turns a score into a probability, and this turns the probability back into "
            "the score: the logit.",
            mistakes=[
                Mistake("This is σ once more; the way back is asked.", sigmoid),
                Mistake(
                    "This is one divided by σ; the inverse undoes σ: inverse(σ(x)) = x.",
                    lambda p: 1 / sigmoid(p),
                ),
                Mistake(
                    "The fraction stands upside down: p = 0.9 has to give a positive score.",
                    lambda p: np.log((1 - p) / p),
                ),
                Mistake(
                    "σ is built from e, so use np.log, the logarithm that undoes powers of e.",
                    lambda p: np.log10(p / (1 - p)),
                    lambda p: np.log2(p / (1 - p)),
                ),
                Mistake(
                    "np.log(p) leaves out the other outcome: divide p by 1 − p first.",
                    np.log,
                ),
                Mistake(
                    "These are the odds; the score is their logarithm.",
                    lambda p: p / (1 - p),
                ),
                Mistake(
                    "np.exp makes odds of a score; from the odds back to the score leads np.log.",
                    lambda p: np.exp(p / (1 - p)),
                ),
                Mistake(
                    "First divide p by 1 − p, then take one logarithm, that of the fraction.",
                    lambda p: np.log(p) / np.log(1 - p),
                    lambda p: np.log(p) / (1 - p),
                ),
                Mistake(
                    "Python divides before it subtracts: write p / (1 - p), with brackets.",
                    lambda p: np.log(p / 1 - p),
                ),
            ],
        ),
        "layers to a billionth": NumberTask(
            answer=15,
            tolerance=1e-4,  # 14.99 does not count
            right="0.25¹⁵ is 9.3 × 10⁻¹⁰: of fifteen slopes, all at their best, the product is "
            "below a billionth.",
            mistakes=[
                Mistake(
                    "0.25¹⁴ is 3.7 × 10⁻⁹, which is still more than a billionth.", 14
                ),
                Mistake(
                    "Ten leave less than a millionth; a billionth is a thousand times smaller.",
                    10,
                ),
                Mistake(
                    "That is the answer for a factor of a half; the slope of σ is at "
                    "most a quarter.",
                    30,
                ),
                Mistake(
                    "Fifteen are enough: 0.25¹⁵ is below a billionth already.",
                    *range(16, 30),
                ),
                Mistake(
                    "That is the answer for a factor of a tenth; the slope of σ is at most a "
                    "quarter.",
                    9,
                ),
                Mistake(
                    "A unit can't be divided: take the next whole number.",
                    np.log(1e-9) / np.log(0.25),
                ),
                Mistake(
                    "This is what is left; the number of units is asked.",
                    0.25**15,
                ),
            ],
        ),
        "loss from the score": FunctionTask(
            reference=lambda z, y: np.logaddexp(0, z) - y * z,
            cases=tuple((SCORES, right_answer) for right_answer in (1, 0)),
            right="From −800 to 800 the loss is right, because it never needs p. That is what "
            "BCEWithLogitsLoss does with your raw scores.",
            mistakes=[
                Mistake(
                    "This fails at ±800, where p or eᶻ is beyond what a computer can store. Begin "
                    "with the score, and let np.logaddexp(0, z) compute ln(1 + eᶻ).",
                    *fragile_losses(),
                ),
                Mistake(
                    "Yes and no have changed places: a high score for a true yes costs little.",
                    lambda z, y: np.logaddexp(0, -z) + y * z,
                ),
                Mistake(
                    "A loss is never negative: put a minus sign before the logarithm.",
                    lambda z, y: y * z - np.logaddexp(0, z),
                ),
                Mistake(
                    "Right when the answer is yes; when y is 0 the loss is −ln(1 − p).",
                    lambda z, y: np.logaddexp(0, -z),
                ),
                Mistake(
                    "Right when the answer is no; when y is 1 the loss is −ln p.",
                    lambda z, y: np.logaddexp(0, z),
                ),
                Mistake(
                    "Only e⁰ is 1: the first number in np.logaddexp has to be 0.",
                    lambda z, y: np.logaddexp(1, z) - y * z,
                    lambda z, y: np.logaddexp(1, -z if y else z),
                ),
                Mistake(
                    "This is the squared error, whose slope is almost 0 when the unit is sure and "
                    "wrong. The cross-entropy is asked.",
                    lambda z, y: (sigmoid(z) - y) ** 2,
                ),
                Mistake(
                    "This is p − y, the slope of the loss; the loss itself is asked.",
                    lambda z, y: sigmoid(z) - y,
                ),
                Mistake(
                    "Cutting p off keeps the loss from growing: at −800 a true yes costs 800. "
                    "Leave p out, and begin with the score.",
                    *clipped_losses(),
                ),
            ],
        ),
    }
)
