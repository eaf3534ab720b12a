"""The table of the weights: the factors that multiply to the gradient, each known when its step is done."""

from math import prod

import pytest

import nnviz
from nnviz.draw.table import as_json, columns, known_steps, rows
from nnviz.engine.plan import plan_of
from tests.examples import STEP_BY_STEP, Example
from tests.networks import DIVERGING, EXAMPLES

COLUMNS = ["value", "∂E/∂ŷ", "∂ŷ/∂h", "∂h/∂w", "∂ŷ/∂w", "∂E/∂w", "change", "new"]

# By hand, from worked-examples.md, part A: each cell of the finished table, and after how many steps it is known.
# A local derivative is known with the first step that uses it.
DONE = {
    "w1": {"value": "0.11", "∂E/∂ŷ": "−0.809", "∂ŷ/∂h": "0.14", "∂h/∂w": "2", "∂E/∂w": "−0.22652",
           "change": "0.011326", "new": "0.121326"},
    "w2": {"value": "0.21", "∂E/∂ŷ": "−0.809", "∂ŷ/∂h": "0.14", "∂h/∂w": "3", "∂E/∂w": "−0.33978",
           "change": "0.016989", "new": "0.226989"},
    "w3": {"value": "0.12", "∂E/∂ŷ": "−0.809", "∂ŷ/∂h": "0.15", "∂h/∂w": "2", "∂E/∂w": "−0.2427",
           "change": "0.012135", "new": "0.132135"},
    "w4": {"value": "0.08", "∂E/∂ŷ": "−0.809", "∂ŷ/∂h": "0.15", "∂h/∂w": "3", "∂E/∂w": "−0.36405",
           "change": "0.0182025", "new": "0.0982025"},
    "w5": {"value": "0.14", "∂E/∂ŷ": "−0.809", "∂ŷ/∂w": "0.85", "∂E/∂w": "−0.68765",
           "change": "0.0343825", "new": "0.1743825"},
    "w6": {"value": "0.15", "∂E/∂ŷ": "−0.809", "∂ŷ/∂w": "0.48", "∂E/∂w": "−0.38832",
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


def table(iteration: nnviz.Iteration, released: int) -> dict[str, dict[str, dict[str, object]]]:
    """Return the table as the browser gets it, by the weights' names."""
    return {q.name: as_json(cells, iteration, released) for q, cells in rows(iteration).items()}  # type: ignore[misc]


def test_the_columns_of_2_2_1() -> None:
    headers = columns(plan_of(STEP_BY_STEP.network.shape, 1))
    assert sorted(headers) == sorted(COLUMNS)
    first, *_, slope, change, new = headers
    assert [first, slope, change, new] == ["value", "∂E/∂w", "change", "new"]
    assert headers["change"] == "−α·∂E/∂w"


def test_the_finished_table_is_the_one_made_by_hand() -> None:
    found = table(STEP_BY_STEP.trace(), 23)
    assert {name: {column: cell["text"] for column, cell in row.items()} for name, row in found.items()} == DONE
    for name, since in SINCE.items():
        assert [found[name][column]["since"] for column in DONE[name]] == since, name


@pytest.mark.parametrize("released", range(24))
def test_only_what_is_known_is_handed_out(released: int) -> None:
    found = table(STEP_BY_STEP.trace(), released)
    for name, row in DONE.items():
        expected = {column for column, since in zip(row, SINCE[name], strict=True) if since <= released}
        assert found[name].keys() == expected, name


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_factors_multiply_to_the_gradient(example: Example) -> None:
    iteration = example.trace()
    gradients = nnviz.gradients(example.network, example.inputs, example.targets)
    by_name = {}
    for layer, (weights, biases) in enumerate(gradients, start=1):
        by_name |= {f"weight-{layer}-{i}-{j}": dw for (i, j), dw in zip(_indices(weights), weights.flat, strict=True)}
        by_name |= {f"bias-{layer}-{i}-0": db for i, db in enumerate([] if biases is None else biases)}
    found = rows(iteration)
    assert {quantity.place.key for quantity in found} == set(by_name)
    for quantity, cells in found.items():
        slope = next(c for key, c in cells.items() if c.name == f"∂E/∂{quantity.name}" and key not in ("change", "new"))
        factors = [c for key, c in cells.items() if key not in ("value", "change", "new") and c is not slope]
        expected = pytest.approx(by_name[quantity.place.key], rel=1e-12, abs=1e-15)
        assert prod(c.value for c in factors) == expected, quantity.name
        assert slope.value == expected, quantity.name
        assert cells["change"].value == pytest.approx(-example.learning_rate * slope.value, rel=1e-12)
        assert cells["new"].value == pytest.approx(cells["value"].value + cells["change"].value, rel=1e-12)


def _indices(matrix: object) -> list[tuple[int, int]]:
    n_rows, n_columns = matrix.shape  # type: ignore[attr-defined]
    return [(i, j) for i in range(n_rows) for j in range(n_columns)]


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_cell_has_a_column(example: Example) -> None:
    iteration = example.trace()
    headers = columns(iteration.plan)
    for quantity, cells in rows(iteration).items():
        assert cells.keys() <= headers.keys(), quantity.name


def test_a_number_that_is_shown_with_fewer_digits_has_all_of_them_too() -> None:
    cell = table(STEP_BY_STEP.trace(), 23)["w1"]["∂E/∂ŷ"]
    assert cell["exact"] == "∂E/∂ŷ = −0.8089999999999999"
    assert table(STEP_BY_STEP.trace(), 23)["w1"]["value"]["exact"] == ""


def test_after_an_overflow_nothing_but_what_was_given_is_in_the_table() -> None:
    iteration = DIVERGING.trace()
    assert known_steps(iteration) == 0
    for name, row in table(iteration, len(iteration.steps)).items():
        assert set(row) == {"value"}, name
