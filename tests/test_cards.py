"""The fact card: every fact of every activation, in a table that Markdown reads as one."""

import dataclasses
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from nbconvert.filters import markdown2html

from helpers import ACTIVATIONS, card, leaky_relu, relu, sigmoid, softmax, tanh

every_activation = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)
FACTS = ["input", "output", "range", "formula", "slope", "largest slope"]
FACTS += ["zero-centred", "saturates", "strengths", "weaknesses", "used for", "source"]


def page(f):
    """Return what a browser makes of a card."""
    html = markdown2html(card(f)._repr_markdown_()).replace("<br>", "<br/>")
    return ET.fromstring(f"<div>{html}</div>")


def rows(f):
    """Return the card's table as a browser shows it: a list of the cells' texts for each row."""
    table = []
    for row in page(f).iter("tr"):
        cells = ["".join(cell.itertext()) for cell in row]
        table.append([" ".join(cell.split()) for cell in cells])
    return table


def facts(f):
    """Return {fact: text}, without what explains a fact in brackets."""
    return {name.split(" (")[0]: text for name, text in rows(f)[1:]}


@every_activation
def test_every_fact_is_there_in_one_table_of_two_columns(f):
    assert [child.tag for child in page(f)] == ["table"]
    assert rows(f)[0] == [f.name, ""]
    assert list(facts(f)) == FACTS
    assert all(facts(f).values())


@every_activation
def test_the_card_says_what_the_registry_says(f):
    told = facts(f)
    given = {
        "input": f.input_type,
        "output": f.output_type,
        "range": f.range_text,
        "used for": f.used_for,
        "source": f.reference,
        "zero-centred": f.zero_centred,
        "formula": f"$\\displaystyle {' '.join(f.formula.split())}$",
        "slope": f"$\\displaystyle {' '.join(f.derivative_formula.split())}$",
    }
    assert {name: told[name] for name in given} == given
    for what, texts in (("strengths", f.strengths), ("weaknesses", f.weaknesses)):
        assert all(f"{text[0].upper()}{text[1:]}." in told[what] for text in texts)


@pytest.mark.parametrize(
    ("f", "slope"),
    [
        (sigmoid, "0.25, at x = 0"),
        (tanh, "1, at x = 0"),
        (leaky_relu, "1 (negative_slope = 0.01)"),
        (softmax, "0.25 (temperature = 1)"),
        (dataclasses.replace(relu, largest_slope=1.1289), "1.1289"),
        (dataclasses.replace(relu, largest_slope=100.0), "100"),
    ],
)
def test_the_largest_slope_has_no_empty_digits(f, slope):
    assert facts(f)["largest slope"] == slope


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
    assert facts(dataclasses.replace(relu, saturates=sides))["saturates"] == words


@every_activation
def test_a_notebook_shows_the_table_and_a_plain_console_the_same_facts(f):
    data, _ = DisplayFormatter().format(card(f))
    assert data["text/markdown"] == card(f)._repr_markdown_()
    lines = data["text/plain"].split("\n")
    assert lines[0] == f"name: {f.name}"
    assert [line.split(":")[0].split(" (")[0] for line in lines[1:]] == FACTS
    assert "<br" not in data["text/plain"]


@pytest.mark.parametrize(
    "given", ["sigmoid", np.tanh, sigmoid.derivative, type(sigmoid)]
)
def test_anything_else_has_no_card(given):
    words = r"card needs an activation of helpers, such as helpers\.sigmoid, not "
    with pytest.raises(TypeError, match=words):
        card(given)
