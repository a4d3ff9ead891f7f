"""The exercises of 10_cheatsheet."""

import numpy as np

from helpers.exercises import Exercises, FunctionTask, Mistake
from helpers.functions import relu, sigmoid, softplus

X = np.array([-6.0, -2.0, -0.5, 0.0, 1.0, 3.0])
RANGES = (
    (-2.0, 2.0),
    (0.0, 120.0),
    (10.0, 30.0),
    (0.0, 1.0),
    (-1.0, 3.0),
    (-30.0, -10.0),
)

check = Exercises(
    {
        "between two ends": FunctionTask(
            reference=lambda x, low, high: low + (high - low) * sigmoid(x),
            cases=tuple((X, low, high) for low, high in RANGES),
            right=(
                "Stretch by the width high − low, then shift by low: any open range can be reached."
            ),
            mistakes=[
                Mistake(
                    "This is still the range (0, 1): stretch it by high − low, then "
                    "shift it by low.",
                    lambda x, low, high: sigmoid(x),
                ),
                Mistake(
                    "Shifted, but as wide as before: multiply the sigmoid by high − low.",
                    lambda x, low, high: low + sigmoid(x),
                ),
                Mistake(
                    "The width of the range is high − low, not high.",
                    lambda x, low, high: low + high * sigmoid(x),
                ),
                Mistake(
                    "The shift is missing: the smallest output would be 0, not low.",
                    lambda x, low, high: (high - low) * sigmoid(x),
                ),
                Mistake(
                    "Cut off like that, the slope is 0 beyond the ends, and a unit "
                    "out there gets no gradient.",
                    np.clip,
                ),
                Mistake(
                    "The range is right, but this is twice as steep: σ(x) is asked, and tanh(x) "
                    "belongs to σ(2x).",
                    lambda x, low, high: low + (high - low) * (np.tanh(x) + 1) / 2,
                ),
                Mistake(
                    "This is right where low is −high only, and steeper than the sigmoid.",
                    lambda x, low, high: high * np.tanh(x),
                ),
            ],
        ),
        "a positive output": FunctionTask(
            reference=softplus,
            cases=(
                np.array([-1000.0, -30.0, -2.0, -1.0, 0.0, 0.5, 1.0, 30.0, 1000.0]),
                # np.where(x > 5, x, …) is cruder than it needs to be, and so is 10 in place of 5.
                np.array([-5.5, 5.5, 7.5, 10.5]),
            ),
            right="Positive for every input that occurs, and without overflow.",
            above=1.01e-5,  # 1e-6 or 1e-5 is often added, so that a variance is never 0
            mistakes=[
                Mistake(
                    "Right until exp overflows: np.logaddexp(0, x) computes the same without that.",
                    lambda x: np.log(1 + np.exp(x)),
                ),
                Mistake(
                    "ReLU is exactly 0 for every negative input: not positive, and "
                    "its slope there is 0.",
                    relu,
                ),
                Mistake(
                    "Positive, but it overflows at 1000, and large inputs should pass almost "
                    "unchanged.",
                    np.exp,
                ),
                Mistake(
                    "Positive, but never above 1: this is the slope of what is asked.",
                    sigmoid,
                ),
                Mistake(
                    "This is 0 at 0, and x and −x would mean the same.",
                    np.abs,
                    np.square,
                ),
                Mistake(
                    "This is the logarithm of the sigmoid, which is negative: mirror it twice.",
                    lambda x: -np.logaddexp(0, -x),
                ),
            ],
        ),
    }
)
