"""05_elu: where the mean lies, moments through layers, SELU's two numbers, what the lesson says."""

from functools import partial

import frames
import numpy as np
import pytest
from exact import ALPHA, LAMBDA
from numpy.testing import assert_allclose
from scipy.stats import norm
from shared import Lesson, points, set_to, texts

import helpers
from lessons.elu import output_mean, through_layers

LESSON = Lesson("05_elu")
says = LESSON.says
FUNCTIONS = ["elu", "elu-slope", "celu-code", "both-branches-code", "stable-code"]


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    others = ("votes", "steps", "selu-code", "exercise-selu")
    return LESSON.names("imports", *FUNCTIONS, *others)


def expected(function, power=1):
    """Return the mean of function(z) ** power for z from N(0, 1)."""

    def raised(z):
        return float(function(z)) ** power

    return norm.expect(raised, ub=0) + norm.expect(raised, lb=0)


def shown(value, digits):
    """Return a number as a figure writes it."""
    return f"{value:z.{digits}f}".replace("-", "−")


# output_mean


@pytest.mark.parametrize("alpha", [0.0, 1.67, 3.0])
def test_bars_and_mean_are_those_of_the_outputs(lesson, alpha):
    live = output_mean(lesson["elu"], lesson["votes"], alpha=(0, 3, 0.01))
    set_to(live, alpha=alpha)
    both = {
        "ReLU": np.maximum(0, lesson["votes"]),
        "elu": lesson["elu"](lesson["votes"], alpha),
    }
    words = []
    for name, outputs in both.items():
        for centre, height in points(live, f"bars of {name}")[1::15]:
            low, high = centre + np.array([-0.05, 0.05]) - 1e-12
            inside = (outputs >= low) & (outputs < high)
            share = 100 * np.mean(inside)
            assert height == pytest.approx(min(share, 12), abs=0.01)
        line = points(live, f"mean of {name}")
        assert line[:, 0] == pytest.approx([outputs.mean()] * 2)
        mean = f"mean {shown(outputs.mean(), 2)}"
        assert mean in frames.texts(frames.root(live))
        negative = shown(np.minimum(outputs, 0).mean(), 2)
        words.append(f"negative side {negative}, positive side 0.40, {mean}.")
    first, second = words
    other = f"Outputs of elu, alpha = {alpha:g}: {second}"
    assert live.alt == f"Outputs of ReLU: {first} {other}"


@pytest.mark.parametrize(("percent", "cut"), [(12, False), (13, True)])
def test_a_bar_is_cut_off_above_12_per_cent_and_tells_its_height(percent, cut):
    others = 0.15 + np.arange(100 - percent) % 22 / 10
    live = output_mean(helpers.identity, np.append(others, [-1.05] * percent))
    assert (f"highest {percent} %" in frames.texts(frames.root(live))) == cut
    assert np.nanmax(points(live, "bars of identity")[:, 1]) == 12


def test_a_hundred_finite_sums_are_enough():
    assert output_mean(helpers.elu, np.ones(100)).alt.endswith("mean 1.00.")


@pytest.mark.parametrize(
    ("sums", "words"),
    [
        (np.ones(99), "with 100 examples or more"),
        ([*np.ones(150), np.nan], "nan or inf"),
    ],
)
def test_fewer_or_other_sums_are_refused(sums, words):
    with pytest.raises(ValueError, match=words):
        output_mean(helpers.elu, sums)


# through_layers


def moments(f, inputs, weights, input_scale=1.0, variance=1):
    """Return mean and variance of the inputs and of every layer's outputs."""
    path = [input_scale * inputs]
    for W in weights:
        path.append(f(path[-1] @ W * variance**0.5))
    return np.mean(path, axis=(1, 2)), np.var(path, axis=(1, 2))


@pytest.mark.parametrize(
    ("parameters", "network"),
    [
        ({"lam": 1.05, "alpha": 0.5}, {"input_scale": 2.0}),
        ({"lam": 1.2, "alpha": 1.67}, {"input_scale": 0.25, "variance": 2}),
    ],
)
def test_the_lines_are_mean_and_variance_of_every_layer(lesson, parameters, network):
    given = lesson["inputs"][:20], lesson["weights"][:12]
    sliders = {"lam": (0.5, 1.5, 0.01), "alpha": (0, 3, 0.01)}
    live = through_layers(lesson["selu"], *given, **sliders)
    set_to(live, **parameters, **network)
    selu = partial(lesson["selu"], **parameters)
    for name, f in (("ReLU", helpers.relu), ("selu", selu)):
        both = moments(f, *given, **network)
        for moment, values in zip(("mean", "variance"), both, strict=True):
            layers, drawn = points(live, f"{moment} of {name}").T
            assert layers.tolist() == [*range(13)]
            assert_allclose(drawn, values, rtol=1e-9, atol=1e-12)
            if name == "selu":
                first = shown(values[1], 3)
                last = shown(values[12], 3)
                assert texts(live)[moment] == f"layer 1: {first}, layer 12: {last}"
                assert f"{moment} {first} in layer 1, {last} in layer 12" in live.alt
    setting = f"lam = {parameters['lam']:g}, alpha = {parameters['alpha']:g}"
    assert f"selu, {setting}, inputs" in live.alt


@pytest.mark.parametrize(
    ("examples", "layers"),
    [
        ((3, 4), (2, 4, 5)),
        ((3, 4), (1, 4, 4)),
        ((4,), (2, 4, 4)),
        ((0, 4), (2, 4, 4)),
    ],
)
def test_networks_of_other_shapes_are_refused(examples, layers):
    with pytest.raises(ValueError, match=r"must have shape .*, but its shape is"):
        through_layers(helpers.selu, np.ones(examples), np.ones(layers))


@pytest.mark.parametrize("wrong", [0, 1])
def test_a_network_of_numbers_that_are_not_finite_is_refused(wrong):
    network = [np.ones((3, 4)), np.ones((2, 4, 4))]
    network[wrong].flat[-1] = np.nan
    with pytest.raises(ValueError, match="nan or inf"):
        through_layers(helpers.selu, *network)


def test_what_the_lesson_says_of_its_network(lesson):
    def run(f, **network):
        return moments(f, lesson["inputs"], lesson["weights"], **network)

    _, elu = run(helpers.elu)
    _, raised = run(partial(helpers.elu, alpha=1.67))
    assert says(f"{raised[1]:.1f} in layer 1 and {raised[30]:.1f} in layer 30")
    mean, variance = run(partial(lesson["selu"], lam=1.05, alpha=1.67))
    assert np.abs(mean).max() < 0.05
    assert np.abs(variance - 1).max() < 0.1
    _, variance = run(helpers.selu, variance=2)
    assert variance[30] > 100
    assert says("the variance grows to more than 100")
    _, grown = run(helpers.elu, variance=2)
    assert says(f"falls to {elu[30]:.3f}, with 2/n it grows to {grown[30]:.0f}")
    for input_scale in (0.25, 2):
        _, variance = run(helpers.selu, input_scale=input_scale)
        assert np.abs(variance[20:] - 1).max() < 0.1


# What else the lesson states


def test_the_two_numbers_are_the_closed_form(lesson):
    share = lesson["share"]
    outputs = lesson["selu"](lesson["z"], float(LAMBDA), float(ALPHA))
    assert np.sum(share * outputs) == pytest.approx(0, abs=1e-9)
    assert np.sum(share * outputs**2) == pytest.approx(1, abs=1e-8)


def test_the_votes_and_what_the_clerks_make_of_them(lesson):
    votes, elu = lesson["votes"], lesson["elu"]
    assert votes.mean() == pytest.approx(0, abs=0.005)
    assert votes.std() == pytest.approx(1, abs=0.005)
    assert np.maximum(0, votes).mean() == pytest.approx(0.40, abs=0.005)
    noes = np.minimum(elu(votes), 0).mean()
    assert noes == pytest.approx(-0.24, abs=0.005)
    assert elu(votes).mean() == pytest.approx(0.16, abs=0.005)
    assert elu(votes, 1.67).mean() == pytest.approx(0, abs=0.005)
    assert elu(-4) == pytest.approx(-0.98, abs=0.005)
    assert 6 < elu(-1) / elu(-0.1) < 7


def test_the_ratio_of_the_curvatures():
    ratios = []
    for f in (helpers.relu, helpers.elu, helpers.selu):
        mean = expected(f)
        variance = expected(f, power=2) - mean**2
        curvature = np.full((100, 100), mean**2) + variance * np.eye(100)
        lowest, *_, highest = np.linalg.eigvalsh(curvature)
        ratios.append(highest / lowest)
    assert says("{:.0f} times for ReLU, {:.0f} for ELU".format(*ratios))
    assert ratios[2] == pytest.approx(1)


def test_the_unit_learns_in_so_many_steps_at_the_best_of_the_rates(lesson):
    steps_to_learn = lesson["steps_to_learn"]
    rates = {0: 0.1, 1: 0.5, 1.67: 1.0}
    steps = [steps_to_learn(alpha, rate) for alpha, rate in rates.items()]
    assert steps == pytest.approx([75, 8, 3], abs=1)
    at_once = [steps_to_learn(alpha, 0.1) for alpha in (1, 1.67)]
    assert says("At ReLU's rate it would be {} and {}".format(*at_once))
    for alpha, rate in rates.items():
        assert steps_to_learn(alpha, rate / 2) > 1.4 * steps_to_learn(alpha, rate)
        with np.errstate(all="ignore"):
            assert steps_to_learn(alpha, 1.3 * rate) is None


def share_right(clerk, rule, **training):
    _, test = helpers.digits()
    net = helpers.train_digit_reader(clerk, initialisation=rule, **training)
    return np.mean(net.forward(test.pictures).argmax(axis=1) == test.labels)


@pytest.mark.parametrize(
    ("clerk", "rule", "low", "high"),
    [
        ("relu", "he", 0.25, 0.4),
        # A nudge of the first weights by 10⁻¹² gives 0.59 to 0.74, and 0.84 to 0.93.
        ("elu", "he", 0.5, 0.8),
        ("selu", "xavier", 0.8, 0.97),
    ],
)
def test_a_deep_plain_network_reads_more_with_elu_a_shallow_one_does_not(
    clerk, rule, low, high
):
    assert share_right(clerk, rule) == pytest.approx(0.98, abs=0.015)
    deep = {"depth": 30, "rate": 0.003, "steps": 200, "seed": 8}
    assert low <= share_right(clerk, rule, **deep) <= high
    assert LESSON.printed("digits-code") == "from worst to best: relu elu selu\n"


@pytest.mark.parametrize("seed", [3, 10, 19])
def test_a_deep_plain_network_needs_weights_that_suit_its_function(seed):
    deep = {"depth": 30, "rate": 0.003, "steps": 200, "seed": seed}
    relu = share_right("relu", "he", **deep)
    elu = share_right("elu", "he", **deep)
    assert relu < elu < share_right("selu", "xavier", **deep)
    assert share_right("relu", "xavier", **deep) < 0.15
    assert 0.4 < share_right("elu", "xavier", **deep) < 0.65
    with pytest.raises(OverflowError), np.errstate(all="ignore"):
        share_right("selu", "he", **deep)


def test_normalisation_and_residual_connections_cure_a_deep_network_only_together():
    deep = {"depth": 30, "rate": 0.01, "steps": 200, "seed": 8}
    both = share_right("relu", "he", normalise="batch", residual=True, **deep)
    assert both == pytest.approx(0.95, abs=0.03)
    for one in ("batch", "layer"):
        assert share_right("relu", "he", normalise=one, **deep) < 0.7
    with pytest.raises(OverflowError), np.errstate(all="ignore"):
        share_right("relu", "he", residual=True, **deep)


@pytest.mark.parametrize("alpha", [0.2, 1.0, 2.0])
def test_slopes_at_the_corner(lesson, alpha):
    for name, slope in (("elu", alpha), ("celu", 1)):
        rise = lesson[name](0.0, alpha) - lesson[name](-1e-6, alpha)
        assert rise / 1e-6 == pytest.approx(slope, abs=1e-5)
    assert lesson["elu_slope"](0.0, alpha) == alpha
    x = np.linspace(-9, 9, 50)
    exact = np.where(x > 0, x, alpha * np.expm1(x / alpha))
    assert_allclose(lesson["celu"](x, alpha), exact, atol=1e-15)


def test_outputs_and_slopes_that_the_lesson_states():
    loud, quiet = helpers.elu([-1.0, -0.1])
    assert says(f"−{-loud:.3f} against −{-quiet:.3f}")
    slope = helpers.elu.derivative(-10.0)
    assert says(f"at −10 it is {slope:.6f}")


def test_the_naive_forms_fail_where_the_lesson_says_and_the_mended_one_never(lesson):
    functions = (lesson["elu"], lesson["slope_by_library"], lesson["stable_elu"])
    live = helpers.side_by_side(*functions, x=(-1000, 1000, 1))
    calm = "no complaint"
    failing = ["overflow", "overflow, invalid value, nan: not a number", calm]
    for x, reports in ((-1000, [calm] * 3), (709, [calm] * 3), (710, failing)):
        set_to(live, x=x)
        assert [texts(live)[f"report-{row}"] for row in (1, 2, 3)] == reports
    assert texts(live)["value-1"] == "710"
