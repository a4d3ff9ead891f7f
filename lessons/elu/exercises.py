"""The exercises of 05_elu."""

import numpy as np

from helpers.exercises import Exercises, FunctionTask, Mistake, NumberTask
from helpers.functions import SELU_ALPHA, SELU_SCALE, elu, elu_slope, relu_slope

BOTH_SIDES = np.array([2.0, -5.0, 0.5, -0.25, 0.0, -1.0])
CASES = tuple((BOTH_SIDES, alpha) for alpha in (1.0, 0.5, 2.0))
OUTPUTS = tuple((elu(x, alpha), alpha) for x, alpha in CASES)


def exp_of_negative(x):
    """Return eˣ for negative x and 1 for the others, so that nothing overflows."""
    return np.exp(np.minimum(x, 0))


check = Exercises(
    {
        "ELU without overflow": FunctionTask(
            reference=elu,
            cases=(*CASES, (np.array([1000.0, -1000.0]), 1.0)),
            right="The exponential sees numbers up to 0 only, so nothing can overflow.",
            mistakes=[
                Mistake(
                    "α is missing: multiply the left side by it.",
                    lambda x, alpha: elu(x),
                ),
                Mistake(
                    "The left side ends at 0, not at −α: subtract 1 from the exponential before "
                    "you multiply by α.",
                    lambda x, alpha: np.where(x > 0, x, alpha * exp_of_negative(x)),
                ),
                Mistake(
                    "Subtract 1 first, then multiply by α: brackets.",
                    lambda x, alpha: np.where(x > 0, x, alpha * exp_of_negative(x) - 1),
                ),
                Mistake(
                    "This is ReLU: exp gets 0 for every negative x; np.minimum(x, 0) keeps the "
                    "negative ones.",
                    lambda x, alpha: np.maximum(x, 0),
                ),
                Mistake(
                    "Right for α up to 1 only: for larger α the left side lies below x, so the "
                    "larger one is x itself.",
                    lambda x, alpha: np.maximum(x, elu(x, alpha)),
                ),
                Mistake(
                    "On the right the output is x itself.",
                    lambda x, alpha: alpha * np.expm1(np.minimum(x, 0)),
                ),
                Mistake("This is the slope; the function itself is asked.", elu_slope),
                Mistake(
                    "The left side has to be negative: α(eˣ − 1), not α(1 − eˣ).",
                    lambda x, alpha: np.where(
                        x > 0, x, alpha * (1 - exp_of_negative(x))
                    ),
                ),
                Mistake(
                    "if decides once for the whole array; np.where(condition, then, else) decides "
                    "for each element.",
                    lambda x, alpha: x if x > 0 else elu(x, alpha),
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
