"""Sheets are read as people write and paste them, and what cannot be read is told."""

import pytest

import nnviz
from nnviz.practice.sheet import Problem, read_sheet
from tests.examples import STEP_BY_STEP

ITERATION = nnviz.trace(STEP_BY_STEP.network, STEP_BY_STEP.inputs, STEP_BY_STEP.targets, STEP_BY_STEP.learning_rate)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("h1 = 0,85", {"h1": "0,85"}),
        ("h1=0.85\n\n h2 : 0.48 ", {"h1": "0.85", "h2": "0.48"}),
        ("h1\t0.85\r\nh2\t0.48", {"h1": "0.85", "h2": "0.48"}),
        ("h1 0.85; h2 0.48", {"h1": "0.85", "h2": "0.48"}),
        ("H1 = 2·0,11 + 3·0,21 = 0,85", {"h1": "0,85"}),
        ("h1 = 0.11*2+0.21*3", {"h1": "0.11*2+0.21*3"}),
        ("ŷ ≈ 0.191", {"yhat": "0.191"}),
        ("yhat = .191", {"yhat": ".191"}),
        ("∂E/∂w5 = −0,688", {"dE/dw5": "−0,688"}),
        ("dE/dw5: -0.688", {"dE/dw5": "-0.688"}),
        ("w5⁺ 0.174\nw6+ 0.169", {"w5+": "0.174", "w6+": "0.169"}),
        ("0,85\n0,48\n0,191", {"h1": "0,85", "h2": "0,48", "yhat": "0,191"}),
        ("h2 = 0.48\n0.191", {"h2": "0.48", "yhat": "0.191"}),
        ("h1 = 1\nh1 = 0.85", {"h1": "0.85"}),
        ("h1 = 0.85, h2 = 0.48", {"h1": "0.85", "h2": "0.48"}),
        ("h1 = 0,85 h2 = 0,48\tŷ = 0,191", {"h1": "0,85", "h2": "0,48", "yhat": "0,191"}),
        ("h1 = 2·0.11 + 3·0.21 = 0.85, h2=0.48,", {"h1": "0.85", "h2": "0.48"}),
        ("2·0.11 + 3·0.21 = 0.85", {"h1": "0.85"}),
        ("- h1 = 0.85\n* h2 = 0.48", {"h1": "0.85", "h2": "0.48"}),
        ("1. h1 = 0.85", {"h1": "0.85"}),
        ("w5' = 0.174", {"w5+": "0.174"}),
        ("E = 1/2*(0.191-1)^2", {"E": "1/2*(0.191-1)^2"}),
        ("E = 0.5*(0.191-1)**2 = 0.327", {"E": "0.327"}),
        ("", {}),
        ("h1;0,85\nh2;0,48", {"h1": "0,85", "h2": "0,48"}),
        ("h1\t0.85\th2\t0.48", {"h1": "0.85", "h2": "0.48"}),
        ("yhat\th1\n0.191\t0.85", {"yhat": "0.191", "h1": "0.85"}),
        ("0.85\t0.48\t0.191", {"h1": "0.85", "h2": "0.48", "yhat": "0.191"}),
        ("0.85, 0.48, 0.191", {"h1": "0.85", "h2": "0.48", "yhat": "0.191"}),
        ("0,85 0,48 0,191", {"h1": "0,85", "h2": "0,48", "yhat": "0,191"}),
        ("h2 = 0.48\n1 234.5", {"h2": "0.48", "yhat": "1 234.5"}),
    ],
)
def test_numbers_are_read(text: str, numbers: dict[str, str]) -> None:
    sheet = read_sheet(text, ITERATION)
    assert sheet.numbers == numbers
    assert sheet.problems == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("h1 = 0.85\nfoo = 3", Problem(2, "foo = 3", "name")),
        ("h1 = much", Problem(1, "h1 = much", "number")),
        ("h1", Problem(1, "h1", "number")),
        ("h1 = 1,234", Problem(1, "1,234", "doubtful")),
        ("E⁺ = 0.277\n1", Problem(2, "1", "more")),
        ("h1 = <img src=x>", Problem(1, "h1 = <img src=x>", "number")),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, problem: Problem) -> None:
    assert read_sheet(text, ITERATION).problems == (problem,)


def test_in_either_notation_a_step_has_its_symbol_and_its_id() -> None:
    manner = nnviz.Manner(notation="indexed")
    example = STEP_BY_STEP
    indexed = nnviz.trace(example.network, example.inputs, example.targets, example.learning_rate, manner)
    text = "\n".join(f"{step.name} = 1\n{step.id} = 2" for step in indexed.steps)
    assert read_sheet(text, indexed).numbers == {step.id: "2" for step in indexed.steps}
