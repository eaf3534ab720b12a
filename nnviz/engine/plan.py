"""What one iteration computes: the rules of backpropagation, in order, before any number is known.

Legend: x input, w weight, b bias, z weighted sum, a a neuron's output (h or ŷ), y target, E loss, α learning rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nnviz.engine import losses
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.expressions import Expression, Num, Op, Partial, Ref, leaves, minus, product, references, total
from nnviz.engine.losses import LOSSES
from nnviz.engine.quantities import RATE, Derivative, Quantities, Quantity, gradient, numbered

FORWARD, BACKWARD, UPDATE, CHECK = PHASES = ("forward", "backward", "update", "check")
ONE = Num(1.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """All of a network that decides which rules there are: everything but its numbers.

    ``sizes`` begins with the inputs; ``activations``, ``has_biases`` and ``trains_biases`` have an entry a layer.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    has_biases: tuple[bool, ...]
    trains_biases: tuple[bool, ...]
    loss: str

    @property
    def quantities(self) -> Quantities:
        """The names of the network's numbers."""
        return numbered(self.sizes, tuple(ACTIVATIONS[name].written is not None for name in self.activations))


@dataclass(frozen=True, slots=True)
class Rule:
    """This quantity is this expression, made of the quantities named as operands."""

    phase: str
    quantity: Quantity
    expression: Expression
    operands: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The rules of one iteration, the quantities that they speak of, and the parameters that they train."""

    shape: Shape
    quantities: Quantities
    trained: tuple[Quantity, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def first_use(self) -> dict[str, int]:
        """By local derivative the number of steps after which it is known: those up to the first that uses it."""
        found: dict[str, int] = {}
        for position, rule in enumerate(self.rules, start=1):
            for leaf in leaves(rule.expression):
                if isinstance(leaf, Partial):
                    found.setdefault(str(leaf.symbol), position)
        return found

    @cached_property
    def by_name(self) -> dict[str, Quantity]:
        """Every quantity of the iteration, given or computed, by its name."""
        q = self.quantities
        given = (RATE, *q.neurons[0], *q.targets, *q.all_weights)
        biases = (b for row in q.biases for b in row)
        return {quantity.name: quantity for quantity in (*given, *biases, *(rule.quantity for rule in self.rules))}


@lru_cache(maxsize=64)
def plan_of(shape: Shape, n_samples: int) -> Plan:
    """Return the plan of one iteration of gradient descent over so many samples."""
    planner = _Planner(shape, n_samples)
    q = shape.quantities
    planner.forward(FORWARD, q)
    trained = planner.backward(q)
    planner.update(trained)
    planner.forward(CHECK, q.after_update(frozenset(trained)))
    return Plan(shape, q, trained, tuple(planner.rules))


class _Planner:
    """Collects the rules, pass by pass."""

    def __init__(self, shape: Shape, n_samples: int) -> None:
        self.shape, self.n_samples, self.loss = shape, n_samples, LOSSES[shape.loss]
        self.rules: list[Rule] = []

    def add(self, phase: str, quantity: Quantity, expression: Expression) -> None:
        operands = tuple(operand.name for operand in references(expression))
        self.rules.append(Rule(phase, quantity, expression, operands))

    def forward(self, phase: str, q: Quantities) -> None:
        """z = Σ a·w + b and a = f(z) of each neuron, layer by layer; then E."""
        for layer in range(1, len(q.neurons)):
            written = ACTIVATIONS[self.shape.activations[layer - 1]].written
            for unit, (z, a) in enumerate(zip(q.sums[layer], q.neurons[layer], strict=True)):
                pairs = zip(q.neurons[layer - 1], q.weights[layer][unit], strict=True)
                terms: list[Expression] = [product(Ref(before), Ref(w)) for before, w in pairs]
                if self.shape.has_biases[layer - 1]:
                    terms.append(Ref(q.biases[layer][unit]))
                self.add(phase, z, total(*terms))
                if written is not None:
                    self.add(phase, a, written(Ref(z)))
        outputs = q.sums[-1] if self.loss.of_sum else q.neurons[-1]
        error = losses.written(self.loss, [Ref(o) for o in outputs], [Ref(y) for y in q.targets], self.n_samples)
        self.add(phase, q.loss, error)

    def backward(self, q: Quantities) -> tuple[Quantity, ...]:
        """∂E/∂ every output, sum, parameter and hidden neuron, from E to the inputs; returns the parameters.

        ``chain`` holds the factors of ∂E/∂quantity, written out back to E or to the last sum over several paths.
        """
        chain: dict[Quantity, tuple[Expression, ...]] = {}
        trained: list[Quantity] = []

        outputs = q.sums[-1] if self.loss.of_sum else q.neurons[-1]
        for output, prediction, target in zip(outputs, q.neurons[-1], q.targets, strict=True):
            slope = losses.slope_written(self.loss, Ref(prediction), Ref(target), self.n_samples)
            self.add(BACKWARD, gradient(output), slope)
            chain[output] = (Ref(gradient(output)),)

        for layer in range(len(q.neurons) - 1, 0, -1):
            slope_written = ACTIVATIONS[self.shape.activations[layer - 1]].slope_written
            for z, a in zip(q.sums[layer], q.neurons[layer], strict=True):
                if z not in chain:
                    chain[z] = (*chain[a], _local(a, z, slope_written(Ref(z), Ref(a))))
                    self.add(BACKWARD, gradient(z), product(*chain[z]))
            parameters = self._parameters(q, layer, chain)
            trained[:0] = parameters
            if layer > 1:
                self._neurons_before(q, layer, chain)
        return tuple(trained)

    def _parameters(self, q: Quantities, layer: int, chain: dict[Quantity, tuple[Expression, ...]]) -> list[Quantity]:
        """∂E/∂w = ∂E/∂z · ∂z/∂w, where ∂z/∂w = a, and ∂E/∂b = ∂E/∂z · ∂z/∂b, where ∂z/∂b = 1."""
        parameters: list[Quantity] = []
        for unit, z in enumerate(q.sums[layer]):
            locals_: list[tuple[Quantity, Expression]] = [
                (w, Ref(a)) for a, w in zip(q.neurons[layer - 1], q.weights[layer][unit], strict=True)
            ]
            biases: list[tuple[Quantity, Expression]] = (
                [(q.biases[layer][unit], ONE)] if self.shape.trains_biases[layer - 1] else []
            )
            for parameter, equals in (*locals_, *biases):
                gradient_of_samples = product(*chain[z], _local(z, parameter, equals))
                self.add(BACKWARD, gradient(parameter), self._over_samples(gradient_of_samples))
                parameters.append(parameter)
        return parameters

    def _neurons_before(self, q: Quantities, layer: int, chain: dict[Quantity, tuple[Expression, ...]]) -> None:
        """∂E/∂a = Σ over the paths behind it of ∂E/∂z · ∂z/∂a, where ∂z/∂a = w."""
        for source, a in enumerate(q.neurons[layer - 1]):
            paths = [
                (z, _local(z, a, Ref(row[source]))) for z, row in zip(q.sums[layer], q.weights[layer], strict=True)
            ]
            if len(paths) == 1:
                [(z, local)] = paths
                chain[a] = (*chain[z], local)
                self.add(BACKWARD, gradient(a), product(*chain[a]))
            else:
                self.add(BACKWARD, gradient(a), total(*(product(Ref(gradient(z)), local) for z, local in paths)))
                chain[a] = (Ref(gradient(a)),)

    def update(self, trained: Iterable[Quantity]) -> None:
        """w⁺ = w − α·∂E/∂w of every trained parameter; all gradients are known by then."""
        for parameter in trained:
            change = product(Ref(RATE), Ref(gradient(parameter)))
            self.add(UPDATE, parameter.after_update(), minus(Ref(parameter), change))

    def _over_samples(self, expression: Expression) -> Expression:
        return expression if self.n_samples == 1 else Op("Σ", (expression,))


def _local(of: Quantity, wrt: Quantity, equals: Expression) -> Partial:
    return Partial(Derivative(of.letter, wrt.letter), equals)
