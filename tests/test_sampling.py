"""How a learner's function is computed: ranges, failures, slopes measured, jumps, flat zones."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from helpers import ACTIVATIONS, relu, sigmoid, softmax
from helpers.arguments import check_range, number_list, short_repr
from helpers.figures import sampling

FUNCTIONS = [f for f in ACTIVATIONS.values() if f is not softmax]
NINE = np.linspace(-2, 2, 9)
MANY = sampling.inputs(-6, 6)


# Ranges


@pytest.mark.parametrize(
    ("ends", "limits", "expected"),
    [
        ((np.float32(-6), Fraction(6)), None, (-12, 12)),
        ((-20, 3), None, (-20, 20)),
        ((1, 2), (1, 2), (1, 2)),
        ((-9.9e99, 0), None, (-9.9e99, 9.9e99)),
        ((0, 1.02e-9), None, (-12, 12)),  # the shortest near 0
        ((1e9, 1e9 + 1.05), None, (-1e9 - 1.05, 1e9 + 1.05)),  # and far away
    ],
)
def test_a_range_of_two_numbers_within_what_it_is_told_or_needs(ends, limits, expected):
    low, high, found = check_range(ends, limits)
    assert (low, high) == tuple(ends)
    assert found == expected
    for number in (low, high, *found):
        assert type(number) is float


NO_PAIR = "^x_range must .*two numbers.*; try x_r"
NOT_RISING = r"finite number, not from .*6\)\.$"
OUTSIDE = "does not lie within x_limits"
NO_RANGES = {
    "check_range('ab')": NO_PAIR,
    "check_range(None)": NO_PAIR,
    "check_range((1, 2, 3))": NO_PAIR,
    "check_range({1, 2})": NO_PAIR,
    "check_range((True, 6))": NO_PAIR,
    "check_range((1j, 2))": NO_PAIR,
    "check_range(np.zeros((2, 2)))": NO_PAIR,
    "check_range((6, -6))": NOT_RISING,
    "check_range((0, math.nan))": NOT_RISING,
    "check_range((0, 10**400))": NOT_RISING,
    "check_range((0, 1e100))": NOT_RISING,
    "check_range((0, 1e-9))": NOT_RISING,
    "check_range((1e9, 1e9 + 0.9))": NOT_RISING,
    "check_range((-1e9 - 0.9, -1e9))": NOT_RISING,
    "check_range((-6, 6), 'far')": "x_limits must be two numbers",
    "check_range((-10.5, 3), (-10, 10))": rf"x_range=\(-10.5, 3\) {OUTSIDE}",
    "check_range((-3, 10.5), (-10, 10))": f"{OUTSIDE}.*; widen x_limits or choose a smaller",
    "number_list((0, 'a'), 'asymptotes')": "asymptotes must be a",
    "number_list((0, math.nan), 'asymptotes')": "asymptotes must be a",
    "number_list(-1e100, 'asymptotes')": "asymptotes must be a",
}


@pytest.mark.parametrize("typed", NO_RANGES)
def test_what_is_no_range_and_no_list_of_heights_is_named(typed):
    with pytest.raises((TypeError, ValueError), match=NO_RANGES[typed]):
        eval(typed)


def test_what_is_shown_is_short_and_as_it_is_written():
    assert short_repr(np.float64(1e200)) == "1e+200"
    assert short_repr(np.int64(3)) == "3"
    assert short_repr(Fraction(1, 3)) == "1/3"
    assert "..." in short_repr(10**99)
    assert len(short_repr([10**30] * 6)) == 60


@pytest.mark.parametrize("heights", [(0, 1), 1, [], np.array([-1.0]), -9.9e99])
def test_heights_are_one_number_or_several(heights):
    assert number_list(heights, "asymptotes") == np.ravel(heights).tolist()


@given(st.floats(-50, 50, allow_subnormal=False), st.floats(1e-3, 100))
def test_inputs_rise_from_end_to_end_and_hit_zero(low, width):
    x = sampling.inputs(low, low + width)
    assert (x[0], x[-1]) == (low, low + width)
    assert (np.diff(x) > 0).all()
    assert (0 in x) == (low <= 0 <= low + width)
    assert np.diff(x).max() <= width / 480 * (1 + 1e-9) + 1e-12


# Values


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda x: list(x**2), NINE**2),
        (lambda x: np.ma.masked_array(x**2), NINE**2),
        (lambda x: [Fraction(v) for v in x], NINE),
        (lambda x: x > 0, NINE > 0),
        (lambda x: (x > 0).astype(np.uint8), NINE > 0),
        (lambda x: np.sign(x) * 9.9e99, np.sign(NINE) * 9.9e99),
    ],
)
def test_values_come_back_as_floats(function, expected):
    values = sampling.evaluate(function, NINE, "f")
    assert values.dtype == np.float64
    assert type(values) is np.ndarray
    assert_array_equal(values, expected)


def raising(x):
    raise KeyError("first line\nsecond line")


def silent(x):
    raise RuntimeError


FAILURES = {
    "raising": r"^f fails for an array of 9 inputs from -2 to 2: KeyError: 'first",
    "silent": "from -2 to 2: RuntimeError: no message",
    "lambda x: max(0, x)": r"ValueError: max, min, if, .*; np\.maximum, .*\.$",
    "lambda x: math.exp(x)": r"TypeError: .* np\.exp in place of math\.exp\.$",
    "lambda x, slope: x": "TypeError: .*slope",
    "lambda x: None": "what f returns must be real .* a function that ends without return",
    "lambda x: 'text'": "what f returns must be real numbers .*, not 'text'",
    "lambda x: np.array([{}] * len(x))": "what f returns must be real numbers",
    "lambda x: x + 1j": r"what f returns must be real .* try np.real\(values\)",
    "lambda x: (v for v in x)": r"make a list of it first with list\(values\)",
    "lambda x: np.ma.masked_less(x, 0)": "what f returns must be an array without a mask",
    "lambda x: [10**400] * len(x)": "what f returns holds .* 1.8e308",
    "lambda x: (x, x)": "a comma behind return makes several results",
    "lambda x: 3": r"a constant is written 3 \+ 0 \* x",
    "np.max": r"shape \(\) for inputs of shape \(9,\); .* np.maximum",
    "lambda x: x[:, None]": r"f returns shape \(9, 1\)",
    "lambda x: [[1, 2], [3]]": "what f returns must be .* its rows have different lengths",
    "lambda x: np.where(x > 0.6, np.nan, x)": "nan at x = 1; choose a range of inp",
    "lambda x: np.where(x < -1.2, -np.inf, x)": "f returns -inf at x = -2; choose",
    "lambda x: 0 * x + 1e100": r"1e\+100 at x = -2; .* it stays below 1e\+100",
    "lambda x: 0 * x - 1e100": r"it stays below 1e\+100",
    "np.vectorize(lambda v: max(0, v))": r"np.vectorize\(f, otypes=\[float\]\)",
}


@pytest.mark.parametrize("typed", FAILURES)
def test_each_failure_is_one_clear_sentence(typed):
    function = eval(typed)
    with pytest.raises((TypeError, ValueError), match=FAILURES[typed]) as raised:
        sampling.evaluate(function, NINE, "f")
    sentence = str(raised.value)
    assert "\n" not in sentence
    assert len(sentence) < 300
    if typed == "raising":
        assert isinstance(raised.value.__cause__, KeyError)


def test_a_failure_that_a_parameter_may_cause_names_the_parameter():
    words = "x = -2, a = 0; choose inputs and parameters"
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=words):
        sampling.evaluate(lambda x, a: x / a, NINE, "f", a=0.0)


def test_a_function_may_change_its_input_and_give_the_same_array_again():
    store = np.empty(9)

    def reuse(x):
        store[:] = x
        x *= 0
        return store

    x = NINE.copy()
    first = sampling.evaluate(reuse, x, "f")
    store[:] = 0
    assert_array_equal(first, NINE)
    assert_array_equal(x, NINE)


def larger_alone(share):
    """Return a function whose value is larger by this share when it is asked for alone."""
    return lambda x: x * (1 + share * (x.size == 1))


WHOLE_LIST = [
    softmax,
    np.cumsum,
    lambda x: np.maximum(1, x) / x.max(),
    lambda x: np.where(x > 1, x[-1], x),
    larger_alone(-0.0103),
    larger_alone(0.0103),
]


@pytest.mark.parametrize("function", WHOLE_LIST)
def test_functions_of_a_whole_list_have_no_curve(function):
    with pytest.raises(ValueError, match="works on a whole list at once"):
        sampling.check_alone(function, "f", MANY, function(MANY))


def short(x):
    return x.astype(np.float16) ** 2


OF_ONE_INPUT = [np.zeros_like, short, larger_alone(-0.0098), larger_alone(0.0098)]


def test_functions_of_one_input_have_a_curve():
    for function in FUNCTIONS + OF_ONE_INPUT:
        sampling.check_alone(function, "f", MANY, function(MANY))


def test_a_random_function_is_told_so_and_not_taken_for_one_of_a_whole_list():
    rng = np.random.default_rng(0)

    def dropout(x):
        return x * (rng.random(x.shape) > 0.5)

    with pytest.raises(ValueError, match="draws random numbers"):
        sampling.check_alone(dropout, "f", MANY, dropout(MANY))


# Slopes


def measured(function, middle=0.0, share=sampling.SHARES[8]):
    """Return a function that measures the slope of a function up to 6 from the middle."""

    def values(x, **parameters):
        return sampling.evaluate(function, x, "f", **parameters)

    ends = middle - 6, middle + 6
    step = sampling.step_for(*ends, share)
    return sampling.numerical_slope(values, *ends, step)


@pytest.mark.parametrize("f", FUNCTIONS, ids=repr)
def test_measured_slopes_are_the_exact_ones(f):
    x = MANY[MANY != 0]  # at a corner there is no slope to compare with
    assert_allclose(measured(f)(x), f.derivative(x), atol=2e-9)


factors = st.floats(-3, 3)


@given(st.floats(-1e6, 1e6, allow_subnormal=False), factors, factors)
def test_a_parabola_is_measured_anywhere(x, a, b):
    slope = measured(lambda x: a * x**2 + b * x, middle=x)
    rounding = 1e-3 * max(1, abs(a * x))
    assert slope(np.array([x])) == pytest.approx(2 * a * x + b, abs=rounding)


@pytest.mark.parametrize("place", [0.0, -1.7, 1000.0])
@pytest.mark.parametrize("side", [np.greater, np.greater_equal])
def test_a_jump_is_no_slope(place, side):
    slope = measured(lambda x: 5.0 * side(x, place) + 0.5 * x, middle=place)
    near = place + np.array([-3, -1, -0.4, 0, 0.4, 1, 3]) * 1e-5
    assert_allclose(slope(near), 0.5, atol=1e-5)


CORNERS = [
    (np.abs, -1),
    (relu, 0),
    (np.square, 0),
    # A jump, and a lone point: the slope beside it.
    (np.sign, 0),
    (np.floor, 0),
    (lambda x: np.where(x == 0, 5.0, x > 0), 0),
]


@pytest.mark.parametrize(("function", "slope"), CORNERS)
def test_a_corner_has_the_slope_on_its_left(function, slope):
    found = measured(function)(np.array([0.0]))
    assert found == pytest.approx(slope, abs=1e-10)


@pytest.mark.parametrize("corner", [0.0, -1 / 3])
def test_a_measured_slope_jumps_at_a_corner_and_has_no_value_there(corner):
    slope = measured(lambda x: np.abs(x - corner))
    broken = sampling.with_jumps(slope, MANY, slope(MANY), finest=1e-3)
    (jump,) = broken.jumps
    assert jump == pytest.approx([corner, -1, 1, math.nan], abs=1e-3, nan_ok=True)
    gap = np.isnan(broken.y)
    assert_allclose(np.abs(broken.y[~gap]), 1, atol=1e-6)
    assert broken.x[gap] == pytest.approx([corner], abs=1e-3)


def test_noise_of_rounding_is_no_slope_and_no_jump():
    high = measured(lambda x: 1e6 + sigmoid(x))
    assert_allclose(high(MANY), sigmoid.derivative(MANY), atol=1e-4)
    straight = measured(np.positive)
    curve = sampling.with_jumps(straight, MANY, straight(MANY), finest=1e-3)
    assert len(curve.jumps) == 0


@pytest.mark.parametrize(
    ("kind", "tolerance"), [(np.float32, 3e-4), (np.float16, 0.02)]
)
def test_a_function_of_short_numbers_is_measured_over_longer_steps(kind, tolerance):
    def short(x):
        return sigmoid(x.astype(kind))

    slope = measured(short, share=sampling.share_for(short))
    assert_allclose(slope(MANY), sigmoid.derivative(MANY), atol=tolerance)


def test_measuring_passes_parameters_on_and_says_where_it_fails():
    slope = measured(lambda x, power: np.log(x) ** power)
    assert slope(np.array([math.e]), power=3) == pytest.approx(3 / math.e)
    words = "f returns nan at x = "
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=words):
        slope(np.array([-1.0, 1.0]), power=3)


# Jumps


def broken(function, low=-6, high=6):
    x = sampling.inputs(low, high)
    y = np.asarray(function(x), dtype=float)
    return sampling.with_jumps(function, x, y)


places = st.integers(-50_000, 50_000).map(lambda whole: whole / 10_000)


@given(places, st.booleans(), st.floats(0.5, 9))
@settings(max_examples=60)
@example(place=0.0001, right=False, height=1.0)
@example(place=0.0, right=True, height=1.0)
def test_a_jump_is_found_where_it_is(place, right, height):
    def step(x):
        return height * (x >= place if right else x > place) + 0.1 * x

    x, y, ((at, before, behind, value),) = broken(step)
    assert at == place
    assert before == pytest.approx(0.1 * place, abs=1e-9)
    assert behind == pytest.approx(height + 0.1 * place, abs=1e-9)
    assert value == (behind if right else before)
    (gap,) = np.flatnonzero(np.isnan(y))
    assert_array_equal(x[gap - 1 : gap + 2], [place] * 3)
    assert (y[gap - 1], y[gap + 1]) == (before, behind)
    assert (np.diff(x) >= 0).all()
    # Nothing is drawn across the jump: on each side the line keeps to its own branch.
    assert_allclose(y[:gap], 0.1 * x[:gap], atol=1e-9)
    assert_allclose(y[gap + 1 :], height + 0.1 * x[gap + 1 :], atol=1e-9)


def stairs(height):
    """Return a function of two steps, the first of this height, over a range of about 1."""
    top = 1 + min(0, height)
    return lambda x: np.select([x < 1, x < 2], [0.0, height], top)


VISIBLE = [
    (np.round, 12),
    (np.floor, 12),
    (lambda x: x % 1, 12),
    (lambda x: np.sign(np.sin(5 * x + 0.9)), 19),
    # Seen is more than a fiftieth of the range, and a ten-thousandth of the height itself.
    (stairs(0.02), 1),
    (stairs(0.0205), 2),
    (stairs(-0.0205), 2),
    (lambda x: 1000 + 0.105 * (x > 1), 1),
    (lambda x: -1000 - 0.105 * (x > 1), 1),
]


@pytest.mark.parametrize(("function", "count"), VISIBLE)
def test_every_jump_that_can_be_seen_is_found(function, count):
    _, y, jumps = broken(function)
    assert len(jumps) == np.isnan(y).sum() == count
    assert np.nanmax(np.abs(np.diff(y))) < 0.026  # nothing is drawn across a jump


FAR = 1e6 + 0.25
JUMPS = [
    (relu.derivative, (-6, 6), [(0, 0, 1, 0)]),
    # The value at 0 is a point of its own.
    (np.sign, (-6, 6), [(0, -1, 0, 0), (0, 0, 1, 0)]),
    (lambda x: x > FAR, (1e6, 1e6 + 1), [(FAR, 0, 1, 0)]),
    (lambda x: x > 2e-6, (0, 1e-5), [(2e-6, 0, 1, 0)]),
]


@pytest.mark.parametrize(("function", "ends", "jumps"), JUMPS)
def test_a_jump_has_a_place_two_ends_and_a_value(function, ends, jumps):
    found = broken(lambda x: 1.0 * function(x), *ends)
    assert_array_equal(found.jumps, jumps)


CONTINUOUS = [
    np.abs,
    lambda x: np.sin(200 * x),
    lambda x: 0 * x + 3.0,
    lambda x: 1000 + 0.095 * (x > 1),  # too small to be seen
    lambda x: np.tanh(100 * x),
    lambda x: np.tanh(1e6 * x),
]


@pytest.mark.parametrize("function", FUNCTIONS + CONTINUOUS)
def test_what_is_continuous_is_not_broken(function):
    x, y, jumps = broken(function)
    assert len(jumps) == 0
    assert_array_equal(x, MANY)
    assert not np.isnan(y).any()


# Flat zones


@pytest.mark.parametrize(
    ("slopes", "threshold", "least_width", "zones"),
    [
        (relu.derivative(MANY), 0.05, 0.2, [(-6, 0)]),
        (sigmoid.derivative(MANY / 2), 0.01, 0.2, []),
        (0 * MANY, 0.0, 0.1, []),  # a constant: no slope to compare with
        (-MANY, 0.5, 0.94, [(-0.475, 0.475)]),
        (-MANY, 0.5, 0.96, []),  # too narrow
    ],
)
def test_zones_are_flat_and_wide_enough(slopes, threshold, least_width, zones):
    found = sampling.flat_zones(MANY, slopes, threshold, least_width)
    assert np.ravel(found) == pytest.approx(np.ravel(zones))


# The largest value


@pytest.mark.parametrize("place", [0.33, 239.25, 478.9, 479.67])
def test_the_largest_value_is_found_to_a_hundredth_of_a_step_up_to_both_ends(place):
    def tent(x):
        return np.maximum(0, 1 - np.abs(x - place))

    steps_of_one = sampling.inputs(0, 480)
    assert sampling.largest(tent, steps_of_one) == pytest.approx(1, abs=1e-9)


def test_what_grows_at_an_end_has_a_largest_value_among_the_inputs_only():
    assert sampling.largest(np.positive, MANY) == 6
    with pytest.raises(ValueError, match="still grow"):
        sampling.largest(np.positive, MANY, bounded=True)
    assert sampling.largest(relu.derivative, MANY, bounded=True) == 1
