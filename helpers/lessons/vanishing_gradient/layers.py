"""layer_gradients: how large ∂L/∂z is in each layer of a real network, and what the layers hand on, as histograms."""

import ipywidgets
import numpy as np
from matplotlib.ticker import MaxNLocator

from helpers.activations import ACTIVATIONS
from helpers.arguments import one_of, whole, yes_or_no
from helpers.figures import Page
from helpers.figures.controls import lay_out, number_slider
from helpers.figures.marks import spread
from helpers.figures.style import BLUE, SMALL, VERMILION, number, own_settings
from helpers.lessons.vanishing_gradient import BORDERS, FATES, count_powers, fate_of
from helpers.network import Network

__all__ = ["layer_gradients"]

INITIALISATIONS = {"Xavier": "xavier", "He": "he", "N(0, 1)": "gaussian"}
EXAMPLES, CLASSES = 256, 10
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
    page, first, seed = Page(474), (activation, initialisation, scale), whole(seed, "seed", 0)
    _add_controls(page, activation, initialisation, depth, width, scale, repairs)
    upper = page.panel(36, HEIGHT, 58, 566)
    show_sizes, show_outputs = _sizes(page, upper), _outputs(page, page.panel(298, 130, 58, 566, over=upper))
    lines = {}  # the grey one at each depth and width

    def update(depth, width, activation, initialisation, scale, normalise="none", residual=False):
        normalise = None if normalise == "none" else normalise  # a button that means None never looks pressed
        sizes, outputs = measure(seed, depth, width, activation, initialisation, scale, normalise, residual)
        if (activation, initialisation, scale, normalise, residual) == (*first, None, False):
            lines[depth, width] = sizes
        elif (depth, width) not in lines:  # an eighth of the examples gives the same line in much less time
            lines[depth, width] = measure(seed, depth, width, *first, examples=EXAMPLES // 8)[0]
        span = (-4, 4) if residual else np.clip(ACTIVATIONS[activation].range, -4, 4)
        said = show_sizes(sizes, lines[depth, width]), show_outputs(outputs, *span)
        what = _network(page.controls, depth, width, scale, normalise, residual)
        return f"{what}. Size of ∂L/∂z in parts of what enters at the top: {said[0]}. Outputs: {said[1]}."

    return page.live(update)


def _add_controls(page, activation, initialisation, depth, width, scale, repairs):
    """Add the sliders and the buttons."""
    options = {f.name: name for name, f in ACTIVATIONS.items() if name not in ("softmax", "softplus")}
    one_of(activation, "activation", tuple(options.values()))
    one_of(initialisation, "initialisation", tuple(INITIALISATIONS.values()))
    scale = number_slider("scale", scale, 0.01, 10.0).value  # for what it says about other values
    log = ipywidgets.FloatLogSlider(value=scale, base=10, min=-2, max=1, step=0.05, readout_format=".2f")
    page.slider("depth", "layers", depth, 1, 50, 1)
    page.slider("width", "units a layer", width, 8, 128, 8)
    page.choice("activation", "activation", options, activation)
    page.choice("initialisation", "weights", INITIALISATIONS, initialisation)
    page.controls["scale"] = lay_out(log, "weights times")
    if yes_or_no(repairs, "repairs"):
        page.choice("normalise", "normalise", {"no": "none", "over the batch": "batch", "over the layer": "layer"})
        page.choice("residual", "residual", {"no": False, "yes": True})


def _network(controls, depth, width, scale, normalise, residual):
    """Return the network that the controls describe in words."""
    words = f"{depth} layer{'s' * (depth > 1)} of {width} {controls['activation'].label} units"
    words += f", {controls['initialisation'].label} times {number(scale, 2)}"
    words += f", normalised {controls['normalise'].label}" if normalise else ""
    return words + ", with residual connections" * residual


def measure(seed, depth, width, activation, initialisation, scale, normalise=None, residual=False,
            examples=EXAMPLES):  # fmt: skip
    """Return (sizes of ∂L/∂z in the hidden layers, relative to the top; their outputs) of a fresh network.

    Numbers that outgrow float64 raise ValueError.
    """
    scale *= {"xavier": 1 / width, "he": 2 / width, "gaussian": 1}[initialisation] ** 0.5
    draw = np.random.default_rng(seed)
    x, y = draw.standard_normal((examples, width)), draw.integers(0, CLASSES, examples)
    units = [width] * (depth + 1) + [CLASSES]
    net = Network(units, activation, "gaussian", seed, scale=scale, normalise=normalise, residual=residual)
    try:
        sizes, activity = net.layer_gradients_and_activity(x, y, relative=True)
    except OverflowError as trouble:
        raise ValueError(str(trouble)) from trouble
    return sizes, activity.a[1:]


def _sizes(page, panel):
    """Draw what stays of the upper panel, and return show(sizes, reference), which draws them and says the sizes."""
    labels = (page.controls[name].label for name in ("activation", "initialisation"))
    panel.axes.tick_params(labelbottom=False)
    panel.title("size of ∂L/∂z in each layer", VERMILION)
    panel.text(f"grey: {', '.join(labels)}", 0.01, 0.03, **SMALL)
    panel.readout("first", 1.13)
    hold = _fates(panel)
    grey, line = panel.line("#AFB8C1"), panel.line(VERMILION, 1.6)
    marks = [panel.dots(fate.colour, 7.5, 0.8, marker=fate.marker) for fate in FATES]

    def show(sizes, reference):
        # 0, which has no logarithm, stands below all others.
        heights, before = (np.log10(np.maximum(values, 1e-320)) for values in (sizes, reference))
        depth, fates = len(sizes), [fate_of(size) for size in sizes]
        layers = np.arange(1, depth + 1)
        panel.reach(x=(0.4, depth + 0.6))
        hold(np.concatenate([heights, before]))
        line.set_data(layers, heights)
        grey.set_data(layers, before)
        for fate, mark in zip(FATES, marks, strict=True):
            mine = [other is fate for other in fates]
            mark.set_data(layers[mine], heights[mine])
        page.readouts["first"].set_color(fates[0].ink)
        page.write(first=f"layer 1: {number(sizes[0])} of the top, {fates[0].word}")
        places = sorted({depth, depth // 2 + 1, 1}, reverse=True)
        return ", ".join(f"{number(sizes[place - 1])} in layer {place}" for place in places) + f": {fates[0].word}"

    return show


def _fates(panel):
    """Write the fates beside the panel, and return hold(powers), which widens its axis in steps to show them all."""
    panel.axes.yaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
    count_powers(panel, "y")
    words = [panel.text(fate.word, 1.012, color=fate.ink, va="center_baseline") for fate in FATES]

    def hold(powers):
        low = -15 * np.ceil(max(15, -powers.min()) / 15) - 0.5
        high = (5 if powers.max() <= 5 else 15 * np.ceil(powers.max() / 15)) + 0.5
        if panel.axes.get_ylim() != (low, high):  # steps so large that it stands still most of the time
            panel.reach(y=(low, high))
            edges = np.array([low, *np.log10(BORDERS), high])
            middles = (edges[1:] + edges[:-1]) / 2
            places = spread(HEIGHT * (middles - low) / (high - low), 16, 8, HEIGHT - 8) / HEIGHT
            for word, place in zip(words, places, strict=True):
                word.set_y(place)

    return hold


def _outputs(page, panel):
    """Draw what stays of the lower panel, and return show(outputs, low, high), which draws them and says more."""
    panel.axes.xaxis.set_major_locator(MaxNLocator(9, integer=True, min_n_ticks=1))
    panel.title("what each layer hands on", BLUE)
    panel.readout("spread", 1.13, fontsize=12)
    panel.text("layer, from the input to the output", 0, down=40)
    panel.readout("note", 1.13, down=40, fontsize=11)
    columns = panel.area(BLUE, 0.75, closed=False)

    def show(outputs, low, high):
        columns.set_xy(outlines(outputs, low, high))
        room = 0.05 * (high - low)
        panel.reach(y=(low - room, high + room))
        depth, last = len(outputs), outputs[-1]
        cases = {"exactly 0": last == 0, "beyond the picture": (last < low) | (last > high)}
        notes = [f"{100 * case.mean():.0f} % {words}" for words, case in cases.items() if case.mean() > 0.005]
        note = f"layer {depth}: {', '.join(notes)}" if notes else ""
        ends = {1: outputs[0], depth: last}  # one and the same in a network of one layer
        spreads = ", ".join(f"{number(layer.std(), 3)} in layer {place}" for place, layer in ends.items())
        said = page.write(spread=f"spread {spreads}", note=note)
        return "; ".join(filter(None, said.values()))

    return show


def outlines(layers, low, high):
    """Return one outline of a histogram a layer, standing up side by side, as in Glorot & Bengio (2010).

    Shown are the values between low and high; what is exactly 0 is left out. Each starts and ends at its foot, so that
    all are one polygon.
    """
    edges = np.linspace(low, high, BINS + 1)
    heights = [low, *(edges[1:] + edges[:-1]) / 2, high, low]
    widths = [[0, *FULL * shares(values, low, high), 0, 0] for values in layers]
    left = np.arange(1, len(layers) + 1) - FULL / 2
    return np.column_stack([np.add(left[:, None], widths).ravel(), np.tile(heights, len(layers))])


def shares(values, low, high):
    """Return how full each bin is, in parts of the fullest one; all 0 when nothing lies between low and high."""
    values = values.ravel()[:MOST]
    values = values[(values != 0) & (values >= low) & (values <= high)]
    places = ((values - low) * (BINS / (high - low))).astype(int)
    # Several times faster than np.histogram, which looks for rounding at the edges of the bins.
    counts = np.bincount(np.minimum(places, BINS - 1), minlength=BINS)
    return counts / max(1, counts.max())
