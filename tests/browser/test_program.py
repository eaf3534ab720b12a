"""The run as a program: it follows what is shown, and can be copied."""

from playwright.sync_api import expect

from tests.browser.visit import Visit


def test_the_program_is_that_of_what_is_shown(visit: Visit) -> None:
    program = visit.page.get_by_role("region", name="The program")
    expect(program).to_be_hidden()
    visit.unfold("As a program")
    expect(program).to_contain_text("[0.11, 0.21]")
    expect(program).to_contain_text("range(1, 2)")
    visit.type("w1", "0,5")
    expect(program).to_contain_text("[0.5, 0.21]")
    visit.press("Next iteration")
    expect(program).to_contain_text("range(1, 3)")
    visit.press("Copy the program")
    expect(visit.button("Program copied")).to_be_visible()
