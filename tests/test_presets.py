"""Every preset: its numbers; every plan, in each detail and notation: its order, and that all of it can be shown."""

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.algebra.expressions import Num, Partial, Ref, Value, leaves
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.solution import read, solve
from nnviz.algebra.writer import TEXT
from nnviz.charts.theme import Look
from nnviz.engine.manner import DETAILS, Detail, Mistake
from nnviz.engine.naming import NOTATIONS, Notation
from nnviz.lessons.network.run import NetworkRun
from nnviz.lessons.network.view import screen_of
from nnviz.presets import PRESETS, Preset
from nnviz.text import say
from tests.oracles.expressions import recomputed
from tests.oracles.lines import computed
from tests.oracles.textbook import central_differences
from tests.problems import of_preset
from tests.tellings import PLANS, TELLINGS, TELLINGS_OF_ALL, UPDATES, Telling, identity, of_sample, told

every_telling = pytest.mark.parametrize("telling", TELLINGS, ids=identity)
every_telling_of_all = pytest.mark.parametrize("telling", TELLINGS_OF_ALL, ids=identity)
every_plan = pytest.mark.parametrize("preset", PLANS)
every_preset = pytest.mark.parametrize("preset", PRESETS)
Parameters = list[tuple[Quantity, int, tuple[int, ...]]]


def parameters(run: NetworkRun) -> Parameters:
    """Return each trained parameter, its layer, and its index there: (unit, source), or (unit,) of a bias."""
    found: Parameters = []
    q = run.iteration.plan.quantities
    for number, layer in enumerate(run.iteration.start.layers):
        for (unit, source), _ in np.ndenumerate(layer.matrix):
            found.append((q.weights[number + 1][unit][source], number, (unit, source)))
        if layer.biases is not None and not layer.biases_fixed:
            found += [(q.biases[number + 1][unit], number, (unit,)) for unit in range(len(layer.matrix))]
    return found


@cache
def differences(key: str, layer: int, unit: int | None) -> list[float]:
    """Return the central differences of a preset for the weights of a neuron, or for the biases of a layer."""
    return central_differences(of_preset(key), layer, unit)


@cache
def matrix_form(key: str) -> tuple[Preset, list[tuple[np.ndarray, np.ndarray | None]], nnviz.Network]:
    """Return a preset, its gradients, and the network after one update, all in matrices."""
    preset = PRESETS[key]
    slopes = nnviz.gradients(preset.network, preset.inputs, preset.targets)
    history = nnviz.train(preset.network, preset.inputs, preset.targets, preset.learning_rate, iterations=1)
    return preset, slopes, history.network


@cache
def shown(telling: Telling) -> dict[int, dict[str, Any]]:
    """Return the screen_of of all cursors, as JSON brings them to a browser."""
    run, found = told(*telling), dict[int, dict[str, Any]]()
    for cursor in range(run.end, -1, -1):
        if cursor in found:
            continue
        sent = screen_of(run, cursor, Look())
        received = json.loads(json.dumps(sent, allow_nan=False))
        found |= {received["first"] + n: view | {"values": sent["values"]} for n, view in enumerate(received["views"])}
    return found


@every_telling_of_all
def test_every_step_recomputes_from_the_values_before_it(telling: Telling) -> None:
    iteration = told(*telling).iteration
    known = dict(iteration.given)
    for step in iteration.steps:
        assert all(np.array_equal(value, known[key]) for key, value in step.operands.items()), step.name
        again = recomputed(step.expression, known)
        np.testing.assert_allclose(step.value, again, rtol=1e-12, atol=1e-17, strict=True, err_msg=step.name)
        assert step.id not in known
        known[step.id] = step.value
    assert all(np.array_equal(value, known[name]) for name, value in iteration.values.items())


@every_telling
def test_pauses_are_the_steps_in_order_each_in_one_of_them(telling: Telling) -> None:
    run = told(*telling)
    iteration = run.iteration
    assert [step for pause in iteration.pauses for step in pause] == list(iteration.steps)
    assert all(iteration.pauses)
    assert all(len(pause) == 1 for pause in iteration.pauses) or telling[1] == "layer"
    for number, pause in enumerate(iteration.pauses, start=1):
        assert {iteration.position[step.id] for step in pause} == {number}
        assert len({step.phase for step in pause}) == 1
    ends = [0, *(end for _, end in run.passes)]
    assert [phase for phase, _ in run.passes] == ["forward", "backward", "update", "check"]
    assert ends == sorted(set(ends))
    assert ends[-1] == len(iteration.pauses)


# In one telling: the others have the same numbers, bit by bit, as is shown below.
@every_preset
def test_values_are_those_of_the_matrix_form(preset: str) -> None:
    run = told(preset)
    iteration, (of, slopes, after) = run.iteration, matrix_form(preset)
    values, q = iteration.values, iteration.plan.quantities

    def agree(found: Value | None, expected: Value | None, name: str) -> None:
        assert found is not None, name
        assert expected is not None, name
        np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-16, err_msg=name)

    for network, row, loss in (
        (of.network, q.neurons[-1], q.loss),
        (after, [a.after_update() for a in q.neurons[-1]], q.loss.after_update()),
    ):
        outputs = nnviz.predict(network, of.inputs).T
        for a, expected in zip(row, outputs, strict=True):
            agree(values[a.id], expected if len(of.inputs) > 1 else expected[0], a.name)
        agree(values[loss.id], nnviz.loss(network, of.inputs, of.targets), loss.name)
    found = iteration.network
    assert found is not None
    for parameter, number, index in parameters(run):
        part = len(index) == 1
        slope = slopes[number][part]
        assert slope is not None
        agree(values[f"dE/d{parameter.id}"], slope[index], f"∂E/∂{parameter.name}")
        for layer in (after.layers[number], found.layers[number]):
            new = layer.vector if part else layer.matrix
            assert new is not None
            agree(values[f"{parameter.id}+"], new[index], f"{parameter.name}⁺")
    assert {p.name for p, _, _ in parameters(run)} == {p.name for p in iteration.plan.trained}


@pytest.mark.parametrize("preset", [key for key, preset in PRESETS.items() if not preset.network.shape.by_rule])
def test_gradients_are_central_differences(preset: str) -> None:
    run = told(preset)
    scale = max(1.0, abs(float(run.iteration.values["E"])))
    for parameter, number, index in parameters(run):
        name = f"dE/d{parameter.id}"
        *unit, at = index
        expected = differences(preset, number, unit[0] if unit else None)[at]
        assert run.iteration.values[name] == pytest.approx(expected, rel=1e-6, abs=1e-10 * scale), name


@every_plan
@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_details_agree_on_all_that_they_share_bit_by_bit(preset: str, notation: Notation) -> None:
    layer, neuron, term = (told(preset, detail, notation).iteration for detail in DETAILS)
    assert [step.name for step in layer.steps] != []
    assert {step.name for step in layer.steps} == {step.name for step in neuron.steps}
    assert [step.id for step in term.steps if step.id in neuron.values] == [step.id for step in neuron.steps]
    for name, value in neuron.values.items():
        assert np.array_equal(value, layer.values[name]), (name, value, layer.values[name])
        assert np.array_equal(value, term.values[name]), (name, value, term.values[name])


@every_plan
@pytest.mark.parametrize("detail", DETAILS)
def test_the_notations_have_equal_values_in_the_same_order(preset: str, detail: Detail) -> None:
    numbered, indexed = (told(preset, detail, notation).iteration for notation in NOTATIONS)
    for one, other in zip(numbered.steps, indexed.steps, strict=True):
        assert (one.id, one.phase) == (other.id, other.phase), (one.name, other.name)
        assert one.quantity.place == other.quantity.place, (one.name, other.name)
        assert np.array_equal(one.value, other.value), (one.name, one.value, other.name, other.value)
    assert numbered.plan.pauses == indexed.plan.pauses


@every_telling
def test_every_cursor_has_its_words_and_its_formula(telling: Telling) -> None:
    run, found = told(*telling), shown(telling)
    assert sorted(found) == list(range(run.end + 1))
    for cursor, view in found.items():
        assert view["title"].strip(), cursor
        assert view["sentence"].strip(), cursor
        assert not {"{", "}"} & set(view["title"] + view["sentence"]), view["sentence"]
        assert "nan" not in view["formula"], cursor
        assert bool(view["formula"]) == bool(cursor), cursor
    titles = [view["title"] for cursor, view in sorted(found.items())]
    assert len(set(titles)) == len(titles)


@every_telling
def test_every_cursor_names_its_quantities_and_their_places(telling: Telling) -> None:
    run, found = told(*telling), shown(telling)
    for cursor, pause in enumerate(run.iteration.pauses, start=1):
        view = found[cursor]
        assert set(view["names"]) == {name for step in pause for name in (step.id, *step.operands)}, cursor
        assert view["at"] == list(dict.fromkeys(step.quantity.place.key for step in pause)), cursor
        for name in view["names"]:
            assert view["values"][name]["since"] <= cursor, (cursor, name)
    assert (found[0]["names"], found[0]["at"]) == ([], [])


@every_telling_of_all
def test_shown_operands_give_the_shown_result(telling: Telling) -> None:
    iteration = told(*telling).iteration
    last = iteration.plan.n_samples - 1
    for step in iteration.steps:
        for sample in {0, last}:
            solution = solve(step, sample)
            if solution.of_sample is not None and "…" in "".join(read(solution, TEXT) or ()):
                solution = solution.of_sample
            assert solution.result is not None, step.name
            if isinstance(solution.written, Num | Ref):  # one number is the result, and says whether it is rounded
                of = solution.written
                value = of.value if isinstance(of, Num) else of_sample(iteration.values[of.id], sample)
                is_whole = float(f"{value:.15g}") == float(f"{value:.7g}")
                assert solution.relation == ("=" if is_whole else "≈"), (step.name, value)
                assert solution.result.value == float(f"{value:.7g}"), step.name
                continue
            text = "".join(read(solution, TEXT) or ())
            assert float(f"{computed(text):.7g}") == solution.result.value, f"{step.name} = {text} = {solution.result}"


@every_telling
@pytest.mark.parametrize("mistake", UPDATES)
def test_the_whole_chain_rules_are_those_of_the_same_iteration(telling: Telling, mistake: Mistake | None) -> None:
    run = told(*telling, mistake)
    whole = run.whole
    for parameter in whole.plan.trained:
        name = f"dE/d{parameter.id}"
        assert np.array_equal(whole.values[name], run.iteration.values[name]), name
        factors = [leaf for leaf in leaves(whole.by_id[name].expression) if isinstance(leaf, Partial)]
        assert factors, name
    assert set(whole.values) <= set(run.iteration.values)


@every_preset
def test_every_preset_says_its_name_its_source_and_what_to_look_at(preset: str) -> None:
    words = [say(f"preset.{preset}.{part}", source="a source") for part in ("name", "source", "look")]
    assert all(text.strip() for text in words)
    names = [say(f"preset.{key}.name") for key in PRESETS]
    assert names.count(words[0]) == 1
    assert words[2].endswith(".")
