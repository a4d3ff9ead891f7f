"""What was measured, as rows with a target each: a table in Markdown and a plot."""

import statistics
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

COLOURS = {"explore": "#0072B2", "interact": "#999999"}
PARTS = ("data", "draw", "encode")


@dataclass
class Row:
    """One line of the table; the target bounds the ratio of ours to everyone's, or our value where `absolute`."""

    name: str
    unit: str
    ours: float
    everyones: float
    at_most: float | None = None
    at_least: float | None = None
    absolute: bool = False

    @property
    def ratio(self):
        """Return ours divided by everyone's."""
        return self.ours / self.everyones if self.everyones else float("nan")

    @property
    def missed(self):
        """Tell whether there is a target and it is not met."""
        value = self.ours if self.absolute else self.ratio
        # Written so that nan, which is neither smaller nor larger, misses a target.
        return not (
            (self.at_most is None or value <= self.at_most) and (self.at_least is None or value >= self.at_least)
        )

    def __str__(self):
        target = ""
        if self.at_most is not None or self.at_least is not None:
            bound = f"≤ {self.at_most:g}" if self.at_least is None else f"≥ {self.at_least:g}"
            target = f"{'value' if self.absolute else 'ratio'} {bound}{', missed' if self.missed else ''}"
        values = (f"{value:.1f} {self.unit}" for value in (self.ours, self.everyones))
        ratio = "" if self.absolute else f"{self.ratio:.2f}"
        return f"| {self.name} | {' | '.join(values)} | {ratio} | {target} |"


def rows(times, frames, growths):
    """Return the rows for what was measured in the browser and in the kernel."""
    return [*_browser_rows(times["explore"], times["interact"]), *_kernel_rows(frames, growths)]


def _browser_rows(ours, everyones):
    return [
        Row("step → paint, median", "ms", _median(ours.steps), _median(everyones.steps), at_most=0.7),
        Row("step → paint, p95", "ms", _p95(ours.steps), _p95(everyones.steps), at_most=0.7),
        Row("range step → paint, median", "ms", _median(ours.range_steps), _median(everyones.range_steps)),
        Row("range step → paint, p95", "ms", _p95(ours.range_steps), _p95(everyones.range_steps)),
        Row("pictures in a drag", "/s", _median(ours.frames), _median(everyones.frames), at_least=1.8),
        Row("lag after a drag, median", "ms", _median(ours.lags), _median(everyones.lags)),
        Row("lag after a drag, longest", "ms", max(ours.lags), max(everyones.lags), at_most=500, absolute=True),
    ]


def _kernel_rows(frames, growths):
    ours, everyones = frames["explore"], frames["interact"]
    return [
        *(Row(f"kernel, {part}", "ms", ours[part], everyones[part]) for part in PARTS),
        Row("kernel, a whole frame", "ms", ours["total"], everyones["total"], at_most=0.35),
        Row("memory growth", "MB", growths["explore"], growths["interact"], at_most=6, absolute=True),
    ]


def table(found):
    """Return the rows as a Markdown table."""
    head = "| measured | explore | interact + inline | ratio | target |\n|---|---:|---:|---:|---|"
    return "\n".join([head, *map(str, found)])


def plot(path, times, frames):
    """Save three panels as PNG: every step, pictures a second in each drag, and a frame's time in the kernel."""
    figure = Figure(figsize=(10, 3.4), layout="constrained")
    steps, drags, kernel = figure.subplots(1, 3)
    for place, (way, colour) in enumerate(COLOURS.items()):
        ordered = np.sort(times[way].steps)
        steps.plot(ordered, np.linspace(0, 100, len(ordered)), color=colour, label=way)
        drags.plot([place] * len(times[way].frames), times[way].frames, "o", color=colour, alpha=0.6)
        bottom = 0.0
        for shade, part in zip((0.4, 0.7, 1.0), PARTS, strict=True):
            kernel.bar(place, frames[way][part], bottom=bottom, color=colour, alpha=shade)
            bottom += frames[way][part]
    steps.set(title="from key press to paint", xlabel="milliseconds", ylabel="% of the steps done", xlim=(0, None))
    steps.legend(frameon=False)
    drags.set(title="pictures a second in a drag", ylim=(0, None))
    kernel.set(title="a frame in the kernel", ylabel="milliseconds: data, draw, encode")
    for axes in (drags, kernel):
        axes.set_xticks([0, 1], list(COLOURS))
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=144)


def _median(values):
    return statistics.median(values)


def _p95(values):
    return float(np.percentile(values, 95))
