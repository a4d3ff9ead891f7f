"""Runs inside a lesson's kernel, in a namespace of its own, and prints what the kernel says of its live figures."""

import json

import ipywidgets
from matplotlib.text import Text

from helpers.figures.live import DRAWING, LiveFigure

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
    """Print what one live figure says: words, named texts, message and the values of its controls."""
    live = WIDGETS[model_id]
    with DRAWING:
        print(json.dumps(_state(live, live.alt)))


def review(model_id):
    """Print the same as it ought to be: drawn now, for the values that the controls have now."""
    live = WIDGETS[model_id]
    with DRAWING:
        print(json.dumps(_state(live, _words_for_the_present_values(live))))


def _state(live, words):
    texts = live.figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_gid())
    controls = [control for control in live.controls.values() if hasattr(control, "value")]
    return {
        "alt": words,
        "message": live.message,
        "texts": {text.get_gid(): text.get_text() for text in texts if text.get_visible() and text.get_text()},
        "values": {control.description: _shown(control) for control in controls},
    }


def _words_for_the_present_values(live):
    """Return what the figure would say if it were drawn now, so that a change it has missed is seen."""
    live._busy = True  # moves the artists and draws nothing
    try:
        return live._update(**{name: control.value for name, control in live.controls.items()})
    except (ValueError, TypeError):
        return live.alt  # the last good picture stays
    finally:
        live._busy = False


def _shown(control):
    if hasattr(control, "label"):  # that is what a learner sees of a choice; no choice is no label
        return control.label or ""
    return str(control.value).lower() if isinstance(control.value, bool) else control.value
