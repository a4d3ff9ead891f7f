"""race: four networks learn the same data at the same time, while the picture follows.

A race is a generator: in each of its turns one network takes a few steps, and now and then the picture is drawn.
What lets it take its turns, here `in_thread` or `on_loop`, knows nothing of races.
"""

import asyncio
import sys
import threading
import time

import ipywidgets
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.arguments import as_floats, whole
from helpers.figures import Page
from helpers.figures.live import DRAWING
from helpers.figures.marks import shortened, spread
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, ink, own_settings
from helpers.network import Network

__all__ = ["race"]

RUNNERS = {
    "sigmoid, Xavier": {"activation": "sigmoid", "initialisation": "xavier"},
    "tanh, Xavier": {"activation": "tanh", "initialisation": "xavier"},
    "ReLU, Xavier": {"activation": "relu", "initialisation": "xavier"},
    "ReLU, He": {"activation": "relu", "initialisation": "he"},
}
EVERY = 10  # steps that a network takes in one turn
FRAME = 0.15  # seconds from one picture to the next, or twice what the last one took if that is longer
LONGEST = 10**6  # steps: far more than anybody waits for
GRID = 40  # points on each side of a plane
START = {"ready": "start", "running": "stop", "stopped": "go on", "finished": "race again"}
SIDE = 163  # of a plane, in pixels
HIGHEST = 1.05  # of the axis of losses
LOOKS = ((BLUE, "-"), (GREEN, "-"), (ORANGE, (0, (4, 2))), (INK, "-"))
# Each example is an upright stroke with round ends, (colour, half its height, its width): a dot for label 0, a grain
# for label 1.
CLASSES = (("#003A5D", 0.05, 4.6), ("#7A1F55", 2.4, 2.6))
PLANE = LinearSegmentedColormap.from_list("classes", ["#56B4E9", "#E4E4E4", "#CC79A7"], N=11)


@own_settings()
def race(x, y, runners=RUNNERS, *, depth=10, width=32, steps=600, rate=0.05, batch=100, seed=0):
    """Return a LiveFigure in which four networks race: sigmoid, tanh and ReLU with Xavier weights, ReLU with He's.

    `x` has shape (examples, 2), `y` the labels 0 and 1. Others can race: `runners` is a dict of four names, each with a
    dict of what sets it apart, keywords of Network or `clip`. All take the same `steps` of gradient descent with the
    same `rate`, on the same minibatches of `batch` examples; the same `seed` draws their weights, and the next one when
    they race again. A slider sets their `depth`, 1 to 30 hidden layers of `width` units; a button starts the race,
    stops it and lets it go on. Nothing runs before that. Raises ValueError or TypeError as Network does.
    """
    if not isinstance(runners, dict) or len(runners) != 4 or not all(isinstance(r, dict) for r in runners.values()):
        raise ValueError('runners must be a dict of four names, each with a dict like {"activation": "tanh"}.')
    x, _ = as_floats(x, "x"), as_floats(y, "y")  # for what it says about text; labels stay whole numbers
    y = np.atleast_1d(y)
    plan = {"rate": rate, "steps": whole(steps, "steps", 1, "steps=600", most=LONGEST), "batch": batch}

    def line_up(depth, seed):
        sizes = [2] + [width] * depth + [2]
        return [Runner(x, y, plan, sizes, seed, **options) for options in runners.values()]

    page = Page(440)
    page.slider("depth", "hidden layers", depth, 1, 30, 1)
    first = line_up(page.controls["depth"].value, seed)  # raises what Network raises, before anything is drawn
    look = _picture(page, [shortened(name) for name in runners], x, y, steps)
    return Track(page, look, line_up, first, seed, steps).live


class Runner:
    """One network with its training, and its losses on all examples after so many `steps`."""

    def __init__(self, x, y, plan, sizes, seed, clip=None, **options):
        self.net = Network(sizes, seed=seed, **options)
        self._training = self.net.train(x, y, every=EVERY, seed=seed, clip=clip, **plan)
        self._x, self._y, self._last = x, y, plan["steps"]
        self.steps, self.losses, self.right = [], [], 0
        self.diverged = False  # when it has outgrown float64 and stands where it last was sound
        self._note()

    def advance(self):
        """Train up to the next report and note the loss."""
        if not self.steps[-1]:
            next(self._training)  # the report of the start, for which a runner that only lines up need not wait
        report = next(self._training, None)
        self.diverged = report is None or bool(report.stopped_because)  # the reports end before the last step
        self._note()

    def _note(self):
        """Note the loss on all examples, and the share of them that it gets right."""
        chances = self.net.forward(self._x)
        self.right = np.mean((chances[:, 1] > 0.5) == self._y)
        chances = np.take_along_axis(chances, self._y[:, None], axis=1)
        self.losses.append(-np.log(np.maximum(chances, 1e-300)).mean())
        self.steps.append(min(EVERY * len(self.steps), self._last))


class Track:
    """The runners, the controls that start, stop and renew their race, and the LiveFigure of it all, `live`.

    Everything here happens while DRAWING is held: the controls' changes as well as the turns of a race.
    """

    def __init__(self, page, look, line_up, runners, seed, steps):
        self._page, self._look, self._line_up, self._steps = page, look, line_up, steps
        self._runners, self._depth, self._seed = runners, page.controls["depth"].value, seed
        self._state, self._driven = "ready", False  # driven: somebody lets the race take its turns
        self._failures = []  # sentences for the message line
        self._bar = ipywidgets.IntProgress(max=steps, layout={"width": "100%"}, style={"bar_color": "#0072B2"})
        self._button = ipywidgets.ToggleButton(button_style="primary", layout={"width": "120px"})
        page.controls["running"] = self._button
        self._see()
        self.live = page.live(self._update, [page.controls["depth"], ipywidgets.HBox([self._button, self._bar])])

    def _update(self, depth, running):
        """Start, stop or renew the race as the controls say, and return the picture in words."""
        if self._failures:
            raise ValueError(self._failures.pop())
        fresh, again = depth != self._depth, running and self._state == "finished"
        if fresh or again:
            self._depth, self._seed, self._state = depth, self._seed + again, "ready"
            self._runners = self._line_up(depth, self._seed)
            self._see()
        if fresh:
            self._button.value = running = False
        if running:
            self._state = "running"
            if not self._driven:  # else the race has not yet seen that it was stopped, and just goes on
                self._driven = True
                # Where Python runs inside a web page there are no threads.
                (on_loop if sys.platform == "emscripten" else in_thread)(self._turns())
        elif self._state != "ready":
            self._state = "finished" if self._bar.value == self._steps else "stopped"
        self._button.description = START[self._state]
        step = f"seed {self._seed}, step {self._bar.value} of {self._steps}: {self._state}"
        self._page.write(step=step)
        return f"{depth} hidden layers, {step}. {self._said}."

    def _turns(self):
        """Let the runner that is behind take its next steps until all have arrived or the button is up."""
        trouble, due = "", time.monotonic() + FRAME
        try:
            while self._button.value and self._behind().steps[-1] < self._steps:
                self._behind().advance()
                yield True
                started = time.monotonic()
                if started >= due:
                    self._see()
                    self.live.refresh()
                    due = time.monotonic() + max(FRAME, 2 * (time.monotonic() - started))
            self._see()
        except Exception as error:  # nobody watches a thread: the message line tells it
            trouble = f"The race ended early: {type(error).__name__}: {error}"
        self._driven = False
        if trouble or self._bar.value == self._steps:  # else a reader may have pressed it again just now
            self._button.value = False
        self.live.refresh()
        if trouble:
            self._failures.append(trouble)
            self.live.refresh()  # again, so that the sentence stands under a picture that no longer says "running"

    def _behind(self):
        """Return the runner that has taken the fewest steps."""
        return min(self._runners, key=lambda runner: runner.steps[-1])

    def _see(self):
        """Let the picture show where the runners stand."""
        self._said, self._bar.value = self._look(self._runners), self._behind().steps[-1]


def in_thread(turns):
    """Let a generator of True take its turns in a thread of its own, each while nobody else draws."""

    def run():
        going = True
        while going:
            with DRAWING:
                going = next(turns, False)
            time.sleep(1e-4)  # a lock has no queue: without a pause, who waits for it would never get it

    threading.Thread(target=run, name="race", daemon=True).start()


def on_loop(turns):
    """Let a generator of True take its turns on the event loop, so that a press of the button comes between two."""
    loop = asyncio.get_event_loop()

    def turn():
        with DRAWING:
            if next(turns, False):
                loop.call_soon(turn)

    loop.call_soon(turn)


def _picture(page, names, x, y, steps):
    """Draw what stays, and return look(runners), which shows where they stand and returns it in words."""
    reach = 1.08 * np.abs(x).max()
    along = np.linspace(-reach, reach, GRID)
    fine, coarse = (np.dstack(np.meshgrid(a, a)) for a in (along, along.reshape(-1, 2).mean(axis=1)))
    planes = [_plane(page, n, name, x, y, reach) for n, name in enumerate(names)]
    curves, ends = _losses(page, names, f"loss on all {len(y)} examples", steps)

    def look(runners):
        level = min(len(runner.steps) for runner in runners)  # some may be a turn ahead of the others
        points = fine if level > 1 else coarse  # what no training has bent needs fewer; the slider waits for them
        last = [runner.losses[level - 1] for runner in runners]
        places = spread(np.minimum(last, HIGHEST), 0.116, 0.03, 1.02)  # 15 pixels apart
        scores = {}
        for n, runner in enumerate(runners):
            planes[n].set_data(runner.net.forward(points.reshape(-1, 2))[:, 1].reshape(points.shape[:2]))
            curves[n].set_data(runner.steps[:level], runner.losses[:level])
            above = f"↑ {last[n]:.1f} " if last[n] < 10 else f"↑ {last[n]:.0f} "
            ends[n].set(y=places[n], text=above * bool(last[n] > HIGHEST) + names[n])
            outcome = "diverged" if runner.diverged else f"{100 * runner.right:.0f} % right"
            scores[f"score-{n + 1}"] = f"loss {last[n]:.3f}, {outcome}"
        page.write(scores)
        return "; ".join(f"{name}: {score}" for name, score in zip(names, scores.values(), strict=True))

    return look


def _plane(page, n, name, x, y, reach):
    """Draw what stays of a runner's panel, and return the image of its answers."""
    span, (colour, dashes) = (-reach, reach), LOOKS[n]
    panel = page.panel(62, SIDE, 8 + 180 * n, SIDE, x=span, y=span, xticks=[], yticks=[])
    panel.bare("left", "bottom")
    panel.title(name, ink(colour), up=32)
    ends, height = (-reach, -0.56 * reach), 1.32 * reach
    panel.line(colour, 2.4, ends, [height, height], linestyle=dashes, clip_on=False, animated=False)  # a sample
    panel.readout(f"score-{n + 1}", 0, ha="left", fontsize=11.5)
    for value, (dark, half, width) in enumerate(CLASSES):
        across, up = x[y == value].T
        stroke = np.array([-half, half, np.nan]) * 2 * reach / SIDE
        # One line for all, because a marker each would make up nine tenths of a frame. Rounded to whole pixels, strokes
        # as short as the dots' would vanish from a PNG.
        path = np.repeat(across, 3), np.add.outer(up, stroke).ravel()
        panel.line(dark, width, *path, zorder=1, snap=False, animated=False)
    # Above the strokes, half transparent, so that only the image is drawn anew in a frame.
    look = {"cmap": PLANE, "vmin": 0, "vmax": 1, "alpha": 0.4, "interpolation": "bilinear", "zorder": 2}
    return panel.image([[0.5]], extent=(*span, *span), origin="lower", **look)


def _losses(page, names, title, steps):
    """Draw what stays of the panel of losses, and return its curves and the names at their ends."""
    panel = page.panel(264, 136, 62, 510, x=(0, steps), y=(0, HIGHEST))
    panel.axes.set_yticks([0, 0.5, np.log(2), 1], ["0", "0.5", "chance", "1"])
    panel.title(title)
    panel.caption("training step")
    panel.readout("step", fontsize=12)
    curves, ends = [], []
    for name, (colour, dashes) in zip(names, LOOKS, strict=True):
        curves.append(panel.line(colour, 2.4, linestyle=dashes))
        look = {"ha": "left", "fontsize": 11.5, "weight": "bold"}
        ends.append(panel.label(name, 1.015 * steps, 0, color=ink(colour), **look))
    return curves, ends
