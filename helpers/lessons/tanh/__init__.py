"""The room of 02_tanh: the way of gradient descent to two weights, and the exercises; the memory cell is in lstm.py."""

import numpy as np

from helpers.arguments import as_array
from helpers.exercises import FunctionTask
from helpers.figures import Page
from helpers.figures.marks import beads
from helpers.figures.style import BLUE, INK, SOFT, VERMILION, number, own_settings
from helpers.functions import identity, sigmoid, tanh

__all__ = ["descent"]

TARGET = np.array([1.5, -0.5])  # the right weights; the walk starts at (0, 0)
DONE = 1e-6  # so near to the right weights the walk ends
MOST = 500  # steps
LEVELS = (1, 0.36, 0.09, 0.01)  # parts of the first loss at which contours are drawn
ANGLES = np.linspace(0, 2 * np.pi, 73)
CIRCLE = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])


@own_settings()
def descent(inputs, *, lift=0.0, rate=0.45):
    """Return a LiveFigure: a unit's inputs, the loss over its two weights with the way down, the error step by step.

    `inputs` has shape (examples, 2); `lift` from 0 to 1 is added to all of them. The unit has no bias, its loss is
    half the mean squared error, and its right weights are (1.5, −0.5). A step moves them by `rate` times the gradient
    of all examples, or of one after another. Raises ValueError or TypeError for other inputs. Source: LeCun, Bottou,
    Orr & Müller (1998), Efficient BackProp, §4.3.
    """
    example = "np.tanh(rng.normal(size=(200, 2)))"
    shape = ("examples", 2, 1000), 2
    inputs = as_array(inputs, "inputs", shape, low=-100, high=100, example=example)
    page = Page(322)
    page.slider("lift", "lift", lift, 0.0, 1.0, 0.05)
    page.slider("rate", "learning rate", rate, 0.05, 5.0, 0.05)
    page.choice("one", "each step uses", {"all examples": False, "one example": True})
    return page.live(_walker(page, inputs))


def _walker(page, inputs):
    """Draw the three panels of `descent` and return the function that moves the marks for the sliders' values."""
    show = _draw(page, (inputs.min() - 0.2, inputs.max() + 1.2))

    def update(lift, rate, one):
        lifted = inputs + lift
        smallest, largest, ellipses = contours(lifted)
        path = walk(lifted, rate, one)
        distance = np.abs(path - TARGET).max(axis=1)
        show(lifted, ellipses, path, distance)
        said = page.write(
            condition=f"condition number {number(largest / smallest, 2)}",
            limit="" if one else f"flies off above rate {number(2 / largest, 2)}",
            same="both weights move the same way",
            way=f"in {np.mean(np.diff(path, axis=0).prod(axis=1) > 0) * 100:.0f} % of the steps",
            **_outcome(path[-1], distance),
        )
        batch = "one example" if one else "all examples"
        return (
            f"Inputs lifted by {number(lift, 2)}, learning rate {number(rate, 2)}, each step uses {batch}: "
            f"{said['condition']}{'' if one else ', '}{said['limit']}; "
            f"{said['same']} {said['way']}; {said['steps']}, {said['end']}."
        )

    return update


def curvature(inputs):
    """Return the matrix of second slopes of the loss: the mean of xᵢxⱼ over the examples."""
    return inputs.T @ inputs / len(inputs)


def walk(inputs, rate, one):
    """Return the weights after 0, 1, … steps, of shape (steps + 1, 2), until they are right, far off or many."""
    # A single example has a curvature too: xᵢxⱼ.
    curvatures = inputs[:, :, None] * inputs[:, None] if one else [curvature(inputs)]
    errors = [-TARGET]
    for step in range(MOST):
        errors.append(errors[-1] - rate * curvatures[step % len(curvatures)] @ errors[-1])
        if not DONE < np.abs(errors[-1]).max() < 1e9:
            break
    return TARGET + errors


def contours(inputs):
    """Return the smallest and the largest curvature of the loss, and an ellipse for each of LEVELS.

    On it the loss, ½ eᵀ·curvature·e for the error e of the weights, is that part of the loss at the start. Raises
    ValueError when the inputs leave a direction without curvature.
    """
    matrix = curvature(inputs)
    (smallest, largest), axes = np.linalg.eigh(matrix)
    if smallest < 1e-9 * max(1, largest):
        raise ValueError("These inputs vary in one direction only and say nothing about one of the two weights.")
    ellipse = CIRCLE / np.sqrt([smallest, largest]) @ axes.T
    start = TARGET @ matrix @ TARGET
    return smallest, largest, [TARGET + np.sqrt(part * start) * ellipse for part in LEVELS]


def _outcome(end, distance):
    """Return in how many steps the walk has come how far."""
    if distance[-1] <= DONE:
        return {"steps": f"{len(distance) - 1} steps to 10⁻⁶", "end": "ends at (1.50, −0.50)"}
    if distance[-1] > distance[0]:
        return {"steps": "never arrives", "end": "it flies off"}
    return {"steps": f"more than {MOST} steps", "end": f"by then at ({number(end[0], 2)}, {number(end[1], 2)})"}


def _draw(page, ends):
    """Return the function that shows inputs between the ends, contours of the loss, a path and its distances."""
    plane = _panel(page, 30, "two inputs, all examples", "condition", "limit", x=ends, y=ends, xticks=[-1, 0, 1, 2])
    bowl = _panel(page, 276, "loss over the two weights", "same", "way", x=(-0.7, 3.7), y=(-2.7, 1.7))
    scale = _panel(page, 532, "error left, by steps", "steps", "end", width=172, x=(0, 100), y=(-6.3, 1.3))
    scale.axes.set_xticks([0, 50, 100])
    scale.axes.set_yticks([-6, -4, -2, 0], ["10⁻⁶", "10⁻⁴", "10⁻²", "1"])
    for panel, axis in ((plane, "x"), (bowl, "w")):
        panel.rule(0)
        panel.rule(x=0)
        panel.text(f"{axis}₁", 0.99, 0.03, ha="right", color=SOFT)
        panel.text(f"{axis}₂", 0.02, 0.985, va="top", color=SOFT)
    examples = plane.line(BLUE, 4, alpha=0.5, snap=False)
    mean = plane.dots(INK, 14, 2.5, marker="+", markeredgecolor=INK)
    rings = [bowl.area((BLUE, 0.07), edgecolor=(BLUE, 0.45), linewidth=1) for _ in LEVELS]
    line, stops = (bowl.line(VERMILION, width, snap=False) for width in (1.4, 4.5))
    bowl.dots(INK, 13, 0.8, marker="*").move(*TARGET)
    error = scale.line(VERMILION, 2.4)

    def show(inputs, ellipses, path, distance):
        examples.move(*beads(*inputs.T))
        mean.move(*inputs.mean(axis=0))
        for ring, ellipse in zip(rings, ellipses, strict=True):
            ring.set_xy(ellipse)
        near = path[distance < 100].T
        line.move(*near)
        stops.move(*beads(*near))
        error.move(np.arange(len(path)), np.log10(np.maximum(distance, 1e-9)))

    return show


def _panel(page, left, title, *readouts, width=204, **axes):
    """Return a panel with a title above it and two readouts below."""
    panel = page.panel(36, 204, left, width, **axes)
    panel.title(title)
    for name, down in zip(readouts, (41, 63), strict=True):
        panel.readout(name, 0.5, down=down, ha="center", fontsize=12)
    return panel


def update_with(forget=sigmoid, into=sigmoid, candidate=tanh):
    """Return the update of an LSTM cell's memory in which these functions squash the three scores."""
    return lambda memory, f, i, x: forget(f) * memory + into(i) * candidate(x)


update = update_with()

EXERCISES = {
    "sigmoid from tanh": FunctionTask(
        reference=sigmoid,
        cases=(np.array([0.0, 1.0, -2.0, 3.5, -0.3, 1000.0, -1000.0]), 0.7),
        right="One curve is the other, stretched: halve the input, lift by 1, halve the output.",
        mistakes={
            "This is σ(2x). It undoes tanh(x) = 2σ(x) − 1, but there is a 2 inside too: tanh(x) = 2σ(2x) − 1.": (
                lambda x: (tanh(x) + 1) / 2
            ),
            "This is σ(4x): to undo a 2 inside, halve the input.": lambda x: (tanh(2 * x) + 1) / 2,
            "This runs from 0 to 2; one more halving brings it to the range of σ.": lambda x: tanh(x / 2) + 1,
            "This runs from −½ to ½; add the half that is missing.": lambda x: tanh(x / 2) / 2,
            "This runs from −1 to 0: the 1 has to be added, not taken away.": lambda x: (tanh(x / 2) - 1) / 2,
            "Half of the way: this still runs from −1 to 1, and σ runs from 0 to 1.": lambda x: tanh(x / 2),
            "This is tanh itself; σ is asked, built from tanh.": tanh,
        },
    ),
    "tanh slope from output": FunctionTask(
        reference=lambda t: 1 - t**2,
        cases=(np.array([0.0, 0.5, -0.5, 0.9, -0.99, 0.2]), 0.3),
        right="The slope follows from the output: 1 where it is 0, and less the nearer it comes to either end.",
        mistakes={
            "This applies tanh once more: t is an output of tanh already, so use it as it is.": (
                lambda t: 1 - tanh(t) ** 2
            ),
            "This is the slope of σ from its output; tanh has another one.": lambda t: t * (1 - t),
            "The square belongs to t alone: 1 − t², not (1 − t)².": lambda t: (1 - t) ** 2,
            "The square is missing: a slope has to be the same for t and −t.": lambda t: 1 - t,
            "The sign is turned: every slope of tanh is positive, yours are negative.": lambda t: t**2 - 1,
            "The square is taken away, not added: no slope of tanh is above 1.": lambda t: 1 + t**2,
            "This doubles the output; it has to be squared, t ** 2.": lambda t: 1 - 2 * t,
            "This goes back to the input x; the slope there is asked, and needs no x.": np.arctanh,
        },
    ),
    "memory update": FunctionTask(
        reference=update,
        # The memory, the forget score, the input score, the candidate's score.
        cases=((0.5, 1.0, -1.0, 2.0), (-1.2, 4.0, 0.0, -1.0), (2.0, -3.0, 2.0, 0.3)),
        right="Two shares and one signed amount: σ decides how much, tanh decides what.",
        mistakes={
            "These are the bare scores: squash the gates by σ and the candidate by tanh.": update_with(
                identity, identity, identity
            ),
            "The gates are still bare scores: σ makes a share between 0 and 1 of each.": update_with(
                identity, identity
            ),
            "tanh as a gate can be negative and turn the memory's sign; a share needs σ.": update_with(tanh, tanh),
            "With σ the candidate can only add; tanh lets it lower the memory too.": update_with(candidate=sigmoid),
            "The two have changed places: σ belongs to the gates, tanh to the candidate.": update_with(
                tanh, tanh, sigmoid
            ),
            "The candidate is still a bare score: tanh brings it to between −1 and 1.": update_with(candidate=identity),
            "The gates have changed places: the forget gate multiplies the old memory.": (
                lambda memory, f, i, x: update(memory, i, f, x)
            ),
            "Despite its name the forget gate is the share that is kept: multiply by σ(forget) itself.": update_with(
                forget=lambda f: 1 - sigmoid(f)
            ),
            "The old memory comes in whole: multiply it by the forget gate first.": update_with(forget=np.ones_like),
            "The candidate comes in whole: multiply it by the input gate first.": update_with(into=np.ones_like),
            "tanh of the memory belongs to the output; the memory itself is kept unsquashed.": (
                lambda memory, f, i, x: tanh(update(memory, f, i, x))
            ),
        },
    ),
}
