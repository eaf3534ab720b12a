"""My numbers: what the reader has calculated is checked on the page, with keyboard alone too."""

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.visit import PHONE, Visit


def test_a_sheet_is_checked_and_the_wrong_line_is_named(visit: Visit) -> None:
    visit.unfold("My numbers")
    checked = visit.page.locator("#numbers-checked")
    field = visit.field("The numbers that you have, a line each")
    field.fill("h1 = 0,85\nh2 = 0,48\nŷ = 0,191\n∂E/∂ŷ = -0,809\n∂E/∂w5 = -0,388\n∂E/∂w6 = -0,688")
    visit.press("Check my numbers")
    expect(checked).to_contain_text("The first line that is wrong is ∂E/∂w5.")
    expect(checked).to_contain_text("the input of another weight")
    expect(checked.get_by_role("row", name="∂E/∂w5")).to_contain_text("wrong")
    field.fill("h1 = 0,85")
    field.press("Tab")
    visit.key("Enter")
    expect(checked).to_contain_text("1 number, and nothing is wrong.")
    visit.at(0)
    visit.type("w1", "0.5")
    expect(checked).to_contain_text("The first line that is wrong is h1.")
    assert "0,85" not in visit.url


def test_what_differs_is_lit_until_the_next_step(visit: Visit) -> None:
    visit.go(17)
    visit.unfold("My numbers")
    visit.field("The numbers that you have, a line each").fill("∂E/∂ŷ = -0,809\n∂E/∂w5 = -0,388\n∂E/∂w6 = -0,688")
    visit.press("Check my numbers")
    checked, cell = visit.page.locator("#numbers-checked"), visit.page.locator('#table [data-value="dyhat/dw5"]')
    expect(checked.locator(".differs")).to_have_text(["h2", "0.48", "h1", "0.85"])
    expect(cell).to_have_attribute("data-differs", "")
    assert len(visit.pointed_in_network()["x"]) == 3  # a ring, a gap, a ring
    checked.locator(".differs [data-at]").first.hover()
    assert len(visit.pointed_in_network()["x"]) == 1
    visit.page.locator("#numbers-about").hover()
    assert len(visit.pointed_in_network()["x"]) == 3
    visit.press("Previous")
    expect(cell).not_to_have_attribute("data-differs", "")
    assert visit.pointed_in_network()["x"] == []
    expect(checked.locator(".differs")).to_have_count(4)


def test_on_a_phone_the_table_has_room(visitor: Visitor) -> None:
    visit = visitor(PHONE).open()
    visit.unfold("My numbers")
    visit.field("The numbers that you have, a line each").fill("h1 = 0,9\nfoo")
    visit.press("Check my numbers")
    expect(visit.page.locator("#numbers-checked")).to_contain_text("Line 2")
    assert visit.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    table = visit.page.locator("#numbers-checked .scroller")
    assert table.evaluate("(frame) => frame.scrollWidth <= frame.clientWidth")
    expect(table.get_by_role("row", name="h1")).to_contain_text("too rough")
    assert violations(visit.page, "#numbers-checked") == []
