"""The room of 03_relu: curves from pieces, dead units, a unit followed through its training, and the exercises."""

import functools

import numpy as np
from helpers.figures.marks import SumPicture, stems

from helpers.arguments import as_array, describe_error, is_number, name_of, pair, short_repr
from helpers.exercises import FunctionTask
from helpers.figures import Page, with_room
from helpers.figures.sampling import evaluate
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, SOFT, ink, number, own_settings
from helpers.functions import relu

__all__ = ["dead_units", "follow", "pieces"]

MOST = 24  # pieces
BENDING = {1: GREEN, 0: SOFT, -1: ORANGE}  # a unit that bends the sum upwards, not at all, downwards
LOW, HIGH = -6.0, 3.0  # the ends of the slider for the bias in dead_units
STUB = 0.025  # the least height of a bar


@own_settings()
def pieces(units, targets, *, count=4, x_range=(-3, 3)):
    """Return a LiveFigure of a target and a sum of ReLU units, with a slider for their number.

    `units(x, corners, heights)` returns what each unit contributes at the inputs x of shape (points,), as an array
    of shape (len(corners) − 1, points); the sum starts at heights[0]. `targets` maps names to functions of an array;
    buttons choose one. Corners are evenly spaced over `x_range`. What cannot be drawn raises ValueError or TypeError.
    """
    lo, hi = pair(x_range, "x_range")
    if not isinstance(targets, dict) or not targets or not all(map(callable, targets.values())):
        raise TypeError(f'targets must map names to functions, not {short_repr(targets)}; try {{"sin x": np.sin}}.')
    picture = SumPicture(lo, hi, MOST, "a sum of ReLU units", "what each unit adds")
    picture.lower.text("green: bends the sum upwards", 0.76, up=10, color=ink(GREEN), ha="right")
    picture.lower.text("orange: downwards", 1, up=10, color=ink(ORANGE), ha="right")
    picture.page.slider("count", "pieces", count, 1, MOST, 1)
    picture.page.choice("target", "target", list(targets))
    sums = functools.cache(lambda target: _sums(units, targets[target], target, picture.x))

    def update(count, target):
        heights, reach, cases = sums(target)
        corners, parts = cases[count]
        bends = np.sign((parts[:, -1] - parts[:, 0]).round(9))
        errors = picture.show(heights, parts, [BENDING[bend] for bend in bends], start=heights[0])
        picture.hold(heights, reach)
        picture.mark(corners)
        error = picture.read_out(f"largest error: {number(errors.max())}")
        built = f"{target} from {number(lo, 1)} to {number(hi, 1)}, built from {count} ReLU unit{'s' * (count > 1)}"
        return f"{built}: {error}. Bending upwards: {np.sum(bends > 0)}, downwards: {np.sum(bends < 0)}."

    return picture.page.live(update)


def _sums(units, target, name, x):
    """Return (heights of the target, lowest and highest contributions, {pieces: (corners, contributions)})."""
    heights, reach, cases = evaluate(target, x, name), [], {}
    for count in range(1, MOST + 1):
        corners = np.linspace(x[0], x[-1], count + 1)
        parts = _contributions(units, x, corners, evaluate(target, corners, name))
        reach += [parts.min(), parts.max()]
        cases[count] = corners, parts
    return heights, reach, cases


def _contributions(units, x, corners, heights):
    """Return what the learner's units add, or raise ValueError when it cannot be drawn."""
    name = name_of(units, "pieces(units, targets)")
    try:
        return as_array(units(x, corners, heights), "its result", (len(corners) - 1, len(x)))
    except Exception as trouble:  # a learner's function may raise anything; the message tells it
        raise ValueError(f"{name} fails for {len(corners)} corners: {describe_error(trouble)}") from trouble


@own_settings()
def dead_units(sums, *, bias=0.0, examples=None):
    """Return a LiveFigure of the ReLU units whose sums without a bias are given, with a slider for one bias of all.

    `sums` has shape (examples, units), 2 to 100 units. Above: the share of examples that switch each unit on, the
    units in the order in which they die; below: the share of dead units for every bias. A second slider says how many
    of the examples count, `examples` at first. Raises ValueError or TypeError for other shapes and values.
    """
    sums = as_array(sums, "sums", (("examples", 2, np.inf), ("units", 2, 100)))
    sums = sums[:, np.argsort(-sums.max(axis=0))]
    page, show = _draw_layer(sums.shape[1])
    page.slider("bias", "bias", bias, LOW, HIGH, 0.1)
    page.drag(page.panels[1], "bias")
    page.slider("examples", "examples", len(sums) if examples is None else examples, 1, len(sums), 1)

    def update(bias, examples):
        seen = sums[:examples]
        said = show(bias, on=(seen + bias > 0).mean(axis=0), deadly=-seen.max(axis=0))
        return (
            f"Bias {number(bias, 1)}, {examples} example{'s' * (examples > 1)}: {said['dead']} units, which no example "
            f"switches on; {said['zeros']}."
        )

    return page.live(update)


def _draw_layer(units):
    """Return (page, a function that shows a bias, the shares of examples that switch units on, the deadly biases)."""
    page, shares = Page(458), {"yticks": [0, 0.5, 1], "yticklabels": ["0 %", "50 %", "100 %"]}
    upper = page.panel(36, 190, x=(-1, units), y=(-0.04, 1.02), xticks=[], **shares)
    upper.title("examples that switch each unit on", BLUE)
    upper.caption("each bar is one unit; a cross: no example switches it on", 20)
    upper.readout("zeros")
    bars = upper.line(BLUE, 420 / units, solid_capstyle="butt")
    crosses = upper.dots(ORANGE, 9, 1, marker="X")
    lower = page.panel(294, 112, x=(LOW, HIGH), y=(-0.04, 1.04), **shares)
    lower.title("dead units, by bias")
    lower.caption("bias, the same for all units")
    lower.readout("dead")
    curve, guide, dot = lower.line(INK, 2), lower.guide(), lower.dots(ORANGE)

    def show(bias, on, deadly):
        dead = np.flatnonzero(on == 0)
        # One example of a thousand would be too low to be seen, and it is what keeps a unit alive.
        bars.move(*stems(range(units), np.maximum(on, STUB * (on > 0))))
        crosses.move(dead, 0 * dead)
        # From left to right the share of dead units falls by one unit at each deadly bias.
        curve.move([LOW, *np.repeat(np.sort(deadly), 2), HIGH], np.repeat(np.linspace(1, 0, units + 1), 2))
        guide.set_xdata([bias, bias])
        dot.move(bias, len(dead) / units)
        return page.write(
            zeros=f"outputs that are 0: {100 * (1 - on.mean()):.1f} %",
            dead=f"dead: {len(dead)} of {units}",
        )

    return page, show


@own_settings()
def follow(histories, *, step=20):
    """Return a LiveFigure of a unit's sums, a line for each example, with a slider for the training step.

    `histories` maps the name of each case to an array of shape (steps, examples), the same shape for all; buttons
    choose the case, and `step` is shown at first. Raises TypeError or ValueError for anything else.
    """
    histories = _same_shape(histories)
    values = list(histories.values())
    last = len(values[0]) - 1
    page, lines, dots = _draw_history(last, with_room(values))
    page.slider("step", "training step", min(step, last) if is_number(step) else step, 0, last, 1)
    page.choice("case", "case", list(histories))

    def update(step, case):
        so_far = histories[case][: step + 1]
        now = so_far[-1]
        lines.set_segments([np.column_stack([np.arange(step + 1), line]) for line in so_far.T])
        lines.set_color([BLUE if z > 0 else SOFT for z in now])
        dots.move(np.full_like(now, step), now)
        said = page.write(on=f"after {step} steps: on for {np.sum(now > 0)} of {now.size} examples")
        return f"{case}, {said['on']}; its sums lie between {number(now.min(), 2)} and {number(now.max(), 2)}."

    return page.live(update)


def _same_shape(histories):
    """Return the histories as float arrays, or raise TypeError or ValueError when they cannot be followed."""
    if not isinstance(histories, dict) or not histories:
        raise TypeError(f'follow needs a dict of arrays, not {short_repr(histories)}; try {{"ReLU": sums}}.')
    shape = (("steps", 2, np.inf), "examples")
    result = {}
    for name, sums in histories.items():
        result[name] = as_array(sums, f"the history of {name}", shape, example="a smaller rate")
        shape = result[name].shape  # of all the others too
    return result


def _draw_history(last, heights):
    """Return (page, a line for each example, their ends) for the training steps from 0 to the last."""
    page = Page(318)
    panel = page.panel(36, 220, width=622, x=(0, last), y=heights)
    panel.rule(0, color=INK, linewidth=1.2)
    page.drag(panel, "step")
    panel.title("the unit's sum, example by example", BLUE)
    panel.caption("training step")
    beside = {"transform": panel.axes.get_yaxis_transform(), "va": "center", "color": SOFT}
    panel.text("on\noff", 1.013, 0, linespacing=1.6, **beside)  # on above 0, off below
    panel.readout("on", 1.05)
    return page, panel.lines(linewidths=1.6, zorder=3), panel.dots(INK, 6, 1)


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


def bent(*weights, apart=1, unit=relu):
    """Return a sum of units with these weights: the first bends at 0, the others one after another `apart`."""
    return lambda x: sum(weight * unit(x - apart * i) for i, weight in enumerate(weights))


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
        reference=bent(1, -2, 1),
        cases=(np.array([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0]), 0.5),
        right="Up, down and level again: three corners, three units, and the weights are the changes of slope.",
        mistakes={
            "From 2 on it falls below 0: a third unit has to lift the slope from −1 to 0.": bent(1, -2),
            "From 1 on this is level; the slope has to change there by −2, from 1 to −1.": bent(1, -1),
            "From 1 to 2 this is level; the slope has to change there by −2, from 1 to −1.": bent(1, -1, 1),
            "relu(x + 1) bends at −1: to bend at 1, subtract 1 from x.": bent(1, -2, 1, apart=-1),
            "All three bend upwards; the middle one has to bend down.": bent(1, 1, 1),
            PYTHON_MAX: [bent(1, -2, 1, unit=lambda z: max(0, z)), bent(1, -2, 1, unit=lambda z: np.max(0, z))],
        },
    ),
}
