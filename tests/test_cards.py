"""The fact card: every fact of every activation, in a table that Markdown reads as one."""

import dataclasses
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from nbconvert.filters import markdown2html

from helpers import ACTIVATIONS, card, leaky_relu, relu, sigmoid, softmax, tanh

every_activation = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)
FACTS = [
    "input",
    "output",
    "range",
    "formula",
    "slope",
    "largest slope",
    "zero-centred",
    "saturates",
]
FACTS += ["strengths", "weaknesses", "used for", "source"]


def rows(f):
    """Return the card's table as a browser shows it: a list of the cells' texts for each row."""
    page = markdown2html(card(f)._repr_markdown_()).replace("<br>", "<br/>")
    table = ET.fromstring(f"<div>{page}</div>").find("table")
    return [
        [" ".join("\n".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")
    ]


def facts(f):
    return dict(rows(f)[1:])


def fact(f, what):
    """Return the value of the row whose name starts with `what`."""
    (value,) = [value for name, value in facts(f).items() if name.split(" (")[0] == what]
    return value


@every_activation
def test_every_fact_is_there(f):
    assert [name.split(" (")[0] for name in facts(f)] == FACTS
    assert all(facts(f).values())


@every_activation
def test_the_table_has_two_columns_and_nothing_else(f):
    assert {len(row) for row in rows(f)} == {2}
    assert rows(f)[0] == [f.name, ""]
    page = ET.fromstring(
        f"<div>{markdown2html(card(f)._repr_markdown_()).replace('<br>', '<br/>')}</div>"
    )
    assert [child.tag for child in page] == ["table"]
    lines = card(f)._repr_markdown_().split("\n")
    assert len(lines) == len(FACTS) + 2
    assert all(line.startswith("|") and line.endswith("|") for line in lines)


@every_activation
def test_the_card_says_what_the_registry_says(f):
    assert fact(f, "input") == f.input_type
    assert fact(f, "output") == f.output_type
    assert fact(f, "range") == f.range_text
    assert fact(f, "used for") == f.used_for
    assert fact(f, "source") == f.reference
    assert fact(f, "zero-centred") == ("yes" if f.zero_centred else "no")


@every_activation
def test_formulas_reach_the_reader_as_they_are(f):
    for what, formula in (("formula", f.formula), ("slope", f.derivative_formula)):
        shown = fact(f, what)
        assert shown.startswith("$")
        assert shown.endswith("$")
        assert " ".join(formula.split()) in shown
        assert "|" not in formula  # it would end the cell


@every_activation
def test_every_strength_and_weakness_is_a_sentence(f):
    for what, given in (("strengths", f.strengths), ("weaknesses", f.weaknesses)):
        shown = fact(f, what)
        for text in given:
            assert f"{text[0].upper()}{text[1:]}." in shown
        assert ".." not in shown


@pytest.mark.parametrize(
    ("f", "slope"),
    [
        (sigmoid, "0.25, at x = 0"),
        (tanh, "1, at x = 0"),
        (relu, "1"),
        (leaky_relu, "1 (negative_slope = 0.01)"),
        (softmax, "0.25 (temperature = 1)"),
    ],
)
def test_the_largest_slope_has_no_empty_digits(f, slope):
    assert fact(f, "largest slope") == slope


@pytest.mark.parametrize("size", [0.1, 1.1289, 10.0, 100.0, 0.0])
def test_any_largest_slope_can_be_read(size):
    shown = fact(dataclasses.replace(relu, largest_slope=size), "largest slope")
    assert float(shown) == size


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        ((), "no"),
        (("left",), "on the left"),
        (("right",), "on the right"),
        (("left", "right"), "on both sides"),
    ],
)
def test_saturation_names_its_sides(sides, words):
    assert fact(dataclasses.replace(relu, saturates=sides), "saturates") == words


@every_activation
def test_a_plain_console_shows_the_same_facts_as_text(f):
    lines = repr(card(f)).split("\n")
    assert lines[0] == f"name: {f.name}"
    assert [line.split(":")[0].split(" (")[0] for line in lines[1:]] == FACTS
    assert "<br" not in repr(card(f))


def test_a_notebook_shows_the_table():
    data, _ = DisplayFormatter().format(card(sigmoid))
    assert data["text/markdown"] == card(sigmoid)._repr_markdown_()
    assert data["text/plain"] == repr(card(sigmoid))


@pytest.mark.parametrize(
    "given", ["sigmoid", None, 3, np.tanh, sigmoid.derivative, np.zeros(3), type(sigmoid)], ids=str
)
def test_anything_else_has_no_card(given):
    with pytest.raises(
        TypeError, match=r"card needs an activation of helpers, such as helpers\.sigmoid, not "
    ):
        card(given)
