"""Answers that come late, and hands that do not wait: neither undoes the other, and nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.examples import ADD_LAYER, MAZUR
from tests.browser.slow_line import ENGINE, slow_line
from tests.browser.visit import END, Visit

TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


# Fields


def test_a_focus_that_comes_before_the_answer_types_nothing(visitor: Visitor) -> None:
    visit = visitor().open("?preset=and&sample=2")
    with slow_line(visit) as line:
        visit.type("sample", "3")
        visit.key("Tab")
        expect(visit.field("x1")).to_be_focused()
        expect(visit.field("x1")).to_have_value("0")
        line.let_go()
        expect(visit.field("x1")).to_have_value("1")
        expect(visit.field("x1")).to_be_focused()
    visit.press("Next iteration")
    visit.link_has(sample="3", iteration="2")
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
    across, page = visit.page.locator("#loss-surface-across"), visit.page.locator("html")
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
    ("presses", "iteration", "step", "requests"),
    [
        ("Previous, Next iteration", 2, 0, 2),
        ("Next iteration, Restart, Forward", 1, 1, 1),
        ("End, Forward", 2, 1, 2),
        ("End", 1, END, 2),
        ("End, Home, Forward", 1, 1, 1),
        ("7, Backward", 1, 8, 2),
    ],
)
def test_presses_begin_where_the_edit_before_them_leaves_the_reader(
    visitor: Visitor, presses: str, iteration: int, step: int, requests: int
) -> None:
    visit = visitor().open("?iteration=3")
    with slow_line(visit) as line:
        visit.type("learning rate", "0.06")
        visit.page.locator("#title").click()
        for press in presses.split(", "):
            press_at_once(visit, press)
        for _ in range(requests):
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
