"""The QR code of a link: how others open it, and what is said where they cannot."""

import pytest
from flask.testing import FlaskClient

from nnviz.web import qr_code
from nnviz.web.qr_code import LONGEST, ForeignLinkError, shared
from nnviz.web.server import create_app
from nnviz.web.settings import Settings

OPEN = Settings(host="0.0.0.0")


@pytest.fixture
def in_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qr_code, "own_address", lambda _: "192.0.2.7")


def test_a_link_that_others_can_open_is_coded_as_it_is() -> None:
    link = "https://school.example/nnviz/sigmoid?z=2&step=3"
    found = shared(link, "school.example", Settings())
    assert (found["link"], found["note"]) == (link, "")
    assert found["picture"].startswith("data:image/svg+xml")


@pytest.mark.usefixtures("in_a_network")
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "127.8.8.8"])
def test_a_name_that_each_computer_has_for_itself_becomes_that_in_the_network(name: str) -> None:
    found = shared(f"http://{name}:8050/sigmoid?z=2", f"{name}:8050", OPEN)
    assert (found["link"], found["note"]) == ("http://192.0.2.7:8050/sigmoid?z=2", "")


@pytest.mark.usefixtures("in_a_network")
def test_where_nobody_else_is_let_in_that_is_said_beside_the_code() -> None:
    found = shared("http://127.0.0.1:8050/?w1=1", "127.0.0.1:8050", Settings())
    assert found["link"] == "http://127.0.0.1:8050/?w1=1"
    assert "HOST=0.0.0.0" in found["note"]
    assert found["picture"]


def test_in_no_network_that_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qr_code, "own_address", lambda _: "")
    assert shared("http://127.0.0.1/", "127.0.0.1", OPEN)["note"]


def test_a_link_too_long_to_be_read_by_a_phone_has_no_code() -> None:
    def of(length: int) -> tuple[bool, str]:
        found = shared("http://a.example/?".ljust(length, "w"), "a.example", OPEN)
        return bool(found["picture"]), found["note"]

    assert of(LONGEST) == (True, "")
    has_picture, note = of(LONGEST + 1)
    assert not has_picture
    assert "1,200" in note


@pytest.mark.parametrize(
    "link",
    ["http://other.example/", "javascript:alert(1)", "", "//a.example/", "ftp://a.example/", "http://[a.example/",
     "http://a.example:x/"],
)  # fmt: skip
def test_only_links_of_the_site_are_coded(link: str) -> None:
    with pytest.raises(ForeignLinkError):
        shared(link, "a.example", OPEN)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    found: FlaskClient = create_app().server.test_client()
    return found


def test_the_server_answers_for_its_own_links_alone(client: FlaskClient) -> None:
    reply = client.get("/qr", query_string={"link": "http://a.example/?w1=1"}, base_url="http://a.example")
    assert reply.get_json()["link"] == "http://a.example/?w1=1"
    assert client.get("/qr", query_string={"link": "http://b.example/"}, base_url="http://a.example").status_code == 400
    assert client.get("/qr", base_url="http://a.example").status_code == 400
