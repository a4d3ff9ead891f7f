"""Ahead: draws the frames of a live figure that its reader is about to ask for.

While the pointer is on a slider, or near a dot that moves one, the kernel draws what the other
stops of that slider will show, and sends it; the script paints such a frame at once, and the
kernel's own follows. Anything that makes them wrong drops them.
"""

import asyncio
import time

from helpers.figures.canvas import DRAWING
from helpers.figures.controls import RANGES, SLIDERS, stop_number, stop_value

PAUSE = 0.1  # seconds after a move in which the kernel draws that move's own frames
SLICE = 0.03  # seconds of drawing after which the kernel looks whether it is asked for anything
TOO_SLOW = 0.06  # seconds a frame, when nothing is drawn ahead
MOST = 3_000_000  # characters of SVG that a page keeps at once


class Ahead:
    """Frames along one control. `draw(values)` returns (words, pieces), or None where there is no
    picture; `send` hands a message to the script.
    """

    def __init__(self, controls, within, draw, send):
        self._controls = controls
        self._within = within
        self._draw = draw
        self._send = send
        self._session = 0
        self._moved = 0.0  # when the control was last moved
        self.drop()

    def begin(self, name, handle):
        """Draw along a slider, or along one handle of a range slider (0 or 1), from now on."""
        control = self._controls.get(name)
        if not isinstance(control, (*SLIDERS, *RANGES)):
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # nobody would let it go on
            return
        self.drop()
        self._control = name
        self._handle = handle
        self._size = 0
        last = stop_number(control, control.max)
        self._waiting = set(range(last + 1))
        loop.call_soon(self._go_on, loop, self._session)

    def drop(self):
        """Draw no more of what was begun, and forget what was sent."""
        self._session += 1
        self._control = None
        self._waiting = set()
        self._texts = {}

    def note_change(self, name):
        """Drop the frames when a control has changed that they take for fixed; while the control
        itself moves, the kernel has its own frames to draw.
        """
        self._moved = time.monotonic()
        if self._control not in (None, name):
            self.drop()
            # What was sent may assume the value of a moment ago.
            self._send({"ahead": None})

    def _go_on(self, loop, session):
        """Draw for one slice of time, nearest stops first, and come back later for more."""
        with DRAWING:  # other threads change controls
            if session != self._session:
                return
            wait = PAUSE - (time.monotonic() - self._moved)
            if wait <= 0:
                self._draw_a_slice()
                wait = 0.001
            if self._waiting and self._size < MOST:
                loop.call_later(wait, self._go_on, loop, session)
            else:
                self._texts = {}

    def _draw_a_slice(self):
        """Draw and send some frames."""
        started = time.monotonic()
        frames = {}
        texts = []
        known = len(self._texts)
        while self._waiting and time.monotonic() - started < SLICE:
            stop = min(self._waiting, key=self._distance)
            self._waiting.discard(stop)
            # Not lengthened by what else the machine runs; Pyodide has no thread_time.
            worked = time.process_time()
            drawn = self._draw(self._values_at(stop))
            if time.process_time() - worked > TOO_SLOW:
                self._waiting.clear()
            if drawn is None:
                continue
            words, pieces = drawn
            frames[stop] = [self._number(text, texts) for text in (words, *pieces)]
        if frames:
            batch = {"known": known, "texts": texts, "frames": frames}
            self._send({"ahead": {**self._about(), **batch}})

    def _about(self):
        control = self._controls[self._control]
        along = [name for name, span in self._within.items() if span == self._control]
        about = {"session": self._session, "control": self._control, "along": along}
        if isinstance(control, RANGES):
            about["handle"] = self._handle
            about["other"] = control.value[1 - self._handle]
        return about

    def _distance(self, stop):
        """Return how far a stop is from where the control stands now."""
        control = self._controls[self._control]
        value = control.value
        if isinstance(control, RANGES):
            value = value[self._handle]
        return abs(stop - stop_number(control, value))

    def _values_at(self, stop):
        """Return the values of all controls when the one moves to a stop."""
        values = {name: control.value for name, control in self._controls.items()}
        control = self._controls[self._control]
        value = stop_value(control, stop)
        if isinstance(control, RANGES):
            ends = list(control.value)
            ends[self._handle] = value
            value = tuple(ends)
        values[self._control] = value
        for name, span in self._within.items():
            low, high = values[span]
            values[name] = min(max(values[name], low), high)
        return values

    def _number(self, text, texts):
        """Return the number of a text, which joins `texts` when it is new."""
        if text not in self._texts:
            self._texts[text] = len(self._texts)
            self._size += len(text)
            texts.append(text)
        return self._texts[text]
