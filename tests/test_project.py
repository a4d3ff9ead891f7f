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
from packaging.version import Version

ROOT = Path(__file__).parent.parent


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


SETTINGS = tomllib.loads(read("pyproject.toml"))
SHIPPED = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
DIRECT = [Requirement(line) for line in SETTINGS["project"]["dependencies"]]
README = read("README.md")
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def pins(name):
    """Return package → version of a file; where Pythons differ, that of the newest one."""
    return dict(re.findall(r"(?m)^([a-z0-9-]+)==([0-9a-z.]+)", read(name)))


def run(*command, **options):
    """Return what a command has done and said."""
    texts = {"capture_output": True, "text": True, "timeout": 120}
    return subprocess.run(command, **texts, **options)


# Pins


def test_everything_is_pinned_and_nothing_tells_where_from():
    allowed = re.compile(r"-e \.|[a-z0-9-]+==[0-9a-z.]+( ; [^@/\\]+)?||\s*#.*")
    for name in ("requirements.txt", "tests/requirements.txt", "site/requirements.txt"):
        for line in read(name).splitlines():
            assert allowed.fullmatch(line)


def test_learners_get_no_test_tools():
    learner = pins("requirements.txt")
    assert learner.keys().isdisjoint({"pytest", "playwright", "ruff", "scipy"})


def test_oldest_are_the_floors():
    oldest = pins("tests/oldest.txt")
    for need in DIRECT:
        assert Version(oldest[need.name]) == Version(str(need.specifier)[2:])


def test_the_site_has_the_learners_versions():
    site = pins("site/requirements.txt")
    wanted = pins("requirements.txt")
    # The front end of ipywidgets has to be for the JupyterLab that JupyterLite is made of, and
    # that is an older one.
    for name in ("ipywidgets", "jupyterlab-widgets", "widgetsnbextension"):
        wanted[name] = site[name]
    assert wanted | site == site | wanted  # what both pin is of one version
    assert pins("site/wheels.txt").items() <= wanted.items()


def imported(source):
    """Return the top-level modules that Python source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def test_learners_imports_are_declared():
    """What comes with another package may be gone with its next version."""
    paths = [path for part in SHIPPED for path in (ROOT / part).rglob("*.py")]
    sources = [path.read_text(encoding="utf-8") for path in paths]
    for path in LESSONS:
        cells = notebook_rules.code_cells(nbformat.read(path, as_version=4))
        sources += [cell.source for cell in cells]
    modules = {module for source in sources for module in imported(source)}
    packages = importlib.metadata.packages_distributions()
    declared = {need.name for need in DIRECT}
    for module in modules - {*SHIPPED, *sys.stdlib_module_names}:
        assert declared.intersection(map(str.lower, packages[module])), module


# Conda and Binder


@pytest.mark.skipif(
    sys.platform == "win32", reason="repo2docker runs on Linux and macOS only"
)
def test_binder_installs_the_environment_when_the_files_are_there(tmp_path):
    environment = yaml.safe_load(read("environment.yml"))
    assert environment["dependencies"][1:] == ["pip", {"pip": ["-r requirements.txt"]}]
    for name in ("environment.yml", "requirements.txt", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    repo2docker = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    said = run(*repo2docker, cwd=tmp_path, check=True)
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


def test_links_are_rewritten_everywhere_and_nothing_else_is(tmp_path):
    for path in links.files():
        (tmp_path / path.relative_to(ROOT)).parent.mkdir(exist_ok=True)
        shutil.copy(path, tmp_path / path.relative_to(ROOT))
    old = links.repository(tmp_path)
    elsewhere = "https://github.com/jupyter/notebook and https://github.com/OWNER/other"
    with (tmp_path / "README.md").open("a", encoding="utf-8") as readme:
        readme.write(elsewhere)

    def texts():
        return [path.read_text(encoding="utf-8") for path in links.files(tmp_path)]

    before = [links.NOTE.sub("", text) for text in texts()]
    assert links.main(["ada-l/curves.py"], tmp_path) == 0
    assert links.repository(tmp_path) == "ada-l/curves.py"
    pages = old.replace("/", ".github.io/")
    for now, text in zip(texts(), before, strict=True):
        assert f"/{old}" not in now
        assert pages not in now
        back = now.replace("ada-l/curves.py", old)
        assert back.replace("ada-l.github.io/curves.py", pages) == text
    assert elsewhere in texts()[1]
    for path in tmp_path.glob("notebooks/*.ipynb"):
        assert refresh.check(path) == []
    assert links.main([old], tmp_path) == 0
    assert texts() == before


def test_the_buttons_open_the_site_and_binder_and_the_owner_is_told_while_no_link_works():
    own = links.repository()
    lesson = "?urlpath=lab/tree/notebooks/01_sigmoid.ipynb"
    assert f"](https://{own.replace('/', '.github.io/')}/)\n" in README
    assert f"](https://mybinder.org/v2/gh/{own}/main{lesson})\n" in README
    note = links.NOTE.findall(README)
    assert len(note) == own.startswith("OWNER/")
    assert all("make links REPO=owner/name" in each for each in note)


@pytest.mark.parametrize("arguments", [[], [""], ["owner"], ["a b/c"], ["a/b", "c/d"]])
def test_links_want_an_owner_and_a_name(arguments, capsys):
    assert links.main(arguments) == 1
    assert "REPO=owner/name" in capsys.readouterr().err


# README


def test_readme_lists_the_lessons_that_there_are():
    row = r"(?m)^\| \[(\w+)\]\((.+)\) \| .+\? \| (\d+) \|$"
    listed = []
    for path in LESSONS:
        minutes = notebook_rules.minutes(nbformat.read(path, as_version=4))
        listed.append((path.stem, f"notebooks/{path.name}", str(minutes)))
    assert re.findall(row, README) == listed


def test_the_links_of_readme_lead_somewhere():
    readme = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(README)])
    assert notebook_rules.links_lead_somewhere(readme, ROOT) == []


def test_on_windows_every_file_has_a_path_of_less_than_260_characters():
    allowed = int(re.search(r"may have (\d+) characters at most", README)[1])
    packages = Path(sysconfig.get_path("purelib"))
    paths = [path.relative_to(packages) for path in packages.rglob("*")]
    longest = max(len(f".venv/Lib/site-packages/{path}") for path in paths)
    assert allowed + 1 + longest < 260


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


def make(*arguments, folder=ROOT, **changed):
    """Return what make did in a folder, with a changed environment."""
    hidden = ("PYTHON", "MAKEFLAGS", "MAKELEVEL")
    clean = {name: v for name, v in os.environ.items() if name not in hidden}
    return run("make", *arguments, cwd=folder, env=clean | changed)


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


def python(path, case):
    """Return the path of a Python that does something else in one case of its second argument."""
    return script(path, f'case "$2" in {case};; esac; exec {sys.executable} "$@"')


@needs_make
def test_make_says_that_python_is_too_old(tmp_path):
    pretend = "import sys; sys.version_info = (3, 10, 14); exec(sys.argv[1])"
    old = script(tmp_path / "python3", f'exec {sys.executable} -c "{pretend}" "$2"')
    said = make("lab", f"VENV={tmp_path}/venv", PYTHON=str(old))
    assert f"3.11 or newer is needed, and none of these is one: {old}" in said.stderr
    assert "PYTHON=/path/to/python make lab" in said.stderr
    assert not (tmp_path / "venv").exists()


@needs_make
def test_make_says_that_venv_is_missing(tmp_path):
    bare = python(tmp_path / "python3", "*ensurepip*) exit 1")
    said = make("lab", f"VENV={tmp_path}/venv", PYTHON=str(bare))
    assert "sudo apt install python3-venv" in said.stderr


@needs_make
def test_make_takes_the_first_python_that_is_new_enough(tmp_path):
    script(tmp_path / "python3", "exit 1")
    script(tmp_path / "python3.14", "exit 127")
    python(tmp_path / "python3.13", f'venv) echo "$@" > {tmp_path}/ran; exit 3')
    path = f"{tmp_path}:{os.environ['PATH']}"
    make("lab", f"VENV={tmp_path}/venv", PATH=path)
    assert (tmp_path / "ran").read_text() == f"-m venv --clear {tmp_path}/venv\n"


@needs_make
def test_the_paths_of_python_and_of_the_clone_may_have_spaces_and_quotes(tmp_path):
    clone = tmp_path / "O'Neill's own  clone"
    clone.mkdir()
    shutil.copy(ROOT / "Makefile", clone)
    for name in ("requirements.txt", "pyproject.toml"):
        (clone / name).touch()
    # It only pretends to make an environment, in which nothing is installed.
    pretend = f"mkdir -p .venv/bin; ln -sf {shutil.which('true')} .venv/bin/python"
    (tmp_path / "with two  spaces").mkdir()
    own = python(tmp_path / "with two  spaces" / "python3", f"venv) {pretend}; exit 0")
    for first in (True, False):
        said = make("lab", "VENV=.venv", f"PYTHON={own}", folder=clone)
        assert said.returncode == 0, said.stderr
        assert ("Making .venv" in said.stdout + said.stderr) == first


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
    environment = {**os.environ, "CHROMIUM": str(tmp_path / "chromium"), "CI": ci}
    said = run(sys.executable, str(ROOT / "tests/chromium.py"), env=environment)
    assert said.returncode == status
    assert f"{tmp_path / 'chromium'} does not start" in said.stderr
    assert "CHROMIUM=/path/to/chromium make test" in said.stderr
