"""One JupyterLab for all browser tests, one Chromium for each file of them, and a page for each test or each lesson."""

import contextlib
import os
import shutil

import pytest
from chromium import ADVICE, find_chromium
from lab import Lesson
from lite import SITE
from pages_server import serving
from playwright.sync_api import sync_playwright
from server import FLAGS, REPOSITORY, jupyterlab

LESSONS = sorted(path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="session")
def chromium_path():
    """Return the browser's path, skip without one, and fail without one where CI=true."""
    path = find_chromium()
    if not path:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(ADVICE)
    return path


@pytest.fixture(scope="session")
def server(chromium_path, tmp_path_factory):
    """Return a running JupyterLab whose folders are its own."""
    with jupyterlab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="session")
def built_site():
    """Return the address of the web site that was built before, or skip where nobody has built it."""
    if not (SITE / "run" / "static" / "pyodide" / "pyodide.js").exists():
        pytest.skip("The web site is not built. `make test-site` builds and tests it.")
    with serving(SITE) as address:
        yield address


# Not for the whole session: Playwright keeps an event loop running in this thread, and nbval's tests need their own.
@pytest.fixture(scope="module")
def context(chromium_path):
    """Return a browser window of the size of a laptop's, with two device pixels to a pixel."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser.new_context(viewport={"width": 1200, "height": 1000}, device_scale_factor=2)
        browser.close()


@contextlib.contextmanager
def new_page(context):
    """Yield a page that is closed afterwards, and with it the kernels that it started."""
    page = context.new_page()
    yield page
    page.evaluate("window.jupyterapp?.serviceManager.sessions.shutdownAll()")
    page.close()


@pytest.fixture
def page(context, server):
    """Return a page for one test."""
    with new_page(context) as page:
        yield page


# To open and run a lesson takes longer than most of its tests: they share it.
@pytest.fixture(scope="module", params=LESSONS)
def lesson(request, context, server, tmp_path_factory):
    """Return a lesson opened from a copy of the notebooks' folder; its tests come one after the other."""
    folder = tmp_path_factory.mktemp(request.param, numbered=True).name
    shutil.copytree(
        REPOSITORY / "notebooks",
        server.files / folder,
        ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"),
    )
    with new_page(context) as page:
        yield Lesson(page, server, f"{folder}/{request.param}.ipynb")
