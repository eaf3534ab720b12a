"""Calculations as students type them: 0,85 or 0.11·2 + 0.21·3 or 1/(1 + 0.5), read by rules of our own."""

import re
from collections.abc import Callable
from math import isfinite

from nnviz.player.parsing import NumeralError, parse

LONGEST = 200  # characters
DEEPEST = 20  # parentheses within each other
SIGNS = str.maketrans({"−": "-", "–": "-", "*": "·", "×": "·", "÷": "/", ":": "/"})
SQUARED = re.compile(r"(?:\^|\*\*)\s*2(?![\d.,])")
TOKEN = re.compile(r"\s*((?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?|[-+·/()²])", re.ASCII)
NUMERAL = re.compile(r"[\d.,]")


def calculated(text: str) -> float:
    """Return the value of a number, or of sums, products and quotients of numbers.

    Raises NumeralError where the text is none of these, or its value is not finite.
    """
    if len(text) > LONGEST:
        raise NumeralError("not_a_number")
    plain = SQUARED.sub("²", text.strip()).translate(SIGNS)
    try:
        return parse(plain)
    except NumeralError as problem:
        if problem.reason != "not_a_number":
            raise
    value = _Reader(plain).whole()
    if not isfinite(value):
        raise NumeralError("too_large")
    return value


def significant_digits(text: str) -> int:
    """Return how many significant digits a typed number has; of a calculation, as many as a float."""
    number = re.fullmatch(r"[-+]?([\d.,]+?)(?:[eE][+-]?\d+)?", text.strip().translate(SIGNS), re.ASCII)
    return len(re.sub("[.,]", "", number[1]).lstrip("0")) if number else 17


def last_place(text: str) -> float:
    """Return the worth of the last digit of a typed number: 0.01 of 0,85; of a calculation 0."""
    number = re.fullmatch(r"[-+]?\d*(?:[.,](\d*))?(?:[eE]([+-]?\d+))?", text.strip().translate(SIGNS), re.ASCII)
    if not number:
        return 0.0
    return float(10.0 ** (int(number[2] or 0) - len(number[1] or "")))


class _Reader:
    """Reads a text token by token: sums of products of numbers, parentheses and squares."""

    def __init__(self, text: str) -> None:
        self._tokens, self._at, self._depth = list(_tokens(text)), 0, 0

    def whole(self) -> float:
        value = self._sum()
        if self._next:
            raise NumeralError("not_a_number")
        return value

    @property
    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._next
        self._at += 1
        return token

    def _sum(self) -> float:
        return self._row(self._product, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})

    def _product(self) -> float:
        return self._row(self._factor, {"·": lambda a, b: a * b, "/": _quotient})

    def _row(self, part: Callable[[], float], joins: dict[str, Callable[[float, float], float]]) -> float:
        value = part()
        while self._next in joins:
            value = joins[self._take()](value, part())
        return value

    def _factor(self) -> float:
        token = self._take()
        if token in ("+", "-"):
            return self._factor() if token == "+" else -self._factor()
        if token == "(":
            self._depth += 1
            if self._depth > DEEPEST:
                raise NumeralError("not_a_number")
            value = self._sum()
            if self._take() != ")":
                raise NumeralError("not_a_number")
            self._depth -= 1
        elif NUMERAL.match(token):
            value = parse(token, decimal="," if "," in token else ".")
        else:
            raise NumeralError("not_a_number")
        if self._next == "²":
            self._take()
            return value * value
        return value


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        token = TOKEN.match(text, at)
        if not token:
            raise NumeralError("not_a_number")
        found.append(token[1])
        at = token.end()
    return found


def _quotient(a: float, b: float) -> float:
    if b == 0:
        raise NumeralError("by_zero")
    return a / b
