"""One server and one Chromium a worker, and visitors who notice everything that goes wrong behind the page."""

import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response, ViewportSize, expect

from tests.browser.visit import DESKTOP, Visit
from tools import ROOT
from tools.stage import chromium, served_app

TIME_BUDGET = 15_000
AHEAD = "/ahead"  # at which requests end as soon as others are made
MOST_TESTS = 50  # in one page, whose memory grows with each
FAILURES = ROOT / "test-failures"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "the only worker")
HAS_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the app for as long as the tests run."""
    with served_app() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; without one the tests fail."""
    expect.set_options(timeout=TIME_BUDGET)
    with chromium() as browser:
        yield browser


Visitor = Callable[..., Visit]


class Lobby:
    """Visits that wait for the next test, so that few pages are loaded: a visit looks as it did after its load."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._contexts: dict[str, BrowserContext] = {}
        self._waiting: dict[str, list[Visit]] = {}
        self._taken: list[tuple[str, Visit]] = []

    def take(self, viewport: ViewportSize, options: dict[str, Any]) -> Visit:
        """Return a visit with these options of Chromium's, a waiting one where there is one."""
        key = repr(sorted(options.items()))
        waiting = self._waiting.setdefault(key, [])
        visit = waiting.pop() if waiting else self._new(key, options)
        self._taken.append((key, visit))
        return visit.seen("light", viewport)

    @property
    def taken(self) -> list[Visit]:
        """The visits of the present test."""
        return [visit for _, visit in self._taken]

    def leave(self, is_well: bool) -> None:
        """End the test's visits; where all was well they wait for the next one."""
        for key, visit in self._taken:
            visit.tests += 1
            if is_well and visit.can_stay and visit.tests < MOST_TESTS:
                visit.start_over()
                self._waiting[key].append(visit)
            else:
                visit.page.close()
        self._taken.clear()

    def _new(self, key: str, options: dict[str, Any]) -> Visit:
        """Return a visit in a page of its own; its context, and so its cache, is that of all with these options."""
        if key not in self._contexts:
            self._contexts[key] = self._browser.new_context(**options)
            self._contexts[key].set_default_timeout(TIME_BUDGET)
        visit = Visit(self._contexts[key].new_page(), self._address)
        watch(visit)
        return visit


@pytest.fixture(scope="session")
def lobby(browser: Browser, address: str) -> Lobby:
    """Return where visits wait between tests."""
    return Lobby(browser, address)


@pytest.fixture
def visitor(lobby: Lobby, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Return a function that gives a visitor; afterwards nothing may have gone wrong for any of them."""
    yield lambda viewport=DESKTOP, **options: lobby.take(viewport, options)
    problems = [problem for visit in lobby.taken for problem in visit.problems]
    lobby.leave(is_well=not problems and not request.node.stash.get(HAS_FAILED, False))
    assert problems == []


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    """Return a visitor at a desktop, on the page."""
    return visitor().open()


@pytest.fixture
def page(visit: Visit) -> Page:
    """Return the visitor's page."""
    return visit.page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report of a failed visit which worker it was, what was on the screen, and what the console said."""
    report = yield
    used = item.funcargs.get("lobby")
    if report.failed and isinstance(used, Lobby):
        item.stash[HAS_FAILED] = True
        for number, visit in enumerate(used.taken, start=1):
            report.sections.append((f"visit {number} of {WORKER}", account(visit, f"{item.name}-{number}")))
    return report


def account(visit: Visit, name: str) -> str:
    """Return the address, the console and the file of a picture of a visit."""
    FAILURES.mkdir(exist_ok=True)
    picture: Path | str = FAILURES / f"{re.sub(r'[^a-zA-Z0-9-]+', '-', name)}.png"
    try:
        visit.page.screenshot(path=picture)
    except Error as problem:
        picture = f"none: {problem.message.splitlines()[0]}"
    return "\n".join([f"address: {visit.page.url}", f"picture: {picture}", "console:", *visit.console])


def watch(visit: Visit) -> None:
    """Note whatever a visitor would find in the console or on the wire."""
    page, home = visit.page, urlsplit(visit.address).netloc

    def hear(message: Any) -> None:
        visit.console.append(f"{message.type}: {message.text}")
        if message.type in ("error", "warning"):
            visit.problems.append(f"console {message.type}: {message.text}")

    def hear_back(response: Response) -> None:
        if response.status >= 400:
            visit.problems.append(f"{response.status}: {response.url}")

    def fail(request: Any) -> None:
        is_given_up = visit.is_leaving or request.url.endswith(AHEAD)
        if not (is_given_up and request.failure == "net::ERR_ABORTED"):
            visit.problems.append(f"failed: {request.url} {request.failure}")

    def note(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != home:
            visit.problems.append(f"foreign request: {request.url}")
        if request.method == "POST":
            (visit.ahead if request.url.endswith(AHEAD) else visit.posts).append(request.post_data or "")

    page.on("pageerror", lambda error: visit.problems.append(f"page error: {error}"))
    page.on("requestfailed", fail)
    page.on("console", hear)
    page.on("response", hear_back)
    page.on("request", note)
