"""Where no kernel runs: every live figure of an exported lesson is a picture with words."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from traitlets.config import Config

from activation_server.export import describe_pictures

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHARED = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LESSON = NOTEBOOKS[1]


def words_in(page):
    """Return the alternative texts of the pictures that stand in a page of HTML."""
    pictures = re.findall(r"<img[^>]*data:image/png;base64,[^>]*>", page)
    return [unescape(re.search(r'alt="([^"]*)"', picture)[1]) for picture in pictures]


def data_of(notebook):
    """Return the data of each output of a notebook."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.get("data", {}) for output in outputs]


def words_of(notebook):
    """Return the words that a notebook stores for its pictures."""
    return [data["text/plain"] for data in data_of(notebook) if "image/png" in data]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with the settings that an installation puts into an environment."""
    folder = tmp_path_factory.mktemp("environment")
    for source, target in SHARED.items():
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source, folder / target)
    return folder / "etc/jupyter"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_picture_of_a_lesson_is_exported_with_its_words(path):
    notebook = nbformat.read(path, as_version=4)
    described, _ = describe_pictures(notebook, {})
    html = [data["text/html"] for data in data_of(described) if "image/png" in data]
    assert words_in("".join(html)) == words_of(notebook) != []


def test_the_command_nbconvert_keeps_the_words(installed, tmp_path):
    places = {"JUPYTER_CONFIG_PATH": str(installed), "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir"]
    run += [str(tmp_path), str(LESSON)]
    said = subprocess.run(run, env=os.environ | places, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    page = (tmp_path / f"{LESSON.stem}.html").read_text(encoding="utf-8")
    assert words_in(page) == words_of(nbformat.read(LESSON, as_version=4))
    assert 'width="720"' in page
    assert "Alternative text is missing" not in said.stderr


@pytest.mark.parametrize(
    "file",
    [
        "jupyter_nbconvert_config.json",
        # The export of JupyterLab's menu: the server hands its own settings on.
        "jupyter_server_config.d/activation-notebooks.json",
    ],
)
def test_words_are_kept_and_html_of_others_stays_as_it_is(installed, file):
    settings = Config(json.loads((installed / file).read_text(encoding="utf-8")))
    described = {"metadata": {"image/png": {"alt": "1 < 2 & more"}}}
    table = {"image/png": "BBBB", "text/html": "<p>a table</p>"}
    outputs = [
        nbformat.v4.new_output("display_data", {"image/png": "AAAA"}),
        nbformat.v4.new_output("display_data", table, **described),
        nbformat.v4.new_output("display_data", {"image/png": "CCCC"}, **described),
    ]
    cell = nbformat.v4.new_code_cell(outputs=outputs)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    page, _ = HTMLExporter(config=settings).from_notebook_node(notebook)
    none = "No description has been provided for this image"
    assert words_in(page) == [none, "1 < 2 & more"]
    assert "<p>a table</p>" in page
