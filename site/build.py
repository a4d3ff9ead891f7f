"""Builds the lessons' web site from the committed notebooks.

python site/build.py [--output build/site] [--pyodide FOLDER]
"""

import argparse
import os
import subprocess
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
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "site")
    parser.add_argument(
        "--pyodide",
        default=os.environ.get("PYODIDE"),
        help="a folder with Pyodide's files",
    )
    options = parser.parse_args(arguments)
    try:
        lessons = build(PROJECT, options.output, options.pyodide)
    except pyodide.Missing as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as trouble:
        print(trouble, (trouble.stderr or "")[-2000:], sep="\n", file=sys.stderr)
        return 1
    print(
        f"{len(lessons)} lessons are in {options.output}. To look at them: python -m http.server "
        f"-d {options.output}"
    )
    return 0


def build(project, output, given=None):
    """Build everything and return the lessons; `given` is a folder with Pyodide's files, or
    None.
    """
    lessons, work = catalogue.lessons(project), project / "build"
    pyodide.gather(work / "pyodide", given)
    running.build(lessons, work / "lite", output / "run", work / "pyodide", project)
    build_pages(
        lessons,
        project,
        output,
        running.megabytes(output / "run" / "static" / "pyodide"),
    )
    return lessons


def build_pages(lessons, project, output, megabytes):
    """Build what needs no Python in the browser: the landing page, and a page to read for each
    lesson.
    """
    environment = pages.environment(project, megabytes)
    reading.build(lessons, environment, output / "read", project / "build" / "films")
    pages.build(lessons, environment, output, project)


if __name__ == "__main__":
    sys.exit(main())
