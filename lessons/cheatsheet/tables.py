"""six_questions: the answers of all functions in one table."""

from helpers.activations import ACTIVATIONS
from lessons.cheatsheet.advice import ABOUT


class Table(list):
    """Rows of texts, the first one the head, which notebooks show as a table and consoles as
    text.
    """

    def _repr_markdown_(self):
        head, *rows = ("| " + " | ".join(row) + " |" for row in self)
        line = "|:--" * len(self[0]) + "|"
        return "\n".join([head, line, *rows])

    def __repr__(self):
        head, *rows = self
        lines = []
        for row in rows:
            cells = [
                f"{title}: {words}" for title, words in zip(head, row, strict=True)
            ]
            lines.append("; ".join(cells))
        return "\n".join(lines)


def six_questions():
    """Return the answers to the six questions of lesson 00 for all activations as one table."""
    rows = [
        (
            "function",
            "1 in",
            "2 out, 4 a probability?",
            "3 range",
            "5 graph",
            "6 slope, and what it hints at",
        )
    ]
    for name, f in ACTIVATIONS.items():
        about = ABOUT[name]
        given = f.input_type.partition(":")[0]
        rows.append(
            (link_to(f), given, f.output_type, f.range_text, about.graph, about.hint)
        )
    return Table(rows)


def link_to(f):
    """Return a function's name as a link to its lesson."""
    return f"[{f.name}]({ABOUT[f.identifier].lesson}.ipynb)"
