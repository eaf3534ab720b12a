"""The lesson on the sigmoid and its derivative: what may be set, and the run that follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlencode

import numpy as np

from nnviz.algebra.rounding import exactly
from nnviz.charts.theme import Look
from nnviz.engine.manner import PLAIN
from nnviz.engine.plan import plan_of
from nnviz.lessons.sigmoid.exponential_steps import Counts
from nnviz.lessons.sigmoid.exponentials import exponentials
from nnviz.lessons.sigmoid.panels import extended
from nnviz.lessons.sigmoid.plot import REACH
from nnviz.lessons.sigmoid.saturation import ACTIVATED, RATE, Neuron
from nnviz.lessons.sigmoid.view import SigmoidView, sigmoid_run
from nnviz.player.form import Field, Form, labelled
from nnviz.player.lesson import Lesson
from nnviz.player.panels import shown
from nnviz.player.parsing import written
from nnviz.player.refusal import RefusedError, not_among, number, seed_in
from nnviz.player.request import PackedCheckpoint
from nnviz.player.site import address
from nnviz.player.sources import Parts, cited, parts
from nnviz.presets import PRESETS
from nnviz.protocol import Panels
from nnviz.text import say

LARGEST = 100.0
WITH_SIGMOID = tuple(key for key, preset in PRESETS.items() if "sigmoid" in preset.network.shape.activations)


@dataclass(frozen=True)
class SigmoidSetup:
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


class Sigmoid(Lesson[SigmoidSetup]):
    """σ and σ′ at a point, derived twice; the exponentials that σ′ = σ·(1 − σ) saves; a neuron that saturates."""

    name = "sigmoid"

    def begun(self, given: Mapping[str, str]) -> SigmoidSetup:
        return SigmoidSetup()

    def form(self, setup: SigmoidSetup) -> Form[SigmoidSetup]:
        return FORM

    def typed_in(self, setup: SigmoidSetup, typed: Mapping[str, str]) -> Form[SigmoidSetup]:
        return FORM

    def is_other(self, before: SigmoidSetup, setup: SigmoidSetup, typed: Mapping[str, str]) -> bool:
        return False

    def panels(self, setup: SigmoidSetup, view: SigmoidView, present: str) -> Panels | None:
        usual = super().panels(setup, view, present)
        [z] = shown(FORM, setup)["point"]
        return None if usual is None else extended(usual, z, setup.neuron)

    def about(self, setup: SigmoidSetup) -> Parts:
        sources = {"derivation": cited("derivation"), "role": cited("role")}
        return parts(say("sigmoid.about", bias=exactly(setup.bias), **sources))

    def drawn(self, setup: SigmoidSetup, seed: str) -> SigmoidSetup:
        random = np.random.default_rng(seed_in(seed))
        return replace(setup, z=float(random.choice([-1, 1]) * random.integers(3, 36) / 10))

    def last_iteration(self, setup: SigmoidSetup) -> int:
        return 1

    def view(
        self,
        setup: SigmoidSetup,
        number: int,
        look: Look,
        chosen: str = "",
        is_checked: bool = False,
        checkpoint: PackedCheckpoint | None = None,
    ) -> SigmoidView:
        run = sigmoid_run(setup.z, setup.counts, setup.neuron)
        links = {activation: link(setup, activation) for activation in ACTIVATED}
        return SigmoidView(run, setup.neuron, links, look, chosen)


def link(spot: SigmoidSetup, activation: str) -> str:
    """Return the address of the neuron on the page of the network, with an activation."""
    numbers = {"w1": spot.weight, "b1": spot.bias, "x1": spot.x, "target": spot.target, "rate": RATE}
    texts = {key: written(value) for key, value in numbers.items()}
    query = urlencode({"inputs": "1", "layers": f"1 {activation} trained"} | texts)
    return f"{address('/')}?{query}"


def _changed(part: str, most: float, spot: SigmoidSetup, text: str) -> SigmoidSetup:
    """Return the spot with another number. Raises RefusedError where it is none from −most to most."""
    kept = getattr(spot, part)
    changes: dict[str, Any] = {part: number(text, kept)}
    if abs(changes[part]) > most:
        key = "sigmoid.beyond" if part == "z" else "problem.range"
        raise RefusedError(say(key, most=exactly(most)), kept=exactly(kept))
    return replace(spot, **changes)


def _number(key: str, label: Callable[[SigmoidSetup], str], part: str, most: float) -> Field[SigmoidSetup]:
    return Field(key, label, lambda spot: written(getattr(spot, part)), partial(_changed, part, most))


def _of(spot: SigmoidSetup, text: str) -> SigmoidSetup:
    if text not in WITH_SIGMOID:
        raise not_among(WITH_SIGMOID)
    return replace(spot, preset=text)


FORM = Form[SigmoidSetup](
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
