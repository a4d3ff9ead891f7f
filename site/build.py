"""Builds the lessons' web site from the committed notebooks.

python site/build.py [--output build/site] [--pyodide FOLDER]
"""

import argparse
import os
import sys
from pathlib import Path

import catalogue
import pages
import pyodide
import reading
import running

PROJECT = Path(__file__).resolve().parent.parent


def main(arguments=None):
    """Return the exit status: 0 when the site was built."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "site")
    parser.add_argument("--pyodide", default=os.environ.get("PYODIDE"), help="a folder with Pyodide's files")
    options = parser.parse_args(arguments)
    lessons = catalogue.lessons(PROJECT)
    work = PROJECT / "build"
    try:
        pyodide.gather(work / "pyodide", options.pyodide)
    except pyodide.Missing as trouble:
        print(trouble, file=sys.stderr)
        return 1
    running.build(lessons, work / "lite", options.output / "run", work / "pyodide", PROJECT)
    environment = pages.environment(PROJECT, megabytes=25)
    reading.build(lessons, environment, options.output / "read")
    pages.build(lessons, environment, options.output, PROJECT)
    print(f"{len(lessons)} lessons are in {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
