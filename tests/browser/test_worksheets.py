"""Worksheets in a browser: on paper nothing is cut off, and the page that makes them is for everybody."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pypdf import PdfReader

import nnviz
from tests.browser.axe import violations
from tests.browser.visit import SIZES

OF_PAPER: ViewportSize = {"width": 688, "height": 900}  # A4 and Letter within their margins, 182 mm wide
CUT_OFF = """() => [...document.querySelectorAll(".paper *")].filter((part) => {
    const box = part.getBoundingClientRect();
    const isWider = !part.closest("svg") && part.clientWidth && part.scrollWidth > part.clientWidth + 1;
    return isWider || box.left < -1 || box.right > innerWidth + 1;
}).map((part) => part.outerHTML.slice(0, 100))"""
GREY = """async (svg) => {
    const side = 400, image = new Image(), canvas = new OffscreenCanvas(side, side).getContext("2d");
    const source = new XMLSerializer().serializeToString(svg)
        .replace("<svg ", `<svg width="${side}" height="${side}" `);
    image.src = URL.createObjectURL(new Blob([source], {type: "image/svg+xml"}));
    await image.decode();
    canvas.drawImage(image, 0, 0);
    return [...canvas.getImageData(0, 0, side, side).data].filter((_, at) => at % 4 === 0);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of its own."""
    context = browser.new_context(viewport=SIZES["laptop"])
    yield context.new_page()
    context.close()


def printed(page: Page, paper: str) -> list[str]:
    """Return the texts of the pages of what is printed, without blanks."""
    reader = PdfReader(BytesIO(page.pdf(format=paper, prefer_css_page_size=True)))
    return [re.sub(r"\s", "", one.extract_text()) for one in reader.pages]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_sheet_and_each_key_has_pages_of_its_own_with_all_of_it(page: Page, paper: str, tmp_path: Path) -> None:
    sheets = nnviz.Worksheets(
        (*nnviz.worksheet("2-2-1", 7, 2), *nnviz.worksheet("3-3-2", 7, 1, activation="tanh", blanks="gradients"))
    )
    for html, most in ((sheets.html, 2), (sheets.key_html, 4)):
        (tmp_path / "made.html").write_text(html, encoding="utf-8")
        page.goto((tmp_path / "made.html").as_uri())
        page.emulate_media(media="print")
        page.set_viewport_size(OF_PAPER)
        assert page.evaluate(CUT_OFF) == []
        texts = printed(page, paper)
        codes = [code for text in texts for code in re.findall(r"nnviz(\S*?-\d)(?=·|Name|Key)", text)]
        assert [code for code, _ in groupby(codes)] == [sheet.code for sheet in sheets]
        for sheet in sheets:
            own = [text for text, code in zip(texts, codes, strict=True) if code == sheet.code]
            assert len(own) <= most
            names = [step.name for steps in sheet.asked.values() for step in steps]
            assert [name for name in names if name not in "".join(own)] == []


def test_a_teacher_makes_sheets_and_a_student_opens_one_by_its_code(page: Page, address: str) -> None:
    page.goto(f"{address}worksheets")
    page.get_by_label("inputs-hidden-outputs").fill("2-1")
    page.get_by_label("how many sheets").fill("0")
    page.get_by_role("button", name="Make the sheets").click()
    count = page.get_by_label("how many sheets")
    expect(count).to_have_accessible_description("A whole number from 1 to 60 is allowed.")
    expect(page.get_by_label("inputs-hidden-outputs")).to_have_value("2-1")
    count.fill("2")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet")).to_have_count(2)
    grey = np.array(page.locator(".code svg").nth(1).evaluate(GREY), dtype=np.uint8)
    [code] = zxingcpp.read_barcodes(grey.reshape(400, 400))
    x1 = re.findall(r"[?&]x1=([\d.]+)", code.text)[0]
    expect(page.locator(".sheet .given").nth(1)).to_contain_text(f"x1 = {x1}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Moodle").click()
    assert download.value.suggested_filename == "worksheets-2-1.7-2.xml"
    assert not any("Make" in text for text in printed(page, "A4"))
    page.goto(page.locator(".address").nth(1).inner_text())
    expect(page.locator("#x1")).to_have_value(x1)


@pytest.mark.parametrize(("theme", "size"), [("light", "laptop"), ("dark", "phone")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, address: str, theme: str, size: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size(SIZES[size])
    for query in ("?count=2", "?sizes=9&loss=binary_cross_entropy&output=tanh"):
        page.goto(f"{address}worksheets{query}")
        assert violations(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
