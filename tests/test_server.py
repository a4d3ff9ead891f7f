"""The server extension: on real sockets of a server that only connects, and on what JupyterLab would save."""

import asyncio
import socket
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_server.extension.manager import ExtensionPackage
from jupyter_server.services.contents.filemanager import FileContentsManager
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from helpers import server

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
        answer = await self.settings["kernel_websocket_connection_class"](self).connect()
        waits = self.ws_connection.stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
        await self.write_message(f"{answer}, {'waits' if waits else 'at once'}")


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


@pytest.mark.parametrize(
    ("load", "answer"),
    [
        pytest.param(lambda app: None, "connected, waits", id="without"),
        pytest.param(server._load_jupyter_server_extension, "connected, at once", id="with"),
    ],
)
def test_messages_to_the_browser_wait_only_without_the_extension(load, answer):
    assert asyncio.run(_answer(load)) == answer


def test_jupyter_finds_what_it_is_to_load():
    package = ExtensionPackage(name=server.__name__, enabled=True)
    assert list(package.extension_points) == [server.__name__]
    assert package.validate()


def test_a_saved_notebook_keeps_pictures_and_no_live_view_that_has_one(tmp_path):
    manager = FileContentsManager(root_dir=str(tmp_path))
    manager.register_pre_save_hook(server.keep_pictures)
    both = {VIEW: {"model_id": "1"}, "image/png": "iVBORw0KGgo=", "text/plain": "a figure"}
    alone = {VIEW: {"model_id": "2"}, "text/plain": "a slider"}
    outputs = [nbformat.v4.new_output("display_data", data=data) for data in (both, alone)]
    outputs.append(nbformat.v4.new_output("stream", text="printed\n"))
    cells = [nbformat.v4.new_markdown_cell("A lesson"), nbformat.v4.new_code_cell("1", outputs=outputs)]
    content = nbformat.v4.new_notebook(cells=cells)
    manager.save({"type": "notebook", "format": "json", "content": content}, "lesson.ipynb")
    manager.save({"type": "file", "format": "text", "content": "text"}, "notes.txt")
    saved = nbformat.read(tmp_path / "lesson.ipynb", as_version=4).cells[1].outputs
    assert [set(output.get("data", ())) for output in saved] == [
        {"image/png", "text/plain"},
        {VIEW, "text/plain"},
        set(),
    ]
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "text"
