"""The picture of `compare`: several curves above, their slopes below, and a label for each in the margin."""

import numpy as np
from matplotlib.lines import Line2D

from helpers.activations import ACTIVATIONS, Activation
from helpers.explorers import panels
from helpers.explorers.margin import VALUE, Margin
from helpers.style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, SOFT, label, number

WIDTH = 472  # pixels of the axes, beside the margin
# For functions without a colour of their own; as many as can be compared.
SPARE = (BLUE, ORANGE, GREEN, PURPLE, SKY, INK, "#8C564B", "#6A4C93", "#7F7F7F")


class Several:
    """The two panels of `compare`, with a label for each curve in the margin."""

    def __init__(self, members):
        self._members, self._shown = members, {}
        self._names = _apart([member.name for member in members])
        colours = colours_of([member.curve.function for member in members])
        self.figure, *self.axes = panels.two_panels(width=WIDTH, upper=206)
        self.lines, self.ends, self.dots, self.margins, self.guides = [], [], [], [], []
        for axes, gid in zip(self.axes, ("value", "slope"), strict=True):
            thin = {"color": SOFT, "linewidth": 1, "linestyle": (0, (1, 2.5)), "zorder": 2}
            self.guides.append(panels.moving(axes.axvline(0, **thin)))
            # The first curve is the widest, so that each shows where curves coincide.
            widths = np.linspace(4.4, 2.2, len(members))
            for member, colour, width in zip(members, colours, widths, strict=True):
                line = axes.add_line(Line2D([], [], color=colour, linewidth=width, zorder=3))
                line.set_animated(bool(member.names))  # without sliders of its own it moves with the range alone
                dot = {"marker": "o", "markersize": width + 5, "markeredgecolor": "white", "markeredgewidth": 1.5}
                self.lines.append(line)
                self.ends.append(panels.Ends(axes, colour))
                self.dots.append(panels.moving(axes.add_line(Line2D([], [], color=colour, zorder=6, **dot))))
            self.margins.append(Margin(axes, self._names, colours, gid))
        self._write_titles()

    def _write_titles(self):
        how = " (≈ measured)" if any(member.curve.measured for member in self._members) else ""
        self.titles = []
        for axes, left, gid in zip(self.axes, ("functions", f"slopes{how}"), ("value-at", "slope-at"), strict=True):
            height = 1 + 9 / (axes.get_position().height * 478)
            label(axes, (0, height), left, weight="bold", fontsize=14)
            options = {"ha": "right", "weight": "bold", "gid": gid}
            self.titles.append(panels.moving(label(axes, (1 + VALUE / WIDTH, height), "", **options)))

    def show(self, states, lo, hi, x0, values):
        """Move the artists to the computed states and return the picture in words."""
        if self.axes[0].get_xlim() != (lo, hi):
            self.axes[0].set_xlim(lo, hi)
        for panel, (axes, title) in enumerate(zip(self.axes, self.titles, strict=True)):
            curves = [kept[panel][0] for kept, _ in states]
            points = [point[panel] for _, point in states]
            panels.hold(axes, *panels.limits(np.concatenate([kept[panel][1] for kept, _ in states])))
            self._move(panel, curves, points, x0)
            low, high = axes.get_ylim()
            ends = [(y[-1] - low) / (high - low) for _, y, _ in curves]
            near = ["≈ " * (panel == 1 and member.curve.measured) for member in self._members]
            self.margins[panel].move(ends, [sign + number(point) for sign, point in zip(near, points, strict=True)])
            title.set_text(f"{('value', 'slope')[panel]} at {number(x0, 2)}")
        return self._words(states, lo, hi, x0, values)

    def _move(self, panel, curves, points, x0):
        """Move one panel's dots, and its lines where they have changed."""
        self.guides[panel].set_xdata([x0, x0])
        for n, (curve, point) in enumerate(zip(curves, points, strict=True), start=panel * len(curves)):
            self.dots[n].set_data([x0], [point])
            if self._shown.get(n) is not curve:
                self.lines[n].set_data(*curve[:2])
                self.ends[n].move(curve[2])
                self._shown[n] = curve

    def _words(self, states, lo, hi, x0, values):
        settings = "".join(f", {name} = {value}" for name, value in values.items())
        each = "; ".join(
            f"{name} {number(value)} with slope {number(slope)}{' (measured)' * member.curve.measured}"
            for name, member, (_, (value, slope)) in zip(self._names, self._members, states, strict=True)
        )
        what = f"{', '.join(self._names)} for inputs from {number(lo, 1)} to {number(hi, 1)}{settings}"
        return f"{what}, and their slopes below. At x₀ = {number(x0, 2)}: {each}."


def _apart(names):
    """Return the names with a count behind those that stand there twice."""
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
