"""slope_product: the chain rule through a chain of units, factor by factor, with what is left after each."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.activations import ACTIVATIONS
from helpers.explorers.panels import moving
from helpers.figures.controls import choice, number_slider
from helpers.figures.live import LiveFigure
from helpers.lessons.vanishing_gradient.fates import BORDERS, fate_of, legend
from helpers.style import GRID, SOFT, VERMILION, add_axes, label, new_figure, number, own_settings, power

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
    view = View()

    def update(depth, activation, mean, spread, seed, weight):
        mean, spread, weight = (round(value, 9) for value in (mean, spread, weight))  # sliders send 0.30000000000000004
        z = mean + spread * np.random.default_rng(seed).standard_normal(DEEPEST)[:depth]
        if (z == 0).any() and abs(np.diff(activation.derivative(np.array([-1e-9, 1e-9])))) > 1e-3:
            raise ValueError(f"{activation.name} has no slope at exactly z = 0; move the mean or the spread of z.")
        drawn = f"drawn from N({number(mean, 1)}, {number(spread, 1)}²), seed {seed}" if spread else "all alike"
        return view.show(activation, z, activation.derivative(z), weight, drawn)

    controls = {
        "depth": number_slider("layers", depth, 1, DEEPEST, 1, name="depth"),
        "activation": choice("activation", options, ACTIVATIONS[activation]),
        "mean": number_slider("mean of z", mean, -3.0, 3.0, 0.1, name="mean"),
        "spread": number_slider("spread of z", spread, 0.0, 3.0, 0.1, name="spread"),
        "seed": number_slider("seed", seed, 0, 20, 1),
        "weight": number_slider("weight", weight, 0.0, 4.0, 0.1),
    }
    return LiveFigure(view.figure, controls, update)


class View:
    """A row a layer, the one next to the output on top: its factor, what is left behind it, and that as a bar."""

    def __init__(self):
        self.figure = new_figure(476)
        self.axes = add_axes(self.figure, LEFT, 62, WIDE, 366, xlim=(LOWEST, HIGHEST), ylim=(DEEPEST + 0.6, 0.4))
        ticks = range(LOWEST, HIGHEST + 1, 5)
        self.axes.set_xticks(ticks, [power(k) if k else "1" for k in ticks])
        self.axes.set_yticks([])
        self.axes.spines["left"].set_visible(False)
        for border in BORDERS:
            self.axes.axvline(np.log10(border), color=SOFT, linewidth=1, linestyle=(0, (1, 2.5)))
        legend(self.axes, (_across(6), -0.125), 180 / WIDE)
        big = {"fontsize": 14, "va": "baseline"}
        self.rule = moving(label(self.axes, (_across(6), 1.095), "", color=VERMILION, weight="bold", gid="rule", **big))
        self.total = moving(label(self.axes, (1, 1.095), "", ha="right", weight="bold", gid="product", **big))
        for left, text in ((6, "layer"), (52, "its factor"), (240, "left so far"), (LEFT, "the same, on a log scale")):
            label(self.axes, (_across(left), 1.025), text, color=SOFT, fontsize=11)
        self.rows = [self._row(r) for r in range(1, DEEPEST + 1)]

    def _row(self, r):
        """Return row r: the rule under it, the texts for layer, factor and what is left, the bar."""
        look = {"transform": self.axes.get_yaxis_transform(), "va": "center_baseline", "fontsize": 12}
        rule = {"color": GRID, "linewidth": 0.6, "clip_on": False, "zorder": 0.5, "transform": look["transform"]}
        rule = self.axes.add_line(Line2D([_across(6), 1], [r + 0.5, r + 0.5], **rule))
        layer = label(self.axes, (_across(6), r), "", color=SOFT, **look)  # changes with the depth only
        factor = moving(label(self.axes, (_across(52), r), "", color=VERMILION, gid=f"factor-{r}", **look))
        left = moving(label(self.axes, (_across(240), r), "", gid=f"left-{r}", **look))
        bar = moving(self.axes.add_patch(Rectangle((LOWEST, r - 0.36), 0, 0.72, linewidth=0, zorder=3)))
        return rule, layer, factor, left, bar

    def show(self, f, z, slopes, weight, drawn):
        """Move every row, and return the picture in words."""
        factors, depth = weight * slopes, len(z)
        left = np.cumprod(factors)
        for r, (rule, layer, factor, rest, bar) in enumerate(self.rows):
            for artist in (factor, rest, bar):
                artist.set_visible(r < depth)  # what is not there costs a frame nothing
            layer.set_text(str(depth - r) if r < depth else "")
            if rule.get_visible() != (r < depth):
                rule.set_visible(r < depth)
            if r < depth:
                fate = fate_of(abs(left[r]))
                factor.set_text(_factor(f, z[r], factors[r], weight))
                rest.set(text=f"{_short(left[r])} {fate.word}", color=fate.ink)
                bar.set(width=_length(left[r]), facecolor=fate.colour)
        return self._words(f, z, slopes, weight, drawn, left[-1])

    def _words(self, f, z, slopes, weight, drawn, product):
        fate = fate_of(abs(product))
        names = [f"{'w·' * (weight != 1)}f′(z{str(k).translate(SUBSCRIPT)})" for k in range(len(z), 0, -1)]
        names = names if len(names) < 5 else [*names[:2], "…", names[-1]]
        self.rule.set_text(f"∂out/∂z₁ = {' · '.join(names)}")
        self.total.set(text=f"= {_short(product)}: {fate.word}", color=fate.ink)
        listed = " · ".join(number(slope) for slope in slopes)
        return (
            f"{len(z)} layer{'s' * (len(z) > 1)} of {f.name}, weight {number(weight, 1)}, z {drawn}. From the output "
            f"to the input the slopes are {listed}; with the weights their product is {_short(product)}: {fate.word}."
        )


def _factor(f, z, factor, weight):
    """Return one term of the chain rule with its values."""
    slope = f"f′({number(z, 2)})"
    return f"{slope} = {_short(factor)}" if weight == 1 else f"{number(weight, 1)} · {slope} = {_short(factor)}"


def _short(value):
    return "0" if value == 0 else number(value, 4 if abs(value) < 10 else 1)


def _length(value):
    """Return how far a bar reaches from the left end of the axis; 0 has no place on a log scale and no bar."""
    return max(0.0, min(HIGHEST, np.log10(abs(value))) - LOWEST) if value else 0.0


def _across(pixels):
    """Return a place so many pixels from the figure's left edge in coordinates of the axis."""
    return (pixels - LEFT) / WIDE
