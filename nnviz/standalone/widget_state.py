"""What a widget shows, as plain data: an iteration of a run, and what becomes of it when somebody asks for more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isfinite
from typing import Any, Self, TypeGuard

import numpy as np

from nnviz.algebra.quantities import Quantity
from nnviz.charts.theme import Look
from nnviz.engine.naming import gradient
from nnviz.engine.network import Network
from nnviz.lessons.network.lesson import Backpropagation
from nnviz.lessons.network.own_network import setup_of
from nnviz.lessons.network.run import NetworkRun, run_at
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.checkpoint import LAST_ITERATION, Checkpoint
from nnviz.lessons.network.view import NetworkView
from nnviz.player.panels import TEMPLATES, shown
from nnviz.player.run import MOST_VIEWS
from nnviz.protocol import StandaloneAnswer, StandaloneRequest
from nnviz.standalone.prepared import look_for, prepared
from nnviz.text import say

LESSON = Backpropagation()
WEIGHTS, BIASES = "weights", "biases"


@dataclass(frozen=True)
class WidgetState:
    """An iteration of the run that a setup begins, and the look of its picture."""

    setup: Setup
    run: NetworkRun
    look: Look

    @staticmethod
    def begun(setup: Setup, look: Look) -> "WidgetState":
        """Return the first iteration of a setup's run."""
        return WidgetState(setup, run_at(setup, 1), look)

    @property
    def network(self) -> Network:
        """The network before the iteration."""
        return self.run.iteration.start

    @property
    def numbers(self) -> dict[str, Any]:
        """The numbers that may be set, by name: weights and biases of each layer, samples, rate, as lists."""
        layers = self.network.layers
        return {
            WEIGHTS: [layer.matrix.tolist() for layer in layers],
            BIASES: [None if layer.vector is None else layer.vector.tolist() for layer in layers],
            "inputs": [list(row) for row in self.setup.inputs],
            "targets": [list(row) for row in self.setup.targets],
            "learning_rate": float(self.setup.rate),
        }

    @property
    def gradients(self) -> dict[str, Any]:
        """The gradients in the shapes of weights and biases; None for a number that is too large or not trained."""
        q = self.run.iteration.plan.quantities
        return {
            "gradients": [[self._slopes(row) for row in rows] for rows in q.weights[1:]],
            "bias_gradients": [
                None if layer.vector is None else self._slopes(row)
                for layer, row in zip(self.network.layers, q.biases[1:], strict=True)
            ],
        }

    def _slopes(self, row: tuple[Quantity, ...]) -> list[float | None]:
        found = (self.run.iteration.values.get(gradient(quantity).id) for quantity in row)
        return [float(value) if value is not None and isfinite(value) else None for value in found]

    # What is asked for

    def at(self, iteration: int) -> Self:
        """Return another iteration of the run, or the one before it in which it diverges."""
        own = self.run.iteration
        place = Checkpoint(own.start, own.state_before, self.run.before)
        run = run_at(self.setup, iteration, place)
        while run.number < iteration and run.can_go_on:
            run = run_at(self.setup, iteration, Checkpoint(run.iteration.start, run.iteration.state_before, run.before))
        return replace(self, run=run)

    def with_numbers(self, changed: Mapping[str, Any]) -> Self:
        """Return the first iteration of a run with some of the numbers changed, by name.

        Raises ValueError, in words, where the network cannot have them.
        """
        given, before = {**self.numbers, **changed}, self.setup
        network = self._with_parameters(given[WEIGHTS], given[BIASES])
        inputs, targets, rate = (given[name] for name in ("inputs", "targets", "learning_rate"))
        setup = setup_of(network, inputs, targets, rate, before.manner, before.batches, before.method, before.split)
        setup = replace(setup, sample=min(before.sample, len(setup.inputs) - 1))
        return replace(self, setup=setup, run=run_at(setup, 1))

    def _with_parameters(self, weights: object, biases: object) -> Network:
        """Return the network with other parameters. Raises ValueError where they are not those of such a network."""
        network = self.network
        if _has_length(weights, len(network.layers)) and _has_length(biases, len(network.layers)):
            rows = zip(network.layers, weights, biases, strict=True)
            other = replace(network, layers=[layer.updated(w, b) for layer, w, b in rows])
            if other.shape == network.shape:
                return other
        shapes = ", ".join(f"({n_out}, {n_in})" for n_in, n_out in pairwise(network.sizes))
        raise ValueError(say("error.widget_shape", shapes=shapes))

    def within(self, width: int, height: int) -> Self:
        """Return the same with a picture for a room, in pixels."""
        return replace(self, look=look_for(width, height))

    def asked(self, request: StandaloneRequest) -> tuple[Self, dict[str, str]]:
        """Return what a player asks for, and for each text that it may not have typed why."""
        setup, problems = LESSON.edited(self.setup, request["typed"])
        state = replace(self, setup=setup)
        if setup.run_setup != self.setup.run_setup:
            return replace(state, run=run_at(setup, 1)), problems
        return state.at(min(max(request["iteration"], 1), LAST_ITERATION)), problems

    # What is shown

    @property
    def view(self) -> NetworkView:
        """How the iteration is shown."""
        return NetworkView(self.run, self.look)

    def prepared(self, cursor: int, problems: Mapping[str, str] | None = None) -> StandaloneAnswer:
        """Return what the player shows at a cursor and at the others of the iteration, or at those around it."""
        return prepared(
            self.view,
            cursor,
            iterations=LAST_ITERATION,
            texts=LESSON.form(self.setup).texts(self.setup),
            problems=problems,
            is_whole=self.run.end <= MOST_VIEWS,
        )

    @property
    def settings(self) -> str:
        """The fields of the numbers, as HTML."""
        groups = shown(LESSON.form(self.setup), self.setup)
        template = TEMPLATES.get_template("standalone/templates/settings.html")
        return template.render(groups=groups, count=len(self.setup.inputs))


def _has_length(given: object, count: int) -> TypeGuard[Sequence[Any]]:
    return isinstance(given, list | tuple | np.ndarray) and len(given) == count
