"""One neuron with a sigmoid, and the same with tanh and ReLU beside it: what reaches its weight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import atanh, ceil, log, sqrt

from nnviz.algebra.expressions import evaluate
from nnviz.algebra.mathml import kind_of, line
from nnviz.algebra.quantities import Derivative, Quantity, derivative_id
from nnviz.algebra.rounding import Shown, equated, exactly, shown
from nnviz.algebra.solution import leaf_name, number
from nnviz.algebra.trace import Step
from nnviz.engine.naming import gradient
from nnviz.engine.network import Layer, Network
from nnviz.engine.trace import Iteration, trace
from nnviz.explain.activation_plot import SATURATED, verdict
from nnviz.explain.sentence import sentence, title
from nnviz.lessons.sigmoid.exponentials import SIGMOID
from nnviz.player.step_formula import formula_lines, solved_lines
from nnviz.player.step_view import Number, StepView
from nnviz.player.table import Row, Table
from nnviz.text import say

CHAIN = "chain"
BESIDE = ("tanh", "relu")
ACTIVATED = (SIGMOID, *BESIDE)
RATE = 0.5
EDGES = {  # how far from 0 a slope falls below SATURATED
    SIGMOID: log((1 + sqrt(1 - 4 * SATURATED)) / (1 - sqrt(1 - 4 * SATURATED))),
    "tanh": atanh(sqrt(1 - SATURATED)),
}
FINE = 1000


@dataclass(frozen=True)
class Neuron:
    """ŷ = f(w·x + b) with E = ½(ŷ − y)², for each of ACTIVATED as f."""

    weight: float
    bias: float
    x: float
    target: float

    @cached_property
    def iterations(self) -> Mapping[str, Iteration]:
        """An iteration of the neuron by the activation's name."""
        networks = {name: Network([Layer([[self.weight]], [self.bias], name)]) for name in ACTIVATED}
        return {name: trace(network, [[self.x]], [[self.target]], RATE) for name, network in networks.items()}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the steps, in order: the sum, ŷ, E, and E's gradients, of ŷ, of the sum, of the weight."""
        z, output, weight, loss = self._quantities
        return (z.id, output.id, loss.id, *(gradient(quantity).id for quantity in (output, z, weight)))

    @cached_property
    def columns(self) -> dict[str, str]:
        """The names of the table's numbers by their ids: ŷ, E, the factors of the weight's chain rule, its gradient."""
        z, output, weight, loss = self._quantities
        of_output, of_weight = gradient(output), gradient(weight)
        factors = {
            derivative_id(of, wrt): str(Derivative(of.letter, wrt.letter)) for of, wrt in ((output, z), (z, weight))
        }
        return {q.id: q.name for q in (output, loss, of_output)} | factors | {of_weight.id: of_weight.name}

    @cached_property
    def _quantities(self) -> tuple[Quantity, Quantity, Quantity, Quantity]:
        """The sum, the output, the weight and the loss."""
        q = self.iterations[SIGMOID].plan.quantities
        return q.sums[1][0], q.neurons[1][0], q.weights[1][0][0], q.loss

    def step_views(self) -> Iterator[StepView]:
        """Yield the steps of the neuron's chain rule, each for all three activations."""
        for position, key in enumerate(self.ids, start=1):
            steps = {activation: self.iterations[activation].by_id[key] for activation in ACTIVATED}
            yield StepView(
                replace(steps[SIGMOID], phase=CHAIN),
                title=title(self.iterations[SIGMOID], position),
                sentence=" ".join(filter(None, [sentence(self.iterations[SIGMOID], position), *self._words(steps)])),
                formula=_formula(steps),
                row=SIGMOID,
                numbers=self._numbers(position),
            )

    def _numbers(self, position: int) -> dict[str, Number]:
        """Return the numbers of the table that the step of a position makes known."""
        known: dict[str, Number] = {}
        key = self.ids[position - 1]
        for activation, iteration in self.iterations.items():
            if key in self.columns:
                step = iteration.by_id[key]
                known[place_of(activation, key)] = Number(step.name, number(step.value, 0), step.quantity.kind)
            for factor, (partial, since) in iteration.plan.partials.items():
                if since == position and factor in self.columns:
                    value = number(evaluate(partial, iteration.values), 0)
                    known[place_of(activation, factor)] = Number(leaf_name(partial), value, kind_of(partial))
        return known

    def _words(self, steps: Mapping[str, Step]) -> list[str]:
        """Return why a gradient is small, and the numbers beside the sigmoid's, where they are others."""
        if not _differ(steps):
            return []
        is_behind = steps[SIGMOID].id in self.ids[-2:]
        at = number(self.iterations[SIGMOID].values[self.ids[0]], 0)
        words = []
        for name, step in steps.items():
            if name != SIGMOID:
                equation = equated(step.name, _value(step))
                words.append(say("saturation.with", activation=say(f"activation.{name}"), equation=equation))
            if is_behind:
                words.append(verdict(name, at))
        return words


def table(columns: Mapping[str, str]) -> Table:
    """Return the table of the neuron, a row an activation, which holds no numbers."""
    headers = {"": say("activation.title"), **columns}
    rows = [
        Row(name, say(f"activation.{name}"), "hidden", {column: place_of(name, column) for column in columns})
        for name in ACTIVATED
    ]
    return Table(say("saturation.caption"), "", headers, tuple(rows))


def edges() -> dict[str, Shown | str]:
    """Return how far from 0 each activation saturates, and what that means, as sentences need them."""
    return {"most": exactly(SATURATED)} | {name: shown(_rounded_up(edge)) for name, edge in EDGES.items()}


def _rounded_up(edge: float) -> float:
    """Return an edge with few decimals, beyond which a slope is below SATURATED too."""
    return ceil(edge * FINE) / FINE


def place_of(activation: str, number: str) -> str:
    """Return the id of a number in the table."""
    return f"{activation}:{number}"


def _formula(steps: Mapping[str, Step]) -> str:
    """Return the step's formula for the sigmoid, and where the others' numbers differ, theirs below."""
    lines = formula_lines(steps[SIGMOID])
    if _differ(steps):
        for name in BESIDE:
            lines.append(line(say("saturation.beside", activation=say(f"activation.{name}")), kind="note"))
            lines += solved_lines(steps[name])
    return "".join(lines)


def _differ(steps: Mapping[str, Step]) -> bool:
    return len({_value(step) for step in steps.values()}) > 1


def _value(step: Step) -> float:
    return number(step.value, 0)
