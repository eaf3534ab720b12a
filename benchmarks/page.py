"""How long a person waits: for the server, for the page, for a step."""

import time
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from tools.stage import READY, served_app

# Clicks a button at no fixed point of a frame, and takes the time until the next frame with the change is painted.
CLICK_TO_PAINTED = """async (ids) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const animate = window.Plotly.animate;
  let drawing = Promise.resolve();
  window.Plotly.animate = (...given) => (drawing = animate(...given));
  const empty = document.createElement("button");
  empty.addEventListener("click", () => {});
  document.body.append(empty);
  const times = {empty: [], step: []};
  for (let round = 0; round < 40; round += 1) {
    const step = document.getElementById(ids[Math.floor(round / 10) % 2]);
    for (const [name, button] of [["empty", empty], ["step", step]]) {
      await pause(60 + 17 * Math.random());
      const start = performance.now();
      while (performance.now() - start < 5 * Math.random());
      const clicked = performance.now();
      drawing = Promise.resolve();
      button.click();
      await drawing;
      times[name].push(await painted() - clicked);
    }
  }
  return times;
}"""


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


def click_to_painted(browser: Browser, address: str) -> tuple[float, float]:
    """Return the milliseconds from a click to the painted frame: of an empty handler, and of a step within a pass."""
    page: Page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.locator(READY).wait_for()
    page.get_by_role("slider", name="Step").fill("8")
    page.locator("#meta", has_text="step 8 of").wait_for()
    times = page.evaluate(CLICK_TO_PAINTED, ["backward", "previous"])
    page.close()
    return median(times["empty"]), median(times["step"])
