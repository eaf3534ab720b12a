"""Why Backward follows: the output in inputs and parameters alone comes to what the steps come to."""

import re

import numpy as np
import pytest

from nnviz.algebra.expressions import evaluate, leaves
from nnviz.algebra.solution import symbol_lines
from nnviz.algebra.writer import TEXT
from nnviz.explain.why_backward import in_parameters, why_backward
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import of_preset
from nnviz.presets import PRESETS
from tests.asking import link, then


@pytest.mark.parametrize("preset", PRESETS)
def test_the_output_in_parameters_alone_is_the_output(preset: str) -> None:
    iteration = run_at(of_preset(preset), 1).iteration
    for output in iteration.plan.quantities.neurons[-1]:
        whole = in_parameters(iteration.plan, output)
        assert {leaf.id for leaf in leaves(whole)} <= set(iteration.given)
        assert np.allclose(evaluate(whole, iteration.given), iteration.values[output.id], rtol=1e-12)


def test_the_home_example_has_the_formula_of_its_source() -> None:
    iteration = run_at(of_preset("2-2-1"), 1).iteration
    [output] = iteration.plan.quantities.neurons[-1]
    text = "".join(symbol_lines(in_parameters(iteration.plan, output), TEXT)[-1])
    assert text == "(x1·w1 + x2·w2)·w5 + (x1·w3 + x2·w4)·w6"


def test_it_is_told_with_the_numbers_of_the_sample_and_the_result_has_a_place() -> None:
    home = link({})
    html = then(home, views=["updates"])["updates"]["html"]
    words = re.sub(r"\s", "", re.sub("<[^>]+>", "", html))
    assert words.startswith("Thetargety=1isfixed")
    assert "=(2·0.11+3·0.21)·0.14+(2·0.12+3·0.08)·0.15" in words
    assert 'data-value="yhat"' in html
    assert "0.191" not in html


def test_what_is_too_long_to_be_read_is_told_in_words_alone() -> None:
    iteration = run_at(of_preset("vanishing"), 1).iteration
    assert "<math>" not in why_backward(iteration, 0)
    assert why_backward(iteration, 0).count("<li>") == 4
