"""Loading: the page can be read before any script, and used before Plotly is there; nothing pressed is lost."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Visitor
from tests.browser.slow_line import ENGINE
from tests.browser.visit import DESKTOP, PHONE, Visit

PLACES = ("#meta", "#title", "#formula", "#sentence", "#hint", "#table", "#table-hint", "#by-samples", "#about",
          "#notes", "#source-card", "#passes", "p.legend", "#notice", "#heading")  # fmt: skip
FIELDS = """() => Object.fromEntries([...document.querySelectorAll("[data-field], #csv, #step, #z-slider")]
    .map((field) => [field.id, [field.value, field.getAttribute("aria-invalid") === "true"]]))"""
BUTTONS = """() => [...document.querySelectorAll("#player button")].map((button) =>
    [button.id, button.getAttribute("aria-disabled"), button.title, button.className, button.hidden])"""
PROBLEMS = "() => [...document.querySelectorAll('.problem')].map((node) => node.textContent).filter(Boolean)"
KNOWN = "() => [...document.querySelectorAll('#table [data-value]')].map((node) => [node.textContent, node.className])"
TEXTS = """(picture) => [...picture.querySelectorAll("text")].flatMap((text) => {
    const lines = text.querySelectorAll("tspan.line");
    const frame = document.querySelector("#picture").getBoundingClientRect();
    return [...(lines.length ? lines : [text])].map((line) => {
        const box = line.getBoundingClientRect(), style = getComputedStyle(line);
        return {text: line.textContent, x: box.x + box.width / 2 - frame.x, y: box.y + box.height / 2 - frame.y,
                height: box.height, colour: style.fill, weight: style.fontWeight};
    });
}).filter(({text}) => text.trim() && text !== "\\u200b")"""
LINKS = ["", "?preset=mazur&step=7", "?preset=and&diagram=graph&step=6", "?preset=xor-learns&step=12&iteration=3",
         "?preset=fahrenheit&step=2",
         "?w1=abc&x1=4&w9=1", "?preset=vanishing&detail=term&step=3", "gradient-descent?step=3&iteration=2",
         "sigmoid?z=-1.5&step=9"]  # fmt: skip


def seen(page: Page) -> dict[str, object]:
    """Return all that a page says."""
    texts = {place: [text.strip() for text in page.locator(place).all_text_contents()] for place in PLACES}
    parts = {part: page.evaluate(part) for part in (FIELDS, BUTTONS, PROBLEMS, KNOWN)}
    return {**texts, **parts, "label": page.locator("#picture").get_attribute("aria-label")}


@pytest.mark.parametrize("link", LINKS)
def test_the_document_says_what_the_scripts_say(browser: Browser, visitor: Visitor, link: str) -> None:
    with browser.new_context(viewport=DESKTOP, java_script_enabled=False) as context:
        visit = visitor().load(link)
        unscripted = context.new_page()
        unscripted.set_extra_http_headers({"Cookie": visit.page.evaluate("document.cookie")})  # of the picture's room
        unscripted.goto(visit.address + link)
        assert seen(unscripted) == seen(visit.page)


class Held:
    """Files of a name, which a page does not get before they are let go."""

    def __init__(self, page: Page, name: str) -> None:
        self._routes: list[Route] = []
        page.route(f"**/{name}", self._hold)

    def _hold(self, route: Route) -> None:
        self._routes.append(route)

    def let_go(self) -> None:
        for route in self._routes:
            route.continue_()


def begun(visit: Visit, link: str = "") -> Visit:
    """Go to the page, and wait until its own scripts have shown it."""
    visit.page.goto(visit.address + link)
    visit.page.locator("html[data-begun]").wait_for()
    return visit


def texts(page: Page, picture: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.locator(picture).evaluate(TEXTS)
    return sorted(found, key=lambda text: (text["text"], text["y"], text["x"]))


@pytest.mark.parametrize(
    ("link", "size"),
    [("?step=2", DESKTOP), ("?preset=xor&step=9", PHONE), ("gradient-descent?step=3", DESKTOP),
     ("sigmoid?step=9", DESKTOP)],
)  # fmt: skip
def test_nothing_jumps_when_plotly_takes_over(browser: Browser, address: str, link: str, size: Any) -> None:
    with browser.new_context(viewport=size) as context:
        visit = Visit(context.new_page(), address)
        visit.load(link)
        plotly = Held(visit.page, "plotly.js")
        begun(visit, link)
        before = texts(visit.page, "#sketch")
        plotly.let_go()
        visit.ready()
        after = texts(visit.page, "#network .main-svg >> nth=0 >> xpath=../..")
    assert [text["text"] for text in before] == [text["text"] for text in after]
    for one, other in zip(before, after, strict=True):
        assert (one["x"], one["y"]) == pytest.approx((other["x"], other["y"]), abs=1.5), one["text"]
        assert one["height"] == pytest.approx(other["height"], abs=1.5)
        assert (one["colour"], one["weight"]) == (other["colour"], other["weight"]), one["text"]


def test_forward_works_before_plotly_is_there(browser: Browser, address: str) -> None:
    with browser.new_context(viewport=DESKTOP) as context:
        visit = Visit(context.new_page(), address)
        plotly = Held(visit.page, "plotly.js")
        begun(visit)
        visit.press("Forward", "Forward", "Forward", "Previous")
        visit.at(2)
        visit.has_result("0.48")
        sketch = visit.page.locator("#sketch")
        expect(sketch).to_contain_text("0.48")
        expect(sketch).not_to_contain_text("0.191")
        visit.link_has(step="2")
        visit.press("Forward", "Forward", "Backward")
        plotly.let_go()
        visit.at(5)
        visit.ready()
        expect(sketch).to_have_count(0)
        assert "∂ −0.81" in visit.texts_in_network()


def test_what_is_pressed_and_typed_before_the_scripts_is_not_lost(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 1920, "height": 1000}) as context:
        visit = Visit(context.new_page(), address)
        scripts = Held(visit.page, "page.mjs")
        visit.page.goto(visit.address, wait_until="commit")
        visit.press("Forward", "Forward")
        visit.field("w1").fill("0,5")
        scripts.let_go()
        visit.ready()
        visit.at(2)
        visit.link_has(w1="0.5", step="2")
        expect(visit.page.locator("#table")).to_contain_text("0.5")


def test_a_script_that_does_not_come_is_asked_for_again(browser: Browser, address: str) -> None:
    with browser.new_context(viewport=DESKTOP) as context:
        visit = Visit(context.new_page(), address)
        failures = ["failed"]
        visit.page.route(
            "**/plotly.js", lambda route: route.abort() if failures and failures.pop() else route.continue_()
        )
        visit.page.goto(visit.address)
        visit.ready()
        assert not failures


def test_a_page_that_is_opened_again_asks_for_nothing(browser: Browser, address: str) -> None:
    with browser.new_context(viewport=DESKTOP, color_scheme="dark") as context:
        visit = Visit(context.new_page(), address)
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.load()
        is_engine = re.compile(re.escape(ENGINE.strip("*")))
        assert [url for url in asked if is_engine.search(url)]  # light was guessed
        asked.clear()
        visit.load("?step=3")
        assert not [url for url in asked if is_engine.search(url)]
