"""Recordings hold what the kernel would draw, and drawing ahead sends the same."""

import asyncio
import base64
import gzip
import itertools
import json
import re

import frames
import ipywidgets
import numpy as np
import pytest
from shared import Browser, set_to
from test_messages import CALLS

import helpers.figures.ahead
from helpers import compare, explore, leaky_relu, relu, sigmoid, softmax
from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.recording import Recording, options_of
from lessons.softmax import swept

FIGURES = [call for call in CALLS if "LiveFigure" in (call.func.__doc__ or "")]


class Played:
    """A recording as live.js reads it: `states`, each {control: words} with its texts."""

    def __init__(self, recording):
        first, second = (
            json.loads(gzip.decompress(part)) for part in recording.packed()
        )
        self.controls = first["controls"]
        self.start = self.named(first["start"])
        texts = first["texts"] + second["texts"]
        self.states = []
        for block in first["blocks"] + second["blocks"]:
            shape = [len(stops) for stops in block["stops"]]
            for place in np.ndindex(*shape):
                state = [
                    stops[n] for stops, n in zip(block["stops"], place, strict=True)
                ]
                shown = []
                for axes, numbers in block["texts"]:
                    number = np.reshape(numbers, [shape[axis] for axis in axes])[
                        tuple(place[axis] for axis in axes)
                    ]
                    shown.append(None if number < 0 else texts[number])
                self.states.append((self.named(state), shown))

    def named(self, state):
        return {
            control["name"]: control["stops"][stop][1]
            for control, stop in zip(self.controls, state, strict=True)
        }


def anonymous(texts):
    """Return texts without the ids that keep the figures of a page apart."""
    return [re.sub(r"(f[0-9a-f]{32}|film)-", "id-", text) for text in texts]


def few(live):
    """Return a figure's blocks with few of their states."""
    names = list(live.controls)
    blocks = live.recorded or [dict.fromkeys(names[:2], 2), dict.fromkeys(names[2:], 2)]
    return [
        {name: both_ends(stops) for name, stops in block.items()} for block in blocks
    ]


def both_ends(stops):
    """Return the first and the last of the stops of a control, or 2 for a number of them."""
    if isinstance(stops, list):
        return [stops[0], stops[-1]]
    return stops and 2


@pytest.mark.parametrize("call", FIGURES, ids=lambda call: call.func.__name__)
def test_recorded_states_are_what_the_kernel_draws(call):
    live = call()
    if live.recorded is False:
        with pytest.raises(ValueError, match="remembers what was done before"):
            Recording(live, "film")
        return
    if callable(live.recorded):
        live = live.recorded()
    states = Played(Recording(live, "film", few(live))).states
    compared = 0
    for number in np.random.default_rng(seed=0).permutation(len(states))[:6]:
        state, (alt, message, _, *pieces) = states[number]
        values = {
            name: value_of(live.controls[name], words) for name, words in state.items()
        }
        view = Browser(live)
        set_to(live, **values)
        if any(live.controls[name].value != value for name, value in values.items()):
            continue  # what follows the controls does not let them all stand so
        assert (alt, message) == (live.alt, live.message)
        pieces = [piece for piece in pieces if piece is not None]
        assert anonymous(pieces) == anonymous(view.pieces[1:])
        compared += 1
    assert compared


def value_of(control, words):
    """Return the value of a control that a recording says in words."""
    if hasattr(control, "options"):
        other = None if words == "None" else words
        return dict(options_of(control)).get(words, other)
    if isinstance(control.value, bool):
        return words == "on"
    numbers = [float(part.replace("−", "-")) for part in words.split(" to ")]
    return tuple(numbers) if len(numbers) == 2 else numbers[0]


def test_the_first_part_is_small_and_has_the_start_and_each_range_keeps_the_probe_inside():
    recording = Recording(compare(leaky_relu, relu, x0=-2), "film")
    first, second = recording.packed()
    assert len(first) < 70_000 < len(first) + len(second)
    only = json.loads(gzip.decompress(first))
    stops = only["blocks"][0]["stops"]
    assert all(start in each for start, each in zip(only["start"], stops, strict=True))
    played = Played(recording)
    assert played.start == {
        "x_range": "−6.0 to 6.0",
        "x0": "−2.0",
        "negative_slope": "0.01",
    }
    ranges = {state["x_range"] for state, _ in played.states}
    assert len(ranges) >= 5
    for state, _ in played.states:
        numbers = f"{state['x_range']} to {state['x0']}".replace("−", "-")
        low, high, x0 = map(float, numbers.split(" to "))
        assert low <= x0 <= high


def test_a_recording_is_the_same_each_time():
    one, other = (Recording(explore(sigmoid), "film", [{"x0": 5}]) for _ in "12")
    assert one.packed() == other.packed()


def small_only(x):
    if np.max(x) > 7:
        raise ValueError("only small numbers, please")
    return x / 2


def test_where_the_function_fails_its_sentence_is_recorded():
    played = Played(Recording(explore(small_only), "film"))
    failed = [texts for state, texts in played.states if "12.0" in state["x_range"]]
    assert failed
    for alt, message, *rest in failed:
        assert not alt
        assert set(rest) <= {None}
        assert "only small numbers, please" in message


def figure_of(draw, **options):
    controls = {"a": slider("a", 1.0, 0.0, 5.0, 1.0), "b": slider("b", 0, 0, 9, 1)}
    return LiveFigure(draw, controls, 120, 200, **options)


def test_a_figure_that_is_not_pure_is_found_out():
    calls = []

    def draw(page, a, b):
        calls.append(a)
        page.panel(10, 80).readout("calls", f"{len(calls)}")
        return "counts"

    with pytest.raises(
        ValueError, match="for the same values it draws different pictures"
    ):
        Recording(figure_of(draw), "film")


def test_controls_that_cannot_be_recorded_and_too_many_states_are_said():
    def draw(page, **values):
        return "nothing"

    live = LiveFigure(draw, {"name": ipywidgets.Text("x")}, 120)
    with pytest.raises(ValueError, match="'name' is a Text, which can't be recorded"):
        Recording(live, "film")
    wide = LiveFigure(draw, {n: slider(n, 0, 0, 999, 1) for n in "ab"}, 120)
    with pytest.raises(ValueError, match="1,000,000 states would be recorded"):
        Recording(wide, "film", [{"a": 1000, "b": 1000}])


# save


def test_a_saved_page_needs_nothing_else_and_says_its_size(tmp_path, capsys):
    live = explore(sigmoid)
    path = tmp_path / "sigmoid.html"
    live.save(path, x0=21)
    assert re.fullmatch(
        r".*sigmoid.html: 2[12] states, 0\.\d\d MB\.\n", capsys.readouterr().out
    )
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'(src|href)="(?!data:)', text)
    assert live.alt in text
    (part,) = re.findall(r'id="film-0">([^<]+)<', text)
    assert json.loads(gzip.decompress(base64.b64decode(part)))["start"]


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("a.pdf", {}, "must end in .html"),
        ("none/a.html", {}, "There is no folder"),
        (
            "a.html",
            {"x0": 121, "megabytes": 0.05},
            "but 0.05 are the most; give controls fewer",
        ),
        (
            "a.html",
            {"slope": 3},
            "There is no control 'slope' to record; there are x_range, x0",
        ),
    ],
)
def test_what_cannot_be_saved_is_said(tmp_path, name, options, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        explore(sigmoid).save(tmp_path / name, **options)
    assert not list(tmp_path.iterdir())


# Layout


def outline(element):
    """Return points that span a mark of an SVG, of shape (points, 2); none of a group."""
    kind = element.tag.rpartition("}")[2]
    if kind == "path":
        return frames.path_of(element).vertices
    if kind in ("rect", "image"):
        x, y, width, height = frames.place_of(element)
        return np.array([[x, y], [x + width, y + height]])
    if kind == "text" and "x" in element.attrib:
        return np.array([[float(element.get("x")), float(element.get("y"))]])
    return np.empty((0, 2))


@pytest.mark.parametrize("call", FIGURES, ids=lambda call: call.func.__name__)
def test_whatever_is_not_clipped_lies_within_the_picture(call):
    live = call()
    marks = [
        each for each in frames.root(live).iter() if "clip-path" not in each.attrib
    ]
    points = np.vstack([outline(mark) for mark in marks])
    assert np.all((points >= 0) & (points <= live.size))


# Ahead


def drawn_ahead(live, name, handle=0, meanwhile=lambda: None):
    """Return {key: (words, pieces)} of what is drawn ahead until nothing more comes."""
    view = Browser(live)
    found = []
    view.hear = found.append

    async def wait():
        view.say(near=name, handle=handle)
        meanwhile()
        # In the one loop of both, its turns come thick and fast while anything is left to draw.
        quiet = 0
        while quiet < 30:
            before = len(found)
            await asyncio.sleep(0.01)
            quiet = quiet + 1 if len(found) == before else 0

    asyncio.run(wait())
    texts = []
    frames = {}
    for message in found:
        texts += message["texts"]
        for key, (words, *pieces) in message["frames"]:
            frames[str(key)] = texts[words], [texts[piece] for piece in pieces]
    return frames


@pytest.mark.parametrize(
    ("name", "handle", "values"),
    [
        ("x0", 0, {"x0": 4.0}),
        ("negative_slope", 0, {"negative_slope": 0.3}),
        ("x_range", 1, {"x_range": (-6.0, 1.0)}),
        ("x_range", 0, {"x_range": (-2.0, 6.0)}),
    ],
)
def test_every_stop_of_a_slider_is_drawn_ahead_as_the_kernel_will_draw_it(
    name, handle, values
):
    live = explore(leaky_relu, x0=3)
    ahead = drawn_ahead(live, name, handle)
    assert len(ahead) >= 70
    set_to(live, **values)
    view = Browser(live)  # which gets a frame of its own
    words, pieces = ahead[str(view.key)]
    assert words == live.alt
    assert pieces == view.pieces


def test_a_figure_moved_over_frames_that_were_drawn_before_shows_what_a_new_one_shows():
    live = explore(leaky_relu)
    view = Browser(live)
    for values in ({"x0": 4.0}, {"x0": 1.0}, {"x0": 4.0}, {"x_range": (-6.0, 2.0)}):
        set_to(live, **values)
        remembered = list(view.pieces)
        picture = live.png()
        Browser(live)  # lets the figure forget what it has drawn
        live.refresh()
        assert view.pieces == remembered
        assert live.png() == picture


def test_a_refreshed_figure_forgets_what_it_has_drawn():
    height = [1.0]
    live = explore(lambda x: height[0] + 0 * x)
    view = Browser(live)
    set_to(live, x0=2.0)
    set_to(live, x0=3.0)
    height[0] = 5.0
    live.refresh()
    set_to(live, x0=2.0)
    assert "= 5.0000" in view.words


def test_after_a_change_elsewhere_no_more_is_drawn_ahead():
    live = explore(leaky_relu)
    ahead = drawn_ahead(live, "x0", meanwhile=lambda: set_to(live, negative_slope=0.5))
    assert not ahead


def test_a_slow_function_is_not_drawn_ahead(monkeypatch):
    monkeypatch.setattr(helpers.figures.ahead, "TOO_SLOW", 0.0)
    assert len(drawn_ahead(explore(leaky_relu), "x_range")) == 3


def test_nothing_is_drawn_ahead_that_would_have_to_be_said():
    live = explore(small_only)
    ahead = drawn_ahead(live, "x_range", 1)
    words = "".join(words for words, _ in ahead.values())
    assert "inputs from −6.0 to 6.9" in words
    assert "inputs from −6.0 to 7.1" not in words


def test_what_remembers_something_is_not_drawn_ahead():
    live = figure_of(lambda page, **values: "words", follow=lambda name: None)
    assert not drawn_ahead(live, "a")


def test_along_a_control_that_leads_others_nothing_is_drawn_ahead():
    live = swept(softmax)
    assert len(drawn_ahead(live, "z1")) >= 100
    assert not drawn_ahead(live, "x_range")


def test_what_is_kept_of_a_long_drag_is_bounded(monkeypatch):
    monkeypatch.setattr(helpers.figures.ahead, "MOST_CHARACTERS", 200_000)
    live = explore(leaky_relu)
    view = Browser(live)
    largest = 0
    for slope, x0 in itertools.product(np.linspace(0, 1, 101), (-3, 0, 3)):
        set_to(live, negative_slope=slope, x0=x0)
        texts = {text for pieces in view.kept.values() for text in pieces}
        largest = max(largest, sum(map(len, texts)))
    assert 100_000 < largest < 300_000


def test_a_value_between_two_stops_has_a_picture_of_its_own():
    live = explore(lambda x: 1000 * x)
    view = Browser(live)
    for x0, value in ((2.0, "2000.0000"), (3.0, "3000.0000"), (2.00004, "2000.0400")):
        set_to(live, x0=x0)
        assert f"= {value}" in view.words


def test_all_stops_of_a_logarithmic_slider_are_drawn_ahead():
    slider = ipywidgets.FloatLogSlider(value=1.0, min=-2, max=1, step=0.05)
    live = explore(lambda x, a: a * x, a=slider)
    assert len(drawn_ahead(live, "a")) >= 60
