"""layer_gradients: how large ∂L/∂z is in each layer of a real network, and what the layers hand on, as histograms."""

import functools

import ipywidgets
import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.activations import ACTIVATIONS
from helpers.arguments import one_of
from helpers.figures import Page
from helpers.figures.controls import choice, lay_out, number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.marks import spread
from helpers.figures.style import BLUE, DOTTED, SOFT, VERMILION, number, own_settings, power
from helpers.lessons.vanishing_gradient import BORDERS, FATES, fate_of
from helpers.network import Network, parts, size

__all__ = ["layer_gradients"]

INITIALISATIONS = {"Xavier": "xavier", "He": "he", "N(0, 1)": "gaussian"}
EXAMPLES, CLASSES = 256, 10
DEEPEST, WIDEST = 50, 128
HEIGHT = 210  # of the upper panel, in pixels
BINS = 26
MOST = 8192  # values of a layer that are counted: more would not change the picture
FULL = 0.86  # of the width of a column


@own_settings()
def layer_gradients(activation="sigmoid", initialisation="xavier", *, depth=20, width=128, scale=1.0, repairs=False,
                    seed=0):  # fmt: skip
    """Return a LiveFigure of a fresh network: the size of ∂L/∂z in each layer above, histograms of its outputs below.

    Sliders and buttons set the `depth` (1 to 50 hidden layers), the `width` (8 to 128 units), the `activation`, the
    `initialisation` ("xavier", "he" or "gaussian", N(0, 1)) and a factor `scale` (0.01 to 10) on all weights; with
    `repairs` also normalisation and residual connections. Sizes are root mean squares in parts of what enters at the
    top; 256 examples and 10 classes are drawn by `seed`. A grey line shows the network as it was asked for at first,
    at the present depth and width. Raises ValueError or TypeError for values that the controls cannot take.
    """
    controls = _controls(activation, initialisation, depth, width, scale, repairs)
    first = activation, initialisation, scale
    layers = Layers(f"grey: {controls['activation'].label}, {controls['initialisation'].label}")
    # An eighth of the examples gives the same line, and a slider waits an eighth of the time for it.
    reference = functools.lru_cache(100)(lambda *size: measure(seed, *size, *first, examples=EXAMPLES // 8)[0])

    def update(depth, width, activation, initialisation, scale, normalise="none", residual=False):
        # A button that means None would never be shown as pressed.
        normalise = None if normalise == "none" else normalise
        found = measure(seed, depth, width, activation, initialisation, scale, normalise, residual)
        low, high = ACTIVATIONS[activation].range
        span = (-4.0, 4.0) if residual else (max(low, -4.0), min(high, 4.0))
        what = _network(controls, depth, width, ACTIVATIONS[activation].name, scale, normalise, residual)
        return layers.show(what, *found, span, reference(depth, width))

    return LiveFigure(layers.page.figure, controls, update)


def _controls(activation, initialisation, depth, width, scale, repairs):
    """Return the controls by name."""
    options = {f.name: name for name, f in ACTIVATIONS.items() if name != "softmax"}
    one_of(activation, "activation", tuple(options.values()))
    one_of(initialisation, "initialisation", tuple(INITIALISATIONS.values()))
    scale = number_slider("scale", scale, 0.01, 10.0).value  # for what it says about other values
    log = ipywidgets.FloatLogSlider(value=scale, base=10, min=-2, max=1, step=0.05, readout_format=".2f")
    controls = {
        "depth": number_slider("layers", depth, 1, DEEPEST, 1, name="depth"),
        "width": number_slider("units a layer", width, 8, WIDEST, 8, name="width"),
        "activation": choice("activation", options, activation),
        "initialisation": choice("weights", INITIALISATIONS, initialisation),
        "scale": lay_out(log, "weights times"),
    }
    if repairs:
        ways = {"no": "none", "over the batch": "batch", "over the layer": "layer"}
        controls["normalise"] = choice("normalise", ways, "none")
        controls["residual"] = choice("residual", {"no": False, "yes": True}, False)
    return controls


def _network(controls, depth, width, activation, scale, normalise, residual):
    """Return the network that the controls describe in words."""
    weights = f"{controls['initialisation'].label} times {number(scale, 2)}"
    words = f"{depth} layer{'s' * (depth > 1)} of {width} {activation} units, {weights}"
    words += f", normalised {controls['normalise'].label}" if normalise else ""
    return words + ", with residual connections" * residual


def measure(seed, depth, width, activation, initialisation, scale, normalise=None, residual=False,
            examples=EXAMPLES):  # fmt: skip
    """Return (sizes of ∂L/∂z in the hidden layers, relative to the top; their outputs) of a fresh network.

    Numbers that outgrow float64 raise ValueError.
    """
    deviation = scale * {"xavier": width**-0.5, "he": (2 / width) ** 0.5, "gaussian": 1.0}[initialisation]
    draw = np.random.default_rng(seed)
    x, y = draw.standard_normal((examples, width)), draw.integers(0, CLASSES, examples)
    repairs = {"normalise": normalise, "residual": residual}
    net = Network([width] * (depth + 1) + [CLASSES], activation, "gaussian", seed, scale=deviation, **repairs)
    pieces = [slice(None)] if normalise == "batch" else parts(examples, width)
    try:
        found = [net._gradients(x[piece], y[piece]) for piece in pieces]
    except OverflowError as trouble:
        raise ValueError(str(trouble)) from trouble
    # Each piece's loss is a mean over its own examples; times their number, all count alike.
    deltas = [[len(now.output) * d for d in (*slopes.z[:-1], slopes.z[-1] @ net.W[-1].T)] for slopes, now in found]
    *sizes, entering = (size(np.concatenate(layer)) for layer in zip(*deltas, strict=True))
    outputs = [np.concatenate(layer) for layer in zip(*(now.a[1:] for _, now in found), strict=True)]
    return np.array(sizes) / (entering or 1.0), outputs


class Layers:
    """The sizes of ∂L/∂z on a log axis above, a histogram of each layer's outputs below."""

    def __init__(self, grey):
        self.page = Page(474)
        self._upper = upper = self.page.panel(36, HEIGHT, 58, 566, x=(0.4, 20.6), y=(-15.5, 5.5))
        self._lower = lower = self.page.panel(298, 130, 58, 566, over=upper)
        upper.axes.tick_params(labelbottom=False)
        lower.axes.xaxis.set_major_locator(MaxNLocator(9, integer=True, min_n_ticks=1))
        upper.axes.yaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
        upper.axes.yaxis.set_major_formatter(FuncFormatter(lambda k, _: power(k) if k else "1"))
        for border in BORDERS:
            upper.rule(np.log10(border), **DOTTED)
        self._words = [upper.text(fate.word, 1.012, color=fate.ink, va="center_baseline") for fate in FATES]
        shape = PathPatch(Path([(0, 0)]), facecolor=BLUE, alpha=0.75, linewidth=0, animated=True)
        self._columns = lower.axes.add_patch(shape)
        self._grey, self._line = upper.line("#AFB8C1"), upper.line(VERMILION, 1.6)
        look = {"clip_on": False, "zorder": 4}
        self._marks = [upper.dots(fate.colour, 7.5, 0.8, marker=fate.marker, **look) for fate in FATES]
        upper.title("size of ∂L/∂z in each layer", VERMILION, up=12.6)
        upper.readout("first", 1.13, up=12.6)
        upper.text(grey, 0.01, 0.03, color=SOFT, fontsize=11)
        lower.title("what each layer hands on", BLUE, up=13)
        lower.readout("spread", 1.13, up=13, fontsize=12)
        lower.readout("note", 1.13, -0.31, fontsize=11)
        lower.text("layer, from the input to the output", 0, -0.31)

    def show(self, what, sizes, outputs, span, reference):
        """Move everything to what was measured, and return the picture in words."""
        layers, depth = np.arange(1, len(sizes) + 1), len(sizes)
        # 0, which has no logarithm, stands below all others.
        heights, grey = (np.log10(np.maximum(values, 1e-320)) for values in (sizes, reference))
        self._upper.reach(x=(0.4, depth + 0.6))
        self._hold(min(*heights, *grey), max(*heights, *grey))
        self._line.set_data(layers, heights)
        self._grey.set_data(layers, grey)
        for fate, mark in zip(FATES, self._marks, strict=True):
            mine = [fate_of(size) is fate for size in sizes]
            mark.set_data(layers[mine], heights[mine])
        self._columns.set_path(columns(outputs, *span))
        room = 0.05 * (span[1] - span[0])
        self._lower.reach(y=(span[0] - room, span[1] + room))
        fate = fate_of(sizes[0])
        said = self._say(sizes, outputs, span, fate)
        places = sorted({depth, depth // 2 + 1, 1}, reverse=True)
        listed = ", ".join(f"{number(sizes[place - 1])} in layer {place}" for place in places)
        return (
            f"{what}. Size of ∂L/∂z in parts of what enters at the top: {listed}: {fate.word}. "
            f"Outputs: {'; '.join(filter(None, (said['spread'], said['note'])))}."
        )

    def _say(self, sizes, outputs, span, fate):
        """Write the readouts and return them."""
        spreads, depth, last = [number(outputs[k].std(), 3) for k in (0, -1)], len(sizes), outputs[-1]
        shares = {"exactly 0": np.mean(last == 0), "beyond the picture": np.mean((last < span[0]) | (last > span[1]))}
        notes = [f"{100 * share:.0f} % {words}" for words, share in shares.items() if share > 0.005]
        self.page.readouts["first"].set_color(fate.ink)
        return self.page.write(
            first=f"layer 1: {number(sizes[0])} of the top, {fate.word}",
            spread=f"spread {spreads[0]} in layer 1" + f", {spreads[1]} in layer {depth}" * (depth > 1),
            note=f"layer {depth}: {', '.join(notes)}" if notes else "",
        )

    def _hold(self, lowest, highest):
        """Widen the axis of powers of ten in large steps, so that it stands still most of the time."""
        low = -15 * np.ceil(max(15, -lowest) / 15) - 0.5
        high = (5 if highest <= 5 else 15 * np.ceil(highest / 15)) + 0.5
        if self._upper.axes.get_ylim() == (low, high) and self._words[-1].get_position()[1]:
            return
        self._upper.reach(y=(low, high))
        edges = np.array([low, *np.log10(BORDERS), high])
        heights = (edges[1:] + edges[:-1]) / 2
        places = spread(HEIGHT * (heights - low) / (high - low), 16, 8, HEIGHT - 8) / HEIGHT
        for word, place in zip(self._words, places, strict=True):
            word.set_y(place)


def columns(layers, low, high):
    """Return one outline of a histogram a layer, standing up side by side, as in Glorot & Bengio (2010).

    Shown are the values between low and high; what is exactly 0 is left out.
    """
    edges = np.linspace(low, high, BINS + 1)
    heights = (edges[1:] + edges[:-1]) / 2
    outline = np.concatenate([[low], heights, [high], heights[::-1]])
    points, codes = [], []
    for layer, values in enumerate(layers, start=1):
        across = FULL * shares(values, low, high)
        points.append(np.c_[layer - FULL / 2 + np.concatenate([[0.0], across, [0.0], 0 * across]), outline])
        codes.append(np.full(len(outline), Path.LINETO))
        codes[-1][[0, -1]] = Path.MOVETO, Path.CLOSEPOLY
    return Path(np.concatenate(points), np.concatenate(codes))


def shares(values, low, high):
    """Return how full each bin is, in parts of the fullest one; all 0 when nothing lies between low and high."""
    values = values.ravel()[:MOST]
    counts, _ = np.histogram(values[values != 0], BINS, (low, high))
    return counts / max(1, counts.max())
