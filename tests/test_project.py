"""The files around the code agree with each other, and the commands of the README do what it
says.
"""

import ast
import configparser
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import links
import nbformat
import notebook_rules
import pytest
import refresh
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = SETTINGS["project"]
SHIPPED = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PYTHONS = [
    line.split()[-1]
    for line in PROJECT["classifiers"]
    if re.search(r":: 3\.\d+$", line)
]
DIRECT = [Requirement(line) for line in PROJECT["dependencies"]]
TEST_ONLY = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]


def lines(name):
    """Return the lines of a requirements file that are neither empty nor a comment."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [
        line
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]


def pins(name):
    """Return the requirements of a file, one for each pinned line."""
    return [Requirement(line) for line in lines(name) if line != "-e ."]


def pinned_for(name, python):
    """Return package → version for this Python on Linux."""
    here = {
        "python_full_version": f"{python}.9",
        "sys_platform": "linux",
        "os_name": "posix",
    }
    fitting = [
        pin for pin in pins(name) if pin.marker is None or pin.marker.evaluate(here)
    ]
    assert len({pin.name for pin in fitting}) == len(fitting), (
        "a package is pinned twice"
    )
    return {pin.name: Version(str(pin.specifier).removeprefix("==")) for pin in fitting}


# Pins


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        "tests/requirements.txt",
        "tests/oldest.txt",
        "site/requirements.txt",
    ],
)
def test_everything_is_pinned_and_nothing_tells_where_from(name):
    pinned = re.compile(r"[a-z0-9-]+==[0-9a-z.]+( ; [^@/\\]+)?")
    assert [
        line for line in lines(name) if line != "-e ." and not pinned.fullmatch(line)
    ] == []


def test_learners_get_helpers_and_lessons_and_the_tests_do_not_install_them_twice():
    assert lines("requirements.txt")[-1] == "-e ."
    assert "-e ." not in lines("tests/requirements.txt")


@pytest.mark.parametrize("python", PYTHONS)
def test_pins_satisfy_the_project(python):
    learner, tester = (
        pinned_for("requirements.txt", python),
        pinned_for("tests/requirements.txt", python),
    )
    assert [
        str(need)
        for need in DIRECT
        if not need.specifier.contains(learner.get(need.name, "0"))
    ] == []
    assert [
        str(need)
        for need in TEST_ONLY
        if not need.specifier.contains(tester.get(need.name, "0"))
    ] == []
    assert learner.items() <= tester.items()


def test_learners_get_no_test_tools():
    tools = {
        "pytest",
        "nbval",
        "hypothesis",
        "playwright",
        "ruff",
        "scipy",
        "mpmath",
        "jupyter-repo2docker",
        "uv",
    }
    assert tools.isdisjoint(pin.name for pin in pins("requirements.txt"))
    assert tools <= {need.name for need in TEST_ONLY}


def test_oldest_are_the_floors():
    floors = {
        (need.name, Version(str(need.specifier).removeprefix(">="))) for need in DIRECT
    }
    oldest = {
        (pin.name, Version(str(pin.specifier).removeprefix("==")))
        for pin in pins("tests/oldest.txt")
    }
    assert {name for name, _ in oldest - floors} == {"ipython", "pyparsing"}
    assert floors < oldest


# The front end of ipywidgets has to be for the JupyterLab that JupyterLite is made of, and that is
# an older one.
WIDGETS = {"ipywidgets", "jupyterlab-widgets", "widgetsnbextension"}


def test_the_site_has_the_learners_versions():
    learner = {pin.name: pin.specifier for pin in pins("requirements.txt")}
    site = {pin.name: pin.specifier for pin in pins("site/requirements.txt")}
    common = site.keys() & learner.keys() - WIDGETS
    assert {name: site[name] for name in common} == {
        name: learner[name] for name in common
    }
    wheels = dict(
        re.findall(
            r"^([\w-]+)==(\S+)",
            (ROOT / "site/wheels.txt").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    wanted = {line.partition("==")[0] for line in lines("site/wheels.in")}
    assert wheels.keys() == wanted
    assert {name: f"=={wheels[name]}" for name in wanted - WIDGETS} == {
        n: str(learner[n]) for n in wanted - WIDGETS
    }
    assert f"=={wheels['ipywidgets']}" == str(site["ipywidgets"])


def imported(source):
    """Return the top-level modules that Python source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def undeclared(sources, declared):
    """Return the imported modules that are neither Python's, nor ours, nor of a declared
    package.
    """
    ours = {*SHIPPED, *(path.stem for path in (ROOT / "tests").rglob("*.py"))}
    packages = importlib.metadata.packages_distributions()
    names = {canonicalize_name(need.name) for need in declared}
    modules = (
        {module for source in sources for module in imported(source)}
        - ours
        - set(sys.stdlib_module_names)
    )
    return {
        module
        for module in modules
        if names.isdisjoint(map(canonicalize_name, packages.get(module, [])))
    }


def test_learners_imports_are_declared():
    code = [
        path.read_text(encoding="utf-8")
        for part in SHIPPED
        for path in (ROOT / part).rglob("*.py")
    ]
    lessons = [nbformat.read(path, as_version=4) for path in LESSONS]
    code += [
        cell.source for lesson in lessons for cell in notebook_rules.code_cells(lesson)
    ]
    assert undeclared(code, DIRECT) == set()


def test_tests_imports_are_declared():
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")]
    compared = (
        (ROOT / "tests/benchmarks/requirements.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    needs = [
        Requirement(line) for line in compared if line and not line.startswith("#")
    ]
    # Only the benchmark needs those; where they are missing, Python cannot say to which package
    # they belong.
    code = [
        source
        for source in code
        if not any(f"import {need.name}" in source for need in needs)
    ]
    assert undeclared(code, [*DIRECT, *TEST_ONLY]) == set()


# Conda and Binder


def test_environment_reads_the_pins():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, from_pip = environment["dependencies"]
    assert environment["name"] == PROJECT["name"]
    assert environment["channels"] == ["conda-forge"]
    assert python.removeprefix("python=") in PYTHONS
    assert (pip, from_pip) == ("pip", {"pip": ["-r requirements.txt"]})


@pytest.mark.skipif(
    sys.platform == "win32", reason="repo2docker runs on Linux and macOS only"
)
def test_binder_installs_the_environment_when_the_files_are_there(tmp_path):
    for name in (
        "environment.yml",
        "requirements.txt",
        "pyproject.toml",
        "README.md",
        "LICENSE",
    ):
        shutil.copy(ROOT / name, tmp_path)
    run = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    said = subprocess.run(
        run, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120
    )
    dockerfile = said.stdout[said.stdout.index("FROM ") :]
    install = dockerfile.index(
        'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"'
    )
    assert dockerfile.index(" src/ ${REPO_DIR}/") < install, (
        "pip would not find requirements.txt"
    )
    assert "requirements.txt" not in dockerfile, (
        "the pins come through environment.yml alone"
    )
    assert re.search(r"Building conda environment for python=3\.\d+", said.stderr)


# Links


def test_links_point_at_the_repository():
    own = links.repository()
    found = [
        link
        for path in links.files()
        for link in links.own_links(path.read_text(encoding="utf-8"), own)
    ]
    assert len(found) >= 3
    assert set(found) == {own}


def test_binder_opens_the_first_lesson():
    address = f"https://mybinder.org/v2/gh/{links.repository()}/main?urlpath=lab/tree/notebooks/01_sigmoid.ipynb"
    assert (
        f"[![Launch on Binder](https://mybinder.org/badge_logo.svg)]({address})"
        in README
    )


@pytest.fixture
def copy(tmp_path):
    """Return the folder of a copy of all files that hold links."""
    for path in links.files():
        (tmp_path / path.relative_to(ROOT)).parent.mkdir(exist_ok=True)
        shutil.copy(path, tmp_path / path.relative_to(ROOT))
    return tmp_path


def test_links_are_rewritten_everywhere_and_nothing_else_is(copy, capsys):
    old = links.repository(copy)
    pages = old.replace("/", ".github.io/")
    elsewhere = "https://github.com/jupyter/notebook and https://github.com/OWNER/other"
    readme = copy / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + elsewhere, encoding="utf-8")
    before = {path: path.read_text(encoding="utf-8") for path in links.files(copy)}
    forms = [refresh.check(path) for path in copy.glob("notebooks/*.ipynb")]
    assert links.main(["ada-l/curves.py"], copy) == 0
    assert links.repository(copy) == "ada-l/curves.py"
    for path, text in before.items():
        now, text = path.read_text(encoding="utf-8"), links.NOTE.sub("", text)
        assert f"/{old}" not in now
        assert "https://OWNER." not in now
        assert (
            now.replace("ada-l/curves.py", old).replace(
                "ada-l.github.io/curves.py", pages
            )
            == text
        )
    assert elsewhere in readme.read_text(encoding="utf-8")
    assert [refresh.check(path) for path in copy.glob("notebooks/*.ipynb")] == forms
    assert links.main([old], copy) == 0
    assert {path: path.read_text(encoding="utf-8") for path in links.files(copy)} == {
        path: links.NOTE.sub("", text) for path, text in before.items()
    }


def test_the_first_button_opens_the_site_and_the_owner_is_told_while_no_link_works():
    first, second = re.findall(
        r"^\[!\[(.+?)\]\(.+?\)\]\((.+?)\)$", README, re.MULTILINE
    )
    assert first[1] == f"https://{links.repository().replace('/', '.github.io/')}/"
    assert second[0] == "Launch on Binder"
    note = links.NOTE.search(README)
    assert bool(note) == links.repository().startswith("OWNER/")
    assert not note or "make links REPO=owner/name" in note[0]


@pytest.mark.parametrize(
    "arguments",
    [[], [""], ["owner"], ["https://github.com/a/b"], ["a b/c"], ["a/b", "c/d"]],
)
def test_links_want_an_owner_and_a_name(arguments, capsys):
    assert links.main(arguments) == 1
    assert "REPO=owner/name" in capsys.readouterr().err


# README


def test_readme_lists_the_lessons_that_there_are():
    rows = re.findall(
        r"^\| \[(\w+)\]\((.+)\) \| .+\? \| (\d+) \|$", README, re.MULTILINE
    )
    assert [row[0] for row in rows] == [path.stem for path in LESSONS]
    assert [ROOT / row[1] for row in rows] == LESSONS
    minutes = [
        notebook_rules.minutes(nbformat.read(path, as_version=4)) for path in LESSONS
    ]
    assert [int(row[2]) for row in rows] == minutes


def test_the_links_of_readme_lead_somewhere():
    readme = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(README)])
    assert notebook_rules.links_lead_somewhere(readme, ROOT) == []


# What nbval masks


def test_only_addresses_are_masked():
    config = configparser.ConfigParser()
    config.read(ROOT / "tests/sanitize.cfg")
    text = "<function f at 0x7f3a5c0d1e40> 0.2500 [0x1f] 9.54e-07 01_sigmoid"
    for section in config.values():
        if "regex" in section:
            text = re.sub(section["regex"], section["replace"], text)
    assert text == "<function f at ADDRESS> 0.2500 [0x1f] 9.54e-07 01_sigmoid"


# make and Chromium

needs_make = pytest.mark.skipif(
    not shutil.which("make") or sys.platform == "win32", reason="make is not here"
)


def make(*arguments, **environment):
    """Return what make did, run in the root with a changed environment."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHON", "MAKEFLAGS", "MAKELEVEL"}
    }
    run = ["make", *arguments]
    return subprocess.run(
        run,
        cwd=ROOT,
        env={**plain, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_make
def test_make_alone_lists_the_commands():
    said = make().stdout
    for name in ("lab", "test", "notebooks", "lint", "bench", "links", "pins"):
        assert re.search(rf"^make {name} +[A-Z]", said, re.MULTILINE)


def script(path, text):
    """Return the path of an executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@needs_make
@pytest.mark.parametrize("goal", ["lab", "test"])
def test_make_says_that_python_is_too_old(tmp_path, goal):
    pretend = "import sys; sys.version_info = (3, 10, 14); exec(sys.argv[1])"
    old = script(tmp_path / "python3", f'exec {sys.executable} -c "{pretend}" "$2"')
    said = make(goal, f"VENV={tmp_path}/venv", PYTHON=str(old))
    assert said.returncode != 0
    assert (
        f"Python 3.11 or newer is needed, and none of these is one: {old}"
        in said.stderr
    )
    assert f"PYTHON=/path/to/python make {goal}" in said.stderr
    assert not (tmp_path / "venv").exists()


@needs_make
def test_make_says_that_venv_is_missing(tmp_path):
    bare = script(
        tmp_path / "python3",
        f'case "$2" in *ensurepip*) exit 1;; venv) exit 3;; esac; exec {sys.executable} "$@"',
    )
    said = make("lab", f"VENV={tmp_path}/venv", PYTHON=str(bare))
    assert said.returncode != 0
    assert "sudo apt install python3-venv" in said.stderr


@needs_make
def test_make_takes_the_first_python_that_is_new_enough(tmp_path):
    script(tmp_path / "python3", "exit 1")
    script(tmp_path / "python3.14", "exit 127")
    script(
        tmp_path / "python3.13",
        f'case "$2" in venv) echo "$@" > {tmp_path}/ran; exit 3;; esac; exec {sys.executable} "$@"',
    )
    said = make("lab", f"VENV={tmp_path}/venv", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert said.returncode != 0
    assert (tmp_path / "ran").read_text() == f"-m venv --clear {tmp_path}/venv\n"


@needs_make
def test_make_runs_again_without_installing(tmp_path):
    for stamp in ("made", "learner", "tester"):
        (tmp_path / stamp).write_text(f"{ROOT}\n")
    assert "pip" not in make("--dry-run", "test", f"VENV={tmp_path}").stdout
    assert (
        "-m venv"
        in make("--dry-run", "test", f"VENV={tmp_path}", PYTHON="python3.12").stdout
    )
    (tmp_path / "made").write_text("/moved/away\n")
    assert "-m venv" in make("--dry-run", "test", f"VENV={tmp_path}").stdout


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_a_browser_that_does_not_start_is_named(tmp_path, ci, status):
    run = [sys.executable, ROOT / "tests" / "chromium.py"]
    environment = {**os.environ, "CHROMIUM": str(tmp_path / "chromium"), "CI": ci}
    said = subprocess.run(
        run, env=environment, capture_output=True, text=True, check=False
    )
    assert said.returncode == status
    assert f"{tmp_path / 'chromium'} does not start" in said.stderr
    assert "CHROMIUM=/path/to/chromium make test" in said.stderr
