"""An optimizer, by somebody who chooses one, steps through its update, trains by it, and passes the link on."""

from playwright.sync_api import expect

import nnviz
from nnviz.presets import PRESETS
from tests.browser.conftest import Visitor
from tests.browser.training import learner, reaches, shows_weights, train, words
from tests.browser.visit import PHONE, Visit


def test_adam_is_chosen_with_the_keyboard_stepped_through_and_trained(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.page.locator("#optimizer-name").focus()
    visit.page.keyboard.type("Adam")
    visit.link_has(optimizer="adam+0.9+0.999+1e-08")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.choose("schedule of α", "falls exponentially")
    expect(visit.page.locator("#schedule-factor")).to_have_value("0.99")
    expect(visit.page.locator("#method-fold")).to_have_attribute("open", "")
    visit.type("β1", "0,8")
    visit.type("learning rate", "0.05")
    visit.link_has(optimizer="adam+0.8+0.999+1e-08", schedule="exponential+0.99", rate="0.05")
    train(visit, 100)
    words(visit, "^Trained up to iteration 101: E ≈ ")
    p = PRESETS["xor-learns"]
    method = {"optimizer": nnviz.Adam(0.8), "schedule": nnviz.ExponentialDecay(0.99)}
    trained = nnviz.train(p.network, p.inputs, p.targets, 0.05, 100, **method)  # type: ignore[arg-type]
    expected = [f"{number:.7g}".replace("-", "−") for number in trained.network.layers[0].matrix[0]]
    reaches(visit, 101, end=104)
    shows_weights(visit, expected)
    again = visitor().open(f"?{visit.page.url.partition('?')[2]}")
    shows_weights(again, expected)


def test_on_a_phone_a_step_of_the_update_is_in_sight_and_nothing_scrolls_sideways(visitor: Visitor) -> None:
    visit: Visit = visitor(PHONE).open("?optimizer=adam&schedule=step&iteration=3&step=16")
    expect(visit.page.locator("#meta")).to_contain_text("update")
    visit.unfold("Numbers, schedule, decay")
    width = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.page.evaluate(width) == 0
