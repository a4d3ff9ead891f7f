"""01_sigmoid: its formulas side by side, the picture, and the numbers that the lesson states."""

import frames
import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import mark, names, read, set_to, texts

import helpers
from lessons.sigmoid import picture

PIXELS = np.uint8([[0, 51, 102], [153, 204, 255]])
CALM = "no complaint"
OVERFLOW = "overflow, invalid value, nan: not a number"


@pytest.fixture(scope="module")
def lesson():
    return names(
        read("01_sigmoid"), "imports", "sigmoid", "forms", "stable-code", "contrast"
    )


@pytest.mark.parametrize(
    ("x", "rows"),
    [
        (0, [("0.5", CALM), ("0.5", CALM), ("0.5", CALM)]),
        (-800, [("0", "overflow"), ("0", CALM), ("0", CALM)]),
        (800, [("1", CALM), ("nan", OVERFLOW), ("1", CALM)]),
    ],
)
def test_each_form_of_sigma_fails_where_the_lesson_says(lesson, x, rows):
    forms = [lesson[name] for name in ("sigmoid", "other_form", "stable_sigmoid")]
    live = helpers.side_by_side(*forms, x=(-1000, 1000, 1))
    set_to(live, x=x)
    shown = texts(live)
    assert [
        (shown[f"value-{row}"], shown[f"report-{row}"]) for row in (1, 2, 3)
    ] == rows


def test_the_picture_shows_the_function_of_each_pixel(lesson):
    live = picture(PIXELS, lesson["sharpen"], contrast=(0.0, 40.0, 0.5))
    set_to(live, contrast=4.0)
    svg = frames.root(live)
    images = [frames.pixels_of(image) for image in svg.iter(f"{frames.SVG}image")]
    shades = helpers.sigmoid(4 * (PIXELS / 255 - 0.5))
    for image, greys in zip(images, (PIXELS, 255 * shades), strict=True):
        assert_allclose(
            image[108::216, 72::144, 0], greys, atol=1
        )  # in the middle of each pixel
    places = {text.text: float(text.get("y")) for text in svg.iter(f"{frames.SVG}text")}
    assert places["51"] < places["204"]  # the first row is on top
    assert {f"{shade:.2f}" for shade in shades.ravel()} < set(places)
    assert_allclose(mark(live, "pixels").get_xdata(), PIXELS.ravel() / 255)
    for name in ("pixels", "curve"):
        x, y = mark(live, name).get_data()
        assert_allclose(y, helpers.sigmoid(4 * (x - 0.5)))
    assert "contrast 4" in live.alt


@pytest.mark.parametrize(("shade", "colour"), [(0.45, "#ffffff"), (0.46, "#000000")])
def test_letters_stand_out_from_their_pixel(shade, colour):
    live = picture([[255]], lambda x: 0 * x + shade)
    (letters,) = [
        t
        for t in frames.root(live).iter(f"{frames.SVG}text")
        if t.text == f"{shade:.2f}"
    ]
    assert letters.get("fill") == colour


@pytest.mark.parametrize("pixels", [[[128]], np.zeros((8, 8), int)])
def test_1_to_64_pixels_are_a_picture(pixels):
    rows, columns = np.shape(pixels)
    live = picture(pixels, helpers.identity)
    assert live.alt.startswith(f"A picture of {rows} by {columns} pixels")


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((2, 2)),
        np.zeros(4, int),
        np.zeros((1, 9), int),
        np.zeros((9, 1), int),
        [[256]],
        [[-1]],
    ],
)
def test_other_pixels_are_refused(pixels):
    with pytest.raises((ValueError, TypeError), match="pixels"):
        picture(pixels, helpers.identity)


def test_what_the_lesson_says_of_slopes_and_limits(lesson):
    sigmoid = lesson["sigmoid"]
    slopes = helpers.sigmoid.derivative(np.array([2.0, 4.0, 10.0]))
    assert_allclose(slopes, [0.105, 0.0177, 0.000045], rtol=0.01)
    assert 0.25**10 < 1e-6 < 0.25**9
    assert sigmoid(36.7) < 1 == sigmoid(36.8)
    with np.errstate(over="raise"):
        sigmoid(-709.7)
        with pytest.raises(FloatingPointError):
            sigmoid(-709.8)
    x = -np.arange(710.0, 1001.0)
    with np.errstate(over="ignore"):
        assert np.all(sigmoid(x) == 0)
    assert_allclose(lesson["stable_sigmoid"](x), np.exp(x))
    assert 0 < np.exp(x).max() < 1e-308


def test_what_the_lesson_says_of_the_mail(lesson):
    sigmoid = lesson["sigmoid"]
    assert pytest.approx(3.7) == 2.1 + 1.9 - 0.3
    assert_allclose(sigmoid(np.array([3.7, -3.7])), [0.976, 0.024], atol=5e-4)
    assert sigmoid(-12) == pytest.approx(6.14e-6, rel=1e-3)
    assert 0.9 < sigmoid(3.7) < 0.99 < sigmoid(4.6)
    assert sigmoid(4.5) < 0.99
    assert np.exp(3.7) == pytest.approx(40, abs=0.5)
    slope = helpers.sigmoid.derivative(3.7)
    assert slope / 0.25 == pytest.approx(0.1, abs=0.01)
    assert sigmoid(3.7) / (2 * sigmoid(3.7) * slope) == pytest.approx(20, rel=0.1)


def test_from_far_away_the_sigmoid_is_a_step_again(lesson):
    edges = helpers.sigmoid(np.array([-5, 5]))
    assert_allclose(edges, [0, 1], atol=0.01)
    near = np.linspace(-0.5, 0.5, 11)
    assert_allclose(helpers.sigmoid(near), 0.5 + near / 4, atol=0.003)


@pytest.mark.parametrize(
    ("x", "across"), [(-100, 0), (0, 0.5), (np.log(3), 0.75), (100, 1)]
)
def test_the_lower_ruler_is_as_wide_as_the_outputs(x, across):
    live = helpers.threads(helpers.sigmoid, x=x, x_range=(-100, 100), y_range=(0, 1))
    start, end = mark(live, "probe").get_xdata()
    assert start == x
    assert end == pytest.approx(-100 + 200 * across)
    written = {text.text for text in frames.root(live).iter(f"{frames.SVG}text")}
    assert {"0.25", "0.5", "0.75", "1"} < written
