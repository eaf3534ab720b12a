"""A rule in the smallest steps: every factor and every product gets a quantity and a step of its own."""

from nnviz.engine.expressions import Expression, Op, Partial, Ref, leaves
from nnviz.engine.quantities import Product, Quantity

Equation = tuple[Quantity, Expression]


def split(quantity: Quantity, expression: Expression) -> list[Equation]:
    """Return the equations that lead to a quantity, in order: its factors, its products, and what is left of it."""
    factors = [(_factor(leaf), leaf.equals) for leaf in leaves(expression) if isinstance(leaf, Partial)]
    products: list[Equation] = []
    rest = _without_products(expression, products, outermost=True)
    return [*factors, *products, (quantity, rest)]


def _without_products(expression: Expression, found: list[Equation], outermost: bool) -> Expression:
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
    return expression


def _factor(partial: Partial) -> Quantity:
    return Quantity(partial.symbol, "factor", partial.place)


def _term(factors: list[Quantity]) -> Quantity:
    """Return the product as a quantity, which lives where its last factor lives."""
    is_slope = any(factor.kind in ("gradient", "factor") for factor in factors)
    symbol = Product(tuple(factor.symbol for factor in factors))
    return Quantity(symbol, "gradient-term" if is_slope else "term", factors[-1].place)
