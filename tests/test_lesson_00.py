"""00_start_here: one unit, stacked layers, three units on a target, the map, and what is said."""

import re

import notebook_rules as rules
import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import FOLDER, Lesson, grab, heights, points, read, set_to, texts

import helpers
from lessons.start_here import stack, three_units, unit
from lessons.start_here.common import FUNCTIONS, last_term

LESSON = Lesson("00_start_here")
ROOF = [(-3, 0), (-2, 0), (0, 2), (1, 0), (3, 0)]


@pytest.fixture(scope="module")
def lesson():
    return LESSON.names("imports", "layers", "network")


def marks(live, name):
    """Return all artists of a live figure that bear this name."""
    return live.figure.findobj(lambda artist: artist.get_gid() == name)


# One unit


def threads(live):
    """Return where the thin threads meet the rulers, of shape (threads, 3), from left to right."""
    lines = [line.get_xdata().reshape(-1, 4) for line in marks(live, "threads")]
    places = np.concatenate(lines)[:, :3]
    return places[places[:, 0].argsort()]


@pytest.mark.parametrize("activation", FUNCTIONS)
def test_threads_go_from_input_to_sum_to_output(activation):
    live = unit()
    set_to(live, x=3.0, weight=-2.0, bias=-2.0, activation=activation)
    inputs = np.linspace(-3, 3, 25)
    sums = -2 * inputs - 2
    places = np.column_stack([inputs, sums, FUNCTIONS[activation](sums)])
    assert_allclose(threads(live), places, atol=1e-12)
    assert_allclose(points(live, "probe")[:, 0], places[-1])
    left, right = live.figure.axes[0].get_xlim()
    assert left < places.min() < places.max() < right


@pytest.mark.parametrize(
    ("options", "total", "output"),
    [
        ({}, "1.5 · (−1.0) + 0.5 = −1.00", "ReLU(−1.00) = 0.00"),
        ({"activation": "none"}, "1.5 · (−1.0) + 0.5 = −1.00", "−1.00"),
        ({"x": 2, "bias": -0.5}, "1.5 · 2.0 − 0.5 = 2.50", "ReLU(2.50) = 2.50"),
        ({"x": 0, "bias": 0}, "1.5 · 0.0 + 0.0 = 0.00", "ReLU(0.00) = 0.00"),
    ],
)
def test_a_unit_writes_its_sum_and_its_output_out(options, total, output):
    live = unit(**options)
    words = texts(live)
    assert (words["weighted-sum"], words["output"]) == (total, output)
    begin = f"One unit. Input: {words['input']}. Weighted sum: {total}. "
    assert live.alt.startswith(begin)
    assert live.alt.endswith(f": {output}.")


# Layer upon layer


@pytest.mark.parametrize("depth", [1, 10])
def test_without_an_activation_any_depth_is_the_line_that_the_product_gives(
    lesson, depth
):
    live = stack(lesson["network"], lesson["layers"])
    set_to(live, depth=depth)
    W = np.eye(1)
    b = np.zeros(1)
    for weights, biases in lesson["layers"][:depth]:
        W = W @ weights
        b = b @ weights + biases
    line = f"all together: {W.mean():.2f} · x {last_term(b.mean(), 2)}"
    assert texts(live)["formula"] == line.replace("-", "−")
    assert texts(live)["bend"] == "farthest from straight: 0.0 % of the height"
    assert live.alt.endswith(f"{texts(live)['formula']}.")
    rises = np.diff(heights(live, "output")) > 0
    assert (rises == (W.mean() > 0)).all()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "ReLU", "leaky ReLU"])
def test_every_activation_bends_every_depth(lesson, activation):
    live = stack(lesson["network"], lesson["layers"])
    set_to(live, activation=activation)
    for depth in (1, 2, 10):
        set_to(live, depth=depth)
        x, y = points(live, "output").T
        expected = lesson["network"](x, lesson["layers"][:depth], FUNCTIONS[activation])
        assert_allclose(y, (expected - expected.min()) / np.ptp(expected), atol=1e-9)
        chord = np.linspace(y[0], y[-1], len(x))
        bend = 100 * np.abs(y - chord).max()
        assert bend > 10
        words = f"farthest from straight: {bend:.1f} % of the height"
        assert texts(live)["bend"] == words
        assert texts(live)["formula"] == "no longer one multiplication and one addition"
        assert live.alt.startswith(f"{depth} layer")
        assert f", activation: {activation}. {words}" in live.alt


def test_a_bend_after_each_layer_has_the_shape_of_the_activation(lesson):
    live = stack(lesson["network"], lesson["layers"], depth=4)
    assert not marks(live, "bends")
    for activation in ("tanh", "ReLU"):
        set_to(live, activation=activation)
        bends = [bend.get_ydata() for bend in marks(live, "bends")]
        assert len(bends) == 4
        shape = FUNCTIONS[activation](np.linspace(-3, 3, len(bends[0])))
        # Their panel counts downwards.
        assert_allclose(np.corrcoef([shape, *bends])[0, 1:], -1)


@pytest.mark.parametrize(
    ("output", "ends"),
    [
        (lambda x: 1e6 + 1e-9 * x, [0.5, 0.5]),  # no more than rounding
        (lambda x: 1e-9 * x, [0, 1]),
    ],
)
def test_the_curve_is_stretched_unless_it_is_level(output, ends):
    live = stack(lambda x, layers, f: output(x), [1, 2])
    assert heights(live, "output")[[0, -1]].tolist() == ends


@pytest.mark.parametrize(
    ("output", "lowest", "highest"),
    [
        (lambda x: 2 - x / 6, "1.50", "2.50"),
        (lambda x: 1 + 1e-6 * x, "0.999997", "1.000003"),  # digits enough to differ
        (lambda x: -1000 * x, "−3000", "3000"),
        (lambda x: 0 * x + 3, "3.00", "3.00"),
    ],
)
def test_the_lowest_and_the_highest_value_stand_beside_the_curve(
    output, lowest, highest
):
    live = stack(lambda x, layers, f: output(x), [1, 2])
    words = texts(live)
    assert (words["lowest"], words["highest"]) == (lowest, highest)
    assert f"; from {lowest} to {highest}; " in live.alt


@pytest.mark.parametrize(("bend", "straight"), [(1e-10, True), (1e-8, False)])
def test_below_a_billionth_of_the_height_a_bend_is_rounding(bend, straight):
    def network(x, layers, f):
        middle = x == x[len(x) // 2]
        return x / 6 + bend * middle

    live = stack(network, [1, 2])
    assert ("all together: 0.17 · x + 0.00" in live.alt) == straight


@pytest.mark.parametrize("layers", [[1], [1] * 11, None])
def test_a_stack_has_2_to_10_layers(layers):
    with pytest.raises(ValueError, match="2 to 10 layers"):
        stack(np.sin, layers)


# Three units


def values(live):
    """Return {name: value} of all controls."""
    return {name: control.value for name, control in live.controls.items()}


def sliders(live):
    """Return the sliders' (weights, biases)."""
    weights_and_biases = [*values(live).values()][:6]
    return weights_and_biases[0::2], weights_and_biases[1::2]


def test_the_sum_is_that_of_the_units_and_the_error_is_read_out():
    live = three_units(ROOF)
    assert sliders(live) == ([0.5, -0.5, 0.5], [1, 0, -1])
    set_to(live, weight_1=4.0, bias_1=3.0, weight_2=-4.0, bias_2=-3.0, bias_3=0.5)
    x, total = points(live, "total").T
    expected = 0
    for i, (weight, bias) in enumerate(zip(*sliders(live), strict=True)):
        part = weight * np.maximum(0, x + bias)
        places, drawn = points(live, f"part-{i}").T
        assert_allclose(drawn, np.interp(places, x, part), atol=1e-12)
        assert points(live, f"bend-{i + 1}")[0, 0] == -bias
        expected = expected + part
    assert_allclose(total, expected, atol=1e-12)
    target = np.interp(x, *np.transpose(ROOF))
    assert_allclose(heights(live, "target"), target)
    assert texts(live)["error"] == f"average error: {np.abs(total - target).mean():.4f}"
    words = "The sum of 4.0 · ReLU(x + 3.0), −4.0 · ReLU(x − 3.0), 0.5 · "
    assert live.alt.startswith(words)


@pytest.mark.parametrize(
    ("corners", "answer"),
    [
        (ROOF, ([1, -3, 2], [2, 0, -1])),
        ([(-2, 0), (-1, 0), (0, 1), (2, 4)], ([1, 0.5, 0], [1, 0, 2])),  # one to spare
        ([(-3, 0), (-2, 0), (-1, 4)], ([4, 0, 0], [2, 3, 3])),  # as steep as can be
    ],
)
def test_the_answer_matches_exactly_and_can_be_taken_back(corners, answer):
    live = three_units(corners)
    before = sliders(live), live.alt
    set_to(live, show_answer=True)
    assert sliders(live) == answer
    assert live.alt.endswith(": exactly on the target.")
    set_to(live, show_answer=False)
    assert (sliders(live), live.alt) == before


def test_sliders_move_on_from_the_answer():
    live = three_units(ROOF)
    set_to(live, show_answer=True)
    set_to(live, weight_3=1.0)
    assert sliders(live) == ([1, -3, 1], [2, 0, -1])
    assert "1.0 · ReLU(x − 1.0): average error: 0.3" in live.alt


def test_no_slider_begins_at_minus_0():
    live = three_units([(-2.96, 0), (-2, 0), (3, 1)])
    assert str(live.controls["bias_2"].value) == "0.0"


@pytest.mark.parametrize(
    ("pressed", "moved", "changed"),
    [
        ((-1, 0.32), (0, 0), {}),  # too high above it
        (
            (0.32, 0),
            (2, -1),
            {"weight_2": -0.5},
        ),  # too far beside it: the line is nearer
        (
            (0.5, 3),
            (-0.9, 0.8),
            {"weight_1": 4.0},
        ),  # to where no weight would be steep enough
        ((0, 2.6), (1, 1), {}),  # too far from a line
        ((0.18, -0.5), (1, 1), {}),  # a line begins 0.2 beside its bend
    ],
)
def test_what_is_pressed_is_the_bend_or_the_line_that_is_near(pressed, moved, changed):
    live = three_units(ROOF)
    set_to(live, weight_1=2, bias_1=1, weight_2=-1, bias_2=0, weight_3=0.5, bias_3=-1)
    before = values(live)
    grab(live, 1, pressed, moved)
    assert values(live) == pytest.approx(before | changed)


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        ([*ROOF, (4, 1)], "3 to 5 points"),
        ([(-3, 0), (-2, 1), (0, 2)], "first two must have the height 0"),
        ([(-3, 0), (-3, 0), (0, 2)], "left to right"),
        ([(-3, 0), (-2, 0), (-1, 4.01)], "less steep"),
    ],
)
def test_targets_that_cannot_be_matched(corners, words):
    with pytest.raises(ValueError, match=words):
        three_units(corners)


# What the lesson says


def test_the_lessons_table_is_the_answer():
    slope = 0
    for n, weight, bias in ((1, 1, 2), (2, -3, 0), (3, 2, -1)):
        slope += weight
        row = f"| unit {n} | {weight} | {bias} | {-bias} | {slope} |"
        assert LESSON.says(row.replace("-", "−"))


def test_the_map_leads_to_every_lesson_with_its_question_and_minutes():
    prose = "\n".join(rules.prose(LESSON.notebook))
    rows = re.findall(r"\|\[.*\]\((.+)\.ipynb\)\|(.+)\|(\d+)\|", prose)
    files = [path.stem for path in sorted(FOLDER.glob("*.ipynb"))]
    assert ["00_start_here", *(name for name, _, _ in rows)] == files
    for name, question, minutes in rows:
        notebook = read(name)
        title, *_ = notebook.cells[0].source.splitlines()
        assert question.lower() in title.lower()
        assert int(minutes) == rules.minutes(notebook)


def test_every_short_way_takes_about_10_minutes():
    for path in FOLDER.glob("*.ipynb"):
        opening = read(path.stem).cells[0].source
        if "**short way**" in opening:
            assert re.findall(r"about (\d+)", opening) == ["10"], path.name
    assert LESSON.says("Each short way takes 12 at most.")


def test_with_10_added_to_the_biases_all_sums_are_positive():
    weights, biases = np.random.default_rng(seed=2).normal(size=(2, 8))
    assert (np.outer([-3, 3], weights) + biases + 10 > 0).all()


def test_in_ink_a_bend_makes_next_to_no_difference():
    _, test = helpers.digits()
    for seed in range(3):
        right = [
            right_of(helpers.train_digit_reader(activation, seed=seed), test.pictures)
            for activation in ("relu", "identity")
        ]
        assert min(right) >= 480
        assert np.ptp(right) <= 5  # 0 with the seed 0


def right_of(network, pictures):
    """Return how many of the test pictures are read rightly as they are given."""
    _, test = helpers.digits()
    return np.count_nonzero(network.forward(pictures).argmax(axis=1) == test.labels)


def test_ink_and_chalk_together_need_a_bend():
    _, test = helpers.digits()
    both = test.pictures, 1 - test.pictures
    for seed in range(3):  # as much holds for the seeds 0 to 11
        bent = helpers.train_digit_reader(seed=seed, chalk=True)
        assert min(right_of(bent, pictures) for pictures in both) > 420
        straight = helpers.train_digit_reader("identity", seed=seed, chalk=True)
        assert sum(right_of(straight, pictures) for pictures in both) < 200
        ink, chalk = (straight.activity(pictures).z[-1] for pictures in both)
        assert np.ptp(ink + chalk, axis=0) == pytest.approx(0, abs=1e-9)


def test_what_the_lesson_says_of_ink_and_chalk():
    _, test = helpers.digits()
    both = test.pictures, 1 - test.pictures
    bent, straight = (
        helpers.train_digit_reader(activation, chalk=True)
        for activation in ("relu", "identity")
    )
    ink, chalk = (right_of(bent, pictures) for pictures in both)
    assert LESSON.says(f"With ReLU, {ink} in ink and {chalk} in chalk.")
    ink, chalk = (right_of(straight, pictures) for pictures in both)
    assert LESSON.says(f"Without a bend {ink} and {chalk}, little more than chance")
    assert LESSON.says(f"the network read {ink + chalk} of 1,000")
    # The figure begins with picture 59, counted from 1.
    on, in_chalk = (bent.activity(pictures[58:59]).z[0] > 0 for pictures in both)
    assert not (on & in_chalk).any()
    words = (
        f"{on.sum()} are on for this 3 in ink, {in_chalk.sum()} in chalk, none in both"
    )
    assert LESSON.says(words)


def test_no_network_without_a_bend_reads_more_than_one_digit_in_ink_and_in_chalk():
    _, test = helpers.digits()
    fours = np.count_nonzero(test.labels == 4)
    assert fours == np.bincount(test.labels).max()
    most = len(test.labels) + fours
    assert LESSON.says(f"At best it reads {most} of our 1,000")
    assert LESSON.says(f"and the {fours} fours again")


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh", "identity"])
def test_with_any_bend_what_a_pixel_says_depends_on_the_rest(activation):
    network = helpers.train_digit_reader(activation, chalk=True)
    _, test = helpers.digits()
    picture = test.pictures[58]
    nudges = 1e-4 * np.eye(64)
    pulls = []
    for pixels in (picture, 1 - picture):
        more, less = (
            network.activity(pixels + sign * nudges).z[-1][:, 3] for sign in (1, -1)
        )
        pulls.append(more - less)
    flipped = np.count_nonzero(np.prod(pulls, axis=0) < 0)
    if activation == "identity":
        assert flipped == 0
    else:
        assert flipped > 64 / 3
    assert LESSON.says("what a pixel says can depend on the rest of the picture")


def test_a_unit_bends_where_its_sum_is_0():
    x = np.linspace(-8, 8, 1601)
    y = helpers.relu(-0.5 * x + 1)
    bends = x[1:-1][np.abs(np.diff(y, 2)) > 1e-9]
    assert bends == pytest.approx([2])
