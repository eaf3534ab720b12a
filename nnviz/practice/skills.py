"""The skills of backpropagation, and the record of how somebody's tasks went, which their browser keeps."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from nnviz.algebra.trace import Step
from nnviz.engine.plan import FORWARD, UPDATE
from nnviz.practice.mistakes import MISTAKES

SKILLS = ("sum", "output", "hidden", "weight", "bias", "update")
MASTERED = 3  # tasks in a row, right at the first try
AGAIN = 2  # tasks in which a mistake was recognized
MOST_TASKS = 60


def skill_of(step: Step, last_layer: int) -> str:
    """Return the skill that a step of a network's iteration needs, by its key."""
    if step.phase == UPDATE:
        return "update"
    wrt = step.quantity.with_respect_to
    if wrt is not None and wrt.kind in ("weight", "bias"):
        return wrt.kind
    if step.phase == FORWARD:
        return "output" if step.quantity.kind in ("loss", "loss-part") else "sum"
    return "output" if (wrt or step.quantity).place.layer >= last_layer else "hidden"


def went(numbers: Iterable[tuple[str, bool | None]]) -> dict[str, bool]:
    """Return by skill whether all of its numbers were right at the first try, as soon as that is known."""
    found: dict[str, list[bool | None]] = {}
    for skill, is_first in numbers:
        found.setdefault(skill, []).append(is_first)
    return {skill: all(row) for skill, row in found.items() if False in row or None not in row}


@dataclass(frozen=True)
class Done:
    """How a task went: by skill whether all was right at the first try, and the mistakes that were recognized."""

    task: str
    skills: Mapping[str, bool]
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """How somebody's tasks went, the newest last."""

    tasks: tuple[Done, ...] = ()

    @staticmethod
    def of(text: str) -> "Record":
        """Return the record in a text; one that is none, as a browser may have lost it, is empty."""
        try:
            given = json.loads(text) if text else {"tasks": []}
            return Record(tuple(_done(one) for one in given["tasks"][-MOST_TASKS:]))
        except (ValueError, KeyError, TypeError, RecursionError):
            return Record()

    @property
    def text(self) -> str:
        """The record as the browser keeps it."""
        rows = [{"task": one.task, "skills": dict(one.skills), "mistakes": list(one.mistakes)} for one in self.tasks]
        return json.dumps({"tasks": rows}, separators=(",", ":"))

    def after(self, task: str, skills: Mapping[str, bool], mistakes: Iterable[str]) -> "Record":
        """Return the record with how a task went so far.

        How it went at first stays, as the same numbers are no other ones; so do the mistakes that were recognized.
        """
        old = next((one for one in self.tasks if one.task == task), Done(task, {}))
        mistakes = tuple(dict.fromkeys((*old.mistakes, *mistakes)))
        new = replace(old, skills={**skills, **old.skills}, mistakes=mistakes)
        if old in self.tasks:
            return Record(tuple(new if one is old else one for one in self.tasks))
        return Record((*self.tasks, new)[-MOST_TASKS:]) if skills or new.mistakes else self

    def streak(self, skill: str) -> int:
        """Return in how many of the newest tasks in a row a skill went right at the first try."""
        outcomes = [one.skills[skill] for one in reversed(self.tasks) if skill in one.skills]
        return len(list(takewhile(bool, outcomes)))

    @property
    def weakness(self) -> str:
        """The mistake that was recognized in most tasks, and again after the first; nothing where there is none."""
        counts: dict[str, int] = {}
        for one in self.tasks:
            for key in one.mistakes:
                counts[key] = counts.get(key, 0) + 1
        most = max(counts, key=counts.__getitem__, default="")
        return most if most and counts[most] >= AGAIN else ""


def _done(given: Any) -> Done:
    task, skills, mistakes = given["task"], given["skills"], given["mistakes"]
    if not isinstance(task, str) or not isinstance(mistakes, list):
        raise ValueError(task)
    return Done(
        task,
        {key: value for key, value in dict(skills).items() if key in SKILLS and isinstance(value, bool)},
        tuple(key for key in mistakes if isinstance(key, str) and key in MISTAKES),
    )
