"""swept: one score moves while the others stay; every probability above, what each gains or loses below."""

import numpy as np

from helpers.arguments import opened, pair
from helpers.figures.controls import bound, choice, range_slider
from helpers.figures.live import LiveFigure
from helpers.figures.marks import FLAT_LOOK, FLAT_NOTE, FLAT_SHARE, Probe, Shades, two_panels
from helpers.figures.sampling import flat_zones
from helpers.figures.style import BLUE, DASHED, INK, VERMILION, number, own_settings
from helpers.lessons.softmax import COLOURS, NAMES, listed, probabilities, sliders_for, square

__all__ = ["swept"]

REACH = (-200.0, 200.0)
WIDTHS = (1, 4, 16, 80, 400)  # of the input range, one button each
SHARES = (0.01, 0.99)  # the rise is measured between these
DASHES = ("-", (0, (5, 2)), (0, (1.5, 2)), (0, (5, 2, 1, 2)), (0, (9, 2)))  # one a class, alike in both panels
HEIGHT = 1.14  # of the ruler


@own_settings()
def swept(function, jacobian, scores=(1, 2, 3), *, x_range=None):
    """Return a LiveFigure of function(scores) while the first score sweeps over a range, with the slopes below.

    `function` returns one probability for each of an array of scores, `jacobian` the matrix of their slopes ∂pᵢ/∂zⱼ:
    helpers.softmax and helpers.softmax.jacobian, or your own. `scores` are two to five numbers from −4 to 4. `x_range`
    is the range shown at first, within −200 to 200; by default it is 16 wide and has the rise in its middle.
    What is none of these, and functions that fail, raise TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    sweep, picture = Sweep(function, jacobian), Picture(len(sliders))
    span, zoom = _range_controls(sweep, [z.value for z in sliders.values()][1:], x_range)
    last = {"zoom": zoom.value, "range": span.value}

    def update(x_range, zoom_to, z1, **others):
        others, edge = list(others.values()), 0.0
        if zoom_to not in (None, last["zoom"]):
            x_range, edge = sweep.around(others, zoom_to), 0.1 * zoom_to
        elif x_range != last["range"]:  # pulled by hand: no button fits
            zoom_to = None
        lo, hi = opened(x_range)
        x0 = z1 if lo + edge <= z1 <= hi - edge else (lo + hi) / 2  # a button shows the tangent whole
        words = picture.show(sweep, lo, hi, x0, others)
        span.value, zoom.value = x_range, zoom_to
        last.update(zoom=zoom_to, range=x_range)
        bound(sliders["z1"], lo, hi)
        sliders["z1"].value = x0
        return words

    return LiveFigure(picture.page.figure, {"x_range": span, "zoom_to": zoom, **sliders}, update)


def _range_controls(sweep, others, x_range):
    """Return (slider, buttons) for the range, or raise ValueError or TypeError when x_range cannot be shown."""
    lo, hi = sweep.around(others, 16) if x_range is None else pair(x_range, "x_range")
    if lo < REACH[0] or hi > REACH[1]:
        raise ValueError(f"x_range must lie within −200 to 200, but it runs from {lo:g} to {hi:g}; try (-8, 8).")
    span = range_slider("input range", lo, hi, REACH)
    span.step, span.readout_format = 0.5, ".1f"
    zoom = choice("or this wide", {str(width): width for width in WIDTHS}, 16 if x_range is None else None)
    zoom.style.button_width = "60px"
    return span, zoom


class Sweep:
    """A function of several scores and its Jacobian, computed while the first score runs over a range."""

    def __init__(self, function, jacobian):
        self._function, self._jacobian = function, jacobian
        self._rises, self._curves = (None, None), (None, None)  # (what for, result) of the last computation

    def around(self, others, width):
        """Return the (low, high) of a range of that width with the rise in its middle, within what can be shown."""
        middle = float(np.mean(np.nan_to_num(self.rise(others))))
        lo = min(max(round(2 * middle) / 2 - width / 2, REACH[0]), REACH[1] - width)
        return lo, lo + width

    def rise(self, others):
        """Return the scores at which the first probability passes 1 % and 99 %, or nan where it does not."""
        if self._rises[0] != others:
            self._rises = others, [self._passes(share, others) for share in SHARES]
        return self._rises[1]

    def _passes(self, share, others):
        def first(x):
            return probabilities(self._function, np.array([x, *others]))[0]

        lo, hi = REACH
        if not first(lo) < share <= first(hi):
            return float("nan")
        for _ in range(45):  # halvings: 400 / 2⁴⁵ is about 10⁻¹¹
            middle = (lo + hi) / 2
            lo, hi = (middle, hi) if first(middle) < share else (lo, middle)
        return (lo + hi) / 2

    def at(self, x, others):
        """Return the probabilities and their slopes by the first score, one row for each x."""
        rows = [np.array([score, *others]) for score in x]
        p = [probabilities(self._function, z) for z in rows]
        return np.array(p), np.array([square(self._jacobian, z)[:, 0] for z in rows])

    def curves(self, lo, hi, others):
        """Return (x, probabilities, slopes), kept for as long as only the probe moves."""
        if self._curves[0] != (lo, hi, others):
            steep = np.clip(np.linspace(*np.nan_to_num(self.rise(others)), 41), lo, hi)
            x = np.union1d(np.linspace(lo, hi, 121), steep)
            self._curves = (lo, hi, others), (x, *self.at(x, others))
        return self._curves[1]


class Picture:
    """Probabilities above, their slopes below, and a ruler that shows how wide the rise is."""

    def __init__(self, n):
        self.page, upper, lower = two_panels(below=f"score of {NAMES[0]}")
        self._upper = upper
        upper.axes.set(ylim=(-0.1, 1.34), yticks=[0, 0.5, 1])
        lower.axes.set(ylim=(-0.31, 0.31), yticks=[-0.25, 0, 0.25])
        upper.rule(1, **DASHED)
        self._shades = Shades(upper, lower)
        looks = [{"width": 2.0 if i else 3.0, "linestyle": DASHES[i]} for i in range(n)]
        self._curves = [upper.line(COLOURS[i], zorder=3, **look) for i, look in enumerate(looks)]
        self._curves += [lower.line(VERMILION, zorder=3, **look) for look in looks]
        self._probe = Probe(upper, lower)
        self._ruler = upper.line(INK, 1.4, marker="|", markersize=9)
        upper.title("probabilities", BLUE)
        lower.title("their slopes", VERMILION)
        # The curves are named in a row above them, since they may lie upon each other.
        key = {"transform": upper.axes.transAxes, "clip_on": False, "animated": False, "zorder": 3}
        for i, look in enumerate(looks):
            left = 0.24 + 0.105 * i
            upper.line(COLOURS[i], x=[left, left + 0.035], y=[1.063, 1.063], **look, **key)
            upper.text(NAMES[i], left + 0.042, 1.045)
        lower.text(FLAT_NOTE, 1, -0.33, ha="right", **FLAT_LOOK)
        upper.readout("value", color=BLUE, weight="bold")
        lower.readout("slopes", color=VERMILION, fontsize=12)
        lower.readout("rise", 0, -0.33, ha="left", fontsize=11)
        self._wide = upper.text("", fontsize=11, gid="rise", transform=upper.data, clip_on=True, animated=True)

    def show(self, sweep, lo, hi, x0, others):
        """Compute everything, move the marks to it and return the picture in words."""
        x, p, slopes = sweep.curves(lo, hi, others)
        rise = sweep.rise(others)
        (p0, _), (slopes0, steepest) = sweep.at([x0, np.mean(np.nan_to_num(rise))], others)
        largest = max(abs(steepest[0]), np.abs(slopes[:, 0]).max())
        self._upper.reach(x=(lo, hi))
        for line, heights in zip(self._curves, (*p.T, *slopes.T), strict=True):
            line.set_data(x, heights)
        self._probe.move(x0, p0[0], slopes0[0], lo, hi)
        for text in self._probe.labels:  # zoomed in, they would be cut off at the edge
            text.set_visible(text.get_visible() and text.get_position()[0] < hi - 0.06 * (hi - lo))
        self._shades.move(flat_zones(x, slopes[:, 0], FLAT_SHARE * largest, 0.02 * (hi - lo)), hi - lo)
        said = self.page.write(
            value=f"p({NAMES[0]}) = {number(p0[0])}",
            slopes=f"{listed(slopes0)}; sum {number(round(float(slopes0.sum()), 6))}",
            rise=self._measure(lo, hi, *rise),
        )
        return (
            f"The score of {NAMES[0]} sweeps from {number(lo, 1)} to {number(hi, 1)}; the other scores stay at "
            f"{', '.join(number(z, 1) for z in others)}. Its probability goes from {number(p[0, 0])} to "
            f"{number(p[-1, 0])}. At {number(x0, 1)}: {listed(p0)}; slopes {said['slopes']}. Its rise: {said['rise']}."
        )

    def _measure(self, lo, hi, start, end):
        """Draw the ruler from 1 % to 99 % and return how much of the picture it takes."""
        share = (end - start) / (hi - lo)
        there = bool(np.isfinite(share))
        self._ruler.set_data([start, end], [HEIGHT, HEIGHT])
        left, right, gap = max(lo, start), min(hi, end), 0.015 * (hi - lo)
        if right - left > 0.3 * (hi - lo):
            self._wide.set(x=(left + right) / 2, y=HEIGHT + 0.04, ha="center")
        else:  # beside the ruler: on the left, where no tangent passes, if there is room
            room = left - lo > 0.3 * (hi - lo)
            self._wide.set(x=left - gap if room else right + gap, y=HEIGHT - 0.025, ha="right" if room else "left")
        self._wide.set(text=f"1 % to 99 %: {number(end - start, 2)} wide" if there and right > left else "")
        size = f"{share:.1f} pictures" if share > 1 else f"{100 * share:.0f} % of the picture"
        return f"1 % to 99 %: {size}" if there else "no rise from 1 % to 99 %"
