"""A file that a page has saved: texts by name, as JSON."""

import json
from collections import Counter
from typing import Any

from nnviz.player.request import texts_of

LARGEST = 8_000_000  # bytes


def read(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the texts in a file by name, numbers as they stand there, and the names that it gives twice.

    Raises ValueError or RecursionError where it is no such file.
    """
    repeated: list[str] = []

    def by_name(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        repeated.extend(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        return dict(pairs)

    given = json.loads(text, object_pairs_hook=by_name, parse_float=str, parse_int=str, parse_constant=str)
    return texts_of(given), repeated


def written(texts: dict[str, str]) -> str:
    """Return texts by name as a file."""
    return json.dumps(texts, ensure_ascii=False, indent=1)
