"""The fact card of an activation, rendered from the registry so that no fact is typed twice."""

from helpers.activations import Activation
from helpers.arguments import shown


class Card(dict):
    """Facts by their names, which notebooks show as a table and plain consoles as text."""

    def _repr_markdown_(self):
        (_, name), *facts = self.items()
        return "\n".join(
            [f"| **{name}** | |", "|:--|:--|", *(f"| {what} | {value} |" for what, value in facts)]
        )

    def __repr__(self):
        return "\n".join(f"{what}: {value}" for what, value in self.items()).replace("<br>", " ")


def card(activation):
    """Return the fact card of an Activation for display, or raise TypeError for anything else."""
    if not isinstance(activation, Activation):
        raise TypeError(
            f"card needs an activation of helpers, such as helpers.sigmoid, not {shown(activation)}."
        )
    f, sides = activation, activation.saturates
    where = "" if f.largest_slope_at is None else f", at x = {f.largest_slope_at:g}"
    usual = ", ".join(f"{name} = {parameter.default:g}" for name, parameter in f.parameters.items())
    return Card(
        {
            "name": f.name,
            "input": f.input_type,
            "output": f.output_type,
            "range": f.range_text,
            "formula": f"$\\displaystyle {f.formula}$",
            "slope": f"$\\displaystyle {f.derivative_formula}$",
            "largest slope": f"{f.largest_slope:.5g}{where}{usual and f' ({usual})'}",
            "zero-centred": "yes" if f.zero_centred else "no",
            "saturates (slope goes to 0)": ["no", f"on the {''.join(sides)}", "on both sides"][
                len(sides)
            ],
            "strengths": _sentences(f.strengths),
            "weaknesses": _sentences(f.weaknesses),
            "used for": f.used_for,
            "source": f.reference,
        }
    )


def _sentences(texts):
    return "<br>".join(f"{text[0].upper()}{text[1:]}." for text in texts)
