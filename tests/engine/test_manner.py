"""What the steps of an iteration are in each manner, for any network; and what the classic mistakes compute."""

from collections.abc import Iterator
from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given

import nnviz
from nnviz.algebra.expressions import Call, Expression, Op, Partial, Ref, leaves
from nnviz.algebra.quantities import Quantity
from nnviz.engine.manner import DETAILS, Detail
from nnviz.engine.naming import gradient
from tests.examples import STEP_BY_STEP
from tests.naming import operands_of, values_of
from tests.oracles.functions import SLOPES, divisor
from tests.oracles.textbook import deltas_of, forward, parameters_of
from tests.problems import Problem, problems

TERM, IN_PLACE = nnviz.Manner("term"), nnviz.Manner(in_place=True)
OUTPUT_FOR_INPUT = nnviz.Manner(output_for_input=True)
X, Y = [[0.3, -0.7]], [[0.2]]


def network_of(*sizes: int) -> nnviz.Network:
    """Return a sigmoid network with biases, whose weights are all different."""
    random = np.random.default_rng(3)
    shapes = pairwise(sizes)
    return nnviz.Network([nnviz.Layer(random.normal(size=(m, n)), random.normal(size=m), "sigmoid") for n, m in shapes])


# A term


def test_the_values_of_some_terms_of_2_2_1() -> None:
    values = values_of(STEP_BY_STEP.trace(TERM))
    expected = {
        "x1·w1": 0.22,
        "x2·w2": 0.63,
        "h1·w5": 0.119,
        "h2·w6": 0.072,
        "∂ŷ/∂w5": 0.85,
        "∂ŷ/∂h1": 0.14,
        "∂h2/∂w4": 3.0,
        "α·∂E/∂w5": -0.0343825,
        "x2·w2⁺": 0.680967,
    }
    for name, number in expected.items():
        assert values[name] == pytest.approx(number, rel=1e-14), name


def test_each_output_has_an_error_of_its_own_and_each_path_a_product() -> None:
    iteration = nnviz.trace(network_of(1, 1, 2), [[0.3]], [[0.2, 0.9]], 0.1, TERM)
    names, values = [step.name for step in iteration.steps], values_of(iteration)
    assert names[names.index("ŷ2") + 1 :][:3] == ["E1", "E2", "E"]
    assert names[-3:] == ["E1⁺", "E2⁺", "E⁺"]
    assert list(iteration.by_name["E"].operands) == ["E1", "E2"]
    assert list(iteration.by_name["∂E/∂h1"].operands) == ["dE/dz2*dz2/dh1", "dE/dz3*dz3/dh1"]
    assert values["E1"] == pytest.approx((values["ŷ1"] - 0.2) ** 2 / 2, rel=1e-15)
    assert values["E2"] == pytest.approx((values["ŷ2"] - 0.9) ** 2 / 2, rel=1e-15)


def terms_of(expression: Expression, outermost: bool = True) -> Iterator[str]:
    """Yield the names of the products within an expression, of quantities and factors alone: its terms."""
    if isinstance(expression, Op):
        parts = [part for part in expression.operands if isinstance(part, Ref | Partial)]
        if expression.operator == "·" and len(parts) == len(expression.operands) and not outermost:
            yield "·".join(str(part.symbol) if isinstance(part, Partial) else part.quantity.name for part in parts)
        for operand in expression.operands:
            yield from terms_of(operand, outermost=False)
    if isinstance(expression, Call):
        yield from terms_of(expression.argument, outermost=False)


@given(problems())
def test_every_product_and_every_factor_is_a_step_before_the_step_that_uses_it(problem: Problem) -> None:
    neuron, term = problem.trace(), problem.trace(TERM)
    order = {step.name: position for position, step in enumerate(term.steps)}
    for step in neuron.steps:
        if step.name.startswith("E") and problem.network.sizes[-1] > 1:
            continue  # a sum of each output's E, above
        factors = [str(leaf.symbol) for leaf in leaves(step.expression) if isinstance(leaf, Partial)]
        terms = list(terms_of(step.expression))
        assert all(order[name] < order[step.name] for name in (*factors, *terms)), (step.name, factors, terms)
        assert set(terms or factors) <= set(operands_of(term, term.by_name[step.name])), step.name
    for step in term.steps:
        assert not any(isinstance(leaf, Partial) for leaf in leaves(step.expression)), step.name
        assert list(terms_of(step.expression)) == [], step.name


@given(problems())
def test_larger_and_smaller_steps_have_the_same_numbers(problem: Problem) -> None:
    neuron = problem.trace()
    for detail in ("layer", "term"):
        values = problem.trace(nnviz.Manner(detail)).values
        for name, value in neuron.values.items():  # E of several outputs is added up in another order by terms
            several = name.startswith("E") and problem.network.sizes[-1] > 1
            assert several or np.array_equal(values[name], value), (detail, name, values[name], value)
            np.testing.assert_allclose(values[name], value, rtol=1e-15, err_msg=name)


# A layer


def test_the_stages_of_a_2_3_2_1_network_in_order() -> None:
    iteration = nnviz.trace(network_of(2, 3, 2, 1), X, Y, 0.1, nnviz.Manner("layer"))
    forward = ["z1 h1 z2 h2 z3 h3", "z4 h4 z5 h5", "z6 ŷ", "E"]
    first = "w1 w2 b1 w3 w4 b2 w5 w6 b3"
    second = "w7 w8 w9 b4 w10 w11 w12 b5"
    last = "w13 w14 b6"
    backward = ["ŷ z6", last, "h4 h5 z4 z5", second, "h1 h2 h3 z1 z2 z3", first]
    expected = [names.split() for names in forward]
    expected += [[f"∂E/∂{name}" for name in names.split()] for names in backward]
    expected += [[f"{name}⁺" for name in names.split()] for names in (first, second, last, *forward)]
    assert [[step.name for step in pause] for pause in iteration.pauses] == expected
    phases = [pause[0].phase for pause in iteration.pauses]
    assert phases == ["forward"] * 4 + ["backward"] * 6 + ["update"] * 3 + ["check"] * 4


# Symbols


def test_indexed_names_of_a_2_3_1_network() -> None:
    iteration = nnviz.trace(network_of(2, 3, 1), X, Y, 0.1, nnviz.Manner(notation="indexed"))
    first = ["w¹₁₁", "w¹₁₂", "b¹₁", "w¹₂₁", "w¹₂₂", "b¹₂", "w¹₃₁", "w¹₃₂", "b¹₃"]
    last = ["w²₁₁", "w²₁₂", "w²₁₃", "b²₁"]
    assert {iteration.plan.by_id[key].name for key in iteration.given} == {"α", "x1", "x2", "y1", *first, *last}
    forward = ["z¹₁", "a¹₁", "z¹₂", "a¹₂", "z¹₃", "a¹₃", "z²₁", "a²₁", "E"]
    slopes = ["∂E/∂a²₁", "δ²₁", *(f"∂E/∂{name}" for name in last)]
    slopes += ["∂E/∂a¹₁", "∂E/∂a¹₂", "∂E/∂a¹₃", "δ¹₁", "δ¹₂", "δ¹₃", *(f"∂E/∂{name}" for name in first)]
    new = [f"{name}⁺" for name in (*first, *last, *forward)]
    assert [step.name for step in iteration.steps] == [*forward, *slopes, *new]
    # w²₁₃ runs from the third hidden neuron to the output, w¹₃₂ from the second input to the third neuron
    assert values_of(iteration)["w²₁₃"] == iteration.start.layers[1].matrix[0, 2]
    assert values_of(iteration)["w¹₃₂"] == iteration.start.layers[0].matrix[2, 1]


def test_indexed_names_of_terms_and_factors() -> None:
    iteration = nnviz.trace(network_of(2, 3, 1), X, Y, 0.1, nnviz.Manner("term", "indexed"))
    operands = {step.name: list(operands_of(iteration, step)) for step in iteration.steps}
    assert operands["z²₁"] == ["a¹₁·w²₁₁", "a¹₂·w²₁₂", "a¹₃·w²₁₃", "b²₁"]
    assert operands["∂E/∂w²₁₃"] == ["∂E/∂a²₁", "∂a²₁/∂z²₁", "∂z²₁/∂w²₁₃", "δ²₁"]
    assert operands["w²₁₃⁺"] == ["w²₁₃", "α·∂E/∂w²₁₃"]


@pytest.mark.parametrize(
    ("manner", "message"),
    [
        ({"detail": "word"}, "detail: allowed are layer, neuron, term; not 'word'"),
        ({"notation": "greek"}, "notation: allowed are numbered, indexed; not 'greek'"),
    ],
)
def test_an_unknown_manner_is_refused_with_all_that_there_are(manner: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        nnviz.Manner(**manner)  # type: ignore[arg-type]


# The classic mistakes


def test_one_mistake_at_a_time() -> None:
    with pytest.raises(ValueError, match="in_place and output_for_input: allowed is one"):
        nnviz.Manner(in_place=True, output_for_input=True)


def test_in_place_2_2_1_by_hand() -> None:
    values, delta = values_of(STEP_BY_STEP.trace(IN_PLACE)), -0.809
    new_w5, new_w6 = 0.14 - 0.05 * delta * 0.85, 0.15 - 0.05 * delta * 0.48
    expected = {
        "∂E/∂w5": -0.68765,
        "∂E/∂w6": -0.38832,
        "w5⁺": 0.1743825,
        "w6⁺": 0.169416,
        "∂E/∂h1": delta * new_w5,
        "∂E/∂h2": delta * new_w6,
        "∂E/∂w1": delta * new_w5 * 2,
        "∂E/∂w2": delta * new_w5 * 3,
        "∂E/∂w3": delta * new_w6 * 2,
        "∂E/∂w4": delta * new_w6 * 3,
        "w4⁺": 0.08 - 0.05 * delta * new_w6 * 3,
    }
    for name, number in expected.items():
        assert values[name] == pytest.approx(number, rel=1e-14), name


@pytest.mark.parametrize("detail", DETAILS)
def test_in_place_the_last_layer_moves_before_the_error_goes_on(detail: Detail) -> None:
    steps = STEP_BY_STEP.trace(nnviz.Manner(detail, in_place=True)).steps
    names = [step.name for step in steps]
    assert max(names.index("w5⁺"), names.index("w6⁺")) < min(names.index("∂E/∂h1"), names.index("∂E/∂h2"))
    phases = [phase for phase, _ in groupby(step.phase for step in steps)]
    assert phases == ["forward", "backward", "update", "backward", "update", "check"]


@given(problems(max_layers=3, is_free=True))
def test_in_place_gradients_are_those_of_a_pass_through_new_weights(problem: Problem) -> None:
    iteration, n_samples = problem.trace(IN_PLACE), len(problem.inputs)
    values, q, layers = iteration.values, iteration.plan.quantities, problem.network.layers

    def table(row: tuple[Quantity, ...]) -> np.ndarray:
        return np.array([np.broadcast_to(values[quantity.id], n_samples) for quantity in row]).T

    def check(number: int, expected: np.ndarray) -> None:
        found = np.array([[values[gradient(w).id] for w in row] for row in q.weights[number]])
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-14, err_msg=f"layer {number}")

    check(len(layers), nnviz.gradients(problem.network, problem.inputs, problem.targets)[-1][0])
    delta = table(tuple(map(gradient, q.sums[-1])))
    for number in range(len(layers) - 1, 0, -1):
        a = table(q.neurons[number])
        new = layers[number].matrix - problem.learning_rate * delta.T @ a
        slope = np.vectorize(SLOPES[layers[number - 1].activation], otypes=[float])
        delta = (delta @ new) * slope(table(q.sums[number]))
        check(number, delta.T @ table(q.neurons[number - 1]))


@given(problems(max_layers=1))
def test_in_place_makes_no_difference_to_one_layer(problem: Problem) -> None:
    wrong, right = problem.trace(IN_PLACE), problem.trace()
    assert [step.name for step in wrong.steps] == [step.name for step in right.steps]
    assert all(np.array_equal(wrong.values[name], value) for name, value in right.values.items())


def test_output_for_input_2_2_1_by_hand() -> None:
    values, delta = values_of(STEP_BY_STEP.trace(OUTPUT_FOR_INPUT)), -0.809
    h1, h2, output = 0.85, 0.48, 0.191
    expected = {
        "∂E/∂w5": delta * output,
        "∂E/∂w6": delta * output,
        "∂E/∂h1": delta * 0.14,
        "∂E/∂h2": delta * 0.15,
        "∂E/∂w1": delta * 0.14 * h1,
        "∂E/∂w2": delta * 0.14 * h1,
        "∂E/∂w3": delta * 0.15 * h2,
        "∂E/∂w4": delta * 0.15 * h2,
        "w4⁺": 0.08 - 0.05 * delta * 0.15 * h2,
    }
    for name, number in expected.items():
        assert values[name] == pytest.approx(number, rel=1e-14), name


@given(problems(max_layers=3))
def test_output_for_input_takes_each_neurons_own_output_and_leaves_deltas_and_biases(problem: Problem) -> None:
    wrong, right = problem.trace(OUTPUT_FOR_INPUT), problem.trace()
    assert [step.name for step in wrong.steps] == [step.name for step in right.steps]
    q, parameters, count = (
        wrong.plan.quantities,
        parameters_of(problem.network),
        divisor(problem.network, len(problem.inputs)),
    )
    slopes = {gradient(w).id: 0.0 for w in q.all_weights}
    for x, y in zip(problem.inputs, problem.targets, strict=True):
        passed = list(forward(problem, parameters, x))
        for number, deltas in enumerate(deltas_of(problem, parameters, passed, y)):
            for row, delta, own in zip(q.weights[number + 1], deltas, passed[number][1], strict=True):
                for w in row:
                    if w.id not in problem.network.absent:
                        slopes[gradient(w).id] += delta * own / count
    for key, value in right.values.items():
        if key in slopes:
            assert wrong.values[key] == pytest.approx(slopes[key], rel=1e-9, abs=1e-12), key
        elif key in wrong.given or wrong.plan.rule_of[key].phase in ("forward", "backward"):
            assert np.array_equal(wrong.values[key], value), key
