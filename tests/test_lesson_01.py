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
    with pytest.raises(ValueError, match="pixels"):
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


def test_cross_entropy_has_a_gradient_200_times_larger_at_minus_6():
    error = helpers.sigmoid(-6.0) - 1
    of_squared_error = 2 * error * helpers.sigmoid.derivative(-6.0)
    assert error / of_squared_error == pytest.approx(200, rel=0.02)
