"""A descent as the document prints it: its numbers, cut to two decimals, and which of its lines reproduce."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.charts.theme import Look
from nnviz.lessons.descent.lesson import Descent
from nnviz.lessons.descent.printed import cut
from nnviz.lessons.descent.setup import DescentSetup, on_curve
from nnviz.lessons.descent.view import DescentView
from tests.asking import Json, link, then, view

PRINTED = [
    "8", "6.8", "5.84", "5.07", "4.45", "3.96", "3.57", "3.25", "3.00", "2.80", "2.64", "2.51", "2.41", "2.32", "2.26",
    "2.21", "2.16", "2.13", "2.10", "2.08", "2.06", "2.05", "2.04", "2.03", "2.02", "2.02", "2.01", "2.01", "2.01",
    "2.00", "2.00",
]  # fmt: skip


def seen(number: int, x: float = 8.0, rate: float = 0.1) -> DescentView:
    setup = DescentSetup("parabola", (1.0, -4.0, 6.0), x, rate, shown="as-printed")
    return Descent().view(setup, number, Look())


def line_of(printed: str) -> Decimal:
    """Return what a line of the document gives with what it prints."""
    return Decimal(printed) - Decimal("0.1") * (2 * Decimal(printed) - 4)


def cut_by_hand(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_DOWN)


@pytest.mark.parametrize("number", range(1, len(PRINTED)))
def test_the_iterates_are_those_that_the_document_prints(number: int) -> None:
    found, (before, after) = seen(number), PRINTED[number - 1 : number + 1]
    values = found.values(3)
    for key, text in {"x": before, f"x@{number}": before, "x+": after, f"x+@{number}": after}.items():
        assert values[key]["text"] == values[key]["few"] == text
    assert f"{before} − 0.1·(2·{before} − 4)" in found.sentence(3)
    relation = "=" if line_of(before) == Decimal(after) else "≈"
    assert f"− 4) {relation} {after}." in found.sentence(3)
    labels = next(trace for trace in found.figure(3, 3)["data"] if trace["name"] == "labels")
    assert [labels["text"][at].split()[-1] for at in (0, 3)] == [before, after]


def test_its_lines_reproduce_until_3_96() -> None:
    told = {n: "The document prints" in seen(n).formula(3) for n in range(1, len(PRINTED))}
    assert told == {n: cut_by_hand(line_of(PRINTED[n - 1])) != Decimal(PRINTED[n]) for n in told}
    first = next(n for n, is_told in told.items() if is_told)
    assert PRINTED[first - 1] == "3.96"
    word = "The document prints 3.57; with the numbers of its own line it is 3.568."
    assert word in seen(first).formula(3)
    assert "x = 3.96608" in seen(first).formula(3)


def test_only_what_is_shown_is_cut() -> None:
    for number in (1, 6, 30):
        setup = on_curve("parabola")
        usual, printed = Descent().view(setup, number, Look()), seen(number)
        assert printed.run.iteration.values == usual.run.iteration.values
        full = usual.values(3)
        for key, shown in printed.values(3).items():
            assert shown["in_full"] == full[key]["in_full"]
            assert key.startswith(("x", "x+")) or shown == full[key]
        assert printed.sentence(1) == usual.sentence(1)
        assert printed.formula(2) == usual.formula(2)
    assert seen(6).values(3)["x"]["is_rounded"]
    assert "data-exact" in seen(6).formula(3)


@given(st.floats(-1e8, 1e8))
def test_a_number_is_cut_towards_0(value: float) -> None:
    left_out = abs(Fraction(value)) - abs(cut(value).fraction)
    assert -Fraction(1, 10**6) < left_out < Fraction(1, 100) + Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("value", "text"),
    [(5.840000000000001, "5.84"), (-0.004, "0.00"), (-2.999, "−2.99"), (0.0, "0"), (1e300, "1e300")],
)
def test_how_a_cut_number_is_written(value: float, text: str) -> None:
    assert str(cut(value)) == text


def opened(**typed: str) -> Json:
    return link(typed, lesson="descent")


def test_the_choice_is_one_of_the_document_s_curve_and_no_other_run() -> None:
    reply = opened(a="1", b="-4", c="6", x="8", rate="0.1", iteration="6", step="3")
    other = then(reply, {"shown": "as-printed"}, lesson="descent")
    assert (other["iteration"], other["cursor"], other["run"]) == (6, 3, reply["run"])
    assert "3.96 − 0.1·(2·3.96 − 4) ≈ 3.57." in view(other)["sentence"]
    assert "from 3.96 on" in "".join(part["text"] for part in other["about"])
    query = dict(parse_qsl(other["query"]))
    assert query["shown"] == "as-printed"
    assert opened(**query, step="3")["views"] == other["views"]
    changed = then(other, {"x": "9"}, lesson="descent")
    assert "from 3.96 on" not in "".join(part["text"] for part in changed["about"])
    for key, text in (("curve", "valleys"), ("method", "newton")):
        assert "shown" not in then(other, {key: text}, lesson="descent")["settings"]


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(1e-300, 1e300))
def test_any_numbers_are_told_as_printed(x: float, rate: float) -> None:
    for number in (1, 3):
        found = seen(number, x=x, rate=rate)
        for cursor in range(found.run.end + 1):
            assert found.sentence(cursor)
            assert "nan" not in found.formula(cursor)
        assert found.values(3)
        assert found.figure(3, 3)
