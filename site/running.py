"""The lessons in JupyterLite: notebooks that run in the page, on a Python that the browser
downloads.
"""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pyodide

HERE = Path(__file__).parent
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
# All that a lesson needs is loaded at once, while the rest of Python starts. The kernel asks for
# all but the last.
FIRST = [
    *(
        "micropip",
        "piplite",
        "ssl",
        "sqlite3",
        "ipykernel",
        "comm",
        "pyodide_kernel",
        "jedi",
        "ipython",
    ),
    "activation-notebooks",
]
LARGE = 500_000  # bytes
# Of JupyterLite's page: browsers look for it in the first 1,024 bytes.
CHARSET = '<meta charset="utf-8" />'
# Megabytes of it that a lesson makes the browser download, measured by `make bench-site`.
JUPYTERLITE = 2.2
CONFIG = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "Activation functions",
        "exposeAppInBrowser": True,  # the tests ask the page what it has
        "litePluginSettings": {
            "@jupyterlite/pyodide-kernel-extension:kernel": {
                "pyodideUrl": "./static/pyodide/start_python.js",
                "disablePyPIFallback": True,
                "loadPyodideOptions": {"packages": FIRST},
            }
        },
    },
}
OVERRIDES = {
    # Else figures off screen are not there.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "defer"},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    # Seconds; what is not saved, a reload loses.
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 5},
}


def build(lessons, work, output, runtime, project):
    """Build JupyterLite with the lessons into `output`; `runtime` is the folder that keeps
    Pyodide's files.
    """
    # An old doit database hides settings that are new.
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(output, ignore_errors=True)
    contents = work / "contents"
    contents.mkdir(parents=True)
    for lesson in lessons:
        _write(contents / lesson.path.name, as_lite_wants(lesson.notebook))
    if (lessons[0].path.parent / "images").is_dir():
        shutil.copytree(lessons[0].path.parent / "images", contents / "images")
    _write(work / "jupyter-lite.json", CONFIG)
    _write(work / "overrides.json", OVERRIDES)
    build = {
        "contents": ["contents"],
        "apps": ["notebooks", "tree"],
        "no_sourcemaps": True,
        "federated_extensions": [str(HERE / "lesson")],
    }
    _write(work / "jupyter_lite_config.json", {"LiteBuildConfig": build})
    run = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", output]
    # It says much; what it says when it fails is shown by build.py.
    subprocess.run(run, cwd=work, check=True, capture_output=True, text=True)
    add_python(output / "static" / "pyodide", runtime, project)
    shutil.copy(HERE / "storage.js", output / "notebooks")
    complete(output / "notebooks" / "index.html", output / "static" / "pyodide")


def _write(path, data):
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def as_lite_wants(notebook):
    """Return a copy of the notebook with the kernel that JupyterLite has, and with no text as a
    list of lines.
    """
    notebook = nbformat.from_dict(notebook)
    notebook.metadata = {**notebook.metadata, "kernelspec": KERNEL}
    return notebook


def add_python(folder, runtime, project):
    """Put into the folder what the browser needs to run Python: Pyodide, the wheels, and a lock
    that knows them all.
    """
    small = pyodide.shrink(runtime, pyodide.gather_wheels(runtime, project))
    shutil.copytree(small, folder)
    shutil.copy(HERE / "start_python.js", folder)


def complete(page, folder):
    """Let a lesson's page look for storage first, and fetch Python's large files while it still
    loads JupyterLite, which will ask for them later.
    """
    large = sorted(
        path.name for path in folder.iterdir() if path.stat().st_size > LARGE
    )
    first = [
        CHARSET,
        '<script src="storage.js"></script>',
        # Else the browser asks for one that is not.
        '<link rel="icon" href="../../icon.svg" type="image/svg+xml">',
    ]
    first += [
        f'<link rel="prefetch" href="../static/pyodide/{name}">' for name in large
    ]
    html = page.read_text(encoding="utf-8")
    html = html.replace("<html>", '<html lang="en">')
    html = html.replace("await import(", "if (await hasStorage) await import(")
    page.write_text(html.replace(CHARSET, "".join(first), 1), encoding="utf-8")


def megabytes(folder):
    """Return how many megabytes a first run downloads, as servers send them: compressed."""
    sizes = [
        path.stat().st_size
        if path.suffix in {".whl", ".zip"}
        else len(gzip.compress(path.read_bytes(), 6))
        for path in folder.iterdir()
    ]
    return round(sum(sizes) / 1e6 + JUPYTERLITE)
