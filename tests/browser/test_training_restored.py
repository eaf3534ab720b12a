"""Training comes back: after a reload, from a link, and when the server answers again."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.training import (
    CHART,
    END,
    curve,
    ignore_lost_requests,
    learner,
    live,
    reaches,
    shows_weights,
    slices,
    train,
    weights_after,
    words,
)


def test_a_reload_comes_back_to_the_same_weights_and_curve(visitor: Visitor) -> None:
    visit = learner(visitor)
    train(visit, 1000)
    reaches(visit, 1001)
    visit.type("Go to iteration", "700")
    visit.press("Show it")
    reaches(visit, 700)
    visit.press("Forward")
    visit.at(1, iteration=700, end=END)
    visit.link_has(trained="1001", step="1")
    before = curve(visit)
    visit.reload()
    visit.page.wait_for_function("(id) => document.querySelector(id)?.data?.[0]?.x.at(-1) === 1001", arg=CHART)
    expect(visit.page.locator("#meta")).to_have_text(re.compile("^Iteration 700 · .*step 1 of 51"))
    shows_weights(visit, weights_after("xor-learns", 699))
    assert curve(visit) == before


def test_a_reload_in_the_middle_of_training(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    visit.page.wait_for_function("(id) => document.querySelector(id)?.data?.[0]?.x.at(-1) > 1000", arg=CHART)
    visit.reload()
    words(visit, r"^Trained up to iteration")
    visit.link_has(iteration="1", step="0")
    assert str(curve(visit)["x"][-1]) == visit.link()["trained"]
    ignore_lost_requests(visit)


def test_a_link_far_away_is_trained_up_to(visitor: Visitor) -> None:
    visit = visitor().open("?preset=xor-learns&iteration=20000&step=2&trained=20000")
    expect(visit.page.locator("#meta")).to_have_text(re.compile("^Iteration 20,000 · .*step 2 of 51"), timeout=60_000)
    shows_weights(visit, weights_after("xor-learns", 19_999))


def test_a_slice_that_is_not_answered_leaves_training_paused(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    live(visit, r"^Iteration")
    visit.page.route("**/_dash-update-component*", lambda route: route.abort())
    expect(visit.button("Go on")).to_be_visible()
    expect(visit.notice).to_contain_text("did not answer")
    asked = slices(visit)
    visit.page.unroute("**/_dash-update-component*")
    visit.press("Go on")
    visit.page.wait_for_function("document.getElementById('train-pause').textContent === 'Pause training'")
    live(visit, r"^Iteration")
    assert slices(visit) - asked < 20
    visit.press("Cancel training")
    expect(visit.button("Train")).to_be_visible()
    ignore_lost_requests(visit)


def test_after_an_outage_training_goes_on_by_itself(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    live(visit, r"^Iteration")
    visit.page.route("**/_dash-update-component*", lambda route: route.abort())
    expect(visit.notice).to_contain_text("goes on by itself")
    visit.page.unroute("**/_dash-update-component*")
    expect(visit.button("Pause training")).to_be_visible()
    live(visit, r"^Iteration")
    expect(visit.notice).to_be_hidden()
    visit.press("Cancel training")
    expect(visit.button("Train")).to_be_visible()
    ignore_lost_requests(visit)


def test_a_reader_who_goes_on_while_a_link_is_restored_stays_there(visitor: Visitor) -> None:
    visit = visitor().open("?preset=xor-learns&trained=9000&iteration=20&step=3")
    visit.press("Next iteration")
    visit.at(0, iteration=21, end=END)
    words(visit, r"^Trained up to iteration 9,000")
    visit.at(0, iteration=21, end=END)
