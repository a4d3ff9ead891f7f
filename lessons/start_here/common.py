"""What the figures of 00_start_here share: the activations of their buttons, and terms of sums."""

from helpers.activations import identity, leaky_relu, relu, sigmoid, tanh
from helpers.figures.style import number

FUNCTIONS = {
    "none": identity,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "ReLU": relu,
    "leaky ReLU": leaky_relu,
}


def last_term(value, digits=1):
    """Return a number as the last term of a sum: + 0.5 or − 0.5."""
    sign = "−" if value < 0 else "+"
    return f"{sign} {number(abs(value), digits)}"
