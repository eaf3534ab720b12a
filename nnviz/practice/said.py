"""What is said to somebody who practises of what they did last: announced, so in whole sentences."""

from dataclasses import dataclass

from nnviz.algebra.rounding import equated
from nnviz.algebra.trace import Step
from nnviz.player.request import Event
from nnviz.practice.check import CARRIED, OK, ROUGH, WRONG, Check
from nnviz.practice.guesses import Guess
from nnviz.practice.naming import named
from nnviz.practice.session import Session, value_of
from nnviz.practice.ways import HINTS, Task
from nnviz.practice.wrong_line import WrongSheet
from nnviz.text import listed, say

MOST_NAMED = 8


@dataclass(frozen=True)
class Said:
    """What is said: sentences that stand on the card, and those that are only heard, as the fields show the same."""

    seen: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All of it in a row."""
        return " ".join((*self.seen, *self.heard))


def of_answers(session: Session, check: Check, last: Event) -> Said:
    """Return what became of the answers: of one number in full, of several the first that is wrong, and how many are.

    The mistakes that explain them follow.
    """
    if session.task.way.by_step:
        blank = next(blank for blank in session.blanks if blank.step.id in last.numbers)
        return Said((say(f"practice.said.{blank.state}", name=blank.step.name), *_mistakes(check)))
    names = {
        state: [blank.step.name for blank in session.blanks if blank.state == state]
        for state in (WRONG, OK, CARRIED, ROUGH, "unread")
    }
    wrong, *others = names.values()
    heard = [
        say(f"practice.count.{state}", count=len(found), names=listed(found, MOST_NAMED))
        for state, found in zip(list(names)[1:], others, strict=True)
        if found
    ]
    first = [say("practice.count.wrong", count=len(wrong), name=wrong[0])] if wrong else []
    return Said((*first, *_mistakes(check)), tuple(heard))


def _mistakes(check: Check) -> list[str]:
    return [f"{one.words} {one.why}" for one in named(check)]


def of_hint(task: Task, session: Session, id_: str) -> Said:
    """Return what was hinted: where that is the number itself, it; else how many hints are left."""
    [blank] = [blank for blank in session.blanks if blank.step.id == id_]
    if blank.hints < HINTS:
        left = task.hints - blank.hints
        key = "practice.said.hint" if task.hints == HINTS else "practice.said.hint.few"
        return Said((say(key, name=blank.step.name, left=left),))
    told = equated(blank.step.name, value_of(task, blank.step))
    return Said((say("practice.said.told", told=told),))


def of_guess(step: Step, guess: Guess | None, given: str) -> Said:
    """Return whether a guess was right, and what is."""
    assert guess is not None  # as it was guessed
    key = "practice.guess.yes" if given == guess.right else "practice.guess.no"
    fact = say(f"practice.guess.{guess.key}.{guess.right}.fact", name=step.name, other=guess.other)
    return Said((say(key, fact=fact),))


def of_line(name: str, sheet: WrongSheet, *, is_found: bool) -> Said:
    """Return whether a line is the first that is wrong; if it is, which mistake was made."""
    if not is_found:
        return Said((say("practice.line.no", name=name),))
    return Said((say("practice.line.found", name=name, mistake=sheet.mistake.name, why=sheet.mistake.explanation),))
