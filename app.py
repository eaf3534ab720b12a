"""Builds the app and serves it on HOST and PORT: 127.0.0.1 and 8050 unless the environment says otherwise."""

import os
import sys

from waitress.server import create_server

from nnviz.text import say
from nnviz.ui.server import create_app

TURN = 0.0005  # seconds that one request computes before another one has its turn


def main() -> None:
    """Serve until interrupted; a port that cannot be had ends it with one line."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8050"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        sys.exit(say("server.bad_port", given=port))
    try:
        server = create_server(create_app().server, host=host, port=int(port), threads=8)
    except OSError as error:
        sys.exit(say("server.taken", host=host, port=port, reason=error.strerror, other=int(port) % 65535 + 1))
    sys.setswitchinterval(TURN)
    print(say("server.address", host=host, port=port), flush=True)
    server.run()


if __name__ == "__main__":
    main()
