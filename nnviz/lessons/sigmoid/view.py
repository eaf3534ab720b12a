"""The lesson on the sigmoid as a run: σ and σ′ at z, both derivations, the exponentials, and a neuron."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import chain
from types import MappingProxyType
from typing import Self

from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.rounding import approximately
from nnviz.algebra.solution import number, symbol_lines
from nnviz.algebra.trace import Trace
from nnviz.charts.theme import Look
from nnviz.explain.details import Details
from nnviz.lessons.sigmoid import derivation_steps as derivation
from nnviz.lessons.sigmoid.derivation import SIGMA, SLOPE, Z
from nnviz.lessons.sigmoid.exponential_steps import Counts
from nnviz.lessons.sigmoid.plot import REACH, STEP, Picture
from nnviz.lessons.sigmoid.saturation import ACTIVATED, CHAIN, Neuron, edges
from nnviz.player.run import Run
from nnviz.player.step_formula import EQUALS, solved_lines
from nnviz.player.step_view import StepView
from nnviz.player.values import Known, listed
from nnviz.player.view import View
from nnviz.protocol import Button, DetailsPart, Place, PlaceDetails, ShownNumber, StepFrame
from nnviz.protocol import Picture as ShownPicture
from nnviz.text import say


@dataclass(frozen=True)
class SigmoidRun(Run):
    """All steps of the lesson, each with what is told of it."""

    iteration: Trace
    step_views: tuple[StepView, ...]
    number: int = 1
    is_last: bool = True

    def window(self, cursor: int) -> range:
        """Return all cursors, as there are few."""
        return range(self.end + 1)


def sigmoid_run(z: float, counts: Counts, neuron: Neuron) -> SigmoidRun:
    """Return the run of the lesson at z, with the exponentials of a network and a neuron's chain rule."""
    step_views = tuple(chain(derivation.step_views(z), counts.step_views(), neuron.step_views()))
    return SigmoidRun(Trace(MappingProxyType({Z.id: z}), tuple(step_view.step for step_view in step_views)), step_views)


class SigmoidView(View):
    """How the lesson is shown; ``links`` has by activation the page of the neuron in a network.

    As much is drawn as is known within ``most`` pauses, where that is not all.
    """

    def __init__(
        self,
        run: SigmoidRun,
        neuron: Neuron,
        links: Mapping[str, str],
        look: Look,
        chosen: str = "",
        most: int | None = None,
    ) -> None:
        self.run: SigmoidRun = run
        self.neuron, self.links, self.look, self.chosen, self.most = neuron, links, look, chosen, most

    def hiding(self, released: int) -> Self:
        return type(self)(self.run, self.neuron, self.links, self.look, self.chosen, released)

    # The picture

    @cached_property
    def _picture(self) -> Picture:
        steps = self.run.iteration.steps
        first = {step.id: cursor for cursor, step in reversed(list(enumerate(steps, start=1)))}
        values = {step.id: number(step.value, 0) for step in steps if step.id in (SIGMA.id, SLOPE.id)}
        lit = [frozenset({step.quantity.place.key}) for step in steps]
        z = number(self.run.iteration.given[Z.id], 0)
        return Picture(values | {Z.id: z}, first | {Z.id: 0}, (frozenset(), *lit), self.look, self.most)

    def figure(self, cursor: int, released: int) -> ShownPicture:
        picture = self._picture
        return {
            "data": [
                trace if "hoverinfo" in trace else trace | {"hoverinfo": "none"} for trace in picture.data(cursor)
            ],
            "layout": picture.layout(),
            "least": self.look.frame.least_scale,
            "pointing": picture.pointing(),
            "hovers": picture.hovers(),
            "label": say("sigmoid.picture", z=approximately(picture.z)),
            "legend": say("sigmoid.legend", **edges()),
            "drag": {
                "field": Z.id,
                "least": -REACH,
                "most": REACH,
                "step": STEP,
                "at": float(picture.z),
                "grip": None,
            },
        }

    def frame(self, cursor: int) -> StepFrame:
        return self._picture.frame(cursor)

    # Words

    def title(self, cursor: int) -> str:
        return self._step_view(cursor).title if cursor else say("sigmoid.start.title")

    def sentence(self, cursor: int) -> str:
        return self._step_view(cursor).sentence if cursor else say("sigmoid.start")

    def formula(self, cursor: int) -> str:
        if not cursor:
            return ""
        step_view = self._step_view(cursor)
        return step_view.formula + (self._link(ACTIVATED) if step_view.step.phase == CHAIN else "")

    def meta(self, cursor: int) -> str:
        phase, steps = say(f"phase.{self.phase(cursor)}"), self.run.end
        return (
            say("sigmoid.meta", phase=phase, step=cursor, steps=steps)
            if cursor
            else say("sigmoid.meta.start", steps=steps)
        )

    def refusals(self, cursor: int) -> dict[Button, str]:
        off: dict[Button, str] = {"next": say("sigmoid.one")}
        if cursor == 0:
            off["previous"] = off["restart"] = say("refusal.at_start")
        if cursor < self.run.forward_end:
            off["backward"] = say("sigmoid.first")
        else:
            off["forward"] = say("sigmoid.go_on")
        if cursor == self.run.end:
            off["forward"] = off["backward"] = off["play"] = say("sigmoid.end")
        return off

    def hint(self, cursor: int) -> str:
        if cursor == self.run.end:
            return say("sigmoid.end")
        return say("sigmoid.first" if cursor < self.run.forward_end else "sigmoid.go_on")

    # Numbers and places

    def values(self, released: int) -> dict[str, ShownNumber]:
        numbers = [
            Known(key, told.name, told.value, told.kind, cursor)
            for cursor, step_view in enumerate(self.run.step_views, start=1)
            for key, told in step_view.numbers.items()
        ]
        return listed(numbers, released)

    def at(self, cursor: int) -> list[str]:
        return [*super().at(cursor), *([self._step_view(cursor).row] if cursor else [])]

    def names(self, cursor: int) -> list[str]:
        return [*super().names(cursor), *(self._step_view(cursor).numbers if cursor else [])]

    def goals(self) -> dict[str, Place]:
        rows = {step_view.row: cursor for cursor, step_view in enumerate(self.run.step_views, start=1)}
        return {row: {"iteration": 1, "cursor": cursor} for row, cursor in rows.items() if row and row not in ACTIVATED}

    def details(self, released: int) -> PlaceDetails | None:
        """Return the neuron with the chosen activation, as far as it is known."""
        if self.chosen not in ACTIVATED:
            return None
        iteration = self.neuron.iterations[self.chosen]
        first = self.run.end - len(self.neuron.ids)
        known = {key: first + position for position, key in enumerate(self.neuron.ids, start=1)}
        [_, [output]] = iteration.plan.quantities.neurons
        _, parts = Details(iteration, known, released).of(output.place.key)
        title = say("saturation.title", activation=say(f"activation.{self.chosen}"))
        link: DetailsPart = {"since": 0, "html": self._link([self.chosen]), "before": ""}
        parts += self._gradient(known, released)
        return {"place": self.chosen, "title": title, "parts": [*parts, link], "checkable": False, "choices": ""}

    def _gradient(self, known: Mapping[str, int], released: int) -> list[DetailsPart]:
        """Return the chosen neuron's last step, which is its weight's gradient, as parts of the details."""
        step = self.neuron.iterations[self.chosen].by_id[self.neuron.ids[-1]]
        symbols, *_ = symbol_lines(step.expression, MATHML)
        written = line(math(named(step.quantity)), EQUALS, *map(math, symbols))
        head: DetailsPart = {"since": 0, "html": written, "before": ""}
        since = known[step.id]
        if since > released:
            return [head]
        return [head, {"since": since, "html": "".join(solved_lines(step)), "before": ""}]

    def _link(self, activations: Sequence[str]) -> str:
        """Return links that open the neuron on the page of the network."""
        named = [f'<a href="{escape(self.links[name])}">{say(f"activation.{name}")}</a>' for name in activations]
        return line(say("saturation.link", links=", ".join(named)), kind="note")

    def _step_view(self, cursor: int) -> StepView:
        return self.run.step_views[cursor - 1]
