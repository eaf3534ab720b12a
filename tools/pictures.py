"""Takes the README's pictures from the running app: python -m tools.pictures."""

from pathlib import Path

from playwright.sync_api import Browser

from tools.stage import READY, ROOT, chromium, served_app

PICTURES = ROOT / "pictures"
VISITS = {
    "network-light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light", "step": 10},
    "network-dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark", "step": 23},
    "network-phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light", "step": 10},
}


def take(browser: Browser, address: str, name: str, folder: Path) -> None:
    """Photograph a step as it looks on a screen of that size and theme."""
    visit = dict(VISITS[name])
    step = visit.pop("step")
    page = browser.new_page(**visit)
    page.goto(address)
    page.locator(READY).wait_for()
    page.get_by_role("slider", name="Step").fill(str(step))
    page.locator("#meta", has_text=f"step {step} of").wait_for()
    page.evaluate("() => new Promise((done) => setTimeout(done, 500))")
    page.screenshot(path=folder / f"{name}.png")
    page.close()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with served_app() as app, chromium() as shown:
        for picture in VISITS:
            take(shown, app, picture, PICTURES)
