"""Equations between matrices as data: each entry by its id, what each side comes to, and an honest = or ≈."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from operator import add, matmul, mul, sub, truediv
from typing import Any, Final, Literal

import numpy as np

from nnviz.algebra.expressions import OPERATORS, Function
from nnviz.algebra.quantities import Place, Symbol
from nnviz.algebra.rounding import shown
from nnviz.algebra.solution import MOST_WRITTEN_OUT
from nnviz.player.values import FEW_DIGITS

Elided = Literal["", "rows", "columns"]
ROWS: Final = "rows"
COLUMNS: Final = "columns"
TURNED: Final[Mapping[Elided, Elided]] = {"": "", ROWS: COLUMNS, COLUMNS: ROWS}
MOST_FACTORS, FLOAT_SLACK = 3, 1e-12  # of a term; of what floats make of such terms


@dataclass(frozen=True)
class Entry:
    """One number: the id and the symbol of what it is a number of, its kind, where it lives.

    In a sum over the samples it is that of one ``sample``. One that ``is_factor`` is in parentheses where it is
    negative. A ``key`` says that it is a number beside that of the quantity, with a symbol of its own.
    """

    of: str
    symbol: Symbol
    kind: str
    place: Place
    sample: int | None = None
    is_factor: bool = False
    key: str = ""

    @cached_property
    def id(self) -> str:
        """The id of the number."""
        key = self.key or self.of
        if self.is_factor:
            return f"({key})"
        return key if self.sample is None else f"{key}({self.sample + 1})"


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix: its name as MathML, and its rows. Of its ``elided`` rows or columns some, before the last, lack."""

    name: str
    rows: tuple[tuple[Entry, ...], ...]
    elided: Elided = ""

    def transposed(self, name: str = "") -> "Matrix":
        """Return the transposed matrix, by another name where it has one."""
        return Matrix(name or self.name, tuple(zip(*self.rows, strict=True)), TURNED[self.elided])

    def of_sample(self, sample: int) -> "Matrix":
        """Return the matrix of one sample."""
        rows = tuple(tuple(replace(entry, sample=sample) for entry in row) for row in self.rows)
        return replace(self, rows=rows)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that is no quantity's, or a matrix of such ones: as MathML beside names, and beside numbers."""

    name: str
    digits: str
    value: Fraction | tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Combined:
    """Two sides of an equation with one of SIGNS between."""

    sign: str
    left: "Side"
    right: "Side"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A side in parentheses, behind a function that is applied to each entry, where there is one."""

    inner: "Side"
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """A number to the exponent that another one is."""

    base: Entry
    exponent: Entry


@dataclass(frozen=True, slots=True)
class RowSums:
    """The sum of each row of a side, as a column."""

    inner: "Side"


@dataclass(frozen=True, slots=True)
class Tied:
    """A matrix, the first of ``inner``, in which places that are one and the same have the sum over all of them.

    ``groups`` are these places: the number of the matrix, the row and the column. The others are those of other layers.
    """

    inner: "tuple[Side, ...]"
    groups: tuple[tuple[tuple[int, int, int], ...], ...]


Side = Matrix | Entry | Constant | Combined | Enclosed | Raised | RowSums | Tied
Part = Matrix | Entry | Constant | Raised | str


@dataclass(frozen=True)
class Equation:
    """A matrix, or a number, and what it equals; with ``n_samples``, the sum of that over so many samples.

    ``sign`` is the id under which the page finds whether its numbers are joined by = or by ≈ (see ``relation``).
    """

    left: Matrix | Entry
    right: Side
    n_samples: int = 0
    sign: str = ""

    @property
    def is_elided(self) -> bool:
        """Whether only some terms of a sum over the samples, or some samples, are there: the first two and the last."""
        written = (self.left, *parts(self.right))
        return self.n_samples > MOST_WRITTEN_OUT or any(isinstance(part, Matrix) and part.elided for part in written)

    @cached_property
    def terms(self) -> tuple[Side, ...]:
        """The right side, or of a sum over the samples the terms that are written out."""
        if not self.n_samples:
            return (self.right,)
        chosen = (0, 1, self.n_samples - 1) if self.is_elided else range(self.n_samples)
        return tuple(_of_sample(self.right, sample) for sample in chosen)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The numbers that stand in it, α included."""
        found = [self.left, *(part for term in self.terms for part in parts(term))]
        return tuple(entry for part in found for entry in entries_of(part))


def relation(equation: Equation, value: Callable[[Entry], float], digits: int = FEW_DIGITS) -> str:
    """Return "=" where an equation's numbers as they are shown give its left side as it is shown, exactly; else "≈".

    A sum over many samples has "≈", as not all of its terms are shown.
    """
    if equation.is_elided:
        return "≈"
    numbers = {entry.id: shown(value(entry), digits) for entry in equation.entries}
    sides = (equation.left, *equation.terms)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        left, *terms = (_worth(side, lambda entry: numbers[entry.id].value, exactly=False) for side in sides)
        largest = max(1.0, *(abs(number.value) for number in numbers.values()))
        if np.any(np.abs(left - sum(terms)) > FLOAT_SLACK * np.float64(largest) ** MOST_FACTORS):
            return "≈"
    try:
        left, *terms = (_worth(side, lambda entry: numbers[entry.id].fraction, exactly=True) for side in sides)
    except ArithmeticError:
        return "≈"
    return "=" if np.all(left == sum(terms)) else "≈"


def _worth(side: Side, number: Callable[[Entry], Any], exactly: bool) -> Any:
    """Return what a side of an equation comes to. Raises ArithmeticError where that is to be exact and no fraction."""
    match side:
        case Entry():
            return number(side)
        case Constant():
            return _constant(side.value, exactly)
        case Raised(base, exponent):
            rule = OPERATORS["power"]
            return (rule.exactly if exactly else rule.compute)(number(base), number(exponent))
        case RowSums(inner):
            return np.sum(_worth(inner, number, exactly), axis=1, keepdims=True)
        case Tied(inner, groups):
            return _summed([_worth(matrix, number, exactly) for matrix in inner], groups)
        case Matrix(_, rows):
            return np.array([[number(entry) for entry in row] for row in rows], dtype=object if exactly else float)
        case Combined(sign, left, right):
            return SIGNS[sign].compute(_worth(left, number, exactly), _worth(right, number, exactly))
        case Enclosed(inner, function):
            found = _worth(inner, number, exactly)
            if function is None:
                return found
            return np.vectorize(function.exactly, otypes=[object])(found) if exactly else function.compute(found)


def _constant(value: Fraction | tuple[tuple[int, ...], ...], exactly: bool) -> Any:
    if isinstance(value, tuple):
        return np.array(value, dtype=object if exactly else float)
    return value if exactly else float(value)


def _summed(given: Sequence[Any], groups: Sequence[Sequence[tuple[int, int, int]]]) -> Any:
    """Return the first matrix with the sum of a group in each of its places (see ``Tied``)."""
    found = np.array(given[0])
    for group in groups:
        total = sum(given[at][row, column] for at, row, column in group)
        for at, row, column in group:
            if at == 0:
                found[row, column] = total
    return found


def _of_sample(side: Side, sample: int) -> Side:
    match side:
        case Matrix():
            return side.of_sample(sample)
        case Combined(sign, left, right):
            return Combined(sign, _of_sample(left, sample), _of_sample(right, sample))
        case Enclosed(inner, function):
            return Enclosed(_of_sample(inner, sample), function)
        case RowSums(inner):
            return RowSums(_of_sample(inner, sample))
        case Tied(inner, groups):
            return Tied(tuple(_of_sample(matrix, sample) for matrix in inner), groups)
    return side


def parts(side: Side) -> Iterator[Part]:
    """Yield a side of an equation in reading order: matrices, numbers, and signs as MathML."""
    match side:
        case Combined(sign, left, right):
            yield from parts(left)
            yield SIGNS[sign].written
            yield from parts(right)
        case Enclosed(inner, function):
            if function is not None:
                yield f"<mi>{function.sign}</mi>"
            yield OPEN
            yield from parts(inner)
            yield CLOSE
        case RowSums(inner):
            yield SIGMA
            yield from parts(inner)
        case Tied(inner):
            yield f"{TIE}{OPEN}"
            for number, matrix in enumerate(inner):
                yield from [COMMA] if number else []
                yield from parts(matrix)
            yield CLOSE
        case _:
            yield side


def entries_of(part: Part) -> Iterator[Entry]:
    """Yield the numbers of a part, in reading order."""
    if isinstance(part, Entry):
        yield part
    elif isinstance(part, Raised):
        yield from (part.base, part.exponent)
    elif isinstance(part, Matrix):
        for row in part.rows:
            yield from row


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign between two sides: as MathML, and what it makes of their numbers."""

    written: str
    compute: Callable[[Any, Any], Any]


SIGNS = {
    "·": Sign("<mo>·</mo>", matmul),
    "α·": Sign("<mo>·</mo>", mul),
    "⊙": Sign("<mo>⊙</mo>", mul),
    "/": Sign("<mo>/</mo>", truediv),
    "⊘": Sign("<mo>⊘</mo>", truediv),
    "+": Sign('<mo form="infix">+</mo>', add),
    "−": Sign('<mo form="infix">−</mo>', sub),
}
EQUALS, SIGMA = '<mo form="infix">=</mo>', '<mo form="prefix">Σ</mo>'
TIE, COMMA = "<mi>tie</mi>", '<mo separator="true">,</mo>'
OPEN, CLOSE = '<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>'
