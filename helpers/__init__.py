"""What several lessons share: activation functions, a network, live figures and fact cards."""

from helpers.activation import Activation
from helpers.activations import (
    ACTIVATIONS,
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
from helpers.figures.compare import compare, overlay, side_by_side
from helpers.figures.explore import explore, threads
from helpers.figures.live import LiveFigure
from helpers.network import Network

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "LiveFigure",
    "Network",
    "card",
    "compare",
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
]
