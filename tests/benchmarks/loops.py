"""Runs inside a kernel: moves a slider of one way to draw, and measures time and memory."""

import contextlib
import gc
import itertools
import statistics
import threading
import time
from unittest.mock import patch

import everyone
import matplotlib.image
import psutil

import helpers
from helpers import live
from helpers.figures import explore as curves


def explore():
    """Return (the slider of the probe, {part of a frame: the function that does it as (owner, name)})."""
    figure = helpers.explore(everyone.sigmoid, everyone.sigmoid_slope, asymptotes=(0, 1))
    return figure.controls["x0"], {"data": (curves.View, "show"), "encode": (live, "document")}


def interact():
    """Return the same for `interact`, whose widget is displayed as in a notebook."""
    widget = everyone.everyone()
    display(widget)  # noqa: F821 (a kernel has it)
    return widget.children[1], {"data": (everyone, "compute"), "encode": (matplotlib.image, "imsave")}


WAYS = {"explore": explore, "interact": interact}


def frames(steps):
    """Return {way: {part: median milliseconds a frame}} for data, encode, draw (all the rest) and total."""
    ways = {way: make() for way, make in WAYS.items()}
    found = {way: [] for way in ways}
    for value in _values(steps + 10):
        for way, (slider, parts) in ways.items():
            found[way].append(_frame(slider, parts, value))
    return {way: _medians(times[10:]) for way, times in found.items()}


def _frame(slider, parts, value):
    """Return {part: milliseconds} of one step of a slider."""
    spent = dict.fromkeys(parts, 0.0)
    with contextlib.ExitStack() as stack:
        for part, (owner, name) in parts.items():
            stack.enter_context(_timed(owner, name, part, spent))
        start = time.perf_counter()
        slider.value = value
        spent["total"] = time.perf_counter() - start
    return {part: 1000 * seconds for part, seconds in spent.items()}


def _medians(times):
    medians = {part: statistics.median(each[part] for each in times) for part in times[0]}
    return medians | {"draw": medians["total"] - medians["data"] - medians["encode"]}


def growth(way, steps):
    """Return the megabytes by which this process grows in so many steps, the first 100 left out."""
    slider, _ = WAYS[way]()
    values = _values(steps + 100)
    _move_in_a_thread(slider, itertools.islice(values, 100))
    before = _megabytes()
    _move_in_a_thread(slider, values)
    return _megabytes() - before


def _move_in_a_thread(slider, values):
    """Set the values in a thread of its own, as JupyterLab does; each thread has memory of its own."""

    def move():
        for value in values:
            slider.value = value

    thread = threading.Thread(target=move)
    thread.start()
    thread.join()


def _values(count):
    """Yield so many values of which each differs from the one before."""
    return (round(-3 + 0.1 * (number % 60), 1) for number in range(count))


def _megabytes():
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6


def _timed(owner, name, part, spent):
    """Return a patch of owner.name that adds the time of each call to spent[part]."""
    original = getattr(owner, name)

    def timed(*arguments, **options):
        start = time.perf_counter()
        try:
            return original(*arguments, **options)
        finally:
            spent[part] += time.perf_counter() - start

    return patch.object(owner, name, timed)
