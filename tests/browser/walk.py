"""A visitor who does one thing after the other at random, and says what each was."""

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from playwright.sync_api import Locator, Route

from tests.browser.slow_line import ENGINE
from tests.browser.visit import SIZES, Visit

KEYS = ("ArrowRight", "ArrowLeft", "Home", "End", "n", "r", "p", "Escape", " ", "Tab")
TEXTS = ("0,40", "0.25", "-1", "1/3", "2", "3", "1", "0", "1e3", "", "abc", "1,234", "1/0", "7", "all", "-0,5")
LEAVING = ("Tab", "Enter", "Escape", "")
TRAINING = ("Train 1 iteration", "Train 10 iterations", "Train 100 iterations", "Compare with this run",
            "Switch to this run", "Stop comparing", "Go")  # fmt: skip
HAS_SETTLED = """() => {
    const {ready, waiting} = document.documentElement.dataset;
    const isTraining = !document.getElementById("train-cancel")?.hidden;
    const isPlaying = document.getElementById("play").textContent === "Pause";
    return ready !== undefined && waiting === undefined && !isTraining && !isPlaying;
}"""
A_WHILE = "() => new Promise((done) => { setTimeout(done, 200); })"
LOST = re.compile(
    "failed: |console error: (Failed to load resource: net::ERR_FAILED|Error: Callback failed: the server)"
)
MOST_FRAMES = 1500


class NothingThereError(Exception):
    """Nothing of what was looked for is in sight."""


class Walk:
    """A visitor who does one thing after the other at random; ``trail`` has what was done."""

    def __init__(self, visit: Visit, seed: int) -> None:
        self.visit, self.page, self.random = visit, visit.page, Random(seed)
        self.trail: list[str] = []
        self._held: list[Route] = []
        self._line = "good"
        self.page.route(ENGINE, self._carry)
        self._in_place: tuple[Callable[[], str], ...] = (
            *(self.press,) * 4, *(self.key,) * 3, *(self.slide,) * 2, *(self.type,) * 4, self.choose, self.act,
            self.pick_a_row, self.train,
        )  # fmt: skip
        self._all = (
            *self._in_place * 2, self.resize, self.dress, self.reload, self.go_back, self.go_forward, self.fold,
            self.go_to_a_lesson, self.on_a_slow_line, self.on_a_broken_line,
        )  # fmt: skip

    def go(self) -> None:
        """Do one thing, and wait until all that comes of it is there."""
        self.trail.append(self._do(self._all))
        self.settle()

    def settle(self) -> None:
        """Let requests go and end Play, until nothing that the page has begun is under way."""
        for _ in range(MOST_FRAMES):
            while self._held:
                self._held.pop(0).continue_()
            if self.page.evaluate(HAS_SETTLED):
                return
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
            if self.page.locator("#play", has_text="Pause").count() and self.random.random() < 0.02:
                self.page.locator("#play").click(force=True)
        raise AssertionError("the page does not settle")

    # What a person does

    def press(self) -> str:
        button = self._any("#player .buttons button")
        name = button.inner_text()
        button.click(force=True)
        return f"presses {name}"

    def key(self) -> str:
        key = self.random.choice(KEYS)
        self.page.keyboard.press(key)
        return f"key {key!r}"

    def slide(self) -> str:
        slider = self._any("#step, [data-moves]")
        low, high = (float(slider.get_attribute(name) or 0) for name in ("min", "max"))
        to = self.random.randint(int(low), int(high))
        slider.fill(str(to))
        return f"slides to {to}"

    def type(self) -> str:
        field = self._any("#panels input[type=text][data-field]")
        text, leaving = self.random.choice(TEXTS), self.random.choice(LEAVING)
        name = field.get_attribute("id")
        field.fill(text)
        if leaving:
            self.page.keyboard.press(leaving)
        return f"types {text!r} into {name}, {leaving or 'stays'}"

    def choose(self) -> str:
        field = self._any("#panels select[data-field], #preset")
        name, options = field.get_attribute("id"), field.locator("option:not([disabled])")
        option = options.nth(self.random.randrange(options.count())).get_attribute("value")
        field.select_option(option)
        return f"chooses {option} in {name}"

    def act(self) -> str:
        button = self._any("#panels button[data-action]")
        name = button.get_attribute("data-action")
        button.click()
        return f"presses {name}"

    def pick_a_row(self) -> str:
        row = self._any("#table tr[data-row] button, #close-chain, #check, [data-sample]")
        row.click()
        return "picks a row"

    def train(self) -> str:
        name = self.random.choice(TRAINING)
        button = self.page.locator("#training button:visible").get_by_text(name, exact=True)
        if not button.count():
            button = self.page.get_by_role("button", name=name, exact=True)
        if not button.count() or not button.first.is_visible():
            return f"no {name}"
        if name == "Go":
            self.page.locator("#train-goto").fill(self.random.choice(("1", "5", "11", "x")))
        button.first.click()
        return f"presses {name}"

    def fold(self) -> str:
        summary = self._any("summary")
        summary.click()
        return "folds"

    def resize(self) -> str:
        name = self.random.choice(sorted(SIZES))
        self.page.set_viewport_size(SIZES[name])
        return f"has a {name}"

    def dress(self) -> str:
        theme = self.random.choice(("light", "dark", "system"))
        self._any("#theme").select_option(theme)
        return f"has it {theme}"

    def reload(self) -> str:
        self._leave(self.page.reload)
        return "reloads"

    def go_back(self) -> str:
        if not self.page.evaluate("() => navigation.canGoBack"):
            return "cannot go back"
        self._leave(self.page.go_back)
        return "goes back"

    def go_forward(self) -> str:
        if not self.page.evaluate("() => navigation.canGoForward"):
            return "cannot go forward"
        self._leave(self.page.go_forward)
        return "goes forward"

    def go_to_a_lesson(self) -> str:
        link = self._any("header nav a")
        name = link.inner_text()
        self._leave(link.click)
        return f"goes to {name}"

    def on_a_slow_line(self) -> str:
        """Do some things while each answer waits."""
        self._line = "slow"
        done = [self._do(self._in_place) for _ in range(self.random.randint(1, 3))]
        self._line = "good"
        return f"on a slow line: {', '.join(done)}"

    def on_a_broken_line(self) -> str:
        """Do something to which no answer comes at first."""
        self._line = "broken"
        done = self._do(self._in_place)
        self.page.evaluate(A_WHILE)
        self._line = "good"
        self.page.evaluate("() => dispatchEvent(new Event('online'))")
        self.settle()
        self.visit.problems[:] = [problem for problem in self.visit.problems if not LOST.match(problem)]
        return f"on a broken line: {done}"

    def _carry(self, route: Route) -> None:
        """Let a request go, or wait, or be lost."""
        if self._line == "slow":
            self._held.append(route)
        elif self._line == "broken":
            route.abort()
        else:
            route.continue_()

    def _leave(self, away: Callable[[], Any]) -> None:
        """Go where the page is loaded anew, or is another one."""
        self.visit.is_leaving = True
        away()
        self.visit.ready()
        self.visit.is_leaving = False

    def _any(self, selector: str) -> Locator:
        """Return one of what is in sight. Raises NothingThereError where nothing is."""
        found = self.page.locator(":is(" + selector + "):visible")
        if count := found.count():
            return found.nth(self.random.randrange(count))
        raise NothingThereError(selector)

    def _do(self, things: Sequence[Callable[[], str]]) -> str:
        """Do one of the things, and return what that was."""
        try:
            return self.random.choice(things)()
        except NothingThereError as lacking:
            return f"finds no {lacking}"
