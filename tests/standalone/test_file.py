"""An iteration as one file: everything is in it, prepared by Python, and nothing is loaded."""

import json
import re
import zlib
from base64 import b64decode
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import nnviz
from nnviz.presets import PRESETS
from tests.examples import STEP_BY_STEP, Example
from tests.networks import DIVERGING, EXAMPLES

LARGEST = 400_000  # bytes
MADE = {**EXAMPLES, **{name: Example(p.network, p.inputs, p.targets, p.learning_rate) for name, p in PRESETS.items()}}


def given(html: str) -> Any:
    """Return the first answer that the player of a file is given."""
    return all_given(html)["first"]


def all_given(html: str) -> Any:
    packed = html.partition('<script id="given" type="text/plain">')[2].partition("</script>")[0]
    return json.loads(zlib.decompress(b64decode(packed)))


@pytest.mark.parametrize("name", MADE)
def test_each_step_is_there_and_the_file_is_small(name: str) -> None:
    iteration = MADE[name].trace()
    html = nnviz.to_html(iteration)
    assert len(html.encode()) < LARGEST
    first, small = (all_given(html)[part] for part in ("first", "small"))
    answer, pictures = first["answer"], first["pictures"]
    end = len(iteration.pauses)
    assert (answer["first"], answer["released"], answer["steps"]) == (0, end, end)
    assert len(answer["views"]) == len(pictures) == len(small["pictures"]) == len(small["centres"]) == end + 1
    assert answer["views"][0]["meta"].startswith(f"Iteration 1 · not begun · {end} steps")
    assert answer["views"][-1]["meta"].startswith(f"Iteration 1 · check · step {end} of {end}")
    for drawn in (first, small):
        numbers = set(re.findall(r'data-trace="(\d+)"', drawn["picture"]))
        for traces in drawn["pictures"]:
            assert traces.keys() <= numbers
            for svg in traces.values():
                ET.fromstring(f"<g>{svg}</g>")
    for step in iteration.steps:
        assert answer["values"][step.id]["since"] == iteration.position[step.id]


def test_the_file_loads_nothing() -> None:
    html = nnviz.to_html(STEP_BY_STEP.trace())
    assert not re.findall(r'(?:src|href)="[^"]|url\((?!#)|@import|https?://(?!www\.w3\.org)', html)
    assert not re.findall(r'^import |from "\./', html, re.MULTILINE)


def test_it_can_be_read_without_a_script() -> None:
    html = nnviz.to_html(STEP_BY_STEP.trace()).partition('<script id="given"')[0]
    assert "One iteration of a 2-2-1 network" in html
    assert "w1 0.11" in html.partition("<svg")[2].partition("</svg>")[0]
    assert '<td data-value="w1" class="kind-weight">0.11</td>' in html


def test_formula_sentence_and_table_are_those_of_the_page() -> None:
    html = nnviz.to_html(STEP_BY_STEP.trace())
    view = given(html)["answer"]["views"][10]
    assert view["title"] == "Gradient of w1"
    assert "−0.809·0.14·2 = −0.22652" in view["sentence"]
    assert view["at"] == ["weight-1-0-0"]
    assert "<math>" in view["formula"]
    assert len(re.findall(r"<tr [^<>]*data-row=", html)) == 6


def test_each_weight_has_its_chain_rule() -> None:
    details = given(nnviz.to_html(STEP_BY_STEP.trace()))["details"]
    assert [told["title"] for told in details.values()] == [f"The chain rule of w{n}" for n in range(1, 7)]
    assert not any(told["checkable"] for told in details.values())  # nobody would answer


def test_no_button_leads_out_of_the_iteration() -> None:
    views = given(nnviz.to_html(STEP_BY_STEP.trace()))["answer"]["views"]
    assert all("next" in view["refusals"] for view in views)
    assert {"forward", "backward", "play", "next"} <= views[-1]["refusals"].keys()
    assert "one iteration in this file" in views[-1]["hint"]


def test_an_iteration_that_diverges_is_shown_as_far_as_it_goes() -> None:
    views = given(nnviz.to_html(DIVERGING.trace()))["answer"]["views"]
    assert "diverged" in views[-1]["hint"]


def test_the_numbers_are_those_of_a_sample_and_the_steps_those_of_the_manner() -> None:
    two = nnviz.trace(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05, nnviz.Manner("layer"))
    answer = given(nnviz.to_html(two, sample=1))["answer"]
    assert answer["values"]["h1"]["text"] == "0.32"
    assert len(answer["views"]) == len(two.pauses) + 1
    assert "sample 2 of 2" in answer["views"][0]["meta"]


def test_what_is_no_iteration_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match="it is of the type Network"):
        nnviz.to_html(STEP_BY_STEP.network)  # type: ignore[arg-type]
