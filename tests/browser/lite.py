"""A lesson open in JupyterLite, as a learner on the web site meets it: it runs by itself."""

from urllib.parse import quote

from lab import Lesson
from server import REPOSITORY

SITE = REPOSITORY / "build" / "site"
LESSONS = sorted(path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb"))
LINE = "#lesson-line"
SAYS = "document.getElementById('lesson-line')?.textContent"
# A mistake of JupyterLab 4.4 with cells that are only shown when they are scrolled to, as Chromium
# and Firefox say it; nothing comes of it.
HARMLESS = (
    "Cannot read properties of undefined (reading 'type')",
    'can\'t access property "type", e is undefined',
)
WORK = "# my own words"
EDIT = """words => {
  const cell = lab.cells[1].sharedModel;
  cell.setSource(words + '\\n' + cell.source);
}"""


def address_of(site, stem):
    """Return the address at which a lesson runs."""
    return f"{site}run/notebooks/index.html?path={quote(stem)}.ipynb"


class LiteLesson(Lesson):
    """A page of the web site on which a lesson runs."""

    def __init__(self, page, site, stem):
        """Open the lesson; nothing is waited for."""
        self._load(page, address_of(site, stem))

    def _note(self, error):
        if not any(known in error for known in HARMLESS):
            super()._note(error)

    def line(self):
        """Return what the line above the notebook says."""
        return self.page.locator(LINE).text_content()

    def wait_for_line(self, words, seconds=120):
        """Wait until the line says what begins with these words."""
        begins = f"words => {SAYS}?.startsWith(words)"
        self.page.wait_for_function(begins, arg=words, timeout=1000 * seconds)

    def wait_until_run(self, seconds=240):
        """Wait until every cell has run, or fail with what a cell says."""
        over = f"/^(Everything runs|A cell did not)/.test({SAYS})"
        self.page.wait_for_function(over, timeout=1000 * seconds)
        assert self.failures() == []
        self.page.evaluate("lab.listen()")

    def change(self):
        """Write WORK into the first cell of code, and wait until that is saved."""
        self.page.evaluate(EDIT, WORK)
        saved = "lab.panel.context.model.dirty === false"
        self.page.wait_for_function(saved, timeout=60_000)

    def changed(self):
        """Tell whether the first cell of code begins with WORK."""
        return self.page.evaluate("lab.cells[1].sharedModel.source").startswith(WORK)
