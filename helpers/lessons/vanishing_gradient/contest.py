"""Networks that train side by side in a thread, can be stopped at any moment, and say where they stand."""

import threading
import time
from typing import NamedTuple

import numpy as np

from helpers.lessons.vanishing_gradient.parts import parts
from helpers.network import Network

RUNNERS = {
    "sigmoid, Xavier": {"activation": "sigmoid", "initialisation": "xavier"},
    "tanh, Xavier": {"activation": "tanh", "initialisation": "xavier"},
    "ReLU, Xavier": {"activation": "relu", "initialisation": "xavier"},
    "ReLU, He": {"activation": "relu", "initialisation": "he"},
}
EVERY = 10  # steps from one report to the next
FRAME = 0.15  # seconds from one picture to the next, or twice what the last one took if that is longer
GRID = 40  # points on each side of a plane


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
