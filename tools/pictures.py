"""Takes the README's pictures from the running app: python -m tools.pictures."""

from pathlib import Path

from playwright.sync_api import Browser

from tools import ROOT
from tools.stage import READY, chromium, served_app

PICTURES = ROOT / "pictures"
LAPTOP, PROJECTOR, PHONE = (
    {"viewport": {"width": width, "height": height}} for width, height in ((1366, 700), (1920, 940), (360, 740))
)
VISITS = {
    "network-light": LAPTOP | {"color_scheme": "light", "step": 10},
    "network-dark": PROJECTOR | {"color_scheme": "dark", "step": 23},
    "network-phone": PHONE | {"color_scheme": "light", "step": 10},
    "matrices-light": LAPTOP
    | {
        "color_scheme": "light",
        "query": "?preset=xor-learns&notation=indexed&sample=3",
        "unfolded": ("matrices-fold",),
        "step": 27,
    },
    "training-light": LAPTOP
    | {
        "color_scheme": "light",
        "query": "?preset=xor-learns&sample=2&iteration=1001&trained=1001",
        "unfolded": ("learned-fold", "ground-fold"),
        "step": 12,
    },
    "descent-light": LAPTOP | {"color_scheme": "light", "query": "gradient-descent?iteration=3", "step": 3},
    "sigmoid-dark": LAPTOP | {"color_scheme": "dark", "query": "sigmoid", "step": 24},
}


def take(browser: Browser, address: str, name: str, folder: Path) -> None:
    """Photograph a step as it looks on a screen of that size and theme."""
    visit = dict(VISITS[name])
    step, query, unfolded = visit.pop("step"), visit.pop("query", ""), visit.pop("unfolded", ())
    page = browser.new_page(**visit)
    page.goto(address + query)
    page.locator(READY).wait_for()
    if "trained=" in query:  # which the page comes to by itself
        page.locator("#meta", has_text="Iteration 1,001").wait_for()
    for fold in unfolded:
        page.locator(f"#{fold} summary").click()
    page.get_by_role("slider", name="Step").fill(str(step))
    page.locator("#meta", has_text=f"step {step} of").wait_for()
    page.evaluate("() => new Promise((done) => setTimeout(done, 500))")
    page.evaluate("() => window.scrollTo(0, 0)")
    page.screenshot(path=folder / f"{name}.png", full_page=bool(unfolded))
    page.close()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with served_app() as app, chromium() as shown:
        for picture in VISITS:
            take(shown, app, picture, PICTURES)
