"""One JupyterLab for all browser tests, one Chromium for each file of them, few pages."""

import os
import shutil

import chromium
import firefox
import pytest
from access import noting
from lab import Lesson
from lite import SITE
from pages_server import serving
from playwright.sync_api import expect, sync_playwright
from server import FLAGS, REPOSITORY, WINDOW, jupyterlab

NOTEBOOKS_IN_A_PAGE = 3  # each leaves 50 to 90 MB behind
expect.set_options(timeout=30_000)  # milliseconds: a slow machine is no failure


def path_of(found, advice):
    """Return a browser's path, skip without one, and fail without one where CI=true."""
    if found:
        return found
    stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    return stop(advice)


@pytest.fixture(scope="session")
def chromium_path():
    return path_of(chromium.find_chromium(), chromium.ADVICE)


@pytest.fixture(scope="session")
def firefox_path():
    return path_of(firefox.find_firefox(), firefox.ADVICE)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Return a running JupyterLab whose folders are its own, with the lessons in "notebooks"."""
    with jupyterlab(tmp_path_factory.mktemp("lab")) as running:
        rubbish = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
        folder = running.files / "notebooks"
        shutil.copytree(REPOSITORY / "notebooks", folder, ignore=rubbish)
        yield running


@pytest.fixture(scope="session")
def built_site():
    """Return the address of the web site that was built before, or skip where nobody has."""
    if not (SITE / "run" / "static" / "pyodide" / "pyodide.js").exists():
        pytest.skip("The web site is not built. `make test-site` builds and tests it.")
    with serving(SITE) as address:
        yield address


# Not for the whole session: Playwright keeps an event loop running in this thread, and nbval's
# tests need their own.
@pytest.fixture(scope="module")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def context(playwright, chromium_path):
    """Return a browser window of the size of a laptop's, with two device pixels to a pixel."""
    browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
    yield browser.new_context(viewport=WINDOW, device_scale_factor=2)
    browser.close()


@pytest.fixture
def tab(context):
    """Return a new page that notes what goes wrong in it, and what it asks for."""
    page = noting(context.new_page())
    yield page
    page.close()


@pytest.fixture(scope="module")
def open_notebook(context, server):
    """Return a function that opens a notebook, mostly in the page that is there."""
    opened = []

    def open_it(name):
        if len(opened) % NOTEBOOKS_IN_A_PAGE:
            opened.append(opened[-1])
            opened[-1].open(name)
        else:
            close()
            opened.append(Lesson(context.new_page(), server, name))
        return opened[-1]

    def close():
        if opened:
            opened[-1].close()

    yield open_it
    close()
