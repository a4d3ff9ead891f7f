"""Circles and arrows: what the drawing of a network tells its reader."""

import frames
import numpy as np
import pytest
from frames import SVG
from numpy.testing import assert_allclose

from helpers.figures.controls import slider
from helpers.figures.diagram import (
    diagram,
    draw_arrow,
    draw_small_units,
    draw_unit,
    draw_votes,
    draw_weights,
    layer_places,
)
from helpers.figures.live import LiveFigure


def drawn(draw):
    """Return the LiveFigure of what `draw` puts on a diagram of 720 by 200 pixels."""

    def described(page, x):
        draw(diagram(page, 0, 200))
        return "A diagram."

    return LiveFigure(described, {"x": slider("x", 1, 0, 2, 1)}, 200)


def shapes(live):
    """Return the SVG's paths, as dicts of their attributes."""
    return [path.attrib for path in frames.root(live).iter(f"{SVG}path")]


def strokes(live):
    """Return the looks of a picture's lines: (width, dashed, colour)."""
    return [
        (float(shape["stroke-width"]), "stroke-dasharray" in shape, shape["stroke"])
        for shape in shapes(live)
        if shape["fill"] == "none"
    ]


def test_units_of_a_layer_stand_one_below_the_other_around_the_middle():
    one, three = layer_places([1, 3], x=(60, 300), y=100, gap=40)
    assert_allclose(one, [[60, 100]])
    assert_allclose(three, [[300, 60], [300, 100], [300, 140]])


def test_a_unit_shows_its_number_where_it_stands():
    live = drawn(lambda panel: draw_unit(panel, 300, 80, "0.25"))
    (text,) = frames.root(live).iter(f"{SVG}text")
    assert text.text == "0.25"
    assert float(text.get("x")) == 300
    assert float(text.get("y")) == pytest.approx(80, abs=6)


@pytest.mark.parametrize(
    ("start", "end"), [((60, 40), (300, 160)), ((300, 30), (60, 150))]
)
def test_an_arrow_goes_from_rim_to_rim_and_leaves_a_gap_for_its_words(start, end):
    def draw(panel):
        draw_arrow(panel, start, end, 1.5, "× 1.5", radius=20)

    axes = drawn(draw).figure.axes[0]
    points = np.concatenate([line.get_xydata() for line in axes.lines])
    way = np.subtract(end, start)
    length = np.hypot(*way)
    along = (points - start) @ way / length
    beside = (points - start) @ (way[::-1] * (1, -1)) / length
    assert_allclose(beside, 0, atol=1e-9)
    assert along.min() == pytest.approx(23)
    assert length - 40 < along.max() < length - 23  # the head goes on from there
    assert np.abs(along - length / 2).min() > 9
    (words,) = axes.texts
    assert words.get_text() == "× 1.5"
    place = np.subtract(words.get_position(), start) @ way / length
    assert place == pytest.approx(length / 2, abs=8)


def test_arrows_tell_size_by_width_and_sign_by_dash_and_colour():
    def draw(panel):
        draw_weights(panel, [(60, 100)], [(300, 40), (300, 160)], [[2.0, -0.5]])

    live = drawn(draw)
    (wide, solid, blue), _, (narrow, dashed, purple), _ = strokes(live)
    assert wide > narrow
    assert (solid, dashed) == (False, True)
    assert blue != purple
    texts = [text.get_text() for text in live.figure.axes[0].texts]
    assert texts == ["× 2.0", "× −0.5"]


def test_a_weight_of_0_is_the_thinnest_arrow_and_has_a_look_of_its_own():
    def draw(panel):
        ends = [(300, 40), (300, 100), (300, 160)]
        draw_weights(panel, [(60, 100)], ends, [[0, 0.1, -0.1]])

    # Words stand in a gap of each arrow, so it has two parts.
    arrows = strokes(drawn(draw))[::2]
    (nothing, dotted, grey), (plus, _, blue), (minus, _, purple) = arrows
    assert nothing < min(plus, minus)
    assert dotted
    assert grey not in (blue, purple)


def test_small_units_are_the_darker_the_larger_and_white_only_at_0():
    places = np.column_stack([np.linspace(50, 250, 5), np.full(5, 80)])
    shares = [0, 1e-6, 0.3, 0.6, 1]
    live = drawn(lambda panel: draw_small_units(panel, places, shares))
    colours = {}
    _, *inner = [shape for shape in shapes(live) if shape["fill"] == "none"]
    for shape in inner:
        for piece in shape["d"].split("M")[1:]:
            colours[round(float(piece.split(",")[0]))] = shape["stroke"]
    fills = [colours[place] for place in sorted(colours)]
    assert len(fills) == 5
    assert fills == sorted(set(fills), reverse=True)
    assert fills[0] == "#ffffff"


def test_votes_are_as_thick_as_they_are_large_and_tell_their_sign():
    starts = np.column_stack([np.full(4, 60), [20, 60, 100, 140]])
    live = drawn(
        lambda panel: draw_votes(panel, starts, (300, 80), [4.0, -2.0, 0.01, 0])
    )
    against, pro = strokes(live)  # the other two are too small to draw
    assert pro[0] > 1.5 * against[0]
    assert (pro[1], against[1]) == (False, True)
    assert pro[2] != against[2]


def test_without_any_vote_there_is_no_line():
    live = drawn(lambda panel: draw_votes(panel, np.ones((2, 2)), (9, 9), [0, 0]))
    assert strokes(live) == []
