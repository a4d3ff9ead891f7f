"""Parts of a picture that several figures share: two panels, the probe, flat zones, jumps, threads,
labels.
"""

from statistics import fmean

import numpy as np

from helpers.figures.page import outline
from helpers.figures.style import (
    BLUE,
    FLAT_FILL,
    FLAT_TEXT,
    INK,
    ORANGE,
    SKY,
    VERMILION,
    number,
)

LONGEST = 15  # letters of a name in a margin
ZONES = 3  # so many flat zones are shaded at the most
FLAT_SHARE = 0.05  # "flat" means: the slope is below this share of its largest value
FLAT_NOTE = f"flat: slope below {FLAT_SHARE * 100:.0f} % of its largest"
FLAT_LOOK = {"color": FLAT_TEXT, "fontsize": 11}
WIDEST = 18  # of an input range in which a run of 1 is long enough for words


def two_panels(
    page,
    x,
    y_above,
    y_below,
    *,
    heights=(236, 118),
    width=652,
    gap=40,
    caption="input x",
    caption_down=39,
):
    """Return (upper panel, lower panel) over one input axis, with a caption and lines at 0.

    Sizes are in pixels. With the usual ones the page has to be 478 high: 36 for the upper title,
    `heights`, the `gap` for the lower title, and 48 for numbers and caption.
    """
    upper = page.panel(36, heights[0], width=width, x=x, y=y_above, xlabels=False)
    lower = page.panel(36 + heights[0] + gap, heights[1], width=width, x=x, y=y_below)
    lower.caption(caption, caption_down)
    upper.hline(0)
    lower.hline(0)
    return upper, lower


# The probe


def draw_probe(upper, lower, x0, y0, slope, labels=True):
    """Draw the point x₀ of a curve: dotted lines, dots on both curves, the tangent and its rise
    over a run of 1.
    """
    lo, hi = upper.x
    upper.dotted_vline(x0)
    lower.dotted_vline(x0)
    half = 0.16 * (hi - lo)
    ends = np.array([x0 - half, x0 + half])
    upper.line(ends, y0 + slope * (ends - x0), VERMILION, 2, zorder=4, gid="tangent")
    # The run ends at x₀ where it would leave the picture otherwise: the tangent rises alike on both
    # sides.
    backwards = lo <= x0 - 1 and hi < x0 + 1
    start = x0 - 1 if backwards else x0
    end = start + 1
    foot = y0 + slope * (start - x0)
    top = foot + slope
    upper.area([(start, foot), (end, foot), (end, top)], VERMILION, 0.16)
    upper.line([start, end], foot, VERMILION, 1, linestyle=(0, (3, 2)), gid="run")
    thick = {"solid_capstyle": "butt", "zorder": 4}
    upper.line(end, [foot, top], VERMILION, 4, gid="rise line", **thick)
    lower.line(x0, [0, slope], VERMILION, 4, gid="slope line", **thick)
    upper.dots(x0, y0, BLUE, zorder=6, gid="probe")
    lower.dots(x0, slope, VERMILION, zorder=6, gid="slope probe")
    if labels and hi - lo <= WIDEST:
        label_probe(upper, end, foot, slope)


def label_probe(panel, end, foot, slope):
    """Write +1 under the run and the rise beside it."""
    lo, hi = panel.x
    span = hi - lo
    height = panel.y[1] - panel.y[0]
    rises = slope >= 0
    look = {"color": VERMILION, "fontsize": 11, "clip_on": True}
    below = -0.02 if rises else 0.075
    panel.label("+1", end - 0.5, foot + below * height, va="top", **look)
    # The label stands beside a rise that is long enough for it, unless the picture ends there; else
    # at the rise's end, where a steep tangent pushes it to the left.
    label_width = 0.06 * span
    edge = end + label_width > hi
    short = abs(slope) <= 0.12 * height
    steep = label_width * abs(slope) > 0.025 * height
    on_the_left = edge or (short and steep)
    beyond = 0.05 if rises else -0.05
    panel.label(
        ("+" if rises else "") + number(slope, 2),
        end if on_the_left else end + 0.008 * span,
        foot + slope + beyond * height if edge or short else foot + slope / 2,
        ha="right" if on_the_left else "left",
        va="center",
        gid="rise",
        **look,
    )


# Curves


def shade(upper, lower, zones):
    """Shade flat zones, each (left, right), in both panels, the widest ones if there are too
    many.
    """
    span = upper.x[1] - upper.x[0]
    widest = sorted(zones, key=lambda zone: zone[0] - zone[1])[:ZONES]
    for left, right in widest:
        for panel in (upper, lower):
            look = {
                "coordinates": "x",
                "alpha": 0.15,
                "zorder": 0.5,
                "gid": "flat zone",
            }
            panel.rectangle(left, 0, right - left, 1, FLAT_FILL, **look)
        if right - left > 0.06 * span:
            lower.label(
                "flat", (left + right) / 2, 0.87, coordinates="x", zorder=1, **FLAT_LOOK
            )


def draw_curve(panel, drawn, colour, width=3, **look):
    """Draw a curve that may jump, with dots at the ends of its branches, hollow where it has no
    value.
    """
    panel.line(drawn.x, drawn.y, colour, width, **look)
    if not len(drawn.jumps):
        return
    place, before, behind, at = drawn.jumps.T
    ends_x = np.tile(place, 2)
    ends_y = np.concatenate([before, behind])
    hollow = ends_y != np.tile(at, 2)
    dot = {"size": 6.5, "rim": 1.8, "markeredgecolor": colour}
    panel.dots(ends_x[hollow], ends_y[hollow], "white", gid="open ends", **dot)
    panel.dots(place, at, colour, gid="closed ends", **dot)


# Threads

RULERS = {  # options of a panel with threads
    "sides": ("top", "bottom"),
    "ticks": {"top": True, "labeltop": True, "labelsize": 11},
    "yticks": (),
    "grid": False,
}


def draw_threads(panel, places, probe, **look):
    """Draw threads between rulers at the whole heights of a panel, down to 0, in a panel with the
    options RULERS.

    `places` has a row for each ruler, the highest first: where each thread meets it; `probe` has
    the places of the thick one. What enters the lowest ruler colours a thread: orange below 0, blue
    above.
    """
    heights = np.arange(len(places))[::-1]
    for height in heights[1:-1]:
        panel.hline(height, color=INK)
    places = np.asarray(places)
    entering = places[-2]
    for colour, own in (
        (INK, entering == 0),
        (ORANGE, entering < 0),
        (BLUE, entering > 0),
    ):
        # One line for all threads of a colour, broken behind each.
        paths = np.vstack([places[:, own], np.full(own.sum(), np.nan)])
        up = np.append(heights, np.nan)
        panel.line(
            paths.T.ravel(),
            np.tile(up, own.sum()),
            colour,
            1.2,
            gid="threads",
            **look,
        )
    panel.line(
        probe, heights, INK, 2.4, marker="o", markersize=8, clip_on=False, gid="probe"
    )


# Labels


def shortened(name):
    """Return a name that fits into the margin."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def keep_apart(wanted, gap, low, high):
    """Return places from `low` to `high` as near as can be to the wanted ones, in order and `gap`
    or more apart.

    Without room for such gaps they are as wide as there is room.

    """
    order = np.argsort(wanted, kind="stable")
    count = len(order)
    gap = min(gap, (high - low) / max(1, count - 1))
    shifts = gap * np.arange(count)
    # Without the gaps: where these places rise, there is room enough.
    free = (np.asarray(wanted)[order] - shifts).tolist()
    # The nearest rising numbers (isotonic regression): the largest of the smallest means of
    # stretches around each.
    rising = []
    for k in range(count):
        smallest = [
            min(fmean(free[i:j]) for j in range(k + 1, count + 1)) for i in range(k + 1)
        ]
        rising.append(max(smallest))
    places = np.clip(rising, low, high - shifts[-1]) + shifts
    return places[np.argsort(order)]


# A target and a sum

DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)))  # a few lines stay apart in grey too


def draw_sum(
    page,
    x,
    target,
    start,
    contributions,
    colours,
    limits,
    limits_below,
    heights=(206, 124),
):
    """Draw a target with start + the sum of `contributions` above, and these below; return the
    two panels and the heights of the sum.

    `contributions` has shape (units, points), with a colour for each unit; `limits` and
    `limits_below` are those of the vertical axes, `heights` those of the panels in pixels.
    """
    ends = (x[0], x[-1])
    upper, lower = two_panels(
        page, ends, limits, limits_below, heights=heights, gap=44, caption_down=41
    )
    total = start + contributions.sum(axis=0)
    upper.area(outline(x, target, total), SKY, 0.35)
    upper.line(x, target, INK, 1.5, linestyle=(0, (4, 3)), zorder=5, gid="target")
    upper.line(x, total, BLUE, zorder=4, gid="total")
    # A name at the very edge would be cut off.
    highest = np.clip(target.argmax(), 30, len(x) - 30)
    upper.label("target", x[highest], target.max() + 0.03 * np.ptp(target), va="bottom")
    few = len(contributions) <= len(DASHES)
    width = 2.4 if len(contributions) < 6 else 1.2
    for i, (part, colour) in enumerate(zip(contributions, colours, strict=True)):
        dashes = DASHES[i] if few else "-"
        lower.line(x[::4], part[::4], colour, width, linestyle=dashes, gid=f"part-{i}")
    return upper, lower, total
