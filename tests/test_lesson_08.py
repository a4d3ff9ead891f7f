"""08_softmax: the functions as they stand in the notebook, its figures, numbers of its prose."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle
from numpy.testing import assert_allclose
from scipy.optimize import brentq
from scipy.special import entr
from shared import Lesson, grab, mark, points, refusals, right_of, set_to, texts

import helpers
from helpers.figures.style import number
from lessons.softmax import (
    drawn,
    reliability,
    shares,
    shifted,
    slope_matrix,
    swept,
    tempered,
)

LESSON = Lesson("08_softmax")
says = LESSON.says
BASICS = ("imports", "softmax", "try-it-code", "temperature")
SPACE = LESSON.names(*BASICS, "jacobian", "stable")
softmax = SPACE["softmax"]
softmax_at = SPACE["softmax_at"]
jacobian = SPACE["jacobian"]
stable_softmax = SPACE["stable_softmax"]
NAMES = ("cat", "dog", "bird", "fish", "horse")
SCORES = np.array([1.0, 2.0, 3.0])
LN_99 = np.log(99)  # from the middle of a rise to where it reaches 99 %
several_scores = pytest.mark.parametrize("z", [[4, -4], [3.5, 0.1, -2, 1, 4]], ids=str)


def bars(live, name):
    """Return the lengths of the bars of that name, one for each class."""
    every = {bar.get_gid(): bar for bar in live.figure.findobj(Rectangle)}
    names = [f"{name} {each}" for each in NAMES]
    return [every[each].get_width() for each in names if each in every]


def at(live, z):
    """Set the scores of a live figure, and return it."""
    set_to(live, **{f"z{i}": score for i, score in enumerate(z, 1)})
    return live


# Scores become shares


@pytest.mark.parametrize("z", [[3, -3], [2.5, 0.1, -2, 1, 3]], ids=str)
def test_shares_are_drawn_in_three_steps_and_fill_the_strip(z):
    n = len(z)
    live = at(shares([0] * n), z)
    powers = np.exp(z)
    p = powers / powers.sum()
    assert_allclose(bars(live, "score bar"), z)
    assert_allclose(bars(live, "power bar"), powers)
    assert_allclose(bars(live, "share bar"), p)
    assert_allclose(bars(live, "strip"), p)
    lefts = [mark(live, f"strip {name}").get_x() for name in NAMES[:n]]
    assert_allclose(lefts, p.cumsum() - p)
    words = texts(live)
    assert words["sum of powers"] == f"sum {number(powers.sum(), 2)}"
    assert words["sum of shares"] == "sum 1.0000"
    for i, name in enumerate(NAMES[:n]):
        assert words[f"score-{name}"] == number(z[i], 1)
        assert words[f"power-{name}"] == number(powers[i], 2)
        assert words[f"share-{name}"] == number(p[i])


def test_scores_and_powers_are_drawn_on_one_scale():
    scores, powers, *_ = shares().figure.axes
    a_unit = scores.transData.transform([1, 0]) - scores.transData.transform([0, 0])
    another = powers.transData.transform([1, 0]) - powers.transData.transform([0, 0])
    assert_allclose(a_unit, another)


def test_a_bar_lies_beside_the_name_and_the_number_of_its_class():
    live = shares([2, 1, -1])
    for row, name in enumerate(("cat", "dog", "bird")):
        bar = mark(live, f"score bar {name}")
        middle = bar.get_y() + bar.get_height() / 2
        assert middle == pytest.approx(mark(live, f"score-{name}").get_position()[1])
        assert middle == pytest.approx(row)


def test_a_share_of_the_strip_says_as_much_as_it_has_space_for():
    words = texts(shares([3, 1, 0]))
    strips = [words[f"strip-{name}"] for name in NAMES[:3]]
    assert strips == ["cat 84 %", "11 %", ""]


# Darts


@pytest.mark.parametrize("darts", [1, 10, 1000])
@several_scores
def test_darts_hit_the_share_above_which_they_stand(z, darts):
    live = drawn(softmax, z)
    set_to(live, darts=darts, again=2)
    p = helpers.softmax(z)
    ends = p.cumsum()
    hits = []
    for i in range(len(z)):
        across = points(live, f"darts on {NAMES[i]}")[::3, 0]
        assert ((ends[i] - p[i] <= across) & (across <= ends[i])).all()
        hits.append(len(across))
    assert sum(hits) == darts
    assert_allclose(bars(live, "hits bar"), hits)
    assert_allclose(bars(live, "hits outline"), darts * p)
    assert_allclose(bars(live, "strip"), p)
    falls = mark(live, "falls").get_segments()
    assert len(falls) == (darts if darts <= 10 else 0)
    words = ", ".join(f"{NAMES[i]} {count}" for i, count in enumerate(hits))
    assert f"{words} hits, of {number(darts * p[0], 1)}, " in live.alt


def test_one_dart_says_what_it_hits_and_another_throw_falls_elsewhere():
    live = drawn(softmax, [2, 1, -1])
    places = set()
    for again in range(1, 51):
        set_to(live, again=again)
        name = texts(live)["darts"].removeprefix("the dart hits ")
        places.add(points(live, f"darts on {name}")[0, 0])
    assert len(places) == 50


def test_a_share_of_1_takes_every_dart_and_rounding_loses_none():
    live = drawn(lambda z: np.array([0.0, 1 - 1e-9]), [0, 0])
    set_to(live, darts=1000)
    assert bars(live, "hits bar") == [0, 1000]


# Shift and temperature


@pytest.mark.parametrize("shift", [-6.0, 0.3])
@several_scores
def test_a_shift_moves_the_scores_and_no_probability(z, shift):
    live = shifted(softmax, z)
    set_to(live, shift=shift)
    assert_allclose(bars(live, "score bar"), np.add(z, shift), atol=1e-12)
    assert_allclose(bars(live, "score outline"), z)
    for name in ("p bar", "p outline", "strip"):
        assert_allclose(bars(live, name), helpers.softmax(z), rtol=1e-12)
    factor = f"e to the power {number(shift, 1)}, which is {np.exp(shift):.4g}"
    assert factor in texts(live)["factor"]
    assert texts(live)["sum"] == "sum 1.0000"
    assert "The shift changes none of them." in live.alt


@pytest.mark.parametrize(
    ("change", "words"),
    [(0.119, "them by up to 0.1190"), (2e-12, "them by up"), (9e-13, "none")],
)
def test_a_function_that_a_shift_does_change_is_told(change, words):
    def function(z):
        first = change if z[0] > 1 else 0.0
        return np.array([first, 1 - first])

    live = shifted(function, [1, 1])
    set_to(live, shift=2)
    assert f"The shift changes {words}" in live.alt


@pytest.mark.parametrize(("shift", "score"), [(2.0, -0.9), (-3.0, 4.0)])
def test_a_bar_is_pulled_from_where_the_shift_has_put_it(shift, score):
    live = shifted(softmax, [1, 2, 3])
    set_to(live, shift=shift)
    grab(live, 0, (0.5, 1), (1.1, 2))
    assert live.controls["z2"].value == pytest.approx(score)


@pytest.mark.parametrize("temperature", [0.1, 5.0])
@several_scores
def test_temperature_moves_the_bars_and_the_entropy(z, temperature):
    live = tempered(helpers.softmax, z)
    set_to(live, temperature=temperature)
    p = helpers.softmax(z, temperature=temperature)
    assert_allclose(bars(live, "p bar"), p)
    assert_allclose(bars(live, "strip"), p)
    assert_allclose(bars(live, "p outline"), helpers.softmax(z))
    nats = entr(p).sum()
    assert_allclose(points(live, "entropy now"), [[temperature, nats]])
    temperatures, entropies = points(live, "entropies").T
    every = helpers.softmax(np.divide.outer(z, temperatures), axis=0)
    assert_allclose(entropies, entr(every).sum(axis=0), atol=1e-12)
    assert (temperatures[0], temperatures[-1]) == (0.1, 5)
    assert texts(live)["entropy"] == f"entropy {number(nats)}"


@pytest.mark.parametrize("rounding", [0, 1e-9])
def test_zero_probabilities_and_rounding_have_an_entropy_of_0(rounding):
    live = tempered(lambda z, temperature: (z == z.max()) * (1 + rounding))
    assert texts(live)["entropy"] == "entropy 0.0000"


# The sweep


def curves(live, what):
    """Return x, and the curves of that name as an array with a row for each of three classes."""
    lines = [points(live, f"{what} of {name}") for name in NAMES[:3]]
    return lines[0][:, 0], np.array(lines)[..., 1]


@pytest.mark.parametrize(
    ("width", "others", "share"),
    [
        (1, (2, 3), "9.2 pictures"),
        (16, (2, 3), "57 % of the picture"),
        (4, (-4, 4), "2.3 pictures"),
        (400, (2, 3), "2 % of the picture"),
    ],
)
def test_the_sweep_draws_every_probability_and_every_slope(width, others, share):
    second, third = others
    live = swept(softmax, SCORES)
    set_to(live, z2=second, z3=third, zoom_to=width)
    x, p = curves(live, "p")
    _, slopes = curves(live, "slope")
    scores = np.column_stack([x, 0 * x + second, 0 * x + third])
    assert_allclose(p.T, helpers.softmax(scores), atol=1e-12)
    jacobians = helpers.softmax.jacobian(scores)
    assert_allclose(slopes.T, jacobians[..., 0], atol=1e-9)
    low, high = live.controls["x_range"].value
    assert (x[0], x[-1]) == (low, high)
    assert high - low == width
    middle = np.logaddexp(second, third)
    shown = middle if width < 400 else 0
    assert (low + high) / 2 == pytest.approx(shown, abs=0.26)
    ruler = points(live, "ruler")[:, 0]
    assert_allclose(ruler, [middle - LN_99, middle + LN_99], atol=1e-5)
    assert texts(live)["share"] == f"1 % to 99 %: {share}"
    assert live.alt.endswith(f"Its rise: 1 % to 99 %: {share}.")


def flat_zones(live):
    """Return the left end and the width of each flat zone."""
    upper, _ = live.figure.axes
    zones = upper.findobj(lambda artist: artist.get_gid() == "flat zone")
    return sorted((zone.get_x(), zone.get_width()) for zone in zones)


def test_flat_zones_begin_where_the_slope_is_a_twentieth_of_its_largest():
    """The largest is a quarter, where p is a half."""
    edge = brentq(lambda x: helpers.sigmoid.derivative(x) - 0.25 / 20, 0, 9)
    live = swept(softmax, [0, 0])
    (left, width), (right, _) = flat_zones(live)
    assert left == -8
    assert left + width == pytest.approx(-edge, abs=0.1)
    assert right == pytest.approx(edge, abs=0.1)
    set_to(live, zoom_to=1)
    assert not flat_zones(live)


def test_range_buttons_and_score_follow_each_other():
    live = swept(softmax, SCORES)
    zoom = live.controls["zoom_to"]
    span = live.controls["x_range"]
    first = live.controls["z1"]
    assert (zoom.value, span.value) == (16, (-4.5, 11.5))
    set_to(live, z2=-1)
    assert span.value == (-4.5, 11.5), "It holds still while another score moves."
    set_to(live, x_range=(10.0, 20.0))
    assert zoom.value is None
    assert (first.min, first.value, first.max) == (10, 15, 20)
    set_to(live, z1=20)
    assert first.value == 20
    set_to(live, z2=2.0, zoom_to=16)
    assert (span.value, first.value) == ((-4.5, 11.5), 3.5)


@pytest.mark.parametrize(("z1", "after"), [(1.9, 1.9), (1.8, 3.5), (5.2, 3.5)])
def test_a_button_keeps_a_probe_a_tenth_of_the_picture_from_its_edges(z1, after):
    live = swept(softmax, SCORES)
    set_to(live, z1=z1, zoom_to=4)
    assert live.controls["x_range"].value == (1.5, 5.5)
    assert live.controls["z1"].value == after


def test_the_probe_is_read_out():
    live = swept(softmax, SCORES)
    set_to(live, z1=3.0)
    p = softmax([3, 2, 3])
    cat, dog, bird = map(number, jacobian([3, 2, 3])[:, 0])
    words = texts(live)
    assert words["value"] == f"p(cat) = {number(p[0])}"
    assert words["slopes"] == f"cat {cat}, dog {dog}, bird {bird}; sum 0.0000"
    assert_allclose(points(live, "probe"), [[3, p[0]]])


def stairs(z):
    """Return 0 below 0, a half up to 3, and 1 from there on: a rise of exactly 3."""
    first = np.searchsorted([0, 3], z[0], "right") / 2
    return np.array([first, 1 - first])


def late(z):
    """Return more than 1 % from the start, so that there is no rise from 1 % on."""
    first = 0.01 if z[0] < 0 else 1.0
    return np.array([first, 1 - first])


@pytest.mark.parametrize(
    ("function", "x_range", "width", "share"),
    [
        (stairs, (1, 3), "3.00 wide", "1.5 pictures"),
        (stairs, (-40, 60), "3.00 wide", "3 % of the picture"),
        (stairs, (4, 20), None, "19 % of the picture"),
        (stairs, (-20, -1), None, "16 % of the picture"),
        (late, (-3, 3), None, None),
    ],
)
def test_the_rise_is_told_where_there_is_one(function, x_range, width, share):
    live = swept(function, [0, 0])
    set_to(live, x_range=x_range)
    words = texts(live)
    assert words.get("width") == (width and f"1 % to 99 %: {width}")
    told = f"1 % to 99 %: {share}" if share else "no rise from 1 % to 99 %"
    assert words["share"] == told


# The Jacobian


@several_scores
def test_the_matrix_shows_every_slope_as_an_area_and_sums_of_zero(z):
    n = len(z)
    live = at(slope_matrix(softmax, jacobian, [0] * n), z)
    slopes = helpers.softmax.jacobian(z)
    assert_allclose(jacobian(z), slopes, atol=1e-12)
    assert_allclose(bars(live, "p bar"), helpers.softmax(z))
    squares = mark(live, "squares")
    corners = np.reshape(squares.get_segments(), (n, n, -1, 2))
    areas = np.ptp(corners, axis=2).prod(axis=-1)
    assert_allclose(areas / areas.max(), np.abs(slopes) / slopes.max())
    full = (squares.get_facecolors()[:, :3] < 1).any(axis=1)
    assert (full.reshape(n, n) == np.eye(n)).all()  # only the diagonal gains
    words = texts(live)
    for row, column in np.ndindex(n, n):
        middle = corners[row, column, :4].mean(axis=0)
        assert middle.round().tolist() == [column, row]
        sign = "+" if row == column else ""
        slope = words[f"slope-{NAMES[row]}-{NAMES[column]}"]
        assert slope == sign + number(slopes[row, column])
    for name in NAMES[:n]:
        assert words[f"row sum {name}"] == words[f"column sum {name}"] == "0"


def test_a_wrong_jacobian_shows_in_the_sums():
    live = slope_matrix(softmax, lambda z: np.diag(softmax(z)))
    assert texts(live)["row sum bird"] == "+0.6652"


# Overflow, a batch, calibration


RNG = np.random.default_rng(seed=1)
Z = RNG.normal(scale=1.5, size=(2000, 3))
LABELS = (RNG.random((2000, 1)) > helpers.softmax(Z).cumsum(axis=1)).sum(axis=1)


@pytest.mark.parametrize("scale", [0.2, 3.0])
def test_reliability_measures_what_it_draws(scale):
    live = reliability(helpers.softmax, Z, LABELS)
    set_to(live, scale=scale)
    p = helpers.softmax(scale * Z)
    confidence = p.max(axis=1)
    right = p.argmax(axis=1) == LABELS
    bins = np.minimum(10 * confidence, 9).astype(int)
    filled = []
    sizes = []
    error = 0
    for i in range(10):
        mask = bins == i
        assert mark(live, f"share {i}").get_height() == pytest.approx(mask.mean())
        if mask.any():
            point = confidence[mask].mean(), right[mask].mean()
            filled.append(mask.sum())
            dot = mark(live, f"bin {i}")
            assert_allclose(dot.get_xydata(), [point])
            sizes.append(dot.get_markersize())
            error += mask.mean() * abs(point[1] - point[0])
    assert (np.argsort(sizes) == np.argsort(filled)).all()
    words = texts(live)
    assert words["right"] == f"right answers: {100 * right.mean():.1f} %"
    assert words["confidence"] == f"mean confidence: {100 * confidence.mean():.1f} %"
    assert words["error"] == f"calibration error: {number(error, 3)}"


def test_who_is_sure_of_everything_stands_in_the_last_bin():
    live = reliability(lambda z: np.eye(3)[z.argmax(axis=1)], Z, LABELS)
    assert mark(live, "share 9").get_height() == 1
    assert "mean confidence: 100.0 %" in live.alt


READER = LESSON.names("imports", "digits")


def test_what_the_lesson_says_of_the_reader():
    z = READER["z"]
    labels = READER["test"].labels
    said = z.argmax(axis=1)
    assert (said[489], labels[489]) == (1, 8)
    assert says("Here is an 8 that it finds hard")
    assert says("It says 1, wrongly.")
    confidence = helpers.softmax(z).max(axis=1)
    assert says(f"is {100 * confidence[489]:.0f} %.")
    assert says(f"{100 * np.mean(said == labels):.1f} % are right at any scale")
    doubtful = (said == labels)[(confidence > 0.5) & (confidence < 0.7)]
    assert (doubtful.sum(), doubtful.size) == (6, 12)
    assert says("around 60 % six of twelve are right")
    for scale, words in ((1, "it says"), (3, "it boasts of"), (0.5, "it says only")):
        mean = helpers.softmax(scale * z).max(axis=1).mean()
        assert says(f"{words} {100 * mean:.1f} %")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_reader_is_calibrated_as_trained_and_sure_of_a_third_of_noise(seed):
    reader = helpers.train_digit_reader(seed=seed)
    right = right_of(reader) / 500
    z = reader.activity(READER["test"].pictures).z[-1]
    modest, said, boasting = (
        helpers.softmax(scale * z).max(axis=1).mean() for scale in (0.5, 1, 3)
    )
    assert modest < right - 0.04
    assert said == pytest.approx(right, abs=0.01)
    assert boasting > right + 0.007
    top = reader.activity(np.random.default_rng(1).random((500, 64))).output.max(axis=1)
    assert 0.28 < np.mean(top > 0.9) < 0.45
    assert says("For about a third.")


REFUSED = {
    "shares([1])": "scores must have shape .*, with 2 to 5 classes",
    "shares([1, 3.5])": "from -3 to 3, but 3.5 is among them",
    "drawn(softmax, [1, 5])": "from -4 to 4, but 5 is among them",
    "drawn(np.sum)": "shape",
    "tempered(lambda z, temperature: np.array([1 + 2e-6, 0, 0]))": "between 0 and 1",
    "slope_matrix(softmax, softmax)": r"must have shape \(3, 3\) .* is \(3,\)",
    "reliability(helpers.softmax, [1, 2, 3], LABELS)": r"shape \(examples, classes\)",
    "reliability(helpers.softmax, Z, LABELS[:5])": r"labels must have shape \(2000,\)",
    "reliability(helpers.softmax, Z, LABELS + 1)": "from 0 to 2, but 3 is among",
    "reliability(softmax, Z, LABELS)": "rows of shares, .* sum to 1",
}


test_what_cannot_be_drawn_is_refused = refusals(REFUSED, globals())


# The numbers of the prose


STORY = SPACE["scores"]


def test_numbers_in_the_prose():
    cat, dog, _ = softmax(STORY)
    raised = softmax([2, 3, -1])
    middle = np.logaddexp(1, -1)
    for words in (
        f"The cat falls from {cat:.0%} to {raised[0]:.0%}.",
        f"Near {middle:.1f}, where it has half of the whole",
        f"for us {middle:.2f}",
        f"its share is {dog:.0%}",
        f"at 5, the bird gets {softmax_at(STORY, 5)[2]:.0%}",
        f"$1/\\ln 2 \\approx {1 / np.log(2):.2f}$",
        f"$2\\ln 99 \\approx {2 * LN_99:.2f}$ points, times the temperature",
        f"it gets σ(2) = {softmax([2, 0])[0]:.3f}",
        f"at $T = 0.910$, it gets {softmax_at([2, 0], 0.910)[0]:.1f}",
    ):
        assert says(words.replace("%", " %")), words


@np.errstate(over="ignore", invalid="ignore")
def test_where_the_two_lines_break():
    assert says("From 708 on, a power is too large.")
    assert np.isnan(softmax(STORY + 708)).any()
    assert_allclose(softmax(STORY + 707), softmax(STORY))
    assert says("near −740 the digits go, at −747 the cat has everything, at −748")
    assert_allclose(softmax(STORY - 730), softmax(STORY), atol=1e-6)
    assert np.abs(softmax(STORY - 741) - softmax(STORY)).max() > 1e-3
    assert list(softmax(STORY - 747)) == [1, 0, 0]
    assert np.isnan(softmax(STORY - 748)).all()
