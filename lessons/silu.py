"""07_silu: an input, its gate and their product side by side, and the exercises."""

import numpy as np

from helpers.arguments import name_of
from helpers.exercises import Exercises, FunctionTask, Mistake, NumberTask
from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.parts import shortened
from helpers.figures.sampling import evaluate_each
from helpers.figures.style import BLUE, DASHED, GREEN, INK, SMALL, ink, number
from helpers.functions import relu, sigmoid, silu, silu_slope

__all__ = ["check", "gated"]

FARTHEST = 4.0  # from 0 do the inputs lie
X = np.linspace(-FARTHEST, FARTHEST, 161)
STEM = {"solid_capstyle": "butt", "zorder": 2.5}  # from 0 to a height


def gated(gate, *, beta=1.0, x0=-2.0):
    """Return a LiveFigure of an input x, its gate(βx) and their product side by side, each with a
    dot at x₀.

    `gate` takes an array and returns one number from 0 to 1 for each input: helpers.sigmoid or your
    own. The sliders begin at `beta`, from 0 to 10, and `x0`, from −4 to 4. Other numbers, and a
    gate that fails or leaves 0 to 1, raise ValueError or TypeError.
    """
    name = name_of(gate, "gated(sigmoid)")
    controls = {
        "beta": slider("sharpness β", beta, 0.0, 10.0, 0.1, name="beta"),
        "x0": slider("input x₀", x0, -FARTHEST, FARTHEST, 0.1, name="x0"),
    }

    def draw(page, beta, x0):
        shares = gate_values(gate, beta * X, name)
        share = gate_values(gate, np.array([beta * x0]), name)[0]
        numbers = {"y": (-1.1 * FARTHEST, 1.1 * FARTHEST), "yticks": [-4, -2, 0, 2, 4]}
        left = page.panel(36, 204, 36, 186, x=(-FARTHEST, FARTHEST), **numbers)
        middle = page.panel(
            36,
            204,
            282,
            186,
            x=(-FARTHEST, FARTHEST),
            y=(-0.1, 1.1),
            yticks=[0, 0.5, 1],
        )
        right = page.panel(36, 204, 528, 186, x=(-FARTHEST, FARTHEST), **numbers)
        middle.hline(1, **DASHED)
        right.line([-FARTHEST, FARTHEST], [-FARTHEST, FARTHEST], **DASHED)
        right.line(x0, [0, x0], INK, 5, alpha=0.25, gid="what came in", **STEM)
        right.text("dashed: the input", 0.98, 0.1, ha="right", **SMALL)
        for panel in (left, middle, right):
            page.drag(panel, "x0")
        left.title("input x")
        middle.title(f"gate: {shortened(name)}(βx)", ink(GREEN))
        right.title("output: input × gate", ink(BLUE))
        at_x0 = draw_column(left, "input", INK, X, (x0, x0), digits=1)
        opened = draw_column(middle, "gate", GREEN, shares, (x0, share))
        output = draw_column(
            right, "output", BLUE, X * shares, (x0, x0 * share), digits=3
        )
        middle.text("×", -0.16, down=52, ha="center", fontsize=17)
        middle.text("=", 1.16, down=52, ha="center", fontsize=17)
        equation = f"{at_x0} × {opened} = {output}"
        return f"For β = {number(beta, 1)}, the input times its gate is the output: {equation}."

    return LiveFigure(draw, controls, height=306)


def draw_column(panel, name, colour, heights, dot, digits=4):
    """Draw one of the three curves, with a stem and a dot (x₀, height), and return the height in
    words, which stand below it.
    """
    x0, height = dot
    panel.hline(0)
    panel.vline(0)
    panel.line(X, heights, colour, gid=f"{name} curve")
    panel.line(x0, [0, height], colour, 5, gid=f"{name} stem", **STEM)
    panel.dots(x0, height, colour, gid=f"{name} dot")
    look = {"color": ink(colour), "fontsize": 17, "weight": "bold", "ha": "center"}
    return panel.readout(name, number(height, digits), 0.5, down=52, **look)


def gate_values(gate, x, name):
    """Return the gate's values, or raise ValueError when one of them is no share of a whole."""
    shares = evaluate_each(gate, x, name)
    outside = (shares < 0) | (shares > 1)
    if outside.any():
        raise ValueError(
            f"A gate lets through a share from 0 to 1, but {name} returns "
            f"{shares[outside][0]:.4g} at {x[outside][0]:.4g}; try gated(sigmoid)."
        )
    return shares


BOTH_SIDES = np.array([2.0, -3.0, 0.5, -0.25, 0.0])
FAR_OUT = np.array([-1000.0, 1000.0])
GATES = sigmoid(BOTH_SIDES)
BETAS = (1.0, 0.0, 0.5, 3.0)


MOST = (
    10,
    20,
    30,
    50,
    80,
    100,
    200,
    300,
    500,
    700,
    709,
)  # where learners cut off what exp gets


def limited(most):
    """Return a Swish that cuts x off at -most, also where it stands in front of its gate."""
    return lambda x, beta: silu(np.maximum(x, -most), beta)


def limited_gate(low, high):
    """Return a Swish that keeps x from low to high in its gate alone."""
    return lambda x, beta: x * sigmoid(beta * np.clip(x, low, high))


check = Exercises(
    {
        "swish for any beta": FunctionTask(
            reference=silu,
            cases=(
                *((BOTH_SIDES, beta) for beta in BETAS),
                # Whoever cuts x off in place of βx is wrong for a small β, or exp overflows for a
                # large one.
                *((FAR_OUT, beta) for beta in (2.0, 0.0, 0.01, 3.0)),
            ),
            right="β sharpens the gate, x passes through it, and no number is too large for exp.",
            mistakes=[
                Mistake(
                    "Right for β = 1 only: β belongs inside the gate, not in front of the output.",
                    lambda x, beta: beta * silu(x),
                ),
                Mistake(
                    "This is right for β = 1 only: use the beta that comes in.",
                    lambda x, beta: silu(x),
                ),
                Mistake(
                    "β scales the input of the gate only: multiply the gate by x, not by βx.",
                    lambda x, beta: beta * x * sigmoid(beta * x),
                ),
                Mistake(
                    "This is the gate alone; multiply x by it.",
                    lambda x, beta: sigmoid(beta * x),
                ),
                Mistake(
                    "The gate is turned round: it has to open for positive x.",
                    lambda x, beta: x * sigmoid(-beta * x),
                ),
                Mistake(
                    "This is ReLU, which the function comes near when β is large.",
                    lambda x, beta: relu(x),
                ),
                Mistake(
                    "This is the derivative; the function itself is asked.", silu_slope
                ),
                Mistake(
                    "Keep x as it is and limit only what exp gets, −βx: with β = 0 half of x "
                    "passes, however far out x is.",
                    *map(limited, MOST),
                ),
                Mistake(
                    "Limit what exp gets, −βx, and not x alone: with a small β, exp can take −βx "
                    "for an x far out.",
                    *(limited_gate(-most, np.inf) for most in MOST),
                    *(limited_gate(-most, most) for most in MOST),
                ),
            ],
        ),
        "slope from output and gate": FunctionTask(
            reference=lambda output, gate: gate + output * (1 - gate),
            cases=((BOTH_SIDES * GATES, GATES),),
            right=(
                "Both numbers are left from the way forward: the slope costs no second exponential."
            ),
            mistakes=[
                Mistake(
                    "That is one half of the product rule, x moving while the gate stands still; "
                    "the gate moves too.",
                    lambda output, gate: gate,
                ),
                Mistake(
                    "That is one half of the product rule, the gate moving while x stands still; "
                    "x moves too.",
                    lambda output, gate: output * (1 - gate),
                ),
                Mistake(
                    "This is the slope of the gate alone.",
                    lambda output, gate: gate * (1 - gate),
                ),
                Mistake(
                    "The gate's slope, gate · (1 − gate), still has to be multiplied by x: that "
                    "makes output · (1 − gate).",
                    lambda output, gate: gate + gate * (1 - gate),
                ),
                Mistake(
                    "The sign is wrong: a rising gate makes the output of a positive "
                    "x rise faster.",
                    lambda output, gate: gate - output * (1 - gate),
                ),
                Mistake(
                    "The slope of σ is σ · (1 − σ), not σ alone: what is missing is 1 − gate.",
                    lambda output, gate: gate + output,
                ),
            ],
        ),
        "width of a fair swiglu": NumberTask(
            answer=2048,
            tolerance=1e-9,
            right="Three matrices of 768 × 2048 hold as many weights as two of 768 × 3072.",
            mistakes=[
                Mistake(
                    "As wide as that, three matrices hold half as many weights again as two.",
                    3072,
                ),
                Mistake(
                    "Half the width is too narrow: three matrices then hold three "
                    "quarters of the weights.",
                    1536,
                ),
                Mistake(
                    "A third is too narrow: three matrices then hold half of the weights.",
                    1024,
                ),
                Mistake(
                    "The fraction is upside down: with three matrices each has to be narrower.",
                    4608,
                ),
                Mistake(
                    "That is the number of weights; the width is asked.",
                    2 * 768 * 3072,
                ),
            ],
        ),
    }
)
