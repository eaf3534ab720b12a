"""Below a path, all that the server answers leads to addresses below it."""

import json
from collections.abc import Iterator
from contextvars import copy_context

import pytest

from nnviz.player.site import ROOT
from nnviz.web.registry import ENTRIES
from tests.asking import Json, link

BASE = "/school/nnviz"


def strings(answer: object) -> Iterator[str]:
    """Yield each text in an answer."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict | list):
        for part in answer.values() if isinstance(answer, dict) else answer:
            yield from strings(part)


@pytest.mark.parametrize("name", [entry.name for entry in ENTRIES])
def test_every_link_in_an_answer_is_below_the_path(name: str) -> None:
    def below() -> Json:
        ROOT.set(BASE)
        return link({}, lesson=name, step="99")

    usual, found = link({}, lesson=name, step="99"), copy_context().run(below)
    count = json.dumps(usual).count('href=\\"/')
    assert count == sum(text.count(f'href="{BASE}/') for text in strings(found))
    assert count == sum(text.count('href="/') for text in strings(found))
    assert count > 0 or name == "network"
