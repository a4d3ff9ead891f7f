"""What can be grabbed in a picture: the places where the pointer is, and what the controls make of
them.
"""

import numpy as np
import pytest
from shared import Browser, grab, set_to

from helpers import (
    compare,
    explore,
    leaky_relu,
    relu,
    sigmoid,
    softmax,
    tanh,
    threads,
)
from lessons.cheatsheet import family
from lessons.leaky_relu import two_units
from lessons.relu import dead_units, follow
from lessons.softmax import shares, swept, tempered
from lessons.start_here import three_units, unit

CORNERS = [(-3, 0), (-2, 0), (0, 2), (1, 0), (3, 0)]


def history():
    return {"ReLU": np.linspace(-1, 2, 60).reshape(30, 2)}


def train(slope):
    losses = np.linspace(1, 0.1, 41)
    return np.column_stack([np.ones(41), np.ones(41), losses])


def units():
    return two_units(train, leaky_relu, [-1.0, 1.0], [0.0, 1.0])


GRABBED = [
    (lambda: explore(sigmoid), 0, [(1, 0.7), (-2.03, 0.1)], "x0", -2),
    (lambda: explore(sigmoid), 1, [(1, 0.1), (3.98, 0.1)], "x0", 4),
    (lambda: compare(relu, tanh), 1, [(1, 0.5), (2.5, 0.5)], "x0", 2.5),
    (lambda: threads(tanh), 0, [(0, 0.5), (-3, 0.1)], "x", -3),
    (lambda: unit(), 0, [(0, 1), (2.02, 1.5)], "x", 2),
    (units, 2, [(0, 1), (12.2, 1)], "step", 12),
    (lambda: dead_units(np.eye(2)), 1, [(0, 0.5), (-1.52, 0.2)], "bias", -1.5),
    (lambda: follow(history()), 0, [(3, 0), (17.4, 1)], "step", 17),
    (lambda: tempered(softmax), 1, [(1, 0.5), (2.51, 0.5)], "temperature", 2.5),
    (lambda: swept(softmax), 0, [(1, 0.5), (3, 0.2)], "z1", 3),
    (lambda: shares([2, 1, -1]), 0, [(1, 1), (-2.2, 2.4)], "z2", -2.2),
]


@pytest.mark.parametrize(("make", "axes", "points", "control", "value"), GRABBED)
def test_what_is_grabbed_follows_the_pointer(make, axes, points, control, value):
    live = make()
    grab(live, axes, *points)
    assert live.controls[control].value == pytest.approx(value)
    assert live.message == ""


def test_what_is_grabbed_stays_within_its_slider():
    live = explore(sigmoid, x_range=(-4, 4))
    for x, end in ((9.0, 4.0), (-9.0, -4.0)):
        grab(live, 0, (0, 0.5), (x, 0.5))
        assert live.controls["x0"].value == end


def test_a_pressed_unit_is_kept_when_the_pointer_passes_another_one():
    live = three_units(CORNERS)
    grab(live, 1, (-1, 0), (0.02, 0.05), (1.1, 0))
    biases = [live.controls[f"bias_{unit}"].value for unit in (1, 2, 3)]
    assert biases == [-1.1, 0.0, -1.0]


def test_every_place_is_answered_also_where_the_figure_fails():
    live = explore(lambda x: np.where(x < 2, x, np.nan), x_range=(-3, 1))
    assert grab(live, 0, (0, 0), (1, 0)).answers == 2


@pytest.mark.parametrize(
    "make", [lambda: explore(sigmoid), lambda: family("ReLU", "GELU")]
)
def test_the_ends_of_the_probes_slider_follow_the_range_when_the_hand_rests(make):
    live = make()
    probe = live.controls["x0"]
    browser = Browser(live)
    set_to(live, x_range=(-4, 5))
    # The browser would make the slider anew in each frame.
    assert (probe.min, probe.max) == (-6, 6)
    browser.say(rests=True)
    assert (probe.min, probe.max, probe.value) == (-4, 5, 1)
    browser.leave()
    set_to(live, x_range=(-3, 5))
    # Without the script nobody says that the hand rests.
    assert (probe.min, probe.max) == (-3, 5)


def test_a_hand_that_rests_on_an_empty_range_moves_no_end():
    live = explore(sigmoid)
    browser = Browser(live)
    set_to(live, x_range=(2, 2))
    browser.say(rests=True)
    assert live.controls["x0"].max == 6
    assert "pull them apart" in live.message


def test_a_probe_that_would_lie_outside_moves_at_once():
    live = explore(sigmoid)
    browser = Browser(live)
    set_to(live, x_range=(-4, 0.5))
    assert live.controls["x0"].value == 0.5
    assert "sigmoid(0.50)" in browser.words
