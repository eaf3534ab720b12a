"""The page in the browser of whoever calls from Python: where it is served already, or from within this process."""

import json
import sys
import webbrowser
from functools import lru_cache
from threading import Event, Thread
from urllib.request import ProxyHandler, build_opener

from waitress.server import create_server

from nnviz.player.request import LARGEST_BODY
from nnviz.text import say
from nnviz.web.limits import LARGEST_HEADER, MOST_CONNECTIONS
from nnviz.web.listening import listen
from nnviz.web.server import HEALTH, create_app
from nnviz.web.settings import Settings

USUAL = "http://127.0.0.1:8050"
PATIENCE = 1.0  # seconds
HERE = Settings(port=0, threads=8)
DIRECT = build_opener(ProxyHandler({}))


def shown(query: str, base: str, block: bool | None) -> str:
    """Open the page with a query in the browser, serving it where nobody does, and return its address.

    Where it is served from here, a script waits until Ctrl+C, unless ``block`` says otherwise.
    """
    site = base.rstrip("/") or (USUAL if _is_ours(USUAL) else "")
    is_here = not site
    address = f"{site or _served()}/?{query}"
    webbrowser.open(address)
    waits = not _is_interactive() if block is None else block
    if is_here and waits:
        print(say("server.shown", address=address), flush=True)
        _wait()
    return address


def _is_ours(site: str) -> bool:
    """Whether nnviz is served there."""
    try:
        with DIRECT.open(f"{site}{HEALTH}", timeout=PATIENCE) as answer:
            told = json.loads(answer.read(1000))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and "version" in told


@lru_cache(maxsize=1)
def _served() -> str:
    """Return where this process serves the page, which it does from then on, until it ends."""
    listening = listen(HERE)
    server = create_server(
        create_app().server,
        sockets=[listening],
        threads=HERE.threads,
        connection_limit=MOST_CONNECTIONS,
        max_request_header_size=LARGEST_HEADER,
        max_request_body_size=LARGEST_BODY,
        ident=None,
    )
    Thread(target=server.run, name="nnviz", daemon=True).start()
    return f"http://{HERE.host}:{listening.getsockname()[1]}"


def _is_interactive() -> bool:
    """Whether somebody goes on typing here: in a console or a notebook."""
    return hasattr(sys, "ps1") or bool(sys.flags.interactive) or "ipykernel" in sys.modules


def _wait() -> None:
    """Wait for Ctrl+C."""
    try:
        Event().wait()
    except KeyboardInterrupt:
        print()
