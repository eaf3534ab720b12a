"""An expression as text: in derivatives, in symbols, or with numbers in place; in any notation."""

from collections.abc import Callable
from typing import Protocol

from nnviz.engine.expressions import ATOM, OPERATORS, POWER, PRODUCT, SUM, Expression, Num, Op, Partial, Ref
from nnviz.engine.numbers import Shown, shown
from nnviz.engine.quantities import Symbol

Leaf = Ref | Partial
Piece = tuple[str, int]


class Notation(Protocol):
    """How symbols, numbers and operators are written: as plain text, or as MathML."""

    def __hash__(self) -> int:
        """Return a hash, so that what was written once can be remembered."""

    def symbol(self, symbol: Symbol, leaf: Leaf) -> str:
        """Return a quantity's or a local derivative's symbol."""

    def number(self, number: Shown, leaf: Leaf | None) -> str:
        """Return a number, and where it stands for a leaf, marked as that."""

    def constant(self, text: str) -> str:
        """Return a constant that has a sign of its own, such as ½."""

    def sign(self, sign: str) -> str:
        """Return the sign of an operator between its operands."""

    def prefix(self, sign: str) -> str:
        """Return what stands before an operand: a minus, or a function's name."""

    def squared(self, base: str) -> str:
        """Return the base with the exponent 2."""

    def parentheses(self, inner: str) -> str:
        """Return the inner part in parentheses."""


class Text:
    """Plain text: x1·w1 + x2·w2."""

    def symbol(self, symbol: Symbol, leaf: Leaf) -> str:
        return str(symbol)

    def number(self, number: Shown, leaf: Leaf | None) -> str:
        return str(number)

    def constant(self, text: str) -> str:
        return text

    def sign(self, sign: str) -> str:
        return sign

    def prefix(self, sign: str) -> str:
        return sign

    def squared(self, base: str) -> str:
        return f"{base}²"

    def parentheses(self, inner: str) -> str:
        return f"({inner})"


TEXT = Text()


def in_derivatives(expression: Expression, notation: Notation) -> tuple[str, ...]:
    """Return the expression with local derivatives as ∂ŷ/∂h1, in pieces between which a line may break."""

    def read(leaf: Leaf) -> Piece:
        symbol = leaf.symbol if isinstance(leaf, Partial) else leaf.quantity.symbol
        return notation.symbol(symbol, leaf), ATOM

    return _Typesetter(notation, read).write(expression)


def in_symbols(expression: Expression, notation: Notation) -> tuple[str, ...]:
    """Return the expression with local derivatives as what they equal, in pieces."""
    typesetter: _Typesetter

    def read(leaf: Leaf) -> Piece:
        if isinstance(leaf, Partial):
            return typesetter.piece(leaf.equals, first=False)
        return notation.symbol(leaf.quantity.symbol, leaf), ATOM

    typesetter = _Typesetter(notation, read)
    return typesetter.write(expression)


def in_numbers(expression: Expression, notation: Notation, number: Callable[[Leaf], Shown]) -> tuple[str, ...]:
    """Return the expression with each quantity and local derivative as its number, in pieces."""

    def read(leaf: Leaf) -> Piece:
        value = number(leaf)
        return notation.number(value, leaf), SUM if value.is_negative else PRODUCT if value.exponent else ATOM

    return _Typesetter(notation, read).write(expression)


class _Typesetter:
    """Writes expressions, with parentheses where the precedence of operators asks for them."""

    def __init__(self, notation: Notation, read: Callable[[Leaf], Piece]) -> None:
        self.notation, self.read = notation, read

    def write(self, expression: Expression) -> tuple[str, ...]:
        """Return the text in pieces: an operator's operands at the top, each with its sign in front."""
        if isinstance(expression, Op) and OPERATORS[expression.operator].form == "infix":
            sign, (head, *rest) = self._infix(expression.operator, expression.operands, first=True)
            return (head, *(sign + part for part in rest))
        return (self.piece(expression, first=True)[0],)

    def piece(self, expression: Expression, first: bool) -> Piece:
        """Return the text and its precedence. ``first``: nothing stands before it, so a minus needs no parentheses."""
        match expression:
            case Num(value, text):
                number = shown(value)
                return (self.notation.constant(text) if text else self.notation.number(number, None)), ATOM
            case Op(operator, operands):
                return self._operation(operator, operands, first)
            case _:
                text, precedence = self.read(expression)
                return text, ATOM if first and precedence == SUM and _is_leaf(expression) else precedence

    def _operation(self, operator: str, operands: tuple[Expression, ...], first: bool) -> Piece:
        rule = OPERATORS[operator]
        sign = self.notation.prefix(rule.sign)
        match rule.form:
            case "square":
                return self.notation.squared(self._enclosed(operands[0], POWER + 1, first=False)), POWER
            case "function":
                inner, _ = self.piece(operands[0], first=True)
                closing = self.notation.prefix(rule.closing) if rule.closing else ""
                return sign + self.notation.parentheses(inner) + closing, ATOM
            case "negative":
                return sign + self._enclosed(operands[0], PRODUCT, first=False), SUM
        sign, parts = self._infix(operator, operands, first)
        return sign.join(parts), rule.precedence

    def _infix(self, operator: str, operands: tuple[Expression, ...], first: bool) -> tuple[str, list[str]]:
        rule = OPERATORS[operator]
        parts = []
        for position, operand in enumerate(operands):
            tighter = position > 0 and operator in ("−", "/")
            parts.append(self._enclosed(operand, rule.precedence + tighter, first and position == 0))
        return self.notation.sign(rule.sign), parts

    def _enclosed(self, expression: Expression, least: int, first: bool) -> str:
        """Return the text, in parentheses where it binds less tightly than its surroundings ask for."""
        text, precedence = self.piece(expression, first)
        weak = precedence < least or (precedence == SUM and _is_leaf(expression))
        return self.notation.parentheses(self.piece(expression, first=True)[0]) if weak else text


def _is_leaf(expression: Expression) -> bool:
    return isinstance(expression, Ref | Partial)
