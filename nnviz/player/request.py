"""What the browser asks, read strictly: anything that the page never sends is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nnviz.charts.canvas import Room
from nnviz.charts.theme import THEMES, Look
from nnviz.protocol import Deed

ITERATION, STEP, TRAINED, OTHER, PRACTICE, ASSIGNMENT = PLACES = (
    "iteration", "step", "trained", "other", "practice", "assignment",
)  # fmt: skip
LESSON = "lesson"
EXERCISE = "exercise"  # the button that asks for other numbers to practise with
EMBED = "embed"  # with "1" a link shows the page as it is within a page of somebody else's
MEGABYTE = 2**20
LONGEST_ADDRESS = 8000  # characters of a link; proxies refuse longer ones
LARGEST_BODY = 16 * MEGABYTE  # opening the largest file takes the network that is there and the one in the file
SMALLEST, LARGEST = 100, 8000  # pixels
LONGEST_LOG, LONGEST_RECORD = 500, 40_000  # events of a task; characters
DEEDS: Mapping[str, Deed] = {"answers": "answers", "hint": "hint", "guess": "guess", "line": "line"}
PackedCheckpoint = tuple[int, str]  # an iteration, and what the lesson needs to know to go on from it


class NotOursError(ValueError):
    """The request is none that the page sends."""


@dataclass(frozen=True)
class Beside:
    """Another run that the page shows beside its own: its texts, and where in it the reader was."""

    texts: Mapping[str, str]
    iteration: int
    step: int
    checkpoint: PackedCheckpoint | None

    @staticmethod
    def of(given: Any) -> "Beside":
        """Return the run in the browser's JSON. Raises NotOursError where it is none, KeyError where a part lacks."""
        if not isinstance(given, dict):
            raise NotOursError(type(given).__name__)
        checkpoint = None if given["checkpoint"] is None else checkpoint_of(given["checkpoint"])
        return Beside(texts_of(given["texts"]), whole_of(given["iteration"]), whole_of(given["step"]), checkpoint)


@dataclass(frozen=True)
class Event:
    """What a student did at a task, and how many seconds after its beginning; see ``protocol.PracticeEvent``."""

    deed: Deed
    step: str
    numbers: Mapping[str, str]
    at: int

    @staticmethod
    def of(given: Any) -> "Event":
        """Return the event in the browser's JSON. Raises NotOursError where it is none, KeyError where a part lacks."""
        if not isinstance(given, dict):
            raise NotOursError(type(given).__name__)
        return Event(
            DEEDS[text_of(given["deed"])], text_of(given["step"]), texts_of(given["numbers"]), whole_of(given["at"])
        )


@dataclass(frozen=True)
class Practised:
    """How somebody practises, what they did at the ``task`` of that name, and the record of all of their tasks.

    Of an ``assignment`` it is the task of a ``number``, counted from 0.
    """

    way: str
    assignment: str = ""
    number: int = 0
    task: str = ""
    log: tuple[Event, ...] = ()
    record: str = ""

    @staticmethod
    def of(given: Any) -> "Practised":
        """Return it from the browser's JSON. Raises NotOursError where it is none, KeyError where a part lacks."""
        if not isinstance(given, dict):
            raise NotOursError(type(given).__name__)
        record = text_of(given["record"])
        if len(record) > LONGEST_RECORD:
            raise NotOursError(PRACTICE)
        way, assignment, number = text_of(given["way"]), text_of(given["assignment"]), whole_of(given["number"])
        return Practised(way, assignment, number, text_of(given["task"]), log_of(given["log"]), record)


def log_of(given: object) -> tuple[Event, ...]:
    """Return the events in the browser's JSON. Raises NotOursError where they are none, or too many."""
    events = list_of(given)
    if len(events) > LONGEST_LOG:
        raise NotOursError(PRACTICE)
    return tuple(map(Event.of, events))


@dataclass(frozen=True)
class Request:
    """What the page of a ``lesson`` asks: texts in fields, the last good setup, a button, and where in the run to go.

    ``kept`` is None where the texts come from a link; ``repeated`` are the names that a link gives twice. ``action``
    is the button that was pressed, and ``payload`` a text that goes with it. ``chosen`` is the place whose details
    are shown, and ``checked`` says that its gradient is to be checked. ``panels`` names the forms that the page has.
    ``checkpoint`` is a place of the ``run`` of that name from which the iteration is soon reached. ``views`` names what
    else the page shows, and ``numbers`` are the reader's own, to be checked; ``pair`` are the two parameters whose loss
    surface it shows, and ``path`` the places of the run so far. ``beside`` is the run to compare with. ``practised`` is
    None where nobody practises.
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
    run: str = ""
    checkpoint: PackedCheckpoint | None = None
    views: frozenset[str] = frozenset()
    numbers: str = ""
    pair: str = ""
    path: tuple[PackedCheckpoint, ...] = ()
    beside: Beside | None = None
    lesson: str = ""
    practised: Practised | None = None

    @staticmethod
    def of(given: object) -> "Request":
        """Return the request in the JSON that the browser sent. Raises NotOursError where it is none."""
        if not isinstance(given, dict):
            raise NotOursError(type(given).__name__)
        try:
            kept = given["kept"]
            return Request(
                serial=whole_of(given["serial"]),
                typed=texts_of(given["typed"]),
                kept=None if kept is None else texts_of(kept),
                repeated=tuple(text_of(name) for name in list_of(given["repeated"])),
                iteration=text_of(given[ITERATION]),
                step=text_of(given[STEP]),
                look=Look.within(room_of(given["room"]), THEMES[text_of(given["theme"])]),
                action=text_of(given["action"]),
                payload=text_of(given["payload"]),
                chosen=text_of(given["chosen"]),
                is_checked={"yes": True, "": False}[text_of(given["checked"])],
                panels=text_of(given["panels"]),
                run=text_of(given["run"]),
                checkpoint=None if given["checkpoint"] is None else checkpoint_of(given["checkpoint"]),
                views=frozenset(map(text_of, list_of(given["views"]))),
                numbers=text_of(given["numbers"]),
                pair=text_of(given["pair"]),
                path=tuple(map(checkpoint_of, list_of(given["path"]))),
                beside=None if given["beside"] is None else Beside.of(given["beside"]),
                lesson=text_of(given["lesson"]),
                practised=None if given[PRACTICE] is None else Practised.of(given[PRACTICE]),
            )
        except KeyError as missing:
            raise NotOursError(str(missing)) from missing


def text_of(given: object) -> str:
    """Return a text. Raises NotOursError where it is anything else."""
    if not isinstance(given, str):
        raise NotOursError(type(given).__name__)
    return given


def whole_of(given: object) -> int:
    """Return a whole number. Raises NotOursError where it is anything else."""
    if not isinstance(given, int) or isinstance(given, bool):
        raise NotOursError(type(given).__name__)
    return given


def list_of(given: object) -> list[Any]:
    """Return a list. Raises NotOursError where it is anything else."""
    if not isinstance(given, list):
        raise NotOursError(type(given).__name__)
    return given


def room_of(given: object) -> Room:
    """Return the room that the picture has. Raises NotOursError where it is none that a screen may have."""
    match list_of(given):
        case [width, height] if all(SMALLEST <= whole_of(side) <= LARGEST for side in (width, height)):
            return Room(width, height)
    raise NotOursError("room")


def checkpoint_of(given: object) -> PackedCheckpoint:
    """Return an iteration and packed parameters. Raises NotOursError where it is anything else."""
    match given:
        case {"iteration": iteration, "packed": packed}:
            return whole_of(iteration), text_of(packed)
    raise NotOursError("checkpoint")


def texts_of(given: object) -> dict[str, str]:
    """Return texts by name. Raises NotOursError where it is anything else."""
    if not isinstance(given, dict):
        raise NotOursError(type(given).__name__)
    return {text_of(key): text_of(value) for key, value in given.items()}
