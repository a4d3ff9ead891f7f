"""00_start_here: one unit, stacked layers, three units on a target, the map, and what the lesson states."""

import re
from itertools import pairwise

import notebook_rules as rules
import numpy as np
import pytest
import shared
from frames import named, snapshot
from shared import set_to

import helpers
from lessons.start_here import FUNCTIONS, STARTS, stack, three_units, unit

ROOF = [(-3, 0), (-2, 0), (0, 2), (1, 0), (3, 0)]


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    return shared.names(shared.read("00_start_here"))


@pytest.mark.parametrize(
    ("activation", "x", "weight", "bias"),
    [*((name, -1.0, 1.5, 0.5) for name in FUNCTIONS), ("none", 3.0, -2.0, -2.0), ("tanh", 0.0, 0.0, 2.0)],
)
def test_threads_go_from_input_to_sum_to_output(activation, x, weight, bias):
    live = unit()
    set_to(live, x=x, weight=weight, bias=bias, activation=activation)
    lines = [line for line in live.figure.axes[0].lines if len(line.get_xdata()) == 3]
    inputs = np.append(STARTS, x)
    sums = weight * inputs + bias
    places = np.array([line.get_xdata() for line in lines])
    np.testing.assert_allclose(places, np.column_stack([inputs, sums, FUNCTIONS[activation](sums)]), atol=1e-12)
    assert np.abs(places).max() <= live.figure.axes[0].get_xlim()[1]
    assert named(live, "weighted-sum").endswith(f"= {sums[-1]:.2f}".replace("-", "−"))
    output = f"{FUNCTIONS[activation](sums[-1]):.2f}".replace("-0.00", "0.00").replace("-", "−")
    assert named(live, "output").endswith(output)
    assert f"activation {activation}" in live.alt


@pytest.mark.parametrize(("activation", "output"), [("ReLU", "ReLU(−1.00) = 0.00"), ("none", "−1.00")])
def test_a_unit_begins_at_minus_1_and_writes_its_sum_and_its_output_out(activation, output):
    live = unit(activation=activation)
    assert named(live, "input") == "x = −1.0"
    assert named(live, "weighted-sum") == "1.5 · (−1.0) + 0.5 = −1.00"
    assert named(live, "output") == output
    assert live.alt.endswith(f"Weighted sum: 1.5 · (−1.0) + 0.5 = −1.00. Output, activation {activation}: {output}.")


@pytest.mark.parametrize(
    ("x", "bias", "sum"), [(2.0, -0.5, "1.5 · 2.0 − 0.5 = 2.50"), (0.0, 0.0, "1.5 · 0.0 + 0.0 = 0.00")]
)
def test_a_sum_is_written_with_one_sign_before_each_number(x, bias, sum):
    assert named(unit(x=x, bias=bias), "weighted-sum") == sum


def test_the_rulers_have_their_names_at_their_left():
    live = unit()
    (axes,) = live.figure.axes
    renderer, panel = live.figure.canvas.get_renderer(), axes.get_window_extent()
    words = [text.get_window_extent(renderer) for text in axes.texts if text.get_text()]
    assert len(words) == 6
    assert all(0 <= extent.x0 < extent.x1 < panel.x0 for extent in words)


def test_weight_and_bias_keep_threads_evenly_spaced_and_the_activation_does_not():
    live = unit(weight=-1.3, bias=0.7)
    threads = np.array([line.get_xdata() for line in live.figure.axes[0].lines if len(line.get_xdata()) == 3])[:-1]
    assert np.ptp(np.diff(threads[:, 1])) < 1e-12
    assert np.ptp(np.diff(threads[:, 2])) > 0.1


@pytest.mark.parametrize(
    ("options", "error", "part"),
    [
        ({"activation": "relu"}, ValueError, "activation must be 'none' or 'sigmoid'"),
        ({"x": 4}, ValueError, "x must lie between -3 and 3"),
        ({"weight": "1"}, TypeError, "weight must be a number"),
    ],
)
def test_units_that_cannot_be_drawn(options, error, part):
    with pytest.raises(error, match=part):
        unit(**options)


@pytest.mark.parametrize("depth", [1, 2, 5, 10])
def test_without_an_activation_any_depth_is_the_straight_line_that_the_product_gives(lesson, depth):
    live = stack(lesson["network"], lesson["layers"], depth=depth)
    W, b = np.eye(1), np.zeros(1)
    for weights, biases in lesson["layers"][:depth]:
        W, b = W @ weights, b @ weights + biases
    slope, start = W.mean(), b.mean()
    assert named(live, "bend") == "farthest from straight: 0.0 % of the height"
    formula = f"all together: {slope:.2f} · x {'−' if start < 0 else '+'} {abs(start):.2f}".replace("-", "−")
    assert named(live, "formula") == formula
    assert formula in live.alt
    curve = live.figure.axes[1].lines[-1].get_xydata()
    drawn = np.polyfit(*curve.T, 1)
    np.testing.assert_allclose(curve[:, 1], np.polyval(drawn, curve[:, 0]), atol=1e-9)
    assert np.sign(drawn[0]) == np.sign(slope)


@pytest.mark.parametrize("activation", [name for name in FUNCTIONS if name != "none"])
def test_every_activation_bends_every_depth(lesson, activation):
    live = stack(lesson["network"], lesson["layers"])
    set_to(live, activation=activation)
    for depth in range(1, 11):
        set_to(live, depth=depth)
        assert float(named(live, "bend").split()[3]) > 10
        assert named(live, "formula") == "no longer one multiplication and one addition"
        assert live.alt.startswith(f"{depth} layer{'s' * (depth > 1)}, activation: {activation}.")
        x, y = live.figure.axes[1].lines[-1].get_data()
        expected = lesson["network"](x, lesson["layers"][:depth], FUNCTIONS[activation])
        assert np.corrcoef(y, expected)[0, 1] == pytest.approx(1)
        assert (y.min(), y.max()) == pytest.approx((0, 1))


def test_boxes_and_bends_show_the_layers(lesson):
    live = stack(lesson["network"], lesson["layers"])
    row = live.figure.axes[0]
    lefts = sorted(patch.get_bbox().x0 for patch in row.patches[:-1])
    veil, bends = row.patches[-1], row.lines[-1]
    for depth in (1, 4, 10):
        set_to(live, depth=depth, activation="none")
        assert sum(left < veil.get_x() for left in lefts) == depth
        assert not len(bends.get_xdata())
        for name in ("tanh", "ReLU"):
            set_to(live, activation=name)
            assert np.isnan(bends.get_xdata()).sum() == depth
            x, y = bends.get_data()
            first = np.isnan(x).argmax()
            drawn = FUNCTIONS[name](np.linspace(-3, 3, first))
            assert np.corrcoef(drawn, y[:first])[0, 1] == pytest.approx(-1)  # the row's heights grow downwards


@pytest.mark.parametrize("level", [lambda x: 0 * x, lambda x: 1e6 + 1e-9 * x])
def test_what_differs_by_no_more_than_rounding_lies_level(level):
    live = stack(lambda x, layers, f: level(x), [1, 2])
    assert set(live.figure.axes[1].lines[-1].get_ydata()) == {0.5}


def test_small_outputs_are_stretched_like_large_ones():
    live = stack(lambda x, layers, f: 1e-9 * x, [1, 2])
    heights = live.figure.axes[1].lines[-1].get_ydata()
    assert (heights[0], heights[-1]) == (0, 1)


@pytest.mark.parametrize(("bend", "straight"), [(1e-10, True), (1e-8, False)])
def test_below_a_billionth_of_the_height_a_bend_is_rounding(bend, straight):
    live = stack(lambda x, layers, f: x / 6 + bend * (x == x[len(x) // 2]), [1, 2])
    assert named(live, "formula").startswith("all together: 0.17 · x + 0.00") == straight


def test_an_output_that_is_always_the_same_is_a_level_line():
    live = stack(lambda x, layers, f: 0 * x + 3, [1, 2])
    assert set(live.figure.axes[1].lines[-1].get_ydata()) == {0.5}
    assert "all together: 0.00 · x + 3.00" in live.alt


@pytest.mark.parametrize(
    ("network", "layers", "error", "part"),
    [
        (lambda x, layers, f: x[:1], [1, 2], ValueError, r"f returns shape \(1,\)"),
        (lambda x, layers, f: layers[5], [1, 2], ValueError, "f fails .* IndexError"),
        (None, [1, 2], TypeError, r"A function is needed, not None; .* stack\(network, layers\)"),
        (np.sin, [1], ValueError, "2 to 10 layers"),
        (np.sin, [1] * 11, ValueError, "2 to 10 layers"),
        (np.sin, None, ValueError, "2 to 10 layers"),
    ],
)
def test_stacks_that_cannot_be_drawn(network, layers, error, part):
    with pytest.raises(error, match=part):
        stack(network, layers)


def test_a_depth_that_fails_leaves_the_last_picture():
    live = stack(lambda x, layers, f: x / (len(layers) < 2), [1, 2])
    before = snapshot(live)
    set_to(live, depth=2)
    assert "choose" in live.message
    assert snapshot(live) == before


def contributions(live):
    return [line.get_ydata() for line in live.figure.axes[1].lines if len(line.get_xdata()) > 2]


@pytest.mark.parametrize(
    ("weights", "biases"), [((1, 1, 1), (1, 0, -1)), ((4, -4, 0.5), (3, -3, 0)), ((0, 0, 0), (0, 0, 0))]
)
def test_the_sum_is_that_of_the_contributions_and_the_error_is_read_out(weights, biases):
    live = three_units(ROOF)
    set_to(
        live,
        **{f"weight_{i}": w for i, w in enumerate(weights, 1)},
        **{f"bias_{i}": b for i, b in enumerate(biases, 1)},
    )
    target, total = live.figure.axes[0].lines[1:3]
    x, y = total.get_data()
    np.testing.assert_allclose(
        y, sum(w * np.maximum(0, x + b) for w, b in zip(weights, biases, strict=True)), atol=1e-12
    )
    np.testing.assert_allclose(sum(contributions(live)), y[::4], atol=1e-12)
    np.testing.assert_allclose(target.get_ydata(), np.interp(x, *np.transpose(ROOF)))
    assert named(live, "error") == f"average error: {np.abs(y - target.get_ydata()).mean():.4f}"
    assert named(live, "error") in live.alt
    dots = [line.get_xdata() for line in live.figure.axes[1].lines if len(line.get_xdata()) == 1]
    assert [x for (x,) in dots] == [-b for b in biases]


@pytest.mark.parametrize("corners", [ROOF, [(-2, 0), (-1, 0), (0, 1), (2, 4)], [(0, 0), (1, 0), (2, -3)]])
def test_the_answer_matches_exactly_and_can_be_taken_back(corners):
    live = three_units(corners)
    before = {name: control.value for name, control in live.controls.items()}
    error = named(live, "error")
    set_to(live, show_answer=True)
    assert named(live, "error") == "exactly on the target"
    assert live.alt.endswith("exactly on the target.")
    set_to(live, show_answer=False)
    assert {name: control.value for name, control in live.controls.items()} == before
    assert named(live, "error") == error


def test_three_units_begin_with_weights_that_alternate_and_bends_in_the_middle():
    live = three_units(ROOF)
    assert [live.controls[f"weight_{i}"].value for i in (1, 2, 3)] == [0.5, -0.5, 0.5]
    assert [live.controls[f"bias_{i}"].value for i in (1, 2, 3)] == [1, 0, -1]
    x = live.figure.axes[0].lines[1].get_xdata()
    assert (x[0], x[-1]) == (-3, 3)


def test_no_slider_begins_at_minus_0():
    live = three_units([(-2.96, 0), (-2, 0), (3, 1)])
    assert str(live.controls["bias_2"].value) == "0.0"


def test_a_unit_that_the_answer_does_not_need_has_weight_0_and_bends_at_the_left_end():
    live = three_units([(-2, 0), (-1, 0), (0, 1), (2, 4)])
    set_to(live, show_answer=True)
    assert [live.controls[f"weight_{i}"].value for i in (1, 2, 3)] == [1, 0.5, 0]
    assert [live.controls[f"bias_{i}"].value for i in (1, 2, 3)] == [1, 0, 2]


@pytest.mark.parametrize("height", [2.0, 4.0])
def test_the_axis_reaches_half_the_targets_height_below_0(height):
    low, high = three_units([(-3, 0), (-2, 0), (0, height), (3, height)]).figure.axes[0].get_ylim()
    assert -0.8 * height < low < -0.5 * height
    assert height < high < 1.3 * height


def test_a_target_may_be_as_steep_as_the_steepest_weight():
    live = three_units([(-3, 0), (-2, 0), (-1, 4)])
    set_to(live, show_answer=True)
    assert named(live, "error") == "exactly on the target"
    with pytest.raises(ValueError, match="less steep"):
        three_units([(-3, 0), (-2, 0), (-1, 4.01)])


@pytest.mark.parametrize(
    ("pressed", "moved", "values"),
    [
        ((-1, 0), (-0.4, 9), {"bias_1": 0.4}),
        ((-1.25, -0.29), (0.5, 0), {"bias_1": -0.5}),
        ((1.2, 0.29), (2, 0), {"bias_3": -2}),
        ((-1, 0.3), None, None),  # too high above the bend,
        ((0.3, 0), (2, -1), {"weight_2": -0.5}),  # too far beside it: the line is nearer,
        ((2.5, 0), None, None),  # far from all,
        ((-1, 2), None, None),
        ((1, 4), (2, 9), {"weight_1": 3}),  # on a line,
        ((2, 6), (-0.9, 0.8), {"weight_1": 4}),  # and on to where it bends, where no weight would be steep enough
        ((1, 4.5), (1, 1), {"weight_1": 0.5}),
        ((1, 4.6), None, None),  # no longer near it
        ((2, 0.5), (2, 1), {"weight_3": 1}),
        ((0.2, -0.5), None, None),  # lines begin 0.2 beside their bends
        ((0.25, -0.5), (2, -1), {"weight_2": -0.5}),
    ],
)
def test_what_is_pressed_is_the_bend_or_the_line_that_is_near(pressed, moved, values):
    live = three_units(ROOF, weights=(2, -1, 0.5), biases=(1, 0, -1))
    (grip,) = live._grips
    grabbed = grip.press(*pressed)
    assert (grabbed and grabbed(*moved)) == (values and pytest.approx(values))


def test_sliders_move_on_from_the_answer():
    live = three_units(ROOF)
    set_to(live, show_answer=True)
    set_to(live, weight_3=1.0)
    assert "1.0 · ReLU(x − 1.0): average error: 0.3" in live.alt
    assert [live.controls[f"weight_{i}"].value for i in (1, 2, 3)] == [1, -3, 1]


def test_the_table_of_the_lesson_is_the_answer():
    live = three_units(ROOF)
    set_to(live, show_answer=True)
    table = re.findall(
        r"\| unit (\d) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|",
        "\n".join(rules.prose(shared.read("00_start_here"))),
    )
    rows = [[float(part.replace("−", "-")) for part in row] for row in table]
    answer = [[live.controls[f"{what}_{i}"].value for what in ("weight", "bias")] for i in (1, 2, 3)]
    assert [row[1:3] for row in rows] == answer
    assert [row[3] for row in rows] == [-bias for _, bias in answer]
    assert [row[4] for row in rows] == list(np.cumsum([weight for weight, _ in answer]))


def test_axes_hold_still_whatever_the_sliders_do():
    live = three_units(ROOF)
    held = [axes.get_ylim() for axes in live.figure.axes]
    set_to(live, weight_1=4.0, bias_1=3.0)
    assert [axes.get_ylim() for axes in live.figure.axes] == held


@pytest.mark.parametrize(
    ("corners", "options", "error", "part"),
    [
        ([(0, 0), (1, 0)], {}, ValueError, "3 to 5 points"),
        ([*ROOF, (4, 1)], {}, ValueError, "3 to 5 points"),
        ([(-3, 0), (-2, 1), (0, 2)], {}, ValueError, "first two must have the height 0"),
        ([(-3, 0), (-3, 0), (0, 2)], {}, ValueError, "left to right"),
        ([(-3, 0), (-2, 0), (-1, 9)], {}, ValueError, "less steep"),
        ([(-3, 0), (-2, 0), (-1, np.nan)], {}, ValueError, "3 to 5 points"),
        ("roof", {}, TypeError, "corners must be real numbers"),
        (ROOF, {"weights": (1, 2)}, ValueError, "weights must have shape \\(3,\\)"),
        (ROOF, {"weights": (5, 0, 0)}, ValueError, "weight 1 must lie between -4 and 4"),
        (ROOF, {"biases": (0, 0, 3.1)}, ValueError, "bias 3 must lie between -3 and 3"),
    ],
)
def test_targets_that_cannot_be_matched(corners, options, error, part):
    with pytest.raises(error, match=part):
        three_units(corners, **options)


def test_the_map_leads_to_every_lesson_with_its_question_and_minutes():
    (table,) = [text for text in rules.prose(shared.read("00_start_here")) if "## The map" in text]
    rows = {
        file: (question, int(minutes))
        for file, question, minutes in re.findall(r"\]\(([^)]+)\) ?\| ?(.+?) ?\| ?(\d+) ?\|", table)
    }
    others = {path.name: shared.read(path.stem) for path in sorted(shared.FOLDER.glob("*.ipynb"))}
    del others["00_start_here.ipynb"]
    assert list(rows) == sorted(rows)
    assert set(rows) == set(others)
    for name, notebook in others.items():
        question, minutes = rows[name]
        assert minutes == rules.minutes(notebook), name
        title = notebook.cells[0].source.splitlines()[0].lower()
        assert question.lower() in title, name


def test_what_the_lesson_says_of_its_layers(lesson):
    layers, network, x = lesson["layers"], lesson["network"], np.linspace(-3, 3, 61)
    assert sum(W.size + b.size for W, b in layers) == 664
    W, b = layers[0]
    bends = []
    for shift in (0, 3, 10):
        y = network(x, [(W, b + shift)], helpers.relu)
        bends.append(lesson["farthest_from_straight"](y))
    assert bends[0] > bends[1] > 0.1
    assert bends[2] < 1e-12
    assert ((x[:, None] @ W + b + 10) > 0).all()


def test_without_a_bend_training_ends_on_the_best_line_and_with_relu_far_below(lesson):
    x, target = lesson["points"], lesson["target"]
    line = np.polyval(np.polyfit(x[:, 0], target[:, 0], 1), x)
    best = np.mean((line - target) ** 2)
    assert best == pytest.approx(0.407, abs=5e-4)

    def left(activation, seed):
        network = helpers.Network([1, 10, 10, 1], activation, "xavier", seed=seed, output="linear")
        list(network.train(x, target, rate=0.01, steps=6000))
        return np.mean((network.forward(x) - target) ** 2)

    assert [left("identity", seed) for seed in (0, 3)] == pytest.approx([best, best], abs=1e-6)
    assert all(0 < left("relu", seed) < best / 20 for seed in (0, 5, 6))  # of 0 to 11, 5 leaves least and 6 most


def test_the_map_tells_the_minutes_of_the_short_way_as_the_lessons_do():
    for path in sorted(shared.FOLDER.glob("*.ipynb")):
        opening = shared.read(path.stem).cells[0].source
        if "**short way**" in opening:
            told = [int(minutes) for minutes in re.findall(r"about (\d+)", opening)]
            assert told == [10], path.name
    assert shared.says(shared.read("00_start_here"), "Each short way takes about 10 of these minutes.")


def test_where_a_unit_with_an_input_weight_bends():
    for w, b in ((2.0, 3.0), (-0.5, 1.0)):
        x = np.linspace(-8, 8, 1601)
        y = helpers.relu(w * x + b)
        assert x[1:-1][np.abs(np.diff(y, 2)) > 1e-9].tolist() == pytest.approx([-b / w])


def test_what_the_lesson_says_of_tanh():
    x = np.linspace(3, 12, 100)
    assert helpers.tanh.derivative(x).max() < 0.01
    assert helpers.tanh.derivative(0) == 1


def test_corners_of_the_roof_are_the_changes_of_slope():
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(ROOF)]
    assert np.diff(slopes).tolist() == [1, -3, 2]
