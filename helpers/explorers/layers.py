"""layer_gradients: how large ∂L/∂z is in each layer of a real network, and what the layers hand on, as histograms."""

import functools

import ipywidgets
import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.arguments import one_of
from helpers.explorers.controls import choice, lay_out, number_slider
from helpers.explorers.layers_view import View
from helpers.explorers.parts import parts
from helpers.live import LiveFigure
from helpers.network import Network, size
from helpers.style import number, own_settings

INITIALISATIONS = {"Xavier": "xavier", "He": "he", "N(0, 1)": "gaussian"}
EXAMPLES, CLASSES = 256, 10
DEEPEST, WIDEST = 50, 128


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
    view = View(f"grey: {controls['activation'].label}, {controls['initialisation'].label}")
    # An eighth of the examples gives the same line, and a slider waits an eighth of the time for it.
    reference = functools.lru_cache(100)(lambda *size: measure(seed, *size, *first, examples=EXAMPLES // 8)[0])

    def update(depth, width, activation, initialisation, scale, normalise="none", residual=False):
        # A button that means None would never be shown as pressed.
        normalise = None if normalise == "none" else normalise
        f = ACTIVATIONS[activation]
        found = measure(seed, depth, width, activation, initialisation, scale, normalise, residual)
        named = {name: control.label for name, control in controls.items() if hasattr(control, "label")}
        what = f"{depth} layer{'s' * (depth > 1)} of {width} {f.name} units, "
        what += f"{named['initialisation']} times {number(scale, 2)}"
        what += f", normalised {named['normalise']}" if normalise else ""
        what += ", with residual connections" if residual else ""
        span = (-4.0, 4.0) if residual else (max(f.range[0], -4.0), min(f.range[1], 4.0))
        return view.show(what, *found, span, reference(depth, width))

    return LiveFigure(view.figure, controls, update)


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
        controls["normalise"] = choice(
            "normalise", {"no": "none", "over the batch": "batch", "over the layer": "layer"}, "none"
        )
        controls["residual"] = choice("residual", {"no": False, "yes": True}, False)
    return controls


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
