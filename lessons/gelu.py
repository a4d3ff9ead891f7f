"""The room of 06_gelu: inputs kept or zeroed at random until their average lies on the curve, and the exercises."""

import functools

import numpy as np
from helpers.figures.marks import beads, two_panels

from helpers.arguments import is_number, short_repr
from helpers.exercises import FunctionTask, NumberTask
from helpers.figures.style import BLUE, GREEN, ORANGE, SOFT, ink, number, own_settings
from helpers.functions import gelu, normal_cdf, normal_density, sigmoid, silu

__all__ = ["keep_or_zero"]

DRAWS = [4**power for power in range(7)]
SHOWN = 1024  # more random numbers than that would slow down a drag
INPUTS = np.linspace(-3, 3, 61)
BELL = np.linspace(-3.5, 3.5, 141)
LOWEST = -2.6  # of the outputs shown


@own_settings()
def keep_or_zero(*, x0=1.0, draws=1, seed=0):
    """Return a LiveFigure of inputs that are kept or zeroed at random, and of their averages beside x · Φ(x).

    In each draw an input is kept if it is larger than its own new number from N(0, 1). `x0`, from −3 to 3, is the input
    whose numbers are shown, `draws` a power of 4 up to 4096, `seed` a whole number from 0 to 20. Others raise
    ValueError or TypeError.
    """
    if not is_number(draws) or draws not in DRAWS:
        raise ValueError(f"draws must be one of {', '.join(map(str, DRAWS))}, not {short_repr(draws)}; try draws=16.")
    page, move_averages, move_numbers = _draw()
    page.slider("x0", "x₀", x0, -3.0, 3.0, 0.05)
    page.choice("draws", "draws", {str(count): count for count in DRAWS}, draws)
    page.slider("seed", "seed", seed, 0, 20, 1)

    def update(x0, draws, seed):
        numbers, heights = _random(seed)
        x = np.append(INPUTS, x0)
        shares = (numbers[:draws] < x).mean(axis=0)
        move_averages(x, x * shares)
        move_numbers(x0, numbers[: min(draws, SHOWN), -1], heights[: min(draws, SHOWN)])
        said = page.write(
            far=f"farthest dot: {number(np.abs(x * shares - gelu(x)).max())} from the curve",
            average=f"average at x₀ = {number(x0, 2)}: {number(x0 * shares[-1])}",
            kept=f"kept {shares[-1] * draws:.0f} of {draws}: {number(shares[-1])}",
            area=f"area: Φ(x₀) = {number(normal_cdf(x0))}",
        )
        return f"Seed {seed}. {'; '.join(said.values())}; on the curve it is {number(gelu(x0))}."

    return page.live(update)


@functools.lru_cache(maxsize=2)
def _random(seed):
    """Return a row of numbers from N(0, 1) for each draw, the last for x₀, and the heights at which those are shown."""
    rng = np.random.default_rng(seed)
    numbers = rng.normal(size=(DRAWS[-1], len(INPUTS) + 1))
    return numbers, rng.uniform(0.04, 0.96, DRAWS[-1]) * normal_density(numbers[:, -1])


def _draw():
    """Return (page, a function that moves the averages, one that moves the random numbers under the bell)."""
    page, upper, lower = two_panels(230, 130, below="input x, and the random numbers")
    upper.reach(x=(BELL[0], BELL[-1]), y=(LOWEST, 3.2))
    lower.reach(y=(0, 0.46))
    lower.axes.set_yticks([])
    _name(upper, lower)
    dots, probe = upper.dots(GREEN, 6, 0.8), upper.dots(GREEN, 12, zorder=6)
    area, points = lower.area(BLUE, 0.16), [lower.line(colour, 5, snap=False) for colour in (BLUE, ORANGE)]
    # Not over the whole height, so that no words are crossed.
    to_dot, to_bell = (panel.line(SOFT, 1, linestyle=":", zorder=2) for panel in (upper, lower))
    for panel in (upper, lower):
        page.drag(panel, "x0")

    def move_averages(x, outputs):
        dots.move(x[:-1], outputs[:-1])
        probe.move(x[-1], outputs[-1])
        to_dot.move([x[-1]] * 2, [LOWEST, outputs[-1]])

    def move_numbers(x0, numbers, heights):
        left = np.linspace(BELL[0], x0, len(BELL))
        density = normal_density(left)
        area.set_xy([(left[0], 0), *zip(left, density, strict=True), (x0, 0)])
        to_bell.move([x0, x0], [0, density[-1]])
        for line, these in zip(points, (numbers < x0, numbers >= x0), strict=True):
            line.move(*beads(numbers[these], heights[these]))

    return page, move_averages, move_numbers


def _name(upper, lower):
    """Draw what stays, the two curves, and write what everything is called."""
    upper.line(BLUE, 3, BELL, gelu(BELL), animated=False)
    lower.line(BLUE, 2, BELL, normal_density(BELL), animated=False)
    upper.title("x · Φ(x)", BLUE)
    upper.title("dots: averages of the draws", ink(GREEN), 0.14)
    upper.readout("far")
    upper.readout("average", 0.02, 0.86, ha="left", color=ink(GREEN))
    lower.title("random numbers for x₀")
    lower.readout("kept", 0.63)
    lower.readout("area", color=BLUE)
    lower.text("blue: below x₀, so x₀ is kept", 0.01, 0.84, color=BLUE, fontsize=11)
    lower.text("orange: above x₀, so 0 comes out", 0.99, 0.84, ha="right", color=ink(ORANGE), fontsize=11)


SCALE = np.sqrt(2 / np.pi)


def _tanh_form(x, scale=SCALE, power=3):
    return 0.5 * x * (1 + np.tanh(scale * (x + 0.044715 * x**power)))


SOME_INPUTS = np.array([-3.0, -1.0, -0.25, 0.0, 0.5, 2.0])
SOME_NUMBERS = np.array([0.3, -1.2, 0.9, -0.4, 2.1, -2.2, 0.1])

EXERCISES = {
    "keep or zero": FunctionTask(
        reference=lambda x, z: x * (z < x[:, None]).mean(axis=1),
        cases=((SOME_INPUTS, SOME_NUMBERS), (SOME_INPUTS[::2], SOME_NUMBERS[:1])),
        right="Each input times the share of its draws that keep it; with more draws the share tends to Φ(x).",
        mistakes={
            "The comparison is turned: x is kept when the random number is smaller.": (
                lambda x, z: x * (z > x[:, None]).mean(axis=1)
            ),
            "This is the share that is kept; multiply it by x.": lambda x, z: (z < x[:, None]).mean(axis=1),
            "This is one share for all inputs together; with axis=1 each row has its own.": (
                lambda x, z: x * (z < x[:, None]).mean()
            ),
            "This adds the draws up; their mean is asked.": lambda x, z: x * (z < x[:, None]).sum(axis=1),
            "This is the limit for endlessly many draws; use the numbers in z.": lambda x, z: gelu(x),
            "This averages ReLU(x − z); an input that is kept keeps its whole value.": (
                lambda x, z: np.maximum(0, x[:, None] - z).mean(axis=1)
            ),
            "The shapes do not fit: z < x[:, None] has a row for each input; take its mean along axis=1.": [
                lambda x, z: x * (z < x).mean(),
                lambda x, z: x * (z < x[:, None]).mean(axis=0),
            ],
        },
    ),
    "gelu from tanh": FunctionTask(
        reference=_tanh_form,
        cases=(SOME_INPUTS, 1.5),
        right="This is the form of GPT-2: no erf, and never farther than 0.0005 from the exact GELU.",
        mistakes={
            "This is the exact GELU; the form with tanh is asked.": gelu,
            "This is twice too large: the factor ½ is missing.": lambda x: 2 * _tanh_form(x),
            "tanh runs from −1 to 1; the share that passes has to run from 0 to 1: add 1, then halve.": [
                lambda x: _tanh_form(x) - 0.5 * x,
                lambda x: 2 * _tanh_form(x) - x,
            ],
            "This is the share that passes; multiply it by x.": lambda x: sigmoid(SCALE * (2 * x + 0.08943 * x**3)),
            "√(2/π) multiplies the cube too: put brackets around the sum.": (
                lambda x: 0.5 * x * (1 + np.tanh(SCALE * x + 0.044715 * x**3))
            ),
            "The root is taken of 2/π, not of 2 alone.": lambda x: _tanh_form(x, np.sqrt(2) / np.pi),
            "Inside stands the third power of x.": lambda x: _tanh_form(x, power=2),
            "This is the short form with σ(1.702x).": lambda x: silu(x, 1.702),
        },
    ),
    "two inputs of gelu": NumberTask(
        answer=(-1.501654, -0.248940),
        right="Both give −0.1, so the output alone does not tell which input it was.",
        mistakes={
            "Both are right; write the smaller one first.": (-0.248940, -1.501654),
            "gelu(x) − 0.1 is never 0 here; for the output −0.1, search where gelu(x) + 0.1 is 0.": (-0.75, 0.0),
            "Search on both sides of the lowest point: these are one input twice.": (-0.248940, -0.248940),
        },
    ),
}
