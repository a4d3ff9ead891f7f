"""The SVG renderer, against what Matplotlib's own backends make of the same figures."""

import base64
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
from PIL import Image

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
@pytest.mark.parametrize("va", ["baseline", "top", "center", "center_baseline", "bottom"])
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
    plain = one_line(linewidth=1, solid_capstyle="butt", solid_joinstyle="miter")
    assert not {"stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"} & set(plain.keys())


@pytest.mark.parametrize(("join", "said"), [("round", "round"), ("miter", None)])
def test_lines_join_as_they_are_told(join, said):
    assert one_line(solid_joinstyle=join).get("stroke-linejoin") == said
    assert one_line(linestyle="--", dash_joinstyle=join).get("stroke-linejoin") == said


def test_an_edge_that_cannot_be_seen_is_not_drawn():
    axes = new_axes()
    for edge, width, stroke in (
        ("none", 3, None),
        ((1, 0, 0, 0), 3, None),
        ("black", 0, None),
        ("black", 1, "#000000"),
    ):
        axes.add_patch(Rectangle((1, 1), 1, 1, facecolor="white", edgecolor=edge, linewidth=width))
        assert last(drawn(axes), "path").get("stroke") == stroke


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


@pytest.mark.parametrize("count", [128, 481])
def test_points_on_a_long_straight_line_are_left_out(count):
    axes = new_axes()
    points = np.linspace(0, 4, count), np.linspace(0, 3, count)
    axes.plot(*points)
    assert len(frames.path_of(last(drawn(axes), "path")).vertices) < 10
    axes = new_axes()
    codes = [Path.MOVETO] + [Path.LINETO] * (count - 1)
    axes.add_patch(PathPatch(Path(np.column_stack(points), codes), facecolor="none"))
    assert len(frames.path_of(last(drawn(axes), "path")).vertices) < 10


def test_a_short_line_and_a_curve_keep_all_their_points():
    axes = new_axes()
    axes.plot(np.linspace(0, 4, 127), np.linspace(0, 3, 127))
    assert len(frames.path_of(last(drawn(axes), "path")).vertices) == 127
    axes = new_axes()
    curve = Path(np.linspace(0, 3, 200)[:, None] * [1, 1], [Path.MOVETO] + [Path.CURVE3] * 198 + [Path.LINETO])
    axes.add_patch(PathPatch(curve, facecolor="none"))
    assert len(frames.path_of(last(drawn(axes), "path")).vertices) == 200


@pytest.mark.parametrize(("bend", "kept"), [(0.105, False), (0.115, True)])
def test_a_line_keeps_what_bends_by_more_than_a_ninth_of_a_pixel(bend, kept):
    axes = new_axes()
    y = np.full(301, 1.5)
    y[150] += bend / 40  # a unit is 40 pixels
    axes.plot(np.linspace(0, 4, 301), y)
    assert (len(frames.path_of(last(drawn(axes), "path")).vertices) > 3) == kept


def test_a_line_is_cut_off_50_pixels_outside_the_picture():
    axes = new_axes()
    axes.plot([-100, 100], [1, 1], clip_on=False)
    across = frames.path_of(last(drawn(axes), "path")).vertices
    axes.plot([1, 1], [-100, 100], clip_on=False)
    down = frames.path_of(last(drawn(axes), "path")).vertices
    assert_allclose(sorted(across[:, 0]), [-50, SIZE[0] + 50], atol=1.1)
    assert_allclose(sorted(down[:, 1]), [-50, SIZE[1] + 50], atol=1.1)


def test_a_filled_shape_is_not_cut():
    axes = new_axes()
    axes.add_patch(Rectangle((-100, 0), 200, 1, clip_on=False))
    assert frames.path_of(last(drawn(axes), "path")).vertices[:, 0].min() == 20 - 100 * 40


def test_coordinates_have_two_decimals():
    assert one_line().get("d") == "M60,100 L140,60"
    axes = new_axes()
    axes.plot([1.12345, 3], [1, 2.98765])
    assert last(drawn(axes), "path").get("d") == "M64.94,100 L140,20.49"


def test_a_marker_without_a_place_is_left_out():
    axes = new_axes()
    axes.plot([1, np.nan, 3], [1, 1, np.nan], "o")
    _, marker = drawn(axes).iter(f"{SVG}path")  # behind the page itself
    assert_allclose(np.median(frames.path_of(marker).vertices, axis=0), (60, 100), atol=1)


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


def test_a_smooth_image_of_numbers_has_a_palette_and_others_need_none():
    def embedded(axes):
        href = last(drawn(axes), "image").get("href").removeprefix("data:image/png;base64,")
        return Image.open(io.BytesIO(base64.b64decode(href)))

    axes = new_axes()
    picture_smooth(axes)
    assert embedded(axes).mode == "P"
    assert embedded(axes).size == (240, 160)  # 120 by 80, two pixels to a screen pixel
    axes.images[0].set_visible(False)
    assert list(drawn(axes).iter(f"{SVG}image")) == []
    axes = new_axes()
    picture_smooth_upwards(axes)
    assert embedded(axes).size == (240, 160)
    axes = new_axes()
    axes.imshow(np.zeros((2, 2, 3)), extent=(1, 3, 1, 2), interpolation="bilinear")
    assert embedded(axes).mode == "RGBA"


@pytest.mark.parametrize("smooth", ["nearest", "bilinear"])
def test_an_image_stands_where_its_numbers_do(smooth):
    axes = new_axes()
    axes.imshow(np.eye(2), extent=(0.5, 2.5, 1, 2.5), aspect="auto", interpolation=smooth)
    axes.set(xlim=(0, 4), ylim=(0, 3))
    image = last(drawn(axes), "image")
    assert [float(image.get(side)) for side in ("x", "y", "width", "height")] == [40, 40, 80, 60]


def test_a_smooth_image_reaches_from_its_first_number_to_its_last():
    axes = new_axes()
    axes.imshow([[0.0, 1.0]], extent=(0, 4, 0, 3), aspect="auto", interpolation="bilinear", cmap="gray")
    row = frames.pixels_of(last(drawn(axes), "image"))[0, :, 0].astype(float)
    assert_allclose(row[:80], 0)  # up to the middle of the first number's share
    assert_allclose(row[-80:], 255)
    assert_allclose(row, np.clip((np.arange(320) + 0.5 - 80) / 160, 0, 1) * 255, atol=1.6)


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


def framed(**ticks):
    """Return axes with ticks at their ends and in between, and some outside; a unit of x and of y is 40 pixels."""
    axes = new_axes()
    axes.set_axis_on()
    axes.set(xticks=[-0.1, 0, 1, 4, 4.1], yticks=[-0.1, 0, 1.5, 3, 3.1], xlim=(0, 4), ylim=(0, 3))
    axes.tick_params(**{"length": 5, "pad": 4, "labelsize": 15, "labelcolor": "#0072B2"} | ticks)
    return axes


def strokes(svg):
    """Return the straight lines of each path that holds several, as arrays of (x, y) to (x, y)."""
    paths = [path for path in svg.iter(f"{SVG}path") if path.get("d").count("M") > 1]
    return [
        [[float(n) for n in re.findall(r"-?[\d.]+", part)] for part in path.get("d").split("M")[1:]] for path in paths
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_numbers_at_ticks_stand_where_matplotlib_puts_them(backwards):
    axes = framed(top=True, right=True, labeltop=True, labelright=True, labelfontfamily="DejaVu Sans")
    if backwards:
        axes.set(xlim=(4, 0), ylim=(3, 0))
    ours, theirs = ([*svg.iter(f"{SVG}text")] for svg in (drawn(axes), matplotlibs_svg(axes.figure)))
    places = [sorted((*position(text)[:2], text.text) for text in texts) for texts in (ours, theirs)]
    assert len(places[0]) == len(places[1]) == 12
    for mine, other in zip(*places, strict=True):
        assert mine[2] == other[2]
        assert_allclose(mine[:2], other[:2], atol=0.06)
    assert {(text.get("font-size"), text.get("fill")) for text in ours} == {("15", "#0072b2")}
    sides = {(text.get("text-anchor"), position(text)[0] < 20, position(text)[0] > 180) for text in ours}
    assert sides == {("middle", False, False), ("end", True, False), ("start", False, True)}


def test_ticks_and_grid_lie_at_their_values_and_no_farther_than_the_axes():
    axes = framed(top=True, right=True)
    axes.grid(True, color="#D55E00", linewidth=1.5)
    down, below, above, across, left, right = strokes(drawn(axes))
    assert sorted(down) == [[x, 140, x, 20] for x in (20, 60, 180)]
    assert sorted(below) == [[x, 140, x, 145] for x in (20, 60, 180)]
    assert sorted(above) == [[x, 20, x, 15] for x in (20, 60, 180)]
    assert sorted(across) == [[20, y, 180, y] for y in (20, 80, 140)]
    assert sorted(left) == [[20, y, 15, y] for y in (20, 80, 140)]
    assert sorted(right) == [[180, y, 185, y] for y in (20, 80, 140)]
    paths = [path for path in drawn(axes).iter(f"{SVG}path") if path.get("d").count("M") > 1]
    look = [(path.get("stroke"), path.get("stroke-width")) for path in paths]
    assert look == [("#d55e00", "1.5"), ("#000000", "0.8"), ("#000000", "0.8")] * 2


def test_what_is_switched_off_leaves_nothing():
    axes = framed(length=0, labelleft=False, labelbottom=False)
    axes.grid(False)
    assert strokes(drawn(axes)) == []
    assert frames.texts(drawn(axes)) == []
    axes.tick_params(labelbottom=True)
    assert len(frames.texts(drawn(axes))) == 3
    axes.set_axis_off()
    assert frames.texts(drawn(axes)) == []


def test_a_power_that_numbers_have_in_common_stands_in_the_first_picture_too():
    axes = new_axes(xlim=(1e9, 1e9 + 4), ylim=(0, 3e7))
    axes.set_axis_on()
    assert {"+1e9", "1e7"} <= set(frames.texts(drawn(axes)))


def test_the_axes_are_drawn_in_the_order_of_their_depth_and_are_fresh_afterwards():
    axes = new_axes()
    axes.plot([1, 2], [1, 2], color="#ff0000", zorder=9)
    axes.plot([1, 2], [1, 2], color="#00ff00", zorder=2)
    axes.plot([1, 2], [1, 2], color="#0000ff", animated=True)
    _, *lines = drawn(axes).iter(f"{SVG}path")  # behind the page itself
    assert [line.get("stroke") for line in lines] == ["#00ff00", "#ff0000"]
    assert not axes.stale


def test_ticks_on_all_sides_lead_straight_outwards():
    axes = new_axes()
    axes.set_axis_on()
    axes.grid(False)
    axes.tick_params(top=True, right=True, length=5)
    strokes = [path.get("d") for path in drawn(axes).iter(f"{SVG}path") if path.get("d").count("M") > 1]
    ends = np.array([[float(n) for n in re.findall(r"-?[\d.]+", d)] for d in "".join(strokes).split("M")[1:]])
    away = {tuple(way) for way in (ends[:, 2:] - ends[:, :2]).round(6).tolist()}
    assert away == {(0, 5), (0, -5), (5, 0), (-5, 0)}
