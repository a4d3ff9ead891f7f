"""slope_product: the chain rule in a chain of one unit a layer, factor by factor."""

from typing import NamedTuple

import numpy as np

from helpers.activations import sigmoid
from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import DOTTED, GRID, SOFT, VERMILION, number
from lessons.vanishing_gradient.common import HIDDEN
from lessons.vanishing_gradient.size_classes import (
    SIZE_CLASSES,
    THRESHOLDS,
    classify,
    power_label,
    size_in_words,
)

DEEPEST = 20
# Where the columns of words begin, in widths of the bars' panel from its left edge.
LAYER_COLUMN = -1.275
FACTOR_COLUMN = -1.125
PRODUCT_COLUMN = -0.51
HEADINGS = {
    LAYER_COLUMN: "layer",
    FACTOR_COLUMN: "its factor: the slope f′",
    PRODUCT_COLUMN: "left so far",
}
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Axis(NamedTuple):
    """A scale of the bars: its ends, its ticks and their words, and the heading above it."""

    low: float
    high: float
    ticks: tuple
    labels: object
    heading: str


AXES = {
    "plain": Axis(0.0, 1.2, (0, 0.25, 0.5, 0.75, 1), None, "how much that is"),
    "log": Axis(
        -15.0, 5.0, (-15, -10, -5, 0, 5), power_label, "the same, on a log scale"
    ),
}


def slope_product(depth=10):
    """Return a LiveFigure of ∂out/∂z₁ in a chain of one unit a layer, with a row for each factor.

    A factor is weight · f′(z); all layers have one weight, and each z is drawn from a normal
    distribution, or is its mean where the spread is 0. `depth` is the number of layers, 1 to 20;
    others raise ValueError or TypeError. A z of exactly 0, where the slope jumps, is refused in a
    sentence.
    """
    controls = {
        "depth": slider("layers", depth, 1, DEEPEST, 1, name="depth"),
        "activation": choice("activation", {f.name: f for f in HIDDEN}, sigmoid),
        "mean": slider("mean of z", 0.0, -3.0, 3.0, 0.1),
        "std": slider("spread of z", 1.0, 0.0, 3.0, 0.1),
        "seed": slider("seed", 0, 0, 20, 1),
        "weight": slider("weight", 1.0, 0.0, 6.0, 0.1),
        "scale": choice("scale of the bars", list(AXES)),
    }

    def draw(page, depth, activation, mean, std, seed, weight, scale):
        z = np.random.default_rng(seed).normal(mean, std, depth)
        if (z == 0).any() and slope_jumps_at_0(activation):
            raise ValueError(
                f"{activation.name} has no slope at exactly z = 0; "
                "move the mean or the spread of z."
            )
        slopes = activation.derivative(z)
        factors = weight * slopes
        products = np.cumprod(factors)
        size_class = classify(abs(products[-1]))
        product = size_in_words(products[-1])

        panel = draw_table(page, AXES[scale])
        bold = {"up": 34, "weight": "bold"}
        rule = chain_rule(depth, "f′" if weight == 1 else "w·f′")
        panel.readout("rule", rule, -1.275, ha="left", color=VERMILION, **bold)
        panel.readout(
            "product", f"= {product}: {size_class.word}", color=size_class.ink, **bold
        )
        lines = np.arange(depth) + 1.5  # below each row
        look = {"coordinates": "y", "zorder": 0.5, "clip_on": False}
        panel.strokes(LAYER_COLUMN, 1, lines, lines, GRID, 0.6, **look)
        times = "" if weight == 1 else f"{number(weight, 1)} · "
        for k in range(depth):
            factor = f"{times}f′({number(z[k], 2)}) = {size_in_words(factors[k])}"
            draw_row(panel, k + 1, depth - k, factor, products[k], scale)

        layers = "1 layer" if depth == 1 else f"{depth} layers"
        drawn = f"drawn from N({number(mean, 1)}, {number(std, 1)}²), seed {seed}"
        return (
            f"{layers} of {activation.name}, weight {number(weight, 1)}, "
            f"z {drawn if std else 'all alike'}. From the output to the input the slopes are "
            f"{' · '.join(map(number, slopes))}; with the weights their product is {product}: "
            f"{size_class.word}."
        )

    recorded = [
        {"depth": 20, "activation": None, "weight": 4, "scale": None},
        {"weight": 41, "activation": None},
        {"mean": 7, "std": 4, "activation": None},
        {"seed": 21, "activation": None},
    ]
    return LiveFigure(draw, controls, height=476, recorded=recorded)


def slope_jumps_at_0(activation):
    """Return whether the slopes on both sides of 0 differ."""
    left, right = activation.derivative(np.array([-1e-9, 1e-9]))
    return abs(right - left) > 1e-3


def chain_rule(depth, factor):
    """Return ∂out/∂z₁ as a product of such factors, one a layer; of many only the outer ones."""
    factors = [f"{factor}(z{str(k).translate(SUBSCRIPT)})" for k in range(depth, 0, -1)]
    if depth > 4:
        factors = [*factors[:2], "…", factors[-1]]
    return f"output per nudge of z₁ = {' · '.join(factors)}"


def draw_table(page, axis):
    """Return a panel with that Axis, headings above it and the size classes below."""
    panel = page.panel(
        62,
        366,
        396,
        306,
        x=(axis.low, axis.high),
        y=(DEEPEST + 0.6, 0.4),
        yticks=(),
        sides=("bottom",),
        xticks=axis.ticks,
        xformat=axis.labels,
    )
    ends = np.array(THRESHOLDS) if axis.low == 0 else np.log10(THRESHOLDS)
    for end in ends[(ends > axis.low) & (ends < axis.high)]:
        panel.vline(end, **DOTTED)
    small = {"ha": "left", "fontsize": 11, "coordinates": "y"}
    for x, heading in (HEADINGS | {0: axis.heading}).items():
        panel.label(heading, x, -0.3, color=SOFT, **small)
    for k, each in enumerate(SIZE_CLASSES):
        x = LAYER_COLUMN + 0.59 * k
        panel.label(f"{each.word}: {each.meaning}", x, 22.8, color=each.ink, **small)
    return panel


def draw_row(panel, row, layer, factor, product, scale):
    """Write a layer's factor and the product so far, and draw the product's size as a bar."""
    size = abs(product)
    size_class = classify(size)
    words = f"{size_in_words(product)} {size_class.word}"
    look = {"ha": "left", "coordinates": "y"}
    panel.label(str(layer), LAYER_COLUMN, row, color=SOFT, **look)
    look = {"color": VERMILION, "gid": f"factor-{row}", **look}
    panel.label(factor, FACTOR_COLUMN, row, **look)
    look |= {"color": size_class.ink, "gid": f"left-{row}"}
    panel.label(words, PRODUCT_COLUMN, row, **look)
    low, high = panel.x
    # 0 has no place on a log scale and no bar.
    end = size if scale == "plain" else np.log10(max(size, 1e-320))
    length = np.clip(end, low, high) - low
    look = {"zorder": 3, "gid": f"bar-{row}"}
    panel.rectangle(low, row - 0.36, length, 0.72, size_class.colour, **look)
