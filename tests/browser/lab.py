"""A lesson open in JupyterLab, and its live figures, as a learner at the keyboard meets them."""

import contextlib
import json
import sys
import tempfile
from pathlib import Path

import nbformat
from chromium import ADVICE, find_chromium
from figures import CONTROLS, FIGURE, KINDS, PICTURE, Figure, inside
from playwright.sync_api import expect, sync_playwright
from server import FLAGS, WINDOW, jupyterlab

HERE = Path(__file__).parent
SELECTORS = f"const PICTURE = {PICTURE!r}, CONTROLS = {CONTROLS!r}, KINDS = {KINDS};\n"
SCRIPT = SELECTORS + (HERE / "lab.js").read_text(encoding="utf-8")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# The kernel of this environment, which JupyterLab starts without asking.
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
# Every cell has run, or one has failed.
RAN = (
    "lab.kernel.status === 'idle' && (!lab.unfinished() || "
    "lab.outputs().some(output => output.output_type === 'error'))"
)


class Lesson:
    """A page of JupyterLab, or of Notebook 7 at the `place` "notebooks", with one notebook open."""

    def __init__(self, page, server, name, place="lab/tree"):
        """Open the notebook and wait until its kernel waits for work; nothing is run."""
        page.on("console", lambda line: line.type == "error" and self._note(line.text))
        self._load(page, f"{server.url}{place}/{name}?reset&token={server.token}")
        self._wait_and_listen()

    def _load(self, page, address):
        self.page = page
        self._errors = []
        page.add_init_script(SCRIPT)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.goto(address)

    def _note(self, error):
        self._errors.append(error)

    def open(self, name):
        """Open another notebook in the same page: that takes a fraction of the time."""
        self.page.evaluate("name => lab.open(name)", name)
        self._wait_and_listen()
        self._errors.clear()  # of the kernel that has gone

    def _wait_and_listen(self):
        self.page.wait_for_function("lab.ready()", timeout=60_000)
        self.page.evaluate("lab.listen()")

    def close(self):
        """Shut the kernel down, and close the page."""
        self.page.evaluate("lab.panel.context.sessionContext.shutdown()")
        self.page.close()

    def run(self, index):
        """Run one cell to its end."""
        self.page.evaluate("index => lab.run(index)", index)

    def show_the_file(self):
        """Shut the kernel down and show the notebook as its file has it."""
        self.page.evaluate("lab.panel.context.sessionContext.shutdown()")
        self.page.wait_for_function("!lab.kernel")
        self.page.evaluate("lab.panel.context.revert()")

    def run_all(self):
        """Run every cell, and wait until the last one has ended or one has failed."""
        ran = self.page.evaluate("lab.runAll()")
        assert ran or self.failures(), "JupyterLab did not run the cells."
        self.page.wait_for_function(RAN, timeout=120_000)

    def outputs(self, kind=None):
        """Return every output as nbformat has it, with the index of its `cell`, or those that have
        something of a MIME type.
        """
        outputs = self.page.evaluate("lab.outputs()")
        return [
            output for output in outputs if not kind or kind in output.get("data", {})
        ]

    def failures(self):
        """Return a sentence for each cell that raised an exception."""
        return [
            f"cell {output['cell']}: {output['ename']}: {output['evalue']}"
            for output in self.outputs()
            if output["output_type"] == "error"
        ]

    def complaints(self):
        """Return the errors in the browser's console, and the kernel's exceptions and warnings."""
        return self._errors + self.page.evaluate("lab.heard")

    def in_kernel(self, code):
        """Return what code prints in the kernel."""
        return self.page.evaluate("code => lab.inKernel(code)", code)

    def ask(self, call):
        """Return what a call of a function of inside.py prints in the kernel, read as JSON."""
        return json.loads(self.in_kernel(inside(call)))

    def cell(self, index):
        """Return the cell with that index, scrolled into view."""
        scroll = "index => lab.panel.content.scrollToItem(index, 'auto')"
        self.page.evaluate(scroll, index)
        selector = f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]'
        cell = self.page.locator(selector)
        cell.scroll_into_view_if_needed()
        return cell

    def figures(self):
        """Yield the live figures from top to bottom, each scrolled into view."""
        views = {}
        for output in self.outputs(WIDGET_VIEW):
            ids = views.setdefault(output["cell"], [])
            ids.append(output["data"][WIDGET_VIEW]["model_id"])
        for index, ids in views.items():
            found = self.cell(index).locator(FIGURE)
            model_ids = self.ask(f"find({ids})")
            expect(found).to_have_count(len(model_ids))
            for number, model_id in enumerate(model_ids):
                yield Figure(self, found.nth(number), model_id)


def write_notebook(path, *sources):
    """Write a notebook of code cells."""
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in sources]
    metadata = {"kernelspec": KERNEL}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)


@contextlib.contextmanager
def browser_and_lab(ratio=1, window=WINDOW):
    """Yield (a page of Chromium, a running JupyterLab) to a script, or exit without Chromium."""
    path = find_chromium() or sys.exit(ADVICE)
    with (
        tempfile.TemporaryDirectory() as home,
        jupyterlab(Path(home, "lab")) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser.new_page(viewport=window, device_scale_factor=ratio), server
        browser.close()
