"""A balancer before several servers, in a thread: a request goes to the next one, or on to another if that is gone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from urllib.parse import urlsplit

HOPS = {"connection", "keep-alive", "transfer-encoding"}
PATIENCE = 30  # seconds


@contextmanager
def balanced(addresses: Sequence[str]) -> Iterator[str]:
    """Yield the address of a balancer before the servers at these addresses; where all are gone it answers 502."""
    turns, ends = count(), [urlsplit(address).netloc for address in addresses]

    class Balancer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body, turn = self.rfile.read(length), next(turns)
            for number in range(len(ends)):
                try:
                    self._pass(ends[(turn + number) % len(ends)], body)
                except (OSError, HTTPException):
                    continue
                return
            self.send_response(502)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def _pass(self, end: str, body: bytes) -> None:
            line = HTTPConnection(end, timeout=PATIENCE)
            try:
                line.request(self.command, self.path, body, dict(self.headers.items()))
                reply = line.getresponse()
                content = reply.read()
            finally:
                line.close()
            self.send_response_only(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in HOPS:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Balancer)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
