"""The trace: the numbers that others have printed, its order, and that it is made of what it says it is made of."""

import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from fractions import Fraction
from math import nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import nnviz
from nnviz.algebra.expressions import Op, Partial, evaluate, leaves, references
from nnviz.algebra.writer import TEXT, in_derivatives
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.losses import LOSSES
from nnviz.engine.manner import DETAILS, PLAIN, Detail
from tests.examples import (
    MAZUR,
    MAZUR_ERRORS,
    MAZUR_PATHS,
    MAZUR_SLOPES,
    MAZUR_WITH_BIASES,
    STEP_BY_STEP,
    STEP_BY_STEP_CHANGES,
    STEP_BY_STEP_PREDICTIONS,
    Example,
    in_decimals_of,
)
from tests.naming import id_of
from tests.oracles.expressions import recomputed
from tests.parameters import bits
from tests.problems import Problem, problems

EXAMPLES = {"step by step": STEP_BY_STEP, "Mazur": MAZUR, "Mazur with biases": MAZUR_WITH_BIASES}


def step_named(iteration: nnviz.Iteration, name: str) -> nnviz.Step:
    """Return the step that computes the quantity."""
    return iteration.steps[iteration.position[id_of(name)] - 1]


@pytest.mark.parametrize(
    ("example", "name"), [(e, name) for e in EXAMPLES for name in EXAMPLES[e].exact], ids=lambda part: part
)
def test_exact_numbers(example: str, name: str) -> None:
    expected = float(EXAMPLES[example].exact[name])
    assert EXAMPLES[example].trace().values[id_of(name)] == pytest.approx(expected, rel=2e-15, abs=0)


@pytest.mark.parametrize(
    ("example", "name"), [(e, name) for e in EXAMPLES for name in EXAMPLES[e].rounded], ids=lambda part: part
)
def test_numbers_to_the_last_printed_digit(example: str, name: str) -> None:
    printed = EXAMPLES[example].rounded[name]
    assert in_decimals_of(printed, EXAMPLES[example].trace().values[id_of(name)]) == printed


@pytest.mark.parametrize("weight", STEP_BY_STEP_CHANGES)
def test_changes_of_the_weights_as_printed(weight: str) -> None:
    gradient, printed = STEP_BY_STEP.trace().values[id_of(f"∂E/∂{weight}")], STEP_BY_STEP_CHANGES[weight]
    assert in_decimals_of(printed, STEP_BY_STEP.learning_rate * gradient) == printed


def test_predictions_iteration_by_iteration() -> None:
    network, found = STEP_BY_STEP.network, []
    for printed in STEP_BY_STEP_PREDICTIONS:
        iteration = nnviz.trace(network, STEP_BY_STEP.inputs, STEP_BY_STEP.targets, STEP_BY_STEP.learning_rate)
        found.append(in_decimals_of(printed, iteration.values[id_of("ŷ")]))
        assert iteration.network is not None
        network = iteration.network
    assert tuple(found) == STEP_BY_STEP_PREDICTIONS


def test_mazur_parts_of_the_error() -> None:
    values = MAZUR.trace().values
    for (output, printed), target in zip(MAZUR_ERRORS.items(), MAZUR.targets[0], strict=True):
        assert in_decimals_of(printed, (values[id_of(output)] - target) ** 2 / 2) == printed


def test_mazur_paths_back_to_the_first_hidden_neuron() -> None:
    iteration = MAZUR.trace()
    path_sum = step_named(iteration, "∂E/∂h1").expression
    assert isinstance(path_sum, Op)
    paths = [recomputed(path, iteration.values) for path in path_sum.operands]
    assert tuple(in_decimals_of(p, v) for p, v in zip(MAZUR_PATHS, paths, strict=True)) == MAZUR_PATHS


@pytest.mark.parametrize(("of", "wrt"), MAZUR_SLOPES, ids=lambda part: part)
def test_mazur_slopes_of_the_sigmoid(of: str, wrt: str) -> None:
    iteration, printed = MAZUR.trace(), MAZUR_SLOPES[of, wrt]
    [slope] = [
        leaf
        for leaf in leaves(step_named(iteration, f"∂E/∂{wrt}").expression)
        if isinstance(leaf, Partial) and str(leaf.symbol) == f"∂{of}/∂{wrt}"
    ]
    assert in_decimals_of(printed, recomputed(slope, iteration.values)) == printed


def test_fixed_biases_stay() -> None:
    after = MAZUR.trace().network
    assert after is not None
    assert bits(after)[1::2] == bits(MAZUR.network)[1::2]


def test_order_of_the_steps() -> None:
    weights = [f"w{number}" for number in range(1, 7)]
    backward = ["ŷ", "w5", "w6", "h1", "h2", "w1", "w2", "w3", "w4"]
    assert [(step.phase, step.name) for step in STEP_BY_STEP.trace().steps] == [
        *(("forward", name) for name in ("h1", "h2", "ŷ", "E")),
        *(("backward", f"∂E/∂{name}") for name in backward),
        *(("update", f"{weight}⁺") for weight in weights),
        *(("check", name) for name in ("h1⁺", "h2⁺", "ŷ⁺", "E⁺")),
    ]


@given(problems())
def test_every_step_recomputes_from_the_values_before_it(problem: Problem) -> None:
    iteration = problem.trace()
    known = dict(iteration.given)
    for step in iteration.steps:
        readings = [step.expression, *([] if step.short is None else [step.short])]
        ids = [q.id for reading in readings for q in references(reading)]
        assert dict(step.operands) == {key: known[key] for key in ids}, step.name
        for reading in readings:
            again = recomputed(reading, known)
            assert np.shape(again) == np.shape(step.value), step.name
            np.testing.assert_allclose(step.value, again, rtol=1e-12, atol=1e-15, err_msg=step.name)
        assert step.id not in known
        known[step.id] = step.value
    assert dict(iteration.values) == known


def shorts(example: Example, manner: nnviz.Manner = PLAIN) -> dict[str, str]:
    """Return the rules that are known in fewer factors too, as they are then written."""
    steps = example.trace(manner).steps
    return {step.name: "".join(in_derivatives(step.short, TEXT)) for step in steps if step.short is not None}


def test_what_is_multiplied_out_is_known_from_the_gradient_in_front() -> None:
    in_one_factor = {
        "∂E/∂w1": "∂E/∂h1·∂h1/∂w1",
        "∂E/∂w2": "∂E/∂h1·∂h1/∂w2",
        "∂E/∂w3": "∂E/∂h2·∂h2/∂w3",
        "∂E/∂w4": "∂E/∂h2·∂h2/∂w4",
    }
    assert shorts(STEP_BY_STEP) == in_one_factor
    assert shorts(STEP_BY_STEP, nnviz.Manner("term")) == in_one_factor
    of_sigmoid = shorts(MAZUR)  # two outputs: ∂E/∂h1 is a sum over paths, from which ∂E/∂z1 and then ∂E/∂w1 start
    assert of_sigmoid["∂E/∂w1"] == "∂E/∂z1·∂z1/∂w1"
    assert of_sigmoid["∂E/∂w5"] == "∂E/∂z3·∂z3/∂w5"
    assert of_sigmoid.keys() == {f"∂E/∂w{n}" for n in range(1, 9)}
    chain = Example(nnviz.Network([nnviz.Layer([[0.5]], [0.1], "sigmoid")] * 2), [[1], [2]], [[0], [1]], 0.1)
    assert shorts(chain) == {
        "∂E/∂w2": "Σ(∂E/∂z2·∂z2/∂w2)",
        "∂E/∂b2": "Σ(∂E/∂z2·∂z2/∂b2)",
        "∂E/∂h1": "∂E/∂z2·∂z2/∂h1",
        "∂E/∂z1": "∂E/∂h1·∂h1/∂z1",
        "∂E/∂w1": "Σ(∂E/∂z1·∂z1/∂w1)",
        "∂E/∂b1": "Σ(∂E/∂z1·∂z1/∂b1)",
    }


@pytest.mark.parametrize("detail", DETAILS)
def test_both_readings_have_the_same_bits(detail: Detail) -> None:
    for example in (STEP_BY_STEP, MAZUR, MAZUR_WITH_BIASES):
        for step in example.trace(nnviz.Manner(detail)).steps:
            if step.shortened is not None:
                assert evaluate(step.shortened.expression, step.operands) == step.value, step.name


@given(problems())
def test_new_weights_come_from_the_old_and_all_gradients_before(problem: Problem) -> None:
    iteration = problem.trace()
    phases = [step.phase for step in iteration.steps]
    assert phases == sorted(phases, key=["forward", "backward", "update", "check"].index)
    for step in iteration.steps:
        if step.phase == "update":
            old = step.id.removesuffix("+")
            assert list(step.operands) == [old, "alpha", f"dE/d{old}"]
        elif step.phase != "check":
            assert not any(key.endswith("+") for key in step.operands), step.name


@pytest.mark.parametrize("inputs", [[[1e200, 3]], [[1e200, 3], [1, 1]]], ids=["one sample", "two samples"])
def test_overflow_ends_the_numbers(inputs: list[list[float]]) -> None:
    iteration = nnviz.trace(STEP_BY_STEP.network, inputs, [[1]] * len(inputs), learning_rate=0.05)
    names = [step.name for step in iteration.steps]
    at = names.index("E")
    assert [step.name for step in iteration.steps if step.overflowed] == ["E"]
    assert iteration.overflow is iteration.steps[at]
    assert all(step.computed and np.all(np.isfinite(step.value)) for step in iteration.steps[:at])
    assert all(not step.computed and np.isnan(step.value) for step in iteration.steps[at + 1 :])
    assert iteration.network is None
    for step in iteration.steps[at:]:
        assert not re.search(r"\b(inf|nan)\b", str(step))
    assert str(iteration.steps[at]).endswith("is too large for a 64-bit float: the error has diverged")
    assert str(iteration.steps[at + 1]).endswith("is not computed: the error has diverged")


def test_overflow_in_one_sample_of_two() -> None:
    network = nnviz.Network([nnviz.Layer([[10.0]])])
    overflow = nnviz.trace(network, [[1e308], [1.0]], [[1], [1]], learning_rate=0.05).overflow
    assert overflow is not None
    assert overflow.name == "ŷ"
    assert str(overflow).endswith("is too large for a 64-bit float: the error has diverged")


def test_nothing_can_be_changed() -> None:
    iteration, weights = STEP_BY_STEP.trace(), [[1.0, 2.0]]
    layer = nnviz.Layer(weights)
    weights[0][0] = 5.0
    assert layer.matrix.tolist() == [[1.0, 2.0]]
    with pytest.raises(FrozenInstanceError):
        iteration.steps = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        iteration.steps[0].value = 1.0  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        iteration.start.loss = "mean_squared_error"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        layer.activation = "tanh"  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        layer.matrix[0, 0] = 5.0


@pytest.mark.parametrize("inputs", [[[2, 3]], [[2, 3], [1, 1]]], ids=["one sample", "two samples"])
def test_no_value_of_a_trace_can_be_changed(inputs: list[list[float]]) -> None:
    iteration = nnviz.trace(STEP_BY_STEP.network, inputs, [[1]] * len(inputs), learning_rate=0.05)
    for step in iteration.steps:
        assert isinstance(step.value, float) or not step.value.flags.writeable, step.name
        with pytest.raises(TypeError):
            step.operands["x1"] = 5.0  # type: ignore[index]
    with pytest.raises(TypeError):
        iteration.given["x1"] = 5.0  # type: ignore[index]


LAYER, NETWORK = nnviz.Layer([[1, 2]]), nnviz.Network([nnviz.Layer([[1, 2]])])
SIGMOID = nnviz.Network([nnviz.Layer([[1, 2]], activation="sigmoid")], loss="binary_cross_entropy")


def traced(**changed: Any) -> Callable[[], object]:
    """Return a call of trace that is right but for what is changed."""
    arguments: dict[str, Any] = {
        "network": NETWORK,
        "inputs": [[2, 3]],
        "targets": [[1]],
        "learning_rate": 0.05,
    } | changed
    return lambda: nnviz.trace(**arguments)


BAD: dict[str, tuple[Callable[[], object], str]] = {
    "weights NaN": (lambda: nnviz.Layer([[1, nan]]), "weights: every number must be finite"),
    "weights inf": (lambda: nnviz.Layer([[1, float("inf")]]), "weights: every number must be finite"),
    "weights too large an integer": (lambda: nnviz.Layer([[10**400]]), "weights: "),
    "weights words": (lambda: nnviz.Layer([["one"]]), "weights: only numbers"),
    "weights ragged": (lambda: nnviz.Layer([[1, 2], [3]]), "weights: only numbers.*rows of equal length"),
    "weights flat": (lambda: nnviz.Layer([1, 2]), r"weights: .* must be 2 .*here is \(2,\)"),
    "weights empty": (lambda: nnviz.Layer([[]]), r"weights: .*empty"),
    "biases too many": (lambda: nnviz.Layer([[1, 2]], [1, 2]), "biases: there must be 1.*there are 2"),
    "biases nested": (lambda: nnviz.Layer([[1, 2]], [[1]]), r"biases: .* must be 1 .*here is \(1, 1\)"),
    "biases NaN": (lambda: nnviz.Layer([[1, 2]], [nan]), "biases: every number must be finite"),
    "activation": (
        lambda: nnviz.Layer([[1, 2]], activation="swish"),
        f"activation: allowed are {', '.join(ACTIVATIONS)}; not 'swish'",
    ),
    "no layers": (lambda: nnviz.Network([]), "layers: there must be at least one"),
    "layers": (
        lambda: nnviz.Network([LAYER, LAYER]),
        "layers: .*layer 2 must .* each neuron of layer 1, 1 in all; here it has 2",
    ),
    "loss": (
        lambda: nnviz.Network([LAYER], loss="hinge"),
        f"loss: allowed are {', '.join(LOSSES)}; not 'hinge'",
    ),
    "last activation": (
        lambda: nnviz.Network([LAYER], loss="binary_cross_entropy"),
        "binary_cross_entropy is allowed only where the last layer’s activation is sigmoid",
    ),
    "inputs NaN": (traced(inputs=[[nan, 3]]), "inputs: every number must be finite"),
    "inputs flat": (traced(inputs=[2, 3]), r"inputs: .* must be 2 .*here is \(2,\)"),
    "inputs too few": (traced(inputs=[[2]]), "inputs: each row must have .* each input, 2 in all; here it has 1"),
    "no inputs": (traced(inputs=np.zeros((0, 2))), "inputs: .*empty"),
    "targets inf": (traced(targets=[[float("inf")]]), "targets: every number must be finite"),
    "targets too many": (traced(targets=[[1, 1]]), r"targets: the shape must be \(1, 1\).*here it is \(1, 2\)"),
    "targets of other samples": (traced(targets=[[1], [1]]), r"targets: the shape must be \(1, 1\).*is \(2, 1\)"),
    "target above 1": (traced(network=SIGMOID, targets=[[1.5]]), "targets: .*from 0 to 1"),
    "target below 0": (traced(network=SIGMOID, targets=[[-0.1]]), "targets: .*from 0 to 1"),
    "rate 0": (traced(learning_rate=0), "learning rate: .*finite number greater than 0; not 0"),
    "rate negative": (traced(learning_rate=-0.1), "learning rate: .*greater than 0; not -0.1"),
    "rate NaN": (traced(learning_rate=nan), "learning rate: .*finite number greater than 0; not nan"),
    "rate inf": (traced(learning_rate=float("inf")), "learning rate: .*finite number greater than 0; not inf"),
    "rate a word": (traced(learning_rate="fast"), "learning rate: .*finite number greater than 0; not 'fast'"),
    "rate None": (traced(learning_rate=None), "learning rate: .*finite number greater than 0; not None"),
}


BAD |= {
    "weights of text": (lambda: nnviz.Layer([["0.1", "0.2"]]), "weights: only numbers"),
    "weights of objects of text": (lambda: nnviz.Layer(np.array([["0.1"]], dtype=object)), "weights: only numbers"),
    "weights complex": (lambda: nnviz.Layer(np.array([[1j]])), "weights: only numbers"),
    "activation in a list": (lambda: nnviz.Layer([[1]], activation=["relu"]), "activation: allowed are identity"),  # type: ignore[arg-type]
    "loss in a list": (lambda: nnviz.Network([LAYER], loss=["hinge"]), "loss: allowed are half_squared"),  # type: ignore[arg-type]
    "another last activation": (lambda: nnviz.Network([LAYER], "binary_cross_entropy"), "that of layer 1 is identity"),
    "a transposed layer": (
        lambda: nnviz.Network([nnviz.Layer([[1, 2], [3, 4], [5, 6]]), nnviz.Layer([[1], [2], [3]])]),
        r"weights of layer 2 must .* neuron of layer 1, 3 in all; here it has 1.*\(n_out, n_in\)",
    ),
    "rate as text": (traced(learning_rate="0.05"), "learning rate: .*greater than 0; not '0.05'"),
    "rate in a list": (traced(learning_rate=[0.05]), r"learning rate: .*greater than 0; not \[0.05\]"),
    "rate in an array": (traced(learning_rate=np.array([0.05])), r"learning rate: .*greater than 0; not array"),
    "rate True": (traced(learning_rate=True), "learning rate: .*greater than 0; not True"),
    "batches of 0": (lambda: nnviz.Batches(0), "size: .*whole number, 1 or more, or None; not 0"),
    "batches of text": (lambda: nnviz.Batches("1"), "size: .*not '1'"),  # type: ignore[arg-type]
    "seed below 0": (lambda: nnviz.Batches(1, -1), "seed: .*whole number, 0 or more, or None; not -1"),
    "iterations True": (lambda: nnviz.train(NETWORK, [[2, 3]], [[1]], 0.05, True), "iterations: .*not True"),
}
OF_ANOTHER_TYPE: dict[str, tuple[Callable[[], object], str]] = {
    "lists for layers": (
        lambda: nnviz.Network([[[0.1, 0.2]]]),  # type: ignore[list-item]
        r"layers: layer 1 must be an nnviz.Layer, such as .*; it is of the type list",
    ),
    "one list for a layer": (lambda: nnviz.Network([LAYER, [[1]]]), "layers: layer 2 must .*type list"),  # type: ignore[list-item]
    "a layer for layers": (lambda: nnviz.Network(LAYER), "layers: it must be a list of nnviz.Layer.*type Layer"),  # type: ignore[arg-type]
    "text for layers": (lambda: nnviz.Network("2-2-1"), "layers: it must be a list of nnviz.Layer.*type str"),  # type: ignore[arg-type]
    "nothing for layers": (lambda: nnviz.Network(None), "layers: it must be a list of nnviz.Layer.*NoneType"),  # type: ignore[arg-type]
    "biases fixed": (lambda: nnviz.Layer([[1]], [1], biases_fixed="yes"), "biases_fixed: .*not 'yes'"),  # type: ignore[arg-type]
    "figure of a network": (lambda: nnviz.figure(NETWORK), "iteration: .*nnviz.trace.*type Network"),  # type: ignore[arg-type]
    "output for input as text": (
        lambda: nnviz.Manner(output_for_input=1),  # type: ignore[arg-type]
        "output_for_input: .*not 1",
    ),
    "in place as text": (lambda: nnviz.Manner(in_place="no"), "in_place: .*not 'no'"),  # type: ignore[arg-type]
    "manner as text": (traced(manner="term"), "manner: it must be an nnviz.Manner.*type str"),
    "batches as a number": (
        lambda: nnviz.train(NETWORK, [[2, 3]], [[1]], 0.05, 1, 10),  # type: ignore[arg-type]
        "batches: it must be an nnviz.Batches.*type int",
    ),
    **{
        f"{name} of a list": (call, "network: it must be an nnviz.Network; it is of the type list")
        for name, call in {
            "trace": traced(network=[LAYER]),
            "predict": lambda: nnviz.predict([LAYER], [[2, 3]]),  # type: ignore[arg-type]
            "loss": lambda: nnviz.loss([LAYER], [[2, 3]], [[1]]),  # type: ignore[arg-type]
            "gradients": lambda: nnviz.gradients([LAYER], [[2, 3]], [[1]]),  # type: ignore[arg-type]
            "train": lambda: nnviz.train([LAYER], [[2, 3]], [[1]], 0.05, 1),  # type: ignore[arg-type]
        }.items()
    },
}


@pytest.mark.each_case
@pytest.mark.parametrize("case", BAD)
def test_bad_arguments_are_refused_in_words(case: str) -> None:
    call, message = BAD[case]
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("case", OF_ANOTHER_TYPE)
def test_what_is_of_another_type_is_refused_in_words(case: str) -> None:
    call, message = OF_ANOTHER_TYPE[case]
    with pytest.raises(TypeError, match=message):
        call()


@pytest.mark.parametrize("rate", [1, np.float32(0.5), np.array(0.5), Fraction(1, 2)])
def test_a_rate_may_be_any_real_number(rate: Any) -> None:
    assert nnviz.trace(NETWORK, [[2, 3]], [[1]], rate).given[id_of("α")] == float(rate)
