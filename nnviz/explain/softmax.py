"""Why softmax and categorical cross-entropy melt into ŷ − y: all derivatives in between, with their numbers.

Each share depends on all sums of the layer: ∂ŷ_i/∂z_j = ŷ_i·(1 − ŷ_i) where i is j, else −ŷ_i·ŷ_j.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from nnviz.algebra.expressions import Expression, Num, Op, Ref, minus, product, total
from nnviz.algebra.quantities import Quantity
from nnviz.engine.losses import LOSSES, divided
from nnviz.engine.naming import LOSS, gradient
from nnviz.engine.plan import Plan
from nnviz.explain.any_layer import slope

ONE = Num(1.0)


@dataclass(frozen=True, slots=True)
class Derived:
    """A derivative, what it is in symbols, one form after the other, and what its number comes from."""

    quantity: Quantity
    symbols: tuple[Expression, ...]
    numbers: Expression


def has_softmax(plan: Plan) -> bool:
    """Whether the outputs are shares of classes."""
    return plan.shape.activation(len(plan.shape.activations)).of_layer is not None


def of_shares(plan: Plan) -> tuple[tuple[Derived, ...], ...]:
    """Return the matrix of the derivatives of each output by each sum, a row an output."""
    q = plan.quantities
    return tuple(
        tuple(_of_share(plan, unit, other) for other in range(len(q.sums[-1]))) for unit in range(len(q.neurons[-1]))
    )


def _of_share(plan: Plan, unit: int, other: int) -> Derived:
    q = plan.quantities
    output, beside = Ref(q.neurons[-1][unit]), Ref(q.neurons[-1][other])
    quantity = slope(q.neurons[-1][unit], q.sums[-1][other], "factor")
    equals = product(output, minus(ONE, output)) if unit == other else Op("negative", (product(output, beside),))
    return Derived(quantity, (equals,), equals)


def of_loss(plan: Plan) -> Iterator[Derived]:
    """Yield the derivative of E by each output."""
    in_outputs = LOSSES[plan.shape.loss].in_outputs
    assert in_outputs is not None
    for output, target in zip(plan.quantities.neurons[-1], plan.quantities.targets, strict=True):
        equals = _of_samples(plan, in_outputs.slope(Ref(output), Ref(target)))
        yield Derived(slope(LOSS, output), (equals,), equals)


def of_sum(plan: Plan, unit: int = 0) -> Derived:
    """Return the derivative of E by a sum: over all outputs, multiplied out, and what is left."""
    q, matrix = plan.quantities, of_shares(plan)
    paths = total(
        *(product(Ref(by.quantity), Ref(row[unit].quantity)) for by, row in zip(of_loss(plan), matrix, strict=True))
    )
    own, target = Ref(q.neurons[-1][unit]), Ref(q.targets[unit])
    others = [product(Ref(y), own) for at, y in enumerate(q.targets) if at != unit]
    multiplied = total(Op("negative", (product(target, minus(ONE, own)),)), *others)
    gathered = minus(product(own, total(*map(Ref, q.targets))), target)
    forms = (_of_samples(plan, form) for form in (multiplied, gathered, minus(own, target)))
    return Derived(gradient(q.sums[-1][unit]), (paths, *forms), paths)


def _of_samples(plan: Plan, expression: Expression) -> Expression:
    return divided(expression, plan.shape.rule.divisor(plan.shape.sizes[-1], plan.n_samples))
