"""The room of 07_silu: an input, its gate and their product side by side, and the exercises."""

import numpy as np

from helpers.arguments import name_of
from helpers.exercises import FunctionTask, NumberTask
from helpers.figures import Page
from helpers.figures.marks import shortened
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, DASHED, GREEN, INK, SMALL, ink, number, own_settings
from helpers.functions import relu, sigmoid, silu, silu_slope

__all__ = ["gated"]

REACH = 4.0  # from 0 do the inputs lie
X = np.linspace(-REACH, REACH, 161)
STEM = {"solid_capstyle": "butt", "zorder": 2.5}  # from 0 to a height


@own_settings()
def gated(gate, *, beta=1.0, x0=-2.0):
    """Return a LiveFigure of an input x, its gate(βx) and their product side by side, each with a dot at x₀.

    `gate` takes an array and returns one number from 0 to 1 for each input: helpers.sigmoid or your own. The sliders
    begin at `beta`, from 0 to 10, and `x0`, from −4 to 4. Other numbers, and a gate that fails or leaves 0 to 1, raise
    ValueError or TypeError.
    """
    name = name_of(gate, "gated(sigmoid)")
    page, columns, whole = _three_panels(f"gate: {shortened(name)}(βx)")
    page.slider("beta", "sharpness β", beta, 0.0, 10.0, 0.1)
    page.slider("x0", "input x₀", x0, -REACH, REACH, 0.1)

    def update(beta, x0):
        x = np.append(X, x0)
        share = _shares(gate, beta * x, name)
        for (curve, stem, dot), heights in zip(columns, (x, share, x * share), strict=True):
            curve.move(X, heights[:-1])
            stem.move([x0, x0], [0, heights[-1]])
            dot.move(x0, heights[-1])
        whole.move([x0, x0], [0, x0])
        said = page.write(input=number(x0, 1), gate=number(share[-1]), output=number(x0 * share[-1], 3))
        product = "{input} × {gate} = {output}".format(**said)
        return f"For β = {number(beta, 1)}, the input times its gate is the output: {product}."

    return page.live(update)


def _shares(gate, x, name):
    """Return the gate's values, or raise ValueError when one of them is no share of a whole."""
    shares = evaluate(gate, x, name)
    outside = (shares < 0) | (shares > 1)
    if outside.any():
        raise ValueError(
            f"A gate lets through a share from 0 to 1, but {name} returns {shares[outside][0]:.4g} at "
            f"{x[outside][0]:.4g}; try gated(sigmoid)."
        )
    return shares


def _three_panels(gate):
    """Return (page, (curve, stem, dot) of the input, the gate and the output, the stem of the whole input)."""
    page, columns = Page(306), []
    high = 1.1 * REACH
    for n, (name, title, colour, ends, ticks) in enumerate(
        (
            ("input", "input x", INK, (-high, high), [-4, -2, 0, 2, 4]),
            ("gate", gate, GREEN, (-0.1, 1.1), [0, 0.5, 1]),
            ("output", "output: input × gate", BLUE, (-high, high), [-4, -2, 0, 2, 4]),
        )
    ):
        panel = page.panel(36, 204, 36 + 246 * n, 186, x=(-REACH, REACH), y=ends, yticks=ticks)
        panel.title(title, ink(colour))
        panel.rule(0)
        panel.rule(x=0)
        panel.readout(name, 0.5, down=52, ha="center", color=ink(colour), fontsize=17, weight="bold")
        page.drag(panel, "x0")
        columns.append((panel.line(colour), panel.line(colour, 5, **STEM), panel.dots(colour)))
    page.panels[1].rule(1, **DASHED)
    panel.axes.axline((0, 0), slope=1, **DASHED)
    panel.text("dashed: the input", 0.98, 0.1, ha="right", **SMALL)
    for sign, left in (("×", -0.16), ("=", 1.16)):
        page.panels[1].text(sign, left, down=52, ha="center", fontsize=17)
    return page, columns, panel.line(INK, 5, alpha=0.25, **STEM | {"zorder": 2})


BOTH_SIDES = np.array([2.0, -3.0, 0.5, -0.25, 0.0])
GATES = sigmoid(BOTH_SIDES)

EXERCISES = {
    "swish for any beta": FunctionTask(
        reference=silu,
        cases=(*((BOTH_SIDES, beta) for beta in (1.0, 0.0, 0.5, 3.0)), (np.array([-1000.0, 1000.0]), 2.0)),
        right="β sharpens the gate, x passes through it, and no number is too large for exp.",
        mistakes={
            "Right for β = 1 only: β belongs inside the gate, not in front of the output.": (
                lambda x, beta: beta * silu(x)
            ),
            "This is right for β = 1 only: use the beta that comes in.": lambda x, beta: silu(x),
            "β scales the input of the gate only: multiply the gate by x, not by βx.": (
                lambda x, beta: beta * x * sigmoid(beta * x)
            ),
            "This is the gate alone; multiply x by it.": lambda x, beta: sigmoid(beta * x),
            "The gate is turned round: it has to open for positive x.": lambda x, beta: x * sigmoid(-beta * x),
            "This is ReLU, which the function comes near when β is large.": lambda x, beta: relu(x),
            "This is the derivative; the function itself is asked.": silu_slope,
        },
    ),
    "slope from output and gate": FunctionTask(
        reference=lambda output, gate: gate + output * (1 - gate),
        cases=((BOTH_SIDES * GATES, GATES),),
        right="Both numbers are left from the way forward, so the slope costs no second exponential.",
        mistakes={
            "That is one half of the product rule, x moving while the gate stands still; the gate moves too.": (
                lambda output, gate: gate
            ),
            "That is one half of the product rule, the gate moving while x stands still; x moves too.": (
                lambda output, gate: output * (1 - gate)
            ),
            "This is the slope of the gate alone.": lambda output, gate: gate * (1 - gate),
            "The gate's slope, gate · (1 − gate), still has to be multiplied by x: that makes output · (1 − gate).": (
                lambda output, gate: gate + gate * (1 - gate)
            ),
            "The sign is wrong: a rising gate makes the output of a positive x rise faster.": (
                lambda output, gate: gate - output * (1 - gate)
            ),
            "The slope of σ is σ · (1 − σ), not σ alone: what is missing is 1 − gate.": (
                lambda output, gate: gate + output
            ),
        },
    ),
    "width of a fair swiglu": NumberTask(
        answer=2048,
        tolerance=1e-9,
        right="Three matrices of 768 × 2048 hold as many weights as two of 768 × 3072.",
        mistakes={
            "As wide as that, three matrices hold half as many weights again as two.": 3072,
            "Half the width is too narrow: three matrices then hold three quarters of the weights.": 1536,
            "A third is too narrow: three matrices then hold half of the weights.": 1024,
            "The fraction is upside down: with three matrices each has to be narrower.": 4608,
            "That is the number of weights; the width is asked.": 2 * 768 * 3072,
        },
    ),
}
