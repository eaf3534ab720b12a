"""One server, one Chromium, and visitors who notice everything that goes wrong behind the page."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.visit import Visit

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the app on a free port for as long as the tests run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)}
    with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}/"
            assert server.poll() is None, "the server did not live through the tests"
        finally:
            server.terminate()


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server did not start"
        try:
            with urlopen(address) as answer:
                assert answer.status == 200
            return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within a minute")


def chromium() -> str:
    """Return the browser's path, that of CHROMIUM or the one that is found; without one the tests fail."""
    if path := os.environ.get("CHROMIUM"):
        return path
    found = subprocess.run([ROOT / "tests" / "find_chromium.sh"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Callable[[dict[str, Any]], BrowserContext]:
    """Return a function that gives the browser context of some options, each with a cache that tests share."""
    known: dict[str, BrowserContext] = {}

    def context(options: dict[str, Any]) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in known:
            known[key] = browser.new_context(**options)
            known[key].set_default_timeout(PATIENCE)
        return known[key]

    return context


@pytest.fixture
def visitor(contexts: Callable[[dict[str, Any]], BrowserContext], address: str) -> Iterator[Visitor]:
    """Return a function that gives a new visitor; afterwards nothing may have gone wrong for any of them."""
    visits: list[Visit] = []

    def come(**options: Any) -> Visit:
        visit = Visit(contexts({"viewport": DESKTOP} | options).new_page(), address)
        watch(visit)
        visits.append(visit)
        return visit

    yield come
    for visit in visits:
        visit.page.close()
    assert [problem for visit in visits for problem in visit.problems] == []


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    """Return a visitor at a desktop, on the page."""
    return visitor().open()


@pytest.fixture
def page(visit: Visit) -> Page:
    """Return the visitor's page."""
    return visit.page


def watch(visit: Visit) -> None:
    """Note whatever a visitor would find in the console or on the wire."""
    page, problems, home = visit.page, visit.problems, urlsplit(visit.address).netloc
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.on("requestfailed", lambda request: problems.append(f"failed: {request.url} {request.failure}"))
    page.on("console", lambda m: m.type in ("error", "warning") and problems.append(f"console {m.type}: {m.text}"))
    page.on("response", lambda r: r.status >= 400 and problems.append(f"{r.status}: {r.url}"))

    def note(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != home:
            problems.append(f"foreign request: {request.url}")
        if request.method == "POST":
            visit.posts.append(request.post_data or "")

    page.on("request", note)
