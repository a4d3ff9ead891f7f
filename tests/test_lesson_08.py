"""08_softmax: the functions as they stand in the notebook, its figures, numbers of its prose."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle
from numpy.testing import assert_allclose
from scipy.optimize import approx_fprime, brentq
from scipy.special import entr
from shared import Lesson, grab, heights, mark, pixels, points, set_to, texts

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
        assert f"{name} {number(p[i])}" in live.alt


def test_scores_and_powers_are_drawn_on_one_scale():
    live = shares()
    lengths = []
    for panel in (0, 1):
        (left, _), (right, _) = pixels(live, panel, 0, 0), pixels(live, panel, 2, 0)
        lengths.append(right - left)
    assert lengths[0] == pytest.approx(lengths[1])


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


def test_of_a_thousand_darts_the_dog_gets_its_share():
    assert says("About 260 times in a thousand, as its share is 26 %.")
    live = drawn(softmax, [2, 1, -1])
    set_to(live, darts=1000)
    counts = []
    for again in range(1, 51):
        set_to(live, again=again)
        counts.append(bars(live, "hits bar")[1])
    assert np.mean(counts) == pytest.approx(260, abs=5)
    assert np.ptp(counts) < 90


def test_a_hot_chatbot_says_bird_and_a_cold_one_only_cat():
    usual, cold, hot = LESSON.printed("temperatures").splitlines()
    assert "bird" not in usual
    assert cold.count(" cat") == 10
    assert "bird" in hot
    assert says(f"at 5, the bird gets {100 * softmax_at(STORY, 5)[2]:.0f} %")


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
    n = len(z)
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
    assert f"Entropy {number(nats)} of at most ln {n} = {np.log(n):.4f}." in live.alt


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


def test_zoomed_in_it_is_a_line_zoomed_out_a_step():
    live = swept(softmax, SCORES)
    set_to(live, zoom_to=1)
    p = heights(live, "p of cat")
    chord = np.linspace(p[0], p[-1], len(p))
    assert np.abs(p - chord).max() < 0.005
    assert not flat_zones(live)
    set_to(live, zoom_to=400)
    x, p = points(live, "p of cat").T
    rise = x[(p > 0.01) & (p < 0.99)]
    assert np.ptp(rise) / 400 < 0.023
    assert sum(width for _, width in flat_zones(live)) > 0.95 * 400


def flat_zones(live):
    """Return the left end and the width of each flat zone."""
    upper, _ = live.figure.axes
    zones = upper.findobj(lambda artist: artist.get_gid() == "flat zone")
    return sorted((zone.get_x(), zone.get_width()) for zone in zones)


def test_flat_zones_begin_where_the_slope_is_a_twentieth_of_its_largest():
    """The largest is a quarter, where p is a half."""
    edge = brentq(lambda x: helpers.sigmoid.derivative(x) - 0.25 / 20, 0, 9)
    (left, width), (right, _) = flat_zones(swept(softmax, [0, 0]))
    assert left == -8
    assert left + width == pytest.approx(-edge, abs=0.1)
    assert right == pytest.approx(edge, abs=0.1)


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
    cat, dog, bird = [number(slope) for slope in jacobian([3, 2, 3])[:, 0]]
    slopes = f"cat {cat}, dog {dog}, bird {bird}; sum 0.0000"
    assert texts(live)["value"] == f"p(cat) = {number(p[0])}"
    assert texts(live)["slopes"] == slopes
    assert f"slopes {slopes}" in live.alt
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
        (stairs, (0, 3), "3.00 wide", "100 % of the picture"),
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
    assert live.alt.endswith(f"The rows sum to {', '.join('0' * n)}.")


@pytest.mark.parametrize(
    ("slope", "words"), [(1e-9, "+1.00×10⁻⁹"), (-1e-9, "−1.00×10⁻⁹"), (9e-10, "0")]
)
def test_below_a_billionth_a_slope_is_0(slope, words):
    live = slope_matrix(softmax, lambda z: np.full((2, 2), slope), [0, 0])
    assert texts(live)["slope-cat-dog"] == words


def test_a_wrong_jacobian_shows_in_the_sums():
    live = slope_matrix(softmax, lambda z: np.diag(softmax(z)))
    assert texts(live)["row sum bird"] == "+0.6652"


# Overflow, a batch, calibration


@pytest.mark.parametrize(
    ("added", "value", "report"),
    [
        (706, "0.09003, 0.2447, 0.6652", "no complaint"),
        (707, "0, 0, nan", "overflow, invalid value, nan"),
        (-748, "0, 0, 1", "no complaint"),
        (-749, "nan, nan, nan", "invalid value, nan"),
    ],
)
def test_where_softmax_overflows_and_the_stable_one_does_not(added, value, report):
    options = {"scores": [1, 2, 3], "x": (-1000, 1000, 1)}
    live = helpers.side_by_side(softmax, stable_softmax, **options)
    set_to(live, x=added)
    words = texts(live)
    assert (words["value-1"], words["report-1"]) == (value, report)
    assert words["value-2"] == "0.09003, 0.2447, 0.6652"
    assert words["report-2"] == "no complaint"
    assert live.alt.startswith(f"For the scores {number(added + 1, 0)}, ")


def test_without_an_axis_two_rows_share_one_whole():
    without, kept = LESSON.printed("batch").splitlines()
    assert "[1. 1. 1.]" in kept
    assert "1. " not in without
    uneven = stable_softmax(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]))
    first, second = uneven.sum(axis=1)
    assert first - second > 0.2
    assert first + second == pytest.approx(1)


RNG = np.random.default_rng(seed=1)
Z = RNG.normal(scale=1.5, size=(2000, 3))
LABELS = (RNG.random((2000, 1)) > helpers.softmax(Z).cumsum(axis=1)).sum(axis=1)
LABELLED = {"function": helpers.softmax, "scores": Z, "labels": LABELS}


@pytest.mark.parametrize("scale", [0.2, 3.0])
def test_reliability_measures_what_it_draws(scale):
    live = reliability(**LABELLED)
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
    assert all(part in live.alt for part in words.values())


def test_who_is_sure_of_everything_stands_in_the_last_bin():
    live = reliability(lambda z: np.eye(3)[z.argmax(axis=1)], Z, LABELS)
    assert mark(live, "share 9").get_height() == 1
    assert "mean confidence: 100.0 %" in live.alt


READER = LESSON.names("imports", "digits")


@pytest.fixture(scope="module")
def readers():
    """Return ten networks that read digits, each from a start of its own."""
    return [helpers.train_digit_reader(seed=seed) for seed in range(10)]


def test_what_the_lesson_says_of_the_reader():
    z = READER["z"]
    labels = READER["test"].labels
    assert (z[489].argmax(), labels[489]) == (1, 8)
    assert says("Here is an 8 that it finds hard")
    assert says("It says 1, wrongly.")
    confidence = helpers.softmax(z).max(axis=1)
    assert says(f"is {100 * confidence[489]:.0f} %.")
    right = np.mean(z.argmax(axis=1) == labels)
    assert says(f"{100 * right:.1f} % are right at any scale")
    assert says(f"it says {100 * confidence.mean():.1f} % on average")
    boasting = helpers.softmax(3 * z).max(axis=1)
    assert says(f"At 3 it boasts of {100 * boasting.mean():.1f} %")
    doubtful = (confidence > 0.5) & (confidence < 0.7)
    correct = z[doubtful].argmax(axis=1) == labels[doubtful]
    assert (correct.sum(), correct.size) == (6, 12)
    assert says("around 60 % six of twelve are right")
    modest = helpers.softmax(z / 2).max(axis=1)
    assert says(f"at 0.5 it says only {100 * modest.mean():.1f} %")


def test_every_reader_is_calibrated_as_trained_and_at_no_other_scale(readers):
    pictures, labels = READER["test"]
    for reader in readers:
        z = reader.activity(pictures).z[-1]
        right = np.mean(z.argmax(axis=1) == labels)
        modest, said, boasting = (
            helpers.softmax(scale * z).max(axis=1).mean() for scale in (0.5, 1, 3)
        )
        assert modest < right - 0.04
        assert said == pytest.approx(right, abs=0.01)
        assert boasting > right + 0.007


def test_every_reader_is_sure_of_a_third_of_pure_noise(readers):
    assert says("For about a third.")
    noise = np.random.default_rng(seed=1).random((500, 64))
    for reader in readers:
        top = reader.activity(noise).output.max(axis=1)
        assert 0.28 < np.mean(top > 0.9) < 0.45


REFUSED = [
    (shares, {"scores": [1]}, "scores must be a list of 2 to 5 numbers"),
    (shares, {"scores": [1] * 6}, "scores must be a list of 2 to 5 numbers"),
    (shares, {"scores": [1, 3.5]}, "score of dog must lie between -3 and 3"),
    (drawn, {"scores": [1, 5]}, "score of dog must lie between -4 and 4"),
    (drawn, {"function": np.sum}, "shape"),
    (shifted, {"function": np.sum}, "shape"),
    (tempered, {"function": softmax}, "unexpected keyword argument 'temperature'"),
    (
        tempered,
        {"function": lambda z, temperature: np.eye(3)[0] * (1 + 2e-6)},
        "probabilities lie between 0 and 1",
    ),
    (
        slope_matrix,
        {"jacobian": softmax},
        r"for 3 scores must have shape \(3, 3\) .*, but its shape is \(3,\)",
    ),
    (
        slope_matrix,
        {"jacobian": lambda z: np.full((3, 3), np.inf)},
        "nan or inf is in 3",
    ),
    (
        reliability,
        {"scores": [1, 2, 3]},
        r"scores must have shape \(examples, classes\)",
    ),
    (
        reliability,
        {"labels": LABELS[:5]},
        r"labels must have shape \(2000,\)",
    ),
    (reliability, {"labels": LABELS + 0.5}, "whole numbers from 0 to 2, but its type"),
    (
        reliability,
        {"labels": LABELS + 1},
        "whole numbers from 0 to 2, but 3 is among them",
    ),
    (reliability, {"function": softmax}, "rows that sum to 1"),
    (
        reliability,
        {"function": lambda z: z.max(axis=1)},
        r"must have shape \(2000, 3\)",
    ),
]
USUAL = {
    shares: {},
    drawn: {"function": softmax},
    shifted: {},
    tempered: {},
    swept: {"function": softmax},
    slope_matrix: {"function": softmax, "jacobian": jacobian},
    reliability: LABELLED,
}


@pytest.mark.parametrize(("figure", "arguments", "words"), REFUSED)
def test_what_cannot_be_drawn_is_refused(figure, arguments, words):
    with pytest.raises((ValueError, TypeError), match=words):
        figure(**USUAL[figure] | arguments)


# The numbers of the prose


STORY = SPACE["scores"]


def test_numbers_in_the_prose():
    cat, dog, bird = 100 * STORY / STORY.sum()
    assert says(f"the cat gets {cat:.0f} %, the dog {dog:.0f} %, and the bird *minus*")
    assert bird == -50
    p = softmax(STORY)
    raised = softmax([2, 3, -1])
    assert says(f"The cat falls from {100 * p[0]:.0f} % to {100 * raised[0]:.0f} %.")
    assert says(f"some {p[0] / p[1]:.1f} times the share")
    middle = np.logaddexp(1, -1)
    assert says(f"Near {middle:.1f}, where it has half of the whole")
    assert says(f"for us {middle:.2f}")
    assert says(f"its share is {100 * p[1]:.0f} %")
    assert says(f"$\\ln 3 \\approx {np.log(3):.2f}$")
    assert says(f"$1/\\ln 2 \\approx {1 / np.log(2):.2f}$")
    assert says(f"$2\\ln 99 \\approx {2 * LN_99:.2f}$ points, times the temperature")
    assert says(f"it gets σ(2) = {helpers.softmax([2, 0])[0]:.3f}")
    cooled = helpers.softmax([2, 0], temperature=0.910)
    assert cooled[0] == pytest.approx(0.9, abs=5e-4)
    assert says("at $T = 0.910$, it gets 0.9")


def test_powers_of_two_are_another_temperature():
    powers = 2**STORY
    other = softmax_at(STORY, 1 / np.log(2))
    assert_allclose(powers / powers.sum(), other)


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


def test_a_hill_of_fifty_scores_is_nine_times_as_high_as_one_of_500():
    few, many = (softmax(np.linspace(-6, 6, points))[-1] for points in (50, 500))
    assert few / many == pytest.approx(9, abs=0.5)
    assert says("nine times lower")


def test_cross_entropy_gets_away_and_squared_error_is_stuck():
    printed = LESSON.printed("steps-to-right")
    assert printed.endswith("cross-entropy: 6\nsquared error: 2303\n")
    z = np.array([1.0, -0.5, 0.3])
    y = np.array([0, 1, 0])
    measured = approx_fprime(z, lambda z: np.sum((softmax(z) - y) ** 2))
    assert_allclose(measured, 2 * jacobian(z) @ (softmax(z) - y), atol=1e-6)
    p = helpers.softmax(np.random.default_rng(seed=0).normal(scale=5, size=(200, 3)))
    wrong = p[p.argmax(axis=1) != 1]
    assert wrong[:, 1].max() <= 0.5, "Pulled by one half or more."


def test_a_share_rounds_to_zero():
    assert says("At 800, 0, 0 the dog's share rounds to 0")
    assert stable_softmax(np.array([800.0, 0.0, 0.0]))[1] == 0


@pytest.mark.parametrize(
    "z", [[800, 0, 0], [1e6, 0, -1e6], [-800, -800, -800]], ids=str
)
def test_the_loss_stays_true(z):
    loss = LESSON.names(*BASICS, "check-gradient")["loss"]
    exact = np.logaddexp.reduce(z) - z[1]
    assert loss(z) == pytest.approx(exact, abs=1e-12)


def test_attention_without_the_root_is_saturated():
    rng = np.random.default_rng(0)
    query = rng.normal(size=(2000, 1, 64))
    keys = rng.normal(size=(2000, 10, 64))
    sums = np.sum(query * keys, axis=-1)
    assert sums.std() == pytest.approx(8, abs=0.2)
    sure = helpers.softmax(sums).max(axis=1) > 0.99
    assert sure.mean() == pytest.approx(1 / 3, abs=0.05)
    assert says("saturates for a third of the words")
    assert helpers.softmax.jacobian(sums[sure]).max() < 0.01
    assert helpers.softmax(sums / 8).max() < 0.99
