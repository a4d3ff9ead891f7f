"""Faults that a tester found by hand: wrong answers that passed, right ones that did not, and
advice that failed when it was followed.
"""

import numpy as np
import pytest
from shared import CHECKS

import helpers
from helpers import Network, compare, explore, overlay, relu, sigmoid, threads
from helpers.exercises import STUB
from lessons.softmax import shares, swept


def refusal(function, *arguments, **options):
    """Return the sentence with which a call is refused."""
    with pytest.raises((TypeError, ValueError)) as caught:
        function(*arguments, **options)
    return str(caught.value)


# Exercises: wrong answers do not pass


def clipped_swish(low, high):
    return lambda x, beta: x / (1 + np.exp(-beta * np.clip(x, low, high)))


def softmax_with_transposes(z):
    powers = np.exp((z.T - z.max(-1)).T)
    return (powers.T / powers.sum(-1)).T


def softmax_of_rows_or_a_list(z):
    axis = 1 if z.ndim > 1 else 0
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def softmax_of_three(z):
    rows = [helpers.softmax(row) for row in z.reshape(-1, 3)]
    return np.reshape(rows, z.shape)


def off_at_both_ends(z):
    return (z[0] <= 0) & (z[-1] <= 0)


def softplus_cut_at_5(x):
    return np.where(x > 5, x, np.log1p(np.exp(np.minimum(x, 5))))


def between_by_case(x, low, high):
    width = abs(low) + abs(high) if low < 0 else high - low
    return low + width * sigmoid(x)


WRONG = [
    ("which leak was it", lambda x, y: y[-1] / x[-1], "negative"),
    ("which leak was it", lambda x, y: y[1] / x[1], "negative"),
    ("which leak was it", lambda x, y: y[2] / x[2], "x < 0"),
    ("which leak was it", lambda x, y: y[3] / x[3], "negative"),
    ("which leak was it", lambda x, y: next(r for r in y / x if r != 1), "stops with"),
    ("swish for any beta", clipped_swish(-50, 50), "small β"),
    ("swish for any beta", clipped_swish(-50, None), "small β"),
    ("swish for any beta", clipped_swish(-300, 300), "small β"),
    ("swish for any beta", clipped_swish(-700, None), "small β"),
    ("stable softmax", softmax_with_transposes, ".T"),
    ("stable softmax", softmax_of_rows_or_a_list, "axis=-1"),
    ("stable softmax", softmax_of_three, "should be 0.03206"),
    ("dead units", off_at_both_ends, "should be 0"),
    ("a positive output", softplus_cut_at_5, "at x = 5.5"),
    ("between two ends", between_by_case, "-29.95"),
]


@pytest.mark.parametrize(("exercise", "answer", "words"), WRONG)
def test_what_is_right_for_some_inputs_only_does_not_pass(exercise, answer, words):
    verdict = CHECKS[exercise](exercise, answer)
    assert not verdict.passed
    assert words in verdict.message


# Exercises: a whole number may be an index, has methods, and may have a negative power

LOSSES = [
    lambda z, y: [np.logaddexp(0, z), np.logaddexp(0, -z)][y],
    lambda z, y: np.stack([np.logaddexp(0, z), np.logaddexp(0, -z)])[y],
    lambda z, y: np.logaddexp(0, z) - y.astype(float) * z,
    lambda z, y: np.logaddexp(0, z * (-1) ** y),
    lambda z, y: np.logaddexp(0, -z * (-1) ** (y - 1)),
    lambda z, y: np.logaddexp(0, z * (-1.0) ** -y),
    lambda z, y: np.logaddexp(0, -z if y else z),
]


@pytest.mark.parametrize("loss", LOSSES)
def test_a_right_answer_is_given_as_a_whole_number(loss):
    verdict = CHECKS["loss from the score"]("loss from the score", loss)
    assert verdict.passed, verdict.message


# Exercises: what learners hand over

ARRAY = np.array([15.0, 16.0])
TABLE = np.array([[15.0, 16.0]])

HANDED_OVER = [
    ("weighted sum", (None,), "print"),
    ("two layers in one", (-6, None), "print"),
    ("fifty layers", (None,), "print"),
    ("logit", (None,), "the function itself"),
    ("weighted sum", (...,), STUB),
    ("weighted sum", ((15,),), "comma behind 15"),
    ("weighted sum", ((0.5,),), "comma behind 0.5"),
    ("two layers in one", ((-6,), 9), "comma behind -6"),
    ("fifty layers", (("b",),), "comma behind 'b'"),
    ("weighted sum", (ARRAY,), "such as answer[0]."),
    ("weighted sum", (TABLE,), "such as answer[0][0]."),
    ("weighted sum", ([15, 16],), "such as answer[0]."),
    ("two layers in one", (ARRAY,), "answer[0], answer[1]"),
    ("weighted sum", ([15],), "without brackets"),
    ("sigmoid from tanh", (lambda x: (sigmoid(x),),), "comma"),
]


@pytest.mark.parametrize(("exercise", "answers", "words"), HANDED_OVER)
def test_what_is_handed_over_is_told_what_it_is(exercise, answers, words):
    verdict = CHECKS[exercise](exercise, *answers)
    assert not verdict.passed
    assert words in verdict.message


@pytest.mark.parametrize("answer", [[], np.array([])])
def test_nothing_is_told_of_numbers_that_are_not_there(answer):
    verdict = CHECKS["weighted sum"]("weighted sum", answer)
    assert "such as" not in verdict.message
    assert "without" not in verdict.message


CUTS_OFF = [
    ("cross-entropy gradient", lambda z, y: 0 * z, False),
    ("cross-entropy gradient", lambda z, y: (helpers.softmax(z) - y).round(2), True),
    ("sigmoid from tanh", lambda x: 0 * x, False),
    ("sigmoid from tanh", lambda x: np.where(x > 0, 1, 0), False),
    ("sigmoid from tanh", lambda x: np.round(sigmoid(x), 1), True),
    ("sigmoid from tanh", lambda x: sigmoid(x).astype(int), True),
    ("undo a leaky relu", lambda y, leak: np.where(y > 0, y, y // leak), False),
    (
        "undo a leaky relu",
        lambda y, leak: np.where(y > 0, y, y / leak).astype(int),
        True,
    ),
]


@pytest.mark.parametrize(("exercise", "answer", "cuts"), CUTS_OFF)
def test_only_what_cuts_decimals_off_is_told_so(exercise, answer, cuts):
    verdict = CHECKS[exercise](exercise, answer)
    assert not verdict.passed
    assert ("decimals" in verdict.message) is cuts


def test_argmax_as_zeros_and_a_one_is_named_also_where_scores_are_equal():
    def one_hot(z):
        return np.eye(z.shape[-1])[z.argmax(-1)]

    verdict = CHECKS["stable softmax"]("stable softmax", one_hot)
    assert "argmax" in verdict.message


# Errors of a learner's function


def missing_argument(x):
    return missing_argument_inside(x)


def missing_argument_inside(x, slope):
    return slope * x


def too_many(x):
    return np.abs(0, x, x, x, x)


OF_THE_FIRST_LINE = [
    (lambda x, slope: slope * x, {}, True),
    (lambda x: x, {"slope": 2.0}, True),
    (lambda: 3, {}, True),
    (missing_argument, {}, False),
    (lambda x: missing_argument_inside(x, 1, 2), {}, False),
    (lambda x: missing_argument_inside(x, leak=1), {}, False),
    (lambda x: relu(0, x), {}, False),
    (lambda x: relu(), {}, False),
    (lambda x: np.clip(x, low=0), {}, False),
    (too_many, {}, False),
]


@pytest.mark.parametrize(("function", "parameters", "own"), OF_THE_FIRST_LINE)
def test_a_call_inside_a_function_does_not_blame_its_first_line(
    function, parameters, own
):
    message = refusal(explore, function, **parameters)
    assert ("first line" in message) is own


@pytest.mark.parametrize(
    ("function", "word", "cure"),
    [
        (lambda x: 1.0 * (not x), "not", "~"),
        (lambda x: x * (0 < x < 1), "0 < x < 1", "(0 < x) & (x < 1)"),
        (lambda x: x * (x in (1, 2)), "in", "np.isin"),
    ],
)
def test_all_that_decides_once_for_an_array_is_named(function, word, cure):
    message = refusal(explore, function)
    assert f" {word}," in message or f" {word} " in message
    assert cure in message


# Advice that works when it is followed

NETWORK = Network([2, 3, 2])
X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
ROOF = [(-3, 0), (-2, 0), (0, 2), (3, 2)]

LABELS = [
    (X, np.array([[0, 1, 0]]), ".ravel()"),
    (X, [[0, 1, 0]], ".ravel()"),
    (X[:2], np.array([[0, 1]]), ".ravel()"),
    (X[:1], np.array([[0, 1]]), ".argmax(axis=1)"),
    (X[:1], np.array([[1]]), ".ravel()"),
    (X, np.eye(3)[:, :2], ".argmax(axis=1)"),
]


@pytest.mark.parametrize(("x", "y", "method"), LABELS)
def test_the_advice_on_the_shape_of_labels_works(x, y, method):
    message = refusal(NETWORK.gradients, x, y)
    assert method in message
    advice = message.rpartition("; try ")[2].removesuffix(".")
    NETWORK.gradients(x, eval(advice, {"np": np, "y": y}).astype(int))


def test_labels_with_holes_and_broken_labels_are_told_what_they_are():
    holes = refusal(NETWORK.gradients, X, np.array([0, 1, np.nan]))
    assert "y[np.isfinite(y)]" in holes
    assert "count from 0" not in holes
    broken = refusal(NETWORK.gradients, X, [0, 0.5, 1])
    assert "0.5" in broken
    assert "astype" not in broken


OUT_OF_BOUNDS = [
    (swept, (helpers.softmax,), {"scores": [1, 2, 3, 4, 5]}),
    (shares, (), {"scores": [1, 3.5]}),
    (threads, (sigmoid,), {"y_range": (1, 0)}),
]


@pytest.mark.parametrize(("figure", "arguments", "options"), OUT_OF_BOUNDS)
def test_the_advice_on_a_value_names_what_was_written_and_works(
    figure, arguments, options
):
    message = refusal(figure, *arguments, **options)
    advice = message.rpartition("; try ")[2].removesuffix(".")
    (name,) = options
    assert message.startswith(f"{name} must")
    assert advice.startswith(f"{name}=")
    figure(*arguments, **eval(f"dict({advice})"))


def test_a_softmax_that_overflows_at_200_is_told_that_no_range_helps():
    def naive(z):
        powers = np.exp(z.astype(np.float32))
        return powers / powers.sum()

    with np.errstate(all="ignore"):
        message = refusal(swept, naive)
    assert "200" in message
    assert "subtract the largest score" in message
    assert "choose a range" not in message


# Objects of learners


class Module:
    """A function as an object with attributes of its own, as a module of torch is."""

    parameters = (1.0, 2.0)
    function = 3
    name = None
    colour = 7

    def __call__(self, x):
        return 2 * x


def test_an_object_may_have_attributes_that_an_activation_has():
    for live in (explore(Module()), threads(Module()), compare(Module(), relu)):
        assert live.alt
    assert overlay(sigmoid, Module()).alt
