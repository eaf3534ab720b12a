"""Every number that the page may show: when it is known, what it is, and that no place waits for one for ever."""

import json
import math
import re
from functools import cache

import numpy as np
import pytest

import nnviz
from nnviz.engine.manner import MISTAKES, Mistake
from nnviz.engine.naming import NOTATIONS, Notation
from nnviz.engine.plan import Plan
from nnviz.explain.matrix_html import passes
from nnviz.explain.parameter_table import ParameterTable, table
from nnviz.explain.values import as_json, known
from nnviz.presets import PRESETS
from nnviz.protocol import ShownNumber
from tests.examples import STEP_BY_STEP
from tests.networks import DIVERGING
from tests.tellings import PLANS, TELLINGS, TELLINGS_OF_ALL, Telling, identity, of_sample, told

every_telling = pytest.mark.parametrize("telling", TELLINGS, ids=identity)
every_telling_of_all = pytest.mark.parametrize("telling", TELLINGS_OF_ALL, ids=identity)

# What the 2-2-1 network has to show, with the number of steps after which it is known
HOME = {
    "alpha": (0, "0.05"),
    "x1": (0, "2"),
    "y": (0, "1"),
    "w5": (0, "0.14"),
    "h1": (1, "0.85"),
    "h2": (2, "0.48"),
    "yhat": (3, "0.191"),
    "E": (4, "0.3272405"),
    "dE/dyhat": (5, "−0.809"),
    "dyhat/dw5": (6, "0.85"),
    "dE/dw5": (6, "−0.68765"),
    "dyhat/dw6": (7, "0.48"),
    "dE/dw6": (7, "−0.38832"),
    "dyhat/dh1": (8, "0.14"),
    "dE/dh1": (8, "−0.11326"),
    "dyhat/dh2": (9, "0.15"),
    "dh1/dw1": (10, "2"),
    "dE/dw1": (10, "−0.22652"),
    "dh2/dw4": (13, "3"),
    "dE/dw4": (13, "−0.36405"),
    "-alpha*dE/dw1": (14, "0.011326"),
    "w1+": (14, "0.121326"),
    "-alpha*dE/dw6": (19, "0.019416"),
    "w6+": (19, "0.169416"),
    "h1+": (20, "0.923619"),
    "yhat+": (22, "0.2557458"),
    "E+": (23, "0.2769572"),
}


@cache
def shown(telling: Telling, sample: int = 0) -> dict[str, ShownNumber]:
    """Return all numbers at the end of an iteration."""
    iteration = told(*telling).iteration
    return as_json(iteration, len(iteration.pauses), sample)


@cache
def table_of(plan: Plan) -> ParameterTable:
    """Return the table, made once."""
    return table(plan)


def test_2_2_1_by_hand() -> None:
    found = shown(("2-2-1", "neuron", "numbered"))
    assert {name: (found[name]["since"], found[name]["text"]) for name in HOME} == HOME
    of_neuron = {"since": 1, "text": "0.85", "few": "0.85", "kind": "hidden"}
    assert found["h1"] == of_neuron | {"in_full": "h1 = 0.85", "is_rounded": False}
    exact = found["yhat+"]["in_full"]
    of_output = {"since": 22, "text": "0.2557458", "few": "0.2557", "kind": "prediction"}
    assert found["yhat+"] == of_output | {"in_full": exact, "is_rounded": True}
    assert re.fullmatch(r"ŷ⁺ = 0\.2557457808\d*", exact)
    assert found["dyhat/dh1"]["kind"] == "weight"  # as it equals w5
    assert found["-alpha*dE/dw1"]["kind"] == "gradient"


def nameless(number: ShownNumber) -> ShownNumber:
    """Return a number without its name, which follows the notation."""
    return number | {"in_full": ""}


def test_2_2_1_in_the_other_notation_by_hand() -> None:
    found = shown(("2-2-1", "neuron", "indexed"))
    expected = {
        "w²₁₁": (0, "0.14", "0.14"),
        "a¹₁": (1, "0.85", "0.85"),
        "a²₁": (3, "0.191", "0.191"),
        "∂a²₁/∂w²₁₁": (6, "0.85", "0.85"),
        "∂E/∂w²₁₁": (6, "−0.68765", "−0.68765"),
        "∂a²₁/∂a¹₁": (8, "0.14", "0.14"),
        "−α·∂E/∂w²₁₂": (19, "0.019416", "0.019416"),
        "E⁺": (23, "0.2769572", "0.2769571713929189"),
    }
    named = {entry["in_full"].partition(" = ")[0]: entry for entry in found.values()}
    told = {
        name: (named[name]["since"], named[name]["text"], named[name]["in_full"].partition(" = ")[2])
        for name in expected
    }
    assert told == expected
    home = shown(("2-2-1", "neuron", "numbered"))
    assert [nameless(entry) for entry in found.values()] == [nameless(home[key]) for key in found]


@every_telling
def test_nothing_is_sent_beyond_what_is_released(telling: Telling) -> None:
    run, everything = told(*telling), shown(telling)
    for released in {0, 1, run.forward_end, run.end - 1, run.end}:
        found = as_json(run.iteration, released, 0)
        assert found == {name: entry for name, entry in everything.items() if entry["since"] <= released}, released
    assert max(entry["since"] for entry in everything.values()) == run.end


@every_telling
def test_numbers_are_known_from_the_pause_that_computes_them(telling: Telling) -> None:
    iteration, found = told(*telling).iteration, shown(telling)
    expected = dict.fromkeys(iteration.given, 0)
    for number, pause in enumerate(iteration.pauses, start=1):
        expected |= {step.id: number for step in pause}
    assert {name: found[name]["since"] for name in expected} == expected
    others = [name for name, entry in found.items() if name not in expected and "(" not in name]
    for name in [
        name for name in others if found[name]["kind"] != "sign"
    ]:  # factors, known with the gradient that they are in, and changes
        if name.startswith("-alpha*dE/d"):
            assert found[name]["since"] == expected[name.removeprefix("-alpha*dE/d") + "+"], name
        else:
            of, wrt = re.fullmatch("d(.+)/d(.+)", name).groups()  # type: ignore[union-attr]
            assert found[name]["since"] >= expected[of], name
            assert found[name]["since"] == expected[f"dE/d{wrt}"], name


@every_telling_of_all
def test_texts_are_the_numbers_in_seven_and_in_four_digits(telling: Telling) -> None:
    iteration = told(*telling).iteration
    for key, value in iteration.values.items():
        entry, number, name = shown(telling)[key], of_sample(value, 0), iteration.plan.by_id[key].name
        texts = [float(text.replace("−", "-")) for text in (entry["text"], entry["few"])]
        assert texts == [float(f"{number:.7g}"), float(f"{number:.4g}")], name
        assert "-" not in entry["text"] + entry["few"]
        assert entry["is_rounded"] == (float(f"{number:.7g}") != number), name
        label, _, digits = entry["in_full"].partition(" = ")
        assert (label, float(digits.replace("−", "-"))) == (name, number)
        assert entry["kind"], name


@every_telling
def test_no_cell_of_the_table_and_no_entry_of_a_matrix_stays_empty(telling: Telling) -> None:
    iteration, found = told(*telling).iteration, shown(telling)
    names = {name for row in table_of(iteration.plan).rows.values() for name in row.values()}
    html = "".join(passes(iteration.plan).values())
    entries = set(re.findall('data-value="([^"]*)"', html))
    assert len(names) > 4
    assert len(entries) > 4
    assert names - found.keys() == set()
    assert entries - found.keys() == set()


@pytest.mark.parametrize("preset", PLANS)
@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_with_a_mistake_no_cell_and_no_entry_stays_empty(preset: str, notation: Notation, mistake: Mistake) -> None:
    iteration = told(preset, "neuron", notation, mistake).iteration
    found = as_json(iteration, len(iteration.pauses), 0)
    names = {name for row in table_of(iteration.plan).rows.values() for name in row.values()}
    html = "".join(passes(iteration.plan).values())
    assert names | set(re.findall('data-value="([^"]*)"', html)) <= found.keys()


@every_telling_of_all
def test_the_factors_of_each_row_of_the_table_give_its_gradient(telling: Telling) -> None:
    iteration = told(*telling).iteration
    samples = [{item.id: item.value for item in known(iteration, sample)} for sample in range(iteration.plan.n_samples)]
    found = table_of(iteration.plan)
    for parameter, row in found.rows.items():
        if parameter in found.held:
            assert set(row) == {"value"}
            continue
        factors = [name for key, name in row.items() if key not in ("value", "gradient", "change", "new")]
        assert factors, parameter.name
        products = [math.prod(values[name] for name in factors) for values in samples]
        values = samples[0]
        gradient, rate = values[row["gradient"]], values["alpha"]
        assert gradient == pytest.approx(math.fsum(products), rel=1e-11, abs=1e-16), (parameter.name, factors)
        assert values[row["change"]] == pytest.approx(-rate * gradient, rel=1e-15), parameter.name
        assert values[row["new"]] == pytest.approx(values[row["value"]] - rate * gradient, rel=1e-15), parameter.name
        assert row["value"] == parameter.id


@pytest.mark.parametrize("preset", ["xor", "fahrenheit"])
def test_each_sample_has_its_own_numbers_and_shares_the_sums(preset: str) -> None:
    iteration = told(preset).iteration
    last = iteration.plan.n_samples - 1
    mine = {item.id: item.value for item in known(iteration, last)}
    expected = nnviz.predict(iteration.start, PRESETS[preset].inputs)[last, 0]
    assert mine["yhat"] == pytest.approx(expected, rel=1e-14)
    assert mine["x1"] == PRESETS[preset].inputs[last][0]
    first = {item.id: item.value for item in known(iteration, 0)}
    assert first["yhat"] != mine["yhat"]
    assert first["dE/dw1"] == mine["dE/dw1"]


def test_of_a_diverged_iteration_only_what_came_before_is_sent() -> None:
    huge = nnviz.trace(STEP_BY_STEP.network, [[1e160, 3]], [[1]], 0.05)  # E is too large: 1e320
    assert huge.overflow is not None
    assert huge.overflow.name == "E"
    found = as_json(huge, len(huge.pauses), 0)
    assert {name for name, entry in found.items() if entry["kind"] != "sign"} == {*huge.given, "h1", "h2", "yhat"}
    assert json.dumps(found, allow_nan=False)
    at_once = DIVERGING.trace()
    assert set(as_json(at_once, len(at_once.pauses), 0)) == set(at_once.given)
    one_of_two = nnviz.trace(STEP_BY_STEP.network, [[1e160, 3.0], [1.0, 1.0]], [[1], [1]], 0.05)
    for sample in (0, 1):
        found = as_json(one_of_two, len(one_of_two.pauses), sample)
        assert not any(name in found for name in ("E", "dE/dw1", "w1+", "E+"))
        numbers = [entry["text"].replace("−", "-") for entry in found.values() if entry["kind"] != "sign"]
        assert np.isfinite(list(map(float, numbers))).all()
