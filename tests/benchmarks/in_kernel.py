"""What a step of a slider costs in the kernel: milliseconds of data, drawing and encoding, and memory after many steps.

Sliders are set from Python in a fresh kernel; the pictures travel to a client as always.
"""

import json
import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_client.manager import start_new_kernel
from server import REPOSITORY

HERE = Path(__file__).parent


def frames(steps):
    """Return {way: {part: median milliseconds a frame}} for data, draw, encode and total, measured in turns."""
    return _in_fresh_kernel(f"loops.frames({steps})")


def growths(ways, steps):
    """Return {way: the megabytes by which its kernel has grown after so many steps}, each in a kernel of its own."""
    with ThreadPoolExecutor() as pool:  # what one takes in time does not change what the other takes in memory
        found = pool.map(lambda way: _in_fresh_kernel(f"loops.growth({way!r}, {steps})"), ways)
        return dict(zip(ways, found, strict=True))


def _in_fresh_kernel(call):
    """Return the value of a call of a function of loops.py, made in a kernel started for it."""
    folders = os.pathsep.join([str(REPOSITORY), str(HERE)])
    manager, client = start_new_kernel(
        kernel_name="python3", stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": folders}
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "result.json")
            # A file, because a kernel may drop output when thousands of pictures are waiting.
            code = f"%matplotlib inline\nimport loops, json\nopen({str(file)!r}, 'w').write(json.dumps({call}))"
            reply = client.execute_interactive(code, output_hook=lambda message: None, timeout=600)
            if reply["content"]["status"] != "ok":
                raise RuntimeError("\n".join(reply["content"]["traceback"]))
            return json.loads(file.read_text())
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
