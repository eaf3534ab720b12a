"""What goes out to other programs: formulas, tables, and code that is run."""

import csv
from io import StringIO
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.presets import PRESETS
from tests.examples import MAZUR, STEP_BY_STEP
from tests.networks import DIVERGING, EXAMPLES
from tests.oracles import torch

TWO = nnviz.trace(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05)
Told = nnviz.Iteration | nnviz.Step


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def ran(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(code, names)
    return names


# Formulas and tables


def test_an_iteration_in_latex_has_a_line_for_each_step_and_a_paragraph_for_each_pass() -> None:
    iteration = STEP_BY_STEP.trace()
    latex = nnviz.to_latex(iteration)
    assert [line for line in latex.splitlines() if "paragraph" in line] == [
        rf"\paragraph{{{phase}}}" for phase in ("forward", "backward", "update", "check")
    ]
    lines = [line for line in latex.splitlines() if "&" in line]
    assert len(lines) == len(iteration.steps)
    assert all(line.count("&") == 1 for line in lines)
    assert lines[0] == (r"  h_{1} &= x_{1} \cdot w_{1} + x_{2} \cdot w_{2} = 2 \cdot 0.11 + 3 \cdot 0.21 = 0.85 \\")


def test_of_several_samples_latex_has_the_numbers_of_one() -> None:
    assert r"= 0.32" in nnviz.to_latex(TWO.steps[0], sample=1)
    assert nnviz.to_latex(TWO.steps[0]) == nnviz.to_latex(STEP_BY_STEP.trace().steps[0])
    with pytest.raises(IndexError, match="sample: it must be a whole number from 0 to 1; not 2"):
        nnviz.to_latex(TWO, sample=2)


def test_markdown_has_a_row_for_each_step_with_nothing_that_markdown_reads() -> None:
    iteration = STEP_BY_STEP.trace(nnviz.Manner(names=(("temp_a", ""), ("",))))
    lines = nnviz.to_markdown(iteration).splitlines()
    assert lines[:3] == [
        "| step | pass | what it computes |",
        "| --: | :-- | :-- |",
        r"| 1 | forward | h1 = temp\_a·w1 + x2·w2 = 2·0.11 + 3·0.21 = 0.85 |",
    ]
    assert len(lines) == 2 + len(iteration.steps)
    assert (
        nnviz.to_markdown(iteration.steps[3]).splitlines()[2]
        == r"| 1 | forward | E = ½·(ŷ − y)² = ½·(0.191 − 1)² = 0.3272405 |"
    )


def test_csv_has_all_digits_of_each_step() -> None:
    iteration = MAZUR.trace()
    found = rows(nnviz.to_csv(iteration))
    assert [(row["id"], row["pass"], float(row["value"])) for row in found] == [
        (step.id, step.phase, step.value) for step in iteration.steps
    ]
    assert found[0] == {
        "step": "1", "pass": "forward", "id": "z1", "name": "z1", "sample": "", "value": "0.3775",
        "equation": "z1 = x1·w1 + x2·w2 + b1",
    }  # fmt: skip
    assert rows(nnviz.to_csv(iteration.steps[4])) == [found[4] | {"step": "1"}]


def test_csv_has_a_row_for_each_sample_and_none_of_what_is_no_number() -> None:
    found = [(row["id"], row["sample"], row["value"]) for row in rows(nnviz.to_csv(TWO))]
    assert found[:2] == [("h1", "1", "0.85"), ("h1", "2", "0.32")]
    assert ("E", "", repr(TWO.by_id["E"].value)) in found
    assert {row["value"] for row in rows(nnviz.to_csv(DIVERGING.trace()))} == {""}


def test_a_training_in_csv_has_the_loss_before_each_iteration_and_at_the_end() -> None:
    history = nnviz.train(STEP_BY_STEP.network, [[2, 3]], [[1]], 0.05, 2)
    assert rows(nnviz.to_csv(history)) == [
        {"iteration": str(number), "loss": repr(loss)} for number, loss in enumerate(history.losses, start=1)
    ]


@pytest.mark.parametrize("export", [nnviz.to_latex, nnviz.to_markdown, nnviz.to_csv])
def test_what_is_no_step_is_refused_in_words(export: Any) -> None:
    with pytest.raises(TypeError, match=r"an iteration, as nnviz.trace.*of the type Network"):
        export(STEP_BY_STEP.network)


# Code


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_code_of_a_network_predicts_what_it_predicts(example: str) -> None:
    network = EXAMPLES[example].network
    inputs = np.random.default_rng(3).normal(size=(4, network.sizes[0]))
    found = ran(nnviz.to_code(network, "numpy"))["predict"](inputs.tolist())
    np.testing.assert_allclose(found, nnviz.predict(network, inputs), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_of_an_iteration_makes_it(preset: str) -> None:
    setting = PRESETS[preset]
    iteration = nnviz.trace(setting.network, setting.inputs, setting.targets, setting.learning_rate)
    found = ran(nnviz.to_code(iteration, "numpy"))
    assert found["E"] == pytest.approx(float(iteration.by_id["E"].value), rel=1e-12)
    assert iteration.network is not None
    for number, layer in enumerate(iteration.network.layers, start=1):
        np.testing.assert_allclose(found[f"W{number}"], layer.matrix, rtol=1e-12, atol=1e-15)
    in_torch = nnviz.to_code(iteration, "torch")
    assert torch.error(in_torch) == pytest.approx(float(iteration.by_id["E"].value), rel=1e-9)


@pytest.mark.parametrize("made", [{"in_place": True}, {"output_for_input": True}])
def test_the_code_makes_the_mistakes_of_the_iteration(made: dict[str, bool]) -> None:
    iteration = STEP_BY_STEP.trace(nnviz.Manner(**made))  # type: ignore[arg-type]
    found = ran(nnviz.to_code(iteration, "numpy"))
    assert iteration.network is not None
    np.testing.assert_allclose(found["W1"], iteration.network.layers[0].matrix, rtol=1e-12)


def test_another_language_and_what_is_no_network_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="language: allowed are numpy, torch; not 'julia'"):
        nnviz.to_code(STEP_BY_STEP.network, "julia")
    with pytest.raises(TypeError, match=r"an nnviz.Network, or an iteration.*of the type Step"):
        nnviz.to_code(TWO.steps[0], "numpy")  # type: ignore[arg-type]
