"""The logarithm of a softmax output that is too small for a float: with numbers in place it would be ln 0.

It is computed of the sums instead, so that is how its line is written: ln(e^z2/(e^z1 + e^z2)) for ln ŷ2.
"""

from collections.abc import Mapping

from nnviz.algebra.expressions import Call, Expression, Op, Value, evaluate, function_of, total
from nnviz.algebra.rewriting import rewritten

LOG_OF_SHARE, LOG = "ln softmax", "ln"


def of_sums(written: Expression, computed: Expression, values: Mapping[str, Value]) -> Expression:
    """Return an expression with the logarithms of what is 0 with these values as they are ``computed``.

    That has the same form as what is ``written``, but for the logarithms.
    """
    match written, computed:
        case Call(_, argument), Op(operator, _) if operator == LOG_OF_SHARE:
            return computed if evaluate(argument, values) == 0 else written
        case Call(function, inner), Call(_, other):
            return Call(function, of_sums(inner, other, values))
        case Op(operator, operands), Op(same, others) if operator == same and len(operands) == len(others):
            pairs = zip(operands, others, strict=True)
            return Op(operator, tuple(of_sums(operand, other, values) for operand, other in pairs))
    return written


def spelled_out(expression: Expression) -> Expression:
    """Return an expression with the logarithms of softmax outputs written in the sums."""

    def change(part: Expression) -> Expression | None:
        match part:
            case Op(operator, (own, *sums)) if operator == LOG_OF_SHARE:
                share = Op("over", (Op("exp", (own,)), total(*(Op("exp", (z,)) for z in sums))))
                return Call(function_of(LOG), share)
        return None

    return rewritten(expression, change)
