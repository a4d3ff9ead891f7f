"""Runs inside a kernel: moves the sliders of `explore`, and measures time and memory."""

import gc
import itertools
import statistics
import threading
import time

import psutil

import helpers

# The name of each slider, and what it is set to in turns.
VALUES = {
    "range": ("x_range", [(-6 + 0.1 * n, 6 - 0.07 * n) for n in range(20)]),
    "x0": ("x0", [-3 + 0.1 * n for n in range(60)]),
    "slope": ("negative_slope", [0.01 * n for n in range(100)]),
}


def explore():
    """Return the live figure that the browser's benchmark moves."""
    return helpers.explore(helpers.leaky_relu, x0=-2, negative_slope=(0, 1, 0.01))


def frames(steps):
    """Return {slider: median milliseconds that the kernel needs for a step}."""
    # The first ones fill caches.
    times = {slider: _times(explore(), slider, steps + 10)[10:] for slider in VALUES}
    return {slider: statistics.median(each) for slider, each in times.items()}


def _times(live, slider, count):
    times = []
    name, values = VALUES[slider]
    for value in itertools.islice(itertools.cycle(values), count):
        start = time.perf_counter()
        live.controls[name].value = value
        times.append(1000 * (time.perf_counter() - start))
    return times


def growth(steps):
    """Return the megabytes by which this process grows in so many steps of each slider, the first
    1,000 left out.

    By then the queues of the kernel, which grow with what waits in them, have their size: twice as
    many steps grow no more. It is measured in one thread, as JupyterLab has one for sliders; each
    has memory of its own.
    """
    sizes = []

    def move():
        live = explore()
        for count in (1000, steps):
            for slider in VALUES:
                _times(live, slider, count)
            gc.collect()
            sizes.append(psutil.Process().memory_info().rss / 1e6)

    thread = threading.Thread(target=move)
    thread.start()
    thread.join()
    before, behind = sizes
    return behind - before
