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

EXAMPLES, OUTPUTS, LIMIT = 256, 10, 2.5
DEPTHS, WIDTHS = (5, 20, 50), (32, 128, 512)
RUNNERS = {"sigmoid": "xavier", "tanh": "xavier", "relu": "he", "leaky_relu": "he"}


def in_turns(calls, patience):
    """Return the shortest time of each call in seconds; turns of all calls go on until `patience`
    seconds are over.
    """
    end, times = time.perf_counter() + patience, []
    while len(times) < 4 or time.perf_counter() < end:
        times.append([])
        for call in calls:
            start = time.perf_counter()
            call()
            times[-1].append(time.perf_counter() - start)
    return np.min(times[1:], axis=0)  # the first turn warms up


def step(activation, depth, width):
    """Return a call that takes one training step, reporting it included."""
    net = Network([width] * (depth + 1) + [OUTPUTS], activation, RUNNERS[activation])
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((EXAMPLES, width)), rng.integers(0, OUTPUTS, EXAMPLES)
    training = net.train(x, y, rate=1e-3, steps=10**9, every=1)
    return lambda: next(training)


def products(depth, width):
    """Return the products of a training step as pairs of arrays: a·W, aᵀ·δ and, but for the first
    layer, δ·Wᵀ.
    """
    rng = np.random.default_rng(0)
    pairs = []
    for layer in range(depth + 1):
        units = OUTPUTS if layer == depth else width
        a, W, delta = (
            rng.standard_normal(shape)
            for shape in ((EXAMPLES, width), (width, units), (EXAMPLES, units))
        )
        pairs += [(a, W), (a.T, delta)] + ([(delta, W.T)] if layer else [])
    return pairs


def work(pairs):
    """Return how many multiplications the products take."""
    return sum(left.size * right.shape[1] for left, right in pairs)


def square(pairs):
    """Return two square matrices whose product takes as many multiplications as all the pairs
    together.
    """
    n = round(work(pairs) ** (1 / 3))
    return np.random.default_rng(0).standard_normal((2, n, n))


def measure(depth, width, patience):
    """Return seconds: the products of a step, one square product of the same work, a step with each
    activation.
    """
    pairs = products(depth, width)
    left, right = square(pairs)
    steps = [step(activation, depth, width) for activation in RUNNERS]
    return in_turns(
        [lambda: [a @ b for a, b in pairs], lambda: left @ right, *steps], patience
    )


def row(*cells):
    print("|", " | ".join(map(str, cells)), "|", flush=True)


def table(patience):
    """Print a row for each width and depth; return ratios of all steps and the pace of the first,
    by (width, depth).
    """
    row(
        "width",
        "depth",
        "products, ms",
        "as one square product, ms",
        *(f"{name}, ms" for name in RUNNERS),
    )
    row(*["---"] * (4 + len(RUNNERS)))
    ratios, pace = {}, {}
    for width, depth in itertools.product(WIDTHS, DEPTHS):
        times = measure(depth, width, patience)
        ratios[width, depth] = times[2:] / times[0]
        pace[width, depth] = times[2] / work(products(depth, width))
        steps = [f"{1000 * t:.2f} ({t / times[0]:.2f})" for t in times[2:]]
        row(width, depth, f"{1000 * times[0]:.2f}", f"{1000 * times[1]:.2f}", *steps)
    return ratios, pace


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--seconds",
        type=float,
        default=2.0,
        help="how long to measure each row (default: 2)",
    )
    patience = parser.parse_args().seconds
    print(
        f"One training step, {EXAMPLES} examples, NumPy {np.__version__}, {os.cpu_count()} CPUs;"
    )
    print("in brackets: relative to the same matrix products.\n")
    ratios, pace = table(patience)
    worst = max(max(ratio) for (width, _), ratio in ratios.items() if width >= 128)
    print(
        f"\nThe largest ratio from width 128 on is {worst:.2f}; the limit is {LIMIT}."
    )
    for width in WIDTHS:
        growth = pace[width, DEPTHS[-1]] / pace[width, DEPTHS[0]]
        print(
            f"Width {width}: at depth {DEPTHS[-1]} each multiplication costs {growth:.2f} of that "
            f"at depth {DEPTHS[0]}."
        )


if __name__ == "__main__":
    main()
