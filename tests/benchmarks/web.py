"""Measures the built web site in a real browser: what each second goes into until the first live
figure moves.

python tests/benchmarks/web.py [--lesson 01_sigmoid] [--rounds 3] [--assert]
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[1:1] = [str(HERE.parent / "browser"), str(HERE.parent)]

from chromium import ADVICE, find_chromium  # noqa: E402
from in_browser import _steps  # noqa: E402
from lite import SITE, LiteLesson  # noqa: E402
from pages_server import serving  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from server import FLAGS  # noqa: E402

STEPS = 40
# What the page shows when a phase has ended.
PHASES = {
    "JupyterLite is there, with the text": ".jp-Notebook .jp-Cell",
    "stored pictures are shown": ".jp-OutputArea-output img",
    "Python has started, cells run": "#lesson-line:has-text('Running the cells')",
    "the first live figure is there": ".jp-OutputArea-output [role=slider]",
    "every cell has run": "#lesson-line:has-text('Everything runs')",
}
TARGETS = {"first visit": 12, "second visit": 8, "MB": 25, "step": 80}


def visit(context, site, stem):
    """Return (seconds from the start to the end of each phase, the lesson)."""
    page = context.new_page()
    page.add_init_script(path=HERE / "bench.js")
    started, times = time.monotonic(), {}
    lesson = LiteLesson(page, site, stem)
    for phase, selector in PHASES.items():
        page.wait_for_selector(selector, timeout=240_000)
        times[phase] = time.monotonic() - started
    return times, lesson


def steps(lesson):
    """Return the milliseconds from each key press to its picture, in the lesson's first live
    figure.
    """
    lesson.page.evaluate("lab.listen()")
    root = lesson.page.locator(".jp-OutputArea-output:has([role=slider])").first
    _steps(root, root.locator("[role=slider]").first, 4)
    return _steps(root, root.locator("[role=slider]").first, STEPS)


def measure(site, stem, rounds, path):
    """Return {"first visit": [times], "second visit": [times], "MB": [numbers], "step":
    [milliseconds]}.

    Each round has a new profile on the disk, as readers have one: a private window would keep no
    compiled code.
    """
    found = {"first visit": [], "second visit": [], "MB": [], "step": []}
    with sync_playwright() as playwright:
        for _ in range(rounds):
            profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            context = playwright.chromium.launch_persistent_context(
                profile.name,
                executable_path=path,
                args=FLAGS,
                viewport={"width": 1200, "height": 1000},
            )
            before = site.sent
            times, lesson = visit(context, site, stem)
            found["first visit"].append(times)
            found["MB"].append((site.sent - before) / 1e6)
            found["step"] += steps(lesson)
            lesson.page.close()
            times, lesson = visit(context, site, stem)
            found["second visit"].append(times)
            context.close()
            profile.cleanup()
    return found


def report(found):
    """Return the lines of a table, and the names of the targets that were missed."""
    lines, missed = (
        ["| seconds until | first visit | second visit |", "|---|---:|---:|"],
        [],
    )
    middle = {
        visit: {
            phase: statistics.median(times[phase] for times in found[visit])
            for phase in PHASES
        }
        for visit in ("first visit", "second visit")
    }
    for phase in PHASES:
        lines.append(
            f"| {phase} | {middle['first visit'][phase]:.1f} | {middle['second visit'][phase]:.1f} "
            "|"
        )
    reached = {
        visit: middle[visit]["the first live figure is there"] for visit in middle
    }
    reached |= {name: statistics.median(found[name]) for name in ("MB", "step")}
    for name, target in TARGETS.items():
        if not reached[name] <= target:
            missed.append(name)
        lines.append(
            f"{name}: {reached[name]:.1f}, at most {target} wanted{', missed' * (name in missed)}"
        )
    return lines, missed


def main(arguments=None):
    """Return the exit status: 1 when a target is missed and --assert is given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lesson", default="01_sigmoid")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--assert",
        dest="strict",
        action="store_true",
        help="fail when a target is missed",
    )
    options = parser.parse_args(arguments)
    path = find_chromium() or sys.exit(ADVICE)
    if not (SITE / "run").is_dir():
        sys.exit("The web site is not built: run `make site`.")
    with serving(SITE) as site:
        lines, missed = report(measure(site, options.lesson, options.rounds, path))
    print(*lines, sep="\n")
    return int(options.strict and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
