"""What the browser asks, read strictly: anything that the page never sends is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from nnviz.draw.frames import FRAMES
from nnviz.draw.look import Look
from nnviz.draw.palette import THEMES
from nnviz.ui.registry import HOME, LESSONS

ITERATION, STEP = PLACES = "iteration", "step"


class NotOursError(ValueError):
    """The request is none that the page sends."""


@dataclass(frozen=True)
class Request:
    """What the page of a ``lesson`` asks: texts in fields, the last good setup, a button, and where in the run to go.

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
    lesson: str = HOME.name

    @staticmethod
    def of(given: object) -> "Request":
        """Return the request in the JSON that the browser sent. Raises NotOursError where it is none."""
        if not isinstance(given, dict):
            raise NotOursError(type(given).__name__)
        try:
            kept = given["kept"]
            return Request(
                serial=_whole(given["serial"]),
                typed=texts_of(given["typed"]),
                kept=None if kept is None else texts_of(kept),
                repeated=tuple(_text(name) for name in _list(given["repeated"])),
                iteration=_text(given[ITERATION]),
                step=_text(given[STEP]),
                look=Look(THEMES[_text(given["theme"])], FRAMES[_text(given["frame"])]),
                action=_text(given["action"]),
                payload=_text(given["payload"]),
                chosen=_text(given["chosen"]),
                is_checked={"yes": True, "": False}[_text(given["checked"])],
                panels=_text(given["panels"]),
                lesson=LESSONS[_text(given["lesson"])].name,
            )
        except KeyError as missing:
            raise NotOursError(str(missing)) from missing


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


def texts_of(given: object) -> dict[str, str]:
    """Return texts by name. Raises NotOursError where it is anything else."""
    if not isinstance(given, dict):
        raise NotOursError(type(given).__name__)
    return {_text(key): _text(value) for key, value in given.items()}
