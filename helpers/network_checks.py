"""What a Network accepts: each function returns its argument in usable form or raises one sentence that says what to try."""

import math
import numbers

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.functions import as_floats

# Overflow is looked for and reported as a sentence (below) in place of NumPy's warnings, which come several to a layer.
overflow = np.errstate(all="ignore")


def one_of(value, what, allowed):
    """Return `value` when it is among `allowed`."""
    if not any(value is choice or (isinstance(value, str) and value == choice) for choice in allowed):
        raise ValueError(f"{what}={value!r} is unknown; choose {' or '.join(map(repr, allowed))}.")
    return value


def whole(value, what, least, example, most=math.inf):
    """Return `value` as an int between `least` and `most`."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{what} must be a whole number, not {value!r}; try {example}.")
    if not least <= value <= most:
        bound = f"at least {least}" if value < least else f"at most {most}"
        raise ValueError(f"{what} must be {bound}, but it is {value}; try {example}.")
    return int(value)


def number(value, what, example, zero=False):
    """Return `value` as a finite float above 0, or from 0 on if `zero` is true."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{what} must be a number, not {value!r}; try {what}={example}.")
    if not (0 < value < math.inf or (zero and value == 0)):
        bound = "0 or more" if zero else "above 0"
        raise ValueError(f"{what} must be a finite number {bound}, but it is {value}; try {what}={example}.")
    return float(value)


def layer_sizes(sizes, output):
    """Return the units of each layer as a list of ints: inputs, one hidden layer or more, outputs."""
    if isinstance(sizes, str) or not np.iterable(sizes):
        raise TypeError(f"sizes must be a list of whole numbers, not {sizes!r}; try [2, 32, 32, 2].")
    sizes = [whole(n, "each entry of sizes", least=1, example="[2, 32, 32, 2]") for n in sizes]
    if len(sizes) < 3:
        raise ValueError(f"sizes={sizes} has no hidden layer: give inputs, hidden units, outputs; try [2, 32, 32, 2].")
    if output == "softmax" and sizes[-1] == 1:
        raise ValueError('softmax of a single output is always 1; give two outputs, or try output="linear".')
    return sizes


def hidden_activation(activation, parameters):
    """Return f and its slope as functions of z alone, with `parameters` filled in and tried once."""
    names = [name for name in ACTIVATIONS if name != "softmax"]
    if isinstance(activation, str) and activation not in ACTIVATIONS:
        raise ValueError(f"activation={activation!r} is unknown; choose one of {', '.join(names)}.")
    f = ACTIVATIONS[activation] if isinstance(activation, str) else activation
    if f is ACTIVATIONS["softmax"]:
        raise ValueError(
            "softmax works on a whole layer at once, not unit by unit, so it has no single slope to multiply by; "
            f'keep it for the output (output="softmax") and choose one of {", ".join(names)} for the hidden layers.'
        )
    if not callable(f) or not callable(getattr(f, "derivative", None)):
        raise TypeError(f"activation must be a name or have f(x) and f.derivative(x), not {f!r}; try activation='relu'.")
    for function in (f, f.derivative):
        shape = np.shape(function(np.array([[-1.0, 0.5, 2.0]]), **parameters))
        if shape != (1, 3):
            raise ValueError(f"{function!r} must work element by element, but it made shape {shape} out of (1, 3).")
    return (lambda z: f(z, **parameters)), (lambda z: f.derivative(z, **parameters))


def deviation(initialisation, scale):
    """Return the function n_in → standard deviation of the weights."""
    one_of(initialisation, "initialisation", ("xavier", "he", "gaussian"))
    if initialisation == "gaussian":
        scale = number(1.0 if scale is None else scale, "scale", 0.1, zero=True)
        return lambda n_in: scale
    if scale is not None:
        raise ValueError(f'scale={scale!r} belongs to initialisation="gaussian"; {initialisation!r} sets its own.')
    return lambda n_in: math.sqrt((2 if initialisation == "he" else 1) / n_in)


def examples(x, width, what="x"):
    """Return x as a finite float64 array of shape (examples, width)."""
    x = as_floats(x, what).astype(np.float64, copy=False)
    if x.ndim != 2 or x.shape[1] != width or len(x) == 0:
        hint = f"np.reshape({what}, (-1, {width}))" if x.size and x.size % width == 0 else f"np.zeros((5, {width}))"
        raise ValueError(f"{what} must have shape (examples, {width}), but it has shape {x.shape}; try {hint}.")
    bad = np.flatnonzero(~np.isfinite(x).all(axis=1))
    if bad.size:
        keep = f"np.isfinite({what}).all(axis=1)"
        raise ValueError(f"{what} has nan or inf in {bad.size} of {len(x)} rows, first in row {bad[0]}; keep {keep}.")
    return x


def labels(y, rows, classes):
    """Return y as `rows` integer labels from 0 to classes − 1."""
    y = np.asarray(y)
    if y.dtype.kind not in "biu":
        raise TypeError(f"labels y must be whole numbers, not an array of {y.dtype}; try np.asarray(y).astype(int).")
    if y.shape != (rows,):
        raise ValueError(f"labels y must have shape ({rows},), one for each row of x, but they have shape {y.shape}.")
    bad = y[(y < 0) | (y >= classes)]
    if bad.size:
        raise ValueError(
            f"labels y must lie between 0 and {classes - 1} for {classes} outputs, but {bad[0]} is among them; "
            f"count the classes from 0 or give the network more outputs."
        )
    return y.astype(np.intp)
