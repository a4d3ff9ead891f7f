"""Sliders moved in a real JupyterLab, ours and everyone's in turns in one kernel: the time until a picture is there."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import moves
from chromium import ADVICE, find_chromium
from lab import Lesson, write_notebook
from playwright.sync_api import sync_playwright
from server import FLAGS, jupyterlab

HERE = Path(__file__).parent
EVERYONE = (HERE / "everyone.py").read_text(encoding="utf-8")
CELLS = (
    "%matplotlib inline\nimport helpers",
    EVERYONE,
    "helpers.explore(sigmoid, sigmoid_slope, asymptotes=(0, 1))",
    "everyone()",
)
OUTPUTS = {"explore": 2, "interact": 3}  # the cells
RANGE, PROBE = 0, -1  # the handles of which sliders


@dataclass
class Times:
    """What was measured of one way to draw: milliseconds, and pictures a second in each drag."""

    steps: list = field(default_factory=list)
    range_steps: list = field(default_factory=list)
    frames: list = field(default_factory=list)
    lags: list = field(default_factory=list)


def measure(rounds, steps, seconds):
    """Return the Times of each way; in every round each way makes so many steps and one drag of so many seconds."""
    path = find_chromium()
    if not path:
        raise SystemExit(ADVICE)
    with (
        tempfile.TemporaryDirectory() as home,
        jupyterlab(Path(home, "lab")) as server,
        sync_playwright() as playwright,
    ):
        write_notebook(server.files / "benchmark.ipynb", *CELLS)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        lesson = _open(browser, server)
        roots = {name: lesson.cell(cell).locator(".jp-OutputArea-output").first for name, cell in OUTPUTS.items()}
        _rounds(roots, 1, 5, 0.5)  # the first messages open side channels, the first frames fill caches
        times = _rounds(roots, rounds, steps, seconds)
        browser.close()
    return times


def _open(browser, server):
    page = browser.new_page(viewport={"width": 1200, "height": 1500})
    page.add_init_script(path=HERE / "bench.js")
    lesson = Lesson(page, server, "benchmark.ipynb")
    lesson.run_all()
    if trouble := lesson.failures():
        raise SystemExit("\n".join(trouble))
    return lesson


def _rounds(roots, rounds, steps, seconds):
    times = {name: Times() for name in roots}
    for number in range(rounds):
        for name, root in roots.items() if number % 2 else reversed(roots.items()):
            handles = root.locator("[role=slider]").all()
            times[name].steps += _steps(root, handles[PROBE], steps)
            times[name].range_steps += _steps(root, handles[RANGE], steps // 2)
            frames, lag = _drag(root, handles[PROBE], seconds)
            times[name].frames.append(frames)
            times[name].lags.append(lag)
    return times


def _steps(root, handle, count):
    """Return the milliseconds from each of so many key presses to the paint, half of them to the right."""
    root.scroll_into_view_if_needed()
    times = []
    for number in range(count):
        handle.focus()
        root.evaluate("root => { bench.next = bench.step(root); }")
        root.page.keyboard.press("ArrowRight" if number < count / 2 else "ArrowLeft")
        times.append(root.evaluate("() => bench.next"))
    return times


def _drag(root, handle, seconds):
    """Return (pictures a second, milliseconds from the release to the last picture) of one drag."""
    root.scroll_into_view_if_needed()
    seen = root.evaluate_handle("root => bench.drag(root)")
    moves.drag_for(seconds, handle)
    root.page.wait_for_function("seen => bench.quiet(seen, 1000)", arg=seen)
    found = seen.evaluate("seen => { seen.stop = true; return seen; }")
    during = [paint for paint in found["paints"] if paint <= found["released"]]
    span = (found["released"] - found["pressed"]) / 1000
    return len(during) / span, max(0.0, found["paints"][-1] - found["released"])
