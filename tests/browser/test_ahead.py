"""What the next press needs is asked for before it: a boundary costs no waiting, and is never of other numbers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import AHEAD, Visitor
from tests.browser.slow_line import ENGINE
from tests.browser.visit import END, Visit

AT_AHEAD = f"**{AHEAD}"


def asked_ahead(visit: Visit, iteration: int, step: int, **typed: str) -> AbstractContextManager[Any]:
    """Wait until the answer for a place has come that was asked for ahead, with these numbers."""
    texts = [f'"iteration":"{iteration}"', f'"step":"{step}"', *(f'"{key}":"{text}"' for key, text in typed.items())]
    return visit.page.expect_event(
        "requestfinished",
        lambda request: request.url.endswith(AHEAD) and all(text in (request.post_data or "") for text in texts),
    )


def cut(visit: Visit) -> None:
    """Cut the line: whatever is asked from now on comes to no answer."""
    for address in (ENGINE, AT_AHEAD):
        visit.page.route(address, lambda _: None)


def at_the_end_with_the_line_cut(visitor: Visitor) -> Visit:
    """Return a visit at the end of the first iteration, where the start of the next one was asked ahead."""
    visit = visitor().open("?step=22")
    with asked_ahead(visit, 2, 1):
        visit.press("Backward")
    cut(visit)
    return visit


def test_a_press_crosses_into_the_next_pass_with_the_line_cut(visit: Visit) -> None:
    with asked_ahead(visit, 1, 5):
        visit.press("Forward")
    cut(visit)
    visit.key("ArrowRight", "ArrowRight", "ArrowRight")
    visit.at(4)
    visit.press("Backward")
    visit.at(5)
    visit.has_result("−0.809")
    visit.link_has(step="5")
    visit.go(END)
    expect(visit.notice).to_be_hidden()


def test_a_press_crosses_into_the_next_iteration_with_the_line_cut(visitor: Visitor) -> None:
    visit = at_the_end_with_the_line_cut(visitor)
    visit.press("Forward")
    visit.at(1, iteration=2)
    visit.link_has(iteration="2", step="1")
    visit.key("Home")
    visit.at(0, iteration=2)


def test_next_iteration_finds_the_start_of_what_was_asked_ahead_for_forward(visitor: Visitor) -> None:
    visit = at_the_end_with_the_line_cut(visitor)
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    visit.link_has(iteration="2", step="0")
    assert visit.pointed_in_network()["size"] == 0
    visit.press("Forward")
    visit.at(1, iteration=2)


def test_after_an_edit_the_boundary_has_the_new_numbers_with_the_line_cut(visit: Visit) -> None:
    visit.press("Forward")
    visit.at(1)
    with asked_ahead(visit, 1, 5, w1="0.5"):
        visit.type("w1", "0.5")
    cut(visit)
    visit.press("Forward", "Forward", "Forward", "Backward")
    visit.at(5)
    visit.has_result("−0.6998")  # ŷ = (2·0.5 + 3·0.21)·0.14 + 0.48·0.15 = 0.3002


def test_what_was_asked_ahead_of_an_edit_is_not_shown_after_it(visit: Visit) -> None:
    with asked_ahead(visit, 1, 5):
        visit.press("Forward")
    visit.page.route(AT_AHEAD, lambda _: None)
    visit.go(4)
    visit.type("w1", "0.5")
    visit.press("Backward")
    visit.at(5)
    visit.has_result("−0.6998")


@pytest.mark.parametrize("ending", [Route.continue_, Route.abort], ids=["comes", "fails"])
def test_a_press_before_that_answer_waits_for_it_and_where_it_fails_asks_itself(
    visitor: Visitor, ending: Callable[[Route], None]
) -> None:
    visit, held = visitor().open("?step=3"), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route(AT_AHEAD, hold)
    with visit.page.expect_request(AT_AHEAD):
        visit.press("Forward")
    visit.at(4)
    visit.posts.clear()
    visit.press("Backward")
    visit.at(4)
    assert visit.posts == []
    ending(held[0])
    visit.at(5)
    visit.has_result("−0.809")
    assert len(visit.posts) == (ending is Route.abort)
    visit.problems[:] = [problem for problem in visit.problems if "ERR_FAILED" not in problem]
