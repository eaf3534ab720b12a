"""The program: it runs as it stands, and its numbers are those of the engine and of a textbook."""

import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.engine.activations import ANYWHERE
from nnviz.engine.batches import ALL, Batches
from nnviz.engine.losses import REDUCTIONS, Reduction
from nnviz.explain.numpy_program import Line, program
from nnviz.presets import PRESETS
from tests.asking import link
from tests.oracles.textbook import error, gradients, parameters_of, updated
from tests.problems import Problem

pytestmark = pytest.mark.each_case

KINDS = [("tanh", None, "mean_squared_error"), ("relu", True, "half_squared_error"),
         ("sigmoid", False, "half_squared_error"), ("tanh", True, "binary_cross_entropy"),

         ("tanh", False, "mean_absolute_error"),
         *((name, True, "half_squared_error") for name in ANYWHERE if name != "relu")]  # fmt: skip


def written(preset: dict[str, str]) -> str:
    """Return the program that the page shows for a link, as it is copied."""
    return unescape(re.sub("<[^>]*>", "", link(preset, views=["program"])["program"]["html"]))


def ran(program: str | list[Line]) -> dict[str, Any]:
    """Return the numbers that a program leaves, by name."""
    names: dict[str, Any] = {}
    exec(program if isinstance(program, str) else "\n".join(line.text for line in program), names)
    return names


def network(activation: str, trained: bool | None, loss: str) -> nnviz.Network:
    """Return a 2-3-2 network; its biases are trained, fixed, or not there."""
    random = np.random.default_rng(7)
    last = "sigmoid" if loss == "binary_cross_entropy" else activation

    def layer(n_in: int, n_out: int, name: str) -> nnviz.Layer:
        biases = None if trained is None else random.normal(size=n_out)
        slope = 0.1 if name == "leaky_relu" else None
        return nnviz.Layer(random.normal(size=(n_out, n_in)), biases, name, trained is False, slope)

    return nnviz.Network([layer(2, 3, activation), layer(3, 2, last)], loss)


INPUTS = [[0.5, -1.0], [1.5, 0.25], [-0.75, 2.0], [0.1, 0.2], [1.0, 1.0]]
TARGETS = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0]]


@pytest.mark.parametrize(("activation", "trained", "loss"), KINDS)
@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_its_numbers_are_those_of_a_textbook(
    activation: str, trained: bool | None, loss: str, count: int, reduction: Reduction
) -> None:
    net = replace(network(activation, trained, loss), reduction=reduction)
    problem = Problem(net, INPUTS[:count], TARGETS[:count], 0.3)
    found = ran(program(net, problem.inputs, problem.targets, 0.3, 1, ALL))
    before = parameters_of(net)
    samples = list(range(count))
    slopes, after = gradients(problem, before, samples), updated(problem, before, samples)
    assert found["E"] == pytest.approx(error(problem, before), rel=1e-12)
    for number, ((weights, biases), (rows, shifts)) in enumerate(zip(slopes, after, strict=True), start=1):
        assert found[f"dW{number}"] == pytest.approx(np.array(weights), rel=1e-12)
        assert found[f"W{number}"] == pytest.approx(np.array(rows), rel=1e-12)
        if trained is not None:
            assert found[f"db{number}"][:, 0] == pytest.approx(np.array(biases), rel=1e-12)
        assert (f"b{number}" in found) is (shifts is not None)
        if shifts is not None:
            assert found[f"b{number}"][:, 0] == pytest.approx(np.array(shifts), rel=1e-12)


@pytest.mark.parametrize("batches", [ALL, Batches(2), Batches(2, seed=3), Batches(9)])
@pytest.mark.parametrize("made", [{}, {"in_place": True}, {"output_for_input": True}])
def test_after_many_iterations_it_is_where_training_is(batches: Batches, made: dict[str, Any]) -> None:
    net = network("tanh", True, "mean_squared_error")
    found = ran(program(net, INPUTS, TARGETS, 0.1, 8, batches, **made))
    manner = nnviz.Manner(**made)
    at = net
    for iteration in range(1, 9):
        chosen = batches.of(iteration, len(INPUTS))
        rows = range(len(INPUTS)) if chosen is None else chosen.tolist()
        told = nnviz.trace(at, [INPUTS[row] for row in rows], [TARGETS[row] for row in rows], 0.1, manner)
        assert told.network is not None
        at = told.network
    for number, layer in enumerate(at.layers, start=1):
        assert found[f"W{number}"] == pytest.approx(layer.matrix, rel=1e-10)
        assert layer.vector is not None
        assert found[f"b{number}"][:, 0] == pytest.approx(layer.vector, rel=1e-10)
    assert found["N"] == len(rows)


def test_the_numbers_of_the_post_are_printed() -> None:
    """Those of the home example: its E, its new weights, and its output before the next update."""
    run = subprocess.run(
        [sys.executable, "-c", written({"iteration": "2"})], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    for number in ("iteration 2 E = 0.27695717", "[[0.923619 ]\n [0.5588775]]", "[[0.255745781]]"):
        assert number in run.stdout
    first = ran(written({}))
    assert first["W1"] == pytest.approx(np.array([[0.121326, 0.226989], [0.132135, 0.0982025]]), rel=1e-12)
    assert first["W2"] == pytest.approx(np.array([[0.1743825, 0.169416]]), rel=1e-12)


@pytest.mark.parametrize("preset", PRESETS)
def test_each_example_is_a_program(preset: str) -> None:
    found = ran(written({"preset": preset, "iteration": "3"}))
    setting = PRESETS[preset]
    at = setting.network
    for iteration in range(1, 4):
        batch = setting.batches.of(iteration, len(setting.inputs))
        rows = range(len(setting.inputs)) if batch is None else batch.tolist()
        inputs, targets = ([whole[row] for row in rows] for whole in (setting.inputs, setting.targets))
        told = nnviz.trace(at, inputs, targets, setting.learning_rate)
        assert told.network is not None
        at = told.network
    assert found["iteration"] == 3
    for number, layer in enumerate(at.layers, start=1):
        assert found[f"W{number}"] == pytest.approx(layer.matrix, rel=1e-9)


def test_numbers_have_all_their_bits() -> None:
    net = network("tanh", None, "mean_squared_error")
    text = "\n".join(line.text for line in program(net, [[1 / 3, -0.0]], [[1e-300, 1e300]], 0.1 + 0.2, 1, ALL))
    assert "0.3333333333333333, -0.0" in text
    assert "1e-300, 1e+300" in text
    assert "rate = 0.30000000000000004" in text


def test_it_is_only_made_where_it_is_shown() -> None:
    assert link({})["program"] is None
    assert link({}, lesson="sigmoid", views=["program"])["program"] is None


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("detail", ["layer", "neuron", "term"])
def test_each_step_has_a_line_of_the_program(preset: str, detail: str) -> None:
    first = link({"preset": preset, "detail": detail}, views=["program"])
    of_lines = set(re.findall('data-stage="([^"]*)"', first["program"]["html"]))
    for step in (1, first["steps"] // 2, first["steps"]):
        reply = link({"preset": preset, "detail": detail, "step": str(step)})
        stages = [view["stages"] for view in reply["views"]]
        assert all(set(found) <= of_lines for found in stages)
        assert all(stages[1:])


def test_the_lines_of_a_stage_compute_it() -> None:
    html = link({"preset": "xor"}, views=["program"])["program"]["html"]
    lines: dict[str, list[str]] = {}
    for stage, text in re.findall('<span data-stage="([^"]*)">([^<]*)</span>', html):
        lines.setdefault(stage, []).append(unescape(text).strip().partition(" ")[0])
    assert lines == {
        "forward-1": ["Z1", "A1"], "forward-2": ["Z2", "A2"], "loss-2": ["E"], "delta-2": ["dZ2"],
        "gradients-2": ["dW2", "db2"], "delta-1": ["dZ1"], "gradients-1": ["dW1", "db1"],
        "update-1": ["W1", "b1"], "update-2": ["W2", "b2"],
    }  # fmt: skip
