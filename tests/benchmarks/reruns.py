"""A cell with a live figure run again and again in a real JupyterLab: how much the kernel grows."""

from figures import FIGURE
from lab import Lesson, browser_and_lab, write_notebook
from playwright.sync_api import expect

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
    grown = {}
    with browser_and_lab() as (page, server):
        lesson = None
        for name, cell in CELLS.items():
            write_notebook(server.files / f"{name}.ipynb", IMPORTS, cell)
            if lesson:
                lesson.open(f"{name}.ipynb")
            else:
                lesson = Lesson(page, server, f"{name}.ipynb")
            lesson.run(0)
            before = _memory_after(lesson, 1)
            grown[name] = _memory_after(lesson, times) - before
    return grown


def _memory_after(lesson, times):
    for _ in range(times):
        lesson.run(1)
        expect(lesson.page.locator(FIGURE)).to_have_count(1)
        lesson.page.wait_for_timeout(REST)
    return float(lesson.in_kernel(MEMORY))
