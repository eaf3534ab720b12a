"""The page of worksheets: a form without scripts, what it makes, and where codes and links lead."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

import nnviz
from nnviz.web import qr_code, worksheets_page
from nnviz.web.server import create_app
from nnviz.web.settings import Settings
from nnviz.web.shared_answers import PRIORITY
from nnviz.worksheets import pages
from tests.oracles import qr_codes
from tests.oracles.moodle import questions
from tests.worksheets.sheets import lines, plain, who

PATH = "/worksheets"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    found: FlaskClient = create_app().server.test_client()
    return found


def page(client: FlaskClient, **typed: str) -> str:
    reply = client.get(PATH, query_string=typed, base_url="http://a.example")
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def articles(html: str) -> list[tuple[str, str]]:
    """Return what is printed: sheets and keys, by their codes."""
    return re.findall('<article class="paper (sheet|key)" data-code="([^"]*)">', html)


def test_it_needs_no_script_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    html = page(client)
    assert "<script" not in html
    assert not re.search(r'\son\w+="', html)
    assert {urlsplit(found).netloc for found in re.findall(r'(?:src|href|action)="([^"]*)"', html)} == {"", "a.example"}


def test_it_begins_with_one_sheet_and_its_key(client: FlaskClient) -> None:
    html = page(client)
    assert articles(html) == [("sheet", "2-2-1.7-1"), ("key", "2-2-1.7-1")]
    [sheet] = nnviz.worksheet("2-2-1", 7, 1, base="http://a.example")
    assert lines(html) == lines(sheet.key_html)
    [code] = re.findall('<svg[^>]*class="segno".*?</svg>', html)
    assert qr_codes.read(code) == sheet.link
    assert f'href="{sheet.shown_link}"' in unescape(html)


def test_the_choices_say_what_is_printed_and_stay_in_the_form(client: FlaskClient) -> None:
    typed = {"sizes": "2-1", "output": "tanh", "seed": "12", "count": "3", "blanks": "gradients", "mistakes": "no"}
    html = page(client, **typed)
    codes = [f"2-1.tanh.gradients.12-{number}" for number in (1, 2, 3)]
    assert articles(html) == [(part, code) for part in ("sheet", "key") for code in codes]
    assert who(html) == {}
    assert 'name="sizes" value="2-1"' in re.sub(r'id="sizes" ', "", html)
    assert re.search(r'<option value="tanh" selected>', html)
    assert articles(page(client, printed="sheets")) == [("sheet", "2-2-1.7-1")]
    assert articles(page(client, printed="keys")) == [("key", "2-2-1.7-1")]


def test_what_is_not_allowed_is_told_at_its_field_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    html = page(client, sizes='9-9-9"><b>', count="many", seed="21", loss="mean_squared_error")
    assert articles(html) == []
    for key, words in (("sizes", "such as 2-2-1"), ("count", "from 1 to 60")):
        assert re.search(rf'id="{key}"[^>]*aria-invalid="true" aria-describedby="{key}-problem"', html)
        [told] = re.findall(rf'<p id="{key}-problem" class="problem">(.*?)</p>', html)
        assert words in told
    assert html.count("aria-invalid") == 2
    assert 'value="9-9-9&#34;&gt;&lt;b&gt;"' in html
    assert 'value="many"' in html
    assert 'value="21"' in html
    assert '<option value="mean_squared_error" selected>' in html
    assert "some fields have to be mended" in html


def test_where_no_numbers_are_found_that_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError(nnviz.text.say("error.no_exercise"))

    monkeypatch.setattr("nnviz.worksheets.kinds.exercise", fails)
    html = page(client, seed="444")
    assert "No numbers to practise with" in html
    assert articles(html) == []


def test_the_questions_for_moodle_are_those_of_the_page(client: FlaskClient) -> None:
    html = page(client, sizes="2-1", count="2", seed="5")
    [link] = re.findall('href="([^"]*worksheets.xml[^"]*)"', html)
    reply = client.get(unescape(link), base_url="http://a.example")
    assert reply.mimetype == "text/xml"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="worksheets-2-1.5-2.xml"'
    xml = reply.get_data(as_text=True)
    assert xml == nnviz.worksheet("2-1", 5, 2, base="http://a.example").moodle_xml
    assert [question.name for question in questions(xml)] == ["Backpropagation 2-1.5-1", "Backpropagation 2-1.5-2"]
    assert "worksheets.xml" not in page(client, count="0")
    wrong = client.get("/worksheets.xml?count=0")
    assert (wrong.status_code, wrong.headers["Location"]) == (302, "/worksheets?count=0")


def test_the_code_of_a_sheet_leads_to_the_page_with_its_numbers(client: FlaskClient) -> None:
    [_, sheet] = nnviz.worksheet("2-2-2", 3, 2, "update", activation="tanh", base="http://a.example")
    reply = client.get(urlsplit(sheet.address).path)
    assert reply.status_code == 302
    assert f"http://a.example{reply.headers['Location']}" == sheet.link
    there = client.get(reply.headers["Location"])
    assert there.status_code == 200
    shown = there.get_data(as_text=True)
    for name, (value,) in parse_qs(urlsplit(sheet.link).query).items():
        if name[0] in "wbx":
            assert re.search(rf'id="{name}"[^>]* value="{re.escape(value)}"', shown), name


@pytest.mark.parametrize("code", ["nothing", "2-2-1.7-99", "9-9-9.7-1", "2-2-1.7-1.xml", "%00", "2-2-1..7-1"])
def test_what_is_no_code_is_not_found(client: FlaskClient, code: str) -> None:
    reply = client.get(f"{PATH}/{code}")
    assert reply.status_code == 404
    assert 'href="/"' in reply.get_data(as_text=True)


def test_codes_lead_where_others_open_the_site(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def codes(base_url: str, **headers: str) -> tuple[str, str]:
        html = client.get(PATH, base_url=base_url, headers=headers).get_data(as_text=True)
        [code] = re.findall('<svg[^>]*class="segno".*?</svg>', html)
        return qr_codes.read(code).partition("?")[0], plain(html)

    assert codes("https://school.example")[0] == "https://school.example/"
    alone, words = codes("http://127.0.0.1:8050")
    assert alone == "http://127.0.0.1:8050/"
    assert "HOST=0.0.0.0" in words
    monkeypatch.setattr(qr_code, "own_address", lambda _: "192.0.2.7")
    monkeypatch.setattr(worksheets_page, "shared", lambda link, host, _: qr_code.shared(link, host, OPEN))
    in_network, words = codes("http://127.0.0.1:8050")
    assert in_network == "http://192.0.2.7:8050/"
    assert "HOST=0.0.0.0" not in words


OPEN = Settings(host="0.0.0.0")


def test_below_a_path_all_of_it_is_below_it(client: FlaskClient) -> None:
    html = client.get(PATH, base_url="http://a.example/school/nnviz").get_data(as_text=True)
    assert set(re.findall(r'(?:action|href)="(/[^"?]*)', html)) >= {"/school/nnviz/worksheets", "/school/nnviz/"}
    assert not re.search(r'(?:action|href)="/(?!school/nnviz/)', html)
    assert "http://a.example/school/nnviz/worksheets/2-2-1.7-1" in plain(html)
    to = client.get(f"{PATH}/2-2-1.7-1", base_url="http://a.example/school/nnviz").headers["Location"]
    assert to.startswith("/school/nnviz/?")


def test_what_a_class_asks_for_is_made_once_and_in_turn(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def note(sheets: nnviz.Worksheets, part: pages.Part) -> str:
        made.append((part, PRIORITY.is_idle))
        return pages.fragments(sheets, part)

    monkeypatch.setattr(worksheets_page, "fragments", note)
    first, again = (page(client, sizes="2-1", seed="31337") for _ in range(2))
    assert first == again
    assert made == [("sheet", False), ("key", False)]
    assert PRIORITY.is_idle


def test_the_path_through_the_lessons_leads_there(client: FlaskClient) -> None:
    assert f'<a href="{PATH}">' in client.get("/").get_data(as_text=True)
    assert client.get(f"{PATH}/").status_code == 200
