"""What the registry does not hold of each function, and which one to choose where."""

import re
from typing import NamedTuple

import numpy as np

from helpers.activations import (
    Activation,
    gelu,
    identity,
    leaky_relu,
    relu,
    selu,
    sigmoid,
    silu,
    softmax,
    softplus,
    tanh,
)

OUTPUT = "output layer"
PLAIN = "hidden, plain or convolutional"
TRANSFORMER = "hidden, transformer"
RECURRENT = "inside an LSTM or GRU"
DASHES = (0, (3, 1.5))  # of slopes among functions, so that they stay apart in grey too


class About(NamedTuple):
    """What the registry does not hold of a function."""

    lesson: str
    graph: str
    hint: str  # what the graph of the slope looks like, and what that hints at


ABOUT = {
    "identity": About(
        "00_start_here",
        "a straight line",
        "flat at 1: all of a gradient passes",
    ),
    "sigmoid": About(
        "01_sigmoid",
        "an S from 0 to 1",
        "a low hill, 0.25 at its top: gradients shrink",
    ),
    "tanh": About(
        "02_tanh",
        "an S from −1 to 1",
        "a hill, 1 at its top: little passes beyond ±3",
    ),
    "relu": About(
        "03_relu",
        "flat, then like x; a corner",
        "0, then 1: all of a gradient passes, or nothing",
    ),
    "leaky_relu": About(
        "04_leaky_relu",
        "gently up, then like x; a corner",
        "α, then 1: some always passes",
    ),
    "elu": About(
        "05_elu",
        "up from −α, then like x",
        "up to α, then 1: little passes far to the left",
    ),
    "selu": About(
        "05_elu",
        "ELU, larger; a corner",
        "above 1 right of −0.56: gradients may grow",
    ),
    "gelu": About(
        "06_gelu",
        "ReLU without its corner; a dip",
        "below 0 left of it, above 1 from 0.75",
    ),
    "silu": About(
        "07_silu",
        "ReLU without its corner; a wider dip",
        "below 0 left of it, above 1 from 1.28",
    ),
    "softplus": About(
        "10_cheatsheet",
        "ReLU with a rounded corner, above 0",
        "the sigmoid: rises from 0 to 1",
    ),
    "softmax": About(
        "08_softmax",
        "for one score an S",
        "a low hill: flat if one is far ahead",
    ),
}


class Advice(NamedTuple):
    """Where a function stands, in which case, what to choose, what belongs to it, and two
    reasons.
    """

    layer: str
    case: str
    activation: Activation
    goes_with: str
    reason: str
    more: str


ADVICE = [
    Advice(
        OUTPUT,
        "yes or no",
        sigmoid,
        "with binary cross-entropy",
        "Its range, from 0 to 1, is that of a probability.",
        "With this loss its gradient is simply the error: output minus answer.",
    ),
    Advice(
        OUTPUT,
        "several labels at once",
        sigmoid,
        "one for each label, with binary cross-entropy",
        "Each label gets an answer of its own: all of them may be near 1.",
        "With softmax the labels would compete.",
    ),
    Advice(
        OUTPUT,
        "one of several classes",
        softmax,
        "with cross-entropy",
        "The outputs sum to 1: what one class gains, the others lose.",
        "With this loss its gradient is simply the error: output minus answer.",
    ),
    Advice(
        OUTPUT,
        "any number",
        identity,
        "no activation, with the squared error",
        "Nothing may cut the range, as the answer can be any number.",
        "If the answers are large, scale them before the training.",
    ),
    Advice(
        OUTPUT,
        "a positive number",
        softplus,
        "for example for a variance",
        "Every output is above 0, and large sums pass almost unchanged.",
        "The exponential is as common: the sum is then the answer's logarithm.",
    ),
    Advice(
        OUTPUT,
        "a number from −1 to 1",
        tanh,
        "for example for an action",
        "Its range is (−1, 1), and a sum of 0 gives 0.",
        "For other ends stretch and shift: low + (high − low)(tanh x + 1)/2.",
    ),
    Advice(
        PLAIN,
        "to begin with",
        relu,
        "with He initialisation",
        "Cheap, and its slope is 1 for every positive input.",
        "The others are often only a little better, if at all: change it last.",
    ),
    Advice(
        PLAIN,
        "many units are dead",
        leaky_relu,
        "or ELU",
        "A negative input keeps a share of its gradient: a unit can come back.",
        "First try a smaller learning rate: large steps are a usual cause.",
    ),
    Advice(
        PLAIN,
        "deep, no normalisation",
        selu,
        "with weights of variance 1/n, in plain layers",
        "Keeps mean 0 and variance 1. If you use dropout, take alpha dropout.",
        "Often simpler: normalisation and residual connections, with ReLU.",
    ),
    Advice(
        PLAIN,
        "a smooth slope",
        silu,
        "or GELU",
        "Its slope never jumps. EfficientNet uses it, and ConvNeXt uses GELU.",
        "It costs an exponential for each number.",
    ),
    Advice(
        PLAIN,
        "speed above all",
        relu,
        "but measure first",
        "One comparison for the output, and one for the slope.",
        "In a wide layer the products cost more than the activation.",
    ),
    Advice(
        TRANSFORMER,
        "feed-forward block",
        gelu,
        "in the form that the model was trained with",
        "BERT, GPT-2 and vision transformers use it; T5 began with ReLU.",
        "Trained weights expect the same form, exact or tanh.",
    ),
    Advice(
        TRANSFORMER,
        "gated block (SwiGLU)",
        silu,
        "as the gate, at two thirds of the width",
        "LLaMA and many language models after it use it.",
        "At that width its three matrices have as many weights as two others.",
    ),
    Advice(
        TRANSFORMER,
        "attention weights",
        softmax,
        "over the scores of each query",
        "The weights are positive and sum to 1.",
        "The scores are divided by √d first, so that they do not grow with d.",
    ),
    Advice(
        RECURRENT,
        "a gate",
        sigmoid,
        "as the cell is defined",
        "A gate is a share: 0 lets nothing pass, 1 everything.",
        "Libraries have fast code for exactly this cell.",
    ),
    Advice(
        RECURRENT,
        "the candidate",
        tanh,
        "as the cell is defined, in an LSTM for the output too",
        "Values of both signs, never beyond 1.",
        "The memory is added up step by step: what is added has to stay small.",
    ),
]


BY_CASE = {advice.case: advice for advice in ADVICE}


def cases_of(layer):
    """Return the cases that a layer has."""
    return [advice.case for advice in ADVICE if advice.layer == layer]


LAYERS = {layer: cases_of(layer) for layer in (OUTPUT, PLAIN, TRANSFORMER, RECURRENT)}


def curves_of(f, lo, hi, **parameters):
    """Return inputs, values and slopes to draw; a slope that jumps at 0 is broken there.

    Softmax has no curve of its own: it is drawn as the first of three outputs against its own
    score, the others at 0.
    """
    x = np.linspace(lo, hi, 400)
    if lo < 0 < hi:
        x = np.concatenate([x[x < 0], [-1e-9, np.nan, 1e-9], x[x > 0]])
    inputs = x[:, np.newaxis]
    if f is softmax:
        inputs = inputs * [1, 0, 0]
    values = f(inputs, **parameters)[:, 0]
    slopes = f.derivative(inputs, **parameters)[:, 0]
    return x, values, slopes


def facts_of(f):
    """Return the short facts of a function by their names."""
    largest = f"{f.largest_slope:.4g}"
    if f.largest_slope_at is not None:
        largest += f" at {f.largest_slope_at:.3g}"
    flat = "on both sides"
    if len(f.saturates) == 1:
        flat = f"on the {f.saturates[0]}"
    elif not f.saturates:
        flat = "nowhere"
    return {
        "range": re.search(r"[\[(].*?[)\]]", f.range_text)[0],
        "largest slope": largest,
        "zero-centred": f.zero_centred,
        "slope goes to 0": flat,
    }
