"""A figure that was saved on its own, opened without a server."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import nnviz
from tests.browser.axe import violations
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


def opened(browser: Browser, folder: Path, iteration: nnviz.Iteration, width: int = 1366, height: int = 641) -> Page:
    """Return the page of an iteration's file."""
    file = folder / "iteration.html"
    file.write_text(nnviz.to_html(iteration), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(file.as_uri())
    expect(page.locator("html")).to_have_attribute("data-begun", "yes")
    return page


def test_an_iteration_steps_in_a_file_of_its_own(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, STEP_BY_STEP.trace())
    status, forward = page.get_by_role("status"), page.get_by_role("button", name="Forward")
    expect(page.get_by_role("button", name="Previous")).to_have_attribute("aria-disabled", "true")
    for _ in range(3):
        forward.click()
    expect(page.get_by_role("heading", level=2)).to_have_text("The prediction ŷ")
    expect(status).to_contain_text("0.191")
    expect(page.locator("#picture")).to_contain_text("0.191")
    expect(page.locator("#picture")).not_to_contain_text("0.327")
    page.keyboard.press("End")
    expect(page.get_by_role("row", name="w1")).to_contain_text("0.121326")
    expect(page.locator("#hint")).to_contain_text("there is one iteration in this file")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#meta")).to_have_text("Iteration 1 · check · step 22 of 23")
    page.get_by_label("Step", exact=True).fill("5")
    expect(page.locator("#picture")).to_contain_text("−0.809")
    assert page.url.endswith("#5")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator("#meta")).to_have_text("Iteration 1 · backward · step 5 of 23")
    page.get_by_role("button", name="w1").click()
    expect(page.get_by_role("region", name="Chain rule")).to_contain_text("The chain rule of w1")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="The chain rule of w1")).to_be_hidden()
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#meta")).to_have_text("Iteration 1 · backward · step 7 of 23")
    page.get_by_role("button", name="Pause").click()
    assert [url.partition("#")[0] for url in asked] == [(tmp_path / "iteration.html").as_uri()]
    page.close()


@pytest.mark.parametrize("size", [(360, 640), (640, 360), (820, 1180), (1366, 641), (1920, 940)], ids=str)
def test_the_file_has_all_in_one_sight_and_nothing_for_axe(
    browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    width, height = size
    page = opened(browser, tmp_path, STEP_BY_STEP.trace(), width=width, height=height)
    page.keyboard.press("End")
    for part in ("#sketch", "#forward", "#backward", "#title"):
        box = page.locator(part).bounding_box()
        assert box, part
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= width, part
        assert box["y"] + box["height"] <= height, part
    is_whole = "node => node.scrollWidth <= node.clientWidth && node.scrollHeight <= node.clientHeight"
    assert page.locator("#picture").evaluate(is_whole)
    expect(page.locator("#picture")).to_contain_text("0.327")  # E, with as many digits as there is room for
    assert not violations(page)
    page.close()


def test_a_phone_that_is_turned_keeps_the_step_in_a_picture_for_its_room(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, STEP_BY_STEP.trace())
    page.get_by_label("Step", exact=True).fill("7")
    room = page.locator("#picture").get_attribute("data-room")
    page.set_viewport_size({"width": 360, "height": 640})
    expect(page.locator("#picture")).not_to_have_attribute("data-room", room or "")
    expect(page.locator("#meta")).to_have_text("Iteration 1 · backward · step 7 of 23")
    expect(page.locator("#picture")).to_contain_text("∂ −0.39")  # ∂E/∂w6, as short as a phone needs it
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#picture")).not_to_contain_text("∂ −0.39")
    page.close()


def test_what_is_pressed_before_the_script_runs_counts(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, STEP_BY_STEP.trace())
    file = tmp_path / "iteration.html"
    html = file.read_text(encoding="utf-8")
    press = '<script>document.getElementById("forward").click();</script>'
    file.write_text(html.replace('<script type="module">', press * 2 + '<script type="module">'), encoding="utf-8")
    page.reload()
    expect(page.locator("#meta")).to_have_text("Iteration 1 · forward · step 2 of 23")
    page.close()
