"""Whatever is asked for, and however: an answer without a traceback, with the headers that keep the page safe."""

import logging
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from nnviz.web.server import AHEAD, create_app
from tests.asking import BODY
from tests.mutations import DISPATCH, MANY, envelope, post

SUITES = "/_dash-component-suites"
KNOWN = ("/", "/sigmoid", "/gradient-descent", "/healthz", "/favicon.ico", "/nothing", AHEAD, DISPATCH, "/_dash-layout",
         "/_dash-dependencies", f"{SUITES}/dash/dcc/dash_core_components.js", f"{SUITES}/dash/nothing.js")  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW")
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
PIECES = ("", "..", ".", "%00", "%2e%2e", "%2f", "%", "\\", "~", "app.py", "etc", "passwd", "dash", "dcc", "plotly",
          "assets", SUITES[1:], "x.v1m2.js", "nothing.js", "a" * 5000, "π")  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    found: FlaskClient = create_app().server.test_client()
    yield found
    answer = post(found, envelope(BODY))
    assert answer is not None
    assert answer["steps"] == 23


def is_safe(reply: TestResponse) -> None:
    """An answer tells nothing of the code and has the headers that keep the page safe."""
    policy = reply.headers.get("Content-Security-Policy", "")
    assert policy.startswith("default-src 'self'"), reply.status
    assert HEADERS.items() <= dict(reply.headers).items(), reply.status
    assert b"Traceback" not in reply.data
    assert reply.status_code < 500


@pytest.mark.parametrize("method", METHODS)
def test_any_method_at_any_address_is_answered_or_refused(client: FlaskClient, method: str) -> None:
    for path in KNOWN:
        reply = client.open(path, method=method)
        is_safe(reply)
        if method not in ("GET", "HEAD", "OPTIONS"):
            assert 400 <= reply.status_code < 500, path


@pytest.mark.parametrize(
    "path",
    [f"{SUITES}/dash/nothing.js", f"{SUITES}/dash/nothing.js?v=1", f"{SUITES}/dash/deps/nothing.v1m2.js",
     f"{SUITES}/nothing/x.js", f"{SUITES}/dash/../../app.py", f"{SUITES}/dash/%00.js", f"{SUITES}/dash/", "/%00",
     "/..%2f..%2fapp.py", "/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/nothing.mjs", "/" + "a" * 100_000],
    ids=lambda path: path[:40],
)  # fmt: skip
def test_where_nothing_is_a_404_shows_the_way_home_and_the_log_stays_quiet(
    client: FlaskClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    reply = client.get(path)
    is_safe(reply)
    assert reply.status_code == 404
    assert b'href="/"' in reply.data
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@MANY
@given(st.lists(st.sampled_from(PIECES), max_size=5), st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_path_is_answered_or_refused(client: FlaskClient, pieces: list[str], query: str) -> None:
    is_safe(client.get("/" + "/".join(pieces), query_string=query))
