"""What the tests of the lessons share: a notebook's words and names, and a live figure's sliders,
texts and grips."""

import importlib
from pathlib import Path

import nbformat
import numpy as np
import pytest

from helpers import digits
from helpers.figures.svg import document

FOLDER = Path(__file__).parent.parent / "notebooks"
# The module of each lesson by its short name, and the check to which each exercise belongs.
LESSONS = {
    path.stem[3:]: importlib.import_module(f"lessons.{path.stem[3:]}")
    for path in sorted(FOLDER.glob("*.ipynb"))
}
CHECKS = {
    name: lesson.check for lesson in LESSONS.values() for name in lesson.check.tasks
}


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
    prose = " ".join(
        cell.source for cell in notebook.cells if cell.cell_type == "markdown"
    )
    return " ".join(part.split()) in " ".join(prose.split())


def right_of(network, pictures=None):
    """Return how many of the 500 test pictures a network reads rightly, as they are or as given."""
    _, test = digits()
    if pictures is None:
        pictures = test.pictures
    answers = network.forward(pictures).argmax(axis=1)
    return np.count_nonzero(answers == test.labels)


class Lesson:
    """A committed notebook: what its prose says, and what its cells define and print."""

    def __init__(self, name):
        self.notebook = read(name)
        self.cells = {cell.id: cell for cell in self.notebook.cells}

    def says(self, part):
        """Return whether the prose holds the words, however its lines are broken."""
        return says(self.notebook, part)

    def names(self, *cells):
        """Return the names that the cells with these ids define."""
        return names(self.notebook, *cells)

    def printed(self, cell):
        """Return what the cell with this id prints."""
        return "".join(output.text for output in self.cells[cell].outputs)


def refusals(table, names):
    """Return a test of {what a learner types: what the refusal says}, with a module's names."""

    @pytest.mark.parametrize("typed", table)
    def test(typed):
        with pytest.raises(ValueError, match=table[typed]):
            eval(typed, names)

    return test


def set_to(live, **values):
    """Move a live figure's controls, one after the other."""
    for name, value in values.items():
        live.controls[name].value = value


def texts(live):
    """Return {name: text} of a live figure's named texts."""
    return {
        text.get_gid(): text.get_text()
        for axes in live.figure.axes
        for text in axes.texts
        if text.get_gid()
    }


def pixels(live, axes, x, y):
    """Return where a point of some axes is, in pixels from the picture's top left corner."""
    across, up = live.figure.axes[axes].transData.transform((x, y))
    return [float(across), float(live.figure.get_size_inches()[1] * 72 - up)]


class Browser:
    """What a figure's script does in a browser: it takes frames, and says where the pointer is."""

    def __init__(self, live):
        self.live = live
        self.name = f"view {id(self)}"
        self.pieces = []
        self.words = ""
        self.key = None  # of the values that the words are for
        self.kept = {}  # the pieces of each frame that the script keeps, by its key
        self.bytes = []
        self.answers = 0
        self._script = next(child for child in live.children if hasattr(child, "grips"))
        plain = self._script.send
        self._script.send = lambda message, buffers=None: (
            self._take(message),
            plain(message, buffers),
        )
        self.say(here=True)

    def say(self, **message):
        """Send what the script would send."""
        self._script._handle_custom_msg({"view": self.name, **message}, [])

    def leave(self):
        """Let the view go, as when its cell runs again."""
        self.say(here=False)

    def hear(self, ahead):
        """Take what was drawn ahead; tests put their own in its place."""

    def _take(self, message):
        if "forget" in message:
            self.kept.clear()
        if message.get("ahead"):
            self.hear(message["ahead"])
        self.answers += message.get("view") == self.name
        frame = message.get("frame")
        if frame:
            self.bytes.append(sum(map(len, frame["changed"].values())))
            self.pieces += [""] * (frame["count"] - len(self.pieces))
            del self.pieces[frame["count"] :]
            for place, piece in frame["changed"].items():
                self.pieces[place] = piece
            self.words = frame["words"]
            self.key = frame.get("key")
            self.kept[str(self.key)] = list(self.pieces)

    def picture(self):
        """Return the SVG that stands in the page."""
        width, height = (
            float(size) for size in self.live.figure.get_size_inches() * 72
        )
        return document(self.pieces, width, height, self.words)

    def grip_at(self, place):
        """Return the number of the grip at a place in the picture, in pixels from its top left
        corner.
        """
        for number, grip in enumerate(self._script.grips):
            left, top, width, height = grip["box"]
            if left <= place[0] <= left + width and top <= place[1] <= top + height:
                return number
        return None


def grab(live, axes, *points):
    """Press the pointer at the first of the points of some axes, and move it to the others."""
    browser = Browser(live)
    grip = browser.grip_at(pixels(live, axes, *points[0]))
    assert grip is not None, "There is nothing to grab."
    for number, (x, y) in enumerate(points):
        browser.say(grip=grip, pressed=number == 0, to=pixels(live, axes, x, y))
    return browser


def mark(live, name):
    """Return the one artist of a live figure that bears this name."""
    (artist,) = live.figure.findobj(lambda artist: artist.get_gid() == name)
    return artist


def points(live, name):
    """Return the points of the one line or dots of this name, of shape (points, 2)."""
    return mark(live, name).get_xydata()


def heights(live, name):
    """Return how high the points of the one line of this name lie."""
    return points(live, name)[:, 1]
