"""Pointing: a place is the same in the formula, the table and the network; a weight opens its chain rule."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.visit import END, Visit
from tests.networks import SHOWN, places

PLACES = places((2, 2, 1))
NOT_YET = "not computed yet"
LARGE = "?inputs=8&layers=8+tanh+none,+8+tanh+none,+8+tanh+none,+1+tanh+none"


def chain_text(visit: Visit) -> str:
    return re.sub(r"\s", "", visit.chain.inner_text())


@pytest.mark.parametrize("weight", ["w2", "w6"])
def test_a_click_on_an_edge_opens_its_chain_rule(visit: Visit, weight: str) -> None:
    visit.go(END)
    expect(visit.chain).to_be_hidden()
    visit.page.mouse.click(*visit.in_network(PLACES[weight]))
    expect(visit.chain).to_be_visible()
    expect(visit.chain.get_by_role("heading")).to_have_text(f"The chain rule of {weight}")
    text = chain_text(visit)
    for name in (f"∂E/∂{weight}", f"{weight}⁺"):
        assert f"={SHOWN[name]}" in text, name


def test_a_click_on_a_row_opens_its_chain_rule_and_another_closes_it(visit: Visit) -> None:
    weight = "w6"
    button = visit.button(weight)
    expect(button).to_have_attribute("aria-expanded", "false")
    visit.row(weight).get_by_role("cell").first.click()
    expect(visit.chain).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(visit.chain).to_be_hidden()
    button.click()
    visit.chain.get_by_role("button", name="Close").click()
    expect(visit.chain).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_the_chain_rule_fills_in_wherever_the_cursor_is(visit: Visit) -> None:
    visit.press("w1")
    computed = ("0.809", "0.22652", "0.121326")
    text = chain_text(visit)
    assert "∂E∂w1=∂E∂ŷ·∂ŷ∂h1·∂h1∂w1" in text.replace("/", "")
    assert NOT_YET.replace(" ", "") in text
    assert not any(number in text for number in computed)
    visit.go(4)
    assert not any(number in chain_text(visit) for number in computed)
    visit.go(5)
    expect(visit.chain).to_contain_text("0.809")
    expect(visit.chain).not_to_contain_text("0.22652")
    visit.go(10)
    expect(visit.chain).to_contain_text("0.22652")
    expect(visit.chain).to_contain_text(NOT_YET)
    visit.go(END)
    expect(visit.chain).to_contain_text("0.121326")
    expect(visit.chain).not_to_contain_text(NOT_YET)
    visit.go(0)
    expect(visit.chain).not_to_contain_text("0.809")


def marked_segment(visit: Visit) -> set[tuple[float, float]]:
    marked = visit.pointed_in_network()
    return {(round(x), round(y)) for x, y in zip(marked["x"], marked["y"], strict=True)}


def node_centre(visit: Visit, name: str) -> tuple[float, float]:
    """Return a node's centre in the figure's own coordinates."""
    found: Any = visit.graph.evaluate(
        """(graph, key) => {
            const {x, y, customdata} = graph.data.find((trace) => trace.name === "nodes");
            return [x[customdata.indexOf(key)], y[customdata.indexOf(key)]];
        }""",
        PLACES[name],
    )
    return round(found[0]), round(found[1])


@pytest.mark.parametrize("name", ["ŷ", "x1"])
def test_pointing_at_a_symbol_of_a_node_rings_the_node(visit: Visit, name: str) -> None:
    visit.go(3 if name == "ŷ" else 1)
    assert marked_segment(visit) == set()
    visit.page.locator(f"#formula [data-at='{PLACES[name]}']").first.hover()
    expect(visit.page.locator("#formula .pointed").first).to_be_visible()
    assert marked_segment(visit) == {node_centre(visit, name)}
    visit.page.get_by_role("heading", level=1).hover()
    expect(visit.page.locator(".pointed")).to_have_count(0)
    assert marked_segment(visit) == set()


def test_pointing_at_a_symbol_of_a_weight_marks_its_edge_and_its_row(visit: Visit) -> None:
    visit.go(1)
    visit.page.locator(f"#formula [data-at='{PLACES['w2']}']").first.hover()
    expect(visit.row("w2")).to_have_class(re.compile("pointed"))
    ends = marked_segment(visit)
    assert len(ends) == 2
    (x_start, y_start), (x_end, y_end) = node_centre(visit, "x2"), node_centre(visit, "h1")
    for x, y in ends:
        assert x_start < x < x_end
        share = (x - x_start) / (x_end - x_start)
        assert abs(y_start + share * (y_end - y_start) - y) < 2


def test_pointing_at_a_row_marks_the_edge(visit: Visit) -> None:
    visit.row("w5").hover()
    assert len(marked_segment(visit)) == 2


def test_the_mark_stays_where_it_is_while_stepping(visit: Visit) -> None:
    visit.row("w5").hover()
    marked = marked_segment(visit)
    visit.key("ArrowRight", "ArrowRight", "ArrowRight")
    visit.at(3)
    assert marked_segment(visit) == marked
    expect(visit.page.locator(f"#formula [data-at='{PLACES['w5']}']").first).to_have_class(re.compile("pointed"))


@pytest.mark.parametrize(("name", "step"), [("w6", 3), ("h2", 3)])
def test_pointing_in_the_network_marks_the_symbols(visit: Visit, name: str, step: int) -> None:
    visit.go(step)
    visit.point_in_network(PLACES[name])
    symbols = visit.page.locator(f"#formula [data-at='{PLACES[name]}']")
    assert symbols.count() >= 2
    for symbol in symbols.all():
        expect(symbol).to_have_class(re.compile("pointed"))
    expect(visit.page.locator(f".pointed:not([data-at='{PLACES[name]}'])")).to_have_count(0)
    visit.page.mouse.move(5, 5)
    expect(visit.page.locator(".pointed")).to_have_count(0)


def test_pointing_in_the_network_tells_all_digits(visit: Visit) -> None:
    visit.go(4)
    visit.point_in_network(PLACES["E"])
    expect(visit.page.locator("#tip")).to_contain_text("E = 0.32724049999999993")


def test_pointing_at_an_edge_tells_what_is_known_at_the_step_and_no_more(visit: Visit) -> None:
    visit.go(END)
    visit.go(0)
    visit.point_in_network(PLACES["w3"])
    tip = visit.page.locator("#tip")
    expect(tip).to_have_text("w3 = 0.12")
    visit.key("End")
    expect(tip).to_contain_text("w3⁺ = 0.132135")
    visit.key("Home")
    expect(tip).to_have_text("w3 = 0.12")


def test_pointing_at_what_is_not_known_says_so(visit: Visit) -> None:
    visit.point_in_network(PLACES["h1"])
    expect(visit.page.locator("#tip")).to_contain_text("h1 is not computed yet")


def test_pointing_at_a_rounded_number_shows_all_its_digits(visit: Visit) -> None:
    visit.go(10)
    visit.page.locator("#formula [data-exact]").first.hover()
    expect(visit.page.locator("#exact")).to_have_text("∂E/∂ŷ = −0.8089999999999999")
    visit.page.get_by_role("heading", level=1).hover()
    expect(visit.page.locator("#exact")).not_to_contain_text("0.8089999999999999")


# What Plotly draws of all that the picture is made of, if it draws it anew, is what is there.
DRAWN_ANEW = """async (graph) => {
    const layer = () => graph.querySelector(".scatterlayer").outerHTML;
    const frame = () => new Promise(requestAnimationFrame);
    do await frame(); while (graph._transitioning);
    const before = layer();
    await Plotly.redraw(graph);
    return [before, layer()];
}"""


@pytest.mark.parametrize(
    "query",
    [
        "?step=3",
        "?diagram=graph&step=3",
        "?preset=and&detail=term&step=9",
        LARGE + "&detail=term&step=60",
        "gradient-descent",
        "sigmoid",
    ],
)
def test_each_frame_is_what_plotly_draws_anew(visitor: Visitor, query: str) -> None:
    visit = visitor().open(query)
    for key in ["ArrowRight"] * 5 + ["Home", "ArrowRight", "End", "ArrowLeft"]:
        visit.key(key)
        visit.settle()
        drawn, anew = visit.graph.evaluate(DRAWN_ANEW)
        assert drawn == anew, (key, visit.page.locator("#meta").inner_text())
        place = visit.page.locator("#formula [data-at]")
        if place.count():
            place.first.hover()
            assert len(set(visit.graph.evaluate(DRAWN_ANEW))) == 1
