"""Samples of one's own, and files: typed, pasted, opened, saved; nothing is lost to a slip."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.visit import MANY_ROWS, MUCH_DATA, Visit


def paste(page: Page, text: str) -> None:
    page.locator("#csv").fill(text)
    page.get_by_role("button", name="Use this CSV", exact=True).click()


def test_pasted_samples_are_used_and_each_can_be_shown(visit: Visit) -> None:
    visit.unfold("Data")
    paste(visit.page, "a;b;y\n2;3;1\n\n1,5;-1;0\n")
    visit.link_has(data="2%2C3%2C1%3B1.5%2C-1%2C0")
    expect(visit.page.locator("#meta")).to_contain_text("sample 1 of 2")
    visit.press("Show sample 2")
    expect(visit.page.locator("#meta")).to_contain_text("sample 2 of 2")
    expect(visit.field("a")).to_have_value("1.5")
    visit.press("Forward")
    visit.has_result("−0.045")  # 1.5·0.11 − 0.21


def test_the_only_sample_is_shown_already(visit: Visit) -> None:
    visit.unfold("Data")
    visit.go(3)
    visit.press("Show sample 1")
    visit.at(3)
    visit.has_result("0.191")


def test_samples_are_typed_into_a_table(visit: Visit) -> None:
    visit.unfold("Data")
    visit.press("Add a sample")
    expect(visit.page.locator("#row2-x1")).to_have_value("2")
    visit.page.locator("#row2-x1").fill("7")
    visit.link_has(data="2%2C3%2C1%3B7%2C3%2C1")
    expect(visit.field("x1")).to_have_value("7")
    visit.page.locator("#row1-target").fill("abc")
    expect(visit.page.locator("#row1-target-problem")).to_contain_text("Not a number")
    visit.page.locator("#row1-target").fill("1")
    visit.press("Remove this sample")
    expect(visit.page.locator("#row2-x1")).to_have_count(0)
    expect(visit.field("x1")).to_have_value("2")


def test_what_is_wrong_with_pasted_samples_is_said(visit: Visit) -> None:
    text = "1,2,3\n4,five,6"
    visit.go(3)
    visit.unfold("Data")
    paste(visit.page, text)
    expect(visit.page.locator("#csv-problem")).to_contain_text("Row 2, column 2")
    expect(visit.page.locator("#csv")).to_have_value(text)
    visit.at(3)
    visit.has_result("0.191")


def test_samples_come_from_a_file(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "samples.csv"
    file.write_text("x1,x2,y\n1,0,1\n0,1,0\n", encoding="utf-8")
    visit.unfold("Data")
    visit.page.locator("#csv-file").set_input_files(file)
    expect(visit.page.locator("#meta")).to_contain_text("sample 1 of 2")
    expect(visit.field("x2")).to_have_value("0")


def test_what_a_column_is_for_is_chosen_from_its_menu(visit: Visit) -> None:
    visit.unfold("Data")
    paste(visit.page, "no,size,weight,kind\n1,2,30,cat\n2,3,40,dog\n3,2.5,35,cat\n")
    expect(visit.page.locator("#csv-columns-problem")).to_contain_text("no is left out")
    visit.press("Use it so")
    kind, size, scale = (visit.field(name) for name in ("column kind", "column size", "inputs are"))
    expect(kind).to_have_value("class")
    expect(visit.notice).to_contain_text("size and weight are the inputs")
    expect(visit.page.locator("#csv")).to_have_value(re.compile("^# columns: -, input, input, class; scale: none\nno,"))
    size.focus()
    size.select_option("left out")
    expect(visit.field("weight")).to_have_value("30")
    expect(visit.notice).to_be_hidden()
    expect(size).to_be_focused()
    size.select_option("the class")
    expect(visit.page.locator("#column2-problem")).to_contain_text("here it is size and kind")
    expect(size).to_have_value("class")
    scale.select_option("scaled to 0 … 1")
    expect(visit.field("weight")).to_have_value("0")
    expect(size).to_have_value("class")
    kind.select_option("left out")
    expect(visit.page.locator("#column2-problem")).to_have_text("")
    visit.link_has(layers="2+identity+none%2C+3+softmax+none")
    visit.page.go_back()
    expect(kind).to_have_value("class")
    expect(size).to_have_value("-")
    expect(visit.field("weight")).to_have_value("0")


def test_samples_that_are_too_many_for_a_link_are_said_to_be(visit: Visit) -> None:
    visit.unfold("Data")
    paste(visit.page, MUCH_DATA)
    visit.link_has(data="in-a-file")
    expect(visit.page.locator("#meta")).to_contain_text(f"of {MANY_ROWS}")
    visit.press("Copy link")
    expect(visit.notice).to_contain_text("too many numbers for a link")
    visit.go(23)
    expect(visit.status).not_to_be_empty()
    visit.open(visit.page.url.removeprefix(visit.address))
    expect(visit.notice).to_contain_text("Open the file")


def test_what_is_saved_is_opened_again(visit: Visit, visitor: Visitor, tmp_path: Path) -> None:
    visit.choose("Example", "XOR 2-3-1 that learns")
    visit.link_has(preset="xor-learns")
    visit.type("w1", "0.30000000000000004")
    visit.link_has(w1="0.30000000000000004")
    visit.go(20, end=51)
    visit.unfold("Save and open")
    with visit.page.expect_download() as download:
        visit.press("Save as a file")
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    other = visitor().open()
    other.unfold("Save and open")
    other.page.locator("#open-file").set_input_files(file)
    other.at(20, end=51)
    expect(other.field("w1")).to_have_value("0.30000000000000004")
    expect(other.status).to_have_text(visit.status.inner_text())
    assert other.link() == visit.link()


def test_a_file_that_is_wrong_changes_nothing_and_ends_the_notice_of_the_one_before(
    visit: Visit, tmp_path: Path
) -> None:
    visit.go(3)
    visit.unfold("Save and open")
    with visit.page.expect_download() as download:
        visit.press("Save as a file")
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    saved = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(saved | {"zeta": "1"}), encoding="utf-8")
    visit.page.locator("#open-file").set_input_files(file)
    expect(visit.notice).to_contain_text("The file is open.")
    file.write_text(json.dumps(saved | {"w1": "abc", "w2": "7"}), encoding="utf-8")
    visit.page.locator("#open-file").set_input_files(file)
    expect(visit.page.locator("#open-problem")).to_contain_text("w1")
    expect(visit.notice).to_be_hidden()
    expect(visit.field("w2")).to_have_value("0.21")
    visit.at(3)
    visit.has_result("0.191")
