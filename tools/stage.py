"""The app in a process of its own and a Chromium in front of it, for tests, pictures and benchmarks."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
PATIENCE = 60
READY = "html[data-ready]"
ADDRESS = re.compile("http://[^ ]+/")
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
    """Serve the app on a free port and yield its address, which the app's first line tells.

    Raises RuntimeError where it does not begin to serve, or ends by itself.
    """
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": "0"}
    server = subprocess.Popen([sys.executable, ROOT / "app.py"], env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        found = ADDRESS.search(server.stdout.readline())
        if found is None:
            raise RuntimeError(f"the server did not begin; exit code {server.wait(PATIENCE)}")
        yield found.group()
        if server.poll() is not None:
            raise RuntimeError(f"the server ended by itself; exit code {server.returncode}")
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a Chromium: that of CHROMIUM, or the one that tests/find_chromium.sh finds or installs."""
    path = os.environ.get("CHROMIUM") or subprocess.check_output([ROOT / "tests" / "find_chromium.sh"], text=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path.strip(), args=list(FLAGS))
        yield browser
        browser.close()
