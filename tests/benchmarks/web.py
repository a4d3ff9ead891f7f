"""Measures the built web site in a real browser: what each second goes into until the first live
figure moves.

python tests/benchmarks/web.py [--lesson 01_sigmoid] [--rounds 3] [--assert]
"""

import argparse
import contextlib
import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[1:1] = [str(HERE.parent / "browser"), str(HERE.parent)]

import bare  # noqa: E402
import reading  # noqa: E402
from chromium import ADVICE, find_chromium  # noqa: E402
from in_browser import steps  # noqa: E402
from lite import SITE, LiteLesson  # noqa: E402
from pages_server import serving  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from server import FLAGS, WINDOW  # noqa: E402

STEPS = 40
FIRST_FIGURE = "the first live figure is there"
# What the page shows when a phase has ended.
PHASES = {
    "JupyterLite is there, with the text": ".jp-Notebook .jp-Cell",
    "stored pictures are shown": ".jp-OutputArea-output img",
    "Python has started, cells run": "#lesson-line:has-text('Running the cells')",
    FIRST_FIGURE: ".jp-OutputArea-output [role=slider]",
    "every cell has run": "#lesson-line:has-text('Everything runs')",
}
TARGETS = {"first visit": 12, "second visit": 8, "MB": 25, "step": 80, "of bare": 1.15}


def visit(context, site, stem):
    """Return (seconds from the start to the end of each phase, the lesson)."""
    page = context.new_page()
    page.add_init_script(path=HERE / "bench.js")
    times = {}
    started = time.monotonic()
    lesson = LiteLesson(page, site, stem)
    for phase, selector in PHASES.items():
        page.wait_for_selector(selector, timeout=240_000)
        times[phase] = time.monotonic() - started
    return times, lesson


def paints(lesson):
    """Return the milliseconds from each key press to its picture, in the lesson's first live
    figure.
    """
    lesson.page.evaluate("lab.listen()")
    root = lesson.page.locator(".jp-OutputArea-output:has([role=slider])").first
    handle = root.locator("[role=slider]").first
    steps(root, handle, 4)  # the first ones fill caches
    return steps(root, handle, STEPS)


@contextlib.contextmanager
def new_reader(playwright, path):
    """Yield a browser whose profile is new and on the disk, as readers have one: a private window
    would keep no compiled code.
    """
    options = {"executable_path": path, "args": FLAGS, "viewport": WINDOW}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(profile, **options)
        yield context
        context.close()


def measure(context, site, stem):
    """Return the times of a first and of a second visit, megabytes, and the times of steps."""
    before = site.sent
    first, lesson = visit(context, site, stem)
    megabytes = (site.sent - before) / 1e6
    milliseconds = paints(lesson)
    lesson.page.close()
    second, _ = visit(context, site, stem)
    return first, second, megabytes, milliseconds


def report(found, beside):
    """Return the lines of a table, and the names of the targets that were missed."""
    lines = ["| seconds until | first visit | second visit |", "|---|---:|---:|"]
    *visits, megabytes, milliseconds = zip(*found, strict=True)
    for phase in PHASES:
        both = [statistics.median(times[phase] for times in visit) for visit in visits]
        lines.append(f"| {phase} | {both[0]:.1f} | {both[1]:.1f} |")
        if phase == FIRST_FIGURE:
            reached = both
    text, picture = map(statistics.median, zip(*beside, strict=True))
    lines += ["", "A bare JupyterLite with NumPy and Matplotlib, seconds until"]
    lines += [f"its text: {text:.1f}", f"its picture: {picture:.1f}", ""]
    steps_of_all = itertools.chain(*milliseconds)
    reached += map(statistics.median, (megabytes, steps_of_all))
    reached.append(reached[0] / picture)
    missed = []
    for (name, target), value in zip(TARGETS.items(), reached, strict=True):
        if not value <= target:
            missed.append(name)
        lines.append(f"{name}: {value:.2f}, at most {target} wanted")
    return lines, missed


def main(arguments=None):
    """Return the exit status: 1 when a target is missed and --assert is given."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    add = parser.add_argument
    add("--lesson", default="01_sigmoid")
    add("--rounds", type=int, default=3)
    add("--assert", dest="strict", action="store_true", help="fail on a missed target")
    options = parser.parse_args(arguments)
    path = find_chromium() or sys.exit(ADVICE)
    if not (SITE / "run").is_dir():
        sys.exit("The web site is not built: run `make site`.")
    with serving(SITE) as site, sync_playwright() as playwright:
        lines, missed = reading.report(
            playwright, path, site, options.lesson, options.rounds
        )
        print(*lines, "", sep="\n", flush=True)
        found, beside = [], []
        with (
            tempfile.TemporaryDirectory() as work,
            serving(bare.build(Path(work))) as other,
        ):
            for _ in range(options.rounds):  # in turns, since machines have moods
                with new_reader(playwright, path) as context:
                    found.append(measure(context, site, options.lesson))
                with new_reader(playwright, path) as context:
                    beside.append(bare.visit(context, other))
    lines, missed_running = report(found, beside)
    missed += missed_running
    print(*lines, sep="\n")
    if missed:
        print("missed:", ", ".join(missed))
    return int(options.strict and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
