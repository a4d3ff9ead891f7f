"""race: four networks learn the same data at the same time, in a thread of their own, while the picture follows."""

import ipywidgets
import numpy as np

from helpers.arguments import as_floats
from helpers.explorers.contest import RUNNERS, Contest
from helpers.explorers.controls import number_slider
from helpers.explorers.race_view import View
from helpers.live import DRAWING, LiveFigure
from helpers.style import own_settings

DEEPEST = 30
START = {"ready": "start", "running": "stop", "stopped": "go on", "finished": "race again"}


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
    contest = Contest(runners.values(), x, y, slider.value, width, dict(plan))  # raises if it cannot be run
    view = View(list(runners), x, y, contest.reach, steps)
    button = ipywidgets.ToggleButton(description="start", button_style="primary", layout={"width": "120px"})
    bar = ipywidgets.IntProgress(max=steps, layout={"width": "100%"}, style={"bar_color": "#0072B2"})
    failures = []  # sentences from the thread, for the message line

    def update(depth, running):
        nonlocal contest
        if failures:
            raise ValueError(failures.pop())
        fresh, again = depth != contest.depth, running and contest.state == "finished"
        if fresh or again:
            contest.halt()
            plan["seed"] += not fresh
            contest = Contest(runners.values(), x, y, depth, width, dict(plan))
        if fresh:
            button.value = running = False
        if running and contest.state != "running":
            contest.start(live.refresh, ended)
        elif not running:
            contest.halt()
        standing, state = contest.standing, contest.state
        button.description, bar.value = START[state], standing.steps[-1]
        return view.show(standing, state)

    def ended(which, trouble):
        with DRAWING:
            if which is contest:
                button.value = False
                live.refresh()
            if which is contest and trouble:
                failures.append(trouble)
                live.refresh()  # again, so that the sentence stands under a picture that no longer says "running"

    row = ipywidgets.HBox([button, bar])
    live = LiveFigure(view.figure, {"depth": slider, "running": button}, update, [slider, row])
    return live
