"""08_softmax: the functions as they stand in the notebook, its figures, numbers of its prose."""

import numpy as np
import pytest
import shared
from numpy.testing import assert_allclose
from shared import grab, mark, set_to, texts

import helpers
from helpers.figures.style import number
from lessons.softmax import reliability, shares, shifted, slope_matrix, swept, tempered

NOTEBOOK = shared.read("08_softmax")
CELLS = {cell.id: cell for cell in NOTEBOOK.cells}
SPACE = shared.names(
    NOTEBOOK, "imports", "softmax", "temperature", "jacobian", "stable", "world"
)
softmax = SPACE["softmax"]
softmax_at = SPACE["softmax_at"]
entropy = SPACE["entropy"]
jacobian = SPACE["jacobian"]
stable_softmax = SPACE["stable_softmax"]
NAMES = ("cat", "dog", "bird", "fish", "horse")
SCORES = np.array([1.0, 2.0, 3.0])
several_scores = pytest.mark.parametrize("z", [[4, -4], [3.5, 0.1, -2, 1, 4]], ids=str)


def bars(live, name, n):
    """Return the lengths of the bars of that name, one for each of n classes."""
    return [mark(live, f"{name} {NAMES[i]}").get_width() for i in range(n)]


def at(live, z):
    """Set the scores of a live figure, and return it."""
    set_to(live, **{f"z{i}": score for i, score in enumerate(z, 1)})
    return live


def says(part):
    return shared.says(NOTEBOOK, part)


# Scores become shares


@several_scores
def test_shares_are_drawn_in_three_steps_and_fill_the_strip(z):
    n = len(z)
    live = at(shares([0] * n), z)
    powers = np.exp(z)
    p = powers / powers.sum()
    assert_allclose(bars(live, "score bar", n), z)
    assert_allclose(bars(live, "power bar", n), powers)
    assert_allclose(bars(live, "share bar", n), p)
    assert_allclose(bars(live, "strip", n), p)
    assert_allclose(
        [mark(live, f"strip {name}").get_x() for name in NAMES[:n]], p.cumsum() - p
    )
    words = texts(live)
    assert words["sum of powers"] == f"sum {number(powers.sum(), 2)}"
    assert words["sum of shares"] == "sum 1.0000"
    for i, name in enumerate(NAMES[:n]):
        assert words[f"score-{name}"] == number(z[i], 1)
        assert words[f"power-{name}"] == number(powers[i], 2)
        assert words[f"share-{name}"] == number(p[i])
        assert f"{name} {number(p[i])}" in live.alt


def test_shares_begin_with_two_a_one_and_a_negative_score():
    assert shares().alt.startswith("Scores: cat 2.0, dog 1.0, bird −1.0.")


def test_a_share_of_the_strip_says_as_much_as_it_has_space_for():
    words = texts(shares([3, 1, 0]))
    assert [words[f"strip-{name}"] for name in NAMES[:3]] == ["cat 84 %", "11 %", ""]


# Shift and temperature


@pytest.mark.parametrize("shift", [-6.0, 0.3])
@several_scores
def test_a_shift_moves_the_scores_and_no_probability(z, shift):
    n = len(z)
    live = shifted(softmax, z)
    set_to(live, shift=shift)
    assert_allclose(bars(live, "score bar", n), np.add(z, shift), atol=1e-12)
    assert_allclose(bars(live, "score outline", n), z)
    for name in ("p bar", "p outline", "strip"):
        assert_allclose(bars(live, name, n), helpers.softmax(z), rtol=1e-12)
    factor = f"e to the power {number(shift, 1)}, which is {np.exp(shift):.4g}"
    assert factor in texts(live)["factor"]
    assert texts(live)["sum"] == "sum 1.0000"
    assert "The shift changes none of them." in live.alt


@pytest.mark.parametrize(
    ("change", "words"),
    [(0.119, "them by up to 0.1190"), (2e-12, "them by up"), (9e-13, "none")],
)
def test_a_function_that_a_shift_does_change_is_told(change, words):
    live = shifted(lambda z: np.array([change if z[0] > 1 else 0.0, 1.0]), [1, 1])
    set_to(live, shift=2)
    assert f"The shift changes {words}" in live.alt


@pytest.mark.parametrize(("shift", "score"), [(2.0, -0.9), (-3.0, 4.0), (0.0, 1.1)])
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
    assert_allclose(bars(live, "p bar", n), p)
    assert_allclose(bars(live, "strip", n), p)
    assert_allclose(bars(live, "p outline", n), helpers.softmax(z))
    nats = -np.sum(p[p > 0] * np.log(p[p > 0]))
    assert_allclose(mark(live, "entropy now").get_xydata(), [[temperature, nats]])
    temperatures, entropies = mark(live, "entropies").get_data()
    assert (temperatures[0], temperatures[-1]) == (0.1, 5)
    assert np.interp(temperature, temperatures, entropies) == pytest.approx(
        nats, abs=1e-3
    )
    assert (np.diff(entropies) >= -1e-12).all()  # the hotter, the flatter
    assert texts(live)["entropy"] == f"entropy {number(nats)}"
    assert f"Entropy {number(nats)} of at most ln {n} = {np.log(n):.4f}." in live.alt


@pytest.mark.parametrize("rounding", [0, 1e-9])
def test_zero_probabilities_and_rounding_have_an_entropy_of_0(rounding):
    live = tempered(lambda z, temperature: (z == z.max()) * (1 + rounding))
    assert texts(live)["entropy"] == "entropy 0.0000"


# The sweep


def curves(live, what):
    """Return x, and the curves of that name as an array with a row for each of three classes."""
    lines = [mark(live, f"{what} of {name}") for name in NAMES[:3]]
    return lines[0].get_xdata(), np.array([line.get_ydata() for line in lines])


@pytest.mark.parametrize(
    ("width", "others", "share"),
    [
        (1, (2, 3), "9.2 pictures"),
        (16, (2, 3), "57 % of the picture"),
        (4, (-4, 4), "2.3 pictures"),
        (80, (0, 0), "11 % of the picture"),
        (400, (2, 3), "2 % of the picture"),
    ],
)
def test_the_sweep_draws_every_probability_and_every_slope(width, others, share):
    live = swept(softmax, jacobian, SCORES, x_range=(-1, 1))
    set_to(live, z2=others[0], z3=others[1], zoom_to=width)
    x, p = curves(live, "p")
    scores = np.column_stack([x, np.tile(others, (len(x), 1))])
    assert_allclose(p.T, helpers.softmax(scores), atol=1e-12)
    _, slopes = curves(live, "slope")
    assert_allclose(slopes.T, helpers.softmax.jacobian(scores)[..., 0], atol=1e-12)
    lo, hi = live.controls["x_range"].value
    assert (x[0], x[-1], hi - lo) == (lo, hi, width)
    middle = np.log(np.exp(others).sum())
    assert (lo + hi) / 2 == pytest.approx(middle if width < 400 else 0, abs=0.26)
    start, end = mark(live, "ruler").get_xdata()
    assert end - start == pytest.approx(2 * np.log(99), abs=1e-5)
    assert (start + end) / 2 == pytest.approx(middle, abs=1e-5)
    assert texts(live)["share"] == f"1 % to 99 %: {share}"
    assert live.alt.endswith(f"Its rise: 1 % to 99 %: {share}.")


def test_zoomed_in_it_is_a_line_zoomed_out_a_step():
    live = swept(softmax, jacobian, SCORES)
    set_to(live, zoom_to=1)
    x, (p, *_) = curves(live, "p")
    slope = curves(live, "slope")[1][0]
    assert np.abs(p - np.interp(x, x[[0, -1]], p[[0, -1]])).max() < 0.005
    assert says("nearly level, between 0.22 and 0.25")
    assert 0.22 < slope.min() < 0.23
    assert slope.max() == pytest.approx(0.25, abs=1e-3)
    assert not flat_zones(live)
    set_to(live, zoom_to=400)
    x, (p, *_) = curves(live, "p")
    assert np.ptp(x[(p > 0.01) & (p < 0.99)]) / 400 < 0.023
    assert sum(width for _, width in flat_zones(live)) > 0.95 * 400


def flat_zones(live):
    """Return the left end and the width of each flat zone."""
    zones = live.figure.axes[0].findobj(lambda artist: artist.get_gid() == "flat zone")
    return sorted((zone.get_x(), zone.get_width()) for zone in zones)


def test_flat_zones_begin_where_the_slope_is_a_twentieth_of_its_largest():
    live = swept(softmax, jacobian, [0, 0])
    edge = np.log((1 + np.sqrt(0.95)) / (1 - np.sqrt(0.95)))
    (left, width), (right, _) = flat_zones(live)
    assert left == -8
    assert left + width == pytest.approx(-edge, abs=0.1)
    assert right == pytest.approx(edge, abs=0.1)


def test_range_buttons_and_score_follow_each_other():
    live = swept(softmax, jacobian, SCORES)
    controls = live.controls
    assert (controls["zoom_to"].value, controls["x_range"].value) == (16, (-4.5, 11.5))
    set_to(live, z2=-1)
    assert controls["x_range"].value == (-4.5, 11.5), (
        "it holds still while another score moves"
    )
    set_to(live, x_range=(10.0, 20.0))
    assert controls["zoom_to"].value is None
    assert (controls["z1"].min, controls["z1"].value, controls["z1"].max) == (
        10,
        15,
        20,
    )
    set_to(live, z1=20)
    assert controls["z1"].value == 20
    set_to(live, z2=2.0, zoom_to=16)
    assert controls["x_range"].value == (-4.5, 11.5)
    assert controls["z1"].value == 3.5


@pytest.mark.parametrize(
    ("z1", "after"), [(1.9, 1.9), (1.8, 3.5), (5.1, 5.1), (5.2, 3.5)]
)
def test_a_button_keeps_a_probe_a_tenth_of_the_picture_from_its_edges(z1, after):
    live = swept(softmax, jacobian, SCORES)
    set_to(live, z1=z1, zoom_to=4)
    assert live.controls["x_range"].value == (1.5, 5.5)
    assert live.controls["z1"].value == after


def test_the_probe_is_read_out():
    live = swept(softmax, jacobian, SCORES)
    set_to(live, z1=3.0)
    p = softmax([3, 2, 3])
    slopes = [number(slope) for slope in jacobian([3, 2, 3])[:, 0]]
    words = f"cat {slopes[0]}, dog {slopes[1]}, bird {slopes[2]}; sum 0.0000"
    assert texts(live)["value"] == f"p(cat) = {number(p[0])}"
    assert texts(live)["slopes"] == words
    assert f"slopes {words}" in live.alt
    assert_allclose(mark(live, "probe").get_xydata(), [[3, p[0]]])


def stairs(z):
    """Return 0 below 0, a half up to 3, and 1 from there on: a rise of exactly 3."""
    return np.array([(z[0] >= 0) / 2 + (z[0] >= 3) / 2, 0.0])


@pytest.mark.parametrize(
    ("function", "x_range", "width", "share"),
    [
        (stairs, (0, 3), "3.00 wide", "100 % of the picture"),
        (stairs, (1, 3), "3.00 wide", "1.5 pictures"),
        (stairs, (-40, 60), "3.00 wide", "3 % of the picture"),
        (stairs, (4, 20), None, "19 % of the picture"),
        (stairs, (-20, -1), None, "16 % of the picture"),
        (lambda z: np.array([0.01 if z[0] < 0 else 1.0, 0.0]), (-3, 3), None, None),
        (lambda z: np.full(2, 0.5), (-200, 200), None, None),
    ],
)
def test_the_rise_is_told_where_there_is_one(function, x_range, width, share):
    live = swept(function, lambda z: np.zeros((2, 2)), [0, 0], x_range=x_range)
    assert texts(live).get("width") == (width and f"1 % to 99 %: {width}")
    words = f"1 % to 99 %: {share}" if share else "no rise from 1 % to 99 %"
    assert texts(live)["share"] == words


# The Jacobian


@several_scores
def test_the_matrix_shows_every_slope_as_an_area_and_sums_of_zero(z):
    n = len(z)
    live = at(slope_matrix(softmax, jacobian, [0] * n), z)
    slopes = helpers.softmax.jacobian(z)
    assert_allclose(jacobian(z), slopes, atol=1e-12)
    assert_allclose(bars(live, "p bar", n), helpers.softmax(z))
    squares = mark(live, "squares")
    corners = np.array(squares.get_segments())
    areas = np.prod(np.ptp(corners, axis=1), axis=1)
    assert_allclose(
        areas / areas.max(), np.abs(slopes / slopes.max()).ravel(), rtol=1e-9
    )
    middles = (corners.min(axis=1) + corners.max(axis=1)) / 2
    assert_allclose(middles.round()[:, ::-1], list(np.ndindex(n, n)))
    hollow = (squares.get_facecolors()[:, :3] == 1).all(axis=1)
    assert (hollow == ~np.eye(n, dtype=bool).ravel()).all()  # only the diagonal gains
    words = texts(live)
    for (row, column), slope in np.ndenumerate(slopes):
        sign = "+" if row == column else ""
        assert words[f"slope-{NAMES[row]}-{NAMES[column]}"] == sign + number(slope)
    sums = [
        words[f"{what} sum {name}"] for what in ("row", "column") for name in NAMES[:n]
    ]
    assert sums == ["0"] * 2 * n
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
def test_side_by_side_takes_lists_of_scores(added, value, report):
    live = helpers.side_by_side(
        softmax, stable_softmax, scores=[1, 2, 3], x=(-1000, 1000, 1)
    )
    set_to(live, x=added)
    words = texts(live)
    assert (words["value-1"], words["report-1"]) == (value, report)
    assert (words["value-2"], words["report-2"]) == (
        "0.09003, 0.2447, 0.6652",
        "no complaint",
    )
    assert live.alt.startswith(f"For the scores {number(added + 1, 0)}, ")


def test_without_an_axis_two_rows_share_one_whole():
    assert "each row sums to [0.5 0.5]" in CELLS["batch"].outputs[0].text
    uneven = stable_softmax(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])).sum(axis=1)
    assert abs(uneven[0] - 0.5) > 0.1
    assert uneven.sum() == pytest.approx(1)


Z = SPACE["z"]
LABELS = SPACE["labels"]
LABELLED = {"function": helpers.softmax, "scores": Z, "labels": LABELS}


@pytest.mark.parametrize("scale", [0.2, 3.0])
def test_reliability_measures_what_it_draws(scale):
    live = reliability(**LABELLED)
    set_to(live, scale=scale)
    p = helpers.softmax(scale * Z)
    confidence = p.max(axis=1)
    right = p.argmax(axis=1) == LABELS
    masks = [(10 * confidence).astype(int).clip(max=9) == i for i in range(10)]
    heights = [mark(live, f"share {i}").get_height() for i in range(10)]
    assert_allclose(heights, [mask.mean() for mask in masks])
    filled = [mask for mask in masks if mask.any()]
    points = [(confidence[mask].mean(), right[mask].mean()) for mask in filled]
    assert_allclose(mark(live, "bins").get_xydata(), points)
    gaps = [
        mask.mean() * abs(right[mask].mean() - confidence[mask].mean())
        for mask in filled
    ]
    words = texts(live)
    assert words["right"] == f"right answers: {100 * right.mean():.1f} %"
    assert words["confidence"] == f"mean confidence: {100 * confidence.mean():.1f} %"
    assert words["error"] == f"calibration error: {number(sum(gaps), 3)}"
    assert all(part in live.alt for part in words.values())


def test_who_is_sure_of_everything_stands_in_the_last_bin():
    live = reliability(lambda z: np.eye(3)[z.argmax(axis=1)], Z, LABELS)
    assert [mark(live, f"share {i}").get_height() for i in range(10)] == [0] * 9 + [1]
    assert "mean confidence: 100.0 %" in live.alt


def test_scaling_leaves_decisions_and_spoils_the_confidence():
    plain = helpers.softmax(Z)
    scaled = helpers.softmax(3 * Z)
    confidence = scaled.max(axis=1)
    right = plain.argmax(axis=1) == LABELS
    assert (plain.argmax(axis=1) == scaled.argmax(axis=1)).all()
    assert right.mean() == pytest.approx(plain.max(axis=1).mean(), abs=0.01)
    assert_allclose(helpers.softmax(3 * Z, temperature=3), plain)
    for share, words in (
        (right[confidence >= 0.9], "90 % or more, only 79 % are right"),
        (right, "68 % are right at any scale"),
        (confidence, "at 3 the mean confidence is 87 %"),
    ):
        assert f"{100 * share.mean():.0f} %" in words
        assert says(words)
    for i in range(3):
        assert np.mean(i == LABELS) == pytest.approx(plain[:, i].mean(), abs=0.01)


REFUSED = [
    (shares, {"scores": [1]}, "scores must be a list of 2 to 5 numbers"),
    (shares, {"scores": [1] * 6}, "scores must be a list of 2 to 5 numbers"),
    (shares, {"scores": [[1, 2], [3, 4]]}, "scores must be a list of 2 to 5 numbers"),
    (shares, {"scores": [1, 5]}, "score of dog must lie between -4 and 4"),
    (shifted, {"function": np.sum}, "shape"),
    (tempered, {"function": softmax}, "unexpected keyword argument 'temperature'"),
    (tempered, {"function": softmax_at, "temperature": 0}, "between 0.1 and 5"),
    (
        tempered,
        {"function": lambda z, temperature: z},
        "probabilities lie between 0 and 1",
    ),
    (
        tempered,
        {"function": lambda z, temperature: np.eye(3)[0] * (1 + 2e-9)},
        "probabilities lie between 0 and 1",
    ),
    (swept, {"x_range": (-300, 3)}, "within −200 to 200, but it runs from -300 to 3"),
    (swept, {"x_range": (3, 200.5)}, "within −200 to 200, but it runs from 3 to 200.5"),
    (
        swept,
        {"jacobian": softmax},
        r"for 3 scores must have shape \(3, 3\) .*, but its shape is \(3,\)",
    ),
    (
        slope_matrix,
        {"jacobian": lambda z: np.full((3, 3), np.inf)},
        "nan or inf is in 3",
    ),
    (slope_matrix, {"jacobian": lambda z: z.nothing}, "fails for 3 scores"),
    (reliability, {"scores": [1, 2, 3]}, "scores must have a row an example"),
    (reliability, {"scores": np.empty((0, 3))}, "scores must have a row an example"),
    (
        reliability,
        {"labels": LABELS[:5]},
        "one whole number for each of the 20000 rows",
    ),
    (reliability, {"labels": LABELS + 0.5}, "one whole number for each"),
    (reliability, {"labels": LABELS - 1}, "from 0 to 2, but they run from -1 to 1"),
    (reliability, {"labels": LABELS + 1}, "from 0 to 2, but they run from 1 to 3"),
    (reliability, {"scale": 9}, "scale must lie between 0.2 and 4"),
    (reliability, {"function": softmax}, "rows that sum to 1"),
    (
        reliability,
        {"function": lambda z: z.max(axis=1)},
        r"must have shape \(20000, 3\)",
    ),
]
USUAL = {
    shares: {},
    shifted: {},
    tempered: {},
    swept: {"function": softmax, "jacobian": jacobian},
    slope_matrix: {"function": softmax, "jacobian": jacobian},
    reliability: LABELLED,
}


@pytest.mark.parametrize(("figure", "arguments", "words"), REFUSED)
def test_what_cannot_be_drawn_is_refused(figure, arguments, words):
    with pytest.raises(ValueError, match=words):
        figure(**USUAL[figure] | arguments)


# The numbers of the prose

HEIGHTS = [softmax(np.linspace(-6, 6, points))[-1] for points in (50, 500)]
HOT = np.abs(softmax_at(SCORES, 1000) - 1 / 3).max()
PROSE = [
    ("$e^4 \\approx 54.6$", np.exp(4), 54.6, 0.05),
    ("99.995 % of the whole", 100 * softmax_at(SCORES, 0.1)[2], 99.995, 5e-4),
    ("a third, give or take about 0.0003", HOT, 0.0003, 5e-5),
    ("nine times lower", HEIGHTS[0] / HEIGHTS[1], 9, 0.5),
    ("At 3.31.", np.log(np.exp(2) + np.exp(3)), 3.31, 0.005),
    ("$2\\ln 99 \\approx 9.19$", 2 * np.log(99), 9.19, 0.005),
    ("a ninth of that", 2 * np.log(99), 9, 0.5),
    ("the whole rise takes 2 %", 2 * np.log(99) / 4, 2, 0.5),
    (
        "$e \\approx 2.7$ times the share",
        softmax(SCORES)[1] / softmax(SCORES)[0],
        2.7,
        0.05,
    ),
    ("no slope is above 0.0007", jacobian([-4, -4, 4]).max(), 0.00065, 5e-5),
    ("it gets σ(2) = 0.881", helpers.softmax([2, 0])[0], 0.881, 5e-4),
    (
        "at $T = 0.910$, it gets 0.9",
        helpers.softmax([2, 0], temperature=0.910)[0],
        0.9,
        5e-4,
    ),
]


@pytest.mark.parametrize(
    ("words", "computed", "said", "off"), PROSE, ids=[row[0] for row in PROSE]
)
def test_numbers_in_the_prose(words, computed, said, off):
    assert says(words)
    assert computed == pytest.approx(said, abs=off)


@pytest.mark.parametrize(
    ("temperature", "nats"), [(0.5, 0.4411), (1, 0.8324), (2, 1.0202)]
)
def test_entropies_in_the_lesson(temperature, nats):
    assert entropy(softmax_at(SCORES, temperature)) == pytest.approx(nats, abs=5e-5)
    assert f"entropy {nats:.4f}\n" in CELLS["temperatures"].outputs[0].text


def test_the_rise_at_a_temperature_is_that_many_times_wider():
    assert says("$9.19\\,T$ at temperature $T$")
    for temperature in (0.5, 5.0):
        around = np.log(99) * temperature * np.array([-1, 1])
        x = around + temperature * np.log(
            np.sum(np.exp(np.array([2, 3]) / temperature))
        )
        scores = np.column_stack([x, [2, 2], [3, 3]])
        p = helpers.softmax(scores, temperature=temperature)[:, 0]
        assert_allclose(p, [0.01, 0.99])


def test_cross_entropy_gets_away_and_squared_error_is_stuck():
    printed = CELLS["steps-to-right"].outputs[0].text
    assert printed == "cross-entropy: 6\nsquared error: 2303\n"
    z = np.array([1.0, -0.5, 0.3])
    y = np.array([0, 1, 0])
    nudges = 1e-5 * np.eye(3)
    losses = [[np.sum((softmax(z + s * n) - y) ** 2) for n in nudges] for s in (1, -1)]
    measured = np.subtract(*losses) / 2e-5
    assert_allclose(measured, 2 * jacobian(z) @ (softmax(z) - y), atol=1e-9)
    p = helpers.softmax(np.random.default_rng(seed=0).normal(scale=5, size=(200, 3)))
    assert p[p.argmax(axis=1) != 1, 1].max() <= 0.5, "wrong: pulled by one half or more"


def test_a_share_rounds_to_zero_and_the_loss_stays_true():
    assert says("score is some 745 below the largest")
    assert stable_softmax(np.array([0.0, -744.0])).min() > 0
    assert stable_softmax(np.array([0.0, -746.0])).min() == 0
    before = (
        "imports",
        "softmax",
        "try-it-code",
        "jacobian",
        "check-jacobian",
        "check-gradient",
    )
    loss = shared.names(NOTEBOOK, *before)["loss"]
    for scores in (
        [800, 0, 0],
        [1e6, 0, -1e6],
        [0, 1e6, 0],
        [-800, -800, -800],
        [1, 2, 3],
    ):
        exact = np.logaddexp.reduce(scores) - scores[1]
        assert loss(scores) == pytest.approx(exact, abs=1e-12)


@pytest.mark.parametrize("seed", [0, 1])
def test_attention_without_the_root_is_saturated(seed):
    rng = np.random.default_rng(seed)
    products = rng.normal(size=(2000, 1, 64)) * rng.normal(size=(2000, 10, 64))
    sums = products.sum(axis=-1)
    assert sums.std() == pytest.approx(8, abs=0.2)
    top = helpers.softmax(sums).max(axis=1)
    assert says("about a third give over 99 %")
    assert np.mean(top > 0.99) == pytest.approx(1 / 3, abs=0.05)
    assert helpers.softmax(sums / 8).max() < 0.99
    assert helpers.softmax.jacobian(sums[top > 0.99]).max() < 0.01
