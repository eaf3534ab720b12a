"""Practising: numbers are asked for, and found, with keys alone too; what is not found is nowhere in the browser."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Response, expect

from nnviz.practice.result import read_result
from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.visit import END, PHONE, Visit
from tests.practice.practising import BY_HAND

EXERCISE = {
    "preset": "2-2-1-sigmoid", "w1": "0.56", "w2": "0.45", "w3": "0.77", "w4": "-0.44", "w5": "0.89", "w6": "-0.57",
    "b1": "0.31", "b2": "-0.62", "b3": "0.23", "x1": "0.85", "x2": "0.54", "target": "0.6", "rate": "0.57",
}  # fmt: skip
PASSES = {  # what is asked in each, and what it leads on to
    ("h1", "h2", "yhat", "E"): "the error’s way back",
    ("dE/dyhat", "dE/dh1", "dE/dh2"): "the gradients",
    tuple(f"dE/dw{number}" for number in range(1, 7)): "the update",
    tuple(f"w{number}+" for number in range(1, 7)): "",
}
HIDDEN = ("0.4493988", "0.62952", "0.65238")  # the first digits of h2, z3 and ŷ


def typed(visit: Visit, text: str) -> None:
    """Type a number into the field that has the focus, and check it, with keys."""
    visit.page.keyboard.type(text)
    visit.key("Enter")


def test_an_iteration_is_practised_number_by_number_with_keys(visit: Visit) -> None:
    said, card = visit.page.locator("#practice-live"), visit.page.locator("#practice-card")
    visit.button("Practise").focus()
    visit.key("Enter")
    expect(visit.field("h1")).to_be_focused()
    visit.is_off("Forward", "First find h1.")
    typed(visit, "0,95")
    expect(said).to_have_text("h1 is another number.")
    expect(visit.field("h1")).to_be_focused()
    expect(visit.field("h1")).to_have_attribute("aria-invalid", "true")
    visit.page.keyboard.press("Control+a")
    typed(visit, "2·0.11 + 3·0.21")
    expect(said).to_have_text("h1 is right.")
    expect(visit.field("h2")).to_be_focused()
    visit.at(1)
    assert visit.link()["practice"] == "step"
    visit.reload()
    expect(card).to_contain_text("2 of 19. How much is h2?")
    for left in (3, 2, 1):
        visit.press("Hint")
        expect(said).to_contain_text(f"{left} more")
    assert visit.pointed_in_network()["x"]
    expect(card).to_contain_text("0.12")
    visit.press("Hint")
    expect(said).to_contain_text("h2 = 0.48")
    visit.at(2)
    visit.press("Previous")
    visit.at(1)
    visit.press("Forward")
    visit.at(2)
    visit.press("Stop")
    expect(card).to_be_hidden()
    visit.is_on("Forward")
    assert "practice" not in visit.link()


def test_a_whole_iteration_is_checked_and_new_numbers_come(visit: Visit) -> None:
    visit.open("?practice=iteration")
    visit.field("h1").fill("0.85")
    visit.field("h2").fill("x")
    visit.press("Check")
    card = visit.page.locator("#practice-card")
    expect(card).to_contain_text("Right: h1.")
    expect(card).to_contain_text("That is no number")
    expect(visit.field("h2")).to_have_value("x")
    visit.field("ŷ").fill("0.1")
    visit.page.emulate_media(color_scheme="dark")
    expect(visit.field("ŷ")).to_have_value("0.1")
    before = visit.link()["w1"]
    visit.press("New numbers")
    expect(visit.page.locator("[data-blank=h1]")).to_have_value("")
    expect(visit.field("ŷ")).to_have_value("")
    visit.is_at(re.compile(rf"[?&]w1=(?!{re.escape(before)}&)"))
    visit.page.go_back()
    visit.is_at(re.compile(rf"[?&]w1={re.escape(before)}&"))
    expect(card).to_contain_text("Right: h1.")


def test_pass_after_pass_is_filled_in_on_the_same_numbers(visit: Visit) -> None:
    visit.open("?practice=forward")
    card = visit.page.locator("#practice")
    for passed, (asked, onward) in enumerate(PASSES.items()):
        expect(card.locator("[data-blank]")).to_have_count(len(asked))
        for name in asked:
            card.locator(f"[data-blank='{name}']").fill(BY_HAND[name])
        visit.press("Check")
        expect(card).to_contain_text("That is all of it.")
        if onward:
            visit.press(f"Go on with {onward}")
            expect(card).to_contain_text("Known already")
        visit.is_at(re.compile(f"practice={['deltas', 'gradients', 'update', 'update'][passed]}"))
    visit.at(END)


def test_the_wrong_line_is_found_and_a_step_foreseen(visit: Visit) -> None:
    visit.open("?practice=line")
    said = visit.page.locator("#practice-live")
    lines = visit.page.locator("#practice [data-line]:not([disabled])")
    for _ in range(19):
        name = (lines.first.get_attribute("aria-label") or "").removeprefix("The first wrong line is ")
        lines.first.click()
        expect(said).to_contain_text(f" at {name}.")
        if "Yes" in said.inner_text():
            break
    expect(said).to_contain_text("Yes, it begins at")
    visit.choose("How to practise", "foresee each step")
    visit.press("positive")
    expect(said).to_have_text("Yes. h1 is positive.")
    visit.at(1)


def test_what_is_not_found_yet_is_nowhere_in_the_browser(visitor: Visitor) -> None:
    visit = visitor()
    visit.stays = False
    bodies: list[str] = []

    def hear(response: Response) -> None:
        if response.request.resource_type in ("document", "fetch", "xhr"):
            bodies.append(response.text())

    visit.page.on("response", hear)
    visit.load(f"?{urlencode(EXERCISE | {'practice': 'step'})}")
    visit.field("z1").fill("1.029")
    visit.press("Check")
    expect(visit.page.locator("#meta")).to_contain_text("step 1 of 38")
    visit.press("Hint")
    expect(visit.page.locator("#practice")).to_contain_text("The activation")
    everything = [*bodies, visit.page.content(), visit.page.evaluate("JSON.stringify([localStorage, history.state])")]
    assert len(bodies) >= 3
    assert "1.029" in "".join(bodies)
    assert [number for number in HIDDEN for text in everything if number in text] == []
    visit.press("Stop")
    visit.press("Forward")
    visit.go(10, end=38)
    assert any(number in text for number in HIDDEN for text in bodies)


def test_skills_are_kept_in_the_browser_until_they_are_forgotten(visitor: Visitor) -> None:
    visit = visitor().open("?practice=forward")
    visit.stays = False
    for name, number in (("h1", "0.85"), ("h2", "0.48"), ("ŷ", "0.191"), ("E", "0.3272405")):
        visit.field(name).fill(number)
    visit.press("Check")
    visit.unfold("My skills")
    sums = visit.page.locator("#practice-skills li", has_text="sums and activations")
    expect(sums).to_contain_text("1 of 3")
    visit.load("?practice=step")
    visit.unfold("My skills")
    expect(sums).to_contain_text("1 of 3")
    visit.press("Forget")
    visit.press("Press again to forget")
    expect(sums).to_contain_text("0 of 3")


def test_on_a_phone_the_number_is_asked_for_in_sight(visitor: Visitor) -> None:
    visit = visitor(PHONE).open("?practice=step")
    expect(visit.field("h1")).to_be_in_viewport(ratio=1)
    expect(visit.button("Check")).to_be_in_viewport(ratio=1)
    expect(visit.graph).to_be_in_viewport()
    visit.field("h1").fill("0.85")
    visit.press("Check")
    expect(visit.page.locator("#practice")).to_contain_text("h1 is right.")
    assert visit.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_other_lessons_are_practised_too(visit: Visit) -> None:
    visit.open("gradient-descent?practice=step")
    for number in ("38", "12", "6.8"):
        field = visit.page.locator("#practice [data-blank]")
        expect(field).to_have_value("")
        field.fill(number)
        visit.press("Check")
        expect(visit.page.locator("#practice-live")).to_contain_text("is right", timeout=5000)
    expect(visit.page.locator("#practice")).to_contain_text("That is all of it.")


def test_an_assignment_is_solved_and_its_result_saved(visitor: Visitor) -> None:
    visit = visitor().open("?inputs=1&layers=1+identity+none&assignment=forward-1-7-2")
    visit.stays = False
    card = visit.page.locator("#practice")
    for task in (1, 2):
        expect(card).to_contain_text(f"Task {task} of 2: the forward pass")
        w, x, target = (float(visit.link()[name]) for name in ("w1", "x1", "target"))
        visit.page.locator("[data-blank=yhat]").fill(repr(w * x))
        visit.page.locator("[data-blank=E]").fill(repr((w * x - target) ** 2 / 2))
        visit.press("Check")
        expect(card).to_contain_text("That is all of it.")
        if task == 1:
            visit.press("Next task")
    visit.reload()
    expect(card).to_contain_text("Task 2 of 2")
    visit.field("Your name").fill("Ada")
    with visit.page.expect_download() as saved:
        visit.press("Save my result")
    path = saved.value.path()
    found = read_result(path.read_text(encoding="utf-8"))
    assert (found.student, found.tasks, found.is_changed) == ("Ada", 2, False)
    assert found.skills == {"sum": (2, 2), "output": (2, 2)}
    visit.page.goto(f"{visit.address}results")
    visit.page.get_by_label("Result files").set_input_files(path)
    visit.press("Show the results")
    expect(visit.page.get_by_role("row", name="Ada")).to_contain_text("2/2")
    assert violations(visit.page) == []
