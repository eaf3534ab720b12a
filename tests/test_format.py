"""The format of files and links as it is written down for people: its examples open, and no name is left out."""

import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from nnviz.lessons.sigmoid.lesson import WITH_SIGMOID
from nnviz.player.request import LESSON, PLACES
from nnviz.presets import PRESETS
from nnviz.text import say
from nnviz.web.registry import ENTRIES, Entry, entry_at
from tests.asking import ask, link, then
from tools import ROOT

TEXT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
PARTS = dict(zip((entry.name for entry in ENTRIES), TEXT.split("\n## ")[1:], strict=True))
FILES = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
UNKNOWN = say("link.surplus", names="…").partition("…")[0]
LINKS = re.findall(r"^/\S*\?\S+$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("text", FILES)
def test_every_example_of_a_file_opens_without_a_complaint(text: str) -> None:
    given = json.loads(text)
    lesson = given["lesson"]
    reply = then(ask(lesson=lesson, typed={}, kept=None), action="open", payload=text, lesson=lesson)
    assert reply["problems"] == {}
    assert UNKNOWN not in reply["notice"]
    assert reply["kept"].items() >= {key: str(value) for key, value in given.items() if key in reply["kept"]}.items()
    assert (reply["iteration"], reply["cursor"]) == (given.get("iteration", 1), given["step"])


def test_there_is_a_file_of_every_lesson() -> None:
    assert [json.loads(text)["lesson"] for text in FILES] == [entry.name for entry in ENTRIES]


@pytest.mark.parametrize("address", LINKS)
def test_every_example_of_a_link_opens_without_a_complaint(address: str) -> None:
    parts = urlsplit(address)
    entry = entry_at(parts.path)
    assert entry is not None
    reply = link(dict(parse_qsl(parts.query)), lesson=entry.name)
    assert "cannot be" not in reply["notice"]
    assert UNKNOWN not in reply["notice"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_name_and_every_choice_is_written_down(entry: Entry) -> None:
    lesson, part = entry.lesson, PARTS[entry.name]
    setups = [lesson.begun({"preset": key}) for key in PRESETS] if entry.name == "network" else [lesson.begun({})]
    controls = [c for s in setups for form in (lesson.link(s), lesson.numbers(s)) for c in form]
    for key in {re.sub(r"(?<=[wbx])\d\d?$|(?<=target)\d$", "1", c.key) for c in controls}:
        assert f"`{key}`" in part, key
    for text in {choice for c in controls for choice in c.choices} - set(WITH_SIGMOID):
        assert f"`{text}`" in part, text
    assert all(f"`{key}`" in TEXT for key in (LESSON, *PLACES, *PRESETS))
