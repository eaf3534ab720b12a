"""What students do instead in the forward pass: sums, activations, the loss."""

from nnviz.algebra.expressions import Call, Expression, Num, Op, Ref, product, total
from nnviz.algebra.rewriting import exchanged
from nnviz.engine import losses
from nnviz.engine.activations import SIGMOID
from nnviz.engine.losses import MEAN, SUM
from nnviz.practice.spot import Role, Spot, Variant, in_role

LOG_TEN = 2.302585092994046  # ln 10


@in_role("sum")
def without_bias(spot: Spot, expression: Expression) -> Expression | None:
    """Leave the bias out of a sum."""
    match expression:
        case Op("+", operands):
            terms = [term for term in operands if not (isinstance(term, Ref) and term.quantity.kind == "bias")]
            return total(*terms) if len(terms) < len(operands) else None
    return None


@in_role("sum")
def with_transposed_weights(spot: Spot, expression: Expression) -> Expression | None:
    """Take the weights of a column for those of the row."""
    if not spot.is_square:
        return None
    rows = spot.q.weights[spot.layer]
    others: dict[str, Expression] = {w.id: Ref(rows[at][spot.unit]) for at, w in enumerate(rows[spot.unit])}
    return exchanged(expression, others)


@in_role("activation")
def without_activation(spot: Spot, expression: Expression) -> Expression | None:
    """Go on with z for a."""
    match expression:
        case Call(_, z) | Op("over", (Op("exp", (z,)), _)):
            return z
    return None


@in_role("activation")
def without_normalization(spot: Spot, expression: Expression) -> Expression | None:
    """Take e^z for the share that it is."""
    match expression:
        case Op("over", (Op("exp") as power, _)):
            return power
    return None


@in_role("activation")
def over_the_others(spot: Spot, expression: Expression) -> Expression | None:
    """Divide e^z by those of the other sums, its own left out."""
    match expression:
        case Op("over", (Op("exp") as power, Op("+", powers))):
            others = [other for at, other in enumerate(powers) if at != spot.unit]
            return Op("over", (power, total(*others)))
    return None


@in_role("activation")
def sigmoid_for_softmax(spot: Spot, expression: Expression) -> Expression | None:
    """Apply the sigmoid to each sum by itself."""
    match expression:
        case Op("over", (Op("exp", (z,)), _)):
            return Call(SIGMOID, z)
    return None


@in_role("loss")
def of_each_class(spot: Spot, expression: Expression) -> Expression | None:
    """Add the binary cross-entropies of all classes up."""
    if not spot.loss.of_shares:
        return None
    pairs = zip(spot.q.neurons[-1], spot.q.targets, strict=True)
    terms = total(*(losses.CROSS_ENTROPY_IN_OUTPUTS.term(Ref(output), Ref(target)) for output, target in pairs))
    n_samples = spot.plan.n_samples
    return losses.over_samples(terms, n_samples, spot.loss.divisor(len(spot.q.targets), n_samples))


@in_role("activation")
def activated_twice(spot: Spot, expression: Expression) -> Expression | None:
    """Apply the activation to its own result."""
    return Call(expression.function, expression) if isinstance(expression, Call) else None


@in_role("activation")
def with_the_wrong_sign_in_sigmoid(spot: Spot, expression: Expression) -> Expression | None:
    """Take e^z for e^(−z)."""
    if isinstance(expression, Call) and expression.function.sign == "σ":
        return Call(expression.function, Op("negative", (expression.argument,)))
    return None


@in_role("loss")
def loss_without_factor(spot: Spot, expression: Expression) -> Expression | None:
    """Leave out the ½ of E."""
    return product(Num(1 / spot.half.value), expression) if spot.half else None


@in_role("loss")
def in_base_ten(spot: Spot, expression: Expression) -> Expression | None:
    """Take the logarithm to base 10."""
    return Op("/", (expression, Num(LOG_TEN))) if spot.loss.of_sum else None


@in_role("loss")
def without_the_minus(spot: Spot, expression: Expression) -> Expression | None:
    """Leave out the minus of cross-entropy."""
    return Op("negative", (expression,)) if spot.loss.of_sum else None


def over_all_samples(*roles: Role) -> Variant:
    """Return the variant that does not divide by the number of samples."""

    @in_role(*roles)
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        count = 1 if spot.loss.reduction == SUM else spot.plan.n_samples
        return product(Num(float(count)), expression) if count > 1 else None

    return varied


def over_outputs(*roles: Role) -> Variant:
    """Return the variant that divides by the number of outputs."""

    @in_role(*roles)
    def varied(spot: Spot, expression: Expression) -> Expression | None:
        count = 1 if spot.loss.reduction == MEAN else len(spot.q.targets)
        return Op("/", (expression, Num(float(count)))) if count > 1 else None

    return varied
