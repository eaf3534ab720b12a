"""How long a person waits: for the server, for the page, for a step."""

import time
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from tools.stage import READY, served_app

# Notes after each click how long it took from the click to the frame in which its drawing is painted.
WATCH = """() => {
  window.waits = [];
  const {animate} = window.Plotly;
  let drawing = Promise.resolve();
  window.Plotly.animate = (...given) => (drawing = animate(...given));
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  const empty = document.createElement("button");
  empty.id = "empty";
  empty.style = "position: fixed; left: 0; top: 0; z-index: 9; width: 40px; height: 40px";
  empty.addEventListener("click", () => {});
  document.body.append(empty);
  document.addEventListener("pointerdown", () => { drawing = Promise.resolve(); }, true);
  window.addEventListener("click", async (click) => {
    await drawing;
    window.waits.push(await painted() - click.timeStamp);
  });
}"""
CLICKS = 24
NETWORKS = {
    6: "",
    50: "?inputs=5&layers=5+tanh+none,+5+tanh+none",
    200: "?inputs=8&layers=8+tanh+none,+8+tanh+none,+8+tanh+none,+1+tanh+none",
}


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


def click_to_painted(browser: Browser, address: str, weights: int) -> tuple[float, float]:
    """Return the milliseconds from a real click to the painted frame: of an empty handler, and of a step in a pass."""
    page: Page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address + NETWORKS[weights])
    page.locator(READY).wait_for()
    middle = int(page.locator("#step").get_attribute("max") or 0) // 3
    page.get_by_role("slider", name="Step").fill(str(middle))
    page.locator("#meta", has_text=f"step {middle} of").wait_for()
    page.evaluate(WATCH)
    times: dict[str, list[float]] = {"empty": [], "step": []}
    for click in range(CLICKS):
        times["empty"].append(_wait_of_click(page, "empty"))
        times["step"].append(_wait_of_click(page, "previous" if click % 2 else "backward"))
    page.close()
    return median(times["empty"]), median(times["step"])


def _wait_of_click(page: Page, button: str) -> float:
    before = page.evaluate("waits.length")
    page.locator(f"#{button}").click()
    page.wait_for_function("(before) => waits.length > before", arg=before)
    return float(page.evaluate("waits.at(-1)"))
