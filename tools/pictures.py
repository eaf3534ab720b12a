"""Takes the README's pictures from the running app: python -m tools.pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize

from tools import ROOT
from tools.stage import READY, chromium, served_app

PICTURES = ROOT / "pictures"
LAPTOP: ViewportSize = {"width": 1366, "height": 700}
PROJECTOR: ViewportSize = {"width": 1920, "height": 940}
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass(frozen=True)
class View:
    """What is photographed: a step of an address, with folds that are open, on a screen of a size and a theme.

    ``typed`` are numbers of somebody who practises, by their symbols, which are checked.
    """

    size: ViewportSize
    theme: Literal["light", "dark"]
    step: int
    query: str = ""
    unfolded: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)


VIEWS = {
    "network-light": View(LAPTOP, "light", 10),
    "network-dark": View(PROJECTOR, "dark", 23),
    "network-phone": View(PHONE, "light", 10),
    "matrices-light": View(
        LAPTOP, "light", 27, "?preset=xor-learns&notation=indexed&sample=3", unfolded=("matrices-fold",)
    ),
    "graph-light": View(LAPTOP, "light", 18, "?preset=mazur&diagram=graph"),
    "training-light": View(
        LAPTOP,
        "light",
        12,
        "?preset=xor-learns&sample=2&iteration=1001&trained=1001",
        unfolded=("predictions-fold", "loss-surface-fold"),
    ),
    "practice-light": View(
        LAPTOP,
        "light",
        3,
        "?practice=iteration",
        typed={"h1": "0,85", "h2": "0.48", "ŷ": "0.191", "E": "0.654", "∂E/∂ŷ": "-0.809", "∂E/∂w5": "-0.809·0.48"},
    ),
    "descent-light": View(LAPTOP, "light", 3, "gradient-descent?iteration=3"),
    "sigmoid-dark": View(LAPTOP, "dark", 24, "sigmoid"),
}


def take(browser: Browser, address: str, name: str, folder: Path) -> None:
    """Photograph a step as it looks on a screen of that size and theme."""
    view = VIEWS[name]
    page = browser.new_page(viewport=view.size, color_scheme=view.theme)
    page.goto(address + view.query)
    page.locator(READY).wait_for()
    if "trained=" in view.query:  # which the page comes to by itself
        page.locator("#meta", has_text="Iteration 1,001").wait_for()
    for fold in view.unfolded:
        page.locator(f"#{fold} > summary").click()
    for symbol, number in view.typed.items():
        page.get_by_label(symbol, exact=True).fill(number)
    if view.typed:
        page.get_by_role("button", name="Check", exact=True).click()
        page.locator("#practice .wrong").first.wait_for()
    page.get_by_role("slider", name="Step").fill(str(view.step))
    page.locator("#meta", has_text=f"step {view.step} of").wait_for()
    page.evaluate("() => new Promise((done) => setTimeout(done, 500))")
    page.evaluate("() => window.scrollTo(0, 0)")
    page.screenshot(path=folder / f"{name}.png", full_page=bool(view.unfolded))
    page.close()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with served_app() as app, chromium() as shown:
        for picture in VIEWS:
            take(shown, app, picture, PICTURES)
