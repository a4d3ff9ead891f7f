"""05_elu: where the mean lies, mean and variance through layers, SELU's two numbers, and what the lesson states."""

import mpmath
import numpy as np
import pytest
import shared
from exact import ALPHA, LAMBDA
from scipy.integrate import quad
from scipy.stats import norm
from shared import set_to, texts

import helpers
from lessons.elu import check, output_mean, through_layers

NOTEBOOK = shared.read("05_elu")
SUMS = np.random.default_rng(seed=5).normal(size=100_000)


@pytest.fixture(scope="module")
def lesson():
    """Return the names that the lesson's own code defines."""
    return shared.names(NOTEBOOK)


def expected(function, power=1):
    """Return the mean of function(z) ** power for z from N(0, 1), by SciPy."""
    halves = (quad(lambda z: float(function(z)) ** power * norm.pdf(z), *half)[0] for half in ((-14, 0), (0, 14)))
    return sum(halves)


def printed(cell):
    """Return what a code cell of the committed notebook prints."""
    (output,) = next(c for c in NOTEBOOK.cells if c.id == cell).outputs
    return output["text"]


# output_mean ----------------------------------------------------------------------------------------------------------


def bars(axes):
    """Return (centres, heights) of the bars of a histogram."""
    x, y = axes.lines[1].get_data()
    return x[1::3], y[1::3]


@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0, 1.67, 3.0])
def test_bars_and_mean_are_those_of_the_outputs(lesson, alpha):
    live = output_mean(lesson["elu"], SUMS, alpha=(0, 3, 0.01))
    set_to(live, alpha=alpha)
    for axes, outputs in zip(live.figure.axes, (np.maximum(0, SUMS), lesson["elu"](SUMS, alpha)), strict=True):
        centres, heights = bars(axes)
        for centre, height in zip(centres[::5], heights[::5], strict=True):
            share = 100 * np.mean((outputs >= centre - 0.05 - 1e-12) & (outputs < centre + 0.05 - 1e-12))
            assert height == pytest.approx(min(share, 12), abs=0.01)
        assert axes.lines[2].get_xdata() == pytest.approx([outputs.mean()] * 2)
        assert f"mean {outputs.mean():z.2f}".replace("-", "−") in [text.get_text() for text in axes.texts]
    assert f"elu, alpha = {alpha:g}: " in live.alt
    assert live.alt.endswith(f"mean {outputs.mean():z.2f}.".replace("-", "−"))


def test_a_bar_that_is_cut_off_tells_its_height():
    live = output_mean(helpers.elu, SUMS)
    upper, lower = ([text for text in axes.texts if text.get_text().startswith("highest")] for axes in live.figure.axes)
    assert upper[0].get_text() == "highest 54 %"
    assert upper[0].get_visible()
    assert not lower[0].get_visible()


@pytest.mark.parametrize(("mean", "place", "side"), [(0.5, 0.56, "left"), (0.0, 0.06, "left"), (-0.5, -0.56, "right")])
def test_the_mean_is_written_beside_its_line_on_the_outer_side(mean, place, side):
    lower = output_mean(lambda x: 0 * x + mean, SUMS).figure.axes[1]
    (label,) = (text for text in lower.texts if text.get_text() == f"mean {mean:.2f}".replace("-", "−"))
    assert label.get_position()[0] == pytest.approx(place)
    assert label.get_horizontalalignment() == side


@pytest.mark.parametrize(("in_one_bar", "cut"), [(12, False), (13, True)])
def test_a_bar_is_cut_off_above_12_per_cent(in_one_bar, cut):
    others = 0.15 + np.arange(100 - in_one_bar) % 22 / 10
    lower = output_mean(lambda x: x, np.append(others, [-1.05] * in_one_bar)).figure.axes[1]
    (label,) = (text for text in lower.texts if text.get_text() == f"highest {in_one_bar} %")
    assert label.get_visible() == cut


def test_the_two_sides_add_up_and_only_the_negative_one_follows_alpha():
    live = output_mean(helpers.elu, SUMS, alpha=1.0)
    assert list(texts(live).values()) == [
        "negative side 0.00, positive side 0.40",
        "negative side −0.24, positive side 0.40",
    ]
    set_to(live, alpha=2.0)
    assert list(texts(live).values())[1] == "negative side −0.48, positive side 0.40"


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0, 2.0])
def test_the_mean_is_a_straight_line_in_alpha(alpha):
    mean = expected(lambda z: helpers.elu(z, alpha=alpha))
    assert mean == pytest.approx(0.3989 - 0.2384 * alpha, abs=1e-4)


def test_means_that_the_lesson_states():
    assert expected(helpers.elu) == pytest.approx(0.16, abs=0.005)
    assert expected(helpers.relu) == pytest.approx(0.40, abs=0.005)
    assert expected(lambda z: helpers.elu(z, alpha=1.67)) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(
    ("function", "sums", "error", "part"),
    [
        (helpers.elu, [1.0, 2.0], ValueError, r"100 numbers or more, .* its shape is \(2,\)"),
        (helpers.elu, np.ones(99), ValueError, r"its shape is \(99,\)"),
        (helpers.elu, np.full(200, np.nan), ValueError, "nan or inf is in 200 of the 200 rows"),
        (helpers.elu, "text", TypeError, "sums must be real numbers"),
        ("elu", SUMS, TypeError, "A function is needed"),
        (lambda x: x[:3], SUMS, ValueError, r"returns shape \(3,\)"),
    ],
)
def test_outputs_that_cannot_be_drawn(function, sums, error, part):
    with pytest.raises(error, match=part):
        output_mean(function, sums)


def test_a_hundred_sums_are_enough():
    assert output_mean(helpers.elu, np.ones(100)).alt.endswith("mean 1.00.")


# through_layers -------------------------------------------------------------------------------------------------------


def moments(f, inputs, weights, spread=1.0, variance=1):
    """Return mean and variance of the inputs and of every layer's outputs."""
    x = spread * inputs
    path = [x]
    for W in weights:
        path.append(f(path[-1] @ W * variance**0.5))
    return np.array([x.mean() for x in path]), np.array([x.var() for x in path])


@pytest.mark.parametrize(
    "setting",
    [{}, {"lam": 1.05, "alpha": 1.67}, {"spread": 2.0, "alpha": 0.5}, {"spread": 0.25, "variance": 2, "lam": 1.2}],
)
def test_the_lines_are_mean_and_variance_of_every_layer(lesson, setting):
    inputs, weights = lesson["inputs"][:20], lesson["weights"][:12]
    live = through_layers(lesson["selu"], inputs, weights, lam=(0.5, 1.5, 0.01), alpha=(0, 3, 0.01))
    set_to(live, **setting)
    network = {name: setting[name] for name in ("spread", "variance") if name in setting}
    own = {name: setting.get(name, 1.0) for name in ("lam", "alpha")}
    relu = moments(helpers.relu, inputs, weights, **network)
    mine = moments(lambda x: own["lam"] * helpers.elu(x, alpha=own["alpha"]), inputs, weights, **network)
    for n, axes in enumerate(live.figure.axes):
        drawn = [line.get_ydata() for line in axes.lines if len(line.get_xdata()) == 13]
        np.testing.assert_allclose(drawn[0], relu[n], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(drawn[1], mine[n], rtol=1e-9, atol=1e-12)
    for n, what in enumerate(("mean", "variance")):
        first, last = (f"{mine[n][layer]:z.3f}".replace("-", "−") for layer in (1, 12))
        assert texts(live)[what] == f"layer 1: {first}, layer 12: {last}"
        assert f"{what} {first} in layer 1, {last} in layer 12" in live.alt
    assert f"lam = {own['lam']:g}, alpha = {own['alpha']:g}" in live.alt


def test_names_stand_beside_their_lines_and_apart(lesson):
    live = through_layers(helpers.selu, lesson["inputs"], lesson["weights"])
    for axes in live.figure.axes:
        relu, mine = (text.get_position()[1] for text in axes.texts if text.get_text() in ("ReLU", "selu"))
        assert abs(relu - mine) >= 0.1
    assert mine == pytest.approx(live.figure.axes[1].lines[-1].get_ydata()[-1], abs=0.01)


@pytest.mark.parametrize(("layers", "ticks"), [(30, range(0, 31, 5)), (12, range(0, 13, 2)), (2, range(3))])
def test_the_axes_show_every_layer_and_hold_still(lesson, layers, ticks):
    live = through_layers(helpers.selu, lesson["inputs"], lesson["weights"][:layers])
    mean, variance = live.figure.axes
    assert mean.get_xticks().tolist() == list(ticks)
    assert mean.get_xlim() == (0, layers)
    assert (mean.get_ylim(), variance.get_ylim()) == ((-0.4, 1.0), (0.0, 2.0))


def test_a_name_stands_at_the_end_of_its_line(lesson):
    variance = through_layers(helpers.selu, lesson["inputs"], lesson["weights"]).figure.axes[1]
    for name, line in zip(("ReLU", "selu"), variance.lines[-2:], strict=True):
        (word,) = (text for text in variance.texts if text.get_text() == name)
        assert word.get_position()[1] == pytest.approx(line.get_ydata()[-1], abs=1e-6)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x, alpha: np.where(x < -2, -alpha, helpers.elu(x, alpha=alpha)),
        lambda x, alpha: np.where((x > -2) & (x < -0.5), -alpha, helpers.elu(x, alpha=alpha)),
        lambda x, alpha: np.where((x > -0.5) & (x < 0), x, helpers.elu(x, alpha=alpha)),
    ],
)
def test_the_exercise_has_inputs_far_near_and_between_on_the_left(wrong):
    assert "but it should be" in check("ELU without overflow", wrong).message


def test_what_the_lesson_says_of_its_network(lesson):
    inputs, weights = lesson["inputs"], lesson["weights"]
    mean, variance = moments(helpers.elu, inputs, weights)
    assert (variance[1], variance[30]) == (pytest.approx(0.61, abs=0.005), pytest.approx(0.007, abs=5e-4))
    assert moments(helpers.relu, inputs, weights)[1][30] < 1e-6
    assert moments(lambda x: helpers.elu(x, alpha=1.67), inputs, weights)[1][1] == pytest.approx(0.9, abs=0.05)
    mean, variance = moments(lambda x: 1.05 * helpers.elu(x, alpha=1.67), inputs, weights)
    assert np.abs(mean).max() < 0.05
    assert np.abs(variance - 1).max() < 0.1
    assert moments(helpers.selu, inputs, weights, variance=2)[1][30] > 100
    roughly_kept = moments(helpers.relu, inputs, weights, variance=2)[1]
    assert 0.5 < roughly_kept.min() < roughly_kept.max() < 2
    for spread in (0.25, 2):
        assert np.abs(moments(helpers.selu, inputs, weights, spread)[1][20:] - 1).max() < 0.1


@pytest.mark.parametrize("variance", [0.01, 0.25, 0.9, 1.1, 4, 100])
def test_selu_pulls_the_variance_towards_1_in_every_layer(variance):
    after = expected(lambda z: helpers.selu(variance**0.5 * z), 2)  # what the next layer's sums have
    assert abs(np.log(after)) < abs(np.log(variance))
    assert (after > 1) == (variance > 1)


@pytest.mark.parametrize(
    ("inputs", "weights", "part"),
    [
        (np.ones((3, 4)), np.ones((2, 4, 5)), r"weights .*\(layers, 4, 4\).* its shape is \(2, 4, 5\)"),
        (np.ones((3, 4)), np.ones((1, 4, 4)), "2 layers or more"),
        (np.ones(4), np.ones((2, 4, 4)), r"inputs .* its shape is \(4,\)"),
        (np.ones((0, 4)), np.ones((2, 4, 4)), r"inputs .* its shape is \(0, 4\)"),
        (np.ones((3, 4)), np.full((2, 4, 4), np.nan), "weights .* nan or inf"),
    ],
)
def test_networks_that_cannot_be_drawn(inputs, weights, part):
    with pytest.raises(ValueError, match=part):
        through_layers(helpers.selu, inputs, weights)


# What the lesson states -----------------------------------------------------------------------------------------------


def test_the_two_numbers_are_the_closed_form(lesson):
    share, z = lesson["share"], lesson["z"]
    outputs = float(LAMBDA) * lesson["stable_elu"](z, float(ALPHA))
    assert np.sum(share * outputs) == pytest.approx(0, abs=1e-9)
    assert np.sum(share * outputs**2) == pytest.approx(1, abs=1e-8)
    assert check("SELU's two numbers", float(LAMBDA), float(ALPHA)).passed
    assert check("SELU's two numbers", 1.05, 1.67).passed  # as the sliders have them
    assert not check("SELU's two numbers", 1.06, 1.67).passed


def test_variances_that_the_verdicts_state():
    plain = expected(helpers.elu, 2) - expected(helpers.elu) ** 2
    assert plain == pytest.approx(0.62, abs=0.005)
    raised = expected(lambda z: helpers.elu(z, alpha=float(ALPHA)), 2)
    assert raised == pytest.approx(0.906, abs=5e-4)
    assert float(LAMBDA) == pytest.approx(raised**-0.5, abs=1e-9)


def test_the_ratio_of_the_curvatures():
    for f, ratio in ((helpers.relu, 48), (helpers.elu, 5), (helpers.selu, 1)):
        mean = expected(f)
        assert 1 + 100 * mean**2 / (expected(f, 2) - mean**2) == pytest.approx(ratio, abs=0.5)
    measured = [float(line.split()[-1]) for line in printed("curvature").splitlines()]
    assert measured == [pytest.approx(51.5, abs=3), pytest.approx(5.5, abs=0.4), pytest.approx(1.15, abs=0.1)]


@pytest.mark.parametrize("alpha", [0.2, 0.5, 1.0, 2.0])
def test_slopes_at_the_corner(lesson, alpha):
    with mpmath.workdps(30):
        h = mpmath.mpf(10) ** -12
        elu, celu = alpha * mpmath.expm1(-h) / -h, alpha * mpmath.expm1(-h / alpha) / -h
    assert float(elu) == pytest.approx(alpha)
    assert float(celu) == pytest.approx(1)
    assert lesson["elu_slope"](0.0, alpha) == alpha
    x = np.linspace(-9, 9, 50)
    np.testing.assert_allclose(lesson["celu"](x, alpha), np.where(x > 0, x, alpha * np.expm1(x / alpha)), atol=1e-15)


def test_outputs_and_slopes_that_the_lesson_states():
    assert helpers.elu(np.array([-1.0, -1000.0])) == pytest.approx([-0.632, -1], abs=5e-4)
    assert helpers.elu.derivative(np.array([-1.0, -3.0, -6.0, -10.0])).tolist() == [
        pytest.approx(slope, rel=0.02) for slope in (0.37, 0.05, 0.0025, 0.000045)
    ]


def test_the_naive_forms_fail_where_the_lesson_says_and_the_mended_one_never(lesson):
    live = helpers.side_by_side(lesson["elu"], lesson["slope_by_library"], lesson["stable_elu"], x=(-1000, 1000, 1))
    for x, naive, slope, stable in (
        (-1000, "no complaint", "no complaint", "no complaint"),
        (709, "no complaint", "no complaint", "no complaint"),
        (710, "overflow", "overflow, invalid value, nan: not a number", "no complaint"),
    ):
        set_to(live, x=x)
        assert [texts(live)[f"report-{row}"] for row in (1, 2, 3)] == [naive, slope, stable]
    assert texts(live)["value-1"] == "710"
    assert printed("overflow") == "overflow encountered in exp\n"


def test_no_cell_of_the_notebook_warns():
    outputs = [output for cell in NOTEBOOK.cells if cell.cell_type == "code" for output in cell.outputs]
    assert all(output.get("name") != "stderr" for output in outputs)
