"""A visit: what a person does on the page and sees there, by accessible names."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, ViewportSize, expect
from playwright.sync_api import TimeoutError as TooLateError

WEIGHTS = ("w1", "w2", "w3", "w4", "w5", "w6")
LABELS = (*WEIGHTS, "x1", "x2", "target", "learning rate")
KEYS = {"target": "target", "learning rate": "rate"}  # in the address
FORWARD_END, END = 4, 23
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
SIZES: dict[str, ViewportSize] = {
    "phone": PHONE,
    "small phone": {"width": 360, "height": 640},
    "tablet": {"width": 768, "height": 1024},
    "zoomed to 200 %": {"width": 720, "height": 450},
    "laptop": {"width": 1280, "height": 720},
}
# A CSV of so many rows that no link holds them.
MANY_ROWS = 260
MUCH_DATA = "\n".join(f"{number / 7!r},{number / 11!r},{number % 2}" for number in range(MANY_ROWS))
EXCESS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

PIXEL = """(graph, keys) => {
    const {x, y, customdata} = graph.data.find((trace) => trace.name === "nodes");
    const {xaxis, yaxis} = graph._fullLayout, box = graph.getBoundingClientRect();
    const scale = box.width / graph.offsetWidth;
    const [own, ...ends] = keys, spots = customdata.includes(own) ? [own] : ends;
    const [start, end] = [spots[0], spots.at(-1)].map((key) => customdata.indexOf(key));
    const along = (values) => values[start] + 0.28 * (values[end] - values[start]);
    const at = [xaxis._offset + xaxis.l2p(along(x)), yaxis._offset + yaxis.l2p(along(y))];
    return [box.x + scale * at[0], box.y + scale * at[1]];
}"""
IS_AT = "(pattern) => new RegExp(pattern).test(location.href)"
STILL = "(graph) => !graph._transitioning"
POINTED = """(graph) => {
    const {x, y, marker} = graph.data.find((trace) => trace.name === "pointed at");
    return marker.opacity ? {x: [...x], y: [...y], size: marker.size} : {x: [], y: [], size: 0};
}"""


# Follows a link to the same page without loading it, as the browser's Back and Forward do.
FOLLOW = """(query) => {
    history.pushState(null, "", location.pathname + query);
    dispatchEvent(new PopStateEvent("popstate"));
}"""
SETTLED = """() => new Promise((done) => {
    const root = document.documentElement, isSettled = () => !root.dataset.ready || !("waiting" in root.dataset);
    const look = () => (isSettled() ? done() : requestAnimationFrame(look));
    look();
})"""
# The address is written at most 60 milliseconds after the step is painted, by a timer that is set before this one's.
WRITTEN = """() => new Promise((done) => {
    const {href} = location;
    setTimeout(done, 100);
    const look = () => (location.href !== href ? done() : requestAnimationFrame(look));
    look();
})"""
# What the address does not hold is put back to what it is after a load.
PUT_BACK = """() => {
    document.activeElement.blur();
    if (location.protocol.startsWith("http")) localStorage.removeItem("nnviz-practice");
    document.querySelector("dialog[open]")?.close();
    document.querySelector("#rail[aria-expanded=true]")?.click();
    document.querySelector("[data-presenting] #present")?.click();
    for (const fold of document.querySelectorAll("details[open]")) fold.open = false;
    const typed = "#train-card input, #csv, #numbers";
    for (const field of document.querySelectorAll(typed)) field.value = field.defaultValue;
    for (const choice of document.querySelectorAll("#speed, #train-scale")) {
        choice.value = choice.id === "speed" ? "1" : "linear";
    }
    for (const place of document.querySelectorAll("*")) place.scrollTo({left: 0, top: 0, behavior: "instant"});
}"""


@dataclass
class Visit:
    """One visitor's page, and what went over the wire."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)  # what was posted before it was needed
    is_leaving: bool = False  # the page, which ends what it had asked for
    stays: bool = True  # whether another visitor may use the page
    tests: int = 0  # that have used it

    def open(self, query: str = "") -> "Visit":
        """Open the page by a link, whose query may have the path of a lesson before it; load it where it must be."""
        path, mark, search = query.partition("?")
        if self.page.url.partition("?")[0] != self.address + path:
            return self.load(query)
        self.page.evaluate(FOLLOW, mark + search)
        return self.ready()

    def settle(self) -> None:
        """Wait until nothing that the page has asked for is under way."""
        self.page.evaluate(SETTLED)

    def load(self, query: str = "") -> "Visit":
        """Load the page, by a link with that query, and wait until it can be used."""
        self.settle()
        self.is_leaving = True
        self.page.goto(self.address + query)
        self.is_leaving = False
        return self.ready()

    @property
    def can_stay(self) -> bool:
        """Whether the page is one of the app's, ready to be used by another visitor."""
        is_ours = self.page.url.startswith(self.address) and not self.page.is_closed()
        return self.stays and is_ours and self.page.locator("html[data-ready]").count() == 1

    def seen(self, theme: str, size: ViewportSize) -> "Visit":
        """Look at the page in another theme and size, before it is opened."""
        self.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        self.page.set_viewport_size(size)
        return self

    def put_back(self) -> None:
        """Put back what the address does not hold to what it is after a load."""
        self.page.mouse.move(0, 0)
        self.page.evaluate(PUT_BACK)

    def start_over(self) -> None:
        """Leave the page for another visitor."""
        self.page.unroute_all()
        self.page.emulate_media(media="screen", reduced_motion="no-preference", forced_colors="none")
        self.put_back()
        for heard in (self.problems, self.console, self.posts, self.ahead):
            heard.clear()

    def reload(self) -> "Visit":
        """Load the page again, once what is painted is in its address."""
        self.settle()
        self.page.evaluate(WRITTEN)
        self.is_leaving = True
        self.page.reload()
        self.is_leaving = False
        return self.ready()

    def ready(self) -> "Visit":
        """Wait until the first picture is painted."""
        self.page.locator("html[data-ready]").wait_for()
        return self

    def never_asks_ahead(self) -> None:
        """Let whatever the page asks before it needs it come to nothing, so that it asks when it does."""
        self.page.route("**/ahead", lambda route: route.abort())

    # What a person does

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, *names: str) -> None:
        """Click buttons, one after the other."""
        for name in names:
            self.button(name).click()

    def press_though_off(self, name: str) -> None:
        """Click a button that says that it is off."""
        self.button(name).click(force=True)

    def key(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def slider(self) -> Locator:
        return self.page.get_by_role("slider", name="Step", exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def type(self, label: str, text: str) -> None:
        """Type a text into a field, which may be behind the rail."""
        self.reveal(self.field(label))
        self.field(label).fill(text)

    def reveal(self, place: Locator) -> None:
        """Open the rail where the settings are behind it."""
        rail = self.page.locator("#rail[aria-expanded=false]")
        if rail.is_visible() and self.page.locator("#panels").filter(has=place).count():
            rail.click()

    def go(self, step: int, end: int = END) -> None:
        """Move the slider to a step, and wait until it is shown."""
        self.slider.fill(str(step))
        self.at(step, end=end)

    def choose(self, label: str, option: str) -> None:
        """Choose an option by its text."""
        self.field(label).select_option(label=option)

    def unfold(self, title: str) -> None:
        """Open what is folded away under a title."""
        summary = self.page.locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(title)}\s*$"))
        fold = summary.locator("..")
        self.reveal(fold)
        if fold.get_attribute("open") is None:
            summary.click()

    # What a person sees

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    def says(self, *texts: str) -> None:
        """The step's sentence has these texts."""
        for text in texts:
            expect(self.status).to_contain_text(text)

    def has_result(self, number: str) -> None:
        """The step's sentence ends its equation with this number."""
        expect(self.status).to_contain_text(re.compile(rf"[=≈] {re.escape(number)}\.(?:\s|$)"))

    def at(self, step: int, iteration: int = 1, end: int = END) -> None:
        """The page shows this step of this iteration of so many steps, everywhere where it says so."""
        place = "not begun" if step == 0 else f"step {step} of {end}"
        expect(self.page.locator("#meta")).to_have_text(re.compile(rf"^Iteration {iteration} · .*{place}"))
        expect(self.slider).to_have_value(str(step))

    def is_off(self, name: str, reason: str = "") -> None:
        """The button is off, and says why."""
        expect(self.button(name)).to_have_attribute("aria-disabled", "true")
        if reason:
            expect(self.button(name)).to_have_attribute("title", re.compile(reason))
            expect(self.button(name)).to_have_attribute("aria-describedby", "hint")

    def is_on(self, name: str) -> None:
        expect(self.button(name)).to_have_attribute("aria-disabled", "false")

    @property
    def notice(self) -> Locator:
        return self.page.locator("#notice")

    @property
    def chain(self) -> Locator:
        return self.page.get_by_role("region", name="Chain rule", exact=True)

    def row(self, weight: str) -> Locator:
        header = self.page.get_by_role("rowheader", name=weight, exact=True)
        return self.page.locator("#weights tbody tr").filter(has=header)

    def cells(self, weight: str) -> dict[str, str]:
        """Return the texts of a weight's row by the columns' headers."""
        headers = self.page.get_by_role("columnheader").all_inner_texts()
        texts = self.row(weight).locator("th, td").all_inner_texts()
        return dict(zip(headers, texts, strict=True))

    @property
    def graph(self) -> Locator:
        return self.page.locator("#network .js-plotly-plot")

    def in_network(self, key: str) -> tuple[float, float]:
        """Return where on the screen a node or a box is drawn, or a spot on an edge that is clear of its label."""
        self.graph.scroll_into_view_if_needed()
        self.page.wait_for_function(STILL, arg=self.graph.element_handle())
        part, layer, unit, source = key.split("-")
        ends = [f"neuron-{int(layer) - 1}-{source}-0", f"neuron-{layer}-{unit}-0"] if part == "weight" else []
        x, y = self.graph.evaluate(PIXEL, [key, *ends])
        return x, y

    def point_in_network(self, key: str) -> None:
        """Point at a place until the page tells of it: a hand is never quite still, and the picture may be redrawn."""
        tip = self.page.locator("#tip")
        for _ in range(30):
            x, y = self.in_network(key)
            self.page.mouse.move(x - 3, y)
            self.page.mouse.move(x, y, steps=3)
            try:
                expect(tip).to_be_visible(timeout=500)
            except AssertionError:
                continue
            return
        expect(tip).to_be_visible()

    def pointed_in_network(self) -> dict[str, Any]:
        """Return what the network marks as pointed at."""
        marked: dict[str, Any] = self.graph.evaluate(POINTED)
        return marked

    def texts_in_network(self) -> str:
        """Return all that is written in the network."""
        return " ".join(self.graph.locator("text").all_text_contents())

    @property
    def url(self) -> str:
        """The address, once what is painted is in it."""
        self.page.evaluate(WRITTEN)
        return self.page.url

    def link(self) -> dict[str, str]:
        """Return what the address holds, once what is painted is in it."""
        found = parse_qs(urlsplit(self.url).query, keep_blank_values=True)
        assert all(len(values) == 1 for values in found.values()), found
        return {name: values[0] for name, values in found.items()}

    def link_has(self, **values: str) -> None:
        """The address comes to hold these values."""
        for name, value in values.items():
            self.is_at(re.compile(rf"[?&]{name}={re.escape(value)}(&|$)"))

    def is_at(self, address: re.Pattern[str]) -> None:
        """The address comes to be like this one."""
        try:
            self.page.wait_for_function(IS_AT, arg=address.pattern)
        except TooLateError:
            assert address.search(self.page.url), (self.page.url, address.pattern)

    def everything(self) -> dict[str, object]:
        """Return all that the screen shows, to compare it with another."""
        places = ("#meta", "#title", "#formula", "#sentence", "#exact", "#hint", "#weights", "#notice-text")
        texts = {place: self.page.locator(place).inner_text() for place in places}
        fields = {label: self.field(label).input_value() for label in LABELS}
        return {**texts, **fields, "network": self.texts_in_network(), "slider": self.slider.input_value()}
