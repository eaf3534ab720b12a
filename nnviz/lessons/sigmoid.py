"""The lesson on the sigmoid and its derivative: what may be set, and the walk that follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlencode

from nnviz.algebra.rounding import exactly
from nnviz.charts.theme import Look
from nnviz.draw.exponentials import Counts
from nnviz.draw.saturation import ACTIVATED, RATE, Neuron
from nnviz.draw.sigmoid import SigmoidReading, tour
from nnviz.draw.sigmoid_picture import REACH
from nnviz.engine.exponentials import exponentials
from nnviz.engine.manner import PLAIN
from nnviz.engine.plan import plan_of
from nnviz.lessons import desk
from nnviz.lessons.lesson import Lesson, PackedMark
from nnviz.lessons.presets import PRESETS
from nnviz.lessons.sources import Parts, cited, parts
from nnviz.player.form import Field, Form, labelled
from nnviz.player.parsing import written
from nnviz.player.refusal import RefusedError, not_among, number
from nnviz.text import say

LARGEST = 100.0
WITH_SIGMOID = tuple(key for key, preset in PRESETS.items() if "sigmoid" in preset.network.shape.activations)


@dataclass(frozen=True)
class Spot:
    """Where σ is looked at, the neuron that is there, and the preset whose exponentials are counted."""

    z: float = 2.0
    weight: float = 1.5
    x: float = 2.0
    target: float = 0.0
    preset: str = WITH_SIGMOID[0]

    @property
    def bias(self) -> float:
        """The bias that puts the neuron at z: b = z − w·x in decimals, so that short numbers give a short one."""
        z, weight, x = (Decimal(repr(value)) for value in (self.z, self.weight, self.x))
        return float(z - weight * x)

    @property
    def neuron(self) -> Neuron:
        """The neuron."""
        return Neuron(self.weight, self.bias, self.x, self.target)

    @property
    def counts(self) -> Counts:
        """The exponentials of one neuron and of the preset's network."""
        preset = PRESETS[self.preset]
        plan = plan_of(preset.network.shape, len(preset.inputs), PLAIN)
        return Counts(say(f"preset.{self.preset}.name"), exponentials(plan))


class Sigmoid(Lesson[Spot]):
    """σ and σ′ at a point, derived twice; the exponentials that σ′ = σ·(1 − σ) saves; a neuron that saturates."""

    name = "sigmoid"

    def begun(self, given: Mapping[str, str]) -> Spot:
        return Spot()

    def form(self, setup: Spot) -> Form[Spot]:
        return FORM

    def typed_in(self, setup: Spot, typed: Mapping[str, str]) -> Form[Spot]:
        return FORM

    def is_other(self, before: Spot, setup: Spot, typed: Mapping[str, str]) -> bool:
        return False

    def about(self, setup: Spot) -> Parts:
        sources = {"derivation": cited("derivation"), "role": cited("role")}
        return parts(say("sigmoid.about", bias=exactly(setup.bias), **sources))

    def last_iteration(self, setup: Spot) -> int:
        return 1

    def reading(
        self,
        setup: Spot,
        number: int,
        look: Look,
        chosen: str = "",
        is_checked: bool = False,
        mark: PackedMark | None = None,
    ) -> SigmoidReading:
        walk = tour(setup.z, setup.counts, setup.neuron)
        links = {activation: link(setup, activation) for activation in ACTIVATED}
        return SigmoidReading(walk, setup.neuron, links, look, chosen)


def link(spot: Spot, activation: str) -> str:
    """Return the address of the neuron on the page of the network, with an activation."""
    numbers = {"w1": spot.weight, "b1": spot.bias, "x1": spot.x, "target": spot.target, "rate": RATE}
    texts = {"inputs": "1", "layers": f"1 {activation} trained"}
    network, _ = desk.opened(texts | {key: written(value) for key, value in numbers.items()})
    return f"/?{urlencode(desk.in_link(network))}"


def _changed(part: str, most: float, spot: Spot, text: str) -> Spot:
    """Return the spot with another number. Raises RefusedError where it is none from −most to most."""
    kept = getattr(spot, part)
    changes: dict[str, Any] = {part: number(text, kept)}
    if abs(changes[part]) > most:
        key = "sigmoid.beyond" if part == "z" else "problem.range"
        raise RefusedError(say(key, most=exactly(most)), kept=exactly(kept))
    return replace(spot, **changes)


def _number(key: str, label: Callable[[Spot], str], part: str, most: float) -> Field[Spot]:
    return Field(key, label, lambda spot: written(getattr(spot, part)), partial(_changed, part, most))


def _of(spot: Spot, text: str) -> Spot:
    if text not in WITH_SIGMOID:
        raise not_among(WITH_SIGMOID)
    return replace(spot, preset=text)


FORM = Form[Spot](
    {
        "point": (_number("z", lambda _: "z", "z", REACH),),
        "neuron": (
            _number("w1", lambda _: "w1", "weight", LARGEST),
            _number("x1", lambda _: "x1", "x", LARGEST),
            _number("target", labelled("settings.target"), "target", LARGEST),
        ),
        "count": (
            Field("of", labelled("count.of"), lambda spot: spot.preset, _of, WITH_SIGMOID, "preset", ending=".name"),
        ),
    }
)
