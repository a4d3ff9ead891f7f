"""The nudge of lesson 00: what stands at each unit is what the units do."""

import re

import numpy as np
import pytest
from shared import mark, set_to, texts

from lessons.start_here.common import FUNCTIONS
from lessons.start_here.nudge import nudge
from lessons.start_here.signals import product_in_words, three_digits


def value(words):
    """Return a number as a reader reads it: −1.2×10⁻⁷ too."""
    plain = words.replace("−", "-")
    superscripts = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    return float(plain.translate(superscripts).replace("×10", "e"))


def outputs(x, weights, f):
    """Return what comes out of each unit of a row, the input first: written out, as an oracle."""
    values = [x]
    for weight in weights:
        values.append(float(f(np.array(weight * values[-1]))))
    return values


@pytest.mark.parametrize("name", FUNCTIONS)
def test_circles_slopes_nudges_and_measured_changes_are_those_of_the_units(name):
    live = nudge(reached="unit 3")
    weights = [1.7, -1.3, 0.9]
    set_to(live, x=0.6, activation=name)
    set_to(live, **{f"weight_{k}": weight for k, weight in enumerate(weights, 1)})
    f = FUNCTIONS[name]
    here = outputs(0.6, weights, f)
    there = outputs(0.61, weights, f)
    words = texts(live)
    size = 0.01
    for k, name in enumerate(("input", "unit 1", "unit 2", "unit 3")):
        assert value(words[f"output-{name}"]) == pytest.approx(here[k], abs=0.006)
        if k:
            slope = float(f.derivative(np.array(weights[k - 1] * here[k - 1])))
            _, shown = words[f"slope-{k}"].split(": ")
            assert value(shown) == pytest.approx(slope, rel=0.006)
            size *= weights[k - 1] * slope
        assert value(words[f"nudge-{k}"]) == pytest.approx(size, rel=0.006)
        shown = words.get(f"measured-{k}", words[f"nudge-{k}"])
        change = value(shown.removeprefix("measured: "))
        assert change == pytest.approx(there[k] - here[k], rel=0.006, abs=1e-12)
    assert words["change"].endswith(f"= {shown.removeprefix('measured: ')}.")


def test_the_measured_change_stands_beside_only_where_it_reads_otherwise():
    straight = texts(nudge(activation="none", reached="unit 3"))
    assert not any(name.startswith("measured") for name in straight)
    curved = texts(nudge(2.0, activation="tanh", reached="unit 1"))
    assert curved["measured-1"] != f"measured: {curved['nudge-1']}"


def test_bars_are_as_long_as_nudges_are_large_and_hang_when_these_are_negative():
    live = nudge(0.3, (1.5, -2.0, 1.0), "tanh", reached="unit 3")
    words = texts(live)
    sizes = np.array([value(words[f"nudge-{k}"]) for k in range(4)])
    # The panel counts pixels downwards.
    bars = np.array([-mark(live, f"bar-{k}").get_height() for k in range(4)])
    assert bars / bars[0] == pytest.approx(sizes / sizes[0], rel=0.006)
    assert (bars > 0).tolist() == [True, True, False, False]


def test_a_nudge_is_seen_as_far_as_it_has_come():
    live = nudge()
    for count, reached in enumerate(("input", "unit 1", "unit 2", "unit 3")):
        set_to(live, reached=reached)
        words = texts(live)
        known = [words[f"nudge-{k}"] != "?" for k in range(4)]
        assert f"A nudge of 0.01 reaches {reached}." in live.alt
        assert known == [True] * (count + 1) + [False] * (3 - count)


def test_the_words_multiply_before_the_eyes():
    live = nudge()
    assert texts(live)["step"] == "next, into unit 1: 0.01 × 1.5 × 0.25 = ?"
    set_to(live, reached="unit 1")
    step = "unit 1: 0.01 × 1.5 × 0.25 = 0.00375: it has shrunk."
    assert texts(live)["step"] == step
    set_to(live, reached="unit 2")
    assert texts(live)["whole"].startswith("both together: 0.375 × 0.235 = 0.0881")
    set_to(live, reached="unit 3")
    factors, slope = re.search(
        r"together: (.*) [=≈] ([\d.]+), the slope of the whole", texts(live)["whole"]
    ).groups()
    product = np.prod([value(factor) for factor in factors.split(" × ")])
    assert product == pytest.approx(value(slope), rel=0.01)
    nudged = value(texts(live)["nudge-3"])
    assert nudged == pytest.approx(0.01 * value(slope), rel=0.01)


@pytest.mark.parametrize(
    ("weight", "fate"),
    [
        (2, "it has grown"),
        (-2, "it has grown, and turned round"),
        (1, "it stays as large"),
        (-1, "it stays as large, and turned round"),
        (0.5, "it has shrunk"),
        (0, "it is gone"),
    ],
)
def test_the_words_say_what_became_of_it(weight, fate):
    live = nudge(1.0, (weight, 1, 1), "none", reached="unit 1")
    assert texts(live)["step"].endswith(f": {fate}.")


def test_what_is_gone_does_not_grow_again():
    live = nudge(1.0, (-2, 2, 2), "ReLU", reached="unit 3")
    assert texts(live)["step"] == "unit 3: 0 × 2 × 0 = 0: it is gone."


def test_at_a_bend_the_slope_is_a_choice_and_the_words_say_so():
    words = texts(nudge(0.0, activation="ReLU", reached="unit 1"))
    assert words["slope-1"] == "slope at the bend: 0"
    assert words["measured-1"] == "measured: +0.015"
    assert texts(nudge(0.0))["slope-1"] == "slope there: 0.25"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (100.4, "100"),
        (-0.5, "−0.5"),
        (0.0012345, "0.00123"),
        (0.09996, "0.1"),
        (1.5e-8, "1.50×10⁻⁸"),
        (1e-13, "0"),
    ],
)
def test_numbers_are_as_short_as_three_digits_allow(number, words):
    assert three_digits(number) == words


def test_a_product_says_when_its_shown_factors_make_another_number():
    assert product_in_words([0.01, -1.5, 0.25], -0.00375) == (
        "0.01 × (−1.5) × 0.25 = −0.00375"
    )
    thirds = product_in_words([2 / 3, 2 / 3], 4 / 9)
    assert thirds == "0.667 × 0.667 ≈ 0.444"  # 0.444889
