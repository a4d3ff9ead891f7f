"""What the tests of the lessons share: a notebook's words and names, and a live figure's sliders and texts."""

from pathlib import Path

import nbformat

FOLDER = Path(__file__).parent.parent / "notebooks"


def read(name):
    """Return a notebook by its file's name."""
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def names(notebook, *cells):
    """Return the names that a lesson's code defines: all of it, or the cells with these ids."""
    space = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and (not cells or cell.id in cells):
            exec(cell.source, space)
    return space


def says(notebook, part):
    """Return whether the prose of a notebook holds the words, however its lines are broken."""
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return " ".join(part.split()) in " ".join(prose.split())


def set_to(live, **values):
    """Move a live figure's controls, one after the other."""
    for name, value in values.items():
        live.controls[name].value = value


def texts(live):
    """Return {name: text} of a live figure's named texts."""
    return {text.get_gid(): text.get_text() for axes in live.figure.axes for text in axes.texts if text.get_gid()}
