"""Network: gradients against differences of the loss, initialisation, repairs, training."""

import itertools
import math

import numpy as np
import pytest
import scipy.special
from numpy.testing import assert_allclose, assert_array_equal
from shared import names, read

from helpers.activations import ACTIVATIONS
from helpers.network import Network
from helpers.passes import root_mean_square

HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]
DEEP = [2] + [32] * 10 + [2]
BATCH = {"normalise": "batch"}
LAYER = {"normalise": "layer"}
RESIDUAL = {"residual": True}
REPAIRS = [BATCH, LAYER, RESIDUAL, BATCH | RESIDUAL]


class Own:
    """A learner's own activation."""

    def __init__(self, function, derivative=np.ones_like):
        self.function = function
        self.derivative = derivative

    def __call__(self, z):
        return self.function(z)


def inputs(net, rows=4):
    """Return examples that a network takes."""
    return np.random.default_rng(0).standard_normal((rows, net.sizes[0]))


def problem(net, rows=4):
    """Return examples and targets of the form that a network takes."""
    rng = np.random.default_rng(1)
    targets = rng.integers(0, net.sizes[-1], rows)
    if net.output == "linear":
        targets = rng.standard_normal((rows, net.sizes[-1]))
    return inputs(net, rows), targets


def lively(activation, depth, **options):
    """Return a small network with biases, its weights large enough to keep some gradient."""
    scale = {"sigmoid": 3, "identity": 0.4}.get(activation, 0.65)
    if "residual" in options:
        scale *= 0.4
    sizes = [6] * (depth + 1) + [3]
    net = Network(sizes, activation, "gaussian", 0, scale=scale, **options)
    rng = np.random.default_rng(0)
    net.b = [0.3 * rng.standard_normal(b.shape) for b in net.b]
    return net


def small():
    return Network([2, 8, 2], "tanh", "xavier", 0)


DATA = problem(small(), 30)


def joined(arrays):
    return np.concatenate([array.ravel() for array in arrays])


def weights(net):
    return joined(net.W + net.b)


LESSON = names(read("09_vanishing_gradient"), "imports", "spirals")
SPIRALS = (LESSON["x"], LESSON["y"])


# Gradients ------------------------------------------------------------------------------


def loss_changes(net, data, parameter, direction):
    """Return how fast the loss changes when a parameter moves along a direction."""
    start = parameter.copy()
    losses = []
    for step in (1e-6, -1e-6):
        parameter[...] = start + step * direction
        losses.append(net.gradients(*data).loss)
    parameter[...] = start
    return (losses[0] - losses[1]) / 2e-6


def assert_exact_gradients(net):
    data = problem(net)
    gradients = net.gradients(*data)
    rng = np.random.default_rng(0)
    pairs = zip(net.W + net.b, gradients.W + gradients.b, strict=True)
    for parameter, gradient in pairs:
        norm = np.linalg.norm(gradient)
        chance = rng.standard_normal(gradient.shape)
        chance /= np.linalg.norm(chance)
        # Half along the gradient, so that the change is not small by chance.
        direction = gradient / (norm or 1) + chance
        measured = loss_changes(net, data, parameter, direction)
        error = abs(measured - np.vdot(gradient, direction))
        assert error <= 1e-6 * norm + 1e-9


KINDS = [{}, {"output": "linear"}, *REPAIRS]


@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize("options", KINDS, ids=str)
def test_gradients_are_how_fast_the_loss_changes(activation, options):
    for depth in (1, 4):
        assert_exact_gradients(lively(activation, depth, **options))


# Forward pass, losses -------------------------------------------------------------------


def test_a_network_small_enough_to_reckon_by_hand():
    net = Network([1, 2, 2], "relu")
    net.W = [np.array([[1.0, -1.0]]), np.array([[2.0, 0.0], [0.0, 3.0]])]
    net.b = [np.array([0.5, 0.5]), np.zeros(2)]
    x = [[1.0], [-2.0]]
    now = net.activity(x)
    assert_array_equal(now.z[0], [[1.5, -0.5], [-1.5, 2.5]])
    assert_array_equal(now.a[1], [[1.5, 0], [0, 2.5]])
    assert_array_equal(now.z[1], [[3, 0], [0, 7.5]])
    p, q = scipy.special.expit([3, 7.5])
    assert_allclose(net.forward(x), [[p, 1 - p], [1 - q, q]], rtol=1e-12)
    gradients = net.gradients(x, [0, 0])
    loss = -(math.log(p) + math.log(1 - q)) / 2
    assert gradients.loss == pytest.approx(loss, rel=1e-13)
    of_output = np.array([[p - 1, 1 - p], [-q, q]]) / 2
    assert_allclose(gradients.z[1], of_output, rtol=1e-12)
    norm = np.linalg.norm(joined(gradients.W + gradients.b))
    assert gradients.norm == pytest.approx(norm)


def test_squared_error_is_half_the_square_averaged_over_examples():
    net = Network([1, 1, 2], "identity", output="linear")
    net.W = [np.array([[1.0]]), np.array([[1.0, 2.0]])]
    x = [[1.0], [3.0]]
    assert_array_equal(net.forward(x), [[1, 2], [3, 6]])
    gradients = net.gradients(x, [[1, 0], [0, 6]])
    assert gradients.loss == (0 + 4 + 9 + 0) / 2 / 2
    assert_array_equal(gradients.z[1], [[0, 1], [1.5, 0]])
    one = Network([1, 3, 1], "tanh", output="linear")
    column = one.gradients(x, [[1], [2]])
    assert one.gradients(x, [1, 2]).loss == column.loss


def test_an_activation_may_be_named_given_or_ones_own():
    def slope(z):
        return np.where(z > 0, 1, 0.2)

    mine = Own(lambda z: np.maximum(0.2 * z, z), slope)
    sizes = [3, 4, 2]
    named = Network(sizes, "leaky_relu", negative_slope=0.2)
    given = Network(sizes, ACTIVATIONS["leaky_relu"], negative_slope=0.2)
    data = problem(named)
    expected = named.gradients(*data).W[0]
    for net in (given, Network(sizes, mine)):
        assert_allclose(net.gradients(*data).W[0], expected, rtol=1e-14)


def test_everything_is_computed_in_float64():
    net = Network([3, 4, 2], "sigmoid")
    rng = np.random.default_rng(0)
    x = rng.standard_normal((5, 3), np.float32)
    assert_array_equal(net.forward(x), net.forward(x.astype(float)))
    gradients = net.gradients(np.float16(x), [True, False, True, 1, 0])
    for array in gradients.W + gradients.b + gradients.z:
        assert array.dtype == float


@pytest.mark.parametrize("options", [{}, *REPAIRS], ids=str)
def test_forward_answers_as_activity_does(options):
    net = Network([3] + [24] * 6 + [2], "tanh", **options)
    x = inputs(net, 1500)  # several pieces of a product
    now = net.activity(x)
    assert_array_equal(net.forward(x), now.output)
    expected = now.a[-1] @ net.W[-1] + net.b[-1]
    assert_allclose(now.z[-1], expected, atol=1e-13)


# Initialisation -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("sizes", [[4, 6, 5, 3], [1, 1, 2], [40, 60, 3]])
def test_weights_are_the_first_draws_of_their_seed_in_the_size_of_the_initialisation(
    sizes, seed
):
    shapes = list(itertools.pairwise(sizes))
    rng = np.random.default_rng(seed)
    draws = [rng.standard_normal(shape) for shape in shapes]
    inputs = np.array(sizes[:-1])
    stds = {
        "xavier": np.sqrt(1 / inputs),
        "he": np.sqrt(2 / inputs),
        "gaussian": np.ones(len(shapes)),
    }
    for initialisation, std in stds.items():
        net = Network(sizes, "tanh", initialisation, seed)
        for W, draw, size in zip(net.W, draws, std, strict=True):
            assert_allclose(W, size * draw, rtol=1e-15)
        assert not joined(net.b).any()
        net.W[0] += 1  # training moves them; the next network must not notice
    wide = Network(sizes, "tanh", "gaussian", seed, scale=0.5)
    assert_allclose(wide.W[1], 0.5 * draws[1], rtol=1e-15)


# Normalisation and residual connections -------------------------------------------------


@pytest.mark.parametrize(("normalise", "axis"), [("batch", 0), ("layer", 1)])
def test_normalisation_centres_and_scales(normalise, axis):
    net = Network([8, 16, 16, 3], "relu", normalise=normalise)
    x = inputs(net, 64)
    now = net.activity(5 + 3 * x)
    for z in now.z[:-1]:
        assert_allclose(z.mean(axis), 0, atol=1e-12)
        assert_allclose(z.std(axis), 1, atol=1e-3)
    assert abs(now.z[-1].std() - 1) > 1e-3  # the output is left alone


def test_where_all_is_alike_the_std_is_that_of_a_hundred_thousandth():
    net = Network([2, 3, 2], **BATCH)
    now = net.activity(np.ones((4, 2)))
    assert_allclose(now.z[0], 0, atol=1e-12)
    assert_allclose(now.moments[0][1], math.sqrt(1e-5))


def test_residual_adds_what_a_layer_received_where_widths_agree():
    net = Network([2, 5, 5, 4, 2], "tanh", residual=True)
    x = inputs(net)
    now = net.activity(x)
    units = list(map(np.tanh, now.z[:3]))
    assert_array_equal(now.a[1], units[0])
    assert_array_equal(now.a[2], units[1] + units[0])
    assert_array_equal(now.a[3], units[2])
    assert_allclose(now.z[3], units[2] @ net.W[3] + net.b[3])


def test_after_training_batch_normalisation_takes_each_example_alone():
    x = LESSON["x"]
    net = Network([2, 16, 16, 2], "relu", **BATCH)
    few = x[:3]
    assert not np.allclose(net.forward(few), net.forward(x)[:3])
    list(net.train(*SPIRALS, steps=100))
    trained = net.forward(x)
    assert_allclose(net.forward(few), trained[:3], rtol=1e-12)
    assert_allclose(trained, net.activity(x).output, atol=0.05)


def test_batch_normalisation_remembers_a_tenth_of_each_step():
    net = Network([2, 5, 4, 2], "tanh", **BATCH)
    data = problem(net, 20)
    met = [net.activity(data[0]).moments for _ in net.train(*data, steps=3, every=1)]
    for layer in (0, 1):
        moments = [each[layer] for each in met]
        expected = 0.9 * (0.9 * moments[0] + 0.1 * moments[1]) + 0.1 * moments[2]
        assert_allclose(net.running[layer], expected, rtol=1e-12)
    layered = Network([2, 5, 2], "tanh", **LAYER)
    list(layered.train(*data, steps=2))
    assert layered.running is None  # each example has moments of its own


# Sizes, layer by layer ------------------------------------------------------------------


def test_layer_gradients_are_the_sizes_of_the_gradients():
    net = Network([4, 6, 5, 3], "tanh")
    data = problem(net)
    z = net.gradients(*data).z
    expected = [np.sqrt(np.mean(delta**2)) for delta in z]
    sizes = net.layer_gradients(*data)
    assert_allclose(sizes, expected, rtol=1e-14)
    entering = z[-1] @ net.W[-1].T
    top = np.sqrt(np.mean(entering**2))
    relative, activity = net.layer_gradients_and_activity(*data, relative=True)
    assert_array_equal(net.layer_gradients(*data, relative=True), relative)
    assert_allclose(relative, sizes[:-1] / top, rtol=1e-14)
    assert_array_equal(activity.output, net.activity(data[0]).output)


def test_without_any_gradient_the_relative_sizes_are_0():
    net = Network([2, 3, 3, 1], "tanh", output="linear")
    x = np.ones((1, 2))
    sizes = net.layer_gradients(x, net.forward(x), relative=True)
    assert_array_equal(sizes, [0, 0])


@pytest.mark.parametrize("factor", [1e-300, 1.0, 1e300, 0.0])
def test_the_root_mean_square_neither_underflows_nor_overflows(factor):
    size = root_mean_square(factor * np.array([3.0, -4.0]))
    assert size == pytest.approx(factor * math.sqrt(12.5), rel=1e-15)


# Training -------------------------------------------------------------------------------


def test_reports_come_at_the_start_after_every_few_steps_and_at_the_end():
    net = small()
    start = net.gradients(*DATA)
    reports = list(net.train(*DATA, steps=25, every=10))
    assert [report.step for report in reports] == [0, 10, 20, 25]
    assert reports[0][1:] == (start.loss, start.norm, "")
    assert reports[-1].loss == net.gradients(*DATA).loss < start.loss
    assert not any(report.stopped_because for report in reports)


def test_nothing_moves_before_the_first_report_and_between_two():
    net = small()
    start = weights(net)
    training = net.train(*DATA, steps=1000, every=3)
    assert next(training).step == 0
    assert_array_equal(weights(net), start)
    assert next(training).step == 3
    moved = weights(net)
    assert not np.array_equal(moved, start)
    training.close()
    assert_array_equal(weights(net), moved)


def test_a_step_is_rate_times_gradient_and_momentum_adds_its_share_of_the_step_before():
    net = small()
    positions = []
    gradients = []
    for _ in net.train(*DATA, rate=0.1, momentum=0.9, steps=3, every=1):
        now = net.gradients(*DATA)
        positions.append(weights(net))
        gradients.append(joined(now.W + now.b))
    steps = np.diff(positions, axis=0)
    before = np.zeros(len(gradients[0]))
    for step, gradient in zip(steps, gradients, strict=False):
        assert_allclose(step, 0.9 * before - 0.1 * gradient, atol=1e-14)
        before = step


@pytest.mark.parametrize("times", [0.5, 2])
def test_clipping_shortens_a_long_gradient_and_leaves_a_short_one(times):
    net = small()
    norm = net.gradients(*DATA).norm
    start = weights(net)
    reports = list(net.train(*DATA, rate=0.3, steps=1, clip=times * norm))
    assert reports[0].gradient_norm == norm
    step = np.linalg.norm(weights(net) - start)
    assert step == pytest.approx(0.3 * norm * min(times, 1))


def ends(**options):
    """Return the weights after five steps."""
    net = small()
    list(net.train(*DATA, steps=5, **options))
    return weights(net)


def test_minibatches_are_drawn_by_the_seed_and_hold_no_example_twice():
    minibatches = ends(batch=5, seed=1)
    assert_array_equal(ends(batch=5, seed=1), minibatches)
    assert not np.array_equal(ends(batch=5, seed=2), minibatches)
    assert_array_equal(ends(batch=1), ends(batch=1, seed=0))
    assert_allclose(ends(batch=30), ends(), rtol=1e-12)


# Numbers beyond float64: warnings are errors here ---------------------------------------


def test_an_explosion_ends_in_a_sentence_and_the_last_sound_weights():
    net = Network(DEEP, "relu", **RESIDUAL)
    first, *reports, last = net.train(*SPIRALS, rate=0.05, every=2)
    assert math.isinf(last.loss)
    assert "outgrow" in last.stopped_because
    assert f"weights of step {reports[-1].step}" in last.stopped_because
    assert net.gradients(*SPIRALS).loss == reports[-1].loss
    # This is what clipping is for.
    clipped = Network(DEEP, "relu", **RESIDUAL)
    *_, last = clipped.train(*SPIRALS, rate=0.05, steps=100, clip=1.0)
    assert last.loss < first.loss / 2


def test_a_training_that_cannot_begin_goes_back_to_step_0():
    net = Network([8] * 200 + [2], "relu", "gaussian", scale=1e3)
    before = weights(net)
    reports = list(net.train(*problem(net)))
    assert [report.step for report in reports] == [0]
    words = "went back to the weights of step 0: numbers outgrow"
    assert words in reports[0].stopped_because
    assert_array_equal(weights(net), before)


def test_an_absurd_rate_ends_in_a_sentence():
    net = Network([2, 8, 1], "tanh", output="linear")
    x = [[1, 2], [3, 4]]
    *_, last = net.train(x, [-100, 100], rate=1e308, momentum=0.9)
    assert "outgrow" in last.stopped_because
    assert np.isfinite(weights(net)).all()


def test_the_layer_in_which_numbers_outgrow_float64_is_counted_from_1():
    net = Network([2, 3, 3, 2], "relu")
    net.W[0] = np.ones((2, 3))
    net.W[1] = np.full((3, 3), -1e308)
    # Here −inf, of which ReLU makes 0, does not reach the output.
    net.forward([[1, 1]])
    net.W[1] = np.full((3, 3), 1e308)
    words = "on their way into layer 2 of 3; try a smaller"
    with pytest.raises(OverflowError, match=words):
        net.forward([[1, 1]])


def test_a_gradient_beyond_float64_raises_one_sentence():
    net = Network([8] * 100 + [2], "tanh", "gaussian", scale=1e4)
    words = "the gradient outgrows float64 on its way back; try a smaller"
    still = np.zeros((2, 8))  # nothing grows on the way there: tanh(0) = 0
    for measure in (net.gradients, net.layer_gradients):
        with pytest.raises(OverflowError, match=words):
            measure(still, [0, 1])


def test_an_activation_that_returns_nan_is_named_as_the_cause():
    odd = Own(lambda z: np.where(z > 2.5, np.nan, z))
    net = Network([3, 4, 4, 2], odd)
    with pytest.raises(OverflowError, match="the activation of layer 1 returns nan"):
        net.forward([[9.0, 9.0, 9.0], [-9, -9, -9]])


# Refusals -------------------------------------------------------------------------------


def clip_in_place(z):
    z[z < 0] = 0
    return z


NETWORK = Network([2, 4, 3])
LINEAR = Network([2, 4, 3], output="linear")
SOFTMAX = ACTIVATIONS["softmax"]
X = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([0, 1, 2])
HOLE = [[1, 2], [0, math.nan], [math.inf, 1]]


def network(*own):
    """Return a network with a learner's own function and derivative between its layers."""
    return Network([2, 4, 3], Own(*own))


# What is typed: what the sentence says.
SENTENCES = {
    "network(np.max)": r"one value .*, but it made shape \(\) of \(2, 3\)",
    "network(np.abs, np.min)": "one value for each x, but it made shape",
    "network(lambda z: max(0, z))": r"fails for an array: .* np\.maximum",
    "network(np.emath.sqrt)": "array of real numbers, not",
    "network(lambda z: np.ma.masked_less(z, 0))": "array of real numbers, not",
    "network(lambda z: (2 * z).tolist())": r"try np\.asarray",
    "network(clip_in_place)": "changes the array that it is given",
    "network(np.abs, clip_in_place)": "changes the array that it is given",
    "network(lambda z: z / z.max(axis=1, keepdims=True))": "alone than among others",
    "network(lambda z: z - z.mean(axis=0))": "alone than among others",
    "Network([2, 3])": "no hidden layer",
    "Network('2,4,3')": "list of whole numbers",
    "Network([2, -4, 3])": "at least 1, but it is -4",
    "Network([2, 4, 1])": "softmax of one output is always 1",
    "Network([2, 4, 3], 'rleu')": "one of identity, sigmoid, .*not 'rleu'",
    "Network([2, 4, 3], SOFTMAX)": "softmax mixes all units",
    "Network([2, 4, 3], np.tanh)": "f.derivative",
    "Network([2, 4, 3], normalize='batch')": "unexpected keyword argument 'normalize'",
    "Network([2, 4, 3], 'relu', 'kaiming')": "'gaussian', but it is 'kaiming'",
    "Network([2, 4, 3], 'relu', 'gaussian', scale=-1)": "at least 0 .* try scale=0[.]1",
    "Network([2, 4, 3], scale=2.0)": 'needs initialisation="gaussian"',
    "Network([2, 4, 3], output='sigmoid')": "'softmax' or 'linear', but it is 'sigmoid'",
    "Network([2, 4, 3], normalise=True)": "None or 'batch' or 'layer', but it is True",
    "NETWORK.gradients(np.ones((3, 4)), Y)": r"x must have shape \(examples, 2\) .*4\)\.$",
    "NETWORK.gradients(X, [0, 1, 3])": "whole numbers from 0 to 2, but 3 is among them",
    "NETWORK.gradients(X, [0, -1, 1])": "but -1 is among them",
    "NETWORK.gradients(X, [0, 1])": r"each of the 3 rows of x, but its shape is \(2,\)",
    "LINEAR.gradients(X, np.ones((2, 3)))": r"each of the 3 rows .* is \(2, 3\)",
    "LINEAR.gradients(X, [[1, 2], [3, 4]])": r"\(examples, 3\).* its shape is \(2, 2\)",
    "NETWORK.train(X, Y, rate=0)": "above 0 and finite, but it is 0; try rate=0[.]1",
    "NETWORK.train(X, Y, momentum=1)": "at least 0 and below 1, .* 1; try momentum=0[.]9",
    "NETWORK.train(X, Y, momentum=-0.1)": "momentum must be at least 0",
    "NETWORK.train(X, Y, clip=0)": "clip must be above 0",
    "NETWORK.train(X, Y, steps=0)": "steps must be at least 1",
    "NETWORK.train(X, Y, every=0)": "every must be at least 1",
    "NETWORK.train(X, Y, batch=4)": "at most 3, but it is 4; try batch=None",
}


@pytest.mark.parametrize("typed", SENTENCES)
def test_what_a_network_cannot_take_is_refused_in_a_sentence(typed):
    with pytest.raises((TypeError, ValueError), match=SENTENCES[typed]):
        eval(typed)


@pytest.mark.parametrize(
    ("x", "y", "advice"),
    [
        ([1.0, 2.0], [0], "np.reshape(x, (-1, 2))"),
        (HOLE, [0], "np.asarray(x)[np.isfinite(x).all(axis=1)]"),
        (X, np.eye(3), "y.argmax(axis=1)"),
        (X, np.eye(3).tolist(), "np.asarray(y).argmax(axis=1)"),
        (X, Y[:, None], "y.ravel()"),
        (X, [0.0, 1.0, 2.0], "np.asarray(y).astype(int)"),
    ],
)
def test_what_a_refusal_of_data_advises_is_accepted(x, y, advice):
    for call in (NETWORK.gradients, NETWORK.layer_gradients, NETWORK.train):
        with pytest.raises((TypeError, ValueError)) as caught:
            call(x, y)
        assert str(caught.value).endswith(f"; try {advice}.")
    mended = eval(advice, {"np": np, "x": x, "y": y})
    if np.ndim(mended) == 2:
        x = mended
    else:
        y = mended
    NETWORK.gradients(x, y)


def test_what_is_not_said_has_its_usual_value():
    plain = Network([2, 3, 2])
    told = Network([2, 3, 2], "relu", "he", 0, output="softmax")
    usual = {"rate": 0.1, "steps": 1000, "momentum": 0, "every": 10}
    reports = told.train(*DATA, batch=None, clip=None, **usual)
    assert list(plain.train(*DATA)) == list(reports)
    assert_array_equal(weights(plain), weights(told))
