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


def test_the_gradients_of_pytorch_come_as_they_are_computed(visit: Visit) -> None:
    torch = visit.page.get_by_role("region", name="The program in PyTorch")
    visit.unfold("As a program")
    expect(torch).to_be_hidden()
    visit.unfold("PyTorch does this by itself")
    expect(torch).to_contain_text("# [[·, ·],")
    visit.go(9)
    expect(torch).to_contain_text("# [[·, ·],")
    expect(torch).to_contain_text("# [[−0.68765, −0.38832]]")
    expect(torch.locator(".lit")).to_have_text(["E.backward()           # all gradients"])
    visit.go(13)
    expect(torch).to_contain_text("# [[−0.22652, −0.33978],")
    visit.open("?preset=mazur&step=20")
    visit.page.wait_for_function("() => document.querySelector('#torch').scrollTop > 0")  # to the lit line
