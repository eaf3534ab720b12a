"""A figure that was saved on its own, opened without a server."""

from pathlib import Path

from playwright.sync_api import Browser, expect

import nnviz
from tests.examples import STEP_BY_STEP


def test_a_saved_figure_plays_and_offers_no_upload(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "iteration.html"
    nnviz.figure(STEP_BY_STEP.trace()).write_html(file, auto_play=False)
    page = browser.new_page()
    page.goto(file.as_uri())
    bar = page.locator(".modebar-btn")
    expect(bar.first).to_be_attached()
    titles = bar.evaluate_all("buttons => buttons.map((button) => button.dataset.title)")
    assert not [title for title in titles if "Share" in title or "cloud" in title.lower()], titles
    page.locator(".updatemenu-button", has_text="Play").click()
    expect(page.locator(".js-plotly-plot")).to_contain_text("0.85")
    page.close()
