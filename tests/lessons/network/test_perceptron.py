"""The perceptron that learns AND: its rule, what is said of it, and where a step is not allowed."""

from fractions import Fraction

import numpy as np
import pytest

import nnviz
from nnviz.engine.batches import Batches
from nnviz.lessons.network.links import in_full, opened, pressed
from nnviz.lessons.network.setup import of_preset
from nnviz.player.refusal import RefusedError
from nnviz.presets import PRESETS
from tests.asking import Json, link, then

KEY = "perceptron"


def by_hand(iterations: int) -> list[tuple[Fraction, Fraction, Fraction]]:
    """Return w1, w2 and the threshold before each iteration, and after the last, by the rule in fractions."""
    w1, w2, threshold, rate = Fraction(3, 10), Fraction(-1, 5), Fraction(2, 5), Fraction(1, 5)
    found = [(w1, w2, threshold)]
    for number in range(iterations):
        x1, x2 = divmod(number % 4, 2)
        fires = int(w1 * x1 + w2 * x2 > threshold)
        change = rate * (int(x1 and x2) - fires)
        w1, w2, threshold = w1 + change * x1, w2 + change * x2, threshold - change
        found.append((w1, w2, threshold))
    return found


@pytest.mark.parametrize("iterations", range(1, 13))
def test_it_moves_as_the_rule_has_it_by_hand(iterations: int) -> None:
    preset = PRESETS[KEY]
    history = nnviz.train(preset.network, preset.inputs, preset.targets, preset.learning_rate, iterations, Batches(1))
    [layer] = history.network.layers
    assert layer.vector is not None
    w1, w2, threshold = map(float, by_hand(iterations)[-1])
    np.testing.assert_allclose([*layer.matrix[0], *layer.vector], [w1, w2, -threshold], atol=1e-12)


def test_after_iteration_11_all_is_right_and_nothing_moves_any_more() -> None:
    preset = PRESETS[KEY]
    changes = [before != after for before, after in zip(by_hand(40), by_hand(40)[1:], strict=False)]
    assert [number for number, changed in enumerate(changes, start=1) if changed] == [4, 7, 8, 11]
    history = nnviz.train(preset.network, preset.inputs, preset.targets, preset.learning_rate, 11, Batches(1))
    assert nnviz.predict(history.network, preset.inputs).tolist() == [[0], [0], [0], [1]]


def shown(cursor: int, **typed: str) -> Json:
    """Return the answer at a cursor of iteration 4, in which the output is wrong."""
    return link({"preset": KEY, "iteration": "4", "step": str(cursor), **typed})


def words(reply: Json, cursor: int) -> str:
    """Return what is said at a cursor."""
    return str(reply["views"][cursor - reply["first"]]["sentence"])


def test_it_is_said_that_the_rule_is_no_derivative() -> None:
    reply = shown(5)
    said = [words(reply, cursor) for cursor in range(4, reply["steps"] + 1)]
    assert said[0].startswith("How fast E changes with ŷ: 0 − 1 = −1.")
    assert "takes 1 in its place, and this is no derivative: −1·1 = −1." in said[1]
    assert said[2].startswith("What the perceptron’s rule takes for the gradient of w1, the error times the input: ")
    assert said[4].startswith("What the perceptron’s rule takes for the gradient of b1, the error: ")
    assert said[5].startswith("The perceptron’s rule: from w1, subtract the learning rate times the error times ")
    assert not any("How fast E" in one or "E grows" in one for one in said[1:])


@pytest.mark.parametrize("detail", ["layer", "term"])
def test_nor_is_it_called_one_in_other_steps(detail: str) -> None:
    steps = shown(1, detail=detail)["steps"]
    said = [words(shown(cursor, detail=detail), cursor) for cursor in range(1, steps + 1)]
    assert any("perceptron’s rule takes" in one for one in said)
    assert not any("each weight and bias of layer" in one.lower() and "how fast" in one.lower() for one in said)


def test_a_step_is_chosen_with_its_loss_and_only_where_it_is_the_only_layer() -> None:
    one_layer = of_preset("and")
    reply = then(link({"preset": "and", "loss": "binary_cross_entropy"}), typed={"layer1-activation": "step"})
    assert (reply["kept"]["layers"], reply["kept"]["loss"]) == ("1 step trained", "half_squared_error")
    assert opened(in_full(of_preset(KEY))) == (of_preset(KEY), {})
    with pytest.raises(RefusedError, match="A step needs a network of one layer"):
        pressed(of_preset(KEY), "add-layer", "")
    _, problems = opened({"layers": "2 step none, 1 identity none"})
    assert problems["layers"].startswith("A step needs a network of one layer")
    assert one_layer.batches.size is None


@pytest.mark.parametrize(
    ("layers", "loss"),
    [
        ([nnviz.Layer([[1.0]], activation="step")], "mean_squared_error"),
        ([nnviz.Layer([[1.0]], activation="step"), nnviz.Layer([[1.0]])], "half_squared_error"),
    ],
)
def test_python_refuses_a_step_where_it_does_not_belong(layers: list[nnviz.Layer], loss: str) -> None:
    with pytest.raises(ValueError, match="step is allowed only in a network of one layer, with the loss half_squared"):
        nnviz.Network(layers, loss)
