"""Languages: each request is answered in its own, and nothing keeps the words of another one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextvars import copy_context

import pytest

from nnviz.text import ENGLISH, LANGUAGES
from nnviz.web.server import create_app
from tests.asking import Json
from tests.ids import ids
from tools import ROOT

SIGNS = {"xx": "¤", "yy": "§"}
# In a process of its own, in which nothing was said before: what is kept of a language shows in the next one.
SPOKEN = """
import json
from nnviz.text import LANGUAGE, LANGUAGES
from tests.ids import answers
from tests.text.test_language import with_signs
LANGUAGES |= with_signs()
found = {}
for language in ("xx", "yy", "en"):
    LANGUAGE.set(language)
    found[language] = answers()
print(json.dumps(found))
"""


def with_signs() -> dict[str, dict[str, str]]:
    """Return languages whose sentences are the English ones with a sign behind."""
    english = LANGUAGES[ENGLISH]
    return {code: {key: sentence + sign for key, sentence in english.items()} for code, sign in SIGNS.items()}


@pytest.fixture(scope="module")
def spoken() -> dict[str, list[Json]]:
    """Return answers in each language, one after the other."""
    run = subprocess.run([sys.executable, "-c", SPOKEN], cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, list[Json]] = json.loads(run.stdout)
    return found


def texts(part: object) -> Iterator[str]:
    """Yield the texts in answers but the keys of panels, which follow from their words."""
    match part:
        case dict():
            for key, value in part.items():
                if key != "key":
                    yield from texts(value)
        case list():
            for value in part:
                yield from texts(value)
        case str():
            yield part


def test_all_languages_have_the_same_keys() -> None:
    assert [code for code, sentences in LANGUAGES.items() if sentences.keys() != LANGUAGES[ENGLISH].keys()] == []


def test_answers_are_in_one_language_and_the_same_but_for_their_words(spoken: dict[str, list[Json]]) -> None:
    first, second, english = (list(texts(spoken[language])) for language in ("xx", "yy", ENGLISH))
    assert sum("¤" in text for text in first) > 1000
    assert [text.replace("§", "¤") for text in second] == first
    assert [text.replace("¤", "").split() for text in first] == [text.split() for text in english]


def test_ids_are_the_same_in_every_language(spoken: dict[str, list[Json]]) -> None:
    assert set(ids(spoken["xx"])) == set(ids(spoken[ENGLISH]))


@pytest.mark.parametrize(
    ("asked", "language"),
    [({}, "en"), ({"Accept-Language": "xx"}, "xx"), ({"Accept-Language": "fr, xx-YY;q=0.5, en;q=0.2"}, "xx"),
     ({"Accept-Language": "en-GB, xx;q=0.9"}, "en"), ({"Accept-Language": "fr"}, "en"),
     ({"Accept-Language": "§"}, "en")],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/sigmoid", "/nowhere", "/worksheets"])
def test_a_page_is_in_the_language_that_the_browser_likes_best(
    path: str, asked: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code, sentences in with_signs().items():
        monkeypatch.setitem(LANGUAGES, code, sentences)

    def page() -> str:
        return str(create_app().server.test_client().get(path, headers=asked).get_data(as_text=True))

    html = copy_context().run(page)
    assert f'<html lang="{language}"' in html
    assert ("¤" in html) == (language == "xx")
