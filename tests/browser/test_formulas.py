"""The formulas of a whole iteration together: they fill in and follow the step."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
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


def test_the_equation_of_the_step_is_lit_and_what_melts_has_its_numbers(visit: Visit) -> None:
    card, now = visit.page.get_by_role("region", name="For any layer"), visit.page.locator("#any-layer-instance")
    visit.open("?preset=xor&step=9")
    visit.unfold("For any layer")
    lit, melted = card.locator("li.lit"), card.locator(".melted")
    expect(lit).to_have_text(re.compile("^E="))
    expect(melted).to_contain_text("∂E∂ŷ")
    expect(melted.locator("[data-value='dE/dyhat']").first).to_have_text("·")
    visit.press("Backward")
    expect(lit).to_have_count(2)
    expect(lit.first).to_contain_text("step 1")
    expect(now).to_have_text("Now: l = 2, j = 1")
    expect(melted).to_have_class(re.compile("lit"))
    expect(melted.locator("[data-value='dE/dyhat']").first).not_to_have_text("·")
    visit.press("Backward")
    expect(lit).to_contain_text("step 4")
    expect(card.locator("dl .lit")).to_contain_text("the weight from neuron k")
    expect(now).to_have_text("Now: l = 2, j = 1, k = 1")


def test_matrices_of_all_samples_can_be_chosen_where_they_are(visit: Visit) -> None:
    choice, matrices = visit.field("Matrices of"), visit.page.locator("#matrices")
    visit.unfold("In matrices")
    expect(choice).to_have_count(0)
    visit.open("?preset=xor-learns&step=10")
    expect(matrices).not_to_contain_text("dZ")
    choice.focus()
    visit.choose("Matrices of", "all samples, a column each")
    expect(matrices).to_contain_text("dZ")
    expect(choice).to_be_focused()
    cell = matrices.locator("[data-value='dz4(2)']").first
    expect(cell).to_have_text("−0.5066")
    expect(cell).to_have_class(re.compile("lit"))
    visit.link_has(matrix="batch")
    visit.reload()
    visit.unfold("In matrices")
    expect(choice).to_have_value("batch")
    expect(matrices).to_contain_text("dZ")
    visit.choose("Matrices of", "the sample that is shown")
    expect(matrices).not_to_contain_text("dZ")


def test_a_card_that_is_unfolded_comes_into_sight_with_what_was_asked_for(visitor: Visitor) -> None:
    visit = visitor({"width": 1366, "height": 641}).open("?step=23")
    visit.unfold("All updates")
    expect(visit.page.locator("#updates .update").nth(3)).to_be_in_viewport()


def test_the_formula_can_be_copied_as_latex(visit: Visit) -> None:
    copy = visit.button("Copy as LaTeX")
    expect(copy).to_be_hidden()  # there is no formula yet
    visit.go(4)
    visit.press("Copy as LaTeX")
    expect(visit.button("LaTeX copied")).to_be_visible()
    visit.unfold("My numbers")
    field = visit.page.get_by_label("The numbers that you have")
    field.focus()
    visit.page.keyboard.press("Control+V")
    expect(field).to_have_value(
        "\\begin{aligned}\n  E &= \\tfrac{1}{2} \\cdot {\\left(\\hat{y} - y\\right)}^{2} \\\\\n"
        "  &= \\tfrac{1}{2} \\cdot {\\left(0.191 - 1\\right)}^{2} \\\\\n  &= 0.3272405\n\\end{aligned}"
    )
