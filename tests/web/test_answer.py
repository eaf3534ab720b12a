"""What the page is answered: whole passes, forms where it lacks them, and all that is told in words."""

import base64
import gzip
import json
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import nnviz
from nnviz.lessons.network.links import ACTIONS
from nnviz.presets import PRESETS
from tests.asking import KEPT, START, Json, ask, link, place, sentence, then, view


@pytest.mark.parametrize(("step", "released"), [("0", 4), ("1", 4), ("4", 4), ("5", 23), ("23", 23)])
def test_whole_passes_are_handed_out(step: str, released: int) -> None:
    reply = ask(step=step)
    assert (reply["first"], reply["released"]) == (0, released)
    assert len(reply["views"]) == released + 1


def test_of_a_long_iteration_the_views_around_the_cursor_are_handed_out() -> None:
    first = then(link({"preset": "vanishing"}), {"detail": "term"})
    ends = list(accumulate(phase["steps"] for phase in first["phases"]))
    assert ends[-1] == first["steps"] > 150
    for start, end in pairwise([0, *ends]):
        for step in (start + 1, (start + end) // 2, end):
            reply = then(first, step=str(step))
            assert reply["cursor"] == step
            assert reply["first"] <= max(0, step - 40)
            assert min(end, step + 80) <= reply["released"] <= end
            assert len(reply["views"]) == reply["released"] - reply["first"] + 1 <= 150
            assert f"step {step} of {ends[-1]}" in view(reply)["meta"]


@pytest.mark.parametrize("samples", [1, 1000])
def test_an_answer_of_the_largest_network_in_the_smallest_steps_is_small(samples: int) -> None:
    first = largest(samples)
    assert first["steps"] > 3000
    for step in (1, first["phases"][0]["steps"] + 1, first["steps"] // 2, first["steps"]):
        reply = then(first, step=str(step), panels=first["panels"]["key"])
        assert reply["cursor"] == step
        assert len(gzip.compress(json.dumps(reply).encode(), 6)) < 300_000, step


def largest(samples: int) -> Json:
    """Return the start of the largest network that can be built, told in the smallest steps."""
    random = np.random.default_rng(7)
    rows = random.normal(size=(samples, 12)).round(3).tolist()
    shape = {"inputs": "8", "layers": ", ".join(["8 tanh trained"] * 5 + ["4 tanh trained"])}
    start = {"start": "normal 0.5 1", "detail": "term"}
    return then(link(shape | start), action="csv", payload="\n".join(",".join(map(str, row)) for row in rows))


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


FAHRENHEIT = {"preset": "fahrenheit-slow", "update": "output-for-input"}


@pytest.mark.parametrize("detail", ["layer", "neuron", "term"])
def test_with_the_output_for_the_input_each_step_says_so(detail: str) -> None:
    reply = link(FAHRENHEIT | {"detail": detail})
    said = {step: then(reply, step=str(step)) for step in range(reply["steps"] + 1)}
    assert all("output for input, which is wrong" in view(reply)["meta"] for reply in said.values())
    wrong = [view(reply)["title"] for reply in said.values() if "Wrong on purpose" in sentence(reply)]
    gradients = {"layer": ["Layer 1: the gradients"], "neuron": ["Gradient of w1"],
                 "term": ["The factor ∂ŷ/∂w1", "Gradient of w1"]}[detail]  # fmt: skip
    last = "Check: the new error" if detail == "layer" else "Check: the new error E"
    assert wrong == [*gradients, last]
    updates = [sentence(reply) for reply in said.values() if view(reply)["phase"] == "update"]
    assert "what was taken for its gradient: " in updates[0 if detail != "term" else 1]
    right = nnviz.trace(nnviz.Network([nnviz.Layer([[0.5]], [0.5])], "mean_squared_error"),
                        [[c] for c in range(-50, 50)], [[c * 9 / 5 + 32] for c in range(-50, 50)], 0.0001)  # fmt: skip
    assert f"done correctly it is {right.values['E+']:.9g}." in sentence(said[reply["steps"]])
    assert "luck" not in sentence(said[reply["steps"]])
    plain = link({"preset": "fahrenheit-slow", "detail": detail, "step": str(reply["steps"])})
    assert "wrong" not in f"{view(plain)['meta']} {sentence(plain)}".lower()


def test_a_mistake_that_raises_the_error_is_no_step_that_was_too_long() -> None:
    for update, why in (("once", ": it rose, so the step was too long."), ("output-for-input", ": it rose. Wrong")):
        reply = link({"preset": "fahrenheit", "rate": "0.01", "update": update, "step": "9"})
        assert why in sentence(reply)


def test_what_to_look_at_is_not_promised_with_the_output_for_the_input() -> None:
    told = "".join(part["text"] for part in link(FAHRENHEIT)["about"])
    assert told.startswith("This is “Fahrenheit, rate 0.0001: too slow” with a classic mistake")
    assert "27.7" not in told


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
    form = reply["panels"]["settings"] + reply["panels"]["matrix_choice"]
    of_several = {"sample", "matrix"} if ";" not in reply["kept"]["data"] else set()
    for key in reply["settings"].keys() - {"preset"} - of_several:
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
        story = ask(typed=START | changes, step="23", chosen=chosen, checked=checked)["details"]
        assert story["place"] == chosen
        assert not {"nan", "inf"} & set(json.dumps(story).replace(">", " ").replace("<", " ").split())


def test_a_gradient_is_checked_on_demand() -> None:
    plain, checked = (ask(step="23", chosen="weight-1-0-0", checked=said)["details"] for said in ("", "yes"))
    assert (plain["title"], plain["checkable"]) == ("The chain rule of w1", True)
    assert "Central difference" not in str(plain)
    assert "Backpropagation: −0.22652." in str(checked)
    assert checked["parts"][: len(plain["parts"])] == plain["parts"]
    for chosen in ("neuron-1-0-0", "loss-0-0-0"):
        assert not ask(step="23", chosen=chosen, checked="yes")["details"]["checkable"]


@pytest.mark.parametrize("chosen", ["", "weight-9-9-9", "bias-1-0-0", "<script>", "rate-0-0-0"])
def test_of_a_place_without_a_story_there_is_none(chosen: str) -> None:
    assert ask(chosen=chosen, checked="yes")["details"] is None


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
    told = ask(chosen="weight-1-0-0", step="4")["details"]["parts"]
    known = "".join(part["html"] if part["since"] <= 4 else part["before"] for part in told)
    assert "<mn>0.14</mn>" in known  # ∂ŷ/∂h1 = w5, which is given
    assert "<mn>0.809</mn>" not in known


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
    again = then(reply, checkpoint=reply["checkpoint"])  # with a place that the browser knows
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
    checkpoint = {"iteration": 1001, "packed": base64.b64encode(weights).decode()}
    lost = then(reply, iteration="1001", checkpoint=checkpoint)
    assert view(lost)["title"] == "Iteration 1,001, ready"
    assert sentence(lost) == "The weights are those that iteration 1,000 left. Forward computes h1 first."
