"""Measure one training step of a Network against plain matrix products of the same floating-point
work.

Run as a script; it prints Markdown. All sides are measured in turns, and the shortest time of each
counts: the one that other programs disturbed least. On a busy machine set OPENBLAS_NUM_THREADS=1:
threads of a product wait for each other.
"""

import argparse
import itertools
import os
import time

import numpy as np

from helpers.network import Network

EXAMPLES = 256
OUTPUTS = 10
DEPTHS = (5, 20, 50)
WIDTHS = (32, 128, 512)
LIMIT = 2.5  # of a step's time relative to its products', from width 128 on
RUNNERS = {"sigmoid": "xavier", "tanh": "xavier", "relu": "he", "leaky_relu": "he"}


def in_turns(calls, patience):
    """Return the shortest time of each call in seconds; turns of all calls go on until `patience`
    seconds are over.
    """
    end = time.perf_counter() + patience
    times = []
    while len(times) < 4 or time.perf_counter() < end:
        times.append([_seconds(call) for call in calls])
    return np.min(times[1:], axis=0)  # the first turn warms up


def _seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def step(activation, depth, width):
    """Return a call that takes one training step, reporting it included."""
    sizes = [width] * (depth + 1) + [OUTPUTS]
    net = Network(sizes, activation, RUNNERS[activation])
    rng = np.random.default_rng(0)
    x = rng.standard_normal((EXAMPLES, width))
    y = rng.integers(0, OUTPUTS, EXAMPLES)
    training = net.train(x, y, rate=1e-3, steps=10**9, every=1)
    return lambda: next(training)


def products(depth, width):
    """Return the products of a training step as pairs of arrays: a·W, aᵀ·δ and, but for the first
    layer, δ·Wᵀ.
    """
    normal = np.random.default_rng(0).standard_normal
    pairs = []
    for layer in range(depth + 1):
        units = OUTPUTS if layer == depth else width
        a = normal((EXAMPLES, width))
        W = normal((width, units))
        delta = normal((EXAMPLES, units))
        pairs += [(a, W), (a.T, delta)]
        if layer:
            pairs.append((delta, W.T))
    return pairs


def square(pairs):
    """Return two square matrices whose product takes as many multiplications as all the pairs
    together.
    """
    work = sum(left.size * right.shape[1] for left, right in pairs)
    n = round(work ** (1 / 3))
    return np.random.default_rng(0).standard_normal((2, n, n))


def measure(depth, width, patience):
    """Return seconds: the products of a step, one square product of the same work, a step with each
    activation.
    """
    pairs = products(depth, width)
    left, right = square(pairs)
    together = [lambda: [a @ b for a, b in pairs], lambda: left @ right]
    steps = [step(activation, depth, width) for activation in RUNNERS]
    return in_turns(together + steps, patience)


def row(*cells):
    print("|", " | ".join(map(str, cells)), "|", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2.0, help="for each row")
    patience = parser.parse_args().seconds
    print(f"{EXAMPLES} examples, NumPy {np.__version__}, {os.cpu_count()} CPUs; times")
    print("in milliseconds, in brackets relative to the same matrix products.\n")
    row("width", "depth", "products", "one square product", *RUNNERS)
    row(*["---"] * (4 + len(RUNNERS)))
    worst = 0.0
    for width, depth in itertools.product(WIDTHS, DEPTHS):
        times = 1000 * measure(depth, width, patience)
        ratios = times / times[0]
        row(
            width,
            depth,
            *(f"{t:.2f} ({r:.2f})" for t, r in zip(times, ratios, strict=True)),
        )
        if width >= 128:
            worst = max(worst, *ratios[2:])
    print(f"\nFrom width 128 on the largest is {worst:.2f}; the limit is {LIMIT}.")


if __name__ == "__main__":
    main()
