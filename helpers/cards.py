"""The fact card of an activation, rendered from the registry so that no fact is typed twice."""

from helpers.activations import Activation
from helpers.arguments import short_repr

SIDES = {
    (): "no",
    ("left",): "on the left",
    ("right",): "on the right",
    ("left", "right"): "on both sides",
}


class Card(dict):
    """Facts by their names, which notebooks show as a table and plain consoles as text."""

    def _repr_markdown_(self):
        (_, name), *facts = self.items()
        rows = [f"| {label} | {value} |" for label, value in facts]
        return "\n".join([f"| **{name}** | |", "|:--|:--|", *rows])

    def __repr__(self):
        lines = [f"{label}: {value}" for label, value in self.items()]
        return "\n".join(lines).replace("<br>", " ")


def card(activation):
    """Return the fact card of an Activation for display, or raise TypeError for anything else."""
    if not isinstance(activation, Activation):
        raise TypeError(
            "card needs an activation of helpers, such as helpers.sigmoid, "
            f"not {short_repr(activation)}."
        )
    f = activation
    return Card(
        {
            "name": f.name,
            "input": f.input_type,
            "output": f.output_type,
            "range": f.range_text,
            "formula": f"$\\displaystyle {f.formula}$",
            "slope": f"$\\displaystyle {f.derivative_formula}$",
            "largest slope": _largest_slope(f),
            "zero-centred": f.zero_centred,
            "saturates (slope goes to 0)": SIDES[f.saturates],
            "strengths": _sentences(f.strengths),
            "weaknesses": _sentences(f.weaknesses),
            "used for": f.used_for,
            "source": f.reference,
        }
    )


def _largest_slope(f):
    """Return the largest slope, where it is, and the parameters for which it holds."""
    text = f"{f.largest_slope:.5g}"
    if f.largest_slope_at is not None:
        text += f", at x = {f.largest_slope_at:g}"
    if f.parameters:
        usual = [
            f"{name} = {parameter.default:g}"
            for name, parameter in f.parameters.items()
        ]
        text += f" ({', '.join(usual)})"
    return text


def _sentences(texts):
    return "<br>".join(f"{text[0].upper()}{text[1:]}." for text in texts)
