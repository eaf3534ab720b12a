"""What a weight is, by somebody who fixes, removes and ties some with the keyboard, and on a phone."""

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.visit import EXCESS, PHONE, Visit


def test_a_weight_is_fixed_with_the_keyboard_and_tied_and_free_again(visitor: Visitor) -> None:
    visit: Visit = visitor().open("?preset=2-2-1-sigmoid&step=30")
    visit.page.locator('#table tr[data-row="weight-1-1-1"] button').focus()
    visit.page.keyboard.press("Enter")
    role = visit.page.locator("#role-w4")
    role.focus()
    visit.page.keyboard.press("ArrowDown")
    visit.link_has(fixed="w4")
    expect(visit.page.locator("#chain")).to_contain_text("w4 is fixed")
    expect(role).to_be_focused()
    expect(visit.page.locator('#table tr[data-row="weight-1-1-1"]')).to_contain_text("fixed: no update changes it")
    visit.choose("w4 is", "the same as w1")
    visit.link_has(tied="w1%2Cw4")
    expect(visit.page.locator("#chain-title")).to_have_text("The chain rule of w1")
    expect(visit.page.locator("#chain")).to_contain_text("w1 is one number in 2 places")
    assert violations(visit.page) == []
    visit.page.go_back()
    visit.link_has(fixed="w4")


def test_on_a_phone_a_link_is_removed_refused_and_brought_back(visitor: Visitor) -> None:
    visit: Visit = visitor(PHONE).open("?preset=2-2-1-sigmoid")
    visit.page.locator('#table tr[data-row="weight-1-1-0"] button').click()
    visit.choose("w3 is", "absent, no link")
    visit.link_has(absent="w3")
    expect(visit.page.locator("#chain-title")).to_have_text("No link w3")
    assert visit.page.evaluate(EXCESS) == 0
    visit.page.locator('#table tr[data-row="weight-1-1-1"] button').click()
    visit.choose("w4 is", "absent, no link")
    expect(visit.page.locator("#role-problem")).to_contain_text("its neuron would have no input left")
    expect(visit.page.locator("#role-w4")).to_have_value("w4 trained")
    visit.page.locator('#table tr[data-row="weight-1-1-0"] button').click()
    visit.choose("w3 is", "trained")
    expect(visit.page.locator("#chain-title")).to_have_text("The chain rule of w3")
