"""Finds the Chromium that the browser tests drive, and installs Playwright's own where there is
none.

Run as a script by `make test`; with --required, or CI=true in the environment, it fails without a
browser.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
ADVICE = (
    "The browser tests need Chromium. Install Chromium or Google Chrome with your system's "
    "packages, or say where it is: CHROMIUM=/path/to/chromium make test"
)


def find_chromium() -> str | None:
    """Return $CHROMIUM, or the path of a browser on PATH, or of Playwright's own, or None."""
    if named := os.environ.get("CHROMIUM"):
        return named
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_chromium()


def _playwrights_chromium() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def problem_with(path: str) -> str:
    """Return the first line of what went wrong when the browser was started, or nothing."""
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(executable_path=path).close()
    except Error as error:
        return f"{path} does not start: {error.message.strip().splitlines()[0]}"
    return ""


def main() -> int:
    """Return the exit status: 0 when a Chromium starts, or when none is required."""
    if not find_chromium():
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], check=False
        )
    path = find_chromium()
    if path:
        problem = problem_with(path)
    else:
        problem = "No Chromium was found, and Playwright could not download one."
    if not problem:
        return 0
    print(problem, ADVICE, sep="\n", file=sys.stderr)
    required = "--required" in sys.argv or os.environ.get("CI") == "true"
    return 1 if required else 0


if __name__ == "__main__":
    sys.exit(main())
