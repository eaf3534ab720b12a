"""Links: the address holds everything, and whoever opens it sees the same screen."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESKTOP, Visitor
from tests.browser.visit import END, KEYS, LABELS, Visit

ORDERLY = "?w1=0.11&w2=0.21&w3=0.12&w4=0.08&w5=0.14&w6=0.15&x1=2&x2=3&target=1&rate=0.05"


def test_the_address_holds_everything(visit: Visit) -> None:
    visit.type("w1", "0.30000000000000004")
    visit.type("learning rate", "0.1")
    visit.link_has(w1="0.30000000000000004", rate="0.1")
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    visit.press("Forward")
    visit.link_has(iteration="2", step="1")
    numbers = {KEYS.get(label, label): visit.field(label).input_value() for label in LABELS}
    assert visit.link() == numbers | {"iteration": "2", "step": "1"}


@pytest.mark.parametrize("place", ["", "&iteration=1&step=3", "&iteration=3&step=12", "&iteration=2&step=23"])
def test_a_reload_shows_the_same_screen(visitor: Visitor, place: str) -> None:
    visit = visitor().open(ORDERLY.replace("w1=0.11", "w1=0.5") + place)
    before, address = visit.everything(), visit.page.url
    visit.reload()
    assert visit.everything() == before
    assert visit.page.url == address
    expect(visit.notice).to_be_hidden()


def test_somebody_else_sees_the_same_screen(visit: Visit, browser: Browser) -> None:
    visit.type("x1", "-1,5")
    visit.go(17)
    visit.link_has(x1="-1.5", step="17")
    with browser.new_context(viewport=DESKTOP) as context:
        other = Visit(context.new_page(), visit.page.url).open()
        visit.field("x2").focus()
        expect(visit.field("x1")).to_have_value("-1.5")
        assert other.everything() == visit.everything()


@pytest.mark.parametrize(
    "text", ["0.30000000000000004", "5e-324", "1.7976931348623157e308", "-1e-7", "123456789012345680", "1e22", "-0.1"]
)
def test_every_number_survives(visitor: Visitor, text: str) -> None:
    visit = visitor().open(ORDERLY.replace("target=1&", f"target={text}&"))
    expect(visit.notice).to_be_hidden()
    assert float(visit.field("target").input_value()) == float(text)
    visit.reload()
    assert float(visit.field("target").input_value()) == float(text)
    assert float(visit.link()["target"]) == float(text)


@pytest.mark.parametrize(
    ("query", "named", "fields"),
    [
        (ORDERLY.replace("w1=0.11", "w1=abc"), ["w1 cannot be “abc”", "0.11 is used"], {"w1": "0.11"}),
        (ORDERLY.replace("rate=0.05", "rate=-1"), ["learning rate cannot be “-1”"], {"learning rate": "0.05"}),
        (ORDERLY.replace("x1=2", "x1=1e400"), ["x1 cannot be “1e400”"], {"x1": "2"}),
        (ORDERLY + "&w9=4", ["“w9”"], {}),
        ("?w1=0.5", ["Missing: w2, w3, w4, w5, w6, x1, x2, target, learning rate"], {"w1": "0.5", "w2": "0.21"}),
        (ORDERLY + "&w1=7", ["w1", "Given more than once"], {"w1": "0.11"}),
        (ORDERLY + "&iteration=0", ["iteration must be a whole number from 1"], {}),
        (ORDERLY + "&step=24", ["step must be a whole number from 0 to 23"], {}),
        (ORDERLY + "&%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1", ["“<img src=x onerro"], {}),
        ("?%E0%A4%A", ["Unknown, and ignored"], {}),
    ],
)
def test_a_broken_link_is_named_and_what_is_good_is_used(
    visitor: Visitor, query: str, named: list[str], fields: dict[str, str]
) -> None:
    visit = visitor().open(query)
    for words in named:
        expect(visit.page.get_by_role("alert").filter(has_text="this link")).to_contain_text(words)
    for label, text in fields.items():
        expect(visit.field(label)).to_have_value(text)
    visit.at(0)
    visit.press("Forward")
    visit.has_result("1.63" if "w1=0.5" in query else "0.85")
    visit.press("Dismiss")
    expect(visit.notice).to_be_hidden()


def test_the_address_is_put_in_order_after_a_broken_link(visitor: Visitor) -> None:
    visit = visitor().open("?w1=0.5&w9=3&step=99")
    visit.link_has(w2="0.21", step="0", iteration="1")
    assert "w9" not in visit.link()
    visit.reload()
    expect(visit.notice).to_be_hidden()


def test_a_link_that_diverges_shows_where(visitor: Visitor) -> None:
    visit = visitor().open(ORDERLY.replace("rate=0.05", "rate=1e6") + "&iteration=1000&step=1")
    expect(visit.notice).to_contain_text("The error diverges in iteration")
    expect(visit.page.locator("#meta")).not_to_contain_text("1000")


def test_stepping_does_not_pile_up_history(visit: Visit) -> None:
    length = visit.page.evaluate("() => history.length")
    for step in range(1, 5):
        visit.press("Forward")
        visit.at(step)
    visit.go(END)
    visit.type("w1", "0.5")
    visit.link_has(w1="0.5", step="23")
    visit.press("Next iteration")
    visit.link_has(iteration="2", step="0")
    assert visit.page.evaluate("() => history.length") == length


def test_back_leaves_to_the_page_before_and_forward_returns_to_the_place(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.goto(f"{visit.address}assets/style.css")
    visit.open()
    visit.go(7)
    visit.go(8)
    visit.link_has(step="8")
    visit.page.go_back()
    expect(visit.page).to_have_url(f"{visit.address}assets/style.css")
    visit.page.go_forward()
    visit.ready()
    visit.at(8)


def test_the_link_can_be_copied(visitor: Visitor) -> None:
    visit = visitor(permissions=["clipboard-read", "clipboard-write"]).open()
    visit.go(5)
    visit.press("Copy link")
    expect(visit.button("Link copied")).to_be_visible()
    assert visit.page.evaluate("() => navigator.clipboard.readText()") == visit.page.url
    assert visit.link()["step"] == "5"
