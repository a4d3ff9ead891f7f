"""race: four networks learn the same data at the same time, while the picture follows."""

import ipywidgets
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.arguments import as_floats, whole
from helpers.figures.live import LiveFigure
from helpers.figures.parts import keep_apart, shortened
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, ink, number
from lessons.vanishing_gradient.race_state import (
    Competitor,
    Race,
    plane_size,
    run_through,
)

RUNNERS = {
    "sigmoid, Xavier": {"activation": "sigmoid", "initialisation": "xavier"},
    "tanh, Xavier": {"activation": "tanh", "initialisation": "xavier"},
    "ReLU, Xavier": {"activation": "relu", "initialisation": "xavier"},
    "ReLU, He": {"activation": "relu", "initialisation": "he"},
}
MOST_STEPS = 10**6  # far more than anybody waits for
SIDE = 163  # of a plane, in pixels
HIGHEST = 1.05  # of the axis of losses
COLOURS = (BLUE, GREEN, ORANGE, INK)
DASHES = ("-", "-", (0, (4, 2)), "-")
# Each example is an upright stroke with round ends: a dot for label 0, a grain for label 1. The
# numbers are half its height and its width in pixels.
STROKES = (("#003A5D", 0.05, 4.6), ("#7A1F55", 2.4, 2.6))
PLANE = LinearSegmentedColormap.from_list(
    "classes", ["#56B4E9", "#E4E4E4", "#CC79A7"], N=11
)


def race(
    x,
    y,
    runners=RUNNERS,
    *,
    depth=10,
    width=32,
    steps=600,
    rate=0.05,
    batch=100,
    seed=0,
):
    """Return a LiveFigure in which four networks race to learn the same labels.

    These are sigmoid, tanh and ReLU with Xavier weights, and ReLU with He's. Others can race:
    `runners` is a dict of four names, each with a dict of what sets it apart, keywords of Network
    or `clip`. `x` has shape (examples, 2), `y` the labels 0 and 1. All take the same `steps` of
    gradient descent with the same `rate`, on the same minibatches of `batch` examples; the same
    `seed` draws their weights, and the next one when they race again. A slider sets their `depth`,
    1 to 30 hidden layers of `width` units; a button starts the race, stops it and lets it go on.
    Nothing runs before that. Raises ValueError or TypeError as Network does.
    """
    four = isinstance(runners, dict) and len(runners) == 4
    if not four or not all(isinstance(options, dict) for options in runners.values()):
        raise ValueError(
            'runners must be a dict of four names, each with a dict like {"activation": "tanh"}.'
        )
    x = as_floats(x, "x")
    as_floats(y, "y")  # for what it says about text; labels stay whole numbers
    y = np.atleast_1d(y)
    y = y.astype(int) if y.dtype == bool else y
    steps = whole(steps, "steps", 1, "steps=600", most=MOST_STEPS)
    training = {"rate": rate, "steps": steps, "batch": batch}

    def new_competitors(depth, seed):
        sizes = [2] + [width] * depth + [2]
        return [
            Competitor(x, y, sizes, training, seed, **options)
            for options in runners.values()
        ]

    race = Race(new_competitors, depth, steps, seed)
    names = [shortened(name) for name in runners]

    def draw_standings(page, standings, progress, depth):
        scores = []
        for n, (name, standing) in enumerate(zip(names, standings, strict=True)):
            panel = draw_plane(page, n, name, standing.answers, plane_size(x))
            draw_examples(panel, x, y)
            score = panel.readout(
                f"score-{n + 1}", score_of(standing), 0, ha="left", fontsize=11.5
            )
            scores.append(f"{name}: {score}")
        panel = draw_losses(page, names, standings, steps)
        panel.title(f"loss on all {len(y)} examples")
        panel.readout("step", progress, fontsize=12)
        return f"{depth} hidden layers, {progress}. {'; '.join(scores)}."

    def draw(page, **controls):
        """Draw what the race remembers: its `follow` has heard of the controls already."""
        if race.error:
            raise ValueError(race.error)
        progress = f"seed {race.seed}, step {race.step} of {steps}: {race.state}"
        return draw_standings(page, race.standings, progress, race.depth)

    def film():
        """Return a LiveFigure of one whole race, whose slider is the step."""
        moments = run_through(new_competitors(depth, seed))

        def draw_moment(page, step):
            progress = f"seed {seed}, step {step} of {steps}"
            return draw_standings(page, moments[step], progress, depth)

        control = ipywidgets.SelectionSlider(options=list(moments), description="step")
        return LiveFigure(draw_moment, {"step": control}, height=440)

    race.figure = LiveFigure(
        draw,
        {"depth": race.depth_slider, "running": race.button},
        height=440,
        rows=[race.depth_slider, ipywidgets.HBox([race.button, race.bar])],
        follow=race.follow,
        recorded=film,
    )
    return race.figure


def score_of(standing):
    """Return a competitor's loss and accuracy in words."""
    outcome = (
        "diverged" if standing.diverged else f"{100 * standing.accuracy:.0f} % right"
    )
    return f"loss {standing.losses[-1]:.3f}, {outcome}"


def draw_plane(page, n, name, answers, size):
    """Return the panel of network n, from −size to size, with its name and its answers."""
    limits = (-size, size)
    panel = page.panel(62, SIDE, 8 + 180 * n, SIDE, x=limits, y=limits, frame=False)
    panel.title(name, ink(COLOURS[n]), up=32)
    sample = [-size, -0.56 * size]  # of the curve of its losses
    panel.line(sample, 1.32 * size, COLOURS[n], 2.4, linestyle=DASHES[n], clip_on=False)
    # Half transparent above the examples, which so stay as they are from frame to frame.
    look = {
        "interpolation": "bilinear",
        "alpha": 0.4,
        "zorder": 2,
        "gid": f"answers-{n + 1}",
    }
    panel.image(answers, (*limits, *limits), PLANE, **look)
    return panel


def draw_examples(panel, x, y):
    """Draw the examples, those of a label as one line: markers would take ten times as long."""
    low, high = panel.y
    pixel = (high - low) / SIDE
    for label, (colour, half, width) in enumerate(STROKES):
        across, up = x[y == label].T
        foot = up - half * pixel
        top = up + half * pixel
        # Rounded to whole pixels (snap), strokes as short as the dots' would vanish from a PNG.
        look = {"zorder": 1, "snap": False}
        panel.strokes(across, across, foot, top, colour, width, **look)


def draw_losses(page, names, standings, steps):
    """Return the panel with each network's losses, and its name at their end."""
    panel = page.panel(
        264,
        136,
        62,
        510,
        x=(0, steps),
        y=(0, HIGHEST),
        yticks=(0, 0.5, np.log(2), 1),
        ylabels=("0", "0.5", "chance", "1"),
    )
    panel.caption("training step")
    last = [standing.losses[-1] for standing in standings]
    places = keep_apart(np.minimum(last, HIGHEST), 0.116, 0.03, 1.02)  # 15 pixels apart
    small = {"ha": "left", "fontsize": 11.5, "weight": "bold"}
    for n, (name, standing) in enumerate(zip(names, standings, strict=True)):
        look = {"linestyle": DASHES[n], "gid": f"losses-{n + 1}"}
        panel.line(standing.steps, standing.losses, COLOURS[n], 2.4, **look)
        label = name
        if last[n] > HIGHEST:
            label = f"↑ {number(last[n], 1 if last[n] < 10 else 0)} {name}"
        panel.label(label, 1.015 * steps, places[n], color=ink(COLOURS[n]), **small)
    return panel
