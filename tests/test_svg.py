"""The SVG renderer, against what Matplotlib's own backends make of the same axes."""

import base64
import io
import re
import xml.etree.ElementTree as ET

import frames
import matplotlib
import numpy as np
import pytest
from frames import SVG
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from numpy.testing import assert_allclose, assert_array_equal
from PIL import Image

from helpers.figures.svg import FONTS, SvgRenderer, document, frame_of

SIZE = (200, 190)


def new_axes(**limits):
    """Return bare axes of 160 × 120 pixels, 20 from the left and the top, where a unit is 40."""
    figure = Figure(figsize=(SIZE[0] / 72, SIZE[1] / 72), dpi=72, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((20 / 200, 50 / 190, 160 / 200, 120 / 190))
    axes.set(**{"xlim": (0, 4), "ylim": (0, 3), **limits})
    axes.set_axis_off()
    return axes


def drawn(axes):
    """Return the parsed SVG of some axes, their frame and what was drawn on them."""
    renderer = SvgRenderer(*SIZE, "name")
    pieces = [frame_of(axes, renderer)]
    marks = [*axes.images, *axes.patches, *axes.collections, *axes.lines, *axes.texts]
    for mark in sorted(marks, key=lambda mark: mark.zorder):
        pieces.append(renderer.drawn(mark))
    pieces.append(renderer.definitions())
    return ET.fromstring(document(pieces, *SIZE, "a picture"))


def last(svg, tag):
    return list(svg.iter(f"{SVG}{tag}"))[-1]


def last_path(axes):
    """Return the path that was drawn last, with the points in pixels of the picture."""
    return frames.path_of(last(drawn(axes), "path"))


# Against Agg


def shade(axes):
    top = [0.5, 2.5, 1]
    axes.fill_between([0.5, 1.5, 3.5], top, [0.2, 0.4, 0.1], alpha=0.3, linewidth=0)


def ring(axes):
    outer = Path.circle((2, 1.5), 1.2)
    inner = Path.circle((2, 1.5), 0.6)
    path = Path.make_compound_path(outer, Path(inner.vertices[::-1], inner.codes))
    axes.add_patch(PathPatch(path, facecolor="#0072B2", edgecolor="black"))


def curves(axes):
    codes = [Path.MOVETO, Path.CURVE3, Path.CURVE3]
    quadratic = Path([(0.5, 0.5), (2, 3), (3.5, 0.5)], codes)
    axes.add_patch(PathPatch(quadratic, facecolor="none", linewidth=3))
    axes.add_patch(Circle((3, 2.2), 0.6, facecolor="#CC79A7", alpha=0.5))


def markers(axes):
    axes.plot([0.5, 2, 3.5], [1, 2, 1], "o", markersize=12, markeredgecolor="white")
    axes.plot([1, 3, np.nan], [2.5, 2.5, 1], "^", markersize=9, fillstyle="none")


def lines(axes):
    sharp = {"solid_capstyle": "butt", "solid_joinstyle": "miter"}
    axes.plot([0, 1, 2, 3, 4], [0, 3, 1, 3, 0], linewidth=4, **sharp)
    axes.plot([0, 4], [1, 2], color="#D55E00", linewidth=2, linestyle=(0, (3, 2)))
    axes.plot([0, 4], [2, 1], "k", linewidth=1, linestyle=(0, (1, 2.5)), alpha=0.5)
    gap = [-2, 1, np.nan, 2, 9]
    axes.plot(np.ones(5), gap, linewidth=6, solid_capstyle="round")


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
    segments = [[(0, 0), (4, 3)], [(0, 3), (4, 0)]]
    lines = LineCollection(segments, colors=["red", "blue"], linewidths=[1, 4])
    axes.add_collection(lines)


def bars(axes):
    axes.bar([1, 2, 3], [1, 2.5, -1], color="#56B4E9", edgecolor="black", linewidth=1.5)
    axes.set_axis_on()
    axes.tick_params(labelleft=False, labelbottom=False)


def picture(axes, **options):
    axes.plot([0, 4], [0, 3], color="black", linewidth=3, zorder=-1)
    pixels = np.arange(12).reshape(3, 4) / 12
    pixels[0, 0] = 1
    axes.imshow(pixels, extent=(-2, 3, 1, 5), aspect="auto", alpha=0.5, **options)
    axes.set(xlim=(0, 4), ylim=(0, 3))


def picture_rough(axes):
    picture(axes, interpolation="nearest", origin="lower")


def picture_smooth(axes):
    few = matplotlib.colormaps["gray"].resampled(5)
    picture(axes, interpolation="bilinear", cmap=few, vmin=0.2, vmax=0.7)


SCENES = [
    shade,
    ring,
    curves,
    markers,
    lines,
    many,
    far_away,
    clipped,
    bars,
    picture_rough,
    picture_smooth,
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_svg_shows_what_agg_paints(scene):
    axes = new_axes()
    scene(axes)
    painted = frames.painted(axes.figure)
    repainted = frames.repainted(drawn(axes))
    # By more than edges do.
    differing = np.abs(painted - repainted).max(axis=2) > 96
    assert differing.mean() < 0.006
    tones = painted.mean(axis=(0, 1))
    assert_allclose(repainted.mean(axis=(0, 1)), tones, atol=1.5)


# Words


UNPRINTABLE = ["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]
PRINTABLE = st.characters(codec="utf-8", exclude_categories=UNPRINTABLE)


@given(st.text(PRINTABLE, min_size=1, max_size=20))
@settings(max_examples=25)
@example("$x^2$")
@example('<b>it\'s "so" & σ(x₀) = −½')
def test_any_words_are_real_text_and_literal(words):
    text = Text(1, 1, words, parse_math=False)
    text.set_gid(words)
    piece = SvgRenderer(*SIZE, "name").drawn(text)
    svg = ET.fromstring(document([piece], 10, 20, words))
    assert frames.texts(svg) == [words]
    assert last(svg, "text").get("data-name") == words
    assert svg.get("aria-label") == words
    assert svg.get("role") == "img"
    assert svg.get("viewBox") == "0 0 10 20"
    assert svg.get("font-family") == FONTS


def matplotlibs_svg(figure):
    """Return what Matplotlib's SVG backend writes, with text as text."""
    file = io.BytesIO()
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        figure.savefig(file, format="svg", dpi=72)
    return ET.fromstring(file.getvalue())


def position(text):
    """Return [x, y, rotation] of an SVG text of either writer."""
    transform = text.get("transform", "")
    angle = re.search(r"rotate\((\S+?)[ )]", transform)
    place = re.search(r"(?:translate\(|rotate\(\S+ )(\S+) (\S+)\)", transform)
    x, y = place.groups() if place else (text.get("x"), text.get("y"))
    return [float(x), float(y), float(angle[1]) if angle else 0.0]


UPRIGHT = [(ha, "baseline", 0) for ha in ("left", "center", "right")]
UPRIGHT += [("center", va, 0) for va in ("top", "center", "center_baseline", "bottom")]
TURNED = [("left", "top", 30), ("center", "bottom", 90), ("right", "center", 90)]


@pytest.mark.parametrize(("ha", "va", "rotation"), UPRIGHT + TURNED)
def test_text_stands_where_matplotlib_puts_it(ha, va, rotation):
    axes = new_axes()
    look = {"fontsize": 15, "family": "DejaVu Sans"}
    axes.text(1.5, 1, "words", ha=ha, va=va, rotation=rotation, **look)
    ours = last(drawn(axes), "text")
    theirs = last(matplotlibs_svg(axes.figure), "text")
    assert_allclose(position(ours), position(theirs), atol=0.5)
    if not rotation:
        # The browser, whose font may be wider, aligns the words at their own place.
        anchors = {"left": None, "center": "middle", "right": "end"}
        assert ours.get("text-anchor") == anchors[ha]
        assert ours.get("x") == "80.0"


def test_lines_of_a_text_stand_below_each_other():
    axes = new_axes()
    axes.text(2, 1, "one\ntwo", ha="center")
    first, second = drawn(axes).iter(f"{SVG}text")
    assert (first.text, second.text) == ("one", "two")
    assert 10 < position(second)[1] - position(first)[1] < 25


# Looks


DASHED = {
    "linestyle": (0, (3, 1.5)),
    "dash_capstyle": "round",
    "dash_joinstyle": "round",
}


def line(**look):
    return Line2D([1, 3], [1, 2], color="#0072B2", linewidth=2, **look)


def box(**look):
    return Rectangle((1, 1), 1, 1, facecolor="#D55E00", **look)


@pytest.mark.parametrize(
    ("artist", "expected"),
    [
        (
            Text(1, 1, "x", size=13.5, weight="bold", color="#D55E00", alpha=0.5),
            "fill=#d55e00 fill-opacity=0.5 font-size=13.5 font-weight=600",
        ),
        (Text(1, 1, "x", size=12), "fill=#000000 font-size=12"),
        (
            line(alpha=0.25, **DASHED),
            "fill=none stroke=#0072b2 stroke-dasharray=6,3 stroke-linecap=round "
            "stroke-linejoin=round stroke-opacity=0.25 stroke-width=2",
        ),
        (box(linewidth=0, alpha=0.16), "fill=#d55e00 fill-opacity=0.16"),
        (box(edgecolor="none"), "fill=#d55e00"),
        (box(edgecolor="black"), "fill=#d55e00 stroke=#000000 stroke-width=1"),
    ],
)
def test_a_look_has_no_attribute_too_many(artist, expected):
    element = ET.fromstring(SvgRenderer(*SIZE, "name").drawn(artist))
    look = [
        f"{name}={value.replace(' ', ',')}"
        for name, value in sorted(element.items())
        if name not in ("x", "y", "d")
    ]
    assert " ".join(look) == expected


def test_each_rectangle_is_one_clip_and_every_clip_exists():
    axes = new_axes()
    axes.plot([0, 4], [0, 3])
    axes.text(1, 1, "inside", clip_on=True)
    axes.text(1, 1, "free", clip_on=False)
    svg = drawn(axes)
    (clip,) = svg.iter(f"{SVG}clipPath")
    name = clip.get("id")
    assert name.startswith("name-")
    assert frames.place_of(clip[0]) == [20, 20, 160, 120]
    marks = [last(svg, "path"), *svg.iter(f"{SVG}text")]
    inside = f"url(#{name})"
    assert [mark.get("clip-path") for mark in marks] == [inside, inside, None]


# Lines


def test_coordinates_have_two_decimals():
    axes = new_axes()
    axes.plot([1.12345, 3], [1, 2.98765])
    assert last(drawn(axes), "path").get("d") == "M64.94,100 L140,20.49"


def test_what_is_empty_leaves_nothing():
    axes = new_axes()
    axes.plot([], [])
    axes.plot([np.nan], [1], "o")
    axes.text(1, 1, "")
    assert {element.tag for element in drawn(axes).iter()} == {f"{SVG}svg", f"{SVG}g"}


@pytest.mark.parametrize(
    ("count", "bend", "kept"),
    [(127, 0, 127), (128, 0, 2), (481, 0.105, 2), (481, 0.115, 5)],
)
def test_a_long_line_keeps_what_bends_by_more_than_a_ninth_of_a_pixel(
    count, bend, kept
):
    y = np.ones(count)
    y[count // 2] += bend / 40
    axes = new_axes()
    axes.plot(np.linspace(0, 4, count), y)
    assert len(last_path(axes).vertices) == pytest.approx(kept, abs=1)


def test_a_curve_keeps_all_its_points():
    arc = Path.arc(0, 180, n=64)
    axes = new_axes()
    axes.add_patch(PathPatch(arc, facecolor="none"))
    assert len(last_path(axes).vertices) == len(arc.vertices)


def test_a_line_is_cut_off_50_pixels_outside_the_picture_and_an_area_is_not():
    axes = new_axes()
    axes.plot([-100, 100, 1, 1], [1, 1, 100, -100], clip_on=False)
    points = last_path(axes).vertices
    assert_allclose(points.min(axis=0), -50, atol=1.1)
    assert_allclose(points.max(axis=0), np.add(SIZE, 50), atol=1.1)
    axes.add_patch(Rectangle((-100, 0), 200, 1, zorder=9))
    assert last_path(axes).vertices.min() == 20 - 100 * 40


# Images


@pytest.mark.parametrize("interpolation", ["nearest", "bilinear"])
@pytest.mark.parametrize("origin", ["upper", "lower"])
def test_an_image_stands_where_its_numbers_do(interpolation, origin):
    axes = new_axes()
    options = {"interpolation": interpolation, "origin": origin, "cmap": "gray"}
    axes.imshow([[1, 0], [0, 0]], extent=(0.5, 2.5, 1, 2.5), aspect="auto", **options)
    axes.set(xlim=(0, 4), ylim=(0, 3))
    image = last(drawn(axes), "image")
    assert frames.place_of(image) == [40, 40, 80, 60]
    assert image.get("preserveAspectRatio") == "none"
    shades = frames.pixels_of(image)[..., 0]
    assert shades.shape == (120, 160)  # two pixels to a screen pixel
    bright_above = [[255, 0], [0, 0]]
    expected = bright_above if origin == "upper" else bright_above[::-1]
    assert_array_equal(shades[9::101, 9::141], expected)


def test_a_smooth_image_goes_from_its_first_number_to_its_last_in_a_palette():
    axes = new_axes()
    options = {"interpolation": "bilinear", "cmap": "gray"}
    axes.imshow([[0.0, 1.0]], extent=(0, 4, 0, 3), aspect="auto", **options)
    image = last(drawn(axes), "image")
    row = frames.pixels_of(image)[0, :, 0].astype(float)
    # Each number stands in the middle of its share of the width.
    expected = np.interp(np.arange(320) + 0.5, [80, 240], [0, 255])
    assert_allclose(row, expected, atol=1.6)
    _, data = image.get("href").split("base64,")
    assert Image.open(io.BytesIO(base64.b64decode(data))).mode == "P"  # small


# Axes


def framed(**ticks):
    """Return axes with ticks at their ends, in between, and some outside."""
    axes = new_axes()
    axes.set_axis_on()
    axes.set(xticks=[-0.1, 0, 1, 4, 4.1], yticks=[-0.1, 0, 1.5, 3, 3.1])
    axes.set(xlim=(0, 4), ylim=(0, 3))
    look = {"length": 5, "pad": 4, "labelsize": 15, "labelcolor": "#0072B2"}
    look |= {"top": True, "right": True, "labelfontfamily": "DejaVu Sans"}
    axes.tick_params(**look | ticks)
    return axes


def strokes(axes):
    """Return (x, y, x, y) of the lines of each path that holds several, sorted."""
    found = []
    for path in drawn(axes).iter(f"{SVG}path"):
        points = frames.path_of(path)
        if np.count_nonzero(points.codes == Path.MOVETO) > 1:
            found.append(sorted(points.vertices.reshape(-1, 4).tolist()))
    return found


def in_order(svg):
    """Return the texts of an SVG, sorted by their words and places."""
    texts = svg.iter(f"{SVG}text")
    return sorted(texts, key=lambda text: (text.text, *np.round(position(text))))


@pytest.mark.parametrize("backwards", [False, True])
def test_numbers_at_ticks_stand_where_matplotlib_puts_them(backwards):
    axes = framed(labeltop=True, labelright=True)
    if backwards:
        axes.set(xlim=(4, 0), ylim=(3, 0))
    ours = in_order(drawn(axes))
    theirs = in_order(matplotlibs_svg(axes.figure))
    assert len(ours) == 12
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.text == other.text
        # Matplotlib 3.8 writes the upper ones half a pixel lower.
        assert_allclose(position(mine), position(other), atol=0.5)
        x, *_ = position(mine)
        anchor = "end" if x < 20 else "start" if x > 180 else "middle"
        assert mine.get("text-anchor") == anchor
        assert mine.get("font-size") == "15"
        assert mine.get("fill") == "#0072b2"


def test_ticks_and_grid_lie_at_their_values_and_no_farther_than_the_axes():
    axes = framed()
    axes.grid(True, color="#D55E00", linewidth=1.5)
    across = (20, 60, 180)
    up = (20, 80, 140)
    assert strokes(axes) == [
        [[x, 140, x, 20] for x in across],
        [[x, 140, x, 145] for x in across],
        [[x, 20, x, 15] for x in across],
        [[20, y, 180, y] for y in up],
        [[20, y, 15, y] for y in up],
        [[180, y, 185, y] for y in up],
    ]
    grid, ticks, *_ = drawn(axes).iter(f"{SVG}path")
    assert grid.get("stroke") == "#d55e00"
    assert grid.get("stroke-width") == "1.5"
    assert ticks.get("stroke") == "#000000"


def test_what_is_switched_off_leaves_nothing():
    axes = framed(length=0, labelleft=False, labelbottom=False)
    assert strokes(axes) == []
    assert frames.texts(drawn(axes)) == []
    axes.tick_params(labelbottom=True)
    assert frames.texts(drawn(axes)) == ["0.0", "1.0", "4.0"]


def test_a_power_that_numbers_have_in_common_stands_in_the_first_picture_too():
    axes = new_axes(xlim=(1e9, 1e9 + 4), ylim=(0, 3e7))
    axes.set_axis_on()
    assert {"+1e9", "1e7"} <= set(frames.texts(drawn(axes)))
