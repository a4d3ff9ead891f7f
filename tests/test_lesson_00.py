"""00_start_here: one unit, stacked layers, three units on a target, the map, and what is said."""

import re

import notebook_rules as rules
import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import (
    FOLDER,
    Lesson,
    grab,
    heights,
    points,
    read,
    refusals,
    right_of,
    set_to,
    texts,
)

import helpers
from helpers.figures.style import number
from lessons.start_here import stack, three_units, unit
from lessons.start_here.common import FUNCTIONS, last_term

LESSON = Lesson("00_start_here")
_, (PICTURES, LABELS) = helpers.digits()
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
    words = texts(unit(**options))
    assert (words["weighted-sum"], words["output"]) == (total, output)


# Layer upon layer


@pytest.mark.parametrize("depth", [1, 10])
def test_without_an_activation_any_depth_is_the_line_that_the_product_gives(
    lesson, depth
):
    live = stack(lesson["network"], lesson["layers"])
    set_to(live, depth=depth)
    layers = lesson["layers"][:depth]
    at_0, at_1 = lesson["network"](np.array([0.0, 1.0]), layers, helpers.identity)
    slope = at_1 - at_0
    words = texts(live)
    line = f"all together: {number(slope, 2)} · x {last_term(at_0, 2)}"
    assert words["formula"] == line
    assert words["bend"] == "farthest from straight: 0.0 % of the height"
    rises = np.diff(heights(live, "output")) > 0
    assert (rises == (slope > 0)).all()


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
        words = texts(live)
        assert words["bend"] == f"farthest from straight: {bend:.1f} % of the height"
        assert words["formula"] == "no longer one multiplication and one addition"


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
    ("output", "lowest", "highest", "ends"),
    [
        (lambda x: 2 - x / 6, "1.50", "2.50", [1, 0]),
        (lambda x: 1 + 1e-6 * x, "0.999997", "1.000003", [0, 1]),  # so that they differ
        (lambda x: -1000 * x, "−3000", "3000", [1, 0]),
        (lambda x: 3 + 1e-14 * x, "3.00", "3.00", [0.5, 0.5]),  # no more than rounding
    ],
)
def test_the_curve_is_stretched_between_its_ends_unless_it_is_level(
    output, lowest, highest, ends
):
    live = stack(lambda x, layers, f: output(x), [1, 2])
    assert heights(live, "output")[[0, -1]].tolist() == ends
    words = texts(live)
    assert (words["lowest"], words["highest"]) == (lowest, highest)


@pytest.mark.parametrize(("bend", "straight"), [(1e-10, True), (1e-8, False)])
def test_below_a_billionth_of_the_height_a_bend_is_rounding(bend, straight):
    def network(x, layers, f):
        middle = x == x[len(x) // 2]
        return x / 6 + bend * middle

    live = stack(network, [1, 2])
    assert ("all together: 0.17 · x + 0.00" in live.alt) == straight


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
        ((-1, 0.28), (0.5, 0), {"bias_1": -0.5}),
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


REFUSED = {
    "stack(np.sin, [1])": "2 to 10 layers",
    "stack(np.sin, [1] * 11)": "2 to 10 layers",
    "stack(np.sin, None)": "2 to 10 layers",
    "three_units([*ROOF, (4, 1)])": "3 to 5 points",
    "three_units([(-3, 0), (-2, 1), (0, 2)])": "first two must have the height 0",
    "three_units([(-3, 0), (-3, 0), (0, 2)])": "left to right",
    "three_units([(-3, 0), (-2, 0), (-1, 4.01)])": "less steep",
}


test_what_cannot_be_drawn_is_refused = refusals(REFUSED, globals())


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
    longest = 0
    for name, question, minutes in rows:
        notebook = read(name)
        title, *_ = notebook.cells[0].source.splitlines()
        assert question.lower() in title.lower()
        assert int(minutes) == rules.minutes(notebook)
        short = rules.minutes_needed(rules.short_way(notebook), 1)
        longest = max(longest, short)
    assert LESSON.says(f"Each short way takes {longest} at most.")


@pytest.mark.parametrize("seed", range(3))
def test_in_ink_a_bend_makes_next_to_no_difference(seed):
    right = [
        right_of(helpers.train_digit_reader(activation, seed=seed))
        for activation in ("relu", "identity")
    ]
    assert min(right) >= 480
    assert np.ptp(right) <= 5  # 0 with the seed 0


def in_ink_and_in_chalk(activation, seed=0):
    """Return a network that learned both, and how many pictures it reads in ink and in chalk."""
    network = helpers.train_digit_reader(activation, seed=seed, chalk=True)
    return network, right_of(network), right_of(network, 1 - PICTURES)


@pytest.mark.parametrize("seed", [1, 2])  # as much holds for the seeds 0 to 11
def test_ink_and_chalk_together_need_a_bend(seed):
    _, *bent = in_ink_and_in_chalk("relu", seed)
    assert min(bent) > 420
    _, *straight = in_ink_and_in_chalk("identity", seed)
    assert sum(straight) < 200


def test_what_the_lesson_says_of_ink_and_chalk():
    bent, ink, chalk = in_ink_and_in_chalk("relu")
    assert LESSON.says(f"With ReLU, {ink} in ink and {chalk} in chalk.")
    _, ink, chalk = in_ink_and_in_chalk("identity")
    assert LESSON.says(f"Without a bend {ink} and {chalk}, little more than chance")
    assert LESSON.says(f"the network read {ink + chalk} of 1,000")
    # The figure begins with picture 59, counted from 1.
    three = PICTURES[58]
    on, in_chalk = bent.activity(np.array([three, 1 - three])).z[0] > 0
    assert not (on & in_chalk).any()
    words = f"{on.sum()} are on for this 3 in ink, {in_chalk.sum()} in chalk, none in"
    assert LESSON.says(words)


def test_no_network_without_a_bend_reads_more_than_one_digit_in_ink_and_in_chalk():
    *_, fours = sorted(np.bincount(LABELS))
    assert fours == np.count_nonzero(LABELS == 4)
    assert LESSON.says(f"At best it reads {len(LABELS) + fours} of our 1,000")
    assert LESSON.says(f"and the {fours} fours again")


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh", "identity"])
def test_with_any_bend_what_a_pixel_says_depends_on_the_rest(activation):
    network = helpers.train_digit_reader(activation, chalk=True)
    nudges = 1e-4 * np.eye(64)

    def pulls(pixels):
        more = network.activity(pixels + nudges).z[-1][:, 3]
        less = network.activity(pixels - nudges).z[-1][:, 3]
        return more - less

    flipped = np.count_nonzero(pulls(PICTURES[58]) * pulls(1 - PICTURES[58]) < 0)
    assert flipped == 0 if activation == "identity" else flipped > 64 / 3
    assert LESSON.says("what a pixel says can depend on the rest of the picture")
