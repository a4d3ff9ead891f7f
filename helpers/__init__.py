"""What the lessons share: activation functions, live figures, fact cards and checks.

Widgets and Matplotlib load when a name that needs them is first used, so that `import helpers` is quick.
"""

import importlib

_HOME = {
    **dict.fromkeys(
        ("ACTIVATIONS", "Activation", "identity", "leaky_relu", "relu", "sigmoid", "softmax", "tanh"),
        "helpers.activations",
    ),
    "compare": "helpers.figures.compare",
    "descent": "helpers.explorers.descent",
    "lstm": "helpers.explorers.lstm",
    "overlay": "helpers.figures.compare",
    "explore": "helpers.figures.explore",
    "dead_units": "helpers.explorers.dead",
    "follow": "helpers.explorers.follow",
    "pieces": "helpers.explorers.pieces",
    "stack": "helpers.explorers.stack",
    "three_units": "helpers.explorers.three_units",
    "unit": "helpers.explorers.unit",
    "picture": "helpers.explorers.pictures",
    "side_by_side": "helpers.figures.compare",
    "threads": "helpers.explorers.threads",
    "two_units": "helpers.explorers.two_units",
    "reliability": "helpers.explorers.reliability",
    "shares": "helpers.explorers.shares",
    "shifted": "helpers.explorers.shift",
    "slope_matrix": "helpers.explorers.slope_matrix",
    "swept": "helpers.explorers.sweep",
    "tempered": "helpers.explorers.temperature",
    "layer_gradients": "helpers.explorers.layers",
    "race": "helpers.explorers.race",
    "slope_product": "helpers.explorers.product",
    "LiveFigure": "helpers.figures.live",
    "Network": "helpers.network",
    "card": "helpers.cards",
    "check": "helpers.exercises",
}
__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"helpers has no {name!r}; it offers {', '.join(__all__)}.")
    value = globals()[name] = getattr(importlib.import_module(_HOME[name]), name)
    return value


def __dir__():
    return __all__
