"""The server: bodies that are not ours get a 4xx and no traceback, and it lives on."""

import json
import logging
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz import __version__
from nnviz.lessons.network.links import in_full, opened
from nnviz.lessons.network.training.checkpoint import start_of
from nnviz.player.file import LARGEST
from nnviz.player.request import LARGEST_BODY
from nnviz.web.registry import ENTRIES
from nnviz.web.server import create_app
from nnviz.web.shared_answers import PRIORITY
from tests.asking import ANY_JSON, Json, link, posted
from tests.asking import BODY as ASKED
from tests.mutations import MANY
from tests.training_requests import body as asked_of_training

PATH = "/_dash-update-component"
BODY = posted(ASKED)


@pytest.fixture(scope="session")
def client() -> FlaskClient:
    """Return a client of the one app of this process."""
    found: FlaskClient = create_app().server.test_client()
    return found


def post(client: FlaskClient, body: object) -> int:
    """Return the status of the answer to a body as JSON."""
    return client.post(PATH, json=body).status_code


def is_alive(client: FlaskClient) -> bool:
    reply = client.post(PATH, json=BODY)
    return reply.status_code == 200 and reply.get_json()["response"]["readings"]["data"]["steps"] == 23


def test_the_page_is_there(client: FlaskClient) -> None:
    reply = client.get("/")
    assert reply.status_code == 200
    assert b"nnviz" in reply.data


@pytest.mark.parametrize("path", ["/no-such-page", "/sigmoid/2", "/Sigmoid", "/gradient", "/index.html"])
def test_an_unknown_address_is_a_404_with_a_way_home(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    html = reply.get_data(as_text=True)
    assert 'href="/"' in html
    assert all(f'href="{entry.path}"' in html for entry in ENTRIES)
    assert "<script" not in html


@pytest.mark.parametrize("path", ["/", "/sigmoid", "/sigmoid/", "/gradient-descent", "/?preset=and", "/sigmoid?z=1"])
def test_an_address_of_a_lesson_is_its_page(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert "_dash" in reply.get_data(as_text=True)


def test_whether_the_server_lives_is_answered_without_the_page(client: FlaskClient) -> None:
    reply = client.get("/healthz")
    assert (reply.status_code, reply.get_json()) == (200, {"status": "ok", "version": __version__})


def test_a_request_of_the_page_is_answered(client: FlaskClient) -> None:
    assert is_alive(client)


def test_what_is_asked_ahead_gets_the_answer_of_the_same_request(client: FlaskClient) -> None:
    for changes in ({"step": "5"}, {"iteration": "2", "step": "1", "kept": None, "typed": {"preset": "and"}}):
        reply = client.post("/ahead", json=ASKED | changes)
        expected = client.post(PATH, json=with_input(value=ASKED | changes)).get_json()["response"]["readings"]["data"]
        assert (reply.status_code, reply.get_json()) == (200, expected)
        assert reply.headers["Content-Security-Policy"]


def test_what_is_asked_ahead_is_left_while_a_step_is_computed(client: FlaskClient) -> None:
    with PRIORITY.quick():
        reply = client.post("/ahead", json=ASKED)
    assert (reply.status_code, reply.data) == (204, b"")
    assert client.post("/ahead", json=ASKED).status_code == 200


@pytest.mark.parametrize("data", [b"", b"{", b"null", b"[" * 50_000, b"{}", json.dumps(BODY).encode()], ids=range(6))
def test_what_is_asked_ahead_and_not_ours_is_refused(client: FlaskClient, data: bytes) -> None:
    assert client.post("/ahead", data=data, content_type="application/json").status_code == 400
    assert client.get("/ahead").status_code == 404
    assert is_alive(client)


def training(changes: Json) -> Json:
    """Return what the page posts when it asks for training."""
    return {
        "output": "train-readings.data",
        "outputs": {"id": "train-readings", "property": "data"},
        "inputs": [{"id": "train-request", "property": "data", "value": asked_of_training(**changes)}],
        "changedPropIds": ["train-request.data"],
    }


def test_a_request_for_training_is_answered(client: FlaskClient) -> None:
    reply = client.post(PATH, json=training({"count": "3"}))
    assert reply.status_code == 200
    assert reply.get_json()["response"]["train-readings"]["data"]["at"] == 4


@pytest.mark.parametrize("changes", [{"count": 3}, {"run": {}}, {"scale": "steep"}])
def test_a_request_for_training_that_is_not_ours_is_refused(client: FlaskClient, changes: Json) -> None:
    assert 400 <= post(client, training(changes)) < 500


def test_the_page_may_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    for path in ("/", "/_dash-layout", "/no-such-page"):
        policy = client.get(path).headers["Content-Security-Policy"]
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
        assert rules["default-src"] == "'self'"
        assert "unsafe" not in rules["script-src"]
        assert "http" not in policy
        assert "*" not in policy
        assert rules["frame-ancestors"] == "'none'"


def test_the_page_names_no_foreign_host_but_those_of_its_sources(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert set(re.findall(r'<(\w+) [^<>]*="(?:https?:)?//', page)) == {"a"}
    assert re.findall(r'"text":"[^"]*","address":"(https?:[^"]*)"', page)
    assert len(re.findall("https?://", page)) == 2 * len(re.findall(r'<a href="https?://', page))


def with_input(**changes: object) -> dict[str, Any]:
    return BODY | {"inputs": [BODY["inputs"][0] | changes]}


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        1,
        "text",
        {"output": "readings.data"},
        BODY | {"output": "elsewhere.data"},
        BODY | {"output": "..readings.data.."},
        BODY | {"output": ["readings.data"]},
        BODY | {"outputs": []},
        BODY | {"outputs": {"id": "words", "property": "data"}},
        BODY | {"inputs": []},
        BODY | {"inputs": None},
        BODY | {"inputs": [None]},
        BODY | {"inputs": BODY["inputs"] * 2},
        BODY | {"state": [1]},
        BODY | {"changedPropIds": ["address.search"]},
        BODY | {"changedPropIds": [[]]},
        with_input(id="address"),
        with_input(value=None),
        with_input(value=3),
        with_input(value={}),
        with_input(value=ASKED | {"serial": "1"}),
        with_input(value=ASKED | {"typed": [1]}),
        with_input(value=ASKED | {"kept": {"w1": "1"}}),
        with_input(value=ASKED | {"theme": "sepia"}),
        with_input(value=ASKED | {"step": 4}),
    ],
)
def test_a_body_that_is_not_ours_is_refused(client: FlaskClient, body: object) -> None:
    assert 400 <= post(client, body) < 500
    assert is_alive(client)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"NaN",
        b'{"output": "readings.data"',
        b"[" * 50_000,
        b'{"a":' * 10_000,
        b"1" * 5_000,
        json.dumps(BODY).encode("utf-16")[:-1],
    ],
    ids=range(10),
)
def test_garbage_is_refused(client: FlaskClient, data: bytes) -> None:
    reply = client.post(PATH, data=data, content_type="application/json")
    assert 400 <= reply.status_code < 500
    assert b"Traceback" not in reply.data
    assert is_alive(client)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=x"]
)
def test_other_content_types_do_no_harm(client: FlaskClient, content_type: str) -> None:
    reply = client.post(PATH, data=json.dumps(BODY), content_type=content_type)
    assert reply.status_code < 500
    assert is_alive(client)


def test_the_largest_file_that_is_saved_can_be_opened_beside_the_largest_runs(client: FlaskClient) -> None:
    long = "-1.2345678901234567e-108"
    layers = ", ".join(["10 tanh trained"] * 6)
    data = ";".join([",".join([long] * 26)] * 5000)
    shape, _ = opened({"inputs": "16", "layers": layers, "data": data})
    numbers = {f"w{n + 1}": long for n in range(len(shape.weights))} | {f"b{n + 1}": long for n in range(60)}
    setup, problems = opened({"inputs": "16", "layers": layers, "data": data} | numbers)
    assert (problems, setup.biases[-1]) == ({}, float(long))
    kept = in_full(setup)
    checkpoint, run = {"iteration": 1, "packed": start_of(setup).packed}, {"texts": kept, "iteration": 1, "step": 0}
    file = json.dumps(kept | {"other": urlencode(kept | {"step": "0"}), "lesson": "network"}, indent=1)
    asked = ASKED | {"typed": numbers, "kept": kept, "action": "open", "payload": file, "path": [checkpoint] * 120,
                     "checkpoint": checkpoint, "beside": run | {"checkpoint": checkpoint}}  # fmt: skip
    body = json.dumps(with_input(value=asked))
    assert len(file) < LARGEST
    assert len(body) < LARGEST_BODY
    reply = client.post(PATH, data=body, content_type="application/json")
    readings = reply.get_json()["response"]["readings"]["data"]
    assert (reply.status_code, readings["problems"], readings["opened"]) == (200, {}, True)
    assert readings["kept"] == kept


def test_a_huge_body_is_too_large(client: FlaskClient) -> None:
    body = with_input(value=ASKED | {"typed": {"w1": "1" * LARGEST_BODY}})
    assert post(client, body) == 413
    assert is_alive(client)


def test_the_largest_network_opens_its_own_file_beside_another_one(client: FlaskClient) -> None:
    layers = ", ".join(["8 sigmoid trained"] * 5 + ["4 sigmoid trained"])
    data = ";".join([",".join(["-0.12345678901234567"] * 12)] * 1000)
    reply = link({"inputs": "16", "layers": layers, "data": data})
    kept, checkpoint = reply["kept"], reply["checkpoint"]["packed"]
    file = json.dumps(kept | {"other": urlencode(kept)}, indent=1)
    path = [{"iteration": iteration, "packed": checkpoint} for iteration in range(1, 121)]
    beside = {"texts": kept, "iteration": 1, "step": 0, "checkpoint": None}
    asked = ASKED | {"typed": {}, "kept": kept, "action": "open", "payload": file, "path": path, "beside": beside}
    assert post(client, with_input(value=asked)) == 200


@MANY
@given(st.sampled_from(["output", "outputs", "inputs", "changedPropIds", "state", "parsedChangedPropsIds"]), ANY_JSON)
@example("changedPropIds", [{}])
@example("inputs", [{"id": "request", "property": "data", "value": {"serial": 1, "typed": "\ud800"}}])
def test_any_json_in_the_envelope_is_answered_or_refused(client: FlaskClient, key: str, value: object) -> None:
    assert client.post(PATH, data=json.dumps(BODY | {key: value}), content_type="application/json").status_code < 500


@MANY
@given(st.sampled_from(sorted(ASKED)), ANY_JSON)
@example("repeated", ["\ud800"])
@example("typed", {"\ud800": "1"})
@example("typed", {"w1": "\ud800"})
@example("serial", 10**400)
def test_any_json_in_the_request_is_answered_or_refused(client: FlaskClient, key: str, value: object) -> None:
    for kept in (ASKED["kept"], None):
        body = json.dumps(with_input(value=ASKED | {"kept": kept} | {key: value}))
        assert client.post(PATH, data=body, content_type="application/json").status_code < 500


@MANY
@given(st.binary(max_size=200))
def test_any_bytes_are_refused(client: FlaskClient, data: bytes) -> None:
    assert 400 <= client.post(PATH, data=data, content_type="application/json").status_code < 500


def test_nothing_is_written_to_the_log_about_refused_bodies(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for body in (None, {}, with_input(value=3), with_input(value=ASKED | {"step": 4})):
            post(client, body)
    assert not [record for record in caplog.records if record.exc_info]


def test_there_is_an_icon(client: FlaskClient) -> None:
    reply = client.get("/favicon.ico")
    assert (reply.status_code, reply.mimetype) == (200, "image/svg+xml")
    assert reply.data.startswith(b"<svg")
