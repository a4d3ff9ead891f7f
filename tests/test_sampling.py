"""How a learner's function is computed: ranges, failures, slopes measured, jumps found, flat zones."""

import functools
import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from helpers import ACTIVATIONS, arguments, network_arguments, leaky_relu, relu, sigmoid, softmax, tanh
from helpers.figures import sampling

curves = [f for f in ACTIVATIONS.values() if f is not softmax]
places = st.floats(-50, 50, allow_subnormal=False)


def sentence(error):
    """Return what an error says, after looking that it is one short line that ends properly."""
    text = str(error.value)
    assert "\n" not in text
    assert len(text) < 300
    return text


# Ranges


@pytest.mark.parametrize(
    "given", [(-6, 6), [-6.0, 6], np.array([-6, 6]), (np.float32(-6), np.int64(6)), (-6, Fraction(6))]
)
def test_two_rising_numbers_are_a_range(given):
    lo, hi, limits = arguments.check_range(given)
    assert (lo, hi, limits) == (-6, 6, (-12, 12))
    assert {type(number) for number in (lo, hi, *limits)} == {float}


@pytest.mark.parametrize(
    ("given", "limits", "reach"),
    [((-6, 6), None, (-12, 12)), ((-20, 3), None, (-20, 20)), ((0, 800), None, (-800, 800)), ((1, 2), (1, 2), (1, 2))],
)
def test_the_slider_reaches_as_far_as_it_is_told_or_as_it_must(given, limits, reach):
    assert arguments.check_range(given, limits)[2] == reach


@pytest.mark.parametrize(
    "given",
    [
        *("-6, 6", "ab", b"ab", 6, None, (6,), (1, 2, 3), [], {1, 2}, {1: 2, 3: 4}),
        *(("a", 6), (None, 6), (1j, 2), (True, 6), ((1,), 2), np.zeros(1000), np.zeros((2, 2))),
    ],
    ids=repr,
)
def test_what_is_no_pair_of_numbers_is_named(given):
    with pytest.raises(TypeError) as error:
        arguments.check_range(given)
    text = sentence(error)
    assert text.startswith("x_range must ")
    assert "two numbers" in text
    assert text.endswith("try x_range=(-6, 6).")


@pytest.mark.parametrize(
    "given",
    [
        *((6, -6), (6, 6), np.array([3, 1]), (0, math.nan), (math.nan, 0), (-math.inf, 6), (0, math.inf)),
        *((0, 10**400), (-1e308, 1e308), (0, 1e100), (0, 1e-300), (0, 1e-9), (1e9, 1e9 + 0.9), (-1e9 - 0.9, -1e9)),
    ],
    ids=lambda given: str(given)[:20],
)
def test_what_does_not_rise_or_is_not_finite_is_named(given):
    with pytest.raises(ValueError, match="finite") as error:
        arguments.check_range(given)
    text = sentence(error)
    assert str(given[0])[:6] in text
    assert str(given[1])[:6] in text
    assert text.endswith("try x_range=(-6, 6).")


@pytest.mark.parametrize("given", [(0, 9.9e99), (-9.9e99, 0), (0, 1.02e-9), (1e9, 1e9 + 1.05)], ids=str)
def test_a_range_may_be_long_or_short_as_long_as_its_ends_are_clearly_two(given):
    assert arguments.check_range(given)[:2] == given


def test_bad_limits_are_named_too():
    with pytest.raises(TypeError, match="x_limits must be two numbers"):
        arguments.check_range((-6, 6), "far")
    with pytest.raises(ValueError, match=r"x_range=\(-20, 20\) does not lie within x_limits=\(-10, 10\); widen"):
        arguments.check_range((-20, 20), (-10, 10))


@pytest.mark.parametrize("given", [(-10.5, 3), (-3, 10.5)])
def test_a_range_must_lie_within_its_limits_at_both_ends(given):
    with pytest.raises(ValueError, match="does not lie within x_limits"):
        arguments.check_range(given, (-10, 10))


def test_a_network_may_have_a_hundred_million_weights_and_two_outputs_for_softmax():
    half = 5 * 10**7
    assert network_arguments.layer_sizes([1, half, 1], "linear") == [1, half, 1]
    with pytest.raises(ValueError, match="more weights than fit into the memory"):
        network_arguments.layer_sizes([1, half + 1, 1], "linear")
    assert network_arguments.layer_sizes([2, 1, 2], "softmax") == [2, 1, 2]


@pytest.mark.parametrize(
    ("given", "text"),
    [(2.5, "2.5"), (np.float64(1e200), "1e+200"), (np.int64(3), "3"), (True, "True"), (Fraction(1, 3), "1/3")],
)
def test_a_number_is_shown_as_it_is_written(given, text):
    assert arguments.short_repr(given) == text


def test_what_is_shown_is_short_and_a_long_number_looks_shortened():
    assert "..." in arguments.short_repr(10**99)
    assert len(arguments.short_repr(10**99)) < 60
    assert len(arguments.short_repr([10**30] * 6)) == 60


@pytest.mark.parametrize(
    ("given", "expected"),
    [((0, 1), [0, 1]), (1, [1]), ([], []), (np.array([-1.0]), [-1]), ((9.9e99, -9.9e99), [9.9e99, -9.9e99])],
)
def test_heights_are_one_number_or_several(given, expected):
    assert arguments.number_list(given, "asymptotes") == expected


@pytest.mark.parametrize(
    ("given", "error"),
    [("top", TypeError), ((0, "a"), TypeError), ((0, math.nan), ValueError), (1e100, ValueError), (-1e100, ValueError)],
)
def test_heights_that_are_none_are_named(given, error):
    with pytest.raises(error, match="asymptotes must be a"):
        arguments.number_list(given, "asymptotes")


# Inputs


@given(places, st.floats(1e-3, 100))
@settings(max_examples=100, deadline=None)
def test_inputs_rise_from_end_to_end_and_hit_zero(lo, width):
    x = sampling.inputs(lo, lo + width)
    assert (x[0], x[-1]) == (lo, lo + width)
    assert (np.diff(x) > 0).all()
    assert (0 in x) == (lo <= 0 <= lo + width)
    assert np.diff(x).max() <= width / 480 * (1 + 1e-9) + 1e-12


# Evaluation

X = np.linspace(-2, 2, 9)


@pytest.mark.parametrize(
    "function",
    [lambda x: x**2, lambda x: list(x**2), lambda x: (x**2).astype(np.float32), lambda x: np.ma.masked_array(x**2)],
)
def test_values_come_back_as_floats(function):
    values = sampling.evaluate(function, X, "f")
    assert values.dtype == np.float64
    assert type(values) is np.ndarray
    assert_allclose(values, X**2)


@pytest.mark.parametrize(
    "function", [lambda x: x > 0, lambda x: (x > 0).astype(np.uint8), lambda x: np.where(x > 0, 1, 0)]
)
def test_booleans_and_integers_are_numbers(function):
    assert_array_equal(sampling.evaluate(function, X, "f"), X > 0)


def test_parameters_are_passed_on():
    assert_array_equal(sampling.evaluate(leaky_relu, X, "f", negative_slope=1.0), X)


def raising(x):
    raise KeyError("first line\nsecond line")


def silent(x):
    raise RuntimeError


@pytest.mark.parametrize(
    ("function", "error", "words"),
    [
        (raising, ValueError, r"f fails for an array of 9 inputs from -2 to 2: KeyError: 'first line\\nsecond line'"),
        (silent, ValueError, "f fails for an array of 9 inputs from -2 to 2: RuntimeError: no message"),
        (lambda x: max(0, x), ValueError, r"f fails .* ValueError: max, min, if, .* whole array; np\.maximum, .*\.$"),
        (lambda x: math.exp(x), ValueError, r"f fails .* TypeError: .* np\.exp in place of math\.exp\.$"),
        (lambda x, slope: x, ValueError, "f fails .* TypeError: .*slope"),
        (lambda x: None, TypeError, r"f returns nothing \(None\); its last line has to be return"),
        (lambda x: "text", TypeError, "f returns no numbers .* one real number for each input"),
        (lambda x: [str(v) for v in x], TypeError, "f returns no numbers"),
        (lambda x: np.array([{}] * len(x)), TypeError, r"f returns no numbers \(object\)"),
        (lambda x: x + 1j, TypeError, "f returns complex numbers"),
        (lambda x: np.array([np.datetime64("2020-01-01")] * len(x)), TypeError, "f returns no numbers"),
        (np.max, ValueError, r"f returns shape \(\) for inputs of shape \(9,\); .* np.maximum"),
        (lambda x: x[:-1], ValueError, r"f returns shape \(8,\) for inputs of shape \(9,\)"),
        (lambda x: x[:, None], ValueError, r"f returns shape \(9, 1\)"),
        (lambda x: [[1, 2], [3]], ValueError, "f fails .* ValueError"),
        (lambda x: np.where(x > 0.6, np.nan, x), ValueError, "f returns nan at x = 1; choose a range of inputs in"),
        (lambda x: np.where(x < -1.2, -np.inf, x), ValueError, "f returns -inf at x = -2; choose"),
        (lambda x: x * 1e300, ValueError, r"f returns -2e\+300 at x = -2; choose .* below 1e\+100"),
    ],
)  # fmt: skip
def test_each_failure_is_one_clear_sentence(function, error, words):
    with pytest.raises(error, match=words) as raised:
        sampling.evaluate(function, X, "f")
    sentence(raised)


def test_values_reach_up_to_1e100_and_not_farther():
    assert_array_equal(sampling.evaluate(lambda x: np.sign(x) * 9.9e99, X, "f"), np.sign(X) * 9.9e99)
    for end in (1e100, -1e100):
        with pytest.raises(ValueError, match=r"it stays below 1e\+100"):
            sampling.evaluate(lambda x, end=end: 0 * x + end, X, "f")


def test_a_failure_that_a_parameter_may_cause_names_the_parameter():
    with np.errstate(all="ignore"), pytest.raises(ValueError, match="x = -2, a = 0; choose inputs and parameters"):
        sampling.evaluate(lambda x, a: x / a, X, "f", a=0.0)


def test_the_learners_own_error_is_the_cause():
    with pytest.raises(ValueError, match="KeyError") as raised:
        sampling.evaluate(raising, X, "f")
    assert isinstance(raised.value.__cause__, KeyError)


def test_a_function_that_changes_its_input_changes_nothing_else():
    def spoil(x):
        x *= 0
        return x

    x = X.copy()
    assert_array_equal(sampling.evaluate(spoil, x, "f"), np.zeros(9))
    assert_array_equal(x, X)


def test_a_function_that_gives_the_same_array_again_is_copied():
    store = np.empty(9)

    def reuse(x):
        store[:] = x
        return store

    first = sampling.evaluate(reuse, X, "f")
    sampling.evaluate(reuse, X + 1, "f")
    assert_array_equal(first, X)


@pytest.mark.parametrize("function", [softmax, np.cumsum, lambda x: x / np.abs(x).max(), lambda x: x - x.mean()])
def test_functions_of_a_whole_list_have_no_curve(function):
    x = sampling.inputs(-6, 6)
    with pytest.raises(ValueError, match="works on a whole list at once") as raised:
        sampling.check_alone(function, "f", x, function(x))
    assert "-2 alone" in sentence(raised)


def test_a_value_may_differ_by_one_per_cent_when_it_is_computed_alone():
    x = sampling.inputs(-6, 6)

    def near(share):
        return lambda x: x * (1 + share * (x.size == 1))

    for share in (-0.0098, 0.0098):
        sampling.check_alone(near(share), "f", x, x)
    for share in (-0.0103, 0.0103):
        with pytest.raises(ValueError, match="works on a whole list at once"):
            sampling.check_alone(near(share), "f", x, x)


@pytest.mark.parametrize("function", [*curves, lambda x: 0 * x, lambda x: x.astype(np.float16) ** 2], ids=repr)
def test_functions_of_one_input_have_a_curve(function):
    x = sampling.inputs(-6, 6)
    sampling.check_alone(function, "f", x, function(x))


# Slopes


def measured(function):
    """Return a function that measures the slope of a function."""
    return sampling.numerical_slope(functools.partial(sampling.evaluate, function, name=function.__name__))


@pytest.mark.parametrize("f", curves, ids=repr)
def test_measured_slopes_are_the_exact_ones(f):
    x = sampling.inputs(-6, 6)
    x = x[np.abs(x) > 1e-4]  # at a corner there is no slope to compare with
    assert_allclose(measured(f)(x), f.derivative(x), atol=2e-9)


@given(st.floats(-1e6, 1e6, allow_subnormal=False), st.floats(-3, 3), st.floats(-3, 3))
@settings(max_examples=60, deadline=None)
def test_a_parabola_is_measured_anywhere(x, a, b):
    slope = measured(lambda x: a * x**2 + b * x)(np.array([x]))[0]
    assert slope == pytest.approx(2 * a * x + b, abs=1e-4 * max(1, abs(a * x)))


@pytest.mark.parametrize("place", [0.0, 0.3, -1.7, 1000.0])
@pytest.mark.parametrize("side", [np.greater, np.greater_equal])
def test_a_jump_is_no_slope(place, side):
    slope = measured(lambda x: 5.0 * side(x, place) + 0.5 * x)
    near = place + np.array([-3, -1, -0.4, 0, 0.4, 1, 3]) * 1e-5
    assert_allclose(slope(np.append(near, place)), 0.5, atol=1e-5)


def test_a_corner_has_the_slope_on_its_left():
    assert measured(np.abs)(np.array([0.0]))[0] == pytest.approx(-1)
    assert measured(relu)(np.array([0.0]))[0] == 0
    assert measured(np.square)(np.array([0.0]))[0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("corner", [0.0, 0.01, -1 / 3])
def test_a_measured_slope_jumps_at_a_corner_and_has_no_value_there(corner):
    slope = measured(lambda x: np.abs(x - corner))
    x = sampling.inputs(-6, 6)
    broken_x, broken_y, jumps = sampling.with_jumps(slope, x, slope(x), finest=1e-3)
    (jump,) = jumps
    assert jump[:3] == pytest.approx((corner, -1, 1), abs=1e-3)
    assert np.isnan(jump[3])
    drawn = ~np.isnan(broken_y)
    np.testing.assert_allclose(np.abs(broken_y[drawn]), 1, atol=1e-6)
    assert broken_x[~drawn] == pytest.approx([corner], abs=1e-3)


def test_noise_of_rounding_is_no_jump():
    x = sampling.inputs(-6, 6)
    assert_allclose(measured(lambda x: 1e6 + 0 * x)(x), 0, atol=1e-4)
    assert_allclose(measured(lambda x: 1e6 + sigmoid(x))(x), sigmoid.derivative(x), atol=1e-4)


@pytest.mark.parametrize("x", [0.0, 1.0, -1.0, 100.0, -100.0])
def test_a_slope_is_measured_from_four_steps_before_a_place_to_two_behind_it(x):
    step = 1e-5 * max(1, abs(x))
    asked = []
    slope = sampling.numerical_slope(lambda given: asked.append(given) or 3 * given)
    assert slope(np.array([x]))[0] == pytest.approx(3)
    assert_allclose(np.ptp(np.concatenate(asked)), 6 * step, rtol=1e-6)
    assert_allclose(np.concatenate(asked).min(), x - 4 * step, atol=1e-6 * step)


def test_measuring_passes_parameters_on():
    slope = measured(leaky_relu)(np.array([-1.0]), negative_slope=0.3)
    assert slope == pytest.approx(0.3)


def test_a_function_that_cannot_be_measured_says_where():
    with np.errstate(all="ignore"), pytest.raises(ValueError, match="log returns nan at x = "):
        measured(np.log)(np.array([-1.0, 1.0]))


# Jumps


def jumps_of(function, lo=-6, hi=6):
    x = sampling.inputs(lo, hi)
    x, y, jumps = sampling.with_jumps(function, x, np.asarray(function(x), dtype=float))
    return x, y, [tuple(jump) for jump in jumps]


@given(
    place=st.floats(-5, 5, allow_subnormal=False).map(lambda x: round(x, 4)),
    right=st.booleans(),
    height=st.floats(0.5, 9),
)
@settings(max_examples=60, deadline=None)
@example(place=0.0001, right=False, height=1.0)
@example(place=0.0, right=True, height=1.0)
def test_a_jump_is_found_where_it_is(place, right, height):
    def step(x):
        return height * (x >= place if right else x > place) + 0.1 * x

    x, y, jumps = jumps_of(step)
    ((at, before, behind, value),) = jumps
    assert at == place
    assert before == pytest.approx(0.1 * place, abs=1e-9)
    assert behind == pytest.approx(height + 0.1 * place, abs=1e-9)
    assert value == step(np.array([place]))[0]
    assert value == (behind if right else before)
    (gap,) = np.flatnonzero(np.isnan(y))
    assert_array_equal(x[gap - 1 : gap + 2], [place] * 3)
    assert (y[gap - 1], y[gap + 1]) == (before, behind)
    assert (np.diff(x) >= 0).all()
    # Nothing is drawn across the jump: on each side the line keeps to its own branch.
    assert_allclose(y[:gap], 0.1 * x[:gap], atol=1e-9)
    assert_allclose(y[gap + 1 :], height + 0.1 * x[gap + 1 :], atol=1e-9)


@pytest.mark.parametrize(("height", "count"), [(0.018, 1), (0.02, 1), (0.0205, 2), (-0.0205, 2)])
def test_a_step_of_more_than_a_fiftieth_of_the_heights_is_a_jump(height, count):
    def stairs(x):
        return np.where(x < 1, 0.0, np.where(x < 2, height, 1 + min(0, height)))

    assert len(jumps_of(stairs)[2]) == count


@pytest.mark.parametrize(("height", "count"), [(0.095, 0), (0.105, 1)])
def test_a_step_of_less_than_a_ten_thousandth_of_the_height_cannot_be_seen(height, count):
    for sign in (1, -1):
        assert len(jumps_of(lambda x, sign=sign: sign * (1000 + height * (x > 1)))[2]) == count


def test_the_slope_of_relu_jumps_at_0_and_is_0_there():
    x, y, jumps = jumps_of(relu.derivative)
    assert jumps == [(0.0, 0.0, 1.0, 0.0)]
    assert_array_equal(x[np.isnan(y)], [0.0])


def test_a_value_between_the_ends_is_a_point_of_its_own():
    _, y, jumps = jumps_of(np.sign)
    assert jumps == [(0.0, -1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0)]
    assert np.isnan(y).sum() == 2


def test_a_jump_is_found_when_the_search_meets_the_value_in_its_middle():
    assert [jump[0] for jump in jumps_of(lambda x: np.sign(x - 0.2))[2]] == [0.2]


@pytest.mark.parametrize(
    ("function", "count"),
    [(np.round, 12), (np.floor, 12), (lambda x: np.sign(np.sin(5 * x + 0.9)), 19), (lambda x: x % 1, 12)],
)
def test_every_jump_of_a_staircase_is_found(function, count):
    _, y, jumps = jumps_of(function)
    assert len(jumps) == np.isnan(y).sum() == count
    assert_allclose(np.abs([behind - before for _, before, behind, _ in jumps]), np.abs(jumps[0][2] - jumps[0][1]))
    steepest = np.nanmax(np.abs(np.diff(y)))
    assert steepest <= (12 / 480 + 1e-9 if count == 12 else 0)


@pytest.mark.parametrize("steepness", [1, 10, 100, 1e4, 1e6])
def test_steep_is_not_broken(steepness):
    x, y, jumps = jumps_of(lambda x: np.tanh(steepness * x))
    assert jumps == []
    assert len(x) == len(y) == 481
    assert not np.isnan(y).any()


@pytest.mark.parametrize(
    "f", [*curves, np.sin, lambda x: np.sin(200 * x), np.abs, lambda x: 0 * x + 3.0, lambda x: x**3], ids=repr
)
def test_what_is_continuous_is_not_broken(f):
    assert jumps_of(f)[2] == []


def test_jumps_are_found_in_any_range():
    assert jumps_of(lambda x: (x > 1e6 + 0.25) * 1.0, 1e6, 1e6 + 1)[2] == [(1e6 + 0.25, 0, 1, 0)]
    assert jumps_of(lambda x: (x > 2e-6) * 1.0, 0, 1e-5)[2] == [(2e-6, 0, 1, 0)]


# Flat zones


def zones_of(f, lo=-6, hi=6, share=0.05):
    x = sampling.inputs(lo, hi)
    slope = f.derivative(x)
    return sampling.flat_zones(x, slope, share * np.abs(slope).max(), 0.02 * (hi - lo)), (hi - lo) / 480


SIGMOID_END = math.log((1 + math.sqrt(0.95)) / (1 - math.sqrt(0.95)))  # where σ(1 − σ) = 0.05 · 0.25
TANH_END = math.atanh(math.sqrt(0.95))  # where 1 − tanh² = 0.05


@pytest.mark.parametrize(("f", "end"), [(sigmoid, SIGMOID_END), (tanh, TANH_END)], ids=["sigmoid", "tanh"])
@pytest.mark.parametrize(("lo", "hi"), [(-6, 6), (-8, 7), (-12, 12), (-5.3, 9)])
def test_flat_zones_end_where_the_slope_is_5_per_cent(f, end, lo, hi):
    ((left, inner), (outer, right)), sample = zones_of(f, lo, hi)
    assert (left, right) == (lo, hi)
    assert -end - sample <= inner <= -end  # the zone holds only samples that are flat
    assert end <= outer <= end + sample


def test_relu_is_flat_up_to_0():
    assert zones_of(relu)[0] == [(-6.0, 0.0)]


def test_what_is_steep_everywhere_has_no_flat_zone():
    assert zones_of(sigmoid, -3, 3)[0] == []
    assert sampling.flat_zones(X, np.zeros(9), 0.0, 0.1) == []  # a constant: no slope to compare with


def test_a_falling_curve_is_not_flat():
    x = np.linspace(0, 1, 101)
    assert sampling.flat_zones(x, np.full(101, -1.0), 0.5, 0.1) == []
    ((left, right),) = sampling.flat_zones(x, -x, 0.5, 0.1)
    assert_allclose((left, right), (0, 0.49))


def test_narrow_zones_are_left_out():
    x = np.linspace(0, 1, 101)
    assert sampling.flat_zones(x, np.abs(x - 0.5), 0.1, 0.3) == []
    ((left, right),) = sampling.flat_zones(x, np.abs(x - 0.5), 0.1, 0.1)
    assert_allclose((left, right), (0.4, 0.6), atol=0.011)


def test_a_zone_may_be_just_wide_enough_and_reach_the_ends_of_the_range():
    x, steep = np.arange(11.0), np.ones(11)
    steep[[0, 1, 2, 3, 6, 7, 9, 10]] = 0
    assert sampling.flat_zones(x, steep, 0.5, 3) == [(0, 3)]
    assert sampling.flat_zones(x, steep, 0.5, 1) == [(0, 3), (6, 7), (9, 10)]
    assert sampling.flat_zones(x, 0.5 * steep, 0.5, 1) == [(0, 3), (6, 7), (9, 10)]  # flat is below, not at


def test_nothing_here_warns():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for f in curves:
            jumps_of(f, -100, 100)
            zones_of(f, -100, 100)


# The largest slope


@given(st.floats(-5, 5), st.floats(0.5, 4))
@settings(max_examples=50, deadline=None)
def test_the_largest_value_has_more_digits_than_the_samples(middle, width):
    def bell(x):
        return -np.exp(-(((x - middle) / width) ** 2))

    assert sampling.largest(bell, sampling.inputs(-6, 6)) == pytest.approx(1, abs=1e-7)


@pytest.mark.parametrize("place", [0.33, 1.66, 239.25, 478.9, 479.67], ids=str)
def test_the_largest_value_is_found_to_a_hundredth_of_a_step_up_to_both_ends(place):
    x = sampling.inputs(0, 480)  # a step is 1
    assert sampling.largest(lambda x: np.maximum(0, 1 - np.abs(x - place)), x) == pytest.approx(1, abs=1e-9)


def test_the_largest_value_may_stand_in_any_range_and_at_its_end():
    ranges = sampling.inputs(0, 1), sampling.inputs(-3, 2)
    assert sampling.largest(lambda x: x, *ranges) == 3
    assert sampling.largest(lambda x: x, *ranges[::-1]) == 3


def test_ranges_without_values_do_not_count():
    def logarithm(x):
        return sampling.evaluate(np.log, x, "log")

    assert sampling.largest(logarithm, np.array([1.0, 10.0]), sampling.inputs(-3, 100)) == pytest.approx(math.log(10))
