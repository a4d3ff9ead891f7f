"""race: four networks learn the same data at the same time, in a thread of their own, while the picture follows."""

import threading
import time
from typing import NamedTuple

import ipywidgets
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.arguments import as_floats
from helpers.figures import Page
from helpers.figures.controls import number_slider
from helpers.figures.live import DRAWING, LiveFigure
from helpers.figures.marks import shortened, spread
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, ink, number, own_settings
from helpers.network import Network, parts

__all__ = ["race"]

RUNNERS = {
    "sigmoid, Xavier": {"activation": "sigmoid", "initialisation": "xavier"},
    "tanh, Xavier": {"activation": "tanh", "initialisation": "xavier"},
    "ReLU, Xavier": {"activation": "relu", "initialisation": "xavier"},
    "ReLU, He": {"activation": "relu", "initialisation": "he"},
}
EVERY = 10  # steps from one report to the next
FRAME = 0.15  # seconds from one picture to the next, or twice what the last one took if that is longer
GRID = 40  # points on each side of a plane
DEEPEST = 30
START = {"ready": "start", "running": "stop", "stopped": "go on", "finished": "race again"}
SIDE, HEIGHT = 163, 136  # of a panel and of the losses' panel, in pixels
HIGHEST = 1.05  # of the axis of losses
LOOKS = ((BLUE, "-"), (GREEN, "-"), (ORANGE, (0, (4, 2))), (INK, "-"))
# Each example is a line with round ends, (colour, half its length, its width): a dot for label 0, an upright grain for
# label 1.
CLASSES = (("#003A5D", (0.05, 0), 4.6), ("#7A1F55", (0, 2.4), 2.6))
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
    x, y = as_floats(x, "x"), np.asarray(y if as_floats(y, "y").ndim else [y])
    slider = number_slider("hidden layers", depth, 1, DEEPEST, 1, name="depth")
    plan = {"rate": rate, "steps": steps, "batch": batch, "seed": seed}
    return Track(slider, runners, x, y, width, plan).live


class Track:
    """The contest that is on, the button that starts and stops it, and its picture; `live` is the LiveFigure."""

    def __init__(self, slider, runners, x, y, width, plan):
        self._start = lambda depth: Contest(runners.values(), x, y, depth, width, dict(plan))
        self._plan, self._failures = plan, []  # sentences from the thread, for the message line
        self._contest = self._start(slider.value)  # raises if it cannot be run
        self._view = View(list(runners), x, y, self._contest.reach, plan["steps"])
        self._button = ipywidgets.ToggleButton(description="start", button_style="primary", layout={"width": "120px"})
        self._bar = ipywidgets.IntProgress(max=plan["steps"], layout={"width": "100%"}, style={"bar_color": "#0072B2"})
        rows = [slider, ipywidgets.HBox([self._button, self._bar])]
        controls = {"depth": slider, "running": self._button}
        self.live = LiveFigure(self._view.page.figure, controls, self.update, rows)

    def update(self, depth, running):
        """Start, stop or renew the contest as the controls say, and return the picture in words."""
        if self._failures:
            raise ValueError(self._failures.pop())
        fresh, again = depth != self._contest.depth, running and self._contest.state == "finished"
        if fresh or again:
            self._contest.halt()
            self._plan["seed"] += not fresh
            self._contest = self._start(depth)
        if fresh:
            self._button.value = running = False
        if running and self._contest.state != "running":
            self._contest.start(self.live.refresh, self._ended)
        elif not running:
            self._contest.halt()
        standing, state = self._contest.standing, self._contest.state
        self._button.description, self._bar.value = START[state], standing.steps[-1]
        return self._view.show(standing, state)

    def _ended(self, which, trouble):
        with DRAWING:
            if which is self._contest:
                self._button.value = False
                self.live.refresh()
            if which is self._contest and trouble:
                self._failures.append(trouble)
                self.live.refresh()  # again, so that the sentence stands under a picture that no longer says "running"


class View:
    """A panel for each of four runners, with the data in it, and one picture of all losses."""

    def __init__(self, names, x, y, reach, steps):
        self._names, self._steps = [shortened(name) for name in names], steps
        self.page = Page(440)
        self._planes = [self._plane(n, x, y, reach) for n in range(len(names))]
        panel = self.page.panel(264, HEIGHT, 62, 510, x=(0, steps), y=(0, HIGHEST))
        panel.axes.set_yticks([0, 0.5, np.log(2), 1], ["0", "0.5", "chance", "1"])
        panel.title(f"loss on all {len(y)} examples", fontsize=13, up=8.2)
        panel.caption("training step", down=36.7)
        panel.readout("step", up=8.2, fontsize=12)
        self._curves = [panel.line(colour, 2.4, linestyle=dashes) for colour, dashes in LOOKS]
        look = {"va": "center_baseline", "fontsize": 11.5, "weight": "bold", "animated": True}
        pairs = zip(self._names, LOOKS, strict=True)
        self._ends = [panel.text(name, 1.015, color=ink(colour), **look) for name, (colour, _) in pairs]

    def _plane(self, n, x, y, reach):
        """Draw what stays of a runner's panel, and return its image."""
        panel = self.page.panel(62, SIDE, 8 + 180 * n, SIDE, xticks=[], yticks=[])
        panel.bare("left", "bottom")
        panel.axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
        for value, (colour, half, width) in enumerate(CLASSES):
            # One path for all, because a marker each would make up nine tenths of a frame.
            path = _strokes(x[y == value], np.array(half) * 2 * reach / SIDE)
            # Rounded to whole pixels, strokes as short as the dots' would vanish from a PNG.
            look = {"edgecolor": colour, "linewidth": width, "capstyle": "round", "snap": False}
            panel.axes.add_patch(PathPatch(path, facecolor="none", zorder=1, **look))
        # Above the strokes, half transparent, so that only the image is drawn anew in a frame.
        look = {"extent": (-reach, reach, -reach, reach), "origin": "lower", "interpolation": "bilinear", "zorder": 2}
        image = panel.image(np.full((2, 2), 0.5), cmap=PLANE, vmin=0, vmax=1, alpha=0.4, **look)
        colour, dashes = LOOKS[n]
        panel.title(self._names[n], ink(colour), fontsize=13, up=32)
        sample = {"linestyle": dashes, "transform": panel.axes.transAxes, "clip_on": False, "animated": False}
        panel.line(colour, 2.4, [0, 0.22], [1 + 26 / SIDE] * 2, **sample)
        panel.readout(f"score-{n + 1}", 0, up=7, ha="left", fontsize=11.5)
        return image

    def show(self, standing, state):
        """Move everything to a standing of the race, and return the picture in words."""
        last, scores = standing.losses[:, -1], {}
        for n, (plane, curve) in enumerate(zip(self._planes, self._curves, strict=True)):
            plane.set_data(standing.planes[n])
            curve.set_data(standing.steps, standing.losses[n])
            outcome = "diverged" if standing.diverged[n] else f"{100 * standing.right[n]:.0f} % right"
            loss = number(last[n], 3) if last[n] >= 1e-3 else "0.000"
            scores[f"score-{n + 1}"] = f"loss {loss}, {outcome}"
        places = spread(HEIGHT * np.clip(last / HIGHEST, 0, 1), 15, 4, HEIGHT - 4) / HEIGHT
        for end, place in zip(self._ends, places, strict=True):
            end.set_y(place)
        step = f"seed {standing.seed}, step {standing.steps[-1]} of {self._steps}: {state}"
        self.page.write(scores, step=step)
        said = (f"{name}: {score}" for name, score in zip(self._names, scores.values(), strict=True))
        return f"{standing.depth} hidden layers, {step}. {'; '.join(said)}."


def _strokes(points, half):
    """Return one path with a straight stroke through each of the points, from -half to +half."""
    ends = np.stack([points - half, points + half], axis=1).reshape(-1, 2)
    return Path(ends, [Path.MOVETO, Path.LINETO] * len(points))


class Standing(NamedTuple):
    """Where the runners stand: what a picture needs, and nothing that training changes."""

    depth: int
    seed: int
    steps: list  # at which the losses were taken
    losses: np.ndarray  # shape (runners, len(steps)), on all examples
    right: list  # the share of right answers, for each runner
    planes: list  # for each runner the probability of label 1 on a grid
    diverged: list  # whether a runner has outgrown float64 and stands where it last was sound


class Runner:
    """One network with its training, advanced a few steps at a time."""

    def __init__(self, options, x, y, depth, width, plan):
        options = dict(options)
        clip = options.pop("clip", None)
        self.net = Network([2] + [width] * depth + [2], seed=plan["seed"], **options)
        self._training = self.net.train(x, y, every=EVERY, clip=clip, **plan)
        self._x, self._y = x, y
        self.losses, self.diverged = [], False

    def advance(self):
        """Train up to the next report and note the loss on all examples."""
        report = next(self._training, None)
        self.diverged |= bool(report and report.trouble)
        chances = np.take_along_axis(self.answers(self._x), self._y[:, None], axis=1)
        self.losses.append(-float(np.log(np.maximum(chances, 1e-300)).mean()))

    def answers(self, points):
        """Return what the network makes of the points, shape (points, 2)."""
        if self.net.axis == 0 and self.net.running is None:  # before training, the whole batch is what normalises
            return self.net.forward(points)
        pieces = parts(len(points), max(self.net.sizes))
        return np.concatenate([self.net.forward(points[piece]) for piece in pieces])


class Contest:
    """All runners at one depth: `state` is "ready", "running", "stopped" or "finished"."""

    def __init__(self, runners, x, y, depth, width, plan):
        self.depth, self.state = depth, "ready"
        self.runners = [Runner(options, x, y, depth, width, plan) for options in runners]
        self._x, self._y, self._last, self._seed = x, y, plan["steps"], plan["seed"]
        self.reach = 1.08 * float(np.abs(x).max())
        along = np.linspace(-self.reach, self.reach, GRID)
        self._grid = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
        self._steps, self._halt, self._turn = [], threading.Event(), threading.Lock()
        self._advance(self._halt)
        self.standing = self._stand()

    def start(self, show, ended):
        """Train in a thread of its own; `show()` is called every few steps, `ended(self, trouble)` at the end."""
        self.state, self._halt = "running", threading.Event()
        threading.Thread(target=self._run, args=(self._halt, show, ended), name="race", daemon=True).start()

    def halt(self):
        """Let a running thread end after the steps it is at; the runners can go on from there."""
        self._halt.set()
        self.state = "stopped" if self.state == "running" else self.state

    def _run(self, halt, show, ended):
        trouble = ""
        try:
            with self._turn:  # a thread that was halted a moment ago may still be at its last steps
                self._train(halt, show)
        except Exception as error:  # nobody watches a thread: the message line tells it
            trouble = f"The race ended early: {type(error).__name__}: {error}"
        if halt is self._halt:
            finished = self._steps[-1] >= self._last and not halt.is_set()
            self.state = "finished" if finished else "stopped"
            ended(self, trouble)

    def _train(self, halt, show):
        due = time.monotonic() + FRAME
        while self._steps[-1] < self._last and self._advance(halt):
            started = time.monotonic()
            if started >= due:
                self.standing = self._stand()
                show()
                due = time.monotonic() + max(FRAME, 2 * (time.monotonic() - started))
        self.standing = self._stand()

    def _advance(self, halt):
        """Return True after every runner's next few steps, False when that was halted on the way."""
        todo = [runner for runner in self.runners if len(runner.losses) == len(self._steps)]
        for runner in todo:
            if halt.is_set():
                return False
            runner.advance()
        self._steps.append(min(len(self._steps) * EVERY, self._last))
        return True

    def _stand(self):
        """Return the present Standing."""
        count = len(self._steps)
        points = np.concatenate([self._grid, self._x])
        chances = [runner.answers(points)[:, 1] for runner in self.runners]
        right = [float(np.mean((chance[len(self._grid) :] > 0.5) == self._y)) for chance in chances]
        planes = [chance[: len(self._grid)].reshape(GRID, GRID) for chance in chances]
        losses = np.array([runner.losses[:count] for runner in self.runners])
        diverged = [runner.diverged for runner in self.runners]
        return Standing(self.depth, self._seed, list(self._steps), losses, right, planes, diverged)
