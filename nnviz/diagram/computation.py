"""A network's computation as a graph: what is given, and by which operation all else comes of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from nnviz.algebra.expressions import Call, Expression, Op, Partial, references
from nnviz.algebra.quantities import Letter, Quantity, derivative_id
from nnviz.engine.manner import NEURON
from nnviz.engine.naming import gradient
from nnviz.engine.plan import Plan
from nnviz.engine.terms import split

Edge = tuple[str, str]
"""The ids of two nodes, of which the second is computed from the first."""

Part = Literal["given", "product", "sum", "activation", "loss"]
TIMES, PLUS = "×", "+"


@dataclass(frozen=True, slots=True)
class Node:
    """A quantity that is given, or comes of others by an operation, whose sign it has.

    ``sources`` are their ids. ``expression`` is what it is computed from, where there is one.
    """

    quantity: Quantity
    part: Part
    sign: str = ""
    sources: tuple[str, ...] = ()
    expression: Expression | None = None


@dataclass(frozen=True, eq=False)
class Computation:
    """The graph of a network's forward pass and E: a node a quantity, products included, in the order of computing.

    E comes of the outputs and the targets, also where it is written in the last sums.
    """

    plan: Plan
    nodes: dict[str, Node]

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, those that lead to a node together."""
        return tuple((source, key) for key, node in self.nodes.items() for source in node.sources)

    @cached_property
    def partials(self) -> dict[str, Partial]:
        """The local derivatives of the backward pass, by id."""
        return {key: partial for key, (partial, _) in self.plan.partials.items()}

    @cached_property
    def ways(self) -> dict[str, tuple[Edge, ...]]:
        """By the id of a local derivative the edges that it goes along: one, or two with a product between."""
        found: dict[str, tuple[Edge, ...]] = {}
        for key, node in self.nodes.items():
            for source in node.sources if node.part in ("sum", "activation", "product") else ():
                before = self.nodes[source]
                found[derivative_id(node.quantity, before.quantity)] = ((source, key),)
                for first in before.sources if before.part == "product" and node.part == "sum" else ():
                    found[derivative_id(node.quantity, self.nodes[first].quantity)] = ((first, source), (source, key))
        return found

    @cached_property
    def targets_of(self) -> dict[str, tuple[str, ...]]:
        """By id the nodes that are computed from a node."""
        found: dict[str, tuple[str, ...]] = {}
        for source, key in self.edges:
            found[source] = (*found.get(source, ()), key)
        return found

    def later(self, key: str) -> tuple[Quantity, ...]:
        """Return the gradient and the new value of a node's quantity; a product has neither."""
        own = self.nodes[key].quantity
        return (gradient(own), own.after_update()) if isinstance(own.symbol, Letter) else ()

    def of_layer(self, layer: int, unit: int) -> "Neuron":
        """Return what a neuron is computed by; layers are counted from 1."""
        q = self.plan.quantities
        z, a = q.sums[layer][unit].id, q.neurons[layer][unit].id
        sources = self.nodes[z].sources
        products = (z,) if self.nodes[z].part == "product" else sources
        return Neuron(
            products=tuple(key for key in products if self.nodes[key].part == "product"),
            bias=next((key for key in sources if self.nodes[key].quantity.kind == "bias"), ""),
            total=z,
            output=a,
        )


@dataclass(frozen=True, slots=True)
class Neuron:
    """The ids of a neuron's products, of its bias or "", of its weighted sum, and of its output.

    A sum of one product is that product, and an output without an activation is the sum.
    """

    products: tuple[str, ...]
    bias: str
    total: str
    output: str

    @property
    def has_sum(self) -> bool:
        """Whether its sum is not a single product."""
        return self.total not in self.products

    @property
    def is_activated(self) -> bool:
        """Whether its output is not the sum itself."""
        return self.output != self.total


@lru_cache(maxsize=64)
def computation_of(plan: Plan) -> Computation:
    """Return the computation of a plan, however that is told."""
    whole = plan if plan.manner.detail == NEURON else plan.by_neuron()
    return Computation(whole, {node.quantity.id: node for node in _nodes(whole)})


def _nodes(plan: Plan) -> Iterator[Node]:
    q = plan.quantities
    yield from (Node(x, "given") for x in q.neurons[0])
    for layer in range(1, len(q.neurons)):
        for unit, (z, a) in enumerate(zip(q.sums[layer], q.neurons[layer], strict=True)):
            yield from (Node(w, "given") for w in q.weights[layer][unit])
            if plan.shape.has_biases[layer - 1]:
                yield Node(q.biases[layer][unit], "given")
            for quantity, expression, _ in split(z, plan.rule_of[z.id].expression):
                yield _computed(quantity, expression)
            if a != z:
                yield _computed(a, plan.rule_of[a.id].expression)
    yield from (Node(y, "given") for y in q.targets)
    ends = (*q.neurons[-1], *q.targets)
    yield Node(q.loss, "loss", q.loss.name, tuple(end.id for end in ends), plan.rule_of[q.loss.id].expression)


def _computed(quantity: Quantity, expression: Expression) -> Node:
    """Return the node of a product, a sum or an activation."""
    sources = tuple(source.id for source in references(expression))
    match expression:
        case Op("·"):
            return Node(quantity, "product", TIMES, sources, expression)
        case Call(function, _):
            return Node(quantity, "activation", function.sign, sources, expression)
    return Node(quantity, "sum", PLUS, sources, expression)
