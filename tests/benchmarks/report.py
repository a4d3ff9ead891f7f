"""What was measured, as rows with a target each: a table in Markdown and a plot."""

import statistics
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

COLOURS = {
    "ours": "#0072B2",
    "bqplot": "#009E73",
    "ipympl": "#E69F00",
    "interact": "#999999",
}
SLIDERS = ("range", "x0", "slope")


@dataclass
class Row:
    """One line of the table: what each way took; ours is to be at most or at least the bound."""

    name: str
    unit: str
    values: dict  # way → value
    at_most: float | None = None
    at_least: float | None = None

    @property
    def missed(self):
        """Tell whether there is a target and it is not met."""
        ours = self.values["ours"]
        # Written so that nan, which is neither smaller nor larger, misses a target.
        return not (
            (self.at_most is None or ours <= self.at_most)
            and (self.at_least is None or ours >= self.at_least)
        )

    def __str__(self):
        bound = f"≤ {self.at_most:.1f}" if self.at_most is not None else ""
        bound = f"≥ {self.at_least:.1f}" if self.at_least is not None else bound
        target = f"{bound}{', missed' if self.missed else ''}"
        values = (
            f"{self.values[way]:.1f}" if way in self.values else "" for way in COLOURS
        )
        return f"| {self.name} | {self.unit} | {' | '.join(values)} | {target} |"


def rows(times, frames, growth):
    """Return the rows for what was measured in the browser and in the kernel."""
    found = []
    for slider in SLIDERS:
        steps = {way: _median(found[slider]["steps"]) for way, found in times.items()}
        found.append(
            Row(
                f"{slider}: a step until its paint, median",
                "ms",
                steps,
                at_most=steps["bqplot"],
            )
        )
    for slider in SLIDERS:
        drags = {way: _median(found[slider]["frames"]) for way, found in times.items()}
        found.append(
            Row(
                f"{slider}: whole pictures in a drag over its length",
                "/s",
                drags,
                at_least=drags["bqplot"],
            )
        )
    for slider in SLIDERS:
        lags = {way: max(found[slider]["lags"]) for way, found in times.items()}
        found.append(
            Row(f"{slider}: lag after a drag, longest", "ms", lags, at_most=500)
        )
    for slider in SLIDERS:
        found.append(
            Row(
                f"{slider}: a step in the kernel, median",
                "ms",
                {"ours": frames[slider]},
            )
        )
    return [*found, Row("memory growth", "MB", {"ours": growth}, at_most=2)]


def rerun_rows(growth, times):
    """Return a row for each figure whose cell ran so many times more."""
    name = "cell run {} times, {}: the kernel grows"
    return [
        Row(name.format(times, figure), "MiB", {"ours": size}, at_most=20)
        for figure, size in growth.items()
    ]


def table(found):
    """Return the rows as a Markdown table."""
    head = f"| measured | | {' | '.join(COLOURS)} | target |\n|---|---|{'---:|' * len(COLOURS)}---|"
    return "\n".join([head, *map(str, found)])


def plot(path, times):
    """Save two rows of panels as PNG: each slider's steps, and its pictures a second in a drag."""
    figure = Figure(figsize=(10, 6), layout="constrained")
    for slider, (steps, drags) in zip(
        SLIDERS, figure.subplots(2, len(SLIDERS)).T, strict=True
    ):
        for place, (way, found) in enumerate(times.items()):
            ordered = np.sort(found[slider]["steps"])
            steps.plot(
                ordered,
                np.linspace(0, 100, len(ordered)),
                color=COLOURS[way],
                label=way,
            )
            drags.plot(
                [place] * len(found[slider]["frames"]),
                found[slider]["frames"],
                "o",
                color=COLOURS[way],
                alpha=0.6,
            )
        steps.set(
            title=f"{slider}: key press to paint",
            xlabel="milliseconds",
            ylabel="% of the steps",
            xlim=(0, None),
        )
        drags.set(title="whole pictures a second in a drag", ylim=(0, None))
        drags.set_xticks(range(len(times)), list(times))
    steps.legend(frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=144)


def _median(values):
    return statistics.median(values)
