"""Matplotlib's first start, without the red lines that it writes about itself into a notebook."""

import logging
import sys

# Parts of what Matplotlib says when it looks for fonts, and when it takes a temporary folder since
# its own can't be written.
NO_NEWS = (
    "building the font cache",
    "mkdir -p failed",
    "temporary cache directory",
    "not a writable directory",
)


def start_matplotlib():
    """Import Matplotlib. Whatever else it says is shown; and all is when it was imported before."""
    if "matplotlib" in sys.modules:
        return
    logs = [logging.getLogger(f"matplotlib{part}") for part in ("", ".font_manager")]
    for log in logs:
        log.addFilter(is_worth_showing)
    try:
        import matplotlib.font_manager  # noqa: F401
    finally:
        for log in logs:
            log.removeFilter(is_worth_showing)


def is_worth_showing(record):
    """Return whether a line of the log says anything that a learner can use."""
    return not any(part in record.getMessage() for part in NO_NEWS)
