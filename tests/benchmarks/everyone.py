"""The picture of `explore` as others draw it: `interact` with pyplot, ipympl, and bqplot, which
draws in browsers.
"""

import bqplot
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from ipympl.backend_nbagg import Canvas, FigureManager
from matplotlib.figure import Figure

BLUE = "#0072B2"
VERMILION = "#D55E00"
UPPER = (-13.0, 13.0)
LOWER = (-0.1, 1.1)


def leaky(x, slope=0.1):
    return np.where(x > 0, x, slope * x)


def leaky_slope(x, slope=0.1):
    return np.where(x > 0, 1.0, slope)


def compute(x_range, x0, slope):
    """Return the picture's shapes, x and y of each by its name, and its two titles."""
    x = np.linspace(*x_range, 481)
    y0 = float(leaky(x0, slope))
    slope0 = float(leaky_slope(x0, slope))
    run = np.array([-2.0, 2.0])
    shapes = {
        "curve": (x, leaky(x, slope)),
        "tangent": (x0 + run, y0 + slope0 * run),
        "dot": ([x0], [y0]),
        "slopes": (x, leaky_slope(x, slope)),
        "mark": ([x0], [slope0]),
    }
    titles = f"leaky({x0:.2f}) = {y0:.4f}", f"slope at {x0:.2f} = {slope0:.4f}"
    return shapes, titles


def sliders():
    """Return the sliders of every way, in the order of `explore`."""
    floats = ipywidgets.FloatSlider
    ends = ipywidgets.FloatRangeSlider
    return {
        "x_range": ends(value=(-6, 6), min=-12, max=12, step=0.1),
        "x0": floats(value=-2, min=-6, max=6, step=0.1),
        "slope": floats(value=0.1, min=0, max=1, step=0.01),
    }


def panels(figure):
    """Return both axes of a new picture, and its lines by name."""
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
    lines = {
        "curve": upper.plot([], [], "C0", linewidth=3),
        "tangent": upper.plot([], [], "C1"),
        "dot": upper.plot([], [], "C0o", markersize=10),
        "slopes": lower.plot([], [], "C1", linewidth=3),
        "mark": lower.plot([], [], "C1o"),
    }
    upper.set(ylim=UPPER)
    lower.set(ylim=LOWER, xlabel="input x")
    upper.grid()
    lower.grid()
    return (upper, lower), {name: line for name, (line,) in lines.items()}


def fill(both, lines, x_range, x0, slope):
    """Move the lines and titles of a picture to what its sliders say."""
    shapes, titles = compute(x_range, x0, slope)
    for name, points in shapes.items():
        lines[name].set_data(*points)
    for axes, title in zip(both, titles, strict=True):
        axes.set_title(title, loc="right")
        axes.set_xlim(*x_range)


def draw(**values):
    """Draw a new pyplot figure, as `interact` does it for every step of a slider."""
    fill(*panels(plt.figure()), **values)
    plt.show()


def interact():
    """Return the widget: `interact` makes the same thing and shows it at once."""
    return ipywidgets.interactive(draw, **sliders())


def ipympl():
    """Return the widget: one figure whose artists move, sent as an image by ipympl."""
    figure = Figure(figsize=(7.2, 4.8))
    canvas = Canvas(figure)
    FigureManager(canvas, 0)
    both, lines = panels(figure)

    def update(**values):
        fill(both, lines, **values)
        canvas.draw_idle()

    return _moved(canvas, update)


def bqplot_way():
    """Return the widget: marks of bqplot, drawn in the browser from the numbers that are sent."""
    across = bqplot.LinearScale(min=-6.0, max=6.0)
    upper, lower = (bqplot.LinearScale(min=y[0], max=y[1]) for y in (UPPER, LOWER))

    def mark(kind, up, colour, **style):
        scales = {"x": across, "y": up}
        return kind(x=[0.0], y=[0.0], scales=scales, colors=[colour], **style)

    marks = {
        "curve": mark(bqplot.Lines, upper, BLUE, stroke_width=3),
        "tangent": mark(bqplot.Lines, upper, VERMILION),
        "dot": mark(bqplot.Scatter, upper, BLUE),
        "slopes": mark(bqplot.Lines, lower, VERMILION, stroke_width=3),
        "mark": mark(bqplot.Scatter, lower, VERMILION),
    }

    def panel(up, height):
        vertical = bqplot.Axis(scale=up, orientation="vertical")
        return bqplot.Figure(
            marks=[each for each in marks.values() if each.scales["y"] is up],
            axes=[bqplot.Axis(scale=across), vertical],
            layout={"width": "720px", "height": height},
            title="leaky",
        )

    above, below = panel(upper, "320px"), panel(lower, "200px")

    def update(x_range, x0, slope):
        shapes, titles = compute(x_range, x0, slope)
        across.min, across.max = x_range
        for name, (x, y) in shapes.items():
            with marks[name].hold_sync():
                marks[name].x = x
                marks[name].y = y
        below.title = titles[1]
        # The last thing that changes: the benchmark waits for it.
        above.title = f"{titles[0]}, inputs from {x_range[0]:.1f} to {x_range[1]:.1f}"

    return _moved(ipywidgets.VBox([above, below]), update)


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
