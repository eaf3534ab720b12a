"""The app in a process of its own and a Chromium in front of it, for tests, pictures and benchmarks."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tools import ROOT

TIME_BUDGET = 60
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
def served_app(*command: str | Path, **options: Any) -> Iterator[str]:
    """Serve the app on a free port, by app.py or by Python with another command; yield its address.

    The options are those of its process. Raises RuntimeError where it does not begin to serve, or ends by itself.
    """
    server, address = started(*command, **options)
    try:
        yield address
        if server.poll() is not None:
            raise RuntimeError(f"the server ended by itself; exit code {server.returncode}")
    finally:
        server.terminate()
        server.communicate(timeout=TIME_BUDGET)


def started(*command: str | Path, **options: Any) -> tuple[subprocess.Popen[str], str]:
    """Start the app on a free port, or on that of PORT in its environment; return its process and its address.

    The app's first line tells it. Raises RuntimeError where it does not begin to serve.
    """
    options["env"] = {"PORT": "0"} | options.get("env", os.environ) | {"HOST": "127.0.0.1"}
    called = [sys.executable, *(command or (ROOT / "app.py",))]
    server = subprocess.Popen(called, stdout=subprocess.PIPE, text=True, **options)
    assert server.stdout is not None
    found = ADDRESS.search(server.stdout.readline())
    if found is None:
        raise RuntimeError(f"the server did not begin; exit code {server.wait(TIME_BUDGET)}")
    return server, found.group()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a Chromium: that of CHROMIUM, or the one that is found or installed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


def browser_path(name: str) -> str:
    """Return the path of a browser, chromium or firefox, as tests/find_browser.sh finds or installs it.

    Raises CalledProcessError where there is none; the script has said so.
    """
    return subprocess.check_output([ROOT / "tests" / "find_browser.sh", name], text=True).strip()
