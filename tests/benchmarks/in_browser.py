"""Sliders moved in a real JupyterLab, ours and other people's in turns in one kernel: how soon a
picture is there.
"""

import tempfile
from pathlib import Path

import moves
from chromium import ADVICE, find_chromium
from lab import Lesson, write_notebook
from playwright.sync_api import sync_playwright
from server import FLAGS, jupyterlab

HERE = Path(__file__).parent
EVERYONE = (HERE / "everyone.py").read_text(encoding="utf-8")
# Each way to draw with the cell that shows it; the first two cells are imports and everyone.py.
WAYS = {
    "ours": "helpers.explore(leaky, leaky_slope, x0=-2, slope=(0, 1, 0.01))",
    "bqplot": "bqplot_way()",
    "ipympl": "ipympl()",
    "interact": "interact()",
}
HANDLES = {"range": 0, "x0": 2, "slope": 3}  # of the sliders


def measure(rounds, steps, seconds, ways=("ours", "bqplot", "ipympl", "interact")):
    """Return {way: {slider: {"steps": milliseconds each, "frames": pictures a second each, "lags":
    milliseconds}}}.
    """
    path = find_chromium()
    if not path:
        raise SystemExit(ADVICE)
    with (
        tempfile.TemporaryDirectory() as home,
        jupyterlab(Path(home, "lab")) as server,
        sync_playwright() as playwright,
    ):
        cells = (
            "%matplotlib inline\nimport helpers",
            EVERYONE,
            *(WAYS[way] for way in ways),
        )
        write_notebook(server.files / "benchmark.ipynb", *cells)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        lesson = _open(browser, server)
        roots = {
            way: lesson.cell(cell).locator(".jp-OutputArea-output").first
            for cell, way in enumerate(ways, start=2)
        }
        _rounds(
            roots, 1, 4, 0.5
        )  # the first messages open side channels, the first frames fill caches
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
    page.wait_for_timeout(3000)
    return lesson


def _rounds(roots, rounds, steps, seconds):
    times = {
        way: {slider: {"steps": [], "frames": [], "lags": []} for slider in HANDLES}
        for way in roots
    }
    for number in range(rounds):
        for way, root in roots.items() if number % 2 else reversed(roots.items()):
            handles = root.locator("[role=slider]").all()
            for slider, place in HANDLES.items():
                found = times[way][slider]
                found["steps"] += _steps(root, handles[place], steps)
                frames, lag = _drag(root, handles[place], seconds)
                found["frames"].append(frames)
                found["lags"].append(lag)
    return times


def _steps(root, handle, count):
    """Return the milliseconds from each of so many key presses, towards the slider's middle, to the
    paint.
    """
    root.scroll_into_view_if_needed()
    times = []
    for _ in range(count):
        handle.focus()
        low, high, now = (
            float(handle.get_attribute(f"aria-value{what}"))
            for what in ("min", "max", "now")
        )
        root.evaluate("root => { bench.next = bench.step(root); }")
        root.page.keyboard.press(
            "ArrowRight" if now < (low + high) / 2 else "ArrowLeft"
        )
        times.append(root.evaluate("() => bench.next"))
    return times


def _drag(root, handle, seconds):
    """Return (pictures a second, milliseconds from the release to the last picture) of one drag
    over the slider.
    """
    root.scroll_into_view_if_needed()
    seen = root.evaluate_handle("root => bench.drag(root)")
    moves.drag_over(seconds, handle)
    root.page.wait_for_function("seen => bench.quiet(seen, 600)", arg=seen)
    found = seen.evaluate("seen => { seen.stop = true; return seen; }")
    during = [paint for paint in found["paints"] if paint <= found["released"]]
    span = (found["released"] - found["pressed"]) / 1000
    return len(during) / span, max(0.0, found["paints"][-1] - found["released"])
