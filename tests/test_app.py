"""The app as a process: where it cannot listen, it says why and what to do."""

import os
import socket
import subprocess
import sys

import pytest

from tools import ROOT


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"PORT": "65536"}, "PORT must be a whole number from 0 to 65535"),
        ({"PORT": "eighty"}, "PORT must be a whole number from 0 to 65535"),
        ({"HOST": "no.such.host.invalid"}, "HOST must be an address of this machine"),
    ],
)
def test_where_it_cannot_listen_it_ends_with_one_line(variables: dict[str, str], words: str) -> None:
    ended = subprocess.run(
        [sys.executable, ROOT / "app.py"], env=os.environ | variables, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith(words)
    assert ended.stderr.count("\n") == 1


def test_a_port_that_is_taken_is_named_with_another_one_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, ROOT / "app.py"],
            env=os.environ | {"HOST": "127.0.0.1", "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert f"cannot listen on 127.0.0.1:{port}" in ended.stderr
    assert f"PORT={port % 65535 + 1} make run" in ended.stderr
