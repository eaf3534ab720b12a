"""One server, one Chromium, and visitors who notice everything that goes wrong behind the page."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.visit import Visit
from tools.stage import chromium, served_app

PATIENCE = 15_000
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the app for as long as the tests run."""
    with served_app() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; without one the tests fail."""
    expect.set_options(timeout=PATIENCE)
    with chromium() as browser:
        yield browser


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
