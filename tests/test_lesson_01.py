"""01_sigmoid: its formulas side by side, the picture, and the numbers that the lesson states."""

import frames
import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import Lesson, mark, refusals, set_to, texts

import helpers
from lessons.sigmoid import picture

PIXELS = np.uint8([[0, 51, 102], [153, 204, 255]])
LESSON = Lesson("01_sigmoid")
CALM = "no complaint"
NAN = "overflow, invalid value, nan: not a number"


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    return LESSON.names("imports", "sigmoid", "forms", "stable-code", "contrast")


@pytest.mark.parametrize(
    ("x", "reports"),
    [
        (-710, ["overflow", CALM, CALM]),
        (-709, [CALM, CALM, CALM]),
        (709, [CALM, CALM, CALM]),
        (710, [CALM, NAN, CALM]),
    ],
)
def test_each_form_of_sigma_fails_where_the_lesson_says(lesson, x, reports):
    forms = [lesson[name] for name in ("sigmoid", "other_form", "stable_sigmoid")]
    live = helpers.side_by_side(*forms, x=(-1000, 1000, 1))
    set_to(live, x=x)
    words = texts(live)
    assert [words[f"report-{row}"] for row in (1, 2, 3)] == reports
    if x == -710:
        assert words["value-1"] == "0"


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
    words = frames.root(live).iter(f"{frames.SVG}text")
    fills = {text.text: text.get("fill") for text in words}
    assert fills[f"{shade:.2f}"] == colour


@pytest.mark.parametrize("side", [1, 8])
def test_1_to_64_pixels_are_a_picture(side):
    live = picture(np.zeros((side, side), int), helpers.identity)
    assert live.alt.startswith(f"A picture of {side} by {side} pixels")


REFUSED = {
    "picture(np.zeros(4, int), helpers.identity)": "1 to 8 rows and 1 to 8 columns",
    "picture(np.zeros((1, 9), int), helpers.identity)": "1 to 8 rows and 1 to 8 columns",
    "picture(np.zeros((9, 1), int), helpers.identity)": "1 to 8 rows and 1 to 8 columns",
    "picture([[256]], helpers.identity)": "from 0 to 255, but 256 is among",
    "picture([[-1]], helpers.identity)": "from 0 to 255, but -1 is among",
}
test_what_cannot_be_drawn_is_refused = refusals(REFUSED, globals())


def test_what_the_lesson_says_of_the_mail():
    answer, there, short_of_it = helpers.sigmoid([3.7, 4.6, 4.5])
    assert LESSON.says(f"No, almost at the end: {answer:.3f}.")
    assert short_of_it < 0.99 < there
    assert LESSON.says("For spam, the score would have to reach 4.6.")
    slope = helpers.sigmoid.derivative(3.7)
    assert slope / 0.25 == pytest.approx(0.1, abs=0.01)
    assert LESSON.says("At 3.7 a tenth of that is left")
    assert answer / (2 * answer * slope) == pytest.approx(20, rel=0.1)
    assert LESSON.says("For cross-entropy, about twenty times as much.")
    assert_allclose(helpers.sigmoid([-5, 5]), [0, 1], atol=0.01)
    assert LESSON.says("Its smooth part is only some ten points wide.")


@pytest.mark.parametrize(
    ("x", "across"), [(-100, 0), (0, 0.5), (np.log(3), 0.75), (100, 1)]
)
def test_the_lower_ruler_is_as_wide_as_the_outputs(x, across):
    live = helpers.threads(helpers.sigmoid, x=x, x_range=(-100, 100), y_range=(0, 1))
    start, end = mark(live, "probe").get_xdata()
    assert start == pytest.approx(x)
    assert end == pytest.approx(-100 + 200 * across)
