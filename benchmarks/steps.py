"""How long a press takes until it is painted, and what a long walk leaves in the memory of the tab."""

import json
from dataclasses import dataclass
from statistics import median, quantiles

from playwright.sync_api import Browser, CDPSession, Page

from tools.stage import READY

# Notes how long it took from each click to the frame in which what came of it is painted: of a press once the page says
# where it is, of the empty button at once.
WATCH = """() => {
  window.waits = [];
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  const meta = document.getElementById("meta");
  const moved = () => new Promise((done) => {
    const observer = new MutationObserver(() => { observer.disconnect(); done(); });
    observer.observe(meta, {childList: true, characterData: true, subtree: true});
  });
  const empty = document.createElement("button");
  empty.id = "empty";
  empty.style = "position: fixed; left: 0; top: 0; z-index: 9; width: 40px; height: 40px";
  empty.addEventListener("click", () => {});
  document.body.append(empty);
  document.addEventListener("click", async ({target, timeStamp}) => {
    if (target !== empty) await moved();
    window.waits.push(await painted() - timeStamp);
  }, true);
}"""
# Walks so many steps on, as the key does, each when the one before it is painted.
WALK = """async (count) => {
  const meta = document.getElementById("meta"), frame = () => new Promise(requestAnimationFrame);
  for (let step = 0; step < count; step += 1) {
    const before = meta.textContent;
    document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
    while (meta.textContent === before) await frame();
  }
}"""
CLICKS = 24
PAUSE = 250  # milliseconds between the presses of somebody in a hurry
WALKED = 2  # iterations
FEW_STEPS, MANY_STEPS = 20, 1000
NETWORKS = {
    6: "",
    50: "?inputs=5&layers=5+tanh+none,+5+tanh+none",
    200: "?inputs=8&layers=8+tanh+none,+8+tanh+none,+8+tanh+none,+1+tanh+none",
}


@dataclass(frozen=True)
class Waits:
    """Milliseconds from a real click to the painted frame."""

    times: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median."""
        return median(self.times)

    @property
    def late(self) -> float:
        """What 95 of a hundred are below."""
        return quantiles(self.times, n=20)[-1]


def within_a_pass(browser: Browser, address: str, weights: int) -> tuple[Waits, Waits]:
    """Return the waits of an empty handler and of steps within a pass, by turns."""
    page = _opened(browser, address + NETWORKS[weights])
    middle = int(page.locator("#step").get_attribute("max") or 0) // 3
    page.get_by_role("slider", name="Step").fill(str(middle))
    page.locator("#meta", has_text=f"step {middle} of").wait_for()
    page.evaluate(WATCH)
    empty, step = [], []
    for click in range(CLICKS):
        empty.append(_wait_of_click(page, "empty"))
        step.append(_wait_of_click(page, "previous" if click % 2 else "backward"))
    page.close()
    return Waits(tuple(empty)), Waits(tuple(step))


def boundaries(browser: Browser, address: str) -> tuple[Waits, Waits]:
    """Return the waits of all presses of whole iterations, and of those of them that lead into another pass."""
    page = _opened(browser, address)
    page.evaluate(WATCH)
    every, crossing = [], []
    end = int(page.locator("#step").get_attribute("max") or 0)
    for press in range(WALKED * end):
        page.wait_for_timeout(PAUSE)
        is_forward = page.locator("#forward").get_attribute("aria-disabled") == "false"
        before = page.locator("#meta").inner_text().split("·")[1]
        every.append(_wait_of_click(page, "forward" if is_forward else "backward"))
        if press and before != page.locator("#meta").inner_text().split("·")[1]:
            crossing.append(every[-1])
    page.close()
    return Waits(tuple(every)), Waits(tuple(crossing))


def after_an_edit(browser: Browser, address: str) -> Waits:
    """Return the waits of presses into the backward pass, each the second one after an edit."""
    page = _opened(browser, address)
    page.evaluate(WATCH)
    crossing = []
    for number in range(CLICKS):
        text = f"0.1{2 * number + 1:02}"
        page.get_by_role("slider", name="Step").fill("3")
        page.locator("#meta", has_text="step 3 of").wait_for()
        page.locator("#w1").fill(text)
        page.wait_for_function("(text) => location.search.includes(text)", arg=f"w1={text}&")
        page.wait_for_timeout(PAUSE)
        _wait_of_click(page, "forward")
        crossing.append(_wait_of_click(page, "backward"))
    page.close()
    return Waits(tuple(crossing))


def memory(browser: Browser, address: str) -> tuple[float, float]:
    """Return the megabytes that the page holds after a few steps, and after many: all but compiled code."""
    page = _opened(browser, address)
    heap = page.context.new_cdp_session(page)
    page.evaluate(WALK, FEW_STEPS)
    few = _used(page, heap)
    page.evaluate(WALK, MANY_STEPS - FEW_STEPS)
    many = _used(page, heap)
    page.close()
    return few, many


def _used(page: Page, heap: CDPSession) -> float:
    page.wait_for_timeout(1000)
    chunks: list[str] = []

    def add(event: dict[str, str]) -> None:
        chunks.append(event["chunk"])

    heap.on("HeapProfiler.addHeapSnapshotChunk", add)
    heap.send("HeapProfiler.collectGarbage")
    heap.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    heap.remove_listener("HeapProfiler.addHeapSnapshotChunk", add)
    snapshot = json.loads("".join(chunks))
    meta, nodes = snapshot["snapshot"]["meta"], snapshot["nodes"]
    fields, code = meta["node_fields"], meta["node_types"][0].index("code")
    kinds, sizes = (nodes[fields.index(name) :: len(fields)] for name in ("type", "self_size"))
    held: int = sum(size for kind, size in zip(kinds, sizes, strict=True) if kind != code)
    return held / 1e6


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.locator(READY).wait_for()
    return page


def _wait_of_click(page: Page, button: str) -> float:
    before = page.evaluate("waits.length")
    page.locator(f"#{button}").click()
    page.wait_for_function("(before) => waits.length > before", arg=before)
    return float(page.evaluate("waits.at(-1)"))
