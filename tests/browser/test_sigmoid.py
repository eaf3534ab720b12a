"""The page of the sigmoid: walked, its point moved in every way, its neuron opened as a network."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.finger import swipe
from tests.browser.slow_line import slow_line
from tests.browser.visit import DESKTOP, EXCESS, PHONE, Visit

PAGE = "sigmoid"
END, TANGENT = 32, 4
HEIGHT = 20  # pixels below the top of the picture
PLOT = """(graph) => {
    const {xaxis, yaxis} = graph._fullLayout, box = graph.getBoundingClientRect();
    const scale = box.width / graph.offsetWidth;
    return [box.x + scale * xaxis._offset, scale * xaxis._length, box.y + scale * yaxis._offset];
}"""


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    """Return a visitor at a desktop, on the page of the sigmoid, where the tangent is drawn."""
    return visitor().open(f"{PAGE}?step={TANGENT}")


def at(visit: Visit, step: int) -> None:
    """The page shows this step."""
    place = "Not begun" if step == 0 else f"step {step} of {END}"
    expect(visit.page.locator("#meta")).to_contain_text(place)
    expect(visit.slider).to_have_value(str(step))


def go(visit: Visit, step: int) -> None:
    visit.slider.fill(str(step))
    at(visit, step)


def spot(visit: Visit, z: float) -> tuple[float, float]:
    """Return where a z is in the picture."""
    left, width, top = visit.graph.evaluate(PLOT)
    return left + width * (z + 10) / 20, top + HEIGHT


def is_at(visit: Visit, z: str, sigma: str, slope: str) -> None:
    """The point is at z: in the field, on the slider, in the picture and in the address."""
    expect(visit.field("z")).to_have_value(z)
    expect(visit.field("Move z")).to_have_value(z)
    for text in (f"z = {z}".replace("-", "−"), sigma, slope):
        expect(visit.graph.locator("text").filter(has_text=text).first).to_be_attached()
    visit.link_has(z=z)


def test_it_opens_at_its_start(visitor: Visitor) -> None:
    visit = visitor().open(PAGE)
    at(visit, 0)
    visit.says("Nothing is computed yet")


def test_the_point_and_its_tangent_are_drawn(visit: Visit) -> None:
    at(visit, TANGENT)
    expect(visit.page).to_have_title(re.compile("sigmoid"))
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("The sigmoid and its derivative")
    is_at(visit, "2", "σ ≈ 0.8807971", "slope σ′ ≈ 0.1049936")


def test_the_whole_lesson_is_walked(visit: Visit) -> None:
    visit.press("Restart")
    at(visit, 0)
    for step in range(1, END + 1):
        visit.press("Forward" if step <= 2 else "Backward")
        at(visit, step)
        expect(visit.status).to_contain_text(re.compile(r"[=≈.] ?.*\.$"))
    visit.has_result("0.1849561")
    visit.is_off("Backward", "This is the end")
    for way, count in (("quotient", 12), ("splitting", 8)):
        for line in range(1, count + 1):
            if way == "splitting" or line > 4:
                expect(visit.page.locator(f"[data-value={way}-{line}]")).to_have_text("0.1049936")
    visit.press("Previous")
    at(visit, END - 1)
    expect(visit.page.locator("[data-value='sigmoid:dE/dw1']")).to_have_text("·")


def test_the_point_is_dragged(visit: Visit) -> None:
    mouse = visit.page.mouse
    mouse.move(*spot(visit, 2))
    mouse.down()
    for z in (1, 0, -1, -2):
        mouse.move(*spot(visit, z), steps=4)
    mouse.up()
    is_at(visit, "-2", "σ ≈ 0.1192029", "slope σ′ ≈ 0.1049936")
    at(visit, TANGENT)
    mouse.click(*spot(visit, 5))
    is_at(visit, "5", "σ ≈ 0.9933071", "slope σ′ ≈ 0.006648057")
    mouse.move(*spot(visit, -5))
    is_at(visit, "5", "σ ≈ 0.9933071", "slope σ′ ≈ 0.006648057")


def test_the_slider_is_where_the_point_was_let_go_while_the_answer_was_on_its_way(visit: Visit) -> None:
    mouse = visit.page.mouse
    mouse.move(*spot(visit, 2))
    with slow_line(visit) as line:
        mouse.down()
        mouse.move(*spot(visit, -2))
        line.holds()
        mouse.up()
        line.let_go()
        is_at(visit, "-2", "σ ≈ 0.1192029", "slope σ′ ≈ 0.1049936")
        line.holds(0)


def test_the_point_is_moved_with_a_finger(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True).open(f"{PAGE}?step={TANGENT}")
    visit.page.touchscreen.tap(*spot(visit, -4))
    is_at(visit, "-4", "σ ≈ 0.01798621", "slope σ′ ≈ 0.01766271")


def test_a_finger_drags_the_point_across_and_scrolls_the_page_down(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True).open(PAGE)
    expect(visit.page.locator("#network")).to_have_css("touch-action", "pan-y")
    left, right = spot(visit, 2), spot(visit, -3)
    swipe(visit, left, right[0] - left[0], 0)
    expect(visit.field("z")).to_have_value(re.compile(r"^-(2\.9|3)"))
    z, x = visit.field("z").input_value(), spot(visit, 4)[0]
    swipe(visit, (x, left[1] + 120), 3, -200)
    visit.page.wait_for_function("scrollY > 50")
    expect(visit.field("z")).to_have_value(z)


def test_the_point_is_moved_with_the_slider_and_keys(visit: Visit) -> None:
    visit.field("Move z").fill("-1.5")
    is_at(visit, "-1.5", "σ ≈ 0.1824255", "slope σ′ ≈ 0.1491465")
    visit.field("Move z").focus()
    visit.key("ArrowRight")
    visit.link_has(z="-1.45")
    visit.key("End")
    visit.link_has(z="10")
    at(visit, TANGENT)


def test_the_point_is_moved_by_a_number_and_a_wrong_one_is_answered(visit: Visit) -> None:
    visit.type("z", "0,5")
    visit.link_has(z="0.5")
    for text, words in (("-800", "from −10 to 10"), ("much", "Not a number")):
        visit.type("z", text)
        expect(visit.page.locator("#z-problem")).to_contain_text(words)
        expect(visit.field("z")).to_have_value(text)
        visit.link_has(z="0.5")


def test_a_line_is_gone_to_and_keeps_its_place_at_another_z(visit: Visit) -> None:
    visit.page.locator("[data-row=splitting-4] button").click()
    at(visit, 20)
    visit.says("Split the fraction into a product", "0.1049936")
    visit.type("z", "0")
    visit.says("Split the fraction into a product", "= 0.25.")
    at(visit, 20)
    before = visit.page.locator("#formula").inner_text()
    visit.reload()
    at(visit, 20)
    assert visit.page.locator("#formula").inner_text() == before


def test_the_exponentials_of_another_network(visit: Visit) -> None:
    go(visit, 26)
    visit.says("3 exponentials", "Saved: 3.")
    visit.choose("network", "XOR 2-3-1 that learns")
    visit.says("16 exponentials", "Saved: 12.")
    at(visit, 26)


def test_the_neuron_is_opened_as_a_network(visit: Visit) -> None:
    visit.type("z", "6")
    visit.link_has(z="6")
    go(visit, END)
    visit.says("0.004920821", "Saturated", "With ReLU, ∂E/∂w1 = 12.")
    visit.press("tanh")
    expect(visit.chain.locator("svg")).to_be_visible()
    visit.page.locator("#formula").get_by_role("link", name="sigmoid").click()
    visit.ready()
    visit.page.wait_for_selector("html[data-lesson=network][data-ready]")
    expect(visit.page.locator("#notice")).to_be_hidden()
    for label, text in {"w1": "1.5", "b1": "3", "x1": "2", "target": "0"}.items():
        expect(visit.field(label)).to_have_value(text)
    visit.slider.fill("6")
    visit.says("0.004920821")


def test_on_a_phone_each_line_of_a_derivation_is_in_sight_with_its_number(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE).open(f"{PAGE}?step={END}")
    tables = visit.page.locator("#table .derivation")
    expect(tables).to_have_count(2)
    for z in ("2", "5", "-7.3333333", "-10"):
        visit.type("z", z)
        visit.link_has(z=z)
        frame = visit.page.locator("#table").evaluate("(frame) => frame.clientWidth")
        assert max(tables.evaluate_all("(tables) => tables.map((table) => table.offsetWidth)")) <= frame


# Steps, and in which part of the page there is more than at the start.
SCENES = {"0": None, str(TANGENT): "#picture", "22": ".aside", str(END): "#table-card, .aside"}


@pytest.mark.parametrize(("theme", "size"), [("light", PHONE), ("dark", DESKTOP)], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visitor: Visitor, theme: str, size: ViewportSize) -> None:
    visit = visitor().seen(theme, size)
    for step, part in SCENES.items():
        visit.open(f"{PAGE}?step={step}")
        if step == str(END):
            visit.press("tanh")
            expect(visit.chain.locator("svg")).to_be_visible()
        assert violations(visit.page, part) == [], step
        assert visit.page.evaluate(EXCESS) <= 0, step
