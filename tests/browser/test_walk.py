"""Random walks through a whole visit: after each thing that is done, the screen is what its address says."""

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.browser.conftest import TIME_BUDGET, watch
from tests.browser.expected import differences
from tests.browser.visit import DESKTOP, Visit
from tests.browser.walk import Walk

SEEDS, STEPS = (10, 100) if settings.get_current_profile_name() == "long" else (1, 30)
UNFOLD = "() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }"
MOST_FRAMES = 300


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_screen_is_always_what_its_address_says(browser: Browser, address: str, seed: int) -> None:
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(TIME_BUDGET)
    visit = Visit(context.new_page(), address)
    watch(visit)
    visit.load().page.evaluate(UNFOLD)
    walk = Walk(visit, seed)
    for _ in range(STEPS):
        walk.go()
        for _ in range(MOST_FRAMES):
            if not (found := differences(walk.page)):
                break
            walk.page.evaluate("() => new Promise(requestAnimationFrame)")
        assert found == [], walk.trail
        assert visit.problems == [], walk.trail
    context.close()


def test_a_number_is_shown_as_it_was_typed_until_its_field_is_left(visit: Visit) -> None:
    visit.type("learning rate", "0,40")
    visit.key("Enter")
    visit.link_has(rate="0.4")
    visit.settle()
    assert visit.field("learning rate").input_value() == "0,40"
    visit.button("Forward").focus()
    assert visit.field("learning rate").input_value() == "0.4"
