"""The path through the lessons: what is done stays done in this browser, and the end of a place leads on."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visitor
from tests.browser.visit import END, Visit


def place(visit: Visit, name: str) -> Locator:
    return visit.page.get_by_role("navigation", name="The path").get_by_role("listitem").filter(has_text=name)


def done(visit: Visit, name: str) -> Locator:
    return place(visit, name).get_by_role("img", name="done")


def test_the_end_of_an_iteration_is_marked_and_leads_on(visitor: Visitor) -> None:
    visit = visitor().open()
    visit.page.evaluate("() => localStorage.clear()")  # visitors before may have come to an end
    visit.load()
    onward = visit.page.locator("#onward")
    expect(place(visit, "Backpropagation, step by step")).to_have_attribute("aria-current", "step")
    expect(onward).to_be_hidden()
    expect(done(visit, "Backpropagation")).to_be_hidden()
    visit.go(END)
    expect(done(visit, "Backpropagation")).to_be_visible()
    expect(onward).to_have_text("Where to go next: A neuron learns Fahrenheit")
    visit.press("Previous")
    expect(onward).to_be_hidden()
    visit.key("ArrowRight")
    visit.is_leaving = True
    onward.get_by_role("link").click()
    visit.is_leaving = False
    visit.ready()
    visit.link_has(preset="fahrenheit")
    expect(place(visit, "Fahrenheit")).to_have_attribute("aria-current", "step")
    expect(done(visit, "Backpropagation")).to_be_visible()
    expect(done(visit, "Fahrenheit")).to_be_hidden()
    visit.press("Forget what is done")
    expect(done(visit, "Backpropagation")).to_be_hidden()
    visit.reload()
    expect(done(visit, "Backpropagation")).to_be_hidden()
