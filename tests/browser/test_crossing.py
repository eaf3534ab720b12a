"""Answers that come late, and hands that do not wait: neither undoes the other, and nothing is lost."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visitor
from tests.browser.slow_line import ENGINE, slow_line
from tests.browser.visit import END, MANY_ROWS, MUCH_DATA, Visit

AND, MAZUR, FIRST = "One neuron learns AND", "2-2-2, Mazur’s example", "2-2-1, step by step"
OWN, ADD_LAYER = "A network of your own", "Add a layer (up to 6)"
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def chosen(visit: Visit, option: str) -> None:
    """The example that is chosen is this one."""
    expect(visit.page.locator("#preset option:checked")).to_have_text(option)


def has_built(visit: Visit) -> None:
    """The address comes to hold a network that was built."""
    visit.is_at(re.compile("[?&]layers="))


# Fields


def test_a_focus_that_comes_before_the_answer_types_nothing(visitor: Visitor) -> None:
    visit = visitor().open("?preset=and")
    with slow_line(visit) as line:
        visit.type("sample", "4")
        visit.key("Tab")
        expect(visit.field("x1")).to_be_focused()
        expect(visit.field("x1")).to_have_value("0")
        line.let_go()
        expect(visit.field("x1")).to_have_value("1")
        expect(visit.field("x1")).to_be_focused()
    visit.press("Next iteration")
    visit.link_has(sample="4", iteration="2")
    assert "data" not in visit.link()


def test_an_example_that_comes_after_the_focus_brings_its_number_there_too(visit: Visit) -> None:
    with slow_line(visit) as line:
        visit.choose("Example", MAZUR)
        visit.field("w1").click()
        expect(visit.field("w1")).to_have_value("0.11")
        line.let_go()
        expect(visit.field("w1")).to_have_value("0.15")
        expect(visit.field("w1")).to_be_focused()
    visit.press("Next iteration")
    visit.link_has(preset="mazur", w1="0.15", iteration="2")


def test_what_is_selected_stays_selected_when_an_answer_renews_the_fields(visitor: Visitor) -> None:
    visit = visitor().open("gradient-descent?step=3")
    with slow_line(visit) as line:
        visit.type("a", "2")
        line.holds()
        visit.field("start x").select_text()
        line.let_go()
        visit.link_has(a="2", x="8")
        visit.page.keyboard.type("1")
        line.let_go()
        visit.link_has(a="2", x="1")
    expect(visit.field("start x")).to_have_value("1")


def test_what_is_typed_while_an_answer_comes_stays_and_counts(visit: Visit) -> None:
    with slow_line(visit) as line:
        visit.type("w1", "0.5")
        line.holds()
        visit.type("w2", "0.25")
        line.let_go()
        visit.link_has(w1="0.5", w2="0.21")
        expect(visit.field("w2")).to_have_value("0.25")
        line.let_go()
        visit.link_has(w1="0.5", w2="0.25")


def test_what_is_typed_after_a_sample_is_chosen_is_of_that_sample(visitor: Visitor) -> None:
    visit = visitor().open("?preset=and")
    with slow_line(visit) as line:
        visit.unfold("Data")
        visit.press("Show sample 2")
        line.holds()
        visit.press("Show sample 4")
        visit.type("x2", "7")
        for _ in range(3):
            line.let_go()
            line.holds(0)
        visit.link_has(sample="4")
        visit.link_has(data="0%2C0%2C0%3B0%2C1%2C0%3B1%2C0%2C0%3B1%2C7%2C1")


def test_a_number_of_the_network_before_does_not_come_to_an_example(visit: Visit) -> None:
    with slow_line(visit) as line:
        visit.type("w1", "0.5")
        visit.field("Example").focus()
        visit.choose("Example", MAZUR)
        visit.type("w2", "0.9")
        for _ in range(3):
            line.let_go()
        visit.link_has(preset="mazur", w1="0.15", w2="0.9")
    visit.page.go_back()
    visit.link_has(w1="0.5", w2="0.21")


def test_each_press_counts_once_however_late_the_answers_are(visit: Visit) -> None:
    visit.unfold("Build a network")
    with slow_line(visit) as line:
        visit.type("w1", "0.5")
        line.holds()
        visit.press(ADD_LAYER, ADD_LAYER)
        for _ in range(3):
            line.holds()
            line.let_go()
        expect(visit.page.locator("#layer4-neurons")).to_have_value("1")
        line.holds(0)
    visit.link_has(w1="0.5")
    expect(visit.page.locator("#layer5-neurons")).to_have_count(0)


def test_a_slider_shows_the_last_place_that_it_was_moved_to(visitor: Visitor) -> None:
    visit = visitor().open("sigmoid")
    slider = visit.page.locator("[data-moves=z]")
    with slow_line(visit) as line:
        slider.fill("1")
        line.holds()
        slider.fill("2")
        slider.fill("3")
        line.let_go()
        visit.link_has(z="1")
        expect(slider).to_have_value("3")
        line.let_go()
        visit.link_has(z="3")
        expect(visit.page.locator("#z")).to_have_value("3")
        line.holds(0)


def test_the_two_axes_of_the_ground_can_be_chosen_while_answers_come(visit: Visit) -> None:
    visit.unfold("Loss surface")
    across, page = visit.page.locator("#ground-across"), visit.page.locator("html")
    expect(across).to_have_value(re.compile("."))
    before = page.get_attribute("data-ready") or ""
    with slow_line(visit) as line:
        visit.type("w1", "0.5")
        line.holds()
        visit.press("Original numbers")
        option = across.locator("option").nth(3).get_attribute("value") or ""
        across.select_option(option)
        for _ in range(3):
            line.let_go()
        expect(page).not_to_have_attribute("data-ready", before)
        expect(across).to_have_value(option)
        line.holds(0)


# Presses


def test_an_answer_that_comes_while_a_fold_is_pressed_does_not_take_the_press(visit: Visit) -> None:
    with slow_line(visit) as line:
        visit.choose("Example", MAZUR)
        visit.page.locator("#view-fold > summary").hover()
        visit.page.mouse.down()
        with visit.page.expect_response(ENGINE) as response:
            line.let_go()
        response.value.finished()
        visit.page.evaluate(TWO_FRAMES)
        visit.page.mouse.up()
        visit.link_has(preset="mazur", w1="0.15")
    expect(visit.field("The update")).to_be_visible()


def test_a_press_after_what_was_typed_is_done_after_it_however_late_the_answers_are(visit: Visit) -> None:
    with slow_line(visit) as line:
        visit.press("Next iteration", "Next iteration")
        visit.type("learning rate", "0.06")
        visit.press("Next iteration")
        for _ in range(3):
            line.let_go()
        visit.at(0, iteration=2)
        line.holds(0)
    visit.link_has(rate="0.06", iteration="2")


def press_at_once(visit: Visit, press: str) -> None:
    """Press a button, whatever it says of the place before, or a key; or move the slider to a step."""
    if press in ("End", "Home"):
        visit.key(press)
    elif press.isdecimal():
        visit.slider.fill(press)
    else:
        visit.press_though_off(press)


@pytest.mark.parametrize(
    ("presses", "iteration", "step"),
    [
        ("Previous, Next iteration", 2, 0),
        ("Next iteration, Restart, Forward", 1, 1),
        ("End, Forward", 2, 1),
        ("End", 1, END),
        ("End, Home, Forward", 1, 1),
        ("7, Backward", 1, 8),
    ],
)
def test_presses_begin_where_the_edit_before_them_leaves_the_reader(
    visitor: Visitor, presses: str, iteration: int, step: int
) -> None:
    visit = visitor().open("?iteration=3")
    with slow_line(visit) as line:
        visit.type("learning rate", "0.06")
        visit.page.locator("#title").click()
        for press in presses.split(", "):
            press_at_once(visit, press)
        for _ in range(2):
            line.let_go()
        visit.at(step, iteration=iteration)
        line.holds(0)
    visit.link_has(rate="0.06", iteration=str(iteration), step=str(step))


@pytest.mark.parametrize("name", ["Previous", "Restart"])
def test_a_press_that_an_edit_makes_impossible_says_so(visitor: Visitor, name: str) -> None:
    visit = visitor().open("?iteration=3")
    with slow_line(visit) as line:
        visit.type("learning rate", "0.06")
        visit.press(name)
        line.let_go()
        visit.at(0)
        expect(visit.page.locator("#hint")).to_have_text("This is the start.")
        line.holds(0)
    visit.press("Forward")
    visit.at(1)


# The browser's Back and Forward


def test_back_and_forward_undo_and_redo_what_replaces_much(visit: Visit) -> None:
    visit.go(3)
    visit.type("w1", "0.5")
    visit.link_has(w1="0.5", step="3")
    visit.unfold("Build a network")
    visit.press(ADD_LAYER)
    has_built(visit)
    chosen(visit, OWN)
    visit.choose("Example", AND)
    visit.link_has(preset="and", step="0")
    visit.go(4, end=14)
    visit.type("w1", "0.7")
    visit.link_has(w1="0.7", step="4")
    visit.press("Original numbers")
    visit.link_has(preset="and", w1="0.3")
    visit.page.go_back()
    visit.link_has(preset="and", w1="0.7", step="4")
    visit.page.go_back()
    has_built(visit)
    chosen(visit, OWN)
    visit.page.go_back()
    visit.link_has(w1="0.5", step="3")
    visit.has_result("0.3002")
    assert "layers" not in visit.link()
    chosen(visit, FIRST)
    visit.page.go_forward()
    chosen(visit, OWN)
    visit.page.go_forward()
    chosen(visit, AND)
    visit.link_has(w1="0.7", step="4")


def test_back_while_an_answer_is_on_its_way_leaves_each_place_as_it_is(visit: Visit) -> None:
    visit.choose("Example", MAZUR)
    visit.link_has(preset="mazur")
    with slow_line(visit) as line:
        visit.type("w1", "0.7")
        line.holds()
        visit.page.go_back()
        line.holds(2)
        line.let_go()
        line.let_go()
        chosen(visit, FIRST)
        expect(visit.field("w1")).to_have_value("0.11")
    assert visit.link()["w1"] == "0.11"
    visit.page.go_forward()
    visit.link_has(preset="mazur", w1="0.15")


def test_ones_own_network_can_be_chosen_again_as_it_was_left(visit: Visit) -> None:
    option = visit.page.locator("#preset option", has_text=OWN)
    visit.unfold("Build a network")
    visit.page.locator("#layer1-neurons").fill("3")
    has_built(visit)
    visit.type("w9", "0.9")
    visit.link_has(w9="0.9")
    visit.go(5, end=32)
    visit.choose("Example", FIRST)
    visit.link_has(step="0")
    chosen(visit, FIRST)
    expect(option).to_be_enabled()
    visit.reload()
    visit.choose("Example", OWN)
    visit.link_has(w9="0.9", step="5")
    chosen(visit, OWN)
    visit.page.go_back()
    chosen(visit, FIRST)


def test_data_that_no_link_holds_comes_back_too(visit: Visit) -> None:
    visit.unfold("Data")
    visit.page.locator("#csv").fill(MUCH_DATA)
    visit.press("Use this CSV")
    expect(visit.page.locator("#meta")).to_contain_text(f"of {MANY_ROWS}")
    visit.choose("Example", MAZUR)
    visit.link_has(preset="mazur")
    visit.page.go_back()
    expect(visit.page.locator("#meta")).to_contain_text(f"of {MANY_ROWS}")
    visit.link_has(data="in-a-file")
    visit.reload()
    expect(visit.page.locator("#meta")).to_contain_text(f"of {MANY_ROWS}")
    expect(visit.notice).to_be_hidden()
    visit.page.go_back()
    visit.link_has(x1="2")


# When the server does not answer, or answers no


def no_complaint(visit: Visit) -> None:
    """Take what Chromium and Dash say of lost and refused requests for what it is; nothing else may have gone wrong."""
    usual = "(4|5)..: |failed: |console error: |page error: .* body stream already read"
    assert all(re.match(usual, problem) for problem in visit.problems), visit.problems
    visit.problems.clear()


@pytest.mark.parametrize(
    ("status", "words"), [(413, "the server takes 4 MB at most"), (500, "The server met an error")]
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
    visit.go(7)
    visit.type("w1", "0.5")
    visit.link_has(w1="0.5", step="7")
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
    visit.ready().at(7)
    expect(visit.field("w1")).to_have_value("0.5")
    visit.press("Next iteration")
    expect(visit.notice).to_contain_text("did not understand")
    assert len(refused) == 2
    visit.page.unroute(ENGINE)
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    no_complaint(visit)


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
        visit.page.clock.fast_forward(4900)
        expect(visit.notice).to_be_hidden()
        visit.page.clock.fast_forward(200)
        expect(visit.notice).to_contain_text("is taking long to answer")
        line.let_go()
        expect(visit.notice).to_be_hidden()
    visit.at(0, iteration=2)
