"""A lesson is a notebook, a room in helpers.lessons and a row in README; imports in helpers keep to their order."""

import ast
import graphlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import helpers
from helpers.lessons import rooms

ROOT = Path(__file__).parent.parent

# Rooms ---------------------------------------------------------------------------------------------------------------


def clashes(modules):
    """Return a sentence for each live figure and each exercise whose name stands in two of the modules."""
    users = defaultdict(list)
    for module in modules:
        for kind, names in (
            ("live figure", getattr(module, "__all__", ())),
            ("exercise", getattr(module, "EXERCISES", ())),
        ):
            for name in names:
                users[kind, name].append(module.__name__)
    return [
        f"The {kind} {name!r} stands in {' and in '.join(homes)}: give one of them another name."
        for (kind, name), homes in users.items()
        if len(homes) > 1
    ]


def test_no_two_rooms_use_one_name():
    assert clashes(rooms()) == []


def test_a_name_in_two_rooms_is_told():
    ours = SimpleNamespace(__name__="ours", __all__=["race"], EXERCISES={"logit": None, "tent": None})
    theirs = SimpleNamespace(__name__="theirs", __all__=["race", "logit"], EXERCISES={"logit": None})
    assert clashes([ours, theirs, SimpleNamespace(__name__="neither")]) == [
        "The live figure 'race' stands in ours and in theirs: give one of them another name.",
        "The exercise 'logit' stands in ours and in theirs: give one of them another name.",
    ]


def test_helpers_gives_what_the_rooms_offer():
    for room in rooms():
        for name in getattr(room, "__all__", ()):
            assert getattr(helpers, name, None) is getattr(room, name), (
                f"helpers has another {name!r} than {room.__name__}: call the live figure something else."
            )


def test_every_room_is_the_room_of_a_notebook():
    lessons = {path.stem[3:] for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {room.__name__.split(".")[2] for room in rooms()} <= lessons


def test_names_that_python_asks_for_load_no_room():
    code = """
import sys, helpers
from helpers import functions
found = [name for name in ("__wrapped__", "_repr_html_", "network") if hasattr(helpers, name)]
print(found, [name for name in sys.modules if name.startswith("helpers.lessons.")])
"""
    assert python("-c", code) == "[] []"


# A new lesson --------------------------------------------------------------------------------------------------------

# It takes LiveFigure from helpers, so that it holds wherever LiveFigure is made.
TOY_ROOM = '''"""The room of 11_toy: one live figure and one exercise."""

import ipywidgets
from matplotlib.figure import Figure

from helpers import LiveFigure
from helpers.exercises import NumberTask

__all__ = ["toy_figure"]


def toy_figure(slope=1):
    """Return a live figure of a line through 0 whose slope can be moved."""
    figure = Figure(figsize=(4, 2))
    (line,) = figure.subplots().plot([0, 1], [0, 1], animated=True)

    def update(slope):
        line.set_ydata([0, slope])
        return f"A straight line that rises from 0 to {slope}."

    return LiveFigure(figure, {"slope": ipywidgets.IntSlider(slope, 0, 5)}, update)


EXERCISES = {
    "toy sum": NumberTask(
        answer=4,
        right="2 + 2 is 4.",
        mistakes={"That is the difference; the sum is asked.": 0, "That is 2 twice side by side.": 22},
    )
}
'''
TOY_ROW = "| [11_toy](notebooks/11_toy.ipynb) | Does a new lesson fit in? | 5 |"
TOY_CELLS = [
    new_markdown_cell("# Toy\n\n5 minutes."),
    new_code_cell("import helpers"),
    new_markdown_cell("Move the slope."),
    new_code_cell("helpers.toy_figure(slope=2)"),
    *(cell for _ in range(12) for cell in (new_markdown_cell("One number more."), new_code_cell("2 + 2"))),
    new_markdown_cell("What is 2 + 2?"),
    new_code_cell('answer = ...\nhelpers.check("toy sum", answer)'),
    new_markdown_cell("<details>\n<summary>Solution</summary>\n\n```python\nanswer = 2 + 2\n```\n\n</details>"),
]


def python(*arguments, folder=ROOT):
    """Return what a fresh Python prints that finds helpers in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    run = [sys.executable, *map(str, arguments)]
    said = subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=200)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout.strip()


@pytest.fixture(scope="module")
def with_toy(tmp_path_factory):
    """Return the folder of a copy of the project with one lesson more: a notebook, a room and a row in README."""
    folder = tmp_path_factory.mktemp("project")
    for part in ("helpers", "notebooks", "site", "tests"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for part in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / part, folder)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    last = [line for line in readme.splitlines() if line.startswith("| [")][-1]
    (folder / "README.md").write_text(readme.replace(last, f"{last}\n{TOY_ROW}"), encoding="utf-8")
    (folder / "helpers/lessons/toy.py").write_text(TOY_ROOM, encoding="utf-8")
    nbformat.write(new_notebook(cells=TOY_CELLS), folder / "notebooks/11_toy.ipynb")
    python("tests/refresh.py", "notebooks/11_toy.ipynb", folder=folder)
    return folder


def test_the_figure_and_the_exercise_of_a_new_room_are_there(with_toy):
    code = """
import sys, helpers
assert helpers.sigmoid(0.0) == 0.5 and "matplotlib" not in sys.modules
assert "toy_figure" in helpers.__all__ and helpers.__all__ == dir(helpers)
from helpers import *
print(toy_figure(3).alt)
print(helpers.check("toy sum", 4), helpers.check("toy sum", 0), helpers.check("toy sum", 5))
try:
    helpers.toy_figures
except AttributeError as unknown:
    print(unknown)
"""
    figure, verdicts, unknown = python("-c", code, folder=with_toy).splitlines()
    assert figure == "A straight line that rises from 0 to 3."
    assert verdicts.startswith("2 + 2 is 4. That is the difference; the sum is asked. 5 is not it yet;")
    assert unknown.startswith("helpers has no 'toy_figures'; it offers ")
    assert ", toy_figure, " in unknown


def test_the_notebook_of_a_new_lesson_shows_its_room(with_toy):
    figure, check = (
        cell.outputs[0]
        for cell in nbformat.read(with_toy / "notebooks/11_toy.ipynb", as_version=4).cells
        if "helpers." in cell.source
    )
    assert figure.data["text/plain"] == "A straight line that rises from 0 to 2."
    assert "image/png" in figure.data
    assert check.data["text/plain"].startswith("Not filled in yet")


def test_a_new_lesson_passes_the_tests_of_every_lesson(with_toy):
    chosen = (
        "test_committed_form[11_toy]",
        "test_rule[pictures_have_words-11_toy]",
        "test_solution_in_the_notebook_passes[toy sum]",
        "test_stub_is_told_gently[toy sum]",
        "test_mistake_is_recognised[toy sum: That is the difference",
        "test_every_exercise_stands_in_a_notebook_of_its_lesson",
        "test_readme_lists_the_lessons_that_there_are",
        "test_readme_is_calm_and_its_links_lead_somewhere",
        "test_learners_imports_are_declared",
        "test_no_two_rooms_use_one_name",
        "test_helpers_gives_what_the_rooms_offer",
        "test_every_room_is_the_room_of_a_notebook",
        "test_no_room_imports_from_another",
    )
    files = [f"tests/test_{name}.py" for name in ("notebooks_form", "exercises", "project", "rooms")]
    words = "toy or " + " or ".join(name for name in chosen if "toy" not in name)
    said = python("-m", "pytest", "-v", "-p", "no:cacheprovider", *files, "-k", words, folder=with_toy)
    passed = [line for line in said.splitlines() if " PASSED" in line]
    assert [name for name in chosen if not any(f"::{name}" in line for line in passed)] == []


# Imports -------------------------------------------------------------------------------------------------------------

MATHEMATICS = (
    *("arguments", "functions", "activation", "activations"),
    *("initialisation", "passes", "network_arguments", "network"),
)


def modules(folder):
    """Return the path of every module of the package in this folder, by the module's name."""
    paths = {path.relative_to(folder.parent).with_suffix(""): path for path in folder.rglob("*.py")}
    return {".".join(short.parts).removesuffix(".__init__"): path for short, path in paths.items()}


def imported(name, path, known):
    """Yield the full name of everything that a module imports, wherever in it: of `known` modules or of others."""
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            for alias in node.names:
                full = f"{home}.{alias.name}"
                yield full if full in known else home


def graph(folder):
    """Return for every module of the package in this folder the set of what it imports."""
    known = modules(folder)
    return {name: set(imported(name, path, known)) for name, path in known.items()}


def longest_chain(imports):
    """Return the longest list of modules of which each imports the next."""
    chains = {}
    # In this order a module comes after all that it imports; modules that import one another raise CycleError.
    for name in graphlib.TopologicalSorter(imports).static_order():
        below = [chains[other] for other in imports.get(name, ()) if other in imports]
        chains[name] = [name, *max(below, key=len, default=[])]
    return max(chains.values(), key=len)


IMPORTS = graph(ROOT / "helpers")


def room_of(name):
    """Return the room to which a module belongs, or an empty text for a module of no lesson."""
    return ".".join(name.split(".")[:3]) if name.startswith("helpers.lessons.") else ""


def test_the_graph_of_imports_is_read_rightly(tmp_path):
    sources = {
        "__init__": "import json",
        "a": "from house.rooms import kitchen\nfrom house.rooms.kitchen import knife",
        "rooms/__init__": "from . import kitchen",
        "rooms/kitchen": "def cook():\n    import house.b",
        "b": "import numpy as np",
    }
    for name, source in sources.items():
        path = tmp_path / "house" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")
    found = graph(tmp_path / "house")
    assert found == {
        "house": {"json"},
        "house.a": {"house.rooms.kitchen"},
        "house.rooms": {"house.rooms.kitchen"},
        "house.rooms.kitchen": {"house.b"},
        "house.b": {"numpy"},
    }
    assert longest_chain(found)[1:] == ["house.rooms.kitchen", "house.b"]
    with pytest.raises(graphlib.CycleError):
        longest_chain({**found, "house.b": {"house.a"}})


@pytest.mark.parametrize("name", IMPORTS)
def test_no_file_is_longer_than_350_lines(name):
    assert len(modules(ROOT / "helpers")[name].read_text(encoding="utf-8").splitlines()) <= 350


def test_no_chain_of_imports_is_longer_than_five_modules():
    chain = longest_chain(IMPORTS)
    assert len(chain) <= 5, " → ".join(chain)


@pytest.mark.parametrize("name", MATHEMATICS)
def test_mathematics_needs_numpy_alone(name):
    ours = {f"helpers.{other}" for other in MATHEMATICS}
    others = {other.partition(".")[0] for other in IMPORTS[f"helpers.{name}"] - ours}
    assert others - sys.stdlib_module_names <= {"numpy"}


def test_no_room_imports_from_another():
    pairs = [(name, other) for name, others in IMPORTS.items() for other in others if room_of(name) and room_of(other)]
    assert [pair for pair in pairs if room_of(pair[0]) != room_of(pair[1])] == []


def test_figures_import_nothing_of_a_lesson():
    figures = {name: others for name, others in IMPORTS.items() if name.startswith("helpers.figures")}
    assert figures
    assert [
        name for name, others in figures.items() if any(other.startswith("helpers.lessons") for other in others)
    ] == []
