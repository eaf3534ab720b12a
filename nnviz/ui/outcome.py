"""What becomes of a request: the setup that fields, buttons, links and files ask for, and what was wrong with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from nnviz.lessons.changes import RefusedError
from nnviz.lessons.desk import DATA, IN_FILE, SAMPLE, texts
from nnviz.lessons.lesson import Lesson
from nnviz.lessons.numerals import whole
from nnviz.text import say, shortened
from nnviz.ui.request import ITERATION, LESSON, OTHER, PLACES, STEP, TRAINED, NotOursError, Request, texts_of

OPEN, DEFAULTS = "open", "defaults"
MOST_STEPS, MOST_QUOTED, MOST_LISTED = 9999, 20, 12

Json = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What became of a request: the setup, where to go in its run, and what to say about it.

    ``before`` is the setup in which the cursor stood: in other steps it is to stand at the same quantity.
    ``keeps_run`` says that the run is the one that the browser knows places of, and ``replaces`` that so much is
    another that people may want to go back. Where a link or a file ``is_opened``, its run was ``trained`` so far, and
    ``other`` is the run that it compares with.
    """

    setup: Any
    iteration: str
    step: str
    problems: Mapping[str, str]
    notices: tuple[str, ...] = ()
    before: Any = None
    keeps_run: bool = False
    replaces: bool = False
    is_opened: bool = False
    trained: int = 0
    other: Json | None = None


def outcome_of(request: Request, lesson: Lesson[Any]) -> Outcome:
    """Return what becomes of a request to a lesson. Raises NotOursError where no page can have sent it."""
    is_file = request.action == OPEN
    if request.kept is None and not is_file:
        return _from_link(request, lesson)
    before = lesson.begun({}) if request.kept is None else _kept(request.kept, lesson)
    if is_file:
        return _from_file(request, lesson, before)
    return _from_page(request, lesson, before)


def _from_page(request: Request, lesson: Lesson[Any], before: Any) -> Outcome:
    """Return what fields and buttons make of the last good setup.

    An edit that moves the run begins it again at the same step; another preset begins at the start.
    """
    typed = {} if request.action == DEFAULTS else request.typed
    setup, problems = lesson.edited(before, typed)
    try:
        setup = lesson.pressed(setup, request.action, request.payload)
    except RefusedError as problem:
        problems[request.action] = str(problem)
    except KeyError as unknown:
        raise NotOursError("action") from unknown
    is_other = lesson.is_other(before, setup, typed)
    replaces = setup != before and (is_other or request.action != "" or lesson.replaces(before, setup))
    if is_other:
        return Outcome(setup, "1", "0", problems, replaces=replaces)
    problems = lesson.still_said(problems, before, setup)
    keeps_run = lesson.run(setup) == lesson.run(before)
    iteration = request.iteration if keeps_run else "1"
    return Outcome(setup, iteration, request.step, problems, before=before, keeps_run=keeps_run, replaces=replaces)


def _from_file(request: Request, lesson: Lesson[Any], before: Any) -> Outcome:
    """Return the setup in a file, or the last good one where anything is wrong with the file."""
    try:
        given = texts_of(json.loads(request.payload))
    except (ValueError, RecursionError):
        return Outcome(before, request.iteration, request.step, {OPEN: say("file.not_ours")}, before=before)
    if given.get(LESSON, lesson.name) != lesson.name:
        elsewhere = say("file.elsewhere", lesson=shortened(given[LESSON], MOST_QUOTED))
        return Outcome(before, request.iteration, request.step, {OPEN: elsewhere}, before=before)
    setup, problems = lesson.opened(given)
    missing = [key for key in lesson.in_full(setup) if key not in given]
    iteration, step, last = given.get(ITERATION, "1"), given.get(STEP, "0"), lesson.last_iteration(setup)
    for key, text, least, most in ((ITERATION, iteration, 1, last), (STEP, step, 0, MOST_STEPS)):
        if whole_between(text, least, most)[1]:
            problems[key] = say("problem.whole", least=least, most=most)
    if problems or missing:
        words = [say("file.missing", names=_listed(missing))] if missing else []
        words += [f"{key}: {problem}" for key, problem in problems.items()]
        refused = {OPEN: say("file.problem", details=" ".join(words))}
        return Outcome(before, request.iteration, request.step, refused, before=before)
    other, problem = _other(lesson, given.get(OTHER, ""))
    if problem:
        refused = {OPEN: say("file.problem", details=problem)}
        return Outcome(before, request.iteration, request.step, refused, before=before)
    trained = _trained(given, lesson.last_iteration(setup))[0]
    shown = {"replaces": setup != before, "is_opened": True, "trained": trained, "other": other}
    return Outcome(setup, iteration, step, {}, before=setup, **shown)


def _from_link(request: Request, lesson: Lesson[Any]) -> Outcome:
    setup, problems = lesson.opened(request.typed)
    notices = _link_notices(request, lesson, problems, setup) if request.typed else []
    step = request.step if STEP in request.typed else str(lesson.opening)
    other, problem = _other(lesson, request.typed.get(OTHER, ""))
    notices += [say("link.left_out", problem=problem)] if problem else []
    trained, is_wrong = _trained(request.typed, lesson.last_iteration(setup))
    notices += [say("link.trained", limit=f"{lesson.last_iteration(setup):,}")] if is_wrong else []
    return Outcome(setup, request.iteration, step, {}, tuple(notices), is_opened=True, trained=trained, other=other)


def _trained(given: Mapping[str, str], last: int) -> tuple[int, bool]:
    """Return how far a run was trained, 0 where a link does not say, and whether it says it wrongly."""
    return whole_between(given.get(TRAINED, "0"), 0, last)


def _other(lesson: Lesson[Any], query: str) -> tuple[Json | None, str]:
    """Return the run to compare with, or None; and a sentence where it is not in order."""
    if not query:
        return None, ""
    given = dict(parse_qsl(query))
    setup, problems = lesson.opened(given)
    last = lesson.last_iteration(setup)
    iteration, is_wrong = whole_between(given.get(ITERATION, "1"), 1, last)
    step, is_no_step = whole_between(given.get(STEP, "0"), 0, MOST_STEPS)
    trained, is_odd = _trained(given, last)
    if problems or is_wrong or is_no_step or is_odd or not given.keys() & lesson.in_full(setup).keys():
        return None, say("link.other")
    place = {"iteration": iteration, "cursor": step, "trained": trained}
    return {"texts": lesson.in_full(setup), "query": query, **place}, ""


def _kept(given: Mapping[str, str], lesson: Lesson[Any]) -> Any:
    """Return the last good setup as the browser holds it, whole."""
    setup, problems = lesson.opened(given)
    if problems or set(given) != set(lesson.in_full(setup)):
        raise NotOursError("kept")
    return setup


def _link_notices(request: Request, lesson: Lesson[Any], problems: Mapping[str, str], setup: Any) -> list[str]:
    """Return what was not good about a link, in sentences."""
    numbers = lesson.numbers(setup)
    controls = [c for groups in (lesson.link(setup), numbers) for group in groups.values() for c in group]
    labels = {c.key: c.key if c.choices else c.label for c in controls}
    used = lesson.in_full(setup)
    needed = [key for key in lesson.in_link(setup) if key in used]
    missing = [labels[key] for key in needed if key not in request.typed]
    is_elsewhere = request.typed.get(DATA) == IN_FILE
    surplus = [key for key in request.typed if key not in labels and key not in PLACES]
    notices = [
        say(
            "link.broken",
            label=labels.get(key, key),
            given=_quoted(request.typed[key]),
            kept=shortened(used[key], MOST_QUOTED),
        )
        for key in problems
        if not (is_elsewhere and key in (DATA, SAMPLE))
    ]
    notices += [say("link.data_in_file")] if is_elsewhere else []
    is_bare = not any(key in request.typed for key in texts(numbers))
    notices += [say("link.missing", names=_listed(missing))] if missing and not is_bare else []
    notices += [say("link.surplus", names=", ".join(map(_quoted, surplus)))] if surplus else []
    notices += [say("link.repeated", names=", ".join(map(_quoted, request.repeated)))] if request.repeated else []
    return notices


def _listed(names: list[str]) -> str:
    return ", ".join(names if len(names) <= MOST_LISTED else [*names[: MOST_LISTED - 1], "…"])


def _quoted(text: str) -> str:
    return f"“{shortened(text, MOST_QUOTED)}”"


def whole_between(text: str, least: int, most: int) -> tuple[int, bool]:
    """Return the whole number in a text, or the least one and True where it is none within the bounds."""
    try:
        return whole(text, least, most), False
    except ValueError:
        return least, True
