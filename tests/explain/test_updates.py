"""All updates: with numbers and in matrices they give the new values, and their source has them so."""

import re
from fractions import Fraction
from html import unescape
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from nnviz.engine.manner import Mistake
from nnviz.engine.naming import NOTATIONS, Notation
from nnviz.engine.trace import Iteration
from nnviz.explain.updates import updates
from nnviz.explain.updates_html import updates_html, updates_values
from nnviz.explain.values import as_json, known
from nnviz.presets import PRESETS
from tests.asking import link
from tests.oracles.matrices import equations, signed, worth
from tests.oracles.textbook import parameters_of, updated
from tests.problems import of_preset
from tests.tellings import PLANS, UPDATES, told

every_telling = pytest.mark.parametrize(("preset", "notation"), [(p, n) for p in PLANS for n in NOTATIONS])


def rows(preset: str, notation: Notation = "numbered") -> list[list[str]]:
    """Return the texts of the lines that are no matrices: each in symbols, with places for numbers, the result."""
    tree = ET.fromstring(f"<div>{updates_html(told(preset, notation=notation).iteration.plan)}</div>")
    return [
        ["".join(math.itertext()) for math in row.iter("math")] for row in tree.iter("div") if "data-line" in row.attrib
    ]


def matrices_of(iteration: Iteration) -> str:
    """Return the part that is in matrices."""
    return updates_html(iteration.plan).rpartition("</h3>")[2]


def in_numbers(preset: str, notation: Notation, mistake: Mistake | None = None) -> list[tuple[str, str, list[str]]]:
    """Return of each update the id of its sign, that of the new value, and those of old value, rate and factors."""
    tree = ET.fromstring(f"<div>{updates_html(told(preset, 'neuron', notation, mistake).iteration.plan)}</div>")
    found = []
    for row in tree.iter("div"):
        if len(maths := list(row.iter("math"))) == 3:
            sign, new = (node.attrib["data-value"] for node in maths[2])
            assert [node.text for node in maths[1] if "data-value" not in node.attrib][:2] == ["=", "−"]
            found.append((sign, new, [n.attrib["data-value"] for n in maths[1] if "data-value" in n.attrib]))
    return found


def new_values(preset: str) -> dict[str, float]:
    """Return the new parameters as a textbook has them, by the names of the old ones."""
    problem, q = of_preset(preset), PRESETS[preset].network.shape.quantities()
    found: dict[str, float] = {}
    after = updated(problem, parameters_of(problem.network), range(len(problem.inputs)))
    for number, (weights, biases) in enumerate(after, start=1):
        for names, row in zip(q.weights[number], weights, strict=True):
            found |= {name.id: value for name, value in zip(names, row, strict=True)}
        found |= {name.id: value for name, value in zip(q.biases[number], biases or [], strict=False)}
    return found


@every_telling
def test_each_formula_gives_the_new_value_of_a_textbook(preset: str, notation: Notation) -> None:
    iteration, expected = told(preset, notation=notation).iteration, new_values(preset)
    values = {item.id: item.value for item in known(iteration)}
    seen = set()
    for _, new, (old, *factors) in in_numbers(preset, notation):
        moved = values[old] - np.prod([values[factor.strip("()")] for factor in factors])
        assert moved == pytest.approx(expected[old], rel=1e-9, abs=1e-15), new
        assert new == f"{old}+"
        seen.add(old)
    assert seen == {parameter.id for parameter in iteration.plan.trained}


@every_telling
def test_over_several_samples_the_factors_make_up_the_gradient(preset: str, notation: Notation) -> None:
    iteration = told(preset, notation=notation).iteration
    n_samples = iteration.plan.n_samples
    samples = [{item.id: item.value for item in known(iteration, n)} for n in range(n_samples)]
    for of_layer in updates(iteration.plan).layers:
        for update in of_layer:
            factors = [entry.of for entry in update.in_symbols.entries[3:]]
            slopes = [np.prod([of_sample[factor] for factor in factors]) for of_sample in samples]
            assert sum(slopes) == pytest.approx(samples[0][f"dE/d{update.parameter.id}"], rel=1e-9, abs=1e-15)


@every_telling
@pytest.mark.parametrize("mistake", UPDATES)
def test_the_matrices_give_the_new_values(preset: str, notation: Notation, mistake: Mistake | None) -> None:
    iteration = told(preset, "neuron", notation, mistake).iteration
    values = {item.id: item.value for item in known(iteration)}
    seen = set()
    for left, _, *right in equations(matrices_of(iteration)):
        np.testing.assert_allclose(worth([left], values), worth(right, values), rtol=1e-9, atol=1e-15)
        seen |= {name for row in left for name in row}
    assert seen == {parameter.after_update().id for parameter in iteration.plan.trained}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("mistake", UPDATES)
def test_equal_is_said_where_the_numbers_shown_give_the_result_shown(preset: str, mistake: Mistake | None) -> None:
    iteration = told(preset, "neuron", "numbered", mistake).iteration
    page = as_json(iteration, len(iteration.pauses), 0) | updates_values(iteration, 0)

    def fraction(name: str, text: str) -> Fraction:
        return Fraction(page[name][text].strip("()").replace("−", "-"))  # type: ignore[literal-required]

    for sign, new, (old, *factors) in in_numbers(preset, "numbered", mistake):
        change = Fraction(1)
        for factor in factors:
            change *= fraction(factor, "text")
        is_given = fraction(new, "text") == fraction(old, "text") - change
        assert page[sign]["text"] == ("=" if is_given else "≈"), new
        assert page[sign]["since"] == max(page[name]["since"] for name in (new, old, *factors))
    few = {name: fraction(name, "few") for name, entry in page.items() if entry["kind"] != "sign"}
    for sign, parts in signed(matrices_of(iteration)):
        is_given = bool(np.all(worth(parts[:1], few) == worth(parts[2:], few)))
        assert page[sign]["text"] == ("=" if is_given else "≈"), sign


def test_negative_factors_are_in_parentheses_and_others_are_not() -> None:
    iteration = told("mazur").iteration
    shown = updates_values(iteration, 0)
    factors = {name: entry for name, entry in shown.items() if name.startswith("(")}
    assert {entry["text"] for entry in factors.values()} >= {"(−0.2170715)", "0.7413651"}
    assert factors["(dE/dyhat2)"]["in_full"].startswith("∂E/∂ŷ2 = −0.217")


# As hmkcode, "Backpropagation Step by Step", has them: Δ = ŷ − y stays a factor


def test_the_updates_of_the_post() -> None:
    assert [symbols for symbols, *_ in rows("2-2-1")] == [
        "Δ=∂E∂ŷ=ŷ−y", "w1+=w1−α·Δ·w5·x1", "w2+=w2−α·Δ·w5·x2", "w3+=w3−α·Δ·w6·x1", "w4+=w4−α·Δ·w6·x2",
        "w5+=w5−α·Δ·h1", "w6+=w6−α·Δ·h2",
    ]  # fmt: skip
    assert list(equations(matrices_of(told("2-2-1").iteration))) == [
        [[["w1+", "w3+"], ["w2+", "w4+"]], "=", [["w1", "w3"], ["w2", "w4"]],
         "−", "alpha", "·", "(dE/dyhat)", "·", [["x1"], ["x2"]], "·", [["w5", "w6"]]],
        [[["w5+"], ["w6+"]], "=", [["w5"], ["w6"]], "−", "alpha", "·", "(dE/dyhat)", "·", [["h1"], ["h2"]]],
    ]  # fmt: skip


def test_other_networks_say_what_their_formulas_begin_with() -> None:
    assert [symbols for symbols, *_ in rows("mazur")][:4] == [
        "Δ1=∂E∂ŷ1=ŷ1−y1", "Δ2=∂E∂ŷ2=ŷ2−y2", "∂E∂h1=∂E∂z3·w5+∂E∂z4·w7", "∂E∂h2=∂E∂z3·w6+∂E∂z4·w8",
    ]  # fmt: skip
    assert rows("and")[0][0] == "∂E∂ŷ=(ŷ−y)/4"  # of several samples it is no Δ
    xor = [symbols for symbols, *_ in rows("xor", "indexed")]
    assert xor[0] == "δ12=(a12−y1)/4"
    assert "w111+=w111−α·Σ(δ12·w112·∂a11∂z11·x1)" in xor
    assert "b12+=b12−α·Σ(δ12)" in xor


def test_of_very_many_parameters_the_first_two_and_the_last_of_each_layer_are_written_out() -> None:
    layers = {"inputs": "8", "layers": "8 tanh trained, 8 tanh none, 1 identity none"}
    html = link(layers, views=["updates"])["updates"]["html"]
    places = re.findall('<div class="update" data-line="([wb][^"]*)"', html)
    assert places == ["weight-1-0-0", "weight-1-0-1", "bias-1-7-0", "weight-2-0-0", "weight-2-0-1", "weight-2-7-7",
                      "weight-3-0-0", "weight-3-0-1", "weight-3-0-7"]  # fmt: skip
    assert html.count('<div class="update">…</div>') == 3
    assert "The others are like these" in html
    assert "The others" not in link({"preset": "vanishing"}, views=["updates"])["updates"]["html"]


def test_they_are_only_made_where_they_are_shown() -> None:
    assert link({})["updates"] is None
    assert link({}, lesson="sigmoid", views=["updates"])["updates"] is None
    shown = link({}, views=["updates"])["updates"]
    assert "Layer 2" in unescape(re.sub("<[^>]*>", " ", shown["html"]))
    assert shown["values"]["all-w1+"]["text"] == "="
    assert shown["values"]["all-w1+"]["since"] == 14


def test_where_a_number_became_too_large_nothing_is_said_beyond() -> None:
    shown = link({"w1": "1e200"}, views=["updates"])["updates"]
    assert not [name for name in shown["values"] if name.startswith("all-")]
