"""A saved file opens as it was; one that is not in order changes nothing and says why."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.player.request import PLACES
from nnviz.presets import PRESETS
from tests.asking import ANY_JSON, KEPT, START, Json, ask, link, place, then

NOT_OURS = "This is not a file that nnviz has saved. Nothing has changed."
NOT_IN_ORDER = "This file could not be opened, so nothing has changed. "


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
    text = json.dumps(KEPT | {"data": data, "x1": "0.12345", "x2": "0.5", "iteration": "2", "step": "9"})
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


@pytest.mark.parametrize("text", ["", "{", "w1=0.5", "[]", "3", "null", '"text"', "NaN",
                                  '{"w1": true}', '{"w1": null}',
                                  "[" * 100_000, '{"a":' * 100_000, "\ud800", "1" * 5000, "{}",
                                  '{"name": "x", "version": "1"}', '{"iteration": "3", "step": "4"}'])  # fmt: skip
def test_what_is_no_saved_file_changes_nothing(text: str) -> None:
    reply = opened(text)
    assert reply["problems"] == {"open": NOT_OURS}
    assert_nothing_is_changed(reply)


def test_a_file_of_another_page_is_named() -> None:
    reply = opened(json.dumps(KEPT | {"lesson": "sigmoid"}))
    assert reply["problems"] == {"open": "This file was saved on another page, “sigmoid”. Nothing has changed."}
    assert_nothing_is_changed(reply)
    assert opened(json.dumps(KEPT | {"lesson": "network"}))["problems"] == {}


def test_what_a_file_leaves_out_is_the_examples_and_a_number_is_named() -> None:
    for key in KEPT:
        in_data = key in ("x1", "x2", "target")
        needed = key in START and not in_data
        reply = opened(json.dumps({name: text for name, text in KEPT.items() if name != key}))
        assert reply["problems"] == {}, key
        assert reply["kept"] == KEPT, key
        label = "learning rate" if key == "rate" else key
        assert reply["notice"] == (
            f"The file is open. Left out, and filled in: {label} = {KEPT[key]}." if needed else ""
        )


def test_a_file_may_name_an_example_and_what_is_other_than_there() -> None:
    reply = opened('{"preset": "mazur", "detail": "term"}')
    assert (reply["problems"], reply["notice"]) == ({}, "")
    assert reply["kept"] == link({"preset": "mazur", "detail": "term"})["kept"]


def test_of_many_numbers_that_a_file_leaves_out_the_first_are_named() -> None:
    reply = opened('{"preset": "vanishing", "w1": "0.5", "w3": "0.25"}')
    lead, _, named = reply["notice"].partition(": ")
    assert lead == "The file is open. Left out, and filled in"
    assert [name.partition(" = ")[0] for name in named.split(", ")] == ["w2", *(f"w{n}" for n in range(4, 14)), "…."]
    assert (reply["kept"]["w1"], reply["kept"]["w3"]) == ("0.5", "0.25")


def test_no_example_is_needed_where_everything_is_given() -> None:
    before = link({"preset": "xor-learns"})
    reply = opened(json.dumps({key: text for key, text in before["kept"].items() if key != "preset"}))
    assert (reply["problems"], reply["notice"]) == ({}, "")
    assert reply["kept"] == before["kept"] | {"preset": "2-2-1"}


def test_numbers_may_stand_without_quotes_every_digit_of_them() -> None:
    bare = json.dumps(KEPT | {"w1": "W1", "iteration": "3", "inputs": "IN"}).replace('"W1"', "0.30000000000000004")
    reply = opened(bare.replace('"3"', "3").replace('"IN"', "2"))
    assert reply["problems"] == {}
    assert reply["kept"] == KEPT | {"w1": "0.30000000000000004"}
    assert place(reply) == (3, 0)


@pytest.mark.parametrize(
    ("number", "words"), [("NaN", "Not a number."), ("1e999", "Too large."), ("-Infinity", "Not a number.")]
)
def test_a_number_without_quotes_is_refused_as_one_with_quotes_is(number: str, words: str) -> None:
    reply = opened(json.dumps(KEPT | {"w1": "W1"}).replace('"W1"', number))
    assert reply["problems"]["open"].startswith(f"{NOT_IN_ORDER}w1: {words}")


def test_names_that_are_not_known_are_named_and_of_many_the_first() -> None:
    assert opened(json.dumps(KEPT | {"W1": "0.5"}))["notice"] == ("The file is open. Unknown, and ignored: “W1”.")
    many = {f"name{n}": "1" for n in range(60_000)}
    for reply in (opened(json.dumps(KEPT | many)), link(many), link({}, repeated=list(many))):
        assert len(reply["notice"]) < 300


def test_a_name_that_stands_twice_is_named_and_nothing_is_changed() -> None:
    reply = opened(json.dumps(KEPT)[:-1] + ', "w1": "7", "w1": "8"}')
    assert reply["problems"] == {"open": f"{NOT_IN_ORDER}Given more than once: “w1”."}
    assert_nothing_is_changed(reply)


def test_a_number_that_is_another_one_in_the_data_is_asked_about() -> None:
    reply = opened(json.dumps(KEPT | {"x1": "5"}))
    assert reply["problems"] == {"open": f"{NOT_IN_ORDER}x1: The data have 2 there: leave one of the two out."}
    assert_nothing_is_changed(reply)
    alone = {key: text for key, text in KEPT.items() if key != "data"}
    assert opened(json.dumps(alone | {"x1": "5"}))["kept"]["data"] == "5,3,1"
    assert opened(json.dumps(KEPT | {"x1": "2,0"}))["kept"] == KEPT


# As they were saved before files could leave anything out.
OLDER = {
    "network": '''{
 "preset": "xor-learns", "inputs": "2", "layers": "3 sigmoid trained, 1 sigmoid trained",
 "loss": "binary_cross_entropy", "start": "hand 1 1", "data": "0,0,0;0,1,1;1,0,1;1,1,0", "batches": "2 in-order",
 "sample": "1", "detail": "term", "notation": "numbered", "update": "once", "w1": "0.30000000000000004",
 "w2": "0.8216181435011584", "w3": "0.33043707618338714", "w4": "-1.303157231604361", "w5": "0.9053558666731177",
 "w6": "0.4463745723640113", "w7": "-0.5369532353602852", "w8": "0.5811181041963531", "w9": "0.36457239618607573",
 "b1": "0", "b2": "0", "b3": "0", "b4": "0", "x1": "0", "x2": "0", "target": "0", "rate": "0.3",
 "lesson": "network", "iteration": "3", "step": "9", "trained": "120"
}''',
    "descent": '''{"curve": "parabola", "a": "1", "b": "-4", "c": "6", "x": "8", "rate": "0.1",
 "lesson": "descent", "iteration": "3", "step": "2"}''',
    "sigmoid": '''{"of": "2-2-1-sigmoid", "z": "2", "w1": "1.5", "x1": "2", "target": "0",
 "lesson": "sigmoid", "iteration": "1", "step": "2"}''',
}  # fmt: skip


@pytest.mark.parametrize("lesson", OLDER)
def test_a_file_of_an_older_version_opens_as_it_was(lesson: str) -> None:
    given = json.loads(OLDER[lesson])
    before = ask(lesson=lesson, typed={}, kept=None)
    reply = then(before, action="open", payload=OLDER[lesson], lesson=lesson)
    assert (reply["problems"], reply["notice"]) == ({}, "")
    assert reply["kept"].items() >= {key: given[key] for key in given.keys() - {"lesson", *PLACES}}.items()
    assert place(reply) == (int(given["iteration"]), int(given["step"]))
    assert reply["trained"] == int(given.get("trained", 0))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"w1": "abc"}, "w1: Not a number."),
        ({"rate": "0"}, "rate: It must be greater than 0."),
        ({"layers": "11 identity none, 1 identity none"}, "layers: A whole number from 1 to 10 is allowed."),
        ({"loss": "hinge"}, "loss: Allowed are half_squared_error"),
        ({"loss": "binary_cross_entropy"}, "loss: Binary cross-entropy needs a sigmoid output."),
        ({"data": "1,2"}, "data: Up to 5,000 samples are allowed, each with 3 numbers"),
        ({"data": "in-a-file"}, "data: Up to 5,000 samples are allowed"),
        ({"trained": "-1"}, "trained: A whole number from 0 to 1,000,000 is allowed."),
        ({"w1": "1,234"}, "w1: Is 1,234 the number 1.234 or 1234? Write it without the comma."),
        ({"other": "w1=abc"}, "The run to compare with could not be read. w1: Not a number."),
        ({"preset": "0-0"}, "preset: Allowed are 2-2-1"),
        ({"sample": "2"}, "sample: Only 1 is allowed."),
        ({"iteration": "0"}, "iteration: A whole number from 1 to 1,000,000 is allowed."),
        ({"iteration": "many"}, "iteration: A whole number from 1 to 1,000,000 is allowed."),
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
        assert reply["kept"].keys() & content.keys()
