"""The lesson on the sigmoid as a walk: σ and σ′ at z, both derivations, the exponentials, and a neuron."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import chain
from types import MappingProxyType

from nnviz.draw import derivation
from nnviz.draw.card import EQUALS, solved_lines
from nnviz.draw.chain import Story
from nnviz.draw.exponentials import Counts
from nnviz.draw.formula import MATHML, line, math, named
from nnviz.draw.look import Look
from nnviz.draw.moment import Moment
from nnviz.draw.passage import Walk
from nnviz.draw.saturation import ACTIVATED, CHAIN, Neuron, edges
from nnviz.draw.screen import Reading
from nnviz.draw.sigmoid_picture import REACH, STEP, Picture
from nnviz.draw.values import Known, listed
from nnviz.engine.derivation import SIGMA, SLOPE, Z
from nnviz.engine.numbers import approximately
from nnviz.engine.solution import number, symbol_lines
from nnviz.engine.trace import Trace
from nnviz.protocol import Button, Place, ShownNumber, StepFrame, StoryPart
from nnviz.protocol import Picture as Shown
from nnviz.protocol import Story as Told
from nnviz.text import say


@dataclass(frozen=True)
class Tour(Walk):
    """All steps of the lesson, each with what is told of it."""

    iteration: Trace
    moments: tuple[Moment, ...]
    number: int = 1
    is_last: bool = True

    def window(self, cursor: int) -> range:
        """Return all cursors, as there are few."""
        return range(self.end + 1)


def tour(z: float, counts: Counts, neuron: Neuron) -> Tour:
    """Return the walk through the lesson at z, with the exponentials of a network and a neuron's chain rule."""
    moments = tuple(chain(derivation.moments(z), counts.moments(), neuron.moments()))
    return Tour(Trace(MappingProxyType({Z.name: z}), tuple(moment.step for moment in moments)), moments)


class SigmoidReading(Reading):
    """A reading of a tour; ``links`` has by activation the page of the neuron in a network."""

    def __init__(self, walk: Tour, neuron: Neuron, links: Mapping[str, str], look: Look, chosen: str = "") -> None:
        self.walk = self.tour = walk
        self.neuron, self.links, self.look, self.chosen = neuron, links, look, chosen

    # The picture

    @cached_property
    def _picture(self) -> Picture:
        steps = self.tour.iteration.steps
        first = {step.name: cursor for cursor, step in reversed(list(enumerate(steps, start=1)))}
        values = {step.name: number(step.value, 0) for step in steps if step.name in (SIGMA.name, SLOPE.name)}
        lit = [frozenset({step.quantity.place.key}) for step in steps]
        z = number(self.tour.iteration.given[Z.name], 0)
        return Picture(values | {Z.name: z}, first | {Z.name: 0}, (frozenset(), *lit), self.look)

    def figure(self, cursor: int, released: int) -> Shown:
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
            "drag": {"field": Z.name, "reach": REACH, "step": STEP, "at": float(picture.z)},
        }

    def frame(self, cursor: int) -> StepFrame:
        return self._picture.frame(cursor)

    # Words

    def title(self, cursor: int) -> str:
        return self._moment(cursor).title if cursor else say("sigmoid.start.title")

    def sentence(self, cursor: int) -> str:
        return self._moment(cursor).sentence if cursor else say("sigmoid.start")

    def formula(self, cursor: int) -> str:
        if not cursor:
            return ""
        moment = self._moment(cursor)
        return moment.formula + (self._link(ACTIVATED) if moment.step.phase == CHAIN else "")

    def meta(self, cursor: int) -> str:
        phase, steps = say(f"phase.{self.phase(cursor)}"), self.walk.end
        return (
            say("sigmoid.meta", phase=phase, step=cursor, steps=steps)
            if cursor
            else say("sigmoid.meta.start", steps=steps)
        )

    def refusals(self, cursor: int) -> dict[Button, str]:
        off: dict[Button, str] = {"next": say("sigmoid.one")}
        if cursor == 0:
            off["previous"] = off["restart"] = say("refusal.at_start")
        if cursor < self.walk.forward_end:
            off["backward"] = say("sigmoid.first")
        else:
            off["forward"] = say("sigmoid.go_on")
        if cursor == self.walk.end:
            off["forward"] = off["backward"] = off["play"] = say("sigmoid.end")
        return off

    def hint(self, cursor: int) -> str:
        if cursor == self.walk.end:
            return say("sigmoid.end")
        return say("sigmoid.first" if cursor < self.walk.forward_end else "sigmoid.go_on")

    # Numbers and places

    def values(self, released: int) -> dict[str, ShownNumber]:
        numbers = [
            Known(name, value, kind, cursor)
            for cursor, moment in enumerate(self.tour.moments, start=1)
            for name, (value, kind) in moment.numbers.items()
        ]
        return listed(numbers, released)

    def at(self, cursor: int) -> list[str]:
        return [*super().at(cursor), *([self._moment(cursor).row] if cursor else [])]

    def names(self, cursor: int) -> list[str]:
        return [*super().names(cursor), *(self._moment(cursor).numbers if cursor else [])]

    def goals(self) -> dict[str, Place]:
        rows = {moment.row: cursor for cursor, moment in enumerate(self.tour.moments, start=1)}
        return {row: {"iteration": 1, "cursor": cursor} for row, cursor in rows.items() if row and row not in ACTIVATED}

    def story(self, released: int) -> Told | None:
        """Return the neuron with the chosen activation, as far as it is known."""
        if self.chosen not in ACTIVATED:
            return None
        iteration = self.neuron.iterations[self.chosen]
        steps = [step.name for step in self.tour.iteration.steps]
        known = {name: len(steps) - len(self.neuron.names) + position
                 for position, name in enumerate(self.neuron.names, start=1)}  # fmt: skip
        [_, [output]] = iteration.plan.quantities.neurons
        _, parts = Story(iteration, known, released).of(output.place.key)
        title = say("saturation.title", activation=say(f"activation.{self.chosen}"))
        link: StoryPart = {"since": 0, "html": self._link([self.chosen]), "before": ""}
        parts += self._gradient(known, released)
        return {"place": self.chosen, "title": title, "parts": [*parts, link], "checkable": False}

    def _gradient(self, known: Mapping[str, int], released: int) -> list[StoryPart]:
        """Return the chosen neuron's last step, which is its weight's gradient, as parts of a story."""
        step = self.neuron.iterations[self.chosen].by_name[self.neuron.names[-1]]
        symbols, *_ = symbol_lines(step.expression, MATHML)
        written = line(math(named(step.quantity)), EQUALS, *map(math, symbols))
        head: StoryPart = {"since": 0, "html": written, "before": ""}
        since = known[step.name]
        if since > released:
            return [head]
        return [head, {"since": since, "html": "".join(solved_lines(step)), "before": ""}]

    def _link(self, activations: Sequence[str]) -> str:
        """Return links that open the neuron on the page of the network."""
        named = [f'<a href="{escape(self.links[name])}">{say(f"activation.{name}")}</a>' for name in activations]
        return f'<p class="note">{say("saturation.link", links=", ".join(named))}</p>'

    def _moment(self, cursor: int) -> Moment:
        return self.tour.moments[cursor - 1]
