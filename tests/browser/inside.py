"""Runs inside a lesson's kernel, and prints what the kernel says of its live figures."""

import json
import time

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
    figures = [figure for model_id in model_ids for figure in within(WIDGETS[model_id])]
    print(json.dumps([figure.model_id for figure in figures]))


def report(model_id):
    """Print what one live figure says: words, named texts, message and values of its controls."""
    live = WIDGETS[model_id]
    with DRAWING:
        _print_state(live)


def review(model_id):
    """Print the same, and raise if drawing anew changes the words: it has missed a change."""
    live = WIDGETS[model_id]
    time.sleep(0.02)  # a change that has only just come is drawn meanwhile
    with DRAWING:
        words = live.alt
        live.refresh()
        if words != live.alt and not _runs_by_itself(live):
            raise AssertionError(
                f'The picture said "{words}", and ought to say "{live.alt}"'
            )
        _print_state(live)


def _runs_by_itself(live):
    return "running" in live.controls and live.controls["running"].value


def _print_state(live):
    texts = live.figure.findobj(
        lambda artist: isinstance(artist, Text) and artist.get_gid()
    )
    named = {text.get_gid(): text.get_text() for text in texts if text.get_visible()}
    controls = [
        control for control in live.controls.values() if hasattr(control, "value")
    ]
    state = {
        "alt": live.alt,
        "message": live.message,
        "texts": {name: words for name, words in named.items() if words},
        "values": {control.description: _shown(control) for control in controls},
    }
    print(json.dumps(state))


def _shown(control):
    """Return a control's value as the page shows it."""
    if hasattr(control, "label"):  # a choice; no choice is no label
        return control.label or ""
    if isinstance(control.value, bool):
        return str(control.value).lower()
    return control.value
