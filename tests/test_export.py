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

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHARED = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def words_in(page):
    """Return the alternative texts of the pictures that stand in a page of HTML."""
    pictures = re.findall(r"<img[^>]*data:image/png;base64,[^>]*>", page)
    return [unescape(re.search(r'alt="([^"]*)"', picture)[1]) for picture in pictures]


def words_of(notebook):
    """Return the words that a notebook stores for its pictures."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output for output in outputs if "image/png" in output.get("data", {})]
    return [output.data["text/plain"] for output in shown]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with the settings that an installation puts into an environment."""
    folder = tmp_path_factory.mktemp("environment")
    for source, target in SHARED.items():
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source, folder / target)
    return folder / "etc/jupyter"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_html_export_shows_each_live_figure_with_its_words(path):
    notebook = nbformat.read(path, as_version=4)
    words = words_of(notebook)
    # nbconvert's "classic" template writes the alternative text that an output's metadata holds,
    # "lab" does not yet.
    classic, lab = (
        HTMLExporter(
            template_name=name, exclude_input=True, exclude_markdown=True
        ).from_notebook_node(notebook)[0]
        for name in ("classic", "lab")
    )
    assert words_in(classic) == words
    assert len(re.findall(r"<img[^>]*data:image/png;base64,", lab)) == len(words)
    assert "Error displaying widget" not in classic + lab


def test_the_command_nbconvert_keeps_the_words(installed, tmp_path):
    """Once for all lessons, as the command takes two seconds to start."""
    environment = {**os.environ, "JUPYTER_CONFIG_PATH": str(installed)}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir"]
    command += [str(tmp_path), *map(str, NOTEBOOKS)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    for path in NOTEBOOKS:
        page = (tmp_path / f"{path.stem}.html").read_text(encoding="utf-8")
        notebook = nbformat.read(path, as_version=4)
        assert words_in(page) == words_of(notebook)
        assert 'width="720"' in page
    assert "Alternative text is missing" not in said.stderr


def test_the_export_of_jupyterlabs_menu_keeps_the_words(installed):
    """The server hands its own settings on to the exporter."""
    file = installed / "jupyter_server_config.d/activation-notebooks.json"
    settings = Config(json.loads(file.read_text(encoding="utf-8")))
    notebook = nbformat.read(NOTEBOOKS[1], as_version=4)
    words = words_of(notebook)
    page, _ = HTMLExporter(config=settings).from_notebook_node(notebook)
    assert words_in(page) == words


def test_pictures_without_words_and_html_of_others_stay_as_they_are(installed):
    file = installed / "jupyter_nbconvert_config.json"
    settings = Config(json.loads(file.read_text(encoding="utf-8")))
    plain = nbformat.v4.new_output("display_data", {"image/png": "AAAA"})
    words = {"image/png": {"alt": "1 < 2 & more"}}
    both = {"image/png": "BBBB", "text/html": "<p>a table</p>"}
    table = nbformat.v4.new_output("display_data", both, metadata=words)
    quoted = nbformat.v4.new_output(
        "display_data", {"image/png": "CCCC"}, metadata=words
    )
    cell = nbformat.v4.new_code_cell(outputs=[plain, table, quoted])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    page, _ = HTMLExporter(config=settings).from_notebook_node(notebook)
    assert words_in(page) == [
        "No description has been provided for this image",
        "1 < 2 & more",
    ]
    assert "<p>a table</p>" in page
