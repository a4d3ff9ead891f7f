"""Recordings: what a live figure shows over a grid of its controls, for where no Python runs.

A frame is a list of texts: words, message, grips, and pieces of SVG. Most of them stay the same
from one frame to the next, so each text is kept once, and a frame is a list of their numbers.
live.js plays recordings.
"""

import gzip
import itertools
import json
import math
from typing import NamedTuple

import ipywidgets
import numpy as np

from helpers.arguments import is_number
from helpers.figures.canvas import DRAWING, Canvas
from helpers.figures.controls import (
    RANGES,
    SLIDERS,
    nearest_stop,
    place_on,
    stops_between,
)
from helpers.figures.svg import document

# States of a figure for which nothing else is said, at the inputs shown at first: with up to two
# sliders, and with more, whose pictures have less in common.
FINE_STATES = 1400
MORE_SLIDERS = 500
# Of the ranges of inputs, as parts of the one shown at first.
WIDTHS = (0.25, 0.5, 0.75, 1, 1.5, 2, 3)
# What a page loads first has at most so many states, and bytes.
ROUGH_STATES = 160
ROUGH_BYTES = 60_000
MOST_STATES = 20_000  # more would take minutes to record and megabytes to load
KINDS = {
    "slider": SLIDERS,
    "range": RANGES,
    "buttons": (ipywidgets.ToggleButtons, ipywidgets.RadioButtons),
    "list": (ipywidgets.Dropdown,),
    "steps": (ipywidgets.SelectionSlider,),
    "toggle": (ipywidgets.ToggleButton, ipywidgets.Checkbox),
}


class Stop(NamedTuple):
    """A value of a control, its place among the others, and the words for it."""

    value: object
    place: float
    words: str


class Recording:
    """Some states of a LiveFigure, each as the kernel would draw it.

    Attributes: `states`, how many; `parts`, the recording as values that JSON can hold: the first
    is a rough recording of its own, the second has all the rest.
    """

    def __init__(self, live, prefix, blocks=None):
        """Record a figure; `prefix` begins the ids in its SVG, so it begins with a letter.

        `blocks` are as LiveFigure's `recorded`, which they replace. Raises ValueError for a figure
        that can't be recorded, and for more than 20,000 states.
        """
        # What remembers something has another figure recorded.
        if callable(live.recorded):
            live = live.recorded()
        grids = grids_of(live, live.recorded if blocks is None else blocks)
        self._live = live
        self._frames = {}
        self._texts = {}
        self._definitions = ""  # none while nothing can be drawn
        start = {
            name: stop_of(control, control.value)
            for name, control in live.controls.items()
        }
        if not any(all(start[name] in grid[name] for name in grid) for grid in grids):
            grids.insert(0, {name: [stop] for name, stop in start.items()})
        self._stops = {
            control: sorted(
                {stop for grid in grids for stop in grid[control]}, key=place_of
            )
            for control in live.controls
        }
        self._canvas = Canvas(*live.size, prefix)
        self.parts = self._parts(grids, start)
        self.parts[0] |= {
            "picture": document([], *live.size, ""),
            "controls": [self._describe(*item) for item in live.controls.items()],
            "start": [self._number(name, stop) for name, stop in start.items()],
        }
        self._canvas.close()
        self.states = len(self._frames)

    def packed(self):
        """Return each part as the bytes of a file of gzipped JSON, the same each time."""
        return [packed(part) for part in self.parts]

    def _parts(self, grids, start):
        """Record a rough grid as one part, small enough to be there at once, and all as another."""
        first_grid = next(
            grid for grid in grids if all(start[n] in grid[n] for n in grid)
        )
        most = ROUGH_STATES
        while True:
            rough = rough_grid(first_grid, start, most)
            first = self._part([rough])
            if len(packed(first)) <= ROUGH_BYTES or most < 4:
                break
            most = most // 2
            self._texts.clear()
            self._frames.clear()
        rest = [grid for grid in grids if grid != rough]
        return [first, self._part(rest)]

    def _part(self, grids):
        known = len(self._texts)
        blocks = [self._block(grid) for grid in grids]
        texts = list(self._texts)[known:]
        return {
            "definitions": self._definitions,
            "texts": texts,
            "blocks": blocks,
        }

    def _block(self, grid):
        """Record every state of a grid, {control: stops}."""
        shape = [len(stops) for stops in grid.values()]
        frames = {}
        for place in self._states_in_order(grid):
            frames[place] = self._frame(grid, place)
        length = max(map(len, frames.values()))
        numbers = np.full((*shape, length), -1)  # -1: a frame that has no such text
        for place, frame in frames.items():
            numbers[place][: len(frame)] = frame
        stops = [[self._number(name, stop) for stop in grid[name]] for name in grid]
        return {
            "stops": stops,
            "texts": [compact(numbers[..., n]) for n in range(length)],
        }

    def _states_in_order(self, grid):
        """Yield the places of all states; controls that change most of the picture move least."""
        shape = [len(stops) for stops in grid.values()]
        here = tuple(length // 2 for length in shape)
        costs = []
        for n in range(len(shape)):
            there = (*here[:n], 0, *here[n + 1 :])
            pairs = zip(self._frame(grid, here), self._frame(grid, there), strict=False)
            costs.append(sum(one != other for one, other in pairs))
        slowest_first = sorted(range(len(shape)), key=lambda n: -costs[n])
        for steps in itertools.product(*[range(shape[n]) for n in slowest_first]):
            at = dict(zip(slowest_first, steps, strict=True))
            yield tuple(at[n] for n in range(len(shape)))

    def _frame(self, grid, place):
        """Draw a state and return the numbers of its texts. Some states are drawn several times, in
        another order: so a figure that is not pure is found out.
        """
        state = tuple(stops[n] for stops, n in zip(grid.values(), place, strict=True))
        values = {name: stop.value for name, stop in zip(grid, state, strict=True)}
        with DRAWING:
            frame = self._live.frame(values)
            texts = ["", frame.message]  # of a state that can't be drawn
            if frame.page is not None:
                self._canvas.show(frame.page)
                self._definitions, *pieces = self._canvas.pieces
                grips = [grip.described() for grip in frame.page.grips]
                texts = [frame.words, frame.message, json.dumps(grips), *pieces]
        numbers = [self._texts.setdefault(text, len(self._texts)) for text in texts]
        if self._frames.setdefault(state, numbers) != numbers:
            raise ValueError(
                "This figure can't be recorded: for the same values it draws different pictures. "
                "If its function draws random numbers, let it begin with a seed."
            )
        return numbers

    def _number(self, name, stop):
        return self._stops[name].index(stop)

    def _describe(self, name, control):
        """Return a control as live.js makes it anew."""
        return {
            "name": name,
            "label": control.description,
            "kind": kind_of(name, control),
            "stops": [[stop.place, stop.words] for stop in self._stops[name]],
        }


def packed(part):
    """Return a value as bytes of gzipped JSON, the same each time."""
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def compact(numbers):
    """Return (axes, numbers): those axes of an array along which it changes, and it along these."""
    axes = []
    for axis in range(numbers.ndim):
        first = numbers.take([0], axis)
        if (numbers == first).all():
            numbers = first
        else:
            axes.append(axis)
    return axes, numbers.ravel().tolist()


# Grids: {control: stops}, one for each block


def grids_of(live, blocks):
    """Return the grids of blocks, each with all of a figure's controls."""
    if blocks is False:
        raise ValueError(
            "This figure can't be recorded, since it remembers what was done before; "
            "it needs a running notebook."
        )
    blocks = blocks or default_blocks(live.controls)
    grids = []
    for block in blocks:
        unknown = [name for name in block if name not in live.controls]
        if unknown:
            raise ValueError(
                f"There is no control {unknown[0]!r} to record; "
                f"there are {', '.join(live.controls)}."
            )
        grid = {
            name: stops_of(name, each, block.get(name, 1))
            for name, each in live.controls.items()
        }
        grids += inside_their_ranges(grid, live.within)
    states = sum(math.prod(map(len, grid.values())) for grid in grids)
    if states > MOST_STATES:
        raise ValueError(
            f"{states:,} states would be recorded, but {MOST_STATES:,} are the most; "
            f"give some controls fewer stops."
        )
    return grids


def default_blocks(controls):
    """Return blocks for any figure: sliders fine at the inputs shown at first, rough at others."""
    kinds = {name: kind_of(name, control) for name, control in controls.items()}
    sliders = [name for name, kind in kinds.items() if kind == "slider"]
    ranges = [name for name, kind in kinds.items() if kind == "range"]
    others = {name: None for name in kinds if name not in sliders + ranges}
    choices = math.prod(len(stops_of(name, controls[name], None)) for name in others)
    most = FINE_STATES if len(sliders) <= 2 else MORE_SLIDERS
    fine = min(121, stops_each(most, choices, len(sliders)))
    rough = min(25, stops_each(ROUGH_STATES // 2, choices, len(sliders)))
    blocks = [{**others, **dict.fromkeys(sliders, fine)}]
    if ranges:
        blocks.append(
            {**others, **dict.fromkeys(ranges), **dict.fromkeys(sliders, rough)}
        )
    return blocks


def stops_each(states, choices, sliders):
    """Return how many stops each of some sliders can have when there are so many states in all."""
    return max(2, int((states / choices) ** (1 / max(1, sliders))))


def rough_grid(grid, start, most):
    """Return a grid of at most `most` states: of many stops every other, every third, and so on,
    the stops where the figure starts among them.
    """
    for every in range(1, 100):
        rough = {}
        for name, stops in grid.items():
            kept = {*stops[::every], stops[-1], start[name]}
            few = len(stops) <= 3
            rough[name] = stops if few else sorted(kept, key=place_of)
        if math.prod(map(len, rough.values())) <= most:
            break
    return rough


def inside_their_ranges(grid, within):
    """Return the grid, or several, so that controls stay within others, which are ranges."""
    if not within:
        return [grid]
    grids = []
    (span,) = set(within.values())
    for stop in grid[span]:
        low, high = stop.value
        inside = {
            name: [each for each in grid[name] if low <= each.value <= high]
            for name in within
        }
        if all(inside.values()):
            grids.append({**grid, span: [stop], **inside})
    return grids


# Controls


def kind_of(name, control):
    """Return what kind of control it is, or raise ValueError for one that can't be recorded."""
    for kind, classes in KINDS.items():
        if isinstance(control, classes):
            return kind
    raise ValueError(
        f"The control {name!r} is a {type(control).__name__}, which can't be recorded; "
        f"sliders, buttons and lists can."
    )


def stops_of(name, control, wanted):
    """Return a control's stops: those with the `wanted` values, or so many, or all for None. What
    is not a list gets the value that the control has now besides.
    """
    kind = kind_of(name, control)
    if isinstance(wanted, list):
        return sorted({stop_of(control, value) for value in wanted}, key=place_of)
    if wanted == 1:
        values = []
    elif kind == "toggle":
        values = [False, True]
    elif kind in ("buttons", "list", "steps"):
        values = [value for _, value in options_of(control)]
    elif kind == "range":
        values = ranges_around(control)
    else:
        values = stops_between(control, wanted)
    found = {stop_of(control, value) for value in [*values, control.value]}
    return sorted(found, key=place_of)


def can_take(control, value):
    """Return whether a value is one of a control's own."""
    kind = kind_of(control.description, control)
    if kind == "toggle":
        return isinstance(value, bool)
    if kind == "slider":
        return lies_on(control, value)
    if kind == "range":
        is_pair = isinstance(value, (tuple, list)) and len(value) == 2
        return is_pair and all(lies_on(control, end) for end in value)
    return any(value == option for _, option in options_of(control))


def lies_on(slider, value):
    """Return whether a value is a number between a slider's ends."""
    if not is_number(value) or (hasattr(slider, "base") and value <= 0):
        return False
    return slider.min <= place_on(slider, value) <= slider.max


def ranges_around(control):
    """Return narrower and wider ranges about the middle of the one that a slider has now."""
    low, high = control.value
    middle = (low + high) / 2
    found = []
    for width in WIDTHS:
        half = width * (high - low) / 2
        low_end = nearest_stop(control, middle - half)
        high_end = nearest_stop(control, middle + half)
        found.append((low_end, high_end))
    return found


def options_of(control):
    """Return (words, value) for each option of buttons or of a list."""
    options = control.options
    if isinstance(options, dict):
        options = options.items()
    pairs = []
    for option in options:
        is_pair = isinstance(option, tuple) and len(option) == 2
        pairs.append(option if is_pair else (str(option), option))
    return pairs


def stop_of(control, value):
    """Return the Stop of a control at a value."""
    kind = kind_of(control.description, control)
    if kind == "toggle":
        return Stop(value, int(value), "on" if value else "off")
    if kind == "range":
        low, high = value
        words = f"{in_words(control, low)} to {in_words(control, high)}"
        return Stop((low, high), high - low, words)
    if kind == "slider":
        return Stop(value, place_on(control, value), in_words(control, value))
    pairs = options_of(control)
    for place, (words, option) in enumerate(pairs):
        if option == value:
            return Stop(value, place, words)
    return Stop(value, len(pairs), str(value))


def place_of(stop):
    """Return where a stop stands among others."""
    return stop.place


def in_words(slider, value):
    """Return a number as a slider's readout says it."""
    return format(value, slider.readout_format).replace("-", "−")
