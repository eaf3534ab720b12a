"""What the page asks and is answered: edits and buttons keep the place or begin again; stories are told on demand."""

import base64
import json
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.lessons.network.links import ACTIONS
from nnviz.presets import PRESETS
from tests.asking import KEPT, START, ask, link, place, sentence, then, view


@pytest.mark.parametrize(("step", "released"), [("0", 0), ("1", 4), ("4", 4), ("5", 23), ("23", 23)])
def test_whole_passes_are_handed_out(step: str, released: int) -> None:
    reply = ask(step=step)
    assert (reply["first"], reply["released"]) == (0, released)
    assert len(reply["views"]) == released + 1


def test_of_a_long_iteration_the_present_pass_alone_is_handed_out() -> None:
    first = then(link({"preset": "vanishing"}), {"detail": "term"})
    ends = [0]
    for phase in first["phases"]:
        ends.append(ends[-1] + phase["steps"])
    assert ends[-1] == first["steps"] > 150
    for start, end in pairwise(ends):
        for step in (start + 1, end):
            reply = then(first, step=str(step))
            assert (reply["cursor"], reply["first"], reply["released"]) == (step, start, end)
            assert len(reply["views"]) == end - start + 1
            assert f"step {step} of {ends[-1]}" in view(reply)["meta"]


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
    reply = ask(typed={"sample": "4"}, kept=link({"preset": "and"})["kept"])
    assert reply["kept"]["data"] == "0,0,0;0,1,0;1,0,0;1,1,1"
    assert (reply["settings"]["x1"], reply["settings"]["target"], reply["problems"]) == ("1", "1", {})


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
    before = then(link({"preset": "and"}), {}, iteration="5", step="1")
    assert (view(before)["meta"], before["by_samples"]) == (
        "Iteration 5 · forward · step 1 of 14 · sample 1 of 4",
        "Factors are those of sample 1; gradients are summed over all 4 samples.",
    )
    after = then(before, {"sample": "4"})
    assert place(after) == (5, 1)
    assert (before["settings"]["x1"], after["settings"]["x1"]) == ("0", "1")
    assert "sample 4 of 4" in view(after)["meta"]
    assert sentence(after) != sentence(before)


def test_in_place_the_sentence_says_what_is_wrong_and_what_had_been_right() -> None:
    reply = then(link({"preset": "mazur"}), {"update": "in-place"})
    reply = then(reply, step=str(reply["steps"]))
    assert "Wrong on purpose" in sentence(reply)
    assert "In place E⁺ is 0.291027924; done correctly it is 0.291027774." in sentence(reply)
    assert "Wrong" not in sentence(then(link({"preset": "mazur"}), step=str(reply["steps"])))


def test_a_lower_error_in_place_is_no_recommendation() -> None:
    luck = "That it is lower is luck"
    home = ask(kept=KEPT | {"update": "in-place"}, typed={}, step="23")
    assert 0.2733 < float(sentence(home).split("In place E⁺ is ")[1].split(";")[0]) < 0.2734
    assert "done correctly it is 0.276957171" in sentence(home)
    assert luck in sentence(home)
    mazur = link({"preset": "mazur", "update": "in-place", "step": "999"})
    assert luck not in sentence(then(mazur, step=str(mazur["steps"])))


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
        ("fahrenheit", "csv", "2,1\n" * 1001, "There are 1,001 samples"),
    ],
)
def test_a_button_that_refuses_says_why_and_changes_nothing(preset: str, action: str, payload: str, words: str) -> None:
    before = then(link({"preset": preset}), iteration="3", step="2")
    after = then(before, action=action, payload=payload)
    assert after["problems"].keys() == {action}
    assert after["problems"][action].startswith(words)
    assert after["kept"] == before["kept"]
    assert place(after) == (3, 2)


def test_what_was_typed_before_a_button_was_pressed_counts() -> None:
    reply = ask(typed=START | {"w1": "7"}, action="add-sample")
    assert (reply["kept"]["w1"], reply["kept"]["data"]) == ("7", "2,3,1;2,3,1")


def test_the_forms_are_sent_only_to_a_page_that_lacks_them() -> None:
    first = link({})
    assert then(first, panels=first["panels"]["key"])["panels"] is None
    other = then(first, {"layer1-neurons": "3"}, panels=first["panels"]["key"])
    assert other["panels"]["key"] != first["panels"]["key"]
    assert 'id="w9"' in other["panels"]["settings"]
    assert 'data-value="w9+"' in other["panels"]["table"]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_forms_have_every_control_and_every_problem_a_place(preset: str) -> None:
    reply = link({"preset": preset})
    form = reply["panels"]["settings"]
    for key in reply["settings"].keys() - {"preset"} - ({"sample"} if ";" not in reply["kept"]["data"] else set()):
        assert f'id="{key}" data-field' in form, key
        assert f'id="{key}-problem"' in form, key
    for action in ("defaults", "draw", "add-layer", "add-sample", "remove-sample", "csv"):
        assert f'data-action="{action}"' in form, action
        assert f'id="{action}-problem"' in form, action
    assert 'id="open-problem"' in form


@pytest.mark.parametrize("step", ["0", "1", "4", "5", "23"])
@pytest.mark.parametrize("changes", [{"x1": "1e200", "w1": "1e200"}, {"w1": "1e200"}, {"rate": "1e308"}])
def test_huge_numbers_are_told_in_words(changes: dict[str, str], step: str) -> None:
    reply = ask(typed=START | changes, step=step)
    if reply["released"] == 23:
        assert "the error has diverged" in reply["views"][23]["sentence"]
        assert "next" in reply["views"][23]["refusals"]


@pytest.mark.parametrize("checked", ["", "yes"])
@pytest.mark.parametrize(
    "changes", [{"w1": "1e200"}, {"rate": "1e308"}, {"w5": "1.7976931348623157e308"}, {"x1": "1e153"}]
)
def test_the_story_of_huge_numbers_is_told_in_words(changes: dict[str, str], checked: str) -> None:
    for chosen in ("weight-1-0-0", "weight-2-0-0", "neuron-1-0-0", "loss-0-0-0"):
        story = ask(typed=START | changes, step="23", chosen=chosen, checked=checked)["story"]
        assert story["place"] == chosen
        assert not {"nan", "inf"} & set(json.dumps(story).replace(">", " ").replace("<", " ").split())


def test_a_gradient_is_checked_on_demand() -> None:
    plain, checked = (ask(step="23", chosen="weight-1-0-0", checked=said)["story"] for said in ("", "yes"))
    assert (plain["title"], plain["checkable"]) == ("The chain rule of w1", True)
    assert "Central difference" not in str(plain)
    assert "Backpropagation: −0.22652." in str(checked)
    assert checked["parts"][: len(plain["parts"])] == plain["parts"]
    for chosen in ("neuron-1-0-0", "loss-0-0-0"):
        assert not ask(step="23", chosen=chosen, checked="yes")["story"]["checkable"]


@pytest.mark.parametrize("chosen", ["", "weight-9-9-9", "bias-1-0-0", "<script>", "rate-0-0-0"])
def test_of_a_place_without_a_story_there_is_none(chosen: str) -> None:
    assert ask(chosen=chosen, checked="yes")["story"] is None


@given(
    st.dictionaries(st.sampled_from([*KEPT, "layer1-neurons", "row1-x1", "start-scale"]) | st.text(max_size=6),
                    st.text(max_size=8) | st.integers(-1, 9).map(str), max_size=5),
    st.sampled_from(sorted(ACTIONS)), st.text(max_size=8), st.text(max_size=3),
)  # fmt: skip
@example({"w6": "oops", "layer1-neurons": "1"}, "", "", "")
@example({"start-scale": "1e308"}, "draw", "", "")
def test_any_texts_in_the_fields_are_answered(typed: dict[str, str], action: str, payload: str, step: str) -> None:
    reply = ask(typed=START | typed, action=action, payload=payload, step=step)
    assert all(message.endswith(".") for message in reply["problems"].values())
    again = then(reply)
    assert (again["kept"], again["problems"]) == (reply["kept"], {})
    assert place(again) == place(reply)


def test_a_story_tells_a_factor_as_soon_as_its_operands_are_known() -> None:
    told = ask(chosen="weight-1-0-0", step="4")["story"]["parts"]
    known = "".join(part["html"] if part["since"] <= 4 else part["before"] for part in told)
    assert "<mn>0.14</mn>" in known  # ∂ŷ/∂h1 = w5, which is given
    assert "<mn>0.809</mn>" not in known


@pytest.mark.parametrize(("typed", "step"), [({"update": "in-place"}, 12), ({"layer1-neurons": "3"}, 13)])
def test_an_edit_stays_at_the_gradient_that_was_shown(typed: dict[str, str], step: int) -> None:
    reply = then(ask(step="10"), typed)
    assert reply["views"][reply["cursor"] - reply["first"]]["title"] == "Gradient of w1"
    assert place(reply) == (1, step)


# Ready for an iteration


HOME_OUTPUTS = [0.191, 0.2557457808, 0.3323139301]  # of iterations 1 to 3, as they are published
READY = "; the weights are those that it left. Forward computes h1 first."


@pytest.mark.parametrize("iteration", [2, 3, 4])
def test_after_an_iteration_the_card_says_where_one_is_and_what_it_came_to(iteration: int) -> None:
    reply = link({"iteration": str(iteration)})
    assert view(reply)["title"] == f"Iteration {iteration}, ready"
    error = f"{(HOME_OUTPUTS[iteration - 2] - 1) ** 2 / 2:.7g}"
    relation = "=" if iteration == 2 else "≈"  # 0.3272405 is the number itself
    assert sentence(reply) == f"In iteration {iteration - 1}, E {relation} {error}{READY}"
    again = then(reply, mark=reply["mark"])  # with a place that the browser knows
    assert sentence(again) == sentence(reply)


def test_before_the_first_step_nothing_is_said_of_an_iteration_before() -> None:
    reply = link({})
    assert view(reply)["title"] == "The network before the first step"
    assert sentence(reply) == "Nothing is computed yet. Forward computes h1 first."


def test_in_batches_the_error_of_the_iteration_before_is_that_of_its_batch() -> None:
    reply = link({"preset": "xor-learns", "batches": "1 in-order", "iteration": "2"})
    assert sentence(reply).startswith("In iteration 1, E of the batch ≈ ")


def test_an_iteration_whose_run_is_not_known_says_nothing_of_the_error_before() -> None:
    reply = link({})
    weights = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, np.nan]).tobytes()
    mark = {"iteration": 1001, "packed": base64.b64encode(weights).decode()}
    lost = then(reply, iteration="1001", mark=mark)
    assert view(lost)["title"] == "Iteration 1,001, ready"
    assert sentence(lost) == "The weights are those that iteration 1,000 left. Forward computes h1 first."
