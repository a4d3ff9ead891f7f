"""06_gelu: inputs kept or zeroed at random, until their averages lie on the curve; exercises."""

import functools

import numpy as np

from helpers.exercises import Exercises, FunctionTask, Mistake, NumberTask
from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, GREEN, ORANGE, SOFT, ink, number
from helpers.functions import gelu, normal_cdf, normal_density, relu, silu

__all__ = ["check", "keep_or_zero"]

DRAWS = [1, 4, 16, 64, 256, 1024, 4096]
MOST_SHOWN = 1024  # more random numbers than that would slow down a drag
INPUTS = np.linspace(-3, 3, 61)
LIMITS = (-3.5, 3.5)
X = np.linspace(*LIMITS, 141)  # of the two curves
LOWEST = -2.6  # of the outputs shown


def keep_or_zero(*, x0=1.0, draws=1, seed=0):
    """Return a LiveFigure of inputs kept or zeroed at random, and their averages beside x · Φ(x).

    In each draw an input is kept if it is larger than its own new number from N(0, 1). `x0`, from
    −3 to 3, is the input whose numbers are shown, `draws` a power of 4 up to 4096, `seed` a whole
    number from 0 to 20. Others raise ValueError or TypeError.
    """
    controls = {
        "x0": slider("x₀", x0, -3.0, 3.0, 0.05, name="x0"),
        "draws": choice("draws", {str(count): count for count in DRAWS}, draws),
        "seed": slider("seed", seed, 0, 20, 1),
    }

    def draw(page, x0, draws, seed):
        numbers, heights = random_numbers(seed)
        inputs = np.append(INPUTS, x0)
        # The shares of the draws that keep each input.
        shares = (numbers[:draws] < inputs).mean(axis=0)
        averages = inputs * shares
        share = shares[-1]
        average = averages[-1]

        upper = page.panel(36, 230, x=LIMITS, y=(LOWEST, 3.2), xlabels=False)
        page.drag(upper, "x0")
        upper.hline(0)
        # Not over the whole height, so that no words are crossed.
        leader = {"linestyle": ":", "zorder": 2}
        upper.line(x0, [LOWEST, average], SOFT, 1, gid="below the dot", **leader)
        upper.line(X, gelu(X), BLUE, gid="gelu")
        upper.dots(INPUTS, averages[:-1], GREEN, 6, 0.8, gid="averages")
        upper.dots(x0, average, GREEN, 12, zorder=6, gid="average at x0")
        upper.title("x · Φ(x)", BLUE)
        upper.title("dots: averages of the draws", ink(GREEN), 0.14)
        farthest = np.abs(averages - gelu(inputs)).max()
        far = upper.readout("far", f"farthest dot: {number(farthest)} from the curve")
        words = f"average at x₀ = {number(x0, 2)}: {number(average)}"
        at_x0 = upper.readout("average", words, 0.02, 0.86, ha="left", color=ink(GREEN))

        lower = page.panel(306, 130, x=LIMITS, y=(0, 0.46), yticks=[])
        page.drag(lower, "x0")
        lower.hline(0)
        lower.caption("input x, and the random numbers", 39)
        left = np.linspace(X[0], x0, len(X))
        bell = zip(left, normal_density(left), strict=True)
        lower.area([(X[0], 0), *bell, (x0, 0)], BLUE, 0.16, gid="below x0")
        lower.line(x0, [0, normal_density(x0)], SOFT, 1, gid="edge", **leader)
        lower.line(X, normal_density(X), BLUE, 2, gid="bell")
        count = min(draws, MOST_SHOWN)
        z = numbers[:count, -1]
        heights = heights[:count]
        kept = z < x0
        lower.scatter(z[kept], heights[kept], BLUE, 5, gid="keeping")
        lower.scatter(z[~kept], heights[~kept], ORANGE, 5, gid="zeroing")
        lower.title("random numbers for x₀")
        look = {"y": 0.84, "fontsize": 11}
        lower.text("blue: below x₀, so x₀ is kept", 0.01, color=BLUE, **look)
        lower.text(
            "orange: above x₀, so 0 comes out",
            0.99,
            ha="right",
            color=ink(ORANGE),
            **look,
        )
        words = f"kept {share * draws:.0f} of {draws}: {number(share)}"
        kept_words = lower.readout("kept", words, 0.63)
        area = lower.readout(
            "area", f"area: Φ(x₀) = {number(normal_cdf(x0))}", color=BLUE
        )
        return (
            f"Seed {seed}. {far}; {at_x0}; {kept_words}; {area}; on the curve it is "
            f"{number(gelu(x0))}."
        )

    recorded = [{"x0": 13, "draws": None}, {"seed": 21}]
    return LiveFigure(draw, controls, height=484, recorded=recorded)


@functools.lru_cache(maxsize=2)
def random_numbers(seed):
    """Return numbers from N(0, 1), and the heights at which those for x₀ are shown.

    The numbers have a row for each draw and a column for each input, x₀ the last.
    """
    rng = np.random.default_rng(seed)
    numbers = rng.normal(size=(DRAWS[-1], len(INPUTS) + 1))
    heights = rng.uniform(0.04, 0.96, DRAWS[-1]) * normal_density(numbers[:, -1])
    return numbers, heights


SOME_INPUTS = np.array([-3.0, -1.0, -0.25, 0.0, 0.5, 2.0])
SOME_NUMBERS = np.array([0.3, -1.2, 0.9, -0.4, 2.1, -2.2, 0.1])

check = Exercises(
    {
        "keep or zero": FunctionTask(
            reference=lambda x, z: x * (z < x[:, None]).mean(axis=1),
            cases=((SOME_INPUTS, SOME_NUMBERS), (SOME_INPUTS[::2], SOME_NUMBERS[:1])),
            right=(
                "Each input times the share of its draws that keep it; with more draws the share "
                "tends to Φ(x)."
            ),
            mistakes=[
                Mistake(
                    "The comparison is turned: x is kept when the random number is smaller.",
                    lambda x, z: x * (z > x[:, None]).mean(axis=1),
                ),
                Mistake(
                    "This is the share that is kept; multiply it by x.",
                    lambda x, z: (z < x[:, None]).mean(axis=1),
                ),
                Mistake(
                    "This is one share for all inputs together; with axis=1 each row has its own.",
                    lambda x, z: x * (z < x[:, None]).mean(),
                ),
                Mistake(
                    "This adds the draws up; their mean is asked.",
                    lambda x, z: x * (z < x[:, None]).sum(axis=1),
                ),
                Mistake(
                    "This is the limit for endlessly many draws; use the numbers in z.",
                    lambda x, z: gelu(x),
                ),
                Mistake(
                    "This averages ReLU(x − z); an input that is kept keeps its whole value.",
                    lambda x, z: np.maximum(0, x[:, None] - z).mean(axis=1),
                ),
                Mistake(
                    "The shapes do not fit: z < x[:, None] has a row for each input; take its mean "
                    "along axis=1.",
                    lambda x, z: x * (z < x),
                    lambda x, z: x * (z < x).mean(),
                    lambda x, z: np.where(z < x, x, 0),
                    lambda x, z: np.where(z < x, x, 0).mean(),
                    lambda x, z: x * (z < x[:, None]).mean(axis=0),
                ),
            ],
        ),
        "the other side": FunctionTask(
            reference=lambda x, output: output - x,
            cases=tuple((SOME_INPUTS, f(SOME_INPUTS)) for f in (gelu, silu, relu)),
            right=(
                "f(−x) = f(x) − x for all three: the shares that pass x and −x make a whole."
            ),
            mistakes=[
                Mistake(
                    "Right for GELU alone: with the output that comes in, one line serves all "
                    "three.",
                    lambda x, output: gelu(-x),
                    lambda x, output: gelu(x) - x,
                ),
                Mistake(
                    "The sign is turned: from x · (1 − Φ(x)) to f(−x) there is one minus more.",
                    lambda x, output: x - output,
                ),
                Mistake(
                    "The share that passes −x is 1 − Φ(x), not Φ(x).",
                    lambda x, output: -output,
                ),
                Mistake(
                    "The curve has no mirror: at 2 and −2 it is 1.95 and −0.05.",
                    lambda x, output: output,
                ),
                Mistake(
                    "Take x away: −x · (1 − Φ(x)) is −x + x · Φ(x).",
                    lambda x, output: output + x,
                ),
                Mistake(
                    "1 − Φ(x) is the share of −x that passes; the output is x · Φ(x), not Φ(x).",
                    lambda x, output: -x * (1 - output),
                    lambda x, output: 1 - output,
                ),
                Mistake(
                    "At x = 0 this divides by 0, and no division is needed: multiply "
                    "−x · (1 − Φ(x)) out.",
                    lambda x, output: -x * (1 - output / x),
                ),
            ],
        ),
        "two inputs of gelu": NumberTask(
            answer=(-1.501654, -0.24894),
            right="Both give −0.1, so the output alone does not tell which input it was.",
            mistakes=[
                Mistake(
                    "Both are right; write the smaller one first.",
                    (-0.24894, -1.501654),
                ),
                Mistake(
                    "gelu(x) − 0.1 is never 0 here; for the output −0.1, search where gelu(x) + "
                    "0.1 is 0.",
                    (-0.751792, 0.0),
                ),
                Mistake(
                    "Search on both sides of the lowest point: these are one input twice.",
                    (-0.24894, -0.24894),
                    (-1.501654, -1.501654),
                ),
                Mistake(
                    "These are the ends of the range: keep the inputs whose output is below −0.1.",
                    (-4.0, 0.0),
                ),
                Mistake(
                    "That is the lowest point, where GELU is −0.17; search to both sides of it.",
                    (-0.751792, -0.751792),
                ),
            ],
        ),
    }
)
