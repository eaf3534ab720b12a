"""Two expressions beside each other: which of their parts differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from nnviz.algebra.expressions import Call, Expression, Num, Op, Partial, Ref
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.writer import TEXT, in_symbols

LISTS = ("+", "·")
Part = Ref | Num | Partial | Op | Call


@dataclass(frozen=True, eq=False)
class Compared:
    """An expression none of whose parts is the same object as another, and those of its parts that ``differ``.

    A part is a quantity, a constant or a local derivative; an operator or a function differs in its sign alone.
    """

    expression: Expression
    differ: tuple[Part, ...] = ()

    @cached_property
    def _ids(self) -> frozenset[int]:
        return frozenset(map(id, self.differ))

    def has(self, part: Expression) -> bool:
        """Whether a part of the expression is one of those that differ."""
        return id(part) in self._ids

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities that differ, each once."""
        found = {part.id: part.quantity for part in self.differ if isinstance(part, Ref)}
        return tuple(found.values())

    @property
    def texts(self) -> tuple[str, ...]:
        """What differs as text, each once: quantities, and local derivatives of which all parts do."""
        found, inner = list[str](), set[int]()
        for part in _parts(self.expression):
            if isinstance(part, Partial) and all(map(self.has, _atoms(part.equals))):
                found.append(_text(part.equals))
                inner |= set(map(id, _parts(part.equals)))
            elif isinstance(part, Ref) and self.has(part) and id(part) not in inner:
                found.append(part.quantity.name)
        return tuple(dict.fromkeys(found))

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the quantities and of the local derivatives that differ."""
        return tuple(dict.fromkeys(part.id for part in self.differ if isinstance(part, Ref | Partial)))


def compared(one: Expression, other: Expression) -> tuple[Compared, Compared]:
    """Return two expressions with the parts that differ: those without which they would be the same."""
    one, other = _copied(one), _copied(other)
    pairs = list(_differing(one, other))
    marks = [part for part, _ in pairs if part is not None], [part for _, part in pairs if part is not None]
    return Compared(one, _whole(one, marks[0])), Compared(other, _whole(other, marks[1]))


def _copied(expression: Expression) -> Expression:
    """Return an expression of new objects, so that each of its parts can be told from all others."""
    match expression:
        case Op(operator, operands):
            return Op(operator, tuple(map(_copied, operands)))
        case Call(function, argument):
            return Call(function, _copied(argument))
        case Partial():
            return replace(expression, equals=_copied(expression.equals))
    return replace(expression)


def _whole(expression: Expression, differ: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts with the local derivatives that any of them is in."""
    found = list(differ)
    ids = set(map(id, found))
    around = (part for part in _parts(expression) if isinstance(part, Partial))
    return (*found, *(part for part in around if any(id(inner) in ids for inner in _parts(part.equals))))


def _parts(expression: Expression) -> Iterator[Part]:
    """Yield all parts of an expression, those of local derivatives included."""
    yield expression
    match expression:
        case Op(_, operands):
            for operand in operands:
                yield from _parts(operand)
        case Call(_, argument):
            yield from _parts(argument)
        case Partial():
            yield from _parts(expression.equals)


Pair = tuple[Part | None, Part | None]


def _differing(one: Expression, other: Expression) -> Iterator[Pair]:
    """Yield what differs, a part of either or of both."""
    one, other = _plain(one), _plain(other)
    if _text(one) == _text(other):
        return
    if isinstance(one, Op) and isinstance(other, Op) and len(one.operands) == len(other.operands) and _fits(one, other):
        if one.operator != other.operator:
            yield one, other
        for a, b in zip(one.operands, other.operands, strict=True):
            yield from _differing(a, b)
    elif isinstance(one, Call) and isinstance(other, Call) and one.function is other.function:
        yield from _differing(one.argument, other.argument)
    elif (step := _added(one, other) or _added(other, one)) is not None:
        yield from ((atom, None) if step[0] is one else (None, atom) for atom in _atoms(step[1]))
    elif _is_within(one, other):
        yield from ((None, part) for part in _around(other, one))
    elif _is_within(other, one):
        yield from ((part, None) for part in _around(one, other))
    else:
        yield from _unlike(one, other)


def _added(whole: Expression, step: Expression) -> tuple[Expression, Expression] | None:
    """Return a − b and its a, where the other expression is −b; else None."""
    match whole, step:
        case Op("−", (start, change)), Op("negative", (other,)) if _text(change) == _text(other):
            return whole, start
    return None


def _fits(one: Op, other: Op) -> bool:
    """Whether operators are compared operand by operand."""
    return one.operator == other.operator or {one.operator, other.operator} == {"+", "−"}


def _unlike(one: Expression, other: Expression) -> Iterator[Pair]:
    """Yield what differs between sums or products of other parts, or between all of both."""
    for operator in LISTS:
        rows = _list(one, operator), _list(other, operator)
        if len(rows[0]) != len(rows[1]):
            texts = [{_text(part) for part in row} for row in rows]
            lone = [part for part in rows[0] if _text(part) not in texts[1]]
            others = [part for part in rows[1] if _text(part) not in texts[0]]
            if len(lone) + len(others) < len(rows[0]) + len(rows[1]):
                yield from ((atom, None) for part in lone for atom in _atoms(part))
                yield from ((None, atom) for part in others for atom in _atoms(part))
                return
    yield from ((atom, None) for atom in _atoms(one))
    yield from ((None, atom) for atom in _atoms(other))


def _list(expression: Expression, operator: str) -> tuple[Expression, ...]:
    is_one = isinstance(expression, Op) and expression.operator == operator
    return expression.operands if is_one else (expression,)  # type: ignore[union-attr]  # it is an Op


def _is_within(inner: Expression, outer: Expression) -> bool:
    """Whether an expression, which is no constant, is within another."""
    return not isinstance(inner, Num) and any(_text(part) == _text(inner) for part in _parts(outer))


def _around(outer: Expression, inner: Expression) -> Iterator[Part]:
    """Yield the parts of an expression but for those of the first one within it that is another."""
    if _text(outer) == _text(inner):
        return
    match outer:
        case Op(_, operands):
            at = next(at for at, operand in enumerate(operands) if _is_within(inner, operand))
            others = [operand for place, operand in enumerate(operands) if place != at]
            if not others:
                yield outer
            for other in others:
                yield from _atoms(other)
            yield from _around(operands[at], inner)
        case Call(_, argument):
            yield outer
            yield from _around(argument, inner)
        case Partial():
            yield from _around(outer.equals, inner)


def _atoms(expression: Expression) -> Iterator[Part]:
    """Yield the quantities and constants of an expression, and the functions that it calls."""
    return (part for part in _parts(expression) if isinstance(part, Ref | Num | Call))


def _plain(expression: Expression) -> Expression:
    return expression.equals if isinstance(expression, Partial) else expression


def _text(expression: Expression) -> str:
    return "".join(in_symbols(expression, TEXT))
