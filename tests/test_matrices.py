"""The matrices: computed with as they are written, with the numbers that belong into them, every equation is true."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import nnviz
from nnviz.draw import matrices
from nnviz.draw.card import card
from nnviz.draw.matrices import passes
from nnviz.draw.values import known
from nnviz.engine.manner import Manner
from nnviz.engine.quantities import NOTATIONS
from nnviz.lessons.presets import PRESETS
from tests.examples import STEP_BY_STEP, Example
from tests.networks import EXAMPLES
from tests.oracles.matrices import equations, worth

SAMPLES = {
    name: Example(PRESETS[name].network, list(PRESETS[name].inputs), list(PRESETS[name].targets), 0.3)
    for name in ("and", "xor", "fahrenheit")
}
every_network = pytest.mark.parametrize("example", (EXAMPLES | SAMPLES).values(), ids=EXAMPLES | SAMPLES)


@pytest.mark.parametrize("notation", NOTATIONS)
@every_network
def test_every_equation_is_true(example: Example, notation: str) -> None:
    iteration = example.trace(Manner(notation=notation))
    of_samples = [{item.name: item.value for item in known(iteration, n)} for n in range(len(example.inputs))]
    seen = set()
    for html in passes(iteration.plan).values():
        for parts in equations(html):
            at = parts.index("=")
            left, right = parts[:at], parts[at + 1 :]
            if right[0] == "Σ":
                expected = sum(worth(right[1:], of_sample) for of_sample in of_samples)
                pairs = [(worth(left, of_samples[0]), expected)]
            else:
                pairs = [(worth(left, of_sample), worth(right, of_sample)) for of_sample in of_samples]
            for found, expected in pairs:
                assert found.shape == expected.shape, parts
                np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12, err_msg=str(parts))
            seen |= {name for row in left[0] for name in row}
    q = iteration.plan.quantities
    parameters = iteration.plan.trained
    assert {p.after_update().name for p in parameters} <= seen
    assert {n.name for row in q.neurons[1:] for n in row} <= seen


def test_the_weights_stand_as_the_notation_has_them() -> None:
    rows, columns = (passes(STEP_BY_STEP.trace(Manner(notation=n)).plan)["forward"] for n in NOTATIONS)
    assert list(equations(rows)) == [
        [[["h1", "h2"]], "=", [["x1", "x2"]], "·", [["w1", "w3"], ["w2", "w4"]]],
        [[["ŷ"]], "=", [["h1", "h2"]], "·", [["w5"], ["w6"]]],
    ]
    assert list(equations(columns)) == [
        [[["a¹₁"], ["a¹₂"]], "=", [["w¹₁₁", "w¹₁₂"], ["w¹₂₁", "w¹₂₂"]], "·", [["x1"], ["x2"]]],
        [[["a²₁"]], "=", [["w²₁₁", "w²₁₂"]], "·", [["a¹₁"], ["a¹₂"]]],
    ]


def test_the_update_is_that_of_the_post_in_matrices() -> None:
    # [[w1, w3], [w2, w4]]⁺ = [[w1, w3], [w2, w4]] − α·Δ·[x1; x2]·[w5, w6], and Δ·[w5, w6] is [∂E/∂h1, ∂E/∂h2].
    assert next(equations(passes(STEP_BY_STEP.trace().plan)["update"])) == [
        [["w1⁺", "w3⁺"], ["w2⁺", "w4⁺"]], "=", [["w1", "w3"], ["w2", "w4"]], "−α·",
        [["x1"], ["x2"]], "·", [["∂E/∂h1", "∂E/∂h2"]],
    ]  # fmt: skip


@every_network
def test_the_numbers_are_not_in_the_matrices_but_places_for_them(example: Example) -> None:
    for html in passes(example.trace().plan).values():
        tree = ET.fromstring(f"<div>{html.replace(' data-few', '')}</div>")
        places = [node for node in tree.iter("mn") if "data-value" in node.attrib]
        assert places
        assert {node.text for node in places} == {"·"}


def test_a_step_of_a_layer_shows_its_equations_and_the_loss_its_formula() -> None:
    iteration = STEP_BY_STEP.trace(Manner("layer"))
    for cursor, pause in enumerate(iteration.pauses, start=1):
        shown = list(equations(card(iteration, cursor)))
        if pause[0].name in ("E", "E⁺", "∂E/∂ŷ"):
            assert shown == [], pause[0].name
        else:
            names = {name for parts in shown for row in parts[0] for name in row}
            assert names == {step.name for step in pause}


def test_symbols_are_written_out_for_matrices_that_are_small() -> None:
    def has_symbols(n_in: int) -> bool:
        iteration = nnviz.trace(nnviz.Network([nnviz.Layer([[0.1] * n_in])]), [[1] * n_in], [[1]], 0.1)
        rule = iteration.plan.rules[0]
        return re.search(r"<mtd><mrow", matrices.html(iteration.plan, rule.phase, rule.stage)) is not None

    assert has_symbols(4)
    assert not has_symbols(5)
