"""What the lessons share: activation functions, live figures, fact cards, networks and digits."""

from helpers.activations import (
    ACTIVATIONS,
    Activation,
    elu,
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
from helpers.cards import card
from helpers.digit_reader import digits, train_digit_reader
from helpers.figures.compare import compare
from helpers.figures.explore import explore, threads
from helpers.figures.live import LiveFigure
from helpers.figures.overlay import overlay
from helpers.figures.side_by_side import side_by_side
from helpers.network import Network

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "LiveFigure",
    "Network",
    "card",
    "compare",
    "digits",
    "elu",
    "explore",
    "gelu",
    "identity",
    "leaky_relu",
    "overlay",
    "relu",
    "selu",
    "side_by_side",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "tanh",
    "threads",
    "train_digit_reader",
]
