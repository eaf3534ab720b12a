"""Both servers as processes: who gets in, what is refused before it is read, and how they end."""

import json
import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from subprocess import Popen
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from nnviz import __version__
from nnviz.player.request import LARGEST_BODY
from nnviz.web.settings import Settings
from tests.asking import BODY as ASKED
from tests.asking import posted
from tools import ROOT
from tools.stage import TIME_BUDGET, started

COMMANDS = {"waitress": (ROOT / "app.py",), "gunicorn": ("-m", "nnviz")}
DISPATCH = "/_dash-update-component"
BODY = posted(ASKED)
BASE = "/school/nnviz"
ENVIRONMENT = {
    "WORKERS": "2",
    "BASE_PATH": BASE,
    "FRAME_ANCESTORS": "self https://school.example",
    "TRUSTED_PROXIES": "1",
    "ACCESS_LOG": "1",
}
CLASS = 80 * 6  # browsers, and the connections that each keeps: more than there are threads
PATIENCE = 15  # seconds: half of those in which all threads have waited for all silent connections
Line = socket.socket


class Server:
    """A server in a process of its own."""

    def __init__(self, name: str) -> None:
        self.process, self.address = started(*COMMANDS[name], cwd=ROOT, env=os.environ | ENVIRONMENT)
        parts = urlsplit(self.address)
        self.at = (parts.hostname, parts.port)

    def line(self) -> Line:
        return socket.create_connection(self.at, timeout=TIME_BUDGET)

    def answer(self, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """Return the status and the text of an answer."""
        host, port = self.at
        data = None if body is None else json.dumps(body).encode()
        asked = Request(f"http://{host}:{port}{path}", data, {"Content-Type": "application/json"} | headers)
        with urlopen(asked, timeout=PATIENCE) as reply:
            return reply.status, reply.read().decode()


@pytest.fixture(scope="module", params=reversed(COMMANDS))
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Serve below a path, behind a proxy."""
    server = Server(request.param)
    yield server
    end(server.process)


def end(process: Popen[str]) -> None:
    process.terminate()
    process.communicate(timeout=TIME_BUDGET)


def said(line: Line, sent: bytes) -> str:
    """Return the head of the answer to what is sent, as it is sent; the answer is taken whole."""
    line.sendall(sent)
    received, length = b"", 0
    while b"\r\n\r\n" not in received or len(received.partition(b"\r\n\r\n")[2]) < length:
        received += line.recv(4096)
        found = re.search(rb"\r\ncontent-length: (\d+)", received, re.IGNORECASE)
        length = int(found[1]) if found else 0
    return received.partition(b"\r\n\r\n")[0].decode()


def request(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: a.example", *headers, "", ""]).encode()


def test_a_visitor_gets_in_beside_all_the_silent_connections_of_a_class(server: Server) -> None:
    with ExitStack() as kept:
        for _ in range(CLASS):
            kept.enter_context(server.line())
        assert server.answer("/healthz") == (200, f'{{"status":"ok","version":"{__version__}"}}\n')


@pytest.mark.parametrize("path", [DISPATCH, "/", "/no-such-page"])
def test_a_body_that_is_too_large_is_refused_before_any_of_it_comes(server: Server, path: str) -> None:
    with server.line() as line:
        head = said(line, request(path, "Content-Type: application/json", f"Content-Length: {LARGEST_BODY + 1}"))
    assert head.split()[1] == "413"
    assert "Content-Security-Policy" in head


def test_a_body_of_unknown_length_is_refused_when_it_is_too_large(server: Server) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with server.line() as line:
        line.sendall(request(DISPATCH, "Content-Type: application/json", "Transfer-Encoding: chunked"))
        for _ in range(LARGEST_BODY // 0x10000):
            line.sendall(chunk)
        head = said(line, chunk)
    assert 400 <= int(head.split()[1]) < 500


@pytest.mark.parametrize(
    "sent", [b"no request\r\n\r\n", request(f"/?{'a' * 40_000}"), request("/", f"X: {'a' * 40_000}")]
)
def test_what_the_server_itself_refuses_carries_the_headers_too(server: Server, sent: bytes) -> None:
    with server.line() as line:
        head = said(line, sent)
    assert 400 <= int(head.split()[1]) < 500
    assert "frame-ancestors 'self' https://school.example" in head
    assert "nosniff" in head


@pytest.mark.parametrize("above", ["", BASE])
def test_the_site_is_whole_below_a_path_whether_or_not_a_proxy_takes_it_away(server: Server, above: str) -> None:
    for path in ("/", "/sigmoid", "/gradient-descent"):
        _, page = server.answer(f"{above}{path}")
        links = re.findall(r'(?:href|src)="(?!https:)([^"]+)"', page)
        assert len(links) > 20
        assert [link for link in links if not link.startswith(f"{BASE}/")] == []
        for link in links:
            assert server.answer(f"{above}{link.removeprefix(BASE)}")[0] == 200
        config = re.search(r'id="_dash-config"[^>]*>([^<]+)<', page)
        assert config is not None
        assert json.loads(config[1])["requests_pathname_prefix"] == f"{BASE}/"
    status, text = server.answer(f"{above}{DISPATCH}", BODY)
    assert (status, json.loads(text)["response"]["readings"]["data"]["steps"]) == (200, 23)


def test_the_address_that_is_printed_is_below_the_path(server: Server) -> None:
    assert server.address.endswith(f"{BASE}/")
    assert server.answer(BASE)[0] == 200


@pytest.mark.parametrize("name", COMMANDS)
def test_a_line_of_the_log_says_who_asked_for_what_and_no_more(name: str) -> None:
    server = Server(name)
    server.answer(f"{BASE}/?w1=7", **{"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    server.answer("/healthz")
    assert server.process.stdout is not None
    first, second = server.process.stdout.readline(), server.process.stdout.readline()
    end(server.process)
    assert re.fullmatch(r'203\.0\.113\.7 - - \[[^]]+\] "GET /school/nnviz/ HTTP/1\.1" 200 \d+ \d+ms\n', first)
    assert second.startswith("127.0.0.1 ")


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_under_way_is_answered_when_the_server_is_told_to_stop(name: str) -> None:
    server, body = Server(name), json.dumps(BODY).encode()
    with server.line() as line:
        assert said(line, request("/healthz").replace(b"POST", b"GET")).split()[1] == "200"
        head = request(DISPATCH, "Content-Type: application/json", f"Content-Length: {len(body)}")
        line.sendall(head + body[:100])
        server.process.send_signal(signal.SIGTERM)
        assert said(line, body[100:]).split()[1] == "200"
    assert server.process.wait(TIME_BUDGET) == 0
    with pytest.raises(ConnectionRefusedError):
        server.line()
    end(server.process)


def test_there_are_as_many_threads_as_a_class_needs() -> None:
    assert Settings().threads >= 30
