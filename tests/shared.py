"""What the tests of the lessons share: a notebook's words and names, and a live figure's sliders,
texts and grips."""

import importlib
from pathlib import Path

import nbformat

FOLDER = Path(__file__).parent.parent / "notebooks"
# The module of each lesson by its short name, and the check to which each exercise belongs.
LESSONS = {
    path.stem[3:]: importlib.import_module(f"lessons.{path.stem[3:]}") for path in sorted(FOLDER.glob("*.ipynb"))
}
CHECKS = {name: lesson.check for lesson in LESSONS.values() for name in lesson.check.tasks}


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


def pixels(live, axes, x, y):
    """Return where a point of some axes is, in pixels from the picture's top left corner."""
    across, up = live.figure.axes[axes].transData.transform((x, y))
    return [float(across), float(live.figure.get_size_inches()[1] * 72 - up)]


def grip_at(live, place):
    """Return the number of the grip that the script would find there."""
    for number, grip in enumerate(live._hand.grips):
        left, top, width, height = grip["box"]
        if left <= place[0] <= left + width and top <= place[1] <= top + height:
            return number
    return None


def grab(live, axes, *points):
    """Press the pointer at the first of the points, and move it to the others."""
    for number, (x, y) in enumerate(points):
        place = pixels(live, axes, x, y)
        grip = grip_at(live, pixels(live, axes, *points[0]))
        assert grip is not None, "There is nothing to grab."
        live._heard(None, {"view": "v", "grip": grip, "pressed": number == 0, "to": place}, [])
