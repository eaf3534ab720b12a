"""Within a page of somebody else's: what belongs together is in sight, and only who is allowed may frame it."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.sight import DRAWN, TOGETHER
from tests.browser.visit import Visit
from tools.stage import served_app

SMALL: list[ViewportSize] = [{"width": 640, "height": 480}, {"width": 800, "height": 600}]
TOGETHER_THERE = ["#network-card", "#formula .result", "#forward", "#backward", "#alone"]
PAGES = {
    "?embed=1": None,
    "?preset=mazur&embed=1": [1, 9, 14, 20, 26, 40],
    "gradient-descent?iteration=3&embed=1": None,
    "sigmoid?embed=1": [1, 7, 20],
}


def embedded(visit: Visit, query: str) -> Visit:
    """Load a page as others show it, and wait until the picture is drawn for the room that it has."""
    visit.stays = False
    visit.load(query).page.wait_for_function(DRAWN)
    return visit


@pytest.mark.parametrize("size", SMALL, ids=lambda size: str(size["width"]))
def test_in_a_small_frame_picture_result_buttons_and_the_link_out_are_together(
    visitor: Visitor, size: ViewportSize
) -> None:
    found, visit = {}, visitor().seen("light", size)
    for query, steps in PAGES.items():
        found[query] = embedded(visit, query).page.evaluate(TOGETHER, {"places": TOGETHER_THERE, "steps": steps})
    assert {query: problems for query, problems in found.items() if problems} == {}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the files of a folder as a site of its own; yield its origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder))
    Thread(target=server.serve_forever).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_site_that_is_allowed_frames_the_page_and_another_does_not(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as school, served(tmp_path) as other:
        env = os.environ | {"FRAME_ANCESTORS": school}
        with served_app(env=env) as address, browser.new_context() as context:
            frame = f'<iframe src="{address}?embed=1&step=3" width="800" height="600" title="nnviz"></iframe>'
            (tmp_path / "course.html").write_text(f"<!DOCTYPE html><title>Course</title>{frame}")
            page = context.new_page()
            page.goto(f"{school}/course.html")
            inside = page.frame_locator("iframe")
            for gone in ("header nav", "#preset", ".side", "#path"):
                expect(inside.locator(gone)).to_be_hidden()
            expect(inside.locator("html[data-ready]")).to_be_attached()
            inside.get_by_role("button", name="Previous").click()
            expect(inside.locator("#meta")).to_contain_text("step 2 of 23")
            out = inside.get_by_role("link", name="Open in nnviz")
            expect(out).to_have_attribute("href", re.compile(r"step=2$"))
            with context.expect_page() as opened:
                out.click()
            expect(opened.value.locator("#lessons")).to_be_visible()
            expect(opened.value.locator("#meta")).to_contain_text("step 2 of 23")
            with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
                page.goto(f"{other}/course.html")
            expect(page.frame_locator("iframe").locator("#player")).to_have_count(0)


def test_the_address_keeps_it_and_everybody_can_use_it(visitor: Visitor) -> None:
    visit = embedded(visitor().seen("dark", SMALL[1]), "?embed=1&step=4")
    expect(visit.notice).to_be_hidden()
    visit.press("Previous")
    visit.link_has(step="3", embed="1")
    assert violations(visit.page) == []
    visit.key("Tab")
    visit.reload()
    visit.at(3)
    expect(visit.page.locator("#lessons")).to_be_hidden()
