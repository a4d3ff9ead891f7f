"""Starts Firefox for Playwright, and stands between the two.

python relay.py FIREFOX [OPTION ...]

Playwright's new windows begin with a command that Firefox's long-term release does not know: it
sets the colour scheme, which no test in Firefox asks for. It is answered here; all else passes.
"""

import asyncio
import json
import re
import sys

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

LISTENS = "WebDriver BiDi listening on ws://127.0.0.1:"
UNKNOWN = "emulation.setMediaFeaturesOverride"
LARGEST = 2**28  # bytes of a message: a screenshot is one


class Relay(WebSocketHandler):
    """Playwright's connection, and one to Firefox behind it."""

    def initialize(self, firefox):
        self.address = firefox

    async def open(self):
        self.firefox = await websocket_connect(
            self.address,
            on_message_callback=self.on_answer,
            max_message_size=LARGEST,
        )

    def on_message(self, message):
        command = json.loads(message)
        if command["method"] == UNKNOWN:
            self.write_message({"type": "success", "id": command["id"], "result": {}})
        else:
            self.firefox.write_message(message)

    def on_answer(self, message):
        if message is None:  # Firefox has gone
            self.close()
        else:
            self.write_message(message)


async def main(*command):
    """Run Firefox to its end, and say where it is to be reached."""
    run = asyncio.create_subprocess_exec
    firefox = await run(*command, stderr=asyncio.subprocess.PIPE)
    async for line in firefox.stderr:
        if found := re.search(rf"{LISTENS}(\d+)", line.decode()):
            _serve(f"ws://127.0.0.1:{found[1]}/session")
        else:
            print(line.decode(), end="", file=sys.stderr)
    await firefox.wait()


def _serve(firefox):
    sockets = bind_sockets(0, "127.0.0.1")
    relay = Application(
        [("/session", Relay, {"firefox": firefox})],
        websocket_max_message_size=LARGEST,
    )
    HTTPServer(relay).add_sockets(sockets)
    print(f"{LISTENS}{sockets[0].getsockname()[1]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
