"""descent: gradient descent to the two weights of a unit, whose inputs are centred or lifted."""

import numpy as np

from helpers.arguments import as_array, yes_or_no
from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, INK, SOFT, VERMILION, number

TARGET = np.array([1.5, -0.5])  # the right weights; the descent starts at (0, 0)
TOLERANCE = 1e-6  # so near to the right weights the descent ends
MOST_STEPS = 500
LEVELS = (1, 0.36, 0.09, 0.01)  # parts of the first loss at which contours are drawn
ANGLES = np.linspace(0, 2 * np.pi, 73)
CIRCLE = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])
# How words look below a panel.
FIRST_LINE = {"x": 0.5, "down": 41, "ha": "center", "fontsize": 12}
SECOND_LINE = {**FIRST_LINE, "down": 63}


def descent(inputs, *, lift=0.0, rate=0.2, one=False):
    """Return a LiveFigure: a unit's inputs, the descent on its loss, the error step by step.

    `inputs` has shape (examples, 2); `lift` from 0 to 1 is added to all of them. The unit has no
    bias, its loss is the mean squared error, and its right weights are (1.5, −0.5). A step moves
    them by `rate` times the gradient of all examples, or with `one` of one after another. Raises
    ValueError or TypeError for other inputs. Source: LeCun, Bottou, Orr & Müller (1998), Efficient
    BackProp, §4.3.
    """
    shape = (("examples", 2, 1000), 2)
    example = "np.tanh(rng.normal(size=(200, 2)))"
    inputs = as_array(inputs, "inputs", shape, low=-100, high=100, example=example)
    one = yes_or_no(one, "one")
    limits = (inputs.min() - 0.2, inputs.max() + 1.2)
    controls = {
        "lift": slider("lift", lift, 0.0, 1.0, 0.05),
        "rate": slider("learning rate", rate, 0.01, 2.5, 0.01, name="rate"),
    }

    def draw(page, lift, rate):
        lifted = inputs + lift
        curvatures, directions = principal_curvatures(lifted)
        smallest, largest = curvatures
        path = gradient_descent(lifted, rate, one)
        errors = np.abs(path - TARGET).max(axis=1)
        near = path[errors < 100].T

        plane = page.panel(36, 204, 30, 204, x=limits, y=limits, xticks=[-1, 0, 1, 2])
        plane.title("two inputs, all examples")
        draw_axes(plane, "x")
        plane.scatter(*lifted.T, BLUE, 4, alpha=0.75, gid="inputs")
        plus = {"marker": "+", "markeredgecolor": INK}
        plane.dots(*lifted.mean(axis=0), INK, 14, 2.5, gid="centre", **plus)
        condition = f"condition number {number(largest / smallest, 2)}"
        # Rounded down: at the rate told it has to arrive.
        fastest = np.floor(200 / largest) / 100
        limit = "" if one else f"flies off above rate {number(fastest, 2)}"
        plane.readout("condition", condition, **FIRST_LINE)
        plane.readout("limit", limit, **SECOND_LINE)

        bowl = page.panel(36, 204, 276, 204, x=(-0.7, 3.7), y=(-2.7, 1.7))
        bowl.title("loss over the two weights")
        draw_axes(bowl, "w")
        for ellipse in contours(curvatures, directions):
            bowl.area(
                ellipse,
                (BLUE, 0.07),
                edgecolor=(BLUE, 0.45),
                linewidth=1,
                gid="contour",
            )
        bowl.line(*near, VERMILION, 1.4, snap=False, gid="path")
        bowl.scatter(*near, VERMILION, 4.5)
        bowl.dots(*TARGET, INK, 13, 0.8, marker="*", gid="star")
        way = ""
        if one:
            same_way = np.diff(path, axis=0).prod(axis=1) > 0
            share = f"in {100 * same_way.mean():.0f} % of the steps"
            together = "both weights move the same way"
            bowl.readout("same", together, **FIRST_LINE)
            bowl.readout("way", share, **SECOND_LINE)
            way = f"{together} {share}; "

        scale = page.panel(
            top=36,
            height=204,
            left=532,
            width=172,
            x=(0, 100),
            y=(-6.3, 1.3),
            xticks=[0, 50, 100],
            yticks=[-6, -4, -2, 0],
            ylabels=["10⁻⁶", "10⁻⁴", "10⁻²", "1"],
        )
        scale.title("error left, by steps")
        exponents = np.log10(np.maximum(errors, 1e-9))
        scale.line(np.arange(len(path)), exponents, VERMILION, 2.4, gid="errors")
        steps, end = outcome(path, errors)
        scale.readout("steps", steps, **FIRST_LINE)
        scale.readout("end", end, **SECOND_LINE)

        batch = "one example" if one else "all examples"
        curvature = condition if one else f"{condition}, {limit}"
        return (
            f"Inputs lifted by {number(lift, 2)}, learning rate {number(rate, 2)}, each step uses "
            f"{batch}: {curvature}; {way}{steps}, {end}."
        )

    recorded = [{"lift": 11, "rate": 26}]
    return LiveFigure(draw, controls, height=322, recorded=recorded)


def hessian(inputs):
    """Return the Hessian of the loss: the mean of 2xᵢxⱼ over the examples, of shape (2, 2)."""
    return 2 * inputs.T @ inputs / len(inputs)


def principal_curvatures(inputs):
    """Return the Hessian's eigenvalues, the smaller one first, and its eigenvectors as columns.

    Raises ValueError when the inputs leave a direction without curvature.
    """
    curvatures, directions = np.linalg.eigh(hessian(inputs))
    if curvatures[0] < 1e-9 * max(1, curvatures[1]):
        raise ValueError(
            "These inputs vary in one direction only and say nothing about one of the two weights."
        )
    return curvatures, directions


def contours(curvatures, directions):
    """Return an ellipse for each of LEVELS, where the loss is that part of the first loss."""
    # The loss is ½ eᵀHe for the error e of the weights and the Hessian H.
    start = curvatures @ (TARGET @ directions) ** 2
    ellipse = CIRCLE / np.sqrt(curvatures) @ directions.T
    return [TARGET + np.sqrt(level * start) * ellipse for level in LEVELS]


def gradient_descent(inputs, rate, one):
    """Return the weights after 0, 1, … steps, of shape (steps + 1, 2).

    The descent ends when the weights are right or far off, or after MOST_STEPS. Each step uses the
    gradient of all examples, or of the next one if `one`.
    """
    hessians = [hessian(inputs)]
    if one:
        hessians = 2 * inputs[:, :, None] * inputs[:, None]  # each example's own: 2xᵢxⱼ
    error = -TARGET
    errors = [error]
    for step in range(MOST_STEPS):
        gradient = hessians[step % len(hessians)] @ error
        error = error - rate * gradient
        errors.append(error)
        if not TOLERANCE < np.abs(error).max() < 1e9:
            break
    return TARGET + np.array(errors)


def draw_axes(panel, name):
    """Draw lines at 0 and write the names of the two axes."""
    panel.hline(0)
    panel.vline(0)
    panel.text(f"{name}₁", 0.99, 0.03, ha="right", color=SOFT)
    panel.text(f"{name}₂", 0.02, 0.985, va="top", color=SOFT)


def outcome(path, errors):
    """Return in words how many steps the descent takes, and where it ends."""
    if errors[-1] <= TOLERANCE:
        return f"{len(errors) - 1} steps to 10⁻⁶", "ends at (1.50, −0.50)"
    if errors[-1] > errors[0]:
        return "never arrives", "it flies off"
    weights = ", ".join(number(weight, 2) for weight in path[-1])
    return f"more than {MOST_STEPS} steps", f"by then at ({weights})"
