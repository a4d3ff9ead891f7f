"""descent: the way of gradient descent to the two weights of a unit."""

import numpy as np

from helpers.arguments import as_floats, shown
from helpers.figures import Page
from helpers.figures.marks import beads
from helpers.figures.style import BLUE, INK, SOFT, VERMILION, number, own_settings

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
    inputs = as_floats(inputs, "inputs")
    if inputs.ndim != 2 or inputs.shape[1] != 2 or not 2 <= len(inputs) <= 1000 or not (np.abs(inputs) <= 100).all():
        raise ValueError(
            "inputs must be numbers from −100 to 100 of shape (examples, 2), 2 to 1000 examples, not "
            f"{shown(inputs)} of shape {inputs.shape}; try np.tanh(rng.normal(size=(200, 2)))."
        )
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
