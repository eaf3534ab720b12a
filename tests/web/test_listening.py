"""Where the server listens, and the address that it prints for others."""

import socket
from ipaddress import ip_address

import pytest

from nnviz.web import listening
from nnviz.web.listening import announce, listen, own_address
from nnviz.web.settings import SettingError, Settings

SQUARES = "█▀▄"  # of which a QR code in a terminal is made


def printed(capsys: pytest.CaptureFixture[str], host: str, base_path: str = "") -> tuple[int, list[str]]:
    """Return the port of a server that listens on a host, and the lines that are printed of it."""
    settings = Settings(host=host, port=0, base_path=base_path)
    with listen(settings) as found:
        announce(settings, found)
        port: int = found.getsockname()[1]
    return port, capsys.readouterr().out.splitlines()


def test_where_only_this_machine_is_let_in_its_address_is_all(capsys: pytest.CaptureFixture[str]) -> None:
    port, lines = printed(capsys, "127.0.0.1", "/nnviz")
    assert lines == [f"nnviz is at http://127.0.0.1:{port}/nnviz/ (Ctrl+C ends it)"]


def test_where_others_are_let_in_the_address_that_they_open_is_printed_with_a_code_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "own_address", lambda _: "192.0.2.7")
    port, (here, others, *code) = printed(capsys, "0.0.0.0", "/nnviz")
    assert here == f"nnviz is at http://127.0.0.1:{port}/nnviz/ (Ctrl+C ends it)"
    assert others == f"Others in your network open http://192.0.2.7:{port}/nnviz/"
    rows = [line for line in code if any(square in line for square in SQUARES)]
    assert len(rows) > 10


def test_in_no_network_that_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "own_address", lambda _: "")
    _, lines = printed(capsys, "0.0.0.0")
    assert lines[1:] == ["This machine is in no network, so nobody else can open the page."]


def test_the_own_address_is_one_of_this_machine_or_none() -> None:
    found = own_address("0.0.0.0")
    if found:
        assert not ip_address(found).is_unspecified
        socket.create_server((found, 0)).close()


def test_a_port_that_is_taken_is_refused_in_words() -> None:
    with (
        listen(Settings(port=0)) as taken,
        pytest.raises(SettingError, match=r"nnviz cannot listen on 127\.0\.0\.1:.* Choose another port"),
    ):
        listen(Settings(port=taken.getsockname()[1]))
