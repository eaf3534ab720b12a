"""What practising needs to know of a run: which ways there are, which numbers are right, what explains others."""

from collections.abc import Collection, Mapping
from typing import Any

from nnviz.algebra.solution import number
from nnviz.algebra.trace import Step
from nnviz.player.view import View
from nnviz.practice.answers import answered
from nnviz.practice.check import OK, ROUGH, WRONG, Check, Verdict, scales
from nnviz.practice.session import Blank
from nnviz.practice.ways import GUESS, STEP, Task
from nnviz.practice.wrong_line import WrongSheet
from nnviz.text import say


class Subject:
    """A run that is practised, by its view; a lesson whose numbers can be told more of has a class of its own."""

    ways: tuple[str, ...] = (GUESS, STEP)

    def __init__(self, view: Any) -> None:
        self.view: View = view

    def verdicts(self, numbers: Mapping[str, str], of: Collection[str]) -> Mapping[str, Verdict]:
        """Return of numbers as they are typed the verdicts on some, by the ids of their steps."""
        by_id, sample = self.view.run.iteration.by_id, self.view.sample
        sizes = scales(self.view.run.iteration)
        found: dict[str, Verdict] = {}
        for id_ in of:
            text = numbers[id_]
            answer, exact = answered(text), number(by_id[id_].value, sample)
            is_right = answer.is_right(exact, sizes[id_])
            found[id_] = (OK if answer.is_fine(exact) else ROUGH) if is_right else WRONG
        return found

    def check(self, numbers: Mapping[str, str]) -> Check:
        """Return which mistakes explain numbers that are wrong."""
        return Check((), ())

    def asked(self, step: Step) -> str:
        """Return what is asked: a step's name, and where there are several samples of which of them it is."""
        return step.name

    def rule(self, step: Step) -> str:
        """Return in words which rule a step follows: what the step is called where it is shown."""
        pauses = self.view.run.iteration.pauses
        cursor = next(number for number, pause in enumerate(pauses, start=1) if step in pause)
        return say("practice.rule", title=self.view.title(cursor))

    def skill(self, step: Step) -> str:
        """Return the skill that a step needs, by its key, or nothing where it needs none of them."""
        return ""

    def skills(self, blanks: tuple[Blank, ...]) -> dict[str, bool] | None:
        """Return by skill whether all was right at the first try, or None where a run needs none of them."""
        return None

    def wrong_sheet(self, task: Task, seed: int) -> WrongSheet | None:
        """Return the sheet in which a wrong line is to be found, or None where there is none."""
        return None
