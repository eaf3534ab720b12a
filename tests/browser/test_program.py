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


def test_the_lines_of_the_present_step_are_lit(visit: Visit) -> None:
    lit = visit.page.locator("#program .lit")
    visit.unfold("As a program")
    visit.go(1)
    expect(lit).to_have_text(["    Z1 = W1 @ A0", "    A1 = Z1"])
    visit.go(4)
    expect(lit).to_have_text(["    E = np.sum((A2 - T) ** 2 / 2) / N"])
    visit.press("Backward", "Backward")
    expect(lit).to_have_text(["    dW2 = dZ2 @ A1.T / N"])
