"""What goes between the browser and the server is what the protocol says."""

import json
from typing import Any

import pytest

from nnviz.lessons.network.links import in_full
from nnviz.lessons.network.setup import of_preset
from nnviz.lessons.network.training.requests import TrainRequest, slice_of
from nnviz.presets import PRESETS
from nnviz.protocol import Answer, Checkpoint, Curve, PageRequest, TrainingRequest, TrainingSlice
from tests.asking import BODY, Json, ask, then
from tests.protocol import problems

END = "9999"
EMPTY: Json = {"iterations": [], "losses": []}
RUN = {"texts": in_full(of_preset("and")), "curve": EMPTY, "overall": EMPTY, "tested": EMPTY, "shown": 1}
TRAINING: Json = {
    "serial": 1, "run": RUN, "other": None, "checkpoint": None, "since": 1, "goal": 0,
    "count": "20", "measure": "loss", "below": "", "lists": False, "jump": None, "scale": "linear",
    "theme": "light",
}  # fmt: skip


def opened(lesson: str, **changes: Any) -> Json:
    """Return the answer to a request, once request and answer have proved to be of the protocol."""
    asked = {"lesson": lesson, "typed": {}, "kept": None} | changes
    assert problems(BODY | asked, PageRequest) == []
    return is_answer(ask(**asked))


def is_answer(reply: Json) -> Json:
    """Return an answer that has proved to be one, as the browser gets it."""
    received: Json = json.loads(json.dumps(reply))
    assert problems(received, Answer) == []
    return received


@pytest.mark.parametrize("lesson", ["network", "descent", "sigmoid"])
@pytest.mark.parametrize("step", ["0", "2", END])
@pytest.mark.parametrize("typed", [{}, {"w1": "x", "no": "such"}])
def test_every_lesson_answers_as_the_protocol_says(lesson: str, step: str, typed: dict[str, str]) -> None:
    reply = opened(lesson, step=step, typed=typed)
    kept = {"lesson": lesson, "panels": reply["panels"]["key"]}
    is_answer(then(reply, step=step, **kept))
    is_answer(then(reply, {"rate": "-"}, **kept))


@pytest.mark.parametrize("preset", PRESETS)
def test_every_example_answers_as_the_protocol_says(preset: str) -> None:
    reply = opened("network", typed={"preset": preset}, step=END)
    views: Json = {
        "views": ["predictions", "loss_surface", "program", "updates", "any_layer"],
        "numbers": "E = 1",
        "path": [reply["checkpoint"]],
        "chosen": "weight-1-0-0",
        "checked": "yes",
    }
    beside = {"texts": reply["kept"], "iteration": 1, "step": 3, "checkpoint": reply["checkpoint"]}
    shown = is_answer(then(reply, iteration="2", beside=beside, **views))
    assert shown["predictions"]
    assert shown["loss_surface"]
    assert shown["program"]
    assert shown["updates"]
    assert shown["any_layer"]
    assert shown["numbers"]
    assert shown["details"]
    assert shown["beside"]["data"]


def test_what_a_link_compares_with_and_a_story_of_the_sigmoid_are_of_the_protocol() -> None:
    assert opened("network", typed={"other": "preset=and&iteration=2"})["other"]["iteration"] == 2
    assert opened("sigmoid", step=END, chosen="tanh")["details"]


def test_a_run_far_away_waits_as_the_protocol_says() -> None:
    reply = opened("network", typed={"preset": "xor-learns"}, iteration="900000")
    beside = {"texts": reply["kept"], "iteration": 900_000, "step": 3, "checkpoint": None}
    assert is_answer(then(reply, beside=beside))["beside"]["data"] is None


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"count": "x"},
        {"goal": None},
        {"jump": {"text": "x", "reach": 5}},
        {"other": TRAINING["run"]},
        {"below": "9"},
    ],
)
def test_training_answers_as_the_protocol_says(changes: Json) -> None:
    asked = TRAINING | changes
    assert problems(asked, TrainingRequest) == []
    reply = json.loads(json.dumps(slice_of(TrainRequest.of(asked), lambda: None)))
    assert problems(reply, TrainingSlice) == []


@pytest.mark.parametrize(
    ("value", "kind"),
    [({"iteration": 1}, Checkpoint), ({"iteration": 1, "packed": "", "more": 1}, Checkpoint),
     ({"iteration": 1.5, "packed": ""}, Checkpoint),
     ({"iteration": True, "packed": ""}, Checkpoint), ([1, ""], Checkpoint), (None, Checkpoint),
     ({"iterations": ["1"], "losses": []}, Curve),
     (BODY | {"theme": "blue"}, PageRequest), (BODY | {"room": [1]}, PageRequest),
     (BODY | {"typed": {"a": 1}}, PageRequest),
     (BODY | {"checkpoint": [1, ""]}, PageRequest)],
)  # fmt: skip
def test_what_is_not_of_the_protocol_is_found(value: Any, kind: Any) -> None:
    assert problems(value, kind)
