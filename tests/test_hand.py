"""What can be grabbed in a picture, without a browser: messages of the script, and what the controls make of them."""

import frames
import numpy as np
import pytest
from shared import grab

import helpers
from helpers.figures import Page
from helpers.figures.style import BLUE, own_settings
from lessons.cheatsheet import family
from lessons.leaky_relu import two_units
from lessons.relu import dead_units, follow
from lessons.softmax import shares, shifted, swept, tempered
from lessons.start_here import three_units, unit
from lessons.tanh import lstm


def corners():
    return [(-3, 0), (-2, 0), (0, 2), (1, 0), (3, 0)]


def history():
    return {"ReLU": np.linspace(-1, 2, 60).reshape(30, 2)}


def train(slope):
    return np.column_stack([np.ones(41), np.ones(41), np.linspace(1, 0.1, 41)])


def lstm_step(memory, signal, scores, gate, candidate):
    f, i, o = gate(np.array(scores))
    memory = f * memory + i * candidate(signal)
    return memory, o * np.tanh(memory)


@pytest.mark.parametrize(
    ("make", "axes", "points", "control", "value"),
    [
        (lambda: helpers.explore(helpers.sigmoid), 0, [(1, 0.7), (-2.03, 0.1)], "x0", -2),
        (lambda: helpers.explore(helpers.sigmoid), 1, [(1, 0.1), (3.98, 0.1)], "x0", 4),
        (lambda: helpers.compare(helpers.relu, helpers.tanh), 1, [(1, 0.5), (2.5, 0.5)], "x0", 2.5),
        (lambda: helpers.threads(helpers.tanh), 0, [(0, 0.5), (-3, 0.1)], "x", -3),
        (lambda: unit(), 0, [(0, 1), (2.02, 1.5)], "x", 2),
        (
            lambda: two_units(train, helpers.leaky_relu, [-1.0, 1.0], [0.0, 1.0]),
            2,
            [(0, 1), (12.2, 1)],
            "step",
            12,
        ),
        (lambda: dead_units(np.array([[1.0, -1], [2, 0.5]])), 1, [(0, 0.5), (-1.52, 0.2)], "bias", -1.5),
        (lambda: follow(history()), 0, [(3, 0), (17.4, 1)], "step", 17),
        (lambda: tempered(helpers.softmax), 1, [(1, 0.5), (2.51, 0.5)], "temperature", 2.5),
        (lambda: swept(helpers.softmax, helpers.softmax.jacobian), 0, [(1, 0.5), (3, 0.2)], "z1", 3),
        (lambda: shares([2, 1, -1]), 0, [(1, 1), (-2.2, 2.4)], "z2", -2.2),
        (lambda: shifted(helpers.softmax), 0, [(1, 2), (-3.1, 0)], "z3", -3.1),
        (lambda: lstm(lstm_step, [0.0, 1, 0]), 0, [(0.9, 1.5), (0.5, 1.5)], "input", 0),
        (lambda: three_units(corners()), 1, [(-1, 0), (2.2, 0.4)], "bias_1", -2.2),
    ],
)
def test_what_is_grabbed_follows_the_pointer(make, axes, points, control, value):
    live = make()
    before = live.alt
    grab(live, axes, *points)
    assert live.controls[control].value == pytest.approx(value)
    assert live.alt != before
    assert live.message == ""


def test_what_is_grabbed_stays_within_its_slider():
    live = helpers.explore(helpers.sigmoid, x_range=(-4, 4))
    for x, end in ((9.0, 4.0), (-9.0, -4.0)):
        grab(live, 0, (0, 0.5), (x, 0.5))
        assert live.controls["x0"].value == end


def test_the_line_of_a_unit_sets_its_weight():
    live = three_units(corners(), weights=(0.5, -0.5, 0.5), biases=(1.0, 0.0, -1.0))
    grab(live, 1, (2.5, 0.5 * 3.5), (2.5, 3.5))
    assert live.controls["weight_1"].value == pytest.approx(1.0)
    assert [live.controls[name].value for name in ("weight_2", "weight_3")] == [-0.5, 0.5]


def test_a_pressed_unit_is_kept_when_the_pointer_passes_another_one():
    live = three_units(corners(), biases=(1.0, 0.0, -1.0))
    grab(live, 1, (-1, 0), (0.02, 0.05), (1.1, 0))
    assert [live.controls[f"bias_{i}"].value for i in (1, 2, 3)] == pytest.approx([-1.1, 0.0, -1.0])


def test_far_from_every_unit_nothing_is_grabbed():
    live = three_units(corners(), weights=(0.5, 0.5, 0.5), biases=(1.0, 0.0, -1.0))
    before = frames.snapshot(live)
    grab(live, 1, (-2.5, -1), (0, 0))
    assert frames.snapshot(live) == before


def test_every_message_is_answered_also_where_the_figure_fails(monkeypatch):
    live = helpers.explore(lambda x: np.where(x < 2, x, np.nan), x_range=(-3, 1))
    answers = []
    monkeypatch.setattr(live._hand, "send", answers.append)
    grab(live, 0, (0, 0), (1, 0))
    assert answers == [{"view": "v"}] * 2


# What is sent


def sent(live, monkeypatch):
    """Return the list into which goes, from now on, what each message to the browser's script holds."""
    messages = []
    monkeypatch.setattr(live._hand, "_send", lambda message, buffers=None: messages.append(message["state"]))
    return messages


def test_with_the_script_only_what_has_changed_is_sent(monkeypatch):
    live = helpers.explore(helpers.sigmoid)
    whole = live._picture.value
    live._heard(None, {"view": "v", "here": True}, [])
    messages = sent(live, monkeypatch)
    live.controls["x0"].value = 2.0
    live.controls["x0"].value = 3.0
    live.controls["x_range"].value = (-3, 3)  # other ticks
    first, second, third = messages
    assert set(first) == set(third) == {"still", "frame"}  # at first the script has nothing
    assert set(second) == {"frame"}
    assert first["still"] in whole
    assert third["still"] not in whole
    assert "slope at 2.00 = 0.1050" in first["frame"]["moving"]
    assert [message["frame"]["words"] for message in messages][-1] == live.alt
    assert len(second["frame"]["moving"]) < 0.6 * len(whole)
    assert live._picture.value == whole


def test_no_older_frame_is_painted_upon_a_whole_picture():
    """What the script would paint when the figure is shown again is older than the picture: there is nothing."""
    live = helpers.explore(helpers.sigmoid)
    for here in (True, False):
        live._heard(None, {"view": "v", "here": here}, [])
        live.controls["x0"].value = 2.0 + here
    assert live._hand.frame == {}
    assert live._hand.still == ""
    assert "slope at 2.00" in live._picture.value


def test_when_the_last_view_has_gone_every_frame_is_a_whole_picture():
    live = helpers.explore(helpers.sigmoid)
    for view in ("one", "two"):
        live._heard(None, {"view": view, "here": True}, [])
    live._heard(None, {"view": "one", "here": False}, [])
    before = live._picture.value
    live.controls["x0"].value = 2.0
    assert live._picture.value == before
    live._heard(None, {"view": "two", "here": False}, [])
    live.controls["x0"].value = 3.0
    assert "slope at 3.00" in live._picture.value


@pytest.mark.parametrize("make", [lambda: helpers.explore(helpers.sigmoid), lambda: family("ReLU", "GELU")])
def test_the_ends_of_the_probes_slider_follow_the_range_when_the_hand_rests(make):
    live = make()
    probe, span = live.controls["x0"], live.controls["x_range"]
    live._heard(None, {"view": "v", "here": True}, [])
    span.value = -4, 5
    assert (probe.min, probe.max) == (-6, 6), "The browser would make the slider anew in each frame of a drag."
    live._heard(None, {"view": "v", "rests": True}, [])
    assert (probe.min, probe.max, probe.value) == (-4, 5, 1)
    live._heard(None, {"view": "v", "here": False}, [])
    span.value = -3, 5
    assert (probe.min, probe.max) == (-3, 5), "Without the script nobody says that the hand rests."


def test_a_hand_that_rests_on_an_empty_range_moves_no_end():
    live = helpers.explore(helpers.sigmoid)
    live._heard(None, {"view": "v", "here": True}, [])
    live.controls["x_range"].value = 2, 2
    live._heard(None, {"view": "v", "rests": True}, [])
    assert (live.controls["x0"].min, live.controls["x0"].max) == (-6, 6)
    assert "pull them apart" in live.message


def test_a_probe_that_would_lie_outside_moves_at_once():
    live = helpers.explore(helpers.sigmoid)
    live._heard(None, {"view": "v", "here": True}, [])
    live.controls["x_range"].value = -4, 0.5
    assert live.controls["x0"].value == 0.5
    assert "sigmoid(0.50)" in live.alt


@own_settings()
def test_a_page_says_what_can_be_grabbed_where():
    page = Page(200)
    page.drag(page.panel(20, 100, 50, 300, x=(0, 10)), "x")
    page.slider("x", "x", 1, 0, 10, 1)
    dot = page.panels[0].dots(BLUE)

    def update(x):
        dot.move(x, 0.5)
        return f"x is {x}"

    live = page.live(update)
    (grip,) = live._hand.grips
    np.testing.assert_allclose(grip["box"], [50, 20, 300, 100])
    assert grip["cursor"] == "ew-resize"
    grab(live, 0, (2, 0.5), (6.6, 0.1))
    assert live.alt == "x is 7"
