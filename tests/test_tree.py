"""A lesson is a notebook, a module in lessons and a row in README; imports go one way."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys

import links
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from shared import FOLDER, LESSONS, read

ROOT = FOLDER.parent
each_lesson = pytest.mark.parametrize("name", LESSONS)


def imported(source, package=""):
    """Return the full name of everything that Python source imports, in whatever line of it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            relative = "." * node.level + (node.module or "")
            home = importlib.util.resolve_name(relative, package)
            names |= {f"{home}.{alias.name}" for alias in node.names}
    return names


def imports_of(folder):
    """Return for every module in a folder of the project, by its path, what it imports."""
    found = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        short = path.relative_to(ROOT)
        package = ".".join(short.parent.parts)
        source = path.read_text(encoding="utf-8")
        found[short.as_posix()] = imported(source, package)
    return found


def test_imports_are_found_wherever_they_stand():
    source = "import a.b\nfrom c import d\ndef f():\n    from ..e import g\n    from . import h"
    assert imported(source, "house.room") == {"a.b", "c.d", "house.e.g", "house.room.h"}


def test_every_lesson_has_a_notebook_and_every_notebook_a_lesson():
    modules = {path.stem for path in (ROOT / "lessons").glob("[!_]*")}
    assert modules == set(LESSONS)


@each_lesson
def test_a_notebook_imports_what_its_lesson_offers_and_no_other_lesson(name):
    (path,) = FOLDER.glob(f"[0-9][0-9]_{name}.ipynb")
    code = [cell.source for cell in read(path.stem).cells if cell.cell_type == "code"]
    names = imported("\n".join(code))
    offered = {f"lessons.{name}.{public}" for public in LESSONS[name].__all__}
    assert {full for full in names if full.startswith("lessons")} == offered
    assert callable(LESSONS[name].check)


def test_no_lesson_imports_another():
    for path, others in imports_of("lessons").items():
        own = path.removesuffix(".py").split("/")[1]
        for other in others:
            if other.startswith("lessons."):
                assert other.split(".")[1] == own, path


def test_helpers_imports_nothing_of_a_lesson():
    for path, others in imports_of("helpers").items():
        for other in others:
            assert not other.startswith("lessons"), path


MATHEMATICS = {
    "activation",
    "activations",
    "arguments",
    "digit_reader",
    "functions",
    "initialisation",
    "network",
    "network_arguments",
    "passes",
}


@pytest.mark.parametrize("name", sorted(MATHEMATICS))
def test_mathematics_needs_numpy_alone(name):
    for full in imports_of("helpers")[f"helpers/{name}.py"]:
        package, *inner = full.split(".")
        if package == "helpers":
            assert inner[0] in MATHEMATICS
        else:
            assert package == "numpy" or package in sys.stdlib_module_names


# A new lesson

TOY = '''"""11_toy: one live figure and one exercise."""

from helpers.exercises import Exercises, Mistake, NumberTask
from helpers.figures.controls import slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE

__all__ = ["check", "toy_figure"]


def toy_figure(slope=1):
    """Return a LiveFigure of a line through 0 whose slope can be moved."""

    def draw(page, slope):
        panel = page.panel(20, 120, x=(0, 1), y=(0, 5))
        panel.line([0, 1], [0, slope], BLUE)
        return f"A straight line that rises from 0 to {slope}."

    return LiveFigure(draw, {"slope": slider("slope", slope, 0, 5, 1)}, height=180)


check = Exercises(
    {
        "toy sum": NumberTask(
            answer=4,
            right="2 + 2 is 4.",
            mistakes=[
                Mistake("That is the difference; the sum is asked.", 0),
                Mistake("That is 2 twice side by side.", 22),
            ],
        )
    }
)
'''
TOY_ROW = "| [11_toy](notebooks/11_toy.ipynb) | Does a new lesson fit in? | 5 |\n"
TOY_CELLS = [
    new_markdown_cell("# Toy\n\n5 minutes."),
    new_code_cell(
        f"# Not found? Run: pip install git+https://github.com/{links.repository()}\n"
        "import helpers\nfrom lessons.toy import check, toy_figure"
    ),
    new_markdown_cell("Move the slope."),
    new_code_cell("toy_figure(slope=2)"),
]
for _ in range(12):
    TOY_CELLS.append(new_markdown_cell("Another value."))
    TOY_CELLS.append(new_code_cell("helpers.tanh(0.5)"))
TOY_CELLS += [
    new_markdown_cell("What is 2 + 2?"),
    new_code_cell('answer = ...\ncheck("toy sum", answer)'),
    new_markdown_cell(
        "<details>\n<summary>Solution</summary>\n\n```python\nanswer = 2 + 2\n```\n\n</details>"
    ),
]
# What holds of every lesson. They are run on a copy of the project in which the toy is the one
# lesson.
TESTS = [
    "tests/test_notebooks_form.py",
    "tests/test_exercises.py",
    "tests/test_project.py::test_readme_lists_the_lessons_that_there_are",
    "tests/test_project.py::test_learners_imports_are_declared",
    "tests/test_tree.py::test_every_lesson_has_a_notebook_and_every_notebook_a_lesson",
    "tests/test_tree.py::test_a_notebook_imports_what_its_lesson_offers_and_no_other_lesson",
    "tests/test_tree.py::test_no_lesson_imports_another",
]


def python(folder, *arguments):
    """Return what a fresh Python prints that finds helpers and lessons in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    run = [sys.executable, *arguments]
    done = subprocess.run(
        run, cwd=folder, env=environment, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_lesson_is_a_notebook_a_module_and_a_row(tmp_path):
    left_out = shutil.ignore_patterns("__pycache__", "browser")
    for part in ("helpers", "tests"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for part in ("lessons", "notebooks"):
        (tmp_path / part).mkdir()
    (tmp_path / "README.md").write_text(TOY_ROW, encoding="utf-8")
    shutil.copy(ROOT / "lessons/__init__.py", tmp_path / "lessons")
    (tmp_path / "lessons/toy.py").write_text(TOY, encoding="utf-8")
    notebook = tmp_path / "notebooks/11_toy.ipynb"
    nbformat.write(new_notebook(cells=TOY_CELLS), notebook)

    python(tmp_path, "tests/refresh.py", str(notebook))
    cells = nbformat.read(notebook, as_version=4).cells
    figure = cells[3].outputs[0].data
    verdict = cells[-2].outputs[0].data
    assert figure["text/plain"] == "A straight line that rises from 0 to 2."
    assert "image/png" in figure
    assert verdict["text/plain"].startswith("Not filled in yet")

    options = ["-v", "-p", "no:cacheprovider"]
    options += ["-k", "toy or readme or import or notebook"]
    said = python(tmp_path, "-m", "pytest", *options, *TESTS)
    passed = "\n".join(line for line in said.splitlines() if " PASSED" in line)
    for test in (
        "test_committed_form[11_toy]",
        "test_stubs_are_told_gently_and_solutions_pass[11_toy]",
        "test_every_mistake_gets_its_own_plain_sentence[toy sum]",
        *TESTS[2:],
    ):
        assert test in passed
