"""A lesson open in JupyterLite, as a learner on the web site meets it: it runs by itself."""

from urllib.parse import quote

from lab import SCRIPT, Lesson
from server import REPOSITORY

SITE = REPOSITORY / "build" / "site"
LESSONS = sorted(path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb"))
LINE = "#lesson-line"
# A mistake of JupyterLab 4.4 with cells that are only shown when they are scrolled to; nothing
# comes of it.
HARMLESS = (
    "Cannot read properties of undefined (reading 'type')",
    'can\'t access property "type", e is undefined',  # as Firefox says it
)
WORK = "# my own words"
EDIT = """words => {
  const cell = lab.cells[1].sharedModel;
  cell.setSource(words + '\\n' + cell.source);
}"""
SAVED = "() => lab.panel.context.model.dirty === false"


def address_of(site, stem):
    """Return the address at which a lesson runs."""
    return f"{site}run/notebooks/index.html?path={quote(stem)}.ipynb"


class LiteLesson(Lesson):
    """A page of the web site on which a lesson runs."""

    def __init__(self, page, site, stem):
        """Open the lesson; nothing is waited for."""
        self.page = page
        self._errors = []
        page.add_init_script(SCRIPT)
        page.on(
            "pageerror",
            lambda error: str(error) in HARMLESS or self._errors.append(str(error)),
        )
        page.goto(address_of(site, stem))

    def line(self):
        """Return what the line above the notebook says."""
        return self.page.locator(LINE).text_content()

    def wait_for_line(self, words, seconds=120):
        """Wait until the line says what begins with these words."""
        find = "words => document.getElementById('lesson-line')?.textContent.startsWith(words)"
        self.page.wait_for_function(find, arg=words, timeout=1000 * seconds)

    def wait_until_run(self, seconds=240):
        """Wait until every cell has run, or fail with what a cell says."""
        line = "document.getElementById('lesson-line')?.textContent"
        over = f"/^(Everything runs|A cell did not)/.test({line})"
        self.page.wait_for_function(over, timeout=1000 * seconds)
        assert self.failures() == []
        self.page.evaluate("lab.listen()")

    def change(self):
        """Write WORK into the first cell of code, and wait until that is saved."""
        self.page.evaluate(EDIT, WORK)
        self.page.wait_for_function(SAVED, timeout=60_000)

    def changed(self):
        """Tell whether the first cell of code begins with WORK."""
        return self.page.evaluate("lab.cells[1].sharedModel.source").startswith(WORK)
