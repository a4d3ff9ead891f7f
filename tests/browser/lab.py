"""A lesson open in JupyterLab, and its live figures, as a learner at the keyboard meets them."""

import json
from pathlib import Path

import nbformat
from figures import CONTROLS, FIGURE, KINDS, PICTURE, Figure, inside
from playwright.sync_api import expect

SELECTORS = (
    f"const PICTURE = {PICTURE!r}, CONTROLS = {CONTROLS!r}, KINDS = {KINDS!r};\n"
)
SCRIPT = SELECTORS + Path(__file__).with_name("lab.js").read_text(encoding="utf-8")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Lesson:
    """A page of JupyterLab, or of Notebook 7 at the `place` "notebooks", with one notebook open."""

    def __init__(self, page, server, name, place="lab/tree"):
        """Open the notebook and wait until its kernel waits for work; nothing is run."""
        self.page = page
        self._errors = []
        page.add_init_script(SCRIPT)
        page.on(
            "console",
            lambda line: line.type == "error" and self._errors.append(line.text),
        )
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.goto(f"{server.url}{place}/{name}?reset&token={server.token}")
        self._wait_and_listen()

    def open(self, name):
        """Open another notebook in the same page: that takes a fraction of the time."""
        self.page.evaluate("name => lab.open(name)", name)
        self._wait_and_listen()
        self._errors.clear()  # of the kernel that has gone

    def _wait_and_listen(self):
        self.page.wait_for_function("lab.ready()", timeout=60_000)
        self.page.evaluate("lab.listen()")

    def run(self, index):
        """Run one cell to its end."""
        self.page.evaluate("index => lab.run(index)", index)

    def show_the_file(self):
        """Shut the kernel down and show the notebook as its file has it."""
        self.page.evaluate("lab.panel.context.sessionContext.shutdown()")
        self.page.wait_for_function("!lab.kernel")
        self.page.evaluate("lab.panel.context.revert()")

    def run_all(self, timeout=120):
        """Run every cell, and wait until the last one has ended or one has failed."""
        ran = self.page.evaluate("lab.runAll()")
        assert ran or self.failures(), "JupyterLab did not run the cells."
        self.page.wait_for_function(
            "lab.kernel.status === 'idle' && (!lab.unfinished() || "
            "lab.outputs().some(output => output.output_type === 'error'))",
            timeout=timeout * 1000,
        )

    def outputs(self):
        """Return every output as nbformat has it, with the index of its `cell`."""
        return self.page.evaluate("lab.outputs()")

    def failures(self):
        """Return a sentence for each cell that raised an exception."""
        failed = [
            output for output in self.outputs() if output["output_type"] == "error"
        ]
        return [
            f"cell {output['cell']}: {output['ename']}: {output['evalue']}"
            for output in failed
        ]

    def complaints(self):
        """Return the errors in the browser's console, and the kernel's exceptions and warnings."""
        return self._errors + self.page.evaluate("lab.heard")

    def in_kernel(self, call):
        """Return what a call of a function of inside.py prints in the kernel, read as JSON."""
        return json.loads(
            self.page.evaluate("code => lab.inKernel(code)", inside(call))
        )

    def cell(self, index):
        """Return the cell with that index, scrolled into view."""
        selector = f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]'
        cell = self.page.locator(selector)
        self.page.evaluate(
            "index => lab.panel.content.scrollToItem(index, 'auto')", index
        )
        cell.scroll_into_view_if_needed()
        return cell

    def figures(self):
        """Yield the live figures from top to bottom, each scrolled into view."""
        views = [
            output for output in self.outputs() if WIDGET_VIEW in output.get("data", {})
        ]
        for index in dict.fromkeys(view["cell"] for view in views):
            ids = [
                view["data"][WIDGET_VIEW]["model_id"]
                for view in views
                if view["cell"] == index
            ]
            found = self.cell(index).locator(FIGURE)
            model_ids = self.in_kernel(f"find({ids})")
            expect(found).to_have_count(len(model_ids))
            for number, model_id in enumerate(model_ids):
                yield Figure(self, found.nth(number), model_id)


def write_notebook(path, *sources):
    """Write a notebook of code cells that starts the kernel of this environment without asking."""
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in sources]
    kernel = {
        "name": "python3",
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path
    )
