"""Nothing that is asked for is in what the browser receives before it is found: not anywhere, in any spelling."""

import json
from urllib.parse import urlencode

import numpy as np
import pytest

from nnviz.algebra.expressions import Value
from nnviz.charts.canvas import Room
from nnviz.charts.theme import LIGHT, Look
from nnviz.practice.ways import WAYS, task_of
from nnviz.web.registry import LESSONS, entry_at
from nnviz.web.server import create_app
from tests.asking import link, then
from tests.practice.practising import Json, answers, practised, pressed

DIGITS = 5  # which no other number of the page shares by chance
NETWORKS = {
    "2-2-1 with the sigmoid": {"preset": "2-2-1-sigmoid"},
    "its graph": {"preset": "2-2-1-sigmoid", "diagram": "graph"},
    "its terms": {"preset": "2-2-1-sigmoid", "detail": "term"},
    "its layers": {"preset": "2-2-1-sigmoid", "detail": "layer", "notation": "indexed"},
    "two outputs": {"preset": "mazur"},
}
OTHERS = {
    "descent": {"x": "7.3123", "rate": "0.1731"},
    "sigmoid": {"z": "1.237"},
}
APP = create_app()


def drawn(texts: dict[str, str], seed: int) -> dict[str, str]:
    """Return the setup of an exercise, whose numbers have many digits."""
    found: dict[str, str] = then(link(texts), action="exercise", payload=f"{seed} ")["kept"]
    return found


def asked_numbers(lesson: str, kept: dict[str, str], way: str) -> dict[str, str]:
    """Return the beginnings of all numbers that are not given, as any notation writes them, by the ids of the steps."""
    setup, problems = LESSONS[lesson].opened(kept)
    assert not problems
    iteration = LESSONS[lesson].view(setup, 1, Look.within(Room(700, 400), LIGHT)).run.iteration
    given = {begun(first(step.value)) for step in task_of(WAYS[way], iteration).given}
    found = {step.id: begun(first(step.value)) for step in iteration.steps}
    return {id_: text for id_, text in found.items() if text and text not in given}


def first(value: Value) -> float:
    return float(np.ravel(value)[0])


def begun(value: float) -> str:
    """Return the first digits of a number; nothing where it has no more, so that it may stand there for another."""
    text, count = np.format_float_positional(abs(value)), 0
    for end, sign in enumerate(text, start=1):
        count += sign.isdigit() and (count > 0 or sign != "0")
        if count == DIGITS:
            return text[:end] if len(text) > end and "." in text[:end] else ""
    return ""


def found_in(text: str, numbers: dict[str, str]) -> list[str]:
    return [id_ for id_, digits in numbers.items() if digits in text]


def test_numbers_are_found_in_what_is_shown() -> None:
    kept = drawn(NETWORKS["2-2-1 with the sigmoid"], 3)
    numbers = asked_numbers("network", kept, "step")
    assert len(numbers) > 30
    shown = json.dumps(link(kept | {"step": "38"}), ensure_ascii=False)
    assert set(found_in(shown, numbers)) == numbers.keys()


@pytest.mark.parametrize("way", [way for way in WAYS if way != "line"])
@pytest.mark.parametrize("name", NETWORKS)
def test_nothing_is_told_before_it_is_found(name: str, way: str) -> None:
    kept = drawn(NETWORKS[name], 3)
    numbers = asked_numbers("network", kept, way)
    for log in ([], [answers({"z1": "7", "h1": "7"})], [pressed("hint", "z1")] * 3):
        for step in ("0", "9999"):
            asked: Json = {"step": step, "views": ["predictions", "loss_surface", "program", "updates", "any_layer"]}
            reply = practised(way, log, kept=kept, typed={}, chosen="neuron-1-0-0", numbers="h1 = 3", **asked)
            assert found_in(json.dumps(reply, ensure_ascii=False), numbers) == []


@pytest.mark.parametrize("name", NETWORKS)
def test_only_the_sheet_tells_numbers_where_a_line_is_wrong(name: str) -> None:
    kept = drawn(NETWORKS[name], 3)
    reply = practised("line", kept=kept, typed={}, step="9999")
    sheet = reply["practice"].pop("html")
    numbers = asked_numbers("network", kept, "line")
    assert found_in(json.dumps(reply, ensure_ascii=False), numbers) == []
    assert found_in(sheet, numbers) != list(numbers)


@pytest.mark.parametrize("way", ["step", "guess"])
@pytest.mark.parametrize("lesson", OTHERS)
def test_the_other_lessons_tell_nothing_either(lesson: str, way: str) -> None:
    kept = link(OTHERS[lesson], lesson=lesson)["kept"]
    numbers = asked_numbers(lesson, kept, way)
    assert len(numbers) >= 2
    reply = practised(way, lesson=lesson, kept=kept, typed={}, step="9999")
    assert found_in(json.dumps(reply, ensure_ascii=False), numbers) == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_nothing_is_in_the_document(lesson: str) -> None:
    texts = NETWORKS["2-2-1 with the sigmoid"] if lesson == "network" else OTHERS[lesson]
    kept = drawn(texts, 3) if lesson == "network" else link(texts, lesson=lesson)["kept"]
    numbers = asked_numbers(lesson, kept, "step")
    [path] = [path for path in ("/", "/gradient-descent", "/sigmoid") if is_of(path, lesson)]
    reply = APP.server.test_client().get(f"{path}?{urlencode(kept | {'practice': 'step'})}")
    assert reply.status_code == 200
    assert found_in(reply.text, numbers) == []
    watched = APP.server.test_client().get(f"{path}?{urlencode(kept)}&step=99").text
    assert found_in(watched, numbers)


def is_of(path: str, lesson: str) -> bool:
    entry = entry_at(path)
    return entry is not None and entry.name == lesson


def test_what_is_found_is_told() -> None:
    kept = drawn(NETWORKS["2-2-1 with the sigmoid"], 3)
    numbers = asked_numbers("network", kept, "step")
    z1 = sum(float(kept[f"w{n}"]) * float(kept[f"x{n}"]) for n in (1, 2)) + float(kept["b1"])
    reply: Json = practised("step", [answers({"z1": repr(z1)})], kept=kept, typed={}, step="9999")
    assert reply["released"] == 1
    assert found_in(json.dumps(reply, ensure_ascii=False), numbers) in (["z1"], [])
