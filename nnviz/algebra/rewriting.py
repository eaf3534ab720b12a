"""How expressions are changed: parts of them for others."""

from collections.abc import Callable
from dataclasses import replace

from nnviz.algebra.expressions import Call, Expression, Op, Partial, Ref


def rewritten(expression: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """Return the expression with whatever ``change`` has another for, from the outside to the inside."""
    changed = change(expression)
    if changed is not None:
        return changed
    match expression:
        case Op(operator, operands):
            return Op(operator, tuple(rewritten(operand, change) for operand in operands))
        case Call(function, argument):
            return Call(function, rewritten(argument, change))
        case Partial():
            return replace(expression, equals=rewritten(expression.equals, change))
    return expression


def exchanged(expression: Expression, others: dict[str, Expression]) -> Expression | None:
    """Return the expression with other expressions for some quantities by id, or None where it has none of these."""
    found = []

    def change(part: Expression) -> Expression | None:
        if isinstance(part, Ref) and part.id in others:
            found.append(part)
            return others[part.id]
        return None

    other = rewritten(expression, change)
    return other if found else None


def with_local(expression: Expression, other: Callable[[Partial], Expression | None]) -> Expression | None:
    """Return the expression with others for its local derivatives, or None where none of them has another."""
    found = []

    def change(part: Expression) -> Expression | None:
        if isinstance(part, Partial) and (instead := other(part)) is not None:
            found.append(part)
            return instead
        return None

    changed = rewritten(expression, change)
    return changed if found else None


def partials(expression: Expression) -> list[Partial]:
    """Return the local derivatives of the expression."""
    found: list[Partial] = []

    def note(part: Expression) -> None:
        if isinstance(part, Partial):
            found.append(part)

    rewritten(expression, note)
    return found
