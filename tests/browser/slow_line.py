"""A line on which each request waits until the test lets it go."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Route

from tests.browser.visit import Visit

ENGINE = "**/_dash-update-component*"


class SlowLine:
    """A line on which each request waits until the test lets it go."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._held = visit, list[Route]()

    def hold(self, route: Route) -> None:
        self._held.append(route)

    def holds(self, count: int = 1) -> None:
        """Wait until that many requests are under way, and see that there are no more."""
        for _ in range(600):
            if len(self._held) >= count:
                break
            self._visit.page.evaluate("() => new Promise(requestAnimationFrame)")
        assert len(self._held) == count

    def let_go(self) -> None:
        """Let the request that has waited longest go, as soon as it is under way."""
        if not self._held:
            self.holds()
        self._held.pop(0).continue_()


@contextmanager
def slow_line(visit: Visit) -> Iterator[SlowLine]:
    line = SlowLine(visit)
    visit.page.route(ENGINE, line.hold)
    yield line
    visit.page.unroute(ENGINE)
