"""What people type: numbers are read as they mean them, and what is none is named and changes nothing."""

from math import copysign

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.lessons.presets import TWO_TWO_ONE
from nnviz.lessons.settings import Settings, fields, original, parse, read

LABELS = ["w1", "w2", "w3", "w4", "w5", "w6", "x1", "x2", "target", "learning rate"]
START = {"w1": 0.11, "w2": 0.21, "w3": 0.12, "w4": 0.08, "w5": 0.14, "w6": 0.15,
         "x1": 2.0, "x2": 3.0, "target": 1.0, "rate": 0.05}  # fmt: skip
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def test_there_is_a_field_for_each_number_of_the_sample() -> None:
    assert [field.label for field in fields(TWO_TWO_ONE)] == LABELS
    assert original(TWO_TWO_ONE).by_key == START


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
    text = Settings((("w1", number),)).texts["w1"]
    assert parse(text) == number
    assert "+" not in text


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_problem_with_words(text: str) -> None:
    start = original(TWO_TWO_ONE)
    settings, problems = read(TWO_TWO_ONE, {"w1": text, "rate": text}, start)
    for key in ("w1", "rate"):
        assert (key in problems) or settings.by_key[key] == float(text.strip().replace(",", ".").replace("−", "-"))
        assert key not in problems or settings.by_key[key] == START[key]
    assert {k: v for k, v in settings.by_key.items() if k not in ("w1", "rate")} == {
        k: v for k, v in START.items() if k not in ("w1", "rate")
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type a number"),
        ("abc", "0.5 (or 0,5)"),
        ("nan", "Allowed are"),
        ("1e400", "The largest number allowed is about 1.8e308"),
        ("-1", "must be greater than 0"),
        ("0", "must be greater than 0"),
    ],
)
def test_a_message_says_what_is_allowed_and_what_is_kept(text: str, words: str) -> None:
    settings, problems = read(TWO_TWO_ONE, {"rate": text}, original(TWO_TWO_ONE))
    assert problems.keys() == {"rate"}
    assert words in problems["rate"]
    assert "0.05 is still in use" in problems["rate"]
    assert settings == original(TWO_TWO_ONE)


def test_what_is_good_is_taken_beside_what_is_not() -> None:
    settings, problems = read(TWO_TWO_ONE, {"w1": "0,5", "w2": "x", "x1": "7"}, original(TWO_TWO_ONE))
    assert settings.by_key == START | {"w1": 0.5, "x1": 7.0}
    assert problems.keys() == {"w2"}


def test_what_is_not_known_is_left_alone() -> None:
    settings, problems = read(TWO_TWO_ONE, {"w7": "1", "": "2"}, original(TWO_TWO_ONE))
    assert settings == original(TWO_TWO_ONE)
    assert not problems
