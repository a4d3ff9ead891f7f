"""05_elu: where the mean lies, moments through layers, SELU's two numbers, what the lesson says."""

import frames
import numpy as np
import pytest
import shared
from exact import ALPHA, LAMBDA
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.stats import norm
from shared import mark, set_to, texts

import helpers
from lessons.elu import output_mean, through_layers

NOTEBOOK = shared.read("05_elu")


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    functions = (
        "elu",
        "elu-slope",
        "celu-code",
        "both-branches-code",
        "stable-code",
        "selu-code",
    )
    return shared.names(
        NOTEBOOK, "imports", "sums", *functions, "network-code", "integrate-code"
    )


def expected(function, power=1):
    """Return the mean of function(z) ** power for z from N(0, 1), by SciPy."""

    def weighted(z):
        return float(function(z)) ** power * norm.pdf(z)

    return quad(weighted, -14, 0)[0] + quad(weighted, 0, 14)[0]


def shown(value, digits):
    """Return a number as a figure writes it."""
    return f"{value:z.{digits}f}".replace("-", "−")


def printed(cell):
    """Return what a code cell of the committed notebook prints."""
    (output,) = next(c for c in NOTEBOOK.cells if c.id == cell).outputs
    return output["text"]


# output_mean


@pytest.mark.parametrize("alpha", [0.0, 1.0, 1.67, 3.0])
def test_bars_and_mean_are_those_of_the_outputs(lesson, alpha):
    sums = lesson["sums"]
    live = output_mean(lesson["elu"], sums, alpha=(0, 3, 0.01))
    set_to(live, alpha=alpha)
    words = []
    for name, outputs in (
        ("ReLU", np.maximum(0, sums)),
        ("elu", lesson["elu"](sums, alpha)),
    ):
        bars = mark(live, f"bars of {name}").get_xydata()[1::3]
        for centre, height in bars[::5]:
            inside = (outputs >= centre - 0.05 - 1e-12) & (
                outputs < centre + 0.05 - 1e-12
            )
            assert height == pytest.approx(min(100 * np.mean(inside), 12), abs=0.01)
        assert mark(live, f"mean of {name}").get_xdata() == pytest.approx(
            [outputs.mean()] * 2
        )
        mean = f"mean {shown(outputs.mean(), 2)}"
        assert mean in frames.texts(frames.root(live))
        negative = shown(np.minimum(outputs, 0).mean(), 2)
        words.append(f"negative side {negative}, positive side 0.40, {mean}.")
    assert (
        live.alt
        == f"Outputs of ReLU: {words[0]} Outputs of elu, alpha = {alpha:g}: {words[1]}"
    )


@pytest.mark.parametrize(("percent", "cut"), [(12, False), (13, True)])
def test_a_bar_is_cut_off_above_12_per_cent_and_tells_its_height(percent, cut):
    others = 0.15 + np.arange(100 - percent) % 22 / 10
    live = output_mean(lambda x: x, np.append(others, [-1.05] * percent))
    assert (f"highest {percent} %" in frames.texts(frames.root(live))) == cut
    assert mark(live, "bars of f").get_ydata()[1::3].max() == 12


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0, 1.67])
def test_the_mean_is_a_straight_line_in_alpha(alpha):
    mean = expected(lambda z: helpers.elu(z, alpha=alpha))
    assert mean == pytest.approx(0.3989 - 0.2384 * alpha, abs=1e-4)


def test_a_hundred_finite_sums_are_enough():
    assert output_mean(helpers.elu, np.ones(100)).alt.endswith("mean 1.00.")
    for sums, part in (
        (np.ones(99), "99 of these 99"),
        ([*np.ones(150), np.nan], "150 of these 151"),
    ):
        with pytest.raises(
            ValueError, match=f"must be 100 finite numbers or more, but {part}"
        ):
            output_mean(helpers.elu, sums)


# through_layers


def moments(f, inputs, weights, input_scale=1.0, variance=1):
    """Return mean and variance of the inputs and of every layer's outputs."""
    x = input_scale * inputs
    path = [x]
    for W in weights:
        path.append(f(path[-1] @ W * variance**0.5))
    return np.array([x.mean() for x in path]), np.array([x.var() for x in path])


@pytest.mark.parametrize(
    ("parameters", "network"),
    [
        ({"lam": 1.0, "alpha": 1.0}, {}),
        ({"lam": 1.05, "alpha": 0.5}, {"input_scale": 2.0}),
        ({"lam": 1.2, "alpha": 1.67}, {"input_scale": 0.25, "variance": 2}),
    ],
)
def test_the_lines_are_mean_and_variance_of_every_layer(lesson, parameters, network):
    inputs = lesson["inputs"][:20]
    weights = lesson["weights"][:12]
    live = through_layers(
        lesson["selu"], inputs, weights, lam=(0.5, 1.5, 0.01), alpha=(0, 3, 0.01)
    )
    set_to(live, **parameters, **network)
    relu = moments(helpers.relu, inputs, weights, **network)
    mine = moments(
        lambda x: lesson["selu"](x, **parameters), inputs, weights, **network
    )
    for n, moment in enumerate(("mean", "variance")):
        for name, values in (("ReLU", relu[n]), ("selu", mine[n])):
            drawn = mark(live, f"{moment} of {name}").get_data()
            assert_allclose(drawn, [range(13), values], rtol=1e-9, atol=1e-12)
        first = shown(mine[n][1], 3)
        last = shown(mine[n][12], 3)
        assert texts(live)[moment] == f"layer 1: {first}, layer 12: {last}"
        assert f"{moment} {first} in layer 1, {last} in layer 12" in live.alt
    assert (
        "selu, lam = {lam:g}, alpha = {alpha:g}, inputs".format(**parameters)
        in live.alt
    )


@pytest.mark.parametrize(
    ("examples", "layers"),
    [((3, 4), (2, 4, 5)), ((3, 4), (1, 4, 4)), ((4,), (2, 4, 4)), ((0, 4), (2, 4, 4))],
)
def test_networks_of_other_shapes_are_refused(examples, layers):
    with pytest.raises(ValueError, match="2 layers or more") as raised:
        through_layers(helpers.selu, np.ones(examples), np.ones(layers))
    assert f"shapes are {examples} and {layers}" in str(raised.value)


@pytest.mark.parametrize("wrong", [0, 1])
def test_a_network_of_numbers_that_are_not_finite_is_refused(wrong):
    network = [np.ones((3, 4)), np.ones((2, 4, 4))]
    network[wrong][-1, -1] = np.nan
    with pytest.raises(ValueError, match="nan or inf"):
        through_layers(helpers.selu, *network)


def test_what_the_lesson_says_of_its_network(lesson):
    inputs = lesson["inputs"]
    weights = lesson["weights"]

    def variances(f, **network):
        return moments(f, inputs, weights, **network)[1]

    elu = variances(helpers.elu)
    assert elu[1] == pytest.approx(0.61, abs=0.005)
    assert elu[30] == pytest.approx(0.007, abs=5e-4)
    assert variances(helpers.relu)[30] < 1e-6
    raised = variances(lambda x: helpers.elu(x, alpha=1.67))
    assert raised[1] == pytest.approx(0.9, abs=0.05)
    mean, variance = moments(lambda x: lesson["selu"](x, 1.05, 1.67), inputs, weights)
    assert np.abs(mean).max() < 0.05
    assert np.abs(variance - 1).max() < 0.1
    assert variances(helpers.selu, variance=2)[30] > 100
    roughly_kept = variances(helpers.relu, variance=2)
    assert 0.5 < roughly_kept.min() < roughly_kept.max() < 2
    for input_scale in (0.25, 2):
        after_20 = variances(helpers.selu, input_scale=input_scale)[20:]
        assert np.abs(after_20 - 1).max() < 0.1


@pytest.mark.parametrize("variance", [0.01, 0.9, 1.1, 100])
def test_selu_pulls_the_variance_towards_1_in_every_layer(variance):
    # The variance that the next layer's sums have.
    after = expected(lambda z: helpers.selu(variance**0.5 * z), power=2)
    assert abs(np.log(after)) < abs(np.log(variance))
    assert (after > 1) == (variance > 1)


# What else the lesson states


def test_the_two_numbers_are_the_closed_form(lesson):
    share = lesson["share"]
    outputs = lesson["selu"](lesson["z"], float(LAMBDA), float(ALPHA))
    assert np.sum(share * outputs) == pytest.approx(0, abs=1e-9)
    assert np.sum(share * outputs**2) == pytest.approx(1, abs=1e-8)


def test_variances_that_the_verdicts_state():
    plain = expected(helpers.elu, power=2) - expected(helpers.elu) ** 2
    assert plain == pytest.approx(0.62, abs=0.005)
    raised = expected(lambda z: helpers.elu(z, alpha=float(ALPHA)), power=2)
    assert raised == pytest.approx(0.906, abs=5e-4)
    assert float(LAMBDA) == pytest.approx(raised**-0.5, abs=1e-9)


@pytest.mark.parametrize(("name", "ratio"), [("relu", 48), ("elu", 5), ("selu", 1)])
def test_the_ratio_of_the_curvatures(name, ratio):
    f = getattr(helpers, name)
    mean = expected(f)
    assert 1 + 100 * mean**2 / (expected(f, power=2) - mean**2) == pytest.approx(
        ratio, abs=0.5
    )
    assert f"{f.name:4} mean {mean:5.2f}," in printed("curvature")


@pytest.mark.parametrize("alpha", [0.2, 0.5, 1.0, 2.0])
def test_slopes_at_the_corner(lesson, alpha):
    h = 1e-6
    elu_rise = lesson["elu"](0.0, alpha) - lesson["elu"](-h, alpha)
    celu_rise = lesson["celu"](0.0, alpha) - lesson["celu"](-h, alpha)
    assert (elu_rise / h, celu_rise / h) == pytest.approx((alpha, 1), abs=1e-5)
    assert lesson["elu_slope"](0.0, alpha) == alpha
    x = np.linspace(-9, 9, 50)
    exact = np.where(x > 0, x, alpha * np.expm1(x / alpha))
    assert_allclose(lesson["celu"](x, alpha), exact, atol=1e-15)


def test_outputs_and_slopes_that_the_lesson_states():
    assert_allclose(helpers.elu([-1.0, -1000.0]), [-0.632, -1], atol=5e-4)
    slopes = helpers.elu.derivative([-1.0, -3.0, -6.0, -10.0])
    assert_allclose(slopes, [0.37, 0.05, 0.0025, 0.000045], rtol=0.02)


def test_the_naive_forms_fail_where_the_lesson_says_and_the_mended_one_never(lesson):
    functions = (lesson["elu"], lesson["slope_by_library"], lesson["stable_elu"])
    live = helpers.side_by_side(*functions, x=(-1000, 1000, 1))
    silent = ["no complaint"] * 3
    failing = ["overflow", "overflow, invalid value, nan: not a number", "no complaint"]
    for x, reports in ((-1000, silent), (709, silent), (710, failing)):
        set_to(live, x=x)
        assert [texts(live)[f"report-{row}"] for row in (1, 2, 3)] == reports
    assert texts(live)["value-1"] == "710"
    assert printed("overflow") == "overflow encountered in exp\n"
