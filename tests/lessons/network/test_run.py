"""The place of a run: what was trained is used where it is of this run, and shown where it is asked for."""

import pytest

from nnviz.player.request import NotOursError
from tests.asking import Json, ask, link, then
from tests.training_requests import checkpoint, trained


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
    late = trained(count="20")["checkpoints"][-1]
    opened = link({"preset": "xor-learns"})
    edited = then(opened, {"rate": "0.5"}, iteration="21", checkpoint=late)
    assert edited["iteration"] == 1
    assert edited["run"] != opened["run"]
    assert then(opened, {"sample": "2"}, iteration="21", checkpoint=late)["run"] == opened["run"]


@pytest.mark.parametrize(
    "changes",
    [{"checkpoint": checkpoint(2, "AAAA")}, {"checkpoint": {"iteration": 2}}, {"checkpoint": [2, "AAAA"]},
     {"checkpoint": "x"}, {"views": "predictions"}, {"path": [checkpoint(1, 2)]},
     {"path": [checkpoint(2, "AAAA")], "iteration": "5", "views": ["loss_surface"]}],
)  # fmt: skip
def test_wrong_checkpoints_of_the_page_are_refused(changes: Json) -> None:
    run = ask()["run"]
    with pytest.raises(NotOursError):
        ask(run=run, **changes)


def test_predictions_and_the_loss_surface_come_where_they_are_shown() -> None:
    opened = link({"preset": "xor-learns"})
    assert (opened["predictions"], opened["loss_surface"]) == (None, None)
    reply = trained()
    shown = then(opened, iteration="101", checkpoint=reply["checkpoints"][-1], path=reply["checkpoints"],
                 views=["predictions", "loss_surface"], pair="weight-1-0-0 weight-2-0-1")  # fmt: skip
    assert "after 100 iterations" in shown["predictions"]["words"]
    assert shown["loss_surface"]["pair"] == ["weight-1-0-0", "weight-2-0-1"]
    assert [choice["name"] for choice in shown["loss_surface"]["options"]][:3] == ["w1", "w2", "b1"]


def test_one_parameter_has_no_map() -> None:
    opened = link(
        {"preset": "2-2-1", "inputs": "1", "layers": "1 identity none", "data": "2,1"}, views=["loss_surface"]
    )
    assert opened["loss_surface"]["figure"] is None
    assert "needs two" in opened["loss_surface"]["words"]
