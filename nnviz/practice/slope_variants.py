"""What students do instead on the way back: the derivatives of the loss, of activations, and by the neurons before."""

from collections.abc import Callable

from nnviz.algebra.expressions import Call, Expression, Num, Op, Ref, product
from nnviz.algebra.rewriting import exchanged, with_local
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.naming import gradient
from nnviz.practice.spot import Spot, Variant, in_role

ONE, HALF = Num(1.0), Num(0.5)


@in_role("output-slope")
def slope_of_loss_without_factor(spot: Spot, expression: Expression) -> Expression | None:
    """Take the derivative of an E without its ½."""
    return product(Num(1 / spot.half.value), expression) if spot.half else None


@in_role("output-slope")
def with_the_factor_kept(spot: Spot, expression: Expression) -> Expression | None:
    """Keep the ½ of E in its derivative."""
    return product(spot.half, expression) if spot.half else None


@in_role("output-slope")
def without_the_two(spot: Spot, expression: Expression) -> Expression | None:
    """Leave out the 2 that comes down from the square."""
    return product(HALF, expression) if spot.plan.shape.loss == "mean_squared_error" else None


@in_role("output-slope")
def with_the_error_turned_round(spot: Spot, expression: Expression) -> Expression | None:
    """Take y − ŷ for ŷ − y."""
    return Op("negative", (expression,))


@in_role("output-slope")
def with_a_derivative_under_cross_entropy(spot: Spot, expression: Expression) -> Expression | None:
    """Multiply ŷ − y by the derivative that it has melted with."""
    if not spot.loss.of_sum:
        return None
    z, a = Ref(spot.q.sums[-1][spot.unit]), Ref(spot.q.neurons[-1][spot.unit])
    return product(expression, spot.activation.slope_written(z, a))


def without_derivative(is_output: bool) -> Variant:
    """Return the variant that leaves it out, at the output or at hidden neurons."""

    @in_role("sum-slope")
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        return with_local(expression, lambda _: ONE) if spot.is_last == is_output else None

    return varied


def with_derivative(other: Callable[[Spot, Ref, Ref], Expression | None]) -> Variant:
    """Return the variant that takes another expression of z and a for it."""

    @in_role("sum-slope")
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        z, a = Ref(spot.q.sums[spot.layer][spot.unit]), Ref(spot.q.neurons[spot.layer][spot.unit])
        return with_local(expression, lambda _: other(spot, z, a))

    return varied


def turned_round(spot: Spot, z: Ref, a: Ref) -> Expression | None:
    """Return the derivative with the other sign, unless it is 1."""
    return None if spot.activation.is_linear else Op("negative", (spot.activation.slope_written(z, a),))


def of(*names: str) -> Callable[[Callable[[Ref, Ref], Expression]], Variant]:
    """Return what makes the variant of a derivative, in layers with these activations alone."""
    allowed = {id(ACTIVATIONS[name]) for name in names}

    def made(other: Callable[[Ref, Ref], Expression]) -> Variant:
        return with_derivative(lambda spot, z, a: other(z, a) if id(spot.activation) in allowed else None)

    return made


@in_role("neuron-slope")
def with_new_weights(spot: Spot, expression: Expression) -> Expression | None:
    """Take the weights that have been updated already."""
    rows = spot.q.weights[spot.weights_layer]
    return exchanged(expression, {row[spot.unit].id: Ref(row[spot.unit].after_update()) for row in rows})


@in_role("neuron-slope")
def without_weights(spot: Spot, expression: Expression) -> Expression | None:
    """Leave out the weights of the paths."""
    return with_local(expression, lambda _: ONE)


def with_one_path(number: int) -> Variant:
    """Return the variant that leaves out all paths but one, counted from 0: from a neuron, or from what is tied."""

    @in_role("neuron-slope", "weight-slope", "bias-slope")
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        match expression:
            case Op("+", operands) if number < len(operands):
                return operands[number]
            case Call(function, Op("+", operands)) if number < len(operands):
                return Call(function, operands[number])
        return None

    return varied


@in_role("neuron-slope")
def with_rows_for_columns(spot: Spot, expression: Expression) -> Expression | None:
    """Take the weights into the neuron's counterpart for those out of it."""
    if not spot.is_square:
        return None
    rows = spot.q.weights[spot.weights_layer]
    return exchanged(expression, {row[spot.unit].id: Ref(rows[spot.unit][at]) for at, row in enumerate(rows)})


@in_role("neuron-slope")
def with_the_error_itself(spot: Spot, expression: Expression) -> Expression | None:
    """Send the outputs' errors back, without the derivative of their activation."""
    last = len(spot.q.neurons) - 1
    if spot.weights_layer != last or spot.loss.of_sum or spot.plan.shape.activation(last).is_linear:
        return None
    pairs = zip(spot.q.sums[last], spot.q.neurons[last], strict=True)
    return exchanged(expression, {gradient(z).id: Ref(gradient(a)) for z, a in pairs})
