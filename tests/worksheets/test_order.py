"""What a teacher asks for: choices as texts, each read or refused with what is allowed."""

import pytest

from nnviz.worksheets.order import FORM, USUAL, Order, ordered


def test_what_is_left_out_is_as_usual() -> None:
    assert ordered({}) == (USUAL, {})
    assert ordered(FORM.texts(USUAL)) == (USUAL, {})


def test_all_choices_are_taken() -> None:
    typed = {"sizes": "3–3–2", "hidden": "tanh", "output": "sigmoid", "loss": "binary_cross_entropy", "biases": "none",
             "blanks": "update", "seed": "1,234", "count": "60", "mistakes": "no", "printed": "keys"}  # fmt: skip
    expected = Order("3-3-2", "tanh", "sigmoid", "binary_cross_entropy", "none", "update", 1234, 60, "no", "keys")
    order, problems = ordered(typed)
    assert (order, problems) == (expected, {})
    assert ordered(FORM.texts(order)) == (order, {})
    shape = order.kind.shape
    assert (shape.sizes, shape.activations) == ((3, 3, 2), ("tanh", "sigmoid"))
    assert (shape.has_biases, shape.loss) == ((False, False), "binary_cross_entropy")


def test_without_hidden_neurons_the_output_alone_has_an_activation() -> None:
    order, _ = ordered({"sizes": "2-1", "hidden": "tanh", "output": "relu"})
    assert order.kind.shape.activations == ("relu",)


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("sizes", "4-4-4", "inputs (1 to 3), hidden neurons (1 to 3) and outputs (1 to 2), such as 2-2-1"),
        ("sizes", "", "such as 2-2-1"),
        ("hidden", "step", "Allowed are identity, sigmoid"),
        ("loss", "hinge", "Allowed are half_squared_error"),
        ("biases", "fixed", "Allowed are trained, none."),
        ("blanks", "backward", "Allowed are forward, deltas, gradients, update, iteration."),
        ("seed", "-1", "A whole number from 0 to 999,999 is allowed."),
        ("count", "61", "A whole number from 1 to 60 is allowed."),
        ("mistakes", "maybe", "Allowed are yes, no."),
    ],
)
def test_what_is_not_allowed_is_refused_at_its_field(key: str, text: str, words: str) -> None:
    order, problems = ordered({key: text, "printed": "keys"})
    assert order == Order(printed="keys")
    assert list(problems) == [key]
    assert words in problems[key]


def test_a_loss_that_the_output_is_not_made_for_is_refused() -> None:
    _, problems = ordered({"output": "tanh", "loss": "binary_cross_entropy"})
    assert problems.keys() == {"loss"}
    assert "Binary cross-entropy needs a sigmoid output" in problems["loss"]
