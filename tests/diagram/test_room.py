"""The room that a picture has on a screen: the drawing fits it, with texts as large as can be."""

from itertools import combinations, product
from typing import Any

import pytest

import nnviz
from nnviz.charts.canvas import Room
from nnviz.charts.theme import Look
from nnviz.diagram.diagram import Diagram
from nnviz.diagram.geometry import fitted
from nnviz.presets import PRESETS
from nnviz.web.registry import ENTRIES, Entry
from tests.pictures import PHONES, ROOMS

CROWDED = [Room(810, 364), Room(870, 400), Room(700, 550), Room(1040, 590)]  # where the table has fewer rows
LARGE = nnviz.Network(
    [
        nnviz.Layer([[0.1, -0.2, 0.3]] * 4, [0.1] * 4, "tanh"),
        nnviz.Layer([[0.1, -0.2, 0.3, 0.4]] * 4, [0.1] * 4, "tanh"),
        nnviz.Layer([[0.1, -0.2, 0.3, 0.4]] * 2, [0.1] * 2, "sigmoid"),
    ]
)
SHAPES = {key: preset.network.shape for key, preset in PRESETS.items() if key != "vanishing"}


@pytest.mark.parametrize("room", ROOMS, ids=str)
@pytest.mark.parametrize("key", SHAPES)
def test_a_network_fits_its_room_and_can_be_read(key: str, room: Room) -> None:
    frame = fitted(SHAPES[key], room).frame
    scale = room.scale(frame)
    assert frame.width * scale <= room.width + 1
    assert frame.height * scale <= room.height + 1
    assert 10.9 <= frame.font_size * scale <= 26.1


@pytest.mark.parametrize("room", CROWDED, ids=str)
@pytest.mark.parametrize("shape", [LARGE.shape, PRESETS["vanishing"].network.shape], ids=["3-4-4-2", "2-4-4-1"])
def test_a_network_with_many_edges_fits_too(shape: Any, room: Room) -> None:
    frame = fitted(shape, room).frame
    assert frame.font_size * room.scale(frame) >= 10.9


@pytest.mark.parametrize(("room", "key"), list(product(PHONES, ("2-2-1", "mazur", "xor"))), ids=str)
def test_on_a_phone_what_does_not_fit_is_larger_than_its_room_and_not_too_small(room: Room, key: str) -> None:
    frame = fitted(SHAPES[key], room).frame
    assert frame.font_size * max(room.scale(frame), frame.least_scale) >= 10.9


def test_more_room_makes_larger_texts() -> None:
    sizes = [frame.font_size * room.scale(frame) for room in ROOMS if (frame := fitted(SHAPES["2-2-1"], room).frame)]
    assert sizes[-1] > 1.6 * sizes[0]


@pytest.mark.parametrize("room", [*ROOMS, *PHONES], ids=str)
@pytest.mark.parametrize("key", SHAPES)
def test_nodes_and_labels_are_apart(key: str, room: Room) -> None:
    drawn = fitted(SHAPES[key], room)
    frame, nodes = drawn.frame, list(drawn.nodes.values())
    for number, (x, y) in enumerate(nodes):
        for other_x, other_y in nodes[number + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (2 * frame.radius) ** 2
    for (x, y), (other_x, other_y) in combinations(drawn.labels.values(), 2):
        assert abs(x - other_x) >= 2 * frame.label[0] - 0.1 or abs(y - other_y) >= 2 * frame.label[1] - 0.1


def texts(traces: list[dict[str, Any]]) -> list[str]:
    return [text for trace in traces if "text" in trace for text in trace["text"]]


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.name for entry in ENTRIES])
def test_no_text_of_a_picture_is_empty_as_plotly_never_paints_one_that_was(entry: Entry) -> None:
    view = entry.lesson.view(entry.lesson.begun({}), 1, Look.within(ROOMS[1]))
    drawn = texts(view.figure(0, view.run.end)["data"])
    assert drawn
    for cursor in range(view.run.end + 1):
        drawn += texts(view.frame(cursor)["data"])
    assert "" not in drawn


@pytest.mark.parametrize("key", PRESETS)
def test_no_text_of_a_network_is_empty(key: str) -> None:
    preset = PRESETS[key]
    iteration = nnviz.trace(preset.network, preset.inputs, preset.targets, preset.learning_rate)
    for room in (ROOMS[1], PHONES[0]):
        drawing = Diagram(iteration, Look.within(room))
        assert "" not in texts(drawing.data(0))
        assert all("" not in texts(drawing.frame(cursor)["data"]) for cursor in range(len(iteration.pauses) + 1))


@pytest.mark.parametrize("key", ["2-2-1", "vanishing"])
def test_what_never_changes_is_not_between_what_does_as_plotly_would_move_it_behind(key: str) -> None:
    preset = PRESETS[key]
    iteration = nnviz.trace(preset.network, preset.inputs, preset.targets, preset.learning_rate)
    drawing = Diagram(iteration, Look.within(ROOMS[1]))
    changing = {*drawing.frame(0)["traces"], *drawing.pointing()[""]["traces"]}
    assert changing == set(range(min(changing), max(changing) + 1))
    assert all(drawing.data(0)[number]["x"] for number in changing)  # what begins empty is painted above all others
