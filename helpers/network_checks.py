"""What a Network accepts: each function returns its argument ready for use, or says what to try instead."""

import functools
import math
import numbers

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.functions import as_floats


def one_of(value, what, allowed):
    """Return `value`, or what it stands for if `allowed` is a dict."""
    for choice in allowed:
        if value is choice or (isinstance(value, str) and value == choice):
            return allowed[choice] if isinstance(allowed, dict) else choice
    raise ValueError(f"{what} must be {' or '.join(map(repr, allowed))}, but it is {value!r}.")


def whole(value, what, least, example=None, most=math.inf):
    """Return `value` as an int between `least` and `most`."""
    example = example or f"{what}={least}"
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{what} must be a whole number, not {value!r}; try {example}.")
    if not least <= value <= most:
        bound = f"at least {least}" if value < least else f"at most {most}"
        raise ValueError(f"{what} must be {bound}, but it is {value}; try {example}.")
    return int(value)


def number(value, what, example, zero=False, below=math.inf):
    """Return `value` as a float above 0 (with `zero`: from 0 on) and below `below`."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{what} must be a number, not {value!r}; try {what}={example}.")
    if not (0 < value < below or (zero and value == 0)):
        bound = f"{'at least' if zero else 'above'} 0 and {'finite' if below == math.inf else f'below {below}'}"
        raise ValueError(f"{what} must be {bound}, but it is {value}; try {what}={example}.")
    return float(value)


def layer_sizes(sizes, output):
    """Return the units of each layer as ints: inputs, at least one hidden layer, outputs."""
    if isinstance(sizes, str) or not np.iterable(sizes):
        raise TypeError(f"sizes must be a list of whole numbers, not {sizes!r}; try sizes=[2, 32, 32, 2].")
    sizes = [whole(n, "each entry of sizes", 1, "sizes=[2, 32, 32, 2]") for n in sizes]
    if len(sizes) < 3:
        raise ValueError(f"sizes={sizes} has no hidden layer; try sizes=[2, 32, 2]: inputs, hidden units, outputs.")
    if output == "softmax" and sizes[-1] == 1:
        raise ValueError('softmax of one output is always 1; end sizes with 2, or try output="linear".')
    return sizes


def hidden_activation(activation, parameters):
    """Return f(z) and its slope f′(z) with the parameters filled in, both tried on three numbers."""
    f = _found(activation)
    calls = functools.partial(f, **parameters), functools.partial(f.derivative, **parameters)
    for call in calls:
        shape = np.shape(call(np.array([[-1.0, 0.5, 2.0]])))
        if shape != (1, 3):
            raise ValueError(f"{f!r} must return one value for each x, but it made shape {shape} of (1, 3).")
    return calls


def _found(activation):
    """Return the activation that was named or given."""
    names = ", ".join(name for name in ACTIVATIONS if name != "softmax")
    f = ACTIVATIONS.get(activation) if isinstance(activation, str) else activation
    if f is None:
        raise ValueError(f"activation must be one of {names} (or have f.derivative), not {activation!r}.")
    if f is ACTIVATIONS["softmax"]:
        raise ValueError(
            "softmax mixes all units of a layer, so that no unit has a slope of its own to multiply by; "
            f'use it at the end, output="softmax", and between the layers one of {names}.'
        )
    if not callable(f) or not callable(getattr(f, "derivative", None)):
        raise TypeError(f'activation must have f(x) and f.derivative(x), unlike {f!r}; try activation="relu".')
    return f


def deviation(initialisation, scale):
    """Return the function that gives the standard deviation of the weights for n_in inputs."""
    numerator = one_of(initialisation, "initialisation", {"xavier": 1, "he": 2, "gaussian": None})
    if numerator is None:
        scale = number(1.0 if scale is None else scale, "scale", 0.1, zero=True)
        return lambda n_in: scale
    if scale is not None:
        raise ValueError(f'scale={scale!r} needs initialisation="gaussian"; {initialisation!r} chooses its own.')
    return lambda n_in: math.sqrt(numerator / n_in)


def examples(x, width, what="x"):
    """Return x as finite float64 numbers of shape (examples, width)."""
    x = as_floats(x, what).astype(np.float64, copy=False)
    if x.ndim != 2 or x.shape[1] != width or not len(x):
        fits = x.size and x.ndim < 2 and x.size % width == 0
        hint = f"; try np.reshape({what}, (-1, {width}))." if fits else ": one row for each example."
        raise ValueError(f"{what} must have shape (examples, {width}), but it has shape {x.shape}{hint}")
    bad = np.flatnonzero(~np.isfinite(x).all(axis=1))
    if len(bad):
        keep = f"{what}[np.isfinite({what}).all(axis=1)]"
        raise ValueError(
            f"{what} holds nan or inf in {len(bad)} of its {len(x)} rows, first in row {bad[0]}; try {keep}."
        )
    return x


def labels(y, classes):
    """Return y as integers from 0 to classes − 1."""
    y = np.asarray(y)
    if y.dtype.kind not in "biu":
        raise TypeError(f"labels must be whole numbers, not of type {y.dtype}; try np.asarray(y).astype(int).")
    bad = y[(y < 0) | (y >= classes)]
    if len(bad):
        raise ValueError(
            f"labels for {classes} outputs must lie between 0 and {classes - 1}, but {bad[0]} is among them; "
            "count classes from 0, or give the network more outputs."
        )
    return y.astype(np.intp)


def data(x, y, network):
    """Return x and y in the form that the loss of the network takes."""
    x, outputs = examples(x, network.sizes[0]), network.sizes[-1]
    as_floats(y, "y")  # for what it says about text, complex numbers and ragged rows
    if np.shape(y)[:1] != x.shape[:1] or (network.output == "softmax" and np.ndim(y) != 1):
        shape = f"({len(x)},)" if network.output == "softmax" else f"({len(x)}, {outputs})"
        raise ValueError(f"y must have shape {shape}, to match the {len(x)} rows of x, but it has shape {np.shape(y)}.")
    if network.output == "softmax":
        return x, labels(y, outputs)
    return x, examples(np.reshape(y, (-1, 1)) if np.ndim(y) == outputs == 1 else y, outputs, "y")
