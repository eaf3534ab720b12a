"""Edits and buttons: they keep the reader's place or begin again, and a slip changes nothing."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.asking import KEPT, START, ask, link, place, sentence, then, view


@pytest.mark.parametrize("step", ["0", "3", "4", "10", "16", "23"])
def test_an_edit_keeps_the_place_and_goes_to_iteration_1(step: str) -> None:
    reply = ask(typed=START | {"x1": "5"}, iteration="4", step=step)
    assert place(reply) == (1, int(step))
    assert reply["settings"]["x1"] == "5"
    assert reply["notice"] == ""
    assert parse_qs(reply["query"])["iteration"] == ["1"]


@pytest.mark.parametrize("text", ["0.11", "0,11", " 0.110 ", "11e-2", "abc", ""])
def test_the_same_value_or_a_slip_keeps_the_iteration(text: str) -> None:
    reply = ask(typed=START | {"w1": text}, iteration="4", step="6")
    assert place(reply) == (4, 6)
    assert reply["kept"] == KEPT
    assert ("w1" in reply["problems"]) == (text in ("abc", ""))


def test_an_edit_has_new_numbers() -> None:
    assert "2·0.5 + 3·0.21 = 1.63" in sentence(ask(typed=START | {"w1": "0,5"}, step="1"))


def test_a_slip_stays_with_the_last_good_value() -> None:
    kept = KEPT | {"w1": "0.5"}
    reply = ask(typed=START | {"w1": "oops"}, kept=kept, step="1")
    assert reply["kept"] == kept
    assert "0.5 is still in use" in reply["problems"]["w1"]
    assert "= 1.63" in sentence(reply)


# Where ŷ, which is step 3 of 2-2-1, is computed once the network has changed.
@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ({"layer1-neurons": "3"}, 4),
        ({"layer1-activation": "tanh"}, 5),
        ({"layer2-biases": "trained"}, 3),
        ({"inputs": "3"}, 3),
        ({"loss": "mean_squared_error"}, 3),
        ({"start-rule": "normal"}, 3),
        ({"update": "in-place"}, 3),
        ({"row1-target": "4"}, 3),
    ],
    ids=str,
)
def test_an_edit_of_the_network_begins_again_at_iteration_1_and_the_same_quantity(
    typed: dict[str, str], step: int
) -> None:
    reply = then(ask(iteration="4", step="3"), typed)
    assert place(reply) == (1, step)
    assert reply["settings"].items() >= typed.items()
    assert (reply["problems"], reply["notice"]) == ({}, "")


def test_another_example_begins_at_its_start() -> None:
    reply = then(ask(iteration="4", step="3"), {"preset": "mazur"})
    assert place(reply) == (1, 0)
    assert reply["kept"]["preset"] == "mazur"


def test_another_preset_counts_beside_how_it_is_told_and_before_numbers_of_the_last() -> None:
    typed = {"preset": "mazur", "update": "in-place", "detail": "term", "w1": "7", "layer1-neurons": "3"}
    reply = then(ask(), typed)
    kept = link({"preset": "mazur", "update": "in-place", "detail": "term"})["kept"]
    assert reply["kept"] == kept
    assert reply["problems"] == {}


def test_an_example_that_is_chosen_beside_a_network_of_ones_own_begins_at_its_start() -> None:
    own = then(ask(step="5"), {"layer1-neurons": "3"})
    assert (own["settings"]["preset"], own["cursor"] > 0) == ("own", True)
    reply = ask(typed={"preset": "2-2-1"}, kept=own["kept"], step="7")
    assert (reply["settings"]["preset"], reply["kept"], place(reply)) == ("2-2-1", KEPT, (1, 0))


def test_what_no_hand_has_touched_is_as_it_is() -> None:
    reply = ask(typed={"sample": "3"}, kept=link({"preset": "and"})["kept"])
    assert reply["kept"]["data"] == "0,0,0;0,1,0;1,0,0;1,1,1"
    assert (reply["settings"]["x1"], reply["settings"]["target"], reply["problems"]) == ("1", "0", {})


@pytest.mark.parametrize(
    ("changes", "replaces"),
    [
        ({}, False),
        ({"typed": {"w1": "7"}}, False),
        ({"typed": {"w1": "seven", "rate": "1"}}, False),
        ({"typed": {"detail": "layer", "notation": "indexed", "update": "in-place"}}, False),
        ({"action": "defaults"}, False),
        ({"action": "remove-sample"}, False),
        ({"action": "defaults", "kept": KEPT | {"w1": "7"}}, True),
        ({"action": "draw"}, True),
        ({"action": "csv", "payload": "1,2,3"}, True),
        ({"action": "add-layer"}, True),
        ({"typed": {"layer1-neurons": "3"}}, True),
        ({"typed": {"layer2-activation": "sigmoid"}}, True),
        ({"typed": {"start-rule": "xavier"}}, True),
        ({"typed": {"preset": "and"}}, True),
        ({"action": "open", "payload": json.dumps(KEPT | {"w1": "7"})}, True),
        ({"action": "open", "payload": json.dumps(KEPT)}, False),
        ({"action": "open", "payload": "{}"}, False),
    ],
    ids=str,
)
def test_what_replaces_much_at_once_is_said_to(changes: dict[str, Any], replaces: bool) -> None:
    assert ask(**({"typed": {}} | changes))["replaces"] is replaces


def test_an_edit_to_a_shorter_iteration_stops_at_its_end() -> None:
    assert place(then(ask(step="23"), {"layer1-neurons": "1"})) == (1, 3 + 5 + 3 + 3)


# Where the same quantity is known in the other detail: 2-2-1 has 23 steps by neuron and 12 by layer, which are
# layers 1 and 2 and E; ∂E/∂ŷ, the gradients of w5 and w6, ∂E/∂h, the gradients of w1 to w4; the updates of both
# layers; layers 1 and 2 and E again.
@pytest.mark.parametrize(
    ("by_neuron", "by_layer"),
    [(0, 0), (2, 1), (3, 2), (4, 3), (5, 4), (7, 5), (9, 6), (13, 7), (17, 8), (19, 9), (21, 10), (22, 11), (23, 12)],
)
def test_in_other_steps_the_reader_stays_at_the_same_quantity(by_neuron: int, by_layer: int) -> None:
    before = ask(iteration="3", step=str(by_neuron))
    layers = then(before, {"detail": "layer"})
    assert place(layers) == (3, by_layer)
    assert layers["steps"] == 12
    assert place(then(layers, {"detail": "neuron"})) == (3, by_neuron)
    terms = then(before, {"detail": "term"})
    assert terms["iteration"] == 3
    assert view(terms)["names"][:1] == view(before)["names"][:1]
    assert place(then(terms, {"detail": "neuron"})) == (3, by_neuron)


def test_within_a_stage_the_last_quantity_that_is_known_in_both_counts() -> None:
    assert place(then(ask(step="1"), {"detail": "layer"})) == (1, 1)
    product = then(then(ask(step="1"), {"detail": "term"}), step="2")
    assert view(product)["title"] == "The product x2·w2"
    assert place(then(product, {"detail": "neuron"})) == (1, 0)


@pytest.mark.parametrize("step", [0, 6, 23])
def test_another_notation_keeps_the_place_and_the_numbers(step: int) -> None:
    before = ask(iteration="3", step=str(step))
    after = then(before, {"notation": "indexed"})
    assert place(after) == (3, step)
    assert {key: text for key, text in after["kept"].items() if key != "notation"} == {
        key: text for key, text in before["kept"].items() if key != "notation"
    }
    numbers = [
        [
            (value["since"], value["text"], value["few"])
            for name, value in reply["values"].items()
            if "∂E" in name or "δ" in name
        ]
        for reply in (before, after)
    ]
    assert numbers[0] == numbers[1]


def test_another_sample_keeps_the_place_and_shows_its_numbers() -> None:
    before = then(link({"preset": "and", "sample": "1"}), {}, iteration="5", step="1")
    assert (view(before)["meta"], before["by_samples"]) == (
        "Iteration 5 · forward · step 1 of 14 · sample 1 of 4",
        "Factors are those of sample 1; gradients are summed over all 4 samples.",
    )
    after = then(before, {"sample": "4"})
    assert place(after) == (5, 1)
    assert (before["settings"]["x1"], after["settings"]["x1"]) == ("0", "1")
    assert "sample 4 of 4" in view(after)["meta"]
    assert sentence(after) != sentence(before)


@pytest.mark.parametrize(("typed", "step"), [({"update": "in-place"}, 12), ({"layer1-neurons": "3"}, 13)])
def test_an_edit_stays_at_the_gradient_that_was_shown(typed: dict[str, str], step: int) -> None:
    reply = then(ask(step="10"), typed)
    assert reply["views"][reply["cursor"] - reply["first"]]["title"] == "Gradient of w1"
    assert place(reply) == (1, step)


@pytest.mark.parametrize(
    ("preset", "action", "payload", "iteration", "changed"),
    [
        ("2-2-1", "add-layer", "", 1, {"layers": "2 identity none, 2 identity none, 1 identity none"}),
        ("2-2-1", "remove-layer1", "", 1, {"layers": "1 identity none"}),
        ("xor", "draw", "", 1, {"start": "normal 0.1 2"}),
        ("2-2-1", "add-sample", "", 1, {"data": "2,3,1;2,3,1", "sample": "2"}),
        ("xor", "remove-sample", "", 1, {"data": "0,1,1;1,0,1;1,1,0"}),
        ("2-2-1", "csv", "x1;x2;y\n0,5;1;2", 1, {"data": "0.5,1,2"}),
        ("2-2-1", "defaults", "", 3, {}),
        ("2-2-1", "", "", 3, {}),
    ],
)
def test_a_button_does_what_it_says_and_stays_where_it_can(
    preset: str, action: str, payload: str, iteration: int, changed: dict[str, str]
) -> None:
    before = then(link({"preset": preset}), iteration="3", step="2")
    after = then(before, action=action, payload=payload)
    assert (after["problems"], after["notice"]) == ({}, "")
    assert place(after) == (iteration, 0 if action == "remove-layer1" else 2)  # h2 is gone with its layer
    assert after["kept"].items() >= changed.items()
    assert (after["panels"]["key"] == before["panels"]["key"]) == (action in ("", "defaults", "draw", "csv"))


def test_the_original_numbers_come_back() -> None:
    assert ask(typed=START | {"w1": "7"}, action="defaults")["kept"] == KEPT


@pytest.mark.parametrize(
    ("preset", "action", "payload", "words"),
    [
        ("2-2-1", "remove-layer2", "", "The output layer cannot be removed."),
        ("2-2-1", "remove-sample", "", "This is the only sample, so it cannot be removed."),
        ("2-2-1", "csv", "1,2", "Row 1: the number of cells is 2"),
        ("xor", "csv", "0,0,5", "Cross-entropy needs targets from 0 to 1; that of sample 1 is 5."),
        ("fahrenheit", "csv", "2,1\n" * 5001, "There are 5,001 samples"),
    ],
)
def test_a_button_that_refuses_says_why_and_changes_nothing(preset: str, action: str, payload: str, words: str) -> None:
    before = then(link({"preset": preset}), iteration="3", step="2")
    after = then(before, action=action, payload=payload)
    assert {action} <= after["problems"].keys() <= {action, "csv-columns"}
    assert after["problems"][action].startswith(words)
    assert after["kept"] == before["kept"]
    assert place(after) == (3, 2)


def test_what_was_typed_before_a_button_was_pressed_counts() -> None:
    reply = ask(typed=START | {"w1": "7"}, action="add-sample")
    assert (reply["kept"]["w1"], reply["kept"]["data"]) == ("7", "2,3,1;2,3,1")
