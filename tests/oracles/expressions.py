"""What an expression comes to, computed with nothing of the engine's arithmetic."""

import math
from collections.abc import Mapping
from typing import Any

from nnviz.algebra.expressions import Call, Expression, Num, Op, Partial, Ref
from tests.oracles.functions import OF_ARRAYS


def recomputed(expression: Expression, known: Mapping[str, Any]) -> Any:
    """Return the expression's value from known ones, sample by sample, in plain floats and with exact sums."""
    match expression:
        case Num(value):
            return value
        case Ref(quantity):
            return known[quantity.id]
        case Partial(_, _, equals):
            return recomputed(equals, known)
        case Call(function, argument) if function.sign == "Σ":
            return math.fsum(recomputed(argument, known))
        case Call(function, argument):
            return OF_ARRAYS[function.sign + function.closing](recomputed(argument, known))
        case Op(operator, operands):
            return OF_ARRAYS[operator](*(recomputed(operand, known) for operand in operands))
