"""An expression as text: in derivatives, in symbols, or with numbers in place; in any notation."""

from collections.abc import Callable
from typing import Protocol

from nnviz.algebra.expressions import (
    ATOM,
    OPERATORS,
    POWER,
    PRODUCT,
    SUM,
    Call,
    Expression,
    Function,
    Num,
    Op,
    Operator,
    Partial,
    Ref,
    leaves,
)
from nnviz.algebra.quantities import Derivative, Symbol
from nnviz.algebra.rounding import Shown, shown

Leaf = Ref | Partial
Piece = tuple[str, int]
MOST_TOGETHER = 3  # quantities


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

    def noted(self, part: Expression, text: str) -> str:
        """Return the text of a constant, or of an operator's or a function's sign, which may be made to stand out."""

    def squared(self, base: str) -> str:
        """Return the base with the exponent 2."""

    def raised(self, base: str, exponent: str) -> str:
        """Return the base with an exponent."""

    def power(self, base: str, exponent: str) -> str:
        """Return a quantity or a number with an exponent."""

    def root(self, inner: str, is_single: bool) -> str:
        """Return the square root of the inner part, which may be a single symbol or number."""

    def floor(self, inner: str) -> str:
        """Return the largest whole number that is no larger than the inner part."""

    def between_bars(self, inner: str) -> str:
        """Return an absolute value: the inner part between bars."""

    def fraction(self, top: Piece, bottom: Piece) -> str:
        """Return a fraction; each part comes with its precedence, as a bar needs no parentheses."""

    @property
    def opening(self) -> str:
        """An opening parenthesis by itself."""

    @property
    def closing(self) -> str:
        """A closing parenthesis by itself."""

    def parentheses(self, inner: str) -> str:
        """Return the inner part in parentheses."""


class Text:
    """Plain text: x1·w1 + x2·w2."""

    opening, closing = "(", ")"

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

    def noted(self, part: Expression, text: str) -> str:
        return text

    def squared(self, base: str) -> str:
        return f"{base}²"

    def raised(self, base: str, exponent: str) -> str:
        return f"{base}^({exponent})"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{exponent if exponent.isalnum() else self.parentheses(exponent)}"

    def root(self, inner: str, is_single: bool) -> str:
        return f"√{inner if is_single else self.parentheses(inner)}"

    def floor(self, inner: str) -> str:
        return f"⌊{inner}⌋"

    def between_bars(self, inner: str) -> str:
        return f"|{inner}|"

    def fraction(self, top: Piece, bottom: Piece) -> str:
        return f"{self._part(*top, PRODUCT)}/{self._part(*bottom, POWER)}"

    def _part(self, text: str, precedence: int, least: int) -> str:
        """Return a part of a fraction, in parentheses where it would else be read as something else, as dy/dx would."""
        is_plain = precedence >= least and text[0] != "−" and ("/" not in text or precedence < POWER or "(" in text)
        return text if is_plain else self.parentheses(text)

    def parentheses(self, inner: str) -> str:
        return f"({inner})"


TEXT = Text()


def in_derivatives(expression: Expression, notation: Notation) -> tuple[str, ...]:
    """Return the expression with local derivatives as ∂ŷ/∂h1, in pieces between which a line may break."""

    def read(leaf: Leaf) -> Piece:
        return _symbol(leaf.symbol if isinstance(leaf, Partial) else leaf.quantity.symbol, leaf, notation)

    return _Typesetter(notation, read).write(expression)


def in_symbols(expression: Expression, notation: Notation) -> tuple[str, ...]:
    """Return the expression with local derivatives as what they equal, in pieces."""
    typesetter: _Typesetter

    def read(leaf: Leaf) -> Piece:
        if isinstance(leaf, Partial):
            return typesetter.piece(leaf.equals, first=False)
        return _symbol(leaf.quantity.symbol, leaf, notation)

    typesetter = _Typesetter(notation, read)
    return typesetter.write(expression)


def in_numbers(expression: Expression, notation: Notation, number: Callable[[Leaf], Shown]) -> tuple[str, ...]:
    """Return the expression with each quantity and local derivative as its number, in pieces."""

    def read(leaf: Leaf) -> Piece:
        value = number(leaf)
        return notation.number(value, leaf), SUM if value.is_negative else PRODUCT if value.exponent else ATOM

    return _Typesetter(notation, read).write(expression)


def _symbol(symbol: Symbol, leaf: Leaf, notation: Notation) -> Piece:
    """Return a symbol and its precedence: an exponent behind a derivative would else be its last letter's."""
    return notation.symbol(symbol, leaf), POWER if isinstance(symbol, Derivative) else ATOM


class _Typesetter:
    """Writes expressions, with parentheses where the precedence of operators asks for them."""

    def __init__(self, notation: Notation, read: Callable[[Leaf], Piece]) -> None:
        self.notation, self.read = notation, read

    def write(self, expression: Expression) -> tuple[str, ...]:
        """Return the text in pieces: the operands at the top, each with its sign in front, and those of long ones."""
        return tuple(self._pieces(expression, SUM, first=True))

    def _pieces(self, expression: Expression, least: int, first: bool) -> list[str]:
        """Return the text in pieces, in parentheses where it binds less tightly than its surroundings ask for."""
        rule = OPERATORS[expression.operator] if isinstance(expression, Op) else None
        if isinstance(expression, Op) and rule is not None:
            is_open = rule.form == "infix" and rule.precedence >= least
            if is_open:
                return self._operands(expression, rule, first)
            if rule.form == "infix" and _is_long(expression):
                inner = self._operands(expression, rule, first=True)
                return _around(self.notation.opening, inner, self.notation.closing)
            if rule.form == "negative" and rule.precedence >= least and _is_long(expression):
                return _around(self._minus(expression), self._pieces(expression.operands[0], PRODUCT, first=False), "")
        if isinstance(expression, Call) and _is_long(expression):
            before = self._name(expression) + self.notation.opening
            after = self.notation.closing + self._closing(expression.function)
            return _around(before, self._pieces(expression.argument, SUM, first=True), after)
        return [self._enclosed(expression, least, first)]

    def _operands(self, expression: Op, rule: Operator, first: bool) -> list[str]:
        """Return the operands of an infix operator in pieces, each but the first behind the operator's sign."""
        found: list[str] = []
        for position, operand in enumerate(expression.operands):
            tightness = rule.precedence + (position > 0 and expression.operator in ("−", "/"))
            starts = first and position == 0
            if _is_long(operand):
                pieces = self._pieces(operand, tightness, starts)
            else:
                pieces = [self._enclosed(operand, tightness, starts)]
            found += _around(self._sign(expression) if position else "", pieces, "")
        return found

    def piece(self, expression: Expression, first: bool) -> Piece:
        """Return the text and its precedence. ``first``: nothing stands before it, so a minus needs no parentheses."""
        match expression:
            case Num(value, text):
                number = shown(value)
                written = self.notation.constant(text) if text else self.notation.number(number, None)
                return self.notation.noted(expression, written), SUM if number.is_negative and not first else ATOM
            case Op():
                return self._operation(expression, first)
            case Call(function, argument):
                inner, _ = self.piece(argument, first=True)
                return self._name(expression) + self.notation.parentheses(inner) + self._closing(function), ATOM
            case _:
                text, precedence = self.read(expression)
                return text, ATOM if first and precedence == SUM and _is_leaf(expression) else precedence

    def _operation(self, expression: Op, first: bool) -> Piece:
        operands, rule = expression.operands, OPERATORS[expression.operator]
        match rule.form:
            case "square":
                return self.notation.squared(self._enclosed(operands[0], ATOM, first=False)), POWER
            case "power":
                exponent, _ = self.piece(operands[1], first=True)
                base = self._enclosed(operands[0], ATOM, first=False)
                return self.notation.power(base, exponent), POWER
            case "root":
                inner, precedence = self.piece(operands[0], first=True)
                return self.notation.root(inner, precedence == ATOM), POWER
            case "floor":
                inner, _ = self.piece(operands[0], first=True)
                return self.notation.floor(inner), ATOM
            case "fraction":
                top, bottom = (self.piece(operand, first=True) for operand in operands)
                return self.notation.fraction(top, bottom), rule.precedence
            case "exponential":
                exponent, _ = self.piece(operands[0], first=True)
                return self.notation.raised(rule.sign, exponent), rule.precedence
            case "function":
                inner = self.notation.sign(", ").join(self.piece(operand, first=True)[0] for operand in operands)
                return self.notation.prefix(rule.sign) + self.notation.parentheses(inner), rule.precedence
            case "bars":
                inner, _ = self.piece(operands[0], first=True)
                return self.notation.between_bars(inner), rule.precedence
            case "negative":
                return self._minus(expression) + self._enclosed(operands[0], PRODUCT, first=False), SUM
        return self._sign(expression).join(self._infix(expression, first)), rule.precedence

    def _sign(self, expression: Op) -> str:
        return self.notation.noted(expression, self.notation.sign(OPERATORS[expression.operator].sign))

    def _minus(self, expression: Op) -> str:
        return self.notation.noted(expression, self.notation.prefix(OPERATORS[expression.operator].sign))

    def _name(self, call: Call) -> str:
        return self.notation.noted(call, self.notation.prefix(call.function.sign))

    def _closing(self, function: Function) -> str:
        return self.notation.prefix(function.closing) if function.closing else ""

    def _infix(self, expression: Op, first: bool) -> list[str]:
        rule = OPERATORS[expression.operator]
        parts = []
        for position, operand in enumerate(expression.operands):
            tighter = position > 0 and expression.operator in ("−", "/")
            parts.append(self._enclosed(operand, rule.precedence + tighter, first and position == 0))
        return parts

    def _enclosed(self, expression: Expression, least: int, first: bool) -> str:
        """Return the text, in parentheses where it binds less tightly than its surroundings ask for."""
        text, precedence = self.piece(expression, first)
        weak = precedence < least or (precedence == SUM and _is_leaf(expression))
        return self.notation.parentheses(self.piece(expression, first=True)[0]) if weak else text


def _is_leaf(expression: Expression) -> bool:
    return isinstance(expression, Ref | Partial)


def _is_long(expression: Expression) -> bool:
    """Whether a line may have to break within the expression."""
    return sum(1 for _ in leaves(expression)) > MOST_TOGETHER


def _around(before: str, pieces: list[str], after: str) -> list[str]:
    """Return the pieces with something before the first and after the last."""
    pieces[0] = before + pieces[0]
    pieces[-1] += after
    return pieces
