"""The room of 01_sigmoid: a small picture before and after a function, and the exercises."""

import numpy as np

from helpers.arguments import as_array, is_number, name_of
from helpers.exercises import FunctionTask, NumberTask
from helpers.figures import Page
from helpers.figures.controls import abbreviated
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, INK, number, own_settings
from helpers.functions import sigmoid, sigmoid_slope

__all__ = ["picture"]

SIDE = 216  # pixels of each picture


@own_settings()
def picture(pixels, function, **parameters):
    """Return a LiveFigure: the pixels (0 to 255) left, function(pixels / 255) right, the curve between them.

    `pixels` is an array of whole numbers from 0 to 255 of shape (rows, columns), 64 cells at the most;
    `function` takes an array of numbers from 0 to 1. Other keywords are parameters as in `explore`.
    Raises ValueError or TypeError for other pixels.
    """
    pixels, name = _checked(pixels), name_of(function, "picture(pixels, sigmoid)")
    page = Page(SIDE + 84)
    before = _grey_picture(page, 8, "pixels, 0 to 255", INK, pixels.shape, animated=False)
    after = _grey_picture(page, 712 - SIDE, "after the function, 0 to 1", BLUE, pixels.shape)
    curve, dots = _curve_between(page)
    page.controls, fixed = abbreviated(function, parameters)
    scaled, ramp = pixels.ravel() / 255, np.linspace(0, 1, 201)
    before(scaled, pixels.flat)

    def update(**values):
        outputs, line = (evaluate(function, x, name, **fixed, **values) for x in (scaled, ramp))
        after(outputs, [f"{output:.2f}" for output in outputs])
        curve.move(ramp, line)
        dots.move(scaled, outputs)
        settings = ", ".join(f"{k} {v:g}" if is_number(v) else f"{k} {v}" for k, v in values.items())
        return (
            f"A picture of {pixels.shape[0]} by {pixels.shape[1]} pixels from {pixels.min()} to {pixels.max()} becomes "
            f"numbers from {number(outputs.min(), 3)} to {number(outputs.max(), 3)}, {number(outputs.mean(), 3)} on "
            f"average{f' ({settings})' if settings else ''}."
        )

    return page.live(update)


def _checked(pixels):
    """Return the pixels as an array, or raise ValueError when they are no small picture."""
    shape = ("rows", 1, 8), ("columns", 1, 8)
    example = "[[0, 255], [128, 64]]"
    return as_array(pixels, "pixels", shape, low=0, high=255, integers=True, example=example)


def _grey_picture(page, left, title, colour, shape, animated=True):
    """Draw a picture without pixels; return a function that fills in shades from 0 to 1 and the words on them."""
    panel = page.panel(40, SIDE, left, SIDE, xticks=[], yticks=[])
    panel.title(title, colour)
    panel.bare("left", "bottom")
    image = panel.image(np.zeros(shape), cmap="gray", vmin=0, vmax=1, animated=animated)
    cells = [panel.label("", column, row, fontsize=11, animated=animated) for row, column in np.ndindex(shape)]

    def fill(shades, words):
        image.set_data(shades.reshape(shape))
        for cell, shade, word in zip(cells, shades, words, strict=True):
            # From 0.46 on black letters have the greater contrast.
            cell.set(text=word, color="white" if shade < 0.46 else "black")

    return fill


def _curve_between(page):
    """Return (curve of the function, dots of the pixels on it)."""
    ticks = [0, 0.5, 1]
    panel = page.panel(40, SIDE, 278, 186, x=(0, 1), y=(-0.04, 1.04), xticks=ticks, yticks=ticks)
    panel.title("output", BLUE)
    panel.caption("pixel / 255")
    return panel.line(BLUE), panel.dots(INK, 6, rim=0, alpha=0.8)


PROBABILITIES = np.array([0.5, 0.1, 0.9, 0.001, 0.75]), 0.2

EXERCISES = {
    "slope from output": FunctionTask(
        reference=lambda s: s * (1 - s),
        cases=PROBABILITIES,
        right="The slope follows from the output alone: a network that has kept σ(x) no longer needs x.",
        mistakes={
            "This applies σ once more: s is an output of σ already, so use it as it is.": sigmoid_slope,
            "This is σ itself; its derivative is asked.": lambda s: s,
            "The sign is turned: every slope of σ is positive, yours are negative.": lambda s: s * (s - 1),
            "This is the slope of tanh from its output; σ has another one.": lambda s: 1 - s**2,
            "This is σ(−x), the output mirrored; multiply it by one thing more.": lambda s: 1 - s,
        },
    ),
    "logit": FunctionTask(
        reference=lambda p: np.log(p / (1 - p)),
        cases=PROBABILITIES,
        right="σ turns a score into a probability, and this turns the probability back into the score: the logit.",
        mistakes={
            "This is one divided by σ; the inverse undoes σ: inverse(σ(x)) = x.": lambda p: 1 / sigmoid(p),
            "The fraction stands upside down: p = 0.9 has to give a positive score.": lambda p: np.log((1 - p) / p),
            "log10 belongs to powers of 10; σ is built from e, so use np.log.": lambda p: np.log10(p / (1 - p)),
            "np.log(p) leaves out the other outcome: divide p by 1 − p first.": np.log,
            "These are the odds; the score is their logarithm.": lambda p: p / (1 - p),
        },
    ),
    "layers to a billionth": NumberTask(
        answer=15,
        tolerance=1e-9,
        right="0.25¹⁵ is 9.3 × 10⁻¹⁰: of fifteen slopes, all at their best, the product is below a billionth.",
        mistakes={
            "0.25¹⁴ is 3.7 × 10⁻⁹, which is still more than a billionth.": 14,
            "Ten leave less than a millionth; a billionth is a thousand times smaller.": 10,
            "That is the answer for a factor of a half; the slope of σ is at most a quarter.": 30,
            "Fifteen are enough: 0.25¹⁵ is below a billionth already.": 16,
        },
    ),
}
