"""Finds Firefox, and starts it so that Playwright drives it as it does Chromium."""

import contextlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

RELAY = Path(__file__).with_name("relay.py")
NAMES = (
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
)
ADVICE = (
    "Some browser tests need Firefox. Install it with your system's packages (on Debian: "
    "sudo apt install firefox-esr), or say where it is: FIREFOX=/path/to/firefox make test"
)


def find_firefox() -> str | None:
    """Return $FIREFOX, or the path of a Firefox that is installed, or None."""
    named = os.environ.get("FIREFOX")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def firefox(playwright, path, settings=()):
    """Yield a Firefox with a new profile, and with these pairs of names and values of
    about:config.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
            for name, value in settings
        ]
        Path(profile, "user.js").write_text("".join(lines), encoding="utf-8")
        options = ["--headless", "--remote-debugging-port=0", "--profile", profile]
        browser = playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=sys.executable,
            ignore_default_args=True,
            args=[str(RELAY), path, *options],
        )
        yield browser
        browser.close()
