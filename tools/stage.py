"""The app in a process of its own and a Chromium in front of it, for tests, pictures and benchmarks."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
PATIENCE = 60
READY = "html[data-ready]"
# Chromium as a program among others: no sandbox where root runs it, and no requests of its own.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def served_app() -> Iterator[str]:
    """Serve the app on a free port and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)}
    server = subprocess.Popen([sys.executable, ROOT / "app.py"], env=environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait_until_it_answers(server, address)
        yield address
        if server.poll() is not None:
            raise RuntimeError(f"the server ended by itself; exit code {server.returncode}")
    finally:
        server.terminate()
        server.wait(PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a Chromium: that of CHROMIUM, or the one that tests/find_chromium.sh finds or installs."""
    path = os.environ.get("CHROMIUM") or subprocess.check_output([ROOT / "tests" / "find_chromium.sh"], text=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path.strip(), args=list(FLAGS))
        yield browser
        browser.close()


def _wait_until_it_answers(server: subprocess.Popen[bytes], address: str) -> None:
    """Return when the server answers. Raises RuntimeError where it ends, or takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.01)
    raise RuntimeError(f"{address} does not answer; exit code {server.poll()}")
