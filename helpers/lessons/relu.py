"""The room of 03_relu: curves from pieces, dead units, a unit followed through its training, and the exercises."""

import functools

import numpy as np
from matplotlib.collections import LineCollection

from helpers.arguments import as_floats, pair
from helpers.exercises import FunctionTask
from helpers.figures import Page, with_room
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.marks import SumPicture
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, SOFT, ink, number, own_settings
from helpers.functions import relu

__all__ = ["dead_units", "follow", "pieces"]

MOST = 24  # pieces
BENDING = {1: GREEN, 0: SOFT, -1: ORANGE}  # a unit that bends the sum upwards, not at all, downwards
BIASES = (-6.0, 3.0)  # that the slider of dead_units reaches
STUB = 0.025  # the least height of a bar


@own_settings()
def pieces(units, targets, *, count=4, x_range=(-3, 3)):
    """Return a LiveFigure of a target and a sum of ReLU units, with a slider for their number.

    `units(x, corners, heights)` returns what each unit contributes at the inputs x of shape (points,), as an array
    of shape (len(corners) − 1, points); the sum starts at heights[0]. `targets` maps names to functions of an array;
    buttons choose one. Corners are evenly spaced over `x_range`. Raises ValueError or TypeError when units, a target or
    a number cannot be drawn.
    """
    ends = pair(x_range, "x_range")
    if not isinstance(targets, dict) or not targets:
        raise TypeError(f'targets must map names to functions, not {targets!r}; try {{"sin x": np.sin}}.')
    controls = {
        "count": number_slider("pieces", count, 1, MOST, 1, name="count"),
        "target": choice("target", list(targets), next(iter(targets))),
    }
    picture = _draw_pieces(*ends)
    sums = functools.cache(lambda target: _sums(units, targets[target], target, picture.x))

    def update(count, target):
        values, cases, reach = sums(target)
        corners, parts = cases[int(count) - 1]
        signs = np.sign((parts[:, -1] - parts[:, 0]).round(9))
        errors = picture.show(values, parts, [BENDING[sign] for sign in signs], start=values[0])
        picture.hold(values, reach)
        picture.mark(corners)
        return _described(target, ends, signs, picture.read_out(f"largest error: {number(errors.max())}"))

    return LiveFigure(picture.page.figure, controls, update)


def _draw_pieces(lo, hi):
    """Return the picture of a sum of ReLU units, with what their colours mean."""
    picture = SumPicture(lo, hi, MOST, "a sum of ReLU units", "what each unit adds")
    picture.lower.text("green: bends the sum upwards", 0.76, up=10, color=ink(GREEN), ha="right")
    picture.lower.text("orange: downwards", 1, up=10, color=ink(ORANGE), ha="right")
    return picture


def _described(target, ends, signs, error):
    """Return the picture of `pieces` in words."""
    built = f"{len(signs)} ReLU unit{'s' * (len(signs) > 1)}: {error}"
    bends = f"Bending upwards: {np.sum(signs > 0)}, downwards: {np.sum(signs < 0)}."
    return f"{target} from {number(ends[0], 1)} to {number(ends[1], 1)}, built from {built}. {bends}"


def _sums(units, function, name, x):
    """Return (values of the target, (corners, contributions) for every number of pieces, heights they all reach)."""
    values = evaluate(function, x, name)
    places = [np.linspace(x[0], x[-1], count + 1) for count in range(1, MOST + 1)]
    cases = [(corners, _contributions(units, x, corners, evaluate(function, corners, name))) for corners in places]
    return values, cases, [(parts.min(), parts.max()) for _, parts in cases]


def _contributions(units, x, corners, heights):
    """Return what the learner's units add, or raise ValueError when it cannot be drawn."""
    name = getattr(units, "__name__", "units")
    try:
        parts = np.asarray(units(x, corners, heights), dtype=float)
    except Exception as trouble:
        raise ValueError(f"{name} fails for {len(corners)} corners: {type(trouble).__name__}: {trouble}") from trouble
    needed = len(corners) - 1, len(x)
    if parts.shape != needed:
        raise ValueError(
            f"{name} returns shape {parts.shape} for {len(corners)} corners and {len(x)} inputs; "
            f"one row for each piece is needed, shape {needed}."
        )
    if not np.isfinite(parts).all():
        raise ValueError(f"{name} returns nan or inf for {len(corners)} corners; finite numbers are needed.")
    return parts


class _Layer:
    """The picture of `dead_units`: a bar for each unit above, the share of dead units against the bias below."""

    def __init__(self, units):
        self.units, self.page = units, Page(458)
        upper = self.page.panel(36, 190, x=(-1, units), y=(-0.04, 1.02), xticks=[])
        lower = self.page.panel(294, 112, x=BIASES, y=(-0.04, 1.04))
        for panel in (upper, lower):
            panel.axes.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        self._bars = _many_lines(upper, colors=BLUE, linewidths=420 / units)
        self._crosses = upper.dots(ORANGE, 9, 1, marker="X", zorder=4, clip_on=False)
        self._curve, self._guide = lower.line(INK, 2), lower.guide()
        self._dot = lower.dots(ORANGE, zorder=5, clip_on=False)
        upper.title("examples that switch each unit on", BLUE, up=11.4)
        upper.caption("each bar is one unit; a cross: no example switches it on", 20.9)
        lower.title("dead units, by bias", up=11.2)
        lower.caption("bias, the same for all units", 44.8)
        upper.readout("zeros", up=11.4)
        lower.readout("dead", up=11.2)

    def show(self, bias, on, deadly):
        """Move everything to the shares `on` of the units and the biases at which they die; return the readouts."""
        dead = on == 0
        # One example of a thousand would be too low to be seen, and it is what keeps a unit alive.
        heights = np.where(dead, 0.0, np.maximum(on, STUB))
        self._bars.set_segments([[(i, 0), (i, height)] for i, height in enumerate(heights)])
        self._crosses.set_data(np.flatnonzero(dead), np.zeros(dead.sum()))
        # From left to right the share falls by one unit at each of these biases.
        shares = np.arange(self.units, -1, -1) / self.units
        self._curve.set_data([BIASES[0], *np.repeat(np.sort(deadly), 2), BIASES[1]], np.repeat(shares, 2))
        self._guide.set_xdata([bias, bias])
        self._dot.set_data([bias], [dead.mean()])
        return self.page.write(
            zeros=f"outputs that are 0: {100 * (1 - on.mean()):.1f} %",
            dead=f"dead: {dead.sum()} of {self.units}",
        )


@own_settings()
def dead_units(sums, *, bias=0.0, examples=None):
    """Return a LiveFigure of the ReLU units whose sums without a bias are given, with a slider for one bias of all.

    `sums` has shape (examples, units), 2 to 100 units. Above: the share of examples that switch each unit on, the
    units in the order in which they die; below: the share of dead units for every bias. A second slider says how many
    of the examples count, `examples` at first. Raises ValueError or TypeError for other shapes and values.
    """
    sums = as_floats(sums, "sums")
    if sums.ndim != 2 or len(sums) < 2 or not 2 <= sums.shape[1] <= 100 or not np.isfinite(sums).all():
        raise ValueError(f"sums must be finite, in rows (examples) and 2 to 100 columns (units), not {sums.shape}.")
    sums = sums[:, np.argsort(-sums.max(axis=0))]
    layer = _Layer(sums.shape[1])
    controls = {
        "bias": number_slider("bias", bias, *BIASES, 0.1),
        "examples": number_slider("examples", len(sums) if examples is None else examples, 1, len(sums), 1),
    }

    def update(bias, examples):
        seen = sums[: int(examples)]
        said = layer.show(bias, on=(seen + bias > 0).mean(axis=0), deadly=-seen.max(axis=0))
        return (
            f"Bias {bias:.1f}, {int(examples)} example{'s' * (examples > 1)}: {said['dead']} units, which no example "
            f"switches on; {said['zeros']}."
        ).replace("-", "−")

    return LiveFigure(layer.page.figure, controls, update)


def _many_lines(panel, **look):
    """Return a mark of many lines, each with a colour of its own."""
    return panel.axes.add_collection(LineCollection([], animated=True, **look))


@own_settings()
def follow(histories, *, step=20):
    """Return a LiveFigure of a unit's sums, a line for each example, with a slider for the training step.

    `histories` maps the name of each case to an array of shape (steps, examples), the same shape for all; buttons
    choose the case, and `step` is shown at first. Raises TypeError or ValueError for anything else.
    """
    histories = _same_shape(histories)
    values = np.stack(list(histories.values()))
    _, steps, examples = values.shape
    page, lines, dots = _draw_history(steps, with_room(values))
    controls = {
        "step": number_slider("training step", min(step, steps - 1), 0, steps - 1, 1, name="step"),
        "case": choice("case", list(histories), next(iter(histories))),
    }

    def update(step, case):
        step, sums = int(step), histories[case]
        now, so_far = sums[step], np.arange(step + 1)
        lines.set_segments([np.column_stack([so_far, line]) for line in sums[: step + 1].T])
        lines.set_color([BLUE if z > 0 else SOFT for z in now])
        dots.set_data(np.full(examples, step), now)
        said = page.write(on=f"after {step} steps: on for {np.sum(now > 0)} of {examples} examples")
        return f"{case}, {said['on']}; its sums lie between {number(now.min(), 2)} and {number(now.max(), 2)}."

    return LiveFigure(page.figure, controls, update)


def _same_shape(histories):
    """Return the histories as float arrays, or raise TypeError or ValueError when they cannot be followed."""
    if not isinstance(histories, dict) or not histories:
        raise TypeError(f'follow needs a dict of arrays, not {histories!r}; try {{"ReLU": sums}}.')
    histories = {name: np.asarray(sums, dtype=float) for name, sums in histories.items()}
    shapes = {sums.shape for sums in histories.values()}
    shape = next(iter(shapes))
    if len(shapes) > 1 or len(shape) != 2 or shape[0] < 2 or shape[1] < 1:
        raise ValueError(f"Every history needs the same shape (steps, examples), not {sorted(shapes)}.")
    if not all(np.isfinite(sums).all() for sums in histories.values()):
        raise ValueError("A history holds nan or inf: the training ran away; try a smaller rate.")
    return histories


def _draw_history(steps, heights):
    """Return (page, a line for each example, their ends)."""
    page = Page(318)
    panel = page.panel(36, 220, width=622, x=(0, steps - 1), y=heights)
    panel.rule(0, color=INK, linewidth=1.2)
    panel.title("the unit's sum, example by example", BLUE, up=11)
    panel.caption("training step", 41.8)
    for height, text, side in ((4, "on", "bottom"), (-4, "off", "top")):
        place = {"xytext": (8, height), "textcoords": "offset points", "color": SOFT, "va": side}
        panel.axes.annotate(text, (1, 0), xycoords=panel.axes.get_yaxis_transform(), **place)
    lines = _many_lines(panel, linewidths=1.6, zorder=3)
    dots = panel.dots(INK, 6, 1, zorder=4, clip_on=False)
    panel.readout("on", 1.048, up=11)
    return page, lines, dots


# Sums of four examples and six units; the second and the last two are dead, the third is off on average only.
EXAMPLES = np.array(
    [
        [0.5, -1.0, -3.0, 2.0, -0.1, -1.0],
        [-0.5, -0.2, -2.0, 1.0, -4.0, 0.0],
        [1.5, -3.0, 0.3, 0.4, -2.0, -0.5],
        [-1.0, -0.7, -1.0, 3.0, -0.6, -2.0],
    ]
)
PYTHON_MAX = "max() compares whole arrays and np.max folds one; np.maximum, as in relu, works element by element."

EXERCISES = {
    "ReLU slope from output": FunctionTask(
        reference=lambda a: a > 0,
        cases=(np.array([0.0, 2.5, 0.0, 0.01, 7.0]), 0.0, 3.0),
        right="An output above 0 can only come from a unit that is on, so the inputs need not be kept.",
        mistakes={
            "No output of ReLU is negative, so a >= 0 is always true, also for units that are off.": lambda a: a >= 0,
            "This is the output itself; the slope of a unit is either 0 or 1.": lambda a: a,
            "This is the wrong way round: an output above 0 belongs to a unit that is on.": lambda a: a <= 0,
            "This is the slope of the sigmoid from its output; ReLU has another one.": lambda a: a * (1 - a),
            "A half at 0 is what a measurement to both sides gives; here the value 0 is asked, as in libraries.": (
                lambda a: np.where(a > 0, 1, 0.5)
            ),
            PYTHON_MAX: lambda a: max(0, a),
        },
    ),
    "dead units": FunctionTask(
        reference=lambda z: (z <= 0).all(axis=0),
        cases=(EXAMPLES, EXAMPLES[:1]),
        right="One example that switches a unit on is enough to keep it alive.",
        mistakes={
            "These units are off for at least one example, which is ordinary; dead means off for all of them.": (
                lambda z: (z <= 0).any(axis=0)
            ),
            "A sum of exactly 0 leaves a unit off too: compare with <=.": lambda z: (z < 0).all(axis=0),
            "z holds the sums, not the outputs: compare them with 0 by <=.": lambda z: (z == 0).all(axis=0),
            "axis=1 runs over the units of one example; examples lie along axis 0.": lambda z: (z <= 0).all(axis=1),
            "This is one answer for the whole layer; axis=0 gives one for each unit.": lambda z: (z <= 0).all(),
            "These are the units that live; the others are asked.": lambda z: (z > 0).any(axis=0),
            "A negative average is not enough: one positive sum keeps a unit alive.": lambda z: z.mean(axis=0) <= 0,
            "This is the share of examples that leave a unit off; dead means all.": lambda z: (z <= 0).mean(axis=0),
            "This answers for each example and unit; put the examples together, with .all(axis=0).": lambda z: z <= 0,
        },
    ),
    "tent": FunctionTask(
        reference=lambda x: relu(x) - 2 * relu(x - 1) + relu(x - 2),
        cases=(np.array([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0]), 0.5),
        right="Up, down and level again: three corners, three units, and the weights are the changes of slope.",
        mistakes={
            "From 2 on it falls below 0: a third unit has to lift the slope from −1 to 0.": (
                lambda x: relu(x) - 2 * relu(x - 1)
            ),
            "From 1 on this is level; the slope has to change there by −2, from 1 to −1.": (
                lambda x: relu(x) - relu(x - 1)
            ),
            "From 1 to 2 this is level; the slope has to change there by −2, from 1 to −1.": (
                lambda x: relu(x) - relu(x - 1) + relu(x - 2)
            ),
            "relu(x + 1) bends at −1: to bend at 1, subtract 1 from x.": (
                lambda x: relu(x) - 2 * relu(x + 1) + relu(x + 2)
            ),
            "All three bend upwards; the middle one has to bend down.": lambda x: relu(x) + relu(x - 1) + relu(x - 2),
            PYTHON_MAX: [
                lambda x: max(0, x) - 2 * max(0, x - 1) + max(0, x - 2),
                lambda x: np.max(0, x) - 2 * np.max(0, x - 1) + np.max(0, x - 2),
            ],
        },
    ),
}
