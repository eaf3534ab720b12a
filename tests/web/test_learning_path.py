"""The path through the lessons: each of its links opens its place, and leads on to the next."""

import pytest

from nnviz.presets import PRESETS
from nnviz.web.learning_path import PATH, Place, after, place_of
from nnviz.web.registry import ENTRIES
from tests.asking import link, then

NAMES = [place.name for place in PATH]


@pytest.mark.parametrize("place", PATH, ids=NAMES)
def test_the_link_of_a_place_opens_it(place: Place) -> None:
    path, _, query = place.path.partition("?")
    [lesson] = [entry.name for entry in ENTRIES if entry.path == path]
    assert lesson == place.lesson
    assert link(dict([query.split("=")] if query else []), lesson=lesson)["place"] == place.name


def test_each_place_leads_on_to_the_next_and_the_last_to_none() -> None:
    following = [after(name) for name in NAMES]
    assert [place.name for place in following if place] == NAMES[1:]
    assert following[-1] is None
    assert after("") is None


def test_every_lesson_is_on_the_path() -> None:
    assert {place.lesson for place in PATH} == {entry.name for entry in ENTRIES}
    assert {preset for place in PATH for preset in place.presets} <= set(PRESETS)


def test_a_network_of_ones_own_is_beside_the_path() -> None:
    assert then(link({}), {"w1": "0.5"})["place"] == "step-by-step"
    assert then(link({}), {"layer1-neurons": "3"})["place"] == ""
    assert place_of("network", {"preset": "mazur"}) == ""
