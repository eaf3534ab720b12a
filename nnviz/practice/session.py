"""A session at a task: what has become of each blank and what may be shown, from the log of what the student did."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from nnviz.algebra.solution import number
from nnviz.algebra.trace import Step
from nnviz.player.parsing import NumeralError
from nnviz.player.refusal import question
from nnviz.player.request import Event
from nnviz.practice.answers import answered
from nnviz.practice.check import CARRIED, OK, WRONG, Verdict
from nnviz.practice.guesses import guess_of
from nnviz.practice.sheet import read_sheet
from nnviz.practice.ways import GUESS, HINTS, LINE, Task, released
from nnviz.text import say

WITH_SYMBOLS = 2  # hints, of which the second shows the rule in symbols
LONGEST, LONGEST_PASTED = 200, 20_000  # characters
PASTED = ""  # in the place of an id: several numbers, read from the event's step on
State = Literal["open", "ok", "carried", "rough", "wrong", "unread", "told"]
Judge = Callable[[Mapping[str, str], Collection[str]], Mapping[str, Verdict]]


@dataclass(frozen=True)
class Blank:
    """A number that is asked for: what was typed last, what became of it, and how it went.

    ``is_first`` says that it was right at the first try, without a hint. ``problem`` says why a text cannot be read.
    """

    step: Step
    text: str = ""
    state: State = "open"
    tries: int = 0
    hints: int = 0
    is_first: bool | None = None
    problem: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the number may be shown."""
        return self.state in ("ok", "told")


@dataclass(frozen=True)
class Session:
    """What has become of a task: its blanks in order, how much of the iteration may be shown, and what came last.

    ``last`` is the last event that counted, ``pressed`` the lines that were said to be the wrong one, and ``guessed``
    what was guessed of steps, by their ids. ``wrong`` has the numbers as they were each time when one was wrong.
    """

    task: Task
    blanks: tuple[Blank, ...]
    released: int
    last: Event | None = None
    pressed: tuple[str, ...] = ()
    guessed: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[Mapping[str, str], ...] = ()

    @property
    def next(self) -> Blank | None:
        """The first blank whose number is not known."""
        return next((blank for blank in self.blanks if not blank.is_known), None)

    @property
    def told(self) -> dict[str, str]:
        """The exact numbers of the steps that are given or were told, by their ids."""
        steps = [*self.task.given, *(blank.step for blank in self.blanks if blank.state == "told")]
        return {step.id: repr(value_of(self.task, step)) for step in steps}

    @property
    def numbers(self) -> dict[str, str]:
        """What was typed last and can be read, by the ids of the steps."""
        return {blank.step.id: blank.text for blank in self.blanks if blank.state not in ("open", "unread", "told")}


def session_of(task: Task, log: Iterable[Event], judge: Judge, wrong: str = "") -> Session:
    """Return what has become of a task after a log of events; one that is none of the task's does not count.

    ``judge`` gives, of numbers as they are typed, the verdicts on some, by the ids of their steps. ``wrong`` is the id
    of the line to find, where one is.
    """
    session = Session(task, tuple(_begun(step, task) for step in task.asked), 0)
    for event in log:
        if event.deed == "answers":
            session = _answered(session, event, judge)
        elif event.deed == "hint":
            session = _hinted(session, event)
        elif event.deed == "guess" and task.way.key == GUESS:
            session = _guessed(session, event)
        elif event.deed == "line" and task.way.key == LINE and wrong not in session.pressed:
            session = replace(session, pressed=(*session.pressed, event.step), last=event)
    if wrong and wrong in session.pressed:
        return replace(session, released=len(task.trace.pauses))
    known = frozenset(blank.step.id for blank in session.blanks if blank.is_known)
    return replace(session, released=released(task, known))


def _begun(step: Step, task: Task) -> Blank:
    """Return the blank of a step; where steps are guessed, one of which there is nothing to guess is told."""
    is_told = task.way.key == GUESS and guess_of(step, task) is None
    return Blank(step, state="told" if is_told else "open")


def _with(session: Session, blanks: Mapping[str, Blank], event: Event) -> Session:
    return replace(session, blanks=tuple(blanks.get(one.step.id, one) for one in session.blanks), last=event)


def _answered(session: Session, event: Event, judge: Judge) -> Session:
    """Return the session after answers, the numbers before them being those that were typed last."""
    by_step = session.task.way.by_step
    able = {blank.step.id: blank for blank in session.blanks if not blank.is_known}
    if by_step and session.next:
        able = {session.next.step.id: session.next}
    given = {id_: text.rpartition("=")[2].strip() for id_, text in event.numbers.items()}
    if PASTED in event.numbers:
        pasted = event.numbers[PASTED]
        read = read_sheet(pasted[:LONGEST_PASTED], session.task.trace, event.step).numbers
        given = read or {event.step: pasted.strip()}
    new = {id_: text[:LONGEST] for id_, text in given.items() if id_ in able and text.strip()}
    if not new or session.task.way.key == GUESS:
        return session
    unread = {id_: problem for id_, text in new.items() if (problem := _problem(text))}
    numbers = session.numbers | {id_: text for id_, text in new.items() if id_ not in unread}
    for id_ in unread:
        numbers.pop(id_, None)
    verdicts = judge(
        session.told | numbers, numbers.keys() - {blank.step.id for blank in session.blanks if blank.is_known}
    )
    changed = {}
    for blank in session.blanks:
        id_ = blank.step.id
        if blank.is_known:
            continue
        if id_ in unread:
            changed[id_] = replace(blank, text=new[id_], state="unread", problem=unread[id_])
        elif id_ in numbers:
            changed[id_] = _judged(blank, numbers[id_], verdicts[id_], is_new=id_ in new)
    found = _with(session, changed, replace(event, numbers=new))
    is_wrong = any(changed[id_].state == WRONG for id_ in new if id_ in changed)
    return replace(found, wrong=(*found.wrong, session.told | numbers)) if is_wrong else found


def _judged(blank: Blank, text: str, verdict: Verdict, is_new: bool) -> Blank:
    if not is_new:
        return replace(blank, state=verdict)
    is_first = blank.is_first
    if is_first is None:
        is_first = blank.hints == 0 and verdict in (OK, CARRIED)
    return replace(blank, text=text, state=verdict, tries=blank.tries + 1, is_first=is_first, problem="")


def _problem(text: str) -> str:
    """Return why a text cannot be read as a number, or nothing."""
    try:
        answered(text)
    except NumeralError as problem:
        return question(text) if problem.reason == "doubtful" else say("practice.unread")
    return ""


def _hinted(session: Session, event: Event) -> Session:
    """Return the session after another hint at the next number; the last one tells it."""
    blank = session.next
    if blank is None or blank.step.id != event.step or blank.hints >= session.task.hints:
        return session
    hints = blank.hints + 1
    told = {"text": "", "state": "told", "problem": ""} if hints >= HINTS else {}
    return _with(session, {event.step: replace(blank, hints=hints, is_first=False, **told)}, event)  # type: ignore[arg-type]


def _guessed(session: Session, event: Event) -> Session:
    """Return the session after a guess at the next step, whose number is told then."""
    blank = session.next
    if blank is None or blank.step.id != event.step:
        return session
    guess, given = guess_of(blank.step, session.task), event.numbers.get("guess", "")
    if guess is None or given not in guess.options:
        return session
    known = replace(blank, state="told", tries=1, is_first=given == guess.right)
    return replace(_with(session, {event.step: known}, event), guessed={**session.guessed, event.step: given})


def value_of(task: Task, step: Step) -> float:
    """Return the number of a step that is asked for, of several samples that of the task's."""
    return number(step.value, task.sample)
