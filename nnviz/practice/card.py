"""The card of somebody who practises: what is asked, what became of it, hints, and the skills so far, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

from nnviz.algebra.expressions import references
from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.rounding import shown
from nnviz.algebra.solution import symbol_lines
from nnviz.player.panels import TEMPLATES
from nnviz.player.request import Practised
from nnviz.player.step_formula import EQUALS, solved_lines
from nnviz.practice import said
from nnviz.practice.assignment import Assignment
from nnviz.practice.check import Check
from nnviz.practice.guesses import guess_of
from nnviz.practice.session import WITH_SYMBOLS, Blank, Session, session_of, value_of
from nnviz.practice.skills import MASTERED, SKILLS, Record
from nnviz.practice.subject import Subject
from nnviz.practice.ways import GUESS, HINTS, LINE, WAYS, Task, task_of
from nnviz.practice.wrong_line import WrongSheet
from nnviz.protocol import Practice
from nnviz.text import say

DIGITS = 5  # of the numbers of a filled sheet
MOST_CHECKED = 12  # wrong answers to a task


@dataclass(frozen=True)
class Card:
    """The card of a task of a subject, of that name, after what the student did; it may be one of an assignment."""

    subject: Subject
    name: str
    practised: Practised
    assignment: Assignment | None = None

    @cached_property
    def task(self) -> Task:
        """What is asked: where the lesson has no such way, one number after the other."""
        ways = self.subject.ways
        way = WAYS[self.practised.way if self.practised.way in ways else ways[-1]]
        hints = HINTS if self.assignment is None else self.assignment.hints
        return task_of(way, self.subject.view.run.iteration, self.subject.view.sample, hints)

    @cached_property
    def session(self) -> Session:
        """What has become of the task; a log of other numbers does not count."""
        log = self.practised.log if self.practised.task == self.name else ()
        wrong = self.sheet.first if self.sheet else ""
        return session_of(self.task, log, self.subject.verdicts, wrong)

    @cached_property
    def sheet(self) -> WrongSheet | None:
        """The sheet with a mistake in it, where one is to be found."""
        if self.task.way.key != LINE:
            return None
        return self.subject.wrong_sheet(self.task, crc32(self.name.encode()))

    @cached_property
    def check(self) -> Check:
        """Which mistakes explain what is wrong, if anything is."""
        is_wrong = any(blank.state == "wrong" for blank in self.session.blanks)
        return self.subject.check(self.session.told | self.session.numbers) if is_wrong else Check((), ())

    @cached_property
    def mistakes(self) -> tuple[str, ...]:
        """The mistakes that were recognized since the task was begun, of the newest wrong numbers."""
        found = [self.subject.check(numbers).mistakes for numbers in self.session.wrong[-MOST_CHECKED:]]
        return tuple(dict.fromkeys(key for keys in found for key in keys))

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be found."""
        if self.task.way.key == LINE:
            return self.sheet is not None and self.sheet.first in self.session.pressed
        return self.session.next is None

    @cached_property
    def record(self) -> Record:
        """The record of all tasks, with this one as far as it has come."""
        before, skills = Record.of(self.practised.record), self.subject.skills(self.session.blanks)
        if skills is None or self.task.way.key in (GUESS, LINE):
            return before
        return before.after(self.name, skills, self.check.mistakes)

    def refusal(self) -> str:
        """Return why the buttons that go on are off where no more is released."""
        if self.task.way.key == LINE and not self.is_done:
            return say("practice.refusal.line")
        blank = self.session.next
        return say("practice.refusal.done") if blank is None else say("practice.refusal", name=blank.step.name)

    @property
    def furthest(self) -> int:
        """How many pauses lead to what was found last: all that are released, or those up to the wrong line."""
        if self.sheet is not None and self.is_done:
            return self.subject.view.run.iteration.position.get(self.sheet.first, self.session.released)
        return self.session.released

    def places(self) -> tuple[str, ...]:
        """Return the places that are asked about: of the next number, and once its rule is shown, of what it needs."""
        blank = self.session.next
        if blank is None or self.task.way.key == LINE:
            return ()
        step = blank.step.shortened or blank.step
        needed = references(step.expression) if blank.hints >= WITH_SYMBOLS else ()
        return tuple(dict.fromkeys(quantity.place.key for quantity in (step.quantity, *needed)))

    def answer(self) -> Practice:
        """Return the card as the page is answered."""
        return {
            "way": self.task.way.key,
            "assignment": self.practised.assignment,
            "number": self.practised.number,
            "task": self.name,
            "html": self._html(),
            "said": self._said.whole,
            "record": self.record.text,
            "weakness": self.record.weakness,
        }

    def _html(self) -> str:
        session, way = self.session, self.task.way
        return TEMPLATES.get_template("practice/templates/card.html").render(
            way=way,
            ways=self.subject.ways,
            rows=[self._row(blank) for blank in self._shown],
            given=[f"{step.name} = {shown(value_of(self.task, step))}" for step in self.task.given],
            asked=None if way.key == LINE else session.next,
            name="" if session.next is None else self.subject.asked(session.next.step),
            guess=guess_of(session.next.step, self.task) if way.key == GUESS and session.next else None,
            count=len(session.blanks),
            at=0 if session.next is None else session.blanks.index(session.next) + 1,
            hints=self._hints(),
            lines=self._lines(),
            is_found=way.key == LINE and self.is_done,
            is_done=self.is_done,
            assignment=self.assignment,
            number=self.practised.number + 1,
            may_hint=session.next is not None and session.next.hints < self.task.hints,
            skills=self._skills(),
            most=MASTERED,
            said=self._said.seen,
        )

    @property
    def _shown(self) -> Sequence[Blank]:
        """The blanks that are there to be filled in."""
        if self.task.way.key in (GUESS, LINE):
            return ()
        if self.task.way.by_step:
            return () if self.session.next is None else (self.session.next,)
        return self.session.blanks

    def _row(self, blank: Blank) -> dict[str, object]:
        value = str(shown(value_of(self.task, blank.step))) if blank.state == "told" else ""
        name = self.subject.asked(blank.step)
        return {"blank": blank, "name": name, "symbol": math(named(blank.step.quantity)), "value": value}

    def _hints(self) -> list[str]:
        """Return the hints so far at the next number, as HTML, but for the last one, which tells it."""
        blank = self.session.next
        if blank is None or not blank.hints:
            return []
        step, sample = blank.step, self.task.sample
        short = step.shortened or step
        symbols = line(math(named(step.quantity)), EQUALS, *map(math, symbol_lines(short.expression, MATHML)[-1]))
        numbers = solved_lines(short, sample)[:-1]
        return [line(self.subject.rule(step), kind="words"), symbols, "".join(numbers) or symbols][: blank.hints]

    def _lines(self) -> list[dict[str, str]]:
        """Return the lines of the sheet in which one is to be found, each with what was said of it."""
        if self.sheet is None:
            return []
        pressed = self.session.pressed
        return [
            {
                "id": id_,
                "name": self._name(id_),
                "value": str(shown(value, DIGITS)),
                "state": "" if id_ not in pressed else "found" if id_ == self.sheet.first else "no",
            }
            for id_, value in self.sheet.numbers.items()
        ]

    def _name(self, id_: str) -> str:
        step = self.subject.view.run.iteration.by_id.get(id_)
        return id_ if step is None else step.name

    @cached_property
    def _said(self) -> said.Said:
        """Return what there is to say of what the student did last."""
        session, last = self.session, self.session.last
        if last is None:
            return said.Said()
        if last.deed == "line" and self.sheet is not None:
            return said.of_line(self._name(last.step), self.sheet, is_found=last.step == self.sheet.first)
        if last.deed == "guess":
            step = self.subject.view.run.iteration.by_id[last.step]
            return said.of_guess(step, guess_of(step, self.task), session.guessed[last.step])
        if last.deed == "hint":
            return said.of_hint(self.task, session, last.step)
        return said.of_answers(session, self.check, last)

    def _skills(self) -> list[tuple[str, int, bool]]:
        """Return each skill that a lesson has with its tasks in a row, and whether it is mastered."""
        if self.subject.skills(()) is None:
            return []
        streaks = [(skill, min(self.record.streak(skill), MASTERED)) for skill in SKILLS]
        return [(skill, streak, streak >= MASTERED) for skill, streak in streaks]
