"""The result of an assignment as a file: answers as they were typed, verdicts, mistakes, hints, times.

Its checksum makes changes evident to whoever reads the file here; it does not make them impossible, as anybody who
reads this can compute another one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from nnviz.practice.card import Card
from nnviz.practice.mistakes import MISTAKES
from nnviz.practice.session import Blank
from nnviz.practice.skills import SKILLS
from nnviz.practice.ways import HINTS

FORMAT, VERSION = "nnviz-result", 1
LONGEST_NAME, MOST_TASKS, MOST_LINES = 100, 60, 5000
LONGEST_TIME = 10**7  # seconds of a task


@dataclass(frozen=True)
class Result:
    """What a student's file says: whose it is, of which assignment, and how each task went.

    ``skills`` has by key how many numbers were right at the first try, and how many were asked; ``mistakes`` in how
    many tasks each was recognized. ``is_changed`` says that the file is not as it was saved.
    """

    student: str
    assignment: str
    tasks: int
    seconds: int
    hints: int
    skills: Mapping[str, tuple[int, int]]
    mistakes: Mapping[str, int]
    is_changed: bool


def result_text(student: str, assignment: str, tasks: Sequence[tuple[Mapping[str, str], Card]]) -> str:
    """Return the file of a student's cards, one a task, each with the texts of what was set."""
    facts = {
        "format": FORMAT,
        "version": VERSION,
        "student": _plain(student),
        "assignment": assignment,
        "tasks": [{"set": dict(texts), **_task(card)} for texts, card in tasks],
    }
    return json.dumps({**facts, "checksum": _checksum(facts)}, ensure_ascii=False, indent=1)


def _task(card: Card) -> dict[str, Any]:
    log, skill_of = card.practised.log, card.subject.skill
    return {
        "task": card.name,
        "seconds": min(max(0, log[-1].at), LONGEST_TIME) if log else 0,
        "lines": [_line(card, blank, skill_of(blank.step)) for blank in card.session.blanks],
        "pressed": [event.step for event in log if event.deed in ("guess", "line")],
        "mistakes": list(card.mistakes),
        "is_done": card.is_done,
    }


def _line(card: Card, blank: Blank, skill: str) -> dict[str, Any]:
    id_ = blank.step.id
    typed = [event.numbers[id_] for event in card.practised.log if event.deed == "answers" and id_ in event.numbers]
    return {
        "name": blank.step.name,
        "skill": skill,
        "typed": typed,
        "verdict": blank.state,
        "first_try": bool(blank.is_first),
        "hints": blank.hints,
    }


def read_result(text: str) -> Result:
    """Return what a student's file says. Raises ValueError where it is none."""
    try:
        given = json.loads(text)
        if given["format"] != FORMAT or given["version"] != VERSION or len(given["tasks"]) > MOST_TASKS:
            raise ValueError(FORMAT)
        facts = {key: value for key, value in given.items() if key != "checksum"}
        lines = [line for task in given["tasks"] for line in task["lines"]]
        if len(lines) > MOST_LINES:
            raise ValueError(MOST_LINES)
        skills = {}
        for skill in SKILLS:
            of_skill = [bool(line["first_try"]) for line in lines if line["skill"] == skill]
            if of_skill:
                skills[skill] = (sum(of_skill), len(of_skill))
        named = [key for task in given["tasks"] for key in dict.fromkeys(task["mistakes"]) if key in MISTAKES]
        return Result(
            student=_plain(given["student"]),
            assignment=_plain(given["assignment"]),
            tasks=sum(task["is_done"] is True for task in given["tasks"]),
            seconds=sum(_count(task["seconds"], LONGEST_TIME) for task in given["tasks"]),
            hints=sum(_count(line["hints"], HINTS) for line in lines),
            skills=skills,
            mistakes={key: named.count(key) for key in dict.fromkeys(named)},
            is_changed=given.get("checksum") != _checksum(facts),
        )
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as problem:
        raise ValueError(FORMAT) from problem


def _plain(given: object) -> str:
    """Return a name as it can be written. Raises TypeError where it is no text."""
    if not isinstance(given, str):
        raise TypeError(type(given).__name__)
    return given.encode("utf-8", "replace").decode().strip()[:LONGEST_NAME]


def _count(given: object, most: int) -> int:
    """Return a whole number. Raises TypeError where it is none, or not from 0 to so many."""
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= most:
        raise TypeError(type(given).__name__)
    return given


def _checksum(facts: Mapping[str, Any]) -> str:
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return f"sha256:{sha256(f'{FORMAT}:{text}'.encode()).hexdigest()}"
