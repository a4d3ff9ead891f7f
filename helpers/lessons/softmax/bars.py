"""shares, shifted, tempered, slope_matrix: softmax as bars, step by step, shifted, hotter or colder, and its slopes."""

import numpy as np

from helpers.arguments import shown
from helpers.figures import Page
from helpers.figures.controls import number_slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, DASHED, GRID, SOFT, VERMILION, number, own_settings
from helpers.lessons.softmax import (
    NAMES,
    REACH,
    ROW,
    Bars,
    Strip,
    listed,
    name_of,
    probabilities,
    sliders_for,
    square,
)

__all__ = ["shares", "shifted", "slope_matrix", "tempered"]

SMALL = {"color": SOFT, "fontsize": 11}


def scores_of(values):
    """Return what the sliders of the scores stand at as an array."""
    return np.array(list(values.values()))


# shares --------------------------------------------------------------------------------------------------------------


@own_settings()
def shares(scores=(2, 1, -1)):
    """Return a LiveFigure of softmax in three steps: the scores, e to the power of each, its share of their sum.

    `scores` are two to five numbers from −4 to 4, one slider each. Raises TypeError or ValueError for others.
    """
    sliders = sliders_for(scores)
    page, columns, strip = _three_steps(len(sliders))

    def update(**values):
        z = scores_of(values)
        powers = np.exp(z)
        p = powers / powers.sum()
        for bars, heights in zip(columns, (z, powers, p), strict=True):
            bars.move(heights)
        strip.move(p)
        total, whole = f"sum {number(powers.sum(), 2)}", f"sum {number(p.sum())}"
        page.write({"sum of powers": total, "sum of shares": whole})
        return (
            f"Scores: {listed(z, 1)}. e to the power of each: {listed(powers, 2)}; {total}. "
            f"Each divided by that sum: {listed(p)}; {whole}."
        )

    return LiveFigure(page.figure, sliders, update)


def _three_steps(n):
    """Return (page, the three columns of bars, the strip)."""
    page, height, columns = Page(126 + ROW * n), ROW * n, []
    for title, left, width, xlim, gid, digits in (
        ("1. the scores z", 56, 190, (-6.4, 6.4), "score", 1),
        ("2. e to the power z", 290, 176, (0, 1.4 * np.exp(REACH)), "power", 2),
        ("3. its share of the sum", 508, 204, (0, 1.4), "share", 4),
    ):
        panel = page.panel(34, height, left, width, x=xlim, xticks=[], yticks=[])
        panel.axes.spines["bottom"].set_visible(False)
        panel.title(title)
        below = {"ha": "left", "va": "top", "weight": "bold", "fontsize": 12}
        columns.append(Bars(panel, n, gid, digits, names=not columns))
        panel.readout(f"sum of {gid}s", 0, down=8, **below)
    strip = Strip(page, 86 + height, 28, n)
    strip.panel.text("the whole, 1, and how it is shared", up=5.6, **SMALL)
    return page, columns, strip


# shifted -------------------------------------------------------------------------------------------------------------

FAR = 6  # the shift's slider runs from -FAR to FAR


@own_settings()
def shifted(function, scores=(1, 2, 3)):
    """Return a LiveFigure of the scores plus a shift beside function(scores + shift), with a slider for the shift.

    `function` takes an array of scores and returns one probability for each: helpers.softmax or your own. `scores` are
    two to five numbers from −4 to 4. What is neither, and a function that fails, raises TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    controls = {"shift": number_slider("shift of all", 0.0, -FAR, FAR, 0.1), **sliders}
    page, left, right, strip = _scores_and_probabilities(len(sliders))

    def update(shift, **values):
        z = scores_of(values)
        before, after = probabilities(function, z), probabilities(function, z + shift)
        gap = np.abs(after - before).max()
        verdict = "The shift changes none of them" if gap < 1e-12 else f"The shift changes them by up to {number(gap)}"
        left.move(z + shift, z)
        right.move(after, before)
        strip.move(after)
        power = f"e to the power {number(shift, 1)}, which is {np.exp(shift):.4g}"
        said = page.write(factor=f"every power of e is multiplied by {power}", sum=f"sum {number(after.sum())}")
        return (
            f"All scores shifted by {number(shift, 1)}: {listed(z + shift, 1)}. Probabilities: {listed(after)}; "
            f"{said['sum']}. {verdict}."
        )

    return LiveFigure(page.figure, controls, update)


def _scores_and_probabilities(n):
    """Return (page, the bars of the scores, of the probabilities, the strip)."""
    page, height, far = Page(118 + ROW * n), ROW * n, 1.3 * (REACH + FAR)
    left = page.panel(34, height, 56, 350, x=(-far, far), xticks=[-10, -5, 0, 5, 10], yticks=[])
    right = page.panel(34, height, 476, 236, x=(0, 1.35), xticks=[0, 0.5, 1], yticks=[])
    left.title("scores + shift")
    left.text("dashed: before the shift", 1, up=9, ha="right", **SMALL)
    right.title("probabilities")
    right.readout("sum", up=8, fontsize=12, weight="bold")
    strip = Strip(page, 70 + height, 24, n)
    strip.panel.readout("factor", 0, -0.75, ha="left", **SMALL)
    return page, Bars(left, n, "score", 1, ghosts=True), Bars(right, n, "p", names=False, ghosts=True), strip


# tempered ------------------------------------------------------------------------------------------------------------

COLDEST, HOTTEST = 0.1, 5.0
TEMPERATURES = np.linspace(COLDEST, HOTTEST, 99)


@own_settings()
def tempered(function, scores=(1, 2, 3), *, temperature=1.0):
    """Return a LiveFigure of function(scores, temperature=T) as bars, and of their entropy against T.

    `function` takes an array of scores and a temperature and returns one probability for each score: helpers.softmax or
    your own. `scores` are two to five numbers from −4 to 4, `temperature` the one to begin with, from 0.1 to 5.
    What is neither, and a function that fails, raises TypeError or ValueError.
    """
    sliders = sliders_for(scores)
    control = number_slider("temperature T", temperature, COLDEST, HOTTEST, 0.1, name="temperature")
    page, bars, strip, curve, dot = _bars_and_entropy(len(sliders))

    def update(temperature, **values):
        z = scores_of(values)
        usual, p, *along = (probabilities(function, z, temperature=float(t)) for t in (1.0, temperature, *TEMPERATURES))
        now, *heights = (entropy(q, function) for q in (p, *along))
        bars.move(p, usual)
        strip.move(p)
        curve.set_ydata(np.array(heights))
        dot.set_data([temperature], [now])
        page.write(entropy=f"entropy {number(now)}")
        return (
            f"At temperature {number(temperature, 1)} the scores {listed(z, 1)} become {listed(p)}. "
            f"Entropy {number(now)} of at most ln {len(z)} = {number(np.log(len(z)))}."
        )

    return LiveFigure(page.figure, {"temperature": control, **sliders}, update)


def entropy(p, function):
    """Return −Σ p ln p in nats, or raise ValueError when a number in p is no probability."""
    if not ((p >= 0) & (p <= 1 + 1e-9)).all():
        raise ValueError(f"{name_of(function)} returns {shown(p)}; probabilities lie between 0 and 1.")
    inside = p[p > 0]  # p ln p goes to 0 with p
    return float(-(inside * np.log(inside)).sum())


def _bars_and_entropy(n):
    """Return (page, bars, strip, the curve of the entropy, its dot)."""
    page, top = Page(300), np.log(n)
    left = page.panel(34, 180, 56, 270, x=(0, 1.32), xticks=[0, 0.5, 1], yticks=[])
    left.title("probabilities")
    left.text("dashed: at T = 1", 1, up=9, ha="right", **SMALL)
    bars = Bars(left, n, "p", ghosts=True)
    right = page.panel(34, 180, 408, 290, x=(0, HOTTEST), y=(-0.06 * top, 1.2 * top), xticks=range(6))
    right.title("entropy in nats", BLUE)
    right.rule(top, **DASHED)
    most = {"ha": "right", "transform": right.axes.get_yaxis_transform(), **SMALL}
    right.text(f"all equal: ln {n} = {number(top)}", 0.99, 1.04 * top, **most)
    right.caption("temperature T", down=30.6)
    curve = right.line(BLUE, x=TEMPERATURES, y=0 * TEMPERATURES)
    dot = right.dots(BLUE, clip_on=False)
    right.readout("entropy", up=8, fontsize=12, color=BLUE, weight="bold")
    return page, bars, Strip(page, 264, 26, n), curve, dot


# slope_matrix --------------------------------------------------------------------------------------------------------

STEEPEST = 0.25  # no slope of softmax is larger
WIDE, HEIGHT = 366, 270  # pixels of the matrix
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
    page, bars, squares = _matrix(len(sliders))

    def update(**values):
        z = scores_of(values)
        p, slopes = probabilities(function, z), square(jacobian, z)
        bars.move(p)
        texts = {}
        for (row, column), slope in np.ndenumerate(slopes):
            _resize(squares[row, column], row, column, slope)
            texts[f"slope-{NAMES[row]}-{NAMES[column]}"] = _signed(slope)
        rows, columns = ([_signed(total) for total in slopes.sum(axis=axis)] for axis in (1, 0))
        for name, row, column in zip(NAMES, rows, columns, strict=False):
            texts |= {f"row sum {name}": row, f"column sum {name}": column}
        page.write(texts)
        lines = (f"{name}: {', '.join(map(_signed, row))}" for name, row in zip(NAMES, slopes, strict=False))
        return f"Probabilities: {listed(p)}. Slopes, row by row: {'; '.join(lines)}. The rows sum to {', '.join(rows)}."

    return LiveFigure(page.figure, sliders, update)


def _signed(value):
    """Return a slope with its sign; what only rounding has left is 0."""
    return "0" if abs(value) < TOLERANCE else ("+" if value > 0 else "") + number(value)


def _resize(box, row, column, slope):
    """Give a square the area of its slope, and fill it when the slope is positive."""
    side = 0.62 * np.sqrt(min(abs(slope), STEEPEST) / STEEPEST)
    width = side * HEIGHT / WIDE
    box.set(width=width, height=side, x=column - width / 2, y=row - 0.12 - side / 2)
    box.set_linewidth(min(1.6, 20 * side))  # so that a small hollow square stays hollow
    box.set_facecolor(VERMILION if slope > 0 else "white")


def _matrix(n):
    """Return (page, bars, array of squares)."""
    page = Page(HEIGHT + 92)
    left = page.panel(56, HEIGHT, 56, 160, x=(0, 1.5), xticks=[], yticks=[])
    left.axes.spines["bottom"].set_visible(False)
    bars = Bars(left, n, "p")
    left.title("probabilities", BLUE)
    square = {"x": (-0.5, n - 0.5), "y": (n - 0.5, -0.5), "xticks": [], "yticks": []}
    panel = page.panel(56, HEIGHT, 262, WIDE, **square)
    panel.bare("left", "bottom")
    panel.title("their slopes: what a row gains when …", VERMILION, fontsize=13, up=30)
    for border in np.arange(n + 1) - 0.5:
        panel.rule(x=border, color=GRID, linewidth=1)
        panel.rule(border, color=GRID, linewidth=1)
    middle, squares = {"ha": "center", "transform": panel.data}, np.empty((n, n), dtype=object)
    for row, column in np.ndindex(n, n):
        squares[row, column] = panel.box(0, 0, 0, 0, edgecolor=VERMILION, zorder=2)
        gid = f"slope-{NAMES[row]}-{NAMES[column]}"
        panel.readout(gid, column, row + 0.4, **middle | {"fontsize": 12 if n < 5 else 11})
    _sums(panel, left, n, middle)
    return page, bars, squares


def _sums(panel, left, n, middle):
    """Name the columns of the matrix, and make a readout for the sum of each row and each column."""
    edge, bold = 1.12 * n - 0.5, {"fontsize": 12, "weight": "bold", "color": VERMILION}
    panel.text("row sum", edge, -0.55, **middle, **SMALL)
    left.text("column sum", 1, down=22, ha="right", **SMALL)
    foot = {"ha": "center", "transform": panel.axes.get_xaxis_transform()}
    for i, name in enumerate(NAMES[:n]):
        panel.text(f"{name}'s score rises" if n < 4 else name, i, -0.55, **middle, **SMALL)
        panel.readout(f"row sum {name}", edge, i + 0.04, **middle, **bold)
        panel.readout(f"column sum {name}", i, -22 / HEIGHT, **foot, **bold)
