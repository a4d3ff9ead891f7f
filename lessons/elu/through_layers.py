"""through_layers: mean and variance of the outputs, from layer to layer."""

import functools
from typing import NamedTuple

import numpy as np

from helpers.arguments import as_array, format_parameters, name_of
from helpers.figures.controls import choice, slider
from helpers.figures.curve import Curve
from helpers.figures.live import LiveFigure
from helpers.figures.parts import keep_apart, shortened
from helpers.figures.style import BLUE, DASHED, ORANGE, ink, number
from helpers.functions import relu
from helpers.passes import product


class Moments(NamedTuple):
    """Mean and variance of the inputs and of each layer's outputs, both of shape (layers + 1,)."""

    mean: np.ndarray
    variance: np.ndarray


def through_layers(function, inputs, weights, **parameters):
    """Return a LiveFigure of the outputs' mean and variance by layer, for the function and ReLU.

    `function` is an Activation or your own function of an array; its parameters are sliders, as in
    `explore`. `inputs` has shape (examples, units); `weights` holds a matrix of shape (units,
    units) for each of 2 layers or more, of variance 1/units, which buttons double. Other shapes
    and values raise errors.
    """
    name_of(function, "through_layers(selu, inputs, weights)")
    curve = Curve(function, parameters)
    inputs, weights = check_network(inputs, weights)
    last = len(weights)
    for name in ("input_scale", "variance"):
        if name in parameters:
            raise ValueError(
                f"The figure has a control {name!r} of its own; give the function's parameter "
                "another name."
            )
    controls = {
        **curve.controls,
        "input_scale": slider("inputs times", 1.0, 0.25, 4.0, 0.05),
        "variance": choice("weights", {"variance 1/n": 1, "variance 2/n (He)": 2}),
    }

    @functools.cache
    def moments_of_relu(input_scale, variance):
        return moments_of_layers(relu, input_scale * inputs, weights, variance)

    def draw(page, /, input_scale, variance, **own):
        of_relu = moments_of_relu(input_scale, variance)
        values = functools.partial(curve.values, **own)
        of_function = moments_of_layers(values, input_scale * inputs, weights, variance)
        axis = {"x": (0, last), "xticks": range(0, last + 1, max(1, last // 6))}
        upper = page.panel(36, 150, width=560, y=(-0.4, 1.0), xlabels=False, **axis)
        lower = page.panel(226, 150, width=560, y=(0.0, 2.0), **axis)
        lower.caption("layer (0: the inputs)", 39)
        upper.hline(0)
        upper.hline(0, **DASHED)
        lower.hline(0)
        lower.hline(1, **DASHED)
        means = draw_moment(upper, "mean", curve.name, of_relu.mean, of_function.mean)
        variances = draw_moment(
            lower, "variance", curve.name, of_relu.variance, of_function.variance
        )
        settings = f", {format_parameters(own)}" if own else ""
        return (
            f"{curve.name}{settings}, inputs times {number(input_scale, 2)}, weights of variance "
            f"{variance}/n: {means}; {variances}."
        )

    return LiveFigure(draw, controls, height=424)


def moments_of_layers(function, x, weights, variance):
    """Return the Moments of the inputs x and of all layers; `variance` multiplies the weights'."""
    means = [x.mean()]
    variances = [x.var()]
    for W in weights:
        z = product(np.sqrt(variance) * x, W)
        x = function(z.ravel()).reshape(z.shape)
        means.append(x.mean())
        variances.append(x.var())
    return Moments(np.array(means), np.array(variances))


def draw_moment(panel, moment, name, of_relu, of_function):
    """Draw a moment of ReLU and of the function, layer by layer, and return the latter in words."""
    low, high = panel.y
    layers = np.arange(len(of_relu))
    last = layers[-1]
    wanted = np.clip([of_relu[-1], of_function[-1]], low, high)
    relu_label, function_label = keep_apart(wanted, 0.12 * (high - low), low, high)
    panel.title(f"{moment} of the outputs")
    beside = {"x": 1.015, "coordinates": "y", "va": "center_baseline"}
    panel.text("ReLU", y=relu_label, color=ink(ORANGE), **beside)
    panel.text(shortened(name), y=function_label, color=ink(BLUE), **beside)
    panel.line(layers, of_relu, ORANGE, gid=f"{moment} of ReLU")
    panel.line(layers, of_function, BLUE, gid=f"{moment} of {name}")
    at_first = number(of_function[1].round(3), 3)
    at_last = number(of_function[-1].round(3), 3)
    panel.readout(moment, f"layer 1: {at_first}, layer {last}: {at_last}", color=BLUE)
    return (
        f"{moment} {at_first} in layer 1, {at_last} in layer {last} "
        f"(ReLU: {number(of_relu[-1], 3)})"
    )


def check_network(inputs, weights):
    """Return inputs and weights as arrays, or raise ValueError or TypeError."""
    example = "rng.normal(size=(500, 200))"
    inputs = as_array(inputs, "inputs", ("examples", "units"), example=example)
    units = inputs.shape[1]
    example = f"rng.normal(size=(30, {units}, {units})) / np.sqrt({units})"
    shape = (("layers", 2, np.inf), units, units)
    return inputs, as_array(weights, "weights", shape, example=example)
