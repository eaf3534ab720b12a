"""Ids: in ASCII, each quantity's own, and the same in every notation, detail and language."""

import re
from collections import Counter

import pytest

import nnviz
from nnviz.engine.naming import NOTATIONS
from nnviz.presets import PRESETS
from tests.examples import STEP_BY_STEP
from tests.ids import answers, ids
from tests.naming import id_of
from tests.tellings import PLANS, TELLINGS, Telling, identity, told

LETTER = r"(x|w|b|z|h|yhat|y|E|alpha)\d*\+?"
ID = re.compile(rf"{LETTER}|d{LETTER}/d{LETTER}|[\w/+]+(\*[\w/+]+)+")


@pytest.mark.parametrize("telling", TELLINGS, ids=identity)
def test_ids_are_ascii_and_each_is_one_quantitys(telling: Telling) -> None:
    iteration = told(*telling).iteration
    computed = [step.id for step in iteration.steps]
    assert [key for key, count in Counter([*iteration.given, *computed]).items() if count > 1] == []
    ids = [*iteration.given, *computed, *iteration.plan.partials]
    assert [key for key in ids if not (key.isascii() and ID.fullmatch(key))] == []
    assert all(iteration.plan.by_id[key].id == key for key in computed)


@pytest.mark.parametrize("preset", PLANS)
def test_ids_are_the_numbered_names_in_every_notation(preset: str) -> None:
    numbered, indexed = (told(preset, notation=notation).iteration for notation in NOTATIONS)
    assert [step.id for step in numbered.steps] == [step.id for step in indexed.steps]
    assert list(numbered.given) == list(indexed.given)
    assert [step.id for step in numbered.steps] == [id_of(step.name) for step in numbered.steps]


def test_ids_stay_where_people_have_names_of_their_own() -> None:
    preset = PRESETS["fahrenheit"]
    called = nnviz.Manner(names=(("celsius",), ("fahrenheit",)))
    iteration = nnviz.trace(preset.network, preset.inputs, preset.targets, 0.001, called)
    assert {iteration.plan.by_id[key].name for key in ("x1", "y")} == {"celsius", "fahrenheit"}
    assert "celsius" not in iteration.values


def test_a_step_is_found_by_its_id_and_by_its_name() -> None:
    iteration = STEP_BY_STEP.trace()
    for key, name in {"h1": "h1", "yhat": "ŷ", "dE/dw5": "∂E/∂w5", "w5+": "w5⁺", "E+": "E⁺"}.items():
        assert iteration.by_id[key] is iteration.by_name[name]


def test_all_ids_in_the_answers_of_every_lesson_are_ascii() -> None:
    found = set(ids(answers()))
    assert {"w1+", "dE/dw5", "weight-1-0-0", "exp(-z)", "dy/dx"} <= found
    assert [one for one in found if not one.isascii() or " " in one] == []
