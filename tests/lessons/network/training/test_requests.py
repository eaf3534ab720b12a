"""Training from the browser: slice after slice up to its goal, and what is no request for it."""

import json
import time
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.lessons.network.links import in_full, opened
from nnviz.lessons.network.training.loss_history import MOST_BUCKETS
from nnviz.lessons.network.training.requests import MOST_PACKED, TrainRequest, slice_of
from nnviz.lessons.network.training.slices import SLICE
from nnviz.player.request import NotOursError
from nnviz.presets import PRESETS
from tests.asking import ANY_JSON, Json, link, then
from tests.training_requests import EMPTY, body, checkpoint, curve, go_on, run_of, train, trained


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
    shown = then(opened, iteration="101", checkpoint=reply["checkpoints"][-1])
    assert shown["iteration"] == 101
    assert shown["checkpoint"] == reply["checkpoints"][-1]
    walked = then(opened, iteration="101", step="25")
    assert walked["checkpoint"] == reply["checkpoints"][-1]
    for earlier in reply["checkpoints"]:
        assert then(opened, iteration=str(earlier["iteration"]))["checkpoint"] == earlier


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
    late = train(count="1")["checkpoints"][-1] | {"iteration": 999_990}
    assert train(count="11", checkpoint=late, since=999_990)["problems"] == {
        "train-count": "A whole number from 1 to 10 is allowed: iteration 1,000,000 is the last one here."
    }
    assert train(count="10", checkpoint=late, since=999_990)["at"] == 1_000_000
    assert train(count="1", checkpoint=late | {"iteration": 1_000_000}, since=1_000_000)["problems"] == {
        "train-count": "Iteration 1,000,000 is the last one that this page computes."
    }


def test_a_goal_of_one_computes_the_first_error() -> None:
    assert train(goal=1)["curve"] == {"iterations": [1], "losses": [trained()["curve"]["losses"][0]]}


def test_where_the_server_is_full_a_slice_is_short() -> None:
    reply = slice_of(TrainRequest.of(body(count="900000")), lambda: None, is_full=True)
    assert (reply["at"], reply["end"]) == (17, "goes-on")


LARGEST = {"inputs": "8", "layers": ", ".join(["8 tanh trained"] * 5 + ["4 tanh trained"]), "batches": "1 shuffled 1"}
DATA = ";".join([",".join(["0.5"] * 12)] * 2)


def test_no_answer_is_larger_than_a_slow_line_can_bear() -> None:
    setup, problems = opened(LARGEST | {"data": DATA})
    assert problems == {}
    count = 2 * MOST_BUCKETS + 2
    long = curve([*range(1, 2 * count, 2)], [1.2345678901234567e-108 * (n + 1) for n in range(count)])
    run = {"texts": in_full(setup), "curve": long, "overall": long, "tested": EMPTY, "shown": 1}
    reply = slice_of(TrainRequest.of(body(run=run, other=run, count="999999")), lambda: None)
    assert len(json.dumps(reply)) < 300_000
    every = [place["iteration"] for place in reply["checkpoints"]]
    assert every == sorted(set(every))
    assert every[-1] == reply["at"]


def test_of_many_large_checkpoints_so_many_are_answered_as_are_not_too_much_and_always_the_last() -> None:
    setup, _ = opened(LARGEST | {"data": DATA})
    run = {"texts": in_full(setup), "curve": EMPTY, "overall": EMPTY, "tested": EMPTY, "shown": 1}
    with patch("nnviz.lessons.network.training.requests.SLICE", 60.0):
        reply = slice_of(TrainRequest.of(body(run=run, count="300")), lambda: None)
    packed = [len(place["packed"]) for place in reply["checkpoints"]]
    assert MOST_PACKED / 2 < sum(packed) <= MOST_PACKED
    assert (reply["end"], reply["checkpoints"][-1]["iteration"]) == ("reached", 301)


def test_a_curve_with_more_points_than_are_ever_kept_is_not_ours() -> None:
    count = 2 * MOST_BUCKETS + 3
    with pytest.raises(NotOursError):
        train(run=run_of() | {"curve": curve([*range(1, count + 1)], [0.5] * count)})


def test_a_slice_is_bounded_however_long_it_has_to_wait() -> None:
    waits = list[float]()

    def wait() -> None:
        waits.append(1.5 * SLICE)
        time.sleep(waits[-1])

    reply = slice_of(TrainRequest.of(body(count="900000")), wait)
    assert reply["end"] == "goes-on"
    assert SLICE < sum(waits) < 5 * SLICE


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
    later = train(run=run | {"curve": first["curve"], "overall": first["overall"]}, checkpoint=first["checkpoints"][-1],
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
     {"checkpoint": checkpoint(1, "AAAA")}, {"checkpoint": checkpoint(0, "")}, {"checkpoint": {"iteration": 1}},
     {"checkpoint": [1, ""]},
     {"scale": "steep"}, {"theme": "blue"}, {"goal": "5"}, {"since": None}, {"count": 5}, {"other": {}},
     {"since": 10**400}, {"goal": 10**7}, {"run": run_of() | {"curve": curve([1], [10**400])}},
     {"run": run_of() | {"shown": -1}}, {"checkpoint": checkpoint(10**30, "")},
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
