"""race: four networks learn the same data at the same time, in a thread of their own, while the picture follows."""

import ipywidgets
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.arguments import as_floats
from helpers.figures import Page
from helpers.figures.compare import shortened
from helpers.figures.controls import number_slider
from helpers.figures.live import DRAWING, LiveFigure
from helpers.figures.marks import spread
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, ink, number, own_settings
from helpers.lessons.vanishing_gradient.contest import RUNNERS, Contest

__all__ = ["race"]

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
        panel = self.page.panel(264, HEIGHT, 62, 510, xlim=(0, steps), ylim=(0, HIGHEST))
        panel.axes.set_yticks([0, 0.5, np.log(2), 1], ["0", "0.5", "chance", "1"])
        panel.title(f"loss on all {len(y)} examples", size=13, up=8.2)
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
        panel.title(self._names[n], ink(colour), size=13, up=32)
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
