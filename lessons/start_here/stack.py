"""stack: the output of a network against its input, for more and more layers."""

from math import floor, log10

import numpy as np

from helpers.activations import identity
from helpers.arguments import name_of
from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.sampling import evaluate, inputs
from helpers.figures.style import BLUE, ORANGE, SOFT, number
from lessons.start_here.common import FUNCTIONS, last_term

SMALL_X = np.linspace(-3, 3, 25)  # inputs of the small curve after each layer
NEXT = 67  # pixels from one layer to the next
HEIGHTS = (-0.09, 1.09)  # the limits of the picture, which the curve fills from 0 to 1


def stack(network, layers, *, depth=1):
    """Return a LiveFigure of a network's output against its input, with a slider for its layers.

    `network(x, layers, f)` returns one number for each input of the array x of shape (points,),
    from the first of the `layers` (a list of 2 to 10) and the activation f that buttons choose.
    Inputs run from −3 to 3. The curve is stretched to fill the picture, which keeps a straight line
    straight; its lowest and highest values stand beside it. Raises ValueError or TypeError when
    that cannot be drawn.
    """
    x = inputs(-3, 3)
    if not isinstance(layers, (list, tuple)) or not 2 <= len(layers) <= 10:
        raise ValueError(
            "layers must be a list of 2 to 10 layers, each what the network needs for one."
        )
    name = name_of(network, "stack(network, layers)")
    controls = {
        "depth": slider("layers", depth, 1, len(layers), 1, name="depth"),
        "activation": choice("activation", list(FUNCTIONS)),
    }

    def draw(page, depth, activation):
        f = FUNCTIONS[activation]
        y = evaluate(lambda x: network(x, list(layers[:depth]), f), x, name)
        heights = stretched(y)
        chord = np.interp(x, x[[0, -1]], heights[[0, -1]])
        bend = np.abs(heights - chord).max()
        words = "no longer one multiplication and one addition"
        if bend < 1e-9:
            slope = (y[-1] - y[0]) / (x[-1] - x[0])
            intercept = y[0] - slope * x[0]
            words = f"all together: {number(slope, 2)} · x {last_term(intercept, 2)}"

        draw_layers(page, len(layers), depth, f)
        ends = (x[0], x[-1])
        panel = page.panel(100, 226, left=78, width=628, x=ends, y=HEIGHTS, yticks=[])
        panel.caption("input x")
        panel.line(x, chord, SOFT, 1.4, linestyle=(0, (4, 3)), zorder=2)
        panel.line(x, heights, BLUE, gid="output")
        lowest, highest = write_ends(panel, y, heights)
        count = "1 layer" if depth == 1 else f"{depth} layers"
        bold = {"x": 0, "ha": "left", "color": BLUE, "weight": "bold"}
        state = panel.readout("state", f"{count}, activation: {activation}", **bold)
        farthest = f"farthest from straight: {100 * bend:.1f} % of the height"
        panel.readout("bend", farthest)
        formula = panel.readout("formula", words, down=38, fontsize=12)
        return f"{state}. {farthest}; from {lowest} to {highest}; {formula}."

    return LiveFigure(draw, controls, height=380)


def draw_layers(page, most, depth, f):
    """Draw a box for each layer, the first `depth` bright, and after these the curve of f."""
    panel = page.panel(6, 54, left=14, width=692, x=(0, 692), y=(54, 0), frame=False)
    panel.text("x", 0, 0.5, fontsize=14, va="center")
    lefts = 22 + NEXT * np.arange(most)
    # The edge, 10 pixels wide, makes the corners round.
    round_corners = {"edgecolor": BLUE, "linewidth": 10, "joinstyle": "round"}
    for left in lefts:
        panel.rectangle(left + 5, 15, 24, 24, BLUE, **round_corners)
        panel.label("× +", left + 17, 27, color="white")
    panel.rectangle(18 + NEXT * depth, 0, 700, 54, "white", alpha=0.82, zorder=4)
    if f is not identity:
        across = np.linspace(40, 60, len(SMALL_X))
        down = 36 - 18 * stretched(f(SMALL_X))
        for left in lefts[:depth]:
            panel.line(left + across, down, ORANGE, gid="bends")


def write_ends(panel, y, heights):
    """Write the lowest and the highest of the outputs y left of the picture; return them."""
    low, high = HEIGHTS
    height = np.ptp(y)
    # So many that the two differ, if anything does.
    digits = max(0, 2 - floor(log10(height))) if np.ptp(heights) else 2
    words = []
    for name, index in (("lowest", y.argmin()), ("highest", y.argmax())):
        place = (heights[index] - low) / (high - low)
        look = {"ha": "right", "va": "center", "fontsize": 12, "gid": name}
        value = number(y[index], min(digits, 6))
        words.append(panel.text(value, -0.012, place, **look))
    return words


def stretched(y):
    """Return y stretched to run from 0 to 1; what differs only by rounding lies level at 0.5."""
    height = np.ptp(y)
    if height <= 1e-12 * np.abs(y).max():
        return np.full_like(y, 0.5)
    return (y - y.min()) / height
