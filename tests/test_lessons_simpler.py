"""Promises of the lessons' figures that came with simpler code."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import points, texts

import helpers
from lessons.softmax import drawn, swept, tempered

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
