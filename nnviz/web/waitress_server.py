"""The simple way to serve: Waitress, in one process, on any machine."""

import signal
import socket
import sys
import time
from collections.abc import Mapping
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from nnviz.player.request import LARGEST_BODY
from nnviz.web.limits import GRACE, IDLE, LARGEST_HEADER, MOST_CONNECTIONS, TURN
from nnviz.web.settings import Settings

SECOND = 1.0


def serve(app: Flask, settings: Settings, listening: socket.socket, headers: Mapping[str, str]) -> None:
    """Serve until SIGTERM or Ctrl+C; what is under way then is still answered.

    ``headers`` are those of the answers that Waitress itself gives, to what is no request.
    """
    sockets: dict[int, Any] = {}
    server = create_server(
        app,
        map=sockets,
        sockets=[listening],
        threads=settings.threads,
        connection_limit=MOST_CONNECTIONS,
        channel_timeout=IDLE,
        max_request_header_size=LARGEST_HEADER,
        max_request_body_size=LARGEST_BODY,
        clear_untrusted_proxy_headers=not settings.trusted_proxies,
        ident=None,
    )
    server.channel_class = _channel(headers)
    told: list[int] = []

    def stop(number: int, _: object) -> None:
        told.append(number)
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop)
    sys.setswitchinterval(TURN)
    try:
        while not told:
            _wait(sockets, SECOND)
    except KeyboardInterrupt:
        pass
    wasyncore.dispatcher.close(server)  # it listens no more; its own close() would end what wakes the loop, too
    last, quiet = time.monotonic() + GRACE, 0
    while quiet < 2 and time.monotonic() < last:  # as what has come while an answer was sent is read only after it
        _wait(sockets, SECOND / 10)
        quiet = 0 if any(map(_is_busy, server.active_channels.values())) else quiet + 1


def _wait(sockets: Mapping[int, Any], seconds: float) -> None:
    """Do what there is to do for any of the sockets, or wait so long for it."""
    wasyncore.loop(timeout=seconds, map=sockets, count=1, use_poll=True)  # select ends at 1,024 connections


def _is_busy(channel: Any) -> bool:
    return bool(channel.requests or channel.request or channel.total_outbufs_len)


def _channel(headers: Mapping[str, str]) -> type:
    """Return the class of connections, whose errors carry the headers."""

    class Refusal(ErrorTask):  # type: ignore[misc]
        def execute(self) -> None:
            self.response_headers.extend(headers.items())
            super().execute()

    class Channel(HTTPChannel):  # type: ignore[misc]
        error_task_class = Refusal

    return Channel
