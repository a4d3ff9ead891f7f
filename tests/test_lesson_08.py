"""08_softmax: the functions as they stand in the notebook, every live figure, every number in the prose."""

from itertools import pairwise

import numpy as np
import pytest
import shared
from shared import grab, texts

import helpers
from helpers.figures.style import number
from lessons.softmax import reliability, shares, shifted, slope_matrix, swept, tempered
from lessons.softmax.scores import NAMES
from lessons.softmax.slopes import WIDTHS

NOTEBOOK = shared.read("08_softmax")
CELLS = {cell.id: cell for cell in NOTEBOOK.cells}
SPACE = shared.names(NOTEBOOK, "imports", "softmax", "temperature", "jacobian", "stable", "world")
softmax, softmax_at, entropy, jacobian, stable_softmax = (
    SPACE[name] for name in ("softmax", "softmax_at", "entropy", "jacobian", "stable_softmax")
)
SCORES = np.array([1.0, 2.0, 3.0])
MANY = [SCORES, [-4, -4, 4], [0, 0, 0], [4, -4], [3.5, 0.1, -2, 1, 4]]


def bars(axes, n, start=0):
    return [patch.get_width() for patch in axes.patches[start : start + n]]


def set_to(live, z=(), **values):
    shared.set_to(live, **values, **{f"z{i}": score for i, score in enumerate(z, 1)})


def text(axes, name):
    """Return the text of that name in a panel."""
    (found,) = [text for text in axes.texts if text.get_gid() == name]
    return found


def says(part):
    return shared.says(NOTEBOOK, part)


# The opening picture ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("z", MANY)
def test_shares_are_drawn_in_three_steps_and_fill_the_strip(z):
    live = shares([0] * len(z))
    set_to(live, z)
    n, powers = len(z), np.exp(z)
    for axes, heights in zip(live.figure.axes, (z, powers, powers / powers.sum()), strict=False):
        np.testing.assert_allclose(bars(axes, n), heights)
    strip = live.figure.axes[3].patches
    assert strip[-1].get_x() + strip[-1].get_width() == pytest.approx(1)
    np.testing.assert_allclose([box.get_width() for box in strip], powers / powers.sum())
    words = texts(live)
    assert words["sum of powers"] == f"sum {number(powers.sum(), 2)}"
    assert words["sum of shares"] == "sum 1.0000"
    assert all(words[part] in live.alt for part in ("sum of powers", "sum of shares", f"share-{NAMES[n - 1]}"))


def test_raising_one_score_takes_from_all_the_others():
    live = shares([2, 1, -1])
    before = bars(live.figure.axes[2], 3)
    live.controls["z1"].value = 3
    after = bars(live.figure.axes[2], 3)
    assert after[0] > before[0]
    assert (np.array(after[1:]) < before[1:]).all()


def test_a_share_of_the_strip_says_as_much_as_it_has_room_for():
    strip = shares([3, 1, 0]).figure.axes[3]  # 84 %, 11 % and 4 %
    assert [text.get_text() for text in strip.texts[:3]] == ["cat 84 %", "11 %", ""]


@pytest.mark.parametrize("share", [0.131, 0.129, 0.061, 0.059])
def test_a_share_needs_13_hundredths_for_its_class_and_6_for_its_size(share):
    strip = shifted(lambda z: np.array([share, 1 - share]), [0, 0]).figure.axes[2]
    words = {0.131: "cat 13 %", 0.129: "13 %", 0.061: "6 %", 0.059: ""}
    assert strip.texts[0].get_text() == words[share]


@pytest.mark.parametrize(("share", "words"), [(0.13, "13 %"), (0.06, "")])
def test_just_13_and_6_hundredths_are_not_enough(share, words):
    assert shifted(lambda z: np.array([share, 1 - share]), [0, 0]).figure.axes[2].texts[0].get_text() == words


def test_shares_begin_with_two_a_one_and_a_negative_score():
    assert shares().alt.startswith("Scores: cat 2.0, dog 1.0, bird −1.0.")


@pytest.mark.parametrize("z", MANY)
def test_a_number_stands_two_hundredths_of_the_axis_beyond_the_end_of_its_bar(z):
    live = shares(z)
    for axes, what in zip(live.figure.axes, ("score", "power", "share"), strict=False):
        for name, end in zip(NAMES, bars(axes, len(z)), strict=False):
            label, side = text(axes, f"{what}-{name}"), -1 if end < 0 else 1
            assert label.get_position()[0] == pytest.approx(end + side * np.ptp(axes.get_xlim()) / 50)
            assert label.get_horizontalalignment() == {-1: "right", 1: "left"}[side]


@pytest.mark.parametrize(
    ("score", "shift", "beside"), [(-2, -1, -3), (-2, 1, -2), (1, 1, 2), (1, -0.5, 1), (1, -2, -1)]
)
def test_a_number_keeps_off_the_outline_as_well(score, shift, beside):
    live = shifted(softmax, [score, 0])
    set_to(live, shift=shift)
    axes = live.figure.axes[0]
    room = np.ptp(axes.get_xlim()) / 50
    assert text(axes, "score-cat").get_position()[0] == pytest.approx(beside + np.copysign(room, beside))


@pytest.mark.parametrize("z", [[4, -4, 4], [-4] * 5, [4, -4]])
def test_the_longest_bar_leaves_room_for_its_number_and_the_strip_lies_below(z):
    live = shares(z)
    renderer = live.figure.canvas.get_renderer()
    *columns, strip = (axes.get_window_extent() for axes in live.figure.axes)
    for axes, column in zip(live.figure.axes, columns, strict=False):
        assert column.height == pytest.approx(34 * len(z))  # as many pixels from one bar to the next
        for label in axes.texts[-len(z) :]:
            extent = label.get_window_extent(renderer)
            assert column.x0 < extent.x0 < extent.x1 < column.x1
        assert strip.y1 < column.y0 - 40  # between them stand the sums and a title
    assert 0 < strip.y0 < 20
    assert [axes.yaxis.get_tick_params()["labelleft"] for axes in live.figure.axes[:3]] == [True, False, False]


@pytest.mark.parametrize("height", [-3, 3])
def test_equal_scores_share_equally_at_any_height(height):
    live = shares([height] * 3)
    np.testing.assert_allclose(bars(live.figure.axes[2], 3), 1 / 3)
    assert min(bars(shares([-4, 4, 4]).figure.axes[2], 3)) > 0


# What all figures of scores refuse ------------------------------------------------------------------------------

FIGURES = {
    "shares": lambda scores: shares(scores),
    "shifted": lambda scores: shifted(softmax, scores),
    "tempered": lambda scores: tempered(softmax_at, scores),
    "swept": lambda scores: swept(softmax, jacobian, scores),
    "slope_matrix": lambda scores: slope_matrix(softmax, jacobian, scores),
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
@pytest.mark.parametrize(
    ("scores", "error", "part"),
    [
        ([1], ValueError, "scores .* 2 to 5 classes"),
        ([1] * 6, ValueError, "scores .* 2 to 5 classes"),
        (3.0, ValueError, "scores .* 2 to 5 classes"),
        ([[1, 2], [3, 4]], ValueError, "scores .* 2 to 5 classes"),
        ([1, 5], ValueError, "score of dog must lie between -4 and 4"),
        ([1, np.nan], ValueError, "finite"),
        ("two", TypeError, "real numbers"),
        ([[1], [2, 3]], ValueError, "different lengths"),
    ],
)
def test_scores_that_cannot_be_drawn_are_refused(figure, scores, error, part):
    with pytest.raises(error, match=part):
        figure(scores)


TAKES_A_FUNCTION = {
    "shifted": lambda f: shifted(f),
    "tempered": lambda f: tempered(f),
    "swept": lambda f: swept(f, jacobian),
    "slope_matrix": lambda f: slope_matrix(f, jacobian),
}


@pytest.mark.parametrize("figure", TAKES_A_FUNCTION.values(), ids=TAKES_A_FUNCTION)
@pytest.mark.parametrize(
    ("function", "error", "part"),
    [
        (None, TypeError, "A function is needed"),
        (lambda z, temperature=1: z.sum(), ValueError, "shape"),
        (lambda z, temperature=1: z / 0, ValueError, "returns"),
        (lambda z, temperature=1: z["cat"], ValueError, "fails"),
        (lambda z, temperature=1: z * 1j, TypeError, "complex"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_functions_that_are_no_softmax_are_refused(figure, function, error, part):
    with pytest.raises(error, match=part):
        figure(function)


@pytest.mark.parametrize("figure", [swept, slope_matrix])
@pytest.mark.parametrize(
    ("function", "error", "part"),
    [
        (softmax, ValueError, r"the Jacobian that softmax returns .* shape \(3, 3\) .* its shape is \(3,\)"),
        ("jacobian", TypeError, "A function is needed"),
        (lambda z: np.full((3, 3), np.inf), ValueError, "finite numbers, but nan or inf"),
        (lambda z: z.nothing, ValueError, "fails for 3 scores"),
    ],
)
def test_what_is_no_jacobian_is_refused(figure, function, error, part):
    with pytest.raises(error, match=part):
        figure(softmax, function)


# Shift and temperature ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("z", "shift"), [(SCORES, -6.0), (SCORES, 0.3), *((z, 5.0) for z in MANY)])
def test_a_shift_moves_the_scores_and_no_probability(z, shift):
    live = shifted(softmax, z)
    left, right, strip = live.figure.axes
    n, before = len(z), bars(right, len(z))
    live.controls["shift"].value = shift
    np.testing.assert_allclose(bars(left, n), np.array(z) + shift, atol=1e-12)
    np.testing.assert_allclose(bars(left, n, n), z)  # the outlines stay behind
    np.testing.assert_allclose(bars(right, n), before, rtol=1e-12)
    np.testing.assert_allclose(bars(strip, n), before, rtol=1e-12)
    assert f"e to the power {number(shift, 1)}, which is {np.exp(shift):.4g}" in texts(live)["factor"]
    assert texts(live)["sum"] == "sum 1.0000"
    assert "The shift changes none of them." in live.alt
    assert left.get_xlim()[0] < -10
    assert left.get_xlim()[1] > 10


def test_a_function_that_a_shift_does_change_is_told():
    live = shifted(lambda z: z / z.sum())
    live.controls["shift"].value = 5
    assert "The shift changes them by up to 0.1190" in live.alt
    live.controls["shift"].value = -2  # the sum is 0
    assert "returns" in live.message
    assert "shifted by 5.0" in live.alt


@pytest.mark.parametrize(("change", "words"), [(1e-12, "by up to 1.00×10⁻¹²"), (9e-13, "none of them")])
def test_a_shift_may_change_what_is_only_rounding(change, words):
    live = shifted(lambda z: np.array([change if z[0] > 1 else 0.0, 1.0]), [1, 1])
    set_to(live, shift=2)
    assert f"The shift changes {words}." in live.alt.replace("changes them by", "changes by")


@pytest.mark.parametrize(("shift", "score"), [(2.0, -0.9), (-3.0, 4.0), (0.0, 1.1)])
def test_a_bar_that_is_pulled_follows_the_pointer_from_where_the_shift_has_put_it(shift, score):
    live = shifted(softmax, [1, 2, 3])
    set_to(live, shift=shift)
    grab(live, 0, (0.5, 1), (1.1, 2))
    assert live.controls["z2"].value == pytest.approx(score)


def test_the_strip_of_the_shift_lies_below_the_bars():
    live = shifted(softmax, [0] * 5)
    left, right, strip = (axes.get_window_extent() for axes in live.figure.axes)
    assert left.height == right.height == pytest.approx(34 * 5)
    assert 20 < strip.y0 < strip.y1 < left.y0 - 30


@pytest.mark.parametrize(("z", "temperature"), [*((SCORES, t) for t in (0.1, 2.0, 5.0)), *((z, 0.5) for z in MANY)])
def test_temperature_moves_the_bars_and_the_entropy(z, temperature):
    live = tempered(helpers.softmax, z)
    live.controls["temperature"].value = temperature
    left, right, _ = live.figure.axes
    p = helpers.softmax(z, temperature=temperature)
    np.testing.assert_allclose(bars(left, len(z)), p)
    np.testing.assert_allclose(bars(left, len(z), len(z)), helpers.softmax(z))  # the outlines: T = 1
    (t,), (height,) = right.lines[-1].get_data()
    assert (t, height) == (temperature, pytest.approx(entropy(p)))
    curve = right.lines[-2]
    assert np.interp(temperature, *curve.get_data()) == pytest.approx(height, abs=1e-3)
    assert (np.diff(curve.get_ydata()) >= -1e-12).all()  # the hotter, the flatter
    assert curve.get_ydata().max() <= np.log(len(z)) + 1e-12
    assert right.lines[0].get_ydata()[0] == pytest.approx(np.log(len(z)))
    assert texts(live)["entropy"] == f"entropy {number(entropy(p))}"
    assert f"of at most ln {len(z)} = {np.log(len(z)):.4f}" in live.alt
    assert [*np.argsort(p)] == [*np.argsort(helpers.softmax(z))]


@pytest.mark.parametrize(
    ("function", "options", "part"),
    [
        (softmax_at, {"temperature": 0}, "between 0.1 and 5"),
        (lambda z, temperature: z, {}, "probabilities lie between 0 and 1"),
        (softmax, {}, "unexpected keyword argument 'temperature'"),
    ],
)
def test_tempered_refuses_what_is_no_temperature(function, options, part):
    with pytest.raises(ValueError, match=part):
        tempered(function, **options)


def test_zero_probabilities_have_an_entropy():
    live = tempered(lambda z, temperature: (z == z.max()) * 1.0)
    assert texts(live)["entropy"] == "entropy 0.0000"


def test_rounding_may_lift_a_probability_a_billionth_above_1():
    assert tempered(lambda z, temperature: np.array([1 + 1e-9, 0.0, 0.0])).message == ""
    with pytest.raises(ValueError, match="probabilities lie between 0 and 1"):
        tempered(lambda z, temperature: np.array([1 + 2e-9, 0.0, 0.0]))


# The sweep --------------------------------------------------------------------------------------------------------


@pytest.fixture
def live():
    return swept(softmax, jacobian, SCORES)


def curves(live, panel):
    """Return x and the curves of a panel as an array with one row a class."""
    lines = [line for line in live.figure.axes[panel].lines if len(line.get_xdata()) > 50]
    return lines[0].get_xdata(), np.array([line.get_ydata() for line in lines])


@pytest.mark.parametrize(
    ("width", "others"), [*((width, (2.0, 3.0)) for width in WIDTHS), (4, (-4.0, 4.0)), (80, (0.0, 0.0))]
)
def test_the_sweep_draws_every_probability_and_every_slope(live, width, others):
    set_to(live, zoom_to=80 if width == 4 else 4, z2=others[0], z3=others[1])
    set_to(live, zoom_to=width)
    x, p = curves(live, 0)
    scores = np.column_stack([x, np.tile(others, (len(x), 1))])
    np.testing.assert_allclose(p.T, helpers.softmax(scores), atol=1e-12)
    np.testing.assert_allclose(curves(live, 1)[1].T, helpers.softmax.jacobian(scores)[..., 0], atol=1e-12)
    np.testing.assert_allclose(curves(live, 1)[1].sum(axis=0), 0, atol=1e-12)
    lo, hi = live.controls["x_range"].value
    assert (x[0], x[-1], hi - lo) == (lo, hi, width)
    assert live.figure.axes[0].get_xlim() == (lo, hi)
    assert lo <= live.controls["z1"].value <= hi
    middle = np.log(np.exp(others).sum())
    assert lo < middle < hi
    share = 2 * np.log(99) / width
    assert texts(live)["share"] in (
        f"1 % to 99 %: {share:.1f} pictures",
        f"1 % to 99 %: {100 * share:.0f} % of the picture",
        "1 % to 99 %: 9.19 wide",
    )
    assert not live.message


def test_zoomed_in_it_is_a_line_zoomed_out_a_step_and_the_curve_is_the_same(live):
    set_to(live, zoom_to=1)
    x, p = curves(live, 0)
    chord = np.interp(x, x[[0, -1]], p[0, [0, -1]])
    assert np.abs(p[0] - chord).max() < 0.005
    assert 0.22 < curves(live, 1)[1][0].min() < 0.23  # a nearly level slope,
    assert curves(live, 1)[1][0].max() == pytest.approx(0.25, abs=1e-3)  # at most a quarter
    assert says("nearly level, between 0.22 and 0.25")
    assert not [box for box in live.figure.axes[0].patches if box.get_animated() and _shaded(box)]
    set_to(live, zoom_to=400)
    x, p = curves(live, 0)
    between = x[(p[0] > 0.01) & (p[0] < 0.99)]
    assert np.ptp(between) / 400 < 0.023
    assert sum(_shaded(box) for box in live.figure.axes[0].patches) > 0.95 * 400
    assert curves(live, 1)[1][0].max() <= 0.25


def _shaded(box):
    """Return the width of a shade, 0 for other patches."""
    return box.get_width() if hasattr(box, "get_width") and box.get_height() == 1 else 0


def test_the_ruler_is_nine_wide_wherever_the_others_stand(live):
    (ruler,) = [line for line in live.figure.axes[0].lines if line.get_marker() == "|"]
    for others in ((2, 3), (-4, -4), (4, 4), (0, 1)):
        set_to(live, z2=others[0], z3=others[1])
        start, end = ruler.get_xdata()
        assert end - start == pytest.approx(2 * np.log(99), abs=1e-9)
        assert (start + end) / 2 == pytest.approx(np.log(np.exp(others).sum()), abs=1e-9)  # the place alone has moved


def test_the_range_can_be_pulled_by_hand_and_no_button_stays_down(live):
    assert live.controls["zoom_to"].value == 16
    set_to(live, x_range=(-2.0, 7.0))
    assert live.controls["zoom_to"].value is None
    assert live.figure.axes[0].get_xlim() == (-2, 7)
    set_to(live, zoom_to=16)
    assert live.controls["x_range"].value == (-4.5, 11.5)
    set_to(live, z1=4.0, zoom_to=1)
    assert live.controls["z1"].value == 3.5  # from the edge to the middle, where its tangent is whole
    set_to(live, z1=4.0)
    assert live.controls["z1"].value == 4.0
    set_to(live, zoom_to=16)
    set_to(live, z2=-1.0)
    assert live.controls["zoom_to"].value == 16  # the picture holds still while another score moves
    assert live.controls["x_range"].value == (-4.5, 11.5)


@pytest.mark.parametrize(("z1", "after"), [(1.9, 1.9), (1.8, 3.5), (5.1, 5.1), (5.2, 3.5)])
def test_a_button_keeps_a_probe_a_tenth_of_the_picture_from_its_edges(live, z1, after):
    set_to(live, z1=z1, zoom_to=4)
    assert live.controls["x_range"].value == (1.5, 5.5)
    assert live.controls["z1"].value == after


@pytest.mark.parametrize("end", [1.5, 5.5])
def test_a_probe_may_stand_at_the_very_edge(live, end):
    set_to(live, x_range=(1.5, 5.5))
    set_to(live, z1=end)
    assert live.controls["z1"].value == end


@pytest.mark.parametrize(
    ("others", "width", "low"), [((2, 3), 400, -200), ((-4, -4), 400, -200), ((2, 3), 80, -36.5), ((-4, -4), 1, -4)]
)
def test_a_button_puts_the_rise_in_the_middle_within_what_can_be_shown(live, others, width, low):
    set_to(live, z2=others[0], z3=others[1], zoom_to=width)
    assert live.controls["x_range"].value == (low, low + width)


def stairs(z):
    """Return 0 below 0, a half up to 3, and 1 from there on: a rise of exactly 3."""
    return np.array([(z[0] >= 0) / 2 + (z[0] >= 3) / 2, 0.0])


def level(z):
    return np.zeros((2, 2))


def ruler_words(live):
    """Return the text beside the ruler; that of the tangent has the colour of slopes."""
    (words,) = (t for t in live.figure.axes[0].texts if t.get_gid() == "width")
    return words


@pytest.mark.parametrize(
    ("x_range", "x", "y", "side"),
    [
        ((-3, 6.9), 1.5, 1.2, "center"),  # the rise takes more than three tenths: above its middle
        ((-4, 6), -0.15, 1.14, "right"),  # just three tenths: beside it, on the left, where there is room
        ((-3.1, 6.9), -0.15, 1.14, "right"),
        ((-3, 7), 3.15, 1.14, "left"),  # no more than three tenths on the left: on the right
        ((-40, 60), -1.5, 1.14, "right"),
        ((1, 4), 2.0, 1.2, "center"),  # of what can be seen of it
        ((2.9, 6.9), 3.06, 1.14, "left"),
    ],
)
def test_the_words_of_the_ruler_stand_where_there_is_room(x_range, x, y, side):
    live = swept(stairs, level, [0, 0], x_range=x_range)
    words = ruler_words(live)
    assert words.get_position() == pytest.approx((x, y))
    assert words.get_horizontalalignment() == side
    assert words.get_text() == "1 % to 99 %: 3.00 wide"


@pytest.mark.parametrize(
    ("x_range", "share"), [((0, 3), "100 % of the picture"), ((1, 3), "1.5 pictures"), ((-3, 9), "25 % of the picture")]
)
def test_how_much_of_the_picture_the_rise_takes(x_range, share):
    live = swept(stairs, level, [0, 0], x_range=x_range)
    assert texts(live)["share"] == f"1 % to 99 %: {share}"
    assert live.alt.endswith(f"Its rise: 1 % to 99 %: {share}.")


@pytest.mark.parametrize("x_range", [(4, 20), (-20, -1)])
def test_a_ruler_out_of_sight_has_no_words(x_range):
    assert not ruler_words(swept(stairs, level, [0, 0], x_range=x_range)).get_text()


def test_what_stands_at_1_per_cent_from_the_start_does_not_pass_it():
    live = swept(lambda z: np.array([0.01 if z[0] < 0 else 1.0, 0.0]), level, [0, 0])
    assert "no rise from 1 % to 99 %" in live.alt


@pytest.mark.parametrize(
    ("x0", "run", "rise"), [(10.3, True, True), (10.4, True, False), (10.8, True, False), (10.9, False, False)]
)
def test_labels_of_the_tangent_hide_before_the_edge_cuts_them_off(x0, run, rise):
    live = swept(softmax, jacobian, SCORES, x_range=(2, 12))
    set_to(live, z1=x0)
    upper = live.figure.axes[0]
    (below,) = [text for text in upper.texts if text.get_text() == "+1"]
    assert below.get_visible() == run
    (beside,) = [t for t in upper.texts if t.get_gid() == "rise"]
    assert beside.get_visible() == rise


def test_labels_of_the_tangent_stay_hidden_far_out(live):
    set_to(live, zoom_to=80)
    assert not any(text.get_visible() for text in live.figure.axes[0].texts if text.get_text() == "+1")


@pytest.mark.parametrize(("beyond", "zones"), [(0.1, 1), (0.3, 2)])
def test_flat_zones_are_shaded_from_two_hundredths_of_the_picture_on(beyond, zones):
    """The slope p(1 − p) is below 5 % of its largest, a quarter, beyond 4.357 to both sides of the other score."""
    edge = np.log(1 / (1 - np.sqrt(0.95)) * 2 - 1)
    live = swept(softmax, jacobian, [0, -0.6], x_range=(-0.6 - edge - beyond, 9.4 - edge - beyond))
    shaded = sorted((box.get_x(), box.get_width()) for box in live.figure.axes[0].patches if _shaded(box))
    assert len(shaded) == zones
    left, width = shaded[-1]
    assert left == pytest.approx(edge - 0.6, abs=0.1)
    assert left + width == pytest.approx(9.4 - edge - beyond)
    if zones == 2:
        assert shaded[0] == (pytest.approx(-0.6 - edge - beyond), pytest.approx(beyond, abs=0.1))
    words = [text for text in live.figure.axes[1].texts if text.get_text() == "flat" and text.get_visible()]
    assert len(words) == 1  # a narrow zone has no room for the word


def test_names_of_the_classes_stand_side_by_side():
    upper = swept(softmax, jacobian, [0] * 5).figure.axes[0]
    renderer = upper.figure.canvas.get_renderer()
    row = ("probabilities", *NAMES)
    places = [text.get_window_extent(renderer) for text in upper.texts if text.get_text() in row]
    assert [text.get_text() for text in upper.texts if text.get_text() in row] == list(row)
    assert all(one.x1 < other.x0 for one, other in pairwise(places))


def test_an_empty_range_leaves_the_last_good_picture(live):
    alt = live.alt
    set_to(live, x_range=(3.0, 3.0))
    assert "The input range is empty" in live.message
    assert live.alt == alt
    set_to(live, x_range=(3.0, 5.0))
    assert not live.message


def test_the_probe_is_read_out_and_comes_along(live):
    set_to(live, z1=3.0)
    p, slopes = softmax([3, 2, 3]), jacobian([3, 2, 3])[:, 0]
    assert texts(live)["value"] == f"p(cat) = {p[0]:.4f}"
    assert texts(live)["slopes"].endswith("sum 0.0000")
    assert all(number(slope) in texts(live)["slopes"] for slope in slopes)
    assert texts(live)["slopes"] in live.alt
    set_to(live, x_range=(10.0, 20.0))
    assert live.controls["z1"].value == 15
    assert (live.controls["z1"].min, live.controls["z1"].max) == (10, 20)


def test_what_never_rises_has_no_ruler():
    live = swept(lambda z: np.full(3, 1 / 3), lambda z: np.zeros((3, 3)), x_range=(-3, 3))
    assert "no rise from 1 % to 99 %" in live.alt
    assert live.controls["zoom_to"].value is None
    set_to(live, zoom_to=400)
    assert live.controls["x_range"].value == (-200, 200)


@pytest.mark.parametrize(
    ("x_range", "error", "part"),
    [
        ((-300, 3), ValueError, "x_range must lie within −200 to 200, but it runs from -300 to 3"),
        ((3, 200.5), ValueError, "x_range must lie within −200 to 200"),
        ((3, 1), ValueError, "smaller"),
        (5, TypeError, "two numbers"),
    ],
)
def test_ranges_that_cannot_be_shown_are_refused(x_range, error, part):
    with pytest.raises(error, match=part):
        swept(softmax, jacobian, x_range=x_range)


@pytest.mark.parametrize("x_range", [(-200, 3), (-3, 200), (-200, 200)])
def test_ranges_may_go_to_the_ends(x_range):
    assert swept(softmax, jacobian, x_range=x_range).controls["x_range"].value == x_range


# The Jacobian -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("z", MANY)
def test_the_matrix_shows_every_slope_as_an_area_and_sums_of_zero(z):
    live = slope_matrix(softmax, jacobian, [0] * len(z))
    set_to(live, z)
    n, slopes = len(z), helpers.softmax.jacobian(z)
    left, matrix = live.figure.axes
    np.testing.assert_allclose(bars(left, n), helpers.softmax(z))
    np.testing.assert_allclose(jacobian(z), slopes, atol=1e-12)
    (squares,) = matrix.collections
    areas = squares.get_sizes().reshape(n, n)
    np.testing.assert_allclose(areas / areas.max(), np.abs(slopes) / np.abs(slopes).max(), rtol=1e-9)
    full = (squares.get_facecolors()[:, :3] != 1).any(axis=1).reshape(n, n)
    assert (full == np.eye(n, dtype=bool)).all()  # only the diagonal gains
    middles = squares.get_offsets().reshape(n, n, 2)
    for row, column in np.ndindex(n, n):
        assert middles[row, column, 0] == pytest.approx(column)
        assert round(middles[row, column, 1]) == row
        text = texts(live)[f"slope-{NAMES[row]}-{NAMES[column]}"]
        assert text == ("+" if row == column else "") + number(slopes[row, column])
    sums = [texts(live)[f"{what} sum {name}"] for what in ("row", "column") for name in NAMES[:n]]
    assert sums == ["0"] * 2 * n
    assert f"The rows sum to {', '.join('0' * n)}." in live.alt


@pytest.mark.parametrize("z", MANY)
def test_a_square_of_the_steepest_slope_is_62_hundredths_of_its_cell_wide_and_others_have_their_share_of_its_area(z):
    n, matrix = len(z), slope_matrix(softmax, jacobian, z).figure.axes[1]
    (squares,) = matrix.collections
    cell = matrix.get_window_extent().height / n
    slopes = helpers.softmax.jacobian(z)
    np.testing.assert_allclose(squares.get_sizes().reshape(n, n) / (0.62 * cell) ** 2, 4 * np.abs(slopes), rtol=1e-9)
    np.testing.assert_allclose(matrix.get_xticks(), np.arange(-1, 2 * n, 2) / 2)  # lines between the cells
    np.testing.assert_allclose(matrix.get_yticks(), matrix.get_xticks())


def test_small_hollow_squares_stay_hollow_and_large_ones_have_rims_alike():
    (squares,) = slope_matrix(softmax, jacobian, [4, -4, 0, 1, -2]).figure.axes[1].collections
    sides, rims = np.sqrt(squares.get_sizes()), np.array(squares.get_linewidths())
    assert (rims < sides / 2.5).all()
    assert (rims[sides > 5] == 1.6).all()


@pytest.mark.parametrize("n", range(2, 6))
def test_each_square_stands_above_its_number_and_each_column_has_its_name(n):
    matrix = slope_matrix(softmax, jacobian, [0] * n).figure.axes[1]
    (squares,) = matrix.collections
    for (_, middle), label in zip(squares.get_offsets(), matrix.texts[-n * (n + 2) :], strict=False):
        assert middle + 0.31 < label.get_position()[1] - 0.1  # rows count downwards
        assert label.get_fontsize() == (12 if n < 5 else 11)
    words = [label.get_text() for label in matrix.texts]
    assert [f"{name}'s score rises" if n < 4 else name for name in NAMES[:n]] == words[2 : 2 + n]


@pytest.mark.parametrize(("slope", "words"), [(1e-9, "+1.00×10⁻⁹"), (-1e-9, "−1.00×10⁻⁹"), (9e-10, "0")])
def test_below_a_billionth_a_slope_is_0(slope, words):
    live = slope_matrix(softmax, lambda z: np.full((2, 2), slope), [0, 0])
    assert texts(live)["slope-cat-dog"] == words


def test_a_wrong_jacobian_shows_in_the_sums():
    live = slope_matrix(softmax, lambda z: np.diag(softmax(z)))
    assert texts(live)["row sum bird"] == "+0.6652"


# Overflow, a batch, calibration -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("added", "value", "report"),
    [
        (0, "0.09003, 0.2447, 0.6652", "no complaint"),
        (706, "0.09003, 0.2447, 0.6652", "no complaint"),
        (707, "0, 0, nan", "overflow, invalid value, nan"),
        (1000, "nan, nan, nan", "overflow, invalid value, nan"),
        (-748, "0, 0, 1", "no complaint"),
        (-749, "nan, nan, nan", "invalid value, nan"),
    ],
)
def test_side_by_side_takes_lists_of_scores(added, value, report):
    live = helpers.side_by_side(softmax, stable_softmax, scores=[1, 2, 3], x=(-1000, 1000, 1))
    live.controls["x"].value = added
    words = texts(live)
    assert (words["value-1"], words["report-1"]) == (value, report)
    assert (words["value-2"], words["report-2"]) == ("0.09003, 0.2447, 0.6652", "no complaint")
    first = number(added + 1, 0)
    assert live.alt.startswith(f"For the scores {first}, ")
    assert f"softmax gives {value} ({report})" in live.alt


def test_side_by_side_tells_when_a_list_does_not_come_back():
    live = helpers.side_by_side(np.sum, stable_softmax, scores=[1, 2, 3])
    assert texts(live)["report-1"] == "ValueError: shape () came back for shape (3,)"
    with pytest.raises(TypeError, match="scores must be real numbers"):
        helpers.side_by_side(softmax, scores="123")


def test_without_an_axis_two_rows_share_one_whole():
    batch = np.array([[1.0, 2.0, 3.0], [3.0, 1.0, 2.0]])
    np.testing.assert_allclose(stable_softmax(batch).sum(axis=1), 0.5)
    uneven = stable_softmax(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])).sum(axis=1)
    assert abs(uneven[0] - 0.5) > 0.1
    assert uneven.sum() == pytest.approx(1)


Z, LABELS = SPACE["z"], SPACE["labels"]


@pytest.mark.parametrize("scale", [0.2, 1.0, 3.0, 4.0])
def test_reliability_measures_what_it_draws(scale):
    live = reliability(helpers.softmax, Z, LABELS)
    live.controls["scale"].value = scale
    p = helpers.softmax(scale * Z)
    confidence, right = p.max(axis=1), p.argmax(axis=1) == LABELS
    left, histogram = live.figure.axes
    said, true = left.lines[-1].get_data()
    inside = [(confidence >= a) & (confidence < a + 0.1 + (a > 0.85)) for a in np.arange(10) / 10]
    heights = [bar.get_height() for bar in histogram.patches]
    np.testing.assert_allclose(heights, [np.mean(these) for these in inside], atol=1e-3)
    np.testing.assert_allclose(said, [confidence[these].mean() for these in inside if these.any()], atol=1e-3)
    np.testing.assert_allclose(true, [right[these].mean() for these in inside if these.any()], atol=2e-2)
    error = sum(np.mean(these) * abs(right[these].mean() - confidence[these].mean()) for these in inside if these.any())
    words = texts(live)
    assert words["right"] == f"right answers: {100 * right.mean():.1f} %"
    assert words["confidence"] == f"mean confidence: {100 * confidence.mean():.1f} %"
    assert float(words["error"].split(": ")[1]) == pytest.approx(error, abs=1.5e-3)
    assert all(part in live.alt for part in words.values())


def test_who_is_sure_of_everything_stands_in_the_last_bin():
    live = reliability(lambda z: np.eye(3)[z.argmax(axis=1)], Z, LABELS)
    assert [bar.get_height() for bar in live.figure.axes[1].patches] == [0] * 9 + [1]
    assert "mean confidence: 100.0 %" in live.alt


def test_scaling_leaves_decisions_and_spoils_the_confidence():
    p = {scale: helpers.softmax(scale * Z) for scale in (1, 3)}
    assert (p[1].argmax(axis=1) == p[3].argmax(axis=1)).all()
    right = p[1].argmax(axis=1) == LABELS
    assert right.mean() == pytest.approx(p[1].max(axis=1).mean(), abs=0.01)  # true to the world it was drawn from
    assert p[3].max(axis=1).mean() > right.mean() + 0.15
    sure = p[3].max(axis=1) >= 0.9
    assert round(100 * right[sure].mean()) == 79
    assert says("90 % or more, only 79 % are right")
    assert round(100 * right.mean()) == 68
    assert says("68 % are right at any scale")
    assert round(100 * p[3].max(axis=1).mean()) == 87
    assert says("at 3 the mean confidence is 87 %")
    np.testing.assert_allclose(helpers.softmax(3 * Z, temperature=3), p[1])


def test_labels_follow_the_probabilities():
    for row in range(3):
        assert np.mean(row == LABELS) == pytest.approx(helpers.softmax(Z)[:, row].mean(), abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "error", "part"),
    [
        ({"scores": [1, 2, 3]}, ValueError, r"scores must have shape \(examples, classes\)"),
        ({"scores": np.empty((0, 3))}, ValueError, r"scores must have shape \(examples, classes\)"),
        ({"labels": LABELS[:5]}, ValueError, r"labels must have shape \(20000,\)"),
        ({"labels": LABELS + 0.5}, TypeError, "its type is float64"),
        ({"labels": LABELS - 1}, ValueError, "from 0 to 2, but -1 is among them"),
        ({"labels": LABELS + 1}, ValueError, "from 0 to 2, but 3 is among them"),
        ({"scale": 9}, ValueError, "scale must lie between 0.2 and 4"),
        ({"function": softmax}, ValueError, "rows that sum to 1"),
        ({"function": lambda z: z.max(axis=1)}, ValueError, "has to return shape"),
        ({"function": lambda z: z.nothing}, ValueError, "fails for scores of shape"),
        ({"function": 3}, TypeError, "A function is needed"),
    ],
)
def test_reliability_refuses_what_it_cannot_measure(arguments, error, part):
    with pytest.raises(error, match=part):
        reliability(**{"function": helpers.softmax, "scores": Z, "labels": LABELS, **arguments})


# The numbers of the prose -------------------------------------------------------------------------------------------


def test_numbers_in_the_prose():
    assert says("$e^4 \\approx 54.6$")
    assert np.exp(4) == pytest.approx(54.6, abs=0.05)
    assert says("99.995 % of the whole")
    assert softmax_at(SCORES, 0.1)[2] == pytest.approx(0.99995, abs=5e-6)
    assert says("a third, give or take about 0.0003")
    assert np.abs(softmax_at(SCORES, 1000) - 1 / 3).max() == pytest.approx(0.0003, abs=5e-5)
    assert says("nine times lower")
    heights = [softmax(np.linspace(-6, 6, points))[-1] for points in (50, 500)]
    assert round(heights[0] / heights[1]) == 9
    assert says("At 3.31.")
    assert np.log(np.exp(2) + np.exp(3)) == pytest.approx(3.31, abs=0.005)
    assert says("$2\\ln 99 \\approx 9.19$")
    assert 2 * np.log(99) == pytest.approx(9.19, abs=0.005)
    assert says("a ninth of that")
    assert round(2 * np.log(99)) == 9
    assert says("the whole rise takes 2 %")
    assert says("$e \\approx 2.7$ times the share")
    assert softmax(SCORES)[1] / softmax(SCORES)[0] == pytest.approx(2.7, abs=0.05)
    assert says("no slope is above 0.0007")
    assert 0.0006 < jacobian([-4, -4, 4]).max() < 0.0007


@pytest.mark.parametrize(("temperature", "nats"), [(0.5, 0.4411), (1, 0.8324), (2, 1.0202), (1e6, 1.0986)], ids=str)
def test_entropies_in_the_lesson(temperature, nats):
    assert entropy(softmax_at(SCORES, temperature)) == pytest.approx(nats, abs=5e-5)
    printed = (
        says(f"ln 3 ≈ {nats}") if temperature > 2 else f"entropy {nats:.4f}\n" in CELLS["temperatures"].outputs[0].text
    )
    assert printed


def test_the_rise_at_a_temperature_is_that_many_times_wider():
    x = np.linspace(-40, 60, 100_001)
    for temperature in (0.5, 2.0, 5.0):
        p = helpers.softmax(np.column_stack([x, 0 * x + 2, 0 * x + 3]), temperature=temperature)[:, 0]
        inside = x[(p > 0.01) & (p < 0.99)]
        assert np.ptp(inside) == pytest.approx(2 * np.log(99) * temperature, abs=3e-3)
    assert says("$9.19\\,T$ at temperature $T$")


def test_cross_entropy_gets_away_and_squared_error_is_stuck():
    printed = CELLS["steps-to-right"].outputs[0].text
    assert printed == "cross-entropy: 6\nsquared error: 2303\n"
    rng = np.random.default_rng(seed=0)
    for z in rng.normal(scale=5, size=(200, 3)):
        p = helpers.softmax(z)
        if p.argmax() != 1:  # wrong: the right class is pulled by one half or more
            assert 1 - p[1] >= 0.5


def test_a_share_rounds_to_zero_and_the_loss_stays_true():
    assert says("score is some 745 below the largest")
    assert stable_softmax(np.array([0.0, -744.0])).min() > 0
    assert stable_softmax(np.array([0.0, -746.0])).min() == 0
    before = ("imports", "softmax", "try-it-code", "jacobian", "check-jacobian", "check-gradient")
    loss = shared.names(NOTEBOOK, *before)["loss"]
    assert stable_softmax(np.array([800, 0, 0]))[1] == 0
    assert loss([800, 0, 0]) == 800
    for scores in ([1e6, 0, -1e6], [0, 1e6, 0], [-800, -800, -800], [1, 2, 3]):
        exact = max(scores) - scores[1] + np.log(np.sum(np.exp(np.array(scores) - max(scores))))
        assert loss(scores) == pytest.approx(exact, abs=1e-12)


def test_squared_error_has_the_gradient_that_is_said():
    z, y, h = np.array([1.0, -0.5, 0.3]), np.array([0, 1, 0]), 1e-5
    error = lambda z: np.sum((softmax(z) - y) ** 2)  # noqa: E731
    measured = [(error(z + n) - error(z - n)) / (2 * h) for n in h * np.eye(3)]
    np.testing.assert_allclose(measured, 2 * jacobian(z) @ (softmax(z) - y), atol=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_attention_without_the_root_is_saturated(seed):
    rng = np.random.default_rng(seed)
    sums = (rng.normal(size=(2000, 1, 64)) * rng.normal(size=(2000, 10, 64))).sum(axis=-1)
    assert sums.std() == pytest.approx(8, abs=0.2)
    assert (sums / 8).std() == pytest.approx(1, abs=0.03)
    top = helpers.softmax(sums).max(axis=1)
    assert np.mean(top > 0.99) == pytest.approx(1 / 3, abs=0.05)
    assert np.mean(helpers.softmax(sums / 8).max(axis=1) > 0.99) == 0
    assert helpers.softmax.jacobian(sums[top > 0.99]).max() < 0.01
    assert says("about a third give over 99 %")


def test_temperature_for_ninety_per_cent():
    assert helpers.softmax([2, 0], temperature=2 / np.log(9))[0] == pytest.approx(0.9)
    assert helpers.softmax([2, 0])[0] == pytest.approx(0.881, abs=5e-4)
    assert 2 / np.log(9) == pytest.approx(0.910, abs=5e-4)


def test_rounding_gives_no_entropy_below_0():
    live = tempered(lambda z, temperature=1.0: np.eye(len(z))[0] * (1 + 5e-10), [1, 2, 3])
    assert texts(live)["entropy"] == "entropy 0.0000"
