"""The server extension: on real sockets of a server that only connects, and on what JupyterLab
would save.
"""

import asyncio
import copy
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
from jupyter_server.extension.manager import ExtensionPackage
from jupyter_server.services.contents.filemanager import FileContentsManager
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

import activation_server as server
from helpers import explore, sigmoid

ROOT = Path(server.__file__).parent.parent
VIEW = "application/vnd.jupyter.widget-view+json"


class Connection:
    """Stands for Jupyter's own class, whose connect() answers with something to wait for."""

    def __init__(self, websocket_handler):
        self.websocket_handler = websocket_handler

    async def connect(self):
        return "connected"


class Handler(WebSocketHandler):
    """Connects as Jupyter's handler does, and tells the browser what came of it."""

    async def open(self):
        connection = self.settings["kernel_websocket_connection_class"](self)
        answer = await connection.connect()
        own = self.ws_connection.stream.socket
        at_once = own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        await self.write_message(f"{answer}, {'at once' if at_once else 'waits'}")


async def _answer(load):
    app = Application([("/", Handler)], kernel_websocket_connection_class=Connection)
    load(SimpleNamespace(web_app=app, contents_manager=FileContentsManager()))
    listener, port = bind_unused_port()
    http = HTTPServer(app)
    http.add_socket(listener)
    client = await websocket_connect(f"ws://127.0.0.1:{port}/")
    try:
        return await asyncio.wait_for(client.read_message(), 10)
    finally:
        client.close()
        http.stop()
        await http.close_all_connections()


def test_messages_to_the_browser_wait_only_without_the_extension():
    assert asyncio.run(_answer(lambda app: None)) == "connected, waits"
    extended = asyncio.run(_answer(server._load_jupyter_server_extension))
    assert extended == "connected, at once"


def test_jupyter_finds_what_it_is_to_load():
    package = ExtensionPackage(name=server.__name__, enabled=True)
    assert list(package.extension_points) == [server.__name__]
    assert package.validate()


def test_jupyter_need_not_wait_for_the_figures():
    heavy = "{'numpy', 'matplotlib', 'ipywidgets', 'helpers'}"
    code = f"import sys, activation_server; print({heavy} & set(sys.modules))"
    said = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert said == "set()\n"


def output(data, metadata):
    """Return an output of a cell, as JupyterLab holds it."""
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def saved(folder, *outputs):
    """Return the outputs of a notebook that a server with the extension has saved."""
    manager = FileContentsManager(root_dir=str(folder))
    manager.register_pre_save_hook(server.keep_pictures)
    cells = [
        nbformat.v4.new_markdown_cell("A lesson"),
        nbformat.v4.new_code_cell("1", outputs=list(outputs)),
    ]
    content = nbformat.v4.new_notebook(cells=cells)
    model = {"type": "notebook", "format": "json", "content": content}
    manager.save(model, "lesson.ipynb")
    manager.notary.store.close()
    return nbformat.read(folder / "lesson.ipynb", as_version=4).cells[1].outputs


def test_a_saved_live_figure_keeps_its_picture_and_no_live_view(tmp_path):
    data, metadata = explore(sigmoid)._repr_mimebundle_()
    assert VIEW in data
    lines = {**data, "text/plain": data["text/plain"].splitlines(keepends=True)}
    for figure in saved(tmp_path, output(data, metadata), output(lines, metadata)):
        assert set(figure.data) == {"image/png", "text/plain"}


ALT = {"width": 1, "alt": "A"}
OTHERS = {  # the words and what is said of the picture
    "ipympl": ("Canvas()", {}),
    "width alone": ("A", {"width": 640}),
    "other words": ("B", ALT),
    "no width": ("A", {"alt": "A"}),
    "no words": (None, ALT),
}


def test_everything_else_is_saved_as_it_is(tmp_path):
    others = [nbformat.v4.new_output("stream", text="printed\n")]
    others.append(output({VIEW: {"model_id": "1"}, "text/plain": "a slider"}, {}))
    for words, look in OTHERS.values():
        text = {"text/plain": words} if words else {}
        data = {VIEW: {"model_id": "1"}, "image/png": "iVBORw0KGgo=", **text}
        others.append(output(data, {"image/png": look}))
    for each in others:  # alone: a hook that fails leaves a whole file as it is
        before = copy.deepcopy(each)
        assert saved(tmp_path, each) == [before]
    model = {"type": "file", "format": "text", "content": "text"}
    server.keep_pictures(model)
    assert model["content"] == "text"
