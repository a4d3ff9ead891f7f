"""Records the live figures of the lessons for the web site, where no Python runs.

python site/films.py [--output build/films] [notebooks/NN_name.ipynb …]

Runs with the lessons' own environment. A lesson whose code has not changed is not recorded again.
"""

import argparse
import hashlib
import os
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

PROJECT = Path(__file__).resolve().parent.parent
PARTS = ("numpy", "matplotlib", "ipywidgets")  # whose versions may change a picture


def main(arguments=None):
    """Return the exit status: 0 when all was recorded."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "films")
    parser.add_argument("notebooks", type=Path, nargs="*")
    options = parser.parse_args(arguments)
    notebooks = options.notebooks or sorted((PROJECT / "notebooks").glob("*.ipynb"))
    started = time.monotonic()
    # Each process has a core of its own.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # IPython makes itself the main module, so each process records one lesson only.
    workers = ProcessPoolExecutor(
        os.cpu_count(), mp_context=get_context("spawn"), max_tasks_per_child=1
    )
    with workers:
        said = list(
            workers.map(record_lesson, notebooks, [options.output] * len(notebooks))
        )
    print(*said, sep="\n")
    print(f"{time.monotonic() - started:.0f} s")
    return 0


def record_lesson(path, output):
    """Record the live figures of a notebook into a folder of its name; return what to say of it."""
    folder = output / path.stem
    notebook = nbformat.read(path, as_version=4)
    key = fingerprint(notebook)
    done = folder / "fingerprint"
    if done.exists() and done.read_text() == key:
        return f"{path.stem}: unchanged"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    size = 0
    for name, recording in recordings(notebook):
        for number, part in enumerate(recording.packed()):
            (folder / f"{name}-{number}.film").write_bytes(part)
            size += len(part)
    done.write_text(key)
    return f"{path.stem}: {size / 1e6:.2f} MB"


def fingerprint(notebook):
    """Return what changes when a notebook's figures may."""
    found = hashlib.sha256()
    for part in PARTS:
        found.update(version(part).encode())
    for folder in ("helpers", "lessons"):
        for file in sorted((PROJECT / folder).rglob("*.py")):
            found.update(file.read_bytes())
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found.update(cell.source.encode())
    return found.hexdigest()


def recordings(notebook):
    """Run a notebook's cells, and yield (cell's id, Recording) of each that ends with a live
    figure that can be recorded.
    """
    sys.path[:0] = [str(PROJECT)]
    from helpers.figures.live import LiveFigure
    from helpers.figures.recording import Recording

    shell = InteractiveShell.instance()
    shell.reset()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        with capture_output():
            outcome = shell.run_cell(cell.source)
        outcome.raise_error()
        if (
            isinstance(outcome.result, LiveFigure)
            and outcome.result.recorded is not False
        ):
            # Every recording draws with ids of its own, since a page may hold several.
            yield cell.id, Recording(outcome.result, f"film-{cell.id}")


if __name__ == "__main__":
    sys.exit(main())
