"""compare, overlay, side_by_side: several functions as curves, as one curve upon another, as numbers in a table."""

import inspect
from functools import partial

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.arguments import (
    as_float,
    as_floats,
    check_range,
    format_parameters,
    is_number,
    name_of,
    short_repr,
)
from helpers.figures import Page, sampling, with_room
from helpers.figures.controls import abbreviated, extremes, input_sliders, lay_out
from helpers.figures.curve import Curve, over_inputs
from helpers.figures.marks import Branches, between, shortened, spread, two_panels
from helpers.figures.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, SMALL, SOFT, number, own_settings

MOST = 9
# For functions without a colour of their own; as many as can be compared.
SPARE = (BLUE, ORANGE, GREEN, PURPLE, SKY, INK, "#8C564B", "#6A4C93", "#7F7F7F")
WIDTH = 472  # pixels of the panels of `compare`, beside the margin
GAP = 15.5  # pixels from one label in the margin to the next
TOUCH = 1e-9  # what is nearer than this counts as lying on each other
ROW = 34  # pixels of a row of `side_by_side`
CALM = "no complaint"


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
    names = _names(curves)
    page, move = _draw(curves, names)

    def show(lo, hi, x0, parameters, traces):
        move(lo, hi, x0, traces)
        settings = "".join(f", {name} = {value}" for name, value in parameters.items())
        each = "; ".join(
            f"{name} {number(values.at)} with slope {number(slopes.at)}{' (measured)' * curve.measured}"
            for name, curve, (values, slopes) in zip(names, curves, traces, strict=True)
        )
        what = f"{', '.join(names)} for inputs from {number(lo, 1)} to {number(hi, 1)}{settings}"
        return f"{what}, and their slopes below. At x₀ = {number(x0, 2)}: {each}."

    return over_inputs(page, inputs, curves, show)


def _curves(functions, parameters):
    """Return a Curve for each function, or raise TypeError or ValueError for what cannot be compared."""
    if not 1 <= len(functions) <= MOST:
        raise ValueError(f"compare takes 1 to {MOST} functions, not {len(functions)}; try compare(sigmoid, tanh).")
    curves, taken = [], set()
    for given in functions:
        function, derivative = given if isinstance(given, (tuple, list)) and len(given) == 2 else (given, None)
        if not callable(function) or not (derivative is None or callable(derivative)):
            raise TypeError(
                f"compare takes functions and pairs (function, derivative), not {short_repr(given)}; "
                "write their names only: compare(sigmoid, tanh)."
            )
        own = {name: value for name, value in parameters.items() if _takes(function, name)}
        curves.append(Curve(function, own, derivative))
        taken |= own.keys()
    nobody = [name for name in parameters if name not in taken]
    if nobody:
        raise TypeError(f"None of these functions takes a parameter called {nobody[0]!r}; leave it out.")
    return curves


def _takes(function, name):
    """Return whether a function has a parameter of that name behind its input."""
    try:  # an Activation takes what its own function takes
        _, *known = inspect.signature(getattr(function, "function", function)).parameters.values()
    except (TypeError, ValueError):  # it takes nothing, or is one of the compiled functions that do not say what
        return False
    return any(parameter.kind is parameter.VAR_KEYWORD or parameter.name == name for parameter in known)


def _names(curves):
    """Return the name of each function, with a count behind those that stand there twice."""
    names = [getattr(curve.function, "name", curve.name) for curve in curves]
    return [f"{name} ({names[:n].count(name) + 1})" if names.count(name) > 1 else name for n, name in enumerate(names)]


def _draw(curves, names):
    """Return (page, a function that moves all curves and their dots): the functions above, their slopes below."""
    page, upper, lower = two_panels(206, 148, width=WIDTH)
    measured = " (≈ measured)" * any(curve.measured for curve in curves)
    upper.title("functions")
    lower.title(f"slopes{measured}")
    sides = [_side(page, panel, what, curves, names) for panel, what in ((upper, "value"), (lower, "slope"))]

    def move(lo, hi, x0, traces):
        for move_side, own in zip(sides, zip(*traces, strict=True), strict=True):
            move_side(lo, hi, x0, own)

    return page, move


def _side(page, panel, what, curves, names):
    """Return a function that moves one panel's curves, each with its dot at x₀ and its label in the margin."""
    guide, colours = panel.guide(), colours_of(curves)
    marks = []
    # The first curve is the widest, so that each shows where curves coincide.
    for curve, colour, width in zip(curves, colours, np.linspace(4.4, 2.2, len(curves)), strict=True):
        # Without sliders of its own a curve moves with the range alone.
        branches = Branches(panel, colour, width, animated=bool(curve.sliders))
        marks.append((branches, panel.dots(colour, width + 5, 1.5, zorder=6)))
    label = _margin(panel, what, names, colours)

    def move(lo, hi, x0, traces):
        panel.reach(x=(lo, hi), y=with_room(np.concatenate([trace.heights for trace in traces])))
        guide.set_xdata([x0, x0])
        for (branches, dot), trace in zip(marks, traces, strict=True):
            branches.move(trace.drawn)
            dot.move(x0, trace.at)
        label([trace.y[-1] for trace in traces])
        said = {f"{what}-at": f"{what} at {number(x0, 2)}"}
        for n, (curve, trace) in enumerate(zip(curves, traces, strict=True), start=1):
            said[f"{what}-{n}"] = "≈ " * (what == "slope" and curve.measured) + number(trace.at)
        page.write(said)

    return move


def _margin(panel, what, names, colours):
    """Return a function that puts names and values as near as there is room to the curves' ends, joined to them."""
    look, right = {"fontsize": 11.5, "va": "center_baseline"}, 1 + 184 / WIDTH
    panel.readout(f"{what}-at", right, fontsize=12, weight="bold")
    values = [panel.readout(f"{what}-{n}", right, 0, **look) for n, _ in enumerate(names, start=1)]
    # Leaders and names move seldom, so they belong to what is kept from frame to frame.
    labels = [panel.text(shortened(name), 1 + 30 / WIDTH, **look) for name in names]
    leader = {"transform": panel.axes.transAxes, "clip_on": False, "animated": False, "solid_capstyle": "butt"}
    leaders = [panel.line(colour, solid_joinstyle="round", **leader) for colour in colours]
    across, last = 1 + np.array([0, 4, 14, 26]) / WIDTH, []

    def label(heights):
        low, high = panel.axes.get_ylim()
        ends = np.round((np.array(heights) - low) / (high - low) * panel.height).tolist()
        if ends == last:
            return
        last[:] = ends
        # Of equal ones the first stands on top.
        places = spread(ends[::-1], GAP, GAP / 2, panel.height - GAP / 2)[::-1] / panel.height
        for name, value, line, end, place in zip(labels, values, leaders, ends, places, strict=True):
            name.set_y(place)
            value.set_y(place)
            line.set_data(across, [end / panel.height] * 2 + [place] * 2)

    return label


def colours_of(curves):
    """Return a colour for each curve: its function's own, that of a namesake if no other has it, or a spare one."""
    colours = [getattr(curve.function, "colour", None) for curve in curves]
    for n, curve in enumerate(curves):
        if colours[n] is None:
            namesake = getattr(ACTIVATIONS.get(curve.name), "colour", BLUE)
            colours[n] = next(colour for colour in (namesake, *SPARE) if colour not in colours)
    return colours


@own_settings()
def overlay(function, target, *, x_range=(-6, 6), **parameters):
    """Return a LiveFigure of `function`, moved by sliders for its parameters, over `target`; their difference below.

    Both are Activations or your own functions of an array; `parameters` belong to `function`, as in `explore`.
    Raises ValueError or TypeError as `explore` does.
    """
    lo, hi, _ = check_range(x_range)
    for part in (function, target):
        name_of(part, "overlay(mine, tanh)")
    mine, theirs = Curve(function, parameters), Curve(target, {})
    x = sampling.inputs(lo, hi)
    goal = theirs.values(x)
    reach = [goal, *sampling.attempts(lambda end: mine.values(x, **end), extremes(mine.sliders))]
    page, show = _two_curves(mine.name, theirs.name, getattr(target, "colour", GREEN), x, goal, np.array(reach))

    def update(**moved):
        said = show(mine.values(x, **moved))
        return f"{mine.name} ({format_parameters(moved)}) over {theirs.name}: {said}."

    page.controls = mine.sliders
    return page.live(update)


def _two_curves(mine, theirs, colour, x, goal, reach):
    """Return (page, a function that shows heights y over the goal); `reach` holds the heights that y can have."""
    page, upper, lower = two_panels()
    upper.reach(x=(x[0], x[-1]), y=with_room(reach))
    lower.reach(y=with_room(reach - goal))
    upper.line(colour, 6, x, goal, alpha=0.55, animated=False)
    gap = upper.area(SOFT, 0.14)
    line, difference = upper.line(BLUE, 2.4, zorder=4), lower.line(INK, 2.4, zorder=4)
    upper.title(f"{mine}(x)", BLUE)
    upper.title(f"{theirs}(x)", colour, x=1, ha="right")
    lower.title(f"{mine} − {theirs}")
    verdict = lower.readout("distance", fontsize=13)

    def show(y):
        apart = np.abs(y - goal)
        line.set_data(x, y)
        difference.set_data(x, y - goal)
        gap.set_xy(between(x, y, goal))
        verdict.set(text=f"largest difference {number(apart.max())}, at x = {number(x[apart.argmax()], 2)}", color=INK)
        if apart.max() < TOUCH:
            verdict.set(text="no difference: one lies on the other", color=BLUE)
        return verdict.get_text()

    return page, show


@own_settings()
def side_by_side(*functions, x=(-1000, 1000, 1), scores=None):
    """Return a LiveFigure with a row for each function: its name, its value at x and what NumPy reports.

    The functions take one number; `x` is a number or an abbreviation of ipywidgets, as in `explore`. With `scores`, a
    list of numbers, they take the list with x added to each and return a list. Anything else raises an error.
    """
    if not functions:
        raise ValueError("side_by_side needs at least one function; try side_by_side(sigmoid, tanh).")
    names = [name_of(function, "side_by_side(sigmoid, tanh)") for function in functions]
    alone, base = scores is None, _base(scores)
    page = _table(names, 0.54 if alone else 0.62)

    def update(x):
        if not is_number(x):
            raise TypeError(f"x must be a number, not {short_repr(x)}; try x=(-1000, 1000, 1).")
        given, rows = base + as_float(x), []
        for row, (name, function) in enumerate(zip(names, functions, strict=True), start=1):
            text, report = _try(function, given)
            page.write({f"value-{row}": text, f"report-{row}": report})
            calm = report == CALM
            page.readouts[f"value-{row}"].set(color=BLUE if calm else INK, weight="normal" if calm else "bold")
            rows.append(f"{name} gives {text} ({report})")
        return f"{f'At x = {given:g}' if alone else f'For the scores {_listed(given)}'}: {'; '.join(rows)}."

    page.controls, fixed = abbreviated(update, {"x": x})
    for slider in page.controls.values():
        lay_out(slider, "input x" if alone else "added to all")
    return page.live(partial(update, **fixed))


def _base(scores):
    """Return what x is added to: 0, or the scores as floats; raise ValueError or TypeError for what is no list."""
    base = np.float64(0) if scores is None else as_floats(scores, "scores")
    if scores is None or (base.ndim == 1 and base.size):
        return base
    raise ValueError(f"scores must be a list of numbers, not {short_repr(scores)}; try scores=[1, 2, 3].")


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
    return _listed(value), ", ".join(dict.fromkeys(reports)) or CALM


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
    for left, words in ((0, "written as"), (0.32, "value"), (third, "NumPy says")):
        panel.text(words, left, 0.5, **SMALL, **cell)
    for row, name in enumerate(names, start=1):
        panel.rule(row, color="#D0D7DE")
        panel.text(name, 0, row + 0.5, fontsize=13, **cell)
        panel.readout(f"value-{row}", 0.32, row + 0.5, ha="left", fontsize=13, **cell)
        panel.readout(f"report-{row}", third, row + 0.5, ha="left", fontsize=12, **cell)
    return page
