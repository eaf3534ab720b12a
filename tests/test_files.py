"""A saved file opens as it was; one that is not in order changes nothing and says why."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.lessons.presets import PRESETS
from tests.asking import ANY_JSON, KEPT, START, Json, ask, link, place, then

NOT_OURS = "This file is no JSON that nnviz has saved. Nothing is changed."
NOT_IN_ORDER = "This file is not in order, so nothing is changed. "


def saved(reply: Json) -> str:
    """Return the file that the page saves at an answer."""
    return json.dumps(reply["kept"] | {"iteration": str(reply["iteration"]), "step": str(reply["cursor"])})


def opened(text: str, **changes: Any) -> Json:
    """Return the answer when the page, at step 7 of iteration 2 with another w1, opens a file."""
    at = {"typed": START | {"w1": "0.5"}, "kept": KEPT | {"w1": "0.5"}, "iteration": "2", "step": "7"}
    return ask(**(at | {"action": "open", "payload": text} | changes))


def assert_nothing_is_changed(reply: Json) -> None:
    assert reply["kept"] == KEPT | {"w1": "0.5"}
    assert place(reply) == (2, 7)
    assert reply["notice"] == ""


@pytest.mark.parametrize("preset", PRESETS)
def test_what_was_saved_opens_as_it_was(preset: str) -> None:
    before = then(link({"preset": preset}), {"detail": "term", "rate": "0.3"}, iteration="3", step="9", action="draw")
    after = opened(saved(before))
    assert after["problems"] == {}
    assert after == before | {"opened": True}


def test_a_file_holds_samples_that_no_link_does() -> None:
    rows = "\n".join(f"{n}.123456,{n}" for n in range(1000))
    before = then(link({"preset": "fahrenheit"}), {"sample": "7"}, action="csv", payload=rows)
    after = opened(saved(before))
    assert after == before | {"opened": True}
    assert len(after["kept"]["data"].split(";")) == 1000


def test_a_page_that_is_just_loaded_opens_what_the_history_kept_for_it() -> None:
    data = ";".join(f"{number}.12345,{number}.5,1" for number in range(1000))
    text = json.dumps(KEPT | {"data": data, "x1": "0", "x2": "0.5", "iteration": "2", "step": "9"})
    reply = opened(text, kept=None, typed={}, iteration="2", step="9")
    assert (reply["problems"], reply["notice"], place(reply)) == ({}, "", (2, 9))
    assert (reply["kept"]["data"].count(";"), reply["kept"]["x2"]) == (999, "0.5")


def test_where_that_is_no_longer_in_order_the_page_opens_all_the_same() -> None:
    reply = opened("{}", kept=None, typed={}, iteration="2", step="9")
    assert reply["problems"].keys() == {"open"}
    assert reply["kept"] == KEPT


def test_a_file_without_a_place_opens_at_the_start() -> None:
    reply = opened(json.dumps(KEPT | {"w1": "7"}))
    assert reply["kept"] == KEPT | {"w1": "7"}
    assert place(reply) == (1, 0)


@pytest.mark.parametrize("text", ["", "{", "w1=0.5", "[]", "3", "null", '"text"', "NaN", '{"w1": 0.5}', '{"w1": null}',
                                  "[" * 100_000, '{"a":' * 100_000, "\ud800", "1" * 5000])  # fmt: skip
def test_what_is_no_saved_file_changes_nothing(text: str) -> None:
    reply = opened(text)
    assert reply["problems"] == {"open": NOT_OURS}
    assert_nothing_is_changed(reply)


def test_a_file_of_another_page_is_named() -> None:
    reply = opened(json.dumps(KEPT | {"lesson": "sigmoid"}))
    assert reply["problems"] == {"open": "This file was saved on another page, that of “sigmoid”. Nothing is changed."}
    assert_nothing_is_changed(reply)
    assert opened(json.dumps(KEPT | {"lesson": "network"}))["problems"] == {}


def test_every_missing_key_is_named_and_nothing_is_changed() -> None:
    for key in KEPT:
        reply = opened(json.dumps({name: text for name, text in KEPT.items() if name != key}))
        assert reply["problems"] == {"open": f"{NOT_IN_ORDER}Missing: {key}."}, key
        assert_nothing_is_changed(reply)
    named = ", ".join(missing_in_order()[:11])
    assert opened("{}")["problems"] == {"open": f"{NOT_IN_ORDER}Missing: {named}, …."}


def missing_in_order() -> list[str]:
    """Return the keys as a file has them: how the network is built, how it is told, its numbers."""
    return [
        "preset",
        "inputs",
        "layers",
        "loss",
        "start",
        "data",
        "batches",
        "sample",
        "detail",
        "notation",
        "update",
        *START,
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"w1": "abc"}, "w1: Not a number."),
        ({"rate": "0"}, "rate: It must be greater than 0."),
        ({"layers": "9 identity none, 1 identity none"}, "layers: A whole number from 1 to 8 is allowed."),
        ({"loss": "hinge"}, "loss: Allowed are half_squared_error"),
        ({"loss": "binary_cross_entropy"}, "loss: Cross-entropy needs a sigmoid output."),
        ({"data": "1,2"}, "data: Up to 1000 samples are allowed, each with 3 numbers"),
        ({"data": "in-a-file"}, "data: Up to 1000 samples are allowed"),
        ({"inputs": "3", "data": "1,2,3,4"}, "Missing: w7, w8, x3."),
        ({"preset": "0-0"}, "preset: Allowed are 2-2-1"),
        ({"sample": "2"}, "sample: A whole number from 1 to 1 is allowed."),
        ({"iteration": "0"}, "iteration: A whole number from 1 to 1000000 is allowed."),
        ({"iteration": "many"}, "iteration: A whole number from 1 to 1000000 is allowed."),
        ({"step": "-1"}, "step: A whole number from 0 to"),
        ({"w1": "abc", "x1": ""}, "x1: Type a number"),
    ],
    ids=str,
)
def test_a_wrong_value_changes_nothing_and_is_named(changes: dict[str, str], words: str) -> None:
    reply = opened(json.dumps(KEPT | {"iteration": "3", "step": "4"} | changes))
    [(key, message)] = reply["problems"].items()
    assert key == "open"
    assert message.startswith(NOT_IN_ORDER)
    assert words in message
    assert_nothing_is_changed(reply)


def test_a_step_that_the_iteration_does_not_have_is_its_last() -> None:
    reply = opened(json.dumps(KEPT | {"iteration": "3", "step": "99"}))
    assert (reply["problems"], reply["notice"], place(reply)) == ({}, "", (3, 23))


@given(ANY_JSON | st.dictionaries(st.sampled_from(sorted(KEPT)), st.text(max_size=8)).map(lambda some: KEPT | some))
@example(KEPT | {"start": "uniform 1e308 1"})
def test_any_file_opens_whole_or_changes_nothing(content: object) -> None:
    reply = opened(json.dumps(content))
    if reply["problems"]:
        assert reply["problems"].keys() == {"open"}
        assert_nothing_is_changed(reply)
    else:
        assert isinstance(content, dict)
        assert reply["kept"].keys() <= content.keys()
