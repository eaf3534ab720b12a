"""What is written in a computation graph, as far as it is known at a cursor: values, gradients, local derivatives."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

from nnviz.algebra.expressions import Expression, evaluate
from nnviz.algebra.quantities import KEPT, Quantity
from nnviz.algebra.solution import number
from nnviz.charts.text_metrics import BLANK
from nnviz.diagram.computation import Computation, Edge
from nnviz.diagram.labels import NEW, Labels, fitting
from nnviz.engine.naming import gradient
from nnviz.engine.plan import UPDATE
from nnviz.engine.trace import Iteration
from nnviz.text import say

LOCAL, PART = "×", "+"
Known = tuple[int, float]
"""After how many pauses a number is known, and the number."""


@dataclass(frozen=True)
class GraphTexts:
    """The texts of an iteration's computation graph, with the numbers of one sample."""

    iteration: Iteration
    computation: Computation
    labels: Labels
    sample: int

    def inside(self, key: str, name: str, cursor: int) -> str:
        """Return what stands in a node: what it is, and its value as the forward pass left it."""
        new = self._passing(cursor).get(key)
        if new is not None and new.kind == "term":
            return self._coloured(f"{NEW} {self.labels.short(new, self.labels.frame.room)}", new.kind)
        since, value = self.values[key]
        return f"{name} {self._shown(value, key) if since <= cursor else self.labels.unknown}"

    def note(self, key: str, cursor: int) -> str:
        """Return the newest of a node besides its own value: what the step passes there, a gradient, a new value."""
        passing = self._passing(cursor).get(key)
        if passing is not None and passing.kind != "term":
            return self.labels.written(passing)
        since, quantities = self._lasting[key]
        newest = bisect_right(since, cursor)
        return self.labels.written(quantities[newest - 1]) if newest else BLANK

    def along(self, edge: Edge, cursor: int) -> str:
        """Return what stands at an edge: its local derivative, and where paths meet what comes along this one."""
        lines = []
        for sign, kind, known in ((LOCAL, "factor", self.locals), (PART, "gradient-term", self.parts)):
            since, value = known.get(edge, (cursor + 1, 0.0))
            if since <= cursor and isfinite(value):
                lines.append(self._coloured(f"{sign} {self._shown(value)}", kind))
        return "<br>".join(lines) or BLANK

    @cached_property
    def values(self) -> dict[str, Known]:
        """Of each node, after how many pauses its value is known, and the value."""
        position, found = self.iteration.position, dict[str, Known]()
        for key, node in self.computation.nodes.items():
            if key in position:
                found[key] = position[key], number(self.iteration.values[key], self.sample)
            else:  # a product that has no step of its own
                assert node.expression is not None
                [total] = self.computation.targets_of[key]
                found[key] = position[total], self._evaluated(node.expression)
        return found

    @cached_property
    def locals(self) -> dict[Edge, Known]:
        """The local derivative of each edge that a gradient goes along."""
        position, found = self.iteration.position, dict[Edge, Known]()
        for key, partial in self.computation.partials.items():
            first, *rest = self.computation.ways[key]
            since = position[key] if key in position else self.iteration.plan.partials[key][1]
            found[first] = since, self._evaluated(partial.equals)
            for edge in rest:  # from a product into its sum
                found[edge] = position[self._slope(edge[1]).id], 1.0
        for edge in self.computation.edges:
            slope = gradient(self.computation.nodes[edge[0]].quantity) if edge[1] == self._loss else None
            if slope is not None and slope.id in position:
                found[edge] = position[slope.id], number(self.iteration.values[slope.id], self.sample)
        return found

    @cached_property
    def parts(self) -> dict[Edge, Known]:
        """What comes back along each of the edges at whose start a gradient is a sum: of paths, or of samples."""
        found = dict[Edge, Known]()
        for key in self.computation.partials:
            way = self.computation.ways[key]
            start, behind = way[0][0], self._slope(way[-1][1])
            is_parameter = self.computation.nodes[start].quantity.kind in ("weight", "bias")
            if len(self.computation.targets_of[start]) > 1 or (is_parameter and self.iteration.plan.n_samples > 1):
                slope, (_, local) = number(self.iteration.values[behind.id], self.sample), self.locals[way[0]]
                found[way[0]] = self._since_part(self._slope(start).id, f"{behind.id}*{key}"), slope * local
        return found

    def _since_part(self, slope: str, term: str) -> int:
        """Return since when a part of a gradient is known: since its own step, where it has one, or the gradient's."""
        position = self.iteration.position
        own = [key for key in self.iteration.by_id[slope].operands if self._kind(key) == "gradient-term"]
        return position[term] if term in position else position[own[0]] if own else position[slope]

    @cached_property
    def _lasting(self) -> dict[str, tuple[list[int], list[Quantity]]]:
        """By node: after how many pauses, and which quantity is then the newest one there."""
        position, found = self.iteration.position, dict[str, tuple[list[int], list[Quantity]]]()
        for key in self.computation.nodes:
            later = self.computation.later(key)
            known = sorted(((position[q.id], q) for q in later if q.id in position), key=lambda pair: pair[0])
            found[key] = [since for since, _ in known], [q for _, q in known]
        return found

    def _passing(self, cursor: int) -> dict[str, Quantity]:
        """Return by node what the step is about and shows no longer than it lasts."""
        if cursor not in self._passing_at:
            self._passing_at[cursor] = dict(self._found_passing(cursor))
        return self._passing_at[cursor]

    @cached_property
    def _passing_at(self) -> dict[int, dict[str, Quantity]]:
        return {}

    def _found_passing(self, cursor: int) -> Iterator[tuple[str, Quantity]]:
        by_id, nodes = self.iteration.plan.by_id, self.computation.nodes
        for step in self.iteration.pauses[cursor - 1] if cursor else ():
            shown = (step.id,) if step.phase == UPDATE else (*step.operands, step.id)
            for quantity in (by_id[key] for key in shown if key not in nodes):
                if quantity.kind == "term":
                    yield self._product_at[quantity.place.key], quantity
                elif quantity.kind == "loss-part":
                    yield self._loss, quantity
                elif quantity.kind in ("gradient-term", *KEPT) and step.phase == UPDATE:
                    yield self._parameter_at[quantity.place.key], quantity

    @cached_property
    def _product_at(self) -> dict[str, str]:
        nodes = self.computation.nodes
        weights = ((s, key) for key, node in nodes.items() if node.part == "product" for s in node.sources)
        return {nodes[s].quantity.place.key: key for s, key in weights if nodes[s].quantity.kind == "weight"}

    @cached_property
    def _parameter_at(self) -> dict[str, str]:
        nodes = self.computation.nodes.items()
        return {node.quantity.place.key: key for key, node in nodes if node.quantity.kind in ("weight", "bias")}

    @cached_property
    def _loss(self) -> str:
        return self.computation.plan.quantities.loss.id

    def _slope(self, key: str) -> Quantity:
        return gradient(self.computation.nodes[key].quantity)

    def _kind(self, key: str) -> str:
        return self.iteration.plan.by_id[key].kind

    def _evaluated(self, expression: Expression) -> float:
        return number(evaluate(expression, self.iteration.values), self.sample)

    def _shown(self, value: float, key: str = "") -> str:
        if isfinite(value):
            return fitting(value, self.labels.frame.digits, self.labels.frame.room)
        overflow = self.iteration.overflow
        is_too_large = overflow is not None and overflow.id == key
        return say("figure.too_large.short") if is_too_large else self.labels.unknown

    def _coloured(self, text: str, kind: str) -> str:
        return f"<span style='color:{self.labels.palette.kinds[kind]}'>{text}</span>"
