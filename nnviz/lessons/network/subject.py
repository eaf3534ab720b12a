"""Practising an iteration of a network: its numbers checked against the catalogue, its rules in words, its skills."""

from collections.abc import Collection, Mapping

import numpy as np

from nnviz.algebra.trace import Step
from nnviz.engine.plan import UPDATE
from nnviz.engine.trace import Iteration
from nnviz.lessons.network.view import NetworkView
from nnviz.practice.check import Check, Verdict, check, verdicts
from nnviz.practice.session import Blank
from nnviz.practice.sheet import of_sample
from nnviz.practice.skills import skill_of, went
from nnviz.practice.spot import Spot
from nnviz.practice.subject import Subject
from nnviz.practice.ways import WAYS, Task
from nnviz.practice.wrong_line import WrongSheet, wrong_sheet
from nnviz.text import say


class NetworkSubject(Subject):
    """An iteration of a network that is practised, of several samples by the numbers of the one that is shown."""

    ways = tuple(WAYS)

    def __init__(self, view: NetworkView) -> None:
        self.view: NetworkView = view
        self._iteration: Iteration = view.run.iteration

    def verdicts(self, numbers: Mapping[str, str], of: Collection[str]) -> Mapping[str, Verdict]:
        found = verdicts(self._iteration, of_sample(numbers, self._iteration, self.view.sample), of)
        return {id_: verdict for (id_, _), verdict in found.items()}

    def check(self, numbers: Mapping[str, str]) -> Check:
        return check(self._iteration, of_sample(numbers, self._iteration, self.view.sample))

    def asked(self, step: Step) -> str:
        samples = self.view.run.samples
        if len(samples) == 1 or step.phase == UPDATE:
            return step.name
        if np.size(step.value) > 1:
            return say("practice.of_sample", name=step.name, number=samples[self.view.sample] + 1)
        return say("practice.of_all", name=step.name, count=len(samples))

    def rule(self, step: Step) -> str:
        whole = self.view.run.whole
        rule = whole.plan.rule_of.get(step.id)
        return say(f"practice.rule.{Spot(whole.plan, rule).role}") if rule else super().rule(step)

    def skill(self, step: Step) -> str:
        return skill_of(step, len(self._iteration.plan.shape.sizes) - 1)

    def skills(self, blanks: tuple[Blank, ...]) -> dict[str, bool] | None:
        return went((self.skill(blank.step), blank.is_first) for blank in blanks)

    def wrong_sheet(self, task: Task, seed: int) -> WrongSheet | None:
        return wrong_sheet(self.view.run.whole, seed, task.sample)
