"""Two runs: in one chart, side by side, and from a link that brings the other one."""

import pytest

from nnviz.lessons.network.links import in_full
from nnviz.lessons.network.setup import of_preset
from nnviz.player.request import NotOursError
from tests.asking import Json, ask, link, then
from tests.training_requests import checkpoint, curve, run_of, train, trained


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
    late = trained(count="20")["checkpoints"][-1]
    texts = in_full(of_preset("xor-learns"))
    opened = link({"preset": "xor-learns", "rate": "0.5"})
    for place in (late, None):
        beside = {"texts": texts, "iteration": 21, "step": 3, "checkpoint": place}
        found = then(opened, beside=beside)["beside"]
        assert found["meta"].startswith("Iteration 21 · forward · step 3 of")
        assert found["title"] == "Other run: learning rate 1"
        shown = then(link({"preset": "xor-learns"}), iteration="21", step="3")["figure"]
        assert found["data"] == shown["data"]
    assert opened["beside"] is None


def test_a_mark_of_another_run_of_this_network_is_not_used() -> None:
    late = trained(count="20")["checkpoints"][-1]
    edited = then(link({"preset": "xor-learns"}), {"w1": "5"})
    for name in (link({"preset": "xor-learns"})["run"], "", "x"):
        shown = then(edited, iteration="21", checkpoint=late, run=name)
        assert shown["checkpoint"] == then(edited, iteration="21")["checkpoint"] != late


@pytest.mark.parametrize(
    "changes", [{"texts": {"rate": "x"}}, {"iteration": 0}, {"checkpoint": checkpoint(2, "AAAA")}, {"step": "1"}]
)
def test_a_wrong_other_run_is_refused(changes: Json) -> None:
    beside = {"texts": in_full(of_preset("xor-learns")), "iteration": 2, "step": 0, "checkpoint": None} | changes
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


def test_a_chart_of_what_is_below_0_stays_linear_and_says_so() -> None:
    below = run_of("2-2-1", loss="upstream_gradient") | {"curve": curve([1, 2], [0.5, -0.5])}
    for scale, kind in (("linear", "linear"), ("log", "linear")):
        axis = train(run=below, scale=scale)["chart"]["layout"]["yaxis"]
        assert axis["type"] == kind
        assert (axis["title"]["text"] == "E, linear: it is below 0") is (scale == "log")
