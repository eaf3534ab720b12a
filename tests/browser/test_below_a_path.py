"""The site below a path: a visit from page to page, none of whose requests goes anywhere else."""

import os

from playwright.sync_api import Browser, expect

from tests.browser.visit import DESKTOP, Visit
from tools.stage import served_app

BASE = "/school/nnviz"


def test_a_visit_stays_below_the_path(browser: Browser) -> None:
    with served_app(env=os.environ | {"BASE_PATH": BASE}) as address, browser.new_context(viewport=DESKTOP) as context:
        asked = list[str]()
        visit = Visit(context.new_page(), address)
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.load()
        visit.type("w1", "0.5")
        visit.press("Next iteration")
        visit.at(0, iteration=2)
        visit.link_has(w1="0.5", iteration="2")
        visit.page.locator("#lessons").get_by_role("link", name="Gradient descent", exact=True).click()
        expect(visit.page.locator("#heading")).to_have_text("Gradient descent, step by step")
        visit.ready()
        visit.press("Forward")
        visit.page.locator("#notes").get_by_role("link", name="Network").click()
        expect(visit.page.locator("#heading")).to_have_text("Backpropagation, number by number")
        visit.ready()
        outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
        assert outside == []
        assert len(asked) > 30
