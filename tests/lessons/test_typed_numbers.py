"""Numbers typed into the fields of every lesson: read as they are meant, or asked about; fractions stay fractions."""

import json
from urllib.parse import parse_qsl

import pytest

from nnviz.lessons.network.training.requests import TrainRequest, slice_of
from nnviz.web.registry import LESSONS
from nnviz.web.server import create_app
from tests.asking import BODY, KEPT, Json, ask, link, then

FIELDS = {
    "network": ["w1", "x2", "target", "rate", "row1-x1", "start-scale"],
    "descent": ["a", "b", "c", "x", "rate"],
    "sigmoid": ["z", "w1", "x1", "target"],
}
ALL_FIELDS = [(lesson, key) for lesson, keys in FIELDS.items() for key in keys]
NO_COMMA, NO_POINT = "Write it without the comma.", "Write it without the point."


def edited(lesson: str, **typed: str) -> Json:
    """Return the answer when texts, whose keys have _ for -, are typed on a lesson's page."""
    fields = {key.replace("_", "-"): text for key, text in typed.items()}
    return then(ask(lesson=lesson, typed={}, kept=None), fields, lesson=lesson)


@pytest.mark.parametrize(("name", "key"), ALL_FIELDS)
def test_every_field_reads_a_number_as_it_is_meant_or_asks(name: str, key: str) -> None:
    lesson = LESSONS[name]
    before = lesson.begun({})
    kept = lesson.form(before).texts(before)[key].replace("-", "−")
    question = f"Is 1,234 the number 1.234 or 1234? {NO_COMMA} {kept} is still in use."
    assert lesson.edited(before, {key: "1,234"}) == (before, {key: question})
    for text, means in (("0,125", "0.125"), ("1\u00a0234,5e-3", "1.2345"), ("7/8", "7/8")):
        after, problems = lesson.edited(before, {key: text})
        assert problems == {}
        assert lesson.form(after).texts(after)[key] == means


@pytest.mark.parametrize(("text", "means"), [("1,000", "1000"), ("1 000", "1000"), ("1.000.000", "1000000")])
def test_thousands_in_a_count_may_be_set_apart(text: str, means: str) -> None:
    assert edited("network", start_seed=text)["settings"]["start-seed"] == means


def test_a_point_in_a_count_is_asked_about_where_the_thousands_are_allowed() -> None:
    asked = f"Is 1.000 the number 1.000 or 1000? {NO_POINT}"
    assert edited("network", start_seed="1.000")["problems"] == {"start-seed": asked}
    allowed = "A whole number from 1 to 10 is allowed."
    assert edited("network", layer1_neurons="1.000")["problems"] == {"layer1-neurons": allowed}


def test_a_batch_of_a_thousand_samples_is_asked_about() -> None:
    before = then(link({"preset": "fahrenheit"}), action="csv", payload="2,1\n4,3\n" * 500)
    assert then(before, {"batch-size": "1.000"})["problems"]["batch-size"].startswith("Is 1.000 the number 1.000 or")
    before = then(before, {"batch-size": "999"})
    assert then(before, {"batch-size": "1 000"})["settings"]["batch-size"] == "all"


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"count": "1.000"}, {"train-count": f"Is 1.000 the number 1.000 or 1000? {NO_POINT}"}),
        ({"below": "1,234"}, {"train-below": f"Is 1,234 the number 1.234 or 1234? {NO_COMMA}"}),
        ({"count": "1 0"}, {"train-count": "A whole number from 1 to 999,999 is allowed: "}),
        ({"below": "-1.234"}, {"train-below": "Type a number above 0"}),
        ({"count": "1\u202f000", "below": "1/3"}, {}),
    ],
)
def test_the_fields_of_training_ask_too(typed: dict[str, str], problems: dict[str, str]) -> None:
    none: Json = {"iterations": [], "losses": []}
    run = {"texts": KEPT, "curve": none, "overall": none, "tested": none, "shown": 1}
    asked = {"serial": 1, "run": run, "other": None, "checkpoint": None, "since": 1, "goal": 0, "count": "10",
             "measure": "loss", "below": "", "lists": False, "jump": None,
             "scale": "linear", "theme": "light"}  # fmt: skip
    found = slice_of(TrainRequest.of(asked | typed), lambda: None)["problems"]
    assert found.keys() == problems.keys()
    assert all(found[key].startswith(words) for key, words in problems.items())


def test_a_fraction_stays_in_its_field_and_its_value_is_among_all_digits() -> None:
    reply = edited("network", w1="1/3", x1="−2/5", rate="1/7")
    assert (reply["settings"]["w1"], reply["settings"]["x1"], reply["settings"]["rate"]) == ("1/3", "-2/5", "1/7")
    assert reply["settings"]["row1-x1"] == "-2/5"
    assert "w1 = 0.3333333333333333" in reply["values"]["w1"].values()
    more = then(then(reply, action="add-layer"), {"layer1-biases": "trained"})
    assert more["settings"]["w1"] == "1/3"
    assert then(then(more, {"b2": "2/3"}), {"layer1-neurons": "3"})["settings"]["b2"] == "2/3"
    assert then(reply, {"w1": "0.3333333333333333"})["settings"]["w1"] == "0.3333333333333333"


@pytest.mark.parametrize(
    ("lesson", "typed"),
    [("network", {"w1": "1/3", "x1": "2/3", "rate": "1/7"}), ("descent", {"x": "1/3", "a": "2/3", "rate": "1/7"}),
     ("sigmoid", {"z": "1/3", "w1": "2/3"})],
)  # fmt: skip
def test_a_fraction_comes_back_from_a_link_and_from_a_file(lesson: str, typed: dict[str, str]) -> None:
    reply = edited(lesson, **typed)
    assert reply["settings"].items() >= typed.items()
    query = dict(parse_qsl(reply["query"]))
    by_link = ask(lesson=lesson, typed=query | {"step": str(reply["cursor"])}, kept=None, step=str(reply["cursor"]))
    by_file = then(
        ask(lesson=lesson, typed={}, kept=None), action="open", payload=json.dumps(reply["kept"]), lesson=lesson
    )
    for after in (by_link, by_file):
        assert after["kept"] == reply["kept"]
        assert after["problems"] == {}
        assert after["run"] == reply["run"]
    body = {
        "output": "readings.data",
        "outputs": {"id": "readings", "property": "data"},
        "changedPropIds": ["request.data"],
        "inputs": [
            {"id": "request", "property": "data", "value": BODY | {"lesson": lesson, "kept": None, "typed": query}}
        ],
    }
    answered = create_app().server.test_client().post("/_dash-update-component", json=body).get_json()
    assert answered["response"]["readings"]["data"]["settings"].items() >= typed.items()


def test_a_fraction_in_the_samples_is_shown_where_it_was_typed_and_nowhere_else() -> None:
    typed = link({"data": "1/3,1,1;0,1,0"})
    assert typed["kept"]["data"] == "1/3,1,1;0,1,0"
    assert link({"data": "0.3333333333333333,1,1;0,1,0"})["kept"]["data"] == "0.3333333333333333,1,1;0,1,0"


def test_the_slider_of_z_stands_at_the_value_of_a_fraction() -> None:
    assert edited("sigmoid", z="1/3")["figure"]["drag"]["at"] == 1 / 3
