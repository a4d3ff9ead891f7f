"""The mathematics of the activations, against mpmath, SciPy and the complex step."""

import math
import re
from decimal import Decimal
from fractions import Fraction

import exact
import numpy as np
import pytest
import scipy.special
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_allclose, assert_array_equal

from helpers import arguments
from helpers.activations import (
    ACTIVATIONS,
    elu,
    gelu,
    leaky_relu,
    sigmoid,
    silu,
    softmax,
    tanh,
)

often = settings(max_examples=40)
CURVES = [f for name, f in ACTIVATIONS.items() if name != "softmax"]
CURVE_CALLS = {f.name: f for f in CURVES}
CURVE_CALLS |= {f"{f.name}'": f.derivative for f in CURVES}
SOFTMAX_CALLS = {"softmax": softmax, "softmax'": softmax.derivative}


def by_name(calls):
    return pytest.mark.parametrize("call", calls.values(), ids=calls)


every_curve = pytest.mark.parametrize("f", CURVES, ids=lambda f: f.name)
every_call = by_name(CURVE_CALLS | SOFTMAX_CALLS)
# What one decorator does for all functions is tested for two of them.
decorated = by_name({"sigmoid": sigmoid, "softmax": softmax})
both_widths = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def quietly(call, *args, **parameters):
    """Return the result of a call in which a floating-point signal is an error, as warnings are."""
    with np.errstate(all="raise"):
        return call(*args, **parameters)


def edges(dtype):
    """Return the floats at which something breaks: zeros, denormals, overflows, infinities."""
    limits = np.finfo(dtype)
    tiny = [0, limits.smallest_subnormal, limits.tiny, limits.eps]
    turns = [0.5, 1, 12, 16.6, 17.4, 36.7, 37.5, 88.7, 104, 354.9, 355]
    turns += [709.7, 709.8, 745.2, 1000, limits.max / 2, limits.max]
    both = np.array([*tiny, *turns, np.inf], dtype=dtype)
    return np.concatenate([-both, both])


def finite(dtype):
    """Return a strategy for finite floats: any at all, and those near 0, where functions bend."""
    width = np.finfo(dtype).bits
    inner = [st.floats(-size, size, width=width) for size in (2, 30, 750)]
    anywhere = st.floats(width=width, allow_nan=False, allow_infinity=False)
    return st.one_of(anywhere, *inner).map(dtype)


def defaults(f):
    return {name: parameter.default for name, parameter in f.parameters.items()}


def parameters_of(f):
    """Return a strategy for the parameters of an activation, within the spans of its sliders."""
    spans = {name: st.floats(p.low, p.high) for name, p in f.parameters.items()}
    return st.fixed_dictionaries(spans)


# Values and slopes of the curves --------------------------------------------------------


@every_curve
@pytest.mark.parametrize("x", [-40.5, -3.25, -0.7, 0.3, 2.0, 35.0])
def test_exact_slopes_are_the_derivatives_of_the_exact_values(f, x):
    value, slope = exact.EXACT[f.identifier]
    parameters = dict.fromkeys(f.parameters, 0.75)
    measured = exact.mp.diff(lambda t: value(t, **parameters), x)
    assert abs(measured - slope(exact.mp.mpf(x), **parameters)) < 1e-20


def assert_exact(f, x, absolute=1e-15, **parameters):
    """Assert that the values and slopes of f are exact, and that no warning comes with them."""
    value, slope = exact.EXACT[f.identifier]
    values = quietly(f, x, **parameters)
    exact.assert_close(values, exact.at(value, x, **parameters), absolute=absolute)
    slopes = quietly(f.derivative, x, **parameters)
    exact.assert_close(slopes, exact.at(slope, x, **parameters), absolute=absolute)


def grid(dtype):
    """Return floats of a type, of all sizes up to infinity, dense where functions bend."""
    even = np.linspace(-50, 50, 401)
    x = np.concatenate([edges(dtype), even, np.geomspace(1e-9, 1e4, 100)])
    return x.astype(dtype)


# Each curve with its usual parameters, and with some beyond its slider.
CASES = [(f, defaults(f)) for f in CURVES]
CASES += [(leaky_relu, {"negative_slope": slope}) for slope in (0.0, -0.0, -2.5, 3.0)]
CASES += [(silu, {"beta": beta}) for beta in (0.0, -0.0, 1e-300, 1e300, -1.0)]


@pytest.mark.parametrize(("f", "parameters"), CASES, ids=str)
@both_widths
def test_value_and_slope_at_the_edges_and_on_a_grid(f, parameters, dtype):
    assert_exact(f, grid(dtype), **parameters)


@every_curve
@both_widths
@often
@given(data=st.data())
def test_value_and_slope_anywhere_with_any_parameters(f, dtype, data):
    x = data.draw(finite(dtype), "x")
    assert_exact(f, x, **data.draw(parameters_of(f), "parameters"))


@pytest.mark.parametrize("f", [sigmoid, tanh], ids=str)
def test_small_numbers_keep_their_digits(f):
    """1e-15 absolute would also let a slope of 0 pass; in the tails every digit counts."""
    assert_exact(f, np.array([-740.0, -300, -40, 20, 40, 300, 350]), absolute=0)


@both_widths
def test_the_tanh_form_of_gelu(dtype):
    mp = exact.mp
    x = grid(dtype)

    def form(t):
        cubic = t + mp.mpf("0.044715") * t**3
        return t / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * cubic))

    def slope(t):
        return mp.diff(form, t) if abs(t) < 30 else mp.mpf(t > 0)

    values = quietly(gelu, x, approximate="tanh")
    exact.assert_close(values, exact.at(form, x))
    slopes = quietly(gelu.derivative, x, approximate="tanh")
    exact.assert_close(slopes, exact.at(slope, x))


# Every kind of input --------------------------------------------------------------------


@every_call
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_no_warning_and_no_nan_for_any_number(call, dtype):
    x = edges(dtype)
    for inputs in (x, x.reshape(-1, 2), *x):
        results = quietly(call, inputs)
        assert not np.isnan(results).any()
    with np.errstate(all="warn"):
        call(x)


@by_name(CURVE_CALLS)
@both_widths
def test_nan_stays_nan_and_touches_no_neighbour(call, dtype):
    x = np.array([np.nan, 1, -np.inf, np.nan, np.inf, 0], dtype=dtype)
    results = quietly(call, x)
    assert_array_equal(np.isnan(results), np.isnan(x))


@every_call
def test_every_function_looks_at_its_input_and_leaves_it_alone(call):
    for wrong in ("two", [[1.0, np.ma.masked]], [[1, 2], [3]]):
        with pytest.raises((TypeError, ValueError), match=r"^[xz] (must|holds|is)"):
            call(wrong)
    x = np.linspace(-3, 3, 6).reshape(2, 3)
    before = x.copy()
    result = call(x)
    assert result.shape == (2, 3)
    result[...] = 7
    assert_array_equal(x, before)


@decorated
@often
@given(data=st.data())
def test_shape_and_width_are_kept_and_results_rounded_only_once(call, data):
    kind = data.draw(st.sampled_from("?bBiqQefd"), "type")
    shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
    x = data.draw(arrays(kind, shapes), "x")
    results = quietly(call, x)
    assert np.shape(results) == x.shape
    assert results.dtype == (x.dtype if x.dtype.kind == "f" else float)
    with np.errstate(over="ignore"):
        expected = call(x.astype(float)).astype(results.dtype)
    assert_array_equal(results, expected)


@decorated
def test_a_number_gives_a_number_and_a_tuple_an_array(call):
    for number in (1, 1.5, True, np.array(1.5), np.uint8(1), Fraction(3, 2)):
        assert isinstance(call(number), np.float64)
    for several in ((1, 2.5), range(3), [np.float64(1), 2], [[1], [2]], []):
        values = call(several)
        assert isinstance(values, np.ndarray)
        assert values.dtype == np.float64


@decorated
def test_memory_layout_does_not_matter(call):
    x = np.linspace(-4, 4, 24).reshape(4, 6)
    read_only = np.broadcast_to(x[0], (4, 6))
    layouts = [np.asfortranarray(x), x[::2, ::3], x[::-1, ::-1], x.astype(">f8")]
    for odd in (read_only, *layouts):
        plain = odd.astype(float, order="C")
        assert_array_equal(call(odd), call(plain))


@decorated
@pytest.mark.parametrize("number", [2**63, -(2**70), 10**300])
def test_whole_numbers_beyond_64_bits_become_float64(call, number):
    expected = call([float(number), 1.0])
    assert_array_equal(quietly(call, [number, 1]), expected)


# Softmax --------------------------------------------------------------------------------

scores = st.floats(-1000, 1000)
batches = arrays(np.float64, array_shapes(max_dims=3, max_side=5), elements=scores)
HUGE = 1.7e308


@both_widths
@often
@given(data=st.data(), temperature=st.floats(1e-3, 1e3) | st.floats(5e-324, HUGE))
def test_softmax_is_exact(dtype, data, temperature):
    z = data.draw(st.lists(finite(dtype), min_size=1, max_size=6), "z")
    outputs = quietly(softmax, np.array(z), temperature=temperature)
    assert np.all((outputs >= 0) & (outputs <= 1))
    exact.assert_close(outputs, exact.softmax(z, temperature))


@pytest.mark.parametrize("z", [[1e308, -1e308], [HUGE, 0.0, -HUGE], [3.0, 3.0, 2.0]])
@pytest.mark.parametrize("temperature", [5e-324, 1e-300, 1e-9, 1e17, 1e307, HUGE])
def test_softmax_of_huge_scores_and_at_extreme_temperatures(z, temperature):
    outputs = quietly(softmax, z, temperature=temperature)
    exact.assert_close(outputs, exact.softmax(z, temperature))


@often
@given(z=batches, data=st.data())
def test_softmax_and_its_logarithm_against_scipy_along_every_axis(z, data):
    axis = data.draw(st.integers(-z.ndim, z.ndim - 1), "axis")
    expected = scipy.special.softmax(z, axis=axis)
    assert_allclose(softmax(z, axis=axis), expected, rtol=0, atol=1e-15)
    near = z / 4  # no output rounds to 0, so that each has a logarithm
    logs = np.log(softmax(near, axis=axis))
    expected = scipy.special.log_softmax(near, axis=axis)
    assert_allclose(logs, expected, rtol=1e-14, atol=1e-15)


wholes = arrays(np.float64, (2, 4), elements=st.integers(-500, 500))


@often
@given(z=wholes, shift=st.integers(-9999, 9999))
def test_the_same_shift_of_all_scores_changes_nothing(z, shift):
    for temperature in (0.5, 1, 2, 4):
        shifted = softmax(z + shift, temperature=temperature)
        assert_array_equal(shifted, softmax(z, temperature=temperature))


@pytest.mark.parametrize(
    ("z", "expected"),
    [
        ([np.inf, 1, np.inf], [0.5, 0, 0.5]),
        ([np.inf, 1e308, -np.inf], [1, 0, 0]),
        ([-np.inf, -np.inf], [0.5, 0.5]),
        ([-np.inf, 2, 2], [0, 0.5, 0.5]),
        (-np.inf, 1),
    ],
    ids=str,
)
@pytest.mark.parametrize("temperature", [1e-300, 1, 1e300])
def test_infinite_scores_give_the_limit(z, expected, temperature):
    outputs = quietly(softmax, z, temperature=temperature)
    assert_array_equal(outputs, expected)


@by_name(SOFTMAX_CALLS)
def test_nan_spoils_its_own_row_and_no_other(call):
    for spoilt in ([1, np.nan], [np.inf, np.nan]):
        bad, good = np.isnan(call([spoilt, [2, 3]]))
        assert bad.all()
        assert not good.any()


@often
@given(st.lists(st.floats(-50, 50), min_size=1, max_size=4), st.floats(0.01, 100))
@example([0.0, 40.0], 1.0)
@example([0.0, 2.0], 0.05)
def test_jacobian_keeps_its_digits_also_where_an_output_is_nearly_1(z, temperature):
    # Rounding a score difference of d temperatures costs the output d units in the last place.
    d = np.ptp(z) / temperature
    assume(d < 300)
    expected = exact.softmax_jacobian(z, temperature)
    jacobian = softmax.jacobian(z, temperature=temperature)
    assert_allclose(jacobian, expected, rtol=1e-15 * (5 + 2 * d))
    assert_array_equal(jacobian, jacobian.T)
    slopes = softmax.derivative(z, temperature=temperature)
    assert_allclose(slopes, np.diag(jacobian), rtol=1e-15)


@both_widths
@pytest.mark.parametrize("temperature", [5e-324, 1e-310, 1.0, HUGE])
def test_jacobian_and_slope_are_quiet_for_any_scores(dtype, temperature):
    for z in (edges(dtype), edges(dtype).reshape(-1, 2)):
        quietly(softmax.derivative, z, temperature=temperature)
        jacobian = quietly(softmax.jacobian, z, temperature=temperature)
        assert jacobian.dtype == dtype


def test_jacobian_of_a_batch_is_the_batch_of_jacobians():
    z = np.linspace(-2, 3, 12).reshape(2, 2, 3)
    batch = softmax.jacobian(z, temperature=0.7)
    for place in np.ndindex(2, 2):
        expected = softmax.jacobian(z[place], temperature=0.7)
        assert_array_equal(batch[place], expected)
    assert softmax.jacobian(np.empty((3, 0))).shape == (3, 0, 0)


# Refusals -------------------------------------------------------------------------------


def refusal(call, *args, **parameters):
    """Return the sentence with which a call is refused."""
    with pytest.raises((TypeError, ValueError)) as caught:
        call(*args, **parameters)
    message = str(caught.value)
    assert message.endswith(".")
    assert len(message) < 250
    return message


AS_FLOATS = "np.asarray(values, dtype=float)"


@pytest.mark.parametrize(
    ("values", "advice"),
    [
        ({1.0, 2.0}, "sorted(values)"),
        ({"a": 1}, "list(values.values())"),
        ({"a": 1}.values(), "list(values)"),
        ([1.0, None], AS_FLOATS),
        ([1, "2"], AS_FLOATS),
        ([Decimal("1.5")], AS_FLOATS),
        (np.array(["2020-01-01"], "M8[D]"), AS_FLOATS),
        ([1, 2j], "np.real(values)"),
        ([1, 2j], "np.abs(values)"),
        (np.ma.array([1, 2], mask=[0, 1]), "np.ma.compressed(values)"),
        (np.ma.masked, "np.ma.array(values, dtype=float).filled(np.nan)"),
    ],
    ids=str,
)
def test_what_is_no_array_of_numbers_is_refused_with_advice_that_works(values, advice):
    assert advice in refusal(sigmoid, values)
    converted = eval(advice, {"np": np, "values": values})
    assert sigmoid(converted).dtype == np.float64


@pytest.mark.parametrize("f", [leaky_relu, elu, silu, softmax], ids=str)
def test_a_parameter_must_be_a_finite_number_and_its_usual_value_is_named(f):
    ((name, parameter),) = f.parameters.items()
    for call in (f, f.derivative):
        for wrong in ("a", None, True, 1j, np.array(0.1), math.nan, -math.inf):
            message = refusal(call, [1.0], **{name: wrong})
            assert message.startswith(f"{name} must be a")
            assert message.endswith(f"{wrong!r}; try {name}={parameter.default}.")


@by_name({**SOFTMAX_CALLS, "jacobian": softmax.jacobian})
def test_temperature_may_be_any_kind_of_number_above_0(call):
    for wrong in (0, -1, -5e-324):
        message = refusal(call, [1.0, 2.0], temperature=wrong)
        assert f"must be above 0 and finite, but it is {wrong:g}" in message
    expected = call([1.0, 2.0], temperature=2.0)
    for temperature in (2, np.float32(2), np.int64(2), Fraction(2)):
        values = call([1.0, 2.0], temperature=temperature)
        assert_array_equal(values, expected)


# What is typed: what the sentence says.
NOT_NUMBERS = "a list or a NumPy array"
PLACES = (("points", 2, 3),)
MORE = (("points", 2, math.inf),)
ROWS = ("examples", 2)
SENTENCES = {
    "sigmoid(['word'] * 1000)": f"{NOT_NUMBERS}.*without quotes",
    "sigmoid(object())": f"{NOT_NUMBERS}.*numbers such as 1[.]0",
    "sigmoid(None)": f"{NOT_NUMBERS}.*ends without return gives None",
    "sigmoid([[1, 2], [3]])": "different lengths.*every row the same",
    "gelu(1.0, approximate='erf')": "must be 'none' or 'tanh'",
    "gelu.derivative(1.0, approximate=True)": "must be 'none' or 'tanh'",
    "softmax([[1, 2]], axis=2)": "axis=2 does not exist.*axis=-1",
    "softmax([[1, 2]], axis=-3)": "axis=-3 does not exist",
    "softmax.derivative(1.0, axis=1)": r"axis=1 does not exist.*shape \(\)",
    "softmax([[1, 2]], axis=None)": "axis must be a whole number.*axis=-1",
    "softmax([[1, 2]], axis=True)": "axis must be a whole number",
    "sigmoid()": r"'x'.*call it as sigmoid\(x\)",
    "softmax([1.0], 0)": r"call it as softmax\(z, axis=-1, temperature=1[.]0\)",
    "softmax.jacobian()": r"'z'.*softmax[.]jacobian\(z, temperature=1[.]0\)",
    "softmax.jacobian(3.0)": "at least one score.*try z=",
    "finite_number(-1, 'v', least=0)": "v must be at least 0 and finite, .* -1; try v=1.0.",
    "finite_number(0, 'v', above=0)": "v must be above 0 and finite, .* 0; try v=1.0.",
    "finite_number(1, 'v', least=0, below=1)": "at least 0 and below 1, but it is 1; try",
    "finite_number(math.inf, 'v')": "v must be a finite number, but it is inf; try v=1.0.",
    "as_array([1, 2], 'v', ROWS)": r"\(examples, 2\) and hold finite numbers.*\(2,\).$",
    "as_array(np.ones((0, 2)), 'v', ROWS)": r"its shape is \(0, 2\)",
    "as_array([[1, math.nan], [1, 2]], 'v', ROWS)": "in 1 of the 2 rows, first in row 0",
    "as_array([1], 'v', PLACES, example='v=[1, 2]')": r"2 to 3 points.*; try v=\[1, 2\].$",
    "as_array([1], 'v', MORE)": "with 2 points or more",
    "as_array([1, 2, 3, 4], 'v', PLACES)": r"but its shape is \(4,\)",
    "as_array([0, 11], 'v', PLACES, low=0, high=10)": "from 0 to 10, but 11 is among",
    "as_array([-1, 1], 'v', PLACES, low=0)": "from 0 to inf, but -1 is among them",
    "as_array([0.5, 1], 'v', PLACES, integers=True)": "whole numbers, but 0.5 is among them",
}


NAMES = globals() | vars(arguments)


@pytest.mark.parametrize("typed", SENTENCES)
def test_what_is_refused_is_told_in_a_sentence(typed):
    assert re.search(SENTENCES[typed], refusal(eval, typed, NAMES))


def test_the_input_may_be_named():
    assert sigmoid(x=0.0) == 0.5
    assert softmax(z=[0, 0]).tolist() == [0.5, 0.5]


def test_an_array_that_fits_comes_back_as_floats_or_ints():
    floats = arguments.as_array(np.float32([[1, 2]]), "v", ROWS)
    assert_array_equal(floats, [[1, 2]])
    assert floats.dtype == np.float64
    numbers = np.uint8([0, 200])
    ints = arguments.as_array(numbers, "v", PLACES, high=255, integers=True)
    assert_array_equal(ints, [0, 200])
    assert ints.dtype == np.int64
    assert arguments.as_array(2, "v", ()) == 2.0
