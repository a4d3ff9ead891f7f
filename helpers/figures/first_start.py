"""Matplotlib's first start, without the red lines that it writes about itself into a notebook."""

import atexit
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

FOLDER = "MPLCONFIGDIR"  # the environment variable that names Matplotlib's own folder


def start_matplotlib():
    """Import Matplotlib, with a temporary folder where it has none that can be written.

    Matplotlib takes such a folder by itself, but says so in two red lines, and in a third one that
    it looks for fonts, where that takes long. Whatever else it says is shown; and all is when
    Matplotlib was imported before.
    """
    if "matplotlib" in sys.modules:
        return
    if not has_folder():
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="matplotlib-")
        atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)
    log = logging.getLogger("matplotlib.font_manager")
    log.addFilter(is_worth_showing)
    try:
        import matplotlib.font_manager  # noqa: F401
    finally:
        log.removeFilter(is_worth_showing)


def has_folder():
    """Return whether Matplotlib can write where it keeps its settings and its list of fonts."""
    try:
        return all(can_hold(folder) for folder in usual_folders())
    except RuntimeError:  # nobody knows where home is
        return False


def usual_folders():
    """Return where Matplotlib keeps its files; raise RuntimeError where there is no home."""
    if os.environ.get(FOLDER):
        return [Path(os.environ[FOLDER])]
    home = Path.home()
    if sys.platform in ("win32", "darwin"):
        return [Path(os.environ.get("LOCALAPPDATA") or home)]
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    fonts = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return [settings / "matplotlib", fonts / "matplotlib"]


def can_hold(folder):
    """Return whether files can be written in a folder, which is made if need be."""
    try:
        while not folder.exists():
            folder = folder.parent
        with tempfile.TemporaryDirectory(dir=folder):
            return True
    except OSError:
        return False


def is_worth_showing(record):
    """Return whether a line of the log says more than that fonts are being looked for."""
    return "building the font cache" not in record.getMessage()
