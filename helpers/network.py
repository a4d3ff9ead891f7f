"""A small multilayer perceptron in NumPy: its forward pass, its backward pass and its training, all in float64."""

import itertools
from typing import NamedTuple

import numpy as np

from helpers import network_checks as checks
from helpers.functions import softmax


class Activity(NamedTuple):
    """What every layer computed for a batch: lists with one array a layer, each of shape (examples, units)."""

    z: list  # the weighted sums, before the activation; the last one belongs to the output
    a: list  # what each layer receives: a[0] is x, a[1] is what the first hidden layer hands on
    moments: list  # normalisation only: the mean and the spread of each hidden layer
    output: np.ndarray  # probabilities, or the last z itself for output="linear"


class Gradients(NamedTuple):
    """The loss and its slopes ∂L/∂W, ∂L/∂b and ∂L/∂z: lists with one array a layer, the output's last."""

    loss: float
    W: list
    b: list
    z: list


class Network:
    """A multilayer perceptron: every layer computes z = a·W + b, every hidden layer hands on a = f(z).

    `sizes` counts the units, [inputs, hidden, …, outputs]. `activation` is f: an Activation, its name, or any object
    that can be called and has `.derivative`; its parameters are keywords, for example slope=0.1. Biases start at 0,
    weights are drawn from a normal distribution of mean 0 by `seed` (the same draw for each initialisation, only scaled):
    "xavier" with variance 1/n_in, which is LeCun's form (1998; that of Glorot & Bengio 2010 is 2/(n_in + n_out), equal
    where neighbours have the same width), "he" with 2/n_in (He et al. 2015), "gaussian" with standard deviation `scale`.
    `output` is "softmax" (cross-entropy, labels 0, 1, …) or "linear" (half the squared error of each example).
    `normalise` is "batch" (Ioffe & Szegedy 2015) or "layer" (Ba et al. 2016): z = (a·W − mean) / spread + b, without a
    gain. `residual` adds a layer's input to what it hands on (He et al. 2016) wherever both have the same width.
    Bad arguments raise TypeError or ValueError, numbers too large for float64 raise OverflowError.
    """

    def __init__(self, sizes, activation="relu", initialisation="he", seed=0, *, scale=None, output="softmax",
                 normalise=None, residual=False, **parameters):  # fmt: skip
        self.output = checks.one_of(output, "output", ("softmax", "linear"))
        self.sizes = checks.layer_sizes(sizes, self.output)
        self.f, self.slope = checks.hidden_activation(activation, parameters)
        deviation = checks.deviation(initialisation, scale)
        draw = np.random.default_rng(checks.whole(seed, "seed", least=0, example=0)).standard_normal
        self.W = [draw(shape) * deviation(shape[0]) for shape in itertools.pairwise(self.sizes)]
        self.b = [np.zeros(n) for n in self.sizes[1:]]
        self.axis = {None: None, "batch": 0, "layer": 1}[checks.one_of(normalise, "normalise", (None, "batch", "layer"))]
        self.skips = [residual and n_in == n_out for n_in, n_out in itertools.pairwise(self.sizes[:-1])] + [False]
        self.moments = None  # batch normalisation: the running mean and spread of each hidden layer, once trained

    def forward(self, x):
        """Return the output for x of shape (examples, inputs): probabilities, or numbers for output="linear".

        After training with batch normalisation it uses the mean and spread met there, so that examples are independent.
        """
        return self._activity(checks.examples(x, self.sizes[0]), self.moments).output

    def activity(self, x):
        """Return z and a of every layer for x of shape (examples, inputs), normalised over these examples."""
        return self._activity(checks.examples(x, self.sizes[0]))

    def gradients(self, x, y):
        """Return the loss, averaged over the examples, and its slopes; y holds one label or one row of numbers each."""
        return self._gradients(*checks.data(x, y, self))

    def layer_gradients(self, x, y, relative=False):
        """Return the size (root mean square) of ∂L/∂z in each layer, hidden layers first, then the output.

        With `relative`, return the hidden layers alone, divided by the size of ∂L/∂a that enters the last one.
        """
        deltas = self.gradients(x, y).z
        if not relative:
            return np.array([size(delta) for delta in deltas])
        return np.array([size(delta) for delta in deltas[:-1]]) / size(deltas[-1] @ self.W[-1].T)

    @checks.overflow
    def _activity(self, x, moments=None):
        z, a, used = [], [x], []
        for layer, (W, b, skip) in enumerate(zip(self.W, self.b, self.skips, strict=True)):
            u = a[-1] @ W
            hidden = layer < len(self.W) - 1
            if hidden and self.axis is not None:
                used.append(moments[layer] if moments else mean_and_spread(u, self.axis))
                u = (u - used[-1][0]) / used[-1][1]
            z.append(u + b)
            if hidden:
                a.append(self.f(z[-1]) + a[-1] if skip else self.f(z[-1]))
        checks.finite_layers(z, a)
        return Activity(z, a, used, softmax(z[-1]) if self.output == "softmax" else z[-1])

    @checks.overflow
    def _gradients(self, x, y):
        now = self._activity(x)
        loss, delta = (cross_entropy if self.output == "softmax" else squared_error)(now.z[-1], y)
        W, b, z = zip(*self._backward(now, delta), strict=True)
        checks.finite_gradients(loss, W)
        return Gradients(loss, list(W[::-1]), list(b[::-1]), list(z[::-1])), now

    def _backward(self, now, delta):
        """Yield ∂L/∂W, ∂L/∂b, ∂L/∂z from the last layer to the first, beginning with `delta`, the output's ∂L/∂z."""
        for layer in reversed(range(len(self.W))):
            du = self._unnormalise(delta, now, layer)
            yield now.a[layer].T @ du, delta.sum(axis=0), delta
            if layer:
                da = du @ self.W[layer].T + (da if self.skips[layer] else 0)
                delta = da * self.slope(now.z[layer - 1])  # here the activation's slope enters, once a layer
