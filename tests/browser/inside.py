"""Runs inside a lesson's kernel, in a namespace of its own, and prints what the kernel says of its live figures."""

import json

import ipywidgets
from matplotlib.text import Text

from helpers import LiveFigure

WIDGETS = ipywidgets.widgets.widget._instances


def within(widget):
    """Yield the live figures in a widget in the order in which they are shown."""
    if isinstance(widget, LiveFigure):
        yield widget
    else:
        for child in getattr(widget, "children", ()):
            yield from within(child)


def find(model_ids):
    """Print the model ids of the live figures in the widgets of those ids."""
    print(json.dumps([figure.model_id for model_id in model_ids for figure in within(WIDGETS[model_id])]))


def report(model_id):
    """Print the words, the named texts of the picture and the values of the controls of one live figure."""
    live = WIDGETS[model_id]
    texts = live.figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_gid())
    controls = live.controls.values()
    state = {
        "alt": live.alt,
        "message": live.message,
        "texts": {text.get_gid(): text.get_text() for text in texts if text.get_visible() and text.get_text()},
        "values": {control.description: _shown(control) for control in controls if hasattr(control, "value")},
    }
    print(json.dumps(state))


def _shown(control):
    value = getattr(control, "label", control.value)  # of a choice, a learner sees the label
    return str(value).lower() if isinstance(value, bool) else value
