"""The web site's landing page and the pages to read: no link leads nowhere, everybody can read
them, at once.
"""

import re
import sys
from urllib.parse import unquote, urldefrag, urljoin

import nbformat
import pytest
from access import obstacles
from lite import LESSONS as STEMS
from notebook_rules import outputs, prose_of
from pages_server import serving
from server import REPOSITORY

pytestmark = pytest.mark.site
SITE = REPOSITORY / "site"
NOTEBOOKS = REPOSITORY / "notebooks"
PAGES = ["index.html", *(f"read/{stem}.html" for stem in STEMS)]
# The words of the pictures that the page brings along, before any of them is a film.
STORED = """async () => {
  const html = await (await fetch(location.href)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll(".output_png img, .film img")].map(image => image.alt);
}"""
RUN = "run/notebooks/index.html?path="
# Pictures without a picture.
MISSING = (
    "[...document.images].filter(i => i.loading !== 'lazy' && !i.naturalWidth).length"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder of the pages, built without the Python that runs the lessons."""
    if not (SITE / "node_modules" / "katex").is_dir():
        pytest.skip("The formulas' KaTeX is not there. `make site` installs it.")
    output = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SITE))
        build = __import__("build")
        build.build_pages(build.catalogue.lessons(REPOSITORY), REPOSITORY, output, 30)
    for path in SITE.glob("*.py"):
        sys.modules.pop(path.stem, None)  # their names are common ones
    return output


@pytest.fixture(scope="module")
def site(built):
    """Return the address at which the pages are served."""
    with serving(built) as address:
        yield address


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_for_everybody_and_asks_nobody_else(tab, site, name):
    for scheme, width in (("light", 1200), ("dark", 390)):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        tab.goto(site + name)
        across = tab.evaluate("document.documentElement.scrollWidth")
        assert across <= width, "It scrolls sideways."
        assert tab.evaluate(MISSING) == 0
    assert obstacles(tab) == []  # in light, test_films.py asks
    assert tab.trouble == []
    assert [url for url in tab.asked if not url.startswith((site, "data:"))] == []


def test_every_link_leads_somewhere(built):
    texts = {name: (built / name).read_text(encoding="utf-8") for name in PAGES}

    def leads(target, mark):
        if target.startswith(RUN):
            return (NOTEBOOKS / target.removeprefix(RUN)).is_file()
        known = not mark or f'id="{mark}"' in texts[target]
        return known and (built / unquote(target)).is_file()

    lost = []
    for name, text in texts.items():
        for url in re.findall(r'(?:href|src)="(?!https?:|data:)([^"]+)"', text):
            if not leads(*urldefrag(urljoin(name, url))):
                lost.append(f"{name}: {url}")
    assert lost == []


def test_the_landing_page_has_a_tile_for_each_lesson(tab, site):
    tab.goto(site)
    for stem in STEMS:
        assert tab.locator(f'.tile a.button[href="read/{stem}.html"]').count() == 1
        assert tab.locator(f'.tile a.button[href$="path={stem}.ipynb"]').count() == 1


@pytest.mark.parametrize("stem", STEMS)
def test_a_lesson_to_read_has_its_pictures_words_answers_formulas_and_neighbours(
    tab, site, stem
):
    notebook = nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4)
    shown = [data for _, data in outputs(notebook) if "image/png" in data]
    prose = "\n".join(prose_of(notebook.cells))
    tab.goto(f"{site}read/{stem}.html")
    assert tab.evaluate(STORED) == [data["text/plain"] for data in shown]
    hidden = sum("jupyter" in cell.metadata for cell in notebook.cells)
    folded = prose.count("<details>") + hidden
    assert tab.locator("main details").count() == folded
    assert bool(tab.locator(".katex").count()) == ("$" in prose)
    assert tab.get_by_text("$$").count() == 0
    number = STEMS.index(stem)
    assert tab.locator("a.next").count() == (number + 1 < len(STEMS))
    assert tab.locator("a.previous").count() == (number > 0)
    assert tab.locator(".contents a").count() >= 5
