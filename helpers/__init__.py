"""What the lessons share: activation functions, live figures, fact cards and checks.

Widgets and Matplotlib load when a name that needs them is first used, so that `import helpers` is quick. The names of
the lessons' own live figures are not written here: they stand in `__all__` of the rooms in helpers.lessons.
"""

import functools
import importlib.util

from helpers.lessons import rooms

_HOME = {
    **dict.fromkeys(
        (
            *("ACTIVATIONS", "Activation", "elu", "gelu", "identity", "leaky_relu", "relu", "selu", "sigmoid", "silu"),
            *("softmax", "softplus", "tanh"),
        ),
        "helpers.activations",
    ),
    "compare": "helpers.figures.compare",
    "overlay": "helpers.figures.overlay",
    "explore": "helpers.figures.explore",
    "side_by_side": "helpers.figures.side_by_side",
    "threads": "helpers.figures.explore",
    "LiveFigure": "helpers.figures.live",
    "Network": "helpers.network",
    "card": "helpers.cards",
    "check": "helpers.exercises",
}


@functools.cache
def __getattr__(name):
    if name == "__all__":
        return __dir__()
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    # Python itself asks for names of its own, and for a module before it imports it: no reason to load the lessons.
    if name.startswith("_") or importlib.util.find_spec(f"helpers.{name}"):
        raise AttributeError(f"helpers has no {name!r}.")
    if name not in _of_lessons():
        raise AttributeError(f"helpers has no {name!r}; it offers {', '.join(__dir__())}.")
    return _of_lessons()[name]


def __dir__():
    return sorted({*_HOME, *_of_lessons()})


def _of_lessons():
    """Return every live figure that a room offers, by its name."""
    return {name: getattr(room, name) for room in rooms() for name in getattr(room, "__all__", ())}
