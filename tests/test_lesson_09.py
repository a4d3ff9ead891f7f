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
from numpy.testing import assert_allclose
from PIL import Image
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.stats import norm
from shared import Lesson, heights, mark, points, set_to, texts

import helpers
from helpers.figures.style import number
from lessons.vanishing_gradient import layer_gradients, race, race_state, slope_product
from lessons.vanishing_gradient.layer_gradients import BINS, histogram
from lessons.vanishing_gradient.race import HIGHEST, RUNNERS
from lessons.vanishing_gradient.size_classes import SIZE_CLASSES, classify

LESSON = Lesson("09_vanishing_gradient")
says = LESSON.says
SPACE = LESSON.names("imports", "spirals", "forward", "backward-code")
X = SPACE["x"]
Y = SPACE["y"]


def numbers(text):
    return [float(part) for part in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", text)]


def table(cell, start=0):
    """Return the numbers that a cell prints, a row a line, from the column `start` on."""
    return np.array(
        [numbers(line)[start:] for line in LESSON.printed(cell).splitlines()]
    )


def test_every_size_has_one_class():
    sizes = (0, 9e-7, 1e-6, 0.09, 0.1, 10, 10.1, math.inf)
    words = " ".join(classify(size).word for size in sizes)
    assert words == "gone gone shrinking shrinking alive alive exploding exploding"


# The product ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "depth", "mean", "std", "weight", "seed"),
    [(helpers.tanh, 10, 0.5, 2, 1.5, 0), (helpers.relu, 20, -3, 0.1, 4, 3)],
)
def test_the_product_is_written_out_factor_by_factor(f, depth, mean, std, weight, seed):
    live = slope_product(f.identifier)
    set_to(live, depth=depth, mean=mean, std=std, weight=weight, seed=seed)
    z = np.random.default_rng(seed).normal(mean, std, depth)
    slopes = f.derivative(z)
    words = texts(live)
    for row, product in enumerate(np.cumprod(weight * slopes), start=1):
        assert f"f′({number(z[row - 1], 2)})" in words[f"factor-{row}"]
        assert words[f"left-{row}"].endswith(classify(product).word)
        bar = mark(live, f"bar-{row}")
        end = bar.get_x() + bar.get_width()
        assert 10**end == pytest.approx(max(product, 1e-15))
    assert f"left-{depth + 1}" not in words
    assert f"{depth} layers of {f.name}" in live.alt
    assert live.alt.endswith(f"{words['product'][2:]}.")
    assert all(number(slope) in live.alt for slope in slopes)


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
    words = texts(slope_product(depth=depth, weight=weight))
    assert words["rule"] == f"∂out/∂z₁ = {rule}"


@pytest.mark.parametrize(
    ("weight", "factor", "left", "product"),
    [
        (1.5, "1.5 · f′(−0.50) = 1.5000", "3.3750 alive", "= 57.7: exploding"),
        (1.0, "f′(−0.50) = 1.0000", "1.0000 alive", "= 1.0000: alive"),
        (0.0, "0.0 · f′(−0.50) = 0", "0 gone", "= 0: gone"),
    ],
)
def test_factors_are_the_weight_times_the_slope(weight, factor, left, product):
    live = slope_product("identity", std=0, mean=-0.5, weight=weight)
    words = texts(live)
    assert (words["factor-3"], words["left-3"]) == (factor, left)
    assert words["product"] == product


def test_a_z_at_the_kink_of_relu_is_refused():
    live = slope_product("relu", mean=1.0, std=0.0)
    set_to(live, mean=1e-17)  # what a browser makes of 0
    assert live.message.startswith("ReLU has no slope at exactly z = 0; move the mean")
    set_to(live, activation=helpers.sigmoid)
    assert live.message == ""


def test_what_the_lesson_says_of_the_four_slopes():
    sigmoid, *others = table("card")
    assert sigmoid[0] == 0.25
    assert all(sigmoid[1] < mean / 2 for _, mean in others)
    assert says("The sigmoid's are by far the smallest")


def product(f=helpers.sigmoid, depth=10, mean=0.0, std=1.0, weight=1.0, seed=0):
    z = np.random.default_rng(seed).normal(mean, std, depth)
    return np.prod(weight * f.derivative(z))


def test_what_the_lesson_says_of_the_product():
    assert product(depth=20) == pytest.approx(2.87e-14, rel=1e-3)
    assert says("With seed 0 it is 2.9 · 10⁻¹⁴")
    assert product(std=0) == pytest.approx(9.5367e-7, rel=1e-4)
    assert says("0.25¹⁰ is 9.5 · 10⁻⁷, less than a millionth")
    assert says("| sigmoid slopes alone, at best | 9.5 · 10⁻⁷ |")
    seeds = range(21)
    assert product(weight=4, std=0) == 1
    assert all(product(weight=4, std=3, seed=seed) < 1e-3 for seed in seeds)
    assert says("A weight of 4, since 4 · 0.25 = 1. ")
    assert says("With spread 3 most slopes are smaller, and less than a thousandth")
    centred = [product(helpers.relu, seed=seed) for seed in seeds]
    moved = [product(helpers.relu, mean=3, seed=seed) for seed in seeds]
    assert {*centred, *moved} == {0, 1}
    assert sum(moved) >= 18
    assert says("Only 0 or 1, like each slope. At mean 3 nearly all slopes are 1.")
    steeper = product(helpers.relu, mean=3, weight=1.5)
    assert says(f"a weight of 1.5 gives {steeper:.1f}")


# The backward pass as it stands in the notebook -----------------------------------------


@pytest.mark.parametrize("depth", [1, 5])
def test_the_backward_pass_in_the_lesson_against_differences(depth):
    rng = np.random.default_rng(depth)
    weights = rng.normal(size=(depth, 3, 3))
    inputs = rng.normal(size=(6, 3))
    target = rng.uniform(size=(6, 3))

    def loss(flat):
        _, outputs = SPACE["forward"](inputs, flat.reshape(weights.shape))
        return np.sum((outputs[-1] - target) ** 2) / 2

    z, a = SPACE["forward"](inputs, weights)
    deltas = SPACE["backward"](z, a, weights, target)
    computed = [a[layer].T @ deltas[layer] for layer in range(depth)]
    measured = approx_fprime(weights.ravel(), loss)
    assert_allclose(np.ravel(computed), measured, rtol=1e-3, atol=1e-7)


def test_computed_and_measured_agree_as_printed_and_the_slip_does_not():
    computed, measured = table("check", 1).T
    assert_allclose(computed, measured, rtol=2e-3)
    (slipped,) = table("break-it-code", 1).T
    ratio = slipped / computed
    assert (np.abs(ratio - 1) > 0.01).all()
    assert (np.abs(np.log(ratio)) < 1).all()  # the same sign and order of magnitude
    assert says("All four, and every number looks reasonable")


def test_ten_layers_and_what_the_factors_foretell():
    first, _, last = numbers(LESSON.printed("ten-layers"))
    assert 1.5e-6 < first / last < 2.5e-6
    assert says("About two millionths of the last layer's gradient arrive at the first")
    *_, foretold, measured = numbers(LESSON.printed("foretell-code"))
    assert 0.5 < foretold / measured < 2


# The layers -----------------------------------------------------------------------------


def by_hand(
    activation, initialisation, depth=20, width=64, scale=1.0, examples=256, **repairs
):
    """Return the sizes of ∂L/∂z and the outputs, layer by layer, of a fresh network."""
    sizes = [width] * (depth + 1) + [10]
    if initialisation == "gaussian":
        repairs["scale"] = 1.0
    net = helpers.Network(sizes, activation, initialisation, 0, **repairs)
    net.W = [scale * W for W in net.W]
    rng = np.random.default_rng(0)
    x = rng.standard_normal((examples, width))
    y = rng.integers(0, 10, examples)
    gradients, activity = net.layer_gradients_and_activity(x, y, relative=True)
    return gradients, activity.a[1:]


def first(*arguments, **options):
    """Return the size of ∂L/∂z in the first layer."""
    gradients, _ = by_hand(*arguments, **options)
    return gradients[0]


@pytest.mark.parametrize(
    ("controls", "options"),
    [
        ({}, {}),
        ({"depth": 50, "width": 16, "activation": "tanh", "scale": 0.5}, {}),
        ({"activation": "relu", "initialisation": "he", "depth": 1}, {}),
        ({"activation": "relu", "initialisation": "gaussian"}, {"normalise": "batch"}),
        ({"activation": "identity"}, {"normalise": "layer", "residual": True}),
    ],
    ids=str,
)
def test_layers_are_measured_in_the_network_and_drawn(controls, options):
    live = layer_gradients(depth=6, width=32, repairs=True)
    set_to(live, **controls, **options)
    usual = {"activation": "sigmoid", "initialisation": "xavier"}
    usual |= {"depth": 6, "width": 32}
    sizes, outputs = by_hand(**usual | controls, **options)
    layers = np.arange(1, len(sizes) + 1)
    drawn = np.column_stack([layers, np.log10(sizes)])
    assert_allclose(points(live, "sizes"), drawn, rtol=1e-6)
    words_of = np.array([classify(size).word for size in sizes])
    for each in SIZE_CLASSES:
        mine = layers[words_of == each.word]
        assert points(live, each.word)[:, 0].tolist() == mine.tolist()
    words = texts(live)
    assert words["first"] == f"layer 1: {number(sizes[0])} of the top, {words_of[0]}"
    assert number(outputs[-1].std(), 3) in words["spread"]
    told = [number(sizes[0]), number(sizes[-1]), words["spread"], words["note"]]
    assert all(part in live.alt for part in told)


def test_the_grey_line_is_the_first_network_exact_at_first_and_near_at_other_depths():
    live = layer_gradients("tanh", "xavier", depth=9, width=24)
    exact = np.log10(by_hand("tanh", "xavier", 9, 24)[0])
    set_to(live, activation="sigmoid")
    assert_allclose(heights(live, "grey"), exact, atol=0.2)
    set_to(live, activation="tanh")
    assert_allclose(heights(live, "grey"), exact, rtol=1e-6)


def test_a_histogram_counts_what_lies_within_its_ends_and_no_zeros():
    values = np.random.default_rng(0).standard_normal(20)
    counts, _ = np.histogram(values, BINS, (-4, 4))
    with_zeros = np.append(values, np.zeros(50))
    assert_allclose(histogram(with_zeros, -4.0, 4.0), counts / counts.max())
    assert not histogram(np.zeros(3), -1.0, 1.0).any()
    ends = histogram(np.array([-4.0, 4.0, 4.0, 4.1, -4.1]), -4.0, 4.0)
    assert_allclose(ends, [0.5, *[0] * (BINS - 2), 1])


def test_a_column_is_the_histogram_of_its_layer():
    live = layer_gradients("relu", "he", depth=3, width=16)
    columns = mark(live, "outputs").get_xy().reshape(3, -1, 2)
    _, outputs = by_hand("relu", "he", 3, 16)
    for layer, column in enumerate(columns):
        x = column[:, 0]
        widths = (x[1:-2] - x[0]) / np.ptp(x)
        assert_allclose(widths, histogram(outputs[layer], 0.0, 4.0))
        assert layer + 0.5 <= x.min() < x.max() <= layer + 1.5


@pytest.mark.parametrize("activation", ["relu", "identity"])
def test_a_note_says_what_the_picture_of_the_last_layer_leaves_out(activation):
    live = layer_gradients(activation, "gaussian", depth=3, width=16, scale=3.0)
    last = by_hand(activation, "gaussian", 3, 16, 3.0)[1][-1]
    note = f"{100 * np.mean(np.abs(last) > 4):.0f} % beyond the picture"
    if activation == "relu":
        note = f"{100 * np.mean(last == 0):.0f} % exactly 0, {note}"
    assert texts(live)["note"] == f"layer 3: {note}"
    set_to(live, activation="sigmoid")
    assert texts(live)["note"] == ""


@pytest.mark.parametrize("told", [["6", "4", "1"], ["7", "4", "1"], ["2", "1"], ["1"]])
def test_sizes_are_told_of_the_last_the_middle_and_the_first_layer(told):
    live = layer_gradients(depth=int(told[0]), width=8)
    sizes, _ = live.alt.split("Outputs:")
    assert re.findall(r"in layer (\d+)", sizes) == told


def test_the_axis_stands_still_for_small_moves_and_widens_for_large_ones():
    live = layer_gradients("relu", "he", depth=20, width=32)
    axes = mark(live, "sizes").axes
    limits = axes.get_ylim()
    set_to(live, scale=1.4, activation="tanh")
    assert axes.get_ylim() == limits
    set_to(live, initialisation="gaussian", scale=10.0, activation="relu", depth=50)
    low, high = axes.get_ylim()
    powers = heights(live, "sizes")
    assert low < powers.min() < 50 < powers.max() < high


def test_zero_gradients_are_drawn_below_all_others():
    # One layer has dead units only.
    live = layer_gradients("relu", "xavier", depth=50, width=8, seed=7)
    low, _ = mark(live, "sizes").axes.get_ylim()
    assert low < heights(live, "sizes")[0] < -300
    assert texts(live)["first"].endswith("of the top, gone")


def test_numbers_beyond_float64_are_a_sentence(monkeypatch):
    live = layer_gradients(depth=2, width=8)

    def overflow(*arguments, **options):
        raise OverflowError("numbers outgrow float64; try a smaller scale.")

    monkeypatch.setattr(helpers.Network, "layer_gradients_and_activity", overflow)
    set_to(live, depth=3)
    assert live.message.startswith("numbers outgrow float64")


def mean_square_slope(f):
    def weighted(z):
        return f.derivative(z) ** 2 * norm.pdf(z)

    return quad(weighted, -9, 9, points=[0])[0]


def test_the_table_in_the_lesson():
    rows = [line.split() for line in LESSON.printed("table").splitlines()]
    for f, *_, square in rows:
        exact = mean_square_slope(helpers.ACTIVATIONS[f])
        assert float(square) == pytest.approx(exact, abs=0.01)
    sizes = {(f, weights): float(size) for f, weights, size, *_ in rows}
    assert sizes["sigmoid", "xavier"] == pytest.approx(5e-7, rel=0.05)
    assert says("| sigmoid, Xavier | 5 · 10⁻⁷ |")
    assert says(f"| tanh, Xavier | {sizes['tanh', 'xavier']:.2f} |")
    two = f"{sizes['relu', 'xavier']:.2f} / {sizes['relu', 'he']:.1f}"
    assert says(f"| ReLU, Xavier / He | {two} |")


def test_tanh_keeps_more_than_its_slopes_at_spread_1_would():
    square = mean_square_slope(helpers.tanh)
    left = square**5
    assert says(f"its mean square slope would be {square:.3f}")
    assert says(f"ten layers would leave √{square:.3f}¹⁰ ≈ {left:.2f}")


def test_what_the_lesson_says_of_the_layers():
    sizes, _ = by_hand("sigmoid", "xavier")
    assert sizes[0] == pytest.approx(2.6e-13, rel=0.03)
    share = np.exp(-np.mean(np.diff(np.log(sizes))))
    assert says(f"each layer leaves about the same share, {share:.3f}")
    sizes, outputs = by_hand("tanh", "xavier")
    assert says(f"With tanh {sizes[0]:.2f} is left")
    assert outputs[-1].std() < outputs[0].std() / 2
    assert says(f"With ReLU {first('relu', 'xavier'):.4f} is left")
    sizes, outputs = by_hand("relu", "he", 50)
    assert np.mean(outputs[-1] == 0) == pytest.approx(0.5, abs=0.15)
    assert 0.1 < sizes[0] < 10
    assert first("relu", "gaussian") == pytest.approx(1.5e14, rel=0.03)
    assert says("It explodes, to 1.5 · 10¹⁴ with twenty layers of ReLU")
    assert first("tanh", "xavier", scale=0.01) < 1e-30
    _, outputs = by_hand("sigmoid", "xavier", scale=10.0)
    assert np.mean(np.abs(outputs[-1] - 0.5) > 0.45) > 0.5


def test_half_of_the_mean_square_is_lost_in_every_layer_with_xavier_and_not_with_he():
    for depth, xavier, _, _, he in table("halves"):
        assert xavier == pytest.approx(0.5**depth, rel=0.3)
        assert he == pytest.approx(0.5, rel=0.2)


def test_the_ratio_of_the_weights_gradients_hides_the_scale():
    _, first, _, ratio = table("ratio").T
    assert len(set(ratio)) == 1
    assert first[-1] / first[0] > 1e19


def test_what_the_lesson_says_of_the_repairs():
    lines = LESSON.printed("repairs-numbers").splitlines()
    rows = [numbers(line.split("}")[1]) for line in lines]
    plain, batch, layer, residual, both = rows  # each for sigmoid and for ReLU
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
    usual = {"depth": 2, "width": 8, "steps": 60}
    return race(X, Y, **usual | options)


def run(live, turns):
    """Press the button, and let the race take its turns to the end."""
    set_to(live, running=True)
    assert all(turns.pop())


def wait_for_races():
    for thread in threading.enumerate():
        if thread.name == "race":
            thread.join(60)


def trained(seed=0, depth=10, width=32, steps=600, clip=None, **options):
    """Return a network after the steps of a race."""
    net = helpers.Network([2] + [width] * depth + [2], seed=seed, **options)
    training = {"rate": 0.05, "batch": 100, "steps": steps}
    list(net.train(X, Y, seed=seed, clip=clip, **training))
    return net


def accuracy(net):
    return np.mean(net.forward(X).argmax(axis=1) == Y)


def score(net):
    """Return in words what a figure says of a network."""
    return f"loss {net.gradients(X, Y).loss:.3f}, {100 * accuracy(net):.0f} % right"


def answers(live, n):
    """Return what the n-th picture shows, of shape (rows, columns)."""
    return mark(live, f"answers-{n}").get_array()


def plane(live, n, net):
    """Return what a network answers at the points of the n-th picture."""
    left, right, *_ = mark(live, f"answers-{n}").get_extent()
    side = np.linspace(left, right, len(answers(live, n)))
    grid = np.dstack(np.meshgrid(side, side))
    return net.forward(grid.reshape(-1, 2))[:, 1].reshape(len(side), -1)


def test_a_race_that_nobody_starts_stands_still_and_is_the_same_every_time():
    threads = threading.active_count()
    live = race(X, Y)
    assert threading.active_count() == threads
    start = "10 hidden layers, seed 0, step 0 of 600: ready. sigmoid, Xavier: loss 0."
    assert live.alt.startswith(start)
    stored = LESSON.cells["race"].outputs[0].data["text/plain"]
    assert live.alt == race(X, Y).alt == stored
    assert live.controls["running"].description == "start"


def test_a_race_shows_what_the_networks_answer_before_and_after_it(turns):
    live = short()
    for n, options in enumerate(RUNNERS.values(), start=1):
        net = helpers.Network([2, 8, 8, 2], seed=0, **options)
        mean = plane(live, n, net).mean()  # the grid is coarser at first
        assert answers(live, n).mean() == pytest.approx(mean, abs=0.01)
        assert texts(live)[f"score-{n}"] == score(net)
    run(live, turns)
    for n, options in enumerate(RUNNERS.values(), start=1):
        net = trained(0, 2, 8, 60, **options)
        assert_allclose(answers(live, n), plane(live, n, net), rtol=1e-9)
        steps, losses = points(live, f"losses-{n}").T
        assert steps.tolist() == [0, 10, 20, 30, 40, 50, 60]
        assert losses[-1] == pytest.approx(net.gradients(X, Y).loss, rel=1e-9)
        assert score(net) in live.alt
    assert "step 60 of 60: finished" in live.alt
    assert live.controls["running"].description == "race again"


def test_to_race_again_takes_the_next_seed(turns):
    live = short(steps=20)
    for seed in (0, 1, 2):
        run(live, turns)
        assert f"2 hidden layers, seed {seed}, step 20 of 20: finished" in live.alt
        net = trained(seed, 2, 8, 20, activation="relu", initialisation="he")
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
    assert points(live, "losses-1")[:, 0].tolist() == [0, 10]


def test_a_race_that_was_stopped_rests_and_ends_as_one_that_was_not(turns):
    through = short()
    run(through, turns)
    halted = short()
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
    assert not live.controls["running"].value
    assert next(turns[0], "over") == "over"
    assert live.alt.startswith("5 hidden layers, seed 0, step 0 of 60: ready")
    assert live.message == ""


def test_a_race_in_a_thread_ends_as_one_by_hand(turns, monkeypatch):
    slow = short()
    run(slow, turns)
    monkeypatch.undo()
    live = short()
    for running in (True, False, True, False, True):
        set_to(live, running=running)
    wait_for_races()
    assert live.alt == slow.alt


def test_a_race_on_an_event_loop_stops_goes_on_and_ends_as_one_by_hand(
    turns, monkeypatch
):
    by_hand = short()
    run(by_hand, turns)
    # A browser's Python has no threads.
    monkeypatch.setattr(sys, "platform", "emscripten")
    looped = short()
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
    set_to(live, running=True)
    wait_for_races()
    assert live.message == "The race ended early: ZeroDivisionError: division by zero"
    assert ": stopped." in live.alt
    assert capfd.readouterr() == ("", "")


def exploding(scale):
    return {"activation": "relu", "initialisation": "gaussian", "scale": scale}


def test_a_network_that_diverges_says_so_and_the_others_go_on(turns):
    clipped = exploding(2.0) | {"clip": 1.0}
    runners = {
        "a": exploding(2.0),
        "b": clipped,
        "c": {},
        "a very long name indeed": {},
    }
    live = short(runners=runners, depth=10)
    run(live, turns)
    words = texts(live)
    assert words["score-1"].endswith("diverged")
    assert "diverged" not in words["score-2"] + words["score-3"]
    assert "step 60 of 60: finished" in live.alt
    assert "a very long na…" in live.alt


def test_a_loss_above_the_axis_is_shown_as_leaving_it():
    live = race(X, Y, {"one": {}, "wild": exploding(0.5), "two": {}, "three": {}})
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
        shades = picture[len(picture) - 1 - up, across]
        assert shades.max() < 170  # the planes are above 200


def test_the_deep_sigmoid_stays_at_chance_and_relu_with_he_learns():
    for seed in (1, 2):  # 0 is that of the race below
        net = trained(seed, activation="sigmoid", initialisation="xavier")
        assert net.gradients(X, Y).loss == pytest.approx(math.log(2), abs=0.01)
        assert accuracy(net) == pytest.approx(0.5, abs=0.05)
        net = trained(seed, activation="relu", initialisation="he")
        assert net.gradients(X, Y).loss < 0.05
        assert accuracy(net) > 0.98
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
        right = accuracy(trained(depth=1, **options))
        assert right == pytest.approx(0.7, abs=0.07)
    assert says("all four get about 70 % right")


def test_what_the_lesson_says_of_the_race_of_the_repairs():
    space = {"np": np}
    for cell, end in (("diverge-code", "net ="), ("repairs-race", "race(")):
        exec(LESSON.cells[cell].source.partition(end)[0], space)
    runners = space["runners"].values()
    wide, last, winner, clipped = [accuracy(trained(**each)) for each in runners]
    assert winner > 0.99
    assert says("*tanh, residual* always got every point right")
    assert 0.6 < last < 0.75
    assert says("*σ, residual* was always last, with 60 % to 75 %")
    assert last < 0.8 < min(wide, clipped)
    assert says("The other two got 80 % to 100 %")


def test_weights_of_spread_a_half_ruin_the_training_in_fewer_than_ten_steps():
    printed = LESSON.printed("diverge-code")
    assert printed.startswith("Stopped, and went back to the weights of step 0")
    assert says("ruin the training in fewer than ten steps")


# Refusals ------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: slope_product("softmax"), "'silu', but it is 'softmax'"),
        (lambda: slope_product("leaky_relu", std=0), "no slope at exactly z = 0"),
        (lambda: layer_gradients("softmax"), "'silu', but it is 'softmax'"),
        (lambda: layer_gradients(scale=0), "scale must lie between 0.01 and 10"),
        (lambda: race(X[:, :1], Y), r"x must have shape \(examples, 2\)"),
        (lambda: race(X, Y, dict.fromkeys("abcd", "tanh")), "a dict of four names"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
