"""A visitor edits numbers: the place is kept, the numbers follow, and a slip of the finger loses nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visit import END, FORWARD_END, Visit

TOO_LARGE = "too large for a 64-bit float: the error has diverged"


def in_error(visit: Visit, label: str, message: str) -> None:
    """The field is marked, and the message at it says what is allowed."""
    field = visit.field(label)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(message))
    shown = visit.page.locator(f"#{field.get_attribute('aria-describedby')}")
    expect(shown).to_be_visible()
    below = shown.bounding_box()
    box = field.bounding_box()
    assert below
    assert box
    assert abs(below["y"] - (box["y"] + box["height"])) < 30


def in_order(visit: Visit, label: str) -> None:
    expect(visit.field(label)).to_have_attribute("aria-invalid", "false")


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (3, "0.191", "0.3002"),  # ŷ = (2·0.5 + 3·0.21)·0.14 + 0.48·0.15
        (20, "0.923619", "1.693682"),  # h1⁺ = 2·(0.5 + 0.05·0.6998·0.14·2) + 3·(0.21 + 0.05·0.6998·0.14·3)
    ],
)
def test_an_edit_keeps_the_place(visit: Visit, step: int, before: str, after: str) -> None:
    visit.go(step)
    visit.has_result(before)
    visit.type("w1", "0.5")
    visit.has_result(after)
    visit.at(step)
    in_order(visit, "w1")
    visit.type("w1", "0.11")
    visit.has_result(before)
    visit.at(step)


def test_an_edit_before_the_first_step_computes_nothing(visit: Visit) -> None:
    visit.type("x1", "5")
    expect(visit.graph).to_contain_text("5")
    visit.link_has(x1="5")
    visit.at(0)
    visit.says("Nothing is computed yet")
    visit.press("Forward")
    visit.has_result("1.18")


def test_no_label_is_lost_whatever_the_weights(visit: Visit) -> None:
    visit.go(3)
    for number in ("0.2", "-5", "-0.1", "3", "0", "0.11"):
        visit.type("w1", number)
        visit.link_has(w1=number)
        expect(visit.graph).to_contain_text(f"w1 {number.replace('-', '−')}")
        texts = visit.texts_in_network()
        for label in ("w2 0.21", "w3 0.12", "w4 0.08", "w5 0.14", "w6 0.15", "x1", "x2", "h1", "h2", "ŷ", "E"):
            assert label in texts, (number, label)


def test_a_decimal_comma_is_read_and_tidied_up_afterwards(visit: Visit) -> None:
    visit.go(1)
    visit.type("w1", "0,5")
    visit.has_result("1.63")
    expect(visit.field("w1")).to_have_value("0,5")
    visit.key("Tab")
    expect(visit.field("w1")).to_have_value("0.5")
    visit.link_has(w1="0.5")


def test_the_target_and_the_rate_count_too(visit: Visit) -> None:
    visit.go(FORWARD_END)
    visit.type("target", "0.191")
    visit.says("½·(0.191 − 0.191)²")
    visit.type("target", "1")
    visit.go(14)
    visit.type("learning rate", "1")
    visit.has_result("0.33652")


def test_an_edit_begins_again_at_iteration_1_and_the_same_value_does_not(visit: Visit) -> None:
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    for step in range(1, 4):
        visit.press("Forward")
        visit.at(step, iteration=2)
    visit.has_result("0.2557458")
    asked = len(visit.posts)
    visit.type("w1", "0.110")
    visit.key("Tab")
    expect(visit.field("w1")).to_have_value("0.11")
    assert len(visit.posts) > asked
    visit.at(3, iteration=2)
    visit.type("w1", "0.5")
    visit.at(3, iteration=1)
    visit.has_result("0.3002")


@pytest.mark.parametrize(
    ("label", "text", "message"),
    [
        ("w1", "abc", "Not a number. Allowed are.*0.11 is still in use"),
        ("learning rate", "", "Type a number.*0.05 is still in use"),
    ],
)
def test_bad_input_is_named_at_the_field_and_the_picture_stays(
    visit: Visit, label: str, text: str, message: str
) -> None:
    visit.go(3)
    before = visit.everything()
    visit.type(label, text)
    in_error(visit, label, message)
    assert visit.everything() == before | {label: text}
    visit.press("Forward")
    visit.at(4)
    visit.has_result("0.3272405")
    visit.press("Backward")
    visit.has_result("−0.809")
    in_error(visit, label, message)
    expect(visit.field(label)).to_have_value(text)


def test_stepping_goes_on_with_the_last_good_value_not_the_first(visit: Visit) -> None:
    visit.go(1)
    visit.type("w1", "0.5")
    visit.has_result("1.63")
    visit.type("w1", "0.5x")
    in_error(visit, "w1", "0.5 is still in use")
    visit.type("w2", "zwei")
    in_error(visit, "w2", "0.21 is still in use")
    visit.press("Forward", "Forward")
    visit.has_result("0.3002")
    visit.go(END)
    visit.type("w1", "0.11")
    in_order(visit, "w1")
    in_error(visit, "w2", "0.21 is still in use")
    visit.has_result("0.2769572")


def test_huge_numbers_are_told_in_words(visit: Visit) -> None:
    visit.go(END)
    visit.type("w1", "1e200")
    visit.type("x1", "1e200")
    expect(visit.status).to_contain_text("the error has diverged")
    in_order(visit, "w1")
    visit.at(END)
    visit.go(1)
    visit.says(TOO_LARGE)
    for later in (2, 5, END):
        visit.go(later)
        visit.says("is not computed: the error has diverged")
        assert not re.search(r"[=≈]|nan|NaN|inf\b|Infinity", visit.status.inner_text())
        assert not re.search(r"nan|NaN|inf\b|Infinity", visit.texts_in_network())
    assert set(list(visit.cells("w1").values())[2:]) <= {"·", ""}
    visit.is_off("Next iteration", "diverged")
    visit.type("x1", "2")
    visit.type("w1", "0.11")
    visit.has_result("0.2769572")


def test_an_overflow_in_the_middle_shows_what_comes_before_it(visit: Visit) -> None:
    visit.go(FORWARD_END)
    visit.type("w1", "1e200")
    visit.says(TOO_LARGE)
    visit.press("Previous")
    visit.has_result("2.8e199")


def test_the_original_numbers_come_back(visit: Visit) -> None:
    visit.go(3)
    before = visit.everything()
    visit.type("w1", "7")
    visit.type("x2", "oops")
    in_error(visit, "x2", "3 is still in use")
    visit.press("Original numbers")
    visit.has_result("0.191")
    in_order(visit, "x2")
    expect(visit.field("x2")).to_have_value("3")
    assert visit.everything() == before


def test_typing_and_stepping_at_once_lose_neither(visit: Visit) -> None:
    visit.go(1)
    visit.type("w1", "0.5")
    visit.press("Forward", "Forward")
    visit.at(3)
    visit.has_result("0.3002")


@pytest.mark.parametrize(
    ("button", "iteration", "step"), [("Next iteration", 2, 0), ("Forward", 1, 4), ("Restart", 1, 0)]
)
def test_a_press_right_after_an_edit_counts_from_the_edited_step(
    visit: Visit, button: str, iteration: int, step: int
) -> None:
    visit.go(3)
    visit.type("learning rate", "0.1")
    visit.press(button)
    visit.at(step, iteration)
    visit.link_has(rate="0.1", iteration=str(iteration), step=str(step))


def test_presses_right_after_another_example_count_from_its_start(visit: Visit) -> None:
    visit.go(2)
    visit.choose("Example", "XOR 2-3-1 that learns")
    visit.press("Forward", "Forward", "Forward")
    visit.at(3, end=51)
