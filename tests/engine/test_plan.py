"""The order of the steps of 2-2-1, in steps of each size, and their names in the notation for any number of layers."""

import nnviz
from nnviz.lessons.network.setup import of_preset
from tests.examples import STEP_BY_STEP, Example
from tests.naming import values_of

SIGMOID = of_preset("2-2-1-sigmoid")
ACTIVATED = Example(SIGMOID.network, [list(SIGMOID.inputs[0])], [list(SIGMOID.targets[0])], SIGMOID.rate)


def names(iteration: nnviz.Iteration, phase: str) -> list[str]:
    return [step.name for step in iteration.steps if step.phase == phase]


def pauses(iteration: nnviz.Iteration) -> list[str]:
    """Return the names of what each pause computes."""
    return [" ".join(step.name for step in pause) for pause in iteration.pauses]


def test_where_a_step_is_a_layer_each_stage_of_2_2_1_is_one() -> None:
    assert pauses(STEP_BY_STEP.trace(nnviz.Manner("layer"))) == [
        "h1 h2", "ŷ", "E",
        "∂E/∂ŷ", "∂E/∂w5 ∂E/∂w6", "∂E/∂h1 ∂E/∂h2", "∂E/∂w1 ∂E/∂w2 ∂E/∂w3 ∂E/∂w4",
        "w1⁺ w2⁺ w3⁺ w4⁺", "w5⁺ w6⁺",
        "h1⁺ h2⁺", "ŷ⁺", "E⁺",
    ]  # fmt: skip


def test_where_a_step_is_a_term_each_product_and_each_factor_is_one() -> None:
    iteration = STEP_BY_STEP.trace(nnviz.Manner("term"))
    assert names(iteration, "forward") == [
        "x1·w1", "x2·w2", "h1", "x1·w3", "x2·w4", "h2", "h1·w5", "h2·w6", "ŷ", "E",
    ]  # fmt: skip
    assert names(iteration, "backward") == [
        "∂E/∂ŷ", "∂ŷ/∂w5", "∂E/∂w5", "∂ŷ/∂w6", "∂E/∂w6", "∂ŷ/∂h1", "∂E/∂h1", "∂ŷ/∂h2", "∂E/∂h2",
        "∂h1/∂w1", "∂E/∂w1", "∂h1/∂w2", "∂E/∂w2", "∂h2/∂w3", "∂E/∂w3", "∂h2/∂w4", "∂E/∂w4",
    ]  # fmt: skip
    assert names(iteration, "update")[:4] == ["α·∂E/∂w1", "w1⁺", "α·∂E/∂w2", "w2⁺"]
    assert names(iteration, "check")[:3] == ["x1·w1⁺", "x2·w2⁺", "h1⁺"]


def test_with_indices_the_symbols_are_those_of_the_book_for_any_number_of_layers() -> None:
    iteration = ACTIVATED.trace(nnviz.Manner(notation="indexed"))
    assert names(iteration, "forward") == ["z¹₁", "a¹₁", "z¹₂", "a¹₂", "z²₁", "a²₁", "E"]
    assert names(iteration, "backward") == [
        "∂E/∂a²₁", "δ²₁", "∂E/∂w²₁₁", "∂E/∂w²₁₂", "∂E/∂b²₁",
        "∂E/∂a¹₁", "∂E/∂a¹₂", "δ¹₁", "δ¹₂",
        "∂E/∂w¹₁₁", "∂E/∂w¹₁₂", "∂E/∂b¹₁", "∂E/∂w¹₂₁", "∂E/∂w¹₂₂", "∂E/∂b¹₂",
    ]  # fmt: skip
    assert names(iteration, "update")[0] == "w¹₁₁⁺"


def test_two_digit_indices_are_kept_apart() -> None:
    wide = nnviz.Network([nnviz.Layer([[0.1] * 12])])
    iteration = nnviz.trace(wide, [[1] * 12], [[1]], 0.1, nnviz.Manner(notation="indexed"))
    assert {"w¹₁₁", "w¹₁₉", "w¹₁,₁₀", "w¹₁,₁₂"} <= values_of(iteration).keys()
    assert len(iteration.given) == 1 + 12 + 12 + 1
