"""Starts a JupyterLab of its own for tests and benchmarks: own port, settings and folders, gone
afterwards.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
# Chromium as a learner has it, less what would call out to the network; containers have no sandbox
# to offer.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
WINDOW = {"width": 1200, "height": 1000}  # of a laptop
APPLICATIONS = {"jupyterlab": "LabApp", "notebook": "JupyterNotebookApp"}
SETTING = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
QUIET = '{"fetchNews": "false", "checkForUpdates": false}'
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "IPYTHONDIR": "ipython",
}


@dataclass
class Server:
    """A running JupyterLab: address, token, the folder whose files it shows, what it has said."""

    url: str
    token: str
    files: Path
    log: Path


@contextlib.contextmanager
def jupyterlab(home, program="jupyterlab"):
    """Yield a Server whose folders all lie under `home`, and stop it with its kernels afterwards.

    Its `program` is JupyterLab or "notebook".
    """
    home = Path(home)
    files, log = home / "files", home / "lab.log"
    files.mkdir(parents=True)
    settings = home / "settings" / SETTING
    settings.parent.mkdir(parents=True)
    settings.write_text(QUIET, encoding="utf-8")
    with open(log, "w", encoding="utf-8") as stream:
        # From the repository's folder, as `make lab` does: settings that lie there hold here too.
        process = subprocess.Popen(
            _command(program, files),
            env=_environment(home),
            cwd=REPOSITORY,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Server(*_address(process, home / "runtime", log), files, log)
        finally:
            _stop(process)


def _command(program, files):
    options = (
        f"-m {program} --no-browser --allow-root --ip=127.0.0.1 --LabApp.news_url= "
        f"--ServerApp.port={_free_port()} --ServerApp.terminals_enabled=False "
        f"--{APPLICATIONS[program]}.expose_app_in_browser=True"
    )
    return [sys.executable, *options.split(), f"--ServerApp.root_dir={files}"]


def _environment(home):
    """Return an environment in which the server sees nobody's settings, and its kernels see this
    repository.
    """
    folders = {name: str(home / folder) for name, folder in FOLDERS.items()}
    paths = filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")])
    return os.environ | folders | {"PYTHONPATH": os.pathsep.join(paths)}


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _address(process, runtime, log):
    """Return (url, token) from the file that a Jupyter server writes once it listens."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        # Another program may have taken the free port meanwhile: the file says which it is.
        for file in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(json.JSONDecodeError):  # half written
                info = json.loads(file.read_text(encoding="utf-8"))
                return info["url"], info["token"]
        time.sleep(0.05)
    raise RuntimeError(
        f"JupyterLab did not start: {log.read_text(encoding='utf-8')[-2000:]}"
    )


def _stop(process):
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
