"""Serves the app on HOST and PORT: 127.0.0.1 and 8050 unless the environment says otherwise.

PORT=0 takes a free one; the line that is printed says which. ``python -m nnviz`` and the command ``nnviz`` run it.
"""

import os
import socket
import sys

from flask import Flask
from waitress.server import create_server

from nnviz.text import say
from nnviz.web.server import create_app

TURN = 0.0005  # seconds that one request computes before another one has its turn
MOST_CONNECTIONS = 10_000  # a browser opens six and keeps them, and a class opens the page in the same minute


def main(app: Flask | None = None) -> None:
    """Serve until interrupted; a port that cannot be had ends it with one line."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8050"
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        sys.exit(say("server.bad_port", given=port))
    is_six = ":" in host
    try:
        listening = socket.create_server((host, int(port)), family=socket.AF_INET6 if is_six else socket.AF_INET)
    except OSError as error:
        if (error.errno or 0) < 0:  # of the look-up of a name
            sys.exit(say("server.bad_host", given=host))
        reason = os.strerror(error.errno or 0)
        sys.exit(say("server.taken", host=host, port=port, reason=reason, other=int(port) % 65535 + 1))
    server = create_server(
        app or create_app().server,
        sockets=[listening],
        threads=8,
        connection_limit=MOST_CONNECTIONS,
        asyncore_use_poll=True,  # select, its alternative, ends at 1,024 connections
    )
    sys.setswitchinterval(TURN)
    print(say("server.address", host=f"[{host}]" if is_six else host, port=listening.getsockname()[1]), flush=True)
    server.run()


if __name__ == "__main__":
    main()
