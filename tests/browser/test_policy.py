"""Under the true policy for scripts, which evaluates none, each lesson shows all that it has, with all files or few."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from nnviz.web.registry import ENTRIES
from tests.browser.conftest import TIME_BUDGET, watch
from tests.browser.training import CHART, LEARNS, reaches, train
from tests.browser.visit import Visit
from tools.stage import served_app

WITHOUT_NPM = """
from nnviz.__main__ import main
from nnviz.web import static_files
static_files.NODE_MODULES /= "nothing"
main()
"""
HEAR = """document.addEventListener("securitypolicyviolation", ({violatedDirective, sourceFile}) =>
    console.error(`policy: ${violatedDirective} ${sourceFile}`));"""
EVALUATE = "() => new Promise((done) => { setTimeout('document.title = 1'); setTimeout(done, 0); })"


@contextmanager
def strict_visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Yield a visit to a page of its own, which hears of each violation; nothing may have gone wrong when it ends."""
    context = browser.new_context()
    context.set_default_timeout(TIME_BUDGET)
    context.add_init_script(HEAR)
    visit = Visit(context.new_page(), address)
    watch(visit)
    yield visit
    context.close()
    assert visit.problems == []


@pytest.fixture(params=["with npm", "without npm"], scope="module")
def served(request: pytest.FixtureRequest, address: str) -> Iterator[str]:
    """Serve the app with the smallest files, and with the modules as they are and the whole of Plotly."""
    if request.param == "with npm":
        yield address
    else:
        with served_app("-c", WITHOUT_NPM) as other:
            yield other


def test_a_text_is_not_run_as_a_script_and_that_is_reported(browser: Browser, address: str) -> None:
    with strict_visit(browser, address) as visit:
        visit.load().page.evaluate(EVALUATE)
        expect(visit.page).not_to_have_title("1")
        assert any(problem.startswith("console error: policy: script-src") for problem in visit.problems)
        visit.problems.clear()


def test_all_lessons_step_from_end_to_end(browser: Browser, address: str) -> None:
    with strict_visit(browser, address) as visit:
        for entry in ENTRIES:
            visit.load(entry.path.removeprefix("/"))
            visit.press("Forward")
            visit.key("End", "ArrowLeft")
            expect(visit.page.locator("#meta")).to_have_text(re.compile(r"step [1-9]\d* of"))
            expect(visit.graph.locator("text").first).to_be_attached()
            visit.page.locator("#theme").select_option("dark")


def test_training_predictions_loss_surface_and_comparing_are_drawn(browser: Browser, served: str) -> None:
    with strict_visit(browser, served) as visit:
        visit.load(LEARNS)
        for fold in ("Training", "What was learned", "Loss surface"):
            visit.unfold(fold)
        train(visit, 100)
        reaches(visit, 101)
        expect(visit.page.locator("#predictions .contour image").first).to_be_attached()
        expect(visit.page.locator("#loss-surface .contour path").first).to_be_attached()
        visit.page.locator("#loss-surface .nsewdrag").first.hover()
        visit.press("Compare with this run")
        visit.type("learning rate", "3")
        visit.link_has(rate="3")
        train(visit, 100)
        reaches(visit, 101)
        expect(visit.page.locator(f"{CHART} .legendtext")).to_have_count(2)
        expect(visit.page.locator("#other-card svg text").first).to_have_text(re.compile("."))
