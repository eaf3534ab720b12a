"""The place of a run: what was trained is used where it is of this run, and shown where it is asked for."""

import pytest

from nnviz.player.request import NotOursError
from tests.asking import Json, ask, link, then
from tests.training_requests import mark, trained


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


@pytest.mark.parametrize(
    "changes",
    [{"mark": mark(2, "AAAA")}, {"mark": {"iteration": 2}}, {"mark": [2, "AAAA"]}, {"mark": "x"}, {"views": "learned"},
     {"path": [mark(1, 2)]}, {"path": [mark(2, "AAAA")], "iteration": "5", "views": ["ground"]}],
)  # fmt: skip
def test_wrong_marks_of_the_page_are_refused(changes: Json) -> None:
    run = ask()["run"]
    with pytest.raises(NotOursError):
        ask(run=run, **changes)


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
