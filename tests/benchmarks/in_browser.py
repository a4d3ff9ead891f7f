"""Sliders moved in a real JupyterLab, ours and other people's in turns in one kernel: how soon a
picture is there.
"""

import itertools
from pathlib import Path

import moves
from lab import Lesson, browser_and_lab, write_notebook

HERE = Path(__file__).parent
IMPORTS = "%matplotlib inline\nimport helpers"
EVERYONE = (HERE / "everyone.py").read_text(encoding="utf-8")
# Each way to draw with the cell that shows it; the first two cells are imports and everyone.py.
WAYS = {
    "ours": "helpers.explore(leaky, leaky_slope, x0=-2, slope=(0, 1, 0.01))",
    "bqplot": "bqplot_way()",
    "ipympl": "ipympl()",
    "interact": "interact()",
}
HANDLES = {"range": 0, "x0": 2, "slope": 3}  # of the sliders
WINDOW = {"width": 1200, "height": 1500}


def measure(rounds, steps, seconds):
    """Return {way: {slider: {"steps": milliseconds each, "frames": pictures a second each, "lags":
    milliseconds}}}.
    """
    with browser_and_lab(window=WINDOW) as (page, server):
        file = server.files / "benchmark.ipynb"
        write_notebook(file, IMPORTS, EVERYONE, *WAYS.values())
        page.add_init_script(path=HERE / "bench.js")
        lesson = Lesson(page, server, "benchmark.ipynb")
        lesson.run_all()
        if trouble := lesson.failures():
            raise SystemExit("\n".join(trouble))
        page.wait_for_timeout(3000)
        roots = {
            way: lesson.cell(cell).locator(".jp-OutputArea-output").first
            for cell, way in enumerate(WAYS, start=2)
        }
        # The first messages open side channels, the first frames fill caches.
        _rounds(roots, 1, 4, 0.5)
        return _rounds(roots, rounds, steps, seconds)


def _rounds(roots, rounds, count, seconds):
    times = {
        way: {slider: {"steps": [], "frames": [], "lags": []} for slider in HANDLES}
        for way in roots
    }
    for number in range(rounds):
        for way in roots if number % 2 else reversed(roots):
            root = roots[way]
            handles = root.locator("[role=slider]").all()
            for slider, place in HANDLES.items():
                found = times[way][slider]
                found["steps"] += steps(root, handles[place], count)
                frames, lag = _drag(root, handles[place], seconds)
                found["frames"].append(frames)
                found["lags"].append(lag)
    return times


def steps(root, handle, count):
    """Return the milliseconds from each of so many key presses, towards the slider's middle and
    back again, to the paint.
    """
    root.scroll_into_view_if_needed()
    now, low, high = (
        float(handle.get_attribute(f"aria-value{what}"))
        for what in ("now", "min", "max")
    )
    keys = ["ArrowRight", "ArrowLeft"]
    if now > (low + high) / 2:
        keys.reverse()
    times = []
    for key in itertools.islice(itertools.cycle(keys), count):
        handle.focus()
        root.evaluate("root => { bench.next = bench.step(root); }")
        root.page.keyboard.press(key)
        times.append(root.evaluate("() => bench.next"))
    return times


def _drag(root, handle, seconds):
    """Return (pictures a second, milliseconds from the release to the last picture) of one drag
    over the slider.
    """
    root.scroll_into_view_if_needed()
    seen = root.evaluate_handle("root => bench.drag(root)")
    x, y, slider = moves.grab(handle)
    root.evaluate("(root, arguments) => bench.sweep(...arguments)", [slider, seconds])
    root.page.mouse.move(x, y)
    root.page.mouse.up()
    root.page.wait_for_function("seen => bench.quiet(seen, 600)", arg=seen)
    found = seen.evaluate("seen => { seen.stop = true; return seen; }")
    paints = found["paints"]
    released = found["released"]
    during = [paint for paint in paints if paint <= released]
    span = (released - found["pressed"]) / 1000
    return len(during) / span, max(0.0, paints[-1] - released)
