"""Network: exact gradients against two oracles, initialisation, repairs, training, refusals."""

import itertools
import math

import numpy as np
import pytest
import scipy.special
from shared import names, read

from helpers.activations import ACTIVATIONS
from helpers.network import Network
from helpers.passes import root_mean_square

HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]
BATCH = {"normalise": "batch"}
LAYER = {"normalise": "layer"}
RESIDUAL = {"residual": True}
REPAIRS = [BATCH, LAYER, RESIDUAL, BATCH | RESIDUAL]


def problem(net, rows=4, seed=0):
    """Return examples and targets of the form that a network takes."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((rows, net.sizes[0]))
    if net.output == "linear":
        return x, rng.standard_normal((rows, net.sizes[-1]))
    return x, rng.integers(0, net.sizes[-1], rows)


def lively(activation, depth, seed=0, **options):
    """Return a small network with biases, its weights large enough to keep some gradient."""
    gain = {"sigmoid": 8, "identity": 1}.get(activation, 1.6)
    if "residual" in options:
        gain *= 0.4
    sizes = [6] * (depth + 1) + [3]
    net = Network(
        sizes, activation, "gaussian", seed, scale=gain / math.sqrt(6), **options
    )
    rng = np.random.default_rng(seed)
    net.b = [0.3 * rng.standard_normal(b.shape) for b in net.b]
    return net


def small():
    net = Network([2, 8, 2], "tanh", "xavier", 0)
    return net, *problem(net, 30)


def joined(arrays):
    return np.concatenate([array.ravel() for array in arrays])


def weights(net):
    return joined(net.W + net.b)


LESSON = names(read("09_vanishing_gradient"), "imports", "spirals")
SPIRALS = (LESSON["x"], LESSON["y"])


# Gradients, against two other ways to find them -----------------------------------------


def change_of_loss(net, x, y, dW, db):
    """Return how fast the loss changes along (dW, db), by carrying tangents forward.

    It shares no line with the network: no backward pass, no broadcasting of its product.
    """
    a = x
    da = np.zeros_like(x)
    last = len(net.W) - 1
    for k, (W, b) in enumerate(zip(net.W, net.b, strict=True)):
        u = np.inner(a, W.T)
        du = np.inner(da, W.T) + np.inner(a, dW[k].T)
        if net.axis is not None and k < last:
            n = u.shape[net.axis]
            c = u - u.sum(net.axis, keepdims=True) / n
            dc = du - du.sum(net.axis, keepdims=True) / n
            variance = (c * c).sum(net.axis, keepdims=True) / n + 1e-5
            half = (c * dc).sum(net.axis, keepdims=True) / n / variance
            u = c / np.sqrt(variance)
            du = (dc - c * half) / np.sqrt(variance)
        z = u + b
        dz = du + db[k]
        if k < last:
            a, da = (
                net.f(z) + net.skips[k] * a,
                net.derivative(z) * dz + net.skips[k] * da,
            )
    if net.output == "linear":
        return np.sum((z - y) * dz) / len(x)
    moved = (
        dz - dz[np.arange(len(y)), y][:, None]
    )  # the loss is log Σ exp(z − z of the label)
    return np.mean(np.sum(scipy.special.softmax(z, axis=1) * moved, axis=1))


def directions(gradients, seed=0):
    """Yield (W or b, layer, gradient, direction) for each array, the direction half along it."""
    rng = np.random.default_rng(seed)
    for kind in "Wb":
        for k, gradient in enumerate(getattr(gradients, kind)):
            chance = rng.standard_normal(gradient.shape)
            along = gradient / (np.linalg.norm(gradient) or 1)
            yield kind, k, gradient, along + chance / np.linalg.norm(chance)


PLAIN = itertools.product(HIDDEN, [1, 5, 20], [{}])
VARIED = itertools.product(
    ["sigmoid", "relu", "gelu"], [2, 5], [{"output": "linear"}, *REPAIRS]
)


@pytest.mark.parametrize(("activation", "depth", "options"), [*PLAIN, *VARIED], ids=str)
def test_gradients_against_tangents_carried_forward(activation, depth, options):
    net = lively(activation, depth, **options)
    x, y = problem(net)
    for kind, k, gradient, direction in directions(net.gradients(x, y)):
        moves = {name: [np.zeros_like(p) for p in getattr(net, name)] for name in "Wb"}
        moves[kind][k] = direction
        expected = change_of_loss(net, x, y, moves["W"], moves["b"])
        error = abs(np.vdot(gradient, direction) - expected)
        assert error <= 1e-9 * np.linalg.norm(gradient) + 1e-15


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "gelu", "silu", "softplus"])
def test_gradients_against_central_differences(activation):
    net = lively(activation, 5)
    x, y = problem(net)
    for kind, k, gradient, direction in directions(net.gradients(x, y)):
        parameter = getattr(net, kind)[k]
        start = parameter.copy()
        losses = []
        for step in (-2, -1, 1, 2):
            parameter[...] = start + step * 3e-4 * direction
            losses.append(net.gradients(x, y).loss)
        parameter[...] = start
        measured = np.dot([1, -8, 8, -1], losses) / (12 * 3e-4)
        assert measured == pytest.approx(np.vdot(gradient, direction), rel=1e-7)


# Forward pass, losses -------------------------------------------------------------------


def test_a_network_small_enough_to_reckon_by_hand():
    net = Network([1, 2, 2], "relu")
    net.W = [np.array([[1.0, -1.0]]), np.array([[2.0, 0.0], [0.0, 3.0]])]
    net.b = [np.array([0.5, 0.5]), np.zeros(2)]
    x = [[1.0], [-2.0]]
    now = net.activity(x)
    assert now.z[0].tolist() == [[1.5, -0.5], [-1.5, 2.5]]
    assert now.a[1].tolist() == [[1.5, 0], [0, 2.5]]
    assert now.z[1].tolist() == [[3, 0], [0, 7.5]]
    p = 1 / (1 + math.exp(-3))
    q = 1 / (1 + math.exp(-7.5))
    np.testing.assert_allclose(net.forward(x), [[p, 1 - p], [1 - q, q]], rtol=1e-12)
    gradients = net.gradients(x, [0, 0])
    assert gradients.loss == pytest.approx(
        -(math.log(p) + math.log(1 - q)) / 2, rel=1e-13
    )
    of_output = np.array([[p - 1, 1 - p], [-q, q]]) / 2
    np.testing.assert_allclose(gradients.z[1], of_output, rtol=1e-12)
    np.testing.assert_allclose(gradients.z[0], [[p - 1, 0], [0, 1.5 * q]], rtol=1e-12)
    assert gradients.norm == pytest.approx(
        np.linalg.norm(joined(gradients.W + gradients.b))
    )


def test_squared_error_is_half_the_square_averaged_over_examples():
    net = Network([1, 1, 2], "identity", output="linear")
    net.W = [np.array([[1.0]]), np.array([[1.0, 2.0]])]
    x = [[1.0], [3.0]]
    assert net.forward(x).tolist() == [[1, 2], [3, 6]]
    gradients = net.gradients(x, [[1, 0], [0, 6]])
    assert gradients.loss == (0 + 4 + 9 + 0) / 2 / 2
    assert gradients.z[1].tolist() == [[0, 1], [1.5, 0]]
    one = Network([1, 3, 1], "tanh", output="linear")
    assert one.gradients(x, [1, 2]).loss == one.gradients(x, [[1], [2]]).loss


def test_an_activation_may_be_named_given_or_ones_own():
    class Mine:
        def __call__(self, x):
            return np.maximum(0.2 * x, x)

        def derivative(self, x):
            return np.where(x > 0, 1, 0.2)

    named = Network([3, 4, 2], "leaky_relu", negative_slope=0.2)
    given = Network([3, 4, 2], ACTIVATIONS["leaky_relu"], negative_slope=0.2)
    x, y = problem(named)
    expected = named.gradients(x, y).W[0]
    for net in (given, Network([3, 4, 2], Mine())):
        np.testing.assert_allclose(net.gradients(x, y).W[0], expected, rtol=1e-14)


def test_everything_is_computed_in_float64():
    net = Network([3, 4, 2], "sigmoid")
    x = np.random.default_rng(0).standard_normal((5, 3)).astype(np.float32)
    np.testing.assert_array_equal(net.forward(x), net.forward(x.astype(float)))
    gradients = net.gradients(x.astype(np.float16), [True, False, True, 1, 0])
    arrays = gradients.W + gradients.b + gradients.z
    assert {array.dtype for array in arrays} == {np.dtype(float)}


@pytest.mark.parametrize("options", [{}, *REPAIRS], ids=str)
def test_forward_answers_as_activity_does(options):
    net = Network([3] + [24] * 6 + [2], "tanh", **options)
    x, _ = problem(net, 1500)  # several pieces of a product
    now = net.activity(x)
    np.testing.assert_array_equal(net.forward(x), now.output)
    np.testing.assert_allclose(now.z[-1], now.a[-1] @ net.W[-1] + net.b[-1], atol=1e-13)


# Initialisation -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("initialisation", "variances"),
    [
        ("xavier", (1 / 300, 1 / 200)),
        ("he", (2 / 300, 2 / 200)),
        ("gaussian", (0.25, 0.25)),
    ],
)
def test_initialisation(initialisation, variances):
    scale = 0.5 if initialisation == "gaussian" else None
    net = Network([300, 200, 300, 2], "tanh", initialisation, 7, scale=scale)
    assert [W.shape for W in net.W] == [(300, 200), (200, 300), (300, 2)]
    for W, variance in zip(net.W, variances, strict=False):
        assert np.std(W) == pytest.approx(math.sqrt(variance), rel=0.02)
        assert abs(np.mean(W)) < 4 * math.sqrt(variance / W.size)
    assert not joined(net.b).any()


def test_seed_decides_and_initialisation_only_scales():
    he, xavier, gaussian = (
        Network([4, 5, 2], "relu", name, 3).W for name in ("he", "xavier", "gaussian")
    )
    np.testing.assert_allclose(he[1], math.sqrt(2) * xavier[1], rtol=1e-15)
    np.testing.assert_allclose(gaussian[1], math.sqrt(5) * xavier[1], rtol=1e-15)
    assert not np.array_equal(he[0], Network([4, 5, 2], "relu", "he", 4).W[0])


@pytest.mark.parametrize("seed", [3, 4])
def test_the_weights_are_the_first_draws_of_their_seed_whatever_was_built_before(seed):
    for sizes in (
        [4, 6, 5, 3],
        [4, 6, 5, 5, 3],
        [1, 1, 1],
        [40, 60, 3],
        [3, 11, 1, 11, 2],
    ):
        draw = np.random.default_rng(seed).standard_normal
        net = Network(sizes, "tanh", "gaussian", seed, scale=0.5, output="linear")
        for W, shape in zip(net.W, itertools.pairwise(sizes), strict=True):
            np.testing.assert_array_equal(W, 0.5 * draw(shape))
        net.W[0] += 1  # training moves them; the next network must not notice


# Normalisation and residual connections -------------------------------------------------


@pytest.mark.parametrize(("normalise", "axis"), [("batch", 0), ("layer", 1)])
def test_normalisation_centres_and_scales(normalise, axis):
    net = Network([8, 16, 16, 3], "relu", normalise=normalise)
    now = net.activity(5 + 3 * problem(net, 64)[0])
    for z in now.z[:-1]:
        np.testing.assert_allclose(z.mean(axis), 0, atol=1e-12)
        np.testing.assert_allclose(z.std(axis), 1, atol=1e-3)
    assert abs(now.z[-1].std() - 1) > 1e-3  # the output is left alone


def test_where_all_is_alike_the_std_is_that_of_a_hundred_thousandth():
    net = Network([2, 3, 2], **BATCH)
    now = net.activity(np.ones((4, 2)))
    np.testing.assert_allclose(now.z[0], 0, atol=1e-12)
    np.testing.assert_allclose(now.moments[0][1], math.sqrt(1e-5))


def test_residual_adds_what_a_layer_received_where_widths_agree():
    net = Network([2, 5, 5, 4, 2], "tanh", residual=True)
    now = net.activity(problem(net)[0])
    np.testing.assert_array_equal(now.a[1], np.tanh(now.z[0]))
    np.testing.assert_array_equal(now.a[2], np.tanh(now.z[1]) + now.a[1])
    np.testing.assert_array_equal(now.a[3], np.tanh(now.z[2]))
    np.testing.assert_allclose(now.z[3], now.a[3] @ net.W[3] + net.b[3])


def test_after_training_batch_normalisation_takes_each_example_alone():
    x, y = SPIRALS
    net = Network([2, 16, 16, 2], "relu", **BATCH)
    assert not np.allclose(net.forward(x[:3]), net.forward(x)[:3])
    list(net.train(x, y, steps=100))
    np.testing.assert_allclose(net.forward(x[:3]), net.forward(x)[:3], rtol=1e-12)
    np.testing.assert_allclose(net.forward(x), net.activity(x).output, atol=0.05)


def test_batch_normalisation_remembers_a_tenth_of_each_step():
    net = Network([2, 5, 4, 2], "tanh", **BATCH)
    x, y = problem(net, 20)
    met = [net.activity(x).moments for _ in net.train(x, y, steps=3, every=1)]
    for layer in (0, 1):
        first, second, third, _ = (moments[layer] for moments in met)
        expected = 0.9 * (0.9 * first + 0.1 * second) + 0.1 * third
        np.testing.assert_allclose(net.running[layer], expected, rtol=1e-12)
    layered = Network([2, 5, 2], "tanh", **LAYER)
    list(layered.train(x, y, steps=2))
    assert layered.running is None  # each example has moments of its own


def test_batch_normalisation_wakes_the_deep_sigmoid_network():
    net = Network([2] + [32] * 10 + [2], "sigmoid", "xavier", 0, **BATCH)
    *_, last = net.train(*SPIRALS, rate=0.05, steps=300, batch=100)
    assert last.loss < 0.62


# Sizes, layer by layer ------------------------------------------------------------------


def test_layer_gradients_are_the_sizes_of_the_gradients():
    net = Network([4, 6, 5, 3], "tanh")
    x, y = problem(net)
    z = net.gradients(x, y).z
    sizes = net.layer_gradients(x, y)
    np.testing.assert_allclose(
        sizes, [np.sqrt(np.mean(delta**2)) for delta in z], rtol=1e-14
    )
    top = np.sqrt(np.mean((z[-1] @ net.W[-1].T) ** 2))
    relative, activity = net.layer_gradients_and_activity(x, y, relative=True)
    np.testing.assert_array_equal(net.layer_gradients(x, y, relative=True), relative)
    np.testing.assert_allclose(relative, sizes[:-1] / top, rtol=1e-14)
    np.testing.assert_array_equal(activity.output, net.activity(x).output)


def test_without_any_gradient_the_relative_sizes_are_0():
    net = Network([2, 3, 3, 1], "tanh", output="linear")
    x = np.ones((1, 2))
    assert net.layer_gradients(x, net.forward(x), relative=True).tolist() == [0, 0]


@pytest.mark.parametrize("factor", [1e-300, 1.0, 1e300, 0.0])
def test_the_root_mean_square_neither_underflows_nor_overflows(factor):
    size = root_mean_square(factor * np.array([3.0, -4.0]))
    assert size == pytest.approx(factor * math.sqrt(12.5), rel=1e-15)


# Training -------------------------------------------------------------------------------


def test_reports_come_at_the_start_after_every_few_steps_and_at_the_end():
    net, x, y = small()
    start = net.gradients(x, y)
    reports = list(net.train(x, y, steps=25, every=10))
    assert [report.step for report in reports] == [0, 10, 20, 25]
    assert reports[0][1:] == (start.loss, start.norm, "")
    assert reports[-1].loss == net.gradients(x, y).loss < start.loss
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


def test_a_step_is_rate_times_gradient_and_momentum_adds_its_share_of_the_step_before():
    net, x, y = small()
    positions = []
    gradients = []
    for _ in net.train(x, y, rate=0.1, momentum=0.9, steps=3, every=1):
        now = net.gradients(x, y)
        positions.append(weights(net))
        gradients.append(joined(now.W + now.b))
    steps = np.diff(positions, axis=0)
    before = np.zeros(len(gradients[0]))
    for step, gradient in zip(steps, gradients, strict=False):
        np.testing.assert_allclose(step, 0.9 * before - 0.1 * gradient, atol=1e-14)
        before = step


@pytest.mark.parametrize("times", [0.5, 2])
def test_clipping_shortens_a_long_gradient_and_leaves_a_short_one(times):
    net, x, y = small()
    norm = net.gradients(x, y).norm
    start = weights(net)
    report, *_ = net.train(x, y, rate=0.3, steps=1, clip=times * norm)
    assert report.gradient_norm == norm
    step = np.linalg.norm(weights(net) - start)
    assert step == pytest.approx(0.3 * norm * min(times, 1))


def ends(**options):
    """Return the weights after five steps."""
    net, x, y = small()
    list(net.train(x, y, steps=5, **options))
    return weights(net)


def test_minibatches_are_drawn_by_the_seed_and_hold_no_example_twice():
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    np.testing.assert_array_equal(ends(batch=5, seed=1), ends(batch=5, seed=1))
    assert not np.array_equal(ends(batch=5, seed=1), ends(batch=5, seed=2))
    np.testing.assert_array_equal(ends(batch=1), ends(batch=1, seed=0))
    np.testing.assert_allclose(ends(batch=30), ends(), rtol=1e-12)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


# Numbers beyond float64: warnings are errors here ---------------------------------------


def test_an_explosion_ends_in_a_sentence_and_the_last_sound_weights():
    x, y = SPIRALS
    net = Network([2] + [32] * 10 + [2], "relu", "he", 0, residual=True)
    *reports, last = net.train(x, y, rate=0.05, every=2)
    assert math.isinf(last.loss)
    assert "outgrow" in last.stopped_because
    assert f"weights of step {reports[-1].step}" in last.stopped_because
    assert net.gradients(x, y).loss == reports[-1].loss
    clipped = Network([2] + [32] * 10 + [2], "relu", "he", 0, residual=True)
    *_, last = clipped.train(
        x, y, rate=0.05, steps=100, clip=1.0
    )  # what clipping is for
    assert last.loss < reports[0].loss / 2


def test_a_training_that_cannot_begin_goes_back_to_step_0():
    net = Network([8] * 200 + [2], "relu", "gaussian", scale=1e3)
    before = weights(net)
    (only,) = net.train(*problem(net))
    assert only.step == 0
    assert "went back to the weights of step 0: numbers outgrow" in only.stopped_because
    np.testing.assert_array_equal(weights(net), before)


@pytest.mark.parametrize("rate", [1e5, 1e308])
def test_an_absurd_rate_ends_in_a_sentence(rate):
    net = Network([2, 8, 1], "tanh", output="linear")
    *_, last = net.train([[1, 2], [3, 4]], [-100, 100], rate=rate, momentum=0.9)
    assert "outgrow" in last.stopped_because
    assert np.isfinite(weights(net)).all()


def test_the_layer_in_which_numbers_outgrow_float64_is_counted_from_1():
    net = Network([2, 3, 3, 2], "relu")
    net.W[0] = np.ones((2, 3))
    net.W[1] = np.full((3, 3), -1e308)
    net.forward(
        np.ones((1, 2))
    )  # −inf, of which ReLU makes 0, does not reach the output
    net.W[1] = np.full((3, 3), 1e308)
    with pytest.raises(
        OverflowError, match="on their way into layer 2 of 3; try a smaller"
    ):
        net.forward(np.ones((1, 2)))


def test_a_gradient_beyond_float64_raises_one_sentence():
    net = Network([8] * 100 + [2], "tanh", "gaussian", scale=1e4)
    words = r"the gradient outgrows float64 on its way back; try a smaller"
    still = np.zeros((2, 8))  # nothing grows on the way there: tanh(0) = 0
    for measure in (net.gradients, net.layer_gradients):
        with pytest.raises(OverflowError, match=words):
            measure(still, [0, 1])


def test_an_activation_that_returns_nan_is_named_as_the_cause():
    class Odd:
        def __call__(self, x):
            return np.where(x > 2.5, np.nan, x)

        def derivative(self, x):
            return np.ones_like(x)

    net = Network([3, 4, 4, 2], Odd())
    with pytest.raises(OverflowError, match="the activation of layer 1 returns nan"):
        net.forward([[9.0, 9.0, 9.0], [-9, -9, -9]])


# Refusals -------------------------------------------------------------------------------


class Own:
    """A learner's own activation."""

    def __init__(self, function, derivative=np.ones_like):
        self.function = function
        self.derivative = derivative

    def __call__(self, z):
        return self.function(z)


def clip_in_place(z):
    z[z < 0] = 0
    return z


OWN = [
    (Own(np.max), ValueError, r"one value .*, but it made shape \(\) of \(2, 3\)"),
    (Own(np.abs, np.min), ValueError, "one value for each x, but it made shape"),
    (Own(lambda z: max(0, z)), ValueError, r"fails for an array: .* np\.maximum"),
    (Own(lambda z: None), ValueError, "one value for each x, but it made shape"),
    (Own(np.emath.sqrt), TypeError, "array of real numbers, not"),
    (Own(lambda z: np.ma.masked_less(z, 0)), TypeError, "array of real numbers"),
    (Own(lambda z: (2 * z).tolist()), TypeError, r"try np\.asarray"),
    (Own(clip_in_place), ValueError, "changes the array that it is given"),
    (Own(np.abs, clip_in_place), ValueError, "changes the array that it is given"),
    (Own(lambda z: z / z.max(axis=1, keepdims=True)), ValueError, "alone than among"),
    (Own(lambda z: z - z.mean(axis=0)), ValueError, "alone than among others"),
]


@pytest.mark.parametrize(("own", "error", "words"), OWN)
def test_an_own_activation_that_would_make_wrong_gradients_is_refused(
    own, error, words
):
    with pytest.raises(error, match=words):
        Network([2, 4, 3], own)


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"sizes": [2, 3]}, ValueError, "no hidden layer"),
        ({"sizes": "2,4,3"}, TypeError, "list of whole numbers"),
        ({"sizes": [2, -4, 3]}, ValueError, "at least 1, but it is -4"),
        ({"sizes": [2, 4, 1]}, ValueError, "softmax of one output is always 1"),
        ({"activation": "rleu"}, ValueError, "one of identity, sigmoid, .*not 'rleu'"),
        ({"activation": ACTIVATIONS["softmax"]}, ValueError, "softmax mixes all units"),
        ({"activation": np.tanh}, TypeError, "f.derivative"),
        ({"normalize": "batch"}, TypeError, "unexpected keyword argument 'normalize'"),
        ({"initialisation": "kaiming"}, ValueError, "'gaussian', but it is 'kaiming'"),
        (
            {"initialisation": "gaussian", "scale": -1},
            ValueError,
            "at least 0 .* try scale=0[.]1",
        ),
        ({"scale": 2.0}, ValueError, 'needs initialisation="gaussian"'),
        (
            {"output": "sigmoid"},
            ValueError,
            "'softmax' or 'linear', but it is 'sigmoid'",
        ),
        ({"normalise": True}, ValueError, "None or 'batch' or 'layer', but it is True"),
    ],
    ids=str,
)
def test_a_network_that_cannot_be_built_says_why(wrong, error, words):
    with pytest.raises(error, match=words):
        Network(**{"sizes": [2, 4, 3], **wrong})


X = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([0, 1, 2])
HOLE = [[1, 2], [0, math.nan], [math.inf, 1]]


@pytest.mark.parametrize(
    ("x", "y", "words", "advice"),
    [
        (
            [1.0, 2.0],
            [0],
            r"x must have shape \(examples, 2\)",
            "np.reshape(x, (-1, 2))",
        ),
        (HOLE, [0], "2 of the 3 rows", "np.asarray(x)[np.isfinite(x).all(axis=1)]"),
        (X, np.eye(3), r"its shape is \(3, 3\)", "y.argmax(axis=1)"),
        (
            X,
            np.eye(3).tolist(),
            r"its shape is \(3, 3\)",
            "np.asarray(y).argmax(axis=1)",
        ),
        (X, Y[:, None], r"its shape is \(3, 1\)", "y.ravel()"),
        (X, [0.0, 1.0, 2.0], "whole numbers from 0 to 2", "np.asarray(y).astype(int)"),
    ],
)
def test_what_a_refusal_of_data_advises_is_accepted(x, y, words, advice):
    net = Network([2, 4, 3])
    for call in (net.gradients, net.layer_gradients, net.train):
        with pytest.raises((TypeError, ValueError), match=words) as caught:
            call(x, y)
        assert str(caught.value).endswith(f"; try {advice}.")
    mended = eval(advice, {"np": np, "x": x, "y": y})
    if ".reshape(" in advice or "isfinite" in advice:
        net.forward(mended)
    else:
        net.gradients(x, mended)


@pytest.mark.parametrize(
    ("output", "x", "y", "words"),
    [
        (
            "softmax",
            np.ones((3, 4)),
            Y,
            r"x must have shape \(examples, 2\) .* \(3, 4\)\.$",
        ),
        ("softmax", X, [0, 1, 3], "whole numbers from 0 to 2, but 3 is among them"),
        ("softmax", X, [0, -1, 1], "but -1 is among them"),
        ("softmax", X, [0, 1], r"each of the 3 rows of x, but its shape is \(2,\)"),
        (
            "linear",
            X,
            np.ones((2, 3)),
            r"each of the 3 rows of x, but its shape is \(2, 3\)",
        ),
        ("linear", X, [[1, 2], [3, 4]], r"\(examples, 3\).* its shape is \(2, 2\)"),
    ],
)
def test_data_that_do_not_fit_the_network_are_refused(output, x, y, words):
    with pytest.raises(ValueError, match=words):
        Network([2, 4, 3], output=output).gradients(x, y)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"rate": 0}, "above 0 and finite, but it is 0; try rate=0[.]1"),
        ({"momentum": 1}, "at least 0 and below 1, but it is 1; try momentum=0[.]9"),
        ({"momentum": -0.1}, "momentum must be at least 0"),
        ({"clip": 0}, "clip must be above 0"),
        ({"steps": 0}, "steps must be at least 1"),
        ({"every": 0}, "every must be at least 1"),
        ({"batch": 4}, "batch must be at most 3, but it is 4; try batch=None"),
    ],
    ids=str,
)
def test_a_bad_plan_says_so_before_training_begins(wrong, words):
    with pytest.raises(ValueError, match=words):
        Network([2, 4, 3]).train(X, Y, **wrong)


def test_what_is_not_said_has_its_usual_value():
    plain = Network([2, 3, 2])
    told = Network(
        [2, 3, 2], "relu", "he", 0, output="softmax", normalise=None, residual=False
    )
    x, y = problem(plain, 30)
    usual = {
        "rate": 0.1,
        "steps": 1000,
        "momentum": 0.0,
        "clip": None,
        "every": 10,
        "seed": 0,
    }
    assert list(plain.train(x, y)) == list(told.train(x, y, batch=None, **usual))
    np.testing.assert_array_equal(weights(plain), weights(told))
