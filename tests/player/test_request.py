"""Bodies that no page has sent: each is answered in strict JSON, or said not to be ours."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.player.request import NotOursError, Request
from nnviz.web.answer import answer
from tests.asking import ANY_JSON, BODY, KEPT, START, Json, ask


@given(st.sampled_from(sorted(BODY)), ANY_JSON)
@example("kept", {})
@example("kept", KEPT | {"w1": "abc"})
@example("kept", KEPT | {"w7": "1"})
@example("typed", {"w1": 3})
@example("typed", {"w1": "1" * 2000})
@example("serial", True)
@example("theme", "sepia")
@example("repeated", ["w1", None])
@example("serial", 10**400)
def test_a_body_with_anything_in_it_is_answered_or_not_ours(key: str, value: object) -> None:
    try:
        reply = answer(Request.of(BODY | {key: value}))
    except NotOursError:
        return
    json.dumps(reply, allow_nan=False)


@pytest.mark.parametrize(
    "changes",
    [{"serial": True}, {"serial": "1"}, {"serial": 1.0}, {"kept": {}}, {"kept": KEPT | {"w1": "abc"}}, {"step": 4},
     {"kept": KEPT | {"w7": "1"}}, {"kept": START}, {"typed": {"w1": 3}}, {"repeated": "w1"}, {"theme": "sepia"},
     {"room": "tall"}, {"room": [0, 400]}, {"room": [700]}, {"lesson": "alchemy"},
     {"iteration": None}, {"action": "explode"}, {"action": None}, {"payload": 1}, {"chosen": []},
     {"checked": True}, {"panels": None}],
    ids=str,
)  # fmt: skip
def test_a_body_with_a_wrong_part_is_not_ours(changes: Json) -> None:
    with pytest.raises(NotOursError):
        ask(**changes)


@given(ANY_JSON)
def test_a_body_that_is_something_else_is_not_ours(body: object) -> None:
    with pytest.raises(NotOursError):
        Request.of(body)


@pytest.mark.parametrize("key", sorted(BODY))
def test_a_body_without_one_of_its_parts_is_not_ours(key: str) -> None:
    with pytest.raises(NotOursError):
        Request.of({name: value for name, value in BODY.items() if name != key})
