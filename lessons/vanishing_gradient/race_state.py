"""Race: what the figure `race` remembers while its networks train, rest and go on.

A race's turns are a generator: in each of them one network takes a few steps, and now and then
the figure is drawn again. What lets it take its turns, here `in_thread` or `on_loop`, knows
nothing of races.
"""

import asyncio
import sys
import threading
import time
from typing import NamedTuple

import ipywidgets
import numpy as np

from helpers.figures.canvas import DRAWING
from helpers.figures.controls import slider, toggle
from helpers.network import Network

EVERY = 10  # steps that a network takes in one turn
FRAME = 0.15  # seconds between two pictures, or twice what the last one took if that is longer
GRID = 40  # points on each side of a plane
BUTTON = {
    "ready": "start",
    "running": "stop",
    "stopped": "go on",
    "finished": "race again",
}


class Standing(NamedTuple):
    """Where a competitor stands, as the picture shows it."""

    steps: list
    losses: list  # on all examples, after so many steps
    accuracy: float
    diverged: bool
    # The probability of label 1 on a grid of points, shape (rows, columns).
    answers: np.ndarray


class Competitor:
    """One network in training, with its `losses` on all examples after so many `steps`.

    `diverged` says that it has outgrown float64 and stands where it last was sound.
    """

    def __init__(self, x, y, sizes, training, seed, clip=None, **options):
        self.net = Network(sizes, seed=seed, **options)
        self.reports = self.net.train(
            x, y, every=EVERY, seed=seed, clip=clip, **training
        )
        self.x = x
        self.y = y
        self.last_step = training["steps"]
        self.steps = []
        self.losses = []
        self.accuracy = 0.0
        self.diverged = False
        self.note_loss()

    def advance(self):
        """Train up to the next report and note the loss."""
        if not self.steps[-1]:
            next(self.reports)  # that of the start, for which lining up need not wait
        report = next(self.reports, None)
        # When it diverges, the reports end before the last step.
        self.diverged = report is None or bool(report.stopped_because)
        self.note_loss()

    def note_loss(self):
        """Note the loss on all examples, and the share of them that it gets right."""
        probabilities = self.net.forward(self.x)
        self.accuracy = np.mean((probabilities[:, 1] > 0.5) == self.y)
        of_labels = np.take_along_axis(probabilities, self.y[:, None], axis=1)
        self.losses.append(-np.log(np.maximum(of_labels, 1e-300)).mean())
        self.steps.append(min(EVERY * len(self.steps), self.last_step))

    def standing(self, reports):
        """Return the Standing after so many reports."""
        # Answers that no training has bent need fewer points; the slider waits for them.
        points = plane_points(plane_size(self.x), coarse=reports == 1)
        answers = self.net.forward(points.reshape(-1, 2))[:, 1].reshape(
            points.shape[:2]
        )
        return Standing(
            self.steps[:reports],
            self.losses[:reports],
            self.accuracy,
            self.diverged,
            answers,
        )


def plane_size(x):
    """Return how far a plane with all the examples goes from 0 to each side."""
    return 1.08 * np.abs(x).max() or 1.0


def plane_points(size, coarse):
    """Return points of a plane, shape (rows, columns, 2); a coarse grid has half as many rows."""
    side = np.linspace(-size, size, GRID)
    if coarse:
        side = side.reshape(-1, 2).mean(axis=1)
    return np.dstack(np.meshgrid(side, side))


def run_through(competitors):
    """Train competitors to the end, and return {step: their Standings} for some 20 steps."""
    moments = {}
    last = competitors[0].last_step
    every = EVERY * max(1, round(last / EVERY / 20))
    for step in range(0, last + every, every):
        step = min(step, last)
        for competitor in competitors:
            while competitor.steps[-1] < step:
                competitor.advance()
        reports = len(competitors[0].steps)
        moments[step] = [competitor.standing(reports) for competitor in competitors]
    return moments


class Race:
    """The competitors, the controls of their race, and what the next picture shows of it.

    That is its `depth`, its `seed`, its `state` ("ready", "running", "stopped" or "finished"), the
    `step` that all have reached, and their `standings`; or the `error` that ended it. `figure` is
    the LiveFigure that shows it, set by whoever makes one.

    All this happens while DRAWING is held: the controls' changes as well as the turns of a race.
    """

    def __init__(self, new_competitors, depth, steps, seed):
        """Line up; `new_competitors(depth, seed)` returns a list of Competitors."""
        self.new_competitors = new_competitors
        self.steps = steps
        self.depth_slider = slider("hidden layers", depth, 1, 30, 1, name="depth")
        self.button = toggle(BUTTON["ready"], 120, button_style="primary")
        self.bar = ipywidgets.IntProgress(
            max=steps, layout={"width": "100%"}, style={"bar_color": "#0072B2"}
        )
        self.figure = None
        self.under_way = False  # somebody lets the race take its turns
        self.error = ""
        self.line_up(seed)

    # What the controls do

    def follow(self, name):
        """Start, stop or renew the race, as the control of that name asks for."""
        if name is None:
            return
        self.error = ""
        try:
            if name == "depth":
                self.stop()
                self.line_up(self.seed)
            elif self.button.value:
                self.start()
            else:
                self.stop()
        except (ValueError, OverflowError) as error:
            # So many layers may not fit into the memory.
            self.fail(str(error))

    def line_up(self, seed):
        """Let new competitors stand at the start, with as many layers as the slider says."""
        depth = self.depth_slider.value
        self.competitors = self.new_competitors(depth, seed)
        self.depth = depth
        self.seed = seed
        self.note_standings()
        self.change_state("ready")

    def start(self):
        """Let the race begin or go on; after a finished one the next begins, with the next seed."""
        if self.state == "finished":
            self.line_up(self.seed + 1)
        self.change_state("running")
        if self.under_way:  # it has not yet seen that it was stopped, and just goes on
            return
        self.under_way = True
        # Where Python runs inside a web page there are no threads.
        take_turns = on_loop if sys.platform == "emscripten" else in_thread
        take_turns(self.turns())

    def stop(self):
        """Let the race rest, before its next turn."""
        self.button.value = False
        if self.state != "ready":
            self.change_state("finished" if self.step == self.steps else "stopped")

    def fail(self, sentence):
        """End the race, and say why under a picture that no longer says "running"."""
        self.stop()
        self.figure.refresh()
        self.error = sentence
        self.figure.refresh()

    def change_state(self, state):
        """Enter a state, and let the button say what it does then."""
        self.state = state
        self.button.description = BUTTON[state]

    # What happens meanwhile

    def turns(self):
        """Let the slowest train, turn by turn, until all have arrived or the race is stopped."""
        due = time.monotonic() + FRAME
        try:
            while self.state == "running" and self.slowest().steps[-1] < self.steps:
                self.slowest().advance()
                yield True
                started = time.monotonic()
                if started >= due:
                    self.note_standings()
                    self.figure.refresh()
                    due = time.monotonic() + max(
                        FRAME, 2 * (time.monotonic() - started)
                    )
            self.note_standings()
        except Exception as error:  # nobody watches a thread: the message line tells it
            self.under_way = False
            self.fail(f"The race ended early: {type(error).__name__}: {error}")
            return
        self.under_way = False
        # Else a reader may have pressed start again just now.
        if self.step == self.steps:
            self.stop()
        self.figure.refresh()

    def slowest(self):
        """Return the competitor that has taken the fewest steps."""
        return min(self.competitors, key=lambda competitor: competitor.steps[-1])

    def note_standings(self):
        """Note where the competitors stand, for the next picture."""
        reports = len(self.slowest().steps)  # others may be a turn ahead
        self.standings = [
            competitor.standing(reports) for competitor in self.competitors
        ]
        self.step = self.slowest().steps[-1]
        self.bar.value = self.step


def in_thread(turns):
    """Let a generator of True take its turns in a thread, each while nobody else draws."""

    def run():
        going = True
        while going:
            with DRAWING:
                going = next(turns, False)
            # A lock has no queue: without a pause, who waits for it would never get it.
            time.sleep(1e-4)

    threading.Thread(target=run, name="race", daemon=True).start()


def on_loop(turns):
    """Let a generator of True take its turns on the event loop, where a press comes between two."""
    loop = asyncio.get_event_loop()

    def turn():
        with DRAWING:
            if next(turns, False):
                loop.call_soon(turn)

    loop.call_soon(turn)
