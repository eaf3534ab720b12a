"""The base of the pictures that play: traces in their order, what changes merged into what does not, marks by place."""

from typing import Any

from nnviz.charts.animated import POINTED, Animated

Json = dict[str, Any]


class Dot(Animated):
    """A dot that is one further to the right at each cursor, on a line."""

    @property
    def _still(self) -> dict[str, Json]:
        return {
            "long line": {"x": [0, 9], "cliponaxis": True},
            "dot": {"y": [0], "marker": {"color": "red", "line": {"width": 2}}},
            POINTED: {"x": [], "marker": {"size": 5}},
        }

    def _moved(self, cursor: int) -> dict[str, Json]:
        return {"dot": {"x": [cursor], "marker": {"size": 7, "line": {"color": "blue"}}}}

    def _marks(self) -> dict[str, Json]:
        return {"": {"x": []}, "line-end": {"x": [9]}}

    def layout(self) -> Json:
        return {"width": 90}


def test_traces_are_in_the_order_in_which_they_are_given_and_have_what_all_have() -> None:
    line, dot, pointed = Dot().data(0)
    assert line == {"type": "scatter", "cliponaxis": True, "name": "long line", "uid": "long-line", "x": [0, 9]}
    assert (dot["name"], pointed["name"]) == ("dot", POINTED)
    assert dot["cliponaxis"] is pointed["cliponaxis"] is False


def test_what_changes_is_merged_into_what_does_not() -> None:
    _, dot, _ = Dot().data(3)
    assert (dot["x"], dot["y"]) == ([3], [0])
    assert dot["marker"] == {"color": "red", "size": 7, "line": {"width": 2, "color": "blue"}}


def test_a_frame_has_what_changes_alone() -> None:
    change = {"type": "scatter", "x": [4], "marker": {"size": 7, "line": {"color": "blue"}}}
    assert Dot().frame(4) == {"name": "4", "data": [change], "traces": [1]}


def test_each_place_is_marked_by_the_trace_for_what_is_pointed_at() -> None:
    pointing = Dot().pointing()
    assert pointing["line-end"] == {"data": [{"type": "scatter", "x": [9]}], "traces": [2]}
    assert pointing[""] == {"data": [{"type": "scatter", "x": []}], "traces": [2]}
