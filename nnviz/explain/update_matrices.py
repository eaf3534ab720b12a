"""The update of a layer in matrices by any optimizer: its rules, with a matrix for what each of them is of a weight."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce

import numpy as np

from nnviz.algebra.expressions import OPERATORS, Expression, Function, Num, Op, Ref
from nnviz.algebra.quantities import Quantity
from nnviz.engine.method import ANY_BIAS, ANY_WEIGHT, Update
from nnviz.engine.naming import gradient
from nnviz.explain.matrix_equations import Combined, Constant, Enclosed, Entry, Equation, Matrix, Raised, Side

ROOT = Function("√", np.sqrt, OPERATORS["root"].exactly)
Rows = Sequence[Sequence[Quantity]]


def update_equations(
    update: Update,
    parameters: Rows,
    slopes: Matrix,
    old: Matrix,
    new: Matrix,
    matrix: Callable[[Quantity, Rows], Matrix],
    trained: Constant | None = None,
) -> Iterator[Equation]:
    """Yield the rules of an update for parameters in rows, as equations between matrices.

    ``slopes`` are the gradients, ``old`` and ``new`` the parameters. ``matrix`` makes one of what is kept, for what
    that is of any parameter, and of each of these. ``trained`` is the mask of those that decay, where not all do.
    """
    any_ = ANY_BIAS if parameters[0][0].kind == "bias" else ANY_WEIGHT
    own = [[_by_general(update, any_, parameter) for parameter in row] for row in parameters]
    sides = {any_.id: old, gradient(any_).id: slopes, any_.after_update().id: new}
    for general in _named(update, any_):
        if general.id not in sides:
            sides[general.id] = matrix(general, [[of_each[general.id] for of_each in row] for row in own])
    decaying = old if trained is None else Enclosed(Combined("⊙", trained, old))
    for general, rule in update.rules(any_):
        decays = general.kind == "decayed-gradient"
        yield Equation(sides[general.id], _side(rule, {**sides, any_.id: decaying} if decays else sides))


def _named(update: Update, parameter: Quantity) -> list[Quantity]:
    """Return what there is of a parameter in an update: what was kept, and what the rules give."""
    return [*update.kept(parameter), *(quantity for quantity, _ in update.rules(parameter))]


def _by_general(update: Update, any_: Quantity, parameter: Quantity) -> dict[str, Quantity]:
    """Return what there is of a parameter, by the id of what it is of any parameter."""
    pairs = zip(_named(update, any_), _named(update, parameter), strict=True)
    return {general.id: own for general, own in pairs}


def _side(expression: Expression, sides: Mapping[str, Side]) -> Side:
    """Return an expression as a side of an equation. Raises TypeError where it is none."""
    match expression:
        case Ref(quantity):
            return sides.get(expression.id) or Entry(quantity.id, quantity.symbol, quantity.kind, quantity.place)
        case Num(value):
            return Constant(f"<mn>{value:g}</mn>", f"<mn>{value:g}</mn>", Fraction(value))
        case Op("square", (base,)):
            return Combined("⊙", _side(base, sides), _side(base, sides))
        case Op("root", (inner,)):
            return Enclosed(_side(inner, sides), ROOT)
        case Op("power", (Ref() as base, Ref() as exponent)):
            raised, by = _side(base, sides), _side(exponent, sides)
            assert isinstance(raised, Entry)
            assert isinstance(by, Entry)
            return Raised(raised, by)
        case Op("·", factors):
            return reduce(_times, [_grouped(_side(factor, sides)) for factor in factors])
        case Op("over", (above, below)):
            divisor = _side(below, sides)
            sign = "/" if _is_number(divisor) else "⊘"
            return Combined(sign, _side(above, sides), Enclosed(divisor) if isinstance(divisor, Combined) else divisor)
        case Op("+" | "−" as sign, terms):
            return reduce(lambda left, right: Combined(sign, left, right), [_side(term, sides) for term in terms])
    raise TypeError(expression)


def _times(left: Side, right: Side) -> Side:
    return Combined("α·" if _is_number(left) or _is_number(right) else "⊙", left, right)


def _grouped(side: Side) -> Side:
    return Enclosed(side) if isinstance(side, Combined) and side.sign in ("+", "−") else side


def _is_number(side: Side) -> bool:
    """Whether a side is a single number."""
    match side:
        case Combined(_, left, right):
            return _is_number(left) and _is_number(right)
        case Enclosed(inner):
            return _is_number(inner)
    return not isinstance(side, Matrix)
