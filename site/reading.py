"""The lessons as pages to read: made by nbconvert, with formulas that are set while the page is
built.
"""

import base64
import copy
import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import jinja2
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

HERE = Path(__file__).parent
CELLS = HERE / "templates" / "cells.html.j2"
KATEX = HERE / "node_modules" / "katex" / "dist"
LINK_TO_LESSON = re.compile(r"(\w+)\.ipynb(#.*)?")


@dataclass
class Page:
    """A lesson's text as HTML, and its headings, each (level, identifier, words as HTML)."""

    html: str
    headings: list


@dataclass
class Formulas:
    """Collects formulas, and puts what KaTeX makes of them in the places that were left for
    them.
    """

    found: list = field(default_factory=list)

    def place(self, tex, display):
        """Return the mark of a place for one more formula."""
        self.found.append({"tex": tex, "display": display})
        return f"\x02{len(self.found) - 1}\x03"

    def fill(self, html):
        """Return the HTML with every mark replaced; raises CalledProcessError when KaTeX does not
        read a formula.
        """
        run = ["node", HERE / "formulas.cjs"]
        said = subprocess.run(
            run,
            input=json.dumps(self.found),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        done = json.loads(said.stdout)
        return re.sub("\x02(\\d+)\x03", lambda mark: done[int(mark[1])], html)


def _scrolled(name, html):
    """Return what may be wider than a phone in a box of its own, that is scrolled to its end, by
    the keyboard too.
    """
    return f'<div class="wide" tabindex="0" role="group" aria-label="{name}">{html}</div>\n'


class Renderer(IPythonRenderer):
    """Markdown as nbconvert reads it, but with links between pages, and with headings and formulas
    noted.
    """

    def __init__(self, page, formulas):
        super().__init__(escape=False, exclude_anchor_links=True)
        self._page, self._formulas = page, formulas

    def heading(self, text, level, **attributes):
        name = quote(
            re.sub(r"<[^>]+>|[\x02\x03]", "", text).strip().lower().replace(" ", "-"),
            safe="-",
        )
        taken = {identifier for _, identifier, _ in self._page.headings}
        name += f"-{len(taken)}" * (name in taken)
        self._page.headings.append((level, name, text))
        return f'<h{level} id="{name}">{text}</h{level}>\n'

    def link(self, text, url, title=None):
        lesson = LINK_TO_LESSON.fullmatch(url)
        return super().link(
            text, f"{lesson[1]}.html{lesson[2] or ''}" if lesson else url, title
        )

    def inline_math(self, body):
        return self._formulas.place(body, False)

    def block_math(self, body):
        return _scrolled("formula", self._formulas.place(body, True))

    def table(self, text):
        return _scrolled("table", f"<table>\n{text}</table>")


class Exporter(HTMLExporter):
    """nbconvert's exporter with the renderer above, and with hidden outputs folded."""

    def __init__(self, page, formulas):
        super().__init__(
            template_name="basic",
            raw_template=CELLS.read_text(encoding="utf-8"),
            exclude_input_prompt=True,
            exclude_output_prompt=True,
        )
        self._own = page, formulas

    def markdown2html(self, source):
        return MarkdownWithMath(renderer=Renderer(*self._own)).render(source)


@dataclass
class Films:
    """The films that films.py has put into the `folder`, for pages in `output`."""

    folder: Path
    environment: jinja2.Environment
    output: Path

    def placed_in(self, lesson):
        """Return the lesson's notebook with films in place of the stored pictures of its live
        figures; their files are copied beside the page.
        """
        template = self.environment.get_template("film.html.j2").module
        notebook = copy.deepcopy(lesson.notebook)
        for cell in notebook.cells:
            parts = sorted((self.folder / lesson.stem).glob(f"{cell.id}-?.film"))
            if not parts:
                continue
            address = f"films/{lesson.stem}/{cell.id}"
            picture = self.output / f"{address}.png"
            picture.parent.mkdir(parents=True, exist_ok=True)
            for part in parts:
                shutil.copy(part, picture.parent)
            (shown,) = [
                out for out in cell.outputs if "image/png" in out.get("data", {})
            ]
            picture.write_bytes(base64.b64decode(shown.data["image/png"]))
            about = shown.metadata["image/png"]
            links = self.environment.get_template("links.html.j2").module
            shown.data["text/html"] = template.film(
                address,
                f"{address}.png",
                about["alt"],
                about["width"],
                about["height"],
                f"../{links.run(lesson)}",
            )
        return notebook


def read(lesson, formulas, films):
    """Return the lesson's Page, with the Films in place of stored pictures."""
    page = Page("", [])
    notebook = films.placed_in(lesson)
    html, _ = Exporter(page, formulas).from_notebook_node(notebook)
    # A long line is scrolled to, by the keyboard too.
    page.html = html.replace("<pre>", '<pre tabindex="0">')
    return page


def build(lessons, environment, output, films):
    """Write a reading page for each lesson into `output`, with Jinja's environment; `films` is the
    folder that films.py has filled.
    """
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    formulas, template = Formulas(), environment.get_template("lesson.html.j2")
    films = Films(films, environment, output)
    pages = []
    for before, lesson, after in zip(
        [None, *lessons], lessons, [*lessons[1:], None], strict=False
    ):
        page = read(lesson, formulas, films)
        pages.append(
            template.render(
                lesson=lesson, page=page, previous=before, next=after, root="../"
            )
        )
    whole = "\x04".join(pages)
    for lesson, html in zip(lessons, formulas.fill(whole).split("\x04"), strict=True):
        (output / f"{lesson.stem}.html").write_text(html, encoding="utf-8")
    for folder in {lesson.path.parent / "images" for lesson in lessons}:
        shutil.copytree(folder, output / folder.name)
    shutil.copy(KATEX / "katex.min.css", output)
    shutil.copytree(
        KATEX / "fonts",
        output / "fonts",
        ignore=shutil.ignore_patterns("*.ttf", "*.woff"),
    )
