"""Measures the built web site in a real browser: what each second goes into until the first live
figure moves.

python tests/benchmarks/web.py [--lesson 01_sigmoid] [--rounds 3] [--assert]
"""

import argparse
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


def measure(playwright, path, site, stem):
    """Return the times of a first and of a second visit, megabytes, and the times of steps.

    The profile is new and on the disk, as readers have one: a private window would keep no compiled
    code.
    """
    options = {"executable_path": path, "args": FLAGS, "viewport": WINDOW}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(profile, **options)
        before = site.sent
        first, lesson = visit(context, site, stem)
        megabytes = (site.sent - before) / 1e6
        milliseconds = paints(lesson)
        lesson.page.close()
        second, _ = visit(context, site, stem)
        context.close()
    return first, second, megabytes, milliseconds


def visit_bare(playwright, path, site):
    """Return the times of a first visit to a bare JupyterLite, with a new profile."""
    options = {"executable_path": path, "args": FLAGS, "viewport": WINDOW}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(profile, **options)
        times = bare.visit(context, site)
        context.close()
    return times


def report(found, beside):
    """Return the lines of a table, and the names of the targets that were missed."""
    lines = ["| seconds until | first visit | second visit |", "|---|---:|---:|"]
    *visits, megabytes, milliseconds = zip(*found, strict=True)
    for phase in PHASES:
        first, second = (
            statistics.median(times[phase] for times in visit) for visit in visits
        )
        lines.append(f"| {phase} | {first:.1f} | {second:.1f} |")
        if phase == FIRST_FIGURE:
            reached = [first, second]
    text, picture = map(statistics.median, zip(*beside, strict=True))
    lines += ["", "A bare JupyterLite with NumPy and Matplotlib, seconds until"]
    lines += [f"its text: {text:.1f}", f"its picture: {picture:.1f}", ""]
    reached.append(statistics.median(megabytes))
    reached.append(statistics.median(itertools.chain(*milliseconds)))
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
        moving = (options.lesson, options.rounds)
        lines_read, missed_read = reading.report(playwright, path, site, *moving)
        print(*lines_read, "", sep="\n", flush=True)
        found, beside = [], []
        with (
            tempfile.TemporaryDirectory() as work,
            serving(bare.build(Path(work))) as other,
        ):
            for _ in range(options.rounds):  # in turns, since machines have moods
                found.append(measure(playwright, path, site, options.lesson))
                beside.append(visit_bare(playwright, path, other))
    lines, missed = report(found, beside)
    missed += missed_read
    print(*lines, sep="\n")
    if missed:
        print("missed:", ", ".join(missed))
    return int(options.strict and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
