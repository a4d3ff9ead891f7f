"""09_vanishing_gradient: its code, every live figure, the numbers in the prose."""

import asyncio
import io
import math
import re
import sys
import threading
from types import SimpleNamespace

import frames
import numpy as np
import pytest
import shared
from PIL import Image
from scipy.integrate import quad
from scipy.stats import norm
from shared import mark, set_to, texts

import helpers
from helpers.figures.style import number
from lessons.vanishing_gradient import layer_gradients, race, race_state, slope_product
from lessons.vanishing_gradient.layer_gradients import BINS, histogram
from lessons.vanishing_gradient.race import HIGHEST, RUNNERS
from lessons.vanishing_gradient.size_classes import SIZE_CLASSES, classify

NOTEBOOK = shared.read("09_vanishing_gradient")
CELLS = {cell.id: cell for cell in NOTEBOOK.cells}
SPACE = shared.names(NOTEBOOK, "imports", "spirals", "forward", "backward-code")
X = SPACE["x"]
Y = SPACE["y"]
NORMAL = np.random.default_rng(0).standard_normal(20)


def says(part):
    return shared.says(NOTEBOOK, part)


def printed(cell):
    return "".join(output.text for output in CELLS[cell].outputs)


def numbers(text):
    return [float(part) for part in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", text)]


@pytest.mark.parametrize(
    ("sizes", "word"),
    [
        ((0, 9e-7), "gone"),
        ((1e-6, 0.09), "shrinking"),
        ((0.1, 1, 10), "alive"),
        ((10.1, math.inf), "exploding"),
    ],
)
def test_every_size_has_one_class(sizes, word):
    assert {classify(size).word for size in sizes} == {word}


# The product ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "depth", "mean", "std", "weight"),
    [(helpers.tanh, 10, 0.5, 2, 1.5), (helpers.relu, 20, -3, 0.1, 4)],
)
def test_the_product_is_written_out_factor_by_factor(f, depth, mean, std, weight):
    live = slope_product(f.identifier)
    set_to(live, depth=depth, mean=mean, std=std, weight=weight)
    z = mean + std * NORMAL[:depth]
    left = np.cumprod(weight * f.derivative(z))
    words = texts(live)
    for row, rest in enumerate(left, start=1):
        word = classify(rest).word
        assert f"f′({number(z[row - 1], 2)})" in words[f"factor-{row}"]
        assert words[f"left-{row}"].endswith(word)
        power = np.log10(max(rest, 1e-15))
        bar = mark(live, f"bar-{row}")
        assert bar.get_x() + bar.get_width() == pytest.approx(power)
        assert mark(live, f"left-{row}").get_color() == classify(rest).ink
    assert f"left-{depth + 1}" not in words
    assert words["product"].endswith(f": {classify(left[-1]).word}")
    assert f"{depth} layers of {f.name}" in live.alt
    assert live.alt.endswith(f"{words['product'][2:]}.")
    assert all(number(slope) in live.alt for slope in f.derivative(z))


@pytest.mark.parametrize(
    ("depth", "weight", "rule"),
    [
        (1, 1, "f′(z₁)"),
        (4, 1, "f′(z₄) · f′(z₃) · f′(z₂) · f′(z₁)"),
        (5, 1, "f′(z₅) · f′(z₄) · … · f′(z₁)"),
        (20, 2, "w·f′(z₂₀) · w·f′(z₁₉) · … · w·f′(z₁)"),
    ],
)
def test_up_to_four_factors_are_written_out(depth, weight, rule):
    assert (
        texts(slope_product(depth=depth, weight=weight))["rule"] == f"∂out/∂z₁ = {rule}"
    )


def test_a_factor_is_the_weight_times_the_slope_and_the_rest_is_the_product_so_far():
    live = slope_product("identity", depth=3, std=0, mean=-0.5, weight=1.5)
    words = texts(live)
    assert [words[f"factor-{row}"] for row in (1, 2, 3)] == [
        "1.5 · f′(−0.50) = 1.5000"
    ] * 3
    left = [words[f"left-{row}"] for row in (1, 2, 3)]
    assert left == ["1.5000 alive", "2.2500 alive", "3.3750 alive"]
    set_to(live, depth=10)
    assert texts(live)["product"] == "= 57.7: exploding"
    set_to(live, weight=1.0)
    assert texts(live)["factor-1"] == "f′(−0.50) = 1.0000"
    set_to(live, weight=0.0)
    assert texts(live)["product"] == "= 0: gone"


def test_a_z_at_the_kink_of_relu_is_refused():
    live = slope_product("relu", mean=1.0, std=0.0)
    set_to(live, mean=1e-17)  # what a browser makes of 0
    assert live.message == (
        "ReLU has no slope at exactly z = 0; move the mean or the spread of z."
    )
    set_to(live, activation=helpers.sigmoid)
    assert live.message == ""


def test_seed_and_layers_decide_the_draws():
    live = slope_product(depth=5)
    first = [texts(live)[f"factor-{row}"] for row in range(1, 6)]
    set_to(live, depth=20)
    assert [texts(live)[f"factor-{row}"] for row in range(1, 6)] == first
    set_to(live, seed=3)
    assert texts(live)["factor-1"] != first[0]


def test_what_the_lesson_says_of_the_four_slopes():
    rows = {
        line.split("  ")[0].strip(): numbers(line)
        for line in printed("card").splitlines()
    }
    largest, mean = rows.pop("sigmoid")
    assert largest == 0.25
    assert all(mean < other / 2 for _, other in rows.values())
    assert says("The sigmoid's are by far the smallest")


def product(f=helpers.sigmoid, depth=10, mean=0.0, std=1.0, weight=1.0, seed=0):
    z = np.random.default_rng(seed).normal(mean, std, depth)
    return np.prod(weight * f.derivative(z))


def test_what_the_lesson_says_of_the_product():
    assert number(product(depth=20), 4).startswith("2.87")
    assert says("With seed 0 it is 2.9 · 10⁻¹⁴")
    assert product(std=0) == pytest.approx(9.5367e-7, rel=1e-4)
    assert says("0.25¹⁰ is 9.5 · 10⁻⁷, less than a millionth")
    assert says("| sigmoid slopes alone, at best | 9.5 · 10⁻⁷ |")
    seeds = range(21)
    assert product(weight=4, std=0) == 1
    assert all(product(weight=4, std=3, seed=seed) < 1e-3 for seed in seeds)
    assert says(
        "A weight of 4, since 4 · 0.25 = 1. "
        "With spread 3 most slopes are smaller, and less than a thousandth"
    )
    moved = [product(helpers.relu, mean=3, seed=seed) for seed in seeds]
    assert {product(helpers.relu, seed=seed) for seed in seeds} | set(moved) == {0, 1}
    assert sum(moved) >= 18
    assert says("Only 0 or 1, like each slope. At mean 3 nearly all slopes are 1.")
    assert product(helpers.relu, mean=3, weight=1.5) == pytest.approx(57.7, abs=0.05)
    assert says("a weight of 1.5 gives 57.7")


# The backward pass as it stands in the notebook -----------------------------------------


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_the_backward_pass_in_the_lesson_against_central_differences(depth):
    rng = np.random.default_rng(depth)
    weights = [rng.normal(size=(3, 3)) for _ in range(depth)]
    inputs = rng.normal(size=(6, 3))
    target = rng.uniform(size=(6, 3))
    z, a = SPACE["forward"](inputs, weights)
    deltas = SPACE["backward"](z, a, weights, target)

    def loss():
        _, outputs = SPACE["forward"](inputs, weights)
        return np.sum((outputs[-1] - target) ** 2) / 2

    for layer, W in enumerate(weights):
        computed = a[layer].T @ deltas[layer]
        for place in np.ndindex(W.shape):
            before = W[place]
            W[place] = before + 1e-5
            above = loss()
            W[place] = before - 1e-5
            below = loss()
            W[place] = before
            assert (above - below) / 2e-5 == pytest.approx(
                computed[place], rel=1e-5, abs=1e-9
            )


def test_computed_and_measured_agree_as_printed_and_the_slip_does_not():
    rows = np.array([numbers(line)[1:] for line in printed("check").splitlines()])
    computed = rows[:, 0]
    np.testing.assert_allclose(computed, rows[:, 1], rtol=2e-3)
    slipped = np.array(
        [numbers(line)[1] for line in printed("break-it-code").splitlines()]
    )
    assert (np.abs(slipped / computed - 1) > 0.01).all()
    assert (
        np.abs(np.log(slipped / computed)) < 1
    ).all()  # the same sign and order of magnitude
    assert says("All four, and every number looks reasonable")


def test_ten_layers_and_what_the_factors_foretell():
    first, _, last = map(float, re.findall(r"\d\.\de-\d+", printed("ten-layers")))
    assert 1.5e-6 < first / last < 2.5e-6
    assert says("About two millionths of the last layer's gradient arrive at the first")
    foretold, measured = map(
        float, re.findall(r"\d\.\de-\d+", printed("foretell-code"))
    )
    assert 0.5 < foretold / measured < 2


# The layers -----------------------------------------------------------------------------


def by_hand(
    activation, initialisation, depth=20, width=64, scale=1.0, examples=256, **repairs
):
    """Return the sizes of ∂L/∂z and the outputs, layer by layer, of a fresh network."""
    sizes = [width] * (depth + 1) + [10]
    options = repairs if initialisation != "gaussian" else repairs | {"scale": 1.0}
    net = helpers.Network(sizes, activation, initialisation, 0, **options)
    net.W = [scale * W for W in net.W]
    rng = np.random.default_rng(0)
    x = rng.standard_normal((examples, width))
    y = rng.integers(0, 10, examples)
    gradients, activity = net.layer_gradients_and_activity(x, y, relative=True)
    return gradients, activity.a[1:]


def first(*arguments, **options):
    """Return the size of ∂L/∂z in the first layer."""
    return by_hand(*arguments, **options)[0][0]


@pytest.mark.parametrize(
    ("controls", "options"),
    [
        ({}, {}),
        ({"depth": 1, "scale": 3.0}, {}),
        ({"depth": 50, "width": 16, "activation": "tanh", "scale": 0.5}, {}),
        ({"activation": "relu", "initialisation": "he"}, {}),
        ({"activation": "relu", "initialisation": "gaussian"}, {"normalise": "batch"}),
        ({"activation": "identity"}, {"normalise": "layer", "residual": True}),
    ],
    ids=str,
)
def test_layers_are_measured_in_the_network_and_drawn(controls, options):
    live = layer_gradients(depth=6, width=32, repairs=True)
    set_to(live, **controls, **options)
    usual = {"depth": 6, "width": 32}
    usual |= {"activation": "sigmoid", "initialisation": "xavier"}
    sizes, outputs = by_hand(**usual | controls, **options)
    layers = np.arange(1, len(sizes) + 1)
    points = np.column_stack([layers, np.log10(sizes)])
    np.testing.assert_allclose(mark(live, "sizes").get_xydata(), points, rtol=1e-6)
    for each in SIZE_CLASSES:
        mine = [layer for layer in layers if classify(sizes[layer - 1]) is each]
        assert mark(live, each.word).get_xdata().tolist() == mine
    words = texts(live)
    word = classify(sizes[0]).word
    assert words["first"] == f"layer 1: {number(sizes[0])} of the top, {word}"
    assert number(outputs[-1].std(), 3) in words["spread"]
    told = [number(sizes[0]), number(sizes[-1]), words["spread"], words["note"]]
    assert all(part in live.alt for part in told)


def test_the_grey_line_is_the_first_network_exact_at_first_and_near_at_other_depths():
    live = layer_gradients("tanh", "xavier", depth=9, width=24)
    set_to(live, activation="sigmoid")
    exact = np.log10(by_hand("tanh", "xavier", 9, 24)[0])
    np.testing.assert_allclose(mark(live, "grey").get_ydata(), exact, atol=0.2)
    set_to(live, activation="tanh")
    np.testing.assert_allclose(mark(live, "grey").get_ydata(), exact, rtol=1e-6)


def test_a_column_is_a_histogram_without_the_zeros():
    values = np.concatenate([np.zeros(50), NORMAL])
    counts, _ = np.histogram(NORMAL, BINS, (-4, 4))
    np.testing.assert_allclose(histogram(values, -4.0, 4.0), counts / counts.max())
    assert not histogram(np.zeros(3), -1.0, 1.0).any()
    ends = histogram(np.array([-4.0, 4.0, 4.0, 4.1, -4.1]), -4.0, 4.0)
    np.testing.assert_allclose(ends, [0.5, *[0] * (BINS - 2), 1])
    live = layer_gradients("relu", "he", depth=3, width=16)
    columns = mark(live, "outputs").get_xy().reshape(3, -1, 2)
    edges = np.linspace(0, 4, BINS + 1)
    _, outputs = by_hand("relu", "he", 3, 16)
    for layer, column in enumerate(columns):
        x, y = column.T
        counts, _ = np.histogram(outputs[layer][outputs[layer] > 0], edges)
        assert (x[1:-2] - x[0]) / np.ptp(x) == pytest.approx(counts / counts.max())
        assert y[1:-2] == pytest.approx((edges[1:] + edges[:-1]) / 2)
        assert layer + 0.5 <= x.min() < x.max() <= layer + 1.5


@pytest.mark.parametrize(
    ("activation", "scale"), [("relu", 3.0), ("identity", 3.0), ("sigmoid", 10.0)]
)
def test_a_note_says_what_the_picture_of_the_last_layer_leaves_out(activation, scale):
    live = layer_gradients(activation, "gaussian", depth=3, width=16, scale=scale)
    last = by_hand(activation, "gaussian", 3, 16, scale)[1][-1]
    beyond = f"{100 * np.mean(np.abs(last) > 4):.0f} % beyond the picture"
    zeros = f"{100 * np.mean(last == 0):.0f} % exactly 0"
    notes = {"relu": f"layer 3: {zeros}, {beyond}", "identity": f"layer 3: {beyond}"}
    assert texts(live)["note"] == notes.get(activation, "")


@pytest.mark.parametrize(
    ("depth", "told"),
    [(6, ["6", "4", "1"]), (7, ["7", "4", "1"]), (2, ["2", "1"]), (1, ["1"])],
)
def test_sizes_are_told_of_the_last_the_middle_and_the_first_layer(depth, told):
    sizes, _ = layer_gradients(depth=depth, width=8).alt.split("Outputs:")
    assert re.findall(r"in layer (\d+)", sizes) == told


def test_the_axis_stands_still_for_small_moves_and_widens_for_large_ones():
    live = layer_gradients("relu", "he", depth=20, width=32)
    axes = mark(live, "sizes").axes
    limits = axes.get_ylim()
    set_to(live, scale=1.4, activation="tanh")
    assert axes.get_ylim() == limits
    set_to(live, initialisation="gaussian", scale=10.0, activation="relu", depth=50)
    heights = mark(live, "sizes").get_ydata()
    low, high = mark(live, "sizes").axes.get_ylim()
    assert low < heights.min() < 50 < heights.max() < high
    assert texts(live)["first"].endswith("exploding")


def test_zero_gradients_are_drawn_below_all_others():
    live = layer_gradients(
        "relu", "xavier", depth=50, width=8, seed=7
    )  # a layer of dead units
    low, _ = mark(live, "sizes").axes.get_ylim()
    assert low < mark(live, "sizes").get_ydata()[0] < -300
    assert texts(live)["first"].endswith("of the top, gone")


def test_numbers_beyond_float64_are_a_sentence(monkeypatch):
    live = layer_gradients(depth=2, width=8)

    def overflow(*arguments, **options):
        raise OverflowError("numbers outgrow float64; try a smaller scale.")

    monkeypatch.setattr(helpers.Network, "layer_gradients_and_activity", overflow)
    set_to(live, depth=3)
    assert live.message.startswith("numbers outgrow float64")


FACTS = {  # the median size of ∂L/∂z in the first of ten layers, over many seeds
    ("sigmoid", "xavier"): 4.9e-7,
    ("tanh", "xavier"): 0.27,
    ("relu", "xavier"): 0.033,
    ("relu", "he"): 0.74,
    ("leaky_relu", "he"): 0.74,
    ("elu", "he"): 1.9,
    ("selu", "xavier"): 1.4,
    ("gelu", "he"): 0.49,
    ("silu", "he"): 0.12,
    ("tanh", "gaussian"): 874,
    ("relu", "gaussian"): 9.9e7,
}


def mean_square_slope(f):
    density = norm.pdf
    return quad(lambda z: f.derivative(z) ** 2 * density(z), -9, 9, points=[0])[0]


def test_the_table_in_the_lesson_is_that_of_the_facts_within_a_factor_of_two():
    rows = [line.split() for line in printed("table").splitlines()]
    assert {(f, init) for f, init, *_ in rows} == FACTS.keys()
    for f, init, size, *_, square in rows:
        slopes = mean_square_slope(helpers.ACTIVATIONS[f])
        assert float(square) == pytest.approx(slopes, abs=0.01)
        fact = FACTS[f, init]
        assert fact / 2 < float(size) < 2 * fact
        assert fact / 4 < first(f, init, 10, 128, examples=64) < 4 * fact
    sizes = [float(row[2]) for row in rows]
    assert sizes[:4] == pytest.approx([5e-7, 0.27, 0.03, 0.7], rel=0.05)
    assert says("| sigmoid, Xavier | 5 · 10⁻⁷ |")
    assert says("| tanh, Xavier | 0.27 |")
    assert says("| ReLU, Xavier / He | 0.03 / 0.7 |")


def test_tanh_keeps_more_than_its_slopes_at_spread_1_would():
    square = mean_square_slope(helpers.tanh)
    assert square == pytest.approx(0.464, abs=5e-4)
    assert math.sqrt(square) ** 10 == pytest.approx(0.02, abs=0.003)
    assert says(
        "its mean square slope would be 0.464, and ten layers would leave √0.464¹⁰ ≈ 0.02"
    )


def test_what_the_lesson_says_of_the_layers():
    sizes, _ = by_hand("sigmoid", "xavier")
    assert sizes[0] == pytest.approx(2.6e-13, rel=0.03)
    assert np.exp(np.mean(np.diff(np.log(sizes)))) == pytest.approx(1 / 0.235, rel=0.01)
    assert says("each layer leaves about the same share, 0.235")
    size, outputs = by_hand("tanh", "xavier")
    assert size[0] == pytest.approx(0.23, abs=0.005)
    assert says("With tanh 0.23 is left")
    assert outputs[-1].std() < outputs[0].std() / 2
    assert first("relu", "xavier") == pytest.approx(0.0009, abs=5e-5)
    assert says("With ReLU 0.0009 is left")
    size, outputs = by_hand("relu", "he", 50)
    assert np.mean(outputs[-1] == 0) == pytest.approx(0.5, abs=0.15)
    assert 0.1 < size[0] < 10
    assert first("relu", "gaussian") == pytest.approx(1.5e14, rel=0.03)
    assert says("It explodes, to 1.5 · 10¹⁴ with twenty layers of ReLU")
    assert first("tanh", "xavier", scale=0.01) < 1e-30
    last = by_hand("sigmoid", "xavier", scale=10.0)[1][-1]
    assert np.mean((last < 0.05) | (last > 0.95)) > 0.5


def test_half_of_the_mean_square_is_lost_in_every_layer_with_xavier_and_not_with_he():
    for line in printed("halves").splitlines():
        depth, xavier, _, _, he = numbers(line)
        assert xavier == pytest.approx(0.5**depth, rel=0.3)
        assert he == pytest.approx(0.5, rel=0.2)


def test_the_ratio_of_the_weights_gradients_hides_the_scale():
    rows = np.array([numbers(line) for line in printed("ratio").splitlines()])
    assert len(set(rows[:, -1])) == 1
    assert rows[-1, 1] / rows[0, 1] > 1e19


def test_what_the_lesson_says_of_the_repairs():
    lines = printed("repairs-numbers").splitlines()
    plain, batch, layer, residual, both = (
        numbers(line.split("}")[1]) for line in lines
    )
    assert plain[0] < 1e-30
    assert 0.1 < batch[0] < 10
    assert batch[1] ** (1 / 50) == pytest.approx(1.2, abs=0.03)
    assert says("the gradient *grows*, by about a fifth per layer")
    assert batch[1] < first("relu", "he", 50, 128, examples=16, normalise="batch")
    assert layer[0] < 1e-18
    assert 0.1 < layer[1] < 10
    assert residual[0] == pytest.approx(0.26, abs=0.02)
    assert 1e10 < residual[1] < 1e11
    assert all(0.1 < size < 10 for size in both)
    _, outputs = by_hand("sigmoid", "xavier", 50, residual=True)
    assert outputs[-1].mean() > 10 * outputs[0].mean()
    assert says("save the sigmoid's gradient, but let the outputs grow")


# The race -------------------------------------------------------------------------------


@pytest.fixture
def turns(monkeypatch):
    """Return a list to which each race that starts adds its turns, in place of a thread."""
    started = []
    monkeypatch.setattr(race_state, "in_thread", started.append)
    return started


def short(**options):
    return race(X, Y, **{"depth": 2, "width": 8, "steps": 60, **options})


def run(live, turns=None):
    """Press the button, and wait until the race has come to its end."""
    set_to(live, running=True)
    if turns is None:
        for thread in threading.enumerate():
            if thread.name == "race":
                thread.join(60)
    else:
        assert all(turns.pop())


def score(net):
    """Return in words what a figure says of a network."""
    right = np.mean(net.forward(X).argmax(axis=1) == Y)
    return f"loss {net.gradients(X, Y).loss:.3f}, {100 * right:.0f} % right"


def trained(seed=0, depth=10, clip=None, **options):
    """Return (loss, accuracy) of a network after the steps of a race."""
    net = helpers.Network([2] + [32] * depth + [2], seed=seed, **options)
    list(net.train(X, Y, rate=0.05, steps=600, batch=100, seed=seed, clip=clip))
    return net.gradients(X, Y).loss, np.mean(net.forward(X).argmax(axis=1) == Y)


def test_a_race_that_nobody_starts_stands_still_and_is_the_same_every_time():
    threads = threading.active_count()
    live = race(X, Y)
    assert threading.active_count() == threads
    start = "10 hidden layers, seed 0, step 0 of 600: ready. sigmoid, Xavier: loss 0."
    assert live.alt.startswith(start)
    assert live.alt == race(X, Y).alt == CELLS["race"].outputs[0].data["text/plain"]
    assert live.controls["running"].description == "start"


def test_competitors_that_line_up_have_not_trained():
    live = race(X, Y, depth=3)
    for n, options in enumerate(RUNNERS.values(), start=1):
        net = helpers.Network([2, 32, 32, 32, 2], seed=0, **options)
        assert texts(live)[f"score-{n}"] == score(net)
        answers = mark(live, f"answers-{n}").get_array()
        assert answers.mean() == pytest.approx(plane(live, n, net).mean(), abs=0.01)


def plane(live, n, net):
    """Return what a network answers at the points of the n-th picture."""
    image = mark(live, f"answers-{n}")
    side = np.linspace(*image.get_extent()[:2], len(image.get_array()))
    return np.array(
        [net.forward(np.column_stack([side, 0 * side + y]))[:, 1] for y in side]
    )


def test_a_race_run_to_its_end_shows_what_the_networks_have_learned(turns):
    live = short()
    run(live, turns)
    assert "step 60 of 60: finished" in live.alt
    assert live.controls["running"].description == "race again"
    for n, options in enumerate(RUNNERS.values(), start=1):
        net = helpers.Network([2, 8, 8, 2], seed=0, **options)
        list(net.train(X, Y, rate=0.05, steps=60, batch=100))
        steps, losses = mark(live, f"losses-{n}").get_data()
        assert steps.tolist() == [0, 10, 20, 30, 40, 50, 60]
        assert losses[-1] == pytest.approx(net.gradients(X, Y).loss, rel=1e-9)
        answers = mark(live, f"answers-{n}").get_array()
        np.testing.assert_allclose(answers, plane(live, n, net), rtol=1e-9)
        assert texts(live)[f"score-{n}"] == score(net)
        assert score(net) in live.alt


def test_to_race_again_takes_the_next_seed(turns):
    live = short(steps=20)
    for seed in (0, 1, 2):
        run(live, turns)
        assert f"2 hidden layers, seed {seed}, step 20 of 20: finished" in live.alt
        net = helpers.Network([2, 8, 8, 2], "relu", "he", seed)
        list(net.train(X, Y, rate=0.05, steps=20, batch=100, seed=seed))
        assert f"ReLU, He: {score(net)}" in live.alt
    set_to(live, depth=3)
    assert "seed 2, step 0" in live.alt


def test_the_picture_follows_a_race_now_and_then(turns, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(race_state, "time", SimpleNamespace(monotonic=lambda: now[0]))
    live = short()
    set_to(live, running=True)
    for _ in range(4):  # each competitor takes a turn
        next(turns[0])
    assert "step 0 of 60" in live.alt
    now[0] += 1
    next(turns[0])
    assert "step 10 of 60: running" in live.alt
    assert mark(live, "losses-1").get_xdata().tolist() == [0, 10]


def test_a_race_that_was_stopped_rests_and_ends_as_one_that_was_not(turns):
    through, halted = short(), short()
    run(through, turns)
    button = halted.controls["running"]
    for seen in (True, False, True):
        button.value = True
        assert button.description == "stop"
        (race_turns,) = turns
        for _ in range(6):
            next(race_turns)
        button.value = False
        assert button.description == "go on"
        if seen:  # else it goes on before its next turn would have come
            assert next(turns.pop(), "over") == "over"
            assert ": stopped." in halted.alt
    run(halted, turns)
    assert halted.alt == through.alt


def test_another_depth_ends_the_race_and_stands_at_a_new_start(turns):
    live = short()
    set_to(live, running=True)
    next(turns[0])
    set_to(live, depth=5)
    start = "5 hidden layers, seed 0, step 0 of 60: ready"
    assert live.alt.startswith(start)
    assert not live.controls["running"].value
    assert next(turns[0], "over") == "over"
    assert live.alt.startswith(start)
    assert live.message == ""


def test_a_race_in_a_thread_ends_as_one_by_hand(turns, monkeypatch):
    slow, live = short(), short()
    run(slow, turns)
    monkeypatch.undo()
    for running in (True, False, True, False):
        set_to(live, running=running)
    run(live)
    assert live.alt == slow.alt


def test_a_race_on_an_event_loop_stops_goes_on_and_ends_as_one_by_hand(
    turns, monkeypatch
):
    by_hand, looped = short(), short()
    run(by_hand, turns)
    monkeypatch.setattr(
        sys, "platform", "emscripten"
    )  # a browser's Python, without threads
    button = looped.controls["running"]

    async def press():
        button.value = True
        await asyncio.sleep(0)
        assert ": running." in looped.alt
        button.value = False
        await asyncio.sleep(0)
        assert ": stopped." in looped.alt
        button.value = True
        while button.value:
            await asyncio.sleep(0)

    asyncio.run(press())
    assert not turns
    assert looped.alt == by_hand.alt


def test_trouble_in_the_thread_reaches_the_message_line(monkeypatch, capfd):
    live = short()
    monkeypatch.setattr(race_state.Competitor, "advance", lambda self: 1 / 0)
    run(live)
    assert live.message == "The race ended early: ZeroDivisionError: division by zero"
    assert ": stopped." in live.alt
    assert capfd.readouterr() == ("", "")


def test_a_network_that_diverges_says_so_and_the_others_go_on(turns):
    exploding = {"activation": "relu", "initialisation": "gaussian", "scale": 2.0}
    clipped = exploding | {"clip": 1.0}
    live = short(
        runners={"a": exploding, "b": clipped, "c": {}, "a very long name indeed": {}},
        depth=10,
    )
    run(live, turns)
    words = texts(live)
    assert words["score-1"].endswith("diverged")
    assert "diverged" not in words["score-2"] + words["score-3"]
    assert "step 60 of 60: finished" in live.alt
    assert "a very long na…" in live.alt


def test_a_loss_above_the_axis_is_shown_as_leaving_it():
    wild = {"activation": "relu", "initialisation": "gaussian", "scale": 0.5}
    live = race(X, Y, {"one": {}, "wild": wild, "two": {}, "three": {}})
    loss = numbers(texts(live)["score-2"])[0]
    shown = frames.texts(frames.root(live))
    assert loss > HIGHEST
    assert f"↑ {loss:.0f} wild" in shown
    assert shown.count("one") == 2  # above its plane, and at the end of its losses


def test_every_example_of_a_race_stands_in_the_stored_picture_too():
    live = race(X, Y)
    picture = np.asarray(Image.open(io.BytesIO(live.png())).convert("L"))
    for n in range(1, 5):
        places = mark(live, f"answers-{n}").axes.transData.transform(X)
        across, up = (2 * places).astype(int).T
        assert (
            picture[len(picture) - 1 - up, across].max() < 170
        )  # the planes are above 200


def test_the_deep_sigmoid_stays_at_chance_and_relu_with_he_learns():
    for seed in (1, 2):  # 0 is that of the race below
        loss, right = trained(seed, activation="sigmoid", initialisation="xavier")
        assert loss == pytest.approx(math.log(2), abs=0.01)
        assert right == pytest.approx(0.5, abs=0.05)
        loss, right = trained(seed, activation="relu", initialisation="he")
        assert loss < 0.05
        assert right > 0.98
    assert says("always at chance, with the loss of guessing, 0.69")
    assert says("always all points right, or nearly all")


def test_the_race_at_the_default_depth_ends_as_the_lesson_says(turns):
    live = race(X, Y)
    run(live, turns)
    scores = [numbers(texts(live)[f"score-{n}"]) for n in range(1, 5)]
    assert scores[0] == pytest.approx([0.693, 50], abs=0.01)
    assert scores[3][1] >= 99
    assert all(65 < right <= 100 for _, right in scores[1:3])
    assert says("from 70 % to 100 % right, so yours may differ")


def test_what_the_lesson_says_of_one_hidden_layer():
    for options in RUNNERS.values():
        assert trained(depth=1, **options)[1] == pytest.approx(0.7, abs=0.07)
    assert says("all four get about 70 % right")


def test_what_the_lesson_says_of_the_race_of_the_repairs():
    space = {"np": np}
    exec(CELLS["diverge-code"].source.partition("net =")[0], space)
    exec(CELLS["repairs-race"].source.partition("race(")[0], space)
    wide, last, winner, clipped = (
        trained(**options)[1] for options in space["runners"].values()
    )
    assert winner > 0.99
    assert says("*tanh, residual* always got every point right")
    assert 0.6 < last < 0.75
    assert says("*σ, residual* was always last, with 60 % to 75 %")
    assert last < 0.8 < min(wide, clipped)
    assert says("The other two got 80 % to 100 %")


def test_weights_of_spread_a_half_ruin_the_training_in_fewer_than_ten_steps():
    assert printed("diverge-code").startswith(
        "Stopped, and went back to the weights of step 0"
    )
    assert says("ruin the training in fewer than ten steps")


# Refusals, and the exercises ------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: slope_product("softmax"), "'silu', but it is 'softmax'"),
        (
            lambda: slope_product("leaky_relu", std=0),
            "leaky ReLU has no slope at exactly z = 0",
        ),
        (lambda: slope_product(std=-1), "std must lie between 0 and 3"),
        (
            lambda: layer_gradients("softmax"),
            "activation must be .*'silu', but it is 'softmax'",
        ),
        (
            lambda: layer_gradients(initialisation="kaiming"),
            "'gaussian', but it is 'kaiming'",
        ),
        (lambda: layer_gradients(scale=0), "scale must lie between 0.01 and 10"),
        (lambda: race(X[:, :1], Y), r"x must have shape \(examples, 2\)"),
        (lambda: race(X, Y, {"one": {}}), "a dict of four names"),
        (lambda: race(X, Y, dict.fromkeys("abcd", "tanh")), "a dict of four names"),
        (lambda: race(X, Y, depth=0), "depth must lie between 1 and 30"),
        (lambda: race(X, Y, batch=301), "batch must be at most 300"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_the_bound_in_float32():
    quarter = np.float32(0.25)
    assert quarter**74 > 0 == quarter**75
    assert quarter**63 == np.finfo(np.float32).tiny
    assert 0.25**537 > 0 == 0.25**538


def test_the_scale_for_fifty_layers_keeps_the_size():
    he = math.sqrt(2 / 128)

    def left(std):
        return first("relu", "he", 50, 128, scale=std / he)

    assert 0.2 < left(0.125) < 5
    for wrong in (
        math.sqrt(1 / 128),
        2 / 128,
        math.sqrt(2 / 50),
        math.sqrt(1 / (3 * 128)),
    ):
        assert not 1e-3 < left(wrong) < 1e3


def test_pytorchs_default_is_a_sixth_of_hes_variance():
    uniform = 1 / 3 / 128  # the variance of U(−1/√n, 1/√n)
    assert uniform == pytest.approx((2 / 128) / 6)
    assert first("relu", "he", 10, 128, scale=math.sqrt(1 / 6)) == pytest.approx(
        2e-4, rel=0.5
    )
