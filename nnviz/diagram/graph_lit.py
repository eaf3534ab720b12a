"""What a step is about in a computation graph: the nodes, and the edges along which values or gradients go."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nnviz.algebra.expressions import Ref, leaves
from nnviz.algebra.trace import Step
from nnviz.diagram.computation import Computation, Edge
from nnviz.engine.naming import gradient
from nnviz.engine.plan import BACKWARD, CHECK, FORWARD
from nnviz.engine.trace import Iteration


@dataclass(frozen=True)
class Lit:
    """What a pause is about: nodes and edges, and whether it goes along them from their ends to their starts."""

    nodes: frozenset[str] = frozenset()
    edges: tuple[Edge, ...] = ()
    is_backward: bool = False


@dataclass(frozen=True, eq=False)
class LitFinder:
    """Finds what the pauses of an iteration are about in its graph."""

    iteration: Iteration
    computation: Computation

    def about(self, pause: tuple[Step, ...]) -> Lit:
        """Return what a pause is about."""
        nodes, edges = set[str](), dict[Edge, None]()
        for step in pause:
            ids = (step.id, *step.operands)
            nodes |= {self._home[key] for key in ids if key in self._home}
            found = self._computed_by(step) if step.phase in (FORWARD, CHECK) else self._gone_back(step)
            edges |= dict.fromkeys(found)
        nodes |= {end for edge in edges for end in edge}
        return Lit(frozenset(nodes), tuple(edges), pause[0].phase == BACKWARD)

    def _computed_by(self, step: Step) -> Iterator[Edge]:
        """Yield the edges that lead from a step's operands to what it computes."""
        operands = {self._home[key] for key in step.operands if key in self._home}
        pending = [self._home[step.id]] if step.id in self._home else []
        while pending:
            key = pending.pop()
            for source in self.computation.nodes[key].sources:
                yield source, key
                if source not in operands:
                    pending.append(source)

    def _gone_back(self, step: Step) -> Iterator[Edge]:
        """Yield the edges along which a step goes back: those of its local derivatives, or that to E."""
        ways = [way for key in self._derivatives(step) for way in self.computation.ways.get(key, ())]
        yield from ways or self._to_loss.get(step.id, ())

    def _derivatives(self, step: Step) -> Iterator[str]:
        """Yield the ids of a step itself and of what it is made of, also of what its products have."""
        yield step.id
        for leaf in leaves(step.expression):
            is_product = isinstance(leaf, Ref) and leaf.quantity.kind == "gradient-term"
            yield from self._derivatives(self.iteration.by_id[leaf.id]) if is_product else (leaf.id,)

    @cached_property
    def _to_loss(self) -> dict[str, tuple[Edge, ...]]:
        """By the id of a gradient that comes straight from E the edges between."""
        found, q = dict[str, tuple[Edge, ...]](), self.computation.plan.quantities
        for z, a in zip(q.sums[-1], q.neurons[-1], strict=True):
            found[gradient(a).id] = ((a.id, q.loss.id),)
            if z != a:
                found[gradient(z).id] = ((z.id, a.id), (a.id, q.loss.id))
        return found

    @cached_property
    def _home(self) -> dict[str, str]:
        """The node of each quantity that has one: its own, its gradient's, and that of its new value."""
        nodes = self.computation.nodes
        found = {key: key for key in nodes}
        found |= {later.id: key for key in nodes for later in self.computation.later(key)}
        products = {node.quantity.place.key: key for key, node in nodes.items() if node.part == "product"}
        new = (q for q in self.iteration.plan.by_id.values() if q.kind == "term" and q.id not in found)
        return found | {quantity.id: products[quantity.place.key] for quantity in new}
