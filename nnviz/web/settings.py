"""Settings of the server, from the environment: each a name, a text, and what is wrong with one that is not allowed."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nnviz.text import say

MOST_PORT, MOST_WORKERS, MOST_THREADS, MOST_PROXIES = 65535, 256, 512, 10
YES, NO = ("1", "yes", "on", "true"), ("0", "no", "off", "false")
BASE = re.compile(r"(/[A-Za-z0-9_~][A-Za-z0-9._~-]*)*/?")
ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:[0-9]+)?")
NOBODY, ITSELF = "none", "self"


class SettingError(ValueError):
    """A setting is not allowed; its words are the finished sentence that says what would be."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Settings:
    """How the app is served.

    ``workers`` are processes, each with so many ``threads``. ``base_path`` is what the site is below, such as
    "/nnviz", or nothing. ``frame_ancestors`` are those who may frame the page, as its Content-Security-Policy has
    them, and ``trusted_proxies`` counts the proxies before the server whose word on where a request comes from is
    taken. ``access_log`` says that each request is written down.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 1
    threads: int = 32
    base_path: str = ""
    frame_ancestors: str = "'none'"
    trusted_proxies: int = 0
    access_log: bool = False


def settings_of(environment: Mapping[str, str]) -> Settings:
    """Return the settings in an environment; what is not set there, or is empty, is as usual.

    Raises SettingError where one is not allowed.
    """
    found: dict[str, object] = {"workers": processors()}
    for name, read in READERS.items():
        if given := environment.get(name, "").strip():
            try:
                found[name.lower()] = read(given)
            except ValueError:
                raise SettingError(say(f"setting.{name.lower()}", given=given)) from None
    return Settings(**found)  # type: ignore[arg-type]


def _whole(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number from the one to the other, and raises ValueError where a text is none."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(text)
        return int(text)

    return read


def _base_path(text: str) -> str:
    if not BASE.fullmatch(f"/{text.removeprefix('/')}"):
        raise ValueError(text)
    return f"/{text.strip('/')}".removesuffix("/")


def _frame_ancestors(text: str) -> str:
    words = text.split()
    if words == [NOBODY]:
        return f"'{NOBODY}'"
    if not all(word == ITSELF or ORIGIN.fullmatch(word) for word in words):
        raise ValueError(text)
    return " ".join(f"'{ITSELF}'" if word == ITSELF else word for word in words)


def _is_on(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise ValueError(text)
    return text.lower() in YES


READERS: Mapping[str, Callable[[str], object]] = {
    "HOST": str,
    "PORT": _whole(0, MOST_PORT),
    "WORKERS": _whole(1, MOST_WORKERS),
    "THREADS": _whole(1, MOST_THREADS),
    "BASE_PATH": _base_path,
    "FRAME_ANCESTORS": _frame_ancestors,
    "TRUSTED_PROXIES": _whole(0, MOST_PROXIES),
    "ACCESS_LOG": _is_on,
}
