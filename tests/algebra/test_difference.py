"""Of two expressions the parts are known in which they differ, and no others."""

import pytest

from nnviz.algebra.difference import Compared, compared
from nnviz.algebra.expressions import (
    Call,
    Expression,
    Num,
    Op,
    Partial,
    Ref,
    function_of,
    minus,
    product,
    square,
    total,
)
from nnviz.algebra.quantities import Derivative, Letter, Place, Quantity, Symbol
from nnviz.algebra.rounding import Shown, shown
from nnviz.algebra.writer import Leaf, Text, in_numbers, in_symbols


def ref(name: str) -> Ref:
    return Ref(Quantity(name, Letter(name), "hidden", Place("neuron", 0, ord(name))))


A, B, C, D = map(ref, "abcd")
ONE, HALF = Num(1.0), Num(0.5, "½")
SIGMOID = function_of("σ")


class Bracketed(Text):
    """Plain text in which what differs has brackets."""

    def __init__(self, parts: Compared) -> None:
        self.parts = parts

    def symbol(self, symbol: Symbol, leaf: Leaf) -> str:
        return self.noted(leaf, str(symbol))

    def number(self, number: Shown, leaf: Leaf | None) -> str:
        return str(number) if leaf is None else self.noted(leaf, str(number))

    def noted(self, part: Expression, text: str) -> str:
        return f"[{text.strip()}]" if self.parts.has(part) else text


def written(parts: Compared) -> str:
    return "".join(in_symbols(parts.expression, Bracketed(parts)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (product(A, B), product(A, B), ("a·b", "a·b")),
        (product(A, B), product(A, C), ("a·[b]", "a·[c]")),
        (total(product(A, B), C), total(product(A, B), C, D), ("a·b + c", "a·b + c + [d]")),
        (product(A, ONE), product(A, B), ("a·[1]", "a·[b]")),
        (product(HALF, minus(A, B)), minus(A, B), ("[½]·(a − b)", "a − b")),
        (Op("negative", (minus(A, B),)), minus(A, B), ("[−](a − b)", "a − b")),
        (Op("+", (A, product(B, C))), minus(A, product(B, C)), ("a[+]b·c", "a[−]b·c")),
        (Op("negative", (product(B, C),)), minus(A, product(B, C)), ("−b·c", "[a] − b·c")),
        (A, Call(SIGMOID, A), ("a", "[σ](a)")),
        (Call(SIGMOID, Call(SIGMOID, A)), Call(SIGMOID, A), ("σ([σ](a))", "σ(a)")),
        (minus(ONE, square(A)), minus(ONE, square(B)), ("1 − [a]²", "1 − [b]²")),
        (product(A, B), Call(SIGMOID, C), ("[a]·[b]", "[σ]([c])")),
        (product(A, A), product(A, B), ("a·[a]", "a·[b]")),
    ],
)
def test_what_differs_is_marked(one: Expression, other: Expression, expected: tuple[str, str]) -> None:
    first, second = compared(one, other)
    assert (written(first), written(second)) == expected


def test_what_differs_is_told_as_text() -> None:
    derivative = Derivative(Letter("a"), Letter("b"))
    slope = Partial("da/db", derivative, product(C, minus(ONE, C)), Place("neuron"))
    left_out, whole = compared(product(A, ONE), product(A, slope))
    assert (written(left_out), written(whole)) == ("a·[1]", "a·[c]·([1] − [c])")
    assert (left_out.texts, whole.texts) == ((), ("c·(1 − c)",))
    half, other = compared(product(A, minus(ONE, C)), product(A, slope))
    assert (half.texts, other.texts) == ((), ("c",))
    for parts, texts in zip(compared(total(A, B), total(C, D)), (("a", "b"), ("c", "d")), strict=True):
        assert parts.texts == texts


def test_a_local_derivative_differs_as_a_whole_where_its_number_stands() -> None:
    slope = Partial("da/db", Derivative(Letter("a"), Letter("b")), C, Place("neuron"))
    one, other = compared(product(A, D), product(A, slope))
    assert (written(one), written(other)) == ("a·[d]", "a·[c]")
    assert "".join(in_numbers(other.expression, Bracketed(other), lambda leaf: shown(2.0))) == "2·[2]"
    assert other.names == ("c", "da/db")
    assert [quantity.id for quantity in other.quantities] == ["c"]
