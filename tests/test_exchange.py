"""What the browser asks and what it is answered: links, edits, and bodies that no page has sent."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.ui.exchange import NotOursError, Request, answer

Json = dict[str, Any]
START = {"w1": "0.11", "w2": "0.21", "w3": "0.12", "w4": "0.08", "w5": "0.14", "w6": "0.15",
         "x1": "2", "x2": "3", "target": "1", "rate": "0.05"}  # fmt: skip
BODY: Json = {
    "serial": 1,
    "typed": START,
    "kept": START,
    "repeated": [],
    "iteration": "1",
    "step": "0",
    "theme": "light",
    "frame": "wide",
}
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
ANY_JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)),
    max_leaves=8,
)


def ask(**changes: Any) -> Json:
    """Return the answer to the page's request with these changes, once it has proved to be strict JSON."""
    reply = answer(Request.of(BODY | changes))
    assert json.loads(json.dumps(reply, allow_nan=False))
    return reply


def link(typed: dict[str, str], **changes: Any) -> Json:
    """Return the answer to the page's first request, after it was opened by a link."""
    place = {key: typed[key] for key in ("iteration", "step") if key in typed}
    return ask(typed=typed, kept=None, **(place | changes))


def sentence(reply: Json) -> str:
    return str(reply["views"][reply["cursor"]]["sentence"])


def test_the_page_without_a_link_shows_the_preset_and_no_notice() -> None:
    reply = link({})
    assert reply["settings"] == START
    assert reply["notice"] == ""
    assert (reply["iteration"], reply["cursor"], reply["released"], reply["steps"]) == (1, 0, 0, 23)


@pytest.mark.parametrize(("step", "released"), [("0", 0), ("1", 4), ("4", 4), ("5", 23), ("23", 23)])
def test_whole_passes_are_handed_out(step: str, released: int) -> None:
    reply = ask(step=step)
    assert reply["released"] == released
    assert len(reply["views"]) == released + 1


def test_a_link_holds_everything() -> None:
    typed = START | {"w1": "0.30000000000000004", "rate": "0.1", "iteration": "3", "step": "7"}
    reply = link(typed)
    assert reply["notice"] == ""
    assert (reply["iteration"], reply["cursor"]) == (3, 7)
    query = {key: values[0] for key, values in parse_qs(reply["query"]).items()}
    assert query == {key: value for key, value in typed.items() if key != "step"}
    assert link(query | {"step": "7"}) == reply


@pytest.mark.parametrize(
    ("changes", "named", "used"),
    [
        ({"w1": "abc"}, ["w1", "“abc”", "0.11"], {"w1": "0.11"}),
        ({"rate": "-1"}, ["learning rate", "“-1”", "0.05"], {"rate": "0.05"}),
        ({"target": ""}, ["target", "“”"], {"target": "1"}),
        ({"x1": "1e400"}, ["x1", "“1e400”", "2"], {"x1": "2"}),
        ({"x1": "nan"}, ["x1", "“nan”"], {"x1": "2"}),
        ({"w9": "1"}, ["“w9”"], {}),
        ({"<script>": "1"}, ["“<script>”"], {}),
        ({"w2": "0,5"}, [], {"w2": "0.5"}),
    ],
)
def test_of_a_link_what_is_good_is_used_and_what_is_not_is_named(
    changes: dict[str, str], named: list[str], used: dict[str, str]
) -> None:
    reply = link(START | {"w3": "7"} | changes)
    assert reply["settings"] == START | {"w3": "7"} | used
    assert all(words in reply["notice"] for words in named), reply["notice"]
    assert bool(reply["notice"]) == bool(named)
    assert reply["problems"] == {}


def test_missing_values_are_named_and_fall_back_to_the_preset() -> None:
    reply = link({"w1": "5", "iteration": "2", "step": "1"})
    assert reply["settings"] == START | {"w1": "5"}
    assert "Missing: w2, w3, w4, w5, w6, x1, x2, target, learning rate" in reply["notice"]
    assert (reply["iteration"], reply["cursor"]) == (2, 1)


def test_repeated_values_are_named() -> None:
    reply = link(START, repeated=["w1"])
    assert "w1" in reply["notice"]
    assert "twice" in reply["notice"]


BAD_WHOLES = ["-1", "1.5", "", "abc", "1e1", "٣", "²", " 1", "9" * 999]


@pytest.mark.parametrize("text", [*BAD_WHOLES, "0", "1001"])
def test_a_bad_iteration_is_named_and_the_first_one_shown(text: str) -> None:
    reply = link(START | {"iteration": text, "step": "3"})
    assert (reply["iteration"], reply["cursor"]) == (1, 3)
    assert "iteration must be a whole number from 1 to 1000" in reply["notice"]


@pytest.mark.parametrize("text", [*BAD_WHOLES, "24"])
def test_a_bad_step_is_named_and_the_start_shown(text: str) -> None:
    reply = link(START | {"iteration": "2", "step": text})
    assert (reply["iteration"], reply["cursor"]) == (2, 0)
    assert "step must be a whole number from 0 to 23" in reply["notice"]


def test_a_link_behind_a_divergence_shows_where_it_happens() -> None:
    reply = link(START | {"rate": "1e6", "iteration": "900", "step": "1"})
    assert 1 < reply["iteration"] < 900
    assert f"diverges in iteration {reply['iteration']}" in reply["notice"]


@pytest.mark.parametrize("step", ["0", "3", "4", "10", "16", "23"])
def test_an_edit_keeps_the_place_and_goes_to_iteration_1(step: str) -> None:
    reply = ask(typed=START | {"x1": "5"}, iteration="4", step=step)
    assert (reply["iteration"], reply["cursor"]) == (1, int(step))
    assert reply["settings"]["x1"] == "5"
    assert reply["notice"] == ""
    assert parse_qs(reply["query"])["iteration"] == ["1"]


@pytest.mark.parametrize("text", ["0.11", "0,11", " 0.110 ", "11e-2", "abc", ""])
def test_the_same_value_or_a_slip_keeps_the_iteration(text: str) -> None:
    reply = ask(typed=START | {"w1": text}, iteration="4", step="6")
    assert (reply["iteration"], reply["cursor"]) == (4, 6)
    assert reply["settings"] == START
    assert ("w1" in reply["problems"]) == (text in ("abc", ""))


def test_an_edit_has_new_numbers() -> None:
    assert "2·0.5 + 3·0.21 = 1.63" in sentence(ask(typed=START | {"w1": "0,5"}, step="1"))


def test_a_slip_stays_with_the_last_good_value() -> None:
    kept = START | {"w1": "0.5"}
    reply = ask(typed=START | {"w1": "oops"}, kept=kept, step="1")
    assert reply["settings"] == kept
    assert "0.5 is still in use" in reply["problems"]["w1"]
    assert "= 1.63" in sentence(reply)


@pytest.mark.parametrize("step", ["0", "1", "4", "5", "23"])
@pytest.mark.parametrize("changes", [{"x1": "1e200", "w1": "1e200"}, {"w1": "1e200"}, {"rate": "1e308"}])
def test_huge_numbers_are_told_in_words(changes: dict[str, str], step: str) -> None:
    reply = ask(typed=START | changes, step=step)
    if reply["released"] == 23:
        assert "the error has diverged" in reply["views"][23]["sentence"]
        assert "next" in reply["views"][23]["refusals"]


@given(
    st.fixed_dictionaries({key: st.floats(allow_nan=False, allow_infinity=False) for key in START}), st.integers(0, 23)
)
def test_every_number_survives_a_link(numbers: dict[str, float], step: int) -> None:
    texts = {key: repr(abs(value) or 1.0 if key == "rate" else value) for key, value in numbers.items()}
    reply = link(texts | {"iteration": "1", "step": str(step)})
    assert reply["notice"] == ""
    assert {key: float(text) for key, text in reply["settings"].items()} == {k: float(t) for k, t in texts.items()}
    assert link({key: values[0] for key, values in parse_qs(reply["query"]).items()} | {"step": str(step)}) == reply


@given(st.sampled_from(sorted(BODY)), ANY_JSON)
@example("kept", {})
@example("kept", START | {"w1": "abc"})
@example("kept", START | {"w7": "1"})
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
    [{"serial": True}, {"serial": "1"}, {"serial": 1.0}, {"kept": {}}, {"kept": START | {"w1": "abc"}}, {"step": 4},
     {"kept": START | {"w7": "1"}}, {"typed": {"w1": 3}}, {"repeated": "w1"},
     {"theme": "sepia"}, {"frame": "tall"}, {"iteration": None}],
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


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=3))
def test_any_link_is_answered(typed: dict[str, str], repeated: list[str]) -> None:
    reply = link(typed, repeated=repeated)
    assert bool(reply["notice"]) == bool(typed)
