"""The mathematics of the activations, against mpmath, SciPy and the complex step."""

import math
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

often = settings(max_examples=40)
CURVES = [f for name, f in ACTIVATIONS.items() if name != "softmax"]
CURVE_CALLS = {
    call_name: call
    for f in CURVES
    for call_name, call in ((f.name, f), (f"{f.name}'", f.derivative))
}
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
    turns = [
        0,
        0.5,
        1,
        12,
        16.6,
        17.4,
        36.7,
        37.5,
        88.7,
        104,
        354.9,
        355,
        709.7,
        709.8,
        745.2,
    ]
    turns += [
        limits.smallest_subnormal,
        limits.tiny,
        limits.eps,
        limits.max / 2,
        limits.max,
    ]
    both = np.array([*turns, 1000, np.inf], dtype=dtype)
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
    spans = {}
    for name, p in f.parameters.items():
        spans[name] = st.floats(p.low, p.high).map(lambda value: round(value, 6))
    return st.fixed_dictionaries(spans)


# Values and slopes of the curves --------------------------------------------------------


@pytest.mark.parametrize("name", exact.EXACT)
@pytest.mark.parametrize("x", [-40.5, -3.25, -0.7, 0.3, 2.0, 35.0])
def test_exact_slopes_are_the_derivatives_of_the_exact_values(name, x):
    parameters = {"leaky_relu": {"negative_slope": 0.125}, "elu": {"alpha": 0.75}}
    parameters["silu"] = {"beta": 1.5}
    given_ones = parameters.get(name, {})
    measured = exact.mp.diff(lambda t: exact.value(name, t, **given_ones), x)
    assert abs(measured - exact.slope(name, x, **given_ones)) < 1e-20


@every_curve
@both_widths
def test_value_and_slope_at_the_edges_and_on_a_grid(f, dtype):
    grid = np.concatenate([np.linspace(-50, 50, 401), np.geomspace(1e-9, 1e4, 100)])
    x = np.concatenate([edges(dtype), grid.astype(dtype)])
    x = x[np.isfinite(x)]
    for call, oracle in ((f, exact.value), (f.derivative, exact.slope)):
        for point, y in zip(x.tolist(), quietly(call, x), strict=True):
            expected = oracle(f.identifier, point, **defaults(f))
            exact.assert_close(y, expected, where=f"at x = {point}")


@every_curve
@both_widths
@often
@given(data=st.data())
def test_value_and_slope_anywhere_with_any_parameters(f, dtype, data):
    x = data.draw(finite(dtype), "x")
    parameters = data.draw(parameters_of(f), "parameters")
    for call, oracle in ((f, exact.value), (f.derivative, exact.slope)):
        expected = oracle(f.identifier, float(x), **parameters)
        exact.assert_close(quietly(call, x, **parameters), expected)


@both_widths
@often
@given(data=st.data(), slope=st.floats(allow_nan=False, allow_infinity=False))
def test_leaky_relu_with_any_slope(dtype, data, slope):
    x = data.draw(finite(dtype))
    expected = exact.value("leaky_relu", float(x), negative_slope=slope)
    exact.assert_close(quietly(leaky_relu, x, negative_slope=slope), expected)
    left = exact.rounded(slope, dtype)
    assert quietly(leaky_relu.derivative, x, negative_slope=slope) == (
        1 if x > 0 else left
    )


@pytest.mark.parametrize("f", [sigmoid, tanh], ids=str)
@pytest.mark.parametrize("x", [-740.0, -300.0, -40.0, -20.0, 20.0, 40.0, 300.0, 350.0])
def test_small_numbers_keep_their_digits(f, x):
    """1e-15 absolute would also let a slope of 0 pass; in the tails every digit counts."""
    exact.assert_close(f(x), exact.value(f.identifier, x), absolute=0)
    exact.assert_close(f.derivative(x), exact.slope(f.identifier, x), absolute=0)


@every_curve
@pytest.mark.parametrize("side", [-1, 1])
@both_widths
def test_infinity_gives_the_limit(f, side, dtype):
    x = dtype(side * math.inf)
    far = side * 1e6
    end = exact.value(f.identifier, far, **defaults(f))
    exact.assert_close(quietly(f, x), end * exact.mp.inf if abs(end) > 1000 else end)
    exact.assert_close(
        quietly(f.derivative, x), exact.slope(f.identifier, far, **defaults(f))
    )


def test_zero_slope_makes_leaky_relu_relu():
    x = edges(float)
    for zero in (0, -0.0):
        np.testing.assert_array_equal(
            quietly(leaky_relu, x, negative_slope=zero), relu(x)
        )


@both_widths
def test_the_tanh_form_of_gelu(dtype):
    mp = exact.mp
    x = np.concatenate([edges(dtype), np.linspace(-12, 12, 401, dtype=dtype)])
    x = x[np.isfinite(x)]

    def form(t):
        return (
            t / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (t + mp.mpf("0.044715") * t**3)))
        )

    values = quietly(gelu, x, approximate="tanh")
    slopes = quietly(gelu.derivative, x, approximate="tanh")
    for point, value, slope in zip(x.tolist(), values, slopes, strict=True):
        exact.assert_close(value, form(mp.mpf(point)), where=f"at x = {point}")
        expected = mp.diff(form, point) if abs(point) < 30 else mp.mpf(point > 0)
        exact.assert_close(slope, expected, where=f"at x = {point}")


def test_forms_of_gelu_that_do_not_exist():
    for call in (gelu, gelu.derivative):
        for wrong in ("erf", None, True):
            refuses(
                ValueError, ["must be 'none' or 'tanh'"], call, 1.0, approximate=wrong
            )


@pytest.mark.parametrize(
    ("beta", "ends"),
    [
        (0.0, (-np.inf, np.inf)),
        (-0.0, (-np.inf, np.inf)),
        (1e-300, (0, np.inf)),
        (1e300, (0, np.inf)),
        (-1.0, (-np.inf, 0)),
    ],
)
def test_silu_with_a_beta_beyond_its_slider(beta, ends):
    x = edges(np.float64)
    x = x[np.isfinite(x)]
    for point, value in zip(x.tolist(), quietly(silu, x, beta=beta), strict=True):
        exact.assert_close(
            value, exact.value("silu", point, beta=beta), where=f"at x = {point}"
        )
    assert tuple(quietly(silu, [-np.inf, np.inf], beta=beta)) == ends


def test_curves_against_scipy():
    x = np.linspace(-40, 40, 20_001)
    np.testing.assert_allclose(sigmoid(x), scipy.special.expit(x), rtol=1e-15)
    np.testing.assert_allclose(
        gelu(x), x * scipy.special.ndtr(x), rtol=1e-13, atol=1e-15
    )
    assert selu(1.0) == exact.rounded(exact.LAMBDA, np.float64)  # λ itself


# Every kind of input --------------------------------------------------------------------


@every_call
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_no_warning_and_no_nan_for_any_number(call, dtype):
    x = edges(dtype)
    for inputs in (x, x.reshape(-1, 2), *x):
        assert not np.isnan(quietly(call, inputs)).any()
    with np.errstate(all="warn"):
        call(x)


@by_name(CURVE_CALLS)
@both_widths
def test_nan_stays_nan_and_touches_no_neighbour(call, dtype):
    x = np.array([np.nan, 1, -np.inf, np.nan, np.inf, 0], dtype=dtype)
    np.testing.assert_array_equal(np.isnan(quietly(call, x)), np.isnan(x))


@every_call
def test_every_function_looks_at_its_input_and_leaves_it_alone(call):
    refuses(TypeError, ["must be real numbers", "'two'"], call, "two")
    refuses(TypeError, ["without a mask"], call, [[1.0, np.ma.masked]])
    refuses(
        ValueError, ["different lengths", "every row the same"], call, [[1, 2], [3]]
    )
    x = np.linspace(-3, 3, 6).reshape(2, 3)
    before = x.copy()
    result = call(x)
    assert result.shape == (2, 3)
    result[...] = 7
    np.testing.assert_array_equal(x, before)


@decorated
def test_shape_is_kept(call):
    for shape in ((), (0,), (1,), (4,), (2, 0), (0, 3), (2, 1, 3)):
        x = np.linspace(-3, 3, math.prod(shape)).reshape(shape)
        assert np.shape(quietly(call, x)) == shape


@decorated
def test_a_number_gives_a_number_and_a_tuple_an_array(call):
    for number in (
        1,
        1.5,
        True,
        np.float64(1.5),
        np.array(1.5),
        np.uint8(1),
        Fraction(3, 2),
    ):
        assert isinstance(call(number), np.float64)
    for several in ((1, 2.5), range(3), [np.float64(1), 2], [[1], [2]], []):
        assert isinstance(call(several), np.ndarray)
        assert call(several).dtype == np.float64


@decorated
def test_memory_layout_does_not_matter(call):
    x = np.linspace(-4, 4, 24).reshape(4, 6)
    read_only = np.broadcast_to(x[0], (4, 6))
    for odd in (
        np.asfortranarray(x),
        x[::2, ::3],
        x[::-1, ::-1],
        read_only,
        x.astype(">f8"),
    ):
        np.testing.assert_array_equal(call(odd), call(odd.astype(float, order="C")))


@decorated
def test_whole_numbers_and_booleans_become_float64(call):
    for dtype in ("bool", "int8", "uint8", "int32", "uint64", "int64"):
        x = np.array([0, 1, 100, 127]).astype(dtype)
        assert quietly(call, x).dtype == np.float64
        np.testing.assert_array_equal(call(x), call(x.astype(np.float64)))
    for number in (2**63, -(2**70), 10**300):  # beyond 64 bits
        np.testing.assert_array_equal(
            quietly(call, [number, 1]), call([float(number), 1.0])
        )


@decorated
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats_keep_their_width_and_are_rounded_only_once(call, dtype):
    x = np.linspace(-12, 12, 200).astype(dtype).reshape(-1, 2)
    assert call(x).dtype == dtype
    assert type(call(dtype(1))) is dtype
    np.testing.assert_array_equal(call(x), call(x.astype(float)).astype(dtype))


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
    for p, expected in zip(
        outputs, exact.softmax(list(map(float, z)), temperature), strict=True
    ):
        exact.assert_close(p, expected)


@pytest.mark.parametrize("z", [[1e308, -1e308], [HUGE, 0.0, -HUGE], [3.0, 3.0, 2.0]])
@pytest.mark.parametrize("temperature", [5e-324, 1e-300, 1e-9, 1e17, 1e307, HUGE])
def test_softmax_of_huge_scores_and_at_extreme_temperatures(z, temperature):
    outputs = quietly(softmax, z, temperature=temperature)
    for p, expected in zip(outputs, exact.softmax(z, temperature), strict=True):
        exact.assert_close(p, expected)


@often
@given(z=batches, data=st.data())
def test_softmax_and_its_logarithm_against_scipy_along_every_axis(z, data):
    axis = data.draw(st.integers(-z.ndim, z.ndim - 1), "axis")
    expected = scipy.special.softmax(z, axis=axis)
    np.testing.assert_allclose(softmax(z, axis=axis), expected, rtol=0, atol=1e-15)
    near = z / 4  # no output rounds to 0, so that each has a logarithm
    logs = scipy.special.log_softmax(near, axis=axis)
    np.testing.assert_allclose(
        np.log(softmax(near, axis=axis)), logs, rtol=1e-14, atol=1e-15
    )


@often
@given(
    z=arrays(np.float64, (2, 4), elements=st.integers(-500, 500)),
    shift=st.integers(-9999, 9999),
)
def test_the_same_shift_of_all_scores_changes_nothing(z, shift):
    for temperature in (0.5, 1, 2, 4):
        shifted = softmax(z + shift, temperature=temperature)
        np.testing.assert_array_equal(shifted, softmax(z, temperature=temperature))


@often
@given(z=arrays(np.float64, 6, elements=scores), order=st.permutations(range(6)))
def test_reordering_the_scores_reorders_the_outputs(z, order):
    np.testing.assert_allclose(softmax(z[order]), softmax(z)[order], rtol=1e-15)
    jacobian = softmax.jacobian(z)[np.ix_(order, order)]
    np.testing.assert_allclose(
        softmax.jacobian(z[order]), jacobian, rtol=4e-15, atol=1e-300
    )


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
    np.testing.assert_array_equal(
        quietly(softmax, z, temperature=temperature), expected
    )


@by_name(SOFTMAX_CALLS)
def test_nan_spoils_its_own_row_and_no_other(call):
    for spoilt in ([1, np.nan], [np.inf, np.nan]):
        bad, good = np.isnan(call([spoilt, [2, 3]]))
        assert bad.all()
        assert not good.any()


@often
@given(x=st.floats(-1000, 1000))
@example(x=40.0)
@example(x=0.1)
def test_softmax_of_two_classes_is_sigmoid(x):
    np.testing.assert_allclose(softmax([x, 0]), [sigmoid(x), sigmoid(-x)], rtol=1e-15)
    slope = sigmoid.derivative(x)
    np.testing.assert_allclose(softmax.derivative([x, 0]), [slope, slope], rtol=1e-15)


@often
@given(z=arrays(np.float64, st.integers(1, 5), elements=st.floats(-50, 50)))
@example(z=np.array([0.0, 40.0]))
def test_jacobian_against_the_complex_step(z):
    stepped = np.exp(z + 1e-30j * np.eye(len(z)))
    with np.errstate(under="ignore"):
        columns = (stepped / stepped.sum(axis=1, keepdims=True)).imag / 1e-30
    np.testing.assert_allclose(
        quietly(softmax.jacobian, z), columns.T, rtol=0, atol=1e-15
    )


@often
@given(
    z=st.lists(st.floats(-50, 50), min_size=1, max_size=4),
    temperature=st.floats(0.01, 100),
)
@example(z=[0.0, 40.0], temperature=1.0)
@example(z=[0.0, 2.0], temperature=0.05)
def test_jacobian_keeps_its_digits_also_where_an_output_is_nearly_1(z, temperature):
    assume(np.ptp(z) / temperature < 300)
    expected = exact.softmax_jacobian(z, temperature)
    # Rounding a score difference of d temperatures costs the output d units in the last place.
    rtol = 1e-15 * (5 + 2 * np.ptp(z) / temperature)
    jacobian = softmax.jacobian(z, temperature=temperature)
    np.testing.assert_allclose(jacobian, expected, rtol=rtol)
    np.testing.assert_array_equal(jacobian, jacobian.T)
    slopes = softmax.derivative(z, temperature=temperature)
    np.testing.assert_allclose(slopes, np.diag(jacobian), rtol=1e-15)


@both_widths
@pytest.mark.parametrize("temperature", [5e-324, 1e-310, 1.0, HUGE])
def test_jacobian_and_slope_are_quiet_for_any_scores(dtype, temperature):
    for z in (edges(dtype), edges(dtype).reshape(-1, 2)):
        quietly(softmax.derivative, z, temperature=temperature)
        assert quietly(softmax.jacobian, z, temperature=temperature).dtype == dtype


def test_jacobian_of_a_batch_is_the_batch_of_jacobians():
    z = np.linspace(-2, 3, 12).reshape(2, 2, 3)
    batch = softmax.jacobian(z, temperature=0.7)
    for place in np.ndindex(2, 2):
        np.testing.assert_array_equal(
            batch[place], softmax.jacobian(z[place], temperature=0.7)
        )
    assert softmax.jacobian(np.empty((3, 0))).shape == (3, 0, 0)


# Refusals -------------------------------------------------------------------------------


def refuses(kind, parts, call, *args, **parameters):
    """Assert that the call raises `kind` with one sentence that holds all the parts."""
    with pytest.raises(kind) as caught:
        call(*args, **parameters)
    message = str(caught.value)
    assert message.endswith(".")
    assert len(message) < 250
    assert [part for part in parts if part not in message] == [], message


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
    refuses(TypeError, ["x must be", advice], sigmoid, values)
    converted = eval(advice, {"np": np, "values": values})
    assert np.asarray(sigmoid(converted)).dtype == np.float64


@pytest.mark.parametrize(
    ("values", "advice"),
    [
        (["word"] * 1000, "without quotes"),
        (object(), "numbers such as 1.0"),
        (None, "ends without return gives None"),
    ],
    ids=["words", "object", "None"],
)
def test_what_cannot_be_converted_is_told_what_numbers_are(values, advice):
    refuses(TypeError, ["a list or a NumPy array", advice], sigmoid, values)


@pytest.mark.parametrize(
    ("f", "name"),
    [
        (leaky_relu, "negative_slope"),
        (elu, "alpha"),
        (silu, "beta"),
        (softmax, "temperature"),
    ],
)
def test_a_parameter_must_be_a_finite_number_and_its_usual_value_is_named(f, name):
    usual = f"try {name}={f.parameters[name].default}."
    for call in (f, f.derivative):
        for wrong in ("a", None, True, 1j, np.array(0.1)):
            parts = [f"{name} must be a number", repr(wrong), usual]
            refuses(TypeError, parts, call, [1.0], **{name: wrong})
        for wrong in (math.nan, -math.inf):
            refuses(
                ValueError, ["finite", str(wrong), usual], call, [1.0], **{name: wrong}
            )


@by_name({**SOFTMAX_CALLS, "jacobian": softmax.jacobian})
def test_temperature_may_be_any_kind_of_number_above_0(call):
    for wrong in (0, -1, -5e-324):
        parts = ["temperature must be above 0", f"it is {wrong:g}"]
        refuses(ValueError, parts, call, [1.0, 2.0], temperature=wrong)
    expected = call([1.0, 2.0], temperature=2.0)
    for temperature in (2, np.float32(2), np.int64(2), Fraction(2)):
        np.testing.assert_array_equal(
            call([1.0, 2.0], temperature=temperature), expected
        )


@by_name(SOFTMAX_CALLS)
def test_axis_must_exist(call):
    z = [[1, 2], [3, 4]]
    for axis in (2, -3, 10**20):
        refuses(
            ValueError, [f"axis={axis} does not exist", "axis=-1"], call, z, axis=axis
        )
    refuses(ValueError, ["axis=1 does not exist", "shape ()"], call, 1.0, axis=1)
    for axis in (1.0, None, True):
        refuses(
            TypeError, ["axis must be a whole number", "axis=-1"], call, z, axis=axis
        )


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        (lambda: sigmoid(), ["'x'", "call it as sigmoid(x)"]),
        (
            lambda: sigmoid.derivative(0, 1),
            ["too many", "call it as sigmoid.derivative(x)"],
        ),
        (
            lambda: leaky_relu([1.0], slope=1),
            ["'slope'", "leaky_relu(x, negative_slope=0.01)"],
        ),
        (
            lambda: softmax([1.0], 0),
            ["call it as softmax(z, axis=-1, temperature=1.0)"],
        ),
        (lambda: softmax.jacobian(), ["'z'", "softmax.jacobian(z, temperature=1.0)"]),
    ],
)
def test_a_wrong_call_is_shown_the_right_one(call, parts):
    refuses(TypeError, parts, call)


def test_jacobian_of_a_single_number_is_refused():
    refuses(
        ValueError, ["at least one score", "try z=[1.0, 2.0]"], softmax.jacobian, 3.0
    )


def test_the_input_may_be_named():
    assert sigmoid(x=0.0) == 0.5
    assert softmax(z=[0, 0]).tolist() == [0.5, 0.5]


# Checks of arguments --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "limits", "words"),
    [
        (-1, {"least": 0}, "v must be at least 0 and finite, but it is -1; try v=1.0."),
        (0, {"above": 0}, "v must be above 0 and finite, but it is 0; try v=1.0."),
        (
            1,
            {"least": 0, "below": 1},
            "v must be at least 0 and below 1, but it is 1; try",
        ),
        (math.inf, {}, "v must be a finite number, but it is inf; try v=1.0."),
    ],
)
def test_the_limits_of_a_number_are_named(value, limits, words):
    refuses(ValueError, [words], arguments.finite_number, value, "v", **limits)


ROWS = ("examples", 2)
FEW = (("points", 2, 3),)


@pytest.mark.parametrize(
    ("values", "shape", "limits", "words"),
    [
        (
            [1, 2],
            ROWS,
            {},
            "shape (examples, 2) and hold finite numbers, but its shape is (2,).",
        ),
        (np.ones((0, 2)), ROWS, {}, "its shape is (0, 2)"),
        (
            [[1, math.nan], [1, 2]],
            ROWS,
            {},
            "nan or inf is in 1 of the 2 rows, first in row 0",
        ),
        ([1], FEW, {"example": "v=[1, 2]"}, "(points,), with 2 to 3 points, and hold"),
        ([1], (("points", 2, math.inf),), {}, "with 2 points or more"),
        ([1, 2, 3, 4], FEW, {}, "but its shape is (4,)"),
        (
            [0, 11],
            FEW,
            {"low": 0, "high": 10},
            "numbers from 0 to 10, but 11 is among them",
        ),
        ([-1, 1], FEW, {"low": 0}, "numbers from 0 to inf, but -1 is among them"),
        (
            [0.5, 1],
            FEW,
            {"integers": True},
            "whole numbers, but its type is float64; try",
        ),
    ],
)
def test_an_array_that_does_not_fit_is_refused_in_one_sentence(
    values, shape, limits, words
):
    kind = TypeError if "integers" in limits else ValueError
    cure = "; try v=[1, 2]." if "example" in limits else "."
    refuses(kind, [words, cure], arguments.as_array, values, "v", shape, **limits)


def test_an_array_that_fits_comes_back_as_floats_or_ints():
    floats = arguments.as_array(np.float32([[1, 2]]), "v", ROWS)
    ints = arguments.as_array(
        np.uint8([0, 200]), "v", FEW, low=0, high=255, integers=True
    )
    assert (floats.tolist(), floats.dtype) == ([[1, 2]], np.float64)
    assert (ints.tolist(), ints.dtype) == ([0, 200], np.int64)
    assert arguments.as_array(2, "v", ()) == 2.0
