"""What a step of a slider costs in the kernel: milliseconds, and memory after many steps.

Sliders are set from Python in a fresh kernel; the pictures travel to a client as always.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from jupyter_client.manager import run_kernel
from server import REPOSITORY

HERE = Path(__file__).parent
FOLDERS = os.pathsep.join([str(REPOSITORY), str(HERE)])


def frames(steps):
    """Return {slider: median milliseconds that the kernel needs for a step of it}."""
    return _in_fresh_kernel(f"loops.frames({steps})")


def growth(steps):
    """Return the megabytes by which a kernel has grown after so many steps of each slider."""
    return _in_fresh_kernel(f"loops.growth({steps})")


def _in_fresh_kernel(call):
    """Return the value of a call of a function of loops.py, made in a kernel started for it."""
    environment = os.environ | {"PYTHONPATH": FOLDERS}
    with (
        tempfile.TemporaryDirectory() as folder,
        run_kernel(env=environment, stderr=subprocess.DEVNULL) as client,
    ):
        # A file, because a kernel may drop output when thousands of pictures are waiting.
        file = Path(folder, "result.json")
        write = f"open({str(file)!r}, 'w').write(json.dumps({call}))"
        code = f"%matplotlib inline\nimport loops, json\n{write}"
        run = client.execute_interactive
        answer = run(code, output_hook=lambda message: None, timeout=600)["content"]
        if answer["status"] != "ok":
            raise RuntimeError("\n".join(answer["traceback"]))
        return json.loads(file.read_text())
