"""Every sentence that a person reads, by key, in one language a folder.

A folder has the language's ``CODE``, as browsers ask for it and HTML names it, and its ``SENTENCES``.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import Any

ENGLISH = "en"
_folders = [import_module(folder.name) for folder in iter_modules(__path__, f"{__name__}.")]
LANGUAGES: dict[str, Mapping[str, str]] = {folder.CODE: folder.SENTENCES for folder in _folders}
LANGUAGE = ContextVar("LANGUAGE", default=ENGLISH)
"""The code of the language that is spoken in what runs now, as in the answer to a request."""


class _Plurals(Formatter):
    """Formats {count:sample|samples} as the first word where the count is 1, else as the second."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        return (one if value == 1 else many) if bar else str(super().format_field(value, format_spec))


PLURALS = _Plurals()


def say(key: str, **values: object) -> str:
    """Return the sentence of that key in the language that is spoken, with the values in place.

    Raises KeyError for an unknown key or a value that the sentence needs and was not given.
    """
    sentence = LANGUAGES[LANGUAGE.get()][key]
    return PLURALS.vformat(sentence, (), values) if "|" in sentence else sentence.format(**values)


def elided(parts: Sequence[str], most: int) -> str:
    """Return the parts in a row; of more than ``most`` the first two and the last."""
    return ", ".join(parts if len(parts) <= most else [*parts[:2], "…", parts[-1]])


def listed(parts: Sequence[str], most: int) -> str:
    """Return the parts as a list in a sentence, elided where there are more than ``most``: a, b and c."""
    if len(parts) == 1 or len(parts) > most:
        return elided(parts, most)
    return say("list.and", parts=", ".join(parts[:-1]), last=parts[-1])


def quoted(text: str, most: int) -> str:
    """Return the text in quotation marks, or as much of its beginning as makes ``most`` characters."""
    return f"“{shortened(text, most)}”"


def shortened(text: str, most: int) -> str:
    """Return the text, or as much of its beginning as makes ``most`` characters with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
