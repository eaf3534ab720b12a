"""Assignments: a link gives the tasks, the result is a file, and a page reads many of them."""

import base64
import io
import json
import re

import pytest
from flask.testing import FlaskClient

from nnviz.practice.assignment import Assignment
from nnviz.practice.result import read_result
from nnviz.text import say
from nnviz.web.server import create_app
from tests.asking import KEPT, START, ask, link
from tests.practice.practising import BY_HAND, Json, answers, practised, pressed

TASK: Json = {"texts": KEPT, "log": []}
SHAPE = {"inputs": "2", "layers": "2 sigmoid trained, 1 sigmoid trained"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    found: FlaskClient = create_app().server.test_client()
    return found


def result(client: FlaskClient, logs: list[list[Json]], assignment: str = "step-4", student: str = "Ada") -> str:
    texts = link(START)["kept"]
    tasks = [{"texts": texts, "log": log} for log in logs]
    asked = {"lesson": "network", "assignment": assignment, "student": student, "tasks": tasks}
    reply = client.post("/result", json=asked)
    assert reply.status_code == 200, reply.status_code
    return reply.get_data(as_text=True)


def read(client: FlaskClient, *texts: str) -> str:
    files = [(io.BytesIO(text.encode()), f"{number}.json") for number, text in enumerate(texts)]
    reply = client.post("/results", data={"results": files}, content_type="multipart/form-data")
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


@pytest.mark.parametrize("text", ["iteration-2-7-3", "step-0", "line-4-0-60"])
def test_an_assignment_is_a_short_text(text: str) -> None:
    assert Assignment.of(text).text == text


@pytest.mark.parametrize(
    "text", ["", "x-2-7-3", "step", "step-5", "step-2-7-0", "step-2-7-61", "step-2-9999999999-1", "step-2-7"]
)
def test_what_is_no_assignment_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Assignment.of(text)
    reply = link(SHAPE | {"assignment": text})
    assert reply["practice"] is None
    assert "is none that there is here" in reply["notice"]


def test_each_task_has_its_own_numbers_always_the_same() -> None:
    tasks = [practised("", assignment="step-2-7-3", number=number) for number in range(3)]
    again = link(START | {"assignment": "step-2-7-3"})
    assert len({json.dumps(task["kept"]) for task in tasks}) == 3
    assert again["practice"]["task"] == tasks[0]["practice"]["task"]
    assert again["query"] == tasks[0]["query"]
    assert say("practice.task", number=1, count=3, way=say("practice.way.step")) in again["practice"]["html"]


def test_numbers_that_are_edited_are_put_back() -> None:
    asked = {"way": "", "assignment": "step-2-7-3", "number": 0, "task": "", "log": [], "record": ""}
    first = ask(practice=asked)
    edited = ask(practice=asked, kept=first["kept"], typed=first["settings"] | {"w1": "5"})
    assert edited["kept"] == first["kept"]


def test_there_are_no_more_hints_than_are_allowed() -> None:
    reply = practised("", [pressed("hint", "h1")] * 4, assignment="step-2")
    assert reply["released"] == 0
    assert reply["practice"]["html"].count("hint formula") == 2
    assert 'data-practice="hint"' not in reply["practice"]["html"]
    assert 'data-practice="hint"' not in practised("", assignment="step-0")["practice"]["html"]


def test_nothing_leads_away_from_an_assignment_but_its_end() -> None:
    html = practised("", assignment="iteration-2-7-3")["practice"]["html"]
    assert 'data-practice="new"' not in html
    assert "practice-way" not in html
    last = practised("", assignment="iteration-2-7-3", number=2)["practice"]["html"]
    assert 'data-practice="next"' in html
    assert 'id="student"' not in html
    assert 'id="student"' in last


def test_a_result_has_what_was_typed_and_what_became_of_it(client: FlaskClient) -> None:
    names = list(BY_HAND)
    log = [answers({"h1": "0.95"}), pressed("hint", "h1"), *(answers({name: BY_HAND[name]}) for name in names[:7])]
    log += [answers({"dE/dh1": "-0.809"}), answers({"dE/dh1": BY_HAND["dE/dh1"]})]
    given = json.loads(result(client, [log]))
    [task] = given["tasks"]
    lines = {line["name"]: line for line in task["lines"]}
    assert given["student"] == "Ada"
    assert lines["h1"] == {"name": "h1", "skill": "sum", "typed": ["0.95", "0.85"], "verdict": "ok", "first_try": False,
                           "hints": 1}  # fmt: skip
    assert (lines["h2"]["first_try"], lines["w1⁺"]["verdict"]) == (True, "open")
    assert task["mistakes"] == ["weights-missing-backward"]
    assert not task["is_done"]


def test_a_page_shows_skills_and_mistakes_of_all_students(client: FlaskClient) -> None:
    right = [answers({name: text}) for name, text in BY_HAND.items()]
    wrong = [answers({name: BY_HAND[name]}) for name in list(BY_HAND)[:7]] + [answers({"dE/dh1": "-0.809"})]
    html = read(client, result(client, [right], student="Grace <b>"), result(client, [wrong]), "{}", "x")
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>step-4</td><td>(\d)</td>', html)
    assert rows == [("Ada", "0"), ("Grace &lt;b&gt;", "1")]
    assert "3/3" in html  # sums
    assert say("mistake.weights-missing-backward") in html
    assert say("results.of_students", count=1, all=2) in html
    assert html.count("is no result that a student saved here.") == 2
    [table] = re.findall(r"base64,([^\"]+)\"", html)
    rows = base64.b64decode(table).decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows] == [say("results.student"), "Ada", "Grace <b>"]


def test_a_file_that_was_changed_is_seen(client: FlaskClient) -> None:
    text = result(client, [[answers({"h1": "0.9"})]])
    assert not read_result(text).is_changed
    changed = text.replace('"first_try": false', '"first_try": true', 1)
    assert changed != text
    assert read_result(changed).is_changed
    assert say("results.was_changed") in read(client, changed)


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    [table] = re.findall(r"base64,([^\"]+)\"", read(client, result(client, [[]], student="=1+1")))
    assert "'=1+1" in base64.b64decode(table).decode("utf-8-sig")


@pytest.mark.parametrize(
    "change",
    [{"lesson": "x"}, {"assignment": ""}, {"assignment": "step-9"}, {"tasks": 2 * [TASK]},
     {"tasks": [TASK | {"log": [{}]}]}, {"tasks": [TASK | {"texts": {"w1": "x"}}]},
     {"student": 3}, {"tasks": 3}, {"tasks": [3]}],
)  # fmt: skip
def test_what_no_page_asks_is_refused(client: FlaskClient, change: Json) -> None:
    asked = {"lesson": "network", "assignment": "step-4", "student": "", "tasks": [TASK]}
    assert client.post("/result", json=asked).status_code == 200
    assert client.post("/result", json=asked | change).status_code == 400


def test_each_task_is_judged_by_what_was_set_then(client: FlaskClient) -> None:
    drawn = practised("", assignment="forward-0-7-2")["kept"]
    w, x = [float(drawn[f"w{n}"]) for n in range(1, 7)], [float(drawn[f"x{n}"]) for n in (1, 2)]
    h1 = x[0] * w[0] + x[1] * w[1]
    other = link({"preset": "2-2-1-sigmoid"})["kept"]
    tasks = [{"texts": drawn, "log": [answers({"h1": repr(h1)})]}, {"texts": other, "log": []}]
    asked = {"lesson": "network", "assignment": "forward-0-7-2", "student": "", "tasks": tasks}
    given = json.loads(client.post("/result", json=asked).get_data(as_text=True))
    assert given["tasks"][0]["lines"][0]["verdict"] == "ok"
    assert [task["set"]["layers"] for task in given["tasks"]] == [drawn["layers"], other["layers"]]


@pytest.mark.parametrize(
    "change",
    [{"student": None}, {"student": ["a"]}, {"assignment": 3}, {"tasks": [{"seconds": 10**400}]},
     {"tasks": [{"seconds": -6}]}, {"tasks": [{"seconds": 1e308}]}],
)  # fmt: skip
def test_a_forged_file_is_no_result(client: FlaskClient, change: Json) -> None:
    given = json.loads(result(client, [[answers({"h1": "0.9"})]]))
    tasks = [given["tasks"][0] | task for task in change.get("tasks", [{}])]
    with pytest.raises(ValueError, match="nnviz-result"):
        read_result(json.dumps(given | change | {"tasks": tasks}))


def test_names_that_cannot_be_written_are_read(client: FlaskClient) -> None:
    html = read(client, "\ufeff" + result(client, [[]], student="A\ud800"))
    assert "A?" in html


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "nnviz-result"}', "[" * 5000,
                                  '{"format": "nnviz-result", "version": 1, "tasks": [1]}'])  # fmt: skip
def test_what_is_no_result_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r".|^$"):
        read_result(text)
