"""Checks of what a network is given: its sizes, examples and labels."""

from itertools import pairwise

import numpy as np

from helpers.arguments import as_array, as_floats, short_repr, whole

# A training keeps four numbers for each, so that more would fill the memory of a small computer.
MOST_WEIGHTS = 10**8


def layer_sizes(sizes, output):
    """Return the units of each layer as ints: inputs, at least one hidden layer, outputs."""
    example = "sizes=[2, 32, 32, 2]"
    if isinstance(sizes, str) or not np.iterable(sizes):
        raise TypeError(
            f"sizes must be a list of whole numbers, not {short_repr(sizes)}; try {example}."
        )
    sizes = [whole(n, "each entry of sizes", 1, example) for n in sizes]
    if len(sizes) < 3:
        raise ValueError(
            f"sizes={short_repr(sizes)} has no hidden layer; "
            "try sizes=[2, 32, 2]: inputs, hidden units, outputs."
        )
    if sum(n_in * n_out for n_in, n_out in pairwise(sizes)) > MOST_WEIGHTS:
        raise ValueError(
            f"sizes={short_repr(sizes)} makes more weights than fit into the memory, "
            f"{MOST_WEIGHTS:,} at the most; try fewer units, such as {example}."
        )
    if output == "softmax" and sizes[-1] == 1:
        raise ValueError(
            'softmax of one output is always 1; end sizes with 2, or try output="linear".'
        )
    return sizes


def check_examples(values, what, width):
    """Return values as finite float64 numbers of shape (examples, width)."""
    array = as_floats(values, what)
    example = None
    if array.size and array.shape[1:] == (width,):
        example = f"{_as_code(values, what)}[np.isfinite({what}).all(axis=1)]"
    elif array.size and array.ndim < 2 and array.size % width == 0:
        example = f"np.reshape({what}, (-1, {width}))"
    return as_array(array, what, ("examples", width), example=example)


def check_labels(y, outputs, examples):
    """Return y as labels, whole numbers from 0 on, one for each example."""
    array = as_floats(y, "y")
    code = _as_code(y, "y")
    example = "labels that count from 0, or a network with more outputs"
    if array.ndim == 2 and 1 in array.shape and array.size == examples:
        example = f"{code}.ravel()"
    elif array.ndim == 2:
        example = f"{code}.argmax(axis=1)"
    elif not np.isfinite(array).all():
        example = f"{code}[np.isfinite(y)], and the same rows of x"
    elif (array % 1).any():
        example = (
            "labels such as 0 and 1, or a network with output='linear' for such numbers"
        )
    limits = {"low": 0, "high": outputs - 1}
    return as_array(y, "y", ("examples",), integers=True, example=example, **limits)


def _as_code(values, what):
    """Return the code for values as an array, in advice that is to work when it is followed."""
    return what if isinstance(values, np.ndarray) else f"np.asarray({what})"
