"""What Python itself shows of the public objects, in a console and in a notebook; and that they can be copied."""

import copy
import pickle
from collections.abc import Callable
from importlib import import_module
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import nnviz
from tests.examples import MAZUR, STEP_BY_STEP
from tests.networks import DIVERGING

figure = import_module("nnviz.diagram.standalone")
TWO = nnviz.trace(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05)
LARGE = nnviz.Network([nnviz.Layer(np.full((8, 8), 0.1), [0.1] * 8, "tanh")] * 4)


def rows(html: str) -> list[list[str]]:
    """Return the rows of the table that is in HTML, the headers first."""
    tree = ET.fromstring(f"<div>{html}</div>")
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


def test_a_console_shows_short_lines() -> None:
    iteration = STEP_BY_STEP.trace()
    layer, last = MAZUR.network.layers[0], nnviz.Layer([[1, 2]], [3], "relu")
    assert repr(layer) == "Layer(inputs: 2, neurons: 2, sigmoid, fixed biases)"
    assert repr(last) == "Layer(inputs: 2, neurons: 1, relu, biases)"
    assert repr(STEP_BY_STEP.network.layers[1]) == "Layer(inputs: 2, neurons: 1, identity, no biases)"
    assert repr(STEP_BY_STEP.network) == "Network(2-2-1: identity, identity; half_squared_error)"
    assert repr(iteration.by_name["∂E/∂w1"]) == "Step(backward: ∂E/∂w1 = −0.22652)"
    assert repr(iteration) == (
        "Iteration(Network(2-2-1: identity, identity; half_squared_error), samples: 1, steps: 23, "
        "E = 0.3272405, E⁺ ≈ 0.2769572)"
    )


def test_a_console_shows_what_training_came_to() -> None:
    counted: Any = np.int64(2)  # as NumPy counts
    history = nnviz.train(STEP_BY_STEP.network, [[2, 3]], [[1]], 0.05, counted)
    # ŷ of iteration 3 is 0.3323139301, and ½·(0.3323139301 − 1)² = 0.2229023
    assert repr(history) == (
        "History(Network(2-2-1: identity, identity; half_squared_error), iterations: 2, "
        "E before the first: 0.3272405, at the end: ≈ 0.2229023)"
    )
    with pytest.warns(RuntimeWarning, match="diverged"):
        diverged = nnviz.train(STEP_BY_STEP.network, [[2, 3]], [[1]], 5.0, 100)
    assert repr(diverged).endswith(f"; diverged in iteration {diverged.diverged_at})")


def test_of_many_samples_a_line_shows_the_first_two_and_the_last() -> None:
    many = nnviz.trace(STEP_BY_STEP.network, [[n, 0] for n in range(1000)], [[0]] * 1000, 0.05).steps[0]
    assert repr(many) == "Step(forward: h1 = (0, 0.11, …, 109.89))"
    assert str(many) == "forward  h1 = x1·w1 + x2·w2 = (0, 0.11, …, 109.89)"
    assert repr(TWO.steps[0]) == "Step(forward: h1 = (0.85, 0.32))"


def test_what_is_too_large_or_not_computed_is_said_in_words() -> None:
    iteration = DIVERGING.trace()
    assert repr(iteration.steps[0]) == "Step(forward: ŷ is too large for a 64-bit float: the error has diverged)"
    assert repr(iteration.steps[1]) == "Step(forward: E is not computed: the error has diverged)"
    assert "nan" not in repr(iteration) + iteration._repr_html_()  # type: ignore[attr-defined]


def test_no_line_is_long() -> None:
    iteration = nnviz.trace(LARGE, np.ones((50, 8)), np.ones((50, 8)), 0.1)
    shown = [iteration, iteration.plan, iteration.start, *iteration.start.layers, *iteration.steps]
    assert max(len(repr(one)) for one in shown) < 250


def test_a_notebook_shows_a_network_layer_by_layer() -> None:
    found = rows(nnviz.Network(MAZUR.network.layers)._repr_html_())  # type: ignore[attr-defined]
    assert found == [
        ["layer", "inputs", "neurons", "activation", "biases"],
        ["1", "2", "2", "sigmoid", "fixed"],
        ["2", "2", "2", "sigmoid", "fixed"],
    ]


def test_a_notebook_shows_an_iteration_step_by_step() -> None:
    iteration = STEP_BY_STEP.trace()
    found = rows(iteration._repr_html_())  # type: ignore[attr-defined]
    assert found[1] == ["1", "forward", "h1 = x1·w1 + x2·w2 = 2·0.11 + 3·0.21 = 0.85"]
    assert [f"{row[1]:<9}{row[2]}" for row in found[1:]] == [str(step) for step in iteration.steps]


def test_of_a_long_iteration_a_notebook_says_how_many_steps_are_left_out() -> None:
    iteration = nnviz.trace(LARGE, [[1] * 8], [[1] * 8], 0.1)
    html = iteration._repr_html_()  # type: ignore[attr-defined]
    assert len(rows(html)) == 61
    assert f"Further steps: {len(iteration.steps) - 60:,}." in html
    assert len(html) < 20_000


def test_a_step_in_a_notebook_is_its_formula_and_all_is_escaped() -> None:
    step = STEP_BY_STEP.trace().by_name["∂E/∂w5"]
    lines = ET.fromstring(step._repr_html_())  # type: ignore[attr-defined]
    assert ["".join(line.itertext()) for line in lines] == [
        "backward", "∂E∂w5 = ∂E∂ŷ ·∂ŷ∂w5", "= ∂E∂ŷ ·h1", "= −0.809 ·0.85", "=−0.68765",
    ]  # fmt: skip
    wicked = copy.copy(step)
    object.__setattr__(wicked, "phase", "<script>")
    assert "<script>" not in wicked._repr_html_()  # type: ignore[attr-defined]
    iteration = copy.copy(STEP_BY_STEP.trace())
    object.__setattr__(iteration, "steps", (*iteration.steps[:5], wicked, *iteration.steps[6:]))
    assert "<script>" not in iteration._repr_html_()  # type: ignore[attr-defined]


def test_a_name_that_looks_like_a_tag_stays_a_name() -> None:
    step = STEP_BY_STEP.trace(nnviz.Manner(names=(("<script>", ""), ("",)))).steps[0]
    html = step._repr_html_()  # type: ignore[attr-defined]
    assert "<script>" not in html
    assert "<script>·w1" in "".join(ET.fromstring(html).itertext())


def test_an_iteration_in_a_notebook_has_its_picture_where_that_is_not_very_large() -> None:
    html = STEP_BY_STEP.trace()._repr_html_()  # type: ignore[attr-defined]
    assert "∂E/∂w4 −0.36405" in html
    assert "w1⁺" not in "".join(ET.fromstring(f"<div>{html}</div>")[0].itertext())  # no weight is updated yet
    assert "<svg" not in nnviz.trace(LARGE, [[1] * 8], [[1] * 8], 0.1)._repr_html_()  # type: ignore[attr-defined]


WAYS: dict[str, Callable[[Any], Any]] = {
    "pickled": lambda one: pickle.loads(pickle.dumps(one)),
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "iteration",
    [STEP_BY_STEP.trace(), MAZUR.trace(nnviz.Manner("term", "indexed")), TWO, DIVERGING.trace()],
    ids=["2-2-1", "mazur", "two samples", "diverging"],
)
def test_an_iteration_can_be_copied(iteration: nnviz.Iteration, way: str) -> None:
    again = WAYS[way](iteration)
    assert list(map(str, again.steps)) == list(map(str, iteration.steps))
    assert [step.name for step in again.pauses[-1]] == [step.name for step in iteration.pauses[-1]]
    for name, value in iteration.values.items():
        np.testing.assert_array_equal(again.values[name], value, err_msg=name)
    assert repr(again) == repr(iteration)
    assert repr(again.network) == repr(iteration.network)
    assert nnviz.figure(again).to_json() == nnviz.figure(iteration).to_json()


@pytest.mark.parametrize("way", WAYS)
def test_what_cannot_be_changed_cannot_be_changed_in_a_copy(way: str) -> None:
    again = WAYS[way](TWO)
    with pytest.raises(TypeError):
        again.given["x1"] = 5.0
    for step in again.steps:
        assert isinstance(step.value, float) or not step.value.flags.writeable, step.name
        assert not any(isinstance(v, np.ndarray) and v.flags.writeable for v in step.operands.values()), step.name
        with pytest.raises(TypeError):
            step.operands["x1"] = 5.0
    assert not any(isinstance(value, np.ndarray) and value.flags.writeable for value in again.given.values())
    for layer in WAYS[way](MAZUR.network).layers:
        assert not layer.matrix.flags.writeable
        assert not layer.vector.flags.writeable


def test_a_figure_of_many_steps_warns_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 154 < figure.MANY_STEPS < 674  # 3-4-4-2 takes a second; four layers of 8 neurons take 8 s and 12 MB
    monkeypatch.setattr(figure, "MANY_STEPS", 22)
    with pytest.warns(UserWarning, match=r"has 23 steps.*detail=\"layer\""):
        nnviz.figure(STEP_BY_STEP.trace())
    nnviz.figure(STEP_BY_STEP.trace(nnviz.Manner("layer")))


@pytest.mark.parametrize("sample", [-1, 2, 0.5, "first"])
def test_a_figure_of_an_unknown_sample_is_refused_in_words(sample: Any) -> None:
    with pytest.raises(IndexError, match=f"sample: .*from 0 to 1; not {sample!r}"):
        nnviz.figure(TWO, sample=sample)
