"""What the browser asks and what it is answered: read strictly, answered from the request alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from nnviz.draw.geometry import FRAMES
from nnviz.draw.look import Look
from nnviz.draw.palette import THEMES
from nnviz.draw.view import views
from nnviz.lessons.run import LAST_ITERATION, PRESET, passage
from nnviz.lessons.settings import Settings, fields, original, read
from nnviz.text import say

Json = dict[str, Any]

ITERATION, STEP = "iteration", "step"


class NotOursError(ValueError):
    """The request is none that the page sends."""


@dataclass(frozen=True)
class Request:
    """What the page asks: the texts in the fields, the last good ones, and where in the run to go.

    ``kept`` is None where the texts come from a link; ``repeated`` are the names that a link gives twice.
    """

    serial: int
    typed: Mapping[str, str]
    kept: Mapping[str, str] | None
    repeated: tuple[str, ...]
    iteration: str
    step: str
    look: Look

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
            )
        except KeyError as missing:
            raise NotOursError(str(missing)) from missing


def answer(request: Request) -> Json:
    """Return everything that the page shows for a request. Raises NotOursError where no page can have sent it."""
    start = original(PRESET)
    kept = start if request.kept is None else _kept(request.kept, start)
    settings, problems = read(PRESET, request.typed, kept)
    is_link = request.kept is None
    moved = not is_link and settings != kept
    number, iteration_problem = _whole_between("1" if moved else request.iteration, 1, LAST_ITERATION)
    shown = passage(settings, number)
    cursor, step_problem = _whole_between(request.step, 0, shown.end)
    notices = _link_notices(request, problems, settings) if is_link and request.typed else []
    notices += [say("link.iteration_limit", limit=LAST_ITERATION)] if iteration_problem else []
    notices += [say("link.step_limit", limit=shown.end)] if step_problem else []
    notices += [say("link.diverged", number=shown.number)] if shown.number < number else []
    return {
        "serial": request.serial,
        "settings": settings.texts,
        "problems": {} if is_link else problems,
        "notice": say("link.problem", details=" ".join(notices)) if notices else "",
        "query": urlencode(settings.texts | {ITERATION: shown.number}),
        "cursor": cursor,
        **views(shown, cursor, request.look),
    }


def _kept(texts: Mapping[str, str], start: Settings) -> Settings:
    """Return the last good settings as the browser holds them: every field, and each in order."""
    settings, problems = read(PRESET, texts, start)
    if problems or set(texts) != set(start.by_key):
        raise NotOursError("kept")
    return settings


def _link_notices(request: Request, problems: Mapping[str, str], settings: Settings) -> list[str]:
    """Return what was not good about a link, in sentences."""
    labels = {field.key: field.label for field in fields(PRESET)}
    places = {ITERATION: say("link.iteration"), STEP: say("link.step")}
    missing = [label for key, label in labels.items() if key not in request.typed]
    surplus = [key for key in request.typed if key not in labels and key not in places]
    notices = [
        say("link.broken", label=labels[key], given=_quoted(request.typed[key]), kept=settings.texts[key])
        for key in problems
    ]
    notices += [say("link.missing", names=", ".join(missing))] if missing else []
    notices += [say("link.surplus", names=", ".join(map(_quoted, surplus)))] if surplus else []
    notices += [say("link.repeated", names=", ".join(map(_quoted, request.repeated)))] if request.repeated else []
    return notices


def _quoted(text: str) -> str:
    short = text if len(text) <= 20 else f"{text[:19]}…"
    return f"“{short}”"


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
