"""The matrices: computed with as they are written, with the numbers that belong into them, every equation is true."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import nnviz
from nnviz.engine.manner import Manner, Mistake
from nnviz.engine.naming import NOTATIONS, Notation
from nnviz.explain import matrix_html
from nnviz.explain.formula import formula
from nnviz.explain.matrix_html import passes
from nnviz.explain.values import as_json, held, known
from nnviz.presets import PRESETS
from tests.examples import STEP_BY_STEP, Example
from tests.networks import CONSTRAINED, EXAMPLES
from tests.oracles.functions import OF_ARRAYS
from tests.oracles.matrices import IN_FRACTIONS, Parts, equations, signed, summed, worth
from tests.tellings import UPDATES, told

SAMPLES = {
    name: Example(PRESETS[name].network, PRESETS[name].inputs, PRESETS[name].targets, 0.3)
    for name in ("and", "xor", "fahrenheit")
}
HELD = {
    "constrained": CONSTRAINED,
    "constrained, of two samples": replace(
        CONSTRAINED, inputs=[*CONSTRAINED.inputs, [1.13, 0.41]], targets=[*CONSTRAINED.targets, [-0.23, 0.67]]
    ),
}
NETWORKS = EXAMPLES | SAMPLES | HELD
every_network = pytest.mark.parametrize("example", NETWORKS.values(), ids=NETWORKS)


def tie_of(left: Parts) -> Callable[[np.ndarray], np.ndarray]:
    """Return the function that adds up what stands in places of one name in a matrix on the left."""
    names = np.array(left[0])

    def tie(own: np.ndarray) -> np.ndarray:
        return np.array([[own[names == name].sum() for name in row] for row in names])

    return tie


@pytest.mark.parametrize("notation", NOTATIONS)
@every_network
def test_every_equation_is_true(example: Example, notation: Notation) -> None:
    iteration = example.trace(Manner(notation=notation, input_gradients=True))
    of_samples = [
        {item.id: item.value for item in (*held(iteration), *known(iteration, n))} for n in range(len(example.inputs))
    ]
    seen = set()
    for html in passes(iteration.plan).values():
        for parts in equations(html):
            at = parts.index("=")
            left, right = parts[:at], parts[at + 1 :]
            right, of_many = summed(right)
            own = OF_ARRAYS | {"tie": tie_of(left)}
            if of_many:
                expected = sum((worth(right, of_sample, own) for of_sample in of_samples), np.zeros(1))
                pairs = [(worth(left, of_samples[0]), expected)]
            else:
                pairs = [(worth(left, of_sample), worth(right, of_sample, own)) for of_sample in of_samples]
            for found, expected in pairs:
                assert found.shape == expected.shape, parts
                np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12, err_msg=str(parts))
            seen |= {name for row in left[0] for name in row}
    q = iteration.plan.quantities
    parameters = iteration.plan.trained
    assert {p.after_update().id for p in parameters} <= seen
    assert {n.id for row in q.neurons[1:] for n in row} <= seen
    assert {f"dE/d{x.id}" for x in q.neurons[0]} <= seen


def test_the_weights_stand_as_the_notation_has_them() -> None:
    rows, columns = (passes(STEP_BY_STEP.trace(Manner(notation=n)).plan)["forward"] for n in NOTATIONS)
    assert list(equations(rows)) == [
        [[["h1", "h2"]], "=", [["x1", "x2"]], "·", [["w1", "w3"], ["w2", "w4"]]],
        [[["yhat"]], "=", [["h1", "h2"]], "·", [["w5"], ["w6"]]],
    ]
    assert list(equations(columns)) == [
        [[["h1"], ["h2"]], "=", [["w1", "w2"], ["w3", "w4"]], "·", [["x1"], ["x2"]]],
        [[["yhat"]], "=", [["w5", "w6"]], "·", [["h1"], ["h2"]]],
    ]


def test_the_update_is_that_of_the_post_in_matrices() -> None:
    # [[w1, w3], [w2, w4]]⁺ = [[w1, w3], [w2, w4]] − α·Δ·[x1; x2]·[w5, w6], and Δ·[w5, w6] is [∂E/∂h1, ∂E/∂h2].
    assert next(equations(passes(STEP_BY_STEP.trace().plan)["update"])) == [
        [["w1+", "w3+"], ["w2+", "w4+"]], "=", [["w1", "w3"], ["w2", "w4"]], "−", "alpha", "·",
        [["x1"], ["x2"]], "·", [["dE/dh1", "dE/dh2"]],
    ]  # fmt: skip


# What is shown, multiplied out


@pytest.mark.parametrize("mistake", UPDATES)
@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("preset", PRESETS)
def test_equal_is_said_where_the_numbers_shown_give_the_result_shown_and_nowhere_else(
    preset: str, notation: Notation, mistake: Mistake | None
) -> None:
    iteration = told(preset, "neuron", notation, mistake).iteration
    for sample in {0, iteration.plan.n_samples - 1}:
        page = as_json(iteration, len(iteration.pauses), sample)
        numbers = {
            name: Fraction(entry["few"].replace("−", "-")) for name, entry in page.items() if entry["kind"] != "sign"
        }
        for sign, parts in (found for html in passes(iteration.plan).values() for found in signed(html)):
            right = parts[2:]
            is_given = "…" not in right and np.all(worth(parts[:1], numbers) == worth(right, numbers, IN_FRACTIONS))
            assert page[sign]["text"] == ("=" if is_given else "≈"), (
                sign,
                parts,
                {k: str(v) for k, v in numbers.items()},
            )


@pytest.mark.parametrize("preset", PRESETS)
def test_a_sign_is_known_with_the_last_of_its_numbers(preset: str) -> None:
    iteration = told(preset).iteration
    page = as_json(iteration, len(iteration.pauses), 0)
    seen = 0
    for sign, parts in (found for html in passes(iteration.plan).values() for found in signed(html)):
        matrices = [part for part in parts if not isinstance(part, str)]
        since = [page[name]["since"] for rows in matrices for row in rows for name in row]
        assert page[sign]["since"] == max(since), sign
        seen += 1
    assert seen > 3


def test_signs_of_2_2_1_by_hand() -> None:
    iteration = STEP_BY_STEP.trace()
    page = as_json(iteration, len(iteration.pauses), 0)
    # 0.85·0.14 + 0.48·0.15 = 0.191; −0.809·0.85 = −0.68765, which four digits show as −0.6876
    assert [page[sign]["text"] for sign in ("forward-forward-2-0", "backward-gradients-2-0")] == ["=", "≈"]
    assert page["dE/dw5"]["few"] == "−0.6876"


def test_each_sample_of_a_sum_shows_its_own_numbers() -> None:
    iteration = told("xor").iteration
    page = as_json(iteration, len(iteration.pauses), 2)
    values = {name: np.broadcast_to(value, 4) for name, value in iteration.values.items()}
    for number in range(4):
        for name in ("dE/dz4", "h2", "x1"):
            text = page[f"{name}({number + 1})"]["text"].replace("−", "-")
            assert float(text) == pytest.approx(values[name][number], rel=1e-6), (name, number)
    assert all(page["h2"][part] == page["h2(3)"][part] for part in ("since", "text"))


@every_network
def test_the_numbers_are_not_in_the_matrices_but_places_for_them(example: Example) -> None:
    for html in passes(example.trace().plan).values():
        tree = ET.fromstring(f"<div>{html}</div>")
        places = [node for node in tree.iter("mn") if "data-value" in node.attrib]
        assert places
        assert {node.text for node in places} == {"·"}
        signs = [node for node in tree.iter("mo") if "data-value" in node.attrib]
        assert {(node.text, node.attrib["data-unknown"]) for node in signs} == {("…", "…")}
        assert not {"=", "α"} & {node.text for line in tree.iter("p") if line.find(".//mn[@data-value]") is not None
                                 for node in line.iter()}  # fmt: skip


def test_a_step_of_a_layer_shows_its_equations_and_the_loss_its_formula() -> None:
    iteration = STEP_BY_STEP.trace(Manner("layer"))
    for cursor, pause in enumerate(iteration.pauses, start=1):
        shown = list(equations(formula(iteration, cursor)))
        if pause[0].name in ("E", "E⁺", "∂E/∂ŷ"):
            assert shown == [], pause[0].name
        else:
            names = {name for parts in shown for row in parts[0] for name in row}
            assert names == {step.id for step in pause}


def test_symbols_are_written_out_for_matrices_that_are_small() -> None:
    def has_symbols(n_in: int) -> bool:
        iteration = nnviz.trace(nnviz.Network([nnviz.Layer([[0.1] * n_in])]), [[1] * n_in], [[1]], 0.1)
        rule = iteration.plan.rules[0]
        return re.search(r"<mtd><mrow", matrix_html.html(iteration.plan, rule.phase, rule.stage)) is not None

    assert has_symbols(4)
    assert not has_symbols(5)


def test_what_is_tied_is_equal_to_its_sum() -> None:
    # z = (1 + 2 + 0.5, 3 + 4 + 0.5), ŷ = 3.5 + 7.5 = 11 and ∂E/∂ŷ = 1, so each ∂E/∂z is 1, and ∂E/∂b1 is 1 + 1.
    network = nnviz.Network(
        [nnviz.Layer([[1, 2], [3, 4]], [0.5, 0.5]), nnviz.Layer([[1, 1]])], fixed=["w1"], tied=[["b1", "b2"]]
    )
    iteration = nnviz.trace(network, [[1, 1]], [[10]], 0.1)
    page = as_json(iteration, len(iteration.pauses), 0)
    assert page["dE/db1"]["text"] == "2"
    assert [page[f"backward-gradients-1-{n}"]["text"] for n in (0, 1)] == ["=", "="]
    assert (page["dE/dw1"]["text"], page["w1+"]["text"]) == ("0", "1")
