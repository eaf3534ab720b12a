"""The document of a page: it can be read without any script, and nothing in a link gets out of its place in it."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import quote

import brotli
import pytest
from flask.testing import FlaskClient

from nnviz.web.first_answer import LAPTOP, PHONE
from nnviz.web.server import create_app
from tests.asking import Json, link


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    found: FlaskClient = create_app().server.test_client(use_cookies=False)
    return found


class Elements(HTMLParser):
    """The tags of a page and their attributes, and the texts of elements by their ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("input", "link", "meta", "br"):
            self._open.append(dict(attrs).get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._open):
            self.texts[name] = self.texts.get(name, "") + data

    def with_id(self, name: str) -> dict[str, str | None]:
        [found] = [attributes for _, attributes in self.tags if attributes.get("id") == name]
        return found


def page(client: FlaskClient, address: str = "/", **headers: str) -> Elements:
    reply = client.get(address, headers={key.replace("_", "-"): text for key, text in headers.items()})
    assert reply.status_code == 200
    return Elements(reply.get_data(as_text=True))


def given(client: FlaskClient, address: str = "/", **headers: str) -> Json:
    found: Json = json.loads(page(client, address, **headers).texts["given"])
    return found


def test_the_home_page_can_be_read_without_a_script(client: FlaskClient) -> None:
    home = page(client)
    assert home.texts["sentence"] == "Nothing is computed yet. Forward computes h1 first."
    assert home.with_id("w1")["value"] == "0.11"
    assert "0.11" in home.texts["weights"]
    assert "w1 0.11" in home.texts["sketch"]
    assert home.with_id("forward")["aria-disabled"] == "false"
    assert home.with_id("backward")["aria-disabled"] == "true"


def test_a_link_is_answered_in_the_document(client: FlaskClient) -> None:
    linked = page(client, "/?w1=0.2&step=1")
    assert "= 1.03" in linked.texts["sentence"]  # 2·0.2 + 3·0.21
    assert linked.with_id("w1")["value"] == "0.2"
    assert linked.with_id("step")["value"] == "1"
    assert "1.03" in linked.texts["sketch"]


def test_what_a_link_has_wrong_is_said_in_the_document(client: FlaskClient) -> None:
    wrong = page(client, "/?w1=abc&w1=7&nothing=1")
    assert "abc" in wrong.texts["notice-text"]
    assert "hidden" not in wrong.with_id("notice")
    assert "hidden" in page(client).with_id("notice")


def test_within_another_page_a_link_leads_to_the_same_by_itself(client: FlaskClient) -> None:
    embedded = page(client, "/?w1=0.2&embed=1&step=1&names=a%26b,,c")
    assert "data-embedded" in embedded.tags[0][1]
    assert "hidden" in embedded.with_id("notice") or "embed" not in embedded.texts["notice-text"]
    out = embedded.with_id("alone")
    assert (out["href"], out["target"], out["rel"]) == ("?w1=0.2&step=1&names=a%26b%2C%2Cc", "_blank", "noopener")
    assert page(client, "/?embed=1").with_id("alone")["href"] == "?"
    assert "hidden" in page(client, "/sigmoid?embed=1").with_id("notice")


@pytest.mark.parametrize("query", ["", "?embed=0", "?embed=yes", "?embed="])
def test_by_itself_a_page_has_no_link_to_itself(client: FlaskClient, query: str) -> None:
    alone = page(client, f"/{query}")
    assert "data-embedded" not in alone.tags[0][1]
    assert not [attributes for _, attributes in alone.tags if attributes.get("id") == "alone"]
    assert ("embed" in alone.texts.get("notice-text", "")) == bool(query)


@pytest.mark.parametrize("text", ["</script><img src=x>", '"><img src=x>', "<!--<script>", "a&amp;lt;img src=x&gt;"])
@pytest.mark.parametrize("name", ["w1", "names", "data", "preset", "step", "<img src=x>"])
def test_nothing_in_a_link_gets_out_of_its_place(client: FlaskClient, name: str, text: str) -> None:
    broken = page(client, f"/?{quote(name)}={quote(text)}&data=1,2,3;4,5,6")
    assert [attributes["id"] for tag, attributes in broken.tags if tag == "img"] == ["qr-picture"]
    assert broken.texts["sentence"]
    assert json.loads(broken.texts["given"])


@pytest.mark.parametrize("path", ["/?preset=mazur&step=7", "/gradient-descent?step=2", "/sigmoid?z=1&step=5"])
def test_the_answer_is_that_to_the_pages_own_request(client: FlaskClient, path: str) -> None:
    lesson = {"/": "network", "/gradient-descent": "descent", "/sigmoid": "sigmoid"}[path.partition("?")[0]]
    typed = dict(part.split("=") for part in path.partition("?")[2].split("&"))
    asked = link(typed, lesson=lesson, room=[*LAPTOP], serial=0)
    first = given(client, path)["first"]
    assert first["answer"] == asked | {"panels": None}
    assert first["panels"]["key"] == asked["panels"]["key"]


def test_a_view_has_the_pictures_that_plotly_will_draw_of_it(client: FlaskClient) -> None:
    first = given(client)["first"]
    assert len(first["pictures"]) == len(first["answer"]["views"]) == 5
    hidden = [re.findall(r">([\d.]+)</text>", "".join(traces.values())) for traces in first["pictures"]]
    assert "0.85" not in hidden[0]
    assert "0.85" in hidden[1]


@pytest.mark.parametrize("step", [0, 300])
def test_of_many_views_the_document_has_those_around_the_cursor(client: FlaskClient, step: int) -> None:
    layers = ", ".join(["8 tanh trained"] * 5 + ["4 sigmoid trained"])
    data = ",".join("1" * 12)
    reply = client.get(f"/?inputs=8&layers={quote(layers)}&data={data}&start=he+1+1&detail=term&step={step}")
    first = json.loads(Elements(reply.get_data(as_text=True)).texts["given"])["first"]
    answer = first["answer"]
    assert answer["notice"] == ""
    assert answer["cursor"] == step
    assert answer["first"] <= step <= answer["released"] < answer["steps"] - 100
    assert answer["first"] == step or answer["first"] == 0 or answer["released"] > step
    assert len(answer["views"]) == answer["released"] - answer["first"] + 1 == len(first["pictures"])
    assert answer["views"][step - answer["first"]]["meta"].endswith(f"step {step} of {answer['steps']}") or step == 0
    assert len(brotli.compress(reply.data, quality=4)) < 200_000


def test_a_document_that_is_kept_is_only_for_the_same_link_and_browser(client: FlaskClient) -> None:
    kinds: tuple[dict[str, str], ...] = ({}, {"Cookie": "look-network=dark-1200x500"}, {"Sec-CH-UA-Mobile": "?1"})
    asked = [(path, kind) for path in ("/", "/?w1=0.2", "/sigmoid") for kind in kinds]
    pages = [[client.get(path, headers=kind).get_data(as_text=True) for path, kind in asked] for _ in range(2)]
    first, again = ([re.sub('"end_id":"[^"]*"', "", page) for page in each] for each in pages)
    assert first == again
    assert len({*first}) == 8  # the cookie is that of the network's page alone


@pytest.mark.parametrize(
    ("headers", "theme", "room"),
    [
        ({}, "light", LAPTOP),
        ({"Sec_CH_UA_Mobile": "?1"}, "light", PHONE),
        ({"User_Agent": "Mozilla/5.0 (Android 15; Mobile; rv:150.0)"}, "light", PHONE),
        ({"Cookie": "look-network=dark-1200x500"}, "dark", (1200, 500)),
        ({"Cookie": "look-sigmoid=dark-1200x500"}, "light", LAPTOP),
        ({"Cookie": "look-network=dark-9999x9999"}, "dark", (8000, 8000)),
        ({"Cookie": "look-network=dark-12x5"}, "light", LAPTOP),
        ({"Cookie": "look-network=<b>"}, "light", LAPTOP),
    ],
)
def test_the_picture_is_for_the_room_that_the_page_has_remembered(
    client: FlaskClient, headers: dict[str, str], theme: str, room: tuple[int, int]
) -> None:
    first = given(client, **headers)["first"]
    assert (first["theme"], first["room"]) == (theme, [*room])


def test_scripts_that_may_come_later_hold_nothing_up(client: FlaskClient) -> None:
    scripts = [attributes for tag, attributes in page(client).tags if tag == "script"]
    kinds = {attributes.get("type") for attributes in scripts if "src" in attributes}
    assert kinds == {"later", "module"}
