"""The contract of a lesson, over all of the registry: drawn at every cursor, recomputed, told, and kept in links."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest

from nnviz.algebra.expressions import evaluate
from nnviz.charts.theme import THEMES, Look
from nnviz.player.lesson import Lesson
from nnviz.player.view import View
from nnviz.text import say
from nnviz.web.registry import ENTRIES, HOME, LESSONS, Entry, entry_at
from tests.asking import ask, link, then
from tests.pictures import FRAMES, taken

MOST_PER_LESSON = 14
TYPED = {
    "network": (
        {"optimizer": "adam 0.8 0.99 1e-3", "schedule": "step 2 0.5", "detail": "term"},
        {"optimizer": "momentum 0.5", "schedule": "exponential 0.9", "notation": "indexed"},
    )
}


def setups(lesson: Lesson[Any]) -> Iterator[Any]:
    """Yield the usual setup of a lesson, some that are typed, and one for each of its choices."""
    start = lesson.begun({})
    yield start
    for given in TYPED.get(lesson.name, ()):
        yield lesson.opened(given)[0]
    controls = [field for field in lesson.link(start) if field.choices]
    for control in controls:
        for text in control.choices:
            if text != control.read(start):
                yield lesson.opened({control.key: text})[0]


CASES = {
    f"{entry.name} {number}": (entry, setup)
    for entry in ENTRIES
    for number, setup in zip(range(MOST_PER_LESSON), setups(entry.lesson), strict=False)
}
over_all = pytest.mark.parametrize(("entry", "setup"), CASES.values(), ids=CASES)


def views_of(entry: Entry, setup: Any, look: Look | None = None) -> Iterator[View]:
    """Yield how the first iterations of a lesson are read."""
    for number in range(1, min(3, entry.lesson.last_iteration(setup)) + 1):
        yield entry.lesson.view(setup, number, look or Look(), "", is_checked=False)


def opened(entry: Entry, setup: Any, step: str) -> dict[str, Any]:
    """Return the answer to a link of a setup, at a step."""
    return link(entry.lesson.in_link(setup) | {"step": step}, lesson=entry.name)


def test_names_and_paths_are_unique_and_found() -> None:
    assert len(LESSONS) == len(ENTRIES) == len({entry.path for entry in ENTRIES})
    for entry in ENTRIES:
        assert entry_at(entry.path) is entry
        assert entry_at(f"{entry.path}/".replace("//", "/")) is entry
        assert LESSONS[entry.name] is entry.lesson
    assert HOME.path == "/"


def test_each_lesson_says_what_it_is() -> None:
    for part in ("link", "heading", "title", "description"):
        said = [say(f"lesson.{entry.name}.{part}") for entry in ENTRIES]
        assert all(said)
        assert len(set(said)) == len(said)


@over_all
def test_every_step_recomputes(entry: Entry, setup: Any) -> None:
    for view in views_of(entry, setup):
        for step in view.run.iteration.steps:
            again = evaluate(step.expression, step.operands)
            assert np.allclose(again, step.value, rtol=1e-12, atol=1e-15), step.name
            assert str(step)


@over_all
def test_every_cursor_is_told(entry: Entry, setup: Any) -> None:
    for view in views_of(entry, setup):
        for cursor in range(view.run.end + 1):
            words = [view.meta(cursor), view.title(cursor), view.sentence(cursor), view.hint(cursor)]
            assert all(words), cursor
            assert not any("{" in text or "nan" in text.lower().split() for text in words), words
            assert (view.formula(cursor) == "") == (cursor == 0)
            assert view.names(cursor) or cursor == 0


@over_all
def test_every_cursor_is_drawn(entry: Entry, setup: Any) -> None:
    for frame in FRAMES.values():
        for theme in THEMES.values():
            [view, *_] = views_of(entry, setup, Look(theme, frame))
            figure = view.figure(0, view.run.end)
            changes = [view.frame(cursor) for cursor in range(view.run.end + 1)]
            taken(figure["data"] + [trace for change in changes for trace in change["data"]], figure["layout"])
            assert figure["label"]
            assert figure["pointing"][""]
            for change in changes:
                assert len(change["data"]) == len(change["traces"])
                assert max(change["traces"], default=0) < len(figure["data"])


@over_all
def test_nothing_is_sent_before_it_is_computed(entry: Entry, setup: Any) -> None:
    for view in views_of(entry, setup):
        position = view.run.iteration.position
        for released in range(view.run.end + 1):
            for name, number in view.values(released).items():
                assert number["since"] <= released, name
                assert number["since"] >= position.get(name, 0), name


@over_all
def test_a_link_brings_back_what_it_came_from(entry: Entry, setup: Any) -> None:
    lesson = entry.lesson
    assert lesson.opened(lesson.in_full(setup)) == (setup, {})
    assert lesson.opened(lesson.in_link(setup)) == (setup, {})
    assert lesson.edited(setup, lesson.form(setup).texts(setup)) == (setup, {})
    for step in ("0", "1"):
        reply = opened(entry, setup, step)
        assert reply["notice"] == ""
        again = link(dict(parse_qsl(reply["query"])) | {"step": step}, lesson=entry.name)
        assert again == reply


@over_all
def test_each_number_can_be_changed_and_a_bad_one_is_refused_where_it_was_typed(entry: Entry, setup: Any) -> None:
    reply = opened(entry, setup, "0")
    numbers = entry.lesson.numbers(setup).texts(setup)
    assert numbers
    for key in list(numbers)[:6]:
        bad = then(reply, {key: "abc"}, lesson=entry.name)
        assert bad["problems"].keys() == {key}
        assert numbers[key].replace("-", "−") in bad["problems"][key]
        assert bad["kept"] == reply["kept"]
    original = then(reply, action="defaults", lesson=entry.name)
    assert entry.lesson.opened(original["kept"])[1] == {}


@over_all
def test_the_next_iteration_begins_where_this_one_ends(entry: Entry, setup: Any) -> None:
    reply = opened(entry, setup, "1")
    end = ask(typed=reply["settings"], kept=reply["kept"], step=str(reply["steps"]), lesson=entry.name)
    assert (end["cursor"], end["released"]) == (reply["steps"], reply["steps"])
    assert json.dumps(end)
    if "next" not in end["views"][-1]["refusals"]:
        following = ask(typed=reply["settings"], kept=reply["kept"], iteration="2", lesson=entry.name)
        assert (following["iteration"], following["cursor"]) == (2, 0)
