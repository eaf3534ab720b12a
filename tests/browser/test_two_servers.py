"""Two servers behind a balancer: any of them answers anything, and one that is killed takes nothing with it."""

import os
from subprocess import Popen
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.balancer import balanced
from tests.browser.visit import DESKTOP, Visit
from tools.stage import TIME_BUDGET, started


def kill(server: Popen[str]) -> None:
    server.kill()
    server.communicate(timeout=TIME_BUDGET)


def test_a_visit_goes_on_where_one_server_is_killed_and_after_both_were_away(browser: Browser) -> None:
    (one, first), (two, second) = started(), started()
    again = None
    try:
        with balanced((first, second)) as address, browser.new_context(viewport=DESKTOP) as context:
            visit = Visit(context.new_page(), address)
            visit.never_asks_ahead()
            visit.load()
            visit.type("w1", "0.5")
            visit.link_has(w1="0.5")
            for iteration in (2, 3):
                visit.press("Next iteration")
                visit.at(0, iteration=iteration)
            kill(one)
            for iteration in (4, 5):
                visit.press("Next iteration")
                visit.at(0, iteration=iteration)
            kill(two)
            visit.press("Next iteration")
            expect(visit.notice).to_contain_text("goes on by itself")
            again, _ = started(env=os.environ | {"PORT": str(urlsplit(second).port)})
            visit.at(0, iteration=6)
            expect(visit.notice).to_be_hidden()
            visit.link_has(w1="0.5", iteration="6")
            table = visit.everything()
            visit.reload()
            assert visit.everything() == table
    finally:
        for server in (one, two, *([again] if again else [])):
            kill(server)
