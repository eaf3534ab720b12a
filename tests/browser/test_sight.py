"""In one sight: whatever the window, what belongs together is in it, whole, and no text meets another one."""

import pytest
from playwright.sync_api import ViewportSize, expect

from nnviz.presets import DEFAULT, PRESETS
from tests.browser.conftest import Visitor
from tests.browser.sight import DRAWN, PAINTED, TOGETHER, WALK
from tests.browser.visit import END, FORWARD_END, PHONE, Visit
from tests.runs import IS_LONG

WINDOWS: dict[str, ViewportSize] = {
    "small laptop": {"width": 1280, "height": 593},
    "laptop": {"width": 1366, "height": 641},
    "desktop": {"width": 1440, "height": 780},
    "projector": {"width": 1920, "height": 940},
}
LARGE = "?inputs=3&layers=4+tanh+trained,+4+tanh+trained,+2+sigmoid+trained&start=normal+0.5+1"
OTHERS = [*(f"?preset={key}" for key in PRESETS if key != DEFAULT), LARGE]
# Steps where there are many; in a long run they are all walked, as those of the home example always are.
SOME = None if IS_LONG else [0, 1, 5, 9, 14, 20, 26, 40, 88, 154]
LESSONS = ("gradient-descent?iteration=4", "sigmoid")
EXAMPLES = dict.fromkeys(OTHERS, SOME) | dict.fromkeys(("", *LESSONS))
FEW = {"": None, LARGE: SOME and SOME[1::2]} | dict.fromkeys(LESSONS, SOME)


def settled(visit: Visit, query: str) -> Visit:
    """Open a page, and wait until the picture is drawn for the room that it has."""
    visit.open(query)
    visit.page.wait_for_function(DRAWN)
    return visit


@pytest.mark.parametrize("window", WINDOWS)
def test_picture_player_result_and_row_are_in_sight_at_every_step(visitor: Visitor, window: str) -> None:
    found = {}
    visit = visitor().seen("light", WINDOWS[window])
    for query, steps in (EXAMPLES if IS_LONG or window == "small laptop" else FEW).items():
        found[query] = settled(visit, query).page.evaluate(WALK, {"steps": steps})
    assert {query: problems for query, problems in found.items() if problems} == {}


def test_texts_grow_with_the_room(visitor: Visitor) -> None:
    visit = visitor()
    sizes = []
    for window in ("small laptop", "projector"):
        settled(visit.seen("light", WINDOWS[window]), "?step=10")
        box = visit.graph.locator("text").filter(has_text="w4 0.08").bounding_box()
        assert box
        sizes.append(box["height"])
    assert sizes[1] > 1.4 * sizes[0]


def is_painted(visit: Visit, change: str) -> None:
    """The texts in the picture are those of its data, after a change."""
    visit.settle()
    visit.page.wait_for_function(DRAWN)
    found = visit.graph.evaluate(PAINTED)
    assert found["painted"] == found["asked"], change


def test_after_another_example_what_is_painted_is_what_the_data_say(visit: Visit) -> None:
    keys = list(PRESETS)
    for key in [*keys[1:], DEFAULT, "mazur", "and", "vanishing", DEFAULT]:
        visit.page.locator("#preset").select_option(key)
        visit.link_has(iteration="1", step="0")
        expect(visit.page.locator("#preset")).to_have_value(key)
        is_painted(visit, f"{key}, at the start")
        visit.key("ArrowRight", "ArrowRight")
        expect(visit.page.locator("#meta")).to_contain_text("step 2 of")
        is_painted(visit, f"{key}, at step 2")


def test_after_any_other_change_what_is_painted_is_what_the_data_say(visit: Visit) -> None:
    visit.open("?preset=xor-learns&step=30")
    visit.unfold("Picture, steps, symbols and update")
    for label, option in (
        ("Picture", "as a computation graph"),
        ("Level of detail", "by term and factor"),
        ("Level of detail", "by layer, in matrices"),
        ("The update", "in place (wrong!)"),
        ("Symbols", "w²₁₃, z, a, δ"),
    ):
        visit.choose(label, option)
        is_painted(visit, option)
    visit.unfold("Build a network")
    for field, count in (("inputs", 4), ("layer1-neurons", 5), ("inputs", 1), ("layer1-neurons", 2), ("inputs", 3)):
        visit.page.locator(f"#{field}").fill(str(count))
        is_painted(visit, f"{count} {field}")
        visit.go(5, end=int(visit.slider.get_attribute("max") or 0))
        is_painted(visit, f"{count} {field}, at step 5")
    for action in ("Remove hidden layer 1", "Add a layer (up to 6)"):
        visit.press(action)
        is_painted(visit, action)
    for theme in ("dark", "light"):
        visit.page.get_by_label("Theme").select_option(theme)
        is_painted(visit, theme)
    for size in (WINDOWS["small laptop"], PHONE, WINDOWS["projector"]):
        visit.page.set_viewport_size(size)
        is_painted(visit, str(size))
    visit.page.get_by_label("Theme").select_option("system")


def test_presenting_leaves_picture_formula_and_player(visit: Visit) -> None:
    visit.go(10)
    visit.press("Present")
    for gone in ("#table-card", ".side", ".shelf", "#about", "#lessons"):
        expect(visit.page.locator(gone)).to_be_hidden()
    for place in ("#picture", "#formula", "#player"):
        expect(visit.page.locator(place)).to_be_in_viewport(ratio=0.99)
    visit.press("Backward")
    visit.at(11)
    visit.key("Escape")
    expect(visit.page.locator("#table-card")).to_be_visible()
    visit.at(11)
    visit.key("p")
    expect(visit.page.locator("#table-card")).to_be_hidden()
    visit.press("End presentation")
    expect(visit.page.locator("#table-card")).to_be_visible()


def test_the_theme_can_be_chosen_and_stays(visitor: Visitor) -> None:
    visit = visitor().open("?step=3")
    ground = visit.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    visit.page.get_by_label("Theme").select_option("dark")
    expect(visit.page.locator("body")).not_to_have_css("background-color", ground)
    visit.reload()
    expect(visit.page.locator("body")).not_to_have_css("background-color", ground)
    visit.at(3)
    visit.page.get_by_label("Theme").select_option("system")
    expect(visit.page.locator("body")).to_have_css("background-color", ground)


def test_where_the_settings_are_a_rail_it_opens_over_the_picture_alone(visitor: Visitor) -> None:
    visit = visitor().seen("light", WINDOWS["small laptop"]).open("?step=3")
    expect(visit.field("w1")).to_be_hidden()
    visit.press("Numbers and settings")
    visit.type("w1", "0.5")
    visit.has_result("0.3002")
    for name in ("Forward", "Previous"):
        visit.button(name).click(trial=True)
    visit.field("w1").blur()
    visit.key("Escape")
    expect(visit.field("w1")).to_be_hidden()
    expect(visit.page.locator("#rail")).to_be_focused()


def test_a_tap_does_what_a_click_does(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True).open("?step=10")
    visit.page.touchscreen.tap(*visit.in_network("weight-2-0-0"))
    expect(visit.chain.get_by_role("heading")).to_have_text("The chain rule of w5")
    expect(visit.page.locator("#network")).to_be_in_viewport(ratio=0.99)
    visit.page.wait_for_timeout(700)  # the browser tells of a tap twice, and of the second time late
    expect(visit.chain).to_be_visible()
    visit.page.touchscreen.tap(*visit.in_network("weight-2-0-0"))
    expect(visit.chain).to_be_hidden()


@pytest.mark.parametrize(
    "size", [{"width": 360, "height": 640}, {"width": 640, "height": 360}], ids=["up", "on its side"]
)
def test_on_a_phone_picture_result_and_buttons_are_together_at_every_step(
    visitor: Visitor, size: dict[str, int]
) -> None:
    found, visit = {}, visitor(viewport=size, has_touch=True, is_mobile=True)
    places = ["#network-card", "#formula .result", "#forward", "#backward"]
    for query, steps in {
        "": None,
        "?preset=mazur": SOME,
        "gradient-descent?iteration=3": None,
        "sigmoid": SOME,
    }.items():
        found[query] = settled(visit, query).page.evaluate(TOGETHER, {"places": places, "steps": steps})
    assert {query: problems for query, problems in found.items() if problems} == {}


@pytest.mark.parametrize("step", [0, 10, END])
def test_on_paper_there_is_the_picture_the_formula_and_the_table(visit: Visit, step: int) -> None:
    visit.go(step)
    visit.unfold("Training")
    visit.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    visit.page.emulate_media(media="print")
    for gone in (
        "#player",
        ".side",
        "#lessons",
        "#matrices-card",
        "#train",
        "#train-card .by",
        "#train-count",
        "#copy",
        "#hint",
    ):
        expect(visit.page.locator(gone)).to_be_hidden()
    for place in ("#picture", "#table-card", *(["#formula"] if step else [])):
        expect(visit.page.locator(place)).to_be_visible()
    network, table = visit.page.locator("#network").bounding_box(), visit.page.locator("#table")
    assert network
    assert network["width"] <= 720
    assert table.evaluate("(table) => table.scrollHeight <= table.clientHeight + 1")
    visit.page.evaluate("() => dispatchEvent(new Event('afterprint'))")


def test_a_doubled_size_of_text_in_the_browser_makes_all_texts_larger(visit: Visit) -> None:
    visit.go(FORWARD_END)
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    places = ("#title", "#sentence", "#forward", "#table td", "#meta")
    before = [visit.page.locator(place).first.evaluate(size) for place in places]
    browser = visit.page.context.new_cdp_session(visit.page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    after = [visit.page.locator(place).first.evaluate(size) for place in places]
    visit.stays = False
    assert all(new > 1.6 * old for old, new in zip(before, after, strict=True)), (before, after)


@pytest.mark.parametrize(("width", "height"), [(768, 1024), (1024, 768)])
def test_a_notice_leaves_the_step_and_the_table_apart_on_a_tablet(visitor: Visitor, width: int, height: int) -> None:
    visit = visitor({"width": width, "height": height})
    settled(visit, "?w1=abc&w9=1&zeta=3&alpha=x")
    expect(visit.notice).to_be_visible()
    places = ["#picture", "#player", "#notice", "#step-card", "#table-card"]
    assert visit.page.evaluate(TOGETHER, {"places": places, "steps": [1, 4, 10, 16, 23]}) == []
