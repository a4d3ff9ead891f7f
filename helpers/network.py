"""A small multilayer perceptron in NumPy: its forward pass and its backward pass, all in float64."""

import itertools
from typing import NamedTuple

import numpy as np

from helpers import network_checks as checks
from helpers import normalisation, training
from helpers.functions import softmax
from helpers.losses import cross_entropy, squared_error

# Overflow is looked for after each pass and reported in one sentence, in place of NumPy's many warnings.
overflow = np.errstate(all="ignore")


class Activity(NamedTuple):
    """What a network computed for a batch: lists with one array a layer, each of shape (examples, units)."""

    z: list  # the weighted sums, before the activation; the last one belongs to the output
    a: list  # what each layer receives: a[0] is x, a[1] is what the first hidden layer hands on
    moments: list  # with normalisation: the mean and the spread used in each hidden layer
    output: np.ndarray  # probabilities, or the last z itself for output="linear"


class Gradients(NamedTuple):
    """The loss and its slopes ∂L/∂W, ∂L/∂b, ∂L/∂z: lists with one array a layer, the output's last."""

    loss: float
    W: list
    b: list
    z: list
    length: float  # of the whole gradient: all ∂L/∂W and ∂L/∂b in one row


class Network:
    """A multilayer perceptron: every layer computes z = a·W + b, every hidden layer hands on a = f(z).

    `sizes`: the units, [inputs, hidden, …, outputs]. `activation`: f, as an Activation, its name, or any
    object that can be called and has `.derivative`; its parameters are keywords, for example slope=0.1.
    `initialisation`: normal draws by `seed`, mean 0, the same draws scaled to "xavier", variance 1/n_in
    (LeCun et al. 1998; Glorot & Bengio 2010 take 2/(n_in + n_out)), "he", variance 2/n_in (He et al. 2015),
    or "gaussian", standard deviation `scale`; biases start at 0. `output`: "softmax" with cross-entropy for
    labels 0, 1, …, or "linear" with half the squared error; the loss is the mean over the examples.
    `normalise`: "batch" (Ioffe & Szegedy 2015) or "layer" (Ba et al. 2016) makes z = (a·W − mean) / spread
    + b in hidden layers, without a gain. `residual`: a layer adds what it received to what it hands on,
    where both have one width (He et al. 2016).
    Bad arguments raise TypeError or ValueError; numbers that outgrow float64 raise OverflowError.
    """

    def __init__(self, sizes, activation="relu", initialisation="he", seed=0, *, scale=None, output="softmax",
                 normalise=None, residual=False, **parameters):  # fmt: skip
        self.output = checks.one_of(output, "output", ("softmax", "linear"))
        self.sizes = checks.layer_sizes(sizes, output)
        self.f, self.slope = checks.hidden_activation(activation, parameters)
        self.axis = checks.one_of(normalise, "normalise", {None: None, "batch": 0, "layer": 1})
        deviation = checks.deviation(initialisation, scale)
        draw = np.random.default_rng(checks.whole(seed, "seed", 0)).standard_normal
        shapes = list(itertools.pairwise(self.sizes))
        self.W = [draw(shape) * deviation(shape[0]) for shape in shapes]
        self.b = [np.zeros(n) for n in self.sizes[1:]]
        self.skips = [bool(residual) and n_in == n_out for n_in, n_out in shapes[:-1]] + [False]
        self.normalised = [self.axis is not None] * len(shapes[1:]) + [False]
        self.running = None  # batch normalisation: each hidden layer's mean and spread, averaged in training

    train = training.train  # a method like the others, in a file of its own

    def forward(self, x):
        """Return the output for x (examples, inputs): probabilities, or numbers for output="linear".

        Once trained with batch normalisation, it uses the means and spreads met there, not those of x.
        """
        return self._activity(checks.examples(x, self.sizes[0]), self.running).output

    def activity(self, x):
        """Return what every layer computes for x (examples, inputs), as in training."""
        return self._activity(checks.examples(x, self.sizes[0]))

    def gradients(self, x, y):
        """Return the loss and its slopes for x (examples, inputs) and y, labels or (examples, outputs)."""
        return self._gradients(*checks.data(x, y, self))[0]

    def layer_gradients(self, x, y, relative=False):
        """Return the size (root mean square) of ∂L/∂z in each layer, the first hidden layer first.

        With `relative`: without the output, in parts of the ∂L/∂a that enters the last hidden layer.
        """
        delta = self.gradients(x, y).z
        sizes = np.array([size(layer) for layer in delta])
        return sizes[:-1] / (size(delta[-1] @ self.W[-1].T) or 1.0) if relative else sizes

    @overflow
    def _activity(self, x, running=None):
        z, a, moments = [], [x], []
        for layer, (W, b) in enumerate(zip(self.W, self.b, strict=True)):
            u = a[layer] @ W
            if self.normalised[layer]:
                moments.append(running[layer] if running else normalisation.moments(u, self.axis))
                u = (u - moments[layer][0]) / moments[layer][1]
            z.append(u + b)
            if layer < len(self.W) - 1:
                a.append(self.f(z[layer]) + a[layer] if self.skips[layer] else self.f(z[layer]))
        check_layers(z, a)
        return Activity(z, a, moments, softmax(z[-1]) if self.output == "softmax" else z[-1])

    @overflow
    def _gradients(self, x, y):
        now = self._activity(x)
        loss, delta = (cross_entropy if self.output == "softmax" else squared_error)(now, y)
        W, b, z = (list(slopes)[::-1] for slopes in zip(*self._backward(now, delta), strict=True))
        # Not np.vdot: OpenBLAS shares even this small a job among cores, and on a busy machine waits for them.
        length = float(np.sqrt(sum(np.square(slope).sum() for slope in W + b)))
        if not np.isfinite(loss + length):
            raise OverflowError("the gradient outgrows float64 on its way back; try a smaller scale or rate.")
        return Gradients(loss, W, b, z, length), now

    def _backward(self, now, delta):
        """Yield ∂L/∂W, ∂L/∂b, ∂L/∂z from the last layer to the first; `delta` is ∂L/∂z, here the output's."""
        da = 0
        for layer in reversed(range(len(self.W))):
            du = delta
            if self.normalised[layer]:
                spread = now.moments[layer][1]
                du = normalisation.backward(delta, now.z[layer] - self.b[layer], spread, self.axis)
            yield now.a[layer].T @ du, delta.sum(axis=0), delta
            if layer:
                below = du @ self.W[layer].T  # each unit's share of the blame, handed down along its weights
                da = below + da if self.skips[layer] else below
                delta = da * self.slope(now.z[layer - 1])  # here the slope of the activation enters


def size(values):
    """Return the root mean square, also where the squares would be too small or too large for float64."""
    largest = np.abs(values).max()
    return float(largest * np.sqrt(np.mean((values / largest) ** 2))) if largest > 0 else 0.0


def check_layers(z, a):
    """Raise OverflowError if the output is not finite; inf or nan in any layer ends there as inf or nan."""
    if np.isfinite(z[-1]).all():
        return
    layer = next(k for k in range(len(z)) if not (np.isfinite(a[k]).all() and np.isfinite(z[k]).all()))
    if not np.isfinite(a[layer]).all():
        raise OverflowError(f"the activation of layer {layer} returns nan or inf for finite z; plot it to see where.")
    raise OverflowError(
        f"numbers outgrow float64 (1.8e308) on their way into layer {layer + 1} of {len(z)}; "
        'try a smaller scale or rate, fewer layers, or initialisation="xavier".'
    )
