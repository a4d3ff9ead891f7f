"""LiveFigure, Page and Canvas: the contract, frames, failures, memory, without a browser."""

import base64
import gc
import io
import json
import re
import subprocess
import sys
import threading
import weakref

import frames
import ipywidgets
import matplotlib.style
import matplotlib.text
import numpy as np
import pytest
from frames import SVG
from matplotlib.figure import Figure
from numpy.testing import assert_array_equal
from PIL import Image, ImageColor
from shared import Browser, set_to

from helpers import (
    LiveFigure,
    compare,
    explore,
    leaky_relu,
    side_by_side,
    sigmoid,
    tanh,
    threads,
)
from helpers.figures.controls import slider
from helpers.figures.page import axis_limits
from helpers.figures.svg import SvgRenderer
from lessons.sigmoid import picture
from lessons.start_here.nudge import nudge
from lessons.start_here.read_digit import read_digit
from lessons.start_here.two_ways import two_ways


def dot_figure(before=lambda x, y: None, name="dot", **options):
    """Return a small LiveFigure of a dot at (x, y) and a text; `before` runs first in each draw."""

    def draw(page, x, y):
        before(x, y)
        panel = page.panel(10, 80, 30, 160, x=(0, 10), y=(0, 10))
        panel.dots(x, y, "#D55E00", 12)
        panel.readout("words", f"{name} {x:g}", 0, 1.02)
        return f"A {name} at {x:g}, {y:g}."

    controls = {name: slider(name, 5.0, 0.0, 10.0, 1.0) for name in ("x", "y")}
    return LiveFigure(draw, controls, 120, 200, **options)


def figure_of(draw, **options):
    """Return a LiveFigure of what draw(page) draws."""

    def described(page, x):
        draw(page, x)
        return f"x is {x}"

    return LiveFigure(described, {"x": slider("x", 1, 0, 10, 1)}, 120, 200, **options)


def pictures(live):
    """Return what a figure shows and what is stored of it."""
    return frames.anonymous(frames.markup(live)), live.png()


def opened(png):
    return Image.open(io.BytesIO(png))


EXPLORERS = {
    "explore": lambda: explore(leaky_relu, x0=-1.3),
    "compare": lambda: compare(sigmoid, tanh, x0=-1.3),
    "picture": lambda: picture(np.arange(16).reshape(4, 4) * 16, sigmoid),
    "side_by_side": lambda: side_by_side(sigmoid, tanh, x=(-1000, 1000, 1)),
    "threads": lambda: threads(sigmoid),
    "nudge": lambda: nudge(reached="unit 3"),
    "two_ways": lambda: two_ways(reached="layer 2"),
    "read_digit": read_digit,
}
every_explorer = pytest.mark.parametrize("make", EXPLORERS.values(), ids=EXPLORERS)


# The contract


def test_a_live_figure_is_a_box_of_picture_controls_and_message():
    live = dot_figure()
    assert isinstance(live, ipywidgets.VBox)
    assert isinstance(live.figure, Figure)
    assert list(live.controls) == ["x", "y"]
    assert set(live.controls.values()) <= set(live.children)
    assert live.message == ""
    assert live.alt == repr(live) == "A dot at 5, 5."


def test_the_controls_can_be_laid_out_in_rows():
    row = ipywidgets.HBox()
    live = dot_figure(rows=[row])
    assert row in live.children
    assert live.controls["x"] not in live.children


def test_what_a_notebook_gets():
    live = dot_figure()
    set_to(live, x=2)
    data, metadata = live._repr_mimebundle_()
    json.dumps([data, metadata])
    assert "text/html" not in data
    assert data["text/plain"] == "A dot at 2, 5."
    assert base64.b64decode(data["image/png"]) == live.png()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == live.model_id
    shown = {"alt": "A dot at 2, 5.", "width": 200, "height": 120}
    assert metadata["image/png"] == shown
    image = opened(live.png())
    assert image.size == (400, 240)  # two pixels to a screen pixel
    assert image.text["Description"] == "A dot at 2, 5."


@every_explorer
def test_words_and_picture_follow_every_slider(make):
    live = make()
    for control in live.controls.values():
        if isinstance(control, ipywidgets.FloatSlider):
            before = live.alt
            control.value = control.min
            assert live.alt != before
    assert frames.root(live).get("aria-label") == live.alt


@every_explorer
def test_pictures_are_small_their_paper_is_white_and_own_colours_stay_themselves(make):
    live = make()
    assert len(live.png()) < 45_000
    assert len(frames.markup(live)) < 30_000
    true = frames.painted(live.figure)
    stored = np.asarray(opened(live.png()).convert("RGB"))
    words = live.figure.findobj(matplotlib.text.Text)
    own = {"#0072B2", "#D55E00"} & {text.get_color() for text in words}
    for colour in {"#FFFFFF", *own}:
        exact = ImageColor.getrgb(colour)
        places = (true == exact).all(axis=2)
        assert places.any()
        assert (stored[places] == exact).all()
    assert_array_equal(true[0, 0], 255)


# Page


@pytest.mark.parametrize(
    ("heights", "margin", "ends"),
    [
        ([1, 4], 0.25, (-1, 5)),
        ([-4, -1], 0.25, (-5, 1)),
        ([0, 0], 0.25, (-0.25, 1.25)),
    ],
)
def test_an_axis_shows_all_heights_and_0_with_a_margin_at_both_ends(
    heights, margin, ends
):
    assert axis_limits(heights, margin) == ends


def test_words_stand_at_shares_of_a_panel_or_pixels_from_it_or_at_values():
    def draw(page, x):
        panel = page.panel(10, 80, 30, 160, x=(0, 10), y=(0, 5))
        panel.text("inside", 0.25, 0.5)
        panel.text("above", 0, up=5)
        panel.text("below", 0, down=20)
        panel.label("value", 5, 1)

    places = {}
    for text in frames.root(figure_of(draw)).iter(f"{SVG}text"):
        places[text.text] = float(text.get("x")), float(text.get("y"))
    assert places["inside"] == (70, 50)
    assert places["above"] == (30, 5)
    assert places["below"] == (30, 110)
    assert places["value"] == pytest.approx((110, 74), abs=6)  # centred


def test_of_equal_marks_the_last_lies_on_top_and_zorder_comes_first():
    def draw(page, x):
        panel = page.panel(10, 80, 30, 160, x=(0, 10), y=(0, 10))
        for colour, zorder in (("#ff0000", 7), ("#00ff00", 4), ("#0000ff", 7)):
            panel.line([0, x], [0, 5], colour, zorder=zorder)

    live = figure_of(draw)
    set_to(live, x=4)
    strokes = re.findall("#(?:ff0000|00ff00|0000ff)", frames.markup(live))
    assert strokes == ["#00ff00", "#ff0000", "#0000ff"]


def test_marks_and_panels_come_and_go():
    def draw(page, x):
        for n in range(x):
            panel = page.panel(10, 40, 10 + 20 * n, 15)
            for _ in range(n):
                panel.text("mark", 0, 0)

    live = figure_of(draw)
    for count in (4, 2, 0, 3):
        set_to(live, x=count)
        fresh = figure_of(draw)
        set_to(fresh, x=count)
        assert pictures(live) == pictures(fresh)


# What is drawn


@every_explorer
def test_the_png_shows_what_the_svg_shows(make):
    live = make()
    svg = frames.repainted(frames.root(live))
    for text in live.figure.findobj(matplotlib.text.Text):
        text.set_visible(False)  # a browser has other fonts
    png = frames.painted(live.figure)
    assert (np.abs(png - svg).max(axis=2) > 100).mean() < 0.003


def moved(control):
    """Return a value in the inner third of a control's range, one of its steps."""
    steps = round(0.31 * (control.max - control.min) / control.step)
    place = control.min + steps * control.step
    return (place, control.max) if isinstance(control.value, tuple) else place


@every_explorer
def test_a_moved_figure_looks_like_one_that_began_there(make):
    live = make()
    for control in live.controls.values():
        if hasattr(control, "step"):
            control.value = moved(control)
    other = make()
    set_to(other, **{name: control.value for name, control in live.controls.items()})
    view = Browser(other)
    view.leave()  # gives the canvas back
    other.refresh()
    assert pictures(live) == pictures(other)


def test_every_name_in_a_picture_is_there_once():
    root = frames.root(explore(leaky_relu, x0=2.5))
    names = [text.get("data-name") for text in root.findall(".//*[@data-name]")]
    assert len(names) == len(set(names)) > 2


def test_names_with_signs_of_html_are_text():
    name = "<b>\"dot\"</b> & 'co'"
    live = dot_figure(name=name)
    assert frames.root(live).get("aria-label") == live.alt
    assert frames.named(live, "words") == f"{name} 5"


def test_ids_of_figures_on_a_page_differ_and_each_has_its_target():
    ids = []
    for _ in range(2):
        svg = frames.markup(explore(sigmoid))
        own = set(re.findall(r'\bid="([^"]*)"', svg))
        assert set(re.findall(r"url\(#([^)]*)\)", svg)) == own
        ids += own
    assert len(ids) == len(set(ids)) > 2


# What the browser is sent


def test_with_the_script_only_the_pieces_that_have_changed_are_sent():
    live = explore(sigmoid)
    whole = frames.markup(live)
    browser = Browser(live)
    assert browser.picture() == whole
    set_to(live, x0=2.0)
    assert "slope at 2.00 = 0.1050" in browser.picture()
    assert browser.bytes[-1] < 0.4 * len(whole)
    set_to(live, x_range=(-3, 3))
    assert browser.words == live.alt
    fresh = explore(sigmoid, x_range=(-3, 3), x0=2.0, x_limits=(-12, 12))
    assert frames.anonymous(browser.picture()) == frames.anonymous(frames.markup(fresh))


def test_an_unchanged_mark_is_not_drawn_again(monkeypatch):
    live = compare(sigmoid, tanh)
    drawn = []
    plain = SvgRenderer.drawn

    def noted(self, artist):
        drawn.append(artist.get_gid())
        return plain(self, artist)

    monkeypatch.setattr(SvgRenderer, "drawn", noted)
    live.refresh()
    assert drawn == []
    set_to(live, x0=2.0)
    assert "value of tanh at x0" in drawn
    assert "value of tanh" not in drawn


def test_a_view_that_comes_later_gets_the_whole_picture():
    live = explore(sigmoid)
    Browser(live)
    set_to(live, x0=3.0)
    assert "slope at 3.00" in Browser(live).picture()


def test_when_the_last_view_has_gone_every_frame_is_a_whole_picture():
    live = explore(sigmoid)
    one = Browser(live)
    two = Browser(live)
    one.leave()
    before = frames.markup(live)
    set_to(live, x0=2.0)
    assert frames.markup(live) == before
    two.leave()
    set_to(live, x0=3.0)
    assert "slope at 3.00" in frames.markup(live)


def test_what_follows_a_control_does_so_before_the_picture_and_without_a_second_one():
    draws = []

    def follow(name):
        if name == "x":
            live.controls["y"].value = live.controls["x"].value

    live = dot_figure(lambda x, y: draws.append((x, y)), follow=follow)
    draws.clear()
    set_to(live, x=3)
    assert draws == [(3, 3)]
    set_to(live, y=4)
    assert draws == [(3, 3), (3, 4)]


# The reader's settings

WILD = {
    "axes.formatter.limits": (0, 0),
    "axes.unicode_minus": False,
    "figure.autolayout": True,
    "figure.dpi": 300,
    "font.size": 30,
    "font.weight": "bold",
    "lines.linestyle": "--",
    "lines.linewidth": 9,
    "lines.marker": "s",
    "patch.force_edgecolor": True,
    "path.simplify_threshold": 1.0,
    "path.sketch": (1, 100, 2),
    "savefig.bbox": "tight",
    "savefig.transparent": True,
    "text.antialiased": False,
    "text.parse_math": True,
    "text.usetex": True,
    "xtick.minor.visible": True,
}


def scenes(live):
    """Return the pictures of a figure when its sliders move."""
    shown = [pictures(live)]
    for values in ({"x0": -2, "negative_slope": 0.7}, {"x_range": (-0.3, 12)}):
        set_to(live, **values)
        shown.append(pictures(live))
    return shown


def test_settings_of_the_reader_change_no_picture():
    expected = scenes(explore(leaky_relu))
    made_before = explore(leaky_relu)
    with matplotlib.style.context(["classic", "dark_background", WILD]):
        assert scenes(made_before) == expected
        assert scenes(explore(leaky_relu)) == expected


UNTOUCHED = """
import sys, warnings
import ipywidgets  # old ones set a filter of their own
import matplotlib.style
import matplotlib.text
import numpy as np
def state():
    settings = dict(matplotlib.rcParams.copy())
    return settings, list(warnings.filters), np.geterr(), np.get_printoptions()
before = state()
from helpers import card, explore, leaky_relu, sigmoid
live = explore(leaky_relu)
live.controls["x0"].value = 3
live.controls["x_range"].value = (-3, 4)
live._repr_mimebundle_()
explore(lambda x: 1 / (1 + np.exp(-x)), x_range=(-800, 800))
card(sigmoid)
after = state()
assert "matplotlib.pyplot" not in sys.modules, "pyplot was imported"
names = ("rcParams", "warnings.filters", "errors", "print options")
for name, one, other in zip(names, before, after, strict=True):
    assert one == other, f"{name} changed"
"""


def test_neither_pyplot_nor_any_global_state_is_touched():
    """In a process of its own, without pytest's filters and without a backend chosen."""
    python = [sys.executable, "-c", UNTOUCHED]
    output = subprocess.check_output(python, stderr=subprocess.STDOUT, text=True)
    assert output == ""


# Failures


@pytest.mark.parametrize("kind", [ValueError, TypeError])
def test_a_failure_is_a_sentence_under_the_last_good_picture(kind):
    def refuse(x, y):
        if x == 8:
            raise kind("x < 3 & y")

    live = dot_figure(refuse)
    before = pictures(live)
    set_to(live, x=8)
    assert live.message == "x < 3 & y"
    assert pictures(live) == before
    assert live.alt == "A dot at 5, 5."
    line = live.children[-1]
    assert "x &lt; 3" in line.value
    assert 'role="status"' in line.value
    set_to(live, x=9)
    assert (live.message, live.alt, line.value) == ("", "A dot at 9, 5.", "")


@pytest.mark.parametrize("kind", [ValueError, KeyError])
def test_the_first_failure_and_faults_of_the_program_raise(kind):
    def refuse(x, y):
        raise kind("no picture at all")

    with pytest.raises(kind, match="no picture at all"):
        dot_figure(refuse)


COMPLAINTS = {
    "overflow": lambda x: np.exp(np.float64(1000 * x)),
    "divide by zero": lambda x: np.float64(1) / np.float64(0 * x),
    "invalid value and overflow": lambda x: np.subtract(*np.exp([1000.0 * x] * 2)),
}


@pytest.mark.parametrize("words", COMPLAINTS)
def test_what_numpy_complains_of_is_a_sentence_and_no_warning(words):
    live = dot_figure(lambda x, y: COMPLAINTS[words](x) if x > 6 else None)
    assert live.message == ""
    set_to(live, x=8)  # a warning would be an error here
    assert words in live.message
    assert live.alt == "A dot at 8, 5."
    set_to(live, x=4)
    assert live.message == ""


def test_results_too_small_are_no_complaint():
    assert dot_figure(lambda x, y: np.exp(np.float64(-800.0))).message == ""


# Threads


def test_a_change_that_comes_while_another_thread_draws_is_drawn():
    drawing = threading.Event()
    go_on = threading.Event()

    def wait(x, y):
        if (x, y) == (8, 5):
            drawing.set()
            assert go_on.wait(30)

    live = dot_figure(wait)
    first = threading.Thread(target=lambda: set_to(live, x=8))
    second = threading.Thread(target=lambda: set_to(live, y=1))
    first.start()
    assert drawing.wait(30)
    second.start()
    go_on.set()
    first.join(30)
    second.join(30)
    assert live.alt == frames.root(live).get("aria-label") == "A dot at 8, 1."


# Memory


def test_a_closed_figure_is_collected():
    live = explore(leaky_relu)
    live._repr_mimebundle_()
    canvas = weakref.ref(live.figure)
    widget = weakref.ref(live)
    live.close()
    del live
    gc.collect()
    assert widget() is None
    assert canvas() is None


@pytest.mark.parametrize("close", [LiveFigure.close, lambda live: live.close_all()])
def test_a_closed_figure_still_has_its_picture_and_follows_the_program(close):
    live = explore(leaky_relu)
    before = live.png()
    close(live)
    assert live.png() == before
    set_to(live, x0=2.0)
    assert "leaky_relu(2.00)" in repr(live)
    assert live.png() != before


def test_a_figure_whose_cell_runs_again_gives_its_picture_back_and_can_still_be_shown():
    live = explore(leaky_relu)  # IPython keeps it in Out
    before = live.png()
    canvas = weakref.ref(live.figure)
    Browser(live).leave()
    gc.collect()
    assert canvas() is None
    assert live.png() == before
    set_to(live, x0=2.0)
    assert "leaky_relu(2.00)" in Browser(live).picture()
