"""Learners' functions that are unlike an activation: what is drawn and told of them is right, or a
sentence says why it can't be drawn."""

from functools import partial

import ipywidgets
import numpy as np
import pytest
from shared import heights, points, texts

from helpers import compare, explore, overlay, sigmoid, softmax, softplus, threads
from lessons.elu import output_mean
from lessons.sigmoid import picture
from lessons.silu import gated
from lessons.softmax import swept


def peak(live):
    """Return the largest slope that a figure tells."""
    return texts(live)["peak"].removeprefix("largest slope: ")


def whole_numbers(x):
    return np.vectorize(lambda v: max(0, v))(x)


@pytest.mark.parametrize("figure", [explore, compare, threads])
@pytest.mark.parametrize("x_range", [(-6, 6), (-5, 5)])
def test_decimals_that_are_cut_off_are_told(figure, x_range):
    with pytest.raises(ValueError, match=r"cuts decimals off.*otypes="):
        figure(whole_numbers, x_range=x_range)


@pytest.mark.parametrize(
    ("function", "x_range", "largest"),
    [
        # It grows on and on: what is seen counts.
        (np.square, (-6, 6), "12.0000"),
        (np.exp, (-6, 2), "7.3891"),
        # It does not: the largest of all counts, though it is not seen.
        (lambda x: sigmoid(x), (3, 5), "0.2500"),
        (softplus, (-10, -8), "1.0000"),
    ],
)
def test_the_largest_slope_is_that_of_all_inputs_if_there_is_one(
    function, x_range, largest
):
    assert peak(explore(function, x_range=x_range)) == largest


@pytest.mark.parametrize(
    ("function", "x_range", "slope"),
    [
        (lambda x: sigmoid(x - 1e5), (99_990, 100_010), 0.25),
        (np.sin, (99_990, 100_010), np.cos(1e5)),
        (lambda x: sigmoid(1e6 * x), (-6e-6, 6e-6), 2.5e5),
        (lambda x: np.tanh((100 * x).astype(np.float32)), (-0.05, 0.05), 100),
    ],
)
def test_slopes_are_measured_at_the_scale_of_the_picture(function, x_range, slope):
    live = explore(function, x_range=x_range, x0=sum(x_range) / 2)
    assert heights(live, "slope probe") == pytest.approx(slope, rel=2e-3)


def test_a_slope_is_measured_in_the_precision_that_a_parameter_brings_along():
    def short(x, factor):
        return np.maximum(0, (factor * x).astype(np.float32))

    live = explore(short, factor=(0.0, 2.0, 0.1), x0=4)
    assert texts(live)["slope"] == "slope at 4.00 = 1.0000"


@pytest.mark.parametrize(
    ("function", "x_range", "ends"),
    [
        (np.sqrt, (0, 4), (None, 0.25)),
        (lambda x: x**1.5, (0, 4), (0, 3)),
        (lambda x: np.log(x.astype(np.float32)), (0.1, 6), (9.667, 1 / 6)),
        (lambda x: np.arcsin(x / 3), (-3, 2.4), (None, 5 / 9)),
    ],
)
def test_a_function_is_drawn_up_to_the_ends_of_its_domain(function, x_range, ends):
    live = explore(function, x_range=x_range)
    drawn = points(live, "derivative")
    assert drawn[[0, -1], 0] == pytest.approx(x_range)
    for slope, end in zip(drawn[[0, -1], 1], ends, strict=True):
        if end is not None:
            assert slope == pytest.approx(end, abs=0.02)


@pytest.mark.parametrize(
    ("function", "highest"),
    [
        (lambda x: sigmoid(1000 * (x - 0.31)), 250),
        (lambda x: np.exp(-(((x - 0.3127) / 1e-3) ** 2)), 1000 * np.sqrt(2 / np.e)),
    ],
)
def test_a_narrow_rise_is_no_pole(function, highest):
    assert float(peak(explore(function))) == pytest.approx(highest, rel=0.01)


@pytest.mark.parametrize("function", [np.tan, lambda x: 1 / (x - 1 / 3)])
def test_a_pole_is_told(function):
    with pytest.raises(ValueError, match=r"grows beyond all bounds|returns inf"):
        explore(function)


def test_where_one_of_two_functions_jumps_their_difference_does():
    live = overlay(np.sign, np.tanh)
    line = points(live, "difference")
    steps = np.abs(np.diff(line[:, 1]))
    assert np.nanmax(steps) < 0.05
    assert np.isnan(steps).any()


def test_a_difference_counts_beside_the_heights():
    small = overlay(lambda x: 1e-10 * np.sin(x), lambda x: 1e-10 * np.cos(x))
    assert texts(small)["distance"].startswith("largest difference")
    large = overlay(lambda x: 1e6 * x, lambda x: 1e6 * x + 1e-5)
    assert texts(large)["distance"].startswith("no difference")


def test_a_slider_in_quarters_shows_both_digits():
    live = explore(lambda x, a: a * x, a=(0, 1, 0.25))
    assert live.controls["a"].readout_format == ".2f"


def test_digits_that_a_browser_gets_wrong_are_not_told():
    live = explore(lambda x, a: a * x, a=(0.0, 1.0, 0.1))
    live.controls["a"].value = 0.30000000000000004
    live.controls["x0"].value = 8.88e-16
    assert "with a = 0.3 " in live.alt
    assert texts(live)["value"] == "f(0.00) = 0.0000"


@pytest.mark.parametrize(
    ("stops", "states"), [({"x0": None}, 121), ({"a": None}, 31), ({"a": [0.001]}, 2)]
)
def test_all_stops_of_a_slider_can_be_saved(stops, states, tmp_path, capsys):
    slider = ipywidgets.FloatLogSlider(value=0.01, min=-3, max=0)
    explore(lambda x, a: a * x, a=slider).save(tmp_path / "film.html", **stops)
    assert f" {states} states" in capsys.readouterr().out


@pytest.mark.parametrize("wanted", [[], [100], [50.0], -5, 2.5, "a", (1, 2), [None]])
def test_stops_that_a_control_cannot_take_are_refused(wanted, tmp_path):
    with pytest.raises(ValueError, match="x0 must be a number of stops"):
        explore(sigmoid).save(tmp_path / "film.html", x0=wanted)
    assert not list(tmp_path.iterdir())


def test_a_figure_that_shows_a_sentence_can_be_saved_and_a_folder_is_no_file(tmp_path):
    live = explore(sigmoid)
    live.controls["x_range"].value = (2, 2)
    live.save(tmp_path / "film.html")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(ValueError, match="is a folder"):
        live.save(tmp_path / "folder.html")


@pytest.mark.parametrize(
    ("function", "x_range", "largest"),
    [(lambda x: 1 / x, (1, 3), "1.0000"), (np.tan, (-1, 1), "3.4255")],
)
def test_a_pole_outside_the_picture_is_no_largest_slope(function, x_range, largest):
    live = explore(function, x_range=x_range)
    assert peak(live) == largest
    assert live.alt.endswith("No flat zone.")


@pytest.mark.parametrize("end", [1e5, 1e6])
def test_slopes_are_measured_in_wide_pictures_too(end):
    live = explore(np.tanh, x_range=(-end, end), x0=0)
    assert texts(live)["slope"] == "slope at 0.00 = 1.0000"


def test_waves_too_narrow_for_the_picture_are_told():
    def wave(x):
        return np.sin(80 * np.pi * x)

    with pytest.raises(ValueError, match="goes up and down too often"):
        explore(wave)
    assert explore(wave, x_range=(0, 0.1)).alt


def test_a_given_slope_that_depends_on_the_other_inputs_is_told():
    with pytest.raises(ValueError, match="the slope of f gives"):
        explore(lambda x: x**2 / 12, lambda x: x / np.abs(x).max())


@pytest.mark.parametrize("make", [lambda f: explore(f), lambda f: compare(f, sigmoid)])
def test_a_refreshed_figure_draws_a_function_that_has_changed(make):
    factor = [1.0]
    live = make(lambda x: factor[0] * x)
    before = live.png()
    factor[0] = 2.0
    live.refresh()
    fresh = make(lambda x: factor[0] * x)
    assert live.png() == fresh.png() != before


def test_a_refreshed_sweep_has_its_dot_on_its_curve():
    factor = [1.0]
    live = swept(lambda z: softmax(factor[0] * z), [2, 1, -1])
    factor[0] = 2.0
    live.refresh()
    ((x, y),) = points(live, "probe")
    curve = points(live, "p of cat")
    assert y == pytest.approx(np.interp(x, *curve.T), abs=1e-3)
    assert y == pytest.approx(softmax([4.0, 2.0, -2.0])[0], abs=1e-3)


@pytest.mark.parametrize(
    ("given", "step", "readout"),
    [
        ((0.0, 0.05), 0.0002, ".4f"),
        ((0.0, 1.0), 0.1, ".1f"),
        ((0.0, 10.0, 2.5), 2.5, ".1f"),
        ((0, 1e-12, 1e-14), 1e-14, ".14f"),
    ],
)
def test_a_slider_has_stops_however_short_it_is(given, step, readout):
    live = explore(lambda x, a: a * x, a=given)
    slider = live.controls["a"]
    assert (slider.step, slider.readout_format) == (step, readout)
    assert heights(live, "probe") == pytest.approx(slider.value, rel=1e-9)


def test_a_probe_moves_in_a_narrow_range():
    live = explore(np.tanh, x_range=(0, 1e-3))
    assert live.controls["x0"].step < 1e-4


def test_words_far_outside_a_picture_do_not_break_it():
    assert explore(lambda x: 1e-6 * np.sin(x), np.cos, x0=0).png()
    sums = np.random.default_rng(0).normal(size=1000)
    assert output_mean(lambda x: 1e9 * x + 10, sums).png()


@pytest.mark.parametrize("figure", [gated, partial(picture, [[0, 255], [3, 40]])])
def test_figures_of_one_number_refuse_functions_of_many(figure):
    with pytest.raises(ValueError, match="works on a whole list at once"):
        figure(softmax)


def test_slopes_of_a_softmax_of_short_numbers_are_right():
    live = swept(lambda z: softmax(z.astype(np.float32)), [2, 1, -1])
    p = softmax([2, 1, -1])[0]
    assert heights(live, "slope probe") == pytest.approx(p * (1 - p), abs=1e-4)
