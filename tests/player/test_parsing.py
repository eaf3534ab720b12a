"""Numbers as people type them: read as they are meant, and what is none is named; and as fields show them."""

import re
from contextlib import suppress
from fractions import Fraction
from math import copysign

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.player.parsing import NumeralError, decimal_sign, parse, whole, written

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
        ("−0,5", -0.5),
        ("–0.5", -0.5),
        ("5E-01", 0.5),
        ("12.345", 12.345),
        ("0,125", 0.125),
        ("-0,125", -0.125),
        ("1,2345", 1.2345),
        ("1234,567", 1234.567),
        ("1,234e-3", 0.001234),
        ("1.234e5", 123400.0),
        ("1,234.5", 1234.5),
        ("1,234.", 1234.0),
        ("-1,234.567", -1234.567),
        ("1.234,5", 1234.5),
        ("1.234,567", 1234.567),
        ("1 234,5", 1234.5),
        ("1 234.5", 1234.5),
        ("1 234,567", 1234.567),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234,5", 1234.5),
        ("1\u2009234.5", 1234.5),
        ("1'234.5", 1234.5),
        ("1’234.5", 1234.5),
        ("12,345,678", 12345678.0),
        ("12.345.678", 12345678.0),
        ("12 345 678,9", 12345678.9),
        ("1 000", 1000.0),
        ("1/3", 0.3333333333333333),
        ("-2/5", -0.4),
        ("−2/5", -0.4),
        ("+4/2", 2.0),
        ("-0/5", 0.0),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, number: float) -> None:
    assert parse(text) == number


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("abc", "not_a_number"),
        ("nan", "not_a_number"),
        ("NaN", "not_a_number"),
        ("inf", "not_a_number"),
        ("-Infinity", "not_a_number"),
        ("1_000", "not_a_number"),
        ("0x10", "not_a_number"),
        ("1,234", "doubtful"),
        ("−12,345", "doubtful"),
        ("+999,000", "doubtful"),
        ("1,23,456", "not_a_number"),
        ("1,234,5", "not_a_number"),
        ("1.234.5", "not_a_number"),
        ("1.234 567", "not_a_number"),
        ("1.5,3", "not_a_number"),
        ("1  000", "not_a_number"),
        ("12 34", "not_a_number"),
        ("0 125", "not_a_number"),
        ("1, 234", "not_a_number"),
        ("1/0", "by_zero"),
        ("1/-3", "not_a_number"),
        ("1/2/3", "not_a_number"),
        ("0.5/3", "not_a_number"),
        ("1,000/3", "not_a_number"),
        ("1/" + "9" * 5000, "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("--1", "not_a_number"),
        ("1e", "not_a_number"),
        ("e5", "not_a_number"),
        (".", "not_a_number"),
        ("½", "not_a_number"),
        ("１", "not_a_number"),
        ("<b>1</b>", "not_a_number"),
        ("1e400", "too_large"),
        ("-1e400", "too_large"),
        ("1e-400", "too_small"),
        ("-0,001e-400", "too_small"),
    ],
)
def test_what_is_no_number_says_why(text: str, problem: str) -> None:
    with pytest.raises(NumeralError, match=f"^{problem}$"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1,234", ",", 1.234),
        ("1,234", ".", 1234.0),
        ("12.345", ".", 12.345),
        ("12.345", ",", 12345.0),
        ("1,234.5", ",", 1234.5),
        ("0.125", ",", 0.125),
        ("2.5", ",", 2.5),
    ],
)
def test_where_the_decimal_sign_is_known_nothing_is_asked(text: str, decimal: str, number: float) -> None:
    assert parse(text, decimal=decimal) == number


@pytest.mark.parametrize(
    ("text", "sign"),
    [("1,234", ""), ("12.345", ""), ("85", ""), ("1 234", ""), ("abc", ""), ("1/3", ""), (".2", "."), ("0,125", ","),
     ("1.234,5", ","), ("1,234.5", "."), ("1.234.567", ","), ("1,234,567", "."), ("1 234,567", ","),
     ("1234.567", "."), ("1,234e5", ",")],
)  # fmt: skip
def test_a_number_shows_the_decimal_sign_or_leaves_it_open(text: str, sign: str) -> None:
    assert decimal_sign(text) == sign


def test_a_fraction_keeps_its_text_and_is_the_nearest_float() -> None:
    for above, below in ((1, 3), (-2, 5), (22, 7), (10**17 + 1, 3)):
        assert parse(f"{above}/{below}") == float(Fraction(above, below))
        assert written(parse(f" {above}/{below}")) == f"{above}/{below}"
    assert written(parse("−1/3")) == "-1/3"


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("1,000", 1000), ("1 000", 1000), ("1\u00a0000", 1000), ("1'000", 1000), ("1’000", 1000),
     ("1,000,000", 1_000_000), ("1.000.000", 1_000_000), ("1 000 000", 1_000_000)],
)  # fmt: skip
def test_a_whole_number_may_have_its_thousands_set_apart(text: str, number: int) -> None:
    assert whole(text, 1, 1_000_000) == number


@pytest.mark.parametrize(
    ("text", "most", "problem"),
    [("1.000", 10**6, "doubtful"), ("1.234", 10**6, "doubtful"), ("1.234", 8, "whole"),
     ("1,234", 8, "whole"), ("0,125", 10**6, "whole"), ("1,00", 10**6, "whole"),
     ("1.5", 10**6, "whole"), ("-1", 10**6, "whole"), (" 1", 10**6, "whole"),
     ("1 0", 10**6, "whole"), ("٣", 10**6, "whole"), ("", 10**6, "whole"),
     ("9" * 5000, 10**6, "whole")],
)  # fmt: skip
def test_what_is_no_whole_number_is_refused_and_what_may_be_one_is_asked(text: str, most: int, problem: str) -> None:
    with pytest.raises(NumeralError, match=f"^{problem}$"):
        whole(text, 1, most)


@pytest.mark.parametrize("text", ["0", "-0.05", "−1", "0e5", "-0"])
def test_a_rate_must_be_positive(text: str) -> None:
    assert parse(text) <= 0
    with pytest.raises(ValueError, match=r"^not_positive$"):
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


@given(st.text(max_size=30) | st.from_regex(r"[+−-]?[0-9]{1,3}([., '’][0-9]{1,4}){0,3}(e-?[0-9])?", fullmatch=True))
def test_any_text_is_the_number_that_python_reads_or_a_problem(text: str) -> None:
    number = outcome(text)
    assert number in PROBLEMS or number in meanings(text), text


PROBLEMS = {"empty", "not_a_number", "too_large", "too_small", "doubtful", "by_zero"}


def meanings(text: str) -> set[float]:
    """Return what Python makes of a text whose decimal sign is the comma or the point, and of a fraction."""
    plain = re.sub("[−–]", "-", re.sub(r"['’\s]", "", text))
    texts = [plain.replace(",", "").split("/"), plain.replace(".", "").replace(",", ".").split("/")]
    texts.append(plain.replace(",", ".").split("/"))
    found = set()
    for parts in texts:
        with suppress(ValueError, ZeroDivisionError):
            found.add(float(Fraction(parts[0]) / Fraction(parts[1])) if len(parts) == 2 else float(parts[0]))
    return found


def outcome(text: str) -> float | str:
    """Return the number that a text means, or why it means none."""
    try:
        return parse(text)
    except NumeralError as problem:
        return problem.reason


def test_a_text_that_is_longer_than_any_number_is_none() -> None:
    assert parse(f"{0.1:.1900f}") == 0.1
    with pytest.raises(NumeralError, match="not_a_number"):
        parse("1" * 100_000)
