"""Where the site is: its pages link to each other by addresses that begin with what the whole of it is below."""

from contextvars import ContextVar

ROOT = ContextVar("ROOT", default="")
"""What the site is below in what runs now, such as "/nnviz" in the answer to a request; mostly nothing."""


def address(path: str) -> str:
    """Return the address of a path on the site, such as /sigmoid, for a link from anywhere on it."""
    return f"{ROOT.get()}{path}"
