"""The formulas of a whole iteration together: they fill in and follow the step."""

from playwright.sync_api import expect

from tests.browser.visit import Visit


def test_all_updates_fill_in_and_the_one_of_the_step_is_lit(visit: Visit) -> None:
    updates = visit.page.get_by_role("region", name="All updates")
    rows, lit = updates.locator("[data-line]"), updates.locator(".lit")
    expect(updates).to_be_hidden()
    visit.unfold("All updates")
    expect(rows.nth(1)).to_contain_text("=0.11−0.05···0.14·2")
    visit.go(14)
    expect(rows.nth(0)).to_contain_text("=−0.809")
    expect(rows.nth(1)).to_contain_text("=0.11−0.05·(−0.809)·0.14·2")
    expect(rows.nth(1)).to_contain_text("=0.121326")
    expect(rows.nth(6)).to_contain_text("…·")
    expect(lit).to_have_count(1)
    expect(lit).to_contain_text("0.121326")
    visit.type("w5", "-0.14")
    expect(rows.nth(1)).to_contain_text("(−0.14)")
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    expect(rows.nth(1)).to_contain_text("…·")
    visit.choose("Example", "2-2-2, Mazur’s example")
    visit.at(0, end=32)
    expect(rows.nth(0)).to_contain_text("ŷ1")
