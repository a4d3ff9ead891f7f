"""Networks as circles and arrows: a unit holds its number, an arrow shows its weight.

    panel = diagram(page, top=36, height=200)
    places = layer_places([1, 2], x=(60, 300), y=100)  # one unit, then two
    draw_weights(panel, places[0], places[1], weights=[[1.5, -0.5]])
    for x, y in places[1]:
        draw_unit(panel, x, y, "0.25")

All places and sizes are pixels, counted from the panel's top left corner. The thicker an arrow, the
larger its weight; one of a negative weight is dashed and purple, one of 0 dotted and thin.
"""

import numpy as np

from helpers.figures.style import BLUE, INK, PURPLE, SOFT, ink, number

RADIUS = 25  # of a unit
SMALL_RIM = 11  # widths of a small unit, with its rim …
SMALL_UNIT = 8  # … and without it
HEAD = 9  # length of an arrow's head
LETTER = 7.2  # width of a letter of the usual size, on average
# Of small units, from an output of 0 to the largest; apart enough that a stored picture keeps them.
SHADES = ("#FFFFFF", "#C9CED4", "#8C959F", "#57606A", "#24292F")
POSITIVE = {"color": BLUE, "linestyle": "-"}
NEGATIVE = {"color": ink(PURPLE), "linestyle": (0, (2, 0.9))}
NO_WEIGHT = {"color": SOFT, "linestyle": (0, (1, 2.5))}


def diagram(page, top, height):
    """Return a panel across the whole page whose places are pixels from its top left corner."""
    limits = {"x": (0, page.width), "y": (height, 0)}
    return page.panel(top, height, 0, page.width, frame=False, **limits)


def layer_places(counts, x, y, gap=90):
    """Return for each layer the centres of its units, an array of shape (units, 2).

    `counts` are the units of the layers and `x` their places from left to right, `y` is the middle
    of all; units of a layer stand `gap` apart.
    """
    places = []
    for count, across in zip(counts, x, strict=True):
        down = y + gap * (np.arange(count) - (count - 1) / 2)
        places.append(np.column_stack([np.full(count, across), down]))
    return places


def weight_look(weight):
    """Return the colour and the line style that tell a weight's sign."""
    if weight == 0:
        return NO_WEIGHT
    return POSITIVE if weight > 0 else NEGATIVE


def draw_unit(
    panel, x, y, words="", colour=INK, *, radius=RADIUS, fill="white", **look
):
    """Draw a unit: a circle with words inside, in the colour of its rim and these; return the
    words.
    """
    panel.dots(x, y, fill, 2 * radius, 1.8, markeredgecolor=colour, zorder=4)
    look = {"fontsize": 13, "color": colour, "zorder": 5, **look}
    return panel.label(words, x, y, **look) if words else words


def draw_arrow(
    panel, start, end, weight=1.0, words="", *, radius=RADIUS, place=0.5, **look
):
    """Draw an arrow from the rim of the unit at `start` to the rim of the one at `end`.

    Its width and its style show the weight, which `words` name in a gap of the arrow, at that
    `place` of the way (0 to 1); `look` are properties of the line.
    """
    start = np.asarray(start, dtype=float)
    way = end - start
    direction = way / np.hypot(*way)
    first = start + (radius + 3) * direction
    tip = end - (radius + 3) * direction
    foot = tip - HEAD * direction
    style = {**weight_look(weight), "zorder": 2, "solid_capstyle": "butt", **look}
    width = arrow_width(weight)
    pieces = [(first, foot)]
    if words:
        middle = first + place * (foot - first)
        gap = gap_for(words, direction) * direction
        pieces = [(first, middle - gap), (middle + gap, foot)]
        panel.label(words, *middle, color=style["color"], weight="bold")
    for piece in pieces:
        panel.line(*np.transpose(piece), width=width, **style)
    side = (HEAD / 2 + width / 3) * direction[::-1] * (1, -1)
    panel.area([tip, foot + side, foot - side], style["color"], zorder=2)


def arrow_width(weight):
    """Return how thick the arrow of a weight is, in pixels: 1, up to 7 for weights beyond 3."""
    return 1 + 2 * min(abs(weight), 3.0)


def gap_for(words, direction):
    """Return half the length of the gap that an arrow needs for words, which stay level."""
    half_width = LETTER * len(words) / 2 + 5
    across, down = np.abs(direction) + 1e-9
    return min(half_width / across, 11 / down)


def draw_weights(panel, starts, ends, weights, **options):
    """Draw an arrow from each unit at `starts` to each at `ends`, with its own of the `weights`
    (starts, ends) on it; `options` are those of draw_arrow.
    """
    for start, row in zip(starts, weights, strict=True):
        for end, weight in zip(ends, row, strict=True):
            words = f"× {number(weight, 1)}"
            draw_arrow(panel, start, end, weight, words, **options)


def draw_small_units(panel, places, shares):
    """Draw many small units at `places` (units, 2): the darker the larger their share of 1, white
    for 0 alone.
    """
    panel.scatter(*places.T, SOFT, SMALL_RIM, zorder=3)
    steps = np.ceil(np.asarray(shares) * (len(SHADES) - 1))
    for step, shade in enumerate(SHADES):
        own = places[steps == step]
        panel.scatter(*own.T, shade, SMALL_UNIT, zorder=4)


def draw_votes(panel, starts, end, votes):
    """Draw a line from each of many units at `starts` (units, 2) to one place, as thick as its vote
    is large.

    `votes` are what the units add there: output times weight. The line of the largest is 5 pixels
    thick; below a tenth of it there is none. Signs look like those of weights.
    """
    votes = np.asarray(votes, dtype=float)
    largest = np.abs(votes).max() or 1.0
    widths = np.rint(5 * votes / largest)
    for width in sorted(set(widths) - {0}):
        x, y = starts[widths == width].T
        style = {**weight_look(width), "zorder": 2, "solid_capstyle": "butt"}
        panel.strokes(x, end[0], y, end[1], width=abs(width), **style)
