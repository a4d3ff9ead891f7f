"""What the figures of 09_vanishing_gradient share: the activations of their buttons."""

from helpers.activations import ACTIVATIONS, softmax, softplus

HIDDEN = [f for f in ACTIVATIONS.values() if f not in (softmax, softplus)]
