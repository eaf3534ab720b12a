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

FORMAT, VERSION = "nnviz-result", 1
LONGEST_NAME, MOST_TASKS, MOST_LINES = 100, 60, 5000


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


def result_text(student: str, assignment: str, network: Mapping[str, str], cards: Sequence[Card]) -> str:
    """Return the file of a student's cards, one a task."""
    facts = {
        "format": FORMAT,
        "version": VERSION,
        "student": student.strip()[:LONGEST_NAME],
        "assignment": assignment,
        "network": dict(network),
        "tasks": [_task(card) for card in cards],
    }
    return json.dumps({**facts, "checksum": _checksum(facts)}, ensure_ascii=False, indent=1)


def _task(card: Card) -> dict[str, Any]:
    log, skill_of = card.practised.log, card.subject.skill
    return {
        "task": card.name,
        "seconds": log[-1].at if log else 0,
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
            student=str(given["student"])[:LONGEST_NAME],
            assignment=str(given["assignment"])[:LONGEST_NAME],
            tasks=sum(bool(task["is_done"]) for task in given["tasks"]),
            seconds=sum(int(task["seconds"]) for task in given["tasks"]),
            hints=sum(int(line["hints"]) for line in lines),
            skills=skills,
            mistakes={key: named.count(key) for key in dict.fromkeys(named)},
            is_changed=given.get("checksum") != _checksum(facts),
        )
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as problem:
        raise ValueError(FORMAT) from problem


def _checksum(facts: Mapping[str, Any]) -> str:
    text = json.dumps(facts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"sha256:{sha256(f'{FORMAT}:{text}'.encode()).hexdigest()}"
