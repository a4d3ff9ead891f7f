"""A small multilayer perceptron in NumPy: forward pass, backward pass, training and checks, all in float64."""

from functools import partial
from itertools import pairwise
from math import inf, isfinite, sqrt
from typing import NamedTuple

import numpy as np

from helpers.activations import ACTIVATIONS, softmax
from helpers.arguments import as_floats, layer_sizes, one_of, positive, shown, whole, yes_or_no

# Overflow is looked for after each pass and reported in one sentence, in place of NumPy's many warnings.
overflow = np.errstate(all="ignore")

# OpenBLAS gives products of more multiplications than this to all cores and waits for them, which on a busy machine
# takes twenty times as long as the work itself; a slider cannot wait for that.
ONE_CORE = 2**18 - 1


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
    can be called and has `.derivative`; its parameters are keywords, for example slope=0.1. `initialisation`: normal
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
        draw = np.random.default_rng(whole(seed, "seed", 0)).standard_normal
        shapes = list(pairwise(self.sizes))
        self.W = [draw(shape) * _deviation(initialisation, scale, shape[0]) for shape in shapes]
        self.b = [np.zeros(n) for n in self.sizes[1:]]
        residual = yes_or_no(residual, "residual")
        self.skips = [residual and n_in == n_out for n_in, n_out in shapes[:-1]] + [False]
        self.running = None  # batch normalisation: each hidden layer's mean and spread, averaged in training

    def forward(self, x):
        """Return the output for x (examples, inputs): probabilities, or numbers for output="linear".

        Once trained with batch normalisation, it uses the means and spreads met there, not those of x.
        """
        return self._activity(_examples(x, self.sizes[0]), self.running).output

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
        delta = self.gradients(x, y).z
        sizes = np.array([size(layer) for layer in delta])
        return sizes[:-1] / (size(delta[-1] @ self.W[-1].T) or 1.0) if relative else sizes

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
        z, a, moments = [], [x], []
        for layer, skip in enumerate(self.skips[:-1]):
            u = a[layer] @ self.W[layer]
            if self.axis is not None:
                moments.append(running[layer] if running else _moments(u, self.axis))
                mean, spread = moments[layer]
                u = (u - mean) / spread
            z.append(u + self.b[layer])
            a.append(self.f(z[layer]) + a[layer] if skip else self.f(z[layer]))
        z.append(a[-1] @ self.W[-1] + self.b[-1])
        _check_layers(z, a)
        return Activity(z, a, moments, softmax(z[-1]) if self.output == "softmax" else z[-1])

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
        W, b, z, da = [], [], [], 0
        for layer in reversed(range(len(self.W))):
            du = delta
            if layer < len(now.moments):
                du = _before_normalisation(delta, now.z[layer] - self.b[layer], now.moments[layer][1], self.axis)
            W.insert(0, now.a[layer].T @ du)
            b.insert(0, delta.sum(axis=0))
            z.insert(0, delta)
            if layer:
                below = du @ self.W[layer].T  # each unit's share of the blame, handed down along its weights
                da = below + da if self.skips[layer] else below
                delta = da * self.slope(now.z[layer - 1])  # here the slope of the activation enters
        # Not np.vdot: OpenBLAS shares even this small a job among cores, and on a busy machine waits for them.
        length = sqrt(sum(np.square(slope).sum() for slope in W + b))
        if not isfinite(loss + length):
            raise OverflowError("the gradient outgrows float64 on its way back; try a smaller scale or rate.")
        return Gradients(loss, W, b, z, length), now


def parts(examples, width):
    """Return slices that together hold so many examples, so small that layers of `width` units stay on one core."""
    rows = max(1, ONE_CORE // width**2)
    return [slice(start, start + rows) for start in range(0, examples, rows)]


def size(values):
    """Return the root mean square, also where the squares would be too small or too large for float64."""
    largest = np.abs(values).max() or 1.0
    return float(largest * sqrt(np.mean((values / largest) ** 2)))


def _moments(u, axis):
    """Return mean and spread of u; 1e-5 is added to the variance, so that the spread is never 0."""
    return np.array([u.mean(axis=axis, keepdims=True), np.sqrt(u.var(axis=axis, keepdims=True) + 1e-5)])


def _before_normalisation(delta, normalised, spread, axis):
    """Return ∂L/∂u from delta = ∂L/∂normalised, where normalised = (u − mean) / spread.

    What would only move the mean or the spread is undone by the normalisation, so it is taken out of delta.
    """
    along = normalised * (delta * normalised).mean(axis=axis, keepdims=True)
    return (delta - delta.mean(axis=axis, keepdims=True) - along) / spread


def _check_layers(z, a):
    """Raise OverflowError if the output is not finite; inf or nan in any layer ends there as inf or nan."""
    if np.isfinite(z[-1]).all():
        return
    for layer, (received, sums) in enumerate(zip(a, z, strict=True)):
        if not np.isfinite(received).all():
            raise OverflowError(
                f"the activation of layer {layer} returns nan or inf for finite z; plot it to see where."
            )
        if not np.isfinite(sums).all():
            raise OverflowError(
                f"numbers outgrow float64 (1.8e308) on their way into layer {layer + 1} of {len(z)}; "
                'try a smaller scale or rate, fewer layers, or initialisation="xavier".'
            )


def _hidden_activation(activation, parameters):
    """Return f(z) and its slope f′(z) with the parameters filled in, both tried on three numbers."""
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
        shape = np.shape(call(np.array([[-1.0, 0.5, 2.0]])))
        if shape != (1, 3):
            raise ValueError(f"{f!r} must return one value for each x, but it made shape {shape} of (1, 3).")
    return calls


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
