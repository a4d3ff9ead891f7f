"""The picture of a race: what each network has learned of the plane above, the losses step by step below."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.explorers.panels import moving
from helpers.figures.compare import shortened
from helpers.figures.marks import spread
from helpers.style import BLUE, GREEN, INK, ORANGE, add_axes, label, new_figure, number

SIDE, HEIGHT = 163, 136  # of a panel and of the losses' axes, in pixels
HIGHEST = 1.05  # of the axis of losses
LOOKS = ((BLUE, "-"), (GREEN, "-"), (ORANGE, (0, (4, 2))), (INK, "-"))
INKS = (BLUE, "#00664B", "#8A5A00", INK)  # of the same hues, for text
# Each example is a line with round ends, (colour, half its length, its width): a dot for label 0, an upright grain for
# label 1.
CLASSES = (("#003A5D", (0.05, 0), 4.6), ("#7A1F55", (0, 2.4), 2.6))
PLANE = LinearSegmentedColormap.from_list("classes", ["#56B4E9", "#E4E4E4", "#CC79A7"], N=11)


class View:
    """A panel for each of four runners, with the data in it, and one picture of all losses."""

    def __init__(self, names, x, y, reach, steps):
        self.names, self.steps = [shortened(name) for name in names], steps
        self.figure = new_figure(440)
        self.planes, self.scores = [], []
        for n, name in enumerate(self.names):
            axes = add_axes(self.figure, 8 + 180 * n, 62, SIDE, SIDE, xticks=[], yticks=[])
            self._panel(axes, name, n, x, y, reach)
        self.axes = add_axes(self.figure, 62, 264, 510, HEIGHT, xlim=(0, steps), ylim=(0, HIGHEST))
        self.axes.set_yticks([0, 0.5, np.log(2), 1], ["0", "0.5", "chance", "1"])
        label(self.axes, (0, 1.06), f"loss on all {len(y)} examples", weight="bold", fontsize=13)
        label(self.axes, (0.5, -0.27), "training step", ha="center")
        self.step = moving(label(self.axes, (1, 1.06), "", ha="right", gid="step"))
        self.curves = [moving(self.axes.add_line(_line(look))) for look in LOOKS]
        small = {"va": "center_baseline", "fontsize": 11.5, "weight": "bold"}
        self.ends = [
            moving(label(self.axes, (1.015, 0), name, color=ink, **small))
            for name, ink in zip(self.names, INKS, strict=True)
        ]

    def _panel(self, axes, name, n, x, y, reach):
        """Draw what stays of a panel, and add its image and its score to those that move."""
        axes.grid(False)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
        for value, (colour, half, width) in enumerate(CLASSES):
            # One path for all, because a marker each would make up nine tenths of a frame.
            path = _strokes(x[y == value], np.array(half) * 2 * reach / SIDE)
            # Rounded to whole pixels, strokes as short as the dots' would vanish from a PNG.
            look = {"edgecolor": colour, "linewidth": width, "capstyle": "round", "snap": False}
            axes.add_patch(PathPatch(path, facecolor="none", zorder=1, **look))
        # Above the strokes, half transparent, so that only the image is drawn anew in a frame.
        image = {"extent": (-reach, reach, -reach, reach), "origin": "lower", "interpolation": "bilinear", "zorder": 2}
        plane = axes.imshow(np.full((2, 2), 0.5), cmap=PLANE, vmin=0, vmax=1, alpha=0.4, aspect="auto", **image)
        self.planes.append(moving(plane))
        label(axes, (0, 1 + 32 / SIDE), name, color=INKS[n], weight="bold", fontsize=13)
        axes.add_line(_line(LOOKS[n], [0, 0.22], [1 + 26 / SIDE] * 2, transform=axes.transAxes, clip_on=False))
        self.scores.append(moving(label(axes, (0, 1 + 7 / SIDE), "", color=INK, fontsize=11.5, gid=f"score-{n + 1}")))

    def show(self, standing, state):
        """Move everything to a standing of the race, and return the picture in words."""
        last = standing.losses[:, -1]
        for n, plane in enumerate(self.planes):
            plane.set_data(standing.planes[n])
            outcome = "diverged" if standing.diverged[n] else f"{100 * standing.right[n]:.0f} % right"
            loss = number(last[n], 3) if last[n] >= 1e-3 else "0.000"
            self.scores[n].set_text(f"loss {loss}, {outcome}")
            self.curves[n].set_data(standing.steps, standing.losses[n])
        places = spread(HEIGHT * np.clip(last / HIGHEST, 0, 1), 15, 4, HEIGHT - 4) / HEIGHT
        for end, place in zip(self.ends, places, strict=True):
            end.set_y(place)
        self.step.set_text(f"seed {standing.seed}, step {standing.steps[-1]} of {self.steps}: {state}")
        scores = (f"{name}: {score.get_text()}" for name, score in zip(self.names, self.scores, strict=True))
        return f"{standing.depth} hidden layers, {self.step.get_text()}. {'; '.join(scores)}."


def _strokes(points, half):
    """Return one path with a straight stroke through each of the points, from -half to +half."""
    return Path(
        np.stack([points - half, points + half], axis=1).reshape(-1, 2), [Path.MOVETO, Path.LINETO] * len(points)
    )


def _line(look, x=(), y=(), **options):
    return Line2D(x, y, color=look[0], linestyle=look[1], linewidth=2.4, **options)
