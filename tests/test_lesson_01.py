"""01_sigmoid: the opening picture, formulas side by side, the small picture, and the numbers that the lesson states."""

import io

import numpy as np
import pytest
from lessons import texts
from PIL import Image

import helpers
from helpers.figures.explore import COUNT

PIXELS = np.uint8([[0, 51, 102], [153, 204, 255]])


def naive(x):
    return 1 / (1 + np.exp(-x))


def other_form(x):
    return np.exp(x) / (1 + np.exp(x))


def test_every_thread_leads_from_its_input_to_the_output():
    live = helpers.threads(helpers.leaky_relu, negative_slope=0.5, x=2.0)
    for slope, x in ((0.5, 2.0), (0.25, -4.0), (1.0, 6.0)):
        live.controls["negative_slope"].value, live.controls["x"].value = slope, x
        ends = np.array([line.get_xdata() for line in live.figure.axes[0].lines])
        starts = np.append(np.linspace(-6, 6, COUNT), x)
        np.testing.assert_allclose(ends, np.column_stack([starts, np.where(starts > 0, starts, slope * starts)]))
        assert texts(live)["value"] == f"leaky_relu({x:.2f}) = {x if x > 0 else slope * x:.4f}".replace("-", "−")
        assert texts(live)["value"] in live.alt


@pytest.mark.parametrize(
    ("arguments", "error", "part"),
    [
        ({"x_range": (3, 1)}, ValueError, "from a smaller to a"),
        ({"x_range": "wide"}, TypeError, "two numbers"),
        ({"x": 9}, ValueError, "between -6 and 6"),
        ({"function": np.max}, ValueError, "shape"),
    ],
)
def test_threads_refuse_what_they_cannot_draw(arguments, error, part):
    with pytest.raises(error, match=part):
        helpers.threads(**{"function": helpers.sigmoid, **arguments})


@pytest.mark.parametrize(
    ("x", "values", "reports"),
    [
        (0, ("0.5", "0.5"), ("no complaint", "no complaint")),
        (-800, ("0", "0"), ("overflow", "no complaint")),
        (800, ("1", "nan"), ("no complaint", "overflow, invalid value, nan: not a number")),
    ],
)
def test_formulas_side_by_side_show_values_and_what_numpy_reports(x, values, reports):
    live = helpers.side_by_side(naive, other_form, x=(-1000, 1000, 1))
    live.controls["x"].value = x
    shown = texts(live)
    assert (shown["value-1"], shown["value-2"]) == values
    assert (shown["report-1"], shown["report-2"]) == reports
    assert f"naive gives {values[0]} ({reports[0]})" in live.alt
    assert live.message == ""


def test_a_formula_that_raises_is_told_in_its_row():
    def fails(x):
        raise ZeroDivisionError("by zero")

    assert texts(helpers.side_by_side(fails))["report-1"] == "ZeroDivisionError: by zero"
    with pytest.raises(TypeError, match="without brackets"):
        helpers.side_by_side(0.5)


def brighten(pixel, power=1.0):
    return pixel**power


def test_picture_shows_the_function_of_each_pixel():
    live = helpers.picture(PIXELS, brighten, power=(0.5, 3.0, 0.5))
    live.controls["power"].value = 2.0
    middle, right = live.figure.axes[2], live.figure.axes[1]
    np.testing.assert_allclose(right.images[0].get_array(), (PIXELS / 255) ** 2)
    numbers = [text.get_text() for text in right.texts if "." in text.get_text()]
    assert numbers == ["0.00", "0.04", "0.16", "0.36", "0.64", "1.00"]
    np.testing.assert_allclose(middle.lines[-1].get_xydata()[:, 1], (PIXELS.ravel() / 255) ** 2)
    assert "power 2" in live.alt


@pytest.mark.parametrize(("shade", "colour"), [(0.459, "white"), (0.46, "black"), (0.461, "black")])
def test_letters_are_black_from_a_shade_of_46_hundredths_on(shade, colour):
    right = helpers.picture([[0, 255]], lambda x: 0 * x + shade).figure.axes[1]
    assert [text.get_color() for text in right.texts if text.get_text() == f"{shade:.2f}"] == [colour] * 2


def test_a_single_pixel_is_a_picture_and_the_two_pictures_stand_at_the_ends_of_the_page():
    live = helpers.picture([[128]], brighten)
    assert live.alt.startswith("A picture of 1 by 1 pixels from 128 to 128")
    left, right, middle = (axes.get_window_extent() for axes in live.figure.axes)
    assert left.x0 == pytest.approx(720 - right.x1)
    assert left.width == right.width == pytest.approx(216)
    assert left.x1 < middle.x0 < middle.x1 < right.x0


def test_picture_is_upright_in_the_png():
    live = helpers.picture(np.uint8([[0, 0], [255, 255]]), brighten)
    picture = np.asarray(Image.open(io.BytesIO(live.png())).convert("L"))
    height, width = picture.shape
    left_side = picture[int(0.16 * height) : int(0.8 * height), int(0.03 * width)]
    assert left_side[0] < 40
    assert left_side[-1] > 215


@pytest.mark.parametrize(
    "pixels", [np.zeros((2, 2)), np.zeros(4, int), np.zeros((9, 9), int), np.array([[300]]), np.array([[-1]])]
)
def test_picture_refuses_other_pixels(pixels):
    with pytest.raises((TypeError, ValueError), match="pixels must have shape"):
        helpers.picture(pixels, brighten)


def test_the_numbers_that_the_lesson_states():
    slope = helpers.sigmoid.derivative
    assert [round(float(slope(x)), 6) for x in (0, 2, 4, 10)] == [0.25, 0.104994, 0.017663, 0.000045]
    assert 0.25**10 < 1e-6 < 0.25**9
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    assert weights @ slope(nodes) / weights.sum() == pytest.approx(0.207, abs=5e-4)
    assert naive(36.7) < 1 == naive(36.8)
    with np.errstate(over="raise"):
        naive(-709.7)
        with pytest.raises(FloatingPointError):
            naive(-709.8)
    p = naive(-6.0)
    assert (round(2 * (p - 1) * slope(-6.0), 4), round(p - 1, 4)) == (-0.0049, -0.9975)
