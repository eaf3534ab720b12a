"""What the page loads: at addresses that name the content, kept for good, compressed once."""

import re
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from nnviz.web import static_files
from nnviz.web.server import create_app
from nnviz.web.static_files import WHOLE, StaticFiles, read, smallest_plotly
from tools import ROOT

VERSION = re.compile(rb"plotly\.js [^\n]*?v?(\d+\.\d+\.\d+)")
LINKED = re.compile(r'(?:src|href)="(/[^"]+\.(?:js|mjs|css))"')


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    found: FlaskClient = create_app().server.test_client()
    return found


def linked(client: FlaskClient, path: str = "/") -> list[str]:
    """Return the addresses of scripts and style sheets in a page's document."""
    return LINKED.findall(client.get(path).get_data(as_text=True))


@pytest.mark.parametrize("path", ["/", "/gradient-descent", "/sigmoid"])
def test_all_that_a_page_loads_is_there_and_kept_for_good(client: FlaskClient, path: str) -> None:
    addresses = linked(client, path)
    assert len(addresses) > 5
    for address in addresses:
        reply = client.get(address)
        assert reply.status_code == 200, address
        assert "max-age=31536000" in reply.headers["Cache-Control"], address
        assert reply.mimetype in ("text/javascript", "application/javascript", "text/css"), address


def test_nothing_of_dash_that_no_page_uses_is_loaded(client: FlaskClient) -> None:
    suites = [address for address in linked(client) if address.startswith("/_dash-component-suites/")]
    assert [address.split("/")[2:4] for address in suites if "dcc" in address]
    assert [address for address in suites if re.search("dash_table|html_components", address)] == []


def test_other_content_is_at_another_address() -> None:
    files = {"a.mjs": b"1", "b.mjs": b"2"}
    others = [files | {"a.mjs": b"3"}, {"a.mjs": b"1"}, files | {"c.css": b""}, {"a.mjs": b"2", "b.mjs": b"1"}]
    assert len({StaticFiles(content).folder for content in (files, *others)}) == 5
    assert StaticFiles(dict(files)).folder == StaticFiles(files).folder


def test_addresses_of_before_and_of_nothing_are_a_404(client: FlaskClient) -> None:
    main, *_ = [address for address in linked(client) if address.endswith("/page.mjs")]
    assert client.get(main.replace("page.mjs", "no.mjs")).status_code == 404
    assert client.get(re.sub("/[0-9a-f]{16}/", "/0000000000000000/", main)).status_code == 404


def test_what_never_changes_is_compressed_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [address for address in linked(client) if address.endswith(".js")]
    first = [client.get(address, headers={"Accept-Encoding": "br"}) for address in addresses]
    monkeypatch.setattr("flask_compress.flask_compress._compress_data", lambda *_: pytest.fail("compressed again"))
    again = [client.get(address, headers={"Accept-Encoding": "br"}) for address in addresses]
    assert [reply.data for reply in again] == [reply.data for reply in first]
    plain = client.get(addresses[0]).data
    assert brotli.decompress(again[0].data) == plain != again[0].data


def test_a_page_and_an_answer_are_not_kept(client: FlaskClient) -> None:
    pages = {
        client.get(path, headers={"Accept-Encoding": "br"}).data for path in ("/", "/sigmoid", "/gradient-descent")
    }
    assert len(pages) == 3
    assert "max-age" not in client.get("/").headers.get("Cache-Control", "")


def test_only_so_much_that_was_compressed_is_kept(client: FlaskClient) -> None:
    cache = static_files.Compressed()
    for number in range(10_000):
        cache.set(f"br;{number}", b"")
    assert len(cache.found) == static_files.MOST_KEPT
    cache.set("br;", b"an answer")
    assert cache.get("br;") is None


def test_without_the_smaller_build_the_page_has_the_whole_of_plotly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assets").mkdir()
    monkeypatch.setattr(static_files, "ASSETS", tmp_path / "assets")
    monkeypatch.setattr(static_files, "NODE_MODULES", tmp_path / "node_modules")
    assert smallest_plotly() == WHOLE
    assert read().contents["plotly.js"] == WHOLE.read_bytes()
    small = tmp_path / "node_modules" / "plotly.js-cartesian-dist-min" / "plotly-cartesian.min.js"
    small.parent.mkdir(parents=True)
    small.write_text("small")
    assert smallest_plotly() == small
    (tmp_path / "assets" / small.name).write_text("in a wheel")
    assert smallest_plotly() == tmp_path / "assets" / small.name


def test_the_smaller_build_is_that_of_plotlys_own_version() -> None:
    [whole] = VERSION.findall(WHOLE.read_bytes()[:300])
    assert f'"plotly.js-cartesian-dist-min": "{whole.decode()}"' in (ROOT / "package.json").read_text()
    assert f'TESTED = "{whole.decode()}";' in (ROOT / "assets" / "renderer" / "frame.mjs").read_text()
