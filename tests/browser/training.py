"""Training, as a visitor sees it: its words, its curve, its weights, and where it is."""

import re
from typing import Any

from playwright.sync_api import expect

import nnviz
from nnviz.presets import PRESETS
from tests.browser.conftest import Visitor
from tests.browser.visit import Visit

LEARNS, END = "?preset=xor-learns", 51
CHART = "#losses .js-plotly-plot"


def weights_after(preset: str, updates: int, rate: float | None = None) -> list[str]:
    """Return the weights and biases after so many updates, as the page shows them, in the order of the table."""
    p = PRESETS[preset]
    network = nnviz.train(p.network, p.inputs, p.targets, rate or p.learning_rate, updates).network
    shown = []
    for layer in network.layers:
        assert layer.vector is not None
        for row, bias in zip(layer.matrix, layer.vector, strict=True):
            shown += [float(f"{number:.7g}") for number in (*row, bias)]
    return [repr(number).removesuffix(".0").replace("-", "−").replace("e−0", "e−") for number in shown]


def shows_weights(visit: Visit, expected: list[str]) -> None:
    """The table has these weights and biases."""
    for row, number in enumerate(expected):
        expect(visit.page.locator("#weights tbody tr").nth(row).locator("td").first).to_have_text(number)


def learner(visitor: Visitor, query: str = LEARNS, **options: Any) -> Visit:
    visit = visitor(**options).open(query)
    visit.unfold("Training")
    return visit


def live(visit: Visit, pattern: str) -> None:
    """Training is under way, and says where."""
    expect(visit.page.locator("#train-live")).to_have_text(re.compile(pattern))


def words(visit: Visit, pattern: str) -> None:
    expect(visit.page.locator("#train-words")).to_have_text(re.compile(pattern))


def curve(visit: Visit, number: int = 0) -> dict[str, Any]:
    """Return a line of the chart."""
    found: dict[str, Any] = visit.page.locator(CHART).evaluate(
        "(graph, n) => ({x: [...graph.data[n].x], y: [...graph.data[n].y], name: graph.data[n].name})", number
    )
    return found


def has_no_curve(visit: Visit) -> None:
    visit.page.wait_for_function("(id) => document.querySelector(id).data[0].x.length === 0", arg=CHART)
    words(visit, "^$")


def ignore_lost_requests(visit: Visit) -> None:
    """A request that the visitor or the test has cut off is no fault of the page."""
    lost = ("ERR_ABORTED", "ERR_FAILED", "Callback failed: the server did not respond", "Failed to fetch")
    visit.problems[:] = [problem for problem in visit.problems if not any(sign in problem for sign in lost)]


def reaches(visit: Visit, iteration: int, end: int = END) -> None:
    """Training has stopped, and everything speaks of this iteration."""
    expect(visit.button("Train")).to_be_visible()
    expect(visit.page.locator("#meta")).to_have_text(re.compile(rf"^Iteration {iteration:,} · not begun · {end} steps"))
    visit.link_has(iteration=str(iteration), step="0")


def words_stay(visit: Visit, pattern: str) -> None:
    """What training came to is still said when the chart has been drawn anew."""
    words(visit, pattern)
    visit.choose("scale of E", "logarithmic")
    visit.page.wait_for_function("(id) => document.querySelector(id)._fullLayout.yaxis.type === 'log'", arg=CHART)
    words(visit, pattern)


def train(visit: Visit, count: int) -> None:
    visit.press(f"Train {count:,} iterations")


def slices(visit: Visit) -> int:
    """Return how many requests for training went over the wire."""
    return sum("train-request" in post for post in visit.posts)


def settled(visit: Visit) -> int:
    """Return the number of training requests once no more of them come."""
    visit.page.wait_for_load_state("networkidle")
    return slices(visit)
