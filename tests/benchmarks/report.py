"""What was measured, as rows with a target each: a table in Markdown."""

import math
import statistics
from dataclasses import dataclass

WAYS = ("ours", "bqplot", "ipympl", "interact")
SLIDERS = ("range", "x0", "slope")
# Milliseconds: a display frame of 16.7, and what it takes to learn of its end.
ONE_FRAME = 20
# A second: all of 60 but those in which the hand turns and the value stays.
EVERY_FRAME = 48


@dataclass
class Row:
    """One line of the table: what each way took; ours is to be at most or at least the bound."""

    name: str
    unit: str
    values: dict  # way → value
    at_most: float = math.inf
    at_least: float = -math.inf

    @property
    def missed(self):
        """Tell whether the target is not met; nan, neither smaller nor larger, meets none."""
        return not self.at_least <= self.values["ours"] <= self.at_most

    def __str__(self):
        target = ""
        for sign, bound in (("≤", self.at_most), ("≥", self.at_least)):
            if math.isfinite(bound):
                target += f"{sign} {bound:.1f}{', missed' * self.missed}"
        cells = [
            f"{self.values[way]:.1f}" if way in self.values else "" for way in WAYS
        ]
        return f"| {self.name} | {self.unit} | {' | '.join(cells)} | {target} |"


def rows(times, frames, growth):
    """Return the rows for what was measured in the browser and in the kernel."""

    def values(slider, kind, reduced):
        return {way: reduced(found[slider][kind]) for way, found in times.items()}

    found = []
    for slider in SLIDERS:
        steps = values(slider, "steps", statistics.median)
        drags = values(slider, "frames", statistics.median)
        lags = values(slider, "lags", max)
        # Half the time and twice the pictures, as far as the display goes.
        at_most = max(steps["bqplot"] / 2, ONE_FRAME)
        at_least = min(2 * drags["bqplot"], EVERY_FRAME)
        kernel = {"ours": frames[slider]}
        found += [
            Row(f"{slider}: a step to its paint, median", "ms", steps, at_most),
            Row(f"{slider}: pictures in a drag", "/s", drags, at_least=at_least),
            Row(f"{slider}: lag after a drag, longest", "ms", lags, 500),
            Row(f"{slider}: a step in the kernel, median", "ms", kernel),
        ]
    return [*found, Row("memory growth", "MB", {"ours": growth}, 2)]


def rerun_rows(growth, times):
    """Return a row for each figure whose cell ran so many times more."""
    name = "cell run {} times, {}: the kernel grows"
    return [
        Row(name.format(times, figure), "MiB", {"ours": size}, 20)
        for figure, size in growth.items()
    ]


def table(found):
    """Return the rows as a Markdown table."""
    head = f"| measured | | {' | '.join(WAYS)} | target |"
    rule = f"|---|---|{'---:|' * len(WAYS)}---|"
    return "\n".join([head, rule, *map(str, found)])
