"""The browser's Back and Forward: they undo and redo what replaces much."""

from playwright.sync_api import expect

from tests.browser.examples import ADD_LAYER, AND, FIRST, MAZUR, OWN, chosen, has_built
from tests.browser.slow_line import slow_line
from tests.browser.visit import MANY_ROWS, MUCH_DATA, Visit


def test_back_and_forward_undo_and_redo_what_replaces_much(visit: Visit) -> None:
    visit.go(3)
    visit.type("w1", "0.5")
    visit.link_has(w1="0.5", step="3")
    visit.unfold("Build a network")
    visit.press(ADD_LAYER)
    has_built(visit)
    chosen(visit, OWN)
    visit.choose("Example", AND)
    visit.link_has(preset="and", step="0")
    visit.go(4, end=14)
    visit.type("w1", "0.7")
    visit.link_has(w1="0.7", step="4")
    visit.press("Original numbers")
    visit.link_has(preset="and", w1="0.3")
    visit.page.go_back()
    visit.link_has(preset="and", w1="0.7", step="4")
    visit.page.go_back()
    has_built(visit)
    chosen(visit, OWN)
    visit.page.go_back()
    visit.link_has(w1="0.5", step="3")
    visit.has_result("0.3002")
    assert "layers" not in visit.link()
    chosen(visit, FIRST)
    visit.page.go_forward()
    chosen(visit, OWN)
    visit.page.go_forward()
    chosen(visit, AND)
    visit.link_has(w1="0.7", step="4")


def test_back_while_an_answer_is_on_its_way_leaves_each_place_as_it_is(visit: Visit) -> None:
    visit.choose("Example", MAZUR)
    visit.link_has(preset="mazur")
    with slow_line(visit) as line:
        visit.type("w1", "0.7")
        line.holds()
        visit.page.go_back()
        line.holds(2)
        line.let_go()
        line.let_go()
        chosen(visit, FIRST)
        expect(visit.field("w1")).to_have_value("0.11")
    assert visit.link()["w1"] == "0.11"
    visit.page.go_forward()
    visit.link_has(preset="mazur", w1="0.15")


def test_ones_own_network_can_be_chosen_again_as_it_was_left(visit: Visit) -> None:
    option = visit.page.locator("#preset option", has_text=OWN)
    visit.unfold("Build a network")
    visit.page.locator("#layer1-neurons").fill("3")
    has_built(visit)
    visit.type("w9", "0.9")
    visit.link_has(w9="0.9")
    visit.go(5, end=32)
    visit.choose("Example", FIRST)
    visit.link_has(step="0")
    chosen(visit, FIRST)
    expect(option).to_be_enabled()
    visit.reload()
    visit.choose("Example", OWN)
    visit.link_has(w9="0.9", step="5")
    chosen(visit, OWN)
    visit.page.go_back()
    chosen(visit, FIRST)


def test_data_that_no_link_holds_comes_back_too(visit: Visit) -> None:
    visit.unfold("Data")
    visit.page.locator("#csv").fill(MUCH_DATA)
    visit.press("Use this CSV")
    expect(visit.page.locator("#meta")).to_contain_text(f"of {MANY_ROWS}")
    visit.choose("Example", MAZUR)
    visit.link_has(preset="mazur")
    visit.page.go_back()
    expect(visit.page.locator("#meta")).to_contain_text(f"of {MANY_ROWS}")
    visit.link_has(data="in-a-file")
    visit.reload()
    expect(visit.page.locator("#meta")).to_contain_text(f"of {MANY_ROWS}")
    expect(visit.notice).to_be_hidden()
    visit.page.go_back()
    visit.link_has(x1="2")
