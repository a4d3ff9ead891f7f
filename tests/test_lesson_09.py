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
from scipy.optimize import approx_fprime
from shared import Lesson, heights, mark, points, set_to, texts

import helpers
from helpers.figures.style import number
from lessons.vanishing_gradient import (
    layer_gradients,
    race,
    race_state,
    share_left,
    slope_product,
)
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
    live = slope_product()
    set_to(live, activation=f, scale="log", weight=weight, seed=seed)
    set_to(live, depth=depth, mean=mean, std=std)
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
    live = slope_product(depth=depth)
    set_to(live, weight=weight)
    words = texts(live)
    assert words["rule"] == f"output per nudge of z₁ = {rule}"


@pytest.mark.parametrize(
    ("weight", "factor", "left", "product"),
    [
        (1.5, "1.5 · f′(−0.50) = 1.5000", "3.3750 alive", "= 57.7: exploding"),
        (1.0, "f′(−0.50) = 1.0000", "1.0000 alive", "= 1.0000: alive"),
        (0.0, "0.0 · f′(−0.50) = 0", "0 gone", "= 0: gone"),
    ],
)
def test_factors_are_the_weight_times_the_slope(weight, factor, left, product):
    live = slope_product()
    set_to(live, activation=helpers.identity, std=0, mean=-0.5, weight=weight)
    words = texts(live)
    assert (words["factor-3"], words["left-3"]) == (factor, left)
    assert words["product"] == product


def test_a_z_at_the_kink_of_relu_is_refused():
    live = slope_product()
    set_to(live, activation=helpers.relu, mean=1.0, std=0.0)
    set_to(live, mean=1e-17)  # what a browser makes of 0
    assert live.message.startswith("ReLU has no slope at exactly z = 0; move the mean")
    set_to(live, activation=helpers.sigmoid)
    assert live.message == ""


@pytest.mark.parametrize(("weight", "end"), [(1, 0.25**3), (0, 0), (6, 1.2)])
def test_a_plain_bar_is_as_long_as_what_is_left_or_ends_with_the_axis(weight, end):
    live = slope_product(depth=3)
    set_to(live, std=0.0, weight=weight)
    bar = mark(live, "bar-3")
    assert bar.get_x() == 0
    assert bar.get_width() == pytest.approx(end)


def product(f=helpers.sigmoid, depth=10, mean=0.0, std=1.0, weight=1.0, seed=0):
    z = np.random.default_rng(seed).normal(mean, std, depth)
    return np.prod(weight * f.derivative(z))


def test_what_the_lesson_says_of_the_product():
    pixel = 1.2 / 306  # of the plain scale
    assert product(depth=5) < pixel / 4 < 3 * pixel / 4 < product(depth=4) < pixel
    assert says("Four, the last one a hair")
    assert product() == pytest.approx(2.5e-7, rel=0.05)
    assert says("2.5 · 10⁻⁷ is left")
    assert product(weight=4, std=0) == 1
    assert says("4, as 4 · 0.25 is 1, at any depth")
    assert says(f"ten layers make {product(weight=6, std=0):.1f} of it")
    assert all(product(weight=4, std=3, seed=seed) < 1e-3 for seed in range(21))
    assert says("And large weights make large sums, where the sigmoid is flat.")


# The backward pass as it stands in the notebook -----------------------------------------


@pytest.mark.parametrize("depth", [1, 5])
def test_the_backward_pass_in_the_lesson_against_differences(depth):
    rng = np.random.default_rng(depth)
    weights = rng.normal(size=(depth, 3, 3))
    inputs = rng.normal(size=(6, 3))
    target = rng.uniform(size=(6, 3))

    def loss(flat):
        _, outputs = SPACE["forward"](inputs, flat.reshape(weights.shape))
        return np.sum((outputs[-1] - target) ** 2)

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
    assert says("In none. All four are wrong, and look reasonable.")


def test_the_formula_foretells_what_arrives_in_the_first_layer():
    foretold, measured = numbers(LESSON.printed("foretell-code"))
    assert foretold == pytest.approx(measured, rel=0.3)
    assert measured == pytest.approx(3e-5, rel=0.3)


# The layers -----------------------------------------------------------------------------


def by_hand(
    activation, initialisation, depth=20, width=64, scale=1.0, data=None, **repairs
):
    """Return the sizes of ∂L/∂z and the outputs, layer by layer, of a fresh network."""
    rng = np.random.default_rng(0)
    x, y = data or (rng.standard_normal((256, width)), rng.integers(0, 10, 256))
    sizes = [x.shape[1]] + [width] * depth + [10]
    if initialisation == "gaussian":
        repairs["scale"] = 1.0
    net = helpers.Network(sizes, activation, initialisation, 0, **repairs)
    net.W = [scale * W for W in net.W]
    gradients, activity = net.layer_gradients_and_activity(x, y, relative=True)
    return gradients, activity.a[1:]


def spreads(outputs):
    """Return the spread over the examples of each layer's outputs."""
    return np.array([math.sqrt(np.mean(np.var(a, axis=0))) for a in outputs])


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
    words = texts(live)
    assert_line(live, "sizes", sizes)
    assert_line(live, "spreads", spreads(outputs))
    depth = len(sizes)
    last = spreads(outputs)[-1]
    word = classify(sizes[0]).word
    assert words["first"] == f"layer 1: {number(sizes[0])} of what enters, {word}"
    word = classify(last).word
    assert words["spread"] == f"layer {depth}: {number(last)}, {word}"
    zeros = np.mean(outputs[-1] == 0)
    note = f"layer {depth}: {100 * zeros:.0f} % exactly 0" if zeros else ""
    assert words["note"] == note
    told = [number(sizes[0]), number(sizes[-1]), number(last), note]
    assert all(part in live.alt for part in told)


def assert_line(live, name, values):
    """The line has these heights, and each dot the look of its class."""
    layers = np.arange(1, len(values) + 1)
    drawn = np.column_stack([layers, np.log10(values)])
    assert_allclose(points(live, name), drawn, rtol=1e-6)
    words = np.array([classify(value).word for value in values])
    for each in SIZE_CLASSES:
        dots = points(live, f"{name} {each.word}")
        assert dots[:, 0].tolist() == layers[words == each.word].tolist()


def test_data_of_ones_own_run_through_the_layers():
    train, _ = helpers.digits()
    live = layer_gradients("tanh", "xavier", depth=3, width=16, data=train)
    data = (train.pictures[:256], train.labels[:256])
    sizes, outputs = by_hand("tanh", "xavier", 3, 16, data=data)
    assert_line(live, "sizes", sizes)
    assert_line(live, "spreads", spreads(outputs))
    set_to(live, activation="sigmoid")
    grey = heights(live, "spreads grey")
    assert_allclose(grey, np.log10(spreads(outputs)), atol=0.1)


def test_the_grey_line_is_the_first_network_exact_at_first_and_near_at_other_depths():
    live = layer_gradients("tanh", "xavier", depth=9, width=24)
    exact = np.log10(by_hand("tanh", "xavier", 9, 24)[0])
    set_to(live, activation="sigmoid")
    assert_allclose(heights(live, "sizes grey"), exact, atol=0.2)
    set_to(live, activation="tanh")
    assert_allclose(heights(live, "sizes grey"), exact, rtol=1e-6)


@pytest.mark.parametrize("told", [["6", "4", "1"], ["7", "4", "1"], ["2", "1"], ["1"]])
def test_sizes_are_told_of_the_last_the_middle_and_the_first_layer(told):
    live = layer_gradients(depth=int(told[0]), width=8)
    sizes, _ = live.alt.split("Spread of")
    assert re.findall(r"in layer (\d+)", sizes) == told


def test_large_sizes_are_told_with_one_decimal():
    live = layer_gradients("relu", "he", width=64, repairs=True)
    set_to(live, residual=True)
    size = first("relu", "he", residual=True)
    assert texts(live)["first"] == f"layer 1: {size:.1f} of what enters, exploding"


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
    nothing = (np.zeros((4, 8)), [0, 1, 2, 3])
    live = layer_gradients("relu", "xavier", depth=5, width=8, data=nothing)
    low, _ = mark(live, "sizes").axes.get_ylim()
    assert low < heights(live, "sizes")[0] < -300
    assert texts(live)["first"].endswith("0 of what enters, gone")


def test_numbers_beyond_float64_are_a_sentence(monkeypatch):
    live = layer_gradients(depth=2, width=8)

    def overflow(*arguments, **options):
        raise OverflowError("numbers outgrow float64; try a smaller scale.")

    monkeypatch.setattr(helpers.Network, "layer_gradients_and_activity", overflow)
    set_to(live, depth=3)
    assert live.message.startswith("numbers outgrow float64")


def test_the_shares_that_ten_layers_leave():
    rows = [line.split() for line in LESSON.printed("table").splitlines()]
    sizes = {(f, weights): float(size) for f, weights, size in rows}
    assert sizes["sigmoid", "xavier"] == pytest.approx(4.9e-7, rel=0.1)
    assert sizes["tanh", "xavier"] == pytest.approx(0.27, rel=0.1)
    assert 1 / 30 < sizes["relu", "xavier"] / sizes["relu", "he"] < 1 / 20
    assert sizes["relu", "gaussian"] > 1e7


def test_a_share_that_is_left_is_that_of_the_first_layer():
    def left(seed):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(64, 128))
        y = rng.integers(0, 10, 64)
        net = helpers.Network([128] * 4 + [10], "tanh", "he", seed, residual=True)
        return net.layer_gradients(x, y, relative=True)[0]

    share = share_left("tanh", "he", 3, seeds=3, residual=True)
    assert share == np.median([left(seed) for seed in range(3)])


def test_what_the_lesson_says_of_our_deep_network():
    train, _ = helpers.digits()
    data = (train.pictures[:256], train.labels[:256])
    sizes, outputs = by_hand("sigmoid", "he", 10, 32, data=data)
    assert (np.diff(sizes) > 0).all()
    assert (np.diff(spreads(outputs)) < 0).all()
    assert spreads(outputs)[-1] == pytest.approx(2e-6, rel=0.2)
    assert says("The other way, to 2 · 10⁻⁶")
    for activation in ("tanh", "relu"):
        sizes, outputs = by_hand(activation, "he", 10, 32, data=data)
        assert sizes.max() < 2.1 * sizes.min()
        assert spreads(outputs).max() < 2 * spreads(outputs).min()
    assert says("Choose either in the figure above, and both lines lie nearly flat")


def test_only_he_keeps_both_lines_of_relu_flat_over_fifty_layers():
    def ends(initialisation):
        sizes, outputs = by_hand("relu", initialisation, 50)
        return np.array([sizes[0], spreads(outputs)[-1]])

    assert (np.abs(np.log10(ends("he"))) < 1).all()
    _, outputs = by_hand("relu", "he", 50)
    first_spread, *_, last_spread = spreads(outputs)
    assert last_spread / first_spread == pytest.approx(1 / 5, rel=0.1)
    assert says("the lower line sinks to a fifth")
    assert (np.abs(np.log10(ends("xavier")) + 8) < 1).all()
    assert says("With *Xavier* both fall by about eight powers of ten")
    assert says("With Xavier initialisation, 50 layers leave less than 10⁻⁷")
    assert (ends("gaussian") > 1e30).all()


def test_half_of_the_mean_square_is_lost_in_every_layer_with_xavier_and_not_with_he():
    for depth, xavier, *_ in table("halves"):
        assert xavier == pytest.approx(0.5**depth, rel=0.3)
        he = share_left("relu", "he", int(depth)) ** 2
        assert he == pytest.approx(0.5, rel=0.2)


def test_the_ratio_of_the_weights_gradients_hides_the_scale():
    _, first, _, ratio = table("ratio").T
    assert len(set(ratio)) == 1
    assert first[-1] / first[0] > 1e19


def test_what_the_lesson_says_of_the_repairs():
    lines = LESSON.printed("repairs-numbers").splitlines()
    rows = [numbers(line.partition("{")[0]) for line in lines]
    plain, batch, layer, residual, *both = rows  # each for sigmoid and for ReLU
    assert plain[0] < 1e-30
    assert 0.1 < batch[0] < 10
    assert batch[1] ** (1 / 50) == pytest.approx(1.2, abs=0.03)
    assert says("ReLU's gradient *grows* by a fifth per layer")
    assert layer[0] < 1e-18
    assert 0.1 < layer[1] < 10
    assert residual[1] > 1e10
    sizes = [residual[0], *np.ravel(both)]
    assert all(0.1 < size < 10 for size in sizes)
    assert says("With residual connections the gradient arrives, with either norm")
    assert first("relu", "he", residual=True) > 1e3
    assert says("It explodes: each layer adds to what was flat already")


# The digits -----------------------------------------------------------------------------


def read(activation, depth, seed=0):
    """Return the share of digits that a network reads, and how many answers it knows."""
    train = helpers.train_digit_reader
    net = train(activation, depth=depth, rate=0.01, seed=seed)
    _, test = helpers.digits()
    digits = net.forward(test.pictures).argmax(axis=1)
    return np.mean(digits == test.labels), len(set(digits))


def test_the_deep_sigmoid_guesses_and_another_word_makes_it_read():
    for seed in (1, 2):  # 0 is that of the notebook
        assert read("sigmoid", 1, seed)[0] > 0.85
        right, answers = read("sigmoid", 10, seed)
        assert (right < 0.13, answers) == (True, 1)
        assert read("tanh", 10, seed)[0] > 0.94
        assert read("relu", 10, seed)[0] > 0.9
    assert says("So every picture gets the same answer")
    assert numbers(LESSON.printed("reader")) == [1, 90, 10, 11]
    assert numbers(LESSON.printed("one-word")) == [98]
    assert says("98 %: the deep network reads. ReLU")
    # The last digits of its weights decide how its training ends: 90 to 96 % were seen.
    assert read("relu", 10)[0] > 0.88
    assert says("gets nine of ten or more")
    assert says(f"one layer of tanh reads {100 * read('tanh', 1)[0]:.0f} %")


def test_neither_a_larger_rate_nor_adam_is_the_cure():
    assert set(table("rates")[:, 1]) == {1}
    assert numbers(LESSON.printed("adam")) == [2, 10]
    assert says("That is better than guessing, but no cure")


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
    assert says("the sigmoid, which always stays at chance")
    assert says("ReLU with *He* everything, or nearly")


def test_the_race_at_the_default_depth_ends_as_the_lesson_says(turns):
    live = race(X, Y)
    run(live, turns)
    scores = [numbers(texts(live)[f"score-{n}"]) for n in range(1, 5)]
    assert scores[0] == pytest.approx([0.693, 50], abs=0.01)
    assert scores[3][1] >= 99
    assert all(65 < right <= 100 for _, right in scores[1:3])
    assert says("the two in the middle got 71 to 100 % right")


def test_what_the_lesson_says_of_one_hidden_layer():
    for options in RUNNERS.values():
        right = accuracy(trained(depth=1, **options))
        assert right == pytest.approx(0.7, abs=0.07)
    assert says("all get about 70 %")


def test_what_the_lesson_says_of_the_race_of_the_repairs():
    space = {"np": np}
    exec(LESSON.cells["repairs-race"].source.partition("race(")[0], space)
    runners = space["runners"].values()
    wide, last, winner, clipped = [accuracy(trained(**each)) for each in runners]
    assert 0.6 < last < 0.72
    assert last < 0.8 < min(wide, clipped)
    assert says("*σ, residual*, with 64 to 71 % in ten races")
    centred = Centred()
    options = {"initialisation": "xavier", "residual": True}
    assert winner == accuracy(trained(activation=centred, **options)) == 1
    assert says("instead, it gets all right, as tanh always did")


class Centred:
    """The sigmoid, lowered to be 0 at 0, and four times as steep."""

    def __call__(self, z):
        return 4 * (helpers.sigmoid(z) - 0.5)

    def derivative(self, z):
        return 4 * helpers.sigmoid.derivative(z)


def test_weights_of_spread_a_half_explode_within_ten_steps():
    *_, last, end = LESSON.printed("diverge-code").splitlines()
    assert numbers(last)[0] > 1e30
    assert "Stopped, and went back to the weights of step" in end


# Refusals ------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: layer_gradients("softmax"), "'silu', but it is 'softmax'"),
        (lambda: race(X[:, :1], Y), r"x must have shape \(examples, 2\)"),
        (lambda: race(X, Y, dict.fromkeys("abcd", "tanh")), "a dict of four names"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
