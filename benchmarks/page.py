"""How long a person waits for the server; and for the page to be read, for Forward, and for Plotly to take over."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page

from tools.stage import READY, served_app

VISITS = 5
WINDOW = {"width": 1366, "height": 641}
BEGUN = "html[data-begun]"
PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0].startTime / 1000"""
BYTES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, {transferSize}) => sum + transferSize, 0)"""
NO_LIMIT = -1
LINES = {"loopback": None, "1.6 Mbit/s, 150 ms": (1.6e6, 150), "400 kbit/s, 400 ms": (4e5, 400)}


@dataclass(frozen=True)
class Load:
    """Seconds until the page is painted, until Forward works, until Plotly's picture is there; kilobytes until then."""

    painted: float
    usable: float
    whole: float
    usable_kilobytes: float
    kilobytes: float


def start_time() -> float:
    """Return the seconds from the start of the server until it answers."""
    begin = time.perf_counter()
    with served_app():
        return time.perf_counter() - begin


def loads(browser: Browser, address: str, line: str) -> tuple[Load, Load]:
    """Return the medians of first visits and of second ones, on a line."""
    count = VISITS if LINES[line] is None else 1
    first, second = [], []
    for _ in range(count):
        with visitor(browser, line) as page:
            first.append(load(page, address))
            page.goto("about:blank")
            second.append(load(page, address))
    return middle(first), middle(second)


@contextmanager
def visitor(browser: Browser, line: str) -> Iterator[Page]:
    """Yield the page of a visitor who has never been here, on a line."""
    context: BrowserContext = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    page = context.new_page()
    if limits := LINES[line]:
        bits, latency = limits
        limit = {"offline": False, "latency": latency, "downloadThroughput": bits / 8, "uploadThroughput": NO_LIMIT}
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", limit)
    yield page
    context.close()


def load(page: Page, address: str) -> Load:
    """Load the page and measure."""
    page.set_default_timeout(120_000)
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(BEGUN).wait_for()
    usable, until_usable = time.perf_counter() - begin, page.evaluate(BYTES)
    page.locator(READY).wait_for()
    whole = time.perf_counter() - begin
    return Load(page.evaluate(PAINTED), usable, whole, until_usable / 1000, page.evaluate(BYTES) / 1000)


def middle(found: list[Load]) -> Load:
    """Return the median of each figure."""
    return Load(*(median(getattr(one, name) for one in found) for name in Load.__dataclass_fields__))
