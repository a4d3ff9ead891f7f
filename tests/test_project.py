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
import sysconfig
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
PYTHONS = re.findall(r":: Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
DIRECT = [Requirement(line) for line in PROJECT["dependencies"]]
TEST_ONLY = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]


def lines(name):
    """Return the lines of a requirements file that are neither empty nor a comment."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(r"^[^#\s].*", text, re.MULTILINE)


def pins(name):
    """Return the requirements of a file, one for each pinned line."""
    return [Requirement(line) for line in lines(name) if line != "-e ."]


def pinned_for(name, python):
    """Return package → version for this Python on Linux."""
    here = {"python_full_version": f"{python}.9", "sys_platform": "linux"}
    here["os_name"] = "posix"
    versions = {}
    for pin in pins(name):
        if pin.marker is None or pin.marker.evaluate(here):
            assert pin.name not in versions, "a package is pinned twice"
            versions[pin.name] = Version(str(pin.specifier).removeprefix("=="))
    return versions


# Pins


FILES = ["requirements.txt", "tests/requirements.txt", "tests/oldest.txt"]


@pytest.mark.parametrize("name", [*FILES, "site/requirements.txt"])
def test_everything_is_pinned_and_nothing_tells_where_from(name):
    for line in lines(name):
        assert re.fullmatch(r"-e \.|[a-z0-9-]+==[0-9a-z.]+( ; [^@/\\]+)?", line)


def test_learners_get_helpers_and_lessons_and_the_tests_do_not_install_them_twice():
    assert lines("requirements.txt")[-1] == "-e ."
    assert "-e ." not in lines("tests/requirements.txt")


@pytest.mark.parametrize("python", PYTHONS)
def test_pins_satisfy_the_project(python):
    learner = pinned_for("requirements.txt", python)
    tester = pinned_for("tests/requirements.txt", python)
    for need in DIRECT:
        assert need.specifier.contains(learner[need.name])
    for need in TEST_ONLY:
        assert need.specifier.contains(tester[need.name])
    assert learner.items() <= tester.items()


def test_learners_get_no_test_tools():
    tools = {"pytest", "nbval", "hypothesis", "playwright", "ruff", "scipy", "mpmath"}
    assert tools.isdisjoint(pin.name for pin in pins("requirements.txt"))
    assert tools <= {need.name for need in TEST_ONLY}


def test_oldest_are_the_floors():
    oldest = pinned_for("tests/oldest.txt", PYTHONS[0])
    floors = {}
    for need in DIRECT:
        floors[need.name] = Version(str(need.specifier).removeprefix(">="))
    assert floors.items() < oldest.items()
    assert oldest.keys() - floors.keys() == {"ipython", "pyparsing"}


# The front end of ipywidgets has to be for the JupyterLab that JupyterLite is made of, and that is
# an older one.
WIDGETS = {"ipywidgets", "jupyterlab-widgets", "widgetsnbextension"}


def test_the_site_has_the_learners_versions():
    learner = {pin.name: pin.specifier for pin in pins("requirements.txt")}
    site = {pin.name: pin.specifier for pin in pins("site/requirements.txt")}
    for name in site.keys() & learner.keys() - WIDGETS:
        assert site[name] == learner[name]
    text = (ROOT / "site/wheels.txt").read_text(encoding="utf-8")
    wheels = dict(re.findall(r"^([\w-]+)(==\S+)", text, re.MULTILINE))
    assert wheels.keys() == {
        line.partition("==")[0] for line in lines("site/wheels.in")
    }
    for name, version in wheels.items():
        assert version == str((site if name in WIDGETS else learner)[name])


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
    found = set()
    for source in sources:
        for module in {*imported(source)} - ours - sys.stdlib_module_names:
            if names.isdisjoint(map(canonicalize_name, packages.get(module, []))):
                found.add(module)
    return found


def sources_in(folder):
    """Return the text of each Python file in a folder of the project."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return [path.read_text(encoding="utf-8") for path in paths]


def test_learners_imports_are_declared():
    code = [source for part in SHIPPED for source in sources_in(part)]
    for path in LESSONS:
        cells = notebook_rules.code_cells(nbformat.read(path, as_version=4))
        code += [cell.source for cell in cells]
    assert undeclared(code, DIRECT) == set()


def test_tests_imports_are_declared():
    # Only the benchmark needs these; where they are missing, Python cannot say to which package
    # they belong.
    compared = [pin.name for pin in pins("tests/benchmarks/requirements.txt")]
    alone = re.compile(rf"import ({'|'.join(compared)})")
    code = [source for source in sources_in("tests") if not alone.search(source)]
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
    for name in ("environment.yml", "requirements.txt", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    run = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    said = subprocess.run(
        run, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120
    )
    dockerfile = said.stdout[said.stdout.index("FROM ") :]
    install = dockerfile.index("env update -p ${NB_PYTHON_PREFIX} --file")
    # Otherwise pip would not find requirements.txt.
    assert dockerfile.index(" src/ ${REPO_DIR}/") < install
    # The pins come through environment.yml alone.
    assert "requirements.txt" not in dockerfile
    assert re.search(r"Building conda environment for python=3\.\d+", said.stderr)


# Links


def test_links_point_at_the_repository():
    own = links.repository()
    found = []
    for path in links.files():
        found += links.own_links(path.read_text(encoding="utf-8"), own)
    assert len(found) >= 3
    assert set(found) == {own}


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
        now = path.read_text(encoding="utf-8")
        assert f"/{old}" not in now
        assert "https://OWNER." not in now
        back = now.replace("ada-l/curves.py", old)
        back = back.replace("ada-l.github.io/curves.py", pages)
        assert back == links.NOTE.sub("", text)
    assert elsewhere in readme.read_text(encoding="utf-8")
    assert [refresh.check(path) for path in copy.glob("notebooks/*.ipynb")] == forms
    assert links.main([old], copy) == 0
    for path, text in before.items():
        assert path.read_text(encoding="utf-8") == links.NOTE.sub("", text)


def test_the_buttons_open_the_site_and_binder_and_the_owner_is_told_while_no_link_works():
    own = links.repository()
    button = r"^\[!\[(.+?)\]\(.+?\)\]\((.+?)\)$"
    first, second = re.findall(button, README, re.MULTILINE)
    assert first[1] == f"https://{own.replace('/', '.github.io/')}/"
    binder = f"https://mybinder.org/v2/gh/{own}/main"
    lesson = "?urlpath=lab/tree/notebooks/01_sigmoid.ipynb"
    assert second == ("Launch on Binder", binder + lesson)
    note = links.NOTE.search(README)
    assert bool(note) == own.startswith("OWNER/")
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
    row = r"^\| \[(\w+)\]\((.+)\) \| .+\? \| (\d+) \|$"
    rows = re.findall(row, README, re.MULTILINE)
    for (name, link, minutes), path in zip(rows, LESSONS, strict=True):
        assert name == path.stem
        assert ROOT / link == path
        lesson = nbformat.read(path, as_version=4)
        assert int(minutes) == notebook_rules.minutes(lesson)


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
    clean = {**os.environ, **environment}
    for name in {"PYTHON", "MAKEFLAGS", "MAKELEVEL"} - environment.keys():
        clean.pop(name, None)
    run = ["make", *arguments]
    return subprocess.run(
        run, cwd=ROOT, env=clean, capture_output=True, text=True, check=False
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
    assert f"3.11 or newer is needed, and none of these is one: {old}" in said.stderr
    assert f"PYTHON=/path/to/python make {goal}" in said.stderr
    assert not (tmp_path / "venv").exists()


@needs_make
def test_make_says_that_venv_is_missing(tmp_path):
    missing = 'case "$2" in *ensurepip*) exit 1;; venv) exit 3;; esac'
    bare = script(tmp_path / "python3", f'{missing}; exec {sys.executable} "$@"')
    said = make("lab", f"VENV={tmp_path}/venv", PYTHON=str(bare))
    assert said.returncode != 0
    assert "sudo apt install python3-venv" in said.stderr


@needs_make
def test_make_takes_the_first_python_that_is_new_enough(tmp_path):
    script(tmp_path / "python3", "exit 1")
    script(tmp_path / "python3.14", "exit 127")
    noted = f'case "$2" in venv) echo "$@" > {tmp_path}/ran; exit 3;; esac'
    script(tmp_path / "python3.13", f'{noted}; exec {sys.executable} "$@"')
    path = f"{tmp_path}:{os.environ['PATH']}"
    said = make("lab", f"VENV={tmp_path}/venv", PATH=path)
    assert said.returncode != 0
    assert (tmp_path / "ran").read_text() == f"-m venv --clear {tmp_path}/venv\n"


@needs_make
def test_the_path_of_python_may_have_a_space(tmp_path):
    folder = tmp_path / "with two  spaces"
    folder.mkdir()
    own = script(
        folder / "python3",
        f'case "$2" in venv) echo "$@" > "{folder}/ran"; exit 3;; esac; exec {sys.executable} "$@"',
    )
    said = make("lab", f"VENV={tmp_path}/venv", f"PYTHON={own}")
    assert (folder / "ran").read_text() == f"-m venv --clear {tmp_path}/venv\n"
    assert "is needed" not in said.stderr
    (tmp_path / "venv").mkdir()
    for stamp in ("made-with-python3", "made", "learner"):
        (tmp_path / "venv" / stamp).write_text(f"{ROOT}\n")
    again = make("--dry-run", "lab", f"VENV={tmp_path}/venv", f"PYTHON={own}")
    assert "-m venv" not in again.stdout


@needs_make
@needs_make
def test_the_path_of_the_clone_may_have_spaces_and_quotes(tmp_path):
    clone = tmp_path / "O'Neill's own clone"
    clone.mkdir()
    shutil.copy(ROOT / "Makefile", clone)
    for name in ("requirements.txt", "pyproject.toml"):
        (clone / name).touch()
    # A Python that only pretends to make an environment, in which nothing is installed.
    pretend = f"mkdir -p .venv/bin; ln -sf {shutil.which('true')} .venv/bin/python"
    own = script(
        tmp_path / "python3",
        f'case "$2" in venv) {pretend}; exit 0;; esac; exec {sys.executable} "$@"',
    )
    plain = {name: v for name, v in os.environ.items() if not name.startswith("MAKE")}
    run = ["make", "lab", "VENV=.venv", f"PYTHON={own}"]
    for first in (True, False):
        said = subprocess.run(run, cwd=clone, env=plain, capture_output=True, text=True)
        assert said.returncode == 0, said.stderr
        assert ("Making .venv" in said.stdout + said.stderr) == first


def test_the_readme_says_what_pip_says_in_another_folder(tmp_path):
    run = [sys.executable, "-m", "pip", "install", "--no-index", "--dry-run", "-r"]
    run.append(str(ROOT / "requirements.txt"))
    said = subprocess.run(
        run, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert said.returncode != 0
    assert "does not appear to be a Python project" in said.stderr
    assert "… does not appear to be a Python project" in README


def test_on_windows_every_file_has_a_path_of_less_than_260_characters():
    allowed = int(re.search(r"may have (\d+) characters at most", README)[1])
    packages = Path(sysconfig.get_path("purelib"))
    paths = [path.relative_to(packages) for path in packages.rglob("*")]
    longest = max(len(f".venv/Lib/site-packages/{path}") for path in paths)
    assert allowed + 1 + longest < 260


@needs_make
def test_make_runs_again_without_installing(tmp_path):
    def planned(**environment):
        return make("--dry-run", "test", f"VENV={tmp_path}", **environment).stdout

    for stamp in ("made", "learner", "tester"):
        (tmp_path / stamp).write_text(f"{ROOT}\n")
    assert "pip" not in planned()
    assert "-m venv" in planned(PYTHON="python3.12")
    (tmp_path / "made").write_text("/moved/away\n")
    assert "-m venv" in planned()


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
