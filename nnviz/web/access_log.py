"""The access log: a line for each answer, in the form that tools for such logs read."""

import sys
import time
from datetime import datetime
from urllib.parse import quote

from flask import Flask, Response, g, request

LINE = '{visitor} - - [{now:%d/%b/%Y:%H:%M:%S %z}] "{method} {path} {protocol}" {status} {size} {milliseconds:.0f}ms'


def write(server: Flask) -> None:
    """Write a line to the standard output for each answer: who, when, what, the status, bytes, and milliseconds.

    The query of an address is left out: it is what a visitor computes.
    """

    @server.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @server.after_request
    def end(response: Response) -> Response:
        line = LINE.format(
            visitor=request.remote_addr or "-",
            now=datetime.now().astimezone(),
            method=request.method,
            path=quote(f"{request.script_root}{request.path}"),
            protocol=request.environ.get("SERVER_PROTOCOL", "-"),
            status=response.status_code,
            size="-" if response.content_length is None else response.content_length,
            milliseconds=1000 * (time.perf_counter() - g.pop("began", time.perf_counter())),
        )
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        return response
