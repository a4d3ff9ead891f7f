"""A small multilayer perceptron in NumPy: forward pass, gradients and training, all in float64."""

from functools import partial
from math import inf, sqrt
from typing import NamedTuple

import numpy as np

from helpers.activations import ACTIVATIONS, Activation, softmax
from helpers.arguments import (
    as_floats,
    describe_error,
    finite_number,
    is_real,
    one_of,
    short_repr,
    whole,
    yes_or_no,
)
from helpers.initialisation import initial_weights
from helpers.network_arguments import check_examples, check_labels, layer_sizes
from helpers.passes import (
    backward_normalisation,
    check_gradient,
    check_layers,
    ignore_overflow,
    keep_freed_memory,
    mean_and_std,
    product,
    root_mean_square,
)


class Activity(NamedTuple):
    """What a network computed for a batch: lists of arrays (examples, units), one a layer."""

    z: list  # the pre-activations; the last one belongs to the output
    a: list  # what each layer receives: a[0] is x, a[1] the output of the first hidden layer
    moments: list  # with normalisation: the mean and the std used in each hidden layer
    output: np.ndarray  # probabilities, or the last z itself for output="linear"


class Gradients(NamedTuple):
    """The loss and its gradients: lists with one array a layer, the output's last."""

    loss: float
    W: list  # the gradient ∂L/∂W, (inputs, units)
    b: list  # the gradient ∂L/∂b, (units,)
    z: list  # the gradient ∂L/∂z, (examples, units)
    norm: float  # Euclidean norm of all ∂L/∂W and ∂L/∂b together


class Progress(NamedTuple):
    """One report of the training, on the weights as they stand now."""

    step: int  # how many steps have been taken
    loss: float  # on the examples of the coming step
    gradient_norm: float  # before the gradient is clipped
    # Why training ended early, in one sentence; empty when all is well.
    stopped_because: str = ""


class Network:
    """A multilayer perceptron: each layer computes z = a·W + b, each hidden layer a = f(z).

    `sizes`: the units, [inputs, hidden, …, outputs]. `activation`: f, as an Activation, its name,
    or any object that can be called and has `.derivative`; its parameters are keywords, for example
    negative_slope=0.1. `initialisation`: normal draws by `seed`, mean 0, the same draws scaled to
    "xavier", variance 1/n_in (LeCun et al. 1998; Glorot & Bengio 2010 take 2/(n_in + n_out)), "he",
    variance 2/n_in (He et al. 2015), or "gaussian", standard deviation `scale`; biases start at 0.
    `output`: "softmax" with cross-entropy for labels 0, 1, …, or "linear" with half the squared
    error; the loss is the mean over the examples. `normalise`: "batch" (Ioffe & Szegedy 2015) or
    "layer" (Ba et al. 2016) makes z = (a·W − mean) / std + b in hidden layers, without a gain.
    `residual`: a layer adds what it received to its output, where both have one width (He et al.
    2016). Bad arguments raise TypeError or ValueError; numbers beyond float64 raise OverflowError.
    """

    @ignore_overflow  # a scale near the end of float64; the first pass reports it
    def __init__(
        self,
        sizes,
        activation="relu",
        initialisation="he",
        seed=0,
        *,
        scale=None,
        output="softmax",
        normalise=None,
        residual=False,
        **parameters,
    ):
        keep_freed_memory()
        self.output = one_of(output, "output", ("softmax", "linear"))
        self.sizes = layer_sizes(sizes, output)
        self.f, self.derivative = _hidden_activation(activation, parameters)
        self.axis = one_of(normalise, "normalise", {None: None, "batch": 0, "layer": 1})
        self.W = initial_weights(self.sizes, initialisation, seed, scale)
        self.b = [np.zeros(n) for n in self.sizes[1:]]
        residual = yes_or_no(residual, "residual")
        self.skips = [
            residual and n_in == n_out for n_in, n_out in map(np.shape, self.W)
        ]
        self.skips[-1] = False  # the output adds nothing
        # With batch normalisation: the moments of each layer, averaged in training.
        self.running = None

    # Forward ----------------------------------------------------------------------------

    def forward(self, x):
        """Return the output for x (examples, inputs): probabilities, or the last z for "linear".

        Once trained with batch normalisation, it uses the means and stds met there, not those of x.
        """
        return self._forward(self._check_inputs(x))

    @ignore_overflow
    def _forward(self, x):
        for _, outputs, _ in self._hidden_layers(x, self.running):
            a = outputs  # only the last one is kept
        z = product(a, self.W[-1]) + self.b[-1]
        if not np.isfinite(z).all():
            self._activity(x, self.running)  # raises, and says which layer is the cause
        return self._outputs(z)

    def activity(self, x):
        """Return the Activity of every layer for x (examples, inputs), as in training."""
        return self._activity(self._check_inputs(x))

    @ignore_overflow
    def _activity(self, x, running=None):
        z, a, moments = map(list, zip(*self._hidden_layers(x, running), strict=True))
        a = [x, *a]
        z.append(product(a[-1], self.W[-1]) + self.b[-1])
        check_layers(z, a)
        return Activity(
            z, a, [] if self.axis is None else moments, self._outputs(z[-1])
        )

    def _hidden_layers(self, a, running):
        """Yield the pre-activations, the outputs and the moments of each hidden layer."""
        for layer, skip in enumerate(self.skips[:-1]):
            z = product(a, self.W[layer])
            moments = None
            if self.axis is not None:
                moments = running[layer] if running else mean_and_std(z, self.axis)
                mean, std = moments
                z = (z - mean) / std
            z += self.b[layer]
            a = self.f(z) + a if skip else self.f(z)
            yield z, a, moments

    def _outputs(self, z):
        return softmax(z) if self.output == "softmax" else z

    # Gradients --------------------------------------------------------------------------

    def gradients(self, x, y):
        """Return the Gradients for x (examples, inputs) and y, labels or (examples, outputs)."""
        gradients, _ = self._gradients(*self._check_data(x, y))
        return gradients

    def layer_gradients(self, x, y, relative=False):
        """Return the root mean square of ∂L/∂z in each layer, the first hidden layer first.

        With `relative`: without the output, in parts of the ∂L/∂a that enters the last hidden
        layer.
        """
        sizes, _ = self.layer_gradients_and_activity(x, y, relative)
        return sizes

    @ignore_overflow
    def layer_gradients_and_activity(self, x, y, relative=False):
        """Return what `layer_gradients` does, and the Activity of the same pass."""
        relative = yes_or_no(relative, "relative")
        x, y = self._check_data(x, y)
        activity = self._activity(x)
        loss, delta = self._loss(activity, y)
        sizes = [root_mean_square(dz) for dz, _ in self._backward(activity, delta)]
        sizes = np.array(sizes[::-1])
        # What is inf or nan in a gradient stays so down to the first layer.
        check_gradient(loss + sizes[0])
        if relative:
            entering = root_mean_square(product(delta, self.W[-1].T))
            sizes = sizes[:-1] / (entering or 1.0)
        return sizes, activity

    @ignore_overflow
    def _gradients(self, x, y):
        """Return the Gradients and the Activity that they belong to."""
        activity = self._activity(x)
        loss, delta = self._loss(activity, y)
        backward = list(self._backward(activity, delta))[::-1]
        dW = [a.T @ du for a, (_, du) in zip(activity.a, backward, strict=True)]
        dz = [delta for delta, _ in backward]
        db = [delta.sum(axis=0) for delta in dz]
        # Not np.vdot: OpenBLAS shares even this small a job among cores, and waits for them.
        norm = sqrt(sum(np.square(gradient).sum() for gradient in dW + db))
        check_gradient(loss + norm)
        return Gradients(loss, dW, db, dz, norm), activity

    def _loss(self, activity, y):
        """Return the loss and its gradient ∂L/∂z at the output."""
        z = activity.z[-1]
        if self.output == "linear":
            loss = np.sum((z - y) ** 2) / 2 / len(y)
            return float(loss), (z - y) / len(y)
        is_label = y[:, None] == np.arange(z.shape[1])
        # The loss stays the same, and exp cannot overflow.
        z = z - z.max(axis=1, keepdims=True)
        loss = np.mean(np.log(np.exp(z).sum(axis=1)) - z[is_label])
        return float(loss), (activity.output - is_label) / len(y)

    def _backward(self, activity, delta):
        """Yield ∂L/∂z and ∂L/∂(a·W) of each layer, from the output's ∂L/∂z, `delta`, downwards."""
        da = None
        for layer in reversed(range(len(self.W))):
            du = delta
            if layer < len(activity.moments):
                normalised = activity.z[layer] - self.b[layer]
                _, std = activity.moments[layer]
                du = backward_normalisation(delta, normalised, std, self.axis)
            yield delta, du
            if layer:
                through_weights = product(du, self.W[layer].T)
                da = through_weights + da if self.skips[layer] else through_weights
                delta = da * self.derivative(activity.z[layer - 1])

    # Training ---------------------------------------------------------------------------

    def train(
        self,
        x,
        y,
        *,
        rate=0.1,
        steps=1000,
        batch=None,
        momentum=0.0,
        clip=None,
        every=10,
        seed=0,
    ):
        """Return a generator that trains on x and y and yields Progress reports.

        They come at the start, after each `every` steps, and last. A step is gradient descent by
        `rate`, the gradient measured on all examples or on `batch` of them, drawn afresh by `seed`;
        `momentum` adds that share of the step before. A gradient whose norm is above `clip` is
        scaled down to it (Pascanu et al. 2013). Nothing moves between two reports: leave the loop
        and it has stopped. If numbers outgrow float64, the weights go back to those of the last
        report, and one more report, with an infinite loss, says so in `stopped_because`. Bad
        arguments raise TypeError or ValueError at once.
        """
        x, y = self._check_data(x, y)
        rate = finite_number(rate, "rate", above=0, example="0.1")
        momentum = finite_number(momentum, "momentum", least=0, below=1, example="0.9")
        clip = inf if clip is None else finite_number(clip, "clip", above=0)
        steps = whole(steps, "steps", 1)
        every = whole(every, "every", 1)
        if batch is not None:
            batch = whole(batch, "batch", 1, "batch=None for all examples", most=len(x))
        rng = np.random.default_rng(whole(seed, "seed", 0))
        return self._descend(x, y, rate, steps, batch, momentum, clip, every, rng)

    def _descend(self, x, y, rate, steps, batch, momentum, clip, every, rng):
        """Yield the reports of a training."""
        velocity = [np.zeros_like(p) for p in self._weights()]
        saved = _Saved(0, [], self.running)
        for step in range(steps + 1):
            rows = (
                slice(None)
                if batch is None
                else rng.choice(len(x), batch, replace=False)
            )
            try:
                gradients, activity = self._gradients(x[rows], y[rows])
            except OverflowError as error:
                self._restore(saved)
                reason = f"Stopped, and went back to the weights of step {saved.step}: {error}"
                yield Progress(step, inf, inf, reason)
                return
            if step % every == 0 or step == steps:
                saved = _Saved(step, [p.copy() for p in self._weights()], self.running)
                yield Progress(step, gradients.loss, gradients.norm)
            if step < steps:
                is_clipped = gradients.norm > clip
                step_rate = rate * (clip / gradients.norm) if is_clipped else rate
                self._step(gradients, velocity, step_rate, momentum)
                self._average_moments(activity.moments)

    @ignore_overflow  # a weight that outgrows float64 is reported by the next pass
    def _step(self, gradients, velocity, rate, momentum):
        """Move weights and biases, and `velocity` with them."""
        for p, v, gradient in zip(
            self._weights(), velocity, gradients.W + gradients.b, strict=True
        ):
            v *= momentum
            v -= rate * gradient
            p += v

    def _average_moments(self, moments):
        """Update what batch normalisation uses once trained."""
        if self.axis == 0:
            before = self.running or moments
            pairs = zip(before, moments, strict=True)
            self.running = [0.9 * old + 0.1 * new for old, new in pairs]

    def _weights(self):
        return self.W + self.b

    def _restore(self, saved):
        """Go back to the weights of a report; before the first one nothing has moved."""
        self.running = saved.running
        if saved.weights:
            for p, before in zip(self._weights(), saved.weights, strict=True):
                p[...] = before

    # Checks -----------------------------------------------------------------------------

    def _check_inputs(self, x):
        return check_examples(x, "x", self.sizes[0])

    def _check_data(self, x, y):
        """Return x and y in the form that the loss takes."""
        x = self._check_inputs(x)
        outputs = self.sizes[-1]
        if self.output == "linear":
            if outputs == 1 and np.ndim(as_floats(y, "y")) == 1:
                y = np.reshape(y, (-1, 1))
            y = check_examples(y, "y", outputs)
        else:
            y = check_labels(y, outputs, len(x))
        if len(y) != len(x):
            raise ValueError(
                f"y must have a row for each of the {len(x)} rows of x, but its shape is {y.shape}."
            )
        return x, y


class _Saved(NamedTuple):
    """The weights and biases at a report of the training, to which it can go back."""

    step: int
    weights: list
    running: list | None


def _hidden_activation(activation, parameters):
    """Return f(z) and its derivative with the parameters filled in, both tried on a few numbers."""
    names = ", ".join(name for name in ACTIVATIONS if name != "softmax")
    f = ACTIVATIONS.get(activation) if isinstance(activation, str) else activation
    if f is None:
        raise ValueError(
            f"activation must be one of {names} (or have f.derivative), "
            f"not {short_repr(activation)}."
        )
    if f is softmax:
        raise ValueError(
            "softmax mixes all units of a layer, so that no unit has a slope of its own; "
            f'use it at the end, output="softmax", and between the layers one of {names}.'
        )
    if not callable(f) or not callable(getattr(f, "derivative", None)):
        raise TypeError(
            f"activation must have f(x) and f.derivative(x), unlike {short_repr(f)}; "
            'try activation="relu".'
        )
    calls = partial(f, **parameters), partial(f.derivative, **parameters)
    for call in calls:
        _try_out(call, f)
    return calls


def _try_out(call, f):
    """Raise ValueError or TypeError when what is called for f would make wrong gradients."""
    given = np.array([[0.5, -1.0, 2.0], [-0.25, 1.0, -2.0]])
    z = given.copy()
    try:
        made = call(z)
        alone = call(given[:1, :1].copy())
    except Exception as error:
        if isinstance(f, Activation):
            raise  # it says what is wrong itself
        raise ValueError(
            f"{f!r} fails for an array: {describe_error(error)}"
        ) from error
    shape = np.shape(made)
    if shape != given.shape:
        raise ValueError(
            f"{f!r} must return one value for each x, but it made shape {shape} of {given.shape}."
        )
    if np.ma.isMaskedArray(made) or not is_real(np.asarray(made)):
        raise TypeError(
            f"{f!r} must return an array of real numbers, not {short_repr(made)}."
        )
    if not isinstance(made, np.ndarray):
        raise TypeError(f"{f!r} must return an array; try np.asarray(…) of its result.")
    if not np.array_equal(z, given):
        raise ValueError(
            f"{f!r} changes the array that it is given; let it return a new one."
        )
    if not np.allclose(alone, made[:1, :1]):
        raise ValueError(
            f"{f!r} gives a number other values alone than among others; an activation "
            "works on each number by itself."
        )
