"""Calculations as students type them are read as they are meant, and nothing else is."""

import pytest

from nnviz.player.parsing import NumeralError
from nnviz.practice.calculation import calculated, last_place, significant_digits


@pytest.mark.parametrize(
    ("text", "value"),
    [("0,85", 0.85), ("0.85", 0.85), (" −0,034 ", -0.034), ("-.5", -0.5), ("1e-3", 0.001), ("1/4", 0.25),
     ("0.11*2+0.21*3", 0.85), ("0,11·2 + 0,21·3", 0.85), ("2×3", 6.0), ("2*(0.5-0,25)", 0.5), ("-(1-3)", 2.0),
     ("(0.191-1)²", 0.654481), ("½·(0.191-1)²".replace("½", "0,5"), 0.3272405), ("1/(1+0.25)", 0.8),
     ("1÷8", 0.125), ("1:8", 0.125), ("3--2", 5.0), ("1/2/2", 0.25), ("1-2-3", -4.0),
     ("3^2", 9.0), ("(1-3)**2", 4.0), ("2^2·3", 12.0)],
)  # fmt: skip
def test_numbers_and_calculations_are_read(text: str, value: float) -> None:
    assert calculated(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "1+", "(1", "1)", "1 2", "2**3", "2^3", "2^2.5", "2^20",
     "__import__('os')", "1;2", "nan", "inf", "1/0", "0.5x", "1..2",
     "(" * 30 + "1" + ")" * 30, "1+" * 150 + "1", "1e400", "9e307*9e307", "²", "()", "1,2,3"],
)  # fmt: skip
def test_nothing_else_is_read(text: str) -> None:
    with pytest.raises(NumeralError):
        calculated(text)


@pytest.mark.parametrize(
    ("text", "digits", "place"),
    [("0,85", 2, 0.01), ("0.8500", 4, 0.0001), ("850", 3, 1.0), ("−0.0340", 3, 0.0001), ("3.4e-2", 2, 0.001),
     ("0.11*2+0.21*3", 17, 0.0), ("1/4", 17, 0.0)],
)  # fmt: skip
def test_how_exact_a_number_was_typed(text: str, digits: int, place: float) -> None:
    assert significant_digits(text) == digits
    assert last_place(text) == pytest.approx(place)


def test_a_calculation_may_have_every_sign() -> None:
    """−½·2.5² − 3/2 + 0.2 is −3.125 − 1.5 + 0.2."""
    assert calculated("−(1/2)*(0,5 + +2)^2 − 3:2 + 2·1e-1") == pytest.approx(-4.425)


def test_what_is_no_calculation_is_refused_wherever_it_breaks_off() -> None:
    for text in ("(1", "1+", "1 + 2 3", "(1))", "1//2", "a+1", "2·(", f"{'(' * 30}1{')' * 30}", "1+" * 200 + "1"):
        with pytest.raises(NumeralError):
            calculated(text)
