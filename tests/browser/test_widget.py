"""The widget's front end as a notebook runs it, with a model that speaks to the widget in Python, and no notebook."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

import nnviz
from tests.browser.axe import violations
from tests.examples import STEP_BY_STEP

# What anywidget gives to a front end: a model of the traits in Python, which hears of what is set there.
NOTEBOOK = """
    const state = JSON.parse(await pythonState()), heard = {}, unsaved = new Set();
    const tell = (names) => { for (const name of names) for (const hear of heard[`change:${name}`] ?? []) hear(); };
    const model = {
        get: (name) => state[name],
        set(name, value) { state[name] = value; unsaved.add(name); tell([name]); },
        save_changes() {
            const changed = Object.fromEntries([...unsaved].map((name) => [name, state[name]]));
            unsaved.clear();
            pythonSet(JSON.stringify(changed));
        },
        on(event, hear) { (heard[event] ??= []).push(hear); },
        off(event, hear) { heard[event] = heard[event].filter((one) => one !== hear); },
    };
    window.fromPython = (changed) => { Object.assign(state, changed); tell(Object.keys(changed)); };
    const widget = await import(URL.createObjectURL(new Blob([state._esm], {type: "text/javascript"})));
    const ends = [...document.querySelectorAll("div")].map((el) => widget.default.render({model, el}));
    window.end = () => ends.forEach((end) => end());
"""
PAGE = (
    '<body style="margin: 0; color: {ink}; background: {ground}">{divs}<script type="module">{script}</script></body>'
)


class Notebook:
    """A page that shows a widget in some places, and passes on what is set there and in Python."""

    def __init__(self, page: Page, widget: Any) -> None:
        self.page, self.widget = page, widget
        self.is_silent = False
        self.rooms: list[list[int]] = []
        self.begins: list[str] = []
        widget.observe(lambda change: self.begins.append(change["name"]))

    def show(self, places: int = 1, *, is_dark: bool = False) -> "Notebook":
        self.page.expose_function("pythonState", lambda: json.dumps(self._state()))
        self.page.expose_function("pythonSet", self._set)
        ink, ground = ("#eee", "#111") if is_dark else ("#111", "#fff")
        self.page.set_content(PAGE.format(ink=ink, ground=ground, divs="<div></div>" * places, script=NOTEBOOK))
        for place in range(places):
            expect(self.player(place).locator("#picture")).to_have_attribute("data-room", re.compile("."))
        return self

    def player(self, place: int = 0) -> FrameLocator:
        return self.page.frame_locator(f"div:nth-child({place + 1}) iframe")

    def press(self, name: str, place: int = 0) -> None:
        self.player(place).get_by_role("button", name=name, exact=True).click()

    def at(self, words: str, place: int = 0) -> None:
        expect(self.player(place).locator("#meta")).to_have_text(words)

    def python(self, **traits: Any) -> None:
        """Set traits in Python, as a cell does."""
        self.begins.clear()
        for name, value in traits.items():
            setattr(self.widget, name, value)
        self._pass_on()

    def knows(self, **traits: Any) -> None:
        """Wait until Python has these traits."""
        for _ in range(100):
            if all(getattr(self.widget, name) == value for name, value in traits.items()):
                return
            self.page.wait_for_timeout(20)
        assert {name: getattr(self.widget, name) for name in traits} == traits

    def _state(self) -> dict[str, Any]:
        return {name: getattr(self.widget, name) for name in self.widget.keys if name != "layout"}

    def _set(self, changed: str) -> None:
        if self.is_silent:
            return
        self.begins.clear()
        traits = json.loads(changed)
        self.rooms += [traits["_room"]["room"]] if "_room" in traits else []
        for name, value in traits.items():
            setattr(self.widget, name, value)
        self._pass_on()

    def _pass_on(self) -> None:
        changed = {name: getattr(self.widget, name) for name in self.begins if name in self.widget.keys}
        self.page.evaluate("changed => setTimeout(() => window.fromPython(changed))", changed)


def drawn_for_its_room(picture: Locator) -> None:
    expect(picture.locator("svg")).to_be_visible()
    sides = picture.evaluate("node => [node.clientWidth, node.clientHeight]")
    expect(picture).to_have_attribute("data-room", " ".join(str(side // 10 * 10) for side in sides))


@pytest.fixture
def notebook(browser: Browser) -> Iterator[Notebook]:
    page = browser.new_page(viewport={"width": 1000, "height": 1200})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    widget = nnviz.Widget(STEP_BY_STEP.network, STEP_BY_STEP.inputs, STEP_BY_STEP.targets, STEP_BY_STEP.learning_rate)
    yield Notebook(page, widget)
    page.close()
    widget.close()
    assert not errors


def test_python_and_the_player_follow_each_other(notebook: Notebook) -> None:
    notebook.show()
    for _ in range(3):
        notebook.press("Forward")
    notebook.at("Iteration 1 · forward · step 3 of 23")
    notebook.knows(cursor=3)
    notebook.python(weights=[[[0.3, 0.21], [0.12, 0.08]], [[0.14, 0.15]]], cursor=10)
    notebook.at("Iteration 1 · backward · step 10 of 23")
    player = notebook.player()
    expect(player.get_by_role("row", name="w1")).to_contain_text("0.3")
    expect(player.locator("#picture")).to_contain_text("w1 0.3")
    expect(player.get_by_role("status")).to_contain_text("−0.7558·0.14·2")  # ŷ = 1.23·0.14 + 0.48·0.15
    notebook.press("Next iteration")
    notebook.at("Iteration 2 · not begun · 23 steps")
    notebook.knows(cursor=0, iteration=2)
    notebook.python(iteration=1, cursor=4)
    notebook.at("Iteration 1 · forward · step 4 of 23")


def test_a_number_that_is_typed_is_a_weight_in_python(notebook: Notebook) -> None:
    notebook.show()
    player = notebook.player()
    notebook.press("Numbers and settings")
    player.get_by_label("w1", exact=True).fill("0,5")
    notebook.knows(weights=[[[0.5, 0.21], [0.12, 0.08]], [[0.14, 0.15]]])
    expect(player.get_by_role("row", name="w1")).to_contain_text("0.5")
    player.get_by_label("learning rate").fill("fast")
    expect(player.locator("#rate-problem")).to_contain_text("number")
    assert notebook.widget.learning_rate == 0.05
    player.get_by_label("learning rate").press("Escape")
    expect(player.get_by_label("w1", exact=True)).to_be_hidden()


def test_who_moves_fast_is_not_sent_back(notebook: Notebook) -> None:
    notebook.show()
    notebook.player().locator("#title").click()
    for _ in range(23):
        notebook.page.keyboard.press("ArrowRight")
    notebook.at("Iteration 1 · check · step 23 of 23")
    notebook.knows(cursor=23)
    notebook.at("Iteration 1 · check · step 23 of 23")


def test_two_views_of_a_widget_are_one(notebook: Notebook) -> None:
    notebook.show(2)
    notebook.press("Forward", 1)
    notebook.at("Iteration 1 · forward · step 1 of 23", 0)
    notebook.press("Next iteration", 0)
    for place in (0, 1):
        notebook.at("Iteration 2 · not begun · 23 steps", place)
    notebook.press("Previous", 1)
    for place in (0, 1):
        notebook.at("Iteration 1 · check · step 23 of 23", place)
    notebook.knows(cursor=23, iteration=1)


def test_each_view_has_its_picture_drawn_for_its_own_room(notebook: Notebook) -> None:
    notebook.show(2)
    notebook.press("Forward")
    notebook.page.locator("div").first.evaluate("div => { div.style.width = '640px'; }")
    frames = [notebook.player(place).locator("#picture") for place in (0, 1)]
    for frame in frames:
        drawn_for_its_room(frame)
    assert frames[0].get_attribute("data-room") != frames[1].get_attribute("data-room")
    asked = len(notebook.rooms)
    notebook.press("Next iteration", 1)
    for place in (0, 1):
        notebook.at("Iteration 2 · not begun · 23 steps", place)
    for frame in frames:
        drawn_for_its_room(frame)
    assert len(notebook.rooms) - asked <= 2  # they do not ask in turns for ever


def test_what_python_does_in_a_long_cell_shows_at_once(notebook: Notebook) -> None:
    notebook.show(2)
    notebook.is_silent = True  # a cell runs: nothing that a player asks is heard
    notebook.press("Next iteration")
    for step in (5, 6, 7):
        notebook.python(weights=[[[step / 10, 0.21], [0.12, 0.08]], [[0.14, 0.15]]], cursor=step)
        for place in (0, 1):
            expect(notebook.player(place).get_by_role("row", name="w1")).to_contain_text(f"0.{step}")
        notebook.at(f"Iteration 1 · backward · step {step} of 23", 1)


def test_where_python_does_not_answer_the_iteration_can_be_stepped(notebook: Notebook) -> None:
    notebook.page.clock.install()
    notebook.show()
    notebook.is_silent = True
    notebook.press("Next iteration")
    notebook.page.clock.fast_forward(4_000)
    expect(notebook.player().locator("#page")).to_have_attribute("aria-busy", "true")
    notebook.page.clock.fast_forward(1_000)
    expect(notebook.player().locator("#page")).to_have_attribute("aria-busy", "false")
    notebook.press("Forward")
    notebook.at("Iteration 1 · forward · step 1 of 23")


def test_a_frame_that_the_notebook_moves_shows_what_python_has(notebook: Notebook) -> None:
    notebook.show()
    notebook.press("Next iteration")
    notebook.at("Iteration 2 · not begun · 23 steps")
    notebook.press("Forward")
    notebook.knows(cursor=1)
    notebook.is_silent = True  # Python has not yet said that it knows where the reader goes now
    notebook.press("Forward")
    notebook.page.evaluate("() => document.body.prepend(document.querySelector('div'))")
    expect(notebook.player().locator("html")).to_have_attribute("data-begun", "yes")
    notebook.at("Iteration 2 · forward · step 2 of 23")
    notebook.page.evaluate("() => window.end()")


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_it_has_the_theme_of_the_notebook_and_nothing_for_axe(notebook: Notebook, is_dark: bool) -> None:
    notebook.show(is_dark=is_dark)
    expect(notebook.player().locator("html")).to_have_attribute("data-theme", "dark" if is_dark else "light")
    notebook.press("Forward")
    notebook.press("Numbers and settings")
    assert not violations(notebook.page.frames[1])
