"""A small tree over named quantities, written once and read several ways.

``evaluate`` gives its value and ``references`` what it is made of; ``typeset`` (its own module) gives its text.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import floor, isqrt, nan
from operator import add, mul, neg, sub, truediv
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.algebra.quantities import Derivative, Place, Quantity

Value = float | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ref:
    """A quantity's value; with a ``sample``, counted from 0, that sample's part of a sum over the samples."""

    quantity: Quantity
    sample: int | None = None

    @property
    def id(self) -> str:
        """The id under which its value is found."""
        return self.quantity.id if self.sample is None else f"{self.quantity.id}({self.sample + 1})"


@dataclass(frozen=True, slots=True)
class Num:
    """A constant; ``text`` where it is not written as a decimal (½)."""

    value: float
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Op:
    """An operator of OPERATORS on expressions; equal only to itself, as trees are quickly told apart that way."""

    operator: str
    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function of an expression; equal only to itself."""

    function: "Function"
    argument: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Partial:
    """A local derivative, ∂ŷ/∂h1, and the expression that it equals, w5: one factor of a chain rule.

    ``id`` is that of a quantity that it would be: "dyhat/dh1". ``place`` is where it acts: that of the weight, bias or
    neuron that it goes through.
    """

    id: str
    symbol: Derivative
    equals: "Expression"
    place: Place


Expression = Ref | Num | Op | Call | Partial


def _never(*operands: Fraction) -> Fraction:
    raise ArithmeticError(operands)


@dataclass(frozen=True, slots=True)
class Operator:
    """How an operator is computed and written.

    ``exactly`` computes with fractions, and raises ArithmeticError where the result is none.
    """

    compute: Callable[..., Any]
    sign: str
    form: Literal[
        "infix", "fraction", "square", "power", "root", "floor", "bars", "negative", "exponential", "function"
    ]
    precedence: int
    exactly: Callable[..., Fraction] = _never


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """How a function of one argument is computed and written: its sign, and what comes behind the parentheses.

    ``exactly`` computes with fractions, and raises ArithmeticError where the result is none. A function is known by its
    sign, so that a copy of an expression, or one from a file, has the function itself; one of a family, such as the
    leaky ReLUs, is ``made_by`` a function of numbers instead.
    """

    sign: str
    compute: Callable[[Any], Any]
    exactly: Callable[[Fraction], Fraction] = _never
    closing: str = ""
    made_by: tuple[Callable[..., "Function"], tuple[float, ...]] | None = None

    def __post_init__(self) -> None:
        if self.made_by is None:
            _FUNCTIONS[self.sign] = self

    def __reduce__(self) -> tuple[Callable[..., "Function"], tuple[str | float, ...]]:
        return self.made_by or (function_of, (self.sign,))


_FUNCTIONS: dict[str, Function] = {}


def function_of(sign: str) -> Function:
    """Return the function with a sign. Raises KeyError where there is none."""
    return _FUNCTIONS[sign]


SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
MOST_EXACT = 64  # the largest exponent of a power that is computed with fractions


def _sum(*terms: Any) -> Any:
    return reduce(add, terms)


def _product(*factors: Any) -> Any:
    return reduce(mul, factors)


def _quotient(above: Any, below: Any) -> Any:
    """Return above/below; of a single number and 0 nan, which is none."""
    return nan if isinstance(below, float) and below == 0 else above / below


def at_zero(result: Fraction) -> Callable[[Fraction], Fraction]:
    """Return a function that is a fraction at 0 and nowhere else."""

    def exactly(x: Fraction) -> Fraction:
        if x != 0:
            raise ArithmeticError(x)
        return result

    return exactly


def softmax(own: Any, *sums: Any) -> Any:
    """Return e^own/Σ e^z over the sums, of which ``own`` is one, without overflow."""
    largest = reduce(np.maximum, sums)
    return np.exp(own - largest) / reduce(add, [np.exp(z - largest) for z in sums])


def log_softmax(own: Any, *sums: Any) -> Any:
    """Return ln(e^own/Σ e^z) over the sums, of which ``own`` is one, with all its digits."""
    return -reduce(np.logaddexp, [z - own for z in sums])


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    """Return base to the exponent, where that is a whole number and a few digits come of it."""
    if exponent.denominator != 1 or not 0 <= exponent <= MOST_EXACT:
        raise ArithmeticError(exponent)
    return base ** int(exponent)


def _root(x: Fraction) -> Fraction:
    """Return √x where it is a fraction."""
    root = Fraction(isqrt(x.numerator), isqrt(x.denominator)) if x >= 0 else x
    if root * root != x:
        raise ArithmeticError(x)
    return root


OPERATORS = {
    "+": Operator(_sum, " + ", "infix", SUM, _sum),
    "−": Operator(sub, " − ", "infix", SUM, sub),
    "·": Operator(_product, "·", "infix", PRODUCT, _product),
    "/": Operator(_quotient, "/", "infix", PRODUCT, truediv),
    "over": Operator(_quotient, "/", "fraction", PRODUCT, truediv),
    "negative": Operator(neg, "−", "negative", SUM, neg),
    "square": Operator(lambda x: x * x, "²", "square", POWER, lambda x: x * x),
    "power": Operator(pow, "", "power", POWER, _power),
    "root": Operator(np.sqrt, "√", "root", POWER, _root),
    "floor": Operator(np.floor, "⌊", "floor", ATOM, lambda x: Fraction(floor(x))),
    "absolute": Operator(abs, "|", "bars", ATOM, abs),
    "min": Operator(min, "min", "function", ATOM, min),
    "exp": Operator(np.exp, "e", "exponential", POWER, at_zero(Fraction(1))),
    "softmax": Operator(softmax, "softmax", "function", ATOM),
    "ln softmax": Operator(log_softmax, "ln softmax", "function", ATOM),
}


SIGMA = Function("Σ", np.sum)  # over the samples


def total(*terms: Expression) -> Expression:
    """Return the sum of the terms."""
    return terms[0] if len(terms) == 1 else Op("+", terms)


def product(*factors: Expression) -> Expression:
    """Return the product of the factors."""
    return factors[0] if len(factors) == 1 else Op("·", factors)


def minus(a: Expression, b: Expression) -> Expression:
    """Return a − b."""
    return Op("−", (a, b))


def square(x: Expression) -> Expression:
    """Return x²."""
    return Op("square", (x,))


def power(base: Expression, exponent: Expression) -> Expression:
    """Return base to the exponent."""
    return Op("power", (base, exponent))


def root(x: Expression) -> Expression:
    """Return √x."""
    return Op("root", (x,))


def over(above: Expression, below: Expression) -> Expression:
    """Return above/below with a bar."""
    return Op("over", (above, below))


def evaluate(expression: Expression, values: Mapping[str, Any], exactly: bool = False) -> Any:
    """Return the expression's value where ``values`` holds its quantities' values by id.

    A local derivative whose id is among them has that value; else it is what it equals. ``exactly`` computes
    with fractions. Raises KeyError where a quantity has no value, and ArithmeticError where an exact one is no
    fraction.
    """
    match expression:
        case Num(value):
            return Fraction(repr(float(value))) if exactly else value
        case Ref():
            return values[expression.id]
        case Partial(key, _, equals):
            return values[key] if key in values else evaluate(equals, values, exactly)
        case Op(operator, operands):
            rule = OPERATORS[operator]
            compute = rule.exactly if exactly else rule.compute
            return compute(*(evaluate(operand, values, exactly) for operand in operands))
        case Call(function, argument):
            found = evaluate(argument, values, exactly)
            return function.exactly(found) if exactly else function.compute(found)


def references(expression: Expression) -> Iterator[Quantity]:
    """Yield the quantities that the expression is made of, in reading order, each once."""
    seen: set[str] = set()
    for leaf in leaves(expression):
        inner = references(leaf.equals) if isinstance(leaf, Partial) else iter((leaf.quantity,))
        for quantity in inner:
            if quantity.id not in seen:
                seen.add(quantity.id)
                yield quantity


def leaves(expression: Expression) -> Iterator[Ref | Partial]:
    """Yield the quantities and the local derivatives of the expression as they are written, in reading order."""
    match expression:
        case Ref() | Partial():
            yield expression
        case Op(_, operands):
            for operand in operands:
                yield from leaves(operand)
        case Call(_, argument):
            yield from leaves(argument)
