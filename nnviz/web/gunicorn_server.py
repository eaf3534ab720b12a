"""The way to serve many: Gunicorn, with several processes of several threads, where there is fork()."""

import logging
import resource
import socket
import struct
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

from nnviz.web.limits import GRACE, IDLE, LONGEST_LINE, MOST_CONNECTIONS, SILENT, TURN
from nnviz.web.settings import Settings

MOST_FIELDS = 100
LOG = logging.getLogger("gunicorn.error")


def serve(app: Flask, settings: Settings, listening: socket.socket, headers: Mapping[str, str]) -> None:
    """Serve until SIGTERM or Ctrl+C; what is under way then is still answered.

    ``headers`` are those of the answers that Gunicorn itself gives, to what is no request.
    """
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):  # connections have those of the socket that they come by
        listening.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", SILENT, 0))
    LOG.addFilter(lambda record: not (record.exc_info and isinstance(record.exc_info[1], BlockingIOError)))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    Server(app, settings, listening.detach(), headers).run()


class Worker(ThreadWorker):  # type: ignore[misc]
    """A process with threads, none of which waits for a connection that has not asked anything yet."""

    headers: Mapping[str, str] = {}

    def init_process(self) -> None:
        sys.setswitchinterval(TURN)
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        silent = Future[object]()
        silent.set_result(_DEFER)
        self.finish_request(conn, silent)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        super().handle_error(req, _Headed(client, self.headers), addr, exc)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with the app; it needs no file for its settings and no command line."""

    def __init__(self, app: Flask, settings: Settings, listening: int, headers: Mapping[str, str]) -> None:
        Worker.headers = headers
        self.app = app
        self.options = {
            "bind": f"fd://{listening}",
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": Worker,
            "worker_connections": MOST_CONNECTIONS,
            "keepalive": IDLE,
            "graceful_timeout": GRACE,
            "limit_request_line": LONGEST_LINE,
            "limit_request_fields": MOST_FIELDS,
            "limit_request_field_size": LONGEST_LINE,
            "preload_app": True,
            "loglevel": "error",
            "forwarder_headers": "",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, option in self.options.items():
            self.cfg.set(name, option)

    def load(self) -> Flask:
        return self.app


class _Headed:
    """A socket to which an answer is sent once, with more headers."""

    def __init__(self, client: socket.socket, headers: Mapping[str, str]) -> None:
        self._client = client
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def sendall(self, answer: bytes) -> None:
        status, end, rest = answer.partition(b"\r\n")
        self._client.sendall(status + end + self._headers + rest)
