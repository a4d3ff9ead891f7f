"""Runs the notebooks anew and writes them in the one form in which they are committed.

python tests/refresh.py [--check] [notebook ...]
--check runs and writes nothing, it only says what is not in form.
"""

import argparse
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
MAX_BYTES = 300_000
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# The same on every machine: no version digits, no name of a local environment.
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
# How Jupyter programs note that an output is folded away until somebody asks for it.
HIDDEN = {"collapsed": True, "jupyter": {"outputs_hidden": True}}
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")


def run(notebook, folder):
    """Return the notebook with the outputs of a new kernel of this environment that ran in the
    folder.
    """
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=300,
        resources={"metadata": {"path": str(folder)}},
        coalesce_streams=True,
    )
    return client.execute()


def normalised(notebook):
    """Return a copy of the notebook without all that differs between machines, sessions and
    editors.
    """
    cells = []
    names = set()
    for cell in notebook.cells:
        new = {**cell, "metadata": _kept(cell), "id": _stable_id(cell, names)}
        if cell.cell_type == "code":
            new["outputs"] = [*filter(None, map(_stored, cell.outputs))]
        cells.append(new)
    return nbformat.from_dict(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": METADATA, "cells": cells}
    )


def is_hidden(cell):
    """Return whether the cell's output is folded away until somebody asks for it."""
    return cell.metadata.get("jupyter", {}).get("outputs_hidden") is True


def _kept(cell):
    """Return what authors have set in a cell's metadata, without what programs have added."""
    tags = {"tags": cell.metadata.tags} if "tags" in cell.metadata else {}
    return {**tags, **HIDDEN} if is_hidden(cell) else tags


def _stable_id(cell, taken):
    """Return the cell's id if a person chose it, else one made from the cell's first words, not yet
    taken.
    """
    name = cell.get("id", "")
    if not name or RANDOM_ID.fullmatch(name):
        first_line = cell.source.strip().partition("\n")[0].lower()
        name = re.sub(r"[^a-z0-9]+", "-", first_line)[:32].strip("-") or cell.cell_type
    unique = name
    copies = 1
    while unique in taken:
        copies += 1
        unique = f"{name}-{copies}"
    taken.add(unique)
    return unique


def _stored(output):
    """Return the output without its widget view, which needs a kernel; None without a picture
    beside it.
    """
    if WIDGET_VIEW not in output.get("data", {}):
        return output
    data = {kind: value for kind, value in output.data.items() if kind != WIDGET_VIEW}
    return {**output, "data": data} if "image/png" in data else None


def written(notebook):
    """Return the notebook's text as every Jupyter program writes it, with one newline at the
    end.
    """
    nbformat.validate(notebook)
    return nbformat.v4.writes(notebook).rstrip("\n") + "\n"


def complaints(text):
    """Return a sentence for each thing that must not stand in a committed notebook, however it is
    written.
    """
    cells = nbformat.v4.reads(text).cells
    sentences = []
    code = [cell for cell in cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, 1):
        if cell.execution_count != number:
            sentences.append(f"Code cell {number} is not counted so: run all anew.")
        if not cell.source.strip():
            sentences.append(f"Code cell {number} is empty: delete it.")
        for output in cell.outputs:
            if output.output_type == "error":
                said = f"raised {output.ename}: {output.evalue}"
            elif output.get("name") == "stderr":
                said = f"wrote to stderr, mend the cause: {output.text.strip()}"
            else:
                continue
            sentences.append(f"Code cell {number} {said}")
    size = len(text.encode())
    if size > MAX_BYTES:
        sentences.append(f"It has {size:,} bytes; {MAX_BYTES:,} are allowed.")
    return sentences


def refresh(path):
    """Return what keeps the notebook from being committed; when nothing does, the file is written
    anew.
    """
    before = path.read_text(encoding="utf-8")
    try:
        notebook = run(nbformat.v4.reads(before), path.parent)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return [f"It did not run to its end: {error}"]
    after = written(normalised(notebook))
    sentences = complaints(after)
    if not sentences and after != before:
        path.write_text(after, encoding="utf-8", newline="\n")
    return sentences


def check(path):
    """Return what is not in the committed form, without running anything."""
    text = path.read_bytes().decode("utf-8")
    found = complaints(text)
    if text != written(normalised(nbformat.v4.reads(text))):
        found.append("It is not written in the committed form: run `make notebooks`.")
    return found


def main(arguments=None):
    """Return the exit status: 0 when every notebook is now in the committed form."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("notebook", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    failed = False
    for path in options.notebook or sorted(NOTEBOOKS.glob("*.ipynb")):
        sentences = (check if options.check else refresh)(path)
        failed = failed or bool(sentences)
        print(f"{path.name}:", *(sentences or ["in form"]), sep="\n  ")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
