"""Training from the browser: slice after slice, the curve, two runs, and strictness."""

import json
import threading
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.lessons.network.links import in_full
from nnviz.lessons.network.setup import of_preset
from nnviz.lessons.network.training.requests import TrainRequest, slice_of
from nnviz.lessons.network.training.slices import SLICE
from nnviz.player.request import NotOursError
from nnviz.presets import PRESETS
from nnviz.web.priority import Priority
from tests.asking import ANY_JSON, Json, ask, link, sentence, then

EMPTY: Json = {"iterations": [], "losses": []}


def run_of(preset: str = "xor-learns", **texts: str) -> Json:
    return {"texts": in_full(of_preset(preset)) | texts, "curve": EMPTY, "overall": EMPTY, "shown": 1}


def mark(iteration: object, packed: object) -> Json:
    return {"iteration": iteration, "packed": packed}


def curve(iterations: list[Any], losses: list[Any]) -> Json:
    return {"iterations": iterations, "losses": losses}


def body(**changes: Any) -> Json:
    """Return what the page asks when Train is pressed at the start."""
    asked = {"serial": 1, "run": run_of(), "other": None, "mark": None, "since": 1, "goal": 0, "count": "100",
             "below": "", "jump": None, "scale": "linear", "theme": "light"}  # fmt: skip
    return asked | changes


def train(**changes: Any) -> Json:
    """Return the answer to a training request with these changes, which is strict JSON."""
    reply = slice_of(TrainRequest.of(body(**changes)), lambda: None)
    received: Json = json.loads(json.dumps(reply, allow_nan=False))
    return received


def go_on(reply: Json, **changes: Any) -> Json:
    """Return the answer to the next slice."""
    run = run_of() | {"curve": reply["curve"], "overall": reply["overall"]}
    return train(**({"run": run, "mark": reply["marks"][-1], "goal": reply["goal"]} | changes))


def trained(**changes: Any) -> Json:
    reply = train(**changes)
    while reply["end"] == "goes-on":
        reply = go_on(reply, **{key: value for key, value in changes.items() if key not in ("count", "run", "mark")})
    return reply


def test_training_reaches_its_goal_with_the_losses_of_the_engine() -> None:
    reply, preset = trained(), PRESETS["xor-learns"]
    losses = nnviz.train(preset.network, preset.inputs, preset.targets, preset.learning_rate, 100).losses
    assert (reply["end"], reply["at"], reply["goal"], reply["progress"]) == ("reached", 101, 101, 1.0)
    assert reply["curve"] == {"iterations": list(range(1, 102)), "losses": list(losses)}
    assert reply["words"].startswith("Trained up to iteration 101: E")
    line, dot = reply["chart"]["data"]
    assert (line["x"], line["y"], line["customdata"]) == (*reply["curve"].values(), reply["curve"]["iterations"])
    assert (dot["x"], dot["y"]) == ([1], [losses[0]])
    assert all(
        f"E = {error!r}".replace("0.", "0.") in text for error, text in zip(losses, line["hovertext"], strict=True)
    )


def test_the_page_shows_the_place_that_training_reached() -> None:
    reply = trained()
    opened = link({"preset": "xor-learns"})
    shown = then(opened, iteration="101", mark=reply["marks"][-1])
    assert shown["iteration"] == 101
    assert shown["mark"] == reply["marks"][-1]
    walked = then(opened, iteration="101", step="25")
    assert walked["mark"] == reply["marks"][-1]
    for earlier in reply["marks"]:
        assert then(opened, iteration=str(earlier["iteration"]))["mark"] == earlier


def test_progress_says_what_is_left() -> None:
    reply = train(count="900000")
    assert reply["end"] == "goes-on"
    assert reply["progress"] == (reply["at"] - 1) / 900_000
    assert reply["live"] == f"Iteration {reply['at']:,} of 900,001, {900_001 - reply['at']:,} left."
    assert reply["words"] == ""


def test_the_chart_alone_changes_nothing() -> None:
    reply = trained(count="20")
    again = go_on(reply, goal=None, scale="log")
    assert (again["curve"], again["at"], again["end"]) == (reply["curve"], 21, "reached")
    assert again["words"].startswith("Trained up to iteration 21: E")
    assert again["chart"]["layout"]["yaxis"]["type"] == "log"
    fresh = train(goal=None)
    assert (fresh["curve"], fresh["words"]) == (EMPTY, "")
    assert fresh["chart"]["data"][0]["x"] == []


@pytest.mark.parametrize("count", ["", "0", "-3", "1.5", "many", "1000000", "1e3", "1,00", ",100"])
def test_a_wrong_number_of_iterations_is_refused_where_it_was_typed(count: str) -> None:
    reply = train(count=count)
    assert (reply["end"], reply["curve"]) == ("refused", EMPTY)
    allowed = "A whole number from 1 to 999,999 is allowed: iteration 1,000,000 is the last one here."
    assert reply["problems"] == {"train-count": allowed}


@pytest.mark.parametrize("below", ["0", "-1", "small", "1e400"])
def test_a_wrong_bound_is_refused_where_it_was_typed(below: str) -> None:
    reply = train(below=below)
    assert (reply["end"], list(reply["problems"])) == ("refused", ["train-below"])


def test_training_ends_at_the_last_iteration_that_there_is() -> None:
    late = train(count="1")["marks"][-1] | {"iteration": 999_990}
    assert train(count="11", mark=late, since=999_990)["problems"] == {
        "train-count": "A whole number from 1 to 10 is allowed: iteration 1,000,000 is the last one here."
    }
    assert train(count="10", mark=late, since=999_990)["at"] == 1_000_000
    assert train(count="1", mark=late | {"iteration": 1_000_000}, since=1_000_000)["problems"] == {
        "train-count": "Iteration 1,000,000 is the last one that this page computes."
    }


def test_a_goal_of_one_computes_the_first_error() -> None:
    assert train(goal=1)["curve"] == {"iterations": [1], "losses": [trained()["curve"]["losses"][0]]}


def test_where_the_server_is_full_a_slice_is_short_and_says_how_long_to_wait() -> None:
    reply = slice_of(TrainRequest.of(body(count="900000")), lambda: None, is_full=True)
    assert (reply["at"], reply["end"]) == (17, "goes-on")
    assert reply["wait"] > 0
    assert train(count="900000")["wait"] == 0


def test_a_slice_is_bounded_however_long_it_has_to_wait() -> None:
    start = time.perf_counter()
    reply = slice_of(TrainRequest.of(body(count="900000")), lambda: time.sleep(0.3))
    assert reply["end"] == "goes-on"
    assert time.perf_counter() - start < 5 * SLICE


def test_until_the_error_is_below_a_value() -> None:
    reply = trained(count="10000", below="0,1")
    assert reply["end"] == "below"
    assert reply["words"].startswith("E is below 0.1 at iteration ")
    assert reply["curve"]["losses"][-1] < 0.1 <= min(reply["curve"]["losses"][:-1])


def test_in_batches_the_error_of_all_samples_goes_from_slice_to_slice() -> None:
    run = run_of(batches="1 shuffled 1")
    first = train(run=run, count="900000")
    assert first["end"] == "goes-on"
    assert len(first["overall"]["iterations"]) > 10
    later = train(run=run | {"curve": first["curve"], "overall": first["overall"]}, mark=first["marks"][-1],
                  goal=first["at"] + 1)  # fmt: skip
    assert later["overall"]["iterations"][:10] == first["overall"]["iterations"][:10]
    assert later["overall"]["iterations"][-1] == first["at"] + 1
    assert later["words"].startswith(f"Trained up to iteration {later['at']:,}: E of all samples ≈ ")
    assert trained(count="20")["overall"] == EMPTY


def test_divergence_is_told_with_what_to_try() -> None:
    reply = trained(run=run_of("fahrenheit-diverges"), count="1000")
    assert reply["end"] == "grown"
    assert reply["words"].startswith("Diverging: ")
    assert "try 0.001" in reply["words"]


def test_two_runs_stand_in_one_chart_with_what_differs() -> None:
    one = trained(count="30")
    other = run_of() | {"curve": one["curve"], "shown": 31}
    reply = train(run=run_of(rate="0.5"), other=other, count="10")
    theirs, mine, dot = reply["chart"]["data"]
    assert (theirs["x"], theirs["y"]) == tuple(one["curve"].values())
    assert (theirs["name"], mine["name"]) == ("Other run: learning rate 1", "This run: learning rate 0.5")
    assert mine["x"] == list(range(1, 12))
    assert dot["x"] == [1]
    same = train(other=other)["chart"]["data"]
    assert "same settings" in same[0]["name"]


def test_the_other_run_stands_beside_this_one_where_the_reader_left_it() -> None:
    late = trained(count="20")["marks"][-1]
    texts = in_full(of_preset("xor-learns"))
    opened = link({"preset": "xor-learns", "rate": "0.5"})
    for place in (late, None):
        beside = {"texts": texts, "iteration": 21, "step": 3, "mark": place}
        found = then(opened, beside=beside)["beside"]
        assert found["meta"].startswith("Iteration 21 · forward · step 3 of")
        assert found["title"] == "Other run: learning rate 1"
        shown = then(link({"preset": "xor-learns"}), iteration="21", step="3")["figure"]
        assert found["data"] == shown["data"]
    assert opened["beside"] is None


def test_a_mark_of_another_run_of_this_network_is_not_used() -> None:
    late = trained(count="20")["marks"][-1]
    edited = then(link({"preset": "xor-learns"}), {"w1": "5"})
    for name in (link({"preset": "xor-learns"})["run"], "", "x"):
        shown = then(edited, iteration="21", mark=late, run=name)
        assert shown["mark"] == then(edited, iteration="21")["mark"] != late


@pytest.mark.parametrize(
    "changes", [{"texts": {"rate": "x"}}, {"iteration": 0}, {"mark": mark(2, "AAAA")}, {"step": "1"}]
)
def test_a_wrong_other_run_is_refused(changes: Json) -> None:
    beside = {"texts": in_full(of_preset("xor-learns")), "iteration": 2, "step": 0, "mark": None} | changes
    with pytest.raises(NotOursError):
        ask(beside=beside)


def test_a_link_brings_the_run_to_compare_with() -> None:
    reply = link({"preset": "xor-learns", "rate": "0.5", "other": "preset=xor-learns&rate=2&iteration=7"})
    assert reply["other"]["texts"]["rate"] == "2"
    assert {key: reply["other"][key] for key in ("iteration", "cursor", "trained")} == {
        "iteration": 7, "cursor": 0, "trained": 0
    }  # fmt: skip
    assert "left out" not in reply["notice"]


@pytest.mark.parametrize(
    "broken", ["rate=x", "nonsense", "%%%", "w1=1e999", "rate=1&iteration=1e30", "rate=1&trained=-1", "rate=1&step=x"]
)
def test_a_broken_run_to_compare_with_is_left_out(broken: str) -> None:
    reply = link({"preset": "xor-learns", "other": broken})
    assert reply["other"] is None
    assert "The run to compare with could not be read." in reply["notice"]
    assert reply["notice"].endswith("It is left out.")
    assert ("rate: Not a number." in reply["notice"]) == (broken == "rate=x")


@pytest.mark.parametrize(
    ("text", "trained"), [("1001", 1001), ("abc", 0), ("Infinity", 0), ("1e9", 0), ("-1", 0), ("99999999", 0)]
)
def test_a_link_says_how_far_its_run_was_trained(text: str, trained: int) -> None:
    reply = link({"preset": "xor-learns", "trained": text})
    assert (reply["opened"], reply["trained"]) == (True, trained)
    assert ("How far it was trained must be" in reply["notice"]) == (not trained)


def test_a_far_iteration_of_a_link_is_reached_later() -> None:
    reply = link({"preset": "xor-learns", "iteration": "900000", "step": "3"})
    assert reply["beyond"] == 900_000
    assert 1 < reply["iteration"] < 900_000
    assert reply["cursor"] == 0
    near = link({"preset": "xor-learns", "iteration": "50", "step": "3"})
    assert (near["beyond"], near["iteration"], near["cursor"]) == (0, 50, 3)


def test_a_mark_of_a_run_that_was_edited_is_left_alone() -> None:
    late = trained(count="20")["marks"][-1]
    opened = link({"preset": "xor-learns"})
    edited = then(opened, {"rate": "0.5"}, iteration="21", mark=late)
    assert edited["iteration"] == 1
    assert edited["run"] != opened["run"]
    assert then(opened, {"sample": "2"}, iteration="21", mark=late)["run"] == opened["run"]


def test_batches_say_which_samples_an_iteration_uses() -> None:
    opened = link({"preset": "xor-learns", "batches": "2 in-order"})
    first, second = (then(opened, iteration=number, step="1")["views"][1]["meta"] for number in ("1", "2"))
    assert "· batch: 1, 2" in first
    assert "· batch: 3, 4" in second
    assert "batch" not in link({"preset": "xor-learns"})["views"][0]["meta"]
    shuffled = link({"preset": "xor-learns", "batches": "1 shuffled 5"})
    assert shuffled["settings"]["batch-seed"] == "5"
    assert shuffled["kept"]["batches"] == "1 shuffled 5"


@pytest.mark.parametrize("text", ["0", "5", "two", "", "1.5"])
def test_a_batch_is_all_or_some_samples(text: str) -> None:
    reply = then(link({"preset": "xor-learns"}), {"batch-size": text})
    assert reply["problems"] == {"batch-size": "Allowed are all, or a whole number from 1 to 4."}
    assert reply["kept"]["batches"] == "all"


def test_of_a_single_sample_a_batch_is_that_one() -> None:
    assert link({"batches": "2"})["notice"].endswith(
        "Batches cannot be “2”: all is used instead. Allowed are all, or 1."
    )


def test_in_batches_the_numbers_shown_are_those_of_a_sample_in_use() -> None:
    opened = link({"preset": "xor-learns", "batches": "1 in-order", "sample": "3"})
    used = [then(opened, iteration=str(number), step="1") for number in (1, 2, 3, 4)]
    assert [reply["views"][1]["meta"].count(f"batch: {n}") for n, reply in enumerate(used, start=1)] == [1] * 4
    assert all(f"sample {n} of 4" in reply["views"][1]["meta"] for n, reply in enumerate(used, start=1))
    inputs = [[reply["values"][name]["text"] for name in ("x1", "x2")] for reply in used]
    assert inputs == [["0", "0"], ["0", "1"], ["1", "0"], ["1", "1"]]
    assert "0·" in sentence(used[0])


# What is not ours


@given(ANY_JSON)
def test_anything_else_is_refused(asked: object) -> None:
    with pytest.raises(NotOursError):
        TrainRequest.of(asked)


@pytest.mark.parametrize(
    "changes",
    [{"run": None}, {"run": run_of() | {"curve": curve([1], [])}},
     {"run": run_of() | {"curve": curve([1], [float("nan")])}},
     {"run": run_of() | {"curve": curve([2, 1], [0.1, 0.2])}},
     {"run": run_of() | {"texts": {"rate": "x"}}},
     {"run": run_of() | {"curve": curve(["1"], [0.1])}},
     {"run": run_of() | {"overall": curve([1], [])}},
     {"mark": mark(1, "AAAA")}, {"mark": mark(0, "")}, {"mark": {"iteration": 1}}, {"mark": [1, ""]},
     {"scale": "steep"}, {"theme": "blue"}, {"goal": "5"}, {"since": None}, {"count": 5}, {"other": {}},
     {"since": 10**400}, {"goal": 10**7}, {"run": run_of() | {"curve": curve([1], [10**400])}},
     {"run": run_of() | {"shown": -1}}, {"mark": mark(10**30, "")},
     {"jump": {"text": "1", "reach": -1}}, {"jump": {"text": 1, "reach": 1}}, {"jump": "1"}],
)  # fmt: skip
def test_what_the_page_never_sends_is_refused(changes: Json) -> None:
    with pytest.raises(NotOursError):
        TrainRequest.of(body(**changes))


@given(st.dictionaries(st.sampled_from(list(body())), ANY_JSON, min_size=1))
def test_no_change_of_a_request_ends_in_anything_but_a_refusal_or_an_answer(changes: Json) -> None:
    try:
        request = TrainRequest.of(body(**changes))
    except NotOursError:
        return
    json.dumps(slice_of(request, lambda: None), allow_nan=False)


@pytest.mark.parametrize(
    "changes",
    [{"mark": mark(2, "AAAA")}, {"mark": {"iteration": 2}}, {"mark": [2, "AAAA"]}, {"mark": "x"}, {"views": "learned"},
     {"path": [mark(1, 2)]}, {"path": [mark(2, "AAAA")], "iteration": "5", "views": ["ground"]}],
)  # fmt: skip
def test_wrong_marks_of_the_page_are_refused(changes: Json) -> None:
    run = ask()["run"]
    with pytest.raises(NotOursError):
        ask(run=run, **changes)


# What else is shown of a run


def test_what_was_learned_and_the_ground_come_where_they_are_shown() -> None:
    opened = link({"preset": "xor-learns"})
    assert (opened["learned"], opened["ground"]) == (None, None)
    reply = trained()
    shown = then(opened, iteration="101", mark=reply["marks"][-1], views=["learned", "ground"], path=reply["marks"],
                 pair="weight-1-0-0 weight-2-0-1")  # fmt: skip
    assert "after 100 iterations" in shown["learned"]["words"]
    assert shown["ground"]["pair"] == ["weight-1-0-0", "weight-2-0-1"]
    assert [choice["name"] for choice in shown["ground"]["options"]][:3] == ["w1", "w2", "b1"]


def test_one_parameter_has_no_map() -> None:
    opened = link({"preset": "2-2-1", "inputs": "1", "layers": "1 identity none", "data": "2,1"}, views=["ground"])
    assert opened["ground"]["figure"] is None
    assert "needs two" in opened["ground"]["words"]


# Priority


def test_training_waits_while_a_step_is_computed_and_no_longer() -> None:
    courtesy, order = Priority(), []

    def train_on() -> None:
        courtesy.wait()
        order.append("training")

    with courtesy.quick():
        thread = threading.Thread(target=train_on)
        thread.start()
        order.append("step")
    thread.join()
    courtesy.wait()
    assert order == ["step", "training"]


@pytest.mark.parametrize(
    ("text", "reach", "number"),
    [("7", 10, 7), (" 10 ", 10, 10), ("1,000", 1000, 1000), ("1 001", 1001, 1001), ("1.000.000", 10**6, 10**6)],
)
def test_the_text_of_an_iteration_to_go_to_is_read_as_all_whole_numbers_are(text: str, reach: int, number: int) -> None:
    reply = train(goal=None, jump={"text": text, "reach": reach})
    assert (reply["jump"], reply["problems"]) == (number, {})


@pytest.mark.parametrize("text", ["", "0", "11", "-1", "1.5", "two", "1,00"])
def test_an_iteration_that_cannot_be_gone_to_is_refused_and_no_slice_with_it(text: str) -> None:
    reply = train(count="5", jump={"text": text, "reach": 10})
    assert (reply["jump"], reply["end"], reply["at"]) == (0, "reached", 6)
    assert list(reply["problems"]) == ["train-goto"]
    assert "from 1 to 10" in reply["problems"]["train-goto"]
