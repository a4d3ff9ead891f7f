"""LiveFigure, Page, Panel: contract, places, frames, failures and threads, without a browser and without a kernel."""

import base64
import gc
import io
import json
import re
import subprocess
import sys
import threading
import time

import frames
import ipywidgets
import matplotlib.style
import matplotlib.text
import numpy as np
import psutil
import pytest
from frames import SVG
from IPython.core.formatters import DisplayFormatter
from lessons import set_to
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PIL import Image

from helpers import LiveFigure, compare, explore, leaky_relu, picture, side_by_side, sigmoid, tanh, threads
from helpers.figures import Page, with_room
from helpers.figures.style import BLUE, own_settings


@own_settings()
def dot_figure(update=None, name="dot"):
    """Return a small LiveFigure: a dot at (x, y) and a text, moved by two sliders; `update` runs before they move."""
    page = Page(120, 200)
    panel = page.panel(10, 80, 30, 160, xlim=(0, 10), ylim=(0, 10))
    dot = panel.axes.add_line(Line2D([], [], marker="o", markersize=12, color="#D55E00", animated=True))
    panel.readout("words", 0, 1.02, ha="left", fontsize=12)
    sliders = {name: ipywidgets.FloatSlider(value=5, min=0, max=10) for name in ("x", "y")}

    def move(x, y):
        if update is not None:
            update(x, y)
        dot.set_data([x], [y])
        page.write(words=f"{name} {x:g}")
        return f"A {name} at {x:g}, {y:g}."

    return LiveFigure(page.figure, sliders, move)


def opened(png):
    return Image.open(io.BytesIO(png))


# The contract


def test_a_live_figure_is_a_box_of_picture_controls_and_message():
    live = dot_figure()
    assert isinstance(live, ipywidgets.VBox)
    assert isinstance(live.figure, Figure)
    assert list(live.controls) == ["x", "y"]
    assert set(live.controls.values()) <= set(live.children)
    assert (live.message, live.alt) == ("", "A dot at 5, 5.")
    assert live.png().startswith(b"\x89PNG")


def test_the_controls_can_be_laid_out_in_rows():
    slider = ipywidgets.FloatSlider()
    row = ipywidgets.HBox([slider])
    live = LiveFigure(Page(50, 50).figure, {"x": slider}, lambda x: f"At {x:g}.", rows=[row])
    assert row in live.children
    assert slider not in live.children
    slider.value = 3
    assert live.alt == "At 3."


def test_a_figure_without_controls_is_drawn_too():
    live = LiveFigure(Page(50, 50).figure, {}, lambda: "Nothing.")
    assert frames.root(live).get("aria-label") == "Nothing."


def test_what_a_notebook_gets():
    live = dot_figure()
    set_to(live, x=2)
    data, metadata = live._repr_mimebundle_()
    assert data["text/plain"] == "A dot at 2, 5."
    assert base64.b64decode(data["image/png"]) == live.png()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == live.model_id
    assert metadata["image/png"] == {"width": 200, "height": 120, "alt": "A dot at 2, 5."}
    assert "text/html" not in data
    json.dumps([data, metadata])


def test_display_shows_picture_and_words():
    live = dot_figure()
    data, metadata = DisplayFormatter().format(live)
    assert data["text/plain"] == live.alt
    assert data["image/png"] == base64.b64encode(live.png()).decode()
    assert metadata["image/png"]["alt"] == live.alt


def test_the_png_has_two_pixels_to_a_screen_pixel_and_its_own_words():
    live = dot_figure()
    set_to(live, x=2)
    assert opened(live.png()).size == (400, 240)
    assert opened(live.png()).text["Description"] == "A dot at 2, 5."


def test_the_png_of_a_colourful_figure_has_a_palette_of_64_colours():
    png = opened(explore(leaky_relu).png())
    assert png.mode == "P"
    assert len(png.getcolors()) == 64


# Page and Panel


@own_settings()
def new_panel(top=36, height=100, page=None, **options):
    """Return a panel of a page of 720 by 300 pixels."""
    return (page or Page(300)).panel(top, height, **options)


def pixels(text):
    """Return where a text stands, in pixels from the page's lower left corner."""
    return text.get_transform().transform(text.get_position()).tolist()


@pytest.mark.parametrize(("left", "width"), [(54, 652), (100, 250)])
def test_a_panel_stands_at_its_pixels_from_the_top_left_corner(left, width):
    axes = new_panel(left=left, width=width, x=(-2, 3), y=(0, 5)).axes
    box = axes.get_window_extent()
    assert [box.x0, box.x1, box.y0, box.y1] == pytest.approx([left, left + width, 300 - 136, 300 - 36])
    assert (axes.get_xlim(), axes.get_ylim()) == ((-2, 3), (0, 5))


def test_words_stand_at_shares_of_a_panel_or_pixels_from_it_or_at_values():
    panel = new_panel(x=(0, 10), y=(0, 5))
    assert pixels(panel.text("in it", 0.25, 0.5)) == pytest.approx([54 + 163, 214])
    assert pixels(panel.text("above", 0, up=10)) == pytest.approx([54, 264 + 10])
    assert pixels(panel.text("at the top", 0, up=0)) == pytest.approx([54, 264])
    assert pixels(panel.text("below", 0, down=20)) == pytest.approx([54, 164 - 20])
    assert pixels(panel.text("at the foot", 1, down=0)) == pytest.approx([706, 164])
    assert pixels(panel.label("at values", 5, 1)) == pytest.approx([54 + 326, 164 + 20])
    assert pixels(panel.caption("below its middle")) == pytest.approx([54 + 326, 164 - 38])


@pytest.mark.parametrize(("width", "up", "sizes"), [(400, 8, (13, 14)), (401, 10.6, (14, 14))])
def test_wide_panels_have_larger_titles(width, up, sizes):
    panel = new_panel(width=width)
    title, value = panel.title("title"), panel.readout("value")
    assert pixels(title) == pytest.approx([54, 264 + up])
    assert pixels(value) == pytest.approx([54 + width, 264 + up])
    assert (title.get_fontsize(), value.get_fontsize()) == sizes
    assert (title.get_horizontalalignment(), value.get_horizontalalignment()) == ("left", "right")


def test_a_readout_stands_where_it_is_told():
    panel = new_panel()
    assert pixels(panel.readout("below", down=20)) == pytest.approx([706, 144])
    assert pixels(panel.readout("in it", 0.5, 0.25)) == pytest.approx([380, 189])
    assert pixels(panel.readout("at its foot", 0.5, 0)) == pytest.approx([380, 164])
    panel._page.write({"below": "1"}, **{"in it": "2"})
    assert [panel._page.readouts[name].get_text() for name in ("below", "in it", "at its foot")] == ["1", "2", ""]


def test_panels_over_one_axis_move_together_and_only_the_lowest_has_numbers():
    page = Page(300)
    upper = new_panel(page=page)
    lower = new_panel(180, page=page, over=upper)
    lower.reach(x=(-3, 8))
    assert upper.axes.get_xlim() == (-3, 8)
    assert not upper.axes.xaxis.get_tick_params()["labelbottom"]
    assert lower.axes.xaxis.get_tick_params()["labelbottom"]


@pytest.mark.parametrize(("width", "most"), [(72, 3), (144, 3), (360, 5), (652, 9), (1400, 9)])
def test_a_narrow_panel_has_few_ticks(width, most):
    for end in (5, 9, 11, 16, 19):
        axes = new_panel(width=width, x=(0, end), page=Page(300, 1500)).axes
        assert 2 <= sum(0 <= place <= end for place in axes.get_xticks()) <= most + 1


def test_rules_lie_across_or_stand_upright():
    panel = new_panel(x=(0, 10), y=(0, 5))
    assert list(panel.rule(2).get_ydata()) == [2, 2]
    assert list(panel.rule(x=3).get_xdata()) == [3, 3]
    assert list(panel.rule(0).get_ydata()) == [0, 0]


def test_only_a_change_of_its_ends_makes_a_panel_stale():
    panel = new_panel(x=(0, 10), y=(0, 5))
    panel._page.figure.stale = panel.axes.stale = False
    panel.reach(x=(0, 10), y=(0, 5))
    assert not panel.axes.stale
    panel.reach(y=(0, 6))
    assert panel.axes.stale
    assert (panel.axes.get_xlim(), panel.axes.get_ylim()) == ((0, 10), (0, 6))


def test_a_bare_panel_has_no_grid_and_not_these_sides():
    axes = new_panel().axes
    assert any(line.get_visible() for line in axes.get_xgridlines())
    panel = new_panel()
    panel.bare("left")
    assert not any(line.get_visible() for line in panel.axes.get_xgridlines())
    assert (panel.axes.spines["left"].get_visible(), panel.axes.spines["bottom"].get_visible()) == (False, True)


def test_a_line_moves_to_arrays_and_to_a_single_point():
    line = new_panel().line(BLUE)
    line.move(2, 3)
    assert line.get_xydata().tolist() == [[2, 3]]
    line.move([1, 2], [3, 4])
    assert line.get_xydata().tolist() == [[1, 3], [2, 4]]


@pytest.mark.parametrize(
    ("heights", "room", "ends"),
    [
        *(([1, 4], 0.25, (-1, 5)), ([-4, -1], 0.25, (-5, 1)), ([-2, 2], 0.25, (-3, 3))),
        *(([0, 0], 0.25, (-0.25, 1.25)), ([3], 0.5, (-1.5, 4.5))),
    ],
)
def test_an_axis_shows_all_heights_and_0_with_room_at_both_ends(heights, room, ends):
    assert with_room(heights, room) == pytest.approx(ends)
    assert with_room([0, 100]) == pytest.approx((-9, 109))


EXPLORERS = {
    "explore": lambda: explore(leaky_relu, negative_slope=0.2, x0=-1.3),
    "compare": lambda: compare(sigmoid, tanh, x0=-1.3),
    "picture": lambda: picture(np.arange(16).reshape(4, 4) * 16, sigmoid),
    "side_by_side": lambda: side_by_side(sigmoid, tanh, x=(-1000, 1000, 1)),
    "threads": lambda: threads(sigmoid),
}
every_explorer = pytest.mark.parametrize("make", EXPLORERS.values(), ids=EXPLORERS)


@every_explorer
def test_every_explorer_keeps_the_contract(make):
    live = make()
    data, metadata = live._repr_mimebundle_()
    assert isinstance(live, LiveFigure)
    assert live.message == ""
    assert data["text/plain"] == metadata["image/png"]["alt"] == frames.root(live).get("aria-label") == live.alt
    assert len(live.alt) > 40
    assert len(live.png()) < 45_000
    assert len(frames.markup(live)) < 30_000
    before = live.alt
    for control in live.controls.values():
        if isinstance(control, ipywidgets.FloatSlider):
            control.value = control.min
            assert live.alt != before
            assert frames.root(live).get("aria-label") == live.alt
            before = live.alt


@pytest.mark.parametrize("f", [sigmoid, leaky_relu], ids=repr)
def test_a_frame_is_small(f):
    assert len(frames.markup(explore(f))) < 18_000


# What is drawn


@every_explorer
def test_the_png_shows_what_the_svg_shows(make):
    live = make()
    for text in live.figure.findobj(matplotlib.text.Text):
        text.set_visible(False)  # the words are compared below: a browser has other fonts
    live.refresh()
    png, svg = np.asarray(opened(live.png()).convert("RGB")).astype(float), frames.repainted(frames.root(live))
    different = np.abs(png - svg).max(axis=2) > 100
    assert different.mean() < 0.003


def test_the_png_holds_every_text_of_the_svg():
    live = explore(leaky_relu, negative_slope=0.2)
    drawn = []
    for text in live.figure.findobj(matplotlib.text.Text):
        plain = text.draw
        text.draw = lambda renderer, plain=plain, text=text: (
            drawn.append(text.get_text()) if text.get_visible() else None,
            plain(renderer),
        )
    live.png()
    assert sorted(filter(None, drawn)) == sorted(frames.texts(frames.root(live)))


def test_every_frame_is_xml_with_one_picture_and_one_label():
    live = explore(leaky_relu)
    for x0 in np.linspace(-6, 6, 13):
        set_to(live, x0=x0, negative_slope=(x0 + 6) / 12)
        root = frames.root(live)
        assert root.tag == f"{SVG}svg"
        assert root.get("aria-label") == live.alt
        assert [e.get("role") for e in root.iter() if e.get("role")] == ["img"]
        assert len([e for e in root.iter() if e.get("aria-label")]) == 1
        names = [e.get("data-name") for e in root.iter() if e.get("data-name")]
        assert len(names) == len(set(names))


def test_names_with_signs_of_html_are_text():
    live = dot_figure(name="<b>\"dot\"</b> & 'co'")
    assert frames.root(live).get("aria-label") == live.alt
    assert frames.named(live, "words") == "<b>\"dot\"</b> & 'co' 5"
    assert "<b>" not in frames.markup(live)


def test_ids_of_two_figures_on_a_page_differ_and_each_has_its_target():
    ids = []
    for live in (explore(sigmoid), explore(sigmoid), dot_figure()):
        svg = frames.markup(live)
        own = set(re.findall(r'\bid="([^"]*)"', svg))
        assert set(re.findall(r"url\(#([^)]*)\)", svg)) == own
        ids += own
    assert len(ids) == len(set(ids)) > 3


def test_equal_pictures_are_equal_bytes():
    live, other = explore(leaky_relu), explore(leaky_relu)
    first = frames.markup(live), live.png()
    set_to(live, x0=3, negative_slope=0.5, x_range=(-2, 9))
    assert frames.markup(live) != first[0]
    assert live.png() != first[1]
    set_to(live, negative_slope=leaky_relu.parameters["negative_slope"].default, x_range=(-6, 6), x0=1)
    assert (frames.markup(live), live.png()) == first
    assert frames.anonymous(frames.markup(other)) == frames.anonymous(first[0])
    assert other.png() == first[1]


@every_explorer
def test_marks_that_a_frame_keeps_look_as_if_drawn_anew(make):
    live = make()
    for name, control in live.controls.items():
        if not hasattr(control, "step"):
            continue
        several = isinstance(control.value, tuple)
        for share in (0.3, 0.31, 0.8, 0.3):
            place = control.min + round(share * (control.max - control.min) / control.step) * control.step
            set_to(live, **{name: (place, control.max) if several else place})
            kept = frames.markup(live)
            live._drawn = {}
            live.refresh()
            assert frames.markup(live) == kept


def test_a_mark_that_was_moved_before_a_failure_is_drawn_anew():
    page = Page(200)
    dot = page.panel(20, 100, x=(0, 10), y=(0, 10)).dots("#000000")
    page.slider("x", "x", 1, 0, 10, 1)

    def update(x):
        dot.move(x, 5)
        if x == 2:
            raise ValueError("no")
        dot.move(3, 5)
        return f"x is {x}"

    with own_settings():
        live = page.live(update)
    set_to(live, x=2)
    live.png()
    set_to(live, x=4)
    shown = frames.markup(live)
    live._drawn = {}
    live.refresh()
    assert frames.markup(live) == shown


def test_saving_a_png_changes_no_later_frame():
    live, undisturbed = dot_figure(), dot_figure()
    live.png()
    for figure in (live, undisturbed):
        set_to(figure, x=7)
    assert frames.anonymous(frames.markup(live)) == frames.anonymous(frames.markup(undisturbed))


def test_artists_that_nothing_moves_stay_under_those_that_move():
    live = dot_figure()
    drawn = list(frames.root(live).iter())
    (circle,) = [element for element in drawn if element.get("fill") == "#d55e00"]
    assert [element.tag for element in drawn[drawn.index(circle) + 1 :]] == [f"{SVG}text"]


def test_an_image_that_moves_is_in_a_frame_once():
    live = picture(np.arange(4).reshape(2, 2) * 80, leaky_relu)
    for slope in (0.3, 0.6):
        set_to(live, negative_slope=slope)
        live.figure.stale = True
        live.refresh()
        assert len(list(frames.root(live).iter(f"{SVG}image"))) == 2  # the pixels before, the pixels after


@own_settings()
def test_marks_that_move_are_painted_by_their_depth_and_hidden_images_stay_hidden():
    page = Page(120, 200)
    panel = page.panel(10, 80, 30, 160, x=(0, 10), y=(0, 10))
    image = panel.image([[0.0, 1.0]], extent=(0, 10, 0, 10), visible=False)
    above, below = panel.line("#FF0000", zorder=7), panel.line("#00FF00", zorder=4)
    page.slider("x", "x", 1, 0, 10, 1)

    def update(x):
        above.set_data([0, x], [0, 5])
        below.set_data([0, x], [0, 5])
        return f"x is {x}"

    live = page.live(update)
    strokes = [path.get("stroke") for path in frames.root(live).iter(f"{SVG}path")]
    assert strokes.index("#00ff00") < strokes.index("#ff0000")
    assert not image.get_visible()
    assert list(frames.root(live).iter(f"{SVG}image")) == []
    image.set_visible(True)
    live.refresh()
    assert len(list(frames.root(live).iter(f"{SVG}image"))) == 1
    assert image.get_visible()


def test_only_a_change_of_the_axes_draws_the_axes_again(monkeypatch):
    live = dot_figure()
    draws = []
    plain = live.figure.draw
    monkeypatch.setattr(live.figure, "draw", lambda renderer: (draws.append(1), plain(renderer)))
    set_to(live, x=1, y=9)
    live.refresh()
    assert draws == []
    live.figure.axes[0].set_xlim(0, 20)
    live.refresh()
    assert draws == [1]
    assert "20" in frames.texts(frames.root(live))
    set_to(live, x=2)
    assert draws == [1]


# The reader's settings

WILD = {
    "axes.facecolor": "black", "axes.edgecolor": "red", "axes.grid": False, "axes.unicode_minus": False,
    "axes.spines.top": True, "axes.formatter.limits": (0, 0), "axes.xmargin": 0.5, "figure.facecolor": "black",
    "figure.dpi": 300, "figure.autolayout": True, "figure.subplot.left": 0.4, "font.family": ["serif"], "font.size": 30,
    "font.sans-serif": ["STIXGeneral"],
    "font.weight": "bold", "grid.linestyle": ":", "lines.linestyle": "--", "lines.linewidth": 9, "lines.marker": "s",
    "lines.markersize": 20, "lines.scale_dashes": False, "lines.solid_capstyle": "butt", "lines.dash_capstyle": "round",
    "patch.edgecolor": "red", "patch.force_edgecolor": True, "patch.linewidth": 5,
    "path.sketch": (1, 100, 2), "path.snap": False, "savefig.bbox": "tight", "savefig.dpi": 40,
    "savefig.facecolor": "red", "savefig.transparent": True,
    "svg.fonttype": "none", "svg.hashsalt": "salt", "text.antialiased": False,
    "text.color": "red", "text.hinting": "none", "text.parse_math": True, "text.usetex": True, "xtick.direction": "in",
    "xtick.labelsize": 30, "xtick.major.pad": 30, "xtick.minor.visible": True, "ytick.left": False, "ytick.right": True,
}  # fmt: skip


def wild_settings():
    with matplotlib.rc_context():
        matplotlib.style.use("dark_background")
        return {**{name: matplotlib.rcParams[name] for name in matplotlib.style.library["dark_background"]}, **WILD}


def scenes(make, later):
    """Return the pictures of a figure when it is new, after its sliders moved, and with other tick labels."""
    live = make()
    pictures = [frames.anonymous(frames.markup(live)), live.png()]
    with matplotlib.rc_context(later):
        for values in ({"x0": -2, "negative_slope": 0.7}, {"x_range": (-0.3, 12)}):
            set_to(live, **values)
            pictures += [frames.anonymous(frames.markup(live)), live.png()]
    return pictures


def test_settings_of_the_reader_change_no_picture():
    wild, expected = wild_settings(), scenes(lambda: explore(leaky_relu), {})
    assert scenes(lambda: explore(leaky_relu), wild) == expected  # set after the figure was made
    with matplotlib.rc_context(wild):
        assert scenes(lambda: explore(leaky_relu), wild) == expected


@every_explorer
def test_settings_of_the_reader_change_no_explorer(make):
    live = make()
    with matplotlib.rc_context(wild_settings()):
        wild = make()
        assert frames.anonymous(frames.markup(wild)) == frames.anonymous(frames.markup(live))
        assert wild.png() == live.png()


def test_making_moving_and_showing_changes_no_setting():
    with matplotlib.rc_context(WILD):
        before = dict(matplotlib.rcParams)
        live = explore(leaky_relu)
        set_to(live, x0=2, x_range=(-3, 3))
        live._repr_mimebundle_()
        assert dict(matplotlib.rcParams) == before


def test_a_failing_figure_leaves_the_settings_as_they_were():
    before = dict(matplotlib.rcParams)
    with pytest.raises(TypeError):
        explore(3)
    assert dict(matplotlib.rcParams) == before


UNTOUCHED = """
import sys, warnings
import ipywidgets  # old ones set a filter of their own
import matplotlib.style
import matplotlib.text
import numpy as np
before = dict(matplotlib.rcParams.copy()), list(warnings.filters), np.geterr(), np.get_printoptions()
from helpers import card, explore, leaky_relu, sigmoid
live = explore(leaky_relu)
live.controls["x0"].value = 3
live.controls["x_range"].value = (-3, 4)
live._repr_mimebundle_()
explore(lambda x: 1 / (1 + np.exp(-x)), x_range=(-800, 800))
card(sigmoid)
after = dict(matplotlib.rcParams.copy()), list(warnings.filters), np.geterr(), np.get_printoptions()
assert "matplotlib.pyplot" not in sys.modules, "pyplot was imported"
for name, one, other in zip(("rcParams", "warnings.filters", "errors", "print options"), before, after, strict=True):
    assert one == other, f"{name} changed"
"""


def test_neither_pyplot_nor_any_global_state_is_touched():
    """In a process of its own, without pytest's filters and without a backend chosen."""
    run = subprocess.run([sys.executable, "-c", UNTOUCHED], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


# Failures


class Refusing:
    """An update that raises whatever it is told to."""

    trouble = None

    def __call__(self, x, y):
        if self.trouble is not None:
            raise self.trouble


@pytest.mark.parametrize("kind", [ValueError, TypeError, UnicodeDecodeError])
def test_a_failure_is_a_sentence_under_the_last_good_picture(kind):
    refusing = Refusing()
    live = dot_figure(refusing)
    before = frames.snapshot(live), live.png()
    refusing.trouble = kind("utf-8", b"", 0, 1, "x < 3") if kind is UnicodeDecodeError else kind("x < 3 & y")
    set_to(live, x=8)
    assert "x < 3" in live.message
    assert (frames.snapshot(live), live.png()) == before
    line = live.children[-1]
    assert "x &lt; 3" in line.value
    assert 'role="status"' in line.value
    refusing.trouble = None
    set_to(live, x=9)
    assert (live.message, live.alt, line.value) == ("", "A dot at 9, 5.", "")
    assert frames.named(live, "words") == "dot 9"


def test_the_first_failure_raises():
    refusing = Refusing()
    refusing.trouble = ValueError("no picture at all")
    with pytest.raises(ValueError, match="no picture at all"):
        dot_figure(refusing)


def test_faults_of_the_program_are_not_hidden():
    refusing = Refusing()
    live = dot_figure(refusing)
    refusing.trouble = KeyError("a fault")
    with pytest.raises(KeyError, match="a fault"):
        set_to(live, x=8)
    refusing.trouble = None
    set_to(live, x=9)
    assert live.alt == "A dot at 9, 5."


@pytest.mark.parametrize(
    ("compute", "words"),
    [
        (lambda x: np.exp(np.float64(1000 * x)), "overflow"),
        (lambda x: np.sqrt(np.float64(-x)), "invalid value"),
        (lambda x: np.float64(1) / np.float64(0 * x), "divide by zero"),
        (lambda x: np.exp(np.array([1000.0])) - np.exp(np.array([1000.0])), "invalid value and overflow"),
    ],
)
def test_what_numpy_complains_of_is_a_sentence_and_no_warning(compute, words):
    live = dot_figure(lambda x, y: compute(x) if x > 6 else None)
    assert live.message == ""
    set_to(live, x=8)  # a warning would be an error here
    assert words in live.message
    assert live.alt == "A dot at 8, 5."
    assert frames.named(live, "words") == "dot 8"
    set_to(live, x=4)
    assert live.message == ""


def test_results_too_small_are_no_complaint():
    live = dot_figure(lambda x, y: np.exp(np.float64(-800.0)))
    assert live.message == ""


def test_a_control_that_the_update_moves_draws_no_second_frame():
    calls = []

    def follow(x, y):
        calls.append((x, y))
        live.controls["y"].value = x

    live = None
    live = dot_figure(lambda x, y: follow(x, y) if live is not None else None)
    set_to(live, x=3)
    assert calls == [(3, 5)]
    assert live.controls["y"].value == 3
    set_to(live, y=4)
    assert len(calls) == 2


# Threads


def run_all(*targets):
    """Run functions in threads at the same time and raise what any of them raised."""
    errors = []

    def guarded(target):
        try:
            target()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=[target], daemon=True) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    if errors:
        raise errors[0]


def test_a_change_that_comes_while_another_thread_draws_is_drawn():
    drawing, go_on = threading.Event(), threading.Event()

    def wait(x, y):
        if (x, y) == (8, 5):
            drawing.set()
            assert go_on.wait(30)

    def second():
        assert drawing.wait(30)
        timer = threading.Timer(0.2, go_on.set)
        timer.start()
        set_to(live, y=1)

    live = dot_figure(wait)
    run_all(lambda: set_to(live, x=8), second)
    assert live.alt == "A dot at 8, 1."
    assert frames.root(live).get("aria-label") == "A dot at 8, 1."


def test_callbacks_in_many_threads_end_with_the_right_picture():
    live, quiet = explore(leaky_relu), explore(leaky_relu)

    def drag(name, values):
        return lambda: [set_to(live, **{name: value}) for value in values]

    run_all(
        drag("x0", np.linspace(-3, 4, 25)),
        drag("negative_slope", np.linspace(0, 0.6, 25)),
        drag("x_range", [(-4 - k / 10, 4 + k / 10) for k in range(15)]),
    )
    set_to(quiet, x_range=(-5.4, 5.4), x0=4, negative_slope=0.6)
    assert live.message == ""
    assert live.alt == quiet.alt
    assert frames.anonymous(frames.markup(live)) == frames.anonymous(frames.markup(quiet))
    assert live.png() == quiet.png()


def test_a_callback_while_another_figure_is_saved_as_png():
    moving, saved = explore(leaky_relu), explore(sigmoid)
    expected = saved._repr_mimebundle_()
    bundles = []

    def drag():
        for x0 in np.linspace(-5, 5, 25):
            set_to(moving, x0=x0)
            assert frames.root(moving).get("aria-label") == moving.alt

    run_all(drag, lambda: bundles.extend(saved._repr_mimebundle_() for _ in range(4)))
    assert all(bundle == expected for bundle in bundles)
    assert "leaky_relu(5.00)" in moving.alt


def test_words_and_picture_of_an_output_belong_together_while_sliders_move():
    live = dot_figure()
    done = threading.Event()

    def drag():
        while not done.is_set():
            for x in range(1, 10):
                set_to(live, x=x)

    def show():
        try:
            for _ in range(6):
                data, metadata = live._repr_mimebundle_()
                picture = opened(base64.b64decode(data["image/png"]))
                assert data["text/plain"] == metadata["image/png"]["alt"] == picture.text["Description"]
                place = float(re.search(r"at ([\d.]+),", data["text/plain"])[1])
                red = np.asarray(picture.convert("RGB")).astype(int)
                columns = np.flatnonzero((red[:, :, 0] - red[:, :, 2] > 150).any(axis=0))
                assert columns.mean() == pytest.approx(60 + place * 32, abs=4)
        finally:
            done.set()

    run_all(drag, show)


def test_sliders_move_while_a_cell_draws_with_pyplot_and_mathtext():
    import matplotlib.pyplot as plt

    live, quiet = explore(leaky_relu), explore(leaky_relu)
    stop = time.monotonic() + 0.8

    def drag():
        while time.monotonic() < stop:
            for x0 in (-3, 0, 2):
                set_to(live, x0=x0)

    def cell():
        while time.monotonic() < stop:
            figure, axes = plt.subplots()
            axes.plot([0, 1], [0, 1])
            axes.set_title(r"$\sigma(x) = \frac{1}{1 + e^{-x}}$")
            figure.savefig(io.BytesIO(), format="png")
            plt.close(figure)

    plt.switch_backend("agg")
    run_all(drag, cell)
    set_to(live, x0=-1)
    set_to(quiet, x0=-1)
    assert frames.anonymous(frames.markup(live)) == frames.anonymous(frames.markup(quiet))
    assert plt.get_fignums() == []


# Memory


def test_100_updates_take_no_memory_with_them():
    live = explore(leaky_relu)

    def drag(count):
        for k in range(count // 2):
            set_to(live, x0=-3 + k % 60 / 10, negative_slope=k % 7 / 10)
            if k % 30 == 0:
                set_to(live, x_range=(-5 - k % 3, 5))
        gc.collect()
        return psutil.Process().memory_info().rss

    before = drag(60)
    assert (drag(100) - before) / 2**20 < 2 / 3
