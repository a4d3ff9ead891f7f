"""Serves the built site on the loopback as GitHub Pages does: compressed, and kept by the browser
for ten minutes.
"""

import contextlib
import functools
import gzip
import http.server
import threading
from pathlib import Path

COMPRESSED = (
    ".html",
    ".js",
    ".mjs",
    ".css",
    ".json",
    ".ipynb",
    ".svg",
    ".wasm",
    ".txt",
)
KINDS = {".wasm": "application/wasm", ".js": "text/javascript"}


@functools.cache
def _gzipped(path, changed):
    """Return a file's bytes, compressed; a new time of change makes it be read anew."""
    return gzip.compress(path.read_bytes(), 6)


class Pages(http.server.SimpleHTTPRequestHandler):
    """Answers like GitHub Pages, and says nothing on the terminal."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | KINDS

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        state = path.stat()
        mark = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
        headers = {
            "ETag": mark,
            "Cache-Control": "max-age=600",
            "Access-Control-Allow-Origin": "*",
            "Content-Type": self.guess_type(str(path)),
        }
        if self.headers.get("If-None-Match") == mark:
            self._answer(304, headers, b"")
        elif path.suffix in COMPRESSED:  # every browser takes it
            headers["Content-Encoding"] = "gzip"
            self._answer(200, headers, _gzipped(path, state.st_mtime_ns))
        else:
            self._answer(200, headers, path.read_bytes())

    def _answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
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
        server.daemon_threads = True
        server.sent = 0
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
