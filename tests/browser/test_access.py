"""For everybody: screen readers, the keyboard alone, small screens, dark rooms, and eyes that dislike motion."""

import re
import time

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.visit import END, EXCESS, FORWARD_END, PHONE, SIZES, Visit

OTHER_GROUND = """(ground) => document.querySelector("#network .js-plotly-plot")._fullLayout.paper_bgcolor !== ground"""


def at_start(visit: Visit) -> None:
    visit.at(0)


def mid_backward(visit: Visit) -> None:
    visit.go(10)


def at_end(visit: Visit) -> None:
    visit.go(END)


def chain_card_open(visit: Visit) -> None:
    visit.go(10)
    visit.press("w1")
    expect(visit.chain).to_be_visible()


def keys_open(visit: Visit) -> None:
    visit.key("?")
    expect(visit.page.get_by_role("dialog")).to_be_visible()


def trained(visit: Visit) -> None:
    visit.open("?preset=xor-learns")
    for title in ("Training", "What was learned", "Loss surface"):
        visit.unfold(title)
    visit.press("Train 100 iterations")
    expect(visit.page.locator("#loss-surface-words")).to_contain_text("iteration 101")
    visit.unfold("E of each iteration")
    expect(visit.page.locator("#losses-table table")).to_be_visible()
    visit.press("Compare with this run")
    expect(visit.page.get_by_role("img", name="Other run")).to_be_visible()


def classes_learned(visit: Visit) -> None:
    visit.open("?preset=mazur")
    visit.unfold("What was learned")
    expect(visit.page.locator("#predictions-table table")).to_be_visible()


def field_in_error(visit: Visit) -> None:
    visit.type("w1", "abc")
    expect(visit.field("w1")).to_have_attribute("aria-invalid", "true")


def broken_link(visit: Visit) -> None:
    visit.open("?w1=abc&w9=1")
    expect(visit.notice).to_be_visible()


def diverged(visit: Visit) -> None:
    visit.type("w1", "1e200")
    visit.go(FORWARD_END)
    visit.says("diverged")


def panels_open(visit: Visit) -> None:
    visit.choose("Example", "XOR 2-3-1 that learns")
    visit.at(0, end=51)
    for title in (
        "Picture, steps, symbols and update",
        "Build a network",
        "Data",
        "Samples for a test",
        "Save and open",
        "As a program",
        "PyTorch does this by itself",
        "All updates",
        "For any layer",
        "In matrices",
    ):
        visit.unfold(title)
    visit.page.locator("#layer1-neurons").fill("99")
    expect(visit.page.locator("#layer1-neurons-problem")).not_to_be_empty()
    visit.go(20, end=51)


def large_network(visit: Visit) -> None:
    visit.open("?inputs=8&layers=8+tanh+trained,+8+sigmoid+fixed,+4+identity+none&notation=indexed&detail=layer&step=5")


def optimizer_with_its_numbers(visit: Visit) -> None:
    visit.open("?optimizer=adam&schedule=step&iteration=2&step=16")
    visit.unfold("Numbers, schedule, decay")
    for title in ("All updates", "For any layer", "In matrices"):
        visit.unfold(title)
    visit.page.locator("#optimizer-beta2").fill("1")
    expect(visit.page.locator("#optimizer-beta2-problem")).not_to_be_empty()


def columns_of_a_table(visit: Visit) -> None:
    visit.open("?table=%23+columns:+-,+input,+class;+scale:+range%0Ano,size,kind%0A1,2.5,small%0A2,7,large")
    visit.unfold("Data")
    visit.page.locator("#column1").select_option("the class")
    expect(visit.page.locator("#column1-problem")).not_to_be_empty()


def story_of_a_neuron(visit: Visit) -> None:
    visit.open("?preset=dead-relu&step=20")
    visit.page.mouse.click(*visit.in_network("neuron-1-0-0"))
    expect(visit.chain.locator("svg")).to_be_visible()


def practising(visit: Visit) -> None:
    visit.open("?practice=iteration")
    visit.page.locator("[data-blank=h1]").fill("0.85")
    visit.page.locator("[data-blank=h2]").fill("0.9")
    visit.page.locator("[data-blank=yhat]").fill("x")
    visit.press("Check")
    expect(visit.page.locator("#practice .blank.wrong")).to_be_visible()
    visit.press("Hint for h2")
    visit.unfold("My skills")


def looking_for_the_wrong_line(visit: Visit) -> None:
    visit.open("?practice=line")
    visit.page.locator("[data-line=h1]").click()
    expect(visit.page.locator("#practice .no, #practice .found")).to_be_visible()


# What people see, and in which part of the page it is; None where that is the whole page.
SCENES = {
    at_start: None,
    mid_backward: ".stage",
    at_end: "#table-card",
    chain_card_open: "#chain-card",
    keys_open: "#keys-list",
    trained: ".shelf",
    classes_learned: "#predictions-table",
    field_in_error: "#panels",
    broken_link: "#notice",
    diverged: ".aside",
    panels_open: "#panels, .program, #updates, #any-layer, #matrices-card",
    large_network: "#network-card",
    optimizer_with_its_numbers: "#panels, .aside, #table-card, #updates, #any-layer, #matrices-card",
    columns_of_a_table: "#data-fold",
    story_of_a_neuron: "#chain-card",
    practising: ".aside",
    looking_for_the_wrong_line: ".aside",
}


@pytest.mark.parametrize(("theme", "size"), [("light", "laptop"), ("dark", "phone")])
def test_axe_finds_nothing(visitor: Visitor, theme: str, size: str) -> None:
    found, visit = {}, visitor().seen(theme, SIZES[size])
    for scene, part in SCENES.items():
        visit.put_back()
        visit.open()
        scene(visit)
        found[scene.__name__] = violations(visit.page, part)
    assert found == {scene.__name__: [] for scene in SCENES}


def focused(visit: Visit) -> str:
    """Return the id or the text of what has the focus."""
    return str(visit.page.evaluate("() => document.activeElement.id || document.activeElement.textContent"))


def tab_to(visit: Visit, goal: str) -> None:
    """Press Tab until the goal has the focus, and see that the focus shows."""
    for _ in range(60):
        visit.key("Tab")
        if focused(visit) == goal:
            outline = visit.page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", goal
            return
    raise AssertionError(f"{goal} cannot be reached")


def test_a_walk_with_the_keyboard_alone(visit: Visit) -> None:
    tab_to(visit, "forward")
    for step in range(1, FORWARD_END + 1):
        visit.key("Enter")
        visit.at(step)
    tab_to(visit, "backward")
    visit.key(" ")
    visit.at(5)
    visit.has_result("−0.809")
    tab_to(visit, "step")
    visit.key("ArrowRight")
    visit.at(6)
    tab_to(visit, "speed")
    tab_to(visit, "w1")
    visit.key("Enter")
    expect(visit.chain).to_be_visible()
    tab_to(visit, "rate")
    visit.key("Control+a")
    visit.page.keyboard.type("0,1")
    visit.link_has(rate="0.1")
    tab_to(visit, "keys")
    visit.key("Enter")
    expect(visit.page.get_by_role("dialog")).to_be_visible()
    visit.key("Escape")
    expect(visit.page.get_by_role("dialog")).to_be_hidden()
    assert focused(visit) == "keys"


def test_every_step_is_announced(visit: Visit) -> None:
    heard: list[str] = []
    visit.stays = False
    visit.page.expose_function("hear", lambda text: heard.append(text))  # noqa: PLW0108 (Playwright wants a function)
    visit.page.evaluate(
        """() => {
            const status = document.querySelector("[role=status]");
            new MutationObserver(() => window.hear(status.textContent)).observe(
                status, {childList: true, characterData: true, subtree: true});
        }"""
    )
    for step in range(1, FORWARD_END + 1):
        visit.press("Forward")
        visit.at(step)
    visit.press("Backward")
    visit.has_result("−0.809")
    assert [text.rstrip(".").split(" ")[-1] for text in heard[:4]] == ["0.85", "0.48", "0.191", "0.3272405"]
    assert len(heard) == 5


def test_headers_and_landmarks_have_names(visit: Visit) -> None:
    page = visit.page
    assert page.get_by_role("rowheader").all_inner_texts() == ["w1", "w2", "w3", "w4", "w5", "w6"]
    assert "∂E/∂w" in page.get_by_role("columnheader").all_inner_texts()
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("#network")).to_be_visible()
    expect(page.get_by_role("img", name="The network")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


def fits(visit: Visit) -> None:
    """Nothing is wider than the screen, once the picture has been fitted to it."""
    deadline = time.monotonic() + 15
    while (excess := visit.page.evaluate(EXCESS)) > 0 and time.monotonic() < deadline:
        visit.page.wait_for_timeout(50)
    assert excess <= 0


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_nothing_scrolls_sideways(visitor: Visitor, size: ViewportSize) -> None:
    visit = visitor(size).open("?w1=0.12345678901234567&w9=an-unknown-name-without-any-space-to-break-at")
    for step in (0, 4, 10, 14, END):
        visit.go(step)
        fits(visit)
    visit.press("w1")
    expect(visit.chain).to_be_visible()
    fits(visit)
    visit.type("w2", "-1.2345678901234568e-300")
    visit.link_has(w2="-1.2345678901234568e-300")
    fits(visit)


@pytest.mark.parametrize("size", ["phone", "small phone"])
def test_on_a_phone_the_buttons_stay_in_reach_and_the_step_in_view(visitor: Visitor, size: str) -> None:
    visit = visitor(viewport=SIZES[size], has_touch=True, is_mobile=True).open()
    for name in ("Forward", "Backward"):
        expect(visit.button(name)).to_be_in_viewport(ratio=1)
    expect(visit.page.locator("#network")).to_be_in_viewport(ratio=0.99)
    visit.button("Forward").tap()
    visit.at(1)
    expect(visit.page.locator("#title")).to_be_in_viewport(ratio=1)
    visit.page.mouse.wheel(0, 2000)
    for name in ("Forward", "Backward"):
        expect(visit.button(name)).to_be_in_viewport(ratio=1)
        box = visit.button(name).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44


def test_on_a_phone_texts_in_the_network_stay_readable(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE).open()
    visit.go(10)
    sizes = visit.graph.locator("text").evaluate_all(
        "(texts) => texts.map((t) => parseFloat(getComputedStyle(t).fontSize))"
    )
    assert min(sizes) >= 11
    boxes = visit.graph.locator("text").evaluate_all(
        "(texts) => texts.map((t) => [t.getBoundingClientRect().left, t.getBoundingClientRect().right])"
    )
    assert min(left for left, _ in boxes) >= 0
    assert max(right for _, right in boxes) <= PHONE["width"]


def test_light_and_dark_follow_the_system_even_while_the_page_is_open(visit: Visit) -> None:
    visit.go(3)
    ground = visit.graph.evaluate("(graph) => graph._fullLayout.paper_bgcolor")
    page_ground = visit.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    visit.page.emulate_media(color_scheme="dark")
    visit.page.wait_for_function(OTHER_GROUND, arg=ground)
    visit.at(3)
    assert visit.page.evaluate("() => getComputedStyle(document.body).backgroundColor") != page_ground


def test_nothing_moves_where_the_system_asks_for_less_motion(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.emulate_media(reduced_motion="reduce")
    visit.open()
    visit.press_though_off("Backward")
    visit.press("Forward")
    visit.at(1)
    moving = visit.page.evaluate("() => document.getAnimations().map((a) => a.animationName || a.transitionProperty)")
    assert moving == []


def test_turning_a_tablet_keeps_the_place(visitor: Visitor) -> None:
    visit = visitor(viewport=SIZES["tablet"]).open()
    visit.go(10)
    visit.page.set_viewport_size(PHONE)
    expect(visit.graph.locator("text").filter(has_text="∂ −0.2")).to_have_count(1)
    visit.at(10)
    fits(visit)


def test_buttons_that_sound_alike_say_what_they_reset(visit: Visit) -> None:
    visit.go(3)
    expect(visit.button("Restart")).to_have_accessible_description(re.compile("iteration 1.*the numbers stay"))
    expect(visit.button("Original numbers")).to_have_accessible_description(re.compile("own numbers.*the same step"))
    visit.go(0)
    expect(visit.button("Restart")).to_have_accessible_description(re.compile("Backward waits"))


def test_where_the_system_sets_the_colours_what_is_off_looks_off(visit: Visit) -> None:
    visit.page.emulate_media(forced_colors="active")
    colours = [
        visit.button(name).evaluate("(button) => getComputedStyle(button).color") for name in ("Forward", "Backward")
    ]
    assert colours[0] != colours[1]
