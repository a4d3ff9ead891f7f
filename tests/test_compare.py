"""compare, overlay, side_by_side: every curve, label, number and colour where it belongs; sentences for the rest."""

import itertools

import frames
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from shared import set_to, texts

import helpers
from helpers import compare, identity, leaky_relu, overlay, relu, side_by_side, sigmoid, softmax, tanh
from helpers.figures import marks as margin
from helpers.figures.compare import SPARE
from helpers.figures.style import BLUE, INK, number

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


def pixels(artist, points):
    """Return points of an artist in pixels from the picture's lower left corner."""
    return artist.get_transform().transform(points)


def placed(text):
    """Return where a text stands, in pixels."""
    return pixels(text, text.get_position())


def written(axes, words):
    """Return the text in some axes with these words."""
    (text,) = [text for text in axes.texts if text.get_text() == words]
    return text


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


@pytest.mark.parametrize(
    ("functions", "x_range"), [((sigmoid, tanh, relu), (-6, 6)), ((identity, tanh), (-3, 2)), ((sigmoid,), (-6, 6))]
)
def test_a_leader_joins_the_end_of_each_curve_to_its_name_and_value(functions, x_range):
    live = compare(*functions, x_range=x_range)
    for panel, (axes, kind) in enumerate(zip(live.figure.axes, ("value", "slope"), strict=True)):
        edge = axes.get_window_extent().x1
        leaders = [line for line in axes.lines if len(line.get_xdata()) == 4]
        names = [text for text in axes.texts if text.get_text() in {f.name for f in functions}]
        for number_of, (f, leader, name) in enumerate(zip(functions, leaders, names, strict=True), start=1):
            (value,) = [text for text in axes.texts if text.get_gid() == f"{kind}-{number_of}"]
            assert name.get_text() == f.name
            assert leader.get_color() == name.get_color().replace(INK, f.colour) == f.colour
            across, up = pixels(leader, leader.get_xydata()).T
            end = axes.transData.transform((x_range[1], (f, f.derivative)[panel](float(x_range[1]))))[1]
            assert_allclose(across - edge, [0, 4, 14, 26], atol=1e-9)
            assert_allclose(up[:2], end, atol=0.51)  # a whole pixel
            assert_allclose(up[2:], placed(name)[1])
            assert_allclose([placed(name)[0] - edge, placed(value)[0] - edge], [30, 184])
            assert placed(name)[1] == placed(value)[1]
            assert (name.get_horizontalalignment(), value.get_horizontalalignment()) == ("left", "right")


def test_labels_with_room_stand_at_the_ends_of_their_curves():
    live = compare(tanh, identity, x_range=(-6, 6))
    axes = live.figure.axes[0]
    for f in (tanh, identity):
        assert placed(written(axes, f.name))[1] == pytest.approx(axes.transData.transform((6, f(6.0)))[1], abs=0.51)


def test_of_equal_ends_the_first_curve_has_the_upper_label_half_a_gap_from_the_edge_at_least():
    live = compare(*map(numbered, (1, 1, 1)))
    lower = live.figure.axes[1]
    heights = [placed(text)[1] for text in lower.texts if text.get_text().startswith("number_1 (")]
    assert_allclose(np.diff(heights), -15.5)
    live = compare(*[numbered(1000 - n) for n in range(3)])
    upper = live.figure.axes[0]
    box = upper.get_window_extent()
    assert all(box.y0 + 7 < placed(written(upper, f"number_{1000 - n}"))[1] < box.y1 - 7 for n in range(3))


def test_earlier_curves_are_wider_so_that_each_shows_where_they_coincide():
    for count, widths in ((1, [4.4]), (3, [4.4, 3.3, 2.2])):
        live = compare(*[numbered(1)] * count)
        assert [line.get_linewidth() for line in curves(live)[0]] == pytest.approx(widths)
        dots = [line for line in live.figure.axes[0].lines if line.get_marker() == "o" and line.get_markersize() > 7]
        assert [dot.get_markersize() for dot in dots] == pytest.approx([width + 5 for width in widths])


@pytest.mark.parametrize("x0", [-6.0, 2.0])
def test_a_dotted_line_stands_at_the_probe(x0):
    live = compare(sigmoid, tanh, x0=x0)
    for axes in live.figure.axes:
        (guide,) = [line for line in axes.lines if list(line.get_ydata()) == [0, 1]]
        assert list(guide.get_xdata()) == [x0, x0]


def test_only_measured_slopes_are_marked_as_measured_and_no_value_is():
    live = compare(tanh, np.sin)
    shown = texts(live)
    assert [shown[name].startswith("≈") for name in ("value-1", "value-2", "slope-1", "slope-2")] == [False] * 3 + [
        True
    ]
    assert "tanh 0.7616 with slope 0.4200; sin" in live.alt


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
    assert set(live.controls) == {"x_range", "x0", "negative_slope", "alpha", "pace"}
    set_to(live, alpha=2.0, negative_slope=0.5, pace=1.0)
    upper, lower = curves(live)
    heights = [at(line, -6.0) for line in upper]
    assert_allclose(heights, [0, -3, 2 * np.expm1(-6), np.sin(-6)])
    assert_allclose([at(line, -6.0) for line in lower][:2], [0, 0.5])
    assert "negative_slope = 0.5" in live.alt
    assert "alpha = 2.0" in live.alt


def test_limits_hold_still_while_a_parameter_moves():
    live = compare(leaky_relu, elu, alpha=(0, 2, 0.1))
    before = [axes.get_ylim() for axes in live.figure.axes]
    for alpha, slope in itertools.product((0.0, 0.7, 2.0), (0.0, 0.4, 1.0)):
        set_to(live, alpha=alpha, negative_slope=slope)
        assert [axes.get_ylim() for axes in live.figure.axes] == before
        for panel in (0, 1):
            low, high = before[panel]
            drawn = np.concatenate([line.get_ydata() for line in curves(live)[panel]])
            assert low < np.nanmin(drawn)
            assert np.nanmax(drawn) < high


def test_a_fixed_parameter_has_no_slider():
    ipywidgets = pytest.importorskip("ipywidgets")
    live = compare(leaky_relu, negative_slope=ipywidgets.fixed(0.25))
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


def test_spread_keeps_to_its_ends_and_to_the_order():
    assert_allclose(margin.spread([-5, 3, 250], 10, 0, 200), [0, 10, 200])
    assert_allclose(margin.spread([60, 50], 20, 0, 200), [65, 45])
    assert_allclose(margin.spread([50, 50, 120], 20, 0, 200), [40, 60, 120])
    assert_allclose(margin.spread([7, 7, 7], 10, 0, 10), [0, 5, 10])  # no room for the gaps
    assert_allclose(margin.spread([7, 6], 10, 0, 10), [10, 0])
    assert_allclose(margin.spread([99], 10, 0, 10), [10])


@pytest.mark.parametrize(("name", "short"), [("a" * 15, "a" * 15), ("a" * 16, "a" * 14 + "…"), ("f", "f")])
def test_names_of_15_letters_fit_into_the_margin(name, short):
    assert margin.shortened(name) == short


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
    set_to(live, negative_slope=0.3)  # of the curve's end at the right nothing changes
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


# overlay


def shifted(x, shift=0.0):
    return np.tanh(x) + shift


def test_an_overlay_draws_the_target_below_the_difference_between_the_axes():
    live = overlay(shifted, tanh, shift=(-1.0, 2.0, 0.5), x_range=(-3, 5))
    for shift in (-1.0, 0.5, 2.0):
        set_to(live, shift=shift)
        upper, lower = live.figure.axes
        target, mine = (line for line in upper.lines if len(line.get_xdata()) > 100)
        x = mine.get_xdata()
        assert (x[0], x[-1]) == upper.get_xlim() == lower.get_xlim() == (-3, 5)
        assert_allclose(mine.get_ydata(), np.tanh(x) + shift)
        assert_allclose(target.get_ydata(), np.tanh(x))
        assert (target.get_color(), mine.get_color()) == (tanh.colour, BLUE)
        (difference,) = (line for line in lower.lines if len(line.get_xdata()) > 100)
        assert_allclose(difference.get_ydata(), shift, atol=1e-12)
        outline = upper.patches[0].get_xy()
        assert_allclose(sorted(outline[:-1, 1]), sorted([*np.tanh(x), *(np.tanh(x) + shift)]))
        assert texts(live)["distance"].startswith(f"largest difference {abs(shift):.4f}, at x = ")
    # Of 3 units, 9 % at either end: the axes show all that the slider can make, and 0.
    assert lower.get_ylim() == pytest.approx((-1 - 0.27, 2 + 0.27))
    low, high = np.tanh(-3) - 1, np.tanh(5) + 2
    assert upper.get_ylim() == pytest.approx((low - 0.09 * (high - low), high + 0.09 * (high - low)))


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (0.9e-9, "no difference: one lies on the other"),
        (1e-9, "largest difference 1.00×10⁻⁹, at x = −6.00"),
        (-1.05e-9, "largest difference 1.05×10⁻⁹, at x = −6.00"),
    ],
)
def test_what_lies_nearer_than_a_billionth_lies_on_the_other(apart, words):
    def target(x):
        return 0 * x

    live = overlay(lambda x: 0 * x + apart, target)
    assert texts(live)["distance"] == words
    assert live.alt == f"f () over target: {words}."
    assert written(live.figure.axes[1], words).get_color() == (BLUE if words.startswith("no") else INK)


def test_the_largest_difference_is_found_on_either_side():
    for sign in (1, -1):
        live = overlay(lambda x, sign=sign: sign * x**2, lambda x: 0 * x, x_range=(-2, 5))
        assert texts(live)["distance"] == "largest difference 25.0000, at x = 5.00"


# side_by_side


def test_rows_stand_below_each_other_in_three_columns():
    live = side_by_side(sigmoid, tanh, relu, x=2.0)
    assert live.figure.get_size_inches()[1] * 72 == pytest.approx(4 * 34 + 16)
    heights = [placed(written(live.figure.axes[0], words))[1] for words in ("written as", "sigmoid", "tanh", "relu")]
    assert_allclose(np.diff(heights), -34)
    assert heights[-1] == pytest.approx(8 + 17)
    for row, name in enumerate(("sigmoid", "tanh", "relu"), start=1):
        cells = [text for text in live.figure.axes[0].texts if text.get_gid() in (f"value-{row}", f"report-{row}")]
        assert [placed(cell)[1] for cell in cells] == [heights[row]] * 2
        places = [placed(cell)[0] for cell in (written(live.figure.axes[0], name), *cells)]
        assert_allclose(places, 8 + 704 * np.array([0, 0.32, 0.54]))
    lines = [line for line in live.figure.axes[0].lines if len(line.get_ydata()) == 2]
    between = [live.figure.axes[0].transData.transform((0, line.get_ydata()[0]))[1] for line in lines]
    assert_allclose(between, np.array(heights[:-1]) - 17)


def test_lists_of_scores_have_more_room_for_their_values():
    live = side_by_side(softmax, scores=[1, 2, 3])
    assert placed(written(live.figure.axes[0], "NumPy says"))[0] == pytest.approx(8 + 704 * 0.62)
    assert placed(written(live.figure.axes[0], "value"))[0] == pytest.approx(8 + 704 * 0.32)


def naive(x):
    return 1 / (1 + np.exp(-x))


def test_a_complaint_is_bold_and_a_calm_row_is_blue():
    live = side_by_side(naive, sigmoid, x=(-1000, 1000, 1))
    set_to(live, x=-800)
    assert texts(live) == {
        "value-1": "0", "report-1": "overflow", "value-2": "0", "report-2": "no complaint",
    }  # fmt: skip
    assert live.alt == "At x = -800: naive gives 0 (overflow); sigmoid gives 0 (no complaint)."
    looks = {text.get_gid(): (text.get_color(), text.get_weight()) for text in live.figure.axes[0].texts}
    assert (looks["value-1"], looks["value-2"]) == ((INK, "bold"), (BLUE, "normal"))
    set_to(live, x=3)
    assert texts(live)["value-1"] == texts(live)["value-2"] == "0.952574"  # six digits
    looks = {text.get_gid(): (text.get_color(), text.get_weight()) for text in live.figure.axes[0].texts}
    assert looks["value-1"] == looks["value-2"] == (BLUE, "normal")


def test_what_is_added_goes_to_every_score_and_lists_have_four_digits():
    live = side_by_side(softmax, scores=[1, 2.5], x=(-1000, 1000, 1))
    assert live.controls["x"].description == "added to all"
    set_to(live, x=-2)
    assert texts(live)["value-1"] == "0.1824, 0.8176"
    assert live.alt == "For the scores −1, 0.5: softmax gives 0.1824, 0.8176 (no complaint)."
    assert side_by_side(sigmoid).controls["x"].description == "input x"


@pytest.mark.parametrize(
    ("function", "scores", "value", "report"),
    [
        (lambda x: float("nan"), None, "nan", "nan: not a number"),
        (lambda z: np.array([np.nan, 1.0]), [1, 2], "nan, 1", "nan"),
        (lambda z: z[:1], [1, 2], "—", "ValueError: shape (1,) came back for shape (2,)"),
        (lambda x: [x], None, "—", "ValueError: shape (1,) came back for shape ()"),
        (lambda x: np.log(-1.0 - x * 0), None, "nan", "invalid value, nan: not a number"),
        (lambda x: -12345678.0, None, "−1.23457e+07", "no complaint"),
    ],
)
def test_each_row_says_what_came_back(function, scores, value, report):
    shown = texts(side_by_side(function, scores=scores))
    assert (shown["value-1"], shown["report-1"]) == (value, report)


@pytest.mark.parametrize("scores", [[], [[1, 2]], 3])
def test_scores_are_a_list_of_numbers(scores):
    with pytest.raises(ValueError, match=r"scores must be a list of numbers, not .*; try scores=\[1, 2, 3\]"):
        side_by_side(softmax, scores=scores)


# Marks of several parts


@pytest.fixture(scope="module")
def picture():
    """Return the picture of a sum of up to seven units over the inputs from -3 to 3."""
    return margin.SumPicture(-3, 3, 7, "a sum", "its parts")


@pytest.mark.parametrize(
    ("count", "width", "styles"), [(1, 2.4, 1), (3, 2.4, 3), (4, 2.4, 1), (5, 2.4, 1), (6, 1.2, 1), (7, 1.2, 1)]
)
def test_a_sum_is_drawn_with_its_target_and_its_parts(picture, count, width, styles):
    x = picture.x
    parts = np.array([np.maximum(0, x - n) for n in range(count)])
    target = x**2
    distance = picture.show(target, parts, [BLUE] * count, start=2.0)
    assert_allclose(distance, np.abs(x**2 - 2 - parts.sum(axis=0)))
    drawn = {line.get_color(): line.get_ydata() for line in picture.upper.axes.lines if len(line.get_xdata()) == len(x)}
    assert_allclose(drawn[INK], target)
    assert_allclose(drawn[BLUE], 2 + parts.sum(axis=0))
    shown = [line for line in picture.lower.axes.lines if line.get_visible() and len(line.get_xdata()) > 100]
    for line, part in zip(shown, parts, strict=True):
        assert_allclose(line.get_ydata(), np.interp(line.get_xdata(), x, part), atol=1e-12)
    assert {line.get_linewidth() for line in shown} == {width}
    assert len({str(line._dash_pattern) for line in shown}) == styles
    picture.mark([0.5, 1.5])
    (dots,) = [line for line in picture.upper.axes.lines if line.get_marker() == "o"]
    assert_allclose(dots.get_ydata(), np.interp([0.5, 1.5], x, drawn[BLUE]))


@pytest.mark.parametrize(("place", "at"), [(0.0, 0.0), (-3.0, -2.7), (3.0, 2.71)])
def test_the_target_is_named_above_its_top_but_not_beyond_the_picture(picture, place, at):
    target = 2 - np.abs(picture.x - place)
    picture.show(target, np.zeros((1, 601)), [BLUE])
    (name,) = [text for text in picture.upper.axes.texts if text.get_text() == "target"]
    assert name.get_position() == pytest.approx((at, 2 + 0.03 * np.ptp(target)), abs=1e-6)


def test_a_sum_has_room_above_and_below(picture):
    picture.hold([-1.0, 3.0], [0.0, 2.0])
    assert picture.upper.axes.get_ylim() == pytest.approx((-1 - 0.48, 3 + 0.48))
    assert picture.lower.axes.get_ylim() == pytest.approx((-0.24, 2.24))
    assert picture.upper.axes.get_xlim() == (-3, 3)


def test_beads_and_stems_are_strokes_apart_from_each_other():
    x, y = margin.beads(np.array([1, 5]), np.array([2, 3]))
    np.testing.assert_allclose(x, [1, 1 + 1e-4, np.nan, 5, 5 + 1e-4, np.nan])
    np.testing.assert_allclose(y, [2, 2, np.nan, 3, 3, np.nan])
    x, y = margin.stems(np.array([1, 5]), np.array([2, -3]))
    np.testing.assert_allclose(x, [1, 1, np.nan, 5, 5, np.nan])
    np.testing.assert_allclose(y, [0, 2, np.nan, 0, -3, np.nan])
