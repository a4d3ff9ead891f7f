"""Where no kernel runs: every live figure of an exported lesson is a picture with words."""

import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_html_export_shows_each_live_figure_with_its_words(path):
    notebook = nbformat.read(path, as_version=4)
    outputs = [
        output
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]
    words = [
        output.data["text/plain"]
        for output in outputs
        if "image/png" in output.get("data", {})
    ]
    # nbconvert's "classic" template writes the alternative text that an output's metadata holds,
    # "lab" does not yet.
    classic, lab = (
        HTMLExporter(
            template_name=name, exclude_input=True, exclude_markdown=True
        ).from_notebook_node(notebook)[0]
        for name in ("classic", "lab")
    )
    pictures = re.findall(r"<img[^>]*data:image/png;base64,[^>]*>", classic)
    assert [
        unescape(re.search(r'alt="([^"]*)"', picture)[1]) for picture in pictures
    ] == words
    assert len(re.findall(r"<img[^>]*data:image/png;base64,", lab)) == len(words)
    assert "Error displaying widget" not in classic + lab
