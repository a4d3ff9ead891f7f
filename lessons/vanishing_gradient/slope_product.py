"""slope_product: the slopes that a gradient meets in a chain of units, and what becomes of it."""

from typing import NamedTuple

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.arguments import one_of
from helpers.figures import Page
from helpers.figures.style import DOTTED, GREEN, GRID, ORANGE, PURPLE, SOFT, VERMILION, ink, number, own_settings, power


class Fate(NamedTuple):
    """A word, a colour for areas, a darker one for text, a mark, so that colour never speaks alone, and its meaning."""

    word: str
    colour: str
    ink: str
    marker: str
    meaning: str


GONE = Fate("gone", "#8C959F", SOFT, "X", "below 10⁻⁶")
SHRINKING = Fate("shrinking", ORANGE, ink(ORANGE), "v", "below 0.1")
ALIVE = Fate("alive", GREEN, ink(GREEN), "o", "0.1 to 10")
EXPLODING = Fate("exploding", PURPLE, ink(PURPLE), "^", "above 10")
FATES = (GONE, SHRINKING, ALIVE, EXPLODING)
BORDERS = (1e-6, 0.1, 10.0)  # between one fate and the next


def fate_of(size):
    """Return the fate of a gradient of which so many parts of 1 have come through."""
    return FATES[sum(size >= border for border in BORDERS[:2]) + (size > BORDERS[2])]


def count_powers(panel, axis):
    """Let an axis of the panel, "x" or "y", count powers of ten, with a dotted line between one fate and the next."""
    getattr(panel.axes, f"{axis}axis").set_major_formatter(lambda k, _: power(k) if k else "1")
    for border in BORDERS:
        panel.rule(**{axis: np.log10(border)}, **DOTTED)


DEEPEST = 20
LOWEST, HIGHEST = -15, 5  # of the axis, as powers of ten
LAYER, FACTOR, REST = -40.5, -37.5, -25.2  # where the columns of words begin, left of the axis but in its units
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@own_settings()
def slope_product(activation="sigmoid", *, depth=10, mean=0.0, spread=1.0, seed=0, weight=1.0):
    """Return a LiveFigure of ∂out/∂z₁ in a chain of one unit a layer: a row for each factor weight · f′(z).

    `activation` is the name of one that works on single numbers, `depth` the layers, 1 to 20. Each z is drawn from a
    normal distribution with that mean (−3 to 3) and spread (0 to 3) by `seed`, a whole number from 0 to 20; with
    spread 0 every z is the mean. `weight` (0 to 4) is that of every layer. Raises ValueError or TypeError for
    anything else; a z of exactly 0, where the slope jumps, is refused in a sentence.
    """
    known = {name: f for name, f in ACTIVATIONS.items() if name not in ("softmax", "softplus")}
    page, f = Page(476), one_of(activation, "activation", known)
    page.slider("depth", "layers", depth, 1, DEEPEST, 1)
    page.choice("activation", "activation", {f.name: f for f in known.values()}, f)
    page.slider("mean", "mean of z", mean, -3.0, 3.0, 0.1)
    page.slider("spread", "spread of z", spread, 0.0, 3.0, 0.1)
    page.slider("seed", "seed", seed, 0, 20, 1)
    page.slider("weight", "weight", weight, 0.0, 4.0, 0.1)
    return page.live(_chain(page))


def _chain(page):
    """Draw what stays, and return the update, which multiplies the slopes of a chain."""
    fill = _rows(_table(page))

    def update(depth, activation, mean, spread, seed, weight):
        mean, spread, weight = (round(value, 9) for value in (mean, spread, weight))  # sliders send 0.30000000000000004
        z = np.random.default_rng(seed).normal(mean, spread, depth)
        if (z == 0).any() and abs(np.diff(activation.derivative(np.array([-1e-9, 1e-9])))) > 1e-3:
            raise ValueError(f"{activation.name} has no slope at exactly z = 0; move the mean or the spread of z.")
        slopes = activation.derivative(z)
        left = np.cumprod(weight * slopes)
        fill(weight, z, weight * slopes, left)
        fate, product = fate_of(abs(left[-1])), _short(left[-1])
        names = [f"{'w·' * (weight != 1)}f′(z{str(k).translate(SUBSCRIPT)})" for k in range(depth, 0, -1)]
        names = names if depth < 5 else [*names[:2], "…", names[-1]]
        page.write(rule=f"∂out/∂z₁ = {' · '.join(names)}", product=f"= {product}: {fate.word}")
        page.readouts["product"].set_color(fate.ink)
        drawn = f"drawn from N({number(mean, 1)}, {number(spread, 1)}²), seed {seed}" if spread else "all alike"
        return (
            f"{depth} layer{'s' * (depth > 1)} of {activation.name}, weight {number(weight, 1)}, z {drawn}. From the "
            f"output to the input the slopes are {' · '.join(map(number, slopes))}; with the weights their product is "
            f"{product}: {fate.word}."
        )

    return update


def _table(page):
    """Return the panel with the log axis, and with all words around it that stay."""
    panel = page.panel(62, 366, 396, 306, x=(LOWEST, HIGHEST), y=(DEEPEST + 0.6, 0.4), yticks=[])
    panel.axes.spines["left"].set_visible(False)
    count_powers(panel, "x")
    heads = {LAYER: "layer", FACTOR: "its factor", REST: "left so far", LOWEST: "the same, on a log scale"}
    words = [(text, x, -0.3, SOFT) for x, text in heads.items()]
    words += [(f"{fate.word}: {fate.meaning}", LAYER + 11.8 * n, 22.8, fate.ink) for n, fate in enumerate(FATES)]
    for text, x, row, colour in words:
        panel.label(text, x, row, ha="left", color=colour, fontsize=11, animated=False)
    panel.readout("rule", -1.275, up=34, ha="left", color=VERMILION, weight="bold")
    panel.readout("product", up=34, weight="bold")
    return panel


def _rows(panel):
    """Return fill(weight, z, factors, left), which fills a row a layer, the one next to the output on top."""
    rules = panel.line(GRID, 0.6, zorder=0.5, clip_on=False)
    rows = []
    for row in range(1, DEEPEST + 1):
        layer = panel.label("", LAYER, row, ha="left", color=SOFT, animated=False)  # changes with the depth only
        factor = panel.label("", FACTOR, row, ha="left", color=VERMILION, gid=f"factor-{row}")
        rest = panel.label("", REST, row, ha="left", gid=f"left-{row}")
        rows.append((layer, factor, rest, panel.box(LOWEST, row - 0.36, 0, 0.72, zorder=3)))

    def fill(weight, z, factors, left):
        depth, times = len(z), "" if weight == 1 else f"{number(weight, 1)} · "
        rules.set_data(np.tile([LAYER, HIGHEST, np.nan], depth), np.repeat(np.arange(depth) + 1.5, 3))
        for row, (layer, *moving) in enumerate(rows):
            layer.set_text(str(depth - row) if row < depth else "")
            for mark in moving:
                mark.set_visible(row < depth)  # what is not there costs a frame nothing
        # 0 has no place on a log scale and no bar.
        lengths = np.log10(np.clip(np.abs(left), 10.0**LOWEST, 10.0**HIGHEST)) - LOWEST
        for n, (_, factor, rest, bar) in enumerate(rows[:depth]):
            fate = fate_of(abs(left[n]))
            factor.set_text(f"{times}f′({number(z[n], 2)}) = {_short(factors[n])}")
            rest.set(text=f"{_short(left[n])} {fate.word}", color=fate.ink)
            bar.set(width=lengths[n], facecolor=fate.colour)

    return fill


def _short(value):
    return "0" if value == 0 else number(value, 4 if abs(value) < 10 else 1)
