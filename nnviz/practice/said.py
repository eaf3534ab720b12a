"""What is said to somebody who practises of what they did last: announced, so in whole sentences."""

from nnviz.algebra.rounding import equated
from nnviz.algebra.trace import Step
from nnviz.player.request import Event
from nnviz.practice.check import CARRIED, OK, ROUGH, WRONG, Check
from nnviz.practice.guesses import Guess
from nnviz.practice.mistakes import MISTAKES
from nnviz.practice.session import Session, value_of
from nnviz.practice.ways import HINTS, Task
from nnviz.practice.wrong_line import WrongSheet
from nnviz.text import listed, say

MOST_NAMED = 8


def of_answers(session: Session, check: Check, last: Event) -> str:
    """Return what became of the answers: of one number in full, of several how many, and the first that is wrong."""
    if session.task.way.by_step:
        blank = next(blank for blank in session.blanks if blank.step.id in last.numbers)
        return " ".join([say(f"practice.said.{blank.state}", name=blank.step.name), *_mistakes(check)])
    words = []
    for state in (OK, CARRIED, ROUGH, "unread"):
        names = [blank.step.name for blank in session.blanks if blank.state == state]
        if names:
            words.append(say(f"practice.count.{state}", count=len(names), names=listed(names, MOST_NAMED)))
    wrong = [blank.step.name for blank in session.blanks if blank.state == WRONG]
    if wrong:
        words.append(say("practice.count.wrong", count=len(wrong), name=wrong[0]))
    return " ".join([*words, *_mistakes(check)])


def _mistakes(check: Check) -> list[str]:
    return [f"{say('numbers.mistake', name=MISTAKES[key].name)} {MISTAKES[key].explanation}" for key in check.mistakes]


def of_hint(task: Task, session: Session, id_: str) -> str:
    """Return what was hinted: where that is the number itself, it; else how many hints are left."""
    [blank] = [blank for blank in session.blanks if blank.step.id == id_]
    if blank.hints < HINTS:
        left = task.hints - blank.hints
        key = "practice.said.hint" if task.hints == HINTS else "practice.said.hint.few"
        return say(key, name=blank.step.name, left=left)
    told = equated(blank.step.name, value_of(task, blank.step))
    return say("practice.said.told", told=told)


def of_guess(step: Step, guess: Guess, given: str) -> str:
    """Return whether a guess was right, and what is."""
    key = "practice.guess.yes" if given == guess.right else "practice.guess.no"
    return say(key, fact=say(f"practice.guess.{guess.key}.{guess.right}.fact", name=step.name, other=guess.other))


def of_line(name: str, sheet: WrongSheet, *, is_found: bool) -> str:
    """Return whether a line is the first that is wrong; if it is, which mistake was made."""
    if not is_found:
        return say("practice.line.no", name=name)
    return say("practice.line.found", name=name, mistake=sheet.mistake.name, why=sheet.mistake.explanation)
