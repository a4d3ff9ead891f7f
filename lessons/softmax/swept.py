"""swept: the probabilities and their slopes while the first score moves."""

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from helpers.arguments import nonempty_range
from helpers.figures.controls import choice, range_slider, set_ends
from helpers.figures.live import LiveFigure
from helpers.figures.parts import (
    FLAT_LOOK,
    FLAT_NOTE,
    FLAT_SHARE,
    draw_probe,
    shade,
    two_panels,
)
from helpers.figures.sampling import flat_zones, share_for
from helpers.figures.style import BLUE, DASHED, INK, VERMILION, number
from lessons.softmax.bars import COLOURS
from lessons.softmax.scores import NAMES, by_class, probabilities, score_sliders

FARTHEST = 200  # the first score sweeps from -FARTHEST to FARTHEST at the most
WIDTHS = (1, 4, 16, 80, 400)  # of the input range, one button each
# One a class, alike in both panels.
DASHES = (
    "-",
    (0, (5, 2)),
    (0, (1.5, 2)),
    (0, (5, 2, 1, 2)),
    (0, (9, 2)),
)


class Rise(NamedTuple):
    """The first score where its probability passes 1 % and 99 %, nan if it does not pass both."""

    start: float
    end: float


class Curves(NamedTuple):
    """What is drawn over a range of first scores x."""

    x: np.ndarray
    p: np.ndarray  # (classes, points)
    slopes: np.ndarray  # (classes, points), by the first score
    steepest: float  # of the first class, be it in the range or not


def swept(function, scores=(1, 2, 3)):
    """Return a LiveFigure of function(scores) over a range of the first score, slopes below.

    `function` returns one probability for each of an array of scores: helpers.softmax or your own.
    Its slopes are measured. `scores` are two to five numbers from −4 to 4. The range is 16 wide at
    first and has the rise in its middle. What is none of these, and a function that fails, raises
    TypeError or ValueError.
    """
    sliders = score_sliders(scores)
    first, *others = sliders.values()
    # While the first score alone moves, these stay the same.
    rise_for = lru_cache(maxsize=1)(partial(find_rise, function))
    # How far to both sides of a score its slope is measured.
    step = 10 * share_for(function)
    curves_for = lru_cache(maxsize=1)(partial(sample_curves, function, step))

    def rise_now():
        return rise_for(tuple(slider.value for slider in others))

    zoom = choice("or this wide", {str(width): width for width in WIDTHS}, 16)
    ends = around(rise_now(), zoom.value)
    span = range_slider("input range", ends, (-FARTHEST, FARTHEST), step=0.5)
    zoom.style.button_width = "60px"

    def follow(name):
        """Let a button set the range, the range release the buttons, the score stay inside."""
        margin = 0.0
        if name == "zoom_to" and zoom.value is not None:
            span.value = around(rise_now(), zoom.value)
            margin = 0.1 * zoom.value  # a button shows the tangent whole
        elif name == "x_range":
            zoom.value = None  # no button is down
        lo, hi = span.value
        if lo == hi:
            return
        x0 = first.value
        if not lo + margin <= x0 <= hi - margin:
            x0 = (lo + hi) / 2
        set_ends(first, lo, hi)
        first.value = x0

    # `zoom_to` has set x_range, in `follow`.
    def draw(page, x_range, zoom_to, z1, **others):
        lo, hi = nonempty_range(x_range)
        others = tuple(others.values())
        rise = rise_for(others)
        curves = curves_for(lo, hi, others, rise)
        p0, slopes0 = evaluate_at(function, step, z1, others)
        # Of a softmax the largest slope is 1/4.
        steepest = max(0.31, 1.1 * curves.steepest)
        threshold = FLAT_SHARE * curves.steepest
        least_width = 0.02 * (hi - lo)
        flat = flat_zones(curves.x, curves.slopes[0], threshold, least_width)

        upper, lower = two_panels(
            page,
            (lo, hi),
            y_above=(-0.1, 1.34),
            y_below=(-steepest, steepest),
            caption=f"score of {NAMES[0]}",
        )
        lower.yticks = (-0.25, 0, 0.25)
        page.drag(upper, "z1")
        page.drag(lower, "z1")
        upper.title("probabilities", BLUE)
        lower.title("their slopes", VERMILION)
        lower.text(FLAT_NOTE, 1, down=39, ha="right", **FLAT_LOOK)
        upper.hline(1, **DASHED)
        for i in range(len(p0)):
            style = {"linestyle": DASHES[i], "width": 2 if i else 3}
            upper.line(
                curves.x, curves.p[i], COLOURS[i], gid=f"p of {NAMES[i]}", **style
            )
            slope = f"slope of {NAMES[i]}"
            lower.line(curves.x, curves.slopes[i], VERMILION, gid=slope, **style)
            # The curves are named in a row above them, since they may lie upon each other.
            left = 0.24 + 0.105 * i
            key = {"coordinates": "panel", "clip_on": False, **style}
            upper.line([left, left + 0.035], 1.063, COLOURS[i], **key)
            upper.text(NAMES[i], left + 0.042, 1.045)
        shade(upper, lower, flat)
        # Nearer to the edge, the labels would be cut off.
        labels = z1 + 1 < hi - 0.13 * (hi - lo)
        draw_probe(upper, lower, z1, p0[0], slopes0[0], labels)
        draw_ruler(upper, rise)

        words = f"p({NAMES[0]}) = {number(p0[0])}"
        upper.readout("value", words, color=BLUE, weight="bold")
        words = f"{by_class(slopes0)}; sum {number(round(slopes0.sum(), 6))}"
        slopes = lower.readout("slopes", words, color=VERMILION, fontsize=12)
        words = rise_in_words(rise, hi - lo)
        share = lower.readout("share", words, 0, down=39, ha="left", fontsize=11)
        return (
            f"The score of {NAMES[0]} sweeps from {number(lo, 1)} to {number(hi, 1)}; the other "
            f"scores stay at {', '.join(number(z, 1) for z in others)}. Its probability goes from "
            f"{number(curves.p[0, 0])} to {number(curves.p[0, -1])}. At {number(z1, 1)}: "
            f"{by_class(p0)}; slopes {slopes}. Its rise: {share}."
        )

    controls = {"x_range": span, "zoom_to": zoom, **sliders}
    recorded = []
    for width in WIDTHS:
        low, high = around(rise_now(), width)
        block = {"zoom_to": [width], "x_range": [(low, high)]}
        block["z1"] = np.linspace(low, high, min(41, 10 * width + 1)).round(1).tolist()
        if low <= first.value <= high:
            block["z1"].append(first.value)
        recorded.append(block)
    return LiveFigure(
        draw,
        controls,
        height=478,
        follow=follow,
        leading=["x_range", "zoom_to"],
        recorded=recorded,
        caches=[rise_for, curves_for],
    )


def around(rise, width):
    """Return the (low, high) of a range that wide, the rise in its middle if FARTHEST allows."""
    middle = np.nan_to_num(rise).mean()
    lo = round(2 * middle) / 2 - width / 2
    lo = min(max(lo, -FARTHEST), FARTHEST - width)
    return lo, lo + width


def find_rise(function, others):
    """Return the Rise of the first probability, to six digits behind the point."""

    def first_probability(x):
        z = np.array([x, *others])
        return probabilities(function, z)[0]

    def crossing(share):
        low, high = -FARTHEST, FARTHEST
        if not first_probability(low) < share <= first_probability(high):
            return np.nan
        while high - low > 1e-7:
            middle = (low + high) / 2
            if first_probability(middle) < share:
                low = middle
            else:
                high = middle
        return round(high, 6)

    try:
        rise = Rise(crossing(0.01), crossing(0.99))
    except ValueError as error:
        what, _, advice = str(error).partition("; ")
        if not advice.startswith("choose a range of inputs"):
            raise
        raise ValueError(
            f"{what}; first scores from −200 to 200 are tried: subtract the largest score before "
            "np.exp."
        ) from error
    if np.isnan(rise).any():
        return Rise(np.nan, np.nan)
    return rise


def evaluate_at(function, step, x, others):
    """Return the probabilities and their slopes by the first score, which is x."""
    p = probabilities(function, np.array([x, *others]))
    before = probabilities(function, np.array([x - step, *others]))
    behind = probabilities(function, np.array([x + step, *others]))
    slopes = (behind - before) / (2 * step)
    # Below a billionth they are rounding.
    return p, slopes.round(9)


def sample_curves(function, step, lo, hi, others, rise):
    """Return the Curves from lo to hi; where the rise is, points lie closer."""
    along_rise = np.linspace(*np.nan_to_num(rise), 41)
    x = np.union1d(np.linspace(lo, hi, 121), along_rise)
    values = [evaluate_at(function, step, score, others) for score in x]
    p, slopes = np.transpose(values, (1, 2, 0))
    inside = (lo <= x) & (x <= hi)
    steepest = np.abs(slopes[0]).max()
    return Curves(x[inside], p[:, inside], slopes[:, inside], steepest)


def draw_ruler(panel, rise):
    """Draw a ruler from 1 % to 99 %, with words where it can be seen."""
    lo, hi = panel.x
    width = hi - lo
    left, right = np.clip(rise, lo, hi)
    panel.line(rise, 1.14, INK, 1.4, marker="|", markersize=9, gid="ruler")
    if np.isnan(left) or left == right:
        return
    words = f"1 % to 99 %: {number(rise.end - rise.start, 2)} wide"
    look = {"gid": "width", "fontsize": 11, "clip_on": True}
    if right - left > 0.3 * width:
        panel.label(words, (left + right) / 2, 1.2, **look)
    elif left - lo > 0.3 * width:  # on the left no tangent passes
        panel.label(words, left - 0.015 * width, 1.14, ha="right", **look)
    else:
        panel.label(words, right + 0.015 * width, 1.14, ha="left", **look)


def rise_in_words(rise, width):
    """Return how much of a picture of that width the rise takes."""
    share = (rise.end - rise.start) / width
    if np.isnan(share):
        return "no rise from 1 % to 99 %"
    if share > 1:
        return f"1 % to 99 %: {share:.1f} pictures"
    return f"1 % to 99 %: {100 * share:.0f} % of the picture"
