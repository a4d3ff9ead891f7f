"""Tables of all functions at once."""

from helpers.activations import ACTIVATIONS
from lessons.cheatsheet.choose import ABOUT, ADVICE, facts_of

ALL = ACTIVATIONS.items()


class Table(list):
    """Rows of texts, the first one the head, which notebooks show as a table and plain consoles as text."""

    def _repr_markdown_(self):
        head, *rows = ("| " + " | ".join(row) + " |" for row in self)
        return "\n".join([head, "|:--" * len(self[0]) + "|", *rows])

    def __repr__(self):
        head, *rows = self
        return "\n".join("; ".join(f"{what}: {said}" for what, said in zip(head, row, strict=True)) for row in rows)


def facts():
    """Return the facts of all activations as one table."""
    head = ("function", "range", "largest slope", "zero-centred", "saturates", "operations", "used for")
    return Table([head, *((_linked(f), *facts_of(f).values(), ABOUT[name].operations, f.used_for) for name, f in ALL)])


def six_questions():
    """Return the answers to the six questions of lesson 00 for all activations as one table."""
    head = ("function", "1 in", "2 out, 4 a probability?", "3 range", "5 graph", "6 slope, and what it hints at")
    rows = (
        (_linked(f), f.input_type.partition(":")[0], f.output_type, f.range_text, *ABOUT[name][2:]) for name, f in ALL
    )
    return Table([head, *rows])


def decisions():
    """Return all answers to "Which one do I choose?" as one table."""
    head = ("layer", "for what", "choose", "how", "why")
    return Table([head, *((a.layer, a.case, _linked(a.f), a.along, f"{a.reason} {a.more}") for a in ADVICE)])


def _linked(f):
    return f"[{f.name}]({ABOUT[f.identifier].lesson}.ipynb)"
