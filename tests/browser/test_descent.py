"""A visit to the page of gradient descent: with every control, by keyboard, on a phone, in the dark, by a link."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.finger import swipe
from tests.browser.visit import EXCESS, PHONE, SIZES, Visit

PAGE, END = "gradient-descent", 3
PIXEL = """(graph, [x, y]) => {
    const {xaxis, yaxis} = graph._fullLayout, box = graph.getBoundingClientRect();
    const scale = box.width / graph.offsetWidth;
    return [box.x + scale * (xaxis._offset + xaxis.l2p(x)), box.y + scale * (yaxis._offset + yaxis.l2p(y))];
}"""
CROSSED = """(graph) => {
    const {xaxis, yaxis} = graph._fullLayout, frame = graph.getBoundingClientRect();
    const scale = frame.width / graph.offsetWidth;
    const at = ({x, y}) => [...x].map((x, i) => [
        frame.x + scale * (xaxis._offset + xaxis.l2p(x)), frame.y + scale * (yaxis._offset + yaxis.l2p(y[i]))]);
    const lines = graph.data.filter(({name}) => ["curve", "tangent"].includes(name)).flatMap(at);
    const texts = [...graph.querySelectorAll(".textpoint text")].filter((text) => /^(y|dy)/.test(text.textContent));
    return texts.flatMap((text) => {
        const box = text.getBoundingClientRect();
        const inside = ([x, y]) => x > box.left && x < box.right && y > box.top + 2 && y < box.bottom - 2;
        return box.width ? [[text.textContent, lines.filter(inside).length]] : [];
    });
}"""
MARKS = """(graph) => Object.fromEntries(graph.data.map(({name, x, y}) => [name, [[...x], [...y]]]))"""


@pytest.fixture
def descent(visitor: Visitor) -> Visit:
    """Return a visitor at a desktop, on the page."""
    return visitor().open(PAGE)


def cells(visit: Visit, number: int) -> list[str]:
    """Return the texts of an iteration's row."""
    return visit.page.locator(f'#table tr[data-row="iteration-{number}"] td').all_inner_texts()


def drawn(visit: Visit, name: str) -> list[tuple[float, float]]:
    """Return the points of what is drawn under a name, once the picture rests."""
    visit.page.wait_for_function("(graph) => !graph._transitioning", arg=visit.graph.element_handle())
    x, y = visit.graph.evaluate(MARKS)[name]
    return list(zip(x, y, strict=True))


def test_the_first_iteration_is_walked_number_by_number(descent: Visit) -> None:
    descent.at(0, end=END)
    descent.is_off("Backward", "first compute everything up to y")
    assert cells(descent, 1) == ["8", "·", "·", "·"]
    descent.press("Forward")
    descent.has_result("38")
    descent.press("Backward")
    descent.has_result("12")
    assert cells(descent, 1) == ["8", "38", "12", "·"]
    descent.press("Backward")
    descent.says("x⁺ = 8 − 0.1·(2·8 − 4) = 6.8.", "A good learning rate")
    assert cells(descent, 1) == ["8", "38", "12", "6.8"]
    assert drawn(descent, "points")[0] == (8, 38)
    (x1, y1), (x2, y2) = drawn(descent, "tangent")
    assert (y2 - y1) / (x2 - x1) == pytest.approx(12)
    assert [x for x, _ in drawn(descent, "step")] == [8, 6.8]
    descent.press("Forward")
    descent.at(1, iteration=2, end=END)
    descent.has_result("25.04")
    assert drawn(descent, "path") == [(8, 38)]
    descent.press("Previous", "Previous")
    descent.at(END, end=END)
    descent.press("Restart")
    descent.at(0, end=END)


def test_a_row_and_a_point_of_the_path_lead_to_their_iteration(descent: Visit) -> None:
    descent.press("32")
    descent.at(END, iteration=32, end=END)
    assert cells(descent, 32)[3].startswith("2.00")
    assert len(drawn(descent, "path")) == 31
    descent.press("5")
    descent.at(END, iteration=5, end=END)
    descent.link_has(iteration="5", step="3")
    descent.graph.scroll_into_view_if_needed()
    x, y = descent.graph.evaluate(PIXEL, [8, 38])
    descent.page.mouse.move(x - 9, y)
    descent.page.mouse.move(x, y, steps=3)
    expect(descent.page.locator("#tip")).to_contain_text("y of iteration 1 = 38")
    descent.page.mouse.click(x, y)
    descent.at(END, iteration=1, end=END)


def test_play_goes_on_into_the_next_iterations_until_it_is_paused(descent: Visit) -> None:
    descent.page.get_by_label("Speed", exact=True).select_option("8")
    descent.press("Play")
    expect(descent.page.locator("#meta")).to_have_text(re.compile(r"^Iteration ([3-9]|\d\d) "))
    descent.press("Pause")
    expect(descent.button("Play")).to_be_visible()
    descent.settle()
    place = descent.page.locator("#meta").inner_text()
    descent.page.wait_for_timeout(500)  # four steps long: what is shown must have stayed
    assert descent.page.locator("#meta").inner_text() == place


def test_play_stops_where_it_has_arrived_and_goes_on_when_asked(descent: Visit) -> None:
    descent.type("bound", "0.7")
    descent.page.get_by_label("Speed", exact=True).select_option("8")
    descent.press("Play")
    descent.at(END, iteration=4, end=END)
    expect(descent.button("Play")).to_be_visible()
    descent.says("It stops in iteration 4: the step, ≈ 0.614, is shorter than 0.7.", "2.46 away")
    expect(descent.page.locator("#hint")).to_have_text("The stopping rule is met: Play stops here.")
    descent.choose("stop when", "the slope is below")
    descent.at(END, iteration=4, end=END)
    descent.link_has(stop="slope", bound="0.7", iteration="4")
    descent.press("Forward")
    descent.at(1, iteration=5, end=END)


def pixel(visit: Visit, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the plane is on the screen."""
    across, down = visit.graph.evaluate(PIXEL, [x, y])
    return across, down


def has_start(visit: Visit, x: float) -> None:
    """The descent starts at about x, which is in the field, in the address and in the table."""
    expect(visit.field("start x")).to_have_value(re.compile(rf"^({x - 0.01:g}|{x:g}|{x + 0.01:g})$"))
    visit.link_has(x=visit.field("start x").input_value())
    assert cells(visit, 1)[0] == visit.field("start x").input_value()


def test_the_point_is_dragged_along_the_curve(descent: Visit) -> None:
    descent.press("4")
    descent.at(END, iteration=4, end=END)
    mouse = descent.page.mouse
    mouse.move(*pixel(descent, 5.072, 11.437184))
    expect(descent.page.locator("#network .nsewdrag")).to_have_css("cursor", "ew-resize")
    mouse.down()
    for x in (6, 5, 4, 3):
        mouse.move(*pixel(descent, x, 10), steps=3)
    mouse.up()
    descent.at(END, iteration=1, end=END)
    has_start(descent, 3)
    mouse.move(*pixel(descent, 6, 10))
    expect(descent.page.locator("#network .nsewdrag")).to_have_css("cursor", "default")
    mouse.down()
    mouse.move(*pixel(descent, 7, 10), steps=3)
    mouse.up()
    mouse.click(*pixel(descent, 3, 3))
    descent.at(END, iteration=1, end=END)
    has_start(descent, 3)


def test_a_finger_drags_the_point_and_scrolls_the_page(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True).open(f"{PAGE}?method=newton&step=1")
    (left, top), (right, _) = pixel(visit, 8, 30), pixel(visit, 1, 30)
    swipe(visit, (left, top), right - left, 0)
    has_start(visit, 1)
    swipe(visit, (right, top + 60), 3, -200)
    visit.page.wait_for_function("scrollY > 50")
    has_start(visit, 1)


def test_it_can_be_shown_as_the_document_prints_it(descent: Visit) -> None:
    descent.press("6")
    descent.at(END, iteration=6, end=END)
    descent.choose("x is shown", "as in the document")
    descent.says("3.96 − 0.1·(2·3.96 − 4) ≈ 3.57.")
    expect(descent.page.locator("#formula")).to_contain_text("with the numbers of its own line it is 3.568")
    assert cells(descent, 6) == ["3.96", "5.865471", "3.93216", "3.57"]
    descent.link_has(shown="as-printed", iteration="6", step="3")
    descent.reload().at(END, iteration=6, end=END)
    assert cells(descent, 6)[3] == "3.57"


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_no_line_runs_through_the_numbers_in_the_picture(visitor: Visitor, size: str) -> None:
    visit = visitor().seen("light", SIZES[size])
    for iteration in (1, 2, 4, 8):
        visit.open(f"{PAGE}?iteration={iteration}&step=2")
        visit.at(2, iteration=iteration, end=END)
        visit.page.wait_for_function("(graph) => !graph._transitioning", arg=visit.graph.element_handle())
        found = visit.graph.evaluate(CROSSED)
        assert len(found) == 2
        assert [text for text, crossed in found if crossed] == []


def test_the_rate_is_judged_where_it_acts(descent: Visit) -> None:
    descent.go(END, end=END)
    for rate, words in {"0.5": "one step lands on the minimum", "1,1": "diverges"}.items():
        descent.type("learning rate α", rate)
        descent.says(words)
        expect(descent.page.locator(".regimes [aria-current]")).to_have_count(1)


def test_the_curve_and_its_numbers_can_be_changed(descent: Visit) -> None:
    descent.go(END, end=END)
    descent.type("a", "2")
    descent.says("x⁺ = 8 − 0.1·(4·8 − 4) = 5.2.")
    descent.type("b", "0")
    descent.type("c", "-1")
    descent.type("start x", "1")
    descent.says("x⁺ = 1 − 0.1·4·1 = 0.6.")
    descent.type("a", "two")
    expect(descent.page.locator("#a-problem")).to_contain_text("2 is still in use")
    descent.says("0.6")
    descent.press("Original numbers")
    descent.at(END, end=END)
    descent.says("6.8")
    for name, look in (("two valleys", "the start decides"), ("plateau", "almost flat"), ("wall", "far to the right")):
        descent.choose("curve", name)
        expect(descent.page.locator("#about")).to_contain_text(look)
        descent.at(0, end=END)
        expect(descent.field("a")).to_have_count(0)
        descent.go(END, end=END)
        descent.says("x⁺ = ")


def test_newton_and_a_grid_go_to_the_same_minimum(descent: Visit) -> None:
    descent.choose("method", "Newton–Raphson")
    expect(descent.page.locator("#about")).to_contain_text("From 8 to 2 in one step")
    expect(descent.field("learning rate α")).to_have_count(0)
    descent.go(4, end=4)
    descent.has_result("2")
    assert cells(descent, 1) == ["8", "38", "12", "2", "2"]
    assert drawn(descent, "fit")[0][0] < drawn(descent, "fit")[-1][0]
    descent.choose("method", "grid search")
    descent.at(0, end=3)
    descent.press("Forward", "Forward", "Forward", "Forward")
    descent.at(1, iteration=2, end=3)
    descent.is_off("Backward", "needs no slope")
    descent.press("9")
    descent.at(2, iteration=9, end=2)
    descent.says("The lowest is y = 2 at x = 2")
    assert drawn(descent, "lowest") == [(2, 2)]
    descent.is_off("Next iteration", "The grid ends here")
    descent.link_has(method="grid", iteration="9", step="2")
    descent.reload().at(2, iteration=9, end=2)


def test_a_division_by_0_is_said_in_words(descent: Visit) -> None:
    descent.open(f"{PAGE}?curve=wall&method=newton&x=400&step=4")
    descent.says("There is no x⁺")
    descent.is_off("Next iteration", "would divide by it")
    expect(descent.page.locator("body")).not_to_contain_text(re.compile("NaN|Infinity"))


def test_the_ways_stay_open_while_numbers_change_and_lead_to_each_other(descent: Visit) -> None:
    ways = descent.page.locator(".ways")
    ways.get_by_text("Other ways to the minimum").click()
    costs = ways.locator("tr", has_text="gradient descent").locator("td")
    assert costs.all_inner_texts() == ["33", "0", "33", "0"]
    descent.type("learning rate α", "0.4")
    expect(costs).to_have_text(["7", "0", "7", "0"])
    descent.type("start x", "5")
    newton = ways.get_by_role("link", name="Newton–Raphson")
    expect(newton).to_have_attribute("href", re.compile("x=5"))
    newton.click()
    descent.ready().at(0, end=4)
    expect(descent.field("start x")).to_have_value("5")
    descent.page.go_back()
    descent.ready().at(0, end=END)


def test_too_large_a_number_is_said_in_words(descent: Visit) -> None:
    descent.open(f"{PAGE}?a=1&b=-4&c=6&x=8&rate=100&iteration=1000&step=3")
    expect(descent.notice).to_contain_text("that one is shown")
    descent.says("is not computed")
    descent.is_off("Next iteration", "too large")
    expect(descent.page.locator("body")).not_to_contain_text(re.compile("NaN|Infinity"))


def test_reload_and_link_keep_everything_and_back_leads_to_the_other_lesson(visit: Visit) -> None:
    visit.go(7)
    network = visit.url
    links = visit.page.get_by_role("navigation", name="Lessons")
    expect(links.get_by_role("link", name="Network")).to_have_attribute("aria-current", "page")
    links.get_by_role("link", name="Gradient descent").click()
    expect(visit.page).to_have_title(re.compile("gradient descent"))
    visit.ready().at(0, end=END)
    expect(links.get_by_role("link", name="Gradient descent")).to_have_attribute("aria-current", "page")
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("Gradient descent")
    expect(visit.field("Example")).to_be_hidden()
    expect(visit.page.locator("#matrices-card, #training")).to_have_count(2)
    for card in visit.page.locator("#matrices-card, #training").all():
        expect(card).to_be_hidden()
    visit.type("start x", "5")
    visit.press("Forward", "Backward")
    visit.link_has(x="5", step="2")
    here = visit.url
    visit.reload().at(2, end=END)
    expect(visit.field("start x")).to_have_value("5")
    visit.page.go_back()
    visit.ready().at(7)
    assert visit.url == network
    visit.page.go_forward()
    visit.ready().at(2, end=END)
    assert visit.url == here


def test_the_keyboard_alone_walks_it(descent: Visit) -> None:
    for step in (1, 2, 3):
        descent.key("ArrowRight")
        descent.at(step, end=END)
    descent.key("ArrowRight")
    descent.at(1, iteration=2, end=END)
    descent.key("End")
    descent.at(3, iteration=2, end=END)
    descent.key("n")
    descent.at(0, iteration=3, end=END)
    descent.key("r")
    descent.at(0, end=END)
    descent.key(" ")
    descent.at(END, end=END)


@pytest.mark.parametrize(("theme", "size"), [("light", "phone"), ("dark", "laptop")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visitor: Visitor, theme: str, size: str) -> None:
    visit = visitor().seen(theme, SIZES[size])
    scenes = {
        "": None,
        "?iteration=4&step=3": ".aside",
        "?curve=valleys&x=0.5&rate=0.1&step=2": "#picture, #table-card",
        "?a=1&b=-4&c=6&x=8&rate=abc": "#panels, #notice",
        "?method=newton&step=4": "#panels, .aside",
        "?shown=as-printed&iteration=6&step=3": "#table-card, .aside",
        "?method=grid&iteration=9&step=2": "#picture, .aside",
    }
    for query, part in scenes.items():
        visit.open(PAGE + query)
        visit.page.evaluate("document.querySelectorAll('#notes details').forEach((fold) => { fold.open = true; })")
        assert violations(visit.page, part) == []
        assert visit.page.evaluate(EXCESS) <= 0


def test_on_a_phone_the_curve_the_step_and_the_buttons_are_in_sight(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True).open(PAGE)
    expect(visit.page.locator("#network")).to_be_in_viewport(ratio=0.99)
    visit.button("Forward").tap()
    visit.at(1, end=END)
    expect(visit.page.locator("#title")).to_be_in_viewport(ratio=1)
    for name in ("Forward", "Backward"):
        expect(visit.button(name)).to_be_in_viewport(ratio=1)
    sizes = visit.graph.locator("text").evaluate_all(
        "(all) => all.map((t) => parseFloat(getComputedStyle(t).fontSize))"
    )
    assert min(sizes) >= 11
