"""Two layers of two units in lesson 00: nudges that meet are added."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared import set_to, texts

from helpers.figures.style import number
from lessons.start_here.common import FUNCTIONS
from lessons.start_here.signals import pass_on, signed
from lessons.start_here.two_ways import two_ways

FIRST = (1.0, -1.5)
SECOND = ((1.5, 1.0), (-1.0, 0.5))


def units(x, f, first=FIRST, second=SECOND):
    """Return the outputs of A, B, C and D."""
    a, b = f(np.multiply(first, x))
    return np.array([a, b, *f(np.multiply(second[0], a) + np.multiply(second[1], b))])


@settings(max_examples=40, deadline=None)
@given(
    x=st.floats(-3, 3),
    weights=st.lists(st.floats(-2, 2), min_size=6, max_size=6),
    name=st.sampled_from(("none", "sigmoid", "tanh")),
)
def test_nudges_are_the_slopes_that_central_differences_find(x, weights, name):
    f = FUNCTIONS[name]
    first = weights[:2]
    second = np.reshape(weights[2:], (2, 2))
    passed = pass_on(x, [np.array([first]), second], f)
    nudges = np.concatenate([layer.nudges for layer in passed])
    h = 1e-5
    rise = units(x + h, f, first, second) - units(x - h, f, first, second)
    assert nudges == pytest.approx(0.01 * rise / (2 * h), rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_outputs_and_measured_changes_are_those_of_the_units(name):
    live = two_ways(0.7, activation=name, reached="layer 2")
    here = units(0.7, FUNCTIONS[name])
    there = units(0.71, FUNCTIONS[name])
    words = texts(live)
    for unit, before, after in zip("ABCD", here, there, strict=True):
        assert words[f"output-unit {unit}"] == number(before, 2)
        nudge = words[f"nudge-unit {unit}"].removeprefix("nudge: ")
        shown = words.get(f"measured-unit {unit}", nudge).removeprefix("measured: ")
        assert shown == signed(after - before)


def test_the_words_add_what_comes_along_two_ways():
    live = two_ways(activation="none", reached="layer 2")
    words = texts(live)
    assert words["step-unit C"] == "unit C: (0.01 × 1.5 + (−0.015) × (−1)) × 1 = 0.03."
    assert words["step-unit D"] == "unit D: (0.01 × 1 + (−0.015) × 0.5) × 1 = 0.0025."
    assert words["ways"] in live.alt
    set_to(live, activation="tanh", x=0.0)
    # At 0 tanh has the slope 1, so that nothing changes.
    assert texts(live)["nudge-unit C"] == "nudge: +0.03"


def test_a_nudge_is_seen_as_far_as_it_has_come():
    live = two_ways()
    known = {"input": "", "layer 1": "AB", "layer 2": "ABCD"}
    for reached, names in known.items():
        set_to(live, reached=reached)
        words = texts(live)
        assert words["nudge-input"] == "nudge: +0.01"
        assert f"A nudge of 0.01 reaches {reached}." in live.alt
        for unit in "ABCD":
            assert (words[f"nudge-unit {unit}"] != "nudge: ?") == (unit in names)


def test_it_begins_with_a_question():
    words = texts(two_ways(activation="none"))
    assert words["step"] == "next, into unit A: 0.01 × 1 × 1 = ?"
