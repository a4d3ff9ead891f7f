"""Gradient descent on a Network, one report at a time, so that a lesson can draw it and stop it."""

import math
from typing import NamedTuple

import numpy as np

from helpers import network_checks as checks


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
    x, y = checks.data(x, y, network)
    rate = checks.number(rate, "rate", 0.1)
    momentum = checks.number(momentum, "momentum", 0.9, zero=True, below=1)
    clip = math.inf if clip is None else checks.number(clip, "clip", 1.0)
    steps, every = checks.whole(steps, "steps", 1), checks.whole(every, "every", 1)
    if batch is not None:
        checks.whole(batch, "batch", 1, "batch=None for all examples", most=len(x))
    draw = np.random.default_rng(checks.whole(seed, "seed", 0))
    return _reports(network, _batches(x, y, batch, draw), rate, steps, momentum, clip, every)


def _batches(x, y, batch, draw):
    """Yield the examples of one step after another, without end."""
    while True:
        rows = slice(None) if batch is None else draw.choice(len(x), batch, replace=False)
        yield x[rows], y[rows]


def _reports(network, batches, rate, steps, momentum, clip, every):
    """Yield a Progress before the first step, after each `every` steps and after the last one."""
    velocity, kept = [np.zeros_like(p) for p in network.W + network.b], _copy(network, 0)
    for step in range(steps + 1):
        try:
            slopes, now = network._gradients(*next(batches))
        except OverflowError as error:
            yield Progress(step, math.inf, math.inf, _restore(network, *kept, error))
            return
        if step % every == 0 or step == steps:
            kept = _copy(network, step)
            yield Progress(step, slopes.loss, slopes.length)
        if step < steps:
            _move(network, velocity, slopes, rate, momentum, clip)
            _remember(network, now.moments)


def _copy(network, step):
    """Return what training changes, and the step at which it was so."""
    return [p.copy() for p in network.W + network.b], network.running, step


def _restore(network, weights, running, step, error):
    """Take the network back to what was kept and return a sentence that says so."""
    for p, before in zip(network.W + network.b, weights, strict=True):
        p[...] = before
    network.running = running
    return f"Stopped, and went back to the weights of step {step}: {error}"


@np.errstate(over="ignore", invalid="ignore")  # a weight that outgrows float64 is reported by the next pass
def _move(network, velocity, slopes, rate, momentum, clip):
    """Take one step downhill, in place; a gradient longer than `clip` counts as if it were that long."""
    if slopes.length > clip:
        rate *= clip / slopes.length
    for p, v, slope in zip(network.W + network.b, velocity, slopes.W + slopes.b, strict=True):
        v *= momentum
        v -= rate * slope
        p += v


def _remember(network, moments):
    """Blend the moments of this step into those that batch normalisation will use once trained."""
    if network.axis == 0:
        before = network.running or moments
        network.running = [
            tuple(0.9 * m + 0.1 * new for m, new in zip(*pair, strict=True))
            for pair in zip(before, moments, strict=True)
        ]
