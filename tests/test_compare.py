"""compare: every curve, slope, dot, label and colour where it belongs, and a sentence for what cannot be compared."""

import itertools

import frames
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lessons import set_to
from numpy.testing import assert_allclose

import helpers
from helpers import compare, identity, leaky_relu, relu, sigmoid, softmax, tanh
from helpers.figures import marks as margin
from helpers.figures.compare import SPARE
from helpers.figures.style import number

X = np.linspace(-6, 6, 41)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x, alpha=1.0):
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


def wave(x, **parameters):
    return np.sin(x * parameters.get("pace", 1.0))


def numbered(n):
    """Return a function of its own name and height."""

    def f(x):
        return 0 * x + n

    f.__name__ = f"number_{n}"
    return f


def curves(live):
    """Return the curves of the upper and of the lower panel, in the order of the functions."""
    return [[line for line in axes.lines if len(line.get_xdata()) > 100] for axes in live.figure.axes]


def at(line, x):
    """Return the height of a drawn curve at x, which must be one of its points."""
    found = line.get_ydata()[line.get_xdata() == x]
    return found[0]


def column(live, kind):
    """Return [(name, value)] of one panel's margin, as it stands in the SVG, top first."""
    texts = [(float(t.get("y")), t.text, t.get("data-name") or "") for t in frames.root(live).iter(f"{frames.SVG}text")]
    values = [(y, text) for y, text, gid in texts if gid.startswith(f"{kind}-") and gid != f"{kind}-at"]
    names = {y: text for y, text, gid in texts if not gid}
    return [(names[y], text) for y, text in sorted(values)]


@pytest.mark.parametrize("x0", [-6, -0.5, 0, 1, 6])
def test_curves_dots_and_readouts(x0):
    live = compare(sigmoid, tanh)
    set_to(live, x0=x0)
    for panel, kind in enumerate(("value", "slope")):
        functions = [(f, f.derivative)[panel] for f in (sigmoid, tanh)]
        for line, f in zip(curves(live)[panel], functions, strict=True):
            assert_allclose(line.get_ydata(), f(line.get_xdata()), atol=1e-12)
        dots = [line for line in live.figure.axes[panel].lines if line.get_marker() == "o" and line.get_visible()]
        assert [dot.get_xydata().tolist() for dot in dots] == [[[x0, f(x0)]] for f in functions]
        expected = {name: number(f(x0)) for name, f in zip(("sigmoid", "tanh"), functions, strict=True)}
        assert dict(column(live, kind)) == expected
        assert frames.named(live, f"{kind}-at") == f"{kind} at {number(x0, 2)}"
        assert all(value in live.alt for value in expected.values())
    assert live.message == ""


def test_range_moves_all_curves_and_binds_the_probe():
    live = compare(relu, tanh)
    set_to(live, x_range=(2, 5))
    for line in itertools.chain(*curves(live)):
        assert (line.get_xdata()[0], line.get_xdata()[-1]) == (2, 5)
    assert (live.controls["x0"].min, live.controls["x0"].max, live.controls["x0"].value) == (2, 5, 2)
    assert "inputs from 2.0 to 5.0" in live.alt
    set_to(live, x_range=(3, 3))
    assert live.message == "The input range is empty: both handles stand at 3; pull them apart."
    assert "inputs from 2.0 to 5.0" in live.alt


def test_a_jump_is_drawn_as_a_jump():
    live = compare(relu, identity)
    slope = curves(live)[1][0]
    assert np.isnan(slope.get_ydata()).sum() == 1
    assert set(slope.get_ydata()[~np.isnan(slope.get_ydata())]) == {0, 1}


def test_own_functions_with_and_without_derivative():
    live = compare((elu, elu_slope), elu, [tanh, None])
    upper, lower = curves(live)
    assert_allclose(at(lower[0], 3.0), 1)
    assert_allclose(at(lower[1], -1.5), np.exp(-1.5), rtol=1e-6)
    assert_allclose(at(upper[2], -1.5), np.tanh(-1.5))
    assert dict(column(live, "slope"))["elu (2)"].startswith("≈ 1.0000")
    assert dict(column(live, "slope"))["elu (1)"] == "1.0000"
    assert "slopes (≈ measured)" in frames.texts(frames.root(live))
    assert "elu (2) 1.0000 with slope 1.0000 (measured)" in live.alt
    assert "slopes" in frames.texts(frames.root(compare(tanh)))


def test_parameters_go_to_those_that_take_them():
    live = compare(relu, leaky_relu, elu, wave, alpha=(0, 2, 0.1), pace=2.0)
    assert set(live.controls) == {"x_range", "x0", "slope", "alpha", "pace"}
    set_to(live, alpha=2.0, slope=0.5, pace=1.0)
    upper, lower = curves(live)
    heights = [at(line, -6.0) for line in upper]
    assert_allclose(heights, [0, -3, 2 * np.expm1(-6), np.sin(-6)])
    assert_allclose([at(line, -6.0) for line in lower][:2], [0, 0.5])
    assert "slope = 0.5" in live.alt
    assert "alpha = 2.0" in live.alt


def test_limits_hold_still_while_a_parameter_moves():
    live = compare(leaky_relu, elu, alpha=(0, 2, 0.1))
    before = [axes.get_ylim() for axes in live.figure.axes]
    for alpha, slope in itertools.product((0.0, 0.7, 2.0), (0.0, 0.4, 1.0)):
        set_to(live, alpha=alpha, slope=slope)
        assert [axes.get_ylim() for axes in live.figure.axes] == before
        for panel in (0, 1):
            low, high = before[panel]
            drawn = np.concatenate([line.get_ydata() for line in curves(live)[panel]])
            assert low < np.nanmin(drawn)
            assert np.nanmax(drawn) < high


def test_a_fixed_parameter_has_no_slider():
    ipywidgets = pytest.importorskip("ipywidgets")
    live = compare(leaky_relu, slope=ipywidgets.fixed(0.25))
    assert set(live.controls) == {"x_range", "x0"}
    assert_allclose(at(curves(live)[0][0], -6.0), -1.5)


def test_colours_are_the_registrys_and_never_twice():
    nine = [sigmoid, tanh, relu, leaky_relu, identity, *map(numbered, range(4))]
    live = compare(*nine)
    colours = [line.get_color() for line in curves(live)[0]]
    assert colours[:5] == [f.colour for f in nine[:5]]
    assert len(set(colours)) == 9
    assert colours == [line.get_color() for line in curves(live)[1]]
    own = [line.get_color() for line in curves(compare(*map(numbered, range(9))))[0]]
    assert own == list(SPARE)


def test_a_namesake_has_the_registrys_colour_unless_another_has_it():
    def tanh(x):
        return np.tanh(x)

    assert curves(compare(elu, tanh))[0][1].get_color() == helpers.tanh.colour
    both = [line.get_color() for line in curves(compare(tanh, helpers.tanh))[0]]
    assert both[1] == helpers.tanh.colour != both[0]


NINE = (relu, leaky_relu, elu, identity, tanh, sigmoid, wave, np.cos, np.abs)


@pytest.mark.parametrize(
    ("functions", "x_range"),
    [
        *(((sigmoid, tanh), (-6, 6)), (NINE, (-6, 6)), (NINE, (-12, 1)), (NINE, (-0.5, 0.5))),
        (tuple(map(numbered, range(9))), (-12, 1)),
        ((numbered(1),) * 9, (-0.5, 0.5)),
        (tuple(numbered(n / 1000) for n in range(5)) + tuple(numbered(1 - n / 1000) for n in range(4)), (-6, 6)),
    ],
)
def test_labels_never_overlap_and_stay_beside_their_panel(functions, x_range):
    live = compare(*functions, x_range=x_range)
    for axes, kind in zip(live.figure.axes, ("value", "slope"), strict=True):
        box = axes.get_window_extent()
        ys = sorted(t.get_position()[1] * box.height for t in axes.texts if (t.get_gid() or "").startswith(f"{kind}-"))
        ys = [y for y in ys if y <= box.height]
        assert len(ys) == len(functions)
        assert np.diff(ys).min() > 14.5
        assert ys[0] > 5
        assert ys[-1] < box.height - 5


@given(st.lists(st.floats(-50, 250), min_size=1, max_size=12), st.floats(1, 40))
def test_spread_keeps_gaps_order_and_ends(wanted, gap):
    places = margin.spread(wanted, gap, 8, 192)
    order = np.argsort(wanted, kind="stable")
    narrow = min(gap, 184 / max(1, len(wanted) - 1))
    assert np.all(np.diff(places[order]) > narrow - 1e-9)
    assert places.min() > 8 - 1e-9
    assert places.max() < 192 + 1e-9


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8, unique=True))
def test_spread_leaves_what_has_room(places):
    wanted = np.array(places) * 9.0 + 10
    assert_allclose(margin.spread(wanted, 9, 8, 192), wanted)


def test_spread_moves_a_crowd_evenly():
    assert_allclose(margin.spread([100, 100, 100], 10, 0, 200), [90, 100, 110])


def test_long_names_are_shortened_in_the_margin_alone():
    def my_own_careful_tanh(x):
        return np.tanh(x)

    live = compare(my_own_careful_tanh)
    assert column(live, "value")[0][0] == "my_own_careful…"
    assert "my_own_careful_tanh 0.7616" in live.alt


def test_moving_the_probe_draws_no_axes_again():
    live = compare(relu, leaky_relu, tanh)
    kept = live._still
    set_to(live, x0=-2.0)
    assert live._still is kept
    set_to(live, slope=0.3)  # of the curve's end at the right nothing changes
    assert live._still is kept
    set_to(live, x_range=(-3, 3))
    assert live._still is not kept


@pytest.mark.parametrize(
    ("call", "kind", "part"),
    [
        (lambda: compare(), ValueError, "takes 1 to 9 functions, not 0; try compare(sigmoid, tanh)"),
        (lambda: compare(*[tanh] * 10), ValueError, "takes 1 to 9 functions, not 10"),
        (lambda: compare(3.0), TypeError, "compare takes functions and pairs (function, derivative), not 3.0"),
        (lambda: compare((tanh,)), TypeError, "write their names only"),
        (lambda: compare((tanh, 3)), TypeError, "pairs (function, derivative)"),
        (lambda: compare(tanh(X), tanh), TypeError, "pairs (function, derivative)"),
        (lambda: compare(tanh, softmax), ValueError, "works on a whole list at once"),
        (lambda: compare(tanh, relu, slope=0.1), TypeError, "takes a parameter called 'slope'"),
        (lambda: compare(np.tanh, beta=1.0), TypeError, "takes a parameter called 'beta'"),
        (lambda: compare(max, beta=1.0), TypeError, "takes a parameter called 'beta'"),
        (lambda: compare(elu, x=1.0), TypeError, "takes a parameter called 'x'"),
        (lambda: compare(tanh, np.log), ValueError, "log returns"),
        (lambda: compare(lambda x: max(0, x)), ValueError, "f fails for an array"),
        (lambda: compare(tanh, x_range=(2, 1)), ValueError, "x_range"),
        (lambda: compare(tanh, x0=9), ValueError, "x0 must lie between -6 and 6"),
        (lambda: compare(tanh, x0="1"), TypeError, "x0 must be a number"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_cannot_be_compared_is_said_in_a_sentence(call, kind, part):
    with pytest.raises(kind) as trouble:
        call()
    assert part in str(trouble.value)


def test_a_slider_that_leads_to_nan_leaves_the_last_good_picture():
    def root(x, shift=8.0):
        return np.sqrt(x + shift)

    live = compare(tanh, root, shift=(0.0, 10.0, 0.5))
    before = frames.markup(live), live.alt
    set_to(live, shift=1.0)
    assert "root returns nan at x = -6" in live.message
    assert (frames.markup(live), live.alt) == before
    set_to(live, shift=9.0)
    assert live.message == ""
    assert_allclose(at(curves(live)[0][1], -6.0), np.sqrt(3))


def test_rounding_in_a_measured_slope_is_no_jump():
    straight = compare(lambda x, slope: np.where(x > 0, x, slope * x), np.sin, slope=(0, 2, 0.05))
    straight.controls["slope"].value = 1.0
    line = straight.figure.axes[1].lines[2]
    assert np.isfinite(line.get_ydata()).all()
    np.testing.assert_allclose(line.get_ydata(), 1, atol=1e-6)
