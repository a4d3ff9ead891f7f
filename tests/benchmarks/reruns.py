"""A cell with a live figure run again and again in a real JupyterLab: how much the kernel grows."""

import tempfile
from pathlib import Path

from chromium import ADVICE, find_chromium
from figures import FIGURE
from lab import Lesson, write_notebook
from playwright.sync_api import expect, sync_playwright
from server import FLAGS, jupyterlab

IMPORTS = "import gc, psutil\nimport helpers\nfrom lessons.cheatsheet import choose"
CELLS = {
    "explore": "helpers.explore(helpers.leaky_relu, x0=1.0)",
    "compare": "helpers.compare(helpers.relu, helpers.gelu, helpers.silu)",
    "choose": "choose()",
}
MEMORY = "gc.collect()\nprint(psutil.Process().memory_info().rss / 2**20)"
REST = 250  # milliseconds in which a new figure and its script come into the page


def growth(times):
    """Return {figure: the MiB by which a kernel grows while its cell runs so many times more}."""
    path = find_chromium()
    if not path:
        raise SystemExit(ADVICE)
    with (
        tempfile.TemporaryDirectory() as home,
        jupyterlab(Path(home, "lab")) as server,
        sync_playwright() as playwright,
    ):
        for name, cell in CELLS.items():
            write_notebook(server.files / f"{name}.ipynb", IMPORTS, cell)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 1000})
        first, *others = CELLS
        lesson = Lesson(page, server, f"{first}.ipynb")
        grown = {first: _growth(lesson, times)}
        for name in others:
            lesson.open(f"{name}.ipynb")
            grown[name] = _growth(lesson, times)
        browser.close()
    return grown


def _growth(lesson, times):
    lesson.run(0)
    _show(lesson)
    before = _memory(lesson)
    for _ in range(times):
        _show(lesson)
    return _memory(lesson) - before


def _show(lesson):
    lesson.run(1)
    expect(lesson.page.locator(FIGURE)).to_have_count(1)
    lesson.page.wait_for_timeout(REST)


def _memory(lesson):
    return float(lesson.page.evaluate("code => lab.inKernel(code)", MEMORY))
