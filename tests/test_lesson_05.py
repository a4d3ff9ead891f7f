"""05_elu: where the mean lies, moments through layers, SELU's two numbers, what the lesson says."""

from functools import partial

import frames
import numpy as np
import pytest
from numpy.testing import assert_allclose
from shared import Lesson, points, refusals, right_of, set_to, texts

import helpers
from helpers.figures.style import number
from lessons.elu import output_mean, through_layers

LESSON = Lesson("05_elu")
says = LESSON.says
FUNCTIONS = ["elu", "elu-slope", "celu-code", "both-branches-code", "stable-code"]


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    return LESSON.names("imports", *FUNCTIONS, "votes", "steps", "selu-code")


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
        mean = f"mean {number(outputs.mean(), 2)}"
        assert mean in frames.texts(frames.root(live))
        negative = number(np.minimum(outputs, 0).mean(), 2)
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
                first = number(values[1], 3)
                last = number(values[12], 3)
                assert texts(live)[moment] == f"layer 1: {first}, layer 12: {last}"


REFUSED = {
    "output_mean(helpers.elu, np.ones(99))": "with 100 examples or more",
    "output_mean(helpers.elu, [*np.ones(150), np.nan])": "nan or inf is in 1 of the 151",
    "refuse((3, 4), (2, 4, 5))": r"shape \(layers, 4, 4\), .* its shape is \(2, 4, 5\)",
    "refuse((3, 4), (1, 4, 4))": "with 2 layers or more",
    "refuse((4,), (2, 4, 4))": r"shape \(examples, units\)",
    "refuse((0, 4), (2, 4, 4))": r"shape \(examples, units\)",
    "refuse((3, 4), (2, 4, 4), inputs=np.nan)": "nan or inf",
    "refuse((3, 4), (2, 4, 4), weights=np.inf)": "nan or inf",
}


def refuse(examples, layers, inputs=1, weights=1):
    through_layers(helpers.selu, np.full(examples, inputs), np.full(layers, weights))


test_what_cannot_be_drawn_is_refused = refusals(REFUSED, globals())


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


def test_the_votes_and_what_the_clerks_make_of_them(lesson):
    votes = lesson["votes"]
    counted = lesson["elu"](votes)
    yeses = np.maximum(0, votes).mean()
    noes = np.minimum(0, counted).mean()
    assert says(f"The yeses add {yeses:.2f}, the noes −{-noes:.2f} times α")
    assert says(f"Without one, at α = 1, the average is {counted.mean():.2f}")
    assert lesson["elu"](votes, 1.67).mean() == pytest.approx(0, abs=0.005)
    assert says("Grow, to about 1.67.")
    furious, loud, quiet = helpers.elu([-4.0, -1.0, -0.1])
    assert says(f"−{-furious:.2f}. The votes from −3 to −6 all but meet")
    assert 6 < loud / quiet < 7
    assert says(f"between six and seven times: −{-loud:.3f} against −{-quiet:.3f}")
    assert says(f"at −10 it is {helpers.elu.derivative(-10.0):.6f}")


def test_the_ratio_of_the_curvatures(lesson):
    ratios = []
    for f in (helpers.relu, helpers.elu, helpers.selu):
        outputs = f(lesson["votes"])
        # Where all 100 weights grow alike, the means add up; elsewhere they cancel.
        ratios.append(1 + 100 * outputs.mean() ** 2 / outputs.var())
    assert says("{:.0f} times for ReLU, {:.0f} for ELU".format(*ratios))
    assert ratios[2] == pytest.approx(1, abs=0.01)


def test_the_unit_learns_in_so_many_steps_at_the_best_of_the_rates(lesson):
    steps_to_learn = lesson["steps_to_learn"]
    rates = {0: 0.1, 1: 0.5, 1.67: 1.0}
    at_once = [steps_to_learn(alpha, 0.1) for alpha in (1, 1.67)]
    assert says("At ReLU's rate it would be {} and {}".format(*at_once))
    for alpha, rate in rates.items():
        assert steps_to_learn(alpha, rate / 2) > 1.4 * steps_to_learn(alpha, rate)
        with np.errstate(all="ignore"):
            assert steps_to_learn(alpha, 1.3 * rate) is None


def share_right(clerk, rule, **training):
    return (
        right_of(helpers.train_digit_reader(clerk, initialisation=rule, **training))
        / 500
    )


SUITABLE = {"relu": "he", "elu": "he", "selu": "xavier"}
DEEP = {"depth": 30, "rate": 0.003, "steps": 200}


@pytest.mark.parametrize("seed", [3, 8])  # 8 is that of the notebook
def test_a_deep_plain_network_reads_more_with_elu_a_shallow_one_does_not(seed):
    for clerk, rule in SUITABLE.items():
        assert share_right(clerk, rule) == pytest.approx(0.98, abs=0.015)
    relu, elu, selu = [
        share_right(clerk, rule, seed=seed, **DEEP) for clerk, rule in SUITABLE.items()
    ]
    assert relu < elu < selu
    if seed == 8:
        assert relu == pytest.approx(1 / 3, abs=0.08)
        # A nudge of the first weights by 10⁻¹² gives 0.84 to 0.93.
        assert 0.8 <= selu <= 0.97
        assert says("ReLU reads only about a third, SELU eight or nine of ten.")


def test_a_deep_plain_network_needs_weights_that_suit_its_function():
    assert share_right("relu", "xavier", seed=3, **DEEP) < 0.15
    assert 0.4 < share_right("elu", "xavier", seed=3, **DEEP) < 0.65
    assert says("with Xavier's ReLU learns nothing and ELU reads half")
    with pytest.raises(OverflowError), np.errstate(all="ignore"):
        share_right("selu", "he", seed=3, **DEEP)


def test_normalisation_and_residual_connections_cure_a_deep_network_only_together():
    deep = {"depth": 30, "rate": 0.01, "steps": 200, "seed": 8}
    both = share_right("relu", "he", normalise="batch", residual=True, **deep)
    assert both == pytest.approx(0.95, abs=0.03)
    assert share_right("relu", "he", normalise="batch", **deep) < 0.7
    with pytest.raises(OverflowError), np.errstate(all="ignore"):
        share_right("relu", "he", residual=True, **deep)


@pytest.mark.parametrize("alpha", [0.2, 1.0, 2.0])
def test_only_the_slope_of_elu_jumps_at_0(lesson, alpha):
    for name, slope in (("elu", alpha), ("celu", 1)):
        rise = lesson[name](0.0, alpha) - lesson[name](-1e-6, alpha)
        assert rise / 1e-6 == pytest.approx(slope, abs=1e-5)


def test_the_naive_forms_fail_where_the_lesson_says_and_the_mended_one_never(lesson):
    functions = (lesson["elu"], lesson["slope_by_library"], lesson["stable_elu"])
    live = helpers.side_by_side(*functions, x=(-1000, 1000, 1))
    calm = "no complaint"
    failing = ["overflow", "overflow, invalid value, nan: not a number", calm]
    for x, reports in ((-1000, [calm] * 3), (709, [calm] * 3), (710, failing)):
        set_to(live, x=x)
        assert [texts(live)[f"report-{row}"] for row in (1, 2, 3)] == reports
    assert texts(live)["value-1"] == "710"
