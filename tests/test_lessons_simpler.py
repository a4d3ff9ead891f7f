"""Promises of the lessons' figures that came with simpler code."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import points, texts

import helpers
from helpers.figures.controls import choice
from lessons.cheatsheet import sheet
from lessons.elu import output_mean, through_layers
from lessons.softmax import drawn, swept, tempered
from lessons.vanishing_gradient import layer_gradients, race

NO_PROBABILITIES = "probabilities lie between 0 and 1 and sum to 1"


def steep(z):
    """Return softmax of doubled scores."""
    return helpers.softmax(2 * z)


def test_the_slopes_of_a_sweep_are_those_of_the_function_given():
    live = swept(steep, [1, 2, 3])
    x, slopes = points(live, "slope of cat").T
    p = steep(np.column_stack([x, 0 * x + 2, 0 * x + 3]))[:, 0]
    assert_allclose(slopes, 2 * p * (1 - p), atol=1e-9)


def test_a_rise_that_never_ends_is_none():
    live = swept(lambda z: helpers.softmax(z, temperature=50), [1, 2, 3])
    assert texts(live)["share"] == "no rise from 1 % to 99 %"
    assert live.message == ""


@pytest.mark.parametrize(
    "function", [np.exp, lambda z: z / z.sum(), lambda z: 0 * z + 0.5], ids=str
)
@pytest.mark.parametrize("figure", [drawn, swept])
def test_what_are_no_probabilities_is_refused(figure, function):
    with pytest.raises(ValueError, match=NO_PROBABILITIES):
        figure(function, [2, 1, -1])


def test_a_temperature_behind_the_division_makes_no_probabilities():
    with pytest.raises(ValueError, match=NO_PROBABILITIES):
        tempered(lambda z, temperature: helpers.softmax(z) / temperature)


@pytest.mark.parametrize("data", [3, (1, 2, 3), "ab"], ids=str)
def test_data_that_are_no_pair_are_refused(data):
    with pytest.raises(
        (TypeError, ValueError), match=r"data .*try data=helpers.digits"
    ):
        layer_gradients(data=data)


def test_a_path_that_is_none_is_refused():
    with pytest.raises(TypeError, match="path must be the name of a file, not 5; try"):
        sheet(5)


@pytest.mark.parametrize(
    ("call", "example"),
    [
        (lambda: output_mean(None, np.zeros(100)), r"output_mean\(elu, sums\)"),
        (lambda: through_layers(3, 1, 1), r"through_layers\(selu, inputs, weights\)"),
    ],
)
def test_what_is_no_function_is_told_how_this_figure_is_called(call, example):
    with pytest.raises(TypeError, match=example):
        call()


def test_examples_that_all_lie_at_0_have_a_plane_too():
    live = race(np.zeros((100, 2)), [0, 1] * 50, depth=1)
    assert "50 % right" in live.alt


def test_a_choice_refuses_a_value_that_no_button_means():
    words = "^steps must be 1 or 10, but it is 5.$"
    with pytest.raises(ValueError, match=words):
        choice("so many", {"one": 1, "ten": 10}, 5, name="steps")
    assert choice("so many", {"one": 1, "ten": 10}, 10).value == 10
