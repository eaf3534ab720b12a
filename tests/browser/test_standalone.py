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


def test_an_iteration_steps_in_a_file_of_its_own(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "iteration.html"
    file.write_text(nnviz.to_html(STEP_BY_STEP.trace()), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    status, following = page.get_by_role("status"), page.get_by_role("button", name="Next step")
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()
    for _ in range(3):
        following.click()
    expect(page.get_by_role("heading", level=2)).to_have_text("The prediction ŷ")
    expect(status).to_contain_text("0.191")
    expect(page.locator("#picture")).to_contain_text("0.191")
    expect(page.locator("#picture")).not_to_contain_text("0.327")
    page.keyboard.press("End")
    expect(page.get_by_role("row", name="w1")).to_contain_text("0.121326")
    expect(following).to_be_disabled()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#meta")).to_have_text("check · step 22 of 23")
    page.get_by_label("Step").fill("5")
    expect(page.locator("#picture")).to_contain_text("−0.809")
    assert page.url.endswith("#5")
    page.reload()
    expect(page.locator("#meta")).to_have_text("backward · step 5 of 23")
    assert set(asked) == {file.as_uri()}
    page.close()
