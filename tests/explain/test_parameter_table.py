"""The table of the weights: the factors that multiply to the gradient, each known when its step is done."""

from math import prod

import numpy as np
import pytest

import nnviz
from nnviz.engine.manner import DETAILS, Detail, Manner
from nnviz.engine.plan import plan_of
from nnviz.explain.parameter_table import table
from nnviz.explain.values import as_json, known
from nnviz.lessons.network.setup import of_preset
from nnviz.player.values import known_pauses
from nnviz.protocol import ShownNumber
from tests.examples import STEP_BY_STEP, Example
from tests.networks import DIVERGING, EXAMPLES

NOT_FACTORS = ("value", "gradient", "change", "new")

# By hand, from hmkcode, "Backpropagation Step by Step": each cell of the finished table by its column, and after how
# many steps it is known. A local derivative is known with the first step that uses it.
DONE = {
    "w1": {"value": "0.11", "∂E/∂ŷ": "−0.809", "∂ŷ/∂h": "0.14", "∂h/∂w": "2", "gradient": "−0.22652",
           "change": "0.011326", "new": "0.121326"},
    "w2": {"value": "0.21", "∂E/∂ŷ": "−0.809", "∂ŷ/∂h": "0.14", "∂h/∂w": "3", "gradient": "−0.33978",
           "change": "0.016989", "new": "0.226989"},
    "w3": {"value": "0.12", "∂E/∂ŷ": "−0.809", "∂ŷ/∂h": "0.15", "∂h/∂w": "2", "gradient": "−0.2427",
           "change": "0.012135", "new": "0.132135"},
    "w4": {"value": "0.08", "∂E/∂ŷ": "−0.809", "∂ŷ/∂h": "0.15", "∂h/∂w": "3", "gradient": "−0.36405",
           "change": "0.0182025", "new": "0.0982025"},
    "w5": {"value": "0.14", "∂E/∂ŷ": "−0.809", "∂ŷ/∂w": "0.85", "gradient": "−0.68765",
           "change": "0.0343825", "new": "0.1743825"},
    "w6": {"value": "0.15", "∂E/∂ŷ": "−0.809", "∂ŷ/∂w": "0.48", "gradient": "−0.38832",
           "change": "0.019416", "new": "0.169416"},
}  # fmt: skip
SINCE = {
    "w1": [0, 5, 8, 10, 10, 14, 14],
    "w2": [0, 5, 8, 11, 11, 15, 15],
    "w3": [0, 5, 9, 12, 12, 16, 16],
    "w4": [0, 5, 9, 13, 13, 17, 17],
    "w5": [0, 5, 6, 6, 18, 18],
    "w6": [0, 5, 7, 7, 19, 19],
}


def cells(iteration: nnviz.Iteration, released: int, sample: int = 0) -> dict[str, dict[str, ShownNumber]]:
    """Return the table as the browser fills it in: of each weight the numbers that it has, by column."""
    values = as_json(iteration, released, sample)
    rows = table(iteration.plan).rows
    return {
        parameter.name: {column: values[name] for column, name in names.items() if name in values}
        for parameter, names in rows.items()
    }


def numbers(iteration: nnviz.Iteration, sample: int = 0) -> dict[str, float]:
    """Return every number with all its digits, by name."""
    return {item.id: item.value for item in known(iteration, sample)}


def factors(names: dict[str, str]) -> list[str]:
    """Return the names of the factors of a row."""
    return [name for column, name in names.items() if column not in NOT_FACTORS]


def test_the_columns_of_2_2_1() -> None:
    headers = table(plan_of(STEP_BY_STEP.network.shape, 1, Manner())).headers
    assert list(headers.values()) == [
        "value", "∂E/∂ŷ", "∂ŷ/∂h", "∂h/∂w", "∂ŷ/∂w", "∂E/∂w", "−α·∂E/∂w", "new value",
    ]  # fmt: skip


def test_a_factor_that_a_chain_rule_has_twice_has_two_columns() -> None:
    manner = Manner(notation="indexed")
    headers = table(plan_of(of_preset("2-2-1-sigmoid").shape, 1, manner)).headers
    assert list(headers.values()) == ["value", "∂E/∂a", "∂a/∂z", "∂z/∂a", "∂a/∂z", "∂z/∂w, b", "∂E/∂w, b",
                                      "−α·∂E/∂w", "new value"]  # fmt: skip


def test_the_finished_table_is_the_one_made_by_hand() -> None:
    found = cells(STEP_BY_STEP.trace(), 23)
    assert {name: {column: cell["text"] for column, cell in row.items()} for name, row in found.items()} == DONE
    for name, since in SINCE.items():
        assert [found[name][column]["since"] for column in DONE[name]] == since, name


@pytest.mark.parametrize("released", range(24))
def test_only_what_is_known_is_handed_out(released: int) -> None:
    found = cells(STEP_BY_STEP.trace(), released)
    for name, row in DONE.items():
        expected = {column for column, since in zip(row, SINCE[name], strict=True) if since <= released}
        assert found[name].keys() == expected, name


@pytest.mark.parametrize("detail", DETAILS)
def test_the_table_is_the_same_in_every_detail(detail: Detail) -> None:
    iteration = STEP_BY_STEP.trace(Manner(detail))
    found = cells(iteration, len(iteration.pauses))
    assert {name: {column: cell["text"] for column, cell in row.items()} for name, row in found.items()} == DONE


def gradients(example: Example) -> dict[str, float]:
    """Return the gradients of the matrix form by the parameters' places."""
    found: dict[str, float] = {}
    for layer, (weights, biases) in enumerate(
        nnviz.gradients(example.network, example.inputs, example.targets), start=1
    ):
        found |= {f"weight-{layer}-{i}-{j}": float(slope) for (i, j), slope in np.ndenumerate(weights)}
        found |= {f"bias-{layer}-{i}-0": float(slope) for i, slope in enumerate([] if biases is None else biases)}
    return found


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_factors_multiply_to_the_gradient(example: Example) -> None:
    iteration, expected = example.trace(), gradients(example)
    found, rows = numbers(iteration), table(iteration.plan).rows
    assert {parameter.place.key for parameter in rows} == set(expected)
    for parameter, names in rows.items():
        slope = pytest.approx(expected[parameter.place.key], rel=1e-12, abs=1e-15)
        assert prod(found[name] for name in factors(names)) == slope, parameter.name
        assert found[names["gradient"]] == slope, parameter.name
        change = pytest.approx(-example.learning_rate * expected[parameter.place.key], rel=1e-12)
        assert found[names["change"]] == change, parameter.name
        assert found[names["new"]] == pytest.approx(found[names["value"]] + found[names["change"]], rel=1e-12)


@pytest.mark.parametrize("preset", ["and", "xor", "fahrenheit"])
def test_over_all_samples_the_products_of_their_factors_add_up_to_the_gradient(preset: str) -> None:
    setup = of_preset(preset)
    x, y = [list(row) for row in setup.inputs], [list(row) for row in setup.targets]
    example = Example(setup.network, x, y, setup.rate)
    iteration, expected = example.trace(), gradients(example)
    of_samples = [numbers(iteration, sample) for sample in range(len(x))]
    for parameter, names in table(iteration.plan).rows.items():
        products = [prod(found[name] for name in factors(names)) for found in of_samples]
        assert sum(products) == pytest.approx(expected[parameter.place.key], rel=1e-10, abs=1e-14), parameter.name
        assert {found[names["gradient"]] for found in of_samples} == {of_samples[0][names["gradient"]]}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_cell_has_a_column_and_every_number_a_name(example: Example) -> None:
    iteration = example.trace()
    found = table(iteration.plan)
    values = as_json(iteration, len(iteration.steps), 0)
    for parameter, names in found.rows.items():
        assert names.keys() <= found.headers.keys(), parameter.name
        assert set(names.values()) <= values.keys(), parameter.name


def test_a_number_that_is_shown_with_fewer_digits_has_all_of_them_too() -> None:
    row = cells(STEP_BY_STEP.trace(), 23)["w1"]
    exact = "∂E/∂ŷ = −0.8089999999999999"
    of_output = {"since": 5, "text": "−0.809", "few": "−0.809", "kind": "gradient"}
    assert row["∂E/∂ŷ"] == of_output | {"in_full": exact, "is_rounded": True}
    of_weight = {"since": 0, "text": "0.11", "few": "0.11", "kind": "weight"}
    assert row["value"] == of_weight | {"in_full": "w1 = 0.11", "is_rounded": False}
    assert (row["new"]["text"], row["new"]["few"]) == ("0.121326", "0.1213")


def test_after_an_overflow_nothing_but_what_was_given_is_in_the_table() -> None:
    iteration = DIVERGING.trace()
    assert known_pauses(iteration) == 0
    for name, row in cells(iteration, len(iteration.steps)).items():
        assert set(row) == {"value"}, name
