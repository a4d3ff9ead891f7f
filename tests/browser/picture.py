"""Takes the pictures that no stored output can show: the explorer with its sliders, and two races
that have ended.

python tests/browser/picture.py    writes notebooks/images/explorer.png, race.png and repairs.png
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(
    0, str(Path(__file__).parent.parent)
)  # run as a script, it does not have pytest's path

from chromium import ADVICE, find_chromium
from lab import Lesson
from server import FLAGS, REPOSITORY, jupyterlab

IMAGES = REPOSITORY / "notebooks" / "images"


def main():
    """Take all the pictures."""
    IMAGES.mkdir(exist_ok=True)
    explorer(IMAGES / "explorer.png")
    races(IMAGES / "race.png", IMAGES / "repairs.png")


def explorer(target):
    """Run the sigmoid lesson in a real JupyterLab and photograph its second figure."""
    path = find_chromium() or sys.exit(ADVICE)
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyterlab(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        shutil.copy(REPOSITORY / "notebooks" / "01_sigmoid.ipynb", server.files)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(
            viewport={"width": 1200, "height": 1000}, device_scale_factor=2
        )
        lesson = Lesson(page, server, "01_sigmoid.ipynb")
        lesson.run_all()
        _, figure, *_ = lesson.figures()
        figure.root.screenshot(path=target)
        page.evaluate("window.jupyterapp.serviceManager.sessions.shutdownAll()")
        browser.close()
    Image.open(target).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(
        target, optimize=True
    )


def races(*targets):
    """Run both races of lesson 09 to their end, for readers who have no kernel to run them."""
    cells = nbformat.read(
        REPOSITORY / "notebooks" / "09_vanishing_gradient.ipynb", as_version=4
    ).cells
    needed = [
        cell.source for cell in cells if cell.id.startswith(("imports", "spirals"))
    ]
    starts = [
        cell.source
        for cell in cells
        if cell.cell_type == "code" and "race(x, y" in cell.source
    ]
    space = {}
    exec("\n".join(needed), space)
    for target, start in zip(targets, starts, strict=True):
        exec(start.replace("race(x, y", "figure = race(x, y"), space)
        figure = space["figure"]
        figure.controls["running"].value = True
        while figure.controls["running"].value:
            time.sleep(0.1)
        target.write_bytes(figure.png())
        print(f"{target.name}: {figure.alt}")


if __name__ == "__main__":
    main()
