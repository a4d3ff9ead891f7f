"""The room of 01_sigmoid: its exercises."""

import numpy as np

from helpers.exercises import FunctionTask, NumberTask
from helpers.functions import sigmoid

PROBABILITIES = np.array([0.5, 0.1, 0.9, 0.001, 0.75])

EXERCISES = {
    "slope from output": FunctionTask(
        reference=lambda s: s * (1 - s),
        cases=(PROBABILITIES, 0.2),
        right="The output alone tells the slope; a network that has kept σ(x) never needs x again.",
        mistakes={
            "This applies σ once more: s is an output of σ already, so use it as it is.": (
                lambda s: sigmoid(s) * (1 - sigmoid(s))
            ),
            "This is σ itself; its derivative is asked.": lambda s: s,
            "The sign is turned: every slope of σ is positive, yours are negative.": lambda s: s * (s - 1),
            "This is the slope of tanh from its output; σ has another one.": lambda s: 1 - s**2,
            "This is σ(−x), the output mirrored; multiply it by one thing more.": lambda s: 1 - s,
        },
    ),
    "logit": FunctionTask(
        reference=lambda p: np.log(p) - np.log1p(-p),
        cases=(PROBABILITIES, 0.2),
        right="σ turns a score into a probability, and this turns the probability back into the score: the logit.",
        mistakes={
            "This is one divided by σ; the inverse undoes σ: inverse(σ(x)) = x.": lambda p: 1 / sigmoid(p),
            "The fraction stands upside down: p = 0.9 has to give a positive score.": lambda p: np.log((1 - p) / p),
            "log10 belongs to powers of 10; σ is built from e, so use np.log.": lambda p: np.log10(p / (1 - p)),
            "np.log(p) forgets the other outcome: divide p by 1 − p first.": np.log,
            "These are the odds; the score is their logarithm.": lambda p: p / (1 - p),
        },
    ),
    "layers to a billionth": NumberTask(
        answer=15,
        tolerance=1e-9,
        right="0.25¹⁵ is 9.3 × 10⁻¹⁰: after fifteen sigmoids, at their very best, less than a billionth is left.",
        mistakes={
            "0.25¹⁴ is 3.7 × 10⁻⁹, which is still more than a billionth.": 14,
            "Ten leave less than a millionth; a billionth is a thousand times smaller.": 10,
            "That is the answer for a factor of a half; the slope of σ is at most a quarter.": 30,
            "Fifteen are enough: 0.25¹⁵ is below a billionth already.": 16,
        },
    ),
}
