"""How the matrices of each stage are laid out, what they are called, and what the classic mistakes do to them."""

from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from nnviz.engine.manner import DETAILS, OUTPUT_FOR_INPUT, Mistake
from nnviz.engine.naming import NOTATIONS, Notation
from nnviz.engine.plan import Stage, StageKind
from nnviz.explain.matrix_html import html, passes
from nnviz.explain.values import known
from tests.oracles.matrices import Parts, equations, summed, worth
from tests.tellings import PLANS, UPDATES, told

every_plan = pytest.mark.parametrize("preset", PLANS)
every_notation = pytest.mark.parametrize("notation", NOTATIONS)


@cache
def stage_html(
    preset: str, notation: Notation, phase: str, kind: StageKind, layer: int, mistake: Mistake | None = None
) -> str:
    """Return the equations of a stage of a preset as HTML."""
    return html(told(preset, "neuron", notation, mistake).iteration.plan, phase, Stage(kind, layer))


def stage(preset: str, notation: Notation, phase: str, kind: StageKind, layer: int) -> list[Parts]:
    """Return the equations of a stage of a preset, with the names of their numbers."""
    return list(equations(stage_html(preset, notation, phase, kind, layer)))


def named(preset: str, phase: str, kind: StageKind, layer: int) -> list[str]:
    """Return the equations of a stage in the names of their matrices, as text."""
    tree = ET.fromstring(f"<div>{stage_html(preset, 'numbered', phase, kind, layer)}</div>")
    return ["".join(p.itertext()) for p in tree.findall("p") if p.find(".//mtable") is None]


@every_plan
@every_notation
@pytest.mark.parametrize("mistake", UPDATES)
def test_the_left_sides_are_all_that_a_stage_computes_and_the_right_sides_give_it(
    preset: str, notation: Notation, mistake: Mistake | None
) -> None:
    iteration = told(preset, "neuron", notation, mistake).iteration
    samples = [{item.id: item.value for item in known(iteration, n)} for n in range(iteration.plan.n_samples)]
    stages: dict[tuple[str, Stage], list[str]] = {}
    for rule in iteration.plan.rules:
        stages.setdefault((rule.phase, rule.stage), []).append(rule.quantity.id)
    q, last = iteration.plan.quantities, len(iteration.plan.shape.sizes) - 1
    for (phase, stage), computed in stages.items():
        found = list(equations(html(iteration.plan, phase, stage)))
        lefts = [name for left, *_ in found for row in left for name in row]
        before = (
            {f"dE/d{a.id}" for a in q.neurons[stage.layer]} if q.sums[stage.layer] != q.neurons[stage.layer] else []
        )
        expected = [name for name in computed if stage.kind != "delta" or name not in before]
        # E is no matrix, nor what E's own formula gives: the slopes by the outputs, or with cross-entropy by the sums
        by_formula = stage.kind == "delta" and stage.layer == last and (not before or expected == computed)
        assert sorted(lefts) == ([] if stage.kind == "loss" or by_formula else sorted(expected)), (phase, stage)
        for left, _, *shown in found:
            right, of_many = summed(shown)
            if of_many:
                pairs = [(worth([left], samples[0]), sum((worth(right, numbers) for numbers in samples), np.zeros(1)))]
            else:
                pairs = [(worth([left], numbers), worth(right, numbers)) for numbers in samples]
            for one, other in pairs:
                assert one.shape == other.shape, (phase, stage)
                np.testing.assert_allclose(one, other, rtol=1e-11, atol=1e-16, err_msg=f"{phase} {stage}")


def test_several_samples_are_added_up_in_the_gradients_and_only_there() -> None:
    plan = told("xor").iteration.plan
    stages = dict.fromkeys((rule.phase, rule.stage) for rule in plan.rules)
    sums = {
        stage.kind for phase, stage in stages for parts in equations(html(plan, phase, stage)) if summed(parts[2:])[1]
    }
    assert sums == {"gradients"}
    assert stage("xor", "indexed", "backward", "gradients", 2)[1] == [
        [["dE/db4"]], "=", [["dE/dz4(1)"]], "+", [["dE/dz4(2)"]], "+",
        [["dE/dz4(3)"]], "+", [["dE/dz4(4)"]],
    ]  # fmt: skip
    assert named("xor", "backward", "gradients", 2) == ["∂E∂W(2)=Σh(1)T·δ(2)", "∂E∂b(2)=Σδ(2)"]


def test_of_many_samples_the_first_two_and_the_last_are_written_out() -> None:
    assert stage("fahrenheit", "numbered", "backward", "gradients", 1)[1] == [
        [["dE/db1"]], "=", [["dE/dyhat(1)"]], "+", [["dE/dyhat(2)"]], "+", "…", "+", [["dE/dyhat(100)"]],
    ]  # fmt: skip


@every_plan
@every_notation
def test_symbols_stand_where_their_numbers_stand(preset: str, notation: Notation) -> None:
    lines = [
        paragraph
        for html in passes(told(preset, "neuron", notation).iteration.plan).values()
        for paragraph in ET.fromstring(f"<div>{html}</div>").findall("p")
    ]
    pairs = [
        pair for pair in pairwise(lines) if [p.find(".//mn[@data-value]") is None for p in pair] == [True, False]
        and pair[0].find(".//mtable") is not None
    ]  # fmt: skip
    assert pairs
    for pair in pairs:
        symbols, numbers = (
            [[[cell[0].attrib["data-at"] for cell in row] for row in table] for table in p.iter("mtable")] for p in pair
        )
        left, *right = symbols
        repeats = (len(numbers) - 1) // len(right)  # of a sum over the samples
        assert numbers == [left, *right * repeats]


@every_plan
@every_notation
def test_matrices_are_the_same_in_every_detail(preset: str, notation: Notation) -> None:
    layer, neuron, term = (passes(told(preset, detail, notation).iteration.plan) for detail in DETAILS)
    assert list(neuron) == ["forward", "backward", "update", "check"]
    assert layer == neuron == term


# 2-2-1 as hmkcode, "Backpropagation Step by Step", prints it: neurons are rows


def test_backward_of_2_2_1_as_printed() -> None:
    delta, slope = [["dE/dh1", "dE/dh2"]], [["dE/dyhat"]]
    # Δ·[w5, w6], which the printed formula for w1…w4 has behind [x1; x2]
    assert stage("2-2-1", "numbered", "backward", "delta", 1) == [[delta, "=", slope, "·", [["w5", "w6"]]]]
    assert stage("2-2-1", "numbered", "backward", "gradients", 1) == [
        [[["dE/dw1", "dE/dw3"], ["dE/dw2", "dE/dw4"]], "=", [["x1"], ["x2"]], "·", delta]
    ]
    assert stage("2-2-1", "numbered", "backward", "gradients", 2) == [
        [[["dE/dw5"], ["dE/dw6"]], "=", [["h1"], ["h2"]], "·", slope]
    ]
    # [w5; w6]⁺ = [w5; w6] − αΔ[h1; h2]
    assert stage("2-2-1", "numbered", "update", "update", 2) == [
        [[["w5+"], ["w6+"]], "=", [["w5"], ["w6"]], "−", "alpha", "·", [["h1"], ["h2"]], "·", slope]
    ]


# Sigmoid neurons with biases as textbooks print them: neurons are columns, and δ¹ = (W²ᵀ·δ²) ⊙ f′(z¹)


def test_backward_of_2_2_1_with_sigmoid_as_printed() -> None:
    def of(kind: StageKind, layer: int, phase: str = "backward") -> list[Parts]:
        return stage("2-2-1-sigmoid", "indexed", phase, kind, layer)

    delta_1, delta_2, slopes = [["dE/dz1"], ["dE/dz2"]], [["dE/dz3"]], [["dh1/dz1"], ["dh2/dz2"]]
    assert of("delta", 2) == [[delta_2, "=", "(", [["dE/dyhat"]], ")", "⊙", [["dyhat/dz3"]]]]
    assert of("delta", 1) == [[delta_1, "=", "(", [["w5"], ["w6"]], "·", delta_2, ")", "⊙", slopes]]
    assert of("gradients", 2) == [
        [[["dE/dw5", "dE/dw6"]], "=", delta_2, "·", [["h1", "h2"]]],
        [[["dE/db3"]], "=", delta_2],
    ]
    w1, b1 = [["w1", "w2"], ["w3", "w4"]], [["b1"], ["b2"]]
    assert of("update", 1, "update") == [
        [[["w1+", "w2+"], ["w3+", "w4+"]], "=", w1, "−", "alpha", "·", delta_1, "·", [["x1", "x2"]]],
        [[["b1+"], ["b2+"]], "=", b1, "−", "alpha", "·", [["dE/db1"], ["dE/db2"]]],
    ]


def test_in_place_the_error_goes_back_through_new_weights() -> None:
    [[*_, weights]] = equations(stage_html("2-2-1", "numbered", "backward", "delta", 1, "in_place"))
    assert weights == [["w5+", "w6+"]]


def test_with_the_output_for_the_input_each_row_has_one_number_for_every_input() -> None:
    def of(kind: StageKind, notation: Notation, phase: str = "backward") -> Parts:
        [found, *_] = equations(stage_html("2-2-1-sigmoid", notation, phase, kind, 1, OUTPUT_FOR_INPUT))
        return found

    slopes, deltas = [["dE/dw1", "dE/dw2"], ["dE/dw3", "dE/dw4"]], [["dE/dz1"] * 2, ["dE/dz2"] * 2]
    outputs = [["h1"] * 2, ["h2"] * 2]
    assert of("gradients", "indexed") == [slopes, "=", deltas, "⊙", outputs]
    turned = [[list(column) for column in zip(*rows, strict=True)] for rows in (slopes, deltas, outputs)]
    assert of("gradients", "numbered") == [turned[0], "=", turned[1], "⊙", turned[2]]
    assert of("update", "indexed", "update")[-3:] == [deltas, "⊙", outputs]
    tree = ET.fromstring(
        f"<div>{stage_html('fahrenheit-one', 'numbered', 'backward', 'gradients', 1, OUTPUT_FOR_INPUT)}</div>"
    )
    assert "".join(tree[0].itertext()) == "∂E∂W(1)=δ(1)⊙ŷ(1)"


def test_the_names_of_the_matrices() -> None:
    assert named("2-2-1", "forward", "forward", 1) == ["h(1)=x·W(1)"]
    assert named("2-2-1", "backward", "delta", 1) == ["δ(1)=δ(2)·W(2)T"]
    assert named("2-2-1-sigmoid", "forward", "forward", 2) == ["z(2)=h(1)·W(2)+b(2)", "ŷ(2)=σ(z(2))"]
    assert named("2-2-1-sigmoid", "check", "forward", 2) == ["z(2)+=h(1)+·W(2)++b(2)+", "ŷ(2)+=σ(z(2)+)"]


def test_fixed_biases_are_not_new_in_the_check() -> None:
    assert named("mazur", "check", "forward", 1) == ["z(1)+=x·W(1)++b(1)", "h(1)+=σ(z(1)+)"]
    [(*_, biases), _] = stage("mazur", "numbered", "check", "forward", 1)
    assert biases == [["b1", "b2"]]
