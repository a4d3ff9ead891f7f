"""Gradient descent on a Network, one report at a time, so that a lesson can draw it and stop it."""

from math import inf
from typing import NamedTuple

import numpy as np

from helpers.arguments import positive, whole


class Progress(NamedTuple):
    """One report: the loss and the gradient after `step` steps, of the weights as they stand now."""

    step: int
    loss: float  # on the examples of the coming step
    gradient: float  # the length of the gradient, all weights and biases in one row, before it is clipped
    trouble: str = ""  # why the training ended early, in one sentence; empty when all is well


def train(network, x, y, *, rate=0.1, steps=1000, batch=None, momentum=0.0, clip=None, every=10, seed=0):
    """Return a generator that trains on x and y: a Progress at the start, after each `every` steps, and last.

    A step moves weights and biases downhill by `rate` times their slopes, measured on all examples or on
    `batch` of them, drawn afresh by `seed`; `momentum` adds that share of the step before. A gradient longer
    than `clip` is cut to that length (Pascanu et al. 2013). Nothing moves between two reports: leave the loop
    and it has stopped. If numbers outgrow float64, the weights go back to those of the last report, and one more
    report, with an infinite loss, says why in `trouble`. Bad arguments raise TypeError or ValueError at once.
    """
    x, y = network._data(x, y)
    rate = positive(rate, "rate", 0.1)
    momentum = positive(momentum, "momentum", 0.9, zero=True, below=1)
    clip = inf if clip is None else positive(clip, "clip", 1.0)
    steps, every = whole(steps, "steps", 1), whole(every, "every", 1)
    if batch is not None:
        whole(batch, "batch", 1, "batch=None for all examples", most=len(x))
    draw = np.random.default_rng(whole(seed, "seed", 0))
    return _reports(network, _descent(network, x, y, batch, draw, rate, momentum, clip), steps, every)


def _reports(network, descent, steps, every):
    """Yield a Progress before the first step, after each `every` steps and after the last one."""
    kept = [], network.running, 0
    for step in range(steps + 1):
        try:
            slopes = next(descent)
        except OverflowError as error:
            weights, network.running, sound = kept
            for p, before in weights:
                p[...] = before
            yield Progress(step, inf, inf, f"Stopped, and went back to the weights of step {sound}: {error}")
            return
        if step % every == 0 or step == steps:
            kept = [(p, p.copy()) for p in network.W + network.b], network.running, step
            yield Progress(step, slopes.loss, slopes.length)


def _descent(network, x, y, batch, draw, rate, momentum, clip):
    """Yield the slopes at which the network stands; whenever the next ones are asked for, it takes a step first."""
    velocity = [np.zeros_like(p) for p in network.W + network.b]
    while True:
        rows = slice(None) if batch is None else draw.choice(len(x), batch, replace=False)
        slopes, now = network._gradients(x[rows], y[rows])
        yield slopes
        pace = rate * (clip / slopes.length) if slopes.length > clip else rate
        with np.errstate(all="ignore"):  # a weight that outgrows float64 is reported by the next pass
            for p, v, slope in zip(network.W + network.b, velocity, slopes.W + slopes.b, strict=True):
                v *= momentum
                v -= pace * slope
                p += v
        if network.axis == 0:  # what batch normalisation will use once trained
            before = network.running or now.moments
            network.running = [0.9 * old + 0.1 * new for old, new in zip(before, now.moments, strict=True)]
