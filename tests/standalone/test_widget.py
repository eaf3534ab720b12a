"""The widget in Python alone: what it is set to, what a player asks of it, and what the traits are then."""

import json
import sys
import zlib
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.standalone.widget import Widget
from tests.examples import MAZUR, MAZUR_WITH_BIASES, STEP_BY_STEP
from tests.networks import DIVERGING

ROOM = [500, 300]
OTHER = [[[0.3, 0.21], [0.12, 0.08]], [[0.14, 0.15]]]


@pytest.fixture
def widget() -> Iterator[Any]:
    made = made_of(STEP_BY_STEP)
    yield made
    made.close()


def made_of(example: Any, **more: Any) -> Any:
    return nnviz.Widget(example.network, example.inputs, example.targets, example.learning_rate, **more)


def ask(widget: Any, *, serial: int = 1, iteration: int = 1, step: int = 0, **typed: str) -> Any:
    """Let a player ask, and return what it is answered."""
    place = {"iteration": iteration, "step": step}
    widget.set_state({"_asked": {"player": "p", "serial": serial, "typed": typed, **place}})
    answered = state(widget, "_answered")
    assert (answered["to"], answered["player"], answered["serial"]) == ("request", "p", serial)
    return shown(widget)


def shown(widget: Any) -> Any:
    return json.loads(zlib.decompress(b64decode(state(widget, "_answered")["packed"])))


def state(widget: Any, trait: str) -> Any:
    """Return what the front end has of a trait."""
    return widget.get_state(trait)[trait]


def shown_traits(widget: Any) -> dict[str, Any]:
    return {name: value for name, value in widget.get_state().items() if not name.startswith("_")}


def arrays(layers: list[Any]) -> list[Any]:
    return [None if layer is None else np.array(layer) for layer in layers]


def test_the_traits_are_the_numbers_of_the_iteration(widget: Any) -> None:
    assert isinstance(widget, Widget)
    assert (widget.cursor, widget.iteration) == (0, 1)
    assert widget.weights == [[[0.11, 0.21], [0.12, 0.08]], [[0.14, 0.15]]]
    assert widget.biases == [None, None]
    assert (widget.inputs, widget.targets, widget.learning_rate) == ([[2, 3]], [[1]], 0.05)
    assert widget.gradients[1] == [[-0.68765, pytest.approx(-0.38832)]]  # −0.809·0.85, −0.809·0.48
    assert widget.gradients[0][0][0] == pytest.approx(-0.22652)  # −0.809·0.14·2


@pytest.mark.parametrize("example", [MAZUR, MAZUR_WITH_BIASES], ids=["fixed biases", "biases"])
def test_gradients_are_those_in_matrices_to_the_bit(example: Any) -> None:
    widget = made_of(example)
    expected = nnviz.gradients(example.network, example.inputs, example.targets)
    trained = [layer.biases is not None and not layer.biases_fixed for layer in example.network.layers]
    for (weights, biases), own, own_biases, has in zip(
        expected, widget.gradients, widget.bias_gradients, trained, strict=True
    ):
        np.testing.assert_array_equal(own, weights)
        if has:
            np.testing.assert_array_equal(own_biases, biases)
        else:
            assert own_biases == [None] * len(own)


def test_what_is_fixed_or_absent_stays_so() -> None:
    network = nnviz.Network(MAZUR.network.layers, fixed=["w1"], absent=["w2"])
    widget = nnviz.Widget(network, MAZUR.inputs, MAZUR.targets, MAZUR.learning_rate)
    assert widget.gradients[0][0] == [None, None]
    widget.iteration = 3
    assert widget.weights[0][0] == [0.15, 0]
    widget.weights = [[[1, 5], [2, 3]], [[1, 2], [3, 4]]]
    assert widget.weights[0][0] == [1, 0]
    assert "w1" in widget.network.fixed
    assert list(widget.network.absent) == ["w2"]


def test_a_change_of_weights_shows_at_once_at_the_same_step(widget: Any) -> None:
    widget.cursor = 10
    widget.weights = [np.array(OTHER[0]), OTHER[1]]
    assert widget.weights == OTHER
    assert (widget.cursor, widget.iteration) == (10, 1)
    answer = shown(widget)["answer"]
    assert answer["cursor"] == 10
    assert answer["settings"]["w1"] == "0.3"
    assert answer["values"]["w1"]["text"] == "0.3"
    expected = nnviz.gradients(widget.network, [[2, 3]], [[1]])
    np.testing.assert_array_equal(widget.gradients[0], expected[0][0])


def test_samples_and_rate_can_be_set(widget: Any) -> None:
    widget.inputs = np.array([[1, 1]])
    widget.targets = [[0]]
    widget.learning_rate = 0.5
    assert widget.trace.by_name["h1"].value == pytest.approx(0.32)
    assert (widget.inputs, widget.targets, widget.learning_rate) == ([[1, 1]], [[0]], 0.5)


def test_biases_can_be_set() -> None:
    widget = made_of(MAZUR)
    widget.biases = [[0.1, 0.2], [0.3, 0.4]]
    assert widget.trace.by_name["z1"].value == pytest.approx(0.15 * 0.05 + 0.2 * 0.1 + 0.1)


def test_any_iteration_of_the_run_is_that_of_training(widget: Any) -> None:
    widget.iteration = 50
    history = nnviz.train(STEP_BY_STEP.network, [[2, 3]], [[1]], 0.05, 49)
    for own, layer in zip(arrays(widget.weights), history.network.layers, strict=True):
        np.testing.assert_array_equal(own, layer.weights)
    widget.iteration = 1
    np.testing.assert_array_equal(widget.weights[0], STEP_BY_STEP.network.layers[0].weights)


@pytest.mark.parametrize(
    "how",
    [
        {"optimizer": nnviz.Adam()},
        {"schedule": nnviz.StepDecay(1, 0.5), "optimizer": nnviz.Momentum(0.9)},
        {"weight_decay": 0.1},
        {"split": nnviz.Split(0.5, seed=3)},
        {"batches": nnviz.Batches(1, seed=5)},
    ],
    ids=str,
)
def test_the_run_is_that_of_training_with_the_same_method(how: Any) -> None:
    x, y = [[2, 3], [1, 1], [0, 2], [-1, 1]], [[1], [0], [2], [1]]
    widget = nnviz.Widget(STEP_BY_STEP.network, x, y, 0.05, **how)
    ask(widget, iteration=2)
    ask(widget, serial=2, iteration=3)
    inputs, _, targets, _ = how.get("split", nnviz.Split()).parts(x, y)
    others: dict[str, Any] = {name: given for name, given in how.items() if name != "split"}
    history = nnviz.train(STEP_BY_STEP.network, inputs, targets, 0.05, 2, **others)
    np.testing.assert_array_equal(widget.weights[0], history.network.layers[0].weights)
    widget.learning_rate = 0.1
    assert (widget.iteration, shown(widget)["answer"]["settings"]["rate"]) == (1, "0.1")
    assert widget.trace.plan.n_samples == how.get("batches", nnviz.Batches(len(inputs))).size
    for name, given in others.items():
        assert getattr(widget.trace.method, name, given) == given, name


def test_what_is_typed_is_read_as_on_the_page(widget: Any) -> None:
    found = ask(widget, iteration=2, step=7, w1="0,5")
    assert widget.weights[0][0][0] == 0.5
    assert (widget.iteration, widget.cursor) == (1, 7)
    assert found["answer"]["problems"] == {}
    found = ask(widget, serial=2, step=7, w1="half")
    assert widget.weights[0][0][0] == 0.5
    assert list(found["answer"]["problems"]) == ["w1"]


def test_an_answer_has_the_whole_iteration(widget: Any) -> None:
    found = ask(widget, iteration=2)
    answer = found["answer"]
    assert (answer["iteration"], answer["first"], answer["released"]) == (2, 0, 23)
    assert "w1 0.12" in found["picture"]
    assert not answer["views"][23]["refusals"].get("next")


def test_a_player_has_its_picture_drawn_for_its_room_where_the_reader_is(widget: Any) -> None:
    widget.cursor = 7
    before = shown_traits(widget)
    widget.set_state({"_room": {"player": "p", "room": ROOM}})
    answered = state(widget, "_answered")
    assert (answered["to"], answered["player"]) == ("room", "p")
    assert shown(widget)["room"] == ROOM
    assert shown(widget)["answer"]["cursor"] == 7
    assert shown_traits(widget) == before
    assert ask(widget)["room"] == ROOM


def test_where_a_player_is_python_knows(widget: Any) -> None:
    widget.set_state({"_arrived": {"player": "p", "iteration": 1, "cursor": 5, "number": 1}})
    assert widget.cursor == 5
    assert state(widget, "_place") == {"player": "p", "iteration": 1, "cursor": 5}
    widget.set_state({"_arrived": {"player": "p", "iteration": 2, "cursor": 6, "number": 2}})  # where it has been
    assert widget.cursor == 5
    widget.cursor = 7
    assert state(widget, "_place") == {"player": "", "iteration": 1, "cursor": 7}


def test_whoever_observes_sees_all_of_a_change(widget: Any) -> None:
    seen = []
    widget.observe(
        lambda change: seen.append((widget.iteration, widget.weights, widget.gradients)), ["iteration", "weights"]
    )
    ask(widget, iteration=2)
    assert len(seen) == 2
    for iteration, weights, gradients in seen:
        assert iteration == 2
        assert weights[0][0][0] == pytest.approx(0.121326)
        np.testing.assert_array_equal(gradients[1], nnviz.gradients(widget.network, [[2, 3]], [[1]])[1][0])


@pytest.mark.parametrize(
    ("trait", "value", "words"),
    [
        ("cursor", 24, "from 0 to 23; not 24"),
        ("iteration", 0, "from 1 to 1,000,000; not 0"),
        ("weights", OTHER[:1], r"of shapes \(2, 2\), \(1, 2\)"),
        ("weights", [[[0.3]], [[0.14]]], "each row|of shapes"),
        ("weights", 5, "of shapes"),
        ("weights", [[[0.3, np.nan], [0.12, 0.08]], [[0.14, 0.15]]], "must be finite"),
        ("biases", [[1, 2], None], "of shapes"),
        ("inputs", [[1, 2, 3]], "a number for each input"),
        ("targets", [[1], [2]], "."),
        ("learning_rate", -1, "greater than 0"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(
    widget: Any, trait: str, value: Any, words: str
) -> None:
    before = widget.get_state()
    with pytest.raises(ValueError, match=words):
        setattr(widget, trait, value)
    assert widget.get_state() == before


def test_what_is_no_network_or_too_large_is_refused() -> None:
    with pytest.raises(TypeError, match="Network"):
        nnviz.Widget("2-2-1", [[2, 3]], [[1]], 0.05)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="20-1"):
        nnviz.Widget(nnviz.Network([nnviz.Layer(np.ones((1, 20)))]), np.ones((1, 20)), [[1]], 0.05)
    with pytest.raises(IndexError, match="from 0 to 0"):
        made_of(STEP_BY_STEP, sample=1)


def test_a_number_that_is_too_large_is_none_in_json() -> None:
    widget = made_of(DIVERGING)
    assert widget.gradients == [[[None, None]]]
    json.dumps(
        {key: value for key, value in widget.get_state().items() if key != "layout"}, allow_nan=False, default=str
    )


def test_of_several_samples_one_is_shown_and_all_are_trained_with() -> None:
    widget = nnviz.Widget(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05, sample=1)
    found = ask(widget)
    assert found["answer"]["values"]["h1"]["text"] == "0.32"
    expected = nnviz.gradients(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]])
    np.testing.assert_array_equal(widget.gradients[0], expected[0][0])


def test_where_it_is_only_read_it_is_its_picture_and_its_formula(widget: Any) -> None:
    widget.cursor = 3
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    html = data["text/html"]
    assert "<svg" in html
    assert "The prediction ŷ" in html
    assert "<math>" in html
    assert "0.191" in html
    assert "0.327" not in html


def test_its_document_is_that_of_the_file_with_fields(widget: Any) -> None:
    assert 'id="w1" data-field' in state(widget, "_document")
    assert "data-settable" in state(widget, "_document")
    assert "data-settable" not in nnviz.to_html(STEP_BY_STEP.trace()).partition("<style>")[0]


def test_without_anywidget_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "nnviz.standalone.widget")
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(ModuleNotFoundError, match=r"needs anywidget.*pip install"):
        _ = nnviz.Widget
    assert not hasattr(nnviz, "Gadget")
