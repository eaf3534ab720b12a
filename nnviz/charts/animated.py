"""The base of the pictures that play: a picture says what stands still and what moves, and how a place is marked."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

from nnviz.protocol import FrameData, Plotly, StepFrame

POINTED = "pointed at"  # the trace that marks what is pointed at
SILENT: Plotly = {"hoverinfo": "skip"}


class Animated(ABC):
    """Traces of Plotly by name; at a cursor, after so many pauses, some of them become something else."""

    common: ClassVar[Plotly] = {"cliponaxis": False}
    """What each of the traces has, where it does not say otherwise."""

    @property
    @abstractmethod
    def _still(self) -> Mapping[str, Plotly]:
        """The traces from the back to the front, POINTED among them, with the parts that never change."""

    @abstractmethod
    def _moved(self, cursor: int) -> Mapping[str, Plotly]:
        """Return the traces that change, with what they become at a cursor."""

    @abstractmethod
    def _marks(self) -> Mapping[str, Plotly]:
        """Return what POINTED becomes for each place that can be pointed at, and for "", which marks nothing."""

    @abstractmethod
    def layout(self) -> Plotly:
        """Return the layout, with the picture's size."""

    def data(self, cursor: int) -> list[Plotly]:
        """Return all traces, as they are at a cursor, in the order in which they are painted."""
        moved = self._moved(cursor)
        return [
            merged({"type": "scatter"} | self.common | {"name": name, "uid": name.replace(" ", "-")} | still,
                   moved.get(name, {}))
            for name, still in self._still.items()
        ]  # fmt: skip

    def frame(self, cursor: int) -> StepFrame:
        """Return the Plotly frame of a cursor: what the traces that change become."""
        return {"name": str(cursor), **self._change(self._moved(cursor))}

    def pointing(self) -> dict[str, FrameData]:
        """Return the frame that marks each place as pointed at, and the one that marks nothing, at ""."""
        return {place: self._change({POINTED: mark}) for place, mark in self._marks().items()}

    def marks_at(self, places: Iterable[str]) -> FrameData:
        """Return the frame that marks several places at once; those that cannot be marked are left out."""
        known = self.pointing()
        return together([known[place] for place in places if place in known] or [known[""]])

    def _change(self, traces: Mapping[str, Plotly]) -> FrameData:
        """Return what a Plotly frame says of traces."""
        return {
            "data": [{"type": "scatter"} | trace for trace in traces.values()],
            "traces": [self._order[name] for name in traces],
        }

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self._still)}


def together(frames: Sequence[FrameData]) -> FrameData:
    """Return one frame that marks what each of these marks, which are all of one picture; no line joins two of them."""
    if len(frames) == 1:
        return frames[0]
    marks = [frame["data"][0] for frame in frames]
    counts = [len(mark["x"]) + 1 for mark in marks]  # with a gap behind each
    data = dict(marks[0])
    for axis in "xy":
        data[axis] = [value for mark in marks for value in (*mark[axis], None)][:-1]
    if "marker" in data:
        data["marker"] = {
            name: [mark["marker"][name] for mark, count in zip(marks, counts, strict=True) for _ in range(count)][:-1]
            for name in data["marker"]
        }
    return {"data": [data], "traces": frames[0]["traces"]}


def merged(one: Plotly, other: Plotly) -> Plotly:
    """Return one with what the other says, within their parts too."""
    inner = {key: merged(one[key], value) for key, value in other.items()
             if isinstance(value, dict) and isinstance(one.get(key), dict)}  # fmt: skip
    return one | other | inner
