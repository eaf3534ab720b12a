"""The results of assignments: the file that a student saves, and the page that reads many of them for a teacher."""

import csv
import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Flask, Response, abort, request

from nnviz.charts.canvas import Room
from nnviz.charts.theme import LIGHT, Look
from nnviz.player.refusal import RefusedError
from nnviz.player.request import NotOursError, Practised, list_of, log_of, text_of, texts_of
from nnviz.practice.card import Card
from nnviz.practice.mistakes import MISTAKES
from nnviz.practice.result import Result, read_result, result_text
from nnviz.practice.skills import SKILLS
from nnviz.text import say, shortened
from nnviz.web.plain_page import RESULTS, plain_page
from nnviz.web.practising import assigned, card_of, to_practise
from nnviz.web.registry import LESSONS
from nnviz.web.shared_answers import PRIORITY
from nnviz.web.static_files import StaticFiles

SAVED = "/result"
MOST_FILES, LONGEST_NAME = 200, 60
MOST_EVENTS = 3000  # of a result
LOOK = Look.within(Room(700, 400), LIGHT)


def answer_results(server: Flask, files: StaticFiles) -> None:
    """Answer the page for teachers, and what a student saves."""

    @server.route(RESULTS, methods=["GET", "POST"], strict_slashes=False)
    def results() -> str:
        uploaded = [file for file in request.files.getlist("results") if file.filename]
        read = [_read(file.filename or "", file.read()) for file in uploaded[:MOST_FILES]]
        return _page(files, read, is_cut=len(uploaded) > MOST_FILES)

    @server.post(SAVED)
    def save() -> Response:
        try:
            text = saved(request.get_json(silent=True))
        except (NotOursError, KeyError, TypeError, RefusedError):
            abort(400)
        return Response(text, mimetype="application/json")


def saved(given: Any) -> str:
    """Return the file of a result. Raises NotOursError or KeyError where no page can have asked for it."""
    if not isinstance(given, dict):
        raise NotOursError(type(given).__name__)
    name, text = text_of(given["lesson"]), text_of(given["assignment"])
    lesson = LESSONS.get(name)
    if lesson is None:
        raise NotOursError(name)
    tasks, events = [], 0
    with PRIORITY.quick(is_large=True):
        for number, task in enumerate(list_of(given["tasks"])):
            practised = Practised("", text, number, log=log_of(task["log"]))
            events += len(practised.log)
            if events > MOST_EVENTS:
                raise NotOursError(text)
            setup, problems = lesson.opened(texts_of(task["texts"]))
            if problems or assigned(practised) is None:
                raise NotOursError(text)
            setup = to_practise(lesson, setup, practised)
            tasks.append((lesson.link(setup).texts(setup), _card(practised, name, setup)))
    return result_text(text_of(given["student"]), text, tasks)


def _card(practised: Practised, name: str, setup: Any) -> Card:
    """Return the card of a task, whose log is of just its numbers."""
    lesson = LESSONS[name]
    card = card_of(practised, name, lesson.view(setup, 1, LOOK), lesson.run_name(setup))
    return replace(card, practised=replace(card.practised, task=card.name))


def _read(name: str, content: bytes) -> tuple[str, Result | None]:
    """Return a file's name, and what it says, or None where it is no result."""
    short = shortened(name, LONGEST_NAME)
    try:
        return short, read_result(content.decode("utf-8-sig"))
    except ValueError:
        return short, None


def _page(files: StaticFiles, read: Sequence[tuple[str, Result | None]], *, is_cut: bool) -> str:
    """Return the page with what was read in the present request, of which nothing is kept."""
    results = sorted((one for _, one in read if one is not None), key=lambda one: one.student.casefold())
    skills = [skill for skill in SKILLS if any(skill in one.skills for one in results)]
    counts = {key: sum(key in one.mistakes for one in results) for key in MISTAKES}
    mistakes = sorted(((MISTAKES[key], count) for key, count in counts.items() if count), key=lambda row: -row[1])
    problems = [say("results.not_ours", name=name) for name, one in read if one is None]
    problems += [say("results.too_many", most=MOST_FILES)] if is_cut else []
    return plain_page(
        "results",
        files,
        path=RESULTS,
        results=results,
        skills=skills,
        mistakes=mistakes,
        problems=problems,
        csv=b64encode(_csv(results, skills).encode()).decode(),
    )


def _csv(results: Sequence[Result], skills: Sequence[str]) -> str:
    """Return the table as CSV, for spreadsheets too: no cell of it begins as a formula does."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = [say(f"practice.skill.{skill}") for skill in skills]
    before, after = ("student", "assignment", "tasks", "minutes", "hints"), ("mistakes", "changed")
    writer.writerow([*(say(f"results.{key}") for key in before), *names, *(say(f"results.{key}") for key in after)])
    for one in results:
        shares = [_share(one, skill) for skill in skills]
        mistakes = "; ".join(f"{key} ({count})" for key, count in one.mistakes.items())
        changed = say("results.yes") if one.is_changed else ""
        row = [
            one.student,
            one.assignment,
            one.tasks,
            round(one.seconds / 60, 1),
            one.hints,
            *shares,
            mistakes,
            changed,
        ]
        writer.writerow([_plain(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def _share(one: Result, skill: str) -> str:
    right, count = one.skills.get(skill, (0, 0))
    return f"{right}/{count}" if count else ""


def _plain(cell: object) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
