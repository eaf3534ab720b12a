"""A rule in the smallest steps: every factor and every product gets a quantity and a step of its own."""

from nnviz.algebra.expressions import Call, Expression, Op, Partial, Ref, leaves
from nnviz.algebra.quantities import KEPT, Product, Quantity

Pair = tuple[Quantity, Expression]
Equation = tuple[Quantity, Expression, Expression | None]


def split(quantity: Quantity, expression: Expression, short: Expression | None = None) -> list[Equation]:
    """Return the equations that lead to a quantity, in order: its factors, its products, and what is left of it.

    Each comes with the same in fewer factors, where it is a product and ``short`` has one for it, else with None.
    """
    factors = [(_factor(leaf), leaf.equals, None) for leaf in leaves(expression) if isinstance(leaf, Partial)]
    shorter = None if short is None else next(equals for _, equals in _products(quantity, short) if _is_product(equals))
    products = _products(quantity, expression)
    return [*factors, *((part, equals, shorter if _is_product(equals) else None) for part, equals in products)]


def _products(quantity: Quantity, expression: Expression) -> list[Pair]:
    """Return the products within an expression, and then the quantity itself as what is left of it."""
    products: list[Pair] = []
    rest = _without_products(expression, products, outermost=True)
    return [*products, (quantity, rest)]


def _is_product(expression: Expression) -> bool:
    return isinstance(expression, Op) and expression.operator == "·"


def _without_products(expression: Expression, found: list[Pair], outermost: bool) -> Expression:
    """Return the expression with each product within it as a quantity of its own, which ``found`` then has."""
    match expression:
        case Partial():
            return Ref(_factor(expression))
        case Op("·", operands) if all(isinstance(operand, Ref | Partial) for operand in operands):
            refs = tuple(_without_products(operand, found, outermost=False) for operand in operands)
            whole = Op("·", refs)
            if outermost:
                return whole
            term = _term([ref.quantity for ref in refs if isinstance(ref, Ref)])
            found.append((term, whole))
            return Ref(term)
        case Op(operator, operands):
            return Op(operator, tuple(_without_products(operand, found, outermost=False) for operand in operands))
        case Call(function, argument):
            return Call(function, _without_products(argument, found, outermost=False))
    return expression


def _factor(partial: Partial) -> Quantity:
    return Quantity(partial.id, partial.symbol, "factor", partial.place)


def _term(factors: list[Quantity]) -> Quantity:
    """Return the product as a quantity, which lives where its last factor lives."""
    is_slope = any(factor.kind in ("gradient", "factor", *KEPT) for factor in factors)
    symbol = Product(tuple(factor.symbol for factor in factors))
    key = "*".join(factor.id for factor in factors)
    return Quantity(key, symbol, "gradient-term" if is_slope else "term", factors[-1].place)
