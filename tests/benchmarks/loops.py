"""Runs inside a kernel: moves the sliders of `explore`, and measures time and memory."""

import gc
import statistics
import threading
import time

import psutil

import helpers

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
    return {
        slider: statistics.median(_times(explore(), slider, steps + 10)[10:])
        for slider in VALUES
    }


def _times(live, slider, count):
    (name, values), times = VALUES[slider], []
    for number in range(count):
        start = time.perf_counter()
        live.controls[name].value = values[number % len(values)]
        times.append(1000 * (time.perf_counter() - start))
    return times


def growth(steps):
    """Return the megabytes by which this process grows in so many steps of each slider, the first
    1,000 left out.

    By then the queues of the kernel, which grow with what waits in them, have their size: twice as
    many steps grow no more. It is measured in one thread, as JupyterLab has one for sliders; each
    has memory of its own.
    """
    found = []
    thread = threading.Thread(
        target=lambda: found.extend(_megabytes_after(explore(), 1000, steps))
    )
    thread.start()
    thread.join()
    before, behind = found
    return behind - before


def _megabytes_after(live, *counts):
    """Yield the size of this process after so many steps of each slider, and so many more."""
    for count in counts:
        for slider in VALUES:
            _times(live, slider, count)
        yield _megabytes()


def _megabytes():
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6
