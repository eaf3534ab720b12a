"""What a whole class asks is computed once, and each gets the answer to its own request."""

import pytest

from nnviz.player.request import Request
from nnviz.protocol import Answer
from nnviz.text import LANGUAGE
from nnviz.web import shared_answers
from nnviz.web.answer import answer
from nnviz.web.page import readings
from tests.asking import BODY


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Return the requests that are computed."""
    requests: list[Request] = []

    def noted(request: Request) -> Answer:
        requests.append(request)
        return answer(request)

    monkeypatch.setattr(shared_answers, "answer", noted)
    shared_answers.answered.cache_clear()
    return requests


def test_the_same_request_of_many_is_computed_once(computed: list[Request]) -> None:
    first, second = (readings(BODY | {"serial": serial}) for serial in (3, 8))
    assert (first["serial"], second["serial"]) == (3, 8)
    assert first | {"serial": 8} == second
    assert len(computed) == 1


@pytest.mark.parametrize(
    "changes",
    [{"step": "1"}, {"theme": "dark"}, {"room": [710, 400]}, {"typed": BODY["typed"] | {"w1": "0.12"}},
     {"chosen": "weight-1-0-0"}, {"views": ["program"]}],
)  # fmt: skip
def test_another_request_has_another_answer(computed: list[Request], changes: dict[str, object]) -> None:
    assert readings(BODY) != readings(BODY | changes)
    assert len(computed) == 2


def test_an_answer_is_kept_for_its_language(computed: list[Request], monkeypatch: pytest.MonkeyPatch) -> None:
    readings(BODY)
    token = LANGUAGE.set("xx")
    monkeypatch.setattr(shared_answers, "answer", lambda request: {"serial": 0, "notice": "in another language"})
    assert readings(BODY)["notice"] == "in another language"
    LANGUAGE.reset(token)
    assert readings(BODY)["notice"] == ""
    assert len(computed) == 1


def test_what_takes_much_room_is_not_kept(computed: list[Request]) -> None:
    much = {"typed": BODY["typed"] | {"data": ";".join(["1,2,3"] * 900)}}
    assert readings(BODY | much) == readings(BODY | much)
    assert len(computed) == 2
