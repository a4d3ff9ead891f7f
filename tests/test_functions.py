"""The mathematics of the activations, against mpmath, SciPy and the complex step."""

import math
import re
import warnings
from decimal import Decimal
from fractions import Fraction

import exact
import numpy as np
import pytest
import scipy.special
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from helpers import arguments
from helpers.activations import (
    ACTIVATIONS,
    Softmax,
    elu,
    gelu,
    leaky_relu,
    relu,
    selu,
    sigmoid,
    silu,
    softmax,
    tanh,
)

often = settings(deadline=None, max_examples=40)


def by_name(calls):
    return pytest.mark.parametrize(
        "call", [pytest.param(call, id=name) for name, call in calls.items()]
    )


VALUES = dict(ACTIVATIONS)
SLOPES = {f"{name}'": f.derivative for name, f in ACTIVATIONS.items()}
every_call = by_name(VALUES | SLOPES)
every_curve = pytest.mark.parametrize(
    "f", [pytest.param(f, id=name) for name, f in ACTIVATIONS.items() if not isinstance(f, Softmax)]
)
every_call_of_a_curve = by_name(
    {name: call for name, call in (VALUES | SLOPES).items() if not name.startswith("softmax")}
)
# What one decorator does for all functions is tested for a curve, a slope and softmax.
decorated = by_name({"sigmoid": sigmoid, "gelu'": gelu.derivative, "softmax": softmax})
both_widths = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def quietly(call, *args, **parameters):
    """Return the result of a call in which a warning or a floating-point signal is an error."""
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        return call(*args, **parameters)


def edges(dtype):
    """Return the floats at which something breaks: zeros, denormals, overflows, infinities."""
    limits = np.finfo(dtype)
    turns = [
        0,
        limits.smallest_subnormal,
        limits.tiny,
        limits.eps,
        0.5,
        1,
        limits.max / 2,
        limits.max,
        np.inf,
    ]
    thresholds = [12, 16.6, 17.4, 36.7, 37.5, 88.7, 104, 354.9, 355, 709.7, 709.8, 745.2, 1000]
    both = np.array(turns + thresholds, dtype=dtype)
    return np.concatenate([-both, both])


def finite(dtype):
    """Return a strategy for finite floats: any at all, and those near 0, where functions bend."""
    width = np.finfo(dtype).bits
    inner = [st.floats(-size, size, width=width) for size in (2, 30, 750)]
    return st.one_of(st.floats(width=width, allow_nan=False, allow_infinity=False), *inner).map(
        dtype
    )


def defaults(f):
    return {name: parameter.default for name, parameter in f.parameters.items()}


def parameters_of(f):
    """Return a strategy for the parameters of an activation, within the spans of its sliders."""
    return st.fixed_dictionaries(
        {name: st.floats(p.low, p.high) for name, p in f.parameters.items()}
    )


def naive_softmax(z, temperature=1.0):
    """Return softmax as the textbook writes it; it also takes complex scores."""
    powers = np.exp(z / temperature)
    return powers / powers.sum(axis=-1, keepdims=True)


# Values and slopes of the curves --------------------------------------------------------


@pytest.mark.parametrize("name", exact.EXACT)
@pytest.mark.parametrize("x", [-40.5, -3.25, -0.7, 0.3, 2.0, 35.0])
def test_exact_slopes_are_the_derivatives_of_the_exact_values(name, x):
    given_parameters = {
        "leaky_relu": {"negative_slope": 0.125},
        "elu": {"alpha": 0.75},
        "silu": {"beta": 1.5},
    }.get(name, {})
    measured = exact.mp.diff(lambda t: exact.value(name, t, **given_parameters), x)
    assert abs(measured - exact.slope(name, x, **given_parameters)) < 1e-20


@every_curve
@both_widths
def test_value_and_slope_at_the_edges_and_on_a_grid(f, dtype):
    x = np.concatenate(
        [
            edges(dtype),
            np.linspace(-50, 50, 401, dtype=dtype),
            np.geomspace(1e-9, 1e4, 100, dtype=dtype),
        ]
    )
    x = x[np.isfinite(x)]
    for result, oracle in ((quietly(f, x), exact.value), (quietly(f.derivative, x), exact.slope)):
        for given_x, y in zip(x.tolist(), result, strict=True):
            exact.assert_close(
                y, oracle(f.identifier, given_x, **defaults(f)), where=f"at x = {given_x}"
            )


@every_curve
@both_widths
@often
@given(data=st.data())
def test_value_and_slope_anywhere_with_any_parameters(f, dtype, data):
    x, parameters = data.draw(finite(dtype), "x"), data.draw(parameters_of(f), "parameters")
    exact.assert_close(
        quietly(f, x, **parameters), exact.value(f.identifier, float(x), **parameters)
    )
    exact.assert_close(
        quietly(f.derivative, x, **parameters), exact.slope(f.identifier, float(x), **parameters)
    )


@both_widths
@often
@given(data=st.data())
def test_leaky_relu_with_any_slope(dtype, data):
    x, slope = data.draw(finite(dtype)), data.draw(st.floats(allow_nan=False, allow_infinity=False))
    exact.assert_close(
        quietly(leaky_relu, x, negative_slope=slope),
        exact.value("leaky_relu", float(x), negative_slope=slope),
    )
    assert quietly(leaky_relu.derivative, x, negative_slope=slope) == (
        1 if x > 0 else exact.rounded(slope, dtype)
    )


@pytest.mark.parametrize("f", [sigmoid, tanh], ids=str)
@pytest.mark.parametrize("x", [-740.0, -300.0, -40.0, -20.0, 20.0, 40.0, 300.0, 350.0])
def test_small_numbers_keep_their_digits(f, x):
    """1e-15 absolute would also let a slope of 0 pass; in the tails every digit counts."""
    exact.assert_close(f(x), exact.value(f.identifier, x), absolute=0)
    exact.assert_close(f.derivative(x), exact.slope(f.identifier, x), absolute=0)


@both_widths
def test_sigmoid_against_scipy(dtype):
    x = np.concatenate([edges(dtype), np.linspace(-800, 800, 20_001, dtype=dtype)])
    value, complement = scipy.special.expit(x.astype(float)), scipy.special.expit(-x.astype(float))
    rtol = 4 * np.finfo(dtype).eps
    tiny = np.finfo(dtype).tiny  # SciPy returns 0 where the value is a denormal
    np.testing.assert_allclose(quietly(sigmoid, x), value.astype(dtype), rtol=rtol, atol=tiny)
    np.testing.assert_allclose(
        quietly(sigmoid.derivative, x), (value * complement).astype(dtype), rtol=rtol, atol=tiny
    )


@every_curve
@pytest.mark.parametrize("side", [-1, 1])
@both_widths
def test_infinity_gives_the_limit(f, side, dtype):
    x, far = dtype(side * math.inf), side * 1e6
    end = exact.value(f.identifier, far, **defaults(f))
    exact.assert_close(quietly(f, x), end * exact.mp.inf if abs(end) > 1000 else end)
    exact.assert_close(quietly(f.derivative, x), exact.slope(f.identifier, far, **defaults(f)))


def test_zero_slope_makes_leaky_relu_relu():
    x = edges(float)
    np.testing.assert_array_equal(quietly(leaky_relu, x, negative_slope=0), relu(x))
    np.testing.assert_array_equal(quietly(leaky_relu, x, negative_slope=-0.0), relu(x))


@both_widths
def test_the_tanh_form_of_gelu(dtype):
    mp, x = exact.mp, np.concatenate([edges(dtype), np.linspace(-12, 12, 401, dtype=dtype)])
    x = x[np.isfinite(x)]

    def form(t):
        return t / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (t + mp.mpf("0.044715") * t**3)))

    values = quietly(gelu, x, approximate="tanh"), quietly(gelu.derivative, x, approximate="tanh")
    for given_x, value, slope in zip(x.tolist(), *values, strict=True):
        exact.assert_close(value, form(mp.mpf(given_x)), where=f"at x = {given_x}")
        expected = mp.diff(form, given_x) if abs(given_x) < 30 else mp.mpf(given_x > 0)
        exact.assert_close(slope, expected, where=f"at x = {given_x}")


def test_forms_of_gelu_that_do_not_exist():
    for call in (gelu, gelu.derivative):
        for wrong in ("erf", None, True):
            with pytest.raises(
                ValueError, match=r"approximate must be 'none' or 'tanh', but it is"
            ):
                call(1.0, approximate=wrong)


@pytest.mark.parametrize("beta", [0.0, -0.0, 1e-300, 1e300, -1.0])
def test_silu_with_a_beta_beyond_its_slider(beta):
    x = edges(np.float64)
    x = x[np.isfinite(x)]
    for given_x, value in zip(x.tolist(), quietly(silu, x, beta=beta), strict=True):
        exact.assert_close(
            value, exact.value("silu", given_x, beta=beta), where=f"at x = {given_x}"
        )
    ends = np.array([-np.inf, np.inf])
    expected = {0: ends, 1: [0, np.inf], -1: [-np.inf, 0]}[int(np.sign(beta))]
    np.testing.assert_array_equal(quietly(silu, ends, beta=beta), expected)


def test_curves_against_scipy():
    x = np.linspace(-40, 40, 20_001)
    np.testing.assert_allclose(gelu(x), x * scipy.special.ndtr(x), rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(silu(x), x * scipy.special.expit(x), rtol=1e-14, atol=1e-15)
    np.testing.assert_allclose(
        elu(x), np.where(x > 0, x, scipy.special.expm1(np.minimum(x, 0))), rtol=1e-15
    )
    assert selu(1.0) == exact.rounded(exact.LAMBDA, np.float64)  # λ itself
    assert selu.derivative(-0.0) == pytest.approx(float(exact.LAMBDA * exact.ALPHA), rel=1e-15)


# Every kind of input --------------------------------------------------------------------


@every_call
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("mode", ["raise", "warn"])
def test_no_warning_and_no_nan_for_any_number(call, dtype, mode):
    with np.errstate(all=mode), warnings.catch_warnings():
        warnings.simplefilter("error")
        results = [call(edges(dtype)), *map(call, edges(dtype)), call(edges(dtype).reshape(-1, 2))]
    assert not any(np.isnan(result).any() for result in results)


@every_call_of_a_curve
@both_widths
def test_nan_stays_nan_and_touches_no_neighbour(call, dtype):
    x = np.array([np.nan, 1, -np.inf, np.nan, np.inf, 0], dtype=dtype)
    np.testing.assert_array_equal(np.isnan(quietly(call, x)), np.isnan(x))
    assert np.isnan(quietly(call, dtype(np.nan)))


@pytest.mark.parametrize(
    "shape", [(), (0,), (1,), (4,), (2, 3), (2, 0), (0, 3), (2, 1, 3)], ids=str
)
@every_call
def test_shape_is_kept(call, shape):
    x = np.linspace(-3, 3, math.prod(shape)).reshape(shape)
    assert np.shape(quietly(call, x)) == shape
    assert np.shape(quietly(call, x.tolist())) == np.shape(x.tolist())


@decorated
def test_a_number_gives_a_number_and_a_tuple_an_array(call):
    for number in (1, 1.5, True, np.float64(1.5), np.array(1.5), np.uint8(1), Fraction(3, 2)):
        assert isinstance(call(number), np.float64)
    for several in ((1, 2.5), [1, 2.5], range(3), [np.float64(1), 2], [[1], [2]], []):
        assert isinstance(call(several), np.ndarray)
        assert call(several).dtype == np.float64


@decorated
def test_memory_layout_does_not_matter(call):
    x = np.linspace(-4, 4, 24).reshape(4, 6)
    read_only = x.copy()
    read_only.flags.writeable = False
    broadcast = np.broadcast_to(x[0], (4, 6))
    for odd in (
        np.asfortranarray(x),
        x[::2, ::3],
        x[::-1, ::-1],
        broadcast,
        read_only,
        x.astype(">f8"),
    ):
        np.testing.assert_array_equal(call(odd), call(odd.astype(float, order="C")))


@decorated
@pytest.mark.parametrize("dtype", ["bool", "int8", "uint8", "int32", "uint64", "int64"])
def test_whole_numbers_and_booleans_become_float64(call, dtype):
    x = np.array([0, 1, 100, 127]).astype(dtype)
    result = quietly(call, x)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, call(x.astype(np.float64)))


@decorated
@pytest.mark.parametrize("number", [2**63, 2**70, -(2**70), 10**300])
def test_whole_numbers_beyond_64_bits_are_numbers_too(call, number):
    assert quietly(call, number) == call(float(number))
    np.testing.assert_array_equal(quietly(call, [number, 1]), call([float(number), 1.0]))


@decorated
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats_keep_their_width(call, dtype):
    assert call(np.ones(3, dtype)).dtype == dtype
    assert type(call(dtype(1))) is dtype
    assert call(np.ones((0, 2), dtype)).dtype == dtype


@decorated
@both_widths
def test_narrow_floats_are_rounded_only_once(call, dtype):
    x = np.linspace(-12, 12, 200).astype(np.float16).reshape(-1, 2)
    np.testing.assert_array_equal(call(x), call(x.astype(dtype)).astype(np.float16))


@every_call
@both_widths
def test_the_input_is_neither_changed_nor_shared(call, dtype):
    x = edges(dtype)
    before = x.copy()
    result = call(x)
    assert not np.shares_memory(result, x)
    result[...] = 7
    np.testing.assert_array_equal(x, before)


# Softmax --------------------------------------------------------------------------------

scores = st.floats(-1000, 1000)
rows = arrays(np.float64, array_shapes(min_dims=1, max_dims=3, max_side=5), elements=scores)
temperatures = st.floats(1e-3, 1e3)


@both_widths
@often
@given(data=st.data())
def test_softmax_is_exact(dtype, data):
    z = data.draw(st.lists(finite(dtype), min_size=1, max_size=6), "z")
    temperature = data.draw(temperatures | st.floats(5e-324, 1.7e308), "temperature")
    result = quietly(softmax, np.array(z), temperature=temperature)
    for p, expected in zip(
        result, exact.softmax([float(score) for score in z], temperature), strict=True
    ):
        exact.assert_close(p, expected)


@pytest.mark.parametrize("z", [[1e308, -1e308], [1.7e308, 0.0, -1.7e308]])
@pytest.mark.parametrize("temperature", [1e307, 1e308, 1.7e308])
def test_softmax_of_huge_scores_at_a_high_temperature(z, temperature):
    for p, expected in zip(
        quietly(softmax, z, temperature=temperature), exact.softmax(z, temperature), strict=True
    ):
        exact.assert_close(p, expected)


@often
@given(z=rows, data=st.data())
def test_softmax_and_its_logarithm_against_scipy_along_every_axis(z, data):
    axis = data.draw(st.integers(-z.ndim, z.ndim - 1), "axis")
    np.testing.assert_allclose(
        softmax(z, axis=axis), scipy.special.softmax(z, axis=axis), rtol=0, atol=1e-15
    )
    near = z / 4  # no output rounds to 0, so that each has a logarithm
    logs = scipy.special.log_softmax(near, axis=axis)
    np.testing.assert_allclose(np.log(softmax(near, axis=axis)), logs, rtol=1e-14, atol=1e-15)


@both_widths
@often
@given(data=st.data())
def test_every_row_of_softmax_is_a_distribution(dtype, data):
    shape = data.draw(array_shapes(max_dims=3, max_side=5), "shape")
    z = data.draw(arrays(dtype, shape, elements=finite(dtype)), "z")
    axis = data.draw(st.integers(-z.ndim, z.ndim - 1), "axis")
    p = quietly(softmax, z, axis=axis, temperature=data.draw(temperatures, "temperature"))
    assert np.all((p >= 0) & (p <= 1))
    np.testing.assert_allclose(
        p.sum(axis=axis, dtype=float), 1, rtol=0, atol=shape[axis] * np.finfo(dtype).eps
    )


@often
@given(
    z=arrays(np.float64, (2, 4), elements=st.integers(-500, 500)),
    shift=st.integers(-(10**6), 10**6),
)
def test_the_same_shift_of_all_scores_changes_nothing(z, shift):
    for temperature in (0.5, 1, 2, 4):
        np.testing.assert_array_equal(
            softmax(z + shift, temperature=temperature), softmax(z, temperature=temperature)
        )


def test_scaling_the_scores_does_change_softmax():
    assert np.abs(softmax([2.0, 4.0, 6.0]) - softmax([1.0, 2.0, 3.0])).max() > 0.2


@often
@given(z=arrays(np.float64, 6, elements=scores), order=st.permutations(range(6)))
def test_reordering_the_scores_reorders_the_outputs(z, order):
    np.testing.assert_allclose(softmax(z[order]), softmax(z)[order], rtol=1e-15)
    np.testing.assert_allclose(
        softmax.jacobian(z[order]),
        softmax.jacobian(z)[np.ix_(order, order)],
        rtol=4e-15,
        atol=1e-300,
    )


@pytest.mark.parametrize("temperature", [5e-324, 1e-300, 1e-9])
def test_low_temperature_picks_the_largest_score(temperature):
    np.testing.assert_array_equal(quietly(softmax, [1, 3, 2], temperature=temperature), [0, 1, 0])
    np.testing.assert_array_equal(
        quietly(softmax, [3, 3, 2], temperature=temperature), [0.5, 0.5, 0]
    )


@pytest.mark.parametrize("temperature", [1e17, 1e300, 1.7e308])
def test_high_temperature_makes_all_outputs_equal(temperature):
    np.testing.assert_allclose(
        quietly(softmax, [1, 3, 2, -9], temperature=temperature), 0.25, rtol=1e-15
    )


@pytest.mark.parametrize(
    ("z", "expected"),
    [
        ([np.inf, 1, np.inf], [0.5, 0, 0.5]),
        ([np.inf, 1e308, -np.inf], [1, 0, 0]),
        ([-np.inf, -np.inf], [0.5, 0.5]),
        ([-np.inf, 2, 2], [0, 0.5, 0.5]),
        ([[np.inf, 0], [0, 0]], [[1, 0], [0.5, 0.5]]),
        ([np.inf], [1]),
        (-np.inf, 1),
    ],
    ids=str,
)
@pytest.mark.parametrize("temperature", [1e-300, 1, 1e300])
def test_infinite_scores_give_the_limit(z, expected, temperature):
    np.testing.assert_array_equal(quietly(softmax, z, temperature=temperature), expected)


def test_nan_spoils_its_own_row_and_no_other():
    z = [[1, np.nan], [2, 3]]
    np.testing.assert_array_equal(np.isnan(softmax(z)), [[True, True], [False, False]])
    np.testing.assert_array_equal(np.isnan(softmax.derivative(z)), [[True, True], [False, False]])
    assert np.isnan(softmax(np.nan))
    assert np.isnan(softmax([np.nan])).all()
    assert np.isnan(softmax([np.inf, np.nan])).all()


@often
@given(x=st.floats(-1000, 1000))
@example(x=40.0)
@example(x=0.0)
@example(x=0.1)
def test_softmax_of_two_classes_is_sigmoid(x):
    np.testing.assert_allclose(softmax([x, 0]), [sigmoid(x), sigmoid(-x)], rtol=1e-15)
    slope = sigmoid.derivative(x)
    np.testing.assert_allclose(softmax.derivative([x, 0]), [slope, slope], rtol=1e-15)
    np.testing.assert_allclose(
        softmax.jacobian([x, 0]), [[slope, -slope], [-slope, slope]], rtol=1e-15
    )


@often
@given(
    z=arrays(np.float64, st.integers(1, 5), elements=st.floats(-50, 50)),
    temperature=st.floats(0.1, 10),
)
@example(z=np.array([0.0, 40.0]), temperature=1.0)
@example(z=np.array([0.0, 2.0]), temperature=0.01)
def test_jacobian_against_the_complex_step(z, temperature):
    tiny = 1e-30
    with np.errstate(under="ignore"):
        columns = naive_softmax(z + 1j * tiny * np.eye(len(z)), temperature).imag / tiny
    jacobian = quietly(softmax.jacobian, z, temperature=temperature)
    np.testing.assert_allclose(jacobian, columns.T, rtol=0, atol=1e-15 * max(1, 4 / temperature))
    np.testing.assert_allclose(
        quietly(softmax.derivative, z, temperature=temperature), np.diag(jacobian), rtol=1e-15
    )


@often
@given(z=st.lists(st.floats(-50, 50), min_size=1, max_size=4), temperature=st.floats(0.01, 100))
@example(z=[0.0, 40.0], temperature=1.0)
@example(z=[0.0, 2.0], temperature=0.05)
def test_jacobian_keeps_its_digits_also_where_an_output_is_nearly_1(z, temperature):
    assume(np.ptp(z) / temperature < 300)
    expected = exact.softmax_jacobian(z, temperature)
    # Rounding a score difference of d temperatures costs the output d units in the last place.
    rtol = 1e-15 * (5 + 2 * np.ptp(z) / temperature)
    np.testing.assert_allclose(softmax.jacobian(z, temperature=temperature), expected, rtol=rtol)


@both_widths
@often
@given(data=st.data())
def test_rows_and_columns_of_the_jacobian_sum_to_zero(dtype, data):
    z = data.draw(arrays(dtype, array_shapes(max_dims=3, max_side=4), elements=finite(dtype)), "z")
    jacobian = quietly(softmax.jacobian, z)
    assert jacobian.shape == (*z.shape, z.shape[-1])
    assert jacobian.dtype == dtype
    np.testing.assert_array_equal(jacobian, np.swapaxes(jacobian, -1, -2))
    for axis in (-1, -2):
        np.testing.assert_allclose(
            jacobian.sum(axis=axis, dtype=float), 0, atol=2 * np.finfo(dtype).eps
        )


@both_widths
@pytest.mark.parametrize("temperature", [5e-324, 1e-310, 1.0, 1.7e308])
def test_jacobian_and_slope_are_quiet_for_any_scores(dtype, temperature):
    z = edges(dtype).reshape(-1, 2)
    quietly(softmax.jacobian, edges(dtype), temperature=temperature)
    quietly(softmax.jacobian, z, temperature=temperature)
    quietly(softmax.derivative, z, temperature=temperature)


def test_jacobian_of_a_batch_is_the_batch_of_jacobians():
    z = np.linspace(-2, 3, 12).reshape(2, 2, 3)
    batch = softmax.jacobian(z, temperature=0.7)
    for i, j in np.ndindex(2, 2):
        np.testing.assert_array_equal(batch[i, j], softmax.jacobian(z[i, j], temperature=0.7))
    assert softmax.jacobian([]).shape == (0, 0)
    assert softmax.jacobian(np.empty((3, 0))).shape == (3, 0, 0)


# Input that is no input -----------------------------------------------------------------


def refuses(kind, parts, call, *args, **parameters):
    """Assert that the call raises `kind` with one sentence that holds all the parts."""
    with pytest.raises(kind) as caught:
        call(*args, **parameters)
    message = str(caught.value)
    assert message.endswith(".")
    assert [part for part in parts if part not in message] == [], message


CURES = [
    ({1.0, 2.0}, "sorted(values)"),
    (frozenset([1]), "sorted(values)"),
    ({"a": 1}, "list(values.values())"),
    ([1.0, None], "np.asarray(values, dtype=float)"),
    ([["1"], ["2"]], "np.asarray(values, dtype=float)"),
    ([1, "2"], "np.asarray(values, dtype=float)"),
    ([Decimal("1.5")], "np.asarray(values, dtype=float)"),
    (np.array(["2020-01-01"], "M8[D]"), "np.asarray(values, dtype=float)"),
    ({"a": 1}.values(), "list(values)"),
    ([1, 2j], "np.real(values)"),
    ([1, 2j], "np.abs(values)"),
    (np.ma.array([1, 2], mask=[0, 1]), "np.ma.array(values, dtype=float).filled(np.nan)"),
    (np.ma.array([1, 2], mask=[0, 1]), "np.ma.compressed(values)"),
    ([np.ma.array([1.0, 2.0], mask=[0, 1])] * 2, "np.ma.compressed(values)"),
    (np.ma.masked, "np.ma.array(values, dtype=float).filled(np.nan)"),
]


@pytest.mark.parametrize(("values", "advice"), CURES, ids=str)
def test_what_is_no_array_of_numbers_is_refused_with_advice_that_works(values, advice):
    refuses(TypeError, ["x must be", advice], sigmoid, values)
    converted = eval(advice, {"np": np, "values": values})
    assert np.asarray(sigmoid(converted)).dtype == np.float64


@pytest.mark.parametrize(
    ("values", "advice"),
    [
        ("two", "without quotes"),
        (["a", "b"], "without quotes"),
        (object(), "numbers such as 1.0"),
        (None, "ends without return gives None"),
    ],
    ids=str,
)
def test_what_cannot_be_converted_is_told_what_numbers_are(values, advice):
    refuses(
        TypeError, ["x must be real numbers", "a list or a NumPy array", advice], sigmoid, values
    )


@every_call
def test_every_function_looks_at_its_input(call):
    refuses(TypeError, ["must be real numbers", "'two'"], call, "two")
    refuses(TypeError, ["without a mask"], call, np.ma.array([1.0]))
    refuses(TypeError, ["without a mask"], call, [[1.0, np.ma.masked]])
    refuses(ValueError, ["different lengths", "every row the same length"], call, [[1, 2], [3]])


def test_a_long_wrong_input_is_shortened_in_the_message():
    with pytest.raises(TypeError) as caught:
        sigmoid(["word"] * 1000)
    assert len(str(caught.value)) < 250


PARAMETERS = {
    "negative_slope": (leaky_relu, "0.01"),
    "alpha": (elu, "1.0"),
    "beta": (silu, "1.0"),
    "temperature": (softmax, "1.0"),
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_must_be_a_finite_number_and_its_usual_value_is_named(name):
    f, usual = PARAMETERS[name]
    assert float(usual) == f.parameters[name].default
    for call in (f, f.derivative):
        for wrong in ("a", None, True, 1j, [0.1, 0.2], np.array(0.1), np.True_):
            parts = [f"{name} must be a number", repr(wrong), f"try {name}={usual}."]
            refuses(TypeError, parts, call, [1.0], **{name: wrong})
        for wrong in (math.nan, math.inf, -math.inf):
            parts = [f"{name} must be", "finite", str(wrong), f"try {name}={usual}."]
            refuses(ValueError, parts, call, [1.0], **{name: wrong})


softmax_calls = by_name(
    {"softmax": softmax, "softmax'": softmax.derivative, "jacobian": softmax.jacobian}
)


@softmax_calls
def test_temperature_must_be_positive(call):
    for wrong in (0, -1, -0.0, -5e-324):
        parts = ["temperature must be above 0", f"it is {wrong:g}", "try temperature=1.0"]
        refuses(ValueError, parts, call, [1.0, 2.0], temperature=wrong)


@softmax_calls
def test_temperature_may_be_any_kind_of_number(call):
    expected = call([1.0, 2.0], temperature=2.0)
    for temperature in (2, np.float32(2), np.int64(2), Fraction(2)):
        np.testing.assert_array_equal(call([1.0, 2.0], temperature=temperature), expected)
    call([1.0, 2.0], temperature=10**30)


@by_name({"softmax": softmax, "softmax'": softmax.derivative})
def test_axis_must_exist(call):
    z = [[1, 2], [3, 4]]
    for axis in (2, -3, 10**20):
        refuses(
            ValueError, [f"axis={axis} does not exist", "(2, 2)", "axis=-1"], call, z, axis=axis
        )
    refuses(ValueError, ["axis=1 does not exist", "shape ()"], call, 1.0, axis=1)
    for axis in (1.0, "rows", None, True, (0, 1)):
        parts = ["axis must be a whole number", repr(axis), "axis=-1"]
        refuses(TypeError, parts, call, z, axis=axis)


def test_jacobian_of_a_single_number_is_refused():
    parts = ["at least one score", "a single number", "try z=[1.0, 2.0]"]
    refuses(ValueError, parts, softmax.jacobian, 3.0)


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        (lambda: sigmoid(), ["sigmoid", "'x'", "call it as sigmoid(x)"]),
        (lambda: relu(1, 2, 3), ["too many positional", "call it as relu(x)"]),
        (lambda: sigmoid.derivative(0, 1), ["call it as sigmoid.derivative(x)"]),
        (lambda: leaky_relu([1.0], 0.1), ["call it as leaky_relu(x, negative_slope=0.01)"]),
        (lambda: leaky_relu([1.0], slope=1), ["'slope'", "leaky_relu(x, negative_slope=0.01)"]),
        (lambda: softmax([1.0], 0), ["call it as softmax(z, axis=-1, temperature=1.0)"]),
        (lambda: softmax.jacobian(), ["'z'", "softmax.jacobian(z, temperature=1.0)"]),
        (lambda: gelu(1, "tanh"), ["call it as gelu(x, approximate='none')"]),
    ],
)
def test_a_wrong_call_is_shown_the_right_one(call, parts):
    refuses(TypeError, parts, call)


def test_the_input_may_be_named():
    assert sigmoid(x=0.0) == 0.5
    np.testing.assert_array_equal(softmax(z=[0, 0]), [0.5, 0.5])


# Checks of arguments --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "limits", "text"),
    [
        (-1, {"least": 0}, "alpha must be at least 0 and finite, but it is -1; try alpha=1.0."),
        (0, {"above": 0}, "alpha must be above 0 and finite, but it is 0; try alpha=1.0."),
        (1, {"least": 0, "below": 1}, "alpha must be at least 0 and below 1, but it is 1; try"),
        (math.inf, {}, "alpha must be a finite number, but it is inf; try alpha=1.0."),
    ],
)
def test_the_limits_of_a_number_are_named(value, limits, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        arguments.finite_number(value, "alpha", **limits)


ROWS = ("examples", 2)
FEW = (("points", 2, 3),)


@pytest.mark.parametrize(
    ("values", "shape", "limits", "kind", "text"),
    [
        (
            [1, 2],
            ROWS,
            {},
            ValueError,
            "v must have shape (examples, 2) and hold finite numbers, but its shape is (2,).",
        ),
        (np.ones((0, 2)), ROWS, {}, ValueError, "its shape is (0, 2)"),
        ([1], FEW, {}, ValueError, "v must have shape (points,), with 2 to 3 points, and hold"),
        ([1, 2, 3, 4], FEW, {}, ValueError, "but its shape is (4,)"),
        ([1], (("points", 2, math.inf),), {}, ValueError, "with 2 points or more"),
        (
            [[1, math.nan], [1, 2]],
            ROWS,
            {},
            ValueError,
            "nan or inf is in 1 of the 2 rows, first in row 0",
        ),
        (
            [0, 11],
            FEW,
            {"low": 0, "high": 10},
            ValueError,
            "numbers from 0 to 10, but 11 is among them",
        ),
        ([-1, 1], FEW, {"low": 0}, ValueError, "numbers from 0 to inf, but -1 is among them"),
        ([0, 11], FEW, {"high": 10}, ValueError, "numbers from -inf to 10, but 11 is among them"),
        (
            [0.5, 1],
            FEW,
            {"integers": True},
            TypeError,
            "whole numbers, but its type is float64; try np.asarray(v)",
        ),
        ([1], FEW, {"example": "v=[1, 2]"}, ValueError, "; try v=[1, 2]."),
        ("text", FEW, {}, TypeError, "v must be real numbers"),
    ],
)
def test_an_array_that_does_not_fit_is_refused_in_one_sentence(values, shape, limits, kind, text):
    refuses(kind, [text], arguments.as_array, values, "v", shape, **limits)


def test_an_array_that_fits_comes_back_as_floats_or_ints():
    assert_same = np.testing.assert_array_equal
    given_values = np.float32([[1, 2]])
    result = arguments.as_array(given_values, "v", ROWS)
    assert_same(result, given_values)
    assert result.dtype == np.float64
    labels = arguments.as_array(np.uint8([0, 200]), "v", FEW, low=0, high=255, integers=True)
    assert labels.dtype == np.int64
    assert_same(labels, [0, 200])
    assert arguments.as_array(2, "v", ()) == 2.0
