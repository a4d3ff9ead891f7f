"""Takes the pictures that no stored output can show: the explorer with its sliders, and two races
that have ended.

python tests/browser/picture.py    writes notebooks/images/explorer.png, race.png and repairs.png
"""

import shutil
import sys
import time
from pathlib import Path

import nbformat
from PIL import Image

# Run as a script, it does not have pytest's path.
sys.path.insert(0, str(Path(__file__).parent.parent))

from lab import Lesson, browser_and_lab
from server import REPOSITORY

NOTEBOOKS = REPOSITORY / "notebooks"
IMAGES = NOTEBOOKS / "images"
RACES = "09_vanishing_gradient.ipynb"


def explorer(target):
    """Run the sigmoid lesson in a real JupyterLab and photograph its second figure."""
    with browser_and_lab(ratio=2) as (page, server):
        shutil.copy(NOTEBOOKS / "01_sigmoid.ipynb", server.files)
        lesson = Lesson(page, server, "01_sigmoid.ipynb")
        lesson.run_all()
        _, figure, *_ = lesson.figures()
        figure.root.screenshot(path=target)
        lesson.close()
    image = Image.open(target).convert("RGB")
    image.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)


def races(*targets):
    """Run both races of lesson 09 to their end, for readers who have no kernel to run them."""
    space = {}
    remaining = list(targets)
    for cell in nbformat.read(NOTEBOOKS / RACES, as_version=4).cells:
        if cell.cell_type == "code" and "race(x, y" in cell.source:
            exec(cell.source.replace("race(x, y", "figure = race(x, y"), space)
            _finish(space["figure"], remaining.pop(0))
        elif cell.id.startswith(("imports", "spirals", "diverge-code")):
            exec(cell.source, space)


def _finish(figure, target):
    running = figure.controls["running"]
    running.value = True
    while running.value:
        time.sleep(0.1)
    target.write_bytes(figure.png())
    print(f"{target.name}: {figure.alt}")


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    explorer(IMAGES / "explorer.png")
    races(IMAGES / "race.png", IMAGES / "repairs.png")
