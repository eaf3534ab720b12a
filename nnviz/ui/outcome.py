"""What becomes of a request: the setup that fields, buttons, links and files ask for, and what was wrong with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from nnviz.lessons.changes import RefusedError
from nnviz.lessons.controls import edited, link, numbers, typed_in
from nnviz.lessons.desk import DATA, IN_FILE, SAMPLE, in_full, in_link, opened, pressed, texts
from nnviz.lessons.numerals import whole
from nnviz.lessons.setup import Setup
from nnviz.lessons.training import LAST_ITERATION
from nnviz.text import say, shortened
from nnviz.ui.request import ITERATION, OTHER, PLACES, STEP, NotOursError, Request, texts_of

OPEN, DEFAULTS = "open", "defaults"
MOST_STEPS, MOST_QUOTED, MOST_LISTED = 9999, 20, 12


@dataclass(frozen=True)
class Outcome:
    """What became of a request: the setup, where to go in its run, and what to say about it.

    ``before`` is the setup in which the cursor stood: in other steps it is to stand at the same quantity.
    ``keeps_run`` says that the run is the one that the browser knows places of. ``other`` has the texts of a run to
    compare with, where a link brings one.
    """

    setup: Setup
    iteration: str
    step: str
    problems: Mapping[str, str]
    notices: tuple[str, ...] = ()
    before: Setup | None = None
    keeps_run: bool = False
    other: Mapping[str, str] | None = None


def outcome_of(request: Request) -> Outcome:
    """Return what becomes of a request. Raises NotOursError where no page can have sent it."""
    return _from_link(request) if request.kept is None else _from_page(request, request.kept)


def _from_page(request: Request, kept: Mapping[str, str]) -> Outcome:
    """Return what fields and buttons make of the last good setup.

    An edit that moves the run begins it again at the same step; another preset begins at the start.
    """
    before = _kept(kept)
    if request.action == OPEN:
        return _from_file(request, before)
    typed = {} if request.action == DEFAULTS else request.typed
    setup, problems = edited(before, typed, typed_in(before, typed))
    try:
        setup = pressed(setup, request.action, request.payload)
    except RefusedError as problem:
        problems[request.action] = str(problem)
    except KeyError as unknown:
        raise NotOursError("action") from unknown
    if setup.preset != before.preset:
        return Outcome(setup, "1", "0", problems)
    if setup.shape != before.shape:
        problems = {key: problem for key, problem in problems.items() if key not in texts(numbers(before))}
    keeps_run = setup.run == before.run
    iteration = request.iteration if keeps_run else "1"
    return Outcome(setup, iteration, request.step, problems, before=before, keeps_run=keeps_run)


def _from_file(request: Request, before: Setup) -> Outcome:
    """Return the setup in a file, or the last good one where anything is wrong with the file."""
    try:
        given = texts_of(json.loads(request.payload))
    except (ValueError, RecursionError):
        return Outcome(before, request.iteration, request.step, {OPEN: say("file.not_ours")}, before=before)
    setup, problems = opened(given)
    missing = [key for key in in_full(setup) if key not in given]
    iteration, step = given.get(ITERATION, "1"), given.get(STEP, "0")
    for key, text, least, most in ((ITERATION, iteration, 1, LAST_ITERATION), (STEP, step, 0, MOST_STEPS)):
        if whole_between(text, least, most)[1]:
            problems[key] = say("problem.whole", least=least, most=most)
    if problems or missing:
        words = [say("file.missing", names=_listed(missing))] if missing else []
        words += [f"{key}: {problem}" for key, problem in problems.items()]
        refused = {OPEN: say("file.problem", details=" ".join(words))}
        return Outcome(before, request.iteration, request.step, refused, before=before)
    other, problem = _other(given.get(OTHER, ""))
    if problem:
        return Outcome(before, request.iteration, request.step, {OPEN: problem}, before=before)
    return Outcome(setup, iteration, step, {}, before=setup, other=other)


def _from_link(request: Request) -> Outcome:
    setup, problems = opened(request.typed)
    notices = _link_notices(request, problems, setup) if request.typed else []
    other, problem = _other(request.typed.get(OTHER, ""))
    notices += [problem] if problem else []
    return Outcome(setup, request.iteration, request.step, {}, tuple(notices), other=other)


def _other(query: str) -> tuple[Mapping[str, str] | None, str]:
    """Return the texts of the run to compare with, all of them, or None, and what was wrong with it, if anything."""
    if not query:
        return None, ""
    setup, problems = opened(dict(parse_qsl(query)))
    return (None, say("link.other")) if problems else (in_full(setup), "")


def _kept(given: Mapping[str, str]) -> Setup:
    """Return the last good setup as the browser holds it, whole."""
    setup, problems = opened(given)
    if problems or set(given) != set(in_full(setup)):
        raise NotOursError("kept")
    return setup


def _link_notices(request: Request, problems: Mapping[str, str], setup: Setup) -> list[str]:
    """Return what was not good about a link, in sentences."""
    groups = link(setup) | numbers(setup)
    labels = {c.key: c.key if c.choices else c.label for group in groups.values() for c in group}
    used = in_full(setup)
    needed = [key for key in in_link(setup) if key in used]
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
    is_bare = not any(key in request.typed for key in texts(numbers(setup)))
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
