"""What becomes of a request: the setup that fields, buttons, links and files ask for, and what was wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl

from nnviz.player import file
from nnviz.player.lesson import Lesson
from nnviz.player.parsing import whole
from nnviz.player.refusal import RefusedError, allowed_whole
from nnviz.player.request import EMBED, ITERATION, LESSON, OTHER, PLACES, STEP, TRAINED, NotOursError, Request
from nnviz.protocol import OtherRun, Place
from nnviz.text import quoted, say, shortened

OPEN, DEFAULTS = "open", "defaults"
MOST_STEPS, MOST_QUOTED, MOST_LISTED = 9999, 20, 12


@dataclass(frozen=True)
class Outcome:
    """What became of a request: the setup, where to go in its run, and what to say about it.

    ``lead`` is the key of the sentence that begins what there is to say.
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
    lead: str = "link.problem"
    before: Any = None
    keeps_run: bool = False
    replaces: bool = False
    is_opened: bool = False
    trained: int = 0
    other: OtherRun | None = None


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
    remarks: tuple[str, ...] = ()
    try:
        setup = lesson.pressed(setup, request.action, request.payload)
        remarks = tuple(lesson.remarks(setup, {request.action: request.payload}))
    except RefusedError as problem:
        problems |= problem.problems or {request.action: str(problem)}
    except KeyError as unknown:
        raise NotOursError("action") from unknown
    is_other = lesson.is_other(before, setup, typed)
    replaces = setup != before and (is_other or request.action != "" or lesson.replaces(before, setup))
    begun = Outcome(setup, "1", "0", problems, remarks, "data.used", replaces=replaces)
    if is_other:
        return begun
    keeps_run = lesson.run_setup(setup) == lesson.run_setup(before)
    return replace(
        begun,
        iteration=request.iteration if keeps_run else "1",
        step=request.step,
        problems=lesson.still_said(problems, before, setup),
        before=before,
        keeps_run=keeps_run,
    )


def _from_file(request: Request, lesson: Lesson[Any], before: Any) -> Outcome:
    """Return the setup in a file, or the last good one where anything is wrong with the file."""

    def refused(words: str) -> Outcome:
        return Outcome(before, request.iteration, request.step, {OPEN: words}, before=before)

    try:
        given, repeated = file.read(request.payload)
    except (ValueError, RecursionError):
        try:
            setup, notices = lesson.from_elsewhere(before, request.payload)
        except RefusedError as problem:
            return refused(str(problem))
        return Outcome(setup, "1", "0", {}, tuple(notices), "file.opened", replaces=True, is_opened=True)
    if (name := given.pop(LESSON, lesson.name)) != lesson.name:
        return refused(say("file.elsewhere", lesson=_short(name)))
    setup, problems = lesson.opened(given)
    if not given.keys() & lesson.in_full(setup).keys():
        return refused(say("file.not_ours"))
    iteration, step, last = given.get(ITERATION, "1"), given.get(STEP, "0"), lesson.last_iteration(setup)
    trained, _ = _trained(given, last)
    for key, least, most in ((ITERATION, 1, last), (STEP, 0, MOST_STEPS), (TRAINED, 0, last)):
        if key in given and whole_between(given[key], least, most)[1]:
            problems[key] = allowed_whole(least, most)
    other, wrong = _other(lesson, given.get(OTHER, ""))
    words = [say("file.repeated", names=_listed(map(_quoted, repeated)))] if repeated else []
    words += [f"{key}: {problem}" for key, problem in problems.items()] + wrong
    if words:
        return refused(say("file.problem", details=" ".join(words)))
    notices = _filled_in(given, lesson, setup) + _surplus(given, lesson, setup) + lesson.remarks(setup, given)
    shown = {"replaces": setup != before, "is_opened": True, "trained": trained, "other": other}
    return Outcome(setup, iteration, step, {}, tuple(notices), "file.opened", setup, **shown)


def _from_link(request: Request, lesson: Lesson[Any]) -> Outcome:
    setup, problems = lesson.opened(request.typed)
    notices = _link_notices(request, lesson, problems, setup) if request.typed else []
    other, wrong = _other(lesson, request.typed.get(OTHER, ""))
    notices += [say("link.left_out", problem=" ".join(wrong))] if wrong else []
    trained, is_wrong = _trained(request.typed, lesson.last_iteration(setup))
    notices += [say("link.trained", limit=f"{lesson.last_iteration(setup):,}")] if is_wrong else []
    return Outcome(
        setup, request.iteration, request.step, {}, tuple(notices), is_opened=True, trained=trained, other=other
    )


def _trained(given: Mapping[str, str], last: int) -> tuple[int, bool]:
    """Return how far a run was trained, 0 where a link does not say, and whether it says it wrongly."""
    return whole_between(given.get(TRAINED, "0"), 0, last)


def _other(lesson: Lesson[Any], query: str) -> tuple[OtherRun | None, list[str]]:
    """Return the run to compare with, or None; and sentences where it is not in order."""
    if not query:
        return None, []
    given = dict(parse_qsl(query))
    setup, problems = lesson.opened(given)
    last = lesson.last_iteration(setup)
    iteration, is_wrong = whole_between(given.get(ITERATION, "1"), 1, last)
    step, is_no_step = whole_between(given.get(STEP, "0"), 0, MOST_STEPS)
    trained, is_odd = _trained(given, last)
    if problems or is_wrong or is_no_step or is_odd or not given.keys() & lesson.in_full(setup).keys():
        return None, [say("link.other"), *(f"{key}: {problem}" for key, problem in problems.items())]
    place: Place = {"iteration": iteration, "cursor": step}
    return {"texts": lesson.in_full(setup), "query": query, **place, "trained": trained}, []


def _kept(given: Mapping[str, str], lesson: Lesson[Any]) -> Any:
    """Return the last good setup as the browser holds it, whole."""
    setup, problems = lesson.opened(given)
    if problems or set(given) != set(lesson.in_full(setup)):
        raise NotOursError("kept")
    return setup


def _link_notices(request: Request, lesson: Lesson[Any], problems: Mapping[str, str], setup: Any) -> list[str]:
    """Return what was not good about a link, in sentences."""
    labels, used = _labels(lesson, setup), lesson.in_full(setup)
    elsewhere = lesson.in_a_file(request.typed)
    notices = [
        say(
            "link.broken" if used.get(key) else "link.unused",
            label=_begun(labels.get(key, key)),
            given=_quoted(request.typed[key]),
            kept=_short(used.get(key, "")),
            reason=reason,
        )
        for key, reason in problems.items()
        if key not in elsewhere
    ]
    notices += [say("link.in_file")] if elsewhere else []
    notices += _filled_in(request.typed, lesson, setup) + _surplus(request.typed, lesson, setup)
    notices += lesson.remarks(setup, request.typed)
    repeated = _listed(map(_quoted, request.repeated))
    return [*notices, say("link.repeated", names=repeated)] if repeated else notices


def _labels(lesson: Lesson[Any], setup: Any) -> dict[str, str]:
    """Return what each text of a link or a file is called: a number by its label, a choice by its key."""
    fields = [*lesson.link(setup), *lesson.numbers(setup)]
    return {field.key: field.key if field.choices else field.label(setup) for field in fields}


def _filled_in(given: Mapping[str, str], lesson: Lesson[Any], setup: Any) -> list[str]:
    """Return which numbers a link or a file leaves out, and what they are, where it gives any."""
    form, needed = lesson.numbers(setup), lesson.in_link(setup)
    if not given.keys() & {field.key for field in form}:
        return []
    in_data = lesson.given_twice(setup, given)
    missing = [f for f in form if f.key in needed and f.key not in given and f.key not in in_data]
    names = _listed(f"{field.label(setup)} = {field.read(setup)}" for field in missing)
    return [say("link.missing", names=names)] if missing else []


def _surplus(given: Mapping[str, str], lesson: Lesson[Any], setup: Any) -> list[str]:
    """Return which names in a link or a file are not known."""
    known = _labels(lesson, setup).keys() | set(PLACES)
    surplus = [key for key in given if key not in known and (key, given[key]) != (EMBED, "1")]
    return [say("link.surplus", names=_listed(map(_quoted, surplus)))] if surplus else []


def _listed(names: Iterable[str]) -> str:
    first = list(islice(names, MOST_LISTED + 1))
    return ", ".join(first if len(first) <= MOST_LISTED else [*first[: MOST_LISTED - 1], "…"])


def _begun(label: str) -> str:
    """Return the label as it begins a sentence: a word in upper case, a symbol, such as w1, as it is."""
    return label[:1].upper() + label[1:] if label[:2].isalpha() else label


def _short(text: str) -> str:
    return shortened(text, MOST_QUOTED)


def _quoted(text: str) -> str:
    return quoted(text, MOST_QUOTED)


def whole_between(text: str, least: int, most: int) -> tuple[int, bool]:
    """Return the whole number in a text, or the least one and True where it is none within the bounds."""
    try:
        return whole(text, least, most), False
    except ValueError:
        return least, True
