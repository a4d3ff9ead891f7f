"""A bare JupyterLite beside ours: one cell with NumPy and Matplotlib, nothing else, as its own
documentation sets it up. It has the same Pyodide, whose files are as they were published.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from server import REPOSITORY

BUILDER = Path(sys.prefix) / "site" / "bin" / "python"  # where `make site` has put it
PYODIDE = REPOSITORY / "build" / "pyodide"
CELL = """import matplotlib.pyplot as plt
import numpy as np
x = np.linspace(-6, 6, 200)
plt.plot(x, np.tanh(x));"""
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
OPTIONS = {
    "pyodideUrl": "./static/pyodide/pyodide.js",
    "disablePyPIFallback": True,
}
CONFIG = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "exposeAppInBrowser": True,
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": OPTIONS},
    },
}
NOTEBOOK = ".jp-Notebook .jp-Cell"
PICTURE = ".jp-OutputArea-output img"
RUN_ALL = """() => (window.jupyterapp ?? window.jupyterlab).commands
    .execute('notebook:run-all-cells')"""


def build(work):
    """Build it into a new folder, and return that."""
    contents = work / "contents"
    contents.mkdir(parents=True)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(CELL)], metadata={"kernelspec": KERNEL}
    )
    nbformat.write(notebook, contents / "bare.ipynb")
    (work / "jupyter-lite.json").write_text(json.dumps(CONFIG))
    lite = {"contents": ["contents"], "apps": ["notebooks"], "no_sourcemaps": True}
    (work / "jupyter_lite_config.json").write_text(
        json.dumps({"LiteBuildConfig": lite})
    )
    output = work / "site"
    run = [BUILDER, "-m", "jupyterlite_core", "build", "--output-dir", output]
    subprocess.run(run, cwd=work, check=True, capture_output=True, text=True)
    files = shutil.ignore_patterns("small", "small.json")
    shutil.copytree(PYODIDE, output / "static" / "pyodide", ignore=files)
    return output


def visit(context, site):
    """Return the seconds until its text is there, and until its picture is."""
    page = context.new_page()
    started = time.monotonic()
    page.goto(f"{site}notebooks/index.html?path=bare.ipynb", wait_until="commit")
    page.wait_for_selector(NOTEBOOK, timeout=240_000)
    text = time.monotonic() - started
    page.evaluate(RUN_ALL)
    page.wait_for_selector(PICTURE, timeout=240_000)
    picture = time.monotonic() - started
    page.close()
    return text, picture
