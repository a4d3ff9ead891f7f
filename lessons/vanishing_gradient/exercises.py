"""The exercises of 09_vanishing_gradient."""

import math

import numpy as np

from helpers.exercises import Exercises, FunctionTask, Mistake, NumberTask
from helpers.functions import sigmoid, sigmoid_slope

BOUND = 0.25**20
DELTA = np.random.default_rng(0).normal(size=(2, 3)).round(1)
WEIGHTS = np.random.default_rng(0).normal(size=(4, 3)).round(1)
PREACTIVATIONS = np.random.default_rng(0).normal(size=(2, 4)).round(1)

check = Exercises(
    {
        "bound in float32": NumberTask(
            answer=(BOUND, 75),
            right="9.1 × 10⁻¹³ after 20 layers; from 75 on, float32 rounds the bound to 0.",
            mistakes=[
                Mistake(
                    "From 64 on the bound lies below 2⁻¹²⁶, the smallest normal number; subnormal "
                    "numbers reach farther.",
                    (BOUND, 64),
                ),
                Mistake(
                    "0.25⁶³ is 2⁻¹²⁶, exactly the smallest normal number; it is not 0, and "
                    "subnormal ones reach farther.",
                    (BOUND, 63),
                ),
                Mistake(
                    "0.25⁷⁴ is 2⁻¹⁴⁸, which float32 can still hold as a subnormal number; go one "
                    "layer farther.",
                    (BOUND, 74),
                ),
                Mistake(
                    "One layer fewer: 0.25⁷⁵ is half of the smallest subnormal number and is "
                    "rounded to 0 already.",
                    (BOUND, 76),
                ),
                Mistake(
                    "That is the power of a half; 0.25 is a half squared, so each "
                    "layer costs two of them.",
                    (BOUND, 150),
                ),
                Mistake(
                    "That is right for 64 bits, which Python computes with; in float32 it happens "
                    "much earlier.",
                    (BOUND, 538),
                ),
                Mistake(
                    "The layers multiply: the bound is 0.25 to the power 20, not 20 times 0.25.",
                    (0.25 * 20, 75),
                ),
                Mistake(
                    "A sigmoid passes on a quarter at most; 0.5 to the power 20 would "
                    "be for a half.",
                    (0.5**20, 75),
                ),
            ],
        ),
        "backward step": FunctionTask(
            reference=lambda delta, W, z: (delta @ W.T) * sigmoid_slope(z),
            # Square weights let a missing transpose run through, the others do not.
            cases=(
                (DELTA, WEIGHTS[:3], PREACTIVATIONS[:, :3]),
                (DELTA, WEIGHTS, PREACTIVATIONS),
            ),
            right="Repeated from the output to the input, this line is the heart of "
            "back-propagation.",
            mistakes=[
                Mistake(
                    "The transpose is missing: W leads from below to above, and delta goes the "
                    "other way, through W.T.",
                    lambda delta, W, z: (delta @ W) * sigmoid_slope(z),
                ),
                Mistake(
                    "The slope is forgotten: this is the gradient of the outputs a; times the "
                    "slope at z it is that of z.",
                    lambda delta, W, z: delta @ W.T,
                ),
                Mistake(
                    "This takes the slope at the output σ(z); it has to be taken at z itself.",
                    lambda delta, W, z: (delta @ W.T) * sigmoid_slope(sigmoid(z)),
                ),
                Mistake(
                    "s · (1 − s) is the slope when s is an output of σ; here you have z, so use "
                    "helpers.sigmoid.derivative(z).",
                    lambda delta, W, z: (delta @ W.T) * z * (1 - z),
                ),
                Mistake(
                    "This multiplies by σ(z) itself; its slope is asked.",
                    lambda delta, W, z: (delta @ W.T) * sigmoid(z),
                ),
                Mistake(
                    "The slope belongs to the layer below: first through the weights, then times "
                    "the slope.",
                    lambda delta, W, z: (delta * sigmoid_slope(z)) @ W.T,
                ),
            ],
        ),
        "scale for fifty layers": NumberTask(
            answer=math.sqrt(2 / 128),
            tolerance=0.02,
            right="128 · 0.125² · ½ = 1: He's rule, and it holds at any depth.",
            mistakes=[
                Mistake(
                    "That is Xavier's rule: with half of the ReLUs off, 0.5⁵⁰ of the "
                    "mean square is left.",
                    math.sqrt(1 / 128),
                ),
                Mistake(
                    "That is the variance; the standard deviation is its square root.",
                    2 / 128,
                ),
                Mistake(
                    "That is Xavier's variance; the standard deviation for ReLU is asked.",
                    1 / 128,
                ),
                Mistake(
                    "The depth does not enter; n is the number of units in a layer, 128.",
                    math.sqrt(2 / 50),
                ),
                Mistake(
                    "That is the spread of PyTorch's default; a sixth of the mean square passes.",
                    math.sqrt(1 / (3 * 128)),
                ),
                Mistake(
                    "The 2 pays for the half that is off; it has to be shared among the 128 units "
                    "of a layer.",
                    math.sqrt(2),
                ),
                Mistake(
                    "With 128 units every layer then makes the size eight times as large.",
                    1.0,
                ),
            ],
        ),
    }
)
