"""Links: the address holds everything, and whoever opens it sees the same screen."""

import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visitor
from tests.browser.visit import DESKTOP, END, KEYS, LABELS, Visit

SIDE = 400
GREY = f"""(image) => {{
    const canvas = Object.assign(document.createElement("canvas"), {{width: {SIDE}, height: {SIDE}}});
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, {SIDE}, {SIDE});
    return [...context.getImageData(0, 0, {SIDE}, {SIDE}).data].filter((_, at) => at % 4 === 0);
}}"""
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


@pytest.mark.parametrize("place", ["", "&iteration=3&step=12"])
def test_a_reload_shows_the_same_screen(visitor: Visitor, place: str) -> None:
    visit = visitor().open(ORDERLY.replace("w1=0.11", "w1=0.5") + place)
    before, address = visit.everything(), visit.url
    visit.reload()
    assert visit.everything() == before
    assert visit.url == address
    expect(visit.notice).to_be_hidden()


def test_somebody_else_sees_the_same_screen(visit: Visit, browser: Browser) -> None:
    visit.type("x1", "-1,5")
    visit.go(17)
    visit.link_has(x1="-1.5", step="17")
    with browser.new_context(viewport=DESKTOP) as context:
        other = Visit(context.new_page(), visit.page.url).load()
        visit.field("x2").focus()
        expect(visit.field("x1")).to_have_value("-1.5")
        assert other.everything() == visit.everything()


def test_a_number_survives_with_all_its_bits(visitor: Visitor) -> None:
    text = "1.7976931348623157e308"
    visit = visitor().open(ORDERLY.replace("target=1&", f"target={text}&"))
    expect(visit.notice).to_be_hidden()
    assert float(visit.field("target").input_value()) == float(text)
    visit.reload()
    assert float(visit.field("target").input_value()) == float(text)
    assert float(visit.link()["target"]) == float(text)


def test_a_broken_link_is_named_and_what_is_good_is_used(visitor: Visitor) -> None:
    query = ORDERLY.replace("w1=0.11", "w1=abc").replace("x1=2", "x1=4")
    visit = visitor().open(query + "&w9=4&w1=7&step=24&%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1&%E0%A4%A")
    for words in (
        "w1 cannot be “abc”",
        "0.11 is used",
        "“w9”",
        "Given more than once",
        "from 0 to 23",
        "“<img src=x onerro",
    ):
        expect(visit.page.get_by_role("alert").filter(has_text="this link")).to_contain_text(words)
    for label, text in {"w1": "0.11", "x1": "4"}.items():
        expect(visit.field(label)).to_have_value(text)
    visit.at(0)
    visit.press("Forward")
    visit.has_result("1.07")
    visit.press("Dismiss")
    expect(visit.notice).to_be_hidden()


def test_the_address_is_put_in_order_after_a_broken_link(visitor: Visitor) -> None:
    visit = visitor().open("?w1=0.5&w9=3&step=99")
    visit.link_has(w2="0.21", step="0", iteration="1")
    assert "w9" not in visit.link()
    visit.reload()
    expect(visit.notice).to_be_hidden()


def test_names_that_every_object_has_are_unknown_like_others(visitor: Visitor) -> None:
    visit = visitor().open(f"{ORDERLY}&constructor=1&__proto__=1&toString=2")
    expect(visit.notice).to_contain_text("ignored: “constructor”, “__proto__”, “toString”.")
    expect(visit.notice).not_to_contain_text("more than once")


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
    visit.page.goto(f"{visit.address}healthz")
    visit.load()
    visit.go(7)
    visit.go(8)
    visit.link_has(step="8")
    visit.page.go_back()
    expect(visit.page).to_have_url(f"{visit.address}healthz")
    visit.page.go_forward()
    visit.ready()
    visit.at(8)


def test_the_link_can_be_copied_where_there_is_no_https(visitor: Visitor) -> None:
    visit = visitor()
    visit.stays = False
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    visit.load()
    visit.unfold("Data")
    visit.go(5)
    visit.press("Copy link")
    expect(visit.button("Link copied")).to_be_focused()
    visit.page.locator("#csv").fill("")
    visit.page.locator("#csv").press("Control+v")
    expect(visit.page.locator("#csv")).to_have_value(visit.page.url)
    assert visit.link()["step"] == "5"


def test_the_link_can_be_copied(visitor: Visitor) -> None:
    visit = visitor().open()
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.go(5)
    visit.press("Copy link")
    expect(visit.button("Link copied")).to_be_visible()
    assert visit.page.evaluate("() => navigator.clipboard.readText()") == visit.page.url
    assert visit.link()["step"] == "5"


def test_a_qr_code_has_the_link_of_what_is_shown(visit: Visit) -> None:
    visit.go(3)
    visit.press("QR code")
    dialog = visit.page.get_by_role("dialog", name="This page as a QR code")
    expect(dialog.locator("img")).to_be_visible()
    grey = np.array(dialog.locator("img").evaluate(GREY), dtype=np.uint8)
    [code] = zxingcpp.read_barcodes(grey.reshape(SIDE, SIDE))
    assert code.text == visit.url == dialog.locator("#qr-link").inner_text()
    assert "step=3" in code.text
    visit.key("ArrowRight", "Escape")
    expect(dialog).to_be_hidden()
    visit.at(3)


def test_a_link_too_long_for_a_qr_code_is_said_to_be(visit: Visit) -> None:
    visit.open("?data=" + ";".join(f"{number / 7!r},{number / 11!r},1" for number in range(60)))
    visit.press("QR code")
    dialog = visit.page.get_by_role("dialog", name="This page as a QR code")
    expect(dialog).to_contain_text("too long for a QR code")
    expect(dialog.locator("img")).to_be_hidden()
    visit.key("Escape")
