"""The picture of `explore` as others draw it: `interact` with pyplot, ipympl, and bqplot, which
draws in browsers.
"""

import bqplot
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from ipympl.backend_nbagg import Canvas, FigureManager
from matplotlib.figure import Figure

BLUE, VERMILION = "#0072B2", "#D55E00"


def leaky(x, slope=0.1):
    return np.where(x > 0, x, slope * x)


def leaky_slope(x, slope=0.1):
    return np.where(x > 0, 1.0, slope)


def compute(lo, hi, x0, slope):
    """Return what the picture shows: inputs, both curves, the tangent, the point, its value and its
    slope.
    """
    x = np.linspace(lo, hi, 481)
    y0, slope0 = float(leaky(x0, slope)), float(leaky_slope(x0, slope))
    run = np.array([-2.0, 2.0])
    return (
        x,
        leaky(x, slope),
        leaky_slope(x, slope),
        (x0 + run, y0 + slope0 * run),
        x0,
        y0,
        slope0,
    )


def sliders():
    """Return the sliders of every way, in the order of `explore`."""
    return {
        "x_range": ipywidgets.FloatRangeSlider(
            value=(-6, 6), min=-12, max=12, step=0.1
        ),
        "x0": ipywidgets.FloatSlider(value=-2, min=-6, max=6, step=0.1),
        "slope": ipywidgets.FloatSlider(value=0.1, min=0, max=1, step=0.01),
    }


def draw(x_range, x0, slope):
    """Draw a new pyplot figure, as `interact` does it for every step of a slider."""
    x, y, slopes, tangent, x0, y0, slope0 = compute(*x_range, x0, slope)
    _, (upper, lower) = plt.subplots(2, 1, sharex=True, height_ratios=(2, 1))
    for axes in (upper, lower):
        axes.grid()
        axes.axvline(x0, color="grey", linestyle=":")
    upper.plot(x, y, linewidth=3)
    upper.plot(*tangent, color="C1")
    upper.plot(x0, y0, "o", color="C0", markersize=10)
    upper.set(xlim=x_range, ylim=(-13, 13))
    upper.set_title(f"leaky({x0:.2f}) = {y0:.4f}", loc="right")
    lower.plot(x, slopes, color="C1", linewidth=3)
    lower.plot(x0, slope0, "o", color="C1")
    lower.set(ylim=(-0.1, 1.1), xlabel="input x")
    lower.set_title(f"slope at {x0:.2f} = {slope0:.4f}", loc="right")
    plt.show()


def interact():
    """Return the widget: `interact` makes the same thing and shows it at once."""
    return ipywidgets.interactive(draw, **sliders())


def ipympl():
    """Return the widget: one figure whose artists move, sent as an image by ipympl."""
    figure = Figure(figsize=(7.2, 4.8))
    canvas = Canvas(figure)
    FigureManager(canvas, 0)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
    for axes in (upper, lower):
        axes.grid()
    (curve,), (tangent,), (dot,) = (
        upper.plot([], [], lw=3),
        upper.plot([], [], "C1"),
        upper.plot([], [], "o", ms=10),
    )
    (below,), (mark,) = lower.plot([], [], "C1", lw=3), lower.plot([], [], "C1o")
    upper.set(ylim=(-13, 13))
    lower.set(ylim=(-0.1, 1.1), xlabel="input x")

    def update(x_range, x0, slope):
        x, y, slopes, line, x0, y0, slope0 = compute(*x_range, x0, slope)
        curve.set_data(x, y)
        tangent.set_data(*line)
        dot.set_data([x0], [y0])
        below.set_data(x, slopes)
        mark.set_data([x0], [slope0])
        upper.set_xlim(*x_range)
        upper.set_title(f"leaky({x0:.2f}) = {y0:.4f}", loc="right")
        lower.set_title(f"slope at {x0:.2f} = {slope0:.4f}", loc="right")
        canvas.draw_idle()

    return _moved(canvas, update)


def bqplot_way():
    """Return the widget: marks of bqplot, drawn in the browser from the numbers that are sent."""
    across = bqplot.LinearScale(min=-6.0, max=6.0)
    heights = (
        bqplot.LinearScale(min=-13.0, max=13.0),
        bqplot.LinearScale(min=-0.1, max=1.1),
    )
    nothing = {"x": [0.0], "y": [0.0]}
    curve, tangent, below = (
        bqplot.Lines(
            **nothing,
            scales={"x": across, "y": up},
            colors=[colour],
            stroke_width=width,
        )
        for up, colour, width in (
            (heights[0], BLUE, 3),
            (heights[0], VERMILION, 2),
            (heights[1], VERMILION, 3),
        )
    )
    dots = [
        bqplot.Scatter(**nothing, scales={"x": across, "y": up}, colors=[colour])
        for up, colour in zip(heights, (BLUE, VERMILION), strict=True)
    ]
    figures = [
        bqplot.Figure(
            marks=marks,
            axes=[
                bqplot.Axis(scale=across),
                bqplot.Axis(scale=up, orientation="vertical"),
            ],
            layout={"width": "720px", "height": f"{height}px"},
            title="leaky",
        )
        for marks, up, height in (
            ([curve, tangent, dots[0]], heights[0], 320),
            ([below, dots[1]], heights[1], 200),
        )
    ]

    def update(x_range, x0, slope):
        x, y, slopes, line, x0, y0, slope0 = compute(*x_range, x0, slope)
        across.min, across.max = x_range
        for mark, (xs, ys) in (
            (curve, (x, y)),
            (tangent, line),
            (below, (x, slopes)),
            (dots[0], ([x0], [y0])),
            (dots[1], ([x0], [slope0])),
        ):
            with mark.hold_sync():
                mark.x, mark.y = xs, ys
        figures[1].title = f"slope at {x0:.2f} = {slope0:.4f}"
        figures[
            0
            # The last.
        ].title = f"leaky({x0:.2f}) = {y0:.4f}, inputs from {x_range[0]:.1f} to {x_range[1]:.1f}"

    return _moved(ipywidgets.VBox(figures), update)


def _moved(picture, update):
    """Return a widget of a picture above its sliders, each of which calls update(x_range, x0,
    slope).
    """
    controls = sliders()

    def changed(_=None):
        update(**{name: control.value for name, control in controls.items()})

    for control in controls.values():
        control.observe(changed, "value")
    changed()
    return ipywidgets.VBox([picture, *controls.values()])
