"""09_vanishing_gradient: the functions as they stand in the notebook, every live figure, the numbers in the prose."""

import asyncio
import importlib
import io
import math
import re
import sys
import threading
import time
from itertools import pairwise

import matplotlib
import numpy as np
import pytest
import shared
from PIL import Image
from scipy.integrate import quad
from scipy.stats import norm
from shared import set_to, texts

import helpers
from helpers.figures.controls import number_slider
from helpers.figures.style import number
from lessons.vanishing_gradient import layer_gradients, race, slope_product
from lessons.vanishing_gradient.layers import BINS, measure, shares
from lessons.vanishing_gradient.race import GRID, HIGHEST, RUNNERS, Runner
from lessons.vanishing_gradient.slope_product import ALIVE, EXPLODING, FATES, GONE, LOWEST, SHRINKING, fate_of

NOTEBOOK = shared.read("09_vanishing_gradient")
CELLS = {cell.id: cell for cell in NOTEBOOK.cells}
SPACE = shared.names(NOTEBOOK, "imports", "spirals", "forward", "backward-code", "left")
sigmoid, sigmoid_slope, forward, backward = (SPACE[n] for n in ("sigmoid", "sigmoid_slope", "forward", "backward"))
X, Y = SPACE["x"], SPACE["y"]
NORMAL = np.random.default_rng(0).standard_normal(20)


def says(part):
    return shared.says(NOTEBOOK, part)


def printed(cell):
    return "".join(output.text for output in CELLS[cell].outputs)


def numbers(text):
    return [float(part) for part in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", text)]


# The four fates -----------------------------------------------------------------------------------------------


def test_every_size_has_one_fate_and_every_fate_a_word_a_colour_and_a_mark_of_its_own():
    cases = [(0, GONE), (9e-7, GONE), (1e-6, SHRINKING), (0.09, SHRINKING), (0.1, ALIVE), (1, ALIVE), (10, ALIVE)]
    for size, fate in [*cases, (10.1, EXPLODING), (math.inf, EXPLODING)]:
        assert fate_of(size) is fate
    for part in ("word", "colour", "ink", "marker"):
        assert len({getattr(fate, part) for fate in FATES}) == 4


def test_a_slider_of_whole_numbers_is_whole():
    slider = number_slider("layers", 10, 1, 20, 1)
    assert isinstance(slider.value, int)
    with pytest.raises(ValueError, match=r"layers must be a whole number, but it is 2\.5; try layers=2"):
        number_slider("layers", 2.5, 1, 20, 1)
    with pytest.raises(ValueError, match=r"between 1 and 20.*try layers=20\."):
        number_slider("layers", 21, 1, 20, 1)
    assert isinstance(number_slider("layers", 10, 1.0, 20.0).value, float)


# The product --------------------------------------------------------------------------------------------------


def bars(live):
    return [bar for bar in live.figure.axes[0].patches if bar.get_visible()]


@pytest.mark.parametrize(
    ("f", "depth", "mean", "spread", "weight"),
    [
        *((f, 10, 0.5, 2, 1.5) for f in (helpers.sigmoid, helpers.tanh, helpers.relu, helpers.leaky_relu)),
        *((helpers.sigmoid, 1, 0, 1, 1), (helpers.relu, 20, -3, 0.1, 4), (helpers.identity, 20, -3, 0.1, 4)),
    ],
)
def test_the_product_is_written_out_factor_by_factor(f, depth, mean, spread, weight):
    live = slope_product(f.identifier)
    set_to(live, depth=depth, mean=mean, spread=spread, weight=weight, seed=0)
    z = mean + spread * NORMAL[:depth]
    factors = weight * f.derivative(z)
    left = np.cumprod(factors)
    words = texts(live)
    for r in range(depth):
        assert f"f′({number(z[r], 2)})" in words[f"factor-{r + 1}"]
        assert numbers(words[f"factor-{r + 1}"].split("= ")[1].replace("×10", "e").split("e")[0])
        assert words[f"left-{r + 1}"].endswith(fate_of(left[r]).word)
    assert len(bars(live)) == depth
    for bar, rest in zip(bars(live), left, strict=True):
        length = min(5, max(LOWEST, math.log10(rest))) - LOWEST if rest else 0
        assert bar.get_width() == pytest.approx(length)
        assert matplotlib.colors.to_hex(bar.get_facecolor()).upper() == fate_of(rest).colour
    assert words["product"].endswith(f": {fate_of(left[-1]).word}")
    assert f"{depth} layer" in live.alt
    assert live.alt.endswith(f"{words['product'][2:]}.")
    assert all(number(slope) in live.alt for slope in f.derivative(z))
    assert live.message == ""


def test_the_rule_is_written_with_its_first_and_last_factors():
    live = slope_product(depth=3)
    assert texts(live)["rule"] == "∂out/∂z₁ = f′(z₃) · f′(z₂) · f′(z₁)"
    set_to(live, depth=20, weight=2.0)
    assert texts(live)["rule"] == "∂out/∂z₁ = w·f′(z₂₀) · w·f′(z₁₉) · … · w·f′(z₁)"


@pytest.mark.parametrize(
    ("depth", "rule"),
    [
        (1, "f′(z₁)"),
        (4, "f′(z₄) · f′(z₃) · f′(z₂) · f′(z₁)"),
        (5, "f′(z₅) · f′(z₄) · … · f′(z₁)"),
    ],
)
def test_up_to_four_factors_are_written_out(depth, rule):
    assert texts(slope_product(depth=depth))["rule"] == f"∂out/∂z₁ = {rule}"


def test_a_factor_is_the_weight_times_the_slope_and_the_rest_is_the_product_so_far():
    live = slope_product("identity", depth=3, spread=0, mean=-0.5, weight=1.5)
    words = texts(live)
    assert [words[f"factor-{row}"] for row in (1, 2, 3)] == ["1.5 · f′(−0.50) = 1.5000"] * 3
    assert [words[f"left-{row}"] for row in (1, 2, 3)] == ["1.5000 alive", "2.2500 alive", "3.3750 alive"]
    assert words["product"] == "= 3.3750: alive"
    set_to(live, depth=10)
    assert texts(live)["product"] == "= 57.7: exploding"
    set_to(live, weight=1.0)
    assert texts(live)["factor-1"] == "f′(−0.50) = 1.0000"
    set_to(live, weight=0.0)
    assert texts(live)["product"] == "= 0: gone"


@pytest.mark.parametrize("depth", [1, 7, 20])
def test_each_layer_has_a_row_with_its_number_and_a_rule_below_it(depth):
    live = slope_product(depth=20)
    set_to(live, depth=depth)
    (axes,) = live.figure.axes
    layers = [text for text in axes.texts if text.get_text().isdigit()]
    assert [int(text.get_text()) for text in layers] == list(range(depth, 0, -1))
    assert [text.get_position()[1] for text in layers] == list(range(1, depth + 1))
    (rules,) = (line for line in axes.lines if len(line.get_xdata()) == 3 * depth and line.get_animated())
    assert rules.get_ydata()[::3].tolist() == [row + 0.5 for row in range(1, depth + 1)]


def test_the_columns_of_words_stand_apart_at_the_left_of_the_axis():
    live = slope_product(depth=20)
    (axes,), renderer = live.figure.axes, live.figure.canvas.get_renderer()
    assert axes.get_xlim() == (-15, 5)
    panel = axes.get_window_extent()
    places = {text.get_text(): text.get_window_extent(renderer) for text in axes.texts if text.get_text()}
    columns = [places[words] for words in ("layer", "its factor", "left so far", "the same, on a log scale")]
    assert columns[0].x0 >= 0
    assert all(one.x1 < other.x0 for one, other in pairwise(columns))
    assert columns[2].x1 < panel.x0 == pytest.approx(columns[3].x0)
    assert all(column.y0 >= panel.y1 for column in columns)
    legend = [places[f"{fate.word}: {fate.meaning}"] for fate in FATES]
    assert all(one.x1 < other.x0 for one, other in pairwise(legend))
    assert all(0 <= words.x0 < words.x1 <= 720 and words.y1 < panel.y0 for words in legend)


def test_a_z_at_the_kink_of_relu_is_refused_and_the_picture_stays():
    live = slope_product("relu", mean=1.0, spread=0.0)
    before = live.alt
    set_to(live, mean=1e-17)  # what a browser makes of 0
    assert live.message == "ReLU has no slope at exactly z = 0; move the mean or the spread of z."
    assert live.alt == before
    set_to(live, mean=-0.1)
    assert live.message == ""
    set_to(live, mean=0.0, activation=helpers.sigmoid)
    assert live.message == ""
    with pytest.raises(ValueError, match="leaky ReLU has no slope at exactly z = 0"):
        slope_product("leaky_relu", spread=0)


def test_seed_and_layers_decide_the_draws():
    live = slope_product(depth=5)
    first = [texts(live)[f"factor-{r}"] for r in range(1, 6)]
    set_to(live, depth=20)
    assert [texts(live)[f"factor-{r}"] for r in range(1, 6)] == first
    set_to(live, seed=3)
    assert texts(live)["factor-1"] != first[0]


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (
            {"activation": "softmax"},
            ValueError,
            "'identity' or 'sigmoid' or .* or 'silu', but it is 'softmax'",
        ),
        ({"activation": None}, ValueError, "but it is None"),
        ({"depth": 0}, ValueError, "depth must lie between 1 and 20, but it is 0"),
        ({"depth": 2.5}, ValueError, "depth must be a whole number"),
        ({"depth": "deep"}, TypeError, "depth must be a number"),
        ({"mean": math.nan}, ValueError, "mean must be a finite number"),
        ({"spread": -1}, ValueError, "spread must lie between 0 and 3"),
        ({"weight": 5}, ValueError, "weight must lie between 0 and 4"),
        ({"seed": 21}, ValueError, "seed must lie between 0 and 20"),
    ],
    ids=str,
)
def test_products_that_cannot_be_drawn(wrong, error, words):
    with pytest.raises(error, match=words):
        slope_product(**wrong)


def product(f=helpers.sigmoid, depth=10, mean=0.0, spread=1.0, weight=1.0):
    return np.prod(weight * f.derivative(mean + spread * NORMAL[:depth]))


def drawn(seed, f=helpers.sigmoid, mean=0.0, spread=1.0, weight=1.0):
    """Return the product of ten layers with another seed."""
    return np.prod(weight * f.derivative(mean + spread * np.random.default_rng(seed).standard_normal(20)[:10]))


def test_what_the_lesson_says_of_the_four_slopes():
    rows = {line.split("  ")[0].strip(): numbers(line) for line in printed("card").splitlines()}
    assert rows["sigmoid"][0] == 0.25
    assert all(rows["sigmoid"][1] < mean / 2 for name, (_, mean) in rows.items() if name != "sigmoid")
    assert says("The sigmoid's are by far the smallest")


def test_what_the_lesson_says_of_the_product():
    assert number(product(depth=20), 4).startswith("2.87")
    assert says("With seed 0 it is 2.9 · 10⁻¹⁴")
    assert product(spread=0) == pytest.approx(9.5367e-7, rel=1e-4)
    assert says("0.25¹⁰ is 9.5 · 10⁻⁷, less than a millionth")
    assert product(weight=4, spread=0) == 1
    assert all(drawn(seed, weight=4, spread=3) < 1e-3 for seed in range(21))
    assert says("A weight of 4, since 4 · 0.25 = 1. With spread 3 most slopes are smaller, and less than a thousandth")
    assert {drawn(seed, helpers.relu) for seed in range(21)} | {product(helpers.relu, mean=3)} == {0, 1}
    assert sum(drawn(seed, helpers.relu, mean=3) for seed in range(21)) >= 18
    assert product(helpers.relu, mean=3, weight=1.5) == pytest.approx(57.7, abs=0.05)
    assert says("Only 0 or 1, like each slope. At mean 3 nearly all slopes are 1.")
    assert says("a weight of 1.5 gives 57.7")


# The backward pass as it stands in the notebook ------------------------------------------------------------------


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_the_backward_pass_in_the_lesson_against_central_differences(depth):
    rng = np.random.default_rng(depth)
    weights = [rng.normal(size=(3, 3)) for _ in range(depth)]
    inputs, target = rng.normal(size=(6, 3)), rng.uniform(size=(6, 3))
    z, a = forward(inputs, weights)
    deltas = backward(z, a, weights, target)

    def loss():
        return np.sum((forward(inputs, weights)[1][-1] - target) ** 2) / 2

    h = 1e-5
    for layer, W in enumerate(weights):
        computed = a[layer].T @ deltas[layer]
        for place in np.ndindex(W.shape):
            kept, ends = W[place], []
            for value in (kept + h, kept - h):
                W[place] = value
                ends.append(loss())
            W[place] = kept
            assert (ends[0] - ends[1]) / (2 * h) == pytest.approx(computed[place], rel=1e-5, abs=1e-9)


def test_the_lessons_backward_pass_is_that_of_the_network():
    net = helpers.Network([4, 5, 6, 3], "sigmoid", "xavier", output="linear")
    inputs, target = np.random.default_rng(0).normal(size=(7, 4)), np.ones((7, 3))
    slopes = net.gradients(inputs, target)
    z, _ = forward(inputs, net.W[:-1])
    above = slopes.z[-1]
    for layer in (1, 0):
        above = (above @ net.W[layer + 1].T) * sigmoid_slope(z[layer])
        np.testing.assert_allclose(above, slopes.z[layer], rtol=1e-12)


def test_computed_and_measured_agree_as_printed_and_the_slip_does_not():
    computed, measured = np.array([numbers(line)[1:] for line in printed("check").splitlines()]).T
    np.testing.assert_allclose(computed, measured, rtol=2e-3)
    slipped = np.array([numbers(line)[1] for line in printed("break-it-code").splitlines()])
    assert (np.abs(slipped / computed - 1) > 0.01).all()
    assert (np.abs(np.log(slipped / computed)) < 1).all()  # of the same sign and the same order of magnitude
    assert says("All four, and every number looks reasonable")
    np.testing.assert_array_equal(helpers.relu(NORMAL) > 0, NORMAL > 0)
    assert (helpers.relu(NORMAL) >= 0).all()


def test_ten_layers_and_what_the_factors_foretell():
    first, _, last = [float(part) for part in re.findall(r"\d\.\de-\d+", printed("ten-layers"))]
    assert 1.5e-6 < first / last < 2.5e-6
    assert says("About two millionths of the last layer's gradient arrive at the first")
    foretold, measured = [float(part) for part in re.findall(r"\d\.\de-\d+", printed("foretell-code"))]
    assert 0.5 < foretold / measured < 2


# The layers ------------------------------------------------------------------------------------------------------


def lines(live):
    """Return (layers, powers of ten) of the line, the grey one's heights, and the marks of the four fates."""
    grey, line, *marks = [line for line in live.figure.axes[0].lines if line.get_animated()]
    return line.get_data(), grey.get_ydata(), marks


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"depth": 1},
        {"depth": 50, "width": 16},
        {"activation": "tanh", "scale": 0.5},
        {"activation": "relu", "initialisation": "he"},
        {"activation": "leaky_relu", "initialisation": "gaussian", "width": 64},
        {"normalise": "batch"},
        {"activation": "identity", "normalise": "layer", "residual": True},
    ],
    ids=str,
)
def test_layers_are_measured_in_the_network_and_drawn(values):
    live = layer_gradients(depth=6, width=32, repairs=True)
    set_to(live, **values)
    now = {name: control.value for name, control in live.controls.items()}
    sizes, outputs = measure(0, **now | {"normalise": {"none": None}.get(now["normalise"], now["normalise"])})
    (layers, heights), grey, marks = lines(live)
    np.testing.assert_array_equal(layers, np.arange(1, now["depth"] + 1))
    np.testing.assert_allclose(heights, np.log10(sizes))
    plain = measure(0, now["depth"], now["width"], "sigmoid", "xavier", 1.0)[0]
    np.testing.assert_allclose(grey, np.log10(plain), atol=0.2)  # a fifth of a power of ten is two pixels
    for fate, mark in zip(FATES, marks, strict=True):
        assert [fate_of(sizes[layer - 1]) for layer in mark.get_xdata()] == [fate] * len(mark.get_xdata())
    assert sum(len(mark.get_xdata()) for mark in marks) == now["depth"]
    low, high = live.figure.axes[0].get_ylim()
    assert low < min(heights) <= max(heights) < high
    words = texts(live)
    assert words["first"] == f"layer 1: {number(sizes[0])} of the top, {fate_of(sizes[0]).word}"
    assert number(outputs[-1].std(), 3) in words["spread"]
    assert all(part in live.alt for part in (number(sizes[0]), number(sizes[-1]), words["spread"], words["note"]))
    assert live.message == ""


def test_the_sizes_are_those_of_a_network_built_by_hand():
    net = helpers.Network([48] * 5 + [10], "tanh", "he", 0)
    draw = np.random.default_rng(0)
    x, y = draw.standard_normal((256, 48)), draw.integers(0, 10, 256)
    sizes, outputs = measure(0, 4, 48, "tanh", "he", 1.0)
    np.testing.assert_allclose(sizes, net.layer_gradients(x, y, relative=True), rtol=1e-9)
    np.testing.assert_allclose(outputs[-1], net.activity(x).a[-1], rtol=1e-9)


def test_a_column_is_a_histogram_without_the_zeros():
    values = np.concatenate([np.zeros(50), NORMAL])
    counts, _ = np.histogram(NORMAL, BINS, (-4, 4))
    np.testing.assert_allclose(shares(values, -4.0, 4.0), counts / counts.max())
    assert not shares(np.zeros(3), -1.0, 1.0).any()
    live = layer_gradients("relu", "he", depth=3, width=16)
    outline = live.figure.axes[1].patches[0].get_path().vertices.reshape(3, -1, 2)
    for layer, column in enumerate(outline, start=1):
        assert column[:, 0].min() >= layer - 0.5
        assert column[:, 0].max() <= layer + 0.5
        assert column[:, 0].max() > layer + 0.4  # the fullest bin fills its column


def test_values_at_both_ends_are_counted_and_each_bin_stands_at_its_middle():
    np.testing.assert_allclose(shares(np.array([-4.0, 4.0, 4.0, 4.1, -4.1]), -4.0, 4.0), [0.5, *[0] * 24, 1])
    live = layer_gradients("relu", "he", depth=2, width=16)
    for column in live.figure.axes[1].patches[0].get_path().vertices.reshape(2, -1, 2):
        np.testing.assert_allclose(column[:, 1], [0, *(np.arange(26) + 0.5) * 4 / 26, 4, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ({"activation": "sigmoid"}, (0, 1)),
        ({"activation": "tanh"}, (-1, 1)),
        ({"activation": "relu"}, (0, 4)),
        ({"activation": "identity"}, (-4, 4)),
        ({"activation": "relu", "residual": True}, (-4, 4)),
    ],
    ids=str,
)
def test_the_outputs_have_a_twentieth_of_room_around_the_range_of_the_function(values, ends):
    live = layer_gradients(depth=2, width=8, repairs=True)
    set_to(live, **values)
    room = (ends[1] - ends[0]) / 20
    assert live.figure.axes[1].get_ylim() == pytest.approx((ends[0] - room, ends[1] + room))


@pytest.mark.parametrize(
    ("activation", "scale"), [("relu", 1.0), ("relu", 3.0), ("identity", 3.0), ("sigmoid", 10.0), ("tanh", 10.0)]
)
def test_a_note_says_what_the_picture_of_the_last_layer_leaves_out(activation, scale):
    live = layer_gradients(activation, "gaussian", depth=3, width=16, scale=scale)
    last = measure(0, 3, 16, activation, "gaussian", scale)[1][-1]
    beyond = np.mean(last > 4) + np.mean(last < -4)
    notes = [f"{100 * np.mean(last == 0):.0f} % exactly 0"] * (activation == "relu")
    notes += [f"{100 * beyond:.0f} % beyond the picture"] * (activation in ("relu", "identity"))
    assert texts(live)["note"] == (f"layer 3: {', '.join(notes)}" if notes else "")
    assert activation not in ("sigmoid", "tanh") or np.abs(last).max() == 1  # an output at the very end is shown


def test_sizes_are_told_of_the_last_the_middle_and_the_first_layer():
    told = [re.findall(r"in layer (\d+)", layer_gradients(depth=n, width=8).alt) for n in (6, 7, 2, 1)]
    assert [layers[: len(layers) - 2] for layers in told[:2]] == [["6", "4", "1"], ["7", "4", "1"]]
    assert [layers[0] for layers in told] == ["6", "7", "2", "1"]


def words_of_fates(live):
    """Return how high the four words beside the upper panel stand, in pixels of its 210."""
    words = {text.get_text(): 210 * text.get_position()[1] for text in live.figure.axes[0].texts}
    return np.array([words[fate.word] for fate in FATES])


@pytest.mark.parametrize(
    ("activation", "initialisation", "depth", "scale"),
    [
        ("sigmoid", "xavier", 50, 1.0),
        ("tanh", "xavier", 50, 0.01),
        ("relu", "gaussian", 50, 1.0),
        ("relu", "he", 30, 10.0),
    ],
)
def test_the_axis_ends_at_the_next_multiple_of_15_powers(activation, initialisation, depth, scale):
    live = layer_gradients(activation, initialisation, depth=depth, width=32, scale=scale)
    (_, heights), grey, _ = lines(live)
    heights = np.concatenate([heights, grey])
    low, high = live.figure.axes[0].get_ylim()
    assert (low + 0.5) % 15 == 0
    assert low + 0.5 <= min(-15, heights.min()) < low + 15.5 + 15 * (heights.min() > -15)
    assert high == 5.5 or (high - 0.5) % 15 == 0
    assert high - 15.5 < max(5, heights.max()) <= high - 0.5
    places = words_of_fates(live)
    assert (np.diff(places) >= 16 - 1e-9).all()
    assert 8 - 1e-9 <= places[0] < places[-1] <= 202 + 1e-9


def test_each_fates_word_stands_beside_the_middle_of_its_zone():
    low, high = -15.5, 5.5
    middles = np.mean([(low, -6), (-6, -1), (-1, 1), (1, high)], axis=1)
    live = layer_gradients("relu", "he", depth=5, width=32)
    assert live.figure.axes[0].get_ylim() == (low, high)
    np.testing.assert_allclose(words_of_fates(live), 210 * (middles - low) / (high - low))


def test_the_axis_stands_still_for_small_moves_and_widens_for_large_ones():
    live = layer_gradients("relu", "he", depth=20, width=32)
    limits = live.figure.axes[0].get_ylim()
    set_to(live, scale=1.4, activation="tanh")
    assert live.figure.axes[0].get_ylim() == limits == (-15.5, 5.5)
    set_to(live, initialisation="gaussian", scale=10.0, activation="relu", depth=50)
    assert live.figure.axes[0].get_ylim()[1] > 50
    assert texts(live)["first"].endswith("exploding")
    words = [text for text in live.figure.axes[0].texts if text.get_text() in [fate.word for fate in FATES]]
    heights = sorted(word.get_position()[1] * 210 for word in words)
    assert min(np.diff(heights)) >= 15


def test_zero_gradients_are_drawn_below_all_others():
    live = layer_gradients("relu", "xavier", depth=50, width=8, scale=0.01)
    (_, heights), _, marks = lines(live)
    assert np.isfinite(heights).all()
    assert len(marks[0].get_xdata()) > 40
    assert "gone" in live.alt


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"activation": "softmax"}, ValueError, "activation must be .*'silu', but it is 'softmax'"),
        ({"initialisation": "kaiming"}, ValueError, "'xavier' or 'he' or 'gaussian', but it is 'kaiming'"),
        ({"depth": 0}, ValueError, "depth must lie between 1 and 50, but it is 0"),
        ({"depth": 51}, ValueError, "depth must lie between 1 and 50"),
        ({"width": -3}, ValueError, "width must lie between 8 and 128, but it is -3"),
        ({"width": 8.5}, ValueError, "width must be a whole number"),
        ({"scale": 0}, ValueError, "scale must lie between 0.01 and 10"),
        ({"scale": math.nan}, ValueError, "scale must be a finite number"),
    ],
    ids=str,
)
def test_layers_that_cannot_be_drawn(wrong, error, words):
    with pytest.raises(error, match=words):
        layer_gradients(**wrong)


def test_numbers_beyond_float64_are_a_sentence_under_the_last_good_picture(monkeypatch):
    live = layer_gradients(depth=2, width=8)
    before = live.alt
    monkeypatch.setattr(helpers.Network, "layer_gradients_and_activity", _overflowing)
    set_to(live, depth=3)
    assert live.message.startswith("numbers outgrow float64")
    assert live.alt == before


def _overflowing(*_, **__):
    raise OverflowError("numbers outgrow float64; try a smaller scale.")


def test_the_layers_answer_within_300_ms():
    live = layer_gradients(depth=20, width=128)

    def seconds(scale):
        start = time.perf_counter()
        live.controls["scale"].value = scale
        return time.perf_counter() - start

    assert any(seconds(1 + n / 100) < 0.3 for n in range(1, 20))  # once is enough: others may wait for a busy machine


def thread_ms(live, name, values):
    """Return the least processor time, in ms, that a change of a control to one of the values takes in this thread."""
    spent = []
    for value in values:
        start = time.thread_time()
        live.controls[name].value = value
        spent.append(1000 * (time.thread_time() - start))
    return min(spent)


def test_a_step_of_any_slider_answers_at_once():
    """25 ms on two quiet cores, on which it took 60 before; here they may be busy and slower."""
    live = layer_gradients(depth=50, width=64)
    assert thread_ms(live, "depth", range(49, 39, -1)) < 25 * BUSY / 2
    assert thread_ms(live, "activation", ["tanh", "relu", "tanh", "sigmoid"]) < 25 * BUSY / 2
    live = race(X, Y, depth=29)
    assert thread_ms(live, "depth", [30, 28, 30, 27, 30]) < 25 * BUSY / 2


def test_the_grey_line_is_exact_once_it_was_measured_and_near_before():
    live, fresh = (layer_gradients("tanh", "xavier", depth=9, width=24) for _ in range(2))
    exact = lines(live)[1]
    set_to(live, activation="sigmoid")
    np.testing.assert_array_equal(lines(live)[1], exact)
    set_to(fresh, activation="sigmoid", depth=8)
    set_to(live, depth=8)
    set_to(live, activation="tanh")
    np.testing.assert_allclose(lines(fresh)[1], lines(live)[1], atol=0.2)


FACTS = {  # facts.md: size of ∂L/∂z in the first layer, relative to what enters at the top
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


def test_the_table_in_the_lesson_is_that_of_the_facts_within_a_factor_of_two():
    rows = [line.split() for line in printed("table").splitlines()]
    assert {(f, init) for f, init, *_ in rows} == FACTS.keys()
    for f, init, size, *_, square in rows:
        slopes = quad(lambda z, f=helpers.ACTIVATIONS[f]: f.derivative(z) ** 2 * norm.pdf(z), -9, 9, points=[0])[0]
        assert float(square) == pytest.approx(slopes, abs=0.01)
        assert FACTS[f, init] / 2 < float(size) < 2 * FACTS[f, init]
        if f == "relu":
            measured = np.median([measure(seed, 10, 128, f, init, 1.0)[0][0] for seed in range(3)])
            assert FACTS[f, init] / 2 < measured < 2 * FACTS[f, init]


def first(activation, initialisation, depth=20, width=64, scale=1.0, **repairs):
    return measure(0, depth, width, activation, initialisation, scale, **repairs)[0][0]


def test_what_the_lesson_says_of_the_layers():
    sizes = measure(0, 20, 64, "sigmoid", "xavier", 1.0)[0]
    assert sizes[0] == pytest.approx(2.6e-13, rel=0.03)
    assert np.exp(np.mean(np.diff(np.log(sizes)))) == pytest.approx(1 / 0.235, rel=0.01)
    assert says("each layer leaves about the same share, 0.235")
    assert first("tanh", "xavier") == pytest.approx(0.23, abs=0.005)
    assert says("With tanh 0.23 is left")
    assert first("relu", "xavier") == pytest.approx(0.0009, abs=5e-5)
    assert says("With ReLU 0.0009 is left")
    spreads = [outputs.std() for outputs in measure(0, 20, 64, "tanh", "xavier", 1.0)[1]]
    assert spreads[-1] < spreads[0] / 2
    for depth in (20, 50):
        assert np.mean(measure(0, depth, 64, "relu", "he", 1.0)[1][-1] == 0) == pytest.approx(0.5, abs=0.15)
    assert 0.1 < first("relu", "he", 50) < 10
    assert first("sigmoid", "xavier", 50) < 1e-30
    assert first("relu", "gaussian") == pytest.approx(1.5e14, rel=0.03)
    assert says("It explodes, to 1.5 · 10¹⁴ with twenty layers of ReLU")
    assert first("tanh", "xavier", scale=0.01) < 1e-30
    assert first("relu", "xavier", 50, 128) < 1e-7
    outputs = measure(0, 20, 64, "sigmoid", "xavier", 10.0)[1][-1]
    assert np.mean((outputs < 0.05) | (outputs > 0.95)) > 0.5


def test_tanh_keeps_more_than_its_slopes_at_spread_1_would():
    z = np.linspace(-12, 12, 100_001)
    square = np.average(helpers.tanh.derivative(z) ** 2, weights=np.exp(-(z**2) / 2))
    assert square == pytest.approx(0.464, abs=5e-4)
    assert square**5 == pytest.approx(0.02, abs=0.003)  # the size after ten layers is the root of the mean square
    assert says("its mean square slope would be 0.464, and ten layers would leave √0.464¹⁰ ≈ 0.02")
    tanh = float(printed("table").splitlines()[1].split()[2])
    assert tanh == 0.27
    assert says("| tanh, Xavier | 0.27 |")


def test_half_of_the_mean_square_is_lost_in_every_layer_with_xavier_and_not_with_he():
    for line in printed("halves").splitlines():
        depth, xavier, _, _, he = numbers(line)
        assert xavier == pytest.approx(0.5**depth, rel=0.3)
        assert he == pytest.approx(0.5, rel=0.2)


def test_the_ratio_of_the_weights_gradients_hides_the_scale():
    rows = np.array([numbers(line) for line in printed("ratio").splitlines()])
    assert len(set(rows[:, -1])) == 1
    assert rows[-1, 1] / rows[0, 1] > 1e19


def test_pytorchs_default_is_a_sixth_of_hes_variance():
    spread = math.sqrt(1 / 3) / math.sqrt(128)  # of U(−1/√n, 1/√n)
    assert spread**2 == pytest.approx((2 / 128) / 6)
    assert first("relu", "gaussian", 10, 128, scale=spread) == pytest.approx(2e-4, rel=0.5)


def grown(examples):
    """Return what arrives after 50 layers of ReLU with batch normalisation over so many examples."""
    net = helpers.Network([128] * 51 + [10], "relu", "he", normalise="batch")
    draw = np.random.default_rng(0)
    x, y = draw.normal(size=(examples, 128)), draw.integers(0, 10, examples)
    return net.layer_gradients(x, y, relative=True)[0]


def test_what_the_lesson_says_of_the_repairs():
    rows = {line.split("}")[0]: numbers(line.split("}")[1]) for line in printed("repairs-numbers").splitlines()}
    plain, batch, layer, residual, both = rows.values()
    assert plain[0] < 1e-30
    assert 0.1 < batch[0] < 10
    assert batch[1] ** (1 / 50) == pytest.approx(1.2, abs=0.03)
    assert says("the gradient *grows*, by about a fifth per layer")
    assert batch[1] < grown(16)
    assert layer[0] < 1e-18
    assert 0.1 < layer[1] < 10
    assert residual[0] == pytest.approx(0.26, abs=0.02)
    assert 1e10 < residual[1] < 1e11
    assert all(0.1 < size < 10 for size in both)
    heads = [measure(0, 50, 64, "sigmoid", "xavier", 1.0, residual=True)[1][layer].mean() for layer in (0, -1)]
    assert heads[1] > 10 * heads[0]  # the outputs grow
    assert says("save the sigmoid's gradient, but let the outputs grow")


# The race --------------------------------------------------------------------------------------------------------


def wait(seconds=60):
    """Wait until no race runs any more."""
    until = time.monotonic() + seconds
    while any(thread.name == "race" for thread in threading.enumerate()):
        assert time.monotonic() < until, "The race still runs."
        time.sleep(0.005)


def short(**options):
    return race(X, Y, **{"depth": 2, "width": 8, "steps": 60, **options})


def test_a_race_that_nobody_starts_stands_still_and_is_the_same_every_time():
    threads = threading.active_count()
    live = race(X, Y)
    assert threading.active_count() == threads
    assert live.alt.startswith("10 hidden layers, seed 0, step 0 of 600: ready. sigmoid, Xavier: loss 0.")
    assert live.alt == race(X, Y).alt == CELLS["race"].outputs[0].data["text/plain"]
    assert live.controls["running"].description == "start"


def planes(live):
    return [axes.images[0].get_array() for axes in live.figure.axes[:4]]


def test_runners_that_line_up_have_not_trained_and_stand_on_a_coarser_plane():
    live = race(X, Y, depth=3)
    nets = [helpers.Network([2, 32, 32, 32, 2], seed=0, **options) for options in RUNNERS.values()]
    along = live.figure.axes[0].images[0].get_extent()[1] * np.linspace(-1, 1, GRID)
    along = (along[::2] + along[1::2]) / 2  # each point in the middle of four of the finer plane
    for n, (net, plane) in enumerate(zip(nets, planes(live), strict=True)):
        assert plane.shape == (GRID // 2,) * 2
        assert plane[5, 2] == pytest.approx(net.forward([[along[2], along[5]]])[0, 1], rel=1e-6)
        right = np.mean(net.forward(X).argmax(axis=1) == Y)
        assert texts(live)[f"score-{n + 1}"] == f"loss {number(net.gradients(X, Y).loss, 3)}, {100 * right:.0f} % right"


def test_a_runner_whose_gradient_overflows_at_the_start_has_diverged_as_soon_as_it_trains():
    plan, options = {"rate": 0.1, "steps": 40, "batch": 10}, {"initialisation": "gaussian", "scale": 1e4}
    still = np.zeros_like(X)  # nothing grows on the way there: tanh(0) = 0
    runner = Runner(still, Y, plan, [2] + [8] * 100 + [2], 0, activation="tanh", **options)
    assert not runner.diverged
    for _ in range(4):
        runner.advance()
        assert runner.diverged
    assert runner.steps == [0, 10, 20, 30, 40]


def test_a_race_run_to_its_end_shows_what_the_networks_have_learned():
    live = short()
    live.controls["running"].value = True
    wait()
    assert "step 60 of 60: finished" in live.alt
    assert live.controls["running"].description == "race again"
    curves = [line for line in live.figure.axes[4].lines if line.get_animated()]
    grid = live.figure.axes[0].images[0].get_extent()[1] * np.linspace(-1, 1, GRID)
    for n, options in enumerate(RUNNERS.values()):
        net = helpers.Network([2, 8, 8, 2], seed=0, **options)
        list(net.train(X, Y, rate=0.05, steps=60, batch=100))
        steps, losses = curves[n].get_data()
        np.testing.assert_array_equal(steps, np.arange(0, 61, 10))
        assert losses[-1] == pytest.approx(net.gradients(X, Y).loss, rel=1e-9)
        corner = net.forward([[grid[3], grid[7]]])[0, 1]
        assert planes(live)[n][7, 3] == pytest.approx(corner, rel=1e-9)
        right = np.mean(net.forward(X).argmax(axis=1) == Y)
        assert texts(live)[f"score-{n + 1}"] == f"loss {number(losses[-1], 3)}, {100 * right:.0f} % right"
        assert texts(live)[f"score-{n + 1}"] in live.alt


def test_to_race_again_takes_the_next_seed():
    live = short(steps=20)
    for seed in (0, 1, 2):
        live.controls["running"].value = True
        wait()
        assert f"2 hidden layers, seed {seed}, step 20 of 20: finished" in live.alt
        net = helpers.Network([2, 8, 8, 2], "relu", "he", seed)
        list(net.train(X, Y, rate=0.05, steps=20, batch=100, seed=seed))
        assert f"ReLU, He: loss {number(net.gradients(X, Y).loss, 3)}" in live.alt
    live.controls["depth"].value = 3
    assert "seed 2, step 0" in live.alt


def test_stop_stops_within_half_a_second_and_the_race_can_go_on():
    live = short(depth=20, width=32, steps=600)
    live.controls["running"].value = True
    time.sleep(0.3)
    assert live.controls["running"].description == "stop"
    live.controls["running"].value = False
    wait(0.5 * BUSY)
    assert ": stopped." in live.alt
    assert live.controls["running"].description == "go on"
    stopped = live.alt
    time.sleep(0.3)
    assert live.alt == stopped


BUSY = 4  # times slower than alone: other programs may want the processors too


def test_a_race_that_was_stopped_ends_as_one_that_was_not():
    through, halted = (short(depth=6, width=24, steps=150) for _ in range(2))
    through.controls["running"].value = True
    wait()
    for _ in range(4):
        for running in (True, False):
            halted.controls["running"].value = running
            time.sleep(0.03)
    assert "stopped" in halted.alt
    halted.controls["running"].value = True
    wait()
    assert halted.alt == through.alt


def test_a_race_is_a_generator_that_needs_no_thread(monkeypatch):
    through, by_hand, races = short(), short(), []
    through.controls["running"].value = True
    wait()
    monkeypatch.setattr(importlib.import_module("lessons.vanishing_gradient.race"), "in_thread", races.append)
    by_hand.controls["running"].value = True
    (turns,) = races
    assert all(going is True for going in turns)
    assert by_hand.alt == through.alt


def test_a_race_on_an_event_loop_stops_goes_on_and_ends_as_one_in_a_thread(monkeypatch):
    through, looped = short(), short()
    through.controls["running"].value = True
    wait()
    monkeypatch.setattr(sys, "platform", "emscripten")  # a browser's Python, where no thread can be started
    monkeypatch.setattr(threading.Thread, "start", None)
    button = looped.controls["running"]

    async def press():
        button.value = True
        await asyncio.sleep(0)
        assert ": running." in looped.alt
        button.value = False
        await asyncio.sleep(0.01)
        assert ": stopped." in looped.alt
        button.value = True
        while button.value:
            await asyncio.sleep(0)

    asyncio.run(press())
    assert looped.alt == through.alt


def test_who_moves_the_slider_during_a_race_does_not_wait_for_its_end():
    live = short(depth=10, width=32, steps=100_000)
    live.controls["running"].value = True
    time.sleep(0.2)
    started = time.monotonic()
    live.controls["depth"].value = 9
    assert time.monotonic() - started < 2 * BUSY
    wait()


def test_another_depth_ends_the_race_and_stands_at_a_new_start():
    live = short(steps=100_000)
    live.controls["running"].value = True
    time.sleep(0.2)
    live.controls["depth"].value = 5
    assert live.alt.startswith("5 hidden layers, seed 0, step 0 of 100000: ready")
    assert not live.controls["running"].value
    wait()
    assert live.alt.startswith("5 hidden layers, seed 0, step 0 of 100000: ready")
    assert live.message == ""


def test_trouble_in_the_thread_reaches_the_message_line(monkeypatch, capfd):
    live = short()
    monkeypatch.setattr(Runner, "advance", lambda self: 1 / 0)
    live.controls["running"].value = True
    wait()
    assert live.message == "The race ended early: ZeroDivisionError: division by zero"
    assert ": stopped." in live.alt
    assert capfd.readouterr() == ("", "")


def test_a_network_that_diverges_says_so_and_the_others_go_on():
    exploding = {"activation": "relu", "initialisation": "gaussian", "scale": 2.0}
    runners = {"a": exploding, "b": exploding | {"clip": 1.0}, "c": {}, "a very long name indeed": {}}
    live = short(runners=runners, depth=10)
    live.controls["running"].value = True
    wait()
    assert texts(live)["score-1"].endswith("diverged")
    assert "diverged" not in texts(live)["score-2"] + texts(live)["score-3"]
    assert "step 60 of 60: finished" in live.alt
    assert "a very long na…" in live.alt


def test_a_plane_holds_all_examples_as_dots_and_grains_with_a_sample_of_the_curve_above_it():
    live = short()
    reach = 1.08 * np.abs(X).max()
    for axes in live.figure.axes[:4]:
        assert axes.get_xlim() == axes.get_ylim() == pytest.approx((-reach, reach))
        sample, dots, grains = axes.lines
        assert sample.get_xdata() == pytest.approx([-reach, -0.56 * reach])
        assert sample.get_ydata() == pytest.approx([1.32 * reach] * 2)
        for label, (line, pixels) in enumerate(((dots, 0.1), (grains, 4.8))):
            strokes = line.get_xydata().reshape(-1, 3, 2)
            np.testing.assert_allclose(strokes[:, :2].mean(axis=1), X[label == Y])
            ends = axes.transData.transform(strokes[:, :2].reshape(-1, 2)).reshape(-1, 2, 2)
            np.testing.assert_allclose(ends[:, 1, 1] - ends[:, 0, 1], pixels, rtol=1e-6)


def test_losses_are_labelled_at_their_ends_without_overlap():
    live = short()
    ends = [text for text in live.figure.axes[4].texts if text.get_text() in RUNNERS]
    heights = sorted(end.get_position()[1] / HIGHEST * 136 for end in ends)
    assert len(ends) == 4
    assert min(np.diff(heights)) >= 14.9
    assert live.figure.axes[4].get_ylim() == (0, HIGHEST)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "words"),
    [
        ((X[:, :1], Y), {}, ValueError, r"x must have shape \(examples, 2\)"),
        ((X * np.nan, Y), {}, ValueError, "x must .* nan or inf"),
        ((X, Y + 1), {}, ValueError, "from 0 to 1, but 2 is among them"),
        ((X, Y[:-1]), {}, ValueError, r"y must have a row for each of the 300 rows"),
        ((X, "y"), {}, TypeError, "y must be real numbers"),
        ((X, Y, {"one": {}}), {}, ValueError, "a dict of four names"),
        ((X, Y, [{}] * 4), {}, ValueError, "a dict of four names"),
        ((X, Y, dict.fromkeys("abcd", "tanh")), {}, ValueError, "a dict of four names"),
        ((X, Y, {name: {"activation": "rleu"} for name in "abcd"}), {}, ValueError, "'rleu'"),
        ((X, Y), {"depth": 0}, ValueError, "depth must lie between 1 and 30"),
        ((X, Y), {"depth": 1.5}, ValueError, "depth must be a whole number"),
        ((X, Y), {"width": -4}, ValueError, "at least 1, but it is -4"),
        ((X, Y), {"steps": 0}, ValueError, "steps must be at least 1"),
        ((X, Y), {"rate": -1}, ValueError, "rate must be above 0"),
        ((X, Y), {"batch": 301}, ValueError, "batch must be at most 300"),
        ((X, Y), {"seed": -1}, ValueError, "seed must be at least 0"),
    ],
    ids=str,
)
def test_races_that_cannot_be_run(arguments, options, error, words):
    with pytest.raises(error, match=words):
        race(*arguments, **options)


def trained(seed, depth=10, **options):
    """Return (loss, share of right answers) of a network after the steps of a race on spirals of that seed."""
    space = {"np": np}
    exec(CELLS["spirals"].source.replace("seed=0", f"seed={seed}"), space)
    net = helpers.Network([2] + [32] * depth + [2], seed=seed, **options)
    list(net.train(space["x"], space["y"], rate=0.05, steps=600, batch=100, seed=seed))
    answers = net.forward(space["x"]).argmax(axis=1)
    return net.gradients(space["x"], space["y"]).loss, np.mean(answers == space["y"])


def raced(seed, **options):
    """Return (loss, share of right answers) at the end of a race on the lesson's own spirals, with that seed."""
    clip = options.pop("clip", None)
    net = helpers.Network([2] + [32] * 10 + [2], seed=seed, **options)
    list(net.train(X, Y, rate=0.05, steps=600, batch=100, seed=seed, clip=clip))
    return net.gradients(X, Y).loss, np.mean(net.forward(X).argmax(axis=1) == Y)


@pytest.mark.parametrize("seed", [1, 2])  # seed 0 is that of the race below
def test_the_deep_sigmoid_stays_at_chance_and_relu_with_he_learns(seed):
    loss, right = trained(seed, activation="sigmoid", initialisation="xavier")
    assert loss == pytest.approx(math.log(2), abs=0.01)
    assert right == pytest.approx(0.5, abs=0.05)
    loss, right = trained(seed, activation="relu", initialisation="he")
    assert loss < 0.05
    assert right > 0.98
    assert says("always at chance, with the loss of guessing, 0.69")
    assert says("always all points right, or nearly all")


def test_the_race_at_the_default_depth_takes_less_than_15_seconds_and_ends_as_the_lesson_says():
    live = race(X, Y)
    start = time.process_time()
    live.controls["running"].value = True
    wait(120)
    assert time.process_time() - start < 15  # of the processors, since other programs may want them too
    scores = [numbers(texts(live)[f"score-{n}"]) for n in range(1, 5)]
    curves = [line.get_ydata() for line in live.figure.axes[4].lines if line.get_animated()]
    assert scores[0] == pytest.approx([0.693, 50], abs=0.01)
    assert scores[3][1] >= 99
    assert curves[3][-1] < curves[0][-1]
    assert all(65 < score[1] <= 100 for score in scores[1:3])
    assert says("from 70 % to 100 % right, so yours may differ")


def test_a_loss_above_the_axis_is_shown_as_leaving_it():
    wild = {"activation": "relu", "initialisation": "gaussian", "scale": 0.5}
    calm = {"activation": "tanh", "initialisation": "xavier"}
    live = race(X, Y, {"one": calm, "wild": wild, "two": calm, "three": calm})
    loss = numbers(texts(live)["score-2"])[0]
    ends = [text.get_text() for text in live.figure.axes[4].texts]
    assert loss > HIGHEST
    assert f"↑ {loss:.0f} wild" in ends
    assert {"one", "two", "three"} <= set(ends)


def test_what_the_lesson_says_of_one_hidden_layer():
    for options in RUNNERS.values():
        assert trained(0, depth=1, **options)[1] == pytest.approx(0.7, abs=0.07)
    assert says("all four get about 70 % right")


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_the_lesson_says_of_the_race_of_the_repairs(seed):
    space = {"x": X, "y": Y, "np": np, "helpers": helpers}
    exec(CELLS["diverge-code"].source.partition("net =")[0], space)
    exec(CELLS["repairs-race"].source.partition("race(")[0], space)
    wide, last, winner, clipped = (raced(seed, **options)[1] for options in space["runners"].values())
    assert winner > 0.99
    assert says("*tanh, residual* always got every point right")
    assert 0.6 < last < 0.75
    assert says("*σ, residual* was always last, with 60 % to 75 %")
    assert last < min(wide, clipped)
    assert min(wide, clipped) > 0.8
    assert says("The other two got 80 % to 100 %")


def test_weights_of_spread_a_half_ruin_the_training_in_fewer_than_ten_steps():
    assert printed("diverge-code").startswith("Stopped, and went back to the weights of step 0")
    assert says("ruin the training in fewer than ten steps")


# Exercises and numbers to remember ---------------------------------------------------------------------------------


def test_the_bound_in_float32():
    quarter = np.float32(0.25)
    assert quarter**74 == np.float32(2.0**-148) > 0
    assert quarter**75 == 0
    assert quarter**63 == np.finfo(np.float32).tiny
    assert 0.25**537 > 0 == 0.25**538


def test_the_scale_for_fifty_layers_keeps_the_size():
    assert 0.2 < first("relu", "gaussian", 50, 128, scale=0.125) < 5
    for wrong in (math.sqrt(1 / 128), 2 / 128, math.sqrt(2 / 50), math.sqrt(1 / (3 * 128))):
        assert not 1e-3 < first("relu", "gaussian", 50, 128, scale=wrong) < 1e3


def test_numbers_to_remember():
    assert says("| sigmoid slopes alone, at best | 9.5 · 10⁻⁷ |")
    np.testing.assert_allclose(0.25**10, 9.5e-7, rtol=0.01)
    sizes = [float(line.split()[2]) for line in printed("table").splitlines()]
    assert sizes[:4] == pytest.approx([5e-7, 0.27, 0.03, 0.7], rel=0.05)
    assert says("| sigmoid, Xavier | 5 · 10⁻⁷ |")
    assert says("| ReLU, Xavier / He | 0.03 / 0.7 |")
    assert math.log(2) == pytest.approx(0.69, abs=5e-3)
    assert math.sqrt(0.5) == pytest.approx(0.71, abs=5e-3)
    assert np.mean(helpers.relu.derivative(np.random.default_rng(0).normal(size=10_000)) ** 2) == pytest.approx(
        0.5, abs=0.02
    )


def test_every_example_of_a_race_stands_in_the_stored_picture_too():
    live = race(X, Y)
    picture = np.asarray(Image.open(io.BytesIO(live.png())).convert("L"))
    for axes in live.figure.axes[:4]:
        across, up = (2 * axes.transData.transform(X)).astype(int).T
        assert picture[len(picture) - 1 - up, across].max() < 170  # the planes are lighter than 200 everywhere
