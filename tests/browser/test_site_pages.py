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
WINDOWS = [{"width": 1200, "height": 900}, {"width": 390, "height": 844}]
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


@pytest.fixture
def tab(context):
    """Return a tab of the browser that notes what goes wrong in it, and what it asks for."""
    page = context.new_page()
    page.trouble = []
    page.asked = []
    page.on("console", lambda line: line.type == "error" and page.trouble.append(line))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_on_desktop_and_phone_and_asks_nobody_else(tab, site, name):
    for window in WINDOWS:
        tab.set_viewport_size(window)
        tab.goto(site + name)
        width = tab.evaluate("document.documentElement.scrollWidth")
        assert width <= window["width"], "It scrolls sideways."
        assert tab.evaluate(MISSING) == 0
    assert tab.trouble == []
    assert [url for url in tab.asked if not url.startswith((site, "data:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(tab, site, name, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto(site + name)
    assert obstacles(tab) == []


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
    alts = [
        o.metadata["image/png"]["alt"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "image/png" in o.get("data", {})
    ]
    prose = "\n".join(
        cell.source for cell in notebook.cells if cell.cell_type == "markdown"
    )
    tab.goto(f"{site}read/{stem}.html")
    assert tab.evaluate(STORED) == alts
    hidden = sum("jupyter" in cell.metadata for cell in notebook.cells)
    folded = prose.count("<details>") + hidden
    assert tab.locator("main details").count() == folded
    assert bool(tab.locator(".katex").count()) == ("$" in prose)
    assert tab.get_by_text("$$").count() == 0
    number = STEMS.index(stem)
    assert tab.locator("a.next").count() == (number + 1 < len(STEMS))
    assert tab.locator("a.previous").count() == (number > 0)
    assert tab.locator(".contents a").count() >= 5
