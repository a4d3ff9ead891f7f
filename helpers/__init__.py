"""What the lessons share: activation functions, live figures, fact cards and checks.

Widgets and Matplotlib load when a name that needs them is first used, so that `import helpers` is quick. The names of
the lessons' own live figures are not written here: they stand in `__all__` of the rooms in helpers.lessons.
"""

import importlib
import pkgutil

from helpers.lessons import rooms

_HOME = {
    **dict.fromkeys(
        ("ACTIVATIONS", "Activation", "identity", "leaky_relu", "relu", "sigmoid", "softmax", "tanh"),
        "helpers.activations",
    ),
    "compare": "helpers.figures.compare",
    "overlay": "helpers.figures.compare",
    "explore": "helpers.figures.explore",
    "side_by_side": "helpers.figures.compare",
    "threads": "helpers.figures.explore",
    "LiveFigure": "helpers.figures.live",
    "Network": "helpers.network",
    "card": "helpers.cards",
    "check": "helpers.exercises",
}


def __getattr__(name):
    if name == "__all__":
        return __dir__()
    if name in _HOME:
        value = getattr(importlib.import_module(_HOME[name]), name)
    # Python itself asks for names of its own, and for a module before it imports it: no reason to load the lessons.
    elif name.startswith("_") or name in (module.name for module in pkgutil.iter_modules(__path__)):
        raise AttributeError(f"helpers has no {name!r}.")
    elif name in (offered := _of_lessons()):
        value = offered[name]
    else:
        raise AttributeError(f"helpers has no {name!r}; it offers {', '.join(__dir__())}.")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*_HOME, *_of_lessons()})


def _of_lessons():
    """Return every live figure that a room offers, by its name."""
    return {name: getattr(room, name) for room in rooms() for name in getattr(room, "__all__", ())}
