"""Numbers as people type them: read as they are meant, and what is none is named; and as fields show them."""

from math import copysign

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.lessons.numerals import parse, written

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (",5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("-3", -3.0),
        ("−3", -3.0),
        ("+3", 3.0),
        (" 1 ", 1.0),
        ("\t1\n", 1.0),
        ("\u00a01", 1.0),
        ("007", 7.0),
        ("1e200", 1e200),
        ("2E-3", 0.002),
        ("1,5e3", 1500.0),
        ("0e-400", 0.0),
        ("5e-324", 5e-324),
        ("0.1000000000000000055511151231257827", 0.1),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, number: float) -> None:
    assert parse(text) == number


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "problem.empty"),
        ("  ", "problem.empty"),
        ("abc", "problem.not_a_number"),
        ("nan", "problem.not_a_number"),
        ("NaN", "problem.not_a_number"),
        ("inf", "problem.not_a_number"),
        ("-Infinity", "problem.not_a_number"),
        ("1_000", "problem.not_a_number"),
        ("0x10", "problem.not_a_number"),
        ("1,000.5", "problem.not_a_number"),
        ("1 000", "problem.not_a_number"),
        ("1.2.3", "problem.not_a_number"),
        ("--1", "problem.not_a_number"),
        ("1e", "problem.not_a_number"),
        ("e5", "problem.not_a_number"),
        (".", "problem.not_a_number"),
        ("½", "problem.not_a_number"),
        ("１", "problem.not_a_number"),
        ("<b>1</b>", "problem.not_a_number"),
        ("1e400", "problem.too_large"),
        ("-1e400", "problem.too_large"),
        ("1e-400", "problem.too_small"),
        ("-0,001e-400", "problem.too_small"),
    ],
)
def test_what_is_no_number_says_why(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{problem}$"):
        parse(text)


@pytest.mark.parametrize("text", ["0", "-0.05", "−1", "0e5", "-0"])
def test_a_rate_must_be_positive(text: str) -> None:
    assert parse(text) <= 0
    with pytest.raises(ValueError, match=r"^problem\.not_positive$"):
        parse(text, positive=True)


def test_zero_has_no_sign() -> None:
    assert copysign(1, parse("-0")) == 1


@given(FINITE)
@example(0.1 + 0.2)
@example(5e-324)
@example(1.7976931348623157e308)
@example(1e22)
@example(-1e-7)
@example(123456789012345680.0)
def test_every_number_survives_its_text(number: float) -> None:
    text = written(number)
    assert parse(text) == number
    assert "+" not in text


@given(st.text(max_size=30))
def test_any_text_is_the_number_that_python_reads_or_a_problem(text: str) -> None:
    plain = text.strip().replace(",", ".").replace("−", "-")
    number = outcome(text)
    assert number in PROBLEMS or number == float(plain), text


PROBLEMS = {f"problem.{name}" for name in ("empty", "not_a_number", "too_large", "too_small")}


def outcome(text: str) -> float | str:
    """Return the number that a text means, or the key of the problem."""
    try:
        return parse(text)
    except ValueError as problem:
        return str(problem)
