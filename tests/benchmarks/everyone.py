"""The picture of `explore` drawn as everyone does it: a new pyplot figure for every step of a slider."""

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_slope(x):
    s = sigmoid(x)
    return s * (1 - s)


def compute(lo, hi, x0):
    """Return what the picture shows: inputs, both curves, the point and its slope, the largest slope, flat zones."""
    x = np.linspace(lo, hi, 481)
    y, slope = sigmoid(x), sigmoid_slope(x)
    largest = sigmoid_slope(np.linspace(-12, 12, 481)).max()
    flat = np.flatnonzero(np.diff(np.concatenate([[0], slope < 0.05 * largest, [0]])))
    zones = [(x[a], x[b - 1]) for a, b in flat.reshape(-1, 2)]
    return x, y, slope, sigmoid(x0), sigmoid_slope(x0), largest, zones


def draw(x_range=(-6, 6), x0=1.0):
    """Draw the function above and its slope below, with tangent, flat zones and readouts."""
    lo, hi = x_range
    x0 = min(max(x0, lo), hi)
    x, y, slope, y0, slope0, largest, zones = compute(lo, hi, x0)
    _, (upper, lower) = plt.subplots(2, 1, sharex=True, height_ratios=(2, 1))
    for axes in (upper, lower):
        axes.grid()
        axes.axhline(0, color="grey", linewidth=0.8)
        axes.axvline(x0, color="grey", linestyle=":")
        for left, right in zones:
            axes.axvspan(left, right, color="tan", alpha=0.3)
    for left, right in zones:
        lower.text((left + right) / 2, 0.2, "flat", ha="center")
    upper.axhline(1, color="grey", linestyle="--", linewidth=1)
    upper.plot(x, y, linewidth=3)
    upper.plot([x0 - 2, x0 + 2], [y0 - 2 * slope0, y0 + 2 * slope0], color="C1")
    upper.fill([x0, x0 + 1, x0 + 1], [y0, y0, y0 + slope0], color="C1", alpha=0.2)
    upper.plot([x0, x0 + 1], [y0, y0], "C1--")
    upper.plot([x0 + 1, x0 + 1], [y0, y0 + slope0], color="C1", linewidth=4)
    upper.text(x0 + 0.5, y0 - 0.08, "+1", color="C1", ha="center")
    upper.text(x0 + 1.1, y0 + slope0 / 2, f"+{slope0:.2f}", color="C1")
    upper.plot(x0, y0, "o", color="C0", markersize=10)
    upper.set(xlim=(lo, hi), ylim=(-0.1, 1.1))
    upper.set_title("sigmoid(x)", loc="left")
    upper.set_title(f"sigmoid({x0:.2f}) = {y0:.4f}", loc="right")
    lower.plot(x, slope, color="C1", linewidth=3)
    lower.plot([x0, x0], [0, slope0], color="C1", linewidth=4)
    lower.plot(x0, slope0, "o", color="C1", markersize=10)
    lower.set(ylim=(-0.03, 0.28), xlabel=f"input x; largest slope: {largest:.4f}")
    lower.set_title("its slope", loc="left")
    lower.set_title(f"slope at {x0:.2f} = {slope0:.4f}", loc="right")
    plt.show()


def everyone():
    """Return the widget: `interact` makes the same thing and shows it at once."""
    return ipywidgets.interactive(
        draw,
        x_range=ipywidgets.FloatRangeSlider(value=(-6, 6), min=-12, max=12, step=0.1),
        x0=ipywidgets.FloatSlider(value=1, min=-6, max=6, step=0.1),
    )
