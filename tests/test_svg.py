"""The SVG renderer, against what Matplotlib's own backends make of the same figures."""

import io
import re
import xml.etree.ElementTree as ET

import frames
import matplotlib
import numpy as np
import pytest
from frames import SVG
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, PathPatch, Rectangle, Wedge
from matplotlib.path import Path
from numpy.testing import assert_allclose

from helpers.figures import Page
from helpers.figures.svg import FONTS, SvgRenderer, document

SIZE = 200, 190


def new_axes(**options):
    """Return bare axes of 160 × 120 pixels from (0, 0) to (4, 3), 20 from the top and 50 from the foot of a figure."""
    page = Page(SIZE[1], SIZE[0])
    FigureCanvasAgg(page.figure)
    axes = page.panel(20, 120, 20, 160, **{"xlim": (0, 4), "ylim": (0, 3), **options}).axes
    axes.set_axis_off()
    return axes


def drawn(axes, name="name", alt="a picture"):
    """Return the parsed SVG of the figure of some axes."""
    renderer = SvgRenderer(*SIZE, name)
    axes.figure.draw(renderer)
    return ET.fromstring(document([*renderer.elements, renderer.definitions()], *SIZE, alt))


def last(svg, tag):
    return list(svg.iter(f"{SVG}{tag}"))[-1]


def one_line(**options):
    """Return the SVG path of a straight line with these options."""
    axes = new_axes()
    axes.plot([1, 3], [1, 2], **options)
    return last(drawn(axes), "path")


def shade(axes):
    axes.fill_between([0.5, 1.5, 3.5], [0.5, 2.5, 1], [0.2, 0.4, 0.1], alpha=0.3, color="#D55E00", linewidth=0)


def ring(axes):
    outer, inner = Path.circle((2, 1.5), 1.2), Path.circle((2, 1.5), 0.6)
    hole = Path(inner.vertices[::-1], inner.codes)
    axes.add_patch(PathPatch(Path.make_compound_path(outer, hole), facecolor="#0072B2", edgecolor="black"))


def curves(axes):
    quadratic = Path([(0.5, 0.5), (2, 3), (3.5, 0.5)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    axes.add_patch(PathPatch(quadratic, facecolor="none", linewidth=3))
    axes.add_patch(Ellipse((2, 1), 2, 0.5, angle=30, color="#009E73"))
    axes.add_patch(FancyBboxPatch((0.4, 2.2), 1, 0.4, boxstyle="round,pad=0.1", facecolor="#E69F00"))
    axes.add_patch(Wedge((3, 2.2), 0.6, 30, 280, facecolor="#CC79A7", alpha=0.5))


def markers(axes):
    axes.plot([0.5, 2, 3.5], [1, 2, 1], "o", markersize=12, markeredgecolor="white", markeredgewidth=3)
    axes.plot([1, 3], [2.5, 2.5], "^", markersize=9, color="#D55E00", fillstyle="none")
    axes.scatter([0.7, 1.7, 2.7], [0.5, 0.5, 0.5], s=[20, 90, 200], c=["red", "green", "blue"], alpha=0.6)


def lines(axes):
    axes.plot([0, 1, 2, 3, 4], [0, 3, 1, 3, 0], linewidth=4, solid_capstyle="butt", solid_joinstyle="miter")
    axes.plot([0, 4], [1, 2], color="#D55E00", linewidth=2, linestyle=(0, (3, 2)))
    axes.plot([0, 4], [2, 1], color="black", linewidth=1, linestyle=(0, (1, 2.5)), alpha=0.5)
    axes.plot([1, 1], [-2, 9], linewidth=6, solid_capstyle="round")


def broken(axes):
    axes.plot([0, 1, 1, 1, 4], [1, 1, np.nan, 2, 2], linewidth=3)


def many(axes):
    x = np.linspace(0, 4, 2000)
    axes.plot(x, 1.5 + np.sin(5 * x), linewidth=2)


def far_away(axes):
    axes.plot([-1e9, 4e9], [-1e9, 4e9], linewidth=2)
    axes.plot([0, 1, 2], [0, 1e300, 0], linewidth=2, color="#D55E00")
    axes.axhspan(-1e7, 0.5, color="#009E73")


def clipped(axes):
    axes.add_patch(Circle((0, 0), 1.5, color="#56B4E9"))
    axes.add_patch(Circle((4, 3), 0.8, color="#CC79A7", clip_on=False))


def collection(axes):
    axes.add_collection(LineCollection([[(0, 0), (4, 3)], [(0, 3), (4, 0)]], colors=["red", "blue"], linewidths=[1, 4]))


def bars(axes):
    axes.bar([1, 2, 3], [1, 2.5, -1], color="#56B4E9", edgecolor="black", linewidth=1.5)
    axes.set_axis_on()
    axes.tick_params(labelleft=False, labelbottom=False)


def picture(axes, **options):
    pixels = np.arange(12).reshape(3, 4) / 12
    pixels[0, 0], pixels[2, 3] = 1, 0
    axes.imshow(pixels, interpolation="nearest", aspect="auto", **{"extent": (0.5, 3.5, 0.5, 2.5), **options})
    axes.set(xlim=(0, 4), ylim=(0, 3))


def picture_upwards(axes):
    picture(axes, origin="lower", cmap="gray")


def picture_cropped(axes):
    picture(axes, extent=(-2, 3, 1, 5))


def picture_clear(axes):
    axes.plot([0, 4], [0, 3], color="black", linewidth=3)
    picture(axes, alpha=0.5)


def picture_smooth(axes):
    picture_clear(axes)
    axes.images[0].set_interpolation("bilinear")


def picture_smooth_upwards(axes):
    picture(axes, origin="lower", cmap=matplotlib.colormaps["gray"].resampled(5), vmin=0.2, vmax=0.7)
    axes.images[0].set_interpolation("bilinear")


SCENES = [
    shade, ring, curves, markers, lines, broken, many, far_away, clipped, collection, bars,
    picture, picture_upwards, picture_cropped, picture_clear, picture_smooth, picture_smooth_upwards,
]  # fmt: skip


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_svg_shows_what_agg_paints(scene):
    axes = new_axes()
    scene(axes)
    expected, actual = frames.painted(axes.figure), frames.repainted(drawn(axes))
    assert expected.shape == actual.shape
    different = np.abs(expected - actual).max(axis=2) > 96  # edges may fall half a pixel apart: Agg snaps to pixels
    assert different.mean() < 0.006
    assert np.abs(expected.mean(axis=(0, 1)) - actual.mean(axis=(0, 1))).max() < 1.5


def test_the_comparison_sees_a_shift_of_one_pixel():
    axes, moved = new_axes(), new_axes()
    ring(axes)
    ring(moved)
    moved.set_xlim(-1 / 20, 4 - 1 / 20)
    apart = np.abs(frames.painted(axes.figure) - frames.repainted(drawn(moved))).max(axis=2) > 96
    assert apart.mean() > 0.006


@pytest.mark.parametrize("text", ["a < b & c > d", 'it\'s "so"', "σ(x₀) = −½", "$x^2$", "two  blanks", "<script>"])
def test_text_is_real_text_and_literal(text):
    axes = new_axes()
    axes.text(0.5, 0.5, text, transform=axes.transAxes, parse_math=False, gid='na"me<&')
    svg = drawn(axes)
    assert frames.texts(svg) == [text]
    assert last(svg, "text").get("data-name") == 'na"me<&'


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=20
    )
)
@settings(max_examples=25, deadline=None)
def test_any_description_makes_well_formed_xml(text):
    svg = ET.fromstring(document([], 10, 20, text))
    assert svg.get("aria-label") == text
    assert svg.get("role") == "img"
    assert svg.get("viewBox") == "0 0 10 20"


def matplotlibs_svg(figure):
    """Return what Matplotlib's SVG backend writes, with text as text."""
    file = io.BytesIO()
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        figure.savefig(file, format="svg", dpi=72)
    return ET.fromstring(file.getvalue())


def position(text):
    """Return (x, y, rotation) of an SVG text of either writer."""
    turned = re.search(r"rotate\((-?[\d.]+)(?: (-?[\d.]+) (-?[\d.]+))?\)", text.get("transform", ""))
    shifted = re.search(r"translate\((-?[\d.]+) (-?[\d.]+)\)", text.get("transform", ""))
    if shifted:
        place = shifted.groups()
    elif turned and turned[2]:
        place = turned.groups()[1:]
    else:
        place = text.get("x"), text.get("y")
    return float(place[0]), float(place[1]), float(turned[1]) if turned else 0.0


@pytest.mark.parametrize("rotation", [0, 30, 90])
@pytest.mark.parametrize("va", ["baseline", "top", "center", "bottom"])
@pytest.mark.parametrize("ha", ["left", "center", "right"])
def test_text_stands_where_matplotlib_puts_it(ha, va, rotation):
    axes = new_axes()
    axes.text(1.5, 1, "words", ha=ha, va=va, rotation=rotation, fontsize=15, family="DejaVu Sans")
    ours, theirs = last(drawn(axes), "text"), last(matplotlibs_svg(axes.figure), "text")
    assert_allclose(position(ours), position(theirs), atol=0.5)
    if not rotation:
        anchor = {"left": None, "center": "middle", "right": "end"}[ha]
        assert ours.get("text-anchor") == anchor
        assert position(ours)[0] == pytest.approx(20 + 1.5 / 4 * 160)


def test_lines_of_a_text_stand_below_each_other():
    axes = new_axes()
    axes.text(2, 1, "one\ntwo", ha="center")
    first, second = drawn(axes).iter(f"{SVG}text")
    assert (first.text, second.text) == ("one", "two")
    assert 10 < position(second)[1] - position(first)[1] < 25


def test_text_has_size_weight_colour_and_alpha():
    axes = new_axes()
    axes.text(1, 1, "x", fontsize=13.5, weight="bold", color="#D55E00", alpha=0.5)
    text = last(drawn(axes), "text")
    assert text.get("font-size") == "13.5"
    assert text.get("font-weight") == "600"
    assert text.get("fill") == "#d55e00"
    assert text.get("fill-opacity") == "0.5"
    axes = new_axes()
    axes.text(1, 1, "x")
    plain = last(drawn(axes), "text")
    assert plain.get("font-weight") is None
    assert plain.get("fill-opacity") is None


def test_text_is_clipped_only_when_it_is_meant_to_be():
    axes = new_axes()
    axes.text(1, 1, "inside", clip_on=True)
    axes.text(1, 1, "free", clip_on=False)
    inside, free = drawn(axes).iter(f"{SVG}text")
    assert inside.get("clip-path").startswith("url(#name-")
    assert free.get("clip-path") is None


def test_fonts_are_named_once_for_all_texts():
    assert drawn(new_axes()).get("font-family") == FONTS


def test_lines_have_width_dashes_alpha_and_caps():
    line = one_line(linewidth=2, color="#0072B2", alpha=0.25, linestyle=(0, (3, 1.5)), dash_capstyle="round")
    assert line.get("stroke") == "#0072b2"
    assert line.get("stroke-width") == "2"
    assert line.get("stroke-opacity") == "0.25"
    assert line.get("stroke-dasharray") == "6 3"
    assert line.get("stroke-linecap") == "round"
    assert line.get("fill") == "none"
    plain = one_line(linewidth=1, solid_capstyle="butt")
    assert not {"stroke-opacity", "stroke-dasharray", "stroke-linecap"} & set(plain.keys())


def test_lines_lie_where_the_data_are():
    path = frames.path_of(one_line())
    assert_allclose(path.vertices, [(20 + 40, 140 - 40), (20 + 120, 140 - 80)], atol=0.01)


def test_a_gap_breaks_the_line():
    axes = new_axes()
    broken(axes)
    codes = frames.path_of(last(drawn(axes), "path")).codes.tolist()
    assert codes.count(Path.MOVETO) == 2


def test_fills_close_and_keep_their_holes():
    axes = new_axes()
    ring(axes)
    path = frames.path_of(last(drawn(axes), "path"))
    assert path.codes.tolist().count(Path.CLOSEPOLY) == 2
    assert path.codes.tolist().count(Path.MOVETO) == 2
    assert last(drawn(axes), "path").get("d").count("C") >= 2  # a curve stays a curve


def test_fills_have_alpha_and_no_edge_when_it_is_0_wide():
    axes = new_axes()
    axes.add_patch(Rectangle((1, 1), 1, 1, facecolor="#D55E00", alpha=0.16, linewidth=0))
    patch = last(drawn(axes), "path")
    assert (patch.get("fill"), patch.get("fill-opacity"), patch.get("stroke")) == ("#d55e00", "0.16", None)
    axes.patches[-1].set(alpha=None, facecolor=(1, 0, 0, 0.4))
    assert last(drawn(axes), "path").get("fill-opacity") == "0.4"


def test_empty_and_invisible_artists_leave_nothing():
    axes = new_axes()
    before = len(drawn(axes))
    axes.plot([], [])
    axes.plot([np.nan], [1])
    axes.plot([1, 2], [1, 2], visible=False)
    assert len(drawn(axes)) == before


def test_artists_outside_the_picture_cost_little():
    axes = new_axes()
    axes.plot(np.linspace(-1000, 1000, 5000), np.zeros(5000))
    assert len(last(drawn(axes), "path").get("d")) < 200


def test_points_on_a_straight_line_are_left_out():
    axes = new_axes()
    axes.plot(np.linspace(0, 4, 481), np.linspace(0, 3, 481))
    assert len(frames.path_of(last(drawn(axes), "path")).vertices) < 10


def test_each_rectangle_is_one_clip_and_every_clip_exists():
    axes = new_axes()
    axes.plot([0, 4], [0, 3])
    axes.plot([0, 4], [3, 0])
    axes.add_patch(Rectangle((1, 1), 1, 1))
    svg = drawn(axes, name="mine")
    ids = [clip.get("id") for clip in svg.iter(f"{SVG}clipPath")]
    assert ids == ["mine-0"]
    rectangle = last(svg, "rect")
    assert [float(rectangle.get(side)) for side in ("x", "y", "width", "height")] == [20, 20, 160, 120]
    used = {element.get("clip-path") for element in svg.iter()} - {None}
    assert used == {"url(#mine-0)"}


def test_an_image_is_upright_in_its_place_and_sharp():
    axes = new_axes()
    pixels = np.zeros((2, 2, 3), dtype=np.uint8)
    pixels[0, 0], pixels[0, 1], pixels[1, 0] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    axes.imshow(pixels, extent=(1, 3, 1, 2), aspect="auto", interpolation="nearest")
    axes.set(xlim=(0, 4), ylim=(0, 3))
    image = last(drawn(axes), "image")
    place = [float(image.get(side)) for side in ("x", "y", "width", "height")]
    assert_allclose(place, [60, 60, 80, 40], atol=0.6)
    shown = frames.pixels_of(image)
    assert_allclose(shown.shape[:2], (80, 160), atol=2)  # two pixels to a screen pixel
    corners = [tuple(shown[row, column, :3].tolist()) for row, column in ((9, 9), (9, -9), (-9, 9), (-9, -9))]
    assert corners == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)]
    assert image.get("preserveAspectRatio") == "none"
    assert image.get("clip-path") == "url(#name-0)"


def test_equal_figures_are_equal_bytes():
    first, second = new_axes(), new_axes()
    for axes in (first, second):
        markers(axes)
        picture(axes)
    assert ET.tostring(drawn(first)) == ET.tostring(drawn(second))


def test_settings_of_the_reader_change_no_frame():
    axes = new_axes()
    many(axes)
    axes.text(0.5, 0.5, "text", transform=axes.transAxes, parse_math=False, color="black", va="center")
    before = ET.tostring(drawn(axes))
    wild = {"path.simplify": False, "path.simplify_threshold": 1.0, "text.usetex": True, "svg.fonttype": "path"}
    wild |= {"font.sans-serif": ["DejaVu Serif"], "font.family": "monospace", "axes.unicode_minus": False}
    with matplotlib.rc_context(wild):
        axes.lines[0].set_data(axes.lines[0].get_data())
        assert ET.tostring(drawn(axes)) == before


def test_ticks_on_all_sides_lead_straight_outwards():
    axes = new_axes()
    axes.set_axis_on()
    axes.grid(False)
    axes.tick_params(top=True, right=True, length=5)
    strokes = [path.get("d") for path in drawn(axes).iter(f"{SVG}path") if path.get("d").count("M") > 1]
    ends = np.array([[float(n) for n in re.findall(r"-?[\d.]+", d)] for d in "".join(strokes).split("M")[1:]])
    away = {tuple(way) for way in (ends[:, 2:] - ends[:, :2]).round(6).tolist()}
    assert away == {(0, 5), (0, -5), (5, 0), (-5, 0)}
