"""How long a person waits for the server and for the page."""

import time
from typing import Any

from playwright.sync_api import Browser

from tools.stage import served_app


def start_time() -> float:
    """Return the seconds from the start of the server until it answers."""
    begin = time.perf_counter()
    with served_app():
        return time.perf_counter() - begin


def first_load(browser: Browser, address: str) -> tuple[float, float]:
    """Return the megabytes of the first load as they travel, and the seconds until Forward can be pressed."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []

    def add(event: dict[str, Any]) -> None:
        sizes.append(event["encodedDataLength"])

    network.on("Network.loadingFinished", add)
    begin = time.perf_counter()
    page.goto(address)
    page.locator("#forward[aria-disabled=false]").wait_for()
    waited = time.perf_counter() - begin
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes) / 1e6, waited
