"""The room of 05_elu: where the mean of the outputs lies, what many layers make of mean and variance, the exercises."""

import functools

import numpy as np
from helpers.figures.marks import shortened, stems, two_panels
from helpers.figures.marks import spread as apart

from helpers.arguments import as_array, as_floats, format_parameters
from helpers.exercises import FunctionTask, NumberTask
from helpers.figures import Page
from helpers.figures.curve import Curve
from helpers.figures.style import BLUE, DASHED, INK, ORANGE, ink, number, own_settings
from helpers.functions import SELU_ALPHA, SELU_SCALE, elu, elu_slope, relu, relu_slope
from helpers.passes import product

__all__ = ["output_mean", "through_layers"]

EDGES = np.linspace(-3.5, 3.5, 71)  # of the bars of a histogram
TOP = 12  # per cent, at which a bar is cut off
COLOURS = ORANGE, BLUE  # of ReLU, and of the function that is looked at
MOMENTS = {"mean": (0, (-0.4, 1.0)), "variance": (1, (0.0, 2.0))}  # what to hold, and the axis

# output_mean ----------------------------------------------------------------------------------------------------------


@own_settings()
def output_mean(function, sums, **parameters):
    """Return a LiveFigure of two histograms with their means: what ReLU and the function make of the same sums.

    `function` is an Activation or your own function of an array; its parameters are sliders, as in `explore`. `sums`
    are 100 finite numbers or more; outputs from −3.5 to 3.5 are drawn. Anything else raises ValueError or TypeError.
    """
    curve = Curve(function, parameters)
    example = "np.random.default_rng(0).normal(size=100_000)"
    sums = as_floats(sums, "sums").ravel()
    sums = as_array(sums, "sums", (("numbers", 100, np.inf),), example=example)
    page = Page(374)
    above = _histogram(page, 36, "ReLU", COLOURS[0])(relu(sums))
    show = _histogram(page, 218, curve.name, COLOURS[1])
    page.controls = curve.sliders

    def update(**own):
        mine = show(curve.values(sums, **own))
        return f"Outputs of ReLU: {above}. Outputs of {curve.name}{', ' * bool(own)}{format_parameters(own)}: {mine}."

    return page.live(update)


def _histogram(page, top, name, colour):
    """Return a function that shows how often outputs are how large, with their mean, and returns that in words."""
    panel = page.panel(
        top, 122, x=(EDGES[0], EDGES[-1]), y=(0, TOP), yticks=[0, 5, 10], yticklabels=["0", "5 %", "10 %"]
    )
    panel.title(f"outputs of {name}", ink(colour))
    panel.readout(f"sides-{top}")
    panel.rule(x=0, color=INK)
    bars = panel.line(colour, 0.9 * panel.width / (len(EDGES) - 1), solid_capstyle="butt")
    mean, label = panel.line(INK, 3, zorder=5), panel.label("", 0, 0.86 * TOP, ha="left", weight="bold")
    cut = panel.label("", 0, 0.62 * TOP, ha="right", fontsize=11)
    centres = (EDGES[1:] + EDGES[:-1]) / 2

    def show(outputs):
        shares = 100 / len(outputs) * np.histogram(outputs, EDGES)[0]
        bars.move(*stems(centres, np.minimum(shares, TOP)))
        below, above = (part.mean() for part in (np.minimum(outputs, 0), np.maximum(outputs, 0)))
        said = number(below + above, 2)
        mean.move([below + above] * 2, [0, TOP])
        side, ha = (-1, "right") if below + above < 0 else (1, "left")
        label.set(text=f"mean {said}", x=below + above + 0.06 * side, ha=ha)
        too_high = shares > TOP
        cut.set(text=f"highest {shares.max():.0f} %", x=EDGES[too_high.argmax()] - 0.06, visible=too_high.any())
        words = f"negative side {number(below, 2)}, positive side {number(above, 2)}"
        page.write({f"sides-{top}": words})
        return f"{words}, mean {said}"

    return show


# through_layers -------------------------------------------------------------------------------------------------------


@own_settings()
def through_layers(function, inputs, weights, *, spread=1.0, **parameters):
    """Return a LiveFigure of mean and variance of the outputs, layer by layer, of the function and of ReLU.

    `function` is an Activation or your own function of an array; its parameters are sliders, as in `explore`. `inputs`
    has shape (examples, units); `weights` holds a matrix of shape (units, units) for each of 2 layers or more, of
    variance 1/units, which buttons double. `spread` multiplies the inputs. Other shapes and values raise errors.
    """
    curve, (inputs, weights) = Curve(function, parameters), _network(inputs, weights)
    page, show = _two_moments(curve.name, len(weights))
    page.controls = dict(curve.sliders)
    page.slider("spread", "inputs times", spread, 0.25, 4.0, 0.05)
    page.choice("variance", "weights", {"variance 1/n": 1, "variance 2/n (He)": 2})

    plain = functools.cache(lambda spread, variance: _moments(relu, spread * inputs, weights, variance))

    def update(spread, variance, **own):
        mine = _moments(functools.partial(curve.values, **own), spread * inputs, weights, variance)
        said = show(plain(spread, variance), mine)
        setting = f"inputs times {number(spread, 2)}, weights of variance {variance}/n"
        return f"{curve.name}{', ' * bool(own)}{format_parameters(own)}, {setting}: {said}."

    return page.live(update)


def _network(inputs, weights):
    """Return inputs and weights as arrays, or raise ValueError or TypeError when they make no network."""
    inputs = as_array(inputs, "inputs", ("examples", "units"))
    units = inputs.shape[1]
    example = f"rng.normal(size=(30, {units}, {units})) / np.sqrt({units})"
    shape = ("layers", 2, np.inf), units, units
    return inputs, as_array(weights, "weights", shape, example=example)


def _moments(f, x, weights, variance):
    """Return the means and the variances of the inputs x and of the outputs of each layer."""
    rows = [(x.mean(), x.var())]
    for W in weights:
        z = product(np.sqrt(variance) * x, W)
        x = f(z.ravel()).reshape(z.shape)
        rows.append((x.mean(), x.var()))
    return np.transpose(rows)


def _two_moments(name, last):
    """Return (page, a function that shows the paths of ReLU and of the function through the layers, and says them)."""
    page, *panels = two_panels(150, 150, 560, below="layer (0: the inputs)")
    panels[0].axes.set_xticks(range(0, last + 1, max(1, last // 6)))  # for both
    sides = []
    for panel, (what, (goal, ends)) in zip(panels, MOMENTS.items(), strict=True):
        panel.reach(x=(0, last), y=ends)
        panel.rule(goal, **DASHED)
        panel.title(f"{what} of the outputs")
        panel.readout(what, color=BLUE)
        beside = {"transform": panel.axes.get_yaxis_transform(), "va": "center_baseline", "animated": True}
        words = "ReLU", shortened(name)
        names = [panel.text(word, 1.015, color=ink(c), **beside) for word, c in zip(words, COLOURS, strict=True)]
        lines = [panel.line(colour) for colour in COLOURS]
        sides.append((what, lines, names, ends))

    def show(*paths):
        said = []
        for n, (what, lines, names, (low, high)) in enumerate(sides):
            places = apart(np.clip([path[n, -1] for path in paths], low, high), 0.12 * (high - low), low, high)
            for line, label, path, place in zip(lines, names, paths, places, strict=True):
                line.move(range(last + 1), path[n])
                label.set_y(place)
            first, end = (number(paths[1][n, layer].round(3), 3) for layer in (1, last))
            page.write({what: f"layer 1: {first}, layer {last}: {end}"})
            said.append(f"{what} {first} in layer 1, {end} in layer {last} (ReLU: {number(paths[0][n, -1], 3)})")
        return "; ".join(said)

    return page, show


# Exercises ------------------------------------------------------------------------------------------------------------

SIDES = np.array([2.0, -5.0, 0.5, -0.25, 0.0, -1.0])
CASES = tuple((SIDES, alpha) for alpha in (1.0, 0.5, 2.0))
OUTPUTS = tuple((elu(SIDES, alpha), alpha) for alpha in (1.0, 0.5, 2.0))


def _exponential(x):
    return np.exp(np.minimum(x, 0))


EXERCISES = {
    "ELU without overflow": FunctionTask(
        reference=elu,
        cases=(*CASES, (np.array([1000.0, -1000.0]), 1.0)),
        right="The exponential sees numbers up to 0 only, so nothing can overflow.",
        mistakes={
            "α is missing: multiply the left side by it.": lambda x, alpha: elu(x),
            "The left side ends at 0, not at −α: subtract 1 from the exponential before you multiply by α.": (
                lambda x, alpha: np.where(x > 0, x, alpha * _exponential(x))
            ),
            "Subtract 1 first, then multiply by α: brackets.": (
                lambda x, alpha: np.where(x > 0, x, alpha * _exponential(x) - 1)
            ),
            "This is ReLU: exp gets 0 for every negative x; np.minimum(x, 0) keeps the negative ones.": (
                lambda x, alpha: np.maximum(x, 0)
            ),
            "Right for α up to 1 only: for larger α the left side lies below x, so the larger one is x itself.": (
                lambda x, alpha: np.maximum(x, elu(x, alpha))
            ),
            "On the right the output is x itself.": lambda x, alpha: alpha * np.expm1(np.minimum(x, 0)),
            "This is the slope; the function itself is asked.": elu_slope,
            "The left side has to be negative: α(eˣ − 1), not α(1 − eˣ).": (
                lambda x, alpha: np.where(x > 0, x, alpha * (1 - _exponential(x)))
            ),
            "if decides once for the whole array; np.where(condition, then, else) decides for each element.": (
                lambda x, alpha: x if x > 0 else elu(x, alpha)
            ),
        },
    ),
    "ELU slope from output": FunctionTask(
        reference=lambda a, alpha: np.where(a > 0, 1.0, a + alpha),
        cases=OUTPUTS,
        right="On the left the output is αeˣ − α, so output plus α is the slope: no exponential is needed.",
        mistakes={
            "This treats a as an input: a is an output already.": elu_slope,
            "Right for α = 1 only: add α, not 1.": lambda a, alpha: np.where(a > 0, 1.0, a + 1),
            "On the right the slope is 1, whatever the output.": lambda a, alpha: a + alpha,
            "This is the slope of ReLU: on the left something passes.": lambda a, alpha: relu_slope(a),
            "At a = 0 the left side's slope, α, is asked: compare with >, not with >=.": (
                lambda a, alpha: np.where(a >= 0, 1.0, a + alpha)
            ),
            "The slope of the left side is positive: add α to the output.": (
                lambda a, alpha: np.where(a > 0, 1.0, a - alpha)
            ),
            "This is the output itself on the left; one more step makes it the slope.": (
                lambda a, alpha: np.where(a > 0, 1.0, a)
            ),
        },
    ),
    "SELU's two numbers": NumberTask(
        answer=(SELU_SCALE, SELU_ALPHA),
        tolerance=2e-3,
        right="These are SELU's λ and α: with them N(0, 1) comes out with mean 0 and variance 1.",
        mistakes={
            "The right two numbers the other way round: λ first, then α.": (SELU_ALPHA, SELU_SCALE),
            "That is plain ELU: its mean is 0.16 and its variance 0.62.": (1, 1),
            "α makes the mean 0, but the variance is 0.906: λ has to raise it to 1.": (1, SELU_ALPHA),
            "λ multiplies the outputs, so it multiplies the variance by λ²: take a square root.": (
                SELU_SCALE**2,
                SELU_ALPHA,
            ),
            "That is the spread itself; λ has to divide by it.": (1 / SELU_SCALE, SELU_ALPHA),
            "The second one is λα, the floor of SELU; α alone is asked.": (SELU_SCALE, SELU_SCALE * SELU_ALPHA),
            "α is positive: the negative half's mean is negative already, so take it with a minus.": (
                SELU_SCALE,
                -SELU_ALPHA,
            ),
        },
    ),
}
