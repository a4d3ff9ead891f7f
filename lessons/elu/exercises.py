"""The exercises of 05_elu."""

import numpy as np

from helpers.exercises import Exercises, FunctionTask, Mistake, NumberTask
from helpers.functions import SELU_ALPHA, SELU_SCALE, elu, elu_slope, relu_slope

BOTH_SIDES = np.array([2.0, -5.0, 0.5, -0.25, 0.0, -1.0])
OUTPUTS = tuple((elu(BOTH_SIDES, alpha), alpha) for alpha in (1.0, 0.5, 2.0))


check = Exercises(
    {
        "ELU against a leak": NumberTask(
            answer=np.log(0.1),
            tolerance=2e-3,  # −2.3 counts
            right=(
                "Left of ln 0.1 a leak of 0.1 passes more of a gradient; right of it ELU does."
            ),
            mistakes=[
                Mistake(
                    "ELU's slope is below 1 only for negative x: ln 0.1 is negative.",
                    np.log(10),
                ),
                Mistake("There the outputs are equal; the slopes are to be.", -9.9995),
                Mistake(
                    "There ELU's output is −0.1; its slope is to be 0.1.", np.log(0.9)
                ),
                Mistake(
                    "log10 belongs to powers of 10; ELU is built from e, so use np.log.",
                    np.log10(0.1),
                ),
                Mistake(
                    "That is the right place for a leak of 0.01; here it is 0.1.",
                    np.log(0.01),
                ),
                Mistake(
                    "The power is turned round: eˣ = 0.1 asks for the logarithm of 0.1.",
                    np.exp(0.1),
                    np.exp(-0.1),
                ),
                Mistake(
                    "That is the slope; the x at which ELU has it is asked.", 0.1, -0.1
                ),
                Mistake(
                    "At 0 ELU's slope is 1, ten times that of the leak.",
                    0,
                ),
            ],
        ),
        "ELU slope from output": FunctionTask(
            reference=lambda a, alpha: np.where(a > 0, 1.0, a + alpha),
            cases=OUTPUTS,
            right=(
                "On the left the output is αeˣ − α, so output plus α is the slope: no exponential "
                "is needed."
            ),
            mistakes=[
                Mistake(
                    "This treats a as an input: a is an output already.", elu_slope
                ),
                Mistake(
                    "Right for α = 1 only: add α, not 1.",
                    lambda a, alpha: np.where(a > 0, 1.0, a + 1),
                ),
                Mistake(
                    "On the right the slope is 1, whatever the output.",
                    lambda a, alpha: a + alpha,
                ),
                Mistake(
                    "This is the slope of ReLU: on the left something passes.",
                    lambda a, alpha: relu_slope(a),
                ),
                Mistake(
                    "At a = 0 the left side's slope, α, is asked: compare with >, not with >=.",
                    lambda a, alpha: np.where(a >= 0, 1.0, a + alpha),
                ),
                Mistake(
                    "The slope of the left side is positive: add α to the output.",
                    lambda a, alpha: np.where(a > 0, 1.0, a - alpha),
                ),
                Mistake(
                    "This is the output itself on the left; one more step makes it the slope.",
                    lambda a, alpha: np.where(a > 0, 1.0, a),
                ),
            ],
        ),
        "SELU's two numbers": NumberTask(
            answer=(SELU_SCALE, SELU_ALPHA),
            tolerance=3e-4,  # 1.051 and 1.673 count, 1.05 and 1.67 do not
            right=(
                "These are SELU's λ and α: with them N(0, 1) comes out with mean 0 and variance 1."
            ),
            mistakes=[
                Mistake(
                    "The right two numbers the other way round: λ first, then α.",
                    (SELU_ALPHA, SELU_SCALE),
                ),
                Mistake(
                    "That is plain ELU: its mean is 0.16 and its variance 0.62.", (1, 1)
                ),
                Mistake(
                    "α makes the mean 0, but the variance is 0.906: λ has to raise it to 1.",
                    (1, SELU_ALPHA),
                ),
                Mistake(
                    "λ multiplies the outputs, so it multiplies the variance by λ²: "
                    "take a square root.",
                    (SELU_SCALE**2, SELU_ALPHA),
                ),
                Mistake(
                    "That is the spread itself; λ has to divide by it.",
                    (1 / SELU_SCALE, SELU_ALPHA),
                ),
                Mistake(
                    "The second one is λα, the floor of SELU; α alone is asked.",
                    (SELU_SCALE, SELU_SCALE * SELU_ALPHA),
                ),
                Mistake(
                    "α is positive: the negative half's mean is negative already, so "
                    "take it with a minus.",
                    (SELU_SCALE, -SELU_ALPHA),
                ),
            ],
        ),
    }
)
