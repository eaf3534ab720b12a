"""A server that does not answer, or answers no: it is said, and what was pressed is done once."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visitor
from tests.browser.examples import ADD_LAYER
from tests.browser.slow_line import ENGINE, slow_line
from tests.browser.visit import Visit


def no_complaint(visit: Visit) -> None:
    """Take what Chromium and Dash say of lost and refused requests for what it is; nothing else may have gone wrong."""
    usual = "(4|5)..: |failed: |console error: |page error: .* body stream already read"
    assert all(re.match(usual, problem) for problem in visit.problems), visit.problems
    visit.problems.clear()


@pytest.mark.parametrize(
    ("status", "words"), [(413, "the server takes 16 MB at most"), (500, "The server met an error")]
)
def test_a_refusal_is_said_and_its_notice_goes(visit: Visit, status: int, words: str) -> None:
    visit.page.route(ENGINE, lambda route: route.fulfill(status=status))
    visit.press("Next iteration")
    expect(visit.notice).to_contain_text(words)
    visit.page.unroute(ENGINE)
    visit.at(0)
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    expect(visit.notice).to_be_hidden()
    no_complaint(visit)


def test_a_page_that_is_too_old_is_loaded_anew_once(visit: Visit) -> None:
    visit.go(3)
    visit.type("w1", "0.5")
    visit.link_has(w1="0.5", step="3")
    refused = list[Route]()

    def refuse(route: Route) -> None:
        if '"kept":null' in (route.request.post_data or ""):
            route.continue_()
        else:
            refused.append(route)
            route.fulfill(status=400)

    visit.page.route(ENGINE, refuse)
    visit.press("Next iteration")
    expect(visit.notice).to_contain_text("older than the server")
    visit.ready().at(3)
    expect(visit.field("w1")).to_have_value("0.5")
    visit.press("Next iteration")
    expect(visit.notice).to_contain_text("did not understand")
    assert len(refused) == 2
    visit.page.unroute(ENGINE)
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    no_complaint(visit)


def test_a_page_of_an_older_version_says_so_and_can_be_loaded_anew_at_the_same_place(visit: Visit) -> None:
    visit.go(7)

    def renew(route: Route) -> None:
        reply = route.fetch()
        changed = reply.json()
        changed["response"]["readings"]["data"]["version"] = "newer"
        route.fulfill(response=reply, json=changed)

    visit.page.route(ENGINE, renew)
    visit.type("w1", "0.5")
    expect(visit.notice).to_contain_text("There is a newer version of this page")
    visit.link_has(w1="0.5", step="7")
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    visit.page.unroute(ENGINE)
    visit.is_leaving = True
    with visit.page.expect_navigation():
        visit.press("Load it now")
    visit.is_leaving = False
    visit.ready().at(0, iteration=2)
    expect(visit.field("w1")).to_have_value("0.5")
    expect(visit.notice).to_be_hidden()


def the_line_comes_back(visit: Visit) -> None:
    visit.page.unroute(ENGINE)
    visit.page.evaluate("() => dispatchEvent(new Event('online'))")


def test_after_an_outage_the_page_goes_on_by_itself(visit: Visit) -> None:
    visit.page.route(ENGINE, lambda route: route.abort())
    visit.press("Next iteration")
    expect(visit.notice).to_contain_text("goes on by itself")
    visit.press("Next iteration")
    the_line_comes_back(visit)
    visit.at(0, iteration=2)
    expect(visit.notice).to_be_hidden()
    no_complaint(visit)


def test_a_press_after_an_edit_that_no_answer_came_to_is_done_after_it(visitor: Visitor) -> None:
    visit = visitor().open("?iteration=3")
    visit.page.route(ENGINE, lambda route: route.abort())
    visit.type("learning rate", "0.06")
    visit.press("Next iteration")
    expect(visit.notice).to_contain_text("goes on by itself")
    visit.press("Next iteration")
    the_line_comes_back(visit)
    visit.at(0, iteration=2)
    expect(visit.notice).to_be_hidden()
    visit.link_has(rate="0.06", iteration="2")
    no_complaint(visit)


def test_a_press_that_no_answer_came_to_is_done_once_and_by_itself(visit: Visit) -> None:
    visit.unfold("Build a network")
    visit.page.route(ENGINE, lambda route: route.abort())
    visit.press(ADD_LAYER)
    expect(visit.notice).to_contain_text("goes on by itself")
    visit.press(ADD_LAYER)
    visit.page.unroute(ENGINE)
    expect(visit.page.locator("#layer3-neurons")).to_be_attached()
    expect(visit.notice).to_be_hidden()
    visit.press("Next iteration")
    visit.link_has(iteration="2")
    expect(visit.page.locator("#layer4-neurons")).to_have_count(0)
    no_complaint(visit)


def test_a_server_that_hangs_is_told_of_until_it_answers(visitor: Visitor) -> None:
    visit = visitor()
    visit.stays = False
    visit.page.clock.install()
    visit.load()
    with slow_line(visit) as line:
        visit.press("Next iteration")
        line.holds()
        visit.page.clock.fast_forward(3000)  # beside the time that goes by in itself
        expect(visit.notice).to_be_hidden()
        visit.page.clock.fast_forward(2000)
        expect(visit.notice).to_contain_text("is taking long to answer")
        line.let_go()
        expect(visit.notice).to_be_hidden()
    visit.at(0, iteration=2)
