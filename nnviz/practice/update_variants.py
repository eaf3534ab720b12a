"""What students do instead with the gradients of weights and biases, and in the update."""

from collections.abc import Callable

from nnviz.algebra.expressions import SIGMA, Call, Expression, Num, Op, Ref, product
from nnviz.algebra.rewriting import exchanged, with_local
from nnviz.engine.naming import RATE, gradient
from nnviz.practice.spot import Spot, Variant, in_role


def with_another_input(shift: int) -> Variant:
    """Return the variant with the input of another weight of the neuron, so many further on."""

    @in_role("weight-slope")
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        inputs = spot.q.neurons[spot.layer - 1]
        if shift >= len(inputs):
            return None
        return with_local(expression, lambda _: Ref(inputs[(spot.source + shift) % len(inputs)]))

    return varied


def with_another_delta(shift: int) -> Variant:
    """Return the variant with the δ of another neuron of the layer, so many further on."""

    @in_role("weight-slope")
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        size = len(spot.q.neurons[spot.layer])
        if shift >= size:
            return None
        own, other = (spot.delta(spot.layer, unit % size) for unit in (spot.unit, spot.unit + shift))
        return exchanged(expression, {own.id: other})

    return varied


def itself(spot: Spot) -> Expression:
    """Return the weight or the bias that the rule is about."""
    return Ref(spot.of)


def own_output(spot: Spot) -> Expression:
    """Return the output of the neuron that a weight leads to."""
    return Ref(spot.q.neurons[spot.layer][spot.unit])


def with_gradient(other: Callable[[Spot], Expression]) -> Variant:
    """Return the variant that takes another factor for a weight's input."""

    @in_role("weight-slope")
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        return with_local(expression, lambda _: other(spot))

    return varied


@in_role("weight-slope")
def with_the_product_transposed(spot: Spot, expression: Expression) -> Expression | None:
    """Take the gradient of the weight that lies opposite in the matrix."""
    if not spot.is_square:
        return None
    moved = with_local(expression, lambda _: Ref(spot.q.neurons[spot.layer - 1][spot.unit]))
    own, other = spot.delta(spot.layer, spot.unit), spot.delta(spot.layer, spot.source)
    return None if moved is None else exchanged(moved, {own.id: other})


@in_role("weight-slope")
def with_averages_first(spot: Spot, expression: Expression) -> Expression | None:
    """Multiply the mean δ by the mean input."""
    if spot.plan.n_samples == 1:
        return None
    mean = Op("/", (Call(SIGMA, Ref(spot.q.neurons[spot.layer - 1][spot.source])), Num(float(spot.plan.n_samples))))
    return product(Call(SIGMA, spot.delta(spot.layer, spot.unit)), mean)


def with_bias_gradient(other: Callable[[Spot], Expression | None]) -> Variant:
    """Return the variant that takes another factor for the 1 of a bias."""

    @in_role("bias-slope")
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        return with_local(expression, lambda _: other(spot))

    return varied


def input_of(number: int) -> Callable[[Spot], Expression | None]:
    """Return what gives an input of the layer, counted from 0."""

    def found(spot: Spot) -> Expression | None:
        inputs = spot.q.neurons[spot.layer - 1]
        return Ref(inputs[number]) if number < len(inputs) else None

    return found


of_any_method = in_role("update", "step")


@of_any_method
def with_plus(spot: Spot, expression: Expression) -> Expression | None:
    """Add the change."""
    return Op("+", expression.operands) if isinstance(expression, Op) and expression.operator == "−" else None


@of_any_method
def without_the_weight(spot: Spot, expression: Expression) -> Expression | None:
    """Write the change for the new value."""
    match expression:
        case Op("−", (_, change)):
            return Op("negative", (change,))
        case Op("+", (_, change)):
            return change
    return None


def with_rate(other: Expression) -> Variant:
    """Return the variant that takes something else for the learning rate."""
    return of_any_method(lambda spot, expression: exchanged(expression, {RATE.id: other}))


def with_change(other: Callable[[Spot], Expression | None]) -> Variant:
    """Return the variant that takes something else for the gradient."""

    @in_role("update")
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        instead = other(spot)
        return None if instead is None else exchanged(expression, {gradient(spot.of).id: instead})

    return varied


def gradient_of_another(shift: int) -> Callable[[Spot], Expression | None]:
    """Return what gives the gradient of another weight of the layer, so many further on."""

    def found(spot: Spot) -> Expression | None:
        if spot.of.kind != "weight":
            return None
        weights = [w for row in spot.q.weights[spot.layer] for w in row]
        if shift >= len(weights):
            return None
        return Ref(gradient(weights[(weights.index(spot.of) + shift) % len(weights)]))

    return found


@of_any_method
def as_it_was(spot: Spot, expression: Expression) -> Expression | None:
    """Leave a bias as it was."""
    return Ref(spot.of) if spot.of.kind == "bias" else None


@in_role("decayed")
def without_decay(spot: Spot, expression: Expression) -> Expression | None:
    """Take the gradient alone."""
    return expression.operands[0] if isinstance(expression, Op) else None
