"""Files that people have: text in the encoding that it begins with; what is none is refused without the server."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.visit import Visit
from tools import ROOT

MODELS = ROOT / "tests/importing/files"
SAMPLES = "größe\tlänge\ty\n0,5\t1,25\t1\n2,5\t−3\t0\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"]
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def give(visit: Visit, field: str, content: bytes, name: str = "samples.csv") -> None:
    visit.page.locator(field).set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_text_is_read_in_the_encoding_that_it_begins_with(visit: Visit) -> None:
    visit.unfold("Data")
    for number, encoding in enumerate(ENCODINGS, start=1):
        text = SAMPLES.replace("1,25", f"{number},25").replace("−", "-" if encoding == "cp1252" else "−")
        give(visit, "#csv-file", MARKS.get(encoding, b"") + text.encode(encoding))
        visit.link_has(data=f"0.5%2C{number}.25%2C1%3B2.5%2C-3%2C0")
        expect(visit.page.locator("#csv-problem")).to_have_text("")


def test_what_is_no_csv_is_refused_and_the_server_is_not_asked(visit: Visit) -> None:
    visit.unfold("Data")
    problem, first = visit.page.locator("#csv-problem"), visit.page.locator("#csv-first-problem")
    header, sample = visit.button("It is a header"), visit.button("It is a sample")
    expect(header).to_be_hidden()
    give(visit, "#csv-file", b"0,1,2\n0,0,0\n0,1,1\n")
    expect(problem).to_contain_text("it counts up")
    expect(first).to_contain_text("Is it a header or a sample?")
    expect(sample).to_be_visible()
    asked = len(visit.posts)
    for content, words in (
        (b"PK\x03\x04\x14\x00\x06\x00", "This is a workbook; save it as CSV."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a workbook; save it as CSV."),
        (b"%PDF-1.7\n1,2,3\n", "This is a PDF; save its table as CSV."),
        (b"\x89PNG\r\n\x1a\n", "This is an image; the numbers are needed as CSV."),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "This is an image; the numbers are needed as CSV."),
        (b"1,2,3\x00\x00", "This is not text; save it as CSV."),
        (b"3,2,1\n" * 170_000, "This is more than 1 MB; 5,000 samples are the most."),
    ):
        give(visit, "#csv-file", content)
        expect(problem).to_have_text(words)
        expect(first).to_have_text("")
        expect(header).to_be_hidden()
    give(visit, "#csv-file", b"PK\x03\x04")
    expect(problem).to_contain_text("workbook")
    visit.page.locator("#csv").evaluate("(area) => { area.value = '3,2,1,'.repeat(170_000); }")
    visit.press("Use this CSV")
    expect(problem).to_have_text("This is more than 1 MB; 5,000 samples are the most.")
    give(visit, "#open-file", b" " * 8_100_000)
    expect(visit.page.locator("#open-problem")).to_contain_text("This is more than 8 MB")
    assert len(visit.posts) == asked
    assert "data" not in visit.link()


def test_whether_the_first_row_is_a_header_is_answered_with_a_press(visit: Visit) -> None:
    visit.unfold("Data")
    for answer, data in (
        ("It is a header", "0%2C0%2C0%3B0%2C1%2C1"),
        ("It is a sample", "0%2C1%2C2%3B0%2C0%2C0%3B0%2C1%2C1"),
    ):
        give(visit, "#csv-file", b"0,1,2\n0,0,0\n0,1,1\n")
        visit.press(answer)
        visit.link_has(data=data)
        expect(visit.page.locator("#csv-problem")).to_have_text("")
        expect(visit.button(answer)).to_be_hidden()


def test_a_headers_names_stay_with_the_samples(visit: Visit) -> None:
    visit.unfold("Data")
    give(visit, "#csv-file", b"width,length,price\n2,3,1\n4,5,6\n")
    visit.link_has(names="width%2Clength%2Cprice")
    expect(visit.field("width")).to_have_value("2")
    expect(visit.page.locator("#csv")).to_have_value("width,length,price\n2,3,1\n4,5,6")
    visit.press("Use this CSV")
    visit.press("Show sample 2")
    expect(visit.field("price")).to_have_value("6")
    visit.press("Forward")
    visit.point_in_network("neuron-0-0-0")
    expect(visit.page.locator("#tip")).to_contain_text("width = 4")


def test_a_fraction_stays_in_its_field(visitor: Visitor) -> None:
    visit = visitor().open("sigmoid")
    visit.type("z", "4/3")
    visit.link_has(z="4%2F3")
    visit.field("w1").focus()
    expect(visit.field("z")).to_have_value("4/3")
    expect(visit.page.locator("#z-slider")).to_have_value(re.compile(r"1\.3"))


def test_a_network_of_another_program_opens_and_weights_can_be_pasted(visit: Visit) -> None:
    visit.unfold("Save and open")
    visit.page.locator("#open-file").set_input_files(MODELS / "float32.safetensors")
    notice = visit.page.locator("#notice-text")
    expect(notice).to_contain_text("Its network is 3-4-2-1. It does not say the activations, so these are guesses")
    give(visit, "#open-file", b"\x80\x04\x95", "model.pkl")
    expect(visit.page.locator("#open-problem")).to_contain_text("This is a pickle, which is never opened")
    visit.unfold("Build a network")
    area = visit.page.get_by_label("Or paste weights")
    area.fill("W2 = [1 2; 3 4]")
    visit.press("Use these weights")
    expect(visit.page.locator("#paste-problem")).to_contain_text("W2: the shape must be (2, 4)")
    expect(area).to_have_value("W2 = [1 2; 3 4]")
    area.fill("W1 = [0.5 -0.25; 1 2]; b1 = [0; 0]; W2 = [3 4]; b2 = 0.125; W3 = 2")
    visit.press("Use these weights")
    visit.link_has(layers="2+relu+trained%2C+1+relu+trained%2C+1+identity+none", w2="-0.25")
    visit.page.go_back()
    expect(visit.page.get_by_label("w2", exact=True)).not_to_have_value("-0.25")


def test_the_picture_is_saved_as_it_is_at_the_step(visit: Visit) -> None:
    visit.go(3)
    visit.unfold("Save and open")
    found = {}
    for name in ("SVG", "PNG"):
        with visit.page.expect_download() as saved:
            visit.press(f"Save the picture as {name}")
        assert saved.value.suggested_filename == f"nnviz.{name.lower()}"
        found[name] = saved.value.path().read_bytes()
    assert found["PNG"].startswith(b"\x89PNG")
    svg = found["SVG"].decode()
    assert svg.startswith("<svg")
    assert ">0.191</text>" in svg
    assert "0.327" not in svg  # E comes with the next step
