"""A small multilayer perceptron in NumPy: forward pass, backward pass, training and checks, all in float64."""

from functools import lru_cache, partial
from itertools import pairwise
from math import inf, sqrt
from typing import NamedTuple

import numpy as np

from helpers.activations import ACTIVATIONS, softmax
from helpers.arguments import as_floats, layer_sizes, one_of, positive, shown, whole, yes_or_no
from helpers.passes import before_normalisation, check_layers, check_slopes, moments_of, overflow, product, size


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


class Progress(NamedTuple):
    """One report of the training: the loss and the gradient after `step` steps, of the weights as they stand now."""

    step: int
    loss: float  # on the examples of the coming step
    gradient: float  # the length of the gradient before it is clipped
    trouble: str = ""  # why the training ended early, in one sentence; empty when all is well


class Network:
    """A multilayer perceptron: every layer computes z = a·W + b, every hidden layer hands on a = f(z).

    `sizes`: the units, [inputs, hidden, …, outputs]. `activation`: f, as an Activation, its name, or any object that
    can be called and has `.derivative`; its parameters are keywords, for example negative_slope=0.1. `initialisation`: normal
    draws by `seed`, mean 0, the same draws scaled to "xavier", variance 1/n_in (LeCun et al. 1998; Glorot & Bengio 2010
    take 2/(n_in + n_out)), "he", variance 2/n_in (He et al. 2015), or "gaussian", standard deviation `scale`; biases
    start at 0. `output`: "softmax" with cross-entropy for labels 0, 1, …, or "linear" with half the squared error; the
    loss is the mean over the examples. `normalise`: "batch" (Ioffe & Szegedy 2015) or "layer" (Ba et al. 2016) makes
    z = (a·W − mean) / spread + b in hidden layers, without a gain. `residual`: a layer adds what it received to what it
    hands on, where both have one width (He et al. 2016).
    Bad arguments raise TypeError or ValueError; numbers that outgrow float64 raise OverflowError.
    """

    @overflow  # a scale near the end of float64; the first pass reports it
    def __init__(self, sizes, activation="relu", initialisation="he", seed=0, *, scale=None, output="softmax",
                 normalise=None, residual=False, **parameters):  # fmt: skip
        self.output = one_of(output, "output", ("softmax", "linear"))
        self.sizes = layer_sizes(sizes, output)
        self.f, self.slope = _hidden_activation(activation, parameters)
        self.axis = one_of(normalise, "normalise", {None: None, "batch": 0, "layer": 1})
        shapes = list(pairwise(self.sizes))
        ends = np.cumsum([n_in * n_out for n_in, n_out in shapes])
        draws = np.split(_draws(whole(seed, "seed", 0), int(ends[-1] - 1).bit_length())[: ends[-1]], ends[:-1])
        spreads = [_deviation(initialisation, scale, n_in) for n_in, _ in shapes]
        self.W = [d.reshape(shape) * spread for d, shape, spread in zip(draws, shapes, spreads, strict=True)]
        self.b = [np.zeros(n) for n in self.sizes[1:]]
        residual = yes_or_no(residual, "residual")
        self.skips = [residual and n_in == n_out for n_in, n_out in shapes[:-1]] + [False]
        self.running = None  # batch normalisation: each hidden layer's mean and spread, averaged in training

    def forward(self, x):
        """Return the output for x (examples, inputs): probabilities, or numbers for output="linear".

        Once trained with batch normalisation, it uses the means and spreads met there, not those of x.
        """
        return self._answers(_examples(x, self.sizes[0]))

    def activity(self, x):
        """Return what every layer computes for x (examples, inputs), as in training."""
        return self._activity(_examples(x, self.sizes[0]))

    def gradients(self, x, y):
        """Return the loss and its slopes for x (examples, inputs) and y, labels or (examples, outputs)."""
        return self._gradients(*self._data(x, y))[0]

    def layer_gradients(self, x, y, relative=False):
        """Return the size (root mean square) of ∂L/∂z in each layer, the first hidden layer first.

        With `relative`: without the output, in parts of the ∂L/∂a that enters the last hidden layer.
        """
        relative = yes_or_no(relative, "relative")
        sizes, entering, _ = self._sizes(*self._data(x, y))
        return sizes[:-1] / (entering or 1.0) if relative else sizes

    def train(self, x, y, *, rate=0.1, steps=1000, batch=None, momentum=0.0, clip=None, every=10, seed=0):
        """Return a generator that trains on x and y: a Progress at the start, after each `every` steps, and last.

        A step moves weights and biases downhill by `rate` times their slopes, measured on all examples or on `batch`
        of them, drawn afresh by `seed`; `momentum` adds that share of the step before. A gradient longer than `clip`
        is cut to that length (Pascanu et al. 2013). Nothing moves between two reports: leave the loop and it has
        stopped. If numbers outgrow float64, the weights go back to those of the last report, and one more report, with
        an infinite loss, says why in `trouble`. Bad arguments raise TypeError or ValueError at once.
        """
        x, y = self._data(x, y)
        rate = positive(rate, "rate", 0.1)
        momentum = positive(momentum, "momentum", 0.9, zero=True, below=1)
        clip = inf if clip is None else positive(clip, "clip", 1.0)
        steps, every = whole(steps, "steps", 1), whole(every, "every", 1)
        if batch is not None:
            whole(batch, "batch", 1, "batch=None for all examples", most=len(x))
        draw = np.random.default_rng(whole(seed, "seed", 0))
        return self._descent(x, y, batch, draw, rate, momentum, clip, steps, every)

    def _descent(self, x, y, batch, draw, rate, momentum, clip, steps, every):
        """Yield the reports of a training."""
        kept = [], self.running, 0
        velocity = [np.zeros_like(p) for p in self.W + self.b]
        for step in range(steps + 1):
            rows = slice(None) if batch is None else draw.choice(len(x), batch, replace=False)
            try:
                slopes, now = self._gradients(x[rows], y[rows])
            except OverflowError as error:
                weights, self.running, sound = kept
                for p, before in weights:
                    p[...] = before
                yield Progress(step, inf, inf, f"Stopped, and went back to the weights of step {sound}: {error}")
                return
            if step % every == 0 or step == steps:
                kept = [(p, p.copy()) for p in self.W + self.b], self.running, step
                yield Progress(step, slopes.loss, slopes.length)
            if step < steps:
                pace = rate * (clip / slopes.length) if slopes.length > clip else rate
                self._step(slopes, now.moments, velocity, momentum, pace)

    @overflow  # a weight that outgrows float64 is reported by the next pass
    def _step(self, slopes, moments, velocity, momentum, pace):
        """Move weights and biases by `velocity`, and with them what batch normalisation will use once trained."""
        for p, v, slope in zip(self.W + self.b, velocity, slopes.W + slopes.b, strict=True):
            v *= momentum
            v -= pace * slope
            p += v
        if self.axis == 0:
            before = self.running or moments
            self.running = [0.9 * old + 0.1 * new for old, new in zip(before, moments, strict=True)]

    def _data(self, x, y):
        """Return x and y in the form that the loss takes."""
        x, outputs, classes = _examples(x, self.sizes[0]), self.sizes[-1], self.output == "softmax"
        as_floats(y, "y")  # for what it says about text, complex numbers and ragged rows
        y = np.asarray(y)
        if y.shape[:1] != x.shape[:1] or (classes and y.ndim != 1):
            shape = f"({len(x)},)" if classes else f"({len(x)}, {outputs})"
            raise ValueError(f"y must have shape {shape}, to match the {len(x)} rows of x, but it has shape {y.shape}.")
        if not classes:
            return x, _examples(y[:, None] if y.ndim == outputs == 1 else y, outputs, "y")
        if y.dtype.kind not in "biu":
            raise TypeError(f"labels must be whole numbers, not of type {y.dtype}; try np.asarray(y).astype(int).")
        bad = y[(y < 0) | (y >= outputs)]
        if len(bad):
            raise ValueError(
                f"labels for {outputs} outputs must lie between 0 and {outputs - 1}, but {bad[0]} is among them; "
                "count classes from 0, or give the network more outputs."
            )
        return x, y

    @overflow
    def _activity(self, x, running=None):
        z, a, moments = zip(*self._hidden(x, running), strict=True)
        z, a = [*z, product(a[-1], self.W[-1]) + self.b[-1]], [x, *a]
        check_layers(z, a)
        return Activity(z, a, [] if self.axis is None else list(moments), self._output(z[-1]))

    @overflow
    def _answers(self, x):
        """Return the output, and keep nothing of what leads there."""
        for _, handed_on, _ in self._hidden(x, self.running):
            a = handed_on
        z = product(a, self.W[-1]) + self.b[-1]
        if not np.isfinite(z).all():
            self._activity(x, self.running)  # raises, and says which layer is the cause
        return self._output(z)

    def _hidden(self, a, running):
        """Yield the z, the a and the moments of each hidden layer."""
        for layer, skip in enumerate(self.skips[:-1]):
            z, moments = product(a, self.W[layer]), None
            if self.axis is not None:
                moments = running[layer] if running else moments_of(z, self.axis)
                mean, spread = moments
                z = (z - mean) / spread
            z += self.b[layer]
            a = self.f(z) + a if skip else self.f(z)
            yield z, a, moments

    def _output(self, z):
        return softmax(z) if self.output == "softmax" else z

    def _loss(self, now, y):
        """Return the loss and its slope ∂L/∂z at the output; y is 1 at the right label, or the number to be met."""
        z = now.z[-1]
        if self.output == "linear":
            loss = np.sum((z - y) ** 2) / 2 / len(y)
        else:
            y = y[:, None] == np.arange(z.shape[1])
            z = z - z.max(axis=1, keepdims=True)  # so that exp cannot overflow; the loss is the same
            loss = np.mean(np.log(np.exp(z).sum(axis=1)) - z[y])
        return float(loss), (now.output - y) / len(y)

    @overflow
    def _gradients(self, x, y):
        now = self._activity(x)
        loss, delta = self._loss(now, y)
        back = list(self._back(now, delta))[::-1]
        W = [received.T @ du for received, (_, du) in zip(now.a, back, strict=True)]
        z = [delta for delta, _ in back]
        b = [delta.sum(axis=0) for delta in z]
        # Not np.vdot: OpenBLAS shares even this small a job among cores, and on a busy machine waits for them.
        length = sqrt(sum(np.square(slope).sum() for slope in W + b))
        check_slopes(loss + length)
        return Gradients(loss, W, b, z, length), now

    @overflow
    def _sizes(self, x, y):
        """Return the sizes of ∂L/∂z in each layer, that of the ∂L/∂a which enters the last hidden one, the activity."""
        now = self._activity(x)
        loss, top = self._loss(now, y)
        sizes = np.array([size(delta) for delta, _ in self._back(now, top)])[::-1]
        check_slopes(loss + sizes[0])  # inf and nan stay in a gradient down to the first layer
        return sizes, size(product(top, self.W[-1].T)), now

    def _back(self, now, delta):
        """Yield (∂L/∂z, the same before normalisation) of each layer, from the output's, which is given, downwards."""
        da = None
        for layer in reversed(range(len(self.W))):
            du = delta
            if layer < len(now.moments):
                du = before_normalisation(delta, now.z[layer] - self.b[layer], now.moments[layer][1], self.axis)
            yield delta, du
            if layer:
                below = product(du, self.W[layer].T)  # each unit's share of the blame, down along its weights
                da = below + da if self.skips[layer] else below
                delta = da * self.slope(now.z[layer - 1])  # here the slope of the activation enters


def _hidden_activation(activation, parameters):
    """Return f(z) and its slope f′(z) with the parameters filled in, both tried on a row of three numbers."""
    names = ", ".join(name for name in ACTIVATIONS if name != "softmax")
    f = ACTIVATIONS.get(activation) if isinstance(activation, str) else activation
    if f is None:
        raise ValueError(f"activation must be one of {names} (or have f.derivative), not {shown(activation)}.")
    if f is softmax:
        raise ValueError(
            "softmax mixes all units of a layer, so that no unit has a slope of its own to multiply by; "
            f'use it at the end, output="softmax", and between the layers one of {names}.'
        )
    if not callable(f) or not callable(getattr(f, "derivative", None)):
        raise TypeError(f'activation must have f(x) and f.derivative(x), unlike {shown(f)}; try activation="relu".')
    calls = partial(f, **parameters), partial(f.derivative, **parameters)
    for call in calls:
        shape = np.shape(call(np.ones((1, 3))))
        if shape != (1, 3):
            raise ValueError(f"{f!r} must return one value for each x, but it made shape {shape} of (1, 3).")
    return calls


@lru_cache(1)
def _draws(seed, doublings):
    """Return the first 2 ** doublings normal draws of a seed; kept, as deeper or other networks begin with the same."""
    return np.random.default_rng(seed).standard_normal(2**doublings)


def _deviation(initialisation, scale, n_in):
    """Return the standard deviation of the weights of a layer with n_in inputs."""
    numerator = one_of(initialisation, "initialisation", {"xavier": 1, "he": 2, "gaussian": None})
    if numerator is None:
        return positive(1.0 if scale is None else scale, "scale", 0.1, zero=True)
    if scale is not None:
        raise ValueError(f'scale={shown(scale)} needs initialisation="gaussian"; {initialisation!r} chooses its own.')
    return sqrt(numerator / n_in)


def _examples(x, width, what="x"):
    """Return x as finite float64 numbers of shape (examples, width)."""
    x = as_floats(x, what).astype(np.float64, copy=False)
    if x.shape[1:] != (width,) or not x.size:
        fits = x.size and x.ndim < 2 and x.size % width == 0
        hint = f"; try np.reshape({what}, (-1, {width}))." if fits else ": one row for each example."
        raise ValueError(f"{what} must have shape (examples, {width}), but it has shape {x.shape}{hint}")
    bad = np.flatnonzero(~np.isfinite(x).all(axis=1))
    if len(bad):
        raise ValueError(
            f"{what} holds nan or inf in {len(bad)} of its {len(x)} rows, first in row {bad[0]}; "
            f"try {what}[np.isfinite({what}).all(axis=1)]."
        )
    return x
