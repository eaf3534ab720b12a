"""An iteration as one file: everything is in it, prepared by Python, and nothing is loaded."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import nnviz
from tests.examples import STEP_BY_STEP
from tests.networks import EXAMPLES

LARGEST = 400_000  # bytes


def given(html: str) -> Any:
    """Return what the script of a file is given."""
    return json.loads(html.partition('<script id="given" type="application/json">')[2].partition("</script>")[0])


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_step_is_there_and_the_file_is_small(example: str) -> None:
    iteration = EXAMPLES[example].trace()
    html = nnviz.to_html(iteration)
    assert len(html.encode()) < LARGEST
    found = given(html)
    views = found["views"]
    assert len(views) == len(iteration.pauses) + 1
    assert views[0]["meta"] == f"not begun · {len(iteration.pauses)} steps"
    assert views[-1]["meta"] == f"check · step {len(iteration.pauses)} of {len(iteration.pauses)}"
    for view in views:
        for pieces in view["traces"].values():
            ET.fromstring(f"<g>{''.join(found['pieces'][number] for number in pieces)}</g>")
    for step in iteration.steps:
        assert found["values"][step.id]["since"] == iteration.position[step.id]


def test_the_file_loads_nothing() -> None:
    html = nnviz.to_html(STEP_BY_STEP.trace())
    assert not re.findall(r'(?:src|href)="|url\((?!#)|@import|https?://(?!www\.w3\.org)', html)


def test_formula_sentence_and_table_are_those_of_the_page() -> None:
    html = nnviz.to_html(STEP_BY_STEP.trace())
    view = given(html)["views"][10]
    assert view["title"] == "Gradient of w1"
    assert "−0.809·0.14·2 = −0.22652" in view["sentence"]
    assert view["at"] == ["weight-1-0-0"]
    assert "<math>" in view["formula"]
    assert html.count("data-row=") == 6


def test_the_numbers_are_those_of_a_sample_and_the_steps_those_of_the_manner() -> None:
    two = nnviz.trace(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05, nnviz.Manner("layer"))
    found = given(nnviz.to_html(two, sample=1))
    assert found["values"]["h1"]["text"] == "0.32"
    assert len(found["views"]) == len(two.pauses) + 1


def test_what_is_no_iteration_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match="it is of the type Network"):
        nnviz.to_html(STEP_BY_STEP.network)  # type: ignore[arg-type]
