"""The matrices of all samples at once: number for number those of the program that their source prints."""

import re
from fractions import Fraction
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import nnviz
from nnviz.engine.manner import DETAILS, Manner, Mistake
from nnviz.engine.naming import NOTATIONS, Notation
from nnviz.explain.batch_matrices import batch_staged, batch_values
from nnviz.explain.matrix_html import by_pass
from nnviz.explain.values import as_json
from nnviz.presets import PRESETS
from tests.asking import Json, link, then
from tests.oracles.functions import ACTIVATIONS, SLOPES
from tests.oracles.matrices import IN_FRACTIONS, signed, worth
from tests.tellings import UPDATES, of_sample, told

SEVERAL = [key for key, preset in PRESETS.items() if len(preset.inputs) > 1]
WRITTEN_OUT = [key for key in SEVERAL if len(PRESETS[key].inputs) <= 6]
NAME = re.compile(r"(f′\()?(dZ|dW|db|W|A|Z|X|Y|b)(?:\((\d)\))?(\+?)\)?(T?)")


def sigma(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def by_program(preset: str) -> dict[str, Any]:
    """Return the matrices of one iteration of a network with one or two layers, by the names that the program has.

    As the article on XOR has them: samples are columns, and 1/m comes at the weights.
    """
    setting = PRESETS[preset]
    x, y = np.array(setting.inputs).T, np.array(setting.targets).T
    m, a, found = x.shape[1], x, {"X": x, "Y": y}
    layers = setting.network.layers
    for number, layer in enumerate(layers, start=1):
        bias = np.array(layer.biases).reshape(-1, 1)
        z = np.array(layer.weights) @ a + bias
        a = np.vectorize(ACTIVATIONS[layer.activation], otypes=[float])(z)
        found |= {f"W{number}": np.array(layer.weights), f"b{number}": bias, f"Z{number}": z, f"A{number}": a}
        found[f"f′Z{number}"] = np.vectorize(SLOPES[layer.activation])(z)
        if layer.activation == "identity":
            del found[f"Z{number}"]  # which is A
    last = len(layers)
    slope = {"binary_cross_entropy": 1, "half_squared_error": found[f"f′Z{last}"], "mean_squared_error": 2}
    dz = (a - y) * slope[setting.network.loss]
    for number in range(last, 0, -1):
        before = found[f"A{number - 1}"] if number > 1 else x
        dw, db = (1 / m) * dz @ before.T, (1 / m) * np.sum(dz, axis=1, keepdims=True)
        found |= {f"dZ{number}": dz, f"dW{number}": dw, f"db{number}": db}
        found[f"W{number}+"] = found[f"W{number}"] - setting.learning_rate * dw
        found[f"b{number}+"] = found[f"b{number}"] - setting.learning_rate * db
        if number > 1:
            dz = found[f"W{number}"].T @ dz * found[f"f′Z{number - 1}"]
    return found


def lines(html: str) -> list[tuple[list[str], list[list[list[str]]]]]:
    """Return of each equation the names of its matrices in order, and the ids of their numbers in order."""
    apart = html.replace('<mo form="infix">+</mo>', "<mo>plus</mo>")  # from the + behind what is new
    paragraphs = ET.fromstring(f"<div>{apart}</div>").findall("p")
    found = []
    for number, names in enumerate(paragraphs):
        if names.find(".//mi[@class='matrix']") is None:
            continue
        numbers = next(p for p in paragraphs[number:] if p.find(".//mn[@data-value]") is not None)
        matches = NAME.finditer("".join(names.itertext()))
        keys = [f"{'f′' if f else ''}{letter}{layer}{new}{turned}" for f, letter, layer, new, turned in
                (match.groups(default="") for match in matches)]  # fmt: skip
        tables = [[[cell[0].attrib["data-value"] for cell in row] for row in t] for t in numbers.iter("mtable")]
        found.append((keys, tables))
    return found


def shown(preset: str, notation: Notation = "numbered", mistake: Mistake | None = None) -> tuple[dict[str, str], Json]:
    """Return the equations by pass, and all numbers of the page."""
    iteration = told(preset, "neuron", notation, mistake).iteration
    end = len(iteration.pauses)
    return by_pass(batch_staged(iteration.plan)), as_json(iteration, end, 0) | batch_values(iteration, end)


def exactly(number: Json) -> float:
    return float(number["in_full"].rpartition(" = ")[2].replace("−", "-"))


@pytest.mark.parametrize("preset", WRITTEN_OUT)
@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_matrix_is_that_of_the_program(preset: str, notation: Notation) -> None:
    html, page = shown(preset, notation)
    expected, seen = by_program(preset), set()
    for phase in ("forward", "backward", "update"):
        for names, tables in lines(html[phase]):
            assert len(names) == len(tables), (names, phase)
            for name, table in zip(names, tables, strict=True):
                matrix = expected[name.removesuffix("T")]
                found = np.array([[exactly(page[key]) for key in row] for row in table])
                np.testing.assert_allclose(found, matrix.T if name.endswith("T") else matrix, rtol=1e-12, atol=1e-17)
                seen.add(name.removesuffix("T"))
    assert {name for name in expected if not name.startswith("f′")} == {name for name in seen if name[0] != "f"}


def test_the_delta_of_the_program_is_not_divided_by_m() -> None:
    _, page = shown("xor-learns")
    assert page["dz4(2)"]["text"] == "−0.5066252"
    assert page["dz4(2)"]["in_full"].startswith("dz4, sample 2 = −0.506625195")
    assert page["dE/dz4"]["text"] == "0.1377288"  # a quarter of 0.5509151
    assert page["dz4(1)"]["text"] == "0.5509151"


@pytest.mark.parametrize("preset", SEVERAL)
@pytest.mark.parametrize("mistake", UPDATES)
def test_equal_is_said_where_the_numbers_shown_give_the_result_shown(preset: str, mistake: Mistake | None) -> None:
    html, page = shown(preset, mistake=mistake)
    few = {name: Fraction(entry["few"].replace("−", "-")) for name, entry in page.items() if entry["kind"] != "sign"}
    seen = 0
    for sign, parts in (found for of_pass in html.values() for found in signed(of_pass)):
        tables = [part for part in parts if not isinstance(part, str)]
        names = [name for rows in tables for row in rows for name in row if name != "1"]
        is_given = "" not in names and np.all(worth(parts[:1], few) == worth(parts[2:], few, IN_FRACTIONS))
        assert page[sign]["text"] == ("=" if is_given else "≈"), (sign, parts)
        assert page[sign]["since"] == max(page[name]["since"] for name in names if name)
        seen += 1
    assert seen >= 6


@pytest.mark.parametrize("preset", WRITTEN_OUT)
@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("mistake", UPDATES)
def test_every_equation_is_true(preset: str, notation: Notation, mistake: Mistake | None) -> None:
    html, page = shown(preset, notation, mistake)
    exact = {name: exactly(entry) for name, entry in page.items() if entry["kind"] != "sign"}
    for _, parts in (found for of_pass in html.values() for found in signed(of_pass)):
        np.testing.assert_allclose(worth(parts[:1], exact), worth(parts[2:], exact), rtol=1e-9, atol=1e-15)


def test_the_error_of_the_inputs_is_that_of_the_trace_times_the_number_of_samples() -> None:
    preset = PRESETS["xor"]
    iteration = nnviz.trace(
        preset.network, preset.inputs, preset.targets, preset.learning_rate, Manner(input_gradients=True)
    )
    found = batch_values(iteration, len(iteration.steps))
    for x in ("x1", "x2"):
        for sample in range(4):
            expected = 4 * of_sample(iteration.values[f"dE/d{x}"], sample)
            assert exactly({**found[f"d{x}({sample + 1})"]}) == pytest.approx(expected, rel=1e-6)


def test_of_many_samples_the_first_two_and_the_last_are_columns() -> None:
    html, _ = shown("fahrenheit")
    tree = ET.fromstring(f"<div>{html['backward']}</div>")
    tables = [[["".join(cell.itertext()) or cell[0].attrib["data-value"] for cell in row] for row in table]
              for table in tree.iter("mtable")]  # fmt: skip
    ids = [[cell[0].attrib.get("data-value", cell[0].text) for cell in row] for row in next(tree.iter("mtable"))]
    assert ids == [["dyhat(1)", "dyhat(2)", "…", "dyhat(100)"]]
    assert ["⋮"] in [row for table in tables for row in table]
    text = "".join(tree.itertext())
    assert "dZ(1)=2·(A(1)−Y)" in text
    assert "dW(1)=1m·dZ(1)·XT" in text
    assert "db(1)=1m·ΣdZ(1)" in text


@pytest.mark.parametrize("detail", DETAILS)
def test_they_are_the_same_in_every_detail(detail: str) -> None:
    typed = {"preset": "xor", "matrix": "batch"}
    assert link(typed | {"detail": detail})["panels"]["matrices"] == link(typed)["panels"]["matrices"]


# The choice


def test_the_choice_is_there_where_there_are_several_samples_and_changes_no_number() -> None:
    assert link({"matrix": "batch"})["panels"]["matrix_choice"] == ""
    plain = link({"preset": "xor", "step": "20"})
    assert "all samples" in plain["panels"]["matrix_choice"]
    assert "dz4(1)" not in plain["values"]
    batch = then(plain, {"matrix": "batch"})
    assert batch["values"].items() >= plain["values"].items()
    assert (batch["cursor"], batch["run"]) == (20, plain["run"])
    assert batch["kept"]["matrix"] == "batch"
    assert "matrix=batch" in batch["query"]
    assert "dZ" in re.sub("<[^>]*>", "", unescape(batch["panels"]["matrices"]["backward"]))
    assert "m = 4" in batch["panels"]["matrix_choice"]
    assert then(batch, {"matrix": "sample"})["panels"]["matrices"] == plain["panels"]["matrices"]
    assert "matrix" in then(batch, {"matrix": "x"})["problems"]


def test_a_batch_has_its_own_samples_and_of_one_there_are_the_matrices_of_one() -> None:
    two = link({"preset": "xor", "matrix": "batch", "batches": "2 in-order", "iteration": "2", "step": "20"})
    assert [two["values"][f"y({n})"]["text"] for n in (1, 2)] == ["1", "0"]
    assert "y(3)" not in two["values"]
    one = link({"preset": "xor", "matrix": "batch", "batches": "1 in-order"})
    assert "dZ" not in unescape(one["panels"]["matrices"]["backward"])


LINE = {"inputs": "1", "layers": "1 identity trained", "loss": "half_squared_error", "matrix": "batch", "step": "8"}


def test_where_all_is_exact_it_says_so() -> None:
    values = link(LINE | {"w1": "1", "b1": "0", "data": "2,0;4,2", "rate": "0.5"})["values"]
    assert [values[name]["text"] for name in ("dyhat(1)", "dyhat(2)", "dE/dw1", "dE/db1")] == ["2", "2", "6", "2"]
    signs = {name: entry["text"] for name, entry in values.items() if name.startswith("batch-")}
    assert len(signs) == 7
    assert set(signs.values()) == {"="}


def test_a_slope_that_is_too_large_before_it_is_divided_by_m_is_not_shown() -> None:
    typed = {"layers": "1 identity none, 1 identity none", "w1": "1", "w2": "1.7e308", "data": "0,-4;0,-4;0,-4;0,-4"}
    values = link(LINE | typed)["values"]
    assert values["dE/dh1"]["few"] == "1.7e308"
    assert values["dyhat(1)"]["few"] == "4"
    assert "dh1(1)" not in values
    assert "batch-backward-delta-1-0" not in values


def test_where_a_number_became_too_large_nothing_is_said_beyond() -> None:
    reply = link({"preset": "fahrenheit", "matrix": "batch", "w1": "1e300", "data": "1,1;1e10,2"})
    assert not [name for name in reply["values"] if name.startswith("batch-")]
