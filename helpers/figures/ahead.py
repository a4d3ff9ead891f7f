"""Ahead: keeps the frames of a live figure, and draws those that its reader is about to ask for.

While the pointer is on a slider, or near a dot that moves one, the kernel draws what the other
stops of that slider will show, and sends it; the script paints such a frame at once, and the
kernel's own follows. A frame is found again by the values of all controls, so none is ever shown
for others than its own.
"""

import asyncio
import time
from typing import NamedTuple

from helpers.figures.canvas import DRAWING
from helpers.figures.controls import (
    RANGES,
    SLIDERS,
    last_stop,
    place_on,
    stop_number,
    stop_value,
    value_of,
)

PAUSE = 0.1  # seconds after a frame that had to be drawn at once in which the hand has precedence
SLICE = 0.03  # seconds of drawing after which the kernel looks whether it is asked for anything
TOO_SLOW = 0.06  # seconds a frame
GIVE_UP = 3  # so slow frames one after the other, and no more are drawn
MOST_CHARACTERS = 3_000_000  # of SVG that are kept at once
# Parts of a slider's step by which its values are told apart, as in live.js.
FINE = 1000


class SvgFrame(NamedTuple):
    """A frame as it was sent to the script."""

    values: dict  # of the controls
    words: str
    grips: list  # each as Grip.described
    pieces: list  # of SVG


class Ahead:
    """The frames of one figure. `draw(values)` returns an SvgFrame, or None where not all is well;
    `send` hands a message to the script.
    """

    def __init__(self, controls, within, draw, send):
        self._controls = controls
        self._within = within
        self._draw = draw
        self._send = send
        self._busy_until = 0.0
        self._session = 0
        self._control = None  # along which frames are drawn
        self._handle = 0
        self._waiting = set()  # its stops that are still to be drawn
        self._slow = 0  # frames, one after the other
        self._frames = {}  # SvgFrame by key
        self._texts = set()  # of these frames
        self._size = 0  # of these texts, in characters
        self._sent = {}  # the number of each text that was sent ahead

    def key(self, values):
        """Return what tells the values of all controls from others, here and in live.js."""
        return [
            key_of(control, values[name]) for name, control in self._controls.items()
        ]

    def find(self, values):
        """Return the SvgFrame for these values, or None."""
        drawn = self._frames.get(str(self.key(values)))
        return drawn if drawn and drawn.values == values else None

    def keep(self, drawn):
        """Keep a frame that was drawn because it was asked for."""
        self._busy_until = time.monotonic() + PAUSE
        if self._size > MOST_CHARACTERS:
            self.forget()
        self._keep(drawn)

    def begin(self, name, handle):
        """Draw along a slider, or along one handle of a range slider (0 or 1), from now on."""
        control = self._controls.get(name)
        if not isinstance(control, (*SLIDERS, *RANGES)):
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # nobody would let it go on
            return
        self.stop()
        if self._size > MOST_CHARACTERS / 2:
            self.forget()
        self._control = name
        self._handle = handle
        self._slow = 0
        stops = range(last_stop(control) + 1)
        if isinstance(control, RANGES):  # whose handles do not pass each other
            other = stop_number(control, control.value[1 - handle])
            stops = stops[other + 1 :] if handle else stops[:other]
        self._waiting = set(stops)
        loop.call_soon(self._go_on, loop, self._session)

    def stop(self):
        """Draw no more of what was begun."""
        self._session += 1
        self._control = None
        self._waiting = set()

    def note_change(self, name):
        """Stop when another control has moved than the one along which frames are drawn."""
        if self._control not in (None, name):
            self.stop()

    def forget(self):
        """Forget all frames, here and in the browser."""
        self.stop()
        self._frames = {}
        self._texts = set()
        self._size = 0
        self._sent = {}
        self._send({"forget": True})

    def _keep(self, drawn):
        self._frames[str(self.key(drawn.values))] = drawn
        new = {drawn.words, *drawn.pieces} - self._texts
        self._texts |= new
        self._size += sum(map(len, new))

    def _go_on(self, loop, session):
        """Draw for one slice of time, nearest stops first, and come back later for more."""
        with DRAWING:  # other threads change controls
            if session != self._session:
                return
            wait = self._busy_until - time.monotonic()
            if wait <= 0:
                self._draw_a_slice()
                wait = 0.001
            if self._waiting:
                loop.call_later(wait, self._go_on, loop, session)

    def _draw_a_slice(self):
        """Draw and send some frames."""
        started = time.monotonic()
        drawn_now = []
        while self._waiting and time.monotonic() - started < SLICE:
            stop = min(self._waiting, key=self._distance)
            self._waiting.discard(stop)
            values = self._values_at(stop)
            if self.find(values):
                continue
            # Not lengthened by what else the machine runs; Pyodide has no thread_time.
            worked = time.process_time()
            drawn = self._draw(values)
            slow = time.process_time() - worked > TOO_SLOW
            self._slow = self._slow + 1 if slow else 0
            if self._slow == GIVE_UP:
                self._waiting.clear()
            if drawn:
                drawn_now.append(drawn)
                self._keep(drawn)
            if self._size > MOST_CHARACTERS:
                self._waiting.clear()
        if drawn_now:
            self._send_ahead(drawn_now)

    def _send_ahead(self, drawn_now):
        """Send frames, as the numbers of their texts."""
        known = len(self._sent)
        frames = []
        for drawn in drawn_now:
            texts = (drawn.words, *drawn.pieces)
            numbers = [self._sent.setdefault(text, len(self._sent)) for text in texts]
            frames.append([self.key(drawn.values), numbers])
        new = list(self._sent)[known:]
        self._send({"ahead": {"known": known, "texts": new, "frames": frames}})

    def _distance(self, stop):
        """Return how far a stop is from where the control stands now."""
        control = self._controls[self._control]
        value = control.value
        if isinstance(control, RANGES):
            value = value[self._handle]
        return abs(stop - stop_number(control, value))

    def _values_at(self, stop):
        """Return the values of all controls when the one moves to a stop."""
        values = {name: value_of(each) for name, each in self._controls.items()}
        control = self._controls[self._control]
        value = stop_value(control, stop)
        if isinstance(control, RANGES):
            ends = list(values[self._control])
            ends[self._handle] = value
            value = tuple(ends)
        values[self._control] = value
        for name, span in self._within.items():
            low, high = values[span]
            values[name] = min(max(values[name], low), high)
        return values


def key_of(control, value):
    """Return what tells a value of a control from its others: a number of parts of a step, the
    number of an option, or the value itself.
    """
    if isinstance(control, RANGES):
        return [parts_of_a_step(control, end) for end in value]
    if isinstance(control, SLIDERS):
        return parts_of_a_step(control, value)
    return getattr(control, "index", value)


def parts_of_a_step(slider, value):
    """Return how many parts of a step a value is from 0, on a logarithmic slider from 1."""
    return round(place_on(slider, value) / slider.step * FINE)
