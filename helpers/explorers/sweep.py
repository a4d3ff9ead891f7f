"""swept: one score moves while the others stay; every probability above, what each gains or loses below."""

import numpy as np

from helpers.explorers.sweep_picture import FLAT, Picture
from helpers.figures.controls import bound, choice, range_slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import flat_zones, opened, pair
from helpers.lessons.softmax.scores import probabilities, sliders_for, square
from helpers.style import own_settings

REACH = (-200.0, 200.0)
WIDTHS = (1, 4, 16, 80, 400)  # of the input range, one button each
SHARES = (0.01, 0.99)  # the rise is measured between these


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
    probe, rest = sliders.pop("z1"), sliders
    lo, hi = sweep.around([z.value for z in rest.values()], 16) if x_range is None else _shown_range(x_range)
    span = range_slider("input range", lo, hi, REACH)
    span.step, span.readout_format = 0.5, ".1f"
    zoom = choice("or this wide", {str(width): width for width in WIDTHS}, 16 if x_range is None else None)
    zoom.style.button_width = "60px"
    last = {"zoom": zoom.value, "range": span.value}

    def update(x_range, zoom_to, z1, **others):
        others, edge = list(others.values()), 0.0
        if zoom_to not in (None, last["zoom"]):
            x_range, edge = sweep.around(others, zoom_to), 0.1 * zoom_to
        elif x_range != last["range"]:  # pulled by hand: no button fits
            zoom_to = None
        lo, hi = opened(x_range)
        x0 = z1 if lo + edge <= z1 <= hi - edge else (lo + hi) / 2  # a button shows the tangent whole
        state = sweep.compute(lo, hi, x0, others)
        span.value, zoom.value = x_range, zoom_to
        last.update(zoom=zoom_to, range=x_range)
        bound(probe, lo, hi)
        probe.value = x0
        return picture.show(state)

    return LiveFigure(picture.figure, {"x_range": span, "zoom_to": zoom, "z1": probe, **rest}, update)


def _shown_range(x_range):
    """Return x_range as two floats, or raise ValueError or TypeError when it cannot be shown."""
    lo, hi = pair(x_range, "x_range")
    if lo < REACH[0] or hi > REACH[1]:
        raise ValueError(f"x_range must lie within −200 to 200, but it runs from {lo:g} to {hi:g}; try (-8, 8).")
    return lo, hi


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

    def _at(self, x, others):
        """Return the probabilities and their slopes by the first score, one row for each x."""
        rows = [np.array([score, *others]) for score in x]
        p = [probabilities(self._function, z) for z in rows]
        return np.array(p), np.array([square(self._jacobian, z)[:, 0] for z in rows])

    def _curve(self, lo, hi, others):
        """Return (x, probabilities, slopes), kept for as long as only the probe moves."""
        if self._curves[0] != (lo, hi, others):
            steep = np.clip(np.linspace(*np.nan_to_num(self.rise(others)), 41), lo, hi)
            x = np.union1d(np.linspace(lo, hi, 121), steep)
            self._curves = (lo, hi, others), (x, *self._at(x, others))
        return self._curves[1]

    def compute(self, lo, hi, x0, others):
        """Return all that the picture shows, or raise before anything has moved."""
        x, p, slopes = self._curve(lo, hi, others)
        rise = self.rise(others)
        (p0, _), (slopes0, steepest) = self._at([x0, np.mean(np.nan_to_num(rise))], others)
        largest = max(abs(steepest[0]), np.abs(slopes[:, 0]).max())
        return {
            "range": (lo, hi), "x0": x0, "x": x, "p": p, "slopes": slopes, "p0": p0, "slopes0": slopes0, "rise": rise,
            "flat": flat_zones(x, slopes[:, 0], FLAT * largest, 0.02 * (hi - lo)), "others": others,
        }  # fmt: skip
