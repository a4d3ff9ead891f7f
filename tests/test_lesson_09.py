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
from shared import Lesson, heights, mark, points, refusals, right_of, set_to, texts

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
SPIRALS = LESSON.names("imports", "spirals")
X = SPIRALS["x"]
Y = SPIRALS["y"]
TRAIN, _ = helpers.digits()
DIGITS = (TRAIN.pictures[:256], TRAIN.labels[:256])


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
    bar = mark(live, "bar-3")
    assert bar.get_x() == 0
    assert bar.get_width() == pytest.approx(min(weight**3, 1.2))  # the axis ends there


def test_a_z_at_the_kink_of_relu_is_refused():
    live = slope_product()
    set_to(live, activation=helpers.relu, mean=1.0, std=0.0)
    set_to(live, mean=1e-17)  # what a browser makes of 0
    assert live.message.startswith("ReLU has no slope at exactly z = 0; move the mean")
    set_to(live, activation=helpers.sigmoid)
    assert live.message == ""


def test_what_the_lesson_says_of_the_product():
    slopes = helpers.sigmoid.derivative(np.random.default_rng(0).normal(size=10))
    left = np.cumprod(slopes)
    pixel = 1.2 / 306  # of the plain scale
    assert left[4] < pixel / 4 < 3 * pixel / 4 < left[3] < pixel
    assert says("Four, the last one a hair")
    assert left[-1] == pytest.approx(2.5e-7, rel=0.05)
    assert says("2.5 · 10⁻⁷ is left")


# The backward pass as it stands in the notebook -----------------------------------------


def test_computed_and_measured_agree_as_printed_and_the_slip_does_not():
    computed, measured = table("check", 1).T
    assert_allclose(computed, measured, rtol=2e-3)
    (slipped,) = table("break-it-code", 1).T
    ratio = slipped / computed
    assert (np.abs(ratio - 1) > 0.01).all()
    assert (np.abs(np.log(ratio)) < 1).all()  # the same sign and order of magnitude
    assert says("In none. All four are wrong, and look reasonable.")


# The layers -----------------------------------------------------------------------------


def by_hand(
    activation, initialisation, depth=20, width=64, scale=1.0, data=None, **repairs
):
    """Return the sizes of ∂L/∂z and the outputs, layer by layer, of a fresh network."""
    rng = np.random.default_rng(0)
    x, y = data or (rng.standard_normal((256, width)), rng.integers(0, 10, 256))
    sizes = [x.shape[1]] + [width] * depth + [10]
    net = helpers.Network(sizes, activation, initialisation, 0, **repairs)
    net.W = [scale * W for W in net.W]
    gradients, activity = net.layer_gradients_and_activity(x, y, relative=True)
    return gradients, activity.a[1:]


def spreads(outputs):
    """Return the spread over the examples of each layer's outputs."""
    return np.array([math.sqrt(np.mean(np.var(a, axis=0))) for a in outputs])


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


def assert_line(live, name, values):
    """The line has these heights, and each dot the look of its class."""
    layers = np.arange(1, len(values) + 1)
    drawn = np.column_stack([layers, np.log10(values)])
    assert_allclose(points(live, name), drawn, rtol=1e-6)
    words = np.array([classify(value).word for value in values])
    for each in SIZE_CLASSES:
        dots = points(live, f"{name} {each.word}")
        assert dots[:, 0].tolist() == layers[words == each.word].tolist()


def test_the_grey_line_is_the_first_network_exact_at_first_and_near_at_other_depths():
    live = layer_gradients("tanh", "xavier", depth=9, width=24, data=TRAIN)
    sizes, outputs = by_hand("tanh", "xavier", 9, 24, data=DIGITS)
    assert_line(live, "sizes", sizes)
    assert_line(live, "spreads", spreads(outputs))
    set_to(live, activation="sigmoid")
    exact = np.log10(sizes)
    assert_allclose(heights(live, "sizes grey"), exact, atol=0.2)
    set_to(live, activation="tanh")
    assert_allclose(heights(live, "sizes grey"), exact, rtol=1e-6)


@pytest.mark.parametrize("told", [["6", "4", "1"], ["7", "4", "1"], ["2", "1"], ["1"]])
def test_sizes_are_told_of_the_last_the_middle_and_the_first_layer(told):
    live = layer_gradients(depth=int(told[0]), width=8)
    sizes, _ = live.alt.split("Spread of")
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


def test_a_share_that_is_left_is_that_of_the_first_layer():
    shares = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(64, 128))
        y = rng.integers(0, 10, 64)
        net = helpers.Network([128, 128, 128, 10], "tanh", "he", seed, residual=True)
        shares.append(net.layer_gradients(x, y, relative=True)[0])
    share = share_left("tanh", "he", 2, seeds=3, residual=True)
    assert share == np.median(shares)


def test_what_the_lesson_says_of_our_deep_network():
    sizes, outputs = by_hand("sigmoid", "he", 10, 32, data=DIGITS)
    assert (np.diff(sizes) > 0).all()
    assert (np.diff(spreads(outputs)) < 0).all()
    assert spreads(outputs)[-1] == pytest.approx(2e-6, rel=0.2)
    assert says("The other way, to 2 · 10⁻⁶")
    for activation in ("tanh", "relu"):
        sizes, outputs = by_hand(activation, "he", 10, 32, data=DIGITS)
        assert sizes.max() < 2.1 * sizes.min()
        assert spreads(outputs).max() < 2 * spreads(outputs).min()
    assert says("Choose either in the figure above, and both lines lie nearly flat")


def test_only_he_keeps_both_lines_of_relu_flat_over_fifty_layers():
    powers = {}
    for initialisation in ("he", "xavier", "gaussian"):
        sizes, outputs = by_hand("relu", initialisation, 50)
        first, *_, last = spreads(outputs)
        powers[initialisation] = np.log10([sizes[0], last])
        if initialisation == "he":
            assert last / first == pytest.approx(1 / 5, rel=0.1)
    assert (np.abs(powers["he"]) < 1).all()
    assert says("Only *He* (the lower line sinks to a fifth)")
    assert (np.abs(powers["xavier"] + 8) < 1).all()
    assert says("With *Xavier* both fall by about eight powers of ten")
    assert says("With Xavier initialisation, 50 layers leave less than 10⁻⁷")
    assert (powers["gaussian"] > 30).all()


def test_what_the_lesson_says_of_the_repairs():
    _, batch, layer, residual, *both = table("repairs-numbers")  # sigmoid and ReLU
    assert batch[1] ** (1 / 50) == pytest.approx(1.2, abs=0.03)
    assert says("ReLU's gradient *grows* by a fifth per layer")
    assert layer[0] < 1e-18
    assert says("but does not save the sigmoid")
    arriving = np.array([batch[0], layer[1], residual[0], *np.ravel(both)])
    assert (np.abs(np.log10(arriving)) < 1).all()
    assert says("With residual connections the gradient arrives, with either norm")
    sizes, _ = by_hand("relu", "he", residual=True)
    assert sizes[0] > 1e3
    assert says("It explodes: each layer adds to what was flat already")


# The digits -----------------------------------------------------------------------------


def test_the_deep_sigmoid_guesses_and_another_word_makes_it_read():
    def reader(activation, depth=10, seed=1):  # 0 is that of the notebook
        return helpers.train_digit_reader(activation, depth=depth, rate=0.01, seed=seed)

    assert right_of(reader("sigmoid", 1)) > 425
    deep = reader("sigmoid")
    assert right_of(deep) < 65
    assert len(set(deep.forward(TRAIN.pictures).argmax(axis=1))) == 1
    assert says("So every picture gets the same answer")
    assert right_of(reader("tanh")) > 470
    (percent,) = numbers(LESSON.printed("one-word"))
    assert says(f"{percent:.0f} %: the deep network reads. ReLU")
    for seed in (0, 1):
        # The last digits of its weights decide how its training ends: 90 to 96 % were seen.
        assert right_of(reader("relu", seed=seed)) > 440
    assert says("gets nine of ten or more")
    shallow = reader("tanh", 1, seed=0)
    assert says(f"one layer of tanh reads {right_of(shallow) / 5:.0f} %")


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


@pytest.fixture
def ended(turns):
    """Return what a race says at its end."""
    live = short()
    run(live, turns)
    return live.alt


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
    assert live.alt == race(X, Y).alt
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


def test_a_race_that_was_stopped_rests_and_ends_as_one_that_was_not(turns, ended):
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
    assert halted.alt == ended


def test_another_depth_ends_the_race_and_stands_at_a_new_start(turns):
    live = short()
    set_to(live, running=True)
    next(turns[0])
    set_to(live, depth=5)
    assert not live.controls["running"].value
    assert next(turns[0], "over") == "over"
    assert live.alt.startswith("5 hidden layers, seed 0, step 0 of 60: ready")
    assert live.message == ""


def test_a_race_in_a_thread_ends_as_one_by_hand(ended, monkeypatch):
    monkeypatch.undo()
    live = short()
    for running in (True, False, True, False, True):
        set_to(live, running=running)
    wait_for_races()
    assert live.alt == ended


def test_a_race_on_an_event_loop_stops_goes_on_and_ends_as_one_by_hand(
    turns, ended, monkeypatch
):
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
    assert looped.alt == ended


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


@pytest.mark.parametrize("seed", [0, 1])
def test_a_race_at_the_default_depth_ends_as_the_lesson_says(seed):
    nets = [trained(seed, **options) for options in RUNNERS.values()]
    sigmoid, tanh, relu, he = map(accuracy, nets)
    assert nets[0].gradients(X, Y).loss == pytest.approx(math.log(2), abs=0.01)
    assert sigmoid == pytest.approx(0.5, abs=0.05)
    assert says("the sigmoid, which always stays at chance")
    assert min(tanh, relu) > 0.65
    assert says("the two in the middle got 71 to 100 % right")
    assert he > 0.98
    assert says("ReLU with *He* everything, or nearly")


def test_what_the_lesson_says_of_one_hidden_layer():
    for options in RUNNERS.values():
        right = accuracy(trained(depth=1, **options))
        assert right == pytest.approx(0.7, abs=0.07)
    assert says("all get about 70 %")


def centred(z):
    """Return the sigmoid, lowered to be 0 at 0, and four times as steep."""
    return 4 * (helpers.sigmoid(z) - 0.5)


def test_what_the_lesson_says_of_the_race_of_the_repairs():
    space = {"np": np}
    exec(LESSON.cells["repairs-race"].source.partition("race(")[0], space)
    runners = space["runners"].values()
    wide, last, winner, clipped = [accuracy(trained(**each)) for each in runners]
    assert 0.6 < last < 0.72
    assert last < 0.8 < min(wide, clipped)
    assert says("*σ, residual*, with 64 to 71 % in ten races")
    centred.derivative = lambda z: 4 * helpers.sigmoid.derivative(z)
    options = {"initialisation": "xavier", "residual": True}
    assert winner == accuracy(trained(activation=centred, **options)) == 1
    assert says("instead, it gets all right, as tanh always did")


@pytest.mark.parametrize("seed", range(3))
def test_sigmoid_with_weights_ten_times_as_large_keeps_the_gradient(seed):
    space = {"np": np}
    exec(LESSON.cells["repairs-race"].source.partition("race(")[0], space)
    options = space["runners"]["σ, weights ×10"]
    network = helpers.Network([2, *[32] * 10, 2], seed=seed, **options)
    sizes = network.layer_gradients(X, Y)
    factor = (sizes[0] / sizes[9]) ** (1 / 9)
    assert factor == pytest.approx(1, abs=0.25)
    assert says("so that a layer multiplies the gradient by about 1")


# Refusals ------------------------------------------------------------


REFUSED = {
    "layer_gradients('softmax')": "'silu', but it is 'softmax'",
    "race(X[:, :1], Y)": r"x must have shape \(examples, 2\)",
    "race(X, Y, dict.fromkeys('abcd', 'tanh'))": "a dict of four names",
}


test_what_cannot_be_drawn_is_refused = refusals(REFUSED, globals())
