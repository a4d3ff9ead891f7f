"""The lessons as the site shows them: each fact is taken from the README's table or from the
notebook itself.
"""

import base64
import io
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from PIL import Image

ROW = re.compile(
    r"^\| \[(?P<stem>\w+)\]\(notebooks/\w+\.ipynb\) \| (?P<question>.+\?) \| (?P<minutes>\d+) \|$",
    re.MULTILINE,
)


@dataclass
class Lesson:
    """One notebook: its `title` and `question`, how many `minutes` it takes, and its first picture
    with its words.
    """

    path: Path
    notebook: nbformat.NotebookNode
    question: str
    minutes: int

    @property
    def stem(self):
        """Return the notebook's file name without its ending, by which its pages are called."""
        return self.path.stem

    @property
    def number(self):
        """Return the digits at the beginning of the file name."""
        return self.stem.partition("_")[0]

    @property
    def title(self):
        """Return what stands before the colon in the notebook's heading."""
        heading = self.notebook.cells[0].source.partition("\n")[0]
        return heading.removeprefix("# ").partition(":")[0].strip()

    @property
    def picture(self):
        """Return the first stored picture, {"png": bytes, "alt": words, "width": pixels, "height":
        pixels}.
        """
        outputs = (
            output for cell in self.notebook.cells for output in cell.get("outputs", ())
        )
        first = next(
            output for output in outputs if "image/png" in output.get("data", ())
        )
        png, about = (
            base64.b64decode(first.data["image/png"]),
            first.metadata["image/png"],
        )
        with Image.open(io.BytesIO(png)) as picture:
            height = round(about["width"] * picture.height / picture.width)
        return {
            "png": png,
            "alt": about["alt"],
            "width": about["width"],
            "height": height,
        }


def lessons(project):
    """Return the lessons in the order of the README's table; raises ValueError when the table has
    none.
    """
    readme = (project / "README.md").read_text(encoding="utf-8")
    rows = list(ROW.finditer(readme))
    if not rows:
        raise ValueError(
            "README.md has no table of lessons: | [NN_name](notebooks/NN_name.ipynb) | question? | "
            "minutes |"
        )
    found = []
    for row in rows:
        path = project / "notebooks" / f"{row['stem']}.ipynb"
        found.append(
            Lesson(
                path,
                nbformat.read(path, as_version=4),
                row["question"],
                int(row["minutes"]),
            )
        )
    return found
