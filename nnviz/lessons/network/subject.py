"""Practising an iteration of a network: its numbers checked against the catalogue, its rules in words, its skills."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from nnviz.algebra.trace import Step
from nnviz.engine.manner import NEURON
from nnviz.engine.plan import UPDATE
from nnviz.engine.trace import Iteration, retold
from nnviz.lessons.network.view import NetworkView
from nnviz.practice.check import Check, Verdict, check, verdicts
from nnviz.practice.session import Blank
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
        found = verdicts(self._iteration, self._rows(numbers), of)
        return {id_: verdict for (id_, _), verdict in found.items()}

    def check(self, numbers: Mapping[str, str]) -> Check:
        return check(self._iteration, self._rows(numbers))

    def _rows(self, numbers: Mapping[str, str]) -> dict[str, str | list[str | None]]:
        """Return the numbers with nothing for the samples that are not shown."""
        found: dict[str, str | list[str | None]] = {}
        for id_, text in numbers.items():
            count = np.size(self._iteration.by_id[id_].value)
            found[id_] = text if count == 1 else [text if at == self.view.sample else None for at in range(count)]
        return found

    def asked(self, step: Step) -> str:
        samples = self.view.run.samples
        if len(samples) == 1 or step.phase == UPDATE:
            return step.name
        if np.size(step.value) > 1:
            return say("practice.of_sample", name=step.name, number=samples[self.view.sample] + 1)
        return say("practice.of_all", name=step.name, count=len(samples))

    def rule(self, step: Step) -> str:
        rule = self._whole.plan.rule_of.get(step.id)
        return say(f"practice.rule.{Spot(self._whole.plan, rule).role}") if rule else super().rule(step)

    @cached_property
    def _whole(self) -> Iteration:
        """The iteration with each chain rule in one step."""
        plan = self._iteration.plan
        is_whole = plan.manner.detail == NEURON
        return self._iteration if is_whole else retold(self._iteration, replace(plan.manner, detail=NEURON))

    def skill(self, step: Step) -> str:
        return skill_of(step, len(self._iteration.plan.shape.sizes) - 1)

    def skills(self, blanks: tuple[Blank, ...]) -> dict[str, bool] | None:
        return went((self.skill(blank.step), blank.is_first) for blank in blanks)

    def wrong_sheet(self, task: Task, seed: int) -> WrongSheet | None:
        return wrong_sheet(self._whole, seed, task.sample)
