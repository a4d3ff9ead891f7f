"""00_start_here: one unit, stacked layers, three units on a target, the map, and what is said."""

import re

import notebook_rules as rules
import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import FOLDER, grab, mark, names, read, says, set_to, texts

import helpers
from lessons.start_here import stack, three_units, unit
from lessons.start_here.common import FUNCTIONS

ROOF = [(-3, 0), (-2, 0), (0, 2), (1, 0), (3, 0)]


@pytest.fixture(scope="module")
def lesson():
    return names(read("00_start_here"), "imports", "layers", "network")


def marks(live, name):
    """Return all artists of a live figure that bear this name."""
    return live.figure.findobj(lambda artist: artist.get_gid() == name)


# One unit


def threads(live):
    """Return where the thin threads meet the rulers, of shape (threads, 3), from left to right."""
    lines = [line.get_xdata().reshape(-1, 4)[:, :3] for line in marks(live, "threads")]
    places = np.concatenate(lines)
    return places[places[:, 0].argsort()]


@pytest.mark.parametrize("activation", FUNCTIONS)
def test_threads_go_from_input_to_sum_to_output(activation):
    live = unit()
    set_to(live, x=3.0, weight=-2.0, bias=-2.0, activation=activation)
    inputs = np.linspace(-3, 3, 25)
    sums = -2 * inputs - 2
    places = np.column_stack([inputs, sums, FUNCTIONS[activation](sums)])
    assert_allclose(threads(live), places, atol=1e-12)
    assert_allclose(mark(live, "probe").get_xdata(), places[-1])
    left, right = live.figure.axes[0].get_xlim()
    assert left < places.min() < places.max() < right


def test_weight_and_bias_keep_threads_evenly_spaced_and_the_activation_does_not():
    _, sums, outputs = threads(unit(weight=-1.3, bias=0.7)).T
    assert np.ptp(np.diff(sums)) < 1e-12
    assert np.ptp(np.diff(outputs)) > 0.1


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
    assert words["weighted-sum"] == total
    assert words["output"] == output
    assert live.alt.startswith(
        f"One unit. Input: {words['input']}. Weighted sum: {total}. "
    )
    assert live.alt.endswith(f": {output}.")


# Layer upon layer


@pytest.mark.parametrize("depth", [1, 10])
def test_without_an_activation_any_depth_is_the_line_that_the_product_gives(
    lesson, depth
):
    live = stack(lesson["network"], lesson["layers"])
    set_to(live, depth=depth)
    W, b = np.eye(1), np.zeros(1)
    for weights, biases in lesson["layers"][:depth]:
        W, b = W @ weights, b @ weights + biases
    slope = W.mean()
    intercept = b.mean()
    sign = "−" if intercept < 0 else "+"
    formula = f"all together: {slope:.2f} · x {sign} {abs(intercept):.2f}".replace(
        "-", "−"
    )
    assert texts(live)["formula"] == formula
    assert texts(live)["bend"] == "farthest from straight: 0.0 % of the height"
    assert live.alt.endswith(f"{formula}.")
    assert_allclose(
        mark(live, "output").get_ydata()[[0, -1]], [0, 1] if slope > 0 else [1, 0]
    )


@pytest.mark.parametrize("activation", [name for name in FUNCTIONS if name != "none"])
def test_every_activation_bends_every_depth(lesson, activation):
    live = stack(lesson["network"], lesson["layers"])
    set_to(live, activation=activation)
    for depth in (1, 2, 10):
        set_to(live, depth=depth)
        x, y = mark(live, "output").get_data()
        expected = lesson["network"](x, lesson["layers"][:depth], FUNCTIONS[activation])
        assert_allclose(y, (expected - expected.min()) / np.ptp(expected), atol=1e-9)
        bend = 100 * np.abs(y - np.interp(x, x[[0, -1]], y[[0, -1]])).max()
        assert bend > 10
        assert (
            texts(live)["bend"] == f"farthest from straight: {bend:.1f} % of the height"
        )
        assert texts(live)["formula"] == "no longer one multiplication and one addition"
    assert live.alt.startswith(
        f"10 layers, activation: {activation}. farthest from straight: "
    )


def test_a_bend_after_each_layer_has_the_shape_of_the_activation(lesson):
    live = stack(lesson["network"], lesson["layers"], depth=4)
    assert not marks(live, "bends")
    for activation in ("tanh", "ReLU"):
        set_to(live, activation=activation)
        bends = marks(live, "bends")
        assert len(bends) == 4
        for bend in bends:
            heights = bend.get_ydata()
            shape = FUNCTIONS[activation](np.linspace(-3, 3, len(heights)))
            assert np.corrcoef(heights, shape)[0, 1] == pytest.approx(
                -1
            )  # downwards in its panel


@pytest.mark.parametrize(
    ("output", "ends"),
    [
        (lambda x: 0 * x + 3, [0.5, 0.5]),
        (lambda x: 1e6 + 1e-9 * x, [0.5, 0.5]),  # no more than rounding
        (lambda x: 1e-9 * x, [0, 1]),
    ],
)
def test_the_curve_is_stretched_unless_it_is_level(output, ends):
    live = stack(lambda x, layers, f: output(x), [1, 2])
    assert mark(live, "output").get_ydata()[[0, -1]].tolist() == ends


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
    live = stack(lambda x, layers, f: x / 6 + bend * (x == x[len(x) // 2]), [1, 2])
    assert ("all together: 0.17 · x + 0.00" in live.alt) == straight


@pytest.mark.parametrize("layers", [[1], [1] * 11, None])
def test_a_stack_has_2_to_10_layers(layers):
    with pytest.raises(ValueError, match="2 to 10 layers"):
        stack(np.sin, layers)


# Three units


def sliders(live):
    """Return the sliders' (weights, biases)."""
    values = {name: control.value for name, control in live.controls.items()}
    weights = [values[f"weight_{i}"] for i in (1, 2, 3)]
    biases = [values[f"bias_{i}"] for i in (1, 2, 3)]
    return weights, biases


def test_the_sum_is_that_of_the_units_and_the_error_is_read_out():
    live = three_units(ROOF)
    assert sliders(live) == ([0.5, -0.5, 0.5], [1, 0, -1])
    set_to(
        live,
        weight_1=4.0,
        bias_1=3.0,
        weight_2=-4.0,
        bias_2=-3.0,
        weight_3=1.5,
        bias_3=0.5,
    )
    x, total = mark(live, "total").get_data()
    target = np.interp(x, *np.transpose(ROOF))
    expected = []
    for i, (weight, bias) in enumerate(zip(*sliders(live), strict=True)):
        expected.append(weight * np.maximum(0, x + bias))
        places, part = mark(live, f"part-{i}").get_data()
        assert_allclose(part, np.interp(places, x, expected[-1]), atol=1e-12)
        assert mark(live, f"bend-{i + 1}").get_xdata()[0] == -bias
    assert_allclose(total, np.sum(expected, axis=0), atol=1e-12)
    assert_allclose(mark(live, "target").get_ydata(), target)
    assert texts(live)["error"] == f"average error: {np.abs(total - target).mean():.4f}"
    assert live.alt.startswith(
        "The sum of 4.0 · ReLU(x + 3.0), −4.0 · ReLU(x − 3.0), 1.5 · "
    )


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
    before = sliders(live)
    words = live.alt
    set_to(live, show_answer=True)
    assert sliders(live) == answer
    assert live.alt.endswith(": exactly on the target.")
    set_to(live, show_answer=False)
    assert sliders(live) == before
    assert live.alt == words


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
    live = three_units(ROOF, weights=(2, -1, 0.5), biases=(1, 0, -1))
    before = {name: control.value for name, control in live.controls.items()}
    grab(live, 1, pressed, moved)
    after = {name: control.value for name, control in live.controls.items()}
    assert after == pytest.approx(before | changed)


@pytest.mark.parametrize(
    ("corners", "options", "words"),
    [
        ([*ROOF, (4, 1)], {}, "3 to 5 points"),
        ([(-3, 0), (-2, 1), (0, 2)], {}, "first two must have the height 0"),
        ([(-3, 0), (-3, 0), (0, 2)], {}, "left to right"),
        ([(-3, 0), (-2, 0), (-1, 4.01)], {}, "less steep"),
        (ROOF, {"weights": (1, 2)}, "three weights and three biases"),
        (ROOF, {"biases": (0, 0, 3.1)}, "bias 3 must lie between -3 and 3"),
    ],
)
def test_targets_that_cannot_be_matched(corners, options, words):
    with pytest.raises(ValueError, match=words):
        three_units(corners, **options)


# What the lesson says


def test_the_lessons_table_is_the_answer():
    number = r" ([\d−]+) \|"
    table = re.findall(
        r"\| unit \d \|" + 4 * number, "\n".join(rules.prose(read("00_start_here")))
    )
    rows = [[float(cell.replace("−", "-")) for cell in row] for row in table]
    weights, biases, bends, slopes = np.transpose(rows)
    assert_allclose(weights, [1, -3, 2])
    assert_allclose(biases, [2, 0, -1])
    assert_allclose(bends, -biases)
    assert_allclose(slopes, np.cumsum(weights))


def test_the_map_leads_to_every_lesson_with_its_question_and_minutes():
    prose = "\n".join(rules.prose(read("00_start_here")))
    rows = re.findall(r"\|\[.*\]\((.+)\.ipynb\)\|(.+)\|(\d+)\|", prose)
    files = [path.stem for path in sorted(FOLDER.glob("*.ipynb"))]
    assert ["00_start_here", *(name for name, _, _ in rows)] == files
    for name, question, minutes in rows:
        notebook = read(name)
        title = notebook.cells[0].source.splitlines()[0]
        assert question.lower() in title.lower()
        assert int(minutes) == rules.minutes(notebook)


def test_every_short_way_takes_about_10_minutes():
    for path in FOLDER.glob("*.ipynb"):
        opening = read(path.stem).cells[0].source
        if "**short way**" in opening:
            assert re.findall(r"about (\d+)", opening) == ["10"], path.name
    assert says(read("00_start_here"), "Each short way takes 12 at most.")


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


def test_no_network_without_a_bend_reads_more_than_one_digit_in_ink_and_in_chalk():
    _, test = helpers.digits()
    most = len(test.labels) + np.bincount(test.labels).max()
    assert says(read("00_start_here"), f"At best it reads {most} of our 1,000")


def test_a_unit_bends_where_its_sum_is_0():
    x = np.linspace(-8, 8, 1601)
    y = helpers.relu(-0.5 * x + 1)
    bends = x[1:-1][np.abs(np.diff(y, 2)) > 1e-9]
    assert bends == pytest.approx([2])


def test_training_with_relu_ends_far_below_the_best_line():
    x = np.linspace(-3, 3, 121)[:, np.newaxis]
    target = np.interp(x, *np.transpose(ROOF))
    line = np.polyval(np.polyfit(x[:, 0], target[:, 0], 1), x)
    best = np.mean((line - target) ** 2)
    assert best == pytest.approx(0.407, abs=5e-4)

    network = helpers.Network([1, 10, 10, 1], "relu", "xavier", seed=6, output="linear")
    list(network.train(x, target, rate=0.01, steps=6000))
    error = np.mean((network.forward(x) - target) ** 2)
    assert 0 < error < best / 20  # of the seeds 0 to 11, 6 leaves most
