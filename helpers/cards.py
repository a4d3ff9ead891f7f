"""The fact card of an activation, rendered from the registry so that no fact is typed twice."""

from helpers.activations import Activation
from helpers.figures.style import number


class Card:
    """A card that notebooks show as a table and plain consoles as text."""

    def __init__(self, activation):
        self._rows = list(_rows(activation))
        self._name = activation.name

    def _repr_markdown_(self):
        rows = [f"| **{self._name}** | |", "|:--|:--|", *(f"| {what} | {value} |" for what, value in self._rows)]
        return "\n".join(rows)

    def __repr__(self):
        rows = [("name", self._name), *self._rows]
        return "\n".join(f"{what}: {value}".replace("<br>", " ") for what, value in rows)


def card(activation):
    """Return the fact card of an Activation for display, or raise TypeError for anything else."""
    if not isinstance(activation, Activation):
        raise TypeError(f"card needs an activation of helpers, such as helpers.sigmoid, not {activation!r}.")
    return Card(activation)


def _rows(f):
    """Yield (what, value) for every line of the card."""
    yield "input", f.input_type
    yield "output", f.output_type
    yield "range", f.range_text
    yield "formula", f"$\\displaystyle {f.formula}$"
    yield "slope", f"$\\displaystyle {f.derivative_formula}$"
    where = f", at x = {f.largest_slope_at:g}" if f.largest_slope_at is not None else ""
    yield "largest slope", number(f.largest_slope, 4).rstrip("0").rstrip(".") + where
    yield "zero-centred", "yes" if f.zero_centred else "no"
    yield "saturates (slope dies away)", _sides(f.saturates)
    yield "strengths", _sentences(f.strengths)
    yield "weaknesses", _sentences(f.weaknesses)
    yield "used for", f.used_for
    yield "source", f.reference


def _sides(sides):
    return {0: "no", 1: f"on the {''.join(sides)}", 2: "on both sides"}[len(sides)]


def _sentences(texts):
    return "<br>".join(f"{text[0].upper()}{text[1:]}." for text in texts)
