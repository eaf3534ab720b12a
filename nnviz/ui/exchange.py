"""What the browser asks and what it is answered: read strictly, answered from the request alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from nnviz.draw.frames import FRAMES
from nnviz.draw.look import Look
from nnviz.draw.palette import THEMES
from nnviz.draw.view import Passage, same_place, views
from nnviz.lessons.changes import RefusedError
from nnviz.lessons.controls import edited, form, link, numbers
from nnviz.lessons.desk import DATA, IN_FILE, MOST_DATA_IN_LINK, in_full, in_link, is_too_large, opened, pressed, texts
from nnviz.lessons.run import last_iteration, passage
from nnviz.lessons.setup import Setup
from nnviz.text import say
from nnviz.ui.panels import panels

Json = dict[str, Any]

ITERATION, STEP = PLACES = "iteration", "step"
OPEN, DEFAULTS = "open", "defaults"
MOST_STEPS, MOST_QUOTED, MOST_LISTED = 9999, 20, 12


class NotOursError(ValueError):
    """The request is none that the page sends."""


@dataclass(frozen=True)
class Request:
    """What the page asks: the texts in the fields, the last good setup, a button, and where in the run to go.

    ``kept`` is None where the texts come from a link; ``repeated`` are the names that a link gives twice. ``action``
    is the button that was pressed, and ``payload`` a text that goes with it. ``chosen`` is the place whose story is
    told, and ``checked`` says that its gradient is to be checked. ``panels`` names the forms that the page has.
    """

    serial: int
    typed: Mapping[str, str]
    kept: Mapping[str, str] | None
    repeated: tuple[str, ...]
    iteration: str
    step: str
    look: Look
    action: str = ""
    payload: str = ""
    chosen: str = ""
    is_checked: bool = False
    panels: str = ""

    @staticmethod
    def of(given: object) -> "Request":
        """Return the request in the JSON that the browser sent. Raises NotOursError where it is none."""
        if not isinstance(given, dict):
            raise NotOursError(type(given).__name__)
        try:
            kept = given["kept"]
            return Request(
                serial=_whole(given["serial"]),
                typed=_texts(given["typed"]),
                kept=None if kept is None else _texts(kept),
                repeated=tuple(_text(name) for name in _list(given["repeated"])),
                iteration=_text(given[ITERATION]),
                step=_text(given[STEP]),
                look=Look(THEMES[_text(given["theme"])], FRAMES[_text(given["frame"])]),
                action=_text(given["action"]),
                payload=_text(given["payload"]),
                chosen=_text(given["chosen"]),
                is_checked=_text(given["checked"]) == "yes",
                panels=_text(given["panels"]),
            )
        except KeyError as missing:
            raise NotOursError(str(missing)) from missing


@dataclass(frozen=True)
class Outcome:
    """What became of a request: the setup, where to go in its run, and what to say about it.

    ``before`` is the setup in which the cursor stood: in other steps it is to stand at the same quantity.
    """

    setup: Setup
    iteration: str
    step: str
    problems: Mapping[str, str]
    notices: tuple[str, ...] = ()
    before: Setup | None = None


def answer(request: Request) -> Json:
    """Return everything that the page shows for a request. Raises NotOursError where no page can have sent it."""
    outcome = _from_link(request) if request.kept is None else _from_page(request, request.kept)
    setup = outcome.setup
    last = last_iteration(setup)
    number, iteration_problem = _whole_between(outcome.iteration, 1, last)
    shown = passage(setup, number)
    cursor, step_problem = _cursor(outcome, shown)
    notices = list(outcome.notices)
    notices += [say("link.iteration_limit", limit=last)] if iteration_problem else []
    notices += [say("link.step_limit", limit=shown.end)] if step_problem else []
    notices += [say("link.diverged", number=shown.number)] if shown.number < number else []
    return {
        "serial": request.serial,
        "settings": texts(form(setup)),
        "kept": in_full(setup),
        "problems": outcome.problems,
        "notice": say("link.problem", details=" ".join(notices)) if notices else "",
        "query": urlencode(in_link(setup) | {ITERATION: shown.number}),
        "incomplete": say("link.data_too_large", most=MOST_DATA_IN_LINK) if is_too_large(setup) else "",
        "cursor": cursor,
        "about": _about(setup),
        "by_samples": _by_samples(setup),
        "panels": panels(setup, shown.iteration, request.panels),
        **views(shown, cursor, request.look, request.chosen, request.is_checked),
    }


def _about(setup: Setup) -> str:
    """Return what to look at in the preset, and where it comes from; of another network there is nothing to say."""
    if setup.is_own:
        return say("preset.own")
    key = f"preset.{setup.preset}"
    return say("preset.about", look=say(f"{key}.look"), source=say(f"{key}.source"))


def _by_samples(setup: Setup) -> str:
    count = len(setup.inputs)
    return say("page.by_samples", number=setup.sample + 1, count=count) if count > 1 else ""


def _from_page(request: Request, kept: Mapping[str, str]) -> Outcome:
    """Return what fields and buttons make of the last good setup.

    An edit that moves the run begins it again at the same step; another preset begins at the start.
    """
    before = _kept(kept)
    if request.action == OPEN:
        return _from_file(request, before)
    typed = {} if request.action == DEFAULTS else request.typed
    setup, problems = edited(before, typed, form(before))
    try:
        setup = pressed(setup, request.action, request.payload)
    except RefusedError as problem:
        problems[request.action] = str(problem)
    except KeyError as unknown:
        raise NotOursError("action") from unknown
    if setup.preset != before.preset:
        return Outcome(setup, "1", "0", problems)
    iteration = request.iteration if setup.run == before.run else "1"
    return Outcome(setup, iteration, request.step, problems, before=before)


def _from_file(request: Request, before: Setup) -> Outcome:
    """Return the setup in a file, or the last good one where anything is wrong with the file."""
    try:
        given = _texts(json.loads(request.payload))
    except (ValueError, RecursionError):
        return Outcome(before, request.iteration, request.step, {OPEN: say("file.not_ours")}, before=before)
    setup, problems = opened(given)
    missing = [key for key in in_full(setup) if key not in given]
    iteration, step = given.get(ITERATION, "1"), given.get(STEP, "0")
    for key, text, least, most in ((ITERATION, iteration, 1, last_iteration(setup)), (STEP, step, 0, MOST_STEPS)):
        if _whole_between(text, least, most)[1]:
            problems[key] = say("problem.whole", least=least, most=most)
    if problems or missing:
        words = [say("file.missing", names=_listed(missing))] if missing else []
        words += [f"{key}: {problem}" for key, problem in problems.items()]
        refused = {OPEN: say("file.problem", details=" ".join(words))}
        return Outcome(before, request.iteration, request.step, refused, before=before)
    return Outcome(setup, iteration, step, {}, before=setup)


def _from_link(request: Request) -> Outcome:
    setup, problems = opened(request.typed)
    notices = _link_notices(request, problems, setup) if request.typed else []
    return Outcome(setup, request.iteration, request.step, {}, tuple(notices))


def _cursor(outcome: Outcome, shown: Passage) -> tuple[int, bool]:
    """Return the cursor, and whether the one asked for is not there; one that was there is followed."""
    before, setup = outcome.before, outcome.setup
    if before is None:
        return _whole_between(outcome.step, 0, shown.end)
    if before.manner.detail == setup.manner.detail:
        return min(_whole_between(outcome.step, 0, MOST_STEPS)[0], shown.end), False
    told = replace(setup, manner=replace(setup.manner, detail=before.manner.detail))
    was = passage(told, shown.number)
    step = min(_whole_between(outcome.step, 0, MOST_STEPS)[0], was.end)
    return same_place(was.iteration, step, shown.iteration), False


def _kept(given: Mapping[str, str]) -> Setup:
    """Return the last good setup as the browser holds it, whole."""
    setup, problems = opened(given)
    if problems or set(given) != set(in_full(setup)):
        raise NotOursError("kept")
    return setup


def _link_notices(request: Request, problems: Mapping[str, str], setup: Setup) -> list[str]:
    """Return what was not good about a link, in sentences."""
    groups = link(setup) | numbers(setup)
    labels = {control.key: control.label for group in groups.values() for control in group}
    used = in_full(setup)
    needed = [key for key in in_link(setup) if key in used]
    missing = [labels[key] for key in needed if key not in request.typed]
    surplus = [key for key in request.typed if key not in labels and key not in PLACES]
    notices = [
        say("link.broken", label=labels.get(key, key), given=_quoted(request.typed[key]), kept=_shortened(used[key]))
        for key in problems
        if request.typed[key] != IN_FILE
    ]
    notices += [say("link.data_in_file")] if request.typed.get(DATA) == IN_FILE else []
    is_bare = not any(key in request.typed for key in texts(numbers(setup)))
    notices += [say("link.missing", names=_listed(missing))] if missing and not is_bare else []
    notices += [say("link.surplus", names=", ".join(map(_quoted, surplus)))] if surplus else []
    notices += [say("link.repeated", names=", ".join(map(_quoted, request.repeated)))] if request.repeated else []
    return notices


def _listed(names: list[str]) -> str:
    return ", ".join(names if len(names) <= MOST_LISTED else [*names[: MOST_LISTED - 1], "…"])


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_QUOTED else f"{text[: MOST_QUOTED - 1]}…"


def _quoted(text: str) -> str:
    return f"“{_shortened(text)}”"


def _whole_between(text: str, least: int, most: int) -> tuple[int, bool]:
    """Return the whole number in a text, or the least one and True where it is none within the bounds."""
    good = text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most
    return (int(text), False) if good else (least, True)


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise NotOursError(type(given).__name__)
    return given


def _whole(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise NotOursError(type(given).__name__)
    return given


def _list(given: object) -> list[object]:
    if not isinstance(given, list):
        raise NotOursError(type(given).__name__)
    return given


def _texts(given: object) -> dict[str, str]:
    if not isinstance(given, dict):
        raise NotOursError(type(given).__name__)
    return {_text(key): _text(value) for key, value in given.items()}
