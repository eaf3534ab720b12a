"""What axe-core finds wrong on a page, or in a part of it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

SCRIPT = Axe().axe_script
RUN = """async (part) => {
    const {violations, passes} = await axe.run(part ?? document, {resultTypes: ["violations"]});
    return {
        passes: passes.length,
        found: violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 150)}`)),
    };
}"""


def violations(page: Page | Frame, part: str | None = None) -> list[str]:
    """Return what is wrong on the page, or within the places of a selector: the rule, and the element."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(SCRIPT)
    results = page.evaluate(RUN, part)
    assert results["passes"]
    found: list[str] = results["found"]
    return found
