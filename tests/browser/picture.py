"""Takes the README's picture: the explorer of the sigmoid lesson in a real JupyterLab, sliders included.

python tests/browser/picture.py    writes notebooks/images/explorer.png
"""

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a script, it does not have pytest's path

from chromium import ADVICE, find_chromium
from lab import Lesson
from server import FLAGS, REPOSITORY, jupyterlab

TARGET = REPOSITORY / "notebooks" / "images" / "explorer.png"


def main():
    """Run the lesson, photograph its second figure and keep the picture in a palette of 128 colours."""
    path = find_chromium() or sys.exit(ADVICE)
    with tempfile.TemporaryDirectory() as folder, jupyterlab(Path(folder)) as server, sync_playwright() as playwright:
        shutil.copy(REPOSITORY / "notebooks" / "01_sigmoid.ipynb", server.files)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 1000}, device_scale_factor=2)
        lesson = Lesson(page, server, "01_sigmoid.ipynb")
        lesson.run_all()
        _, explorer, *_ = lesson.figures()
        TARGET.parent.mkdir(exist_ok=True)
        explorer.root.screenshot(path=TARGET)
        page.evaluate("window.jupyterapp.serviceManager.sessions.shutdownAll()")
        browser.close()
    Image.open(TARGET).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
