"""swept and slope_matrix: how the probabilities answer to the scores, one that moves and all at one place."""

from functools import lru_cache

import numpy as np
from helpers.figures.marks import FLAT_LOOK, FLAT_NOTE, FLAT_SHARE, Probe, Shades, two_panels

from helpers.arguments import nonempty_range, pair
from helpers.figures import Page
from helpers.figures.controls import bound, range_slider
from helpers.figures.sampling import flat_zones
from helpers.figures.style import BLUE, DASHED, INK, SMALL, VERMILION, number, own_settings
from lessons.softmax import COLOURS, NAMES, bars, listed, live, probabilities, sliders_for, square

__all__ = ["slope_matrix", "swept"]

# swept ----------------------------------------------------------------------------------------------------------------

FARTHEST = 200  # the first score sweeps from -FARTHEST to FARTHEST at the most
WIDTHS = (1, 4, 16, 80, 400)  # of the input range, one button each
SHARES = (0.01, 0.99)  # the rise is measured between these
FINE = 10**10  # the rise is found to one part in so many
STEPS = 2 * FARTHEST * FINE
DASHES = ("-", (0, (5, 2)), (0, (1.5, 2)), (0, (5, 2, 1, 2)), (0, (9, 2)))  # one a class, alike in both panels


@own_settings()
def swept(function, jacobian, scores=(1, 2, 3), *, x_range=None):
    """Return a LiveFigure of function(scores) while the first score sweeps over a range, with the slopes below.

    `function` returns one probability for each of an array of scores, `jacobian` the matrix of their slopes ∂pᵢ/∂zⱼ:
    helpers.softmax and helpers.softmax.jacobian, or your own. `scores` are two to five numbers from −4 to 4. `x_range`
    is the range shown at first, within −200 to 200; by default it is 16 wide and has the rise in its middle.
    What is none of these, and functions that fail, raise TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    rise, at, curves = _sweep(function, jacobian)
    page, show = _sweep_picture(len(sliders), rise, at, curves)
    span, zoom = _range_controls(page, x_range, rise(tuple(slider.value for slider in sliders.values())[1:]))
    last_range, last_zoom = span.value, zoom.value

    def update(z, x_range, zoom_to):
        nonlocal last_range, last_zoom
        x0, others, edge = z[0], tuple(z[1:]), 0.0
        if zoom_to not in (None, last_zoom):
            x_range, edge = around(rise(others), zoom_to), 0.1 * zoom_to
        elif x_range != last_range:  # pulled by hand: no button fits
            zoom_to = None
        lo, hi = nonempty_range(x_range)
        x0 = x0 if lo + edge <= x0 <= hi - edge else (lo + hi) / 2  # a button shows the tangent whole
        words = show(lo, hi, x0, others)
        span.value, zoom.value = last_range, last_zoom = x_range, zoom_to
        bound(sliders["z1"], lo, hi)
        sliders["z1"].value = x0
        return words

    return live(page, sliders, update)


def around(rise, width):
    """Return the (low, high) of a range of that width with the rise in its middle, within what can be shown."""
    middle = np.nan_to_num(rise).mean()
    lo = min(max(round(2 * middle) / 2 - width / 2, -FARTHEST), FARTHEST - width)
    return lo, lo + width


def _range_controls(page, x_range, rise):
    """Return (slider, buttons) for the range, or raise ValueError or TypeError when x_range cannot be shown."""
    lo, hi = around(rise, 16) if x_range is None else pair(x_range, "x_range")
    if lo < -FARTHEST or hi > FARTHEST:
        raise ValueError(f"x_range must lie within −200 to 200, but it runs from {lo:g} to {hi:g}; try (-8, 8).")
    span = page.controls["x_range"] = range_slider("input range", lo, hi, (-FARTHEST, FARTHEST))
    span.step, span.readout_format = 0.5, ".1f"
    page.choice("zoom_to", "or this wide", {str(width): width for width in WIDTHS}, 16 if x_range is None else None)
    zoom = page.controls["zoom_to"]
    zoom.style.button_width = "60px"
    return span, zoom


def _reached(first, share):
    """Return the lowest step at which `first` is no less than the share: bisect, for more steps than 32 bits hold."""
    low, high = 0, STEPS
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if first(middle) < share else (low, middle)
    return low


def _sweep(function, jacobian):
    """Return three functions of the other scores; what is asked again while only the probe moves is computed once."""

    @lru_cache(maxsize=1)
    def rise(others):
        """Return the scores at which the first probability passes 1 % and 99 %, or nan where it does not."""

        def first(step):
            return probabilities(function, np.array([step / FINE - FARTHEST, *others]))[0]

        steps = np.array([_reached(first, share) for share in SHARES])
        passed = [first(0) < share <= first(STEPS) for share in SHARES]
        return np.where(passed, steps / FINE - FARTHEST, np.nan)

    def at(x, others):
        """Return the probabilities and their slopes by the first score, which is x."""
        z = np.array([x, *others])
        return probabilities(function, z), square(jacobian, z)[:, 0]

    @lru_cache(maxsize=1)
    def curves(lo, hi, others):
        """Return (x, probabilities, slopes, the largest slope of the first one, be it in the picture or not)."""
        x = np.union1d(np.linspace(lo, hi, 121), np.linspace(*np.nan_to_num(rise(others)), 41))
        p, slopes = np.transpose([at(score, others) for score in x], (1, 2, 0))
        inside = (lo <= x) & (x <= hi)
        return x[inside], p[:, inside], slopes[:, inside], np.abs(slopes[0]).max()

    return rise, at, curves


def _sweep_picture(n, rise, at, curves):
    """Return (page, function that computes everything, moves the marks to it and returns the picture in words)."""
    page, upper, lower, lines = _two_panels_of_curves(n)
    shades, probe, measure = Shades(upper, lower), Probe(upper, lower), _ruler(upper)

    def show(lo, hi, x0, others):
        x, p, slopes, largest = curves(lo, hi, others)
        p0, slopes0 = at(x0, others)
        upper.reach(x=(lo, hi))
        for (above, below), heights, steepness in zip(lines, p, slopes, strict=True):
            above.move(x, heights)
            below.move(x, steepness)
        probe.move(x0, p0[0], slopes0[0], lo, hi)
        for text in probe.labels:  # zoomed in, they would be cut off at the edge
            text.set_visible(text.get_visible() and text.get_position()[0] < hi - 0.06 * (hi - lo))
        shades.move(flat_zones(x, slopes[0], FLAT_SHARE * largest, 0.02 * (hi - lo)), hi - lo)
        said = page.write(
            value=f"p({NAMES[0]}) = {number(p0[0])}",
            slopes=f"{listed(slopes0)}; sum {number(round(slopes0.sum(), 6))}",
            share=measure(lo, hi, *rise(others)),
        )
        return (
            f"The score of {NAMES[0]} sweeps from {number(lo, 1)} to {number(hi, 1)}; the other scores stay at "
            f"{', '.join(number(z, 1) for z in others)}. Its probability goes from {number(p[0, 0])} to "
            f"{number(p[0, -1])}. At {number(x0, 1)}: {listed(p0)}; slopes {said['slopes']}. Its rise: {said['share']}."
        )

    return page, show


def _two_panels_of_curves(n):
    """Return (page, upper panel, lower panel, lines): for each class that of its probability and that of its slope."""
    page, upper, lower = two_panels(below=f"score of {NAMES[0]}")
    upper.reach(y=(-0.1, 1.34))
    lower.axes.set(ylim=(-0.31, 0.31), yticks=[-0.25, 0, 0.25])
    upper.rule(1, **DASHED)
    upper.title("probabilities", BLUE)
    lower.title("their slopes", VERMILION)
    page.drag(upper, "z1")
    page.drag(lower, "z1")
    lines = []
    for i in range(n):
        look, left = {"width": 2 if i else 3, "linestyle": DASHES[i]}, 0.24 + 0.105 * i
        lines.append((upper.line(COLOURS[i], **look), lower.line(VERMILION, **look)))
        # The curves are named in a row above them, since they may lie upon each other.
        look |= {"transform": upper.axes.transAxes, "clip_on": False, "animated": False}
        upper.line(COLOURS[i], x=[left, left + 0.035], y=[1.063, 1.063], **look)
        upper.text(NAMES[i], left + 0.042, 1.045)
    lower.text(FLAT_NOTE, 1, down=39, ha="right", **FLAT_LOOK)
    upper.readout("value", color=BLUE, weight="bold")
    lower.readout("slopes", color=VERMILION, fontsize=12)
    lower.readout("share", 0, down=39, ha="left", fontsize=11)
    return page, upper, lower, lines


def _ruler(panel):
    """Return a function that draws a ruler from 1 % to 99 % and says how much of the picture it takes."""
    ruler = panel.line(INK, 1.4, marker="|", markersize=9)
    words = panel.label("", 0, 0, gid="width", fontsize=11, clip_on=True)

    def move(lo, hi, start, end):
        width, (left, right) = hi - lo, np.clip([start, end], lo, hi)
        ruler.move([start, end], [1.14, 1.14])
        if right - left > 0.3 * width:
            x, y, side = (left + right) / 2, 1.2, "center"
        elif left - lo > 0.3 * width:  # beside the ruler: on the left, where no tangent passes, if there is room
            x, y, side = left - 0.015 * width, 1.14, "right"
        else:
            x, y, side = right + 0.015 * width, 1.14, "left"
        words.set(x=x, y=y, ha=side, text=f"1 % to 99 %: {number(end - start, 2)} wide" if right > left else "")
        share = (end - start) / width
        size = f"{share:.1f} pictures" if share > 1 else f"{100 * share:.0f} % of the picture"
        return "no rise from 1 % to 99 %" if np.isnan(share) else f"1 % to 99 %: {size}"

    return move


# slope_matrix ---------------------------------------------------------------------------------------------------------

STEEPEST = 0.25  # no slope of softmax is larger
HEIGHT = 270  # pixels of the matrix
TOLERANCE = 1e-9  # sums below this count as 0: the rest is rounding


@own_settings()
def slope_matrix(function, jacobian, scores=(1, 2, 3)):
    """Return a LiveFigure of function(scores) as bars beside the matrix jacobian(scores), with a slider a score.

    `function` returns one probability for each of an array of scores, `jacobian` the slopes ∂pᵢ/∂zⱼ, a row for each
    probability and a column for each score: helpers.softmax and helpers.softmax.jacobian, or your own. A full square
    is a positive slope, a hollow one a negative slope; its area is the size. `scores` are two to five numbers from −4
    to 4. What is none of these, and functions that fail, raise TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    page, move_bars, squares, labels = _matrix(len(sliders))
    largest = squares.get_sizes()

    def update(z):
        p, slopes = probabilities(function, z), square(jacobian, z)
        texts, rows, columns = (signed(part) for part in (slopes, slopes.sum(axis=1), slopes.sum(axis=0)))
        move_bars(p)
        areas = np.minimum(np.abs(slopes.flat) / STEEPEST, 1)
        squares.set_sizes(areas * largest)
        squares.set_linewidths(np.minimum(1.6, 12 * np.sqrt(areas)))  # so that a small hollow square stays hollow
        squares.set_facecolors(np.where(slopes.flat > 0, VERMILION, "white"))
        for label, text in zip(labels, (*texts.flat, *rows, *columns), strict=True):
            label.set_text(text)
        lines = "; ".join(f"{NAMES[i]}: {', '.join(row)}" for i, row in enumerate(texts))
        return f"Probabilities: {listed(p)}. Slopes, row by row: {lines}. The rows sum to {', '.join(rows)}."

    return live(page, sliders, update)


@np.vectorize
def signed(value):
    """Return slopes with their signs; what only rounding has left is 0."""
    return "0" if abs(value) < TOLERANCE else ("+" if value > 0 else "") + number(value)


def _matrix(n):
    """Return (page, function that moves the bars, squares of the largest size, labels)."""
    page = Page(HEIGHT + 92)
    left = page.panel(56, HEIGHT, 56, 160, x=(0, 1.5), xticks=[])
    left.bare("bottom")
    left.title("probabilities", BLUE)
    left.text("column sum", 1, down=22, ha="right", **SMALL)
    borders = np.arange(n + 1) - 0.5
    panel = page.panel(56, HEIGHT, 262, 366, x=(-0.5, n - 0.5), y=(n - 0.5, -0.5), xticks=borders, yticks=borders)
    panel.axes.set_frame_on(False)
    panel.axes.tick_params(length=0, labelleft=False, labelbottom=False)
    panel.title("their slopes: what a row gains when …", VERMILION, up=30)
    columns, rows = np.meshgrid(range(n), range(n))
    look = {"s": (0.62 * HEIGHT / n) ** 2, "marker": "s", "edgecolors": VERMILION, "zorder": 2, "animated": True}
    squares = panel.axes.scatter(columns, rows - 0.12, **look)
    return page, bars(left, n, "p"), squares, _slopes_and_sums(panel, n)


def _slopes_and_sums(panel, n):
    """Name the columns of the matrix; return labels for all slopes, for the sums of rows, for the sums of columns."""
    panel.text("row sum", 1.12, up=4, ha="center", **SMALL)
    for i in range(n):
        panel.text(f"{NAMES[i]}'s score rises" if n < 4 else NAMES[i], (i + 0.5) / n, up=4, ha="center", **SMALL)
    small, bold = {"fontsize": 12 if n < 5 else 11}, {"weight": "bold", "color": VERMILION}
    return [
        *(panel.label("", j, i + 0.35, gid=f"slope-{NAMES[i]}-{NAMES[j]}", **small) for i, j in np.ndindex(n, n)),
        *(panel.label("", 1.12 * n - 0.5, i, gid=f"row sum {NAMES[i]}", **bold) for i in range(n)),
        *(panel.label("", i, 1.07 * n - 0.5, gid=f"column sum {NAMES[i]}", **bold) for i in range(n)),
    ]
