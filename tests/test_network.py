"""The network of the lesson on vanishing gradients: exact gradients, and training."""

import itertools
import math
import time
import warnings

import numpy as np
import pytest
import scipy.special

from helpers.activations import ACTIVATIONS
from helpers.network import Network
from helpers.passes import check_layers, mean_and_std, product
from helpers.passes import root_mean_square as size

HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]
BATCH, LAYER, RESIDUAL = {"normalise": "batch"}, {"normalise": "layer"}, {"residual": True}
VARIANTS = [{}, {"output": "linear"}, BATCH, LAYER, RESIDUAL, BATCH | RESIDUAL]


def problem(net, rows=4, seed=0):
    """Return examples and targets of the form that a network takes."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((rows, net.sizes[0]))
    if net.output == "linear":
        return x, rng.standard_normal((rows, net.sizes[-1]))
    return x, rng.integers(0, net.sizes[-1], rows)


def lively(activation, depth, seed=0, width=6, **variant):
    """Return a small network with biases, its weights large enough to keep some gradient."""
    gain = {"sigmoid": 8, "identity": 1}.get(activation, 1.6) * (
        0.4 if "residual" in variant else 1
    )
    scale = gain / math.sqrt(width)
    net = Network([width] * (depth + 1) + [3], activation, "gaussian", seed, scale=scale, **variant)
    rng = np.random.default_rng(seed)
    net.b = [0.3 * rng.standard_normal(b.shape) for b in net.b]
    return net


def spirals(n=400, seed=0):
    """Return points on two spiral arms of one and a half turns, and the arm of each: 0 or 1."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    t = np.sqrt(rng.uniform(0.02, 1, n))
    angle = 3 * np.pi * t + np.pi * y
    return 2 * t[:, None] * np.c_[np.cos(angle), np.sin(angle)] + rng.normal(0, 0.06, (n, 2)), y


# Slopes, against two other ways to find them --------------------------------------------


def numbers_with_tangents(net, x, y, dW, db):
    """Return how fast the loss changes along (dW, db), by carrying tangents forward.

    It shares no line with the network: no backward pass, loops instead of matrix products.
    """
    a, da = x, np.zeros_like(x)
    for k, (W, b) in enumerate(zip(net.W, net.b, strict=True)):
        u, du = np.inner(a, W.T), np.inner(da, W.T) + np.inner(a, dW[k].T)
        last = k == len(net.W) - 1
        if net.axis is not None and not last:
            n = u.shape[net.axis]
            c, dc = (v - v.sum(net.axis, keepdims=True) / n for v in (u, du))
            variance = (c * c).sum(net.axis, keepdims=True) / n + 1e-5
            half = (c * dc).sum(net.axis, keepdims=True) / n / variance
            u, du = c / np.sqrt(variance), (dc - c * half) / np.sqrt(variance)
        z, dz = u + b, du + db[k]
        if not last:
            keep = net.skips[k]
            a, da = net.f(z) + keep * a, net.derivative(z) * dz + keep * da
    if net.output == "linear":
        return sum(float((row - t) @ drow) for row, drow, t in zip(z, dz, y, strict=True)) / len(x)
    moved = (
        dz - dz[np.arange(len(y)), y][:, None]
    )  # the loss of an example is log Σ exp(z − z of its label)
    return float(np.mean(np.sum(scipy.special.softmax(z, axis=1) * moved, axis=1)))


def directions(net, slopes, seed=0):
    """Yield, for each array of weights or biases, its gradient and a direction, half along it."""
    rng = np.random.default_rng(seed)
    for kind in "Wb":
        for k, slope in enumerate(getattr(slopes, kind)):
            chance = rng.standard_normal(slope.shape)
            along = slope / (np.linalg.norm(slope) or 1)
            yield kind, k, slope, along + chance / np.linalg.norm(chance)


@pytest.mark.parametrize("depth", [1, 2, 5, 20])
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
@pytest.mark.parametrize("activation", HIDDEN)
def test_slopes_against_tangents_carried_forward(activation, depth, variant):
    net = lively(activation, depth, **variant)
    x, y = problem(net)
    slopes = net.gradients(x, y)
    for kind, k, slope, direction in directions(net, slopes):
        moves = {name: [np.zeros_like(p) for p in getattr(net, name)] for name in "Wb"}
        moves[kind][k] = direction
        expected = numbers_with_tangents(net, x, y, moves["W"], moves["b"])
        assert abs(np.vdot(slope, direction) - expected) <= 1e-9 * np.linalg.norm(slope) + 1e-15


def has_kink(f):
    """Return whether the slope of f jumps or turns at 0."""
    before, left, right, after = f(np.array([-2e-4, -1e-4, 1e-4, 2e-4]))
    return abs(right - left) > 0.1 or abs((after - right) - (left - before)) / 1e-4 > 0.1


def central_difference(net, x, y, parameter, direction):
    """Return the slope of the loss along `direction`, or None where a z would cross a kink at 0."""
    start, losses, signs, kink = parameter.copy(), [], [], has_kink(net.derivative)
    h = 1e-4 if kink else 3e-4
    for step in (-2, -1, 1, 2):
        parameter[...] = start + step * h * direction
        losses.append(net.gradients(x, y).loss)
        signs.append(np.concatenate([np.sign(z) for z in net.activity(x).z[:-1]]))
    parameter[...] = start
    if kink and np.ptp(signs, axis=0).any():
        return None
    return (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * h)


@pytest.mark.parametrize("depth", [1, 2, 5, 20])
@pytest.mark.parametrize("activation", HIDDEN)
def test_slopes_against_central_differences(activation, depth):
    for seed in range(20):
        net = lively(activation, depth, seed)
        x, y = problem(net, seed=seed)
        errors = []
        for kind, k, slope, direction in directions(net, net.gradients(x, y)):
            measured, slope = (
                central_difference(net, x, y, getattr(net, kind)[k], direction),
                np.vdot(slope, direction),
            )
            errors.append(math.nan if measured is None else abs(measured - slope) / abs(slope))
        if not np.isnan(errors).any():
            break
    assert max(errors) < 1e-7  # nan, no seed without a crossing, fails too


# Forward pass, losses, initialisation ---------------------------------------------------


def test_a_network_small_enough_to_reckon_by_hand():
    net = Network([1, 2, 2], "relu")
    net.W, net.b = (
        [np.array([[1.0, -1.0]]), np.array([[2.0, 0.0], [0.0, 3.0]])],
        [np.array([0.5, 0.5]), np.zeros(2)],
    )
    now = net.activity([[1.0], [-2.0]])
    np.testing.assert_array_equal(now.z[0], [[1.5, -0.5], [-1.5, 2.5]])
    np.testing.assert_array_equal(now.a[1], [[1.5, 0], [0, 2.5]])
    np.testing.assert_array_equal(now.z[1], [[3, 0], [0, 7.5]])
    p = 1 / (1 + math.exp(-3)), 1 / (1 + math.exp(-7.5))
    np.testing.assert_allclose(
        net.forward([[1.0], [-2.0]]), [[p[0], 1 - p[0]], [1 - p[1], p[1]]], rtol=1e-15, atol=1e-15
    )
    slopes = net.gradients([[1.0], [-2.0]], [0, 0])
    assert slopes.loss == pytest.approx(-(math.log(p[0]) + math.log(1 - p[1])) / 2, rel=1e-14)
    np.testing.assert_allclose(
        slopes.z[1], np.array([[p[0] - 1, 1 - p[0]], [-p[1], p[1]]]) / 2, rtol=1e-12
    )
    np.testing.assert_allclose(slopes.z[0], [[p[0] - 1, 0], [0, 1.5 * p[1]]], rtol=1e-12)
    assert slopes.norm == pytest.approx(
        math.sqrt(sum(np.sum(slope**2) for slope in slopes.W + slopes.b))
    )


def test_squared_error_is_half_the_square_averaged_over_examples():
    net = Network([1, 1, 2], "identity", output="linear")
    net.W = [np.array([[1.0]]), np.array([[1.0, 2.0]])]
    x = [[1.0], [3.0]]
    np.testing.assert_array_equal(net.forward(x), [[1, 2], [3, 6]])
    slopes = net.gradients(x, [[1, 0], [0, 6]])
    assert slopes.loss == (0 + 4 + 9 + 0) / 2 / 2
    np.testing.assert_array_equal(slopes.z[1], [[0, 1], [1.5, 0]])


def test_one_output_takes_a_plain_list_of_targets():
    net = Network([2, 3, 1], "tanh", output="linear")
    x = np.eye(2)
    assert net.gradients(x, [1, 2]).loss == net.gradients(x, [[1], [2]]).loss


@pytest.mark.parametrize(
    ("name", "variance"), [("xavier", 1 / 300), ("he", 2 / 300), ("gaussian", 0.5**2)]
)
def test_initialisation(name, variance):
    net = Network([300, 200, 300, 2], "tanh", name, 7, scale=0.5 if name == "gaussian" else None)
    assert np.std(net.W[0]) == pytest.approx(math.sqrt(variance), rel=0.02)
    assert abs(np.mean(net.W[0])) < 4 * math.sqrt(variance / net.W[0].size)
    assert np.std(net.W[1]) == pytest.approx(
        math.sqrt(variance * (1 if name == "gaussian" else 1.5)), rel=0.02
    )
    assert [W.shape for W in net.W] == [(300, 200), (200, 300), (300, 2)]
    assert not np.concatenate(net.b).any()


def test_seed_decides_and_initialisation_only_scales():
    draws = [Network([4, 5, 2], "relu", name, 3).W for name in ("he", "xavier", "gaussian")]
    np.testing.assert_array_equal(draws[0][1], Network([4, 5, 2], "relu", "he", 3).W[1])
    np.testing.assert_allclose(draws[0][1], math.sqrt(2) * draws[1][1], rtol=1e-15)
    np.testing.assert_allclose(draws[2][1], math.sqrt(5) * draws[1][1], rtol=1e-15)
    assert not np.array_equal(draws[0][0], Network([4, 5, 2], "relu", "he", 4).W[0])


def test_an_activation_may_be_named_given_or_ones_own():
    class Mine:
        def __call__(self, x):
            return np.maximum(0.2 * x, x)

        def derivative(self, x):
            return np.where(x > 0, 1, 0.2)

    nets = [
        Network([3, 4, 2], f, negative_slope=0.2) for f in ("leaky_relu", ACTIVATIONS["leaky_relu"])
    ]
    nets.append(Network([3, 4, 2], Mine()))
    x, y = problem(nets[0])
    first, *others = [net.gradients(x, y) for net in nets]
    for other in others:
        np.testing.assert_allclose(other.W[0], first.W[0], rtol=1e-14)


def test_everything_is_computed_in_float64():
    net = Network([3, 4, 2], "sigmoid")
    x = np.random.default_rng(0).standard_normal((5, 3)).astype(np.float32)
    np.testing.assert_array_equal(net.forward(x), net.forward(x.astype(float)))
    for kind in (np.float16, np.float32, np.longdouble):
        slopes = net.gradients(x.astype(kind), [True, False, True, 1, 0])
        assert {array.dtype for array in slopes.W + slopes.b + slopes.z} == {np.dtype(float)}
    assert net.forward([[1, 2, 3]]).shape == (1, 2)


@pytest.mark.parametrize(("normalise", "axis"), [("batch", 0), ("layer", 1)])
def test_normalisation_centres_and_scales(normalise, axis):
    net = Network([8, 16, 16, 3], "relu", normalise=normalise)
    now = net.activity(5 + 3 * problem(net, 64)[0])
    for z in now.z[:-1]:
        np.testing.assert_allclose(z.mean(axis), 0, atol=1e-12)
        np.testing.assert_allclose(z.std(axis), 1, atol=1e-3)
    assert abs(now.z[-1].std() - 1) > 1e-3  # the output is left alone


def test_residual_adds_what_a_layer_received_where_widths_agree():
    net = Network([2, 5, 5, 4, 2], "tanh", residual=True)
    now = net.activity(problem(net)[0])
    np.testing.assert_array_equal(now.a[1], np.tanh(now.z[0]))
    np.testing.assert_array_equal(now.a[2], np.tanh(now.z[1]) + now.a[1])
    np.testing.assert_array_equal(now.a[3], np.tanh(now.z[2]))
    np.testing.assert_allclose(now.z[3], now.a[3] @ net.W[3] + net.b[3])


# Sizes, layer by layer ------------------------------------------------------------------

FACTS = [  # facts.md: size of ∂L/∂z in the first layer, relative to what enters at the top
    ("sigmoid", "xavier", 4.9e-7),
    ("tanh", "xavier", 0.27),
    ("relu", "xavier", 0.033),
    ("relu", "he", 0.74),
    ("leaky_relu", "he", 0.74),
    ("gelu", "he", 0.49),
    ("tanh", "gaussian", 874),
    ("relu", "gaussian", 9.9e7),
]


@pytest.mark.parametrize(
    ("activation", "initialisation", "expected"), [row for row in FACTS if row[0] in ACTIVATIONS]
)
def test_vanishing_as_measured_before(activation, initialisation, expected):
    measured = []
    for seed in range(10):
        net = Network([128] * 11 + [10], activation, initialisation, seed)
        measured.append(net.layer_gradients(*problem(net, 64, seed), relative=True)[0])
    assert expected / 2 < np.median(measured) < 2 * expected


def test_layer_gradients_are_the_sizes_of_the_slopes():
    net = Network([4, 6, 5, 3], "tanh")
    x, y = problem(net)
    z = net.gradients(x, y).z
    sizes = net.layer_gradients(x, y)
    np.testing.assert_allclose(sizes, [np.sqrt(np.mean(delta**2)) for delta in z], rtol=1e-14)
    top = np.sqrt(np.mean((z[-1] @ net.W[-1].T) ** 2))
    relative, activity = net.layer_gradients_and_activity(x, y, relative=True)
    np.testing.assert_array_equal(net.layer_gradients(x, y, relative=True), relative)
    np.testing.assert_allclose(relative, sizes[:-1] / top, rtol=1e-14)
    np.testing.assert_array_equal(activity.output, net.activity(x).output)


def test_a_sigmoid_layer_passes_on_a_quarter_at_most():
    net = Network([32] * 51 + [2], "sigmoid", "xavier")
    deltas = net.gradients(*problem(net, 64)).z
    for below, above, W in zip(deltas, deltas[1:], net.W[1:], strict=False):
        assert 0 < np.linalg.norm(below) <= 0.25 * np.linalg.norm(above) * np.linalg.norm(W, 2)
    assert size(deltas[0]) < 1e-28


def test_the_weights_are_the_first_draws_of_their_seed_whatever_was_built_before():
    for seed, sizes in [
        (3, [4, 6, 5, 3]),
        (3, [4, 6, 5, 5, 3]),
        (4, [4, 6, 3]),
        (3, [40, 60, 3]),
        (3, [4, 6, 5, 3]),
    ]:
        draw = np.random.default_rng(seed).standard_normal
        net = Network(sizes, "tanh", "gaussian", seed, scale=0.5)
        for W, shape in zip(net.W, itertools.pairwise(sizes), strict=True):
            np.testing.assert_array_equal(W, 0.5 * draw(shape))
        net.W[0] += 1  # training moves them; the next network must not notice


@pytest.mark.parametrize("sizes", [[1, 3, 2], [1, 1, 1], [3, 11, 1, 11, 2], [5, 13, 5, 2]], ids=str)
def test_there_are_draws_for_any_number_of_weights(sizes):
    """Draws come in powers of two: 9 weights, 2, 88 and 140."""
    net = Network(sizes, "tanh", "gaussian", 5, scale=1.0, output="linear")
    weights = sum(n_in * n_out for n_in, n_out in itertools.pairwise(sizes))
    expected = np.random.default_rng(5).standard_normal(weights)
    np.testing.assert_array_equal(np.concatenate([W.ravel() for W in net.W]), expected)


def test_what_is_not_said_has_its_usual_value():
    plain, told = (
        Network([2, 3, 2]),
        Network([2, 3, 2], "relu", "he", 0, output="softmax", normalise=None, residual=False),
    )
    x, y = problem(plain, 30)
    np.testing.assert_array_equal(plain.gradients(x, y).W[0], told.gradients(x, y).W[0])
    gaussian = [
        Network([2, 3, 2], "relu", "gaussian", **scale).W[0] for scale in ({}, {"scale": 1.0})
    ]
    np.testing.assert_array_equal(*gaussian)
    usual = {
        "rate": 0.1,
        "steps": 1000,
        "batch": None,
        "momentum": 0.0,
        "clip": None,
        "every": 10,
        "seed": 0,
    }
    assert list(plain.train(x, y)) == list(told.train(x, y, **usual))
    np.testing.assert_array_equal(weights(plain), weights(told))
    assert list(plain.train(x, y, batch=5, steps=3)) == list(
        told.train(x, y, batch=5, steps=3, seed=0)
    )


def test_a_row_of_a_batch_may_be_alone():
    net, x, y = small()
    *_, last = net.train(x, y, batch=1, steps=1, every=1)
    assert last.step == 1


def test_a_product_is_cut_into_pieces_for_one_core(monkeypatch):
    """OpenBLAS keeps less than 2 ** 18 multiplications on one core."""
    pieces, plain = [], np.matmul
    monkeypatch.setattr(
        np, "matmul", lambda a, W, out: pieces.append(len(a)) or plain(a, W, out=out)
    )
    a = np.arange(2.0**18).reshape(-1, 1)
    np.testing.assert_array_equal(product(a, np.array([[2.0]])), 2 * a)
    assert pieces == [2**18 - 1, 1]
    pieces.clear()
    rng = np.random.default_rng(0)
    a, W = rng.standard_normal((900, 30)), rng.standard_normal((30, 40))
    np.testing.assert_allclose(product(a, W), a @ W, rtol=1e-12, atol=1e-12)
    assert pieces == [218, 218, 218, 218, 28]  # 218 · 30 · 40 = 261 600
    pieces.clear()
    a, W = np.ones((3, 600)), np.ones((600, 500))  # even one row is too much
    np.testing.assert_array_equal(product(a, W), 600)
    assert pieces == [1, 1, 1]


@pytest.mark.parametrize("axis", [0, 1])
def test_where_all_is_alike_the_spread_is_that_of_a_hundred_thousandth(axis):
    mean, spread = mean_and_std(np.full((4, 4), 7.0), axis)
    np.testing.assert_array_equal(mean, 7)
    np.testing.assert_allclose(spread, math.sqrt(1e-5))


def test_the_layer_in_which_numbers_outgrow_float64_is_counted_from_1():
    sound, broken = np.zeros((1, 2)), np.array([[0.0, np.inf]])
    check_layers([broken, sound], [sound, sound])  # what does not reach the output is no trouble
    with pytest.raises(OverflowError, match="on their way into layer 2 of 3"):
        check_layers([sound, broken, broken], [sound, sound, broken])
    with pytest.raises(OverflowError, match="the activation of layer 2 returns nan or inf"):
        check_layers([sound, sound, broken], [sound, sound, broken])


@pytest.mark.parametrize(
    "repairs", [{}, {"normalise": "batch"}, {"normalise": "layer"}, RESIDUAL], ids=str
)
def test_forward_keeps_nothing_and_answers_the_same(repairs):
    net = Network([3] + [24] * 6 + [2], "tanh", **repairs)
    x, _ = problem(net, 1500)  # more than one core's share of a product
    np.testing.assert_array_equal(net.forward(x), net.activity(x).output)
    np.testing.assert_allclose(
        net.activity(x).z[-1], net.activity(x).a[-1] @ net.W[-1] + net.b[-1], rtol=1e-12, atol=1e-14
    )


def test_size_neither_underflows_nor_overflows():
    for factor in (1e-300, 1.0, 1e300):
        assert size(factor * np.array([3.0, -4.0])) == pytest.approx(
            factor * math.sqrt(12.5), rel=1e-15
        )
    assert size(np.zeros(3)) == 0


def test_layer_statistics_of_20_layers_come_within_300_ms():
    net = Network([128] * 21 + [10], "sigmoid", "xavier")
    x, y = problem(net, 256)

    seconds = []
    for _ in range(5):
        start = (
            time.thread_time()
        )  # the time this thread works, not the time it waits for other programs
        net.layer_gradients(x, y)
        net.activity(x)
        seconds.append(time.thread_time() - start)
    assert min(seconds) < 0.3


# Training -------------------------------------------------------------------------------


def accuracy(net, x, y):
    return np.mean(net.forward(x).argmax(axis=1) == y)


def test_the_race_sigmoid_stays_at_chance_and_relu_with_he_learns():
    x, y = spirals()
    runners = [("sigmoid", "xavier"), ("tanh", "xavier"), ("relu", "xavier"), ("relu", "he")]
    nets = [Network([2] + [32] * 10 + [2], *runner) for runner in runners]
    reports = list(
        zip(*(net.train(x, y, rate=0.05, steps=800, batch=100) for net in nets), strict=True)
    )
    assert [report.step for report in reports[-1]] == [800] * 4
    sigmoid, *_, he = nets
    assert sigmoid.gradients(x, y).loss == pytest.approx(math.log(2), abs=0.01)
    assert accuracy(sigmoid, x, y) == pytest.approx(0.5, abs=0.05)
    assert he.gradients(x, y).loss < 0.02
    assert accuracy(he, x, y) > 0.99
    mean = np.mean([[report.loss for report in row] for row in reports], axis=0)
    assert mean[3] < min(mean[1:3]) <= max(mean[1:3]) < mean[0]


def test_batch_normalisation_wakes_the_deep_sigmoid_network():
    x, y = spirals()
    net = Network([2] + [32] * 10 + [2], "sigmoid", "xavier", 0, **BATCH)
    *_, last = net.train(x, y, rate=0.05, steps=300, batch=100)
    assert last.loss < 0.62


def small():
    net = Network([2, 8, 2], "tanh", "xavier", 0)
    return net, *problem(net, 30)


def weights(net):
    return np.concatenate([p.ravel() for p in net.W + net.b])


def test_reports_come_at_the_start_after_every_few_steps_and_at_the_end():
    net, x, y = small()
    loss = net.gradients(x, y).loss
    reports = list(net.train(x, y, steps=25, every=10))
    assert [report.step for report in reports] == [0, 10, 20, 25]
    assert reports[0].loss == loss
    assert reports[0].gradient_norm > 0
    assert reports[-1].loss == net.gradients(x, y).loss < loss
    assert not any(report.stopped_because for report in reports)


def test_nothing_moves_before_the_first_report_and_between_two():
    net, x, y = small()
    start = weights(net)
    training = net.train(x, y, steps=1000, every=3)
    assert next(training).step == 0
    np.testing.assert_array_equal(weights(net), start)
    assert next(training).step == 3
    moved = weights(net)
    assert not np.array_equal(moved, start)
    training.close()
    np.testing.assert_array_equal(weights(net), moved)
    assert next(net.train(x, y)).loss == net.gradients(x, y).loss  # and it can go on


def test_one_step_is_rate_times_slope():
    net, x, y = small()
    slopes, W = net.gradients(x, y), net.W[0].copy()
    list(net.train(x, y, rate=0.3, steps=1))
    np.testing.assert_allclose(net.W[0], W - 0.3 * slopes.W[0], rtol=1e-14)


def test_momentum_adds_its_share_of_the_step_before():
    net, x, y = small()
    positions = [weights(net)]
    slopes = []
    for _ in net.train(x, y, rate=0.1, momentum=0.9, steps=3, every=1):
        positions.append(weights(net))
        slopes.append(
            np.concatenate([p.ravel() for p in net.gradients(x, y).W + net.gradients(x, y).b])
        )
    steps = np.diff(positions[1:], axis=0)
    np.testing.assert_allclose(steps[1], 0.9 * steps[0] - 0.1 * slopes[1], atol=1e-14)
    np.testing.assert_allclose(steps[2], 0.9 * steps[1] - 0.1 * slopes[2], atol=1e-14)


@pytest.mark.parametrize("times", [0.5, 2])
def test_clipping_shortens_a_long_gradient_and_leaves_a_short_one(times):
    net, x, y = small()
    length, start = net.gradients(x, y).norm, weights(net)
    report, *_ = net.train(x, y, rate=0.3, steps=1, clip=times * length)
    assert report.gradient_norm == length
    assert np.linalg.norm(weights(net) - start) == pytest.approx(0.3 * length * min(times, 1))


def test_seed_decides_the_minibatches_and_global_state_is_left_alone():
    ends = []
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    for seed in (1, 1, 2):
        net, x, y = small()
        list(net.train(x, y, batch=5, steps=5, seed=seed))
        ends.append(weights(net))
    np.testing.assert_array_equal(ends[0], ends[1])
    assert not np.array_equal(ends[0], ends[2])
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_a_minibatch_holds_no_example_twice():
    ends = []
    for batch in (None, 30):
        net, x, y = small()
        list(net.train(x, y, batch=batch, steps=5))
        ends.append(weights(net))
    np.testing.assert_allclose(ends[0], ends[1], rtol=1e-12)


def test_after_training_batch_normalisation_takes_each_example_alone():
    x, y = spirals(100)
    net = Network([2, 16, 16, 2], "relu", **BATCH)
    assert not np.allclose(net.forward(x[:3]), net.forward(x)[:3])
    list(net.train(x, y, steps=100))
    np.testing.assert_allclose(net.forward(x[:3]), net.forward(x)[:3], rtol=1e-12)
    np.testing.assert_allclose(net.forward(x), net.activity(x).output, atol=0.05)


def test_batch_normalisation_remembers_a_tenth_of_each_step():
    net = Network([2, 5, 4, 2], "tanh", **BATCH)
    x, y = problem(net, 20)
    met = [net.activity(x).moments for _ in net.train(x, y, steps=3, every=1)][
        :3
    ]  # before each step
    for layer in (0, 1):
        first, second, third = (moments[layer] for moments in met)
        expected = 0.9 * (0.9 * first + 0.1 * second) + 0.1 * third
        np.testing.assert_allclose(net.running[layer], expected, rtol=1e-12)
    layered = Network([2, 5, 2], "tanh", **LAYER)
    list(layered.train(x, y, steps=2))
    assert layered.running is None  # each example has moments of its own


def test_a_training_that_cannot_begin_goes_back_to_step_0():
    net = Network([8] * 200 + [2], "relu", "gaussian", scale=1e3)
    x, y = problem(net)
    before = weights(net)
    (only,) = net.train(x, y)
    assert only.step == 0
    assert "went back to the weights of step 0: numbers outgrow" in only.stopped_because
    np.testing.assert_array_equal(weights(net), before)


def test_without_any_slope_the_relative_sizes_are_0():
    net = Network([2, 3, 3, 1], "tanh", output="linear")
    x = np.ones((1, 2))
    np.testing.assert_array_equal(net.layer_gradients(x, net.forward(x), relative=True), 0)


def test_an_explosion_ends_in_a_sentence_and_the_last_sound_weights():
    x, y = spirals()
    net = Network([2] + [32] * 10 + [2], "relu", "he", 0, residual=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        *reports, last = net.train(x, y, rate=0.05, every=2)
    assert reports
    assert math.isinf(last.loss)
    assert "outgrow" in last.stopped_because
    assert f"weights of step {reports[-1].step}" in last.stopped_because
    assert net.gradients(x, y).loss == reports[-1].loss
    clipped = Network([2] + [32] * 10 + [2], "relu", "he", 0, residual=True)
    *_, last = clipped.train(x, y, rate=0.05, steps=100, clip=1.0)  # what clipping is for
    assert last.loss < reports[0].loss / 2


@pytest.mark.parametrize("rate", [1e5, 1e308])
def test_an_absurd_rate_ends_in_a_sentence(rate):
    net = Network([2, 8, 1], "tanh", output="linear")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        *_, last = net.train([[1, 2], [3, 4]], [-100, 100], rate=rate, momentum=0.9)
    assert "outgrow" in last.stopped_because
    assert np.isfinite(weights(net)).all()


def test_a_gradient_beyond_float64_raises_one_sentence():
    net = Network([8] * 100 + [2], "tanh", "gaussian", scale=1e4)
    with pytest.raises(
        OverflowError, match=r"the gradient outgrows float64 on its way back; try a smaller"
    ):
        net.gradients(np.zeros((2, 8)), [0, 1])  # nothing grows on the way there: tanh(0) = 0


@pytest.mark.parametrize("repairs", [{}, RESIDUAL], ids=str)
def test_numbers_beyond_float64_raise_one_sentence_and_no_warning(repairs):
    net = Network([8] * 200 + [2], "relu", "gaussian", scale=1e3, **repairs)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(OverflowError, match=r"outgrow.*float64.*; try a smaller scale"):
            net.gradients(*problem(net))


def test_an_activation_that_returns_nan_is_named_as_the_cause():
    class Odd:
        def __call__(self, x):
            return np.where(x > 2.5, np.nan, x)

        def derivative(self, x):
            return np.ones_like(x)

    net = Network([3, 4, 4, 2], Odd())
    with pytest.raises(OverflowError, match="the activation of layer 1 returns nan"):
        net.forward([[9.0, 9.0, 9.0], [-9, -9, -9]])


# Bad input ------------------------------------------------------------------------------

GOOD = {"sizes": [2, 4, 3], "activation": "relu", "initialisation": "he", "seed": 0}
BUILDS = [
    ({"sizes": []}, ValueError, "no hidden layer"),
    ({"sizes": [2, 3]}, ValueError, "no hidden layer"),
    ({"sizes": 5}, TypeError, "list of whole numbers"),
    ({"sizes": "2,4,3"}, TypeError, "list of whole numbers"),
    ({"sizes": [2, -4, 3]}, ValueError, "at least 1, but it is -4"),
    ({"sizes": [2, 0, 3]}, ValueError, "at least 1, but it is 0"),
    ({"sizes": [2, 4.5, 3]}, TypeError, "whole number, not 4.5"),
    ({"sizes": [2, True, 3]}, TypeError, "whole number, not True"),
    ({"sizes": [2, 4, 1]}, ValueError, "softmax of one output is always 1"),
    ({"activation": "rleu"}, ValueError, "one of identity, sigmoid, .*not 'rleu'"),
    ({"activation": "softmax"}, ValueError, "softmax mixes all units"),
    ({"activation": ACTIVATIONS["softmax"]}, ValueError, "softmax mixes all units"),
    ({"activation": np.tanh}, TypeError, "f.derivative"),
    ({"activation": None}, ValueError, "not None"),
    ({"slope": 0.1}, TypeError, "unexpected keyword argument 'slope'; call it as relu[(]x[)]"),
    ({"normalize": "batch"}, TypeError, "unexpected keyword argument 'normalize'"),
    ({"activation": "leaky_relu", "negative_slope": math.nan}, ValueError, "finite number"),
    (
        {"initialisation": "kaiming"},
        ValueError,
        "'xavier' or 'he' or 'gaussian', but it is 'kaiming'",
    ),
    ({"initialisation": None}, ValueError, "'xavier' or 'he' or 'gaussian', but it is None"),
    (
        {"initialisation": "gaussian", "scale": -1},
        ValueError,
        "at least 0 and finite, .*; try scale=0[.]1[.]$",
    ),
    ({"initialisation": "gaussian", "scale": math.nan}, ValueError, "but it is nan"),
    ({"initialisation": "gaussian", "scale": "big"}, TypeError, "scale must be a number"),
    ({"scale": 2.0}, ValueError, 'needs initialisation="gaussian"'),
    ({"seed": -1}, ValueError, "seed must be at least 0"),
    ({"seed": None}, TypeError, "seed must be a whole number"),
    ({"output": "sigmoid"}, ValueError, "'softmax' or 'linear', but it is 'sigmoid'"),
    ({"normalise": "group"}, ValueError, "None or 'batch' or 'layer', but it is 'group'"),
    ({"normalise": True}, ValueError, "None or 'batch' or 'layer', but it is True"),
]


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    BUILDS,
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_network_that_cannot_be_built_says_why(wrong, error, words):
    with pytest.raises(error, match=words) as caught:
        Network(**GOOD | wrong)
    assert "\n" not in str(caught.value)


def test_an_activation_that_changes_the_shape_is_refused():
    class Largest:
        def __call__(self, x):
            return np.max(x)

        def derivative(self, x):
            return np.ones_like(x)

    with pytest.raises(
        ValueError, match=r"must return one value for each x, but it made shape \(\) of \(1, 3\)"
    ):
        Network([2, 4, 2], Largest())


X, Y = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 2])
HOLE = [[1, 2], [0, math.nan], [math.inf, 1]]
DATA = [
    (
        np.ones((3, 4)),
        Y,
        ValueError,
        r"x must have shape \(examples, 2\) .* its shape is \(3, 4\)\.$",
    ),
    ([1.0, 2.0], [0], ValueError, r"its shape is \(2,\); try np.reshape\(x, \(-1, 2\)\)"),
    ([1.0, 2.0, 3.0], [0], ValueError, r"its shape is \(3,\)\.$"),
    ([], [], ValueError, r"its shape is \(0,\)\.$"),
    (np.ones((2, 2, 2)), [0, 1], ValueError, r"its shape is \(2, 2, 2\)\.$"),
    (np.ones((0, 2)), [], ValueError, r"its shape is \(0, 2\)\.$"),
    (
        HOLE,
        Y,
        ValueError,
        r"nan or inf is in 2 of the 3 rows, first in row 1; try np.asarray\(x\)\[",
    ),
    ([[1, 2], [3]], [0, 1], ValueError, "different lengths"),
    (X * 1j, Y, TypeError, "x must be real numbers"),
    (np.ma.array(X), Y, TypeError, "x must be an array without a mask"),
    (X, np.ma.array(Y), TypeError, "y must be an array without a mask"),
    (X, [0, 1, 3], ValueError, "whole numbers from 0 to 2, but 3 is among them"),
    (X, [0, -1, 1], ValueError, "but -1 is among them"),
    (X, [0, 1], ValueError, r"a row for each of the 3 rows of x, but its shape is \(2,\)"),
    (X, np.eye(3), ValueError, r"its shape is \(3, 3\); try y\.argmax\(axis=1\)\.$"),
    (X, np.eye(3).tolist(), ValueError, r"try np\.asarray\(y\)\.argmax\(axis=1\)\.$"),
    (X, Y[:, None], ValueError, r"its shape is \(3, 1\); try y\.ravel\(\)\.$"),
    (X, 1, ValueError, r"y must have shape \(examples,\)"),
    (X, [0.0, 1.0, 2.0], TypeError, r"type is float64; try np.asarray\(y\)\.astype\(int\)\.$"),
    (X, ["a", "b", "c"], TypeError, "y must be real numbers"),
    (X, [[0], [1, 2], [0]], ValueError, "different lengths"),
]


@pytest.mark.parametrize(("x", "y", "error", "words"), DATA)
def test_bad_data_says_why_and_changes_nothing(x, y, error, words):
    net = Network(**GOOD)
    before = weights(net)
    for call in (net.gradients, net.layer_gradients, net.train):
        with pytest.raises(error, match=words):
            call(x, y)
    np.testing.assert_array_equal(weights(net), before)
    assert next(net.train(X, Y)).loss > 0


def test_what_a_refusal_of_data_advises_is_accepted():
    net = Network(**GOOD)
    net.forward(np.reshape([1.0, 2.0], (-1, 2)))
    net.forward(np.asarray(HOLE)[np.isfinite(HOLE).all(axis=1)])
    net.gradients(X, np.eye(3).argmax(axis=1))
    net.gradients(X, Y[:, None].ravel())
    net.gradients(X, np.asarray([0.0, 1.0, 2.0]).astype(int))


def test_forward_and_activity_check_x_as_well():
    net = Network(**GOOD)
    for call in (net.forward, net.activity):
        with pytest.raises(ValueError, match="nan or inf"):
            call(X * np.nan)


@pytest.mark.parametrize(
    ("y", "words"),
    [
        ([[1, 2], [3, 4]], r"\(examples, 3\).* its shape is \(2, 2\)"),
        (np.ones((2, 3)), r"a row for each of the 3 rows of x, but its shape is \(2, 3\)"),
        (np.full((3, 3), np.nan), "y must .* nan or inf is in 3 of the 3 rows"),
    ],
)
def test_bad_targets_of_a_linear_output(y, words):
    with pytest.raises(ValueError, match=words):
        Network(**GOOD, output="linear").gradients(X, y)


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (
            {"rate": math.nan},
            ValueError,
            "rate must be above 0 and finite, but it is nan; try rate=0[.]1[.]$",
        ),
        ({"rate": 0}, ValueError, "above 0 and finite, but it is 0"),
        ({"rate": -1}, ValueError, "above 0"),
        ({"rate": "fast"}, TypeError, "rate must be a number, not 'fast'"),
        (
            {"momentum": 1},
            ValueError,
            "momentum must be at least 0 and below 1, but it is 1; try momentum=0[.]9[.]$",
        ),
        ({"momentum": -0.1}, ValueError, "momentum must be at least 0"),
        (
            {"clip": 0},
            ValueError,
            "clip must be above 0 and finite, but it is 0; try clip=1[.]0[.]$",
        ),
        ({"clip": math.nan}, ValueError, "clip must be above 0"),
        ({"steps": 0}, ValueError, "steps must be at least 1"),
        ({"steps": 1e3}, TypeError, "steps must be a whole number"),
        ({"every": 0}, ValueError, "every must be at least 1"),
        ({"batch": 4}, ValueError, "batch must be at most 3, but it is 4"),
        ({"batch": 0}, ValueError, "batch must be at least 1"),
        ({"seed": "x"}, TypeError, "seed must be a whole number"),
        ({"lr": 0.1}, TypeError, "'lr'"),
    ],
    ids=str,
)
def test_a_bad_plan_says_so_before_training_begins(wrong, error, words):
    net = Network(**GOOD)
    before = weights(net)
    with pytest.raises(error, match=words):
        net.train(X, Y, **wrong)
    np.testing.assert_array_equal(weights(net), before)
