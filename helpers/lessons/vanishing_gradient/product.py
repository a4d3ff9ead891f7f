"""slope_product: the chain rule through a chain of units, factor by factor, with what is left after each."""

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.figures import Page
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import DOTTED, GRID, SOFT, VERMILION, number, own_settings, power
from helpers.lessons.vanishing_gradient.fates import BORDERS, FATES, fate_of

__all__ = ["slope_product"]

DEEPEST = 20
LOWEST, HIGHEST = -15, 5  # of the axis, as powers of ten
LEFT, WIDE = 396, 306  # of the axis, in pixels
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@own_settings()
def slope_product(activation="sigmoid", *, depth=10, mean=0.0, spread=1.0, seed=0, weight=1.0):
    """Return a LiveFigure of ∂out/∂z₁ in a chain of one unit a layer: a row for each factor weight · f′(z).

    `activation` is the name of one that works on single numbers, `depth` the layers, 1 to 20. Each z is drawn from a
    normal distribution with that mean (−3 to 3) and spread (0 to 3) by `seed`, a whole number from 0 to 20; with
    spread 0 every z is the mean. `weight` (0 to 4) is that of every layer. Raises ValueError or TypeError for
    anything else; a z of exactly 0, where the slope jumps, is refused in a sentence.
    """
    options = {f.name: f for name, f in ACTIVATIONS.items() if name != "softmax"}
    if activation not in ACTIVATIONS or ACTIVATIONS[activation] not in options.values():
        names = ", ".join(f.identifier for f in options.values())
        raise ValueError(f"activation must be one of {names}, but it is {activation!r}.")
    chain = Chain()
    controls = {
        "depth": number_slider("layers", depth, 1, DEEPEST, 1, name="depth"),
        "activation": choice("activation", options, ACTIVATIONS[activation]),
        "mean": number_slider("mean of z", mean, -3.0, 3.0, 0.1, name="mean"),
        "spread": number_slider("spread of z", spread, 0.0, 3.0, 0.1, name="spread"),
        "seed": number_slider("seed", seed, 0, 20, 1),
        "weight": number_slider("weight", weight, 0.0, 4.0, 0.1),
    }
    return LiveFigure(chain.page.figure, controls, chain.update)


class Chain:
    """A row a layer, the one next to the output on top: its factor, what is left behind it, and that as a bar."""

    def __init__(self):
        self.page = Page(476)
        ticks = range(LOWEST, HIGHEST + 1, 5)
        scale = {"xlim": (LOWEST, HIGHEST), "ylim": (DEEPEST + 0.6, 0.4), "xticks": ticks, "yticks": []}
        panel = self.page.panel(62, 366, LEFT, WIDE, **scale)
        panel.axes.set_xticklabels([power(k) if k else "1" for k in ticks])
        panel.axes.spines["left"].set_visible(False)
        for border in BORDERS:
            panel.rule(x=np.log10(border), **DOTTED)
        for n, fate in enumerate(FATES):
            words = f"{fate.word}: {fate.meaning}"
            panel.text(words, _across(6 + 180 * n), -0.125, color=fate.ink, fontsize=11)
        panel.readout("rule", _across(6), 1.095, ha="left", color=VERMILION, weight="bold")
        panel.readout("product", 1, 1.095, weight="bold")
        for left, text in ((6, "layer"), (52, "its factor"), (240, "left so far"), (LEFT, "the same, on a log scale")):
            panel.text(text, _across(left), 1.025, color=SOFT, fontsize=11)
        self._rows = [self._row(panel, row) for row in range(1, DEEPEST + 1)]

    def _row(self, panel, row):
        """Return the rule under a row, the number of its layer, its readouts and its bar."""
        across = {"transform": panel.axes.get_yaxis_transform()}
        look = {"va": "center_baseline", "fontsize": 12, **across}
        rule = panel.line(
            GRID, 0.6, [_across(6), 1], [row + 0.5] * 2, clip_on=False, zorder=0.5, animated=False, **across
        )
        layer = panel.text("", _across(6), row, color=SOFT, **look)  # changes with the depth only
        factor = panel.readout(f"factor-{row}", _across(52), row, ha="left", color=VERMILION, **look)
        left = panel.readout(f"left-{row}", _across(240), row, ha="left", **look)
        return rule, layer, factor, left, panel.box(LOWEST, row - 0.36, 0, 0.72, zorder=3)

    def update(self, depth, activation, mean, spread, seed, weight):
        """Draw the chain, move every row and return the picture in words."""
        mean, spread, weight = (round(value, 9) for value in (mean, spread, weight))  # sliders send 0.30000000000000004
        z = mean + spread * np.random.default_rng(seed).standard_normal(DEEPEST)[:depth]
        if (z == 0).any() and abs(np.diff(activation.derivative(np.array([-1e-9, 1e-9])))) > 1e-3:
            raise ValueError(f"{activation.name} has no slope at exactly z = 0; move the mean or the spread of z.")
        slopes = activation.derivative(z)
        left = np.cumprod(weight * slopes)
        for row, (rule, layer, *moving) in enumerate(self._rows):
            for artist in moving:
                artist.set_visible(row < depth)  # what is not there costs a frame nothing
            layer.set_text(str(depth - row) if row < depth else "")
            if rule.get_visible() != (row < depth):
                rule.set_visible(row < depth)
            if row < depth:
                self._fill(*moving, z[row], weight, weight * slopes[row], left[row])
        fate = fate_of(abs(left[-1]))
        names = [f"{'w·' * (weight != 1)}f′(z{str(k).translate(SUBSCRIPT)})" for k in range(depth, 0, -1)]
        names = names if depth < 5 else [*names[:2], "…", names[-1]]
        self.page.write(rule=f"∂out/∂z₁ = {' · '.join(names)}", product=f"= {_short(left[-1])}: {fate.word}")
        self.page.readout("product").set_color(fate.ink)
        drawn = f"drawn from N({number(mean, 1)}, {number(spread, 1)}²), seed {seed}" if spread else "all alike"
        return (
            f"{depth} layer{'s' * (depth > 1)} of {activation.name}, weight {number(weight, 1)}, z {drawn}. From the "
            f"output to the input the slopes are {' · '.join(map(number, slopes))}; with the weights their product is "
            f"{_short(left[-1])}: {fate.word}."
        )

    def _fill(self, term, rest, bar, z, weight, factor, left):
        """Write one term of the chain rule with its values, what is left after it, and that as a bar."""
        fate = fate_of(abs(left))
        times = "" if weight == 1 else f"{number(weight, 1)} · "
        term.set_text(f"{times}f′({number(z, 2)}) = {_short(factor)}")
        rest.set(text=f"{_short(left)} {fate.word}", color=fate.ink)
        # 0 has no place on a log scale and no bar.
        length = max(0.0, min(HIGHEST, np.log10(abs(left))) - LOWEST) if left else 0.0
        bar.set(width=length, facecolor=fate.colour)


def _short(value):
    return "0" if value == 0 else number(value, 4 if abs(value) < 10 else 1)


def _across(pixels):
    """Return a place so many pixels from the page's left edge in parts of the panel's width."""
    return (pixels - LEFT) / WIDE
