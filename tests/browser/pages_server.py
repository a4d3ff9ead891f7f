"""Serves the built site on the loopback as GitHub Pages does: compressed, and kept by the browser
for ten minutes.
"""

import contextlib
import functools
import gzip
import http.server
import threading
from pathlib import Path

COMPRESSED = {
    ".html",
    ".js",
    ".mjs",
    ".css",
    ".json",
    ".ipynb",
    ".svg",
    ".wasm",
    ".txt",
}


@functools.cache
def _gzipped(path, changed):
    """Return a file's bytes, compressed; a new time of change makes it be read anew."""
    return gzip.compress(Path(path).read_bytes(), 6)


class Pages(http.server.SimpleHTTPRequestHandler):
    """Answers like GitHub Pages, and says nothing on the terminal."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".wasm": "application/wasm",
        ".js": "text/javascript",
        ".whl": "application/octet-stream",
    }

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        state = path.stat()
        mark = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
        if self.headers.get("If-None-Match") == mark:
            self._answer(304, mark)
            return
        small = path.suffix in COMPRESSED and "gzip" in self.headers.get(
            "Accept-Encoding", ""
        )
        body = _gzipped(str(path), state.st_mtime_ns) if small else path.read_bytes()
        self._answer(200, mark, path, body, small)

    def _answer(self, status, mark, path=None, body=b"", small=False):
        self.send_response(status)
        self.send_header("ETag", mark)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        if path:
            self.send_header("Content-Type", self.guess_type(str(path)))
        if small:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.server.sent += len(body)
        with contextlib.suppress(ConnectionError):  # the page was closed meanwhile
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class Address(str):
    """Where a server answers; `sent` is how many bytes of files, compressed, it has sent so far."""

    def __new__(cls, server):
        address = super().__new__(cls, f"http://127.0.0.1:{server.server_port}/")
        address._server = server
        return address

    @property
    def sent(self):
        return self._server.sent


@contextlib.contextmanager
def serving(folder):
    """Yield the address at which the folder is served on this machine alone, a text that knows how
    much was `sent`.
    """
    handler = functools.partial(Pages, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads, server.sent = True, 0
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Address(server)
        server.shutdown()


@contextlib.contextmanager
def embedding(folder, address, sandbox=""):
    """Yield the address, on another host, of a page that shows this one in a frame."""
    folder.mkdir()
    frame = f'<iframe {sandbox} width="900" height="700" src="{address}"></iframe>'
    (folder / "index.html").write_text(frame, encoding="utf-8")
    with serving(folder) as platform:
        yield platform.replace("127.0.0.1", "localhost")
