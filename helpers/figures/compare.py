"""compare, overlay, side_by_side: several functions as curves, as one curve upon another, as numbers in a table."""

import inspect

import numpy as np

from helpers.activations import ACTIVATIONS, Activation
from helpers.arguments import as_floats, check_range, shown
from helpers.figures import Page, sampling, with_room
from helpers.figures.controls import abbreviated, extremes, input_sliders, lay_out
from helpers.figures.curve import Curve, over_inputs
from helpers.figures.live import LiveFigure
from helpers.figures.marks import Branches, between, shortened, spread, two_panels
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, SOFT, number, own_settings

MOST = 9
# For functions without a colour of their own; as many as can be compared.
SPARE = (BLUE, ORANGE, GREEN, PURPLE, SKY, INK, "#8C564B", "#6A4C93", "#7F7F7F")
WIDTH = 472  # pixels of the panels of `compare`, beside the margin
GAP = 15.5  # pixels from one label in the margin to the next
TOUCH = 1e-9  # as near as this counts as lying on each other
ROW = 34  # pixels of a row of `side_by_side`
NAME, VALUE = 30, 184  # pixels from the panel to the names and to the values' right ends


@own_settings()
def compare(*functions, x_range=(-6, 6), x0=None, x_limits=None, **parameters):
    """Return a LiveFigure of one to nine functions above and their slopes below, with what each makes of one input x₀.

    A function is an Activation, your own function of an array, or a pair (function, derivative); a derivative that is
    not given is measured numerically. `x_range`, `x0` and `x_limits` are as in `explore`. Every other keyword is a
    parameter, a number or an abbreviation of ipywidgets, for all the functions that take one of that name. Activations
    keep their own colours; a function named like one has its colour.

    Bad arguments and functions that fail raise ValueError or TypeError; later, when a slider leads there, the
    sentence stands under the last good picture.
    """
    inputs, _ = input_sliders(x_range, x0, x_limits)
    curves = _curves(functions, parameters)
    sliders = {}
    for curve in curves:
        sliders = curve.sliders | sliders
    return over_inputs(Several(curves), inputs, sliders)


def _curves(functions, parameters):
    """Return a Curve for each function, or raise TypeError or ValueError for what cannot be compared."""
    if not 1 <= len(functions) <= MOST:
        raise ValueError(f"compare takes 1 to {MOST} functions, not {len(functions)}; try compare(sigmoid, tanh).")
    pairs = [given if isinstance(given, (tuple, list)) else (given, None) for given in functions]
    for given, pair in zip(functions, pairs, strict=True):
        if len(pair) != 2 or not callable(pair[0]) or not (pair[1] is None or callable(pair[1])):
            raise TypeError(
                f"compare takes functions and pairs (function, derivative), not {shown(given)}; "
                "write their names only: compare(sigmoid, tanh)."
            )
    takers = [{name for name in parameters if _takes(function, name)} for function, _ in pairs]
    nobody = [name for name in parameters if name not in set().union(*takers)]
    if nobody:
        raise TypeError(f"None of these functions takes a parameter called {nobody[0]!r}.")
    return [
        Curve(*pair, {name: parameters[name] for name in parameters if name in takes})
        for pair, takes in zip(pairs, takers, strict=True)
    ]


def _takes(function, name):
    """Return whether a function has a parameter of that name behind its input."""
    if isinstance(function, Activation):
        return name in function.parameters
    try:
        known = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # some compiled functions do not say what they take
        return False
    return any(p.kind is p.VAR_KEYWORD or (p.name == name and p is not known[0]) for p in known)


class Several:
    """The picture of `compare`: the functions on one side of it, their slopes on the other."""

    def __init__(self, curves):
        self._curves, self._names = curves, _names(curves)
        self.page, upper, lower = two_panels(206, 148, width=WIDTH)
        measured = " (≈ measured)" * any(curve.measured for curve in curves)
        self._sides = Side(upper, "value", curves, self._names), Side(lower, "slope", curves, self._names)
        upper.title("functions", up=9)
        lower.title(f"slopes{measured}", up=9)

    def show(self, lo, hi, x0, values):
        """Compute everything, move the marks to it and return the picture in words."""
        own = [{name: values[name] for name in curve.sliders} for curve in self._curves]
        traces = [curve.traces(lo, hi, parameters) for curve, parameters in zip(self._curves, own, strict=True)]
        points = [curve.at(x0, parameters) for curve, parameters in zip(self._curves, own, strict=True)]
        for side, curves, heights in zip(
            self._sides, zip(*traces, strict=True), zip(*points, strict=True), strict=True
        ):
            self.page.write(side.move(lo, hi, x0, curves, heights))
        settings = "".join(f", {name} = {value}" for name, value in values.items())
        each = "; ".join(
            f"{name} {number(value)} with slope {number(slope)}{' (measured)' * curve.measured}"
            for name, curve, (value, slope) in zip(self._names, self._curves, points, strict=True)
        )
        what = f"{', '.join(self._names)} for inputs from {number(lo, 1)} to {number(hi, 1)}{settings}"
        return f"{what}, and their slopes below. At x₀ = {number(x0, 2)}: {each}."


class Side:
    """A panel of `compare`: every curve with its dot at x₀, and a label in the margin, joined to the curve's end."""

    def __init__(self, panel, what, curves, names):
        self._panel, self._what, self._guide = panel, what, panel.guide()
        self._near = ["≈ " * (what == "slope" and curve.measured) for curve in curves]
        self._curves, self._traces, self._places = [], [None] * len(curves), None
        colours = colours_of([curve.function for curve in curves])
        # The first curve is the widest, so that each shows where curves coincide.
        for curve, colour, width in zip(curves, colours, np.linspace(4.4, 2.2, len(curves)), strict=True):
            # Without sliders of its own a curve moves with the range alone.
            branches = Branches(panel, colour, width, animated=bool(curve.sliders))
            self._curves.append((branches, panel.dots(colour, width + 5, 1.5, zorder=6)))
        # Leaders and names move seldom, so they belong to what is kept from frame to frame.
        leader = {"transform": panel.axes.transAxes, "clip_on": False, "animated": False, "solid_capstyle": "butt"}
        self._leaders = [panel.line(colour, solid_joinstyle="round", **leader) for colour in colours]
        look, right = {"fontsize": 11.5, "va": "center_baseline"}, 1 + VALUE / WIDTH
        self._names = [panel.text(shortened(name), 1 + NAME / WIDTH, **look) for name in names]
        self._values = [panel.readout(f"{what}-{n}", right, 0, **look) for n, _ in enumerate(names, 1)]
        panel.readout(f"{what}-at", right, up=9, fontsize=12, weight="bold")

    def move(self, lo, hi, x0, traces, heights):
        """Move the curves and their dots and return the texts of the readouts."""
        self._panel.reach(x=(lo, hi))
        self._panel.reach(y=with_room(np.concatenate([trace.heights for trace in traces])))
        self._guide.set_xdata([x0, x0])
        for (branches, dot), trace, before, height in zip(self._curves, traces, self._traces, heights, strict=True):
            dot.set_data([x0], [height])
            if trace is not before:
                branches.move(trace.drawn, trace.jumps)
        self._traces = traces
        self._label([trace.y[-1] for trace in traces])
        texts = {f"{self._what}-at": f"{self._what} at {number(x0, 2)}"}
        for n, (near, height) in enumerate(zip(self._near, heights, strict=True), start=1):
            texts[f"{self._what}-{n}"] = near + number(height)
        return texts

    def _label(self, ends):
        """Put each label as near as there is room to its curve's end, of equals the first on top."""
        low, high = self._panel.axes.get_ylim()
        tall = self._panel.height
        ends = np.round((np.array(ends) - low) / (high - low) * tall)
        if np.array_equal(ends, self._places):
            return
        self._places = ends
        across = 1 + np.array([0, 4, 14, 26]) / WIDTH
        places = spread(ends[::-1], GAP, GAP / 2, tall - GAP / 2)[::-1] / tall
        for leader, name, value, end, place in zip(
            self._leaders, self._names, self._values, ends / tall, places, strict=True
        ):
            leader.set_data(across, [end, end, place, place])
            name.set_y(place)
            value.set_y(place)


def _names(curves):
    """Return the name of each function, with a count behind those that stand there twice."""
    names = [curve.function.name if isinstance(curve.function, Activation) else curve.name for curve in curves]
    return [f"{name} ({names[:n].count(name) + 1})" if names.count(name) > 1 else name for n, name in enumerate(names)]


def colours_of(functions):
    """Return a colour for each function: its own, that of its namesake if no other has it, or a spare one."""
    colours = [f.colour if isinstance(f, Activation) else None for f in functions]
    for n, function in enumerate(functions):
        if colours[n] is None:
            namesake = ACTIVATIONS.get(getattr(function, "__name__", ""))
            wanted = [namesake.colour, *SPARE] if namesake else SPARE
            colours[n] = next(colour for colour in wanted if colour not in colours)
    return colours


@own_settings()
def overlay(function, target, *, x_range=(-6, 6), **parameters):
    """Return a LiveFigure of `function`, moved by sliders for its parameters, over `target`; their difference below.

    Both are Activations or your own functions of an array; `parameters` belong to `function`, as in `explore`.
    Raises ValueError or TypeError as `explore` does.
    """
    lo, hi, _ = check_range(x_range)
    for part in (function, target):
        if not callable(part):
            raise TypeError(f"overlay needs two functions, not {shown(part)}; write overlay(mine, tanh).")
    mine, theirs = (getattr(part, "__name__", "f") for part in (function, target))
    sliders, fixed = abbreviated(function, parameters)
    x = sampling.inputs(lo, hi)
    goal = sampling.evaluate(target, x, theirs)

    def values(x, moved):
        return sampling.evaluate(function, x, mine, **fixed, **moved)

    within = np.array([goal, *sampling.attempts(values, x, extremes(sliders))])
    page, show = _two_curves(mine, target, theirs, x, goal, within)

    def update(**moved):
        settings = ", ".join(f"{name} {number(value, 2)}" for name, value in moved.items())
        return f"{mine} ({settings}) over {theirs}: {show(values(x, moved))}."

    return LiveFigure(page.figure, sliders, update)


def _two_curves(mine, target, theirs, x, goal, within):
    """Return (page, a function that shows heights y over the goal); `within` holds the heights that y can have."""
    page, upper, lower = two_panels()
    colour = target.colour if isinstance(target, Activation) else GREEN
    upper.reach(x=(x[0], x[-1]))
    upper.reach(y=with_room(within))
    lower.reach(y=with_room(within - goal))
    upper.line(colour, 6, x, goal, alpha=0.55, zorder=3, animated=False)
    gap = upper.area(SOFT, 0.14)
    line, difference = upper.line(BLUE, 2.4, zorder=4), lower.line(INK, 2.4, zorder=4)
    upper.title(f"{mine}(x)", BLUE)
    upper.title(f"{theirs}(x)", colour, x=1, ha="right")
    lower.title(f"{mine} − {theirs}")
    verdict = lower.readout("distance", fontsize=13)

    def show(y):
        widest = np.argmax(np.abs(y - goal))
        distance = abs(y - goal)[widest]
        line.set_data(x, y)
        difference.set_data(x, y - goal)
        gap.set_xy(between(x, y, goal))
        where = f"largest difference {number(distance)}, at x = {number(x[widest], 2)}"
        touches = distance < TOUCH
        verdict.set(text="no difference: one lies on the other" if touches else where, color=BLUE if touches else INK)
        return verdict.get_text()

    return page, show


@own_settings()
def side_by_side(*functions, x=(-1000, 1000, 1), scores=None):
    """Return a LiveFigure with a row for each function: its name, its value at x and what NumPy reports.

    The functions take one number; `x` is a number or an abbreviation of ipywidgets, as in `explore`. With `scores`, a
    list of numbers, they take the list with x added to each and return a list. Raises TypeError when a function cannot
    be called.
    """
    for function in functions:
        if not callable(function):
            raise TypeError(f"side_by_side needs functions, not {function!r}; write their names without brackets.")
    sliders, _ = abbreviated(functions[0], {"x": x})
    lay_out(sliders["x"], "input x" if scores is None else "added to all")
    base = None if scores is None else as_floats(scores, "scores")
    names = [function.__name__ for function in functions]
    page = _table(names, 0.54 if base is None else 0.62)

    def update(x):
        given, rows = np.float64(x) if base is None else base + x, []
        for row, (name, function) in enumerate(zip(names, functions, strict=True), start=1):
            text, report = _try(function, given)
            page.write({f"value-{row}": text, f"report-{row}": report or "no complaint"})
            page.readouts[f"value-{row}"].set(color=INK if report else BLUE, weight="bold" if report else "normal")
            rows.append(f"{name} gives {text} ({report or 'no complaint'})")
        where = f"At x = {x:g}" if base is None else f"For the scores {_listed(given)}"
        return f"{where}: {'; '.join(rows)}."

    return LiveFigure(page.figure, sliders, update)


def _try(function, x):
    """Return (value, report) as texts."""
    reports = []
    with np.errstate(all="call", under="ignore", call=lambda kind, _: reports.append(kind)):
        try:
            value = np.array(function(np.copy(x)[()]), dtype=float)
            if value.shape != np.shape(x):
                raise ValueError(f"shape {value.shape} came back for shape {np.shape(x)}")
        except Exception as trouble:  # a learner's function may raise anything; the row tells it
            return "—", f"{type(trouble).__name__}: {trouble}"
    if np.isnan(value).any():
        reports.append("nan: not a number" if value.ndim == 0 else "nan")
    return _listed(value), ", ".join(dict.fromkeys(reports))


def _listed(value):
    """Return a number with 6 digits, or each number of a list with 4."""
    digits = 6 if np.ndim(value) == 0 else 4
    return ", ".join(f"{v:.{digits}g}" for v in np.atleast_1d(value)).replace("-", "−")


def _table(names, third):
    """Return a page with a row a name and readouts for its value and its report, which begins at `third`."""
    height = ROW * (len(names) + 1)
    page = Page(height + 16)
    panel = page.panel(8, height, left=8, width=704, x=(0, 1), y=(len(names) + 1, 0))
    panel.axes.set_axis_off()
    cell = {"va": "center", "transform": panel.data}
    for left, text in ((0, "written as"), (0.32, "value"), (third, "NumPy says")):
        panel.text(text, left, 0.5, color=SOFT, fontsize=11, **cell)
    for row, name in enumerate(names, start=1):
        panel.rule(row, color="#D0D7DE")
        panel.text(name, 0, row + 0.5, fontsize=13, **cell)
        panel.readout(f"value-{row}", 0.32, row + 0.5, ha="left", fontsize=13, **cell)
        panel.readout(f"report-{row}", third, row + 0.5, ha="left", fontsize=12, **cell)
    return page
